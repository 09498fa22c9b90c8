//! What each operation does: typed functions, callable from Rust. This file only names what its folder has.

use serde_json::{Map, Value};

pub mod account;
pub mod address;
pub mod codes;
pub mod comparison;
pub mod competency;
pub mod known_ids;
pub mod link;
pub mod organisation;
pub mod person;
pub mod request;
pub mod results;
pub mod selection;
pub mod users;
pub mod userstatus;
pub mod views;

pub use address::is_of_collection;

/// Arguments as the inbox's operations read them.
pub struct Args<'a>(pub &'a Map<String, Value>);

impl<'a> Args<'a> {
    /// The value of an argument.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    /// The value of an argument that is a string.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }
}
