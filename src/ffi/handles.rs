//! Handles: pointer-typed for the compiler, numbers in truth. Looked up in a table, never dereferenced, never used twice.

use std::collections::HashMap;
use std::sync::Arc;

use once_cell::race::OnceBox;

use super::finaut_client;
use crate::client::Client;
use crate::error::{Code, Error};
use crate::process::Mutex;

#[derive(Default)]
struct Table {
    made: usize,
    clients: HashMap<usize, Arc<Client>>,
}

fn table() -> &'static Mutex<Table> {
    static TABLE: OnceBox<Mutex<Table>> = OnceBox::new();
    TABLE.get_or_init(Box::default)
}

/// A handle for a new client.
pub fn add(client: Client) -> Result<*mut finaut_client, Error> {
    let client = Arc::new(client);
    table().with(|table| {
        // Odd, so that it is no address of anything that a host could mix it up with.
        let handle = table.made.checked_mul(2).and_then(|twice| twice.checked_add(1025));
        let handle = handle.ok_or_else(|| Error::new(Code::Internal, "More clients were made than there are handles for."))?;
        table.made += 1;
        table.clients.insert(handle, client);
        Ok(std::ptr::without_provenance_mut(handle))
    })
}

/// The client of a handle. A call keeps it alive for itself, whatever becomes of the handle.
pub fn get(handle: *mut finaut_client) -> Result<Arc<Client>, Error> {
    table().with(|table| table.clients.get(&handle.addr()).cloned()).ok_or_else(|| {
        let what = if handle.is_null() { "NULL" } else { "freed already, or none that finaut_client_new gave out" };
        Error::new(Code::Handle, format!("The client handle is {what}. Make one with finaut_client_new."))
    })
}

/// Forgets a handle, if it is one.
pub fn remove(handle: *mut finaut_client) {
    // Dropped after the lock is free: closing connections takes its time.
    let client = table().with(|table| table.clients.remove(&handle.addr()));
    if let Some(client) = client {
        client.observe(None);
    }
}
