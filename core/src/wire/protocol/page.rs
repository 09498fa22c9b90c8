//! Lists, page by page (D, C): what a page is made of, and which page of a list: how a caller names one, and how the server's `next`
//! leads to it.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{Json, JsonRef};

/// How many objects a page holds. (D.)
pub const SIZE: u64 = 100;
/// The query's name of a page's number.
pub const NUMBER: &str = "page";
/// How many objects there are on all pages.
pub const COUNT: &str = "count";
/// The address of the following page, or null.
pub const NEXT: &str = "next";
/// The objects.
pub const RESULTS: &str = "results";
/// What tells one object from another.
pub const ID: &str = "id";
/// A longer query is none of a list's.
const LONGEST_QUERY: usize = 4096;
/// What cannot stand in an address as it is; `#` would end the query.
const ODD: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// Which page of a list. In JSON it is a number or a string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PageRef {
    /// By its number, counted from 1.
    Number(u64),
    /// By the query that leads to it, as the server wrote it: `cursor=cD0yMDA%3D`, `limit=100&offset=100`.
    Query(String),
}

impl From<u64> for PageRef {
    fn from(number: u64) -> PageRef {
        PageRef::Number(number)
    }
}

impl PageRef {
    /// The page that a caller names: a number from 1, its digits, or what stood in `next_page`. `None` for anything else.
    pub fn named(text: &str) -> Option<PageRef> {
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().ok().filter(|number| *number > 0).map(PageRef::Number);
        }
        let is_query = text.contains('=') && text.len() <= LONGEST_QUERY && !text.contains("://");
        (is_query && odd(text) == text).then(|| PageRef::Query(text.to_owned()))
    }

    /// The page that follows one, by what its answer has as `next`; `None` after the last. Errors: it leads away from the collection
    /// at `path`, or nowhere.
    pub fn of_next(next: JsonRef, path: &str) -> Result<Option<PageRef>, LeadsAway> {
        if next.is_null() || next.as_str() == "false" {
            return Ok(None);
        }
        if let Some(number) = next.view::<u64>().filter(|number| *number > 0) {
            return Ok(Some(PageRef::Number(number)));
        }
        let Some(address) = next.text() else { return Err(LeadsAway) };
        if address.is_empty() {
            return Ok(None);
        }
        let address = address.split('#').next().unwrap_or_default();
        let (address, query) = address.split_once('?').unwrap_or((address, ""));
        if !is_of(address, path) || query.len() > LONGEST_QUERY {
            return Err(LeadsAway);
        }
        if query.is_empty() {
            return Ok(Some(PageRef::Number(1)));
        }
        let number = query.split('&').find_map(|pair| pair.strip_prefix(NUMBER)?.strip_prefix('=')?.parse().ok());
        Ok(Some(number.filter(|number| *number > 0).map_or_else(|| PageRef::Query(odd(query)), PageRef::Number)))
    }

    /// As JSON: a number or a string.
    pub fn json(&self) -> Json {
        Json::of(self)
    }
}

/// The text with escapes for what cannot stand in an address.
fn odd(query: &str) -> String {
    utf8_percent_encode(query, ODD).to_string()
}

/// Whether an address, of any host or none, leads to the collection at `path`.
fn is_of(address: &str, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    let place = address.split_once("//").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, place)| place));
    let place = place.trim_end_matches('/');
    // `?page=2` alone is meant beside the list itself.
    address.is_empty() || place == path || place.strip_suffix(path).is_some_and(|before| before.ends_with('/'))
}

/// What a server has as `next` is no page of the list that was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct LeadsAway;

impl fmt::Display for PageRef {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            PageRef::Number(number) => write!(formatter, "{number}"),
            // A query may hold whatever the list is filtered by.
            PageRef::Query(_) => formatter.write_str("named by its query"),
        }
    }
}

impl Serialize for PageRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            PageRef::Number(number) => serializer.serialize_u64(*number),
            PageRef::Query(query) => serializer.serialize_str(query),
        }
    }
}

impl<'de> Deserialize<'de> for PageRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PageRef, D::Error> {
        let json = Json::deserialize(deserializer)?;
        let text = json.view::<String>().unwrap_or_else(|| json.into_string());
        PageRef::named(&text).ok_or_else(|| serde::de::Error::custom("this is no page of a list"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(text: &str) -> Result<Option<PageRef>, LeadsAway> {
        let json = Json::read(text.as_bytes()).unwrap();
        json.view::<JsonRef>().map_or(Err(LeadsAway), |next| PageRef::of_next(next, "user/"))
    }

    fn query(text: &str) -> Result<Option<PageRef>, LeadsAway> {
        Ok(Some(PageRef::Query(text.to_owned())))
    }

    #[test]
    fn of_next_only_the_query_is_taken() {
        for address in [
            "https://x/finautapi/v1/user/?page=2",
            "http://internal:8000/finautapi/v1/user/?page=2",
            "http://internal/behind/a/proxy/user?page=2",
            "/finautapi/v1/user/?page=2#top",
            "user/?page=2",
            "?page=2",
            "//x/finautapi/v1/user/?persnr=1&page=2&x=y",
        ] {
            assert_eq!(next(&format!("\"{address}\"")), Ok(Some(PageRef::Number(2))), "{address}");
        }
        let at = |query: &str| next(&format!("\"https://x/finautapi/v1/user/?{query}\""));
        assert_eq!(at("cursor=cD0yMDA%3D"), query("cursor=cD0yMDA%3D"));
        assert_eq!(at("limit=100&offset=100"), query("limit=100&offset=100"));
        assert_eq!(at("page=last"), query("page=last"));
        assert_eq!(at("from_page=2"), query("from_page=2"));
        assert_eq!(at("cursor=a b\\u00e5<"), query("cursor=a%20b%C3%A5%3C"));
        assert_eq!(next("\"https://x/finautapi/v1/user/\""), Ok(Some(PageRef::Number(1))));
        assert_eq!(next("3"), Ok(Some(PageRef::Number(3))));
        for end in ["null", "\"\"", "false"] {
            assert_eq!(next(end), Ok(None), "{end}");
        }
        for away in [
            "\"https://x/finautapi/v1/superuser/?page=2\"",
            "\"https://x/finautapi/v1/userstatus/?page=2\"",
            "\"https://x/?page=2\"",
            "\"https://user/?page=2\"",
            "\"/o/token/?page=2\"",
            "{\"href\": \"?page=2\"}",
            "true",
            "-1",
        ] {
            assert_eq!(next(away), Err(LeadsAway), "{away}");
        }
    }

    #[test]
    fn a_caller_names_a_page_by_what_next_page_said() {
        assert_eq!(PageRef::named("2"), Some(PageRef::Number(2)));
        assert_eq!(PageRef::named("cursor=x%3D"), Some(PageRef::Query("cursor=x%3D".to_owned())));
        for none in [
            "",
            "0",
            "-1",
            "last",
            "https://x/user/?page=2",
            "a=b#c",
            "a=b c",
            "a=\n",
            "99999999999999999999",
            &format!("a={}", "b".repeat(5000)),
        ] {
            assert_eq!(PageRef::named(none), None, "{none}");
        }
        for page in [PageRef::Number(7), PageRef::Query("cursor=7".to_owned())] {
            assert_eq!(page.json().view::<PageRef>(), Some(page));
        }
    }
}
