//! Carries out the steps of a plan that nothing holds, in their order, until all are through, the time is over, or going on makes no sense.
//! How one step is carried out is not known here, nor what a plan is made from.

use std::collections::BTreeSet;

use super::acting::{Acting, Done, Ended};
use super::outcome::Outcome;
use super::plan::{Kind, Plan, Step};
use super::world::Registered;
use crate::client::Call;
use crate::error::{Code, Error, Fields};

/// After so many refusals of one kind and one field in a row, the rest of that kind is held.
const REFUSALS: u32 = 5;
/// After so many equal failures in a row, all of it makes no sense.
const FAILURES: u32 = 5;
/// The rail of the refusals.
pub const REFUSALS_RAIL: &str = "refusals";

/// How far a step came.
#[derive(Debug, Clone, Default)]
pub enum Came {
    /// It was not its turn.
    #[default]
    Left,
    /// A rail holds it.
    Held,
    /// It is done.
    Done,
    /// The person is not as planned any more.
    Drifted,
    /// The server refused it.
    Refused(Error),
    /// It did not work this time.
    Failed(Error),
    /// Nobody knows yet.
    Doubtful(Error),
}

impl Came {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Came::Left => "left",
            Came::Held => "held",
            Came::Done => "done",
            Came::Drifted => "drifted",
            Came::Refused(_) => "refused",
            Came::Failed(_) => "failed",
            Came::Doubtful(_) => "doubtful",
        }
    }

    /// What went wrong, if anything did.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Came::Refused(e) | Came::Failed(e) | Came::Doubtful(e) => Some(e),
            _ => None,
        }
    }
}

/// How carrying out ended.
#[derive(Debug)]
pub enum End {
    /// Every step had its turn.
    Through,
    /// The next slot is further away than the call may wait.
    Waiting(Error),
    /// The time for it is over.
    Stopped,
    /// The host wants to stop; or something makes every further step senseless.
    Broken(Error),
}

/// What came of the steps of a plan.
#[derive(Debug, Default)]
pub struct Carried {
    /// Of each step of the plan, in its order.
    pub came: Vec<Came>,
    /// People who are there already, whom the listing had missed.
    pub found: Vec<Registered>,
    /// The steps that were held because so many before them were refused.
    pub refused_kinds: BTreeSet<Kind>,
    /// True if anything was written.
    pub is_written: bool,
}

impl Carried {
    /// How many steps came so far.
    pub fn count(&self, is: impl Fn(&Came) -> bool) -> u64 {
        self.came.iter().filter(|came| is(came)).count() as u64
    }
}

/// What is told of each step: before it is sent, and when its outcome is known. An error before keeps it from being sent; one afterwards
/// ends the run.
pub trait Witness {
    /// It is about to be carried out.
    fn begins(&self, number: usize, step: &Step) -> Result<(), Error>;
    /// It ended so.
    fn ended(
        &self,
        number: usize,
        step: &Step,
        came: &Came,
        done: Option<&Done>,
        outcome: Option<&Outcome>,
    ) -> Result<(), Error>;
}

/// Carries the steps out. `until`: when no further one begins, in seconds since 1970.
pub fn carry(call: &Call, acting: &Acting, plan: &Plan, until: Option<f64>, witness: &dyn Witness) -> (Carried, End) {
    let mut carrying = Carrying {
        call,
        acting,
        witness,
        carried: Carried { came: vec![Came::Left; plan.steps.len()], ..Carried::default() },
        refusals: None,
        failures: None,
        through: 0,
    };
    let end = carrying.all(plan, until);
    (carrying.carried, end)
}

struct Carrying<'s, 'c, 'a> {
    call: &'s Call<'a>,
    acting: &'s Acting<'c, 'a>,
    witness: &'s dyn Witness,
    carried: Carried,
    /// Of which kind and field the last refusals were, and how many of them came in a row.
    refusals: Option<((Kind, String), u32)>,
    /// Of which code and status the last failures were, and how many of them came in a row.
    failures: Option<((Code, Option<u16>), u32)>,
    through: usize,
}

impl Carrying<'_, '_, '_> {
    fn all(&mut self, plan: &Plan, until: Option<f64>) -> End {
        let mut again = Vec::new();
        for (number, step) in plan.steps.iter().enumerate() {
            if let Some(end) = self.one(number, step, until) {
                return end;
            }
            // Perhaps a later step frees the value.
            if step.kind == Kind::Update
                && matches!(&self.carried.came.get(number), Some(Came::Refused(e)) if e.details().http_status.is_some())
            {
                again.push((number, self.through));
            }
        }
        for (number, before) in again {
            let Some(step) = plan.steps.get(number).filter(|_| self.through > before) else { continue };
            if let Some(end) = self.one(number, step, until) {
                return end;
            }
        }
        End::Through
    }

    /// One step. Some end, if no further one is to begin.
    fn one(&mut self, number: usize, step: &Step, until: Option<f64>) -> Option<End> {
        if step.held.is_some() || self.carried.refused_kinds.contains(&step.kind) {
            self.come(number, Came::Held);
            return None;
        }
        if until.is_some_and(|until| self.call.clock().wall() >= until) {
            return Some(End::Stopped);
        }
        let begun = self.call.check().and_then(|()| self.witness.begins(number, step));
        let ended = match begun.and_then(|()| self.acting.carry_out(step)) {
            Ok(ended) => ended,
            Err(e) if e.code() == Code::Throttled => return Some(End::Waiting(e)),
            Err(e) => return Some(End::Broken(e)),
        };
        self.through += 1;
        let told = self.conclude(number, step, ended);
        if let Err(e) = told {
            return Some(End::Broken(e));
        }
        match &self.failures {
            Some((_, FAILURES..)) => match self.carried.came.get(number) {
                Some(Came::Failed(e)) => Some(End::Broken(e.clone())),
                _ => None,
            },
            _ => None,
        }
    }

    fn conclude(&mut self, number: usize, step: &Step, ended: Ended) -> Result<(), Error> {
        let at = self.call.clock().wall();
        let (came, done, outcome) = match ended {
            Ended::Done(done) => {
                self.carried.is_written |= done.is_written;
                let outcome = if done.is_written { Outcome::done(step, at, done.user, done.shown.as_ref()) } else { None };
                (Came::Done, Some(done), outcome)
            }
            Ended::Drifted => (Came::Drifted, None, None),
            Ended::Found(known) => {
                self.carried.found.push(*known);
                (Came::Drifted, None, None)
            }
            Ended::Refused(e) => {
                // What stands in reports is the server's own answer, field by field, not this library's sentence about it.
                let fields = Fields::of(e.details().fields.clone()).words();
                let says = if fields.is_empty() { e.words() } else { fields.as_str() };
                let outcome = Outcome::refused(step, at, crate::persnr::redacted(says).into_owned());
                (Came::Refused(e), None, Some(outcome))
            }
            Ended::Failed(e) => (Came::Failed(e), None, None),
            Ended::Doubtful(e) => (Came::Doubtful(e), None, None),
        };
        self.count_refusals(step, &came);
        self.count_failures(&came);
        let told = self.witness.ended(number, step, &came, done.as_ref(), outcome.as_ref());
        self.come(number, came);
        told
    }

    fn count_refusals(&mut self, step: &Step, came: &Came) {
        self.refusals = match (came, self.refusals.take()) {
            (Came::Refused(e), before) => {
                let field = e.details().fields.keys().next().cloned().unwrap_or_default();
                let what = (step.kind, field);
                let times = before.filter(|(known, _)| *known == what).map_or(0, |(_, times)| times) + 1;
                if times >= REFUSALS {
                    self.carried.refused_kinds.insert(step.kind);
                }
                Some((what, times))
            }
            // Steps of other kinds say nothing about these.
            (_, Some(((kind, field), times))) if kind != step.kind => Some(((kind, field), times)),
            _ => None,
        };
    }

    fn count_failures(&mut self, came: &Came) {
        self.failures = match (came, self.failures.take()) {
            (Came::Failed(e), before) => {
                let what = (e.code(), e.details().http_status);
                let times = before.filter(|(known, _)| *known == what).map_or(0, |(_, times)| times) + 1;
                Some((what, times))
            }
            _ => None,
        };
    }

    fn come(&mut self, number: usize, came: Came) {
        if let Some(place) = self.carried.came.get_mut(number) {
            *place = came;
        }
    }
}
