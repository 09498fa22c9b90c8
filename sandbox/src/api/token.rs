//! `POST /o/token/`: OAuth2 client credentials, as django-oauth-toolkit answers them. No DRF here, so no throttle.

use crate::accounts::Token;
use crate::ask::Ask;
use crate::reply::{Answer, Reply};
use crate::world::World;
use bytes::Bytes;
use data_encoding::BASE64;
use serde_json::json;
use std::collections::HashMap;

pub(crate) const PATH: &str = "/o/token/";

pub(crate) fn answer(world: &mut World, ask: &Ask) -> Answer {
    if ask.method != "POST" {
        let reply = Reply::bytes(405, "text/html; charset=utf-8", Bytes::new()).with("Allow", "POST, OPTIONS");
        return Answer::untouched(reply);
    }
    world.token_requests += 1;
    let form: HashMap<String, String> = match ask.header("content-type") {
        Some(kind) if kind.starts_with("application/x-www-form-urlencoded") => {
            form_urlencoded::parse(&ask.body).into_owned().collect()
        }
        _ => HashMap::new(), // Django reads no other body as a form
    };
    if form.get("grant_type").map(String::as_str) != Some("client_credentials") {
        return Answer::untouched(error(400, "unsupported_grant_type"));
    }
    let in_form = form.get("client_id").cloned().zip(form.get("client_secret").cloned());
    let credentials = basic(ask).or(in_form);
    let account = credentials.and_then(|(id, secret)| world.accounts.by_credentials(&id, &secret));
    let Some(account) = account else {
        let challenge = "Bearer error=\"invalid_client\"";
        return Answer::untouched(error(401, "invalid_client").with("WWW-Authenticate", challenge));
    };
    let scope = form.get("scope").filter(|scope| !scope.is_empty()).map_or("read write", String::as_str);
    if scope.split_ascii_whitespace().any(|part| !matches!(part, "read" | "write")) {
        return Answer { account: Some(account), ..Answer::untouched(error(400, "invalid_scope")) };
    }
    let now_s = world.clock.now();
    let mut counted = false;
    if world.switches.token_requests_count {
        let (limit, window_s) = (world.limit, world.window_s);
        if let Err(throttled) = world.accounts.all[account].throttle.allow(now_s, limit, window_s) {
            world.throttled += 1;
            return Answer { reply: Reply::throttled(throttled.wait_s), counted, account: Some(account) };
        }
        counted = true;
    }
    let may_write = scope.split_ascii_whitespace().any(|part| part == "write");
    let expires_s = now_s + world.token_life_s as f64;
    let access_token = world.accounts.issue(Token { account, expires_s, may_write });
    let reply = Reply::json(
        200,
        &json!({
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": world.token_life_s,
            "scope": scope,
        }),
    );
    Answer { reply: uncached(reply), counted, account: Some(account) }
}

fn error(status: u16, error: &str) -> Reply {
    uncached(Reply::json(status, &json!({ "error": error })))
}

fn uncached(reply: Reply) -> Reply {
    reply.with("Cache-Control", "no-store").with("Pragma", "no-cache")
}

/// Client id and secret from HTTP Basic; both are form encoded inside (RFC 6749, 2.3.1).
fn basic(ask: &Ask) -> Option<(String, String)> {
    let (scheme, encoded) = ask.header("authorization")?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64.decode(encoded.trim().as_bytes()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((form_decoded(id), form_decoded(secret)))
}

fn form_decoded(text: &str) -> String {
    // The parser takes pairs; what has no `=` is a name.
    let escaped = text.replace('=', "%3D").replace('&', "%26");
    form_urlencoded::parse(escaped.as_bytes()).next().map_or_else(String::new, |(name, _)| name.into_owned())
}
