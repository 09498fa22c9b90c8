//! What became of a step: kept by itself from the moment on that it is known, so that a kill loses none, and taken into the memory by the
//! next run. How it is kept is not known here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::hr::Field;
use super::memory::{Act, ActKind, Memory, Printer, Refused};
use super::plan::carried::remember_done;
use super::plan::{Kind, Step};
use super::world::Registered;

/// What became of a step.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// When, in seconds since 1970.
    pub at: f64,
    /// The step.
    pub step: Step,
    /// What of it is so.
    pub became: Became,
}

/// What became of a step.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Became {
    /// It is being sent. A run that finds this does not know the outcome.
    Sent,
    /// It was done.
    Done {
        /// To whom, by FinAut's number.
        user: u64,
        /// The texts that the server shows for the fields that were written.
        shown: BTreeMap<Field, String>,
    },
    /// The server refused it, and said so, without identity numbers.
    Refused(String),
    /// The server refused to create somebody, because it has the number, of somebody whom this account does not see.
    Elsewhere(String),
}

impl Outcome {
    /// A step that is about to be sent, where more must not be forgotten of it than that: a status, which cannot be undone.
    pub fn sent(step: &Step, at: f64) -> Option<Outcome> {
        let is_status = matches!(step.kind, Kind::Hold | Kind::Withdraw);
        is_status.then(|| Outcome { at, step: step.clone(), became: Became::Sent })
    }

    /// A step that was done. `shown`: the person as the server's answer shows them. `None` where nobody knows to whom.
    pub fn done(step: &Step, at: f64, user: Option<u64>, shown: Option<&Registered>) -> Option<Outcome> {
        let texts = Field::ALL.into_iter().filter_map(|field| Some((field, text_of(shown?, field)?.to_owned())));
        let became = Became::Done { user: user.or(step.subject.id)?, shown: texts.collect() };
        Some(Outcome { at, step: step.clone(), became })
    }

    /// A step that the server refused. `is_elsewhere`: because somebody whom this account does not see has the number.
    pub fn refused(step: &Step, at: f64, says: String, is_elsewhere: bool) -> Outcome {
        let became = if is_elsewhere { Became::Elsewhere(says) } else { Became::Refused(says) };
        Outcome { at, step: step.clone(), became }
    }

    /// What it is kept under: of each step what was last known.
    pub fn name(step: &Step) -> String {
        step.print.0.to_string()
    }

    /// Takes it into the memory.
    pub fn remember(&self, memory: &mut Memory, printer: &Printer) {
        match &self.became {
            // It counts for the rail: nobody knows that it was not done.
            Became::Sent => {
                if let Some(user) = self.step.subject.id {
                    memory.acts.push(Act { at: self.at, user, kind: ActKind::Irreversible });
                }
            }
            Became::Done { user, shown } => {
                memory.refused.remove(&self.step.print);
                remember_done(memory, &self.step, *user, self.at, printer, &|field| shown.get(&field).cloned());
            }
            Became::Refused(says) | Became::Elsewhere(says) => {
                let refused = Refused {
                    at: self.at,
                    says: says.clone(),
                    employee_alias: self.step.subject.employee_alias.clone(),
                    is_elsewhere: matches!(self.became, Became::Elsewhere(_)),
                    is_told: memory.refused.get(&self.step.print).is_some_and(|before| before.is_told),
                };
                memory.refused.insert(self.step.print, refused);
            }
        }
    }
}

/// The text that the server shows for a field.
fn text_of(shown: &Registered, field: Field) -> Option<&str> {
    match field {
        Field::FirstName => Some(&shown.first_name),
        Field::LastName => Some(&shown.last_name),
        Field::Email => Some(&shown.email),
        Field::Mobile => Some(&shown.mobile),
        Field::EmployeeAlias => shown.employee_alias.as_deref(),
        _ => None,
    }
}
