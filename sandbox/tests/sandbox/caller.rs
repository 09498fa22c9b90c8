//! A caller that speaks just enough HTTP, so that every byte that comes back can be seen.

use finaut_sandbox::Sandbox;
use serde_json::Value;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;

pub const API: &str = "/finautapi/v1/";

pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    /// Splits what came over the wire; the body is whatever follows the head.
    pub fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head in ASCII");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
            .find_map(|(has, value)| has.eq_ignore_ascii_case(name).then_some(value))
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn detail(&self) -> String {
        self.json()["detail"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends a request on a connection of its own and returns every byte that comes back until the connection ends; the flag
/// says whether it ended with a reset.
pub fn bytes(sandbox: &Sandbox, method: &str, target: &str, headers: &str, body: &str) -> (Vec<u8>, bool) {
    let mut socket = TcpStream::connect(("127.0.0.1", sandbox.port())).expect("a connection");
    send(&mut socket, method, target, &format!("Connection: close\r\n{headers}"), body);
    let mut bytes = Vec::new();
    let reset = match socket.read_to_end(&mut bytes) {
        Ok(_) => false,
        Err(error) if error.kind() == ErrorKind::ConnectionReset => true,
        Err(error) => panic!("{error}"),
    };
    (bytes, reset)
}

pub fn send(socket: &mut TcpStream, method: &str, target: &str, headers: &str, body: &str) {
    let port = socket.peer_addr().expect("a peer").port();
    let length = body.len();
    let request =
        format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
    socket.write_all(request.as_bytes()).expect("sent");
}

pub fn ask(sandbox: &Sandbox, method: &str, target: &str, headers: &str, body: &str) -> Reply {
    Reply::of(&bytes(sandbox, method, target, headers, body).0)
}

pub fn token_reply(sandbox: &Sandbox, form: &str) -> Reply {
    ask(sandbox, "POST", "/o/token/", "Content-Type: application/x-www-form-urlencoded\r\n", form)
}

pub fn token(sandbox: &Sandbox, id: &str, secret: &str) -> String {
    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}&scope=read+write");
    token_reply(sandbox, &form).json()["access_token"].as_str().expect("a token").to_owned()
}

/// Somebody with a token.
pub struct Caller<'a> {
    pub sandbox: &'a Sandbox,
    pub headers: String,
}

impl<'a> Caller<'a> {
    pub fn new(sandbox: &'a Sandbox) -> Self {
        Self::with_token(sandbox, &token(sandbox, sandbox.client_id(), sandbox.client_secret()))
    }

    pub fn with_token(sandbox: &'a Sandbox, token: &str) -> Self {
        Self { sandbox, headers: format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n") }
    }

    /// `path` is below the API root unless it begins with a slash.
    pub fn bytes(&self, method: &str, path: &str, body: &str) -> (Vec<u8>, bool) {
        let target = if path.starts_with('/') { path.to_owned() } else { format!("{API}{path}") };
        bytes(self.sandbox, method, &target, &self.headers, body)
    }

    pub fn ask(&self, method: &str, path: &str, body: &str) -> Reply {
        Reply::of(&self.bytes(method, path, body).0)
    }

    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, "")
    }

    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.ask("POST", path, &body.to_string())
    }

    pub fn patch(&self, path: &str, body: &Value) -> Reply {
        self.ask("PATCH", path, &body.to_string())
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{API}{path}", self.sandbox.url())
    }

    /// A person whom the server would take; `n` makes it another one.
    pub fn newcomer(&self, n: usize) -> Value {
        serde_json::json!({
            "persnr": self.sandbox.unused_persnr(n),
            "first_name": "Åse",
            "last_name": "Prøvestad",
            "email": "ase@bank.example",
            "mobile": "40000001",
            "employee_alias": format!("NY-{n}"),
            "work_for": { "company": self.url("companies/2201/"), "department": self.url("departments/3301/") },
            "userroles": [self.url("userrole/afr_ka/")],
        })
    }
}

/// The number at the end of an object's URL.
pub fn id_of(object: &Value) -> u64 {
    let url = object["id"].as_str().expect("a URL as id");
    url.trim_end_matches('/').rsplit('/').next().and_then(|id| id.parse().ok()).expect("a number at its end")
}
