//! The library without C, against the sandbox: what `finaut_core::call` promises. One file for each promise's subject.

mod creation;
mod errors;
mod lists;
mod operations;
mod secrecy;
mod stage;
mod throttle;
mod token;
mod transport;
mod typed;
