//! What the cells of a file's columns look like: how many are identity numbers, addresses, days. What a column is for is decided elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::operations::codes::{Role, Scheme};
use crate::persnr::redacted;
use crate::sync::hr::{self, End, Number, Sample};

/// A column with more different values than this lists none of them.
const MOST_VALUES: usize = 2000;
/// Somebody who was born less than so many years ago is employed nowhere.
const YOUNGEST_YEARS: i64 = 16;

/// What is known of the register before the file is looked at.
pub struct Register<'a> {
    /// Everybody's aliases.
    pub aliases: BTreeSet<&'a str>,
    /// The codes of the schemes that there are.
    pub schemes: &'a BTreeSet<String>,
}

/// A column: how many of its cells are filled, and how many of these are what.
#[derive(Debug, Default)]
pub struct Column {
    /// Its header.
    pub header: String,
    /// Filled cells.
    pub filled: u64,
    /// Valid identity numbers, and those of which only the check digits do not fit.
    pub numbers: u64,
    /// Aliases of somebody in FinAut.
    pub aliases: u64,
    /// E-mail addresses.
    pub emails: u64,
    /// Mobile numbers; in Norway they begin with 4 or 9.
    pub mobiles: u64,
    /// Days, and what stands for none.
    pub days: u64,
    /// Of the days, what stands for none, as `31.12.9999`.
    pub endless: u64,
    /// Of the days, those on which somebody who is employed may have been born.
    pub old_days: u64,
    /// Yes and no.
    pub flags: u64,
    /// Lists of schemes' codes.
    pub codes: u64,
    /// Lists of roles' codes.
    pub roles: u64,
    /// Cells that have a digit.
    pub with_digits: u64,
    /// Each value and how often it is there; none where there are more than [`MOST_VALUES`]. Empty cells count.
    pub values: BTreeMap<String, u64>,
    /// True if there are more.
    pub is_varied: bool,
}

/// The columns of a file.
#[derive(Debug, Default)]
pub struct Tally {
    /// Each of them.
    pub columns: Vec<Column>,
    /// How many rows there are, without the end.
    pub rows: u64,
    /// What stands between the cells of a line.
    pub delimiter: Option<u8>,
    /// What the last line says, if it looks like an end.
    pub end: Option<End>,
}

impl Tally {
    /// Looks at a whole file. `end`: what its last line is known to be. Errors: a clause for people.
    pub fn of(
        sample: &Sample,
        delimiter: Option<u8>,
        end: Option<&End>,
        register: &Register,
        today: Date,
    ) -> Result<Tally, String> {
        let mut tally = Tally::default();
        // The last line may be an end, and no person.
        let mut last: Option<Vec<String>> = None;
        let seen = sample.each(delimiter, &mut |headers, cells| {
            let cells = cells.iter().map(|cell| hr::text(cell).into_owned()).collect();
            if let Some(row) = last.replace(cells) {
                tally.add(headers, &row, register, today);
            }
        })?;
        tally.delimiter = seen.delimiter;
        if let Some(row) = last {
            tally.end = end.cloned().filter(|end| row.first() == Some(&end.marker));
            if tally.end.is_none() && seen.delimiter.is_some() && end.is_none() {
                tally.end = tally.end_in(&row, seen.headers.len());
            }
            if tally.end.is_none() {
                tally.add(&seen.headers, &row, register, today);
            }
        }
        for header in seen.headers.iter().skip(tally.columns.len()) {
            tally.columns.push(Column { header: header.clone(), ..Column::default() });
        }
        Ok(tally)
    }

    fn add(&mut self, headers: &[String], row: &[String], register: &Register, today: Date) {
        self.rows += 1;
        for header in headers.iter().skip(self.columns.len()) {
            self.columns.push(Column { header: header.clone(), ..Column::default() });
        }
        for (cell, column) in row.iter().zip(&mut self.columns) {
            column.add(cell, register, today);
        }
    }

    /// The end that a last line says: a word alone, or a word and the number of the rows before.
    fn end_in(&self, row: &[String], columns: usize) -> Option<End> {
        let (marker, rest) = row.split_first()?;
        let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        if columns < 3 || marker.is_empty() || rest.iter().skip(1).any(|cell| !cell.is_empty()) || has_digit(marker) {
            return None;
        }
        let count = rest.first().map(String::as_str).unwrap_or_default();
        let is_counted = count.parse() == Ok(self.rows);
        // Where the first column holds words, a row that was cut looks alike.
        let first = self.columns.first()?;
        let is_told = row.len() < columns || first.with_digits * 2 > first.filled;
        (is_counted || (count.is_empty() && is_told)).then(|| End { marker: marker.clone(), count: is_counted })
    }
}

impl Column {
    fn add(&mut self, cell: &str, register: &Register, today: Date) {
        if !self.is_varied {
            *self.values.entry(cell.to_owned()).or_default() += 1;
            if self.values.len() > MOST_VALUES {
                self.values.clear();
                self.is_varied = true;
            }
        }
        if cell.is_empty() {
            return;
        }
        let words = || hr::words(cell);
        let is_number = matches!(hr::identity_number(cell), Number::Valid(_) | Number::Doubtful);
        self.filled += 1;
        self.numbers += u64::from(is_number);
        self.aliases += u64::from(register.aliases.contains(cell));
        self.emails += u64::from(is_email(cell));
        self.mobiles += u64::from(hr::mobile(cell).is_some_and(|number| number.starts_with(['4', '9'])));
        self.flags += u64::from(hr::is_flag(cell));
        self.codes += u64::from(words().all(|code| register.schemes.contains(&code.to_lowercase())));
        self.roles += u64::from(words().all(|code| Role::parse(&code.to_lowercase()).is_some()));
        self.with_digits += u64::from(cell.contains(|c: char| c.is_ascii_digit()));
        // Eight digits are a day to the reader; where they are a number, hardly any of them is one of these years.
        let day = hr::day(cell).ok();
        let is_day = day.is_some_and(|day| day.is_none_or(|day| (1900..2100).contains(&day.year())));
        let is_old = day.flatten().is_some_and(|day| day < today.saturating_sub(jiff::Span::new().years(YOUNGEST_YEARS)));
        self.days += u64::from(is_day);
        self.endless += u64::from(day == Some(None));
        self.old_days += u64::from(is_day && is_old);
    }

    /// The values that can be shown: no identity number is in them.
    pub fn shown(&self) -> impl Iterator<Item = (&str, u64)> {
        let values = self.values.iter().filter(|(value, _)| redacted(value) == value.as_str());
        values.map(|(value, rows)| (value.as_str(), *rows))
    }

    /// The scheme that the column is named after, if its cells say yes and no.
    pub fn scheme(&self, schemes: &BTreeSet<String>) -> Option<Scheme> {
        let code = self.header.to_lowercase();
        (schemes.contains(&code) && self.flags == self.filled).then(|| Scheme::parse(&code)).flatten()
    }
}

fn is_email(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(user, domain)| {
        !user.is_empty() && domain.contains('.') && !domain.contains('@') && !cell.contains(char::is_whitespace)
    })
}
