//! Documents on shelves: kept as they are, changed together, each in its own place.

use finaut_core::json::Json;
use finaut_core::store::Store;
use finaut_core::store::shelves::Change;
use serde_json::json;

use super::place::{Place, at};

/// How many documents each of several processes puts on a shelf.
pub const EACH: u32 = 30;

fn texts(documents: Vec<Json>) -> Vec<String> {
    let mut texts: Vec<String> = documents.into_iter().map(|document| document.as_str().to_owned()).collect();
    texts.sort();
    texts
}

/// Mutant: `document-not-taken-away`.
pub fn documents_are_changed_together_and_kept_as_they_are(place: &Place) {
    let store = place.open(json!({}));
    let shelves = store.shelves();
    let one = Json::read(br#"{"b": 1.50, "a": "\u00e6"}"#).unwrap();
    let put = |key: &str, document: &Json| Change::put("people", key, document.clone());
    shelves.change(at(), &[], &[put("1", &one), put("2", &Json::of(&2)), put("3", &Json::of(&3))]).unwrap();
    assert_eq!(shelves.get(at(), "people", "1").unwrap().as_ref().map(Json::as_str), Some(r#"{"b": 1.50, "a": "\u00e6"}"#));
    shelves
        .change(at(), &[], &[Change::remove("people", "2"), put("3", &Json::of(&4)), Change::remove("people", "9")])
        .unwrap();
    let store = place.open(json!({}));
    assert_eq!(texts(store.shelves().all(at(), "people").unwrap()), ["4", one.as_str()]);
    assert_eq!(store.shelves().get(at(), "people", "2").unwrap(), None);
    shelves.change(at(), &["people"], &[put("5", &Json::of(&5))]).unwrap();
    assert_eq!(texts(shelves.all(at(), "people").unwrap()), ["5"], "cleared first, and then put");
}

/// Mutant: `document-rank-ignored`.
pub fn a_document_of_a_lower_rank_replaces_none_of_a_higher(place: &Place) {
    let store = place.open(json!({}));
    let shelves = store.shelves();
    let put = |value: i32, rank| Change::put("ledger", "1 afr", Json::of(&value)).ranked(rank);
    let lies_there = || shelves.get(at(), "ledger", "1 afr").unwrap().map(|document| document.as_str().to_owned());
    for (value, rank, left) in [(1, 10, "1"), (2, 12, "2"), (3, 11, "2"), (4, 12, "4")] {
        shelves.change(at(), &[], &[put(value, rank)]).unwrap();
        assert_eq!(lies_there().as_deref(), Some(left), "rank {rank}");
    }
    shelves.change(at(), &[], &[Change::remove("ledger", "1 afr").ranked(11)]).unwrap();
    assert_eq!(lies_there().as_deref(), Some("4"));
    shelves.change(at(), &[], &[Change::remove("ledger", "1 afr").ranked(12)]).unwrap();
    assert_eq!(lies_there(), None);
}

/// Mutant: `one-shelf-for-all`.
pub fn shelves_and_accounts_keep_apart(place: &Place) {
    let (store, other) = (place.open(json!({})), place.open(json!({"client_id": "somebody else"})));
    let document = |value: i32| [Change::put("a", "key", Json::of(&value)), Change::put("b", "key", Json::of(&(value + 1)))];
    store.shelves().change(at(), &[], &document(1)).unwrap();
    other.shelves().change(at(), &[], &document(3)).unwrap();
    assert_eq!(texts(store.shelves().all(at(), "a").unwrap()), ["1"]);
    assert_eq!(texts(store.shelves().all(at(), "b").unwrap()), ["2"]);
    assert_eq!(texts(other.shelves().all(at(), "a").unwrap()), ["3"]);
    store.shelves().change(at(), &["a"], &[]).unwrap();
    assert_eq!(texts(other.shelves().all(at(), "a").unwrap()), ["3"]);
    assert_eq!(store.shelves().all(at(), "a").unwrap(), []);
}

/// Puts a document of this process on a shelf, again and again, and one that all of them put, whose rank says which is the latest.
pub fn put_among_others(store: &dyn Store) {
    for n in 0..EACH {
        let rank = i64::from(n * 100_000 + std::process::id() % 100_000);
        let mine = Change::put("shared", format!("{} {n}", std::process::id()), Json::of(&n));
        let all = Change::put("latest", "one", Json::of(&rank)).ranked(rank);
        store.shelves().change(at(), &[], &[mine, all]).unwrap();
    }
}

/// Puts two documents that belong together, and takes the former two away, until this process is killed.
pub fn put_pairs_without_end(store: &dyn Store) {
    for n in 0_u64.. {
        let pair = ["one", "other"].map(|key| Change::put("pair", key, Json::of(&n)));
        store.shelves().change(at(), &["pair"], &pair).unwrap();
        if n == 1 {
            println!("putting");
        }
    }
}

fn is_a_pair(store: &dyn Store) -> bool {
    matches!(texts(store.shelves().all(at(), "pair").unwrap()).as_slice(), [one, other] if one == other)
}

/// Mutant: `change-in-parts`.
pub fn a_change_is_seen_whole_or_not_at_all(place: &Place) {
    let stores = [place.open(json!({})), place.open(json!({}))];
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for n in 0..300 {
                let pair = ["one", "other"].map(|key| Change::put("pair", key, Json::of(&n)));
                stores[0].shelves().change(at(), &["pair"], &pair).unwrap();
            }
        });
        while !writer.is_finished() {
            let seen = texts(stores[1].shelves().all(at(), "pair").unwrap());
            assert!(seen.is_empty() || matches!(seen.as_slice(), [one, other] if one == other), "{seen:?}");
        }
        writer.join().unwrap();
    });
}

/// Mutant: `change-in-parts`, too.
pub fn a_process_killed_in_the_middle_of_a_change_leaves_it_whole(place: &Place) {
    let store = place.open(json!({}));
    for round in 0..8 {
        let mut process = place.process("put pairs until killed");
        place.wait_for(&mut process, "putting");
        std::thread::sleep(std::time::Duration::from_micros(700 * round));
        process.kill().unwrap();
        process.wait().unwrap();
        assert!(is_a_pair(&*store), "round {round}: {:?}", store.shelves().all(at(), "pair"));
    }
}

/// Mutant: `documents-not-kept`.
pub fn a_document_survives_the_kill_of_its_process(place: &Place) {
    place.process("put a document and die").wait().unwrap();
    assert_eq!(place.open(json!({})).shelves().get(at(), "shelf", "key").unwrap(), Some(Json::of(&"killed")));
}

/// Mutant: `documents-replace-each-other`.
pub fn several_processes_lose_none_of_each_others_documents(place: &Place) {
    let store = place.open(json!({}));
    let processes: Vec<_> = (0..4).map(|_| place.process("put documents among others")).collect();
    let highest = processes.iter().map(|process| i64::from((EACH - 1) * 100_000 + process.id() % 100_000)).max();
    for mut process in processes {
        assert!(process.wait().unwrap().success());
    }
    assert_eq!(store.shelves().all(at(), "shared").unwrap().len(), 4 * EACH as usize);
    assert_eq!(store.shelves().get(at(), "latest", "one").unwrap(), Some(Json::of(&highest.unwrap())), "whoever came last");
}
