//! The client: the one way in which a request goes to the server, top to bottom. A slot of the throttle, a token, one exchange,
//! and what its answer means; each station has a file of its own, and is called from here. Nothing here knows what FinAut's
//! objects are.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::clock::{Clock, SystemClock};
use crate::config::{Config, Secret};
use crate::error::Error;
use crate::http::{Cause, Exchange, Outcome, Outgoing, Transport};
use crate::json::Json;
use crate::process::{self, Mutex};
use crate::store::{self, Notes, Store};
use crate::wire::protocol;

mod call;
mod context;
mod failed;
mod fields;
mod journal;
mod lease;
mod note;
mod outcome;
mod pages;
mod request;
mod retry;
mod settle;
mod sink;
mod slot;
mod token;

pub use crate::http::Method;
pub use crate::wire::protocol::page::PageRef;
pub use call::{Call, Deadline, Options, Wait, tenths};
pub use context::{Context, Observer};
pub use failed::Failed;
pub use lease::{Lease, Leased, holder};
pub use pages::{Keep, Listing, OnPage, PageOf, Walked, each_kept, each_of, led_back};
pub use request::{Request, Subject};
pub use settle::{Creation, Found, is_under_way, unknown_outcome};
pub use sink::Sink;

use call::Answered;
use journal::Line;
use note::{Back, Note, Unnoted};
use outcome::{Attempt, Understood};
use retry::Backoff;
use slot::Slot;

/// Take a new slot if fetching the token took longer than this.
const OLD_SLOT_S: f64 = 5.0;
/// An exchange that broke after so long, or after `settle_s` if that is longer, leaves a server that may still be at work: what stands
/// before it has its own time-outs, and breaks the connection without a word.
const SLOW_S: f64 = 5.0;

/// A client of one account. Calls may come from any number of threads.
pub struct Client(Context);

impl Deref for Client {
    type Target = Context;
    fn deref(&self) -> &Context {
        &self.0
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Client {
    /// A client with the configured state. No request is sent yet. Errors: `config`, `state`.
    pub fn new(config: Config) -> Result<Client, Error> {
        process::prepare();
        let store = store::open(&config, &SystemClock)?;
        Client::with_parts(config, store, Arc::new(SystemClock))
    }

    /// A client with a store and a clock of the caller's choice. Errors: `config`.
    pub fn with_parts(config: Config, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Result<Client, Error> {
        process::prepare();
        let exchange = Arc::new(Transport::new(&config)?);
        Ok(Client::over(exchange, config, store, clock))
    }

    /// A client that reaches its server by another way than sockets.
    pub fn over(exchange: Arc<dyn Exchange>, config: Config, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Client {
        Client(Context { config, store, clock, exchange, host: Arc::default(), tokens: Mutex::default() })
    }

    /// Makes every call now running return `interrupted` at its next wait.
    pub fn interrupt(&self) {
        self.host.interrupt();
    }

    /// Makes the call of this name return `interrupted` at its next wait. Returns whether one runs; if not, the next that begins with this
    /// name within a minute ends at once. Errors: `argument` for what is no call's name.
    pub fn interrupt_call(&self, call_id: &str) -> Result<bool, Error> {
        if !crate::arguments::is_call_id(call_id) {
            return Err(Error::argument("call_id: must be a string of 1 to 64 bytes."));
        }
        Ok(self.host.interrupt_call(call_id, self.clock.now()))
    }

    /// Sets who is told of events; `None`: nobody.
    pub fn observe(&self, observer: Option<Observer>) {
        self.host.observe(observer);
    }
}

/// Sends a request and understands its answer. What is safe to repeat is repeated, as long as the call may wait. Errors: any
/// but `argument`, `handle`, `config` and `ambiguous`; [`Failed::unsettled`] says whether it may have taken effect.
pub fn send(call: &Call, request: &Request) -> Result<Json, Failed> {
    if !journal::changes(&request.method) {
        return send_noted(call, request, &Unnoted);
    }
    let line = Line::new(call, request);
    let result = send_noted(call, request, &line);
    line.end_with(&result);
    result
}

/// As [`send`]; it is noted each time that the request goes, and each time that something comes back.
fn send_noted(call: &Call, request: &Request, note: &dyn Note) -> Result<Json, Failed> {
    let mut backoff = Backoff::new();
    let (mut renewed, mut refusals, mut is_retry) = (false, 0, false);
    loop {
        let (slot, token) = slot_and_token(call, is_retry)?;
        is_retry = true;
        let exchanged = exchange(call, request, &token, slot, note, refusals).map_err(|e| e.request(request.named()))?;
        // Told after the slot is settled: the observer may call as well, and shall not wait for this call's slot.
        let told = call.request_event(request.method.as_str(), &request.path, &exchanged.answered, exchanged.seconds);
        let failed = match exchanged.understood {
            // A change that went through is not turned into an error by an observer that wants to stop just then.
            Understood::Value(value) if request.method != Method::GET => return Ok(value),
            Understood::Value(value) => return told.map(|()| value).map_err(Failed::from),
            Understood::Unauthorized(error) if renewed => return Err(error.into()),
            Understood::Unauthorized(error) => {
                note.had_no_effect(&error);
                token::refuse(call, &token)?;
                renewed = true;
                told?;
                call.retry_event(&error, 0.0)?;
                continue;
            }
            // The slot log now knows until when to wait; asking it for the next slot does the waiting.
            Understood::Refused(error) => {
                refusals += 1;
                note.had_no_effect(&error);
                told?;
                call.retry_event(&error, call.budget(0)?.paused_s)?;
                continue;
            }
            Understood::Failed(failed) => failed,
        };
        if is_last(call, request, &failed) {
            return Err(given_up(request, failed, exchanged.is_slow));
        }
        if !(failed.sent && failed.doubtful) {
            note.had_no_effect(&failed.error);
        }
        told?;
        call.check()?;
        let Some(pause) = backoff.next(call, failed.sent, &failed.error) else {
            return Err(tried_enough(call, &backoff, failed.error).into());
        };
        call.retry_event(&failed.error, pause)?;
        call.wait(pause, Wait::Retry)?;
    }
}

/// Whether trying again does not mend a failure, or must not be.
fn is_last(call: &Call, request: &Request, failed: &Attempt) -> bool {
    !failed.transient || !call.retries() || (failed.sent && !request.is_repeatable())
}

/// A slot that is young enough for a request that goes now, and a token for it. `is_retry`: it was sent before.
fn slot_and_token<'a>(call: &Call<'a>, is_retry: bool) -> Result<(Slot<'a>, Secret), Error> {
    let mut retaken = false;
    loop {
        let (slot, usable) = slot::take(call, is_retry && !retaken)?;
        let taken = call.now();
        let token = match usable {
            Some(token) => token.value,
            None => token::acquire(call)?,
        };
        // Getting it may have told the observer, who may have stopped the call or forked.
        call.check()?;
        if call.now() - taken <= OLD_SLOT_S || retaken {
            return Ok((slot, token));
        }
        // A slot counts from its taking, and the server from the request: it is given back, and another one taken.
        retaken = true;
    }
}

/// What became of one exchange.
struct Exchanged {
    understood: Understood,
    answered: Answered,
    seconds: f64,
    /// It ended by a time-out, here or before the server, or after so long that the server may still be at work.
    is_slow: bool,
}

/// One exchange; its slot is settled by what its answer means.
fn exchange(
    call: &Call,
    request: &Request,
    token: &Secret,
    slot: Slot,
    note: &dyn Note,
    refusals: u32,
) -> Result<Exchanged, Error> {
    let context = call.context();
    let body = request.body.as_ref().map(|body| Zeroizing::new(body.as_str().to_owned()));
    let authorization = Zeroizing::new(format!("Bearer {}", token.reveal()));
    let url = Zeroizing::new(request.url(&context.config.host));
    note.goes()?;
    let started = call.now();
    if call.timeout_s() <= 0.0 {
        return Err(call.no_time_left());
    }
    let outgoing = Outgoing {
        method: request.method.clone(),
        url: &url,
        authorization: Some(&authorization),
        content_type: "application/json",
        body: body.as_ref().map(|body| body.as_bytes()),
        job: call.origin().job.as_deref(),
        timeout_s: call.timeout_s(),
        stop: Rc::new(call.stopper(request.method == Method::GET)),
    };
    // Made by an observer's bare clone, this would be the parent's connection too.
    if process::unusable() {
        return Err(call::forked());
    }
    let departed = slot.depart();
    call.count_sent();
    let outcome = match context.exchange.exchange(&*context.clock, &outgoing) {
        Ok(outcome) => outcome,
        Err(e) => {
            departed.settle(crate::throttle::Settlement::GivenBack, Notes::default());
            return Err(e);
        }
    };
    // In a child that the host forked inside its observer, the connection is also the parent's.
    if call.is_forked() {
        return Err(call::forked());
    }
    let seconds = call.now() - started;
    let is_slow = seconds >= call.config().settle_s.max(SLOW_S)
        || match &outcome {
            Outcome::Answered(answer) => protocol::is_timeout(answer.status),
            Outcome::Broken(broken) => broken.cause == Cause::Timeout,
        };
    let (mut answered, (settlement, understood)) = match outcome {
        Outcome::Answered(answer) => {
            let answered =
                Answered { status: Some(answer.status), correlation_id: answer.correlation_id.clone(), object_id: None };
            (answered, outcome::of_answer(context, request, answer, refusals))
        }
        Outcome::Broken(broken) => (Answered::default(), outcome::of_broken(call, request, &broken)),
    };
    let mut learnt = Vec::new();
    if let Understood::Value(answer) = &understood {
        learnt = call.learnt(answer);
        // For the observer alone: what may not be shown is looked up in the store.
        if request.method == Method::POST && call.is_observed() {
            answered.object_id = journal::object_id(&context.redactor(), answer);
        }
    }
    let is_last = matches!(&understood, Understood::Failed(failed) if is_last(call, request, failed));
    let closes = note.came_back(&Back { understood: &understood, answered: &answered, token, is_last });
    let closed = closes.as_ref().map(|closes| (closes.key.as_str(), &closes.closing));
    departed.settle(settlement, Notes { memos: &learnt, closed });
    Ok(Exchanged { understood, answered, seconds, is_slow })
}

/// A failure that trying again does not mend, or must not.
fn given_up(request: &Request, failed: Attempt, is_slow: bool) -> Failed {
    let unsettled = failed.sent && failed.doubtful && !request.is_repeatable();
    Failed { unsettled, is_slow, error: failed.error.transient(failed.transient) }
}

fn tried_enough(call: &Call, backoff: &Backoff, error: Error) -> Error {
    let tries = match backoff.tries() {
        1 => "one try".to_owned(),
        tries => format!("{tries} tries"),
    };
    let message = format!("{} ({tries} in {:.1} s.)", error.words(), call.now() - call.since());
    let code = error.code();
    error.with_code(code, message)
}

/// Reads a list: all its pages, or the one that is asked for. Each page may wait for its slot for as long as the call says.
/// Errors: as [`send`], `throttled` where not all pages can be had so, and `protocol` for what is no list, or has no end.
pub fn list(call: &Call, path: &str, filters: &[(String, String)], page: Option<&PageRef>) -> Result<Listing, Error> {
    list_kept(call, path, filters, None, page)
}

/// As [`list`]; of the objects `keep` says which belong to what was asked for.
pub fn list_kept(
    call: &Call,
    path: &str,
    filters: &[(String, String)],
    keep: Option<&Keep>,
    page: Option<&PageRef>,
) -> Result<Listing, Error> {
    let wanted = pages::Wanted { path, filters, is_long: true, keep };
    match page {
        Some(page) => pages::one(call, &send, &wanted, page),
        None => pages::all(call, &send, &wanted),
    }
}

/// Reads the whole of a list within the call's one deadline: where it is a step of something else. Errors: as [`list`].
pub fn look_up(call: &Call, path: &str, filters: &[(String, String)]) -> Result<Listing, Error> {
    pages::all(call, &send, &pages::Wanted { path, filters, is_long: false, keep: None })
}

/// Reads all pages of a list, and gives each to `on_page` as soon as it is there. Errors: as [`list`], and `interrupted` where
/// `on_page` stops it.
pub fn walk(
    call: &Call,
    path: &str,
    filters: &[(String, String)],
    keep: Option<&Keep>,
    on_page: &mut OnPage,
) -> Result<Walked, Error> {
    pages::each(call, &send, &pages::Wanted { path, filters, is_long: true, keep }, on_page)
}

/// Creates exactly one object, however the connection behaves. Errors: as [`send`], and `unknown_outcome` where it cannot be
/// found out whether it was made.
pub fn create(call: &Call, creation: &Creation) -> Result<Json, Error> {
    settle::create(call, creation, &send_noted)
}
