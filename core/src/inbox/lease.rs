//! The right to ask the API about the inbox's contents, which one caller of an account has at a time, so that an older answer never
//! overtakes a newer one.

use super::kept::inbox;
use crate::client::Call;
use crate::error::{Code, Error};
use crate::store::inbox::Inbox;

/// What the store calls the lease.
const NAME: &str = "inbox poll";
/// How much longer than its requests may take the lease lasts, in seconds.
const MARGIN_S: f64 = 10.0;

/// A lease on asking the API. It ends when it is dropped, and by itself some time after its holder was killed.
pub struct PollLease<'a> {
    call: &'a Call<'a>,
    inbox: &'a dyn Inbox,
    holder: String,
    /// How long it lasts when it is not prolonged, in seconds.
    length_s: f64,
}

impl<'a> PollLease<'a> {
    /// Takes the lease; `None`: somebody else has it. `patience_s`: for how long its requests may wait for slots. Errors: `config`
    /// where there is no inbox, `state`.
    pub fn take(call: &'a Call<'a>, patience_s: f64) -> Result<Option<PollLease<'a>>, Error> {
        let mut bytes = [0; 8];
        let random = ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes);
        random.map_err(|_| Error::new(Code::Internal, "The system gave no random numbers."))?;
        let lease = PollLease {
            call,
            inbox: inbox(call)?,
            holder: data_encoding::HEXLOWER.encode(&bytes),
            length_s: patience_s + call.config().timeout_s + MARGIN_S,
        };
        let taken = call.store().take_lease(call.at(), NAME, &lease.holder, lease.length_s)?;
        Ok(taken.then_some(lease))
    }

    /// The call that has it.
    pub fn call(&self) -> &'a Call<'a> {
        self.call
    }

    /// The inbox that it is about.
    pub fn inbox(&self) -> &'a dyn Inbox {
        self.inbox
    }

    /// Prolongs the lease by what the next request can take. To be called before each request and before anything that was read is
    /// kept: an answer counts only if nobody else took the lease meanwhile. Errors: `network` if somebody did, `state`.
    pub fn keep(&self) -> Result<(), Error> {
        if self.call.store().keep_lease(self.call.at(), NAME, &self.holder, self.length_s)? {
            return Ok(());
        }
        Err(Error::new(
            Code::Network,
            "Reading took so long that another caller began anew; what was read is not kept. Call again.",
        ))
    }
}

impl Drop for PollLease<'_> {
    fn drop(&mut self) {
        // A lease that cannot be ended now ends by itself.
        let _ = self.call.store().end_lease(self.call.at(), NAME, &self.holder);
    }
}
