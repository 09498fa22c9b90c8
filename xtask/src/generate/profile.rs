//! What is made of the keys of a sync's profile (core/src/sync/profile.rs): their JSON Schema, and the tables of docs/sync.md; and the
//! programs that the pages about the sync show. What a key is for and its default stand in the code; the form of a value that JSON Schema can
//! check beyond its type stands here.

use std::fmt::Write;

use finaut_core::arguments::{Argument, Shape};
use finaut_core::sync::hr::Field;
use finaut_core::sync::profile::{KEYS, file};
use serde_json::{Map, Value, json};

use super::output::{Output, read};

pub fn outputs() -> Result<Vec<Output>, String> {
    let of = |name: &str, text: String| Output::in_markdown("docs/sync.md", name, text);
    Ok(vec![
        Output::whole("docs/finaut-sync-profile.schema.json", schema()?),
        of("profile", table(KEYS)),
        of("file", table(file::KEYS)),
        of("columns", columns()),
        of("costs", costs()),
        shown("docs/sync-first-night.md", "python", "examples/python/first_night.py", "python")?,
        shown("docs/sync-first-night.md", "approve in python", "examples/sync/approve.py", "python")?,
        shown("docs/sync-first-night.md", "c", "examples/c/first_night.c", "c")?,
        shown("docs/sync-first-night.md", "approve in c", "examples/sync/approve.c", "c")?,
        shown("docs/sync-first-night.md", "csharp", "examples/csharp/FirstNight.cs", "csharp")?,
        shown("docs/sync-first-night.md", "approve in csharp", "examples/sync/Approve.cs", "csharp")?,
        shown("docs/sync-nights.md", "check_audit", "examples/sync/check_audit.py", "python")?,
    ])
}

/// A program in a page: what stands between the marks of this name.
fn shown(page: &'static str, name: &str, program: &str, language: &str) -> Result<Output, String> {
    Ok(Output::in_markdown(page, name, format!("```{language}\n{}```\n", read(program)?)))
}

fn schema() -> Result<String, String> {
    let mut schema = object("", KEYS, true);
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "finaut's sync profile",
        "description": "The profile of a nightly sync, as sync.plan takes it; docs/sync.md describes it. Made by cargo xtask generate. Members whose names begin with // are comments.",
    });
    if let (Some(schema), Value::Object(head)) = (schema.as_object_mut(), head) {
        for (name, value) in head {
            schema.insert(name, value);
        }
    }
    serde_json::to_string_pretty(&schema).map(|text| text + "\n").map_err(|e| e.to_string())
}

/// An object with these keys and comments, and nothing else.
fn object(path: &str, keys: &[Argument], is_top: bool) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(path, key))).collect();
    // What a call may give in the profile's place, is not required here.
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut object = map(properties, json!(false));
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    if is_top {
        // As the code says: whoever sets statuses says in whose name.
        object["if"] = json!({"anyOf": [
            {"properties": {"leavers": {"enum": ["hold", "withdraw"]}}, "required": ["leavers"]},
            {"properties": {"leave": {"enum": ["hold"]}}, "required": ["leave"]},
            {"properties": {"dropped": {"enum": ["hold", "withdraw"]}}, "required": ["dropped"]},
        ]});
        object["then"] = json!({"required": ["set_by"]});
    }
    object
}

/// An object of these members, and of others that are `others`; comments are allowed.
fn map(properties: Map<String, Value>, others: Value) -> Value {
    json!({"type": "object", "properties": properties, "patternProperties": {"^//": true}, "additionalProperties": others})
}

fn property(path: &str, key: &Argument) -> Value {
    let place = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
    let mut value = match key.members {
        [] => form(&place).unwrap_or_else(|| json!({"type": type_of(key.shape)})),
        members => object(&place, members, false),
    };
    if key.name == "file" {
        value = json!({"anyOf": [{"type": "string", "minLength": 1}, value]});
    }
    value["description"] = json!(capitalised(&Argument { members: &[], ..*key }.documented()));
    if let Some(default) = key.default.and_then(finaut_core::arguments::DefaultValue::value) {
        value["default"] = default;
    }
    if let Some(example) = example(&place) {
        value["examples"] = json!([example]);
    }
    value
}

fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
}

fn type_of(shape: Shape) -> &'static str {
    match shape {
        Shape::Number | Shape::Count => "integer",
        Shape::Flag => "boolean",
        Shape::Object => "object",
        _ => "string",
    }
}

fn reference() -> Value {
    json!({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^([0-9]+|.*/[0-9]+/?)$"}]})
}

fn scheme() -> Value {
    json!({"type": "string", "pattern": "^[A-Za-z0-9]{1,10}$"})
}

fn values() -> Value {
    let each = json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]});
    map(Map::new(), each)
}

/// What the value of a key must look like, where its type alone does not say it.
fn form(place: &str) -> Option<Value> {
    let numbers = |is_open: bool| {
        let number = reference();
        map(Map::new(), if is_open { json!({"anyOf": [number, {"type": "null"}]}) } else { number })
    };
    let days = json!({"type": "integer", "minimum": 0, "maximum": 3650});
    let limit = json!({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^ *(100|[0-9]{1,2})(\\.[0-9]+)? *% *$"}]});
    Some(match place {
        "name" => json!({"type": "string", "pattern": "^[a-z0-9-]{1,32}$"}),
        "fields" => map(
            ["persnr", "employee_alias", "first_name", "last_name", "email", "mobile", "department", "franchise", "schemes"]
                .iter()
                .map(|field| ((*field).to_owned(), json!({"enum": ["always", "create", "never"]})))
                .collect(),
            json!(false),
        ),
        "leavers" | "dropped" => json!({"enum": ["report", "hold", "withdraw"]}),
        "leave" => json!({"enum": ["report", "hold"]}),
        "set_by" => reference(),
        "leaver_days" | "leave_days" => days,
        "until" => json!({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^[0-9]{4}-[0-9]{2}-[0-9]{2}T.+"}),
        "scope.companies" => json!({"anyOf": [{"type": "array", "items": reference()}, reference()]}),
        "scope.schemes" => json!({"type": "array", "items": scheme()}),
        "scope.roles" => json!({"type": "array", "items": {"enum": ["ka", "ba", "tl"]}}),
        "rails.irreversible" | "rails.creates" | "rails.changes" => limit,
        "file.format" => json!({"enum": ["csv", "ndjson", "json"]}),
        "file.delimiter" => json!({"type": "string", "pattern": "^(auto|[^\"\\r\\n])$"}),
        "file.columns" => {
            let header = json!({"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]});
            let several = json!({"anyOf": [
                {"type": "string", "minLength": 1}, {"type": "null"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1}, map(Map::new(), json!({"type": "string"})),
            ]});
            let of = |field: Field| if field == Field::Schemes { several.clone() } else { header.clone() };
            map(Field::ALL.into_iter().map(|field| (field.name().to_owned(), of(field))).collect(), json!(false))
        }
        "file.departments" => json!({"anyOf": [{"enum": ["finaut"]}, numbers(true)]}),
        "file.companies" => numbers(true),
        "file.schemes_of" => map(Map::new(), json!({"type": "array", "items": scheme()})),
        "file.status_values" => map(Map::new(), json!({"enum": ["active", "leave", "left"]})),
        "file.end_date_is" => json!({"enum": ["last_day", "first_day_out"]}),
        "file.rows.where" | "file.rows.not" => values(),
        _ => return None,
    })
}

fn example(place: &str) -> Option<Value> {
    Some(match place {
        "name" => json!("hr"),
        "file" => json!("/hr/out/finaut.csv"),
        "scope" => json!({"schemes": ["afr", "gos"]}),
        "scope.companies" => json!([2265]),
        "scope.schemes" => json!(["afr", "gos"]),
        "scope.roles" => json!(["ka", "ba"]),
        "fields" => json!({"mobile": "create", "email": "never"}),
        "leavers" | "dropped" => json!("withdraw"),
        "leave" => json!("hold"),
        "set_by" => json!(590_001),
        "leaver_days" => json!(14),
        "leave_days" => json!(30),
        "until" => json!("06:30"),
        "exceptions" => json!("exceptions.csv"),
        "audit" => json!("/var/lib/finaut/audit.ndjson"),
        "rails" => json!({"irreversible": 5, "creates": "5%"}),
        "rails.irreversible" => json!("1%"),
        "rails.creates" => json!(25),
        "rails.changes" => json!("10%"),
        "synthetic" => json!(true),
        "file.path" => json!("/hr/out/finaut.csv"),
        "file.format" => json!("csv"),
        "file.encoding" => json!("windows-1252"),
        "file.delimiter" => json!(";"),
        "file.columns" => json!({"persnr": "Fødselsnr", "schemes": ["AFR", "KRD"]}),
        "file.departments" => json!({"4711": 2266}),
        "file.companies" => json!({"10": 2265}),
        "file.schemes_of" => json!({"Rådgiver": ["afr", "krd"]}),
        "file.status_values" => json!({"3": "active", "1": "leave", "0": "left"}),
        "file.end_date_is" => json!("first_day_out"),
        "file.rows" => json!({"where": {"Gruppe": ["Rådgiver"]}}),
        "file.rows.where" => json!({"Gruppe": ["Rådgiver"]}),
        "file.rows.not" => json!({"Etternavn": ["Test*"]}),
        "file.end" => json!({"marker": "EOF", "count": true}),
        "file.end.marker" => json!("EOF"),
        "file.end.count" => json!(true),
        _ => return None,
    })
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn table(keys: &[Argument]) -> String {
    let mut table = String::from("| key | meaning | default |\n|---|---|---|\n");
    rows(&mut table, "", keys);
    table
}

fn rows(table: &mut String, path: &str, keys: &[Argument]) {
    for key in keys {
        let place = format!("{path}{}", key.name);
        let default = match key.default {
            None if key.required => "required".to_owned(),
            None => "–".to_owned(),
            Some(default) => default.documented(),
        };
        let _ = writeln!(table, "| `{place}` | {} | {} |", cell(key.about), cell(&default));
        // How a file is read has a table of its own.
        if key.name != "file" {
            rows(table, &format!("{place}."), key.members);
        }
    }
}

fn columns() -> String {
    let mut table = String::from("| field | headers that are known, besides its name |\n|---|---|\n");
    for field in Field::ALL {
        let _ = writeln!(table, "| `{}` | {} |", field.name(), field.headers().join(", "));
    }
    table
}

/// What nights cost, by the formula of docs/sync.md.
fn costs() -> String {
    let mut table =
        String::from("| people | of them change | plan | run | the run takes | first night |\n|---|---|---|---|---|---|\n");
    for (people, changed) in [(100, 5), (1000, 0), (1000, 50), (1000, 500), (10_000, 0), (10_000, 50), (10_000, 500)] {
        let night = night(people, changed);
        let first = night.plan + 1 + (people * 18).div_ceil(1000);
        let hours = match (night.run - 1) / 200 {
            0 => "minutes".to_owned(),
            hours => format!("{hours} h"),
        };
        let _ = writeln!(table, "| {people} | {changed} | {} | {} | {hours} | {first} |", night.plan, night.run);
    }
    table
}

struct Night {
    plan: u64,
    run: u64,
}

/// Of those who change, 40 % are new, 40 % change (a quarter of them with a further role), and 20 % leave with 1.8 schemes each.
fn night(people: u64, changed: u64) -> Night {
    let (new, updated, leaving) = (changed * 4 / 10, changed * 4 / 10, changed * 2 / 10);
    let writing = new + updated + (leaving * 18).div_ceil(10);
    let looks = updated / 4 + leaving;
    let plan = people.div_ceil(100) + 1;
    // What comes more than four hours after its reading is looked at first.
    let late = (plan + writing + looks).saturating_sub(800);
    Night { plan, run: plan + writing + looks + late }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_an_example_and_the_form_that_the_code_reads() {
        fn walk(path: &str, keys: &[Argument]) {
            for key in keys {
                let place = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
                assert!(example(&place).is_some(), "{place} has no example");
                let says_nothing = matches!(key.shape, Shape::Json | Shape::Object) && key.members.is_empty();
                assert!(!says_nothing || form(&place).is_some(), "{place} has no form");
                walk(&place, key.members);
            }
        }
        walk("", KEYS);
    }

    #[test]
    fn the_costs_are_those_of_the_formula() {
        for (people, changed, run) in
            [(1000, 50, 84), (1000, 500, 741), (10_000, 0, 101), (10_000, 50, 174), (10_000, 500, 862)]
        {
            let night = night(people, changed);
            assert_eq!(night.run, run, "{people} people, {changed} changed");
        }
    }
}
