//! Webhooks, the server's side: what is sent where, how often it is tried, and what has become of it. The world announces
//! changes; the sender (`sender.rs`) posts them in the background.

mod announcements;
mod delivery;
mod forgery;
mod outbox;
mod sender;
mod settings;

pub use delivery::{Attempt, Delivery, Outcome};
pub use forgery::{Credentials, Forgery};
pub use settings::Webhooks;

pub(crate) use outbox::{Draft, Outbox};
pub(crate) use sender::{run, send_now};
pub(crate) use settings::is_this_machine;

use serde::{Deserialize, Serialize};

/// What a webhook tells of.
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
