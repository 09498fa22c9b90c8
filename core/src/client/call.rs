//! One call of an operation: its deadline, its wishes, who hears of it, and how it waits.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::context::{Context, NamedCall, PATIENCE_S};
use super::sink::Sink;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::process;
use crate::store::{At, Memo, Store};
use crate::throttle::{Budget, Origin, Priority};

/// How much an event holds of a path or a correlation id, in characters.
const MOST_PATH: usize = 500;
/// How often a waiting call looks whether the host wants to stop.
pub const LOOK_UP_S: f64 = 0.05;

/// What is told of an answer; nothing where none came.
#[derive(Debug, Default)]
pub struct Answered {
    /// Its status.
    pub status: Option<u16>,
    /// The server's `X-Correlation-Id`.
    pub correlation_id: Option<String>,
    /// The id of the object that was made.
    pub object_id: Option<Json>,
}

/// What a call waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// A slot of the throttle.
    Slot,
    /// The end of a pause that the server asked for.
    Pause,
    /// The token that another thread fetches.
    Token,
    /// The next try.
    Retry,
    /// Time in which a creation of unknown outcome can show.
    Settle,
    /// The server's answer.
    Answer,
    /// Something new in the inbox.
    Event,
    /// Somebody else who asks the server about the inbox's contents.
    Inbox,
    /// Another call that changes the same person.
    Person,
    /// Another call that reads everybody.
    Reading,
    /// A file that is still being written.
    File,
}

impl Wait {
    fn word(self) -> &'static str {
        match self {
            Wait::Slot => "slot",
            Wait::Pause => "pause",
            Wait::Token => "token",
            Wait::Retry => "retry",
            Wait::Settle => "settle",
            Wait::Answer => "answer",
            Wait::Event => "event",
            Wait::Inbox => "inbox",
            Wait::Person => "person",
            Wait::Reading => "reading",
            Wait::File => "file",
        }
    }
}

/// What a caller may wish of a call.
#[derive(Debug, Clone)]
pub struct Options {
    /// For how long it may wait, in seconds.
    pub max_wait_s: f64,
    /// Which slots it may use.
    pub priority: Priority,
    /// What is remembered is not to be used.
    pub fresh: bool,
    /// The job that it belongs to; stands beside its slots.
    pub job: Option<String>,
}

impl Options {
    /// What is wished where nothing is said.
    pub fn of(config: &Config) -> Options {
        Options { max_wait_s: config.max_wait_s, priority: Priority::Bulk, fresh: false, job: config.job.clone() }
    }
}

/// Until when a child call may wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Deadline {
    /// As long as the call that it is made in.
    Parents,
    /// For so many seconds from now.
    Own(f64),
}

/// Keeps up what must not run out during a call; an error ends the call.
type Beat<'a> = Rc<dyn Fn() -> Result<(), Error> + 'a>;
/// What is to be remembered of an answer.
type Learn<'a> = Rc<dyn Fn(&Json) -> Vec<Memo> + 'a>;

/// One call of an operation.
pub struct Call<'a> {
    context: &'a Context,
    operation: &'static str,
    origin: Rc<Origin>,
    since: f64,
    max_wait_s: f64,
    deadline: f64,
    /// The moment that no deadline of a call inside this one goes beyond.
    latest: f64,
    /// When its last request must have ended.
    ends: f64,
    priority: Priority,
    fresh: bool,
    no_retry: bool,
    interrupts: u64,
    generation: u64,
    /// Told to stop: by its observer, or by its name.
    stop: Arc<AtomicBool>,
    /// When the observer was last told of waiting.
    told: Rc<Cell<f64>>,
    sent: Rc<Cell<u32>>,
    beat: Option<Beat<'a>>,
    learn: Option<Learn<'a>>,
    sink: Option<Rc<dyn Sink + 'a>>,
    _named: Option<Rc<NamedCall>>,
}

impl<'a> Call<'a> {
    /// A call of `operation`, from now on.
    pub fn new(context: &'a Context, operation: &'static str, options: Options) -> Call<'a> {
        let since = context.clock.now();
        Call {
            context,
            operation,
            origin: Rc::new(Origin {
                job: options.job,
                operation: operation.to_owned(),
                machine: context.config.machine.clone(),
            }),
            since,
            max_wait_s: options.max_wait_s,
            deadline: since + options.max_wait_s,
            latest: f64::INFINITY,
            ends: f64::INFINITY,
            priority: options.priority,
            fresh: options.fresh,
            no_retry: false,
            interrupts: context.host.interrupts(),
            generation: process::generation(),
            stop: Arc::new(AtomicBool::new(false)),
            told: Rc::new(Cell::new(since)),
            sent: Rc::default(),
            beat: None,
            learn: None,
            sink: None,
            _named: None,
        }
    }

    /// The same call, which from now on can be interrupted by this name. Errors: `argument` when another call of that name runs;
    /// `interrupted` when it was interrupted before it began.
    pub fn named(mut self, call_id: &str) -> Result<Self, Error> {
        let named = self.context.host.name(call_id, &self.stop, self.now())?.ok_or_else(interrupted)?;
        self._named = Some(Rc::new(named));
        Ok(self)
    }

    /// A call inside this one: interrupted with it, counted and told of as part of it.
    pub fn child(&self, deadline: Deadline) -> Call<'a> {
        Call {
            context: self.context,
            operation: self.operation,
            origin: self.origin.clone(),
            since: self.since,
            max_wait_s: match deadline {
                Deadline::Parents => self.max_wait_s,
                Deadline::Own(max_wait_s) => max_wait_s,
            },
            deadline: match deadline {
                Deadline::Parents => self.deadline,
                Deadline::Own(max_wait_s) => (self.now() + max_wait_s).min(self.latest),
            },
            latest: self.latest,
            ends: self.ends,
            priority: self.priority,
            fresh: self.fresh,
            no_retry: self.no_retry,
            interrupts: self.interrupts,
            generation: self.generation,
            stop: self.stop.clone(),
            told: self.told.clone(),
            sent: self.sent.clone(),
            beat: self.beat.clone(),
            learn: self.learn.clone(),
            sink: self.sink.clone(),
            _named: self._named.clone(),
        }
    }

    /// The same call, but what fails is not tried again.
    pub fn no_retry(mut self) -> Self {
        self.no_retry = true;
        self
    }

    /// The same call, but a request under way at its deadline ends at most one time-out later, however many came before it.
    pub fn ending(mut self) -> Self {
        self.ends = self.ends.min(self.deadline + self.config().timeout_s);
        self
    }

    /// The same call, in which nothing is waited for beyond `moment`, in seconds of the call's clock, whatever deadline a call inside it
    /// has.
    pub fn until(mut self, moment: f64) -> Self {
        self.latest = self.latest.min(moment);
        self.deadline = self.deadline.min(moment);
        self
    }

    /// How long a request that goes now may take, in seconds; none is left if it is not above zero.
    pub fn timeout_s(&self) -> f64 {
        self.config().timeout_s.min(self.ends - self.now())
    }

    /// The same call, which runs `beat` again and again while it waits, and before each request, besides what it ran before.
    pub fn beating(mut self, beat: impl Fn() -> Result<(), Error> + 'a) -> Self {
        let before = self.beat.take();
        self.beat = Some(Rc::new(move || {
            before.as_ref().map_or(Ok(()), |before| before())?;
            beat()
        }));
        self
    }

    /// The same call, of whose answers is remembered what `learn` says: in the unit of work that settles the request's slot. What
    /// cannot be kept is forgotten without a word, as the request itself went well.
    pub fn learning(mut self, learn: impl Fn(&Json) -> Vec<Memo> + 'a) -> Self {
        self.learn = Some(Rc::new(learn));
        self
    }

    /// The same call, whose lines of the journal are given to `sink`, too.
    pub fn noting(mut self, sink: Rc<dyn Sink + 'a>) -> Self {
        self.sink = Some(sink);
        self
    }

    /// Who is given its lines of the journal besides the store.
    pub fn sink(&self) -> Option<&(dyn Sink + 'a)> {
        self.sink.as_deref()
    }

    /// What is to be remembered of this answer.
    pub fn learnt(&self, answer: &Json) -> Vec<Memo> {
        self.learn.as_ref().map_or_else(Vec::new, |learn| learn(answer))
    }

    /// The error of a call for whose next request no time is left.
    pub fn no_time_left(&self) -> Error {
        let message = format!(
            "What came before the next request took so long that no time is left for it: the call may wait until {} s after it began, \
             and its last request may end timeout_s = {} s later. Call again, or give a larger \"max_wait_s\" ({BATCH_JOBS}).",
            tenths(self.deadline - self.since),
            self.config().timeout_s
        );
        Error::new(Code::Network, message)
    }

    /// Whether what fails is tried again.
    pub fn retries(&self) -> bool {
        !self.no_retry
    }

    /// The parts of the client.
    pub fn context(&self) -> &'a Context {
        self.context
    }

    /// The client's configuration.
    pub fn config(&self) -> &'a Config {
        &self.context.config
    }

    /// The account's state.
    pub fn store(&self) -> &'a dyn Store {
        &*self.context.store
    }

    /// The clock of calendar dates and of waiting.
    pub fn clock(&self) -> &'a dyn Clock {
        &*self.context.clock
    }

    /// A name for `text` that only those who know the secret can make, and nobody can turn back.
    pub fn fingerprint(&self, label: &str, text: &str) -> String {
        self.context.fingerprint(label, text)
    }

    /// What is remembered is not to be used.
    pub fn fresh(&self) -> bool {
        self.fresh
    }

    /// Whose slots it may use.
    pub fn priority(&self) -> Priority {
        self.priority
    }

    /// Who takes its slots.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// In which process of a line of forks it began.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Seconds of the clock.
    pub fn now(&self) -> f64 {
        self.context.clock.now()
    }

    /// When it began.
    pub fn since(&self) -> f64 {
        self.since
    }

    /// The moment after which nothing is waited for.
    pub fn deadline(&self) -> f64 {
        self.deadline
    }

    /// For how long it may wait in all; a long job, for each of its requests. In seconds.
    pub fn max_wait_s(&self) -> f64 {
        self.max_wait_s
    }

    /// Now, and as patiently as the call may wait.
    pub fn at(&self) -> At<'a> {
        At { clock: &*self.context.clock, patience_s: (self.deadline - self.now()).max(PATIENCE_S) }
    }

    /// How many requests it has sent.
    pub fn sent(&self) -> u32 {
        self.sent.get()
    }

    /// One more request is sent.
    pub fn count_sent(&self) {
        self.sent.set(self.sent.get() + 1);
    }

    /// What is used and what is left, and when `requests` more would be through. Errors: `state`.
    pub fn budget(&self, requests: usize) -> Result<Budget, Error> {
        Ok(self.budget_and_holders(requests)?.0)
    }

    /// The same, and who has how many slots. Errors: `state`.
    pub fn budget_and_holders(&self, requests: usize) -> Result<(Budget, Vec<(Origin, usize)>), Error> {
        let mut found = None;
        let (rule, priority) = (&self.config().rule, self.priority);
        self.store().look_at_slots(self.at(), &mut |log, now| {
            found = Some((log.budget(now, rule, priority, requests), log.by(now)));
        })?;
        found.ok_or_else(|| Error::new(Code::Internal, "The store did not look at its slots."))
    }

    /// The longest of the pauses that `requests` more would have to make for their slots, in seconds. Errors: `state`.
    pub fn longest_pause(&self, requests: usize) -> Result<f64, Error> {
        let (mut longest_s, rule, priority) = (0.0, &self.config().rule, self.priority);
        self.store().look_at_slots(self.at(), &mut |log, now| longest_s = log.longest_pause(now, rule, priority, requests))?;
        Ok(longest_s)
    }

    /// Whether the process has forked since it began.
    pub fn is_forked(&self) -> bool {
        self.generation != process::generation()
    }

    /// Errors: `forked`, `interrupted` where the host wants to stop, and those of the call's beat.
    pub fn check(&self) -> Result<(), Error> {
        if self.is_forked() {
            return Err(forked());
        }
        if self.stop.load(Ordering::Acquire) || self.context.host.interrupts() != self.interrupts {
            return Err(interrupted());
        }
        self.beat.as_ref().map_or(Ok(()), |beat| beat())
    }

    /// Whether anybody is told of events.
    pub fn is_observed(&self) -> bool {
        self.context.host.is_observed()
    }

    /// Tells the observer: the members of `what` that are not null, after the event's name, the operation's and the job's. Errors:
    /// `interrupted` when it wants to stop.
    pub fn event(&self, event: &str, what: &impl Serialize) -> Result<(), Error> {
        let Some(observer) = self.context.host.observer() else { return Ok(()) };
        let mut object = Map::new();
        object.insert("event".into(), json!(event));
        object.insert("operation".into(), json!(self.operation));
        object.extend(self.origin.job.iter().map(|job| ("job".to_owned(), json!(job))));
        if let Ok(Value::Object(what)) = serde_json::to_value(what) {
            object.extend(what.into_iter().filter(|(_, value)| !value.is_null()));
        }
        if observer(&self.context.redacted(&Value::Object(object).to_string())) {
            self.stop.store(true, Ordering::Release);
            return Err(interrupted());
        }
        Ok(())
    }

    /// Tells of an exchange.
    pub fn request_event(&self, method: &str, path: &str, answered: &Answered, seconds: f64) -> Result<(), Error> {
        if !self.is_observed() {
            return Ok(());
        }
        // A path of the host's own may be of any length, and so may be what the server sends.
        let path = self.context.excerpt(path, MOST_PATH);
        let correlation_id = answered.correlation_id.as_ref().map(|id| self.context.excerpt(id, MOST_PATH));
        let told = json!({
            "method": method,
            "path": path,
            "http_status": answered.status,
            "ms": (seconds * 1000.0).round() as i64,
            "object_id": answered.object_id,
            "correlation_id": correlation_id,
        });
        self.event("request", &told)
    }

    /// Tells that something is tried again in so many seconds.
    pub fn retry_event(&self, why: &Error, in_s: f64) -> Result<(), Error> {
        let reason = why.code().word();
        self.event("retry", &json!({ "reason": reason, "http_status": why.details().http_status, "in_s": tenths(in_s) }))
    }

    /// Waits; the caller has made sure that the deadline allows it. Errors: `interrupted`, `forked`.
    pub fn wait(&self, seconds: f64, why: Wait) -> Result<(), Error> {
        let until = self.now() + seconds;
        loop {
            let left = until - self.now();
            if left <= 0.0 {
                return self.check();
            }
            if seconds >= self.config().observe_s {
                self.tell_of_wait(why, left)?;
            }
            self.pause(left.min(LOOK_UP_S), why)?;
        }
    }

    /// Waits until `ready` gives something, but not beyond `until`; looks every `step_s`.
    pub fn wait_for<T>(
        &self,
        until: f64,
        why: Wait,
        step_s: f64,
        mut ready: impl FnMut() -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        let begun = self.now();
        loop {
            if let Some(found) = ready()? {
                return Ok(Some(found));
            }
            let now = self.now();
            if now >= until {
                return Ok(None);
            }
            if now - begun >= self.config().observe_s {
                self.tell_of_wait(why, until - now)?;
            }
            self.pause(step_s.min(until - now), why)?;
        }
    }

    /// One short step of a wait whose length is not known.
    pub fn pause(&self, seconds: f64, why: Wait) -> Result<(), Error> {
        self.check()?;
        self.clock().sleep(seconds);
        if why == Wait::Token {
            self.tell_of_wait(why, 0.0)?;
        }
        Ok(())
    }

    /// Tells of waiting, every `observe_s`.
    pub fn tell_of_wait(&self, why: Wait, left: f64) -> Result<(), Error> {
        let now = self.now();
        if now - self.told.get() < self.config().observe_s && self.told.get() != self.since {
            return Ok(());
        }
        self.told.set(now);
        self.event("wait", &json!({ "for": why.word(), "left_s": tenths(left) }))?;
        self.check()
    }

    /// For the wait for an answer: tells of it, and says whether to give up. `may_stop`: giving up leaves no doubt about an
    /// outcome; where it would, the answer is waited for (no longer than `timeout_s`).
    pub fn stopper(&self, may_stop: bool) -> impl Fn() -> bool + 'static {
        let (host, clock, origin) = (self.context.host.clone(), self.context.clock.clone(), self.origin.clone());
        let (interrupts, generation, stop) = (self.interrupts, self.generation, self.stop.clone());
        let (told, observe_s) = (Cell::new(clock.now()), self.config().observe_s);
        move || {
            if generation != process::generation() || process::unusable() {
                return true;
            }
            if clock.now() - told.get() >= observe_s {
                told.set(clock.now());
                // Nothing in it can need redacting: a job's name that shows a secret is refused.
                if host.observer().is_some_and(|observer| observer(&waits_for_answer(&origin))) {
                    // Remembered: a call that may not stop now stops at its next wait.
                    stop.store(true, Ordering::Release);
                }
                if generation != process::generation() || process::unusable() {
                    return true;
                }
            }
            may_stop && (stop.load(Ordering::Acquire) || host.interrupts() != interrupts)
        }
    }
}

/// Where documents say how long a job may wait that runs by itself; part of messages.
pub const BATCH_JOBS: &str = "see docs/batch-jobs.md";

/// The event of a call that waits for an answer.
fn waits_for_answer(origin: &Origin) -> String {
    let job = origin.job.iter().map(|job| ("job".to_owned(), json!(job)));
    let own = [("event", "wait"), ("operation", &origin.operation)].map(|(name, word)| (name.to_owned(), json!(word)));
    let why = ("for".to_owned(), json!(Wait::Answer.word()));
    Value::Object(own.into_iter().chain(job).chain([why]).collect()).to_string()
}

/// The host wants to stop.
pub fn interrupted() -> Error {
    Error::new(Code::Interrupted, "The call was interrupted by its host program.")
}

/// The process forked during the call.
pub fn forked() -> Error {
    Error::new(
        Code::Forked,
        "The process forked while this call was under way; the child cannot go on with it. Call again in the child.",
    )
}

/// Seconds for people, to a tenth; a whole number without a point.
pub fn tenths(seconds: f64) -> Json {
    let rounded = (seconds * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 && rounded.abs() < 1e15 { Json::of(&(rounded as i64)) } else { Json::of(&rounded) }
}
