//! The way to a server over sockets, by ureq: connections, TLS, proxy and time-outs, and the rules by which a kept connection is
//! used again or not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ureq::http::{Method, Request, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, RustlsConnector, TcpConnector};
use ureq::{Agent, Timeout};

use super::exchange::{Answer, Broken, Cause, Exchange, Outcome, Outgoing};
use super::rehearsal::rehearse;
use super::resolver::{Addresses, CallersThread, NameNotFound};
use super::retry_after::RetryAfter;
use super::socket::{Attentive, Marking, Watch};
use super::{packing, roots};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Code, Error};
use crate::process::{self, Mutex};
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
    agent: Mutex<Option<(u64, Agent)>>,
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
        let agent = self.agent()?;
        let mut request = Request::builder().method(outgoing.method.clone()).uri(outgoing.url);
        request = request.header("accept", "application/json").header("accept-encoding", packing::ASKED_FOR);
        if let Some(authorization) = outgoing.authorization {
            request = request.header("authorization", authorization);
        }
        if outgoing.body.is_some() {
            request = request.header("content-type", outgoing.content_type);
        }
        let is_post = outgoing.method == Method::POST;
        let wary = self.is_wary(is_post) || self.is_suspect.swap(false, Ordering::Relaxed);
        let idle = match (is_post, wary) {
            (_, true) => Duration::ZERO,
            (false, false) => IDLE,
            (true, false) => IDLE_BEFORE_POST,
        };

        let watch = Watch::new(outgoing.stop.clone());
        let watching = watch.begin();
        let answered = match outgoing.body {
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
            Err(e) => return broken(cause(&e), None, e.to_string()),
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
                return broken(cause(&e), Some(received), e.to_string());
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
            ().chain(ConnectProxyConnector::default())
                .chain(TcpConnector::default())
                .chain(Attentive)
                .chain(RustlsConnector::default());
        let connector = connector.chain(Marking { authority: uri.authority().map(ToString::to_string).unwrap_or_default() });
        Ok(Agent::with_parts(config, connector, CallersThread::new(self.addresses.clone())))
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

fn unsendable(e: ureq::http::Error) -> Error {
    Error::argument(format!("The request cannot be written as HTTP: {e}."))
}

fn cause(e: &ureq::Error) -> Cause {
    use std::io::ErrorKind;
    match e {
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
