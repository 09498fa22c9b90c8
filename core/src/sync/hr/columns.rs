//! Which column is which field, and rows made of cells. How a file is cut into cells is not known here.

use std::collections::BTreeMap;

use super::cells;
use super::damage::{self, Damage};
use super::field::Field;
use super::file::HrFile;
use super::row::Row;
use super::settings::{Columns, Filter, Settings};
use crate::operations::codes::Scheme;
use crate::sync::digest::Digest;
use crate::sync::told::Told;
use crate::text::{quoted, visible};

/// How many columns a file may have, and members its objects. Exports of whole personnel records have some hundreds.
const MOST_COLUMNS: usize = 10_000;
/// How many rows a file may have: ten times the people of the largest register.
pub const MOST_ROWS: usize = 1_000_000;
/// The longest cell that is a value of somebody, in bytes.
const MOST_CELL: usize = 4096;
/// How many values of a column are told apart where rows are left out.
const MOST_LEFT_OUT: usize = 50;

/// What a column is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Use {
    field: Option<Field>,
    scheme: Option<Scheme>,
    /// Places in the settings' filters.
    only: Vec<usize>,
    not: Vec<usize>,
}

impl Use {
    /// True if the cells of the column need not be read.
    pub fn is_none(&self) -> bool {
        *self == Use::default()
    }

    /// True for a first or last name's column.
    pub fn is_name(&self) -> bool {
        matches!(self.field, Some(Field::FirstName | Field::LastName))
    }
}

/// Collects rows.
#[derive(Debug)]
pub struct Rows<'s> {
    settings: &'s Settings,
    /// Which header each field was found under.
    found: BTreeMap<Field, String>,
    /// The headers of schemes' columns and of filters that were found.
    others: Vec<String>,
    rows: Vec<Row>,
    /// What is wrong with the file as a whole.
    pub damages: Vec<Damage>,
    left_out: BTreeMap<String, usize>,
}

impl<'s> Rows<'s> {
    /// No rows yet.
    pub fn new(settings: &'s Settings) -> Rows<'s> {
        Rows {
            settings,
            found: BTreeMap::new(),
            others: Vec::new(),
            rows: Vec::new(),
            damages: Vec::new(),
            left_out: BTreeMap::new(),
        }
    }

    /// What the column of this header is for. Errors: a clause for people, where two headers stand for one field.
    pub fn column(&mut self, header: &str) -> Result<Use, String> {
        let mut used = Use::default();
        for (field, columns) in &self.settings.columns {
            match columns {
                Columns::One(name) if same(name, header) => used.field = Some(*field),
                Columns::ForEach(schemes) => {
                    if let Some((_, scheme)) = schemes.iter().find(|(name, _)| same(name, header)) {
                        used.scheme = Some(scheme.clone());
                        self.found.entry(*field).or_insert_with(|| header.to_owned());
                    }
                }
                _ => {}
            }
        }
        if used.field.is_none() && used.scheme.is_none() {
            let is_free = |field: &Field| !self.settings.columns.contains_key(field);
            used.field = usual(header).filter(is_free);
        }
        let of = |filters: &[Filter]| {
            (0..).zip(filters).filter(|(_, filter)| same(&filter.column, header)).map(|(n, _)| n).collect()
        };
        used.only = of(&self.settings.only);
        used.not = of(&self.settings.not);
        if let Some(field) = used.field
            && let Some(other) = self.found.insert(field, header.to_owned())
        {
            let name = field.name();
            return Err(format!(
                "both {} and {} are the column of {name}; say in \"columns\" which one is meant",
                quoted(&other, 60),
                quoted(header, 60)
            ));
        }
        if !used.is_none() {
            self.others.push(header.to_owned());
        }
        Ok(used)
    }

    /// The fields that were found.
    pub fn fields(&self) -> Vec<Field> {
        self.found.keys().copied().collect()
    }

    /// What is missing of the columns that the profile names. Errors: a clause for people where no column says who somebody is.
    pub fn check_columns(&mut self, headers: &[String]) -> Result<(), String> {
        let has = |field| self.found.contains_key(&field);
        if !has(Field::Persnr) && !has(Field::EmployeeAlias) {
            let shown: Vec<String> = headers.iter().take(20).map(|header| quoted(header, 30)).collect();
            return Err(format!(
                "no column is known as persnr or employee_alias; its columns are {}. Say in \"columns\" which ones are meant, as \
                 {{\"persnr\": \"Fødselsnummer\"}}",
                if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
            ));
        }
        let named = self.settings.columns.values().flat_map(|columns| match columns {
            Columns::Nowhere => Vec::new(),
            Columns::One(header) => vec![header.as_str()],
            Columns::ForEach(schemes) => schemes.iter().map(|(header, _)| header.as_str()).collect(),
        });
        let filters = self.settings.only.iter().chain(&self.settings.not).map(|filter| filter.column.as_str());
        let missing: Vec<Damage> = named
            .chain(filters)
            .filter(|header| !self.others.iter().any(|other| same(other, header)))
            .map(|header| Damage::MissingColumn { header: header.to_owned() })
            .collect();
        for damage in missing {
            if !self.damages.contains(&damage) {
                self.damages.push(damage);
            }
        }
        Ok(())
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row that begins at `place`.
    pub fn begin(&self, place: u64) -> Unfinished<'s> {
        let settings = self.settings;
        Unfinished { row: Row { place, ..Row::default() }, settings, only: vec![None; settings.only.len()], not: None }
    }

    /// Adds the row. Errors: a clause for people, where there are more than [`MOST_ROWS`].
    pub fn add(&mut self, unfinished: Unfinished<'s>) -> Result<(), String> {
        if self.rows.len() >= MOST_ROWS {
            return Err(format!("it has more than {MOST_ROWS} rows, and no more are read"));
        }
        let Unfinished { mut row, only, not, settings } = unfinished;
        row.add_schemes_of_position(settings);
        if !row.names_somebody() && !row.is_invalid() && row.number.valid().is_none() {
            row.problem(None, Told::of("unnamed"));
        }
        let missed = only.into_iter().zip(&settings.only).find(|(value, _)| *value != Some(None));
        let because = not.or_else(|| {
            missed.map(|(value, filter)| format!("{}: {}", filter.column, value.flatten().unwrap_or_else(|| "–".to_owned())))
        });
        if let Some(because) = because {
            row.is_left_out = true;
            let is_room = self.left_out.len() < MOST_LEFT_OUT || self.left_out.contains_key(&because);
            *self.left_out.entry(if is_room { because } else { "…".to_owned() }).or_default() += 1;
        }
        self.rows.push(row);
        Ok(())
    }

    /// All of it, as a file's.
    pub fn into_file(mut self, sha256: Digest, encoding: &'static str) -> HrFile {
        let fields = self.fields();
        self.damages.extend(damage::of_rows(&self.rows));
        HrFile { sha256, encoding, rows: self.rows, fields, damages: self.damages, left_out: self.left_out }
    }
}

/// A row of which not all cells were read yet.
#[derive(Debug)]
pub struct Unfinished<'s> {
    /// What was read of it.
    pub row: Row,
    settings: &'s Settings,
    /// For each of the filters, if its column was read: `Some(None)` for a value that is wanted, or the other value.
    only: Vec<Option<Option<String>>>,
    not: Option<String>,
}

impl Unfinished<'_> {
    /// Reads a cell.
    pub fn read(&mut self, used: &Use, cell: &str) {
        if used.is_none() {
            return;
        }
        let name = || match (used.field, &used.scheme) {
            (Some(field), _) => field.name().to_owned(),
            (None, Some(scheme)) => scheme.as_str().to_owned(),
            (None, None) => "–".to_owned(),
        };
        if cell.len() > MOST_CELL {
            return self.row.problem(None, Told::of("cell_long").with(name()).with(cell.chars().count()));
        }
        let text = cells::text(cell);
        if text.contains(char::is_control) {
            return self.row.problem(None, Told::of("cell_control").with(name()).with(quoted(&text, 60)));
        }
        if let Some(field) = used.field {
            self.row.read(field, &text, self.settings);
        }
        if let Some(scheme) = &used.scheme {
            self.row.read_scheme_flag(scheme, &text);
        }
        for place in &used.only {
            let filter = self.settings.only.get(*place);
            if let (Some(filter), Some(value)) = (filter, self.only.get_mut(*place)) {
                *value = Some(filter.value_of(&text).is_none().then(|| visible(&text, 40)));
            }
        }
        for filter in used.not.iter().filter_map(|place| self.settings.not.get(*place)) {
            if let Some(value) = filter.value_of(&text) {
                self.not.get_or_insert_with(|| format!("{}: {value}", filter.column));
            }
        }
    }

    /// Reads a list of codes, where a field holds one.
    pub fn read_list(&mut self, used: &Use, items: &[String]) {
        self.read(used, &items.join(","));
    }
}

/// Refuses a file that has more columns than a file of people can have. Errors: a clause for people.
pub fn check_number(columns: usize) -> Result<(), String> {
    match columns {
        0..=MOST_COLUMNS => Ok(()),
        more => Err(format!("it has {more} columns, more than the {MOST_COLUMNS} that are read")),
    }
}

/// True if the headers differ in case and spaces only.
pub fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        cells::text(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    plain(one) == plain(other)
}

/// The field for which this header is usual; signs do not count, as in `Fødselsnr.` and `E-post`.
pub fn usual(header: &str) -> Option<Field> {
    let header: String = cells::text(header).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let is_own = |field: &Field| field.name().chars().filter(|c| *c != '_').eq(header.chars());
    Field::ALL.into_iter().find(|field| is_own(field) || field.headers().contains(&header.as_str()))
}
