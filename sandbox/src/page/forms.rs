//! What the page's buttons do: a form in, the address of the next page out.

use crate::ask::Ask;
use crate::calendar;
use crate::fault::Fault;
use crate::new_result::{NewResult, ResultChanges};
use crate::page::address::Address;
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

    /// With decimals; none of those that are no number.
    fn decimal(&self, name: &str) -> Result<f64, String> {
        let value = self.field(name);
        value.parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(|| format!("{name} `{value}` is no number"))
    }
}

/// Where to go next, with what was done in it; or why nothing was.
pub(super) fn act(world: &mut World, ask: &Ask) -> Result<String, String> {
    let form = Form(form_urlencoded::parse(&ask.body).into_owned().collect());
    let said = run(world, &form)?;
    Ok(Address::of(ask).after(&said))
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
        "fault" => {
            let fault = serde_json::from_str(form.field("fault")).map_err(|error| format!("that is no fault: {error}"))?;
            Ok(add_fault(world, fault))
        }
        "make_fault" => make_fault(world, form),
        "forget_fault" => {
            let (place, words) = (form.number("place")? as usize, form.field("words"));
            // The list may have moved on since the page was shown.
            if world.faults.waiting().get(place).is_none_or(|fault| fault.in_words() != words) {
                return Err("that fault has struck, or is forgotten already".to_owned());
            }
            world.faults.forget(place);
            Ok(format!("Forgotten: {words}."))
        }
        "forget_faults" => {
            world.faults.clear();
            Ok("All faults are forgotten.".to_owned())
        }
        "advance" => {
            world.clock.advance(form.decimal("seconds")?);
            let now_s = world.clock.now();
            Ok(format!("It is {} {} now.", calendar::date(world.today()), calendar::oslo_time(now_s)))
        }
        "speed" => {
            let speed = form.decimal("speed")?;
            world.set_speed(speed)?;
            Ok(match speed {
                0.0 => "The clock stands still.".to_owned(),
                1.0 => "The clock runs in real time.".to_owned(),
                speed => format!("The clock runs {speed} times as fast."),
            })
        }
        "use_slots" => {
            let taken = world.use_slots(form.number("count")? as usize);
            Ok(format!("Took {taken} slots; {} are left.", world.slots_left(0)))
        }
        "free_slots" => {
            world.free_slots();
            Ok("All slots are free.".to_owned())
        }
        "throttle" => {
            let (limit, window_s) = (form.number("limit")? as usize, form.decimal("window_s")?);
            if window_s <= 0.0 {
                return Err("a window has more than 0 seconds".to_owned());
            }
            (world.limit, world.window_s) = (limit, window_s);
            Ok(format!("The throttle allows {limit} requests in {window_s} s now."))
        }
        "revoke" => {
            world.accounts.revoke_all();
            Ok("All tokens are unknown now; a request with one of them gets 401.".to_owned())
        }
        "remove_person" => {
            let user = form.number("user")?;
            world.known(user)?;
            world.register.remove_user(user);
            Ok(format!("User {user} is gone."))
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

fn add_fault(world: &mut World, fault: Fault) -> String {
    let said = format!("Waiting: {}.", fault.in_words());
    world.faults.add(fault);
    said
}

/// A fault as the form describes it.
fn make_fault(world: &mut World, form: &Form) -> Result<String, String> {
    let status = form.number("status")?;
    if !u16::try_from(status).is_ok_and(Fault::may_end_with) {
        return Err(format!("status {status} is no HTTP status that a server may end with"));
    }
    let text = |name: &str| Some(form.field(name)).filter(|text| !text.is_empty() && *text != "any");
    let kind = form.field("kind");
    let mut fault = json!({
        "kind": kind,
        "status": status,
        "delay_after_ms": form.number("delay_after_ms")?,
        "method": text("method"),
        "path": text("path"),
        "nth": form.number("nth")?,
        "times": if form.field("always") == "yes" { None } else { Some(form.number("times")?) },
    });
    if kind == "huge_body" {
        fault["bytes"] = json!(100 * 1024 * 1024);
    }
    let fault: Fault = serde_json::from_value(fault).map_err(|error| error.to_string())?;
    Ok(add_fault(world, fault))
}

/// Whether anybody hears of it.
fn told(world: &World, subject: Subject) -> &'static str {
    match world.outbox.settings().target(subject) {
        Some(_) => " and is sent",
        None => "; no webhook URL is set, so nobody is told",
    }
}
