//! Where the account's inbox is kept.

use crate::client::Call;
use crate::error::Error;
use crate::operations::link::inbox_of;
use crate::store::inbox::Inbox;

/// The account's inbox. Errors: `config` where the state lives in the process and so would not survive a crash.
pub fn inbox<'a>(call: &Call<'a>) -> Result<&'a dyn Inbox, Error> {
    inbox_of(call.store())
}

/// Tries whether the inbox can be used. Errors: `config` where there is none, `state` where it cannot be read.
#[cfg(feature = "receiver")]
pub fn check(call: &Call, at: crate::store::At) -> Result<(), Error> {
    inbox(call)?.counts(at).map(|_| ())
}
