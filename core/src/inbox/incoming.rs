//! A request as a sender brought it, and whether its sender is trusted. What it is about, `payload` reads.

use super::payload::{self, Item};
use super::refusal::Refusal;
use crate::client::Call;
use crate::wire::objects::webhook as names;
use crate::wire::protocol;

/// A request as it came in.
pub struct Incoming {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What a trusted request is about.
pub struct Read {
    /// At least one.
    pub items: Vec<Item>,
    /// Whether the sender's signature was checked and fits.
    pub signed: bool,
}

impl Incoming {
    /// A request. `path`: with or without its query; empty where the host does not know it. `headers`: names in any case, and
    /// values. `body`: the bytes as they came, which is what a signature is made over.
    pub fn from_request(method: &str, path: &str, mut headers: Vec<(String, String)>, body: Vec<u8>) -> Incoming {
        headers.iter_mut().for_each(|(name, _)| name.make_ascii_lowercase());
        Incoming { method: method.to_owned(), path: path.to_owned(), headers, body }
    }

    /// The bytes of the body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// What the sender calls the request, for its own logs.
    pub fn correlation_id(&self) -> Option<&str> {
        self.header(protocol::CORRELATION_ID).filter(|id| !id.is_empty())
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What it is about. Refused with 404 or 401 if the sender does not know what the configuration demands, with 405 for another
    /// method than POST, and as [`payload::items`] does.
    pub fn read(&self, call: &Call) -> Result<Read, Refusal> {
        // The check comes first, so that a stranger cannot even have a payload read.
        let signed = self.check(call)?;
        if !self.method.eq_ignore_ascii_case("POST") {
            return Err(Refusal::new(405, "Only POST is understood."));
        }
        Ok(Read { items: payload::items(&self.body)?, signed })
    }

    /// Whether the sender is trusted, and whether the request is signed.
    fn check(&self, call: &Call) -> Result<bool, Refusal> {
        let trust = &call.config().inbox;
        if let Some(secret) = &trust.path_secret {
            let path = self.path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
            // A stranger learns nothing: any path that does not exist answers like this.
            if !same(path.rsplit('/').next().unwrap_or_default(), secret.reveal()) {
                return Err(Refusal::new(404, "The path does not end in the path_secret."));
            }
        }
        if let Some((name, secret)) = &trust.header
            && !self.header(name).is_some_and(|value| same(value, secret.reveal()))
        {
            return Err(Refusal::new(401, format!("The header {name} is missing or wrong.")));
        }
        let Some(secret) = &trust.hmac_secret else { return Ok(false) };
        let Some(signature) = self.header(names::SIGNATURE) else {
            return Err(Refusal::new(401, format!("The header {} is missing.", names::SIGNATURE)));
        };
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.reveal().as_bytes());
        let signed = signature
            .trim()
            .strip_prefix(names::SIGNATURE_BEGINS)
            .and_then(|digits| data_encoding::HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).ok())
            .is_some_and(|tag| ring::hmac::verify(&key, &self.body, &tag).is_ok());
        if signed {
            return Ok(true);
        }
        Err(Refusal::new(401, format!("The header {} does not fit the body.", names::SIGNATURE)))
    }
}

/// Compares in a time that does not tell where the first difference is.
fn same(given: &str, secret: &str) -> bool {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"finaut comparison");
    ring::hmac::verify(&key, given.as_bytes(), ring::hmac::sign(&key, secret.as_bytes()).as_ref()).is_ok()
}
