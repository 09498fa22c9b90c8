//! Which character each byte is in the encodings of one byte. What they are called by others than us, `encoding` knows.

use std::borrow::Cow;

/// An encoding of one byte for each character, in which ASCII is ASCII.
#[derive(PartialEq, Eq)]
pub struct CodePage {
    /// The WHATWG Encoding Standard's name, as `windows-1252`; of DOS's code pages, as `cp850`.
    pub name: &'static str,
    /// The characters of the bytes from 0x80 on; 0 where a byte is none.
    upper: [u16; 128],
}

// `PAGES`, by build.rs.
include!(concat!(env!("OUT_DIR"), "/pages.rs"));

impl CodePage {
    /// The one of exactly this name.
    pub fn named(name: &str) -> Option<&'static CodePage> {
        PAGES.iter().find(|page| page.name == name)
    }

    /// The text of the bytes; `None` where some are no characters.
    pub fn decode<'a>(&self, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
        let mut text = String::new();
        for piece in bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
            match std::str::from_utf8(piece) {
                Ok(ascii) if piece.is_ascii() && piece.len() == bytes.len() => return Some(Cow::Borrowed(ascii)),
                Ok(ascii) if piece.is_ascii() => text.push_str(ascii),
                _ => {
                    for byte in piece {
                        let unit = self.upper.get(usize::from(byte & 0x7f)).filter(|unit| **unit != 0)?;
                        text.push(char::from_u32(u32::from(*unit))?);
                    }
                }
            }
        }
        Some(Cow::Owned(text))
    }

    /// The character's byte, if it has one.
    pub fn byte_of(&self, character: char) -> Option<u8> {
        if character.is_ascii() {
            return u8::try_from(character).ok();
        }
        let unit = u16::try_from(u32::from(character)).ok()?;
        let place = self.upper.iter().position(|known| *known == unit)?;
        u8::try_from(place + 0x80).ok()
    }
}
