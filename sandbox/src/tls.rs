//! Certificates for tests: a certificate authority that lives as long as the test, and the server's TLS settings.

#![allow(clippy::expect_used)] // a test without its certificates should fail here

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair, date_time_ymd};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;

/// A certificate authority that nobody trusts unless told to.
pub struct ThrowawayCa(CertifiedIssuer<'static, KeyPair>);

impl ThrowawayCa {
    /// # Panics
    /// If no key can be made.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, "FinAut sandbox, throw-away CA");
        Self(CertifiedIssuer::self_signed(params, key).expect("a self-signed certificate"))
    }

    /// The authority's own certificate, for a client's `ca_file`.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// Certificate and key in PEM, for these DNS names or IP addresses.
    ///
    /// # Panics
    /// If a name is none.
    pub fn certificate_for(&self, names: &[&str]) -> (String, String) {
        self.issue(names, |_| {})
    }

    /// The same, but valid only in the past.
    ///
    /// # Panics
    /// If a name is none.
    pub fn expired_certificate_for(&self, names: &[&str]) -> (String, String) {
        self.issue(names, |params| {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        })
    }

    /// The same, but valid only in the far future.
    ///
    /// # Panics
    /// If a name is none.
    pub fn future_certificate_for(&self, names: &[&str]) -> (String, String) {
        self.issue(names, |params| {
            params.not_before = date_time_ymd(2090, 1, 1);
            params.not_after = date_time_ymd(2091, 1, 1);
        })
    }

    /// The same, but for clients alone.
    ///
    /// # Panics
    /// If a name is none.
    pub fn client_certificate_for(&self, names: &[&str]) -> (String, String) {
        self.issue(names, |params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth])
    }

    /// The same, but an authority's (CA:TRUE), which no server may show as its own.
    ///
    /// # Panics
    /// If a name is none.
    pub fn authority_certificate_for(&self, names: &[&str]) -> (String, String) {
        self.issue(names, |params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained))
    }

    /// Certificate and key in PEM, signed with its own key and by no authority.
    ///
    /// # Panics
    /// If a name is none.
    pub fn self_signed_certificate_for(names: &[&str]) -> (String, String) {
        let key = KeyPair::generate().expect("a key");
        let certificate = params_for(names).self_signed(&key).expect("a self-signed certificate");
        (certificate.pem(), key.serialize_pem())
    }

    fn issue(&self, names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> (String, String) {
        let mut params = params_for(names);
        change(&mut params);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a signed certificate");
        (certificate.pem(), key.serialize_pem())
    }
}

fn params_for(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    CertificateParams::new(names).expect("DNS names or IP addresses")
}

/// What the server shows to its clients.
pub(crate) fn acceptor(cert_pem: &str, key_pem: &str) -> Result<TlsAcceptor, String> {
    let certificates: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(cert_pem.as_bytes()).collect::<Result<_, _>>().map_err(|e| e.to_string())?;
    let key = PrivateKeyDer::from_pem_slice(key_pem.as_bytes()).map_err(|e| e.to_string())?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .map_err(|e| e.to_string())?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
