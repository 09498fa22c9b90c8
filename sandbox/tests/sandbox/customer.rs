//! The customer's side: a server that takes webhooks and callbacks, and answers them as it is told.

use crate::caller::Reply;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// One POST that has come in.
#[derive(Clone, Debug)]
pub struct Hook {
    pub line: String,
    pub head: String,
    pub body: String,
}

impl Hook {
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find_map(|(has, value)| has.eq_ignore_ascii_case(name).then_some(value))
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

#[derive(Default)]
struct Desk {
    hooks: Vec<Hook>,
    /// What the next ones are answered with; then 200.
    statuses: VecDeque<u16>,
}

#[derive(Clone)]
pub struct Customer {
    port: u16,
    desk: Arc<(Mutex<Desk>, Condvar)>,
}

impl Customer {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let customer = Self { port: listener.local_addr().unwrap().port(), desk: Arc::default() };
        let desk = customer.desk.clone();
        // Ends with the test's process.
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let mut reader = BufReader::new(socket);
                let Some(hook) = read(&mut reader) else { continue };
                let status = {
                    let mut known = desk.0.lock().unwrap();
                    known.hooks.push(hook);
                    known.statuses.pop_front().unwrap_or(200)
                };
                let reply =
                    format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\nConnection: close\r\nLocation: /elsewhere\r\n\r\nok");
                let _gone = reader.get_mut().write_all(reply.as_bytes());
                desk.1.notify_all();
            }
        });
        customer
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Answers the next ones with these, later ones with 200.
    pub fn answers(&self, statuses: &[u16]) {
        self.desk.0.lock().unwrap().statuses = statuses.iter().copied().collect();
    }

    /// Waits until so many have come in all, and returns them.
    pub fn hooks(&self, count: usize) -> Vec<Hook> {
        let desk = self.desk.0.lock().unwrap();
        let patience = Duration::from_secs(600);
        let (desk, late) = self.desk.1.wait_timeout_while(desk, patience, |desk| desk.hooks.len() < count).unwrap();
        assert!(!late.timed_out(), "{} of {count} have come", desk.hooks.len());
        desk.hooks.clone()
    }
}

fn read(reader: &mut BufReader<std::net::TcpStream>) -> Option<Hook> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut head = String::new();
    loop {
        let mut next = String::new();
        if reader.read_line(&mut next).ok()? == 0 {
            return None;
        }
        if next == "\r\n" {
            break;
        }
        head.push_str(&next);
    }
    let hook = Hook { line: line.trim_end().to_owned(), head, body: String::new() };
    let mut body = vec![0; hook.header("content-length")?.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    Some(Hook { body: String::from_utf8(body).ok()?, ..hook })
}

/// Waits until this holds.
pub fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..6_000 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{what}: not within a minute");
}

/// Waits until nothing is on its way.
pub fn settled(sandbox: &finaut_sandbox::Sandbox) {
    until("everything is delivered or given up", || sandbox.undelivered() == 0);
}

/// A form as a browser posts it.
pub fn post_form(sandbox: &finaut_sandbox::Sandbox, path: &str, headers: &str, fields: &[(&str, &str)]) -> Reply {
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let headers = format!("Content-Type: application/x-www-form-urlencoded\r\n{headers}");
    crate::caller::ask(sandbox, "POST", path, &headers, &form)
}
