//! The thread that speaks HTTP: connections, requests and answers.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming as Body};
use hyper::header::{ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinSet};

use super::body::Taken;
use super::shared::{Job, Shared};
use crate::inbox::delivery::Delivery;
use crate::inbox::incoming::Incoming;
use crate::inbox::refusal::Refusal;
use crate::process::{descriptors, shortage};

/// Longest head of a request in bytes, and the most lines in it.
const LONGEST_HEAD: usize = 16 << 10;
const MOST_HEADERS: usize = 100;
/// How long those who are being answered have when the receiver stops, in seconds.
pub const STOPS_WITHIN_S: f64 = 3.0;
/// When a sender who is not served now should try again, in seconds.
const TRY_AGAIN_S: &str = "10";

/// What runs the connections. Errors: the system's, which may have no descriptor for it.
pub fn runtime() -> std::io::Result<Runtime> {
    descriptors::with_standard_ones_taken(|| tokio::runtime::Builder::new_current_thread().enable_all().build())
}

/// Serves connections until it is told to stop.
pub fn speak(
    shared: &Arc<Shared>,
    runtime: &Runtime,
    listener: TcpListener,
    jobs: mpsc::Sender<Job>,
    stopped: oneshot::Receiver<()>,
) {
    runtime.block_on(async {
        let listener = match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => listener,
            Err(e) => return shared.trouble.with(|trouble| *trouble = Some(format!("The socket cannot be used: {e}."))),
        };
        let mut connections = Connections::default();
        let accept = async {
            loop {
                match listener.accept().await.and_then(|(stream, _)| raised(stream)) {
                    Ok(stream) => connections.add(shared, stream, jobs.clone()),
                    Err(e) => {
                        if let Some(short) = shortage::words(&e) {
                            shared.trouble.with(|trouble| *trouble = Some(format!("No connection can be accepted: {short}.")));
                        }
                        // The host needs descriptors, too.
                        connections.let_one_go();
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                }
            }
        };
        tokio::select! { biased; _ = stopped => {}, () = accept => {} }
        drop(listener);
        connections.end().await;
    });
}

/// The same connection under a number that is no standard descriptor's.
#[cfg(unix)]
fn raised(stream: TcpStream) -> std::io::Result<TcpStream> {
    use std::os::fd::AsRawFd;
    if stream.as_raw_fd() > libc::STDERR_FILENO {
        return Ok(stream);
    }
    TcpStream::from_std(descriptors::raised(stream.into_std()?)?)
}

#[cfg(not(unix))]
fn raised(stream: TcpStream) -> std::io::Result<TcpStream> {
    Ok(stream)
}

#[derive(Default)]
struct Connections {
    tasks: JoinSet<()>,
    /// The oldest first.
    known: VecDeque<(AbortHandle, Arc<AtomicBool>)>,
}

impl Connections {
    fn add(&mut self, shared: &Arc<Shared>, stream: TcpStream, jobs: mpsc::Sender<Job>) {
        while self.tasks.try_join_next().is_some() {}
        self.known.retain(|(task, _)| !task.is_finished());
        if self.known.len() >= shared.settings.max_connections {
            match self.let_one_go() {
                true => {}
                false => {
                    shared.failed.fetch_add(1, Ordering::Relaxed);
                    let _ = stream.try_write(
                        format!("HTTP/1.1 503 Service Unavailable\r\nRetry-After: {TRY_AGAIN_S}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .as_bytes(),
                    );
                    return;
                }
            }
        }
        let busy = Arc::new(AtomicBool::new(false));
        let task = self.tasks.spawn(serve(shared.clone(), stream, jobs, busy.clone()));
        self.known.push_back((task, busy));
    }

    /// Closes the oldest connection that has not sent a whole request yet. One that has is answered.
    fn let_one_go(&mut self) -> bool {
        let oldest = self.known.iter().position(|(_, busy)| !busy.load(Ordering::Relaxed));
        oldest.and_then(|oldest| self.known.remove(oldest)).map(|(task, _)| task.abort()).is_some()
    }

    async fn end(mut self) {
        for (task, busy) in &self.known {
            if !busy.load(Ordering::Relaxed) {
                task.abort();
            }
        }
        let all = async { while self.tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(Duration::from_secs_f64(STOPS_WITHIN_S), all).await;
    }
}

async fn serve(shared: Arc<Shared>, stream: TcpStream, jobs: mpsc::Sender<Job>, busy: Arc<AtomicBool>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let (shared, jobs, busy) = (shared.clone(), jobs.clone(), busy.clone());
        async move {
            let response = answer(&shared, request, &jobs, &busy).await;
            busy.store(false, Ordering::Relaxed);
            Ok::<_, Infallible>(response)
        }
    });
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(shared.settings.request_timeout)
        .max_buf_size(LONGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

fn response(status: u16, words: &str) -> Response<Full<Bytes>> {
    let body = if status == 200 { json!({ "received": true }) } else { json!({ "detail": words }) };
    let mut response = Response::new(Full::new(Bytes::from(body.to_string())));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    match status {
        405 => _ = headers.insert(ALLOW, HeaderValue::from_static("POST")),
        429 | 503 => _ = headers.insert(RETRY_AFTER, HeaderValue::from_static(TRY_AGAIN_S)),
        408 | 413 => _ = headers.insert(CONNECTION, HeaderValue::from_static("close")),
        _ => {}
    }
    response
}

async fn answer(shared: &Shared, request: Request<Body>, jobs: &mpsc::Sender<Job>, busy: &AtomicBool) -> Response<Full<Bytes>> {
    if request.uri().path().trim_end_matches('/') == shared.settings.health_path {
        return health(shared, request.method(), jobs).await;
    }
    let (status, words) = match take(shared, request, jobs, busy).await {
        Ok(()) => (200, String::new()),
        Err(refusal) => (refusal.status, refusal.reason),
    };
    let counter = match status {
        200 => &shared.accepted,
        500.. => &shared.failed,
        _ => &shared.refused,
    };
    counter.fetch_add(1, Ordering::Relaxed);
    // What exactly was missing is for the host to know, not for a stranger.
    let words = match status {
        401 => "Not accepted.",
        404 => "Not found.",
        _ => &words,
    };
    response(status, words)
}

/// The answer to a load balancer.
async fn health(shared: &Shared, method: &Method, jobs: &mpsc::Sender<Job>) -> Response<Full<Bytes>> {
    let status = super::health::status(shared, method, jobs).await;
    let words = if status == 405 { "Ask with GET or HEAD." } else { "No webhook can be taken now." };
    let mut response = response(status, words);
    match status {
        200 => *response.body_mut() = Full::new(Bytes::from_static(br#"{"status":"ok"}"#)),
        405 => _ = response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD")),
        _ => {}
    }
    // What a load balancer was told a while ago is no answer.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Accepts a request, or refuses it.
async fn take(shared: &Shared, request: Request<Body>, jobs: &mpsc::Sender<Job>, busy: &AtomicBool) -> Result<(), Refusal> {
    let (head, body) = request.into_parts();
    let length = head.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let body = Taken::read(shared, body, length).await;
    if !is_served(shared, head.uri.path()) {
        return Err(Refusal::new(404, "There is nothing at this path."));
    }
    let mut body = body?;
    busy.store(true, Ordering::Relaxed);
    let delivery = Delivery::of(&shared.call(), &incoming(&head, body.take_bytes()))?;
    let (done, kept) = oneshot::channel();
    let later = || Refusal::new(503, "Too much at once; try again.");
    jobs.try_send(Job { delivery: Some(delivery), done }).map_err(|_| later())?;
    match kept.await {
        Ok(Ok(None)) => Ok(()),
        Ok(Ok(Some(refusal))) => Err(refusal),
        Ok(Err(())) | Err(_) => Err(Refusal::new(503, "The inbox cannot be written to now; try again.")),
    }
}

/// Whether a path is one of the configured ones, a secret at its end aside; the secret itself is looked at later.
fn is_served(shared: &Shared, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    let place = match shared.client.config.inbox.path_secret {
        Some(_) => path.rsplit_once('/').map_or("", |(place, _)| place),
        None => path,
    };
    shared.settings.paths.iter().any(|known| known == place)
}

fn incoming(head: &Parts, body: Vec<u8>) -> Incoming {
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    Incoming::from_request(head.method.as_str(), head.uri.path(), headers, body)
}
