//! The inbox.

pub mod intake;
pub mod poll;
#[cfg(feature = "receiver")]
pub mod receiver;
