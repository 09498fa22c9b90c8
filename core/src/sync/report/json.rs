//! A plan as JSON: what `sync.plan` replies.

use serde_json::{Map, Value, json as value};

use super::shown::{Basis, Counts};
use crate::json::Json;
use crate::sync::plan::{Case, Change, Due, Plan, Rail, Step, Subject, What};
use crate::sync::told::Language;

/// The plan. No identity number is in it, and no name but those that HR or FinAut has in the fields that change.
pub fn json(plan: &Plan, basis: &Basis) -> Json {
    let counts = Counts::of(plan);
    let steps: Vec<Value> = (1..).zip(&plan.steps).map(|(n, step)| of_step(n, step)).collect();
    let mut file = Map::new();
    file.insert("rows".into(), basis.rows.into());
    file.insert("sha256".into(), basis.sha256.to_string().into());
    if let Some(written) = &basis.written {
        file.insert("written".into(), written.as_str().into());
    }
    Json::of(&value!({
        "plan": basis.id,
        "state": "ready",
        "profile": basis.profile,
        "file": file,
        "basis": {"read": basis.read, "people": basis.people, "requests": basis.requests},
        "counts": {
            "unchanged": plan.unchanged,
            "create": counts.create,
            "update": counts.update,
            "withdraw": counts.withdraw,
            "hold": counts.hold,
            "held": counts.held,
            "held_new": plan.steps.iter().filter(|step| step.held.is_some() && step.is_new).count(),
            "problems": plan.problems.len(),
            "portal": plan.portal.len(),
            "due_later": plan.due_later.len(),
            "reported": plan.reported.len(),
            "excepted": plan.excepted,
            "confidential": plan.confidential,
            "unknown_to_hr": plan.unknown_to_hr.len(),
            "extra": plan.extra.len(),
        },
        "cost": {"requests": counts.requests, "minimum": basis.minimum, "free_now": basis.free_now, "through": basis.through},
        "rails": plan.rails.iter().map(of_rail).collect::<Vec<_>>(),
        "steps": steps,
        "problems": plan.problems.iter().map(|case| of_case(case, "problem")).collect::<Vec<_>>(),
        "portal": plan.portal.iter().map(|case| of_case(case, "portal")).collect::<Vec<_>>(),
        "due_later": plan.due_later.iter().map(of_due).collect::<Vec<_>>(),
        "reported": plan.reported.iter().map(|case| of_case(case, "reported")).collect::<Vec<_>>(),
    }))
}

fn person(subject: &Subject) -> Map<String, Value> {
    let mut person = Map::new();
    let members = [
        ("id", subject.id.map(Value::from)),
        ("employee_alias", subject.employee_alias.clone().map(Value::from)),
        ("row", subject.row.map(Value::from)),
    ];
    for (name, member) in members {
        if let Some(member) = member {
            person.insert(name.to_owned(), redacted(member));
        }
    }
    person
}

/// The same with identity numbers redacted: a cell may hold one where none belongs.
fn redacted(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(crate::persnr::redacted(&text).into_owned()),
        other => other,
    }
}

fn of_step(n: usize, step: &Step) -> Value {
    let mut json = Map::new();
    json.insert("step".into(), format!("s{n}").into());
    json.insert("kind".into(), step.kind.word().into());
    json.insert("requests".into(), step.requests.into());
    json.insert("person".into(), Value::Object(person(&step.subject)));
    if let Some(scheme) = &step.scheme {
        json.insert("scheme".into(), scheme.as_str().into());
    }
    json.insert("reason".into(), redacted(reason(step).into()));
    if let Some(date) = step.date {
        json.insert("date".into(), date.to_string().into());
    }
    if step.scheme.is_some() {
        json.insert("was".into(), step.was.clone().into());
    }
    if !step.changes.is_empty() {
        json.insert("changes".into(), Value::Object(changes(&step.changes)));
    }
    if let Some(rail) = step.held {
        json.insert("held".into(), rail.into());
    }
    json.insert("since".into(), step.since.to_string().into());
    Value::Object(json)
}

/// Why a step is done: its values are codes, as everywhere in the JSON.
fn reason(step: &Step) -> String {
    step.reason.iter().map(|told| told.say(Language::English)).collect::<Vec<_>>().join("; ")
}

fn changes(changes: &[Change]) -> Map<String, Value> {
    let mut json = Map::new();
    let mut added: Vec<Value> = Vec::new();
    for change in changes {
        let pair = match &change.what {
            What::Text(_, before, after) => value!([redacted(before.as_str().into()), redacted(after.as_str().into())]),
            What::Number(_, before, after) => value!([before, after]),
            What::Persnr => value!(["***", "***"]),
            What::AddRole(role) => {
                added.push(role.as_str().into());
                continue;
            }
        };
        json.insert(change.what.name().to_owned(), pair);
    }
    if !added.is_empty() {
        json.insert("roles".into(), value!({ "add": added }));
    }
    json
}

fn of_rail(rail: &Rail) -> Value {
    let mut json = value!({"rail": rail.name, "limit": rail.limit, "found": rail.found, "tripped": rail.tripped});
    if let (Some(told), Some(object)) = (&rail.told, json.as_object_mut()) {
        object.insert("says".into(), redacted(told.say(Language::English).into()));
    }
    json
}

/// `kind`: the name of the member that has the stable word.
fn of_case(case: &Case, kind: &str) -> Value {
    let mut json = person(&case.subject);
    if let Some(scheme) = &case.scheme {
        json.insert("scheme".into(), scheme.as_str().into());
    }
    json.insert(kind.into(), case.told.word.into());
    json.insert("says".into(), redacted(case.told.say(Language::English).into()));
    json.insert("since".into(), case.since.to_string().into());
    Value::Object(json)
}

fn of_due(due: &Due) -> Value {
    let mut json = person(&due.subject);
    json.insert("kind".into(), due.kind.word().into());
    if let Some(scheme) = &due.scheme {
        json.insert("scheme".into(), scheme.as_str().into());
    }
    json.insert("date".into(), due.date.to_string().into());
    json.insert("says".into(), redacted(due.told.say(Language::English).into()));
    Value::Object(json)
}
