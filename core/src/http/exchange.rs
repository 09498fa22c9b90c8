//! What an exchange is: a request that goes out, and what comes back or breaks. Nothing is repeated here and nothing understood.

use std::fmt::Debug;
use std::rc::Rc;

pub use ureq::http::Method;

use super::retry_after::RetryAfter;
use crate::clock::Clock;
use crate::error::Error;

/// The way to the server.
pub trait Exchange: Send + Sync + Debug {
    /// Sends one request and reads its answer. Errors: what kept the request from being made at all; nothing was sent then.
    fn exchange(&self, clock: &dyn Clock, outgoing: &Outgoing) -> Result<Outcome, Error>;
}

/// A request as it goes over the wire.
pub struct Outgoing<'a> {
    /// The HTTP method.
    pub method: Method,
    /// The whole address.
    pub url: &'a str,
    /// The value of the header `Authorization`.
    pub authorization: Option<&'a str>,
    /// The type of the body.
    pub content_type: &'a str,
    /// The body, where the method has one.
    pub body: Option<&'a [u8]>,
    /// The job that it is part of, told in the header `User-Agent`.
    pub job: Option<&'a str>,
    /// Longest time that it may take, connecting included; at most the configured one.
    pub timeout_s: f64,
    /// Asked every moment while the server is silent; `true` gives up, if that is still possible without doubt.
    pub stop: Rc<dyn Fn() -> bool>,
}

/// What came back.
#[derive(Debug)]
pub enum Outcome {
    /// A complete answer.
    Answered(Answer),
    /// None, or half of one.
    Broken(Broken),
}

/// A complete answer, of any status.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body as it came, unpacked.
    pub body: Vec<u8>,
    /// For how long the server asks to be left alone.
    pub retry_after: RetryAfter,
    /// How the body is packed, where that is nothing that was asked for.
    pub packed: Option<String>,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// The name of the request in the server's logs.
    pub correlation_id: Option<String>,
    /// When its head was there, in seconds of the clock.
    pub received: f64,
}

/// An exchange that did not end in a complete answer.
#[derive(Debug)]
pub struct Broken {
    /// What broke.
    pub cause: Cause,
    /// Whether any byte of the request may have reached the server.
    pub sent: bool,
    /// When the head of an answer was there, if one was.
    pub received: Option<f64>,
    /// The system's words; for [`Cause::Trust`] whole sentences, with what to do.
    pub detail: String,
}

/// What broke an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The host's name is not known to the name service.
    Name,
    /// No connection.
    Connect,
    /// No trust: certificate or TLS.
    Trust,
    /// The server took too long.
    Timeout,
    /// The connection ended in the middle.
    Cut,
    /// What came is no HTTP.
    NoHttp,
    /// The body is not packed as it says.
    Garbled,
    /// The body is longer than `max_body_bytes`.
    TooLong,
    /// The system has too little for this process: descriptors, memory. The detail says of what.
    Short,
    /// The host asked to stop.
    Stopped,
}
