//! What the sandbox promises, kept over real sockets: one module per promise's subject.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

mod caller;
mod clock;
mod control;
mod customer;
mod faults;
mod link;
mod linking;
mod page;
mod paging;
mod program;
mod register;
mod sight;
mod steps;
mod switches;
mod throttle;
mod tls;
mod token;
mod validation;
mod webhooks;
