//! The exported functions of the operations, one for each row of the catalogue. Made by tests/generated.rs: change the
//! catalogue (src/operations.rs) instead.

#![allow(clippy::missing_safety_doc)] // the C promises stand once for all functions, in the header's beginning

use std::ffi::c_char;

use super::{call_named, finaut_client};

/// Lists the users that the account may see, or those that match.
/// A list of all costs one request for each 100 users.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id, or none: the person
///     page?: one page of 100 only; else all are fetched
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"employee_alias": "E1001"}
/// reply: {"count", "next_page", "results": [user, …]}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.list", args_json, reply)
}

/// Retrieves one user.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id: the person
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 590496}
/// reply: the user; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.get", args_json, reply)
}

/// Creates a user with any roles.
/// Exactly one is created, also when the connection breaks. A number that is registered already is refused, with "persnr"
/// in "fields".
///
/// args_json, an object:
///     persnr: identity number
///     first_name: first name
///     last_name: last name
///     company: company: number or URL
///     department: department: number or URL
///     franchise?: franchise: number or URL
///     email?: e-mail address
///     mobile?: 8 digits, without +47 and spaces
///     employee_alias?: the employer's own id of the person
///     roles: scheme, underscore, kind (ka candidate, ba, tl), as ["afr_ka"]
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
///     "roles": ["afr_ka", "afr_ba"]}
/// reply: the new user; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_create(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.create", args_json, reply)
}

/// Creates a candidate, signed up to one or more schemes.
/// As users.create, with the role ka in each scheme.
///
/// args_json, an object:
///     persnr: identity number
///     first_name: first name
///     last_name: last name
///     company: company: number or URL
///     department: department: number or URL
///     franchise?: franchise: number or URL
///     email?: e-mail address
///     mobile?: 8 digits, without +47 and spaces
///     employee_alias?: the employer's own id of the person
///     schemes: codes of the schemes, as ["afr", "krd"]
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
///     "schemes": ["afr"]}
/// reply: the new user; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_create_candidate(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.create_candidate", args_json, reply)
}

/// Creates a BA (bedriftsansvarlig), who administers candidates.
/// As users.create, with the role ba in each scheme.
///
/// args_json, an object:
///     persnr: identity number
///     first_name: first name
///     last_name: last name
///     company: company: number or URL
///     department: department: number or URL
///     franchise?: franchise: number or URL
///     email?: e-mail address
///     mobile?: 8 digits, without +47 and spaces
///     employee_alias?: the employer's own id of the person
///     schemes: codes of the schemes, as ["afr", "krd"]
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
///     "schemes": ["afr"]}
/// reply: the new user; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_create_ba(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.create_ba", args_json, reply)
}

/// Creates a TL (testleder), who gives candidates access to an exam.
/// As users.create, with the role tl in each scheme.
///
/// args_json, an object:
///     persnr: identity number
///     first_name: first name
///     last_name: last name
///     company: company: number or URL
///     department: department: number or URL
///     franchise?: franchise: number or URL
///     email?: e-mail address
///     mobile?: 8 digits, without +47 and spaces
///     employee_alias?: the employer's own id of the person
///     schemes: codes of the schemes, as ["afr", "krd"]
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
///     "schemes": ["afr"]}
/// reply: the new user; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_create_tl(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.create_tl", args_json, reply)
}

/// Changes a user's demographic data.
/// One request for a person whose user id is known or remembered, two otherwise. An empty string clears a field.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id: the person
///     changes: any of first_name, last_name, email, mobile, employee_alias; other fields are passed on as they are
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 590496, "changes": {"email": "kari@example.no"}}
/// reply: the changed user; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_update(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.update", args_json, reply)
}

/// Gives a user an additional role.
/// Reads the user's roles and writes them back with the new one; a role that is there already costs no second request.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id: the person
///     role: scheme, underscore, kind (ka candidate, ba, tl), as "afr_ba"
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 590496, "role": "afr_ba"}
/// reply: the user; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_add_role(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.add_role", args_json, reply)
}

/// Signs a candidate up to one or more schemes.
/// As users.add_role, with the role ka in each scheme.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id: the person
///     schemes: codes of the schemes, as ["krd"]
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 590496, "schemes": ["krd", "gos"]}
/// reply: the user; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_enroll(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.enroll", args_json, reply)
}

/// Moves a user to another department.
/// Without "company", the department's own company is looked up (and remembered).
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id: the person
///     department: department: number or URL
///     company?: company: number or URL; the department's own
///     franchise?: franchise: number or URL
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 590496, "department": 2266}
/// reply: the user; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_move(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.move", args_json, reply)
}

/// Sets a user on hold in a scheme.
/// Active statuses are set by FinAut's own processes and cannot be set here.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id: the person
///     scheme: the scheme's code, as "afr"
///     date?: from when; today in Norway
///     comment?: for people to read
///     set_by?: user who sets it: number or URL; the person itself
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 590496, "scheme": "afr", "comment": "parental leave"}
/// reply: the new user status; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see
/// finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_hold(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.hold", args_json, reply)
}

/// Withdraws a user from a scheme.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id: the person
///     scheme: the scheme's code, as "afr"
///     date?: from when; today in Norway
///     comment?: for people to read
///     set_by?: user who sets it: number or URL; the person itself
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 590496, "scheme": "afr", "date": "2026-12-31"}
/// reply: the new user status; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see
/// finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_withdraw(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "users.withdraw", args_json, reply)
}

/// Lists the companies that the account may see.
/// Remembered for cache_s (one day) unless "page" or "fresh" is given.
///
/// args_json, an object:
///     page?: one page of 100 only; else all are fetched
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {}
/// reply: {"count", "next_page", "results": [company, …]}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_companies_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "companies.list", args_json, reply)
}

/// Retrieves one company.
/// Remembered for cache_s (one day) unless "fresh" is given.
///
/// args_json, an object:
///     id: number or URL
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 2265}
/// reply: the company; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_companies_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "companies.get", args_json, reply)
}

/// Lists the departments that the account may see, or those of one company.
/// Remembered for cache_s (one day) unless "page" or "fresh" is given.
///
/// args_json, an object:
///     company?: only this company's: number or URL
///     page?: one page of 100 only; else all are fetched
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"company": 2265}
/// reply: {"count", "next_page", "results": [department, …]}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_departments_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "departments.list", args_json, reply)
}

/// Retrieves one department.
/// Remembered for cache_s (one day) unless "fresh" is given.
///
/// args_json, an object:
///     id: number or URL
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 2266}
/// reply: the department; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_departments_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "departments.get", args_json, reply)
}

/// Lists the authorisation schemes.
/// Remembered for cache_s (one day) unless "fresh" is given.
///
/// args_json, an object:
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {}
/// reply: {"count", "next_page", "results": [scheme, …]}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_schemes_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "schemes.list", args_json, reply)
}

/// Lists the status history: every change is a record of its own.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id, or none: the person
///     scheme?: only this scheme's, picked out here; the server has no such filter
///     page?: one page of 100 only; else all are fetched
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 590496, "scheme": "afr"}
/// reply: {"count", "next_page", "results": [user status, …]}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_userstatus_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "userstatus.list", args_json, reply)
}

/// Lists the current status in each scheme.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id, or none: the person
///     scheme?: only this scheme's, picked out here; the server has no such filter
///     page?: one page of 100 only; else all are fetched
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 590496, "scheme": "afr"}
/// reply: {"count", "next_page", "results": [user status, …]}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_userstatus_latest(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "userstatus.latest", args_json, reply)
}

/// Retrieves one user status.
///
/// args_json, an object:
///     id: number or URL
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 77}
/// reply: the user status; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_userstatus_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "userstatus.get", args_json, reply)
}

/// Creates a user status from the server's own fields.
/// users.hold and users.withdraw do the same for a person named in any way.
///
/// args_json, an object:
///     appname: the scheme's code, as "afr"
///     user: user: number or URL
///     status: "hvilende" (on hold) or "utmeldt" (withdrawn)
///     reason?: the same word as in "status"
///     status_set_by?: user who sets it: number or URL; the user itself
///     status_date?: from when; today in Norway
///     comment?: for people to read
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"appname": "afr", "user": 590496, "status": "hvilende"}
/// reply: the new user status; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_userstatus_create(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "userstatus.create", args_json, reply)
}

/// Lists exam results: all, one person's, or those created from a date on.
///
/// args_json, an object:
///     one of id, persnr, employee_alias, encrypted_user_id, or none: the person
///     from_date?: created on this date or later
///     page?: one page of 100 only; else all are fetched
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"from_date": "2026-11-01"}
/// reply: {"count", "next_page", "results": [result, …]}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_results_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "results.list", args_json, reply)
}

/// Retrieves one exam result.
///
/// args_json, an object:
///     id: number or URL
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 999}
/// reply: the result; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_results_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "results.get", args_json, reply)
}

/// Lists completed courses: all, or one linked person's.
///
/// args_json, an object:
///     encrypted_user_id?: the encrypted user id from the link flow
///     page?: one page of 100 only; else all are fetched
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"encrypted_user_id": "gAAAAB…"}
/// reply: {"count", "next_page", "results": [competency result, …]}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_competency_results_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "competency_results.list", args_json, reply)
}

/// Retrieves one completed course.
///
/// args_json, an object:
///     id: number or URL
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 31}
/// reply: the competency result; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_competency_results_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "competency_results.get", args_json, reply)
}

/// Reports a completed course of a linked person.
/// Exactly one is created, also when the connection breaks.
///
/// args_json, an object:
///     encrypted_user_id?: the encrypted user id from the link flow
///     ext_user_id?: or the person's id on your side, where the link's event came through the inbox
///     goal: number of the goal that was reached
///     passed_date: when
///     external_system?: name of the reporting system
///     external_id?: its own id of the course
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"ext_user_id": "E1001", "goal": 456, "passed_date": "2026-11-20"}
/// reply: the new competency result; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_competency_results_create(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "competency_results.create", args_json, reply)
}

/// Retrieves one employment record.
///
/// args_json, an object:
///     id: number or URL
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"id": 555}
/// reply: the employment record; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_employment_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "employment.get", args_json, reply)
}

/// Makes the address to which a person's browser is sent to be linked.
/// No request is sent. The configuration's "link_url" must be set.
///
/// args_json, an object:
///     ext_user_id: the person's id on your side
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"ext_user_id": "E1001"}
/// reply: {"url"}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_link_url(client: *mut finaut_client, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    call_named(client, "link.url", args_json, reply)
}

/// Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own.
/// No request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and with 503
/// if this fails: then it comes again. What arrived is on the disk when this returns; fetch it with inbox.next.
///
/// args_json, an object:
///     body?: the body as it came
///     body_base64?: or in base64, where it may be no text in your encoding
///     headers?: names and values; how the names are spelt does not matter
///     path?: the path, needed if a "path_secret" is configured
///     method?: "POST"
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"path": "/finaut/0f3b…", "headers": {"X-Correlation-Id": "7f1c"}, "body": "{\"id\": …}"}
/// reply: {"http_status", "reason", "kinds", "correlation_id"}; "reason" says why it was not let in, for your log; or the
///     error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_webhook_accept(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "webhook.accept", args_json, reply)
}

/// Tells what a webhook brought, and keeps nothing.
/// No request is sent. What it says is the sender's word alone.
///
/// args_json, an object:
///     body?: the body as it came
///     body_base64?: or in base64, where it may be no text in your encoding
///     headers?: names and values; how the names are spelt does not matter
///     path?: the path, needed if a "path_secret" is configured
///     method?: "POST"
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"headers": {}, "body": "{\"id\": …}"}
/// reply: {"http_status", "reason", "objects": [{"kind", "object"}, …], "signed", "correlation_id"}; or the error. Free
///     it with finaut_string_free.
///
/// Returns FINAUT_OK, what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_webhook_parse(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "webhook.parse", args_json, reply)
}

/// Gives the next event of the inbox: a new or changed result or user status, or a person who has linked himself.
/// Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said
/// is asked of the API first (configuration "inbox", "verify"), within this call. Events of one object come one after the
/// other.
///
/// args_json, an object:
///     wait_s?: how long to wait for one; 0
///     lease_s?: how long it is kept from other callers; 300
///     kind?: "result", "userstatus", "link" or "unknown" only
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"wait_s": 30}
/// reply: {"event": number, "kind", "object", "verified", "received", "deliveries"}, or null when there is none;
///     "verified" is true if the API or a signature vouches for it; "kind" is result, userstatus, link or unknown; or the
///     error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_next(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "inbox.next", args_json, reply)
}

/// Says that an event is done with; it does not come again.
/// No request is sent. Acknowledging twice does no harm.
///
/// args_json, an object:
///     event: the event's number
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"event": 17}
/// reply: {"event"}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_acknowledge(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "inbox.acknowledge", args_json, reply)
}

/// Shows what is in the inbox and how much of it waits, without taking anything.
/// No request is sent.
///
/// args_json, an object:
///     after?: only events with higher numbers
///     most?: how many events; 100, at most 1000
///     kind?: "result", "userstatus", "link" or "unknown" only
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {}
/// reply: {"waiting", "leased", "acknowledged", "unverified", "unreadable", "results": [event and its "state", …]};
///     "unverified" webhooks wait to be asked about; "unreadable" events were kept under another client_secret; or the
///     error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "inbox.list", args_json, reply)
}

/// Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks.
/// Reads from two days before the last poll on; the first time, from two days ago or before "since". Results are found
/// when they were created, or changed within two days of that: the API cannot be asked for later changes, which only
/// webhooks tell of. The first poll of user statuses reads their whole history, one request for each 100; later ones read
/// its end.
///
/// args_json, an object:
///     since?: results and statuses from this date on; else since the last poll
///     kind?: "result" or "userstatus" only
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {}
/// reply: {"result", "userstatus", "requests"}: how many new events of each, and the requests that it took; or the error.
///     Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_poll(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    call_named(client, "inbox.poll", args_json, reply)
}

/// Tells how many requests are left and when more will be.
/// No request is sent. What other programs use on the same account is not known here before the server refuses something.
///
/// args_json, an object:
///     requests?: when would so many more be through?
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"requests": 500}
/// reply: {"limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s"} and, with "requests", {"requests",
///     "through_s", "through_at"}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_budget(client: *mut finaut_client, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    call_named(client, "budget", args_json, reply)
}

/// Tries whether host and credentials are right.
/// Costs one request.
///
/// args_json, an object:
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {}
/// reply: {"host", "client_id", "token_expires_in_s"}; or the error. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_check(client: *mut finaut_client, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    call_named(client, "check", args_json, reply)
}

/// Sends any request to the API, with token, throttle and retries.
/// For what has no operation of its own. A POST or DELETE whose connection breaks ends with unknown_outcome: nothing is
/// known by which to settle it.
///
/// args_json, an object:
///     method: GET, POST, PUT, PATCH or DELETE
///     path: below the API root, as "user/590496/"
///     query?: names and values; a list gives a name several times
///     body?: sent as it is
///     max_wait_s?, priority?, fresh?: as for any operation
/// Example: {"method": "GET", "path": "userrole/afr_ka/"}
/// reply: the answer's body; null when it is empty, which only a change or status 204 may be; or the error. Free it with
///     finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_request(client: *mut finaut_client, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    call_named(client, "request", args_json, reply)
}
