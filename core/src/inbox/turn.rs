//! Giving events to the host: the operations `inbox.next`, `inbox.acknowledge`, `inbox.requeue`, `inbox.drop`, `inbox.list` and
//! `inbox.status`. Where events come from is not
//! looked at here.

use jiff::Timestamp;
use serde::Serialize;

use super::kept::inbox;
use super::kind::{Kind, words};
use super::verify::{Looked, verify};
use crate::client::{Call, Wait};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::store::inbox::{Counts, Event};

/// How often a waiting caller looks for an event, in seconds.
const LOOK_S: f64 = 0.02;
/// After a request failed, the API is not asked again for so many seconds.
const ASK_AGAIN_S: f64 = 15.0;
/// The most events that `inbox.list` shows.
const MOST_SHOWN: u64 = 1000;
/// The most events that `inbox.status` shows.
const MOST_TAKEN: usize = 100;
/// How long the reason for giving an event back may be, in characters.
const MOST_SAID: usize = 1000;

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
    #[serde(flatten)]
    standing: Option<Standing>,
}

/// How an event stands.
#[derive(Serialize)]
struct Standing {
    state: &'static str,
    holder: Option<String>,
    lease_ends_in_s: Option<f64>,
    last_error: Option<String>,
}

impl Standing {
    fn of(event: &Event) -> Standing {
        let state = match (event.acknowledged, event.leased_s) {
            (Some(_), _) if event.dropped => "dropped",
            (Some(_), _) => "acknowledged",
            (None, Some(_)) => "leased",
            (None, None) => "waiting",
        };
        let lost = || {
            let holder = event.holder.as_ref().filter(|_| state == "waiting")?;
            Some(format!("The lease of {holder} ended, and nobody had acknowledged the event."))
        };
        Standing {
            state,
            holder: event.holder.clone().filter(|_| state == "leased"),
            lease_ends_in_s: event.leased_s.filter(|_| state == "leased").map(|left| (left * 1000.0).ceil() / 1000.0),
            last_error: lost().or_else(|| event.said.clone()),
        }
    }
}

impl<'a> Shown<'a> {
    fn of(event: &'a Event) -> Shown<'a> {
        Shown {
            event: event.number,
            kind: Kind::of_word(&event.kind).word(),
            object: &event.object,
            verified: event.verified,
            received: moment(event.received),
            deliveries: event.deliveries,
            standing: None,
        }
    }

    fn in_list(event: &'a Event) -> Shown<'a> {
        Shown { standing: Some(Standing::of(event)), ..Shown::of(event) }
    }
}

/// Leases the next event; what senders claimed is asked of the API first. The reply: `{"event", "kind", "object", "verified",
/// "received", "deliveries"}`, or `null` if there is none. Errors: `config` where there is no inbox, `state`, and those of a request
/// if there is no event and the API could not be asked.
pub fn next(call: &Call, options: &NextOptions) -> Result<Json, Error> {
    let inbox = inbox(call)?;
    let kinds = words(&options.kinds);
    let until = call.now() + options.wait_s;
    let holder = format!("{} (process {})", call.config().machine, std::process::id());
    let (mut trouble, mut not_before) = (None, 0.0);
    let event = call.wait_for(until, Wait::Event, LOOK_S, || {
        loop {
            if let Some(event) = inbox.next(call.at(), &kinds, options.lease_s, &holder, call.config().inbox.limits)? {
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
    settled(number, inbox(call)?.acknowledge(call.at(), number, call.config().inbox.limits)?)
}

/// Gives an event back, so that it comes again at once, also one that was acknowledged or dropped and is still kept. `reason` is kept as
/// its last error. The reply: `{"event"}`. Errors: as [`acknowledge`]; `validation` for a long reason.
pub fn requeue(call: &Call, number: i64, reason: Option<&str>) -> Result<Json, Error> {
    let reason = reason.map(|reason| checked_reason(call, reason)).transpose()?;
    settled(number, inbox(call)?.requeue(call.at(), number, reason.as_deref())?)
}

/// Says that an event that cannot be handled is done with; `reason` is kept as long as the event. The reply: `{"event"}`. Errors: as
/// [`requeue`].
pub fn discard(call: &Call, number: i64, reason: &str) -> Result<Json, Error> {
    settled(number, inbox(call)?.discard(call.at(), number, &checked_reason(call, reason)?)?)
}

/// The reason as it is kept: without identity numbers and secrets.
fn checked_reason(call: &Call, reason: &str) -> Result<String, Error> {
    let reason = call.context().redacted(reason);
    match reason.chars().count() {
        0..=MOST_SAID => Ok(reason),
        long => Err(Error::invalid("reason", format!("has {long} characters; it may have {MOST_SAID}"))),
    }
}

fn settled(number: i64, is_there: bool) -> Result<Json, Error> {
    #[derive(Serialize)]
    struct Reply {
        event: i64,
    }
    if is_there {
        return Ok(Json::of(&Reply { event: number }));
    }
    let message =
        format!("There is no event {number} in this account's inbox. Give the number in \"event\" that inbox.next gave.");
    Err(Error::new(Code::NotFound, message))
}

fn moment(wall: f64) -> String {
    Timestamp::from_second(wall as i64).unwrap_or(Timestamp::MAX).to_string()
}

/// Tells how the inbox fares, without an object of it: how many events there are in each state, how long the oldest has waited, and of
/// those that were taken and are not acknowledged who has or had them, the first 100. The reply: `{"waiting", "leased", "acknowledged",
/// "unverified", "unreadable", "oldest_s", "oldest_unverified_s", "taken"}`. Errors: `config` where there is no inbox, `state`.
pub fn status(call: &Call) -> Result<Json, Error> {
    #[derive(Serialize)]
    struct Taken {
        event: i64,
        kind: &'static str,
        received: String,
        deliveries: i64,
        #[serde(flatten)]
        standing: Standing,
    }
    #[derive(Serialize)]
    struct Reply {
        #[serde(flatten)]
        counts: Numbers,
        oldest_s: Option<f64>,
        oldest_unverified_s: Option<f64>,
        taken: Vec<Taken>,
    }
    let inbox = inbox(call)?;
    let lag = inbox.lag(call.at())?;
    let taken = inbox.taken(call.at(), MOST_TAKEN)?;
    let shown = |event: &Event| Taken {
        event: event.number,
        kind: Kind::of_word(&event.kind).word(),
        received: moment(event.received),
        deliveries: event.deliveries,
        standing: Standing::of(event),
    };
    let seconds = |age: Option<f64>| age.map(|age| (age * 1000.0).round() / 1000.0);
    Ok(Json::of(&Reply {
        counts: Numbers::of(inbox.counts(call.at())?),
        oldest_s: seconds(lag.event_s),
        oldest_unverified_s: seconds(lag.claim_s),
        taken: taken.iter().map(shown).collect(),
    }))
}

/// How many there are of each, as hosts see it.
#[derive(Serialize)]
struct Numbers {
    waiting: u64,
    leased: u64,
    acknowledged: u64,
    unverified: u64,
    unreadable: u64,
}

impl Numbers {
    fn of(counts: Counts) -> Numbers {
        let Counts { waiting, leased, acknowledged, unverified, unreadable } = counts;
        Numbers { waiting, leased, acknowledged, unverified, unreadable }
    }
}

/// Shows at most `most` events of these kinds with numbers above `after`, the oldest first, and how many of each state there are,
/// without taking anything. The reply: `{"waiting", "leased", "acknowledged", "unverified", "unreadable", "results"}`. More than
/// 1,000 are not shown at once. Errors: `config` where there is no inbox, `state`.
pub fn list(call: &Call, after: u64, most: u64, kinds: &[Kind]) -> Result<Json, Error> {
    #[derive(Serialize)]
    struct Reply<'a> {
        #[serde(flatten)]
        counts: Numbers,
        results: Vec<Shown<'a>>,
    }
    let inbox = inbox(call)?;
    let events = inbox.events(call.at(), after, &words(kinds), most.min(MOST_SHOWN) as usize)?;
    Ok(Json::of(&Reply { counts: Numbers::of(inbox.counts(call.at())?), results: events.iter().map(Shown::in_list).collect() }))
}
