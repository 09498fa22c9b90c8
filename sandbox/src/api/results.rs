//! `results/`: exam results.

use crate::accounts::Sight;
use crate::ask::Ask;
use crate::calendar;
use crate::people::{seen, wanted};
use crate::register::ExamResult;
use crate::reply::{Problems, Reply, View};
use crate::representation;
use crate::rest::objects::{object_in_sight, page};
use crate::world::World;

pub(super) fn list(world: &World, ask: &Ask, sight: &Sight) -> View {
    let register = &world.register;
    let mut results: Vec<&ExamResult> = match wanted(register, ask, sight, true) {
        Some(users) => users.into_iter().flat_map(|user| register.results_of(user.id)).collect(),
        None => register.results.values().filter(|result| seen(register, sight, result.user)).collect(),
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

pub(super) fn get(world: &World, ask: &Ask, sight: &Sight, id: &str) -> View {
    let seen = |result: &ExamResult| seen(&world.register, sight, result.user);
    Ok(Reply::json(200, &representation::result(&ask.base, object_in_sight(&world.register.results, id, "Result", seen)?)))
}
