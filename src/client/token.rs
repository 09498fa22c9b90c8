//! The OAuth token: kept, renewed by one caller before it ends, fetched by one caller when there is none.

use std::cell::Cell;
use std::rc::Rc;

use serde_json::{Value, json};
use ureq::http::Method;

use super::retry::Backoff;
use super::transport::{Answer, Cause, Exchange, Outcome};
use super::{Call, Exchanged, Wait, broken_error};
use crate::config::Secret;
use crate::error::{Code, Error, beginning};
use crate::wire;

/// A token is not used in the last so many seconds of its life (a tenth of its life, should it live less than ten times that).
const LAST_S: f64 = 60.0;
/// For how long refused credentials are not tried again.
const REFUSED_S: f64 = 30.0;
/// Who waits before fetching again says at least so often that he is still there.
const STEP_S: f64 = 5.0;
/// How long a renewal that failed is put off while the old token is still good.
const PUT_OFF_S: f64 = 30.0;

/// What is known of the account's token.
#[derive(Debug, Default, Clone)]
pub struct TokenState {
    token: Option<Token>,
    flight: Option<Flight>,
    /// Why there is none.
    pub failure: Option<Failure>,
    last_flight: u64,
    /// Tokens of late: an answer may still quote one.
    retired: Vec<Secret>,
}

/// A token and its times, in seconds of the clock.
#[derive(Debug, Clone)]
pub struct Token {
    pub value: Secret,
    renew_at: f64,
    ends: f64,
}

/// Somebody is fetching.
#[derive(Debug, Clone, Copy)]
struct Flight {
    id: u64,
    /// Then he is given up for lost.
    lost: f64,
}

/// Why no token could be had.
#[derive(Debug, Clone)]
pub struct Failure {
    at: f64,
    /// The server refused the credentials, as opposed to not being there.
    refused: bool,
    /// Trying again can help.
    passing: bool,
    error: Error,
}

impl TokenState {
    /// The token and whoever fetches it, for a store that writes it down (sealed). A failure is this process's own.
    pub fn to_json(&self) -> Value {
        json!({
            "token": self.token.as_ref().map(|token| json!([token.value.reveal(), token.renew_at, token.ends])),
            "flight": self.flight.map(|flight| json!([flight.id, flight.lost])),
            "last_flight": self.last_flight,
            "retired": self.retired.iter().map(Secret::reveal).collect::<Vec<_>>(),
        })
    }

    /// What [`to_json`](TokenState::to_json) wrote; what cannot be read is not known.
    pub fn from_json(json: &Value) -> TokenState {
        let token = &json["token"];
        let flight = &json["flight"];
        TokenState {
            token: token[0].as_str().zip(token[1].as_f64()).zip(token[2].as_f64()).map(|((value, renew_at), ends)| Token {
                value: Secret::new(value),
                renew_at,
                ends,
            }),
            flight: flight[0].as_u64().zip(flight[1].as_f64()).map(|(id, lost)| Flight { id, lost }),
            failure: None,
            last_flight: json["last_flight"].as_u64().unwrap_or_default(),
            retired: json["retired"].as_array().into_iter().flatten().filter_map(Value::as_str).map(Secret::new).collect(),
        }
    }

    /// A forked child does not wait for what its parent fetches.
    pub fn forget_others(&mut self) {
        self.flight = None;
    }

    /// Drops the token if it is still this one.
    pub fn drop_token(&mut self, value: &Secret) {
        if self.token.as_ref().is_some_and(|token| token.value == *value) {
            self.replace(None);
        }
    }

    fn replace(&mut self, token: Option<Token>) {
        if let Some(former) = std::mem::replace(&mut self.token, token) {
            self.retired.insert(0, former.value);
            self.retired.truncate(4);
        }
    }

    /// The token and its latest predecessors, for blanking them out of texts.
    pub fn values(&self) -> Vec<Secret> {
        self.token.iter().map(|token| &token.value).chain(&self.retired).cloned().collect()
    }

    /// Seconds until the token ends.
    pub fn left_s(&self, now: f64) -> Option<f64> {
        self.token.as_ref().map(|token| token.ends - now).filter(|left| *left > 0.0)
    }

    fn good(&self, now: f64) -> Option<&Token> {
        self.token.as_ref().filter(|token| now < token.ends)
    }

    /// The token, where nobody needs to do anything about it.
    fn usable(&self, now: f64) -> Option<Token> {
        let flying = self.flight.is_some_and(|flight| now < flight.lost);
        self.good(now).filter(|token| now < token.renew_at || flying).cloned()
    }

    /// `since`: when the caller began to ask; `late`: he may not wait any longer.
    fn decide(&mut self, now: f64, since: f64, late: bool, flight_s: f64) -> Decision {
        let flying = self.flight.is_some_and(|flight| now < flight.lost);
        if let Some(token) = self.usable(now) {
            return Decision::Use(token);
        }
        let good = self.good(now).cloned();
        if good.is_none() && !flying {
            // Whoever waited for a flight shares its failure, unless it can pass and there is time left to try; refused
            // credentials are not tried again at once by anybody.
            if let Some(failure) = &self.failure
                && ((failure.at >= since && (!failure.passing || late)) || (failure.refused && now < failure.at + REFUSED_S))
            {
                return Decision::Fail(failure.error.clone());
            }
        }
        if flying {
            return Decision::Follow;
        }
        self.last_flight += 1;
        self.flight = Some(Flight { id: self.last_flight, lost: now + flight_s });
        Decision::Lead { flight: self.last_flight, old: good }
    }
}

enum Decision {
    Use(Token),
    Follow,
    Lead { flight: u64, old: Option<Token> },
    Fail(Error),
}

/// A token that can be used now. Errors: `authentication`, and whatever keeps the token endpoint from answering.
pub fn acquire(call: &Call) -> Result<Token, Error> {
    let since = call.now();
    let flight_s = call.client.config.timeout_s + 5.0;
    loop {
        if let Some(token) = call.client.store.token(call.at())?.usable(call.now()) {
            return Ok(token);
        }
        let mut decision = None;
        call.client.store.with_token(call.at(), &mut |state| {
            let now = call.now();
            decision = Some(state.decide(now, since, now >= call.deadline(), flight_s));
        })?;
        match decision {
            Some(Decision::Use(token)) => return Ok(token),
            Some(Decision::Fail(error)) => return Err(error),
            Some(Decision::Lead { flight, old }) => return lead(call, flight, old, flight_s),
            // The fetching is this very thread's, whose observer called the library again: it cannot wait for itself.
            Some(Decision::Follow) if LEADING.get() > 0 => return fetch(call).map_err(|failed| failed.error),
            // Another's request is under way: waiting for it is as waiting for one of our own, bound by its time-out.
            Some(Decision::Follow) | None if call.now() < call.deadline().max(since) + call.client.config.timeout_s => {
                call.pause(0.01, Wait::Token)?;
            }
            Some(Decision::Follow) | None => {
                let message = format!(
                    "No token could be had from {} in the time that the call may wait. Is the server up?",
                    call.client.config.host
                );
                return Err(Error::new(Code::Network, message));
            }
        }
    }
}

/// Forgets a token that the server refused.
pub fn refuse(call: &Call, token: &Token) -> Result<(), Error> {
    call.client.store.with_token(call.at(), &mut |state| state.drop_token(&token.value))
}

fn lead(call: &Call, flight: u64, old: Option<Token>, flight_s: f64) -> Result<Token, Error> {
    LEADING.set(LEADING.get() + 1);
    let landing = Landing { call, flight };
    let mut backoff = Backoff::new();
    let result = loop {
        let failed = match fetch(call) {
            Ok(token) => break Ok(token),
            Err(failed) => failed,
        };
        if old.is_some() || !failed.passing {
            break Err(failed);
        }
        let Some(wait) = backoff.next(call, failed.sent, &failed.error) else { break Err(failed) };
        call.delayed.set(true);
        call.retry_event(&failed.error, wait)?;
        // In steps, each of which others are told of: should this process be killed meanwhile, they need not wait for all of it.
        let until = call.now() + wait;
        while call.now() < until {
            let step = (until - call.now()).min(STEP_S);
            call.client.store.with_token(call.at(), &mut |state| {
                if let Some(flight) = state.flight.as_mut().filter(|known| known.id == flight) {
                    flight.lost = call.now() + step + flight_s;
                }
            })?;
            call.wait(step, Wait::Retry)?;
        }
    };
    let now = call.now();
    let answer = match (result, old) {
        (Ok(token), _) => {
            call.client.store.with_token(call.at(), &mut |state| {
                state.failure = None;
                state.replace(Some(token.clone()));
            })?;
            Ok(token)
        }
        (Err(failed), Some(_)) if matches!(failed.error.code(), Code::Interrupted | Code::Forked) => Err(failed.error),
        // The old one still serves; renewing is tried again a little later.
        (Err(_), Some(old)) => {
            call.client.store.with_token(call.at(), &mut |state| {
                if let Some(token) = state.token.as_mut().filter(|token| token.value == old.value) {
                    token.renew_at = now + PUT_OFF_S;
                }
            })?;
            Ok(old)
        }
        (Err(failed), None) => {
            if failed.error.code() != Code::Interrupted && failed.error.code() != Code::Forked {
                let failure = Failure {
                    at: now,
                    refused: failed.error.code() == Code::Authentication,
                    passing: failed.passing,
                    error: failed.error.clone(),
                };
                call.client.store.with_token(call.at(), &mut |state| state.failure = Some(failure.clone()))?;
            }
            Err(failed.error.passing(failed.passing))
        }
    };
    drop(landing);
    if let Ok(token) = &answer {
        call.event("token", json!({ "expires_in_s": (token.ends - now).max(0.0).floor() }))?;
    }
    answer
}

thread_local! {
    /// How many fetches this thread leads.
    static LEADING: Cell<u32> = const { Cell::new(0) };
}

/// Ends a flight however it ends, a panic included: nobody waits for it any longer.
struct Landing<'a> {
    call: &'a Call<'a>,
    flight: u64,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        LEADING.set(LEADING.get().saturating_sub(1));
        // A forked child's copy is its parent's to land.
        if self.call.is_forked() {
            return;
        }
        let _ = self.call.client.store.with_token(self.call.at(), &mut |state| {
            if state.flight.is_some_and(|flight| flight.id == self.flight) {
                state.flight = None;
            }
        });
    }
}

struct Failed {
    error: Error,
    /// Trying again can help.
    passing: bool,
    sent: bool,
}

fn fetch(call: &Call) -> Result<Token, Failed> {
    let config = &call.client.config;
    let url = format!("{}{}", config.host, wire::TOKEN);
    let encode = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let form = zeroize::Zeroizing::new(format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&scope={}",
        encode(&config.client_id),
        encode(config.client_secret.reveal()),
        encode(&config.scope)
    ));
    let started = call.now();
    let exchange = Exchange {
        method: Method::POST,
        url: &url,
        authorization: None,
        content_type: "application/x-www-form-urlencoded",
        body: Some(form.as_bytes()),
        stop: Rc::new(call.stopper(true)),
    };
    let final_ = |error: Error| Failed { error, passing: false, sent: true };
    let outcome = call.client.transport.exchange(&*call.client.clock, &exchange).map_err(final_)?;
    let request = format!("POST {}", wire::TOKEN);
    let answer = match outcome {
        Outcome::Answered(answer) => answer,
        Outcome::Broken(broken) => {
            let passing = !matches!(broken.cause, Cause::Trust | Cause::TooLong | Cause::Stopped | Cause::NoHttp);
            let error = broken_error(call, &broken).request(request);
            return Err(Failed { error, passing, sent: broken.sent });
        }
    };
    call.request_event("POST", wire::TOKEN, &Exchanged { status: answer.status, seconds: call.now() - started })
        .map_err(final_)?;
    read(call, answer, started).map_err(|mut failed| {
        failed.error = failed.error.request(request);
        failed
    })
}

fn read(call: &Call, answer: Answer, started: f64) -> Result<Token, Failed> {
    let config = &call.client.config;
    let text = zeroize::Zeroizing::new(String::from_utf8_lossy(&answer.body).into_owned());
    let mut body = zeroize::Zeroizing::new(answer.body);
    body.clear();
    let json: Option<Value> = serde_json::from_str(&text).ok();
    let quoted = call.client.quoted(&text, 200);
    let say = |code: Code, passing: bool, message: String| Failed {
        error: Error::new(code, message).http_status(answer.status).correlation_id(answer.correlation_id.clone()),
        passing,
        sent: true,
    };
    let said = json
        .as_ref()
        .and_then(|json| json.get("error_description").or(json.get("error")).or(json.get(wire::field::DETAIL))?.as_str());
    match answer.status {
        200..=299 => {}
        400 | 401 | 403 if json.is_some() => {
            let said = said.map(|said| format!(" (it says: {})", call.client.quoted(said, 100))).unwrap_or_default();
            let error = json.as_ref().and_then(|json| json.get("error")?.as_str()).unwrap_or_default();
            let (host, client_id) = (&config.host, beginning(&config.client_id, 60));
            // RFC 6749, 5.2.
            let what = match error {
                "invalid_scope" => format!(
                    "does not give client_id \"{client_id}\" the scope \"{}\"{said}. Check \"scope\"",
                    call.client.quoted(&config.scope, 60)
                ),
                "unauthorized_client" | "unsupported_grant_type" => format!(
                    "does not let client_id \"{client_id}\" use client credentials{said}. Ask Norsk Test for an application of that kind"
                ),
                _ => format!(
                    "does not accept client_id \"{client_id}\" with its client_secret{said}. Check both, and that they belong to this host"
                ),
            };
            let message = format!("{host} {what}; it is tried again after {REFUSED_S} s at the earliest.");
            return Err(say(Code::Authentication, false, message));
        }
        429 => {
            let retry = answer.retry_after_s.unwrap_or(60.0);
            let mut failed =
                say(Code::Throttled, true, format!("The token endpoint of {} asks to wait {retry:.0} s.", config.host));
            failed.error = failed.error.retry_after_s(retry);
            return Err(failed);
        }
        500..=599 => {
            let mut failed = say(
                Code::Server,
                true,
                format!("The token endpoint of {} failed with {} ({quoted}).", config.host, answer.status),
            );
            if let Some(retry) = answer.retry_after_s {
                failed.error = failed.error.retry_after_s(retry);
            }
            return Err(failed);
        }
        status => {
            let message =
                format!("{}{} answered {status}, not a token ({quoted}). Is \"host\" right?", config.host, wire::TOKEN);
            return Err(say(Code::Protocol, false, message));
        }
    }
    let value = json.as_ref().and_then(|json| json.get("access_token")?.as_str()).filter(|value| is_header_value(value));
    let Some((json, value)) = json.as_ref().zip(value) else {
        let message = format!(
            "{}{} answered without a token that can be used. Is \"host\" right, or does a proxy answer in its place?",
            config.host,
            wire::TOKEN
        );
        return Err(say(Code::Protocol, false, message));
    };
    let life = json.get("expires_in").and_then(|life| life.as_f64().or_else(|| life.as_str()?.trim().parse().ok()));
    let life = life.filter(|life| life.is_finite() && *life > 0.0).unwrap_or(wire::TOKEN_LIFE_S);
    let last = LAST_S.min(life * 0.1);
    // A random moment, so that many processes that began together do not renew together.
    Ok(Token {
        value: Secret::new(value),
        renew_at: started + life * (0.8 + 0.1 * super::random()),
        ends: started + life - last,
    })
}

/// What can stand in a header: a stray line break would end it.
fn is_header_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| (0x21..0x7f).contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(renew_at: f64, ends: f64) -> Token {
        Token { value: Secret::new("t"), renew_at, ends }
    }

    #[test]
    fn one_caller_renews_while_the_others_use_the_old_token() {
        let mut state = TokenState { token: Some(token(100.0, 200.0)), ..TokenState::default() };
        assert!(matches!(state.decide(99.0, 99.0, false, 30.0), Decision::Use(_)));
        assert!(matches!(state.decide(101.0, 101.0, false, 30.0), Decision::Lead { old: Some(_), .. }));
        assert!(matches!(state.decide(101.0, 101.0, false, 30.0), Decision::Use(_)));
        assert!(
            matches!(state.decide(201.0, 201.0, false, 200.0), Decision::Lead { old: None, .. }),
            "a lost flight holds nobody up"
        );
        assert!(matches!(state.decide(201.0, 201.0, false, 30.0), Decision::Follow));
    }

    #[test]
    fn those_who_waited_share_a_failure_and_refused_credentials_rest() {
        let mut state = TokenState::default();
        let Decision::Lead { .. } = state.decide(10.0, 10.0, false, 30.0) else { panic!() };
        state.flight = None;
        state.failure = Some(Failure { at: 11.0, refused: false, passing: true, error: Error::new(Code::Network, "no") });
        assert!(matches!(state.decide(12.0, 10.5, true, 30.0), Decision::Fail(_)));
        assert!(matches!(state.decide(12.0, 10.5, false, 30.0), Decision::Lead { .. }), "there is time to try");
        state.flight = None;
        assert!(matches!(state.decide(12.0, 12.0, false, 30.0), Decision::Lead { .. }));
        state.flight = None;
        state.failure =
            Some(Failure { at: 12.0, refused: true, passing: false, error: Error::new(Code::Authentication, "no") });
        assert!(matches!(state.decide(13.0, 13.0, false, 30.0), Decision::Fail(_)));
        assert!(matches!(state.decide(13.0 + REFUSED_S, 13.0 + REFUSED_S, false, 30.0), Decision::Lead { .. }));
    }
}
