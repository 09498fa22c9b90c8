//! Tests that need a process of their own, less powers, or mounts that nobody else sees.

use std::io::Write;
use std::process::Command;

/// Runs a test in a process of its own: where no other test takes memory or descriptors, or is in SQLite itself (which the library is
/// in only where no fork can come) when this one forks. `name` as the test program knows it.
pub fn alone(name: &str, test: impl FnOnce()) {
    if std::env::var("FINAUT_ALONE").is_ok_and(|alone| alone == name) {
        return test();
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("FINAUT_ALONE", name)
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    // What it left out is told.
    said.lines().filter(|line| line.ends_with(SKIPPED)).for_each(tell);
}

/// How a line ends that says what was left out; tests/run.sh adds these up.
const SKIPPED: &str = "(0 passed, 0 failed, 1 skipped)";

/// Says that a test is left out, also where the test program keeps what tests print.
pub fn skip(name: &str, why: &str) {
    tell(&format!("skipped {name}: {why} {SKIPPED}"));
}

fn tell(line: &str) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// Runs `work` in a forked child without root's powers; its exit code. For a process of its own.
#[cfg(unix)]
pub fn as_nobody(work: impl FnOnce() -> i32) -> i32 {
    // SAFETY: the child runs `work` and leaves; an alarm ends it should it hang.
    unsafe {
        let child = libc::fork();
        if child == 0 {
            libc::alarm(60);
            if libc::getuid() == 0 {
                libc::setgid(65_534);
                libc::setuid(65_534);
            }
            let code = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or(99);
            libc::_exit(code);
        }
        let mut status = 0;
        assert_eq!(libc::waitpid(child, &mut status, 0), child);
        assert!(libc::WIFEXITED(status), "{status:x}");
        libc::WEXITSTATUS(status)
    }
}

/// True if this process may mount: root outside of a container, most often.
#[cfg(target_os = "linux")]
fn may_mount() -> bool {
    const CAP_SYS_ADMIN: u64 = 21;
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let powers = status.lines().find_map(|line| line.strip_prefix("CapEff:")).unwrap();
    u64::from_str_radix(powers.trim(), 16).unwrap() & (1 << CAP_SYS_ADMIN) != 0
}

/// Runs `test` on a thread that has mounts of its own, which end with it; leaves it out where mounting is not allowed. Threads that
/// it starts see them too.
#[cfg(target_os = "linux")]
pub fn with_own_mounts(name: &str, test: impl FnOnce() + Send) {
    if !may_mount() {
        return skip(name, "mounting needs root");
    }
    std::thread::scope(|scope| {
        let tested = scope.spawn(|| {
            // SAFETY: changes what this thread sees, and nothing else.
            assert_eq!(unsafe { libc::unshare(libc::CLONE_NEWNS) }, 0, "{}", std::io::Error::last_os_error());
            mount(&["--make-rprivate", "/"]);
            test();
        });
        if let Err(panic) = tested.join() {
            std::panic::resume_unwind(panic);
        }
    });
}

/// Calls the command `mount`, in the calling thread's mounts.
#[cfg(target_os = "linux")]
pub fn mount(arguments: &[&str]) {
    let output = Command::new("mount").args(arguments).output().unwrap();
    assert!(output.status.success(), "mount {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
