//! Numbers of file descriptors. One of ours that outlives a call is never below 3: a host that has closed its standard input, output
//! or error would find it there, and print into it.

pub use system::*;

#[cfg(unix)]
mod system {
    use std::io;
    use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

    use crate::process;

    /// The first number that is none of the standard descriptors'.
    const FIRST: RawFd = 3;

    /// The same open file under a number that is none of the standard descriptors'. Errors: the system's, when there is none left.
    pub fn raised<T: AsRawFd + Into<OwnedFd> + From<OwnedFd>>(open: T) -> io::Result<T> {
        if open.as_raw_fd() >= FIRST {
            return Ok(open);
        }
        let open: OwnedFd = open.into();
        // SAFETY: the descriptor is open. The new one is nobody's yet.
        match unsafe { libc::fcntl(open.as_raw_fd(), libc::F_DUPFD_CLOEXEC, FIRST) } {
            raised if raised >= FIRST => Ok(T::from(owned(raised))),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// Runs `work`, in which others open descriptors and keep them: meanwhile no standard descriptor's number is free. `work` must be
    /// short, for the host may be about to open its own.
    pub fn with_standard_ones_taken<R>(work: impl FnOnce() -> R) -> R {
        // A child would keep what is only taken for a moment.
        process::fork_critical(|| {
            let _taken = take();
            work()
        })
    }

    fn take() -> Vec<OwnedFd> {
        let mut taken = Vec::new();
        // SAFETY: asking for the flags of a number changes nothing.
        while (0..FIRST).any(|number| unsafe { libc::fcntl(number, libc::F_GETFD) } == -1) {
            // SAFETY: the path ends with a zero byte.
            let opened = unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC) };
            match opened {
                0.. => taken.push(owned(opened)),
                _ => break,
            }
        }
        taken
    }

    fn owned(descriptor: RawFd) -> OwnedFd {
        // SAFETY: the callers have just been given it by the system.
        unsafe { OwnedFd::from_raw_fd(descriptor) }
    }
}

/// Windows has no such numbers.
#[cfg(not(unix))]
mod system {
    /// The same.
    pub fn raised<T>(open: T) -> std::io::Result<T> {
        Ok(open)
    }

    /// Runs `work`.
    pub fn with_standard_ones_taken<R>(work: impl FnOnce() -> R) -> R {
        work()
    }
}
