//! How a file is to be read: the profile's `file`, checked. How a profile writes it is not known here.

use std::collections::BTreeMap;

use super::cells;
use super::field::Field;
use super::standing::Standing;
use crate::encoding::Encoding;
use crate::operations::codes::Scheme;

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `None`: by the suffix of its name.
    pub format: Option<Format>,
    /// `None`: found out.
    pub encoding: Option<Encoding>,
    /// What stands between a line's cells; `None`: found out.
    pub delimiter: Option<u8>,
    /// The headers of a field's columns: one, or for schemes several.
    pub columns: BTreeMap<Field, Columns>,
    /// What a row's department is.
    pub departments: Departments,
    /// HR's codes of companies; empty: the column is not looked at.
    pub companies: Codes,
    /// The schemes that follow from a position, which is [`folded`].
    pub schemes_of: BTreeMap<String, Vec<Scheme>>,
    /// What the cells of the status column mean, [`folded`]; empty: `active`, `leave`, `left`.
    pub status_values: BTreeMap<String, Standing>,
    /// What the end date is.
    pub end_date_is: EndDate,
    /// A row is used if of each of these columns it has one of the values.
    pub only: Vec<Filter>,
    /// A row is not used if of one of these columns it has one of the values.
    pub not: Vec<Filter>,
    /// What the last line is.
    pub end: Option<End>,
}

impl Settings {
    /// What a file of this name is made of.
    pub fn format_of(&self, name: &str) -> Format {
        self.format.unwrap_or_else(|| Format::of_name(name))
    }

    /// True if the last line of a file of this name says that it is whole.
    pub fn shows_its_end(&self, name: &str) -> bool {
        self.end.is_some() && self.format_of(name) == Format::Csv
    }
}

/// Which columns a field is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Columns {
    /// None, whatever the headers are.
    Nowhere,
    /// The one of this header.
    One(String),
    /// One for each scheme: header and code.
    ForEach(Vec<(String, Scheme)>),
}

/// What a file is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines of cells.
    Csv,
    /// An object on each line.
    NdJson,
    /// An array of objects.
    Json,
}

impl Format {
    /// By the suffix of a file's name; what is no JSON is taken for lines of cells.
    pub fn of_name(name: &str) -> Format {
        let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase());
        match suffix.as_deref() {
            Some("ndjson" | "jsonl") => Format::NdJson,
            Some("json") => Format::Json,
            _ => Format::Csv,
        }
    }
}

/// What a row's department is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Departments {
    /// The name that it has in FinAut, unique in the row's company.
    #[default]
    Names,
    /// FinAut's own number.
    Numbers,
    /// One of these, and nothing else: HR's code, and FinAut's number; `None` where it is still to be filled in.
    Map(Codes),
}

/// HR's codes and what of FinAut each stands for; `None` where that is still to be filled in. Codes are compared as cells are read
/// (composed, single spaces); case counts only where two codes differ in nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Codes {
    exact: BTreeMap<String, Option<u64>>,
    /// The same in lower case; `None` for what several stand for.
    folded: BTreeMap<String, Option<Option<u64>>>,
}

impl Codes {
    /// Adds a code. Returns false if it is there already.
    pub fn add(&mut self, code: &str, number: Option<u64>) -> bool {
        let code = cells::text(code).into_owned();
        self.folded.entry(code.to_lowercase()).and_modify(|known| *known = None).or_insert(Some(number));
        self.exact.insert(code, number).is_none()
    }

    /// What the code in a cell stands for; `None` where it is not known, or not filled in.
    pub fn number(&self, cell: &str) -> Option<u64> {
        let exact = self.exact.get(cell).copied();
        exact.or_else(|| self.folded.get(&cell.to_lowercase()).copied().flatten()).flatten()
    }

    /// True if none is filled in.
    pub fn is_empty(&self) -> bool {
        self.exact.values().all(Option::is_none)
    }
}

/// A text as cells are read, in lower case: how words of the profile are compared with cells.
pub fn folded(text: &str) -> String {
    cells::text(text).to_lowercase()
}

/// What an end date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EndDate {
    /// The last day of the employment.
    #[default]
    LastDay,
    /// The day after it.
    FirstDayOut,
}

/// Values of a column. A value that ends with `*` stands for all that begin so; case and spaces do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The header.
    pub column: String,
    /// The values.
    pub values: Vec<String>,
}

impl Filter {
    /// The value of the filter that a cell has.
    pub fn value_of(&self, cell: &str) -> Option<&str> {
        let cell = folded(cell);
        let fits = |value: &&String| match value.strip_suffix('*') {
            Some(start) => cell.starts_with(&folded(start)),
            None => cell == folded(value),
        };
        self.values.iter().find(fits).map(String::as_str)
    }
}

/// What the last line of a complete file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Its first cell.
    pub marker: String,
    /// True if its second cell is the number of rows.
    pub count: bool,
}
