//! The receiver's configuration: its keys, and reading them. Whom to believe stands in the client's own.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::arguments::{self, Argument, DefaultValue, Shape};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::process::shortage;
use crate::text::excerpt;

/// Every key of a receiver's configuration.
pub const KEYS: &[Argument] = &[
    Argument::optional("listen", Shape::Text, "address and port; with port 0 any that is free, and the reply tells which")
        .or(DefaultValue::Text("127.0.0.1:8780")),
    Argument::optional("paths", Shape::Json, "list of paths; a configured \"path_secret\" follows after a slash")
        .or(DefaultValue::Texts(&["/finaut/webhook", "/finaut/link"])),
    Argument::optional(
        "open",
        Shape::Flag,
        "true: starts although the client's \"inbox\" has no \"path_secret\", \"header\" or \"hmac_secret\", so that anybody who \
         reaches it can fill the inbox with inventions",
    )
    .or(DefaultValue::Flag(false)),
    Argument::optional(
        "health_path",
        Shape::Text,
        "path at which GET and HEAD tell load balancers whether webhooks are taken now: 200, else 503; no secret is asked for there",
    )
    .or(DefaultValue::Text("/health")),
    Argument::optional("max_body_bytes", Shape::Count, "longest body").or(DefaultValue::Count(128 << 10)),
    Argument::optional(
        "max_connections",
        Shape::Count,
        "most connections at a time, but no more than a quarter of the descriptors that the process may have; when there are \
         more, the oldest that has sent no whole request goes",
    )
    .or(DefaultValue::Count(256)),
    Argument::optional("request_timeout_s", Shape::Seconds, "longest time in which a request must have come")
        .or(DefaultValue::Seconds(20.0)),
];

/// A checked configuration.
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The paths that are served, without a slash at their end.
    pub paths: Vec<String>,
    /// True if it may start without a secret.
    pub open: bool,
    /// The path of the answer to load balancers, without a slash at its end.
    pub health_path: String,
    /// The longest body.
    pub max_body_bytes: usize,
    /// The most connections at a time.
    pub max_connections: usize,
    /// The longest time in which a request must have come.
    pub request_timeout: Duration,
}

impl Settings {
    /// Reads an object with any of [`KEYS`]. Errors: `config`.
    pub fn read(config: &Json) -> Result<Settings, Error> {
        let mut given = config
            .view::<Map<String, Value>>()
            .ok_or_else(|| Error::new(Code::Config, "A receiver's configuration must be an object as {…}."))?;
        let bad = |name: &str, problem: &str| Error::new(Code::Config, format!("{name}: {problem}.")).field(name, problem);
        arguments::check(KEYS.iter(), &given, &[]).map_err(|e| {
            let message = e.words().to_owned();
            e.with_code(Code::Config, message)
        })?;
        arguments::fill(KEYS.iter(), &mut given);
        let listen = arguments::text(&given, "listen")?;
        let shown = excerpt(listen, 60);
        let listen = listen.trim().replace("localhost", "127.0.0.1").parse().map_err(|_| {
            bad("listen", &format!("\"{shown}\" is no address and port; write it as 127.0.0.1:8780 or [::1]:8780"))
        })?;
        let is_path = |path: &str| path.is_empty() || path.starts_with('/') && !path.contains(['?', '#', ' ']);
        let paths: Vec<String> = given
            .get("paths")
            .and_then(Value::as_array)
            .filter(|paths| !paths.is_empty())
            .and_then(|paths| paths.iter().map(|path| Some(path.as_str()?.trim_end_matches('/').to_owned())).collect())
            .filter(|paths: &Vec<String>| paths.iter().all(|path| is_path(path)))
            .ok_or_else(|| bad("paths", "must be a list of paths, each beginning with a slash, as [\"/finaut/webhook\"]"))?;
        let health_path = arguments::text(&given, "health_path")?.trim().trim_end_matches('/').to_owned();
        if !is_path(&health_path) {
            return Err(bad("health_path", "must be a path that begins with a slash, as /health"));
        }
        if paths.contains(&health_path) {
            return Err(bad("health_path", "is one of \"paths\", at which webhooks come in; name another"));
        }
        let whole = |name: &str, least: i64, most: i64| {
            let value = arguments::whole(&given, name)?;
            if (least..=most).contains(&value) {
                return Ok(value as usize);
            }
            Err(bad(name, &format!("must be from {least} to {most}, not {value}")))
        };
        let timeout = arguments::seconds(&given, "request_timeout_s")?;
        if !(0.1..=600.0).contains(&timeout) {
            return Err(bad("request_timeout_s", &format!("must be from 0.1 to 600 seconds, not {timeout}")));
        }
        Ok(Settings {
            listen,
            paths,
            open: arguments::flag(&given, "open")?,
            health_path,
            max_body_bytes: whole("max_body_bytes", 1024, 1 << 20)?,
            // The host needs descriptors, too.
            max_connections: whole("max_connections", 1, 10_000)?.min(most_descriptors() / 4),
            request_timeout: Duration::from_secs_f64(timeout),
        })
    }
}

/// How many descriptors this process may have.
fn most_descriptors() -> usize {
    shortage::most_descriptors().map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX).max(16))
}
