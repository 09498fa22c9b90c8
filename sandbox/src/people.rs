//! Finding people in the register: for the API by identity number and alias, for the pages by any text.

use crate::accounts::Sight;
use crate::ask::Ask;
use crate::person::Person;
use crate::register::{Register, User};

/// The people in sight whom the parameters `persnr` and `employee_alias` leave over; None where neither is given.
pub(crate) fn wanted<'a>(register: &'a Register, ask: &Ask, sight: &Sight, by_alias: bool) -> Option<Vec<&'a User>> {
    let persnr = ask.filter("persnr");
    let alias = ask.filter("employee_alias").filter(|_| by_alias);
    let has_alias =
        |user: &User| sight.sees(user.workplace.company) && alias.as_ref().is_none_or(|alias| user.employee_alias == *alias);
    match &persnr {
        Some(persnr) => Some(register.users_with_persnr(persnr).filter(|user| has_alias(user)).collect()),
        None if alias.is_some() => Some(register.users.values().filter(|user| has_alias(user)).collect()),
        None => None,
    }
}

/// True if the person is of a company that the account sees. Somebody who has vanished is of none, and hidden from nobody.
pub(crate) fn seen(register: &Register, sight: &Sight, user: u64) -> bool {
    register.users.get(&user).is_none_or(|user| sight.sees(user.workplace.company))
}

/// The first few whose name, user id, alias or identity number fits, by id, and how many more do.
pub(crate) fn search(register: &Register, search: &str, most: usize) -> (Vec<Person>, usize) {
    let wanted = search.trim().to_lowercase();
    let found: Vec<&User> = register.users.values().filter(|user| fits(user, &wanted)).collect();
    let shown = found.iter().take(most).map(|user| user.person()).collect();
    (shown, found.len().saturating_sub(most))
}

/// The newest few, older than `before`, whose name, user id, alias or identity number fits, and how many people fit in all.
pub(crate) fn newest(register: &Register, search: &str, before: Option<u64>, most: usize) -> (Vec<Person>, usize) {
    let wanted = search.trim().to_lowercase();
    let found: Vec<&User> = register.users.values().rev().filter(|user| fits(user, &wanted)).collect();
    let older = found.iter().filter(|user| before.is_none_or(|before| user.id < before));
    (older.take(most).map(|user| user.person()).collect(), found.len())
}

fn fits(user: &User, wanted: &str) -> bool {
    wanted.is_empty()
        || format!("{} {}", user.first_name, user.last_name).to_lowercase().contains(wanted)
        || user.employee_alias.to_lowercase().contains(wanted)
        || user.id.to_string() == wanted
        || user.persnr == wanted
}

/// The name of somebody's company.
pub(crate) fn company<'a>(register: &'a Register, person: &Person) -> &'a str {
    register.companies.get(&person.company_id).map_or("", |company| company.name.as_str())
}
