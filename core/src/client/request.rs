//! A request as operations mean it: method, path below the API root, query and body. How it travels is `http`'s affair.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::Method;
use crate::json::Json;
use crate::wire::protocol;

/// The object by whose number the journal's line of a change can be found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Subject {
    /// By none.
    #[default]
    Nobody,
    /// By this number.
    Number(u64),
    /// By that of the object which is made or changed.
    Object,
}

/// A request below the API root.
#[derive(Debug, Clone)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// As `user/590496/`.
    pub path: String,
    /// Names and values; a name may stand several times.
    pub query: Vec<(String, String)>,
    /// More of the query, as it stands in an address: what a server wrote itself.
    pub raw_query: Option<String>,
    /// The body, where the method has one.
    pub body: Option<Json>,
    /// Whom it is about, for the journal.
    pub subject: Subject,
}

impl Request {
    /// A GET without a query.
    pub fn get(path: impl Into<String>) -> Self {
        Request {
            method: Method::GET,
            path: path.into(),
            query: Vec::new(),
            raw_query: None,
            body: None,
            subject: Subject::Nobody,
        }
    }

    /// A POST of `body`.
    pub fn post(path: impl Into<String>, body: Json) -> Self {
        Request {
            method: Method::POST,
            path: path.into(),
            query: Vec::new(),
            raw_query: None,
            body: Some(body),
            subject: Subject::Nobody,
        }
    }

    /// A PATCH with `body`.
    pub fn patch(path: impl Into<String>, body: Json) -> Self {
        Request {
            method: Method::PATCH,
            path: path.into(),
            query: Vec::new(),
            raw_query: None,
            body: Some(body),
            subject: Subject::Nobody,
        }
    }

    /// The same about this object.
    pub fn about(self, subject: Subject) -> Self {
        Request { subject, ..self }
    }

    /// What it is called in errors: method and path, no query.
    pub fn named(&self) -> String {
        format!("{} {}{}", self.method, protocol::API_ROOT, self.path)
    }

    /// Whether sending it twice does no more than sending it once.
    pub fn is_repeatable(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD | Method::PUT | Method::PATCH)
    }

    /// Its address at `host`.
    pub fn url(&self, host: &str) -> String {
        let mut url = format!("{host}{}{}", protocol::API_ROOT, self.path);
        for (i, (name, value)) in self.query.iter().enumerate() {
            let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
            url.push(if i == 0 { '?' } else { '&' });
            // Names are the server's own words; only what `request` passes on can need encoding.
            url.push_str(&encode(name).to_string().replace("%5F", "_"));
            url.push('=');
            url.push_str(&encode(value).to_string().replace("%2D", "-"));
        }
        if let Some(raw) = &self.raw_query {
            url.push(if self.query.is_empty() { '?' } else { '&' });
            url.push_str(raw);
        }
        url
    }
}
