//! The proposed profile as JSON: its members in the order in which a person reads them, each after the comments that explain it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::choosing::{By, Choice};
use super::tally::Tally;
use super::words;
use crate::operations::codes::{RoleKind, Scheme};
use crate::persnr::redacted;
use crate::sync::hr::{self, Field, Format, HrFile, Row};
use crate::sync::matching::{Found, Matching};
use crate::sync::told::{Language, Told};
use crate::sync::world::{Registered, World};

/// How many names a comment lists.
const MOST_LISTED: usize = 30;

/// All that a profile is proposed from.
pub struct Given<'a> {
    /// What the caller knows of the file already, as the profile's `file`.
    pub file: &'a Map<String, Value>,
    /// Where the file is.
    pub path: &'a str,
    /// What it is made of, its encoding, and whether that can be told from it at all.
    pub format: Format,
    /// The name of its encoding.
    pub encoding: Option<&'static str>,
    /// What its columns look like.
    pub tally: &'a Tally,
    /// Which column is which field.
    pub choice: &'a Choice,
    /// The codes of the schemes that there are.
    pub schemes: &'a BTreeSet<String>,
    /// The language of the comments.
    pub language: Language,
}

/// A profile that is being written.
pub struct Writer<'a> {
    given: &'a Given<'a>,
    /// Where something is to be filled in: pointers into the profile.
    pub fill_in: Vec<String>,
}

/// What of the file's values FinAut calls what.
#[derive(Debug, Default)]
pub struct Places {
    /// HR's codes of companies, and FinAut's numbers.
    companies: BTreeMap<String, Option<u64>>,
    /// The companies that the file is about.
    scope: Vec<u64>,
    /// HR's departments, and FinAut's numbers.
    departments: BTreeMap<String, Option<u64>>,
    /// One department's name stands for several, in one company each: no map can tell them apart.
    is_by_name: bool,
    /// Where those are whom both know: of each of HR's departments, how many in which of FinAut's.
    department_votes: BTreeMap<String, BTreeMap<u64, u64>>,
    /// The positions, and of those in it whom both know, how many there are and have which scheme.
    positions: BTreeMap<String, (u64, BTreeMap<String, u64>)>,
    /// The schemes that the file names, or that people have.
    schemes: BTreeSet<String>,
}

impl<'a> Writer<'a> {
    /// A writer that has written nothing.
    pub fn new(given: &'a Given<'a>) -> Writer<'a> {
        Writer { given, fill_in: Vec::new() }
    }

    fn note(&self, object: &mut Map<String, Value>, about: &str, told: &Told) {
        let name = if about.is_empty() { "//".to_owned() } else { format!("// {about}") };
        object.insert(name, redacted(&told.say(self.given.language)).into_owned().into());
    }

    /// The profile's `file`, without what the values of its columns mean; that is written when they were read.
    pub fn file(&mut self) -> Map<String, Value> {
        let given = self.given;
        let mut file = Map::new();
        file.insert("path".into(), given.path.into());
        let format = match given.format {
            Format::Csv => "csv",
            Format::NdJson => "ndjson",
            Format::Json => "json",
        };
        file.insert("format".into(), format.into());
        match given.encoding {
            Some(encoding) => {
                self.note(&mut file, "encoding", &Told::of("init_encoding").with(encoding));
                file.insert("encoding".into(), encoding.into());
            }
            None => self.note(&mut file, "encoding", &Told::of("init_encoding_open")),
        }
        if let Some(delimiter) = given.tally.delimiter {
            file.insert("delimiter".into(), char::from(delimiter).to_string().into());
        }
        self.columns(&mut file);
        if let Some(end) = &given.tally.end {
            self.note(&mut file, "end", &Told::of("init_end"));
            file.insert("end".into(), json!({"marker": end.marker, "count": end.count}));
        }
        for (name, value) in given.file {
            if name != "columns" && name != "path" {
                file.insert(name.clone(), value.clone());
            }
        }
        file
    }

    fn columns(&self, file: &mut Map<String, Value>) {
        let given = self.given;
        let header = |at: usize| given.tally.columns.get(at).map(|column| column.header.as_str()).unwrap_or_default();
        let mut columns: Map<String, Value> = given.file.get("columns").and_then(Value::as_object).cloned().unwrap_or_default();
        for field in Field::ALL.into_iter().filter(|field| !columns.contains_key(field.name())).collect::<Vec<_>>() {
            let name = field.name();
            if let Some((at, by)) = given.choice.columns.get(&field).copied() {
                let shown = crate::text::quoted(header(at), 60);
                match by {
                    By::Contents => self.note(&mut columns, name, &Told::of("init_by_contents").with(shown)),
                    By::Register => self.note(&mut columns, name, &Told::of("init_by_register").with(shown)),
                    By::Header if field == Field::EmployeeAlias && hr::is_usual_header(Field::Persnr, header(at)) => {
                        self.note(&mut columns, name, &Told::of("init_no_persnr").with(shown));
                    }
                    By::Header if field == Field::EmployeeAlias && header(at).to_lowercase().starts_with("pers") => {
                        self.note(&mut columns, name, &Told::of("init_no_persnr").with(shown));
                    }
                    By::Header | By::Given => {}
                }
                columns.insert(name.into(), header(at).into());
                continue;
            }
            if field == Field::Schemes && !given.choice.schemes.is_empty() {
                let headers = given.choice.schemes.iter();
                let codes: Map<String, Value> =
                    headers.map(|(at, scheme)| (scheme.as_str().to_owned(), header(*at).into())).collect();
                columns.insert(name.into(), Value::Object(codes));
                continue;
            }
            // A header that is usual for the field, and cells that are not it.
            let unfit = given.tally.columns.iter().find(|column| hr::is_usual_header(field, &column.header));
            if let Some(column) = unfit.filter(|_| field != Field::Position || !given.choice.schemes.is_empty()) {
                self.note(&mut columns, name, &Told::of("init_unfit").with(crate::text::quoted(&column.header, 60)));
                columns.insert(name.into(), Value::Null);
            }
        }
        let unread: Vec<String> = (0..)
            .zip(&given.tally.columns)
            .filter(|(at, column)| given.choice.field_at(*at).is_none() && !column.header.is_empty())
            .map(|(_, column)| crate::text::quoted(&column.header, 40))
            .collect();
        let told =
            if unread.is_empty() { Told::of("init_columns") } else { Told::of("init_columns_unread").with(listed(&unread)) };
        self.note(file, "columns", &told);
        file.insert("columns".into(), Value::Object(columns));
    }

    /// What the values of the status column mean, as far as that is known: for reading the rows.
    pub fn status_values(&mut self) -> Option<Map<String, Value>> {
        let given = self.given;
        let (at, _) = given.choice.columns.get(&Field::Status)?;
        let column = given.tally.columns.get(*at)?;
        if given.file.contains_key("status_values") {
            return None;
        }
        let is_sap = column.values.contains_key("3");
        let mut values = Map::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for (value, rows) in column.shown().filter(|(value, _)| known.insert(value.to_lowercase())) {
            let standing = words::standing(value, is_sap);
            if standing.is_none() {
                self.note(&mut values, value, &Told::of("init_status_open").with(rows));
                self.fill_in.push(pointer(&["file", "status_values", value]));
            }
            values.insert(value.to_owned(), json!(standing));
        }
        Some(values)
    }

    /// The whole profile. `file`: as [`Writer::file`] wrote it.
    pub fn profile(
        &mut self,
        mut file: Map<String, Value>,
        status_values: Option<Map<String, Value>>,
        places: &Places,
        world: &World,
        head: &Told,
    ) -> Map<String, Value> {
        let given = self.given;
        self.companies(&mut file, places, world);
        self.departments(&mut file, places, world);
        self.positions(&mut file, places);
        if let Some(values) = status_values {
            self.note(&mut file, "status_values", &Told::of("init_status_values"));
            file.insert("status_values".into(), Value::Object(values));
        }
        if given.choice.columns.contains_key(&Field::EndDate) && !file.contains_key("end_date_is") {
            self.note(&mut file, "end_date_is", &Told::of("init_end_date_is"));
            file.insert("end_date_is".into(), "last_day".into());
        }
        let mut profile = Map::new();
        self.note(&mut profile, "", head);
        profile.insert("name".into(), "hr".into());
        profile.insert("file".into(), Value::Object(file));
        let mut scope = Map::new();
        let in_sight: Vec<String> =
            world.companies.iter().map(|(id, company)| format!("{} ({id})", crate::text::quoted(&company.name, 60))).collect();
        self.note(&mut scope, "companies", &Told::of("init_scope_companies").with(listed(&in_sight)));
        scope.insert("companies".into(), json!(places.scope));
        let others: Vec<String> = given.schemes.iter().filter(|code| !places.schemes.contains(*code)).cloned().collect();
        let told = if others.is_empty() {
            Told::of("init_scope_schemes")
        } else {
            Told::of("init_scope_schemes_others").with(listed(&others))
        };
        self.note(&mut scope, "schemes", &told);
        scope.insert("schemes".into(), json!(places.schemes));
        profile.insert("scope".into(), Value::Object(scope));
        self.note(&mut profile, "leavers", &Told::of("init_leavers"));
        profile.insert("leavers".into(), "report".into());
        self.note(&mut profile, "leave", &Told::of("init_leave"));
        profile.insert("leave".into(), "report".into());
        self.note(&mut profile, "dropped", &Told::of("init_dropped"));
        profile.insert("dropped".into(), "report".into());
        profile
    }

    fn companies(&mut self, file: &mut Map<String, Value>, places: &Places, world: &World) {
        if places.companies.is_empty() || file.contains_key("companies") {
            return;
        }
        let mut companies = Map::new();
        for (code, number) in &places.companies {
            let name = number.and_then(|number| world.companies.get(&number)).map(|company| company.name.as_str());
            match name {
                Some(name) => {
                    self.note(&mut companies, code, &Told::of("init_company").with(crate::text::quoted(name, 60)));
                }
                None => self.fill_in.push(pointer(&["file", "companies", code])),
            }
            companies.insert(code.clone(), json!(number));
        }
        self.note(file, "companies", &Told::of("init_companies"));
        file.insert("companies".into(), Value::Object(companies));
    }

    fn departments(&mut self, file: &mut Map<String, Value>, places: &Places, world: &World) {
        if places.departments.is_empty() || file.contains_key("departments") {
            return;
        }
        if places.is_by_name {
            let open: Vec<String> = places
                .departments
                .iter()
                .filter(|(_, number)| number.is_none())
                .map(|(name, _)| crate::text::quoted(name, 60))
                .collect();
            let told = match open.is_empty() {
                true => Told::of("init_departments_by_name"),
                false => Told::of("init_departments_by_name_but").with(listed(&open)),
            };
            return self.note(file, "departments", &told);
        }
        let mut departments = Map::new();
        let name_of = |number: &u64| {
            let name = world.departments.get(number).map(|department| department.name.as_str()).unwrap_or_default();
            format!("{} ({number})", crate::text::quoted(name, 60))
        };
        let mut open = 0;
        for (name, number) in &places.departments {
            if number.is_none() {
                open += 1;
                self.fill_in.push(pointer(&["file", "departments", name]));
                let votes = places.department_votes.get(name);
                let known: u64 = votes.into_iter().flat_map(BTreeMap::values).sum();
                if let Some((department, most)) = votes.and_then(|votes| votes.iter().max_by_key(|(_, people)| **people)) {
                    let told = Told::of("init_department_hint").with(known).with(most).with(name_of(department));
                    self.note(&mut departments, name, &told);
                }
            }
            departments.insert(name.clone(), json!(number));
        }
        let used: BTreeSet<u64> = crate::sets::set(places.departments.values().flatten().copied());
        let free: Vec<String> = world
            .departments
            .iter()
            .filter(|(id, department)| {
                !used.contains(id) && department.company.is_none_or(|company| places.scope.contains(&company))
            })
            .map(|(id, _)| name_of(id))
            .collect();
        let told = match open {
            0 => Told::of("init_departments").with(departments.len()),
            _ if free.is_empty() => Told::of("init_departments_open").with(open).with(places.departments.len()),
            _ => Told::of("init_departments_open_of").with(open).with(places.departments.len()).with(listed(&free)),
        };
        self.note(file, "departments", &told);
        file.insert("departments".into(), Value::Object(departments));
    }

    fn positions(&mut self, file: &mut Map<String, Value>, places: &Places) {
        if places.positions.is_empty() || file.contains_key("schemes_of") {
            return;
        }
        let mut positions = Map::new();
        for (position, (known, schemes)) in &places.positions {
            let have: Vec<String> = schemes.iter().map(|(code, people)| format!("{code} {people}")).collect();
            if !have.is_empty() {
                let told = Told::of("init_position_hint").with(known).with(have.join(", "));
                self.note(&mut positions, position, &told);
            }
            self.fill_in.push(pointer(&["file", "schemes_of", position]));
            positions.insert(position.clone(), json!([]));
        }
        self.note(file, "schemes_of", &Told::of("init_schemes_of"));
        file.insert("schemes_of".into(), Value::Object(positions));
    }
}

/// Finds FinAut's companies, departments and schemes of what the rows say: companies by the people whom both know, else by name;
/// departments by name.
pub fn places(given: &Given, file: &HrFile, matching: &Matching, world: &World) -> Places {
    let mut places = Places::default();
    let has = |field: Field| given.choice.columns.contains_key(&field);
    let known = |found: Found| -> Option<&Registered> {
        match found {
            Found::ByNumber(known) | Found::ByAlias(known) | Found::Transfer(known) => world.people.get(&known.id),
            _ => None,
        }
    };
    let mut company_votes: BTreeMap<&str, BTreeMap<u64, u64>> = BTreeMap::new();
    let mut seen_companies: BTreeMap<u64, u64> = BTreeMap::new();
    for matched in matching.people.iter().filter(|matched| !matched.person.is_confidential) {
        let Some(known) = known(matched.found) else { continue };
        for row in &matched.person.rows {
            if let Some(company) = known.company {
                *seen_companies.entry(company).or_default() += 1;
                if let Some(code) = row.company.as_deref() {
                    *company_votes.entry(code).or_default().entry(company).or_default() += 1;
                }
            }
            if let (Some(name), Some(department)) = (row.department.as_deref(), known.department) {
                *places.department_votes.entry(name.to_owned()).or_default().entry(department).or_default() += 1;
            }
            let position = row.position.as_deref().filter(|position| is_shown(position, row));
            if let Some(position) = position {
                let (people, schemes) = places.positions.entry(position.to_owned()).or_default();
                *people += 1;
                for role in known.roles.iter().flatten() {
                    if let Some(scheme) = role.as_str().strip_suffix("_ka") {
                        *schemes.entry(scheme.to_owned()).or_default() += 1;
                    }
                }
            }
        }
    }
    let rows = || file.rows.iter().filter(|row| !row.is_confidential && !row.is_left_out);
    if has(Field::Company) {
        for row in rows() {
            let Some(code) = row.company.as_deref().filter(|code| is_shown(code, row)) else { continue };
            if !places.companies.contains_key(code) {
                let voted = company_votes.get(code).and_then(|votes| votes.iter().max_by_key(|(_, people)| **people));
                let number = voted.map(|(company, _)| *company).or_else(|| company_named(code, world));
                places.companies.insert(code.to_owned(), number);
            }
        }
    }
    let mut scope: BTreeSet<u64> = crate::sets::set(places.companies.values().flatten().copied());
    if scope.is_empty() {
        scope.extend(seen_companies.keys());
    }
    if scope.is_empty() || world.companies.len() == 1 {
        scope = world.companies.keys().copied().collect();
    }
    places.scope = scope.into_iter().collect();
    if has(Field::Department) {
        departments(&mut places, rows(), world);
    }
    let mut spelled: BTreeSet<String> = BTreeSet::new();
    for row in rows() {
        let position = row.position.as_deref().filter(|position| has(Field::Position) && is_shown(position, row));
        if let Some(position) = position {
            places.positions.entry(position.to_owned()).or_default();
        }
        places.schemes.extend(row.schemes.iter().flatten().map(|scheme| scheme.as_str().to_owned()));
    }
    // The profile's positions are compared without case.
    places.positions.retain(|position, _| has(Field::Position) && spelled.insert(position.to_lowercase()));
    places.schemes.extend(given.choice.schemes.iter().map(|(_, scheme)| scheme.as_str().to_owned()));
    let in_scope = |known: &&Registered| known.company.is_some_and(|company| places.scope.contains(&company));
    let candidate = format!("_{}", RoleKind::Candidate.word());
    let had = world.people.values().filter(in_scope).flat_map(|known| known.roles.iter().flatten());
    let had: Vec<String> = had.filter_map(|role| role.as_str().strip_suffix(&candidate)).map(str::to_owned).collect();
    places.schemes.extend(had);
    places.schemes.retain(|code| given.schemes.contains(code) && Scheme::parse(code).is_some());
    if places.schemes.is_empty() {
        places.schemes.clone_from(given.schemes);
    }
    places
}

fn departments<'r>(places: &mut Places, rows: impl Iterator<Item = &'r Row>, world: &World) {
    let mut numbers: BTreeMap<&str, BTreeSet<Option<u64>>> = BTreeMap::new();
    let mut looked_up: BTreeSet<(&str, Option<&str>)> = BTreeSet::new();
    for row in rows {
        let Some(name) = row.department.as_deref().filter(|name| is_shown(name, row)) else { continue };
        let code = row.company.as_deref();
        if !looked_up.insert((name, code)) {
            continue;
        }
        let company = code.and_then(|code| places.companies.get(code).copied().flatten());
        let companies = company.map_or_else(|| places.scope.clone(), |company| vec![company]);
        let found: BTreeSet<u64> =
            crate::sets::set(companies.iter().filter_map(|company| world.department_named(name, Some(*company)).ok()));
        let only = found.iter().next().copied().filter(|_| found.len() == 1);
        numbers.entry(name).or_default().insert(only);
    }
    // In the rows of two companies, one name may be two departments.
    places.is_by_name = numbers.values().any(|numbers| numbers.iter().flatten().count() > 1);
    places.departments =
        numbers.into_iter().map(|(name, numbers)| (name.to_owned(), numbers.into_iter().flatten().next())).collect();
}

fn company_named(name: &str, world: &World) -> Option<u64> {
    let is = |company: &str| crate::operations::comparison::is_same_name(company, name);
    let mut found = world.companies.iter().filter(|(_, company)| is(&company.name)).map(|(id, _)| *id);
    found.next().filter(|_| found.next().is_none())
}

/// True for a value that can stand in the profile: it holds no identity number, is not the person's own name, and is no comment's name.
fn is_shown(value: &str, row: &Row) -> bool {
    let lower = value.to_lowercase();
    let holds = |name: &Option<String>| name.as_ref().is_some_and(|name| lower.contains(&name.to_lowercase()));
    redacted(value) == value && !(holds(&row.first_name) && holds(&row.last_name)) && !value.starts_with("//")
}

/// The first of them, and how many more there are.
fn listed(names: &[String]) -> String {
    let shown = names.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_LISTED) {
        0 => shown,
        more => format!("{shown}, … (+{more})"),
    }
}

/// A pointer as RFC 6901 has it.
fn pointer(names: &[&str]) -> String {
    names.iter().map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1"))).collect()
}
