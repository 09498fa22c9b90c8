//! The way to a server over sockets: takes a kept connection or has one made, runs the exchange over it, and tells what its outcome says
//! of the connections to this server.

use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::http::{Method, Uri};
use ureq::unversioned::transport::Transport as Wire;
use ureq::{Agent as Ureq, Timeout};

use super::agent::{self, Agent, Settings, Shared, Trust};
use super::connection::{self, Wanted};
use super::exchange::{Answer, Broken, Cause, Exchange, Outcome, Outgoing};
use super::rehearsal::rehearse;
use super::resolver::{CallersThread, NameNotFound};
use super::retry_after::RetryAfter;
use super::roots::{self, Authorities, Source};
use super::send::{self, Incoming, Message};
use super::socket::Watch;
use super::tls::Tls;
use super::{idle, packing, trust};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Code, Error};
use crate::process::{Mutex, shortage};
use crate::wire::protocol::{self, CORRELATION_ID};

/// One client's way to its server. The connections are the agent's, which clients of equal settings share.
#[derive(Debug)]
pub struct Transport {
    config: Config,
    uri: Uri,
    /// What `ca_file` held when the client was made.
    own: Option<Arc<Authorities>>,
    /// Known from the first exchange on: nothing is read for a client that never makes one.
    shared: Mutex<Option<Arc<Shared>>>,
}

impl Transport {
    /// Errors: `config` when `ca_file` cannot be used. No connection is made yet.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let own = config.ca_file.as_deref().map(|path| roots::read(path, agent::known)).transpose()?;
        rehearse();
        agent::tidy();
        let uri = config.host.parse().map_err(|_| Error::new(Code::Internal, "the checked host is no address"))?;
        Ok(Transport { config: config.clone(), uri, own, shared: Mutex::new(None) })
    }

    fn run(&self, clock: &dyn Clock, outgoing: &Outgoing) -> Result<Outcome, Error> {
        let agent = self.agent()?;
        let message = Message::of(outgoing, &self.config.user_agent)?;
        let is_post = outgoing.method == Method::POST;
        let watch = Watch::new(outgoing.stop.clone());
        let watching = watch.begin();
        let until = Instant::now() + Duration::from_secs_f64(outgoing.timeout_s.clamp(0.001, self.config.timeout_s));
        let since = agent.since();
        let kept = agent.kept(is_post, clock.now());
        let is_kept = kept.is_some();
        let is_sent = Cell::new(false);
        let answered = match kept.map_or_else(|| self.connect(&agent, until), Ok) {
            Ok(wire) => send::send(wire, message, until, &|| is_sent.set(true)),
            Err(Unconnected::Broken(e)) => Err(e),
            Err(Unconnected::Unready(e)) => return Err(e),
        };
        let received = clock.now();
        let broken = |cause: Cause, received: Option<f64>, detail: String| {
            let cause = if watch.is_stopped() { Cause::Stopped } else { cause };
            agent.suspect();
            // They may have changed.
            agent.addresses.with(|addresses| *addresses = None);
            if is_post && cause == Cause::Cut {
                agent.beware_of_posts();
            }
            if cause == Cause::Cut && is_sent.get() && is_kept {
                agent.beware(clock.now());
            }
            Ok(Outcome::Broken(Broken { cause, sent: is_sent.get(), received, detail }))
        };
        let mut incoming = match answered {
            Ok(answered) => answered,
            Err(e) => return broken(cause(&e), None, words(&e)),
        };
        let text = |headers: &ureq::http::HeaderMap, name: &str| {
            headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let limit = self.config.max_body_bytes;
        let (packing, packed) = packing::told(text(&incoming.head.headers, "content-encoding").as_deref());
        // One more than allowed is asked for, so that too much is told from just enough.
        let read = body_of(&mut incoming, packing, limit.saturating_add(1));
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
                    sent: is_sent.get(),
                    received: Some(received),
                    detail: e.to_string(),
                }));
            }
        };
        if bytes.len() as u64 > limit {
            return broken(Cause::TooLong, Some(received), String::new());
        }
        let (status, lasts_s) = (incoming.head.status.as_u16(), idle::lasts_s(&incoming.head.headers));
        if protocol::is_transient(status) {
            agent.suspect();
        }
        let headers = &incoming.head.headers;
        let answer = Answer {
            status,
            retry_after: RetryAfter::of(headers, clock.wall()),
            packed,
            location: text(headers, "location"),
            correlation_id: text(headers, CORRELATION_ID),
            body: bytes,
            received,
        };
        if let Some(wire) = incoming.into_connection() {
            agent.keep(wire, since, clock.now(), lasts_s);
        }
        Ok(Outcome::Answered(answer))
    }

    /// Makes a connection, in a frame that is gone when it is used. Where the system's one file of authorities does not have the server's, its folders are looked into, too.
    #[inline(never)]
    fn connect(&self, agent: &Agent, until: Instant) -> Result<Box<dyn Wire>, Unconnected> {
        let proxy = self.config.proxy.as_ref().map(|proxy| ureq::Proxy::new(proxy.reveal())).transpose();
        let proxy = proxy.map_err(|_| Error::new(Code::Config, "proxy: is no address; write it as http://host:port."))?;
        let config = Ureq::config_builder()
            .proxy(proxy)
            .user_agent(self.config.user_agent.as_str())
            .input_buffer_size(connection::INPUT)
            .output_buffer_size(connection::OUTPUT)
            .build();
        let resolver = CallersThread::new(agent.addresses.clone());
        let connect = Duration::from_secs_f64(self.config.connect_timeout_s);
        let wanted = Wanted { uri: &self.uri, config: &config, resolver: &resolver, connect, until };
        let made = connection::make(&wanted, Tls(agent.tls()));
        Ok(match made {
            Err(e) if in_tls(&e).is_some_and(is_unknown) && agent.widen() => connection::make(&wanted, Tls(agent.tls()))?,
            made => made?,
        })
    }

    fn agent(&self) -> Result<Arc<Shared>, Error> {
        match self.shared.with(|shared| shared.clone().filter(|shared| shared.is_ours())) {
            Some(ours) => Ok(ours),
            None => self.join(),
        }
    }

    /// Finds the agent, or makes it, in a frame of its own: reading certificates needs much.
    #[inline(never)]
    fn join(&self) -> Result<Arc<Shared>, Error> {
        let proxys = self.config.proxy.as_ref().is_some_and(|proxy| proxy.reveal().starts_with("https:"));
        let has_tls = proxys || self.uri.scheme_str() == Some("https");
        let trust = has_tls.then(|| Trust { own: self.own.clone(), systems: Source::now() });
        let fresh =
            Arc::new(agent::share(Settings { host: self.config.host.clone(), proxy: self.config.proxy.clone(), trust })?);
        // Two threads may come so far at once; one's share stays.
        let (agent, _former) = self.shared.with(|shared| match shared {
            Some(ours) if ours.is_ours() => (ours.clone(), None),
            _ => (fresh.clone(), shared.replace(fresh.clone())),
        });
        Ok(agent)
    }
}

/// Reads and unpacks a body, in a frame of its own: what unpacks is large.
#[inline(never)]
fn body_of(incoming: &mut Incoming, packing: packing::Packing, most: u64) -> Result<Vec<u8>, packing::Failed> {
    packing::read(incoming, packing, most)
}

/// Why there is no connection.
enum Unconnected {
    Broken(ureq::Error),
    /// Something that keeps the request from being made at all.
    Unready(Error),
}

impl From<ureq::Error> for Unconnected {
    fn from(e: ureq::Error) -> Self {
        Unconnected::Broken(e)
    }
}
impl From<Error> for Unconnected {
    fn from(e: Error) -> Self {
        Unconnected::Unready(e)
    }
}

impl Exchange for Transport {
    fn exchange(&self, clock: &dyn Clock, outgoing: &Outgoing) -> Result<Outcome, Error> {
        self.run(clock, outgoing)
    }
}

/// True if another authority of the same or of another name may be the one that is missing.
fn is_unknown(e: &rustls::Error) -> bool {
    use rustls::CertificateError::{BadSignature, UnknownIssuer};
    matches!(e, rustls::Error::InvalidCertificate(UnknownIssuer | BadSignature))
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
