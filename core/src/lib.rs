//! `finaut-core`: what the library does, without C. A blocking client of the FinAut API that keeps to its throttle, caches its
//! token, and creates nobody twice.

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
pub mod random;
pub mod store;
pub mod text;
pub mod throttle;
pub mod token;
pub mod wire;

pub use api::call::call;
