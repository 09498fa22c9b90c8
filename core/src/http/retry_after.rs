//! `Retry-After`: for how long a server asks to be left alone.

use std::time::UNIX_EPOCH;

use ureq::http::HeaderMap;

/// Seconds, or an HTTP date in any of the three forms of RFC 9110, measured against the answer's own `Date`, which the same clock
/// wrote, else against `wall` (seconds since 1970). `None` for anything else.
pub fn seconds(headers: &HeaderMap, wall: f64) -> Option<f64> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let value = text("retry-after")?;
    if let Ok(seconds) = value.parse::<f64>() {
        return (seconds.is_finite() && seconds >= 0.0).then_some(seconds);
    }
    let now = text("date").and_then(moment).unwrap_or(wall);
    moment(value).map(|until| (until - now).max(0.0))
}

fn moment(text: &str) -> Option<f64> {
    let moment = httpdate::parse_http_date(text).ok()?;
    moment.duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .filter_map(|(name, value)| Some((ureq::http::HeaderName::from_static(name), value.parse().ok()?)))
            .collect()
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(seconds(&headers(&[("retry-after", "17")]), 0.0), Some(17.0));
        assert_eq!(seconds(&headers(&[]), 0.0), None);
        assert_eq!(seconds(&headers(&[("retry-after", "soon")]), 0.0), None);
        assert_eq!(seconds(&headers(&[("retry-after", "-5")]), 0.0), None);
        let date = headers(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ("date", "Sun, 06 Nov 1994 08:48:37 GMT")]);
        assert_eq!(seconds(&date, 0.0), Some(60.0));
        assert_eq!(seconds(&headers(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]), 784_111_777.0 - 5.0), Some(5.0));
        assert_eq!(seconds(&headers(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]), 2e9), Some(0.0));
    }
}
