//! The configuration's `throttle`: the server's limit as we keep to it.

use serde_json::{Map, Value};

use super::problem::{bad, inside, seconds};
use crate::arguments::{self, Argument, DefaultValue, Shape};
use crate::error::Error;

/// The server's throttle as we keep to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// How many requests the server accepts …
    pub requests: usize,
    /// … within so many seconds.
    pub per_s: f64,
    /// How many of them bulk calls leave to interactive ones.
    pub reserve: usize,
}

/// Every key of `throttle`.
pub const KEYS: &[Argument] = &[
    Argument::optional("requests", Shape::Count, "how many requests the server accepts").or(DefaultValue::Count(200)),
    Argument::optional("per_s", Shape::Seconds, "in how many seconds").or(DefaultValue::Seconds(3600.0)),
    Argument::optional("reserve", Shape::Number, "how many of them bulk calls leave to interactive ones")
        .or(DefaultValue::Count(0)),
];

impl Rule {
    /// Errors: `config`.
    pub fn read(given: Option<&Value>) -> Result<Rule, Error> {
        let mut given: Map<String, Value> = given.and_then(Value::as_object).cloned().unwrap_or_default();
        arguments::check(KEYS.iter(), &given, &[]).map_err(|e| inside("throttle", &e))?;
        arguments::fill(KEYS.iter(), &mut given);
        let whole = |name: &str| {
            usize::try_from(arguments::whole(&given, name)?)
                .map_err(|_| bad("throttle", &format!("\"{name}\" must not be negative")))
        };
        let rule = Rule {
            requests: whole("requests")?,
            per_s: seconds(&given, "per_s", 0.1..=86_400.0).map_err(|e| bad("throttle", e.words().trim_end_matches('.')))?,
            reserve: whole("reserve")?,
        };
        if rule.requests > 100_000 {
            return Err(bad("throttle", "\"requests\" must be at most 100000"));
        }
        if rule.reserve >= rule.requests {
            return Err(bad("throttle", "\"reserve\" must be smaller than \"requests\", or bulk calls could never run"));
        }
        Ok(rule)
    }
}
