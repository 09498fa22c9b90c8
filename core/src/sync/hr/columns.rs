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
use crate::text::quoted;

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
            used.field = Field::ALL.into_iter().filter(is_free).find(|field| is_usual(*field, header));
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
        Unfinished { row: Row { place, ..Row::default() }, settings, only: vec![false; settings.only.len()], not: None }
    }

    /// Adds the row.
    pub fn add(&mut self, unfinished: Unfinished<'s>) {
        let Unfinished { mut row, only, not, settings } = unfinished;
        row.add_schemes_of_position(settings);
        if !row.names_somebody() && !row.is_invalid() && row.number.valid().is_none() {
            row.problem(None, Told::of("unnamed"));
        }
        let missed = only.iter().position(|has| !has).and_then(|n| settings.only.get(n));
        let because = not.or_else(|| missed.map(|filter| format!("{}: none of the wanted values", filter.column)));
        if let Some(because) = because {
            row.is_left_out = true;
            *self.left_out.entry(because).or_default() += 1;
        }
        self.rows.push(row);
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
    /// Which of the filters it has a value of.
    only: Vec<bool>,
    not: Option<String>,
}

impl Unfinished<'_> {
    /// Reads a cell.
    pub fn read(&mut self, used: &Use, cell: &str) {
        if used.is_none() {
            return;
        }
        let text = cells::text(cell);
        if let Some(field) = used.field {
            self.row.read(field, &text, self.settings);
        }
        if let Some(scheme) = &used.scheme {
            self.row.read_scheme_flag(scheme, &text);
        }
        for place in &used.only {
            let filter = self.settings.only.get(*place);
            if let (Some(filter), Some(has)) = (filter, self.only.get_mut(*place)) {
                *has |= filter.value_of(&text).is_some();
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

/// True if the headers differ in case and spaces only.
pub fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        cells::text(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    plain(one) == plain(other)
}

/// True if this header is usual for the field; signs do not count, as in `Fødselsnr.` and `E-post`.
pub fn is_usual(field: Field, header: &str) -> bool {
    let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let header = plain(&cells::text(header));
    !header.is_empty() && (header == plain(field.name()) || field.headers().contains(&header.as_str()))
}
