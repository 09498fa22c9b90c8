//! The URL table: which collection, and which object of it, a path leads to, and the verbs that it takes.

use crate::base;

/// One entry of the URL table: a collection, and the verbs of its list and of its objects.
struct Collection {
    name: &'static str,
    list: &'static [&'static str],
    object: &'static [&'static str],
}

const fn collection(name: &'static str, list: &'static [&'static str], object: &'static [&'static str]) -> Collection {
    Collection { name, list, object }
}

/// `ordninger/{id}/`, `userrole/…/` as something to GET, and `franchises/{id}/` are guesses: the server hands out such URLs,
/// so they ought to lead somewhere.
const COLLECTIONS: &[Collection] = &[
    collection("user", &["GET", "POST"], &["GET", "PUT", "PATCH"]),
    collection("companies", &["GET"], &["GET"]),
    collection("departments", &["GET"], &["GET"]),
    collection("franchises", &[], &["GET"]),
    collection("ordninger", &["GET"], &["GET"]),
    collection("userrole", &[], &["GET"]),
    collection("userstatus", &["GET", "POST"], &["GET"]),
    collection("latestuserstatus", &["GET"], &[]),
    collection("results", &["GET"], &["GET"]),
    collection("competency_result", &["GET", "POST"], &["GET"]),
    collection("employment", &[], &["GET"]),
];

/// Where a path leads.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Empty for the API root.
    pub(crate) collection: &'static str,
    pub(crate) id: Option<&'a str>,
    pub(crate) verbs: &'static [&'static str],
}

/// The view that a path (with its trailing slash) leads to, if any.
pub(crate) fn place(path: &str) -> Option<Place<'_>> {
    let below = path.strip_prefix(base::API)?;
    if below.is_empty() {
        return Some(Place { collection: "", id: None, verbs: &["GET"] });
    }
    let (name, rest) = below.split_once('/')?;
    let found = COLLECTIONS.iter().find(|collection| collection.name == name)?;
    let (id, verbs) = match rest.strip_suffix('/') {
        None if rest.is_empty() => (None, found.list),
        // DRF's router takes anything without a slash or a dot as an id.
        Some(id) if !id.is_empty() && !id.contains(['/', '.']) => (Some(id), found.object),
        _ => return None,
    };
    (!verbs.is_empty()).then_some(Place { collection: found.name, id, verbs })
}

/// The collections that can be listed.
pub(crate) fn listed() -> impl Iterator<Item = &'static str> {
    COLLECTIONS.iter().filter(|collection| !collection.list.is_empty()).map(|collection| collection.name)
}
