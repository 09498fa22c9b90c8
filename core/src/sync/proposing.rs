//! The operation `sync.init`: a commented profile, proposed from an HR file and the register. It writes nothing, neither to FinAut nor to
//! what the sync remembers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::hr::{self, Conflict, Field, HrFile, Number, Sample};
use super::matching::{self, Found, Matching};
use super::profile::Profile;
use super::profile::file::{HrFileAt, merged};
use super::reading::{self, Read};
use super::taking;
use super::told::{Language, Told};
use super::world::World;
use crate::client::Call;
use crate::clock::in_norway;
use crate::error::Error;
use crate::json::Json;
use crate::persnr::redacted;
use crate::wire::objects::SCHEMES;

mod choosing;
mod tally;
mod words;
mod writing;

use choosing::{Choice, choose};
use tally::{Register, Tally};
use writing::{Writer, places};

/// What a profile is to be proposed from.
#[derive(Debug, Default)]
pub struct Proposed {
    /// The HR file: a path, or an object as the profile's `file` with what is known of it already.
    pub file: Option<Value>,
    /// The language of the comments.
    pub language: Language,
}

/// Proposes a profile. The reply: `{"profile", "fill_in", "file", "columns", "basis", "counts", "problems"}`. Errors: `argument`,
/// `validation` for a file that cannot be used, those of a listing.
pub fn propose(call: &Call, proposed: &Proposed) -> Result<Json, Error> {
    let given = merged(None, proposed.file.as_ref()).unwrap_or_default();
    let at = HrFileAt::read(&given, &[])?;
    let Some(path) = &at.path else {
        return Err(Error::argument("Name the HR file: give its path as \"file\", or as \"path\" in the object \"file\"."));
    };
    let path = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
    let taken = taking::hr_file(call, &path, at.settings.end.is_some())?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let unusable = |problem: String| hr::unreadable(&name, &problem);
    let sample = Sample::of(taken.bytes, &name, &at.settings).map_err(unusable)?;
    let read = reading::register(call)?;
    let world = &read.world;

    let schemes: BTreeSet<String> = match world.schemes.is_empty() {
        true => SCHEMES.iter().map(|code| (*code).to_owned()).collect(),
        false => world.schemes.iter().map(|scheme| scheme.as_str().to_owned()).collect(),
    };
    let register = Register {
        aliases: world.people.values().filter_map(|known| known.employee_alias.as_deref()).collect(),
        schemes: &schemes,
    };
    let today = call.clock().today();
    let tally = Tally::of(&sample, at.settings.delimiter, at.settings.end.as_ref(), &register, today).map_err(unusable)?;
    check_headers(&tally, &register).map_err(unusable)?;
    let choice = choose(&tally, &sample, &at.settings, world, &schemes).map_err(unusable)?;
    check_choice(&tally, &choice).map_err(unusable)?;

    // What the file says of its encoding is kept only where it says something.
    let encoding = Some(sample.encoding).filter(|encoding| !sample.is_ascii && *encoding != "UTF-16");
    let file_members = given.as_object().cloned().unwrap_or_default();
    let path_text = path.to_string_lossy().into_owned();
    let about = writing::Given {
        file: &file_members,
        path: &path_text,
        format: sample.format,
        encoding,
        tally: &tally,
        choice: &choice,
        schemes: &schemes,
        language: proposed.language,
    };
    let (format, sampled) = (sample.format, sample.encoding);
    let mut writer = Writer::new(&about);
    let file_json = writer.file();
    let status_values = writer.status_values();

    let all: Vec<u64> = world.companies.keys().copied().collect();
    let first = profile_of(&file_json, status_values.as_ref(), &json!({ "companies": all, "schemes": schemes }))?;
    let file = sample.read(&first.file.settings).map_err(unusable)?;
    let people = hr::people(&file.rows, today);
    let found = places(&about, &file, &matching::find(&people, world, &first), world);

    let head = Told::of("init_head").with(today).with(tally.rows).with(world.people.len());
    let profile = writer.profile(file_json, status_values, &found, world, &head);
    let scope = profile.get("scope").cloned().unwrap_or_default();
    let written = profile.get("file").and_then(Value::as_object).cloned().unwrap_or_default();
    let whole = profile_of(&written, None, &scope)?;
    let matching = matching::find(&people, world, &whole);
    Ok(Json::of(&json!({
        "profile": profile,
        "fill_in": writer.fill_in,
        "file": {
            "rows": tally.rows,
            "format": match format { hr::Format::Csv => "csv", hr::Format::NdJson => "ndjson", hr::Format::Json => "json" },
            "encoding": sampled,
            "delimiter": tally.delimiter.map(|delimiter| char::from(delimiter).to_string()),
            "end": tally.end.as_ref().map(|end| end.marker.as_str()),
        },
        "columns": columns(&tally, &choice),
        "basis": basis(&read),
        "counts": counts(&matching, &whole, world, &people),
        "problems": problems(&file, &choice, &people, proposed.language),
    })))
}

/// The proposal as a profile, without what is still to be filled in: it is read by the same check as any other.
fn profile_of(file: &Map<String, Value>, status_values: Option<&Map<String, Value>>, scope: &Value) -> Result<Profile, Error> {
    let mut file = file.clone();
    if let Some(values) = status_values {
        file.insert("status_values".into(), Value::Object(values.clone()));
    }
    if let Some(values) = file.get_mut("status_values").and_then(Value::as_object_mut) {
        values.retain(|_, standing| !standing.is_null());
    }
    let profile = Map::from_iter([("file".to_owned(), Value::Object(file)), ("scope".to_owned(), scope.clone())]);
    Profile::read(profile, None, true)
}

/// Refuses a file whose first line is a person. Errors: a clause for people, which quotes nothing.
fn check_headers(tally: &Tally, register: &Register) -> Result<(), String> {
    let is_of_a_person = |header: &str| {
        !matches!(hr::identity_number(header), Number::Missing | Number::Invalid(_))
            || header.contains('@')
            || redacted(header) != header
            || (register.aliases.contains(header) && header.contains(|c: char| c.is_ascii_digit()))
            || (header.contains(|c: char| c.is_ascii_digit()) && matches!(hr::day(header), Ok(Some(_))))
    };
    match tally.columns.iter().any(|column| is_of_a_person(&column.header)) {
        true => Err("its first line seems to be a person; it must name the columns".to_owned()),
        false if tally.columns.is_empty() => Err("it is empty; the first line must name the columns".to_owned()),
        false => Ok(()),
    }
}

/// Errors: a clause for people, where no column says who somebody is.
fn check_choice(tally: &Tally, choice: &Choice) -> Result<(), String> {
    if choice.columns.contains_key(&Field::Persnr) || choice.columns.contains_key(&Field::EmployeeAlias) {
        return Ok(());
    }
    let headers: Vec<String> = tally.columns.iter().take(20).map(|column| crate::text::quoted(&column.header, 30)).collect();
    Err(format!(
        "no column holds identity numbers, and none is known as the employer's number; its columns are {}. Give \"file\" as an object \
         with \"columns\", as {{\"path\": \"…\", \"columns\": {{\"employee_alias\": \"Nummer\"}}}}",
        headers.join(", ")
    ))
}

fn columns(tally: &Tally, choice: &Choice) -> Vec<Value> {
    (0..)
        .zip(&tally.columns)
        .map(|(at, column)| {
            let found = choice.field_at(at);
            json!({
                "header": column.header,
                "field": found.map(|(field, _)| field.name()),
                "by": found.map(|(_, by)| by.word()),
                "filled": column.filled,
            })
        })
        .collect()
}

fn basis(read: &Read) -> Value {
    json!({ "read": in_norway(read.at), "people": read.world.people.len(), "requests": read.requests })
}

fn counts(matching: &Matching, profile: &Profile, world: &World, people: &[hr::Person]) -> Value {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for matched in &matching.people {
        let what = match matched.found {
            _ if matched.person.is_confidential => "confidential",
            _ if matched.person.conflict.is_some() => "undecided",
            Found::ByNumber(_) => "by_number",
            Found::ByAlias(_) => "by_alias",
            Found::Transfer(_) => "transfers",
            Found::Perhaps(..) | Found::AliasReused(_) | Found::AliasOfSeveral(_) => "undecided",
            Found::Nobody => "unknown_to_finaut",
            Found::NumberDoubtful | Found::NoNumber => "without_number",
        };
        *counts.entry(what).or_default() += 1;
    }
    let in_scope = |company: Option<u64>| company.is_some_and(|company| matching::is_in_scope(company, world, profile));
    let unknown_to_hr =
        world.people.values().filter(|known| in_scope(known.company) && !matching.present.contains(&known.id)).count();
    let of = |what: &str| counts.get(what).copied().unwrap_or_default();
    json!({
        "people": people.len(),
        "by_number": of("by_number"),
        "by_alias": of("by_alias"),
        "transfers": of("transfers"),
        "undecided": of("undecided"),
        "unknown_to_finaut": of("unknown_to_finaut"),
        "without_number": of("without_number"),
        "confidential": of("confidential"),
        "unknown_to_hr": unknown_to_hr,
    })
}

/// What a person should know before using the profile.
fn problems(file: &HrFile, choice: &Choice, people: &[hr::Person], language: Language) -> Vec<Value> {
    let mut told: Vec<Told> = Vec::new();
    let has = |field: Field| choice.columns.contains_key(&field);
    if !has(Field::Persnr) {
        told.push(Told::of("init_lacks_persnr"));
    }
    if !has(Field::EmployeeAlias) {
        told.push(Told::of("init_lacks_alias"));
    }
    if !has(Field::Department) {
        told.push(Told::of("init_lacks_department"));
    }
    if !has(Field::FirstName) || !has(Field::LastName) {
        told.push(Told::of("init_lacks_names"));
    }
    if !has(Field::Schemes) && choice.schemes.is_empty() && !has(Field::Position) {
        told.push(Told::of("init_lacks_schemes"));
    }
    let damages: Vec<String> = file.damages.iter().map(ToString::to_string).collect();
    if !damages.is_empty() {
        told.push(Told::of("file_broken").with(damages.join("; ")));
    }
    let mut words: BTreeMap<&str, u64> = BTreeMap::new();
    for problem in file.rows.iter().filter(|row| !row.is_confidential).flat_map(|row| &row.problems) {
        *words.entry(problem.told.word).or_default() += 1;
    }
    let mut problems: Vec<Value> = told
        .iter()
        .map(|told| json!({ "problem": told.word, "says": redacted(&told.say(language)), "rows": Value::Null }))
        .collect();
    // What is wrong with single rows is told by its word and its number: a cell may hold a name.
    let contradicting = people
        .iter()
        .filter(|person| matches!(person.conflict, Some(Conflict::Main | Conflict::Differ(_) | Conflict::AliasOfTwo)))
        .count() as u64;
    if contradicting > 0 {
        words.insert("rows_contradict", contradicting);
    }
    problems.extend(words.into_iter().map(|(word, rows)| {
        let says = Told::of("init_rows").with(rows).say(language);
        json!({ "problem": word, "says": says, "rows": rows })
    }));
    problems
}
