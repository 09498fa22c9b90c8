//! Webhooks that lie: what a stranger who knows the URL, or a bug, might send.

use super::Subject;
use super::outbox::Draft;
use crate::api;
use crate::new_result::NewResult;
use crate::register::{ExamResult, Status};
use crate::world::World;
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

/// How many may be sent at a time.
const MOST: usize = 100_000;

/// Ids far beyond those that are given out.
const INVENTED: u64 = 90_000_000;

impl World {
    /// Sends webhooks that lie, or says why not.
    pub(crate) fn forge(&mut self, forgery: &Forgery) -> Result<(), String> {
        self.somewhere(forgery.subject)?;
        if forgery.count > MOST {
            return Err(format!("count: at most {MOST}"));
        }
        let users: Vec<u64> = self.register.users.keys().copied().collect();
        for number in 0..forgery.count {
            let (id, user, mut lie) = self.lie(forgery, &users, number as u64)?;
            for (field, value) in &forgery.changes {
                lie[field.as_str()] = value.clone();
            }
            let body = forgery.body.clone().unwrap_or_else(|| self.webhook_body(forgery.subject, lie));
            let (subject, credentials, content_type) = (forgery.subject, forgery.credentials, "application/json");
            let (object, user) = (Some(id), Some(user));
            self.send(Draft { subject, object, user, forged: true, content_type, body, credentials });
        }
        Ok(())
    }

    /// Its id, whom it is about, and what is said of it.
    fn lie(&self, forgery: &Forgery, users: &[u64], number: u64) -> Result<(u64, u64, Value), String> {
        let (register, today) = (&self.register, self.today());
        let invented = INVENTED + number;
        let user = users.get(number as usize % users.len().max(1)).copied().ok_or("there is nobody to lie about")?;
        match (forgery.subject, forgery.id) {
            (Subject::Link, _) => Err("only results and statuses can be forged".to_owned()),
            (Subject::Result, id) => {
                let NewResult { exam_name, score, passed, .. } = NewResult::of(user);
                let lie = match id {
                    None => ExamResult { id: invented, user, exam_name, day: today, created: today, score, passed },
                    Some(id) => {
                        let truth = register.results.get(&id).ok_or_else(|| format!("there is no result {id}"))?;
                        let score = if truth.passed { "0.00" } else { "100.00" };
                        ExamResult { passed: !truth.passed, score: score.to_owned(), ..truth.clone() }
                    }
                };
                Ok((lie.id, lie.user, api::show_result(&self.base, &lie)))
            }
            (Subject::UserStatus, id) => {
                let lie = match id {
                    None => {
                        let (appname, status, comment) = ("afr".to_owned(), "afrok".to_owned(), String::new());
                        let reason = status.clone();
                        Status { id: invented, user, appname, status, reason, day: today, set_by: user, comment }
                    }
                    Some(id) => {
                        let truth = register.statuses.get(&id).ok_or_else(|| format!("there is no status {id}"))?;
                        let authorised = format!("{}ok", truth.appname);
                        let status = if truth.status == authorised { "utmeldt".to_owned() } else { authorised };
                        Status { reason: status.clone(), status, ..truth.clone() }
                    }
                };
                Ok((lie.id, lie.user, api::show_status(&self.base, &lie)))
            }
        }
    }
}
