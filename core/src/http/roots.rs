//! Whom TLS trusts: the system's certificate authorities, and those of `ca_file`.

use ureq::tls::{Certificate, PemItem};

use crate::error::{Code, Error};
use crate::process::shortage;

/// The certificates of a PEM file. Errors: `config`.
pub fn read(path: &str) -> Result<Vec<Certificate<'static>>, Error> {
    let bad = |problem: String| Error::new(Code::Config, format!("ca_file: {problem}.")).field("ca_file", &problem);
    let pem = std::fs::read(path).map_err(|e| match shortage::words(&e) {
        Some(short) => Error::new(Code::State, format!("ca_file: {path} cannot be read now: {short}.")),
        None => bad(format!("{path} cannot be read: {e}")),
    })?;
    let mut roots = Vec::new();
    for item in ureq::tls::parse_pem(&pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => roots.push(certificate),
            Ok(_) => {}
            Err(_) => return Err(bad(format!("{path} is no PEM file"))),
        }
    }
    if roots.is_empty() {
        return Err(bad(format!("{path} holds no certificate (a PEM file with -----BEGIN CERTIFICATE----- is expected)")));
    }
    Ok(roots)
}

/// The system's authorities and `own`. Errors: `config` where there are none at all.
pub fn trusted(own: &[Certificate<'static>]) -> Result<Vec<Certificate<'static>>, Error> {
    let system = rustls_native_certs::load_native_certs();
    // Only a part of them would do later for no server whose authority is in the other.
    if let Some(short) = system.errors.iter().find_map(short) {
        return Err(Error::new(Code::State, format!("The system's certificate authorities cannot be read: {short}.")));
    }
    let mut roots: Vec<_> = system.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    roots.extend(own.iter().cloned());
    if roots.is_empty() {
        let why = system.errors.first().map(|e| format!(" ({e})")).unwrap_or_default();
        let message = format!(
            "No certificate authorities were found on this system{why}, so no server can be trusted. Install them (Debian: \
             package ca-certificates), or name a PEM file as \"ca_file\" in the configuration."
        );
        return Err(Error::new(Code::Config, message));
    }
    Ok(roots)
}

fn short(e: &rustls_native_certs::Error) -> Option<String> {
    match &e.kind {
        rustls_native_certs::ErrorKind::Io { inner, .. } => shortage::words(inner),
        _ => None,
    }
}
