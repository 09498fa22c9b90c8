//! What the page's buttons do: a form in, the address of the next page out.

use crate::ask::Ask;
use crate::new_result::{NewResult, ResultChanges};
use crate::webhooks::subject::Subject;
use crate::world::World;
use serde::Deserialize;
use serde_json::{Value, json};

struct Form(Vec<(String, String)>);

impl Form {
    fn field(&self, name: &str) -> &str {
        self.0.iter().find(|(has, _)| has == name).map_or("", |(_, value)| value.trim())
    }

    fn number(&self, name: &str) -> Result<u64, String> {
        let value = self.field(name);
        value.parse().map_err(|_| format!("{name} `{value}` is no number"))
    }
}

/// Where to go next, with what was done in it; or why nothing was.
pub(super) fn act(world: &mut World, ask: &Ask) -> Result<String, String> {
    let form = Form(form_urlencoded::parse(&ask.body).into_owned().collect());
    let said = run(world, &form)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(person) = ask.filter("person") {
        query.append_pair("person", &person);
    }
    Ok(format!("/sandbox/?{}", query.append_pair("said", &said).finish()))
}

fn run(world: &mut World, form: &Form) -> Result<String, String> {
    match form.field("do") {
        "add_result" => {
            let new = NewResult {
                exam_name: form.field("exam_name").to_owned(),
                exam_date: Some(form.field("exam_date").to_owned()),
                score: form.field("score").to_owned(),
                passed: form.field("passed") == "yes",
                ..NewResult::of(form.number("user")?)
            };
            let id = world.add_result(new)?;
            Ok(format!("Result {id} has been added{}.", told(world, Subject::Result)))
        }
        "change_result" => {
            let (id, passed) = (form.number("id")?, form.field("passed") == "yes");
            world.change_result(id, ResultChanges { passed: Some(passed), ..ResultChanges::default() })?;
            Ok(format!("Result {id} is {} now{}.", if passed { "passed" } else { "failed" }, told(world, Subject::Result)))
        }
        "add_status" => {
            let appname = form.field("appname");
            let status = match form.field("status") {
                word @ ("new" | "ok") => format!("{appname}{word}"),
                word => word.to_owned(),
            };
            world.add_status(form.number("user")?, appname, &status, Some(form.field("status_date")))?;
            Ok(format!("The status in {appname} is {status} now{}.", told(world, Subject::UserStatus)))
        }
        "resend" => {
            let subject = Subject::deserialize(Value::from(form.field("kind"))).map_err(|error| error.to_string())?;
            let id = form.number("id")?;
            world.resend(subject, id)?;
            Ok(format!("Sent {} {id} again.", subject.name()))
        }
        "repeat" => {
            let id = form.number("delivery")?;
            world.repeat(id)?;
            Ok(format!("Sent delivery {id} again."))
        }
        "release" => {
            world.outbox.release();
            Ok("Released what was held.".to_owned())
        }
        "settings" => {
            let mut settings = json!(world.outbox.settings());
            for name in ["url", "link_callback_url", "link_redirect_url", "secret"] {
                let value = form.field(name);
                settings[name] = if value.is_empty() { Value::Null } else { Value::from(value) };
            }
            world.outbox.set(serde_json::from_value(settings).map_err(|error| error.to_string())?)?;
            Ok("Saved.".to_owned())
        }
        other => Err(format!("there is no `{other}`")),
    }
}

/// Whether anybody hears of it.
fn told(world: &World, subject: Subject) -> &'static str {
    match world.outbox.settings().target(subject) {
        Some(_) => " and is sent",
        None => "; no webhook URL is set, so nobody is told",
    }
}
