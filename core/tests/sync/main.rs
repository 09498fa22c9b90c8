//! The nightly sync against the sandbox: what it reads, what it plans, and what that costs.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

mod checks;
#[allow(dead_code)]
#[path = "../shared/clocks.rs"]
mod clocks;
mod costs;
mod ensure;
mod examples;
mod exporting;
mod files;
mod hours;
#[path = "../shared/hours.rs"]
mod hours_of_nights;
mod house;
#[path = "../shared/in_process.rs"]
mod in_process;
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
mod running_approvals;
mod running_house;
mod running_nights;
mod running_steps;
#[allow(dead_code)]
#[path = "../core/stage.rs"]
mod stage;
mod taking;
mod under_way;
