//! Names that only those who know the secret can make, and keys.

use crate::config::Config;

/// A name for `text` as [`Client::fingerprint`] makes it.
pub fn fingerprint(config: &Config, label: &str, text: &str) -> String {
    hexadecimal(derived(config, label, text).as_ref())
}

/// Two digits for each byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// 32 bytes that only those who know the secret can make: a name, or a key.
pub fn derived(config: &Config, label: &str, text: &str) -> ring::hmac::Tag {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, config.client_secret.reveal().as_bytes());
    let mut context = ring::hmac::Context::with_key(&key);
    for part in ["finaut", label, &config.host, &config.client_id, text] {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    context.sign()
}
