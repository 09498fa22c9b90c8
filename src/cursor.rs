//! JSON texts that a host reads from: one value, a count, or item by item. A text that the library gave out is taken as it is, and a
//! cursor shares it; of any other a cursor has its own copy, as the host may free it.

use std::ffi::c_char;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::given::{self, Given, Kind};
use super::strings::{self, Reply};
use finaut_core::error::{Code, Error};
use finaut_core::json::cursor::{self, Item};

/// A JSON text, for as long as it is looked at.
pub enum Text<'t> {
    /// One that the library gave out. It stays, also if the host frees it meanwhile.
    Given(Arc<Given>),
    /// The host's own.
    Host(&'t [u8]),
    /// A copy of the host's.
    Copy(Box<[u8]>),
}

impl Deref for Text<'_> {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match self {
            Text::Given(given) => given.bytes(),
            Text::Host(bytes) => bytes,
            Text::Copy(bytes) => bytes,
        }
    }
}

/// A value in a JSON text, named by a pointer.
pub struct Place<'t> {
    text: Text<'t>,
    is_utf8: bool,
    start: usize,
}

/// The value at `pointer` in `json`. A text that the library gave out was validated before, so it is read up to the value only; any
/// other is validated whole.
///
/// # Safety
/// Each is NULL or ends with a zero byte, and stays so for `'t`.
pub unsafe fn place<'t>(json: *const c_char, pointer: *const c_char) -> Result<Place<'t>, Error> {
    let (text, is_utf8) = match given::find(json) {
        Some(given) if let Kind::Json { is_utf8 } = given.kind => (Text::Given(given), is_utf8),
        _ => {
            // SAFETY: as promised.
            let bytes = unsafe { strings::json(json, "json") }?;
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
            (Text::Host(bytes), cursor::check(bytes)?)
        }
    };
    // SAFETY: as promised.
    let start = cursor::find(&text, unsafe { strings::text(pointer, "pointer") }?, is_utf8)?;
    Ok(Place { text, is_utf8, start })
}

impl Place<'_> {
    /// The value, ready to be given out.
    pub fn value(&self) -> Result<Reply, Error> {
        given_as(cursor::value_at(&self.text, self.start)?, self.is_utf8)
    }

    /// How many items or members it has. Errors: `argument` for what has none.
    pub fn count(&self) -> Result<i64, Error> {
        cursor::count(&self.text, self.start)
    }

    /// A cursor over its items or members. Errors: `argument` for what has none.
    pub fn walk(self) -> Result<Cursor, Error> {
        let (text, start) = match self.text {
            Text::Host(bytes) => (Text::Copy(cursor::value_at(bytes, self.start)?.into()), 0),
            Text::Given(given) => (Text::Given(given), self.start),
            Text::Copy(bytes) => (Text::Copy(bytes), self.start),
        };
        let first = cursor::Cursor::over(&text, start)?;
        Ok(Cursor { at: AtomicUsize::new(first.at), first, text, is_utf8: self.is_utf8 })
    }
}

/// What a host walks over an array or an object with. Two threads at once each get items of their own.
pub struct Cursor {
    text: Text<'static>,
    is_utf8: bool,
    first: cursor::Cursor,
    /// Behind the last item that was given. No lock, which a fork could cut in two.
    at: AtomicUsize,
}

impl Cursor {
    /// The next item, or `None` at the end. What an error says of an item, the cursor has gone past.
    pub fn next(&self) -> Result<Option<Reply>, Error> {
        self.step()?.map(|item| given_as(item.value, self.is_utf8)).transpose()
    }

    /// The name and the value of an object's next member, or `None` at the end. Errors: `argument` for an array.
    pub fn member(&self) -> Result<Option<(Reply, Reply)>, Error> {
        if !self.first.is_object() {
            let message = "The cursor goes over a list, whose items have no names. Use finaut_json_next.";
            return Err(Error::new(Code::Argument, message));
        }
        let Some(item) = self.step()? else { return Ok(None) };
        Ok(Some((given_as(item.name.unwrap_or_default(), self.is_utf8)?, given_as(item.value, self.is_utf8)?)))
    }

    fn step(&self) -> Result<Option<Item<'_>>, Error> {
        let mut before = self.at.load(Ordering::Relaxed);
        loop {
            let mut cursor = self.first;
            cursor.at = before;
            let item = cursor.next(&self.text)?;
            match self.at.compare_exchange(before, cursor.at, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return Ok(item),
                Err(moved) => before = moved,
            }
        }
    }
}

/// A value as the host gets it: a string's content, anything else as JSON. Errors: `argument` for a string that C cannot have.
fn given_as(value: &[u8], is_utf8: bool) -> Result<Reply, Error> {
    if !value.starts_with(b"\"") {
        let mut bytes = Vec::with_capacity(value.len() + 1); // with room for the zero byte
        bytes.extend_from_slice(value);
        return Ok(Reply::bytes(bytes, Kind::Json { is_utf8 }));
    }
    Ok(Reply::bytes(cursor::content(value, is_utf8)?, Kind::Plain))
}
