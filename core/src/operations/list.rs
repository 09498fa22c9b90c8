//! A list that an operation gives: asked of the server, kept by the store, or known already. It is read whole, one page of it, or page by page.

use crate::client::{self, Call, Keep, Listing, OnPage, PageOf, PageRef, Walked};
use crate::error::Error;
use crate::items::Items;
use crate::json::Json;
use crate::ledger;
use crate::wire::protocol::page;

/// The member that says as of when a list is.
const AS_OF: &str = "as_of";

/// A list that is not read yet.
pub enum List<'a> {
    /// The server has it.
    Served {
        /// The collection's path, as `user/`.
        path: &'static str,
        /// Names and values of the query.
        filters: Vec<(String, String)>,
        /// What is kept of it, where the server has no filter for that.
        keep: Option<Box<Keep<'a>>>,
    },
    /// The server has it, and it is of user statuses: the ledger takes in what it shows.
    Statuses {
        /// The collection's path.
        path: &'static str,
        /// Names and values of the query.
        filters: Vec<(String, String)>,
        /// What is kept of it.
        keep: Option<Box<Keep<'a>>>,
    },
    /// The store has it, and gives it page by page.
    Kept(Box<PageOf<'a>>),
    /// It is here: all of it.
    Known(Listing),
    /// It is here as it was at a moment, as `2026-11-27T04:12:44+01:00`.
    Dated(Listing, String),
}

impl List<'_> {
    /// The collection at `path` with these filters.
    pub fn served(path: &'static str, filters: Vec<(String, String)>) -> Self {
        List::Served { path, filters, keep: None }
    }

    /// Reads all pages, or one. The reply: `{"count", "next_page", "results"}`, and `"missing"` where objects are.
    pub fn read(self, call: &Call, page: Option<&PageRef>) -> Result<Json, Error> {
        let listing = match self {
            List::Served { path, filters, keep } => client::list_kept(call, path, &filters, keep.as_deref(), page)?,
            List::Statuses { path, filters, keep } => {
                let listing = client::list_kept(call, path, &filters, keep.as_deref(), page)?;
                ledger::feed(call, listing.results.iter());
                listing
            }
            List::Kept(page_of) => match page {
                Some(page) => page_of(Some(page), true)?,
                None => whole(&page_of)?,
            },
            List::Known(listing) => listing,
            List::Dated(listing, as_of) => {
                let listing = match page {
                    Some(page) => page_in(&listing, page)?,
                    None => listing,
                };
                return Ok(listing.into_json().with_last(AS_OF, &Json::of(&as_of)));
            }
        };
        Ok(listing.into_json())
    }

    /// Reads all pages, and gives each to `on_page`. Errors: also `interrupted` where it stops.
    pub fn walk(self, call: &Call, on_page: &mut OnPage) -> Result<Walked, Error> {
        match self {
            List::Served { path, filters, keep } => client::walk(call, path, &filters, keep.as_deref(), on_page),
            List::Statuses { path, filters, keep } => client::walk(call, path, &filters, keep.as_deref(), &mut |page| {
                let text = Json::read(page.as_bytes()).ok();
                ledger::feed(call, text.iter().flat_map(Listing::results_in));
                on_page(page)
            }),
            List::Kept(page_of) => client::each_kept(&page_of, on_page),
            List::Known(listing) | List::Dated(listing, _) => client::each_of(&listing, on_page),
        }
    }
}

/// One page of a list that is here; one beyond the last is empty. Errors: `validation` for a page that has no number.
fn page_in(listing: &Listing, page: &PageRef) -> Result<Listing, Error> {
    let PageRef::Number(number) = page else {
        return Err(Error::invalid("page", "must be a number, or what \"next_page\" says of the page before"));
    };
    let size = usize::try_from(page::SIZE).unwrap_or(usize::MAX);
    let begin = usize::try_from(number - 1).unwrap_or(usize::MAX).saturating_mul(size);
    let results: Items = listing.results.iter().skip(begin).take(size).collect();
    let next_page = (begin.saturating_add(size) < listing.results.len()).then(|| PageRef::Number(number + 1));
    Ok(Listing { next_page, results, ..listing.clone() })
}

/// All pages as one list. The count is that of the first.
fn whole(page_of: &PageOf) -> Result<Listing, Error> {
    let mut all = page_of(None, true)?;
    while let Some(page) = all.next_page.take() {
        let more = page_of(Some(&page), false)?;
        more.results.iter().for_each(|object| all.results.push(object));
        all.next_page = more.next_page;
    }
    Ok(all)
}
