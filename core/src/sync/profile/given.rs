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
pub fn one_of<T: Copy>(key: &str, word: &str, known: &[(&str, T)]) -> Result<T, Error> {
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<String> = known.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        bad(key, &format!("must be {}, not {}", names.join(" or "), quoted(word, 40)))
    })
}

/// A list of schemes' codes, perhaps empty. Errors: `validation`.
pub fn schemes(key: &str, codes: &Value) -> Result<Vec<Scheme>, Error> {
    let each: Option<Vec<Scheme>> =
        codes.as_array().and_then(|codes| codes.iter().map(|code| Scheme::parse(&code.as_str()?.to_lowercase())).collect());
    each.ok_or_else(|| bad(key, "must be lists of schemes' codes as [\"afr\", \"krd\"]"))
}

/// The object without comments: members, at any depth, whose names begin with `//`.
pub fn without_comments(mut object: Map<String, Value>) -> Map<String, Value> {
    object.retain(|name, _| !name.starts_with("//"));
    for member in object.values_mut() {
        if let Value::Object(inner) = member {
            *inner = without_comments(std::mem::take(inner));
        }
    }
    object
}
