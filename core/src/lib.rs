//! `finaut-core`: what the library does, without C. A blocking client of the FinAut API that keeps to its throttle, caches its
//! token, and creates nobody twice.

#![deny(missing_docs)]
// The host's process: nothing in it panics for an index, and what it prints is its own.
#![deny(clippy::indexing_slicing, clippy::print_stderr, clippy::print_stdout)]

pub mod api;
pub mod arguments;
pub mod client;
pub mod clock;
pub mod config;
pub mod error;
pub mod http;
pub mod inbox;
pub mod json;
pub mod operations;
pub mod persnr;
pub mod process;
mod random;
mod redact;
pub mod store;
mod text;
pub mod throttle;
pub mod token;
mod wire;

pub use api::call::call;
