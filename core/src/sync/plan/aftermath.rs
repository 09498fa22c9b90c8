//! What is remembered after a file was looked at by a run: a pure function, too. What the run then does in FinAut is not known here.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::rails::Whole;
use super::{Plan, Step};
use crate::sync::hr::Standing;
use crate::sync::matching::{Found, Matched};
use crate::sync::memory::{Absent, Accepted, FILES_NEEDED, MOST_FILES, Memory, Print, Seen};

/// How long, in seconds, refusals and acts are remembered.
const WEEK_S: f64 = 7.0 * 86_400.0;

/// The memory after this file. A file that is not accepted changes nothing but since when cases are known.
pub fn memory_after(draft: &Draft, whole: &Whole, plan: &Plan) -> Memory {
    let given = draft.given;
    let mut memory = given.memory.clone();
    remember_cases(&mut memory, plan, whole.is_accepted);
    memory.acts.retain(|act| given.now - act.at < WEEK_S);
    memory.approvals.retain(|approval| approval.until > given.now);
    memory.signatures.retain(|signature| signature.until > given.now);
    // For longer than it is not sent again, so that what is refused once more is known then.
    memory.refused.retain(|_, refused| given.now - refused.at < 2.0 * WEEK_S);
    if !whole.is_accepted {
        return memory;
    }
    let sha256 = given.file.sha256;
    if whole.is_yardstick {
        memory.files.retain(|known| known.sha256 == sha256);
    }
    // A file of the same content counts once, from the first time on.
    if memory.files.last().is_none_or(|last| last.sha256 != sha256) {
        memory.files.push(Accepted { at: given.now, sha256, rows: given.file.rows.len() as u64 });
        let surplus = memory.files.len().saturating_sub(MOST_FILES);
        memory.files.drain(..surplus);
    }
    memory.fields.clone_from(&given.file.fields);
    memory.listed = Some(given.world.people.len() as u64);
    memory.schemes.clone_from(&given.world.schemes);
    let absent = |before: Option<Absent>| {
        let mut absent = before.unwrap_or(Absent { since: given.today, files: Vec::new() });
        if absent.files.len() < FILES_NEEDED && !absent.files.contains(&sha256) {
            absent.files.push(sha256);
        }
        Some(absent)
    };
    for id in &draft.matching.present {
        if given.world.people.contains_key(id) {
            let seen = memory.people.entry(*id).or_default();
            seen.absent = None;
            seen.is_confidential = false;
            seen.over_since = if draft.over.contains_key(id) { seen.over_since.or(Some(given.now)) } else { None };
        }
    }
    for id in &draft.doubtful {
        if let Some(seen) = memory.people.get_mut(id) {
            (seen.absent, seen.over_since) = (None, None);
        }
    }
    for matched in &draft.matching.people {
        let Some(id) = registered(matched) else { continue };
        if matched.person.is_confidential {
            memory.people.insert(id, Seen { is_confidential: true, ..Seen::default() });
        } else if draft.active.contains(&id) {
            remember_row(memory.people.entry(id).or_default(), matched, &absent, given.today);
        }
    }
    for (id, seen) in &mut memory.people {
        let is_named = draft.matching.present.contains(id) || draft.doubtful.contains(id);
        // Whom the listing missed, nobody could look for in the file.
        if !is_named && !seen.is_confidential && given.world.people.contains_key(id) {
            seen.absent = absent(seen.absent.take());
            seen.over_since = None;
            seen.leave_since = None;
        }
    }
    // Whom FinAut no longer has, nothing is known about, but that the person is kept out. A listing that is not whole shows nothing of it.
    if given.world.counted.is_none() {
        memory.people.retain(|id, seen| seen.is_confidential || given.world.people.contains_key(id));
    }
    memory
}

/// What the row of somebody who works there says of leave and schemes.
fn remember_row(
    seen: &mut Seen,
    matched: &Matched,
    absent: &dyn Fn(Option<Absent>) -> Option<Absent>,
    today: jiff::civil::Date,
) {
    let Some(row) = matched.row else { return };
    seen.leave_since = if row.standing == Standing::Leave { seen.leave_since.or(Some(today)) } else { None };
    let Some(asked) = row.schemes.as_ref().filter(|schemes| !schemes.is_empty()) else { return };
    for (scheme, dropped) in &mut seen.asked {
        *dropped = if asked.contains(scheme) { None } else { absent(dropped.take()) };
    }
    for scheme in asked {
        seen.asked.insert(scheme.clone(), None);
    }
}

fn registered(matched: &Matched) -> Option<u64> {
    match matched.found {
        Found::ByNumber(known) | Found::ByAlias(known) | Found::Transfer(known) => Some(known.id),
        _ => None,
    }
}

/// Keeps since when each open case and each waiting step is known, and forgets the others: unless the file is not believed, which does not
/// say what is no longer open.
fn remember_cases(memory: &mut Memory, plan: &Plan, is_accepted: bool) {
    let of_steps = plan.steps.iter().map(|Step { print, since, .. }| (*print, *since));
    let cases = plan.problems.iter().chain(&plan.portal).chain(&plan.reported);
    let open: Vec<(Print, jiff::civil::Date)> = of_steps.chain(cases.map(|case| (case.print, case.since))).collect();
    if is_accepted {
        let kept: BTreeSet<Print> = crate::sets::set(open.iter().map(|(print, _)| *print));
        memory.cases.retain(|print, _| kept.contains(print));
    }
    memory.cases.extend(open);
}
