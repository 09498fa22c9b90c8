//! The token: fetched by one, used by all, of one scope.

use std::io::{BufRead, BufReader};
use std::process::Child;

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
    // They live until all have asked: what an ended process was fetching is nobody's.
    let mut processes: Vec<_> = (0..6).map(|_| place.process("ask for the token until told")).collect();
    let said: Vec<_> = processes.iter_mut().map(|process| said(process, &["lead", "follow"])).collect();
    for process in processes {
        assert!(process.wait_with_output().unwrap().status.success(), "{said:?}");
    }
    assert_eq!(said.iter().filter(|said| said.contains("lead")).count(), 1, "{said:?}");
    assert_eq!(said.iter().filter(|said| said.contains("follow")).count(), 5, "{said:?}");
}

/// The first line in which a process says one of these words.
fn said(process: &mut Child, words: &[&str]) -> String {
    let mut lines = BufReader::new(process.stdout.as_mut().unwrap()).lines();
    lines.find_map(|line| line.ok().filter(|line| words.iter().any(|word| line.contains(word)))).unwrap()
}

/// Mutant: `ended-processes-still-fetch`.
pub fn a_killed_fetchers_fetch_is_nobodys_at_once(place: &Place) {
    let mut living = place.process("ask for the token until told");
    said(&mut living, &["lead"]);
    let store = place.open(json!({}));
    assert!(matches!(decide(&*store), Decision::Follow), "it lives");
    living.kill().unwrap();
    living.wait().unwrap();
    assert!(matches!(decide(&*store), Decision::Lead { .. }));
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
