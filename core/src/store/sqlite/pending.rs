//! Creations under way, on the disk before their requests are sent.

use rusqlite::{Connection, OptionalExtension, params};

use super::account::{SqliteStore, seal};
use super::trouble::Trouble;
use crate::error::Error;
use crate::json::Json;
use crate::store::at::At;
use crate::store::journal::{Closing, Opening};
use crate::store::pending::{Begun, KEPT_S, Open, Pending, Takeover};
use crate::store::vault::Vault;

impl SqliteStore {
    fn open_creation(&self, vault: &Vault, connection: &Connection, key: &str, now: f64) -> Result<Option<Open>, Trouble> {
        let known: Option<(i64, f64, Vec<u8>, Option<String>)> = connection
            .prepare_cached("SELECT number, begun, sealed, line FROM pending WHERE vault = ?1 AND key = ?2")?
            .query_row([vault.id(), key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((number, begun, sealed, line)) = known else { return Ok(None) };
        Ok(Some(Open { number, about: self.open_json(vault, key, &sealed)?, age_s: now - begun, line }))
    }
}

/// The name of a creation's line of the journal; one that an older version of this library began has none.
fn line_of(vault: &Vault, connection: &Connection, number: i64) -> Result<Option<String>, Trouble> {
    let line: Option<Option<String>> = connection
        .prepare_cached("SELECT line FROM pending WHERE vault = ?1 AND number = ?2")?
        .query_row(params![vault.id(), number], |row| row.get(0))
        .optional()?;
    Ok(line.flatten())
}

impl Pending for SqliteStore {
    fn begin(&self, at: At, key: &str, about: &Json, line: &Opening) -> Result<Begun, Error> {
        let mut begun = None;
        self.change(at, &mut |connection, now, vault| {
            if let Some(open) = self.open_creation(vault, connection, key, now)? {
                begun = Some(Begun::Another(open));
                return Ok(());
            }
            connection
                .prepare_cached("DELETE FROM pending WHERE vault = ?1 AND begun < ?2")?
                .execute(params![vault.id(), now - KEPT_S])?;
            connection
                .prepare_cached("INSERT INTO pending (vault, key, begun, sealed, line) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![vault.id(), key, now, seal(vault, key, about.as_str().as_bytes())?, line.key])?;
            begun = Some(Begun::Ours(connection.last_insert_rowid()));
            self.open_line(vault, connection, at, now, line)?;
            Ok(())
        })?;
        begun.ok_or_else(|| self.not_done())
    }

    fn restart(&self, at: At, number: i64, least_age_s: f64, takeover: Option<&Takeover>) -> Result<bool, Error> {
        let mut restarted = false;
        self.change(at, &mut |connection, now, vault| {
            let changed = connection
                .prepare_cached("UPDATE pending SET begun = ?3 WHERE vault = ?1 AND number = ?2 AND begun <= ?4")?
                .execute(params![vault.id(), number, now, now - least_age_s])?;
            restarted = changed > 0;
            let Some(Takeover { former, line }) = takeover.filter(|_| restarted) else { return Ok(()) };
            if let Some(known) = line_of(vault, connection, number)? {
                self.close_line(vault, connection, &known, former)?;
            }
            connection.prepare_cached("UPDATE pending SET line = ?3 WHERE vault = ?1 AND number = ?2")?.execute(params![
                vault.id(),
                number,
                line.key
            ])?;
            self.open_line(vault, connection, at, now, line)
        })?;
        Ok(restarted)
    }

    fn end(&self, at: At, number: i64, closing: &Closing) -> Result<(), Error> {
        self.change(at, &mut |connection, _, vault| {
            if let Some(line) = line_of(vault, connection, number)? {
                self.close_line(vault, connection, &line, closing)?;
            }
            connection
                .prepare_cached("DELETE FROM pending WHERE vault = ?1 AND number = ?2")?
                .execute(params![vault.id(), number])?;
            Ok(())
        })
    }

    fn open(&self, at: At, key: &str) -> Result<Option<Open>, Error> {
        let mut found = None;
        self.read(at, &mut |connection, now, vault| {
            found = self.open_creation(vault, connection, key, now)?;
            Ok(())
        })?;
        Ok(found)
    }
}
