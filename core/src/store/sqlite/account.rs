//! An account's state in a pair of files: whose it is, and what opens it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::clock::FileNumber;
use super::outcome::Outcome;
use super::pair::{Pair, real};
use super::trouble::{Trouble, damaged, problem};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Error;
use crate::json::Json;
use crate::process::Mutex;
use crate::store::at::At;
use crate::store::vault::{DataKey, Vault, Wrapping};

/// So often in one unit of work the main file may turn out to be another one.
const REPLACEMENTS: u32 = 5;

/// The state of one account in files.
pub struct SqliteStore {
    pub(super) pair: Arc<Pair>,
    /// The path as it was configured, where symbolic links are on it: they may come to lead elsewhere.
    linked: Option<PathBuf>,
    wrapping: Wrapping,
    /// What opens what the former client secret sealed.
    former: Option<Wrapping>,
    /// The account's vault in the main file of this number.
    vault: Mutex<(FileNumber, Arc<Vault>)>,
    /// Tokens are given for a scope.
    pub(super) scope: String,
    /// In which hour the inbox was last cleared of what is kept too long; 0: not yet.
    pub(super) cleared: AtomicU64,
    /// How long lines of the journal are kept, in seconds.
    pub(super) journal_s: f64,
    /// In which hour old lines were last deleted; 0: not yet.
    pub(super) pruned: AtomicU64,
    /// The lines whose outcomes lie in the quota file though the main file has them.
    pub(super) taken_over: Mutex<Vec<String>>,
    /// The outcomes of lines that could not be noted.
    pub(super) kept: Mutex<Vec<Outcome>>,
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.debug_struct("SqliteStore").field("file", &self.pair.main.path()).finish_non_exhaustive()
    }
}

/// A unit of work on one of the files, at a moment of the file's own time, with what opens the account's rows.
pub(super) type Unit<'a> = &'a mut dyn FnMut(&Connection, f64, &Vault) -> Result<(), Trouble>;

impl SqliteStore {
    /// Opens the files, or makes them. Errors: `state`, with what to do.
    pub fn open(path: &str, config: &Config, clock: &dyn Clock) -> Result<SqliteStore, Error> {
        let pair = Pair::at(Path::new(path))?;
        let wrapping = Wrapping::new(&config.host, &config.client_id, &config.client_secret)?;
        let former = config.previous_client_secret.as_ref();
        let former = former.map(|secret| Wrapping::new(&config.host, &config.client_id, secret)).transpose()?;
        let at = At { clock, patience_s: config.max_wait_s.max(2.0) };
        let vault = vault_in(&pair, at, &wrapping, former.as_ref())?;
        let linked = std::path::absolute(path).ok().filter(|path| path != pair.main.path());
        Ok(SqliteStore {
            pair,
            linked,
            wrapping,
            former,
            vault: Mutex::new(vault),
            scope: config.scope.clone(),
            cleared: AtomicU64::new(0),
            journal_s: config.journal_s,
            pruned: AtomicU64::new(0),
            taken_over: Mutex::default(),
            kept: Mutex::default(),
        })
    }

    /// Whose slots count together: host and client id.
    pub(super) fn account(&self) -> &str {
        self.wrapping.account()
    }

    /// The vault as it was last opened.
    pub(super) fn vault(&self) -> Arc<Vault> {
        self.vault.with(|(_, vault)| vault.clone())
    }

    /// The vault in the main file that is there now. One that took another's place has a vault of its own.
    fn opened(&self, at: At) -> Result<(FileNumber, Arc<Vault>), Error> {
        self.check_links()?;
        let number = self.pair.main_number(at, &mut |_, _, _| Ok(()))?;
        let known = self.vault.with(|known| (known.0 == number).then(|| known.clone()));
        if let Some(known) = known {
            return Ok(known);
        }
        let opened = vault_in(&self.pair, at, &self.wrapping, self.former.as_ref())?;
        self.vault.with(|known| *known = opened.clone());
        Ok(opened)
    }

    /// A path that leads to another file than at first is no longer followed: other programs keep their state in that one by now, and
    /// would not see what is put into the former.
    fn check_links(&self) -> Result<(), Error> {
        let Some(path) = &self.linked else { return Ok(()) };
        let (now, before) = (real(path).ok(), self.pair.main.path());
        if now.as_deref() == Some(before) {
            return Ok(());
        }
        let now = now.map_or_else(|| "nowhere".to_owned(), |now| format!("to {}", now.display()));
        Err(problem(
            path,
            &format!(
                "leads {now} now, but led to {} when this client was made. Make the client anew, or put the link back",
                before.display()
            ),
        ))
    }

    /// Changes what must not be lost: it is on the disk when this returns.
    pub(super) fn change(&self, at: At, work: Unit) -> Result<(), Error> {
        self.on_main(at, work, &|at, work| self.pair.main.run(at, work))
    }

    /// Reads what must not be lost.
    pub(super) fn read(&self, at: At, work: Unit) -> Result<(), Error> {
        self.on_main(at, work, &|at, work| self.pair.main.look(at, work))
    }

    fn on_main(&self, at: At, work: Unit, how: &dyn Fn(At, super::file::Work) -> Result<(), Error>) -> Result<(), Error> {
        for _ in 0..REPLACEMENTS {
            let (number, vault) = self.opened(at)?;
            let mut is_other = false;
            how(at, &mut |connection, now, file| {
                is_other = file != number;
                if is_other { Ok(()) } else { work(connection, now, &vault) }
            })?;
            if !is_other {
                return Ok(());
            }
        }
        Err(Trouble::Replaced.explain(self.pair.main.path()))
    }

    /// Changes what a power cut may take.
    pub(super) fn change_quota(&self, at: At, work: Unit) -> Result<(), Error> {
        let (_, vault) = self.opened(at)?;
        self.pair.quota.run(at, &mut |connection, now, _| work(connection, now, &vault))
    }

    /// Reads what a power cut may take.
    pub(super) fn read_quota(&self, at: At, work: Unit) -> Result<(), Error> {
        let (_, vault) = self.opened(at)?;
        self.pair.quota.look(at, &mut |connection, now, _| work(connection, now, &vault))
    }

    /// For a unit of work that was done and left nothing, which cannot be.
    pub(super) fn not_done(&self) -> Error {
        problem(self.pair.main.path(), "did not do what it was asked")
    }

    /// Sealed JSON that must be readable.
    pub(super) fn open_json(&self, vault: &Vault, what: &str, sealed: &[u8]) -> Result<Json, Trouble> {
        vault
            .open(what, sealed)
            .and_then(|plain| Json::read(&plain).ok())
            .ok_or_else(|| Trouble::Said(damaged(self.pair.main.path(), "a sealed row")))
    }
}

/// The one blob that a query finds by these texts.
pub(super) fn blob(connection: &Connection, query: &str, texts: &[&str]) -> Result<Option<Vec<u8>>, Trouble> {
    let mut statement = connection.prepare_cached(query)?;
    Ok(statement.query_row(params_from_iter(texts), |row| row.get(0)).optional()?)
}

pub(super) fn seal(vault: &Vault, what: &str, plain: &[u8]) -> Result<Vec<u8>, Trouble> {
    vault.seal(what, plain).map_err(Trouble::Said)
}

/// The vault of a secret in the main file that is there now, with the file's number. It is made if there is none.
fn vault_in(pair: &Pair, at: At, wrapping: &Wrapping, former: Option<&Wrapping>) -> Result<(FileNumber, Arc<Vault>), Error> {
    let mut found = None;
    pair.main_number(at, &mut |connection, _, file| {
        found = known_key(connection, wrapping)?.map(|key| (file, key));
        Ok(())
    })?;
    if found.is_none() {
        pair.main.run(at, &mut |connection, _, file| {
            let key = match known_key(connection, wrapping)? {
                Some(known) => known,
                None => new_key(connection, wrapping, former)?,
            };
            found = Some((file, key));
            Ok(())
        })?;
    }
    let (file, key) = found.ok_or_else(|| damaged(pair.main.path(), "the key of the account"))?;
    Ok((file, Arc::new(key.vault()?)))
}

fn known_key(connection: &Connection, wrapping: &Wrapping) -> Result<Option<DataKey>, Trouble> {
    let query = "SELECT wrapped FROM vault WHERE account = ?1 AND secret = ?2";
    let wrapped = blob(connection, query, &[wrapping.account(), wrapping.secret()])?;
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
