//! The way to a server over sockets, by ureq: connections, TLS, proxy and time-outs, and the rules by which a kept connection is
//! used again or not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ureq::http::{Method, Request, Response, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, RustlsConnector};
use ureq::{Agent, AsSendBody, Body, Timeout};

use super::connection::{self, Ahead, Chain};
use super::exchange::{Answer, Broken, Cause, Exchange, Outcome, Outgoing};
use super::rehearsal::rehearse;
use super::resolver::{Addresses, CallersThread, NameNotFound};
use super::retry_after::RetryAfter;
use super::socket::{Attentive, Marking, Watch};
use super::tcp::Tcp;
use super::{packing, roots, trust};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Code, Error};
use crate::process::{self, Mutex, shortage};
use crate::wire::protocol::{self, CORRELATION_ID};

/// An idle connection is not used again after this long …
const IDLE: Duration = Duration::from_secs(15);
/// … and not for a POST after this long: a server that closes it at that very moment would leave the outcome unknown.
const IDLE_BEFORE_POST: Duration = Duration::from_secs(1);
/// After a kept connection was found closed, none is kept for this long: some servers close each without saying so, others
/// only when they are restarted.
const WARY: Duration = Duration::from_secs(600);

/// The connections of one client.
#[derive(Debug)]
pub struct Transport {
    config: Config,
    /// Certificates of `ca_file`, read when the client is made.
    own_roots: Vec<Certificate<'static>>,
    /// The agent, and in which generation of the process it was made. Another generation's is its parent's: it is left alone.
    agent: Mutex<Option<(u64, Way)>>,
    /// A POST broke off: the server (or what stands before it) closes connections without saying so. From then on each POST
    /// has a connection of its own, as a closed one leaves its outcome unknown.
    wary_of_posts: AtomicBool,
    /// When a request last met a kept connection that was closed without a word: a slot is lost each time. For a while each
    /// request has a connection of its own.
    cut: Mutex<Option<Instant>>,
    addresses: Addresses,
    /// The last exchange failed in a way that may lie in its connection (408 on one that was kept for too long, 421, a server that is
    /// being restarted): the next request has a new one, and those that were kept are closed.
    is_suspect: AtomicBool,
}

/// What sends requests, and what connects.
#[derive(Debug, Clone)]
struct Way {
    agent: Agent,
    chain: Chain,
}

impl Transport {
    /// Errors: `config` when `ca_file` cannot be used. No connection is made yet.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let own_roots = config.ca_file.as_deref().map(roots::read).transpose()?.unwrap_or_default();
        rehearse();
        Ok(Transport {
            config: config.clone(),
            own_roots,
            agent: Mutex::new(None),
            wary_of_posts: AtomicBool::new(false),
            cut: Mutex::new(None),
            addresses: Addresses::default(),
            is_suspect: AtomicBool::new(false),
        })
    }

    fn run(&self, clock: &dyn Clock, outgoing: &Outgoing) -> Result<Outcome, Error> {
        let Way { agent, chain } = self.way()?;
        let is_post = outgoing.method == Method::POST;
        let wary = self.is_wary(is_post) || self.is_suspect.swap(false, Ordering::Relaxed);
        let idle = match (is_post, wary) {
            (_, true) => Duration::ZERO,
            (false, false) => IDLE,
            (true, false) => IDLE_BEFORE_POST,
        };

        let watch = Watch::new(outgoing.stop.clone());
        let watching = watch.begin();
        let started = Instant::now();
        let idle = (is_post || wary || outgoing.body.is_some()).then_some(idle);
        let all = Duration::from_secs_f64(outgoing.timeout_s.clamp(0.001, self.config.timeout_s));
        let is_short = outgoing.timeout_s < self.config.timeout_s;
        connection::forget();
        let mut answered = send(&agent, outgoing, idle, is_short.then_some(all))?;
        if let Some(wanted) = connection::wanted() {
            answered = match connection::make(wanted, &chain, &CallersThread::new(self.addresses.clone())) {
                Ok(()) => {
                    let left = all.saturating_sub(started.elapsed());
                    send(&agent, outgoing, idle, Some(left))?
                }
                Err(e) => Err(e),
            };
            connection::forget();
        }
        let received = clock.now();
        let broken = |cause: Cause, received: Option<f64>, detail: String| {
            let cause = if watch.is_stopped() { Cause::Stopped } else { cause };
            self.is_suspect.store(true, Ordering::Relaxed);
            // Its addresses may have changed.
            self.addresses.with(|addresses| *addresses = None);
            if is_post && cause == Cause::Cut {
                self.wary_of_posts.store(true, Ordering::Relaxed);
            }
            if cause == Cause::Cut && watch.is_sent() && !watch.is_fresh() {
                self.cut.with(|cut| *cut = Some(Instant::now()));
            }
            Ok(Outcome::Broken(Broken { cause, sent: watch.is_sent(), received, detail }))
        };
        let answered = match answered {
            Ok(answered) => answered,
            Err(e) => return broken(cause(&e), None, words(&e)),
        };
        let (head, body) = answered.into_parts();
        let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let limit = self.config.max_body_bytes;
        let (packing, packed) = packing::told(text("content-encoding").as_deref());
        // One more than allowed is asked for, so that too much is told from just enough.
        let read = packing::read(body.into_with_config().limit(u64::MAX).reader(), packing, limit.saturating_add(1));
        drop(watching);
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(packing::Failed::Way(e)) => {
                let e = ureq::Error::from(e);
                return broken(cause(&e), Some(received), words(&e));
            }
            Err(packing::Failed::Packing(e)) => {
                return Ok(Outcome::Broken(Broken {
                    cause: Cause::Garbled,
                    sent: watch.is_sent(),
                    received: Some(received),
                    detail: e.to_string(),
                }));
            }
        };
        if bytes.len() as u64 > limit {
            return broken(Cause::TooLong, Some(received), String::new());
        }
        if protocol::is_transient(head.status.as_u16()) {
            self.is_suspect.store(true, Ordering::Relaxed);
        }
        Ok(Outcome::Answered(Answer {
            status: head.status.as_u16(),
            retry_after: RetryAfter::of(&head.headers, clock.wall()),
            packed,
            location: text("location"),
            correlation_id: text(CORRELATION_ID),
            body: bytes,
            received,
        }))
    }

    /// Whether a kept connection is not to be used now.
    fn is_wary(&self, is_post: bool) -> bool {
        (is_post && self.wary_of_posts.load(Ordering::Relaxed))
            || self.cut.with(|cut| cut.is_some_and(|cut| cut.elapsed() < WARY))
    }

    fn way(&self) -> Result<Way, Error> {
        let generation = process::generation();
        if let Some(way) =
            self.agent.with(|way| way.as_ref().filter(|(made, _)| *made == generation).map(|(_, way)| way.clone()))
        {
            return Ok(way);
        }
        // Reading the system's certificates takes a while: not under the lock. Two threads may do it at once; one wins.
        let fresh = self.make_way()?;
        Ok(self.agent.with(|agent| match agent {
            Some((made, agent)) if *made == generation => agent.clone(),
            _ => {
                // The parent's connections are the parent's: closing them here could say good-bye in its name.
                std::mem::forget(agent.replace((generation, fresh.clone())));
                fresh
            }
        }))
    }

    fn make_way(&self) -> Result<Way, Error> {
        let uri: Uri = self.config.host.parse().map_err(|_| Error::new(Code::Internal, "the checked host is no address"))?;
        let mut tls =
            TlsConfig::builder().unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
        if uri.scheme_str() == Some("https") {
            tls = tls.root_certs(RootCerts::new_with_certs(&roots::trusted(&self.own_roots)?));
        }
        let proxy = self.config.proxy.as_ref().map(|proxy| ureq::Proxy::new(proxy.reveal())).transpose();
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
            ().chain(ConnectProxyConnector::default()).chain(Tcp).chain(Attentive).chain(RustlsConnector::default());
        let connector = connector.chain(Marking { authority: uri.authority().map(ToString::to_string).unwrap_or_default() });
        let agent = Agent::with_parts(config, Ahead, CallersThread::new(self.addresses.clone()));
        Ok(Way { agent, chain: Arc::new(connector) })
    }
}

impl Exchange for Transport {
    fn exchange(&self, clock: &dyn Clock, outgoing: &Outgoing) -> Result<Outcome, Error> {
        self.run(clock, outgoing)
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

/// Sends a request over a kept connection, or over one that was made for it. `idle` and `left`: where they are other than the agent's own
/// settings, for how long a connection may have been idle, and how long all of it may take. In a frame of its own: ureq needs much.
#[inline(never)]
fn send(
    agent: &Agent,
    outgoing: &Outgoing,
    idle: Option<Duration>,
    left: Option<Duration>,
) -> Result<Result<Response<Body>, ureq::Error>, Error> {
    let mut request = Request::builder().method(outgoing.method.clone()).uri(outgoing.url);
    request = request.header("accept", "application/json").header("accept-encoding", packing::ASKED_FOR);
    if let Some(authorization) = outgoing.authorization {
        request = request.header("authorization", authorization);
    }
    if outgoing.body.is_some() {
        request = request.header("content-type", outgoing.content_type);
    }
    Ok(match outgoing.body {
        Some(body) => run(agent, request.body(body).map_err(unsendable)?, idle, left),
        None => run(agent, request.body(()).map_err(unsendable)?, idle, left),
    })
}

fn run(
    agent: &Agent,
    request: Request<impl AsSendBody>,
    idle: Option<Duration>,
    left: Option<Duration>,
) -> Result<Response<Body>, ureq::Error> {
    // The agent's own settings save the copying of others.
    if idle.is_none() && left.is_none() {
        return agent.run(request);
    }
    let mut settings = agent.configure_request(request);
    if let Some(idle) = idle {
        settings = settings.max_idle_age(idle);
    }
    if let Some(left) = left {
        settings = settings.timeout_global(Some(left));
    }
    agent.run(settings.build())
}

fn unsendable(e: ureq::http::Error) -> Error {
    Error::argument(format!("The request cannot be written as HTTP: {e}."))
}

/// What went wrong, in words: what the system has too little of, TLS's troubles in ours, anything else in the system's.
fn words(e: &ureq::Error) -> String {
    match e {
        ureq::Error::Tls("Rustls invalid dns name error") => {
            "a name as in \"host\" can stand in no certificate. Is \"host\" right?".to_owned()
        }
        e => short(e).or_else(|| in_tls(e).map(trust::why)).unwrap_or_else(|| e.to_string()),
    }
}

/// TLS's own error, however deep it is wrapped.
fn in_tls(e: &ureq::Error) -> Option<&rustls::Error> {
    match e {
        ureq::Error::Rustls(e) => Some(e),
        ureq::Error::Io(e) => {
            let inner = e.get_ref()?;
            inner.downcast_ref::<rustls::Error>().or_else(|| inner.downcast_ref::<ureq::Error>().and_then(in_tls))
        }
        _ => None,
    }
}

/// What the system has too little of for this process.
fn short(e: &ureq::Error) -> Option<String> {
    match e {
        ureq::Error::Io(e) => match e.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
            Some(inner) => short(inner),
            None => shortage::words(e),
        },
        _ => None,
    }
}

fn cause(e: &ureq::Error) -> Cause {
    use std::io::ErrorKind;
    match e {
        e if short(e).is_some() => Cause::Short,
        ureq::Error::HostNotFound => Cause::Name,
        ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => Cause::Connect,
        ureq::Error::Timeout(_) => Cause::Timeout,
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::TlsRequired | ureq::Error::Pem(_) => Cause::Trust,
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::ConnectionFailed => Cause::Connect,
        ureq::Error::BodyExceedsLimit(_) => Cause::TooLong,
        ureq::Error::Protocol(_) | ureq::Error::Http(_) | ureq::Error::LargeResponseHeader(..) => Cause::NoHttp,
        ureq::Error::Io(e) => {
            if let Some(inner) = e.get_ref() {
                if inner.is::<rustls::Error>() {
                    return Cause::Trust;
                }
                if let Some(inner) = inner.downcast_ref::<ureq::Error>() {
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
