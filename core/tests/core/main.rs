//! The library without C, against the sandbox: what `finaut_core::call` promises. One file for each promise's subject.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

mod answers;
#[allow(dead_code)]
#[path = "../shared/clocks.rs"]
mod clocks;
mod connections;
mod creation;
mod errors;
mod journal;
mod lists;
mod names;
mod operations;
mod pages;
mod places;
mod raw;
mod replies;
mod roles;
mod secrecy;
mod settling;
mod simulated;
mod stage;
mod throttle;
mod tls;
mod token;
mod transport;
mod typed;
mod writing;
