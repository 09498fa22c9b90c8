//! State in a SQLite file, shared by all processes of a machine, and by several accounts. Here stands how it is kept safely;
//! what a slot or a token is, others know. The inbox's tables have a file of their own.
//!
//! - Every change is one short `BEGIN IMMEDIATE` transaction in WAL mode: a process killed at any moment leaves either all of a
//!   change or nothing. `synchronous=NORMAL`: what a power failure can take is slots of the last moments, for which the server's
//!   own refusal is the remedy; the inbox's changes are on the disk before anybody is told (`FULL`).
//! - Times are seconds since the machine started, which no clock setting moves; a restart is recognised by the boot id.
//! - Names of accounts and people are HMACs; tokens and remembered answers are sealed with a key derived from the client secret.
//! - SQLite is never inside a call while the process forks, and no connection is open then: its locks belong to a process, and a
//!   child that inherited one would believe to hold what it does not.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use once_cell::race::OnceBox;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::clock::FileTime;
use super::quota::forget_former_run;
use super::schema::MIGRATIONS;
use crate::error::{Code, Error};
use crate::process::{self, Mutex};
use crate::random::random;
use crate::store::interface::At;
use crate::token::Failure;

/// `application_id` of our files: "FinA".
const APPLICATION: i64 = 0x4669_6e41;
/// The longest pause before a file that others hold is tried again, in seconds.
const TRY_AGAIN_S: f64 = 0.004;

/// A file and this process's one connection to it. More than one would do no harm, but cost locks.
pub struct File {
    path: PathBuf,
    connection: Mutex<Option<Open>>,
    /// Why this process got no token of late, by vault; other processes find out for themselves.
    failures: Mutex<HashMap<(String, String), Failure>>,
}

impl Drop for File {
    /// Closing is being inside SQLite, too: a child forked in the middle of it would find SQLite's own locks held for ever.
    fn drop(&mut self) {
        self.connection.with(|open| *open = None);
    }
}

struct Open {
    connection: Connection,
    /// Which file the path led to; one moved away and made anew is another.
    identity: Option<(u64, u64)>,
}

type Files = HashMap<PathBuf, Weak<File>>;

fn files() -> &'static Mutex<Files> {
    static FILES: OnceBox<Mutex<Files>> = OnceBox::new();
    FILES.get_or_init(Box::default)
}

/// Before a fork: closes every connection; parent and child open their own when they next need one.
fn close_all() {
    files().with(|files| {
        for file in files.values().filter_map(Weak::upgrade) {
            file.connection.with(|open| {
                if let Some(open) = open.take() {
                    // The fork waits for this; writing the log back into the file can be done another time.
                    let _ = open.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
                }
            });
        }
    });
}

/// What can go wrong inside.
pub enum Trouble {
    Sqlite(rusqlite::Error),
    Said(Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(e: rusqlite::Error) -> Self {
        Trouble::Sqlite(e)
    }
}

/// A unit of work on a file, at a moment of the file's own time.
type Work<'a> = &'a mut dyn FnMut(&Connection, f64) -> Result<(), Trouble>;

impl File {
    /// The file at this path, the same for all of this process. It is opened when it is first used. Errors: `state`.
    pub fn at(path: &Path) -> Result<Arc<File>, Error> {
        process::before_each(close_all);
        let path = std::path::absolute(path).map_err(|e| problem(path, &format!("is no path: {e}")))?;
        Ok(files().with(|files| {
            files.retain(|_, file| file.strong_count() > 0);
            if let Some(file) = files.get(&path).and_then(Weak::upgrade) {
                return file;
            }
            let file = Arc::new(File { path: path.clone(), connection: Mutex::new(None), failures: Mutex::default() });
            files.insert(path, Arc::downgrade(&file));
            file
        }))
    }

    pub fn path(&self) -> &Path {
        &self.path
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

    /// For a unit of work that was done and left nothing, which cannot be.
    pub fn not_done(&self) -> Error {
        problem(&self.path, "did not do what it was asked")
    }

    /// Changes something: `work` runs inside a transaction that keeps other writers out, again if the file is busy.
    pub fn run(&self, at: At, work: Work) -> Result<(), Error> {
        self.patiently(at, &mut |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let time = FileTime::read(&transaction, at.clock)?;
            if time.restarted {
                forget_former_run(&transaction)?;
                transaction.execute_batch("UPDATE event SET until = 0")?;
            }
            work(&transaction, time.now)?;
            time.keep(&transaction, at.clock)?;
            Ok(transaction.commit()?)
        })
    }

    /// The same for what must not be lost by a power failure either: it is on the disk when this returns.
    pub fn run_durably(&self, at: At, work: Work) -> Result<(), Error> {
        self.patiently(at, &mut |connection| Ok(connection.pragma_update(None, "synchronous", "FULL")?))?;
        self.run(at, work)?;
        self.patiently(at, &mut |connection| Ok(connection.pragma_update(None, "synchronous", "NORMAL")?))
    }

    /// Reads something: keeps nobody out.
    pub fn look(&self, at: At, work: Work) -> Result<(), Error> {
        let mut restarted = false;
        self.patiently(at, &mut |connection| {
            let time = FileTime::read(connection, at.clock)?;
            restarted = time.restarted;
            if restarted { Ok(()) } else { work(connection, time.now) }
        })?;
        // What is of the machine's former run goes first.
        if restarted { self.run(at, work) } else { Ok(()) }
    }

    fn patiently(&self, at: At, work: &mut dyn FnMut(&mut Connection) -> Result<(), Trouble>) -> Result<(), Error> {
        let started = at.clock.now();
        loop {
            let done = self.connection.with(|open| {
                let identity = identity(&self.path);
                if open.as_ref().is_some_and(|open| open.identity != identity || identity.is_none()) {
                    *open = None;
                }
                let open = match open {
                    Some(open) => open,
                    none => none.insert(self.make()?),
                };
                work(&mut open.connection)
            });
            let trouble = match done {
                Ok(()) => return Ok(()),
                Err(Trouble::Said(error)) => return Err(error),
                Err(Trouble::Sqlite(e)) => e,
            };
            let busy = matches!(trouble.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked));
            if !busy {
                // What is wrong may be the connection's; the next call begins with a new one.
                self.connection.with(|open| *open = None);
                return Err(self.explain(&trouble));
            }
            if at.clock.now() - started >= at.patience_s {
                let seconds = at.patience_s.ceil();
                let message = format!(
                    "has been locked by another program for {seconds} s. Look who holds it (fuser, lsof); a backup or a SQLite tool may"
                );
                return Err(problem(&self.path, &message));
            }
            // Waited for outside of all locks, so that a fork need not wait as well.
            at.clock.sleep(TRY_AGAIN_S * random());
        }
    }

    fn make(&self) -> Result<Open, Trouble> {
        let said = |message: String| Trouble::Said(problem(&self.path, &message));
        let folder = self.path.parent().unwrap_or(Path::new("/"));
        if !folder.is_dir() {
            return Err(said(format!(
                "cannot be made: the folder {} does not exist. Make it, owned by the user that runs this program",
                folder.display()
            )));
        }
        if self.path.is_dir() {
            return Err(said("is a folder. Name a file in it".into()));
        }
        // A device's permissions are everybody's: /dev/null must not become ours.
        if self.path.exists() && !self.path.is_file() {
            return Err(said("is no file but a device or the like. Name a file".into()));
        }
        if let Some(kind) = network_file_system(folder) {
            return Err(said(format!(
                "lies on a network file system ({kind}), where its locks cannot be relied upon. Use a local disk"
            )));
        }
        make_private(&self.path).map_err(|e| {
            said(format!(
                "cannot be made or opened: {e}. The user that runs this program must be able to write to it and its folder"
            ))
        })?;
        // No mutex of SQLite's own: ours guards the connection.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(std::time::Duration::ZERO)?;
        connection.set_prepared_statement_cache_capacity(32);
        // One look at all of it: between two, another process may make the tables.
        let look = connection.transaction()?;
        let version: i64 = look.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let application: i64 = look.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let is_foreign = application != APPLICATION && (application != 0 || version != 0 || holds_tables(&look)?);
        look.finish()?;
        let known = MIGRATIONS.len() as i64;
        if is_foreign {
            return Err(said("is a SQLite file of another program. Name another path".into()));
        }
        if version > known {
            return Err(said(format!(
                "was made by a newer version of this library (schema {version}, known is {known}). Update this program's library, or give it a file of its own"
            )));
        }
        let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
        if mode != "wal" {
            return Err(said(format!("cannot be shared between processes here (journal mode {mode}). Use a local disk")));
        }
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        if version < known || application == 0 {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have been quicker.
            let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
            for step in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or_default()).copied().flatten() {
                transaction.execute_batch(step)?;
            }
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", known)?;
            transaction.commit()?;
        }
        Ok(Open { connection, identity: identity(&self.path) })
    }

    fn explain(&self, e: &rusqlite::Error) -> Error {
        match e.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(&self.path, &e.to_string()),
            Some(ErrorCode::DiskFull) => problem(&self.path, "cannot be written: the disk is full. Make room"),
            Some(ErrorCode::ReadOnly) => problem(
                &self.path,
                "cannot be written: it, its folder or its disk is read-only. The user that runs this program must be able to write there",
            ),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => {
                // SQLite does not say why; the system does.
                let opened = std::fs::OpenOptions::new().read(true).write(true).open(&self.path);
                let why = opened.err().map_or_else(|| e.to_string(), |why| why.to_string());
                let what = "The user that runs this program must be able to write to it and its folder";
                problem(&self.path, &format!("cannot be opened ({why}). {what}"))
            }
            _ => problem(&self.path, &format!("cannot be used ({e}). Look at the disk and at the file's permissions")),
        }
    }
}

fn problem(path: &Path, what: &str) -> Error {
    Error::new(Code::State, format!("The state file {} {what}.", path.display()))
}

pub fn damaged(path: &Path, what: &str) -> Error {
    let what = format!(
        "is damaged or no state file ({what}). Move it away together with its -wal and -shm files; a new one is made. What it knew of \
         requests used in the last hour is lost then, so the server may refuse some"
    );
    problem(path, &what)
}

fn holds_tables(connection: &Connection) -> Result<bool, rusqlite::Error> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map(|count| count > 0)
}

/// Makes the file with access for its owner only, from its first byte; SQLite gives its companions the same.
#[cfg(unix)]
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            let known = std::fs::metadata(path)?;
            // An empty one that somebody made beforehand becomes ours.
            if known.is_file() && known.len() == 0 && known.permissions().mode() & 0o077 != 0 {
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
            }
            Ok(())
        }
        Err(e) => Err(e),
    }
}

/// Windows: a file's access is its folder's, which is the user's own below the profile.
#[cfg(not(unix))]
fn make_private(path: &Path) -> std::io::Result<()> {
    std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(path).map(|_| ())
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|known| (known.dev(), known.ino()))
}

/// Windows: a file that is open cannot be moved away.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<(u64, u64)> {
    path.exists().then_some((0, 0))
}

/// The name of the network file system that a folder lies on, where that can be told.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn network_file_system(folder: &Path) -> Option<&'static str> {
    use std::os::unix::ffi::OsStrExt;
    let folder = std::ffi::CString::new(folder.as_os_str().as_bytes()).ok()?;
    let mut known = std::mem::MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: both pointers are live; the structure is only read after success.
    let known = unsafe { (libc::statfs(folder.as_ptr(), known.as_mut_ptr()) == 0).then(|| known.assume_init()) }?;
    // linux/magic.h; as 32 bits, for the field's type differs between machines.
    match known.f_type as u32 {
        0x6969 => Some("NFS"),
        0x517b => Some("SMB"),
        0xff53_4d42 => Some("CIFS"),
        0xfe53_4d42 => Some("SMB2"),
        0x5346_414f => Some("AFS"),
        0x7375_7245 => Some("Coda"),
        0x564c => Some("NCP"),
        0x00c3_6400 => Some("Ceph"),
        _ => None,
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn network_file_system(_: &Path) -> Option<&'static str> {
    None
}
