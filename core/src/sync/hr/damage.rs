//! What makes a file as a whole doubtful: it was cut, or its rows are not what they were. Whether it is used all the same, a person decides.

use super::row::Row;
use crate::sync::told::{Language, Told};

/// A reason to hold everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// The last line does not end.
    CutLine {
        /// Its line.
        place: u64,
    },
    /// The last line is not the end that was announced.
    NoEnd {
        /// What is there instead.
        told: Told,
    },
    /// A quote was opened and never closed; the lines after it were read as one cell.
    OpenQuote {
        /// The line on which it opens.
        place: u64,
    },
    /// A column that the profile maps is not there.
    MissingColumn {
        /// Its header.
        header: String,
    },
    /// More than one row in twenty cannot be used.
    InvalidRows {
        /// How many.
        rows: usize,
        /// Of how many.
        of: usize,
    },
    /// More than one person in twenty has rows that contradict each other.
    Contradictions {
        /// How many.
        people: usize,
        /// Of how many.
        of: usize,
    },
    /// More names than a few were damaged on their way.
    DamagedNames {
        /// How many rows.
        rows: usize,
        /// How many are let pass.
        limit: usize,
    },
}

/// The share of rows that may be invalid, or of people that may contradict themselves: one in so many.
const ONE_IN: usize = 20;

/// How many of `of` rows may have damaged names: 3, or 0.5 %, rounded up.
fn most_damaged(of: usize) -> usize {
    of.div_ceil(200).max(3)
}

/// What the rows themselves say of the file.
pub fn of_rows(rows: &[Row]) -> Vec<Damage> {
    let mut damages = Vec::new();
    let count = |is: fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
    let invalid = count(Row::is_invalid);
    if invalid * ONE_IN > rows.len() {
        damages.push(Damage::InvalidRows { rows: invalid, of: rows.len() });
    }
    let (damaged, limit) = (count(Row::is_damaged), most_damaged(rows.len()));
    if damaged > limit {
        damages.push(Damage::DamagedNames { rows: damaged, limit });
    }
    damages
}

/// What contradicting rows say of it.
pub fn of_contradictions(people: usize, of: usize) -> Option<Damage> {
    (people * ONE_IN > of).then_some(Damage::Contradictions { people, of })
}

impl Damage {
    /// What is told of it, as `line 312 ends in the middle`.
    pub fn told(&self) -> Told {
        match self {
            Damage::CutLine { place } => Told::of("file_cut").with(place),
            Damage::NoEnd { told } => told.clone(),
            Damage::OpenQuote { place } => Told::of("file_open_quote").with(place),
            Damage::MissingColumn { header } => Told::of("file_column_missing").with(crate::text::visible(header, 60)),
            Damage::InvalidRows { rows, of } => Told::of("file_rows_invalid").with(rows).with(of),
            Damage::Contradictions { people, of } => Told::of("file_contradictions").with(people).with(of),
            Damage::DamagedNames { rows, limit } => Told::of("file_names_damaged").with(rows).with(limit),
        }
    }
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told().say(Language::English))
    }
}
