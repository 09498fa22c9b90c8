//! One PATCH of a user, and whether its answer shows what was sent. The callers decide what is changed.

use std::collections::BTreeMap;

use crate::client::{self, Call, Request, Subject};
use crate::error::Error;
use crate::json::{Json, JsonRef};
use crate::operations::comparison::is_alike;
use crate::operations::person::Person;
use crate::operations::views::{self, User};
use crate::operations::warnings::Warnings;
use crate::wire::objects::{field, path};

/// The names that callers have for what can be changed of a user, beside those of other fields.
pub const KNOWN: [&str; 11] = [
    field::PERSNR,
    field::FIRST_NAME,
    field::LAST_NAME,
    field::EMAIL,
    field::MOBILE,
    field::EMPLOYEE_ALIAS,
    field::COMPANY,
    field::DEPARTMENT,
    field::FRANCHISE,
    "add_roles",
    "add_schemes",
];

/// What of a change the server's answer does not show as it was sent. The server may write a text its own way, so case and
/// spaces do not count. Roles are not compared here: the function that writes them does that.
pub fn differences(sent: &Json, answer: &Json) -> Warnings {
    let mut warnings = Warnings::default();
    let user = User::of(answer);
    if user.id.is_none() {
        return warnings;
    }
    let sent: BTreeMap<String, JsonRef> = sent.view().unwrap_or_default();
    for (name, value) in sent.into_iter().filter(|(name, _)| name != field::USERROLES) {
        let [shown] = answer.members([name.as_str()]);
        // The caller's own name for it.
        let name = if name == field::WORK_FOR { field::DEPARTMENT } else { &name };
        let is_known = KNOWN.contains(&name);
        let name = crate::text::quoted(name, 60);
        let same = match shown {
            // That the server shows none of its own fields tells nothing; a field of another name it may not have at all.
            None if is_known => continue,
            None => {
                let message =
                    format!("The server took the change, but its answer does not show {name}: it may not know this field.");
                warnings.add("not_shown", message);
                continue;
            }
            Some(shown) => is_same(shown, value),
        };
        if same == Some(false) {
            let message = format!(
                "The server took the change, but its answer shows {name} otherwise than it was sent. Look at the user."
            );
            warnings.add("shown_otherwise", message);
        }
    }
    warnings
}

/// Whether a field of the answer is what was sent; `None` where that cannot be told.
fn is_same(shown: JsonRef, sent: JsonRef) -> Option<bool> {
    if let Some(text) = sent.text() {
        // Nothing may be shown as an empty string or as null.
        let is_empty = shown.is_null() || shown.text().is_some_and(|shown| shown.trim().is_empty());
        return match text.is_empty() {
            true => Some(is_empty),
            false if is_empty => Some(false),
            false => shown.text().map(|_| is_alike(shown, &text)),
        };
    }
    // References may be written as addresses of another host, or as objects.
    let members: BTreeMap<String, JsonRef> = sent.view().unwrap_or_default();
    let number = |json: JsonRef| views::number(views::reference(json));
    for (name, sent) in members {
        let [shown] = shown.members([name.as_str()]);
        let Some(shown) = shown else { continue };
        let is_other = number(sent).zip(number(shown)).is_some_and(|(sent, shown)| sent != shown);
        if is_other || sent.is_null() != shown.is_null() {
            return Some(false);
        }
    }
    // Numbers and lists may be written in many ways.
    (sent.is_null() || matches!(sent.as_str(), "true" | "false")).then(|| sent.as_str() == shown.as_str())
}

/// Sends one PATCH for a user; the reply is the changed user.
pub fn patch(call: &Call, person: &Person, changes: &Json) -> Result<Json, Error> {
    person.with_id(call, &|id| {
        let request = Request::patch(format!("{}{id}/", path::USER), changes.clone()).about(Subject::Object);
        let user = client::send(call, &request)?;
        if !user.is_null() {
            return Ok(user);
        }
        // An answer without a body: the reply is to have the user all the same.
        match Person::Id(id).user(call) {
            Ok(user) if differences(changes, &user).is_empty() => Ok(user),
            // A proxy may have answered in the server's place. A change may be sent twice.
            Ok(read) => match client::send(call, &request)? {
                again if again.is_null() => Ok(Person::Id(id).user(call).unwrap_or(read)),
                again => Ok(again),
            },
            // The change is made, whether the user can be had or not.
            Err(_) => Ok(user),
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn an_answer_that_shows_something_else_is_told() {
        let told = |sent: Value, answer: Value| {
            let reply = differences(&Json::of(&sent), &Json::of(&answer)).told_with(Json::of(&answer));
            let codes: Vec<_> = reply.view::<Value>().unwrap()["warnings"].as_array().into_iter().flatten().cloned().collect();
            codes.iter().map(|warning| warning["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let work = |department: u64| json!({"company": "http://x/companies/1/", "department": format!("http://y/departments/{department}/")});
        assert!(
            told(
                json!({"email": "Kari@Example.no", "work_for": work(2)}),
                json!({"id": 1, "email": "Kari@example.no", "work_for": work(2)})
            )
            .is_empty()
        );
        assert!(told(json!({"email": "", "mobile": "91234567"}), json!({"id": 1, "email": null})).is_empty());
        assert_eq!(told(json!({"work_for": work(2)}), json!({"id": 1, "work_for": work(3)})), ["shown_otherwise"]);
        assert_eq!(told(json!({"first_name": "Kari"}), json!({"id": 1, "first_name": "Ola"})), ["shown_otherwise"]);
        assert_eq!(told(json!({"email": ""}), json!({"id": 1, "email": "a@b.no"})), ["shown_otherwise"]);
        assert_eq!(told(json!({"e_mail": "a@b.no"}), json!({"id": 1})), ["not_shown"]);
        assert!(told(json!({"e_mail": "a@b.no"}), json!({})).is_empty(), "an answer without a user shows nothing");
    }
}
