//! Lines of cells: what stands between the cells, quotes, line ends, and whether the file is whole.

use super::cells;
use super::columns::{Rows, Use};
use super::damage::Damage;
use super::settings::{End, Settings};
use crate::sync::told::Told;
use crate::text::quoted;

/// What may stand between the cells of a line.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];
/// How many lines are looked at to find it.
const HEAD_LINES: usize = 50;
/// A line of ours after the last one of the file: it is read as a line unless a quote is still open.
const AFTER: &str = "\n\u{1}end of the file\u{1}\n";

/// Reads the rows of a file. Errors: a clause for people, where no line can be read or no column says who somebody is.
pub fn read(mut text: String, settings: &Settings) -> Result<Rows<'_>, String> {
    normalise_line_ends(&mut text);
    let ends = text.is_empty() || text.ends_with('\n');
    let (start, hinted) = after_hint(&text);
    let delimiter = settings.delimiter.or(hinted).unwrap_or_else(|| delimiter_of(text.get(start..).unwrap_or_default()));
    text.push_str(AFTER);
    let mut lines = Lines::new(&text, start, delimiter);
    let mut record = csv::StringRecord::new();
    let mut rows = Rows::new(settings);
    if !lines.next(&mut record)? || is_after(&record) {
        return Err("it is empty; the first line must name the columns".to_owned());
    }
    let headers: Vec<String> = record.iter().map(|header| cells::text(header).into_owned()).collect();
    let columns = headers.iter().map(|header| rows.column(header)).collect::<Result<Vec<Use>, String>>()?;
    rows.check_columns(&headers)?;
    let mut last = Last { place: lines.line, ..Last::default() };
    let mut is_closed = false;
    while lines.next(&mut record)? {
        let place = lines.line;
        if is_after(&record) {
            is_closed = true;
            break;
        }
        if let Some(end) = last.end.take() {
            // What looked like the end was none.
            last.misplaced_end = Some(end);
        }
        if let Some(end) = settings.end.as_ref().filter(|end| record.get(0).is_some_and(|cell| cells::text(cell) == end.marker))
        {
            last.end = Some((end.clone(), record.get(1).map(|cell| cells::text(cell).into_owned()), place));
            last.place = place;
            continue;
        }
        last.place = place;
        let is_blank = record.iter().all(|cell| cells::text(cell).is_empty());
        if is_blank {
            continue;
        }
        let spans_lines = record.iter().any(|cell| cell.contains('\n'));
        let is_ragged = record.len() != columns.len() && !is_ragged_by_blanks(&record, columns.len());
        let holds_line_end = |(cell, used): (&str, &Use)| cell.contains('\n') && !used.is_none();
        if spans_lines && (is_ragged || record.iter().zip(&columns).any(holds_line_end)) {
            rows.damages.push(Damage::OpenQuote { place });
        }
        let mut row = rows.begin(place);
        for (cell, used) in record.iter().zip(&columns) {
            row.read(used, cell);
        }
        if is_ragged {
            row.row.problem(None, Told::of("cells_missing").with(record.len()).with(columns.len()));
        }
        rows.add(row);
    }
    if !is_closed {
        rows.damages.push(Damage::OpenQuote { place: last.place });
    }
    last.judge(settings.end.as_ref(), ends && is_closed, &mut rows);
    Ok(rows)
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
    /// Says whether the file is whole. `ends`: its last line has its line end.
    fn judge(self, wanted: Option<&End>, ends: bool, rows: &mut Rows) {
        let Some(wanted) = wanted else {
            if !ends {
                rows.damages.push(Damage::CutLine { place: self.place });
            }
            return;
        };
        let marker = quoted(&wanted.marker, 40);
        let says = match (&self.end, &self.misplaced_end) {
            (None, None) => format!("the last line is not the end {marker}: the file was cut, or is still being written"),
            (None, Some((_, _, place))) => format!("lines follow after the end {marker} on line {place}"),
            (Some((_, count, _)), _) if wanted.count => {
                let counted = count.as_deref().and_then(|count| count.parse::<usize>().ok());
                if counted == Some(rows.len()) {
                    return;
                }
                let count = count.as_deref().map_or("nothing".to_owned(), |count| quoted(count, 20));
                format!("the end {marker} says {count} where the number of rows should be, and {} rows were read", rows.len())
            }
            (Some(_), _) => return,
        };
        rows.damages.push(Damage::NoEnd { says });
    }
}

/// A line with more or fewer cells than the first one, where what differs is empty: spreadsheets leave it out.
fn is_ragged_by_blanks(record: &csv::StringRecord, columns: usize) -> bool {
    record.len() > columns && record.iter().skip(columns).all(|cell| cells::text(cell).is_empty())
}

/// The lines of a text, with their numbers.
struct Lines<'t> {
    reader: csv::Reader<&'t [u8]>,
    text: &'t str,
    /// Where the reader begins.
    start: usize,
    /// The number of the last line that was read, from 1: where it began.
    line: u64,
    /// Line ends were counted up to here.
    counted: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, start: usize, delimiter: u8) -> Lines<'t> {
        let rest = text.get(start..).unwrap_or_default();
        let reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(rest.as_bytes());
        Lines { reader, text, start, line: 1, counted: 0 }
    }

    /// Reads the next line that is not empty; `false` where there is none. Errors: a clause for people.
    fn next(&mut self, record: &mut csv::StringRecord) -> Result<bool, String> {
        let has = self.reader.read_record(record).map_err(|e| format!("it cannot be read as lines of cells: {e}"))?;
        let at = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
        // The position may be that of the line end before, and of empty lines.
        let rest = self.text.get(self.start + at..).unwrap_or_default();
        let begins = self.text.len() - rest.trim_start_matches(['\r', '\n']).len();
        let passed = self.text.as_bytes().get(self.counted..begins).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = begins.max(self.counted);
        Ok(has)
    }
}

fn is_after(record: &csv::StringRecord) -> bool {
    record.len() == 1 && record.get(0) == Some(AFTER.trim_matches('\n'))
}

/// Where lines end with CR alone, they end with LF from then on, so that lines can be counted.
fn normalise_line_ends(text: &mut String) {
    if !text.contains('\n') && text.contains('\r') {
        *text = std::mem::take(text).replace('\r', "\n");
    }
}

/// Where the columns' names begin, and the delimiter that a line `sep=;` before them names, which is for spreadsheets.
fn after_hint(text: &str) -> (usize, Option<u8>) {
    let line = text.lines().next().unwrap_or_default();
    let hint = line.strip_prefix("sep=").and_then(|rest| rest.as_bytes().first().copied()).filter(u8::is_ascii);
    match hint {
        Some(delimiter) => (text.find('\n').map_or(text.len(), |at| at + 1), Some(delimiter)),
        None => (0, None),
    }
}

/// The delimiter that cuts the first lines into equally many cells: the one for which the most lines have as many as the first, then the
/// one with the most cells. Where none cuts anything, there is one column.
fn delimiter_of(text: &str) -> u8 {
    let mut record = csv::StringRecord::new();
    let mut score = |delimiter: u8| {
        let mut lines = Lines::new(text, 0, delimiter);
        let mut cells = None;
        let mut equal = 0;
        for _ in 0..HEAD_LINES {
            match lines.next(&mut record) {
                Ok(true) if cells.is_none_or(|cells| cells == record.len()) => {
                    cells = Some(record.len());
                    equal += 1;
                }
                Ok(true) => {}
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
pub fn look(text: &str, settings: &Settings, each: &mut dyn FnMut(&Use, u64, &str)) -> Option<()> {
    let (start, hinted) = after_hint(text);
    let delimiter = settings.delimiter.or(hinted).unwrap_or_else(|| delimiter_of(text.get(start..).unwrap_or_default()));
    let mut lines = Lines::new(text, start, delimiter);
    let mut record = csv::StringRecord::new();
    let mut rows = Rows::new(settings);
    lines.next(&mut record).ok().filter(|has| *has)?;
    let headers: Vec<String> = record.iter().map(|header| cells::text(header).into_owned()).collect();
    let columns = headers.iter().map(|header| rows.column(header)).collect::<Result<Vec<Use>, String>>().ok()?;
    rows.check_columns(&headers).ok()?;
    while lines.next(&mut record).ok()? {
        let place = lines.line;
        for (cell, used) in record.iter().zip(&columns).filter(|(cell, used)| !cell.is_ascii() && !used.is_none()) {
            each(used, place, cell);
        }
    }
    Some(())
}

/// Hands each line that is not blank to `each`, the first of them too, and returns what stands between the cells: for looking at a file
/// of which nobody has said yet which column is which. Errors: a clause for people.
pub fn cut(text: &str, delimiter: Option<u8>, each: &mut dyn FnMut(&[&str])) -> Result<u8, String> {
    let (start, hinted) = after_hint(text);
    let delimiter = delimiter.or(hinted).unwrap_or_else(|| delimiter_of(text.get(start..).unwrap_or_default()));
    let mut lines = Lines::new(text, start, delimiter);
    let mut record = csv::StringRecord::new();
    while lines.next(&mut record)? {
        let line: Vec<&str> = record.iter().collect();
        if line.iter().any(|cell| !cells::text(cell).is_empty()) {
            each(&line);
        }
    }
    Ok(delimiter)
}
