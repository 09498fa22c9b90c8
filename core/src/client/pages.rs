//! Lists: all pages of one, or a single one; and the doubt whether what was read is one consistent list.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Call, Request};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::wire::{PAGE_SIZE, field, query};

/// A list that changes while it is read is read again at most so often.
const READINGS: u32 = 3;

/// Reads `path` with `filters`. The reply: `{"count", "next_page", "results"}`; `next_page` is a number when a single `page` was
/// asked for and another follows, else null.
pub fn list(call: &Call, path: &str, filters: &[(String, String)], page: Option<u64>) -> Result<Value, Error> {
    if let Some(page) = page {
        let page = read_page(call, path, filters, page)?;
        let count = page.count.clone().unwrap_or_else(|| json!(page.results.len()));
        return Ok(reply(count, page.next.map_or(Value::Null, |next| json!(next)), page.results));
    }
    let mut last: Option<Reading> = None;
    for number in 1..=READINGS {
        let reading = read_all(call, path, filters)?;
        if reading.consistent || last.as_ref().is_some_and(|last| reading.confirms(last)) {
            return Ok(reply(reading.count, Value::Null, reading.results));
        }
        if number < READINGS {
            call.event("retry", json!({ "reason": "the list changed while it was read" }))?;
        }
        last = Some(reading);
    }
    Err(Error::new(
        Code::Protocol,
        format!(
            "The list {path} changed each of the {READINGS} times it was read, so no reading of it can be trusted. Call again later, or read it page by page with \"page\"."
        ),
    ))
}

/// A list as it was read.
#[derive(Debug, Clone, Deserialize)]
pub struct Listing {
    /// How many objects there are in all, as the server wrote it.
    pub count: Json,
    /// The page that follows the one that was asked for; `None` after the last, and where all were read.
    pub next_page: Option<u64>,
    /// The objects, as the server wrote them.
    pub results: Vec<Json>,
}

impl Listing {
    /// `{"count", "next_page", "results"}`: what a caller gets.
    pub fn json(&self) -> Json {
        let results: Vec<&str> = self.results.iter().map(Json::as_str).collect();
        let next = self.next_page.map_or_else(|| "null".to_owned(), |page| page.to_string());
        Json::joined(&[
            "{\"count\":",
            self.count.as_str(),
            ",\"next_page\":",
            &next,
            ",\"results\":[",
            &results.join(","),
            "]}",
        ])
    }
}

fn reply(count: Value, next_page: Value, results: Vec<Value>) -> Value {
    let mut reply = Map::new();
    reply.insert("count".into(), count);
    reply.insert("next_page".into(), next_page);
    reply.insert("results".into(), Value::Array(results));
    Value::Object(reply)
}

struct Reading {
    count: Value,
    results: Vec<Value>,
    ids: Vec<String>,
    repeats: bool,
    /// It has as many as the server counted at its end.
    complete: bool,
    consistent: bool,
}

impl Reading {
    /// Whether this second look shows that nobody escaped both. What looks odd but stays the same is how the server counts, not a
    /// change under our eyes; and where all of the former look are there again, the list has only grown.
    fn confirms(&self, former: &Reading) -> bool {
        let again = || {
            let here: HashSet<&String> = self.ids.iter().collect();
            former.ids.iter().all(|id| here.contains(id))
        };
        !self.repeats && (former.ids == self.ids || (self.complete && again()))
    }
}

fn read_all(call: &Call, path: &str, filters: &[(String, String)]) -> Result<Reading, Error> {
    let mut results = Vec::new();
    let mut count: Option<Value> = None;
    let mut steady = true;
    let mut number = 1;
    loop {
        let page = match read_page(call, path, filters, number) {
            // The list became shorter between two pages.
            Err(e) if number > 1 && e.code() == Code::NotFound => {
                steady = false;
                break;
            }
            other => other?,
        };
        if number == 1 && page.next.is_some() {
            let size = (page.results.len() as u64).max(1);
            let pages = page.count.as_ref().and_then(Value::as_u64).unwrap_or(PAGE_SIZE).div_ceil(size);
            afford(call, pages.saturating_sub(1))?;
        }
        steady &= number == 1 || count == page.count;
        count = page.count;
        let is_empty = page.results.is_empty();
        results.extend(page.results);
        let so_far = json!({ "path": path, "page": number, "read": results.len(), "count": count });
        call.event("page", so_far)?;
        match page.next {
            // A page that leads back, or pages without anything on them, would be read for ever.
            Some(next) if next > number && !is_empty => number = next,
            _ => break,
        }
    }
    let ids: Vec<String> =
        results.iter().filter_map(|object| Some(object.get(field::ID)?.to_string())).filter(|id| id != "null").collect();
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    let repeats = unique.len() != ids.len();
    let complete = count.as_ref().and_then(Value::as_u64).is_none_or(|count| count == results.len() as u64);
    let count = count.unwrap_or_else(|| json!(results.len()));
    // One page is one answer, and what the server put on it is its own affair.
    Ok(Reading { consistent: number == 1 || (steady && complete && !repeats), count, results, ids, repeats, complete })
}

/// Fails now if the remaining pages cannot all be had in time, rather than after spending slots on some of them.
fn afford(call: &Call, pages: u64) -> Result<(), Error> {
    let pages = usize::try_from(pages).unwrap_or(usize::MAX).min(1_000_000);
    let wait = call.budget(pages)?.through_s;
    if call.now() + wait <= call.deadline() {
        return Ok(());
    }
    let message = format!(
        "The list has {pages} more pages and there are not slots enough for them within the time that the call may wait; they would take \
         {wait:.0} s. Call again then, give as much \"max_wait_s\", or read page by page with \"page\"."
    );
    Err(Error::new(Code::Throttled, message).retry_after_s(wait))
}

struct Page {
    count: Option<Value>,
    next: Option<u64>,
    results: Vec<Value>,
}

fn read_page(call: &Call, path: &str, filters: &[(String, String)], number: u64) -> Result<Page, Error> {
    let mut request = Request::get(path);
    request.query = filters.to_vec();
    if number > 1 {
        request.query.push((query::PAGE.into(), number.to_string()));
    }
    let answer = call.client.send(call, &request)?;
    match answer {
        Value::Object(mut object) if object.contains_key(field::RESULTS) => match object.remove(field::RESULTS) {
            Some(Value::Array(results)) => {
                let next = match object.get(field::NEXT) {
                    None | Some(Value::Null) => None,
                    Some(next) => Some(next.as_str().and_then(page_number).unwrap_or(number + 1)),
                };
                Ok(Page { count: object.remove(field::COUNT).filter(|count| !count.is_null()), next, results })
            }
            _ => Err(no_list(path)),
        },
        // Endpoints without paging: the list itself, or the one object.
        Value::Array(results) => Ok(Page { count: None, next: None, results }),
        Value::Object(object) if object.contains_key(field::ID) => {
            Ok(Page { count: None, next: None, results: vec![Value::Object(object)] })
        }
        Value::Null => Ok(Page { count: None, next: None, results: Vec::new() }),
        _ => Err(no_list(path)),
    }
}

fn no_list(path: &str) -> Error {
    Error::new(
        Code::Protocol,
        format!("The server answered {path} with something that is no list (\"{}\" is missing).", field::RESULTS),
    )
}

/// The number of the page that a `next` address leads to.
fn page_number(url: &str) -> Option<u64> {
    let query = url.split_once('?')?.1;
    query.split('&').find_map(|pair| pair.strip_prefix(query::PAGE)?.strip_prefix('='))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_the_one_that_its_address_names() {
        assert_eq!(page_number("https://x/finautapi/v1/user/?page=2"), Some(2));
        assert_eq!(page_number("https://x/finautapi/v1/user/?persnr=1&page=13&x=y"), Some(13));
        assert_eq!(page_number("https://x/finautapi/v1/user/?from_page=2"), None);
        assert_eq!(page_number("https://x/"), None);
    }
}
