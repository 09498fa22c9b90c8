//! The journal: which changes were sent to the server, and how each ended. What stands in a line, those who write it know; here it is
//! JSON without a meaning.

use super::at::At;
use crate::error::Error;
use crate::json::Json;

/// A line that is open counts as left behind after so long, in seconds, also where its process lives or cannot be asked.
pub const UNDER_WAY_S: f64 = 86_400.0;

/// What a line says from the moment before its request is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// The line's own name, used for no other: hexadecimal digits.
    pub key: String,
    /// When it was opened, in seconds since 1970.
    pub wall: f64,
    /// The job that it can be found by.
    pub job: Option<String>,
    /// The number of the object that it can be found by, where it is known already.
    pub subject: Option<u64>,
    /// The rest, for people. Stores seal it.
    pub about: Json,
}

/// What a line says once its request's outcome is known, or given up.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// The number of the object that the line can be found by from now on; `None`: as before.
    pub subject: Option<u64>,
    /// The rest, for people. Stores seal it.
    pub about: Json,
}

/// How a line ended.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// It has not: its request is under way.
    Not,
    /// Its process ended before it noted an outcome.
    Unnoted,
    /// As its closing says.
    Closed(Json),
}

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Grows with each line.
    pub number: i64,
    /// When it was opened, in seconds since 1970.
    pub wall: f64,
    /// What its opening says.
    pub about: Json,
    /// How it ended.
    pub end: End,
}

/// Which lines are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Those opened at this moment or later, in seconds since 1970.
    pub since: Option<f64>,
    /// Those opened before this moment.
    pub until: Option<f64>,
    /// Those of this job.
    pub job: Option<String>,
    /// Those that can be found by this object's number.
    pub subject: Option<u64>,
    /// Those with lower numbers than this.
    pub before: Option<i64>,
    /// How many of them are left out, the newest first.
    pub skip: u64,
    /// How many are given at most.
    pub most: usize,
    /// How many there are in all need not be told: counting takes time.
    pub uncounted: bool,
}

/// Lines, the newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines {
    /// As many as were wanted.
    pub lines: Vec<Line>,
    /// How many there are in all, older and newer ones included; 0 where that need not be told.
    pub count: u64,
    /// True if older ones follow.
    pub more: bool,
}

/// Keeps an account's journal. Lines are deleted once they are older than the configuration's `journal_days`, by the calendar and by the
/// store's time, and the oldest where there are very many. None that is too old by the calendar is shown. All errors are `state`.
///
/// A creation's line is opened, closed and given over to another call by [`Pending`](super::pending::Pending), in the unit of work that
/// does the same to the creation; any other one here, and closed with its request's slot
/// ([`Store::with_slots_and_notes`](super::Store::with_slots_and_notes)) or here.
pub trait Journal: Send + Sync {
    /// Opens a line. It is on the disk when this returns, if the store has one. A line of this name that was closed is under way again.
    fn open(&self, at: At, opening: &Opening) -> Result<(), Error>;
    /// Closes a line; does nothing if it was closed before. What it says survives a kill; a power cut may take it, and then the line ended
    /// unnoted.
    fn close(&self, at: At, key: &str, closing: &Closing) -> Result<(), Error>;
    /// The lines that are wanted. A line whose process has ended is found out here, and when another is opened.
    fn lines(&self, at: At, wanted: &Wanted) -> Result<Lines, Error>;
}
