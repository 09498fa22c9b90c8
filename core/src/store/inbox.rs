//! What an inbox is: claims that something changed, and events for the host. How it is kept safely, the store knows; what results
//! and statuses are, and when the server is asked, the inbox's own layer knows. Here a kind is an opaque word.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::at::At;
pub use crate::config::Limits;
use crate::error::Error;
use crate::json::Json;

/// The fingerprint of each field's value, under a fingerprint of its name.
pub type Prints = BTreeMap<String, String>;

/// An object as it was seen: in an answer of the API's, or in a payload.
#[derive(Debug, Clone)]
pub struct Observation {
    /// Which object: a fingerprint.
    pub key: String,
    pub kind: String,
    pub object: Json,
    /// The object's fields. Where the last observation has the same print for every field that both have, nothing changed.
    pub prints: Prints,
    /// True if the API, or a signature, vouches for it.
    pub verified: bool,
    /// Baseline record: stored without emitting an event.
    pub silent: bool,
    /// True for what nobody here understands: it may take a tenth of the room only, and is forgotten together with its event.
    pub fleeting: bool,
    /// For a link: the pair to remember.
    pub link: Option<Link>,
}

/// A person's id on the host's side, as a fingerprint, and the encrypted user id that goes with it.
#[derive(Debug, Clone)]
pub struct Link {
    pub key: String,
    pub encrypted_user_id: String,
    /// True if it may take the place of another encrypted user id.
    pub may_replace: bool,
}

/// A claim that an object changed, to be looked into.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Grows with each arrival: one that arrives again while it is looked into gets a new number.
    pub number: i64,
    pub key: String,
    pub kind: String,
    pub object: Json,
    /// When it arrived, in seconds since 1970.
    pub received: f64,
    /// How often it was looked into.
    pub tried: i64,
}

/// What one request of a sender's brought.
#[derive(Debug, Clone, Default)]
pub struct Arrival {
    /// The store gives the numbers.
    pub claims: Vec<Claim>,
    pub observations: Vec<Observation>,
    /// A fingerprint of the whole delivery, where the sender names it: the same one again changes nothing.
    pub delivery: Option<String>,
}

/// An event as it is delivered.
#[derive(Debug, Clone)]
pub struct Event {
    pub number: i64,
    pub kind: String,
    pub object: Json,
    pub verified: bool,
    /// In seconds since 1970, as `acknowledged`.
    pub received: f64,
    pub deliveries: i64,
    pub acknowledged: Option<f64>,
    /// How long somebody else still has it, in seconds.
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

/// Keeps an account's inbox. Whatever returns from a changing function is on the disk. All errors are `state`.
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
    fn claims(&self, at: At, kind: &str, most: usize) -> Result<Claims, Error>;
    /// Notes that claims of a kind were looked into once more.
    fn tried(&self, at: At, kind: &str, numbers: RangeInclusive<i64>) -> Result<(), Error>;
    /// Leases the first event that nobody has and before which no other event of the same object waits.
    fn next(&self, at: At, kinds: &[&str], lease_s: f64, limits: Limits) -> Result<Option<Event>, Error>;
    /// True if there ever was such an event; from now on it is done with.
    fn acknowledge(&self, at: At, number: i64, limits: Limits) -> Result<bool, Error>;
    /// Events after number `after`, oldest first. There are none after a number that no event can have.
    fn events(&self, at: At, after: u64, kinds: &[&str], most: usize) -> Result<Vec<Event>, Error>;
    fn counts(&self, at: At) -> Result<Counts, Error>;
    /// The encrypted user id that goes with a person's id on the host's side.
    fn link(&self, at: At, key: &str) -> Result<Option<String>, Error>;
    /// Works on a note of the inbox's own, alone. The second argument of `work` is the store's time. A note that is not there is
    /// `null`.
    fn with_note(&self, at: At, name: &str, work: &mut dyn FnMut(&mut Json, f64)) -> Result<(), Error>;
}
