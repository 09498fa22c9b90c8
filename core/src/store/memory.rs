//! State that lives in the process, one for each account, shared by all clients of that account and kept until the process
//! ends: a host that makes a client for every call still has one throttle and one token. Its time is the machine's uptime.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use once_cell::race::OnceBox;

use super::at::At;
use super::inbox::Inbox;
use super::interface::{Memo, Recalled, Store};
use super::pending::{Begun, KEPT_S, Open, Pending};
use super::vault::{DataKey, Vault, Wrapping};
use crate::config::Config;
use crate::error::Error;
use crate::json::Json;
use crate::process::{self, Mutex};
use crate::random::first_number;
use crate::throttle::SlotLog;
use crate::token::TokenState;

/// How many values are remembered for an account. An HR system's thousands of people fit; a runaway does not.
const MOST_REMEMBERED: usize = 20_000;

/// The state of one account in this process.
#[derive(Clone)]
pub struct MemoryStore {
    slots: Arc<Mutex<Slots>>,
    held: Arc<Mutex<Held>>,
    vault: Arc<Vault>,
    /// Tokens are given for a scope.
    scope: String,
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

/// The throttle counts by account: clients with different secrets share one count.
#[derive(Debug)]
struct Slots {
    generation: u64,
    log: SlotLog,
}

impl Default for Slots {
    fn default() -> Slots {
        Slots { generation: process::generation(), log: SlotLog::new(first_number()) }
    }
}

/// What belongs to those who know the secret.
#[derive(Default)]
struct Held {
    generation: u64,
    tokens: HashMap<String, TokenState>,
    remembered: HashMap<String, Remembered>,
    leases: HashMap<String, Lease>,
    pending: HashMap<String, Creation>,
    last_creation: i64,
}

impl Held {
    fn keep(&mut self, memo: &Memo, now: f64, wall: f64) {
        let Memo { key, value, young_s } = memo;
        match self.remembered.get_mut(key) {
            Some(known) if known.value == *value && known.age_s(now, wall) <= *young_s => return,
            Some(known) => {
                *known = Remembered { kept: now, wall, value: value.clone() };
                return;
            }
            None => {}
        }
        if self.remembered.len() >= MOST_REMEMBERED {
            let mut ages: Vec<f64> = self.remembered.values().map(|known| known.kept).collect();
            ages.sort_by(f64::total_cmp);
            let middle = ages.get(ages.len() / 2).copied().unwrap_or(now);
            self.remembered.retain(|_, known| known.kept > middle);
        }
        self.remembered.insert(key.clone(), Remembered { kept: now, wall, value: value.clone() });
    }
}

struct Remembered {
    kept: f64,
    wall: f64,
    value: Json,
}

impl Remembered {
    /// The larger of the ages by the store's time and by the calendar.
    fn age_s(&self, now: f64, wall: f64) -> f64 {
        (now - self.kept).max(wall - self.wall)
    }
}

struct Lease {
    holder: String,
    ends: f64,
}

struct Creation {
    number: i64,
    about: Json,
    begun: f64,
}

/// A vault and what is kept in it.
type Kept = (Arc<Vault>, Arc<Mutex<Held>>);

/// All accounts' slots, by account, and all vaults, by the secret's own name.
#[derive(Default)]
struct Accounts {
    slots: HashMap<String, Arc<Mutex<Slots>>>,
    vaults: HashMap<String, Kept>,
}

impl Accounts {
    /// The vault of a secret: the one it has, the one that the former secret had, or a new one.
    fn vault(&mut self, wrapping: &Wrapping, former: Option<&Wrapping>) -> Result<Kept, Error> {
        if let Some(known) = self.vaults.get(wrapping.secret()) {
            return Ok(known.clone());
        }
        let kept = match former.and_then(|former| self.vaults.remove(former.secret())) {
            Some(kept) => kept,
            None => (Arc::new(DataKey::random()?.vault()?), Arc::default()),
        };
        self.vaults.insert(wrapping.secret().to_owned(), kept.clone());
        Ok(kept)
    }
}

impl MemoryStore {
    /// The one store of this account in this process. Errors: `internal`, where the system gives no random numbers.
    pub fn of_account(config: &Config) -> Result<MemoryStore, Error> {
        static ACCOUNTS: OnceBox<Mutex<Accounts>> = OnceBox::new();
        let wrapping = Wrapping::new(&config.host, &config.client_id, &config.client_secret)?;
        let former = config.previous_client_secret.as_ref();
        let former = former.map(|secret| Wrapping::new(&config.host, &config.client_id, secret)).transpose()?;
        ACCOUNTS.get_or_init(Box::default).with(|accounts| {
            let (vault, held) = accounts.vault(&wrapping, former.as_ref())?;
            let slots = accounts.slots.entry(wrapping.account().to_owned()).or_default().clone();
            Ok(MemoryStore { slots, held, vault, scope: config.scope.clone() })
        })
    }

    /// A store of its own, for tests. Errors: `internal`.
    pub fn alone() -> Result<MemoryStore, Error> {
        let vault = Arc::new(DataKey::random()?.vault()?);
        Ok(MemoryStore { slots: Arc::default(), held: Arc::default(), vault, scope: String::new() })
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
                held.tokens.values_mut().for_each(TokenState::forget_others);
                // A forked child's parent goes on with its own copy; here nobody holds anything any more.
                held.leases.clear();
            }
            work(held)
        })
    }

    fn token<R>(&self, work: impl FnOnce(&mut TokenState) -> R) -> R {
        self.held(|held| {
            if let Some(known) = held.tokens.get_mut(&self.scope) {
                return work(known);
            }
            work(held.tokens.entry(self.scope.clone()).or_default())
        })
    }
}

impl Store for MemoryStore {
    fn with_slots(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.slots(|log| work(log, at.clock.now()));
        Ok(())
    }

    fn with_slots_and_token(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, &TokenState, f64)) -> Result<(), Error> {
        // Slots first: nobody takes the two locks the other way round.
        self.slots(|log| self.token(|state| work(log, state, at.clock.now())));
        Ok(())
    }

    fn with_slots_and_memos(&self, at: At, memos: &[Memo], work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        let (now, wall) = (at.clock.now(), at.clock.wall());
        self.slots(|log| {
            work(log, now);
            if !memos.is_empty() {
                self.held(|held| memos.iter().for_each(|memo| held.keep(memo, now, wall)));
            }
        });
        Ok(())
    }

    fn look_at_slots(&self, at: At, look: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.with_slots(at, look)
    }

    fn with_token(&self, at: At, work: &mut dyn FnMut(&mut TokenState, f64)) -> Result<(), Error> {
        self.token(|state| work(state, at.clock.now()));
        Ok(())
    }

    fn look_at_token(&self, at: At, look: &mut dyn FnMut(&TokenState, f64)) -> Result<(), Error> {
        self.token(|state| look(state, at.clock.now()));
        Ok(())
    }

    fn remembered(&self, at: At, key: &str, age_s: f64) -> Result<Option<Recalled>, Error> {
        let (now, wall) = (at.clock.now(), at.clock.wall());
        Ok(self.held(|held| {
            let known = held.remembered.get(key)?;
            let recalled = Recalled { value: known.value.clone(), age_s: known.age_s(now, wall) };
            (recalled.age_s <= age_s).then_some(recalled)
        }))
    }

    fn remember(&self, at: At, memos: &[Memo]) -> Result<(), Error> {
        let (now, wall) = (at.clock.now(), at.clock.wall());
        self.held(|held| memos.iter().for_each(|memo| held.keep(memo, now, wall)));
        Ok(())
    }

    fn forget(&self, _: At, key: &str) -> Result<(), Error> {
        self.held(|held| held.remembered.remove(key));
        Ok(())
    }

    fn take_lease(&self, at: At, name: &str, holder: &str, length_s: f64) -> Result<bool, Error> {
        let now = at.clock.now();
        Ok(self.held(|held| {
            held.leases.retain(|of, lease| of == name || lease.ends > now);
            let free = held.leases.get(name).is_none_or(|lease| lease.holder == holder || lease.ends <= now);
            if free {
                held.leases.insert(name.to_owned(), Lease { holder: holder.to_owned(), ends: now + length_s });
            }
            free
        }))
    }

    fn keep_lease(&self, at: At, name: &str, holder: &str, length_s: f64) -> Result<bool, Error> {
        let now = at.clock.now();
        Ok(self.held(|held| match held.leases.get_mut(name).filter(|lease| lease.holder == holder) {
            Some(lease) => {
                lease.ends = now + length_s;
                true
            }
            None => false,
        }))
    }

    fn end_lease(&self, _: At, name: &str, holder: &str) -> Result<(), Error> {
        self.held(|held| held.leases.retain(|of, lease| of != name || lease.holder != holder));
        Ok(())
    }

    fn fingerprint(&self, label: &str, text: &str) -> String {
        self.vault.fingerprint(label, text)
    }

    /// They are known within the process only: what must survive a kill needs a file.
    fn pending(&self) -> &dyn Pending {
        self
    }

    /// What must survive a crash cannot live here.
    fn inbox(&self) -> Option<&dyn Inbox> {
        None
    }
}

impl Pending for MemoryStore {
    fn begin(&self, at: At, key: &str, about: &Json) -> Result<Begun, Error> {
        let now = at.clock.now();
        Ok(self.held(|held| match held.pending.get(key) {
            Some(known) => Begun::Another(known.open(now)),
            None => {
                held.pending.retain(|_, creation| creation.begun >= now - KEPT_S);
                held.last_creation += 1;
                let number = held.last_creation;
                held.pending.insert(key.to_owned(), Creation { number, about: about.clone(), begun: now });
                Begun::Ours(number)
            }
        }))
    }

    fn restart(&self, at: At, number: i64, least_age_s: f64) -> Result<bool, Error> {
        let now = at.clock.now();
        Ok(self.held(|held| {
            let known = held.pending.values_mut().find(|creation| creation.number == number);
            match known.filter(|creation| creation.begun <= now - least_age_s) {
                Some(creation) => {
                    creation.begun = now;
                    true
                }
                None => false,
            }
        }))
    }

    fn end(&self, _: At, number: i64) -> Result<(), Error> {
        self.held(|held| held.pending.retain(|_, creation| creation.number != number));
        Ok(())
    }

    fn open(&self, at: At, key: &str) -> Result<Option<Open>, Error> {
        let now = at.clock.now();
        Ok(self.held(|held| held.pending.get(key).map(|creation| creation.open(now))))
    }
}

impl Creation {
    fn open(&self, now: f64) -> Open {
        Open { number: self.number, about: self.about.clone(), age_s: now - self.begun }
    }
}
