//! What all languages ask of the catalogue.

use finaut_core::api::{CATALOGUE, Named, Operation};

/// The groups in the catalogue's order: `users` of `users.get`.
pub fn groups() -> Vec<&'static str> {
    let mut groups = Vec::new();
    for group in CATALOGUE.iter().filter_map(|operation| group_and_method(operation).0) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// `users.get` is `get` of the group `users`; `check` belongs to none.
pub fn group_and_method(operation: &Operation) -> (Option<&'static str>, &'static str) {
    operation.name.split_once('.').map_or((None, operation.name), |(group, method)| (Some(group), method))
}

/// The operations of a group, or those of none.
pub fn of_group(group: Option<&str>) -> impl Iterator<Item = &'static Operation> {
    CATALOGUE.iter().filter(move |operation| group_and_method(operation).0 == group)
}

/// True if an operation may be called without any argument.
pub fn may_be_empty(operation: &Operation) -> bool {
    operation.person != Named::Required && operation.arguments.iter().all(|argument| !argument.required)
}
