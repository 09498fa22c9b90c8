//! What a caller should know of a call that succeeded: the last member of its reply, and only there when there is something.

use serde::Serialize;

use crate::json::Json;

/// The member's name.
const WARNINGS: &str = "warnings";

/// One thing to know: a stable word, and a sentence for a person.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Warning {
    code: &'static str,
    message: String,
}

/// What is to be told with a reply.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Warnings(Vec<Warning>);

impl Warnings {
    /// Adds one. `message` is whole sentences, without values: those stand in the reply.
    pub fn add(&mut self, code: &'static str, message: impl Into<String>) {
        self.0.push(Warning { code, message: message.into() });
    }

    /// Adds others.
    pub fn extend(&mut self, others: Warnings) {
        self.0.extend(others.0);
    }

    /// True if there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The reply with them. A reply that is no object stays as it is.
    pub fn told_with(self, reply: Json) -> Json {
        if self.0.is_empty() { reply } else { reply.with_last(WARNINGS, &Json::of(&self.0)) }
    }
}
