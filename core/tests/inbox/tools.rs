//! What these tests do again and again.

use std::sync::Arc;

use finaut_core::client::Client;
use finaut_core::error::{Code, Error};
use finaut_core::inbox::receiver::Receiver;
use finaut_core::json::Json;
use finaut_sandbox::{NewResult, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, call};

/// A secret as the configuration wants them.
pub const SECRET: &str = "5f2c81d90ab34e67f1c8a2b4";

pub fn stage() -> Stage {
    Stage::new(Sandbox::builder().users(20))
}

pub fn get(client: &Client, operation: &str, args: Value) -> Value {
    call(client, operation, args).unwrap_or_else(|e| panic!("{operation}: {}", e.json()))
}

pub fn fails(client: &Client, code: Code, operation: &str, args: Value) -> Error {
    let error = call(client, operation, args).expect_err(operation);
    assert_eq!(error.code(), code, "{}", error.json());
    error
}

/// Hands a body to `webhook.accept`; gives the status to answer with.
pub fn accept(client: &Client, body: &Value) -> u64 {
    get(client, "webhook.accept", json!({ "body": body.to_string() }))["http_status"].as_u64().unwrap()
}

/// A payload as an endpoint would answer it, about a result that the sandbox knows nothing of.
pub fn invented(number: u64, score: &str) -> Value {
    json!({
        "id": format!("https://api.norsktest.no/finautapi/v1/results/{number}/"),
        "user": "https://api.norsktest.no/finautapi/v1/user/590001/", "exam_name": "Kreditt", "exam_date": "2026-11-20",
        "score": score, "passed": true, "status": "final",
    })
}

/// The next event, or none.
pub fn next(client: &Client) -> Option<Value> {
    Some(get(client, "inbox.next", json!({}))).filter(|event| !event.is_null())
}

pub fn acknowledge(client: &Client, event: &Value) {
    get(client, "inbox.acknowledge", json!({ "event": event["event"] }));
}

/// Takes and acknowledges all events.
pub fn drain(client: &Client) -> Vec<Value> {
    let mut events = Vec::new();
    while let Some(event) = next(client) {
        acknowledge(client, &event);
        events.push(event);
    }
    events
}

/// A new result of somebody's: its number, and what the API says of it.
pub fn new_result(stage: &Stage, client: &Client) -> (u64, Value) {
    let id = stage.sandbox.add_result(NewResult::of(stage.sandbox.people()[0].id));
    (id, get(client, "results.get", json!({ "id": id })))
}

/// How many requests the API has seen, tokens not counted.
pub fn spent(stage: &Stage) -> usize {
    stage.sandbox.requests().iter().filter(|request| request.path.starts_with("/finautapi/")).count()
}

/// Starts a receiver.
pub fn start_receiver(client: &Arc<Client>, config: &Value) -> Result<Receiver, Error> {
    Receiver::start(client.clone(), &Json::of(config))
}

/// What a receiver tells of itself.
pub fn status_of_receiver(receiver: &Receiver) -> Value {
    receiver.status().view().unwrap()
}
