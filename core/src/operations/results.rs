//! Exam results.

use jiff::civil::Date;

use super::list::List;
use super::person::Person;
use crate::client::{self, Call, Keep, Request};
use crate::error::Error;
use crate::json::Json;
use crate::wire::objects::{path, query};

/// The exam results: all, one person's, or those created on a date or later. Errors: `not_found`, `ambiguous`.
pub fn list<'a>(call: &Call, person: Option<&'a Person>, from: Option<Date>) -> Result<List<'a>, Error> {
    let mut filters = Vec::new();
    if let Some(from) = from {
        filters.push((query::FROM_DATE.to_owned(), from.to_string()));
    }
    if let Some(person) = person {
        filters.push(person.list_filter(call)?);
    }
    Ok(List::Served { path: path::RESULTS, filters, keep: person.map(|person| Box::new(person.owns_all()) as Box<Keep>) })
}

/// The exam result of this number. Errors: `not_found`.
pub fn get(call: &Call, id: u64) -> Result<Json, Error> {
    Ok(client::send(call, &Request::get(format!("{}{id}/", path::RESULTS)))?)
}
