//! Receivers behind their handles. `H` is the handle's type as C sees it. A library that was built
//! without receivers says so.

use std::sync::Arc;

#[cfg(feature = "receiver")]
use super::handles;
use finaut_core::client::Client;
use finaut_core::error::Error;
#[cfg(feature = "receiver")]
use finaut_core::inbox::receiver::Receiver;
use finaut_core::json::Json;

/// Starts one: its handle, of the type `H` that C sees, and its status.
#[cfg(feature = "receiver")]
pub fn start<H>(client: &Arc<Client>, config: &Json) -> Result<(*mut H, Json), Error> {
    let receiver = Receiver::start(client.clone(), config)?;
    let status = receiver.status();
    Ok((handles::add(receiver)?, status))
}

/// How it fares.
#[cfg(feature = "receiver")]
pub fn status<H>(receiver: *mut H) -> Result<Json, Error> {
    Ok(handles::get::<Receiver, _>(receiver)?.status())
}

/// Stops it. Unknown handles are ignored.
#[cfg(feature = "receiver")]
pub fn stop<H>(receiver: *mut H) {
    if let Some(receiver) = handles::remove::<Receiver, _>(receiver) {
        receiver.stop();
    }
}

#[cfg(not(feature = "receiver"))]
fn absent() -> Error {
    Error::new(
        finaut_core::error::Code::Config,
        "This library was built without its receiver (cargo feature \"receiver\"). Give requests to finaut_webhook_accept instead.",
    )
}

#[cfg(not(feature = "receiver"))]
pub fn start<H>(_: &Arc<Client>, _: &Json) -> Result<(*mut H, Json), Error> {
    Err(absent())
}

#[cfg(not(feature = "receiver"))]
pub fn status<H>(_: *mut H) -> Result<Json, Error> {
    Err(absent())
}

#[cfg(not(feature = "receiver"))]
pub fn stop<H>(_: *mut H) {}
