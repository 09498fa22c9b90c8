//! FinAut's objects: their paths, their fields, and the words that stand in them. Nothing below `ledger` uses these.
//!
//! Sources: D, the vendor's public documentation; C, the vendor's public client; A, our assumption. An assumption that
//! proves wrong is changed here, in one line.

pub mod shown;

/// C: the vendor's `test_connection`. What is asked for to see whether host and credentials are right: the API root itself.
pub const CHECK: &str = "";

/// Collections below the API root; an object's path is its collection, its number and a slash. (C; `ordninger` D.)
pub mod path {
    pub const USER: &str = "user/";
    pub const COMPANIES: &str = "companies/";
    pub const DEPARTMENTS: &str = "departments/";
    pub const SCHEMES: &str = "ordninger/";
    pub const ROLE: &str = "userrole/";
    pub const STATUS: &str = "userstatus/";
    pub const LATEST_STATUS: &str = "latestuserstatus/";
    pub const RESULTS: &str = "results/";
    pub const COMPETENCY_RESULT: &str = "competency_result/";
    pub const EMPLOYMENT: &str = "employment/";
}

/// Names in queries. (C.)
pub mod query {
    pub const PERSNR: &str = "persnr";
    pub const EMPLOYEE_ALIAS: &str = "employee_alias";
    /// On `user/`.
    pub const ENCODED_USERID: &str = "encoded_userid";
    /// On `competency_result/`.
    pub const ENCRYPTED_USERID: &str = "encrypted_userid";
    pub const FROM_DATE: &str = "from_date";
}

/// Names of fields. (C unless marked.)
pub mod field {
    pub const ID: &str = "id";
    // User.
    pub const PERSNR: &str = "persnr";
    pub const FIRST_NAME: &str = "first_name";
    pub const LAST_NAME: &str = "last_name";
    pub const EMAIL: &str = "email";
    pub const MOBILE: &str = "mobile";
    pub const EMPLOYEE_ALIAS: &str = "employee_alias";
    pub const WORK_FOR: &str = "work_for";
    pub const COMPANY: &str = "company";
    pub const DEPARTMENT: &str = "department";
    pub const FRANCHISE: &str = "franchise";
    pub const USERROLES: &str = "userroles";
    // A role where it is read as an object.
    pub const USERTYPE: &str = "usertype";
    /// A: where a role read as an object carries its own address.
    pub const ROLE_URLS: [&str; 3] = ["id", "url", "userrole"];
    /// A: where a role read as an object carries its scheme's code.
    pub const ROLE_SCHEMES: [&str; 2] = ["appname", "ordning"];
    // Company, department.
    pub const COMPANY_NAME: &str = "navn";
    pub const DEPARTMENT_NAME: &str = "departmentname";
    pub const FRANCHISES: &str = "franchises";
    /// A: what a franchise may call its name.
    pub const FRANCHISE_NAMES: [&str; 4] = ["navn", "name", "franchisename", "departmentname"];
    // User status, and scheme (A).
    pub const APPNAME: &str = "appname";
    pub const USER: &str = "user";
    pub const STATUS: &str = "status";
    pub const REASON: &str = "reason";
    pub const STATUS_SET_BY: &str = "status_set_by";
    pub const STATUS_DATE: &str = "status_date";
    pub const COMMENT: &str = "comment";
    // Competency result.
    pub const GOAL: &str = "goal";
    pub const PASSED_DATE: &str = "passed_date";
    pub const EXTERNAL_SYSTEM: &str = "external_system";
    pub const EXTERNAL_ID: &str = "external_id";
}

/// What comes by webhook and from the link flow.
pub mod webhook {
    /// C: foreseen by the vendor's example, as `sha256=` and the HMAC of the body in hexadecimal digits.
    pub const SIGNATURE: &str = "x-hub-signature";
    pub const SIGNATURE_BEGINS: &str = "sha256=";
    /// A: where an object hides whose payload is more than the object itself.
    pub const WRAPPERS: [&str; 7] = ["data", "object", "payload", "result", "userstatus", "results", "userstatuses"];
    /// A: fields that only a result has, where its `id` does not tell.
    pub const RESULT_FIELDS: [&str; 4] = ["exam_name", "exam_date", "score", "passed"];
    /// C: fields that only a user status has, where its `id` does not tell.
    pub const STATUS_FIELDS: [&str; 3] = ["appname", "status_date", "status_set_by"];
    /// A: what the link flow's callback may call the person's id on the customer's side; D has `ext-user-id` in the address.
    pub const EXT_USER_ID: [&str; 5] = ["ext_user_id", "ext-user-id", "ext_userid", "extUserId", "external_user_id"];
    /// A: what it may call the encrypted user id.
    pub const ENCRYPTED_USER_ID: [&str; 7] = [
        "encrypted_user_id",
        "encrypted_userid",
        "encoded_userid",
        "encrypted-user-id",
        "encryptedUserId",
        "encoded_user_id",
        "encrypted_id",
    ];
}

/// Fixed words.
pub mod word {
    /// C: on hold.
    pub const ON_HOLD: &str = "hvilende";
    /// C: withdrawn.
    pub const WITHDRAWN: &str = "utmeldt";
    /// C: what stands behind a scheme's code in the active statuses of its candidates.
    pub const OF_SCHEME: [&str; 2] = ["new", "ok"];
    /// C.
    pub const CANDIDATE: &str = "ka";
    /// C.
    pub const BA: &str = "ba";
    /// A.
    pub const TL: &str = "tl";
}

/// D. The codes of the schemes that the vendor's documentation names. Others may come: one that is missing here may exist.
pub const SCHEMES: [&str; 14] =
    ["afr", "krd", "gos", "aip", "sfn", "pfn", "inf", "ukr", "ink", "dig", "fin", "rob", "n2", "n3"];

/// The path of a role below the API root, as `userrole/afr_ka/`. (C.)
pub fn role_path(role: &str) -> String {
    format!("{}{role}/", path::ROLE)
}
