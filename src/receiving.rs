//! Receivers behind their handles; a library built without them says so.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::finaut_receiver;
#[cfg(feature = "receiver")]
use super::handles;
use finaut_core::client::Client;
use finaut_core::error::Error;
#[cfg(feature = "receiver")]
use finaut_core::inbox::receiver::Receiver;

#[cfg(feature = "receiver")]
pub fn start(client: &Arc<Client>, config: &Map<String, Value>) -> Result<(*mut finaut_receiver, Value), Error> {
    let receiver = Receiver::start(client.clone(), config)?;
    let status = receiver.status();
    Ok((handles::add(receiver)?, status))
}

#[cfg(feature = "receiver")]
pub fn status(receiver: *mut finaut_receiver) -> Result<Value, Error> {
    Ok(handles::get::<Receiver, _>(receiver)?.status())
}

#[cfg(feature = "receiver")]
pub fn stop(receiver: *mut finaut_receiver) {
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
pub fn start(_: &Arc<Client>, _: &Map<String, Value>) -> Result<(*mut finaut_receiver, Value), Error> {
    Err(absent())
}

#[cfg(not(feature = "receiver"))]
pub fn status(_: *mut finaut_receiver) -> Result<Value, Error> {
    Err(absent())
}

#[cfg(not(feature = "receiver"))]
pub fn stop(_: *mut finaut_receiver) {}
