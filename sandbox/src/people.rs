//! Finding people for the pages: by name, user id, alias or identity number.

use crate::person::Person;
use crate::register::User;
use crate::world::World;

/// The first few who fit, by id, and how many more do.
pub(crate) fn search(world: &World, search: &str, most: usize) -> (Vec<Person>, usize) {
    let wanted = search.trim().to_lowercase();
    let found: Vec<&User> = world.register.users.values().filter(|user| fits(user, &wanted)).collect();
    let shown = found.iter().take(most).map(|user| user.person()).collect();
    (shown, found.len().saturating_sub(most))
}

fn fits(user: &User, wanted: &str) -> bool {
    wanted.is_empty()
        || format!("{} {}", user.first_name, user.last_name).to_lowercase().contains(wanted)
        || user.employee_alias.to_lowercase().contains(wanted)
        || user.id.to_string() == wanted
        || user.persnr == wanted
}

pub(crate) fn company<'a>(world: &'a World, person: &Person) -> &'a str {
    world.register.companies.get(&person.company_id).map_or("", |company| company.name.as_str())
}
