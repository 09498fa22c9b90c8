//! `competency_result/`: courses that an external system reports as completed.

use crate::accounts::Sight;
use crate::ask::Ask;
use crate::calendar;
use crate::register::{Competency, Register};
use crate::reply::{Reply, View};
use crate::rest::fields::Fields;
use crate::rest::objects::{object_in_sight, page};
use crate::world::World;
use serde_json::{Value, json};

pub(super) fn list(world: &World, ask: &Ask, sight: &Sight) -> View {
    let wanted = ask.filter("encrypted_userid");
    let fits = |competency: &&Competency| {
        seen(&world.register, sight, competency) && wanted.as_ref().is_none_or(|user| competency.user == *user)
    };
    let all: Vec<&Competency> = world.register.competency.values().filter(fits).collect();
    page(ask, &all, |competency| show(ask, competency))
}

pub(super) fn get(world: &World, ask: &Ask, sight: &Sight, id: &str) -> View {
    let seen = |competency: &Competency| seen(&world.register, sight, competency);
    Ok(Reply::json(200, &show(ask, object_in_sight(&world.register.competency, id, "CompetencyResult", seen)?)))
}

fn seen(register: &Register, sight: &Sight, competency: &Competency) -> bool {
    register.user_with_encrypted_id(&competency.user).is_none_or(|user| sight.sees(user.workplace.company))
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

pub(super) fn create(world: &mut World, ask: &Ask, sight: &Sight) -> View {
    let validation_status = world.switches.validation_status;
    let mut fields = Fields::of(ask, false, validation_status)?;
    let user = fields.needed_text("user");
    let known =
        |user: &String| world.register.user_with_encrypted_id(user).is_some_and(|user| sight.sees(user.workplace.company));
    if user.as_ref().is_some_and(|user| !known(user)) {
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
