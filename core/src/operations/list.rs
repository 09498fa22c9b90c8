//! A list that an operation gives: asked of the server, kept by the store, or known already. It is read whole, one page of it, or page by page.

use crate::client::{self, Call, Keep, Listing, OnPage, PageOf, PageRef, Walked};
use crate::error::Error;
use crate::json::Json;

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
    /// The store has it, and gives it page by page.
    Kept(Box<PageOf<'a>>),
    /// It is here: all of it.
    Known(Listing),
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
            List::Kept(page_of) => match page {
                Some(page) => page_of(Some(page), true)?,
                None => whole(&page_of)?,
            },
            List::Known(listing) => listing,
        };
        Ok(listing.into_json())
    }

    /// Reads all pages, and gives each to `on_page`. Errors: also `interrupted` where it stops.
    pub fn walk(self, call: &Call, on_page: &mut OnPage) -> Result<Walked, Error> {
        match self {
            List::Served { path, filters, keep } => client::walk(call, path, &filters, keep.as_deref(), on_page),
            List::Kept(page_of) => client::each_kept(&page_of, on_page),
            List::Known(listing) => client::each_of(&listing, on_page),
        }
    }
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
