//! Making a connection ahead of the exchange that needs it. ureq connects from deep inside, where a handshake with a long chain of
//! certificates does not fit on a small stack; so its connector only asks for a connection, the exchange begins anew when it is made, and
//! gets it then.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ArrayVec, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout, Transport as Wire, time};

/// What makes connections.
pub type Chain = Arc<dyn Connector<(), Out = Box<dyn Wire>>>;

thread_local! {
    /// Without destructors, as hosts make calls from `atexit` too. Both are empty between exchanges, and while the host's code runs.
    static WANTED: ManuallyDrop<RefCell<Option<Wanted>>> = const { ManuallyDrop::new(RefCell::new(None)) };
    static MADE: ManuallyDrop<RefCell<Option<Box<dyn Wire>>>> = const { ManuallyDrop::new(RefCell::new(None)) };
}

/// A connection that an exchange asked for.
pub struct Wanted {
    uri: Uri,
    addresses: ResolvedSocketAddrs,
    config: Config,
    now: time::Instant,
    timeout: NextTimeout,
    current_time: Arc<dyn Fn() -> time::Instant + Send + Sync>,
}

/// What was asked for by the exchange that has just ended without one.
pub fn wanted() -> Option<Wanted> {
    WANTED.with(|wanted| wanted.borrow_mut().take())
}

/// Closes a connection that was made and not taken: another thread gave one back meanwhile. Before an exchange: none may find what a
/// panic left of another one, which may have been with another server.
pub fn forget() {
    drop(wanted());
    let made = MADE.with(|made| made.borrow_mut().take());
    drop(made);
}

/// Makes the connection; the next exchange on this thread that asks gets it. In a frame of its own, which is gone by then.
#[inline(never)]
pub fn make(wanted: Wanted, chain: &Chain, resolver: &dyn Resolver) -> Result<(), ureq::Error> {
    let for_proxies = chain.clone();
    let details = ConnectionDetails {
        uri: &wanted.uri,
        addrs: wanted.addresses,
        config: &wanted.config,
        // All requests share the agent's settings of TLS.
        request_level: false,
        resolver,
        now: wanted.now,
        timeout: wanted.timeout,
        current_time: wanted.current_time,
        run_connector: Arc::new(move |details: &ConnectionDetails| {
            for_proxies.connect(details, None)?.ok_or(ureq::Error::ConnectionFailed)
        }),
        register_shutdown: Arc::new(|_| Ok(())),
    };
    let wire = chain.connect(&details, None)?.ok_or(ureq::Error::ConnectionFailed)?;
    MADE.with(|made| made.replace(Some(wire)));
    Ok(())
}

/// The agent's connector: gives what was made, or notes what is wanted.
#[derive(Debug)]
pub struct Ahead;

impl Connector<()> for Ahead {
    type Out = Box<dyn Wire>;

    fn connect(&self, details: &ConnectionDetails, _: Option<()>) -> Result<Option<Box<dyn Wire>>, ureq::Error> {
        if let Some(made) = MADE.with(|made| made.borrow_mut().take()) {
            return Ok(Some(made));
        }
        let mut addresses: ResolvedSocketAddrs = ArrayVec::from_fn(|_| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        for address in &details.addrs {
            addresses.push(*address);
        }
        let wanted = Wanted {
            uri: details.uri.clone(),
            addresses,
            config: details.config.clone(),
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
        };
        WANTED.with(|place| place.replace(Some(wanted)));
        Err(ureq::Error::ConnectionFailed)
    }
}
