//! The state file: one account, many processes. Processes are this test program started again as a worker.

mod clocks;
mod files;
mod forks;
mod killing;
mod secrecy;
mod sharing;
mod stage;
mod trouble;
