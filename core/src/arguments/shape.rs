//! The shapes that a value may have: its JSON type, its form, and the words for both. What a value is for is not known here.

use serde_json::Value;

use crate::clock::Moment;
use crate::wire::protocol::page::PageRef;

/// The longest name of a job, in characters.
const LONGEST_JOB: usize = 64;

/// The JSON type and form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A string that is not empty.
    Text,
    /// An identity number: 11 digits in a string.
    Persnr,
    /// The number of an object, as number or digits, or the URL that stands in its `id`.
    Reference,
    /// The same, or an object with the name alone, as `{"name": "Rådgivning Øst"}`.
    Place,
    /// `YYYY-MM-DD`.
    Date,
    /// `YYYY-MM-DD`, or a time of a day.
    Moment,
    /// The code of a scheme, as `afr`.
    Scheme,
    /// The code of a role, as `afr_ka`.
    Role,
    /// A list of schemes' codes, not empty.
    Schemes,
    /// A list of roles' codes, not empty.
    Roles,
    /// A whole number from 1.
    Count,
    /// Which page of a list: a whole number from 1, its digits, or a query as `next_page` has it.
    Page,
    /// A whole number or its digits.
    Number,
    /// A number of seconds, 0 or more.
    Seconds,
    /// `true` or `false`.
    Flag,
    /// `"bulk"` or `"interactive"`.
    Priority,
    /// What the host calls a piece of work: 1 to 64 printable characters, and no identity number among them.
    Job,
    /// An object.
    Object,
    /// The name of a running call: a string of 1 to 64 bytes, every blank of which counts.
    CallId,
    /// A string, empty or not.
    Raw,
    /// Anything.
    Json,
}

impl Shape {
    /// The stable word for it in the catalogue's JSON.
    pub fn word(self) -> &'static str {
        match self {
            Shape::Text => "text",
            Shape::Persnr => "persnr",
            Shape::Reference => "reference",
            Shape::Place => "place",
            Shape::Date => "date",
            Shape::Moment => "moment",
            Shape::Scheme => "scheme",
            Shape::Role => "role",
            Shape::Schemes => "schemes",
            Shape::Roles => "roles",
            Shape::Count => "count",
            Shape::Page => "page",
            Shape::Number => "number",
            Shape::Seconds => "seconds",
            Shape::Flag => "flag",
            Shape::Priority => "priority",
            Shape::Job => "job",
            Shape::Object => "object",
            Shape::CallId => "call_id",
            Shape::Raw => "raw",
            Shape::Json => "json",
        }
    }

    /// What a value must look like, to end the sentence "… must be".
    pub fn described(self) -> &'static str {
        match self {
            Shape::Text => "a string that is not empty",
            Shape::Persnr => "a string of 11 digits",
            Shape::Reference => "an object's number or the URL in its \"id\"",
            Shape::Place => "an object's number, the URL in its \"id\", or its name as {\"name\": \"…\"}",
            Shape::Date => "a date as \"2026-01-31\"",
            Shape::Moment => {
                "a date as \"2026-01-31\", or a time as \"2026-01-31T14:00:00+01:00\" (Norwegian time without an offset)"
            }
            Shape::Scheme => "a scheme's code as \"afr\" (1 to 10 letters and digits)",
            Shape::Role => "a role's code: scheme, underscore, and ka, ba or tl, as \"afr_ka\"",
            Shape::Schemes => "a list of schemes' codes as [\"afr\", \"krd\"]",
            Shape::Roles => "a list of roles' codes as [\"afr_ka\", \"krd_ba\"]",
            Shape::Count => "a whole number from 1",
            Shape::Page => "a page's number from 1, or what \"next_page\" said",
            Shape::Number => "a whole number",
            Shape::Seconds => "a number of seconds, 0 or more",
            Shape::Flag => "true or false",
            Shape::Priority => "\"bulk\" or \"interactive\"",
            Shape::Job => "a string of 1 to 64 printable characters, without an identity number",
            Shape::Object => "an object as {…}",
            Shape::CallId => "a string of 1 to 64 bytes",
            Shape::Raw => "a string",
            Shape::Json => "any JSON",
        }
    }

    /// The type in a few words, for documents, as in `"persnr" (string of 11 digits)`.
    pub fn brief(self) -> &'static str {
        match self {
            Shape::Text | Shape::Raw => "string",
            Shape::Persnr => "string of 11 digits",
            Shape::Reference => "number or URL",
            Shape::Place => "number, URL or {\"name\"}",
            Shape::Date => "date as \"2026-01-31\"",
            Shape::Moment => "date or time",
            Shape::Scheme => "scheme's code",
            Shape::Role => "role's code",
            Shape::Schemes => "list of schemes' codes",
            Shape::Roles => "list of roles' codes",
            Shape::Count => "whole number from 1",
            Shape::Page => "whole number from 1, or \"next_page\"",
            Shape::Number => "whole number",
            Shape::Seconds => "number of seconds",
            Shape::Flag => "true or false",
            Shape::Priority => "\"bulk\" or \"interactive\"",
            Shape::Job => "string of at most 64 characters",
            Shape::CallId => "string of 1 to 64 bytes",
            Shape::Object => "object",
            Shape::Json => "JSON",
        }
    }

    /// Whether the JSON type is right: what is wrong here is a mistake of the program, `argument`.
    pub(super) fn type_fits(self, value: &Value) -> bool {
        match self {
            Shape::Text
            | Shape::Persnr
            | Shape::Date
            | Shape::Moment
            | Shape::Scheme
            | Shape::Role
            | Shape::Priority
            | Shape::Job
            | Shape::CallId
            | Shape::Raw => value.is_string(),
            Shape::Reference | Shape::Number | Shape::Page => value.is_string() || is_whole(value),
            Shape::Place => value.is_object() || Shape::Reference.type_fits(value),
            Shape::Schemes | Shape::Roles => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            Shape::Count => is_whole(value),
            Shape::Seconds => value.is_number(),
            Shape::Flag => value.is_boolean(),
            Shape::Object => value.is_object(),
            Shape::Json => true,
        }
    }

    /// Takes away the white space around a text, or around each of a list.
    pub(super) fn trim(self, value: &mut Value) {
        match (self, value) {
            (Shape::CallId | Shape::Raw | Shape::Json | Shape::Object, _) => {}
            (Shape::Place, Value::Object(place)) => place.values_mut().for_each(|name| Shape::Text.trim(name)),
            (_, Value::String(text)) => {
                let kept = crate::text::trimmed(text);
                if kept.len() < text.len() {
                    *text = kept.to_owned();
                }
            }
            (Shape::Schemes | Shape::Roles, Value::Array(items)) => {
                let each = if self == Shape::Schemes { Shape::Scheme } else { Shape::Role };
                items.iter_mut().for_each(|item| each.trim(item));
            }
            _ => {}
        }
    }

    /// Whether the value has the right form: what is wrong here is a mistake in the data, `validation`.
    pub(super) fn problem(self, value: &Value) -> Option<String> {
        let text = value.as_str().unwrap_or_default();
        let fits = match self {
            // DRF refuses it by its ProhibitNullCharactersValidator, and a database by itself.
            Shape::Text if text.contains('\0') => {
                return Some(format!(
                    "holds the character NUL (U+0000), which FinAut refuses: {}. Is the rest of a field of fixed length passed on?",
                    quoted(value)
                ));
            }
            Shape::Text => !crate::text::trimmed(text).is_empty(),
            Shape::Persnr => return crate::persnr::Persnr::parse(text).err().map(|fault| fault.to_string()),
            Shape::Place if value.is_object() => match place_name(value) {
                Some(name) => return Shape::Text.problem(&Value::from(name)),
                None => false,
            },
            Shape::Place if text.trim_start().starts_with('{') => {
                return Some(
                    "holds the object {\"name\": \"…\"} as a text; give the object itself (in C#: Reference.Named)".to_owned(),
                );
            }
            Shape::Reference | Shape::Place => reference_number(value).is_some() || (value.is_string() && text.contains("://")),
            Shape::Date => date(text).is_some(),
            Shape::Moment => Moment::parse(text).is_some(),
            // What is no job's name may be anything: it is not quoted.
            Shape::Job => return (!is_job(text)).then(|| format!("must be {}", self.described())),
            Shape::Scheme => is_scheme(text),
            Shape::Role => is_role(text),
            Shape::Schemes => all_of(value, is_scheme),
            Shape::Roles => all_of(value, is_role),
            Shape::Page if value.is_string() => PageRef::named(text).is_some(),
            Shape::Count | Shape::Page => value.as_u64().is_some_and(|number| number >= 1),
            Shape::Number => value.as_i64().is_some() || text.parse::<i64>().is_ok(),
            Shape::Seconds => value.as_f64().is_some_and(|seconds| (0.0..=1e9).contains(&seconds)),
            Shape::Priority => matches!(text, "bulk" | "interactive"),
            Shape::CallId => is_call_id(text),
            Shape::Flag | Shape::Object | Shape::Raw | Shape::Json => true,
        };
        (!fits).then(|| format!("must be {}, not {}", self.described(), quoted(value)))
    }
}

/// `YYYY-MM-DD` that exists in the calendar.
pub fn date(text: &str) -> Option<jiff::civil::Date> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    form.then(|| text.parse().ok()).flatten()
}

/// True for a job's name, whatever white space stands around it.
fn is_job(text: &str) -> bool {
    let text = crate::text::trimmed(text);
    // Zero width, direction marks and the like.
    let is_hidden = |c: char| matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let is_printable = |c: char| !c.is_control() && (!c.is_whitespace() || c == ' ') && !is_hidden(c) && c != '\u{fffd}';
    (1..=LONGEST_JOB).contains(&text.chars().count()) && text.chars().all(is_printable) && crate::persnr::redacted(text) == text
}

/// The number in `590496`, `"590496"` or `"https://…/user/590496/"`.
pub fn reference_number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => return number_in_text(text),
        _ => None,
    }
    .filter(|number| *number > 0)
}

/// The same, of a reference that is a text.
pub fn number_in_text(text: &str) -> Option<u64> {
    let last = text.trim_end_matches('/').rsplit('/').next().filter(|last| is_digits(last))?;
    last.parse().ok().filter(|number| *number > 0)
}

/// The name in `{"name": "…"}`; `None` where there is anything else.
pub fn place_name(value: &Value) -> Option<&str> {
    let place = value.as_object().filter(|place| place.len() == 1)?;
    place.get("name")?.as_str()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// True for a scheme's code, as `afr`: 1 to 10 ASCII letters and digits.
pub fn is_scheme(text: &str) -> bool {
    (1..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// True for a role's code, as `afr_ka`: a scheme's code, an underscore, and `ka`, `ba` or `tl`.
pub fn is_role(text: &str) -> bool {
    text.rsplit_once('_').is_some_and(|(scheme, kind)| is_scheme(scheme) && matches!(kind, "ka" | "ba" | "tl"))
}

/// True for what a call may be named: 1 to 64 bytes.
pub fn is_call_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
}

fn all_of(value: &Value, each: fn(&str) -> bool) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(|item| item.as_str().is_some_and(each)))
}

fn is_whole(value: &Value) -> bool {
    // A number beyond 64 bits or with a fraction is none that anything here is numbered with.
    value.is_u64() || value.is_i64()
}

/// A value for a message: its beginning. Never used for identity numbers and secrets.
pub(super) fn quoted(value: &Value) -> String {
    match value {
        Value::String(text) => crate::text::quoted(text, 60),
        other => crate::text::visible(&other.to_string(), 60),
    }
}
