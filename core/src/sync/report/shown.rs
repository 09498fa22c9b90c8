//! What all forms of a plan show alike: who somebody is, what a step does and why, and how many there are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::sync::digest::Digest;
use crate::sync::plan::{Change, Kind, Plan, Step, Subject, What};
use crate::sync::told::{Language, Told};

/// What stands in the place of what is not shown.
pub const BLANK: &str = "***";

/// What is known about a plan besides the plan.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Basis {
    /// The plan's id, as `p-20261127-0412-6f3a`.
    pub id: String,
    /// The profile's name.
    pub profile: String,
    /// How many rows the file has.
    pub rows: u64,
    /// SHA-256 of the file.
    pub sha256: Digest,
    /// When the file was written, as `2026-11-27T01:55:10+01:00`; `None` for rows that were given in the call.
    pub written: Option<String>,
    /// When FinAut was read.
    pub read: String,
    /// How many people FinAut listed.
    pub people: u64,
    /// How many requests the reading took.
    pub requests: u64,
    /// The fewest requests that could do the same: one for each person who changes, and one for each status.
    pub minimum: u64,
    /// How many requests can be sent at once.
    pub free_now: u64,
    /// When the last request of the plan can be through.
    pub through: Option<String>,
    /// The one person whom it is for; `None`: everybody.
    #[serde(default)]
    pub only: Option<Subject>,
    /// In how many seconds it can be gone on with, where the plan is not made yet.
    #[serde(skip)]
    pub waits_s: Option<f64>,
    /// The names of people, by their subject; empty where they must not be shown.
    #[serde(skip)]
    pub names: BTreeMap<Subject, String>,
}

impl Basis {
    /// Somebody in a line: the name where it may be shown, and the employer's own id, else FinAut's number, else the row.
    pub fn shown(&self, subject: &Subject, language: Language) -> String {
        let id = match (&subject.employee_alias, subject.id, subject.row) {
            (Some(alias), ..) => crate::text::visible(alias, 60),
            (None, Some(id), _) => format!("FinAut {id}"),
            (None, None, Some(row)) => Told::of("label_row").with(row).say(language),
            (None, None, None) => String::new(),
        };
        match self.names.get(subject) {
            Some(name) => format!("{} ({id})", crate::text::visible(name, 120)),
            None => id,
        }
    }
}

/// How many steps there are of each kind; what is held is counted apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub create: u64,
    pub update: u64,
    pub withdraw: u64,
    pub hold: u64,
    pub held: u64,
    pub requests: u64,
}

impl Counts {
    pub fn of(plan: &Plan) -> Counts {
        let mut counts = Counts::default();
        for step in &plan.steps {
            if step.held.is_some() {
                counts.held += 1;
                continue;
            }
            counts.requests += step.requests;
            match step.kind {
                Kind::Create => counts.create += 1,
                Kind::Update => counts.update += 1,
                Kind::Withdraw => counts.withdraw += 1,
                Kind::Hold => counts.hold += 1,
            }
        }
        counts
    }
}

/// How many people stay as they are, enter, change and leave, whatever is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Movement {
    pub stay: u64,
    pub enter: u64,
    pub change: u64,
    pub leave: u64,
}

impl Movement {
    pub fn of(plan: &Plan) -> Movement {
        let people = |is: &dyn Fn(&Step) -> bool| {
            let whom: std::collections::BTreeSet<&Subject> =
                plan.steps.iter().filter(|step| is(step)).map(|step| &step.subject).collect();
            whom.len() as u64
        };
        Movement {
            stay: plan.unchanged,
            enter: people(&|step| step.kind == Kind::Create),
            change: people(&|step| step.kind == Kind::Update),
            leave: people(&|step| matches!(step.kind, Kind::Withdraw | Kind::Hold)),
        }
    }
}

/// What a step does, in a few words: the status and its scheme, or the values that change.
pub fn does(step: &Step, language: Language) -> String {
    match (&step.scheme, step.kind) {
        (Some(scheme), Kind::Withdraw) => Told::of("label_does_withdraw").with(scheme.as_str()).say(language),
        (Some(scheme), _) => Told::of("label_does_hold").with(scheme.as_str()).say(language),
        (None, Kind::Create) => {
            let roles: Vec<&str> = step
                .changes
                .iter()
                .filter_map(|change| if let What::AddRole(role) = &change.what { Some(role.as_str()) } else { None })
                .collect();
            Told::of("label_does_create").with(roles.join(", ")).say(language)
        }
        (None, _) => step.changes.iter().map(changed).collect::<Vec<_>>().join("; "),
    }
}

/// A change, as `last_name: Hansen → Berg`. The identity number is not shown.
fn changed(change: &Change) -> String {
    let name = change.what.name();
    let visible = |text: &str| crate::text::visible(text, 80);
    match &change.what {
        What::Text(_, before, after) => format!("{name}: {} → {}", visible(before), visible(after)),
        What::Number(_, before, after) => {
            format!("{name}: {} → {after}", before.map(|before| before.to_string()).unwrap_or_default())
        }
        What::Persnr => format!("{name}: ***"),
        What::AddRole(role) => format!("+ {}", role.as_str()),
    }
}

/// Why a step is done, in one line.
pub fn why(step: &Step, language: Language) -> String {
    step.reason.iter().map(|told| told.say(language)).collect::<Vec<_>>().join("; ")
}
