//! The operation `sync.run`: makes a plan and carries out what of it nothing holds. What one step does is not known here, nor what holds it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::acting::{Acting, Done};
use super::audit::Audit;
use super::auditing;
use super::carrying::{self, Came, Carried, End, REFUSALS_RAIL, Witness};
use super::evidence::{self, Evidence};
use super::keeping::{self, KeptRun};
use super::lease::SyncLease;
use super::making::{self, Made, Source};
use super::memory::{Memory, Night};
use super::naming::{self, Known, ProfileAt};
use super::outcome::Outcome;
use super::plan::draft::Given;
use super::plan::{Plan, Step, planner};
use super::profile::{Profile, Until};
use super::progress::State;
use super::ran;
use super::reading::Read;
use super::report::{self, Basis};
use super::told::Language;
use crate::client::Call;
use crate::clock::in_norway;
use crate::error::{Code, Error};
use crate::json::Json;

/// What is to be run.
#[derive(Debug)]
pub struct Wished {
    /// The profile.
    pub profile: ProfileAt,
    /// What the plan is made from besides.
    pub from: Source,
    /// Whether people's names are shown.
    pub names: bool,
    /// What the server refused before is sent again: of everybody, or of the people with these aliases.
    pub retry: Retry,
    /// Nothing is written, neither to FinAut nor to the memory.
    pub dry_run: bool,
    /// When no further step begins, in place of the profile's.
    pub until: Option<String>,
}

/// Whose refused steps are sent again.
#[derive(Debug, Default)]
pub enum Retry {
    /// Nobody's, before seven days have passed.
    #[default]
    Nobodys,
    /// Everybody's.
    Everybodys,
    /// Those of people with these aliases.
    Of(Vec<String>),
}

/// What a person has approved, as it stands in the audit.
#[derive(Debug, Clone)]
pub struct Approved {
    /// The plan that was reviewed.
    pub plan: String,
    /// Who approved it.
    pub by: String,
    /// Why.
    pub why: String,
    /// What of it, in the words of the call.
    pub what: Vec<String>,
}

/// Makes a plan and carries it out within its rails. The reply: the plan's members, and what came of each step.
///
/// Errors: `held` where nothing could be done because of a rail; `busy`, `config`, `argument`, `validation`, `not_found`, those of a
/// listing; those that make going on senseless, as `authentication`, and five equal failures in a row.
pub fn run(call: &Call, wished: &Wished) -> Result<Json, Error> {
    keeping::check_store(call)?;
    let known = naming::known(call, &wished.profile, wished.from.file.as_ref())?;
    let lease = SyncLease::take(call, &known.profile.name, "sync.run")?;
    let call = &lease.kept_by(call);
    let memory = keeping::memory(call, &known.profile.name)?;
    carry_out(call, &known, wished, &lease, memory, None)
}

/// The same with a memory that a person's approval is in.
pub fn carry_out(
    call: &Call,
    known: &Known,
    wished: &Wished,
    lease: &SyncLease,
    mut memory: Memory,
    approved: Option<&Approved>,
) -> Result<Json, Error> {
    let until = until(call, &known.profile, wished.until.as_deref())?;
    let today = call.clock().today();
    memory.is_last_done = match memory.night {
        Some(night) if night.day == today => night.was_last_done,
        Some(night) => night.is_done,
        None => true,
    };
    memory.night = Some(Night { day: today, is_done: false, was_last_done: memory.is_last_done });
    match &wished.retry {
        Retry::Nobodys => {}
        Retry::Everybodys => memory.refused.clear(),
        Retry::Of(aliases) => {
            memory.refused.retain(|_, refused| !refused.employee_alias.as_ref().is_some_and(|alias| aliases.contains(alias)))
        }
    }
    let mut basis = Basis { profile: known.profile.name.clone(), ..Basis::default() };
    let enter = |state, done, of| lease.enter(state, done, of);
    let made = match making::make(call, known, &wished.from, &memory, &enter, &mut basis) {
        Ok(made) => made,
        Err(error) => {
            // What went wrong first is what the caller has to know.
            let _ = lease.end(&error);
            let wait_s = error.details().retry_after_s.filter(|_| error.code() == Code::Throttled).ok_or(error)?;
            basis.waits_s = Some(wait_s);
            basis.requests = u64::from(call.sent());
            return Ok(report::json(&Plan::default(), &basis, Language::English));
        }
    };
    if wished.dry_run {
        let kept = making::keep(call, made.plan, &basis)?;
        lease.enter(State::Ready, 0, 0)?;
        return Ok(report::json(&kept.plan, &kept.basis, Language::English));
    }
    evidence::compare_authorisations(call, &known.profile, &made, &mut basis)?;
    let id = format!("r{}", basis.id.trim_start_matches('p'));
    let mut running = Running {
        call,
        known,
        lease,
        evidence: Evidence::new(call, &known.profile.name, &id, &made),
        id,
        began: call.clock().wall(),
        audit: RefCell::new(None),
        requests: Cell::new((u64::from(call.sent()), 0, 0)),
        sent: Cell::new(call.sent()),
        basis,
        names: wished.names,
        of: made.plan.steps.iter().filter(|step| step.held.is_none()).count() as u64,
        ahead: Cell::new(made.plan.steps.iter().filter(|step| step.held.is_none()).map(|step| step.requests).sum()),
        through: Cell::new(0),
        file_sha256: made.file.sha256.to_string(),
    };
    if let Some(after) = &made.memory_after {
        memory.clone_from(after);
    }
    keeping::remember(call, &known.profile.name, &memory)?;
    running.begin(&made.plan, approved)?;
    let mut plan = made.plan.clone();
    let steps = running.of;
    let begun = match steps {
        0 => Ok(()),
        steps => {
            lease.note(0, steps, running.ahead.get());
            lease.enter(State::Applying, 0, steps)
        }
    };
    let (carried, end) = match begun {
        Ok(()) => running.carry(&made, &mut plan, &memory, until),
        // The host wants to stop before the first step.
        Err(e) => {
            let came = |step: &Step| if step.held.is_some() { Came::Held } else { Came::Left };
            (Carried { came: plan.steps.iter().map(came).collect(), ..Carried::default() }, End::Broken(e))
        }
    };
    running.finish(plan, &carried, end, memory)
}

/// When no further step begins, in seconds since 1970.
fn until(call: &Call, profile: &Profile, given: Option<&str>) -> Result<Option<f64>, Error> {
    let until = match given {
        Some(given) => Some(Profile::until(given)?),
        None => profile.until,
    };
    let now = call.clock().wall();
    Ok(until.map(|until| match until {
        Until::Moment(moment) => moment,
        Until::Daily(time) => crate::clock::next_time_of_day(now, time),
    }))
}

struct Running<'r, 'a> {
    call: &'r Call<'a>,
    known: &'r Known,
    lease: &'r SyncLease<'a>,
    evidence: Evidence<'r, 'a>,
    id: String,
    began: f64,
    audit: RefCell<Option<Audit>>,
    /// How many requests were spent on reading, on writing, and on finding out what became of them.
    requests: Cell<(u64, u64, u64)>,
    /// How many the call had sent when the step under way began.
    sent: Cell<u32>,
    basis: Basis,
    names: bool,
    of: u64,
    /// How many requests the steps take that are not through.
    ahead: Cell<u64>,
    through: Cell<u64>,
    file_sha256: String,
}

impl Running<'_, '_> {
    fn begin(&self, plan: &Plan, approved: Option<&Approved>) -> Result<(), Error> {
        let Some(path) = auditing::path(self.call, self.known)? else { return Ok(()) };
        *self.audit.borrow_mut() = Some(Audit::open(&path)?);
        let mut line = auditing::run(self.call, &self.id, &self.basis, &self.known.profile);
        if let Some(approved) = approved {
            line.insert(
                "approved".into(),
                json!({ "plan": approved.plan, "by": approved.by, "why": approved.why, "what": approved.what }),
            );
        }
        self.write("run", line)?;
        for (number, step) in (1..).zip(&plan.steps).filter(|(_, step)| step.held.is_some() && step.is_new) {
            self.write("held", auditing::step(&self.id, number, step, &self.file_sha256))?;
        }
        Ok(())
    }

    fn write(&self, what: &str, mut line: Map<String, Value>) -> Result<(), Error> {
        line.insert("at".into(), in_norway(self.call.clock().wall()).into());
        self.audit.borrow_mut().as_mut().map_or(Ok(()), |audit| audit.write(what, line))
    }

    /// Carries the plan out; people who were missed by the listing are compared at once, in the same run.
    fn carry(&mut self, made: &Made, plan: &mut Plan, memory: &Memory, until: Option<f64>) -> (Carried, End) {
        let printer = keeping::printer(self.call);
        let comment = format!("finaut sync {}", self.id);
        let set_by = self.known.profile.set_by;
        let acting = Acting::new(self.call, &made.read, &made.file, set_by, comment.clone());
        let (mut carried, end) = carrying::carry(self.call, &acting, plan, until, self);
        if carried.found.is_empty() || !matches!(end, End::Through) {
            return (carried, end);
        }
        let mut read = Read { world: made.read.world.clone(), ..made.read };
        let found: BTreeSet<u64> = crate::sets::set(carried.found.iter().map(|known| known.id));
        for known in carried.found.drain(..) {
            read.world.people.insert(known.id, known);
        }
        let (again, _) = planner::plan(&Given {
            world: &read.world,
            file: &made.file,
            written: made.written,
            memory,
            profile: &self.known.profile,
            exceptions: &made.exceptions,
            now: self.call.clock().wall(),
            today: self.call.clock().today(),
            printer: &printer,
            is_loopback: self.call.config().loopback,
        });
        let mut more = Plan::default();
        more.steps = again.steps.into_iter().filter(|step| step.subject.id.is_some_and(|id| found.contains(&id))).collect();
        self.of += more.steps.iter().filter(|step| step.held.is_none()).count() as u64;
        let acting = Acting::new(self.call, &read, &made.file, set_by, comment);
        let (also, end) = carrying::carry(self.call, &acting, &more, until, self);
        carried.is_written |= also.is_written;
        carried.came.extend(also.came);
        plan.steps.append(&mut more.steps);
        (carried, end)
    }

    /// Keeps how it ended, and tells it.
    fn finish(mut self, mut plan: Plan, carried: &Carried, end: End, mut memory: Memory) -> Result<Json, Error> {
        let profile = &self.known.profile.name;
        for (step, came) in plan.steps.iter_mut().zip(&carried.came) {
            if matches!(came, Came::Held) && step.held.is_none() {
                step.held = Some(REFUSALS_RAIL);
            }
        }
        let left = carried.count(|came| matches!(came, Came::Left));
        let (state, error) = match end {
            End::Through => (State::Done, None),
            End::Waiting(e) => (State::Waiting, Some(e)),
            End::Stopped => (State::Stopped, None),
            End::Broken(e) if e.code() == Code::Interrupted => (State::Stopped, Some(e)),
            End::Broken(e) => (State::Broken, Some(e)),
        };
        keeping::take_outcomes(self.call, profile, &mut memory)?;
        if let Some(night) = &mut memory.night {
            night.is_done = state == State::Done && left == 0;
        }
        keeping::remember(self.call, profile, &memory)?;
        if carried.is_written {
            super::reading::forget(self.call)?;
        }
        let waits_s = error.as_ref().filter(|_| state == State::Waiting).and_then(|e| e.details().retry_after_s);
        let (reading, writing, settling) = self.requests.get();
        let run = KeptRun {
            id: self.id.clone(),
            plan: self.basis.id.clone(),
            began: self.began,
            ended: self.call.clock().wall(),
            state,
            came: carried.came.iter().map(ran::came).collect(),
            requests: (reading, writing, settling),
            waits_s,
        };
        self.evidence.settle(&mut self.basis.authorisations);
        let kept = making::keep(self.call, plan, &self.basis)?;
        keeping::keep_run(self.call, profile, &run)?;
        self.evidence.end(&memory)?;
        self.write("end", auditing::end(&run))?;
        self.lease.enter(state, self.through.get(), self.of)?;
        let reply = ran::run(&kept, &run, self.names);
        match (state, error) {
            (State::Stopped | State::Broken, Some(e)) => {
                let _ = self.lease.end(&e);
                Err(e)
            }
            _ => match held(&kept.plan, &run, &reply) {
                Some(held) => Err(held),
                None => Ok(reply),
            },
        }
    }
}

/// The error of a run that could do nothing because of a rail: the first of those that trip.
fn held(plan: &Plan, run: &KeptRun, reply: &Json) -> Option<Error> {
    let is_all_held = plan.steps.iter().all(|step| step.held.is_some());
    let rail = plan
        .rails
        .iter()
        .find(|rail| rail.tripped && (rail.holds_everything() || plan.steps.iter().any(|step| step.held == Some(rail.name))))?;
    if !is_all_held || (plan.steps.is_empty() && !rail.holds_everything()) {
        return None;
    }
    let limit = rail.limit.map_or_else(String::new, |limit| format!(", and its limit is {limit}"));
    let found = match &rail.told {
        Some(told) => told.say(Language::English),
        None => format!("it found {}{limit}", rail.found),
    };
    let what = match plan.steps.len() {
        0 => "everything".to_owned(),
        1 => "the only step".to_owned(),
        several => format!("all {several} steps"),
    };
    let message = format!(
        "The rail {} holds {what} of the plan {}: {found}. Look at the plan with sync.report; to pass the rail, call sync.apply with the plan's \
         id, what of it is approved, by whom and why.",
        rail.name, run.plan
    );
    let view: Map<String, Value> = reply.view().unwrap_or_default();
    let more =
        ["run", "plan", "state", "counts"].iter().filter_map(|name| Some(((*name).to_owned(), view.get(*name)?.clone())));
    Some(Error::new(Code::Held, message).more(more.collect()))
}

impl Witness for Running<'_, '_> {
    fn begins(&self, number: usize, step: &Step) -> Result<(), Error> {
        self.sent.set(self.call.sent());
        self.write("sent", auditing::step(&self.id, number + 1, step, &self.file_sha256))?;
        self.evidence.begins(number + 1, step)
    }

    fn ended(
        &self,
        number: usize,
        step: &Step,
        came: &Came,
        done: Option<&Done>,
        outcome: Option<&Outcome>,
    ) -> Result<(), Error> {
        let spent = u64::from(self.call.sent().saturating_sub(self.sent.get()));
        let (reading, writing, settling) = self.requests.get();
        let planned = spent.min(step.requests);
        self.requests.set((reading, writing + planned, settling + (spent - planned)));
        self.through.set(self.through.get() + 1);
        self.evidence.ended(number + 1, step, came, done)?;
        if let Some(outcome) = outcome {
            keeping::keep_outcome(self.call, &self.known.profile.name, outcome)?;
        }
        self.ahead.set(self.ahead.get().saturating_sub(step.requests));
        self.lease.note(self.through.get(), self.of, self.ahead.get());
        self.write("ended", auditing::ended(&self.id, number + 1, step, came, done))
    }
}
