//! What must outlive a call: slots, token, remembered answers and ids, the inbox. This file says what a store can do; each way of
//! keeping it has a file of its own.

use std::fmt::Debug;

use crate::clock::Clock;
use crate::error::Error;
use crate::json::Json;
use crate::throttle::SlotLog;
use crate::token::TokenState;

pub mod inbox;
pub mod memory;
pub mod sqlite;
pub mod vault;

/// When, and how patiently, a store is asked.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub clock: &'a dyn Clock,
    /// For how long to wait for others who hold the store, in seconds.
    pub patience_s: f64,
}

/// Keeps the state of one account. Errors are all `state`.
pub trait Store: Send + Sync + Debug {
    /// Works on the log of slots, alone. The second argument of `work` is the store's time, which all its users share. `work` may run again should keeping its result have failed in transient.
    fn with_slots(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error>;
    /// Works on the token's state, alone; as above.
    fn with_token(&self, at: At, work: &mut dyn FnMut(&mut TokenState, f64)) -> Result<(), Error>;
    /// Looks at what is known of the token, without keeping anybody out.
    fn look_at_token(&self, at: At, look: &mut dyn FnMut(&TokenState, f64)) -> Result<(), Error>;

    /// What was kept under `key` at most `age_s` ago.
    fn remembered(&self, at: At, key: &str, age_s: f64) -> Result<Option<Json>, Error>;
    /// Keeps a value; the store may drop the oldest when there are many.
    fn remember(&self, at: At, key: &str, value: &Json) -> Result<(), Error>;
    /// Forgets it.
    fn forget(&self, at: At, key: &str) -> Result<(), Error>;

    /// The account's inbox, where the store can keep one.
    fn inbox(&self) -> Option<&dyn inbox::Inbox>;
}
