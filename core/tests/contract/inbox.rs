//! The inbox: events have numbers in order, and are one caller's at a time until they are acknowledged.

use std::collections::HashSet;

use finaut_core::config::Limits;
use finaut_core::json::Json;
use finaut_core::store::Store;
use finaut_core::store::inbox::{Arrival, Inbox, Kept, Observation, Prints};
use serde_json::json;

use super::place::{Moved, Place, at};

pub const LIMITS: Limits = Limits { most: 1000, keep_s: 86_400.0 };

/// A delivery that says that an object is thus.
pub fn arrival(key: &str, says: &str) -> Arrival {
    let observation = Observation {
        key: key.to_owned(),
        kind: "result".to_owned(),
        object: Json::of(&says),
        prints: Prints::from([("field".to_owned(), says.to_owned())]),
        verified: true,
        silent: false,
        fleeting: false,
        link: None,
    };
    Arrival { observations: vec![observation], ..Arrival::default() }
}

fn inbox(store: &dyn Store) -> &dyn Inbox {
    store.inbox().unwrap()
}

/// Mutant: `events-from-any-number`.
pub fn numbers_rise_in_order_and_none_is_used_twice(place: &Place) {
    let store = place.open(json!({}));
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..5 {
                    let kept = inbox(&**store).arrive(at(), &[arrival(&format!("{thread} {n}"), "new")], LIMITS).unwrap();
                    assert_eq!(kept, [Kept::Yes]);
                }
            });
        }
    });
    let events = |after: u64| inbox(&*store).events(at(), after, &["result"], 100).unwrap();
    let numbers: Vec<_> = events(0).iter().map(|event| event.number).collect();
    assert_eq!(numbers.len(), 20);
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
    assert_eq!(events(numbers[9] as u64).len(), 10);
    assert!(events(u64::MAX).is_empty() && inbox(&*store).events(at(), 0, &["another"], 100).unwrap().is_empty());
    // What is done with and deleted leaves its number to nobody.
    let clock = Moved::default();
    for number in &numbers {
        assert!(inbox(&*store).acknowledge(at(), *number, LIMITS).unwrap());
    }
    clock.calendar(2.0 * LIMITS.keep_s);
    inbox(&*store).arrive(clock.at(), &[arrival("later", "new")], LIMITS).unwrap();
    let left: Vec<_> = events(0).iter().map(|event| event.number).collect();
    assert!(left.len() == 1 && left[0] > numbers[19], "{left:?}");
    assert!(inbox(&*store).acknowledge(at(), numbers[0], LIMITS).unwrap(), "it was there once");
    assert!(!inbox(&*store).acknowledge(at(), left[0] + 1, LIMITS).unwrap());
}

/// Mutant: `event-lease-ignored`.
pub fn an_event_is_one_callers_until_its_lease_ends(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    for says in ["new", "changed"] {
        inbox(&*store).arrive(clock.at(), &[arrival("object", says)], LIMITS).unwrap();
    }
    let next = || inbox(&*store).next(clock.at(), &["result", "link"], 100.0, LIMITS).unwrap();
    let first = next().unwrap();
    assert_eq!((first.object.clone(), first.deliveries), (Json::of(&"new"), 1));
    assert!(next().is_none(), "the second of the same object waits for the first");
    let listed = inbox(&*store).events(clock.at(), 0, &["result"], 10).unwrap();
    assert!(listed[0].leased_s.is_some_and(|left| left > 30.0) && listed[1].leased_s.is_none());
    clock.forward(101.0);
    let again = next().unwrap();
    assert_eq!((again.number, again.deliveries), (first.number, 2));
    assert!(inbox(&*store).acknowledge(clock.at(), first.number, LIMITS).unwrap());
    assert_eq!(next().unwrap().object, Json::of(&"changed"));
    // The same again is no change.
    inbox(&*store).arrive(clock.at(), &[arrival("object", "changed")], LIMITS).unwrap();
    assert_eq!(inbox(&*store).counts(clock.at()).unwrap().waiting, 0);
}

/// Mutant: `arrival-not-kept`.
pub fn what_was_kept_survives_the_kill_of_its_process(place: &Place) {
    let store = place.open(json!({}));
    let mut numbers = HashSet::new();
    for _ in 0..5 {
        place.process("keep an arrival and die").wait().unwrap();
        numbers.extend(inbox(&*store).events(at(), 0, &["result"], 100).unwrap().iter().map(|event| event.number));
    }
    assert_eq!(numbers.len(), 5);
}

/// Mutant: `note-without-time`.
pub fn a_note_has_the_stores_time(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let mut times = Vec::new();
    for _ in 0..2 {
        inbox(&*store)
            .with_note(clock.at(), "note", &mut |note, now| {
                let mut known: Vec<f64> = note.view().unwrap_or_default();
                known.push(now);
                *note = Json::of(&known);
                times = known;
            })
            .unwrap();
        clock.forward(50.0);
    }
    assert_eq!(times.len(), 2);
    assert!((50.0..110.0).contains(&(times[1] - times[0])), "{times:?}");
}
