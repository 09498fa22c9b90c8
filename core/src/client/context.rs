//! What a client is made of, and what its calls are therefore given: configuration, state, clock, the way to the server, and
//! the host program's wishes.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Code, Error};
use crate::http::Exchange;
use crate::process::Mutex;
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
    /// Calls that were given a name, and how each is told to stop.
    named: Mutex<Vec<(String, Arc<AtomicBool>)>>,
}

impl Host {
    /// Makes every call that runs now stop at its next wait.
    pub fn interrupt(&self) {
        self.interrupts.fetch_add(1, Ordering::AcqRel);
    }

    /// Makes the call of this name stop at its next wait. Returns whether one runs.
    pub fn interrupt_call(&self, call_id: &str) -> bool {
        self.named.with(|named| {
            let mut found = false;
            for (_, stop) in named.iter().filter(|(name, _)| name == call_id) {
                stop.store(true, Ordering::Release);
                found = true;
            }
            found
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

    /// Registers a named call while the returned value lives. Errors: `argument` when a call of this name runs already.
    pub fn name(self: &Arc<Self>, call_id: &str, stop: &Arc<AtomicBool>) -> Result<NamedCall, Error> {
        let free = self.named.with(|named| {
            let free = named.iter().all(|(name, _)| name != call_id);
            if free {
                named.push((call_id.to_owned(), stop.clone()));
            }
            free
        });
        if free {
            return Ok(NamedCall { host: self.clone(), stop: stop.clone() });
        }
        let shown = crate::text::excerpt(call_id, 64);
        Err(Error::new(Code::Argument, format!("call_id: a call named \"{shown}\" runs already; give each its own."))
            .nothing_sent())
    }
}

/// A call that can be interrupted by its name; forgotten when dropped.
pub struct NamedCall {
    host: Arc<Host>,
    stop: Arc<AtomicBool>,
}

impl Drop for NamedCall {
    fn drop(&mut self) {
        self.host.named.with(|named| named.retain(|(_, stop)| !Arc::ptr_eq(stop, &self.stop)));
    }
}
