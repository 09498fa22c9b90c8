//! What must outlive a call: slots, token, remembered answers, pending creations, the journal, the inbox. The traits say what a store can do; each
//! way of keeping it has files of its own. What a slot or a token is, `throttle` and `token` know; who sends requests, `client` knows.

mod at;
pub mod inbox;
mod interface;
pub mod journal;
pub mod memory;
mod opening;
pub mod pending;
pub mod shelves;
pub mod sqlite;
pub mod vault;

pub use at::At;
pub use interface::{Hour, Memo, Notes, Recalled, Store, holder_in};
pub use opening::open;
