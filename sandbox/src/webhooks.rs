//! Webhooks, the server's side: what is sent where, how often it is tried, and what has become of it. No network here: the
//! sender posts what the outbox says. Lists its files only.

pub(crate) mod delivery;
pub(crate) mod forgery;
pub(crate) mod outbox;
pub(crate) mod post;
pub(crate) mod settings;
pub(crate) mod subject;
