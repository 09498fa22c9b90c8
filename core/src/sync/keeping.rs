//! What a profile's syncs keep in the store: memory and plans, each a sealed document. What they say is decided elsewhere.

use serde::{Deserialize, Serialize};

use super::memory::{Memory, Printer};
use super::plan::{Plan, Subject};
use super::report::Basis;
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

/// What earlier runs of this profile left. Errors: `state`.
pub fn memory(call: &Call, profile: &str) -> Result<Memory, Error> {
    let Some(document) = call.store().shelves().get(call.at(), MEMORIES, profile)? else { return Ok(Memory::new()) };
    document.view().ok_or_else(|| {
        Error::new(Code::State, format!("What was remembered of the profile \"{profile}\" cannot be read. Was it kept by a newer version of this library?"))
    })
}

/// Keeps a memory: on the disk when this returns. Errors: `state`.
pub fn remember(call: &Call, profile: &str, memory: &Memory) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[], &[Change::put(MEMORIES, profile, Json::of(memory))])
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
    listed.sort_by(|one, other| one.made.total_cmp(&other.made).then_with(|| one.id.cmp(&other.id)));
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
        Some(id) => id.to_owned(),
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
