//! The throttle: an exact sliding log of slots, kept so that the server's own log never refuses us. Pure arithmetic on given
//! times; who keeps the log is the store's business, who sleeps is `client`'s.
//!
//! The server counts an accepted request at some moment between our sending and our receiving the head of its answer, and
//! frees it one window later (DRF `throttling.py`). So a slot is free again one window after *receiving*, plus what two
//! clocks can drift apart; while nobody knows, one window after the last moment at which the server can still count it.

use crate::config::Rule;

/// What two clocks may drift apart, as a share of the window …
const DRIFT: f64 = 1e-4;
/// … and how far apart they may be at any moment, in seconds. The way between them needs no margin: the server counts before it
/// answers, and the next request arrives after it was sent. But Windows tells its uptime in steps of 16 ms, and a server of several
/// machines counts by one machine's clock and looks by another's, tens of milliseconds apart. Neither shrinks with the window, and the
/// second cannot be measured from here. So the margin is the same for every window: half of one of 0.1 s, 1/72,000 of an hour.
const MARGIN_S: f64 = 0.05;
/// How long after its time-out a request may still reach the server's throttle (a full listen queue, a slow proxy).
const STRAGGLER_S: f64 = 120.0;
/// A waiter asks again at least this often …
pub const ASK_AGAIN_S: f64 = 1.0;
/// … its place is written anew only this often, as writing costs every user of a store …
const REFRESH_S: f64 = 3.0;
/// … and one that has not asked for this long is taken for gone, where its process's end cannot be noticed sooner.
const FORGOTTEN_S: f64 = 10.0;
/// A server that asks for more than this is not believed: one slip in a header must not silence an account for ever.
const LONGEST_PAUSE_S: f64 = 86_400.0;
/// How long to wait after a refusal of unknown length: at first this long …
pub const FIRST_UNCLEAR_S: f64 = 30.0;
/// … then twice as long each time, up to this.
pub const LONGEST_UNCLEAR_S: f64 = 900.0;
/// The form of a log written down.
const FORM: u8 = 4;
/// How many bytes a slot takes in it: 200 of them fit on one page of SQLite's.
const SLOT_LEN: usize = 18;
/// The longest text that is kept of an origin, in characters …
const MOST_CHARACTERS: usize = 64;
/// … and in bytes: its length takes one of them.
const LONGEST_TEXT: usize = 254;
/// So many origins are told apart; what comes beyond them is counted as nobody's in particular.
const MOST_ORIGINS: usize = 1000;
/// How soon to ask again where something can happen any moment.
const POLL_S: f64 = 0.02;

/// A slot's number in its account's log. Numbers grow and are never used again.
pub type SlotId = u64;
/// A waiter's number in its account's log, out of the same row as slots' numbers: who has the lower one came first.
pub type WaiterId = u64;

/// Which process waits or tests, as a store numbers those that use it; 0 where it does not.
pub type Life = u32;

/// Who takes a slot. Of each text the first 64 characters are kept, and at most 254 bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// What the host calls the work that the call is part of.
    pub job: Option<String>,
    /// As `users.get`.
    pub operation: String,
    /// The machine's name.
    pub machine: String,
}

impl Origin {
    /// True if this is what is kept of `full`.
    fn is_kept_of(&self, full: &Origin) -> bool {
        self.operation == cut(&full.operation)
            && self.machine == cut(&full.machine)
            && self.job.as_deref() == full.job.as_deref().map(cut)
    }

    fn kept(&self) -> Origin {
        let text = |text: &String| cut(text).to_owned();
        Origin { job: self.job.as_ref().map(text), operation: text(&self.operation), machine: text(&self.machine) }
    }
}

/// The beginning of a text, as much as is kept.
fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(end, _)| end);
    text.get(..text.floor_char_boundary(end.min(LONGEST_TEXT))).unwrap_or_default()
}

/// Whose slots a call may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// All of them, before others.
    Interactive,
    /// All but the reserve.
    Bulk,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Settlement {
    /// The head of its answer came so long ago: the server had counted it by then.
    Counted {
        /// Seconds since the head came.
        age_s: f64,
    },
    /// It was never counted: not sent, or refused before counting.
    GivenBack,
    /// Nobody knows whether and when: the slot frees itself as if it were still in flight.
    Unknown,
    /// The server refused it, so long ago, and asks to wait from then on.
    Refused {
        /// Seconds since the refusal came.
        age_s: f64,
        /// For how long it asks to be left alone, from the refusal on.
        asked: Asked,
    },
}

/// For how long a server that refuses asks to be left alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Asked {
    /// For so many seconds; at most a day is believed.
    Seconds(f64),
    /// It is the server's own throttle and does not say: until the oldest slot is free, for a window where none is known.
    Window,
    /// Nobody knows, as of a proxy's page: for 30 s, and twice as long each further time, up to 15 min. A refusal costs no
    /// slot, and an account must not be silent for an hour by something that was not understood.
    Unclear,
}

/// What asking for a slot gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Taken {
    /// One request may be sent now. [`SlotLog::settle`] must be told what became of it.
    Slot(SlotId),
    /// Ask again in `seconds`, as `waiter`.
    Wait {
        /// Seconds until there may be a slot. Who waits asks again within [`ASK_AGAIN_S`] all the same, to keep its place.
        seconds: f64,
        /// Who waits; [`SlotLog::take`] wants it when asked again.
        waiter: WaiterId,
        /// True if the server refused a request and its time has not passed, or one request is tested alone after that.
        paused: bool,
    },
}

/// What is used and what is left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// Slots taken and not free again yet, those in flight included.
    pub used: usize,
    /// Slots that the limit leaves, the reserve included; 0 while the server's own refusal holds.
    pub free: usize,
    /// Seconds until a slot is free for a call that comes now.
    pub next_slot_s: f64,
    /// Seconds for which the server's own refusal still holds.
    pub paused_s: f64,
    /// Seconds until so many more requests have all been sent.
    pub through_s: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Slot {
    id: SlotId,
    /// When it is free for certain.
    frees: f64,
    /// When it will be free if all goes as usual; what estimates are made of.
    likely: f64,
    /// Who took it: a place in [`SlotLog::origins`].
    by: u16,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Waiter {
    id: WaiterId,
    priority: Priority,
    seen: f64,
    /// Whose it is.
    life: Life,
}

/// After a refusal the server's log holds more than ours: somebody else uses the account. Nothing is sent until the server's
/// time has passed; from then on, for a window, one request at a time, so that each further surprise costs one refusal only.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pause {
    until: f64,
    ends: f64,
    probe: Option<Probe>,
    /// How long the last wait after a refusal of unknown length was; 0 after a success.
    unclear_s: f64,
}

/// The request under way after a refusal.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Probe {
    slot: SlotId,
    /// When it is given up for lost.
    lost: f64,
    /// Whose it is.
    life: Life,
}

/// How many there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests that the server counted, refused by its throttle, or may have counted.
    pub requests: u64,
    /// Requests that were sent once more.
    pub retries: u64,
    /// Calls that found no slot free when they asked for one.
    pub waits: u64,
    /// Requests that the server's throttle refused.
    pub refused: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, more: Tally) {
        self.requests += more.requests;
        self.retries += more.retries;
        self.waits += more.waits;
        self.refused += more.refused;
    }
}

/// The log of one account.
#[derive(Debug, Default, Clone)]
pub struct SlotLog {
    slots: Vec<Slot>,
    waiters: Vec<Waiter>,
    pause: Option<Pause>,
    last_id: u64,
    /// Each once; slots name them by their place, so that a slot takes no text of its own.
    origins: Vec<Origin>,
    /// What was counted since it was last taken; no part of what is written down.
    tally: Tally,
}

/// How long after its request's answer a slot is free.
fn held_s(rule: &Rule) -> f64 {
    rule.per_s * (1.0 + DRIFT) + MARGIN_S
}

impl SlotLog {
    /// An empty log whose numbers begin after `first_id`. It should be random: after a log was lost, a settlement of the lost one's
    /// must not hit another's slot.
    pub fn new(first_id: u64) -> SlotLog {
        SlotLog { last_id: first_id, ..SlotLog::default() }
    }

    /// Takes a slot, or says how long until there is one. `waiter` is who waits: what an earlier call returned. A slot taken is
    /// in flight for at most `flight_s`, should nobody settle it. `by` is who asks.
    pub fn take(
        &mut self,
        now: f64,
        rule: &Rule,
        priority: Priority,
        flight_s: f64,
        waiter: Option<WaiterId>,
        by: &Origin,
    ) -> Taken {
        self.tidy(now);
        let is_new = waiter.is_none();
        let waiter = self.stand(now, priority, waiter);
        let ahead = self.waiters.iter().filter(|other| (other.priority, other.id) < (priority, waiter)).count();
        if let Some(pause) = self.pause {
            let probing = pause.probe.is_some_and(|probe| now < probe.lost);
            if now < pause.until || probing || ahead > 0 {
                let seconds = self.wait_for(ahead, now, rule, priority).max(pause.until - now).max(POLL_S);
                self.tally.waits += u64::from(is_new);
                return Taken::Wait { seconds, waiter, paused: true };
            }
        }
        let wait = self.wait_for(ahead, now, rule, priority);
        if wait > 0.0 {
            self.tally.waits += u64::from(is_new);
            return Taken::Wait { seconds: wait, waiter, paused: false };
        }
        self.waiters.retain(|other| other.id != waiter);
        self.last_id += 1;
        let id = self.last_id;
        let by = self.place_of(by);
        self.slots.push(Slot { id, frees: now + flight_s + STRAGGLER_S + held_s(rule), likely: now + held_s(rule), by });
        if let Some(pause) = &mut self.pause {
            pause.probe = Some(Probe { slot: id, lost: now + flight_s, life: 0 });
        }
        Taken::Slot(id)
    }

    /// Gives up waiting.
    pub fn leave(&mut self, waiter: WaiterId) {
        self.waiters.retain(|other| other.id != waiter);
    }

    /// Says what became of a slot's request.
    pub fn settle(&mut self, id: SlotId, settlement: Settlement, now: f64, rule: &Rule) {
        self.tally.requests += u64::from(settlement != Settlement::GivenBack);
        match settlement {
            Settlement::Counted { age_s } => {
                let received = now - age_s;
                let frees = received + held_s(rule);
                if let Some(slot) = self.slots.iter_mut().find(|slot| slot.id == id) {
                    (slot.frees, slot.likely) = (frees, frees);
                }
                self.pause = self.pause.filter(|pause| received < pause.ends);
                if let Some(pause) = self.pause.as_mut().filter(|pause| received >= pause.until) {
                    pause.unclear_s = 0.0;
                }
            }
            Settlement::GivenBack => self.slots.retain(|slot| slot.id != id),
            Settlement::Unknown => {
                if let Some(slot) = self.slots.iter_mut().find(|slot| slot.id == id) {
                    slot.likely = slot.frees;
                }
            }
            Settlement::Refused { age_s, asked } => {
                self.tally.refused += 1;
                let now = now - age_s;
                self.slots.retain(|slot| slot.id != id);
                let former_s = self.pause.map_or(0.0, |pause| pause.unclear_s);
                // Requests that were under way together are refused together: that counts as one refusal.
                let is_again = self.pause.is_none_or(|pause| now >= pause.until);
                let unclear_s = if is_again { 2.0 * former_s } else { former_s };
                let unclear_s = unclear_s.clamp(FIRST_UNCLEAR_S, LONGEST_UNCLEAR_S);
                let oldest = self.slots.iter().map(|slot| slot.likely).min_by(f64::total_cmp);
                let (until, unclear_s) = match asked {
                    Asked::Seconds(seconds) => (now + seconds.min(LONGEST_PAUSE_S), 0.0),
                    Asked::Window => (oldest.unwrap_or(now + held_s(rule)), 0.0),
                    Asked::Unclear => (now + unclear_s, unclear_s),
                };
                let until = self.pause.map_or(until, |pause| pause.until.max(until));
                self.pause = Some(Pause {
                    until,
                    ends: now + held_s(rule).max(until - now),
                    probe: self.pause.and_then(|pause| pause.probe),
                    unclear_s,
                });
            }
        }
        if let Some(pause) = &mut self.pause {
            pause.probe = pause.probe.filter(|probe| probe.slot != id);
        }
    }

    /// The request whose slot was just taken is sent once more.
    pub fn count_retry(&mut self) {
        self.tally.retries += 1;
    }

    /// What was counted since this was last asked; `None`: nothing. Whoever keeps the log keeps it, too.
    pub fn take_tally(&mut self) -> Option<Tally> {
        let tally = std::mem::take(&mut self.tally);
        (tally != Tally::default()).then_some(tally)
    }

    /// Who holds how many slots.
    pub fn by(&mut self, now: f64) -> Vec<(Origin, usize)> {
        self.tidy(now);
        let mut used = vec![0; self.origins.len()];
        for slot in &self.slots {
            if let Some(used) = used.get_mut(usize::from(slot.by)) {
                *used += 1;
            }
        }
        self.origins.iter().cloned().zip(used).filter(|(_, used)| *used > 0).collect()
    }

    /// The place of an origin among those known, where it is put if need be.
    fn place_of(&mut self, by: &Origin) -> u16 {
        let known = self.origins.iter().position(|known| known.is_kept_of(by));
        let place = known.unwrap_or_else(|| {
            if self.origins.len() >= MOST_ORIGINS {
                self.drop_unused_origins();
            }
            // The last place is left for those who come when all others are taken.
            let new = if self.origins.len() + 1 < MOST_ORIGINS { by.kept() } else { Origin::default() };
            if self.origins.len() < MOST_ORIGINS {
                self.origins.push(new);
            }
            self.origins.len() - 1
        });
        u16::try_from(place).unwrap_or_default()
    }

    /// Forgets origins that no slot names.
    fn drop_unused_origins(&mut self) {
        let former = std::mem::take(&mut self.origins);
        let mut places = vec![None; former.len()];
        for slot in &mut self.slots {
            let Some((place, origin)) = places.get_mut(usize::from(slot.by)).zip(former.get(usize::from(slot.by))) else {
                continue;
            };
            slot.by = *place.get_or_insert_with(|| {
                self.origins.push(origin.clone());
                (self.origins.len() - 1) as u16
            });
        }
    }

    /// What is used and what is left, and when `requests` more would be through.
    pub fn budget(&mut self, now: f64, rule: &Rule, priority: Priority, requests: usize) -> Budget {
        self.tidy(now);
        let used = self.slots.len();
        let paused_s = self.pause.map_or(0.0, |pause| (pause.until - now).max(0.0));
        let free = if paused_s > 0.0 { 0 } else { rule.requests.saturating_sub(used) };
        let waiting = self.waiters.len();
        let wait = |ahead: usize| self.wait_for(ahead.saturating_add(waiting), now, rule, priority).max(paused_s);
        Budget { used, free, next_slot_s: wait(0), paused_s, through_s: requests.checked_sub(1).map_or(0.0, wait) }
    }

    /// The log as bytes, for a store that writes it down.
    pub fn to_bytes(&self) -> Vec<u8> {
        let length = |by: &Origin| by.operation.len() + by.machine.len() + by.job.as_ref().map_or(0, String::len) + 3;
        let texts: usize = self.origins.iter().map(length).sum();
        let mut bytes = Vec::with_capacity(64 + self.waiters.len() * 21 + texts + self.slots.len() * SLOT_LEN);
        bytes.push(FORM);
        bytes.extend(self.last_id.to_le_bytes());
        let pause = self.pause.map_or([f64::NAN; 5], |pause| {
            let probe = pause.probe.unwrap_or(Probe { slot: 0, lost: f64::NAN, life: 0 });
            [pause.until, pause.ends, f64::from_bits(probe.slot), probe.lost, pause.unclear_s]
        });
        pause.iter().for_each(|number| bytes.extend(number.to_bits().to_le_bytes()));
        bytes.extend(self.pause.and_then(|pause| pause.probe).map_or(0, |probe| probe.life).to_le_bytes());
        bytes.extend((self.waiters.len() as u32).to_le_bytes());
        for waiter in &self.waiters {
            bytes.extend(waiter.id.to_le_bytes());
            bytes.push(u8::from(waiter.priority == Priority::Bulk));
            bytes.extend(waiter.seen.to_bits().to_le_bytes());
            bytes.extend(waiter.life.to_le_bytes());
        }
        bytes.extend((self.origins.len() as u16).to_le_bytes());
        for by in &self.origins {
            for text in [by.job.as_deref(), Some(&by.operation), Some(&by.machine)] {
                // A text has at most 254 bytes; none is written as a longer one.
                bytes.push(text.map_or(u8::MAX, |text| text.len() as u8));
                bytes.extend(text.unwrap_or_default().as_bytes());
            }
        }
        for slot in &self.slots {
            // All slots are of the last hour or so, and have numbers near the last one.
            bytes.extend((self.last_id.wrapping_sub(slot.id) as u32).to_le_bytes());
            bytes.extend(slot.by.to_le_bytes());
            bytes.extend(slot.frees.to_bits().to_le_bytes());
            // 0 once it is settled, and else some minutes.
            bytes.extend(((slot.frees - slot.likely) as f32).to_bits().to_le_bytes());
        }
        bytes
    }

    /// The log that [`to_bytes`](SlotLog::to_bytes) wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<SlotLog> {
        let mut parts = Parts(bytes);
        if parts.byte()? != FORM {
            return None;
        }
        let last_id = parts.number()?;
        let (until, ends, slot, lost) = (parts.time()?, parts.time()?, parts.number()?, parts.time()?);
        let unclear_s = parts.time()?;
        let probe = Probe { slot, lost, life: u32::from_le_bytes(parts.some()?) };
        let pause = (!until.is_nan()).then(|| Pause { until, ends, probe: (!lost.is_nan()).then_some(probe), unclear_s });
        let mut waiters = Vec::new();
        for _ in 0..u32::from_le_bytes(parts.some()?) {
            let (id, bulk, seen) = (parts.number()?, parts.byte()?, parts.time()?);
            let priority = if bulk == 0 { Priority::Interactive } else { Priority::Bulk };
            waiters.push(Waiter { id, priority, seen, life: u32::from_le_bytes(parts.some()?) });
        }
        let mut origins = Vec::new();
        for _ in 0..u16::from_le_bytes(parts.some()?) {
            origins.push(Origin { job: parts.text()?, operation: parts.text()??, machine: parts.text()?? });
        }
        let mut slots = Vec::with_capacity(parts.0.len() / SLOT_LEN);
        while !parts.0.is_empty() {
            let id = last_id.wrapping_sub(u64::from(u32::from_le_bytes(parts.some()?)));
            let by = u16::from_le_bytes(parts.some()?);
            let frees = parts.time()?;
            let likely = frees - f64::from(f32::from_le_bytes(parts.some()?));
            if usize::from(by) >= origins.len() {
                return None;
            }
            slots.push(Slot { id, frees, likely, by });
        }
        Some(SlotLog { slots, waiters, pause, last_id, origins, tally: Tally::default() })
    }

    /// The slots alone, as a forked child takes them over, or a machine that started anew: former waiters and probes are nobody's.
    pub fn forget_others(&mut self) {
        self.waiters.clear();
        if let Some(pause) = &mut self.pause {
            pause.probe = None;
        }
    }

    /// Forgets the waiters and the probe of processes that ended: nobody waits for them.
    pub fn forget_ended(&mut self, is_alive: &dyn Fn(Life) -> bool) {
        self.waiters.retain(|waiter| waiter.life == 0 || is_alive(waiter.life));
        if let Some(pause) = &mut self.pause {
            pause.probe = pause.probe.filter(|probe| probe.life == 0 || is_alive(probe.life));
        }
    }

    /// Notes whose the waiters and the probe are that are new. `life` is asked for only if there are any.
    pub fn sign(&mut self, life: &dyn Fn() -> Life) {
        let probe = self.pause.as_mut().and_then(|pause| pause.probe.as_mut()).map(|probe| &mut probe.life);
        let unsigned = self.waiters.iter_mut().map(|waiter| &mut waiter.life).chain(probe).filter(|life| **life == 0);
        let mut ours = None;
        for unsigned in unsigned {
            *unsigned = *ours.get_or_insert_with(life);
        }
    }

    fn tidy(&mut self, now: f64) {
        self.slots.retain(|slot| slot.frees > now);
        self.waiters.retain(|waiter| waiter.seen > now - FORGOTTEN_S);
    }

    fn stand(&mut self, now: f64, priority: Priority, waiter: Option<WaiterId>) -> WaiterId {
        if let Some(known) = self.waiters.iter_mut().find(|known| Some(known.id) == waiter) {
            if now - known.seen >= REFRESH_S {
                known.seen = now;
            }
            return known.id;
        }
        self.last_id += 1;
        self.waiters.push(Waiter { id: self.last_id, priority, seen: now, life: 0 });
        self.last_id
    }

    /// The longest of the pauses, in seconds, that `requests` more would make one after the other if each goes as soon as it can.
    pub fn longest_pause(&mut self, now: f64, rule: &Rule, priority: Priority, requests: usize) -> f64 {
        self.tidy(now);
        let limit = limit(rule, priority);
        let frees = self.frees(now);
        let paused_s = self.pause.map_or(0.0, |pause| (pause.until - now).max(0.0));
        let (mut last, mut longest) = (0.0, 0.0f64);
        // After two windows the pauses are always the same.
        for ahead in 0..requests.min(frees.len() + 2 * limit.max(1) + 1) {
            let wait = wait_among(&frees, self.waiters.len() + ahead, limit, rule).max(paused_s);
            longest = longest.max(wait - last);
            last = wait;
        }
        longest
    }

    /// In how many seconds each slot that is taken is likely to be free, the soonest first.
    fn frees(&self, now: f64) -> Vec<f64> {
        // A slot past its likely end that is not free yet can be free any moment.
        let mut frees: Vec<f64> = self.slots.iter().map(|slot| (slot.likely - now).max(POLL_S)).collect();
        frees.sort_by(f64::total_cmp);
        frees
    }

    /// Seconds from `now` until a call with `ahead` others before it can go.
    fn wait_for(&self, ahead: usize, now: f64, rule: &Rule, priority: Priority) -> f64 {
        let limit = limit(rule, priority);
        if self.slots.len().saturating_add(ahead) < limit {
            return 0.0;
        }
        wait_among(&self.frees(now), ahead, limit, rule)
    }
}

/// How many slots calls of this priority may use.
fn limit(rule: &Rule, priority: Priority) -> usize {
    match priority {
        Priority::Interactive => rule.requests,
        Priority::Bulk => rule.requests.saturating_sub(rule.reserve),
    }
}

/// Seconds until a call with `ahead` others before it can go, where the slots that are taken are free in `frees` seconds.
fn wait_among(frees: &[f64], ahead: usize, limit: usize, rule: &Rule) -> f64 {
    if frees.len().saturating_add(ahead) < limit {
        return 0.0;
    }
    // Requests to come go as slots free, one for each; once all of `limit` are gone, again in the same order a window later.
    // Slots beyond the limit (a reserve that others hold, a limit lowered since) must free first for nobody.
    let beyond = frees.len().saturating_sub(limit);
    let place = beyond.saturating_add(ahead) - limit.saturating_sub(frees.len());
    if let Some(wait) = frees.get(place) {
        return *wait;
    }
    let later = place - frees.len();
    let rounds = 1 + later / limit.max(1);
    let free_at_first = limit.saturating_sub(frees.len());
    let within = (later % limit.max(1)).checked_sub(free_at_first).and_then(|index| frees.get(index + beyond));
    within.copied().unwrap_or(0.0) + held_s(rule) * rounds as f64
}

/// What is left to read of a log written down.
struct Parts<'a>(&'a [u8]);

impl Parts<'_> {
    fn some<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (some, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*some)
    }

    fn byte(&mut self) -> Option<u8> {
        self.some().map(|[byte]| byte)
    }

    fn number(&mut self) -> Option<u64> {
        self.some().map(u64::from_le_bytes)
    }

    fn time(&mut self) -> Option<f64> {
        self.number().map(f64::from_bits)
    }

    /// A text, or none written as one.
    fn text(&mut self) -> Option<Option<String>> {
        match self.byte()? {
            u8::MAX => Some(None),
            length => {
                let (text, rest) = self.0.split_at_checked(usize::from(length))?;
                self.0 = rest;
                String::from_utf8(text.to_vec()).ok().map(Some)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;

    use super::*;

    const HOUR: Rule = Rule { requests: 200, per_s: 3600.0, reserve: 0 };

    /// Numbers that are the same in each run.
    struct Dice(u64);
    impl Dice {
        fn roll(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 11) as f64 / (1u64 << 53) as f64
        }
    }

    /// DRF's throttle (`SimpleRateThrottle.allow_request`): a log of accept times; refused requests are not recorded.
    struct Drf {
        log: Vec<f64>,
        refused: usize,
    }
    impl Drf {
        fn accept(&mut self, now: f64, rule: &Rule) -> bool {
            self.log.retain(|at| *at > now - rule.per_s);
            if self.log.len() >= rule.requests {
                self.refused += 1;
                return false;
            }
            self.log.push(now);
            true
        }
    }

    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Step {
        Ask(Option<WaiterId>),
        Arrive { slot: SlotId, answer_us: u64 },
        Answer { slot: SlotId },
    }

    /// How long an answer takes, in seconds.
    type Answers = fn(&mut Dice) -> f64;
    /// Mostly quick, now and then very slow.
    const UNEVEN: Answers = |dice| if dice.roll() < 0.02 { 20.0 } else { dice.roll() };

    /// What differs between our clock and the server's.
    #[derive(Clone, Copy)]
    struct Clocks {
        /// The server's goes so many times as fast as ours.
        drift: f64,
        /// The server has two machines, whose clocks are so many seconds apart.
        apart_s: f64,
        /// Ours goes in steps of so many seconds.
        step_s: f64,
    }
    const EXACT: Clocks = Clocks { drift: 1.0, apart_s: 0.0, step_s: 0.0 };

    /// Lets `workers` send `requests` one after the other. Returns the moment of the last answer and how many were refused.
    fn simulate(requests: usize, workers: usize, rule: &Rule, answers: Answers, clocks: Clocks, seed: u64) -> (f64, usize) {
        let (mut dice, mut log, mut server) = (Dice(seed), SlotLog::default(), Drf { log: Vec::new(), refused: 0 });
        let mut events = BinaryHeap::new();
        let us = |seconds: f64| (seconds * 1e6).round() as u64;
        (0..workers).for_each(|worker| events.push(Reverse((0, worker, Step::Ask(None)))));
        let (mut begun, mut done, mut last) = (0, 0, 0.0);
        while done < requests {
            let Some(Reverse((at_us, worker, step))) = events.pop() else { panic!("everybody waits for nothing") };
            let now = at_us as f64 / 1e6;
            let ours = if clocks.step_s > 0.0 { (now / clocks.step_s).floor() * clocks.step_s } else { now };
            match step {
                Step::Ask(_) if begun >= requests => {}
                Step::Ask(waiter) => match log.take(ours, rule, Priority::Bulk, 30.0, waiter, &Origin::default()) {
                    Taken::Slot(slot) => {
                        begun += 1;
                        // It arrives at any moment between sending and answer.
                        let takes = answers(&mut dice);
                        let arrives = now + takes * dice.roll();
                        events.push(Reverse((us(arrives), worker, Step::Arrive { slot, answer_us: us(now + takes) })));
                    }
                    Taken::Wait { seconds, waiter, .. } => {
                        // Through the long pause of a window nobody asks, which takes too long to simulate: all stand anew before it ends.
                        let again_s = if seconds > 60.0 { seconds - 30.0 } else { seconds.min(0.9 * FORGOTTEN_S) };
                        events.push(Reverse((at_us + us(again_s).max(1), worker, Step::Ask(Some(waiter)))));
                    }
                },
                Step::Arrive { slot, answer_us } => {
                    // Another of the server's machines answers from window to window.
                    let ahead_s = if (now / rule.per_s).round() % 2.0 == 0.0 { clocks.apart_s } else { 0.0 };
                    server.accept(now * clocks.drift + ahead_s, rule);
                    events.push(Reverse((answer_us, worker, Step::Answer { slot })));
                }
                Step::Answer { slot } => {
                    log.settle(slot, Settlement::Counted { age_s: 0.0 }, ours, rule);
                    (done, last) = (done + 1, now);
                    events.push(Reverse((at_us, worker, Step::Ask(None))));
                }
            }
        }
        (last, server.refused)
    }

    /// The moment of the last answer, where somebody goes at the very moment at which a slot is free.
    fn soonest(requests: usize, workers: usize, rule: &Rule, answers: Answers, seed: u64) -> f64 {
        let mut dice = Dice(seed);
        let us = |seconds: f64| (seconds * 1e6).round() as u64;
        let mut slots: BinaryHeap<_> = (0..rule.requests).map(|_| Reverse(0)).collect();
        let mut workers: BinaryHeap<_> = (0..workers).map(|_| Reverse(0)).collect();
        let mut last = 0;
        for _ in 0..requests {
            let at = slots.pop().unwrap().0.max(workers.pop().unwrap().0);
            let takes = answers(&mut dice);
            dice.roll();
            last = last.max(at + us(takes));
            slots.push(Reverse(at + us(takes + held_s(rule))));
            workers.push(Reverse(at + us(takes)));
        }
        last as f64 / 1e6
    }

    #[test]
    fn a_thousand_requests_are_never_refused_and_lose_no_time() {
        let answers: Answers = |dice| 0.01 + 1.99 * dice.roll();
        for seed in 0..20 {
            let (took, refused) = simulate(1000, 8, &HOUR, answers, EXACT, seed);
            assert_eq!(refused, 0, "seed {seed}");
            assert!(took <= 1.003 * 4.0 * 3600.0, "seed {seed}: {took} s");
        }
    }

    /// What slow answers cost the whole, they cost anybody who goes at the very moment at which a slot is free; not queueing for it.
    #[test]
    fn those_who_wait_go_the_moment_a_slot_is_free() {
        for seed in 0..20 {
            let (took, refused) = simulate(1000, 8, &HOUR, UNEVEN, EXACT, seed);
            assert_eq!(refused, 0, "seed {seed}");
            let soonest = soonest(1000, 8, &HOUR, UNEVEN, seed);
            assert!((took - soonest).abs() < 0.5, "seed {seed}: {took} s where {soonest} s would do");
        }
    }

    #[test]
    fn clocks_that_drift_apart_do_not_get_us_refused() {
        for (seed, drift) in [(1, 1.0 - 0.9e-4), (2, 1.0 + 0.9e-4), (3, 1.0 - 0.5e-4)] {
            let answers: Answers = |dice| 0.5 * UNEVEN(dice);
            assert_eq!(simulate(1000, 8, &HOUR, answers, Clocks { drift, ..EXACT }, seed).1, 0, "{drift}");
        }
    }

    #[test]
    fn a_slow_server_that_counts_early_or_late_does_not_get_us_refused() {
        let rule = Rule { requests: 20, per_s: 30.0, reserve: 0 };
        for seed in 0..50 {
            assert_eq!(simulate(200, 8, &rule, |dice| 2.0 * UNEVEN(dice), EXACT, seed).1, 0, "seed {seed}");
        }
    }

    /// What [`MARGIN_S`] is for: a server of several machines, asked from Windows, whatever the window.
    #[test]
    fn coarse_clocks_and_machines_that_disagree_do_not_get_us_refused() {
        let clocks = Clocks { drift: 1.0, apart_s: 0.03, step_s: 0.015_625 };
        for per_s in [0.1, 10.0, 3600.0] {
            let rule = Rule { requests: 20, per_s, reserve: 0 };
            for seed in 0..20 {
                assert_eq!(simulate(200, 8, &rule, |dice| 0.001 * dice.roll(), clocks, seed).1, 0, "{per_s} s, seed {seed}");
            }
        }
    }

    fn slot(log: &mut SlotLog, now: f64, rule: &Rule) -> SlotId {
        match log.take(now, rule, Priority::Bulk, 30.0, None, &Origin::default()) {
            Taken::Slot(slot) => slot,
            wait => panic!("{wait:?}"),
        }
    }

    fn wait(log: &mut SlotLog, now: f64, rule: &Rule, priority: Priority) -> f64 {
        match log.take(now, rule, priority, 30.0, None, &Origin::default()) {
            Taken::Slot(_) => 0.0,
            Taken::Wait { seconds, waiter, .. } => {
                log.leave(waiter);
                seconds
            }
        }
    }

    #[test]
    fn a_slot_of_unknown_outcome_frees_itself_in_time_and_not_before() {
        let rule = Rule { requests: 1, per_s: 100.0, reserve: 0 };
        let mut log = SlotLog::default();
        let lost = slot(&mut log, 0.0, &rule);
        log.settle(lost, Settlement::Unknown, 0.0, &rule);
        // Sent + time-out + 120 s + window: only then can the server not count it any more.
        assert!(wait(&mut log, 249.9, &rule, Priority::Bulk) > 0.0);
        assert_eq!(wait(&mut log, 250.2, &rule, Priority::Bulk), 0.0);
    }

    #[test]
    fn a_log_written_down_is_read_back_and_nothing_else_is() {
        let mut log = SlotLog::default();
        let (first, _) = (slot(&mut log, 0.0, &HOUR), slot(&mut log, 1.5, &HOUR));
        log.settle(first, Settlement::Refused { age_s: 0.0, asked: Asked::Seconds(1.0) }, 2.0, &HOUR);
        slot(&mut log, 3.5, &HOUR);
        wait(&mut log, 3.5, &HOUR, Priority::Interactive);
        log.take(3.6, &HOUR, Priority::Interactive, 30.0, None, &Origin::default());
        let bytes = log.to_bytes();
        assert_eq!(SlotLog::from_bytes(&bytes).map(|log| log.to_bytes()), Some(bytes.clone()));
        for end in 0..bytes.len() {
            let cut = bytes.get(..end).unwrap_or_default();
            // What is cut between two slots is a shorter log; anything else is none.
            assert!(SlotLog::from_bytes(cut).is_none_or(|log| log.to_bytes() == cut));
        }
        assert!(SlotLog::from_bytes(b"nonsense").is_none());
        assert!(SlotLog::from_bytes(&[FORM; 53]).is_none());
    }

    #[test]
    fn two_hundred_slots_fit_on_one_page_and_are_read_back_as_they_were() {
        let mut log = SlotLog::new(1 << 60);
        let by = |n: usize| Origin {
            job: Some(format!("the nightly run {}", n % 4)),
            operation: "users.update".to_owned(),
            machine: "a-server-with-a-name".to_owned(),
        };
        for n in 0..200 {
            let now = 1e9 + 17.3 * n as f64;
            let Taken::Slot(id) = log.take(now, &HOUR, Priority::Bulk, 30.0, None, &by(n)) else { panic!("{n}") };
            match n % 10 {
                0 => {}
                1 => log.settle(id, Settlement::Unknown, now, &HOUR),
                _ => log.settle(id, Settlement::Counted { age_s: 0.01 }, now + 0.123, &HOUR),
            }
        }
        let bytes = log.to_bytes();
        // SQLite's page has 4,096 bytes, 35 of them for itself; the row's key has 64 and its lengths some more.
        assert!(bytes.len() <= 4096 - 35 - 64 - 16, "{}", bytes.len());
        let read = SlotLog::from_bytes(&bytes).unwrap();
        assert_eq!(read.to_bytes(), bytes);
        for (read, slot) in read.slots.iter().zip(&log.slots) {
            assert_eq!((read.id, read.frees, read.by), (slot.id, slot.frees, slot.by));
            assert!((read.likely - slot.likely).abs() < 0.001, "{read:?} {slot:?}");
        }
    }

    #[test]
    fn who_waits_keeps_the_place_and_is_written_anew_seldom() {
        let rule = Rule { requests: 1, per_s: 1000.0, reserve: 0 };
        let mut log = SlotLog::default();
        slot(&mut log, 0.0, &rule);
        let mut ask =
            |now: f64, waiter: Option<WaiterId>| match log.take(now, &rule, Priority::Bulk, 30.0, waiter, &Origin::default()) {
                Taken::Wait { waiter, .. } => (waiter, log.to_bytes()),
                taken => panic!("{taken:?}"),
            };
        let (first, mut written) = ask(1.0, None);
        let mut times = 0;
        for second in 2..=61 {
            let (waiter, now) = ask(f64::from(second), Some(first));
            assert_eq!(waiter, first, "the place is kept");
            times += u32::from(now != written);
            written = now;
        }
        assert_eq!(times, 20, "once in 3 s of the 60");
    }

    #[test]
    fn a_process_that_ended_waits_no_longer_and_tests_no_longer() {
        let rule = Rule { requests: 1, per_s: 100.0, reserve: 0 };
        let mut log = SlotLog::default();
        slot(&mut log, 0.0, &rule);
        for life in [1, 2] {
            log.take(1.0, &rule, Priority::Bulk, 30.0, None, &Origin::default());
            log.sign(&|| life);
        }
        assert!(wait(&mut log, 1.0, &rule, Priority::Bulk) > 290.0, "behind two");
        let mut log = SlotLog::from_bytes(&log.to_bytes()).unwrap();
        log.forget_ended(&|life| life == 2);
        assert!((190.0..210.0).contains(&wait(&mut log, 1.0, &rule, Priority::Bulk)), "behind one");
        // So is a test after a refusal that its process did not live to see.
        let mut log = SlotLog::default();
        let refused = slot(&mut log, 0.0, &HOUR);
        log.settle(refused, Settlement::Refused { age_s: 0.0, asked: Asked::Seconds(10.0) }, 0.0, &HOUR);
        slot(&mut log, 11.0, &HOUR);
        log.sign(&|| 1);
        assert!(wait(&mut log, 11.0, &HOUR, Priority::Bulk) > 0.0);
        log.forget_ended(&|_| false);
        assert_eq!(wait(&mut log, 11.0, &HOUR, Priority::Bulk), 0.0);
    }

    #[test]
    fn slots_tell_who_took_them_also_when_there_are_many() {
        let rule = Rule { requests: 5000, per_s: 3600.0, reserve: 0 };
        let mut log = SlotLog::new(1 << 60);
        let long = Origin { job: Some("Å".repeat(70)), operation: "users.get".to_owned(), machine: "m".repeat(300) };
        for _ in 0..3 {
            log.take(0.0, &rule, Priority::Bulk, 30.0, None, &long);
        }
        let kept = Origin { job: Some("Å".repeat(64)), operation: "users.get".to_owned(), machine: "m".repeat(64) };
        assert_eq!(log.by(0.0), [(kept.clone(), 3)]);
        let job = |n: usize| Origin { job: Some(n.to_string()), ..Origin::default() };
        for n in 0..2 * MOST_ORIGINS {
            log.take(1.0, &rule, Priority::Bulk, 30.0, None, &job(n));
        }
        let by = SlotLog::from_bytes(&log.to_bytes()).unwrap().by(1.0);
        assert_eq!(by.iter().map(|(_, used)| used).sum::<usize>(), 3 + 2 * MOST_ORIGINS);
        assert_eq!(by.len(), MOST_ORIGINS);
        assert!(by.contains(&(kept, 3)) && by.contains(&(job(500), 1)) && !by.contains(&(job(1500), 1)));
        // Once theirs are free, others have their places.
        let later = 5_000.0;
        log.take(later, &rule, Priority::Bulk, 30.0, None, &job(1500));
        assert_eq!(log.by(later), [(job(1500), 1)]);
    }

    #[test]
    fn what_was_not_counted_gives_its_slot_back_at_once() {
        let rule = Rule { requests: 1, per_s: 100.0, reserve: 0 };
        let mut log = SlotLog::default();
        for _ in 0..5 {
            let taken = slot(&mut log, 1.0, &rule);
            log.settle(taken, Settlement::GivenBack, 1.0, &rule);
        }
    }

    #[test]
    fn each_waiter_is_told_its_own_turn() {
        let rule = Rule { requests: 2, per_s: 100.0, reserve: 0 };
        let mut log = SlotLog::default();
        for at in [0.0, 40.0] {
            let taken = slot(&mut log, at, &rule);
            log.settle(taken, Settlement::Counted { age_s: 0.0 }, at, &rule);
        }
        let told: Vec<f64> = (0..5)
            .map(|_| match log.take(50.0, &rule, Priority::Bulk, 30.0, None, &Origin::default()) {
                Taken::Wait { seconds, .. } => 50.0 + seconds,
                taken => panic!("{taken:?}"),
            })
            .collect();
        for (told, turn) in told.iter().zip([100.0, 140.0, 200.0, 240.0, 300.0]) {
            assert!((told - turn).abs() < 0.3, "{told} instead of {turn}");
        }
    }

    #[test]
    fn the_budget_tells_when_more_will_be_through() {
        let mut log = SlotLog::default();
        for n in 0..150 {
            let at = f64::from(n);
            let taken = slot(&mut log, at, &HOUR);
            log.settle(taken, Settlement::Counted { age_s: 0.0 }, at, &HOUR);
        }
        let through = |log: &mut SlotLog, requests: usize| log.budget(200.0, &HOUR, Priority::Bulk, requests).through_s;
        assert_eq!(
            (log.budget(200.0, &HOUR, Priority::Bulk, 0).used, log.budget(200.0, &HOUR, Priority::Bulk, 0).free),
            (150, 50)
        );
        assert_eq!(through(&mut log, 50), 0.0);
        assert!((through(&mut log, 51) - 3400.0).abs() < 1.0);
        assert!((through(&mut log, 200) - 3549.0).abs() < 1.0);
        // The 201st takes the place of the first of the fifty that go now, the 251st that of the 51st.
        assert!((through(&mut log, 201) - 3600.0).abs() < 1.0);
        assert!((through(&mut log, 251) - 7000.0).abs() < 1.5);
        assert!(through(&mut log, usize::MAX) > 1e9);
    }

    #[test]
    fn bulk_leaves_the_reserve_and_waits_behind_interactive() {
        let rule = Rule { requests: 4, per_s: 100.0, reserve: 2 };
        let mut log = SlotLog::default();
        slot(&mut log, 0.0, &rule);
        slot(&mut log, 0.0, &rule);
        assert!(wait(&mut log, 0.0, &rule, Priority::Bulk) > 90.0);
        assert_eq!(wait(&mut log, 0.0, &rule, Priority::Interactive), 0.0);
        assert_eq!(wait(&mut log, 0.0, &rule, Priority::Interactive), 0.0);
        assert!(wait(&mut log, 0.0, &rule, Priority::Interactive) > 90.0);
        // One bulk call waits; an interactive one that comes later goes first.
        let rule = Rule { requests: 1, per_s: 100.0, reserve: 0 };
        let mut log = SlotLog::default();
        slot(&mut log, 0.0, &rule);
        let Taken::Wait { seconds: bulk, .. } = log.take(0.0, &rule, Priority::Bulk, 30.0, None, &Origin::default()) else {
            panic!()
        };
        let Taken::Wait { seconds: interactive, .. } =
            log.take(0.0, &rule, Priority::Interactive, 30.0, None, &Origin::default())
        else {
            panic!()
        };
        assert!((bulk - interactive).abs() < 0.1);
        let Taken::Wait { seconds: later, .. } = log.take(0.0, &rule, Priority::Bulk, 30.0, None, &Origin::default()) else {
            panic!()
        };
        assert!(later > 290.0, "behind the interactive and the first: {later}");
    }

    #[test]
    fn after_a_refusal_nothing_goes_until_its_time_and_then_one_at_a_time() {
        let mut log = SlotLog::default();
        let (first, second) = (slot(&mut log, 0.0, &HOUR), slot(&mut log, 0.0, &HOUR));
        log.settle(first, Settlement::Refused { age_s: 0.0, asked: Asked::Seconds(100.0) }, 1.0, &HOUR);
        assert!((wait(&mut log, 2.0, &HOUR, Priority::Interactive) - 99.0).abs() < 0.1);
        // A success of what was under way before tells nothing about the refusal.
        log.settle(second, Settlement::Counted { age_s: 0.0 }, 3.0, &HOUR);
        assert!(wait(&mut log, 100.9, &HOUR, Priority::Bulk) > 0.0);
        let probe = slot(&mut log, 101.0, &HOUR);
        assert!(wait(&mut log, 101.0, &HOUR, Priority::Bulk) > 0.0, "the probe is alone");
        log.settle(probe, Settlement::Counted { age_s: 0.0 }, 102.0, &HOUR);
        let next = slot(&mut log, 102.0, &HOUR);
        assert!(wait(&mut log, 102.0, &HOUR, Priority::Bulk) > 0.0, "so is the next");
        log.settle(next, Settlement::Counted { age_s: 0.0 }, 103.0, &HOUR);
        // A probe whose program died holds nobody up for longer than its request could last.
        slot(&mut log, 103.0, &HOUR);
        assert!(wait(&mut log, 132.9, &HOUR, Priority::Bulk) > 0.0);
        slot(&mut log, 133.1, &HOUR);
        // A window after the refusal all is as before.
        let much_later = slot(&mut log, 3602.0, &HOUR);
        log.settle(much_later, Settlement::Counted { age_s: 0.0 }, 3602.0, &HOUR);
        slot(&mut log, 3603.0, &HOUR);
        slot(&mut log, 3603.0, &HOUR);
    }

    #[test]
    fn a_refusal_that_does_not_say_how_long_lasts_for_the_windows_rest() {
        let mut log = SlotLog::default();
        let early = slot(&mut log, 0.0, &HOUR);
        log.settle(early, Settlement::Counted { age_s: 0.0 }, 0.0, &HOUR);
        let refused = slot(&mut log, 1000.0, &HOUR);
        log.settle(refused, Settlement::Refused { age_s: 0.0, asked: Asked::Window }, 1000.0, &HOUR);
        assert!((wait(&mut log, 1000.0, &HOUR, Priority::Bulk) - 2600.0).abs() < 1.0);
        let mut log = SlotLog::default();
        let refused = slot(&mut log, 1000.0, &HOUR);
        log.settle(refused, Settlement::Refused { age_s: 0.0, asked: Asked::Window }, 1000.0, &HOUR);
        assert!((wait(&mut log, 1000.0, &HOUR, Priority::Bulk) - 3600.0).abs() < 1.0);
    }

    #[test]
    fn the_longest_pause_is_that_between_two_slots() {
        let rule = Rule { requests: 3, per_s: 3600.0, reserve: 0 };
        let mut log = SlotLog::default();
        assert_eq!(log.longest_pause(0.0, &rule, Priority::Bulk, 3), 0.0);
        let window = held_s(&rule);
        assert!((log.longest_pause(0.0, &rule, Priority::Bulk, 4) - window).abs() < 0.1);
        for (sent, received) in [(0.0, 0.0), (0.0, 1000.0), (0.0, 3000.0)] {
            let id = slot(&mut log, sent, &rule);
            log.settle(id, Settlement::Counted { age_s: 0.0 }, received, &rule);
        }
        // They free 600, 1600 and 3600 s from now: the longest pause lies before the third.
        for (requests, pause) in [(0, 0.0), (1, 600.0), (2, 1000.0), (3, 2000.0), (300, 2000.0)] {
            let longest = log.longest_pause(3000.0, &rule, Priority::Bulk, requests);
            assert!((longest - pause).abs() < 1.0, "{requests}: {longest}");
        }
    }

    #[test]
    fn a_refusal_that_is_not_understood_lasts_for_half_a_minute_then_longer_and_never_for_an_hour() {
        let mut log = SlotLog::default();
        let full = slot(&mut log, 0.0, &HOUR);
        log.settle(full, Settlement::Counted { age_s: 0.0 }, 0.0, &HOUR);
        let unclear = Settlement::Refused { age_s: 0.0, asked: Asked::Unclear };
        let mut now = 10.0;
        for expected in [30.0, 60.0, 120.0, 240.0, 480.0, 900.0, 900.0] {
            let refused = slot(&mut log, now, &HOUR);
            // Written down meanwhile, as it is between two processes.
            log = SlotLog::from_bytes(&log.to_bytes()).unwrap();
            log.settle(refused, unclear, now, &HOUR);
            // Another request that was under way and is refused with it makes it no longer.
            log.settle(0, unclear, now, &HOUR);
            assert!((wait(&mut log, now, &HOUR, Priority::Bulk) - expected).abs() < 0.1, "{expected}");
            now += expected + 1.0;
        }
        // After a success it begins anew.
        let served = slot(&mut log, now, &HOUR);
        log.settle(served, Settlement::Counted { age_s: 0.0 }, now, &HOUR);
        let refused = slot(&mut log, now, &HOUR);
        log.settle(refused, unclear, now, &HOUR);
        assert!((wait(&mut log, now, &HOUR, Priority::Bulk) - 30.0).abs() < 0.1);
    }
}
