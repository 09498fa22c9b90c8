//! State in files, shared by all processes of a machine, and by several accounts. How it is kept safely is decided here; what
//! a slot or a token means is not.

mod account;
mod check;
mod clock;
mod file;
mod inbox;
mod journal;
mod lives;
mod outcome;
mod pair;
mod pending;
mod quota;
mod restart;
mod schema;
mod shelves;
mod system;
mod trouble;

pub use account::SqliteStore;
