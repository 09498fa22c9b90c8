/*
 * finaut: the FinAut API for old software. JSON strings in, JSON strings out.
 *
 * Every function that calls something returns FINAUT_OK (0) or a positive FINAUT_E_ code, and hands out a string through its
 * last argument: the result's JSON on success, the error's JSON otherwise. An error is an object with "code" (a stable word)
 * and "message" (what happened and what to do), and where known "operation", "request", "http_status", "retry_after_s",
 * "fields" (the call's arguments that are wrong, each with a list of messages), "server_fields" (the same by the server's own names, where it
 * refused), "values" (what was sent for them, without identity numbers) and "correlation_id".
 * docs/objects.md describes every reply: fields, types, where each is known from, and the words that a status can be.
 *
 * Strings:  end with a zero byte and are UTF-8, or what the configuration's "encoding" says. What a function takes stays the
 *           caller's and is not looked at after it returns. What it hands out is freed with finaut_string_free, no matter
 *           when and on which thread. Every argument for handing out may be NULL.
 * Lists:    are walked with finaut_json_items and finaut_json_next; finaut_json_get is for one value. A string that the library handed
 *           out is not checked once more when it is read, so it must not be written into before.
 * Threads:  any function may be called from any thread at any time. A call blocks its own thread only.
 * Fork:     a client may be used in a forked child; it makes connections of its own there.
 * Waiting:  a call waits for free requests and tries again for at most "max_wait_s" (60); what would take longer fails at
 *           once. One request takes at most "timeout_s" (30).
 * Signals:  the library installs no handlers and writes nothing to standard output or error. It starts no threads, but two for each
 *           finaut_receiver, which take no signals.
 * Stack:    64 KiB suffice for every call on x86_64 Linux with glibc, TLS and any answer included; elsewhere give a thread 256 KiB.
 *           JSON may be nested 32 levels deep.
 * Limits:   what the system has too little of for this program (descriptors, threads, memory, room on the disk) is FINAUT_E_STATE, and
 *           the message names it. No write raises SIGXFSZ. Descriptors that outlive a call are never 0, 1 or 2, also where the program has
 *           closed those.
 */
#ifndef FINAUT_H
#define FINAUT_H


#if defined(_MSC_VER) && _MSC_VER < 1600
/* Visual C++ before 2010 has no <stdint.h>. A program that brings its own types of these names defines FINAUT_HAS_STDINT before. */
#ifndef FINAUT_HAS_STDINT
typedef __int32 int32_t;
typedef unsigned __int32 uint32_t;
typedef __int64 int64_t;
#endif
#else
#include <stdint.h>
#endif

/* This file is made by cargo xtask generate: change src/lib.rs or the catalogue (core/src/api.rs) instead. */

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The version of this interface. It changes only if a program compiled against an older header could break.
 */
#define FINAUT_ABI_VERSION 1

/**
 * The call succeeded.
 */
#define FINAUT_OK 0

/**
 * An argument of the call is missing, unknown, of the wrong type, or no JSON. Nothing was sent.
 */
#define FINAUT_E_ARGUMENT 1

/**
 * The client or receiver is closed: its handle is NULL, freed, or none of this library's.
 */
#define FINAUT_E_HANDLE 2

/**
 * The configuration cannot be used.
 */
#define FINAUT_E_CONFIG 3

/**
 * A value is refused, before sending or by the server (status 400, 409 or 422); "fields" says which.
 */
#define FINAUT_E_VALIDATION 4

/**
 * The server does not accept the credentials or the token.
 */
#define FINAUT_E_AUTHENTICATION 5

/**
 * The account may not do this (status 403).
 */
#define FINAUT_E_PERMISSION 6

/**
 * There is no such object, or the account may not see it.
 */
#define FINAUT_E_NOT_FOUND 7

/**
 * Several persons match, or several companies, departments or franchises have the name.
 */
#define FINAUT_E_AMBIGUOUS 8

/**
 * No request may be sent soon enough; "retry_after_s" says when one may.
 */
#define FINAUT_E_THROTTLED 9

/**
 * The server failed (status 5xx), or refused in a way that has no code of its own.
 */
#define FINAUT_E_SERVER 10

/**
 * The server could not be reached, or the connection broke.
 */
#define FINAUT_E_NETWORK 11

/**
 * Something was sent and nobody knows whether it took effect; the message says what to check.
 */
#define FINAUT_E_UNKNOWN_OUTCOME 12

/**
 * The answer is not what FinAut would send: a proxy's page, half a body, too much of it.
 */
#define FINAUT_E_PROTOCOL 13

/**
 * The host interrupted the call, from another thread or through its observer.
 */
#define FINAUT_E_INTERRUPTED 14

/**
 * The state file cannot be used, or this program or machine lacks something: descriptors, threads, memory, disk.
 */
#define FINAUT_E_STATE 15

/**
 * This is a forked child in which the client cannot be used safely.
 */
#define FINAUT_E_FORKED 16

/**
 * There is a mistake in this library; please report the message.
 */
#define FINAUT_E_INTERNAL 17

/**
 * Nothing could be done because a rail of the sync holds it, until a person has approved it.
 */
#define FINAUT_E_HELD 18

/**
 * It is older than it may be: the last completed run of a sync, or a plan.
 */
#define FINAUT_E_STALE 19

/**
 * Another sync of the account is under way; "retry_after_s" says when to call again.
 */
#define FINAUT_E_BUSY 20

/**
 * A client of one FinAut account.
 *
 * A handle, not an address: it is looked up, never dereferenced, and never used again after finaut_client_free. A stale, foreign
 * or NULL handle gives FINAUT_E_HANDLE. One client serves any number of threads at once.
 */
typedef struct finaut_client finaut_client;

/**
 * Goes over the items of a list, or the members of an object, in a JSON text.
 *
 * A handle like a client's: stale, foreign and NULL ones give FINAUT_E_HANDLE. It is for one thread at a time; if two use it at
 * once, each gets items of its own. A forked child may go on with its copy.
 */
typedef struct finaut_json_cursor finaut_json_cursor;

/**
 * An HTTP server that receives webhooks for a client, for hosts that have none.
 *
 * A handle like a client's: stale, foreign and NULL ones give FINAUT_E_HANDLE.
 */
typedef struct finaut_receiver finaut_receiver;

/**
 * Is told of what happens during a call: requests, waits (every "observe_s" of the configuration), token renewals, pages, retries.
 *
 * event_json: an object as {"event": "wait", "operation": "users.list", "for": "slot", "left_s": 12.5}, in the client's encoding;
 * it belongs to the library and ends with the callback. A request's has "method", "path", "ms" and, where there was an answer,
 * "http_status" and "correlation_id" (for questions to Norsk Test), and "object_id" where it made something. "job" stands in each event of
 * a call that has one. "event" is one of request, wait, token, page, retry; others may come.
 * user_data: what was given to finaut_client_observe.
 * Returns 0 to go on, anything else to stop the call with FINAUT_E_INTERRUPTED.
 *
 * It runs on the thread that made the call, on several threads at once where several call. It may use the library. It must not
 * throw or longjmp.
 */
typedef int32_t (*finaut_observer)(const char *event_json, void *user_data);

/**
 * Is given a page of a list, as soon as it is there.
 *
 * page_json: {"count", "next_page", "results"}, in the client's encoding; "next_page" is null in the last one. It belongs to the library
 *     and ends with the callback; a cursor over it may go on.
 * user_data: what was given to finaut_call_pages.
 * Returns 0 to go on, anything else to stop the call with FINAUT_E_INTERRUPTED.
 *
 * It runs on the thread that made the call. It may use the library. It must not throw or longjmp.
 */
typedef int32_t (*finaut_page)(const char *page_json, void *user_data);

/**
 * Makes a client. No request is sent yet.
 *
 * config_json: an object with these members; NULL is the same as {}:
 *     "client_id" (string): OAuth client id; default: the environment's FINAUT_CLIENT_ID.
 *     "client_secret" (string): OAuth client secret; default: the environment's FINAUT_CLIENT_SECRET.
 *     "client_secret_file" (string): path of a file that holds the client secret and nothing else, in place of
 *         "client_secret"; it is read when the client is made.
 *     "previous_client_secret" (string): the client secret before this one, after a change: what the state keeps under
 *         it is taken over at first use, and the old secret no longer opens it.
 *     "host" (string): address of the server, without a path, else the environment's FINAUT_API_HOST; default
 *         "https://api.norsktest.no".
 *     "state" (string): path of a file that all processes of this machine share: token, used requests, what is
 *         remembered; a relative one is made absolute, as check and budget tell it; null: none, whatever the environment
 *         says; default: the environment's FINAUT_STATE, else the process's own memory.
 *     "timeout_s" (number of seconds): longest time for one request, connecting included; default 30.
 *     "connect_timeout_s" (number of seconds): longest time for connecting; default 10.
 *     "max_wait_s" (number of seconds): longest time that a call waits for slots and retries; default 60.
 *     "settle_s" (number of seconds): how long an object must stay absent before a broken creation is sent again;
 *         default 10.
 *     "late_s" (number of seconds): how long after it was sent a slow server can still act on a creation: after a
 *         time-out, or if its process was killed, it is not sent again before; default 300.
 *     "throttle" (object): the server's limit, and how many requests bulk calls leave to interactive ones. Its members:
 *         "requests" (whole number from 1): how many requests the server accepts; default 200.
 *         "per_s" (number of seconds): in how many seconds; default 3600.
 *         "reserve" (whole number): how many of them bulk calls leave to interactive ones; default 0.
 *     "scope" (string): OAuth scope; default "read write".
 *     "proxy" (string): HTTP proxy as http://user:password@host:port, or "none"; default: the environment's HTTPS_PROXY
 *         or ALL_PROXY, unless NO_PROXY names the host (this machine itself is reached without).
 *     "ca_file" (string): PEM file of certificate authorities trusted besides the system's.
 *     "encoding" (string): encoding of all text in and out: UTF-8; any of one byte for each character in the WHATWG
 *         Encoding Standard, as "windows-1252"; or "cp437", "cp850", "cp858", "cp865"; default "UTF-8".
 *     "cache_s" (number of seconds): how long schemes, companies and departments are remembered; default 86400.
 *     "link_url" (string): address that starts the link flow, with {ext_user_id} in it.
 *     "set_by" (number or URL): the user who sets statuses (finaut_users_hold, finaut_users_withdraw,
 *         finaut_userstatus_create) where a call names nobody.
 *     "job" (string of at most 64 characters): what the calls of this client are part of, as "nightly": stands in
 *         events, in the journal, in budget's "by" and in the User-Agent header.
 *     "journal_days" (whole number from 1): how long lines of the journal are kept; of several programs that share a
 *         state, the fewest days count; default 90.
 *     "observe_s" (number of seconds): how often the observer is called while a call waits; by that call the C# and
 *         Python wrappers notice cancellation and signals; default 0.5.
 *     "inbox" (object): whom the inbox believes and what it keeps. Its members:
 *         "path_secret" (string): last segment of the path of webhooks, of 22 letters and digits at least, as openssl
 *             rand -hex 16 makes it.
 *         "header" (object): header that webhooks carry. Its members:
 *             "name" (string, required): the header's name.
 *             "value" (string, required): its secret value, of 22 characters at least.
 *         "hmac_secret" (string): what webhooks are signed with, of 22 characters at least.
 *         "verify" (string): "fetch": what a webhook says is asked of the API first; "none": it is delivered as it came;
 *             default "fetch".
 *         "verify_per_hour" (whole number from 1): how many requests an hour that may take; default 40.
 *         "keep_days" (whole number): how long acknowledged events are kept; default 30.
 *         "most" (whole number from 1): how many events and unverified webhooks may wait; default 10000.
 *     "max_body_bytes" (whole number from 1): longest answer that is read, in bytes; default 8388608.
 *     "user_agent" (string): User-Agent header; default "finaut/0.1.0".
 * client: receives the handle, or NULL on failure. Free it with finaut_client_free.
 * reply: receives null, as JSON; on failure the error. It may be NULL. Free it with finaut_string_free.
 *
 * Returns FINAUT_OK, FINAUT_E_ARGUMENT (client is NULL, or config_json is no JSON), FINAUT_E_CONFIG, FINAUT_E_STATE (the state
 * file cannot be used), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_client_new(const char *config_json,
                          finaut_client **client,
                          char **reply);

/**
 * Frees a client. Calls that other threads have under way in it end as they would have; no further event is told.
 *
 * client: the handle that finaut_client_new gave. NULL, stale and foreign handles are ignored.
 */
void finaut_client_free(finaut_client *client);

/**
 * Makes every call now running in the client return FINAUT_E_INTERRUPTED at its next wait, from any thread. What is being
 * changed at the server is first finished (at most timeout_s), so that its outcome is known. Later calls are not affected.
 *
 * client: the handle that finaut_client_new gave.
 *
 * Returns FINAUT_OK, FINAUT_E_HANDLE or FINAUT_E_FORKED.
 */
int32_t finaut_client_interrupt(finaut_client *client);

/**
 * Makes one call of the client return FINAUT_E_INTERRUPTED at its next wait, from any thread: the one that was given this name as
 * "call_id". What it is changing at the server is first finished, as with finaut_client_interrupt. If no call of this name runs, the
 * next one that begins with it within 60 s ends at once.
 *
 * client: the handle that finaut_client_new gave.
 * call_id: the name, of 1 to 64 bytes in UTF-8, in the client's encoding.
 *
 * Returns FINAUT_OK, FINAUT_E_HANDLE, FINAUT_E_ARGUMENT (NULL, empty, too long or no text) or FINAUT_E_FORKED.
 */
int32_t finaut_client_interrupt_call(finaut_client *client,
                                     const char *call_id);

/**
 * Sets who is told of what happens during calls, from the next event on.
 *
 * client: the handle that finaut_client_new gave.
 * observer: the callback, or NULL for nobody.
 * user_data: handed to it unchanged; the library never looks at it. It must live until the observer is replaced or the client
 *     freed, and all calls that were then running have returned.
 *
 * Returns FINAUT_OK, FINAUT_E_HANDLE or FINAUT_E_FORKED.
 */
int32_t finaut_client_observe(finaut_client *client,
                              finaut_observer observer,
                              void *user_data);

/**
 * Listens for webhooks and the link flow's callbacks, and puts them into the client's inbox; finaut_inbox_next gives them out.
 * It has two threads of its own, which end with finaut_receiver_free. It goes on when the client is freed. A forked child does not
 * listen.
 *
 * client: the handle that finaut_client_new gave. Its configuration needs "state"; its "inbox" says whom to believe.
 * config_json: an object with these members; NULL is the same as {}:
 *     "listen" (string): address and port; with port 0 any that is free, and the reply tells which; default
 *         "127.0.0.1:8780".
 *     "paths" (JSON): list of paths; a configured "path_secret" follows after a slash; default ["/finaut/webhook",
 *         "/finaut/link"].
 *     "open" (true or false): true: starts although the client's "inbox" has no "path_secret", "header" or
 *         "hmac_secret", so that anybody who reaches it can fill the inbox with inventions; default false.
 *     "health_path" (string): path at which GET and HEAD tell load balancers whether webhooks are taken now: 200, else
 *         503; no secret is asked for there; default "/health".
 *     "max_body_bytes" (whole number from 1): longest body; default 131072.
 *     "max_connections" (whole number from 1): most connections at a time, but no more than a quarter of the descriptors
 *         that the process may have; when there are more, the oldest that has sent no whole request goes; default 256.
 *     "request_timeout_s" (number of seconds): longest time in which a request must have come; default 20.
 * receiver: receives the handle, or NULL on failure. Free it with finaut_receiver_free.
 * reply: receives what finaut_receiver_status gives; on failure the error. It may be NULL. Free it with finaut_string_free.
 *
 * Returns FINAUT_OK, FINAUT_E_HANDLE, FINAUT_E_ARGUMENT, FINAUT_E_CONFIG, FINAUT_E_NETWORK (the address cannot be had),
 * FINAUT_E_STATE (also where the system has no descriptor or thread left for it), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_receiver_start(finaut_client *client,
                              const char *config_json,
                              finaut_receiver **receiver,
                              char **reply);

/**
 * Tells how a receiver fares.
 *
 * receiver: the handle that finaut_receiver_start gave.
 * reply: receives {"address", "urls", "accepted", "refused", "failed", "trouble"}: how many requests were let in, were refused, or
 *     could not be served; "trouble" is what keeps it from working now, or null. On failure it receives the error. It may be
 *     NULL. Free it with finaut_string_free.
 *
 * Returns FINAUT_OK, FINAUT_E_HANDLE, FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_receiver_status(finaut_receiver *receiver,
                               char **reply);

/**
 * Stops a receiver: those who are being answered are answered (within 3 s), its threads end.
 *
 * receiver: the handle that finaut_receiver_start gave. NULL, stale and foreign handles are ignored.
 */
void finaut_receiver_free(finaut_receiver *receiver);

/**
 * Calls an operation by its name: the same as its own function.
 *
 * client: the handle that finaut_client_new gave.
 * operation: as "users.get"; finaut_operations lists them.
 * args_json: an object with the operation's own members (see its function) and these; NULL is the same as {}:
 *     "max_wait_s" (number of seconds): longest time that this call waits for slots and retries; a list,
 *         finaut_inbox_poll and finaut_sync_plan, for each page; default: the configuration's.
 *     "priority" ("bulk" or "interactive"): "interactive" may use the slots that "bulk" must leave; default "bulk".
 *     "fresh" (true or false): true: ask the server even where the answer is remembered; default false.
 *     "job" (string of at most 64 characters): what the call is part of, as "nightly": stands in events, in the journal
 *         and in budget's "by"; default: the configuration's.
 *     "call_id" (string of 1 to 64 bytes): names this call, as no other that runs, for finaut_client_interrupt_call.
 *     Operations about a person also take one of these:
 *     "id" (number or URL): FinAut's user id.
 *     "persnr" (string of 11 digits): identity number.
 *     "employee_alias" (string): the employer's own id of the person.
 *     "encrypted_user_id" (string): the encrypted user id from the link flow.
 * reply: receives the result's JSON; on failure the error. It may be NULL. Free it with finaut_string_free.
 *
 * Returns FINAUT_OK, FINAUT_E_ARGUMENT for an operation that does not exist, or what the operation's own function does.
 * Any operation can end with FINAUT_E_ARGUMENT, FINAUT_E_HANDLE, FINAUT_E_VALIDATION, FINAUT_E_AUTHENTICATION,
 * FINAUT_E_PERMISSION, FINAUT_E_THROTTLED, FINAUT_E_SERVER, FINAUT_E_NETWORK, FINAUT_E_PROTOCOL, FINAUT_E_INTERRUPTED,
 * FINAUT_E_STATE, FINAUT_E_FORKED and FINAUT_E_INTERNAL.
 */
int32_t finaut_call(finaut_client *client, const char *operation, const char *args_json, char **reply);

/**
 * Calls an operation that gives a list, and hands out the list page by page: in the memory of one page, however long it is.
 *
 * client: the handle that finaut_client_new gave.
 * operation: one that gives a list, as "users.list", "results.list" or "userstatus.latest".
 * args_json: as finaut_call takes it, without "page"; NULL is the same as {}.
 * on_page: receives each page, before the next one is asked for. Each object of the list comes once, also if it shifts to another page
 *     meanwhile.
 * user_data: handed to it unchanged; the library never looks at it.
 * reply: receives {"count", "pages", "missing"}: how many objects there are in all, how many pages were handed out, and how many
 *     objects may be missing because the list changed while it was read. On failure it receives the error. It may be NULL. Free
 *     it with finaut_string_free.
 *
 * Returns FINAUT_OK, FINAUT_E_ARGUMENT for an operation that does not exist or gives no list, FINAUT_E_INTERRUPTED where on_page stops
 * it, or what the operation's own function does.
 */
int32_t finaut_call_pages(finaut_client *client,
                          const char *operation,
                          const char *args_json,
                          finaut_page on_page,
                          void *user_data,
                          char **reply);

/**
 * Frees a string that this library gave out.
 *
 * string: the string. NULL, strings that were freed already, and strings that are none of this library's are ignored.
 */
void finaut_string_free(char *string);

/**
 * Reads one value of a JSON text.
 *
 * json: any JSON, as a reply.
 * pointer: where (RFC 6901), as "/results/0/first_name"; "" is the whole.
 * value: receives a string without its quotes, anything else as JSON; on failure the error's JSON. Free it with
 *     finaut_string_free.
 *
 * For the items of a list use finaut_json_items: each finaut_json_get reads the text from its beginning. A text that the library
 * gave out is read up to the value and no further; any other text is checked as a whole. Of a name that stands twice in an object
 * the first counts. Text in another encoding than UTF-8 is read and given back in that encoding.
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND (nothing is there), FINAUT_E_ARGUMENT (NULL, no JSON, no pointer), FINAUT_E_FORKED or
 * FINAUT_E_INTERNAL.
 */
int32_t finaut_json_get(const char *json,
                        const char *pointer,
                        char **value);

/**
 * Makes a cursor over a list or an object in a JSON text. Going over all its items takes time in proportion to the text's length:
 *
 *     if (finaut_json_items(reply, "/results", &users, &error) == FINAUT_OK) {
 *         while (finaut_json_next(users, &user) == FINAUT_OK) {
 *             finaut_json_get(user, "/last_name", &name);
 *             ...
 *             finaut_string_free(user);
 *         }
 *         finaut_string_free(user);           NULL behind the last one, or an error
 *         finaut_json_cursor_free(users);
 *     }
 *
 * json: any JSON, as a reply. If the library gave it out, the cursor shares it; of any other text it keeps a copy of the list. So json
 *     may be freed before the cursor. It must not be changed while a cursor goes over it.
 * pointer: where the list or object is (RFC 6901), as "/results"; "" is the whole.
 * items: receives the cursor, or NULL on failure. Free it with finaut_json_cursor_free.
 * error: receives NULL, or on failure the error's JSON. It may be NULL. Free it with finaut_string_free.
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND (nothing is there), FINAUT_E_ARGUMENT (NULL, no JSON, no pointer, or what is there is neither
 * a list nor an object), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_json_items(const char *json,
                          const char *pointer,
                          finaut_json_cursor **items,
                          char **error);

/**
 * Gives the next item of a list, or the next value of an object.
 *
 * items: the cursor that finaut_json_items gave.
 * item: receives a string without its quotes, anything else as JSON; NULL at the end; on failure the error's JSON. Free it with
 *     finaut_string_free. finaut_json_get and finaut_json_items read an item without checking it once more.
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND (there is no further item, and *item is NULL), FINAUT_E_HANDLE, FINAUT_E_ARGUMENT (a string
 * with a zero character, which C cannot have, and the cursor has gone past it; or the text was changed meanwhile),
 * FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_json_next(finaut_json_cursor *items,
                         char **item);

/**
 * Gives the next member of an object, with its name.
 *
 * items: the cursor that finaut_json_items gave for an object.
 * name: receives the name without quotes; NULL at the end and on failure. It may be NULL. Free it with finaut_string_free.
 * item: receives the value as finaut_json_next does.
 *
 * Returns what finaut_json_next does; FINAUT_E_ARGUMENT also for a cursor over a list, whose items have no names.
 */
int32_t finaut_json_member(finaut_json_cursor *items,
                           char **name,
                           char **item);

/**
 * Counts the items of a list, or the members of an object.
 *
 * json: any JSON, as a reply.
 * pointer: where the list or object is (RFC 6901), as "/results"; "" is the whole.
 * count: receives the number, or 0 on failure. It may be NULL.
 * error: receives NULL, or on failure the error's JSON. It may be NULL. Free it with finaut_string_free.
 *
 * Returns what finaut_json_items does.
 */
int32_t finaut_json_count(const char *json, const char *pointer, int64_t *count, char **error);

/**
 * Frees a cursor, before its end or after it. The items that it gave stay.
 *
 * items: the cursor that finaut_json_items gave. NULL, stale and foreign handles are ignored.
 */
void finaut_json_cursor_free(finaut_json_cursor *items);

/**
 * Writes a string into a JSON text.
 *
 * json: an object or list, as "{}"; "" and NULL are the same as {}.
 * pointer: where (RFC 6901), as "/changes/email"; objects on the way are made, "-" appends to a list, as "/schemes/-".
 * string: the value, without quotes.
 * out: receives the new text, or on failure the error's JSON. Free it with finaut_string_free.
 *
 * Returns FINAUT_OK, FINAUT_E_ARGUMENT (NULL, no JSON, no pointer), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_json_set(const char *json, const char *pointer, const char *string, char **out);

/**
 * Writes a number, a list, an object or any other JSON into a JSON text.
 *
 * json: an object or list, as "{}"; "" and NULL are the same as {}.
 * pointer: where (RFC 6901), as "/query/page"; objects on the way are made, "-" appends to a list, as "/rows/-".
 * value_json: the value, as JSON: 5, true, null, "text" with its quotes, [1, 2] or {"a": 1}.
 * out: receives the new text, or on failure the error's JSON. Free it with finaut_string_free.
 *
 * Returns FINAUT_OK, FINAUT_E_ARGUMENT (NULL, no JSON, no pointer, or the result would be nested more than 32 levels deep),
 * FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_json_set_json(const char *json,
                             const char *pointer,
                             const char *value_json,
                             char **out);

/**
 * Checks a Norwegian identity number, without any request.
 *
 * persnr: fødselsnummer, D-number or H-number, 11 digits.
 * reply: receives {"valid", "kind", "synthetic", "rule", "birth_date", "note", "problem"}: "kind" is fodselsnummer, d_number or
 *     h_number; "rule" the rules by which it is valid, "1964" or "2032"; "birth_date" where it can be derived; "problem" says in
 *     words what is wrong. What is not known is null. Free it with finaut_string_free.
 *
 * Returns FINAUT_OK whether it is valid or not, FINAUT_E_ARGUMENT (NULL), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_persnr_check(const char *persnr,
                            char **reply);

/**
 * The library's version, as "0.1.0". It belongs to the library.
 */
const char *finaut_version(void);

/**
 * The interface's version: compare it with FINAUT_ABI_VERSION of the header that the program was compiled with.
 */
uint32_t finaut_abi_version(void);

/**
 * Lists all operations with their arguments.
 *
 * reply: receives {"operations": [{"name", "summary", "about", "person", "arguments", "reply", "reply_type", "example", "errors"}, …],
 *     "person": [...], "any": [...]}; "person" are the ways to name a person, "any" what every operation takes; "reply_type" is the
 *     name of the reply's object in docs/objects.md. An argument is an object with "name", "type", "required", "about" and, where it
 *     has a constant one, "default". On failure reply receives the error. It may be NULL. Free it with finaut_string_free.
 *
 * Returns FINAUT_OK, FINAUT_E_FORKED or FINAUT_E_INTERNAL.
 */
int32_t finaut_operations(char **reply);

/**
 * Lists the users that the account may see, or those that match.
 * A list of all costs one request for each 100 users. If users are added or removed while the list is read, the pages
 * that shifted may be read again (at most a tenth of them and 2), and "missing" in the reply says how many users may
 * still be missing.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
 *         before; default: all pages.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"employee_alias": "E1001"}
 * reply: receives {"count", "next_page", "results": [user, …]}; on failure the error. It may be NULL. Free it with
 *     finaut_string_free.
 * Reply: UserList (docs/objects.md).
 *
 * Returns FINAUT_OK, or what any operation can (see finaut_call).
 */
int32_t finaut_users_list(finaut_client *client, const char *args_json, char **reply);

/**
 * Retrieves one user.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496}
 * reply: receives the user; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: User (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_get(finaut_client *client, const char *args_json, char **reply);

/**
 * Creates a user with any roles.
 * Exactly one is created, also when the connection breaks. A number that is registered already is refused, with "persnr"
 * in "fields". A company, department or franchise that is named is looked up in the remembered lists before anything is
 * sent; a name that is not there, or that several have, is refused with those that there are.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "persnr" (string of 11 digits, required): identity number.
 *     "first_name" (string, required): first name.
 *     "last_name" (string, required): last name.
 *     "company" (number, URL or {"name"}, required): the company.
 *     "department" (number, URL or {"name"}, required): the department.
 *     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
 *     "email" (string): e-mail address; "" is the same as leaving it out.
 *     "mobile" (string): 8 digits, without +47 and spaces; "" is the same as leaving it out.
 *     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
 *     "roles" (list of roles' codes, required): scheme, underscore, kind (ka candidate, ba, tl), as ["afr_ka"].
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
 *         "roles": ["afr_ka", "afr_ba"]}
 * reply: receives the new user; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: User (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_users_create(finaut_client *client,
                            const char *args_json,
                            char **reply);

/**
 * Creates a candidate, signed up to one or more schemes.
 * As finaut_users_create, with the role ka in each scheme.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "persnr" (string of 11 digits, required): identity number.
 *     "first_name" (string, required): first name.
 *     "last_name" (string, required): last name.
 *     "company" (number, URL or {"name"}, required): the company.
 *     "department" (number, URL or {"name"}, required): the department.
 *     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
 *     "email" (string): e-mail address; "" is the same as leaving it out.
 *     "mobile" (string): 8 digits, without +47 and spaces; "" is the same as leaving it out.
 *     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
 *     "schemes" (list of schemes' codes, required): codes of the schemes, as ["afr", "krd"].
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
 *         "schemes": ["afr"]}
 * reply: receives the new user; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: User (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_users_create_candidate(finaut_client *client, const char *args_json, char **reply);

/**
 * Creates a BA (bedriftsansvarlig), who administers candidates.
 * As finaut_users_create, with the role ba in each scheme.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "persnr" (string of 11 digits, required): identity number.
 *     "first_name" (string, required): first name.
 *     "last_name" (string, required): last name.
 *     "company" (number, URL or {"name"}, required): the company.
 *     "department" (number, URL or {"name"}, required): the department.
 *     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
 *     "email" (string): e-mail address; "" is the same as leaving it out.
 *     "mobile" (string): 8 digits, without +47 and spaces; "" is the same as leaving it out.
 *     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
 *     "schemes" (list of schemes' codes, required): codes of the schemes, as ["afr", "krd"].
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
 *         "schemes": ["afr"]}
 * reply: receives the new user; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: User (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_users_create_ba(finaut_client *client, const char *args_json, char **reply);

/**
 * Creates a TL (testleder), who gives candidates access to an exam.
 * As finaut_users_create, with the role tl in each scheme.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "persnr" (string of 11 digits, required): identity number.
 *     "first_name" (string, required): first name.
 *     "last_name" (string, required): last name.
 *     "company" (number, URL or {"name"}, required): the company.
 *     "department" (number, URL or {"name"}, required): the department.
 *     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
 *     "email" (string): e-mail address; "" is the same as leaving it out.
 *     "mobile" (string): 8 digits, without +47 and spaces; "" is the same as leaving it out.
 *     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
 *     "schemes" (list of schemes' codes, required): codes of the schemes, as ["afr", "krd"].
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2,
 *         "schemes": ["afr"]}
 * reply: receives the new user; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: User (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_users_create_tl(finaut_client *client, const char *args_json, char **reply);

/**
 * Changes a user's demographic data.
 * One request for a person whose user id is known or remembered, two otherwise; new roles cost one more, as they are
 * read before they are written. An unknown name in "changes" is refused. The reply's "warnings" tell what the server
 * does not show as it was sent.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "changes" (object, required): what to change, all of it at once. Its members:
 *         "first_name" (string): first name.
 *         "last_name" (string): last name.
 *         "email" (string): e-mail address; "" removes it.
 *         "mobile" (string): 8 digits, without +47 and spaces; "" removes it.
 *         "employee_alias" (string): the employer's own id of the person; "" removes it.
 *         "persnr" (string of 11 digits): identity number.
 *         "company" (number, URL or {"name"}): the company, with "department" only; default: the department's own.
 *         "department" (number, URL or {"name"}): the department.
 *         "franchise" (number, URL or {"name"}): the franchise; "" removes it.
 *         "add_roles" (list of roles' codes): new roles, as ["afr_ba"]; those that the user has stay.
 *         "add_schemes" (list of schemes' codes): schemes to sign up to as a candidate, as ["krd"].
 *         "other" (object): names and values of fields that this library does not know, passed on as they are.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496, "changes": {"email": "kari@example.no"}}
 * reply: receives the changed user; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: User (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_update(finaut_client *client, const char *args_json, char **reply);

/**
 * Gives a user an additional role.
 * Reads the user's roles and writes them back with the new one; a role that is there already costs no second request.
 * Calls for one person wait for each other, in all processes that share the state.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "role" (role's code, required): scheme, underscore, kind (ka candidate, ba, tl), as "afr_ba".
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496, "role": "afr_ba"}
 * reply: receives the user; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: User (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_add_role(finaut_client *client, const char *args_json, char **reply);

/**
 * Signs a candidate up to one or more schemes.
 * As finaut_users_add_role, with the role ka in each scheme. Where the roles are all there already, the latest status is
 * looked up instead, without a request where everybody's were read within 15 minutes: if the person is withdrawn or on
 * hold, the reply's last member "warnings", a list of {"code", "message"}, says so.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "schemes" (list of schemes' codes, required): codes of the schemes, as ["krd"].
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496, "schemes": ["krd", "gos"]}
 * reply: receives the user; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: User (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_enroll(finaut_client *client,
                            const char *args_json,
                            char **reply);

/**
 * Moves a user to another department.
 * Without "company", the department's own company is looked up (and remembered).
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "department" (number, URL or {"name"}, required): the department.
 *     "company" (number, URL or {"name"}): the company; default: the department's own.
 *     "franchise" (number, URL or {"name"}): the franchise.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496, "department": 2266}
 * reply: receives the user; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: User (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_users_move(finaut_client *client, const char *args_json, char **reply);

/**
 * Sees to it that FinAut has one person as HR has them: creates, changes, or does nothing.
 * Compares as the nightly sync does: spaces, composition, the case of e-mail addresses, +47 and a lost first zero make
 * no difference, and what is not given stays as it is. The person is looked up by persnr, and only where nobody has that
 * by employee_alias; a change is one request more, and so is a creation. It never puts anybody on hold, withdraws them,
 * takes a role away, or moves them between companies. Where it is not certain who the person is, or another user has the
 * alias, it is refused and nothing is written. Calling it twice changes nothing the second time. Whether somebody who
 * has a role is withdrawn is not looked up; finaut_users_enroll tells.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "persnr" (string): identity number, as HR writes it; "" is the same as leaving it out.
 *     "employee_alias" (string): the employer's own id of the person; "" is the same as leaving it out.
 *     "first_name" (string): first name; "" is the same as leaving it out.
 *     "last_name" (string): last name; "" is the same as leaving it out.
 *     "email" (string): e-mail address; "" is the same as leaving it out.
 *     "mobile" (string): mobile number; "" is the same as leaving it out.
 *     "company" (number, URL or {"name"}): the company; "" is the same as leaving it out; default: the department's own.
 *     "department" (number, URL or {"name"}): the department; needed to create somebody; "" is the same as leaving it
 *         out.
 *     "franchise" (number, URL or {"name"}): the franchise; "" is the same as leaving it out.
 *     "schemes" (list of schemes' codes): schemes to be a candidate in, as ["afr"].
 *     "roles" (list of roles' codes): roles besides, as ["afr_ba"].
 *     "start_date" (string): the first day, as "2026-01-31" or "31.01.2026"; nobody is created before it; "" is the same
 *         as leaving it out.
 *     "end_date" (string): the last day; after it nothing is written; "" is the same as leaving it out.
 *     "status" (string): "active", "leave" or "left"; of who has left nothing is written; "" is the same as leaving it
 *         out.
 *     "confidential" (true or false): true: the person is kept out; nothing is looked up or written; default false.
 *     "fields" (object): what is written of each field, as {"email": "create"}: "always", "create" (only for somebody
 *         new) or "never"; default: "always" for each field that is given.
 *     "dry_run" (true or false): true: nothing is written; the reply says what would be; default false.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"persnr": "01819010001", "employee_alias": "E1015", "first_name": "Kari", "last_name": "Nordmann",
 *         "department": {"name": "Rådgivning Øst"}, "schemes": ["afr"]}
 * reply: receives {"did": nothing, created, updated, would_create or would_update, "changes": {field: [before, after],
 *     …, "roles": {"add": […]}}, "user": the user, or null}; on failure the error. It may be NULL. Free it with
 *     finaut_string_free.
 * Reply: EnsuredUser (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_users_ensure(finaut_client *client,
                            const char *args_json,
                            char **reply);

/**
 * Sets a user on hold in a scheme.
 * Active statuses are set by FinAut's own processes and cannot be set here.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "scheme" (scheme's code, required): the scheme's code, as "afr".
 *     "date" (date as "2026-01-31"): from when; default: today in Norway.
 *     "comment" (string): for people to read; "" is the same as leaving it out.
 *     "set_by" (number or URL): the user who sets it; default: the configuration's; without either the call is refused,
 *         as the register must not say that the person did it.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496, "scheme": "afr", "comment": "parental leave"}
 * reply: receives the new user status; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: UserStatus (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see
 * finaut_call).
 */
int32_t finaut_users_hold(finaut_client *client, const char *args_json, char **reply);

/**
 * Withdraws a user from a scheme.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "scheme" (scheme's code, required): the scheme's code, as "afr".
 *     "date" (date as "2026-01-31"): from when; default: today in Norway.
 *     "comment" (string): for people to read; "" is the same as leaving it out.
 *     "set_by" (number or URL): the user who sets it; default: the configuration's; without either the call is refused,
 *         as the register must not say that the person did it.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496, "scheme": "afr", "date": "2026-12-31"}
 * reply: receives the new user status; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: UserStatus (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see
 * finaut_call).
 */
int32_t finaut_users_withdraw(finaut_client *client, const char *args_json, char **reply);

/**
 * Lists the companies that the account may see.
 * Remembered for the configuration's cache_s unless "page" or "fresh" is given.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
 *         before; default: all pages.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {}
 * reply: receives {"count", "next_page", "results": [company, …]}; on failure the error. It may be NULL. Free it with
 *     finaut_string_free.
 * Reply: CompanyList (docs/objects.md).
 *
 * Returns FINAUT_OK, or what any operation can (see finaut_call).
 */
int32_t finaut_companies_list(finaut_client *client, const char *args_json, char **reply);

/**
 * Retrieves one company.
 * Remembered for the configuration's cache_s unless "fresh" is given.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "id" (number or URL, required): the object's own id.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 2265}
 * reply: receives the company; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: Company (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_companies_get(finaut_client *client, const char *args_json, char **reply);

/**
 * Lists the departments that the account may see, or those of one company.
 * Remembered for the configuration's cache_s unless "page" or "fresh" is given.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "company" (number, URL or {"name"}): only this company's.
 *     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
 *         before; default: all pages.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"company": 2265}
 * reply: receives {"count", "next_page", "results": [department, …]}; on failure the error. It may be NULL. Free it with
 *     finaut_string_free.
 * Reply: DepartmentList (docs/objects.md).
 *
 * Returns FINAUT_OK, or what any operation can (see finaut_call).
 */
int32_t finaut_departments_list(finaut_client *client,
                                const char *args_json,
                                char **reply);

/**
 * Retrieves one department.
 * Remembered for the configuration's cache_s unless "fresh" is given.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "id" (number or URL, required): the object's own id.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 2266}
 * reply: receives the department; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: Department (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_departments_get(finaut_client *client, const char *args_json, char **reply);

/**
 * Lists the authorisation schemes.
 * Remembered for the configuration's cache_s unless "fresh" is given.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {}
 * reply: receives {"count", "next_page", "results": [scheme, …]}; on failure the error. It may be NULL. Free it with
 *     finaut_string_free.
 * Reply: SchemeList (docs/objects.md).
 *
 * Returns FINAUT_OK, or what any operation can (see finaut_call).
 */
int32_t finaut_schemes_list(finaut_client *client, const char *args_json, char **reply);

/**
 * Lists the status history: every change is a record of its own.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "scheme" (scheme's code): only this scheme's, picked out here; the server has no such filter.
 *     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
 *         before; default: all pages.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496, "scheme": "afr"}
 * reply: receives {"count", "next_page", "results": [user status, …]}; on failure the error. It may be NULL. Free it
 *     with finaut_string_free.
 * Reply: UserStatusList (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_userstatus_list(finaut_client *client, const char *args_json, char **reply);

/**
 * Lists the current status in each scheme.
 * That of everybody is kept here: it is read once, and then brought up to date with the end of the history, by one
 * request on a day without changes; "as_of" says when. A reading that ends early, by an error or with its process, is
 * gone on with by the next call. With "fresh" it is read anew.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "scheme" (scheme's code): only this scheme's, picked out here; the server has no such filter.
 *     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
 *         before; default: all pages.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496, "scheme": "afr"}
 * reply: receives {"count", "next_page", "results": [user status, …]}; of everybody also "as_of"; on failure the error.
 *     It may be NULL. Free it with finaut_string_free.
 * Reply: UserStatusList (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_userstatus_latest(finaut_client *client,
                                 const char *args_json,
                                 char **reply);

/**
 * Retrieves one user status.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "id" (number or URL, required): the object's own id.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 77}
 * reply: receives the user status; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: UserStatus (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_userstatus_get(finaut_client *client, const char *args_json, char **reply);

/**
 * Creates a user status from the server's own fields.
 * finaut_users_hold and finaut_users_withdraw do the same for a person named in any way.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "appname" (scheme's code, required): the scheme's code, as "afr".
 *     "user" (number or URL, required): the user.
 *     "status" (string, required): "hvilende" (on hold) or "utmeldt" (withdrawn).
 *     "reason" (string): the reason; "" is the same as leaving it out; default: the same word as in "status".
 *     "status_set_by" (number or URL): the user who sets it; default: the configuration's set_by; without either the
 *         call is refused.
 *     "status_date" (date as "2026-01-31"): from when; default: today in Norway.
 *     "comment" (string): for people to read; "" is the same as leaving it out.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"appname": "afr", "user": 590496, "status": "hvilende"}
 * reply: receives the new user status; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: UserStatus (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_userstatus_create(finaut_client *client, const char *args_json, char **reply);

/**
 * Lists exam results: all, one person's, or those created from a date on.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "from_date" (date as "2026-01-31"): created on this date or later.
 *     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
 *         before; default: all pages.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"from_date": "2026-11-01"}
 * reply: receives {"count", "next_page", "results": [result, …]}; on failure the error. It may be NULL. Free it with
 *     finaut_string_free.
 * Reply: ResultList (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_results_list(finaut_client *client, const char *args_json, char **reply);

/**
 * Retrieves one exam result.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "id" (number or URL, required): the object's own id.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 999}
 * reply: receives the result; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: Result (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_results_get(finaut_client *client, const char *args_json, char **reply);

/**
 * Lists completed courses: all, or one linked person's.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "encrypted_user_id" (string): the encrypted user id from the link flow.
 *     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
 *         before; default: all pages.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"encrypted_user_id": "gAAAAB…"}
 * reply: receives {"count", "next_page", "results": [competency result, …]}; on failure the error. It may be NULL. Free
 *     it with finaut_string_free.
 * Reply: CompetencyResultList (docs/objects.md).
 *
 * Returns FINAUT_OK, or what any operation can (see finaut_call).
 */
int32_t finaut_competency_results_list(finaut_client *client,
                                       const char *args_json,
                                       char **reply);

/**
 * Retrieves one completed course.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "id" (number or URL, required): the object's own id.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 31}
 * reply: receives the competency result; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: CompetencyResult (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_competency_results_get(finaut_client *client, const char *args_json, char **reply);

/**
 * Reports a completed course of a linked person.
 * Exactly one is created, also when the connection breaks.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "encrypted_user_id" (string): the encrypted user id from the link flow.
 *     "ext_user_id" (string): or the person's id on your side, where the link's event came through the inbox.
 *     "goal" (whole number, required): number of the goal that was reached.
 *     "passed_date" (date as "2026-01-31", required): when.
 *     "external_system" (string): name of the reporting system; "" is the same as leaving it out.
 *     "external_id" (string): its own id of the course; "" is the same as leaving it out.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"ext_user_id": "E1001", "goal": 456, "passed_date": "2026-11-20"}
 * reply: receives the new competency result; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: CompetencyResult (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_competency_results_create(finaut_client *client, const char *args_json, char **reply);

/**
 * Retrieves one employment record.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "id" (number or URL, required): the object's own id.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 555}
 * reply: receives the employment record; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: EmploymentRecord (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_employment_get(finaut_client *client, const char *args_json, char **reply);

/**
 * Makes the address to which a person's browser is sent to be linked.
 * No request is sent. The configuration's "link_url" must be set.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "ext_user_id" (string, required): the person's id on your side.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"ext_user_id": "E1001"}
 * reply: receives {"url"}; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: LinkUrl (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_link_url(finaut_client *client, const char *args_json, char **reply);

/**
 * Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own.
 * No request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and with 503
 * if this fails: then it comes again. What arrived is on the disk when this returns; fetch it with finaut_inbox_next.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "body" (string): the body as it came.
 *     "body_base64" (string): or in base64, where it may be no text in your encoding.
 *     "headers" (object): names and values; how the names are spelt does not matter.
 *     "path" (string): the path, needed if a "path_secret" is configured.
 *     "method" (string): the method that it came by; default "POST".
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"path": "/finaut/0f3b…", "headers": {"X-Correlation-Id": "7f1c"}, "body": "{\"id\": …}"}
 * reply: receives {"http_status", "reason", "kinds", "correlation_id"}; "reason" says why it was not let in, for your
 *     log; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: WebhookAccepted (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_webhook_accept(finaut_client *client,
                              const char *args_json,
                              char **reply);

/**
 * Tells what a webhook brought, and keeps nothing.
 * No request is sent. What it says is the sender's word alone.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "body" (string): the body as it came.
 *     "body_base64" (string): or in base64, where it may be no text in your encoding.
 *     "headers" (object): names and values; how the names are spelt does not matter.
 *     "path" (string): the path, needed if a "path_secret" is configured.
 *     "method" (string): the method that it came by; default "POST".
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"headers": {}, "body": "{\"id\": …}"}
 * reply: receives {"http_status", "reason", "objects": [{"kind", "object"}, …], "signed", "correlation_id"}; on failure
 *     the error. It may be NULL. Free it with finaut_string_free.
 * Reply: WebhookParsed (docs/objects.md).
 *
 * Returns FINAUT_OK, or what any operation can (see finaut_call).
 */
int32_t finaut_webhook_parse(finaut_client *client,
                             const char *args_json,
                             char **reply);

/**
 * Gives the next event of the inbox: a new or changed result or user status, or a person who was linked.
 * Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said
 * is asked of the API first (configuration "inbox", "verify"), within this call. Events of one object come one after the
 * other.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "wait_s" (number of seconds): how long to wait for one; default 0.
 *     "lease_s" (number of seconds): how long it is kept from other callers; default 300.
 *     "kind" (string): "result", "userstatus", "link" or "unknown" only.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"wait_s": 30}
 * reply: receives {"event": number, "kind", "object", "verified", "received", "deliveries"}, or null when there is none;
 *     "verified" is true if the API or a signature vouches for it; "kind" is result, userstatus, link or unknown; on
 *     failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: InboxEvent or null (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_next(finaut_client *client,
                          const char *args_json,
                          char **reply);

/**
 * Says that an event is done with; it does not come again.
 * No request is sent. Acknowledging twice does no harm.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "event" (whole number, required): the event's number.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"event": 17}
 * reply: receives {"event"}; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: SettledEvent (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_acknowledge(finaut_client *client, const char *args_json, char **reply);

/**
 * Shows what is in the inbox and how much of it waits, without taking anything.
 * No request is sent.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "after" (whole number from 1): only events with higher numbers.
 *     "most" (whole number from 1): how many events, at most 1000; default 100.
 *     "kind" (string): "result", "userstatus", "link" or "unknown" only.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {}
 * reply: receives {"waiting", "leased", "acknowledged", "unverified", "unreadable", "results": [event with "state",
 *     "holder", "lease_ends_in_s" and "last_error", …]}; "unverified" webhooks wait to be asked about; "unreadable"
 *     events were kept under another client_secret; "state" is waiting, leased, acknowledged or dropped; on failure the
 *     error. It may be NULL. Free it with finaut_string_free.
 * Reply: InboxList (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_list(finaut_client *client, const char *args_json, char **reply);

/**
 * Gives an event back: it comes again at once, to whom asks next.
 * No request is sent. For an event whose handling failed, or whose holder is gone; also for one that was acknowledged or
 * dropped and is still kept.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "event" (whole number, required): the event's number.
 *     "reason" (string): why, in at most 1000 characters; finaut_inbox_list and finaut_inbox_status tell it as
 *         "last_error"; "" is the same as leaving it out.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"event": 17, "reason": "the LMS does not answer"}
 * reply: receives {"event"}; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: SettledEvent (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_requeue(finaut_client *client,
                             const char *args_json,
                             char **reply);

/**
 * Says that an event that cannot be handled is done with, and why; it does not come again.
 * No request is sent. The event and the reason are kept as long as acknowledged events are; finaut_inbox_requeue brings
 * it back until then.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "event" (whole number, required): the event's number.
 *     "reason" (string, required): why, in at most 1000 characters; finaut_inbox_list tells it as "last_error".
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"event": 17, "reason": "the person has left"}
 * reply: receives {"event"}; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: SettledEvent (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_drop(finaut_client *client, const char *args_json, char **reply);

/**
 * Tells how the inbox fares: how long the oldest event has waited, and who has which event.
 * No request is sent, and no object is told: for monitoring.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {}
 * reply: receives {"waiting", "leased", "acknowledged", "unverified", "unreadable", "oldest_s", "oldest_unverified_s",
 *     "taken": [{"event", "kind", "received", "deliveries", "state", "holder", "lease_ends_in_s", "last_error"}, …]};
 *     "taken" are the first 100 events that were given out and are not acknowledged; on failure the error. It may be
 *     NULL. Free it with finaut_string_free.
 * Reply: InboxStatus (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_status(finaut_client *client, const char *args_json, char **reply);

/**
 * Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks.
 * Reads from two days before the last poll on; the first time, from two days ago or before "since". Results are found
 * when they were created, or changed within two days of that: the API cannot be asked for later changes, which only
 * webhooks tell of. The first poll of user statuses reads their whole history, one request for each 100; later ones read
 * its end. What is read is kept page by page: a poll that ends with throttled is gone on with by the next call.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "since" (date as "2026-01-31"): results and statuses from this date on; default: those since the last poll.
 *     "kind" (string): "result" or "userstatus" only.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {}
 * reply: receives {"result", "userstatus", "requests"}: how many new events of each, and the requests that it took; on
 *     failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: PollCounts (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, or what any operation can (see finaut_call).
 */
int32_t finaut_inbox_poll(finaut_client *client,
                          const char *args_json,
                          char **reply);

/**
 * Proposes a profile for the nightly sync from a file of the HR system and from what FinAut has; nothing is written.
 * Which column is which is found by headers, by what stands in them, and by what FinAut has of the same people. What
 * only a person can say is null or an empty list, and "fill_in" points to it. Comments are members whose names begin
 * with "//"; finaut_sync_plan leaves them out. Costs one request for each 100 people, companies and departments, and one
 * for the schemes. A relative path is that of the process. No identity number and no name of a person is in the reply.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "file" (JSON, required): the HR file: its path, or an object as the profile's "file" with what is known already,
 *         as {"path": "…", "encoding": "cp865"}.
 *     "language" (string): the language of the comments: "no" or "en"; default "en".
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"file": "/hr/out/finaut.csv", "language": "no"}
 * reply: receives {"profile": the profile, with comments, "fill_in": pointers into it, "file", "columns": [{"header",
 *     "field", "by", "filled"}, …], "basis", "counts", "problems": [{"problem", "says", "rows"}, …]}; on failure the
 *     error. It may be NULL. Free it with finaut_string_free.
 * Reply: SyncProposal (docs/objects.md).
 *
 * Returns FINAUT_OK, or what any operation can (see finaut_call).
 */
int32_t finaut_sync_init(finaut_client *client,
                         const char *args_json,
                         char **reply);

/**
 * Plans what has to change in FinAut so that it follows a file of the HR system, and what that costs; nothing is
 * written.
 * The profile says whom it is about, how the file is read, and what may be done; docs/sync.md describes it. FinAut is
 * read: one request for each 100 people, and few more; again within 15 minutes, nothing is listed. For "only" one
 * person, it takes two requests. What a rail holds is in the plan with the rail's name. Where the next free request is
 * further away than max_wait_s, the reply's "state" is "waiting" and "next_slot_s" says when to call again: what was
 * read is kept. The configuration needs "state".
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "profile" (object): the profile.
 *     "profile_file" (string): path of the profile's file, in place of "profile".
 *     "file" (JSON): the HR file: a path, or an object whose members replace those of the profile's "file".
 *     "people" (JSON): the rows as a list of objects, in place of a file.
 *     "only" (object): one person, named by one of these: nobody else is compared; default: everybody. Its members:
 *         "id" (number or URL): FinAut's user id.
 *         "persnr" (string of 11 digits): identity number.
 *         "employee_alias" (string): the employer's own id of the person.
 *         "encrypted_user_id" (string): the encrypted user id from the link flow.
 *     "names" (true or false): false: people's names are left out, and those among the values that change; identity
 *         numbers always are; default true.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"profile": {"file": "/hr/out/finaut.csv", "scope": {"schemes": ["afr"]}}}
 * reply: receives {"plan": its id, "state", "profile", "only", "file", "basis", "counts", "cost", "rails", "steps",
 *     "problems", "portal", "due_later", "reported", "unknown_to_hr", "extra", "next_slot_s"}; on failure the error. It
 *     may be NULL. Free it with finaut_string_free.
 * Reply: SyncPlan (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_BUSY, or what any operation can (see finaut_call).
 */
int32_t finaut_sync_plan(finaut_client *client, const char *args_json, char **reply);

/**
 * Makes FinAut follow a file of the HR system: plans, and carries out what no rail holds.
 * What cron calls each hour of the night: it reads, compares and writes, one merged request for a person who changes. A
 * run that was killed, or that waits for free requests ("state": "waiting"), is gone on with by calling it again. The
 * first run of a profile, and of a changed one, only plans: finaut_sync_apply approves. One row that cannot be applied
 * never stops the others; what the server refuses is not sent again for seven days, or until the row changes. The
 * configuration needs "state".
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "profile" (object): the profile.
 *     "profile_file" (string): path of the profile's file, in place of "profile".
 *     "file" (JSON): the HR file: a path, or an object whose members replace those of the profile's "file".
 *     "people" (JSON): the rows as a list of objects, in place of a file.
 *     "only" (object): one person, named by one of these: nobody else is compared; default: everybody. Its members:
 *         "id" (number or URL): FinAut's user id.
 *         "persnr" (string of 11 digits): identity number.
 *         "employee_alias" (string): the employer's own id of the person.
 *         "encrypted_user_id" (string): the encrypted user id from the link flow.
 *     "retry" (JSON): what was refused before is sent again: true for everybody's, or a list of employee aliases.
 *     "dry_run" (true or false): true: only plan; default false.
 *     "until" (string): when no further step begins: a time of day in Norway as "06:30", or a moment as
 *         "2026-11-28T06:30:00+01:00"; default: the profile's.
 *     "names" (true or false): false: people's names are left out, and those among the values that change; identity
 *         numbers always are; default true.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"profile_file": "/hr/finaut.json"}
 * reply: receives the plan's members, besides "run": its id, "requests", "failures", and in "counts" how many steps are
 *     done, refused, failed, doubtful, drifted and left; on failure the error. It may be NULL. Free it with
 *     finaut_string_free.
 * Reply: SyncRun (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_BUSY, FINAUT_E_HELD, or what any operation can (see
 * finaut_call).
 */
int32_t finaut_sync_run(finaut_client *client, const char *args_json, char **reply);

/**
 * Approves of a plan what a person has reviewed, and carries it out.
 * An approval belongs to the steps that were reviewed, not to their number: it counts for this run and any later one,
 * for 14 days after the plan was made. "approve" names kinds ("create", "update", "hold", "withdraw"), rails, fields, or
 * steps ("s3"). Who approved and why stands in the audit.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "profile" (object): the profile.
 *     "profile_file" (string): path of the profile's file, in place of "profile".
 *     "file" (JSON): the HR file: a path, or an object whose members replace those of the profile's "file".
 *     "people" (JSON): the rows as a list of objects, in place of a file.
 *     "only" (object): one person, named by one of these: nobody else is compared; default: everybody. Its members:
 *         "id" (number or URL): FinAut's user id.
 *         "persnr" (string of 11 digits): identity number.
 *         "employee_alias" (string): the employer's own id of the person.
 *         "encrypted_user_id" (string): the encrypted user id from the link flow.
 *     "plan" (string, required): the id of the plan that was reviewed.
 *     "approve" (JSON, required): what of it: a list of kinds, rails, fields or steps.
 *     "by" (string, required): who approves.
 *     "why" (string, required): why.
 *     "until" (string): when no further step begins: a time of day in Norway as "06:30", or a moment as
 *         "2026-11-28T06:30:00+01:00"; default: the profile's.
 *     "names" (true or false): false: people's names are left out, and those among the values that change; identity
 *         numbers always are; default true.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"profile_file": "/hr/finaut.json", "plan": "p-20261127-0412-6f3a", "approve": ["create"], "by": "Kari
 *         Nordmann", "why": "first night"}
 * reply: receives as finaut_sync_run's; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: SyncRun (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_STALE, FINAUT_E_BUSY, FINAUT_E_HELD, or what any
 * operation can (see finaut_call).
 */
int32_t finaut_sync_apply(finaut_client *client,
                          const char *args_json,
                          char **reply);

/**
 * Tells how the sync of a profile stands: for monitoring.
 * No request is sent. Needs the profile's name only. With "max_age_h" it fails with stale where no run was completed in
 * so many hours.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "profile" (JSON): the profile's name, or the profile itself; default: "default", the name of a profile without
 *         one.
 *     "profile_file" (string): path of the profile's file, in place of "profile".
 *     "run" (string): id of a run or of a plan; default: the last one.
 *     "max_age_h" (whole number from 1): how many hours ago the last completed run may have ended.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"profile": "hr"}
 * reply: receives {"profile", "run", "state", "counts", "progress", "budget", "through", "next_slot_s", "last_done",
 *     "last_accepted_file", "oldest_open", "error"}; null is what there was none of; on failure the error. It may be
 *     NULL. Free it with finaut_string_free.
 * Reply: SyncStatus (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_STALE, or what any operation can (see finaut_call).
 */
int32_t finaut_sync_status(finaut_client *client, const char *args_json, char **reply);

/**
 * Tells what a run did and what is open, what happened over a time, what can be taken back, or what a plan wants: as
 * text, a page, CSV or JSON.
 * No request is sent. Needs the profile's name only. "run" is the report of a run; for the id of a plan, the plan
 * itself, which is what to look at before approving it. "period" is about the days from "from" to "to": who was entered,
 * who left and by which rule, who approved what, what has been open for more than 30 days. "undo" lists each withdrawal
 * and hold of a run or of such days, with what Norsk Test needs to put people back. A plan is kept, sealed, for 14 days,
 * what runs did for 90. Why somebody is on hold is in no report. A file is written so that only its owner may read it:
 * whole or not at all.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "profile" (JSON): the profile's name, or the profile itself; default: "default", the name of a profile without
 *         one.
 *     "profile_file" (string): path of the profile's file, in place of "profile".
 *     "run" (string): id of a run or of a plan; default: the last one.
 *     "from" (date as "2026-01-31"): first day of "period" or "undo"; default: 30 days before "to".
 *     "to" (date as "2026-01-31"): last day of them; default: today in Norway.
 *     "what" (string): what it is about: "run", "period" or "undo"; default "run".
 *     "format" (string): "json", "text", "html" or "csv"; default "json".
 *     "language" (string): "no" or "en"; default "no".
 *     "path" (string): where to write it; default: nowhere: it is in the reply.
 *     "names" (true or false): false: people's names are left out, and those among the values that change; identity
 *         numbers always are; default true.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"profile": "hr", "format": "html", "path": "/hr/night.html"}
 * reply: receives {"run", "profile", "what", "from", "to", "format", "language", "path", "text"}; "text" is null where
 *     it was written to "path"; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: SyncReport (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, FINAUT_E_STALE, or what any operation can (see finaut_call).
 */
int32_t finaut_sync_report(finaut_client *client,
                           const char *args_json,
                           char **reply);

/**
 * Gives statuses, results or people back to the HR system or the LMS, as CSV or JSON.
 * Rows name people by the employer's own id and FinAut's number; people who are confidential in the HR file are left
 * out. "authorisations": where they differ from what HR wants, as the last run found, without a request. "statuses":
 * everybody's as a candidate; without a request within 15 minutes after a run, else one for each 100 people and one
 * more. "history": the records since a day, one request and one for each 100 of them. "results": those since the last
 * export and two days before, the first time all; a "since" that leaves days out does not count as an export.
 * "unknown_to_hr": a file for the sync itself, in which a person marks as "left" those who have left; only who has no
 * employee_alias of their own is named in it by the identity number. A letter that the encoding lacks is an error, and
 * nothing is written. A CSV cell that a spreadsheet would take for a formula begins with an apostrophe.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "profile" (JSON): the profile's name, or the profile itself; default: "default", the name of a profile without
 *         one.
 *     "profile_file" (string): path of the profile's file, in place of "profile".
 *     "what" (string, required): "authorisations", "statuses", "history", "results" or "unknown_to_hr".
 *     "format" (string): "csv" or "json"; default "csv".
 *     "path" (string): where to write it; default: nowhere: it is in the reply.
 *     "since" (date as "2026-01-31"): "history" and "results" from this day on; "history" needs it.
 *     "encoding" (string): the file's encoding: "utf-8", "utf-8-bom", "windows-1252", "iso-8859-15", "cp850", "cp865" or
 *         another of one byte for each character; default: the configuration's; for "unknown_to_hr" utf-8-bom where that
 *         is UTF-8.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"profile": "hr", "what": "statuses", "path": "/lms/in/statuses.csv", "encoding": "windows-1252"}
 * reply: receives {"profile", "what", "format", "encoding", "rows", "since", "as_of", "requests", "path", "text"};
 *     "text" is null where it was written to "path"; on failure the error. It may be NULL. Free it with
 *     finaut_string_free.
 * Reply: SyncExport (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_NOT_FOUND, or what any operation can (see finaut_call).
 */
int32_t finaut_sync_export(finaut_client *client,
                           const char *args_json,
                           char **reply);

/**
 * Erases what the syncs of a profile keep of a person.
 * For a person who asks for it (GDPR, article 17). That FinAut's user of this number was seen in an HR file is kept; the
 * lines of the audit stay, and are counted. No request is sent where the person is named by "id".
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     Exactly one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "profile" (JSON): the profile's name, or the profile itself; default: "default", the name of a profile without
 *         one.
 *     "profile_file" (string): path of the profile's file, in place of "profile".
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"id": 590496, "profile": "hr"}
 * reply: receives {"id", "was_seen", "plans": how many kept plans named the person, "audit_lines": how many lines stay};
 *     on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: SyncForgotten (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_CONFIG, FINAUT_E_BUSY, or what any operation can (see finaut_call).
 */
int32_t finaut_sync_forget(finaut_client *client,
                           const char *args_json,
                           char **reply);

/**
 * Lists the changes that were sent to the server: by whom, when, and with what outcome.
 * The newest first, 100 on a page. No request is sent, but one where the person is named otherwise than by "id" and is
 * not remembered. A line is on the disk before its request is sent, where the configuration has "state"; it holds no
 * identity number, no name and no value. Of a process that was killed, the outcome is "unknown" until it is settled.
 * Reports of completed courses are found by job and time, not by person: they name nobody by number.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     At most one of "id", "persnr", "employee_alias" and "encrypted_user_id", to name the person (see finaut_call).
 *     "since" (date or time): changes from then on; a date is its beginning in Norway.
 *     "until" (date or time): changes before then; a date is its end in Norway.
 *     "job" (string of at most 64 characters): changes of this job only; default: those of any job.
 *     "page" (whole number from 1, or "next_page"): one page only: its number, or what "next_page" says of the page
 *         before; default: all pages.
 *     "max_wait_s", "priority", "fresh" and "call_id": as for any operation (see finaut_call).
 *     Example: {"since": "2026-11-26", "until": "2026-11-26"}
 * reply: receives {"count", "next_page", "results": [{"id": the line's number, "at": time, "operation", "job", "method",
 *     "path", "object_id", "user_id", "fields": names, "outcome", "code", "http_status", "ended_at", "machine",
 *     "process", "os_user", "correlation_id"}, …]}; "outcome" is done, refused (it had no effect; "code" says why),
 *     unknown or under_way; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: JournalLineList (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_AMBIGUOUS, or what any operation can (see finaut_call).
 */
int32_t finaut_journal_list(finaut_client *client,
                            const char *args_json,
                            char **reply);

/**
 * Tells how many requests are left, who used the others, and when more will be.
 * No request is sent. What other programs use on the same account is not known here before the server refuses something.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "requests" (whole number from 1): when would so many more be through?
 *     "history" (true or false): true: what became of each hour's requests, of the last 48; default false.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"requests": 500}
 * reply: receives {"limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s", "state", "by": [{"job",
 *     "operation", "machine", "used"}, …]}; with "requests", {"requests", "through_s", "through_at"}; with "history",
 *     {"hours": [{"start", "requests", "retries", "waits", "refused"}, …]}; on failure the error. It may be NULL. Free
 *     it with finaut_string_free.
 * Reply: Budget (docs/objects.md).
 *
 * Returns FINAUT_OK, or what any operation can (see finaut_call).
 */
int32_t finaut_budget(finaut_client *client,
                      const char *args_json,
                      char **reply);

/**
 * Tries whether host and credentials are right.
 * Costs one request.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members; NULL is the same as {}:
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {}
 * reply: receives {"host", "client_id", "token_expires_in_s", "state"}; "state" is the state file's absolute path, or
 *     null; on failure the error. It may be NULL. Free it with finaut_string_free.
 * Reply: AccountCheck (docs/objects.md).
 *
 * Returns FINAUT_OK, or what any operation can (see finaut_call).
 */
int32_t finaut_check(finaut_client *client, const char *args_json, char **reply);

/**
 * Sends any request to the API, with token, throttle and retries.
 * For what has no operation of its own. A POST or DELETE whose connection breaks ends with unknown_outcome: nothing is
 * known by which to settle it.
 *
 * client: the handle that finaut_client_new gave.
 * args_json: an object with these members:
 *     "method" (string, required): GET, POST, PUT, PATCH or DELETE.
 *     "path" (string, required): below the API root, as "user/590496/".
 *     "query" (object): names and values; a list gives a name several times.
 *     "body" (JSON): sent as it is.
 *     "max_wait_s", "priority", "fresh", "job" and "call_id": as for any operation (see finaut_call).
 *     Example: {"method": "GET", "path": "userrole/afr_ka/"}
 * reply: receives the answer's body; null when it is empty, which only a change or status 204 may be; on failure the
 *     error. It may be NULL. Free it with finaut_string_free.
 * Reply: any JSON (docs/objects.md).
 *
 * Returns FINAUT_OK, FINAUT_E_NOT_FOUND, FINAUT_E_UNKNOWN_OUTCOME, or what any operation can (see finaut_call).
 */
int32_t finaut_request(finaut_client *client, const char *args_json, char **reply);

#ifdef __cplusplus
}
#endif

#endif /* FINAUT_H */
