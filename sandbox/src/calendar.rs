//! Dates: from a moment to a day, Norwegian time and HTTP's date format, by arithmetic alone.

/// Days since 1970-01-01 to year, month, day (proleptic Gregorian).
pub(crate) fn civil(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Year, month, day to days since 1970-01-01.
pub(crate) fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month = i64::from(month);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// `YYYY-MM-DD` of a day counted from 1970-01-01.
pub(crate) fn date(days: i64) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day that `YYYY-MM-DD` names, or None if it is no date.
pub(crate) fn parse_date(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return None;
    }
    let (year, month, day) = (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
    let days = days_from_civil(year, month, day);
    (civil(days) == (year, month, day)).then_some(days)
}

/// Seconds that Norwegian time is ahead of UTC: 7200 from the last Sunday of March to the last of October, else 3600.
pub(crate) fn oslo_ahead_s(unix_s: f64) -> i64 {
    let now = unix_s.floor() as i64;
    let (year, _, _) = civil(now.div_euclid(86_400));
    let last_sunday = |month| {
        let last = days_from_civil(year, month, 31);
        let weekday = (last + 4).rem_euclid(7); // 1970-01-01 was a Thursday; 0 is Sunday
        (last - weekday) * 86_400 + 3_600 // clocks change at 01:00 UTC
    };
    if (last_sunday(3)..last_sunday(10)).contains(&now) { 7_200 } else { 3_600 }
}

/// The Norwegian day of a moment, counted from 1970-01-01.
pub(crate) fn oslo_day(unix_s: f64) -> i64 {
    (unix_s.floor() as i64 + oslo_ahead_s(unix_s)).div_euclid(86_400)
}

/// `HH:MM:SS` in Norway.
pub(crate) fn oslo_time(unix_s: f64) -> String {
    let second = (unix_s.floor() as i64 + oslo_ahead_s(unix_s)).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// RFC 9110 date, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http_date(unix_s: f64) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let now = unix_s.floor() as i64;
    let (days, second) = (now.div_euclid(86_400), now.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    format!(
        "{}, {day:02} {} {year:04} {:02}:{:02}:{:02} GMT",
        DAYS[(days + 4).rem_euclid(7) as usize],
        MONTHS[month as usize - 1],
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_agree_in_both_directions() {
        for days in -40_000..60_000 {
            let (year, month, day) = civil(days);
            assert_eq!(days_from_civil(year, month, day), days);
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
}
