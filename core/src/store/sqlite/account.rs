//! An account's state in a file: whose it is, and what opens it.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use super::file::{File, Trouble, damaged};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Error;
use crate::json::Json;
use crate::store::interface::At;
use crate::store::vault::{DataKey, Vault, Wrapping};

/// The state of one account in a file.
pub struct SqliteStore {
    pub(super) file: Arc<File>,
    /// Who counts together: host and client id.
    pub(super) account: String,
    /// What only those who know the secret can read.
    vault: Vault,
    /// Tokens are given for a scope.
    pub(super) scope: String,
    /// In which hour the inbox was last cleared of what is kept too long; 0: not yet.
    pub(super) cleared: AtomicU64,
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.debug_struct("SqliteStore").field("file", &self.file.path()).finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Opens the file, or makes it. Errors: `state`, with what to do.
    pub fn open(path: &str, config: &Config, clock: &dyn Clock) -> Result<SqliteStore, Error> {
        let file = File::at(Path::new(path))?;
        let wrapping = Wrapping::new(&config.host, &config.client_id, &config.client_secret)?;
        let former = config.previous_client_secret.as_ref();
        let former = former.map(|secret| Wrapping::new(&config.host, &config.client_id, secret)).transpose()?;
        let at = At { clock, patience_s: config.max_wait_s.max(2.0) };
        let mut key = None;
        file.look(at, &mut |connection, _| {
            key = known_key(connection, &wrapping)?;
            Ok(())
        })?;
        if key.is_none() {
            file.run(at, &mut |connection, _| {
                key = Some(match known_key(connection, &wrapping)? {
                    Some(known) => known,
                    None => new_key(connection, &wrapping, former.as_ref())?,
                });
                Ok(())
            })?;
        }
        let vault = key.ok_or_else(|| damaged(file.path(), "the key of the account"))?.vault()?;
        Ok(SqliteStore {
            file,
            account: wrapping.account().to_owned(),
            vault,
            scope: config.scope.clone(),
            cleared: AtomicU64::new(0),
        })
    }

    /// What rows of this vault are marked with.
    pub(super) fn vault(&self) -> &str {
        self.vault.id()
    }

    pub(super) fn name(&self, label: &str, text: &str) -> String {
        self.vault.fingerprint(label, text)
    }

    pub(super) fn seal(&self, what: &str, plain: &[u8]) -> Result<Vec<u8>, Trouble> {
        self.vault.seal(what, plain).map_err(Trouble::Said)
    }

    /// What was sealed as `what`. `None` for anything else: what cannot be read is not known.
    pub(super) fn open_sealed(&self, what: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.vault.open(what, sealed)
    }

    /// The same for JSON that must be readable.
    pub(super) fn open_json(&self, what: &str, sealed: &[u8]) -> Result<Json, Trouble> {
        self.open_sealed(what, sealed)
            .and_then(|plain| Json::read(&plain).ok())
            .ok_or_else(|| Trouble::Said(damaged(self.file.path(), "a sealed row")))
    }
}

fn known_key(connection: &Connection, wrapping: &Wrapping) -> Result<Option<DataKey>, Trouble> {
    let wrapped: Option<Vec<u8>> = connection
        .prepare_cached("SELECT wrapped FROM vault WHERE account = ?1 AND secret = ?2")?
        .query_row([wrapping.account(), wrapping.secret()], |row| row.get(0))
        .optional()?;
    Ok(wrapped.and_then(|wrapped| wrapping.unwrap(&wrapped)))
}

/// The key of a secret that has none yet: the former secret's, which opens nothing from now on, or a new one.
fn new_key(connection: &Connection, wrapping: &Wrapping, former: Option<&Wrapping>) -> Result<DataKey, Trouble> {
    let mut key = None;
    if let Some(former) = former {
        key = known_key(connection, former)?;
        connection
            .prepare_cached("DELETE FROM vault WHERE account = ?1 AND secret = ?2")?
            .execute([former.account(), former.secret()])?;
    }
    let key = key.map_or_else(DataKey::random, Ok).map_err(Trouble::Said)?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO vault (account, secret, wrapped) VALUES (?1, ?2, ?3)")?
        .execute(params![wrapping.account(), wrapping.secret(), wrapping.wrap(&key).map_err(Trouble::Said)?])?;
    Ok(key)
}
