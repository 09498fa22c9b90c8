//! Exam results.

use serde_json::Value;

use super::Args;
use super::person::{self, Person};
use crate::client::{Call, Request, pages};
use crate::error::Error;
use crate::wire::{path, query};

pub fn list(call: &Call, args: &Args) -> Result<Value, Error> {
    let person = Person::named(args)?;
    let mut filters = Vec::new();
    if let Some(from) = args.text("from_date") {
        filters.push((query::FROM_DATE.to_owned(), from.to_owned()));
    }
    if let Some(person) = person {
        filters.push(person.list_filter(call)?);
    }
    let listed = pages::list(call, path::RESULTS, &filters, args.page())?;
    if let Some(person) = person {
        person::only_one_persons(person, &listed)?;
    }
    Ok(listed)
}

pub fn get(call: &Call, args: &Args) -> Result<Value, Error> {
    let id = args.reference("id", path::RESULTS)?;
    Ok(call.client.send(call, &Request::get(format!("{}{id}/", path::RESULTS)))?)
}
