//! Texts that were given out to the host: kept in a table by their address, so that freeing a wrong one does no harm, and counted,
//! so that a cursor goes on reading a text that the host has freed.

use std::collections::HashMap;
use std::ffi::{CString, c_char};
use std::sync::Arc;

use once_cell::race::OnceBox;

use finaut_core::process::Mutex;

/// What is known of a text that was given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything: a string's content.
    Plain,
    /// JSON, which need not be validated again. `is_utf8` is false in the text of a client of another encoding.
    Json { is_utf8: bool },
}

/// A text that was given out. It is freed when neither the host nor a cursor needs it.
pub struct Given {
    start: *mut u8,
    /// With the zero byte.
    length: usize,
    pub kind: Kind,
}

// SAFETY: the memory is owned, and has no thread of its own.
unsafe impl Send for Given {}
// SAFETY: it is only read here. A host that writes into it while another of its threads reads it breaks its own promise.
unsafe impl Sync for Given {}

impl Given {
    /// The text without its zero byte. The host may have written into it since.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: made of a slice of this length, and alive as long as this is.
        unsafe { std::slice::from_raw_parts(self.start, self.length - 1) }
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        // SAFETY: made by `Box::into_raw` of a slice of this length, and not freed before. The length is kept, not looked for: the
        // host may have written a zero byte into the text.
        drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(self.start, self.length)) });
    }
}

fn table() -> &'static Mutex<HashMap<usize, Arc<Given>>> {
    static TABLE: OnceBox<Mutex<HashMap<usize, Arc<Given>>>> = OnceBox::new();
    TABLE.get_or_init(Box::default)
}

/// Hands a text to the host.
pub fn give(text: CString, kind: Kind) -> *mut c_char {
    let bytes = text.into_bytes_with_nul().into_boxed_slice();
    let length = bytes.len();
    let start: *mut u8 = Box::into_raw(bytes).cast();
    let given = Arc::new(Given { start, length, kind });
    table().with(|table| table.insert(start.addr(), given));
    start.cast()
}

/// The text at this address, if it was given out and is still the host's.
pub fn find(text: *const c_char) -> Option<Arc<Given>> {
    table().with(|table| table.get(&text.addr()).cloned())
}

/// Takes a text back that was given out; ignores anything else. Freeing a long one takes its time, and needs no lock.
pub fn take_back(text: *mut c_char) {
    drop(table().with(|table| table.remove(&text.addr())));
}

/// Lends a text to the host for as long as `work` takes, as a callback's. It stays until then, also if the host frees it; a cursor
/// may keep it for longer.
pub fn lend<R>(text: CString, kind: Kind, work: impl FnOnce(*const c_char) -> R) -> R {
    let text = give(text, kind);
    let kept = find(text);
    let result = work(text);
    take_back(text);
    drop(kept);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn give_text(text: &str) -> *mut c_char {
        give(CString::new(text).unwrap_or_default(), Kind::Plain)
    }

    #[test]
    fn freeing_twice_or_something_foreign_does_nothing() {
        let (text, other) = (give_text("null"), give_text("5"));
        let mut own = *b"mine\0";
        let foreign: *mut c_char = own.as_mut_ptr().cast();
        assert!(find(text).is_some() && find(other).is_some() && find(foreign).is_none());
        take_back(text);
        assert!(find(text).is_none());
        for wrong in [text, std::ptr::null_mut(), std::ptr::without_provenance_mut(0x1234), foreign] {
            take_back(wrong);
        }
        assert_eq!(&own, b"mine\0");
        assert!(find(other).is_some(), "what was not given back is still the host's");
        take_back(other);
    }

    #[test]
    fn a_text_outlives_its_freeing_for_those_who_read_it() {
        let text = give_text("[1,2]");
        let shared = find(text);
        take_back(text);
        assert_eq!(shared.as_ref().map(|given| given.bytes()), Some(&b"[1,2]"[..]));
        assert!(find(text).is_none(), "the host has freed it");
    }

    #[test]
    fn a_lent_text_stays_for_as_long_as_it_was_lent() {
        let mut shared = None;
        let address = lend(CString::from(c"{}"), Kind::Plain, |text| {
            shared = find(text);
            take_back(text.cast_mut());
            assert!(find(text).is_none());
            // SAFETY: lent until this returns.
            assert_eq!(unsafe { std::ffi::CStr::from_ptr(text) }, c"{}");
            text.addr()
        });
        assert!(find(std::ptr::without_provenance(address)).is_none());
        assert_eq!(shared.as_ref().map(|given| given.bytes()), Some(&b"{}"[..]));
    }

    #[test]
    fn a_text_into_which_a_zero_byte_was_written_is_freed_whole() {
        let text = give_text("abc");
        // SAFETY: the second of four bytes.
        unsafe { *text.add(1) = 0 };
        assert_eq!(find(text).map(|given| given.bytes().to_owned()), Some(b"a\0c".to_vec()));
        take_back(text);
    }
}
