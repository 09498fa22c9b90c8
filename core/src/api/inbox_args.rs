//! The arguments of the inbox's operations: from JSON to what the functions of `inbox` take.

use serde_json::Value;

use crate::arguments;
use crate::client::Call;
use crate::error::Error;
use crate::inbox::incoming::Incoming;
use crate::inbox::kind::Kind;
use crate::inbox::poll::{self, PollOptions};
use crate::inbox::turn::{self, NextOptions};
use crate::inbox::webhook;
use crate::json::Json;
use crate::operations::Args;
use crate::text::excerpt;

/// How many events `inbox.list` shows unless told otherwise.
const SHOWN: u64 = 100;

/// `webhook.accept`.
pub fn accept(call: &Call, args: &Args) -> Result<Json, Error> {
    webhook::accept(call, &incoming(args)?)
}

/// `webhook.parse`.
pub fn parse(call: &Call, args: &Args) -> Result<Json, Error> {
    webhook::parse(call, &incoming(args)?)
}

/// `inbox.next`.
pub fn next(call: &Call, args: &Args) -> Result<Json, Error> {
    let seconds = |name: &str| args.get(name).and_then(Value::as_f64);
    let defaults = NextOptions::default();
    let options = NextOptions {
        wait_s: seconds("wait_s").unwrap_or(defaults.wait_s),
        lease_s: seconds("lease_s").unwrap_or(defaults.lease_s),
        kinds: Kind::chosen(args.text("kind"))?,
    };
    turn::next(call, &options)
}

/// `inbox.acknowledge`.
pub fn acknowledge(call: &Call, args: &Args) -> Result<Json, Error> {
    let number = args.get("event").and_then(|event| event.as_i64().or_else(|| event.as_str()?.parse().ok()));
    turn::acknowledge(call, number.unwrap_or_default())
}

/// `inbox.list`.
pub fn list(call: &Call, args: &Args) -> Result<Json, Error> {
    let whole = |name: &str| args.get(name).and_then(Value::as_u64);
    let kinds = Kind::chosen(args.text("kind"))?;
    turn::list(call, whole("after").unwrap_or(0), whole("most").unwrap_or(SHOWN), &kinds)
}

/// `inbox.poll`.
pub fn poll(call: &Call, args: &Args) -> Result<Json, Error> {
    let since = args.text("since").and_then(arguments::date);
    poll::poll(call, &PollOptions { since, kinds: Kind::chosen(args.text("kind"))? })
}

/// The request that came in. Errors: `validation`.
fn incoming(args: &Args) -> Result<Incoming, Error> {
    let mut headers = Vec::new();
    for (name, value) in args.get("headers").and_then(Value::as_object).into_iter().flatten() {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Array(lines) if lines.iter().all(Value::is_string) => {
                lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
            }
            _ => {
                let name = excerpt(name, 60);
                return Err(Error::invalid("headers", format!("\"{name}\" must be a string or a list of strings")));
            }
        };
        // CGI and its heirs (WSGI, PHP) write X-Hub-Signature as HTTP_X_HUB_SIGNATURE.
        headers.push((name.strip_prefix("HTTP_").unwrap_or(name).replace('_', "-"), value));
    }
    let body = match (args.text("body"), args.text("body_base64")) {
        (Some(_), Some(_)) => return Err(Error::invalid("body", "give it as \"body\" or as \"body_base64\", not as both")),
        (Some(text), None) => text.as_bytes().to_vec(),
        (None, Some(text)) => data_encoding::BASE64
            .decode(text.trim().as_bytes())
            .map_err(|_| Error::invalid("body_base64", "must be the body in base64"))?,
        (None, None) => Vec::new(),
    };
    Ok(Incoming::from_request(args.text("method").unwrap_or("POST"), args.text("path").unwrap_or_default(), headers, body))
}
