//! The receiver's process killed at any moment, while a sender who tries again sends on.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::time::Duration;

use finaut_core::client::Client;
use serde_json::{Value, json};

use super::stage::read;
use super::tools::*;

const KILLS: usize = 200;
const WEBHOOKS: usize = 5_000;
const SENDERS: usize = 8;

/// Not a test of its own: a process that receives until it is killed.
#[test]
fn receiving_process() {
    let Ok(task) = std::env::var("FINAUT_RECEIVING") else { return };
    let task: Value = serde_json::from_str(&task).unwrap();
    let client = Arc::new(Client::new(read(&task["config"])).unwrap());
    let _receiver = start_receiver(&client, &json!({ "listen": task["listen"], "open": true })).unwrap();
    loop {
        std::thread::sleep(Duration::from_secs(60));
    }
}

fn receive(config: &Value, port: &AtomicU16) -> Child {
    let listen = SocketAddr::from(([127, 0, 0, 1], port.load(Ordering::SeqCst)));
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killing::receiving_process", "--nocapture", "--test-threads=1"])
        .env("FINAUT_RECEIVING", json!({ "config": config, "listen": listen.to_string() }).to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// One try; whether the sender may go on to the next webhook.
fn sent(port: &AtomicU16, body: &str) -> bool {
    let to = SocketAddr::from(([127, 0, 0, 1], port.load(Ordering::SeqCst)));
    let post = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(to)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let head = "POST /finaut/webhook HTTP/1.1\r\nHost: here\r\nConnection: close\r\n";
        stream.write_all(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    post().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

#[test]
fn every_webhook_that_was_answered_is_delivered_and_none_twice() {
    let stage = stage();
    let config = stage.config(json!({ "inbox": { "verify": "none" } }));
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    let port = AtomicU16::new(free_port());
    let (done, killed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let all_sent = AtomicBool::new(false);
    let events: Vec<Value> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let (done, killed, port) = (&done, &killed, &port);
                scope.spawn(move || {
                    for n in 0..WEBHOOKS / SENDERS {
                        // As many are sent as fit between two kills, so that no kill comes when all is done.
                        while done.load(Ordering::SeqCst) > (killed.load(Ordering::SeqCst) + 1) * WEBHOOKS / KILLS {
                            std::thread::sleep(Duration::from_millis(1));
                        }
                        let number = 1 + (n * SENDERS + sender) as u64;
                        while !sent(port, &invented(number, "80").to_string()) {
                            std::thread::sleep(Duration::from_millis(5));
                        }
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                })
            })
            .collect();
        let consumer = scope.spawn(|| {
            let mut events = Vec::new();
            loop {
                let last = all_sent.load(Ordering::SeqCst);
                let event = get(&client, "inbox.next", json!({ "wait_s": 0.05 }));
                if event.is_null() {
                    if last {
                        return events;
                    }
                    continue;
                }
                acknowledge(&client, &event);
                events.push(event);
            }
        });
        let mut random = 4_711_u64;
        while killed.load(Ordering::SeqCst) < KILLS {
            let mut process = receive(&config, &port);
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            // Long enough that some requests come in between; how many, and where each is, chance says.
            let before = done.load(Ordering::SeqCst);
            let enough = before + 1 + (random >> 33) as usize % (WEBHOOKS / KILLS);
            while done.load(Ordering::SeqCst) < enough.min(WEBHOOKS)
                && done.load(Ordering::SeqCst) <= (killed.load(Ordering::SeqCst) + 1) * WEBHOOKS / KILLS
            {
                std::thread::sleep(Duration::from_micros(200));
                // Somebody else has taken the port meanwhile.
                if process.try_wait().unwrap().is_some() {
                    port.store(free_port(), Ordering::SeqCst);
                    process = receive(&config, &port);
                }
            }
            process.kill().unwrap();
            process.wait().unwrap();
            killed.fetch_add(1, Ordering::SeqCst);
        }
        let mut process = receive(&config, &port);
        while senders.iter().any(|sender| !sender.is_finished()) {
            std::thread::sleep(Duration::from_millis(1));
            if process.try_wait().unwrap().is_some() {
                port.store(free_port(), Ordering::SeqCst);
                process = receive(&config, &port);
            }
        }
        senders.into_iter().for_each(|sender| sender.join().unwrap());
        process.kill().unwrap();
        process.wait().unwrap();
        all_sent.store(true, Ordering::SeqCst);
        consumer.join().unwrap()
    });
    assert_eq!(done.load(Ordering::SeqCst), WEBHOOKS);
    let mut times: HashMap<String, usize> = HashMap::new();
    events.iter().for_each(|event| *times.entry(event["object"]["id"].to_string()).or_default() += 1);
    let missing =
        (1..=WEBHOOKS as u64).filter(|number| !times.contains_key(&invented(*number, "80")["id"].to_string())).count();
    assert_eq!(missing, 0);
    assert!(times.values().all(|times| *times == 1), "each once");
    let numbers: HashSet<_> = events.iter().map(|event| event["event"].as_u64().unwrap()).collect();
    assert_eq!(numbers.len(), WEBHOOKS);
}
