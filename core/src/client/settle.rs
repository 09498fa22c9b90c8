//! Creations: exactly one object is made, however the connection behaves. Where nobody knows whether a POST took effect, its
//! object is looked for by its natural key.

use super::call::{Call, Deadline, Wait};
use super::request::Request;
use super::retry::{FIRST_S, LONGEST_OUTAGE_S};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::random::random;
use crate::wire::protocol;

/// A creation is sent at most so often.
const CREATIONS: u32 = 3;

/// A request that did not succeed.
#[derive(Debug)]
pub struct Failed {
    /// What is told of it.
    pub error: Error,
    /// It may have taken effect all the same.
    pub unsettled: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed { error, unsettled: false }
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        failed.error
    }
}

/// What looking for a creation's object finds.
pub enum Found {
    /// No object like it.
    Nothing,
    /// One like it, which may as well be older.
    Unclear,
    /// What was meant to be created.
    Ours(Json),
    /// Something that stands in its way and is not ours.
    Others(Error),
}

/// Looks for a creation's object, by requests of the call that it is given.
pub type Find<'a> = dyn Fn(&Call) -> Result<Found, Error> + 'a;

/// A POST whose object can be found again by its natural key.
pub struct Creation<'a> {
    /// The POST.
    pub request: Request,
    /// Looks for its object.
    pub find: &'a Find<'a>,
    /// What a person should look at when nothing can be settled, to end the sentence "Before calling again, …".
    pub check: &'a str,
}

/// Creates exactly one. `send` sends a request and repeats what is safe to repeat.
///
/// The server may still be at work when a connection breaks, so "absent" counts only once it has lasted `settle_s`; then the
/// request is sent again.
pub fn create(call: &Call, creation: &Creation, send: &dyn Fn(&Call, &Request) -> Result<Json, Failed>) -> Result<Json, Error> {
    let mut doubtful: Option<Error> = None;
    for _ in 0..CREATIONS {
        let cause = match send(call, &creation.request) {
            // An answer without a body: what was created is looked for, as the reply is to have it.
            Ok(nothing) if nothing.is_null() => match (creation.find)(call) {
                Ok(Found::Ours(object)) => return Ok(object),
                Ok(Found::Others(others)) => return Err(others),
                Ok(Found::Nothing | Found::Unclear) => Error::new(Code::Protocol, "The server answered without a body."),
                Err(_) => return Ok(Json::null()),
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
        match settle(call, creation, &cause)? {
            Some(object) => return Ok(object),
            None => doubtful = Some(cause),
        }
    }
    // Each time it was absent for as long as it takes to be sure.
    let cause = doubtful.unwrap_or_else(|| Error::new(Code::Internal, "nothing was tried"));
    let settle_s = call.config().settle_s;
    let message = format!("{} (Sent {CREATIONS} times; {settle_s} s after each, nothing had been created.)", cause.words());
    let code = cause.code();
    Err(cause.with_code(code, message))
}

/// Finds out whether a POST that ended in `cause` took effect: its object, or `None` once it has been absent for long enough.
/// Errors: `unknown_outcome` where there is no time for that, and what stands in the creation's way.
fn settle(call: &Call, creation: &Creation, cause: &Error) -> Result<Option<Json>, Error> {
    let settle_s = call.config().settle_s;
    let unknown = |why: Option<&Error>| unknown_outcome(cause, why, creation.check);
    // A server that says when it will be back is not asked before, where there is time to see the object stay absent after it.
    if let Some(back_in) = cause.details().retry_after_s {
        let room = call.deadline() - call.now() - settle_s - 2.0 * FIRST_S;
        call.wait(back_in.min(room).max(0.0), Wait::Settle).map_err(|e| unknown(Some(&e)))?;
    }
    // Start of the current uninterrupted period of absence.
    let mut absent: Option<f64> = None;
    let mut last = false;
    loop {
        let before = call.now();
        let (found, at_once) = look(call, creation).map_err(|e| unknown(Some(&e)))?;
        let since = *absent.filter(|_| at_once).get_or_insert(if at_once { before } else { call.now() });
        absent = Some(since);
        let rest = since + settle_s - call.now();
        match found {
            Found::Ours(object) => return Ok(Some(object)),
            Found::Others(others) => return Err(others),
            Found::Unclear if rest <= 0.0 => return Err(unknown(Some(&unclear()))),
            Found::Nothing if rest <= 0.0 => return Ok(None),
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
}

fn unclear() -> Error {
    Error::new(Code::UnknownOutcome, "one like it is there, which may be another or an older one")
}

/// Looks for what was created; and whether the first look was answered at once. The server that broke off may take a while to
/// come back: it is asked for as long as the call may wait, but ever more seldom, as each look can cost slots.
fn look(call: &Call, creation: &Creation) -> Result<(Found, bool), Error> {
    let mut most = FIRST_S;
    loop {
        let looking = call.child(Deadline::Parents).no_retry();
        let error = match (creation.find)(&looking) {
            Ok(found) => return Ok((found, most == FIRST_S && !looking.was_token_delayed())),
            Err(e) if !e.details().transient => return Err(e),
            Err(e) => e,
        };
        let mut pause = most * (0.5 + 0.5 * random());
        // Not beyond the moment after which there would be no time to see it stay absent.
        let room = call.deadline() - call.config().settle_s - 2.0 * FIRST_S - call.now();
        if room > FIRST_S {
            pause = pause.min(room);
        }
        pause = pause.max(error.details().retry_after_s.unwrap_or(0.0));
        if call.now() + pause > call.deadline() {
            return Err(error);
        }
        call.retry_event(&error, pause)?;
        call.wait(pause, Wait::Settle)?;
        most = if protocol::is_outage(error.details().http_status) { (4.0 * most).min(LONGEST_OUTAGE_S) } else { 2.0 * most };
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
