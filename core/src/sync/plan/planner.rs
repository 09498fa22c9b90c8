//! Makes a plan: a pure function of what FinAut has, what the file says, what earlier runs left, and the profile.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::aftermath;
use super::people::{self, Wanted};
use super::rails;
use super::{Case, Change, Due, Kind, Plan, Step, Subject, What};
use crate::operations::codes::Scheme;
use crate::sync::exceptions::{Covers, Exceptions};
use crate::sync::hr::{self, HrFile, Row};
use crate::sync::matching::{self, Matching};
use crate::sync::memory::{Memory, Print, Printer};
use crate::sync::profile::Profile;
use crate::sync::told::Told;
use crate::sync::world::World;

/// All that a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// What FinAut has.
    pub world: &'a World,
    /// The file.
    pub file: &'a HrFile,
    /// When the file was written, in seconds since 1970; `None`: the rows were given in the call, and rails of files do not hold them.
    pub written: Option<f64>,
    /// What earlier runs left.
    pub memory: &'a Memory,
    /// The profile.
    pub profile: &'a Profile,
    /// What is to be left as it is.
    pub exceptions: &'a Exceptions,
    /// Now, in seconds since 1970.
    pub now: f64,
    /// Today in Norway.
    pub today: Date,
    /// Makes prints.
    pub printer: &'a Printer,
    /// The host is this machine: people with synthetic numbers are written.
    pub is_loopback: bool,
}

/// Makes the plan, and what is to be remembered by a run that makes it. A plan that is only shown remembers nothing.
pub fn plan(given: &Given) -> (Plan, Memory) {
    let everybody = hr::people(&given.file.rows, given.today);
    let matching = matching::find(&everybody, given.world, given.profile);
    let mut draft = Draft::new(*given, &matching);
    for matched in &matching.people {
        people::judge(&mut draft, matched);
    }
    people::judge_absent(&mut draft);
    let contradicting = everybody.iter().filter(|person| person.conflict.is_some()).count();
    let whole = rails::of_the_whole(given, hr::of_contradictions(contradicting, everybody.len()));
    draft.hold_and_finish(&whole)
}

/// A plan that is being made: each change stands alone until it is known what holds it.
#[derive(Debug)]
pub struct Draft<'a> {
    /// What it is made from.
    pub given: Given<'a>,
    /// Who is who.
    pub matching: &'a Matching<'a>,
    /// What was found so far; its steps are still missing.
    pub plan: Plan,
    /// What has to be done.
    pub wanted: Vec<Wanted>,
    /// People of FinAut of whom the rows say that the employment is over, and the row.
    pub over: BTreeMap<u64, &'a Row>,
    /// People of FinAut who work there as the rows say.
    pub active: BTreeSet<u64>,
}

impl<'a> Draft<'a> {
    fn new(given: Given<'a>, matching: &'a Matching<'a>) -> Draft<'a> {
        Draft { given, matching, plan: Plan::default(), wanted: Vec::new(), over: BTreeMap::new(), active: BTreeSet::new() }
    }

    /// The print of something about somebody.
    pub fn print(&self, kind: &str, subject: &Subject, parts: &[&str]) -> Print {
        let who = match (subject.id, &subject.employee_alias) {
            (Some(id), _) => format!("id {id}"),
            (None, Some(alias)) => format!("alias {alias}"),
            (None, None) => format!("row {}", subject.row.unwrap_or_default()),
        };
        let all: Vec<&str> = [kind, who.as_str()].into_iter().chain(parts.iter().copied()).collect();
        self.given.printer.of(&all)
    }

    /// Since when a case is known.
    pub fn since(&self, print: &Print) -> Date {
        self.given.memory.cases.get(print).copied().unwrap_or(self.given.today)
    }

    fn case(&self, subject: Subject, scheme: Option<&Scheme>, told: Told) -> Case {
        let print = self.print(told.word, &subject, &[scheme.map(Scheme::as_str).unwrap_or_default()]);
        Case { since: self.since(&print), scheme: scheme.cloned(), subject, told, print }
    }

    /// Adds a problem.
    pub fn problem(&mut self, subject: Subject, told: Told) {
        let case = self.case(subject, None, told);
        if !self.plan.problems.contains(&case) {
            self.plan.problems.push(case);
        }
    }

    /// Adds work for the portal.
    pub fn portal(&mut self, subject: Subject, scheme: Option<&Scheme>, told: Told) {
        let case = self.case(subject, scheme, told);
        self.plan.portal.push(case);
    }

    /// Adds something that is told and not done.
    pub fn report(&mut self, subject: Subject, scheme: Option<&Scheme>, told: Told) {
        let case = self.case(subject, scheme, told);
        self.plan.reported.push(case);
    }

    /// Adds something that will be done on a later day.
    pub fn later(&mut self, subject: Subject, kind: Kind, scheme: Option<&Scheme>, date: Date, told: Told) {
        self.plan.due_later.push(Due { subject, kind, scheme: scheme.cloned(), date, told });
    }

    /// True if an exception covers this; it is counted then.
    pub fn is_excepted(&mut self, subject: &Subject, what: Covers) -> bool {
        let covering = self.given.exceptions.covering(subject, what, self.given.today);
        self.plan.exceptions_used.extend(covering);
        self.plan.excepted += u64::from(covering.is_some());
        covering.is_some()
    }

    /// The plan: what is wanted, held by the rails that trip and are not passed by an approval, as steps in their order.
    fn hold_and_finish(mut self, whole: &rails::Whole) -> (Plan, Memory) {
        let given = self.given;
        rails::hold(&mut self, whole);
        let mut plan = std::mem::take(&mut self.plan);
        plan.is_accepted = whole.is_accepted;
        plan.rails.splice(0..0, whole.rails.iter().cloned());
        let touched: BTreeSet<u64> = self.wanted.iter().filter_map(|wanted| wanted.subject.id).collect();
        plan.matched = self.active.len() as u64 + self.over.len() as u64;
        plan.unchanged = self.active.iter().filter(|id| !touched.contains(id)).count() as u64;
        for wanted in std::mem::take(&mut self.wanted) {
            plan.steps.extend(steps_of(wanted, &given));
        }
        order(&mut plan.steps);
        price(&mut plan.steps, given.world);
        let memory = aftermath::memory_after(&self, whole, &plan);
        (plan, memory)
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
        let parts: Vec<String> = changes.iter().map(|change| data_encoding::HEXLOWER.encode(&change.print.0)).collect();
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
