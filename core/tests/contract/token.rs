//! The token: fetched by one, used by all, of one scope.

use std::io::Read;

use finaut_core::config::Secret;
use finaut_core::error::{Code, Error};
use finaut_core::store::Store;
use finaut_core::token::Decision;
use serde_json::json;

use super::place::{Moved, Place, at};

fn decide(store: &dyn Store) -> Decision {
    let mut decision = None;
    store.with_token(at(), &mut |state, now| decision = Some(state.decide(now, 0.0, false, 30.0))).unwrap();
    decision.unwrap()
}

fn usable(store: &dyn Store) -> Option<String> {
    let mut found = None;
    store.look_at_token(at(), &mut |state, now| found = state.usable(now)).unwrap();
    found.map(|token| token.value.reveal().to_owned())
}

/// Mutant: `flight-not-written-down`.
pub fn one_of_many_fetches_and_the_others_follow(place: &Place) {
    let store = place.open(json!({}));
    let leaders: usize = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..8).map(|_| scope.spawn(|| usize::from(matches!(decide(&*store), Decision::Lead { .. })))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(leaders, 1);
    assert!(matches!(decide(&*place.open(json!({}))), Decision::Follow));
    let clock = Moved::default();
    store.with_token(at(), &mut |state, now| _ = state.land(Secret::new("the token"), 3600.0, 10.0, 0.85, now)).unwrap();
    assert_eq!(usable(&*place.open(json!({}))).as_deref(), Some("the token"));
    // Its life counts from the asking, 10 s ago, and not to the very end.
    clock.forward(3600.0 - 10.0 - 61.0);
    let mut left = None;
    store.look_at_token(clock.at(), &mut |state, now| left = state.left_s(now)).unwrap();
    assert!(left.is_some_and(|left| left <= 1.0), "{left:?}");
}

/// Mutant: `flight-not-written-down`.
pub fn one_of_many_processes_fetches(place: &Place) {
    let processes: Vec<_> = (0..6).map(|_| place.process("ask for the token")).collect();
    let mut said = String::new();
    for mut process in processes {
        process.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(process.wait().unwrap().success(), "{said}");
    }
    assert_eq!(said.matches("lead").count(), 1, "{said}");
    assert_eq!(said.matches("follow").count(), 5, "{said}");
}

/// Mutant: `token-of-any-scope`.
pub fn a_token_is_of_its_scope(place: &Place) {
    let (read, write) = (place.open(json!({ "scope": "read" })), place.open(json!({ "scope": "write" })));
    read.with_token(at(), &mut |state, now| _ = state.land(Secret::new("may read"), 3600.0, 0.0, 0.85, now)).unwrap();
    assert_eq!(usable(&*write), None);
    assert_eq!(usable(&*read).as_deref(), Some("may read"));
}

/// Mutant: `failure-forgotten`.
pub fn a_failure_is_shared_and_a_token_forgets_it(place: &Place) {
    let store = place.open(json!({}));
    store
        .with_token(at(), &mut |state, now| state.fail(Error::new(Code::Authentication, "refused"), true, false, now))
        .unwrap();
    assert!(matches!(decide(&*place.open(json!({}))), Decision::Fail(_)));
    store.with_token(at(), &mut |state, now| _ = state.land(Secret::new("good"), 3600.0, 0.0, 0.85, now)).unwrap();
    store.with_token(at(), &mut |state, _| state.drop_token(&Secret::new("good"))).unwrap();
    assert!(matches!(decide(&*store), Decision::Lead { .. }));
}
