//! Which encoding a file is in. Its bytes stay as they are, but for UTF-16; cells are decoded where they are read.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::cells;
use super::columns::Use;
use super::objects;
use super::settings::{Format, Settings};
use super::table;
use crate::encoding::Encoding;
use crate::text::quoted;

/// What a file without a mark that is not UTF-8 may be in.
const CANDIDATES: [&str; 3] = ["windows-1252", "cp850", "cp865"];
/// The letters beyond ASCII of Norwegian and of its neighbours.
const NORDIC: &str = "æøåäöéüÆØÅÄÖÉÜ";
/// How many cells are kept for showing one that two encodings read differently.
pub const MOST_SAMPLES: usize = 1000;
/// How much of each, in characters.
const MOST_SHOWN: usize = 40;

/// A file's bytes, each of which is known to be of the encoding; a mark is left out.
#[derive(Debug)]
pub struct Decoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are in.
    pub encoding: Encoding,
    /// The name of what the file was in.
    pub name: &'static str,
}

/// Looks at a text as one that is in an encoding. `None` where it cannot be read so.
pub type Look<'l> = dyn Fn(&[u8], Encoding) -> Option<Reading> + 'l;

/// What a text would mean in one encoding.
pub struct Reading {
    encoding: Encoding,
    /// True if a name in it has a sign beyond ASCII that no name has.
    pub is_damaged: bool,
    /// True if all its letters beyond ASCII are usual ones in Norway.
    pub is_nordic: bool,
    /// What all its cells beyond ASCII that count come to.
    pub sum: u64,
    /// The first of them: line and text.
    pub cells: Vec<(u64, String)>,
}

impl Reading {
    /// Of a text without a cell beyond ASCII, and what the sum of its cells begins with.
    pub fn new(encoding: Encoding) -> (Reading, DefaultHasher) {
        (Reading { encoding, is_damaged: false, is_nordic: true, sum: 0, cells: Vec::new() }, DefaultHasher::new())
    }

    /// Takes in a cell beyond ASCII.
    pub fn take(&mut self, sum: &mut DefaultHasher, place: u64, cell: &str) {
        self.is_nordic &= is_nordic(cell);
        (place, cell).hash(sum);
        if self.cells.len() < MOST_SAMPLES {
            self.cells.push((place, cell.chars().take(MOST_SHOWN * 2).collect()));
        }
    }

    /// What a file's columns tell that the settings name, or the usual headers. `None` where the text has no column that says who somebody
    /// is.
    pub fn of(bytes: &[u8], encoding: Encoding, format: Format, settings: &Settings) -> Option<Reading> {
        let (mut reading, mut sum) = Reading::new(encoding);
        let mut each = |used: &Use, place: u64, cell: &str| {
            reading.is_damaged |= used.is_name() && is_damaged(cell);
            reading.take(&mut sum, place, cell);
        };
        match format {
            Format::Csv => table::look(bytes, encoding, settings, &mut each)?,
            Format::NdJson | Format::Json => objects::look(bytes, encoding, format, settings, &mut each)?,
        }
        reading.sum = sum.finish();
        Some(reading)
    }
}

/// A sign of ASCII that no name has is the same in every encoding, and tells nothing about which one it is.
pub fn is_damaged(cell: &str) -> bool {
    let beyond: String = cells::text(cell).chars().filter(|c| !c.is_ascii() || c.is_ascii_alphabetic()).collect();
    cells::damaged_sign(&beyond).is_some()
}

/// Between two letters a typographic apostrophe is as usual as Æ, which is the same byte in cp850.
fn is_nordic(cell: &str) -> bool {
    let mut before = ' ';
    cell.chars().all(|c| {
        let is_usual = c.is_ascii() || NORDIC.contains(c) || (c == '’' && before.is_alphabetic());
        before = c;
        is_usual
    })
}

/// Finds out a file's encoding: by its mark; else as it is said to be in; else UTF-8, if it is that; else the one of [`CANDIDATES`] in
/// which no name is damaged. Where that holds for several, and they read it differently, it is the one in which it has no other letters
/// than usual ones. Errors: a clause for people, where that leaves none or several, and where some bytes are no text.
pub fn decode(mut bytes: Vec<u8>, settings: &Settings, look: &Look) -> Result<Decoded, String> {
    if let Some(text) = utf_16(&bytes) {
        drop(bytes);
        let decoded = Decoded { bytes: text?.into_bytes(), encoding: Encoding::UTF_8, name: "UTF-16" };
        return without_zeros(decoded);
    }
    let wanted = settings.encoding;
    let is_marked = bytes.starts_with(b"\xef\xbb\xbf");
    let encoding = match std::str::from_utf8(&bytes) {
        Ok(text) => match wanted.filter(|wanted| *wanted != Encoding::UTF_8 && !text.is_ascii()) {
            Some(wanted) => {
                return Err(format!(
                    "it is UTF-8, but \"encoding\" says {}; names would be read as KjÃ¦rsti. Leave \"encoding\" out",
                    wanted.name()
                ));
            }
            None => Encoding::UTF_8,
        },
        Err(e) if is_marked || wanted == Some(Encoding::UTF_8) => {
            let begins = if is_marked { "it begins with the mark of UTF-8" } else { "\"encoding\" says UTF-8" };
            return Err(format!("{begins}, but {}", no_utf_8(&bytes, &e)));
        }
        Err(e) => match wanted {
            Some(wanted) => wanted,
            // Hardly any text of one byte for each character begins with whole characters of UTF-8 and ends with half of one.
            None if e.error_len().is_none() && !bytes.get(..e.valid_up_to()).unwrap_or_default().is_ascii() => {
                return Err(format!("it is UTF-8, but {}", no_utf_8(&bytes, &e)));
            }
            None => guessed(&bytes, look, &e)?,
        },
    };
    if let Some(at) = first_strange(&bytes, encoding) {
        let (line, column) = place_of(&bytes, at);
        let byte = bytes.get(at).copied().unwrap_or_default();
        return Err(format!("byte {column} of line {line} is {byte:#04x}, which is no character of {}", encoding.name()));
    }
    if is_marked {
        bytes.drain(..3);
    }
    without_zeros(Decoded { bytes, encoding, name: encoding.name() })
}

/// The encoding of a text that has no mark and is not UTF-8. Errors: a clause for people, where it cannot be told.
fn guessed(bytes: &[u8], look: &Look, e: &std::str::Utf8Error) -> Result<Encoding, String> {
    let mut fitting: Vec<Reading> = Vec::new();
    for encoding in CANDIDATES.iter().filter_map(|label| Encoding::of_label(label).ok()) {
        if first_strange(bytes, encoding).is_some() {
            continue;
        }
        match look(bytes, encoding) {
            Some(reading) if !reading.is_damaged && fitting.iter().all(|other| other.sum != reading.sum) => {
                fitting.push(reading);
            }
            _ => {}
        }
    }
    if fitting.len() > 1 && fitting.iter().any(|reading| reading.is_nordic) {
        fitting.retain(|reading| reading.is_nordic);
    }
    match (fitting.pop(), fitting.pop()) {
        (Some(reading), None) => Ok(reading.encoding),
        (None, _) => {
            let (line, column) = place_of(bytes, e.valid_up_to());
            Err(format!(
                "its encoding cannot be told: it is not UTF-8 (see byte {column} of line {line}), and in none of {} are all names whole. Say in \"encoding\" which it is",
                CANDIDATES.join(", ")
            ))
        }
        (Some(one), Some(other)) => {
            let differing = one.cells.iter().zip(&other.cells).find(|(a, b)| a != b);
            let shown = differing.map(|((place, a), (_, b))| {
                let says =
                    |reading: &Reading, cell: &str| format!("{} says {}", reading.encoding.name(), quoted(cell, MOST_SHOWN));
                format!(": on line {place}, {} and {}", says(&one, a), says(&other, b))
            });
            Err(format!("its encoding cannot be told{}. Say in \"encoding\" which it is", shown.unwrap_or_default()))
        }
    }
}

/// Where a text is no UTF-8, as a clause.
fn no_utf_8(bytes: &[u8], e: &std::str::Utf8Error) -> String {
    let (line, column) = place_of(bytes, e.valid_up_to());
    match e.error_len() {
        None => format!("ends in the middle of a character (line {line}): it was cut, or is still being written"),
        Some(_) => format!("byte {column} of line {line} is not UTF-8"),
    }
}

/// The place of the first byte that is no character of an encoding of one byte.
fn first_strange(bytes: &[u8], encoding: Encoding) -> Option<usize> {
    if encoding == Encoding::UTF_8 {
        return None;
    }
    let mut known = [false; 256];
    bytes.iter().position(|byte| {
        let is_known = known.get_mut(usize::from(*byte));
        !byte.is_ascii()
            && is_known.is_some_and(|is_known| !std::mem::replace(is_known, true))
            && encoding.decode(&[*byte]).is_none()
    })
}

/// The line, and the byte in it, both from 1, of a place in the text.
fn place_of(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = bytes.get(..at).unwrap_or_default();
    let (ends, last) = super::lines::ends(before);
    (ends + 1, at - last + 1)
}

/// A disk that lost what was written gives zeros, and so does UTF-16 for each letter of ASCII. Errors: a clause for people.
fn without_zeros(decoded: Decoded) -> Result<Decoded, String> {
    match decoded.bytes.iter().position(|byte| *byte == 0) {
        None => Ok(decoded),
        Some(at) => {
            let (line, column) = place_of(&decoded.bytes, at);
            Err(format!(
                "byte {column} of line {line} is zero, which no text has: the file was damaged, or it is UTF-16 without its mark. Export it as UTF-8"
            ))
        }
    }
}

/// The text of bytes that begin with the mark of UTF-16, as spreadsheets write "Unicode text".
fn utf_16(bytes: &[u8]) -> Option<Result<String, String>> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let body = bytes.get(2..).unwrap_or_default();
    let (pairs, rest) = body.as_chunks::<2>();
    let text: Option<String> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).map(Result::ok).collect();
    let whole = text.filter(|_| rest.is_empty());
    Some(whole.ok_or_else(|| {
        "it begins with the mark of UTF-16, but is not UTF-16: it was cut, or is still being written".to_owned()
    }))
}
