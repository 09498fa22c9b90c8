//! A whole client in simulated time, without a socket: clock and way to the server are replaced, everything else is as released.

use std::sync::{Arc, Mutex};

use finaut_core::client::Client;
use finaut_core::clock::Clock;
use finaut_core::config::Config;
use finaut_core::error::{Code, Error};
use finaut_core::http::{Answer, Broken, Cause, Exchange, Method, Outcome, Outgoing, RetryAfter};
use finaut_core::store::memory::MemoryStore;
use serde_json::json;

use super::clocks::Simulated;
use super::stage::call;

/// A server of one user, with DRF's throttle (`SimpleRateThrottle`: refused requests are not recorded).
#[derive(Debug)]
struct Server {
    requests: usize,
    per_s: f64,
    /// The exchange of this number breaks after it was sent.
    breaks: Option<usize>,
    log: Mutex<Log>,
}

#[derive(Debug, Default)]
struct Log {
    accepted: Vec<f64>,
    refused: usize,
    tokens: usize,
    seen: usize,
}

impl Exchange for Server {
    fn exchange(&self, clock: &dyn Clock, outgoing: &Outgoing) -> Result<Outcome, Error> {
        // The server counts in the middle of the exchange.
        clock.sleep(0.2);
        let mut log = self.log.lock().unwrap();
        let answer = |status: u16, body: serde_json::Value, retry_after: RetryAfter| {
            clock.sleep(0.2);
            let body = body.to_string().into_bytes();
            let received = clock.now();
            Ok(Outcome::Answered(Answer {
                status,
                body,
                retry_after,
                packed: None,
                location: None,
                correlation_id: None,
                received,
            }))
        };
        if outgoing.method == Method::POST && outgoing.url.ends_with("/o/token/") {
            log.tokens += 1;
            return answer(200, json!({ "access_token": format!("t{}", log.tokens), "expires_in": 3600 }), RetryAfter::Absent);
        }
        assert!(outgoing.authorization.is_some_and(|value| value.starts_with("Bearer t")));
        log.seen += 1;
        let now = clock.now();
        log.accepted.retain(|at| *at > now - self.per_s);
        if log.accepted.len() >= self.requests {
            log.refused += 1;
            return answer(429, json!({ "detail": "Request was throttled." }), RetryAfter::Seconds(60.0));
        }
        log.accepted.push(now);
        if self.breaks == Some(log.seen) {
            let detail = "cut on purpose".to_owned();
            return Ok(Outcome::Broken(Broken { cause: Cause::Cut, sent: true, received: None, detail }));
        }
        answer(200, json!({ "id": "http://127.0.0.1:1/finautapi/v1/user/5/", "first_name": "Kari" }), RetryAfter::Absent)
    }
}

fn client_of(server: &Arc<Server>, clock: &Arc<Simulated>, max_wait_s: f64) -> Client {
    client_with(server, clock, max_wait_s, json!({}))
}

fn client_with(server: &Arc<Server>, clock: &Arc<Simulated>, max_wait_s: f64, settings: serde_json::Value) -> Client {
    let mut config = json!({
        "host": "http://127.0.0.1:1", "client_id": "simulated", "client_secret": "sandbox-secret", "max_wait_s": max_wait_s,
        "throttle": { "requests": server.requests, "per_s": server.per_s },
    });
    config.as_object_mut().unwrap().extend(super::stage::object(settings));
    let config = Config::read(config.to_string().as_bytes(), &|_| None).unwrap();
    Client::over(server.clone(), config, Arc::new(MemoryStore::alone().unwrap()), clock.clone())
}

fn server(breaks: Option<usize>) -> Arc<Server> {
    Arc::new(Server { requests: 200, per_s: 3600.0, breaks, log: Mutex::default() })
}

#[test]
fn a_job_of_three_windows_is_never_refused_and_takes_no_real_time() {
    let (server, clock) = (server(None), Arc::new(Simulated::default()));
    let client = client_of(&server, &clock, 4000.0);
    for _ in 0..601 {
        call(&client, "users.get", json!({ "id": 5, "fresh": true })).unwrap();
    }
    let log = server.log.lock().unwrap();
    assert_eq!((log.refused, log.seen), (0, 601));
    assert!(log.tokens >= 4, "the token was renewed: {}", log.tokens);
    let (took, bound) = (clock.now(), 3.0 * 3600.0);
    assert!((bound..bound * 1.03).contains(&took), "{took} s");
}

#[test]
fn a_broken_exchange_is_repeated_and_a_deadline_kept_in_simulated_time() {
    let (server, clock) = (server(Some(3)), Arc::new(Simulated::default()));
    let client = client_of(&server, &clock, 30.0);
    for _ in 0..199 {
        call(&client, "users.get", json!({ "id": 5 })).unwrap();
    }
    // The 200th slot went with the exchange that broke; the next one is an hour away, and this call may wait 30 s.
    let before = clock.now();
    let error = call(&client, "users.get", json!({ "id": 5 })).expect_err("no slot is left");
    assert_eq!(error.code(), Code::Throttled, "{}", error.json());
    assert!(error.details().retry_after_s.is_some_and(|seconds| seconds > 3000.0), "{}", error.json());
    assert_eq!(clock.now(), before, "it fails at once");
}

/// How many waits are told while a call waits 100 s for its slot.
fn waits_told(settings: serde_json::Value) -> usize {
    let (server, clock) =
        (Arc::new(Server { requests: 1, per_s: 100.0, breaks: None, log: Mutex::default() }), Arc::new(Simulated::default()));
    let client = client_with(&server, &clock, 4000.0, settings);
    let waits = Arc::new(Mutex::new(0));
    let into = waits.clone();
    client.observe(Some(Arc::new(move |event: &str| {
        *into.lock().unwrap() += usize::from(event.contains("\"wait\""));
        false
    })));
    for _ in 0..2 {
        call(&client, "users.get", json!({"id": 5})).unwrap();
    }
    *waits.lock().unwrap()
}

#[test]
fn a_wait_is_told_every_observe_s() {
    let (usual, seldom, often) =
        (waits_told(json!({})), waits_told(json!({"observe_s": 20})), waits_told(json!({"observe_s": 0.1})));
    assert!((150..=202).contains(&usual), "{usual}");
    assert!((4..=6).contains(&seldom), "{seldom}");
    assert!((600..=1010).contains(&often), "{often}");
}
