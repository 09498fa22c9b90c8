//! A right that one call has at a time: in this process, and in all that share its state. What it is a right to, the callers know.

use std::cell::Cell;
use std::rc::Rc;

use super::call::{Call, Deadline, Wait};
use super::context::Context;
use crate::error::{Code, Error};
use crate::random::first_number;
use crate::store::{At, holder_in};

/// How much longer than one request may take a lease lasts, in seconds.
const MARGIN_S: f64 = 10.0;
/// How often a lease is prolonged, in seconds.
const BEAT_S: f64 = 1.0;
/// How often a call that waits for a lease asks for it, in seconds.
const ASK_AGAIN_S: f64 = 0.05;
/// When to call again after the lease could not be had, in seconds.
const CALL_AGAIN_S: f64 = 1.0;

/// What a lease is on.
#[derive(Debug, Clone)]
pub struct Leased {
    /// What the store calls it.
    pub name: String,
    /// What a call that waits for it waits for.
    pub wait: Wait,
    /// The error of a call that could not have it: a sentence.
    pub busy: String,
    /// The error of a call that lost it: a sentence.
    pub lost: &'static str,
    /// True if what its holder sends changes something. A request that is under way when its process is killed may still act, so the
    /// lease lasts as long as that could.
    pub writes: bool,
}

/// A lease. It ends when it is dropped. When its process is killed, it ends after one request's `timeout_s` and 11 s; where its holder only
/// reads, at once if the system can tell.
pub struct Lease<'a> {
    context: &'a Context,
    generation: u64,
    on: Rc<Leased>,
    holder: String,
    waited: bool,
    lost: Rc<Cell<bool>>,
}

/// A name for who takes a lease now, as no other has.
pub fn holder(call: &Call) -> String {
    holder_in(call.store().own_life(), &format!("{:016x}", first_number()))
}

impl<'a> Lease<'a> {
    /// Takes the lease, and waits for it as long as the call may wait. Errors: `throttled` where it could not be had by then,
    /// `interrupted`, `forked`, `state`.
    pub fn take(call: &Call<'a>, on: Leased) -> Result<Lease<'a>, Error> {
        let mut lease = Lease {
            context: call.context(),
            generation: call.generation(),
            holder: if on.writes { format!("{:016x}", first_number()) } else { holder(call) },
            on: Rc::new(on),
            waited: false,
            lost: Rc::default(),
        };
        let mut asked = 0;
        let taken = call.wait_for(call.deadline(), lease.on.wait, ASK_AGAIN_S, || {
            asked += 1;
            let taken = call.store().take_lease(call.at(), &lease.on.name, &lease.holder, length_s(call.context()))?;
            Ok(taken.then_some(()))
        })?;
        if taken.is_none() {
            let message = format!("{} Call again, or give a larger \"max_wait_s\".", lease.on.busy);
            return Err(Error::new(Code::Throttled, message).retry_after_s(CALL_AGAIN_S));
        }
        lease.waited = asked > 1;
        Ok(lease)
    }

    /// A call inside `call` which keeps the lease up while it waits, and sends nothing once somebody else has it.
    pub fn kept_by(&self, call: &Call<'a>) -> Call<'a> {
        let (context, on, holder, lost) = (self.context, self.on.clone(), self.holder.clone(), self.lost.clone());
        let at = call.at();
        let kept = Cell::new(call.now());
        call.child(Deadline::Parents).beating(move || {
            if !lost.get() && context.clock.now() - kept.get() < BEAT_S {
                return Ok(());
            }
            kept.set(context.clock.now());
            if !lost.get() && context.store.keep_lease(at, &on.name, &holder, length_s(context))? {
                return Ok(());
            }
            lost.set(true);
            Err(Error::new(Code::Network, on.lost))
        })
    }

    /// Makes sure that nobody else has it, and prolongs it. To be called before anything that was read under it is kept. Errors:
    /// `network` where somebody else has it, `state`.
    pub fn keep(&self, at: At) -> Result<(), Error> {
        if !self.lost.get() && self.context.store.keep_lease(at, &self.on.name, &self.holder, length_s(self.context))? {
            return Ok(());
        }
        self.lost.set(true);
        Err(Error::new(Code::Network, self.on.lost))
    }

    /// What the store calls it.
    pub fn name(&self) -> &str {
        &self.on.name
    }

    /// True if it was somebody else's at first.
    pub fn was_waited_for(&self) -> bool {
        self.waited
    }

    /// True once somebody else has taken it.
    pub fn is_lost(&self) -> bool {
        self.lost.get()
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        // A forked child's copy is its parent's to end. A lease that cannot be ended now ends by itself.
        if self.generation == crate::process::generation() {
            let at = At { clock: &*self.context.clock, patience_s: MARGIN_S };
            let _ = self.context.store.end_lease(at, &self.on.name, &self.holder);
        }
    }
}

/// How long a lease lasts from its last prolongation, in seconds: one request, sent right after it.
fn length_s(context: &Context) -> f64 {
    context.config.timeout_s + BEAT_S + MARGIN_S
}
