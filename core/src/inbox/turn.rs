//! Giving events to the host: the operations `inbox.next`, `inbox.acknowledge` and `inbox.list`. Where events come from is not
//! looked at here.

use jiff::Timestamp;
use serde::Serialize;

use super::kept::inbox;
use super::kind::{Kind, words};
use super::verify::{Looked, verify};
use crate::client::{Call, Wait};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::store::inbox::Event;

/// How often a waiting caller looks for an event, in seconds.
const LOOK_S: f64 = 0.02;
/// After a request failed, the API is not asked again for so many seconds.
const ASK_AGAIN_S: f64 = 15.0;
/// The most events that `inbox.list` shows.
const MOST_SHOWN: u64 = 1000;

/// Which event to give, and to whom for how long.
#[derive(Debug, Clone)]
pub struct NextOptions {
    /// How long to wait for one.
    pub wait_s: f64,
    /// How long it is kept from other callers.
    pub lease_s: f64,
    /// Only events of these kinds.
    pub kinds: Vec<Kind>,
}

/// An event as hosts see it.
#[derive(Serialize)]
struct Shown<'a> {
    event: i64,
    kind: &'static str,
    object: &'a Json,
    verified: bool,
    received: String,
    deliveries: i64,
    /// Only in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
}

impl<'a> Shown<'a> {
    fn of(event: &'a Event) -> Shown<'a> {
        Shown {
            event: event.number,
            kind: Kind::of_word(&event.kind).word(),
            object: &event.object,
            verified: event.verified,
            received: Timestamp::from_second(event.received as i64).unwrap_or(Timestamp::MAX).to_string(),
            deliveries: event.deliveries,
            state: None,
        }
    }

    fn in_list(event: &'a Event) -> Shown<'a> {
        let state = match (event.acknowledged, event.leased_s) {
            (Some(_), _) => "acknowledged",
            (None, Some(_)) => "leased",
            (None, None) => "waiting",
        };
        Shown { state: Some(state), ..Shown::of(event) }
    }
}

/// Leases the next event; what senders claimed is asked of the API first. The reply: `{"event", "kind", "object", "verified",
/// "received", "deliveries"}`, or `null` if there is none. Errors: `config` where there is no inbox, `state`, and those of a request
/// if there is no event and the API could not be asked.
pub fn next(call: &Call, options: &NextOptions) -> Result<Json, Error> {
    let inbox = inbox(call)?;
    let kinds = words(&options.kinds);
    let until = call.now() + options.wait_s;
    let (mut trouble, mut not_before) = (None, 0.0);
    let event = call.wait_for(until, Wait::Event, LOOK_S, || {
        loop {
            if let Some(event) = inbox.next(call.at(), &kinds, options.lease_s, call.config().inbox.limits)? {
                return Ok(Some(event));
            }
            if call.now() < not_before {
                return Ok(None);
            }
            let looked = verify(call);
            trouble = None;
            match looked {
                Ok(Looked::Found) => {}
                Ok(Looked::Nothing) => return Ok(None),
                Ok(Looked::Again(seconds)) => {
                    not_before = call.now() + seconds;
                    return Ok(None);
                }
                Err(e) if matches!(e.code(), Code::Interrupted | Code::Forked | Code::State | Code::Internal) => return Err(e),
                // Events may still come in other ways; the host hears of it if none did.
                Err(e) => {
                    trouble = Some(e);
                    not_before = call.now() + ASK_AGAIN_S;
                    return Ok(None);
                }
            }
        }
    })?;
    match (event, trouble) {
        (Some(event), _) => Ok(Json::of(&Shown::of(&event))),
        (None, Some(trouble)) => Err(trouble),
        (None, None) => Ok(Json::null()),
    }
}

/// Says that an event is done with; saying so twice does no harm. The reply: `{"event"}`. Errors: `not_found` if there never was
/// such an event, `config` where there is no inbox, `state`.
pub fn acknowledge(call: &Call, number: i64) -> Result<Json, Error> {
    #[derive(Serialize)]
    struct Reply {
        event: i64,
    }
    if inbox(call)?.acknowledge(call.at(), number, call.config().inbox.limits)? {
        return Ok(Json::of(&Reply { event: number }));
    }
    let message =
        format!("There is no event {number} in this account's inbox. Give the number in \"event\" that inbox.next gave.");
    Err(Error::new(Code::NotFound, message))
}

/// Shows at most `most` events of these kinds with numbers above `after`, the oldest first, and how many of each state there are,
/// without taking anything. The reply: `{"waiting", "leased", "acknowledged", "unverified", "unreadable", "results"}`. More than
/// 1,000 are not shown at once. Errors: `config` where there is no inbox, `state`.
pub fn list(call: &Call, after: u64, most: u64, kinds: &[Kind]) -> Result<Json, Error> {
    #[derive(Serialize)]
    struct Reply<'a> {
        waiting: u64,
        leased: u64,
        acknowledged: u64,
        unverified: u64,
        unreadable: u64,
        results: Vec<Shown<'a>>,
    }
    let inbox = inbox(call)?;
    let events = inbox.events(call.at(), after, &words(kinds), most.min(MOST_SHOWN) as usize)?;
    let counts = inbox.counts(call.at())?;
    Ok(Json::of(&Reply {
        waiting: counts.waiting,
        leased: counts.leased,
        acknowledged: counts.acknowledged,
        unverified: counts.unverified,
        unreadable: counts.unreadable,
        results: events.iter().map(Shown::in_list).collect(),
    }))
}
