//! Webhooks that lie: what a stranger who knows the URL, or a bug, might send.

use crate::webhooks::subject::Subject;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Forged webhooks: of objects that do not exist, or that say something else than the API says. Each is sent once.
///
/// ```
/// use finaut_sandbox::Forgery;
/// let flood = Forgery::results().count(10_000);
/// let better_grade = Forgery::of_result(880_001);
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forgery {
    #[serde(rename = "kind")]
    pub(crate) subject: Subject,
    #[serde(default = "one")]
    pub(crate) count: usize,
    /// The object that it pretends to be.
    #[serde(default)]
    pub(crate) id: Option<u64>,
    /// Fields that are written over.
    #[serde(default)]
    pub(crate) changes: Map<String, Value>,
    /// Sent instead of any object.
    #[serde(default)]
    pub(crate) body: Option<String>,
    #[serde(default)]
    pub(crate) credentials: Credentials,
}

/// What a sender shows of the headers and the signature that are configured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Credentials {
    /// Neither headers nor a signature: knows only the URL.
    #[default]
    None,
    /// The headers' names with wrong values, and a signature with another secret.
    Wrong,
    /// All of them: only asking the API tells that it lies.
    Right,
}

fn one() -> usize {
    1
}

impl Forgery {
    fn new(subject: Subject, id: Option<u64>) -> Self {
        Self { subject, count: 1, id, changes: Map::new(), body: None, credentials: Credentials::None }
    }

    /// A result that does not exist, of somebody who does.
    pub fn results() -> Self {
        Self::new(Subject::Result, None)
    }

    /// A status that does not exist, of somebody who does.
    pub fn statuses() -> Self {
        Self::new(Subject::UserStatus, None)
    }

    /// A result that exists, passed instead of failed or the other way round.
    pub fn of_result(id: u64) -> Self {
        Self::new(Subject::Result, Some(id))
    }

    /// A status that exists, with another status in it: authorised, or withdrawn where it is that already.
    pub fn of_status(id: u64) -> Self {
        Self::new(Subject::UserStatus, Some(id))
    }

    /// So many instead of one, each of another object unless an id is given.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.count = count;
        self
    }

    /// Writes over one field.
    #[must_use]
    pub fn with(mut self, field: &str, value: Value) -> Self {
        self.changes.insert(field.to_owned(), value);
        self
    }

    /// Sends this instead of an object.
    #[must_use]
    pub fn body(mut self, body: &str) -> Self {
        self.body = Some(body.to_owned());
        self
    }

    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }
}
