//! User statuses: the history, the current ones, and setting somebody on hold or withdrawn.

use std::cell::OnceCell;

use jiff::civil::Date;
use serde_json::{Map, json};

use super::address::{is_of_collection, url};
use super::codes::Scheme;
use super::comparison::{all, is_day, is_text};
use super::list::List;
use super::person::Person;
use super::views::{self, Status, User};
use crate::arguments;
use crate::client::{self, Call, Creation, Found, Keep, Listing, PageRef, Request, Subject};
use crate::clock::in_norway;
use crate::error::{Code, Error};
use crate::items::Items;
use crate::json::{Json, JsonRef};
use crate::ledger;
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
    /// The number of the user who sets it; `None`: the configuration's.
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
    /// The number of the user who sets it; `None`: the configuration's.
    pub set_by: Option<u64>,
    /// From when; `None`: today in Norway.
    pub date: Option<Date>,
    /// For people to read.
    pub comment: Option<String>,
}

/// The status history of everybody or of one person, in every scheme or in one. Errors: `not_found`, `ambiguous`.
pub fn list<'a>(call: &Call, person: Option<&'a Person>, scheme: Option<&'a Scheme>) -> Result<List<'a>, Error> {
    let filter = person.map(|person| person.list_filter(call)).transpose()?;
    Ok(served(path::STATUS, filter, person, scheme))
}

/// The current status in each scheme, as [`list`]. Of everybody it is the ledger's, brought up to date: where another page than the first
/// is asked for and it is young, without a request.
pub fn latest<'a>(
    call: &Call,
    person: Option<&'a Person>,
    scheme: Option<&'a Scheme>,
    page: Option<&PageRef>,
) -> Result<List<'a>, Error> {
    if person.is_none() {
        let is_later_page = page.is_some_and(|page| *page != PageRef::Number(1));
        return everybodys(call, scheme, is_later_page);
    }
    // Whether this list knows `employee_alias` is not certain (A), and a filter that is not known lists everybody.
    let filter = person.map(|person| person.persnr(call).map(|persnr| (query::PERSNR.to_owned(), persnr))).transpose()?;
    Ok(served(path::LATEST_STATUS, filter, person, scheme))
}

fn everybodys<'a>(call: &Call, scheme: Option<&Scheme>, is_later_page: bool) -> Result<List<'a>, Error> {
    let young = if is_later_page && ledger::is_younger(call, ledger::YOUNG_S)? { ledger::known(call)? } else { None };
    let ledger = match young {
        Some(ledger) => ledger,
        None => ledger::current(call, call.fresh() && !is_later_page)?,
    };
    let is_wanted = |record: &JsonRef| scheme.is_none_or(|scheme| Status::of(*record).is_of_scheme(scheme.as_str()));
    let results: Items = ledger.records.iter().map(Json::all).filter(is_wanted).collect();
    Ok(List::Dated(Listing { missing: ledger.missing, ..Listing::of(results) }, in_norway(ledger.as_of)))
}

fn served<'a>(
    path: &'static str,
    filter: Option<(String, String)>,
    person: Option<&'a Person>,
    scheme: Option<&'a Scheme>,
) -> List<'a> {
    let filters = filter.into_iter().collect();
    let (owner, is_filtered) = (person.map(Person::owns_all), person.is_some() || scheme.is_some());
    let keep = move |status: JsonRef| {
        let is_theirs = owner.as_ref().map_or(Ok(true), |owns| owns(status))?;
        Ok(is_theirs && scheme.is_none_or(|scheme| Status::of(status).is_of_scheme(scheme.as_str())))
    };
    List::Statuses { path, filters, keep: is_filtered.then(|| Box::new(keep) as Box<Keep>) }
}

/// The user status of this number. Errors: `not_found`.
pub fn get(call: &Call, id: u64) -> Result<Json, Error> {
    let status = client::send(call, &Request::get(format!("{}{id}/", path::STATUS)))?;
    ledger::feed(call, [status.all()]);
    Ok(status)
}

/// Sets somebody on hold. Exactly one status is created, also when the connection breaks. The reply: the new status.
///
/// Errors: `argument` where nobody is named who sets it; `not_found`, `ambiguous`, `unknown_outcome`.
pub fn hold(call: &Call, person: &Person, change: &StatusChange) -> Result<Json, Error> {
    set(call, person, Settable::OnHold, change)
}

/// Withdraws somebody from a scheme, as [`hold`].
pub fn withdraw(call: &Call, person: &Person, change: &StatusChange) -> Result<Json, Error> {
    set(call, person, Settable::Withdrawn, change)
}

fn set(call: &Call, person: &Person, status: Settable, change: &StatusChange) -> Result<Json, Error> {
    // Before a request is spent on looking the person up.
    let set_by = setter(call, change.set_by, "set_by")?;
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
        set_by: Some(set_by),
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

/// Who sets a status: who is named, else the configuration's `set_by`. There is no other default: the register must not say that the
/// person did it. `argument` is what the caller calls it. Errors: `argument`; `config` for a configured address of something else.
fn setter(call: &Call, named: Option<u64>, argument: &str) -> Result<u64, Error> {
    if let Some(named) = named {
        return Ok(named);
    }
    let Some(configured) = &call.config().set_by else {
        let problem = "is missing: who sets the status?";
        let message = format!(
            "{argument} {problem} Give \"{argument}\" (a user's number or URL), or \"set_by\" in the configuration for all calls. \
             The person itself is no default: FinAut's register would say that the person did it."
        );
        return Err(Error::argument(message).field(argument, problem));
    };
    let number = arguments::reference_number(&json!(configured));
    number.filter(|_| !configured.contains('/') || is_of_collection(configured, path::USER)).ok_or_else(|| {
        let shown = crate::text::quoted(configured, 100);
        let problem = format!("must be a user's number, or a URL that ends in \"{}NUMBER/\", not {shown}", path::USER);
        Error::new(Code::Config, format!("The configuration's set_by {problem}.")).field("set_by", &problem).nothing_sent()
    })
}

/// True if the server refused the reference to the user itself.
fn names_the_user(e: &Error) -> bool {
    e.code() == Code::Validation && e.details().http_status.is_some() && e.details().fields.contains_key(field::USER)
}

/// Creates a user status. Exactly one is created, also when the connection breaks. The reply: the new status.
///
/// Errors: `argument` where nobody is named who sets it; `validation`, `unknown_outcome`.
pub fn create(call: &Call, new: &NewStatus) -> Result<Json, Error> {
    create_for(call, new, None)
}

/// `persnr`: the user's identity number, if it is known.
fn create_for(call: &Call, new: &NewStatus, persnr: Option<&str>) -> Result<Json, Error> {
    let set_by = setter(call, new.set_by, field::STATUS_SET_BY)?;
    let found_persnr = OnceCell::new();
    if let Some(persnr) = persnr {
        found_persnr.get_or_init(|| persnr.to_owned());
    }
    let date = new.date.unwrap_or_else(|| call.clock().today()).to_string();
    let check =
        format!("look at userstatus.list for user {}: if \"{}\" of {date} is there, it succeeded", new.user, new.status.word());
    let key = key(new, &date);
    let creation = Creation {
        request: Request::post(path::STATUS, body(call, new, set_by, &date)).about(Subject::Number(new.user)),
        key: &key,
        is_shown: &|answer| {
            let status = Status::of(answer);
            status.id.is_some_and(|id| !id.is_null()) && (status.appname.is_some() || status.status_date.is_some())
        },
        find: &|call| find(call, new, &date, &found_persnr),
        check: &check,
    };
    let created = client::create(call, &creation)?;
    ledger::feed(call, [created.all()]);
    Ok(created)
}

/// The natural key of a status of this day.
fn key(new: &NewStatus, date: &str) -> String {
    format!("{}\n{}\n{}\n{date}", new.user, new.scheme.as_str().to_ascii_lowercase(), new.status.word())
}

/// True if another call, or a process that was killed, has sent this status, and nobody knows yet what became of it. No request is sent.
/// Errors: `state`.
pub fn is_under_way(call: &Call, new: &NewStatus) -> Result<bool, Error> {
    let date = new.date.unwrap_or_else(|| call.clock().today()).to_string();
    client::is_under_way(call, path::STATUS, &key(new, &date))
}

/// The body of the request that creates the status.
fn body(call: &Call, new: &NewStatus, set_by: u64, date: &str) -> Json {
    let mut status = Map::new();
    status.insert(field::APPNAME.into(), json!(new.scheme.as_str()));
    status.insert(field::USER.into(), json!(url(call, path::USER, new.user)));
    status.insert(field::STATUS.into(), json!(new.status.word()));
    status.insert(field::REASON.into(), json!(new.reason.as_deref().unwrap_or(new.status.word())));
    status.insert(field::STATUS_SET_BY.into(), json!(url(call, path::USER, set_by)));
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
    ledger::feed(call, listed.results.iter());
    Ok(found_among(&listed.objects(), new, date))
}

/// Whether one of these statuses is ours the comment may tell, and that it is the newest: the same may have been set before on that
/// day, and changed since. One that the server shows in a way that tells neither counts if it is the newest.
fn found_among(listed: &[Json], new: &NewStatus, date: &str) -> Found {
    /// A status of the person in the scheme.
    struct Candidate<'a> {
        json: &'a Json,
        status: Status<'a>,
        number: Option<u64>,
        /// True if word and day are ours; `None` where that cannot be told.
        is_alike: Option<bool>,
    }
    let candidates: Vec<Candidate> = listed
        .iter()
        .filter_map(|json| {
            let status = Status::of(json);
            let user = status.user.and_then(|user| views::number(views::reference(user)));
            let scheme = status.appname.and_then(views::scheme_code);
            let is_theirs =
                [user.map(|user| user == new.user), scheme.map(|scheme| scheme.eq_ignore_ascii_case(new.scheme.as_str()))];
            let word = status.status.and_then(JsonRef::text);
            let is_alike =
                all([is_theirs[0], is_theirs[1], word.map(|word| word == new.status.word()), is_day(status.status_date, date)]);
            let candidate = Candidate { json, status, number: status.id.and_then(views::number), is_alike };
            (all(is_theirs) != Some(false)).then_some(candidate)
        })
        .collect();
    let alike = || candidates.iter().filter(|candidate| candidate.is_alike == Some(true));
    let newest = candidates.iter().filter(|candidate| candidate.number.is_some()).max_by_key(|candidate| candidate.number);
    let Some(newest) = newest.or_else(|| alike().next()).or_else(|| candidates.last()) else { return Found::Nothing };
    let is_ours = newest.is_alike == Some(true) && is_text(newest.status.comment, new.comment.as_deref()) != Some(false);
    match (alike().count(), newest.is_alike) {
        (0, Some(_)) => Found::Nothing,
        (1, _) if is_ours => Found::Ours(newest.json.clone()),
        (_, _) if is_ours => Found::Several(newest.json.clone()),
        _ => Found::Unclear,
    }
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
            Found::Several(_) => "several",
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
        assert_eq!(found(&[status(9, "hvilende", "Ferie"), status(2, "hvilende", "")]), "several");
    }

    #[test]
    fn what_the_server_shows_in_its_own_way_is_never_taken_for_absent() {
        let shown = |name: &str, value: Value| {
            let mut status = json!({"id": 2, "user": 7, "appname": "afr", "status": "hvilende", "status_date": "2031-05-17", "comment": "Ferie"});
            status[name] = value;
            found(&[status])
        };
        for (name, value) in [
            ("appname", json!("https://x/ordninger/afr/")),
            ("appname", json!({"appname": "afr"})),
            ("status_date", json!("2031-05-17T00:00:00Z")),
            ("user", json!("https://x/user/7/")),
        ] {
            assert_eq!(shown(name, value.clone()), "ours", "{name}: {value}");
        }
        for (name, value) in [
            ("appname", json!(null)),
            ("appname", json!("Sparing & investering")),
            // Midnight in Norway, in the server's time.
            ("status_date", json!("2031-05-16T22:00:00Z")),
            ("status_date", json!("17.05.2031")),
            ("status_date", json!(null)),
            ("status", json!({"name": "hvilende"})),
            ("user", json!("Nordmann, Kari")),
        ] {
            assert_eq!(shown(name, value.clone()), "unclear", "{name}: {value}");
        }
        for (name, value) in [
            ("appname", json!("krd")),
            ("appname", json!("https://x/ordninger/krd/")),
            ("status_date", json!("2031-05-16")),
            ("status_date", json!("2031-05-15T22:00:00Z")),
            ("status", json!("utmeldt")),
            ("user", json!("https://x/user/8/")),
        ] {
            assert_eq!(shown(name, value.clone()), "nothing", "{name}: {value}");
        }
    }
}
