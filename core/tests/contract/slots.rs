//! Slots: each is handed out once, in order, and frees itself when the server frees its own.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};

use finaut_core::config::{Rule, Secret};
use finaut_core::json::Json;
use finaut_core::store::{Memo, Notes};
use finaut_core::throttle::{Priority, Settlement, Taken};
use serde_json::json;

use super::place::{HOUR, Moved, Place, at, by, slot, take, used};

/// Mutant: `slots-not-kept`.
pub fn no_slot_is_handed_out_twice_by_threads(place: &Place) {
    let store = place.open(json!({}));
    let rule = Rule { requests: 100, ..HOUR };
    let taken: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..8).map(|_| scope.spawn(|| (0..20).map(|_| take(&*store, at(), &rule)).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let ids: HashSet<_> = taken.iter().filter_map(|taken| if let Taken::Slot(id) = taken { Some(*id) } else { None }).collect();
    assert_eq!(taken.iter().filter(|taken| matches!(taken, Taken::Slot(_))).count(), 100);
    assert_eq!(ids.len(), 100);
}

/// Mutant: `slots-not-kept`.
pub fn no_slot_is_handed_out_twice_by_processes(place: &Place) {
    let processes: Vec<_> = (0..6).map(|_| place.process("take 20 slots")).collect();
    let mut ids = Vec::new();
    for mut process in processes {
        let mut said = String::new();
        process.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(process.wait().unwrap().success(), "{said}");
        ids.extend(said.split_whitespace().filter_map(|word| word.strip_prefix("slot:")?.parse::<u64>().ok()));
    }
    assert_eq!(ids.len(), 120);
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 120);
    assert_eq!(used(&*place.open(json!({})), at(), &HOUR), 120);
}

/// Mutant: `ended-processes-still-wait`.
pub fn a_killed_waiter_leaves_its_place_at_once(place: &Place) {
    let store = place.open(json!({}));
    let rule = Rule { requests: 1, per_s: 100.0, reserve: 0 };
    slot(&*store, at(), &rule);
    for _ in 0..3 {
        place.process("wait for a slot and die").wait().unwrap();
    }
    let mut living = place.process("wait for a slot until told");
    let mut said = BufReader::new(living.stdout.take().unwrap()).lines();
    while !said.next().unwrap().unwrap().contains("waiting") {}
    // Behind the one that lives, and not behind the others.
    match take(&*store, at(), &rule) {
        Taken::Wait { seconds, .. } => assert!((100.0..=201.0).contains(&seconds), "{seconds} s"),
        taken => panic!("{taken:?}"),
    }
    living.stdin.take().unwrap().write_all(b"go on\n").unwrap();
    living.wait().unwrap();
}

/// Mutant: `the-last-waiter-goes-first`.
pub fn whoever_waited_first_goes_first(place: &Place) {
    let store = place.open(json!({}));
    let rule = Rule { requests: 1, per_s: 100.0, reserve: 0 };
    slot(&*store, at(), &rule);
    let mut waiters = Vec::new();
    for _ in 0..3 {
        match take(&*store, at(), &rule) {
            Taken::Wait { seconds, waiter, .. } => waiters.push((seconds, waiter)),
            taken => panic!("{taken:?}"),
        }
    }
    assert!(waiters.windows(2).all(|pair| pair[0].0 + 50.0 < pair[1].0), "each waits a window longer: {waiters:?}");
    // The first asks again, and is still the first.
    let mut again = None;
    store
        .with_slots(at(), &mut |log, now| {
            again = Some(log.take(now, &rule, Priority::Bulk, 30.0, Some(waiters[0].1), &by("contract")));
        })
        .unwrap();
    match again.unwrap() {
        Taken::Wait { seconds, waiter, .. } => assert!(waiter == waiters[0].1 && seconds <= waiters[0].0),
        taken => panic!("{taken:?}"),
    }
}

/// Mutant: `settlement-without-age`.
pub fn a_settlement_counts_from_the_answers_age(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let rule = Rule { requests: 1, per_s: 100.0, reserve: 0 };
    let id = slot(&*store, clock.at(), &rule);
    // The answer came 60 s ago, so the slot is free 40 s from now.
    clock.forward(60.0);
    store.with_slots(clock.at(), &mut |log, now| log.settle(id, Settlement::Counted { age_s: 60.0 }, now, &rule)).unwrap();
    clock.forward(35.0);
    assert_eq!(used(&*store, clock.at(), &rule), 1);
    clock.forward(10.0);
    assert_eq!(used(&*store, clock.at(), &rule), 0);
}

/// Mutant: `slots-counted-from-0`.
pub fn a_lost_logs_settlement_hits_nobodys_slot(place: &Place) {
    let lost = slot(&*place.open(json!({ "client_id": "lost" })), at(), &HOUR);
    let store = place.open(json!({}));
    slot(&*store, at(), &HOUR);
    store.with_slots(at(), &mut |log, now| log.settle(lost, Settlement::GivenBack, now, &HOUR)).unwrap();
    assert_eq!(used(&*store, at(), &HOUR), 1);
}

/// Mutant: `origins-mixed-up`.
pub fn slots_tell_who_took_them(place: &Place) {
    let store = place.open(json!({}));
    for (job, count) in [("night", 3), ("day", 1)] {
        for _ in 0..count {
            store
                .with_slots(at(), &mut |log, now| {
                    log.take(now, &HOUR, Priority::Bulk, 30.0, None, &by(job));
                })
                .unwrap();
        }
    }
    let mut told = Vec::new();
    // Another client of the same account.
    place.open(json!({})).with_slots(at(), &mut |log, now| told = log.by(now)).unwrap();
    assert_eq!(told, [(by("night"), 3), (by("day"), 1)]);
}

/// Mutant: `slots-beside-the-token-not-kept`.
pub fn slots_and_token_are_seen_together(place: &Place) {
    let store = place.open(json!({}));
    store.with_token(at(), &mut |state, now| _ = state.land(Secret::new("the token"), 3600.0, 0.0, 0.85, now)).unwrap();
    let rule = Rule { requests: 100, ..HOUR };
    let take = || {
        let (mut taken, mut token) = (None, None);
        store
            .with_slots_and_token(at(), &mut |log, state, now| {
                taken = Some(log.take(now, &rule, Priority::Bulk, 30.0, None, &by("contract")));
                token = state.usable(now);
            })
            .unwrap();
        assert_eq!(token.unwrap().value, Secret::new("the token"));
        taken.unwrap()
    };
    let taken: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| (0..20).map(|_| take()).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let ids: HashSet<_> = taken.iter().filter_map(|taken| if let Taken::Slot(id) = taken { Some(*id) } else { None }).collect();
    assert_eq!((taken.iter().filter(|taken| matches!(taken, Taken::Slot(_))).count(), ids.len()), (100, 100));
    assert_eq!(used(&*place.open(json!({})), at(), &rule), 100);
}

/// Mutant: `settlement-forgets-what-was-learnt`.
pub fn a_settlement_keeps_what_was_learnt(place: &Place) {
    let store = place.open(json!({}));
    let id = slot(&*store, at(), &HOUR);
    let memos = [Memo::new("one", Json::of(&1)), Memo::new("two", Json::of(&2))];
    let notes = Notes { memos: &memos, closed: None };
    store.with_slots_and_notes(at(), notes, &mut |log, now| log.settle(id, Settlement::GivenBack, now, &HOUR)).unwrap();
    let store = place.open(json!({}));
    assert_eq!(used(&*store, at(), &HOUR), 0);
    for Memo { key, value, .. } in memos {
        let recalled = store.remembered(at(), &key, 3600.0).unwrap();
        assert_eq!(recalled.map(|recalled| recalled.value), Some(value), "{key}");
    }
}

/// Mutant: `looking-at-another-accounts-slots`.
pub fn who_looks_takes_nothing(place: &Place) {
    let store = place.open(json!({}));
    for _ in 0..3 {
        slot(&*store, at(), &HOUR);
    }
    let mut budget = None;
    store.look_at_slots(at(), &mut |log, now| budget = Some(log.budget(now, &HOUR, Priority::Bulk, 1))).unwrap();
    assert_eq!(budget.map(|budget| (budget.used, budget.free, budget.next_slot_s)), Some((3, 197, 0.0)));
    assert_eq!(used(&*store, at(), &HOUR), 3);
}
