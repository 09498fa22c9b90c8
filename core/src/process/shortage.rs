//! What the system gives this process too little of: told from its error numbers, in words that name the limit and where it is set.

use std::io;

/// What is short, as a clause without its full stop; `None` for an error of another kind.
pub fn words(e: &io::Error) -> Option<String> {
    words_of(e.raw_os_error()?)
}

/// The system's number of an error that is a shortage.
pub fn number_of(e: &io::Error) -> Option<i32> {
    e.raw_os_error().filter(|number| words_of(*number).is_some())
}

/// Why no thread can be had, as a clause: the system has only one number for all of it.
pub fn no_thread(e: &io::Error) -> String {
    format!(
        "the system gives this program no further thread ({e}): look at its limits of threads (ulimit -u, TasksMax=) and memory"
    )
}

/// The system's number for why no further descriptor can be had; `None` if one can. For errors that do not say why.
#[cfg(unix)]
pub fn of_descriptors() -> Option<i32> {
    // SAFETY: the path ends with a zero byte.
    let opened = unsafe { libc::open(c"/".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC) };
    if opened < 0 {
        return number_of(&io::Error::last_os_error());
    }
    // SAFETY: it was opened just now, for nobody else.
    unsafe { libc::close(opened) };
    None
}

/// No such limit is known here.
#[cfg(not(unix))]
pub fn of_descriptors() -> Option<i32> {
    None
}

/// The same for one of the system's numbers.
#[cfg(unix)]
pub fn words_of(number: i32) -> Option<String> {
    let most = |limit: Option<u64>| limit.map_or_else(|| "its limit".to_owned(), |limit| format!("its limit of {limit}"));
    Some(match number {
        libc::EMFILE => format!(
            "this program has reached {} open file descriptors: raise it (ulimit -n, LimitNOFILE=), or look what leaves them open (lsof -p {})",
            most(most_descriptors()),
            std::process::id()
        ),
        libc::ENFILE => {
            "this machine has no file descriptor left: look which program has so many (sysctl fs.file-nr)".to_owned()
        }
        libc::ENOMEM => {
            "the system has no memory left for this program: look at its limits (ulimit -v, MemoryMax=) and at the machine's"
                .to_owned()
        }
        libc::ENOBUFS => "the system has no memory left for network connections".to_owned(),
        libc::ENOSPC => "the disk is full: make room".to_owned(),
        libc::EDQUOT => {
            "the user that runs this program has used up its quota of the disk: make room, or have it raised".to_owned()
        }
        libc::EFBIG => format!(
            "a file of this program's may not become larger than {} bytes: raise it (ulimit -f, LimitFSIZE=)",
            most(largest_file())
        ),
        _ => return None,
    })
}

/// Windows: winerror.h and winsock2.h.
#[cfg(windows)]
pub fn words_of(number: i32) -> Option<String> {
    Some(match number {
        4 | 10_024 => "this program or Windows has no handle left: look which program has so many".to_owned(),
        8 | 14 | 1450 | 1455 => "Windows has no memory left for this program".to_owned(),
        10_055 => "Windows has no memory or port left for network connections".to_owned(),
        39 | 112 => "the disk is full: make room".to_owned(),
        1295 => "the user that runs this program has used up its quota of the disk: make room, or have it raised".to_owned(),
        _ => return None,
    })
}

#[cfg(not(any(unix, windows)))]
pub fn words_of(_: i32) -> Option<String> {
    None
}

/// How large a file may become by a write of this process, in bytes; `None`: any size. Beyond it the system ends the process (SIGXFSZ).
#[cfg(unix)]
pub fn largest_file() -> Option<u64> {
    limit(|limit| {
        // SAFETY: the structure is live, and filled when the call succeeds.
        unsafe { libc::getrlimit(libc::RLIMIT_FSIZE, limit) }
    })
}

/// Windows has no such limit.
#[cfg(not(unix))]
pub fn largest_file() -> Option<u64> {
    None
}

/// How many descriptors this process may have; `None`: any number.
#[cfg(unix)]
pub fn most_descriptors() -> Option<u64> {
    limit(|limit| {
        // SAFETY: as above.
        unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, limit) }
    })
}

/// Windows has none that matters here.
#[cfg(not(unix))]
pub fn most_descriptors() -> Option<u64> {
    None
}

#[cfg(unix)]
#[allow(clippy::unnecessary_cast)] // another type on other systems
fn limit(read: impl FnOnce(&mut libc::rlimit) -> i32) -> Option<u64> {
    let mut limit = libc::rlimit { rlim_cur: libc::RLIM_INFINITY, rlim_max: libc::RLIM_INFINITY };
    (read(&mut limit) == 0 && limit.rlim_cur != libc::RLIM_INFINITY).then_some(limit.rlim_cur as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_shortage_names_its_limit_and_other_errors_are_none() {
        let most = most_descriptors().unwrap();
        let said = words(&io::Error::from_raw_os_error(libc::EMFILE)).unwrap();
        assert!(said.contains(&format!(" {most} ")) && said.contains("ulimit -n"), "{said}");
        for number in [libc::ENFILE, libc::ENOMEM, libc::ENOBUFS, libc::ENOSPC, libc::EDQUOT, libc::EFBIG] {
            assert!(words_of(number).is_some_and(|said| said.len() > 20), "{number}");
        }
        for number in [libc::ECONNREFUSED, libc::EACCES, libc::ETIMEDOUT, 0] {
            assert_eq!(words_of(number), None);
        }
        assert_eq!(of_descriptors(), None);
    }
}
