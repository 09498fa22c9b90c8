//! Trying again: how long to wait before the next try, and when there is to be none.

use super::call::Call;
use crate::error::Error;
use crate::random::random;
use crate::wire::protocol;

/// The first wait is at most so long …
pub const FIRST_S: f64 = 0.5;
/// … each further one at most twice the last, up to this.
const LONGEST_S: f64 = 10.0;
/// What stands before the server answers in its place: it is being restarted, and that takes longer than a moment. Each wait is
/// then at most four times the last, up to this.
pub const LONGEST_OUTAGE_S: f64 = 20.0;
/// A request that reaches the server costs a slot each time: so many tries at the most. One that does not reach it costs
/// nothing and is tried for as long as the call may wait.
const TRIES: u32 = 4;

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
        let most = if protocol::is_outage(error.details().http_status) {
            (FIRST_S * f64::from(1 << (2 * doublings))).min(LONGEST_OUTAGE_S).min(call.deadline() - call.now())
        } else {
            (FIRST_S * f64::from(1 << (doublings - 1))).min(LONGEST_S)
        };
        let wait = (0.02 + most * random()).max(error.details().retry_after_s.unwrap_or(0.0));
        (call.now() + wait <= call.deadline()).then_some(wait)
    }
}
