//! A file before anybody has said which of its columns is which: what it is made of, its headers, and its cells as they stand.

use std::hash::{Hash, Hasher};

use super::cells;
use super::columns::{self, Rows, Use};
use super::decoding::{self, Reading};
use super::file::HrFile;
use super::objects;
use super::settings::{Format, Settings};
use super::table;
use crate::encoding::Encoding;
use crate::sync::digest::Digest;

/// A file that was decoded.
#[derive(Debug)]
pub struct Sample {
    bytes: Vec<u8>,
    decoded: Encoding,
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
        let look = |bytes: &[u8], encoding| look(bytes, encoding, format, settings);
        let decoded = decoding::decode(bytes, settings, &look)?;
        Ok(Sample { bytes: decoded.bytes, decoded: decoded.encoding, sha256, format, encoding: decoded.name, is_ascii })
    }

    /// Hands each row to `each`: the headers as far as they are known, and as many cells. The line of the headers is none. Errors: a clause
    /// for people.
    pub fn each(&self, delimiter: Option<u8>, row: &mut dyn FnMut(&[String], &[&str])) -> Result<Seen, String> {
        each(&self.bytes, self.decoded, self.format, delimiter, row)
    }

    /// Reads the rows, now that it is known how. Errors: a clause for people.
    pub fn read(self, settings: &Settings) -> Result<HrFile, String> {
        let rows = match self.format {
            Format::Csv => table::read(&self.bytes, self.decoded, settings)?,
            Format::NdJson | Format::Json => objects::read(&self.bytes, self.decoded, self.format, settings)?,
        };
        Ok(rows.into_file(self.sha256, self.encoding))
    }
}

/// See [`Sample::each`].
pub fn each(
    bytes: &[u8],
    encoding: Encoding,
    format: Format,
    delimiter: Option<u8>,
    each: &mut dyn FnMut(&[String], &[&str]),
) -> Result<Seen, String> {
    let mut headers: Vec<String> = Vec::new();
    if format == Format::Csv {
        let mut is_first = true;
        let delimiter = table::cut(bytes, encoding, delimiter, &mut |line| {
            if std::mem::take(&mut is_first) {
                columns::check_number(line.len())?;
                headers = line.iter().map(|header| cells::text(header).into_owned()).collect();
            } else {
                each(&headers, line);
            }
            Ok(())
        })?;
        return Ok(Seen { headers, delimiter: Some(delimiter) });
    }
    objects::cut(bytes, encoding, format, &mut |object| {
        let mut cells = vec![""; headers.len()];
        for (name, cell) in object {
            match headers.iter().position(|header| header == name) {
                Some(place) => cells.get_mut(place).into_iter().for_each(|known| *known = cell),
                None => {
                    headers.push((*name).to_owned());
                    columns::check_number(headers.len())?;
                    cells.push(cell);
                }
            }
        }
        each(&headers, &cells);
        Ok(())
    })?;
    Ok(Seen { headers, delimiter: None })
}

/// What a text would mean in an encoding of which nobody has said yet which column is which. The headers count; and where none of them is known as a
/// name's, every cell does. `None` where it cannot be cut into cells.
fn look(bytes: &[u8], encoding: Encoding, format: Format, settings: &Settings) -> Option<Reading> {
    let is_odd = |c: char| !c.is_ascii() && cells::damaged_sign(&format!("a{c}a")).is_some();
    let (mut reading, mut sum) = Reading::new(encoding);
    let (mut others, mut other_sum) = Reading::new(encoding);
    let (mut known, mut place) = (Vec::new(), 0);
    let headers = each(bytes, encoding, format, settings.delimiter, &mut |headers, row| {
        place += 1;
        for header in headers.iter().skip(known.len()) {
            known.push(Rows::new(settings).column(header).unwrap_or_default());
        }
        for (cell, used) in row.iter().zip(&known).filter(|(cell, _)| !cell.is_ascii()) {
            if used.is_none() {
                others.is_damaged |= cell.contains(is_odd);
                others.take(&mut other_sum, place, cell);
            } else {
                reading.is_damaged |= used.is_name() && decoding::is_damaged(cell);
                reading.take(&mut sum, place, cell);
            }
        }
    })
    .ok()?
    .headers;
    if !known.iter().any(Use::is_name) {
        (reading.is_damaged, reading.is_nordic) =
            (reading.is_damaged | others.is_damaged, reading.is_nordic & others.is_nordic);
        other_sum.finish().hash(&mut sum);
        let room = decoding::MOST_SAMPLES.saturating_sub(reading.cells.len());
        reading.cells.extend(others.cells.into_iter().take(room));
    }
    for header in headers.iter().filter(|header| !header.is_ascii()) {
        reading.is_damaged |= header.contains(is_odd);
        reading.take(&mut sum, 0, header);
    }
    reading.sum = sum.finish();
    Some(reading)
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
