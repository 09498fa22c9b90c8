//! Dates as the sandbox counts them, and as the API, HTTP and Norway write them.

use jiff::civil::Date;
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use std::sync::LazyLock;

const DAY_0: Date = Date::constant(1970, 1, 1);

/// Norwegian time: an hour ahead of UTC, two from the last Sunday of March to the last of October, both at 01:00 UTC.
static OSLO: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC));

/// The date of a day counted from 1970-01-01.
pub(crate) fn civil(days: i64) -> Date {
    DAY_0.saturating_add(SignedDuration::from_secs(days.saturating_mul(86_400)))
}

/// A date's day, counted from 1970-01-01.
pub(crate) fn day(date: Date) -> i64 {
    date.duration_since(DAY_0).as_hours() / 24
}

/// `YYYY-MM-DD` of a day counted from 1970-01-01.
pub(crate) fn date(days: i64) -> String {
    civil(days).to_string()
}

/// The day that `YYYY-MM-DD` names, or None if it is no date.
pub(crate) fn parse_date(text: &str) -> Option<i64> {
    let date: Date = text.parse().ok()?;
    // The parser takes other forms too, such as 20240131.
    (date.to_string() == text).then(|| day(date))
}

/// The Unix time in seconds of an RFC 3339 time such as `2026-12-24T08:00:00Z`, or None if it is none.
pub(crate) fn parse_moment(text: &str) -> Option<f64> {
    text.parse::<Timestamp>().ok().map(|moment| moment.as_millisecond() as f64 / 1e3)
}

/// The Norwegian day of a moment, counted from 1970-01-01.
pub(crate) fn oslo_day(unix_s: f64) -> i64 {
    day(oslo(unix_s).date())
}

/// `HH:MM:SS` in Norway.
pub(crate) fn oslo_time(unix_s: f64) -> String {
    oslo(unix_s).strftime("%T").to_string()
}

/// RFC 9110 date, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http_date(unix_s: f64) -> String {
    // Only a year before 0 cannot be printed.
    DateTimePrinter::new().timestamp_to_rfc9110_string(&moment(unix_s)).unwrap_or_default()
}

fn oslo(unix_s: f64) -> Zoned {
    moment(unix_s).to_zoned(OSLO.clone())
}

/// The whole second; the last of the calendar for what lies beyond, as tests may move the clock by anything.
fn moment(unix_s: f64) -> Timestamp {
    Timestamp::from_second(unix_s.floor() as i64).unwrap_or(if unix_s < 0.0 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oslo_ahead_s(unix_s: f64) -> i32 {
        oslo(unix_s).offset().seconds()
    }

    #[test]
    fn days_and_dates_agree_in_both_directions() {
        for days in -40_000..60_000 {
            assert_eq!(day(civil(days)), days);
        }
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(parse_date("2024-02-29").map(date).as_deref(), Some("2024-02-29"));
        for no_date in ["2023-02-29", "2024-13-01", "2024-1-01", "01.02.2024", "2024-01-01T00", "2024-00-10", "æøå4567"] {
            assert_eq!(parse_date(no_date), None, "{no_date}");
        }
    }

    #[test]
    fn norwegian_time_changes_on_the_last_sundays() {
        // 2024-03-31 and 2024-10-27, 01:00 UTC.
        assert_eq!(oslo_ahead_s(1_711_846_799.0), 3_600);
        assert_eq!(oslo_ahead_s(1_711_846_800.0), 7_200);
        assert_eq!(oslo_ahead_s(1_729_990_799.0), 7_200);
        assert_eq!(oslo_ahead_s(1_729_990_800.0), 3_600);
        assert_eq!(date(oslo_day(1_711_922_400.0)), "2024-04-01"); // 22:00 UTC is midnight in Norway
    }

    #[test]
    fn http_dates_have_the_form_of_rfc_9110() {
        assert_eq!(http_date(784_111_777.0), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn a_clock_that_is_moved_beyond_the_calendar_stays_within_it() {
        assert_eq!(http_date(1e300), "Thu, 30 Dec 9999 22:00:00 GMT");
        assert_eq!(oslo_time(f64::NAN), "01:00:00");
        assert_eq!(date(i64::MAX), "9999-12-31");
    }
}
