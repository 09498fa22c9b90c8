//! A way through a list, page by page, that can be written down after each page and gone on with later, by another process too.
//! `poll` uses the pages.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::kind::Kind;
use super::lease::PollLease;
use super::listing::{Page, read_patiently};
use crate::client::{self, PageRef};
use crate::error::{Code, Error};
use crate::wire::protocol::page;

/// At most this many pages are read again where a list shrank.
const MOST_AGAIN: u64 = 20;

/// How far a list is read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Walk {
    /// The page that comes next; none after the last.
    next: Option<PageRef>,
    /// Pages to be read again, because the list shrank and what stood on the following ones has moved to them.
    again: Vec<PageRef>,
    /// The page before `next`.
    previous: Option<PageRef>,
    /// How many objects stand before `next`.
    before: u64,
    /// How many the server counted last.
    pub count: Option<u64>,
    /// The last page, and how many objects stand before it.
    pub end: Option<(PageRef, u64)>,
    /// How many pages were read.
    read: u64,
    /// Pages of this way that were read by this process, and the numbers on the last one: pages that lead in a circle have no end.
    #[serde(skip)]
    seen: HashSet<PageRef>,
    #[serde(skip)]
    numbers: Vec<u64>,
}

/// A page on the way.
pub struct Step {
    pub page: Page,
    /// Claims up to this number arrived before the page was asked for.
    pub until: i64,
    /// How many objects stand before its first one.
    pub before: u64,
    /// It was read before.
    pub is_again: bool,
}

impl Walk {
    /// A way that begins with this page, before which so many objects stand.
    pub fn from(first: PageRef, before: u64) -> Walk {
        Walk {
            next: Some(first),
            again: Vec::new(),
            previous: None,
            before,
            count: None,
            end: None,
            read: 0,
            seen: HashSet::new(),
            numbers: Vec::new(),
        }
    }

    /// True after the last page.
    pub fn is_done(&self) -> bool {
        self.next.is_none() && self.again.is_empty()
    }

    /// Reads the page that comes next; `None` after the last. The way is one page further then, and where it cannot be read, it
    /// is as it was. Errors: those of a listing; `protocol` for pages that lead in a circle.
    pub fn step(&mut self, lease: &PollLease, path: &str, filters: &[(String, String)]) -> Result<Option<Step>, Error> {
        let kind = [Kind::Result, Kind::Userstatus].into_iter().find(|kind| kind.collection() == Some(path));
        let until = lease.inbox().claims(lease.call().at(), kind.map_or("", Kind::word), 0)?.until;
        if let Some(again) = self.again.last().cloned() {
            let page = match read_patiently(lease, path, filters, &again) {
                // Gone, too: what stood there is on a page before it.
                Err(e) if e.code() == Code::NotFound => Page { objects: Vec::new(), next: None, count: self.count },
                other => other.map_err(|e| self.told(e))?,
            };
            self.again.pop();
            return Ok(Some(Step { page, until, before: self.before, is_again: true }));
        }
        let Some(asked) = self.next.clone() else { return Ok(None) };
        let page = match read_patiently(lease, path, filters, &asked) {
            // The list became shorter between two pages, or, by name, the server no longer knows what this one was called.
            Err(e) if matches!(e.code(), Code::NotFound | Code::Validation) && self.read > 0 => match &asked {
                PageRef::Number(_) if e.code() == Code::NotFound => {
                    self.next = None;
                    self.again.extend(self.previous.take());
                    return self.step(lease, path, filters);
                }
                PageRef::Query(_) if !self.seen.contains(&PageRef::Number(1)) => {
                    *self = Walk { seen: [PageRef::Number(1)].into(), ..Walk::from(PageRef::Number(1), 0) };
                    return self.step(lease, path, filters);
                }
                _ => return Err(e),
            },
            other => other.map_err(|e| self.told(e))?,
        };
        let numbers = page.numbers();
        let grew = page.count > self.count;
        let is_known = !numbers.is_empty() && numbers == self.numbers && !grew;
        self.seen.insert(asked.clone());
        if page.next.is_some() && (is_known || page.next.as_ref().is_some_and(|next| self.seen.contains(next))) {
            return Err(client::led_back(path));
        }
        if let (Some(known), Some(now)) = (self.count, page.count)
            && now < known
        {
            self.shrank(&asked, known - now);
        }
        let before = self.before;
        self.end = Some((asked.clone(), before));
        self.before += page.objects.len() as u64;
        self.count = page.count.or(self.count);
        self.read += 1;
        self.numbers = numbers;
        self.next = page.next.clone();
        self.previous = Some(asked);
        let event = json!({ "path": path, "page": self.read, "read": self.before, "count": self.count });
        lease.call().event("page", &event)?;
        Ok(Some(Step { page, until, before, is_again: false }))
    }

    /// Notes that `by` objects have gone since the page before was read: as many may have moved to the end of pages that were read.
    fn shrank(&mut self, asked: &PageRef, by: u64) {
        match asked {
            PageRef::Number(number) => {
                let pages = by.div_ceil(page::SIZE).min(MOST_AGAIN);
                self.again = (number.saturating_sub(pages).max(1)..*number).map(PageRef::Number).collect();
            }
            PageRef::Query(_) => self.again = self.previous.iter().cloned().collect(),
        }
        self.before = self.before.saturating_sub(by);
    }

    /// An error that says how far the way is, where it can be gone on with.
    fn told(&self, error: Error) -> Error {
        if error.code() != Code::Throttled || self.read == 0 {
            return error;
        }
        let pages = self.count.map(|count| format!(" of about {}", count.div_ceil(page::SIZE)).replace("about 0", "about 1"));
        let message = format!(
            "{} {}{} pages are read and kept; the next call goes on from there.",
            error.words(),
            self.read,
            pages.unwrap_or_default()
        );
        let code = error.code();
        error.with_code(code, message)
    }
}
