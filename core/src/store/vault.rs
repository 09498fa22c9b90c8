//! The vault of an account: names that only its owner can make, and sealing. One for all backends. Both hang on a data key, which
//! is random, and which a backend keeps wrapped by a key made from the client secret: a secret that is replaced loses nothing.

use data_encoding::HEXLOWER;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::SecureRandom;
use zeroize::Zeroizing;

use crate::config::Secret;
use crate::error::{Code, Error};

/// The length of each key, in bytes.
const KEY_LEN: usize = 32;

/// What names are made with and values sealed with.
pub struct Vault {
    id: String,
    names: hmac::Key,
    sealing: LessSafeKey,
}

impl Vault {
    /// Which vault it is, the same for every client secret that ever opened it: 64 hexadecimal digits that tell nothing of the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// A name for `text` that only those who have the key can make, and nobody can turn back: 64 hexadecimal digits.
    pub fn fingerprint(&self, label: &str, text: &str) -> String {
        HEXLOWER.encode(signed(&self.names, &[label, text]).as_ref())
    }

    /// `plain`, readable only for those who have the key, and only as `what`. Errors: `internal`, where the system gives no
    /// random numbers.
    pub fn seal(&self, what: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        sealed(&self.sealing, what, plain)
    }

    /// What was sealed as `what`. `None` for anything else.
    pub fn open(&self, what: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        opened(&self.sealing, what, sealed)
    }
}

/// The random key of a vault.
pub struct DataKey(Zeroizing<[u8; KEY_LEN]>);

impl DataKey {
    /// A new one. Errors: `internal`, where the system gives no random numbers.
    pub fn random() -> Result<DataKey, Error> {
        let mut key = Zeroizing::new([0; KEY_LEN]);
        ring::rand::SystemRandom::new().fill(key.as_mut()).map_err(|_| failed())?;
        Ok(DataKey(key))
    }

    /// The vault that this key opens.
    pub fn vault(&self) -> Result<Vault, Error> {
        let root = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_ref());
        Ok(Vault {
            id: HEXLOWER.encode(signed(&root, &["vault"]).as_ref()),
            names: hmac::Key::new(hmac::HMAC_SHA256, signed(&root, &["names"]).as_ref()),
            sealing: key_of(&signed(&root, &["seal"]))?,
        })
    }
}

/// What an account's data key is wrapped with: made from a client secret.
pub struct Wrapping {
    account: String,
    secret: String,
    key: LessSafeKey,
}

impl Wrapping {
    /// For the account of this client at this host. Errors: `internal`.
    pub fn new(host: &str, client_id: &str, client_secret: &Secret) -> Result<Wrapping, Error> {
        let root = hmac::Key::new(hmac::HMAC_SHA256, client_secret.reveal().as_bytes());
        Ok(Wrapping {
            account: account(host, client_id),
            secret: HEXLOWER.encode(signed(&root, &["secret", host, client_id]).as_ref()),
            key: key_of(&signed(&root, &["wrap", host, client_id]))?,
        })
    }

    /// Whose slots are counted together: 64 hexadecimal digits for host and client id.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// Which secret of the account it was made from: 64 hexadecimal digits that tell nothing of the secret.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The data key as a backend may keep it. Errors: `internal`.
    pub fn wrap(&self, key: &DataKey) -> Result<Vec<u8>, Error> {
        sealed(&self.key, &self.account, key.0.as_ref())
    }

    /// The data key that was wrapped for this account with this secret. `None` for anything else.
    pub fn unwrap(&self, wrapped: &[u8]) -> Option<DataKey> {
        let plain = opened(&self.key, &self.account, wrapped)?;
        Some(DataKey(Zeroizing::new(plain.as_slice().try_into().ok()?)))
    }
}

/// A name for an account: those who share it share its slots, whatever secret they were given.
fn account(host: &str, client_id: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"finaut account");
    HEXLOWER.encode(signed(&key, &[host, client_id]).as_ref())
}

/// Each part with its length before it, so that no two lists of parts are alike.
fn signed(key: &hmac::Key, parts: &[&str]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(key);
    for part in ["finaut"].iter().chain(parts) {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    context.sign()
}

fn key_of(bytes: &hmac::Tag) -> Result<LessSafeKey, Error> {
    UnboundKey::new(&AES_256_GCM, bytes.as_ref()).map(LessSafeKey::new).map_err(|_| failed())
}

fn sealed(key: &LessSafeKey, what: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
    let mut nonce = [0; NONCE_LEN];
    ring::rand::SystemRandom::new().fill(&mut nonce).map_err(|_| failed())?;
    let mut sealed = plain.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(what), &mut sealed).map_err(|_| failed())?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn opened(key: &LessSafeKey, what: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>()?;
    let mut sealed = Zeroizing::new(sealed.to_vec());
    let length = key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(what), &mut sealed).ok()?.len();
    sealed.truncate(length);
    Some(sealed)
}

fn failed() -> Error {
    Error::new(Code::Internal, "The system gave no random numbers, or a key was refused.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapping(client_id: &str, secret: &str) -> Wrapping {
        Wrapping::new("https://here", client_id, &Secret::new(secret)).unwrap()
    }

    #[test]
    fn only_the_accounts_own_secret_unwraps_its_key() {
        let key = DataKey::random().unwrap();
        let ours = wrapping("one", "secret");
        let wrapped = ours.wrap(&key).unwrap();
        assert_eq!(ours.unwrap(&wrapped).unwrap().0, key.0);
        assert!(wrapping("one", "another").unwrap(&wrapped).is_none());
        assert!(wrapping("two", "secret").unwrap(&wrapped).is_none());
        assert_ne!(ours.secret(), wrapping("two", "secret").secret());
        assert_eq!(ours.account(), wrapping("one", "another").account());
    }

    #[test]
    fn what_is_sealed_opens_under_its_own_name_only() {
        let vault = DataKey::random().unwrap().vault().unwrap();
        let sealed = vault.seal("this", b"text").unwrap();
        assert_eq!(vault.open("this", &sealed).unwrap().as_slice(), b"text");
        assert!(vault.open("that", &sealed).is_none());
        assert!(vault.open("this", sealed.get(..sealed.len() - 1).unwrap()).is_none());
        assert!(vault.open("this", b"").is_none());
        assert!(DataKey::random().unwrap().vault().unwrap().open("this", &sealed).is_none());
    }

    #[test]
    fn a_name_depends_on_key_label_and_text() {
        let (one, other) = (DataKey::random().unwrap().vault().unwrap(), DataKey::random().unwrap().vault().unwrap());
        let name = one.fingerprint("label", "text");
        assert_eq!(name, one.fingerprint("label", "text"));
        for different in
            [other.fingerprint("label", "text"), one.fingerprint("labelt", "ext"), one.fingerprint("label", "texT")]
        {
            assert_ne!(name, different);
        }
    }
}
