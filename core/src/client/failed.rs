//! A request that did not succeed, and what is known of its effect.

use crate::error::Error;

/// A request that did not succeed.
#[derive(Debug)]
pub struct Failed {
    /// What is told of it.
    pub error: Error,
    /// It may have taken effect all the same.
    pub unsettled: bool,
    /// The server is known to be slow: the request may still take effect much later.
    pub is_slow: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed { error, unsettled: false, is_slow: false }
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        failed.error
    }
}
