//! A process of the simulation: its clock, its way to the server and its store are those of the stage, and each step of them is a point at
//! which it can be killed, or at which another process goes on. Once killed, it changes nothing any more, whatever runs while it unwinds.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use finaut_core::clock::Clock;
use finaut_core::error::{Code, Error};
use finaut_core::http::{Answer, Broken, Cause, Exchange, Outcome, Outgoing, RetryAfter, Transport};
use finaut_core::json::Json;
use finaut_core::store::inbox::{self, Inbox};
use finaut_core::store::journal::{Closing, Journal, Lines, Opening, Wanted};
use finaut_core::store::pending::{Begun, Open, Pending, Takeover};
use finaut_core::store::shelves::{Change, Shelves};
use finaut_core::store::{At, Hour, Memo, Notes, Recalled, Store};
use finaut_core::throttle::{Life, SlotLog};
use finaut_core::token::TokenState;
use finaut_sandbox::{Answered, Sent};

use super::stage::{Decided, Kill, Server, Stage, Strike};

/// What a killed process is thrown out with.
pub struct Killed;

/// What is told of each step of a process.
pub trait Turns: Send + Sync {
    /// It is about to take a step; it may have to wait until it is its turn.
    fn pass(&self);
    /// Which of them it is.
    fn place(&self) -> usize;
}

/// It is alone, and always its turn.
pub struct Alone;

impl Turns for Alone {
    fn pass(&self) {}
    fn place(&self) -> usize {
        0
    }
}

pub struct Process {
    stage: Arc<Stage>,
    store: Arc<dyn Store>,
    turns: Arc<dyn Turns>,
    /// To a server behind a socket.
    transport: Option<Transport>,
    dead: AtomicBool,
}

impl fmt::Debug for Process {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("Process")
    }
}

impl Process {
    pub fn new(stage: &Arc<Stage>, store: Arc<dyn Store>, turns: Arc<dyn Turns>, transport: Option<Transport>) -> Arc<Process> {
        Arc::new(Process { stage: stage.clone(), store, turns, transport, dead: AtomicBool::new(false) })
    }

    fn is_dead(&self) -> bool {
        self.dead.load(Ordering::SeqCst)
    }

    fn die(&self) -> ! {
        self.dead.store(true, Ordering::SeqCst);
        // Not a panic of anybody's: no hook is called.
        std::panic::resume_unwind(Box::new(Killed))
    }

    /// A step that can be the last one, in so many of 100 cases.
    fn step(&self, percent: f64) {
        if self.is_dead() {
            return;
        }
        self.turns.pass();
        let is_last = {
            let mut inside = self.stage.inside();
            let trouble = &mut inside.trouble;
            let is_last = trouble.is_on && trouble.kills > 0 && trouble.chance.is(percent);
            trouble.kills -= u32::from(is_last);
            is_last
        };
        if is_last {
            self.die();
        }
    }

    /// A unit of work that changes the store: it is killed before, after, or not at all.
    fn changing<R>(&self, work: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
        self.check()?;
        self.step(0.4);
        let done = work();
        self.step(0.4);
        done
    }

    fn reading<R>(&self, work: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
        self.check()?;
        self.step(0.0);
        work()
    }

    fn check(&self) -> Result<(), Error> {
        match self.is_dead() {
            true => Err(Error::new(Code::State, "The process has ended.")),
            false => Ok(()),
        }
    }
}

impl Clock for Process {
    fn now(&self) -> f64 {
        self.stage.now()
    }

    fn wall(&self) -> f64 {
        self.stage.now()
    }

    fn sleep(&self, seconds: f64) {
        if !self.is_dead() {
            self.stage.pass(seconds);
            self.step(0.3);
        }
    }
}

fn sent(outgoing: &Outgoing) -> Sent {
    let host_ends = outgoing.url.match_indices('/').nth(2).map_or(outgoing.url.len(), |(at, _)| at);
    let (host, target) = outgoing.url.split_at(host_ends);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = vec![("accept", "application/json".to_owned())];
    headers.extend(outgoing.authorization.map(|value| ("authorization", value.to_owned())));
    headers.extend(outgoing.body.map(|_| ("content-type", outgoing.content_type.to_owned())));
    Sent {
        host: host.to_owned(),
        method: outgoing.method.as_str().to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: outgoing.body.unwrap_or_default().to_vec(),
    }
}

fn answer(answered: Answered, received: f64) -> Outcome {
    let header =
        |name: &str| answered.headers.iter().find(|(has, _)| has.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
    let retry_after = match header("retry-after") {
        None => RetryAfter::Absent,
        Some(value) => value.parse().map_or(RetryAfter::Unclear, RetryAfter::Seconds),
    };
    Outcome::Answered(Answer {
        status: answered.status,
        body: answered.body,
        retry_after,
        packed: None,
        location: header("location"),
        correlation_id: None,
        received,
    })
}

fn broken(cause: Cause, received: Option<f64>) -> Outcome {
    let is_sent = cause != Cause::Connect;
    Outcome::Broken(Broken { cause, sent: is_sent, received, detail: "broken on purpose".to_owned() })
}

impl Process {
    /// An exchange with the server in the test's hands.
    fn inside(&self, outgoing: &Outgoing, sent: &Sent, decided: &Decided, place: usize) -> Outcome {
        let stage = &self.stage;
        let began = stage.now();
        let left_s = |stage: &Stage| (began + outgoing.timeout_s - stage.now()).max(0.0);
        if decided.strike == Strike::NoConnection {
            stage.pass(decided.there_s);
            return broken(Cause::Connect, None);
        }
        stage.pass(decided.there_s);
        match decided.kill {
            Some(Kill::BeforeActing) => self.die(),
            Some(Kill::AfterActing) => {
                stage.inside().act(sent, None, place);
                self.die();
            }
            Some(Kill::ThenActs(in_s)) => {
                stage.inside().act_later(sent, in_s, place);
                self.die();
            }
            None => {}
        }
        match &decided.strike {
            Strike::CutThenActs(in_s) => {
                stage.inside().act_later(sent, *in_s, place);
                return broken(Cause::Cut, None);
            }
            Strike::TooLate(in_s) => {
                let in_s = in_s.max(left_s(stage));
                stage.inside().act_later(sent, in_s, place);
                stage.pass(left_s(stage));
                return broken(Cause::Timeout, None);
            }
            Strike::AnswersTooLate => {
                stage.inside().act(sent, None, place);
                stage.pass(left_s(stage));
                return broken(Cause::Timeout, None);
            }
            Strike::ProxyGivesUp(in_s) => {
                stage.inside().act_later(sent, *in_s, place);
                stage.pass(decided.back_s);
                let page =
                    Answered { status: 504, headers: Vec::new(), body: b"<html><h1>Gateway Time-out</h1></html>".to_vec() };
                return answer(page, stage.now());
            }
            _ => {}
        }
        let fault = decided.strike.fault();
        let answered = match &decided.strike {
            Strike::CutBefore | Strike::Garbage => Answered { status: 0, headers: Vec::new(), body: Vec::new() },
            _ => stage.inside().act(sent, fault.as_ref(), place),
        };
        stage.pass(decided.back_s);
        let received = stage.now();
        match decided.strike {
            Strike::CutBefore | Strike::CutAfter => broken(Cause::Cut, None),
            Strike::Garbage => broken(Cause::NoHttp, None),
            Strike::HalfBody => broken(Cause::Cut, Some(received)),
            _ => answer(answered, received),
        }
    }

    /// An exchange with a server behind a socket, with the same latencies and faults.
    fn behind(&self, transport: &Transport, outgoing: &Outgoing, decided: &Decided) -> Result<Outcome, Error> {
        let stage = &self.stage;
        stage.pass(decided.there_s);
        if decided.kill == Some(Kill::BeforeActing) {
            self.die();
        }
        if let (Some(fault), Server::Behind(sandbox)) = (decided.strike.fault(), &stage.inside().server) {
            sandbox.fault(fault);
        }
        let outcome = transport.exchange(self, outgoing);
        if decided.kill.is_some() {
            self.die();
        }
        stage.pass(decided.back_s);
        let received = stage.now();
        Ok(match outcome? {
            Outcome::Answered(answer) => Outcome::Answered(Answer { received, ..answer }),
            Outcome::Broken(broken) => Outcome::Broken(Broken { received: broken.received.map(|_| received), ..broken }),
        })
    }
}

impl Exchange for Process {
    fn exchange(&self, _: &dyn Clock, outgoing: &Outgoing) -> Result<Outcome, Error> {
        self.check()?;
        self.step(0.2);
        let sent = sent(outgoing);
        let (decided, place) = self.stage.inside().begins(&sent, self.turns.place());
        let outcome = match &self.transport {
            None => Ok(self.inside(outgoing, &sent, &decided, place)),
            Some(transport) => self.behind(transport, outgoing, &decided),
        };
        self.step(0.2);
        outcome
    }
}

impl Store for Process {
    fn with_slots(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.changing(|| self.store.with_slots(at, work))
    }
    fn with_slots_and_token(&self, at: At, work: &mut dyn FnMut(&mut SlotLog, &TokenState, f64)) -> Result<(), Error> {
        self.changing(|| self.store.with_slots_and_token(at, work))
    }
    fn with_slots_and_notes(&self, at: At, notes: Notes, work: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.changing(|| self.store.with_slots_and_notes(at, notes, work))
    }
    fn look_at_slots(&self, at: At, look: &mut dyn FnMut(&mut SlotLog, f64)) -> Result<(), Error> {
        self.reading(|| self.store.look_at_slots(at, look))
    }
    fn hours(&self, at: At) -> Result<Vec<Hour>, Error> {
        self.reading(|| self.store.hours(at))
    }
    fn with_token(&self, at: At, work: &mut dyn FnMut(&mut TokenState, f64)) -> Result<(), Error> {
        self.changing(|| self.store.with_token(at, work))
    }
    fn look_at_token(&self, at: At, look: &mut dyn FnMut(&TokenState, f64)) -> Result<(), Error> {
        self.reading(|| self.store.look_at_token(at, look))
    }
    fn remembered(&self, at: At, key: &str, age_s: f64) -> Result<Option<Recalled>, Error> {
        self.reading(|| self.store.remembered(at, key, age_s))
    }
    fn remember(&self, at: At, memos: &[Memo]) -> Result<(), Error> {
        self.changing(|| self.store.remember(at, memos))
    }
    fn forget(&self, at: At, key: &str) -> Result<(), Error> {
        self.changing(|| self.store.forget(at, key))
    }
    fn take_lease(&self, at: At, name: &str, holder: &str, length_s: f64) -> Result<bool, Error> {
        self.changing(|| self.store.take_lease(at, name, holder, length_s))
    }
    fn keep_lease(&self, at: At, name: &str, holder: &str, length_s: f64) -> Result<bool, Error> {
        self.changing(|| self.store.keep_lease(at, name, holder, length_s))
    }
    fn end_lease(&self, at: At, name: &str, holder: &str) -> Result<(), Error> {
        self.changing(|| self.store.end_lease(at, name, holder))
    }
    fn own_life(&self) -> Life {
        self.store.own_life()
    }
    fn is_alive(&self, life: Life) -> bool {
        self.store.is_alive(life)
    }
    fn fingerprint(&self, label: &str, text: &str) -> String {
        self.store.fingerprint(label, text)
    }
    fn pending(&self) -> &dyn Pending {
        self
    }
    fn journal(&self) -> &dyn Journal {
        self
    }
    fn shelves(&self) -> &dyn Shelves {
        self
    }
    fn inbox(&self) -> Option<&dyn Inbox> {
        self.store.inbox().map(|_| self as &dyn Inbox)
    }
}

impl Pending for Process {
    fn begin(&self, at: At, key: &str, about: &Json, line: &Opening) -> Result<Begun, Error> {
        self.changing(|| self.store.pending().begin(at, key, about, line))
    }
    fn restart(&self, at: At, number: i64, least_age_s: f64, takeover: Option<&Takeover>) -> Result<bool, Error> {
        self.changing(|| self.store.pending().restart(at, number, least_age_s, takeover))
    }
    fn end(&self, at: At, number: i64, closing: &Closing) -> Result<(), Error> {
        self.changing(|| self.store.pending().end(at, number, closing))
    }
    fn open(&self, at: At, key: &str) -> Result<Option<Open>, Error> {
        self.reading(|| self.store.pending().open(at, key))
    }
}

impl Journal for Process {
    fn open(&self, at: At, opening: &Opening) -> Result<(), Error> {
        self.changing(|| self.store.journal().open(at, opening))
    }
    fn close(&self, at: At, key: &str, closing: &Closing) -> Result<(), Error> {
        self.changing(|| self.store.journal().close(at, key, closing))
    }
    fn lines(&self, at: At, wanted: &Wanted) -> Result<Lines, Error> {
        self.changing(|| self.store.journal().lines(at, wanted))
    }
}

impl Shelves for Process {
    fn all(&self, at: At, shelf: &str) -> Result<Vec<Json>, Error> {
        self.reading(|| self.store.shelves().all(at, shelf))
    }
    fn get(&self, at: At, shelf: &str, key: &str) -> Result<Option<Json>, Error> {
        self.reading(|| self.store.shelves().get(at, shelf, key))
    }
    fn change(&self, at: At, cleared: &[&str], changes: &[Change]) -> Result<(), Error> {
        self.changing(|| self.store.shelves().change(at, cleared, changes))
    }
}

/// The inbox of the store below, which has one.
impl Process {
    fn box_of<R>(&self, work: impl FnOnce(&dyn Inbox) -> Result<R, Error>) -> Result<R, Error> {
        self.changing(|| match self.store.inbox() {
            Some(inbox) => work(inbox),
            None => Err(Error::new(Code::State, "There is no inbox.")),
        })
    }
}

impl Inbox for Process {
    fn arrive(&self, at: At, arrivals: &[inbox::Arrival], limits: inbox::Limits) -> Result<Vec<inbox::Kept>, Error> {
        self.box_of(|inbox| inbox.arrive(at, arrivals, limits))
    }
    fn record(&self, at: At, observations: &[inbox::Observation], until: i64) -> Result<usize, Error> {
        self.box_of(|inbox| inbox.record(at, observations, until))
    }
    fn claimed(&self, at: At, keys: &[String], until: i64) -> Result<Vec<String>, Error> {
        self.box_of(|inbox| inbox.claimed(at, keys, until))
    }
    fn drop_claims(&self, at: At, numbers: &[i64]) -> Result<(), Error> {
        self.box_of(|inbox| inbox.drop_claims(at, numbers))
    }
    fn claims(&self, at: At, kind: &str, most: usize) -> Result<inbox::Claims, Error> {
        self.box_of(|inbox| inbox.claims(at, kind, most))
    }
    fn tried(&self, at: At, kind: &str, numbers: std::ops::RangeInclusive<i64>) -> Result<(), Error> {
        self.box_of(|inbox| inbox.tried(at, kind, numbers))
    }
    fn next(
        &self,
        at: At,
        kinds: &[&str],
        lease_s: f64,
        holder: &str,
        limits: inbox::Limits,
    ) -> Result<Option<inbox::Event>, Error> {
        self.box_of(|inbox| inbox.next(at, kinds, lease_s, holder, limits))
    }
    fn requeue(&self, at: At, number: i64, said: Option<&str>) -> Result<bool, Error> {
        self.box_of(|inbox| inbox.requeue(at, number, said))
    }
    fn discard(&self, at: At, number: i64, said: &str) -> Result<bool, Error> {
        self.box_of(|inbox| inbox.discard(at, number, said))
    }
    fn taken(&self, at: At, most: usize) -> Result<Vec<inbox::Event>, Error> {
        self.box_of(|inbox| inbox.taken(at, most))
    }
    fn lag(&self, at: At) -> Result<inbox::Lag, Error> {
        self.box_of(|inbox| inbox.lag(at))
    }
    fn acknowledge(&self, at: At, number: i64, limits: inbox::Limits) -> Result<bool, Error> {
        self.box_of(|inbox| inbox.acknowledge(at, number, limits))
    }
    fn events(&self, at: At, after: u64, kinds: &[&str], most: usize) -> Result<Vec<inbox::Event>, Error> {
        self.box_of(|inbox| inbox.events(at, after, kinds, most))
    }
    fn counts(&self, at: At) -> Result<inbox::Counts, Error> {
        self.box_of(|inbox| inbox.counts(at))
    }
    fn link(&self, at: At, key: &str) -> Result<Option<String>, Error> {
        self.box_of(|inbox| inbox.link(at, key))
    }
    fn with_note(&self, at: At, name: &str, work: &mut dyn FnMut(&mut Json, f64)) -> Result<(), Error> {
        self.box_of(|inbox| inbox.with_note(at, name, work))
    }
}
