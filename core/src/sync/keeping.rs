//! What a profile's syncs keep in the store: memory and plans, each a sealed document. What they say is decided elsewhere.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::audit::End;
use super::memory::{Memory, Print, Printer};
use super::outcome::Outcome;
use super::plan::{Plan, Step, Subject, What};
use super::progress::State;
use super::record::{Authorisation, Consent, Deed, KeptPeople};
pub use super::record::{KeptCame, KeptRun};
use super::report::{BLANK, Basis};
use crate::client::Call;
use crate::clock::in_norway;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::store::shelves::Change;
use crate::text::quoted;

/// The shelf of all profiles' memories.
const MEMORIES: &str = "sync memory";

/// For how long a plan can be approved, in seconds.
pub const PLAN_S: f64 = 14.0 * 86_400.0;

/// Refuses to keep a sync's memory in the process, where a crash would take it. Errors: `config`.
pub fn check_store(call: &Call) -> Result<(), Error> {
    match call.config().state {
        Some(_) => Ok(()),
        None => Err(Error::new(
            Code::Config,
            "A sync needs a state that outlives the process: set \"state\" in the configuration, or the environment's FINAUT_STATE, to the \
             path of a file.",
        )
        .nothing_sent()),
    }
}

/// What earlier runs of this profile left, those that were killed included. Errors: `state`.
pub fn memory(call: &Call, profile: &str) -> Result<Memory, Error> {
    let shelves = call.store().shelves();
    let own = shelves.get(call.at(), MEMORIES, profile)?;
    let mut memory: Memory = match &own {
        None => Memory::new(),
        Some(document) => document.view().ok_or_else(|| {
            Error::new(Code::State, format!("What was remembered of the profile \"{profile}\" cannot be read. Was it kept by a newer version of this library?"))
        })?,
    };
    memory.elsewhere.clear();
    let own = own.as_ref().map(Json::as_str);
    for other in shelves.all(call.at(), MEMORIES)?.iter().filter(|other| Some(other.as_str()) != own) {
        if let Some(other) = other.view::<Memory>() {
            memory.learn_from(&other);
        }
    }
    take_outcomes(call, profile, &mut memory)?;
    Ok(memory)
}

/// Keeps a memory, in place of what became of steps since: on the disk when this returns. Errors: `state`.
pub fn remember(call: &Call, profile: &str, memory: &Memory) -> Result<(), Error> {
    let outcomes = outcomes(profile);
    call.store().shelves().change(call.at(), &[&outcomes], &[Change::put(MEMORIES, profile, Json::of(memory))])
}

fn outcomes(profile: &str) -> String {
    format!("sync outcomes {profile}")
}

/// Keeps what became of a step, in place of what was known of it before: on the disk when this returns. Errors: `state`.
pub fn keep_outcome(call: &Call, profile: &str, outcome: &Outcome) -> Result<(), Error> {
    let outcomes = outcomes(profile);
    let put = Change::put(&outcomes, Outcome::name(&outcome.step), Json::of(outcome));
    call.store().shelves().change(call.at(), &[], &[put])
}

/// Forgets what was kept of a step: nothing came of it. Errors: `state`.
pub fn drop_outcome(call: &Call, profile: &str, step: &Step) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[], &[Change::remove(&outcomes(profile), Outcome::name(step))])
}

/// Takes what became of steps since the memory was kept into it. Errors: `state`.
pub fn take_outcomes(call: &Call, profile: &str, memory: &mut Memory) -> Result<(), Error> {
    let kept = call.store().shelves().all(call.at(), &outcomes(profile))?;
    let mut kept: Vec<Outcome> = kept.iter().filter_map(Json::view).collect();
    crate::sets::sort_by(&mut kept, |one, other| one.at.total_cmp(&other.at));
    let printer = printer(call);
    kept.iter().for_each(|outcome| outcome.remember(memory, &printer));
    Ok(())
}

/// What makes the prints of this account.
pub fn printer(call: &Call) -> Printer {
    Printer::new(call.fingerprint("sync", "prints").as_bytes())
}

/// A plan that is kept, with all that its reports show.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptPlan {
    /// When it was made, in seconds since 1970.
    pub made: f64,
    /// The plan; its steps have the prints that an approval is about.
    pub plan: Plan,
    /// What is known besides.
    pub basis: Basis,
    /// The names of people, for those who may see them.
    pub names: Vec<(Subject, String)>,
}

/// A plan among those that are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Listed {
    id: String,
    made: f64,
}

/// How many plans of a profile are kept; the oldest go first.
const MOST_PLANS: usize = 200;

fn plans(profile: &str) -> String {
    format!("sync plans {profile}")
}

fn list(profile: &str) -> String {
    format!("sync plan list {profile}")
}

/// The plans that are kept, the oldest first.
fn listed(call: &Call, profile: &str) -> Result<Vec<Listed>, Error> {
    let mut listed: Vec<Listed> =
        call.store().shelves().all(call.at(), &list(profile))?.iter().filter_map(Json::view).collect();
    crate::sets::sort_by(&mut listed, |one, other| one.made.total_cmp(&other.made).then_with(|| one.id.cmp(&other.id)));
    Ok(listed)
}

/// An id for a plan that is made now, as `p-20261127-0412-6f3a`: the minute in Norway, and something that tells apart what was made in
/// it. Errors: `state`.
pub fn new_id(call: &Call, profile: &str) -> Result<String, Error> {
    let now = in_norway(call.clock().wall());
    let digits: String = now.chars().filter(char::is_ascii_digit).take(12).collect();
    let (day, time) = digits.split_at_checked(8).unwrap_or((&digits, ""));
    let known = listed(call, profile)?;
    let mut last = (crate::random::random() * 65_535.0) as u16;
    loop {
        let id = format!("p-{day}-{time}-{last:04x}");
        if known.iter().all(|plan| plan.id != id) {
            return Ok(id);
        }
        last = last.wrapping_add(1);
    }
}

/// Keeps a plan under its id, sealed; those that are too old go. Errors: `state`.
pub fn keep_plan(call: &Call, kept: &KeptPlan) -> Result<(), Error> {
    let profile = &kept.basis.profile;
    let (plans, list) = (plans(profile), list(profile));
    let known = listed(call, profile)?;
    let surplus = (known.len() + 1).saturating_sub(MOST_PLANS);
    let gone = known.iter().enumerate().filter(|(n, plan)| *n < surplus || kept.made - plan.made > PLAN_S);
    let mut changes: Vec<Change> = gone
        .flat_map(|(_, plan)| [Change::remove(&plans, plan.id.as_str()), Change::remove(&list, plan.id.as_str())])
        .collect();
    let id = kept.basis.id.as_str();
    changes.push(Change::put(&plans, id, Json::of(kept)));
    changes.push(Change::put(&list, id, Json::of(&Listed { id: id.to_owned(), made: kept.made })));
    call.store().shelves().change(call.at(), &[], &changes)
}

/// A plan of this profile, or the last one. `None`: none was made. Errors: `not_found` for an id that is none of this profile's, `stale`
/// for that of a plan that was too old to be kept, `state`.
pub fn plan(call: &Call, profile: &str, id: Option<&str>) -> Result<Option<KeptPlan>, Error> {
    let asked = match id {
        // A run carries out the plan of the same name.
        Some(id) => id.strip_prefix("r-").map_or_else(|| id.to_owned(), |rest| format!("p-{rest}")),
        None => match listed(call, profile)?.pop() {
            Some(last) => last.id,
            None => return Ok(None),
        },
    };
    let Some(kept) = call.store().shelves().get(call.at(), &plans(profile), &asked)? else {
        return Err(no_plan(call, profile, &asked));
    };
    let plan: KeptPlan = kept.view().ok_or_else(|| {
        let message =
            format!("The plan {asked} cannot be read. Was it kept by another version of this library? Make a new one.");
        Error::new(Code::State, message)
    })?;
    if call.clock().wall() - plan.made > PLAN_S {
        return Err(too_old(&asked));
    }
    Ok(Some(plan))
}

fn too_old(id: &str) -> Error {
    Error::new(Code::Stale, format!("The plan {id} is older than 14 days; make a new one with sync.plan.")).nothing_sent()
}

/// The error for a plan that is not there: its id says when it was made.
fn no_plan(call: &Call, profile: &str, id: &str) -> Error {
    let day =
        id.strip_prefix("p-").and_then(|rest| rest.get(..8)).and_then(|day| jiff::civil::Date::strptime("%Y%m%d", day).ok());
    let first = call.clock().today().checked_sub(jiff::Span::new().days(14)).unwrap_or(jiff::civil::Date::MIN);
    if day.is_some_and(|day| day < first) {
        return too_old(id);
    }
    let message = format!(
        "The profile \"{profile}\" has no plan {}; sync.status tells the last one. If the profile has another name, give it as \"profile\".",
        quoted(id, 60)
    );
    Error::new(Code::NotFound, message).nothing_sent()
}

/// The employer's own ids that the kept plans of a profile have for somebody. Errors: `state`.
pub fn aliases_of(call: &Call, profile: &str, id: u64) -> Result<BTreeSet<String>, Error> {
    let kept = call.store().shelves().all(call.at(), &plans(profile))?;
    let plans = kept.iter().filter_map(Json::view::<KeptPlan>);
    let subjects = plans.flat_map(|kept| {
        let steps = kept.plan.steps.into_iter().map(|step| step.subject);
        steps.chain(kept.names.into_iter().map(|(subject, _)| subject)).collect::<Vec<_>>()
    });
    Ok(crate::sets::set(subjects.filter(|subject| subject.id == Some(id)).filter_map(|subject| subject.employee_alias)))
}

/// Blanks what the kept plans of a profile say of somebody, and how many of them did: names, and values that change. Steps keep their places
/// and prints. Errors: `state`.
pub fn forget_in_plans(call: &Call, profile: &str, is_theirs: &dyn Fn(&Subject) -> bool) -> Result<u64, Error> {
    let count = change_plans(call, profile, &|kept| {
        let before = kept.names.len();
        kept.names.retain(|(subject, _)| !is_theirs(subject));
        let mut is_about = kept.names.len() < before;
        for step in kept.plan.steps.iter_mut().filter(|step| is_theirs(&step.subject)) {
            is_about = true;
            blank(&mut step.changes);
        }
        let before = kept.basis.authorisations.len();
        kept.basis.authorisations.retain(|known| !is_theirs(&known.subject));
        is_about |= kept.basis.authorisations.len() < before;
        is_about
    })?;
    forget_deeds(call, profile, is_theirs)?;
    Ok(count)
}

/// Blanks the values of these steps in every kept plan of a profile: they are done or refused, and nobody needs them any more. Errors: `state`.
pub fn blank_steps(call: &Call, profile: &str, steps: &BTreeSet<Print>) -> Result<(), Error> {
    if steps.is_empty() {
        return Ok(());
    }
    let is_over = |kept: &mut KeptPlan| {
        let mut is_changed = false;
        for step in kept.plan.steps.iter_mut().filter(|step| steps.contains(&step.print)) {
            is_changed |= !step.changes.is_empty();
            blank(&mut step.changes);
        }
        is_changed
    };
    change_plans(call, profile, &is_over).map(drop)
}

/// Keeps those of a profile's plans anew that `change` says it has changed, and tells how many these are. Errors: `state`.
fn change_plans(call: &Call, profile: &str, change: &dyn Fn(&mut KeptPlan) -> bool) -> Result<u64, Error> {
    let (shelf, shelves) = (plans(profile), call.store().shelves());
    let mut changes = Vec::new();
    for document in shelves.all(call.at(), &shelf)? {
        let Some(mut kept) = document.view::<KeptPlan>() else { continue };
        if change(&mut kept) {
            changes.push(Change::put(&shelf, kept.basis.id.clone(), Json::of(&kept)));
        }
    }
    shelves.change(call.at(), &[], &changes)?;
    Ok(changes.len() as u64)
}

/// Takes the texts out of changes.
fn blank(changes: &mut [super::plan::Change]) {
    for change in changes {
        if let What::Text(_, before, after) = &mut change.what {
            for text in [before, after].into_iter().filter(|text| !text.is_empty()) {
                BLANK.clone_into(text);
            }
        }
    }
}

/// The shelf of where the audits of all profiles are.
const AUDITS: &str = "sync audits";

/// Where the audit of a profile is, and how it ended. Errors: `state`.
pub fn audit(call: &Call, profile: &str) -> Result<Option<End>, Error> {
    Ok(call.store().shelves().get(call.at(), AUDITS, profile)?.and_then(|kept| kept.view()))
}

/// Keeps where the audit of a profile is, and how it ends. Errors: `state`.
pub fn keep_audit(call: &Call, profile: &str, end: &End) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[], &[Change::put(AUDITS, profile, Json::of(end))])
}

/// For how long a run is kept, in seconds.
const RUN_S: f64 = 90.0 * 86_400.0;

fn runs(profile: &str) -> String {
    format!("sync runs {profile}")
}

/// Keeps a run; those that are too old go. Errors: `state`.
pub fn keep_run(call: &Call, profile: &str, run: &KeptRun) -> Result<(), Error> {
    let (shelf, shelves) = (runs(profile), call.store().shelves());
    let known: Vec<KeptRun> = shelves.all(call.at(), &shelf)?.iter().filter_map(Json::view).collect();
    let mut changes: Vec<Change> = known
        .iter()
        .filter(|known| run.ended - known.ended > RUN_S)
        .map(|known| Change::remove(&shelf, known.id.as_str()))
        .collect();
    changes.push(Change::put(&shelf, run.id.as_str(), Json::of(run)));
    shelves.change(call.at(), &[], &changes)
}

/// When the last run for everybody was brought to its end, in seconds since 1970.
pub fn last_done(runs: &[KeptRun]) -> Option<f64> {
    runs.iter().filter(|run| run.state == State::Done && !run.is_for_one).map(|run| run.ended).next_back()
}

/// The runs of a profile, the oldest first. Errors: `state`.
pub fn all_runs(call: &Call, profile: &str) -> Result<Vec<KeptRun>, Error> {
    let mut known: Vec<KeptRun> =
        call.store().shelves().all(call.at(), &runs(profile))?.iter().filter_map(Json::view).collect();
    crate::sets::sort_by(&mut known, |one, other| one.began.total_cmp(&other.began));
    Ok(known)
}

fn deeds_shelf(profile: &str) -> String {
    format!("sync deeds {profile}")
}

/// Keeps what a run does, or did: on the disk when this returns. Errors: `state`.
pub fn keep_deed(call: &Call, profile: &str, deed: &Deed) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[], &[Change::put(&deeds_shelf(profile), deed.key(), Json::of(deed))])
}

/// Takes back what was not done. Errors: `state`.
pub fn drop_deed(call: &Call, profile: &str, deed: &Deed) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[], &[Change::remove(&deeds_shelf(profile), deed.key())])
}

/// What the runs of a profile did, the oldest first. Errors: `state`.
pub fn deeds(call: &Call, profile: &str) -> Result<Vec<Deed>, Error> {
    let mut deeds: Vec<Deed> =
        call.store().shelves().all(call.at(), &deeds_shelf(profile))?.iter().filter_map(Json::view).collect();
    crate::sets::sort_by(&mut deeds, |one, other| one.at.total_cmp(&other.at).then(one.step.cmp(&other.step)));
    Ok(deeds)
}

/// Forgets deeds that are about somebody, and the employer's own id of theirs.
fn forget_deeds(call: &Call, profile: &str, is_theirs: &dyn Fn(&Subject) -> bool) -> Result<(), Error> {
    let (shelf, known) = (deeds_shelf(profile), deeds(call, profile)?);
    let theirs = known.iter().filter(|deed| is_theirs(&deed.subject));
    let mut changes: Vec<Change> = theirs.map(|deed| Change::remove(&shelf, deed.key())).collect();
    if let Some(mut known) = people(call)? {
        let subject = |id: u64, alias: &Option<String>| Subject { id: Some(id), employee_alias: alias.clone(), row: None };
        known.people.retain(|(id, alias)| !is_theirs(&subject(*id, alias)));
        changes.push(Change::put(PEOPLE, PEOPLE, Json::of(&known)));
    }
    call.store().shelves().change(call.at(), &[], &changes)
}

/// The shelf of approvals.
fn consents_shelf(profile: &str) -> String {
    format!("sync consents {profile}")
}

/// Keeps who approved what. Errors: `state`.
pub fn keep_consent(call: &Call, profile: &str, consent: &Consent) -> Result<(), Error> {
    let name = format!("{:016x}", crate::random::first_number());
    call.store().shelves().change(call.at(), &[], &[Change::put(&consents_shelf(profile), name, Json::of(consent))])
}

/// Who approved what, the oldest first. Errors: `state`.
pub fn consents(call: &Call, profile: &str) -> Result<Vec<Consent>, Error> {
    let mut known: Vec<Consent> =
        call.store().shelves().all(call.at(), &consents_shelf(profile))?.iter().filter_map(Json::view).collect();
    crate::sets::sort_by(&mut known, |one, other| one.at.total_cmp(&other.at));
    Ok(known)
}

/// Drops deeds and approvals that are as old as the oldest runs are kept. Errors: `state`.
pub fn drop_old(call: &Call, profile: &str) -> Result<(), Error> {
    let (shelf, oldest) = (deeds_shelf(profile), call.clock().wall() - RUN_S);
    let old = |deed: &&Deed| deed.at < oldest;
    let deeds = deeds(call, profile)?;
    let changes: Vec<Change> = deeds.iter().filter(old).map(|deed| Change::remove(&shelf, deed.key())).collect();
    call.store().shelves().change(call.at(), &[], &changes)?;
    let consents = consents(call, profile)?;
    if !consents.iter().any(|consent| consent.at < oldest) {
        return Ok(());
    }
    let shelf = consents_shelf(profile);
    let kept = consents.iter().filter(|consent| consent.at >= oldest);
    let changes: Vec<Change> =
        (0..).zip(kept).map(|(n, consent)| Change::put(&shelf, format!("{n}"), Json::of(consent))).collect();
    call.store().shelves().change(call.at(), &[&shelf], &changes)
}

/// The shelf, and the name on it, of everybody's own ids.
const PEOPLE: &str = "sync people";

/// Keeps who there is in FinAut. Errors: `state`.
pub fn keep_people(call: &Call, people: &KeptPeople) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[], &[Change::put(PEOPLE, PEOPLE, Json::of(people))])
}

/// Who there was in FinAut when the last run ended; `None` before the first. Errors: `state`.
pub fn people(call: &Call) -> Result<Option<KeptPeople>, Error> {
    Ok(call.store().shelves().get(call.at(), PEOPLE, PEOPLE)?.and_then(|people| people.view()))
}

/// The shelf of the days of exports.
const EXPORTS: &str = "sync exports";

/// Keeps up to which day something was exported. Errors: `state`.
pub fn keep_exported(call: &Call, name: &str, day: jiff::civil::Date) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[], &[Change::put(EXPORTS, name, Json::of(&day))])
}

/// Up to which day something was exported; `None`: never. Errors: `state`.
pub fn exported(call: &Call, name: &str) -> Result<Option<jiff::civil::Date>, Error> {
    Ok(call.store().shelves().get(call.at(), EXPORTS, name)?.and_then(|day| day.view()))
}

/// The ids of the plans that are kept, the oldest first. Errors: `state`.
pub fn plan_ids(call: &Call, profile: &str) -> Result<Vec<String>, Error> {
    Ok(listed(call, profile)?.into_iter().map(|plan| plan.id).collect())
}

/// Whose authorisations were not as HR wants them in the last run whose plan is kept. Errors: `state`.
pub fn last_authorisations(call: &Call, profile: &str) -> Result<Vec<Authorisation>, Error> {
    let shelf = plans(profile);
    for run in all_runs(call, profile)?.iter().rev() {
        if let Some(kept) = call.store().shelves().get(call.at(), &shelf, &run.plan)?.and_then(|kept| kept.view::<KeptPlan>())
            && kept.basis.only.is_none()
        {
            return Ok(kept.basis.authorisations);
        }
    }
    Ok(Vec::new())
}
