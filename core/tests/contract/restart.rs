//! A machine that starts anew. Its uptime begins at 0, and all its processes are gone.

use finaut_core::clock::{Clock, SystemClock};
use finaut_core::config::{Rule, Secret};
use finaut_core::json::Json;
use finaut_core::store::Memo;
use finaut_core::throttle::{Settlement, Taken};
use serde_json::json;

use super::inbox::{LIMITS, arrival};
use super::place::{Moved, Place, at, opening, slot, take, used};

/// A machine that has been up for so long.
fn up(seconds: f64) -> Moved {
    Moved { ahead_s: (seconds - SystemClock.now()).into(), boot: Some("another run"), ..Moved::default() }
}

/// Mutants: `restart-frees-slots`, `restart-keeps-the-token`, `restart-keeps-leases`.
pub fn slots_go_on_and_what_hung_on_processes_is_gone(place: &Place) {
    let store = place.open(json!({}));
    let rule = Rule { requests: 2, per_s: 3600.0, reserve: 0 };
    for _ in 0..2 {
        let id = slot(&*store, at(), &rule);
        store.with_slots(at(), &mut |log, now| log.settle(id, Settlement::Counted { age_s: 0.0 }, now, &rule)).unwrap();
    }
    for _ in 0..3 {
        assert!(matches!(take(&*store, at(), &rule), Taken::Wait { .. }));
    }
    store.with_token(at(), &mut |state, now| _ = state.land(Secret::new("token"), 3600.0, 0.0, 0.85, now)).unwrap();
    assert!(store.take_lease(at(), "name", "one", 1e6).unwrap());
    store.pending().begin(at(), "key", &Json::null(), &opening("1")).unwrap();
    store.remember(at(), &[Memo::new("key", Json::of(&1))]).unwrap();
    let inbox = store.inbox().unwrap();
    inbox.arrive(at(), &[arrival("object", "new")], LIMITS).unwrap();
    inbox.next(at(), &["result"], 1e6, "the test", LIMITS).unwrap().unwrap();

    let clock = up(20.0);
    let store = place.open_at(&clock);
    assert_eq!(used(&*store, clock.at(), &rule), 2);
    match take(&*store, clock.at(), &rule) {
        Taken::Wait { seconds, .. } => assert!((3000.0..3601.0).contains(&seconds), "nobody else waits any more: {seconds}"),
        taken => panic!("{taken:?}"),
    }
    let mut left = None;
    store.look_at_token(clock.at(), &mut |state, now| left = state.left_s(now)).unwrap();
    assert_eq!(left, None, "how long it still lives nobody knows");
    assert!(store.take_lease(clock.at(), "name", "two", 100.0).unwrap());
    assert!(store.pending().open(clock.at(), "key").unwrap().is_some());
    assert!(store.remembered(clock.at(), "key", 3600.0).unwrap().is_some());
    assert_eq!(store.inbox().unwrap().next(clock.at(), &["result"], 100.0, "the test", LIMITS).unwrap().unwrap().deliveries, 2);
    // Once a window is over on the new clock, all is free.
    let later = up(3_700.0);
    assert_eq!(used(&*place.open_at(&later), later.at(), &rule), 0);
}
