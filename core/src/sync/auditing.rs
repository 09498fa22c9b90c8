//! What the audit's lines of a sync say: no identity number, no name, and of values only what a status was and became. How lines are kept
//! is not known here.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::acting::Done;
use super::carrying::Came;
use super::keeping::{self, KeptRun};
use super::memory::Signature;
use super::naming::Known;
use super::plan::Step;
use super::profile::Profile;
use super::report::Basis;
use super::taking;
use crate::client::Call;
use crate::clock::in_norway;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::process;

/// Where the audit of a profile is: where the profile says, else beside the state file. Errors: `validation`.
pub fn path(call: &Call, known: &Known) -> Result<Option<PathBuf>, Error> {
    if let Some(path) = &known.profile.audit {
        return taking::place("audit", path, known.folder.as_deref()).map(Some);
    }
    Ok(usual_path(call, &known.profile.name))
}

/// Where the audit of a profile of this name is if the profile does not say.
fn usual_path(call: &Call, profile: &str) -> Option<PathBuf> {
    let state = call.config().state.as_ref()?;
    Some(PathBuf::from(format!("{state}-audit-{profile}.ndjson")))
}

/// How many lines of the audit are about somebody; 0 where there is none. Errors: `state` where it cannot be read.
pub fn lines_about(call: &Call, profile: &str, id: Option<u64>, aliases: &BTreeSet<String>) -> Result<u64, Error> {
    let kept = keeping::audit(call, profile)?.map(|kept| kept.path);
    let Some(path) = kept.or_else(|| usual_path(call, profile)) else { return Ok(0) };
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(e) => {
            let shown = crate::text::quoted(&path.to_string_lossy(), 200);
            return Err(Error::new(Code::State, format!("The audit {shown} cannot be read: {e}.")));
        }
    };
    let is_theirs = |line: &[u8]| {
        let line: Option<Map<String, Value>> = serde_json::from_slice(line).ok();
        line.is_some_and(|line| {
            let alias = line.get("employee_alias").and_then(Value::as_str);
            (id.is_some() && line.get("user") == Some(&json!(id))) || alias.is_some_and(|alias| aliases.contains(alias))
        })
    };
    Ok(text.split(|byte| *byte == b'\n').filter(|line| is_theirs(line)).count() as u64)
}

/// A run that begins.
pub fn run(call: &Call, id: &str, basis: &Basis, profile: &Profile) -> Map<String, Value> {
    members(json!({
        "run": id,
        "plan": basis.id,
        "profile": profile.name,
        "profile_sha256": profile.print,
        "file_sha256": basis.sha256,
        "rows": basis.rows,
        "people": basis.people,
        "machine": call.config().machine,
        "process": std::process::id(),
        "os_user": process::os_user(),
        "job": call.origin().job,
    }))
}

/// What a person has approved.
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
    /// How many steps and changes that is.
    pub steps: u64,
}

/// A person's approval, before anything is carried out of it.
pub fn approved(call: &Call, profile: &Profile, approved: &Approved) -> Map<String, Value> {
    members(json!({
        "plan": approved.plan,
        "by": approved.by,
        "why": approved.why,
        "what": approved.what,
        "steps": approved.steps,
        "profile": profile.name,
        "profile_sha256": profile.print,
        "machine": call.config().machine,
        "os_user": process::os_user(),
        "job": call.origin().job,
    }))
}

/// A step that is about to be sent, or that is held. `signature`: who approved it.
pub fn step(run: &str, number: usize, step: &Step, file_sha256: &str, signature: Option<&Signature>) -> Map<String, Value> {
    let fields: Vec<&str> = step.changes.iter().map(|change| change.what.name()).collect();
    let rules: Vec<Value> = step.reason.iter().map(|told| json!({ "rule": told.word, "values": rule_values(told) })).collect();
    members(json!({
        "run": run,
        "step": format!("s{number}"),
        "kind": step.kind.word(),
        "user": step.subject.id,
        "employee_alias": step.subject.employee_alias.as_deref().map(crate::persnr::redacted),
        "row": step.subject.row,
        "file_sha256": file_sha256,
        "scheme": step.scheme.as_ref().map(super::super::operations::codes::Scheme::as_str),
        "status_before": step.was,
        "status_after": step.kind.sets(),
        "status_date": step.date.filter(|_| step.scheme.is_some()).map(|date| date.to_string()),
        "fields": if fields.is_empty() { None } else { Some(fields) },
        "rules": rules,
        "held": step.held,
        "approval": signature.map(|signature| json!({ "plan": signature.plan, "by": signature.by, "why": signature.why })),
    }))
}

/// A rule's dates and numbers; a text may be a name.
fn rule_values(told: &super::told::Told) -> Vec<&String> {
    told.values.iter().filter(|value| value.chars().all(|c| c.is_ascii_digit() || c == '-')).collect()
}

/// A step whose outcome is known, or that is put off. `heard`: how the server answered the change, as the journal has it.
pub fn ended(
    run: &str,
    number: usize,
    step: &Step,
    came: &Came,
    done: Option<&Done>,
    heard: Option<&Json>,
) -> Map<String, Value> {
    let error = came.error();
    let heard: Map<String, Value> = heard.and_then(Json::view).unwrap_or_default();
    let of_journal = |member: &str| heard.get(member).cloned().filter(|value| !value.is_null());
    let record = || of_journal("id").filter(|_| step.scheme.is_some() && done.is_some());
    members(json!({
        "run": run,
        "step": format!("s{number}"),
        "user": done.and_then(|done| done.user).or(step.subject.id),
        "outcome": came.word(),
        "employee_alias": step.subject.employee_alias.as_deref().map(crate::persnr::redacted),
        "scheme": step.scheme.as_ref().map(super::super::operations::codes::Scheme::as_str),
        "record": done.and_then(|done| done.record).map(Value::from).or_else(record),
        "code": error.map(|e| e.code().word()),
        "http_status": error.and_then(|e| e.details().http_status).map(Value::from).or_else(|| of_journal("http_status")),
        "correlation_id": error
            .and_then(|e| e.details().correlation_id.clone())
            .map(Value::from)
            .or_else(|| of_journal("correlation_id")),
    }))
}

/// A run that ends. `error`: what ended it.
pub fn end(run: &KeptRun, error: Option<&Error>) -> Map<String, Value> {
    members(json!({
        "run": Some(&run.id).filter(|id| !id.is_empty()),
        "state": run.state.word(),
        "began": in_norway(run.began),
        "requests": run.requests,
        "code": error.map(|e| e.code().word()),
    }))
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
