//! `userstatus/`, the history of statuses, and `latestuserstatus/`, what holds today.

use super::fields::Fields;
use super::links::known_id;
use super::{Ask, Base, View, object, pages, schemes, users};
use crate::register::{Status, scheme_id};
use crate::reply::Reply;
use crate::world::World;
use serde_json::{Value, json};

pub(super) fn list(world: &World, ask: &Ask) -> View {
    let register = &world.register;
    let mut statuses: Vec<&Status> = match users::wanted(register, ask, true) {
        Some(users) => users.into_iter().flat_map(|user| register.statuses_of(user.id)).collect(),
        None => register.statuses.values().collect(),
    };
    world.switches.in_order(&mut statuses, |status| status.id);
    pages::page(ask, &statuses, |status| show(&ask.base, status))
}

pub(super) fn latest(world: &World, ask: &Ask) -> View {
    let (register, today) = (&world.register, world.today());
    let wanted = users::wanted(register, ask, world.switches.latest_status_by_alias);
    let users = wanted.unwrap_or_else(|| register.users.values().collect());
    let mut statuses: Vec<&Status> = users.into_iter().flat_map(|user| register.latest_statuses_of(user.id, today)).collect();
    statuses.sort_by_key(|status| status.id);
    pages::page(ask, &statuses, |status| show(&ask.base, status))
}

pub(super) fn get(world: &World, ask: &Ask, id: &str) -> View {
    Ok(Reply::json(200, &show(&ask.base, object(&world.register.statuses, id, "UserStatus")?)))
}

pub(crate) fn show(base: &Base, status: &Status) -> Value {
    json!({
        "id": base.url("userstatus", status.id),
        "user": base.url("user", status.user),
        "appname": status.appname,
        "ordning": schemes::url(base, &status.appname), // the vendor's example reads it; guess: a URL
        "status": status.status,
        "reason": status.reason,
        "status_date": status.status_date(),
        "status_set_by": base.url("user", status.set_by),
        "comment": status.comment,
    })
}

pub(super) fn create(world: &mut World, ask: &Ask) -> View {
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
    let known = |id| world.register.users.contains_key(&id);
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
    // Every POST is a new record, even one that says what the last one said.
    let id = world.register.add_status(Status { id: 0, user, appname, status, reason, day, set_by, comment });
    Ok(Reply::json(201, &show(&ask.base, &world.register.statuses[&id])))
}
