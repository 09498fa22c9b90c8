//! A host that has closed its standard descriptors, as daemons do, finds nothing of ours there.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::Arc;

use finaut_core::inbox::receiver::Receiver;
use finaut_core::json::Json;
use serde_json::{Value, json};

use super::task::{Place, accept, check, client, given};

#[test]
fn nothing_of_ours_takes_a_standard_descriptors_place() {
    Place::new().run("descriptors::with_standard_descriptors_closed");
}

/// Not a test of its own: what a process of its own does.
#[test]
fn with_standard_descriptors_closed() {
    let Some(given) = given() else { return };
    // Kept elsewhere, to be told by in the end.
    let kept: Vec<OwnedFd> = (0..3).map(high).collect();
    for number in 0..3 {
        // SAFETY: nothing in this process uses them until they are put back.
        unsafe { libc::close(number) };
    }
    let mut seen = Vec::new();
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| use_everything(&given, &mut seen)));
    for (number, kept) in (0..3).zip(&kept) {
        // SAFETY: both numbers are this test's.
        unsafe { libc::dup2(kept.as_raw_fd(), number) };
    }
    if let Err(panic) = done {
        std::panic::resume_unwind(panic);
    }
    assert_eq!(seen.len(), 8, "{seen:?}");
    for (after, found) in seen {
        assert!(found.is_empty(), "after {after}: {found:?}");
    }
}

/// A copy of a descriptor, far above what the library's would get.
fn high(number: i32) -> OwnedFd {
    // SAFETY: a copy of a descriptor that is open.
    unsafe {
        let copy = libc::fcntl(number, libc::F_DUPFD_CLOEXEC, 100);
        assert!(copy >= 100);
        OwnedFd::from_raw_fd(copy)
    }
}

/// What stands in the standard descriptors' places.
fn found() -> Vec<String> {
    let led = |number: i32| std::fs::read_link(format!("/proc/self/fd/{number}")).ok();
    (0..3).filter_map(|number| Some(format!("{number}: {}", led(number)?.display()))).collect()
}

fn use_everything(given: &Value, seen: &mut Vec<(&'static str, Vec<String>)>) {
    let plain = client(&given["memory"]).unwrap();
    seen.push(("making a client", found()));
    check(&plain).unwrap();
    seen.push(("a request over HTTP", found()));
    let tls = client(&given["tls"]).unwrap();
    check(&tls).unwrap();
    seen.push(("a request over TLS", found()));
    let file = Arc::new(client(&given["file"]).unwrap());
    seen.push(("opening a state", found()));
    check(&file).unwrap();
    assert_eq!(accept(&file, 1).unwrap(), 200);
    seen.push(("using a state", found()));
    let receiver = Receiver::start(file.clone(), &Json::of(&json!({ "listen": "127.0.0.1:0", "open": true }))).unwrap();
    seen.push(("starting a receiver", found()));
    let status: Value = receiver.status().view().unwrap();
    let sender = TcpStream::connect(status["address"].as_str().unwrap()).unwrap();
    // Its own number is low, too; the receiver's end must not follow it there.
    let mut sender = TcpStream::from({
        let moved = high(sender.as_raw_fd());
        drop(sender);
        moved
    });
    for number in 2..4 {
        let body = json!({ "id": format!("https://x/finautapi/v1/results/{number}/") }).to_string();
        let head = format!("POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", body.len());
        sender.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut answer = [0; 4096];
        let length = sender.read(&mut answer).unwrap();
        assert!(answer[..length].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..length]));
    }
    seen.push(("a webhook over a connection that stays", found()));
    receiver.stop();
    check(&file).unwrap();
    check(&plain).unwrap();
    check(&tls).unwrap();
    seen.push(("all of it", found()));
}
