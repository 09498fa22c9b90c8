//! What a webhook tells of.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    Result,
    UserStatus,
    /// The link flow's callback.
    Link,
}

impl Subject {
    /// As it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::UserStatus => "userstatus",
            Self::Link => "link",
        }
    }
}
