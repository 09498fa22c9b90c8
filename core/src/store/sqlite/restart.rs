//! What a restart of the machine ends: everything that belonged to a process, and tokens, whose remaining life is unknown.

use rusqlite::{Connection, params};

use super::trouble::Trouble;
use crate::throttle::SlotLog;

/// Deletes waiters, questions, fetches, leases and tokens of the former run. Slots stay.
pub fn forget_in_quota(connection: &Connection) -> Result<(), Trouble> {
    connection.execute_batch("DELETE FROM token; DELETE FROM lease;")?;
    let accounts: Vec<(String, Vec<u8>)> = connection
        .prepare("SELECT key, slots FROM account")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (key, slots) in accounts {
        if let Some(mut log) = SlotLog::from_bytes(&slots) {
            log.forget_others();
            connection.execute("UPDATE account SET slots = ?2 WHERE key = ?1", params![key, log.to_bytes()])?;
        }
    }
    Ok(())
}

/// Ends the leases of events.
pub fn forget_in_main(connection: &Connection) -> Result<(), Trouble> {
    Ok(connection.execute_batch("UPDATE event SET until = 0")?)
}
