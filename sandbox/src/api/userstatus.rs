//! `userstatus/`, the history of statuses, and `latestuserstatus/`, what holds today.

use crate::accounts::Sight;
use crate::ask::Ask;
use crate::people::{seen, wanted};
use crate::register::{Status, scheme_id};
use crate::reply::{Reply, View};
use crate::representation;
use crate::rest::fields::Fields;
use crate::rest::links::known_id;
use crate::rest::objects::{object_in_sight, page};
use crate::switches::WithdrawnLeaders;
use crate::world::World;

pub(super) fn list(world: &World, ask: &Ask, sight: &Sight) -> View {
    let register = &world.register;
    let mut statuses: Vec<&Status> = match wanted(register, ask, sight, true) {
        Some(users) => users.into_iter().flat_map(|user| register.statuses_of(user.id)).collect(),
        None => register.statuses.values().filter(|status| seen(register, sight, status.user)).collect(),
    };
    world.switches.in_order(&mut statuses, |status| status.id);
    page(ask, &statuses, |status| representation::status(&ask.base, status))
}

pub(super) fn latest(world: &World, ask: &Ask, sight: &Sight) -> View {
    let (register, today) = (&world.register, world.today());
    let users = wanted(register, ask, sight, world.switches.latest_status_by_alias);
    let everybody = || register.users.values().filter(|user| sight.sees(user.workplace.company)).collect();
    let users = users.unwrap_or_else(everybody);
    let mut statuses: Vec<&Status> = users.into_iter().flat_map(|user| register.latest_statuses_of(user.id, today)).collect();
    statuses.sort_by_key(|status| status.id);
    page(ask, &statuses, |status| representation::status(&ask.base, status))
}

pub(super) fn get(world: &World, ask: &Ask, sight: &Sight, id: &str) -> View {
    let seen = |status: &Status| seen(&world.register, sight, status.user);
    Ok(Reply::json(200, &representation::status(&ask.base, object_in_sight(&world.register.statuses, id, "UserStatus", seen)?)))
}

pub(super) fn create(world: &mut World, ask: &Ask, sight: &Sight) -> View {
    let validation_status = world.switches.validation_status;
    let mut fields = Fields::of(ask, false, validation_status)?;
    let appname = fields.needed_text("appname");
    match &appname {
        Some(code) if code.chars().count() > 10 => {
            fields.wrong("appname", "Ensure this field has no more than 10 characters.");
        }
        Some(code) if scheme_id(code).is_none() => {
            fields.wrong("appname", format!("\"{code}\" is not a valid choice."));
        }
        _ => {}
    }
    let known = |id| world.register.users.get(&id).is_some_and(|user| sight.sees(user.workplace.company));
    let user = fields.needed_with("user", |url| known_id(url, "user", known));
    let status = fields.needed_text("status");
    if let Some(status) = status.as_ref().filter(|status| !matches!(status.as_str(), "hvilende" | "utmeldt")) {
        fields.wrong("status", format!("\"{status}\" is not a valid choice."));
    }
    let reason = fields.needed_text("reason");
    let day = fields.needed_date("status_date");
    let set_by = fields.needed_with("status_set_by", |url| known_id(url, "user", known));
    let comment = fields.optional_text("comment").unwrap_or_default();
    let (true, Some(appname), Some(user), Some(status), Some(reason), Some(day), Some(set_by)) =
        (fields.problems.is_empty(), appname, user, status, reason, day, set_by)
    else {
        return Err(fields.problems.reply(validation_status));
    };
    let leading = [format!("{appname}_ba"), format!("{appname}_tl")];
    let roles = &world.register.users[&user].roles;
    match world.switches.withdrawn_leaders {
        _ if status != "utmeldt" => {}
        WithdrawnLeaders::KeepRoles => {}
        WithdrawnLeaders::LoseRoles => {
            if let Some(user) = world.register.users.get_mut(&user) {
                user.roles.retain(|role| !leading.contains(role));
            }
        }
        WithdrawnLeaders::Refused if roles.contains(&format!("{appname}_ka")) => {}
        WithdrawnLeaders::Refused => {
            fields.wrong("status", "The user is no candidate in this scheme."); // guess: the words
            return Err(fields.problems.reply(validation_status));
        }
    }
    if !world.switches.userstatus_only_grows {
        world.register.forget_statuses(user, &appname, false);
    }
    // Every POST is a new record, even one that says what the last one said.
    let id = world.register.add_status(Status { id: 0, user, appname, status, reason, day, set_by, comment });
    Ok(Reply::json(201, &representation::status(&ask.base, &world.register.statuses[&id])))
}
