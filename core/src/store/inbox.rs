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
    /// What sort of object it is, as `result`: the inbox's own word, which the store only compares.
    pub kind: String,
    /// What an event of it will hold: the object as it was seen, all of it.
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
    /// A fingerprint of the id on the host's side, which itself is not kept.
    pub key: String,
    /// As the link flow's callback brought it. Stores seal it.
    pub encrypted_user_id: String,
    /// True if it may take the place of another encrypted user id.
    pub may_replace: bool,
}

/// A claim that an object changed, to be looked into.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Grows with each arrival: one that arrives again while it is looked into gets a new number.
    pub number: i64,
    /// Which object: the same fingerprint as its observations have.
    pub key: String,
    /// What sort of object it is, as an observation's.
    pub kind: String,
    /// What is needed to look into it; not what an event will hold. Stores seal it.
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
    /// What became known without a look at the server.
    pub observations: Vec<Observation>,
    /// A fingerprint of the whole delivery, where the sender names it: the same one again changes nothing.
    pub delivery: Option<String>,
}

/// An event as it is delivered.
#[derive(Debug, Clone)]
pub struct Event {
    /// Grows with each event, so that a later one has a higher number. The host acknowledges by it.
    pub number: i64,
    /// What sort of object changed, as an observation's.
    pub kind: String,
    /// The object as it was when the change was seen.
    pub object: Json,
    /// True if the API, or a signature, vouches for it.
    pub verified: bool,
    /// In seconds since 1970, as `acknowledged`.
    pub received: f64,
    /// How often it was leased to the host, this time included.
    pub deliveries: i64,
    /// When the host was done with it; none while it is not.
    pub acknowledged: Option<f64>,
    /// How long somebody else still has it, in seconds.
    pub leased_s: Option<f64>,
    /// Who took it last, in words; none if nobody did since it was kept or given back.
    pub holder: Option<String>,
    /// What was said when it was last given back or dropped.
    pub said: Option<String>,
    /// It was dropped; then it is acknowledged as well.
    pub dropped: bool,
}

/// How old the oldest of those are that wait, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Lag {
    /// Events that are not acknowledged.
    pub event_s: Option<f64>,
    /// Claims whose object was not looked at yet.
    pub claim_s: Option<f64>,
}

/// How many of each there are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Events that are neither acknowledged nor leased now.
    pub waiting: u64,
    /// Events whose lease has not ended.
    pub leased: u64,
    /// Events that are done with and still kept.
    pub acknowledged: u64,
    /// Claims whose object was not looked at yet.
    pub unverified: u64,
    /// Events and claims that were sealed with another client secret.
    pub unreadable: u64,
}

/// What became of an arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is in the store, or was already: the same delivery, or one that says nothing new.
    Yes,
    /// No room: the sender must try again.
    Full,
}

/// Some claims of one kind, and how many there are.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// At most as many as were asked for.
    pub some: Vec<Claim>,
    /// How many there are in all, those in `some` included.
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
    /// Leases the first event that nobody has and before which no other event of the same object waits. `holder`: who takes it, in words.
    fn next(&self, at: At, kinds: &[&str], lease_s: f64, holder: &str, limits: Limits) -> Result<Option<Event>, Error>;
    /// Ends an event's lease, so that it waits again at once, also if it was acknowledged or dropped; `said` is kept with it, sealed. False
    /// if no such event is kept.
    fn requeue(&self, at: At, number: i64, said: Option<&str>) -> Result<bool, Error>;
    /// Is done with an event that nobody handled; `said` is kept with it, sealed. False if no such event is kept.
    fn discard(&self, at: At, number: i64, said: &str) -> Result<bool, Error>;
    /// Events that were taken at least once and are not acknowledged, oldest first.
    fn taken(&self, at: At, most: usize) -> Result<Vec<Event>, Error>;
    /// How old the oldest are that wait.
    fn lag(&self, at: At) -> Result<Lag, Error>;
    /// True if there ever was such an event; from now on it is done with.
    fn acknowledge(&self, at: At, number: i64, limits: Limits) -> Result<bool, Error>;
    /// Events after number `after`, oldest first. There are none after a number that no event can have.
    fn events(&self, at: At, after: u64, kinds: &[&str], most: usize) -> Result<Vec<Event>, Error>;
    /// How many events and claims of the account there are, by their state.
    fn counts(&self, at: At) -> Result<Counts, Error>;
    /// The encrypted user id that goes with a person's id on the host's side.
    fn link(&self, at: At, key: &str) -> Result<Option<String>, Error>;
    /// Works on a note of the inbox's own, alone. The second argument of `work` is the store's time. A note that is not there is
    /// `null`.
    fn with_note(&self, at: At, name: &str, work: &mut dyn FnMut(&mut Json, f64)) -> Result<(), Error>;
}
