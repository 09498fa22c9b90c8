//! What a profile's syncs keep in the store: memory and plans, each a sealed document. What they say is decided elsewhere.

use serde_json::{Value, json};

use super::memory::{Memory, Print, Printer};
use super::plan::Plan;
use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::store::shelves::Change;

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
    Ok(memory)
}

/// Keeps a memory: on the disk when this returns. Errors: `state`.
pub fn remember(call: &Call, profile: &str, memory: &Memory) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[], &[Change::put(MEMORIES, profile, Json::of(memory))])
}

/// What makes the prints of this account.
pub fn printer(call: &Call) -> Printer {
    Printer::new(call.fingerprint("sync", "prints").as_bytes())
}

/// Keeps a plan under its id, with what an approval of it is about; those that are too old go. Errors: `state`.
pub fn keep_plan(call: &Call, profile: &str, id: &str, plan: &Plan, reply: &Json) -> Result<(), Error> {
    let shelf = format!("sync plans {profile}");
    let now = call.clock().wall();
    let shelves = call.store().shelves();
    let prints = |step: &super::plan::Step| -> Vec<Print> {
        step.changes.iter().map(|change| change.print).chain([step.print]).collect()
    };
    let steps: Vec<Value> = (1..)
        .zip(&plan.steps)
        .map(
            |(n, step)| json!({ "step": format!("s{n}"), "kind": step.kind.word(), "held": step.held, "prints": prints(step) }),
        )
        .collect();
    let kept = Json::of(&json!({ "id": id, "made": now, "reply": reply, "steps": steps }));
    let too_old = |kept: &Json| {
        let kept: Value = kept.view().unwrap_or_default();
        let made = kept.get("made").and_then(Value::as_f64).unwrap_or_default();
        (now - made > PLAN_S).then(|| kept.get("id").and_then(Value::as_str).unwrap_or_default().to_owned())
    };
    let mut changes: Vec<Change> =
        shelves.all(call.at(), &shelf)?.iter().filter_map(too_old).map(|id| Change::remove(&shelf, id)).collect();
    changes.push(Change::put(&shelf, id, kept));
    shelves.change(call.at(), &[], &changes)
}
