//! A person of the register as a test sees it: everything that names or places somebody.

use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    pub id: u64,
    pub persnr: String,
    pub first_name: String,
    pub last_name: String,
    /// Empty for a few; a few others share one.
    pub employee_alias: String,
    /// What the link flow would have given the employer's system.
    pub encrypted_id: String,
    pub company_id: u64,
    pub department_id: u64,
    pub franchise_id: Option<u64>,
    /// Such as `afr_ka`.
    pub roles: Vec<String>,
}
