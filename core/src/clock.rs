//! The one clock: what time it is, and how to wait. Tests put another in its place.

use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Dates of the register are Norwegian dates, wherever the host's clock is set. Compiled in: old machines have old tzdata
/// or none.
static NORWAY: TimeZone = jiff::tz::get!("Europe/Oslo");

/// Time as the library sees it.
pub trait Clock: Send + Sync + Debug {
    /// Seconds since some fixed moment; never steps, and goes on while the machine sleeps (the server's window does too).
    fn now(&self) -> f64;
    /// Seconds since 1970, as the host's calendar clock has it. It may step.
    fn wall(&self) -> f64;
    /// Which run of the machine [`now`](Clock::now) counts in; empty where that cannot be told. Only the state in files asks. It belongs to
    /// the clock, because a test that puts another machine's uptime in its place must put that machine's run there, too.
    fn boot(&self) -> &str {
        ""
    }
    /// Waits.
    fn sleep(&self, seconds: f64);

    /// Today's date in Norway.
    fn today(&self) -> Date {
        timestamp(self.wall()).to_zoned(NORWAY.clone()).date()
    }

    /// A moment `seconds` from now, as `2026-11-22T14:00:00Z`.
    fn moment_in(&self, seconds: f64) -> String {
        timestamp((self.wall() + seconds).ceil()).to_string()
    }
}

fn timestamp(wall: f64) -> Timestamp {
    // Out of range only for a calendar clock set beyond the year 9999.
    Timestamp::from_second(wall as i64).unwrap_or(Timestamp::MAX)
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn now(&self) -> f64 {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: the pointer is to a live timespec. CLOCK_BOOTTIME has been there since Linux 2.6.39.
        unsafe { libc::clock_gettime(libc::CLOCK_BOOTTIME, &mut time) };
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    }

    #[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
    fn now(&self) -> f64 {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: the pointer is to a live timespec.
        unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut time) };
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    }

    #[cfg(windows)]
    fn now(&self) -> f64 {
        #[link(name = "kernel32")]
        unsafe extern "system" {
            /// Milliseconds since the machine started, its sleep included; the same for all processes.
            safe fn GetTickCount64() -> u64;
        }
        GetTickCount64() as f64 / 1e3
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn boot(&self) -> &str {
        use once_cell::race::OnceBox;
        static BOOT: OnceBox<String> = OnceBox::new();
        BOOT.get_or_init(|| {
            let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
            Box::new(id.trim().to_owned())
        })
    }

    fn wall(&self) -> f64 {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
    }

    fn sleep(&self, seconds: f64) {
        if seconds > 0.0 {
            std::thread::sleep(Duration::from_secs_f64(seconds.min(86_400.0)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct At(f64);
    impl Clock for At {
        fn now(&self) -> f64 {
            self.0
        }
        fn wall(&self) -> f64 {
            self.0
        }
        fn sleep(&self, _: f64) {}
    }

    #[test]
    fn today_is_the_date_in_norway_in_winter_and_in_summer() {
        // 2026-01-31T23:30:00Z is 00:30 on the first of February in Oslo.
        assert_eq!(At(1_769_902_200.0).today().to_string(), "2026-02-01");
        // 2026-07-31T22:30:00Z is 00:30 on the first of August there, in summer time.
        assert_eq!(At(1_785_537_000.0).today().to_string(), "2026-08-01");
        assert_eq!(At(f64::MAX).today().year(), 9999);
    }

    #[test]
    fn the_machines_clock_goes_forward() {
        let before = SystemClock.now();
        SystemClock.sleep(0.01);
        assert!(SystemClock.now() >= before + 0.01);
    }
}
