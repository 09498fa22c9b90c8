//! What a row has as identity number.

use crate::persnr::{Fault, Persnr};

/// What the row has as identity number. Its `Debug` does not show it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Number {
    /// Nothing.
    #[default]
    Missing,
    /// A valid number.
    Valid(Persnr),
    /// Eleven digits of which the check digits alone do not fit: mistyped, or made by a newer rule.
    Doubtful,
    /// Something else, as a foreign number.
    Invalid(Fault),
}

impl Number {
    /// The number, where it is valid.
    pub fn valid(&self) -> Option<&Persnr> {
        match self {
            Number::Valid(persnr) => Some(persnr),
            _ => None,
        }
    }
}
