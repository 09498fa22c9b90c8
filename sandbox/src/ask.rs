//! A request as the handlers see it: a value, without the connection that it came on.

use crate::base::Base;
use crate::switches::Paging;
use bytes::Bytes;
use hyper::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Display;

pub(crate) struct Ask {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// As the client has addressed us.
    pub(crate) base: Base,
    pub(crate) links: Links,
}

/// How links to other pages of a list are written.
#[derive(Clone, Default)]
pub(crate) struct Links {
    pub(crate) paging: Paging,
    /// Another base than the one by which the client has addressed us.
    pub(crate) base: Option<Base>,
}

impl Ask {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The last value of a query parameter, unless it is empty: Django's filters ignore empty ones.
    pub(crate) fn filter(&self, name: &str) -> Option<String> {
        let pairs = form_urlencoded::parse(self.query.as_bytes());
        let value = pairs.filter(|(has, _)| has == name).last()?.1;
        (!value.is_empty()).then(|| value.into_owned())
    }

    /// The absolute URL of an object.
    pub(crate) fn url(&self, collection: &str, id: impl Display) -> String {
        self.base.url(collection, id)
    }

    /// What the JSON body says, or why it says nothing of that shape.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, String> {
        serde_json::from_slice(&self.body).map_err(|error| format!("the body does not fit: {error}"))
    }

    /// `old` with the JSON body's fields in place of its own, or why that cannot be; `kind` is what one of them is called.
    pub(crate) fn json_over<T: Serialize + DeserializeOwned>(&self, old: &T, kind: &str) -> Result<T, String> {
        let Value::Object(sent) = self.json()? else { return Err("an object is expected".to_owned()) };
        let mut merged = json!(old);
        for (name, value) in sent {
            if merged.get(&name).is_none() {
                return Err(format!("there is no {kind} `{name}`"));
            }
            merged[&name] = value;
        }
        serde_json::from_value(merged).map_err(|error| error.to_string())
    }
}
