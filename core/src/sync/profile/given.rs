//! Reads a profile's members, and says what is wrong with them.

use serde_json::{Map, Value};

use crate::arguments::{self, Argument};
use crate::error::{Code, Error};
use crate::operations::codes::Scheme;
use crate::text::quoted;

/// An error about one member of the profile, or about the profile itself where `key` is empty: `validation`.
pub fn bad(key: &str, problem: &str) -> Error {
    let (said, field) = match key {
        "" => (format!("The profile: {problem}."), problem.to_owned()),
        key => (format!("The profile's {key}: {problem}."), format!("{key}: {problem}")),
    };
    Error::new(Code::Validation, said).field("profile", &field).nothing_sent()
}

/// Names, types and forms of an object's members. Errors: `validation`, which names the object.
pub fn check(key: &str, known: &[Argument], given: &Map<String, Value>) -> Result<(), Error> {
    arguments::check(known.iter(), given, &[]).map_err(|e| bad(key, e.words().trim_end_matches('.')))
}

/// The text of a member.
pub fn text_of<'a>(given: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    given.get(name).and_then(Value::as_str)
}

/// What one of the words stands for. Errors: `validation` with all of them.
pub fn one_of<T: Copy>(key: &str, word: &Value, known: &[(&str, T)]) -> Result<T, Error> {
    let found = known.iter().find(|(name, _)| Some(*name) == word.as_str()).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<String> = known.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        bad(key, &format!("must be {}, not {}", names.join(" or "), arguments::shown(word)))
    })
}

/// A list of schemes' codes, perhaps empty. Errors: `validation`.
pub fn schemes(key: &str, codes: &Value) -> Result<Vec<Scheme>, Error> {
    let Some(items) = codes.as_array() else {
        let shown = arguments::shown(codes);
        return Err(bad(key, &format!("must be a list of schemes' codes as [\"afr\", \"krd\"], not {shown}")));
    };
    let mut schemes: Vec<Scheme> = Vec::new();
    for code in items {
        let Some(scheme) = code.as_str().and_then(|code| Scheme::parse(&code.to_lowercase())) else {
            let shown = arguments::shown(code);
            return Err(bad(key, &format!("{shown} is no scheme's code; one is 1 to 10 letters and digits, as \"afr\"")));
        };
        if schemes.contains(&scheme) {
            return Err(twice(key, scheme.as_str()));
        }
        schemes.push(scheme);
    }
    Ok(schemes)
}

/// The error of a value that stands twice.
pub fn twice(key: &str, value: &str) -> Error {
    bad(key, &format!("{} stands twice; take one of them out", quoted(value, 40)))
}

/// The error of a name that is not known, with the one that was probably meant.
pub fn unknown(key: &str, name: &str, what: &str, known: &[&str]) -> Error {
    let shown = quoted(name, 40);
    // Of a short name, too many are two letters away.
    match arguments::meant(name, known).filter(|_| name.len() > 4) {
        Some(meant) => bad(key, &format!("{shown} is no {what} (is \"{meant}\" meant?)")),
        None => bad(key, &format!("{shown} is no {what}; there are {}", known.join(", "))),
    }
}

/// The object without comments: members, at any depth, whose names begin with `//`.
pub fn without_comments(mut object: Map<String, Value>) -> Map<String, Value> {
    object.retain(|name, _| !name.starts_with("//"));
    object.values_mut().for_each(uncomment);
    object
}

fn uncomment(value: &mut Value) {
    match value {
        Value::Object(inner) => *inner = without_comments(std::mem::take(inner)),
        Value::Array(items) => items.iter_mut().for_each(uncomment),
        _ => {}
    }
}
