//! Pending creations: a second caller with the same key finds the creation that is under way.

use std::io::Read;

use finaut_core::json::Json;
use finaut_core::store::pending::Begun;
use serde_json::json;

use super::place::{Moved, Place, at, closing, opening};

/// Mutant: `creation-begun-twice`.
pub fn a_creation_is_under_way_until_it_ends(place: &Place) {
    let store = place.open(json!({}));
    let pending = store.pending();
    let Begun::Ours(number) = pending.begin(at(), "key", &Json::of(&"one"), &opening("1")).unwrap() else { panic!() };
    match pending.begin(at(), "key", &Json::of(&"two"), &opening("2")).unwrap() {
        Begun::Another(open) => assert_eq!((open.number, open.about), (number, Json::of(&"one"))),
        begun => panic!("{begun:?}"),
    }
    assert!(
        matches!(pending.begin(at(), "another", &Json::null(), &opening("3")).unwrap(), Begun::Ours(other) if other != number)
    );
    pending.end(at(), number, &closing("done")).unwrap();
    pending.end(at(), number, &closing("done")).unwrap();
    assert_eq!(pending.open(at(), "key").unwrap(), None);
    assert!(matches!(pending.begin(at(), "key", &Json::null(), &opening("4")).unwrap(), Begun::Ours(again) if again != number));
}

/// Mutant: `creation-never-young-again`.
pub fn a_creation_that_is_sent_again_is_young_again(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let pending = store.pending();
    let Begun::Ours(number) = pending.begin(clock.at(), "key", &Json::null(), &opening("1")).unwrap() else { panic!() };
    let age = || pending.open(clock.at(), "key").unwrap().unwrap().age_s;
    clock.forward(100.0);
    assert!((100.0..160.0).contains(&age()), "{}", age());
    assert!(pending.restart(clock.at(), number, 90.0, None).unwrap());
    assert!(age() < 60.0, "{}", age());
}

/// Mutant: `creation-sent-again-by-two`.
pub fn of_many_who_would_send_it_again_one_may(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let pending = store.pending();
    let Begun::Ours(number) = pending.begin(clock.at(), "key", &Json::null(), &opening("1")).unwrap() else { panic!() };
    assert!(!pending.restart(clock.at(), number, 100.0, None).unwrap(), "it is young");
    clock.forward(1000.0);
    let many: usize = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..8).map(|_| scope.spawn(|| usize::from(pending.restart(clock.at(), number, 500.0, None).unwrap()))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(many, 1);
    pending.end(clock.at(), number, &closing("done")).unwrap();
    assert!(!pending.restart(clock.at(), number, 0.0, None).unwrap(), "it has ended");
}

/// Mutant: `creation-not-kept`.
pub fn a_creation_survives_the_kill_of_its_process(place: &Place) {
    place.process("begin a creation and die").wait().unwrap();
    let open = place.open(json!({})).pending().open(at(), "key").unwrap().unwrap();
    assert_eq!(open.about, Json::of(&"somebody"));
    assert!((0.0..3_600.0).contains(&open.age_s), "{}", open.age_s);
}

/// Mutant: `creation-begun-twice`.
pub fn another_process_finds_the_same_creation(place: &Place) {
    let processes: Vec<_> = (0..6).map(|_| place.process("begin a creation")).collect();
    let mut said = String::new();
    for mut process in processes {
        process.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(process.wait().unwrap().success(), "{said}");
    }
    assert_eq!((said.matches("ours").count(), said.matches("another's").count()), (1, 5), "{said}");
}
