//! TLS, proxies and redirects.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use finaut_core::client::Client;
use finaut_core::config::Config;
use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::stage::{call, config_of, stage, with};

fn ca_file(sandbox: &Sandbox) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("finaut-test-ca-{}-{}.pem", std::process::id(), sandbox.port()));
    std::fs::write(&path, sandbox.ca_pem().unwrap()).unwrap();
    path
}

#[test]
fn a_server_with_a_known_authority_is_trusted_and_no_other() {
    let sandbox = Sandbox::builder().users(5).with_tls().start();
    let ca = ca_file(&sandbox);
    let trusting = super::stage::client_of(&sandbox, json!({"ca_file": ca}));
    for _ in 0..3 {
        call(&trusting, "check", json!({})).unwrap();
    }
    let other = Sandbox::builder().users(5).with_tls().start();
    let other_ca = ca_file(&other);
    let config = config_of(&sandbox, json!({"ca_file": other_ca, "client_id": "another", "max_wait_s": 5}));
    let error = call(&Client::new(config).unwrap(), "check", json!({})).unwrap_err();
    assert_eq!(error.code(), Code::Network, "{error}");
    assert!(error.message().contains("ca_file"), "{error}");
    let bad = json!({"host": sandbox.url(), "client_id": "a", "client_secret": "b", "ca_file": "/no/such/file.pem"});
    let error = Client::new(Config::read(bad.to_string().as_bytes(), &|_| None).unwrap()).unwrap_err();
    assert_eq!(error.code(), Code::Config);
    for path in [ca, other_ca] {
        let _ = std::fs::remove_file(path);
    }
}

#[test]
fn a_creation_cut_within_tls_makes_exactly_one_too() {
    let sandbox = Sandbox::builder().users(5).with_tls().start();
    let ca = ca_file(&sandbox);
    let client = super::stage::client_of(&sandbox, json!({"ca_file": ca}));
    for (n, fault) in [Fault::cut_after_acting(), Fault::cut_before_acting()].into_iter().enumerate() {
        sandbox.fault(fault.method("POST").path("user/"));
        let somebody = &sandbox.people()[0];
        let persnr = sandbox.unused_persnr(n);
        let args = json!({"persnr": persnr, "first_name": "A", "last_name": "B", "company": somebody.company_id, "department": somebody.department_id, "schemes": ["afr"]});
        call(&client, "users.create_candidate", args).unwrap();
        assert_eq!(sandbox.users_with_persnr(&persnr), 1);
    }
    let _ = std::fs::remove_file(ca);
}

/// A proxy that understands CONNECT and counts.
fn proxy() -> (u16, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = count.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            std::thread::spawn(move || tunnel(stream));
        }
    });
    (port, count)
}

/// A request's head, up to its end and no further.
fn head(client: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}

fn tunnel(mut client: TcpStream) -> Option<()> {
    let head = head(&mut client)?;
    let target = head.strip_prefix("CONNECT ")?.split(' ').next()?;
    let mut server = TcpStream::connect(target).ok()?;
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").ok()?;
    let (mut from, mut to) = (client.try_clone().ok()?, server.try_clone().ok()?);
    std::thread::spawn(move || std::io::copy(&mut from, &mut to).map(|_| to.shutdown(std::net::Shutdown::Both)));
    std::io::copy(&mut server, &mut client).ok()?;
    client.shutdown(std::net::Shutdown::Both).ok()
}

#[test]
fn a_proxy_is_used_and_a_cut_behind_it_settled() {
    let sandbox = Sandbox::builder().users(5).with_tls().start();
    let ca = ca_file(&sandbox);
    let (port, count) = proxy();
    let client = super::stage::client_of(
        &sandbox,
        json!({"ca_file": ca, "proxy": format!("http://user:hidden-password@127.0.0.1:{port}")}),
    );
    call(&client, "check", json!({})).unwrap();
    assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 1);
    sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
    let somebody = &sandbox.people()[0];
    let persnr = sandbox.unused_persnr(1);
    let args = json!({"persnr": persnr, "first_name": "A", "last_name": "B", "company": somebody.company_id, "department": somebody.department_id, "schemes": ["afr"]});
    call(&client, "users.create_candidate", args).unwrap();
    assert_eq!(sandbox.users_with_persnr(&persnr), 1);
    let _ = std::fs::remove_file(ca);
}

/// A proxy that answers everything with this status line, and throws back what it was told of the user.
fn refusing_proxy(status: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let head = head(&mut stream).unwrap_or_default();
            let _ = stream.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{head}", head.len()).as_bytes());
        }
    });
    port
}

#[test]
fn a_proxy_that_does_not_serve_is_named_and_not_the_server() {
    let sandbox = Sandbox::builder().users(5).with_tls().start();
    let ca = ca_file(&sandbox);
    for (proxy, words) in [
        ("127.0.0.1:9".to_owned(), "let this host through"),
        ("no-such-proxy.invalid:3128".to_owned(), "whose name is not known"),
        (format!("127.0.0.1:{}", refusing_proxy("407 Proxy Authentication Required")), "wants a user's name and password"),
        (format!("127.0.0.1:{}", refusing_proxy("502 hidden/password")), "let this host through"),
        (format!("127.0.0.1:{}", refusing_proxy("hidden/password")), "does not answer as an HTTP proxy does"),
    ] {
        let settings = json!({"ca_file": ca, "client_id": "x", "proxy": format!("http://user:hidden%2Fpassword@{proxy}"), "max_wait_s": 0.2});
        let client = super::stage::client_of(&sandbox, settings);
        let said = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
        let into = said.clone();
        client.observe(Some(std::sync::Arc::new(move |event: &str| {
            into.lock().unwrap().push_str(event);
            false
        })));
        let error = call(&client, "check", json!({})).unwrap_err();
        let said = format!("{} {error:?} {client:?} {}", said.lock().unwrap(), error.json());
        let said = format!("{said} {}", call(&client, "budget", json!({})).unwrap());
        assert_eq!(error.code(), Code::Network);
        assert!(error.message().contains(&format!("the proxy {proxy}")), "{error}");
        assert!(error.message().contains(words) && error.message().contains("HTTPS_PROXY"), "{error}");
        for secret in ["hidden", "dXNlcjpoaWRkZW4vcGFzc3dvcmQ"] {
            assert!(!said.contains(secret), "{said}");
        }
    }
    let _ = std::fs::remove_file(ca);
}

#[test]
fn the_token_does_not_follow_a_redirect() {
    let stage = stage();
    let elsewhere = Sandbox::builder().users(5).start();
    stage.sandbox.fault(
        Fault::status(302).header("Location", &format!("{}/finautapi/v1/results/?persnr=x", elsewhere.url())).path("results/"),
    );
    let error = stage.fails(Code::Protocol, "results.list", json!({}));
    assert!(error.message().contains(elsewhere.url()) && !error.message().contains("persnr"), "{error}");
    assert!(elsewhere.requests().is_empty());
}

#[test]
fn a_server_behind_another_name_is_understood() {
    // Its URLs name another host; ids are taken from their paths.
    let stage = with(Sandbox::builder().users(5), json!({}));
    let body = json!({"count": 1, "next": null, "previous": null, "results": [{"id": format!("http://internal:8000/finautapi/v1/user/{}/", stage.person(0).id), "persnr": stage.person(0).persnr}]});
    stage.sandbox.fault(Fault::status(200).body(&body.to_string()).path("user/").query("persnr"));
    let changed = stage.get("users.update", json!({"persnr": stage.person(0).persnr, "changes": {"first_name": "Ny"}}));
    assert_eq!(changed["first_name"], "Ny");
}

#[test]
fn a_server_that_closes_kept_connections_costs_one_slot_and_no_more() {
    let stage = stage();
    stage.get("check", json!({}));
    let before = stage.sandbox.connections();
    // Whatever comes second on a connection finds it closed.
    stage.sandbox.fault(Fault::cut_before_acting().path("results/"));
    for _ in 0..5 {
        stage.get("results.list", json!({"page": 1}));
    }
    assert_eq!(stage.sandbox.connections() - before, 5, "a new connection for each");
    assert_eq!(stage.get("budget", json!({}))["used"], 7, "the one that was cut may have been counted");
}

#[test]
fn a_port_without_tls_is_told_as_such() {
    let stage = stage();
    let config = json!({"host": stage.sandbox.url().replace("http://", "https://"), "client_id": "no-tls", "max_wait_s": 2});
    let error = call(&super::stage::client_of(&stage.sandbox, config), "check", json!({})).unwrap_err();
    assert_eq!(error.code(), Code::Network);
    assert!(error.message().contains("does not answer in TLS") && !error.message().contains("ca_file"), "{error}");
}
