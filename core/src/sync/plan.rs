//! What has to change in FinAut, and what keeps it from being done. How a plan is made, [`planner`] says; how it is shown, others do.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::hr::Field;
use super::memory::Print;
use super::told::Told;
use super::words::{self, Word};
use crate::operations::codes::{Role, Scheme};
use crate::wire::objects::word;

mod aftermath;
pub mod carried;
pub mod draft;
mod people;
pub mod planner;
mod rails;

/// A plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What has to be done, in the order in which it is; held steps included.
    pub steps: Vec<Step>,
    /// Each rail, whether it trips or not.
    pub rails: Vec<Rail>,
    /// What cannot be done because of the file or of the register.
    pub problems: Vec<Case>,
    /// What can only be done in FinAut's portal.
    pub portal: Vec<Case>,
    /// What will be done on a later day.
    pub due_later: Vec<Due>,
    /// What is told and not done, because the profile says "report".
    pub reported: Vec<Case>,
    /// People in FinAut, in the scope, whom no HR file has named.
    pub unknown_to_hr: Vec<u64>,
    /// Schemes that people have in FinAut and HR never asked for: user and scheme.
    pub extra: Vec<(u64, Scheme)>,
    /// How many steps an exception left out.
    pub excepted: u64,
    /// The places of the exceptions that did.
    pub exceptions_used: BTreeSet<usize>,
    /// How many rows the profile leaves out, by the value that says so.
    #[serde(default)]
    pub left_out: BTreeMap<String, usize>,
    /// How many people are kept out.
    pub confidential: u64,
    /// How many people are in the file and in FinAut.
    pub matched: u64,
    /// How many of them need no step.
    pub unchanged: u64,
    /// False if the file counts neither as present nor as missing.
    pub is_accepted: bool,
}

/// One thing that has to be done: one request that writes, and what it needs before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What.
    pub kind: Kind,
    /// To whom.
    pub subject: Subject,
    /// What changes, for [`Kind::Create`] and [`Kind::Update`].
    pub changes: Vec<Change>,
    /// The scheme, for [`Kind::Hold`] and [`Kind::Withdraw`].
    pub scheme: Option<Scheme>,
    /// The status in that scheme before; `None`: none is known.
    pub was: Option<String>,
    /// From when the status holds.
    pub date: Option<Date>,
    /// Why.
    pub reason: Vec<Told>,
    /// The rail that holds it.
    #[serde(deserialize_with = "words::rail_or_none")]
    pub held: Option<Word>,
    /// How many requests it costs.
    pub requests: u64,
    /// What an approval of it is about.
    pub print: Print,
    /// Since when it waits.
    pub since: Date,
    /// No earlier run knew it.
    pub is_new: bool,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A status: withdrawn.
    Withdraw,
    /// A status: on hold.
    Hold,
    /// Fields and roles of somebody who is there.
    Update,
    /// Somebody new.
    Create,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Withdraw => "withdraw",
            Kind::Hold => "hold",
            Kind::Update => "update",
            Kind::Create => "create",
        }
    }

    /// The server's word for the status that it sets, if it sets one.
    pub fn sets(self) -> Option<&'static str> {
        match self {
            Kind::Withdraw => Some(word::WITHDRAWN),
            Kind::Hold => Some(word::ON_HOLD),
            Kind::Update | Kind::Create => None,
        }
    }
}

/// Somebody whom something is said about. No identity number, no name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Subject {
    /// FinAut's number.
    pub id: Option<u64>,
    /// The employer's own id.
    pub employee_alias: Option<String>,
    /// Where the row stands in the file.
    pub row: Option<u64>,
}

/// One value that changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What.
    pub what: What,
    /// What an approval of it is about.
    pub print: Print,
}

/// What changes, from what to what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// A field with a text.
    Text(Field, String, String),
    /// The company, the department: FinAut's numbers.
    Number(Field, Option<u64>, u64),
    /// The identity number, which is never shown.
    Persnr,
    /// A role is added.
    AddRole(Role),
}

impl What {
    /// The name under which it is counted, shown and approved.
    pub fn name(&self) -> &'static str {
        match self {
            What::Text(field, ..) | What::Number(field, ..) => field.name(),
            What::Persnr => Field::Persnr.name(),
            What::AddRole(_) => Field::Roles.name(),
        }
    }
}

/// A rail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rail {
    /// Its name.
    #[serde(deserialize_with = "words::rail")]
    pub name: Word,
    /// How many are let pass; `None` where there is no number.
    pub limit: Option<u64>,
    /// How many were found.
    pub found: u64,
    /// True if it holds something.
    pub tripped: bool,
    /// What it found, for people.
    pub told: Option<Told>,
}

impl Rail {
    /// True for a rail that holds everything, or nothing.
    pub fn holds_everything(&self) -> bool {
        words::OF_EVERYTHING.contains(&self.name)
    }
}

/// Something that a person has to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Whom it is about.
    pub subject: Subject,
    /// In which scheme.
    pub scheme: Option<Scheme>,
    /// What.
    pub told: Told,
    /// Since when it is known.
    pub since: Date,
    /// No earlier run knew it.
    #[serde(default)]
    pub is_new: bool,
    /// How it is known again tomorrow.
    pub print: Print,
}

/// Something that will be done later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Due {
    /// Whom it is about.
    pub subject: Subject,
    /// What will be done.
    pub kind: Kind,
    /// In which scheme, for statuses.
    pub scheme: Option<Scheme>,
    /// On which day.
    pub date: Date,
    /// Why.
    pub told: Told,
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
