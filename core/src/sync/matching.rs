//! Who of FinAut a person of the HR file is. What has to change of them is not known here.

use std::borrow::Cow;
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
    /// Which of the rows counts cannot be told: they are of several companies, and FinAut has the person in none of them.
    pub is_undecided: bool,
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

/// Finds everybody. Everybody in sight takes part, in the scope or not; a person is matched once. What is found does not depend on the
/// order of the rows: numbers before aliases before likeness, because the number identifies a person, and an alias may be reused.
pub fn find<'a>(people: &'a [Person<'a>], world: &'a World, profile: &Profile) -> Matching<'a> {
    let index = Index::of(world);
    let mut matching = Matching::default();
    let mut taken: BTreeSet<u64> = BTreeSet::new();
    let mut left: Vec<&Person> = Vec::new();
    for person in people {
        for row in &person.rows {
            let by_number = row.number.valid().map(|number| index.with_number(number)).unwrap_or_default();
            let by_alias = row.employee_alias.as_deref().map(|alias| index.with_alias(alias)).unwrap_or_default();
            matching.present.extend(by_number.iter().chain(by_alias).map(|known| known.id));
        }
        let holders = number_of(person).map(|number| index.with_number(number)).unwrap_or_default();
        if holders.is_empty() {
            left.push(person);
            continue;
        }
        taken.extend(holders.iter().map(|known| known.id));
        // Several people in FinAut may have one number, in different companies: the one in the company of a row is meant.
        let companies: BTreeSet<u64> = crate::sets::set(person.choice.iter().filter_map(|row| company_of(row, world, profile)));
        let is_theirs = |known: &&&Registered| known.company.is_some_and(|company| companies.contains(&company));
        let is_scoped = |known: &&&Registered| known.company.is_some_and(|company| is_in_scope(company, world, profile));
        let known = holders.iter().find(is_theirs).or_else(|| holders.iter().find(is_scoped)).or_else(|| holders.first());
        if let Some(known) = known {
            matching.people.push(chosen(person, Found::ByNumber(known), world, profile));
        }
    }
    let mut alike: Vec<&Person> = Vec::new();
    let before = taken.clone();
    for person in left {
        match index.by_alias(person) {
            None => alike.push(person),
            // Somebody else is this one already.
            Some(Found::ByAlias(known) | Found::Perhaps(known, _)) if before.contains(&known.id) => {
                matching.people.push(chosen(person, Found::AliasReused(known), world, profile));
            }
            Some(found) => {
                if let Found::ByAlias(known) = found {
                    taken.insert(known.id);
                }
                matching.people.push(chosen(person, found, world, profile));
            }
        }
    }
    for person in alike {
        matching.people.push(chosen(person, index.by_likeness(person, &taken), world, profile));
    }
    let place = |matched: &Matched| matched.person.rows.first().map(|row| row.place);
    crate::sets::sort_by_key(&mut matching.people, place);
    matching
}

fn number_of<'r>(person: &Person<'r>) -> Option<&'r Persnr> {
    person.rows.iter().find_map(|row| row.number.valid())
}

/// The row that counts of somebody who is found so: that of the company where FinAut has the person, else the only one of the scope, else
/// the one of them that is marked as main. A row from which no company can be told keeps the person where they are.
fn chosen<'a>(person: &'a Person<'a>, found: Found<'a>, world: &World, profile: &Profile) -> Matched<'a> {
    let in_scope = |company: Option<u64>| company.is_some_and(|company| is_in_scope(company, world, profile));
    let rows: Vec<(&Row, Option<u64>)> = person.choice.iter().map(|row| (*row, company_of(row, world, profile))).collect();
    let known = match found {
        Found::ByNumber(known) | Found::ByAlias(known) | Found::Perhaps(known, _) => known.company,
        _ => None,
    };
    let theirs: Vec<&(&Row, Option<u64>)> = rows.iter().filter(|(_, company)| known.is_some() && *company == known).collect();
    let scoped: Vec<&(&Row, Option<u64>)> = rows.iter().filter(|(_, company)| in_scope(*company)).collect();
    let candidates = [theirs, scoped.clone(), rows.iter().collect()].into_iter().find(|these| !these.is_empty());
    let candidates = candidates.unwrap_or_default();
    let mains: Vec<_> = candidates.iter().filter(|(row, _)| row.is_main).collect();
    let one = match (candidates.as_slice(), mains.as_slice()) {
        ([one], _) => Some(*one),
        (_, [main]) => Some(**main),
        _ => None,
    };
    let (row, company) = one.map_or((None, None), |(row, company)| (Some(*row), *company));
    // Who names neither a company nor a department that says which works where FinAut has the person.
    let says_none = row.is_some_and(|row| row.company.is_none() || profile.file.settings.companies.is_empty());
    let company = company.or(known.filter(|_| says_none));
    let found = match found {
        // A company that is not known is no other company.
        Found::ByNumber(known) | Found::ByAlias(known)
            if known.company.is_some() && company.is_some() && known.company != company =>
        {
            Found::Transfer(known)
        }
        found => found,
    };
    let companies: BTreeSet<Option<u64>> = crate::sets::set(scoped.iter().map(|(_, company)| *company));
    Matched { person, row, company, found, is_in_several: companies.len() > 1, is_undecided: row.is_none() && !rows.is_empty() }
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
        return settings.companies.number(code);
    }
    let only = match profile.scope.companies.as_slice() {
        [] if world.companies.len() == 1 => world.companies.keys().next().copied(),
        [company] => Some(*company),
        _ => None,
    };
    only.or_else(|| {
        if let Some(number) = department_number(row, profile) {
            return world.departments.get(&number)?.company;
        }
        // By its name, where one company of the scope alone has a department that is called so.
        let cell = row.department.as_deref().filter(|_| profile.file.settings.departments == hr::Departments::Names)?;
        let has = |company: &&u64| world.department_named(cell, Some(**company)) != Err(0);
        let mut having = profile.scope.companies.iter().filter(has);
        having.next().copied().filter(|_| having.next().is_none())
    })
}

/// The number of a row's department, where the profile says it without looking at names.
pub fn department_number(row: &Row, profile: &Profile) -> Option<u64> {
    let cell = row.department.as_deref()?;
    match &profile.file.settings.departments {
        hr::Departments::Names => None,
        hr::Departments::Numbers => cell.parse().ok(),
        hr::Departments::Map(map) => map.number(cell),
    }
}

/// Everybody in sight, by what they are found by.
struct Index<'a> {
    by_number: BTreeMap<&'a str, Vec<&'a Registered>>,
    by_alias: BTreeMap<Cow<'a, str>, Vec<&'a Registered>>,
    /// The same without case, for a server that spells aliases in its own way.
    by_folded_alias: BTreeMap<String, Vec<&'a Registered>>,
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
            by_folded_alias: BTreeMap::new(),
            by_birth_date: BTreeMap::new(),
            without_number: Vec::new(),
            without_number_named: BTreeMap::new(),
        };
        for known in world.people.values() {
            match &known.persnr {
                Some(persnr) => {
                    index.by_number.entry(persnr.as_str()).or_default().push(known);
                    index.by_birth_date.entry(birth_date(persnr)).or_default().push(known);
                }
                None => {
                    index.without_number.push(known);
                    index.without_number_named.entry(name_key(&known.last_name)).or_default().push(known);
                }
            }
            if let Some(alias) = known.employee_alias.as_deref() {
                let alias = hr::text(alias);
                index.by_folded_alias.entry(alias.to_lowercase()).or_default().push(known);
                index.by_alias.entry(alias).or_default().push(known);
            }
        }
        index
    }

    fn with_number(&self, number: &Persnr) -> &[&'a Registered] {
        self.by_number.get(number.as_str()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Those without a number who may have this last name.
    fn without_number_named(&self, last_name: &str) -> &[&'a Registered] {
        match is_damaged(last_name) {
            true => &self.without_number,
            false => self.without_number_named.get(&name_key(last_name)).map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// Everybody with this alias; where nobody has it, those who have it in another case.
    fn with_alias(&self, alias: &str) -> &[&'a Registered] {
        let exact = self.by_alias.get(alias);
        exact.or_else(|| self.by_folded_alias.get(&alias.to_lowercase())).map(Vec::as_slice).unwrap_or_default()
    }

    /// Who somebody is by the alias, whose number nobody has, or who has none; `None` where nobody has the alias.
    fn by_alias(&self, person: &Person) -> Option<Found<'a>> {
        let alias = person.rows.iter().find_map(|row| row.employee_alias.as_deref())?;
        let has_a_name = |known: &Registered| {
            person.rows.iter().any(|row| {
                agrees(row.first_name.as_deref(), &known.first_name) || agrees(row.last_name.as_deref(), &known.last_name)
            })
        };
        match self.with_alias(alias) {
            [] => None,
            [known] => Some(match (number_of(person), &known.persnr) {
                (Some(one), Some(other)) if birth_date(one) == birth_date(other) || has_a_name(known) => {
                    Found::Perhaps(known, Because::Alias)
                }
                (Some(_), Some(_)) => Found::AliasReused(known),
                _ if has_a_name(known) => Found::ByAlias(known),
                _ => Found::AliasReused(known),
            }),
            several => Some(Found::AliasOfSeveral(several.len())),
        }
    }

    /// Who somebody may be whom neither number nor alias finds. Who is `taken` is somebody else already.
    fn by_likeness(&self, person: &Person, taken: &BTreeSet<u64>) -> Found<'a> {
        let number = number_of(person);
        let shows = |known: &Registered, is: fn(&Row, &Registered) -> bool| person.rows.iter().any(|row| is(row, known));
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
