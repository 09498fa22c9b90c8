//! The operations `webhook.accept` and `webhook.parse`, for hosts that have a web server of their own.

use serde::Serialize;

use super::delivery::{self, Delivery};
use super::incoming::Incoming;
use super::kept::inbox;
use super::kind::words;
use super::refusal::Refusal;
use crate::client::Call;
use crate::error::Error;
use crate::json::Json;

/// Keeps what a request brought. The reply: `{"http_status", "reason", "kinds", "correlation_id"}`; the sender is to be answered
/// with `http_status`. What was accepted is on the disk. Errors: `config` where there is no inbox, `state`.
pub fn accept(call: &Call, incoming: &Incoming) -> Result<Json, Error> {
    #[derive(Serialize)]
    struct Reply<'a> {
        http_status: u16,
        reason: Option<String>,
        kinds: Vec<&'static str>,
        correlation_id: Option<&'a str>,
    }
    inbox(call)?;
    let kept = match Delivery::of(call, incoming) {
        Err(refusal) => Err(refusal),
        Ok(delivery) => {
            let kinds = words(delivery.kinds());
            let refusal = delivery::keep(call, call.at(), vec![delivery])?.into_iter().flatten().next();
            refusal.map_or(Ok(kinds), Err)
        }
    };
    let (http_status, reason, kinds) = match kept {
        Ok(kinds) => (200, None, kinds),
        Err(Refusal { status, reason }) => (status, Some(reason), Vec::new()),
    };
    Ok(Json::of(&Reply { http_status, reason, kinds, correlation_id: incoming.correlation_id() }))
}

/// Tells what a request brought, and keeps nothing. The reply: `{"http_status", "reason", "objects": [{"kind", "object"}, …],
/// "signed", "correlation_id"}`.
pub fn parse(call: &Call, incoming: &Incoming) -> Result<Json, Error> {
    #[derive(Serialize)]
    struct Object {
        kind: &'static str,
        object: Json,
    }
    #[derive(Serialize)]
    struct Reply<'a> {
        http_status: u16,
        reason: Option<String>,
        objects: Vec<Object>,
        signed: bool,
        correlation_id: Option<&'a str>,
    }
    let (http_status, reason, items, signed) = match incoming.read(call) {
        Ok(read) => (200, None, read.items, read.signed),
        Err(Refusal { status, reason }) => (status, Some(reason), Vec::new(), false),
    };
    let objects = items.iter().map(|item| Object { kind: item.kind().word(), object: item.object() }).collect();
    Ok(Json::of(&Reply { http_status, reason, objects, signed, correlation_id: incoming.correlation_id() }))
}
