//! `finaut-core`: what the library does, without C. A blocking client of the FinAut API that keeps to its throttle, caches its
//! token, and creates nobody twice.
//!
//! The layers, from the top. Each uses those below it and none above; `cargo xtask arrows` checks that.
//!
//! - [`api`]: the catalogue of operations, and [`call()`], which is the whole library behind a name and a JSON text.
//! - [`inbox`]: webhooks and polling: what senders bring, finding out what is true of it, handing out events, the receiver.
//! - [`sync`]: the nightly sync: HR file, profile, matching, plan, report.
//! - [`operations`]: what each operation does; typed functions.
//! - [`ledger`]: everybody's latest status, kept from the end of the history. [`views`]: the server's objects.
//! - [`client`]: the one way in which a request goes, and its stations.
//! - [`http`]: one exchange with the server. [`store`]: what must outlive a call.
//! - [`throttle`], [`token`]: arithmetic on given times.
//! - values: [`arguments`], [`config`], [`described`], [`encoding`], [`error`], [`items`], [`json`], [`persnr`], [`clock`], [`process`], and those that nobody outside needs.

#![deny(missing_docs)]
// The host's process: nothing in it panics for an index, and what it prints is its own.
#![deny(clippy::indexing_slicing, clippy::print_stderr, clippy::print_stdout)]

pub mod api;
pub mod arguments;
pub mod client;
pub mod clock;
pub mod config;
pub mod described;
pub mod encoding;
pub mod error;
pub mod http;
pub mod inbox;
pub mod items;
pub mod json;
pub mod ledger;
pub mod operations;
pub mod persnr;
pub mod process;
pub mod random;
mod redact;
mod sets;
pub mod store;
pub mod sync;
mod text;
pub mod throttle;
pub mod token;
pub mod views;
mod wire;

pub use api::call::{call, call_pages};
