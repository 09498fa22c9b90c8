//! Results and statuses as JSON: the same through the API and in webhooks.

use crate::base::Base;
use crate::calendar;
use crate::register::{ExamResult, Status, scheme_id};
use serde_json::{Number, Value, json};

/// Guess: the fields beyond `id` and `user`.
pub(crate) fn result(base: &Base, result: &ExamResult) -> Value {
    json!({
        "id": base.url("results", result.id),
        "user": base.url("user", result.user),
        "exam_name": result.exam_name,
        "exam_date": calendar::date(result.day),
        "score": number(&result.score),
        "passed": result.passed,
        "status": if result.passed { "bestått" } else { "ikke bestått" },
        // Documented nowhere: a decimal that no floating-point number holds.
        "weight": number("0.1000000000000000055511151231257827021181583404541015625001"),
    })
}

pub(crate) fn status(base: &Base, status: &Status) -> Value {
    json!({
        "id": base.url("userstatus", status.id),
        "user": base.url("user", status.user),
        "appname": status.appname,
        "ordning": scheme_url(base, &status.appname), // the vendor's example reads it; guess: a URL
        "status": status.status,
        "reason": status.reason,
        "status_date": status.status_date(),
        "status_set_by": base.url("user", status.set_by),
        "comment": status.comment,
    })
}

/// The scheme's URL, null for a code that is none.
pub(crate) fn scheme_url(base: &Base, appname: &str) -> Option<String> {
    scheme_id(appname).map(|id| base.url("ordninger", id))
}

/// A number that stands on the wire just so.
pub(crate) fn number(digits: &str) -> Value {
    Value::Number(Number::from_string_unchecked(digits.to_owned()))
}
