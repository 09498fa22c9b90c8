//! What a client is made of, and what its calls are therefore given: configuration, state, clock, the way to the server, and
//! the host program's wishes.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::config::Config;
use crate::error::Error;
use crate::http::Exchange;
use crate::process::{self, Mutex};
use crate::redact::Redactor;
use crate::store::{At, Store};

/// Is told of every event (a JSON object in a string); `true` stops the call that it belongs to. It runs on the calling
/// thread, of several at once where several call.
pub type Observer = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// Minimum time to wait for the store's lock, even past the call's deadline: others hold it for moments.
pub const PATIENCE_S: f64 = 2.0;

/// How many tokens a client recognises.
const MOST_TOKENS: usize = 64;

/// The parts of one client, shared by all its calls.
pub struct Context {
    /// The checked configuration.
    pub config: Config,
    /// The account's state.
    pub store: Arc<dyn Store>,
    /// The clock of dates and of waiting.
    pub clock: Arc<dyn Clock>,
    /// The way to the server.
    pub exchange: Arc<dyn Exchange>,
    /// The host program's side.
    pub host: Arc<Host>,
    /// Tokens that the state has had since the client was made, the latest last: a server may quote one that the state has forgotten.
    pub tokens: Mutex<Vec<Zeroizing<String>>>,
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("host", &self.config.host)
            .field("client_id", &self.config.client_id)
            .finish_non_exhaustive()
    }
}

impl Context {
    /// A name for `text` that only those who know the secret can make, and nobody can turn back.
    pub fn fingerprint(&self, label: &str, text: &str) -> String {
        self.store.fingerprint(label, text)
    }

    /// The redactor of everything that this client must not show now: the configuration's secrets, and the tokens of late.
    pub fn redactor(&self) -> Redactor {
        self.redactor_with(Vec::new())
    }

    /// The same, of these as well: what an answer holds that is not kept.
    pub fn redactor_with(&self, mut plain: Vec<Zeroizing<String>>) -> Redactor {
        plain.extend(self.config.secrets());
        let at = At { clock: &*self.clock, patience_s: PATIENCE_S };
        let mut latest = Vec::new();
        let _ = self.store.look_at_token(at, &mut |state, _| {
            latest = state.values().iter().map(|token| Zeroizing::new(token.reveal().to_owned())).collect();
        });
        self.tokens.with(|tokens| {
            tokens.retain(|token| !latest.contains(token));
            tokens.append(&mut latest);
            tokens.drain(..tokens.len().saturating_sub(MOST_TOKENS));
            plain.extend(tokens.iter().cloned());
        });
        Redactor::new(plain)
    }

    /// `text` without identity numbers and without this client's secrets.
    pub fn redacted(&self, text: &str) -> String {
        self.redactor().redact(text)
    }

    /// The beginning of what somebody else wrote, on one line and redacted.
    pub fn excerpt(&self, text: &str, most: usize) -> String {
        self.redactor().excerpt(text, most)
    }

    /// Adds to an error what nobody but the client can: takes out of all its texts what must not be shown. Bounded as
    /// [`Error::redacted`] says.
    pub fn redacted_error(&self, error: Error) -> Error {
        let redactor = self.redactor();
        error.redacted(&|text, most| redactor.redact_within(text, most))
    }
}

/// The host program's side: what it wants to know, and whether it wants to stop.
#[derive(Default)]
pub struct Host {
    interrupts: AtomicU64,
    observer: Mutex<Option<Observer>>,
    named: Mutex<Named>,
}

/// For how long a name is remembered that was interrupted before its call began, in seconds.
const EARLY_S: f64 = 60.0;
/// How many such names are remembered at most; the oldest go first.
const MOST_EARLY: usize = 1000;

/// The names of calls.
#[derive(Default)]
struct Named {
    running: Vec<Running>,
    /// Names that were interrupted while no such call ran, and until when each is remembered.
    early: VecDeque<(String, f64)>,
}

/// A call that was given a name, and how it is told to stop.
struct Running {
    call_id: String,
    stop: Arc<AtomicBool>,
    /// In which process of a line of forks it runs: a child has the names of its parent's calls, but not their threads.
    generation: u64,
}

impl Running {
    fn is(&self, call_id: &str) -> bool {
        self.call_id == call_id && self.generation == process::generation()
    }
}

impl Host {
    /// Makes every call that runs now stop at its next wait.
    pub fn interrupt(&self) {
        self.interrupts.fetch_add(1, Ordering::AcqRel);
    }

    /// Makes the call of this name stop at its next wait. Returns whether one runs; if not, the next that begins with this name within a
    /// minute ends at once. `now`: the clock's seconds.
    pub fn interrupt_call(&self, call_id: &str, now: f64) -> bool {
        self.named.with(|named| {
            if let Some(running) = named.running.iter().find(|running| running.is(call_id)) {
                running.stop.store(true, Ordering::Release);
                return true;
            }
            named.early.retain(|(early, until)| early != call_id && *until > now);
            if named.early.len() >= MOST_EARLY {
                named.early.pop_front();
            }
            named.early.push_back((call_id.to_owned(), now + EARLY_S));
            false
        })
    }

    /// How often all calls were interrupted so far.
    pub fn interrupts(&self) -> u64 {
        self.interrupts.load(Ordering::Acquire)
    }

    /// Sets who is told of events; `None`: nobody.
    pub fn observe(&self, observer: Option<Observer>) {
        let former = self.observer.with(|known| std::mem::replace(known, observer));
        // Dropped outside of the lock: it is the host's code.
        drop(former);
    }

    /// Who is told of events.
    pub fn observer(&self) -> Option<Observer> {
        self.observer.with(|observer| observer.clone())
    }

    /// Whether anybody is told.
    pub fn is_observed(&self) -> bool {
        self.observer.with(|observer| observer.is_some())
    }

    /// Registers a named call while the returned value lives; `None` if it was interrupted before. Errors: `argument` when a call of this
    /// name runs already.
    pub fn name(self: &Arc<Self>, call_id: &str, stop: &Arc<AtomicBool>, now: f64) -> Result<Option<NamedCall>, Error> {
        let is_early = self.named.with(|named| {
            if named.running.iter().any(|running| running.is(call_id)) {
                return None;
            }
            let early = named.early.iter().position(|(early, until)| early == call_id && *until > now);
            if let Some(early) = early {
                named.early.remove(early);
                return Some(true);
            }
            let generation = process::generation();
            named.running.push(Running { call_id: call_id.to_owned(), stop: stop.clone(), generation });
            Some(false)
        });
        match is_early {
            Some(true) => Ok(None),
            Some(false) => Ok(Some(NamedCall { host: self.clone(), stop: stop.clone() })),
            None => {
                let problem = format!("a call named {} runs already; give each its own", crate::text::quoted(call_id, 64));
                Err(Error::argument(format!("call_id: {problem}.")).field("call_id", &problem))
            }
        }
    }
}

/// A call that can be interrupted by its name; forgotten when dropped.
pub struct NamedCall {
    host: Arc<Host>,
    stop: Arc<AtomicBool>,
}

impl Drop for NamedCall {
    fn drop(&mut self) {
        self.host.named.with(|named| named.running.retain(|running| !Arc::ptr_eq(&running.stop, &self.stop)));
    }
}
