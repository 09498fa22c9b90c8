//! The operation `sync.run`: makes a plan and carries out what of it nothing holds. What one step does is not known here, nor what holds it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::acting::{Acting, Done};
use super::audit::Audit;
use super::auditing::{self, Approved};
use super::carrying::{self, Came, Carried, End, REFUSALS, REFUSALS_RAIL, Witness};
use super::evidence::{self, Evidence};
use super::keeping::{self, KeptPlan, KeptRun};
use super::lease::SyncLease;
use super::making::{self, Made, Source};
use super::memory::{Memory, Night, Print, Signature};
use super::naming::{self, Known, ProfileAt};
use super::outcome::Outcome;
use super::plan::draft::{self, Given};
use super::plan::{Kind, Plan, Rail, Step, Subject, planner};
use super::profile::{Profile, Until};
use super::progress::State;
use super::ran;
use super::reading::{self, Read};
use super::report::Basis;
use super::told::{Language, Told};
use crate::client::{Call, Deadline, Sink};
use crate::clock::in_norway;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::store::journal::{Closing, Opening};

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

/// Makes a plan and carries it out within its rails. The reply: the plan's members, and what came of each step.
///
/// Errors: `held` where nothing could be done because of a rail; `busy`, `config`, `argument`, `validation`, `not_found`, those of a
/// listing; those that make going on senseless, as `authentication`, and five equal failures in a row; `state` where the audit cannot be
/// written, before anything is sent.
pub fn run(call: &Call, wished: &Wished) -> Result<Json, Error> {
    keeping::check_store(call)?;
    let known = naming::known(call, &wished.profile, wished.from.file.as_ref())?;
    let lease = SyncLease::take(call, &known.profile.name, "sync.run")?;
    let call = &lease.kept_by(call);
    let memory = keeping::memory(call, &known.profile.name)?;
    carry_out(call, &known, wished, &lease, memory, None)
}

/// The same with a memory that a person's approval is in, which is kept whatever becomes of the run.
pub fn carry_out(
    call: &Call,
    known: &Known,
    wished: &Wished,
    lease: &SyncLease,
    mut memory: Memory,
    approved: Option<&Approved>,
) -> Result<Json, Error> {
    let until = until(call, &known.profile, wished.until.as_deref())?;
    let heard = Rc::new(Heard::default());
    let call = &call.child(Deadline::Parents).noting(heard.clone());
    let call = &match until {
        Some(until) => call.child(Deadline::Parents).until(call.now() + until - call.clock().wall()),
        None => call.child(Deadline::Parents),
    };
    let mut log = Log::default();
    if !wished.dry_run {
        log = Log::open(call, known)?;
        if let Some(approved) = approved {
            log.write(call, "approved", auditing::approved(call, &known.profile, approved))?;
        }
    }
    let is_for_one = wished.from.only.is_some();
    memory.is_last_done = begin_night(&mut memory, call.clock().today(), is_for_one);
    match &wished.retry {
        Retry::Nobodys => {}
        Retry::Everybodys => draft::send_again(&mut memory, &|_| true, call.clock().wall()),
        Retry::Of(aliases) => {
            let is_theirs = |alias: Option<&String>| alias.is_some_and(|alias| aliases.contains(alias));
            draft::send_again(&mut memory, &is_theirs, call.clock().wall());
        }
    }
    if !wished.dry_run {
        // The night counts from now on, whatever ends this run; and so does what was approved.
        keeping::remember(call, &known.profile.name, &memory)?;
    }
    let mut basis = Basis { profile: known.profile.name.clone(), ..Basis::default() };
    let enter = |state, done, of| lease.enter(state, done, of);
    let began = call.clock().wall();
    let made = match making::make(call, known, &wished.from, &memory, &enter, &mut basis) {
        Ok(made) => made,
        Err(error) => return unmade(call, lease, &log, basis, until, began, error),
    };
    if wished.dry_run {
        let kept = making::keep(call, made.plan, &basis)?;
        lease.enter(State::Ready, 0, 0)?;
        return Ok(ran::run(
            &kept,
            &KeptRun { state: State::Ready, requests: (u64::from(call.sent()), 0, 0), ..KeptRun::default() },
            wished.names,
        ));
    }
    evidence::compare_authorisations(call, &known.profile, &made, &mut basis)?;
    let id = format!("r{}", basis.id.trim_start_matches('p'));
    let mut running = Running {
        call,
        known,
        lease,
        evidence: Evidence::new(call, &known.profile.name, &id, &made),
        id,
        began,
        log,
        heard,
        signatures: memory.signatures.clone(),
        requests: Cell::new((u64::from(call.sent()), 0)),
        sent: Cell::new(call.sent()),
        basis,
        names: wished.names,
        is_for_one,
        of: made.plan.steps.iter().filter(|step| step.held.is_none()).count() as u64,
        ahead: Cell::new(made.plan.steps.iter().filter(|step| step.held.is_none()).map(|step| step.requests).sum()),
        through: Cell::new(0),
        is_outdated: Cell::new(false),
        file_sha256: made.file.sha256.to_string(),
    };
    lease.hold()?;
    if let Some(after) = &made.memory_after {
        forget_confidential(call, &known.profile.name, &memory, after, &made.read)?;
        memory.clone_from(after);
    }
    keeping::remember(call, &known.profile.name, &memory)?;
    running.begin(&made.plan)?;
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

/// Begins the night, if it was not yet, and tells whether a run of the night before was brought to its end. A run for one person is no
/// night's.
fn begin_night(memory: &mut Memory, today: jiff::civil::Date, is_for_one: bool) -> bool {
    let before = memory.night;
    let was_last_done = match before {
        Some(night) if night.day == today => night.was_last_done,
        Some(night) => night.is_done,
        None => true,
    };
    if !is_for_one && before.is_none_or(|night| night.day != today) {
        memory.night = Some(Night { day: today, is_done: false, was_last_done });
    }
    was_last_done
}

/// Takes out of what is kept whatever it has of people who are kept out from now on. Errors: `state`.
fn forget_confidential(call: &Call, profile: &str, before: &Memory, after: &Memory, read: &Read) -> Result<(), Error> {
    let was = |id: &u64| before.people.get(id).is_some_and(|seen| seen.is_confidential);
    let new: BTreeSet<u64> =
        crate::sets::set(after.people.iter().filter(|(id, seen)| seen.is_confidential && !was(id)).map(|(id, _)| *id));
    if new.is_empty() {
        return Ok(());
    }
    let aliases: BTreeSet<&String> =
        crate::sets::set(new.iter().filter_map(|id| read.world.people.get(id)?.employee_alias.as_ref()));
    let is_theirs = |subject: &Subject| {
        subject.id.is_some_and(|id| new.contains(&id))
            || (subject.id.is_none() && subject.employee_alias.as_ref().is_some_and(|alias| aliases.contains(alias)))
    };
    keeping::forget_in_plans(call, profile, &is_theirs).map(drop)
}

/// The end of a run that has no plan: it waits, its time is over, or something broke. Errors: what broke it.
fn unmade(
    call: &Call,
    lease: &SyncLease,
    log: &Log,
    mut basis: Basis,
    until: Option<f64>,
    began: f64,
    error: Error,
) -> Result<Json, Error> {
    // What went wrong first is what the caller has to know.
    let _ = lease.end(&error);
    let waits_s = error.details().retry_after_s.filter(|_| error.code() == Code::Throttled);
    let now = call.clock().wall();
    let state = match waits_s {
        Some(waits_s) if until.is_some_and(|until| now + waits_s >= until) => State::Stopped,
        Some(_) => State::Waiting,
        None if error.code() == Code::Interrupted => State::Stopped,
        None => State::Broken,
    };
    basis.waits_s = waits_s.filter(|_| state == State::Waiting);
    basis.requests = u64::from(call.sent());
    let run =
        KeptRun { began, ended: now, state, waits_s: basis.waits_s, requests: (basis.requests, 0, 0), ..KeptRun::default() };
    if matches!(error.code(), Code::Forked | Code::Busy) {
        return Err(error);
    }
    let told = log.write(call, "end", auditing::end(&run, Some(&error)));
    if waits_s.is_none() {
        return Err(error);
    }
    told?;
    if state == State::Stopped {
        lease.enter(State::Stopped, 0, 0)?;
    }
    basis.free_now = call.budget(0)?.free as u64;
    let kept = KeptPlan { made: now, plan: Plan::default(), basis, names: Vec::new() };
    Ok(ran::run(&kept, &run, false))
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

/// What the journal was last told of a change: how the server answered it.
#[derive(Default)]
struct Heard(RefCell<Option<Json>>);

impl Sink for Heard {
    fn opened(&self, _: &Opening) -> Result<(), Error> {
        self.0.replace(None);
        Ok(())
    }

    fn closed(&self, _: &Opening, closing: &Closing) {
        self.0.replace(Some(closing.about.clone()));
    }

    fn settled(&self, _: &str, closing: &Closing) {
        self.0.replace(Some(closing.about.clone()));
    }
}

/// The audit, where there is one.
#[derive(Default)]
struct Log(RefCell<Option<Audit>>);

impl Log {
    fn open(call: &Call, known: &Known) -> Result<Log, Error> {
        let Some(path) = auditing::path(call, known)? else { return Ok(Log::default()) };
        let kept = keeping::audit(call, &known.profile.name)?.filter(|kept| kept.path == path);
        Ok(Log(RefCell::new(Some(Audit::open(&path, kept.map(|kept| kept.last))?))))
    }

    /// Keeps where the audit is and how it ends, so that another file can go on with it. Errors: `state`.
    fn keep(&self, call: &Call, known: &Known) -> Result<(), Error> {
        let kept = self.0.borrow().as_ref().map(Audit::end);
        kept.map_or(Ok(()), |kept| keeping::keep_audit(call, &known.profile.name, &kept))
    }

    fn write(&self, call: &Call, what: &str, mut line: Map<String, Value>) -> Result<(), Error> {
        line.insert("at".into(), in_norway(call.clock().wall()).into());
        self.0.borrow_mut().as_mut().map_or(Ok(()), |audit| audit.write(what, line))
    }
}

struct Running<'r, 'a> {
    call: &'r Call<'a>,
    known: &'r Known,
    lease: &'r SyncLease<'a>,
    evidence: Evidence<'r, 'a>,
    id: String,
    began: f64,
    log: Log,
    heard: Rc<Heard>,
    /// Who approved what.
    signatures: Vec<Signature>,
    /// How many requests were spent on reading, and on writing.
    requests: Cell<(u64, u64)>,
    /// How many the call had sent when the step under way began.
    sent: Cell<u32>,
    basis: Basis,
    names: bool,
    is_for_one: bool,
    of: u64,
    /// How many requests the steps take that are not through.
    ahead: Cell<u64>,
    through: Cell<u64>,
    /// The listing that is kept is known to be no longer true.
    is_outdated: Cell<bool>,
    file_sha256: String,
}

impl Running<'_, '_> {
    fn begin(&self, plan: &Plan) -> Result<(), Error> {
        self.write("run", auditing::run(self.call, &self.id, &self.basis, &self.known.profile))?;
        for (number, step) in (1..).zip(&plan.steps).filter(|(_, step)| step.held.is_some() && step.is_new) {
            self.write("held", auditing::step(&self.id, number, step, &self.file_sha256, None))?;
        }
        Ok(())
    }

    fn write(&self, what: &str, line: Map<String, Value>) -> Result<(), Error> {
        self.log.write(self.call, what, line)
    }

    /// Who approved a step, or a part of it.
    fn signature(&self, step: &Step) -> Option<&Signature> {
        let is_of = |print: &Print| step.print == *print || step.changes.iter().any(|change| change.print == *print);
        self.signatures.iter().rev().find(|signature| signature.prints.iter().any(is_of))
    }

    /// Carries the plan out; people who were missed by the listing are compared at once, in the same run.
    fn carry(&mut self, made: &Made, plan: &mut Plan, memory: &Memory, until: Option<f64>) -> (Carried, End) {
        let printer = keeping::printer(self.call);
        let comment = format!("{}{}", super::world::COMMENT, self.id);
        let set_by = self.known.profile.set_by;
        let acting = Acting::new(&made.read, &made.file, set_by, comment.clone());
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
        let steps = again.steps.into_iter().filter(|step| step.subject.id.is_some_and(|id| found.contains(&id))).collect();
        let more = Plan { steps, ..Plan::default() };
        self.of += more.steps.iter().filter(|step| step.held.is_none()).count() as u64;
        let acting = Acting::new(&read, &made.file, set_by, comment);
        let (also, end) = carrying::carry(self.call, &acting, &more, until, self);
        carried.is_written |= also.is_written;
        carried.answers.extend(also.answers);
        carried.came.extend(also.came);
        plan.steps.extend(more.steps);
        (carried, end)
    }

    /// Keeps how it ended, and tells it. Errors: what broke it; `held`.
    fn finish(mut self, mut plan: Plan, carried: &Carried, end: End, mut memory: Memory) -> Result<Json, Error> {
        let profile = &self.known.profile.name;
        let left = carried.count(|came| matches!(came, Came::Left));
        let (state, error) = match end {
            End::Through => (State::Done, None),
            End::Waiting(e) => (State::Waiting, Some(e)),
            End::Stopped => (State::Stopped, None),
            // A child's sync is its parent's, and one that lost the lease is another's: what is kept is theirs to change.
            End::Broken(e) if matches!(e.code(), Code::Forked | Code::Busy) => return Err(e),
            End::Broken(e) if e.code() == Code::Interrupted => (State::Stopped, Some(e)),
            End::Broken(e) => (State::Broken, Some(e)),
        };
        self.lease.hold()?;
        hold_after_refusals(&mut plan, carried);
        keeping::take_outcomes(self.call, profile, &mut memory)?;
        self.tell_elsewhere(&mut plan, carried, &mut memory);
        let untold = memory.refused.values().filter(|refused| !refused.is_told).count() as u64;
        if error.is_none() || state == State::Waiting {
            memory.refused.values_mut().for_each(|refused| refused.is_told = true);
        }
        if let Some(night) = memory.night.as_mut().filter(|_| !self.is_for_one) {
            night.is_done |= state == State::Done && left == 0;
        }
        keeping::remember(self.call, profile, &memory)?;
        self.keep_listing(state, &plan, carried)?;
        let waits_s = error.as_ref().filter(|_| state == State::Waiting).and_then(|e| e.details().retry_after_s);
        let (reading, writing) = self.requests.get();
        let settling = u64::from(self.call.sent()).saturating_sub(reading + writing);
        let run = KeptRun {
            id: self.id.clone(),
            plan: self.basis.id.clone(),
            began: self.began,
            ended: self.call.clock().wall(),
            state,
            came: carried.came.iter().map(ran::came).collect(),
            requests: (reading, writing, settling),
            waits_s,
            is_for_one: self.is_for_one,
            refused_new: untold,
        };
        self.evidence.settle(&mut self.basis.authorisations);
        let kept = making::keep(self.call, plan, &self.basis)?;
        keeping::keep_run(self.call, profile, &run)?;
        self.evidence.end(&memory)?;
        self.write("end", auditing::end(&run, error.as_ref()))?;
        self.log.keep(self.call, self.known)?;
        self.lease.enter(state, self.through.get(), self.of)?;
        if let Some(e) = &error {
            let _ = self.lease.end(e);
        }
        let is_over = |(_, came): &(&Step, &Came)| matches!(came, Came::Done | Came::Refused(_));
        let over = kept.plan.steps.iter().zip(&carried.came).filter(is_over).map(|(step, _)| step.print);
        keeping::blank_steps(self.call, profile, &crate::sets::set(over))?;
        let reply = ran::run(&kept, &run, self.names);
        match (state, error) {
            (State::Stopped | State::Broken, Some(e)) => Err(e),
            _ => match held(&kept.plan, &run, &reply) {
                Some(held) => Err(held),
                None => Ok(reply),
            },
        }
    }

    /// Lists as work for the portal whose number FinAut has, of somebody whom this account does not see.
    fn tell_elsewhere(&self, plan: &mut Plan, carried: &Carried, memory: &mut Memory) {
        let printer = keeping::printer(self.call);
        for (step, came) in plan.steps.iter().zip(&carried.came) {
            if !matches!(came, Came::Refused(e) if carrying::is_elsewhere(step, e)) {
                continue;
            }
            let (subject, told) = (step.subject.clone(), draft::elsewhere(self.call.clock().wall()));
            let case = draft::case(&printer, memory, self.call.clock().today(), subject, None, told);
            memory.cases.insert(case.print, case.since);
            plan.portal.push(case);
        }
    }

    /// The listing goes when the run that applied it ends. One that waits, or was stopped, is gone on with; nothing was applied of one that
    /// is held as a whole, which a person looks at now. Errors: `state`.
    fn keep_listing(&self, state: State, plan: &Plan, carried: &Carried) -> Result<(), Error> {
        if self.is_for_one {
            return if carried.is_written { reading::forget(self.call) } else { Ok(()) };
        }
        match state {
            State::Waiting | State::Stopped => {
                let is_new = |(step, came): &(&Step, &Came)| step.kind == Kind::Create && matches!(came, Came::Done);
                let new = plan.steps.iter().zip(&carried.came).filter(is_new).count() as u64;
                reading::keep_for_the_next(self.call, &carried.answers, new)
            }
            _ if !plan.steps.is_empty() && plan.steps.iter().all(|step| step.held.is_some()) => Ok(()),
            _ => reading::forget(self.call),
        }
    }
}

/// Holds the steps that were not tried because so many before them were refused, and lists the rail.
fn hold_after_refusals(plan: &mut Plan, carried: &Carried) {
    let mut found = 0;
    for (step, came) in plan.steps.iter_mut().zip(&carried.came) {
        if matches!(came, Came::Held) && step.held.is_none() {
            step.held = Some(REFUSALS_RAIL);
            found += 1;
        }
    }
    let told = (found > 0).then(|| Told::of("refusals").with(REFUSALS).with(found));
    plan.rails.push(Rail { name: REFUSALS_RAIL, limit: Some(u64::from(REFUSALS) - 1), found, tripped: found > 0, told });
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
    let of_reply =
        ["run", "plan", "state", "counts"].iter().filter_map(|name| Some(((*name).to_owned(), view.get(*name)?.clone())));
    let mut more: Map<String, Value> = of_reply.collect();
    more.insert("rail".into(), rail.name.into());
    more.insert("limit".into(), rail.limit.into());
    more.insert("found".into(), rail.found.into());
    Some(Error::new(Code::Held, message).more(more))
}

impl Witness for Running<'_, '_> {
    fn begins(&self, number: usize, step: &Step) -> Result<(), Error> {
        self.sent.set(self.call.sent());
        if !self.is_outdated.replace(true) {
            reading::outdate(self.call)?;
        }
        if let Some(sent) = Outcome::sent(step, self.call.clock().wall()) {
            keeping::keep_outcome(self.call, &self.known.profile.name, &sent)?;
        }
        self.heard.0.replace(None);
        self.write("sent", auditing::step(&self.id, number + 1, step, &self.file_sha256, self.signature(step)))?;
        self.evidence.begins(number + 1, step)
    }

    fn put_off(&self, number: usize, step: &Step) -> Result<(), Error> {
        self.write("ended", auditing::ended(&self.id, number + 1, step, &Came::Left, None, None))?;
        self.evidence.ended(number + 1, step, &Came::Left, None)?;
        keeping::drop_outcome(self.call, &self.known.profile.name, step)
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
        let (reading, writing) = self.requests.get();
        self.requests.set((reading, writing + spent.min(step.requests)));
        self.through.set(self.through.get() + 1);
        // On the disk before the step counts as done; but what cannot be written there is not forgotten, either.
        let heard = self.heard.0.take();
        let told = self.write("ended", auditing::ended(&self.id, number + 1, step, came, done, heard.as_ref()));
        self.evidence.ended(number + 1, step, came, done)?;
        let profile = &self.known.profile.name;
        match (outcome, came) {
            (Some(outcome), _) => keeping::keep_outcome(self.call, profile, outcome)?,
            (None, Came::Doubtful(_)) => {}
            (None, _) => keeping::drop_outcome(self.call, profile, step)?,
        }
        self.ahead.set(self.ahead.get().saturating_sub(step.requests));
        self.lease.note(self.through.get(), self.of, self.ahead.get());
        told
    }
}
