//! What an event can be about, and the words for it. The store keeps the words and does not know what they mean.

use crate::error::Error;
use crate::text::excerpt;
use crate::wire::objects::path;

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An exam result.
    Result,
    /// A user status.
    Userstatus,
    /// A person who has linked an account on the host's side.
    Link,
    /// Something that arrived and is none of these.
    Unknown,
}

impl Kind {
    /// Every kind there is.
    pub const ALL: [Kind; 4] = [Kind::Result, Kind::Userstatus, Kind::Link, Kind::Unknown];

    /// The word for it in arguments, in events and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Result => "result",
            Kind::Userstatus => "userstatus",
            Kind::Link => "link",
            Kind::Unknown => "unknown",
        }
    }

    /// The kind that a word stands for. A word of a later version's that is not known here is [`Kind::Unknown`].
    pub fn of_word(word: &str) -> Kind {
        Kind::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(Kind::Unknown)
    }

    /// The kinds that the argument `kind` asks for: the one that it names, or all where it is not given. Errors: `validation`.
    pub fn chosen(word: Option<&str>) -> Result<Vec<Kind>, Error> {
        let Some(word) = word else { return Ok(Kind::ALL.to_vec()) };
        match Kind::ALL.into_iter().find(|kind| kind.word() == word) {
            Some(kind) => Ok(vec![kind]),
            None => {
                let words: Vec<_> = Kind::ALL.iter().map(|kind| format!("\"{}\"", kind.word())).collect();
                let shown = excerpt(word, 40);
                Err(Error::invalid("kind", format!("must be one of {}, not \"{shown}\"", words.join(", "))))
            }
        }
    }

    /// The collection below the API root that holds such objects; `None` for what the API does not list.
    pub fn collection(self) -> Option<&'static str> {
        match self {
            Kind::Result => Some(path::RESULTS),
            Kind::Userstatus => Some(path::STATUS),
            Kind::Link | Kind::Unknown => None,
        }
    }
}

/// The words of several kinds.
pub fn words(kinds: &[Kind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.word()).collect()
}
