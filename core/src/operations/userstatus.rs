//! User statuses: the history, the current ones, and setting somebody on hold or withdrawn.

use std::cell::OnceCell;

use jiff::civil::Date;
use serde_json::{Map, json};

use super::address::url;
use super::codes::Scheme;
use super::comparison::is_text;
use super::person::Person;
use super::selection::keep;
use super::views::{self, Status, User};
use crate::client::{self, Call, Creation, Found, PageRef, Request};
use crate::error::{Code, Error};
use crate::json::{Json, JsonRef};
use crate::wire::objects::{field, path, query, word};

/// A status that can be set from here. The active ones are set by FinAut's own processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settable {
    /// On hold.
    OnHold,
    /// Withdrawn.
    Withdrawn,
}

impl Settable {
    /// The server's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Settable::OnHold => word::ON_HOLD,
            Settable::Withdrawn => word::WITHDRAWN,
        }
    }

    /// The status of this word. Errors: `validation` for any other.
    pub fn from_word(text: &str) -> Result<Settable, Error> {
        [Settable::OnHold, Settable::Withdrawn].into_iter().find(|status| status.word() == text).ok_or_else(|| {
            let problem = format!(
                "must be \"{}\" (on hold) or \"{}\" (withdrawn); active statuses are set by FinAut itself",
                word::ON_HOLD,
                word::WITHDRAWN
            );
            Error::invalid(field::STATUS, problem)
        })
    }
}

/// How somebody is set on hold or withdrawn.
#[derive(Debug, Clone)]
pub struct StatusChange {
    /// In which scheme.
    pub scheme: Scheme,
    /// From when; `None`: today in Norway.
    pub date: Option<Date>,
    /// For people to read.
    pub comment: Option<String>,
    /// The number of the user who sets it; `None`: the person.
    pub set_by: Option<u64>,
}

/// A user status to be created, in the server's own terms.
#[derive(Debug, Clone)]
pub struct NewStatus {
    /// The scheme.
    pub scheme: Scheme,
    /// The number of the user whose status it is.
    pub user: u64,
    /// The status.
    pub status: Settable,
    /// `None`: the same word as the status.
    pub reason: Option<String>,
    /// The number of the user who sets it; `None`: the user.
    pub set_by: Option<u64>,
    /// From when; `None`: today in Norway.
    pub date: Option<Date>,
    /// For people to read.
    pub comment: Option<String>,
}

/// Lists the status history of everybody or of one person, in every scheme or in one. The reply: `{"count", "next_page",
/// "results"}`; all pages, unless one is asked for. Errors: `not_found`, `ambiguous`.
pub fn list(call: &Call, person: Option<&Person>, scheme: Option<&Scheme>, page: Option<PageRef>) -> Result<Json, Error> {
    let filter = person.map(|person| person.list_filter(call)).transpose()?;
    read(call, path::STATUS, filter, person, scheme, page)
}

/// Lists the current status in each scheme, as [`list`].
pub fn latest(call: &Call, person: Option<&Person>, scheme: Option<&Scheme>, page: Option<PageRef>) -> Result<Json, Error> {
    // Whether this list knows `employee_alias` is not certain (A), and a filter that is not known lists everybody.
    let filter = person.map(|person| person.persnr(call).map(|persnr| (query::PERSNR.to_owned(), persnr))).transpose()?;
    read(call, path::LATEST_STATUS, filter, person, scheme, page)
}

fn read(
    call: &Call,
    path: &str,
    filter: Option<(String, String)>,
    person: Option<&Person>,
    scheme: Option<&Scheme>,
    page: Option<PageRef>,
) -> Result<Json, Error> {
    let mut listed = client::list(call, path, filter.as_slice(), page.as_ref())?;
    if let Some(person) = person {
        person.owns_all(&listed)?;
    }
    if let Some(scheme) = scheme {
        keep(&mut listed, page.is_some(), |status| Status::of(status).is_of_scheme(scheme.as_str()));
    }
    Ok(listed.json())
}

/// The user status of this number. Errors: `not_found`.
pub fn get(call: &Call, id: u64) -> Result<Json, Error> {
    Ok(client::send(call, &Request::get(format!("{}{id}/", path::STATUS)))?)
}

/// Sets somebody on hold. Exactly one status is created, also when the connection breaks. The reply: the new status.
///
/// Errors: `not_found`, `ambiguous`, `unknown_outcome`.
pub fn hold(call: &Call, person: &Person, change: &StatusChange) -> Result<Json, Error> {
    set(call, person, Settable::OnHold, change)
}

/// Withdraws somebody from a scheme, as [`hold`].
pub fn withdraw(call: &Call, person: &Person, change: &StatusChange) -> Result<Json, Error> {
    set(call, person, Settable::Withdrawn, change)
}

fn set(call: &Call, person: &Person, status: Settable, change: &StatusChange) -> Result<Json, Error> {
    let user = person.id(call)?;
    let persnr = match person {
        Person::Persnr(persnr) => Some(persnr.as_str()),
        _ => None,
    };
    let new = NewStatus {
        scheme: change.scheme.clone(),
        user,
        status,
        reason: None,
        set_by: change.set_by,
        date: change.date,
        comment: change.comment.clone(),
    };
    match create_for(call, &new, persnr) {
        // The number that is remembered for this person may no longer be theirs.
        Err(e) if persnr.is_some() && names_the_user(&e) && !call.fresh() => {
            let id = User::of(&person.user(call)?).number()?;
            if id == user {
                return Err(e);
            }
            create_for(call, &NewStatus { user: id, ..new }, persnr)
        }
        other => other,
    }
}

/// True if the server refused the reference to the user itself.
fn names_the_user(e: &Error) -> bool {
    e.code() == Code::Validation && e.details().http_status.is_some() && e.details().fields.contains_key(field::USER)
}

/// Creates a user status. Exactly one is created, also when the connection breaks. The reply: the new status.
///
/// Errors: `validation`, `unknown_outcome`.
pub fn create(call: &Call, new: &NewStatus) -> Result<Json, Error> {
    create_for(call, new, None)
}

/// `persnr`: the user's identity number, if it is known.
fn create_for(call: &Call, new: &NewStatus, persnr: Option<&str>) -> Result<Json, Error> {
    let found_persnr = OnceCell::new();
    if let Some(persnr) = persnr {
        found_persnr.get_or_init(|| persnr.to_owned());
    }
    let date = new.date.unwrap_or_else(|| call.clock().today()).to_string();
    let check =
        format!("look at userstatus.list for user {}: if \"{}\" of {date} is there, it succeeded", new.user, new.status.word());
    let creation = Creation {
        request: Request::post(path::STATUS, body(call, new, &date)),
        find: &|call| find(call, new, &date, &found_persnr),
        check: &check,
    };
    client::create(call, &creation)
}

/// The body of the request that creates the status.
fn body(call: &Call, new: &NewStatus, date: &str) -> Json {
    let mut status = Map::new();
    status.insert(field::APPNAME.into(), json!(new.scheme.as_str()));
    status.insert(field::USER.into(), json!(url(call, path::USER, new.user)));
    status.insert(field::STATUS.into(), json!(new.status.word()));
    status.insert(field::REASON.into(), json!(new.reason.as_deref().unwrap_or(new.status.word())));
    status.insert(field::STATUS_SET_BY.into(), json!(url(call, path::USER, new.set_by.unwrap_or(new.user))));
    status.insert(field::STATUS_DATE.into(), json!(date));
    if let Some(comment) = &new.comment {
        status.insert(field::COMMENT.into(), json!(comment));
    }
    Json::of(&status)
}

/// Looks for the status by user, scheme, status and date. `persnr` is looked up once, unless it is known.
fn find(call: &Call, new: &NewStatus, date: &str, persnr: &OnceCell<String>) -> Result<Found, Error> {
    let persnr = match persnr.get() {
        Some(known) => known.clone(),
        None => {
            let found = Person::Id(new.user).persnr(call)?;
            persnr.get_or_init(|| found).clone()
        }
    };
    let listed = client::look_up(call, path::STATUS, &[(query::PERSNR.into(), persnr)])?;
    Ok(found_among(&listed.results, new, date))
}

/// Whether one of these statuses is ours the comment may tell, and that it is the newest: the same may have been set before on that
/// day, and changed since.
fn found_among(listed: &[Json], new: &NewStatus, date: &str) -> Found {
    let of_the_scheme: Vec<(&Json, Status)> = listed
        .iter()
        .map(|json| (json, Status::of(json)))
        .filter(|(_, status)| {
            status.user.and_then(|user| views::number(views::reference(user))) == Some(new.user)
                && status.is_of_scheme(new.scheme.as_str())
        })
        .collect();
    let is_alike = |status: &Status| {
        status.status.and_then(JsonRef::text).is_some_and(|word| word == new.status.word())
            && status.status_date.and_then(JsonRef::text).is_some_and(|shown| shown.starts_with(date))
    };
    let Some(alike) = of_the_scheme.iter().find(|(_, status)| is_alike(status)) else { return Found::Nothing };
    let number = |status: &Status| status.id.and_then(views::number);
    let newest = of_the_scheme.iter().filter(|(_, status)| number(status).is_some()).max_by_key(|(_, status)| number(status));
    let (json, newest) = newest.unwrap_or(alike);
    let is_ours = is_alike(newest) && is_text(newest.comment, new.comment.as_deref()) != Some(false);
    if is_ours { Found::Ours((*json).clone()) } else { Found::Unclear }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn found(listed: &[Value]) -> &'static str {
        let new = NewStatus {
            scheme: Scheme::parse("afr").unwrap(),
            user: 7,
            status: Settable::OnHold,
            reason: None,
            set_by: None,
            date: None,
            comment: Some("Ferie".into()),
        };
        let listed: Vec<Json> = listed.iter().map(Json::of).collect();
        match found_among(&listed, &new, "2031-05-17") {
            Found::Nothing => "nothing",
            Found::Unclear => "unclear",
            Found::Ours(_) => "ours",
            Found::Others(_) => "others",
        }
    }

    #[test]
    fn only_the_newest_status_of_the_day_can_be_ours() {
        let status = |id: u64, word: &str, comment: &str| json!({"id": id, "user": {"id": "https://x/user/7/"}, "appname": "AFR", "status": word, "status_date": "2031-05-17T00:00", "comment": comment});
        assert_eq!(found(&[]), "nothing");
        assert_eq!(found(&[status(1, "utmeldt", "Ferie")]), "nothing");
        assert_eq!(found(&[status(1, "hvilende", "ferie")]), "ours");
        assert_eq!(found(&[status(1, "hvilende", "Sykmeldt")]), "unclear");
        assert_eq!(found(&[status(1, "hvilende", "Ferie"), status(2, "afrok", "")]), "unclear");
        assert_eq!(found(&[status(9, "hvilende", "Ferie"), status(2, "afrok", "")]), "ours");
    }
}
