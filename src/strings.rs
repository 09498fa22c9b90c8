//! Strings in and out: zero-terminated, in the client's encoding. Those that the host has are in `given`.

use std::ffi::{CStr, CString, c_char};

use super::code::FINAUT_OK;
use super::given::{self, Kind};
use finaut_core::encoding::{Encoding, escape};
use finaut_core::error::{Code, Error};

/// The encoding of a client's text.
pub type Text = Encoding;

/// What goes into `*reply`, and the code that goes with it.
pub struct Reply {
    code: i32,
    /// `None` where the code says everything: the host gets NULL.
    text: Option<CString>,
    kind: Kind,
}

impl Default for Reply {
    /// For when not even a message can be made.
    fn default() -> Self {
        Reply { code: Code::Internal.number(), text: Some(CString::default()), kind: Kind::Plain }
    }
}

impl Reply {
    /// A reply of JSON text, which is handed over as it is where the encoding is UTF-8.
    pub fn json(text: impl Into<String>, encoding: Text) -> Reply {
        let text = text.into();
        let text = if encoding == Encoding::UTF_8 { without_zeros(text.into_bytes()) } else { encoded(&text, encoding) };
        Reply { code: FINAUT_OK, text: Some(text), kind: json_in(encoding) }
    }

    pub fn error(error: Error, encoding: Text) -> Reply {
        // Whatever went wrong before a client was there to redact its secrets: identity numbers are redacted in any case.
        let error = error.bounded();
        let text = encoded(&error.json().to_string(), encoding);
        Reply { code: error.code().number(), text: Some(text), kind: json_in(encoding) }
    }

    /// A reply of text that is in the host's encoding already.
    pub fn bytes(bytes: Vec<u8>, kind: Kind) -> Reply {
        Reply { code: FINAUT_OK, text: Some(without_zeros(bytes)), kind }
    }

    /// A code alone.
    pub fn code_alone(code: i32) -> Reply {
        Reply { code, text: None, kind: Kind::Plain }
    }

    pub fn code(&self) -> i32 {
        self.code
    }

    /// Hands the text to the host.
    pub fn give(self) -> *mut c_char {
        self.text.map_or(std::ptr::null_mut(), |text| given::give(text, self.kind))
    }
}

fn json_in(encoding: Text) -> Kind {
    Kind::Json { is_utf8: encoding == Encoding::UTF_8 }
}

/// Lends JSON to a callback of the host's.
pub fn lend<R>(json: &str, encoding: Text, work: impl FnOnce(*const c_char) -> R) -> R {
    given::lend(encoded(json, encoding), json_in(encoding), work)
}

/// The bytes of a C string; `None` for NULL.
///
/// # Safety
/// `string` is NULL or ends with a zero byte, and stays so for `'a`.
pub unsafe fn bytes<'a>(string: *const c_char) -> Option<&'a [u8]> {
    // SAFETY: as promised.
    (!string.is_null()).then(|| unsafe { CStr::from_ptr(string) }.to_bytes())
}

/// The same where NULL is a mistake, and more than 64 MiB is one, too: what goes into a pointer or a string is copied several times.
/// A JSON text that is read has no such limit, as it may be a copy of the longest reply; see [`json`].
///
/// # Safety
/// As [`bytes`].
pub unsafe fn text<'a>(string: *const c_char, name: &str) -> Result<&'a [u8], Error> {
    // SAFETY: as promised.
    let bytes = unsafe { json(string, name) }?;
    if bytes.len() > 64 * finaut_core::arguments::MAX_BYTES {
        return Err(Error::new(Code::Argument, format!("{name}: {} bytes are more than are read.", bytes.len())));
    }
    Ok(bytes)
}

/// Text of any length where NULL is a mistake.
///
/// # Safety
/// As [`bytes`].
pub unsafe fn json<'a>(string: *const c_char, name: &str) -> Result<&'a [u8], Error> {
    // SAFETY: as promised.
    unsafe { bytes(string) }.ok_or_else(|| Error::new(Code::Argument, format!("{name}: NULL; give a string.")))
}

/// JSON in an encoding; what that cannot express is written as `\u` escapes.
pub fn encoded(json: &str, encoding: Text) -> CString {
    without_zeros(encoding.encode_json(json))
}

/// JSON has no zero bytes; should one be there all the same, the text ends before it rather than not being there.
fn without_zeros(bytes: Vec<u8>) -> CString {
    CString::new(bytes).unwrap_or_else(|e| {
        let end = e.nul_position();
        let mut bytes = e.into_vec();
        bytes.truncate(end);
        CString::new(bytes).unwrap_or_default()
    })
}

/// Where a byte of an encoding that is not known stands while JSON is worked on: in a private corner of Unicode.
const CORNER: u32 = 0xF_FF00;

/// Makes JSON of texts that may be in any encoding whose ASCII is ASCII: those that are no UTF-8 keep their bytes as they are.
pub fn transparent<const N: usize>(
    texts: [&[u8]; N],
    work: impl FnOnce([&str; N]) -> Result<String, Error>,
) -> Result<Reply, Reply> {
    // Of ASCII alone nobody knows what encoding it is meant for: what comes as an escape stays one, which is right in all of them.
    let is_ascii = texts.iter().all(|text| text.is_ascii());
    if let Some(plain) = all_utf8(texts).filter(|_| !is_ascii) {
        return Ok(Reply::bytes(work(plain)?.into_bytes(), Kind::Json { is_utf8: true }));
    }
    let lifted = texts.map(|text| {
        text.iter()
            .map(|b| if b.is_ascii() { char::from(*b) } else { char::from_u32(CORNER + u32::from(*b)).unwrap_or('?') })
            .collect::<String>()
    });
    let result = work(std::array::from_fn(|i| lifted.get(i).map(String::as_str).unwrap_or_default()))?;
    let mut bytes = Vec::with_capacity(result.len());
    for character in result.chars() {
        match u8::try_from(u32::from(character).wrapping_sub(CORNER)) {
            Ok(byte) if byte >= 0x80 => bytes.push(byte),
            _ if character.is_ascii() => bytes.push(character as u8),
            // It came as an escape because the encoding lacks it, or may lack it: it stays one.
            _ => escape(character, &mut bytes),
        }
    }
    Ok(Reply::bytes(bytes, Kind::Json { is_utf8: is_ascii }))
}

fn all_utf8<const N: usize>(texts: [&[u8]; N]) -> Option<[&str; N]> {
    let mut plain = [""; N];
    for (plain, text) in plain.iter_mut().zip(texts) {
        *plain = std::str::from_utf8(text).ok()?;
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_an_encoding_lacks_is_escaped_and_nothing_is_lost() {
        let json = r#"{"a":"æøå € 漢 😀 \" \\"}"#;
        let windows_1252 = Encoding::of_label("windows-1252").ok();
        let bytes = windows_1252.map(|encoding| encoded(json, encoding)).unwrap_or_default();
        assert_eq!(bytes.as_bytes(), b"{\"a\":\"\xe6\xf8\xe5 \x80 \\u6f22 \\ud83d\\ude00 \\\" \\\\\"}");
        let back = windows_1252.and_then(|encoding| encoding.decode(bytes.as_bytes())).unwrap_or_default().into_owned();
        let value = |json: &str| serde_json::from_str::<Value>(json).ok();
        assert!(value(json).is_some() && value(&back) == value(json));
    }

    #[test]
    fn json_functions_keep_bytes_of_another_encoding() {
        let set =
            transparent([b"{}", b"/a", b"\xf8\""], |[json, pointer, string]| finaut_core::json::set(json, pointer, string));
        assert_eq!(set.ok().and_then(|reply| reply.text).map(CString::into_bytes), Some(b"{\"a\":\"\xf8\\\"\"}".to_vec()));
    }
}
