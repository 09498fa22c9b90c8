//! The right to sync an account, which one caller has at a time, in all processes that share the state; and what it tells of its way.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::json;

use super::progress::{Progress, State, lost_s};
use super::reading;
use crate::client::{self, Call, Deadline};
use crate::clock::in_norway;
use crate::error::{Code, Error};

/// What the store calls the lease.
const NAME: &str = "sync";
/// How often, in seconds, the lease is prolonged and progress is kept. A caller who finds the lease taken may ask again after so long.
const BEAT_S: f64 = 10.0;

/// A lease on syncing. It ends when it is dropped, at once when its process is killed where the system can tell, else some time later.
pub struct SyncLease<'a> {
    call: Call<'a>,
    generation: u64,
    progress: Rc<RefCell<Progress>>,
}

impl<'a> SyncLease<'a> {
    /// Takes the lease. Errors: `busy` with `retry_after_s` where another sync has it, `state`.
    pub fn take(call: &Call<'a>, profile: &str, operation: &str) -> Result<SyncLease<'a>, Error> {
        let now = call.clock().wall();
        let progress = Progress {
            profile: profile.to_owned(),
            operation: operation.to_owned(),
            begun: now,
            at: now,
            machine: call.config().machine.clone(),
            process: std::process::id(),
            life: call.store().own_life(),
            holder: client::holder(call),
            ..Progress::default()
        };
        if !call.store().take_lease(call.at(), NAME, &progress.holder, lost_s(call))? {
            let under_way = Progress::under_way(call)?;
            return Err(busy(under_way.iter().max_by(|one, other| one.at.total_cmp(&other.at))));
        }
        let lease = SyncLease {
            call: call.child(Deadline::Parents),
            generation: call.generation(),
            progress: Rc::new(RefCell::new(progress)),
        };
        lease.progress.borrow().keep(call)?;
        Ok(lease)
    }

    /// A call inside `call` which keeps the lease up, tells of its requests, and sends nothing once somebody else has the lease.
    pub fn kept_by(&self, call: &Call<'a>) -> Call<'a> {
        let (teller, progress) = (call.child(Deadline::Parents), self.progress.clone());
        let (kept, told) = (Cell::new(call.now()), Cell::new(u32::MAX));
        call.child(Deadline::Parents).beating(move || {
            let is_due = teller.now() - kept.get() >= BEAT_S;
            if is_due {
                kept.set(teller.now());
                let holder = progress.borrow().holder.clone();
                if !teller.store().keep_lease(teller.at(), NAME, &holder, lost_s(&teller))? {
                    return Err(taken_over());
                }
            }
            let is_news = teller.is_observed() && told.replace(teller.sent()) != teller.sent();
            // While steps are carried out, pages are none of it.
            if (is_due || is_news)
                && progress.borrow().state == State::Reading
                && let Some((done, of)) = reading::progress(&teller)?
            {
                let mut progress = progress.borrow_mut();
                (progress.done, progress.of) = (done, of);
            }
            progress.borrow_mut().requests = u64::from(teller.sent());
            if is_due {
                progress.borrow_mut().at = teller.clock().wall();
                progress.borrow().keep(&teller)?;
            }
            if is_news {
                let told = progress.borrow().clone();
                tell_ahead(&teller, &told)?;
            }
            Ok(())
        })
    }

    /// Prolongs the lease. Errors: `busy` where somebody else has it: what this sync knows is no longer to be kept; `state`.
    pub fn hold(&self) -> Result<(), Error> {
        let holder = self.progress.borrow().holder.clone();
        match self.call.store().keep_lease(self.call.at(), NAME, &holder, lost_s(&self.call))? {
            true => Ok(()),
            false => Err(taken_over()),
        }
    }

    /// Goes on to the next state, and tells so. Errors: `state`, `interrupted`.
    pub fn enter(&self, state: State, done: u64, of: u64) -> Result<(), Error> {
        {
            let mut progress = self.progress.borrow_mut();
            (progress.state, progress.done, progress.of) = (state, done, Some(of));
            (progress.requests, progress.at) = (u64::from(self.call.sent()), self.call.clock().wall());
            if state != State::Applying {
                progress.ahead = None;
            }
            progress.keep(&self.call)?;
        }
        let told = self.progress.borrow().clone();
        tell_ahead(&self.call, &told)
    }

    /// Keeps in mind how many steps are through, and how many requests the others take; the next beat keeps it.
    pub fn note(&self, done: u64, of: u64, ahead: u64) {
        let mut progress = self.progress.borrow_mut();
        (progress.state, progress.done, progress.of, progress.ahead) = (State::Applying, done, Some(of), Some(ahead));
    }

    /// Keeps how it ended that did not come to its end: it waits, was stopped, or is broken. Errors: `state`.
    pub fn end(&self, error: &Error) -> Result<(), Error> {
        let details = error.details();
        let (now, mut progress) = (self.call.clock().wall(), self.progress.borrow_mut());
        (progress.at, progress.requests) = (now, u64::from(self.call.sent()));
        if progress.state == State::Reading
            && let Some((done, of)) = reading::progress(&self.call)?
        {
            (progress.done, progress.of) = (done, of);
        }
        progress.state = match details.code {
            Code::Throttled => State::Waiting,
            Code::Interrupted => State::Stopped,
            // A child has nothing to say of its parent's sync, nor who lost the lease of the one that took over.
            Code::Forked | Code::Busy => return Ok(()),
            _ => State::Broken,
        };
        progress.next_at = details.retry_after_s.filter(|_| progress.state == State::Waiting).map(|in_s| now + in_s);
        if progress.state == State::Broken {
            progress.code = Some(details.code.word().to_owned());
            progress.message = Some(self.call.context().redacted(&error.message()));
        }
        progress.keep(&self.call)?;
        let told = progress.clone();
        drop(progress);
        // Whoever wanted to stop is not asked again.
        if told.state == State::Stopped { Ok(()) } else { tell_ahead(&self.call, &told) }
    }
}

impl Drop for SyncLease<'_> {
    fn drop(&mut self) {
        // A forked child's copy is its parent's to end. A lease that cannot be ended now ends by itself.
        if self.generation == crate::process::generation() {
            let _ = self.call.store().end_lease(self.call.at(), NAME, &self.progress.borrow().holder);
        }
    }
}

/// Tells the observer how far a sync is. Errors: `interrupted`, `state`.
pub fn tell(call: &Call, state: State, done: u64, of: Option<u64>) -> Result<(), Error> {
    tell_ahead(call, &Progress { state, done, of, ..Progress::default() })
}

/// The same with how many requests are ahead, where that is known: a step may take several.
fn tell_ahead(call: &Call, progress: &Progress) -> Result<(), Error> {
    if !call.is_observed() {
        return Ok(());
    }
    let Progress { state, done, of, ahead, .. } = progress;
    let (state, done, of) = (*state, *done, *of);
    let left = ahead.or(of.map(|of| of.saturating_sub(done)));
    let left = left.map(|left| usize::try_from(left).unwrap_or(usize::MAX));
    let through = match left.filter(|left| *left > 0 && state != State::Planning) {
        Some(left) => Some(in_norway(call.clock().wall() + call.budget(left)?.through_s)),
        None => None,
    };
    call.event("sync", &json!({ "state": state.word(), "done": done, "of": of, "requests": call.sent(), "through": through }))
}

fn busy(other: Option<&Progress>) -> Error {
    let who = other.map_or_else(String::new, |other| {
        format!(
            ": {} of the profile \"{}\" by process {} on {}, since {}",
            other.operation,
            other.profile,
            other.process,
            other.machine,
            in_norway(other.begun)
        )
    });
    let message = format!("Another sync of this account is under way{who}. One runs at a time; call again in {BEAT_S:.0} s.");
    Error::new(Code::Busy, message).retry_after_s(BEAT_S).nothing_sent()
}

fn taken_over() -> Error {
    let message = "The process stood still for so long that another sync of this account took over. Call again.";
    Error::new(Code::Busy, message).retry_after_s(BEAT_S)
}
