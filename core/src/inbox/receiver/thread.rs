//! Threads that are none of the host's business: its signals go elsewhere.

use std::thread::JoinHandle;

use crate::error::{Code, Error};
use crate::process::{self, shortage};

/// Starts a thread on which no signal of the host's is handled. Errors: `state` where the system gives none.
pub fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    let _blocked = signals::Blocked::begin();
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || process::quiet(work))
        .map_err(|e| Error::new(Code::State, format!("The receiver cannot start: {}.", shortage::no_thread(&e))))
}

#[cfg(unix)]
mod signals {
    /// While it lives, threads are made with all signals blocked: a host's handler runs on the host's threads.
    pub struct Blocked(libc::sigset_t);

    impl Blocked {
        pub fn begin() -> Blocked {
            let mut all = std::mem::MaybeUninit::uninit();
            let mut former = std::mem::MaybeUninit::uninit();
            // SAFETY: both sets are live; the first is filled before it is read, and the call fills the second.
            unsafe {
                libc::sigfillset(all.as_mut_ptr());
                libc::sigemptyset(former.as_mut_ptr());
                libc::pthread_sigmask(libc::SIG_SETMASK, all.as_ptr(), former.as_mut_ptr());
                Blocked(former.assume_init())
            }
        }
    }

    impl Drop for Blocked {
        fn drop(&mut self) {
            // SAFETY: the set is the one that was found.
            unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &self.0, std::ptr::null_mut()) };
        }
    }
}

#[cfg(not(unix))]
mod signals {
    pub struct Blocked;
    impl Blocked {
        pub fn begin() -> Blocked {
            Blocked
        }
    }
}
