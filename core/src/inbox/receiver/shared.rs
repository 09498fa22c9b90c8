//! What the receiver's two threads share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use tokio::sync::oneshot;

use super::settings::Settings;
use crate::client::{Call, Client, Options};
use crate::inbox::delivery::Delivery;
use crate::inbox::refusal::Refusal;
use crate::process::Mutex;
use crate::store::At;

/// How many requests may wait to be kept.
pub const MOST_WAITING: usize = 1024;
/// How long to wait for the store when others have it, in seconds.
const PATIENCE_S: f64 = 2.0;

/// What both threads need.
pub struct Shared {
    /// The client whose inbox it is.
    pub client: Arc<Client>,
    /// How to serve.
    pub settings: Settings,
    /// The receiver stops: what is not kept yet is not waited for.
    pub stopping: AtomicBool,
    /// How much of all bodies together is in memory.
    pub bytes: AtomicUsize,
    /// How many requests were kept.
    pub accepted: AtomicU64,
    /// How many were refused.
    pub refused: AtomicU64,
    /// How many could not be served.
    pub failed: AtomicU64,
    /// What keeps the receiver from working now.
    pub trouble: Mutex<Option<String>>,
    /// When the writer was last asked for a load balancer, in seconds of the client's clock, and whether it can keep.
    pub health: Mutex<Option<(f64, bool)>>,
}

/// A request that waits to be kept, and who is told what became of it; `Err`: it could not be kept now.
pub struct Job {
    /// What it brought; `None`: nothing, it asks whether something could be kept.
    pub delivery: Option<Delivery>,
    /// Where the answer goes.
    pub done: oneshot::Sender<Result<Option<Refusal>, ()>>,
}

impl Shared {
    /// The beginning of a receiver.
    pub fn new(client: Arc<Client>, settings: Settings) -> Shared {
        Shared {
            client,
            settings,
            stopping: AtomicBool::new(false),
            bytes: AtomicUsize::new(0),
            accepted: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            trouble: Mutex::new(None),
            health: Mutex::new(None),
        }
    }

    /// A call of `webhook.accept`.
    pub fn call(&self) -> Call<'_> {
        let options = Options { max_wait_s: PATIENCE_S, ..Options::of(&self.client.config) };
        Call::new(&self.client, "webhook.accept", options)
    }

    /// How patiently that call asks the store. A receiver that stops does not wait for it.
    pub fn at<'a>(&self, call: &Call<'a>) -> At<'a> {
        let patience_s = if self.stopping.load(Ordering::Relaxed) { 0.0 } else { PATIENCE_S };
        At { clock: call.clock(), patience_s }
    }
}
