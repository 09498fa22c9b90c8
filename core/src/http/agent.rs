//! What all clients of equal network settings share: connections, TLS sessions, parsed certificates, and what was learnt about the
//! server's connections. A token goes with each request and not with a connection, so clients of different accounts may share.
//!
//! An agent is let go of with the last client that uses it, but not at once: a program that makes a client for each call frees the one
//! before it makes the next. It stays for as long as its connections could still be used, and goes when a client comes or goes after that.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustls::ClientConfig;

use super::idle::{self, Idle};
use super::resolver::Addresses;
use super::roots::{self, Authorities, Source};
use super::tls;
use crate::config::Secret;
use crate::error::{Code, Error};
use crate::process::{self, Mutex};

/// For how long an agent is kept that no client uses.
const STAYS: Duration = Duration::from_secs(idle::LONGEST_S as u64);
/// How many of those are kept, and how many of the connections of each.
const MOST_UNUSED: usize = 4;
const MOST_IDLE_UNUSED: usize = 8;
/// An idle connection is not used for a POST after this long, in seconds: a server that closes it at that very moment would leave the
/// outcome unknown.
const LONGEST_BEFORE_POST_S: f64 = 1.0;
/// After a kept connection was found closed, none is kept for this long, in seconds: some servers close each without saying so, others
/// only when they are restarted.
const WARY_S: f64 = 600.0;

/// What makes two agents different.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Scheme, name and port of the server.
    pub host: String,
    /// With its credentials: a proxy may serve one user what it refuses another.
    pub proxy: Option<Secret>,
    /// Whom TLS trusts; `None` where no TLS is spoken.
    pub trust: Option<Trust>,
}

/// Whom TLS trusts.
#[derive(Debug, Clone, PartialEq)]
pub struct Trust {
    /// What `ca_file` held when the client was made.
    pub own: Option<Arc<Authorities>>,
    /// Where the system's authorities are, and in which state.
    pub systems: Source,
}

/// The connections to one server.
#[derive(Debug)]
pub struct Agent {
    settings: Settings,
    /// In which generation of the process it was made. Another generation's is its parent's: it is left alone.
    generation: u64,
    tls: Mutex<Option<Sessions>>,
    idle: Idle,
    /// What the server's name was last found to mean.
    pub addresses: Addresses,
    /// A POST broke off: the server (or what stands before it) closes connections without saying so. From then on each POST
    /// has a connection of its own, as a closed one leaves its outcome unknown.
    wary_of_posts: AtomicBool,
    /// When a request last met a kept connection that was closed without a word, in seconds of the clock: a slot is lost each time. For
    /// a while each request has a connection of its own.
    cut: Mutex<Option<f64>>,
    /// Counts the exchanges that failed in a way that may lie in the connection (408 on one that was kept for too long, 421, a server that
    /// is being restarted): connections from before are not used again.
    suspicions: AtomicU64,
}

#[derive(Debug, Clone)]
struct Sessions {
    settings: Arc<ClientConfig>,
    /// All of the system's authorities are trusted, and not only those of its one file.
    is_widest: bool,
}

/// A connection's origin: one that was in use when something became suspect is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since(u64);

impl Agent {
    /// Reads the certificates. Errors: `config`, `state`.
    fn new(settings: Settings) -> Result<Agent, Error> {
        let tls = settings.trust.as_ref().map(|trust| sessions(trust, false)).transpose()?;
        Ok(Agent {
            settings,
            generation: process::generation(),
            tls: Mutex::new(tls),
            idle: Idle::default(),
            addresses: Addresses::default(),
            wary_of_posts: AtomicBool::new(false),
            cut: Mutex::new(None),
            suspicions: AtomicU64::new(0),
        })
    }

    /// True if it is this process's own, and not that of one from which it was forked.
    pub fn is_ours(&self) -> bool {
        self.generation == process::generation()
    }

    /// What TLS needs to know for a connection.
    pub fn tls(&self) -> Option<Arc<ClientConfig>> {
        self.tls.with(|tls| tls.as_ref().map(|tls| tls.settings.clone()))
    }

    /// Trusts what is in the system's folders, too, after an authority was not found in its one file. Returns false if nothing is new.
    pub fn widen(&self) -> bool {
        let Some(trust) = &self.settings.trust else { return false };
        if self.tls.with(|tls| tls.as_ref().is_none_or(|tls| tls.is_widest)) {
            return false;
        }
        let Ok(wider) = sessions(trust, true) else { return false };
        self.tls.with(|tls| *tls = Some(wider));
        true
    }

    /// A kept connection for a request, where one may be used.
    pub fn kept(&self, is_post: bool, now: f64) -> Option<Box<dyn ureq::unversioned::transport::Transport>> {
        if self.is_wary(now) {
            self.idle.close_all_but(0);
            return None;
        }
        if is_post && self.wary_of_posts.load(Ordering::Relaxed) {
            return None;
        }
        self.idle.take(now, if is_post { LONGEST_BEFORE_POST_S } else { idle::LONGEST_S })
    }

    /// Now, to tell later whether anything became suspect since.
    pub fn since(&self) -> Since {
        Since(self.suspicions.load(Ordering::Acquire))
    }

    /// Keeps a connection that an exchange has used, and that the server does not close, for `lasts_s`.
    pub fn keep(&self, wire: Box<dyn ureq::unversioned::transport::Transport>, since: Since, now: f64, lasts_s: f64) {
        if self.is_ours() && since == self.since() && !self.is_wary(now) {
            self.idle.put(wire, now, lasts_s);
        }
    }

    /// The next request has a new connection, and those that are kept are closed.
    pub fn suspect(&self) {
        self.suspicions.fetch_add(1, Ordering::AcqRel);
        self.idle.close_all_but(0);
    }

    /// No POST is sent over a kept connection from now on.
    pub fn beware_of_posts(&self) {
        self.wary_of_posts.store(true, Ordering::Relaxed);
    }

    /// No connection is kept for a while.
    pub fn beware(&self, now: f64) {
        self.cut.with(|cut| *cut = Some(now));
    }

    fn is_wary(&self, now: f64) -> bool {
        self.cut.with(|cut| cut.is_some_and(|cut| (0.0..WARY_S).contains(&(now - cut))))
    }
}

/// In a frame of its own, as it takes much of a small stack.
#[inline(never)]
fn sessions(trust: &Trust, widest: bool) -> Result<Sessions, Error> {
    let (trusted, is_widest) = roots::trusted(&trust.systems, trust.own.as_deref(), widest)?;
    let settings = tls::settings(trusted).map_err(|e| Error::new(Code::Internal, format!("TLS cannot be set up: {e}")))?;
    Ok(Sessions { settings, is_widest })
}

/// The agents of this process.
static AGENTS: Mutex<Agents> = Mutex::new(Agents { generation: 0, all: Vec::new() });

#[derive(Debug)]
struct Agents {
    generation: u64,
    all: Vec<Counted>,
}

#[derive(Debug)]
struct Counted {
    agent: Arc<Agent>,
    clients: usize,
    /// Since when no client uses it.
    unused: Option<Instant>,
}

impl Agents {
    /// This process's own, without those that have stayed for long enough; they are for the caller to drop outside the lock.
    fn tidied(&mut self, now: Instant) -> Vec<Counted> {
        let generation = process::generation();
        if self.generation != generation {
            // The parent's connections are the parent's: closing them here could say good-bye in its name.
            std::mem::forget(std::mem::take(&mut self.all));
            self.generation = generation;
        }
        let is_over = |counted: &Counted| counted.unused.is_some_and(|since| now.saturating_duration_since(since) >= STAYS);
        let mut gone: Vec<Counted> = self.all.extract_if(.., |counted| is_over(counted)).collect();
        // Those that have been unused for the longest time stand first.
        let unused = self.all.iter().filter(|counted| counted.unused.is_some()).count();
        let mut surplus = unused.saturating_sub(MOST_UNUSED);
        gone.extend(self.all.extract_if(.., |counted| {
            let goes = surplus > 0 && counted.unused.is_some();
            surplus -= usize::from(goes);
            goes
        }));
        gone
    }

    fn join(&mut self, settings: &Settings) -> Option<Arc<Agent>> {
        let counted = self.all.iter_mut().find(|counted| counted.agent.settings == *settings)?;
        counted.clients += 1;
        counted.unused = None;
        Some(counted.agent.clone())
    }

    /// Returns true if no client is left.
    fn leave(&mut self, agent: &Arc<Agent>, now: Instant) -> bool {
        let Some(at) = self.all.iter().position(|counted| Arc::ptr_eq(&counted.agent, agent)) else { return false };
        let mut counted = self.all.remove(at);
        counted.clients = counted.clients.saturating_sub(1);
        let is_last = counted.clients == 0;
        counted.unused = is_last.then_some(now);
        self.all.push(counted);
        is_last
    }
}

/// A client's share in an agent.
#[derive(Debug)]
pub struct Shared(Arc<Agent>);

impl std::ops::Deref for Shared {
    type Target = Arc<Agent>;
    fn deref(&self) -> &Arc<Agent> {
        &self.0
    }
}

/// The agent of these settings: one that is there, or a new one. Errors: `config`, `state`.
pub fn share(settings: Settings) -> Result<Shared, Error> {
    let now = Instant::now();
    let (_gone, found) = AGENTS.with(|agents| (agents.tidied(now), agents.join(&settings)));
    if let Some(agent) = found {
        return Ok(Shared(agent));
    }
    // Reading the system's certificates takes a while: not under the lock. Two threads may do it at once; one wins.
    let fresh = Agent::new(settings)?;
    let (_gone, agent) = AGENTS.with(|agents| {
        let gone = agents.tidied(now);
        let agent = agents.join(&fresh.settings).unwrap_or_else(|| {
            let agent = Arc::new(fresh);
            agents.all.push(Counted { agent: agent.clone(), clients: 1, unused: None });
            agent
        });
        (gone, agent)
    });
    Ok(Shared(agent))
}

/// Lets go of what no client has used for a while.
pub fn tidy() {
    let now = Instant::now();
    drop(AGENTS.with(|agents| agents.tidied(now)));
}

/// The authorities of a file with these bytes, where a client has read them already.
pub fn known(bytes: &[u8]) -> Option<Arc<Authorities>> {
    AGENTS.with(|agents| {
        let own = |counted: &Counted| counted.agent.settings.trust.as_ref()?.own.clone();
        agents.all.iter().filter_map(own).find(|own| own.bytes == bytes)
    })
}

impl Drop for Shared {
    fn drop(&mut self) {
        // Another generation's is held by what was forgotten of it, and closes nothing.
        if !self.0.is_ours() {
            return;
        }
        let now = Instant::now();
        let (is_last, _gone) = AGENTS.with(|agents| (agents.leave(&self.0, now), agents.tidied(now)));
        if is_last {
            self.0.idle.close_all_but(MOST_IDLE_UNUSED);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(host: &str) -> Settings {
        Settings { host: host.to_owned(), proxy: None, trust: None }
    }

    fn all() -> Agents {
        Agents { generation: process::generation(), all: Vec::new() }
    }

    fn with(agents: &mut Agents, host: &str, unused: Option<Instant>) {
        let agent = Arc::new(Agent::new(settings(host)).unwrap());
        agents.all.push(Counted { agent, clients: usize::from(unused.is_none()), unused });
    }

    fn hosts(gone: &[Counted]) -> Vec<&str> {
        gone.iter().map(|counted| counted.agent.settings.host.as_str()).collect()
    }

    #[test]
    fn equal_settings_are_one_agent_also_after_its_last_client_has_gone() {
        let first = share(settings("http://one.invalid")).unwrap();
        let second = share(settings("http://one.invalid")).unwrap();
        assert!(Arc::ptr_eq(&first, &second));
        let proxied = Settings { proxy: Some(Secret::new("http://p.invalid")), ..settings("http://one.invalid") };
        for other in [settings("http://one.invalid:81"), settings("https://one.invalid"), proxied] {
            assert!(!Arc::ptr_eq(&first, &share(other).unwrap()));
        }
        let known = first.clone();
        drop((first, second));
        assert!(Arc::ptr_eq(&known, &share(settings("http://one.invalid")).unwrap()));
    }

    #[test]
    fn an_unused_agent_goes_after_a_minute_and_a_few_are_kept_at_most() {
        let now = Instant::now();
        let mut agents = all();
        with(&mut agents, "used", None);
        with(&mut agents, "unused", Some(now));
        assert!(agents.tidied(now + STAYS / 2).is_empty());
        assert_eq!(hosts(&agents.tidied(now + STAYS)), ["unused"]);
        assert!(agents.tidied(now + STAYS * 100).is_empty(), "a client uses the other");
        let names: Vec<String> = (0..MOST_UNUSED + 2).map(|n| n.to_string()).collect();
        names.iter().for_each(|name| with(&mut agents, name, Some(now)));
        assert_eq!(hosts(&agents.tidied(now)), ["0", "1"], "those that were let go of first");
        assert_eq!(agents.all.len(), 1 + MOST_UNUSED);
        assert!(agents.join(&settings("2")).is_some());
        assert!(agents.tidied(now + STAYS).len() == MOST_UNUSED - 1 && agents.all.len() == 2);
    }

    #[test]
    fn the_parents_agents_are_left_alone() {
        let mut agents = all();
        with(&mut agents, "parents", Some(Instant::now()));
        let parents = agents.all[0].agent.clone();
        agents.generation = process::generation().wrapping_sub(1);
        assert!(agents.tidied(Instant::now() + STAYS).is_empty());
        assert!(agents.all.is_empty() && Arc::strong_count(&parents) == 2, "forgotten, and not dropped");
    }
}
