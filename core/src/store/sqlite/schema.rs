//! The two files' tables, and how a file of one version becomes one of the next.
//!
//! Steps only add tables and nullable columns. `user_version` says which steps a file has seen, and `schema.writable_from` from which
//! version on a library may still use it, so that upgrading one program does not stop another that shares the file.

use std::path::Path;

use rusqlite::{Connection, Transaction};

use super::clock;
use super::trouble::{Trouble, problem};

/// `application_id` of our files: "FinA".
const APPLICATION: i64 = 0x4669_6e41;
/// Versions before this one were never released.
pub const FIRST_VERSION: i64 = 3;

/// The tables of one of the two files.
pub struct Schema {
    /// The first makes a new file, each further one brings it from one version to the next.
    steps: &'static [&'static [&'static str]],
    /// From which version on a library can use what the last step left.
    writable_from: i64,
}

/// Each account's data keys, each wrapped with a key made from a client secret, which `secret` names.
const VAULT: &str = "
    CREATE TABLE vault (account TEXT NOT NULL, secret TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (account, secret)) WITHOUT ROWID;
";

/// `event.until` is the store's time, `received`, `looked` and `acknowledged` are the calendar's.
const INBOX: &str = "
    CREATE TABLE claim (
        number INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, vault TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
        tried INTEGER NOT NULL DEFAULT 0, looked REAL NOT NULL DEFAULT 0, received REAL NOT NULL, sealed BLOB NOT NULL, UNIQUE (vault, key)
    );
    CREATE TABLE event (
        number INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, vault TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
        verified INTEGER NOT NULL, received REAL NOT NULL, sealed BLOB NOT NULL, fleeting INTEGER NOT NULL DEFAULT 0, until REAL NOT NULL DEFAULT 0,
        deliveries INTEGER NOT NULL DEFAULT 0, acknowledged REAL
    );
    CREATE INDEX event_waiting ON event (vault, number) WHERE acknowledged IS NULL;
    CREATE INDEX event_object ON event (vault, key, number) WHERE acknowledged IS NULL;
    CREATE INDEX event_done ON event (account, acknowledged) WHERE acknowledged IS NOT NULL;
    CREATE TABLE seen (vault TEXT NOT NULL, key TEXT NOT NULL, prints TEXT NOT NULL, PRIMARY KEY (vault, key)) WITHOUT ROWID;
    CREATE TABLE delivery (vault TEXT NOT NULL, key TEXT NOT NULL, wall REAL NOT NULL, PRIMARY KEY (vault, key)) WITHOUT ROWID;
    CREATE INDEX delivery_age ON delivery (vault, wall);
    CREATE TABLE link (vault TEXT NOT NULL, key TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (vault, key)) WITHOUT ROWID;
    CREATE TABLE note (vault TEXT NOT NULL, name TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (vault, name)) WITHOUT ROWID;
";

/// `begun` is the store's time.
const PENDING: &str = "
    CREATE TABLE pending (
        number INTEGER PRIMARY KEY AUTOINCREMENT, vault TEXT NOT NULL, key TEXT NOT NULL, begun REAL NOT NULL, sealed BLOB NOT NULL,
        UNIQUE (vault, key)
    );
";

/// `main` has the number of the main file beside it; `remembered.kept` and `lease.ends` are the store's time.
const QUOTA_TABLES: &str = "
    CREATE TABLE main (one INTEGER PRIMARY KEY CHECK (one = 1), file BLOB NOT NULL);
    CREATE TABLE account (key TEXT PRIMARY KEY, slots BLOB NOT NULL);
    CREATE TABLE token (vault TEXT NOT NULL, scope TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (vault, scope));
    CREATE TABLE remembered (
        vault TEXT NOT NULL, key TEXT NOT NULL, kept REAL NOT NULL, wall REAL NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (vault, key)
    );
    CREATE TABLE lease (vault TEXT NOT NULL, name TEXT NOT NULL, holder TEXT NOT NULL, ends REAL NOT NULL, PRIMARY KEY (vault, name));
";

/// Who took an event last, what was said when it was given back or dropped (sealed), and whether it was dropped.
const HOLDERS: &str = "
    ALTER TABLE event ADD COLUMN holder TEXT;
    ALTER TABLE event ADD COLUMN said BLOB;
    ALTER TABLE event ADD COLUMN dropped INTEGER;
";

/// `wall` is the calendar's time and `opened` the store's, `life` the process that opened the line. `closing` is null while nobody knows the outcome.
const JOURNAL: &str = "
    CREATE TABLE journal (
        number INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, vault TEXT NOT NULL, key TEXT NOT NULL UNIQUE, wall REAL NOT NULL,
        opened REAL NOT NULL, life INTEGER NOT NULL, is_open INTEGER NOT NULL DEFAULT 1, job TEXT, subject TEXT, sealed BLOB NOT NULL, closing BLOB
    );
    CREATE INDEX journal_age ON journal (account, wall, vault);
    CREATE INDEX journal_open ON journal (vault) WHERE is_open;
    ALTER TABLE pending ADD COLUMN line TEXT;
";

/// `shelf` and `name` are fingerprints.
const SHELVES: &str = "
    CREATE TABLE document (
        vault TEXT NOT NULL, shelf TEXT NOT NULL, name TEXT NOT NULL, rank INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (vault, shelf, name)
    ) WITHOUT ROWID;
";

/// `hour.start` is the calendar's time; `outcome` has what the journal's lines in the main file have not taken over.
const COUNTS: &str = "
    CREATE TABLE hour (
        account TEXT NOT NULL, start INTEGER NOT NULL, requests INTEGER NOT NULL, retries INTEGER NOT NULL, waits INTEGER NOT NULL,
        refused INTEGER NOT NULL, PRIMARY KEY (account, start)
    ) WITHOUT ROWID;
    CREATE TABLE outcome (vault TEXT NOT NULL, line TEXT NOT NULL, subject TEXT, sealed BLOB NOT NULL, PRIMARY KEY (vault, line)) WITHOUT ROWID;
";

const VERSIONS: &str = "CREATE TABLE schema (writable_from INTEGER NOT NULL);";

/// What must not be lost.
pub static MAIN: Schema = Schema {
    steps: &[&[VERSIONS, clock::TABLE, VAULT, INBOX, PENDING], &[HOLDERS], &[JOURNAL], &[SHELVES]],
    writable_from: FIRST_VERSION,
};
/// What a power cut may take.
pub static QUOTA: Schema =
    Schema { steps: &[&[VERSIONS, clock::TABLE, QUOTA_TABLES], &[COUNTS]], writable_from: FIRST_VERSION };

impl Schema {
    fn version(&self) -> i64 {
        FIRST_VERSION + self.steps.len() as i64 - 1
    }

    /// True if no table is missing. It looks several times, so the transaction must be one in which nobody else can make tables. Errors:
    /// what is wrong with a file that is not ours, or not for us.
    pub fn is_whole(&self, look: &Transaction, path: &Path) -> Result<bool, Trouble> {
        Ok(self.look(look, path)? >= self.version())
    }

    /// Makes the tables that are not there. Errors: as [`is_whole`](Schema::is_whole).
    pub fn ensure(&self, transaction: &Transaction, path: &Path) -> Result<(), Trouble> {
        let known = self.look(transaction, path)?;
        let done = (known + 1 - FIRST_VERSION).max(0);
        for step in self.steps.iter().skip(usize::try_from(done).unwrap_or_default()).copied().flatten() {
            transaction.execute_batch(step)?;
        }
        if known < self.version() {
            transaction.execute("DELETE FROM schema", [])?;
            transaction.execute("INSERT INTO schema (writable_from) VALUES (?1)", [self.writable_from])?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", self.version())?;
        }
        Ok(())
    }

    /// The file's version; 0 for an empty one.
    fn look(&self, connection: &Connection, path: &Path) -> Result<i64, Trouble> {
        let said = |message: &str| Err(Trouble::Said(problem(path, message)));
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if application == 0 && version == 0 && !holds_tables(connection)? {
            return Ok(0);
        }
        if application != APPLICATION {
            return said("is a SQLite file of another program. Name another path");
        }
        if version < FIRST_VERSION {
            return said(
                "was made by a version of this library that was never released. Fetch and acknowledge its events with that one, then move the \
                 file away; a new one is made",
            );
        }
        if version > self.version() {
            let writable_from: i64 = connection.query_row("SELECT writable_from FROM schema", [], |row| row.get(0))?;
            if writable_from > self.version() {
                let known = self.version();
                return said(&format!(
                    "was made by a newer version of this library (schema {version}, usable from {writable_from} on; known is {known}). Update this \
                     program's library, or give it a file of its own"
                ));
            }
        }
        Ok(version)
    }
}

fn holds_tables(connection: &Connection) -> Result<bool, rusqlite::Error> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map(|count| count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &[&str] = &[VERSIONS, "CREATE TABLE first (a TEXT);"];
    const SECOND: &[&str] = &["CREATE TABLE second (b TEXT); ALTER TABLE first ADD COLUMN c TEXT;"];
    /// The library as it is, the next one, and one whose files the first one may not write any more.
    const OLD: Schema = Schema { steps: &[FIRST], writable_from: FIRST_VERSION };
    const NEW: Schema = Schema { steps: &[FIRST, SECOND], writable_from: FIRST_VERSION };
    const STRICT: Schema = Schema { steps: &[FIRST, SECOND], writable_from: FIRST_VERSION + 1 };

    fn ensure(schema: &Schema, connection: &mut Connection) -> Result<i64, String> {
        let path = Path::new("/x/state");
        let transaction = connection.transaction().map_err(|e| e.to_string())?;
        schema.ensure(&transaction, path).map_err(|trouble| trouble.explain(path).message().into_owned())?;
        transaction.commit().map_err(|e| e.to_string())?;
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(|e| e.to_string())
    }

    #[test]
    fn a_newer_program_takes_the_file_one_step_on_and_the_older_one_goes_on_with_it() {
        let mut file = Connection::open_in_memory().unwrap();
        assert_eq!(ensure(&OLD, &mut file), Ok(FIRST_VERSION));
        assert_eq!(ensure(&OLD, &mut file), Ok(FIRST_VERSION));
        file.execute("INSERT INTO first (a) VALUES ('kept')", []).unwrap();
        for _ in 0..2 {
            assert_eq!(ensure(&NEW, &mut file), Ok(FIRST_VERSION + 1));
            assert_eq!(ensure(&OLD, &mut file), Ok(FIRST_VERSION + 1), "the older one leaves the newer one's number");
        }
        file.execute("INSERT INTO second (b) VALUES ('new')", []).unwrap();
        let kept: (String, Option<String>) =
            file.query_row("SELECT a, c FROM first", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!(kept, ("kept".to_owned(), None));
        assert_eq!(file.query_row("SELECT count(*) FROM schema", [], |row| row.get(0)), Ok(1_i64));
    }

    /// Each version of the library leaves a file that the next one takes on: documents came after the journal.
    #[test]
    fn a_file_of_each_version_gets_what_it_lacks() {
        for schema in [&MAIN, &QUOTA] {
            for steps in 1..=schema.steps.len() {
                let mut file = Connection::open_in_memory().unwrap();
                let older = Schema { steps: schema.steps.get(..steps).unwrap(), writable_from: FIRST_VERSION };
                ensure(&older, &mut file).unwrap();
                assert_eq!(ensure(schema, &mut file), Ok(schema.version()), "made by the version of {steps} steps");
                assert_eq!(ensure(&older, &mut file), Ok(schema.version()), "which goes on with it");
            }
        }
        let mut file = Connection::open_in_memory().unwrap();
        let with_journal = Schema { steps: MAIN.steps.get(..3).unwrap(), writable_from: FIRST_VERSION };
        ensure(&with_journal, &mut file).unwrap();
        file.prepare("SELECT number FROM journal").unwrap();
        file.prepare("SELECT name FROM document").unwrap_err();
        ensure(&MAIN, &mut file).unwrap();
        file.prepare("SELECT name FROM document").unwrap();
    }

    #[test]
    fn an_empty_file_takes_all_steps_at_once() {
        let mut file = Connection::open_in_memory().unwrap();
        assert_eq!(ensure(&NEW, &mut file), Ok(FIRST_VERSION + 1));
        file.execute("INSERT INTO first (a, c) VALUES ('x', 'y')", []).unwrap();
        file.execute("INSERT INTO second (b) VALUES ('x')", []).unwrap();
    }

    #[test]
    fn an_older_program_is_kept_out_where_the_newer_one_says_so() {
        let mut file = Connection::open_in_memory().unwrap();
        ensure(&OLD, &mut file).unwrap();
        assert_eq!(ensure(&STRICT, &mut file), Ok(FIRST_VERSION + 1));
        let refused = ensure(&OLD, &mut file).unwrap_err();
        assert!(refused.contains("newer version") && refused.contains("usable from 4 on; known is 3"), "{refused}");
        assert_eq!(ensure(&STRICT, &mut file), Ok(FIRST_VERSION + 1));
    }
}
