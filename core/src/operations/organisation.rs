//! Companies, departments, schemes and employment records: what changes seldom and is remembered.

use serde_json::{Value, json};

use super::Args;
use crate::arguments;
use crate::client::{Call, Request, pages};
use crate::error::{Code, Error};
use crate::wire::{field, path};

pub fn companies(call: &Call, args: &Args) -> Result<Value, Error> {
    list(call, path::COMPANIES, args.page())
}

pub fn company(call: &Call, args: &Args) -> Result<Value, Error> {
    one(call, path::COMPANIES, args.reference("id", path::COMPANIES)?)
}

pub fn departments(call: &Call, args: &Args) -> Result<Value, Error> {
    let company = args.optional_reference("company", path::COMPANIES)?;
    let mut listed = list(call, path::DEPARTMENTS, args.page())?;
    if let Some(company) = company {
        keep(&mut listed, args.page().is_some(), |department| {
            department.get(field::COMPANY).and_then(arguments::reference_number) == Some(company)
        });
    }
    Ok(listed)
}

pub fn department(call: &Call, args: &Args) -> Result<Value, Error> {
    one(call, path::DEPARTMENTS, args.reference("id", path::DEPARTMENTS)?)
}

pub fn schemes(call: &Call, _: &Args) -> Result<Value, Error> {
    list(call, path::SCHEMES, None)
}

pub fn employment(call: &Call, args: &Args) -> Result<Value, Error> {
    let id = args.reference("id", path::EMPLOYMENT)?;
    Ok(call.client.send(call, &Request::get(format!("{}{id}/", path::EMPLOYMENT)))?)
}

/// The company that a department belongs to.
pub fn company_of(call: &Call, department: u64) -> Result<u64, Error> {
    // A list that is remembered tells without a request; else the one department costs as little as can be.
    let listed = remembered(call, path::DEPARTMENTS)?;
    let known = listed.as_ref().and_then(|listed| listed.get(field::RESULTS)?.as_array()).into_iter().flatten();
    let mut known = known.filter(|known| known.get(field::ID).and_then(arguments::reference_number) == Some(department));
    let department = match known.next() {
        Some(known) => known.clone(),
        None => one(call, path::DEPARTMENTS, department)?,
    };
    department.get(field::COMPANY).and_then(arguments::reference_number).ok_or_else(|| {
        Error::new(Code::Protocol, "The server does not tell the company of this department. Give \"company\" as well.")
    })
}

/// Keeps of a list what fits. Of a whole list the count is then how many fit; of a page it stays the server's.
pub fn keep(listed: &mut Value, is_page: bool, fits: impl Fn(&Value) -> bool) {
    if let Some(Value::Array(results)) = listed.get_mut(field::RESULTS) {
        results.retain(fits);
        let count = results.len();
        if !is_page && let Some(told) = listed.get_mut(field::COUNT) {
            *told = json!(count);
        }
    }
}

fn list(call: &Call, path: &str, page: Option<u64>) -> Result<Value, Error> {
    if page.is_some() {
        return pages::list(call, path, &[], page);
    }
    if let Some(listed) = remembered(call, path)? {
        return Ok(listed);
    }
    let listed = pages::list(call, path, &[], None)?;
    call.client.store.remember(call.at(), path, &crate::json::Json::of(&listed))?;
    Ok(listed)
}

fn one(call: &Call, path: &str, id: u64) -> Result<Value, Error> {
    let path = format!("{path}{id}/");
    if let Some(object) = remembered(call, &path)? {
        return Ok(object);
    }
    let object = call.client.send(call, &Request::get(path.as_str()))?;
    call.client.store.remember(call.at(), &path, &crate::json::Json::of(&object))?;
    Ok(object)
}

fn remembered(call: &Call, path: &str) -> Result<Option<Value>, Error> {
    if call.fresh || call.client.config.cache_s <= 0.0 {
        return Ok(None);
    }
    Ok(call.client.store.remembered(call.at(), path, call.client.config.cache_s)?.and_then(|json| json.view()))
}
