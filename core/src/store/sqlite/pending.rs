//! Creations under way, on the disk before their requests are sent.

use rusqlite::{Connection, OptionalExtension, params};

use super::account::SqliteStore;
use super::file::Trouble;
use crate::error::Error;
use crate::json::Json;
use crate::store::interface::At;
use crate::store::pending::{Begun, Open, Pending};

/// `begun` is the store's time.
pub const TABLE: &str = "
    CREATE TABLE pending (
        number INTEGER PRIMARY KEY AUTOINCREMENT, vault TEXT NOT NULL, key TEXT NOT NULL, begun REAL NOT NULL, sealed BLOB NOT NULL,
        UNIQUE (vault, key)
    );
";

impl SqliteStore {
    fn open_creation(&self, connection: &Connection, key: &str, now: f64) -> Result<Option<Open>, Trouble> {
        let known: Option<(i64, f64, Vec<u8>)> = connection
            .prepare_cached("SELECT number, begun, sealed FROM pending WHERE vault = ?1 AND key = ?2")?
            .query_row([self.vault(), key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((number, begun, sealed)) = known else { return Ok(None) };
        Ok(Some(Open { number, about: self.open_json(key, &sealed)?, age_s: now - begun }))
    }
}

impl Pending for SqliteStore {
    fn begin(&self, at: At, key: &str, about: &Json) -> Result<Begun, Error> {
        let mut begun = None;
        self.file.run_durably(at, &mut |connection, now| {
            if let Some(open) = self.open_creation(connection, key, now)? {
                begun = Some(Begun::Another(open));
                return Ok(());
            }
            connection
                .prepare_cached("INSERT INTO pending (vault, key, begun, sealed) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![self.vault(), key, now, self.seal(key, about.as_str().as_bytes())?])?;
            begun = Some(Begun::Ours(connection.last_insert_rowid()));
            Ok(())
        })?;
        begun.ok_or_else(|| self.file.not_done())
    }

    fn restart(&self, at: At, number: i64) -> Result<(), Error> {
        self.file.run_durably(at, &mut |connection, now| {
            connection.prepare_cached("UPDATE pending SET begun = ?3 WHERE vault = ?1 AND number = ?2")?.execute(params![
                self.vault(),
                number,
                now
            ])?;
            Ok(())
        })
    }

    fn end(&self, at: At, number: i64) -> Result<(), Error> {
        self.file.run_durably(at, &mut |connection, _| {
            connection
                .prepare_cached("DELETE FROM pending WHERE vault = ?1 AND number = ?2")?
                .execute(params![self.vault(), number])?;
            Ok(())
        })
    }

    fn open(&self, at: At, key: &str) -> Result<Option<Open>, Error> {
        let mut found = None;
        self.file.look(at, &mut |connection, now| {
            found = self.open_creation(connection, key, now)?;
            Ok(())
        })?;
        Ok(found)
    }
}
