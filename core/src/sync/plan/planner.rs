//! Makes a plan: a pure function of what FinAut has, what the file says, what earlier runs left, and the profile.

use std::collections::{BTreeMap, BTreeSet};

use super::aftermath;
use super::draft::{Draft, Given, Wanted};
use super::people;
use super::rails;
use super::{Change, Kind, Plan, Rail, Step, Subject, What};
use crate::sync::hr;
use crate::sync::matching::{self, Matching};
use crate::sync::memory::{Memory, Print};
use crate::sync::told::Told;
use crate::sync::world::World;

/// Makes the plan, and what is to be remembered by a run that makes it. A plan that is only shown remembers nothing.
pub fn plan(given: &Given) -> (Plan, Memory) {
    let everybody = hr::people(&given.file.rows, given.today);
    let matching = matching::find(&everybody, given.world, given.profile);
    let mut draft = judged(given, &matching);
    let whole = whole(given, &everybody);
    let plan = finished(&mut draft, &whole);
    let memory = aftermath::memory_after(&draft, &whole, &plan);
    (plan, memory)
}

/// The plan for one person, of whom alone the world has something: the same comparison. `is_meant` picks the person out of the file. The
/// rails are the same but for those that compare everybody with everybody of earlier files; their shares are of the people whom files
/// have named so far. Nothing is remembered: it is no look at a file.
pub fn plan_for_one(given: &Given, is_meant: &dyn Fn(&hr::Person) -> bool) -> Plan {
    let mut everybody = hr::people(&given.file.rows, given.today);
    let mut whole = whole(given, &everybody);
    everybody.retain(is_meant);
    let matching = matching::find(&everybody, given.world, given.profile);
    let mut draft = judged(given, &matching);
    draft.people = Some(given.memory.people.len() as u64);
    // Rows given in the call are meant to be few.
    let says_nothing = |rail: &Rail| rail.name == "register_short" || (rail.name == "file_short" && given.written.is_none());
    whole.rails.retain(|rail| !says_nothing(rail));
    whole.is_accepted = !whole.rails.iter().any(|rail| rail.tripped && rail.name.starts_with("file_"));
    finished(&mut draft, &whole)
}

fn judged<'a>(given: &Given<'a>, matching: &'a Matching<'a>) -> Draft<'a> {
    let mut draft = Draft::new(*given, matching);
    draft.doubtful = people::doubtful(matching, given);
    for matched in &matching.people {
        people::judge(&mut draft, matched);
    }
    people::judge_unnamed(&mut draft);
    people::judge_absent(&mut draft);
    draft.tell_departments();
    tell_new_schemes(&mut draft);
    draft
}

fn whole(given: &Given, everybody: &[hr::Person]) -> rails::Whole {
    let contradicting = everybody.iter().filter(|person| person.conflict.is_some()).count();
    rails::of_the_whole(given, hr::of_contradictions(contradicting, everybody.len()))
}

/// What the rows want of their people, before any rail looks at it, and what stands in the way; nobody is judged by absence. For one
/// person whom somebody asks about.
pub fn wanted(given: &Given) -> (Vec<Wanted>, Plan) {
    let everybody = hr::people(&given.file.rows, given.today);
    let matching = matching::find(&everybody, given.world, given.profile);
    let mut draft = Draft::new(*given, &matching);
    for matched in &matching.people {
        people::judge(&mut draft, matched);
    }
    (draft.wanted, draft.plan)
}

/// The plan: what is wanted, held by the rails that trip and are not passed by an approval, as steps in their order.
fn finished(draft: &mut Draft, whole: &rails::Whole) -> Plan {
    let given = draft.given;
    rails::hold(draft, whole);
    let mut steps: Vec<Step> = Vec::new();
    let touched: BTreeSet<u64> = crate::sets::set(draft.wanted.iter().filter_map(|wanted| wanted.subject.id));
    for wanted in std::mem::take(&mut draft.wanted) {
        let of_one = steps_of(wanted, &given);
        steps.extend(
            of_one.into_iter().filter(|step| step.kind != Kind::Update || !draft.is_refused(&step.subject, &step.print)),
        );
    }
    // Whoever has left and still has access comes first.
    crate::sets::sort_by_key(&mut draft.plan.portal, |case| case.told.word != "administrator_left");
    let mut plan = std::mem::take(&mut draft.plan);
    plan.is_accepted = whole.is_accepted;
    plan.left_out.clone_from(&given.file.left_out);
    if !whole.is_accepted {
        // Such a file counts neither as present nor as missing: who is absent from it alone is not told to leave.
        let is_known = |id: &u64| given.memory.people.get(id).is_some_and(|seen| seen.absent.is_some());
        plan.due_later.retain(|due| due.told.word != "is_absent" || due.subject.id.as_ref().is_some_and(is_known));
    }
    plan.rails.splice(0..0, whole.rails.iter().cloned());
    plan.matched = draft.active.len() as u64 + draft.over.len() as u64;
    plan.unchanged = draft.active.iter().filter(|id| !touched.contains(id)).count() as u64;
    plan.steps = steps;
    order(&mut plan.steps);
    price(&mut plan.steps, given.world);
    plan
}

/// Says which schemes FinAut has begun to list: perhaps one of the profile was renamed.
fn tell_new_schemes(draft: &mut Draft) {
    let given = draft.given;
    let known = &given.memory.schemes;
    for scheme in given.world.schemes.iter().filter(|scheme| !known.is_empty() && !known.contains(scheme)) {
        draft.report(Subject::default(), Some(scheme), Told::of("scheme_new").with(scheme.as_str()));
    }
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
fn order(steps: &mut Vec<Step>) {
    let adds = |step: &Step| step.changes.iter().any(|change| matches!(change.what, What::AddRole(_)));
    let rank = |step: &Step| match step.kind {
        Kind::Withdraw | Kind::Hold => 0,
        Kind::Update if adds(step) => 1,
        Kind::Update => 2,
        Kind::Create => 3,
    };
    crate::sets::sort_by(steps, |one, other| {
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
    // What is held does not pay for what is not.
    let mut looked_at: BTreeSet<(u64, bool)> = BTreeSet::new();
    for step in steps {
        let reads = match step.kind {
            Kind::Create => world.counted.is_some(),
            Kind::Update => step.changes.iter().any(|change| matches!(change.what, What::AddRole(_))),
            Kind::Hold | Kind::Withdraw => step.subject.id.is_some_and(|id| looked_at.insert((id, step.held.is_some()))),
        };
        step.requests = 1 + u64::from(reads);
    }
}
