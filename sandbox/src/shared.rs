//! What all connections and the sender share: the world behind its lock, and who is told of what happens in it.

use crate::base::Base;
use crate::request::Request;
use crate::webhooks::delivery::Delivery;
use crate::world::World;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) type Observer<T> = Box<dyn Fn(&T) + Send + Sync>;

/// Who is told of what happens.
#[derive(Default)]
pub(crate) struct Observers {
    pub(crate) request: Option<Observer<Request>>,
    pub(crate) delivery: Option<Observer<Delivery>>,
}

pub(crate) struct Shared {
    world: Mutex<World>,
    pub(crate) observers: Observers,
    /// `http` or `https`.
    pub(crate) scheme: &'static str,
    pub(crate) address: SocketAddr,
}

impl Shared {
    pub(crate) fn new(mut world: World, observers: Observers, scheme: &'static str, address: SocketAddr) -> Self {
        // Certificates are for names; plain HTTP need not look one up.
        let host = if scheme == "https" { "localhost" } else { "127.0.0.1" };
        world.base = Base(format!("{scheme}://{host}:{}", address.port()));
        Self { world: Mutex::new(world), observers, scheme, address }
    }

    /// A panic in one request must not hide the state from the test that looks for the reason.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
