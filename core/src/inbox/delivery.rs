//! What the store keeps of a request, and keeping it before the sender is told that it arrived. A payload is only a claim; what the
//! API says about it, `verify` finds out.

use serde_json::json;

use super::incoming::{Incoming, Read};
use super::kept::inbox;
use super::kind::Kind;
use super::objects::{canonical, key, link_object, prints};
use super::payload::Item;
use super::refusal::Refusal;
use crate::client::Call;
use crate::error::Error;
use crate::json::Json;
use crate::operations::link::link_name;
use crate::store::At;
use crate::store::inbox::{Arrival, Claim, Kept, Link, Observation};

/// The longest payload that is kept although nobody here knows what it is, where anybody can send; in bytes.
const LONGEST_UNKNOWN: usize = 16 << 10;

/// What a trusted request brought, ready to be kept.
pub struct Delivery {
    arrival: Arrival,
    kinds: Vec<Kind>,
}

impl Delivery {
    /// What the store is to keep of a request. Refused as [`Incoming::read`] does, and with 413 for a long body that nobody here
    /// understands from a sender that nothing is demanded of.
    pub fn of(call: &Call, incoming: &Incoming) -> Result<Delivery, Refusal> {
        let Read { items, signed } = incoming.read(call)?;
        let kinds = items.iter().map(Item::kind).collect();
        let trust = &call.config().inbox;
        // A sender who passed a check may correct what somebody said before.
        let checked = trust.has_secret();
        let mut arrival = Arrival::default();
        for item in items {
            match item {
                Item::Object { kind, path, .. } if trust.fetch => {
                    arrival.claims.push(claim(call, &path, kind, Json::of(&json!({ "path": path }))));
                }
                Item::Object { kind, path, object } => {
                    arrival.observations.push(observation(call, &path, kind, object, signed));
                }
                Item::Link { ext_user_id, encrypted_user_id } => {
                    let name = link_name(&ext_user_id);
                    if trust.fetch {
                        let object = json!({
                            "ext_user_id": ext_user_id, "encrypted_user_id": encrypted_user_id, "may_replace": checked,
                        });
                        // Of two claims about one person both are looked into.
                        let name = format!("{name} {encrypted_user_id}");
                        arrival.claims.push(claim(call, &name, Kind::Link, Json::of(&object)));
                    } else {
                        let object = link_object(&ext_user_id, &encrypted_user_id);
                        let link = Link { key: key(call, &name), encrypted_user_id, may_replace: checked };
                        let seen = observation(call, &name, Kind::Link, object, signed);
                        arrival.observations.push(Observation { link: Some(link), ..seen });
                    }
                }
                Item::Unknown(_) if !checked && incoming.body().len() > LONGEST_UNKNOWN => {
                    return Err(Refusal::new(
                        413,
                        "The body is too long for something that is no result, user status or link.",
                    ));
                }
                Item::Unknown(object) => {
                    let name = format!("unknown {}", canonical(&object));
                    arrival.observations.push(observation(call, &name, Kind::Unknown, object, signed));
                }
            }
        }
        // With `fetch`, a repeated delivery is no duplicate: the API is asked again.
        arrival.delivery = incoming.correlation_id().filter(|_| !trust.fetch).map(|id| {
            let body = String::from_utf8_lossy(incoming.body());
            key(call, &format!("delivery {id} {body}"))
        });
        Ok(Delivery { arrival, kinds })
    }

    /// What the request is about.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }
}

fn claim(call: &Call, name: &str, kind: Kind, object: Json) -> Claim {
    Claim { number: 0, key: key(call, name), kind: kind.word().to_owned(), object, received: call.clock().wall(), tried: 0 }
}

fn observation(call: &Call, name: &str, kind: Kind, object: Json, verified: bool) -> Observation {
    Observation {
        key: key(call, name),
        kind: kind.word().to_owned(),
        prints: prints(call, &object),
        object,
        verified,
        silent: false,
        fleeting: kind == Kind::Unknown,
        link: None,
    }
}

/// Keeps what several senders brought, in one durable step. For each: `None` if it is kept, else why not (503: the inbox is full).
/// Errors: `config` where there is no inbox, `state`; then nothing is kept.
pub fn keep(call: &Call, at: At, deliveries: Vec<Delivery>) -> Result<Vec<Option<Refusal>>, Error> {
    let limits = call.config().inbox.limits;
    let arrivals: Vec<_> = deliveries.into_iter().map(|delivery| delivery.arrival).collect();
    let kept = inbox(call)?.arrive(at, &arrivals, limits)?;
    Ok(kept.into_iter().map(|kept| (kept == Kept::Full).then(|| full(limits.most))).collect())
}

/// Tries whether something could be kept now: why not, if the inbox is full. Errors: as [`keep`].
#[cfg(feature = "receiver")]
pub fn look(call: &Call, at: At) -> Result<Option<Refusal>, Error> {
    let limits = call.config().inbox.limits;
    let inbox = inbox(call)?;
    // Nothing arrives, but the store is written to, as it would be by a webhook.
    inbox.arrive(at, &[], limits)?;
    let counts = inbox.counts(at)?;
    let waiting = counts.waiting + counts.leased + counts.unverified;
    Ok((waiting >= limits.most as u64).then(|| full(limits.most)))
}

fn full(most: usize) -> Refusal {
    Refusal::new(503, format!("The inbox is full: {most} events and unverified webhooks wait. Fetch and acknowledge events."))
}
