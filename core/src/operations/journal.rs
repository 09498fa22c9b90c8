//! The journal for its readers: which changes were sent to the server, by whom, and with what outcome.

use serde_json::{Map, Value};

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
    let known = |of: &Map<String, Value>, name: &str| of.get(name).filter(|value| !value.is_null()).cloned();
    // Lists are told apart by "id": the object's own is another member.
    let mut members = vec![("id", Value::from(line.number)), ("at", Value::from(in_norway(line.wall)))];
    let mut add = |name: &'static str, value: Option<Value>| members.push((name, value.unwrap_or_default()));
    for name in ["operation", "job", "method", "path", "fields", "machine", "process", "os_user"] {
        add(name, known(&about, name));
    }
    for name in ["code", "http_status", "correlation_id"] {
        add(name, known(&closing, name));
    }
    // What was not known before the request was sent may be known after it.
    for (name, kept) in [("object_id", "id"), ("user_id", "subject")] {
        add(name, known(&about, kept).or_else(|| known(&closing, kept)));
    }
    let ended_at = closing.get("ended").and_then(Value::as_f64).map(in_norway);
    add("ended_at", ended_at.map(Value::from));
    let outcome = match &line.end {
        End::Not => Some("under_way".into()),
        End::Unnoted => Some("unknown".into()),
        End::Closed(_) => known(&closing, "outcome"),
    };
    add("outcome", outcome);
    Json::of_members(members)
}
