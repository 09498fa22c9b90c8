//! `ordninger/`, the schemes, and `userrole/{appname}_{type}/`, the roles in them. Guess: all the fields here.

use crate::ask::Ask;
use crate::register::{SCHEMES, role_parts};
use crate::reply::{Reply, View};
use crate::representation::scheme_url;
use crate::rest::objects::page;
use crate::world::World;
use serde_json::{Value, json};

pub(super) fn list(ask: &Ask) -> View {
    page(ask, SCHEMES, |scheme| show(ask, *scheme))
}

pub(super) fn get(ask: &Ask, id: &str) -> View {
    let number: usize = id.parse().map_err(|_| Reply::not_found())?;
    let scheme = number.checked_sub(1).and_then(|place| SCHEMES.get(place)).ok_or_else(|| Reply::no_such("Ordning"))?;
    Ok(Reply::json(200, &show(ask, *scheme)))
}

fn show(ask: &Ask, (appname, name): (&str, &str)) -> Value {
    json!({ "id": scheme_url(&ask.base, appname), "appname": appname, "navn": name })
}

pub(super) fn role(world: &World, ask: &Ask, role: &str) -> View {
    let (appname, kind) = role_parts(role, world.switches.tl_role_exists).ok_or_else(|| Reply::no_such("UserRole"))?;
    let shown = json!({ "id": ask.url("userrole", role), "appname": appname, "usertype": kind });
    Ok(Reply::json(200, &shown))
}
