//! The one clock: what time it is, and how to wait. Tests put another in its place.

use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, Zoned, tz::TimeZone};

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

/// A moment of the calendar clock as people in Norway write it: `2026-11-22T15:00:00+01:00`.
pub fn in_norway(wall: f64) -> String {
    timestamp(wall).to_zoned(NORWAY.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// When this time of day comes next in Norway after a moment, in seconds since 1970. One that a day does not have, because clocks are put
/// forward, comes when they are.
pub fn next_time_of_day(wall: f64, time: jiff::civil::Time) -> f64 {
    let now = timestamp(wall).to_zoned(NORWAY.clone());
    let on = |day: Date| {
        day.to_datetime(time).to_zoned(NORWAY.clone()).map_or(f64::INFINITY, |zoned| zoned.timestamp().as_second() as f64)
    };
    let today = on(now.date());
    if today > wall { today } else { now.date().tomorrow().map_or(f64::INFINITY, on) }
}

/// A moment that somebody wrote: a day in Norway, or a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// When it begins, in seconds since 1970.
    pub begins: f64,
    /// When it has passed: a day's end, or the same for a time.
    pub ends: f64,
}

impl Moment {
    /// Reads `2026-01-31`, `2026-01-31T14:00:00+01:00`, or a time without an offset, which is Norwegian time. `None` for anything else.
    pub fn parse(text: &str) -> Option<Moment> {
        let seconds = |time: Timestamp| time.as_millisecond() as f64 / 1000.0;
        if let Ok(time) = text.parse::<Timestamp>() {
            return Some(Moment { begins: seconds(time), ends: seconds(time) });
        }
        let starts = |time: DateTime| time.to_zoned(NORWAY.clone()).ok().map(|zoned: Zoned| seconds(zoned.timestamp()));
        if text.len() == "2026-01-31".len() {
            let day: Date = text.parse().ok()?;
            let begins = starts(day.to_datetime(jiff::civil::Time::midnight()))?;
            return Some(Moment { begins, ends: starts(day.tomorrow().ok()?.to_datetime(jiff::civil::Time::midnight()))? });
        }
        // A time with another zone's name is no time without a zone.
        let time: DateTime = text.parse().ok().filter(|_| !text.contains('['))?;
        starts(time).map(|time| Moment { begins: time, ends: time })
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
    fn a_moment_is_a_day_in_norway_or_a_time() {
        let moment = |text: &str| Moment::parse(text).map(|moment| (moment.begins, moment.ends - moment.begins));
        // Midnight in Oslo, in winter and in summer; the days on which the hour changes have 23 and 25 hours.
        assert_eq!(moment("2026-02-01"), Some((1_769_900_400.0, 86_400.0)));
        assert_eq!(moment("2026-08-01"), Some((1_785_535_200.0, 86_400.0)));
        assert_eq!(moment("2026-03-29").map(|(_, length)| length), Some(23.0 * 3600.0));
        assert_eq!(moment("2026-10-25").map(|(_, length)| length), Some(25.0 * 3600.0));
        for text in ["2026-02-01T01:30:00+01:00", "2026-02-01T00:30:00Z", "2026-02-01T01:30:00", "2026-02-01 01:30:00"] {
            assert_eq!(moment(text), Some((1_769_905_800.0, 0.0)), "{text}");
        }
        assert_eq!(in_norway(1_769_905_800.9), "2026-02-01T01:30:00+01:00");
        assert_eq!(in_norway(1_785_535_200.0), "2026-08-01T00:00:00+02:00");
        for text in
            ["", "yesterday", "2026-02-30", "2026-02-01T25:00:00", "1769905800", "2026-2-1", "2026-02-01T01:30:00[Asia/Tokyo]"]
        {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn the_machines_clock_goes_forward() {
        let before = SystemClock.now();
        SystemClock.sleep(0.01);
        assert!(SystemClock.now() >= before + 0.01);
    }
}
