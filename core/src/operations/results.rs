//! Exam results.

use jiff::civil::Date;

use super::person::Person;
use crate::client::{self, Call, PageRef, Request};
use crate::error::Error;
use crate::json::Json;
use crate::wire::objects::{path, query};

/// Lists exam results: all, one person's, or those created on a date or later. The reply: `{"count", "next_page", "results"}`; all
/// pages, unless one is asked for. Errors: `not_found`, `ambiguous`.
pub fn list(call: &Call, person: Option<&Person>, from: Option<Date>, page: Option<PageRef>) -> Result<Json, Error> {
    let mut filters = Vec::new();
    if let Some(from) = from {
        filters.push((query::FROM_DATE.to_owned(), from.to_string()));
    }
    if let Some(person) = person {
        filters.push(person.list_filter(call)?);
    }
    let listed = client::list(call, path::RESULTS, &filters, page.as_ref())?;
    if let Some(person) = person {
        person.owns_all(&listed)?;
    }
    Ok(listed.json())
}

/// The exam result of this number. Errors: `not_found`.
pub fn get(call: &Call, id: u64) -> Result<Json, Error> {
    Ok(client::send(call, &Request::get(format!("{}{id}/", path::RESULTS)))?)
}
