//! `results/`: exam results. Guess: the fields beyond `id` and `user`.

use super::users::{number, wanted};
use super::{Ask, Base, View, object, pages};
use crate::calendar;
use crate::register::ExamResult;
use crate::reply::{Problems, Reply};
use crate::world::World;
use serde_json::{Value, json};

pub(super) fn list(world: &World, ask: &Ask) -> View {
    let register = &world.register;
    let mut results: Vec<&ExamResult> = match wanted(register, ask, true) {
        Some(users) => users.into_iter().flat_map(|user| register.results_of(user.id)).collect(),
        None => register.results.values().collect(),
    };
    if let Some(from) = ask.filter("from_date") {
        let Some(from) = calendar::parse_date(&from) else {
            let mut problems = Problems::default();
            problems.add("from_date", "Enter a valid date.");
            return Err(problems.reply(world.switches.validation_status));
        };
        // Guess: the day itself is included, and a change does not make a result a new one.
        let first = from + i64::from(world.switches.from_date_excludes_its_day);
        results.retain(|result| result.created >= first);
    }
    world.switches.in_order(&mut results, |result| result.id);
    pages::page(ask, &results, |result| show(&ask.base, result))
}

pub(super) fn get(world: &World, ask: &Ask, id: &str) -> View {
    Ok(Reply::json(200, &show(&ask.base, object(&world.register.results, id, "Result")?)))
}

pub(crate) fn show(base: &Base, result: &ExamResult) -> Value {
    json!({
        "id": base.url("results", result.id),
        "user": base.url("user", result.user),
        "exam_name": result.exam_name,
        "exam_date": calendar::date(result.day),
        "score": number(&result.score),
        "passed": result.passed,
        "status": if result.passed { "bestått" } else { "ikke bestått" },
        // Documented nowhere: a decimal that no floating-point number holds.
        "weight": number("0.1000000000000000055511151231257827021181583404541015625001"),
    })
}
