//! Making a connection, before the exchange that needs it: a handshake with a long chain of certificates takes so much of a small stack
//! that nothing else may stand on it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::Timeout;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, Transport as Wire, time};

use super::resolver::CallersThread;
use super::socket::Attentive;
use super::tcp::Tcp;
use super::tls::Tls;

/// Sizes of a connection's buffers, in bytes: a page of a list at once, and a record of TLS.
pub const INPUT: usize = 80 << 10;
pub const OUTPUT: usize = 16 << 10;

/// A connection that is wanted.
pub struct Wanted<'a> {
    /// The server.
    pub uri: &'a Uri,
    /// The proxy, the name that is told to it, and the buffers' sizes.
    pub config: &'a Config,
    /// Looks names up.
    pub resolver: &'a CallersThread,
    /// The longest time for connecting, once the name is looked up.
    pub connect: Duration,
    /// The end of all of it.
    pub until: Instant,
}

/// What is left until then, for one step of an exchange.
pub fn left(until: Instant) -> NextTimeout {
    let after = time::Duration::Exact(until.saturating_duration_since(Instant::now()));
    NextTimeout { after, ..NextTimeout::default() }
}

/// What makes connections.
type Chain = Arc<dyn Connector<(), Out = Box<dyn Wire>>>;

/// The chain's end: gives all connections one type.
#[derive(Debug)]
struct Boxed;

impl<In: Wire> Connector<In> for Boxed {
    type Out = Box<dyn Wire>;
    fn connect(&self, _: &ConnectionDetails, chained: Option<In>) -> Result<Option<Box<dyn Wire>>, ureq::Error> {
        Ok(chained.map(Wire::boxed))
    }
}

/// Makes a connection to the server, through the proxy and with TLS where these are set. In a frame of its own, which is gone when the
/// connection is used.
#[inline(never)]
pub fn make(wanted: &Wanted, tls: Tls) -> Result<Box<dyn Wire>, ureq::Error> {
    let Wanted { uri, config, resolver, connect, until } = *wanted;
    // A proxy looks the server's name up by itself.
    let addrs: ResolvedSocketAddrs = match config.proxy() {
        None => resolver.resolve(uri, config, left(until))?,
        Some(_) => resolver.empty(),
    };
    let mut timeout = left(until);
    if timeout.after.is_zero() {
        return Err(ureq::Error::Timeout(timeout.reason));
    }
    if connect < *timeout.after {
        timeout = NextTimeout { after: time::Duration::Exact(connect), reason: Timeout::Connect, ..timeout };
    }
    let chain: Chain = Arc::new(().chain(ConnectProxyConnector::default()).chain(Tcp).chain(Attentive).chain(tls).chain(Boxed));
    let for_proxies = chain.clone();
    let details = ConnectionDetails {
        uri,
        addrs,
        config,
        request_level: false,
        resolver,
        now: time::Instant::now(),
        timeout,
        current_time: Arc::new(time::Instant::now),
        run_connector: Arc::new(move |details: &ConnectionDetails| {
            for_proxies.connect(details, None)?.ok_or(ureq::Error::ConnectionFailed)
        }),
        register_shutdown: Arc::new(|_| Ok(())),
    };
    chain.connect(&details, None)?.ok_or(ureq::Error::ConnectionFailed)
}
