//! `employment/{id}/`: where somebody works or worked. Guess: all fields beyond `id`.

use crate::accounts::Sight;
use crate::ask::Ask;
use crate::calendar;
use crate::reply::{Reply, View};
use crate::rest::objects::object_in_sight;
use crate::world::World;
use serde_json::json;

pub(super) fn get(world: &World, ask: &Ask, sight: &Sight, id: &str) -> View {
    let employment =
        object_in_sight(&world.register.employment, id, "Employment", |employment| sight.sees(employment.workplace.company))?;
    let shown = json!({
        "id": ask.url("employment", employment.id),
        "user": ask.url("user", employment.user),
        "company": ask.url("companies", employment.workplace.company),
        "department": ask.url("departments", employment.workplace.department),
        "franchise": employment.workplace.franchise.map(|id| ask.url("franchises", id)),
        "from_date": calendar::date(employment.from),
        "to_date": employment.to.map(calendar::date),
    });
    Ok(Reply::json(200, &shown))
}
