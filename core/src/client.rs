//! The client: the one way in which a request goes to the server. Slot, token, sending, and what an answer means; each
//! station has a file of its own. Nothing here knows what FinAut's objects are.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
pub use ureq::http::Method;
use zeroize::Zeroizing;

use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::error::{Code, Error};
use crate::persnr;
use crate::process::{self, Mutex};
use crate::store::{self, At, Store};
use crate::wire::{self, field};

pub mod pages;
pub mod retry;
pub mod token;

use crate::http::{Answer, Broken, Cause, Exchange, Outcome, Transport};
use crate::json::Json;
use crate::text::excerpt;
use crate::throttle::{self, Budget, Origin, Priority, Settlement, SlotId, Taken, WaiterId};
pub use pages::Listing;
use retry::Backoff;
pub use retry::{Creation, Found};

/// Is told of every event (a JSON object in a string); `true` stops the call that it belongs to. It runs on the calling
/// thread, of several at once where several call.
pub type Observer = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// How often a waiting call tells of it.
const TELL_S: f64 = 0.5;
/// For how long the store is waited for where the call itself may wait no longer: others hold it for moments.
const PATIENCE_S: f64 = 2.0;
/// After so long a slot is too old for a request that was not sent yet.
const OLD_SLOT_S: f64 = 5.0;
/// How long a proxy is left alone that refuses by a limit of its own and does not say for how long.
const PROXYS_PAUSE_S: f64 = 30.0;
/// What other programs leave as it is when they percent-encode: RFC 3986's unreserved characters, and Python's `quote`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const QUOTED: &AsciiSet = &UNRESERVED.remove(b'/');
/// How often a waiting call looks whether the host wants to stop.
const LOOK_UP_S: f64 = 0.05;

/// A client of one account. Calls may come from any number of threads.
pub struct Client {
    pub config: Config,
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub transport: Transport,
    host: Arc<Host>,
}

/// The host program's side: what it wants to know, and whether it wants to stop.
#[derive(Default)]
struct Host {
    interrupts: AtomicU64,
    observer: Mutex<Option<Observer>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("host", &self.config.host)
            .field("client_id", &self.config.client_id)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client with the configured state. No request is sent yet. Errors: `config`, `state`.
    pub fn new(config: Config) -> Result<Client, Error> {
        process::prepare();
        let store = store::open(&config, &SystemClock)?;
        Client::with_parts(config, store, Arc::new(SystemClock))
    }

    /// A client with a store and a clock of the caller's choice.
    pub fn with_parts(config: Config, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Result<Client, Error> {
        process::prepare();
        let transport = Transport::new(&config)?;
        Ok(Client { config, store, clock, transport, host: Arc::default() })
    }

    /// Makes every call now running return `interrupted` at its next wait.
    pub fn interrupt(&self) {
        self.host.interrupts.fetch_add(1, Ordering::AcqRel);
    }

    /// Sets who is told of events; `None`: nobody.
    pub fn observe(&self, observer: Option<Observer>) {
        let former = self.host.observer.with(|known| std::mem::replace(known, observer));
        drop(former);
    }

    /// A name for `text` that only those who know the secret can make, and nobody can turn back.
    pub fn fingerprint(&self, label: &str, text: &str) -> String {
        self.store.fingerprint(label, text)
    }

    /// `text` without identity numbers and without this client's secrets.
    pub fn redacted(&self, text: &str) -> String {
        let mut text = text.to_owned();
        // Secrets first: one that holds eleven digits would not be recognised any more afterwards.
        for secret in self.secrets() {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), "***");
            }
            text = without_loosely(text, &secret);
        }
        persnr::redacted(&text).into_owned()
    }

    /// The beginning of what somebody else wrote, on one line. Blanked before it is cut: half a secret would not be recognised.
    pub fn quoted(&self, text: &str, most: usize) -> String {
        const LOOKED_AT: usize = 16 << 10;
        if text.len() <= LOOKED_AT {
            return excerpt(&self.redacted(text), most);
        }
        let head: String = text.chars().take(LOOKED_AT).collect();
        let head = self.redacted(&head);
        // The end of what was looked at may be half a secret.
        let longest = self.secrets().iter().map(|secret| secret.len()).max().unwrap_or_default().max(16);
        let whole: String = head.chars().take(head.chars().count().saturating_sub(longest)).collect();
        excerpt(&whole, most)
    }

    /// Everything that must not be shown, in each spelling in which a server may throw it back.
    fn secrets(&self) -> Vec<Zeroizing<String>> {
        let config = &self.config;
        let mut plain = vec![Zeroizing::new(config.client_secret.reveal().to_owned())];
        plain.extend(config.previous_client_secret.iter().map(|secret| Zeroizing::new(secret.reveal().to_owned())));
        if let Some((before, _)) = config.proxy.as_ref().and_then(|proxy| proxy.reveal().rsplit_once('@')) {
            let credentials = before.rsplit_once("//").map_or(before, |(_, credentials)| credentials);
            plain.push(Zeroizing::new(credentials.to_owned()));
            plain
                .push(Zeroizing::new(credentials.split_once(':').map(|(_, password)| password).unwrap_or_default().to_owned()));
        }
        let inbox = &config.inbox;
        let inbox = [inbox.path_secret.as_ref(), inbox.hmac_secret.as_ref(), inbox.header.as_ref().map(|(_, value)| value)];
        plain.extend(inbox.into_iter().flatten().map(|secret| Zeroizing::new(secret.reveal().to_owned())));
        let at = At { clock: &*self.clock, patience_s: PATIENCE_S };
        let mut tokens = Vec::new();
        let _ = self.store.look_at_token(at, &mut |state, _| tokens = state.values());
        plain.extend(tokens.iter().map(|token| Zeroizing::new(token.reveal().to_owned())));
        // What is shorter than this is no secret worth the name, and blanking it would garble every message.
        plain.retain(|secret| secret.len() >= 6);
        let mut all = Vec::new();
        for secret in plain {
            for set in [NON_ALPHANUMERIC, UNRESERVED, QUOTED] {
                let encoded = utf8_percent_encode(&secret, set).to_string();
                all.push(Zeroizing::new(encoded.replace("%20", "+")));
                all.push(Zeroizing::new(encoded));
            }
            all.push(Zeroizing::new(json!(secret.as_str()).to_string().trim_matches('"').to_owned()));
            let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            all.push(Zeroizing::new(html.replace('\'', "&#x27;")));
            all.push(Zeroizing::new(html.replace('\'', "&#39;")));
            all.push(Zeroizing::new(secret.bytes().map(|b| format!("%{b:02X}")).collect()));
            all.push(Zeroizing::new(secret.bytes().map(|b| format!("%{b:02x}")).collect()));
            all.push(secret);
        }
        // The longest first, so that none is left half.
        all.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        all.dedup();
        all
    }

    /// Sends a request and understands its answer. What is safe to repeat is repeated.
    pub fn send(&self, call: &Call, request: &Request) -> Result<Value, Failed> {
        let mut backoff = Backoff::new();
        let (mut renewed, mut retaken, mut refusals) = (false, false, 0);
        loop {
            let slot = call.slot()?;
            let taken = call.now();
            let token = token::acquire(call)?;
            // Getting it may have told the observer, who may have stopped the call or forked.
            call.check()?;
            if call.now() - taken > OLD_SLOT_S && !retaken {
                // A slot counts from its taking, and the server from the request: it is given back, and another one taken.
                retaken = true;
                continue;
            }
            let (outcome, exchanged) = self.exchange(call, request, &token, &slot).map_err(|e| e.request(request.named()))?;
            let understood = match outcome {
                Outcome::Answered(answer) => self.understand(request, answer, slot, refusals),
                Outcome::Broken(broken) => Understood::Failed(broken_off(call, request, broken, slot)),
            };
            // Told after the slot is settled: the observer may call as well, and shall not wait for this call's slot.
            let told = call.request_event(request.method.as_str(), &request.path, &exchanged);
            let failed = match understood {
                // A change that went through is not turned into an error by an observer that wants to stop just then.
                Understood::Value(value) if request.method != Method::GET => return Ok(value),
                Understood::Value(value) => return told.map(|()| value).map_err(Failed::from),
                Understood::Unauthorized(error) if renewed => return Err(error.into()),
                Understood::Unauthorized(error) => {
                    token::refuse(call, &token)?;
                    renewed = true;
                    told?;
                    call.retry_event(&error, 0.0)?;
                    continue;
                }
                // The slot log now knows until when to wait; asking it for the next slot does the waiting.
                Understood::Refused(error) => {
                    refusals += 1;
                    told?;
                    call.retry_event(&error, error.details().retry_after_s.unwrap_or_default())?;
                    continue;
                }
                Understood::Failed(failed) => failed,
            };
            if !failed.transient || call.once.get() || (failed.sent && !request.is_repeatable()) {
                let unsettled = failed.sent && failed.doubtful && !request.is_repeatable();
                return Err(Failed { unsettled, error: failed.error.transient(failed.transient) });
            }
            told?;
            call.check()?;
            let Some(wait) = backoff.next(call, failed.sent, &failed.error) else {
                let tries = match backoff.tries() {
                    1 => "one try".to_owned(),
                    tries => format!("{tries} tries"),
                };
                let message = format!("{} ({tries} in {:.1} s.)", failed.error.message(), call.now() - call.since);
                let code = failed.error.code();
                return Err(failed.error.with_code(code, message).into());
            };
            call.retry_event(&failed.error, wait)?;
            call.wait(wait, Wait::Retry)?;
        }
    }

    /// One exchange, and what the observer is to be told of it.
    fn exchange(
        &self,
        call: &Call,
        request: &Request,
        token: &crate::token::Token,
        slot: &Slot,
    ) -> Result<(Outcome, Exchanged), Error> {
        let body = request.body.as_ref().map(|body| Zeroizing::new(body.as_str().to_owned()));
        let authorization = Zeroizing::new(format!("Bearer {}", token.value.reveal()));
        let url = Zeroizing::new(request.url(&self.config.host));
        let started = call.now();
        let exchange = Exchange {
            method: request.method.clone(),
            url: &url,
            authorization: Some(&authorization),
            content_type: "application/json",
            body: body.as_ref().map(|body| body.as_bytes()),
            stop: Rc::new(call.stopper(request.method == Method::GET)),
        };
        // Made by an observer's bare clone, this would be the parent's connection too.
        if process::unusable() {
            return Err(forked());
        }
        // From here on the slot is only given back by someone who knows that nothing was counted.
        slot.sent.set(true);
        call.sent.set(call.sent.get() + 1);
        let outcome = self.transport.exchange(&*self.clock, &exchange).inspect_err(|_| slot.sent.set(false))?;
        // In a child that the host forked inside its observer, the connection is also the parent's.
        if call.is_forked() {
            return Err(forked());
        }
        let status = match &outcome {
            Outcome::Answered(answer) => answer.status,
            Outcome::Broken(_) => 0,
        };
        Ok((outcome, Exchanged { status, seconds: call.now() - started }))
    }

    /// What an answer means; settles its slot. `refusals`: how often this call was refused by the throttle before.
    fn understand(&self, request: &Request, answer: Answer, slot: Slot, refusals: u32) -> Understood {
        let status = answer.status;
        let parsed = serde_json::from_slice::<Value>(answer.body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&answer.body));
        let is_blank = answer.body.iter().all(u8::is_ascii_whitespace);
        if status == 429 {
            // A server that refuses and asks for no pause would be asked in a circle.
            let least = f64::from(1 << refusals.min(6));
            // A page instead of DRF's words is a proxy's own limit, which nobody has to tell from the server's.
            let is_proxys = parsed.is_err() && !is_blank;
            let retry_after_s = answer.retry_after_s.or(is_proxys.then_some(PROXYS_PAUSE_S * least));
            let retry_after_s = retry_after_s.map(|seconds| seconds.max(least));
            slot.settle(Settlement::Refused { age_s: self.clock.now() - answer.received, retry_after_s });
            let error = Error::new(Code::Throttled, "the server's throttle refused the request").http_status(429);
            return Understood::Refused(error.retry_after_s(retry_after_s.unwrap_or_default()));
        }
        // Only DRF's own refusals are certain not to be counted; a proxy's page tells nothing about that.
        if wire::is_uncounted(status) && (parsed.is_ok() || is_blank) {
            slot.settle(Settlement::GivenBack);
        } else {
            slot.settle(Settlement::Counted { age_s: self.clock.now() - answer.received });
        }
        let error = |code: Code, message: String| {
            Error::new(code, message).request(request.named()).http_status(status).correlation_id(answer.correlation_id.clone())
        };
        let begins = || match self.quoted(&String::from_utf8_lossy(&answer.body), 200) {
            nothing if nothing.is_empty() => "its answer is empty".to_owned(),
            quoted => format!("its answer begins: {quoted}"),
        };
        let transient = |transient: bool, doubtful: bool, error: Error| {
            Understood::Failed(Attempt { error, transient, doubtful, sent: true })
        };
        match status {
            200..=299 => match parsed {
                Ok(value) => Understood::Value(value),
                Err(_) if is_blank && (status == 204 || request.method != Method::GET) => Understood::Value(Value::Null),
                Err(e) => {
                    let message = format!(
                        "The server answered {status}, but not in JSON ({e}); {}. Is \"host\" right, or does a proxy answer in the server's place?",
                        begins()
                    );
                    // Where nobody says how long the answer is, a cut is only seen by the JSON, which does not end.
                    transient(e.is_eof(), true, error(Code::Protocol, message))
                }
            },
            500..=599 => {
                let message = format!("The server failed with status {status}; {}.", begins());
                let failed = error(Code::Server, message);
                let failed = match answer.retry_after_s {
                    Some(seconds) => failed.retry_after_s(seconds),
                    None => failed,
                };
                transient(true, true, failed)
            }
            300..=399 => {
                let to = answer.location.as_deref().and_then(|to| to.split('?').next()).unwrap_or("nowhere");
                let message = if to.ends_with(&format!("{}{}/", wire::API_ROOT, request.path)) {
                    "The path lacks the slash at its end.".to_owned()
                } else {
                    format!(
                        "The server redirects to {}; the token is not sent after redirects. Is \"host\" right?",
                        self.quoted(to, 200)
                    )
                };
                transient(false, false, error(Code::Protocol, message))
            }
            _ => {
                let said = match parsed {
                    Ok(said) => said,
                    Err(_) if is_blank => Value::Null,
                    Err(_) => {
                        let message = format!(
                            "The server answered {status}, but not in JSON, so it is hardly FinAut that answers; {}. Are \"host\" and path right, or does a proxy answer in its place?",
                            begins()
                        );
                        return transient(false, false, error(Code::Protocol, message));
                    }
                };
                let (words, fields) = self.refusal(&said);
                let words = if words.is_empty() { String::new() } else { format!(" It says: {words}") };
                let (code, message) = match status {
                    401 => {
                        let message = format!(
                            "The server does not accept a token that it has just given out.{words} Ask Norsk Test whether the account is in order."
                        );
                        return Understood::Unauthorized(error(Code::Authentication, message));
                    }
                    403 => {
                        (Code::Permission, format!("The account may not do this.{words} Ask Norsk Test for the permission."))
                    }
                    404 | 410 => (Code::NotFound, format!("There is no such object, or the account may not see it.{words}")),
                    _ if wire::is_validation(status) => (Code::Validation, format!("The server refuses the values.{words}")),
                    _ => (Code::Server, format!("The server refuses the request with status {status}.{words}")),
                };
                transient(false, false, error(code, message).fields(fields))
            }
        }
    }

    /// A refusal's words and fields: `{"detail": "…"}`, `{"field": ["…"]}`, nested ones with dots between, or a list of words.
    fn refusal(&self, said: &Value) -> (String, Map<String, Value>) {
        fn collect(name: &str, said: &Value, fields: &mut Map<String, Value>) {
            match said {
                Value::Object(parts) => parts.iter().for_each(|(part, said)| {
                    let name = if name.is_empty() { part.clone() } else { format!("{name}.{part}") };
                    collect(&name, said, fields);
                }),
                Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
                    items.iter().enumerate().for_each(|(i, said)| collect(&format!("{name}.{i}"), said, fields));
                }
                Value::Array(items) => _ = fields.insert(name.to_owned(), Value::Array(items.clone())),
                Value::Null => {}
                other => _ = fields.insert(name.to_owned(), json!([other])),
            }
        }
        let text = |value: &Value| value.as_str().map(str::to_owned).unwrap_or_else(|| value.to_string());
        if let Some(words) = said.get(field::DETAIL).or_else(|| said.get(field::MESSAGE)).filter(|words| words.is_string()) {
            return (self.quoted(&text(words), 500), Map::new());
        }
        let mut fields = Map::new();
        match said {
            Value::Object(_) => collect("", said, &mut fields),
            Value::Null => {}
            other => collect("non_field_errors", other, &mut fields),
        }
        let words: Vec<String> = fields
            .iter()
            .map(|(name, problems)| {
                let problems: Vec<String> = problems.as_array().into_iter().flatten().map(text).collect();
                format!("{name}: {}", problems.join(" "))
            })
            .collect();
        (self.quoted(&words.join("; "), 1000), fields)
    }
}

/// Sends a request and understands its answer. What is safe to repeat is repeated.
pub fn send(call: &Call, request: &Request) -> Result<Json, Failed> {
    call.client.send(call, request).map(|value| Json::of(&value))
}

/// Reads a list: all its pages, or the one that is asked for.
pub fn list(call: &Call, path: &str, filters: &[(String, String)], page: Option<u64>) -> Result<Listing, Error> {
    let listed = Json::of(&pages::list(call, path, filters, page)?);
    listed.view().ok_or_else(|| Error::new(Code::Internal, "a list is none"))
}

/// Creates exactly one, however the connection behaves.
pub fn create(call: &Call, creation: &Creation) -> Result<Json, Error> {
    retry::create(call, creation)
}

/// `text` without `secret`, whatever stands between its letters and digits: escapes within escapes, folded blanks.
fn without_loosely(mut text: String, secret: &str) -> String {
    let wanted: Vec<char> = secret.chars().filter(|c| c.is_alphanumeric()).collect();
    if wanted.len() < 6 {
        return text;
    }
    loop {
        let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
        let found = letters.windows(wanted.len()).find(|window| window.iter().map(|(_, c)| c).eq(&wanted));
        let Some(((start, _), (last, end))) = found.and_then(|window| window.first().copied().zip(window.last().copied()))
        else {
            return text;
        };
        text.replace_range(start..last + end.len_utf8(), "***");
    }
}

/// A request below the API root.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: Method,
    /// As `user/590496/`.
    pub path: String,
    pub query: Vec<(String, String)>,
    pub body: Option<Json>,
}

impl Request {
    pub fn get(path: impl Into<String>) -> Self {
        Request { method: Method::GET, path: path.into(), query: Vec::new(), body: None }
    }
    pub fn post(path: impl Into<String>, body: Json) -> Self {
        Request { method: Method::POST, path: path.into(), query: Vec::new(), body: Some(body) }
    }
    pub fn patch(path: impl Into<String>, body: Json) -> Self {
        Request { method: Method::PATCH, path: path.into(), query: Vec::new(), body: Some(body) }
    }

    /// What it is called in errors: method and path, no query.
    fn named(&self) -> String {
        format!("{} {}{}", self.method, wire::API_ROOT, self.path)
    }

    fn is_repeatable(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD | Method::PUT | Method::PATCH)
    }

    fn url(&self, host: &str) -> String {
        let mut url = format!("{host}{}{}", wire::API_ROOT, self.path);
        for (i, (name, value)) in self.query.iter().enumerate() {
            let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
            url.push(if i == 0 { '?' } else { '&' });
            // Names are the server's own words; only what `request` passes on can need encoding.
            url.push_str(&encode(name).to_string().replace("%5F", "_"));
            url.push('=');
            url.push_str(&encode(value).to_string().replace("%2D", "-"));
        }
        url
    }
}

/// A request that did not succeed.
#[derive(Debug)]
pub struct Failed {
    pub error: Error,
    /// It may have taken effect all the same.
    pub unsettled: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed { error, unsettled: false }
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        failed.error
    }
}

enum Understood {
    Value(Value),
    Unauthorized(Error),
    Refused(Error),
    Failed(Attempt),
}

/// One try that failed.
struct Attempt {
    error: Error,
    /// Trying again can help.
    transient: bool,
    /// The request may have taken effect.
    doubtful: bool,
    sent: bool,
}

fn broken_off(call: &Call, request: &Request, broken: Broken, slot: Slot) -> Attempt {
    slot.settle(match (broken.sent, broken.received) {
        (false, _) => Settlement::GivenBack,
        (true, Some(received)) => Settlement::Counted { age_s: call.now() - received },
        (true, None) => Settlement::Unknown,
    });
    let transient = match broken.cause {
        Cause::Connect | Cause::Timeout | Cause::Cut | Cause::Name => true,
        // A head without a whole body can be an accident of the way.
        Cause::NoHttp => broken.received.is_some(),
        Cause::Trust | Cause::TooLong | Cause::Stopped => false,
    };
    Attempt { error: broken_error(call, &broken).request(request.named()), transient, doubtful: true, sent: broken.sent }
}

/// What a broken exchange is called.
fn broken_error(call: &Call, broken: &Broken) -> Error {
    let config = &call.client.config;
    let host = &config.host;
    let detail = call.client.quoted(&broken.detail, 200);
    let proxy = config.proxy.as_ref().and_then(|proxy| ureq::Proxy::new(proxy.reveal()).ok());
    let proxy = proxy.map(|proxy| format!("the proxy {}:{}", proxy.host(), proxy.port()));
    let through = proxy.as_ref().map(|proxy| format!(" through {proxy}")).unwrap_or_default();
    const WHERE: &str = "It is \"proxy\" in the configuration, else HTTPS_PROXY or ALL_PROXY in the environment; \"proxy\": \"none\" goes without.";
    match broken.cause {
        Cause::Name if proxy.is_some() => Error::new(
            Code::Network,
            format!("No way to {host}{through}, whose name is not known here ({detail}). Is it right? {WHERE}"),
        ),
        Cause::Connect if detail.contains("responded 407") => Error::new(
            Code::Network,
            format!(
                "No way to {host}{through}: it wants a user's name and password, as http://user:password@host:port. {WHERE}"
            ),
        ),
        Cause::Connect if proxy.is_some() => Error::new(
            Code::Network,
            format!(
                "No connection to {host}{through} ({detail}). Is the proxy right and up, and does it let this host through? {WHERE}"
            ),
        ),
        Cause::Name => Error::new(
            Code::Network,
            format!("The name of {host} is not known here ({detail}). Is \"host\" right, and does the name service work?"),
        ),
        Cause::Connect => Error::new(
            Code::Network,
            format!("No connection to {host} ({detail}). Is the server up, and does a firewall or proxy stand between?"),
        ),
        Cause::Trust if detail.contains("InvalidContentType") => {
            Error::new(Code::Network, format!("{host} does not answer in TLS ({detail}). Is the port in \"host\" right?"))
        }
        Cause::Trust => Error::new(
            Code::Network,
            format!(
                "{host} cannot be trusted ({detail}). Where a proxy inspects TLS, name its certificate authority's PEM file as \"ca_file\"."
            ),
        ),
        Cause::Timeout => {
            Error::new(Code::Network, format!("{host} did not answer{through} within timeout_s = {} s.", config.timeout_s))
        }
        Cause::Cut if broken.received.is_some() => Error::new(
            Code::Protocol,
            format!("The connection to {host}{through} ended in the middle of the answer ({detail})."),
        ),
        Cause::Cut => Error::new(Code::Network, format!("The connection to {host}{through} broke ({detail}).")),
        Cause::NoHttp => Error::new(
            Code::Protocol,
            format!("What answers at {host}{through} does not speak HTTP as it should ({detail}). Is \"host\" right?"),
        ),
        Cause::TooLong => {
            Error::new(Code::Protocol, format!("The answer is longer than max_body_bytes = {}.", config.max_body_bytes))
        }
        Cause::Stopped if call.is_forked() => forked(),
        Cause::Stopped => interrupted(),
    }
}

fn interrupted() -> Error {
    Error::new(Code::Interrupted, "The call was interrupted by its host program.")
}

fn forked() -> Error {
    Error::new(
        Code::Forked,
        "The process forked while this call was under way; the child cannot go on with it. Call again in the child.",
    )
}

/// What an observer hears of an exchange.
struct Exchanged {
    /// 0: no answer.
    status: u16,
    seconds: f64,
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
        }
    }
}

/// One call of an operation: its deadline, its wishes, and who hears of it.
pub struct Call<'a> {
    pub client: &'a Client,
    operation: &'static str,
    since: f64,
    deadline: f64,
    priority: Priority,
    /// What is remembered is not to be used.
    pub fresh: bool,
    interrupts: u64,
    generation: u64,
    told: Cell<f64>,
    /// How many requests it has sent.
    sent: Cell<u32>,
    /// What fails is not tried again.
    pub once: Cell<bool>,
    /// A token could not be had at once.
    delayed: Cell<bool>,
    /// Its observer wants it to stop.
    stopped: Rc<Cell<bool>>,
}

impl<'a> Call<'a> {
    pub fn new(client: &'a Client, operation: &'static str, max_wait_s: f64, priority: Priority, fresh: bool) -> Self {
        let since = client.clock.now();
        Call {
            client,
            operation,
            since,
            deadline: since + max_wait_s,
            priority,
            fresh,
            interrupts: client.host.interrupts.load(Ordering::Acquire),
            generation: process::generation(),
            told: Cell::new(since),
            sent: Cell::new(0),
            once: Cell::new(false),
            delayed: Cell::new(false),
            stopped: Rc::default(),
        }
    }

    pub fn now(&self) -> f64 {
        self.client.clock.now()
    }

    /// The client's configuration.
    pub fn config(&self) -> &'a Config {
        &self.client.config
    }

    /// The account's state.
    pub fn store(&self) -> &'a dyn Store {
        &*self.client.store
    }

    /// The clock of calendar dates and of waiting.
    pub fn clock(&self) -> &'a dyn Clock {
        &*self.client.clock
    }

    /// What is remembered is not to be used.
    pub fn fresh(&self) -> bool {
        self.fresh
    }

    /// A name for `text` that only those who know the secret can make, and nobody can turn back.
    pub fn fingerprint(&self, label: &str, text: &str) -> String {
        self.client.fingerprint(label, text)
    }

    /// Now, and as patiently as the call may wait.
    pub fn at(&self) -> At<'_> {
        At { clock: &*self.client.clock, patience_s: (self.deadline - self.now()).max(PATIENCE_S) }
    }

    /// What is used and what is left, and when `requests` more would be through.
    pub fn budget(&self, requests: usize) -> Result<Budget, Error> {
        let priority = self.priority;
        let mut budget = None;
        let rule = &self.client.config.rule;
        self.client.store.with_slots(self.at(), &mut |log, now| budget = Some(log.budget(now, rule, priority, requests)))?;
        budget.ok_or_else(|| Error::new(Code::Internal, "The store did not look at its slots."))
    }

    /// The moment after which nothing is waited for.
    pub fn deadline(&self) -> f64 {
        self.deadline
    }

    fn is_forked(&self) -> bool {
        self.generation != process::generation()
    }

    fn check(&self) -> Result<(), Error> {
        if self.is_forked() {
            return Err(forked());
        }
        if self.stopped.get() || self.client.host.interrupts.load(Ordering::Acquire) != self.interrupts {
            return Err(interrupted());
        }
        Ok(())
    }

    fn is_observed(&self) -> bool {
        self.client.host.observer.with(|observer| observer.is_some())
    }

    /// Tells the observer. Errors: `interrupted` when it wants to stop.
    pub fn event(&self, event: &str, what: Value) -> Result<(), Error> {
        if tell(self.client, self.operation, event, what) {
            self.stopped.set(true);
            return Err(interrupted());
        }
        Ok(())
    }

    /// Tells of an exchange; `status` 0: no answer.
    fn request_event(&self, method: &str, path: &str, exchanged: &Exchanged) -> Result<(), Error> {
        if !self.is_observed() {
            return Ok(());
        }
        let ms = (exchanged.seconds * 1000.0).round();
        let status = if exchanged.status == 0 { Value::Null } else { json!(exchanged.status) };
        self.event("request", json!({ "method": method, "path": path, "http_status": status, "ms": ms as i64 }))
    }

    fn retry_event(&self, why: &Error, wait: f64) -> Result<(), Error> {
        self.event(
            "retry",
            json!({ "reason": why.code().word(), "http_status": why.details().http_status, "in_s": round(wait) }),
        )
    }

    /// Waits; the caller has made sure that the deadline allows it. Errors: `interrupted`, `forked`.
    pub fn wait(&self, seconds: f64, why: Wait) -> Result<(), Error> {
        let until = self.now() + seconds;
        loop {
            let left = until - self.now();
            if left <= 0.0 {
                return self.check();
            }
            if seconds >= TELL_S {
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
            if now - begun >= TELL_S {
                self.tell_of_wait(why, until - now)?;
            }
            self.pause(step_s.min(until - now), why)?;
        }
    }

    /// How many requests it has sent.
    pub fn sent(&self) -> u32 {
        self.sent.get()
    }

    /// One short step of a wait whose length is not known.
    fn pause(&self, seconds: f64, why: Wait) -> Result<(), Error> {
        self.check()?;
        self.client.clock.sleep(seconds);
        if why == Wait::Token {
            self.tell_of_wait(why, 0.0)?;
        }
        Ok(())
    }

    fn tell_of_wait(&self, why: Wait, left: f64) -> Result<(), Error> {
        let now = self.now();
        if now - self.told.get() < TELL_S && self.told.get() != self.since {
            return Ok(());
        }
        self.told.set(now);
        self.event("wait", json!({ "for": why.word(), "left_s": round(left) }))?;
        self.check()
    }

    /// For the wait for an answer: tells of it, and says whether to give up. `may_stop`: giving up leaves no doubt about an
    /// outcome; where it would, the answer is waited for (no longer than `timeout_s`).
    fn stopper(&self, may_stop: bool) -> impl Fn() -> bool + 'static {
        let (host, clock, operation) = (self.client.host.clone(), self.client.clock.clone(), self.operation);
        let (interrupts, generation, stopped) = (self.interrupts, self.generation, self.stopped.clone());
        let told = Cell::new(clock.now());
        move || {
            if generation != process::generation() || process::unusable() {
                return true;
            }
            if clock.now() - told.get() >= TELL_S {
                told.set(clock.now());
                // Nothing in it can need blanking.
                let event = json!({ "event": "wait", "operation": operation, "for": Wait::Answer.word() }).to_string();
                let observer = host.observer.with(|observer| observer.clone());
                if observer.is_some_and(|observer| observer(&event)) {
                    // Remembered: a call that may not stop now stops at its next wait.
                    stopped.set(true);
                }
                if generation != process::generation() || process::unusable() {
                    return true;
                }
            }
            may_stop && (stopped.get() || host.interrupts.load(Ordering::Acquire) != interrupts)
        }
    }

    /// A slot of the throttle. Errors: `throttled` at once, when none will be free before the deadline.
    fn slot(&self) -> Result<Slot, Error> {
        let client = self.client;
        let mut waiting = Waiting { client, waiter: None };
        let by = Origin { job: None, operation: self.operation.to_owned(), machine: client.config.machine.clone() };
        loop {
            self.check()?;
            let now = self.now();
            let mut taken = None;
            client.store.with_slots(self.at(), &mut |log, now| {
                taken = Some(log.take(now, &client.config.rule, self.priority, client.config.timeout_s, waiting.waiter, &by));
            })?;
            let Some(taken) = taken else { continue };
            match taken {
                Taken::Slot(id) => {
                    waiting.waiter = None;
                    return Ok(Slot {
                        store: client.store.clone(),
                        clock: client.clock.clone(),
                        rule: client.config.rule,
                        id: Cell::new(Some(id)),
                        generation: self.generation,
                        sent: Cell::new(false),
                    });
                }
                Taken::Wait { seconds, waiter, paused } => {
                    waiting.waiter = Some(waiter);
                    if now + seconds > self.deadline {
                        return Err(self.throttled(seconds, paused));
                    }
                    let why = if paused { Wait::Pause } else { Wait::Slot };
                    if seconds >= TELL_S {
                        self.tell_of_wait(why, seconds)?;
                    }
                    let until = now + seconds.min(throttle::ASK_AGAIN_S);
                    while self.now() < until {
                        self.pause((until - self.now()).clamp(0.0, LOOK_UP_S), why)?;
                        if seconds >= TELL_S {
                            self.tell_of_wait(why, (now + seconds - self.now()).max(0.0))?;
                        }
                    }
                }
            }
        }
    }

    fn throttled(&self, seconds: f64, paused: bool) -> Error {
        let rule = &self.client.config.rule;
        let reserve = if self.priority == Priority::Bulk && rule.reserve > 0 {
            format!(" ({} of them are kept for interactive calls)", rule.reserve)
        } else {
            String::new()
        };
        let why = if paused {
            "The server, or a proxy before it, refused a request by its throttle; another program may use the same account."
                .to_owned()
        } else {
            let requests = if rule.requests == 1 { "one request".to_owned() } else { format!("{} requests", rule.requests) };
            format!("The {requests} that the server accepts within {} s can all not be had now{reserve}.", rule.per_s)
        };
        let sent = match self.sent.get() {
            0 => " Nothing was sent.".to_owned(),
            sent => format!(" So far the call sent {sent} of its requests."),
        };
        let message = format!(
            "{why} The next one can go in {} s; this call may wait until {} s after it began.{sent} Call again then, or give a larger \
             \"max_wait_s\".",
            seconds.ceil(),
            round(self.deadline - self.since)
        );
        Error::new(Code::Throttled, message).retry_after_s(seconds)
    }
}

fn round(seconds: f64) -> Value {
    let rounded = (seconds * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 && rounded.abs() < 1e15 { json!(rounded as i64) } else { json!(rounded) }
}

/// Tells the observer; `true`: it wants to stop.
fn tell(client: &Client, operation: &str, event: &str, what: Value) -> bool {
    let Some(observer) = client.host.observer.with(|observer| observer.clone()) else { return false };
    let mut object = Map::new();
    object.insert("event".into(), json!(event));
    object.insert("operation".into(), json!(operation));
    if let Value::Object(what) = what {
        object.extend(what.into_iter().filter(|(_, value)| !value.is_null()));
    }
    observer(&client.redacted(&Value::Object(object).to_string()))
}

/// A place in the queue for slots, left when the call ends without one.
struct Waiting<'a> {
    client: &'a Client,
    waiter: Option<WaiterId>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(waiter) = self.waiter {
            let at = At { clock: &*self.client.clock, patience_s: PATIENCE_S };
            let _ = self.client.store.with_slots(at, &mut |log, _| log.leave(waiter));
        }
    }
}

/// A slot in the hand of a call, settled at the latest when dropped.
struct Slot {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    rule: crate::config::Rule,
    id: Cell<Option<SlotId>>,
    generation: u64,
    sent: Cell<bool>,
}

impl Slot {
    fn settle(self, settlement: Settlement) {
        self.settle_as(settlement);
    }

    fn settle_as(&self, settlement: Settlement) {
        // A forked child's copy is its parent's to settle.
        if let Some(id) = self.id.take().filter(|_| self.generation == process::generation()) {
            // A store that cannot be written keeps the slot as taken for longer than needed: the safe side.
            let at = At { clock: &*self.clock, patience_s: PATIENCE_S };
            let _ = self.store.with_slots(at, &mut |log, now| log.settle(id, settlement, now, &self.rule));
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.settle_as(if self.sent.get() { Settlement::Unknown } else { Settlement::GivenBack });
    }
}
