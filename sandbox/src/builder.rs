//! How a sandbox is to be, and its start.

use crate::model::Model;
use crate::request::Request;
use crate::sandbox::Sandbox;
use crate::sender;
use crate::server;
use crate::shared::{Observers, Shared};
use crate::switches::Switches;
use crate::tls::{self, ThrowawayCa};
use crate::webhooks::delivery::Delivery;
use crate::webhooks::settings::Webhooks;
use crate::world::{Beginning, World};
use std::io;
use std::sync::{Arc, mpsc};
use std::thread;
use tokio::sync::oneshot;

/// Settings of a sandbox; every one has a default.
pub struct Builder {
    port: u16,
    beginning: Beginning,
    tls: Option<(String, String)>,
    ca_pem: Option<String>,
    observers: Observers,
}

impl Builder {
    fn new() -> Self {
        Self { port: 0, beginning: Beginning::default(), tls: None, ca_pem: None, observers: Observers::default() }
    }

    /// The port on 127.0.0.1; 0, the default, is any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// How many people there are at the start (25).
    #[must_use]
    pub fn users(mut self, users: usize) -> Self {
        self.beginning.users = users;
        self
    }

    /// How many companies there are (3), with four departments each; at least one.
    #[must_use]
    pub fn companies(mut self, companies: usize) -> Self {
        self.beginning.companies = companies.max(1);
        self
    }

    /// Another seed makes other people.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.beginning.seed = seed;
        self
    }

    /// So many requests per window of so many seconds (200 per 3600.0).
    #[must_use]
    pub fn throttle(mut self, limit: usize, window_s: f64) -> Self {
        (self.beginning.limit, self.beginning.window_s) = (limit, window_s);
        self
    }

    /// Seconds that a token is good for (3600).
    #[must_use]
    pub fn token_life_s(mut self, seconds: u64) -> Self {
        self.beginning.token_life_s = seconds;
        self
    }

    /// Client id and secret of the first account (`sandbox-client`, `sandbox-secret`).
    #[must_use]
    pub fn credentials(mut self, client_id: &str, client_secret: &str) -> Self {
        self.beginning.credentials[0] = (client_id.to_owned(), client_secret.to_owned());
        self
    }

    /// One more account, with a throttle of its own.
    #[must_use]
    pub fn account(mut self, client_id: &str, client_secret: &str) -> Self {
        self.beginning.credentials.push((client_id.to_owned(), client_secret.to_owned()));
        self
    }

    /// Lets an account see the people and departments of these companies only (2201, 2202, …), as a customer's does; all, by default.
    #[must_use]
    pub fn sees(mut self, client_id: &str, companies: &[u64]) -> Self {
        self.beginning.sights.push((client_id.to_owned(), companies.to_vec()));
        self
    }

    /// Changes what is taken for granted about the server: `.switches(|s| s.validation_status = 400)`.
    #[must_use]
    pub fn switches(mut self, change: impl FnOnce(&mut Switches)) -> Self {
        change(&mut self.beginning.switches);
        self
    }

    /// Posts results and statuses to this URL.
    #[must_use]
    pub fn webhook(self, url: &str) -> Self {
        self.webhooks(|webhooks| webhooks.url = Some(url.to_owned()))
    }

    /// Changes how webhooks and the link flow's callback are sent: `.webhooks(|w| w.duplicates = 2)`.
    #[must_use]
    pub fn webhooks(mut self, change: impl FnOnce(&mut Webhooks)) -> Self {
        change(&mut self.beginning.webhooks);
        self
    }

    /// Starts the sandbox's clock at this Unix time in seconds instead of now.
    #[must_use]
    pub fn start_at(mut self, unix_s: f64) -> Self {
        self.beginning.start_unix_s = Some(unix_s);
        self
    }

    /// So many of the sandbox's seconds pass in one second (1.0); at 0.0 its clock stands still.
    #[must_use]
    pub fn speed(mut self, speed: f64) -> Self {
        self.beginning.speed = speed;
        self
    }

    /// HTTPS with this certificate chain and key, both PEM.
    #[must_use]
    pub fn tls(mut self, cert_pem: &str, key_pem: &str) -> Self {
        self.tls = Some((cert_pem.to_owned(), key_pem.to_owned()));
        self
    }

    /// HTTPS with a certificate for localhost and 127.0.0.1 from a throw-away authority: `Sandbox::ca_pem`.
    #[must_use]
    pub fn with_tls(mut self) -> Self {
        let ca = ThrowawayCa::new();
        self.ca_pem = Some(ca.pem());
        self.tls = Some(ca.certificate_for(&["localhost", "127.0.0.1"]));
        self
    }

    /// Is called for each request, when it has been dealt with.
    #[must_use]
    pub fn on_request(mut self, observer: impl Fn(&Request) + Send + Sync + 'static) -> Self {
        self.observers.request = Some(Box::new(observer));
        self
    }

    /// Is called after each attempt to deliver a webhook or a link flow's callback.
    #[must_use]
    pub fn on_delivery(mut self, observer: impl Fn(&Delivery) + Send + Sync + 'static) -> Self {
        self.observers.delivery = Some(Box::new(observer));
        self
    }

    /// The same register in the hands of a test, without a socket.
    ///
    /// # Panics
    /// Where [`Builder::try_start`] errs for what is no matter of connections.
    #[allow(clippy::panic)]
    pub fn model(self) -> Model {
        Model::of(self.beginning).unwrap_or_else(|problem| panic!("the register cannot begin: {problem}"))
    }

    /// Starts the sandbox on a thread of its own; it listens when this returns.
    ///
    /// # Panics
    /// Where [`Builder::try_start`] errs.
    #[allow(clippy::panic)] // a test without its sandbox should fail here
    pub fn start(self) -> Sandbox {
        self.try_start().unwrap_or_else(|error| panic!("the sandbox does not start: {error}"))
    }

    /// Starts the sandbox on a thread of its own; it listens when this returns.
    ///
    /// # Errors
    /// The port is taken, the certificate or the key is none, there are more people than identity numbers, or the webhooks'
    /// settings, a speed or the companies of an account cannot be.
    pub fn try_start(self) -> io::Result<Sandbox> {
        let acceptor = match &self.tls {
            Some((cert_pem, key_pem)) => Some(tls::acceptor(cert_pem, key_pem).map_err(io::Error::other)?),
            None => None,
        };
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let (client_id, client_secret) = self.beginning.credentials[0].clone();
        let (ca_pem, port) = (self.ca_pem.clone(), self.port);
        let (world, observers) = (World::new(self.beginning).map_err(io::Error::other)?, self.observers);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let (started, starting) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::Builder::new().name("finaut-sandbox".to_owned()).spawn(move || {
            runtime.block_on(async move {
                let bound = server::listen(port).and_then(|listener| Ok((listener.local_addr()?, listener)));
                let (address, listener) = match bound {
                    Ok(bound) => bound,
                    Err(error) => {
                        let error = io::Error::new(error.kind(), format!("port {port}: {error}"));
                        return drop(started.send(Err(error)));
                    }
                };
                let shared = Arc::new(Shared::new(world, observers, scheme, address));
                if started.send(Ok(shared.clone())).is_err() {
                    return;
                }
                tokio::select! {
                    () = server::accept(listener, acceptor, shared.clone()) => {}
                    () = sender::run(shared) => {}
                    _ = stopped => {}
                }
            });
        })?;
        let shared = starting.recv().map_err(io::Error::other)??;
        Ok(Sandbox::new(shared, client_id, client_secret, ca_pem, stop, thread))
    }
}

impl Sandbox {
    pub fn builder() -> Builder {
        Builder::new()
    }
}
