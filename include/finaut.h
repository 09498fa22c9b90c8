/*
 * finaut: the FinAut API for old software. JSON strings in, JSON strings out.
 *
 * Every function that calls something returns FINAUT_OK (0) or a positive FINAUT_E_ code, and hands out a string through its
 * last argument: the result's JSON on success, the error's JSON otherwise. An error is an object with "code" (a stable word)
 * and "message" (what happened and what to do), and where known "operation", "request", "http_status", "retry_after_s",
 * "fields" and "correlation_id".
 *
 * Strings:  end with a zero byte and are UTF-8, or what the configuration's "encoding" says. What a function takes stays the
 *           caller's and is not looked at after it returns. What it hands out is freed with finaut_string_free, no matter
 *           when and on which thread. Every argument for handing out may be NULL.
 * Threads:  any function may be called from any thread at any time. A call blocks its own thread only.
 * Fork:     a client may be used in a forked child; it makes connections of its own there.
 * Waiting:  a call waits for free requests and tries again for at most "max_wait_s" (60); what would take longer fails at
 *           once. One request takes at most "timeout_s" (30).
 * Signals:  the library installs no handlers and writes nothing to standard output or error. It starts no threads, but two for each
 *           finaut_receiver, which take no signals.
 */
#ifndef FINAUT_H
#define FINAUT_H

#include <stdint.h>

/* This file is made by cbindgen: change src/ffi.rs instead. */

#ifdef __cplusplus
extern "C" {
#endif

/*
 The call succeeded.
 */
#define FINAUT_OK 0

/*
 An argument of the call is missing, unknown, of the wrong type, or no JSON. Nothing was sent.
 */
#define FINAUT_E_ARGUMENT 1

/*
 The handle is NULL, freed, or none of this library's.
 */
#define FINAUT_E_HANDLE 2

/*
 The configuration cannot be used.
 */
#define FINAUT_E_CONFIG 3

/*
 A value is refused, before sending or by the server (status 400, 422); "fields" says which.
 */
#define FINAUT_E_VALIDATION 4

/*
 The server does not accept the credentials.
 */
#define FINAUT_E_AUTHENTICATION 5

/*
 The account may not do this (status 403).
 */
#define FINAUT_E_PERMISSION 6

/*
 There is no such object, or the account may not see it.
 */
#define FINAUT_E_NOT_FOUND 7

/*
 Several persons match.
 */
#define FINAUT_E_AMBIGUOUS 8

/*
 No request may be sent soon enough; "retry_after_s" says when.
 */
#define FINAUT_E_THROTTLED 9

/*
 The server failed (status 5xx), or refused in a way that has no code of its own.
 */
#define FINAUT_E_SERVER 10

/*
 The server could not be reached, or the connection broke.
 */
#define FINAUT_E_NETWORK 11

/*
 Something was sent and nobody knows whether it took effect; the message says what to check.
 */
#define FINAUT_E_UNKNOWN_OUTCOME 12

/*
 The answer is not what FinAut would send: a proxy's page, half a body, too much of it.
 */
#define FINAUT_E_PROTOCOL 13

/*
 The call was interrupted: finaut_client_interrupt, or an observer that returned non-zero.
 */
#define FINAUT_E_INTERRUPTED 14

/*
 The state file cannot be used.
 */
#define FINAUT_E_STATE 15

/*
 A forked child in which the client cannot be used safely.
 */
#define FINAUT_E_FORKED 16

/*
 A mistake in this library; please report the message.
 */
#define FINAUT_E_INTERNAL 17

/*
 The version of this interface. It changes only if a program compiled against an older header could break.
 */
#define FINAUT_ABI_VERSION 1

/*
 A client of one FinAut account.

 A handle, not an address: it is looked up, never dereferenced, and never used again after finaut_client_free. A stale, foreign
 or NULL handle gives FINAUT_E_HANDLE. One client serves any number of threads at once.
 */
typedef struct finaut_client finaut_client;

/*
 An HTTP server that receives webhooks for a client, for hosts that have none.

 A handle like a client's: stale, foreign and NULL ones give FINAUT_E_HANDLE.
 */
typedef struct finaut_receiver finaut_receiver;

/*
 Is told of what happens during a call: requests, waits (every half second), token renewals, pages, retries.

 event_json: an object as {"event": "wait", "operation": "users.list", "for": "slot", "left_s": 12.5}, in the client's encoding;
 it belongs to the library and ends with the callback. "event" is one of request, wait, token, page, retry; others may come.
 user_data: what was given to finaut_client_observe.
 Returns 0 to go on, anything else to stop the call with FINAUT_E_INTERRUPTED.

 It runs on the thread that made the call, on several threads at once where several call. It may use the library. It must not
 throw or longjmp.
 */
typedef int32_t (*finaut_observer)(const char *event_json, void *user_data);

/*
 Makes a client. No request is sent yet.

 config_json: an object; every key is optional, the README has them all. Credentials that are not given come from the environment
     (FINAUT_CLIENT_ID, FINAUT_CLIENT_SECRET). NULL is the same as {}.
 client: receives the handle, or NULL on failure. Free it with finaut_client_free.
 reply: receives null (as JSON) on success and the error's JSON otherwise; may be NULL. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_ARGUMENT (client is NULL, or config_json is no JSON), FINAUT_E_CONFIG, FINAUT_E_FORKED or
 FINAUT_E_INTERNAL.
 */
int32_t finaut_client_new(const char *config_json,
                          finaut_client **client,
                          char **reply);

/*
 Frees a client. Calls that other threads have under way in it end as they would have; no further event is told. NULL, stale
 and foreign handles are ignored.
 */
void finaut_client_free(finaut_client *client);

/*
 Makes every call now running in the client return FINAUT_E_INTERRUPTED at its next wait, from any thread. What is being
 changed at the server is first finished (at most timeout_s), so that its outcome is known. Later calls are not affected.

 Returns FINAUT_OK, FINAUT_E_HANDLE or FINAUT_E_FORKED.
 */
int32_t finaut_client_interrupt(finaut_client *client);

/*
 Sets who is told of what happens during calls, from the next event on.

 observer: the callback, or NULL for nobody.
 user_data: handed to it unchanged; the library never looks at it. It must live until the observer is replaced or the client
     freed, and all calls that were then running have returned.

 Returns FINAUT_OK, FINAUT_E_HANDLE or FINAUT_E_FORKED.
 */
int32_t finaut_client_observe(finaut_client *client,
                              finaut_observer observer,
                              void *user_data);

/*
 Listens for webhooks and the link flow's callbacks, and puts them into the client's inbox; finaut_inbox_next gives them out.
 It has two threads of its own, which end with finaut_receiver_free. It goes on when the client is freed. A forked child does not
 listen.

 client: its configuration needs "state"; its "inbox" says whom to believe.
 config_json: an object; NULL is the same as {}:
     listen?: address and port; "127.0.0.1:8780"; port 0: any that is free
     paths?: list of paths; ["/finaut/webhook", "/finaut/link"]; a configured "path_secret" follows after a slash
     max_body_bytes?: longest body; 131072
     max_connections?: most connections at a time; 256, but no more than a quarter of the descriptors that the process may have
     request_timeout_s?: longest time in which a request must have come; 20
 receiver: receives the handle, or NULL on failure. Free it with finaut_receiver_free.
 reply: receives what finaut_receiver_status gives, or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_HANDLE, FINAUT_E_ARGUMENT, FINAUT_E_CONFIG, FINAUT_E_NETWORK (the address cannot be had),
 FINAUT_E_STATE, FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_receiver_start(finaut_client *client,
                              const char *config_json,
                              finaut_receiver **receiver,
                              char **reply);

/*
 Tells how a receiver fares.

 reply: receives {"address", "urls", "accepted", "refused", "failed", "trouble"}: how many requests were let in, were refused, or
     could not be served; "trouble" is what keeps it from working now, or null. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_HANDLE, FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_receiver_status(finaut_receiver *receiver,
                               char **reply);

/*
 Stops a receiver: those who are being answered are answered (within 5 s), its threads end. NULL, stale and foreign handles are
 ignored.
 */
void finaut_receiver_free(finaut_receiver *receiver);

/*
 Calls an operation by its name: the same as its own function.

 operation: as "users.get"; finaut_operations lists them.
 args_json: the arguments, an object; NULL is the same as {}.
 reply: receives the result's JSON on success and the error's JSON otherwise; may be NULL. Free it with finaut_string_free.

 Returns FINAUT_OK or any FINAUT_E_ code.
 */
int32_t finaut_call(finaut_client *client,
                    const char *operation,
                    const char *args_json,
                    char **reply);

/*
 Frees a string that this library gave out. NULL, strings that were freed already, and strings that are none of this library's
 are ignored.
 */
void finaut_string_free(char *string);

/*
 Reads one value of a JSON text.

 json: any JSON, as a reply.
 pointer: where (RFC 6901), as "/results/0/first_name"; "" is the whole.
 value: receives a string without its quotes, anything else as JSON; on failure the error's JSON. Free it with
     finaut_string_free.

 Text in another encoding than UTF-8 is read and given back in that encoding.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND (nothing is there), FINAUT_E_ARGUMENT (NULL, no JSON, no pointer), FINAUT_E_FORKED or
 FINAUT_E_INTERNAL.
 */
int32_t finaut_json_get(const char *json,
                        const char *pointer,
                        char **value);

/*
 Writes a string into a JSON text.

 json: an object or list, as "{}"; "" and NULL are the same as {}.
 pointer: where (RFC 6901), as "/changes/email"; objects on the way are made, "-" appends to a list, as "/schemes/-".
 string: the value, without quotes.
 out: receives the new text, or on failure the error's JSON. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_ARGUMENT (NULL, no JSON, no pointer), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_json_set(const char *json, const char *pointer, const char *string, char **out);

/*
 Checks a Norwegian identity number, without any request.

 persnr: fødselsnummer, D-number or H-number, 11 digits.
 reply: receives {"valid", "kind", "synthetic", "rule", "birth_date", "note", "problem"}: "kind" is fodselsnummer, d_number or
     h_number; "rule" the rules by which it is valid, "1964" or "2032"; "birth_date" where it can be derived; "problem" says in
     words what is wrong. What is not known is null. Free it with finaut_string_free.

 Returns FINAUT_OK whether it is valid or not, FINAUT_E_ARGUMENT (NULL), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_persnr_check(const char *persnr,
                            char **reply);

/*
 The library's version, as "0.1.0". It belongs to the library.
 */
const char *finaut_version(void);

/*
 The interface's version: compare it with FINAUT_ABI_VERSION of the header that the program was compiled with.
 */
uint32_t finaut_abi_version(void);

/*
 Lists all operations with their arguments.

 reply: receives {"operations": [{"name", "summary", "about", "person", "arguments", "reply", "example", "errors"}, …], "person":
     [...], "any": [...]}; "person" are the ways to name a person, "any" what every operation takes. Free it with
     finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_operations(char **reply);

/*
 Lists the users that the account may see, or those that match.
 A list of all costs one request for each 100 users.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id, or none: the person
     page?: one page of 100 only; else all are fetched
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"employee_alias": "E1001"}
 reply: {"count", "next_page", "results": [user, …]}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, what any operation can (see finaut_call).
 */
int32_t finaut_users_list(finaut_client *client, const char *args_json, char **reply);

/*
 Retrieves one user.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id: the person
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 590496}
 reply: the user; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_get(finaut_client *client, const char *args_json, char **reply);

/*
 Creates a user with any roles.
 Exactly one is created, also when the connection breaks. A number that is registered already is refused, with "persnr"
 in "fields".

 args_json, an object:
     persnr: identity number
     first_name: first name
     last_name: last name
     company: company: number or URL
     department: department: number or URL
     franchise?: franchise: number or URL
     email?: e-mail address
     mobile?: 8 digits, without +47 and spaces
     employee_alias?: the employer's own id of the person
     roles: scheme, underscore, kind (ka candidate, ba, tl), as ["afr_ka"]
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
     "roles": ["afr_ka", "afr_ba"]}
 reply: the new user; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_users_create(finaut_client *client, const char *args_json, char **reply);

/*
 Creates a candidate, signed up to one or more schemes.
 As users.create, with the role ka in each scheme.

 args_json, an object:
     persnr: identity number
     first_name: first name
     last_name: last name
     company: company: number or URL
     department: department: number or URL
     franchise?: franchise: number or URL
     email?: e-mail address
     mobile?: 8 digits, without +47 and spaces
     employee_alias?: the employer's own id of the person
     schemes: codes of the schemes, as ["afr", "krd"]
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
     "schemes": ["afr"]}
 reply: the new user; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_users_create_candidate(finaut_client *client, const char *args_json, char **reply);

/*
 Creates a BA (bedriftsansvarlig), who administers candidates.
 As users.create, with the role ba in each scheme.

 args_json, an object:
     persnr: identity number
     first_name: first name
     last_name: last name
     company: company: number or URL
     department: department: number or URL
     franchise?: franchise: number or URL
     email?: e-mail address
     mobile?: 8 digits, without +47 and spaces
     employee_alias?: the employer's own id of the person
     schemes: codes of the schemes, as ["afr", "krd"]
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
     "schemes": ["afr"]}
 reply: the new user; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_users_create_ba(finaut_client *client, const char *args_json, char **reply);

/*
 Creates a TL (testleder), who gives candidates access to an exam.
 As users.create, with the role tl in each scheme.

 args_json, an object:
     persnr: identity number
     first_name: first name
     last_name: last name
     company: company: number or URL
     department: department: number or URL
     franchise?: franchise: number or URL
     email?: e-mail address
     mobile?: 8 digits, without +47 and spaces
     employee_alias?: the employer's own id of the person
     schemes: codes of the schemes, as ["afr", "krd"]
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
     "schemes": ["afr"]}
 reply: the new user; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_users_create_tl(finaut_client *client, const char *args_json, char **reply);

/*
 Changes a user's demographic data.
 One request for a person whose user id is known or remembered, two otherwise. An empty string clears a field.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id: the person
     changes: any of first_name, last_name, email, mobile, employee_alias; other fields are passed on as they are
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 590496, "changes": {"email": "kari@example.no"}}
 reply: the changed user; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_update(finaut_client *client, const char *args_json, char **reply);

/*
 Gives a user an additional role.
 Reads the user's roles and writes them back with the new one; a role that is there already costs no second request.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id: the person
     role: scheme, underscore, kind (ka candidate, ba, tl), as "afr_ba"
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 590496, "role": "afr_ba"}
 reply: the user; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_add_role(finaut_client *client, const char *args_json, char **reply);

/*
 Signs a candidate up to one or more schemes.
 As users.add_role, with the role ka in each scheme.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id: the person
     schemes: codes of the schemes, as ["krd"]
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 590496, "schemes": ["krd", "gos"]}
 reply: the user; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_enroll(finaut_client *client, const char *args_json, char **reply);

/*
 Moves a user to another department.
 Without "company", the department's own company is looked up (and remembered).

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id: the person
     department: department: number or URL
     company?: company: number or URL; the department's own
     franchise?: franchise: number or URL
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 590496, "department": 2266}
 reply: the user; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_move(finaut_client *client, const char *args_json, char **reply);

/*
 Sets a user on hold in a scheme.
 Active statuses are set by FinAut's own processes and cannot be set here.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id: the person
     scheme: the scheme's code, as "afr"
     date?: from when; today in Norway
     comment?: for people to read
     set_by?: user who sets it: number or URL; the person itself
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 590496, "scheme": "afr", "comment": "parental leave"}
 reply: the new user status; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see
 finaut_call).
 */
int32_t finaut_users_hold(finaut_client *client, const char *args_json, char **reply);

/*
 Withdraws a user from a scheme.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id: the person
     scheme: the scheme's code, as "afr"
     date?: from when; today in Norway
     comment?: for people to read
     set_by?: user who sets it: number or URL; the person itself
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 590496, "scheme": "afr", "date": "2026-12-31"}
 reply: the new user status; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see
 finaut_call).
 */
int32_t finaut_users_withdraw(finaut_client *client, const char *args_json, char **reply);

/*
 Lists the companies that the account may see.
 Remembered for cache_s (one day) unless "page" or "fresh" is given.

 args_json, an object:
     page?: one page of 100 only; else all are fetched
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {}
 reply: {"count", "next_page", "results": [company, …]}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, what any operation can (see finaut_call).
 */
int32_t finaut_companies_list(finaut_client *client, const char *args_json, char **reply);

/*
 Retrieves one company.
 Remembered for cache_s (one day) unless "fresh" is given.

 args_json, an object:
     id: number or URL
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 2265}
 reply: the company; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_companies_get(finaut_client *client, const char *args_json, char **reply);

/*
 Lists the departments that the account may see, or those of one company.
 Remembered for cache_s (one day) unless "page" or "fresh" is given.

 args_json, an object:
     company?: only this company's: number or URL
     page?: one page of 100 only; else all are fetched
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"company": 2265}
 reply: {"count", "next_page", "results": [department, …]}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, what any operation can (see finaut_call).
 */
int32_t finaut_departments_list(finaut_client *client, const char *args_json, char **reply);

/*
 Retrieves one department.
 Remembered for cache_s (one day) unless "fresh" is given.

 args_json, an object:
     id: number or URL
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 2266}
 reply: the department; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_departments_get(finaut_client *client, const char *args_json, char **reply);

/*
 Lists the authorisation schemes.
 Remembered for cache_s (one day) unless "fresh" is given.

 args_json, an object:
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {}
 reply: {"count", "next_page", "results": [scheme, …]}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, what any operation can (see finaut_call).
 */
int32_t finaut_schemes_list(finaut_client *client, const char *args_json, char **reply);

/*
 Lists the status history: every change is a record of its own.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id, or none: the person
     scheme?: only this scheme's, picked out here; the server has no such filter
     page?: one page of 100 only; else all are fetched
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 590496, "scheme": "afr"}
 reply: {"count", "next_page", "results": [user status, …]}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_userstatus_list(finaut_client *client, const char *args_json, char **reply);

/*
 Lists the current status in each scheme.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id, or none: the person
     scheme?: only this scheme's, picked out here; the server has no such filter
     page?: one page of 100 only; else all are fetched
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 590496, "scheme": "afr"}
 reply: {"count", "next_page", "results": [user status, …]}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_userstatus_latest(finaut_client *client, const char *args_json, char **reply);

/*
 Retrieves one user status.

 args_json, an object:
     id: number or URL
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 77}
 reply: the user status; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_userstatus_get(finaut_client *client, const char *args_json, char **reply);

/*
 Creates a user status from the server's own fields.
 users.hold and users.withdraw do the same for a person named in any way.

 args_json, an object:
     appname: the scheme's code, as "afr"
     user: user: number or URL
     status: "hvilende" (on hold) or "utmeldt" (withdrawn)
     reason?: the same word as in "status"
     status_set_by?: user who sets it: number or URL; the user itself
     status_date?: from when; today in Norway
     comment?: for people to read
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"appname": "afr", "user": 590496, "status": "hvilende"}
 reply: the new user status; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_userstatus_create(finaut_client *client, const char *args_json, char **reply);

/*
 Lists exam results: all, one person's, or those created from a date on.

 args_json, an object:
     one of id, persnr, employee_alias, encrypted_user_id, or none: the person
     from_date?: created on this date or later
     page?: one page of 100 only; else all are fetched
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"from_date": "2026-11-01"}
 reply: {"count", "next_page", "results": [result, …]}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_results_list(finaut_client *client, const char *args_json, char **reply);

/*
 Retrieves one exam result.

 args_json, an object:
     id: number or URL
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 999}
 reply: the result; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_results_get(finaut_client *client, const char *args_json, char **reply);

/*
 Lists completed courses: all, or one linked person's.

 args_json, an object:
     encrypted_user_id?: the encrypted user id from the link flow
     page?: one page of 100 only; else all are fetched
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"encrypted_user_id": "gAAAAB…"}
 reply: {"count", "next_page", "results": [competency result, …]}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, what any operation can (see finaut_call).
 */
int32_t finaut_competency_results_list(finaut_client *client, const char *args_json, char **reply);

/*
 Retrieves one completed course.

 args_json, an object:
     id: number or URL
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 31}
 reply: the competency result; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_competency_results_get(finaut_client *client, const char *args_json, char **reply);

/*
 Reports a completed course of a linked person.
 Exactly one is created, also when the connection breaks.

 args_json, an object:
     encrypted_user_id?: the encrypted user id from the link flow
     ext_user_id?: or the person's id on your side, where the link's event came through the inbox
     goal: number of the goal that was reached
     passed_date: when
     external_system?: name of the reporting system
     external_id?: its own id of the course
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"ext_user_id": "E1001", "goal": 456, "passed_date": "2026-11-20"}
 reply: the new competency result; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_competency_results_create(finaut_client *client, const char *args_json, char **reply);

/*
 Retrieves one employment record.

 args_json, an object:
     id: number or URL
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"id": 555}
 reply: the employment record; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_employment_get(finaut_client *client, const char *args_json, char **reply);

/*
 Makes the address to which a person's browser is sent to be linked.
 No request is sent. The configuration's "link_url" must be set.

 args_json, an object:
     ext_user_id: the person's id on your side
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"ext_user_id": "E1001"}
 reply: {"url"}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_link_url(finaut_client *client, const char *args_json, char **reply);

/*
 Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own.
 No request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and with 503
 if this fails: then it comes again. What arrived is on the disk when this returns; fetch it with inbox.next.

 args_json, an object:
     body?: the body as it came
     body_base64?: or in base64, where it may be no text in your encoding
     headers?: names and values; how the names are spelt does not matter
     path?: the path, needed if a "path_secret" is configured
     method?: "POST"
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"path": "/finaut/0f3b…", "headers": {"X-Correlation-Id": "7f1c"}, "body": "{\"id\": …}"}
 reply: {"http_status", "reason", "kinds", "correlation_id"}; "reason" says why it was not let in, for your log; or the
     error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_webhook_accept(finaut_client *client, const char *args_json, char **reply);

/*
 Tells what a webhook brought, and keeps nothing.
 No request is sent. What it says is the sender's word alone.

 args_json, an object:
     body?: the body as it came
     body_base64?: or in base64, where it may be no text in your encoding
     headers?: names and values; how the names are spelt does not matter
     path?: the path, needed if a "path_secret" is configured
     method?: "POST"
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"headers": {}, "body": "{\"id\": …}"}
 reply: {"http_status", "reason", "objects": [{"kind", "object"}, …], "signed", "correlation_id"}; or the error. Free
     it with finaut_string_free.

 Returns FINAUT_OK, what any operation can (see finaut_call).
 */
int32_t finaut_webhook_parse(finaut_client *client, const char *args_json, char **reply);

/*
 Gives the next event of the inbox: a new or changed result or user status, or a person who has linked himself.
 Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said
 is asked of the API first (configuration "inbox", "verify"), within this call. Events of one object come one after the
 other.

 args_json, an object:
     wait_s?: how long to wait for one; 0
     lease_s?: how long it is kept from other callers; 300
     kind?: "result", "userstatus", "link" or "unknown" only
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"wait_s": 30}
 reply: {"event": number, "kind", "object", "verified", "received", "deliveries"}, or null when there is none;
     "verified" is true if the API or a signature vouches for it; "kind" is result, userstatus, link or unknown; or the
     error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_next(finaut_client *client, const char *args_json, char **reply);

/*
 Says that an event is done with; it does not come again.
 No request is sent. Acknowledging twice does no harm.

 args_json, an object:
     event: the event's number
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"event": 17}
 reply: {"event"}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_acknowledge(finaut_client *client, const char *args_json, char **reply);

/*
 Shows what is in the inbox and how much of it waits, without taking anything.
 No request is sent.

 args_json, an object:
     after?: only events with higher numbers
     most?: how many events; 100, at most 1000
     kind?: "result", "userstatus", "link" or "unknown" only
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {}
 reply: {"waiting", "leased", "acknowledged", "unverified", "unreadable", "results": [event and its "state", …]};
     "unverified" webhooks wait to be asked about; "unreadable" events were kept under another client_secret; or the
     error. Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_list(finaut_client *client, const char *args_json, char **reply);

/*
 Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks.
 Reads from two days before the last poll on; the first time, from two days ago or before "since". Results are found
 when they were created, or changed within two days of that: the API cannot be asked for later changes, which only
 webhooks tell of. The first poll of user statuses reads their whole history, one request for each 100; later ones read
 its end.

 args_json, an object:
     since?: results and statuses from this date on; else since the last poll
     kind?: "result" or "userstatus" only
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {}
 reply: {"result", "userstatus", "requests"}: how many new events of each, and the requests that it took; or the error.
     Free it with finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_poll(finaut_client *client, const char *args_json, char **reply);

/*
 Tells how many requests are left and when more will be.
 No request is sent. What other programs use on the same account is not known here before the server refuses something.

 args_json, an object:
     requests?: when would so many more be through?
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"requests": 500}
 reply: {"limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s"} and, with "requests", {"requests",
     "through_s", "through_at"}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, what any operation can (see finaut_call).
 */
int32_t finaut_budget(finaut_client *client, const char *args_json, char **reply);

/*
 Tries whether host and credentials are right.
 Costs one request.

 args_json, an object:
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {}
 reply: {"host", "client_id", "token_expires_in_s"}; or the error. Free it with finaut_string_free.

 Returns FINAUT_OK, what any operation can (see finaut_call).
 */
int32_t finaut_check(finaut_client *client, const char *args_json, char **reply);

/*
 Sends any request to the API, with token, throttle and retries.
 For what has no operation of its own. A POST or DELETE whose connection breaks ends with unknown_outcome: nothing is
 known by which to settle it.

 args_json, an object:
     method: GET, POST, PUT, PATCH or DELETE
     path: below the API root, as "user/590496/"
     query?: names and values; a list gives a name several times
     body?: sent as it is
     max_wait_s?, priority?, fresh?: as for any operation
 Example: {"method": "GET", "path": "userrole/afr_ka/"}
 reply: the answer's body; null when it is empty, which only a change or status 204 may be; or the error. Free it with
     finaut_string_free.

 Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_request(finaut_client *client, const char *args_json, char **reply);

#ifdef __cplusplus
}
#endif

#endif /* FINAUT_H */
