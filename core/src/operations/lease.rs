//! The right to change what is read of a person and written back, which one call has at a time: in this process, and in all that
//! share its state. The callers decide what is read and written.

use crate::client::{self, Call, Deadline, Leased, Wait};
use crate::error::Error;
use crate::json::Json;
use crate::store::Memo;

/// What is added to the age of a reading, in seconds: the store's clock and ours may round differently.
const ROUNDING_S: f64 = 0.05;

/// A lease on a person, as [`client::Lease`].
pub struct Lease<'a>(client::Lease<'a>);

impl<'a> Lease<'a> {
    /// Takes the lease on the user of this number, and waits for it as long as the call may wait. Errors: `throttled` where it
    /// could not be had by then, `interrupted`, `forked`, `state`.
    pub fn take(call: &Call<'a>, user: u64) -> Result<Lease<'a>, Error> {
        let leased = Leased {
            name: format!("roles of {user}"),
            wait: Wait::Person,
            busy: format!(
                "Another call is changing the roles of user {user}, in this process or in one that shares its state, and was not through \
                 in the time that this call may wait."
            ),
            lost: "The process stood still for so long that another call took over the person. Call again.",
            writes: true,
        };
        client::Lease::take(call, leased).map(Lease)
    }

    /// A call inside `call` which keeps the lease up while it waits, and sends nothing once somebody else has it.
    pub fn kept_by(&self, call: &Call<'a>) -> Call<'a> {
        self.0.kept_by(call)
    }

    /// True if it was somebody else's at first.
    pub fn was_waited_for(&self) -> bool {
        self.0.was_waited_for()
    }

    /// True once somebody else has taken it.
    pub fn is_lost(&self) -> bool {
        self.0.is_lost()
    }

    /// A call inside `call`, one that is kept by the lease, of whose answers is noted that the person was written.
    pub fn writing(&self, call: &Call<'a>) -> Call<'a> {
        let name = self.0.name().to_owned();
        call.child(Deadline::Parents).learning(move |_| vec![Memo::new(name.as_str(), Json::of(&true))])
    }

    /// True if a holder of the lease wrote the person after `since`, a moment of the call's clock.
    pub fn was_written(&self, call: &Call, since: f64) -> Result<bool, Error> {
        let age_s = call.now() - since + ROUNDING_S;
        Ok(call.store().remembered(call.at(), self.0.name(), age_s)?.is_some())
    }
}
