//! The configuration's `encoding`: which one the configuration itself is written in, and all other text.

use super::problem::bad;
use crate::encoding::Encoding;
use crate::error::Error;

/// The encoding that the configuration itself declares and is therefore written in. Bytes beyond ASCII are looked past: the
/// label and its key are ASCII in every encoding that can be declared. `default` is the label where none is declared. Errors: `config`.
pub fn declared(bytes: &[u8], default: &str) -> Result<Encoding, Error> {
    let ascii: String = bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect();
    let label = crate::json::value(ascii.trim_start_matches('?').as_bytes())
        .ok()
        .and_then(|given| given.get("encoding")?.as_str().map(str::to_owned))
        .unwrap_or_else(|| default.to_owned());
    Encoding::of_label(&label).map_err(|problem| bad("encoding", &problem))
}
