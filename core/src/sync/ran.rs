//! What came of a plan as JSON: what `sync.run` replies, where there is no plan yet, too: each member is always there.

use serde_json::{Map, Value, json};

use super::carrying::Came;
use super::keeping::{KeptCame, KeptPlan, KeptRun};
use super::report::{self, Basis};
use super::told::Language;
use crate::json::Json;

/// What came of a step, as it is kept.
pub fn came(came: &Came) -> KeptCame {
    let error = came.error();
    KeptCame {
        state: came.word().to_owned(),
        code: error.map(|e| e.code().word().to_owned()),
        message: error.map(|e| crate::persnr::redacted(&e.message()).into_owned()),
        fields: error.map(|e| e.details().fields.keys().cloned().collect()).unwrap_or_default(),
    }
}

/// The run: the plan's members, what came of each step, and how many came how far.
pub fn run(kept: &KeptPlan, run: &KeptRun, names: bool) -> Json {
    let mut plan = kept.plan.clone();
    let mut basis = Basis { waits_s: run.waits_s, names: kept.names.iter().cloned().collect(), ..kept.basis.clone() };
    if !names {
        report::without_names(&mut plan, &mut basis);
    }
    let mut reply: Map<String, Value> = report::json(&plan, &basis, Language::English).view().unwrap_or_default();
    reply.insert("run".into(), Some(run.id.as_str()).filter(|id| !id.is_empty()).into());
    reply.insert("state".into(), run.state.word().into());
    let (reading, writing, settling) = run.requests;
    reply.insert("requests".into(), json!({ "reading": reading, "writing": writing, "settling": settling }));
    let mut failures = Vec::new();
    if let Some(Value::Array(steps)) = reply.get_mut("steps") {
        for (step, came) in steps.iter_mut().zip(&run.came) {
            let Value::Object(step) = step else { continue };
            step.insert("state".into(), came.state.as_str().into());
            if came.code.is_some() {
                failures.push(json!({
                    "step": step.get("step"),
                    "person": step.get("person"),
                    "code": came.code,
                    "message": came.message,
                    "fields": came.fields,
                }));
            }
        }
    }
    reply.insert("failures".into(), failures.into());
    if let Some(Value::Object(counts)) = reply.get_mut("counts") {
        counts.extend(run.counts().map(|(name, count)| (name.to_owned(), count.into())));
    }
    Json::of(&reply)
}
