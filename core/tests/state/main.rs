//! The state file: one account, many processes. Processes are this test program started again as a worker.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

mod clocks;
mod costs;
mod files;
mod forks;
mod fuse;
mod killing;
mod living;
#[allow(dead_code)]
#[path = "../shared/processes.rs"]
mod processes;
mod reading;
mod roles;
mod runs;
mod secrecy;
mod sharing;
mod stage;
mod trouble;
