//! What each operation does.

use serde_json::{Map, Value};

use crate::arguments;
use crate::client::Client;
use crate::error::{Code, Error};

pub mod account;
pub mod competency;
pub mod link;
pub mod organisation;
pub mod person;
pub mod request;
pub mod results;
pub mod users;
pub mod userstatus;

/// Checked arguments.
pub struct Args<'a>(pub &'a Map<String, Value>);

impl<'a> Args<'a> {
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }

    pub fn page(&self) -> Option<u64> {
        self.get("page")?.as_u64()
    }

    /// The number of a referenced object. Errors: `argument` when it is missing (the catalogue has it required), `validation`
    /// when a URL leads to something else than `collection`.
    pub fn reference(&self, name: &str, collection: &str) -> Result<u64, Error> {
        let value =
            self.get(name).ok_or_else(|| Error::new(Code::Argument, format!("\"{name}\" is missing. Nothing was sent.")))?;
        let number = arguments::reference_number(value);
        // A server behind a proxy may write its URLs with another host than ours: the path tells what it is.
        let fits = value.as_str().is_none_or(|text| !text.contains('/') || is_of_collection(text, collection));
        number.filter(|_| fits).ok_or_else(|| {
            let shown = crate::text::excerpt(&value.to_string(), 100);
            Error::invalid(name, format!("must be a number or a URL that ends in \"{collection}NUMBER/\", not {shown}"))
        })
    }

    pub fn optional_reference(&self, name: &str, collection: &str) -> Result<Option<u64>, Error> {
        if self.0.contains_key(name) { self.reference(name, collection).map(Some) } else { Ok(None) }
    }

    pub fn list(&self, name: &str) -> Vec<&'a str> {
        self.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

pub fn is_of_collection(url: &str, collection: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit_once('/').is_some_and(|(before, _)| format!("{before}/").ends_with(&format!("/{collection}")))
}

/// From so many letters and digits on, a text that goes on otherwise may have been cut off by the server.
const LONG_TEXT: usize = 40;

/// Whether `shown`, a field as the server shows it, is the text that was written; `None` where that cannot be told. Letters and
/// digits count, for a server may trim, reflow and capitalise.
pub fn is_text(shown: Option<&Value>, written: Option<&str>) -> Option<bool> {
    let core = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let shown = match shown? {
        Value::String(text) => core(text),
        Value::Number(number) => core(&number.to_string()),
        _ => return None,
    };
    let written = core(written?);
    if shown.is_empty() || written.is_empty() {
        return None;
    }
    Some(shown == written || (shown.chars().count() >= LONG_TEXT && written.starts_with(&shown)))
}

/// The server's address of an object.
pub fn url(client: &Client, path: &str, id: u64) -> String {
    format!("{}{}{path}{id}/", client.config.host, crate::wire::API_ROOT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_must_lead_to_what_is_asked_for() {
        assert!(is_of_collection("https://api.norsktest.no/finautapi/v1/user/5/", "user/"));
        assert!(is_of_collection("http://other:8000/finautapi/v1/user/5", "user/"));
        assert!(!is_of_collection("https://api.norsktest.no/finautapi/v1/superuser/5/", "user/"));
        assert!(!is_of_collection("https://api.norsktest.no/finautapi/v1/departments/5/", "companies/"));
    }
}
