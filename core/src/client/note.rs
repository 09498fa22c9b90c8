//! What is noted of a request that is under way: that it goes, that it had no effect, and what came back.

use super::call::Answered;
use super::outcome::Understood;
use crate::config::Secret;
use crate::error::Error;
use crate::store::journal::Closing;

/// What came back of one exchange.
pub struct Back<'a> {
    /// What it means.
    pub understood: &'a Understood,
    /// What the answer says of itself.
    pub answered: &'a Answered,
    /// The token that it went with, which the server may have thrown back.
    pub token: &'a Secret,
    /// The request is not sent again, whatever time is left.
    pub is_last: bool,
}

/// A line of the journal that is to be closed, by its name.
pub struct Closes {
    pub key: String,
    pub closing: Closing,
}

/// Notes of a request that is under way.
pub trait Note {
    /// It goes now. If this fails, nothing is sent.
    fn goes(&self) -> Result<(), Error>;
    /// It came back without having had any effect, and may have to wait long until it goes again.
    fn had_no_effect(&self, why: &Error);
    /// Something came back, or nothing. What is returned is kept with the settlement of the request's slot.
    fn came_back(&self, back: &Back) -> Option<Closes>;
}

/// Nothing is noted.
pub struct Unnoted;

impl Note for Unnoted {
    fn goes(&self) -> Result<(), Error> {
        Ok(())
    }
    fn had_no_effect(&self, _: &Error) {}
    fn came_back(&self, _: &Back) -> Option<Closes> {
        None
    }
}
