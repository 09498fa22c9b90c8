//! The receiver: it answers each caller that sends a whole request, even while others send garbage or nothing.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use finaut_core::client::Client;
use finaut_core::error::{Code, Error};
use finaut_core::inbox::receiver::Receiver;
use serde_json::{Value, json};

use super::processes::alone;
use super::stage::Stage;
use super::tools::*;

struct Listening {
    receiver: Receiver,
    client: Arc<Client>,
    address: SocketAddr,
}

fn start(client: &Arc<Client>, mut config: Value) -> Result<Receiver, Error> {
    if config.get("listen").is_none() {
        config["listen"] = json!("127.0.0.1:0");
    }
    // Most of these tests are about something else than whom it believes.
    if config.get("open").is_none() {
        config["open"] = json!(true);
    }
    start_receiver(client, &config)
}

fn listening(stage: &Stage, inbox: Value, config: Value) -> Listening {
    let client = Arc::new(stage.client(json!({ "inbox": inbox })));
    let receiver = start(&client, config).unwrap();
    let address = status_of_receiver(&receiver)["address"].as_str().unwrap().parse().unwrap();
    Listening { receiver, client, address }
}

impl Listening {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(600))).unwrap();
        stream
    }

    /// Sends what may be no request at all; the status of the answer, 0 for none.
    fn raw(&self, bytes: &[u8]) -> u16 {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        status_of(&mut stream)
    }

    fn post(&self, path: &str, body: &str) -> u16 {
        self.raw(request(path, body).as_bytes())
    }
}

fn request(path: &str, body: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: here\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn status_of(stream: &mut TcpStream) -> u16 {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

const UNVERIFIED: fn() -> Value = || json!({ "verify": "none" });

#[test]
fn what_it_lets_in_is_in_the_inbox_before_the_sender_hears_of_it() {
    let stage = stage();
    let here = listening(&stage, UNVERIFIED(), json!({}));
    assert_eq!(here.post("/finaut/webhook", &invented(1, "80").to_string()), 200);
    assert_eq!(get(&here.client, "inbox.list", json!({}))["waiting"], 1);
    assert_eq!(here.post("/finaut/link/", "ext-user-id=E1&encrypted_user_id=gAAA"), 200);
    let kinds: Vec<_> = drain(&here.client).iter().map(|event| event["kind"].clone()).collect();
    assert_eq!(kinds, ["result", "link"]);
    for (raw, status) in [
        (request("/finaut/other", "{}"), 404),
        (request("/", "{}"), 404),
        (request("/finaut/webhook", ""), 400),
        (request("/finaut/webhook", "<html>"), 400),
        ("GET /finaut/webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(), 405),
        ("POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n8\r\n{\"a\": 1}\r\n0\r\n\r\n".to_owned(), 200),
        ("nonsense\r\n\r\n".to_owned(), 400),
        ("POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n".to_owned(), 400),
        ("POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\n{}".to_owned(), 400),
        (format!("POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "a".repeat(100_000)), 431),
        (format!("POST /finaut/webhook HTTP/1.1\r\n{}\r\n", "X-Many: 1\r\n".repeat(500)), 431),
    ] {
        assert_eq!(here.raw(raw.as_bytes()), status, "{}", &raw[..raw.len().min(120)]);
    }
    let status = status_of_receiver(&here.receiver);
    assert_eq!((&status["accepted"], &status["trouble"]), (&json!(3), &Value::Null), "{status}");
}

#[test]
fn the_paths_secret_guards_every_path() {
    let stage = stage();
    let here = listening(&stage, json!({ "path_secret": SECRET, "verify": "none" }), json!({ "paths": ["/hooks/in/"] }));
    let body = invented(1, "80").to_string();
    for path in ["/hooks/in", "/hooks/in/", &format!("/{SECRET}"), "/hooks/in/wrong", &format!("/other/{SECRET}")] {
        assert_eq!(here.post(path, &body), 404, "{path}");
    }
    assert_eq!(here.post(&format!("/hooks/in/{SECRET}"), &body), 200);
    assert!(!status_of_receiver(&here.receiver).to_string().contains(SECRET));
}

#[test]
fn one_connection_may_bring_many_requests() {
    let stage = stage();
    let here = listening(&stage, UNVERIFIED(), json!({}));
    let mut stream = here.connect();
    for number in 1..=50 {
        let last = number == 50;
        let body = invented(number, "80").to_string();
        let close = if last { "Connection: close\r\n" } else { "" };
        let request =
            format!("POST /finaut/webhook HTTP/1.1\r\nHost: x\r\n{close}Content-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(request.as_bytes()).unwrap();
    }
    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 50);
    assert_eq!(drain(&here.client).len(), 50);
}

#[test]
fn slow_senders_and_half_requests_are_given_up_and_do_not_hold_up_others() {
    let stage = stage();
    let here = listening(&stage, UNVERIFIED(), json!({ "request_timeout_s": 1 }));
    let body = invented(1, "80").to_string();
    let mut half_head = here.connect();
    half_head.write_all(b"POST /finaut/webhook HTTP/1.1\r\nHo").unwrap();
    let mut half_body = here.connect();
    half_body.write_all(b"POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"id\"").unwrap();
    let mut cut = here.connect();
    cut.write_all(b"POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"id\": 1}").unwrap();
    cut.shutdown(std::net::Shutdown::Both).unwrap();
    assert_eq!(here.post("/finaut/webhook", &body), 200);
    assert_eq!(status_of(&mut half_body), 408);
    assert!(half_head.read_to_end(&mut Vec::new()).is_ok(), "the connection is closed, not just silent");
    assert_eq!(drain(&here.client).len(), 1, "half a body is nothing");
}

/// Resident memory of this process, in bytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap();
    status.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}

/// Does something until it has left less than so many MiB behind, at most five times. A leak shows every time; what the allocator
/// keeps for later, or the system pages in late, does not.
fn keeps_less_than(limit_mib: u64, mut something: impl FnMut()) {
    let mut grown_mib = Vec::new();
    while grown_mib.len() < 5 {
        let before = memory();
        something();
        let grown = memory().saturating_sub(before) >> 20;
        if grown < limit_mib {
            return;
        }
        grown_mib.push(grown);
    }
    panic!("it took more than {limit_mib} MiB each time: {grown_mib:?}");
}

#[test]
fn bodies_of_a_hundred_mebibytes_are_refused_and_not_kept() {
    alone("receiver::bodies_of_a_hundred_mebibytes_are_refused_and_not_kept", hundred_mebibytes);
}

fn hundred_mebibytes() {
    let stage = stage();
    let here = listening(&stage, UNVERIFIED(), json!({ "request_timeout_s": 300 }));
    let mebibyte = vec![b'7'; 1 << 20];
    keeps_less_than(40, || {
        for chunked in [false, true] {
            let mut stream = here.connect();
            let how = if chunked { "Transfer-Encoding: chunked".to_owned() } else { format!("Content-Length: {}", 100 << 20) };
            stream.write_all(format!("POST /finaut/webhook HTTP/1.1\r\nHost: x\r\n{how}\r\n\r\n").as_bytes()).unwrap();
            for _ in 0..100 {
                if chunked {
                    stream.write_all(b"100000\r\n").unwrap();
                }
                stream.write_all(&mebibyte).unwrap();
                if chunked {
                    stream.write_all(b"\r\n").unwrap();
                }
            }
            if chunked {
                stream.write_all(b"0\r\n\r\n").unwrap();
            }
            assert_eq!(status_of(&mut stream), 413);
        }
    });
    assert_eq!(here.post("/finaut/webhook", &invented(1, "80").to_string()), 200);
}

#[test]
fn memory_for_bodies_is_given_back() {
    let stage = stage();
    let here = listening(&stage, json!({ "verify": "none", "path_secret": SECRET }), json!({}));
    for n in 0..60 {
        let body = json!({ "note": "x".repeat(100_000), "number": n }).to_string();
        assert_eq!(here.post(&format!("/finaut/webhook/{SECRET}"), &body), 200, "after {n} of 100,000 bytes");
    }
}

#[test]
fn a_thousand_silent_connections_do_not_keep_others_out() {
    let stage = stage();
    let here = listening(&stage, UNVERIFIED(), json!({ "max_connections": 100, "request_timeout_s": 600 }));
    let mut silent = Vec::new();
    for n in 0..400 {
        silent.push(here.connect());
        if n % 100 == 99 {
            assert_eq!(here.post("/finaut/webhook", &invented(n, "80").to_string()), 200, "after {n}");
        }
    }
    assert_eq!(drain(&here.client).len(), 4);
    // The oldest ones were let go.
    silent[0].set_read_timeout(Some(Duration::from_secs(600))).unwrap();
    assert!(matches!(silent[0].read(&mut [0]), Ok(0)), "the connection is closed, not just silent");
}

#[test]
fn ten_thousand_forgeries_take_no_memory_and_true_events_come_through() {
    alone("receiver::ten_thousand_forgeries_take_no_memory_and_true_events_come_through", ten_thousand_forgeries);
}

fn ten_thousand_forgeries() {
    let stage = stage();
    let here = listening(&stage, json!({ "verify_per_hour": 10 }), json!({}));
    let (id, said) = new_result(&stage, &here.client);
    let before = spent(&stage);
    let mut first = 1_000_000;
    keeps_less_than(64, || {
        std::thread::scope(|scope| {
            // What comes at once is written at once, so many at a time are what a disk can take.
            for thread in 0..50 {
                let here = &here;
                scope.spawn(move || {
                    for n in 0..200 {
                        let number = first + thread * 200 + n;
                        let number = if thread == 22 && n == 120 { id } else { number };
                        let post = || here.post("/finaut/webhook", &invented(number, "100").to_string());
                        let mut status = post();
                        // A true sender comes again.
                        while number == id && status == 503 {
                            status = post();
                        }
                        assert!([200, 503].contains(&status), "{status}");
                    }
                });
            }
        });
        first += 10_000;
    });
    let events = drain(&here.client);
    assert_eq!(events.len(), 1);
    assert_eq!((&events[0]["object"], &events[0]["verified"]), (&said, &json!(true)));
    assert!(spent(&stage) - before <= 10, "{} requests", spent(&stage) - before);
}

/// Counts the threads of its process.
#[test]
fn it_stops_when_told_and_can_be_started_again_at_once() {
    alone("receiver::it_stops_when_told_and_can_be_started_again_at_once", stop_and_start);
}

fn stop_and_start() {
    let stage = stage();
    let here = listening(&stage, UNVERIFIED(), json!({}));
    let listen = json!({ "listen": here.address.to_string() });
    let error = start(&here.client, listen.clone()).err().unwrap();
    assert_eq!(error.code(), Code::Network);
    assert!(error.message().contains(&here.address.to_string()), "{}", error.message());
    let idle = here.connect();
    let open = || std::fs::read_dir("/proc/self/task").unwrap().count();
    let threads = open();
    here.receiver.stop();
    assert!(open() < threads, "its threads have ended");
    assert!(TcpStream::connect(here.address).is_err());
    drop(idle);
    for _ in 0..20 {
        let receiver = start(&here.client, listen.clone()).unwrap();
        assert_eq!(here.post("/finaut/webhook", &invented(1, "80").to_string()), 200);
        drop(receiver);
    }
    assert_eq!(drain(&here.client).len(), 1);
}

#[test]
fn a_forked_child_neither_listens_nor_hangs() {
    let stage = stage();
    let here = listening(&stage, UNVERIFIED(), json!({}));
    // SAFETY: the child stops the receiver, waits for the parent's word and leaves.
    unsafe {
        let mut pipe = [0; 2];
        assert_eq!(libc::pipe(pipe.as_mut_ptr()), 0);
        let child = libc::fork();
        if child == 0 {
            libc::alarm(600);
            here.receiver.stop();
            libc::close(pipe[1]);
            let mut byte = 0_u8;
            libc::read(pipe[0], (&raw mut byte).cast(), 1);
            libc::_exit(0);
        }
        libc::close(pipe[0]);
        assert_eq!(here.post("/finaut/webhook", &invented(1, "80").to_string()), 200, "the parent goes on");
        here.receiver.stop();
        assert!(TcpStream::connect(here.address).is_err(), "the child does not hold the port");
        start(&here.client, json!({ "listen": here.address.to_string() })).unwrap();
        libc::close(pipe[1]);
        let mut status = 0;
        assert_eq!(libc::waitpid(child, &mut status, 0), child);
        assert!(libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0, "{status:x}");
    }
}

#[test]
fn a_wrong_configuration_is_refused_in_words() {
    let stage = stage();
    let client = Arc::new(stage.client(json!({})));
    for config in [
        json!({ "listen": "everywhere" }),
        json!({ "listen": 8780 }),
        json!({ "paths": [] }),
        json!({ "paths": ["finaut"] }),
        json!({ "paths": "/finaut" }),
        json!({ "max_body_bytes": 0 }),
        json!({ "max_connections": 0 }),
        json!({ "request_timeout_s": 0 }),
        json!({ "port": 8780 }),
    ] {
        let error = start(&client, config.clone()).err().unwrap_or_else(|| panic!("{config}"));
        assert_eq!(error.code(), Code::Config, "{config}");
        assert!(!error.message().contains("Nothing was sent") && error.message().len() > 20, "{}", error.message());
    }
}

#[test]
fn without_a_secret_it_starts_only_when_told_so() {
    let stage = stage();
    let config = json!({ "listen": "127.0.0.1:0" });
    for inbox in [json!({}), json!({ "verify": "none" }), json!({ "verify": "fetch" })] {
        let client = Arc::new(stage.client(json!({ "inbox": inbox })));
        for open in [json!({}), json!({ "open": false })] {
            let mut config = config.clone();
            config.as_object_mut().unwrap().extend(open.as_object().unwrap().clone());
            let error = start_receiver(&client, &config).err().expect("it believes anybody");
            assert_eq!(error.code(), Code::Config);
            for word in ["path_secret", "header", "hmac_secret", "\"open\": true", "openssl rand -hex 16"] {
                assert!(error.message().contains(word), "{error}");
            }
        }
        let mut config = config.clone();
        config["open"] = json!(true);
        start_receiver(&client, &config).unwrap();
        config["open"] = json!("yes");
        assert_eq!(start_receiver(&client, &config).err().map(|e| e.code()), Some(Code::Config));
    }
    for inbox in [
        json!({ "path_secret": SECRET }),
        json!({ "hmac_secret": SECRET }),
        json!({ "header": { "name": "X-Inbox-Key", "value": SECRET } }),
    ] {
        start_receiver(&Arc::new(stage.client(json!({ "inbox": inbox }))), &config).unwrap();
    }
}

/// The status of an answer and its body.
fn ask(here: &Listening, method: &str, path: &str) -> (u16, String) {
    let mut stream = here.connect();
    stream.write_all(format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

#[test]
fn load_balancers_are_told_whether_it_works_and_are_not_counted() {
    let stage = stage();
    let here = listening(&stage, json!({ "path_secret": SECRET }), json!({}));
    for path in ["/health", "/health/", "/health?from=balancer"] {
        assert_eq!(ask(&here, "GET", path), (200, r#"{"status":"ok"}"#.to_owned()));
        assert_eq!(ask(&here, "HEAD", path), (200, String::new()));
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(ask(&here, method, "/health").0, 405);
    }
    let counted = |status: Value| (status["accepted"].clone(), status["refused"].clone(), status["failed"].clone());
    assert_eq!(counted(status_of_receiver(&here.receiver)), (json!(0), json!(0), json!(0)));
    assert_eq!(ask(&here, "GET", "/healthz").0, 404);
    assert_eq!(ask(&here, "GET", "/finaut/health").0, 404);
    assert_eq!(counted(status_of_receiver(&here.receiver)).1, 2);
    assert_eq!(get(&here.client, "inbox.list", json!({}))["waiting"], 0, "asking brings nothing");

    let other = listening(&stage, json!({ "path_secret": SECRET }), json!({ "health_path": "/up/now/", "paths": ["/"] }));
    assert_eq!(ask(&other, "GET", "/up/now").0, 200);
    assert_eq!(ask(&other, "GET", "/health").0, 404);
    for wrong in ["health", "/a b", "/a?b", "/finaut/webhook/"] {
        let error = start(&here.client, json!({ "health_path": wrong })).err().expect(wrong);
        assert!(error.code() == Code::Config && error.message().contains("health_path"), "{error}");
    }
}

/// Asks until the answer is this one; the last answer serves all who ask within a second.
fn ask_until(here: &Listening, wanted: u16) {
    let begun = std::time::Instant::now();
    while ask(here, "GET", "/health").0 != wanted {
        assert!(begun.elapsed() < Duration::from_secs(120), "never {wanted}: {}", status_of_receiver(&here.receiver));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn load_balancers_hear_when_no_webhook_can_be_kept_and_when_one_can_again() {
    let stage = stage();
    let inbox = json!({ "path_secret": SECRET, "verify": "none", "most": 1 });
    let here = listening(&stage, inbox, json!({}));
    ask_until(&here, 200);
    assert_eq!(here.post(&format!("/finaut/webhook/{SECRET}"), &invented(1, "80").to_string()), 200);
    ask_until(&here, 503);
    let (_, body) = ask(&here, "GET", "/health");
    assert!(!body.contains("inbox"), "what is wrong is not for strangers: {body}");
    assert!(status_of_receiver(&here.receiver)["trouble"].as_str().unwrap().contains("full"));
    drain(&here.client);
    ask_until(&here, 200);
    assert_eq!(status_of_receiver(&here.receiver)["trouble"], Value::Null);
    // Another program holds the file.
    let mut holder = rusqlite::Connection::open(stage.folder.file()).unwrap();
    let held = holder.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).unwrap();
    ask_until(&here, 503);
    drop(held);
    ask_until(&here, 200);
}
