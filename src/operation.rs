//! The exported functions of the operations, one for each row of the catalogue. Made by cargo xtask generate: change the
//! catalogue (core/src/api.rs) instead.

#![allow(clippy::missing_safety_doc)] // the C promises stand once for all functions, in the header's beginning

use std::ffi::c_char;

use super::{call_named, finaut_client};

/// Lists the users that the account may see, or those that match.
/// A list of all costs one request for each 100 users. If users are added or removed while the list is read, the pages
/// that shifted may be read again (at most a tenth of them and 2), and "missing" in the reply says how many users may
/// still be missing.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
///         before; default: all pages.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"employee_alias": "E1001"}
/// reply: receives {"count", "next_page", "results": [user, …]}; on failure the error. It may be NULL. Free it with
///     finaut_string_free.
/// Reply: UserList (docs/objects.md).
///
/// Returns FINAUT_OK, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.list", args_json, reply) }
}

/// Retrieves one user.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496}
/// reply: receives the user; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: User (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.get", args_json, reply) }
}

/// Creates a user with any roles.
/// Exactly one is created, also when the connection breaks. A number that is registered already is refused, with "persnr"
/// in "fields". A company, department or franchise that is named is looked up in the remembered lists before anything is
/// sent; a name that is not there, or that several have, is refused with those that there are.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "persnr" (string of 11 digits, required): identity number.
///     "first_name" (string, required): first name.
///     "last_name" (string, required): last name.
///     "company" (number, URL or {"name"}, required): the company.
///     "department" (number, URL or {"name"}, required): the department.
///     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
///     "email" (string): e-mail address; "" is the same as leaving it out.
///     "mobile" (string): 8 digits, without +47 and spaces; "" is the same as leaving it out.
///     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
///     "roles" (list of roles' codes, required): scheme, underscore, kind (ka candidate, ba, tl), as ["afr_ka"].
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
///         "roles": ["afr_ka", "afr_ba"]}
/// reply: receives the new user; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: User (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_create(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.create", args_json, reply) }
}

/// Creates a candidate, signed up to one or more schemes.
/// As finaut_users_create, with the role ka in each scheme.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "persnr" (string of 11 digits, required): identity number.
///     "first_name" (string, required): first name.
///     "last_name" (string, required): last name.
///     "company" (number, URL or {"name"}, required): the company.
///     "department" (number, URL or {"name"}, required): the department.
///     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
///     "email" (string): e-mail address; "" is the same as leaving it out.
///     "mobile" (string): 8 digits, without +47 and spaces; "" is the same as leaving it out.
///     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
///     "schemes" (list of schemes' codes, required): codes of the schemes, as ["afr", "krd"].
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
///         "schemes": ["afr"]}
/// reply: receives the new user; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: User (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_create_candidate(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.create_candidate", args_json, reply) }
}

/// Creates a BA (bedriftsansvarlig), who administers candidates.
/// As finaut_users_create, with the role ba in each scheme.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "persnr" (string of 11 digits, required): identity number.
///     "first_name" (string, required): first name.
///     "last_name" (string, required): last name.
///     "company" (number, URL or {"name"}, required): the company.
///     "department" (number, URL or {"name"}, required): the department.
///     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
///     "email" (string): e-mail address; "" is the same as leaving it out.
///     "mobile" (string): 8 digits, without +47 and spaces; "" is the same as leaving it out.
///     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
///     "schemes" (list of schemes' codes, required): codes of the schemes, as ["afr", "krd"].
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
///         "schemes": ["afr"]}
/// reply: receives the new user; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: User (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_create_ba(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.create_ba", args_json, reply) }
}

/// Creates a TL (testleder), who gives candidates access to an exam.
/// As finaut_users_create, with the role tl in each scheme.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "persnr" (string of 11 digits, required): identity number.
///     "first_name" (string, required): first name.
///     "last_name" (string, required): last name.
///     "company" (number, URL or {"name"}, required): the company.
///     "department" (number, URL or {"name"}, required): the department.
///     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
///     "email" (string): e-mail address; "" is the same as leaving it out.
///     "mobile" (string): 8 digits, without +47 and spaces; "" is the same as leaving it out.
///     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
///     "schemes" (list of schemes' codes, required): codes of the schemes, as ["afr", "krd"].
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
///         "schemes": ["afr"]}
/// reply: receives the new user; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: User (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_create_tl(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.create_tl", args_json, reply) }
}

/// Changes a user's demographic data.
/// One request for a person whose user id is known or remembered, two otherwise; new roles cost one more, as they are
/// read before they are written. An unknown name in "changes" is refused. The reply's "warnings" tell what the server
/// does not show as it was sent.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "changes" (object, required): what to change, all of it at once. Its members:
///         "first_name" (string): first name.
///         "last_name" (string): last name.
///         "email" (string): e-mail address; "" removes it.
///         "mobile" (string): 8 digits, without +47 and spaces; "" removes it.
///         "employee_alias" (string): the employer's own id of the person; "" removes it.
///         "persnr" (string of 11 digits): identity number.
///         "company" (number, URL or {"name"}): the company, with "department" only; default: the department's own.
///         "department" (number, URL or {"name"}): the department.
///         "franchise" (number, URL or {"name"}): the franchise; "" removes it.
///         "add_roles" (list of roles' codes): new roles, as ["afr_ba"]; those that the user has stay.
///         "add_schemes" (list of schemes' codes): schemes to sign up to as a candidate, as ["krd"].
///         "other" (object): names and values of fields that this library does not know, passed on as they are.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496, "changes": {"email": "kari@example.no"}}
/// reply: receives the changed user; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: User (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_update(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.update", args_json, reply) }
}

/// Gives a user an additional role.
/// Reads the user's roles and writes them back with the new one; a role that is there already costs no second request.
/// Calls for one person wait for each other, in all processes that share the state.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "role" (role's code, required): scheme, underscore, kind (ka candidate, ba, tl), as "afr_ba".
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496, "role": "afr_ba"}
/// reply: receives the user; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: User (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_add_role(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.add_role", args_json, reply) }
}

/// Signs a candidate up to one or more schemes.
/// As finaut_users_add_role, with the role ka in each scheme. Where the roles are all there already, the latest status is
/// looked up instead, without a request where everybody's were read within 15 minutes: if the person is withdrawn or on
/// hold, the reply's last member "warnings", a list of {"code", "message"}, says so.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "schemes" (list of schemes' codes, required): codes of the schemes, as ["krd"].
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496, "schemes": ["krd", "gos"]}
/// reply: receives the user; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: User (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_enroll(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.enroll", args_json, reply) }
}

/// Moves a user to another department.
/// Without "company", the department's own company is looked up (and remembered).
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "department" (number, URL or {"name"}, required): the department.
///     "company" (number, URL or {"name"}): the company; default: the department's own.
///     "franchise" (number, URL or {"name"}): the franchise.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496, "department": 2266}
/// reply: receives the user; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: User (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_move(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.move", args_json, reply) }
}

/// Sees to it that FinAut has one person as HR has them: creates, changes, or does nothing.
/// Compares as the nightly sync does: spaces, composition, the case of e-mail addresses, +47 and a lost first zero make
/// no difference, and what is not given stays as it is. The person is looked up by persnr, and only where nobody has that
/// by employee_alias; a change is one request more, and so is a creation. It never puts anybody on hold, withdraws them,
/// takes a role away, or moves them between companies. Where it is not certain who the person is, or another user has the
/// alias, it is refused and nothing is written. Calling it twice changes nothing the second time. Whether somebody who
/// has a role is withdrawn is not looked up; finaut_users_enroll tells.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "persnr" (string): identity number, as HR writes it; "" is the same as leaving it out.
///     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
///     "first_name" (string): first name; "" is the same as leaving it out.
///     "last_name" (string): last name; "" is the same as leaving it out.
///     "email" (string): e-mail address; "" is the same as leaving it out.
///     "mobile" (string): mobile number; "" is the same as leaving it out.
///     "company" (number, URL or {"name"}): the company; "" is the same as leaving it out; default: the department's own.
///     "department" (number, URL or {"name"}): the department; needed to create somebody; "" is the same as leaving it
///         out.
///     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
///     "schemes" (list of schemes' codes): schemes to be a candidate in, as ["afr"].
///     "roles" (list of roles' codes): roles besides, as ["afr_ba"].
///     "start_date" (string): the first day, as "2026-01-31" or "31.01.2026"; nobody is created before it; "" is the same
///         as leaving it out.
///     "end_date" (string): the last day; after it nothing is written; "" is the same as leaving it out.
///     "status" (string): "active", "leave" or "left"; of who has left nothing is written; "" is the same as leaving it
///         out.
///     "confidential" (true or false): true: the person is kept out; nothing is looked up or written; default false.
///     "fields" (object): what is written of each field, as {"email": "create"}: "always", "create" (only for somebody
///         new) or "never"; default: "always" for each field that is given.
///     "dry_run" (true or false): true: nothing is written; the reply says what would be; default false.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"persnr": "01819010001", "employee_alias": "E1015", "first_name": "Kari", "last_name": "Nordmann",
///         "department": {"name": "Rådgivning Øst"}, "schemes": ["afr"]}
/// reply: receives {"did": nothing, created, updated, would_create or would_update, "changes": {field: [before, after],
///     …, "roles": {"add": […]}}, "user": the user, or null}; on failure the error. It may be NULL. Free it with
///     finaut_string_free.
/// Reply: EnsuredUser (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_ensure(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.ensure", args_json, reply) }
}

/// Sets a user on hold in a scheme.
/// Active statuses are set by FinAut's own processes and cannot be set here.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "scheme" (scheme's code, required): the scheme's code, as "afr".
///     "date" (date as "2026-01-31"): from when; default: today in Norway.
///     "comment" (string): for people to read; "" is the same as leaving it out.
///     "set_by" (number or URL): the user who sets it; default: the configuration's; without either the call is refused,
///         as the register must not say that the person did it.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496, "scheme": "afr", "comment": "parental leave"}
/// reply: receives the new user status; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: UserStatus (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see
/// finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_hold(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.hold", args_json, reply) }
}

/// Withdraws a user from a scheme.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "scheme" (scheme's code, required): the scheme's code, as "afr".
///     "date" (date as "2026-01-31"): from when; default: today in Norway.
///     "comment" (string): for people to read; "" is the same as leaving it out.
///     "set_by" (number or URL): the user who sets it; default: the configuration's; without either the call is refused,
///         as the register must not say that the person did it.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496, "scheme": "afr", "date": "2026-12-31"}
/// reply: receives the new user status; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: UserStatus (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see
/// finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_users_withdraw(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "users.withdraw", args_json, reply) }
}

/// Lists the companies that the account may see.
/// Remembered for the configuration's cache_s unless "page" or "fresh" is given.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
///         before; default: all pages.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {}
/// reply: receives {"count", "next_page", "results": [company, …]}; on failure the error. It may be NULL. Free it with
///     finaut_string_free.
/// Reply: CompanyList (docs/objects.md).
///
/// Returns FINAUT_OK, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_companies_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "companies.list", args_json, reply) }
}

/// Retrieves one company.
/// Remembered for the configuration's cache_s unless "fresh" is given.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "id" (number or URL, required): the object's own id.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 2265}
/// reply: receives the company; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: Company (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_companies_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "companies.get", args_json, reply) }
}

/// Lists the departments that the account may see, or those of one company.
/// Remembered for the configuration's cache_s unless "page" or "fresh" is given.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "company" (number, URL or {"name"}): only this company's.
///     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
///         before; default: all pages.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"company": 2265}
/// reply: receives {"count", "next_page", "results": [department, …]}; on failure the error. It may be NULL. Free it with
///     finaut_string_free.
/// Reply: DepartmentList (docs/objects.md).
///
/// Returns FINAUT_OK, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_departments_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "departments.list", args_json, reply) }
}

/// Retrieves one department.
/// Remembered for the configuration's cache_s unless "fresh" is given.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "id" (number or URL, required): the object's own id.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 2266}
/// reply: receives the department; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: Department (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_departments_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "departments.get", args_json, reply) }
}

/// Lists the authorisation schemes.
/// Remembered for the configuration's cache_s unless "fresh" is given.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {}
/// reply: receives {"count", "next_page", "results": [scheme, …]}; on failure the error. It may be NULL. Free it with
///     finaut_string_free.
/// Reply: SchemeList (docs/objects.md).
///
/// Returns FINAUT_OK, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_schemes_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "schemes.list", args_json, reply) }
}

/// Lists the status history: every change is a record of its own.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "scheme" (scheme's code): only this scheme's, picked out here; the server has no such filter.
///     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
///         before; default: all pages.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496, "scheme": "afr"}
/// reply: receives {"count", "next_page", "results": [user status, …]}; on failure the error. It may be NULL. Free it
///     with finaut_string_free.
/// Reply: UserStatusList (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_userstatus_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "userstatus.list", args_json, reply) }
}

/// Lists the current status in each scheme.
/// That of everybody is kept here: it is read once, and then brought up to date with the end of the history, by one
/// request on a day without changes; "as_of" says when. A reading that ends early, by an error or with its process, is
/// gone on with by the next call. With "fresh" it is read anew.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "scheme" (scheme's code): only this scheme's, picked out here; the server has no such filter.
///     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
///         before; default: all pages.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496, "scheme": "afr"}
/// reply: receives {"count", "next_page", "results": [user status, …]}; of everybody also "as_of"; on failure the error.
///     It may be NULL. Free it with finaut_string_free.
/// Reply: UserStatusList (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_userstatus_latest(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "userstatus.latest", args_json, reply) }
}

/// Retrieves one user status.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "id" (number or URL, required): the object's own id.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 77}
/// reply: receives the user status; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: UserStatus (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_userstatus_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "userstatus.get", args_json, reply) }
}

/// Creates a user status from the server's own fields.
/// finaut_users_hold and finaut_users_withdraw do the same for a person named in any way.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "appname" (scheme's code, required): the scheme's code, as "afr".
///     "user" (number or URL, required): the user.
///     "status" (string, required): "hvilende" (on hold) or "utmeldt" (withdrawn).
///     "reason" (string): the reason; "" is the same as leaving it out; default: the same word as in "status".
///     "status_set_by" (number or URL): the user who sets it; default: the configuration's set_by; without either the
///         call is refused.
///     "status_date" (date as "2026-01-31"): from when; default: today in Norway.
///     "comment" (string): for people to read; "" is the same as leaving it out.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"appname": "afr", "user": 590496, "status": "hvilende"}
/// reply: receives the new user status; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: UserStatus (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_userstatus_create(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "userstatus.create", args_json, reply) }
}

/// Lists exam results: all, one person's, or those created from a date on.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "from_date" (date as "2026-01-31"): created on this date or later.
///     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
///         before; default: all pages.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"from_date": "2026-11-01"}
/// reply: receives {"count", "next_page", "results": [result, …]}; on failure the error. It may be NULL. Free it with
///     finaut_string_free.
/// Reply: ResultList (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_results_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "results.list", args_json, reply) }
}

/// Retrieves one exam result.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "id" (number or URL, required): the object's own id.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 999}
/// reply: receives the result; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: Result (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_results_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "results.get", args_json, reply) }
}

/// Lists completed courses: all, or one linked person's.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "encrypted_user_id" (string): the encrypted user id from the link flow.
///     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
///         before; default: all pages.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"encrypted_user_id": "gAAAAB…"}
/// reply: receives {"count", "next_page", "results": [competency result, …]}; on failure the error. It may be NULL. Free
///     it with finaut_string_free.
/// Reply: CompetencyResultList (docs/objects.md).
///
/// Returns FINAUT_OK, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_competency_results_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "competency_results.list", args_json, reply) }
}

/// Retrieves one completed course.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "id" (number or URL, required): the object's own id.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 31}
/// reply: receives the competency result; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: CompetencyResult (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_competency_results_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "competency_results.get", args_json, reply) }
}

/// Reports a completed course of a linked person.
/// Exactly one is created, also when the connection breaks.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "encrypted_user_id" (string): the encrypted user id from the link flow.
///     "ext_user_id" (string): or the person's id on your side, where the link's event came through the inbox.
///     "goal" (whole number, required): number of the goal that was reached.
///     "passed_date" (date as "2026-01-31", required): when.
///     "external_system" (string): name of the reporting system; "" is the same as leaving it out.
///     "external_id" (string): its own id of the course; "" is the same as leaving it out.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"ext_user_id": "E1001", "goal": 456, "passed_date": "2026-11-20"}
/// reply: receives the new competency result; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: CompetencyResult (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_competency_results_create(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "competency_results.create", args_json, reply) }
}

/// Retrieves one employment record.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "id" (number or URL, required): the object's own id.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 555}
/// reply: receives the employment record; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: EmploymentRecord (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_employment_get(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "employment.get", args_json, reply) }
}

/// Makes the address to which a person's browser is sent to be linked.
/// No request is sent. The configuration's "link_url" must be set.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "ext_user_id" (string, required): the person's id on your side.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"ext_user_id": "E1001"}
/// reply: receives {"url"}; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: LinkUrl (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_link_url(client: *mut finaut_client, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "link.url", args_json, reply) }
}

/// Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own.
/// No request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and with 503
/// if this fails: then it comes again. What arrived is on the disk when this returns; fetch it with finaut_inbox_next.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "body" (string): the body as it came.
///     "body_base64" (string): or in base64, where it may be no text in your encoding.
///     "headers" (object): names and values; how the names are spelt does not matter.
///     "path" (string): the path, needed if a "path_secret" is configured.
///     "method" (string): the method that it came by; default "POST".
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"path": "/finaut/0f3b…", "headers": {"X-Correlation-Id": "7f1c"}, "body": "{\"id\": …}"}
/// reply: receives {"http_status", "reason", "kinds", "correlation_id"}; "reason" says why it was not let in, for your
///     log; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: WebhookAccepted (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_webhook_accept(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "webhook.accept", args_json, reply) }
}

/// Tells what a webhook brought, and keeps nothing.
/// No request is sent. What it says is the sender's word alone.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "body" (string): the body as it came.
///     "body_base64" (string): or in base64, where it may be no text in your encoding.
///     "headers" (object): names and values; how the names are spelt does not matter.
///     "path" (string): the path, needed if a "path_secret" is configured.
///     "method" (string): the method that it came by; default "POST".
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"headers": {}, "body": "{\"id\": …}"}
/// reply: receives {"http_status", "reason", "objects": [{"kind", "object"}, …], "signed", "correlation_id"}; on failure
///     the error. It may be NULL. Free it with finaut_string_free.
/// Reply: WebhookParsed (docs/objects.md).
///
/// Returns FINAUT_OK, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_webhook_parse(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "webhook.parse", args_json, reply) }
}

/// Gives the next event of the inbox: a new or changed result or user status, or a person who was linked.
/// Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said
/// is asked of the API first (configuration "inbox", "verify"), within this call. Events of one object come one after the
/// other.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "wait_s" (number of seconds): how long to wait for one; default 0.
///     "lease_s" (number of seconds): how long it is kept from other callers; default 300.
///     "kind" (string): "result", "userstatus", "link" or "unknown" only.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"wait_s": 30}
/// reply: receives {"event": number, "kind", "object", "verified", "received", "deliveries"}, or null when there is none;
///     "verified" is true if the API or a signature vouches for it; "kind" is result, userstatus, link or unknown; on
///     failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: InboxEvent or null (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_next(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "inbox.next", args_json, reply) }
}

/// Says that an event is done with; it does not come again.
/// No request is sent. Acknowledging twice does no harm.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "event" (whole number, required): the event's number.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"event": 17}
/// reply: receives {"event"}; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: SettledEvent (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_acknowledge(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "inbox.acknowledge", args_json, reply) }
}

/// Shows what is in the inbox and how much of it waits, without taking anything.
/// No request is sent.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "after" (whole number from 1): only events with higher numbers.
///     "most" (whole number from 1): how many events, at most 1000; default 100.
///     "kind" (string): "result", "userstatus", "link" or "unknown" only.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {}
/// reply: receives {"waiting", "leased", "acknowledged", "unverified", "unreadable", "results": [event with "state",
///     "holder", "lease_ends_in_s" and "last_error", …]}; "unverified" webhooks wait to be asked about; "unreadable"
///     events were kept under another client_secret; "state" is waiting, leased, acknowledged or dropped; on failure the
///     error. It may be NULL. Free it with finaut_string_free.
/// Reply: InboxList (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "inbox.list", args_json, reply) }
}

/// Gives an event back: it comes again at once, to whom asks next.
/// No request is sent. For an event whose handling failed, or whose holder is gone; also for one that was acknowledged or
/// dropped and is still kept.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "event" (whole number, required): the event's number.
///     "reason" (string): why, in at most 1000 characters; finaut_inbox_list and finaut_inbox_status tell it as
///         "last_error"; "" is the same as leaving it out.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"event": 17, "reason": "the LMS does not answer"}
/// reply: receives {"event"}; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: SettledEvent (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_requeue(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "inbox.requeue", args_json, reply) }
}

/// Says that an event that cannot be handled is done with, and why; it does not come again.
/// No request is sent. The event and the reason are kept as long as acknowledged events are; finaut_inbox_requeue brings
/// it back until then.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "event" (whole number, required): the event's number.
///     "reason" (string, required): why, in at most 1000 characters; finaut_inbox_list tells it as "last_error".
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"event": 17, "reason": "the person has left"}
/// reply: receives {"event"}; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: SettledEvent (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_drop(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "inbox.drop", args_json, reply) }
}

/// Tells how the inbox fares: how long the oldest event has waited, and who has which event.
/// No request is sent, and no object is told: for monitoring.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {}
/// reply: receives {"waiting", "leased", "acknowledged", "unverified", "unreadable", "oldest_s", "oldest_unverified_s",
///     "taken": [{"event", "kind", "received", "deliveries", "state", "holder", "lease_ends_in_s", "last_error"}, …]};
///     "taken" are the first 100 events that were given out and are not acknowledged; on failure the error. It may be
///     NULL. Free it with finaut_string_free.
/// Reply: InboxStatus (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_status(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "inbox.status", args_json, reply) }
}

/// Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks.
/// Reads from two days before the last poll on; the first time, from two days ago or before "since". Results are found
/// when they were created, or changed within two days of that: the API cannot be asked for later changes, which only
/// webhooks tell of. The first poll of user statuses reads their whole history, one request for each 100; later ones read
/// its end. What is read is kept page by page: a poll that ends with throttled is gone on with by the next call.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "since" (date as "2026-01-31"): results and statuses from this date on; default: those since the last poll.
///     "kind" (string): "result" or "userstatus" only.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {}
/// reply: receives {"result", "userstatus", "requests"}: how many new events of each, and the requests that it took; on
///     failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: PollCounts (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_inbox_poll(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "inbox.poll", args_json, reply) }
}

/// Proposes a profile for the nightly sync from a file of the HR system and from what FinAut has; nothing is written.
/// Which column is which is found by headers, by what stands in them, and by what FinAut has of the same people. What
/// only a person can say is null or an empty list, and "fill_in" points to it. Comments are members whose names begin
/// with "//"; finaut_sync_plan leaves them out. Costs one request for each 100 people, companies and departments, and one
/// for the schemes. A relative path is that of the process. No identity number and no name of a person is in the reply.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "file" (JSON, required): the HR file: its path, or an object as the profile's "file" with what is known already,
///         as {"path": "…", "encoding": "cp865"}.
///     "language" (string): the language of the comments: "no" or "en"; default "en".
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"file": "/hr/out/finaut.csv", "language": "no"}
/// reply: receives {"profile": the profile, with comments, "fill_in": pointers into it, "file", "columns": [{"header",
///     "field", "by", "filled"}, …], "basis", "counts", "problems": [{"problem", "says", "rows"}, …]}; on failure the
///     error. It may be NULL. Free it with finaut_string_free.
/// Reply: SyncProposal (docs/objects.md).
///
/// Returns FINAUT_OK, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_sync_init(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "sync.init", args_json, reply) }
}

/// Plans what has to change in FinAut so that it follows a file of the HR system, and what that costs; nothing is
/// written.
/// The profile says whom it is about, how the file is read, and what may be done; docs/sync.md describes it. FinAut is
/// read: one request for each 100 people, and few more; again within 15 minutes, nothing is listed. For "only" one
/// person, it takes two requests. What a rail holds is in the plan with the rail's name. Where the next free request is
/// further away than max_wait_s, the reply's "state" is "waiting" and "next_slot_s" says when to call again: what was
/// read is kept. The configuration needs "state".
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "profile" (object): the profile.
///     "profile_file" (string): path of the profile's file, in place of "profile".
///     "file" (JSON): the HR file: a path, or an object whose members replace those of the profile's "file".
///     "people" (JSON): the rows as a list of objects, in place of a file.
///     "only" (object): one person, named by one of these: nobody else is compared; default: everybody. Its members:
///         "id" (number or URL): FinAut's user id.
///         "persnr" (string of 11 digits): identity number.
///         "employee_alias" (string): the employer's own id of the person.
///         "encrypted_user_id" (string): the encrypted user id from the link flow.
///     "names" (true or false): false: people's names are left out, and those among the values that change; identity
///         numbers always are; default true.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"profile": {"file": "/hr/out/finaut.csv", "scope": {"schemes": ["afr"]}}}
/// reply: receives {"plan": its id, "state", "profile", "only", "file", "basis", "counts", "cost", "rails", "steps",
///     "problems", "portal", "due_later", "reported", "unknown_to_hr", "extra", "next_slot_s"}; on failure the error. It
///     may be NULL. Free it with finaut_string_free.
/// Reply: SyncPlan (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_BUSY, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_sync_plan(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "sync.plan", args_json, reply) }
}

/// Makes FinAut follow a file of the HR system: plans, and carries out what no rail holds.
/// What cron calls each hour of the night: it reads, compares and writes, one merged request for a person who changes. A
/// run that was killed, or that waits for free requests ("state": "waiting"), is gone on with by calling it again. The
/// first run of a profile, and of a changed one, only plans: finaut_sync_apply approves. One row that cannot be applied
/// never stops the others; what the server refuses is not sent again for seven days, or until the row changes. The
/// configuration needs "state".
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "profile" (object): the profile.
///     "profile_file" (string): path of the profile's file, in place of "profile".
///     "file" (JSON): the HR file: a path, or an object whose members replace those of the profile's "file".
///     "people" (JSON): the rows as a list of objects, in place of a file.
///     "only" (object): one person, named by one of these: nobody else is compared; default: everybody. Its members:
///         "id" (number or URL): FinAut's user id.
///         "persnr" (string of 11 digits): identity number.
///         "employee_alias" (string): the employer's own id of the person.
///         "encrypted_user_id" (string): the encrypted user id from the link flow.
///     "retry" (JSON): what was refused before is sent again: true for everybody's, or a list of employee aliases.
///     "dry_run" (true or false): true: only plan; default false.
///     "until" (string): when no further step begins: a time of day in Norway as "06:30", or a moment as
///         "2026-11-28T06:30:00+01:00"; default: the profile's.
///     "names" (true or false): false: people's names are left out, and those among the values that change; identity
///         numbers always are; default true.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"profile_file": "/hr/finaut.json"}
/// reply: receives the plan's members, besides "run": its id, "requests", "failures", and in "counts" how many steps are
///     done, refused, failed, doubtful, drifted and left; on failure the error. It may be NULL. Free it with
///     finaut_string_free.
/// Reply: SyncRun (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_BUSY, FINAUT_E_HELD, or what any operation can (see
/// finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_sync_run(client: *mut finaut_client, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "sync.run", args_json, reply) }
}

/// Approves of a plan what a person has reviewed, and carries it out.
/// An approval belongs to the steps that were reviewed, not to their number: it counts for this run and any later one,
/// for 14 days after the plan was made. "approve" names kinds ("create", "update", "hold", "withdraw"), rails, fields, or
/// steps ("s3"). Who approved and why stands in the audit.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "profile" (object): the profile.
///     "profile_file" (string): path of the profile's file, in place of "profile".
///     "file" (JSON): the HR file: a path, or an object whose members replace those of the profile's "file".
///     "people" (JSON): the rows as a list of objects, in place of a file.
///     "only" (object): one person, named by one of these: nobody else is compared; default: everybody. Its members:
///         "id" (number or URL): FinAut's user id.
///         "persnr" (string of 11 digits): identity number.
///         "employee_alias" (string): the employer's own id of the person.
///         "encrypted_user_id" (string): the encrypted user id from the link flow.
///     "plan" (string, required): the id of the plan that was reviewed.
///     "approve" (JSON, required): what of it: a list of kinds, rails, fields or steps.
///     "by" (string, required): who approves.
///     "why" (string, required): why.
///     "until" (string): when no further step begins: a time of day in Norway as "06:30", or a moment as
///         "2026-11-28T06:30:00+01:00"; default: the profile's.
///     "names" (true or false): false: people's names are left out, and those among the values that change; identity
///         numbers always are; default true.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"profile_file": "/hr/finaut.json", "plan": "p-20261127-0412-6f3a", "approve": ["create"], "by": "Kari
///         Nordmann", "why": "first night"}
/// reply: receives as finaut_sync_run's; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: SyncRun (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_STALE, FINAUT_E_BUSY, FINAUT_E_HELD, or what any
/// operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_sync_apply(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "sync.apply", args_json, reply) }
}

/// Tells how the sync of a profile stands: for monitoring.
/// No request is sent. Needs the profile's name only. With "max_age_h" it fails with stale where no run was completed in
/// so many hours.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "profile" (JSON): the profile's name, or the profile itself; default: "default", the name of a profile without
///         one.
///     "profile_file" (string): path of the profile's file, in place of "profile".
///     "run" (string): id of a run or of a plan; default: the last one.
///     "max_age_h" (whole number from 1): how many hours ago the last completed run may have ended.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"profile": "hr"}
/// reply: receives {"profile", "run", "state", "counts", "progress", "budget", "through", "next_slot_s", "last_done",
///     "last_accepted_file", "oldest_open", "error"}; null is what there was none of; on failure the error. It may be
///     NULL. Free it with finaut_string_free.
/// Reply: SyncStatus (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_STALE, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_sync_status(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "sync.status", args_json, reply) }
}

/// Tells what a run did and what is open, what happened over a time, what can be taken back, or what a plan wants: as
/// text, a page, CSV or JSON.
/// No request is sent. Needs the profile's name only. "run" is the report of a run; for the id of a plan, the plan
/// itself, which is what to look at before approving it. "period" is about the days from "from" to "to": who was entered,
/// who left and by which rule, who approved what, what has been open for more than 30 days. "undo" lists each withdrawal
/// and hold of a run or of such days, with what Norsk Test needs to put people back. A plan is kept, sealed, for 14 days,
/// what runs did for 90. Why somebody is on hold is in no report. A file is written so that only its owner may read it:
/// whole or not at all.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "profile" (JSON): the profile's name, or the profile itself; default: "default", the name of a profile without
///         one.
///     "profile_file" (string): path of the profile's file, in place of "profile".
///     "run" (string): id of a run or of a plan; default: the last one.
///     "from" (date as "2026-01-31"): first day of "period" or "undo"; default: 30 days before "to".
///     "to" (date as "2026-01-31"): last day of them; default: today in Norway.
///     "what" (string): what it is about: "run", "period" or "undo"; default "run".
///     "format" (string): "json", "text", "html" or "csv"; default "json".
///     "language" (string): "no" or "en"; default "no".
///     "path" (string): where to write it; default: nowhere: it is in the reply.
///     "names" (true or false): false: people's names are left out, and those among the values that change; identity
///         numbers always are; default true.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"profile": "hr", "format": "html", "path": "/hr/night.html"}
/// reply: receives {"run", "profile", "what", "from", "to", "format", "language", "path", "text"}; "text" is null where
///     it was written to "path"; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: SyncReport (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_STALE, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_sync_report(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "sync.report", args_json, reply) }
}

/// Gives statuses, results or people back to the HR system or the LMS, as CSV or JSON.
/// Rows name people by the employer's own id and FinAut's number; people who are confidential in the HR file are left
/// out. "authorisations": where they differ from what HR wants, as the last run found, without a request. "statuses":
/// everybody's as a candidate; without a request within 15 minutes after a run, else one for each 100 people and one
/// more. "history": the records since a day, one request and one for each 100 of them. "results": those since the last
/// export and two days before, the first time all; a "since" that leaves days out does not count as an export.
/// "unknown_to_hr": a file for the sync itself, in which a person marks as "left" those who have left; only who has no
/// employee_alias of their own is named in it by the identity number. A letter that the encoding lacks is an error, and
/// nothing is written. A CSV cell that a spreadsheet would take for a formula begins with an apostrophe.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "profile" (JSON): the profile's name, or the profile itself; default: "default", the name of a profile without
///         one.
///     "profile_file" (string): path of the profile's file, in place of "profile".
///     "what" (string, required): "authorisations", "statuses", "history", "results" or "unknown_to_hr".
///     "format" (string): "csv" or "json"; default "csv".
///     "path" (string): where to write it; default: nowhere: it is in the reply.
///     "since" (date as "2026-01-31"): "history" and "results" from this day on; "history" needs it.
///     "encoding" (string): the file's encoding: "utf-8", "utf-8-bom", "windows-1252", "iso-8859-15", "cp850", "cp865" or
///         another of one byte for each character; default: the configuration's; for "unknown_to_hr" utf-8-bom where that
///         is UTF-8.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"profile": "hr", "what": "statuses", "path": "/lms/in/statuses.csv", "encoding": "windows-1252"}
/// reply: receives {"profile", "what", "format", "encoding", "rows", "since", "as_of", "requests", "path", "text"};
///     "text" is null where it was written to "path"; on failure the error. It may be NULL. Free it with
///     finaut_string_free.
/// Reply: SyncExport (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_sync_export(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "sync.export", args_json, reply) }
}

/// Erases what the syncs of a profile keep of a person.
/// For a person who asks for it (GDPR, article 17). That FinAut's user of this number was seen in an HR file is kept; the
/// lines of the audit stay, and are counted. No request is sent where the person is named by "id".
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "profile" (JSON): the profile's name, or the profile itself; default: "default", the name of a profile without
///         one.
///     "profile_file" (string): path of the profile's file, in place of "profile".
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"id": 590496, "profile": "hr"}
/// reply: receives {"id", "was_seen", "plans": how many kept plans named the person, "audit_lines": how many lines stay};
///     on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: SyncForgotten (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_BUSY, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_sync_forget(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "sync.forget", args_json, reply) }
}

/// Lists the changes that were sent to the server: by whom, when, and with what outcome.
/// The newest first, 100 on a page. No request is sent, but one where the person is named otherwise than by "id" and is
/// not remembered. A line is on the disk before its request is sent, where the configuration has "state"; it holds no
/// identity number, no name and no value. Of a process that was killed, the outcome is "unknown" until it is settled.
/// Reports of completed courses are found by job and time, not by person: they name nobody by number.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
///     "since" (date or time): changes from then on; a date is its beginning in Norway.
///     "until" (date or time): changes before then; a date is its end in Norway.
///     "job" (string of at most 64 characters): changes of this job only; default: those of any job.
///     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
///         before; default: all pages.
///     "max_wait_s", "priority", "fresh" and "call_id": as for any operation (see finaut_call).
///     Example: {"since": "2026-11-26", "until": "2026-11-26"}
/// reply: receives {"count", "next_page", "results": [{"id": the line's number, "at": time, "operation", "job", "method",
///     "path", "object_id", "user_id", "fields": names, "outcome", "code", "http_status", "ended_at", "machine",
///     "process", "os_user", "correlation_id"}, …]}; "outcome" is done, refused (it had no effect; "code" says why),
///     unknown or under_way; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: JournalLineList (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_journal_list(
    client: *mut finaut_client,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "journal.list", args_json, reply) }
}

/// Tells how many requests are left, who used the others, and when more will be.
/// No request is sent. What other programs use on the same account is not known here before the server refuses something.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "requests" (whole number from 1): when would so many more be through?
///     "history" (true or false): true: what became of each hour's requests, of the last 48; default false.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"requests": 500}
/// reply: receives {"limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s", "state", "by": [{"job",
///     "operation", "machine", "used"}, …]}; with "requests", {"requests", "through_s", "through_at"}; with "history",
///     {"hours": [{"start", "requests", "retries", "waits", "refused"}, …]}; on failure the error. It may be NULL. Free
///     it with finaut_string_free.
/// Reply: Budget (docs/objects.md).
///
/// Returns FINAUT_OK, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_budget(client: *mut finaut_client, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "budget", args_json, reply) }
}

/// Tries whether host and credentials are right.
/// Costs one request.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members; NULL is the same as {}:
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {}
/// reply: receives {"host", "client_id", "token_expires_in_s", "state"}; "state" is the state file's absolute path, or
///     null; on failure the error. It may be NULL. Free it with finaut_string_free.
/// Reply: AccountCheck (docs/objects.md).
///
/// Returns FINAUT_OK, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_check(client: *mut finaut_client, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "check", args_json, reply) }
}

/// Sends any request to the API, with token, throttle and retries.
/// For what has no operation of its own. A POST or DELETE whose connection breaks ends with unknown_outcome: nothing is
/// known by which to settle it.
///
/// client: the handle that finaut_client_new gave.
/// args_json: an object with these members:
///     "method" (string, required): GET, POST, PUT, PATCH or DELETE.
///     "path" (string, required): below the API root, as "user/590496/".
///     "query" (object): names and values; a list gives a name several times.
///     "body" (JSON): sent as it is.
///     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
///     Example: {"method": "GET", "path": "userrole/afr_ka/"}
/// reply: receives the answer's body; null when it is empty, which only a change or status 204 may be; on failure the
///     error. It may be NULL. Free it with finaut_string_free.
/// Reply: any JSON (docs/objects.md).
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_request(client: *mut finaut_client, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises the same of the pointers.
    unsafe { call_named(client, "request", args_json, reply) }
}
