//! One file and this process's one connection to it: opening, checking before each unit of work, transactions, and waiting for
//! others. What is in the tables, others know.
//!
//! - Every change is one `BEGIN IMMEDIATE` transaction with a rollback journal: a process killed at any moment leaves either all of
//!   a change or nothing. There is no WAL and nothing is mapped: a shortened `-shm` kills the process that has it mapped, and a
//!   `-wal` that is removed or left behind loses what was acknowledged.
//! - No connection is open while the process forks: SQLite's locks belong to a process, and a child that inherited one would
//!   believe to hold what it does not.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::check::{self, Seen};
use super::clock::{FileNumber, FileTime};
use super::schema::Schema;
use super::system;
use super::trouble::{Trouble, problem};
use crate::error::Error;
use crate::process::{Mutex, shortage};
use crate::random::{first_number, random};
use crate::store::at::At;

/// The first pause before a file that others hold is tried again is at most so long: most hold it for that long only …
const FIRST_PAUSE_S: f64 = 0.0002;
/// … and each further one at most twice the last, up to this, in seconds.
const LONGEST_PAUSE_S: f64 = 0.004;
/// So often a commit is tried again at once: readers, which hold it up, are done in microseconds.
const COMMITS: u32 = 50;
/// So often in one unit of work a file may turn out to be another one.
const REPLACEMENTS: u32 = 5;

/// A unit of work, at a moment of the file's own time, and on which file.
pub type Work<'a> = &'a mut dyn FnMut(&Connection, f64, FileNumber) -> Result<(), Trouble>;

/// What differs between the two files.
pub struct Role {
    pub schema: &'static Schema,
    /// SQLite's `synchronous`: FULL is on the disk when a change returns, OFF survives a kill but no power cut.
    pub synchronous: &'static str,
    /// True if the file is made anew and empty when it is damaged or was emptied.
    pub replaceable: bool,
    /// Forgets what is of the machine's former run only.
    pub forget_former_run: fn(&Connection) -> Result<(), Trouble>,
}

/// A file, opened when it is first used.
pub struct File {
    path: PathBuf,
    role: Role,
    connection: Mutex<Option<Open>>,
    /// True if an empty file here was emptied by somebody: it is known to have been in use.
    in_use: AtomicBool,
    /// Which file this process last wrote, and when, in the file's own time.
    written: Mutex<Option<(FileNumber, f64)>>,
}

struct Open {
    connection: Connection,
    seen: Seen,
    number: FileNumber,
}

impl Drop for File {
    /// Closing is being inside SQLite, too: a child forked in the middle of it would find SQLite's own locks held for ever.
    fn drop(&mut self) {
        self.close();
    }
}

impl File {
    pub fn new(path: PathBuf, role: Role) -> File {
        File { path, role, connection: Mutex::new(None), in_use: AtomicBool::new(false), written: Mutex::new(None) }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the connection. The next unit of work opens another.
    pub fn close(&self) {
        self.connection.with(|open| *open = None);
    }

    /// The number of the file that is open, if it is still the one on the disk.
    pub fn number(&self) -> Result<Option<FileNumber>, Error> {
        self.connection.with(|open| {
            let seen = self.seen()?;
            Ok(open.as_ref().filter(|open| seen.is_some_and(|seen| is_same(&open.seen, &seen))).map(|open| open.number))
        })
    }

    /// True if there is a file.
    pub fn exists(&self) -> Result<bool, Error> {
        self.seen().map(|seen| seen.is_some())
    }

    /// Says that it is known to have been in use, or not to have been.
    pub fn was_in_use(&self, known: bool) {
        self.in_use.store(known, Ordering::Relaxed);
    }

    /// Changes something: `work` runs inside a transaction that keeps other writers out, again if the file is busy.
    pub fn run(&self, at: At, work: Work) -> Result<(), Error> {
        self.patiently(at, &mut |open| {
            let transaction = open.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Nobody else writes from here on, and what a killed process had left half is taken back: a length that counts.
            let before = self.seen().map_err(Trouble::Said)?.filter(|before| before.identity == open.seen.identity);
            let before = before.ok_or(Trouble::Replaced)?;
            let time = FileTime::read(&transaction, at.clock)?;
            if time.file.is_some_and(|file| file != open.number) {
                return Err(Trouble::Replaced);
            }
            self.was_not_put_back(open.number, &time)?;
            if time.restarted {
                (self.role.forget_former_run)(&transaction)?;
            }
            let changes = transaction.total_changes();
            work(&transaction, time.now, open.number)?;
            // What changed nothing writes nothing.
            if !time.rebased && transaction.total_changes() == changes {
                return commit(transaction);
            }
            let written = time.keep(&transaction, at.clock, open.number)?;
            commit(transaction)?;
            self.written.with(|known| *known = Some((open.number, written)));
            // A file that was removed or emptied meanwhile took the change along.
            if !self.role.replaceable && self.seen().ok().flatten().is_none_or(|seen| !is_same(&before, &seen)) {
                return Err(Trouble::Said(problem(
                    &self.path,
                    "was removed, replaced or cut at the very moment of a change, which may be lost. Call again",
                )));
            }
            Ok(())
        })
    }

    /// Reads something. It keeps nobody out.
    pub fn look(&self, at: At, work: Work) -> Result<(), Error> {
        let mut restarted = false;
        self.patiently(at, &mut |open| {
            // One look at all of it.
            let transaction = open.connection.transaction()?;
            let time = FileTime::read(&transaction, at.clock)?;
            if time.file.is_some_and(|file| file != open.number) {
                return Err(Trouble::Replaced);
            }
            self.was_not_put_back(open.number, &time)?;
            restarted = time.restarted;
            if !restarted {
                work(&transaction, time.now, open.number)?;
            }
            Ok(transaction.finish()?)
        })?;
        // What is of the machine's former run goes first.
        if restarted { self.run(at, work) } else { Ok(()) }
    }

    /// Says once that what this process wrote is not in the file any more: SQLite rolls back by any journal that it finds, also by a
    /// copy that was taken in the middle of a change and put back after it.
    fn was_not_put_back(&self, number: FileNumber, time: &FileTime) -> Result<(), Trouble> {
        let lost = self.written.with(|known| {
            let lost = known.filter(|(file, written)| *file == number && time.written < *written);
            lost.map(|(_, written)| {
                *known = None;
                written - time.written
            })
        });
        match lost {
            Some(seconds) if !self.role.replaceable => Err(Trouble::Said(problem(
                &self.path,
                &format!(
                    "was put back to an earlier state, by a backup or an old -journal file: what was kept in its last {} s is lost. Look who \
                     did that; the next call goes on with it as it is",
                    seconds.ceil().max(1.0)
                ),
            ))),
            _ => Ok(()),
        }
    }

    fn patiently(&self, at: At, work: &mut dyn FnMut(&mut Open) -> Result<(), Trouble>) -> Result<(), Error> {
        let started = at.clock.now();
        let mut replaced = 0;
        let mut longest_s = FIRST_PAUSE_S;
        loop {
            let trouble = match self.connection.with(|open| self.attempt(open, at, work)) {
                Ok(()) => return Ok(()),
                Err(trouble) => trouble,
            };
            if !trouble.is_busy() {
                let again = replaced < REPLACEMENTS && matches!(trouble, Trouble::Replaced);
                if !again {
                    return Err(trouble.explain(&self.path));
                }
                replaced += 1;
                continue;
            }
            if at.clock.now() - started >= at.patience_s {
                let seconds = at.patience_s.ceil();
                let message = format!(
                    "has been locked by another program for {seconds} s. Look who holds it (fuser, lsof); a backup or a SQLite tool may"
                );
                return Err(problem(&self.path, &message));
            }
            // Waited for outside of all locks, so that a fork need not wait as well.
            at.clock.sleep(longest_s * random());
            longest_s = (2.0 * longest_s).min(LONGEST_PAUSE_S);
        }
    }

    /// One try. What is wrong may be the connection's: unless the file is only busy, the next try begins with a new one.
    fn attempt(
        &self,
        open: &mut Option<Open>,
        at: At,
        work: &mut dyn FnMut(&mut Open) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        system::forget_shortage();
        let seen = self.seen().map_err(Trouble::Said)?;
        if open.as_ref().is_some_and(|open| seen.is_none_or(|seen| !is_same(&open.seen, &seen))) {
            // A file that was emptied has the same name and number, but is not what it was.
            let emptied =
                seen.zip(open.as_ref()).is_some_and(|(seen, open)| seen.identity == open.seen.identity && is_empty(&seen));
            self.in_use.fetch_or(emptied, Ordering::Relaxed);
            *open = None;
        }
        let done = match open {
            Some(known) => {
                known.seen = seen.unwrap_or(known.seen);
                work(known)
            }
            None => self.make(at).and_then(|made| work(open.insert(made))),
        };
        let Err(trouble) = done else { return Ok(()) };
        if trouble.is_busy() {
            return Err(trouble);
        }
        let known = open.take().map(|open| open.seen);
        let now = self.seen().map_err(Trouble::Said)?;
        // It may have become another file in the middle of the work.
        let changed = known.is_some_and(|known| now.is_none_or(|now| !is_same(&known, &now)));
        if matches!(trouble, Trouble::Sqlite(_)) && (changed || (trouble.is_damage() && self.replace(known.or(now)))) {
            return Err(Trouble::Replaced);
        }
        Err(trouble)
    }

    /// SQLite fills a last page that was cut with zeros, and does not notice before it meets them. Errors: as SQLite's own of damage.
    fn is_whole(&self, look: &Connection) -> Result<(), Trouble> {
        let page: i64 = look.pragma_query_value(None, "page_size", |row| row.get(0))?;
        let size = self.seen().map_err(Trouble::Said)?.ok_or(Trouble::Replaced)?.size;
        if size.is_multiple_of(page.unsigned_abs()) {
            return Ok(());
        }
        let corrupt = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        Err(rusqlite::Error::SqliteFailure(corrupt, Some("its last page is cut".into())).into())
    }

    fn seen(&self) -> Result<Option<Seen>, Error> {
        check::seen(&self.path).map_err(|why| problem(&self.path, &why))
    }

    /// Removes a damaged file that may be made anew, if it is still that one.
    fn replace(&self, damaged: Option<Seen>) -> bool {
        let now = self.seen().ok().flatten();
        if !self.role.replaceable || damaged.is_none() || now.map(|now| now.identity) != damaged.map(|damaged| damaged.identity)
        {
            return false;
        }
        let mut journal = self.path.clone().into_os_string();
        journal.push("-journal");
        let _ = std::fs::remove_file(journal);
        std::fs::remove_file(&self.path).is_ok()
    }

    fn make(&self, at: At) -> Result<Open, Trouble> {
        let said = |message: String| Trouble::Said(problem(&self.path, &message));
        let folder = self.path.parent().unwrap_or(Path::new("/"));
        if !folder.is_dir() {
            return Err(said(format!(
                "cannot be made: the folder {} does not exist. Make it, owned by the user that runs this program",
                folder.display()
            )));
        }
        if let Some(kind) = check::shared_file_system(folder) {
            return Err(said(format!(
                "lies on a network or shared file system ({kind}), where its locks cannot be relied upon. Use a local disk"
            )));
        }
        let before = self.seen().map_err(Trouble::Said)?;
        if !self.role.replaceable && self.in_use.load(Ordering::Relaxed) && before.as_ref().is_some_and(is_empty) {
            return Err(said(
                "is empty, though it was in use: somebody emptied it. Put a backup in its place, or remove it; then a new one is made"
                    .into(),
            ));
        }
        if before.is_some_and(|seen| check::is_mount_point(&self.path, &seen)) {
            return Err(said("is a mount point of its own, so its journal would stay behind. Mount its folder instead".into()));
        }
        check::make_private(&self.path).map_err(|e| {
            said(match shortage::words(&e) {
                Some(short) => format!("cannot be made: {short}"),
                None => {
                    format!("cannot be made or opened: {e}. The user that runs this program must be able to write to it and its folder")
                }
            })
        })?;
        system::prepare();
        // No mutex of SQLite's own: ours guards the connection.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(Duration::ZERO)?;
        connection.set_prepared_statement_cache_capacity(48);
        // A mapped file that is cut short kills the process.
        connection.pragma_update(None, "mmap_size", 0)?;
        let seen = self.seen().map_err(Trouble::Said)?.ok_or(Trouble::Replaced)?;
        // One look at all of it: between two, another process may make the tables.
        let look = connection.transaction()?;
        let mut number = None;
        if self.role.schema.is_whole(&look, &self.path)? {
            self.is_whole(&look)?;
            number = FileTime::read(&look, at.clock)?.file;
        }
        look.finish()?;
        // Only now: before, each of these would look at the file for itself. SQLite's own default is FULL, so nothing was less safe.
        connection.pragma_update(None, "synchronous", self.role.synchronous)?;
        // Never a WAL: see above. Only after the look at whose it is: the mode is written into the file.
        let mode: String = connection.pragma_update_and_check(None, "journal_mode", JOURNAL, |row| row.get(0))?;
        if !mode.eq_ignore_ascii_case(JOURNAL) {
            return Err(said(format!("cannot be used with a rollback journal here (journal mode {mode}). Use a local disk")));
        }
        let number = match number {
            Some(known) => known,
            None => self.fill(&mut connection, at)?,
        };
        Ok(Open { connection, seen, number })
    }

    /// Makes what is missing in a new file, or in one of an older version: tables and number, all of it or nothing. Returns the number.
    fn fill(&self, connection: &mut Connection, at: At) -> Result<FileNumber, Trouble> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        self.role.schema.ensure(&transaction, &self.path)?;
        let time = FileTime::read(&transaction, at.clock)?;
        let number = match time.file {
            // Another process was quicker, or it is an older version's file.
            Some(known) => {
                self.is_whole(&transaction)?;
                known
            }
            None => {
                let number = new_number();
                time.keep(&transaction, at.clock, number)?;
                number
            }
        };
        commit(transaction)?;
        Ok(number)
    }
}

/// How a rollback journal ends. One that is cut to nothing stays, so it need not be made anew, and costs readers one look at its size; of
/// one that keeps its length, each reader opens it to see that it has ended.
const JOURNAL: &str = "TRUNCATE";

/// True if SQLite sees nothing in the file: one of a single byte is a mark of its own on some systems, and empty to it.
fn is_empty(seen: &Seen) -> bool {
    seen.size <= 1
}

/// True if the file on the disk is the one that was seen, and nobody cut it short.
fn is_same(known: &Seen, now: &Seen) -> bool {
    known.identity == now.identity && known.mount == now.mount && now.size >= known.size
}

fn new_number() -> FileNumber {
    (u128::from(first_number()) << 64 | u128::from(first_number())).to_be_bytes()
}

/// Commits a transaction. Readers delay it, but no new reader can begin meanwhile.
fn commit(transaction: Transaction) -> Result<(), Trouble> {
    for _ in 0..COMMITS {
        match transaction.execute_batch("COMMIT") {
            Err(e) if e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => std::thread::yield_now(),
            done => return Ok(done?),
        }
    }
    // Dropped: all of it is taken back, and tried again later.
    Ok(transaction.commit()?)
}
