//! Completed courses, reported for people who have linked themselves.

use serde_json::{Map, Value, json};

use super::{Args, is_text};
use crate::client::retry::{Creation, Found, create as create_one};
use crate::client::{Call, Request, pages};
use crate::error::{Code, Error};
use crate::inbox::links as inbox;
use crate::wire::{field, path, query};

pub fn list(call: &Call, args: &Args) -> Result<Value, Error> {
    let filter = args.text("encrypted_user_id").map(|encrypted| (query::ENCRYPTED_USERID.to_owned(), encrypted.to_owned()));
    pages::list(call, path::COMPETENCY_RESULT, filter.as_slice(), args.page())
}

pub fn get(call: &Call, args: &Args) -> Result<Value, Error> {
    let id = args.reference("id", path::COMPETENCY_RESULT)?;
    Ok(call.client.send(call, &Request::get(format!("{}{id}/", path::COMPETENCY_RESULT)))?)
}

pub fn create(call: &Call, args: &Args) -> Result<Value, Error> {
    let encrypted = match (args.text("encrypted_user_id"), args.text("ext_user_id")) {
        (Some(encrypted), None) => encrypted.to_owned(),
        (None, Some(ext)) => inbox::encrypted_user_id(call, ext)?,
        _ => {
            let message = "Name the person by one of encrypted_user_id, ext_user_id. Nothing was sent.";
            return Err(Error::new(Code::Argument, message));
        }
    };
    let encrypted = encrypted.as_str();
    let goal = args.get("goal").and_then(|goal| goal.as_i64().or_else(|| goal.as_str()?.parse().ok())).unwrap_or_default();
    let passed = args.text("passed_date").unwrap_or_default();
    let mut result = Map::new();
    result.insert(field::USER.into(), json!(encrypted));
    result.insert(field::GOAL.into(), json!(goal));
    result.insert(field::PASSED_DATE.into(), json!(passed));
    for name in [field::EXTERNAL_SYSTEM, field::EXTERNAL_ID] {
        if let Some(value) = args.text(name) {
            result.insert(name.into(), json!(value));
        }
    }
    let find = || {
        let filter = (query::ENCRYPTED_USERID.to_owned(), encrypted.to_owned());
        let listed = pages::list(call, path::COMPETENCY_RESULT, &[filter], None)?;
        let alike = listed.get(field::RESULTS).and_then(Value::as_array).into_iter().flatten().filter(|found| {
            // The list is of this person's already; how the server writes `user` when reading is not certain (A).
            let theirs =
                found.get(field::USER).and_then(Value::as_str).is_none_or(|user| user == encrypted || user.contains("://"));
            theirs
                && is_goal(found.get(field::GOAL), goal)
                && found.get(field::PASSED_DATE).and_then(Value::as_str).is_some_and(|date| date.starts_with(passed))
        });
        let mut best = Found::Nothing;
        for found in alike {
            let same = |name: &str| is_text(found.get(name), args.text(name));
            let shown = found.get(field::EXTERNAL_ID).map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
            let exactly = shown.as_deref().map(str::trim) == args.text(field::EXTERNAL_ID).map(str::trim);
            match (same(field::EXTERNAL_ID), same(field::EXTERNAL_SYSTEM)) {
                // Another course of the same day.
                (Some(false), _) => {}
                // In an identifier, a hyphen may be all that tells two apart.
                (Some(true), _) if !exactly => best = Found::Unclear,
                (_, Some(false)) => best = Found::Unclear,
                _ => return Ok(Found::Ours(found.clone())),
            }
        }
        Ok(best)
    };
    let check = "look at competency_results.list for this encrypted_user_id: if the goal is there with this date, it succeeded";
    create_one(call, &Creation { request: Request::post(path::COMPETENCY_RESULT, Value::Object(result)), find: &find, check })
}

/// A goal may be read as its number or as a reference.
fn is_goal(found: Option<&Value>, goal: i64) -> bool {
    match found {
        Some(Value::Number(number)) => number.as_i64() == Some(goal),
        Some(Value::String(text)) => {
            text.trim_end_matches('/').rsplit('/').next().and_then(|last| last.parse().ok()) == Some(goal)
        }
        Some(Value::Object(parts)) => is_goal(parts.get(field::ID), goal),
        _ => false,
    }
}
