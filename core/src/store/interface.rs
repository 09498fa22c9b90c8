//! What a store of an account's state can do.

use std::fmt::Debug;

use super::at::At;
use super::inbox::Inbox;
use super::journal::{Closing, Journal};
use super::pending::Pending;
use super::shelves::Shelves;
use crate::error::Error;
use crate::json::Json;
use crate::throttle::{Life, SlotLog, Tally};
use crate::token::TokenState;

/// A value to be remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct Memo {
    /// What it is kept under.
    pub key: String,
    /// What is kept.
    pub value: Json,
    /// Nothing is done if the same value was kept at most so many seconds ago.
    pub young_s: f64,
}

impl Memo {
    /// A value that is kept from now on, also if it was kept before.
    pub fn new(key: impl Into<String>, value: Json) -> Memo {
        Memo { key: key.into(), value, young_s: f64::NEG_INFINITY }
    }

    /// The same, but nothing is done if the same value was kept at most `young_s` seconds ago: its age matters only beyond that.
    pub fn unless_younger_than(self, young_s: f64) -> Memo {
        Memo { young_s, ..self }
    }
}

/// What is kept in the unit of work that settles a slot.
#[derive(Debug, Clone, Copy, Default)]
pub struct Notes<'a> {
    /// What was learnt of the answer, as [`Store::remember`] keeps it.
    pub memos: &'a [Memo],
    /// The line of the journal that the answer ends, by its name, as [`Journal::close`] does it.
    pub closed: Option<(&'a str, &'a Closing)>,
}

/// What became of an account's requests in one hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hour {
    /// When it began, in seconds since 1970.
    pub start: f64,
    /// How many there were.
    pub tally: Tally,
}

/// How many hours are kept.
pub const HOURS: u64 = 48;

/// The beginning of the hour that this moment of the calendar is in.
pub fn hour_of(wall: f64) -> f64 {
    (wall / 3600.0).floor() * 3600.0
}

/// A value that was remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalled {
    /// What was kept.
    pub value: Json,
    /// How long ago, in seconds.
    pub age_s: f64,
}

/// The name of a holder of leases in the process of this number.
pub fn holder_in(life: Life, name: &str) -> String {
    format!("{life:x}.{name}")
}

/// The number of the process that a holder of leases is in; 0 where its name does not say.
pub fn life_of(holder: &str) -> Life {
    holder.split_once('.').and_then(|(life, _)| Life::from_str_radix(life, 16).ok()).unwrap_or_default()
}

/// Keeps the state of one account. All errors are `state`.
///
/// The store owns the time: each unit of work gets the store's `now` in seconds. It never goes back, all users of the store share
/// it, and it goes on where it stopped when the machine restarts. Callers give ages, lengths and remaining lives, never moments.
pub trait Store: Send + Sync + Debug {
    /// Works on the log of slots, alone, and adds what the log counts ([`SlotLog::take_tally`]) to the hour's. The second argument of `work` is the store's time. `work` may run again if its result
    /// could not be kept.
    fn with_slots(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error>;
    /// The same, with a look at what is known of the token: both in one unit of work.
    fn with_slots_and_token(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, &TokenState, f64)) -> Result<(), Error>;
    /// The same as [`with_slots`](Store::with_slots), and keeps `notes`: both in one unit of work.
    fn with_slots_and_notes(&self, at: At, notes: Notes, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error>;
    /// Looks at the log of slots, without keeping anybody out. What `look` tidies away may come again.
    fn look_at_slots(&self, at: At, look: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error>;
    /// The last 48 hours in which something was counted, the oldest first.
    fn hours(&self, at: At) -> Result<Vec<Hour>, Error>;
    /// Works on the token's state, alone, as above.
    fn with_token(&self, at: At, work: &mut dyn FnMut(&mut TokenState, f64)) -> Result<(), Error>;
    /// Looks at what is known of the token, without keeping anybody out.
    fn look_at_token(&self, at: At, look: &mut dyn FnMut(&TokenState, f64)) -> Result<(), Error>;

    /// The value kept under `key`, if it was kept at most `age_s` seconds ago. Its age is the larger of the store's and the
    /// calendar's, so a calendar that is set back makes nothing younger.
    fn remembered(&self, at: At, key: &str, age_s: f64) -> Result<Option<Recalled>, Error>;
    /// Keeps values, in one unit of work. The store may drop the oldest values when there are many.
    fn remember(&self, at: At, memos: &[Memo]) -> Result<(), Error>;
    /// Forgets the value kept under `key`.
    fn forget(&self, at: At, key: &str) -> Result<(), Error>;

    /// Takes the lease `name` for `length_s` seconds, or prolongs it if `holder` has it. False if somebody else holds it, whose process
    /// has not ended for certain, as far as its name says which that is ([`holder_in`]).
    fn take_lease(&self, at: At, name: &str, holder: &str, length_s: f64) -> Result<bool, Error>;
    /// Prolongs the lease that `holder` took, even if it has run out. False if somebody else took it meanwhile, or if it is gone.
    fn keep_lease(&self, at: At, name: &str, holder: &str, length_s: f64) -> Result<bool, Error>;
    /// Ends the lease if `holder` still has it.
    fn end_lease(&self, at: At, name: &str, holder: &str) -> Result<(), Error>;

    /// The number of this process among those that use the store; 0 where the store cannot tell whether a process has ended.
    fn own_life(&self) -> Life {
        0
    }
    /// False if the process with this number has ended for certain.
    fn is_alive(&self, _: Life) -> bool {
        true
    }

    /// A name for `text` that only those who know the secret can make, and nobody can turn back: 64 hexadecimal digits. `label`
    /// keeps names for different purposes apart.
    fn fingerprint(&self, label: &str, text: &str) -> String;

    /// The account's creations under way.
    fn pending(&self) -> &dyn Pending;
    /// The account's journal.
    fn journal(&self) -> &dyn Journal;
    /// The account's documents.
    fn shelves(&self) -> &dyn Shelves;
    /// The account's inbox. `None` for a store that does not survive the process.
    fn inbox(&self) -> Option<&dyn Inbox>;
}
