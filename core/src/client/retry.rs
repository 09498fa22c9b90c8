//! Trying again: how long to wait, and how a creation whose outcome nobody knows is settled.

use super::{Call, Failed, Request, Wait};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::wire;

/// The first wait is at most so long …
const FIRST_S: f64 = 0.5;
/// … each further one at most twice the last, up to this.
const LONGEST_S: f64 = 10.0;
/// What stands before the server answers in its place: it is being restarted, and that takes longer than a moment. Each wait is
/// then at most four times the last, up to this.
const LONGEST_OUTAGE_S: f64 = 20.0;
/// A request that reaches the server costs a slot each time: so many tries at the most. One that does not reach it costs
/// nothing and is tried for as long as the call may wait.
const TRIES: u32 = 4;
/// A creation is sent again at most so often.
const CREATIONS: u32 = 3;

/// Exponential back-off with full jitter.
#[derive(Debug)]
pub struct Backoff {
    tries: u32,
    sent: u32,
}

impl Default for Backoff {
    fn default() -> Self {
        Backoff::new()
    }
}

impl Backoff {
    pub fn new() -> Self {
        Backoff { tries: 0, sent: 0 }
    }

    /// How often it has been tried.
    pub fn tries(&self) -> u32 {
        self.tries
    }

    /// How long to wait before the next try; `None` when there is to be none. `sent`: the last try may have reached the server.
    pub fn next(&mut self, call: &Call, sent: bool, error: &Error) -> Option<f64> {
        self.tries += 1;
        self.sent += u32::from(sent);
        if self.sent >= TRIES {
            return None;
        }
        let doublings = self.tries.min(10);
        let most = if wire::is_outage(error.details().http_status) {
            (FIRST_S * f64::from(1 << (2 * doublings))).min(LONGEST_OUTAGE_S).min(call.deadline() - call.now())
        } else {
            (FIRST_S * f64::from(1 << (doublings - 1))).min(LONGEST_S)
        };
        let wait = (0.02 + most * crate::random::random()).max(error.details().retry_after_s.unwrap_or(0.0));
        (call.now() + wait <= call.deadline()).then_some(wait)
    }
}

/// What looking for a creation's object finds.
pub enum Found {
    Nothing,
    /// One like it, which may as well be older.
    Unclear,
    /// What we meant to create.
    Ours(Json),
    /// Something that stands in its way and is not ours.
    Others(Error),
}

/// A POST whose object can be found again by its natural key.
pub struct Creation<'a> {
    pub request: Request,
    pub find: &'a dyn Fn(&Call) -> Result<Found, Error>,
    /// What a person should look at when nothing can be settled, to end the sentence "Before calling again, …".
    pub check: &'a str,
}

/// Creates exactly one, however the connection behaves.
///
/// The server may still be at work when a connection breaks, so "absent" counts only once it has lasted `settle_s`; then the
/// request is sent again.
pub fn create(call: &Call, creation: &Creation) -> Result<Json, Error> {
    let settle_s = call.client.config.settle_s;
    let mut doubtful: Option<Error> = None;
    for _ in 0..CREATIONS {
        let cause = match super::send(call, &creation.request) {
            // An answer without a body: what was created is looked for, as the reply is to have it.
            Ok(created) if created.is_null() => match (creation.find)(call) {
                Ok(Found::Ours(object)) => return Ok(object),
                Ok(Found::Others(others)) => return Err(others),
                Ok(Found::Nothing | Found::Unclear) => Error::new(Code::Protocol, "The server answered without a body."),
                Err(_) => return Ok(created),
            },
            Ok(created) => return Ok(created),
            // Refused, but an earlier one that seemed absent may be the reason.
            Err(Failed { unsettled: false, error }) if doubtful.is_some() && error.code() == Code::Validation => {
                let unknown = |e: Error| unknown_outcome(doubtful.as_ref().unwrap_or(&error), Some(&e), creation.check);
                return match (creation.find)(call).map_err(unknown)? {
                    Found::Ours(object) => Ok(object),
                    Found::Others(others) => Err(others),
                    Found::Unclear => Err(unknown(unclear())),
                    Found::Nothing => Err(error),
                };
            }
            Err(Failed { unsettled: false, error }) => return Err(error),
            Err(Failed { unsettled: true, error }) => error,
        };
        let unknown = |why: Option<&Error>| unknown_outcome(&cause, why, creation.check);
        // A server that says when it will be back is not asked before, where there is time to see the object stay absent after it.
        if let Some(back_in) = cause.details().retry_after_s {
            let room = call.deadline() - call.now() - settle_s - 2.0 * FIRST_S;
            call.wait(back_in.min(room).max(0.0), Wait::Settle).map_err(|e| unknown(Some(&e)))?;
        }
        // Since when it is not there, as far as we could look without a break.
        let mut absent: Option<f64> = None;
        let mut last = false;
        loop {
            let before = call.now();
            let (found, at_once) = look(call, creation).map_err(|e| unknown(Some(&e)))?;
            let since = *absent.filter(|_| at_once).get_or_insert(if at_once { before } else { call.now() });
            absent = Some(since);
            let rest = since + settle_s - call.now();
            match found {
                Found::Ours(object) => return Ok(object),
                Found::Others(others) => return Err(others),
                Found::Unclear if rest <= 0.0 => return Err(unknown(Some(&unclear()))),
                Found::Nothing if rest <= 0.0 => break,
                Found::Unclear | Found::Nothing => {}
            }
            let mut pause = rest;
            let room = call.deadline() - call.now();
            if rest > room {
                // There is no time to see it stay absent, but it may still come: one last look.
                if last || room < 2.0 * FIRST_S {
                    return Err(unknown(None));
                }
                last = true;
                pause = room - FIRST_S;
            }
            call.wait(pause, Wait::Settle).map_err(|e| unknown(Some(&e)))?;
        }
        doubtful = Some(cause);
    }
    // Each time it was absent for as long as it takes to be sure.
    let cause = doubtful.unwrap_or_else(|| Error::new(Code::Internal, "nothing was tried"));
    let message = format!("{} (Sent {CREATIONS} times; {settle_s} s after each, nothing had been created.)", cause.message());
    let code = cause.code();
    Err(cause.with_code(code, message))
}

fn unclear() -> Error {
    Error::new(Code::UnknownOutcome, "one like it is there, which may be another or an older one")
}

/// Looks for what was created; and whether the first look was answered at once. The server that broke off may take a while to
/// come back: it is asked for as long as the call may wait, but ever more seldom, as each look can cost slots.
fn look(call: &Call, creation: &Creation) -> Result<(Found, bool), Error> {
    let mut most = FIRST_S;
    loop {
        let once = call.once.replace(true);
        call.delayed.set(false);
        let found = (creation.find)(call);
        call.once.set(once);
        let error = match found {
            Ok(found) => return Ok((found, most == FIRST_S && !call.delayed.get())),
            Err(e) if !e.details().transient => return Err(e),
            Err(e) => e,
        };
        let mut pause = most * (0.5 + 0.5 * crate::random::random());
        // Not beyond the moment after which there would be no time to see it stay absent.
        let room = call.deadline() - call.client.config.settle_s - 2.0 * FIRST_S - call.now();
        if room > FIRST_S {
            pause = pause.min(room);
        }
        pause = pause.max(error.details().retry_after_s.unwrap_or(0.0));
        if call.now() + pause > call.deadline() {
            return Err(error);
        }
        call.retry_event(&error, pause)?;
        call.wait(pause, Wait::Settle)?;
        most = if wire::is_outage(error.details().http_status) { (4.0 * most).min(LONGEST_OUTAGE_S) } else { 2.0 * most };
    }
}

/// Nobody knows whether a request took effect: `cause` is what broke, `why` what kept us from finding out.
pub fn unknown_outcome(cause: &Error, why: Option<&Error>, check: &str) -> Error {
    let why = match why {
        Some(why) => format!("could not be settled ({})", why.message().trim_end_matches('.')),
        None => "could not be settled in the time that the call may wait".to_owned(),
    };
    let message = format!(
        "Whether the request took effect is not known and {why}. What happened: {} Before calling again, {check}.",
        cause.message()
    );
    cause.clone().with_code(Code::UnknownOutcome, message).without_retry()
}
