//! The nightly sync against the sandbox: what it reads, what it plans, and what that costs.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

mod files;
mod ledger;
mod planning;
#[path = "../shared/register.rs"]
mod register;
#[allow(dead_code)]
#[path = "../core/stage.rs"]
mod stage;
mod taking;
