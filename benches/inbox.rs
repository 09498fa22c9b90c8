//! Measures the receiver: webhooks that are let in per second, each on the disk before it is answered, and the time from the first
//! byte of a POST until `inbox.next` gives the event. On the folder's own disk. Run: `cargo bench --bench inbox`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a measurement that fails stops

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use finaut_core::client::Client;
use finaut_core::config::Config;
use finaut_core::inbox::receiver::Receiver;
use finaut_core::json::Json;
use serde_json::{Value, json};

const WEBHOOKS: usize = 8_000;
const SENDERS: [usize; 3] = [1, 8, 64];
const LATENCIES: usize = 500;

/// A connection that posts one webhook after the other.
struct Sender(TcpStream);

impl Sender {
    fn to(address: SocketAddr) -> Sender {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Sender(stream)
    }

    fn post(&mut self, number: usize) {
        let body = json!({
            "id": format!("https://api.norsktest.no/finautapi/v1/results/{number}/"), "user": "https://api.norsktest.no/finautapi/v1/user/590001/",
            "exam_name": "Kreditt", "exam_date": "2026-11-20", "score": "80.00", "passed": true, "status": "final",
        })
        .to_string();
        let head = format!("POST /finaut/webhook HTTP/1.1\r\nHost: here\r\nContent-Length: {}\r\n\r\n", body.len());
        self.0.write_all((head + &body).as_bytes()).unwrap();
        let mut answer = [0; 1024];
        let length = self.0.read(&mut answer).unwrap();
        assert!(answer[..length].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..length]));
    }
}

fn call(client: &Client, operation: &str, args: Value) -> Value {
    finaut_core::call(client, operation, &args.to_string()).unwrap().view().unwrap()
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(format!("bench-inbox-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let config = json!({
        "client_id": "bench", "client_secret": "bench-secret", "state": folder.join("state"),
        "inbox": { "verify": "none", "most": 1_000_000 },
    });
    let client = Arc::new(Client::new(Config::read(config.to_string().as_bytes(), &|_| None).unwrap()).unwrap());
    let receiver = Receiver::start(client.clone(), &Json::of(&json!({ "listen": "127.0.0.1:0", "open": true }))).unwrap();
    let address: SocketAddr = receiver.status().view::<Value>().unwrap()["address"].as_str().unwrap().parse().unwrap();

    let mut first = 1;
    for senders in SENDERS {
        let started = Instant::now();
        std::thread::scope(|scope| {
            for sender in 0..senders {
                scope.spawn(move || {
                    let mut connection = Sender::to(address);
                    (0..WEBHOOKS / senders).for_each(|n| connection.post(first + n * senders + sender));
                });
            }
        });
        let seconds = started.elapsed().as_secs_f64();
        let sent = WEBHOOKS / senders * senders;
        println!(
            "{senders} senders: {:.0} webhooks a second ({sent} in {seconds:.2} s), each on the disk",
            sent as f64 / seconds
        );
        first += sent;
    }
    loop {
        let event = call(&client, "inbox.next", json!({}));
        if event.is_null() {
            break;
        }
        call(&client, "inbox.acknowledge", json!({ "event": event["event"] }));
    }
    let mut times: Vec<f64> = (0..LATENCIES)
        .map(|n| {
            std::thread::scope(|scope| {
                let waiting = scope.spawn(|| {
                    let event = call(&client, "inbox.next", json!({ "wait_s": 60 }));
                    (Instant::now(), event)
                });
                // Long enough for the other to wait.
                std::thread::sleep(std::time::Duration::from_millis(30));
                let started = Instant::now();
                Sender::to(address).post(first + n);
                let (ended, event) = waiting.join().unwrap();
                call(&client, "inbox.acknowledge", json!({ "event": event["event"] }));
                ended.duration_since(started).as_secs_f64() * 1e3
            })
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("from POST to inbox.next: p50 {:.1} ms, p99 {:.1} ms, of {LATENCIES}", at(0.5), at(0.99));
    drop(receiver);
    let _ = std::fs::remove_dir_all(folder);
}
