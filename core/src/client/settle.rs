//! Creations: exactly one object is made, however the connection behaves, also when another call makes the same one. A
//! creation is in the store before it is sent, so that another thread, another process, or the same one after a kill finds it.
//! Where nobody knows whether a POST took effect, its object is looked for by its natural key.

use std::cell::{Cell, RefCell};

use super::call::{Call, Deadline, Wait, tenths};
use super::failed::Failed;
use super::journal::{Ended, Line};
use super::note::{Back, Closes, Note};
use super::request::Request;
use super::retry::{FIRST_S, LONGEST_OUTAGE_S};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::random::random;
use crate::store::journal::Closing;
use crate::store::pending::{Begun, Open, Takeover};
use crate::wire::protocol;

/// A creation is sent at most so often.
const CREATIONS: u32 = 3;
/// How often a caller looks whether another caller's creation has ended, in seconds.
const WATCH_S: f64 = 0.05;
/// What two readings of one clock, or the store's clock and ours, may differ by, in seconds.
const CLOCKS_S: f64 = 0.5;
/// The share of `timeout_s` that must be left for a creation to be sent: one that is cut short leaves its outcome unknown.
const LEAST_SHARE: f64 = 0.5;

/// What looking for a creation's object finds.
pub enum Found {
    /// No object like it, for certain.
    Nothing,
    /// One like it, which may as well be older or another.
    Unclear,
    /// What was meant to be created.
    Ours(Json),
    /// What was meant to be created, and at least one more that is just like it.
    Several(Json),
    /// Something that stands in its way and is not ours.
    Others(Error),
}

/// Looks for a creation's object, by requests of the call that it is given.
pub type Find<'a> = dyn Fn(&Call) -> Result<Found, Error> + 'a;

/// A POST whose object can be found again by its natural key.
pub struct Creation<'a> {
    /// The POST.
    pub request: Request,
    /// The natural key as text: two creations with the same key make the same object. It is kept as a fingerprint.
    pub key: &'a str,
    /// True if an answer shows such an object. Any other JSON, a proxy's for one, tells nothing of what was created.
    pub is_shown: &'a dyn Fn(&Json) -> bool,
    /// Looks for its object.
    pub find: &'a Find<'a>,
    /// What a person should look at when nothing can be settled, to end the sentence "Before calling again, …".
    pub check: &'a str,
}

/// Sends a request and repeats what is safe to repeat; it is noted each time that it goes.
pub type Send<'a> = dyn Fn(&Call, &Request, &dyn Note) -> Result<Json, Failed> + 'a;

/// Why nobody knows whether a POST took effect, and from when on its absence tells that it did not.
struct Doubt {
    cause: Error,
    /// When it was sent, in seconds of the call's clock.
    sent: f64,
    /// The server is slow, or the sender was killed, so only `late_s` rules out that it still takes effect.
    is_slow: bool,
    /// It is another call's.
    is_anothers: bool,
}

/// How a doubt ended.
enum Settled {
    /// It took effect.
    Done(Json),
    /// It did not, for certain, and may be sent again.
    Absent,
    /// The other call that sent it knows its outcome; it left no object.
    Ended,
}

/// True if a creation with this natural key is under way: another call's, in this process or another, or one of a process that was killed.
/// Nothing is sent. Errors: `state`.
pub fn is_under_way(call: &Call, path: &str, key: &str) -> Result<bool, Error> {
    Ok(call.store().pending().open(call.at(), &name(call, path, key))?.is_some())
}

/// What the store calls the creation of an object at this path with this natural key.
fn name(call: &Call, path: &str, key: &str) -> String {
    call.fingerprint("creation", &format!("{path}\n{key}"))
}

/// Creates exactly one.
///
/// The server may still be at work when a connection breaks, so "absent" counts only once it has lasted `settle_s`; then the
/// request is sent again. After a time-out the server is known to be slow, and absence counts only `late_s` after the sending.
pub fn create(call: &Call, creation: &Creation, send: &Send) -> Result<Json, Error> {
    let call = &call.child(Deadline::Parents).ending();
    let entry = Entry::new(call, creation);
    let result = create_noted(call, creation, send, &entry);
    // Whoever settles it later notes that in its line, too.
    if let Err(e) = &result {
        entry.line.end(&Ended::Unknown(e));
    }
    result
}

fn create_noted(call: &Call, creation: &Creation, send: &Send, entry: &Entry) -> Result<Json, Error> {
    let mut doubt: Option<Doubt> = None;
    let mut sent = 0;
    while sent < CREATIONS {
        let result = send(call, &creation.request, entry);
        if let Some(open) = entry.anothers.take() {
            let anothers = Doubt::of(call, creation, &open);
            match settle(call, creation, entry, &anothers)? {
                Settled::Done(object) => {
                    entry.end(&Ended::Done(&object));
                    return Ok(object);
                }
                Settled::Absent => doubt = Some(anothers),
                Settled::Ended => entry.number.set(None),
            }
            continue;
        }
        sent += 1;
        let (cause, is_slow) = match result {
            Ok(created) if (creation.is_shown)(&created) => return told(call, creation, entry, doubt.is_some(), created),
            // A proxy may have answered in the server's place.
            Ok(_) => (Error::new(Code::Protocol, "The server accepted it, but its answer does not hold the object."), false),
            Err(Failed { unsettled: false, error, .. }) => return refused(call, creation, entry, doubt.as_ref(), error),
            Err(Failed { error, is_slow, .. }) => (error, is_slow),
        };
        let known = Doubt { cause, sent: entry.sent.get(), is_slow, is_anothers: false };
        match settle(call, creation, entry, &known)? {
            Settled::Done(object) => return told(call, creation, entry, doubt.is_some(), object),
            Settled::Absent | Settled::Ended => doubt = Some(known),
        }
    }
    // Each time it was absent for as long as it takes to be sure.
    let cause = doubt.map_or_else(|| Error::new(Code::Internal, "nothing was tried"), |doubt| doubt.cause);
    let settle_s = call.config().settle_s;
    let message = format!("{} (Sent {CREATIONS} times; {settle_s} s after each, nothing had been created.)", cause.words());
    let code = cause.code();
    let error = cause.with_code(code, message);
    entry.end(&Ended::Refused(&error));
    Err(error)
}

/// The reply for an object that is there. `again`: it was sent before and seemed absent, so the first request may have come late.
fn told(call: &Call, creation: &Creation, entry: &Entry, again: bool, object: Json) -> Result<Json, Error> {
    if again {
        let doubtful = |why: &str| {
            let message = format!(
                "It was created; as the first try seemed to have had no effect, it was sent again, and {why}. Before calling again, {}.",
                creation.check
            );
            Error::new(Code::UnknownOutcome, message).request(creation.request.named())
        };
        match look(call, creation) {
            Ok((Found::Several(_), _)) => return Err(doubtful("now two are there: have one of them removed")),
            Ok(_) => {}
            Err(e) => {
                let why = e.message().trim_end_matches('.').to_owned();
                return Err(doubtful(&format!("whether two are there now could not be found out ({why})")));
            }
        }
    }
    entry.end(&Ended::Done(&object));
    Ok(object)
}

/// The error for a request that certainly had no effect.
fn refused(call: &Call, creation: &Creation, entry: &Entry, doubt: Option<&Doubt>, error: Error) -> Result<Json, Error> {
    // An earlier one that seemed absent may be the reason.
    let Some(doubt) = doubt.filter(|_| error.code() == Code::Validation) else {
        entry.end(&Ended::Refused(&error));
        return Err(error);
    };
    let unknown = |e: &Error| unknown_outcome(&doubt.cause, Some(e), creation.check);
    let answer = match look(call, creation).map_err(|e| unknown(&e))?.0 {
        Found::Ours(object) | Found::Several(object) => Ok(object),
        Found::Others(others) => Err(others),
        Found::Unclear => return Err(unknown(&unclear())),
        Found::Nothing => Err(error),
    };
    match &answer {
        Ok(object) => entry.end(&Ended::Done(object)),
        Err(error) => entry.end(&Ended::Refused(error)),
    }
    answer
}

/// Finds out whether a POST took effect. Errors: `unknown_outcome` where there is no time for that, and what stands in the
/// creation's way; for another call's POST also `interrupted` and `forked`.
fn settle(call: &Call, creation: &Creation, entry: &Entry, doubt: &Doubt) -> Result<Settled, Error> {
    let (settle_s, late_s) = (call.config().settle_s, call.config().late_s);
    let unknown = |why: Option<&Error>| unknown_outcome(&doubt.cause, why, creation.check);
    // This call has sent nothing, so stopping it leaves nothing unknown.
    let stopped = |e: Error| match e.code() {
        Code::Interrupted | Code::Forked if doubt.is_anothers => e,
        _ => unknown(Some(&e)),
    };
    // A server that says when it will be back is not asked before, where there is time to see the object stay absent after it.
    if let Some(back_in) = doubt.cause.details().retry_after_s {
        let room = call.deadline() - call.now() - settle_s - 2.0 * FIRST_S;
        call.wait(back_in.min(room).max(0.0), Wait::Settle).map_err(stopped)?;
    }
    // Another call that has just begun may be done in a moment.
    let mut ended = doubt.is_anothers && wait_for_another(call, entry, doubt.sent + FIRST_S - call.now()).map_err(stopped)?;
    // Start of the current uninterrupted period of absence.
    let mut absent: Option<f64> = None;
    let mut last = false;
    let mut longest_s = FIRST_S;
    loop {
        let before = call.now();
        let (found, at_once) = look(call, creation).map_err(stopped)?;
        let since = *absent.filter(|_| at_once).get_or_insert(if at_once { before } else { call.now() });
        absent = Some(since);
        // A look proves nothing if it began while the request could still take effect.
        let rest = if doubt.is_slow { doubt.sent + late_s - before } else { since + settle_s - call.now() };
        match found {
            Found::Ours(object) | Found::Several(object) => return Ok(Settled::Done(object)),
            Found::Others(others) => {
                entry.end(&Ended::Refused(&others));
                return Err(others);
            }
            Found::Nothing if ended => return Ok(Settled::Ended),
            Found::Nothing if rest <= 0.0 => return Ok(Settled::Absent),
            Found::Unclear if ended => return Err(unknown(Some(&unclear()))),
            Found::Unclear if rest <= 0.0 => {
                // More time would not tell. Once the request cannot take effect any more, this is said once; the next call is a
                // new creation.
                let error = unknown(Some(&unclear()));
                if entry.sent.get() + late_s <= before {
                    entry.end(&Ended::Unknown(&error));
                }
                return Err(error);
            }
            Found::Unclear | Found::Nothing => {}
        }
        let why = matches!(found, Found::Unclear).then(unclear);
        let mut pause = rest.max(0.0);
        if doubt.is_slow {
            pause = pause.min(longest_s);
            longest_s *= 2.0;
        }
        let room = call.deadline() - call.now();
        if pause > room - FIRST_S {
            // There is no time to see it stay absent, but it may still come: one last look.
            if last || room < 2.0 * FIRST_S {
                return Err(unknown(why.as_ref()));
            }
            last = true;
            pause = room - FIRST_S;
        }
        if doubt.is_anothers {
            ended = wait_for_another(call, entry, pause).map_err(stopped)?;
        } else {
            call.wait(pause, Wait::Settle).map_err(stopped)?;
        }
    }
}

/// Waits until another call's creation has ended, but no longer than `seconds` and not beyond the deadline; true if it has.
fn wait_for_another(call: &Call, entry: &Entry, seconds: f64) -> Result<bool, Error> {
    let until = (call.now() + seconds).min(call.deadline());
    let ended = call.wait_for(until, Wait::Settle, WATCH_S, || Ok((!entry.is_open()?).then_some(())))?;
    Ok(ended.is_some())
}

fn unclear() -> Error {
    Error::new(Code::UnknownOutcome, "one like it is there, which may be another or an older one")
}

/// Looks for what was created; and whether the first look was answered at once. The server that broke off may take a while to
/// come back: it is asked for as long as the call may wait, but ever more seldom, as each look can cost slots.
fn look(call: &Call, creation: &Creation) -> Result<(Found, bool), Error> {
    let mut most = FIRST_S;
    let mut last = false;
    loop {
        let looking = call.child(Deadline::Parents).no_retry();
        let error = match (creation.find)(&looking) {
            Ok(found) => return Ok((found, most == FIRST_S)),
            Err(e) if !may_pass(&e) => return Err(e),
            Err(e) => e,
        };
        let mut pause = most * (0.5 + 0.5 * random());
        // Not beyond the moment after which there would be no time to see it stay absent.
        let room = call.deadline() - call.config().settle_s - 2.0 * FIRST_S - call.now();
        if room > FIRST_S {
            pause = pause.min(room);
        }
        let asked_s = error.details().retry_after_s.unwrap_or(0.0);
        pause = pause.max(asked_s);
        let room = call.deadline() - call.now();
        if pause > room {
            // One last look at the deadline, unless the server asks to be left alone for longer.
            if last || asked_s > room || room < FIRST_S {
                return Err(error);
            }
            last = true;
            pause = room;
        }
        call.retry_event(&error, pause)?;
        call.wait(pause, Wait::Settle)?;
        most = if protocol::is_outage(error.details().http_status) { (4.0 * most).min(LONGEST_OUTAGE_S) } else { 2.0 * most };
    }
}

/// True if a look that failed in this way may succeed later: a token can be refused while the server is being restarted, and a
/// proxy's page can stand in its place.
fn may_pass(error: &Error) -> bool {
    error.details().transient || matches!(error.code(), Code::Authentication | Code::Protocol)
}

fn under_way() -> Error {
    Error::new(Code::UnknownOutcome, "The same is being created by another call.")
}

/// How another call's creation ended that was absent for long enough.
fn absent() -> Error {
    Error::new(Code::NotFound, "It was looked for, and was not there.")
}

/// A creation in the store.
struct Entry<'a> {
    call: &'a Call<'a>,
    line: Line<'a>,
    /// False while `number` is that of another call's creation, which has a line of its own.
    is_own: Cell<bool>,
    key: String,
    about: Json,
    /// Its number there, once it is begun.
    number: Cell<Option<i64>>,
    /// When it was last sent, in seconds of the call's clock.
    sent: Cell<f64>,
    /// Another call's creation with the same key, which kept this one from being sent.
    anothers: Cell<Option<Open>>,
    /// The name of the other's line, while `number` is the other's.
    anothers_line: RefCell<Option<String>>,
}

impl<'a> Entry<'a> {
    fn new(call: &'a Call<'a>, creation: &Creation) -> Entry<'a> {
        Entry {
            call,
            line: Line::new(call, &creation.request),
            is_own: Cell::new(true),
            key: name(call, &creation.request.path, creation.key),
            about: Json::of(&creation.request.path),
            number: Cell::new(None),
            sent: Cell::new(f64::NEG_INFINITY),
            anothers: Cell::new(None),
            anothers_line: RefCell::new(None),
        }
    }

    fn give_way(&self, open: Open) -> Error {
        self.line.given_over(&under_way());
        self.is_own.set(false);
        self.number.set(Some(open.number));
        self.sent.set(self.call.now() - open.age_s);
        self.anothers_line.replace(open.line.clone());
        self.anothers.set(Some(open));
        under_way()
    }

    /// True if it has not ended.
    fn is_open(&self) -> Result<bool, Error> {
        let open = self.call.store().pending().open(self.call.at(), &self.key)?;
        Ok(open.is_some_and(|open| Some(open.number) == self.number.get()))
    }

    /// Its outcome is known. A store that cannot be written keeps it: the next call then looks before it sends.
    fn end(&self, ended: &Ended) {
        // A forked child's copy is its parent's to end.
        if let Some(number) = self.number.take().filter(|_| !self.call.is_forked()) {
            let closing = if self.is_own.get() { self.line.close(ended) } else { self.close_anothers(ended) };
            let _ = self.call.store().pending().end(self.call.at(), number, &closing);
        }
    }

    /// What another call's line says of its end.
    fn close_anothers(&self, ended: &Ended) -> Closing {
        let line = self.anothers_line.borrow();
        match ended {
            // The error is this call's; of the other's request it is only known that its object is not there.
            Ended::Refused(_) => self.line.close_anothers(line.as_deref(), &Ended::Refused(&absent())),
            ended => self.line.close_anothers(line.as_deref(), ended),
        }
    }

    /// Sends another call's creation again, as it did not take effect: from now on it is this call's. False if a third one was quicker.
    fn take_over(&self, number: i64, least_age_s: f64) -> Result<bool, Error> {
        let ended = absent();
        let ended = Ended::Refused(&ended);
        let former = self.line.closing_of_anothers(&ended);
        let takeover = Takeover { former: &former, line: self.line.open()? };
        let restarted = self.call.store().pending().restart(self.call.at(), number, least_age_s, Some(&takeover));
        match &restarted {
            Ok(true) => {
                self.close_anothers(&ended);
                self.is_own.set(true);
            }
            Ok(false) => self.line.unopened(&absent()),
            Err(e) => self.line.unopened(e),
        }
        restarted
    }
}

impl Note for Entry<'_> {
    /// It is in the store when this returns. Errors: `state`; any where it must not go, as another call's is under way, or as
    /// there is too little time for it.
    fn goes(&self) -> Result<(), Error> {
        let call = self.call;
        if call.timeout_s() < LEAST_SHARE * call.config().timeout_s {
            return Err(call.no_time_left());
        }
        let (pending, now) = (call.store().pending(), call.now());
        match self.number.get() {
            None => {
                let begun = pending.begin(call.at(), &self.key, &self.about, self.line.open()?);
                match begun.inspect_err(|e| self.line.unopened(e))? {
                    Begun::Ours(number) => {
                        self.number.set(Some(number));
                        self.is_own.set(true);
                    }
                    Begun::Another(open) => {
                        self.line.unopened(&under_way());
                        return Err(self.give_way(open));
                    }
                }
            }
            Some(number) => {
                let least_age_s = (now - self.sent.get() - CLOCKS_S).max(0.0);
                let restarted = if self.is_own.get() {
                    pending.restart(call.at(), number, least_age_s, None)?
                } else {
                    self.take_over(number, least_age_s)?
                };
                if !restarted {
                    // Somebody else sends it again, or saw that it took effect after all.
                    let ended = Open { number, about: self.about.clone(), age_s: now - self.sent.get(), line: None };
                    return Err(self.give_way(pending.open(call.at(), &self.key)?.unwrap_or(ended)));
                }
            }
        }
        self.sent.set(call.now());
        Ok(())
    }

    /// Should the process be killed while it waits, nothing of it is under way.
    fn had_no_effect(&self, why: &Error) {
        self.end(&Ended::Refused(why));
    }

    /// Its line is closed together with the creation.
    fn came_back(&self, back: &Back) -> Option<Closes> {
        self.line.hear(back);
        None
    }
}

impl Doubt {
    /// The doubt of a creation that another call began: one that runs, one that ended without knowing, or one that was killed.
    fn of(call: &Call, creation: &Creation, open: &Open) -> Doubt {
        let message = format!(
            "The same was sent {} s ago by another call, or by a process that ended before it had an answer.",
            tenths(open.age_s.max(0.0))
        );
        let cause = Error::new(Code::UnknownOutcome, message).request(creation.request.named());
        Doubt { cause, sent: call.now() - open.age_s, is_slow: true, is_anothers: true }
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
