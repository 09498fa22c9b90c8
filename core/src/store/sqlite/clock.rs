//! The time that all users of a file share. It is made of the machine's uptime, and goes on where it stopped when the machine
//! restarts. Boot ids live here and nowhere else.

use rusqlite::{Connection, OptionalExtension, params};

use crate::clock::Clock;

pub const TABLE: &str = "
    CREATE TABLE clock (one INTEGER PRIMARY KEY CHECK (one = 1), boot TEXT NOT NULL, seen REAL NOT NULL, start REAL NOT NULL);
";

/// An uptime that is less than the last one by more than this is of another run of the machine.
const STEP_BACK_S: f64 = 1.0;

/// What a file knows of its time.
pub struct FileTime {
    /// The store's time now.
    pub now: f64,
    /// True if the machine restarted since the file was last written.
    pub restarted: bool,
    /// The store's time when the machine's uptime was 0; it may be negative.
    start: f64,
    uptime: f64,
}

impl FileTime {
    /// Reads it. A restart is noticed by another boot id, or by an uptime that is less than it was; how long the machine was down
    /// nobody knows, so that counts as nothing.
    pub fn read(connection: &Connection, clock: &dyn Clock) -> Result<FileTime, rusqlite::Error> {
        let uptime = clock.now();
        let known: Option<(String, f64, f64)> = connection
            .prepare_cached("SELECT boot, seen, start FROM clock")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        Ok(match known {
            None => FileTime { now: uptime, restarted: false, start: 0.0, uptime },
            Some((boot, seen, start)) if boot == clock.boot() && uptime >= seen - STEP_BACK_S => {
                let uptime = uptime.max(seen);
                FileTime { now: start + uptime, restarted: false, start, uptime }
            }
            Some((_, seen, start)) => FileTime { now: start + seen, restarted: true, start: start + seen - uptime, uptime },
        })
    }

    /// Notes that it was seen.
    pub fn keep(&self, connection: &Connection, clock: &dyn Clock) -> Result<(), rusqlite::Error> {
        connection
            .prepare_cached("INSERT OR REPLACE INTO clock (one, boot, seen, start) VALUES (1, ?1, ?2, ?3)")?
            .execute(params![clock.boot(), self.uptime, self.start])?;
        Ok(())
    }
}
