//! What must outlive a call: slots, token, remembered answers and ids. This file says what a store can do; each way of
//! keeping it has a file of its own.

use std::fmt::Debug;

use serde_json::Value;

use crate::client::throttle::{Budget, Priority, Settlement, SlotId, Taken, WaiterId};
use crate::client::token::TokenState;
use crate::config::Rule;
use crate::error::Error;

pub mod memory;

/// Keeps the state of one account. Times are [`Clock::now`](crate::clock::Clock::now) seconds.
pub trait Store: Send + Sync + Debug {
    /// Takes a slot, or says how long until there is one. `waiter` is who waits: what an earlier call returned.
    /// A slot taken is in flight for at most `flight_s`, should nobody settle it.
    fn take(&self, now: f64, rule: &Rule, priority: Priority, flight_s: f64, waiter: Option<WaiterId>) -> Result<Taken, Error>;
    /// Gives up waiting.
    fn leave(&self, waiter: WaiterId) -> Result<(), Error>;
    /// Says what became of a slot's request.
    fn settle(&self, slot: SlotId, settlement: Settlement, rule: &Rule) -> Result<(), Error>;
    /// What is used and what is left.
    fn budget(&self, now: f64, rule: &Rule, requests: usize) -> Result<Budget, Error>;

    /// Works on the token's state, alone.
    fn with_token(&self, work: &mut dyn FnMut(&mut TokenState)) -> Result<(), Error>;

    /// What was kept under `key` at most `age_s` ago.
    fn remembered(&self, key: &str, now: f64, age_s: f64) -> Result<Option<Value>, Error>;
    /// Keeps a value; the store may drop the oldest when there are many.
    fn remember(&self, key: &str, now: f64, value: &Value) -> Result<(), Error>;
    /// Forgets it.
    fn forget(&self, key: &str) -> Result<(), Error>;
}
