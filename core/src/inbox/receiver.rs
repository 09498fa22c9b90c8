//! The receiver: a small HTTP server for hosts that have none. It hands what came to the same functions as `webhook.accept` and
//! answers only when it is kept. One thread speaks HTTP, one keeps in one durable step what came meanwhile. Everything is bounded:
//! connections, heads, bodies, times, and what waits to be kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

use serde::Serialize;
use tokio::sync::{mpsc, oneshot};

use super::kept;
use crate::client::Client;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::process::{self, Mutex, shortage};

mod body;
mod health;
mod http;
mod settings;
mod shared;
mod socket;
mod thread;
mod writer;

pub use http::STOPS_WITHIN_S;
pub use settings::KEYS;

use settings::Settings;
use shared::{MOST_WAITING, Shared};

/// Anybody could fill the inbox with inventions, and real webhooks would have to wait.
fn without_secret() -> Error {
    let problem = "the receiver would believe anybody, for the client's configuration has no secret for webhooks. Put one into its \
                   \"inbox\", as {\"path_secret\": \"…\"} (then webhooks come to …/finaut/webhook/<secret>), {\"header\": {\"name\": \"…\", \
                   \"value\": \"…\"}} or {\"hmac_secret\": \"…\"}; a random one is made by: openssl rand -hex 16. Where something else keeps \
                   strangers away, say so to the receiver with \"open\": true";
    Error::new(Code::Config, format!("open: {problem}.")).field("open", problem)
}

/// A receiver at work. Dropping it stops it.
pub struct Receiver {
    shared: Arc<Shared>,
    address: std::net::SocketAddr,
    /// In which process of a line of forks it runs.
    generation: u64,
    running: Mutex<Option<Running>>,
}

struct Running {
    stop: oneshot::Sender<()>,
    threads: [JoinHandle<()>; 2],
}

impl Receiver {
    /// Listens from now on. `config`: an object with any of [`KEYS`]. Errors: `config`, also where neither a secret nor `open` is
    /// there; `network` where the address cannot be had; `state`, also where the system has no descriptor or thread left for it.
    pub fn start(client: Arc<Client>, config: &Json) -> Result<Receiver, Error> {
        let shared = Arc::new(Shared::new(client, Settings::read(config)?));
        kept::check(&shared.call(), shared.at(&shared.call()))?;
        if !shared.settings.open && !shared.client.config.inbox.has_secret() {
            return Err(without_secret());
        }
        let failed = |e: std::io::Error| {
            if let Some(short) = shortage::words(&e) {
                return Error::new(Code::State, format!("The receiver cannot start: {short}."));
            }
            let message = format!(
                "The receiver cannot listen at {} ({e}). Is another program there, or may this user not use the port? Name another address as \"listen\".",
                shared.settings.listen
            );
            Error::new(Code::Network, message)
        };
        let listener = socket::bind(&*shared.client.clock, shared.settings.listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let runtime = http::runtime().map_err(failed)?;
        let (stop, stopped) = oneshot::channel();
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        let writing = shared.clone();
        let writer = thread::start("finaut-inbox", move || writer::write(&writing, waiting))?;
        let speaking = shared.clone();
        let listening = socket::Listening::new(&listener);
        let speaker = thread::start("finaut-receiver", move || {
            let _listening = listening;
            http::speak(&speaking, &runtime, listener, jobs, stopped);
        })?;
        let running = Running { stop, threads: [speaker, writer] };
        Ok(Receiver { shared, address, generation: process::generation(), running: Mutex::new(Some(running)) })
    }

    /// `{"address", "urls", "accepted", "refused", "failed", "trouble"}`: `trouble` is what keeps it from working now, or null.
    pub fn status(&self) -> Json {
        #[derive(Serialize)]
        struct Status {
            address: String,
            urls: Vec<String>,
            accepted: u64,
            refused: u64,
            failed: u64,
            trouble: Option<String>,
        }
        let shared = &self.shared;
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Json::of(&Status {
            address: self.address.to_string(),
            urls: shared.settings.paths.iter().map(|path| format!("http://{}{path}", self.address)).collect(),
            accepted: count(&shared.accepted),
            refused: count(&shared.refused),
            failed: count(&shared.failed),
            trouble: shared.trouble.with(|trouble| trouble.clone()),
        })
    }

    /// Stops listening, lets those finish who are being answered, and waits for the threads.
    pub fn stop(&self) {
        let Some(running) = self.running.with(Option::take) else { return };
        if self.generation != process::generation() {
            // The threads are the parent's, and so is what their memory refers to.
            std::mem::forget(running);
            return;
        }
        self.shared.stopping.store(true, Ordering::Relaxed);
        let _ = running.stop.send(());
        for thread in running.threads {
            let _ = thread.join();
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.stop();
    }
}
