//! The C ABI: what every function has in common, and the functions that are not operations. No logic of its own: arguments
//! in, `operations` and their like called, reply out.

#![deny(missing_docs)]
// The host's process: nothing in it panics for an index, and what it prints is its own.
#![deny(clippy::indexing_slicing, clippy::print_stderr, clippy::print_stdout)]
#![allow(non_camel_case_types)]
#![allow(clippy::missing_safety_doc)] // the C promises stand once for all functions, in the header's beginning

use std::ffi::{c_char, c_void};
use std::sync::Arc;

use finaut_core::client::{Client, Observer};
use finaut_core::config::Config;
use finaut_core::encoding::Encoding;
use finaut_core::error::{Code, Error};
use finaut_core::json::{self, Json};
use finaut_core::{api, persnr};

mod code;
mod cursor;
mod given;
mod guard;
mod handles;
pub mod operation;
mod receiving;
mod strings;

pub use code::*;
use cursor::Cursor;
use guard::{guarded, quietly};
use strings::{Reply, text};

/// Runs when the library is loaded, so that no fork can come between its first use and the fork handlers.
#[cfg(target_os = "linux")]
#[used]
#[unsafe(link_section = ".init_array")]
static AT_LOAD: extern "C" fn() = at_load;

#[cfg(target_os = "linux")]
extern "C" fn at_load() {
    finaut_core::process::prepare();
}

/// The version of this interface. It changes only if a program compiled against an older header could break.
pub const FINAUT_ABI_VERSION: u32 = 1;

/// A client of one FinAut account.
///
/// A handle, not an address: it is looked up, never dereferenced, and never used again after finaut_client_free. A stale, foreign
/// or NULL handle gives FINAUT_E_HANDLE. One client serves any number of threads at once.
pub struct finaut_client {
    _private: [u8; 0],
}

/// Is told of what happens during a call: requests, waits (every "observe_s" of the configuration), token renewals, pages, retries.
///
/// event_json: an object as {"event": "wait", "operation": "users.list", "for": "slot", "left_s": 12.5}, in the client's encoding;
/// it belongs to the library and ends with the callback. A request's has "method", "path", "ms" and, where there was an answer,
/// "http_status" and "correlation_id" (for questions to Norsk Test), and "object_id" where it made something. "job" stands in each event of
/// a call that has one. "event" is one of request, wait, token, page, retry; others may come.
/// user_data: what was given to finaut_client_observe.
/// Returns 0 to go on, anything else to stop the call with FINAUT_E_INTERRUPTED.
///
/// It runs on the thread that made the call, on several threads at once where several call. It may use the library. It must not
/// throw or longjmp.
pub type finaut_observer = Option<unsafe extern "C" fn(event_json: *const c_char, user_data: *mut c_void) -> i32>;

/// Makes a client. No request is sent yet.
///
/// config_json: an object with these members; NULL is the same as {}:
/// {{configuration}}
/// client: receives the handle, or NULL on failure. Free it with finaut_client_free.
/// reply: receives null, as JSON; on failure the error. It may be NULL. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_ARGUMENT (client is NULL, or config_json is no JSON), FINAUT_E_CONFIG, FINAUT_E_STATE (the state
/// file cannot be used), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_client_new(
    config_json: *const c_char,
    client: *mut *mut finaut_client,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises that `client` is NULL or points to a pointer.
    if let Some(client) = unsafe { client.as_mut() } {
        *client = std::ptr::null_mut();
    }
    // SAFETY: the caller promises that `reply` is NULL or points to a pointer.
    let reply = unsafe { reply.as_mut() };
    guarded(reply, || {
        // SAFETY: as above.
        let client = unsafe { client.as_mut() }
            .ok_or_else(|| Error::new(Code::Argument, "client: NULL; give the address of a finaut_client pointer."))?;
        // SAFETY: the caller promises that `config_json` is NULL or ends with a zero byte.
        let config = unsafe { strings::bytes(config_json) }.unwrap_or(b"{}");
        // What is no text is not looked past as if it were not there: the configuration names it.
        let config = Config::read(config, &|name| Some(std::env::var_os(name)?.to_string_lossy().into_owned()))?;
        let encoding = config.encoding;
        let made = Client::new(config).map_err(|e| Reply::error(e, encoding))?;
        *client = handles::add(made)?;
        Ok(Reply::json("null", encoding))
    })
}

/// Frees a client. Calls that other threads have under way in it end as they would have; no further event is told.
///
/// client: the handle that finaut_client_new gave. NULL, stale and foreign handles are ignored.
#[unsafe(no_mangle)]
pub extern "C" fn finaut_client_free(client: *mut finaut_client) {
    quietly(|| {
        if let Some(client) = handles::remove::<Client, _>(client) {
            client.observe(None);
        }
    });
}

/// Makes every call now running in the client return FINAUT_E_INTERRUPTED at its next wait, from any thread. What is being
/// changed at the server is first finished (at most timeout_s), so that its outcome is known. Later calls are not affected.
///
/// client: the handle that finaut_client_new gave.
///
/// Returns FINAUT_OK, FINAUT_E_HANDLE or FINAUT_E_FORKED.
#[unsafe(no_mangle)]
pub extern "C" fn finaut_client_interrupt(client: *mut finaut_client) -> i32 {
    guarded(None, || {
        handles::get::<Client, _>(client)?.interrupt();
        Ok(Reply::json("null", Encoding::UTF_8))
    })
}

/// Makes one call of the client return FINAUT_E_INTERRUPTED at its next wait, from any thread: the one that was given this name as
/// "call_id". What it is changing at the server is first finished, as with finaut_client_interrupt. If no call of this name runs, the
/// next one that begins with it within 60 s ends at once.
///
/// client: the handle that finaut_client_new gave.
/// call_id: the name, of 1 to 64 bytes in UTF-8, in the client's encoding.
///
/// Returns FINAUT_OK, FINAUT_E_HANDLE, FINAUT_E_ARGUMENT (NULL, empty, too long or no text) or FINAUT_E_FORKED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_client_interrupt_call(client: *mut finaut_client, call_id: *const c_char) -> i32 {
    guarded(None, || {
        let client = handles::get::<Client, _>(client)?;
        // SAFETY: the caller promises that `call_id` is NULL or ends with a zero byte.
        let call_id = unsafe { strings::bytes(call_id) }
            .ok_or_else(|| Error::new(Code::Argument, "call_id: NULL; give the name that a call was given."))?;
        client.interrupt_call(&finaut_core::arguments::decode(call_id, client.config.encoding, "call_id")?)?;
        Ok(Reply::json("null", Encoding::UTF_8))
    })
}

/// Sets who is told of what happens during calls, from the next event on.
///
/// client: the handle that finaut_client_new gave.
/// observer: the callback, or NULL for nobody.
/// user_data: handed to it unchanged; the library never looks at it. It must live until the observer is replaced or the client
///     freed, and all calls that were then running have returned.
///
/// Returns FINAUT_OK, FINAUT_E_HANDLE or FINAUT_E_FORKED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_client_observe(
    client: *mut finaut_client,
    observer: finaut_observer,
    user_data: *mut c_void,
) -> i32 {
    guarded(None, || {
        let client = handles::get::<Client, _>(client)?;
        let encoding = client.config.encoding;
        let user_data = UserData(user_data);
        client.observe(observer.map(|observer| {
            Arc::new(move |event: &str| {
                let user_data = &user_data;
                // SAFETY: the host gave this pair, and promises that it can be called from any thread that calls us.
                strings::lend(event, encoding, |event| unsafe { observer(event, user_data.0) != 0 })
            }) as Observer
        }));
        Ok(Reply::json("null", Encoding::UTF_8))
    })
}

/// The host's pointer, which only the host looks at.
struct UserData(*mut c_void);
// SAFETY: never dereferenced here; the host promises that its callback can be used from every thread that calls.
unsafe impl Send for UserData {}
// SAFETY: as above.
unsafe impl Sync for UserData {}

/// An HTTP server that receives webhooks for a client, for hosts that have none.
///
/// A handle like a client's: stale, foreign and NULL ones give FINAUT_E_HANDLE.
pub struct finaut_receiver {
    _private: [u8; 0],
}

/// Listens for webhooks and the link flow's callbacks, and puts them into the client's inbox; finaut_inbox_next gives them out.
/// It has two threads of its own, which end with finaut_receiver_free. It goes on when the client is freed. A forked child does not
/// listen.
///
/// client: the handle that finaut_client_new gave. Its configuration needs "state"; its "inbox" says whom to believe.
/// config_json: an object with these members; NULL is the same as {}:
/// {{receiver settings}}
/// receiver: receives the handle, or NULL on failure. Free it with finaut_receiver_free.
/// reply: receives what finaut_receiver_status gives; on failure the error. It may be NULL. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_HANDLE, FINAUT_E_ARGUMENT, FINAUT_E_CONFIG, FINAUT_E_NETWORK (the address cannot be had),
/// FINAUT_E_STATE (also where the system has no descriptor or thread left for it), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_receiver_start(
    client: *mut finaut_client,
    config_json: *const c_char,
    receiver: *mut *mut finaut_receiver,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises that `receiver` is NULL or points to a pointer.
    if let Some(receiver) = unsafe { receiver.as_mut() } {
        *receiver = std::ptr::null_mut();
    }
    // SAFETY: the caller promises that `reply` is NULL or points to a pointer.
    let reply = unsafe { reply.as_mut() };
    guarded(reply, || {
        let client = handles::get::<Client, _>(client)?;
        let encoding = client.config.encoding;
        let fail = |e: Error| Reply::error(client.redacted_error(e), encoding);
        // SAFETY: as above.
        let receiver = unsafe { receiver.as_mut() }.ok_or_else(|| {
            fail(Error::new(Code::Argument, "receiver: NULL; give the address of a finaut_receiver pointer."))
        })?;
        // SAFETY: the caller promises that `config_json` is NULL or ends with a zero byte.
        let config = unsafe { strings::bytes(config_json) }.unwrap_or_default();
        let config = Json::of(&finaut_core::arguments::read(config, encoding, "config_json").map_err(fail)?);
        let (started, status) = receiving::start(&client, &config).map_err(fail)?;
        *receiver = started;
        Ok(Reply::json(status, encoding))
    })
}

/// Tells how a receiver fares.
///
/// receiver: the handle that finaut_receiver_start gave.
/// reply: receives {"address", "urls", "accepted", "refused", "failed", "trouble"}: how many requests were let in, were refused, or
///     could not be served; "trouble" is what keeps it from working now, or null. On failure it receives the error. It may be
///     NULL. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_HANDLE, FINAUT_E_FORKED or FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_receiver_status(receiver: *mut finaut_receiver, reply: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises that `reply` is NULL or points to a pointer.
    let reply = unsafe { reply.as_mut() };
    guarded(reply, || Ok(Reply::json(receiving::status(receiver)?, Encoding::UTF_8)))
}

/// Stops a receiver: those who are being answered are answered (within 3 s), its threads end.
///
/// receiver: the handle that finaut_receiver_start gave. NULL, stale and foreign handles are ignored.
#[unsafe(no_mangle)]
pub extern "C" fn finaut_receiver_free(receiver: *mut finaut_receiver) {
    quietly(|| receiving::stop(receiver));
}

/// Calls an operation by its name: the same as its own function.
///
/// client: the handle that finaut_client_new gave.
/// operation: as "users.get"; finaut_operations lists them.
/// args_json: an object with the operation's own members (see its function) and these; NULL is the same as {}:
/// {{any}}
///     Operations about a person also take one of these:
/// {{person}}
/// reply: receives the result's JSON; on failure the error. It may be NULL. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_ARGUMENT for an operation that does not exist, or what the operation's own function does.
/// {{codes of any operation}}
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_call(
    client: *mut finaut_client,
    operation: *const c_char,
    args_json: *const c_char,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises that `reply` is NULL or points to a pointer.
    let reply = unsafe { reply.as_mut() };
    guarded(reply, || {
        let client = handles::get::<Client, _>(client)?;
        // SAFETY: the caller promises that each is NULL or ends with a zero byte.
        let (operation, args) = unsafe { (strings::bytes(operation), strings::bytes(args_json)) };
        let name = operation_name(operation).map_err(|e| Reply::error(e, client.config.encoding))?;
        call(&client, &name, args.unwrap_or_default(), &mut |args| finaut_core::call(&client, &name, args))
    })
}

/// Is given a page of a list, as soon as it is there.
///
/// page_json: {"count", "next_page", "results"}, in the client's encoding; "next_page" is null in the last one. It belongs to the library
///     and ends with the callback; a cursor over it may go on.
/// user_data: what was given to finaut_call_pages.
/// Returns 0 to go on, anything else to stop the call with FINAUT_E_INTERRUPTED.
///
/// It runs on the thread that made the call. It may use the library. It must not throw or longjmp.
pub type finaut_page = Option<unsafe extern "C" fn(page_json: *const c_char, user_data: *mut c_void) -> i32>;

/// Calls an operation that gives a list, and hands out the list page by page: in the memory of one page, however long it is.
///
/// client: the handle that finaut_client_new gave.
/// operation: one that gives a list, as "users.list", "results.list" or "userstatus.latest".
/// args_json: as finaut_call takes it, without "page"; NULL is the same as {}.
/// on_page: receives each page, before the next one is asked for. Each object of the list comes once, also if it shifts to another page
///     meanwhile.
/// user_data: handed to it unchanged; the library never looks at it.
/// reply: receives {"count", "pages", "missing"}: how many objects there are in all, how many pages were handed out, and how many
///     objects may be missing because the list changed while it was read. On failure it receives the error. It may be NULL. Free
///     it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_ARGUMENT for an operation that does not exist or gives no list, FINAUT_E_INTERRUPTED where on_page stops
/// it, or what the operation's own function does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_call_pages(
    client: *mut finaut_client,
    operation: *const c_char,
    args_json: *const c_char,
    on_page: finaut_page,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises that `reply` is NULL or points to a pointer.
    let reply = unsafe { reply.as_mut() };
    guarded(reply, || {
        let client = handles::get::<Client, _>(client)?;
        let encoding = client.config.encoding;
        // SAFETY: the caller promises that each is NULL or ends with a zero byte.
        let (operation, args) = unsafe { (strings::bytes(operation), strings::bytes(args_json)) };
        let name = operation_name(operation).map_err(|e| Reply::error(e, encoding))?;
        let on_page = on_page.ok_or_else(|| {
            Reply::error(Error::argument("on_page: NULL; give the function that receives the pages."), encoding)
        })?;
        // SAFETY: the host gave this pair for this call.
        let mut give = |page: &str| strings::lend(page, encoding, |page| unsafe { on_page(page, user_data) != 0 });
        call(&client, &name, args.unwrap_or_default(), &mut |args| finaut_core::call_pages(&client, &name, args, &mut give))
    })
}

fn operation_name(operation: Option<&[u8]>) -> Result<String, Error> {
    let bytes = operation.ok_or_else(|| Error::new(Code::Argument, "operation: NULL; give a name as \"users.get\"."))?;
    Ok(String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned())
}

/// What all exported operations do.
///
/// # Safety
/// `args_json` is NULL or ends with a zero byte; `reply` is NULL or points to a pointer.
unsafe fn call_named(client: *mut finaut_client, name: &str, args_json: *const c_char, reply: *mut *mut c_char) -> i32 {
    // SAFETY: as promised.
    let reply = unsafe { reply.as_mut() };
    guarded(reply, || {
        let client = handles::get::<Client, _>(client)?;
        // SAFETY: as promised.
        let args = unsafe { strings::bytes(args_json) };
        call(&client, name, args.unwrap_or_default(), &mut |args| finaut_core::call(&client, name, args))
    })
}

/// Calls with arguments as the host wrote them.
fn call(client: &Client, name: &str, args: &[u8], work: &mut dyn FnMut(&str) -> Result<Json, Error>) -> Result<Reply, Reply> {
    let (encoding, operation) = (client.config.encoding, api::call::find(name));
    let fail = |e: Error| {
        // A name that is none of ours may be anything.
        let e = if operation.is_some() { e.operation(name) } else { e };
        Reply::error(client.redacted_error(e), encoding)
    };
    let most = operation.map_or(finaut_core::arguments::MAX_BYTES, api::Operation::most_bytes);
    let args = finaut_core::arguments::decode_up_to(most, args, encoding, "args_json").map_err(fail)?;
    let reply = work(&args).map_err(|e| Reply::error(e, encoding))?;
    Ok(Reply::json(reply, encoding))
}

/// Frees a string that this library gave out.
///
/// string: the string. NULL, strings that were freed already, and strings that are none of this library's are ignored.
#[unsafe(no_mangle)]
pub extern "C" fn finaut_string_free(string: *mut c_char) {
    quietly(|| given::take_back(string));
}

/// Reads one value of a JSON text.
///
/// json: any JSON, as a reply.
/// pointer: where (RFC 6901), as "/results/0/first_name"; "" is the whole.
/// value: receives a string without its quotes, anything else as JSON; on failure the error's JSON. Free it with
///     finaut_string_free.
///
/// For the items of a list use finaut_json_items: each finaut_json_get reads the text from its beginning. A text that the library
/// gave out is read up to the value and no further; any other text is checked as a whole. Of a name that stands twice in an object
/// the first counts. Text in another encoding than UTF-8 is read and given back in that encoding.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND (nothing is there), FINAUT_E_ARGUMENT (NULL, no JSON, no pointer), FINAUT_E_FORKED or
/// FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_json_get(json: *const c_char, pointer: *const c_char, value: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises that `value` is NULL or points to a pointer.
    let value = unsafe { value.as_mut() };
    guarded(value, || {
        // SAFETY: the caller promises that each is NULL or ends with a zero byte.
        Ok(unsafe { cursor::place(json, pointer) }?.value()?)
    })
}

/// Goes over the items of a list, or the members of an object, in a JSON text.
///
/// A handle like a client's: stale, foreign and NULL ones give FINAUT_E_HANDLE. It is for one thread at a time; if two use it at
/// once, each gets items of its own. A forked child may go on with its copy.
pub struct finaut_json_cursor {
    _private: [u8; 0],
}

/// Makes a cursor over a list or an object in a JSON text. Going over all its items takes time in proportion to the text's length:
///
///     if (finaut_json_items(reply, "/results", &users, &error) == FINAUT_OK) {
///         while (finaut_json_next(users, &user) == FINAUT_OK) {
///             finaut_json_get(user, "/last_name", &name);
///             ...
///             finaut_string_free(user);
///         }
///         finaut_string_free(user);           NULL behind the last one, or an error
///         finaut_json_cursor_free(users);
///     }
///
/// json: any JSON, as a reply. If the library gave it out, the cursor shares it; of any other text it keeps a copy of the list. So json
///     may be freed before the cursor. It must not be changed while a cursor goes over it.
/// pointer: where the list or object is (RFC 6901), as "/results"; "" is the whole.
/// items: receives the cursor, or NULL on failure. Free it with finaut_json_cursor_free.
/// error: receives NULL, or on failure the error's JSON. It may be NULL. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND (nothing is there), FINAUT_E_ARGUMENT (NULL, no JSON, no pointer, or what is there is neither
/// a list nor an object), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_json_items(
    json: *const c_char,
    pointer: *const c_char,
    items: *mut *mut finaut_json_cursor,
    error: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises that `items` is NULL or points to a pointer.
    if let Some(items) = unsafe { items.as_mut() } {
        *items = std::ptr::null_mut();
    }
    // SAFETY: the caller promises that `error` is NULL or points to a pointer.
    let error = unsafe { error.as_mut() };
    guarded(error, || {
        // SAFETY: as above.
        let items = unsafe { items.as_mut() }
            .ok_or_else(|| Error::new(Code::Argument, "items: NULL; give the address of a finaut_json_cursor pointer."))?;
        // SAFETY: the caller promises that each is NULL or ends with a zero byte.
        *items = handles::add(unsafe { cursor::place(json, pointer) }?.walk()?)?;
        Ok(Reply::code_alone(FINAUT_OK))
    })
}

/// Gives the next item of a list, or the next value of an object.
///
/// items: the cursor that finaut_json_items gave.
/// item: receives a string without its quotes, anything else as JSON; NULL at the end; on failure the error's JSON. Free it with
///     finaut_string_free. finaut_json_get and finaut_json_items read an item without checking it once more.
///
/// Returns FINAUT_OK, FINAUT_E_NOT_FOUND (there is no further item, and *item is NULL), FINAUT_E_HANDLE, FINAUT_E_ARGUMENT (a string
/// with a zero character, which C cannot have, and the cursor has gone past it; or the text was changed meanwhile),
/// FINAUT_E_FORKED or FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_json_next(items: *mut finaut_json_cursor, item: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises that `item` is NULL or points to a pointer.
    let item = unsafe { item.as_mut() };
    guarded(item, || {
        let next = handles::get::<Cursor, _>(items)?.next()?;
        Ok(next.unwrap_or_else(|| Reply::code_alone(FINAUT_E_NOT_FOUND)))
    })
}

/// Gives the next member of an object, with its name.
///
/// items: the cursor that finaut_json_items gave for an object.
/// name: receives the name without quotes; NULL at the end and on failure. It may be NULL. Free it with finaut_string_free.
/// item: receives the value as finaut_json_next does.
///
/// Returns what finaut_json_next does; FINAUT_E_ARGUMENT also for a cursor over a list, whose items have no names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_json_member(
    items: *mut finaut_json_cursor,
    name: *mut *mut c_char,
    item: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises that `name` is NULL or points to a pointer.
    if let Some(name) = unsafe { name.as_mut() } {
        *name = std::ptr::null_mut();
    }
    // SAFETY: the caller promises that `item` is NULL or points to a pointer.
    let item = unsafe { item.as_mut() };
    guarded(item, || {
        let Some((its_name, value)) = handles::get::<Cursor, _>(items)?.member()? else {
            return Ok(Reply::code_alone(FINAUT_E_NOT_FOUND));
        };
        // SAFETY: as above.
        if let Some(name) = unsafe { name.as_mut() } {
            *name = its_name.give();
        }
        Ok(value)
    })
}

/// Counts the items of a list, or the members of an object.
///
/// json: any JSON, as a reply.
/// pointer: where the list or object is (RFC 6901), as "/results"; "" is the whole.
/// count: receives the number, or 0 on failure. It may be NULL.
/// error: receives NULL, or on failure the error's JSON. It may be NULL. Free it with finaut_string_free.
///
/// Returns what finaut_json_items does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_json_count(
    json: *const c_char,
    pointer: *const c_char,
    count: *mut i64,
    error: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises that `count` is NULL or points to a number, which need not be initialised.
    unsafe {
        if !count.is_null() {
            count.write(0);
        }
    }
    // SAFETY: the caller promises that `error` is NULL or points to a pointer.
    let error = unsafe { error.as_mut() };
    guarded(error, || {
        // SAFETY: the caller promises that each is NULL or ends with a zero byte.
        let counted = unsafe { cursor::place(json, pointer) }?.count()?;
        // SAFETY: as above.
        if let Some(count) = unsafe { count.as_mut() } {
            *count = counted;
        }
        Ok(Reply::code_alone(FINAUT_OK))
    })
}

/// Frees a cursor, before its end or after it. The items that it gave stay.
///
/// items: the cursor that finaut_json_items gave. NULL, stale and foreign handles are ignored.
#[unsafe(no_mangle)]
pub extern "C" fn finaut_json_cursor_free(items: *mut finaut_json_cursor) {
    quietly(|| drop(handles::remove::<Cursor, _>(items)));
}

/// Writes a string into a JSON text.
///
/// json: an object or list, as "{}"; "" and NULL are the same as {}.
/// pointer: where (RFC 6901), as "/changes/email"; objects on the way are made, "-" appends to a list, as "/schemes/-".
/// string: the value, without quotes.
/// out: receives the new text, or on failure the error's JSON. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_ARGUMENT (NULL, no JSON, no pointer), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_json_set(
    json: *const c_char,
    pointer: *const c_char,
    string: *const c_char,
    out: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises that `out` is NULL or points to a pointer.
    let out = unsafe { out.as_mut() };
    // SAFETY: the caller promises that each is NULL or ends with a zero byte.
    guarded(out, || unsafe { written(json, pointer, string, "string", json::set) })
}

/// Writes a number, a list, an object or any other JSON into a JSON text.
///
/// json: an object or list, as "{}"; "" and NULL are the same as {}.
/// pointer: where (RFC 6901), as "/query/page"; objects on the way are made, "-" appends to a list, as "/rows/-".
/// value_json: the value, as JSON: 5, true, null, "text" with its quotes, [1, 2] or {"a": 1}.
/// out: receives the new text, or on failure the error's JSON. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_ARGUMENT (NULL, no JSON, no pointer, or the result would be nested more than 32 levels deep),
/// FINAUT_E_FORKED or FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_json_set_json(
    json: *const c_char,
    pointer: *const c_char,
    value_json: *const c_char,
    out: *mut *mut c_char,
) -> i32 {
    // SAFETY: the caller promises that `out` is NULL or points to a pointer.
    let out = unsafe { out.as_mut() };
    // SAFETY: the caller promises that each is NULL or ends with a zero byte.
    guarded(out, || unsafe { written(json, pointer, value_json, "value_json", json::set_json) })
}

/// What both functions that write have in common.
///
/// # Safety
/// Each text is NULL or ends with a zero byte.
unsafe fn written(
    json: *const c_char,
    pointer: *const c_char,
    value: *const c_char,
    name: &str,
    set: fn(&str, &str, &str) -> Result<String, Error>,
) -> Result<Reply, Reply> {
    // SAFETY: as promised.
    let (json, pointer, value) =
        unsafe { (strings::bytes(json).unwrap_or_default(), text(pointer, "pointer")?, text(value, name)?) };
    strings::transparent([json, pointer, value], |[json, pointer, value]| set(json, pointer, value))
}

/// Checks a Norwegian identity number, without any request.
///
/// persnr: fødselsnummer, D-number or H-number, 11 digits.
/// reply: receives {"valid", "kind", "synthetic", "rule", "birth_date", "note", "problem"}: "kind" is fodselsnummer, d_number or
///     h_number; "rule" the rules by which it is valid, "1964" or "2032"; "birth_date" where it can be derived; "problem" says in
///     words what is wrong. What is not known is null. Free it with finaut_string_free.
///
/// Returns FINAUT_OK whether it is valid or not, FINAUT_E_ARGUMENT (NULL), FINAUT_E_FORKED or FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_persnr_check(persnr: *const c_char, reply: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises that `reply` is NULL or points to a pointer.
    let reply = unsafe { reply.as_mut() };
    guarded(reply, || {
        // SAFETY: the caller promises that it is NULL or ends with a zero byte.
        let persnr = unsafe { text(persnr, "persnr")? };
        Ok(Reply::json(Json::of(&persnr::report(&String::from_utf8_lossy(persnr))), Encoding::UTF_8))
    })
}

/// The library's version, as "0.1.0". It belongs to the library.
#[unsafe(no_mangle)]
pub extern "C" fn finaut_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// The interface's version: compare it with FINAUT_ABI_VERSION of the header that the program was compiled with.
#[unsafe(no_mangle)]
pub extern "C" fn finaut_abi_version() -> u32 {
    FINAUT_ABI_VERSION
}

/// Lists all operations with their arguments.
///
/// reply: receives {"operations": [{"name", "summary", "about", "person", "arguments", "reply", "reply_type", "example", "errors"}, …],
///     "person": [...], "any": [...]}; "person" are the ways to name a person, "any" what every operation takes; "reply_type" is the
///     name of the reply's object in docs/objects.md. An argument is an object with "name", "type", "required", "about" and, where it
///     has a constant one, "default". On failure reply receives the error. It may be NULL. Free it with finaut_string_free.
///
/// Returns FINAUT_OK, FINAUT_E_FORKED or FINAUT_E_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn finaut_operations(reply: *mut *mut c_char) -> i32 {
    // SAFETY: the caller promises that `reply` is NULL or points to a pointer.
    let reply = unsafe { reply.as_mut() };
    guarded(reply, || Ok(Reply::json(api::call::catalogue(), Encoding::UTF_8)))
}

impl From<Error> for Reply {
    fn from(error: Error) -> Reply {
        Reply::error(error, Encoding::UTF_8)
    }
}
