//! Documents on shelves: kept as they are, changed together, each in its own place.

use finaut_core::json::Json;
use finaut_core::store::shelves::Change;
use serde_json::json;

use super::place::{Place, at};

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
