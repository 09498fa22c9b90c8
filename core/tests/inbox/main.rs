//! The inbox: what senders bring, what the API says about it, and events that are delivered until they are acknowledged.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

#[allow(dead_code)]
#[path = "../shared/clocks.rs"]
mod clocks;
mod events;
mod killing;
mod links;
mod mishaps;
mod polling;
#[allow(dead_code)]
#[path = "../shared/processes.rs"]
mod processes;
mod receiver;
#[allow(dead_code)]
#[path = "../state/stage.rs"]
mod stage;
mod tools;
mod verifying;
mod webhooks;
