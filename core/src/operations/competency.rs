//! Completed courses, reported for people who have linked themselves.

use jiff::civil::Date;
use serde_json::{Map, json};

use super::comparison::{all, is_day, is_text};
use super::link;
use super::list::List;
use crate::client::{self, Call, Creation, Found, Request};
use crate::error::Error;
use crate::json::{Json, JsonRef};
use crate::wire::objects::{field, path, query};

/// How a linked person is named.
#[derive(Debug, Clone)]
pub enum Linked {
    /// By the encrypted user id from the link flow.
    Encrypted(String),
    /// By the id on the customer's side, where the link came through the inbox.
    External(String),
}

/// A completed course to be reported.
#[derive(Debug, Clone)]
pub struct NewResult {
    /// Who completed it.
    pub person: Linked,
    /// The number of the goal that was reached.
    pub goal: i64,
    /// When.
    pub passed_date: Date,
    /// Name of the reporting system.
    pub external_system: Option<String>,
    /// Its own id of the course.
    pub external_id: Option<String>,
}

/// The completed courses: all, or those of the person with this encrypted user id.
pub fn list<'a>(encrypted_user_id: Option<&str>) -> List<'a> {
    let filter = encrypted_user_id.map(|encrypted| (query::ENCRYPTED_USERID.to_owned(), encrypted.to_owned()));
    List::served(path::COMPETENCY_RESULT, filter.into_iter().collect())
}

/// The completed course of this number. Errors: `not_found`.
pub fn get(call: &Call, id: u64) -> Result<Json, Error> {
    Ok(client::send(call, &Request::get(format!("{}{id}/", path::COMPETENCY_RESULT)))?)
}

/// Reports a completed course. Exactly one is created, also when the connection breaks. The reply: the new competency result.
///
/// Errors: `not_found` and `config` for a person named by an id that no link is known of; `validation`, `unknown_outcome`.
pub fn create(call: &Call, new: &NewResult) -> Result<Json, Error> {
    let encrypted = match &new.person {
        Linked::Encrypted(encrypted) => encrypted.clone(),
        Linked::External(ext_user_id) => link::encrypted_user_id(call, ext_user_id)?,
    };
    let key = new.key(&encrypted);
    let creation = Creation {
        request: Request::post(path::COMPETENCY_RESULT, body(new, &encrypted)),
        key: &key,
        is_shown: &|answer| {
            let [id, goal, date] = answer.members([field::ID, field::GOAL, field::PASSED_DATE]);
            id.is_some_and(|id| !id.is_null()) && (goal.is_some() || date.is_some())
        },
        find: &|call| {
            let filter = (query::ENCRYPTED_USERID.to_owned(), encrypted.clone());
            let listed = client::look_up(call, path::COMPETENCY_RESULT, &[filter])?;
            Ok(found_among(&listed.objects(), new, &encrypted))
        },
        check: "look at competency_results.list for this encrypted_user_id: if the goal is there with this date, it succeeded",
    };
    client::create(call, &creation)
}

impl NewResult {
    /// The natural key: whose it is, goal and date, and what tells two courses of one day apart.
    fn key(&self, encrypted_user_id: &str) -> String {
        let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
        let (system, id) = (text(&self.external_system), text(&self.external_id));
        format!("{encrypted_user_id}\n{}\n{}\n{system}\n{id}", self.goal, self.passed_date)
    }
}

/// The body of the request that reports it.
fn body(new: &NewResult, encrypted_user_id: &str) -> Json {
    let mut result = Map::new();
    result.insert(field::USER.into(), json!(encrypted_user_id));
    result.insert(field::GOAL.into(), json!(new.goal));
    result.insert(field::PASSED_DATE.into(), json!(new.passed_date.to_string()));
    for (name, text) in [(field::EXTERNAL_SYSTEM, &new.external_system), (field::EXTERNAL_ID, &new.external_id)] {
        if let Some(text) = text {
            result.insert(name.into(), json!(text));
        }
    }
    Json::of(&result)
}

/// Looks for the result among those of the person, by goal and date, and by the reporting system's words where they are shown.
fn found_among(listed: &[Json], new: &NewResult, encrypted_user_id: &str) -> Found {
    let passed = new.passed_date.to_string();
    let (mut ours, mut several, mut is_unclear) = (None, false, false);
    for json in listed {
        let [user, goal, date, system, id] =
            json.members([field::USER, field::GOAL, field::PASSED_DATE, field::EXTERNAL_SYSTEM, field::EXTERNAL_ID]);
        // The list is of this person's already; how the server writes `user` when reading is not certain (A).
        let user = user.and_then(JsonRef::text);
        let is_theirs = user.is_none_or(|user| user == encrypted_user_id || user.contains("://"));
        let shown = id.map(|id| id.text().unwrap_or_else(|| id.as_str().into()));
        let exactly = shown.as_deref().map(str::trim) == new.external_id.as_deref().map(str::trim);
        let is_alike = all([Some(is_theirs), is_day(date, &passed), is_goal(goal, new.goal)]);
        match (is_alike, is_text(id, new.external_id.as_deref()), is_text(system, new.external_system.as_deref())) {
            // Another course, or another one of the same day.
            (Some(false), ..) | (_, Some(false), _) => {}
            // In an identifier, a hyphen may be all that tells two apart.
            (_, Some(true), _) if !exactly => is_unclear = true,
            (None, ..) | (_, _, Some(false)) => is_unclear = true,
            _ if ours.is_some() => several = true,
            _ => ours = Some(json.clone()),
        }
    }
    match ours {
        Some(ours) if several => Found::Several(ours),
        Some(ours) => Found::Ours(ours),
        None if is_unclear => Found::Unclear,
        None => Found::Nothing,
    }
}

/// A goal may be read as its number, as a reference, or as an object with either; `None` for anything else.
fn is_goal(shown: Option<JsonRef>, goal: i64) -> Option<bool> {
    let number = |shown: JsonRef| match shown.text() {
        Some(text) => text.trim_end_matches('/').rsplit('/').next().and_then(|last| last.parse().ok()),
        None => shown.view::<i64>(),
    };
    let shown = shown?;
    let [id] = shown.members([field::ID]);
    number(id.unwrap_or(shown)).map(|number| number == goal)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn found(listed: Value) -> &'static str {
        let new = NewResult {
            person: Linked::Encrypted("gA".into()),
            goal: 456,
            passed_date: jiff::civil::date(2026, 1, 15),
            external_system: Some("LMS".into()),
            external_id: Some("C-7".into()),
        };
        match found_among(&[Json::of(&listed)], &new, "gA") {
            Found::Nothing => "nothing",
            Found::Unclear => "unclear",
            Found::Ours(_) => "ours",
            Found::Several(_) => "several",
            Found::Others(_) => "others",
        }
    }

    #[test]
    fn a_course_is_recognised_by_goal_day_and_the_reporters_own_id() {
        for goal in [json!(456), json!("http://x/goals/456/"), json!({"id": 456})] {
            assert_eq!(found(json!({"goal": goal, "passed_date": "2026-01-15T00:00", "user": "gA"})), "ours", "{goal}");
        }
        let day = "2026-01-15";
        assert_eq!(found(json!({"goal": 457, "passed_date": day})), "nothing");
        assert_eq!(found(json!({"goal": 456, "passed_date": "2026-01-16"})), "nothing");
        assert_eq!(found(json!({"goal": 456, "passed_date": day, "user": "gB"})), "nothing");
        assert_eq!(found(json!({"goal": 456, "passed_date": day, "external_id": "C-8"})), "nothing");
        assert_eq!(found(json!({"goal": 456, "passed_date": day, "external_id": "C7"})), "unclear");
        assert_eq!(found(json!({"goal": 456, "passed_date": day, "external_id": " C-7", "external_system": "API"})), "unclear");
        assert_eq!(found(json!({"goal": 456, "passed_date": day, "external_id": " C-7"})), "ours");
    }
}
