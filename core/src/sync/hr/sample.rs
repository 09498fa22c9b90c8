//! A file before anybody has said which of its columns is which: what it is made of, its headers, and its cells as they stand.

use super::cells;
use super::decoding::{self, Reading};
use super::file::HrFile;
use super::objects;
use super::settings::{Format, Settings};
use super::table;
use crate::sync::digest::Digest;

/// A file that was decoded.
#[derive(Debug)]
pub struct Sample {
    text: String,
    sha256: Digest,
    /// What it is made of.
    pub format: Format,
    /// The name of the encoding that it was read in.
    pub encoding: &'static str,
    /// True if it says nothing about its encoding: all of it is ASCII.
    pub is_ascii: bool,
}

/// What was seen on the way through a file.
#[derive(Debug, Default)]
pub struct Seen {
    /// The headers, or the names of the objects' members in the order in which they first came.
    pub headers: Vec<String>,
    /// What stands between the cells of a line.
    pub delimiter: Option<u8>,
}

impl Sample {
    /// Decodes a file: as the settings say, else as it looks. Errors: a clause for people.
    pub fn of(bytes: Vec<u8>, name: &str, settings: &Settings) -> Result<Sample, String> {
        let sha256 = Digest::of(&bytes);
        let is_ascii = bytes.is_ascii();
        let format = settings.format.unwrap_or_else(|| format_of(&bytes, name));
        let decoded = decoding::decode(bytes, settings.encoding, &|text| Reading::of_any(text, format, settings))?;
        Ok(Sample { text: decoded.text, sha256, format, encoding: decoded.encoding, is_ascii })
    }

    /// Hands each row to `each`: the headers as far as they are known, and as many cells. The line of the headers is none. Errors: a clause
    /// for people.
    pub fn each(&self, delimiter: Option<u8>, row: &mut dyn FnMut(&[String], &[&str])) -> Result<Seen, String> {
        each(&self.text, self.format, delimiter, row)
    }

    /// Reads the rows, now that it is known how. Errors: a clause for people.
    pub fn read(self, settings: &Settings) -> Result<HrFile, String> {
        let rows = match self.format {
            Format::Csv => table::read(self.text, settings)?,
            Format::NdJson | Format::Json => objects::read(&self.text, self.format, settings)?,
        };
        Ok(rows.into_file(self.sha256, self.encoding))
    }
}

/// See [`Sample::each`].
pub fn each(
    text: &str,
    format: Format,
    delimiter: Option<u8>,
    each: &mut dyn FnMut(&[String], &[&str]),
) -> Result<Seen, String> {
    let mut headers: Vec<String> = Vec::new();
    if format == Format::Csv {
        let mut is_first = true;
        let delimiter = table::cut(text, delimiter, &mut |line| {
            if std::mem::take(&mut is_first) {
                headers = line.iter().map(|header| cells::text(header).into_owned()).collect();
            } else {
                each(&headers, line);
            }
        })?;
        return Ok(Seen { headers, delimiter: Some(delimiter) });
    }
    objects::cut(text, format, &mut |object| {
        let mut cells = vec![""; headers.len()];
        for (name, cell) in object {
            match headers.iter().position(|header| header == name) {
                Some(place) => cells.get_mut(place).into_iter().for_each(|known| *known = cell),
                None => {
                    headers.push((*name).to_owned());
                    cells.push(cell);
                }
            }
        }
        each(&headers, &cells);
    })?;
    Ok(Seen { headers, delimiter: None })
}

/// What a file is made of: by its first sign, if that is one of JSON's, else by the suffix of its name.
fn format_of(bytes: &[u8], name: &str) -> Format {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => Format::Json,
        Some(b'{') => Format::NdJson,
        _ => Format::of_name(name),
    }
}
