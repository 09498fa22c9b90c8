//! What is wrong with a setting.

use serde_json::{Map, Value};

use crate::arguments;
use crate::error::{Code, Error};

/// An error about one key of the configuration: `config`.
pub fn bad(key: &str, problem: &str) -> Error {
    Error::new(Code::Config, format!("{key}: {problem}.")).field(key, problem)
}

/// A duration that must be in `range`. Errors: `config`.
pub fn seconds(given: &Map<String, Value>, name: &str, range: std::ops::RangeInclusive<f64>) -> Result<f64, Error> {
    let value = arguments::seconds(given, name)?;
    if range.contains(&value) {
        return Ok(value);
    }
    Err(bad(name, &format!("must be from {} to {} seconds, not {value}", range.start(), range.end())))
}

/// What [`arguments::check`] says of an object inside the configuration, as an error about the key that holds it.
pub fn inside(key: &str, e: &Error) -> Error {
    bad(key, e.words().trim_end_matches('.'))
}
