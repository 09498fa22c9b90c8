//! What the functions return. Made by cargo xtask generate: change the table in core/src/error.rs instead.

/// The call succeeded.
pub const FINAUT_OK: i32 = 0;
/// An argument of the call is missing, unknown, of the wrong type, or no JSON. Nothing was sent.
pub const FINAUT_E_ARGUMENT: i32 = 1;
/// The client or receiver is closed: its handle is NULL, freed, or none of this library's.
pub const FINAUT_E_HANDLE: i32 = 2;
/// The configuration cannot be used.
pub const FINAUT_E_CONFIG: i32 = 3;
/// A value is refused, before sending or by the server (status 400, 409 or 422); "fields" says which.
pub const FINAUT_E_VALIDATION: i32 = 4;
/// The server does not accept the credentials or the token.
pub const FINAUT_E_AUTHENTICATION: i32 = 5;
/// The account may not do this (status 403).
pub const FINAUT_E_PERMISSION: i32 = 6;
/// There is no such object, or the account may not see it.
pub const FINAUT_E_NOT_FOUND: i32 = 7;
/// Several persons match, or several companies, departments or franchises have the name.
pub const FINAUT_E_AMBIGUOUS: i32 = 8;
/// No request may be sent soon enough; "retry_after_s" says when one may.
pub const FINAUT_E_THROTTLED: i32 = 9;
/// The server failed (status 5xx), or refused in a way that has no code of its own.
pub const FINAUT_E_SERVER: i32 = 10;
/// The server could not be reached, or the connection broke.
pub const FINAUT_E_NETWORK: i32 = 11;
/// Something was sent and nobody knows whether it took effect; the message says what to check.
pub const FINAUT_E_UNKNOWN_OUTCOME: i32 = 12;
/// The answer is not what FinAut would send: a proxy's page, half a body, too much of it.
pub const FINAUT_E_PROTOCOL: i32 = 13;
/// The host interrupted the call, from another thread or through its observer.
pub const FINAUT_E_INTERRUPTED: i32 = 14;
/// The state file cannot be used, or this program or machine lacks something: descriptors, threads, memory, disk.
pub const FINAUT_E_STATE: i32 = 15;
/// This is a forked child in which the client cannot be used safely.
pub const FINAUT_E_FORKED: i32 = 16;
/// There is a mistake in this library; please report the message.
pub const FINAUT_E_INTERNAL: i32 = 17;
/// Nothing could be done because a rail of the sync holds it, until a person has approved it.
pub const FINAUT_E_HELD: i32 = 18;
/// It is older than it may be: the last completed run of a sync, or a plan.
pub const FINAUT_E_STALE: i32 = 19;
/// Another sync of the account is under way; "retry_after_s" says when to call again.
pub const FINAUT_E_BUSY: i32 = 20;
