//! Where things are on the sandbox: the paths at which its parts begin, and the absolute URLs that lead to them.

use std::fmt::Display;

/// Where the API begins.
pub(crate) const API: &str = "/finautapi/v1/";

/// Where the link flow begins.
pub(crate) const LINK: &str = "/link/";

/// Where the sandbox's own controls and its page begin.
pub(crate) const CONTROL: &str = "/sandbox/";

/// Scheme and host in front of every path, such as `http://127.0.0.1:8700`.
#[derive(Clone, Default)]
pub(crate) struct Base(pub(crate) String);

impl Base {
    /// The absolute URL of an object.
    pub(crate) fn url(&self, collection: &str, id: impl Display) -> String {
        format!("{}{API}{collection}/{id}/", self.0)
    }

    /// What to configure as `link_url`.
    pub(crate) fn link_template(&self) -> String {
        format!("{}{LINK}?ext-user-id={{ext_user_id}}", self.0)
    }
}
