//! What the libraries below do once in a process (what HTTP's library keeps, old kernels' random numbers come from an opened
//! file), done before the first request and with forks kept out. A fork in the midst of it would leave the child waiting for
//! ever for a thread that it does not have; tests/c/first_use.c forks at each of these moments.

use std::hash::{BuildHasher, RandomState};
use std::io::Read;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ring::rand::{SecureRandom, SystemRandom};
use ureq::http::Method;
use ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

use super::exchange::Outgoing;
use super::send::{self, Message};
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
    let outgoing = Outgoing {
        method: Method::POST,
        url: "http://127.0.0.1/",
        authorization: Some("Bearer x"),
        content_type: "application/json",
        body: Some(b"{}"),
        job: None,
        timeout_s: 1.0,
        stop: Rc::new(|| false),
    };
    let wire = Script { buffers: LazyBuffers::new(1024, 1024), answer: b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" };
    let until = Instant::now() + Duration::from_secs(600);
    let mut incoming = send::send(Box::new(wire), Message::of(&outgoing, "x").ok()?, until, &|| {}).ok()?;
    let mut body = String::new();
    incoming.read_to_string(&mut body).ok()?;
    incoming.into_connection()?.is_open().then_some(body)
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
        self.answer.is_empty()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_rehearsal_goes_to_its_end() {
        assert_eq!(super::speak_with_nobody().as_deref(), Some("{}"));
    }
}
