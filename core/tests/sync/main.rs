//! The nightly sync against the sandbox: what it reads, what it plans, and what that costs.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

#[allow(dead_code)]
#[path = "../shared/clocks.rs"]
mod clocks;
mod ensure;
mod examples;
mod exporting;
mod files;
mod house;
mod init;
mod ledger;
mod listing;
mod one;
mod planning;
#[path = "../shared/register.rs"]
mod register;
mod reporting;
mod reports_of_runs;
mod running;
#[allow(dead_code)]
#[path = "../core/stage.rs"]
mod stage;
mod taking;
mod under_way;
