//! The process we live in: forks, and a lock that survives them.
//!
//! A `fork` copies memory but only one thread, so a lock that another thread holds at that moment stays locked in the
//! child for ever. Every lock of this crate is therefore a [`Mutex`] of this module: held for moments, never over a
//! request, a sleep or a callback, and quiesced by `pthread_atfork` while the process forks. A child that came about without those
//! handlers (`vfork`, a raw `clone`) is recognised by its pid and refused before any lock is touched.

use std::cell::Cell;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};

pub mod descriptors;
pub mod shortage;
mod user;

pub use user::os_user;

/// A mutex that is never locked in a freshly forked child.
#[derive(Debug, Default)]
pub struct Mutex<T>(std::sync::Mutex<T>);

impl<T> Mutex<T> {
    /// A lock around `value`. A `static` may hold one.
    pub const fn new(value: T) -> Self {
        Mutex(std::sync::Mutex::new(value))
    }

    /// Runs `work` on the value. `work` must be short and must not call the host, sleep or do network I/O.
    pub fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let _quiet = fork::stay_out();
        // A panic while the lock was held left the value as it was at some step; every user of this crate keeps its values
        // meaningful at each step, so carrying on beats refusing all later calls.
        let mut value = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut value)
    }
}

/// Has `hook` run before each fork, on the forking thread, when no [`Mutex`] is held. One hook can be set: a second one is ignored.
pub fn before_each(hook: fn()) {
    fork::before_each(hook);
}

/// Who does something in each forked child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChildHook {
    /// Receivers: their sockets are the parent's.
    Receiver,
    /// States in files: the locks that say that the parent lives are the parent's.
    State,
}

/// Has `hook` run in each forked child, when no [`Mutex`] is held. Each of [`ChildHook`] can have one: a second one is ignored.
pub fn in_each_child(whose: ChildHook, hook: fn()) {
    fork::in_each_child(whose, hook);
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` so that a panic in it prints nothing: the host's standard error is not ours.
pub fn quiet<R>(work: impl FnOnce() -> R) -> R {
    static HOOKED: AtomicBool = AtomicBool::new(false);
    if !HOOKED.swap(true, Ordering::AcqRel) {
        fork_critical(|| {
            let former = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                if !QUIET.try_with(Cell::get).unwrap_or(true) {
                    former(info);
                }
            }));
        });
    }
    // A callback may call us again: only the outermost leaves.
    let before = QUIET.try_with(|quiet| quiet.replace(true)).unwrap_or(true);
    let result = work();
    let _ = QUIET.try_with(|quiet| quiet.set(before));
    result
}

/// Runs `work`, which must not be cut in two by a fork: a fork waits until it is done.
pub fn fork_critical<R>(work: impl FnOnce() -> R) -> R {
    let _quiet = fork::stay_out();
    work()
}

/// How often this process's line has forked since the library was first used. A value seen earlier that differs from now
/// means: made by the parent.
pub fn generation() -> u64 {
    fork::generation()
}

/// Installs the fork handlers, or has Windows keep the library; once.
pub fn prepare() {
    fork::prepare();
}

/// True if nothing can be done safely in this process: a child made behind the handlers' back.
pub fn unusable() -> bool {
    fork::unusable()
}

#[cfg(unix)]
mod fork {
    use std::cell::{Cell, RefCell};
    use std::panic::catch_unwind;
    use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
    use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

    use once_cell::race::OnceBox;

    use super::ChildHook;

    static PID: AtomicU32 = AtomicU32::new(0);
    static PREPARED: AtomicBool = AtomicBool::new(false);
    static GENERATION: AtomicU64 = AtomicU64::new(0);
    /// Locked for reading by each thread that holds a [`super::Mutex`], and for writing by the thread that forks.
    static QUIET: RwLock<()> = RwLock::new(());

    static HOOK: OnceBox<fn()> = OnceBox::new();
    static CHILD_HOOKS: [OnceBox<fn()>; 2] = [const { OnceBox::new() }; 2];

    thread_local! {
        /// How many of our locks this thread holds, so that only the outermost takes `QUIET`: a second read lock would wait
        /// behind a forking thread that waits for the first.
        static DEPTH: Cell<u32> = const { Cell::new(0) };
        static FORKING: RefCell<Option<RwLockWriteGuard<'static, ()>>> = const { RefCell::new(None) };
    }

    pub fn generation() -> u64 {
        GENERATION.load(Ordering::Acquire)
    }

    pub fn prepare() {
        if PREPARED.swap(true, Ordering::AcqRel) {
            return;
        }
        PID.store(std::process::id(), Ordering::Release);
        // SAFETY: three functions of static lifetime that do not unwind. A failure (out of memory) leaves forked children
        // with a pid that is not ours: they are refused, not hung.
        unsafe {
            libc::pthread_atfork(Some(before), Some(in_parent), Some(in_child));
        }
    }

    pub fn unusable() -> bool {
        let ours = PID.load(Ordering::Acquire);
        ours != 0 && ours != std::process::id()
    }

    pub fn before_each(hook: fn()) {
        let _ = HOOK.set(Box::new(hook));
    }

    pub fn in_each_child(whose: ChildHook, hook: fn()) {
        if let Some(kept) = CHILD_HOOKS.get(whose as usize) {
            let _ = kept.set(Box::new(hook));
        }
    }

    pub struct StayOut(#[allow(dead_code)] Option<RwLockReadGuard<'static, ()>>);

    pub fn stay_out() -> StayOut {
        let depth = DEPTH.get();
        DEPTH.set(depth + 1);
        StayOut((depth == 0).then(|| QUIET.read().unwrap_or_else(PoisonError::into_inner)))
    }

    impl Drop for StayOut {
        fn drop(&mut self) {
            DEPTH.set(DEPTH.get().saturating_sub(1));
        }
    }

    extern "C" fn before() {
        // If a signal handler forks while this thread is inside a lock, the fork cannot wait for that lock. The child then keeps
        // the parent's pid in `PID` and is refused. A child that was made without these handlers cannot wait either: the thread
        // that held the lock does not exist in it.
        if DEPTH.try_with(Cell::get).unwrap_or(1) > 0 || unusable() {
            return;
        }
        let guard = QUIET.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(hook) = HOOK.get() {
            // With the write lock in hand, the hook's own locks need not take the read lock.
            DEPTH.set(1);
            let _ = catch_unwind(hook);
            DEPTH.set(0);
        }
        let _ = FORKING.try_with(|held| held.replace(Some(guard)));
    }

    extern "C" fn in_parent() {
        let _ = FORKING.try_with(RefCell::take);
    }

    extern "C" fn in_child() {
        let quiesced = FORKING.try_with(|held| held.take().is_some()).unwrap_or(false);
        if quiesced {
            GENERATION.fetch_add(1, Ordering::AcqRel);
            PID.store(std::process::id(), Ordering::Release);
            for hook in CHILD_HOOKS.iter().filter_map(OnceBox::get) {
                let _ = catch_unwind(hook);
            }
        }
    }
}

#[cfg(not(unix))]
mod fork {
    pub fn generation() -> u64 {
        0
    }
    pub fn before_each(_: fn()) {}
    pub fn in_each_child(_: super::ChildHook, _: fn()) {}
    /// Keeps the library loaded until the process ends, whoever lets go of it: a receiver's threads run in it, and hosts call
    /// it all the same. On Unix the linker's `nodelete` does that.
    #[cfg(windows)]
    pub fn prepare() {
        use std::sync::atomic::{AtomicBool, Ordering};

        #[link(name = "kernel32")]
        unsafe extern "system" {
            fn GetModuleHandleExW(flags: u32, within: *const u16, module: *mut *mut std::ffi::c_void) -> i32;
        }
        const PIN: u32 = 1;
        const FROM_ADDRESS: u32 = 4;
        static PINNED: AtomicBool = AtomicBool::new(false);

        if !PINNED.swap(true, Ordering::AcqRel) {
            let mut module = std::ptr::null_mut();
            // SAFETY: with FROM_ADDRESS the name is no text but an address in the module, as this static's is.
            unsafe { GetModuleHandleExW(PIN | FROM_ADDRESS, (&raw const PINNED).cast(), &mut module) };
        }
    }
    #[cfg(not(windows))]
    pub fn prepare() {}
    pub fn unusable() -> bool {
        false
    }
    pub fn stay_out() {}
}

/// What this machine is called; `"unnamed"` where it does not say.
pub fn machine() -> String {
    let name = name_of_the_machine().filter(|name| !name.trim().is_empty());
    name.map_or_else(|| "unnamed".to_owned(), |name| name.trim().chars().take(64).collect())
}

#[cfg(unix)]
fn name_of_the_machine() -> Option<String> {
    let mut name = [0_u8; 256];
    // SAFETY: the buffer is live and as long as is said; one byte stays zero.
    let told = unsafe { libc::gethostname(name.as_mut_ptr().cast(), name.len() - 1) };
    let end = name.iter().position(|byte| *byte == 0)?;
    (told == 0).then(|| String::from_utf8_lossy(name.get(..end).unwrap_or_default()).into_owned())
}

#[cfg(not(unix))]
fn name_of_the_machine() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_under_the_lock_does_not_lock_out_the_next_caller() {
        let lock = Mutex::new(1);
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| lock.with(|_| panic!("on purpose"))));
        assert_eq!(lock.with(|value| *value), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_child_finds_no_lock_held_however_busy_the_parents_threads_were() {
        use std::sync::atomic::{AtomicBool, Ordering};
        prepare();
        static LOCK: Mutex<u64> = Mutex::new(0);
        static STOP: AtomicBool = AtomicBool::new(false);
        let busy: Vec<_> = (0..4)
            .map(|_| {
                std::thread::spawn(|| {
                    while !STOP.load(Ordering::Relaxed) {
                        LOCK.with(|value| *value += 1);
                    }
                })
            })
            .collect();
        for _ in 0..200 {
            // SAFETY: the child does nothing but take the lock and leave; alarm() ends it should it hang.
            unsafe {
                let child = libc::fork();
                if child == 0 {
                    libc::alarm(20);
                    LOCK.with(|value| *value += 1);
                    libc::_exit(if unusable() || generation() == 0 { 1 } else { 0 });
                }
                let mut status = 0;
                assert_eq!(libc::waitpid(child, &mut status, 0), child);
                assert!(libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0, "the child hung or was refused: {status:x}");
            }
        }
        STOP.store(true, Ordering::Relaxed);
        for thread in busy {
            assert!(thread.join().is_ok());
        }
    }
}
