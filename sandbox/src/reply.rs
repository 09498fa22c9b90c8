//! An answer before it is written, what became of its request, and the shapes that Django REST framework gives its errors.

use bytes::Bytes;
use maud::{DOCTYPE, html};
use serde_json::{Map, Value, json};

pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Without Content-Length and Date, which are added when it is written.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

/// A view refuses with a reply just as it answers with one.
pub(crate) type View = Result<Reply, Reply>;

/// What became of a request.
pub(crate) struct Answer {
    pub(crate) reply: Reply,
    /// Has the throttle recorded it?
    pub(crate) counted: bool,
    /// Whose token it bore, if it was good.
    pub(crate) account: Option<usize>,
}

impl Answer {
    /// One that neither the throttle nor the register has noticed.
    pub(crate) fn untouched(reply: Reply) -> Self {
        Self { reply, counted: false, account: None }
    }
}

impl Reply {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        // DRF renders compact JSON with non-ASCII letters as they are (settings COMPACT_JSON, UNICODE_JSON).
        Self::bytes(status, "application/json", body.to_string().into())
    }

    pub(crate) fn html(status: u16, title: &str) -> Self {
        let page = html! { (DOCTYPE) html lang="en" { head { title { (title) } } body { h1 { (title) } } } };
        Self::bytes(status, "text/html; charset=utf-8", page.into_string().into())
    }

    pub(crate) fn bytes(status: u16, content_type: &str, body: Bytes) -> Self {
        Self { status, headers: vec![("Content-Type".into(), content_type.into())], body }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.retain(|(has, _)| !has.eq_ignore_ascii_case(name));
        self.headers.push((name.into(), value.into()));
        self
    }

    /// DRF exceptions.py: `{"detail": …}`.
    pub(crate) fn detail(status: u16, detail: &str) -> Self {
        Self::json(status, &json!({ "detail": detail }))
    }

    pub(crate) fn not_authenticated() -> Self {
        Self::detail(401, "Authentication credentials were not provided.").with("WWW-Authenticate", "Bearer realm=\"api\"")
    }

    pub(crate) fn not_permitted() -> Self {
        Self::detail(403, "You do not have permission to perform this action.")
    }

    /// What newer DRF says when no object has the id; `model` as in Django, such as `User`. Guess: the server's DRF is
    /// 3.15 or newer; older ones say `Not found.`
    pub(crate) fn no_such(model: &str) -> Self {
        Self::detail(404, &format!("No {model} matches the given query."))
    }

    /// DRF, when an id cannot be one at all.
    pub(crate) fn not_found() -> Self {
        Self::detail(404, "Not found.")
    }

    pub(crate) fn method_not_allowed(method: &str) -> Self {
        Self::detail(405, &format!("Method \"{method}\" not allowed."))
    }

    pub(crate) fn not_acceptable() -> Self {
        Self::detail(406, "Could not satisfy the request Accept header.")
    }

    pub(crate) fn unsupported_media_type(media_type: &str) -> Self {
        Self::detail(415, &format!("Unsupported media type \"{media_type}\" in request."))
    }

    /// DRF exceptions.py, Throttled: whole seconds, rounded up, in the text and in Retry-After (none where it is zero).
    pub(crate) fn throttled(wait_s: Option<f64>) -> Self {
        let Some(wait_s) = wait_s.map(|wait_s| wait_s.ceil() as i64) else {
            return Self::detail(429, "Request was throttled.");
        };
        let unit = if wait_s == 1 { "second" } else { "seconds" };
        let reply = Self::detail(429, &format!("Request was throttled. Expected available in {wait_s} {unit}."));
        if wait_s == 0 { reply } else { reply.with("Retry-After", wait_s.to_string()) }
    }

    /// Django, outside any view.
    pub(crate) fn no_such_page() -> Self {
        Self::html(404, "Not Found")
    }
}

/// What is wrong with a body, by field: DRF's `{"field": ["message", …]}`, nested for nested objects.
#[derive(Default)]
pub(crate) struct Problems(Map<String, Value>);

impl Problems {
    pub(crate) fn add(&mut self, field: &str, message: impl Into<String>) {
        let messages = self.0.entry(field).or_insert_with(|| json!([]));
        if let Value::Array(messages) = messages {
            messages.push(Value::String(message.into()));
        }
    }

    pub(crate) fn nest(&mut self, field: &str, inner: Problems) {
        if !inner.is_empty() {
            self.0.insert(field.into(), Value::Object(inner.0));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn reply(self, validation_status: u16) -> Reply {
        Reply::json(validation_status, &Value::Object(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Reply;

    #[test]
    fn waits_are_rounded_up_and_told_in_drfs_words() {
        let told = |wait_s| {
            let reply = Reply::throttled(wait_s);
            let retry_after = reply.headers.iter().find(|(name, _)| name == "Retry-After").map(|(_, value)| value.clone());
            (String::from_utf8(reply.body.to_vec()).unwrap(), retry_after)
        };
        let detail = |rest: &str| format!("{{\"detail\":\"Request was throttled.{rest}\"}}");
        assert_eq!(told(Some(0.2)), (detail(" Expected available in 1 second."), Some("1".to_owned())));
        assert_eq!(told(Some(1.001)), (detail(" Expected available in 2 seconds."), Some("2".to_owned())));
        assert_eq!(told(Some(0.0)), (detail(" Expected available in 0 seconds."), None));
        assert_eq!(told(None), (detail(""), None));
    }
}
