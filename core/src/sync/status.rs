//! The operation `sync.status`: how a profile's sync stands, for monitoring. No request is sent.

use serde_json::Value;

use super::keeping::{self, KeptPlan};
use super::naming::{self, ProfileAt};
use super::plan::{Case, Step};
use super::progress::{Progress, State};
use super::report;
use super::told::Language;
use crate::client::Call;
use crate::clock::in_norway;
use crate::error::{Code, Error};
use crate::json::Json;

/// Whose status is wanted.
#[derive(Debug)]
pub struct Asked {
    /// The profile, or its name.
    pub profile: ProfileAt,
    /// The id of a run or of a plan; `None`: the last one.
    pub run: Option<String>,
    /// How many hours ago the last completed run may have ended.
    pub max_age_h: Option<u64>,
}

/// The reply: `{"profile", "run", "state", "counts", "progress", "budget", "through", "next_slot_s", "last_done", "last_accepted_file",
/// "oldest_open", "error"}`: each is always there, and null where there was none. Errors: `stale` where no run was completed in the last
/// `max_age_h` hours, or none ever was; `not_found` for an id that is none of the profile's; `config`, `state`.
pub fn status(call: &Call, asked: &Asked) -> Result<Json, Error> {
    keeping::check_store(call)?;
    let profile = naming::name(&asked.profile)?;
    let runs = keeping::all_runs(call, &profile)?;
    let last_done = keeping::last_done(&runs);
    if let Some(max_age_h) = asked.max_age_h {
        check_age(call, &profile, max_age_h, last_done)?;
    }
    let kept = keeping::plan(call, &profile, asked.run.as_deref())?;
    // What is under way is newer than every plan; who asks for one plan asks for no other.
    let progress = if asked.run.is_some() { None } else { Progress::of(call, &profile)? };
    let progress = progress.filter(|progress| !matches!(progress.state, State::Ready));
    // Who asks for a plan gets the plan; else what came of it, where it was carried out.
    let is_plan_asked = asked.run.as_deref().is_some_and(|run| !run.starts_with("r-"));
    let run = runs.iter().rev().find(|run| !is_plan_asked && kept.as_ref().is_some_and(|kept| kept.basis.id == run.plan));
    let planned = kept.is_some().then(|| run.map_or(State::Ready, |run| run.state));
    let state = progress.as_ref().map(|progress| progress.state).or(planned);
    let is_ahead = |number: usize, step: &Step| {
        let came = run.and_then(|run| run.came.get(number)).map(|came| came.state.as_str());
        step.held.is_none() && came.is_none_or(|came| ["left", "failed", "doubtful"].contains(&came))
    };
    let steps = kept.iter().flat_map(|kept| kept.plan.steps.iter().enumerate());
    let planned: u64 = steps.filter(|(number, step)| is_ahead(*number, step)).map(|(_, step)| step.requests).sum();
    let under_way = progress.as_ref().filter(|progress| progress.state.is_under_way());
    let requests = under_way.map_or(planned, |progress| {
        progress.ahead.or(progress.of.map(|of| of.saturating_sub(progress.done))).unwrap_or_default()
    });
    let budget = call.budget(usize::try_from(requests).unwrap_or(usize::MAX))?;
    let now = call.clock().wall();
    let through = (requests > 0).then(|| in_norway(now + budget.through_s));
    let file = keeping::memory(call, &profile)?.files.pop();
    let file = file.map(|file| {
        object(vec![("at", in_norway(file.at).into()), ("rows", file.rows.into()), ("sha256", file.sha256.to_string().into())])
    });
    let waits_s = progress.as_ref().and_then(|progress| progress.next_at).map(|at| (at - now).max(0.0));
    let counts = kept.as_ref().map(|kept| {
        let mut counts: Vec<(&str, Value)> =
            report::counted(&kept.plan).into_iter().map(|(name, count)| (name, count.into())).collect();
        if let Some(run) = run {
            counts.extend(run.counts().map(|(name, count)| (name, count.into())));
        }
        object(counts)
    });
    let error = progress.as_ref().and_then(|progress| {
        Some(object(vec![
            ("code", progress.code.as_deref()?.into()),
            ("message", progress.message.as_deref().unwrap_or_default().into()),
            ("at", in_norway(progress.at).into()),
        ]))
    });
    Ok(Json::of_members(vec![
        ("profile", profile.into()),
        ("run", run.map(|run| run.id.as_str()).or(kept.as_ref().map(|kept| kept.basis.id.as_str())).into()),
        ("state", state.map(State::word).into()),
        ("counts", counts.into()),
        ("progress", progress.as_ref().map(progress_of).into()),
        (
            "budget",
            object(vec![
                ("limit", call.config().rule.requests.into()),
                ("used", budget.used.into()),
                ("free", budget.free.into()),
                ("next_slot_s", budget.next_slot_s.into()),
            ]),
        ),
        ("through", through.into()),
        ("next_slot_s", waits_s.into()),
        ("last_done", last_done.map(in_norway).into()),
        ("last_accepted_file", file.into()),
        ("oldest_open", kept.as_ref().and_then(oldest_open).into()),
        ("error", error.into()),
    ]))
}

fn object(members: Vec<(&str, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(name, member)| (name.to_owned(), member)).collect())
}

fn progress_of(progress: &Progress) -> Value {
    object(vec![
        ("operation", progress.operation.as_str().into()),
        ("done", progress.done.into()),
        ("of", progress.of.into()),
        ("requests", progress.requests.into()),
        ("begun", in_norway(progress.begun).into()),
        ("at", in_norway(progress.at).into()),
        ("machine", progress.machine.as_str().into()),
        ("process", progress.process.into()),
    ])
}

/// What has waited longest for a person: a held step, a problem, or work for the portal.
fn oldest_open(kept: &KeptPlan) -> Option<Value> {
    let plan = &kept.plan;
    let step = |step: &Step| (step.since, step.held.unwrap_or_default(), step.subject.clone(), None);
    let case = |case: &Case| (case.since, case.told.word, case.subject.clone(), Some(case.told.say(Language::English)));
    let steps = plan.steps.iter().filter(|step| step.held.is_some()).map(step);
    let cases = plan.problems.iter().chain(&plan.portal).map(case);
    let (since, what, subject, says) = steps.chain(cases).min_by_key(|(since, ..)| *since)?;
    Some(object(vec![
        ("since", since.to_string().into()),
        ("what", what.into()),
        ("id", subject.id.into()),
        ("employee_alias", subject.employee_alias.map(|alias| crate::persnr::redacted(&alias).into_owned()).into()),
        ("says", says.map(|says| crate::persnr::redacted(&says).into_owned()).into()),
    ]))
}

/// Errors: `stale` where the last run that was completed is too old, or none ever was.
fn check_age(call: &Call, profile: &str, max_age_h: u64, last_done: Option<f64>) -> Result<(), Error> {
    if last_done.is_some_and(|done| call.clock().wall() - done <= max_age_h as f64 * 3600.0) {
        return Ok(());
    }
    let done = last_done.map_or_else(|| "none ever was".to_owned(), |done| format!("the last one was at {}", in_norway(done)));
    let last = Progress::of(call, profile)?;
    let since = last.map_or_else(String::new, |last| {
        format!(" The last {} began {} and is {}.", last.operation, in_norway(last.begun), last.state.word())
    });
    let message = format!("No run of the profile \"{profile}\" was completed in the last {max_age_h} hours: {done}.{since}");
    Err(Error::new(Code::Stale, message).nothing_sent())
}
