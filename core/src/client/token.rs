//! Getting the OAuth token: renewed by one caller before it ends, fetched by one caller when there is none. When which of these
//! is right, `crate::token` decides; the store keeps what is known.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use serde_json::json;
use zeroize::Zeroizing;

use super::call::{Answered, Call, Wait};
use super::outcome::{self, broken_error};
use super::retry::Backoff;
use crate::config::Secret;
use crate::error::{Code, Error};
use crate::http::{Answer, Cause, Method, Outcome, Outgoing};
use crate::json::Json;
use crate::random::random;
use crate::redact::credentials;
use crate::text::{LOOKED_AT, excerpt, printable};
use crate::throttle::{Asked, FIRST_UNCLEAR_S, LONGEST_UNCLEAR_S};
use crate::token::{Decision, REFUSED_S, Token, TokenState};
use crate::wire::protocol;

/// Heartbeat interval of the fetching process during back-off.
const HEARTBEAT_S: f64 = 5.0;
/// How often a call that waits for another's fetch looks whether it has ended, in seconds.
const LOOK_AGAIN_S: f64 = 0.01;
/// How long a renewal that failed is put off while the old token is still good.
const PUT_OFF_S: f64 = 30.0;
/// How long a fetch may take beyond its time-out before it is given up for lost.
const GRACE_S: f64 = 5.0;

/// A token that can be used now, for a call that has just seen that there is none. Errors: `authentication`, and every error that a
/// request can end with.
pub fn acquire(call: &Call) -> Result<Secret, Error> {
    let since = call.now();
    let flight_s = call.config().timeout_s + GRACE_S;
    loop {
        let asked_s_ago = call.now() - since;
        let late = call.now() >= call.deadline();
        let mut decision = None;
        call.store().with_token(call.at(), &mut |state, now| {
            decision = Some(state.decide(now, asked_s_ago, late, flight_s));
        })?;
        match decision {
            Some(Decision::Use(token)) => return Ok(token.value),
            Some(Decision::Fail(error)) => return Err(error),
            Some(Decision::Lead { flight, old }) => return lead(call, flight, old, flight_s),
            // The fetching is this very thread's, whose observer called the library again: it cannot wait for itself.
            Some(Decision::Follow) if LEADING.get() > 0 => {
                return fetch(call, 0).map(|fetched| fetched.value).map_err(|failed| failed.error);
            }
            // Another's request is under way: waiting for it is as waiting for one of our own, bound by its time-out.
            Some(Decision::Follow) | None if call.now() < until(call, since) => wait_for_another(call, since)?,
            Some(Decision::Follow) | None => {
                let host = &call.config().host;
                let message =
                    format!("No token could be had from {host} in the time that the call may wait. Is the server up?");
                return Err(Error::new(Code::Network, message));
            }
        }
    }
}

/// Until when a call waits that began to ask at `since`.
fn until(call: &Call, since: f64) -> f64 {
    call.deadline().max(since) + call.config().timeout_s
}

/// Waits while another fetches. It only looks, so it keeps nobody out.
fn wait_for_another(call: &Call, since: f64) -> Result<(), Error> {
    loop {
        call.pause(LOOK_AGAIN_S, Wait::Token)?;
        let mut is_flying = false;
        call.store().look_at_token(call.at(), &mut |state, now| is_flying = state.is_flying(now))?;
        // At the deadline the caller may have to share a failure.
        if !is_flying || call.now() >= until(call, since) {
            return Ok(());
        }
    }
}

/// Forgets a token that the server refused.
pub fn refuse(call: &Call, token: &Secret) -> Result<(), Error> {
    call.store().with_token(call.at(), &mut |state, _| state.drop_token(token))
}

/// Fetches a token for all who wait. `old`: one that still serves should that fail.
fn lead(call: &Call, flight: u64, old: Option<Token>, flight_s: f64) -> Result<Secret, Error> {
    LEADING.set(LEADING.get() + 1);
    let mut landing = Landing { call, flight, is_over: false };
    // A call that tries nothing again reports the outage at once: its caller needs to know of it.
    let result = fetch_patiently(call, flight, old.is_none() && call.retries(), flight_s);
    let answer = match (result, old) {
        (Ok(fetched), _) => {
            let left_s = keep(call, &fetched, &mut landing)?;
            drop(landing);
            call.event("token", &json!({ "expires_in_s": left_s.max(0.0).floor() }))?;
            return Ok(fetched.value);
        }
        (Err(failed), _) if matches!(failed.error.code(), Code::Interrupted | Code::Forked) => Err(failed.error),
        // The old one still serves; renewing is tried again a little later.
        (Err(_), Some(old)) => {
            landing.with_token(&mut |state, now| state.put_off(&old.value, PUT_OFF_S, now))?;
            Ok(old.value)
        }
        // Others may be more patient.
        (Err(failed), None) if failed.transient && !call.retries() => Err(failed.error.transient(true)),
        (Err(failed), None) => {
            let refused = failed.error.code() == Code::Authentication;
            // Before the flight ends: who waits must find the failure by then, and a store may keep it elsewhere than the flight.
            call.store().with_token(call.at(), &mut |state, now| {
                state.fail(failed.error.clone(), refused, failed.transient, now);
            })?;
            Err(failed.error.transient(failed.transient))
        }
    };
    drop(landing);
    answer
}

/// Fetches, again and again where that can help and `patient`, telling others that it goes on.
fn fetch_patiently(call: &Call, flight: u64, patient: bool, flight_s: f64) -> Result<Fetched, Failed> {
    let mut backoff = Backoff::new();
    loop {
        let failed = match fetch(call, backoff.tries()) {
            Ok(fetched) => return Ok(fetched),
            Err(failed) => failed,
        };
        if !patient || !failed.transient {
            return Err(failed);
        }
        let Some(wait) = backoff.next(call, failed.sent, &failed.error) else { return Err(failed) };
        let stop = |error: Error| Failed { error, transient: false, sent: true };
        call.retry_event(&failed.error, wait).map_err(stop)?;
        // In steps, each of which others are told of: should this process be killed meanwhile, they need not wait for all of it.
        let until = call.now() + wait;
        while call.now() < until {
            let step = (until - call.now()).min(HEARTBEAT_S);
            let beat = call.store().with_token(call.at(), &mut |state, now| state.prolong(flight, step + flight_s, now));
            beat.and_then(|()| call.wait(step, Wait::Retry)).map_err(stop)?;
        }
    }
}

/// Puts a fetched token into the store. Returns for how many seconds it can be used.
fn keep(call: &Call, fetched: &Fetched, landing: &mut Landing) -> Result<f64, Error> {
    // A random moment, so that many processes that began together do not renew together.
    let renew_share = 0.8 + 0.1 * random();
    let mut left_s = None;
    landing.with_token(&mut |state, now| {
        state.land(fetched.value.clone(), fetched.life_s, call.now() - fetched.asked, renew_share, now);
        left_s = state.left_s(now);
    })?;
    Ok(left_s.unwrap_or_default())
}

thread_local! {
    /// How many fetches this thread leads.
    static LEADING: Cell<u32> = const { Cell::new(0) };
}

/// Ends a flight however it ends, a panic included: nobody waits for it any longer.
struct Landing<'a> {
    call: &'a Call<'a>,
    flight: u64,
    /// It was ended together with something else.
    is_over: bool,
}

impl Landing<'_> {
    /// Works on the token's state and ends the flight, in one unit of work.
    fn with_token(&mut self, work: &mut dyn FnMut(&mut TokenState, f64)) -> Result<(), Error> {
        self.call.store().with_token(self.call.at(), &mut |state, now| {
            work(state, now);
            state.end_flight(self.flight);
        })?;
        self.is_over = true;
        Ok(())
    }
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        LEADING.set(LEADING.get().saturating_sub(1));
        // A forked child's copy is its parent's to land.
        if self.is_over || self.call.is_forked() {
            return;
        }
        let _ = self.call.store().with_token(self.call.at(), &mut |state, _| {
            state.end_flight(self.flight);
        });
    }
}

struct Failed {
    error: Error,
    /// Trying again can help.
    transient: bool,
    sent: bool,
}

/// What the token endpoint gave.
struct Fetched {
    value: Secret,
    /// How long it lives, counted from `asked`.
    life_s: f64,
    /// When it was asked for, in seconds of the clock.
    asked: f64,
}

/// `tries`: how often this call has tried before.
fn fetch(call: &Call, tries: u32) -> Result<Fetched, Failed> {
    let config = call.config();
    let url = format!("{}{}", config.host, protocol::TOKEN);
    let encode = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let form = Zeroizing::new(format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&scope={}",
        encode(&config.client_id),
        encode(config.client_secret.reveal()),
        encode(&config.scope)
    ));
    let started = call.now();
    let outgoing = Outgoing {
        method: Method::POST,
        url: &url,
        authorization: None,
        content_type: "application/x-www-form-urlencoded",
        body: Some(form.as_bytes()),
        job: call.origin().job.as_deref(),
        timeout_s: call.timeout_s(),
        stop: Rc::new(call.stopper(true)),
    };
    let final_ = |error: Error| Failed { error, transient: false, sent: true };
    let outcome = call.context().exchange.exchange(call.clock(), &outgoing).map_err(final_)?;
    let request = format!("POST {}", protocol::TOKEN);
    let answer = match outcome {
        Outcome::Answered(answer) => answer,
        Outcome::Broken(broken) => {
            let transient = !matches!(broken.cause, Cause::Trust | Cause::TooLong | Cause::Stopped | Cause::NoHttp);
            let error = broken_error(call, &broken).request(request);
            return Err(Failed { error, transient, sent: broken.sent });
        }
    };
    // The token in the answer is not known to the redactor yet, and the header could repeat it.
    let answered = Answered { status: Some(answer.status), ..Answered::default() };
    call.request_event("POST", protocol::TOKEN, &answered, call.now() - started).map_err(final_)?;
    read(call, answer, started, tries).map_err(|mut failed| {
        failed.error = failed.error.request(request);
        failed
    })
}

fn read(call: &Call, mut answer: Answer, asked: f64, tries: u32) -> Result<Fetched, Failed> {
    let config = call.config();
    let body = Zeroizing::new(std::mem::take(&mut answer.body));
    // A token's answer is short; of any other only the beginning is read.
    let json: Option<Json> = Json::read(&body).ok().filter(|_| body.len() <= LOOKED_AT);
    let text_of = |name: &str| json.as_ref().and_then(|json| json.members([name])[0]?.text().map(Cow::into_owned));
    if let Some(value) = text_of(protocol::ACCESS_TOKEN).filter(|value| is_header_value(value))
        && (200..=299).contains(&answer.status)
    {
        let [life] = json.as_ref().map_or([None], |json| json.members([protocol::EXPIRES_IN]));
        let life = life.and_then(|life| life.view::<f64>().or_else(|| life.text()?.trim().parse().ok()));
        let life = life.filter(|life| life.is_finite() && *life > 0.0).unwrap_or(protocol::TOKEN_LIFE_S);
        return Ok(Fetched { value: Secret::new(value), life_s: life, asked });
    }
    // Tokens in an answer of another status are nobody's to see either, in whatever of its texts they stand.
    let text = printable(&body).map(Zeroizing::new);
    let redactor = call.context().redactor_with(text.iter().flat_map(|text| credentials(text)).collect());
    let quoted = match &text {
        Some(text) => redactor.excerpt(text, 200),
        None => format!("{} bytes that are no text", body.len()),
    };
    let correlation_id = answer.correlation_id.as_ref().map(|id| redactor.excerpt(id, 200));
    let say = |code: Code, transient: bool, message: String| Failed {
        error: Error::new(code, message).http_status(answer.status).correlation_id(correlation_id.clone()),
        transient,
        sent: true,
    };
    let said =
        [protocol::TOKEN_REFUSED_WORDS, protocol::TOKEN_REFUSED, protocol::refusal::DETAIL].into_iter().find_map(text_of);
    match answer.status {
        200..=299 => {}
        400 | 401 | 403 if json.is_some() => {
            let said = said.map(|said| format!(" (it says: {})", redactor.excerpt(&said, 100))).unwrap_or_default();
            let error = text_of(protocol::TOKEN_REFUSED).unwrap_or_default();
            let (host, client_id) = (&config.host, excerpt(&config.client_id, 60));
            // RFC 6749, 5.2.
            let what = match error.as_str() {
                "invalid_scope" => format!(
                    "does not give client_id \"{client_id}\" the scope \"{}\"{said}. Check \"scope\"",
                    redactor.excerpt(&config.scope, 60)
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
            let retry_s = match outcome::asked(&answer, json.as_ref()) {
                Asked::Seconds(seconds) => seconds,
                // No slots are known of this endpoint, so nothing tells how long its window lasts.
                Asked::Window | Asked::Unclear => (FIRST_UNCLEAR_S * f64::from(1 << tries.min(6))).min(LONGEST_UNCLEAR_S),
            };
            let message = format!("The token endpoint of {} asks to wait {retry_s:.0} s.", config.host);
            let mut failed = say(Code::Throttled, true, message);
            failed.error = failed.error.retry_after_s(retry_s);
            return Err(failed);
        }
        status if protocol::is_transient(status) => {
            let message = format!("The token endpoint of {} failed with {status} ({quoted}).", config.host);
            let mut failed = say(Code::Server, true, message);
            if let Some(seconds) = answer.retry_after.seconds() {
                failed.error = failed.error.retry_after_s(seconds);
            }
            return Err(failed);
        }
        status => {
            let message =
                format!("{}{} answered {status}, not a token ({quoted}). Is \"host\" right?", config.host, protocol::TOKEN);
            return Err(say(Code::Protocol, false, message));
        }
    }
    let message = format!(
        "{}{} answered without a token that can be used. Is \"host\" right, or does a proxy answer in its place?",
        config.host,
        protocol::TOKEN
    );
    Err(say(Code::Protocol, false, message))
}

/// What can stand in a header: a stray line break would end it.
fn is_header_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| (0x21..0x7f).contains(&b))
}
