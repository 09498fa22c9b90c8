//! What the host's own situation does to the library: standard descriptors that are closed, and limits that are reached.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

mod descriptors;
#[allow(dead_code)]
#[path = "../shared/processes.rs"]
mod processes;
mod shortage;
#[allow(dead_code)]
#[path = "../state/stage.rs"]
mod stage;
mod task;
