//! Names to addresses, on the caller's own thread.

use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::process::{self, Mutex, shortage};

mod patience;

/// Resolves names on the caller's own thread. ureq's own resolver would start a thread to keep to a time-out; the system's
/// has one of its own (resolv.conf), which is shortened where that can be done. This library starts no threads in its host.
///
/// What was found is kept for a moment: ureq asks for each request, also where a connection is there.
#[derive(Debug, Default)]
pub struct CallersThread {
    resolver: DefaultResolver,
    addresses: Addresses,
}

/// Which addresses a name had, and when.
pub type Addresses = Arc<Mutex<Option<(String, Instant, Vec<SocketAddr>)>>>;

/// For how long addresses are taken for the same.
const ADDRESSES_LAST: Duration = Duration::from_secs(30);

/// The name service does not know the name; in its own words.
#[derive(Debug)]
pub struct NameNotFound(String);

impl std::fmt::Display for NameNotFound {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}
impl std::error::Error for NameNotFound {}

impl CallersThread {
    /// A resolver that shares what it knows with others.
    pub fn new(addresses: Addresses) -> CallersThread {
        CallersThread { resolver: DefaultResolver::default(), addresses }
    }
}

/// The name service does not say so where it only lacked a descriptor, for its files or its socket.
fn not_found(e: std::io::Error) -> ureq::Error {
    let short = shortage::of_descriptors().or_else(|| shortage::number_of(&e));
    ureq::Error::Io(short.map_or_else(|| std::io::Error::other(NameNotFound(e.to_string())), std::io::Error::from_raw_os_error))
}

impl Resolver for CallersThread {
    fn resolve(&self, uri: &Uri, config: &ureq::config::Config, left: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else { return Err(ureq::Error::HostNotFound) };
        let address = DefaultResolver::host_and_port(scheme, authority).ok_or(ureq::Error::HostNotFound)?;
        let known = |found: &mut Option<(String, Instant, Vec<SocketAddr>)>| {
            let known = found.as_ref().filter(|(name, at, _)| *name == address && at.elapsed() < ADDRESSES_LAST);
            known.map(|(_, _, addresses)| addresses.clone())
        };
        let literal = address.parse::<SocketAddr>().ok().map(|address| vec![address]);
        let found = match literal.or_else(|| self.addresses.with(known)) {
            Some(known) => known,
            None => {
                // The C library's look-up takes locks of its own, which a fork in the middle would leave locked in the child.
                let found = process::fork_critical(|| patience::within(*left.after, || address.to_socket_addrs()));
                let found = found.map_err(not_found)?;
                let found: Vec<SocketAddr> = found.take(16).collect();
                self.addresses.with(|kept| *kept = Some((address, Instant::now(), found.clone())));
                found
            }
        };
        let mut addresses = self.resolver.empty();
        for address in config.ip_family().keep_wanted(found.into_iter()) {
            addresses.push(address);
        }
        if addresses.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(addresses) }
    }
}
