//! The way to a server in this process: requests go to the sandbox's register without a socket, and time passes only on the simulated
//! clock. What is asked, and when, is known here; what a test wants of it is not.

use std::sync::{Arc, Mutex, MutexGuard};

use finaut_core::client::Client;
use finaut_core::clock::Clock;
use finaut_core::config::Config;
use finaut_core::error::Error;
use finaut_core::http::{Answer, Exchange, Method, Outcome, Outgoing, RetryAfter};
use finaut_core::store::memory::MemoryStore;
use finaut_sandbox::{Model, Sandbox, Sent};
use serde_json::{Map, Value, json};

/// Where the server is said to be.
pub const HOST: &str = "http://127.0.0.1:1";
/// How long a request takes to the server, and its answer back.
pub const WAY_S: f64 = 0.2;

/// One request that reached the API; those for tokens are not among them.
#[derive(Debug, Clone)]
pub struct Asked {
    /// When, in seconds of the simulated clock.
    pub at: f64,
    pub method: String,
    /// What follows the API's root, with the query.
    pub path: String,
    pub body: String,
}

/// A server in this process.
pub struct InProcess {
    model: Mutex<Model>,
    /// The time of the register's clock, as the simulated one has it.
    time: Mutex<f64>,
    asked: Mutex<Vec<Asked>>,
}

impl std::fmt::Debug for InProcess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InProcess")
    }
}

impl InProcess {
    /// With so many people of one company, under a throttle of `limit` requests in `window_s` seconds, at the clock's time.
    pub fn new(people: usize, (limit, window_s): (usize, f64), clock: &dyn Clock) -> Arc<InProcess> {
        let builder = Sandbox::builder().users(people).companies(1).throttle(limit, window_s);
        let model = builder.credentials("sandbox-client", "sandbox-secret").start_at(clock.wall()).speed(0.0).model();
        Arc::new(InProcess { model: Mutex::new(model), time: Mutex::new(clock.wall()), asked: Mutex::default() })
    }

    pub fn model(&self) -> MutexGuard<'_, Model> {
        self.model.lock().unwrap()
    }

    /// What was asked so far; it is forgotten.
    pub fn take_asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    /// A client of this server, with all its state in the process.
    pub fn client(
        self: &Arc<Self>,
        clock: &Arc<impl Clock + 'static>,
        (limit, window_s): (usize, f64),
        settings: Value,
    ) -> Client {
        let mut config = json!({
            "host": HOST, "client_id": "sandbox-client", "client_secret": "sandbox-secret", "state": "in the process",
            "throttle": { "requests": limit, "per_s": window_s },
        });
        if let (Value::Object(config), Value::Object(settings)) = (&mut config, settings) {
            config.extend(settings);
        }
        let config = Config::read(config.to_string().as_bytes(), &|_| None).unwrap_or_else(|e| panic!("{e}"));
        Client::over(self.clone(), config, Arc::new(MemoryStore::alone().unwrap()), clock.clone())
    }
}

impl Exchange for InProcess {
    fn exchange(&self, clock: &dyn Clock, outgoing: &Outgoing) -> Result<Outcome, Error> {
        clock.sleep(WAY_S);
        let body = outgoing.body.unwrap_or_default();
        let mut headers = vec![("accept", "application/json".to_owned()), ("content-type", outgoing.content_type.to_owned())];
        headers.extend(outgoing.authorization.map(|value| ("authorization", value.to_owned())));
        let whole = outgoing.url.strip_prefix(HOST).expect("the server's own address");
        let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
        let method = outgoing.method.as_str();
        let sent = Sent {
            host: HOST.to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body.to_vec(),
        };
        let answered = {
            let (mut model, mut time, now) = (self.model(), self.time.lock().unwrap(), clock.wall());
            model.advance(now - *time);
            *time = now;
            model.exchange(&sent, None)
        };
        let status = answered.status;
        if let Some((_, path)) = outgoing.url.split_once("/finautapi/v1/") {
            self.asked.lock().unwrap().push(Asked {
                at: clock.now(),
                method: outgoing.method.as_str().to_owned(),
                path: path.to_owned(),
                body: String::from_utf8_lossy(body).into_owned(),
            });
        } else {
            assert_eq!(outgoing.method, Method::POST, "a token is asked for");
        }
        clock.sleep(WAY_S);
        let header = |wanted: &str| {
            let found = answered.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.clone())
        };
        let retry_after =
            header("Retry-After").and_then(|value| value.parse().ok()).map_or(RetryAfter::Absent, RetryAfter::Seconds);
        let correlation_id = header("X-Correlation-Id");
        let received = clock.now();
        Ok(Outcome::Answered(Answer {
            status,
            body: answered.body,
            retry_after,
            packed: None,
            location: None,
            correlation_id,
            received,
        }))
    }
}

/// A call of an operation, with its arguments as an object.
pub fn call(client: &Client, operation: &str, args: Value) -> Result<Map<String, Value>, Error> {
    finaut_core::call(client, operation, &args.to_string()).map(|reply| reply.view().unwrap_or_default())
}
