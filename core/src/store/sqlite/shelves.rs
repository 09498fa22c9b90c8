//! Documents on shelves, in the file of what must not be lost.

use rusqlite::{OptionalExtension, params};

use super::account::{SqliteStore, seal};
use crate::error::Error;
use crate::json::Json;
use crate::store::at::At;
use crate::store::shelves::{Change, Shelves};
use crate::store::vault::Vault;

fn name_of_shelf(vault: &Vault, shelf: &str) -> String {
    vault.fingerprint("shelf", shelf)
}

fn name_of_document(vault: &Vault, shelf: &str, key: &str) -> String {
    vault.fingerprint(shelf, key)
}

/// What a document is sealed as, so that none can be put in another's place.
fn sealed_as(shelf: &str, name: &str) -> String {
    format!("document {shelf} {name}")
}

impl Shelves for SqliteStore {
    fn all(&self, at: At, shelf: &str) -> Result<Vec<Json>, Error> {
        let mut documents = Vec::new();
        self.read(at, &mut |connection, _, vault| {
            documents.clear();
            let mut statement =
                connection.prepare_cached("SELECT name, sealed FROM document WHERE vault = ?1 AND shelf = ?2")?;
            let mut rows = statement.query([vault.id(), &name_of_shelf(vault, shelf)])?;
            while let Some(row) = rows.next()? {
                let (name, sealed): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
                documents.push(self.open_json(vault, &sealed_as(shelf, &name), &sealed)?);
            }
            Ok(())
        })?;
        Ok(documents)
    }

    fn get(&self, at: At, shelf: &str, key: &str) -> Result<Option<Json>, Error> {
        let mut document = None;
        self.read(at, &mut |connection, _, vault| {
            let name = name_of_document(vault, shelf, key);
            let sealed: Option<Vec<u8>> = connection
                .prepare_cached("SELECT sealed FROM document WHERE vault = ?1 AND shelf = ?2 AND name = ?3")?
                .query_row([vault.id(), &name_of_shelf(vault, shelf), &name], |row| row.get(0))
                .optional()?;
            document = sealed.map(|sealed| self.open_json(vault, &sealed_as(shelf, &name), &sealed)).transpose()?;
            Ok(())
        })?;
        Ok(document)
    }

    fn change(&self, at: At, cleared: &[&str], changes: &[Change]) -> Result<(), Error> {
        self.change(at, &mut |connection, _, vault| {
            for shelf in cleared {
                connection
                    .prepare_cached("DELETE FROM document WHERE vault = ?1 AND shelf = ?2")?
                    .execute([vault.id(), &name_of_shelf(vault, shelf)])?;
            }
            for Change { shelf, key, document, rank } in changes {
                let (place, name) = (name_of_shelf(vault, shelf), name_of_document(vault, shelf, key));
                let known: Option<(i64, Vec<u8>)> = connection
                    .prepare_cached("SELECT rank, sealed FROM document WHERE vault = ?1 AND shelf = ?2 AND name = ?3")?
                    .query_row([vault.id(), &place, &name], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()?;
                if known.as_ref().is_some_and(|(known, _)| known > rank) {
                    continue;
                }
                let Some(document) = document else {
                    if known.is_some() {
                        connection
                            .prepare_cached("DELETE FROM document WHERE vault = ?1 AND shelf = ?2 AND name = ?3")?
                            .execute([vault.id(), &place, &name])?;
                    }
                    continue;
                };
                let what = sealed_as(shelf, &name);
                let is_same = |(known, sealed): &(i64, Vec<u8>)| {
                    known == rank
                        && vault.open(&what, sealed).is_some_and(|plain| plain.as_slice() == document.as_str().as_bytes())
                };
                if !known.as_ref().is_some_and(is_same) {
                    connection
                        .prepare_cached(
                            "INSERT OR REPLACE INTO document (vault, shelf, name, rank, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
                        )?
                        .execute(params![vault.id(), place, name, rank, seal(vault, &what, document.as_str().as_bytes())?])?;
                }
            }
            Ok(())
        })
    }
}
