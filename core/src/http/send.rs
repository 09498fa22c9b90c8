//! One exchange over a connection that is there: the request goes out, the head of its answer comes back, and the body is read from
//! what is left. HTTP itself is ureq's (`ureq_proto`): how a request is written, and where an answer ends.

use std::io::{self, ErrorKind, Read};
use std::time::Instant;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use ureq::http::{self, HeaderName, HeaderValue, Method, Request, Uri};
use ureq::unversioned::transport::Transport as Wire;
use ureq_proto::client::state::{RecvBody, RecvResponse, SendRequest};
use ureq_proto::client::{Call, RecvBodyResult, RecvResponseResult, SendRequestResult};
use zeroize::Zeroizing;

use super::connection::left;
use super::exchange::Outgoing;
use super::packing;
use crate::error::Error;

/// The longest head of an answer that is read, in bytes.
const LONGEST_HEAD: usize = 64 << 10;
/// What a request's head has room for beside the texts that are given: the names of its headers, and the length.
const REST_OF_HEAD: usize = 320;

/// A request as it goes out.
pub struct Message {
    call: Call<SendRequest>,
    /// Head and body; the head has the token in it.
    bytes: Zeroizing<Vec<u8>>,
    body_length: usize,
}

impl Message {
    /// Writes the request. Errors: `argument` where that cannot be done as HTTP wants it.
    pub fn of(outgoing: &Outgoing, user_agent: &str) -> Result<Message, Error> {
        let unsendable = |e: &dyn std::fmt::Display| Error::argument(format!("The request cannot be written as HTTP: {e}."));
        Message::written(outgoing, user_agent).map_err(|e| match e {
            Unwritable::Address(e) => unsendable(&e),
            Unwritable::Value(e) => unsendable(&e),
            Unwritable::Otherwise(e) => unsendable(&e),
        })
    }

    #[inline(never)]
    fn written(outgoing: &Outgoing, user_agent: &str) -> Result<Message, Unwritable> {
        let with_job = outgoing.job.map(|job| format!("{user_agent} ({})", job_in_comment(job)));
        let user_agent = with_job.as_deref().unwrap_or(user_agent);
        let mut request = Request::new(());
        *request.method_mut() = outgoing.method.clone();
        *request.uri_mut() = outgoing.url.parse::<Uri>()?;
        let mut call = Call::new(request)?;
        let mut set = |name: HeaderName, value: HeaderValue| call.header(name, value);
        set(ACCEPT, HeaderValue::from_static("application/json"))?;
        set(ACCEPT_ENCODING, HeaderValue::from_static(packing::ASKED_FOR))?;
        set(USER_AGENT, HeaderValue::from_str(user_agent)?)?;
        if let Some(authorization) = outgoing.authorization {
            set(AUTHORIZATION, HeaderValue::from_str(authorization)?)?;
        }
        if outgoing.body.is_some() {
            set(CONTENT_TYPE, HeaderValue::from_str(outgoing.content_type)?)?;
        }
        let body = outgoing.body.unwrap_or_default();
        // Without a length, a request of these methods would go in chunks, which not every server takes.
        if outgoing.body.is_some() || matches!(outgoing.method, Method::POST | Method::PUT | Method::PATCH) {
            set(CONTENT_LENGTH, HeaderValue::from(body.len()))?;
        }
        if outgoing.body.is_some() {
            call.force_send_body();
        }
        let texts = [outgoing.url, user_agent, outgoing.content_type, outgoing.authorization.unwrap_or_default()];
        let room = texts.iter().map(|text| text.len()).sum::<usize>() + REST_OF_HEAD;
        let mut bytes = Zeroizing::new(vec![0; room + body.len()]);
        let mut call = call.proceed();
        let mut length = 0;
        while !call.can_proceed() {
            length += call.write(bytes.get_mut(length..room).unwrap_or_default())?;
        }
        bytes.truncate(length);
        bytes.extend_from_slice(body);
        Ok(Message { call, bytes, body_length: body.len() })
    }

    /// Sends it; each piece of it is told to `goes` before.
    fn send(self, wire: &mut dyn Wire, until: Instant, goes: &dyn Fn()) -> Result<Call<RecvResponse>, ureq::Error> {
        let mut rest = self.bytes.as_slice();
        while !rest.is_empty() {
            let output = wire.buffers().output();
            let amount = output.len().min(rest.len());
            let (piece, later) = rest.split_at(amount);
            output.iter_mut().zip(piece).for_each(|(place, byte)| *place = *byte);
            rest = later;
            goes();
            let sent = within(until).and_then(|left| wire.transmit_output(amount, left));
            // The token is not left in a connection that waits. What is in use still is not optimised away.
            wire.buffers().output().get_mut(..amount).unwrap_or_default().fill(0);
            sent?;
        }
        match self.call.proceed()? {
            Some(SendRequestResult::RecvResponse(call)) => Ok(call),
            Some(SendRequestResult::SendBody(mut call)) => {
                call.consume_direct_write(self.body_length)?;
                call.proceed().ok_or(ureq::Error::ConnectionFailed)
            }
            // Neither comes of a request that is whole and asks for nothing (`Expect`).
            Some(SendRequestResult::Await100(_)) | None => Err(ureq::Error::ConnectionFailed),
        }
    }
}

/// A job's name as a comment of the header (RFC 9110, 5.6.5): what could not stand there is percent-encoded.
fn job_in_comment(job: &str) -> String {
    const AS_IT_IS: &AsciiSet = &NON_ALPHANUMERIC.remove(b' ').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    format!("job {}", utf8_percent_encode(job, AS_IT_IS))
}

/// Why a request cannot be written.
enum Unwritable {
    Address(http::uri::InvalidUri),
    Value(http::header::InvalidHeaderValue),
    Otherwise(ureq_proto::Error),
}

impl From<http::uri::InvalidUri> for Unwritable {
    fn from(e: http::uri::InvalidUri) -> Self {
        Unwritable::Address(e)
    }
}
impl From<http::header::InvalidHeaderValue> for Unwritable {
    fn from(e: http::header::InvalidHeaderValue) -> Self {
        Unwritable::Value(e)
    }
}
impl From<ureq_proto::Error> for Unwritable {
    fn from(e: ureq_proto::Error) -> Self {
        Unwritable::Otherwise(e)
    }
}

fn within(until: Instant) -> Result<ureq::unversioned::transport::NextTimeout, ureq::Error> {
    let left = left(until);
    if left.after.is_zero() { Err(ureq::Error::Timeout(left.reason)) } else { Ok(left) }
}

fn disconnected() -> ureq::Error {
    ureq::Error::Io(io::Error::new(ErrorKind::UnexpectedEof, "Peer disconnected"))
}

/// The head of an answer, and the body that is still to be read.
pub struct Incoming {
    /// Status line and headers.
    pub head: http::response::Parts,
    body: Body,
}

/// Sends a request and waits for the head of its answer. `goes` is called before anything is sent. In a frame of its own: what is below
/// needs much.
#[inline(never)]
pub fn send(mut wire: Box<dyn Wire>, message: Message, until: Instant, goes: &dyn Fn()) -> Result<Incoming, ureq::Error> {
    let mut call = message.send(&mut wire, until, goes)?;
    let head = loop {
        let more = wire.buffers().can_use_input() || wire.await_input(within(until)?)?;
        let input = wire.buffers().input();
        let (used, head) = call.try_response(input, false)?;
        let length = if head.is_some() { used } else { input.len() };
        if length > LONGEST_HEAD {
            return Err(ureq::Error::LargeResponseHeader(length, LONGEST_HEAD));
        }
        wire.buffers().input_consume(used);
        if let Some(head) = head {
            break head.into_parts().0;
        }
        if !more {
            return Err(disconnected());
        }
    };
    let state = match call.proceed() {
        Some(RecvResponseResult::RecvBody(call)) => State::Coming(Box::new(call)),
        Some(RecvResponseResult::Redirect(call)) => State::ended(call.must_close_connection()),
        Some(RecvResponseResult::Cleanup(call)) => State::ended(call.must_close_connection()),
        None => return Err(disconnected()),
    };
    Ok(Incoming { head, body: Body { wire, until, state, is_closed: false } })
}

/// How far a body is read.
enum State {
    Coming(Box<Call<RecvBody>>),
    /// To its end; and the connection may be used again.
    Whole,
    /// To its end, with which the connection ends, too.
    Last,
}

impl State {
    fn ended(must_close: bool) -> State {
        if must_close { State::Last } else { State::Whole }
    }
}

struct Body {
    wire: Box<dyn Wire>,
    until: Instant,
    state: State,
    /// The server has closed the connection.
    is_closed: bool,
}

impl Incoming {
    /// The connection, if the whole answer was read and the server lets it be used again.
    pub fn into_connection(mut self) -> Option<Box<dyn Wire>> {
        // What came behind the answer answers nothing.
        let is_clean = matches!(self.body.state, State::Whole) && self.body.wire.buffers().input().is_empty();
        is_clean.then_some(self.body.wire)
    }
}

/// The body's bytes as they come.
impl Read for Incoming {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() { Ok(0) } else { self.body.read(into).map_err(ureq::Error::into_io) }
    }
}

impl Body {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, ureq::Error> {
        loop {
            let State::Coming(call) = &mut self.state else { return Ok(0) };
            // A body that only the connection's end ends can always "proceed".
            if call.can_proceed() && call.body_mode() != ureq_proto::BodyMode::CloseDelimited {
                return self.end();
            }
            let mut made_progress = self.wire.buffers().can_use_input();
            if !made_progress {
                if self.is_closed {
                    return self.end();
                }
                made_progress = match self.wire.await_input(within(self.until)?) {
                    Err(ureq::Error::Io(e)) if is_end(&e) => {
                        self.is_closed = true;
                        true
                    }
                    other => other?,
                };
            }
            let input = self.wire.buffers().input();
            let has_ended = input.is_empty();
            let (used, given) = call.read(input, into)?;
            self.wire.buffers().input_consume(used);
            if given > 0 {
                return Ok(given);
            }
            if has_ended {
                return self.end();
            }
            if !made_progress {
                return Err(ureq::Error::BodyStalled);
            }
        }
    }

    fn end(&mut self) -> Result<usize, ureq::Error> {
        let State::Coming(call) = std::mem::replace(&mut self.state, State::Last) else { return Ok(0) };
        if call.can_proceed() {
            self.state = match call.proceed() {
                Some(RecvBodyResult::Redirect(call)) => State::ended(call.must_close_connection()),
                Some(RecvBodyResult::Cleanup(call)) => State::ended(call.must_close_connection()),
                None => State::Last,
            };
        } else if !call.is_ended_chunked() {
            // Some servers close behind the last chunk, and before the empty line that ends all of them.
            return Err(disconnected());
        }
        Ok(0)
    }
}

/// Servers end connections in each of these ways.
fn is_end(e: &io::Error) -> bool {
    matches!(e.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}
