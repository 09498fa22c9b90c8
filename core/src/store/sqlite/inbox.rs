//! The inbox's tables. A change that somebody is told of is on the disk by then; what is personal is sealed, and deleted some
//! time after it was acknowledged. What stays are fingerprints, by which a change is told from a repetition.

use std::ops::RangeInclusive;
use std::sync::atomic::Ordering;

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use zeroize::Zeroizing;

use super::account::{SqliteStore, blob, seal};
use super::trouble::Trouble;
use crate::error::Error;
use crate::json::Json;
use crate::store::at::At;
use crate::store::inbox::{Arrival, Claim, Claims, Counts, Event, Inbox, Kept, Lag, Limits, Link, Observation, Prints};
use crate::store::vault::Vault;

/// After so many seconds, times the square of how often it was looked into, a claim is looked into again.
const LOOK_AGAIN_S: f64 = 30.0;
/// Of what may wait, one in so many may be something that nobody understands.
const MOST_UNKNOWN: u64 = 10;

const EVENT: &str = "number, key, kind, verified, received, sealed, until, deliveries, acknowledged, holder, said, dropped";
/// What an event's words are sealed under, besides its key.
const SAID: &str = "said of ";

impl SqliteStore {
    /// Makes an event of a observation, if it is a change.
    fn sight(&self, vault: &Vault, connection: &Connection, observation: &Observation, wall: f64) -> Result<bool, Trouble> {
        let known: Option<String> = connection
            .prepare_cached("SELECT prints FROM seen WHERE vault = ?1 AND key = ?2")?
            .query_row([vault.id(), &observation.key], |row| row.get(0))
            .optional()?;
        let known: Option<Prints> = known.and_then(|known| serde_json::from_str(&known).ok());
        let changed = known.as_ref().is_none_or(|known| differ(known, &observation.prints));
        if changed || known.as_ref().is_some_and(|known| observation.prints.keys().any(|name| !known.contains_key(name))) {
            let mut prints = known.unwrap_or_default();
            prints.extend(observation.prints.clone());
            connection
                .prepare_cached(
                    "INSERT INTO seen (vault, key, prints) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET prints = ?3",
                )?
                .execute(params![vault.id(), observation.key, Json::of(&prints).as_str()])?;
        }
        if let Some(link) = &observation.link {
            self.keep_link(vault, connection, link)?;
        }
        if !changed || observation.silent {
            return Ok(false);
        }
        connection
            .prepare_cached(
                "INSERT INTO event (account, vault, key, kind, verified, received, sealed, fleeting)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                self.account(),
                vault.id(),
                observation.key,
                observation.kind,
                observation.verified,
                wall,
                seal(vault, &observation.key, observation.object.as_str().as_bytes())?,
                observation.fleeting,
            ])?;
        Ok(true)
    }

    fn keep_link(&self, vault: &Vault, connection: &Connection, link: &Link) -> Result<(), Trouble> {
        if self.known_link(vault, connection, &link.key)?.is_some_and(|known| *known == *link.encrypted_user_id.as_bytes()) {
            return Ok(());
        }
        let sealed = seal(vault, &link.key, link.encrypted_user_id.as_bytes())?;
        let conflict = if link.may_replace { "DO UPDATE SET sealed = ?3" } else { "DO NOTHING" };
        connection
            .prepare_cached(&format!("INSERT INTO link (vault, key, sealed) VALUES (?1, ?2, ?3) ON CONFLICT {conflict}"))?
            .execute(params![vault.id(), link.key, sealed])?;
        Ok(())
    }

    /// The encrypted user id that is kept under a key, as bytes.
    fn known_link(&self, vault: &Vault, connection: &Connection, key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Trouble> {
        let sealed = blob(connection, "SELECT sealed FROM link WHERE vault = ?1 AND key = ?2", &[vault.id(), key])?;
        Ok(sealed.and_then(|sealed| vault.open(key, &sealed)))
    }

    /// Deletes what was kept long enough.
    fn clear_away(&self, vault: &Vault, connection: &Connection, at: At, limits: Limits) -> Result<(), Trouble> {
        let before = at.clock.wall() - limits.keep_s;
        // What nobody understands is not known for ever either, or anybody could make the file grow.
        connection
            .prepare_cached(
                "DELETE FROM seen WHERE vault = ?1 AND key IN (
                     SELECT key FROM event WHERE vault = ?1 AND fleeting AND acknowledged IS NOT NULL AND acknowledged <= ?2
                 )",
            )?
            .execute(params![vault.id(), before])?;
        // Also what was kept under another secret.
        connection
            .prepare_cached("DELETE FROM event WHERE account = ?1 AND acknowledged IS NOT NULL AND acknowledged <= ?2")?
            .execute(params![self.account(), before])?;
        connection
            .prepare_cached("DELETE FROM delivery WHERE vault = ?1 AND wall <= ?2")?
            .execute(params![vault.id(), before])?;
        Ok(())
    }

    fn event(&self, vault: &Vault, row: &Row, now: f64) -> Result<Event, Trouble> {
        let (key, sealed): (String, Vec<u8>) = (row.get("key")?, row.get("sealed")?);
        let left = row.get::<_, f64>("until")? - now;
        let said = row.get::<_, Option<Vec<u8>>>("said")?.and_then(|sealed| vault.open(&format!("{SAID}{key}"), &sealed));
        Ok(Event {
            number: row.get("number")?,
            kind: row.get("kind")?,
            object: self.open_json(vault, &key, &sealed)?,
            verified: row.get("verified")?,
            received: row.get("received")?,
            deliveries: row.get("deliveries")?,
            acknowledged: row.get("acknowledged")?,
            leased_s: (left > 0.0).then_some(left),
            holder: row.get("holder")?,
            said: said.and_then(|said| String::from_utf8(said.to_vec()).ok()),
            dropped: row.get::<_, Option<bool>>("dropped")?.unwrap_or_default(),
        })
    }

    /// Changes an event of the account by `sql`: its places are vault, number, the sealed words and, where `more` is given, that. False if
    /// there is no such event.
    fn settle_event(&self, at: At, number: i64, said: Option<&str>, sql: &str, more: Option<f64>) -> Result<bool, Error> {
        let mut is_there = false;
        self.change(at, &mut |connection, _, vault| {
            let key: Option<String> = connection
                .prepare_cached("SELECT key FROM event WHERE vault = ?1 AND number = ?2")?
                .query_row(params![vault.id(), number], |row| row.get(0))
                .optional()?;
            is_there = key.is_some();
            let Some(key) = key else { return Ok(()) };
            let sealed = said.map(|said| seal(vault, &format!("{SAID}{key}"), said.as_bytes())).transpose()?;
            let mut statement = connection.prepare_cached(sql)?;
            match more {
                Some(more) => statement.execute(params![vault.id(), number, sealed, more])?,
                None => statement.execute(params![vault.id(), number, sealed])?,
            };
            Ok(())
        })?;
        Ok(is_there)
    }

    fn count(&self, vault: &Vault, connection: &Connection, sql: &str) -> Result<u64, Trouble> {
        Ok(connection.prepare_cached(sql)?.query_row([vault.id()], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }
}

/// True if any shared field differs, or if no field is shared.
fn differ(known: &Prints, now: &Prints) -> bool {
    let mut common = now.iter().filter_map(|(name, value)| Some((known.get(name)?, value))).peekable();
    common.peek().is_none() || common.any(|(before, now)| before != now)
}

/// The condition that `kind` is one of these; their places begin at number `first`.
fn among(kinds: &[&str], first: usize) -> String {
    let places: Vec<_> = (first..first + kinds.len()).map(|place| format!("?{place}")).collect();
    format!("kind IN ({})", places.join(", "))
}

/// The values of the first places, and the words for those of [`among`].
fn with_kinds<'a>(first: &[&'a dyn ToSql], kinds: &'a [&'a str]) -> Vec<&'a dyn ToSql> {
    first.iter().copied().chain(kinds.iter().map(|kind| kind as &dyn ToSql)).collect()
}

impl Inbox for SqliteStore {
    fn arrive(&self, at: At, arrivals: &[Arrival], limits: Limits) -> Result<Vec<Kept>, Error> {
        let mut kept = Vec::new();
        self.change(at, &mut |connection, _, vault| {
            kept.clear();
            self.clear_away(vault, connection, at, limits)?;
            let mut waiting = self.count(vault, connection, "SELECT count(*) FROM claim WHERE vault = ?1")?
                + self.count(vault, connection, "SELECT count(*) FROM event WHERE vault = ?1 AND acknowledged IS NULL")?;
            let wall = at.clock.wall();
            let mut unknown = self
                .count(vault, connection, "SELECT count(*) FROM event WHERE vault = ?1 AND acknowledged IS NULL AND fleeting")?;
            for arrival in arrivals {
                // What waits already takes no room.
                let mut new = arrival.observations.len() as u64;
                for claim in &arrival.claims {
                    let mut statement = connection.prepare_cached("SELECT 1 FROM claim WHERE vault = ?1 AND key = ?2")?;
                    new += u64::from(!statement.exists([vault.id(), &claim.key])?);
                }
                let strange = arrival.observations.iter().filter(|observation| observation.fleeting).count() as u64;
                let mut room = (limits.most as u64).saturating_sub(waiting);
                if room < new {
                    // Claims that were looked into in vain make room for new ones.
                    let gone = connection
                        .prepare_cached(
                            "DELETE FROM claim WHERE number IN (
                                 SELECT number FROM claim WHERE vault = ?1 AND tried > 0 ORDER BY tried DESC, number LIMIT ?2
                             )",
                        )?
                        .execute(params![vault.id(), (new - room) as i64])? as u64;
                    waiting = waiting.saturating_sub(gone);
                    room += gone;
                }
                let too_strange = strange > 0 && unknown >= (limits.most as u64).div_ceil(MOST_UNKNOWN);
                if (room == 0 && new > 0) || too_strange {
                    kept.push(Kept::Full);
                    continue;
                }
                unknown += strange;
                kept.push(Kept::Yes);
                if let Some(delivery) = &arrival.delivery {
                    let new = connection
                        .prepare_cached("INSERT INTO delivery (vault, key, wall) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
                        .execute(params![vault.id(), delivery, wall])?;
                    if new == 0 {
                        continue;
                    }
                }
                waiting += new;
                for claim in &arrival.claims {
                    connection
                        .prepare_cached(
                            "INSERT OR REPLACE INTO claim (account, vault, key, kind, received, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                        )?
                        .execute(params![
                            self.account(),
                            vault.id(),
                            claim.key,
                            claim.kind,
                            wall,
                            seal(vault, &claim.key, claim.object.as_str().as_bytes())?
                        ])?;
                }
                for observation in &arrival.observations {
                    self.sight(vault, connection, observation, wall)?;
                }
            }
            Ok(())
        })?;
        Ok(kept)
    }

    fn record(&self, at: At, observations: &[Observation], until: i64) -> Result<usize, Error> {
        let mut made = 0;
        self.change(at, &mut |connection, _, vault| {
            made = 0;
            for observation in observations {
                made += usize::from(self.sight(vault, connection, observation, at.clock.wall())?);
                connection
                    .prepare_cached("DELETE FROM claim WHERE vault = ?1 AND key = ?2 AND number <= ?3")?
                    .execute(params![vault.id(), observation.key, until])?;
            }
            Ok(())
        })?;
        Ok(made)
    }

    fn claimed(&self, at: At, keys: &[String], until: i64) -> Result<Vec<String>, Error> {
        let mut claimed = Vec::new();
        self.read(at, &mut |connection, _, vault| {
            claimed.clear();
            let mut statement =
                connection.prepare_cached("SELECT 1 FROM claim WHERE vault = ?1 AND key = ?2 AND number <= ?3")?;
            for key in keys {
                if statement.exists(params![vault.id(), key, until])? {
                    claimed.push(key.clone());
                }
            }
            Ok(())
        })?;
        Ok(claimed)
    }

    fn drop_claims(&self, at: At, numbers: &[i64]) -> Result<(), Error> {
        self.change(at, &mut |connection, _, vault| {
            let mut statement = connection.prepare_cached("DELETE FROM claim WHERE vault = ?1 AND number = ?2")?;
            for number in numbers {
                statement.execute(params![vault.id(), number])?;
            }
            Ok(())
        })
    }

    fn claims(&self, at: At, kind: &str, most: usize) -> Result<Claims, Error> {
        let (mut claims, wall) = (Claims::default(), at.clock.wall());
        self.read(at, &mut |connection, _, vault| {
            claims = Claims::default();
            let (count, untried): (i64, i64) = connection
                .prepare_cached("SELECT count(*), count(*) FILTER (WHERE tried = 0) FROM claim WHERE vault = ?1 AND kind = ?2")?
                .query_row([vault.id(), kind], |row| Ok((row.get(0)?, row.get(1)?)))?;
            (claims.count, claims.untried) = (count.unsigned_abs() as usize, untried.unsigned_abs() as usize);
            if count == 0 {
                return Ok(());
            }
            claims.until = connection
                .prepare_cached("SELECT max(number) FROM claim WHERE vault = ?1 AND kind = ?2")?
                .query_row([vault.id(), kind], |row| row.get::<_, Option<i64>>(0))?
                .unwrap_or_default();
            let mut statement = connection.prepare_cached(
                "SELECT number, key, received, sealed, tried FROM claim WHERE vault = ?1 AND kind = ?2
                 AND (tried = 0 OR looked > ?4 OR looked + ?5 * tried * tried <= ?4) ORDER BY tried, random() LIMIT ?3",
            )?;
            let mut rows = statement.query(params![vault.id(), kind, most as i64, wall, LOOK_AGAIN_S])?;
            while let Some(row) = rows.next()? {
                let (key, sealed): (String, Vec<u8>) = (row.get(1)?, row.get(3)?);
                let object = self.open_json(vault, &key, &sealed)?;
                let kind = kind.to_owned();
                claims.some.push(Claim { number: row.get(0)?, key, kind, object, received: row.get(2)?, tried: row.get(4)? });
            }
            Ok(())
        })?;
        Ok(claims)
    }

    fn tried(&self, at: At, kind: &str, numbers: RangeInclusive<i64>) -> Result<(), Error> {
        self.change(at, &mut |connection, _, vault| {
            connection
                .prepare_cached(
                    "UPDATE claim SET tried = tried + 1, looked = ?5 WHERE vault = ?1 AND kind = ?2 AND number BETWEEN ?3 AND ?4",
                )?
                .execute(params![vault.id(), kind, numbers.start(), numbers.end(), at.clock.wall()])?;
            Ok(())
        })
    }

    fn next(&self, at: At, kinds: &[&str], lease_s: f64, holder: &str, limits: Limits) -> Result<Option<Event>, Error> {
        let mut next = None;
        let find = format!(
            "SELECT {EVENT} FROM event AS one WHERE vault = ?1 AND acknowledged IS NULL AND {} AND until <= ?2
             AND NOT EXISTS (
                 SELECT 1 FROM event AS before
                 WHERE before.vault = ?1 AND before.key = one.key AND before.acknowledged IS NULL AND before.number < one.number
             ) ORDER BY number LIMIT 1",
            among(kinds, 3)
        );
        // Looked for without keeping anybody out: most looks find nothing.
        let (mut waits, mut hour) = (false, 0);
        self.read(at, &mut |connection, now, vault| {
            waits = connection.prepare_cached(&find)?.exists(with_kinds(&[&vault.id(), &now], kinds).as_slice())?;
            hour = 1 + (now / 3600.0) as u64;
            Ok(())
        })?;
        if !waits {
            // What is kept too long must go also where nothing new comes.
            if self.cleared.swap(hour, Ordering::Relaxed) != hour {
                self.change(at, &mut |connection, _, vault| self.clear_away(vault, connection, at, limits))?;
            }
            return Ok(None);
        }
        self.change(at, &mut |connection, now, vault| {
            self.clear_away(vault, connection, at, limits)?;
            let found = {
                let mut statement = connection.prepare_cached(&find)?;
                let mut rows = statement.query(with_kinds(&[&vault.id(), &now], kinds).as_slice())?;
                rows.next()?.map(|row| self.event(vault, row, now)).transpose()?
            };
            next = found.map(|mut event| {
                event.deliveries += 1;
                event.holder = Some(holder.to_owned());
                event
            });
            if let Some(event) = &next {
                connection
                    .prepare_cached(
                        "UPDATE event SET until = ?3, deliveries = ?4, holder = ?5 WHERE vault = ?1 AND number = ?2",
                    )?
                    .execute(params![vault.id(), event.number, now + lease_s, event.deliveries, holder])?;
            }
            Ok(())
        })?;
        Ok(next)
    }

    fn requeue(&self, at: At, number: i64, said: Option<&str>) -> Result<bool, Error> {
        const SQL: &str =
            "UPDATE event SET until = 0, holder = NULL, acknowledged = NULL, dropped = NULL, said = coalesce(?3, said)
             WHERE vault = ?1 AND number = ?2";
        self.settle_event(at, number, said, SQL, None)
    }

    fn discard(&self, at: At, number: i64, said: &str) -> Result<bool, Error> {
        const SQL: &str = "UPDATE event SET acknowledged = ?4, dropped = 1, said = ?3
             WHERE vault = ?1 AND number = ?2";
        self.settle_event(at, number, Some(said), SQL, Some(at.clock.wall()))
    }

    fn taken(&self, at: At, most: usize) -> Result<Vec<Event>, Error> {
        let mut events = Vec::new();
        let find = format!(
            "SELECT {EVENT} FROM event WHERE vault = ?1 AND acknowledged IS NULL AND deliveries > 0 ORDER BY number LIMIT ?2"
        );
        self.read(at, &mut |connection, now, vault| {
            events.clear();
            let mut statement = connection.prepare_cached(&find)?;
            let mut rows = statement.query(params![vault.id(), most as i64])?;
            while let Some(row) = rows.next()? {
                events.push(self.event(vault, row, now)?);
            }
            Ok(())
        })?;
        Ok(events)
    }

    fn lag(&self, at: At) -> Result<Lag, Error> {
        let mut lag = Lag::default();
        self.read(at, &mut |connection, _, vault| {
            let age = |sql| -> Result<Option<f64>, Trouble> {
                let received = connection.prepare_cached(sql)?.query_row([vault.id()], |row| row.get::<_, Option<f64>>(0))?;
                // A calendar that was set back makes nothing younger than now.
                Ok(received.map(|received| (at.clock.wall() - received).max(0.0)))
            };
            lag = Lag {
                event_s: age("SELECT min(received) FROM event WHERE vault = ?1 AND acknowledged IS NULL")?,
                claim_s: age("SELECT min(received) FROM claim WHERE vault = ?1")?,
            };
            Ok(())
        })?;
        Ok(lag)
    }

    fn acknowledge(&self, at: At, number: i64, limits: Limits) -> Result<bool, Error> {
        let mut known = false;
        self.change(at, &mut |connection, _, vault| {
            let done = connection
                .prepare_cached("UPDATE event SET acknowledged = ?3 WHERE vault = ?1 AND number = ?2 AND acknowledged IS NULL")?
                .execute(params![vault.id(), number, at.clock.wall()])?;
            known = done > 0
                || number >= 1
                    && match connection
                        .prepare_cached("SELECT vault FROM event WHERE number = ?1")?
                        .query_row([number], |row| row.get::<_, String>(0))
                        .optional()?
                    {
                        Some(of) => of == vault.id(),
                        // Numbers are never used twice: one that is not there but was given out is done with and deleted.
                        None => connection
                            .prepare_cached("SELECT 1 FROM sqlite_sequence WHERE name = 'event' AND seq >= ?1")?
                            .exists([number])?,
                    };
            self.clear_away(vault, connection, at, limits)
        })?;
        Ok(known)
    }

    fn events(&self, at: At, after: u64, kinds: &[&str], most: usize) -> Result<Vec<Event>, Error> {
        let mut events = Vec::new();
        let Ok(after) = i64::try_from(after) else { return Ok(events) };
        let find = format!(
            "SELECT {EVENT} FROM event WHERE vault = ?1 AND number > ?2 AND {} ORDER BY number LIMIT ?3",
            among(kinds, 4)
        );
        self.read(at, &mut |connection, now, vault| {
            events.clear();
            let mut statement = connection.prepare_cached(&find)?;
            let mut rows = statement.query(with_kinds(&[&vault.id(), &after, &(most as i64)], kinds).as_slice())?;
            while let Some(row) = rows.next()? {
                events.push(self.event(vault, row, now)?);
            }
            Ok(())
        })?;
        Ok(events)
    }

    fn counts(&self, at: At) -> Result<Counts, Error> {
        let mut counts = Counts::default();
        self.read(at, &mut |connection, now, vault| {
            let open = self.count(vault, connection, "SELECT count(*) FROM event WHERE vault = ?1 AND acknowledged IS NULL")?;
            let leased: i64 = connection
                .prepare_cached("SELECT count(*) FROM event WHERE vault = ?1 AND acknowledged IS NULL AND until > ?2")?
                .query_row(params![vault.id(), now], |row| row.get(0))?;
            counts.leased = leased.unsigned_abs();
            counts.waiting = open.saturating_sub(counts.leased);
            counts.acknowledged =
                self.count(vault, connection, "SELECT count(*) FROM event WHERE vault = ?1 AND acknowledged IS NOT NULL")?;
            counts.unverified = self.count(vault, connection, "SELECT count(*) FROM claim WHERE vault = ?1")?;
            let unreadable: i64 = connection
                .prepare_cached(
                    "SELECT (SELECT count(*) FROM event WHERE account = ?1 AND vault <> ?2 AND acknowledged IS NULL)
                     + (SELECT count(*) FROM claim WHERE account = ?1 AND vault <> ?2)",
                )?
                .query_row([self.account(), vault.id()], |row| row.get(0))?;
            counts.unreadable = unreadable.unsigned_abs();
            Ok(())
        })?;
        Ok(counts)
    }

    fn link(&self, at: At, key: &str) -> Result<Option<String>, Error> {
        let mut found = None;
        self.read(at, &mut |connection, _, vault| {
            found = self.known_link(vault, connection, key)?;
            Ok(())
        })?;
        Ok(found.and_then(|plain| String::from_utf8(plain.to_vec()).ok()))
    }

    fn with_note(&self, at: At, name: &str, work: &mut dyn FnMut(&mut Json, f64)) -> Result<(), Error> {
        self.change(at, &mut |connection, now, vault| {
            let sealed = blob(connection, "SELECT sealed FROM note WHERE vault = ?1 AND name = ?2", &[vault.id(), name])?;
            let known = sealed.map_or(Ok(Json::null()), |sealed| self.open_json(vault, name, &sealed))?;
            let mut note = known.clone();
            work(&mut note, now);
            if note == known {
                return Ok(());
            }
            connection
                .prepare_cached(
                    "INSERT INTO note (vault, name, sealed) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET sealed = ?3",
                )?
                .execute(params![vault.id(), name, seal(vault, name, note.as_str().as_bytes())?])?;
            Ok(())
        })
    }
}
