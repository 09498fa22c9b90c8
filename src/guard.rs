//! The one guard that every exported function runs in: no panic leaves the library, none prints, and none goes unreported.

use std::ffi::{CStr, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::strings::Reply;
use finaut_core::error::{Code, Error};
use finaut_core::process;

/// Runs `body` and hands out its reply, if the host wants one. Returns the code.
pub fn guarded(reply: Option<&mut *mut c_char>, body: impl FnOnce() -> Result<Reply, Reply>) -> i32 {
    process::prepare();
    if process::unusable() {
        // Before any lock and any allocation: the thread that was in the middle of one may not exist in this process.
        if let Some(reply) = reply {
            *reply = FORKED.as_ptr().cast_mut();
        }
        return Code::Forked.number();
    }
    let wants_reply = reply.is_some();
    let (code, text) = inside(|| {
        let answer = catch_unwind(AssertUnwindSafe(body))
            .unwrap_or_else(|panic| Err(catch_unwind(AssertUnwindSafe(|| mishap(&*panic))).unwrap_or_default()));
        let reply = answer.unwrap_or_else(|error| error);
        let code = reply.code();
        let give = || if wants_reply { reply.give() } else { std::ptr::null_mut() };
        (code, catch_unwind(AssertUnwindSafe(give)).unwrap_or(std::ptr::null_mut()))
    });
    if let Some(reply) = reply {
        *reply = text;
    }
    code
}

/// What a child gets that was made behind our back. It is no string of `strings`' and freeing it does nothing.
const FORKED: &CStr = c"{\"code\":\"forked\",\"message\":\"This process was made by vfork, by clone, or by fork out of a signal handler, so the library cannot be used in it. Use it in the parent, or exec.\"}";

/// The same for functions that return nothing.
pub fn quietly(body: impl FnOnce()) {
    process::prepare();
    if !process::unusable() {
        inside(|| _ = catch_unwind(AssertUnwindSafe(body)));
    }
}

fn mishap(panic: &(dyn std::any::Any + Send)) -> Reply {
    let words = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words");
    let words = finaut_core::persnr::redacted(words);
    Reply::from(Error::new(
        Code::Internal,
        format!("A mistake in the library (version {}): {words}. Please report it.", env!("CARGO_PKG_VERSION")),
    ))
}

/// While inside, nothing is printed and nothing cancelled.
fn inside<R>(work: impl FnOnce() -> R) -> R {
    let _uncancelled = Uncancelled::begin();
    process::quiet(work)
}

/// While it lives, `pthread_cancel` waits: cancelling unwinds a thread in a way that Rust ends the process for. The thread is
/// cancelled as soon as it is back in the host's code.
struct Uncancelled {
    #[cfg(target_os = "linux")]
    former: std::ffi::c_int,
}

#[cfg(target_os = "linux")]
unsafe extern "C" {
    fn pthread_setcancelstate(state: std::ffi::c_int, former: *mut std::ffi::c_int) -> std::ffi::c_int;
}

impl Uncancelled {
    #[cfg(target_os = "linux")]
    fn begin() -> Self {
        const PTHREAD_CANCEL_DISABLE: std::ffi::c_int = 1;
        let mut former = 0;
        // SAFETY: POSIX, with a live integer.
        unsafe { pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &mut former) };
        Uncancelled { former }
    }

    #[cfg(not(target_os = "linux"))]
    fn begin() -> Self {
        Uncancelled {}
    }
}

impl Drop for Uncancelled {
    fn drop(&mut self) {
        #[cfg(target_os = "linux")]
        // SAFETY: as above; the state is the one that was found.
        unsafe {
            pthread_setcancelstate(self.former, std::ptr::null_mut());
        }
    }
}
