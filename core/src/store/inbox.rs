//! What an inbox is: claims that something changed, and events for the host. How it is kept safely, the store knows; what results
//! and statuses are, and when the server is asked, the operations know.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

pub use crate::config::Limits;

use super::At;
use crate::error::Error;

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An exam result.
    Result,
    /// A user status.
    Userstatus,
    /// A person who has linked an account on the host's side.
    Link,
    /// Something that arrived and is none of these.
    Unknown,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Result, Kind::Userstatus, Kind::Link, Kind::Unknown];

    pub fn word(self) -> &'static str {
        match self {
            Kind::Result => "result",
            Kind::Userstatus => "userstatus",
            Kind::Link => "link",
            Kind::Unknown => "unknown",
        }
    }

    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// An object as it was seen: in an answer of the API's, or in a payload.
#[derive(Debug, Clone)]
pub struct Observation {
    /// Which object: a fingerprint.
    pub key: String,
    pub kind: Kind,
    pub object: Value,
    /// A fingerprint of each of its fields; a observation that agrees with the last one in all fields that both have is no change.
    pub fields: Map<String, Value>,
    /// Whether the API, or a signature, vouches for it.
    pub verified: bool,
    /// Known already, so that only later changes are events.
    pub silent: bool,
    /// For a link: the fingerprint of the person's id on the host's side, and whether it may take the place of another one.
    pub link: Option<Link>,
}

/// A pair to be remembered.
#[derive(Debug, Clone)]
pub struct Link {
    pub key: String,
    pub encrypted_user_id: String,
    pub may_replace: bool,
}

/// A claim that an object changed, to be looked into.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Grows with each arrival: one that arrives again while it is looked into gets a new number.
    pub number: i64,
    pub key: String,
    pub kind: Kind,
    pub object: Value,
    /// When it arrived, in seconds since 1970.
    pub received: f64,
    /// How often it was looked into.
    pub tried: i64,
}

/// What one request of a sender's brought.
#[derive(Debug, Clone, Default)]
pub struct Arrival {
    /// Numbers are given by the store.
    pub claims: Vec<Claim>,
    pub observations: Vec<Observation>,
    /// A fingerprint of the whole delivery, where the sender names it: the same one again changes nothing.
    pub delivery: Option<String>,
}

pub use crate::config::Limits;

/// An event as it is delivered.
#[derive(Debug, Clone)]
pub struct Event {
    pub number: i64,
    pub kind: Kind,
    pub object: Value,
    pub verified: bool,
    /// In seconds since 1970, as the following.
    pub received: f64,
    pub deliveries: i64,
    pub acknowledged: Option<f64>,
    /// For how long somebody else still has it, in seconds.
    pub leased_s: Option<f64>,
}

/// How many of each there are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub waiting: u64,
    pub leased: u64,
    pub acknowledged: u64,
    /// Claims whose object was not looked at yet.
    pub unverified: u64,
    /// Events and claims that were sealed with another client secret.
    pub unreadable: u64,
}

/// What became of an arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Yes,
    /// No room: the sender must try again.
    Full,
}

/// Keeps an account's inbox. Whatever returns from a changing function is on the disk. Errors are all `state`.
pub trait Inbox: Send + Sync {
    /// Keeps what senders brought, all of it in one step.
    fn arrive(&self, at: At, arrivals: &[Arrival], limits: Limits) -> Result<Vec<Kept>, Error>;
    /// Makes events of what is a change, and drops the claims that are answered by it: those of the same objects up to number
    /// `until`. Returns the number of new events.
    fn record(&self, at: At, observations: &[Observation], until: i64) -> Result<usize, Error>;
    /// Which of these objects have a claim up to number `until`.
    fn claimed(&self, at: At, keys: &[String], until: i64) -> Result<Vec<String>, Error>;
    /// Drops claims that turned out to be about nothing.
    fn drop_claims(&self, at: At, numbers: &[i64]) -> Result<(), Error>;
    /// Claims that are due, those looked into least often first, else in any order; with how many there are in all of this kind, and how
    /// many of those were never looked into.
    fn claims(&self, at: At, kind: Kind, most: usize) -> Result<Claims, Error>;
    /// Notes that claims of a kind were looked into once more.
    fn tried(&self, at: At, kind: Kind, numbers: RangeInclusive<i64>) -> Result<(), Error>;
    /// Leases the first event that nobody has and before which no other event of the same object waits.
    fn next(&self, at: At, kinds: &[Kind], lease_s: f64, limits: Limits) -> Result<Option<Event>, Error>;
    /// Whether there ever was such an event; from now on it is done with.
    fn acknowledge(&self, at: At, number: i64, limits: Limits) -> Result<bool, Error>;
    /// Events after number `after`, oldest first.
    fn events(&self, at: At, after: i64, kinds: &[Kind], most: usize) -> Result<Vec<Event>, Error>;
    fn counts(&self, at: At) -> Result<Counts, Error>;
    /// The encrypted user id that goes with a person's id on the host's side.
    fn link(&self, at: At, key: &str) -> Result<Option<String>, Error>;
    /// Works on a note of the inbox's own, lease; `Null`: none yet.
    fn with_note(&self, at: At, name: &str, work: &mut dyn FnMut(&mut Value)) -> Result<(), Error>;
}

/// Some claims, and how many more there are.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    pub some: Vec<Claim>,
    pub count: usize,
    /// How many were never looked into.
    pub untried: usize,
    /// The highest number.
    pub until: i64,
}
