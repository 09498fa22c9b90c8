//! The account itself: what is left of its requests, and whether it works.

use serde_json::{Map, json};

use crate::client::{self, Call, Request};
use crate::clock::in_norway;
use crate::error::Error;
use crate::json::Json;
use crate::store::Hour;
use crate::throttle::{Origin, Tally};
use crate::wire::objects;

/// Tells how many requests are left, who used the others, and, for `requests` more, when they would be through. No request is sent. The
/// reply: `{"limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s", "state", "by"}`; with `requests`, `{"requests",
/// "through_s", "through_at"}`; with `history`, `{"hours"}`.
pub fn budget(call: &Call, requests: Option<u64>, history: bool) -> Result<Json, Error> {
    let rule = &call.config().rule;
    let requests = requests.and_then(|requests| usize::try_from(requests).ok());
    let (budget, mut by) = call.budget_and_holders(requests.unwrap_or(0))?;
    // The largest first.
    crate::sets::sort_by(&mut by, |(_, more), (_, less)| less.cmp(more));
    let holder = |(origin, used): &(Origin, usize)| json!({ "job": origin.job, "operation": origin.operation, "machine": origin.machine, "used": used });
    let seconds = |seconds: f64| json!((seconds * 1000.0).ceil() / 1000.0);
    let mut reply = Map::from_iter(
        [
            ("limit", json!(rule.requests)),
            ("per_s", json!(rule.per_s)),
            ("reserve", json!(rule.reserve)),
            ("used", json!(budget.used)),
            ("free", json!(budget.free)),
            ("next_slot_s", seconds(budget.next_slot_s)),
            ("paused_s", seconds(budget.paused_s)),
            ("state", json!(call.config().state)),
            ("by", by.iter().map(holder).collect()),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    if let Some(requests) = requests {
        reply.insert("requests".into(), json!(requests));
        reply.insert("through_s".into(), seconds(budget.through_s));
        reply.insert("through_at".into(), json!(call.clock().moment_in(budget.through_s)));
    }
    if history {
        reply.insert("hours".into(), json!(call.store().hours(call.at())?.iter().map(hour).collect::<Vec<_>>()));
    }
    Ok(Json::of(&reply))
}

fn hour(hour: &Hour) -> Json {
    let Hour { start, tally: Tally { requests, retries, waits, refused } } = *hour;
    Json::of(
        &json!({ "start": in_norway(start), "requests": requests, "retries": retries, "waits": waits, "refused": refused }),
    )
}

/// Tries whether host and credentials are right; costs one request. The reply: `{"host", "client_id", "token_expires_in_s",
/// "state"}`.
pub fn check(call: &Call) -> Result<Json, Error> {
    client::send(call, &Request::get(objects::CHECK))?;
    let mut left = None;
    call.store().look_at_token(call.at(), &mut |state, now| left = state.left_s(now))?;
    Ok(Json::of(&json!({
        "host": call.config().host,
        "client_id": call.config().client_id,
        "token_expires_in_s": left.map(|left| left.floor() as i64),
        "state": call.config().state,
    })))
}
