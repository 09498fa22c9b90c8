//! Which user has an identity number, remembered so that changing a known person costs one request, not two. The number itself
//! is never kept: the state may be a file.

use super::views;
use crate::client::{Call, Context, Deadline};
use crate::error::Error;
use crate::json::{Json, JsonRef};
use crate::store::Memo;
use crate::wire::objects::field;
use crate::wire::protocol::page;

/// The store's key for a person: a fingerprint of the identity number.
fn key(context: &Context, persnr: &str) -> String {
    ["user ", &context.fingerprint("persnr", persnr)].concat()
}

/// The store's key under which the key of a user's identity number is kept.
fn key_of_user(id: u64) -> String {
    ["number ", &id.to_string()].concat()
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
pub fn learning<'a>(call: &Call<'a>, is_meant: impl Fn(JsonRef) -> bool + 'a) -> Call<'a> {
    let child = call.child(Deadline::Parents);
    let context = call.context();
    let age_s = context.config.cache_s;
    if age_s <= 0.0 {
        return child;
    }
    child.learning(move |answer| {
        let memos_of = |user: JsonRef| {
            let persnr = user.first(field::PERSNR).and_then(JsonRef::text).filter(|persnr| !persnr.is_empty())?;
            let id = user.first(field::ID).and_then(views::number).filter(|_| is_meant(user))?;
            let key = key(context, &persnr);
            let memos = [Memo::new(key_of_user(id), Json::of(&key)), Memo::new(key, Json::of(&id))];
            // The number of a user does not change, and is believed for so long only.
            Some(memos.map(|memo| memo.unless_younger_than(age_s)))
        };
        match answer.all().first(page::RESULTS).and_then(JsonRef::items) {
            Some(users) => users.into_iter().filter_map(memos_of).flatten().collect(),
            None => memos_of(answer.all()).into_iter().flatten().collect(),
        }
    })
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
