//! Carries out the steps of a plan that nothing holds, in their order, until all are through, the time is over, or going on makes no sense.
//! How one step is carried out is not known here, nor what a plan is made from.

use std::collections::BTreeSet;

use super::acting::{self, Acting, Done, Ended};
use super::comparing::is_same;
use super::outcome::Outcome;
use super::plan::{Kind, Plan, Step, What};
use super::world::Registered;
use crate::client::{Call, Deadline};
use crate::error::{Code, Error, Fields};
use crate::json::Json;

/// After so many refusals of one kind and one field in a row, the rest of that kind is held.
pub const REFUSALS: u32 = 5;
/// After so many equal failures in a row, all of it makes no sense.
const FAILURES: u32 = 5;
/// How long, in seconds, a step may take beyond the waiting for its slots, and for what settles what nobody knows, before the steps after
/// it have their turn.
const STEP_S: f64 = 60.0;
/// How long, in seconds, a step in doubt may take at least, when the others are through: one look.
const LOOK_S: f64 = 1.0;
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
    /// The people who were written, as the server's answers show them.
    pub answers: Vec<Json>,
}

impl Carried {
    /// How many steps came so far.
    pub fn count(&self, is: impl Fn(&Came) -> bool) -> u64 {
        self.came.iter().filter(|came| is(came)).count() as u64
    }
}

/// True if this refused creation is of somebody who is registered with a company that this account does not see.
pub fn is_elsewhere(step: &Step, refusal: &Error) -> bool {
    step.kind == Kind::Create && acting::says_registered(refusal)
}

/// What is told of each step: before it is sent, and when its outcome is known. An error before keeps it from being sent; one afterwards
/// ends the run.
pub trait Witness {
    /// It is about to be carried out.
    fn begins(&self, number: usize, step: &Step) -> Result<(), Error>;
    /// It did not come to its turn after all: the call ends, or waits.
    fn put_off(&self, number: usize, step: &Step) -> Result<(), Error>;
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
        until,
        carried: Carried { came: vec![Came::Left; plan.steps.len()], ..Carried::default() },
        refusals: None,
        failures: None,
    };
    let end = match carrying.all(plan) {
        Ok(()) => End::Through,
        Err(end) => end,
    };
    (carrying.carried, end)
}

struct Carrying<'s, 'c, 'a> {
    call: &'s Call<'a>,
    acting: &'s Acting<'c>,
    witness: &'s dyn Witness,
    until: Option<f64>,
    carried: Carried,
    /// Of which kind and field the last refusals were, and how many of them came in a row.
    refusals: Option<((Kind, String), u32)>,
    /// Of which code and status the last failures were, and how many of them came in a row.
    failures: Option<((Code, Option<u16>), u32)>,
}

impl Carrying<'_, '_, '_> {
    /// All steps in their order; once more those that were refused for a value that a later step freed; and last what is in doubt, which
    /// may have to wait for long. Errors: what ends it before that.
    fn all(&mut self, plan: &Plan) -> Result<(), End> {
        let mut in_doubt = Vec::new();
        for (number, step) in plan.steps.iter().enumerate() {
            if step.held.is_some() || self.carried.refused_kinds.contains(&step.kind) {
                self.come(number, Came::Held);
                continue;
            }
            self.may_begin()?;
            if self.acting.is_in_doubt(self.call, step).map_err(End::Broken)? {
                in_doubt.push(number);
                continue;
            }
            self.one(number, step, self.patience_s(step)?)?;
            if let Some(Came::Doubtful(_)) = self.carried.came.get(number) {
                in_doubt.push(number);
            }
            if let (Some((_, FAILURES..)), Some(e)) = (&self.failures, self.carried.came.get(number).and_then(Came::error)) {
                return Err(End::Broken(e.clone()));
            }
        }
        for (number, step) in plan.steps.iter().enumerate() {
            if self.is_freed(number, step, plan) {
                self.may_begin()?;
                self.one(number, step, self.patience_s(step)?)?;
            }
        }
        let last = self.call.now() + self.call.max_wait_s();
        for number in in_doubt {
            let Some(step) = plan.steps.get(number) else { continue };
            self.may_begin()?;
            self.one(number, step, (last - self.call.now()).max(LOOK_S))?;
        }
        Ok(())
    }

    /// Errors: the end, where no further step is to begin.
    fn may_begin(&self) -> Result<(), End> {
        match self.until {
            Some(until) if self.call.clock().wall() >= until => Err(End::Stopped),
            _ => self.call.check().map_err(End::Broken),
        }
    }

    /// How long a step may take, in seconds: its slots may be as far away as the call may wait for each, and trouble is looked at for no
    /// longer than others can be kept waiting. Errors: the end, where a slot is further away; nothing was sent then that would have to be
    /// sent again.
    fn patience_s(&self, step: &Step) -> Result<f64, End> {
        let requests = usize::try_from(step.requests).unwrap_or(1);
        let most_s = self.call.max_wait_s();
        let through_s = self.call.budget(requests).map_err(End::Broken)?.through_s;
        if through_s > most_s {
            let pause_s = self.call.longest_pause(requests).map_err(End::Broken)?;
            if pause_s > most_s {
                let message = "The next free request is further away than the call may wait. Call again then.";
                return Err(self.too_far(Error::new(Code::Throttled, message).retry_after_s(pause_s)));
            }
        }
        Ok(through_s + most_s.min(STEP_S + self.call.config().settle_s))
    }

    /// The end because of a slot that is too far away: if it lies beyond the time, the time is over.
    fn too_far(&self, e: Error) -> End {
        let at = self.call.clock().wall() + e.details().retry_after_s.unwrap_or_default();
        match self.until {
            Some(until) if at >= until => End::Stopped,
            _ => End::Waiting(e),
        }
    }

    /// True if the step was refused for a value that a step after it has freed since.
    fn is_freed(&self, number: usize, step: &Step, plan: &Plan) -> bool {
        let Some(Came::Refused(e)) = self.carried.came.get(number) else { return false };
        if step.kind != Kind::Update || e.details().http_status.is_none() {
            return false;
        }
        let fields = &e.details().fields;
        let is_named = |what: &What| fields.is_empty() || fields.keys().any(|field| field == what.name());
        let wanted = || step.changes.iter().map(|change| &change.what).filter(|what| is_named(what));
        let later = plan.steps.iter().zip(&self.carried.came).skip(number + 1);
        later.filter(|(_, came)| matches!(came, Came::Done)).flat_map(|(later, _)| &later.changes).any(|change| {
            wanted().any(|wanted| match (wanted, &change.what) {
                (What::Text(field, _, after), What::Text(freed, before, _)) => {
                    field == freed && !before.is_empty() && is_same(*field, after, before)
                }
                (What::Persnr, What::Persnr) => true,
                _ => false,
            })
        })
    }

    /// One step, which may take so many seconds. Errors: the end, if no further one is to begin.
    fn one(&mut self, number: usize, step: &Step, patience_s: f64) -> Result<(), End> {
        self.witness.begins(number, step).map_err(End::Broken)?;
        let call = self.call.child(Deadline::Own(patience_s));
        let ended = match self.acting.carry_out(&call, step) {
            Ok(ended) => ended,
            Err(e) => {
                // A child has nothing to say of its parent's step, nor who lost the lease of what the other one does.
                if !matches!(e.code(), Code::Forked | Code::Busy) {
                    self.witness.put_off(number, step).map_err(End::Broken)?;
                }
                return Err(if e.code() == Code::Throttled { self.too_far(e) } else { End::Broken(e) });
            }
        };
        self.conclude(number, step, ended).map_err(End::Broken)
    }

    fn conclude(&mut self, number: usize, step: &Step, ended: Ended) -> Result<(), Error> {
        let at = self.call.clock().wall();
        let date = if let Ended::Done(done) = &ended { done.date } else { None };
        let dated = date.map(|date| Step { date: Some(date), ..step.clone() });
        let step = dated.as_ref().unwrap_or(step);
        let (came, done, outcome) = match ended {
            Ended::Done(done) => {
                self.carried.is_written |= done.is_written;
                self.carried.answers.extend(done.answer.clone());
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
                let says = crate::persnr::redacted(says).into_owned();
                let outcome = Outcome::refused(step, at, says, is_elsewhere(step, &e));
                (Came::Refused(e), None, Some(outcome))
            }
            Ended::Failed(e) => (Came::Failed(e), None, None),
            Ended::Doubtful(e) => (Came::Doubtful(e), None, None),
        };
        self.count_refusals(step, &came);
        self.count_failures(&came);
        let told = self.witness.ended(number, step, &came, done.as_deref(), outcome.as_ref());
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
            // Nobody knows of a doubtful one what became of it, but the server failed it all the same.
            (Came::Failed(e) | Came::Doubtful(e), before) => {
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
