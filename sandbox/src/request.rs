//! A request that the sandbox has seen, as its log keeps it.

use crate::calendar;
use crate::redact::without_identity_numbers;
use serde_json::{Value, json};

/// The answer to a request, as the view gave it: before a fault cut or packed it.
#[derive(Clone, Debug)]
pub struct ReplySeen {
    pub headers: Vec<(String, String)>,
    /// Its beginning, if it is long; as far as it is text; not redacted.
    pub body: String,
    /// The length of the whole body in bytes.
    pub bytes: usize,
}

#[derive(Clone, Debug)]
pub struct Request {
    /// Counted from 1, in the order in which they were dealt with.
    pub id: u64,
    pub method: String,
    /// With the leading slash, as sent; not redacted.
    pub path: String,
    /// Without the question mark, as sent; not redacted.
    pub query: String,
    /// The body as sent, as far as it is text; not redacted.
    pub body: String,
    /// Header names in lower case, with their values.
    pub headers: Vec<(String, String)>,
    /// Of the answer; 0 when none was sent because a fault cut the connection or wrote garbage.
    pub status: u16,
    /// Did the throttle record it?
    pub counted: bool,
    /// The client id, where the token was good.
    pub client_id: Option<String>,
    /// Which connection it came on, counted from 1.
    pub connection: u64,
    /// The sandbox's time when the request had been dealt with, in Unix seconds.
    pub at: f64,
    /// Slots left in the throttle of that client (of the first one, where there was none) afterwards.
    pub slots_left: usize,
    /// The kind of fault that struck, if any.
    pub fault: Option<&'static str>,
    /// The answer, while this is one of the newest few hundred requests.
    pub reply: Option<ReplySeen>,
}

impl Request {
    /// The value of a header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(has, _)| has == name).map(|(_, value)| value.as_str())
    }

    /// `GET /user/?persnr=*** -> 200`: identity numbers redacted.
    pub fn summary(&self) -> String {
        let question = if self.query.is_empty() { "" } else { "?" };
        let target = without_identity_numbers(&format!("{}{question}{}", self.path, self.query));
        match self.status {
            0 => format!("{} {target} -> nothing sent", self.method),
            status => format!("{} {target} -> {status}", self.method),
        }
    }

    /// `HH:MM:SS` in Norway, when it had been dealt with.
    pub fn norwegian_time(&self) -> String {
        calendar::oslo_time(self.at)
    }

    pub(crate) fn json(&self, raw: bool) -> Value {
        let shown = |text: &str| if raw { text.to_owned() } else { without_identity_numbers(text) };
        let mut seen = json!({
            "id": self.id,
            "method": self.method,
            "path": shown(&self.path),
            "query": shown(&self.query),
            "status": self.status,
            "counted": self.counted,
            "connection": self.connection,
            "at": (self.at * 1e6).round() / 1e6,
            "slots_left": self.slots_left,
            "fault": self.fault,
        });
        if raw {
            seen["body"] = json!(self.body);
            seen["headers"] = self.headers.iter().map(|(name, value)| json!([name, value])).collect();
            seen["reply"] = self.reply.as_ref().map_or(Value::Null, |reply| {
                let headers: Value = reply.headers.iter().map(|(name, value)| json!([name, value])).collect();
                json!({ "headers": headers, "body": reply.body, "bytes": reply.bytes })
            });
        }
        seen
    }
}
