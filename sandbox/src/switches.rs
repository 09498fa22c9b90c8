//! What is uncertain about the real server, one switch each. The defaults are our best guesses.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Switches {
    /// Status of validation errors: 422 (the vendor's client expects it) or 400 (DRF's own).
    pub validation_status: u16,
    /// `userroles` are read as objects (`usertype`, `company`, …) instead of URLs.
    pub roles_as_objects: bool,
    /// PATCH of `userroles` adds to the roles instead of replacing them.
    pub patching_roles_adds: bool,
    /// `latestuserstatus/` honours `employee_alias`; otherwise the parameter is ignored.
    pub latest_status_by_alias: bool,
    /// Token requests count in the throttle.
    pub token_requests_count: bool,
    /// The role `{appname}_tl` exists.
    pub tl_role_exists: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            validation_status: 422,
            roles_as_objects: false,
            patching_roles_adds: false,
            latest_status_by_alias: true,
            token_requests_count: false,
            tl_role_exists: true,
        }
    }
}
