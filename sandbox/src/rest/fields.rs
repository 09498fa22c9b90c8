//! Reading a request's body field by field, with Django REST framework's own words for what is wrong.

use crate::ask::Ask;
use crate::calendar;
use crate::reply::{Problems, Reply};
use crate::rest::links::python_type;
use serde_json::{Map, Value};

/// Python counts four separators as white space that Unicode does not.
fn is_white_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// A JSON body and what has been found wrong in it so far.
pub(crate) struct Fields {
    object: Map<String, Value>,
    /// PATCH: what is absent stays as it is.
    partial: bool,
    pub(crate) problems: Problems,
}

impl Fields {
    /// Parses the body; a reply if it is no JSON object.
    pub(crate) fn of(ask: &Ask, partial: bool, validation_status: u16) -> Result<Self, Reply> {
        let kind = ask.header("content-type").unwrap_or_default();
        let body = match kind.split(';').next().map(str::trim) {
            Some("application/json") => {
                serde_json::from_slice(&ask.body).map_err(|error| Reply::detail(400, &format!("JSON parse error - {error}")))?
            }
            _ if ask.body.is_empty() => Value::Object(Map::new()),
            _ => return Err(Reply::unsupported_media_type(kind)),
        };
        Self::within(body, partial).map_err(|problems| problems.reply(validation_status))
    }

    /// The same for an object inside the body.
    pub(crate) fn within(body: Value, partial: bool) -> Result<Self, Problems> {
        match body {
            Value::Object(object) => Ok(Self { object, partial, problems: Problems::default() }),
            other => {
                let mut problems = Problems::default();
                let message = format!("Invalid data. Expected a dictionary, but got {}.", python_type(&other));
                problems.add("non_field_errors", message);
                Err(problems)
            }
        }
    }

    pub(crate) fn wrong(&mut self, field: &str, message: impl Into<String>) {
        self.problems.add(field, message);
    }

    /// The field's value, which must be there unless this is a PATCH, and must not be null.
    pub(crate) fn needed(&mut self, field: &str) -> Option<Value> {
        match self.object.get(field) {
            None if self.partial => None,
            None => {
                self.wrong(field, "This field is required.");
                None
            }
            Some(Value::Null) => {
                self.wrong(field, "This field may not be null.");
                None
            }
            Some(value) => Some(value.clone()),
        }
    }

    /// The field's value, if it is there; null is a value.
    pub(crate) fn optional(&self, field: &str) -> Option<Value> {
        self.object.get(field).cloned()
    }

    /// Text that must be there and not blank.
    pub(crate) fn needed_text(&mut self, field: &str) -> Option<String> {
        let value = self.needed(field)?;
        let text = self.text(field, &value)?;
        if text.is_empty() {
            self.wrong(field, "This field may not be blank.");
            return None;
        }
        Some(text)
    }

    /// The same for a name, of which white space around it is kept unless it is to be trimmed.
    pub(crate) fn needed_name(&mut self, field: &str, trimmed: bool) -> Option<String> {
        let text = self.needed_text(field)?;
        match self.object.get(field) {
            Some(Value::String(untrimmed)) if !trimmed => Some(untrimmed.clone()),
            _ => Some(text),
        }
    }

    /// Text that may be missing; null is the empty text.
    pub(crate) fn optional_text(&mut self, field: &str) -> Option<String> {
        match self.optional(field)? {
            Value::Null => Some(String::new()),
            value => self.text(field, &value),
        }
    }

    /// DRF fields.py, CharField: numbers are taken as text, white space around is dropped as Python's `str.strip` does, and
    /// ProhibitNullCharactersValidator refuses NUL.
    fn text(&mut self, field: &str, value: &Value) -> Option<String> {
        let problem = match value {
            Value::String(text) if text.contains('\0') => "Null characters are not allowed.",
            Value::String(text) => return Some(text.trim_matches(is_white_space).to_owned()),
            Value::Number(number) => return Some(number.to_string()),
            _ => "Not a valid string.",
        };
        self.wrong(field, problem);
        None
    }

    /// A day, counted from 1970-01-01.
    pub(crate) fn needed_date(&mut self, field: &str) -> Option<i64> {
        let value = self.needed(field)?;
        let day = value.as_str().and_then(calendar::parse_date);
        if day.is_none() {
            self.wrong(field, "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.");
        }
        day
    }

    /// Whatever `read` makes of the value, or its message.
    pub(crate) fn needed_with<T>(&mut self, field: &str, read: impl FnOnce(&Value) -> Result<T, String>) -> Option<T> {
        let value = self.needed(field)?;
        match read(&value) {
            Ok(read) => Some(read),
            Err(message) => {
                self.wrong(field, message);
                None
            }
        }
    }
}
