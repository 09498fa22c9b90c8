//! What became of a step: kept by itself from the moment on that it is known, so that a kill loses none, and taken into the memory by the
//! next run. How it is kept is not known here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::comparing::is_same;
use super::hr::Field;
use super::memory::{Act, ActKind, Memory, Print, Printer, Refused};
use super::plan::{Kind, Step, What};
use super::world::Registered;

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// When, in seconds since 1970.
    pub at: f64,
    /// FinAut's number of the person.
    pub user: Option<u64>,
    /// What was done that counts for rails, each as often as it counts.
    pub acts: Vec<ActKind>,
    /// The fields that were written: the value that was sent, and the one that the server shows for it, where that is another one.
    pub written: BTreeMap<Field, (Print, Option<Print>)>,
    /// What the server refused, by the prints of the changes.
    pub refused: Vec<Print>,
    /// What the server said to that, without identity numbers.
    pub says: Option<String>,
    /// The employer's own id of the person.
    pub employee_alias: Option<String>,
}

impl Outcome {
    /// A step that was done. `shown`: the person as the server's answer shows them.
    pub fn done(step: &Step, at: f64, user: Option<u64>, shown: Option<&Registered>, printer: &Printer) -> Outcome {
        let acts = match step.kind {
            Kind::Hold | Kind::Withdraw => vec![ActKind::Irreversible],
            Kind::Create => vec![ActKind::Created],
            Kind::Update => step
                .changes
                .iter()
                .filter(|change| matches!(change.what, What::AddRole(_)))
                .map(|_| ActKind::Enrolled)
                .collect(),
        };
        let mut written = BTreeMap::new();
        for change in &step.changes {
            let What::Text(field, _, sent) = &change.what else { continue };
            let print = |value: &str| printer.of(&[field.name(), value]);
            let answered = shown
                .and_then(|shown| shown_of(shown, *field))
                .filter(|answered| !answered.is_empty() && !is_same(*field, sent, answered));
            written.insert(*field, (print(sent), answered.map(print)));
        }
        Outcome { at, user: user.or(step.subject.id), acts, written, refused: Vec::new(), says: None, employee_alias: None }
    }

    /// A step that the server refused. `fields`: which of its values, where it said so.
    pub fn refused(step: &Step, at: f64, fields: &[&str], says: String) -> Outcome {
        let of_fields = step.changes.iter().filter(|change| fields.contains(&change.what.name()));
        let mut refused: Vec<Print> = of_fields.map(|change| change.print).collect();
        if refused.is_empty() || step.kind != Kind::Update {
            refused = step.changes.iter().map(|change| change.print).chain([step.print]).collect();
        }
        Outcome {
            at,
            user: step.subject.id,
            acts: Vec::new(),
            written: BTreeMap::new(),
            refused,
            says: Some(says),
            employee_alias: step.subject.employee_alias.clone(),
        }
    }

    /// Takes it into the memory.
    pub fn remember(&self, memory: &mut Memory) {
        if let Some(user) = self.user {
            memory.acts.extend(self.acts.iter().map(|kind| Act { at: self.at, user, kind: *kind }));
        }
        if let Some(seen) = self.user.and_then(|user| memory.people.get_mut(&user)) {
            for (field, (sent, answered)) in &self.written {
                match answered {
                    Some(answered) => seen.spelled.insert(*field, (*sent, *answered)),
                    None => seen.spelled.remove(field),
                };
                let times = seen.written.get(field).filter(|(before, _)| before == sent).map_or(0, |(_, times)| *times);
                seen.written.insert(*field, (*sent, times.saturating_add(1)));
            }
        }
        for print in &self.refused {
            memory.refused.insert(
                *print,
                Refused {
                    at: self.at,
                    says: self.says.clone().unwrap_or_default(),
                    employee_alias: self.employee_alias.clone(),
                },
            );
        }
    }
}

/// The text that the server shows for a field.
fn shown_of(shown: &Registered, field: Field) -> Option<&str> {
    match field {
        Field::FirstName => Some(&shown.first_name),
        Field::LastName => Some(&shown.last_name),
        Field::Email => Some(&shown.email),
        Field::Mobile => Some(&shown.mobile),
        Field::EmployeeAlias => shown.employee_alias.as_deref(),
        _ => None,
    }
}
