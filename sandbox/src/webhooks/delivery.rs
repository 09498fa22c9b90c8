//! One thing that is sent to the customer, with every attempt at it.

use crate::calendar;
use crate::webhooks::forgery::Credentials;
use crate::webhooks::subject::Subject;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Counted from 1.
    pub id: u64,
    #[serde(rename = "kind")]
    pub subject: Subject,
    /// Id of the object that it tells of; absent where it tells of none.
    pub object: Option<u64>,
    /// Id of the person that it is about, where that is known.
    pub user: Option<u64>,
    /// Invented, or with another object's contents.
    pub forged: bool,
    /// One for all attempts.
    pub correlation_id: String,
    pub content_type: &'static str,
    pub body: String,
    /// When it was made, in the sandbox's Unix seconds.
    pub made: f64,
    pub outcome: Outcome,
    /// How often it has been tried.
    pub tries: u32,
    /// The last twenty attempts, oldest first.
    pub attempts: Vec<Attempt>,
    #[serde(skip)]
    pub(crate) credentials: Credentials,
}

/// A delivery before it is made.
pub(crate) struct Draft {
    pub(crate) subject: Subject,
    pub(crate) object: Option<u64>,
    pub(crate) user: Option<u64>,
    pub(crate) forged: bool,
    pub(crate) content_type: &'static str,
    pub(crate) body: String,
    pub(crate) credentials: Credentials,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Held back, for its turn or for its next attempt.
    Waiting,
    Sending,
    /// Answered with 2xx.
    Delivered,
    GivenUp,
}

#[derive(Clone, Debug, Serialize)]
pub struct Attempt {
    /// When it ended, in the sandbox's Unix seconds.
    pub at: f64,
    /// Where it went to.
    pub url: String,
    /// 0 when there was no answer.
    pub status: u16,
    /// Why there was no answer.
    pub problem: Option<String>,
    pub took_ms: u64,
}

/// How many attempts are kept of each.
const KEPT_ATTEMPTS: usize = 20;

impl Delivery {
    pub(crate) fn tried(&mut self, attempt: Attempt) {
        self.tries += 1;
        if self.attempts.len() == KEPT_ATTEMPTS {
            self.attempts.remove(0);
        }
        self.attempts.push(attempt);
    }

    /// The same once more.
    pub(crate) fn draft(&self) -> Draft {
        Draft {
            subject: self.subject,
            object: self.object,
            user: self.user,
            forged: self.forged,
            content_type: self.content_type,
            body: self.body.clone(),
            credentials: self.credentials,
        }
    }

    /// What it tells of, such as `result 880001`.
    pub fn what(&self) -> String {
        let name = self.subject.name();
        match self.object {
            Some(object) => format!("{name} {object}"),
            None => name.to_owned(),
        }
    }

    /// One line on the latest attempt, such as `result 880001 -> 200 (2nd attempt)`.
    pub fn summary(&self) -> String {
        let forged = if self.forged { "forged " } else { "" };
        let said = match self.attempts.last() {
            None => "not tried yet".to_owned(),
            Some(Attempt { status: 0, problem, .. }) => problem.clone().unwrap_or_else(|| "no answer".to_owned()),
            Some(attempt) => attempt.status.to_string(),
        };
        let again = match self.tries {
            0 | 1 => String::new(),
            tries => format!(" (attempt {tries})"),
        };
        format!("{forged}{} -> {said}{again}", self.what())
    }

    /// `HH:MM:SS` in Norway, of the latest attempt, or of when it was made.
    pub fn norwegian_time(&self) -> String {
        calendar::oslo_time(self.attempts.last().map_or(self.made, |attempt| attempt.at))
    }
}
