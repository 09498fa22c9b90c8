//! Documents that outlive a call, on shelves by name: one trait serves all that keeps values by name for long, the ledger as well as the
//! sync's state (memory, plans, the pages of a listing). What a document says, they know; here it is JSON without a meaning.

use super::at::At;
use crate::error::Error;
use crate::json::Json;

/// What is done to one document.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// The shelf. Only its fingerprint is kept.
    pub shelf: &'a str,
    /// The document's name on the shelf. Only its fingerprint is kept.
    pub key: String,
    /// The document; `None`: it is taken away.
    pub document: Option<Json>,
    /// A document of a lower rank does not replace one of a higher rank, nor is that taken away.
    pub rank: i64,
}

impl<'a> Change<'a> {
    /// Puts a document on a shelf, whatever lies there.
    pub fn put(shelf: &'a str, key: impl Into<String>, document: Json) -> Change<'a> {
        Change { shelf, key: key.into(), document: Some(document), rank: 0 }
    }

    /// Takes a document away.
    pub fn remove(shelf: &'a str, key: impl Into<String>) -> Change<'a> {
        Change { shelf, key: key.into(), document: None, rank: 0 }
    }

    /// The same, unless a document of a higher rank lies there.
    pub fn ranked(self, rank: i64) -> Change<'a> {
        Change { rank, ..self }
    }
}

/// Keeps an account's documents, each sealed under its own name, so that none can be put in another's place. It is what keeps the ledger
/// and the sync's state: neither needs a trait of its own, as both put values by name and need several of them changed together. All
/// errors are `state`.
pub trait Shelves: Send + Sync {
    /// Everything on a shelf, in no order that counts.
    fn all(&self, at: At, shelf: &str) -> Result<Vec<Json>, Error>;
    /// One document.
    fn get(&self, at: At, shelf: &str, key: &str) -> Result<Option<Json>, Error>;
    /// Changes documents, and takes everything off the shelves `cleared` before: in one unit of work, which is on the disk when this
    /// returns, if the store has one. A document that lies there as it is given is not written again.
    fn change(&self, at: At, cleared: &[&str], changes: &[Change]) -> Result<(), Error>;
}
