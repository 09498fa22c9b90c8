//! Sets and maps made of what an iterator gives, one by one. `collect` sorts first, and each sort that is made for a type takes some
//! kilobytes of the library.

use std::collections::{BTreeMap, BTreeSet};

/// The set of these.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for item in items {
        set.insert(item);
    }
    set
}

/// The map of these; of equal keys the last one counts.
pub fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        map.insert(key, value);
    }
    map
}
