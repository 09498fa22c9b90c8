//! Which user has an identity number, remembered so that changing a known person costs one request, not two. The number itself
//! is never kept: the state may be a file.

use serde::Deserialize;

use super::views::User;
use crate::client::{Call, Context, Deadline};
use crate::error::Error;
use crate::json::Json;
use crate::store::Memo;

/// The store's key for a person: a fingerprint of the identity number.
fn key(context: &Context, persnr: &str) -> String {
    format!("user {}", context.fingerprint("persnr", persnr))
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
    Ok(call.store().remembered(call.at(), &key(call.context(), persnr), age_s)?.and_then(|id| id.value.view()))
}

/// A call inside `call` which remembers of each user that its answers show, alone or in a list, which number the user has. Left out
/// are users who do not show their identity number, and those for whom `is_meant` is false.
pub fn learning<'a>(call: &Call<'a>, is_meant: impl Fn(&User) -> bool + 'a) -> Call<'a> {
    let child = call.child(Deadline::Parents);
    let context = call.context();
    let age_s = context.config.cache_s;
    if age_s <= 0.0 {
        return child;
    }
    child.learning(move |answer| {
        let users = answer.view::<Users>().map_or_else(|| vec![answer.clone()], |listed| listed.results);
        let memos = users.iter().map(User::of).filter(&is_meant).filter_map(|user| {
            let (persnr, id) = (user.persnr()?, user.number().ok()?);
            let key = key(context, &persnr);
            // The number of a user does not change, and is believed for so long only.
            let memos = [Memo::new(key_of_user(id), Json::of(&key)), Memo::new(key, Json::of(&id))];
            Some(memos.map(|memo| memo.unless_younger_than(age_s)))
        });
        memos.flatten().collect()
    })
}

/// A page of a list of users.
#[derive(Deserialize)]
struct Users {
    results: Vec<Json>,
}

/// Forgets which user has this identity number.
pub fn forget(call: &Call, persnr: &str) -> Result<(), Error> {
    call.store().forget(call.at(), &key(call.context(), persnr))
}

/// Forgets that this user has the identity number that is remembered for it.
pub fn forget_user(call: &Call, id: u64) -> Result<(), Error> {
    let known = call.store().remembered(call.at(), &key_of_user(id), f64::INFINITY)?;
    match known.and_then(|key| key.value.view::<String>()) {
        Some(key) => call.store().forget(call.at(), &key),
        None => Ok(()),
    }
}
