//! One request over the wire and its answer: connections, TLS, proxy, time-outs, and the knowledge whether anything was sent.
//! Nothing is repeated here and nothing understood; ureq speaks the HTTP.

use std::cell::{Cell, RefCell};
use std::io::Read;
use std::mem::ManuallyDrop;
use std::net::{SocketAddr, ToSocketAddrs};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ::ureq::http::{HeaderMap, Method, Request, Uri};
use ::ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use ::ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ::ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, RustlsConnector, TcpConnector,
    Transport as Wire, time,
};
use ::ureq::{Agent, Timeout};

use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Code, Error};
use crate::process::{self, Mutex};
use crate::wire;

use super::rehearsal::rehearse;

/// How often a wait for the server looks up, to notice that the host wants to stop.
const LOOK_UP: Duration = Duration::from_millis(250);
/// An idle connection is not used again after this long …
const IDLE: Duration = Duration::from_secs(15);
/// … and not for a POST after this long: a server that closes it at that very moment would leave the outcome unknown.
const IDLE_BEFORE_POST: Duration = Duration::from_secs(1);
/// After a kept connection was found closed, none is kept for this long: some servers close each without saying so, others
/// only when they are restarted.
const WARY: Duration = Duration::from_secs(600);

/// A request as it goes over the wire.
pub struct Exchange<'a> {
    pub method: Method,
    pub url: &'a str,
    pub authorization: Option<&'a str>,
    pub content_type: &'a str,
    pub body: Option<&'a [u8]>,
    /// Asked every moment while the server is silent; `true` gives up, if that is still possible without doubt.
    pub stop: Rc<dyn Fn() -> bool>,
}

/// What came back.
#[derive(Debug)]
pub enum Outcome {
    Answered(Answer),
    Broken(Broken),
}

/// A complete answer, whatever its status.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    pub retry_after_s: Option<f64>,
    pub location: Option<String>,
    pub correlation_id: Option<String>,
    /// When its head was there.
    pub received: f64,
}

/// An exchange that did not end in a complete answer.
#[derive(Debug)]
pub struct Broken {
    pub cause: Cause,
    /// Whether any byte of the request may have reached the server.
    pub sent: bool,
    /// When the head of an answer was there, if one was.
    pub received: Option<f64>,
    /// The system's words.
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The host's name is not known to the name service.
    Name,
    /// No connection.
    Connect,
    /// No trust: certificate or TLS.
    Trust,
    Timeout,
    /// The connection ended in the middle.
    Cut,
    /// What came is no HTTP.
    NoHttp,
    /// The body is longer than `max_body_bytes`.
    TooLong,
    /// The host asked to stop.
    Stopped,
}

/// The connections of one client.
#[derive(Debug)]
pub struct Transport {
    config: Config,
    /// Certificates of `ca_file`, read when the client is made.
    own_roots: Vec<Certificate<'static>>,
    /// The agent, and in which generation of the process it was made. Another generation's is its parent's: it is left alone.
    agent: Mutex<Option<(u64, Agent)>>,
    /// A POST broke off: the server (or what stands before it) closes connections without saying so. From then on each POST
    /// has a connection of its own, as a closed one leaves its outcome unknown.
    wary_of_posts: AtomicBool,
    /// When a request last met a kept connection that was closed without a word: a slot is lost each time. For a while each
    /// request has a connection of its own.
    cut: Mutex<Option<Instant>>,
    found: Found,
}

impl Transport {
    /// Errors: `config` when `ca_file` cannot be used. No connection is made yet.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let own_roots = config.ca_file.as_deref().map(read_roots).transpose()?.unwrap_or_default();
        rehearse();
        Ok(Transport {
            config: config.clone(),
            own_roots,
            agent: Mutex::new(None),
            wary_of_posts: AtomicBool::new(false),
            cut: Mutex::new(None),
            found: Found::default(),
        })
    }

    /// Sends one request and reads its answer.
    pub fn exchange(&self, clock: &dyn Clock, exchange: &Exchange) -> Result<Outcome, Error> {
        let agent = self.agent()?;
        let mut request = Request::builder().method(exchange.method.clone()).uri(exchange.url);
        request = request.header("accept", "application/json");
        if let Some(authorization) = exchange.authorization {
            request = request.header("authorization", authorization);
        }
        if exchange.body.is_some() {
            request = request.header("content-type", exchange.content_type);
        }
        let is_post = exchange.method == Method::POST;
        let wary = self.is_wary(is_post);
        let idle = match (is_post, wary) {
            (_, true) => Duration::ZERO,
            (false, false) => IDLE,
            (true, false) => IDLE_BEFORE_POST,
        };

        let watch = Watch {
            stop: exchange.stop.clone(),
            sent: Rc::new(Cell::new(false)),
            stopped: Rc::new(Cell::new(false)),
            fresh: Rc::new(Cell::new(false)),
            looked: Rc::new(Cell::new(Instant::now())),
        };
        let watching = watch.begin();
        let answered = match exchange.body {
            Some(body) => {
                let request = request.body(body).map_err(unsendable)?;
                agent.run(agent.configure_request(request).max_idle_age(idle).build())
            }
            None if is_post || wary => {
                let request = request.body(()).map_err(unsendable)?;
                agent.run(agent.configure_request(request).max_idle_age(idle).build())
            }
            // The agent's own settings do, and save the copying of others.
            None => agent.run(request.body(()).map_err(unsendable)?),
        };
        let received = clock.now();
        let broken = |cause: Cause, received: Option<f64>, detail: String| {
            let cause = if watch.stopped.get() { Cause::Stopped } else { cause };
            // Its addresses may have changed.
            self.found.with(|found| *found = None);
            if is_post && cause == Cause::Cut {
                self.wary_of_posts.store(true, Ordering::Relaxed);
            }
            if cause == Cause::Cut && watch.sent.get() && !watch.fresh.get() {
                self.cut.with(|cut| *cut = Some(Instant::now()));
            }
            Ok(Outcome::Broken(Broken { cause, sent: watch.sent.get(), received, detail }))
        };
        let answered = match answered {
            Ok(answered) => answered,
            Err(e) => return broken(cause(&e), None, e.to_string()),
        };
        let (head, body) = answered.into_parts();
        let mut bytes = Vec::new();
        // One more than allowed is asked for, so that too much is told from just enough.
        let limit = self.config.max_body_bytes;
        let read = body.into_with_config().limit(u64::MAX).reader().take(limit.saturating_add(1)).read_to_end(&mut bytes);
        drop(watching);
        if let Err(e) = read {
            let e = ::ureq::Error::from(e);
            return broken(cause(&e), Some(received), e.to_string());
        }
        if bytes.len() as u64 > limit {
            return broken(Cause::TooLong, Some(received), String::new());
        }
        let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(Outcome::Answered(Answer {
            status: head.status.as_u16(),
            retry_after_s: retry_after_s(&head.headers, clock.wall()),
            location: text("location"),
            correlation_id: text(wire::CORRELATION_ID),
            body: bytes,
            received,
        }))
    }

    /// Whether a kept connection is not to be used now.
    fn is_wary(&self, is_post: bool) -> bool {
        (is_post && self.wary_of_posts.load(Ordering::Relaxed))
            || self.cut.with(|cut| cut.is_some_and(|cut| cut.elapsed() < WARY))
    }

    fn agent(&self) -> Result<Agent, Error> {
        let generation = process::generation();
        if let Some(agent) =
            self.agent.with(|agent| agent.as_ref().filter(|(made, _)| *made == generation).map(|(_, agent)| agent.clone()))
        {
            return Ok(agent);
        }
        // Reading the system's certificates takes a while: not under the lock. Two threads may do it at once; one wins.
        let fresh = self.make_agent()?;
        Ok(self.agent.with(|agent| match agent {
            Some((made, agent)) if *made == generation => agent.clone(),
            _ => {
                // The parent's connections are the parent's: closing them here could say good-bye in its name.
                std::mem::forget(agent.replace((generation, fresh.clone())));
                fresh
            }
        }))
    }

    fn make_agent(&self) -> Result<Agent, Error> {
        let uri: Uri = self.config.host.parse().map_err(|_| Error::new(Code::Internal, "the checked host is no address"))?;
        let mut tls =
            TlsConfig::builder().unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
        if uri.scheme_str() == Some("https") {
            tls = tls.root_certs(RootCerts::new_with_certs(&self.roots()?));
        }
        let proxy = self.config.proxy.as_ref().map(|proxy| ::ureq::Proxy::new(proxy.reveal())).transpose();
        let proxy = proxy.map_err(|_| Error::new(Code::Config, "proxy: is no address; write it as http://host:port."))?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(proxy)
            .tls_config(tls.build())
            .user_agent(self.config.user_agent.as_str())
            .timeout_global(Some(Duration::from_secs_f64(self.config.timeout_s)))
            .timeout_connect(Some(Duration::from_secs_f64(self.config.connect_timeout_s)))
            .max_idle_age(IDLE)
            .build();
        let connector =
            ().chain(ConnectProxyConnector::default())
                .chain(TcpConnector::default())
                .chain(Attentive)
                .chain(RustlsConnector::default());
        let connector =
            connector.chain(Marking { authority: uri.authority().map(|authority| authority.to_string()).unwrap_or_default() });
        Ok(Agent::with_parts(
            config,
            connector,
            CallersThread { resolver: DefaultResolver::default(), found: self.found.clone() },
        ))
    }

    fn roots(&self) -> Result<Vec<Certificate<'static>>, Error> {
        let system = rustls_native_certs::load_native_certs();
        let mut roots: Vec<_> = system.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
        roots.extend(self.own_roots.iter().cloned());
        if roots.is_empty() {
            let why = system.errors.first().map(|e| format!(" ({e})")).unwrap_or_default();
            let message = format!(
                "No certificate authorities were found on this system{why}, so no server can be trusted. Install them (Debian: \
                 package ca-certificates), or name a PEM file as \"ca_file\" in the configuration."
            );
            return Err(Error::new(Code::Config, message));
        }
        Ok(roots)
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        let agent = self.agent.with(Option::take);
        if agent.as_ref().is_some_and(|(made, _)| *made != process::generation()) {
            std::mem::forget(agent);
        }
    }
}

fn read_roots(path: &str) -> Result<Vec<Certificate<'static>>, Error> {
    let bad = |problem: String| Error::new(Code::Config, format!("ca_file: {problem}.")).field("ca_file", &problem);
    let pem = std::fs::read(path).map_err(|e| bad(format!("{path} cannot be read: {e}")))?;
    let mut roots = Vec::new();
    for item in ::ureq::tls::parse_pem(&pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => roots.push(certificate),
            Ok(_) => {}
            Err(_) => return Err(bad(format!("{path} is no PEM file"))),
        }
    }
    if roots.is_empty() {
        return Err(bad(format!("{path} holds no certificate (a PEM file with -----BEGIN CERTIFICATE----- is expected)")));
    }
    Ok(roots)
}

fn unsendable(e: ::ureq::http::Error) -> Error {
    Error::new(Code::Argument, format!("The request cannot be written as HTTP: {e}. Nothing was sent."))
}

fn cause(e: &::ureq::Error) -> Cause {
    use std::io::ErrorKind;
    match e {
        ::ureq::Error::HostNotFound => Cause::Name,
        ::ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => Cause::Connect,
        ::ureq::Error::Timeout(_) => Cause::Timeout,
        ::ureq::Error::Rustls(_) | ::ureq::Error::Tls(_) | ::ureq::Error::TlsRequired | ::ureq::Error::Pem(_) => Cause::Trust,
        ::ureq::Error::ConnectProxyFailed(_) | ::ureq::Error::ConnectionFailed => Cause::Connect,
        ::ureq::Error::BodyExceedsLimit(_) => Cause::TooLong,
        ::ureq::Error::Protocol(_) | ::ureq::Error::Http(_) | ::ureq::Error::LargeResponseHeader(..) => Cause::NoHttp,
        ::ureq::Error::Io(e) => {
            if let Some(inner) = e.get_ref() {
                if inner.is::<rustls::Error>() {
                    return Cause::Trust;
                }
                if let Some(inner) = inner.downcast_ref::<::ureq::Error>() {
                    return cause(inner);
                }
                if inner.is::<NameNotFound>() {
                    return Cause::Name;
                }
            }
            match e.kind() {
                ErrorKind::TimedOut | ErrorKind::WouldBlock => Cause::Timeout,
                ErrorKind::ConnectionRefused
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::NetworkDown
                | ErrorKind::AddrNotAvailable => Cause::Connect,
                _ => Cause::Cut,
            }
        }
        _ => Cause::Cut,
    }
}

/// `Retry-After`: seconds, or an HTTP date (measured against the answer's own `Date`, which the same clock wrote).
fn retry_after_s(headers: &HeaderMap, wall: f64) -> Option<f64> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let value = text("retry-after")?;
    if let Ok(seconds) = value.parse::<f64>() {
        return (seconds.is_finite() && seconds >= 0.0).then_some(seconds);
    }
    let moment = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp().as_second() as f64);
    let now = text("date").and_then(moment).unwrap_or(wall);
    moment(value).map(|until| (until - now).max(0.0))
}

/// What the connectors of the exchange under way on this thread report to and ask. A connection outlives its exchange in the
/// pool, so it cannot hold this itself.
#[derive(Clone)]
struct Watch {
    stop: Rc<dyn Fn() -> bool>,
    sent: Rc<Cell<bool>>,
    stopped: Rc<Cell<bool>>,
    /// The connection was made for this exchange.
    fresh: Rc<Cell<bool>>,
    looked: Rc<Cell<Instant>>,
}

thread_local! {
    /// Without a destructor: hosts make calls from `atexit` too, when a thread's other values are gone. It is empty between calls.
    static WATCH: ManuallyDrop<RefCell<Option<Watch>>> = const { ManuallyDrop::new(RefCell::new(None)) };
}

/// The watch that was there before: an observer may call the library while a call of its own is under way.
struct Watching(Option<Watch>);

impl Watch {
    fn begin(&self) -> Watching {
        Watching(WATCH.with(|watch| watch.replace(Some(self.clone()))))
    }
    fn current() -> Option<Watch> {
        // Not borrowed while the watch is asked: what it calls is the host's.
        WATCH.with(|watch| watch.borrow().clone())
    }

    /// Asks, every now and then, whether to go on.
    fn look_up(&self) -> Result<(), ::ureq::Error> {
        if self.looked.get().elapsed() < LOOK_UP {
            return Ok(());
        }
        self.looked.set(Instant::now());
        if !(self.stop)() {
            return Ok(());
        }
        self.stopped.set(true);
        // No `ErrorKind::Interrupted`: whoever reads would simply read on.
        Err(::ureq::Error::Io(std::io::Error::other("stopped by the host")))
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        WATCH.with(|watch| watch.replace(self.0.take()));
    }
}

/// Resolves names on the caller's own thread. ureq's own resolver would start a thread to keep to a time-out; the system's
/// has one of its own (resolv.conf), and this library starts no threads in its host.
///
/// What was found is kept for a moment: ureq asks for each request, also where a connection is there.
#[derive(Debug, Default)]
struct CallersThread {
    resolver: DefaultResolver,
    found: Found,
}

/// Which addresses a name had, and when.
type Found = Arc<Mutex<Option<(String, Instant, Vec<SocketAddr>)>>>;

/// For how long addresses are taken for the same.
const ADDRESSES_LAST: Duration = Duration::from_secs(30);

#[derive(Debug)]
struct NameNotFound(String);

impl std::fmt::Display for NameNotFound {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}
impl std::error::Error for NameNotFound {}

impl Resolver for CallersThread {
    fn resolve(
        &self,
        uri: &Uri,
        config: &::ureq::config::Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ::ureq::Error> {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else { return Err(::ureq::Error::HostNotFound) };
        let address = DefaultResolver::host_and_port(scheme, authority).ok_or(::ureq::Error::HostNotFound)?;
        let known = |found: &mut Option<(String, Instant, Vec<SocketAddr>)>| {
            let known = found.as_ref().filter(|(name, at, _)| *name == address && at.elapsed() < ADDRESSES_LAST);
            known.map(|(_, _, addresses)| addresses.clone())
        };
        let found = match self.found.with(known) {
            Some(known) => known,
            None => {
                // The C library's look-up takes locks of its own, which a fork in the middle would leave locked in the child.
                let found = process::fork_critical(|| address.to_socket_addrs());
                let found = found.map_err(|e| ::ureq::Error::Io(std::io::Error::other(NameNotFound(e.to_string()))))?;
                let found: Vec<SocketAddr> = found.take(16).collect();
                self.found.with(|kept| *kept = Some((address, Instant::now(), found.clone())));
                found
            }
        };
        let mut addresses = self.resolver.empty();
        for address in config.ip_family().keep_wanted(found.into_iter()) {
            addresses.push(address);
        }
        if addresses.is_empty() { Err(::ureq::Error::HostNotFound) } else { Ok(addresses) }
    }
}

/// Wraps the socket: waits in short steps and looks up between them.
#[derive(Debug)]
struct Attentive;

#[derive(Debug)]
struct AttentiveWire(Box<dyn Wire>);

impl<In: Wire> Connector<In> for Attentive {
    type Out = AttentiveWire;

    fn connect(&self, _: &ConnectionDetails, chained: Option<In>) -> Result<Option<AttentiveWire>, ::ureq::Error> {
        Ok(chained.map(|wire| AttentiveWire(wire.boxed())))
    }
}

impl Wire for AttentiveWire {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }
    fn transmit_output(&mut self, amount: usize, mut timeout: NextTimeout) -> Result<(), ::ureq::Error> {
        // In whole seconds, so that the socket need not be told another one each time.
        if let time::Duration::Exact(left) = timeout.after
            && left > Duration::from_secs(2)
        {
            timeout.after = time::Duration::from_secs(left.as_secs_f64().ceil() as u64);
        }
        self.0.transmit_output(amount, timeout)
    }
    fn await_input(&mut self, mut timeout: NextTimeout) -> Result<bool, ::ureq::Error> {
        let watch = Watch::current();
        let started = Instant::now();
        let whole = *timeout.after;
        // A server that drips never lets a step end.
        if let Some(watch) = &watch {
            watch.look_up()?;
        }
        loop {
            let left = whole.saturating_sub(started.elapsed());
            let step = if left.is_zero() { left } else { left.min(LOOK_UP) };
            timeout.after = time::Duration::Exact(step);
            match self.0.await_input(timeout) {
                Err(::ureq::Error::Timeout(_)) if left > step => {}
                other => return other,
            }
            if let Some(watch) = &watch {
                watch.look_up()?;
            }
        }
    }
    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }
    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

/// Wraps the finished connection to the server: notes the first byte of a request that goes out. (What a TLS handshake or a
/// proxy's CONNECT sends lies below and does not count.)
#[derive(Debug)]
struct Marking {
    authority: String,
}

#[derive(Debug)]
struct MarkingWire {
    wire: Box<dyn Wire>,
    marks: bool,
}

impl<In: Wire> Connector<In> for Marking {
    type Out = MarkingWire;

    fn connect(&self, details: &ConnectionDetails, chained: Option<In>) -> Result<Option<MarkingWire>, ::ureq::Error> {
        if let Some(watch) = Watch::current() {
            watch.fresh.set(true);
        }
        let marks = details.uri.authority().is_some_and(|authority| authority.as_str() == self.authority);
        Ok(chained.map(|wire| MarkingWire { wire: wire.boxed(), marks }))
    }
}

impl Wire for MarkingWire {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.wire.buffers()
    }
    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ::ureq::Error> {
        if let (true, Some(watch)) = (self.marks && amount > 0, Watch::current()) {
            watch.sent.set(true);
        }
        self.wire.transmit_output(amount, timeout)
    }
    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ::ureq::Error> {
        self.wire.await_input(timeout)
    }
    fn is_open(&mut self) -> bool {
        self.wire.is_open()
    }
    fn is_tls(&self) -> bool {
        self.wire.is_tls()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .filter_map(|(name, value)| Some((::ureq::http::HeaderName::from_static(name), value.parse().ok()?)))
            .collect()
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(retry_after_s(&headers(&[("retry-after", "17")]), 0.0), Some(17.0));
        assert_eq!(retry_after_s(&headers(&[]), 0.0), None);
        assert_eq!(retry_after_s(&headers(&[("retry-after", "soon")]), 0.0), None);
        assert_eq!(retry_after_s(&headers(&[("retry-after", "-5")]), 0.0), None);
        let date = headers(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ("date", "Sun, 06 Nov 1994 08:48:37 GMT")]);
        assert_eq!(retry_after_s(&date, 0.0), Some(60.0));
        assert_eq!(
            retry_after_s(&headers(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]), 784_111_777.0 - 5.0),
            Some(5.0)
        );
        assert_eq!(retry_after_s(&headers(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]), 2e9), Some(0.0));
    }
}
