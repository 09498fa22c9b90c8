//! The hour's share: how many requests an hour may be spent on looking into claims (`verify_per_hour`). The throttle's own slots
//! are counted elsewhere.

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::lease::PollLease;
use crate::error::Error;
use crate::json::Json;
use crate::store::inbox::Claim;

/// The length of an hour, in seconds.
const HOUR_S: f64 = 3600.0;
/// The note of when the API was asked.
const ASKED: &str = "asked";
/// The note of when it was asked about links.
const ASKED_OF_LINKS: &str = "asked of links";
/// What part of the share claims may use that were looked into in vain: they must leave what new ones need.
const TRIED_SHARE: f64 = 0.75;

/// What a note holds: the moments of requests in the store's time, in seconds, the oldest first.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    times: Vec<f64>,
}

impl Asked {
    fn of(note: &Json) -> Asked {
        note.view().unwrap_or_default()
    }
}

/// Takes a request for one claim from the share. Links have a quarter for themselves, for anybody can invent as many as they like.
/// `false`: it has to wait. Errors: `state`.
pub fn may_ask(lease: &PollLease, kind: Kind, claim: &Claim) -> Result<bool, Error> {
    let most = lease.call().config().inbox.verify_per_hour;
    if kind == Kind::Link && !take(lease, ASKED_OF_LINKS, most.div_ceil(4), 1.0)? {
        return Ok(false);
    }
    take(lease, ASKED, most, if claim.tried == 0 { 1.0 } else { TRIED_SHARE })
}

/// Takes a request for a page of a list from the share. `false`: it has to wait. Errors: `state`.
pub fn may_list(lease: &PollLease) -> Result<bool, Error> {
    take(lease, ASKED, lease.call().config().inbox.verify_per_hour, 1.0)
}

/// Takes one request from an hour's `most`, if less than `share` of it is used. When half are used, the rest is spread over the
/// hour.
fn take(lease: &PollLease, note: &str, most: usize, share: f64) -> Result<bool, Error> {
    let mut allowed = false;
    lease.inbox().with_note(lease.call().at(), note, &mut |note, now| {
        let mut asked = Asked::of(note);
        let known = asked.times.len();
        asked.times.retain(|time| now - time < HOUR_S && *time <= now);
        let used = asked.times.len();
        let rested = asked.times.last().is_none_or(|last| now - last >= HOUR_S / most as f64);
        allowed = (used as f64) < most as f64 * share && (used < most.div_ceil(2) || rested);
        if allowed {
            asked.times.push(now);
        }
        // What has not changed is not written anew.
        if allowed || used < known {
            *note = Json::of(&asked);
        }
    })?;
    Ok(allowed)
}

/// Runs one request that was taken from the share. One that did not reach the server is given back.
pub fn charged<T>(lease: &PollLease, request: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let before = lease.call().sent();
    request().inspect_err(|_| {
        if lease.call().sent() == before {
            // What cannot be given back now comes back within the hour.
            let _ = lease.inbox().with_note(lease.call().at(), ASKED, &mut |note, _| {
                let mut asked = Asked::of(note);
                asked.times.pop();
                *note = Json::of(&asked);
            });
        }
    })
}
