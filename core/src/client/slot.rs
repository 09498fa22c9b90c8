//! Slots of the throttle in the hand of a call: waited for, given back where nothing was sent, settled where something was.

use super::call::{BATCH_JOBS, Call, LOOK_UP_S, Wait, tenths};
use super::context::{Context, PATIENCE_S};
use crate::error::{Code, Error};
use crate::process;
use crate::store::{At, Notes};
use crate::throttle::{self, Origin, Priority, Settlement, SlotId, Taken, WaiterId};
use crate::token::Token;

/// So many of those who have the slots are named.
const NAMED: usize = 3;

/// What both states of a slot know.
struct Held<'a> {
    context: &'a Context,
    id: SlotId,
    generation: u64,
}

impl Held<'_> {
    fn settle(&self, settlement: Settlement, notes: Notes) {
        // A forked child's copy is its parent's to settle.
        if self.generation != process::generation() {
            return;
        }
        // A store that cannot be written keeps the slot as taken for longer than needed: the safe side.
        let at = At { clock: &*self.context.clock, patience_s: PATIENCE_S };
        let rule = &self.context.config.rule;
        let _ = self.context.store.with_slots_and_notes(at, notes, &mut |log, now| log.settle(self.id, settlement, now, rule));
    }
}

/// A slot for a request that was not sent yet. Dropped, it gives itself back.
pub struct Slot<'a>(Option<Held<'a>>);

impl<'a> Slot<'a> {
    /// The request goes now: from here on the slot is only given back by someone who knows that nothing was counted.
    pub fn depart(mut self) -> Departed<'a> {
        Departed(self.0.take())
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        if let Some(held) = self.0.take() {
            held.settle(Settlement::GivenBack, Notes::default());
        }
    }
}

/// The slot of a request that may have been sent. Dropped, it counts as "nobody knows".
pub struct Departed<'a>(Option<Held<'a>>);

impl Departed<'_> {
    /// Says what became of the request, and what is to be kept of its answer.
    pub fn settle(mut self, settlement: Settlement, notes: Notes) {
        if let Some(held) = self.0.take() {
            held.settle(settlement, notes);
        }
    }
}

impl Drop for Departed<'_> {
    fn drop(&mut self) {
        if let Some(held) = self.0.take() {
            held.settle(Settlement::Unknown, Notes::default());
        }
    }
}

/// A slot of the throttle, and the token as it was in the same unit of work, if it can be used as it is. Errors: `throttled` at once, when none will be free before the deadline; `interrupted`, `forked`,
/// `state`.
/// `is_retry`: for a request that is sent once more.
pub fn take<'a>(call: &Call<'a>, is_retry: bool) -> Result<(Slot<'a>, Option<Token>), Error> {
    let context = call.context();
    let mut place = Place { context, waiter: None };
    loop {
        call.check()?;
        let now = call.now();
        let (mut taken, mut usable) = (None, None);
        call.store().with_slots_and_token(call.at(), &mut |log, token, store_now| {
            let (rule, flight_s) = (&context.config.rule, context.config.timeout_s);
            let answer = log.take(store_now, rule, call.priority(), flight_s, place.waiter, call.origin());
            if is_retry && matches!(answer, Taken::Slot(_)) {
                log.count_retry();
            }
            taken = Some(answer);
            usable = token.usable(store_now);
        })?;
        let Some(taken) = taken else { continue };
        match taken {
            Taken::Slot(id) => {
                place.waiter = None;
                return Ok((Slot(Some(Held { context, id, generation: call.generation() })), usable));
            }
            Taken::Wait { seconds, waiter, paused } => {
                place.waiter = Some(waiter);
                if now + seconds > call.deadline() {
                    return Err(throttled(call, seconds, paused));
                }
                wait(call, now, seconds, if paused { Wait::Pause } else { Wait::Slot })?;
            }
        }
    }
}

/// Waits for a part of `seconds`, counted from `now`, before the log is asked again.
fn wait(call: &Call, now: f64, seconds: f64, why: Wait) -> Result<(), Error> {
    let is_told = seconds >= call.config().observe_s;
    if is_told {
        call.tell_of_wait(why, seconds)?;
    }
    let until = now + seconds.min(throttle::ASK_AGAIN_S);
    while call.now() < until {
        call.pause((until - call.now()).clamp(0.0, LOOK_UP_S), why)?;
        if is_told {
            call.tell_of_wait(why, (now + seconds - call.now()).max(0.0))?;
        }
    }
    Ok(())
}

fn throttled(call: &Call, seconds: f64, paused: bool) -> Error {
    let rule = &call.config().rule;
    let reserve = if call.priority() == Priority::Bulk && rule.reserve > 0 {
        format!(" ({} of them are kept for interactive calls)", rule.reserve)
    } else {
        String::new()
    };
    let why = if paused {
        "The server, or a proxy before it, refused a request by its throttle; another program may use the same account."
            .to_owned()
    } else {
        let requests = if rule.requests == 1 { "one request".to_owned() } else { format!("{} requests", rule.requests) };
        let holders = holders(call);
        format!("The {requests} that the server accepts within {} s can all not be had now{reserve}.{holders}", rule.per_s)
    };
    let sent = match call.sent() {
        0 => String::new(),
        sent => format!(" So far the call sent {sent} of its requests."),
    };
    let message = format!(
        "{why} The next one can go in {} s; this call may wait until {} s after it began.{sent} Call again then, or give a larger \
         \"max_wait_s\" ({BATCH_JOBS}).",
        seconds.ceil(),
        tenths(call.deadline() - call.since())
    );
    let error = Error::new(Code::Throttled, message).retry_after_s(seconds);
    if call.sent() == 0 { error.nothing_sent() } else { error }
}

/// Who has the slots, as a sentence with a blank before it; empty where nobody has any, or where it cannot be told.
pub fn holders(call: &Call) -> String {
    let mut by = Vec::new();
    let _ = call.store().look_at_slots(call.at(), &mut |log, now| by = log.by(now));
    said_of(&by)
}

/// The largest holders by job, or by operation where no job is named, and machine.
fn said_of(by: &[(Origin, usize)]) -> String {
    let mut holders: Vec<(String, usize)> = Vec::new();
    for (origin, used) in by {
        let work = origin.job.as_ref().map_or_else(|| origin.operation.clone(), |job| format!("the job \"{job}\""));
        // What came when too many were told apart has no name.
        let name = match origin.machine.as_str() {
            _ if origin.operation.is_empty() => "others".to_owned(),
            "" => work,
            machine => format!("{work} on {machine}"),
        };
        match holders.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known += used,
            None => holders.push((name, *used)),
        }
    }
    crate::sets::sort_by(&mut holders, |(a, more), (b, less)| less.cmp(more).then_with(|| a.cmp(b)));
    let all: usize = holders.iter().map(|(_, used)| used).sum();
    let named: usize = holders.iter().take(NAMED).map(|(_, used)| used).sum();
    let mut said: Vec<_> = holders.iter().take(NAMED).map(|(name, used)| format!("{used} by {name}")).collect();
    if all > named {
        said.push(format!("{} by others", all - named));
    }
    if said.is_empty() { String::new() } else { format!(" They are used: {}.", said.join(", ")) }
}

/// A place in the queue for slots, left when the call ends without one.
struct Place<'a> {
    context: &'a Context,
    waiter: Option<WaiterId>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(waiter) = self.waiter {
            let at = At { clock: &*self.context.clock, patience_s: PATIENCE_S };
            let _ = self.context.store.with_slots(at, &mut |log, _| log.leave(waiter));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(job: Option<&str>, operation: &str, machine: &str) -> Origin {
        Origin { job: job.map(str::to_owned), operation: operation.into(), machine: machine.into() }
    }

    #[test]
    fn the_largest_holders_are_named_by_job_or_operation_and_machine() {
        assert_eq!(said_of(&[]), "");
        assert_eq!(said_of(&[(by(None, "users.get", "web2"), 1)]), " They are used: 1 by users.get on web2.");
        let many = [
            (by(Some("nightly"), "users.update", "hr1"), 100),
            (by(None, "users.get", "web2"), 30),
            (by(Some("nightly"), "users.create", "hr1"), 40),
            (by(Some("nightly"), "users.create", "hr2"), 5),
            (by(None, "check", "web2"), 3),
            (Origin::default(), 2),
        ];
        assert_eq!(
            said_of(&many),
            " They are used: 140 by the job \"nightly\" on hr1, 30 by users.get on web2, 5 by the job \"nightly\" on hr2, 5 by others."
        );
    }
}
