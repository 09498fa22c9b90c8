//! The journal's lines. They lie in the file of what must not be lost, and are on the disk before their requests are sent. An outcome is
//! noted in the file of what a power cut may take, with the settlement of its request's slot, so that it costs no wait for the disk; it
//! is taken over when the next line is opened, or when lines are read. Without it, a line whose process ended says so.

use std::sync::atomic::Ordering;

use rusqlite::{Connection, Row, ToSql, params};

use super::account::{SqliteStore, Unit, seal};
use super::outcome::Outcome;
use super::trouble::Trouble;
use crate::error::Error;
use crate::store::at::At;
use crate::store::journal::{Closing, End, Journal, Line, Lines, Opening, UNDER_WAY_S, Wanted};
use crate::store::vault::Vault;
use crate::throttle::Life;

/// How many lines a state keeps at most, whatever `journal_days` says: the newest of all its accounts.
pub(super) const MOST_LINES: i64 = 500_000;

/// How many outcomes are kept that could not be noted.
const MOST_KEPT: usize = 1000;

fn outcome_of(vault: &Vault, key: &str, closing: &Closing) -> Result<Outcome, Trouble> {
    Ok(Outcome {
        line: key.to_owned(),
        subject: closing.subject.map(|subject| name_of_subject(vault, subject)),
        sealed: seal(vault, &what_closes(key), closing.about.as_str().as_bytes())?,
    })
}

impl SqliteStore {
    /// Opens a line, in a unit of work on the main file; one of this name that is there already is under way again.
    pub(super) fn open_line(
        &self,
        vault: &Vault,
        connection: &Connection,
        at: At,
        now: f64,
        line: &Opening,
    ) -> Result<(), Trouble> {
        self.delete_old_lines(connection, at, now)?;
        connection
            .prepare_cached(
                "INSERT INTO journal (account, vault, key, wall, life, job, subject, sealed, opened) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (key) DO UPDATE SET is_open = 1, life = ?5, closing = NULL",
            )?
            .execute(params![
                self.account(),
                vault.id(),
                line.key,
                line.wall,
                self.pair.lives.own(),
                line.job.as_ref().map(|job| name_of_job(vault, job)),
                line.subject.map(|subject| name_of_subject(vault, subject)),
                seal(vault, &what_opens(&line.key), line.about.as_str().as_bytes())?,
                now,
            ])?;
        Ok(())
    }

    /// Closes a line, in a unit of work on the main file, whatever it said before.
    pub(super) fn close_line(
        &self,
        vault: &Vault,
        connection: &Connection,
        key: &str,
        closing: &Closing,
    ) -> Result<(), Trouble> {
        connection
            .prepare_cached(
                "UPDATE journal SET is_open = 0, closing = ?3, subject = coalesce(?4, subject) WHERE vault = ?1 AND key = ?2",
            )?
            .execute(params![
                vault.id(),
                key,
                seal(vault, &what_closes(key), closing.about.as_str().as_bytes())?,
                closing.subject.map(|subject| name_of_subject(vault, subject)),
            ])?;
        Ok(())
    }

    /// Notes an outcome, in a unit of work on the quota file, and deletes those that were taken over.
    pub(super) fn note_outcome(
        &self,
        vault: &Vault,
        connection: &Connection,
        key: &str,
        closing: &Closing,
    ) -> Result<(), Trouble> {
        let mut delete = connection.prepare_cached("DELETE FROM outcome WHERE vault = ?1 AND line = ?2")?;
        for line in self.taken_over.with(|known| known.clone()) {
            delete.execute([vault.id(), &line])?;
        }
        let Outcome { line, subject, sealed } = outcome_of(vault, key, closing)?;
        connection
            .prepare_cached("INSERT OR IGNORE INTO outcome (vault, line, subject, sealed) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![vault.id(), line, subject, sealed])?;
        Ok(())
    }

    /// Keeps an outcome that could not be noted, on a full disk for one, until the next line is opened or lines are read.
    pub(super) fn keep_outcome(&self, key: &str, closing: &Closing) {
        if let Ok(outcome) = outcome_of(&self.vault(), key, closing) {
            self.kept.with(|kept| {
                if kept.len() < MOST_KEPT {
                    kept.push(outcome);
                }
            });
        }
    }

    /// The outcomes that are noted in the quota file.
    fn outcomes(&self, at: At) -> Result<Vec<Outcome>, Error> {
        let mut outcomes = Vec::new();
        self.read_quota(at, &mut |connection, _, vault| {
            let mut statement = connection.prepare_cached("SELECT line, subject, sealed FROM outcome WHERE vault = ?1")?;
            let rows = statement
                .query_map([vault.id()], |row| Ok(Outcome { line: row.get(0)?, subject: row.get(1)?, sealed: row.get(2)? }))?;
            outcomes = rows.collect::<Result<_, _>>()?;
            Ok(())
        })?;
        Ok(outcomes)
    }

    /// Works on the journal, once the outcomes that are noted have been taken over and the lines of processes that ended are found out.
    fn settled(&self, at: At, work: Unit) -> Result<(), Error> {
        let mut outcomes = self.outcomes(at)?;
        let kept = self.kept.with(|kept| kept.clone());
        outcomes.extend(kept.iter().cloned());
        self.change(at, &mut |connection, now, vault| {
            take_over(vault, connection, &outcomes)?;
            self.find_out_unnoted(vault, connection, at)?;
            work(connection, now, vault)
        })?;
        self.kept.with(|known| known.retain(|known| kept.iter().all(|kept| kept.line != known.line)));
        // They are on the disk of the main file by now. Deleted with the next outcome that is noted.
        self.taken_over.with(|known| *known = outcomes.into_iter().map(|outcome| outcome.line).collect());
        Ok(())
    }

    /// Lines that are open though their process has ended are so no longer.
    fn find_out_unnoted(&self, vault: &Vault, connection: &Connection, at: At) -> Result<(), Trouble> {
        let open: Vec<(i64, Life, f64)> = connection
            .prepare_cached("SELECT number, life, wall FROM journal WHERE vault = ?1 AND is_open")?
            .query_map([vault.id()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        for (number, life, wall) in open {
            // A process that lives, but whose outcome could not be noted, says nothing any more either. An outcome that comes later counts.
            let is_old = wall < at.clock.wall() - UNDER_WAY_S;
            if is_old || (life != 0 && !self.pair.lives.is_alive(life)) {
                connection.prepare_cached("UPDATE journal SET is_open = 0 WHERE number = ?1")?.execute([number])?;
            }
        }
        Ok(())
    }

    /// Deletes lines that were kept long enough, and the oldest where there are too many: at most once an hour and client, and never in a
    /// unit of work of its own. A line is old by the calendar and by the store's time: a calendar that is set wrong deletes nothing.
    fn delete_old_lines(&self, connection: &Connection, at: At, now: f64) -> Result<(), Trouble> {
        let wall = at.clock.wall();
        let hour = (wall / 3600.0) as u64;
        if self.pruned.swap(hour, Ordering::Relaxed) != hour {
            // Also what was kept under another secret.
            connection
                .prepare_cached("DELETE FROM journal WHERE account = ?1 AND wall < ?2 AND opened < ?3")?
                .execute(params![self.account(), wall - self.journal_s, now - self.journal_s])?;
            connection
                .prepare_cached("DELETE FROM journal WHERE number <= (SELECT max(number) FROM journal) - ?1")?
                .execute([MOST_LINES])?;
        }
        Ok(())
    }

    fn line(&self, vault: &Vault, row: &Row) -> Result<Line, Trouble> {
        let (key, sealed): (String, Vec<u8>) = (row.get("key")?, row.get("sealed")?);
        let closing: Option<Vec<u8>> = row.get("closing")?;
        let end = match (row.get::<_, bool>("is_open")?, closing) {
            (true, _) => End::Not,
            (false, None) => End::Unnoted,
            (false, Some(closing)) => End::Closed(self.open_json(vault, &what_closes(&key), &closing)?),
        };
        Ok(Line {
            number: row.get("number")?,
            wall: row.get("wall")?,
            about: self.open_json(vault, &what_opens(&key), &sealed)?,
            end,
        })
    }
}

/// Puts outcomes that were noted into their lines. Taking one over twice is the same as once.
fn take_over(vault: &Vault, connection: &Connection, outcomes: &[Outcome]) -> Result<(), Trouble> {
    let mut statement = connection.prepare_cached(
        "UPDATE journal SET is_open = 0, closing = ?3, subject = coalesce(?4, subject) WHERE vault = ?1 AND key = ?2 AND closing IS NULL",
    )?;
    for Outcome { line, subject, sealed } in outcomes {
        statement.execute(params![vault.id(), line, sealed, subject])?;
    }
    Ok(())
}

fn what_opens(key: &str) -> String {
    format!("line {key}")
}

fn what_closes(key: &str) -> String {
    format!("end of line {key}")
}

fn name_of_job(vault: &Vault, job: &str) -> String {
    vault.fingerprint("job of a line", job)
}

fn name_of_subject(vault: &Vault, subject: u64) -> String {
    vault.fingerprint("subject of a line", &subject.to_string())
}

/// The condition for the lines that are wanted, older and newer ones included, and its values. It begins with the account's name, by which
/// they can be counted in the index of their age.
fn condition(account: &str, vault: &Vault, wanted: &Wanted) -> (String, Vec<Box<dyn ToSql>>) {
    let mut condition = "account = ?1 AND vault = ?2".to_owned();
    let mut values: Vec<Box<dyn ToSql>> = vec![Box::new(account.to_owned()), Box::new(vault.id().to_owned())];
    let mut add = |column: &str, value: Option<Box<dyn ToSql>>| {
        if let Some(value) = value {
            values.push(value);
            condition.push_str(&format!(" AND {column} ?{}", values.len()));
        }
    };
    let boxed = |number: f64| Box::new(number) as Box<dyn ToSql>;
    add("wall >=", wanted.since.map(boxed));
    add("wall <", wanted.until.map(boxed));
    add("job =", wanted.job.as_ref().map(|job| Box::new(name_of_job(vault, job)) as Box<dyn ToSql>));
    add("subject =", wanted.subject.map(|subject| Box::new(name_of_subject(vault, subject)) as Box<dyn ToSql>));
    (condition, values)
}

impl Journal for SqliteStore {
    fn open(&self, at: At, opening: &Opening) -> Result<(), Error> {
        self.settled(at, &mut |connection, now, vault| self.open_line(vault, connection, at, now, opening))
    }

    fn close(&self, at: At, key: &str, closing: &Closing) -> Result<(), Error> {
        let noted = self.change_quota(at, &mut |connection, _, vault| self.note_outcome(vault, connection, key, closing));
        noted.inspect_err(|_| self.keep_outcome(key, closing))
    }

    fn lines(&self, at: At, wanted: &Wanted) -> Result<Lines, Error> {
        let mut found = Lines::default();
        let oldest = at.clock.wall() - self.journal_s;
        let wanted = Wanted { since: Some(wanted.since.map_or(oldest, |since| since.max(oldest))), ..wanted.clone() };
        self.settled(at, &mut |connection, _, vault| {
            found = Lines::default();
            let (condition, mut values) = condition(self.account(), vault, &wanted);
            if !wanted.uncounted {
                let count: i64 = connection
                    .prepare_cached(&format!("SELECT count(*) FROM journal WHERE {condition}"))?
                    .query_row(rusqlite::params_from_iter(&values), |row| row.get(0))?;
                found.count = count.unsigned_abs();
            }
            let places = values.len();
            values.push(Box::new(wanted.before.unwrap_or(i64::MAX)));
            values.push(Box::new(i64::try_from(wanted.most).unwrap_or(i64::MAX).saturating_add(1)));
            values.push(Box::new(i64::try_from(wanted.skip).unwrap_or(i64::MAX)));
            // By number: the plus keeps the index of their age out of it, by which all would have to be sorted.
            let mut statement = connection.prepare_cached(&format!(
                "SELECT number, key, wall, is_open, sealed, closing FROM journal WHERE +{condition} AND number < ?{}
                 ORDER BY number DESC LIMIT ?{} OFFSET ?{}",
                places + 1,
                places + 2,
                places + 3
            ))?;
            let mut rows = statement.query(rusqlite::params_from_iter(&values))?;
            while let Some(row) = rows.next()? {
                if found.lines.len() == wanted.most {
                    found.more = true;
                    break;
                }
                found.lines.push(self.line(vault, row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }
}
