//! Faults on request: what goes wrong, with which requests, how often. Told in one vocabulary to Rust (the constructors)
//! and to HTTP (`kind` in `POST /sandbox/faults`).

use crate::base;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that goes wrong once with the next request, unless told otherwise.
///
/// ```
/// use finaut_sandbox::Fault;
/// let fault = Fault::status(503).header("Retry-After", "2").method("GET").path("user/").nth(3).times(2);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub(crate) kind: Kind,
    /// Only requests with this method.
    #[serde(default)]
    method: Option<String>,
    /// Only paths that begin so; without a leading slash it is meant below the API root.
    #[serde(default)]
    path: Option<String>,
    /// Only paths that end so.
    #[serde(default)]
    path_ends: Option<String>,
    /// Only queries that contain this.
    #[serde(default)]
    query: Option<String>,
    /// Strikes from the nth matching request on, counted from 1.
    #[serde(default = "one")]
    nth: u64,
    /// Strikes so many requests; null is every one.
    #[serde(default = "once")]
    times: Option<u64>,
    #[serde(default)]
    pub(crate) delay_before_ms: u64,
    #[serde(default)]
    pub(crate) delay_after_ms: u64,
    /// `status`, `html`: the request is acted on, and then answered with this instead.
    #[serde(default)]
    pub(crate) after_acting: bool,
    /// `status`, `html`: has the request reached the throttle? Absent: as the kind says.
    #[serde(default)]
    pub(crate) counted: Option<bool>,
    /// Cuts send RST instead of FIN.
    #[serde(default)]
    pub(crate) reset: bool,
    /// `status`, `html`: the status of the answer.
    #[serde(default = "unavailable")]
    pub(crate) status: u16,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    /// `status`: the body; absent, a DRF detail.
    #[serde(default)]
    pub(crate) body: Option<String>,
    /// Adds `Retry-After` as an HTTP date so many seconds from the sandbox's time when it strikes.
    #[serde(default)]
    pub(crate) retry_after_date_s: Option<f64>,
    /// `huge_body`: its length. `garbage`: how many. `drip`: how many at a time.
    #[serde(default = "few")]
    pub(crate) bytes: usize,
    /// `close_quietly`: how long the connection stays open after the answer.
    #[serde(default)]
    pub(crate) idle_ms: u64,
    /// `drip`: the pause between two pieces.
    #[serde(default = "soon")]
    pub(crate) every_ms: u64,
    /// The answer's `Content-Encoding`, asked for or not: it is packed so if it is `gzip`, and else is what cannot be unpacked.
    #[serde(default)]
    pub(crate) packed: Option<String>,
    /// So many people are added once the request has been acted on.
    #[serde(default)]
    pub(crate) appear: usize,
    /// These people are gone once the request has been acted on.
    #[serde(default)]
    pub(crate) vanish: Vec<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Status,
    Html,
    Delay,
    Change,
    CutBeforeActing,
    CutAfterActing,
    HalfBody,
    TokenRevoked,
    HugeBody,
    Garbage,
    Drip,
    CloseQuietly,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Html => "html",
            Self::Delay => "delay",
            Self::Change => "change",
            Self::CutBeforeActing => "cut_before_acting",
            Self::CutAfterActing => "cut_after_acting",
            Self::HalfBody => "half_body",
            Self::TokenRevoked => "token_revoked",
            Self::HugeBody => "huge_body",
            Self::Garbage => "garbage",
            Self::Drip => "drip",
            Self::CloseQuietly => "close_quietly",
        }
    }
}

fn one() -> u64 {
    1
}
fn once() -> Option<u64> {
    Some(1)
}
fn unavailable() -> u16 {
    503
}
fn few() -> usize {
    64
}
fn soon() -> u64 {
    50
}

impl Fault {
    /// What it does and to which requests, in words: `status 503 to GET user/, once`.
    pub(crate) fn in_words(&self) -> String {
        let mut text = match self.kind {
            Kind::Status | Kind::Html => format!("{} {}", self.kind.name(), self.status),
            kind => kind.name().to_owned(),
        };
        for (ms, when) in [(self.delay_before_ms, "before"), (self.delay_after_ms, "after")] {
            if ms > 0 {
                text.push_str(&format!(" with {ms} ms {when} acting"));
            }
        }
        if !self.vanish.is_empty() || self.appear > 0 {
            text.push_str(&format!(", {} people vanish and {} appear", self.vanish.len(), self.appear));
        }
        let method = self.method.as_deref().unwrap_or("any request");
        text.push_str(&format!(" for {method}"));
        for (before, what) in [("", &self.path), ("…", &self.path_ends), ("?…", &self.query)] {
            if let Some(what) = what {
                text.push_str(&format!(" {before}{what}"));
            }
        }
        match self.times {
            None => text.push_str(", every time"),
            Some(1) => text.push_str(", once"),
            Some(times) => text.push_str(&format!(", {times} times")),
        }
        if self.nth > 1 {
            text.push_str(&format!(", after letting {} pass", self.nth - 1));
        }
        text
    }

    fn new(kind: Kind) -> Self {
        Self {
            kind,
            method: None,
            path: None,
            path_ends: None,
            query: None,
            nth: one(),
            times: once(),
            delay_before_ms: 0,
            delay_after_ms: 0,
            after_acting: false,
            counted: None,
            reset: false,
            status: unavailable(),
            headers: BTreeMap::new(),
            body: None,
            retry_after_date_s: None,
            bytes: few(),
            every_ms: soon(),
            idle_ms: 0,
            packed: None,
            appear: 0,
            vanish: Vec::new(),
        }
    }

    /// Acts and answers as usual: for what goes with any kind, and for people who come and go while a list is read
    /// ([`appear`](Self::appear), [`vanish`](Self::vanish)).
    pub fn change() -> Self {
        Self::new(Kind::Change)
    }

    /// Answers with this status and a DRF detail, as an error inside the server would: token and throttle come first, and
    /// the request is counted, unless the status is one that DRF gives before it counts (401, 403, 406, 429). A 403 for an
    /// object, rather than for the whole endpoint, it gives after: say [`counted`](Self::counted). Nothing is acted on.
    ///
    /// # Panics
    /// If the status is none that a server may end with (200 to 599).
    pub fn status(status: u16) -> Self {
        assert!(Self::may_end_with(status), "status {status}");
        Self { status, ..Self::new(Kind::Status) }
    }

    /// An HTML page with this status, as from a proxy in front: neither counted nor acted on.
    ///
    /// # Panics
    /// If the status is none that a server may end with (200 to 599).
    pub fn html(status: u16) -> Self {
        assert!(Self::may_end_with(status), "status {status}");
        Self { status, ..Self::new(Kind::Html) }
    }

    pub(crate) fn may_end_with(status: u16) -> bool {
        (200..600).contains(&status)
    }

    /// Waits so many milliseconds of real time before the request is acted on. It is acted on even if the client has gone.
    pub fn delay_before_acting(ms: u64) -> Self {
        Self { delay_before_ms: ms, ..Self::new(Kind::Delay) }
    }

    /// Acts, then waits so many milliseconds of real time before it answers.
    pub fn delay_after_acting(ms: u64) -> Self {
        Self { delay_after_ms: ms, ..Self::new(Kind::Delay) }
    }

    /// Reads the request, then closes the connection: no byte is sent, nothing acted on, nothing counted.
    pub fn cut_before_acting() -> Self {
        Self::new(Kind::CutBeforeActing)
    }

    /// Acts on the request (and counts it), then closes the connection without sending a byte.
    pub fn cut_after_acting() -> Self {
        Self::new(Kind::CutAfterActing)
    }

    /// Acts, sends the head and half the body that its Content-Length promises, and closes.
    pub fn half_body() -> Self {
        Self::new(Kind::HalfBody)
    }

    /// Revokes every token before this request is looked at.
    pub fn token_revoked() -> Self {
        Self::new(Kind::TokenRevoked)
    }

    /// Acts, and answers with a JSON body of so many bytes (at least 16).
    pub fn huge_body(bytes: usize) -> Self {
        Self { bytes, ..Self::new(Kind::HugeBody) }
    }

    /// Sends bytes that are no HTTP and closes; nothing is acted on.
    pub fn garbage() -> Self {
        Self::new(Kind::Garbage)
    }

    /// Acts, and sends the body in pieces of so many bytes, pausing between them.
    pub fn drip(bytes: usize, every_ms: u64) -> Self {
        Self { bytes, every_ms, ..Self::new(Kind::Drip) }
    }

    /// Acts and answers as usual, then closes the kept-alive connection without having said `Connection: close`.
    pub fn close_quietly() -> Self {
        Self::new(Kind::CloseQuietly)
    }

    /// Only requests with this method.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_ascii_uppercase());
        self
    }

    /// Only paths that begin so: `user/` is meant below the API root, `/o/token/` as it stands.
    #[must_use]
    pub fn path(mut self, begins: &str) -> Self {
        self.path = Some(begins.into());
        self
    }

    /// Only paths that end so.
    #[must_use]
    pub fn path_ends(mut self, ends: &str) -> Self {
        self.path_ends = Some(ends.into());
        self
    }

    /// Only queries that contain this, such as `page=2`.
    #[must_use]
    pub fn query(mut self, contains: &str) -> Self {
        self.query = Some(contains.into());
        self
    }

    /// Lets the first `nth - 1` matching requests pass.
    #[must_use]
    pub fn nth(mut self, nth: u64) -> Self {
        self.nth = nth;
        self
    }

    /// Strikes so many requests instead of one.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Strikes until the faults are cleared.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// With `status` and `html`: acts on the request first.
    #[must_use]
    pub fn after_acting(mut self) -> Self {
        self.after_acting = true;
        self
    }

    /// With `status` and `html`: whether the throttle records the request.
    #[must_use]
    pub fn counted(mut self, counted: bool) -> Self {
        self.counted = Some(counted);
        self
    }

    /// With cuts, half bodies and garbage: RST instead of FIN at the end.
    #[must_use]
    pub fn reset(mut self) -> Self {
        self.reset = true;
        self
    }

    /// With `status` and `html`: one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// With `status` and `html`: `Retry-After` as an HTTP date, so many seconds from the sandbox's time when it strikes.
    #[must_use]
    pub fn retry_after_date(mut self, seconds: f64) -> Self {
        self.retry_after_date_s = Some(seconds);
        self
    }

    /// With `status` and `html`: this body. `status` sends it as JSON unless a header says otherwise.
    #[must_use]
    pub fn body(mut self, body: &str) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Milliseconds to wait before acting, with any kind.
    #[must_use]
    pub fn delayed_before(mut self, ms: u64) -> Self {
        self.delay_before_ms = ms;
        self
    }

    /// Milliseconds to wait after acting, with any kind.
    #[must_use]
    pub fn delayed_after(mut self, ms: u64) -> Self {
        self.delay_after_ms = ms;
        self
    }

    /// With `close_quietly`: the connection stays open for so many milliseconds after the answer, and reads nothing more.
    /// Who sends another request on it meanwhile gets a reset.
    #[must_use]
    pub fn idle(mut self, ms: u64) -> Self {
        self.idle_ms = ms;
        self
    }

    /// With any kind: the answer says that it is packed like this. It is if that is `gzip`; anything else is what cannot be unpacked.
    #[must_use]
    pub fn packed(mut self, encoding: &str) -> Self {
        self.packed = Some(encoding.into());
        self
    }

    /// With any kind: so many people are added once the request has been acted on.
    #[must_use]
    pub fn appear(mut self, people: usize) -> Self {
        self.appear = people;
        self
    }

    /// With any kind: these people, by their ids, are gone once the request has been acted on.
    #[must_use]
    pub fn vanish(mut self, people: &[u64]) -> Self {
        self.vanish = people.to_vec();
        self
    }

    fn matches(&self, method: &str, path: &str, query: &str) -> bool {
        let below_root = path.strip_prefix(base::API);
        let begins = |begin: &str| match begin.starts_with('/') {
            true => path.starts_with(begin),
            false => below_root.is_some_and(|path| path.starts_with(begin)),
        };
        self.method.as_deref().is_none_or(|only| only.eq_ignore_ascii_case(method))
            && self.path.as_deref().is_none_or(begins)
            && self.path_ends.as_deref().is_none_or(|end| path.ends_with(end))
            && self.query.as_deref().is_none_or(|part| query.contains(part))
    }
}

/// The faults in waiting, oldest first.
#[derive(Default)]
pub(crate) struct Faults {
    waiting: Vec<Fault>,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.waiting.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// Forgets the one at this place; false if there is none.
    pub(crate) fn forget(&mut self, place: usize) -> bool {
        let there = place < self.waiting.len();
        if there {
            self.waiting.remove(place);
        }
        there
    }

    pub(crate) fn waiting(&self) -> &[Fault] {
        &self.waiting
    }

    /// The fault that strikes this request: the oldest that matches and whose turn has come.
    pub(crate) fn strike(&mut self, method: &str, path: &str, query: &str) -> Option<Fault> {
        let mut striking = None;
        for (place, fault) in self.waiting.iter_mut().enumerate() {
            if !fault.matches(method, path, query) {
                continue;
            }
            if fault.nth > 1 {
                fault.nth -= 1; // let this one pass; later faults see it all the same
            } else if striking.is_none() {
                striking = Some(place);
            }
        }
        let fault = self.waiting.get_mut(striking?)?;
        let struck = fault.clone();
        match &mut fault.times {
            None => {}
            Some(times) if *times > 1 => *times -= 1,
            Some(_) => {
                self.waiting.remove(striking?);
            }
        }
        Some(struck)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_strikes_the_requests_that_it_names_and_as_often_as_told() {
        let mut faults = Faults::default();
        faults.add(Fault::status(500).method("get").path("user/").nth(2).times(2));
        let mut strikes = |method, path| faults.strike(method, path, "").is_some();
        assert!(!strikes("POST", "/finautapi/v1/user/"));
        assert!(!strikes("GET", "/finautapi/v1/userstatus/"));
        assert!(!strikes("GET", "/finautapi/v1/user/1/"), "the first passes");
        assert!(strikes("GET", "/finautapi/v1/user/1/"));
        assert!(strikes("GET", "/finautapi/v1/user/"));
        assert!(!strikes("GET", "/finautapi/v1/user/"));
    }

    #[test]
    fn faults_strike_one_after_another() {
        let mut faults = Faults::default();
        faults.add(Fault::status(500));
        faults.add(Fault::status(502).path("/o/token/"));
        faults.add(Fault::garbage().query("page=2"));
        assert_eq!(faults.strike("POST", "/o/token/", "").map(|fault| fault.status), Some(500));
        assert_eq!(faults.strike("POST", "/o/token/", "").map(|fault| fault.status), Some(502));
        assert_eq!(faults.strike("GET", "/finautapi/v1/user/", "page=2").map(|fault| fault.kind), Some(Kind::Garbage));
        assert!(faults.waiting().is_empty());
    }
}
