//! Lists: all pages of one, or a single one; and what to do where one changes while it is read.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::json;

use super::call::{Call, Deadline};
use super::request::Request;
use super::settle::Failed;
use crate::error::{Code, Error};
use crate::json::{Json, JsonRef};
use crate::wire::protocol::page::{self, PageRef};

/// Of a list that shrank, or from which objects are missing, the pages that shifted are read again: so many, and one more for each
/// ten that it has.
const PAGES_AGAIN: usize = 2;

/// Sends a request, and repeats what is safe to repeat.
pub type Send<'a> = dyn Fn(&Call, &Request) -> Result<Json, Failed> + 'a;

/// A list as it was read.
#[derive(Debug, Clone, Deserialize)]
pub struct Listing {
    /// How many objects there are in all, as the server wrote it; where it does not tell, how many are here.
    pub count: Json,
    /// Whether the server told it.
    #[serde(skip)]
    pub is_counted: bool,
    /// The page that follows the one that was asked for; `None` after the last, and where all were read.
    pub next_page: Option<PageRef>,
    /// The objects, as the server wrote them.
    pub results: Vec<Json>,
    /// How many objects may be missing: counted by the server, or shifted to a page that was read before.
    #[serde(default)]
    pub missing: u64,
}

impl Listing {
    /// A whole list of these objects.
    pub fn of(results: Vec<Json>) -> Listing {
        Listing { count: Json::of(&results.len()), is_counted: false, next_page: None, results, missing: 0 }
    }

    /// `{"count", "next_page", "results"}`, and `"missing"` where objects are: what a caller gets.
    pub fn json(&self) -> Json {
        let results: Vec<&str> = self.results.iter().map(Json::as_str).collect();
        let next = self.next_page.as_ref().map_or_else(Json::null, PageRef::json);
        let head = ["{\"count\":", self.count.as_str(), ",\"next_page\":", next.as_str(), ",\"results\":["];
        let end = if self.missing > 0 { format!("],\"missing\":{}}}", self.missing) } else { "]}".to_owned() };
        Json::joined(&[&head.concat(), &results.join(","), &end])
    }
}

/// A list to be read: where, by what, and of what it is made.
pub struct Wanted<'a> {
    /// The collection's path, as `user/`.
    pub path: &'a str,
    /// Names and values of the query.
    pub filters: &'a [(String, String)],
    /// Whether each page may wait for its slot for as long as the call, so that the 151st is as safe as the first; else all of
    /// them have the call's one deadline.
    pub is_long: bool,
}

/// Reads one page. Errors: `protocol` if it leads back to itself or to one before.
pub fn one(call: &Call, send: &Send, wanted: &Wanted, asked: &PageRef) -> Result<Listing, Error> {
    let read = read_page(call, send, wanted, asked)?;
    let leads_back = match (asked, &read.next) {
        (PageRef::Number(asked), Some(PageRef::Number(next))) => next <= asked,
        (asked, next) => next.as_ref() == Some(asked),
    };
    if leads_back {
        return Err(led_back(wanted.path));
    }
    let is_counted = read.count.is_some();
    let count = read.count.unwrap_or_else(|| Json::of(&read.results.len()));
    Ok(Listing { count, is_counted, next_page: read.next, results: read.results, missing: 0 })
}

/// Reads all pages: the union of them by id. Errors: `throttled` before anything but the first page was sent, where there are
/// not slots enough; `protocol` for a list whose pages lead in a circle.
pub fn all(call: &Call, send: &Send, wanted: &Wanted) -> Result<Listing, Error> {
    let mut reading = Reading::new(call, send, wanted);
    let mut next = Some(PageRef::Number(1));
    while let Some(page) = next {
        if !reading.asked.insert(page.clone()) {
            return Err(led_back(wanted.path));
        }
        next = reading.follow(page)?;
    }
    if reading.visited.len() > 1 {
        reading.read_again()?;
    }
    Ok(reading.listing())
}

/// The pages of a list have no end.
pub fn led_back(path: &str) -> Error {
    let message = format!(
        "The pages of the list {path} lead back to one that was read before, so they have no end. Ask Norsk Test how the pages of this \
         list are linked."
    );
    Error::new(Code::Protocol, message)
}

/// A page that was read.
struct Visited {
    page: PageRef,
    /// Its objects' ids in their order: a page that comes again has the same.
    ids: Vec<String>,
    /// Whether an object on it was on another one before.
    repeats: bool,
}

/// Pages between which the list shrank.
struct Shrunk {
    /// The place of the page before; what stood at the beginning of the following one may have moved to its end.
    after: usize,
    /// By how many objects.
    by: u64,
}

struct Reading<'a> {
    call: &'a Call<'a>,
    send: &'a Send<'a>,
    wanted: &'a Wanted<'a>,
    results: Vec<Json>,
    /// Where the object of an id stands in `results`.
    places: HashMap<String, usize>,
    asked: HashSet<PageRef>,
    visited: Vec<Visited>,
    shrunk: Vec<Shrunk>,
    /// The last count that the server told.
    count: Option<Json>,
    first_count: Option<u64>,
}

impl<'a> Reading<'a> {
    fn new(call: &'a Call<'a>, send: &'a Send<'a>, wanted: &'a Wanted<'a>) -> Reading<'a> {
        Reading {
            call,
            send,
            wanted,
            results: Vec::new(),
            places: HashMap::new(),
            asked: HashSet::new(),
            visited: Vec::new(),
            shrunk: Vec::new(),
            count: None,
            first_count: None,
        }
    }

    /// Reads the page that follows those that were read. Returns the one after it.
    fn follow(&mut self, page: PageRef) -> Result<Option<PageRef>, Error> {
        let (call, wanted) = (self.call, self.wanted);
        let number = self.visited.len();
        let read = match self.read(&page) {
            // The list became shorter between two pages.
            Err(e) if number > 0 && e.code() == Code::NotFound => {
                self.shrunk.push(Shrunk { after: number - 1, by: 1 });
                return Ok(None);
            }
            other => other?,
        };
        if number == 0 {
            self.first_count = whole(read.count.as_ref());
            if read.next.is_some() {
                let size = (read.results.len() as u64).max(1);
                let pages = self.first_count.unwrap_or(page::SIZE).div_ceil(size);
                afford(call, wanted, pages.saturating_sub(1))?;
            }
        }
        // A list of one page is one answer of the server: nothing can have changed between pages.
        if number == 0 && read.next.is_none() {
            self.results = read.results;
            self.count = read.count;
            return self.tell(1).map(|()| None);
        }
        let grew = whole(read.count.as_ref()) > self.known_count();
        if let (Some(before), Some(now)) = (self.known_count(), whole(read.count.as_ref()))
            && now < before
        {
            self.shrunk.push(Shrunk { after: number.saturating_sub(1), by: before - now });
        }
        let (ids, repeats) = self.take(read.results, read.count);
        // A server that does not understand how its own pages are named gives the first one again and again. New objects at the
        // front can move a whole page to the next one, too.
        if read.next.is_some() && !grew && self.visited.iter().any(|visited| visited.ids == ids) {
            return Err(led_back(wanted.path));
        }
        self.visited.push(Visited { page, ids, repeats });
        self.tell(number + 1)?;
        Ok(read.next)
    }

    fn tell(&self, page: usize) -> Result<(), Error> {
        let (read, count) = (self.results.len(), self.known_count());
        self.call.event("page", &json!({ "path": self.wanted.path, "page": page, "read": read, "count": count }))
    }

    /// The page, after a wait for its slot as long as the list allows.
    fn read(&self, page: &PageRef) -> Result<Page, Error> {
        if self.wanted.is_long && !self.visited.is_empty() {
            let own = self.call.child(Deadline::Own(self.call.max_wait_s()));
            return read_page(&own, self.send, self.wanted, page);
        }
        read_page(self.call, self.send, self.wanted, page)
    }

    fn known_count(&self) -> Option<u64> {
        whole(self.count.as_ref())
    }

    /// Adds a page's objects, each once. Returns the page's ids, and whether one of them was known.
    fn take(&mut self, results: Vec<Json>, count: Option<Json>) -> (Vec<String>, bool) {
        self.count = count.or(self.count.take());
        let (mut ids, mut repeats) = (Vec::new(), false);
        for object in results {
            let Some(id) = id_of(&object) else {
                self.results.push(object);
                continue;
            };
            match self.places.get(&id).and_then(|place| self.results.get_mut(*place)) {
                Some(known) => {
                    *known = object;
                    repeats = true;
                }
                None => {
                    self.places.insert(id.clone(), self.results.len());
                    self.results.push(object);
                }
            }
            ids.push(id);
        }
        (ids, repeats)
    }

    /// How many objects there must be beyond those that were read.
    fn missing(&self) -> u64 {
        let counted = self.known_count().map_or(0, |count| count.saturating_sub(self.results.len() as u64));
        // An object that was removed may already have been read; as many others may have shifted to pages that were read before.
        counted.max(self.shrunk.iter().map(|shrunk| shrunk.by).sum())
    }

    /// Reads pages again that objects may have shifted to: those after which the list shrank, the latest first; then, while
    /// objects are missing, the first one if it grew, those before and after a repetition, and the last ones.
    fn read_again(&mut self) -> Result<(), Error> {
        let most = self.visited.len() / 10 + PAGES_AGAIN;
        let mut read: HashSet<usize> = HashSet::new();
        for _ in 0..most {
            if self.missing() == 0 {
                break;
            }
            let (place, by) = match self.shrunk.pop() {
                Some(shrunk) => {
                    self.shrunk.retain(|other| other.after != shrunk.after);
                    (Some(shrunk.after), shrunk.by)
                }
                None => (self.others().into_iter().find(|place| !read.contains(place)), 0),
            };
            let Some((place, page)) = place.and_then(|place| Some((place, self.visited.get(place)?.page.clone()))) else {
                break;
            };
            if read.is_empty() {
                self.call.event("retry", &json!({ "reason": "the list changed while it was read" }))?;
            }
            read.insert(place);
            let again = match self.read(&page) {
                Ok(again) => again,
                Err(e) if matches!(e.code(), Code::Interrupted | Code::Forked) => return Err(e),
                // The pages that were read are worth more than an error; "missing" says that some objects are not there.
                Err(_) => {
                    self.shrunk.push(Shrunk { after: place, by });
                    break;
                }
            };
            self.take(again.results, again.count);
            // The last page has become full meanwhile.
            if let Some(next) = again.next.filter(|_| place + 1 == self.visited.len())
                && self.asked.insert(next.clone())
            {
                self.visited.push(Visited { page: next, ids: Vec::new(), repeats: false });
                self.shrunk.push(Shrunk { after: place + 1, by: 1 });
            }
        }
        Ok(())
    }

    /// The places of pages that may have what is missing, where it is not known when they shifted.
    fn others(&self) -> Vec<usize> {
        let grew = self.first_count < self.known_count();
        let repeats = self.visited.iter().enumerate().rev().filter(|(_, visited)| visited.repeats);
        let beside = repeats.flat_map(|(place, _)| [place.saturating_sub(1), place]);
        grew.then_some(0).into_iter().chain(beside).chain((0..self.visited.len()).rev()).collect()
    }

    fn listing(self) -> Listing {
        let missing = if self.visited.len() > 1 { self.missing() } else { 0 };
        let is_counted = self.count.is_some();
        let count = self.count.unwrap_or_else(|| Json::of(&self.results.len()));
        Listing { count, is_counted, next_page: None, results: self.results, missing }
    }
}

fn whole(count: Option<&Json>) -> Option<u64> {
    count?.view()
}

/// What tells an object from another one, as the server writes it.
fn id_of(object: &Json) -> Option<String> {
    let [id] = object.members([page::ID]);
    id.filter(|id| !id.is_null()).map(|id| id.as_str().to_owned())
}

/// Fails at once if there are not slots enough for all remaining pages, rather than after spending some on them.
fn afford(call: &Call, wanted: &Wanted, pages: u64) -> Result<(), Error> {
    let pages = usize::try_from(pages).unwrap_or(usize::MAX).min(1_000_000);
    let through_s = call.budget(pages)?.through_s;
    let (needed_s, allowed_s) = if wanted.is_long {
        (call.longest_pause(pages)?, call.max_wait_s())
    } else {
        (through_s, call.deadline() - call.now())
    };
    if needed_s <= allowed_s {
        return Ok(());
    }
    let pause = if wanted.is_long { format!(", with a pause of {needed_s:.0} s") } else { String::new() };
    let message = format!(
        "The list has {pages} more pages and there are not slots enough for them within the time that the call may wait; they would take \
         {through_s:.0} s{pause}. Call again then, give \"max_wait_s\" of at least {needed_s:.0}, or read page by page with \"page\"."
    );
    Err(Error::new(Code::Throttled, message).retry_after_s(through_s))
}

struct Page {
    count: Option<Json>,
    next: Option<PageRef>,
    results: Vec<Json>,
}

fn read_page(call: &Call, send: &Send, wanted: &Wanted, page: &PageRef) -> Result<Page, Error> {
    let answer = send(call, &request(wanted.path, wanted.filters, page))?;
    Page::of(&answer, wanted.path)
}

/// The request for a page of the list at `path`, with these filters.
fn request(path: &str, filters: &[(String, String)], page: &PageRef) -> Request {
    let mut request = Request::get(path);
    request.query = filters.to_vec();
    match page {
        PageRef::Number(1) => {}
        PageRef::Number(number) => request.query.push((page::NUMBER.into(), number.to_string())),
        PageRef::Query(query) => {
            // The server has put the filters into it, as a rule; twice they would not do what they should.
            request.query.retain(|(name, _)| !query.split('&').any(|pair| pair.split('=').next() == Some(name)));
            request.raw_query = Some(query.clone());
        }
    }
    request
}

impl Page {
    /// The page that an answer is. Errors: `protocol` if it is no list, or leads away from it.
    fn of(answer: &Json, path: &str) -> Result<Page, Error> {
        let no_list = || {
            let results = page::RESULTS;
            let message = format!("The server answered {path} with something that is no list (\"{results}\" is missing).");
            Error::new(Code::Protocol, message)
        };
        let [count, next, results] = answer.members([page::COUNT, page::NEXT, page::RESULTS]);
        if let Some(results) = results {
            let next = next.map_or(Ok(None), |next| PageRef::of_next(next, path)).map_err(|_| {
                let message = format!(
                    "The list {path} has a \"next\" that leads to no page of this list, so what follows cannot be read. Is \"host\" right, \
                     or does a proxy change the answers?"
                );
                Error::new(Code::Protocol, message)
            })?;
            let count = count.filter(|count| !count.is_null()).map(JsonRef::to_json);
            return Ok(Page { count, next, results: results.view().ok_or_else(no_list)? });
        }
        // Endpoints without paging: the list itself, or the one object.
        let alone = |results: Vec<Json>| Ok(Page { count: None, next: None, results });
        match answer.as_str().as_bytes().first() {
            Some(b'[') => alone(answer.view().ok_or_else(no_list)?),
            Some(b'{') if matches!(answer.members([page::ID]), [Some(_)]) => alone(vec![answer.clone()]),
            _ if answer.is_null() => alone(Vec::new()),
            _ => Err(no_list()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_for_with_its_filters_once() {
        let filters = [("persnr".to_owned(), "1 2".to_owned()), ("x".to_owned(), "y".to_owned())];
        let url = |page: PageRef| request("user/", &filters, &page).url("http://h");
        assert_eq!(url(PageRef::Number(1)), "http://h/finautapi/v1/user/?persnr=1%202&x=y");
        assert_eq!(url(PageRef::Number(3)), "http://h/finautapi/v1/user/?persnr=1%202&x=y&page=3");
        let query = PageRef::Query("cursor=a%3D&persnr=12".to_owned());
        assert_eq!(url(query), "http://h/finautapi/v1/user/?x=y&cursor=a%3D&persnr=12");
    }

    #[test]
    fn a_page_is_read_however_the_server_lists() {
        let page = |text: &str| {
            let page = Page::of(&Json::read(text.as_bytes()).unwrap(), "user/").ok();
            page.map(|page| (page.results.len(), page.next))
        };
        let second = Some(PageRef::Number(2));
        assert_eq!(page(r#"{"count": 3, "next": "https://x/user/?page=2", "results": [1, 2]}"#), Some((2, second)));
        assert_eq!(page(r#"{"next": null, "results": []}"#), Some((0, None)));
        assert_eq!(page(r#"{"results": []}"#), Some((0, None)));
        assert_eq!(page(r#"[{"id": 1.50}]"#), Some((1, None)));
        assert_eq!(page(r#"{"id": 1}"#), Some((1, None)));
        assert_eq!(page("null"), Some((0, None)));
        assert_eq!(page(r#"{"detail": "no"}"#), None);
        assert_eq!(page(r#"{"id": 1, "results": 5}"#), None);
        assert_eq!(page(r#"{"next": "https://x/o/token/?page=2", "results": []}"#), None);
    }
}
