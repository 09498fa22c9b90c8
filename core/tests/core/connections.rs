//! Connections: which clients share them, how many there are, for how long they are kept, and what is learnt about them.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use finaut_core::client::Client;
use finaut_core::error::Code;
use finaut_core::store::memory::MemoryStore;
use finaut_sandbox::{Fault, Sandbox, ThrowawayCa};
use serde_json::{Value, json};

use super::clocks::MovedClock;
use super::stage::{Stage, call, client_of, config_of, stage};

/// A file that is gone with its test.
struct CaFile(PathBuf);

impl CaFile {
    fn new(pem: &str) -> CaFile {
        static FILES: AtomicUsize = AtomicUsize::new(0);
        let number = FILES.fetch_add(1, Ordering::SeqCst);
        let file = CaFile(std::env::temp_dir().join(format!("finaut-test-connections-{}-{number}.pem", std::process::id())));
        file.write(pem);
        file
    }

    fn write(&self, pem: &str) {
        std::fs::write(&self.0, pem).unwrap();
    }
}

impl Drop for CaFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A client on a clock that the test moves.
fn on_clock(sandbox: &Sandbox) -> (Client, Arc<MovedClock>) {
    let clock = Arc::new(MovedClock::default());
    let store = Arc::new(MemoryStore::alone().unwrap());
    (Client::with_parts(config_of(sandbox, json!({ "cache_s": 0 })), store, clock.clone()).unwrap(), clock)
}

fn look(client: &Client) {
    call(client, "results.list", json!({"page": 1})).unwrap();
}

#[test]
fn clients_made_one_after_the_other_agree_upon_tls_once() {
    let sandbox = Sandbox::builder().users(5).with_tls().start();
    let ca = CaFile::new(sandbox.ca_pem().unwrap());
    let made = || client_of(&sandbox, json!({"ca_file": ca.0}));
    look(&made());
    let before = sandbox.connections();
    for _ in 0..20 {
        look(&made());
    }
    assert_eq!(sandbox.connections(), before);
}

#[test]
fn clients_of_two_accounts_share_connections_and_no_token() {
    let sandbox = Sandbox::builder().users(5).credentials("shared-1", "one").account("shared-2", "two").start();
    let first = client_of(&sandbox, json!({}));
    let second = client_of(&sandbox, json!({"client_id": "shared-2", "client_secret": "two"}));
    look(&first);
    look(&second);
    let before = sandbox.connections();
    sandbox.clear_requests();
    for _ in 0..5 {
        look(&first);
        look(&second);
    }
    assert_eq!(sandbox.connections(), before);
    let requests = sandbox.requests();
    let tokens: Vec<&str> = requests.iter().map(|request| request.header("authorization").unwrap()).collect();
    assert!(tokens.len() == 10 && tokens.windows(3).all(|three| three[0] == three[2] && three[0] != three[1]), "{tokens:?}");
}

#[test]
fn another_proxy_or_authority_has_connections_of_its_own() {
    let sandbox = Sandbox::builder().users(5).with_tls().start();
    let ca = CaFile::new(sandbox.ca_pem().unwrap());
    let client = client_of(&sandbox, json!({"ca_file": ca.0}));
    look(&client);
    // The same name, another content: the connection that is there was trusted by another authority.
    ca.write(&ThrowawayCa::new().pem());
    let other = client_of(&sandbox, json!({"ca_file": ca.0, "max_wait_s": 0}));
    assert_eq!(call(&other, "check", json!({})).unwrap_err().code(), Code::Network);
    // Who was there before goes on; and so does a client that is made when the file is as it was.
    let before = sandbox.connections();
    look(&client);
    ca.write(sandbox.ca_pem().unwrap());
    look(&client_of(&sandbox, json!({"ca_file": ca.0})));
    assert_eq!(sandbox.connections(), before);
    let through_nobody = client_of(&sandbox, json!({"ca_file": ca.0, "proxy": "http://127.0.0.1:9", "max_wait_s": 0}));
    assert_eq!(call(&through_nobody, "check", json!({})).unwrap_err().code(), Code::Network);
}

#[test]
fn there_are_no_more_connections_than_threads() {
    let stage = stage();
    look(&stage.client);
    let before = stage.sandbox.connections();
    // All of them are under way at the same time, and then none, and then all again.
    stage.sandbox.fault(Fault::delay_after_acting(100).path("results/").always());
    for _ in 0..4 {
        std::thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(|| look(&stage.client)))));
    }
    stage.sandbox.clear_faults();
    let made = stage.sandbox.connections() - before;
    assert!(made <= 7, "one was there, and {made} were made");
    // Nor for requests that may not use a connection that was idle for a while.
    let (client, clock) = on_clock(&stage.sandbox);
    for n in 0..5 {
        look(&client);
        clock.forward(2.0);
        let status = json!({"appname": "afr", "user": stage.person(n).id, "status": "hvilende", "status_date": "2026-01-01"});
        call(&client, "userstatus.create", status).unwrap();
        assert!(stage.sandbox.open_connections() <= 8, "{}", stage.sandbox.open_connections());
    }
}

#[test]
fn a_connection_is_kept_for_a_minute_and_for_a_post_for_a_second() {
    let stage = stage();
    let (client, clock) = on_clock(&stage.sandbox);
    look(&client);
    let mut connections = stage.sandbox.connections();
    let mut made = |what: &dyn Fn()| {
        what();
        let before = std::mem::replace(&mut connections, stage.sandbox.connections());
        connections - before
    };
    let look = || look(&client);
    for pause_s in [18.0, 18.0, 50.0] {
        clock.forward(pause_s);
        assert_eq!(made(&look), 0, "after {pause_s} s");
    }
    clock.forward(61.0);
    assert_eq!(made(&look), 1);
    let create = |n: usize| {
        let status = json!({"appname": "afr", "user": stage.person(n).id, "status": "hvilende", "status_date": "2026-01-01"});
        call(&client, "userstatus.create", status).unwrap();
    };
    clock.forward(2.0);
    assert_eq!(made(&|| create(1)), 1, "a server that closes it just then would leave the outcome unknown");
    assert_eq!(made(&look), 0);
    // A clock that was set back says nothing about how long it has been.
    clock.forward(-1000.0);
    assert_eq!(made(&look), 1);
}

#[test]
fn a_server_that_says_for_how_long_it_keeps_connections_is_believed() {
    let stage = stage();
    let (client, clock) = on_clock(&stage.sandbox);
    let made_after = |said: &str, pause_s: f64| {
        stage.sandbox.clear_faults();
        let nothing = json!({"count": 0, "next": null, "previous": null, "results": []}).to_string();
        stage.sandbox.fault(Fault::status(200).body(&nothing).header("Keep-Alive", said).path("results/").always());
        look(&client);
        let before = stage.sandbox.connections();
        clock.forward(pause_s);
        look(&client);
        stage.sandbox.connections() - before
    };
    for (said, pause_s, made) in [
        ("timeout=5", 3.0, 0),
        ("timeout=5", 4.5, 1),
        ("max=100, Timeout = \"20\"", 18.0, 0),
        ("max=100, Timeout = \"20\"", 19.5, 1),
        ("timeout=1", 0.0, 1),
        ("timeout=0", 0.0, 1),
        ("timeout=3600", 59.0, 0),
        ("timeout=3600", 61.0, 1),
        ("timeout=soon", 59.0, 0),
        ("timeout", 59.0, 0),
    ] {
        assert_eq!(made_after(said, pause_s), made, "{said} and {pause_s} s");
    }
}

/// What one client found out about the server's connections, the next one knows.
#[test]
fn what_is_learnt_about_a_server_outlives_the_client() {
    let sandbox = Sandbox::builder().users(5).start();
    let made = || client_of(&sandbox, json!({"cache_s": 0}));
    look(&made());
    sandbox.fault(Fault::cut_before_acting().path("results/"));
    look(&made());
    let before = sandbox.connections();
    for _ in 0..3 {
        look(&made());
    }
    assert_eq!(sandbox.connections() - before, 3, "a new connection for each");
}

/// Does something while a slow request is under way.
fn meanwhile(stage: &Stage, act: impl FnOnce()) {
    stage.sandbox.fault(Fault::delay_after_acting(700).path("results/"));
    std::thread::scope(|scope| {
        scope.spawn(|| look(&stage.client));
        while stage.sandbox.faults_waiting() > 0 {
            std::thread::yield_now();
        }
        act();
    });
}

#[test]
fn a_connection_that_was_in_use_when_another_became_suspect_is_not_used_again() {
    let stage = stage();
    look(&stage.client);
    meanwhile(&stage, || {
        stage.sandbox.fault(Fault::status(503).path("departments/"));
        stage.get("departments.list", json!({"page": 1, "fresh": true}));
    });
    // One is kept, on which the 503's repetition went.
    let before = stage.sandbox.connections();
    meanwhile(&stage, || drop(stage.get("departments.list", json!({"page": 1, "fresh": true}))));
    assert_eq!(stage.sandbox.connections() - before, 1);
}

#[test]
fn a_request_of_any_length_goes_out_whole() {
    let stage: Stage = stage();
    let long = "x".repeat(100_000);
    let echo = |method: &str, args: Value| {
        let mut request = json!({"method": method, "path": "user/1/"});
        request.as_object_mut().unwrap().extend(args.as_object().unwrap().clone());
        let _ = stage.call("request", request);
        stage.sandbox.requests().pop().unwrap()
    };
    let patched = echo("PATCH", json!({"body": {"first_name": long}}));
    assert_eq!(patched.header("content-length").unwrap().parse::<usize>().unwrap(), long.len() + 17);
    let asked = echo("GET", json!({"query": {"a": "y".repeat(40_000)}}));
    assert!(asked.header("content-length").is_none() && asked.header("transfer-encoding").is_none());
    let empty = echo("POST", json!({}));
    assert_eq!((empty.header("content-length"), empty.header("transfer-encoding")), (Some("0"), None));
}
