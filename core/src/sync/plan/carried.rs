//! What is remembered when a step was carried out: a pure function of the step and of what the server then shows.

use super::{Kind, Step, What};
use crate::sync::comparing::is_same;
use crate::sync::hr::Field;
use crate::sync::memory::{Act, ActKind, Memory, Printer};

/// Remembers a step that was carried out: what counts for rails, how often a value was put back, and how the server spells it. `user`: whom
/// it was done to, whose number the answer shows for somebody new. `at`: when, in seconds since 1970. `shown`: the text of a field in
/// the server's answer; `None` where the answer does not show it.
pub fn remember_done(
    memory: &mut Memory,
    step: &Step,
    user: u64,
    at: f64,
    printer: &Printer,
    shown: &dyn Fn(Field) -> Option<String>,
) {
    let mut act = |kind| memory.acts.push(Act { at, user, kind });
    match step.kind {
        Kind::Hold | Kind::Withdraw => {
            act(ActKind::Irreversible);
            if let (Some(scheme), Some(word), Some(date)) = (&step.scheme, step.kind.sets(), step.date) {
                memory.people.entry(user).or_default().statuses.insert(scheme.clone(), (word.to_owned(), date));
            }
            return;
        }
        Kind::Create => act(ActKind::Created),
        Kind::Update => {
            let roles = step.changes.iter().filter(|change| matches!(change.what, What::AddRole(_)));
            roles.for_each(|_| act(ActKind::Enrolled));
        }
    }
    let seen = memory.people.entry(user).or_default();
    for change in &step.changes {
        let What::Text(field, _, sent) = &change.what else { continue };
        let print = printer.of(&[field.name(), sent]);
        if step.kind == Kind::Update {
            let times = seen.written.get(field).filter(|(written, _)| *written == print).map_or(0, |(_, times)| *times);
            seen.written.insert(*field, (print, times + 1));
        }
        match shown(*field).filter(|shown| !is_same(*field, sent, shown)) {
            Some(shown) => {
                seen.spelled.insert(*field, (print, printer.of(&[field.name(), &shown])));
            }
            None => {
                seen.spelled.remove(field);
            }
        }
    }
}
