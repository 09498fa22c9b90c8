//! `results/`: exam results.

use crate::ask::Ask;
use crate::calendar;
use crate::people::wanted;
use crate::register::ExamResult;
use crate::reply::{Problems, Reply, View};
use crate::representation;
use crate::rest::objects::{object, page};
use crate::world::World;

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
    page(ask, &results, |result| representation::result(&ask.base, result))
}

pub(super) fn get(world: &World, ask: &Ask, id: &str) -> View {
    Ok(Reply::json(200, &representation::result(&ask.base, object(&world.register.results, id, "Result")?)))
}
