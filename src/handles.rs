//! Handles: pointer-typed for the compiler, numbers in truth. Looked up in a table, never dereferenced, never used twice.

use std::collections::HashMap;
use std::sync::Arc;

use once_cell::race::OnceBox;

use super::cursor::Cursor;
use finaut_core::client::Client;
use finaut_core::error::{Code, Error};
use finaut_core::process::Mutex;

/// What a handle can stand for.
pub trait Handled: Send + Sync + Sized + 'static {
    /// Told apart by the last two bits: a client's handle is never a receiver's. Never a multiple of 4, so that it is no address of
    /// anything that a host could mix it up with.
    const FIRST: usize;
    /// What it is called, and where it comes from.
    const NAME: &'static str;
    const MAKER: &'static str;
    fn table() -> &'static Mutex<Table<Self>>;
}

pub struct Table<T> {
    made: usize,
    things: HashMap<usize, Arc<T>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { made: 0, things: HashMap::new() }
    }
}

impl Handled for Client {
    const FIRST: usize = 1025;
    const NAME: &'static str = "client";
    const MAKER: &'static str = "finaut_client_new";
    fn table() -> &'static Mutex<Table<Self>> {
        static TABLE: OnceBox<Mutex<Table<Client>>> = OnceBox::new();
        TABLE.get_or_init(Box::default)
    }
}

#[cfg(feature = "receiver")]
impl Handled for finaut_core::inbox::receiver::Receiver {
    const FIRST: usize = 1027;
    const NAME: &'static str = "receiver";
    const MAKER: &'static str = "finaut_receiver_start";
    fn table() -> &'static Mutex<Table<Self>> {
        static TABLE: OnceBox<Mutex<Table<finaut_core::inbox::receiver::Receiver>>> = OnceBox::new();
        TABLE.get_or_init(Box::default)
    }
}

impl Handled for Cursor {
    const FIRST: usize = 1026;
    const NAME: &'static str = "cursor";
    const MAKER: &'static str = "finaut_json_items";
    fn table() -> &'static Mutex<Table<Self>> {
        static TABLE: OnceBox<Mutex<Table<Cursor>>> = OnceBox::new();
        TABLE.get_or_init(Box::default)
    }
}

/// A handle for something new. `H` is the type that C sees.
pub fn add<T: Handled, H>(thing: T) -> Result<*mut H, Error> {
    let thing = Arc::new(thing);
    T::table().with(|table| {
        let handle = table.made.checked_mul(4).and_then(|four| four.checked_add(T::FIRST));
        let handle = handle
            .ok_or_else(|| Error::new(Code::Internal, format!("More {}s were made than there are handles for.", T::NAME)))?;
        table.made += 1;
        table.things.insert(handle, thing);
        Ok(std::ptr::without_provenance_mut(handle))
    })
}

/// What a handle stands for. A call keeps it alive for itself, whatever becomes of the handle.
pub fn get<T: Handled, H>(handle: *mut H) -> Result<Arc<T>, Error> {
    T::table().with(|table| table.things.get(&handle.addr()).cloned()).ok_or_else(|| {
        let what =
            if handle.is_null() { "NULL".to_owned() } else { format!("freed already, or none that {} gave out", T::MAKER) };
        Error::new(Code::Handle, format!("The {} handle is {what}. Make one with {}.", T::NAME, T::MAKER))
    })
}

/// Forgets a handle, if it is one, and gives what it stood for: closing connections takes its time, and needs no lock.
pub fn remove<T: Handled, H>(handle: *mut H) -> Option<Arc<T>> {
    T::table().with(|table| table.things.remove(&handle.addr()))
}
