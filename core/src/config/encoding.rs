//! The encoding of all text in and out.

use encoding_rs::Encoding;

use super::problem::bad;
use crate::error::Error;

/// The encoding that the configuration itself declares and is therefore written in. Bytes beyond ASCII are looked past: the
/// label and its key are ASCII in every encoding that can be declared. `default` is the label where none is declared. Errors: `config`.
pub fn declared(bytes: &[u8], default: &str) -> Result<&'static Encoding, Error> {
    let ascii: String = bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect();
    let label = crate::json::value(ascii.trim_start_matches('?').as_bytes())
        .ok()
        .and_then(|given| given.get("encoding")?.as_str().map(str::to_owned))
        .unwrap_or_else(|| default.to_owned());
    match Encoding::for_label_no_replacement(label.as_bytes()) {
        // Where a character takes several bytes, some of them look like JSON's own backslash or quote.
        Some(encoding)
            if encoding == encoding_rs::UTF_8 || (encoding.is_single_byte() && encoding != encoding_rs::X_USER_DEFINED) =>
        {
            Ok(encoding)
        }
        Some(_) => Err(bad(
            "encoding",
            &format!(
                "\"{}\" is not supported; use UTF-8, or an encoding of one byte for each character, as windows-1252",
                crate::text::excerpt(&label, 40)
            ),
        )),
        None => Err(bad(
            "encoding",
            &format!(
                "\"{}\" is unknown; use a label of the WHATWG Encoding Standard, as utf-8 or windows-1252",
                crate::text::excerpt(&label, 40)
            ),
        )),
    }
}
