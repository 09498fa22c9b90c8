//! What is told when TLS with the server comes to nothing: its cause, and what helps against that one.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use finaut_core::client::Client;
use finaut_core::config::Config;
use finaut_core::error::{Code, Error};
use finaut_sandbox::{Sandbox, ThrowawayCa};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;

use super::stage::call;

struct CaFile(std::path::PathBuf);

impl CaFile {
    fn new(name: &str, pem: &str) -> CaFile {
        let path = std::env::temp_dir().join(format!("finaut-test-tls-{}-{name}.pem", std::process::id()));
        std::fs::write(&path, pem).unwrap();
        CaFile(path)
    }
}

impl Drop for CaFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// What a client that trusts this file is told.
fn told(host: &str, ca: &CaFile) -> Error {
    let config =
        json!({"host": host, "client_id": "tls", "client_secret": "b", "ca_file": ca.0, "max_wait_s": 0, "timeout_s": 60});
    let client = Client::new(Config::read(config.to_string().as_bytes(), &|_| None).unwrap()).unwrap();
    let error = call(&client, "check", json!({})).unwrap_err();
    assert_eq!(error.code(), Code::Network, "{error}");
    error
}

#[test]
fn what_is_wrong_with_a_certificate_is_said_and_not_something_else() {
    let ca = ThrowawayCa::new();
    let file = CaFile::new("certificates", &ca.pem());
    let here = &["localhost", "127.0.0.1"];
    const AUTHORITY: &str = "\"ca_file\" in the configuration";
    let many: Vec<String> = (0..9).map(|n| format!("host{n}.example")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (what, (cert, key), words, not) in [
        (
            "expired",
            ca.expired_certificate_for(here),
            vec!["expired on 2021-01-01 00:00 UTC", "clock says 20", "clock right?"],
            "ca_file",
        ),
        ("future", ca.future_certificate_for(here), vec!["not valid before 2090-01-01 00:00 UTC", "clock says 20"], "ca_file"),
        (
            "name",
            ca.certificate_for(&["finaut.example", "10.1.2.3"]),
            vec!["is for finaut.example, 10.1.2.3, and not", "\"host\""],
            "ca_file",
        ),
        ("names", ca.certificate_for(&many), vec!["host4.example and 4 more"], "host5"),
        ("client", ca.client_certificate_for(here), vec!["not for servers", "serverAuth"], "ca_file"),
        ("authority", ca.authority_certificate_for(here), vec!["authority's certificate (CA:TRUE) as its own"], AUTHORITY),
        ("unknown", other_authority().certificate_for(here), vec!["wrong signature", AUTHORITY], "expired"),
        ("self-signed", ThrowawayCa::self_signed_certificate_for(here), vec!["not trusted here", AUTHORITY], "expired"),
    ] {
        let sandbox = Sandbox::builder().users(5).tls(&cert, &key).start();
        let error = told(sandbox.url(), &file);
        let message = error.message();
        for word in words {
            assert!(message.contains(word), "{what}: {message}");
        }
        assert!(!message.contains(not) && message.contains(sandbox.url()), "{what}: {message}");
        assert!(!error.json().to_string().contains("Nothing was sent"), "{error}");
    }
}

/// Another authority of the same name.
fn other_authority() -> ThrowawayCa {
    ThrowawayCa::new()
}

/// A self-signed certificate that is named as `ca_file` is trusted.
#[test]
fn a_self_signed_certificate_may_be_named() {
    let (cert, key) = ThrowawayCa::self_signed_certificate_for(&["localhost"]);
    let sandbox = Sandbox::builder().users(5).tls(&cert, &key).start();
    let file = CaFile::new("self-signed", &cert);
    call(&super::stage::client_of(&sandbox, json!({"ca_file": file.0})), "check", json!({})).unwrap();
}

/// A server that answers whatever it is sent with these bytes, and closes.
fn answering(bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut hello = [0; 4096];
            let _ = stream.read(&mut hello);
            let _ = stream.write_all(&bytes);
        }
    });
    host
}

#[test]
fn a_server_that_does_not_speak_todays_tls_is_said_not_to() {
    let file = CaFile::new("protocols", &ThrowawayCa::new().pem());
    let alert = |description: u8| vec![0x15, 3, 1, 0, 2, 2, description];
    // A ServerHello of TLS 1.1: version, random, no session, TLS_RSA_WITH_AES_128_CBC_SHA, no compression.
    let mut hello = vec![0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
    hello.extend([7; 32]);
    hello.extend([0, 0, 0x2f, 0]);
    for (bytes, words) in [
        (alert(70), "no newer TLS than 1.1"),
        (alert(71), "none of today's ciphers"),
        (alert(40), "no cipher in common"),
        (alert(112), "does not serve this name"),
        (alert(116), "wants a client's certificate"),
        (alert(80), "alert InternalError"),
        (hello, "no newer TLS than 1.1"),
        (b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".to_vec(), "does not answer in TLS"),
        (b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), "does not answer in TLS"),
        (Vec::new(), "closed before TLS was agreed upon"),
    ] {
        let shown = format!("{bytes:?}");
        let error = told(&answering(bytes), &file);
        let message = error.message();
        assert!(message.contains(words) && !message.contains("ca_file"), "{shown}: {message}");
    }
}

/// A server that wants to know its clients by certificates, and says so after the handshake, as TLS 1.3 has it.
#[test]
fn a_server_that_wants_a_clients_certificate_is_said_to() {
    let ca = ThrowawayCa::new();
    let (cert, key) = ca.certificate_for(&["localhost"]);
    let file = CaFile::new("clients", &ca.pem());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca.pem().as_bytes()).unwrap()).unwrap();
    let verifier =
        rustls::server::WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build().unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(cert.as_bytes()).unwrap()],
            PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap(),
        )
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let config = config.clone();
            std::thread::spawn(move || {
                let mut tls = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
                let mut bytes = Vec::new();
                let _ = tls.read_to_end(&mut bytes);
                // The refusal is to be read before the connection is reset for what nobody read.
                let _ = tls.sock.shutdown(std::net::Shutdown::Write);
                let _ = tls.sock.read_to_end(&mut bytes);
            });
        }
    });
    let error = told(&host, &file);
    assert!(error.message().contains("wants a client's certificate"), "{error}");
}
