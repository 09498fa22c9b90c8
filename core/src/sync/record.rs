//! What is kept of runs for their reports: how each ended, what was done to whom, who approved it, and who is authorised as HR wants. How it
//! is kept and how it is shown is not known here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::plan::{Kind, Step, Subject};
use super::progress::State;
use super::told::Told;
use crate::operations::codes::Scheme;

/// A run that has ended, for its reports.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KeptRun {
    /// Its id, as `r-20261127-0412-6f3a`.
    pub id: String,
    /// The plan that it carried out.
    pub plan: String,
    /// When it began, in seconds since 1970.
    pub began: f64,
    /// When it ended.
    pub ended: f64,
    /// How it ended.
    pub state: State,
    /// What came of each step of the plan, in its order.
    pub came: Vec<KeptCame>,
    /// How many requests were spent on reading, on writing, and on finding out what became of them.
    pub requests: (u64, u64, u64),
    /// In how many seconds it can be gone on with, where it waits.
    pub waits_s: Option<f64>,
    /// It was for one person: no night.
    #[serde(default)]
    pub is_for_one: bool,
    /// How many steps were refused of which no earlier run of the profile has told.
    #[serde(default)]
    pub refused_new: u64,
}

/// What came of a step.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptCame {
    /// How far it came, as `done`.
    pub state: String,
    /// The code of what it failed with …
    pub code: Option<String>,
    /// … what that said, without identity numbers …
    pub message: Option<String>,
    /// … and the fields that were refused.
    pub fields: Vec<String>,
}

impl KeptRun {
    /// How many steps came so far.
    pub fn count(&self, state: &str) -> u64 {
        self.came.iter().filter(|came| came.state == state).count() as u64
    }

    /// What came of the plan's steps, in numbers: each is always there.
    pub fn counts(&self) -> [(&'static str, u64); 7] {
        let of = |state| (state, self.count(state));
        let new = ("refused_new", self.refused_new);
        [of("done"), of("refused"), new, of("failed"), of("doubtful"), of("drifted"), of("left")]
    }
}

/// Something that a run did to somebody: entered, put on hold or withdrawn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Deed {
    /// The run.
    pub run: String,
    /// The place of the step in its plan, from 1.
    pub step: usize,
    /// When, in seconds since 1970: when it was sent, and once its answer is known, when that came.
    pub at: f64,
    /// What.
    pub kind: Kind,
    /// To whom.
    pub subject: Subject,
    /// In which scheme, for a status.
    pub scheme: Option<Scheme>,
    /// The status before.
    pub was: Option<String>,
    /// From when the status holds.
    pub date: Option<Date>,
    /// By which rule; of a hold nothing, as its cause is nobody's business.
    pub reason: Vec<Told>,
    /// The number of the record that was made.
    pub record: Option<u64>,
    /// False while nobody knows whether it took effect.
    pub is_sure: bool,
}

impl Deed {
    /// A step that is about to be sent; `None` for a change, which can be undone by another one.
    pub fn begun(run: &str, step_number: usize, step: &Step, at: f64) -> Option<Deed> {
        let reason = match step.kind {
            Kind::Update => return None,
            Kind::Hold => Vec::new(),
            Kind::Withdraw | Kind::Create => step.reason.clone(),
        };
        Some(Deed {
            run: run.to_owned(),
            step: step_number,
            at,
            kind: step.kind,
            subject: step.subject.clone(),
            scheme: step.scheme.clone(),
            was: step.was.clone(),
            date: step.date,
            reason,
            record: None,
            is_sure: false,
        })
    }

    /// The server's word for the status that was set.
    pub fn status(&self) -> Option<&'static str> {
        self.kind.sets()
    }

    /// The name under which it is kept.
    pub fn key(&self) -> String {
        format!("{} s{}", self.run, self.step)
    }
}

/// An approval, for the report of a period.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Consent {
    /// When, in seconds since 1970.
    pub at: f64,
    /// The plan that was reviewed.
    pub plan: String,
    /// Who approved it.
    pub by: String,
    /// Why.
    pub why: String,
    /// What of it, in the words of the call.
    pub what: Vec<String>,
}

/// Where HR's wishes and authorisations differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Differs {
    /// HR wants the scheme, and the person is not authorised in it.
    Wanted,
    /// The person is authorised, and is in no HR file any more, or has left.
    Left,
    /// The person is in FinAut, and was never in an HR file.
    Unknown,
    /// HR never asked for the scheme.
    Extra,
}

impl Differs {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Differs::Wanted => "wanted",
            Differs::Left => "left",
            Differs::Unknown => "unknown_to_hr",
            Differs::Extra => "extra",
        }
    }
}

/// Somebody whose authorisation in a scheme is not as HR wants it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Authorisation {
    /// How it differs.
    pub differs: Differs,
    /// Whose.
    pub subject: Subject,
    /// In which scheme; `None` for somebody who is authorised in none.
    pub scheme: Option<Scheme>,
    /// The status there; `None` where there is none.
    pub status: Option<String>,
    /// Since when.
    pub since: Date,
}

/// Everybody in FinAut by number, with the employer's own id: what exports match people by. No name and no identity number.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KeptPeople {
    /// As of when, in seconds since 1970.
    pub at: f64,
    /// They.
    pub people: Vec<(u64, Option<String>)>,
}
