//! HTTPS with certificates of one's own.

use finaut_sandbox::{Fault, Sandbox, ThrowawayCa};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

/// What comes back over TLS by somebody who trusts `ca_pem` alone.
fn get(sandbox: &Sandbox, ca_pem: &str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca_pem.as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(("127.0.0.1", sandbox.port()))?);
    stream.write_all(b"GET /finautapi/v1/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

#[test]
fn https_works_for_those_who_trust_the_throw_away_authority() {
    let sandbox = Sandbox::builder().with_tls().start();
    assert!(sandbox.url().starts_with("https://localhost:"));
    assert!(get(&sandbox, sandbox.ca_pem().unwrap()).unwrap().starts_with("HTTP/1.1 401"));
    assert!(get(&sandbox, &ThrowawayCa::new().pem()).is_err());
}

#[test]
fn expired_and_foreign_certificates_can_be_shown() {
    let ca = ThrowawayCa::new();
    for (cert, key) in [ca.expired_certificate_for(&["localhost"]), ca.certificate_for(&["finaut.example"])] {
        let sandbox = Sandbox::builder().tls(&cert, &key).start();
        let error = get(&sandbox, &ca.pem()).unwrap_err().to_string();
        assert!(error.contains("certificate"), "{error}");
        assert_eq!(sandbox.requests().len(), 0);
    }
}

#[test]
fn a_cut_inside_tls_does_not_say_goodbye() {
    let sandbox = Sandbox::builder().with_tls().start();
    sandbox.fault(Fault::cut_after_acting());
    let error = get(&sandbox, sandbox.ca_pem().unwrap()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof, "{error}");
    assert!(Sandbox::builder().tls("no certificate", "no key").try_start().is_err());
}
