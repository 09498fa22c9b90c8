//! The rows of one person: which of them counts, and where they contradict each other. Whom FinAut has is not known here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::field::Field;
use super::row::Row;
use crate::persnr::Persnr;

/// Somebody whom the file names, by number or alias.
#[derive(Debug)]
pub struct Person<'r> {
    /// All rows that name the person, in the file's order.
    pub rows: Vec<&'r Row>,
    /// The row that counts: one for each company, in most cases one. Empty where no row is to be applied.
    pub choice: Vec<&'r Row>,
    /// Why no row can be chosen.
    pub conflict: Option<Conflict>,
    /// A row says that the person is kept out of everything.
    pub is_confidential: bool,
}

/// Why no row of a person can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// The rows differ in the department only, and not exactly one is marked as main.
    Main,
    /// The rows differ in these fields.
    Differ(Vec<Field>),
    /// Rows with different identity numbers have the person's alias.
    AliasOfTwo,
}

impl Person<'_> {
    /// A row of the person cannot be used.
    pub fn invalid(&self) -> Option<&Row> {
        self.rows.iter().copied().find(|row| !row.is_left_out && row.is_invalid())
    }

    /// True if `rows` leaves all of the person's rows out.
    pub fn is_left_out(&self) -> bool {
        self.rows.iter().all(|row| row.is_left_out)
    }
}

/// Everybody whom the rows name, in the order in which they are named first. A row without a valid number belongs to the one number that
/// has its alias elsewhere.
pub fn people(rows: &[Row], today: Date) -> Vec<Person<'_>> {
    let mut numbers_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        if let (Some(alias), Some(persnr)) = (&row.employee_alias, row.number.valid()) {
            numbers_of.entry(alias).or_default().insert(persnr.as_str());
        }
    }
    let number_of =
        |alias: &str| numbers_of.get(alias).filter(|numbers| numbers.len() == 1).and_then(|numbers| numbers.first().copied());
    let mut places: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    let mut people: Vec<Person> = Vec::new();
    for row in rows {
        let alias = row.employee_alias.as_deref();
        let number = row.number.valid().map(Persnr::as_str).or_else(|| number_of(alias?));
        let Some(key) = number.map(|number| (true, number)).or_else(|| Some((false, alias?))) else { continue };
        let place = *places.entry(key).or_insert(people.len());
        match people.get_mut(place) {
            Some(person) => person.rows.push(row),
            None => people.push(Person { rows: vec![row], choice: Vec::new(), conflict: None, is_confidential: false }),
        }
    }
    let is_shared = |row: &Row| {
        row.employee_alias.as_deref().and_then(|alias| numbers_of.get(alias)).is_some_and(|numbers| numbers.len() > 1)
    };
    for person in &mut people {
        person.is_confidential = person.rows.iter().any(|row| row.is_confidential);
        if person.is_confidential || person.invalid().is_some() {
            continue;
        }
        let used: Vec<&Row> = person.rows.iter().copied().filter(|row| !row.is_left_out).collect();
        if used.iter().any(|row| is_shared(row)) {
            person.conflict = Some(Conflict::AliasOfTwo);
            continue;
        }
        match choose(used, today) {
            Ok(choice) => person.choice = choice,
            Err(conflict) => person.conflict = Some(conflict),
        }
    }
    people
}

/// The rows that count, one for each company: of those that are not over and have begun, if there are such; else of those that are to
/// begin; else the one that ended last.
fn choose(used: Vec<&Row>, today: Date) -> Result<Vec<&Row>, Conflict> {
    let is_over = |row: &Row| row.is_over(today);
    let is_to_begin = |row: &Row| row.start.is_some_and(|start| start > today);
    let of = |is: &dyn Fn(&Row) -> bool| -> Vec<&Row> { used.iter().copied().filter(|row| is(row)).collect() };
    let active = of(&|row| !is_over(row) && !is_to_begin(row));
    if !active.is_empty() {
        return one_for_each_company(active);
    }
    let mut to_begin = of(&|row| !is_over(row));
    if let Some(first) = to_begin.iter().filter_map(|row| row.start).min() {
        to_begin.retain(|row| row.start == Some(first));
        return one_for_each_company(to_begin);
    }
    Ok(used.into_iter().max_by_key(|row| row.end.unwrap_or(Date::MIN)).into_iter().collect())
}

fn one_for_each_company(rows: Vec<&Row>) -> Result<Vec<&Row>, Conflict> {
    let mut places: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut companies: Vec<Vec<&Row>> = Vec::new();
    for row in rows {
        let place = *places.entry(row.company.as_deref()).or_insert(companies.len());
        match companies.get_mut(place) {
            Some(rows) => rows.push(row),
            None => companies.push(vec![row]),
        }
    }
    companies.into_iter().map(|rows| one(&rows)).collect()
}

/// The one of these rows of a person in a company. One pass: a broken export may give one person all of its rows.
fn one<'r>(rows: &[&'r Row]) -> Result<&'r Row, Conflict> {
    let [first, others @ ..] = rows else { return Err(Conflict::Main) };
    let fields: BTreeSet<Field> = crate::sets::set(others.iter().flat_map(|other| differing(first, other)));
    if fields.is_empty() {
        return Ok(first);
    }
    if !fields.iter().all(|field| is_place(*field)) {
        return Err(Conflict::Differ(fields.into_iter().collect()));
    }
    let mut mains = rows.iter().filter(|row| row.is_main);
    match mains.next() {
        Some(main) if mains.all(|other| differing(main, other).is_empty()) => Ok(main),
        _ => Err(Conflict::Main),
    }
}

/// A franchise belongs to its department.
fn is_place(field: Field) -> bool {
    matches!(field, Field::Department | Field::Franchise)
}

/// The fields in which two rows differ. Where one of them has no number, the alias has shown that they are one person's.
fn differing(one: &Row, other: &Row) -> Vec<Field> {
    let numbers = (one.number.valid(), other.number.valid());
    let checks = [
        (Field::Persnr, matches!(numbers, (Some(a), Some(b)) if a != b)),
        (Field::EmployeeAlias, one.employee_alias != other.employee_alias),
        (Field::FirstName, one.first_name != other.first_name),
        (Field::LastName, one.last_name != other.last_name),
        (Field::Email, one.email.as_ref().map(|e| e.to_lowercase()) != other.email.as_ref().map(|e| e.to_lowercase())),
        (Field::Mobile, one.mobile != other.mobile),
        (Field::Department, one.department != other.department),
        (Field::Franchise, one.franchise != other.franchise),
        (Field::Position, one.position != other.position),
        (Field::Schemes, !is_same_set(one.schemes.as_deref(), other.schemes.as_deref(), |scheme| scheme.as_str())),
        (Field::Roles, !is_same_set(one.roles.as_deref(), other.roles.as_deref(), |role| role.as_str())),
        (Field::StartDate, one.start != other.start),
        (Field::EndDate, one.end != other.end),
        (Field::Status, one.standing != other.standing),
    ];
    checks.into_iter().filter(|(_, differ)| *differ).map(|(field, _)| field).collect()
}

fn is_same_set<T>(one: Option<&[T]>, other: Option<&[T]>, text: fn(&T) -> &str) -> bool {
    let set =
        |these: Option<&[T]>| -> Option<BTreeSet<String>> { Some(these?.iter().map(|this| text(this).to_owned()).collect()) };
    set(one) == set(other)
}
