//! Errors: one type, its stable codes and its JSON form. What they say is written where they arise.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::text::{HALF_NUMBER, beginning, cut};

/// How much an error holds at most, written as JSON, in bytes: whatever a server answers, its error can be logged and shown.
pub const MOST_BYTES: usize = 16 << 10;
/// What of it the message may take; in bytes, as the others.
const MOST_MESSAGE: usize = 5 << 10;
/// What each of the short texts may take.
const MOST_TEXT: usize = 500;
/// What all fields may take. With quotes and escapes the texts take no more than the rest.
const MOST_FIELDS: usize = 4 << 10;
/// What the server's own names for them, with their messages, may take.
const MOST_SERVER_FIELDS: usize = 3 << 10;
/// What the values that were sent may take.
const MOST_VALUES: usize = 3 << 9;
/// What one of the values may take within the message.
const MOST_QUOTED: usize = 200;
/// What one of the fields' messages may take.
const MOST_PROBLEM: usize = 2 << 10;

/// Makes [`Code`] of its one table: name, number, word, and the sentence that all documents have about it.
macro_rules! codes {
    ($($name:ident = $number:literal, $word:literal, $about:literal;)*) => {
        /// What kind of thing went wrong. Numbers and words are promises to callers: never changed, only added to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(i32)]
        pub enum Code {
            $(#[doc = $about] $name = $number,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: [Code; [$($number),*].len()] = [$(Code::$name),*];

            /// The stable word, as it stands in the error's JSON.
            pub fn word(self) -> &'static str {
                match self {
                    $(Code::$name => $word,)*
                }
            }

            /// One sentence or two for documents: what it means, in any language's interface.
            pub fn about(self) -> &'static str {
                match self {
                    $(Code::$name => $about,)*
                }
            }
        }
    };
}

codes! {
    Argument = 1, "argument", "An argument of the call is missing, unknown, of the wrong type, or no JSON. Nothing was sent.";
    Handle = 2, "handle", "The client or receiver is closed: its handle is NULL, freed, or none of this library's.";
    Config = 3, "config", "The configuration cannot be used.";
    Validation = 4, "validation", "A value is refused, before sending or by the server (status 400, 409 or 422); \"fields\" says which.";
    Authentication = 5, "authentication", "The server does not accept the credentials or the token.";
    Permission = 6, "permission", "The account may not do this (status 403).";
    NotFound = 7, "not_found", "There is no such object, or the account may not see it.";
    Ambiguous = 8, "ambiguous", "Several persons match, or several companies, departments or franchises have the name.";
    Throttled = 9, "throttled", "No request may be sent soon enough; \"retry_after_s\" says when one may.";
    Server = 10, "server", "The server failed (status 5xx), or refused in a way that has no code of its own.";
    Network = 11, "network", "The server could not be reached, or the connection broke.";
    UnknownOutcome = 12, "unknown_outcome", "Something was sent and nobody knows whether it took effect; the message says what to check.";
    Protocol = 13, "protocol", "The answer is not what FinAut would send: a proxy's page, half a body, too much of it.";
    Interrupted = 14, "interrupted", "The host interrupted the call, from another thread or through its observer.";
    State = 15, "state", "The state file cannot be used, or this program or machine lacks something: descriptors, threads, memory, disk.";
    Forked = 16, "forked", "This is a forked child in which the client cannot be used safely.";
    Internal = 17, "internal", "There is a mistake in this library; please report the message.";
    Held = 18, "held", "Nothing could be done because a rail of the sync holds it, until a person has approved it.";
    Stale = 19, "stale", "It is older than it may be: the last completed run of a sync, or a plan.";
    Busy = 20, "busy", "Another sync of the account is under way; \"retry_after_s\" says when to call again.";
}

impl Code {
    /// The number that the C functions return.
    pub fn number(self) -> i32 {
        self as i32
    }
}

/// What went wrong, with what value, and what to do about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", self.message())]
pub struct Error(Box<Details>);

/// The parts of an [`Error`].
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// What kind of thing went wrong; decides what a caller does about it.
    pub code: Code,
    /// One or two sentences for a person.
    pub message: String,
    /// The operation that was called.
    pub operation: Option<String>,
    /// Method and path of the request that failed, without its query.
    pub request: Option<String>,
    /// The status of the answer that made the error; none if no answer came or the error is not about one.
    pub http_status: Option<u16>,
    /// In how many seconds the same call can succeed.
    pub retry_after_s: Option<f64>,
    /// The caller's argument to messages, as `{"persnr": ["…"]}`; the server's own name where no argument stands for it.
    pub fields: Map<String, Value>,
    /// The same as the server names it, as `{"work_for.department": ["…"]}`; empty unless the server refused values.
    pub server_fields: Map<String, Value>,
    /// What was sent for the arguments in `fields`.
    pub values: Map<String, Value>,
    /// The words in the message that name the server's fields. Not part of the JSON.
    pub server_words: String,
    /// The server's `X-Correlation-Id`, for questions to Norsk Test.
    pub correlation_id: Option<String>,
    /// The same request can succeed a moment later. Not part of the JSON: by then it was tried.
    pub transient: bool,
    /// No request was spent. The message says so at its end.
    pub nothing_sent: bool,
    /// Members of the JSON that only this code has; without secrets and identity numbers.
    pub more: Map<String, Value>,
}

impl Error {
    /// An error of this kind with its message alone; the functions below add the other parts. The message is whole sentences for
    /// a person, without secrets.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Error(Box::new(Details {
            code,
            message: message.into(),
            operation: None,
            request: None,
            http_status: None,
            retry_after_s: None,
            fields: Map::new(),
            server_fields: Map::new(),
            values: Map::new(),
            server_words: String::new(),
            correlation_id: None,
            transient: false,
            nothing_sent: false,
            more: Map::new(),
        }))
    }

    /// A mistake of the calling program, found before anything was sent.
    pub fn argument(message: impl Into<String>) -> Self {
        Error::new(Code::Argument, message).nothing_sent()
    }

    /// A value that is refused before anything was sent.
    pub fn invalid(field: &str, problem: impl AsRef<str>) -> Self {
        let problem = problem.as_ref();
        Error::new(Code::Validation, format!("{field}: {problem}.")).field(field, problem).nothing_sent()
    }

    /// What kind of thing went wrong.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What happened and what to do, in sentences for a person.
    pub fn message(&self) -> Cow<'_, str> {
        match self.0.nothing_sent {
            true => Cow::Owned(format!("{} Nothing was sent.", self.0.message)),
            false => Cow::Borrowed(&self.0.message),
        }
    }

    /// The message without the sentence that nothing was sent, to be said within another message.
    pub fn words(&self) -> &str {
        &self.0.message
    }

    /// All parts.
    pub fn details(&self) -> &Details {
        &self.0
    }

    /// Names the operation that was called, if none is named yet.
    pub fn operation(mut self, operation: &str) -> Self {
        self.0.operation.get_or_insert_with(|| operation.to_owned());
        self
    }

    /// Names the request that failed: method and path.
    pub fn request(mut self, request: impl Into<String>) -> Self {
        self.0.request = Some(request.into());
        self
    }

    /// The status of the answer.
    pub fn http_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    /// In how many seconds the same call can succeed.
    pub fn retry_after_s(mut self, seconds: f64) -> Self {
        // Milliseconds, rounded up: calling again after this long must not be a moment too early.
        self.0.retry_after_s = Some((seconds.max(0.0) * 1000.0).ceil() / 1000.0);
        self
    }

    /// Calling again after some time would not be right.
    pub fn without_retry(mut self) -> Self {
        self.0.retry_after_s = None;
        self
    }

    /// Adds a problem of a field.
    pub fn field(mut self, field: &str, problem: &str) -> Self {
        let messages = self.0.fields.entry(field).or_insert_with(|| json!([]));
        if let Value::Array(messages) = messages {
            messages.push(json!(problem));
        }
        self
    }

    /// Sets the fields that the server refused, by its own names. `words`: how the message tells of them.
    pub fn refused(mut self, fields: Fields, words: String) -> Self {
        self.0.fields.clone_from(&fields.0);
        self.0.server_fields = fields.0;
        self.0.server_words = words;
        self
    }

    /// Names what the server refused as the caller does, in `fields` and in the message. `argument` gives the caller's names for one
    /// of the server's, none where the server's stays; `value` gives what was sent for an argument; `shown` makes words of fields fit
    /// for a message.
    pub fn named(
        mut self,
        argument: &dyn Fn(&str) -> Vec<String>,
        value: &dyn Fn(&str) -> Option<Value>,
        shown: &dyn Fn(&str) -> String,
    ) -> Self {
        let details = &mut *self.0;
        if details.server_fields.is_empty() {
            return self;
        }
        let mut fields = Map::new();
        for (name, problems) in &details.server_fields {
            let mut names = argument(name);
            if names.is_empty() {
                names.push(name.clone());
            }
            for name in names {
                let known = fields.entry(name).or_insert_with(|| json!([]));
                if let (Value::Array(known), Value::Array(problems)) = (known, problems) {
                    known.extend(problems.iter().cloned());
                }
            }
        }
        details.values = fields.keys().filter_map(|name| Some((name.clone(), value(name)?))).collect();
        let words = shown(&words_of(&fields, &details.values));
        if !details.server_words.is_empty() {
            details.message = details.message.replacen(&details.server_words, &words, 1);
            details.server_words = words;
        }
        details.fields = fields;
        self
    }

    /// The server's `X-Correlation-Id`.
    pub fn correlation_id(mut self, id: Option<String>) -> Self {
        self.0.correlation_id = id;
        self
    }

    /// Whether the same request can succeed a moment later.
    pub fn transient(mut self, transient: bool) -> Self {
        self.0.transient = transient;
        self
    }

    /// Members of the JSON that only this code has; without secrets and identity numbers.
    pub fn more(mut self, more: Map<String, Value>) -> Self {
        self.0.more = more;
        self
    }

    /// No request was spent.
    pub fn nothing_sent(mut self) -> Self {
        self.0.nothing_sent = true;
        self
    }

    /// The same error with another code and message: what it means to a caller further up.
    pub fn with_code(mut self, code: Code, message: impl Into<String>) -> Self {
        self.0.code = code;
        self.0.nothing_sent = false;
        self.0.message = message.into();
        self
    }

    /// Applies `redact` to every text in the error that may hold what somebody else wrote, and bounds what there is of it. `redact`
    /// is given a text and how many bytes its result may have.
    pub fn redacted(mut self, redact: &dyn Fn(&str, usize) -> String) -> Self {
        let redact = |text: &str, most: usize| fitting(redact(text, most), most);
        let redact: &dyn Fn(&str, usize) -> String = &redact;
        let details = &mut *self.0;
        details.message = redact(&details.message, MOST_MESSAGE);
        let short = |text: &mut Option<String>| *text = text.take().map(|text| redact(&text, MOST_TEXT));
        short(&mut details.operation);
        short(&mut details.request);
        short(&mut details.correlation_id);
        for (fields, most) in [
            (&mut details.fields, MOST_FIELDS),
            (&mut details.server_fields, MOST_SERVER_FIELDS),
            (&mut details.values, MOST_VALUES),
        ] {
            *fields = redact_members(std::mem::take(fields), redact, &mut { most });
        }
        self
    }

    /// The same where nothing is known that must not be shown but identity numbers.
    pub fn bounded(self) -> Self {
        let redact = |text: &str| crate::persnr::redacted(text).into_owned();
        self.redacted(&|text, most| cut(beginning(text, most, HALF_NUMBER, &redact), most))
    }

    /// `{"code", "message", …}`: what a C caller gets in `*reply`. Unknown parts are left out. A NUL in what is quoted becomes U+FFFD:
    /// C's text ends at one, and `finaut_json_get` could not give the message out.
    pub fn json(&self) -> Value {
        let shown = self.clone().redacted(&|text, _| text.replace('\0', "\u{fffd}"));
        let details = &*shown.0;
        let mut object = Map::new();
        object.insert("code".into(), json!(details.code.word()));
        object.insert("message".into(), json!(shown.message()));
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                object.insert(name.into(), value);
            }
        };
        put("operation", details.operation.as_ref().map(|text| json!(text)));
        put("request", details.request.as_ref().map(|text| json!(text)));
        put("http_status", details.http_status.map(|status| json!(status)));
        put("retry_after_s", details.retry_after_s.map(|seconds| json!(seconds)));
        for (name, fields) in
            [("fields", &details.fields), ("server_fields", &details.server_fields), ("values", &details.values)]
        {
            put(name, (!fields.is_empty()).then(|| Value::Object(fields.clone())));
        }
        put("correlation_id", details.correlation_id.as_ref().map(|text| json!(text)));
        object.extend(details.more.clone());
        Value::Object(object)
    }
}

/// What a server says of the fields of a refused request: field name to messages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Field name to messages, which are a list each.
    pub fn of(fields: Map<String, Value>) -> Fields {
        Fields(fields)
    }

    /// All of it in words, as `persnr: This field must be unique.; email: …`.
    pub fn words(&self) -> String {
        words_of(&self.0, &Map::new())
    }
}

/// Fields in words, with the values that are known, as `department (999999): Object does not exist.; email: …`.
fn words_of(fields: &Map<String, Value>, values: &Map<String, Value>) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let words = fields.iter().map(|(name, problems)| {
        let problems: Vec<String> = problems.as_array().into_iter().flatten().map(text).collect();
        let value = values.get(name).map(|value| format!(" ({})", cut(value.to_string(), MOST_QUOTED))).unwrap_or_default();
        format!("{name}{value}: {}", problems.join(" "))
    });
    words.collect::<Vec<_>>().join("; ")
}

/// How long a text is as JSON, in bytes.
fn written_length(text: &str) -> usize {
    json!(text).to_string().len()
}

/// The text cut to what takes at most `most` bytes as JSON, but for its quotes: a control character takes six times its length.
fn fitting(mut text: String, most: usize) -> String {
    loop {
        let written = written_length(&text).saturating_sub(2);
        if written <= most {
            return text;
        }
        // One byte less at least, so that it ends.
        let part = (text.len() * most / written).min(text.len() - 1);
        text = cut(text, part);
    }
}

/// The members with their names and all their texts redacted, as far as `left` bytes go.
fn redact_members(items: Map<String, Value>, redact: &dyn Fn(&str, usize) -> String, left: &mut usize) -> Map<String, Value> {
    let mut kept = Map::new();
    for (name, item) in items {
        let name = redact(&name, MOST_TEXT);
        *left = left.saturating_sub(written_length(&name) + 4);
        if *left == 0 {
            break;
        }
        kept.insert(name, redact_value(item, redact, left));
    }
    kept
}

/// The value with all its texts redacted, as far as `left` bytes go.
fn redact_value(value: Value, redact: &dyn Fn(&str, usize) -> String, left: &mut usize) -> Value {
    let text = |text: &str, left: &mut usize| {
        let text = redact(text, MOST_PROBLEM.min(*left));
        *left = left.saturating_sub(written_length(&text) + 1);
        Value::from(text)
    };
    match value {
        Value::String(said) => text(&said, left),
        Value::Array(items) => {
            let mut kept = Vec::new();
            for item in items {
                if *left == 0 {
                    break;
                }
                kept.push(redact_value(item, redact, left));
            }
            Value::Array(kept)
        }
        Value::Object(items) => Value::Object(redact_members(items, redact, left)),
        // A number may be somebody's identity number too, also as `1810010001.0` or `1.810010001e9`.
        Value::Number(number) => {
            let plain = number.to_string();
            let whole =
                number.as_f64().filter(|whole| whole.fract() == 0.0 && whole.abs() < 1e15).map(|whole| format!("{whole:.0}"));
            let shows = |plain: &str| redact(plain, MOST_TEXT) == plain;
            if shows(&plain) && whole.as_deref().is_none_or(shows) && plain.len() < MOST_TEXT {
                *left = left.saturating_sub(plain.len() + 1);
                Value::Number(number)
            } else {
                text(&whole.unwrap_or(plain), left)
            }
        }
        other => {
            *left = left.saturating_sub(6);
            other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_holds_no_nul_that_would_hide_the_message_from_c() {
        let error = Error::new(Code::Config, "ca_file: \0.pem").field("ca_file", "\0.pem").operation("a\0").request("GET \0");
        let json = error.correlation_id(Some("\0".into())).json().to_string();
        assert!(!json.contains("u0000") && json.matches('\u{fffd}').count() == 5, "{json}");
    }

    #[test]
    fn codes_are_stable() {
        let listed: Vec<_> = Code::ALL.iter().map(|code| (code.number(), code.word())).collect();
        assert_eq!(
            listed,
            [
                (1, "argument"),
                (2, "handle"),
                (3, "config"),
                (4, "validation"),
                (5, "authentication"),
                (6, "permission"),
                (7, "not_found"),
                (8, "ambiguous"),
                (9, "throttled"),
                (10, "server"),
                (11, "network"),
                (12, "unknown_outcome"),
                (13, "protocol"),
                (14, "interrupted"),
                (15, "state"),
                (16, "forked"),
                (17, "internal"),
                (18, "held"),
                (19, "stale"),
                (20, "busy"),
            ]
        );
    }

    #[test]
    fn an_error_is_bounded_whatever_it_is_made_of() {
        let long = "long\u{1}".repeat(1_000_000);
        let error = Error::new(Code::Validation, &long).operation(&long).request(&long).correlation_id(Some(long.clone()));
        let fields =
            json!({ &long: [&long, long.len(), [&long], { &long: &long }], "a": vec![7; 100_000], "b": vec![&long; 10] });
        let Value::Object(fields) = fields else { panic!() };
        let looked_at = std::cell::Cell::new(0);
        let redact = |text: &str, most: usize| {
            let text = cut(text.chars().take(most).collect(), most);
            looked_at.set(looked_at.get() + text.len());
            text
        };
        let value = |_: &str| Some(json!(&long));
        let error = error.refused(Fields(fields), "long".into()).named(&|name| vec![name.to_owned()], &value, &str::to_owned);
        let bounded = error.redacted(&redact).json().to_string();
        assert!(bounded.len() <= MOST_BYTES, "{}", bounded.len());
        assert!(looked_at.get() <= 3 * MOST_BYTES, "{}", looked_at.get());
        assert!(bounded.contains("longlong") || bounded.contains("long\\u0001"), "{bounded}");
    }

    #[test]
    fn the_json_leaves_out_what_is_not_known() {
        assert_eq!(Error::new(Code::State, "no").json().to_string(), r#"{"code":"state","message":"no"}"#);
        let full = Error::invalid("persnr", "too short")
            .operation("users.get")
            .http_status(422)
            .retry_after_s(1.00001)
            .request("GET /user/");
        assert_eq!(
            full.json().to_string(),
            r#"{"code":"validation","message":"persnr: too short. Nothing was sent.","operation":"users.get","request":"GET /user/","http_status":422,"retry_after_s":1.001,"fields":{"persnr":["too short"]}}"#
        );
    }
}
