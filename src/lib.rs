//! `finaut` lets old software talk to the FinAut API: a blocking client with a C ABI that takes and returns JSON.
//!
//! The map of the house, from the outside in:
//!
//! - [`ffi`]: the C ABI. Handles, strings, the guard against panics; no logic of its own.
//! - [`operations`]: the catalogue of what can be called, and what each operation does. `operations::call` is the whole
//!   library without C.
//! - [`receiver`]: an HTTP server for webhooks, for hosts that have none.
//! - [`client`]: the one way a request goes: slot, token, sending, trying again.
//! - [`state`]: what must outlive a call.
//! - [`wire`]: every name of the server's.
//! - [`config`], [`arguments`], [`error`], [`persnr`], [`json`]: what goes in and what comes out.
//! - [`process`], [`clock`]: the machine.

pub mod arguments;
pub mod client;
pub mod clock;
pub mod config;
pub mod error;
pub mod ffi;
pub mod json;
pub mod operations;
pub mod persnr;
pub mod process;
#[cfg(feature = "receiver")]
pub mod receiver;
pub mod state;
pub mod wire;
