//! Looking into claims: what senders said is asked of the API, one by one or by a list, as far as the hour's share allows.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::hour::{charged, may_ask, may_list};
use super::kept::inbox;
use super::kind::Kind;
use super::lease::PollLease;
use super::links;
use super::listing::{Page, feed, listed, read_page, shown};
use super::objects::number;
use super::poll::OVERLAP_DAYS;
use crate::client::{self, Call, Deadline, PageRef, Request};
use crate::error::{Code, Error};
use crate::store::inbox::Claim;
use crate::wire::objects::query;
use crate::wire::protocol::page;

/// From so many claims on, a list is read rather than each object.
const LIST_FROM: usize = 3;
/// How often the API may say that there is no such object before that is believed.
const LOOKS: i64 = 3;
/// How many claims are looked at in one go.
const MOST_CLAIMS: usize = 200;
/// When to try again after somebody else was asking, in seconds.
const AFTER_OTHERS_S: f64 = 0.1;
/// When to look again at what is not due, or not within the hour's share, in seconds.
const AFTER_LOOK_S: f64 = 1.0;

/// What came of looking into claims.
pub enum Looked {
    /// There may be events now.
    Found,
    /// There is nothing to look into.
    Nothing,
    /// It is to be tried again after so many seconds.
    Again(f64),
}

/// Looks into claims until a change is found. Errors: those of a request, `config` where there is no inbox, `state`.
pub fn verify(call: &Call) -> Result<Looked, Error> {
    // Results and statuses come first: of links anybody can invent as many as they like, and each costs a request of its own.
    let kinds = [Kind::Result, Kind::Userstatus, Kind::Link];
    let inbox = inbox(call)?;
    let mut waiting = false;
    for kind in kinds {
        waiting = waiting || inbox.claims(call.at(), kind.word(), 0)?.count > 0;
    }
    if !waiting {
        return Ok(Looked::Nothing);
    }
    // A caller who waits for an event waits for this, too; what fails now is tried again with the next look.
    let looking = call.child(Deadline::Parents).no_retry();
    let Some(lease) = PollLease::take(&looking, 0.0)? else { return Ok(Looked::Again(AFTER_OTHERS_S)) };
    Ok(if look_into(&lease, &kinds)? { Looked::Found } else { Looked::Again(AFTER_LOOK_S) })
}

fn look_into(lease: &PollLease, kinds: &[Kind]) -> Result<bool, Error> {
    for &kind in kinds {
        let claims = lease.inbox().claims(lease.call().at(), kind.word(), MOST_CLAIMS)?;
        if kind != Kind::Link && claims.untried >= LIST_FROM {
            let oldest = claims.some.iter().map(|claim| claim.received).fold(lease.call().clock().wall(), f64::min);
            if verify_by_list(lease, kind, claims.until, oldest)? {
                return Ok(true);
            }
            continue;
        }
        for claim in &claims.some {
            if !may_ask(lease, kind, claim)? {
                break;
            }
            lease.keep()?;
            let found = if kind == Kind::Link { links::verify(lease, claim)? } else { verify_one(lease, kind, claim)? };
            if found {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Asks for one object; `true`: there is an event now.
fn verify_one(lease: &PollLease, kind: Kind, claim: &Claim) -> Result<bool, Error> {
    /// The claim of an object, as `delivery` makes it.
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Claimed {
        path: String,
    }
    let (call, inbox) = (lease.call(), lease.inbox());
    let Claimed { path } = claim.object.view().unwrap_or_default();
    match charged(lease, || Ok(client::send(call, &Request::get(&path))?)) {
        Ok(object) => {
            lease.keep()?;
            // Another object than the one that was asked for tells nothing about it.
            if number(&object).is_some_and(|number| path.ends_with(&format!("/{number}/"))) {
                feed(call, kind, std::slice::from_ref(&object));
                return Ok(inbox.record(call.at(), &[shown(call, &path, kind, object)], claim.number)? > 0);
            }
            drop_claim(lease, kind, claim, "another object came")?;
        }
        // Invented or deleted; or not to be seen yet, as a webhook can be quicker than the database behind it.
        Err(e) if e.code() == Code::NotFound && claim.tried + 1 >= LOOKS => drop_claim(lease, kind, claim, e.code().word())?,
        Err(e) if e.code() == Code::NotFound => inbox.tried(call.at(), kind.word(), claim.number..=claim.number)?,
        Err(e) => {
            // These are about this object; any other error says nothing about it.
            if matches!(e.code(), Code::Permission | Code::Validation | Code::Protocol) {
                inbox.tried(call.at(), kind.word(), claim.number..=claim.number)?;
            }
            return Err(e);
        }
    }
    Ok(false)
}

fn drop_claim(lease: &PollLease, kind: Kind, claim: &Claim, why: &str) -> Result<(), Error> {
    lease.inbox().drop_claims(lease.call().at(), &[claim.number])?;
    lease.call().event("dropped", &json!({ "kind": kind.word(), "reason": why }))
}

/// Reads the list in which new objects show, from both ends, as long as it answers claims; `true`: there is an event now. All claims
/// up to `until` count as looked into once; those that it did not answer are looked into one by one when there is time. `oldest`:
/// when the first of them arrived, in seconds since 1970.
fn verify_by_list(lease: &PollLease, kind: Kind, until: i64, oldest: f64) -> Result<bool, Error> {
    let (call, inbox) = (lease.call(), lease.inbox());
    let Some(collection) = kind.collection() else { return Ok(false) };
    let received = Timestamp::from_second(oldest as i64).unwrap_or(Timestamp::MIN);
    let day = received.saturating_sub(SignedDuration::from_hours(24 * OVERLAP_DAYS)).unwrap_or(received);
    let filters = match kind {
        Kind::Result => vec![(query::FROM_DATE.to_owned(), day.strftime("%Y-%m-%d").to_string())],
        _ => Vec::new(),
    };
    let mut found = false;
    let (mut page, mut last, mut first_helped) = (Some(1), 1, false);
    while let Some(number) = page {
        if !may_list(lease)? {
            break;
        }
        let Page { objects, count, next } =
            charged(lease, || read_page(lease, collection, &filters, &PageRef::Number(number)))?;
        if number == 1 {
            // Where pages have no numbers, only the first one can be asked for like this.
            let numbered = !matches!(next, Some(PageRef::Query(_)));
            last = count.filter(|_| numbered).unwrap_or_default().div_ceil(page::SIZE).max(1);
            // What was not new when it was asked for must not be asked for again and again.
            inbox.tried(call.at(), kind.word(), 0..=until)?;
        }
        feed(call, kind, &objects);
        let observations: Vec<_> = objects.into_iter().filter_map(|object| listed(call, kind, object)).collect();
        let keys: Vec<_> = observations.iter().map(|observation| observation.key.clone()).collect();
        let claimed: HashSet<_> = inbox.claimed(call.at(), &keys, until)?.into_iter().collect();
        let observations: Vec<_> = observations.into_iter().filter(|observation| claimed.contains(&observation.key)).collect();
        lease.keep()?;
        found |= inbox.record(call.at(), &observations, until)? > 0;
        let helped = !observations.is_empty();
        first_helped |= helped && number == 1;
        let left = inbox.claims(call.at(), kind.word(), 0)?.count;
        // New ones stand at the end, or, where lists begin with the newest, on the first pages.
        page = match number {
            _ if left == 0 => None,
            1 => (last > 1).then_some(last),
            _ if number == last && !helped => (first_helped && last > 2).then_some(2),
            _ if !helped => None,
            _ if first_helped && number < last => Some(number + 1).filter(|next| *next < last),
            _ => Some(number - 1).filter(|next| *next > 1),
        };
    }
    Ok(found)
}
