//! The configuration's `inbox`: whom the inbox believes, and how much it keeps.

use serde_json::{Map, Value};

use super::problem::{bad, inside};
use super::secret::Secret;
use crate::arguments::{self, Argument, DefaultValue, Shape};
use crate::error::Error;

/// Whom the inbox believes, and how much it keeps.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// The last segment of the path that webhooks come in by.
    pub path_secret: Option<Secret>,
    /// A header that they must carry: name in lower case, and value.
    pub header: Option<(String, Secret)>,
    /// What the sender signs with.
    pub hmac_secret: Option<Secret>,
    /// What a webhook says is asked of the API before it is delivered.
    pub fetch: bool,
    /// How many requests an hour that may take.
    pub verify_per_hour: usize,
    /// How much is kept, and how long.
    pub limits: Limits,
}

/// How many things may wait, and how long what is done with is kept.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many events and unverified webhooks may wait.
    pub most: usize,
    /// How long acknowledged events are kept.
    pub keep_s: f64,
}

/// Every key of `inbox`.
pub const KEYS: &[Argument] = &[
    Argument::optional(
        "path_secret",
        Shape::Text,
        "last segment of the path of webhooks, of 22 letters and digits at least, as openssl rand -hex 16 makes it",
    ),
    Argument::optional("header", Shape::Object, "header that webhooks carry").with(HEADER_KEYS),
    Argument::optional("hmac_secret", Shape::Text, "what webhooks are signed with, of 22 characters at least"),
    Argument::optional(
        "verify",
        Shape::Text,
        "\"fetch\": what a webhook says is asked of the API first; \"none\": it is delivered as it came",
    )
    .or(DefaultValue::Text("fetch")),
    Argument::optional("verify_per_hour", Shape::Count, "how many requests an hour that may take").or(DefaultValue::Count(40)),
    Argument::optional("keep_days", Shape::Number, "how long acknowledged events are kept").or(DefaultValue::Count(30)),
    Argument::optional("most", Shape::Count, "how many events and unverified webhooks may wait")
        .or(DefaultValue::Count(10_000)),
];

const HEADER_KEYS: &[Argument] = &[
    Argument::required("name", Shape::Text, "the header's name"),
    Argument::required("value", Shape::Text, "its secret value, of 22 characters at least"),
];

/// 128 bits in letters and digits. The keys' descriptions name the number.
const SHORTEST_SECRET: usize = 22;

impl Inbox {
    /// True if something is demanded of those who send.
    pub fn has_secret(&self) -> bool {
        self.path_secret.is_some() || self.header.is_some() || self.hmac_secret.is_some()
    }

    /// Errors: `config`.
    pub fn read(given: Option<&Value>) -> Result<Inbox, Error> {
        let mut given: Map<String, Value> = given.and_then(Value::as_object).cloned().unwrap_or_default();
        let checked = |keys: &[Argument], given: &Map<String, Value>, secret: &[&str]| {
            arguments::check(keys.iter(), given, secret).map_err(|e| inside("inbox", &e))
        };
        checked(KEYS, &given, &["path_secret", "hmac_secret", "header"])?;
        arguments::fill(KEYS.iter(), &mut given);
        let text = |name: &str| given.get(name).and_then(Value::as_str);
        // A secret that can be guessed lets strangers send events.
        let secret = |name: &str, value: &str, in_path: bool| {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
            let different = crate::sets::set(value.bytes()).len();
            let problem = if value.len() < SHORTEST_SECRET {
                format!("must have at least {SHORTEST_SECRET} characters")
            } else if different < 8 {
                "is too easy to guess: it repeats a few characters".to_owned()
            } else if in_path && !value.bytes().all(plain) {
                "must be of letters and digits, as it is part of an address".to_owned()
            } else {
                return Ok(Secret::new(value));
            };
            Err(bad("inbox", &format!("\"{name}\" {problem}; make a random one with: openssl rand -hex 16")))
        };
        let header = match given.get("header").and_then(Value::as_object) {
            None => None,
            Some(header) => {
                checked(HEADER_KEYS, header, &["value"])?;
                let part = |name: &str| header.get(name).and_then(Value::as_str).unwrap_or_default();
                let name = part("name").to_ascii_lowercase();
                if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)) {
                    return Err(bad("inbox", "the \"name\" of \"header\" must be a header's name, as X-Inbox-Key"));
                }
                Some((name, secret("header", part("value"), false)?))
            }
        };
        let fetch = match arguments::text(&given, "verify")? {
            "fetch" => true,
            "none" => false,
            other => {
                let other = crate::text::excerpt(other, 40);
                return Err(bad("inbox", &format!("\"verify\" must be \"fetch\" or \"none\", not \"{other}\"")));
            }
        };
        let whole = |name: &str, most: u64| {
            u64::try_from(arguments::whole(&given, name)?)
                .ok()
                .filter(|value| *value <= most)
                .ok_or_else(|| bad("inbox", &format!("\"{name}\" must be a whole number up to {most}")))
        };
        Ok(Inbox {
            path_secret: text("path_secret").map(|value| secret("path_secret", value, true)).transpose()?,
            header,
            hmac_secret: text("hmac_secret").map(|value| secret("hmac_secret", value, false)).transpose()?,
            fetch,
            verify_per_hour: whole("verify_per_hour", 100_000)? as usize,
            limits: Limits { most: whole("most", 1_000_000)? as usize, keep_s: whole("keep_days", 36_500)? as f64 * 86_400.0 },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_secret_is_described_with_its_least_length() {
        let described = KEYS.iter().chain(HEADER_KEYS).filter(|key| key.about.contains(&format!("{SHORTEST_SECRET} ")));
        assert_eq!(described.map(|key| key.name).collect::<Vec<_>>(), ["path_secret", "hmac_secret", "value"]);
    }
}
