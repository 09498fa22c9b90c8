//! Which column of a file is which field: by its header, by what stands in it, and by what FinAut has of the same people.

use std::collections::{BTreeMap, BTreeSet};

use super::tally::{Column, Tally};
use crate::operations::codes::Scheme;
use crate::operations::comparison::is_same_name;
use crate::sync::hr::{self, Columns, Field, Number, Sample, Settings};
use crate::sync::world::{Registered, World};

/// Headers that are met in files besides those that are usual. They are proposed only where the cells bear them out.
const ALSO: &[(Field, &[&str])] = &[
    (Field::Persnr, &["perid", "personid", "nin", "ssn", "fødselsogpersonnummer", "foedselsnummer", "foedselsnr", "dnummer"]),
    (
        Field::EmployeeAlias,
        &[
            "personnr",
            "personnummer",
            "personalnummer",
            "personalnr",
            "persnr",
            "pernr",
            "employeenumber",
            "employeeno",
            "employeenr",
            "ansnr",
            "ressursnr",
            "ressursnummer",
            "ressurs",
            "userid",
            "brukerid",
            "alias",
        ],
    ),
    (Field::FirstName, &["fornavnogmellomnavn", "fornavnmellomnavn", "fornamn", "vorna", "givennames"]),
    (Field::LastName, &["nachn", "familienavn", "slektsnavn", "etternamn"]),
    (Field::Email, &["epostjobb", "jobbepost", "epostarbeid", "workemail", "usridlong"]),
    (
        Field::Mobile,
        &["mobiltelefonnummer", "mobiltelefonnr", "tlfmobil", "mobilarbeid", "mobilephone", "jobbmobil", "telefon", "tlf"],
    ),
    (
        Field::Company,
        &[
            "selskapsnr",
            "selskapskode",
            "selskapsnavn",
            "firmakode",
            "firmanr",
            "bukrs",
            "companycode",
            "arbeidsgiver",
            "orgnr",
            "foretak",
        ],
    ),
    (
        Field::Department,
        &[
            "avdelingsnr",
            "avdelingskode",
            "avd",
            "orgenhet",
            "organisasjonsenhet",
            "enhet",
            "orgeh",
            "orgtx",
            "kostnadssted",
            "kostl",
            "dept",
            "departmentname",
            "seksjon",
            "team",
            "kontor",
        ],
    ),
    (
        Field::Position,
        &["stillingsbetegnelse", "stillingskode", "stillingsnavn", "jobtitle", "title", "yrke", "plans", "rolle", "roller"],
    ),
    (Field::Schemes, &["autorisasjonsordning", "autorisasjonsordninger", "autorisasjon", "autorisasjoner", "scheme", "finaut"]),
    (
        Field::StartDate,
        &[
            "begda",
            "fradato",
            "datofra",
            "fra",
            "tiltredelse",
            "tiltredelsesdato",
            "ansettelsesdato",
            "hiredate",
            "begynte",
            "gyldigfra",
        ],
    ),
    (
        Field::EndDate,
        &[
            "endda",
            "tildato",
            "datotil",
            "til",
            "sluttetdato",
            "sluttet",
            "opphørsdato",
            "fratreden",
            "fratredelse",
            "leavedate",
            "gyldigtil",
        ],
    ),
    (Field::Status, &["stat2", "statuskode", "ansattstatus", "arbeidsstatus", "employmentstatus"]),
    (Field::Main, &["hoved", "primary", "ismain", "hovedstillingjn"]),
    (
        Field::Confidential,
        &["kode6", "kode67", "hemmeligadresse", "sperretadresse", "gradering", "beskyttelse", "adressebeskyttelse"],
    ),
];

/// Parts of headers of days that are neither the first nor the last one.
const OTHER_DAYS: [&str; 11] =
    ["fød", "foed", "fodt", "birth", "gbdat", "endret", "oppdatert", "changed", "modified", "opprettet", "created"];

/// How a field's column was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The caller said so.
    Given,
    /// By its header.
    Header,
    /// By what stands in it.
    Contents,
    /// FinAut has the same of the same people.
    Register,
}

impl By {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            By::Given => "given",
            By::Header => "header",
            By::Contents => "contents",
            By::Register => "register",
        }
    }
}

/// Which column is which field.
#[derive(Debug, Default)]
pub struct Choice {
    /// The places of the columns.
    pub columns: BTreeMap<Field, (usize, By)>,
    /// The columns that stand for one scheme each.
    pub schemes: Vec<(usize, Scheme)>,
}

impl Choice {
    /// What the column at this place is for.
    pub fn field_at(&self, place: usize) -> Option<(Field, By)> {
        let scheme = self.schemes.iter().find(|(known, _)| *known == place).map(|_| (Field::Schemes, By::Header));
        self.columns.iter().find(|(_, (known, _))| *known == place).map(|(field, (_, by))| (*field, *by)).or(scheme)
    }

    fn is_free(&self, place: usize) -> bool {
        self.field_at(place).is_none()
    }

    fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field) || (field == Field::Schemes && !self.schemes.is_empty())
    }

    fn take(&mut self, field: Field, place: Option<usize>, by: By) {
        if let Some(place) = place {
            self.columns.insert(field, (place, by));
        }
    }
}

/// Chooses. `given` says what the caller knows already; `schemes` are the codes that there are. Errors: a clause for people.
pub fn choose(
    tally: &Tally,
    sample: &Sample,
    given: &Settings,
    world: &World,
    schemes: &BTreeSet<String>,
) -> Result<Choice, String> {
    let mut choice = Choice::default();
    let is_single = |column: &Column| {
        !column.header.is_empty()
            && tally.columns.iter().filter(|other| hr::is_same_header(&other.header, &column.header)).count() == 1
    };
    let usable: Vec<(usize, &Column)> = (0..).zip(&tally.columns).filter(|(_, column)| is_single(column)).collect();
    for (field, columns) in &given.columns {
        let at = |header: &str| usable.iter().find(|(_, column)| hr::is_same_header(&column.header, header)).map(|(at, _)| *at);
        match columns {
            Columns::Nowhere => {}
            Columns::One(header) => choice.take(*field, at(header), By::Given),
            Columns::ForEach(each) => {
                choice.schemes.extend(each.iter().filter_map(|(header, scheme)| Some((at(header)?, scheme.clone()))));
            }
        }
    }
    let is_open = |choice: &Choice, field: Field| !choice.has(field) && !given.columns.contains_key(&field);
    // The identity number first: a header that is usual for it may be the employer's number.
    for field in Field::ALL {
        for fits in [hr::is_usual_header as fn(Field, &str) -> bool, is_also] {
            if !is_open(&choice, field) {
                break;
            }
            let mut fitting: Vec<&(usize, &Column)> = usable
                .iter()
                .filter(|(at, column)| choice.is_free(*at) && fits(field, &column.header) && bears_out(field, column))
                .collect();
            crate::sets::sort_by_key(&mut fitting, |(_, column)| std::cmp::Reverse(column.filled));
            choice.take(field, fitting.first().map(|(at, _)| *at), By::Header);
        }
        if field == Field::Schemes && is_open(&choice, field) {
            let named = usable.iter().filter(|(at, _)| choice.is_free(*at));
            let named: Vec<(usize, Scheme)> = named.filter_map(|(at, column)| Some((*at, column.scheme(schemes)?))).collect();
            choice.schemes = named;
        }
    }
    by_contents(&mut choice, &usable, tally.rows, &is_open);
    by_register(&mut choice, &usable, tally.delimiter, sample, world, &is_open)?;
    by_names_of_places(&mut choice, &usable, world, &is_open);
    if choice.has(Field::Schemes) {
        // What the schemes are is said already.
        choice.columns.retain(|field, (_, by)| *field != Field::Position || *by == By::Given);
    }
    Ok(choice)
}

fn is_also(field: Field, header: &str) -> bool {
    let plain: String = header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    ALSO.iter().any(|(known, headers)| *known == field && headers.contains(&plain.as_str()))
}

fn half(part: u64, of: u64) -> bool {
    part * 2 >= of
}

fn nearly_all(part: u64, of: u64) -> bool {
    of > 0 && part * 10 >= of * 8
}

/// True if the cells of a column can be the field that its header says. A column without any filled cell can be anything.
fn bears_out(field: Field, column: &Column) -> bool {
    match field {
        Field::Persnr => half(column.numbers, column.filled) && column.filled > 0,
        Field::EmployeeAlias => column.numbers * 10 <= column.filled,
        Field::FirstName | Field::LastName => !half(column.with_digits, column.filled) || column.filled == 0,
        Field::Email => half(column.emails, column.filled),
        Field::Mobile => half(column.mobiles, column.filled),
        Field::Schemes => half(column.codes, column.filled),
        Field::Roles => half(column.roles, column.filled),
        Field::StartDate | Field::EndDate => half(column.days, column.filled),
        Field::Main => half(column.flags, column.filled),
        Field::Status => column.filled > 0 && column.values.len() <= 12 && column.values.keys().any(|value| is_active(value)),
        Field::Position => column.numbers == 0 && !column.is_varied && (column.roles == 0 || column.filled == 0),
        Field::Company | Field::Department => column.numbers == 0 && !column.is_varied,
        Field::Franchise | Field::Confidential => true,
    }
}

/// True for a word by which HR systems say that somebody works.
fn is_active(value: &str) -> bool {
    super::words::standing(value, true) == Some("active")
}

fn by_contents(choice: &mut Choice, usable: &[(usize, &Column)], rows: u64, is_open: &dyn Fn(&Choice, Field) -> bool) {
    type Is = fn(&Column) -> bool;
    let kinds: [(Field, Is); 4] = [
        (Field::Persnr, |column| column.numbers * 10 >= column.filled * 6 && column.numbers > 0),
        (Field::Email, |column| nearly_all(column.emails, column.filled)),
        (Field::Mobile, |column| nearly_all(column.mobiles, column.filled) && column.aliases == 0),
        (Field::Schemes, |column| column.codes == column.filled && column.filled > 0),
    ];
    for (field, is) in kinds {
        if is_open(choice, field) {
            let fitting = usable.iter().filter(|(at, column)| choice.is_free(*at) && is(column));
            let best = fitting.max_by_key(|(at, column)| (column.filled, std::cmp::Reverse(*at))).map(|(at, _)| *at);
            choice.take(field, best, By::Contents);
        }
    }
    let day_columns = |choice: &Choice| -> Vec<(usize, &Column)> {
        let is_other = |header: &str| OTHER_DAYS.iter().any(|part| header.to_lowercase().contains(part));
        let is_birth = |column: &Column| column.old_days == column.filled;
        usable
            .iter()
            .copied()
            .filter(|(at, column)| choice.is_free(*at) && nearly_all(column.days, column.filled))
            .filter(|(_, column)| !is_other(&column.header) && !is_birth(column))
            .collect()
    };
    if is_open(choice, Field::EndDate) {
        let days = day_columns(choice);
        // What stands for no day ends nothing, and begins nothing either.
        let mut endless = days.iter().filter(|(_, column)| column.endless > 0);
        let mut scarce = days.iter().filter(|(_, column)| !half(column.filled, rows));
        let only = |one: Option<&(usize, &Column)>, other: Option<&(usize, &Column)>| {
            one.filter(|_| other.is_none()).map(|(at, _)| *at)
        };
        let found = only(endless.next(), endless.next()).or_else(|| only(scarce.next(), scarce.next()));
        choice.take(Field::EndDate, found, By::Contents);
    }
    if is_open(choice, Field::StartDate) && choice.has(Field::EndDate) {
        let full: Vec<usize> = day_columns(choice)
            .into_iter()
            .filter(|(_, column)| column.endless == 0 && nearly_all(column.filled, rows))
            .map(|(at, _)| at)
            .collect();
        if let [only] = full.as_slice() {
            choice.take(Field::StartDate, Some(*only), By::Contents);
        }
    }
}

/// Fields whose columns show what FinAut has of the same people.
const SHOWN: [Field; 5] = [Field::EmployeeAlias, Field::FirstName, Field::LastName, Field::Email, Field::Mobile];

fn by_register(
    choice: &mut Choice,
    usable: &[(usize, &Column)],
    delimiter: Option<u8>,
    sample: &Sample,
    world: &World,
    is_open: &dyn Fn(&Choice, Field) -> bool,
) -> Result<(), String> {
    if is_open(choice, Field::EmployeeAlias) {
        let fitting = usable
            .iter()
            .filter(|(at, column)| choice.is_free(*at) && column.aliases >= 2 && half(column.aliases, column.filled));
        let best = fitting.max_by_key(|(_, column)| column.aliases).map(|(at, _)| *at);
        choice.take(Field::EmployeeAlias, best, By::Register);
    }
    if SHOWN.iter().all(|field| !is_open(choice, *field)) {
        return Ok(());
    }
    let by_number: BTreeMap<&str, &Registered> =
        crate::sets::map(world.people.values().filter_map(|known| Some((known.persnr.as_ref()?.as_str(), known))));
    let mut by_alias: BTreeMap<&str, Option<&Registered>> = BTreeMap::new();
    for known in world.people.values() {
        if let Some(alias) = known.employee_alias.as_deref() {
            by_alias.entry(alias).and_modify(|several| *several = None).or_insert(Some(known));
        }
    }
    let place = |field| choice.columns.get(&field).map(|(at, _)| *at);
    let (number_at, alias_at) = (place(Field::Persnr), place(Field::EmployeeAlias));
    let free: Vec<usize> = usable.iter().map(|(at, _)| *at).filter(|at| choice.is_free(*at)).collect();
    // How often a column and a field were both filled, and how often they were the same.
    let mut tallies: BTreeMap<(usize, Field), (u64, u64)> = BTreeMap::new();
    sample.each(delimiter, &mut |_, cells| {
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map(|cell| hr::text(cell));
        let number = cell(number_at).map(|cell| hr::identity_number(&cell)).unwrap_or_default();
        let by_the_number = match &number {
            Number::Valid(number) => by_number.get(number.as_str()).copied(),
            _ => None,
        };
        let by_the_alias = || cell(alias_at).and_then(|alias| by_alias.get(&*alias).copied().flatten());
        let Some(known) = by_the_number.or_else(by_the_alias) else { return };
        for at in &free {
            let Some(cell) = cell(Some(*at)).filter(|cell| !cell.is_empty()) else { continue };
            for field in SHOWN {
                if let Some(is_same) = is_same(field, &cell, known) {
                    let (both, same) = tallies.entry((*at, field)).or_default();
                    *both += 1;
                    *same += u64::from(is_same);
                }
            }
        }
    })?;
    for field in SHOWN.into_iter().filter(|field| is_open(choice, *field)).collect::<Vec<_>>() {
        let fitting = free.iter().filter(|at| choice.is_free(**at)).filter_map(|at| {
            let (both, same) = tallies.get(&(*at, field)).copied()?;
            (same > 0 && same * 10 >= both * 6).then_some((same, *at))
        });
        let best = fitting.max().map(|(_, at)| at);
        choice.take(field, best, By::Register);
    }
    Ok(())
}

/// Whether a cell is what FinAut has; `None` where FinAut has nothing.
fn is_same(field: Field, cell: &str, known: &Registered) -> Option<bool> {
    let shown = match field {
        Field::EmployeeAlias => known.employee_alias.as_deref().unwrap_or_default(),
        Field::FirstName => &known.first_name,
        Field::LastName => &known.last_name,
        Field::Email => &known.email,
        _ => &known.mobile,
    };
    (!shown.is_empty()).then(|| match field {
        Field::EmployeeAlias => cell == shown,
        Field::Mobile => hr::mobile(cell).as_deref() == Some(shown),
        _ => is_same_name(cell, shown),
    })
}

/// The columns whose values are the names of FinAut's departments and companies.
fn by_names_of_places(
    choice: &mut Choice,
    usable: &[(usize, &Column)],
    world: &World,
    is_open: &dyn Fn(&Choice, Field) -> bool,
) {
    let departments: Vec<&str> = world.departments.values().map(|department| department.name.as_str()).collect();
    let companies: Vec<&str> = world.companies.values().map(|company| company.name.as_str()).collect();
    for (field, names) in [(Field::Department, departments), (Field::Company, companies)] {
        if !is_open(choice, field) {
            continue;
        }
        let named = |column: &Column| {
            let is_one = |value: &&String| !value.is_empty() && names.iter().any(|name| is_same_name(name, value));
            column.values.keys().filter(is_one).count() as u64
        };
        let fitting =
            usable.iter().filter(|(at, column)| choice.is_free(*at) && !column.is_varied).filter_map(|(at, column)| {
                let named = named(column);
                (named > 0 && half(named, column.values.keys().filter(|value| !value.is_empty()).count() as u64))
                    .then_some((named, *at))
            });
        let best = fitting.max().map(|(_, at)| at);
        choice.take(field, best, By::Register);
    }
}
