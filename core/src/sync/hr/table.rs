//! Lines of cells: what stands between the cells, quotes, line ends, and whether the file is whole.

use std::borrow::Cow;
use std::io;

use super::cells;
use super::columns::{self, Rows, Use};
use super::damage::Damage;
use super::lines;
use super::settings::{End, Settings};
use crate::encoding::Encoding;
use crate::sync::told::Told;
use crate::text::quoted;

/// What may stand between the cells of a line.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];
/// How many lines are looked at to find it.
const HEAD_LINES: usize = 50;
/// The longest line that is read, in bytes, and all that a quotation mark may hold together.
const MOST_LINE: usize = 1 << 20;
/// A line of ours after the last one of the file: it is read as a line unless a quote is still open.
const AFTER: &[u8] = b"\n\x01end of the file\x01\n";

/// Reads the rows of a file. Errors: a clause for people, where no line can be read or no column says who somebody is.
pub fn read<'s>(bytes: &[u8], encoding: Encoding, settings: &'s Settings) -> Result<Rows<'s>, String> {
    let mut rows = Rows::new(settings);
    let mut lines = Lines::begin(bytes, encoding, settings);
    let Some((place, headers)) = lines.next()?.filter(|(_, headers)| !is_after(headers)) else {
        return Err("it is empty; the first line must name the columns".to_owned());
    };
    let headers: Vec<String> = headers.iter().map(|header| cells::text(header).into_owned()).collect();
    let columns = columns(&mut rows, &headers)?;
    let mut last = Last { place, ..Last::default() };
    let mut is_closed = false;
    while let Some((place, record)) = lines.next()? {
        if is_after(&record) {
            is_closed = true;
            break;
        }
        if let Some(end) = last.end.take() {
            // What looked like the end was none.
            last.misplaced_end = Some(end);
        }
        last.place = place;
        let cell = |n: usize| record.get(n).map(|cell| cells::text(cell));
        if let Some(end) = settings.end.as_ref().filter(|end| cell(0).is_some_and(|cell| cell == end.marker)) {
            last.end = Some((end.clone(), cell(1).map(Cow::into_owned), place));
            continue;
        }
        if record.iter().all(|cell| cells::text(cell).is_empty()) {
            continue;
        }
        let holds_line_end = |cell: &str| cell.contains(['\n', '\r']);
        let is_ragged = record.len() != columns.len() && !is_ragged_by_blanks(&record, columns.len());
        let is_used_over_lines = || record.iter().zip(&columns).any(|(cell, used)| holds_line_end(cell) && !used.is_none());
        if record.iter().any(|cell| holds_line_end(cell)) && (is_ragged || is_used_over_lines()) {
            rows.damages.push(Damage::OpenQuote { place });
        }
        let mut row = rows.begin(place);
        if !is_ragged && is_again(&record, &headers) {
            row.row.problem(None, Told::of("headers_again"));
        } else {
            for (cell, used) in record.iter().zip(&columns) {
                row.read(used, cell);
            }
        }
        if is_ragged {
            row.row.problem(None, Told::of("cells_missing").with(record.len()).with(columns.len()));
        }
        rows.add(row)?;
    }
    if !is_closed {
        rows.damages.push(Damage::OpenQuote { place: last.place });
    }
    last.judge(settings.end.as_ref(), lines::is_ended(bytes) && is_closed, &mut rows);
    Ok(rows)
}

/// What each column is for. Errors: a clause for people.
fn columns(rows: &mut Rows, headers: &[String]) -> Result<Vec<Use>, String> {
    columns::check_number(headers.len())?;
    let columns = headers.iter().map(|header| rows.column(header)).collect::<Result<Vec<Use>, String>>()?;
    rows.check_columns(headers)?;
    Ok(columns)
}

/// The last line that was read.
#[derive(Default)]
struct Last {
    place: u64,
    /// The end that was announced, its second cell and its line.
    end: Option<(End, Option<String>, u64)>,
    misplaced_end: Option<(End, Option<String>, u64)>,
}

impl Last {
    /// Says whether the file is whole. `is_ended`: its last line has its line end.
    fn judge(self, wanted: Option<&End>, is_ended: bool, rows: &mut Rows) {
        let Some(wanted) = wanted else {
            if !is_ended {
                rows.damages.push(Damage::CutLine { place: self.place });
            }
            return;
        };
        let marker = quoted(&wanted.marker, 40);
        let told = match (&self.end, &self.misplaced_end) {
            (None, None) => Told::of("file_end_missing").with(marker),
            (None, Some((_, _, place))) => Told::of("file_end_not_last").with(marker).with(place),
            (Some((_, count, _)), _) if wanted.count => {
                let counted = count.as_deref().and_then(|count| count.parse::<usize>().ok());
                if counted == Some(rows.len()) {
                    return;
                }
                match count.as_deref().filter(|count| !count.trim().is_empty()) {
                    None => Told::of("file_end_uncounted").with(marker),
                    Some(count) => Told::of("file_end_count").with(marker).with(quoted(count, 20)).with(rows.len()),
                }
            }
            (Some(_), _) => return,
        };
        rows.damages.push(Damage::NoEnd { told });
    }
}

/// A line with more cells than the first one, where what is more is empty: spreadsheets write such.
fn is_ragged_by_blanks(record: &[Cow<str>], columns: usize) -> bool {
    record.len() > columns && record.iter().skip(columns).all(|cell| cells::text(cell).is_empty())
}

/// True if the line names the columns once more, as where two exports were put one after the other.
fn is_again(record: &[Cow<str>], headers: &[String]) -> bool {
    let cells = record.iter().map(|cell| cells::text(cell.trim_start_matches('\u{feff}')));
    cells.zip(headers).all(|(cell, header)| cell == *header)
}

/// A file's bytes, and our line after them, of which so many are still given out: a line has an end.
struct Source<'t> {
    rest: &'t [u8],
    after: &'static [u8],
    budget: usize,
}

impl io::Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.budget == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let most = buffer.len().min(self.budget);
        let buffer = buffer.get_mut(..most).unwrap_or_default();
        let given = match self.rest.read(buffer)? {
            0 => self.after.read(buffer)?,
            given => given,
        };
        self.budget -= given;
        Ok(given)
    }
}

/// A line: its number, from 1, and its cells.
type Line<'l> = (u64, Vec<Cow<'l, str>>);

/// The lines of a text, with their numbers.
struct Lines<'t> {
    reader: csv::Reader<Source<'t>>,
    record: csv::ByteRecord,
    bytes: &'t [u8],
    encoding: Encoding,
    /// Where the reader begins.
    start: usize,
    /// The number of the last line that was read, from 1: where it began.
    line: u64,
    /// Line ends were counted up to here.
    counted: usize,
}

impl<'t> Lines<'t> {
    /// From the line on that names the columns, with the delimiter that is told, hinted at, or found out.
    fn begin(bytes: &'t [u8], encoding: Encoding, settings: &Settings) -> Lines<'t> {
        let (start, hinted) = after_hint(bytes);
        let delimiter = settings.delimiter.or(hinted).unwrap_or_else(|| delimiter_of(bytes, start, encoding));
        Lines::new(bytes, start, delimiter, encoding)
    }

    fn new(bytes: &'t [u8], start: usize, delimiter: u8, encoding: Encoding) -> Lines<'t> {
        let source = Source { rest: bytes.get(start..).unwrap_or_default(), after: AFTER, budget: 0 };
        let reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(source);
        Lines { reader, record: csv::ByteRecord::new(), bytes, encoding, start, line: 1, counted: 0 }
    }

    /// The next line that is not empty; `None` where there is none. Errors: a clause for people.
    fn next(&mut self) -> Result<Option<Line<'_>>, String> {
        let at = self.start + usize::try_from(self.reader.position().byte()).unwrap_or_default();
        // The position is that of the line end before, and of empty lines.
        let rest = self.bytes.get(at..).unwrap_or_default();
        let begins = at + rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        if let Some(passed) = self.bytes.get(self.counted..begins) {
            self.line += lines::ends(passed).0 as u64;
            self.counted = begins;
        }
        self.reader.get_mut().budget = MOST_LINE;
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                let (line, encoding) = (self.line, self.encoding);
                let cells: Option<Vec<_>> = self.record.iter().map(|cell| encoding.decode(cell)).collect();
                cells.map(|cells| Some((line, cells))).ok_or_else(|| format!("line {line} is not {}", encoding.name()))
            }
            Ok(false) => Ok(None),
            Err(_) => Err(format!(
                "line {} does not end within {MOST_LINE} bytes; was a quotation mark (\") opened there and never closed?",
                self.line
            )),
        }
    }
}

fn is_after(record: &[Cow<str>]) -> bool {
    matches!(record, [cell] if cell.as_bytes() == AFTER.trim_ascii())
}

/// Where the columns' names begin, and the delimiter that a line `sep=;` before them names, which is for spreadsheets.
fn after_hint(bytes: &[u8]) -> (usize, Option<u8>) {
    let Some((_, line)) = lines::numbered(bytes).next() else { return (0, None) };
    match line.strip_prefix(b"sep=") {
        Some([delimiter, ..]) if delimiter.is_ascii() => (line.len(), Some(*delimiter)),
        _ => (0, None),
    }
}

/// The delimiter that cuts the first lines into equally many cells: the one for which the most lines have as many as the first, then the
/// one with the most cells. Where none cuts anything, there is one column.
fn delimiter_of(bytes: &[u8], start: usize, encoding: Encoding) -> u8 {
    let score = |delimiter: u8| {
        let mut lines = Lines::new(bytes, start, delimiter, encoding);
        let mut cells = None;
        let mut equal = 0;
        for _ in 0..HEAD_LINES {
            match lines.next() {
                Ok(Some((_, record))) if is_after(&record) => break,
                Ok(Some((_, record))) if cells.is_none_or(|cells| cells == record.len()) => {
                    cells = Some(record.len());
                    equal += 1;
                }
                Ok(Some(_)) => {}
                _ => break,
            }
        }
        cells.filter(|cells| *cells > 1).map(|cells| (equal, cells))
    };
    let scored = DELIMITERS.into_iter().rev().filter_map(|delimiter| Some((score(delimiter)?, delimiter)));
    scored.max_by_key(|(score, _)| *score).map_or(b';', |(_, delimiter)| delimiter)
}

/// Hands the cells beyond ASCII that count to `each`, with the column's use and the line. `None` where nothing can be read, or no column
/// says who somebody is. For looking whether an encoding fits.
pub fn look(bytes: &[u8], encoding: Encoding, settings: &Settings, each: &mut dyn FnMut(&Use, u64, &str)) -> Option<()> {
    let mut rows = Rows::new(settings);
    let mut lines = Lines::begin(bytes, encoding, settings);
    let (_, headers) = lines.next().ok()??;
    let headers: Vec<String> = headers.iter().map(|header| cells::text(header).into_owned()).collect();
    let columns = columns(&mut rows, &headers).ok()?;
    while let Some((place, record)) = lines.next().ok()? {
        for (cell, used) in record.iter().zip(&columns).filter(|(cell, used)| !cell.is_ascii() && !used.is_none()) {
            each(used, place, cell);
        }
    }
    Some(())
}

/// Hands each line that is not blank to `each`, the first of them too, and returns what stands between the cells: for looking at a file
/// of which nobody has said yet which column is which. Errors: a clause for people.
pub fn cut(
    bytes: &[u8],
    encoding: Encoding,
    delimiter: Option<u8>,
    each: &mut dyn FnMut(&[&str]) -> Result<(), String>,
) -> Result<u8, String> {
    let (start, hinted) = after_hint(bytes);
    let delimiter = delimiter.or(hinted).unwrap_or_else(|| delimiter_of(bytes, start, encoding));
    let mut lines = Lines::new(bytes, start, delimiter, encoding);
    while let Some((_, record)) = lines.next()?.filter(|(_, record)| !is_after(record)) {
        if record.iter().any(|cell| !cells::text(cell).is_empty()) {
            let line: Vec<&str> = record.iter().map(AsRef::as_ref).collect();
            each(&line)?;
        }
    }
    Ok(delimiter)
}
