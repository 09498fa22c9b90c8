//! The profile's `file`: where the HR file is, and how it is to be read.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::given::{self, bad, text_of};
use crate::arguments::{self, Argument, DefaultValue, Shape};
use crate::encoding::Encoding;
use crate::error::Error;
use crate::operations::codes::Scheme;
use crate::sync::hr::{Codes, Columns, Departments, End, EndDate, Field, Filter, Format, Settings, Standing, folded};
use crate::text::quoted;

/// Every key of `file`.
pub const KEYS: &[Argument] = &[
    Argument::optional("path", Shape::Text, "where the file is; a relative path is relative to the profile's file"),
    Argument::optional("format", Shape::Text, "\"csv\", \"ndjson\" or \"json\"").or(DefaultValue::Words("by the file's suffix")),
    Argument::optional("encoding", Shape::Text, "as the configuration's \"encoding\"").or(DefaultValue::Words(
        "\"auto\": by its mark, else UTF-8, else the one of windows-1252, cp850 and cp865 in which no name is damaged",
    )),
    Argument::optional("delimiter", Shape::Raw, "what stands between the cells: \";\", \",\", \"|\" or a tab")
        .or(DefaultValue::Words("the one that cuts the first lines into equally many cells")),
    Argument::optional(
        "columns",
        Shape::Object,
        "the header of each field's column, as {\"persnr\": \"Fødselsnr\"}; null: the field is not read; for schemes also a list of columns, one for each scheme, or an object of schemes and their columns",
    )
    .or(DefaultValue::Words("the fields' own names and the usual Norwegian headers")),
    Argument::optional(
        "departments",
        Shape::Json,
        "HR's codes and FinAut's numbers, as {\"4711\": 2266}, or \"finaut\": the column holds FinAut's numbers",
    )
    .or(DefaultValue::Words("the departments' names")),
    Argument::optional("companies", Shape::Object, "HR's codes of companies and FinAut's numbers, as {\"10\": 2265}"),
    Argument::optional("schemes_of", Shape::Object, "the schemes of each position, as {\"Rådgiver\": [\"afr\", \"krd\"]}"),
    Argument::optional("status_values", Shape::Object, "what the status column's values mean, as {\"3\": \"active\", \"1\": \"leave\", \"0\": \"left\"}"),
    Argument::optional("end_date_is", Shape::Text, "\"last_day\" or \"first_day_out\"").or(DefaultValue::Text("last_day")),
    Argument::optional("rows", Shape::Object, "which rows are used").with(ROWS),
    Argument::optional("end", Shape::Object, "what the last line of a complete file is").with(END),
];

const ROWS: &[Argument] = &[
    Argument::optional(
        "where",
        Shape::Object,
        "those that have one of the values in each of the columns, as {\"Gruppe\": [\"Rådgiver\"]}",
    ),
    Argument::optional(
        "not",
        Shape::Object,
        "those that have none of the values in any of the columns, as {\"Etternavn\": [\"Test*\"]}",
    ),
];

const END: &[Argument] = &[
    Argument::required("marker", Shape::Text, "its first cell"),
    Argument::optional("count", Shape::Flag, "its second cell is the number of rows").or(DefaultValue::Flag(false)),
];

/// Where a file is, and how it is read.
#[derive(Debug, Clone, Default)]
pub struct HrFileAt {
    /// As it was given.
    pub path: Option<String>,
    /// How it is read.
    pub settings: Settings,
}

impl HrFileAt {
    /// Reads `file`: a path, or an object. `schemes` are the codes that a column may be named after. Errors: `argument` or `validation`.
    pub fn read(given: &Value, schemes: &[Scheme]) -> Result<HrFileAt, Error> {
        let object = match given {
            Value::String(path) => return Ok(HrFileAt { path: Some(path.clone()), settings: Settings::default() }),
            Value::Object(object) => object,
            _ => return Err(bad("file", "must be a path, or an object as {\"path\": \"/hr/out/finaut.csv\"}")),
        };
        given::check("file", KEYS, object)?;
        let mut settings = Settings::default();
        if let Some(format) = object.get("format") {
            settings.format = Some(given::one_of(
                "file.format",
                format,
                &[("csv", Format::Csv), ("ndjson", Format::NdJson), ("json", Format::Json)],
            )?);
        }
        if let Some(label) = text_of(object, "encoding").filter(|label| *label != "auto") {
            settings.encoding = Some(Encoding::of_label(label).map_err(|problem| bad("file.encoding", &problem))?);
        }
        if let Some(delimiter) = text_of(object, "delimiter").filter(|delimiter| *delimiter != "auto") {
            settings.delimiter = match delimiter.as_bytes() {
                [b'"' | b'\r' | b'\n'] => None,
                [byte] if byte.is_ascii() => Some(*byte),
                _ => None,
            };
            if settings.delimiter.is_none() {
                return Err(bad("file.delimiter", &format!("must be one character as \";\", not {}", quoted(delimiter, 20))));
            }
        }
        for (name, columns) in object.get("columns").and_then(Value::as_object).into_iter().flatten() {
            let (field, columns) = column(name, columns, schemes)?;
            settings.columns.insert(field, columns);
        }
        check_headers(&settings.columns)?;
        settings.departments = departments(object.get("departments"))?;
        settings.companies = numbers(object.get("companies"), "file.companies")?;
        for (position, codes) in object.get("schemes_of").and_then(Value::as_object).into_iter().flatten() {
            let key = format!("file.schemes_of.{}", quoted(position, 40));
            let known = settings.schemes_of.insert(folded(position), given::schemes(&key, codes)?);
            if known.is_some() {
                return Err(given::twice("file.schemes_of", position));
            }
        }
        for (value, standing) in object.get("status_values").and_then(Value::as_object).into_iter().flatten() {
            let shown = quoted(value, 40);
            let standing = standing.as_str().and_then(Standing::named).ok_or_else(|| {
                let instead = match standing {
                    Value::Null => "it is still null: say what the value means".to_owned(),
                    other => format!("not {}", arguments::shown(other)),
                };
                bad("file.status_values", &format!("{shown} must be \"active\", \"leave\" or \"left\", {instead}"))
            })?;
            if settings.status_values.insert(folded(value), standing).is_some() {
                return Err(given::twice("file.status_values", value));
            }
        }
        if let Some(word) = object.get("end_date_is") {
            let known = [("last_day", EndDate::LastDay), ("first_day_out", EndDate::FirstDayOut)];
            settings.end_date_is = given::one_of("file.end_date_is", word, &known)?;
        }
        if let Some(rows) = object.get("rows").and_then(Value::as_object) {
            given::check("file.rows", ROWS, rows)?;
            settings.only = filters(rows.get("where"), "file.rows.where")?;
            settings.not = filters(rows.get("not"), "file.rows.not")?;
        }
        if let Some(end) = object.get("end").and_then(Value::as_object) {
            given::check("file.end", END, end)?;
            let marker = arguments::text(end, "marker")?.to_owned();
            settings.end = Some(End { marker, count: end.get("count").and_then(Value::as_bool).unwrap_or(false) });
        }
        Ok(HrFileAt { path: text_of(object, "path").map(str::to_owned), settings })
    }
}

/// What a profile's file is, with the members of a call's in their place. A path alone replaces the path.
pub fn merged(profile: Option<&Value>, call: Option<&Value>) -> Option<Value> {
    let object = |file: &Value| match file {
        Value::String(path) => Map::from_iter([("path".to_owned(), Value::from(path.as_str()))]),
        Value::Object(object) => given::without_comments(object.clone()),
        _ => Map::new(),
    };
    match (profile, call) {
        (Some(profile @ (Value::String(_) | Value::Object(_))), Some(call @ (Value::String(_) | Value::Object(_)))) => {
            let mut merged = object(profile);
            merged.extend(object(call));
            Some(Value::Object(merged))
        }
        (profile, call) => match call.or(profile) {
            Some(file @ Value::Object(_)) => Some(Value::Object(object(file))),
            file => file.cloned(),
        },
    }
}

fn column(name: &str, columns: &Value, schemes: &[Scheme]) -> Result<(Field, Columns), Error> {
    let Some(field) = Field::named(name) else {
        return Err(given::unknown("file.columns", name, "field", &Field::ALL.map(Field::name)));
    };
    let scheme_of = |header: &str| {
        let known = schemes.iter().find(|scheme| scheme.as_str().eq_ignore_ascii_case(header.trim()));
        known.cloned().or_else(|| Scheme::parse(&header.trim().to_lowercase()))
    };
    let columns = match columns {
        Value::Null => Columns::Nowhere,
        Value::String(header) if !header.trim().is_empty() => Columns::One(header.clone()),
        Value::Array(headers) if field == Field::Schemes => {
            let each = |header: &Value| Some((header.as_str()?.to_owned(), scheme_of(header.as_str()?)?));
            let each: Option<Vec<_>> = headers.iter().map(each).collect();
            let problem = "schemes: a list of columns must be of schemes' codes as [\"AFR\", \"KRD\"]; other headers are given as {\"afr\": \"Sparing\"}";
            Columns::ForEach(each.filter(|each| !each.is_empty()).ok_or_else(|| bad("file.columns", problem))?)
        }
        Value::Object(headers) if field == Field::Schemes => {
            let each = |(code, header): (&String, &Value)| Some((header.as_str()?.to_owned(), scheme_of(code)?));
            let each: Option<Vec<_>> = headers.iter().map(each).collect();
            let problem = "schemes: an object must be of schemes' codes and headers as {\"afr\": \"Sparing\"}";
            Columns::ForEach(each.filter(|each| !each.is_empty()).ok_or_else(|| bad("file.columns", problem))?)
        }
        other => {
            let shown = arguments::shown(other);
            return Err(bad("file.columns", &format!("{name} must be a column's header, or null, not {shown}")));
        }
    };
    Ok((field, columns))
}

/// Refuses a column that stands for two things: which of them it is could not be told. Errors: `validation`.
fn check_headers(columns: &BTreeMap<Field, Columns>) -> Result<(), Error> {
    let headers: Vec<(&str, &str)> = columns
        .iter()
        .flat_map(|(field, columns)| match columns {
            Columns::Nowhere => Vec::new(),
            Columns::One(header) => vec![(field.name(), header.as_str())],
            Columns::ForEach(each) => each.iter().map(|(header, scheme)| (scheme.as_str(), header.as_str())).collect(),
        })
        .collect();
    for (n, (name, header)) in headers.iter().enumerate() {
        let other = headers.iter().take(n).find(|(_, known)| crate::sync::hr::is_same_header(known, header));
        if let Some((other, _)) = other {
            let shown = quoted(header, 40);
            return Err(bad(
                "file.columns",
                &format!("the column {shown} is named for both {other} and {name}; it can be one of them"),
            ));
        }
    }
    Ok(())
}

fn departments(given: Option<&Value>) -> Result<Departments, Error> {
    match given {
        None => Ok(Departments::Names),
        Some(Value::String(word)) if word == "finaut" => Ok(Departments::Numbers),
        Some(map @ Value::Object(_)) => Ok(Departments::Map(numbers(Some(map), "file.departments")?)),
        Some(other) => {
            let shown = arguments::shown(other);
            let problem = format!("must be \"finaut\", or HR's codes and FinAut's numbers as {{\"4711\": 2266}}, not {shown}");
            Err(bad("file.departments", &problem))
        }
    }
}

/// HR's codes and FinAut's numbers; `None` for one that is null. Errors: also for two codes that cells cannot tell apart.
fn numbers(given: Option<&Value>, key: &str) -> Result<Codes, Error> {
    let mut codes = Codes::default();
    for (code, number) in given.and_then(Value::as_object).into_iter().flatten() {
        let number = number_of(code, number, key)?;
        if !codes.add(code, number) {
            return Err(given::twice(key, code));
        }
    }
    Ok(codes)
}

fn number_of(code: &str, number: &Value, key: &str) -> Result<Option<u64>, Error> {
    if number.is_null() {
        return Ok(None);
    }
    let number = arguments::reference_number(number).ok_or_else(|| {
        let shown = arguments::shown(number);
        bad(key, &format!("{} must be FinAut's number or the URL in its \"id\", not {shown}", quoted(code, 40)))
    })?;
    Ok(Some(number))
}

fn filters(given: Option<&Value>, key: &str) -> Result<Vec<Filter>, Error> {
    let each = |(column, values): (&String, &Value)| {
        let values = match values {
            Value::String(value) => Some(vec![value.clone()]),
            Value::Array(values) => values.iter().map(|value| value.as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        let values = values.filter(|values| !values.is_empty());
        let problem = || {
            bad(
                key,
                &format!("{} must be a value or a list of values as [\"Rådgiver\"], and not an empty one", quoted(column, 40)),
            )
        };
        Ok(Filter { column: column.clone(), values: values.ok_or_else(problem)? })
    };
    given.and_then(Value::as_object).into_iter().flatten().map(each).collect()
}
