//! Remembered answers: an age is the larger of the store's and the calendar's.

use finaut_core::json::Json;
use finaut_core::store::Memo;

use super::place::{Moved, Place};

/// Mutant: `age-by-the-calendar-alone`.
pub fn a_calendar_that_is_set_back_makes_nothing_younger(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let known = |age_s: f64| store.remembered(clock.at(), "key", age_s).unwrap().map(|recalled| recalled.value);
    assert_eq!(known(f64::INFINITY), None);
    store.remember(clock.at(), &[Memo::new("key", Json::of(&"value"))]).unwrap();
    assert_eq!(known(100.0), Some(Json::of(&"value")));
    clock.forward(200.0);
    clock.calendar(-1e6);
    assert_eq!(known(100.0), None);
    assert_eq!(known(300.0), Some(Json::of(&"value")));
    store.forget(clock.at(), "key").unwrap();
    assert_eq!(known(f64::INFINITY), None);
}

/// Mutant: `age-by-the-stores-clock-alone`.
pub fn a_clock_that_stands_still_makes_nothing_younger(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    store.remember(clock.at(), &[Memo::new("key", Json::of(&1))]).unwrap();
    // The machine was down for a day, which its uptime does not tell.
    clock.calendar(86_400.0);
    assert_eq!(store.remembered(clock.at(), "key", 3600.0).unwrap(), None);
    let recalled = store.remembered(clock.at(), "key", 1e6).unwrap().unwrap();
    assert!(recalled.value == Json::of(&1) && (86_400.0..90_000.0).contains(&recalled.age_s), "{recalled:?}");
}

/// Mutant: `memo-always-young-again`.
pub fn what_is_kept_already_keeps_its_age(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let keep = |value: &str| {
        let memo = Memo::new("key", Json::of(&value)).unless_younger_than(1000.0);
        store.remember(clock.at(), &[memo]).unwrap();
    };
    let known = |age_s: f64| store.remembered(clock.at(), "key", age_s).unwrap().map(|recalled| recalled.value);
    keep("value");
    clock.forward(600.0);
    keep("value");
    assert_eq!(known(500.0), None, "nothing was done");
    clock.forward(600.0);
    keep("value");
    assert_eq!(known(500.0), Some(Json::of(&"value")), "it was too old");
    keep("another");
    assert_eq!(known(500.0), Some(Json::of(&"another")));
    // What says nothing of an age is kept anew each time.
    clock.forward(600.0);
    store.remember(clock.at(), &[Memo::new("key", Json::of(&"another"))]).unwrap();
    assert_eq!(known(500.0), Some(Json::of(&"another")));
}
