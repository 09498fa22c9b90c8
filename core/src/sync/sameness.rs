//! When a text that FinAut shows is the one that HR has: in the form in which both are compared.

use super::hr::{self, Field};

/// True if FinAut's text is the row's, in the form in which both are compared.
pub fn is_same(field: Field, row: &str, shown: &str) -> bool {
    match field {
        Field::Email => row.to_lowercase() == hr::text(shown).to_lowercase(),
        Field::Mobile => hr::mobile(shown).as_deref().unwrap_or(shown) == row,
        _ => hr::text(shown) == row,
    }
}
