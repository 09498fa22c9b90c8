//! A second place for the journal's lines, beside the store's journal: an audit file of a caller's own.

use crate::error::Error;
use crate::store::journal::{Closing, Opening};

/// Is given each line that a call writes: once before its request may be sent, again if it is sent after it had no effect, and each time
/// that its outcome is known.
pub trait Sink {
    /// Keeps a line before its request is sent. An error keeps the request from being sent, and ends the call.
    fn opened(&self, line: &Opening) -> Result<(), Error>;
    /// Keeps how it ended, before the store does and before the call ends. It comes after the fact, so nothing can be done about a failure
    /// here; a sink whose lines must be on the disk before a step counts as done keeps it in mind and is asked.
    fn closed(&self, line: &Opening, closing: &Closing);
    /// Keeps how a line ended that another call opened, or a process that was killed, and that this call found out about. `line` is its
    /// name ([`Opening::key`]).
    fn settled(&self, line: &str, closing: &Closing);
}
