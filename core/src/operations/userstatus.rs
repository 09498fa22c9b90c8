//! User statuses: the history, the current ones, and setting somebody on hold or withdrawn.

use std::cell::OnceCell;

use serde_json::{Map, Value, json};

use super::organisation::keep;
use super::person::{self, Person};
use super::{Args, is_text, url};
use crate::arguments;
use crate::client::retry::{Creation, Found, create as create_one};
use crate::client::{Call, Request, pages};
use crate::error::{Code, Error};
use crate::wire::{field, path, query, word};

pub fn list(call: &Call, args: &Args) -> Result<Value, Error> {
    let person = Person::named(args)?;
    let filters = person.map(|person| person.list_filter(call)).transpose()?;
    read(call, args, path::STATUS, person, filters)
}

pub fn latest(call: &Call, args: &Args) -> Result<Value, Error> {
    let person = Person::named(args)?;
    // Whether this list knows `employee_alias` is not certain (A), and a filter that is not known lists everybody.
    let filters = person.map(|person| person.persnr(call).map(|persnr| (query::PERSNR.to_owned(), persnr))).transpose()?;
    read(call, args, path::LATEST_STATUS, person, filters)
}

fn read(
    call: &Call,
    args: &Args,
    path: &str,
    person: Option<Person>,
    filter: Option<(String, String)>,
) -> Result<Value, Error> {
    let mut listed = pages::list(call, path, filter.as_slice(), args.page())?;
    if let Some(person) = person {
        person::only_one_persons(person, &listed)?;
    }
    if let Some(scheme) = args.text("scheme") {
        keep(&mut listed, args.page().is_some(), |status| {
            status.get(field::APPNAME).and_then(Value::as_str).is_some_and(|appname| appname.eq_ignore_ascii_case(scheme))
        });
    }
    Ok(listed)
}

pub fn get(call: &Call, args: &Args) -> Result<Value, Error> {
    let id = args.reference("id", path::STATUS)?;
    Ok(call.client.send(call, &Request::get(format!("{}{id}/", path::STATUS)))?)
}

pub fn hold(call: &Call, args: &Args) -> Result<Value, Error> {
    set(call, args, word::ON_HOLD)
}

pub fn withdraw(call: &Call, args: &Args) -> Result<Value, Error> {
    set(call, args, word::WITHDRAWN)
}

fn set(call: &Call, args: &Args, status: &str) -> Result<Value, Error> {
    let person = Person::required(args)?;
    let set_by = args.optional_reference("set_by", path::USER)?;
    let user = person.id(call)?;
    let persnr = match person {
        Person::Persnr(persnr) => Some(persnr),
        _ => None,
    };
    let status = New {
        user,
        persnr,
        scheme: args.text("scheme").unwrap_or_default(),
        status,
        reason: status,
        set_by: set_by.unwrap_or(user),
        date: args.text("date").map_or_else(|| call.client.clock.today().to_string(), str::to_owned),
        comment: args.text("comment"),
        found_persnr: OnceCell::new(),
    };
    match status.create(call) {
        // The number that is remembered for this person may no longer be theirs.
        Err(e) if persnr.is_some() && names_the_user(&e) && !call.fresh => {
            let id = person::id_of(&person.user(call)?)?;
            if id == user {
                return Err(e);
            }
            New { user: id, set_by: set_by.unwrap_or(id), ..status }.create(call)
        }
        other => other,
    }
}

/// Whether the server refused the reference to the user itself.
fn names_the_user(e: &Error) -> bool {
    e.code() == Code::Validation && e.details().http_status.is_some() && e.details().fields.contains_key(field::USER)
}

pub fn create(call: &Call, args: &Args) -> Result<Value, Error> {
    let status = args.text("status").unwrap_or_default();
    if ![word::ON_HOLD, word::WITHDRAWN].contains(&status) {
        let problem = format!(
            "must be \"{}\" (on hold) or \"{}\" (withdrawn); active statuses are set by FinAut itself",
            word::ON_HOLD,
            word::WITHDRAWN
        );
        return Err(Error::invalid(field::STATUS, problem));
    }
    let user = args.reference("user", path::USER)?;
    let new = New {
        user,
        persnr: None,
        scheme: args.text("appname").unwrap_or_default(),
        status,
        reason: args.text("reason").unwrap_or(status),
        set_by: args.optional_reference("status_set_by", path::USER)?.unwrap_or(user),
        date: args.text("status_date").map_or_else(|| call.client.clock.today().to_string(), str::to_owned),
        comment: args.text("comment"),
        found_persnr: OnceCell::new(),
    };
    new.create(call)
}

/// A user status to be.
struct New<'a> {
    user: u64,
    persnr: Option<&'a str>,
    scheme: &'a str,
    status: &'a str,
    reason: &'a str,
    set_by: u64,
    date: String,
    comment: Option<&'a str>,
    found_persnr: OnceCell<String>,
}

impl New<'_> {
    fn create(&self, call: &Call) -> Result<Value, Error> {
        let mut status = Map::new();
        status.insert(field::APPNAME.into(), json!(self.scheme));
        status.insert(field::USER.into(), json!(url(call.client, path::USER, self.user)));
        status.insert(field::STATUS.into(), json!(self.status));
        status.insert(field::REASON.into(), json!(self.reason));
        status.insert(field::STATUS_SET_BY.into(), json!(url(call.client, path::USER, self.set_by)));
        status.insert(field::STATUS_DATE.into(), json!(self.date));
        if let Some(comment) = self.comment {
            status.insert(field::COMMENT.into(), json!(comment));
        }
        let check = format!(
            "look at userstatus.list for user {}: if \"{}\" of {} is there, it succeeded",
            self.user, self.status, self.date
        );
        create_one(
            call,
            &Creation { request: Request::post(path::STATUS, Value::Object(status)), find: &|| self.find(call), check: &check },
        )
    }

    /// By user, scheme, status and date. Whether one of these is ours the comment may tell, and that it is the newest: the same may
    /// have been set before on that day, and changed since.
    fn find(&self, call: &Call) -> Result<Found, Error> {
        let persnr = match (self.persnr, self.found_persnr.get()) {
            (Some(persnr), _) => persnr.to_owned(),
            (None, Some(persnr)) => persnr.clone(),
            (None, None) => {
                let persnr = Person::Id(self.user).persnr(call)?;
                self.found_persnr.get_or_init(|| persnr).clone()
            }
        };
        let listed = pages::list(call, path::STATUS, &[(query::PERSNR.into(), persnr)], None)?;
        let text = |status: &Value, name: &str| status.get(name).and_then(Value::as_str).map(str::to_owned).unwrap_or_default();
        let number = |object: &Value| arguments::reference_number(object.get(field::ID).unwrap_or(object));
        let of_the_scheme: Vec<&Value> = listed
            .get(field::RESULTS)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter(|status| {
                status.get(field::USER).and_then(number) == Some(self.user)
                    && text(status, field::APPNAME).eq_ignore_ascii_case(self.scheme)
            })
            .collect();
        let is_alike = |status: &Value| {
            text(status, field::STATUS) == self.status && text(status, field::STATUS_DATE).starts_with(&self.date)
        };
        let newest = of_the_scheme.iter().filter(|status| number(status).is_some()).max_by_key(|status| number(status));
        match of_the_scheme.iter().find(|status| is_alike(status)) {
            None => Ok(Found::Nothing),
            Some(alike) => {
                let newest = newest.unwrap_or(alike);
                let is_ours = is_alike(newest) && is_text(newest.get(field::COMMENT), self.comment) != Some(false);
                Ok(if is_ours { Found::Ours((*newest).clone()) } else { Found::Unclear })
            }
        }
    }
}
