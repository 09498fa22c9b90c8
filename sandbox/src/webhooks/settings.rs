//! How webhooks and the link flow's callback are sent: by the builder, the command line and `POST /sandbox/webhooks`.

use crate::webhooks::subject::Subject;
use hyper::header::{HeaderName, HeaderValue};
use hyper::http::uri::Uri;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

/// Without a URL nothing is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Webhooks {
    /// Where results and statuses are posted to.
    pub url: Option<String>,
    /// Where results are posted to instead.
    pub results_url: Option<String>,
    /// Where statuses are posted to instead.
    pub statuses_url: Option<String>,
    /// Where the link flow posts the encrypted user id to.
    pub link_callback_url: Option<String>,
    /// Where the link flow sends the browser afterwards; `ext-user-id` is added to its query.
    pub link_redirect_url: Option<String>,
    /// More headers, as a reverse proxy in front of the customer's system would add them.
    pub headers: BTreeMap<String, String>,
    /// Signs every body: `X-Hub-Signature: sha256=…`.
    pub secret: Option<String>,
    /// How often each is tried until it is answered with 2xx.
    pub attempts: u32,
    /// The pause before the second attempt; each later one is twice as long …
    pub back_off_ms: u64,
    /// … up to this.
    pub longest_back_off_ms: u64,
    /// How long one attempt may take.
    pub timeout_ms: u64,
    /// How many attempts may run at the same time. With one, all arrive in order, those that fail aside.
    pub at_once: usize,
    /// How many more times each is sent.
    pub duplicates: u32,
    /// Holds them back until so many are there, and sends these in reverse order; 0 and 1: does not.
    pub reorder: usize,
    /// With `reorder`: holds none back for longer than this.
    pub reorder_within_ms: u64,
    /// Sends nothing until released.
    pub hold: bool,
    /// Allows hosts that are not this machine.
    pub anywhere: bool,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self {
            url: None,
            results_url: None,
            statuses_url: None,
            link_callback_url: None,
            link_redirect_url: None,
            headers: BTreeMap::new(),
            secret: None,
            attempts: 10,
            back_off_ms: 500,
            longest_back_off_ms: 60_000,
            timeout_ms: 10_000,
            at_once: 1,
            duplicates: 0,
            reorder: 0,
            reorder_within_ms: 2_000,
            hold: false,
            anywhere: false,
        }
    }
}

const A_DAY_MS: u64 = 86_400_000;

/// Headers that the sender writes itself.
const OUR_OWN: &[&str] =
    &["host", "connection", "content-length", "content-type", "transfer-encoding", "x-correlation-id", "x-hub-signature"];

impl Webhooks {
    /// Where this is posted to, if anywhere.
    pub(crate) fn target(&self, subject: Subject) -> Option<&str> {
        let url = match subject {
            Subject::Result => self.results_url.as_ref().or(self.url.as_ref()),
            Subject::UserStatus => self.statuses_url.as_ref().or(self.url.as_ref()),
            Subject::Link => self.link_callback_url.as_ref(),
        };
        url.map(String::as_str)
    }

    /// The pause after so many attempts.
    pub(crate) fn pause(&self, attempts: u32) -> Duration {
        let doubled = self.back_off_ms.saturating_mul(1 << attempts.saturating_sub(1).min(30));
        Duration::from_millis(doubled.min(self.longest_back_off_ms))
    }

    /// Says what cannot be.
    ///
    /// # Errors
    /// A URL that is none or leads elsewhere, a header that is none, a number that is too small.
    pub fn check(&self) -> Result<(), String> {
        let posted = [
            ("url", &self.url),
            ("results_url", &self.results_url),
            ("statuses_url", &self.statuses_url),
            ("link_callback_url", &self.link_callback_url),
        ];
        for (name, url) in posted {
            if let Some(url) = url {
                check_url(url, self.anywhere).map_err(|problem| format!("{name}: {problem}"))?;
            }
        }
        if let Some(url) = &self.link_redirect_url {
            let web = url.starts_with("http://") || url.starts_with("https://");
            if !web || !url.parse::<Uri>().is_ok_and(|url| url.host().is_some_and(|host| !host.is_empty())) {
                return Err(format!("link_redirect_url: `{url}` is no http or https URL"));
            }
        }
        for (name, value) in &self.headers {
            let known = HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok();
            if !known {
                return Err(format!("headers: `{name}` is no header name, or its value is none"));
            }
            if OUR_OWN.contains(&name.to_ascii_lowercase().as_str()) {
                return Err(format!("headers: {name} is written by the sandbox itself"));
            }
        }
        if self.secret.as_deref() == Some("") {
            return Err("secret: an empty one signs nothing; leave it out".to_owned());
        }
        let ranges = [
            ("attempts", u64::from(self.attempts), 1, u64::MAX),
            ("at_once", self.at_once as u64, 1, u64::MAX),
            ("duplicates", u64::from(self.duplicates), 0, 1_000),
            ("timeout_ms", self.timeout_ms, 1, A_DAY_MS),
            ("back_off_ms", self.back_off_ms, 0, A_DAY_MS),
            ("longest_back_off_ms", self.longest_back_off_ms, 0, A_DAY_MS),
            ("reorder_within_ms", self.reorder_within_ms, 0, A_DAY_MS),
        ];
        for (name, value, least, most) in ranges {
            if value < least {
                return Err(format!("{name}: at least {least}"));
            }
            if value > most {
                return Err(format!("{name}: at most {most}"));
            }
        }
        Ok(())
    }
}

/// A development tool must not surprise anybody out in the world.
fn check_url(url: &str, anywhere: bool) -> Result<(), String> {
    let parsed: Uri = url.parse().map_err(|_| format!("`{url}` is no URL"))?;
    if parsed.scheme_str() != Some("http") {
        return Err(format!("`{url}` must begin with http://; the sandbox does not speak TLS when it sends"));
    }
    if parsed.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err("a name and password in a URL are not sent; use a header".to_owned());
    }
    let host = parsed.host().unwrap_or_default();
    if host.is_empty() {
        return Err(format!("`{url}` names no host"));
    }
    if anywhere || is_this_machine(host) {
        return Ok(());
    }
    Err(format!(
        "`{host}` is not this machine (localhost, 127.0.0.1, [::1]); to send there all the same, set \"anywhere\": true or --send-anywhere"
    ))
}

/// By name or address, as it stands in a URL.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(change: impl FnOnce(&mut Webhooks)) -> String {
        let mut settings = Webhooks::default();
        change(&mut settings);
        settings.check().err().unwrap_or_default()
    }

    #[test]
    fn only_this_machine_is_sent_to_unless_told() {
        for near in ["http://127.0.0.1:9/hook", "http://LOCALHOST/", "http://[::1]:80/x?y=z", "http://127.8.8.8"] {
            assert_eq!(problem(|settings| settings.url = Some(near.into())), "", "{near}");
        }
        for far in ["http://hr.example/hook", "http://10.0.0.1/", "http://127.0.0.1.example/", "http://localhost.example/"] {
            let said = problem(|settings| settings.link_callback_url = Some(far.into()));
            assert!(said.starts_with("link_callback_url:") && said.contains("not this machine"), "{far}: {said}");
            assert_eq!(problem(|settings| (settings.url, settings.anywhere) = (Some(far.into()), true)), "", "{far}");
        }
        for wrong in
            ["https://localhost/", "localhost:80", "http://", "ftp://localhost/", "http://a:b@localhost/", "http:///x", ""]
        {
            assert_ne!(problem(|settings| settings.statuses_url = Some(wrong.into())), "", "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(problem(|settings| settings.link_redirect_url = Some("javascript:alert(1)".into())).contains("javascript"));
        let header = |name: &'static str, value: &'static str| {
            problem(move |settings| drop(settings.headers.insert(name.into(), value.into())))
        };
        assert_eq!(header("X-Secret", "å"), "");
        assert!(header("X Secret", "1").contains("X Secret"));
        assert!(header("X-Secret", "1\r\nX-Other: 2").contains("X-Secret"));
        assert!(header("Content-length", "3").contains("itself"));
        assert!(problem(|settings| settings.attempts = 0).contains("attempts"));
        assert!(problem(|settings| settings.duplicates = u32::MAX).contains("duplicates"));
        assert!(problem(|settings| settings.reorder_within_ms = u64::MAX).contains("at most 86400000"));
        assert!(problem(|settings| settings.secret = Some(String::new())).contains("secret"));
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let settings = Webhooks { back_off_ms: 100, longest_back_off_ms: 350, ..Webhooks::default() };
        let pauses: Vec<u128> = (1..=4).map(|attempts| settings.pause(attempts).as_millis()).collect();
        assert_eq!(pauses, [100, 200, 350, 350]);
        assert_eq!(settings.pause(u32::MAX).as_millis(), 350);
    }
}
