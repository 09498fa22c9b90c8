//! The account itself: what is left of its requests, and whether it works.

use serde_json::{Value, json};

use super::Args;
use crate::client::{Call, Request};
use crate::error::Error;
use crate::wire;

pub fn budget(call: &Call, args: &Args) -> Result<Value, Error> {
    let rule = &call.client.config.rule;
    let requests = args.get("requests").and_then(Value::as_u64).and_then(|requests| usize::try_from(requests).ok());
    let budget = call.budget(requests.unwrap_or(0))?;
    let seconds = |seconds: f64| json!((seconds * 1000.0).ceil() / 1000.0);
    let mut reply = json!({
        "limit": rule.requests,
        "per_s": rule.per_s,
        "reserve": rule.reserve,
        "used": budget.used,
        "free": budget.free,
        "next_slot_s": seconds(budget.next_slot_s),
        "paused_s": seconds(budget.paused_s),
    });
    if let (Some(requests), Some(reply)) = (requests, reply.as_object_mut()) {
        reply.insert("requests".into(), json!(requests));
        reply.insert("through_s".into(), seconds(budget.through_s));
        reply.insert("through_at".into(), json!(call.client.clock.moment_in(budget.through_s)));
    }
    Ok(reply)
}

pub fn check(call: &Call, _: &Args) -> Result<Value, Error> {
    call.client.send(call, &Request::get(wire::CHECK))?;
    let mut left = None;
    call.client.store.look_at_token(call.at(), &mut |state, now| left = state.left_s(now))?;
    Ok(json!({
        "host": call.client.config.host,
        "client_id": call.client.config.client_id,
        "token_expires_in_s": left.map(|left| left.floor() as i64),
    }))
}
