//! The profile of a sync: whom it is about, what it may write, and when. How a file is read, [`file`] says.

use std::collections::BTreeMap;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::arguments::{self, Argument, DefaultValue, Shape};
use crate::error::Error;
use crate::operations::codes::{RoleKind, Scheme};
use crate::sync::digest::Digest;
use crate::sync::hr::Field;
use crate::text::quoted;

pub mod file;
mod given;

use file::HrFileAt;
use given::{bad, text_of};

/// Every key of a profile.
pub const KEYS: &[Argument] = &[
    Argument::optional(
        "name",
        Shape::Text,
        "tells several syncs of one account apart: 1 to 32 of a to z, 0 to 9 and the hyphen",
    )
    .or(DefaultValue::Text(Profile::USUAL_NAME)),
    Argument::optional("file", Shape::Json, "the HR file: its path, or an object that says how it is read, too")
        .with(file::KEYS),
    Argument::required("scope", Shape::Object, "what the sync is about").with(SCOPE),
    Argument::optional(
        "fields",
        Shape::Object,
        "what is written of each field: \"always\", \"create\" (only for people who are created) or \"never\"",
    )
    .or(DefaultValue::Words("\"always\" for every field that the file has")),
    Argument::optional("leavers", Shape::Text, "what becomes of those who have left: \"report\", \"hold\" or \"withdraw\"")
        .or(DefaultValue::Text("report")),
    Argument::optional("leave", Shape::Text, "of those who are on leave: \"report\" or \"hold\"")
        .or(DefaultValue::Text("report")),
    Argument::optional("dropped", Shape::Text, "of a scheme that HR asked for before: \"report\", \"hold\" or \"withdraw\"")
        .or(DefaultValue::Text("report")),
    Argument::optional(
        "set_by",
        Shape::Reference,
        "the BA in whose name statuses are set; required as soon as leavers, leave or dropped is not \"report\"",
    ),
    Argument::optional("leaver_days", Shape::Number, "how many days somebody must be absent from every file to have left")
        .or(DefaultValue::Count(14)),
    Argument::optional("leave_days", Shape::Number, "how many days the rows must have said that somebody is on leave")
        .or(DefaultValue::Count(30)),
    Argument::optional(
        "until",
        Shape::Text,
        "when a run ends: a time of day in Norway as \"06:30\", or a moment as \"2026-11-28T06:30:00+01:00\"",
    ),
    Argument::optional("exceptions", Shape::Text, "path of a CSV file of what is to be left as it is"),
    Argument::optional("audit", Shape::Text, "path of the audit file").or(DefaultValue::Words("beside the state file")),
    Argument::optional("rails", Shape::Object, "limits in place of the usual ones, as 10 or \"1%\"").with(RAILS),
    Argument::optional("synthetic", Shape::Flag, "people with synthetic identity numbers are written, too")
        .or(DefaultValue::Flag(false)),
];

const SCOPE: &[Argument] = &[
    Argument::optional("companies", Shape::Json, "FinAut's numbers of the companies, as [2265]")
        .or(DefaultValue::Words("the account's only one")),
    Argument::optional("schemes", Shape::Schemes, "the schemes; nothing of another one is ever written"),
    Argument::optional("roles", Shape::Json, "the kinds of roles: \"ka\", \"ba\", \"tl\"").or(DefaultValue::Texts(&["ka"])),
];

const RAILS: &[Argument] = &[
    Argument::optional("irreversible", Shape::Json, "people withdrawn or put on hold in 7 days")
        .or(DefaultValue::Words("5 or 1%, whichever is more")),
    Argument::optional("creates", Shape::Json, "people created in 24 hours")
        .or(DefaultValue::Words("25 or 10%, whichever is more")),
    Argument::optional("changes", Shape::Json, "people of whom one field changes")
        .or(DefaultValue::Words("20 or 10%, whichever is more")),
];

/// A checked profile.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Tells several syncs of one account apart.
    pub name: String,
    /// The HR file.
    pub file: HrFileAt,
    /// What the sync is about.
    pub scope: Scope,
    /// What is written of fields, where it is not [`Write::Always`].
    pub fields: BTreeMap<Field, Write>,
    /// What becomes of leavers.
    pub leavers: Action,
    /// What becomes of those on leave; never [`Action::Withdraw`].
    pub leave: Action,
    /// What becomes of schemes that HR no longer asks for.
    pub dropped: Action,
    /// The number of the user in whose name statuses are set.
    pub set_by: Option<u64>,
    /// Days of absence.
    pub leaver_days: u16,
    /// Days of leave.
    pub leave_days: u16,
    /// When a run ends.
    pub until: Option<Until>,
    /// Path of the exceptions, as it was given.
    pub exceptions: Option<String>,
    /// Path of the audit, as it was given.
    pub audit: Option<String>,
    /// Limits in place of the usual ones.
    pub rails: Rails,
    /// People with synthetic identity numbers are written.
    pub synthetic: bool,
    /// SHA-256 of all that must not change unnoticed: everything but `until`, the file's path and `rails`.
    pub print: Digest,
}

/// What a sync is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// FinAut's numbers; empty: the account's only one.
    pub companies: Vec<u64>,
    /// The schemes; empty: nobody is created or enrolled.
    pub schemes: Vec<Scheme>,
    /// The kinds of roles.
    pub roles: Vec<RoleKind>,
}

/// When a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// Whenever it differs.
    Always,
    /// When the person is created.
    Create,
    /// Never.
    Never,
}

/// What becomes of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is reported.
    Report,
    /// On hold.
    Hold,
    /// Withdrawn.
    Withdraw,
}

/// When a run ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Until {
    /// The next such time of day in Norway.
    Daily(Time),
    /// This moment, in seconds since 1970.
    Moment(f64),
}

/// Limits; `None`: the usual one.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Rails {
    /// People withdrawn or put on hold.
    pub irreversible: Option<Limit>,
    /// People created.
    pub creates: Option<Limit>,
    /// People of whom one field changes.
    pub changes: Option<Limit>,
}

/// How many are let pass.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Limit {
    /// So many.
    Count(u64),
    /// So many in ten thousand of the matched people.
    Share(u64),
}

impl Limit {
    /// How many of `people` that is; a share is rounded up.
    pub fn of(self, people: u64) -> u64 {
        match self {
            Limit::Count(count) => count,
            Limit::Share(share) => (people * share).div_ceil(10_000),
        }
    }
}

impl Profile {
    /// The name of a profile that says none.
    pub const USUAL_NAME: &str = "default";

    /// A profile's name, checked. Errors: `validation`.
    pub fn named(given: &str) -> Result<String, Error> {
        name(given)
    }

    /// Reads a profile's JSON. `call` is the `file` of the call, whose members replace the profile's; `is_loopback`: the host is this
    /// machine, where what is for tests is allowed. Errors: `validation`.
    pub fn read(given: Map<String, Value>, call: Option<&Value>, is_loopback: bool) -> Result<Profile, Error> {
        let mut given = given::without_comments(given);
        let file = file::merged(given.get("file"), call);
        given.remove("file");
        given::check("", KEYS, &given)?;
        let scope = scope(given.get("scope").and_then(Value::as_object))?;
        let file = file.map(|file| HrFileAt::read(&file, &scope.schemes).map(|read| (file, read))).transpose()?;
        let print = print(&given, file.as_ref().map(|(file, _)| file));
        let action = |name: &str, can_withdraw: bool| {
            let known = [("report", Action::Report), ("hold", Action::Hold), ("withdraw", Action::Withdraw)];
            let known = known.get(..if can_withdraw { 3 } else { 2 }).unwrap_or_default();
            given.get(name).map_or(Ok(Action::Report), |word| given::one_of(name, word, known))
        };
        let days = |name: &str, usual: u16| match given.get(name) {
            None => Ok(usual),
            Some(days) => u16::try_from(arguments::whole(&given, name)?)
                .ok()
                .filter(|days| *days <= 3650)
                .ok_or_else(|| bad(name, &format!("must be a number of days from 0 to 3650, not {}", arguments::shown(days)))),
        };
        let profile = Profile {
            name: name(text_of(&given, "name").unwrap_or(Profile::USUAL_NAME))?,
            file: file.map(|(_, read)| read).unwrap_or_default(),
            scope,
            fields: fields_of(given.get("fields"))?,
            leavers: action("leavers", true)?,
            leave: action("leave", false)?,
            dropped: action("dropped", true)?,
            set_by: given.get("set_by").and_then(arguments::reference_number),
            leaver_days: days("leaver_days", 14)?,
            leave_days: days("leave_days", 30)?,
            until: text_of(&given, "until").map(Profile::until).transpose()?,
            exceptions: text_of(&given, "exceptions").map(str::to_owned),
            audit: text_of(&given, "audit").map(str::to_owned),
            rails: rails(given.get("rails"))?,
            synthetic: given.get("synthetic").and_then(Value::as_bool).unwrap_or(false),
            print,
        };
        if profile.writes_statuses() && profile.set_by.is_none() {
            return Err(bad(
                "set_by",
                "is missing: name the BA in whose name statuses are set, or the register would say that people withdrew themselves",
            ));
        }
        if profile.leaver_days == 0 && !is_loopback {
            return Err(bad(
                "leaver_days",
                "0 is for tests against this machine; one file without somebody would withdraw them",
            ));
        }
        Ok(profile)
    }

    /// When a run ends, of its text. Errors: `validation`.
    pub fn until(given: &str) -> Result<Until, Error> {
        let is_time = given.len() == 5 && given.as_bytes().get(2) == Some(&b':');
        if let Some(time) = is_time.then(|| format!("{given}:00").parse::<Time>().ok()).flatten() {
            return Ok(Until::Daily(time));
        }
        match given.parse::<jiff::Timestamp>() {
            Ok(moment) => Ok(Until::Moment(moment.as_second() as f64)),
            Err(_) => Err(bad(
                "until",
                &format!(
                    "must be a time of day as \"06:30\" or a moment as \"2026-11-28T06:30:00+01:00\", not {}",
                    quoted(given, 40)
                ),
            )),
        }
    }

    /// True if people can be put on hold or withdrawn.
    pub fn writes_statuses(&self) -> bool {
        [self.leavers, self.leave, self.dropped].iter().any(|action| *action != Action::Report)
    }

    /// When a field is written.
    pub fn write_of(&self, field: Field) -> Write {
        self.fields.get(&field).copied().unwrap_or(Write::Always)
    }

    /// True if the sync is about this scheme.
    pub fn has_scheme(&self, scheme: &Scheme) -> bool {
        self.scope.schemes.contains(scheme)
    }
}

/// The error of a scheme of the scope that is none of those that there are.
pub fn unknown_scheme(scheme: &Scheme, listed: &[Scheme]) -> Error {
    let listed: Vec<&str> = listed.iter().map(Scheme::as_str).collect();
    given::unknown("scope.schemes", scheme.as_str(), "scheme", &listed)
}

/// `[a-z0-9-]{1,32}`.
fn name(given: &str) -> Result<String, Error> {
    let is_fine =
        (1..=32).contains(&given.len()) && given.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    match is_fine {
        true => Ok(given.to_owned()),
        false => Err(bad("name", &format!("must be 1 to 32 of a to z, 0 to 9 and the hyphen, not {}", quoted(given, 40)))),
    }
}

fn scope(given: Option<&Map<String, Value>>) -> Result<Scope, Error> {
    let Some(given) = given else {
        return Err(bad("scope", "is missing; it must be an object as {\"schemes\": [\"afr\"]}"));
    };
    given::check("scope", SCOPE, given)?;
    let list = |name: &str| given.get(name).map(|list| list.as_array().cloned().unwrap_or_else(|| vec![list.clone()]));
    let mut companies: Vec<u64> = Vec::new();
    for company in list("companies").unwrap_or_default() {
        let number = arguments::reference_number(&company).ok_or_else(|| {
            let shown = arguments::shown(&company);
            bad("scope.companies", &format!("must be FinAut's numbers of companies, as [2265]; {shown} is none"))
        })?;
        if companies.contains(&number) {
            return Err(given::twice("scope.companies", &number.to_string()));
        }
        companies.push(number);
    }
    let kinds = [RoleKind::Candidate, RoleKind::Ba, RoleKind::Tl].map(|kind| (kind.word(), kind));
    let mut roles: Vec<RoleKind> = Vec::new();
    for word in list("roles").unwrap_or_else(|| vec![RoleKind::Candidate.word().into()]) {
        let kind = given::one_of("scope.roles", &word, &kinds)?;
        if roles.contains(&kind) {
            return Err(given::twice("scope.roles", kind.word()));
        }
        roles.push(kind);
    }
    let schemes = given.get("schemes").map_or(Ok(Vec::new()), |codes| given::schemes("scope.schemes", codes))?;
    Ok(Scope { companies, schemes, roles })
}

/// When which field is written, as `fields` says. Errors: `validation`.
pub fn fields_of(given: Option<&Value>) -> Result<BTreeMap<Field, Write>, Error> {
    const WRITTEN: [Field; 9] = [
        Field::Persnr,
        Field::EmployeeAlias,
        Field::FirstName,
        Field::LastName,
        Field::Email,
        Field::Mobile,
        Field::Department,
        Field::Franchise,
        Field::Schemes,
    ];
    let each = |(name, word): (&String, &Value)| {
        let Some(field) = Field::named(name).filter(|field| WRITTEN.contains(field)) else {
            return Err(given::unknown("fields", name, "field that is written", &WRITTEN.map(Field::name)));
        };
        let known = [("always", Write::Always), ("create", Write::Create), ("never", Write::Never)];
        Ok((field, given::one_of(&format!("fields.{name}"), word, &known)?))
    };
    given.and_then(Value::as_object).into_iter().flatten().map(each).collect()
}

fn rails(given: Option<&Value>) -> Result<Rails, Error> {
    let Some(given) = given.and_then(Value::as_object) else { return Ok(Rails::default()) };
    given::check("rails", RAILS, given)?;
    let limit = |name: &str| given.get(name).map(|value| limit(&format!("rails.{name}"), value)).transpose();
    Ok(Rails { irreversible: limit("irreversible")?, creates: limit("creates")?, changes: limit("changes")? })
}

fn limit(key: &str, given: &Value) -> Result<Limit, Error> {
    let share = || {
        let percent = given.as_str()?.trim().strip_suffix('%')?.trim();
        let is_plain = percent.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let percent: f64 = percent.parse().ok().filter(|_| is_plain)?;
        Some(Limit::Share((percent.min(1000.0) * 100.0).round() as u64))
    };
    let shown = arguments::shown(given);
    match given.as_u64().map(Limit::Count).or_else(share) {
        Some(Limit::Share(ALL_PEOPLE..)) => Err(bad(
            key,
            &format!("{shown} of the people would be no limit; a rail is passed by approving a plan, never turned off"),
        )),
        Some(Limit::Count(MOST_PEOPLE..)) => {
            Err(bad(key, &format!("{shown} people would be no limit; a rail is passed by approving a plan, never turned off")))
        }
        Some(limit) => Ok(limit),
        None => Err(bad(key, &format!("must be a number of people as 10, or a share of them as \"1%\", not {shown}"))),
    }
}

/// All of the people, in ten thousandths.
const ALL_PEOPLE: u64 = 10_000;
/// No account has so many people.
const MOST_PEOPLE: u64 = 100_000;

fn print(given: &Map<String, Value>, file: Option<&Value>) -> Digest {
    let mut kept = given.clone();
    for key in ["until", "rails", "file"] {
        kept.remove(key);
    }
    if let Some(mut file) = file.and_then(Value::as_object).cloned() {
        file.remove("path");
        if !file.is_empty() {
            kept.insert("file".to_owned(), Value::Object(file));
        }
    }
    Digest::of(sorted(Value::Object(kept)).to_string().as_bytes())
}

/// The same with the members of each object in the order of their names.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let members: BTreeMap<String, Value> =
                crate::sets::map(object.into_iter().map(|(name, member)| (name, sorted(member))));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sync::hr::{Columns, Departments, Standing};

    fn read(given: Value) -> Result<Profile, Error> {
        Profile::read(given.as_object().cloned().unwrap_or_default(), None, false)
    }

    fn of(given: Value) -> Profile {
        read(given).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn the_smallest_profile_works_and_withdraws_nobody() {
        let profile = of(json!({"name": "hr", "file": "/hr/out/finaut.csv", "scope": {"schemes": ["afr", "gos"]}}));
        assert_eq!((profile.leavers, profile.leave, profile.dropped), (Action::Report, Action::Report, Action::Report));
        assert_eq!((profile.leaver_days, profile.leave_days, profile.synthetic), (14, 30, false));
        assert_eq!(profile.file.path.as_deref(), Some("/hr/out/finaut.csv"));
        assert!(!profile.writes_statuses() && profile.scope.roles == [RoleKind::Candidate]);
    }

    #[test]
    fn mistakes_are_told_with_what_was_expected() {
        let with = |key: &str, value: Value| {
            let mut profile = json!({"scope": {"schemes": ["afr"]}});
            profile[key] = value;
            read(profile).err().map(|e| e.message().into_owned()).unwrap_or_default()
        };
        for (key, value, said) in [
            ("leavrs", json!("hold"), "The profile: \"leavrs\" is unknown (is \"leavers\" meant?)"),
            ("leavers", json!("delete"), "must be \"report\" or \"hold\" or \"withdraw\", not \"delete\""),
            ("leave", json!("withdraw"), "must be \"report\" or \"hold\", not"),
            ("leavers", json!("hold"), "set_by: is missing: name the BA"),
            ("leaver_days", json!(0), "is for tests"),
            ("leaver_days", json!(-1), "from 0 to 3650"),
            ("name", json!("HR sync"), "must be 1 to 32 of a to z"),
            ("until", json!("kl. 6"), "must be a time of day"),
            ("until", json!("25:00"), "must be a time of day"),
            ("rails", json!({"creates": "ten"}), "rails.creates: must be a number of people as 10"),
            ("rails", json!({"creates": "101%"}), "\"101%\" of the people would be no limit"),
            ("rails", json!({"irreversible": "100%"}), "rails.irreversible: \"100%\" of the people would be no limit"),
            ("rails", json!({"changes": 1_000_000}), "1000000 people would be no limit"),
            ("rails", json!({"changes": -1}), "must be a number of people as 10, or a share of them as \"1%\", not -1"),
            ("rails", json!({"changes": 1.5}), "not 1.5"),
            ("rails", json!({"changes": "1e1%"}), "not \"1e1%\""),
            ("rails", json!({"changes": null}), "null"),
            ("rails", json!(10), "\"rails\" must be an object"),
            ("rails", json!({"create": 1}), "is \"creates\" meant?"),
            ("scope", json!({"schemes": ["a_b"]}), "schemes"),
            ("scope", json!({"roles": ["kandidat"]}), "must be \"ka\" or \"ba\" or \"tl\", not \"kandidat\""),
            ("scope", json!({"companies": ["x"]}), "must be FinAut's numbers of companies, as [2265]; \"x\" is none"),
            ("scope", json!({"companies": [2265, "https://x/companies/2265/"]}), "\"2265\" stands twice"),
            ("scope", json!({"schemes": ["afr", "AFR"]}), "scope.schemes: \"afr\" stands twice"),
            ("scope", json!({"roles": ["ba", "ba"]}), "scope.roles: \"ba\" stands twice"),
            ("scope", json!({"scheme": ["afr"]}), "scope: \"scheme\" is unknown (is \"schemes\" meant?)"),
            ("scope", json!(["afr"]), "scope"),
            ("fields", json!({"emial": "never"}), "\"emial\" is no field that is written (is \"email\" meant?)"),
            ("fields", json!({"position": "never"}), "is no field that is written; there are persnr, employee_alias"),
            (
                "fields",
                json!({"email": "sometimes"}),
                "fields.email: must be \"always\" or \"create\" or \"never\", not \"sometimes\"",
            ),
            ("fields", json!({"email": true}), "fields.email: must be \"always\" or \"create\" or \"never\", not true"),
            ("leavers", json!(true), "\"leavers\" must be a string"),
            ("leaver_days", json!(14.5), "whole number"),
            ("leave_days", json!(4000), "from 0 to 3650, not 4000"),
            ("set_by", json!("Kari"), "set_by"),
            ("until", json!(6), "\"until\" must be a string"),
            ("synthetic", json!("yes"), "\"synthetic\" must be true or false"),
            ("exceptions", json!([]), "\"exceptions\" must be a string"),
            ("file", json!(7), "must be a path"),
            ("file", json!({"pth": "x"}), "is \"path\" meant?"),
            ("file", json!({"format": "xlsx"}), "must be \"csv\" or \"ndjson\" or \"json\""),
            ("file", json!({"encoding": "latin-5"}), "unknown"),
            ("file", json!({"delimiter": ";;"}), "must be one character"),
            ("file", json!({"columns": {"navn": "Navn"}}), "file.columns: \"navn\" is no field; there are persnr"),
            ("file", json!({"columns": {"employe_alias": "Nr"}}), "is no field (is \"employee_alias\" meant?)"),
            (
                "file",
                json!({"columns": {"persnr": "Nr", "employee_alias": "NR "}}),
                "is named for both persnr and employee_alias",
            ),
            ("file", json!({"columns": {"schemes": {"afr": "S", "krd": "S"}}}), "is named for both afr and krd"),
            ("file", json!({"columns": {"persnr": 7}}), "persnr must be a column's header, or null, not 7"),
            ("file", json!({"end": {"marker": "EOF", "conut": true}}), "file.end: \"conut\" is unknown (is \"count\" meant?)"),
            ("file", json!({"end": "EOF"}), "\"end\" must be an object"),
            ("file", json!({"companies": {"10": "Banken"}}), "file.companies: \"10\" must be FinAut's number"),
            ("file", json!({"schemes_of": {"Leder": ["afr"], "LEDER": []}}), "\"LEDER\" stands twice"),
            ("file", json!({"status_values": {"A": "active", "a": "left"}}), "\"a\" stands twice"),
            (
                "file",
                json!({"status_values": {"9": null}}),
                "\"9\" must be \"active\", \"leave\" or \"left\", it is still null",
            ),
            ("file", json!({"rows": {"not": {"Gruppe": {}}}}), "must be a value or a list of values"),
            ("file", json!({"columns": {"schemes": ["Sparing og kreditt"]}}), "other headers are given as"),
            ("file", json!({"departments": "names"}), "must be \"finaut\""),
            ("file", json!({"departments": {"4711": "x"}}), "\"4711\" must be FinAut's number"),
            (
                "file",
                json!({"schemes_of": {"Rådgiver": "afr"}}),
                "file.schemes_of.\"Rådgiver\": must be a list of schemes' codes as [\"afr\", \"krd\"], not \"afr\"",
            ),
            ("file", json!({"schemes_of": {"Rådgiver": ["a-b"]}}), "\"a-b\" is no scheme's code"),
            ("file", json!({"status_values": {"3": "aktiv"}}), "\"3\" must be \"active\""),
            ("file", json!({"end_date_is": "day"}), "\"last_day\" or \"first_day_out\""),
            ("file", json!({"rows": {"where": {"Gruppe": []}}}), "must be a value or a list of values"),
            ("file", json!({"rows": {"were": {}}}), "is \"where\" meant?"),
            ("file", json!({"end": {"count": true}}), "\"marker\" is missing"),
        ] {
            let message = with(key, value.clone());
            assert!(message.contains(said) && message.contains("The profile"), "{key} {value}: {message}");
        }
        assert!(read(json!({})).is_err_and(|e| e.message().contains("\"scope\" is missing")));
        let tests = json!({"scope": {}, "leaver_days": 0}).as_object().cloned().unwrap_or_default();
        assert!(Profile::read(tests, None, true).is_ok());
    }

    #[test]
    fn everything_that_a_profile_can_say_is_read() {
        let profile = of(json!({
            "// who": "the bank", "name": "bank-1",
            "file": {
                "path": "x.csv", "// columns": {"x": 1}, "format": "csv", "encoding": "windows-1252", "delimiter": "\t",
                "columns": {"persnr": "Fødselsnr", "schemes": ["AFR", "KRD"], "mobile": null},
                "departments": {"4711": 2266, "4712": null}, "companies": {"10": "https://x/companies/2265/"},
                "schemes_of": {"Rådgiver": ["AFR"]}, "status_values": {"A": "active"}, "end_date_is": "first_day_out",
                "rows": {"where": {"Gruppe": "Rådgiver"}, "not": {"Etternavn": ["Test*"]}}, "end": {"marker": "EOF", "count": true},
            },
            "scope": {"companies": [2265], "schemes": ["AFR", "krd"], "roles": ["ka", "ba"]},
            "fields": {"email": "create", "mobile": "never"}, "leavers": "withdraw", "leave": "hold", "dropped": "hold", "set_by": 590001,
            "leaver_days": 20, "leave_days": 40, "until": "06:30", "exceptions": "e.csv", "audit": "a.ndjson",
            "rails": {"irreversible": 3, "creates": "1.5%"}, "synthetic": true,
        }));
        let settings = &profile.file.settings;
        assert_eq!(settings.columns.get(&Field::Mobile), Some(&Columns::Nowhere));
        assert!(matches!(settings.columns.get(&Field::Schemes), Some(Columns::ForEach(each)) if each.len() == 2));
        assert!(
            matches!(&settings.departments, Departments::Map(map) if map.number("4711") == Some(2266) && map.number("4712").is_none())
        );
        assert_eq!((settings.companies.number("10"), settings.delimiter), (Some(2265), Some(b'\t')));
        assert_eq!(settings.status_values["a"], Standing::Active);
        assert_eq!((profile.write_of(Field::Email), profile.write_of(Field::LastName)), (Write::Create, Write::Always));
        assert_eq!((profile.rails.irreversible, profile.rails.changes), (Some(Limit::Count(3)), None));
        assert_eq!(profile.rails.creates.map(|limit| limit.of(1000)), Some(15));
        assert_eq!((Limit::Share(100).of(101), Limit::Share(100).of(0)), (2, 0), "rounded up");
        assert!(
            profile.writes_statuses()
                && profile.set_by == Some(590_001)
                && profile.until == Some(Until::Daily(Time::constant(6, 30, 0, 0)))
        );
    }

    #[test]
    fn a_call_replaces_the_files_members_one_by_one() {
        let profile =
            json!({"file": {"path": "a.csv", "delimiter": ";"}, "scope": {}}).as_object().cloned().unwrap_or_default();
        let with = |call: Value| Profile::read(profile.clone(), Some(&call), false).unwrap_or_else(|e| panic!("{e}")).file;
        assert_eq!(
            (with(json!("b.csv")).path.as_deref(), with(json!("b.csv")).settings.delimiter),
            (Some("b.csv"), Some(b';'))
        );
        let other = with(json!({"delimiter": ","}));
        assert_eq!((other.path.as_deref(), other.settings.delimiter), (Some("a.csv"), Some(b',')));
    }

    /// A whole profile, and for each key at each level another value; the pointer is that of the key.
    fn whole() -> (Value, Vec<(&'static str, Value)>) {
        let whole = json!({
            "name": "bank-1", "scope": {"companies": [2265], "schemes": ["afr", "krd"], "roles": ["ka"]},
            "file": {
                "path": "x.csv", "format": "csv", "encoding": "windows-1252", "delimiter": ";",
                "columns": {"persnr": "Fødselsnr"}, "departments": {"4711": 2266}, "companies": {"10": 2265},
                "schemes_of": {"Rådgiver": ["afr"]}, "status_values": {"A": "active"}, "end_date_is": "last_day",
                "rows": {"where": {"Gruppe": ["A"]}, "not": {"Etternavn": ["Test*"]}}, "end": {"marker": "EOF", "count": true},
            },
            "fields": {"email": "create"}, "leavers": "report", "leave": "report", "dropped": "report", "set_by": 590001,
            "leaver_days": 20, "leave_days": 40, "until": "06:30", "exceptions": "e.csv", "audit": "a.ndjson",
            "rails": {"irreversible": 3, "creates": 4, "changes": 5}, "synthetic": true,
        });
        let others = vec![
            ("/name", json!("bank-2")),
            ("/scope/companies", json!([2265, 2266])),
            ("/scope/schemes", json!(["afr"])),
            ("/scope/roles", json!(["ka", "ba"])),
            ("/file/path", json!("y.csv")),
            ("/file/format", json!("ndjson")),
            ("/file/encoding", json!("cp865")),
            ("/file/delimiter", json!(",")),
            ("/file/columns", json!({"persnr": "Fnr"})),
            ("/file/departments", json!({"4711": 2267})),
            ("/file/companies", json!({"10": 2266})),
            ("/file/schemes_of", json!({"Rådgiver": ["krd"]})),
            ("/file/status_values", json!({"A": "leave"})),
            ("/file/end_date_is", json!("first_day_out")),
            ("/file/rows/where", json!({"Gruppe": ["B"]})),
            ("/file/rows/not", json!({"Etternavn": ["Prøve*"]})),
            ("/file/end/marker", json!("SLUTT")),
            ("/file/end/count", json!(false)),
            ("/fields", json!({"email": "never"})),
            ("/leavers", json!("hold")),
            ("/leave", json!("hold")),
            ("/dropped", json!("withdraw")),
            ("/set_by", json!(590_002)),
            ("/leaver_days", json!(21)),
            ("/leave_days", json!(41)),
            ("/until", json!("07:30")),
            ("/exceptions", json!("f.csv")),
            ("/audit", json!("b.ndjson")),
            ("/rails/irreversible", json!(2)),
            ("/rails/creates", json!(2)),
            ("/rails/changes", json!(2)),
            ("/synthetic", json!(false)),
        ];
        (whole, others)
    }

    /// The pointers of all keys that there are, and of those within them.
    fn pointers(keys: &[Argument], above: &str) -> Vec<String> {
        keys.iter()
            .flat_map(|key| {
                let pointer = format!("{above}/{}", key.name);
                if key.members.is_empty() { vec![pointer] } else { pointers(key.members, &pointer) }
            })
            .collect()
    }

    #[test]
    fn every_key_but_until_path_and_rails_makes_it_another_profile() {
        let (whole, others) = whole();
        let print = of(whole.clone()).print;
        let mut known: Vec<&str> = others.iter().map(|(pointer, _)| *pointer).collect();
        let mut all = pointers(KEYS, "");
        known.sort_unstable();
        all.sort();
        assert_eq!(known, all, "this test knows each key");
        for (pointer, value) in others {
            let is_free = pointer == "/until" || pointer == "/file/path" || pointer.starts_with("/rails/");
            for value in [value, Value::Null] {
                let mut other = whole.clone();
                let (above, name) = pointer.rsplit_once('/').unwrap_or_default();
                let members = other.pointer_mut(above).and_then(Value::as_object_mut).expect(pointer);
                if value.is_null() {
                    members.remove(name);
                } else {
                    members.insert(name.to_owned(), value);
                }
                // What cannot be left out is refused instead.
                if let Ok(profile) = read(other) {
                    assert_eq!(profile.print == print, is_free, "{pointer}");
                }
            }
        }
    }

    #[test]
    fn comments_order_and_formatting_make_no_other_profile() {
        fn turned(value: Value) -> Value {
            match value {
                Value::Object(members) => {
                    let mut turned: Vec<(String, Value)> =
                        members.into_iter().map(|(name, value)| (name, turned(value))).collect();
                    turned.reverse();
                    turned.insert(0, ("// said".to_owned(), json!({"leavrs": ["x"], "a": {"b": 1}})));
                    turned.push(("//".to_owned(), json!("x")));
                    Value::Object(turned.into_iter().collect())
                }
                value => value,
            }
        }
        let (whole, _) = whole();
        let print = of(whole.clone()).print;
        assert_eq!(of(turned(whole.clone())).print, print);
        let text = serde_json::to_string_pretty(&turned(whole)).expect("JSON");
        assert_eq!(of(serde_json::from_str(&text).expect("JSON")).print, print);
    }

    #[test]
    fn an_unknown_key_is_refused_with_a_hint_at_every_level() {
        let (whole, _) = whole();
        for (above, slip, meant) in [
            ("", "leaver_day", "leaver_days"),
            ("/scope", "compnies", "companies"),
            ("/rails", "ireversible", "irreversible"),
            ("/file", "encodng", "encoding"),
            ("/file/rows", "were", "where"),
            ("/file/end", "markr", "marker"),
            ("/file/columns", "fist_name", "first_name"),
            ("/fields", "mobil", "mobile"),
        ] {
            let mut profile = whole.clone();
            profile.pointer_mut(above).and_then(Value::as_object_mut).expect(above).insert(slip.into(), json!("x"));
            let message = read(profile).err().map(|e| e.message().into_owned()).unwrap_or_default();
            assert!(
                message.contains(&format!("\"{slip}\"")) && message.contains(&format!("is \"{meant}\" meant?")),
                "{above}: {message}"
            );
            assert!(message.starts_with("The profile"), "{message}");
        }
    }

    #[test]
    fn a_change_that_matters_changes_the_print_and_no_other() {
        let print = |given: Value| of(given).print;
        let base = json!({"file": "a.csv", "scope": {"schemes": ["afr"]}, "leave_days": 9});
        let same = [
            json!({"leave_days": 9, "scope": {"schemes": ["afr"]}, "file": {"path": "b.csv"}, "until": "06:30"}),
            json!({"file": "a.csv", "scope": {"schemes": ["afr"], "// x": 1}, "leave_days": 9, "rails": {"creates": 5}, "//": "y"}),
        ];
        for other in same {
            assert_eq!(print(other.clone()), print(base.clone()), "{other}");
        }
        for other in [
            json!({"file": "a.csv", "scope": {"schemes": ["krd"]}, "leave_days": 9}),
            json!({"file": {"path": "a.csv", "delimiter": ";"}, "scope": {"schemes": ["afr"]}, "leave_days": 9}),
            json!({"file": "a.csv", "scope": {"schemes": ["afr"]}, "leave_days": 8}),
        ] {
            assert_ne!(print(other.clone()), print(base.clone()), "{other}");
        }
    }
}
