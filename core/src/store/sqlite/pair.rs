//! The two files of a state: the main one, of what must not be lost, and the one beside it, of what a power cut may take. One pair
//! for each path and process.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use once_cell::race::OnceBox;
use rusqlite::OptionalExtension;

use super::clock::FileNumber;
use super::file::{File, Role, Work};
use super::lives::Lives;
use super::restart::{forget_in_main, forget_in_quota};
use super::schema::{MAIN, QUOTA};
use super::trouble::problem;
use crate::error::Error;
use crate::process::{self, ChildHook, Mutex};
use crate::store::at::At;
use crate::token::Failure;

/// What is appended to the main file's name.
const QUOTA_END: &str = "-quota";
const LIVES_END: &str = "-lives";

/// The two files.
pub struct Pair {
    /// Inbox, pending creations, data keys.
    pub main: File,
    /// Slots, tokens, remembered answers, leases.
    pub quota: File,
    /// Which processes that use them have not ended.
    pub lives: Lives,
    /// Why this process got no token of late, by vault and scope; other processes find out for themselves.
    failures: Mutex<HashMap<(String, String), Failure>>,
}

type Pairs = HashMap<PathBuf, Weak<Pair>>;

fn pairs() -> &'static Mutex<Pairs> {
    static PAIRS: OnceBox<Mutex<Pairs>> = OnceBox::new();
    PAIRS.get_or_init(Box::default)
}

/// Before a fork: closes every connection; parent and child open their own when they next need one.
fn close_all() {
    pairs().with(|pairs| {
        for pair in pairs.values().filter_map(Weak::upgrade) {
            pair.main.close();
            pair.quota.close();
        }
    });
}

/// In a forked child: what says that the parent lives is the parent's alone.
fn forget_lives() {
    pairs().with(|pairs| pairs.values().filter_map(Weak::upgrade).for_each(|pair| pair.lives.forget()));
}

impl Pair {
    /// The pair at this path, the same for all of this process. Files are opened when they are first used. Errors: `state`.
    pub fn at(path: &Path) -> Result<Arc<Pair>, Error> {
        process::before_each(close_all);
        process::in_each_child(ChildHook::State, forget_lives);
        let path = real(path).map_err(|e| problem(path, &format!("is no path: {e}")))?;
        Ok(pairs().with(|pairs| {
            pairs.retain(|_, pair| pair.strong_count() > 0);
            if let Some(pair) = pairs.get(&path).and_then(Weak::upgrade) {
                return pair;
            }
            let beside = |end: &str| {
                let mut name = path.clone().into_os_string();
                name.push(end);
                PathBuf::from(name)
            };
            let pair = Arc::new(Pair {
                main: File::new(
                    path.clone(),
                    Role { schema: &MAIN, synchronous: "FULL", replaceable: false, forget_former_run: forget_in_main },
                ),
                quota: File::new(
                    beside(QUOTA_END),
                    Role { schema: &QUOTA, synchronous: "OFF", replaceable: true, forget_former_run: forget_in_quota },
                ),
                lives: Lives::new(beside(LIVES_END)),
                failures: Mutex::default(),
            });
            pairs.insert(path, Arc::downgrade(&pair));
            pair
        }))
    }

    /// The number of the main file, which is opened, or made, if it is not open. The quota file knows its
    /// number, so a main file that was emptied or removed is noticed. If it is opened, `look` looks at it as well.
    pub fn main_number(&self, at: At, look: Work) -> Result<FileNumber, Error> {
        if let Some(number) = self.main.number()? {
            return Ok(number);
        }
        // This is read before the quota file: a process that makes a new main file first deletes the former one's number there.
        let exists = self.main.exists()?;
        let mut noted = None;
        if !self.quota.exists()? || !exists {
            self.main.was_in_use(false);
        } else {
            self.quota.look(at, &mut |connection, _, _| {
                noted = connection.query_row("SELECT file FROM main", [], |row| row.get::<_, FileNumber>(0)).optional()?;
                Ok(())
            })?;
            if noted.is_some() {
                self.main.was_in_use(true);
            }
        }
        if !exists && self.quota.exists()? {
            self.quota.run(at, &mut |connection, _, _| Ok(connection.execute_batch("DELETE FROM main")?))?;
        }
        // Not asked for afterwards: a fork may have closed it by then.
        let mut number = FileNumber::default();
        self.main.look(at, &mut |connection, now, file| {
            number = file;
            look(connection, now, file)
        })?;
        if noted != Some(number) {
            self.quota.run(at, &mut |connection, _, _| {
                connection.execute("INSERT OR REPLACE INTO main (one, file) VALUES (1, ?1)", [number])?;
                Ok(())
            })?;
        }
        Ok(number)
    }

    /// Why this process got no token of late.
    pub fn failure_of(&self, vault: &str, scope: &str) -> Option<Failure> {
        self.failures.with(|failures| failures.get(&(vault.to_owned(), scope.to_owned())).cloned())
    }

    pub fn keep_failure(&self, vault: &str, scope: &str, failure: Option<Failure>) {
        let key = (vault.to_owned(), scope.to_owned());
        self.failures.with(|failures| match failure {
            Some(failure) => _ = failures.insert(key, failure),
            None => _ = failures.remove(&key),
        });
    }
}

/// The path without symbolic links: the journal lies beside the file itself, and so must the other file.
#[cfg(unix)]
pub fn real(path: &Path) -> std::io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    if let Ok(real) = std::fs::canonicalize(&path) {
        return Ok(real);
    }
    // It is to be made.
    Ok(match (path.parent().map(std::fs::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => path,
    })
}

#[cfg(not(unix))]
pub fn real(path: &Path) -> std::io::Result<PathBuf> {
    std::path::absolute(path)
}
