//! `competency_result/`: courses that an external system reports as completed.

use crate::ask::Ask;
use crate::calendar;
use crate::register::Competency;
use crate::reply::{Reply, View};
use crate::rest::fields::Fields;
use crate::rest::objects::{object, page};
use crate::world::World;
use serde_json::{Value, json};

pub(super) fn list(world: &World, ask: &Ask) -> View {
    let wanted = ask.filter("encrypted_userid");
    let of_wanted = |competency: &&Competency| wanted.as_ref().is_none_or(|user| competency.user == *user);
    let all: Vec<&Competency> = world.register.competency.values().filter(of_wanted).collect();
    page(ask, &all, |competency| show(ask, competency))
}

pub(super) fn get(world: &World, ask: &Ask, id: &str) -> View {
    Ok(Reply::json(200, &show(ask, object(&world.register.competency, id, "CompetencyResult")?)))
}

fn show(ask: &Ask, competency: &Competency) -> Value {
    json!({
        "id": ask.url("competency_result", competency.id),
        "user": competency.user,
        "goal": competency.goal,
        "passed_date": competency.passed_date,
        "external_system": competency.external_system,
        "external_id": competency.external_id,
    })
}

pub(super) fn create(world: &mut World, ask: &Ask) -> View {
    let validation_status = world.switches.validation_status;
    let mut fields = Fields::of(ask, false, validation_status)?;
    let user = fields.needed_text("user");
    if user.as_ref().is_some_and(|user| world.register.user_with_encrypted_id(user).is_none()) {
        fields.wrong("user", "Invalid user id."); // guess: the words
    }
    let goal = fields.needed_with("goal", |value| {
        // DRF fields.py, IntegerField: digits in a string will do.
        let goal = value.as_i64().or_else(|| value.as_str().and_then(|digits| digits.trim().parse().ok()));
        goal.ok_or_else(|| "A valid integer is required.".to_owned())
    });
    let day = fields.needed_date("passed_date");
    let external_system = fields.optional_text("external_system").unwrap_or_default();
    let external_id = fields.optional_text("external_id").unwrap_or_default();
    let (true, Some(user), Some(goal), Some(day)) = (fields.problems.is_empty(), user, goal, day) else {
        return Err(fields.problems.reply(validation_status));
    };
    let passed_date = calendar::date(day);
    // Guess: the same completion may be reported twice, and is then there twice.
    let id = world.register.add_competency(Competency { id: 0, user, goal, passed_date, external_system, external_id });
    Ok(Reply::json(201, &show(ask, &world.register.competency[&id])))
}
