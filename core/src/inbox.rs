//! The inbox.

pub mod intake;
pub mod kind;
pub mod poll;
#[cfg(feature = "receiver")]
pub mod receiver;
