//! A plan as JSON: what `sync.plan` replies.

use serde_json::Value;

use super::shown::{BLANK, Basis, Counts};
use crate::json::Json;
use crate::sync::plan::{Case, Change, Due, Plan, Rail, Step, Subject, What};
use crate::sync::told::{Language, Told};

/// The plan. No identity number is in it, and no name but where `basis` has names, and in the values that change.
pub fn json(plan: &Plan, basis: &Basis, language: Language) -> Json {
    let shown = Shown { basis, language };
    let counts = Counts::of(plan);
    let steps = (1..).zip(&plan.steps).map(|(n, step)| shown.step(n, step)).collect();
    let cases = |cases: &[Case], kind| Value::Array(cases.iter().map(|case| shown.case(case, kind)).collect());
    let known = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    let state = if basis.waits_s.is_some() { "waiting" } else { "ready" };
    let extra = plan.extra.iter().map(|(id, scheme)| {
        let subject = Subject { id: Some(*id), ..Subject::default() };
        object(shown.person(&subject).into_iter().chain([("scheme", scheme.as_str().into())]))
    });
    let unknown = plan.unknown_to_hr.iter().map(|id| {
        let subject = Subject { id: Some(*id), ..Subject::default() };
        object(shown.person(&subject))
    });
    let left_out =
        plan.left_out.iter().map(|(value, rows)| object([("value", redacted(value)), ("rows", (*rows as u64).into())]));
    Json::of_members(vec![
        ("plan", known(&basis.id)),
        ("state", state.into()),
        ("profile", basis.profile.as_str().into()),
        ("only", basis.only.as_ref().map(|subject| object(shown.person(subject))).into()),
        (
            "file",
            object([
                ("rows", basis.rows.into()),
                ("sha256", basis.sha256.to_string().into()),
                ("written", basis.written.as_deref().into()),
                ("left_out", Value::Array(left_out.collect())),
            ]),
        ),
        ("basis", object([("read", known(&basis.read)), ("people", basis.people.into()), ("requests", basis.requests.into())])),
        ("counts", object(counted(plan).map(|(name, count)| (name, count.into())))),
        (
            "cost",
            object([
                ("requests", counts.requests.into()),
                ("minimum", basis.minimum.into()),
                ("free_now", basis.free_now.into()),
                ("through", basis.through.as_deref().into()),
            ]),
        ),
        ("rails", Value::Array(plan.rails.iter().map(|rail| shown.rail(rail)).collect())),
        ("steps", Value::Array(steps)),
        ("problems", cases(&plan.problems, "problem")),
        ("portal", cases(&plan.portal, "portal")),
        ("due_later", Value::Array(plan.due_later.iter().map(|due| shown.due(due)).collect())),
        ("reported", cases(&plan.reported, "reported")),
        ("unknown_to_hr", Value::Array(unknown.collect())),
        ("extra", Value::Array(extra.collect())),
        ("next_slot_s", basis.waits_s.into()),
    ])
}

/// How many there are of everything: each is always there.
pub fn counted(plan: &Plan) -> [(&'static str, u64); 16] {
    let counts = Counts::of(plan);
    let held_new = plan.steps.iter().filter(|step| step.held.is_some() && step.is_new).count();
    [
        ("unchanged", plan.unchanged),
        ("create", counts.create),
        ("update", counts.update),
        ("withdraw", counts.withdraw),
        ("hold", counts.hold),
        ("held", counts.held),
        ("held_new", held_new as u64),
        ("problems", plan.problems.len() as u64),
        ("portal", plan.portal.len() as u64),
        ("portal_new", plan.portal.iter().filter(|case| case.is_new).count() as u64),
        ("due_later", plan.due_later.len() as u64),
        ("reported", plan.reported.len() as u64),
        ("excepted", plan.excepted),
        ("confidential", plan.confidential),
        ("unknown_to_hr", plan.unknown_to_hr.len() as u64),
        ("extra", plan.extra.len() as u64),
    ]
}

fn object<'n>(members: impl IntoIterator<Item = (&'n str, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(name, member)| (name.to_owned(), member)).collect())
}

/// The same with identity numbers redacted: a cell may hold one where none belongs.
fn redacted(text: &str) -> Value {
    crate::persnr::redacted(text).into_owned().into()
}

/// In whose names and in which language it is shown.
struct Shown<'a> {
    basis: &'a Basis,
    language: Language,
}

impl Shown<'_> {
    fn say(&self, told: &Told) -> Value {
        redacted(&told.say(self.language))
    }

    fn person(&self, subject: &Subject) -> Vec<(&'static str, Value)> {
        let members = [
            ("id", subject.id.map(Value::from)),
            ("employee_alias", subject.employee_alias.as_deref().map(redacted)),
            ("row", subject.row.map(Value::from)),
            ("name", self.basis.names.get(subject).map(|name| redacted(name))),
        ];
        members.into_iter().filter_map(|(name, member)| Some((name, member?))).collect()
    }

    fn step(&self, n: usize, step: &Step) -> Value {
        let mut json = vec![
            ("step", format!("s{n}").into()),
            ("kind", step.kind.word().into()),
            ("requests", step.requests.into()),
            ("person", object(self.person(&step.subject))),
        ];
        if let Some(scheme) = &step.scheme {
            json.push(("scheme", scheme.as_str().into()));
        }
        json.push(("reason", redacted(&reason(step, self.language))));
        if let Some(date) = step.date {
            json.push(("date", date.to_string().into()));
        }
        if step.scheme.is_some() {
            json.push(("was", step.was.as_deref().into()));
        }
        if !step.changes.is_empty() {
            json.push(("changes", changes(&step.changes)));
        }
        if let Some(rail) = step.held {
            json.push(("held", rail.into()));
        }
        json.push(("since", step.since.to_string().into()));
        object(json)
    }

    fn rail(&self, rail: &Rail) -> Value {
        let mut json = vec![
            ("rail", rail.name.into()),
            ("limit", rail.limit.into()),
            ("found", rail.found.into()),
            ("tripped", rail.tripped.into()),
        ];
        if let Some(told) = &rail.told {
            json.push(("says", self.say(told)));
        }
        object(json)
    }

    /// `kind`: the name of the member that has the stable word.
    fn case(&self, case: &Case, kind: &'static str) -> Value {
        let mut json = self.person(&case.subject);
        if let Some(scheme) = &case.scheme {
            json.push(("scheme", scheme.as_str().into()));
        }
        json.push((kind, case.told.word.into()));
        json.push(("says", self.say(&case.told)));
        json.push(("since", case.since.to_string().into()));
        object(json)
    }

    fn due(&self, due: &Due) -> Value {
        let mut json = self.person(&due.subject);
        json.push(("kind", due.kind.word().into()));
        if let Some(scheme) = &due.scheme {
            json.push(("scheme", scheme.as_str().into()));
        }
        json.push(("date", due.date.to_string().into()));
        json.push(("says", self.say(&due.told)));
        object(json)
    }
}

/// Why a step is done: its values are codes, as everywhere in the JSON.
fn reason(step: &Step, language: Language) -> String {
    step.reason.iter().map(|told| told.say(language)).collect::<Vec<_>>().join("; ")
}

/// What changes, by the names of the fields: before and after; roles that are added.
pub fn changes(changes: &[Change]) -> Value {
    let mut json = Vec::new();
    let mut added: Vec<Value> = Vec::new();
    for change in changes {
        let pair = match &change.what {
            What::Text(_, before, after) => [redacted(before), redacted(after)],
            What::Number(_, before, after) => [(*before).into(), (*after).into()],
            What::Persnr => [BLANK.into(), BLANK.into()],
            What::AddRole(role) => {
                added.push(role.as_str().into());
                continue;
            }
        };
        json.push((change.what.name(), Value::Array(pair.to_vec())));
    }
    if !added.is_empty() {
        json.push(("roles", object([("add", Value::Array(added))])));
    }
    json.into_iter().map(|(name, pair)| (name.to_owned(), pair)).collect()
}
