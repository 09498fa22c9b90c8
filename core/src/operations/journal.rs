//! The journal for its readers: which changes were sent to the server, by whom, and with what outcome.

use serde_json::{Map, Value, json};

use super::list::List;
use super::person::Person;
use crate::client::{Call, Listing, PageRef};
use crate::clock::in_norway;
use crate::error::Error;
use crate::json::Json;
use crate::store::journal::{End, Line, Wanted};
use crate::wire::protocol::page;

/// What stands before a line's number in `next_page`.
const BEFORE: &str = "before=";

/// Which lines are wanted.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// Those opened at this moment or later, in seconds since 1970.
    pub since: Option<f64>,
    /// Those opened before this moment.
    pub until: Option<f64>,
    /// Those of this job.
    pub job: Option<String>,
    /// Those about this person.
    pub person: Option<Person>,
}

/// The lines, the newest first. No request is sent, but where the person's number has to be looked up. Errors: `validation` for a page
/// that is none of this list; `not_found`, `ambiguous`.
pub fn list<'a>(call: &'a Call, lines: &Lines) -> Result<List<'a>, Error> {
    let subject = lines.person.as_ref().map(|person| person.id(call)).transpose()?;
    let wanted = Wanted {
        since: lines.since,
        until: lines.until,
        job: lines.job.clone(),
        subject,
        most: usize::try_from(page::SIZE).unwrap_or(usize::MAX),
        ..Wanted::default()
    };
    Ok(List::Kept(Box::new(move |page, is_counted| read(call, &wanted, page, is_counted))))
}

fn read(call: &Call, wanted: &Wanted, page: Option<&PageRef>, is_counted: bool) -> Result<Listing, Error> {
    let mut wanted = Wanted { uncounted: !is_counted, ..wanted.clone() };
    match page {
        None => {}
        Some(PageRef::Number(number)) => wanted.skip = (number - 1).saturating_mul(page::SIZE),
        Some(PageRef::Query(query)) => {
            let before = query.strip_prefix(BEFORE).and_then(|before| before.parse().ok());
            let no_page = || Error::invalid("page", "must be a number, or what \"next_page\" says of the page before");
            wanted.before = Some(before.ok_or_else(no_page)?);
        }
    }
    let found = call.store().journal().lines(call.at(), &wanted)?;
    let last = found.lines.last().filter(|_| found.more);
    let next_page = last.map(|last| PageRef::Query(format!("{BEFORE}{}", last.number)));
    let lines: Vec<Json> = found.lines.iter().map(shown).collect();
    let results = lines.iter().map(Json::all).collect();
    Ok(Listing { count: Json::of(&found.count), is_counted, next_page, results, missing: 0 })
}

/// A line as callers see it. All members are always there.
fn shown(line: &Line) -> Json {
    let about: Map<String, Value> = line.about.view().unwrap_or_default();
    let closing: Map<String, Value> = match &line.end {
        End::Closed(closing) => closing.view().unwrap_or_default(),
        End::Not | End::Unnoted => Map::new(),
    };
    let outcome = match &line.end {
        End::Not => json!("under_way"),
        End::Unnoted => json!("unknown"),
        End::Closed(_) => closing.get("outcome").cloned().unwrap_or_default(),
    };
    let of = |name: &str| about.get(name).cloned().unwrap_or_default();
    let ended = |name: &str| closing.get(name).cloned().unwrap_or_default();
    // What was not known before the request was sent may be known after it.
    let either =
        |name: &str| about.get(name).filter(|value| !value.is_null()).or(closing.get(name)).cloned().unwrap_or_default();
    Json::of(&json!({
        // Lists are told apart by it: the object's own is another member.
        "id": line.number,
        "at": in_norway(line.wall),
        "operation": of("operation"),
        "job": of("job"),
        "method": of("method"),
        "path": of("path"),
        "object_id": either("id"),
        "user_id": either("subject"),
        "fields": of("fields"),
        "outcome": outcome,
        "code": ended("code"),
        "http_status": ended("http_status"),
        "ended_at": closing.get("ended").and_then(Value::as_f64).map(in_norway),
        "machine": of("machine"),
        "process": of("process"),
        "os_user": of("os_user"),
        "correlation_id": ended("correlation_id"),
    }))
}
