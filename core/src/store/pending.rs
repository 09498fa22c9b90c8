//! Creations under way: what was about to be created, kept before the request is sent and until its outcome is known. What a
//! creation is, the operations know.

use super::at::At;
use super::journal::{Closing, Opening};
use crate::error::Error;
use crate::json::Json;

/// A creation of which nobody asked for so long is forgotten, in seconds.
pub const KEPT_S: f64 = 30.0 * 86_400.0;

/// Keeps an account's creations under way, and their lines of the journal with them: each in one unit of work. Whatever returns from a
/// changing function is on the disk, if the store has one. All errors are `state`.
pub trait Pending: Send + Sync {
    /// Notes that an object with the natural key `key` is about to be created, and opens its line, unless one with this key is already
    /// under way. `key` is a fingerprint; `about` is sealed.
    fn begin(&self, at: At, key: &str, about: &Json, line: &Opening) -> Result<Begun, Error>;
    /// Notes that the creation is sent now, or again: its age begins anew. False, and nothing is done, if it has ended, or if it was
    /// begun or restarted less than `least_age_s` ago: of two callers that want to send it again only one may. `takeover`: it was another
    /// call's until now.
    fn restart(&self, at: At, number: i64, least_age_s: f64, takeover: Option<&Takeover>) -> Result<bool, Error>;
    /// Notes that its outcome is known, and closes its line. Does nothing if it has ended already.
    fn end(&self, at: At, number: i64, closing: &Closing) -> Result<(), Error>;
    /// The creation under way with this key.
    fn open(&self, at: At, key: &str) -> Result<Option<Open>, Error>;
}

/// What becomes of the lines where a call sends another's creation again.
#[derive(Debug)]
pub struct Takeover<'a> {
    /// How the other's line is closed.
    pub former: &'a Closing,
    /// The line that is opened in its place.
    pub line: &'a Opening,
}

/// What beginning a creation gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Begun {
    /// It is the caller's, under this number.
    Ours(i64),
    /// One with the same key is under way, in this process or another, or its process died.
    Another(Open),
}

/// A creation under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// What to end it by. Numbers are never used twice.
    pub number: i64,
    /// What was about to be created, as [`Pending::begin`] was told.
    pub about: Json,
    /// Seconds since it was begun or restarted.
    pub age_s: f64,
    /// The name of its line of the journal; `None` for one that an older version of this library began.
    pub line: Option<String>,
}
