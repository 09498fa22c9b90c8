//! `Retry-After`: for how long a server asks to be left alone.

use std::time::UNIX_EPOCH;

use ureq::http::HeaderMap;

/// What asks for more than a day was not meant as it stands: milliseconds, or a moment since 1970 in the place of seconds from now.
pub const LONGEST_S: f64 = 86_400.0;

/// What an answer says in its header about when to come again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RetryAfter {
    /// There is no such header.
    Absent,
    /// After so many seconds; the past, and a negative number, are 0.
    Seconds(f64),
    /// There is one that means nothing, or more than a day.
    Unclear,
}

impl RetryAfter {
    /// The header of an answer: seconds, or an HTTP date in any of the three forms of RFC 9110, measured against the answer's own
    /// `Date`, which the same clock wrote, else against `wall` (seconds since 1970).
    pub fn of(headers: &HeaderMap, wall: f64) -> RetryAfter {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        let mut lines = headers.get_all("retry-after").iter();
        let value = match (lines.next(), lines.next()) {
            (None, _) => return RetryAfter::Absent,
            (Some(value), None) => value.to_str().unwrap_or_default().trim(),
            // Several are the same as one with commas between (RFC 9110, 5.3), and that is no number.
            (Some(_), Some(_)) => "",
        };
        let now = || text("date").and_then(moment).unwrap_or(wall);
        let seconds = seconds(value).or_else(|| moment(value).map(|until| until - now()));
        seconds
            .filter(|seconds| *seconds <= LONGEST_S)
            .map_or(RetryAfter::Unclear, |seconds| RetryAfter::Seconds(seconds.max(0.0)))
    }

    /// The seconds, where it says some.
    pub fn seconds(self) -> Option<f64> {
        match self {
            RetryAfter::Seconds(seconds) => Some(seconds),
            RetryAfter::Absent | RetryAfter::Unclear => None,
        }
    }
}

/// Digits, perhaps with a sign and a fraction: not whatever else Rust takes for a number, as `inf` and `1e9`.
fn seconds(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    text.parse().ok().filter(|_| plain)
}

fn moment(text: &str) -> Option<f64> {
    let moment = httpdate::parse_http_date(text).ok()?;
    moment.duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &str)], wall: f64) -> RetryAfter {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        RetryAfter::of(&headers, wall)
    }

    #[test]
    fn seconds_are_read_and_negative_ones_are_now() {
        assert_eq!(read(&[], 0.0), RetryAfter::Absent);
        for (value, seconds) in
            [("17", 17.0), (" 17 ", 17.0), ("0", 0.0), ("-1", 0.0), ("-3600", 0.0), ("1.5", 1.5), ("86400", 86_400.0)]
        {
            assert_eq!(read(&[("retry-after", value)], 0.0), RetryAfter::Seconds(seconds), "{value}");
        }
    }

    #[test]
    fn a_date_is_read_in_each_of_its_three_forms() {
        let forms = ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"];
        for value in forms {
            for date in forms {
                let date = date.replace(":49:", ":48:");
                assert_eq!(read(&[("retry-after", value), ("date", &date)], 2e9), RetryAfter::Seconds(60.0), "{value} {date}");
            }
            // Without the answer's own date, ours; and what is past is now.
            assert_eq!(read(&[("retry-after", value)], 784_111_777.0 - 5.0), RetryAfter::Seconds(5.0), "{value}");
            assert_eq!(read(&[("retry-after", value)], 2e9), RetryAfter::Seconds(0.0), "{value}");
        }
        // Of this century, too.
        assert_eq!(read(&[("retry-after", "Friday, 27-Nov-26 17:29:38 GMT")], 1_795_800_578.0 - 9.0), RetryAfter::Seconds(9.0));
    }

    #[test]
    fn what_means_nothing_is_told_from_what_is_not_there() {
        for value in [
            "",
            "abc",
            "soon",
            "1, 1",
            "1;1",
            "inf",
            "nan",
            "1e9",
            "+5",
            "0x10",
            "--1",
            "1-1",
            "Sun, 06 Nov 1994",
            "1732723200",
            "3600000",
        ] {
            assert_eq!(read(&[("retry-after", value)], 0.0), RetryAfter::Unclear, "{value}");
        }
        assert_eq!(read(&[("retry-after", "1"), ("retry-after", "1")], 0.0), RetryAfter::Unclear);
        assert_eq!(read(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], 0.0), RetryAfter::Unclear, "in 24 years");
    }
}
