//! State in files, shared by all processes of a machine, and by several accounts. Here stands how it is kept safely; what a slot or
//! a token is, others know.

mod account;
mod check;
mod clock;
mod file;
mod inbox;
mod lives;
mod pair;
mod pending;
mod quota;
mod restart;
mod schema;
mod system;
mod trouble;

pub use account::SqliteStore;
