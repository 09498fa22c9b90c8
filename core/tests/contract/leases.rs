//! Leases: one holder at a time, until it ends or runs out.

use serde_json::json;

use super::place::{Moved, Place, at};

/// Mutants: `lease-of-any-holder`, `lease-ended-by-anybody`.
pub fn a_lease_is_its_holders_alone(place: &Place) {
    let store = place.open(json!({}));
    assert!(store.take_lease(at(), "name", "one", 100.0).unwrap());
    assert!(!store.take_lease(at(), "name", "two", 100.0).unwrap());
    assert!(!store.keep_lease(at(), "name", "two", 100.0).unwrap());
    assert!(store.take_lease(at(), "name", "one", 100.0).unwrap(), "it is prolonged");
    assert!(store.take_lease(at(), "another", "two", 100.0).unwrap());
    store.end_lease(at(), "name", "two").unwrap();
    assert!(!store.take_lease(at(), "name", "two", 100.0).unwrap(), "only its holder ends it");
    store.end_lease(at(), "name", "one").unwrap();
    assert!(!store.keep_lease(at(), "name", "one", 100.0).unwrap(), "it is gone");
    assert!(place.open(json!({})).take_lease(at(), "name", "two", 100.0).unwrap());
}

/// Mutant: `lease-never-runs-out`.
pub fn a_lease_that_ran_out_is_kept_unless_somebody_took_it(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    assert!(store.take_lease(clock.at(), "name", "one", 10.0).unwrap());
    clock.forward(11.0);
    assert!(store.keep_lease(clock.at(), "name", "one", 10.0).unwrap(), "nobody took it");
    clock.forward(9.0);
    assert!(!store.take_lease(clock.at(), "name", "two", 10.0).unwrap(), "it was prolonged");
    clock.forward(2.0);
    assert!(store.take_lease(clock.at(), "name", "two", 10.0).unwrap());
    assert!(!store.keep_lease(clock.at(), "name", "one", 10.0).unwrap(), "somebody took it");
}

/// Mutant: `lease-never-runs-out`.
pub fn a_killed_holders_lease_runs_out(place: &Place) {
    let mut process = place.process("take a lease and die");
    process.wait().unwrap();
    let clock = Moved::default();
    let store = place.open_at(&clock);
    assert!(!store.take_lease(clock.at(), "name", "another", 10.0).unwrap(), "it was taken");
    clock.forward(101.0);
    assert!(store.take_lease(clock.at(), "name", "another", 10.0).unwrap());
}
