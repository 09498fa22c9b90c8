//! What must outlive a call: slots, token, remembered answers and ids, the inbox. This file says what a store can do; each way of
//! keeping it has a file of its own.

use std::fmt::Debug;

use serde_json::Value;

use crate::client::throttle::SlotLog;
use crate::client::token::TokenState;
use crate::clock::Clock;
use crate::error::Error;

pub mod inbox;
pub mod memory;
pub mod sqlite;

/// When, and how patiently, a store is asked.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub clock: &'a dyn Clock,
    /// For how long to wait for others who hold the store, in seconds.
    pub patience_s: f64,
}

/// Keeps the state of one account. Errors are all `state`.
pub trait Store: Send + Sync + Debug {
    /// Works on the log of slots, alone. `work` may run again should keeping its result have failed in passing.
    fn with_slots(&self, at: At, work: &mut dyn FnMut(&mut SlotLog)) -> Result<(), Error>;
    /// Works on the token's state, alone; as above.
    fn with_token(&self, at: At, work: &mut dyn FnMut(&mut TokenState)) -> Result<(), Error>;
    /// What is known of the token, without keeping anybody out.
    fn token(&self, at: At) -> Result<TokenState, Error>;

    /// What was kept under `key` at most `age_s` ago.
    fn remembered(&self, at: At, key: &str, age_s: f64) -> Result<Option<Value>, Error>;
    /// Keeps a value; the store may drop the oldest when there are many.
    fn remember(&self, at: At, key: &str, value: &Value) -> Result<(), Error>;
    /// Forgets it.
    fn forget(&self, at: At, key: &str) -> Result<(), Error>;

    /// The account's inbox, where the store can keep one.
    fn inbox(&self) -> Option<&dyn inbox::Inbox>;
}
