//! The operation `inbox.poll`: reading the API's lists for what is new, for hosts that cannot be reached by webhooks. Claims that the
//! lists answer are answered by the way; looking into claims on purpose is `verify`'s.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::kept::inbox;
use super::kind::Kind;
use super::lease::PollLease;
use super::listing::{Page, listed, read_pages, read_until};
use super::objects::number;
use crate::arguments;
use crate::client::{Call, Wait};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::wire::objects::{field, path, query};
use crate::wire::protocol::page;

/// The API filters by date, and its day may not be ours: so many days are read again.
pub const OVERLAP_DAYS: i64 = 2;
/// How often a caller who waits for the lease looks whether it is free, in seconds.
const LOOK_S: f64 = 0.02;
/// When a caller who did not get the lease should try again, in seconds.
const TRY_AGAIN_S: f64 = 15.0;

/// What to poll.
#[derive(Debug, Clone)]
pub struct PollOptions {
    /// Results and statuses from this date on; `None`: since the last poll.
    pub since: Option<Date>,
    /// The kinds to poll; those that the API cannot be asked about are left out.
    pub kinds: Vec<Kind>,
}

/// The note of the last poll of results.
#[derive(Serialize, Deserialize)]
struct ResultMark {
    /// The day of the poll, as `2026-11-01`.
    date: Option<String>,
}

/// The note of the last poll of user statuses.
#[derive(Serialize, Deserialize)]
struct StatusMark {
    /// How many there were.
    count: Option<u64>,
    /// The highest number that was seen.
    last: Option<u64>,
    /// Whether the list begins with the newest.
    #[serde(default)]
    falls: bool,
}

/// Polls. The reply: how many new events of each kind there are, and the requests that it took, as `{"result", "userstatus",
/// "requests"}`. Errors: those of a listing; `validation` if no kind is left, `throttled` if somebody else has been asking for all
/// the time that the call may wait, `config` where there is no inbox, `state`.
pub fn poll(call: &Call, options: &PollOptions) -> Result<Json, Error> {
    #[derive(Serialize)]
    struct Reply {
        #[serde(skip_serializing_if = "Option::is_none")]
        result: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        userstatus: Option<usize>,
        requests: u32,
    }
    inbox(call)?;
    let wants = |kind: Kind| options.kinds.contains(&kind);
    if !wants(Kind::Result) && !wants(Kind::Userstatus) {
        return Err(Error::invalid("kind", "must be \"result\" or \"userstatus\": the API can be asked about these only"));
    }
    let lease = call
        .wait_for(call.deadline(), Wait::Inbox, LOOK_S, || PollLease::take(call, (call.deadline() - call.now()).max(0.0)))?
        .ok_or_else(|| {
            let message = "Another caller has been asking the server about the inbox for all the time that this call may wait.";
            Error::new(Code::Throttled, message).retry_after_s(TRY_AGAIN_S).nothing_sent()
        })?;
    let result = wants(Kind::Result).then(|| poll_results(&lease, options.since)).transpose()?;
    let userstatus = wants(Kind::Userstatus).then(|| poll_statuses(&lease, options.since)).transpose()?;
    Ok(Json::of(&Reply { result, userstatus, requests: call.sent() }))
}

/// The first day to be read, and today.
fn first_day(call: &Call, since: Option<Date>) -> (Date, Date) {
    let today = call.clock().today();
    let since = since.unwrap_or(today).min(today);
    (since.checked_sub(OVERLAP_DAYS.days()).unwrap_or(since), today)
}

/// What the last poll of a kind noted; `None`: there was none.
fn watermark<T: DeserializeOwned>(lease: &PollLease, kind: Kind) -> Result<Option<T>, Error> {
    let mut known = None;
    lease.inbox().with_note(lease.call().at(), kind.word(), &mut |note, _| known = note.view())?;
    Ok(known)
}

fn keep_watermark(lease: &PollLease, kind: Kind, mark: &impl Serialize) -> Result<(), Error> {
    lease.inbox().with_note(lease.call().at(), kind.word(), &mut |note, _| *note = Json::of(mark))
}

fn poll_results(lease: &PollLease, since: Option<Date>) -> Result<usize, Error> {
    let (call, inbox) = (lease.call(), lease.inbox());
    let known = watermark::<ResultMark>(lease, Kind::Result)?.and_then(|mark| arguments::date(&mark.date?));
    // The earliest of all: a calendar that was ahead once, or a "since" after the last poll, must leave no gap.
    let (from, today) = first_day(call, [since, known].into_iter().flatten().min());
    let until = inbox.claims(call.at(), Kind::Result.word(), 0)?.until;
    let read = read_pages(lease, path::RESULTS, &[(query::FROM_DATE.to_owned(), from.to_string())], 1)?;
    let observations: Vec<_> = read.objects.into_iter().filter_map(|object| listed(call, Kind::Result, object)).collect();
    lease.keep()?;
    let new = inbox.record(call.at(), &observations, until)?;
    keep_watermark(lease, Kind::Result, &ResultMark { date: Some(today.to_string()) })?;
    Ok(new)
}

/// The history has no filter by date, but only grows: what is new stands after what was last, or before it.
fn poll_statuses(lease: &PollLease, since: Option<Date>) -> Result<usize, Error> {
    let (call, inbox) = (lease.call(), lease.inbox());
    let until = inbox.claims(call.at(), Kind::Userstatus.word(), 0)?.until;
    let known = watermark::<StatusMark>(lease, Kind::Userstatus)?;
    let mut newer = None;
    if let (Some(StatusMark { count: Some(count), last: Some(last), falls }), None) = (&known, since) {
        newer = newer_statuses(lease, *count, *last, *falls)?;
    }
    let (read, falls, baseline) = match newer {
        Some((newer, falls)) => (newer, falls, None),
        None => {
            // Read for the first time: what is older than asked for is known from now on, but no event.
            let baseline = known.is_none().then(|| first_day(call, since).0);
            let whole = read_pages(lease, path::STATUS, &[], 1)?;
            let falls = whole.is_ordered(true) && whole.objects.len() > 1;
            (whole, falls, baseline)
        }
    };
    let Page { objects: statuses, count, .. } = read;
    let last = statuses.iter().filter_map(number).max();
    let mut observations: Vec<_> = statuses
        .into_iter()
        .filter_map(|status| {
            let date = status_date(&status);
            let mut observation = listed(call, Kind::Userstatus, status)?;
            observation.silent = baseline.is_some_and(|from| date.is_some_and(|date| date < from));
            Some(observation)
        })
        .collect();
    // An object that a webhook has announced is news, even if its date is old.
    let silent: Vec<_> =
        observations.iter().filter(|observation| observation.silent).map(|observation| observation.key.clone()).collect();
    let claimed: HashSet<_> = inbox.claimed(call.at(), &silent, until)?.into_iter().collect();
    observations.iter_mut().for_each(|observation| observation.silent &= !claimed.contains(&observation.key));
    lease.keep()?;
    let new = inbox.record(call.at(), &observations, until)?;
    keep_watermark(lease, Kind::Userstatus, &StatusMark { count, last, falls })?;
    Ok(new)
}

/// The day from which a status holds.
fn status_date(status: &Json) -> Option<Date> {
    let [date] = status.members([field::STATUS_DATE]);
    let date = date?.text()?;
    arguments::date(date.get(..10)?)
}

/// What came after the status number `last`, when the list had `count`, and whether it falls. `None`: the list is not ordered by
/// its numbers, so it has to be read whole.
fn newer_statuses(lease: &PollLease, count: u64, last: u64, falls: bool) -> Result<Option<(Page, bool)>, Error> {
    for falls in [falls, !falls] {
        let newer = if falls { newer_from_start(lease, count, last)? } else { newer_from_end(lease, count, last)? };
        if let Some(newer) = newer {
            return Ok(Some((newer, falls)));
        }
    }
    Ok(None)
}

/// The page on which the last one stood, and those after it; if the list rises there, and if as many stand before the last one as
/// stood there: else more have come in between, or some have gone.
fn newer_from_end(lease: &PollLease, count: u64, last: u64) -> Result<Option<Page>, Error> {
    let page = count.div_ceil(page::SIZE).max(1);
    match read_pages(lease, path::STATUS, &[], page) {
        // The list became shorter.
        Err(e) if e.code() == Code::NotFound => Ok(None),
        other => {
            let before = (page - 1) * page::SIZE;
            Ok(Some(other?).filter(|newer| {
                newer.is_ordered(false) && newer.place_of(last).is_some_and(|place| before + place + 1 == count)
            }))
        }
    }
}

/// From the first page to the one with the last one; if the list falls so far, and if as many stand after the last one as stood
/// there.
fn newer_from_start(lease: &PollLease, count: u64, last: u64) -> Result<Option<Page>, Error> {
    let read = read_until(lease, path::STATUS, last)?;
    Ok(read.filter(|(read, place)| read.count.is_some_and(|now| now.checked_sub(*place) == Some(count))).map(|(read, _)| read))
}
