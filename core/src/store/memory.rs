//! State that lives in the process, one for each account, shared by all clients of that account and kept until the process
//! ends: a host that makes a client for every call still has one throttle and one token.

use std::collections::HashMap;
use std::sync::Arc;

use once_cell::race::OnceBox;

use super::inbox::Inbox;
use super::{At, Store};
use crate::config::Config;
use crate::error::Error;
use crate::json::Json;
use crate::process::{self, Mutex};
use crate::throttle::SlotLog;
use crate::token::TokenState;

/// How many values are remembered for an account. An HR system's thousands of people fit; a runaway does not.
const MOST_REMEMBERED: usize = 20_000;

/// The state of one account in this process.
#[derive(Debug, Clone)]
pub struct MemoryStore {
    slots: Arc<Mutex<Slots>>,
    held: Arc<Mutex<Held>>,
}

/// The throttle counts by account, whatever secret a client was given.
#[derive(Debug, Default)]
struct Slots {
    generation: u64,
    log: SlotLog,
}

/// The token and what was read with it belong to those who know the secret.
#[derive(Debug, Default)]
struct Held {
    generation: u64,
    token: TokenState,
    remembered: HashMap<String, (f64, Json)>,
}

type Accounts = (HashMap<String, Arc<Mutex<Slots>>>, HashMap<String, Arc<Mutex<Held>>>);

impl MemoryStore {
    /// The one store of this account in this process. `key` is what the secret is recognised by, never the secret itself.
    pub fn of_account(config: &Config, key: &str) -> MemoryStore {
        static ACCOUNTS: OnceBox<Mutex<Accounts>> = OnceBox::new();
        let account = format!("{} {}", config.host, config.client_id);
        ACCOUNTS.get_or_init(|| Box::new(Mutex::new(Accounts::default()))).with(|(slots, held)| MemoryStore {
            slots: slots.entry(account).or_default().clone(),
            held: held.entry(key.to_owned()).or_default().clone(),
        })
    }

    /// A store of its own, for tests.
    pub fn alone() -> MemoryStore {
        MemoryStore { slots: Arc::default(), held: Arc::default() }
    }

    fn slots<R>(&self, work: impl FnOnce(&mut SlotLog) -> R) -> R {
        self.slots.with(|slots| {
            if slots.generation != process::generation() {
                slots.generation = process::generation();
                slots.log.forget_others();
            }
            work(&mut slots.log)
        })
    }

    fn held<R>(&self, work: impl FnOnce(&mut Held) -> R) -> R {
        self.held.with(|held| {
            if held.generation != process::generation() {
                held.generation = process::generation();
                held.token.forget_others();
            }
            work(held)
        })
    }
}

impl Store for MemoryStore {
    fn with_slots(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.slots(|log| work(log, at.clock.now()));
        Ok(())
    }

    fn with_token(&self, at: At, work: &mut dyn FnMut(&mut TokenState, f64)) -> Result<(), Error> {
        self.held(|held| work(&mut held.token, at.clock.now()));
        Ok(())
    }

    fn look_at_token(&self, at: At, look: &mut dyn FnMut(&TokenState, f64)) -> Result<(), Error> {
        self.held(|held| look(&held.token, at.clock.now()));
        Ok(())
    }

    fn remembered(&self, at: At, key: &str, age_s: f64) -> Result<Option<Json>, Error> {
        let now = at.clock.now();
        let fresh = |(kept, value): &(f64, Json)| (now - kept <= age_s).then(|| value.clone());
        Ok(self.held(|held| held.remembered.get(key).and_then(fresh)))
    }

    fn remember(&self, at: At, key: &str, value: &Json) -> Result<(), Error> {
        let now = at.clock.now();
        self.held(|held| {
            if held.remembered.len() >= MOST_REMEMBERED && !held.remembered.contains_key(key) {
                let mut ages: Vec<f64> = held.remembered.values().map(|(kept, _)| *kept).collect();
                ages.sort_by(f64::total_cmp);
                let middle = ages.get(ages.len() / 2).copied().unwrap_or(now);
                held.remembered.retain(|_, (kept, _)| *kept > middle);
            }
            held.remembered.insert(key.to_owned(), (now, value.clone()));
        });
        Ok(())
    }

    fn forget(&self, _: At, key: &str) -> Result<(), Error> {
        self.held(|held| held.remembered.remove(key));
        Ok(())
    }

    /// What must survive a crash cannot live here.
    fn inbox(&self) -> Option<&dyn Inbox> {
        None
    }
}
