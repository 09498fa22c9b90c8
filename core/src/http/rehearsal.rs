//! What the libraries below do once in a process (ureq builds a header's value, old kernels' random numbers come from an opened
//! file), done before the first request and with forks kept out. A fork in the midst of it would leave the child waiting for
//! ever for a thread that it does not have; tests/c/first_use.c forks at each of these moments.

use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use ring::rand::{SecureRandom, SystemRandom};
use ureq::Agent;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ArrayVec, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport};

use crate::process::{self, descriptors};

/// Does all of it, the first time.
pub fn rehearse() {
    static DONE: AtomicBool = AtomicBool::new(false);
    if DONE.load(Ordering::Acquire) {
        return;
    }
    process::fork_critical(|| {
        // Kernels before 3.17 give random numbers through a file, which stays open.
        descriptors::with_standard_ones_taken(|| {
            RandomState::new().hash_one(0);
            let _ = SystemRandom::new().fill(&mut [0; 1]);
        });
        speak_with_nobody();
        DONE.store(true, Ordering::Release);
    });
}

/// A whole exchange, in which nothing leaves the process.
fn speak_with_nobody() -> Option<String> {
    let agent = Agent::with_parts(Agent::config_builder().proxy(None).build(), Nobody, Nobody);
    agent.get("http://127.0.0.1/").call().ok()?.body_mut().read_to_string().ok()
}

#[derive(Debug)]
struct Nobody;

impl Resolver for Nobody {
    fn resolve(&self, _: &Uri, _: &ureq::config::Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut addresses: ResolvedSocketAddrs = ArrayVec::from_fn(|_| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        addresses.push(SocketAddr::from((Ipv4Addr::LOCALHOST, 80)));
        Ok(addresses)
    }
}

impl Connector<()> for Nobody {
    type Out = Script;

    fn connect(&self, _: &ConnectionDetails, _: Option<()>) -> Result<Option<Script>, ureq::Error> {
        Ok(Some(Script { buffers: LazyBuffers::new(1024, 1024), answer: b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" }))
    }
}

#[derive(Debug)]
struct Script {
    buffers: LazyBuffers,
    /// What is still to come.
    answer: &'static [u8],
}

impl Transport for Script {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }
    fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        Ok(())
    }
    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        let room = self.buffers.input_append_buf();
        let (now, later) = self.answer.split_at(room.len().min(self.answer.len()));
        let amount = now.len();
        room.iter_mut().zip(now).for_each(|(place, byte)| *place = *byte);
        self.answer = later;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }
    fn is_open(&mut self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_rehearsal_goes_to_its_end() {
        assert_eq!(super::speak_with_nobody().as_deref(), Some("{}"));
    }
}
