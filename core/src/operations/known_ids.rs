//! Which user has an identity number, remembered so that changing a known person costs one request, not two. The number itself
//! is never kept: the state may be a file.

use super::views::User;
use crate::client::Call;
use crate::error::Error;
use crate::json::Json;

/// The store's key for a person: a fingerprint of the identity number.
fn key(call: &Call, persnr: &str) -> String {
    format!("user {}", call.fingerprint("persnr", persnr))
}

/// The store's key under which the key of a user's identity number is kept.
fn key_of_user(id: u64) -> String {
    format!("number {id}")
}

/// The number of the user with this identity number, if it is remembered.
///
/// It is not remembered longer than `cache_s`: an identity number may be corrected in the portal, and then be somebody else's.
pub fn of(call: &Call, persnr: &str) -> Result<Option<u64>, Error> {
    let age_s = call.config().cache_s;
    if call.fresh() || age_s <= 0.0 {
        return Ok(None);
    }
    Ok(call.store().remembered(call.at(), &key(call, persnr), age_s)?.and_then(|id| id.view()))
}

/// Remembers which number a user has. A user that does not show its identity number is left out.
pub fn remember(call: &Call, user: &User) -> Result<(), Error> {
    let (Some(persnr), Ok(id)) = (user.persnr(), user.number()) else { return Ok(()) };
    let age_s = call.config().cache_s;
    if age_s <= 0.0 {
        return Ok(());
    }
    let store = call.store();
    let key = key(call, &persnr);
    if store.remembered(call.at(), &key, age_s)?.is_some_and(|known| known.view() == Some(id)) {
        return Ok(());
    }
    store.remember(call.at(), &key, &Json::of(&id))?;
    store.remember(call.at(), &key_of_user(id), &Json::of(&key))
}

/// Forgets which user has this identity number.
pub fn forget(call: &Call, persnr: &str) -> Result<(), Error> {
    call.store().forget(call.at(), &key(call, persnr))
}

/// Forgets that this user has the identity number that is remembered for it.
pub fn forget_user(call: &Call, id: u64) -> Result<(), Error> {
    let known = call.store().remembered(call.at(), &key_of_user(id), f64::INFINITY)?;
    match known.and_then(|key| key.view::<String>()) {
        Some(key) => call.store().forget(call.at(), &key),
        None => Ok(()),
    }
}
