//! What an event is about. The store knows kinds as opaque words only.

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
    pub const ALL: [Kind; 4] = [Kind::Result, Kind::Userstatus, Kind::Link, Kind::Unknown];

    pub fn word(self) -> &'static str {
        match self {
            Kind::Result => "result",
            Kind::Userstatus => "userstatus",
            Kind::Link => "link",
            Kind::Unknown => "unknown",
        }
    }

    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
