//! The right to change what is read of a person and written back, which one call has at a time: in this process, and in all that
//! share its state. The callers decide what is read and written.

use std::cell::Cell;
use std::rc::Rc;

use crate::client::{Call, Context, Deadline, Wait};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::random::first_number;
use crate::store::Memo;

/// How much longer than one request may take a lease lasts, in seconds.
const MARGIN_S: f64 = 10.0;
/// How often a lease is prolonged, in seconds.
const BEAT_S: f64 = 1.0;
/// How often a call that waits for a lease asks for it, in seconds.
const ASK_AGAIN_S: f64 = 0.05;
/// When to call again after the lease could not be had, in seconds.
const CALL_AGAIN_S: f64 = 1.0;
/// What is added to the age of a reading, in seconds: the store's clock and ours may round differently.
const ROUNDING_S: f64 = 0.05;

/// A lease on a person. It ends when it is dropped, and by itself some time after its process was killed: one request's `timeout_s`
/// and 10 s.
pub struct Lease<'a> {
    context: &'a Context,
    generation: u64,
    name: String,
    holder: String,
    waited: bool,
    lost: Rc<Cell<bool>>,
}

impl<'a> Lease<'a> {
    /// Takes the lease on the user of this number, and waits for it as long as the call may wait. Errors: `throttled` where it
    /// could not be had by then, `interrupted`, `forked`, `state`.
    pub fn take(call: &Call<'a>, user: u64) -> Result<Lease<'a>, Error> {
        let mut lease = Lease {
            context: call.context(),
            generation: call.generation(),
            name: format!("roles of {user}"),
            holder: format!("{:016x}", first_number()),
            waited: false,
            lost: Rc::default(),
        };
        let mut asked = 0;
        let taken = call.wait_for(call.deadline(), Wait::Person, ASK_AGAIN_S, || {
            asked += 1;
            let taken = call.store().take_lease(call.at(), &lease.name, &lease.holder, length_s(call.context()))?;
            Ok(taken.then_some(()))
        })?;
        if taken.is_none() {
            return Err(Error::new(
                Code::Throttled,
                format!(
                    "Another call is changing the roles of user {user}, in this process or in one that shares its state, and was \
                     not through in the time that this call may wait. Call again, or give a larger \"max_wait_s\"."
                ),
            )
            .retry_after_s(CALL_AGAIN_S));
        }
        lease.waited = asked > 1;
        Ok(lease)
    }

    /// A call inside `call` which keeps the lease up while it waits, and sends nothing once somebody else has it.
    pub fn kept_by(&self, call: &Call<'a>) -> Call<'a> {
        let (context, name, holder, lost) = (self.context, self.name.clone(), self.holder.clone(), self.lost.clone());
        let at = call.at();
        let kept = Cell::new(call.now());
        call.child(Deadline::Parents).beating(move || {
            if !lost.get() && context.clock.now() - kept.get() < BEAT_S {
                return Ok(());
            }
            kept.set(context.clock.now());
            if !lost.get() && context.store.keep_lease(at, &name, &holder, length_s(context))? {
                return Ok(());
            }
            lost.set(true);
            let message = "The process stood still for so long that another call took over the person. Call again.";
            Err(Error::new(Code::Network, message))
        })
    }

    /// True if it was somebody else's at first.
    pub fn was_waited_for(&self) -> bool {
        self.waited
    }

    /// True once somebody else has taken it.
    pub fn is_lost(&self) -> bool {
        self.lost.get()
    }

    /// A call inside `call`, one that is kept by the lease, of whose answers is noted that the person was written.
    pub fn writing(&self, call: &Call<'a>) -> Call<'a> {
        let name = self.name.clone();
        call.child(Deadline::Parents).learning(move |_| vec![Memo::new(name.as_str(), Json::of(&true))])
    }

    /// True if a holder of the lease wrote the person after `since`, a moment of the call's clock.
    pub fn was_written(&self, call: &Call, since: f64) -> Result<bool, Error> {
        let age_s = call.now() - since + ROUNDING_S;
        Ok(call.store().remembered(call.at(), &self.name, age_s)?.is_some())
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        // A forked child's copy is its parent's to end. A lease that cannot be ended now ends by itself.
        if self.generation == crate::process::generation() {
            let at = crate::store::At { clock: &*self.context.clock, patience_s: MARGIN_S };
            let _ = self.context.store.end_lease(at, &self.name, &self.holder);
        }
    }
}

/// How long a lease lasts from its last prolongation, in seconds: one request, sent right after it.
fn length_s(context: &Context) -> f64 {
    context.config.timeout_s + BEAT_S + MARGIN_S
}
