//! What a power cut may take: slots, token, remembered answers, leases. A lost slot's remedy is the server's own refusal, and a
//! lost token is fetched anew.

use rusqlite::{Connection, OptionalExtension, params};

use super::account::{SqliteStore, seal};
use super::trouble::Trouble;
use crate::error::Error;
use crate::json::Json;
use crate::random::{first_number, random};
use crate::store::at::At;
use crate::store::inbox::Inbox;
use crate::store::interface::Store;
use crate::store::pending::Pending;
use crate::store::vault::Vault;
use crate::throttle::SlotLog;
use crate::token::TokenState;

/// How many values are remembered for an account.
const MOST_REMEMBERED: i64 = 20_000;

impl SqliteStore {
    fn read_token(&self, vault: &Vault, connection: &Connection) -> Result<TokenState, Trouble> {
        let sealed: Option<Vec<u8>> = connection
            .prepare_cached("SELECT sealed FROM token WHERE vault = ?1 AND scope = ?2")?
            .query_row([vault.id(), &self.scope_name(vault)], |row| row.get(0))
            .optional()?;
        let plain = sealed.and_then(|sealed| vault.open("token", &sealed));
        let mut state = plain.map(|plain| TokenState::from_bytes(&plain)).unwrap_or_default();
        state.forget_ended(&|life| self.pair.lives.is_alive(life));
        Ok(state)
    }

    fn scope_name(&self, vault: &Vault) -> String {
        vault.fingerprint("scope", &self.scope)
    }
}

impl Store for SqliteStore {
    fn with_slots(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.change_quota(at, &mut |connection, now, _| {
            let bytes: Option<Vec<u8>> = connection
                .prepare_cached("SELECT slots FROM account WHERE key = ?1")?
                .query_row([self.account()], |row| row.get(0))
                .optional()?;
            let mut log = match bytes {
                None => SlotLog::new(first_number()),
                // One that makes no sense is as one that was lost.
                Some(bytes) => SlotLog::from_bytes(&bytes).unwrap_or_else(|| SlotLog::new(first_number())),
            };
            log.forget_ended(&|life| self.pair.lives.is_alive(life));
            work(&mut log, now);
            log.sign(&|| self.pair.lives.own());
            connection
                .prepare_cached("INSERT INTO account (key, slots) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET slots = ?2")?
                .execute(params![self.account(), log.to_bytes()])?;
            Ok(())
        })
    }

    fn with_token(&self, at: At, work: &mut dyn FnMut(&mut TokenState, f64)) -> Result<(), Error> {
        // What only this process knows must not be lost between two looks.
        let mut failure = None;
        self.change_quota(at, &mut |connection, now, vault| {
            let scope = self.scope_name(vault);
            let known = self.pair.failure_of(vault.id(), &scope);
            let mut state = self.read_token(vault, connection)?.with_failure(known);
            work(&mut state, now);
            state.sign(&|| self.pair.lives.own());
            let sealed = seal(vault, "token", &state.to_bytes())?;
            connection
                .prepare_cached(
                    "INSERT INTO token (vault, scope, sealed) VALUES (?1, ?2, ?3) ON CONFLICT (vault, scope) DO UPDATE SET sealed = ?3",
                )?
                .execute(params![vault.id(), scope, sealed])?;
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
            look(&self.read_token(vault, connection)?, now);
            Ok(())
        })
    }

    fn remembered(&self, at: At, key: &str, age_s: f64) -> Result<Option<Json>, Error> {
        let mut found = None;
        self.read_quota(at, &mut |connection, now, vault| {
            let known: Option<(f64, f64, Vec<u8>)> = connection
                .prepare_cached("SELECT kept, wall, sealed FROM remembered WHERE vault = ?1 AND key = ?2")?
                .query_row([vault.id(), key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let fresh = known.filter(|(kept, wall, _)| (now - kept).max(at.clock.wall() - wall) <= age_s);
            found = fresh.and_then(|(.., sealed)| vault.open(key, &sealed));
            Ok(())
        })?;
        Ok(found.and_then(|plain| Json::read(&plain).ok()))
    }

    fn remember(&self, at: At, key: &str, value: &Json) -> Result<(), Error> {
        self.change_quota(at, &mut |connection, now, vault| {
            let sealed = seal(vault, key, value.as_str().as_bytes())?;
            connection
                .prepare_cached(
                    "INSERT INTO remembered (vault, key, kept, wall, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (vault, key) DO UPDATE SET kept = ?3, wall = ?4, sealed = ?5",
                )?
                .execute(params![vault.id(), key, now, at.clock.wall(), sealed])?;
            // Seldom looked at, as counting costs; and then half goes at once.
            if random() < 0.01 {
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
        })
    }

    fn forget(&self, at: At, key: &str) -> Result<(), Error> {
        self.change_quota(at, &mut |connection, _, vault| {
            connection.prepare_cached("DELETE FROM remembered WHERE vault = ?1 AND key = ?2")?.execute([vault.id(), key])?;
            Ok(())
        })
    }

    fn take_lease(&self, at: At, name: &str, holder: &str, length_s: f64) -> Result<bool, Error> {
        let mut ours = false;
        self.change_quota(at, &mut |connection, now, vault| {
            let changed = connection
                .prepare_cached(
                    "INSERT INTO lease (vault, name, holder, ends) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (vault, name) DO UPDATE SET holder = ?3, ends = ?4 WHERE holder = ?3 OR ends <= ?5",
                )?
                .execute(params![vault.id(), name, holder, now + length_s, now])?;
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

    fn inbox(&self) -> Option<&dyn Inbox> {
        Some(self)
    }
}
