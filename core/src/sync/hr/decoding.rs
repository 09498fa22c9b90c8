//! Which encoding a file is in, and its text.

use super::cells;
use super::objects;
use super::settings::{Format, Settings};
use super::table;
use crate::encoding::Encoding;
use crate::text::quoted;

/// What a file without a mark that is not UTF-8 may be in.
const CANDIDATES: [&str; 3] = ["windows-1252", "cp850", "cp865"];
/// The letters beyond ASCII of Norwegian and of its neighbours.
const NORDIC: &str = "æøåäöéüÆØÅÄÖÉÜ";

/// A file's text.
pub struct Decoded {
    /// The text, without a mark.
    pub text: String,
    /// The encoding's name.
    pub encoding: &'static str,
}

/// What a text would mean in one encoding.
pub struct Reading {
    /// True if a name in it has a sign that no name has.
    is_damaged: bool,
    /// Its cells beyond ASCII that count: line and text.
    cells: Vec<(u64, String)>,
}

impl Reading {
    /// `None` where the text has no column that says who somebody is.
    pub fn of(text: &str, format: Format, settings: &Settings) -> Option<Reading> {
        let mut reading = Reading { is_damaged: false, cells: Vec::new() };
        let mut each = |used: &super::columns::Use, place: u64, cell: &str| {
            reading.is_damaged |= used.is_name() && cells::damaged_sign(&cells::text(cell)).is_some();
            reading.cells.push((place, cell.to_owned()));
        };
        match format {
            Format::Csv => table::look(text, settings, &mut each)?,
            Format::NdJson | Format::Json => objects::look(text, format, settings, &mut each)?,
        }
        Some(reading)
    }

    /// The same of a text of which nobody has said yet which column is which. The headers count; and where none of them is known as a
    /// name's, every cell does. `None` where it has no cells.
    pub fn of_any(text: &str, format: Format, settings: &Settings) -> Option<Reading> {
        let is_odd = |c: char| !c.is_ascii() && cells::damaged_sign(&format!("a{c}a")).is_some();
        let mut reading = Reading { is_damaged: false, cells: Vec::new() };
        let mut others: Vec<(u64, String)> = Vec::new();
        let (mut known, mut place) = (Vec::new(), 0);
        let headers = super::sample::each(text, format, settings.delimiter, &mut |headers, row| {
            place += 1;
            for header in headers.iter().skip(known.len()) {
                known.push(super::columns::Rows::new(settings).column(header).unwrap_or_default());
            }
            for (cell, used) in row.iter().zip(&known).filter(|(cell, _)| !cell.is_ascii()) {
                if used.is_none() {
                    others.push((place, (*cell).to_owned()));
                } else {
                    reading.is_damaged |= used.is_name() && cells::damaged_sign(&cells::text(cell)).is_some();
                    reading.cells.push((place, (*cell).to_owned()));
                }
            }
        })
        .ok()?
        .headers;
        if !known.iter().any(super::columns::Use::is_name) {
            reading.is_damaged |= others.iter().any(|(_, cell)| cell.contains(is_odd));
            reading.cells.append(&mut others);
        }
        reading.is_damaged |= headers.iter().any(|header| header.contains(is_odd));
        reading.cells.extend(headers.into_iter().filter(|header| !header.is_ascii()).map(|header| (0, header)));
        Some(reading)
    }

    fn is_nordic(&self) -> bool {
        self.cells.iter().all(|(_, cell)| cell.chars().all(|c| c.is_ascii() || NORDIC.contains(c)))
    }
}

/// Decodes a file: by its mark; else as it is said to be in; else as UTF-8, if it is that; else by the one of [`CANDIDATES`] in which no
/// name is damaged. Where that holds for several, and they read it differently, it is the one in which it has no other letters than
/// [`NORDIC`] ones. Errors: a clause for people, where that leaves none or several.
pub fn decode(bytes: Vec<u8>, wanted: Option<Encoding>, look: &dyn Fn(&str) -> Option<Reading>) -> Result<Decoded, String> {
    if let Some(text) = utf_16(&bytes) {
        return text.map(|text| Decoded { text, encoding: "UTF-16" });
    }
    let is_marked = bytes.starts_with(b"\xef\xbb\xbf");
    let is_one_byte = wanted.is_some_and(|wanted| wanted != Encoding::UTF_8);
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if is_one_byte && !text.is_ascii() => {
            let name = wanted.map(Encoding::name).unwrap_or_default();
            return Err(format!(
                "it is UTF-8, but \"encoding\" says {name}; names would be read as KjÃ¦rsti. Leave \"encoding\" out"
            ));
        }
        Ok(mut text) => {
            if is_marked {
                text.remove(0);
            }
            return Ok(Decoded { text, encoding: Encoding::UTF_8.name() });
        }
        Err(e) => e.into_bytes(),
    };
    if is_marked {
        return Err("it begins with the mark of UTF-8, but is not UTF-8".to_owned());
    }
    let decoded =
        |encoding: Encoding| encoding.decode(&bytes).map(|text| Decoded { text: text.into_owned(), encoding: encoding.name() });
    if let Some(wanted) = wanted {
        return decoded(wanted).ok_or_else(|| format!("it is not {}", wanted.name()));
    }
    let mut fitting: Vec<(Decoded, Reading)> = Vec::new();
    for encoding in CANDIDATES.iter().filter_map(|label| Encoding::of_label(label).ok()) {
        let Some(decoded) = decoded(encoding) else { continue };
        match look(&decoded.text) {
            Some(reading) if !reading.is_damaged && fitting.iter().all(|(_, other)| other.cells != reading.cells) => {
                fitting.push((decoded, reading));
            }
            _ => {}
        }
    }
    if fitting.len() > 1 && fitting.iter().any(|(_, reading)| reading.is_nordic()) {
        fitting.retain(|(_, reading)| reading.is_nordic());
    }
    match (fitting.pop(), fitting.pop()) {
        (Some((decoded, _)), None) => Ok(decoded),
        (None, _) => Err(format!(
            "its encoding cannot be told: it is not UTF-8, and in none of {} are all names whole. Say in \"encoding\" which it is",
            CANDIDATES.join(", ")
        )),
        (Some((one, first)), Some((other, second))) => {
            let differing = first.cells.iter().zip(&second.cells).find(|(a, b)| a != b);
            let shown = differing.map(|((place, a), (_, b))| {
                format!(
                    ": on line {place}, {} says {} and {} says {}",
                    one.encoding,
                    quoted(a, 40),
                    other.encoding,
                    quoted(b, 40)
                )
            });
            Err(format!("its encoding cannot be told{}. Say in \"encoding\" which it is", shown.unwrap_or_default()))
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
