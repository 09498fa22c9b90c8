//! The words that plans keep as text: read back, each is the word of this version again.

use serde::{Deserialize, Deserializer, de::Error};

/// A word of this library's own.
pub type Word = &'static str;

/// The names of all rails, in the order in which plans list them.
pub const RAILS: [Word; 19] = [
    "first_run",
    "profile_changed",
    "file_empty",
    "file_short",
    "file_broken",
    "file_stale",
    "register_short",
    "irreversible",
    "department_gone",
    "creates",
    "enrolments",
    "aliases",
    "second_installation",
    "scheme_unlisted",
    "changes",
    "transfer",
    "same_person?",
    "administrators",
    "unnamed_row",
];

/// The word that `find` knows this text as. Errors: where it knows none.
pub fn read<'de, D: Deserializer<'de>>(text: &str, find: fn(&str) -> Option<Word>) -> Result<Word, D::Error> {
    find(text).ok_or_else(|| D::Error::custom(format!("{text} is no word of this version")))
}

fn rail_named(text: &str) -> Option<Word> {
    RAILS.into_iter().find(|rail| *rail == text)
}

/// Reads the name of a rail.
pub fn rail<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    read::<D>(&String::deserialize(deserializer)?, rail_named)
}

/// Reads the name of a rail, if there is one.
pub fn rail_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Word>, D::Error> {
    Option::<String>::deserialize(deserializer)?.map(|text| read::<D>(&text, rail_named)).transpose()
}
