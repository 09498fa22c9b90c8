//! Which processes that use a state have not ended. Each holds a lock that the system ends with it, however it ends: what it was
//! fetching or waiting for is then nobody's at once, and not only after a time-out.

use std::path::{Path, PathBuf};

use crate::process::Mutex;
use crate::random::first_number;
use crate::throttle::Life;

/// Numbers of processes fit into this many: a byte of that place exists for old systems' locks, too.
const MOST: Life = 0x3fff_ffff;
/// How often a number may turn out to be another process's.
const TRIES: u32 = 4;

/// The processes that use one state, and this one among them.
pub struct Lives {
    path: PathBuf,
    own: Mutex<Option<Own>>,
}

/// This process's number, and the lock that says that it lives.
struct Own {
    life: Life,
    lock: system::Lock,
}

impl Lives {
    /// Nothing is opened yet. `path`: the file of the locks.
    pub fn new(path: PathBuf) -> Lives {
        Lives { path, own: Mutex::new(None) }
    }

    /// The number of this process; 0 where the system has no such locks, or the file cannot be made.
    pub fn own(&self) -> Life {
        self.with(|own| own.life).unwrap_or_default()
    }

    /// False if the process with this number has ended for certain.
    pub fn is_alive(&self, life: Life) -> bool {
        let is_ours = self.own.with(|own| own.as_ref().is_some_and(|own| own.life == life));
        is_ours || self.with(|own| own.life == life || own.lock.is_held(&self.path, life)).unwrap_or(true)
    }

    /// In a forked child: lets go of what is the parent's. The child's own number is another.
    pub fn forget(&self) {
        // Closed only if it is still what we opened.
        self.own.with(|own| drop(own.take().and_then(|own| own.lock.checked(&self.path))));
    }

    fn with<R>(&self, work: impl FnOnce(&Own) -> R) -> Option<R> {
        self.own.with(|own| {
            let former = own.take();
            let number = former.as_ref().map(|former| former.life);
            *own = former.and_then(|own| own.lock.checked(&self.path).map(|lock| Own { lock, ..own }));
            if own.is_none() {
                // What others know of us stays right if we keep our number.
                let numbers = number.into_iter().chain((0..TRIES).map(|_| new_number()));
                *own = numbers.into_iter().find_map(|life| Some(Own { life, lock: system::Lock::new(&self.path, life)? }));
            }
            own.as_ref().map(work)
        })
    }
}

impl Drop for Lives {
    fn drop(&mut self) {
        self.forget();
    }
}

fn new_number() -> Life {
    (first_number() as Life & MOST).max(1)
}

#[cfg(unix)]
mod system {
    //! A byte of one file for each process. The file stays empty.

    use std::fs::{File, Metadata, OpenOptions};
    use std::os::fd::{AsRawFd, IntoRawFd};
    use std::os::unix::fs::MetadataExt;

    use super::{Life, Path};
    use crate::process::descriptors;
    use crate::store::sqlite::check;

    /// Commands that take a lock and that ask for it, the better first. Locks of an open file description are no other copy's of this
    /// library in the same process, unlike POSIX's, which end when any copy closes the file; old kernels do not have them.
    #[cfg(all(any(target_os = "linux", target_os = "android"), target_pointer_width = "64"))]
    const COMMANDS: &[(i32, i32)] = &[(libc::F_OFD_SETLK, libc::F_OFD_GETLK), (libc::F_SETLK, libc::F_GETLK)];
    #[cfg(not(all(any(target_os = "linux", target_os = "android"), target_pointer_width = "64")))]
    const COMMANDS: &[(i32, i32)] = &[(libc::F_SETLK, libc::F_GETLK)];

    pub struct Lock {
        file: File,
        identity: (u64, u64),
        /// What asks for a lock.
        ask: i32,
    }

    impl Lock {
        pub fn new(path: &Path, life: Life) -> Option<Lock> {
            check::make_private(path).ok()?;
            let file = descriptors::raised(OpenOptions::new().read(true).write(true).open(path).ok()?).ok()?;
            let identity = identity(&file.metadata().ok()?);
            let ask = COMMANDS.iter().find_map(|(take, ask)| run(&file, *take, life).map(|_| *ask))?;
            Some(Lock { file, identity, ask })
        }

        /// The lock, if others still find it: neither the file nor our descriptor of it has become another.
        pub fn checked(self, path: &Path) -> Option<Lock> {
            let is_ours = self.file.metadata().is_ok_and(|known| identity(&known) == self.identity);
            if !is_ours {
                // A host that closed descriptors which it did not open has another file under this number.
                let _ = self.file.into_raw_fd();
                return None;
            }
            let is_there = std::fs::metadata(path).is_ok_and(|known| identity(&known) == self.identity);
            is_there.then_some(self)
        }

        /// True unless nobody has the lock of this number.
        pub fn is_held(&self, _: &Path, life: Life) -> bool {
            run(&self.file, self.ask, life).is_none_or(|kind| kind != libc::F_UNLCK as libc::c_short)
        }
    }

    #[cfg(test)]
    impl Lock {
        pub fn descriptor(&self) -> &File {
            &self.file
        }
    }

    fn identity(known: &Metadata) -> (u64, u64) {
        (known.dev(), known.ino())
    }

    /// Runs a lock's command for one byte; the kind of lock that it leaves in the question, or `None` if it fails.
    fn run(file: &File, command: i32, life: Life) -> Option<libc::c_short> {
        // SAFETY: the structure holds numbers only, for which zero is a value.
        let mut lock: libc::flock = unsafe { std::mem::zeroed() };
        lock.l_type = libc::F_WRLCK as libc::c_short;
        lock.l_whence = libc::SEEK_SET as libc::c_short;
        lock.l_start = life as libc::off_t;
        lock.l_len = 1;
        // SAFETY: the descriptor is open, and the structure is live and of the kind that the command takes.
        let done = unsafe { libc::fcntl(file.as_raw_fd(), command, &mut lock) };
        (done == 0).then_some(lock.l_type)
    }
}

#[cfg(windows)]
mod system {
    //! A file for each process, which the system deletes when the process ends.

    use std::fs::{File, OpenOptions};
    use std::os::windows::fs::OpenOptionsExt;

    use super::{Life, Path, PathBuf};

    /// winbase.h.
    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    /// winnt.h: others may read, write and delete it.
    const FILE_SHARE_ALL: u32 = 7;

    pub struct Lock(#[allow(dead_code)] File);

    impl Lock {
        pub fn new(path: &Path, life: Life) -> Option<Lock> {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true).share_mode(FILE_SHARE_ALL).custom_flags(FILE_FLAG_DELETE_ON_CLOSE);
            options.open(of(path, life)).ok().map(Lock)
        }

        /// A file that is open cannot become another.
        pub fn checked(self, _: &Path) -> Option<Lock> {
            Some(self)
        }

        pub fn is_held(&self, path: &Path, life: Life) -> bool {
            of(path, life).exists()
        }
    }

    fn of(path: &Path, life: Life) -> PathBuf {
        let mut name = path.as_os_str().to_owned();
        name.push(format!("-{life}"));
        name.into()
    }
}

#[cfg(not(any(unix, windows)))]
mod system {
    //! No such locks are known: only time tells who has ended.

    use super::{Life, Path};

    pub struct Lock(());

    impl Lock {
        pub fn new(_: &Path, _: Life) -> Option<Lock> {
            None
        }
        pub fn checked(self, _: &Path) -> Option<Lock> {
            Some(self)
        }
        pub fn is_held(&self, _: &Path, _: Life) -> bool {
            true
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let folder = std::env::temp_dir().join(format!("finaut-lives-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&folder).unwrap();
            Folder(folder)
        }
        fn file(&self) -> PathBuf {
            self.0.join("lives")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    /// Two of them in one process are as two copies of the library.
    #[test]
    fn a_life_lasts_as_long_as_its_holder() {
        let folder = Folder::new("lasts");
        let (one, other) = (Lives::new(folder.file()), Lives::new(folder.file()));
        let life = one.own();
        assert!(life > 0 && one.is_alive(life) && other.is_alive(life) && other.own() != life);
        assert!(!other.is_alive(life ^ 1), "nobody's");
        assert!(Lives::new(folder.file()).own() > 0);
        assert!(other.is_alive(life), "another copy's end is not ours");
        drop(one);
        assert!(!other.is_alive(life));
    }

    #[test]
    fn a_life_outlasts_what_is_done_to_its_file() {
        let folder = Folder::new("outlasts");
        let (one, other) = (Lives::new(folder.file()), Lives::new(folder.file()));
        let life = one.own();
        other.own();
        std::fs::remove_file(folder.file()).unwrap();
        assert_eq!(one.own(), life);
        assert!(other.is_alive(life), "found in the new file");
        // A host that closes what it did not open, and opens something else.
        let descriptor = one.own.with(|own| {
            use std::os::fd::AsRawFd;
            own.as_ref().map(|own| own.lock.descriptor().as_raw_fd()).unwrap()
        });
        // SAFETY: the descriptor is ours, and replaced as a host would; both are open.
        let replaced = unsafe {
            let null = std::fs::File::open("/dev/null").unwrap();
            libc::dup2(std::os::fd::AsRawFd::as_raw_fd(&null), descriptor)
        };
        assert_eq!(replaced, descriptor);
        assert_eq!(one.own(), life);
        assert!(other.is_alive(life));
        // SAFETY: it is open: the host's file was left alone. Nobody else uses it.
        assert_eq!(unsafe { libc::close(descriptor) }, 0);
    }
}
