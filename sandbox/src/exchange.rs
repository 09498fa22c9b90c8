//! One request and its answer, with the fault that is set for it, if any.

use crate::api;
use crate::ask::Ask;
use crate::base::{self, Base};
use crate::calendar;
use crate::control;
use crate::fault::{Fault, Kind};
use crate::link;
use crate::packing;
use crate::random::Random;
use crate::reply::{Answer, Reply};
use crate::request::{ReplySeen, Request};
use crate::shared::Shared;
use crate::world::World;
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::{HeaderMap, Response, header};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;

/// How much of an answer the log keeps, in bytes: all of any page of a list.
const BODY_KEPT: usize = 128 * 1024;

/// No HTTP answer: these bytes are written as they are, and the connection is closed.
#[derive(Debug)]
pub(crate) struct Closing {
    pub(crate) last: Bytes,
    /// How long the connection stays open after these bytes.
    pub(crate) idle: Duration,
    pub(crate) reset: bool,
}

impl Closing {
    fn at_once() -> Self {
        Self { last: Bytes::new(), idle: Duration::ZERO, reset: false }
    }
}

impl fmt::Display for Closing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed on request")
    }
}

impl std::error::Error for Closing {}

/// A body in pieces, with a pause between them.
pub(crate) struct Pieces {
    pieces: VecDeque<Bytes>,
    left: u64,
    pause: Duration,
    pausing: Option<Pin<Box<Sleep>>>,
}

impl Pieces {
    fn new(pieces: impl Into<VecDeque<Bytes>>, pause: Duration) -> Self {
        let pieces = pieces.into();
        let left = pieces.iter().map(|piece| piece.len() as u64).sum();
        Self { pieces, left, pause, pausing: None }
    }

    fn whole(body: Bytes) -> Self {
        Self::new([body], Duration::ZERO)
    }

    fn drip(body: &Bytes, bytes: usize, pause: Duration) -> Self {
        let piece = |start: usize| body.slice(start..(start + bytes.max(1)).min(body.len()));
        Self::new((0..body.len()).step_by(bytes.max(1)).map(piece).collect::<VecDeque<_>>(), pause)
    }

    /// A JSON object of exactly so many bytes, without holding them.
    fn huge(bytes: usize) -> Self {
        let (head, tail) = (Bytes::from_static(b"{\"padding\":\""), Bytes::from_static(b"\"}"));
        let mut left: usize = bytes.max(16) - head.len() - tail.len();
        let block = Bytes::from(vec![b'x'; 65_536]);
        let mut pieces = VecDeque::from([head]);
        while left > 0 {
            let piece = block.slice(..left.min(block.len()));
            left -= piece.len();
            pieces.push_back(piece);
        }
        pieces.push_back(tail);
        Self::new(pieces, Duration::ZERO)
    }

    fn gather(self) -> Bytes {
        self.pieces.iter().flatten().copied().collect()
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(pausing) = &mut self.pausing {
            match pausing.as_mut().poll(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(()) => self.pausing = None,
            }
        }
        let Some(piece) = self.pieces.pop_front() else { return Poll::Ready(None) };
        self.left -= piece.len() as u64;
        if !self.pause.is_zero() && !self.pieces.is_empty() {
            self.pausing = Some(Box::pin(tokio::time::sleep(self.pause)));
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

pub(crate) type Outcome = Result<Response<Pieces>, Closing>;

/// Answers a request that has come on connection `connection`.
pub(crate) async fn answer(shared: Arc<Shared>, connection: u64, request: hyper::Request<Incoming>) -> Outcome {
    let (head, body) = request.into_parts();
    // A client that breaks off in the middle of its request is not acted upon.
    let Ok(body) = body.collect().await else { return Err(Closing::at_once()) };
    let host = head.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let base = match host {
        Some(host) => format!("{}://{host}", shared.scheme),
        None => format!("{}://{}", shared.scheme, shared.address),
    };
    let base = Base(base);
    let ask = Ask {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body: body.to_bytes(),
        base,
        links: shared.world().links(),
    };
    if ask.path.starts_with(base::CONTROL) {
        let mut world = shared.world();
        let reply = control::answer(&mut world, &ask);
        return Ok(respond(&world, reply));
    }
    if ask.path.starts_with(base::LINK) {
        let answer = link::answer(&shared, &ask).await;
        let mut world = shared.world();
        log(&shared, &mut world, &ask, &answer, connection, None, answer.reply.status);
        return Ok(respond(&world, answer.reply));
    }
    let fault = {
        let mut world = shared.world();
        match world.faults.strike(&ask.method, &ask.path, &ask.query) {
            Some(fault) => fault,
            None => {
                let answer = api::answer(&mut world, &ask);
                log(&shared, &mut world, &ask, &answer, connection, None, answer.reply.status);
                let reply = packing::packed(answer.reply, packing::wanted(&world, &ask));
                return Ok(respond(&world, reply));
            }
        }
    };
    // In a task of its own: a real server goes on with its work when the client has hung up.
    match tokio::spawn(struck(shared, ask, fault, connection)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Closing::at_once()),
    }
}

/// The way of a request that a fault has struck.
async fn struck(shared: Arc<Shared>, ask: Ask, fault: Fault, connection: u64) -> Outcome {
    tokio::time::sleep(Duration::from_millis(fault.delay_before_ms)).await;
    let mut answer = act_struck(&mut shared.world(), &ask, &fault);
    let silent = matches!(fault.kind, Kind::CutBeforeActing | Kind::CutAfterActing | Kind::Garbage);
    let status = if silent { 0 } else { answer.reply.status };
    log(&shared, &mut shared.world(), &ask, &answer, connection, Some(fault.kind.name()), status);
    tokio::time::sleep(Duration::from_millis(fault.delay_after_ms)).await;
    let world = shared.world();
    let packing = fault.packed.as_deref().or(packing::wanted(&world, &ask));
    if fault.kind == Kind::HugeBody && packing.is_some() {
        answer.reply = Reply::bytes(answer.reply.status, "application/json", Pieces::huge(fault.bytes).gather());
    }
    answer.reply = packing::packed(answer.reply, packing);
    let close_after = |last: Vec<u8>| Err(Closing { last: last.into(), reset: fault.reset, ..Closing::at_once() });
    match fault.kind {
        Kind::Status | Kind::Html | Kind::Delay | Kind::Change | Kind::TokenRevoked => Ok(respond(&world, answer.reply)),
        Kind::CutBeforeActing | Kind::CutAfterActing => close_after(Vec::new()),
        Kind::Garbage => {
            let mut random = Random::new(connection);
            close_after((0..fault.bytes).map(|_| random.below(256) as u8 | 0x80).collect())
        }
        Kind::HalfBody => {
            let mut raw = raw(&world, &answer.reply);
            raw.truncate(raw.len() - answer.reply.body.len().div_ceil(2));
            close_after(raw)
        }
        Kind::CloseQuietly => close_after(raw(&world, &answer.reply))
            .map_err(|closing| Closing { idle: Duration::from_millis(fault.idle_ms), ..closing }),
        Kind::HugeBody if packing.is_some() => Ok(respond(&world, answer.reply)),
        Kind::HugeBody => {
            let reply = Reply::bytes(answer.reply.status, "application/json", Bytes::new());
            Ok(respond(&world, reply).map(|_| Pieces::huge(fault.bytes)))
        }
        Kind::Drip => {
            let pieces = Pieces::drip(&answer.reply.body, fault.bytes, Duration::from_millis(fault.every_ms));
            Ok(respond(&world, answer.reply).map(|_| pieces))
        }
    }
}

/// The people who come and go with a fault.
fn change(world: &mut World, fault: &Fault) {
    // Where there are no identity numbers left, nobody comes.
    let _nobody = world.add_people(fault.appear);
    fault.vanish.iter().for_each(|id| world.register.remove_user(*id));
}

/// What becomes of a request that a fault has struck, of people who come and go with it too.
pub(crate) fn act_struck(world: &mut World, ask: &Ask, fault: &Fault) -> Answer {
    let answer = act(world, ask, fault);
    change(world, fault);
    answer
}

/// Does with the request what the fault lets through.
fn act(world: &mut World, ask: &Ask, fault: &Fault) -> Answer {
    match fault.kind {
        Kind::CutBeforeActing | Kind::Garbage => Answer::untouched(Reply::html(502, "cut")),
        Kind::TokenRevoked => {
            world.accounts.revoke_all();
            api::answer(world, ask)
        }
        Kind::Status | Kind::Html => {
            let reply = instead(world, fault);
            // DRF gives these before it counts; a proxy's page comes from in front of it.
            let before_counting = fault.kind == Kind::Html || matches!(fault.status, 401 | 403 | 406 | 429);
            if fault.after_acting {
                Answer { reply, ..api::answer(world, ask) }
            } else if fault.counted.unwrap_or(!before_counting) {
                api::answer_with(world, ask, reply)
            } else {
                Answer::untouched(reply)
            }
        }
        _ => api::answer(world, ask),
    }
}

/// The answer that a `status` or `html` fault gives.
fn instead(world: &World, fault: &Fault) -> Reply {
    let title = format!("Error {}", fault.status);
    let mut reply = match (fault.kind, &fault.body) {
        (Kind::Html, None) => Reply::html(fault.status, &title),
        (Kind::Html, Some(body)) => Reply::bytes(fault.status, "text/html", body.clone().into()),
        (_, None) => Reply::detail(fault.status, &title),
        (_, Some(body)) => Reply::bytes(fault.status, "application/json", body.clone().into()),
    };
    for (name, value) in &fault.headers {
        reply = reply.with(name, value);
    }
    match fault.retry_after_date_s {
        Some(seconds) => reply.with("Retry-After", calendar::http_date(world.clock.now() + seconds)),
        None => reply,
    }
}

fn log(
    shared: &Shared,
    world: &mut World,
    ask: &Ask,
    answer: &Answer,
    connection: u64,
    fault: Option<&'static str>,
    status: u16,
) {
    let headers = |headers: &HeaderMap| {
        let pair = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        headers.iter().map(pair).collect()
    };
    let kept = &answer.reply.body[..answer.reply.body.len().min(BODY_KEPT)];
    let reply = ReplySeen {
        headers: answer.reply.headers.clone(),
        body: String::from_utf8_lossy(kept).into_owned(),
        bytes: answer.reply.body.len(),
    };
    let request = Request {
        id: world.next_request(),
        method: ask.method.clone(),
        path: ask.path.clone(),
        query: ask.query.clone(),
        body: String::from_utf8_lossy(&ask.body).into_owned(),
        headers: headers(&ask.headers),
        status,
        counted: answer.counted,
        client_id: answer.account.map(|account| world.accounts.all[account].client_id.clone()),
        connection,
        at: world.clock.now(),
        slots_left: world.slots_left(answer.account.unwrap_or(0)),
        fault,
        reply: Some(reply),
    };
    if let Some(observer) = &shared.observers.request {
        observer(&request);
    }
    world.remember(request);
}

fn respond(world: &World, reply: Reply) -> Response<Pieces> {
    let mut response = Response::new(Pieces::whole(reply.body));
    *response.status_mut() = hyper::StatusCode::from_u16(reply.status).unwrap_or_default();
    for (name, value) in all_headers(world, &reply.headers) {
        if let (Ok(name), Ok(value)) = (header::HeaderName::try_from(name), header::HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// The answer as it goes over the wire, for faults that close the connection under it.
fn raw(world: &World, reply: &Reply) -> Vec<u8> {
    let status = hyper::StatusCode::from_u16(reply.status).unwrap_or_default();
    let mut raw = format!("HTTP/1.1 {} {}\r\n", status.as_u16(), status.canonical_reason().unwrap_or_default());
    for (name, value) in all_headers(world, &reply.headers) {
        raw.push_str(&format!("{name}: {value}\r\n"));
    }
    raw.push_str(&format!("Content-Length: {}\r\n\r\n", reply.body.len()));
    let mut raw = raw.into_bytes();
    raw.extend_from_slice(&reply.body);
    raw
}

fn all_headers<'a>(world: &World, own: &'a [(String, String)]) -> impl Iterator<Item = (&'a str, String)> {
    let common = [("Date", calendar::http_date(world.clock.now())), ("Server", "finaut-sandbox".to_owned())];
    own.iter().map(|(name, value)| (name.as_str(), value.clone())).chain(common)
}
