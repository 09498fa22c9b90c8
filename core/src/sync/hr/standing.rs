//! Whether somebody works, is on leave, or has left.

/// Whether the person works there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Works.
    #[default]
    Active,
    /// Is on leave.
    Leave,
    /// Has left.
    Left,
}

impl Standing {
    /// The standing of this word.
    pub fn named(word: &str) -> Option<Standing> {
        match word {
            "active" => Some(Standing::Active),
            "leave" => Some(Standing::Leave),
            "left" => Some(Standing::Left),
            _ => None,
        }
    }
}
