//! What a profile's earlier runs left: decisions, yardsticks, and what waits. All of it can be lost: that costs requests and days, never
//! people. How it is kept is not known here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::hr::Field;
use super::profile::Rails;
use crate::operations::codes::Scheme;
use crate::sync::digest::Digest;

/// An HMAC of what somebody decides about or compares with: kind, person, field, before, after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Print(pub Digest);

/// Makes prints.
#[derive(Debug, Clone)]
pub struct Printer(ring::hmac::Key);

impl Printer {
    /// With this key.
    pub fn new(key: &[u8]) -> Printer {
        Printer(ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key))
    }

    /// The print of these parts, in their order.
    pub fn of(&self, parts: &[&str]) -> Print {
        let mut context = ring::hmac::Context::with_key(&self.0);
        for part in parts {
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        Print(Digest::from_slice(context.sign().as_ref()))
    }
}

/// What a profile's earlier runs left.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// The profile with which a plan was approved; `None`: none was yet.
    pub approved: Option<Approved>,
    /// The last files that were accepted, the newest last; at most [`MOST_FILES`].
    pub files: Vec<Accepted>,
    /// The fields that the last of them had.
    pub fields: Vec<Field>,
    /// The people of FinAut who were seen in an HR file.
    pub people: BTreeMap<u64, Seen>,
    /// What was done in the last seven days that counts for a rail.
    pub acts: Vec<Act>,
    /// What a person has approved.
    pub approvals: Vec<Approval>,
    /// Who approved what, and why: for the audit.
    #[serde(default)]
    pub signatures: Vec<Signature>,
    /// What of a first plan, or of the first one with a changed profile, was reviewed and not approved.
    pub unapproved: BTreeSet<Print>,
    /// Since when each open case is known.
    pub cases: BTreeMap<Print, Date>,
    /// Rows that the server refused, by the print of what was sent.
    pub refused: BTreeMap<Print, Refused>,
    /// How many people FinAut listed in the last run.
    pub listed: Option<u64>,
    /// The schemes that there were.
    pub schemes: Vec<Scheme>,
    /// Who is active in the last accepted file of another profile.
    pub elsewhere: BTreeSet<u64>,
    /// False if the last night's run was not brought to its end.
    pub is_last_done: bool,
    /// The night of the last run.
    pub night: Option<Night>,
}

/// A night, and how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Night {
    /// The day in Norway.
    pub day: Date,
    /// A run of it was brought to its end.
    pub is_done: bool,
    /// One of the night before was.
    pub was_last_done: bool,
}

/// How many accepted files are remembered.
pub const MOST_FILES: usize = 10;

/// A profile with which a plan was approved.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Approved {
    /// The profile's print.
    pub print: Digest,
    /// Its limits.
    pub rails: Rails,
}

/// A file that was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Accepted {
    /// When, in seconds since 1970.
    pub at: f64,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// How many rows it had.
    pub rows: u64,
}

/// Somebody who was seen in an HR file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// The person is kept out of everything; nothing else is kept of them.
    pub is_confidential: bool,
    /// Since when no accepted file names the person.
    pub absent: Option<Absent>,
    /// When, in seconds since 1970, the first accepted file said that the employment is over, without a break since.
    pub over_since: Option<f64>,
    /// Since when the rows say that the person is on leave, without a break.
    pub leave_since: Option<Date>,
    /// The schemes that HR asked for, and since when it no longer does.
    pub asked: BTreeMap<Scheme, Option<Absent>>,
    /// The value that was sent and the one that the server showed for it.
    pub spelled: BTreeMap<Field, (Print, Print)>,
    /// The value that was written, and how often in a row.
    pub written: BTreeMap<Field, (Print, u32)>,
    /// What was set last in each scheme, in the server's word, and from which day on.
    #[serde(default)]
    pub statuses: BTreeMap<Scheme, (String, Date)>,
}

/// Somebody or something that files no longer name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Absent {
    /// The day of the first such file.
    pub since: Date,
    /// SHA-256 of the files since then, each once; at most [`FILES_NEEDED`].
    pub files: Vec<Digest>,
}

/// From so many accepted files of different content somebody must be absent.
pub const FILES_NEEDED: usize = 3;

/// Something done that counts for a rail.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// When, in seconds since 1970.
    pub at: f64,
    /// To whom.
    pub user: u64,
    /// What.
    pub kind: ActKind,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActKind {
    /// On hold or withdrawn.
    Irreversible,
    /// Created.
    Created,
    /// A role was added to somebody who existed.
    Enrolled,
}

/// What a person has approved: a set, not a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Approval {
    /// What exactly.
    pub prints: BTreeSet<Print>,
    /// The file that is accepted whatever its rails say.
    pub file: Option<Digest>,
    /// How many people FinAut listed when somebody approved that they are fewer than before.
    #[serde(default)]
    pub register: Option<u64>,
    /// Until when, in seconds since 1970.
    pub until: f64,
}

/// Who approved what, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// The plan that was reviewed.
    pub plan: String,
    /// Who approved it.
    pub by: String,
    /// Why.
    pub why: String,
    /// What exactly.
    pub prints: BTreeSet<Print>,
    /// Until when the approval counts, in seconds since 1970.
    pub until: f64,
}

/// Something that the server refused.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// When, in seconds since 1970.
    pub at: f64,
    /// What the server said, without identity numbers.
    pub says: String,
    /// The employer's own id of the person.
    pub employee_alias: Option<String>,
    /// A creation whose number FinAut has, of somebody whom this account does not see.
    #[serde(default)]
    pub is_elsewhere: bool,
    /// The reply of a run has told it.
    #[serde(default)]
    pub is_told: bool,
}

impl Memory {
    /// Of a profile that never ran.
    pub fn new() -> Memory {
        Memory { is_last_done: true, ..Memory::default() }
    }

    /// Learns from another profile's memory who works for its companies, and who is kept out there, so that they are no leavers here.
    pub fn learn_from(&mut self, other: &Memory) {
        for (id, seen) in &other.people {
            if seen.is_confidential {
                self.people.entry(*id).or_default().is_confidential = true;
            } else if seen.absent.is_none() && seen.over_since.is_none() {
                self.elsewhere.insert(*id);
            }
        }
    }

    /// True if a person has approved this at a moment that still counts.
    pub fn has_approved(&self, print: &Print, now: f64) -> bool {
        self.approvals.iter().any(|approval| approval.until > now && approval.prints.contains(print))
    }

    /// True if a person has approved this file.
    pub fn has_approved_file(&self, sha256: &Digest, now: f64) -> bool {
        self.approvals.iter().any(|approval| approval.until > now && approval.file.as_ref() == Some(sha256))
    }

    /// True if a person has approved that FinAut lists so few people.
    pub fn has_approved_register(&self, listed: u64, now: f64) -> bool {
        let allows = |approved: u64| listed * 100 >= approved * 90;
        self.approvals.iter().any(|approval| approval.until > now && approval.register.is_some_and(allows))
    }

    /// How many people something was done to since a moment.
    pub fn acted_on(&self, kind: ActKind, since: f64) -> BTreeSet<u64> {
        self.acts.iter().filter(|act| act.kind == kind && act.at >= since).map(|act| act.user).collect()
    }
}
