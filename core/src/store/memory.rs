//! State that lives in the process, one for each account, shared by all clients of that account and kept until the process
//! ends: a host that makes a client for every call still has one throttle and one token. Its time is the machine's uptime. A [`Medium`]
//! lets tests play several processes that end, and a power cut, on such a state.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fmt;
use std::sync::Arc;

use once_cell::race::OnceBox;

use super::at::At;
use super::inbox::Inbox;
use super::interface::{HOURS, Hour, Memo, Notes, Recalled, Store, hour_of, life_of};
use super::journal::{Closing, End, Journal, Line, Lines, Opening, Wanted};
use super::pending::{Begun, KEPT_S, Open, Pending, Takeover};
use super::shelves::{Change, Shelves};
use super::vault::{DataKey, Vault, Wrapping};
use crate::config::Config;
use crate::error::Error;
use crate::json::Json;
use crate::process::{self, Mutex};
use crate::random::first_number;
use crate::throttle::{Life, SlotLog, Tally};
use crate::token::TokenState;

/// How many values are remembered for an account. An HR system's thousands of people fit; a runaway does not.
const MOST_REMEMBERED: usize = 20_000;
/// How many lines of the journal are kept for an account: what must be kept longer needs a file.
const MOST_LINES: usize = 5000;

/// The state of one account in this process.
#[derive(Clone)]
pub struct MemoryStore {
    slots: Arc<Mutex<Slots>>,
    held: Arc<Mutex<Held>>,
    vault: Arc<Vault>,
    /// Tokens are given for a scope.
    scope: String,
    /// How long lines of the journal are kept, in seconds.
    journal_s: f64,
    /// Which of a medium's processes it is; 0 where there is only this one.
    life: Life,
    /// The processes of a medium that have not ended.
    lives: Arc<Mutex<BTreeSet<Life>>>,
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

/// The throttle counts by account: clients with different secrets share one count.
#[derive(Debug, Clone)]
struct Slots {
    generation: u64,
    log: SlotLog,
    /// By hours since 1970.
    hours: BTreeMap<i64, Tally>,
}

impl Default for Slots {
    fn default() -> Slots {
        Slots { generation: process::generation(), log: SlotLog::new(first_number()), hours: BTreeMap::new() }
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
    journal: VecDeque<Entry>,
    last_line: i64,
    shelves: HashMap<String, BTreeMap<String, (i64, Json)>>,
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

    fn open_line(&mut self, opening: &Opening, now: f64, journal_s: f64, life: Life) {
        // A calendar that is set wrong deletes nothing.
        let is_old = |entry: &Entry| entry.wall < opening.wall - journal_s && entry.opened < now - journal_s;
        while self.journal.front().is_some_and(|entry| is_old(entry) || self.journal.len() >= MOST_LINES) {
            self.journal.pop_front();
        }
        if let Some(known) = self.journal.iter_mut().find(|entry| entry.key == opening.key) {
            (known.end, known.life) = (End::Not, life);
            return;
        }
        self.last_line += 1;
        let Opening { key, wall, job, subject, about } = opening.clone();
        self.journal.push_back(Entry {
            number: self.last_line,
            key,
            wall,
            opened: now,
            job,
            subject,
            about,
            end: End::Not,
            life,
            is_noted: false,
        });
    }

    /// Closes the line of this name. `again`: also one that has ended, in the unit of work of what it is about.
    fn close_line(&mut self, key: &str, closing: &Closing, again: bool) {
        let entry = self.journal.iter_mut().rev().find(|entry| entry.key == key);
        if let Some(entry) = entry.filter(|entry| again || !matches!(entry.end, End::Closed(_))) {
            entry.is_noted = !again;
            entry.end = End::Closed(closing.about.clone());
            entry.subject = closing.subject.or(entry.subject);
        }
    }
}

/// A line of the journal.
struct Entry {
    number: i64,
    key: String,
    wall: f64,
    /// When, by the store's time.
    opened: f64,
    job: Option<String>,
    subject: Option<u64>,
    about: Json,
    end: End,
    /// The process that opened it.
    life: Life,
    /// True if a power cut may take how it ended.
    is_noted: bool,
}

impl Entry {
    fn is_among(&self, wanted: &Wanted) -> bool {
        wanted.since.is_none_or(|since| self.wall >= since)
            && wanted.until.is_none_or(|until| self.wall < until)
            && (wanted.job.is_none() || wanted.job == self.job)
            && (wanted.subject.is_none() || wanted.subject == self.subject)
    }
}

#[derive(Clone)]
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

#[derive(Clone)]
struct Lease {
    holder: String,
    ends: f64,
}

struct Creation {
    number: i64,
    about: Json,
    begun: f64,
    /// The name of its line of the journal.
    line: String,
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
            Ok(MemoryStore {
                slots,
                held,
                vault,
                scope: config.scope.clone(),
                journal_s: config.journal_s,
                life: 0,
                lives: Arc::default(),
            })
        })
    }

    /// A store of its own, for tests. Errors: `internal`.
    pub fn alone() -> Result<MemoryStore, Error> {
        let vault = Arc::new(DataKey::random()?.vault()?);
        Ok(MemoryStore {
            slots: Arc::default(),
            held: Arc::default(),
            vault,
            scope: String::new(),
            journal_s: f64::INFINITY,
            life: 0,
            lives: Arc::default(),
        })
    }

    fn slots<R>(&self, at: At, work: impl FnOnce(&mut SlotLog) -> R) -> R {
        self.slots.with(|slots| {
            if slots.generation != process::generation() {
                slots.generation = process::generation();
                slots.log.forget_others();
            }
            slots.log.forget_ended(&|life| self.is_alive(life));
            let done = work(&mut slots.log);
            slots.log.sign(&|| self.life);
            if let Some(tally) = slots.log.take_tally() {
                let hour = (at.clock.wall() / 3600.0) as i64;
                slots.hours.retain(|known, _| (hour - HOURS as i64 + 1..=hour).contains(known));
                *slots.hours.entry(hour).or_default() += tally;
            }
            done
        })
    }

    fn held<R>(&self, work: impl FnOnce(&mut Held) -> R) -> R {
        self.held.with(|held| {
            if held.generation != process::generation() {
                held.generation = process::generation();
                held.tokens.values_mut().for_each(TokenState::forget_others);
                // A forked child's parent goes on with its own copy; here nobody holds anything any more.
                held.leases.clear();
                for entry in held.journal.iter_mut().filter(|entry| entry.end == End::Not) {
                    entry.end = End::Unnoted;
                }
            }
            work(held)
        })
    }

    fn token<R>(&self, work: impl FnOnce(&mut TokenState) -> R) -> R {
        self.held(|held| {
            let known = held.tokens.entry(self.scope.clone()).or_default();
            known.forget_ended(&|life| self.is_alive(life));
            let done = work(known);
            known.sign(&|| self.life);
            done
        })
    }
}

impl Store for MemoryStore {
    fn with_slots(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.slots(at, |log| work(log, at.clock.now()));
        Ok(())
    }

    fn with_slots_and_token(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, &TokenState, f64)) -> Result<(), Error> {
        // Slots first: nobody takes the two locks the other way round.
        self.slots(at, |log| self.token(|state| work(log, state, at.clock.now())));
        Ok(())
    }

    fn with_slots_and_notes(&self, at: At, notes: Notes, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        let (now, wall) = (at.clock.now(), at.clock.wall());
        self.slots(at, |log| {
            work(log, now);
            if notes.memos.is_empty() && notes.closed.is_none() {
                return;
            }
            self.held(|held| {
                notes.memos.iter().for_each(|memo| held.keep(memo, now, wall));
                notes.closed.iter().for_each(|(key, closing)| held.close_line(key, closing, false));
            });
        });
        Ok(())
    }

    fn hours(&self, at: At) -> Result<Vec<Hour>, Error> {
        let first = hour_of(at.clock.wall()) - (HOURS - 1) as f64 * 3600.0;
        let hour = |(hour, tally): (&i64, &Tally)| Hour { start: *hour as f64 * 3600.0, tally: *tally };
        let hours = self.slots.with(|slots| slots.hours.iter().map(hour).collect::<Vec<_>>());
        Ok(hours.into_iter().filter(|hour| hour.start >= first).collect())
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
            let is_free = |lease: &Lease| lease.holder == holder || lease.ends <= now || !self.is_alive(life_of(&lease.holder));
            let free = held.leases.get(name).is_none_or(is_free);
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

    fn own_life(&self) -> Life {
        self.life
    }

    fn is_alive(&self, life: Life) -> bool {
        self.life == 0 || life == 0 || self.lives.with(|lives| lives.contains(&life))
    }

    fn fingerprint(&self, label: &str, text: &str) -> String {
        self.vault.fingerprint(label, text)
    }

    /// They are known within the process only: what must survive a kill needs a file.
    fn pending(&self) -> &dyn Pending {
        self
    }

    fn journal(&self) -> &dyn Journal {
        self
    }

    fn shelves(&self) -> &dyn Shelves {
        self
    }

    /// What must survive a crash cannot live here.
    fn inbox(&self) -> Option<&dyn Inbox> {
        None
    }
}

impl Pending for MemoryStore {
    fn begin(&self, at: At, key: &str, about: &Json, line: &Opening) -> Result<Begun, Error> {
        let now = at.clock.now();
        Ok(self.held(|held| match held.pending.get(key) {
            Some(known) => Begun::Another(known.open(now)),
            None => {
                held.pending.retain(|_, creation| creation.begun >= now - KEPT_S);
                held.last_creation += 1;
                let number = held.last_creation;
                let creation = Creation { number, about: about.clone(), begun: now, line: line.key.clone() };
                held.pending.insert(key.to_owned(), creation);
                held.open_line(line, now, self.journal_s, self.life);
                Begun::Ours(number)
            }
        }))
    }

    fn restart(&self, at: At, number: i64, least_age_s: f64, takeover: Option<&Takeover>) -> Result<bool, Error> {
        let now = at.clock.now();
        Ok(self.held(|held| {
            let known = held.pending.values_mut().find(|creation| creation.number == number);
            let Some(creation) = known.filter(|creation| creation.begun <= now - least_age_s) else { return false };
            creation.begun = now;
            if let Some(Takeover { former, line }) = takeover {
                let formers = std::mem::replace(&mut creation.line, line.key.clone());
                held.close_line(&formers, former, true);
                held.open_line(line, now, self.journal_s, self.life);
            }
            true
        }))
    }

    fn end(&self, _: At, number: i64, closing: &Closing) -> Result<(), Error> {
        self.held(|held| {
            let key = held.pending.iter().find(|(_, creation)| creation.number == number).map(|(key, _)| key.clone());
            if let Some(creation) = key.and_then(|key| held.pending.remove(&key)) {
                held.close_line(&creation.line, closing, true);
            }
        });
        Ok(())
    }

    fn open(&self, at: At, key: &str) -> Result<Option<Open>, Error> {
        let now = at.clock.now();
        Ok(self.held(|held| held.pending.get(key).map(|creation| creation.open(now))))
    }
}

impl Shelves for MemoryStore {
    fn all(&self, _: At, shelf: &str) -> Result<Vec<Json>, Error> {
        Ok(self.held(|held| held.shelves.get(shelf).into_iter().flatten().map(|(_, (_, document))| document.clone()).collect()))
    }

    fn get(&self, _: At, shelf: &str, key: &str) -> Result<Option<Json>, Error> {
        Ok(self.held(|held| held.shelves.get(shelf)?.get(key).map(|(_, document)| document.clone())))
    }

    fn change(&self, _: At, cleared: &[&str], changes: &[Change]) -> Result<(), Error> {
        self.held(|held| {
            for shelf in cleared {
                held.shelves.remove(*shelf);
            }
            for Change { shelf, key, document, rank } in changes {
                let documents = held.shelves.entry((*shelf).to_owned()).or_default();
                if documents.get(key).is_some_and(|(known, _)| known > rank) {
                    continue;
                }
                match document {
                    Some(document) => drop(documents.insert(key.clone(), (*rank, document.clone()))),
                    None => drop(documents.remove(key)),
                }
            }
        });
        Ok(())
    }
}

impl Journal for MemoryStore {
    fn open(&self, at: At, opening: &Opening) -> Result<(), Error> {
        let now = at.clock.now();
        self.held(|held| held.open_line(opening, now, self.journal_s, self.life));
        Ok(())
    }

    fn close(&self, _: At, key: &str, closing: &Closing) -> Result<(), Error> {
        self.held(|held| held.close_line(key, closing, false));
        Ok(())
    }

    fn lines(&self, at: At, wanted: &Wanted) -> Result<Lines, Error> {
        let oldest = at.clock.wall() - self.journal_s;
        Ok(self.held(|held| {
            for entry in held.journal.iter_mut().filter(|entry| entry.end == End::Not && !self.is_alive(entry.life)) {
                entry.end = End::Unnoted;
            }
            let all = || held.journal.iter().rev().filter(|entry| entry.wall >= oldest && entry.is_among(wanted));
            let mut rest = all()
                .filter(|entry| wanted.before.is_none_or(|before| entry.number < before))
                .skip(usize::try_from(wanted.skip).unwrap_or(usize::MAX));
            let line = |entry: &Entry| Line {
                number: entry.number,
                wall: entry.wall,
                about: entry.about.clone(),
                end: entry.end.clone(),
            };
            let lines = rest.by_ref().take(wanted.most).map(line).collect();
            Lines { lines, count: if wanted.uncounted { 0 } else { all().count() as u64 }, more: rest.next().is_some() }
        }))
    }
}

/// What several processes keep of one account, for tests that play them all in one process. As with files, what a process has kept
/// outlives its kill; and of a power cut all that those files wait for the disk with.
pub struct Medium {
    /// What is kept, without a process of its own.
    kept: MemoryStore,
    /// The number of the last process.
    last: Mutex<Life>,
    /// What a power cut would leave of what it may take.
    disk: Mutex<Quota>,
}

/// What a power cut may take.
#[derive(Default)]
struct Quota {
    slots: Option<Slots>,
    remembered: HashMap<String, Remembered>,
}

impl fmt::Debug for Medium {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.debug_struct("Medium").finish_non_exhaustive()
    }
}

impl Medium {
    /// An empty one. Errors: `internal`, where the system gives no random numbers.
    pub fn new() -> Result<Medium, Error> {
        Ok(Medium { kept: MemoryStore::alone()?, last: Mutex::default(), disk: Mutex::default() })
    }

    /// The store of one process more.
    pub fn begin(&self) -> MemoryStore {
        let life = self.last.with(|last| {
            *last += 1;
            *last
        });
        self.kept.lives.with(|lives| lives.insert(life));
        MemoryStore { life, ..self.kept.clone() }
    }

    /// That process has ended, however it did. Its store must not be used any more.
    pub fn end(&self, store: &MemoryStore) {
        self.kept.lives.with(|lives| lives.remove(&store.life));
    }

    /// The system has written out all that nobody waited for: a power cut would leave it.
    pub fn settle(&self) {
        let slots = self.kept.slots.with(|slots| slots.clone());
        self.kept.held.with(|held| {
            held.journal.iter_mut().for_each(|entry| entry.is_noted = false);
            let remembered = held.remembered.clone();
            self.disk.with(|disk| *disk = Quota { slots: Some(slots), remembered });
        });
    }

    /// The machine has lost its power: every process ended, and what nobody waited for is as it was when the system last wrote it out. What
    /// belonged to a process is gone, tokens among it.
    pub fn cut_power(&self) {
        self.kept.lives.with(BTreeSet::clear);
        let left = self.disk.with(std::mem::take);
        self.kept.slots.with(|slots| {
            *slots = left.slots.unwrap_or_default();
            slots.log.forget_others();
        });
        self.kept.held.with(|held| {
            (held.tokens, held.remembered) = (HashMap::new(), left.remembered);
            held.leases.clear();
            for entry in held.journal.iter_mut().filter(|entry| entry.is_noted || entry.end == End::Not) {
                entry.end = End::Unnoted;
            }
        });
        self.settle();
    }
}

impl Creation {
    fn open(&self, now: f64) -> Open {
        Open { number: self.number, about: self.about.clone(), age_s: now - self.begun, line: Some(self.line.clone()) }
    }
}
