//! Which store a configuration means.

use std::sync::Arc;

use super::interface::Store;
use super::memory::MemoryStore;
use super::sqlite::SqliteStore;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Error;

/// The store that the configuration names: a file, or the process's own memory. Errors: `state`.
pub fn open(config: &Config, clock: &dyn Clock) -> Result<Arc<dyn Store>, Error> {
    Ok(match &config.state {
        None => Arc::new(MemoryStore::of_account(config)?),
        Some(path) => Arc::new(SqliteStore::open(path, config, clock)?),
    })
}
