//! A server of a test's own, for what the sandbox's HTTP library would not write: answers byte by byte, and what comes unasked.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A server, and what it has seen.
pub struct Raw {
    pub url: String,
    pub connections: Arc<AtomicUsize>,
    pub requests: Arc<Mutex<Vec<String>>>,
}

/// What a server does with a request for the API.
pub enum Does {
    /// Answers, and keeps the connection.
    Answers(Vec<u8>),
    /// Answers, then says this unasked and closes.
    AnswersAndThen(Vec<u8>, Vec<u8>),
}

/// An answer with its length.
pub fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// A server that gives out tokens, and does with the nth request of the API what `does` says.
pub fn server(does: impl Fn(usize, &str) -> Does + Send + Sync + 'static) -> Raw {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let raw = Raw { url, connections: Arc::default(), requests: Arc::default() };
    let (connections, requests, does) = (raw.connections.clone(), raw.requests.clone(), Arc::new(does));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            connections.fetch_add(1, Ordering::SeqCst);
            let (requests, does) = (requests.clone(), does.clone());
            std::thread::spawn(move || serve(stream, &requests, &*does));
        }
    });
    raw
}

fn serve(mut stream: TcpStream, requests: &Mutex<Vec<String>>, does: &dyn Fn(usize, &str) -> Does) -> Option<()> {
    loop {
        let request = read(&mut stream)?;
        if request.starts_with("POST /o/token/") {
            stream.write_all(&answer("200 OK", "", br#"{"access_token": "raw-token-1", "expires_in": 3600}"#)).ok()?;
            continue;
        }
        let number = {
            let mut requests = requests.lock().unwrap();
            requests.push(request.clone());
            requests.len()
        };
        match does(number, &request) {
            Does::Answers(bytes) => stream.write_all(&bytes).ok()?,
            Does::AnswersAndThen(bytes, unasked) => {
                stream.write_all(&[bytes, unasked].concat()).ok()?;
                return stream.shutdown(std::net::Shutdown::Both).ok();
            }
        }
    }
}

/// A whole request; `None` at the connection's end.
fn read(stream: &mut TcpStream) -> Option<String> {
    let (mut bytes, mut byte) = (Vec::new(), [0]);
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let length =
        head.to_ascii_lowercase().split("content-length: ").nth(1).and_then(|rest| rest.split('\r').next()?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    Some(head + &String::from_utf8_lossy(&body))
}
