//! What a power cut may take: slots, token, remembered answers, leases, what became of each hour's requests. A lost slot's remedy is the server's own refusal, and a
//! lost token is fetched anew.

use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use super::account::{SqliteStore, blob, seal};
use super::trouble::Trouble;
use crate::error::Error;
use crate::json::Json;
use crate::random::{first_number, random};
use crate::store::at::At;
use crate::store::inbox::Inbox;
use crate::store::interface::{HOURS, Hour, Memo, Notes, Recalled, Store, hour_of, life_of};
use crate::store::journal::Journal;
use crate::store::pending::Pending;
use crate::store::shelves::Shelves;
use crate::store::vault::Vault;
use crate::throttle::{Life, SlotLog, Tally};
use crate::token::TokenState;

/// How many values are remembered for an account.
const MOST_REMEMBERED: i64 = 20_000;

/// What was sealed.
type Plain = Zeroizing<Vec<u8>>;

impl SqliteStore {
    /// The token's state as it was written down, if it was, and as it is now.
    fn read_token(&self, vault: &Vault, connection: &Connection) -> Result<(Option<Plain>, TokenState), Trouble> {
        let query = "SELECT sealed FROM token WHERE vault = ?1 AND scope = ?2";
        let sealed = blob(connection, query, &[vault.id(), &self.scope_name(vault)])?;
        let plain = sealed.and_then(|sealed| vault.open("token", &sealed));
        let mut state = plain.as_ref().map(|plain| TokenState::from_bytes(plain)).unwrap_or_default();
        state.forget_ended(&|life| self.pair.lives.is_alive(life));
        Ok((plain, state))
    }

    /// The log of slots as it was written down, if it was, and as it is now.
    fn read_slots(&self, connection: &Connection) -> Result<(Option<Vec<u8>>, SlotLog), Trouble> {
        let bytes = blob(connection, "SELECT slots FROM account WHERE key = ?1", &[self.account()])?;
        let mut log = match &bytes {
            None => SlotLog::new(first_number()),
            // One that makes no sense is as one that was lost.
            Some(bytes) => SlotLog::from_bytes(bytes).unwrap_or_else(|| SlotLog::new(first_number())),
        };
        log.forget_ended(&|life| self.pair.lives.is_alive(life));
        Ok((bytes, log))
    }

    /// Works on the log of slots, and writes it down if it is another one afterwards.
    fn change_slots(&self, connection: &Connection, at: At, work: &mut dyn FnMut(&mut SlotLog)) -> Result<(), Trouble> {
        let (written, mut log) = self.read_slots(connection)?;
        work(&mut log);
        log.sign(&|| self.pair.lives.own());
        let bytes = log.to_bytes();
        if written.as_ref() != Some(&bytes) {
            connection
                .prepare_cached("INSERT INTO account (key, slots) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET slots = ?2")?
                .execute(params![self.account(), bytes])?;
        }
        log.take_tally().map_or(Ok(()), |tally| self.add_to_hour(connection, at, tally))
    }

    /// Adds to what is counted of this hour.
    fn add_to_hour(&self, connection: &Connection, at: At, tally: Tally) -> Result<(), Trouble> {
        let start = hour_of(at.clock.wall());
        let add = "UPDATE hour SET requests = requests + ?3, retries = retries + ?4, waits = waits + ?5, refused = refused + ?6
                   WHERE account = ?1 AND start = ?2";
        let new = "INSERT INTO hour (account, start, requests, retries, waits, refused) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let Tally { requests, retries, waits, refused } = tally;
        let counted = [requests, retries, waits, refused].map(|count| count as i64);
        let [requests, retries, waits, refused] = counted;
        let values = params![self.account(), start as i64, requests, retries, waits, refused];
        if connection.prepare_cached(add)?.execute(values)? == 0 {
            connection
                .prepare_cached("DELETE FROM hour WHERE account = ?1 AND (start < ?2 OR start > ?3)")?
                .execute(params![self.account(), first_hour(start) as i64, start as i64])?;
            connection.prepare_cached(new)?.execute(values)?;
        }
        Ok(())
    }

    /// Keeps those values that are not kept already, as each says.
    fn keep(&self, connection: &Connection, now: f64, wall: f64, vault: &Vault, memos: &[Memo]) -> Result<(), Trouble> {
        let mut is_grown = false;
        for Memo { key, value, young_s } in memos {
            if young(connection, vault, key, now, wall, *young_s)?
                .is_some_and(|(known, _)| *known == *value.as_str().as_bytes())
            {
                continue;
            }
            is_grown = true;
            connection
                .prepare_cached(
                    "INSERT INTO remembered (vault, key, kept, wall, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (vault, key) DO UPDATE SET kept = ?3, wall = ?4, sealed = ?5",
                )?
                .execute(params![vault.id(), key, now, wall, seal(vault, key, value.as_str().as_bytes())?])?;
        }
        // Seldom looked at, as counting costs; and then half goes at once.
        if is_grown && random() < 0.01 {
            let count: i64 = connection
                .prepare_cached("SELECT count(*) FROM remembered WHERE vault = ?1")?
                .query_row([vault.id()], |row| row.get(0))?;
            if count > MOST_REMEMBERED {
                connection.execute(
                    "DELETE FROM remembered WHERE vault = ?1 AND key IN
                     (SELECT key FROM remembered WHERE vault = ?1 ORDER BY kept LIMIT ?2)",
                    params![vault.id(), count / 2],
                )?;
            }
        }
        Ok(())
    }

    fn scope_name(&self, vault: &Vault) -> String {
        vault.fingerprint("scope", &self.scope)
    }
}

/// The first of the hours that are kept, where `last` is the one that runs.
fn first_hour(last: f64) -> f64 {
    last - (HOURS - 1) as f64 * 3600.0
}

/// What is kept under a key, if it is at most so old by the store's time and by the calendar, and how old it is.
fn young(
    connection: &Connection,
    vault: &Vault,
    key: &str,
    now: f64,
    wall: f64,
    age_s: f64,
) -> Result<Option<(Plain, f64)>, Trouble> {
    let known: Option<(f64, f64, Vec<u8>)> = connection
        .prepare_cached("SELECT kept, wall, sealed FROM remembered WHERE vault = ?1 AND key = ?2")?
        .query_row([vault.id(), key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((kept, kept_wall, sealed)) = known else { return Ok(None) };
    let is_s = (now - kept).max(wall - kept_wall);
    Ok(if is_s <= age_s { vault.open(key, &sealed).map(|plain| (plain, is_s)) } else { None })
}

impl Store for SqliteStore {
    fn with_slots(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.change_quota(at, &mut |connection, now, _| self.change_slots(connection, at, &mut |log| work(log, now)))
    }

    fn with_slots_and_token(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, &TokenState, f64)) -> Result<(), Error> {
        self.change_quota(at, &mut |connection, now, vault| {
            let (_, token) = self.read_token(vault, connection)?;
            self.change_slots(connection, at, &mut |log| work(log, &token, now))
        })
    }

    fn with_slots_and_notes(&self, at: At, notes: Notes, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        let done = self.change_quota(at, &mut |connection, now, vault| {
            self.change_slots(connection, at, &mut |log| work(log, now))?;
            if let Some((key, closing)) = notes.closed {
                self.note_outcome(vault, connection, key, closing)?;
            }
            self.keep(connection, now, at.clock.wall(), vault, notes.memos)
        });
        if let (Err(_), Some((key, closing))) = (&done, notes.closed) {
            self.keep_outcome(key, closing);
        }
        done
    }

    fn hours(&self, at: At) -> Result<Vec<Hour>, Error> {
        let mut hours = Vec::new();
        self.read_quota(at, &mut |connection, _, _| {
            let sql =
                "SELECT start, requests, retries, waits, refused FROM hour WHERE account = ?1 AND start >= ?2 ORDER BY start";
            let first = first_hour(hour_of(at.clock.wall()));
            let count = |number: i64| number.unsigned_abs();
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![self.account(), first as i64], |row| {
                let tally = Tally {
                    requests: count(row.get(1)?),
                    retries: count(row.get(2)?),
                    waits: count(row.get(3)?),
                    refused: count(row.get(4)?),
                };
                Ok(Hour { start: row.get::<_, i64>(0)? as f64, tally })
            })?;
            hours = rows.collect::<Result<_, _>>()?;
            Ok(())
        })?;
        Ok(hours)
    }

    fn look_at_slots(&self, at: At, look: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.read_quota(at, &mut |connection, now, _| {
            look(&mut self.read_slots(connection)?.1, now);
            Ok(())
        })
    }

    fn with_token(&self, at: At, work: &mut dyn FnMut(&mut TokenState, f64)) -> Result<(), Error> {
        // What only this process knows must not be lost between two looks.
        let mut failure = None;
        self.change_quota(at, &mut |connection, now, vault| {
            let scope = self.scope_name(vault);
            let known = self.pair.failure_of(vault.id(), &scope);
            let (written, state) = self.read_token(vault, connection)?;
            let mut state = state.with_failure(known);
            work(&mut state, now);
            state.sign(&|| self.pair.lives.own());
            let bytes = state.to_bytes();
            if written.as_ref() != Some(&bytes) {
                connection
                    .prepare_cached(
                        "INSERT INTO token (vault, scope, sealed) VALUES (?1, ?2, ?3)
                         ON CONFLICT (vault, scope) DO UPDATE SET sealed = ?3",
                    )?
                    .execute(params![vault.id(), scope, seal(vault, "token", &bytes)?])?;
            }
            failure = Some((vault.id().to_owned(), scope, state.failure().cloned()));
            Ok(())
        })?;
        if let Some((vault, scope, failure)) = failure {
            self.pair.keep_failure(&vault, &scope, failure);
        }
        Ok(())
    }

    fn look_at_token(&self, at: At, look: &mut dyn FnMut(&TokenState, f64)) -> Result<(), Error> {
        self.read_quota(at, &mut |connection, now, vault| {
            look(&self.read_token(vault, connection)?.1, now);
            Ok(())
        })
    }

    fn remembered(&self, at: At, key: &str, age_s: f64) -> Result<Option<Recalled>, Error> {
        let mut found = None;
        self.read_quota(at, &mut |connection, now, vault| {
            found = young(connection, vault, key, now, at.clock.wall(), age_s)?;
            Ok(())
        })?;
        Ok(found.and_then(|(plain, age_s)| Some(Recalled { value: Json::read(&plain).ok()?, age_s })))
    }

    fn remember(&self, at: At, memos: &[Memo]) -> Result<(), Error> {
        self.change_quota(at, &mut |connection, now, vault| self.keep(connection, now, at.clock.wall(), vault, memos))
    }

    fn forget(&self, at: At, key: &str) -> Result<(), Error> {
        // Looked for without keeping anybody out: often it is not there.
        let mut is_there = false;
        self.read_quota(at, &mut |connection, _, vault| {
            let mut statement = connection.prepare_cached("SELECT 1 FROM remembered WHERE vault = ?1 AND key = ?2")?;
            is_there = statement.exists([vault.id(), key])?;
            Ok(())
        })?;
        if !is_there {
            return Ok(());
        }
        self.change_quota(at, &mut |connection, _, vault| {
            connection.prepare_cached("DELETE FROM remembered WHERE vault = ?1 AND key = ?2")?.execute([vault.id(), key])?;
            Ok(())
        })
    }

    fn own_life(&self) -> Life {
        self.pair.lives.own()
    }

    fn is_alive(&self, life: Life) -> bool {
        life == 0 || self.pair.lives.is_alive(life)
    }

    fn take_lease(&self, at: At, name: &str, holder: &str, length_s: f64) -> Result<bool, Error> {
        let mut ours = false;
        self.change_quota(at, &mut |connection, now, vault| {
            let known: Option<String> = connection
                .prepare_cached("SELECT holder FROM lease WHERE vault = ?1 AND name = ?2")?
                .query_row(params![vault.id(), name], |row| row.get(0))
                .optional()?;
            let ended = known.filter(|known| !self.is_alive(life_of(known)));
            let changed = connection
                .prepare_cached(
                    "INSERT INTO lease (vault, name, holder, ends) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (vault, name) DO UPDATE SET holder = ?3, ends = ?4 WHERE holder = ?3 OR ends <= ?5 OR holder = ?6",
                )?
                .execute(params![vault.id(), name, holder, now + length_s, now, ended])?;
            ours = changed > 0;
            if ours {
                connection
                    .prepare_cached("DELETE FROM lease WHERE vault = ?1 AND name <> ?2 AND ends <= ?3")?
                    .execute(params![vault.id(), name, now])?;
            }
            Ok(())
        })?;
        Ok(ours)
    }

    fn keep_lease(&self, at: At, name: &str, holder: &str, length_s: f64) -> Result<bool, Error> {
        let mut ours = false;
        self.change_quota(at, &mut |connection, now, vault| {
            let changed = connection
                .prepare_cached("UPDATE lease SET ends = ?4 WHERE vault = ?1 AND name = ?2 AND holder = ?3")?
                .execute(params![vault.id(), name, holder, now + length_s])?;
            ours = changed > 0;
            Ok(())
        })?;
        Ok(ours)
    }

    fn end_lease(&self, at: At, name: &str, holder: &str) -> Result<(), Error> {
        self.change_quota(at, &mut |connection, _, vault| {
            connection.prepare_cached("DELETE FROM lease WHERE vault = ?1 AND name = ?2 AND holder = ?3")?.execute([
                vault.id(),
                name,
                holder,
            ])?;
            Ok(())
        })
    }

    fn fingerprint(&self, label: &str, text: &str) -> String {
        self.vault().fingerprint(label, text)
    }

    fn pending(&self) -> &dyn Pending {
        self
    }

    fn journal(&self) -> &dyn Journal {
        self
    }

    fn shelves(&self) -> &dyn Shelves {
        self
    }

    fn inbox(&self) -> Option<&dyn Inbox> {
        Some(self)
    }
}
