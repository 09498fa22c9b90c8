//! A list that an operation gives: asked of the server, or known already. It is read whole, one page of it, or page by page.

use crate::client::{self, Call, Keep, Listing, OnPage, PageRef, Walked};
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
            List::Known(listing) => listing,
        };
        Ok(listing.into_json())
    }

    /// Reads all pages, and gives each to `on_page`. Errors: also `interrupted` where it stops.
    pub fn walk(self, call: &Call, on_page: &mut OnPage) -> Result<Walked, Error> {
        match self {
            List::Served { path, filters, keep } => client::walk(call, path, &filters, keep.as_deref(), on_page),
            List::Known(listing) => client::each_of(&listing, on_page),
        }
    }
}
