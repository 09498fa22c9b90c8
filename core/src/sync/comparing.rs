//! Whether a text of HR's and one of FinAut's are the same in the form in which both are compared.

use super::hr::{self, Field};

/// True if FinAut's text is the row's. Case counts in names, and not in e-mail addresses.
pub fn is_same(field: Field, row: &str, shown: &str) -> bool {
    match field {
        Field::Email => row.to_lowercase() == hr::text(shown).to_lowercase(),
        Field::Mobile => hr::mobile(shown).as_deref().unwrap_or(shown) == row,
        _ => hr::text(shown) == row,
    }
}
