//! Who of FinAut a person of the HR file is. What has to change of them is not known here.

use std::collections::{BTreeMap, BTreeSet};

use super::hr::{self, Number, Person, Row};
use super::profile::Profile;
use super::world::{Registered, World};
use crate::operations::comparison::{is_same_name, name_key};
use crate::persnr::Persnr;

/// A person of the file, and what was found of them in FinAut.
#[derive(Debug)]
pub struct Matched<'a> {
    /// The person in the file.
    pub person: &'a Person<'a>,
    /// The row that counts; `None` where none can be applied.
    pub row: Option<&'a Row>,
    /// The company of that row, where it is known.
    pub company: Option<u64>,
    /// Who it is.
    pub found: Found<'a>,
    /// The person is employed in several companies of the scope.
    pub is_in_several: bool,
}

/// Who of FinAut somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    /// This one, by the identity number.
    ByNumber(&'a Registered),
    /// This one, by the alias; the number is not written.
    ByAlias(&'a Registered),
    /// This one, who works for another company there.
    Transfer(&'a Registered),
    /// Perhaps this one; a person decides.
    Perhaps(&'a Registered, Because),
    /// The alias was used again for somebody else.
    AliasReused(&'a Registered),
    /// The alias is that of so many.
    AliasOfSeveral(usize),
    /// Nobody, and the number is valid.
    Nobody,
    /// Nobody, and only the check digits of the number are wrong.
    NumberDoubtful,
    /// Nobody, and there is no Norwegian number: only the portal can create the person.
    NoNumber,
}

/// Why two may be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The same alias with another number, and the same birth date or name. Approval writes the number.
    Alias,
    /// The same birth date and name. Approval writes the number.
    BirthDate,
    /// The same names, and FinAut has no Norwegian number. Approval writes the alias, never the number.
    Names,
}

/// What matching found.
#[derive(Debug, Default)]
pub struct Matching<'a> {
    /// Everybody in the file, in its order.
    pub people: Vec<Matched<'a>>,
    /// Everybody of FinAut whom some row names, by number or alias, however bad the row is.
    pub present: BTreeSet<u64>,
}

/// Finds everybody. Everybody in sight takes part, in the scope or not; a person is matched once.
pub fn find<'a>(people: &'a [Person<'a>], world: &'a World, profile: &Profile) -> Matching<'a> {
    let index = Index::of(world);
    let mut matching = Matching::default();
    let mut taken: BTreeSet<u64> = BTreeSet::new();
    // Numbers before aliases: whoever has the number is the person, whatever alias others have.
    for is_second in [false, true] {
        for person in people {
            let number = person.rows.iter().find_map(|row| row.number.valid());
            let has_number = number.is_some_and(|number| index.by_number.contains_key(number.as_str()));
            if has_number == is_second {
                continue;
            }
            for row in &person.rows {
                matching
                    .present
                    .extend(row.number.valid().and_then(|number| index.by_number.get(number.as_str())).map(|known| known.id));
                matching.present.extend(
                    row.employee_alias.as_deref().into_iter().flat_map(|alias| index.with_alias(alias)).map(|known| known.id),
                );
            }
            let mut found = match number.and_then(|number| index.by_number.get(number.as_str())) {
                Some(known) => Found::ByNumber(known),
                None => index.without_number(person, number, &taken),
            };
            if let Found::ByNumber(known) | Found::ByAlias(known) | Found::Perhaps(known, _) = found {
                // Somebody else is this one already.
                if !taken.insert(known.id) && !matches!(found, Found::ByNumber(_)) {
                    found = Found::AliasReused(known);
                }
            }
            matching.people.push(chosen(person, found, world, profile));
        }
    }
    let place = |matched: &Matched| matched.person.rows.first().map(|row| row.place);
    matching.people.sort_by_key(place);
    matching
}

/// The row that counts of somebody who is found so.
fn chosen<'a>(person: &'a Person<'a>, found: Found<'a>, world: &World, profile: &Profile) -> Matched<'a> {
    let in_scope = |company: Option<u64>| company.is_some_and(|company| is_in_scope(company, world, profile));
    let rows: Vec<(&Row, Option<u64>)> = person.choice.iter().map(|row| (*row, company_of(row, world, profile))).collect();
    let known = match found {
        Found::ByNumber(known) | Found::ByAlias(known) | Found::Perhaps(known, _) => known.company,
        _ => None,
    };
    let theirs = rows.iter().find(|(_, company)| known.is_some() && *company == known);
    let scoped: Vec<&(&Row, Option<u64>)> = rows.iter().filter(|(_, company)| in_scope(*company)).collect();
    let chosen = theirs.or_else(|| scoped.first().copied()).or_else(|| rows.first());
    let (row, company) = chosen.map_or((None, None), |(row, company)| (Some(*row), *company));
    let found = match found {
        // A company that is not known is no other company.
        Found::ByNumber(known) if known.company.is_some() && company.is_some() && known.company != company => {
            Found::Transfer(known)
        }
        found => found,
    };
    Matched { person, row, company, found, is_in_several: scoped.len() > 1 }
}

/// True if the sync is about this company.
pub fn is_in_scope(company: u64, world: &World, profile: &Profile) -> bool {
    match profile.scope.companies.as_slice() {
        [] => world.companies.len() == 1 && world.companies.contains_key(&company),
        companies => companies.contains(&company),
    }
}

/// The company of a row: by the profile's map; else the scope's only one; else its department's.
pub fn company_of(row: &Row, world: &World, profile: &Profile) -> Option<u64> {
    let settings = &profile.file.settings;
    if !settings.companies.is_empty()
        && let Some(code) = &row.company
    {
        return settings.companies.get(code).copied();
    }
    let only = match profile.scope.companies.as_slice() {
        [] if world.companies.len() == 1 => world.companies.keys().next().copied(),
        [company] => Some(*company),
        _ => None,
    };
    only.or_else(|| {
        let number = department_number(row, profile)?;
        world.departments.get(&number)?.company
    })
}

/// The number of a row's department, where the profile says it without looking at names.
pub fn department_number(row: &Row, profile: &Profile) -> Option<u64> {
    let cell = row.department.as_deref()?;
    match &profile.file.settings.departments {
        hr::Departments::Names => None,
        hr::Departments::Numbers => cell.parse().ok(),
        hr::Departments::Map(map) => map.get(cell).copied().flatten(),
    }
}

/// Everybody in sight, by what they are found by.
struct Index<'a> {
    by_number: BTreeMap<&'a str, &'a Registered>,
    by_alias: BTreeMap<&'a str, Vec<&'a Registered>>,
    by_birth_date: BTreeMap<(u8, u8, u8), Vec<&'a Registered>>,
    without_number: Vec<&'a Registered>,
    /// The same by last name.
    without_number_named: BTreeMap<String, Vec<&'a Registered>>,
}

impl<'a> Index<'a> {
    fn of(world: &'a World) -> Index<'a> {
        let mut index = Index {
            by_number: BTreeMap::new(),
            by_alias: BTreeMap::new(),
            by_birth_date: BTreeMap::new(),
            without_number: Vec::new(),
            without_number_named: BTreeMap::new(),
        };
        for known in world.people.values() {
            match &known.persnr {
                Some(persnr) => {
                    index.by_number.insert(persnr.as_str(), known);
                    index.by_birth_date.entry(birth_date(persnr)).or_default().push(known);
                }
                None => {
                    index.without_number.push(known);
                    index.without_number_named.entry(name_key(&known.last_name)).or_default().push(known);
                }
            }
            if let Some(alias) = known.employee_alias.as_deref() {
                index.by_alias.entry(alias).or_default().push(known);
            }
        }
        index
    }

    fn with_alias(&self, alias: &str) -> &[&'a Registered] {
        self.by_alias.get(alias).map(Vec::as_slice).unwrap_or_default()
    }

    /// Those without a number who may have this last name.
    fn without_number_named(&self, last_name: &str) -> &[&'a Registered] {
        match is_damaged(last_name) {
            true => &self.without_number,
            false => self.without_number_named.get(&name_key(last_name)).map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// Who somebody is whose number nobody has, or who has none. Who is `taken` is somebody else already.
    fn without_number(&self, person: &Person, number: Option<&Persnr>, taken: &BTreeSet<u64>) -> Found<'a> {
        let alias = person.rows.iter().find_map(|row| row.employee_alias.as_deref());
        let shows = |known: &Registered, is: fn(&Row, &Registered) -> bool| person.rows.iter().any(|row| is(row, known));
        let a_name = |known: &Registered| {
            shows(known, |row, known| {
                agrees(row.first_name.as_deref(), &known.first_name) || agrees(row.last_name.as_deref(), &known.last_name)
            })
        };
        match alias.map(|alias| self.with_alias(alias)).unwrap_or_default() {
            [] => {}
            [known] => {
                return match (number, &known.persnr) {
                    (Some(one), Some(other)) if birth_date(one) == birth_date(other) || a_name(known) => {
                        Found::Perhaps(known, Because::Alias)
                    }
                    (Some(_), Some(_)) => Found::AliasReused(known),
                    _ if a_name(known) => Found::ByAlias(known),
                    _ => Found::AliasReused(known),
                };
            }
            several => return Found::AliasOfSeveral(several.len()),
        }
        let is_free = |known: &&&Registered| !taken.contains(&known.id);
        if let Some(number) = number {
            let born = self.by_birth_date.get(&birth_date(number)).map(Vec::as_slice).unwrap_or_default();
            let is_alike = |known: &&&Registered| {
                shows(known, |row, known| {
                    agrees(row.last_name.as_deref(), &known.last_name) || agrees(row.first_name.as_deref(), &known.first_name)
                })
            };
            if let Some(known) = born.iter().filter(is_free).find(is_alike) {
                return Found::Perhaps(known, Because::BirthDate);
            }
        }
        let both = |known: &&&Registered| {
            shows(known, |row, known| {
                agrees(row.first_name.as_deref(), &known.first_name) && agrees(row.last_name.as_deref(), &known.last_name)
            })
        };
        let last_names = person.rows.iter().filter_map(|row| row.last_name.as_deref());
        let namesakes = last_names.flat_map(|last_name| self.without_number_named(last_name));
        if let Some(known) = namesakes.filter(is_free).filter(both).min_by_key(|known| known.id) {
            return Found::Perhaps(known, Because::Names);
        }
        match number {
            Some(_) => Found::Nobody,
            None if person.rows.iter().any(|row| row.number == Number::Doubtful) => Found::NumberDoubtful,
            None => Found::NoNumber,
        }
    }
}

/// The birth date that a number shows, whatever kind it is of: day, month and the year's last two digits.
fn birth_date(persnr: &Persnr) -> (u8, u8, u8) {
    let two = |from: usize| persnr.as_str().get(from..from + 2).and_then(|part| part.parse::<u8>().ok()).unwrap_or_default();
    (two(0) % 40, two(2) % 40, two(4))
}

/// True if a row's name is one that FinAut has: but for case, accents and spaces, and for signs that were damaged.
pub fn agrees(row: Option<&str>, known: &str) -> bool {
    row.is_some_and(|name| {
        !known.is_empty() && (is_same_name(known, name) || (is_damaged(name) && hr::fits_damaged(known, name)))
    })
}

fn is_damaged(name: &str) -> bool {
    hr::damaged_sign(name).is_some()
}
