//! What each operation does: typed functions, callable from Rust. This file only names what its folder has.

pub mod account;
pub mod address;
pub mod codes;
pub mod comparison;
pub mod competency;
pub mod journal;
pub mod known_ids;
mod lease;
pub mod link;
pub mod list;
pub mod organisation;
pub mod person;
pub mod request;
pub mod results;
pub mod users;
pub mod userstatus;
pub mod warnings;

pub use crate::views;
