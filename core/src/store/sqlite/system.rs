//! The system calls that SQLite makes through us. Its files have no standard descriptor's number: SQLite by itself fills those that
//! the host closed with /dev/null, and leaves it there. No write grows a file beyond the process's limit, for which the system would
//! end the host (SIGXFSZ). And it is remembered what the system had too little of, which SQLite does not tell.

pub use calls::*;

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod calls {
    use std::cell::Cell;
    use std::ffi::{c_char, c_int, c_void};
    use std::sync::atomic::{AtomicBool, Ordering};

    #[cfg(target_os = "android")]
    use libc::__errno as errno_place;
    #[cfg(target_os = "linux")]
    use libc::__errno_location as errno_place;
    #[cfg(target_vendor = "apple")]
    use libc::__error as errno_place;
    use rusqlite::ffi::sqlite3_vfs_find;

    use crate::process::shortage;

    /// The first number that is none of the standard descriptors'.
    const FIRST: c_int = 3;

    type Opening = unsafe extern "C" fn(*const c_char, c_int, c_int) -> c_int;
    type Writing = unsafe extern "C" fn(c_int, *const c_void, usize) -> isize;
    type WritingAt = unsafe extern "C" fn(c_int, *const c_void, usize, i64) -> isize;

    #[cfg(target_vendor = "apple")]
    use libc::{lseek as seek_64, pwrite as write_64};
    #[cfg(not(target_vendor = "apple"))]
    use libc::{lseek64 as seek_64, pwrite64 as write_64};

    thread_local! {
        static SHORT: Cell<Option<c_int>> = const { Cell::new(None) };
    }

    /// Forgets what was short, before a unit of work.
    pub fn forget_shortage() {
        SHORT.set(None);
    }

    /// What the system had too little of in this thread's last unit of work, in words.
    pub fn shortage() -> Option<String> {
        SHORT.get().and_then(shortage::words_of)
    }

    /// Has SQLite make its calls through us, from before its first file on.
    pub fn prepare() {
        static DONE: AtomicBool = AtomicBool::new(false);
        if DONE.load(Ordering::Acquire) {
            return;
        }
        // SAFETY: SQLite's own structure of static lifetime. The functions have the types by which SQLite calls them (os_unix.c,
        // aSyscall), and SQLite lists them under these names on every system with this table.
        unsafe {
            let Some(vfs) = sqlite3_vfs_find(std::ptr::null()).as_mut() else { return };
            let Some(set) = vfs.xSetSystemCall else { return };
            let opening = std::mem::transmute::<Opening, unsafe extern "C" fn()>(open);
            let writing = std::mem::transmute::<Writing, unsafe extern "C" fn()>(write);
            let writing_at = std::mem::transmute::<WritingAt, unsafe extern "C" fn()>(write_at);
            // How it was compiled decides which of them it uses; its offsets have 64 bits everywhere. A second thread may do the same at
            // the same time.
            for (name, call) in [(c"open", opening), (c"write", writing), (c"pwrite", writing_at), (c"pwrite64", writing_at)] {
                set(vfs, name.as_ptr(), Some(call));
            }
        }
        DONE.store(true, Ordering::Release);
    }

    unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: c_int) -> c_int {
        // SAFETY: SQLite gives a text that ends with a zero byte.
        let opened = unsafe { libc::open(path, flags, mode) };
        if opened < 0 {
            note(errno());
        }
        if !(0..FIRST).contains(&opened) {
            return opened;
        }
        // SAFETY: the descriptor was opened just now. No lock of this process on the file is lost by closing it: a file is opened
        // while none is held.
        unsafe {
            let raised = libc::fcntl(opened, libc::F_DUPFD_CLOEXEC, FIRST);
            let why = errno();
            libc::close(opened);
            if raised < 0 {
                fail(why);
            }
            raised
        }
    }

    unsafe extern "C" fn write(descriptor: c_int, bytes: *const c_void, count: usize) -> isize {
        // SAFETY: asks where the descriptor stands.
        if !fits(count, || unsafe { seek_64(descriptor, 0, libc::SEEK_CUR) }) {
            return -1;
        }
        // SAFETY: SQLite gives as many bytes as it says.
        noted(unsafe { libc::write(descriptor, bytes, count) })
    }

    unsafe extern "C" fn write_at(descriptor: c_int, bytes: *const c_void, count: usize, at: i64) -> isize {
        if !fits(count, || at) {
            return -1;
        }
        // SAFETY: as above.
        noted(unsafe { write_64(descriptor, bytes, count, at) })
    }

    /// True if the process's limit allows a file that ends `count` bytes behind `at`.
    fn fits(count: usize, at: impl FnOnce() -> i64) -> bool {
        let Some(largest) = shortage::largest_file() else { return true };
        let fits = u64::try_from(at()).is_ok_and(|at| at.saturating_add(count as u64) <= largest);
        if !fits {
            fail(libc::EFBIG);
        }
        fits
    }

    fn noted(written: isize) -> isize {
        if written < 0 {
            note(errno());
        }
        written
    }

    fn errno() -> c_int {
        // SAFETY: this thread's own place for it.
        unsafe { *errno_place() }
    }

    fn note(number: c_int) {
        if shortage::words_of(number).is_some() {
            SHORT.set(Some(number));
        }
    }

    fn fail(number: c_int) {
        note(number);
        // SAFETY: as above.
        unsafe { *errno_place() = number };
    }
}

/// Elsewhere SQLite calls the system itself.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
mod calls {
    pub fn prepare() {}
    pub fn forget_shortage() {}
    pub fn shortage() -> Option<String> {
        None
    }
}
