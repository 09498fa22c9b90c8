//! The world outside the processes: the time, the server with its register, and what goes wrong on the way to it. What a process
//! does, and what must hold in the end, is not known here.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use finaut_sandbox::{Answered, Fault, Model, Person, Sandbox, Sent, Status};

use super::chance::Chance;

pub const HOST: &str = "http://127.0.0.1:1";
pub const CLIENT: (&str, &str) = ("hr", "a-secret-of-the-simulation");
/// Who sets things up, looks at the end, and changes things meanwhile as FinAut's portal would.
pub const JUDGE: (&str, &str) = ("judge", "a-secret-of-the-judge");

/// What is said of a request that was lost with its process.
pub const LOST: &str = "killed before it went";

/// The server: in the test's hands, or behind a socket.
pub enum Server {
    Inside(Box<Model>),
    Behind(Sandbox),
}

impl Server {
    pub fn advance(&mut self, seconds: f64) {
        match self {
            Server::Inside(model) => model.advance(seconds),
            Server::Behind(sandbox) => sandbox.advance(seconds),
        }
    }

    pub fn people(&self) -> Vec<Person> {
        match self {
            Server::Inside(model) => model.people(),
            Server::Behind(sandbox) => sandbox.people(),
        }
    }

    pub fn statuses_of(&self, user: u64) -> Vec<Status> {
        match self {
            Server::Inside(model) => model.statuses_of(user),
            Server::Behind(sandbox) => sandbox.statuses_of(user),
        }
    }

    pub fn add_status(&mut self, user: u64, scheme: &str, word: &str) {
        match self {
            Server::Inside(model) => _ = model.add_status(user, scheme, word),
            Server::Behind(sandbox) => _ = sandbox.add_status(user, scheme, word, None),
        }
    }

    pub fn count_429(&self) -> u64 {
        match self {
            Server::Inside(model) => model.count_429(),
            Server::Behind(sandbox) => sandbox.count_429(),
        }
    }

    pub fn free_slots(&mut self) {
        match self {
            Server::Inside(model) => model.free_slots(),
            Server::Behind(sandbox) => sandbox.free_slots(),
        }
    }

    pub fn see(&mut self, client_id: &str, companies: &[u64]) {
        match self {
            Server::Inside(model) => model.see(client_id, Some(companies)),
            Server::Behind(sandbox) => sandbox.see(client_id, Some(companies)),
        }
    }
}

/// What becomes of an exchange.
#[derive(Debug, Clone, PartialEq)]
pub enum Strike {
    Nothing,
    /// No connection comes about.
    NoConnection,
    /// The connection ends before the server acts …
    CutBefore,
    /// … after it …
    CutAfter,
    /// … or before it, and the server acts all the same so many seconds later.
    CutThenActs(f64),
    HalfBody,
    /// Bytes that are no HTTP.
    Garbage,
    /// The server asks to be left alone for so long.
    TooMany(u32),
    /// All tokens are revoked.
    Revoked,
    Unavailable {
        acts: bool,
        retry_after_s: Option<u32>,
    },
    /// A proxy's page, of a request that never came to the server.
    ProxysPage,
    /// A proxy gives up; the server acts so many seconds later.
    ProxyGivesUp(f64),
    /// The server acts so many seconds after the request was sent, which is longer than the client waits.
    TooLate(f64),
    /// It acts at once, and its answer takes longer than the client waits.
    AnswersTooLate,
}

impl Strike {
    pub fn name(&self) -> &'static str {
        match self {
            Strike::Nothing => "nothing",
            Strike::NoConnection => "no connection",
            Strike::CutBefore => "cut before acting",
            Strike::CutAfter => "cut after acting",
            Strike::CutThenActs(_) => "cut, and acted later",
            Strike::HalfBody => "half a body",
            Strike::Garbage => "garbage",
            Strike::TooMany(_) => "429",
            Strike::Revoked => "401",
            Strike::Unavailable { acts: true, .. } => "503 with effect",
            Strike::Unavailable { acts: false, .. } => "503 without effect",
            Strike::ProxysPage => "502",
            Strike::ProxyGivesUp(_) => "504, and acted later",
            Strike::TooLate(_) => "acted after the time-out",
            Strike::AnswersTooLate => "answered after the time-out",
        }
    }

    /// What the sandbox calls it, where it is no matter of time.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Strike::CutBefore => Some(Fault::cut_before_acting()),
            Strike::CutAfter => Some(Fault::cut_after_acting()),
            Strike::HalfBody => Some(Fault::half_body()),
            Strike::Garbage => Some(Fault::garbage()),
            Strike::TooMany(seconds) => Some(Fault::status(429).header("Retry-After", &seconds.to_string())),
            Strike::Revoked => Some(Fault::token_revoked()),
            Strike::Unavailable { acts, retry_after_s } => {
                let fault = Fault::status(503);
                let fault = if *acts { fault.after_acting() } else { fault };
                Some(match retry_after_s {
                    Some(seconds) => fault.header("Retry-After", &seconds.to_string()),
                    None => fault,
                })
            }
            Strike::ProxysPage => Some(Fault::html(502)),
            _ => None,
        }
    }
}

/// At which point of an exchange its process is killed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kill {
    /// The request is lost with it.
    BeforeActing,
    /// The server has acted, and nobody hears of it.
    AfterActing,
    /// The server acts so many seconds after the kill.
    ThenActs(f64),
}

/// What is decided of an exchange before it begins.
#[derive(Debug, Clone)]
pub struct Decided {
    pub strike: Strike,
    pub kill: Option<Kill>,
    pub there_s: f64,
    pub back_s: f64,
}

/// An exchange as it was seen from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// In which run.
    pub run: u32,
    /// Of which of several processes.
    pub who: usize,
    pub at: f64,
    pub method: String,
    /// With the query.
    pub target: String,
    pub authorization: String,
    pub body: String,
    /// Of the server's answer; 0 where it did not act, or not yet.
    pub status: u16,
    pub strike: &'static str,
}

impl Seen {
    pub fn is_token(&self) -> bool {
        self.target.starts_with("/o/token/")
    }

    pub fn is_write(&self) -> bool {
        self.method != "GET" && !self.is_token()
    }
}

/// What goes wrong, and how much of it is left.
pub struct Trouble {
    pub chance: Chance,
    pub is_on: bool,
    pub strikes: u32,
    pub kills: u32,
    /// True if nothing may happen that takes real time over a socket.
    pub is_timeless: bool,
    pub timeout_s: f64,
    pub settle_s: f64,
    pub late_s: f64,
}

impl Trouble {
    fn strike(&mut self) -> Strike {
        let late = self.late_s * 0.85;
        let retry_after_s = self.chance.is(50.0).then(|| 1 + self.chance.below(20) as u32);
        let kinds = if self.is_timeless { 9 } else { 13 };
        match self.chance.below(kinds) {
            0 => Strike::CutBefore,
            1 => Strike::CutAfter,
            2 => Strike::HalfBody,
            3 => Strike::Garbage,
            4 => Strike::TooMany(1 + self.chance.below(40) as u32),
            5 => Strike::Revoked,
            6 => Strike::Unavailable { acts: true, retry_after_s },
            7 => Strike::Unavailable { acts: false, retry_after_s },
            8 => Strike::ProxysPage,
            9 => Strike::NoConnection,
            10 => Strike::CutThenActs(self.chance.between(0.0, self.settle_s * 0.8)),
            11 => Strike::ProxyGivesUp(self.chance.between(0.0, late)),
            _ if self.chance.is(30.0) => Strike::AnswersTooLate,
            _ => Strike::TooLate(self.chance.between(self.timeout_s.min(late), late)),
        }
    }

    /// Decides what becomes of an exchange. What writes is struck more often.
    fn of_exchange(&mut self, sent: &Sent) -> Decided {
        let weight = if sent.method == "GET" { 1.0 } else { 3.0 };
        let mut decided = Decided {
            strike: Strike::Nothing,
            kill: None,
            there_s: self.chance.between(0.005, 0.3),
            back_s: self.chance.between(0.005, 0.3),
        };
        if self.is_on && self.strikes > 0 && self.chance.is(12.0 * weight) {
            self.strikes -= 1;
            decided.strike = self.strike();
        }
        if self.is_on && self.kills > 0 && self.chance.is(4.0 * weight) {
            self.kills -= 1;
            decided.strike = Strike::Nothing;
            decided.kill = Some(match self.chance.below(if self.is_timeless { 2 } else { 3 }) {
                0 => Kill::BeforeActing,
                1 => Kill::AfterActing,
                _ => Kill::ThenActs(self.chance.between(0.0, self.late_s * 0.85)),
            });
        }
        decided
    }
}

/// A request that the server is still to act on.
struct Late {
    at: f64,
    sent: Sent,
    /// Where it is seen.
    place: usize,
}

/// Somebody else's doing, as in FinAut's portal.
#[derive(Debug, Clone)]
pub struct Meddling {
    pub user: u64,
    pub scheme: &'static str,
    pub word: &'static str,
    /// Before which of the run's exchanges.
    pub before: usize,
}

pub struct Inside {
    /// Seconds since 1970.
    pub now: f64,
    pub server: Server,
    pub trouble: Trouble,
    pub seen: Vec<Seen>,
    pub run: u32,
    pub meddling: Vec<Meddling>,
    /// When somebody else set a status: of whom, when.
    pub meddled: Vec<(u64, f64)>,
    pub struck: BTreeMap<&'static str, u64>,
    late: Vec<Late>,
}

/// The world outside, for as many processes as there are.
pub struct Stage(Mutex<Inside>);

impl std::fmt::Debug for Stage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("Stage")
    }
}

impl Stage {
    pub fn new(now: f64, server: Server, trouble: Trouble) -> Stage {
        Stage(Mutex::new(Inside {
            now,
            server,
            trouble,
            seen: Vec::new(),
            run: 0,
            meddling: Vec::new(),
            meddled: Vec::new(),
            struck: BTreeMap::new(),
            late: Vec::new(),
        }))
    }

    pub fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn now(&self) -> f64 {
        self.inside().now
    }

    /// Time passes, and the server acts on what it still has to.
    pub fn pass(&self, seconds: f64) {
        self.inside().pass(seconds);
    }
}

impl Inside {
    pub fn pass(&mut self, seconds: f64) {
        let until = self.now + seconds.max(1e-6);
        loop {
            let next = self.late.iter().enumerate().filter(|(_, late)| late.at <= until);
            let next = next.min_by(|(_, one), (_, other)| one.at.total_cmp(&other.at)).map(|(place, _)| place);
            let Some(place) = next else { break };
            let late = self.late.remove(place);
            self.go(late.at);
            let answered = self.answer(&late.sent, None);
            self.seen[late.place].status = answered.status;
        }
        self.go(until);
    }

    fn go(&mut self, until: f64) {
        if until > self.now {
            self.server.advance(until - self.now);
            self.now = until;
        }
    }

    fn answer(&mut self, sent: &Sent, fault: Option<&Fault>) -> Answered {
        match &mut self.server {
            Server::Inside(model) => model.exchange(sent, fault),
            Server::Behind(_) => unreachable!("it is asked over its socket"),
        }
    }

    /// Decides of an exchange that begins now, and whether somebody meddles before it.
    pub fn begins(&mut self, sent: &Sent, who: usize) -> (Decided, usize) {
        let decided = self.trouble.of_exchange(sent);
        if decided.strike != Strike::Nothing {
            *self.struck.entry(decided.strike.name()).or_default() += 1;
        }
        let place = self.seen.len();
        self.seen.push(Seen {
            run: self.run,
            who,
            at: self.now,
            method: sent.method.clone(),
            target: if sent.query.is_empty() { sent.path.clone() } else { format!("{}?{}", sent.path, sent.query) },
            authorization: sent
                .headers
                .iter()
                .find(|(name, _)| *name == "authorization")
                .map(|(_, value)| value.clone())
                .unwrap_or_default(),
            body: String::from_utf8_lossy(&sent.body).into_owned(),
            status: 0,
            strike: if decided.kill == Some(Kill::BeforeActing) { LOST } else { decided.strike.name() },
        });
        if self.trouble.is_on {
            while self.meddling.first().is_some_and(|meddling| meddling.before <= place) {
                let Meddling { user, scheme, word, .. } = self.meddling.remove(0);
                // Over what the sync has set already, it would be set anew the next night.
                if self.server.statuses_of(user).iter().all(|status| status.comment.is_empty()) {
                    self.server.add_status(user, scheme, word);
                    self.meddled.push((user, self.now));
                }
            }
        }
        (decided, place)
    }

    /// The server acts now.
    pub fn act(&mut self, sent: &Sent, fault: Option<&Fault>, place: usize) -> Answered {
        let answered = self.answer(sent, fault);
        self.seen[place].status = answered.status;
        answered
    }

    /// The server acts later, whatever becomes of who asked.
    pub fn act_later(&mut self, sent: &Sent, in_s: f64, place: usize) {
        self.late.push(Late { at: self.now + in_s, sent: sent.clone(), place });
    }

    /// True if the server still has something to act on.
    pub fn is_behind(&self) -> bool {
        !self.late.is_empty()
    }
}
