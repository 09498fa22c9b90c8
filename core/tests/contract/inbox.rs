//! The inbox: events have numbers in order, and are one caller's at a time until they are acknowledged.

use std::collections::HashSet;

use finaut_core::config::Limits;
use finaut_core::json::Json;
use finaut_core::store::Store;
use finaut_core::store::inbox::{Arrival, Claim, Inbox, Kept, Link, Observation, Prints};
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
    // The number of an event that was deleted is not given out again.
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
    let next = || inbox(&*store).next(clock.at(), &["result", "link"], 100.0, "the test", LIMITS).unwrap();
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

/// A claim about an object.
fn claim(key: &str) -> Arrival {
    let claim =
        Claim { number: 0, key: key.to_owned(), kind: "result".to_owned(), object: Json::of(&key), received: 0.0, tried: 0 };
    Arrival { claims: vec![claim], ..Arrival::default() }
}

fn observation(key: &str, says: &str) -> Observation {
    arrival(key, says).observations.remove(0)
}

/// Mutants: `claim-survives-its-answer`, `claim-not-dropped`, `claim-answered-by-an-older-look`.
pub fn a_claim_is_open_until_it_is_answered_or_dropped(place: &Place) {
    let store = place.open(json!({}));
    let inbox = inbox(&*store);
    let keys = ["one".to_owned(), "two".to_owned()];
    assert_eq!(inbox.arrive(at(), &[claim("one"), claim("two")], LIMITS).unwrap(), [Kept::Yes, Kept::Yes]);
    let claims = inbox.claims(at(), "result", 10).unwrap();
    assert_eq!((claims.some.len(), claims.count, claims.untried), (2, 2, 2));
    assert_eq!(inbox.claims(at(), "another", 10).unwrap().count, 0);
    assert_eq!(inbox.claims(at(), "result", 1).unwrap().some.len(), 1, "at most as many as were asked for");
    let number = |key: &str| inbox.claims(at(), "result", 10).unwrap().some.iter().find(|one| one.key == key).unwrap().number;
    let first = number("one");
    assert_eq!(inbox.claimed(at(), &keys, claims.until).unwrap(), keys);
    assert!(inbox.claimed(at(), &keys, first.min(number("two")) - 1).unwrap().is_empty());
    // It arrives again while it is looked into: the look that began before answers the first one only.
    inbox.arrive(at(), &[claim("one")], LIMITS).unwrap();
    assert!(number("one") > claims.until);
    assert_eq!(inbox.record(at(), &[observation("one", "new")], claims.until).unwrap(), 1);
    assert_eq!(inbox.claimed(at(), &keys[..1], i64::MAX).unwrap(), keys[..1]);
    assert_eq!(inbox.record(at(), &[observation("one", "new")], number("one")).unwrap(), 0, "that is no change");
    assert!(inbox.claimed(at(), &keys[..1], i64::MAX).unwrap().is_empty());
    inbox.drop_claims(at(), &[number("two")]).unwrap();
    assert_eq!(inbox.claims(at(), "result", 10).unwrap().count, 0);
    assert_eq!(inbox.counts(at()).unwrap().unverified, 0);
}

/// Mutants: `claim-tried-for-nothing`, `claim-due-at-once`.
pub fn a_claim_that_was_tried_is_due_again_later(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let inbox = inbox(&*store);
    inbox.arrive(clock.at(), &[claim("one")], LIMITS).unwrap();
    let mut pause_s = 0.0;
    for tried in 0..4 {
        let due = || inbox.claims(clock.at(), "result", 10).unwrap();
        let claims = due();
        assert_eq!((claims.count, claims.untried), (1, usize::from(tried == 0)));
        assert_eq!(claims.some.first().map(|claim| claim.tried), (tried == 0).then_some(0), "not yet");
        clock.calendar(pause_s);
        let some = due().some;
        assert_eq!(some.iter().map(|claim| claim.tried).collect::<Vec<_>>(), [tried]);
        inbox.tried(clock.at(), "another", some[0].number..=some[0].number).unwrap();
        inbox.tried(clock.at(), "result", some[0].number..=some[0].number).unwrap();
        // Each time it waits longer.
        pause_s = 31.0 * ((tried + 1) * (tried + 1)) as f64;
    }
}

/// Mutant: `delivery-counted-twice`.
pub fn the_same_delivery_changes_nothing(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let inbox = inbox(&*store);
    let delivered = |says: &str, name: &str| {
        let arrival = Arrival { delivery: Some(name.to_owned()), ..arrival("object", says) };
        inbox.arrive(clock.at(), &[arrival], LIMITS).unwrap()
    };
    let events = || inbox.events(clock.at(), 0, &["result"], 10).unwrap().len();
    assert_eq!((delivered("new", "one"), events()), (vec![Kept::Yes], 1));
    assert_eq!((delivered("changed", "two"), events()), (vec![Kept::Yes], 2));
    assert_eq!((delivered("new", "one"), events()), (vec![Kept::Yes], 2), "an old one that comes once more is no change back");
    // For as long as what is done with is kept.
    clock.calendar(2.0 * LIMITS.keep_s);
    assert_eq!((delivered("new", "one"), events()), (vec![Kept::Yes], 3));
}

/// Mutants: `room-without-end`, `what-is-known-takes-room`.
pub fn an_arrival_without_room_is_full(place: &Place) {
    let store = place.open(json!({}));
    let inbox = inbox(&*store);
    let limits = Limits { most: 3, ..LIMITS };
    let arrive = |arrivals: &[Arrival]| inbox.arrive(at(), arrivals, limits).unwrap();
    assert_eq!(
        arrive(&[arrival("one", "new"), claim("two"), claim("three"), claim("four")]),
        [Kept::Yes, Kept::Yes, Kept::Yes, Kept::Full]
    );
    assert_eq!(arrive(&[arrival("five", "new")]), [Kept::Full]);
    assert_eq!(arrive(&[claim("two")]), [Kept::Yes], "what waits already takes no room");
    assert_eq!(inbox.claims(at(), "result", 10).unwrap().count, 2);
    // What was looked into in vain makes room, and what is done with.
    let tried = inbox.claims(at(), "result", 10).unwrap().some.iter().find(|claim| claim.key == "three").unwrap().number;
    inbox.tried(at(), "result", tried..=tried).unwrap();
    assert_eq!(arrive(&[claim("four"), claim("five")]), [Kept::Yes, Kept::Full]);
    assert_eq!(inbox.claimed(at(), &["three".to_owned(), "four".to_owned()], i64::MAX).unwrap(), ["four"]);
    let event = inbox.events(at(), 0, &["result"], 10).unwrap()[0].number;
    assert!(inbox.acknowledge(at(), event, limits).unwrap());
    assert_eq!(arrive(&[claim("five")]), [Kept::Yes]);
}

/// Mutants: `fleeting-takes-all-room`, `fleeting-never-forgotten`.
pub fn what_nobody_understands_gets_a_tenth_of_the_room_and_is_forgotten(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let inbox = inbox(&*store);
    let limits = Limits { most: 20, ..LIMITS };
    let fleeting = |key: &str| {
        let mut arrival = arrival(key, "strange");
        arrival.observations[0].fleeting = true;
        arrival
    };
    let arrive = |arrivals: &[Arrival]| inbox.arrive(clock.at(), arrivals, limits).unwrap();
    assert_eq!(arrive(&[fleeting("one"), fleeting("two"), fleeting("three")]), [Kept::Yes, Kept::Yes, Kept::Full]);
    assert_eq!(arrive(&[arrival("four", "new")]), [Kept::Yes], "there is room for others");
    let events = || inbox.events(clock.at(), 0, &["result"], 10).unwrap();
    for event in events() {
        assert!(inbox.acknowledge(clock.at(), event.number, limits).unwrap());
    }
    arrive(&[fleeting("one"), arrival("four", "new")]);
    assert_eq!(events().iter().filter(|event| event.acknowledged.is_none()).count(), 0, "they say nothing new");
    clock.calendar(2.0 * LIMITS.keep_s);
    arrive(&[fleeting("one"), arrival("four", "new")]);
    assert_eq!(events().len(), 1, "the strange one is forgotten together with its event, the other is not");
}

/// Mutants: `link-always-replaced`, `link-never-replaced`.
pub fn a_link_is_replaced_only_where_it_may_be(place: &Place) {
    let store = place.open(json!({}));
    let inbox = inbox(&*store);
    let linked = |encrypted_user_id: &str, may_replace: bool| {
        let link = Link { key: "person".to_owned(), encrypted_user_id: encrypted_user_id.to_owned(), may_replace };
        let mut arrival = arrival("person", encrypted_user_id);
        arrival.observations[0].link = Some(link);
        assert_eq!(inbox.arrive(at(), &[arrival], LIMITS).unwrap(), [Kept::Yes]);
        inbox.link(at(), "person").unwrap()
    };
    assert_eq!(inbox.link(at(), "person").unwrap(), None);
    assert_eq!(linked("first", false).as_deref(), Some("first"));
    assert_eq!(linked("second", false).as_deref(), Some("first"));
    assert_eq!(linked("third", true).as_deref(), Some("third"));
    assert_eq!(inbox.link(at(), "another").unwrap(), None);
}

/// Mutant: `baseline-is-an-event`.
pub fn a_baseline_is_no_event(place: &Place) {
    let store = place.open(json!({}));
    let inbox = inbox(&*store);
    let silent = Observation { silent: true, ..observation("object", "as it was") };
    assert_eq!(inbox.record(at(), std::slice::from_ref(&silent), 0).unwrap(), 0);
    inbox.arrive(at(), &[Arrival { observations: vec![silent], ..Arrival::default() }], LIMITS).unwrap();
    assert!(inbox.events(at(), 0, &["result"], 10).unwrap().is_empty());
    assert_eq!(inbox.record(at(), &[observation("object", "as it was")], 0).unwrap(), 0, "it is known");
    assert_eq!(inbox.record(at(), &[observation("object", "changed")], 0).unwrap(), 1);
}

/// Mutant: `given-back-stays-leased`.
pub fn an_event_that_is_given_back_comes_again_at_once_with_what_was_said(place: &Place) {
    let store = place.open(json!({}));
    inbox(&*store).arrive(at(), &[arrival("object", "new")], LIMITS).unwrap();
    let next = |holder: &str| inbox(&*store).next(at(), &["result"], 100.0, holder, LIMITS).unwrap();
    let first = next("one").unwrap();
    assert!(next("another").is_none());
    let taken = inbox(&*store).taken(at(), 10).unwrap();
    assert_eq!((taken.len(), taken[0].holder.as_deref(), taken[0].said.as_deref()), (1, Some("one"), None));
    assert!(inbox(&*store).requeue(at(), first.number, Some("no room")).unwrap());
    let taken = inbox(&*store).taken(at(), 10).unwrap();
    assert_eq!((taken[0].holder.as_deref(), taken[0].said.as_deref(), taken[0].leased_s), (None, Some("no room"), None));
    let again = next("another").unwrap();
    assert_eq!((again.number, again.deliveries, again.holder.as_deref()), (first.number, 2, Some("another")));
    assert_eq!(again.said.as_deref(), Some("no room"), "kept until something else is said");
    // Also one that is done with.
    assert!(inbox(&*store).acknowledge(at(), first.number, LIMITS).unwrap());
    assert!(inbox(&*store).taken(at(), 10).unwrap().is_empty() && next("another").is_none());
    assert!(inbox(&*store).requeue(at(), first.number, None).unwrap());
    assert_eq!(next("another").map(|event| event.number), Some(first.number));
    assert!(!inbox(&*store).requeue(at(), first.number + 1, None).unwrap());
}

/// Mutant: `dropped-comes-again`.
pub fn an_event_that_is_dropped_is_done_with_and_keeps_the_reason(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    for says in ["new", "changed"] {
        inbox(&*store).arrive(clock.at(), &[arrival("object", says)], LIMITS).unwrap();
    }
    let next = || inbox(&*store).next(clock.at(), &["result"], 100.0, "the test", LIMITS).unwrap();
    let first = next().unwrap();
    assert!(inbox(&*store).discard(clock.at(), first.number, "nobody knows it").unwrap());
    assert!(!inbox(&*store).discard(clock.at(), first.number + 7, "nobody knows it").unwrap());
    let listed = inbox(&*store).events(clock.at(), 0, &["result"], 10).unwrap();
    assert!(listed[0].dropped && listed[0].acknowledged.is_some() && !listed[1].dropped);
    assert_eq!(listed[0].said.as_deref(), Some("nobody knows it"));
    clock.forward(101.0);
    assert_eq!(next().unwrap().object, Json::of(&"changed"), "the next of the same object has its turn");
    assert!(inbox(&*store).acknowledge(clock.at(), first.number, LIMITS).unwrap(), "as often as one likes");
    assert!(inbox(&*store).events(clock.at(), 0, &["result"], 10).unwrap()[0].dropped);
}

/// Mutant: `lag-of-the-youngest`.
pub fn the_lag_is_that_of_the_oldest_that_waits(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let lag = || inbox(&*store).lag(clock.at()).unwrap();
    assert_eq!((lag().event_s, lag().claim_s), (None, None));
    for key in ["one", "another"] {
        inbox(&*store).arrive(clock.at(), &[arrival(key, "new")], LIMITS).unwrap();
        clock.calendar(1000.0);
    }
    assert!(lag().event_s.is_some_and(|age| (2000.0..2500.0).contains(&age)), "{:?}", lag());
    let first = inbox(&*store).events(clock.at(), 0, &["result"], 1).unwrap();
    assert!(inbox(&*store).acknowledge(clock.at(), first[0].number, LIMITS).unwrap());
    assert!(lag().event_s.is_some_and(|age| (1000.0..1500.0).contains(&age)), "{:?}", lag());
}
