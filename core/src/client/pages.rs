//! Lists: all pages of one, or a single one; and the doubt whether what was read is one consistent list.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::json;

use super::call::Call;
use super::request::Request;
use super::settle::Failed;
use crate::error::{Code, Error};
use crate::json::{Json, JsonRef};
use crate::wire::protocol::page;

/// A list that changes while it is read is read again at most so often.
const READINGS: u32 = 3;

/// Sends a request, and repeats what is safe to repeat.
pub type Send<'a> = dyn Fn(&Call, &Request) -> Result<Json, Failed> + 'a;

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
        let head = ["{\"count\":", self.count.as_str(), ",\"next_page\":", &next, ",\"results\":["];
        Json::joined(&[&head.concat(), &results.join(","), "]}"])
    }
}

/// A list to be read: where, by what, and of what it is made.
pub struct Wanted<'a> {
    /// The collection's path, as `user/`.
    pub path: &'a str,
    /// Names and values of the query.
    pub filters: &'a [(String, String)],
}

/// Reads one page.
pub fn one(call: &Call, send: &Send, wanted: &Wanted, number: u64) -> Result<Listing, Error> {
    let read = read_page(call, send, wanted, number)?;
    let count = read.count.unwrap_or_else(|| Json::of(&read.results.len()));
    Ok(Listing { count, next_page: read.next, results: read.results })
}

/// Reads all pages. Errors: `throttled` before anything but the first page was sent, where there are not slots enough; `protocol`
/// for a list that changes each time it is read.
pub fn all(call: &Call, send: &Send, wanted: &Wanted) -> Result<Listing, Error> {
    let mut last: Option<Reading> = None;
    for number in 1..=READINGS {
        let reading = read_all(call, send, wanted)?;
        if reading.consistent || last.as_ref().is_some_and(|last| reading.confirms(last)) {
            return Ok(Listing { count: reading.count, next_page: None, results: reading.results });
        }
        if number < READINGS {
            call.event("retry", &json!({ "reason": "the list changed while it was read" }))?;
        }
        last = Some(reading);
    }
    let path = wanted.path;
    Err(Error::new(
        Code::Protocol,
        format!(
            "The list {path} changed each of the {READINGS} times it was read, so no reading of it can be trusted. Call again later, or read it page by page with \"page\"."
        ),
    ))
}

struct Reading {
    count: Json,
    results: Vec<Json>,
    ids: Vec<String>,
    repeats: bool,
    /// It has as many as the server counted at its end.
    complete: bool,
    consistent: bool,
}

impl Reading {
    /// True if this second reading shows that nobody escaped both. What looks odd but stays the same is how the server counts, not
    /// a change under our eyes; and where everything of the former reading is there again, the list has only grown.
    fn confirms(&self, former: &Reading) -> bool {
        let again = || {
            let here: HashSet<&String> = self.ids.iter().collect();
            former.ids.iter().all(|id| here.contains(id))
        };
        !self.repeats && (former.ids == self.ids || (self.complete && again()))
    }
}

fn read_all(call: &Call, send: &Send, wanted: &Wanted) -> Result<Reading, Error> {
    let mut results = Vec::new();
    let mut count: Option<Json> = None;
    let mut steady = true;
    let mut number = 1;
    loop {
        let page = match read_page(call, send, wanted, number) {
            // The list became shorter between two pages.
            Err(e) if number > 1 && e.code() == Code::NotFound => {
                steady = false;
                break;
            }
            other => other?,
        };
        if number == 1 && page.next.is_some() {
            let size = (page.results.len() as u64).max(1);
            let pages = whole(page.count.as_ref()).unwrap_or(page::SIZE).div_ceil(size);
            afford(call, pages.saturating_sub(1))?;
        }
        steady &= number == 1 || count == page.count;
        count = page.count;
        let is_empty = page.results.is_empty();
        results.extend(page.results);
        call.event("page", &json!({ "path": wanted.path, "page": number, "read": results.len(), "count": count }))?;
        match page.next {
            // A page that leads back, or pages without anything on them, would be read for ever.
            Some(next) if next > number && !is_empty => number = next,
            _ => break,
        }
    }
    let ids: Vec<String> = results.iter().filter_map(id_of).collect();
    let unique: HashSet<&String> = ids.iter().collect();
    let repeats = unique.len() != ids.len();
    let complete = whole(count.as_ref()).is_none_or(|count| count == results.len() as u64);
    let count = count.unwrap_or_else(|| Json::of(&results.len()));
    // One page is one answer, and what the server put on it is its own affair.
    Ok(Reading { consistent: number == 1 || (steady && complete && !repeats), count, results, ids, repeats, complete })
}

fn whole(count: Option<&Json>) -> Option<u64> {
    count?.view()
}

/// What tells an object from another one, as the server writes it.
fn id_of(object: &Json) -> Option<String> {
    let [id] = object.members([page::ID]);
    id.filter(|id| !id.is_null()).map(|id| id.as_str().to_owned())
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
    count: Option<Json>,
    next: Option<u64>,
    results: Vec<Json>,
}

fn read_page(call: &Call, send: &Send, wanted: &Wanted, number: u64) -> Result<Page, Error> {
    let mut request = Request::get(wanted.path);
    request.query = wanted.filters.to_vec();
    if number > 1 {
        request.query.push((page::NUMBER.into(), number.to_string()));
    }
    let answer = send(call, &request)?;
    Page::of(&answer, number).ok_or_else(|| {
        let (path, results) = (wanted.path, page::RESULTS);
        Error::new(
            Code::Protocol,
            format!("The server answered {path} with something that is no list (\"{results}\" is missing)."),
        )
    })
}

impl Page {
    /// The page that an answer is; `None` if it is no list.
    fn of(answer: &Json, number: u64) -> Option<Page> {
        let [count, next, results] = answer.members([page::COUNT, page::NEXT, page::RESULTS]);
        if let Some(results) = results {
            let next = next.filter(|next| !next.is_null());
            // An address of another kind leads to the following page all the same.
            let next = next.map(|next| next.text().and_then(|url| page_number(&url)).unwrap_or(number + 1));
            let count = count.filter(|count| !count.is_null()).map(JsonRef::to_json);
            return Some(Page { count, next, results: results.view()? });
        }
        // Endpoints without paging: the list itself, or the one object.
        let alone = |results: Vec<Json>| Some(Page { count: None, next: None, results });
        match answer.as_str().as_bytes().first() {
            Some(b'[') => alone(answer.view()?),
            Some(b'{') if matches!(answer.members([page::ID]), [Some(_)]) => alone(vec![answer.clone()]),
            _ if answer.is_null() => alone(Vec::new()),
            _ => None,
        }
    }
}

/// The number of the page that a `next` address leads to.
fn page_number(url: &str) -> Option<u64> {
    let query = url.split_once('?')?.1;
    query.split('&').find_map(|pair| pair.strip_prefix(page::NUMBER)?.strip_prefix('='))?.parse().ok()
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

    #[test]
    fn a_page_is_read_however_the_server_lists() {
        let page = |text: &str| Page::of(&Json::read(text.as_bytes()).unwrap(), 1).map(|page| (page.results.len(), page.next));
        assert_eq!(page(r#"{"count": 3, "next": "https://x/?page=2", "results": [1, 2]}"#), Some((2, Some(2))));
        assert_eq!(page(r#"{"next": null, "results": []}"#), Some((0, None)));
        assert_eq!(page(r#"[{"id": 1.50}]"#), Some((1, None)));
        assert_eq!(page(r#"{"id": 1}"#), Some((1, None)));
        assert_eq!(page("null"), Some((0, None)));
        assert_eq!(page(r#"{"detail": "no"}"#), None);
        assert_eq!(page(r#"{"id": 1, "results": 5}"#), None);
    }
}
