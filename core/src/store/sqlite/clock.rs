//! The time that all users of a file share, and which file it is. The time is made of the machine's uptime, and goes on where it
//! stopped when the machine restarts. Boot ids live here and nowhere else.

use rusqlite::{Connection, OptionalExtension, params};

use crate::clock::Clock;

/// `seen` is the last known uptime, `start` the store's time at uptime 0, and `file` the file's own random number.
pub const TABLE: &str = "
    CREATE TABLE clock (
        one INTEGER PRIMARY KEY CHECK (one = 1), boot TEXT NOT NULL, seen REAL NOT NULL, start REAL NOT NULL, file BLOB NOT NULL
    );
";

/// An uptime that is less than the last one by more than this went backwards, in seconds.
const STEP_BACK_S: f64 = 1.0;

/// A file's own random number.
pub type FileNumber = [u8; 16];

/// What a file knows of its time.
pub struct FileTime {
    /// The store's time now.
    pub now: f64,
    /// True if the machine restarted since the file was last written.
    pub restarted: bool,
    /// True if the time goes on from another uptime than the file says: every later reading depends on that being written.
    pub rebased: bool,
    /// Which file it is; `None` if it was just made.
    pub file: Option<FileNumber>,
    /// The store's time when the file was last written. It only grows, unless the file is put back to an earlier state.
    pub written: f64,
    start: f64,
    uptime: f64,
}

impl FileTime {
    /// Reads it. A restart is noticed by another boot id, or, where there is none, by an uptime that is less than it was. At least
    /// its new uptime has passed since then; how long the machine was down nobody knows, and it counts as nothing.
    pub fn read(connection: &Connection, clock: &dyn Clock) -> Result<FileTime, rusqlite::Error> {
        let uptime = clock.now();
        let known: Option<(String, f64, f64, FileNumber)> = connection
            .prepare_cached("SELECT boot, seen, start, file FROM clock")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((boot, seen, start, file)) = known else {
            return Ok(FileTime { now: uptime, restarted: false, rebased: true, file: None, written: 0.0, start: 0.0, uptime });
        };
        let written = start + seen;
        let (same_run, backwards) = (boot == clock.boot(), uptime < seen - STEP_BACK_S);
        Ok(match (same_run, backwards) {
            (true, false) => {
                let uptime = uptime.max(seen);
                FileTime { now: start + uptime, restarted: false, rebased: false, file: Some(file), written, start, uptime }
            }
            // The same run, as its boot id says, on a clock that was set back: the store's time goes on from where it was.
            (true, true) if !boot.is_empty() => {
                let start = start + seen - uptime;
                FileTime { now: start + uptime, restarted: false, rebased: true, file: Some(file), written, start, uptime }
            }
            _ => {
                let start = start + seen;
                FileTime { now: start + uptime, restarted: true, rebased: true, file: Some(file), written, start, uptime }
            }
        })
    }

    /// Notes that it was seen, and returns what [`written`](FileTime::written) is from now on. Errors: SQLite's; a file without a number
    /// gets `number`.
    pub fn keep(&self, connection: &Connection, clock: &dyn Clock, number: FileNumber) -> Result<f64, rusqlite::Error> {
        connection
            .prepare_cached("INSERT OR REPLACE INTO clock (one, boot, seen, start, file) VALUES (1, ?1, ?2, ?3, ?4)")?
            .execute(params![clock.boot(), self.uptime, self.start, self.file.unwrap_or(number)])?;
        Ok(self.start + self.uptime)
    }
}
