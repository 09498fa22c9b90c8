//! Lists: all pages of one, or a single one; and what to do where one changes while it is read.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use serde_json::json;

use super::call::{BATCH_JOBS, Call, Deadline, interrupted};
use super::failed::Failed;
use super::request::Request;
use super::slot;
use crate::error::{Code, Error};
use crate::items::Items;
use crate::json::{Json, JsonRef};
use crate::wire::protocol::page::{self, PageRef};

/// Of a list that shrank, or from which objects are missing, the pages that shifted are read again: so many, and one more for each
/// ten that it has.
const PAGES_AGAIN: usize = 2;

/// Sends a request, and repeats what is safe to repeat.
pub type Send<'a> = dyn Fn(&Call, &Request) -> Result<Json, Failed> + 'a;

/// Is given a page, as JSON: `{"count", "next_page", "results"}`. `true` stops the reading.
pub type OnPage<'a> = dyn FnMut(&str) -> bool + 'a;

/// Says whether an object belongs to what was asked for, or that none of it can be told.
pub type Keep<'a> = dyn Fn(JsonRef) -> Result<bool, Error> + 'a;

/// A list as it was read.
#[derive(Debug, Clone)]
pub struct Listing {
    /// How many objects there are in all, as the server wrote it; where it does not tell, how many are here.
    pub count: Json,
    /// Whether the server told it.
    pub is_counted: bool,
    /// The page that follows the one that was asked for; `None` after the last, and where all were read.
    pub next_page: Option<PageRef>,
    /// The objects, as the server wrote them.
    pub results: Items,
    /// How many objects may be missing: counted by the server, or shifted to a page that was read before.
    pub missing: u64,
}

impl Listing {
    /// A whole list of these objects.
    pub fn of(results: Items) -> Listing {
        Listing { count: Json::of(&results.len()), is_counted: false, next_page: None, results, missing: 0 }
    }

    /// The list that [`Listing::into_json`] made a text of; `None` if it is none.
    pub fn read(json: &Json) -> Option<Listing> {
        let [count, missing] = json.members(["count", "missing"]);
        let (results, missing) = (Listing::results_in(json), missing.and_then(JsonRef::view).unwrap_or_default());
        Some(Listing { count: count?.to_json(), missing, ..Listing::of(results.into_iter().collect()) })
    }

    /// The objects of such a text.
    pub fn results_in(json: &Json) -> Vec<JsonRef<'_>> {
        let [results] = json.members(["results"]);
        results.and_then(JsonRef::items).unwrap_or_default()
    }

    /// A copy of each object, for lists that are short.
    pub fn objects(&self) -> Vec<Json> {
        self.results.iter().map(JsonRef::to_json).collect()
    }

    /// `{"count", "next_page", "results"}`, and `"missing"` where objects are: what a caller gets.
    pub fn into_json(self) -> Json {
        let behind = if self.missing > 0 { format!(",\"missing\":{}}}", self.missing) } else { "}".to_owned() };
        self.results.into_json(&head(&self.count, self.next_page.as_ref()), &behind)
    }
}

/// What stands before a list's objects.
fn head(count: &Json, next_page: Option<&PageRef>) -> String {
    let next = next_page.map_or_else(Json::null, PageRef::json);
    format!("{{\"count\":{count},\"next_page\":{next},\"results\":")
}

/// What came of reading a list page by page.
#[derive(Debug)]
pub struct Walked {
    /// How many objects there are in all, as the server wrote it; where it does not tell, how many were given.
    pub count: Json,
    /// How many pages were given.
    pub pages: u64,
    /// How many objects may be missing.
    pub missing: u64,
}

impl Walked {
    /// `{"count", "pages", "missing"}`.
    pub fn json(&self) -> Json {
        Json::of(&json!({ "count": self.count, "pages": self.pages, "missing": self.missing }))
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
    /// What is kept of the objects; `None`: all. The count of a whole list is then how many were kept; a page's stays the server's.
    pub keep: Option<&'a Keep<'a>>,
}

impl Wanted<'_> {
    fn keeps(&self, object: JsonRef) -> Result<bool, Error> {
        self.keep.map_or(Ok(true), |keep| keep(object))
    }
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
    let objects = read.objects();
    let is_counted = read.count.is_some();
    let count = read.count.clone().unwrap_or_else(|| Json::of(&objects.len()));
    let mut results = Items::default();
    for object in objects {
        if wanted.keeps(object)? {
            results.push(object);
        }
    }
    Ok(Listing { count, is_counted, next_page: read.next, results, missing: 0 })
}

/// Reads all pages: the union of them by id. Errors: `throttled` before anything but the first page was sent, where there are
/// not slots enough; `protocol` for a list whose pages lead in a circle.
pub fn all(call: &Call, send: &Send, wanted: &Wanted) -> Result<Listing, Error> {
    let mut reading = Reading::new(call, send, wanted, Objects::Whole { all: Items::default(), replaced: HashMap::new() });
    reading.run()?;
    Ok(reading.listing())
}

/// Reads all pages, and gives each to `on_page` as soon as it is there; an object that comes again is given once. Of what was given
/// only the ids are kept. Errors: as [`all`], and `interrupted` where `on_page` stops it.
pub fn each(call: &Call, send: &Send, wanted: &Wanted, on_page: &mut OnPage) -> Result<Walked, Error> {
    let mut reading = Reading::new(call, send, wanted, Objects::Given { on_page, pages: 0, given: 0 });
    reading.run()?;
    Ok(reading.walked())
}

/// Gives a list that is known to `on_page` as if it came page by page.
pub fn each_of(listing: &Listing, on_page: &mut OnPage) -> Result<Walked, Error> {
    let mut places = 0..listing.results.len();
    let mut pages = 0;
    while pages == 0 || !places.is_empty() {
        let size = usize::try_from(page::SIZE).unwrap_or(usize::MAX);
        let results: Items = places.by_ref().take(size).filter_map(|place| listing.results.get(place)).collect();
        pages += 1;
        let next = PageRef::Number(pages + 1);
        give(on_page, &listing.count, (!places.is_empty()).then_some(&next), results)?;
    }
    Ok(Walked { count: listing.count.clone(), pages, missing: listing.missing })
}

/// Gives a page of a list, `None` being the first, and says which one follows. The second argument says whether how many there are in all
/// has to be told, too.
pub type PageOf<'a> = dyn Fn(Option<&PageRef>, bool) -> Result<Listing, Error> + 'a;

/// Gives the pages of a list that `page_of` has.
pub fn each_kept(page_of: &PageOf, on_page: &mut OnPage) -> Result<Walked, Error> {
    let first = page_of(None, true)?;
    let (count, mut pages, mut next) = (first.count.clone(), 1, first.next_page.clone());
    give(on_page, &count, next.as_ref(), first.results)?;
    while let Some(page) = next {
        let read = page_of(Some(&page), false)?;
        pages += 1;
        give(on_page, &count, read.next_page.as_ref(), read.results)?;
        next = read.next_page;
    }
    Ok(Walked { count, pages, missing: 0 })
}

fn give(on_page: &mut OnPage, count: &Json, next: Option<&PageRef>, results: Items) -> Result<(), Error> {
    let page = results.into_json(&head(count, next), "}");
    if on_page(page.as_str()) { Err(interrupted()) } else { Ok(()) }
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
    /// A print of its objects' ids in their order: a page that comes again has the same.
    print: u64,
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

/// The ids of the objects that were read, and the place that each was given; as the server writes them, so that `1` is not `"1"`.
#[derive(Default)]
struct Seen {
    /// Most ids are numbers with the same text around each, as `"https://…/user/590496/"`: a number takes less room than that.
    numbered: Vec<Numbered>,
    texts: HashMap<Box<str>, usize>,
    /// How many objects have no id.
    nameless: u64,
}

/// Ids that differ in their last number only.
struct Numbered {
    before: Box<str>,
    behind: Box<str>,
    places: HashMap<u64, usize>,
}

/// Ids of more kinds are kept as texts.
const MOST_KINDS: usize = 8;

impl Seen {
    /// The place of the object with this id; if there is none yet, it gets `place`.
    fn place(&mut self, id: &str, place: usize) -> Option<usize> {
        let Some((before, number, behind)) = last_number(id) else { return place_in(&mut self.texts, id.into(), place) };
        let known = self.numbered.iter().position(|kind| *kind.before == *before && *kind.behind == *behind);
        if known.is_none() && self.numbered.len() < MOST_KINDS {
            self.numbered.push(Numbered { before: before.into(), behind: behind.into(), places: HashMap::new() });
            return place_in(&mut self.numbered.last_mut()?.places, number, place);
        }
        match known.and_then(|known| self.numbered.get_mut(known)) {
            Some(kind) => place_in(&mut kind.places, number, place),
            None => place_in(&mut self.texts, id.into(), place),
        }
    }

    fn len(&self) -> u64 {
        let numbered: usize = self.numbered.iter().map(|kind| kind.places.len()).sum();
        (numbered + self.texts.len()) as u64 + self.nameless
    }
}

/// The last number of an id, and what stands before and behind it. `None` where there is none that can be written in one way only.
fn last_number(id: &str) -> Option<(&str, u64, &str)> {
    let end = id.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = id.get(..end)?.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |before| before + 1);
    let digits = id.get(start..end)?;
    let number = digits.parse().ok().filter(|_| digits == "0" || !digits.starts_with('0'))?;
    Some((id.get(..start)?, number, id.get(end..)?))
}

fn place_in<K: Eq + Hash>(places: &mut HashMap<K, usize>, id: K, place: usize) -> Option<usize> {
    match places.entry(id) {
        Entry::Occupied(known) => Some(*known.get()),
        Entry::Vacant(free) => {
            free.insert(place);
            None
        }
    }
}

/// The place of an object that was not kept.
const NOWHERE: usize = usize::MAX;

/// Where the objects go.
enum Objects<'a> {
    /// They are gathered.
    Whole {
        all: Items,
        /// What came again in another state: it takes the place of what came first.
        replaced: HashMap<usize, Option<Json>>,
    },
    /// They are given away page by page.
    Given { on_page: &'a mut OnPage<'a>, pages: u64, given: usize },
}

struct Reading<'a> {
    call: &'a Call<'a>,
    send: &'a Send<'a>,
    wanted: &'a Wanted<'a>,
    objects: Objects<'a>,
    seen: Seen,
    asked: HashSet<PageRef>,
    visited: Vec<Visited>,
    shrunk: Vec<Shrunk>,
    /// The last count that the server told.
    count: Option<Json>,
    first_count: Option<u64>,
}

impl<'a> Reading<'a> {
    fn new(call: &'a Call<'a>, send: &'a Send<'a>, wanted: &'a Wanted<'a>, objects: Objects<'a>) -> Reading<'a> {
        Reading {
            call,
            send,
            wanted,
            objects,
            seen: Seen::default(),
            asked: HashSet::new(),
            visited: Vec::new(),
            shrunk: Vec::new(),
            count: None,
            first_count: None,
        }
    }

    fn run(&mut self) -> Result<(), Error> {
        let mut next = Some(PageRef::Number(1));
        while let Some(page) = next {
            if !self.asked.insert(page.clone()) {
                return Err(led_back(self.wanted.path));
            }
            next = self.follow(page)?;
        }
        if self.visited.len() > 1 { self.read_again() } else { Ok(()) }
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
                let size = (read.spans.len() as u64).max(1);
                let pages = self.first_count.unwrap_or(page::SIZE).div_ceil(size);
                afford(call, wanted, pages.saturating_sub(1))?;
            }
        }
        // A list of one page is one answer of the server: nothing can have changed between pages.
        if number == 0 && read.next.is_none() {
            self.take_only(&read)?;
            return self.tell(1).map(|()| None);
        }
        let grew = whole(read.count.as_ref()) > self.known_count();
        if let (Some(before), Some(now)) = (self.known_count(), whole(read.count.as_ref()))
            && now < before
        {
            self.shrunk.push(Shrunk { after: number.saturating_sub(1), by: before - now });
        }
        let (print, repeats) = self.take(&read)?;
        // A server that does not understand how its own pages are named gives the first one again and again. New objects at the
        // front can move a whole page to the next one, too.
        if read.next.is_some() && !grew && self.visited.iter().any(|visited| visited.print == print) {
            return Err(led_back(wanted.path));
        }
        self.visited.push(Visited { page, print, repeats });
        self.tell(number + 1)?;
        Ok(read.next)
    }

    fn tell(&self, page: usize) -> Result<(), Error> {
        let (read, count) = (self.seen.len(), self.known_count());
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

    /// Adds the objects of the list's only page, as many as it has: what stands twice in one answer is so at the server.
    fn take_only(&mut self, page: &Page) -> Result<(), Error> {
        self.count = page.count.clone();
        let mut kept = Items::default();
        for object in page.objects() {
            self.seen.nameless += 1;
            if self.wanted.keeps(object)? {
                kept.push(object);
            }
        }
        match &mut self.objects {
            Objects::Whole { all, .. } => *all = kept,
            Objects::Given { .. } => self.give(kept, None)?,
        }
        Ok(())
    }

    /// Adds a page's objects, each once. Returns a print of the page's ids, and whether one of them was known.
    fn take(&mut self, page: &Page) -> Result<(u64, bool), Error> {
        self.count = page.count.clone().or(self.count.take());
        let (mut print, mut repeats) = (DefaultHasher::new(), false);
        let mut new = Items::default();
        for object in page.objects() {
            let is_kept = self.wanted.keeps(object)?;
            let next = match &self.objects {
                Objects::Whole { all, .. } if is_kept => all.len(),
                _ => NOWHERE,
            };
            let known = match id_of(object) {
                Some(id) => {
                    id.hash(&mut print);
                    self.seen.place(id, next)
                }
                None => {
                    self.seen.nameless += 1;
                    None
                }
            };
            repeats |= known.is_some();
            match (&mut self.objects, known) {
                (Objects::Whole { all, replaced }, Some(place)) => replace(all, replaced, place, object, is_kept),
                (Objects::Whole { all, .. }, None) if is_kept => all.push(object),
                (Objects::Given { .. }, None) if is_kept => new.push(object),
                _ => {}
            }
        }
        self.give(new, page.next.as_ref())?;
        Ok((print.finish(), repeats))
    }

    /// Gives a page away, where pages are; an empty one only if it is the first.
    fn give(&mut self, new: Items, next: Option<&PageRef>) -> Result<(), Error> {
        let Objects::Given { on_page, pages, given } = &mut self.objects else { return Ok(()) };
        if new.is_empty() && *pages > 0 {
            return Ok(());
        }
        *pages += 1;
        *given += new.len();
        let count = self.count.clone().unwrap_or_else(|| Json::of(&*given));
        give(*on_page, &count, next, new)
    }

    /// How many objects there must be beyond those that were read.
    fn missing(&self) -> u64 {
        let counted = self.known_count().map_or(0, |count| count.saturating_sub(self.seen.len()));
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
            self.take(&again)?;
            // The last page has become full meanwhile.
            if let Some(next) = again.next.filter(|_| place + 1 == self.visited.len())
                && self.asked.insert(next.clone())
            {
                self.visited.push(Visited { page: next, print: 0, repeats: false });
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

    /// What is missing in the end. A list of one page is one answer of the server.
    fn missing_in_the_end(&self) -> u64 {
        if self.visited.len() > 1 { self.missing() } else { 0 }
    }

    fn listing(self) -> Listing {
        let missing = self.missing_in_the_end();
        let results = match self.objects {
            Objects::Whole { mut all, replaced } => {
                all.replace(&replaced);
                all
            }
            Objects::Given { .. } => Items::default(),
        };
        let told = self.count.filter(|_| self.wanted.keep.is_none());
        let is_counted = told.is_some();
        let count = told.unwrap_or_else(|| Json::of(&results.len()));
        Listing { count, is_counted, next_page: None, results, missing }
    }

    fn walked(self) -> Walked {
        let missing = self.missing_in_the_end();
        let (pages, given) = match self.objects {
            Objects::Given { pages, given, .. } => (pages, given),
            Objects::Whole { all, .. } => (0, all.len()),
        };
        let told = self.count.filter(|_| self.wanted.keep.is_none());
        Walked { count: told.unwrap_or_else(|| Json::of(&given)), pages, missing }
    }
}

/// Puts an object that came again into its place, if it is another one now.
fn replace(all: &mut Items, replaced: &mut HashMap<usize, Option<Json>>, place: usize, object: JsonRef, is_kept: bool) {
    let is_same = all.get(place).is_some_and(|known| known.as_str() == object.as_str());
    if is_same && is_kept {
        replaced.remove(&place);
    } else if place != NOWHERE {
        replaced.insert(place, is_kept.then(|| object.to_json()));
    } else if is_kept {
        // What was left out when it came first has no place to come to.
        all.push(object);
    }
}

fn whole(count: Option<&Json>) -> Option<u64> {
    count?.view()
}

/// What tells an object from another one, as the server writes it.
fn id_of(object: JsonRef<'_>) -> Option<&str> {
    object.first(page::ID).filter(|id| !id.is_null()).map(JsonRef::as_str)
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
    let holders = slot::holders(call);
    let pause = if wanted.is_long { format!(", with a pause of {needed_s:.0} s") } else { String::new() };
    let message = format!(
        "The list has {pages} more pages and there are not slots enough for them within the time that the call may wait; they would take \
         {through_s:.0} s{pause}.{holders} Call again then, give \"max_wait_s\" of at least {needed_s:.0} ({BATCH_JOBS}), or read page by page with \"page\"."
    );
    Err(Error::new(Code::Throttled, message).retry_after_s(through_s))
}

/// A page: the answer, and where its objects stand in it.
struct Page {
    answer: Json,
    count: Option<Json>,
    next: Option<PageRef>,
    spans: Vec<Range<usize>>,
}

fn read_page(call: &Call, send: &Send, wanted: &Wanted, page: &PageRef) -> Result<Page, Error> {
    let answer = send(call, &request(wanted.path, wanted.filters, page))?;
    Page::of(answer, wanted.path)
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
    fn of(answer: Json, path: &str) -> Result<Page, Error> {
        let no_list = || {
            let results = page::RESULTS;
            let message = format!("The server answered {path} with something that is no list (\"{results}\" is missing).");
            Error::new(Code::Protocol, message)
        };
        let [count, next, results] = answer.members([page::COUNT, page::NEXT, page::RESULTS]);
        let (mut told, mut following) = (None, None);
        let spans = if let Some(results) = results {
            let next = next.map_or(Ok(None), |next| PageRef::of_next(next, path)).map_err(|_| {
                let message = format!(
                    "The list {path} has a \"next\" that leads to no page of this list, so what follows cannot be read. Is \"host\" right, \
                     or does a proxy change the answers?"
                );
                Error::new(Code::Protocol, message)
            })?;
            following = next;
            told = count.filter(|count| !count.is_null()).map(JsonRef::to_json);
            answer.spans(results).ok_or_else(no_list)?
        } else {
            // Endpoints without paging: the list itself, or the one object.
            let whole = answer.all();
            match answer.as_str().as_bytes().first() {
                Some(b'[') => answer.spans(whole).ok_or_else(no_list)?,
                Some(b'{') if matches!(answer.members([page::ID]), [Some(_)]) => {
                    std::iter::once(0..answer.as_str().len()).collect()
                }
                _ if answer.is_null() => Vec::new(),
                _ => return Err(no_list()),
            }
        };
        Ok(Page { count: told, next: following, spans, answer })
    }

    /// The objects in their order.
    fn objects(&self) -> impl ExactSizeIterator<Item = JsonRef<'_>> {
        self.spans.iter().map(|span| self.answer.part(span))
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
    fn an_id_is_told_from_every_other_as_it_is_written() {
        let mut ids: Vec<String> =
            ["1", "\"1\"", "1.0", "10", "01", "\"x\"", "\"/user/1/\"", "\"/user/01/\"", "-1", "0", "00", "1e2"]
                .map(str::to_owned)
                .into();
        ids.push("1".repeat(40));
        ids.extend((0..2 * MOST_KINDS).map(|kind| format!("\"å{}-7\"", "k".repeat(kind))));
        let mut seen = Seen::default();
        for (place, id) in ids.iter().enumerate() {
            assert_eq!(seen.place(id, place), None, "{id}");
        }
        for (place, id) in ids.iter().enumerate() {
            assert_eq!(seen.place(id, 99), Some(place), "{id}");
        }
        assert_eq!(seen.len(), ids.len() as u64);
    }

    #[test]
    fn a_page_is_read_however_the_server_lists() {
        let page = |text: &str| {
            let page = Page::of(Json::read(text.as_bytes()).unwrap(), "user/").ok();
            page.map(|page| (page.spans.len(), page.next))
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
