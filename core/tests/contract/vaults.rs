//! Vaults: what one account or secret keeps, another neither reads nor changes; a replaced secret loses nothing.

use finaut_core::json::Json;
use finaut_core::store::pending::Begun;
use finaut_core::store::shelves::Change;
use finaut_core::store::{Memo, Store};
use serde_json::json;

use super::place::{HOUR, Place, at, opening, slot, used};

/// Keeps one of everything under a vault.
fn keep(store: &dyn Store) {
    store.remember(at(), &[Memo::new("key", Json::of(&"secret"))]).unwrap();
    assert!(store.take_lease(at(), "name", "holder", 100.0).unwrap());
    assert!(matches!(store.pending().begin(at(), "key", &Json::of(&"about"), &opening("1")).unwrap(), Begun::Ours(_)));
    store.shelves().change(at(), &[], &[Change::put("shelf", "key", Json::of(&"document"))]).unwrap();
    if let Some(inbox) = store.inbox() {
        inbox.with_note(at(), "note", &mut |note, _| *note = Json::of(&"noted")).unwrap();
    }
}

fn assert_empty(store: &dyn Store) {
    assert_eq!(store.remembered(at(), "key", f64::INFINITY).unwrap(), None);
    assert!(store.take_lease(at(), "name", "another", 100.0).unwrap());
    assert_eq!(store.pending().open(at(), "key").unwrap(), None);
    assert_eq!(store.shelves().get(at(), "shelf", "key").unwrap(), None);
    assert_eq!(store.shelves().all(at(), "shelf").unwrap(), []);
    if let Some(inbox) = store.inbox() {
        inbox.with_note(at(), "note", &mut |note, _| assert!(note.is_null())).unwrap();
    }
}

fn assert_full(store: &dyn Store) {
    let recalled = store.remembered(at(), "key", f64::INFINITY).unwrap();
    assert_eq!(recalled.map(|recalled| recalled.value), Some(Json::of(&"secret")));
    assert!(!store.take_lease(at(), "name", "another", 100.0).unwrap());
    assert_eq!(store.pending().open(at(), "key").unwrap().map(|open| open.about), Some(Json::of(&"about")));
    assert_eq!(store.shelves().get(at(), "shelf", "key").unwrap(), Some(Json::of(&"document")));
    assert_eq!(store.shelves().all(at(), "shelf").unwrap(), [Json::of(&"document")]);
    if let Some(inbox) = store.inbox() {
        inbox.with_note(at(), "note", &mut |note, _| assert_eq!(*note, Json::of(&"noted"))).unwrap();
    }
}

/// Mutant: `account-without-client-id`.
pub fn accounts_keep_apart(place: &Place) {
    let (one, other) = (place.open(json!({})), place.open(json!({ "client_id": format!("{:p}", place) })));
    keep(&*one);
    slot(&*one, at(), &HOUR);
    assert_empty(&*other);
    assert_eq!(used(&*other, at(), &HOUR), 0);
    assert_ne!(one.fingerprint("label", "text"), other.fingerprint("label", "text"));
    assert_full(&*place.open(json!({})));
}

/// Mutant: `secret-without-a-name`.
pub fn another_secret_opens_nothing(place: &Place) {
    let (one, other) = (place.open(json!({})), place.open(json!({ "client_secret": "another-secret" })));
    keep(&*one);
    slot(&*one, at(), &HOUR);
    assert_empty(&*other);
    assert_eq!(used(&*other, at(), &HOUR), 1, "slots are the account's");
    assert_ne!(one.fingerprint("label", "text"), other.fingerprint("label", "text"));
    let again = place.open(json!({}));
    assert_full(&*again);
    assert_eq!(one.fingerprint("label", "text"), again.fingerprint("label", "text"));
}

/// Mutant: `former-secret-still-opens`.
pub fn a_replaced_secret_takes_over_what_the_former_kept(place: &Place) {
    let before = place.open(json!({}));
    keep(&*before);
    let replaced = json!({ "client_secret": "the-new-secret", "previous_client_secret": "a-secret-of-the-contract" });
    let after = place.open(replaced.clone());
    assert_full(&*after);
    assert_eq!(before.fingerprint("label", "text"), after.fingerprint("label", "text"));
    // At second use there is nothing to take over, and it need not be named.
    assert_full(&*place.open(replaced));
    assert_full(&*place.open(json!({ "client_secret": "the-new-secret" })));
    assert_empty(&*place.open(json!({})));
}
