//! Whether a given object keeps to the keys that it may have, and what holds where it is silent.

use serde_json::{Map, Value};

use super::argument::{Argument, DefaultValue, Empty};
use super::shape::{Shape, quoted};
use crate::error::{Code, Error};

/// How many mistakes are told at once.
const MOST_PROBLEMS: usize = 10;

/// Checks `given` against `known`. Types and names first, then forms: the caller hears of a mistake in the program before one
/// in the data. Secret values (`secret` tells by name) are never quoted.
pub fn check<'k>(
    known: impl Iterator<Item = &'k Argument> + Clone,
    given: &Map<String, Value>,
    secret: &[&str],
) -> Result<(), Error> {
    let mut problems = Vec::new();
    for (name, value) in given {
        // A runaway program's object can hold millions of them.
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
        match known.clone().find(|argument| argument.name == name) {
            None => problems.push((name.as_str(), unknown(name, known.clone()))),
            Some(argument) if value.is_null() && !argument.required => {
                let or = if argument.empty == Empty::Clears { ", or give \"\" to remove what is there" } else { "" };
                problems.push((name, format!("\"{name}\" is null; leave it out instead{or}")));
            }
            Some(argument) if !argument.shape.type_fits(value) => {
                let hidden = secret.contains(&argument.name) || matches!(argument.shape, Shape::Persnr | Shape::Job);
                let got = if hidden { kind(value).to_owned() } else { quoted(value) };
                problems.push((name, format!("\"{name}\" must be {}, not {got}", argument.shape.described())));
            }
            Some(_) => {}
        }
    }
    for argument in known.clone().filter(|argument| argument.required && !given.contains_key(argument.name)) {
        problems.push((argument.name, format!("\"{}\" is missing; it must be {}", argument.name, argument.shape.described())));
    }
    if !problems.is_empty() {
        let said: Vec<_> = problems.iter().map(|(_, problem)| problem.as_str()).collect();
        let error = Error::argument(format!("{}.", said.join("; ")));
        return Err(problems.iter().fold(error, |error, (name, problem)| error.field(name, problem)));
    }
    for (name, value) in given {
        let Some(argument) = known.clone().find(|argument| argument.name == name) else { continue };
        if argument.empty == Empty::Clears && value == "" {
            continue;
        }
        if let Some(problem) = argument.shape.problem(value) {
            problems.push((name, if secret.contains(&argument.name) { "must not be empty".to_owned() } else { problem }));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    let said: Vec<_> = problems.iter().map(|(name, problem)| format!("{name}: {problem}")).collect();
    let error = Error::new(Code::Validation, format!("{}.", said.join("; "))).nothing_sent();
    Err(problems.iter().fold(error, |error, (name, problem)| error.field(name, problem)))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number (in quotes it would be a string; a leading 0 is lost without them)",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn unknown<'k>(name: &str, known: impl Iterator<Item = &'k Argument>) -> String {
    let names: Vec<_> = known.map(|argument| argument.name).collect();
    let shown = crate::text::quoted(name, 60);
    match meant(name, &names) {
        Some(meant) => format!("{shown} is unknown (is \"{meant}\" meant?)"),
        None if names.is_empty() => format!("{shown} is unknown; nothing is known here"),
        None => format!("{shown} is unknown; known are {}", names.join(", ")),
    }
}

/// Which of the known names was probably meant: one that differs in two letters at most, where case does not count, or the only one
/// that the name is a part of, or that is a part of it.
pub fn meant<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let name: String = name.chars().take(60).flat_map(char::to_lowercase).collect();
    if let Some((_, nearest)) = known.iter().map(|known| (distance(&name, known), *known)).min().filter(|(d, _)| *d <= 2) {
        return Some(nearest);
    }
    let mut related = known.iter().filter(|known| {
        let (short, long) = if name.len() < known.len() { (name.as_str(), **known) } else { (**known, name.as_str()) };
        short.len() >= 4 && (long.starts_with(short) || long.split('_').any(|word| word.starts_with(short)))
    });
    related.next().copied().filter(|_| related.next().is_none())
}

/// A value for a message: its beginning. Never used for identity numbers and secrets.
pub fn shown(value: &Value) -> String {
    quoted(value)
}

/// How many letters to change, add or leave out (Levenshtein); gives up on long names.
fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or_default();
            let cell = (diagonal + usize::from(ca != *cb)).min(above + 1).min(left + 1);
            if let Some(slot) = row.get_mut(j) {
                *slot = left;
            }
            diagonal = above;
            left = cell;
        }
        if let Some(slot) = row.last_mut() {
            *slot = left;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

/// Drops what the server drops: the white space around every text, so that a field of fixed length finds what it created. What may
/// be empty and is counts as left out from then on. Text that goes on as it is (`Raw`, `Json`) is not touched. To be done before
/// [`check`].
pub fn trim<'k>(known: impl Iterator<Item = &'k Argument>, given: &mut Map<String, Value>) {
    for argument in known {
        let Some(value) = given.get_mut(argument.name) else { continue };
        if let (false, Value::Object(object)) = (argument.members.is_empty(), &mut *value) {
            trim(argument.members.iter(), object);
        }
        argument.shape.trim(value);
        if argument.empty == Empty::NotGiven && value == "" {
            given.shift_remove(argument.name);
        }
    }
}

/// The schemes' codes in a checked object, those in roles and in objects' members too: the argument's name, and the code.
pub fn schemes<'k>(known: impl Iterator<Item = &'k Argument>, given: &Map<String, Value>) -> Vec<(&'k str, String)> {
    let mut codes = Vec::new();
    for argument in known {
        let Some(value) = given.get(argument.name) else { continue };
        if let (false, Value::Object(object)) = (argument.members.is_empty(), value) {
            codes.extend(schemes(argument.members.iter(), object));
        }
        let of_role = match argument.shape {
            Shape::Scheme | Shape::Schemes => false,
            Shape::Role | Shape::Roles => true,
            _ => continue,
        };
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        codes.extend(items.iter().filter_map(Value::as_str).map(|code| {
            let scheme = if of_role { code.rsplit_once('_').map_or(code, |(scheme, _)| scheme) } else { code };
            (argument.name, scheme.to_owned())
        }));
    }
    codes
}

/// Adds the constant defaults of the keys that `given` lacks. Checked first, an object then has every value that a default or
/// the caller names, so that the code that reads it has no defaults of its own.
pub fn fill<'k>(known: impl Iterator<Item = &'k Argument>, given: &mut Map<String, Value>) {
    for argument in known {
        if let Some(default) = argument.default.and_then(DefaultValue::value)
            && !given.contains_key(argument.name)
        {
            given.insert(argument.name.to_owned(), default);
        }
    }
}

/// The number of seconds in a checked and filled object. Errors: `internal` if the key has no value and no default.
pub fn seconds(given: &Map<String, Value>, name: &str) -> Result<f64, Error> {
    given.get(name).and_then(Value::as_f64).ok_or_else(|| absent(name))
}

/// The whole number, or the one in digits; what is larger than the type is its largest. Errors: as [`seconds`].
pub fn whole(given: &Map<String, Value>, name: &str) -> Result<i64, Error> {
    let number = |value: &Value| match value {
        Value::String(digits) => digits.parse().ok(),
        value => value.as_i64().or_else(|| value.as_u64().map(|_| i64::MAX)),
    };
    given.get(name).and_then(number).ok_or_else(|| absent(name))
}

/// The text. Errors: as [`seconds`].
pub fn text<'a>(given: &'a Map<String, Value>, name: &str) -> Result<&'a str, Error> {
    given.get(name).and_then(Value::as_str).ok_or_else(|| absent(name))
}

/// The truth value. Errors: as [`seconds`].
pub fn flag(given: &Map<String, Value>, name: &str) -> Result<bool, Error> {
    given.get(name).and_then(Value::as_bool).ok_or_else(|| absent(name))
}

fn absent(name: &str) -> Error {
    Error::new(Code::Internal, format!("\"{name}\" has neither a value nor a default. Please report this message."))
}
