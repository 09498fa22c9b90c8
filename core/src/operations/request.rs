//! Any request: for what the server offers and the catalogue lacks.

use serde_json::Value;

use super::Args;
use crate::client::retry::unknown_outcome;
use crate::client::{Call, Method, Request};
use crate::error::Error;
use crate::wire;

pub fn request(call: &Call, args: &Args) -> Result<Value, Error> {
    let method = match args.text("method").unwrap_or_default().to_ascii_uppercase().as_str() {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "PATCH" => Method::PATCH,
        "DELETE" => Method::DELETE,
        other => {
            let shown = crate::text::excerpt(other, 20);
            return Err(Error::invalid("method", format!("must be GET, POST, PUT, PATCH or DELETE, not \"{shown}\"")));
        }
    };
    let body = args.get("body").cloned();
    if body.is_some() && (method == Method::GET || method == Method::DELETE) {
        return Err(Error::invalid("body", format!("{method} has none; leave it out")));
    }
    let given = args.text("path").unwrap_or_default();
    let path = below_root(call, given)?;
    let mut query = Vec::new();
    for (name, value) in args.get("query").and_then(Value::as_object).into_iter().flatten() {
        let values = match value {
            Value::Array(values) => values.iter().collect(),
            other => vec![other],
        };
        for value in values {
            match value {
                Value::String(text) => query.push((name.clone(), text.clone())),
                Value::Number(_) | Value::Bool(_) => query.push((name.clone(), value.to_string())),
                _ => {
                    return Err(Error::invalid(
                        "query",
                        format!(
                            "\"{}\" must be a string, a number, true, false or a list of them",
                            crate::text::excerpt(name, 60)
                        ),
                    ));
                }
            }
        }
    }
    let request = Request { method, path, query, body };
    call.client.send(call, &request).map_err(|failed| {
        if failed.unsettled {
            unknown_outcome(
                &failed.error,
                Some(&Error::new(crate::error::Code::Internal, "a request of this kind has no key to find its effect by")),
                "look in FinAut whether it took effect",
            )
        } else {
            failed.error
        }
    })
}

/// The path below the API root. A whole URL of this API is welcome too; one that leads elsewhere is not: the token would go
/// there.
fn below_root(call: &Call, given: &str) -> Result<String, Error> {
    let root = format!("{}{}", call.client.config.host, wire::API_ROOT);
    // A path that begins with two slashes would name a host.
    let path = given.strip_prefix(&root).or_else(|| given.strip_prefix(wire::API_ROOT)).unwrap_or(given);
    let path = path.trim_start_matches('/');
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%@:+=,".contains(&b);
    if path.contains('?') || path.contains('#') {
        return Err(Error::invalid("path", "must hold no \"?\" and no \"#\"; give names and values as \"query\""));
    }
    if given.starts_with("//") || path.contains("//") || path.split('/').any(|part| part == "..") || !path.bytes().all(plain) {
        return Err(Error::invalid("path", format!("must be a path below {root}, as \"user/590496/\"")));
    }
    Ok(path.to_owned())
}
