//! The throttle: an exact sliding log of slots, kept so that the server's own log never refuses us. Pure arithmetic on given
//! times; who keeps the log is `state`'s business, who sleeps is `client`'s.
//!
//! The server counts an accepted request at some moment between our sending and our receiving the head of its answer, and
//! frees it one window later (DRF `throttling.py`). So a slot is free again one window after *receiving*, plus what two
//! clocks can drift apart; while nobody knows, one window after the last moment at which the server can still count it.

use crate::config::Rule;

/// What two clocks may drift apart, as a share of the window …
const DRIFT: f64 = 1e-4;
/// … and what the way between them may add, in seconds.
const MARGIN_S: f64 = 0.05;
/// How long after its time-out a request may still reach the server's throttle (a full listen queue, a slow proxy).
const STRAGGLER_S: f64 = 120.0;
/// A waiter asks again at least this often …
pub const ASK_AGAIN_S: f64 = 1.0;
/// … and one that has not asked for so long is gone.
const FORGOTTEN_S: f64 = 10.0;
/// A server that asks for more than this is not believed: one slip in a header must not silence an account for ever.
const LONGEST_PAUSE_S: f64 = 86_400.0;
/// How soon to ask again where something can happen any moment.
const POLL_S: f64 = 0.02;

pub type SlotId = u64;
pub type WaiterId = u64;

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
    /// The head of its answer came at this time: the server has counted it by then.
    Counted { received: f64 },
    /// It was never counted: not sent, or refused before counting.
    GivenBack,
    /// Nobody knows whether and when: the slot frees itself as if it were still in flight.
    Unknown,
    /// The server refused it, at `now`, and asks to wait so long; if it does not say, the window's rest is waited for.
    Refused { now: f64, retry_after_s: Option<f64> },
}

/// What asking for a slot gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Taken {
    Slot(SlotId),
    /// Ask again in `seconds`, as `waiter`.
    Wait {
        seconds: f64,
        waiter: WaiterId,
        paused: bool,
    },
}

/// What is used and what is left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    pub used: usize,
    pub free: usize,
    /// Seconds until a slot is free for a bulk call that comes now.
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
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Waiter {
    id: WaiterId,
    priority: Priority,
    seen: f64,
}

/// After a refusal the server's log holds more than ours: somebody else uses the account. Nothing is sent until the server's
/// time has passed; from then on, for a window, one request at a time, so that each further surprise costs one refusal only.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pause {
    until: f64,
    ends: f64,
    /// The request under way, and when it is given up for lost.
    probe: Option<(SlotId, f64)>,
}

/// The log of one account.
#[derive(Debug, Default, Clone)]
pub struct SlotLog {
    slots: Vec<Slot>,
    waiters: Vec<Waiter>,
    pause: Option<Pause>,
    last_id: u64,
}

/// How long after its request's answer a slot is free.
fn held_s(rule: &Rule) -> f64 {
    rule.per_s * (1.0 + DRIFT) + MARGIN_S
}

impl SlotLog {
    /// See [`Store::take`](crate::state::Store::take).
    pub fn take(&mut self, now: f64, rule: &Rule, priority: Priority, flight_s: f64, waiter: Option<WaiterId>) -> Taken {
        self.tidy(now);
        let waiter = self.stand(now, priority, waiter);
        let ahead = self.waiters.iter().filter(|other| (other.priority, other.id) < (priority, waiter)).count();
        if let Some(pause) = self.pause {
            let probing = pause.probe.is_some_and(|(_, lost)| now < lost);
            if now < pause.until || probing || ahead > 0 {
                let seconds = self.wait_for(ahead, now, rule, priority).max(pause.until - now).max(POLL_S);
                return Taken::Wait { seconds, waiter, paused: true };
            }
        }
        let wait = self.wait_for(ahead, now, rule, priority);
        if wait > 0.0 {
            return Taken::Wait { seconds: wait, waiter, paused: false };
        }
        self.waiters.retain(|other| other.id != waiter);
        self.last_id += 1;
        let id = self.last_id;
        self.slots.push(Slot { id, frees: now + flight_s + STRAGGLER_S + held_s(rule), likely: now + held_s(rule) });
        if let Some(pause) = &mut self.pause {
            pause.probe = Some((id, now + flight_s));
        }
        Taken::Slot(id)
    }

    pub fn leave(&mut self, waiter: WaiterId) {
        self.waiters.retain(|other| other.id != waiter);
    }

    pub fn settle(&mut self, id: SlotId, settlement: Settlement, rule: &Rule) {
        match settlement {
            Settlement::Counted { received } => {
                let frees = received + held_s(rule);
                if let Some(slot) = self.slots.iter_mut().find(|slot| slot.id == id) {
                    (slot.frees, slot.likely) = (frees, frees);
                }
                self.pause = self.pause.filter(|pause| received < pause.ends);
            }
            Settlement::GivenBack => self.slots.retain(|slot| slot.id != id),
            Settlement::Unknown => {
                if let Some(slot) = self.slots.iter_mut().find(|slot| slot.id == id) {
                    slot.likely = slot.frees;
                }
            }
            Settlement::Refused { now, retry_after_s } => {
                self.slots.retain(|slot| slot.id != id);
                let until = match retry_after_s {
                    Some(seconds) => now + seconds.min(LONGEST_PAUSE_S),
                    None => self.slots.iter().map(|slot| slot.likely).min_by(f64::total_cmp).unwrap_or(now + held_s(rule)),
                };
                let until = self.pause.map_or(until, |pause| pause.until.max(until));
                self.pause = Some(Pause {
                    until,
                    ends: now + held_s(rule).max(until - now),
                    probe: self.pause.and_then(|pause| pause.probe),
                });
            }
        }
        if let Some(pause) = &mut self.pause {
            pause.probe = pause.probe.filter(|(probe, _)| *probe != id);
        }
    }

    /// See [`Store::budget`](crate::state::Store::budget).
    pub fn budget(&mut self, now: f64, rule: &Rule, requests: usize) -> Budget {
        self.tidy(now);
        let used = self.slots.len();
        let paused_s = self.pause.map_or(0.0, |pause| (pause.until - now).max(0.0));
        let free = if paused_s > 0.0 { 0 } else { rule.requests.saturating_sub(used) };
        let waiting = self.waiters.len();
        let wait = |ahead: usize| self.wait_for(waiting + ahead, now, rule, Priority::Bulk).max(paused_s);
        Budget { used, free, next_slot_s: wait(0), paused_s, through_s: requests.checked_sub(1).map_or(0.0, wait) }
    }

    /// The slots alone, as a forked child takes them over: its parent's waiters and probe are not its own.
    pub fn forget_others(&mut self) {
        self.waiters.clear();
        if let Some(pause) = &mut self.pause {
            pause.probe = None;
        }
    }

    fn tidy(&mut self, now: f64) {
        self.slots.retain(|slot| slot.frees > now);
        self.waiters.retain(|waiter| waiter.seen > now - FORGOTTEN_S);
    }

    fn stand(&mut self, now: f64, priority: Priority, waiter: Option<WaiterId>) -> WaiterId {
        if let Some(known) = self.waiters.iter_mut().find(|known| Some(known.id) == waiter) {
            known.seen = now;
            return known.id;
        }
        self.last_id += 1;
        self.waiters.push(Waiter { id: self.last_id, priority, seen: now });
        self.last_id
    }

    /// Seconds from `now` until a call with `ahead` others before it can go.
    fn wait_for(&self, ahead: usize, now: f64, rule: &Rule, priority: Priority) -> f64 {
        let limit = match priority {
            Priority::Interactive => rule.requests,
            Priority::Bulk => rule.requests.saturating_sub(rule.reserve),
        };
        if self.slots.len() + ahead < limit {
            return 0.0;
        }
        // A slot past its likely end that is not free yet can be free any moment.
        let mut frees: Vec<f64> = self.slots.iter().map(|slot| (slot.likely - now).max(POLL_S)).collect();
        frees.sort_by(f64::total_cmp);
        // Requests to come go as slots free, one for each; once all of `limit` are gone, again in the same order a window later.
        // Slots beyond the limit (a reserve that others hold, a limit lowered since) must free first for nobody.
        let beyond = self.slots.len().saturating_sub(limit);
        let place = beyond + ahead - limit.saturating_sub(self.slots.len());
        if let Some(wait) = frees.get(place) {
            return *wait;
        }
        let later = place - frees.len();
        let rounds = 1 + later / limit.max(1);
        let free_at_first = limit.saturating_sub(frees.len());
        let within = (later % limit.max(1)).checked_sub(free_at_first).and_then(|index| frees.get(index + beyond));
        within.copied().unwrap_or(0.0) + held_s(rule) * rounds as f64
    }
}
