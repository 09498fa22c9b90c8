//! Makes a plan: a pure function of what FinAut has, what the file says, what earlier runs left, and the profile.

use std::collections::{BTreeMap, BTreeSet};

use super::aftermath;
use super::draft::{Draft, Given, Wanted};
use super::people;
use super::rails;
use super::{Change, Kind, Plan, Step, What};
use crate::sync::hr;
use crate::sync::matching;
use crate::sync::memory::{Memory, Print};
use crate::sync::world::World;

/// Makes the plan, and what is to be remembered by a run that makes it. A plan that is only shown remembers nothing.
pub fn plan(given: &Given) -> (Plan, Memory) {
    let everybody = hr::people(&given.file.rows, given.today);
    let matching = matching::find(&everybody, given.world, given.profile);
    let mut draft = Draft::new(*given, &matching);
    for matched in &matching.people {
        people::judge(&mut draft, matched);
    }
    people::judge_unnamed(&mut draft);
    people::judge_absent(&mut draft);
    let contradicting = everybody.iter().filter(|person| person.conflict.is_some()).count();
    let whole = rails::of_the_whole(given, hr::of_contradictions(contradicting, everybody.len()));
    hold_and_finish(draft, &whole)
}

/// The plan: what is wanted, held by the rails that trip and are not passed by an approval, as steps in their order.
fn hold_and_finish(mut draft: Draft, whole: &rails::Whole) -> (Plan, Memory) {
    let given = draft.given;
    rails::hold(&mut draft, whole);
    let mut plan = std::mem::take(&mut draft.plan);
    plan.is_accepted = whole.is_accepted;
    plan.rails.splice(0..0, whole.rails.iter().cloned());
    let touched: BTreeSet<u64> = draft.wanted.iter().filter_map(|wanted| wanted.subject.id).collect();
    plan.matched = draft.active.len() as u64 + draft.over.len() as u64;
    plan.unchanged = draft.active.iter().filter(|id| !touched.contains(id)).count() as u64;
    for wanted in std::mem::take(&mut draft.wanted) {
        plan.steps.extend(steps_of(wanted, &given));
    }
    order(&mut plan.steps);
    price(&mut plan.steps, given.world);
    let memory = aftermath::memory_after(&draft, whole, &plan);
    (plan, memory)
}

/// The steps of what is wanted of somebody: what nothing holds in one, and what is held in one for each rail.
fn steps_of(wanted: Wanted, given: &Given) -> Vec<Step> {
    let Wanted { kind, subject, changes, scheme, was, date, reason, held, print, start, is_by_alias: _ } = wanted;
    let since = |print: &Print| given.memory.cases.get(print).copied().unwrap_or(given.today);
    let step = |changes: Vec<Change>, held, print: Print| Step {
        kind,
        subject: subject.clone(),
        changes,
        scheme: scheme.clone(),
        was: was.clone(),
        date: if kind == Kind::Create { start } else { date },
        reason: reason.clone(),
        held,
        requests: 0,
        since: since(&print),
        is_new: !given.memory.cases.contains_key(&print),
        print,
    };
    if kind != Kind::Update || held.is_some() {
        return vec![step(changes.into_iter().map(|(change, _)| change).collect(), held, print)];
    }
    let mut groups: BTreeMap<Option<&'static str>, Vec<Change>> = BTreeMap::new();
    for (change, held) in changes {
        groups.entry(held).or_default().push(change);
    }
    let of_all = |changes: &[Change]| {
        let parts: Vec<String> = changes.iter().map(|change| change.print.0.to_string()).collect();
        given.printer.of(&parts.iter().map(String::as_str).collect::<Vec<_>>())
    };
    groups
        .into_iter()
        .map(|(held, changes)| {
            let print = of_all(&changes);
            step(changes, held, print)
        })
        .collect()
}

/// Withdraw and hold; updates that add a role; other updates; creations, the earliest start first. Within these, who waited longest first.
fn order(steps: &mut [Step]) {
    let adds = |step: &Step| step.changes.iter().any(|change| matches!(change.what, What::AddRole(_)));
    let rank = |step: &Step| match step.kind {
        Kind::Withdraw | Kind::Hold => 0,
        Kind::Update if adds(step) => 1,
        Kind::Update => 2,
        Kind::Create => 3,
    };
    steps.sort_by(|one, other| {
        let key = |step: &Step| {
            (
                rank(step),
                if step.kind == Kind::Create { step.date } else { None },
                step.since,
                step.subject.row,
                step.subject.id,
            )
        };
        key(one).cmp(&key(other)).then_with(|| one.scheme.cmp(&other.scheme))
    });
}

/// How many requests each step costs: one that writes; before a role is added or a status set, the person is read once.
fn price(steps: &mut [Step], world: &World) {
    let mut looked_at: BTreeSet<u64> = BTreeSet::new();
    for step in steps {
        let reads = match step.kind {
            Kind::Create => world.counted.is_some(),
            Kind::Update => step.changes.iter().any(|change| matches!(change.what, What::AddRole(_))),
            Kind::Hold | Kind::Withdraw => step.subject.id.is_some_and(|id| looked_at.insert(id)),
        };
        step.requests = 1 + u64::from(reads);
    }
}
