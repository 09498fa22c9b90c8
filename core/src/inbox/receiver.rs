//! The receiver: a small HTTP server for hosts that have none. It lets webhooks in, has them kept in the inbox, and only then
//! answers. One thread speaks HTTP, one writes to the inbox what came meanwhile in one step. Everything is bounded: connections,
//! heads, bodies, times, and what waits to be written.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming as Body};
use hyper::header::{ALLOW, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Map, Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinSet};

use crate::arguments::{self, Argument, DefaultValue, Shape};
use crate::client::Client;
use crate::error::{Code, Error};
use crate::inbox::intake::{self, Incoming, Refusal};
use crate::process::{self, Mutex};
use crate::store::At;
use crate::store::inbox::Arrival;

/// Every key of a receiver's configuration.
pub const KEYS: &[Argument] = &[
    Argument::optional("listen", Shape::Text, "address and port; with port 0 any that is free, and the reply tells which")
        .or(DefaultValue::Text("127.0.0.1:8780")),
    Argument::optional("paths", Shape::Json, "list of paths; a configured \"path_secret\" follows after a slash")
        .or(DefaultValue::Texts(&["/finaut/webhook", "/finaut/link"])),
    Argument::optional("max_body_bytes", Shape::Count, "longest body").or(DefaultValue::Count(128 << 10)),
    Argument::optional(
        "max_connections",
        Shape::Count,
        "most connections at a time, but no more than a quarter of the descriptors that the process may have; when there are \
         more, the oldest that has sent no whole request goes",
    )
    .or(DefaultValue::Count(256)),
    Argument::optional("request_timeout_s", Shape::Seconds, "longest time in which a request must have come")
        .or(DefaultValue::Seconds(20.0)),
];

/// How many requests may wait to be written, and how many are written in one step.
const MOST_WAITING: usize = 1024;
const MOST_AT_ONCE: usize = 256;
/// How much of all bodies together may be in memory. Read JSON takes many times its length.
const MOST_BYTES: usize = 4 << 20;
/// Longest head of a request, and the most lines in it.
const LONGEST_HEAD: usize = 16 << 10;
const MOST_HEADERS: usize = 100;
/// How long to wait for the state file when others have it.
const PATIENCE_S: f64 = 2.0;
/// How long those who are being answered have when the receiver stops.
const LAST_S: f64 = 3.0;
/// When a sender who is not served now should try again.
const TRY_AGAIN_S: &str = "10";

struct Settings {
    listen: SocketAddr,
    paths: Vec<String>,
    max_body_bytes: usize,
    max_connections: usize,
    request_timeout: Duration,
}

impl Settings {
    /// Errors: `config`.
    fn read(given: &Map<String, Value>) -> Result<Settings, Error> {
        let bad = |name: &str, problem: &str| Error::new(Code::Config, format!("{name}: {problem}.")).field(name, problem);
        arguments::check(KEYS.iter(), given, &[]).map_err(|e| {
            let message = e.message().trim_end_matches(" Nothing was sent.").to_owned();
            e.with_code(Code::Config, message)
        })?;
        let mut given = given.clone();
        arguments::fill(KEYS.iter(), &mut given);
        let listen = arguments::text(&given, "listen")?;
        let shown = crate::text::excerpt(listen, 60);
        let listen = listen.trim().replace("localhost", "127.0.0.1").parse().map_err(|_| {
            bad("listen", &format!("\"{shown}\" is no address and port; write it as 127.0.0.1:8780 or [::1]:8780"))
        })?;
        let paths = given
            .get("paths")
            .and_then(Value::as_array)
            .filter(|paths| !paths.is_empty())
            .and_then(|paths| paths.iter().map(|path| Some(path.as_str()?.trim_end_matches('/').to_owned())).collect())
            .filter(|paths: &Vec<String>| {
                paths.iter().all(|path| path.is_empty() || path.starts_with('/') && !path.contains(['?', '#', ' ']))
            })
            .ok_or_else(|| bad("paths", "must be a list of paths, each beginning with a slash, as [\"/finaut/webhook\"]"))?;
        let whole = |name: &str, least: i64, most: i64| {
            let value = arguments::whole(&given, name)?;
            if (least..=most).contains(&value) {
                return Ok(value as usize);
            }
            Err(bad(name, &format!("must be from {least} to {most}, not {value}")))
        };
        let timeout = arguments::seconds(&given, "request_timeout_s")?;
        if !(0.1..=600.0).contains(&timeout) {
            return Err(bad("request_timeout_s", &format!("must be from 0.1 to 600 seconds, not {timeout}")));
        }
        Ok(Settings {
            listen,
            paths,
            max_body_bytes: whole("max_body_bytes", 1024, 1 << 20)?,
            max_connections: whole("max_connections", 1, 10_000)?.min(open::most_descriptors() / 4),
            request_timeout: Duration::from_secs_f64(timeout),
        })
    }
}

/// A receiver at work. Dropping it stops it.
pub struct Receiver {
    shared: Arc<Shared>,
    address: SocketAddr,
    /// In which process of a line of forks it runs.
    generation: u64,
    running: Mutex<Option<Running>>,
}

struct Running {
    stop: oneshot::Sender<()>,
    threads: [JoinHandle<()>; 2],
}

/// What all connections share.
struct Shared {
    client: Arc<Client>,
    settings: Settings,
    /// The receiver stops: what is not written yet is not waited for.
    stopping: AtomicBool,
    bytes: AtomicUsize,
    accepted: AtomicU64,
    refused: AtomicU64,
    failed: AtomicU64,
    trouble: Mutex<Option<String>>,
}

/// A request that waits to be written.
struct Job {
    arrival: Arrival,
    done: oneshot::Sender<Result<Option<Refusal>, ()>>,
}

impl Receiver {
    /// Listens from now on. Errors: `config`, `network` where the address cannot be had, `state`.
    pub fn start(client: Arc<Client>, given: &Map<String, Value>) -> Result<Receiver, Error> {
        let settings = Settings::read(given)?;
        let inbox = intake::inbox(&client)?;
        inbox.counts(At { clock: &*client.clock, patience_s: PATIENCE_S })?;
        let failed = |e: std::io::Error| {
            let message = format!(
                "The receiver cannot listen at {} ({e}). Is another program there, or may this user not use the port? Name another address as \"listen\".",
                settings.listen
            );
            Error::new(Code::Network, message)
        };
        let listener = bind(&client, settings.listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let shared = Arc::new(Shared {
            client,
            settings,
            stopping: AtomicBool::new(false),
            bytes: AtomicUsize::new(0),
            accepted: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            trouble: Mutex::new(None),
        });
        let (stop, stopped) = oneshot::channel();
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        let writing = shared.clone();
        let writer = thread("finaut-inbox", move || write(&writing, waiting))?;
        let speaking = shared.clone();
        let open = Open::new(&listener);
        let speaker = thread("finaut-receiver", move || {
            let _open = open;
            speak(&speaking, listener, jobs, stopped);
        })?;
        let running = Running { stop, threads: [speaker, writer] };
        Ok(Receiver { shared, address, generation: process::generation(), running: Mutex::new(Some(running)) })
    }

    /// `{"address", "urls", "accepted", "refused", "failed", "trouble"}`.
    pub fn status(&self) -> Value {
        let shared = &self.shared;
        let urls: Vec<_> = shared.settings.paths.iter().map(|path| format!("http://{}{path}", self.address)).collect();
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        json!({
            "address": self.address.to_string(), "urls": urls, "accepted": count(&shared.accepted),
            "refused": count(&shared.refused), "failed": count(&shared.failed), "trouble": shared.trouble.with(|trouble| trouble.clone()),
        })
    }

    /// Stops listening, lets those finish who are being answered, and waits for the threads.
    pub fn stop(&self) {
        let Some(running) = self.running.with(Option::take) else { return };
        if self.generation != process::generation() {
            // The threads are the parent's, and so is what their memory refers to.
            std::mem::forget(running);
            return;
        }
        self.shared.stopping.store(true, Ordering::Relaxed);
        let _ = running.stop.send(());
        for thread in running.threads {
            let _ = thread.join();
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A program that the host is just starting has a copy of every socket for a moment: one that was closed just now can still be in
/// use.
fn bind(client: &Client, address: SocketAddr) -> std::io::Result<TcpListener> {
    let until = client.clock.now() + 0.5;
    loop {
        match TcpListener::bind(address) {
            Err(e) if e.kind() == std::io::ErrorKind::AddrInUse && client.clock.now() < until => client.clock.sleep(0.02),
            other => return other,
        }
    }
}

/// A thread that is none of the host's business: its signals go elsewhere.
fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    let _blocked = signals::Blocked::begin();
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || process::quiet(work))
        .map_err(|e| Error::new(Code::Network, format!("The system gives no thread for the receiver ({e}).")))
}

#[cfg(unix)]
mod signals {
    /// While it lives, threads are made with all signals blocked: a host's handler runs on the host's threads.
    pub struct Blocked(libc::sigset_t);

    impl Blocked {
        pub fn begin() -> Blocked {
            let mut all = std::mem::MaybeUninit::uninit();
            let mut former = std::mem::MaybeUninit::uninit();
            // SAFETY: both sets are live; the first is filled before it is read, and the call fills the second.
            unsafe {
                libc::sigfillset(all.as_mut_ptr());
                libc::sigemptyset(former.as_mut_ptr());
                libc::pthread_sigmask(libc::SIG_SETMASK, all.as_ptr(), former.as_mut_ptr());
                Blocked(former.assume_init())
            }
        }
    }

    impl Drop for Blocked {
        fn drop(&mut self) {
            // SAFETY: the set is the one that was found.
            unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &self.0, std::ptr::null_mut()) };
        }
    }
}

#[cfg(not(unix))]
mod signals {
    pub struct Blocked;
    impl Blocked {
        pub fn begin() -> Blocked {
            Blocked
        }
    }
}

/// A listening socket that forked children let go of: one that they kept would hold the port when the parent has closed it.
struct Open(#[allow(dead_code)] i32);

#[cfg(unix)]
mod open {
    use super::{Open, TcpListener};
    use crate::process::{self, Mutex};
    use std::os::fd::AsRawFd;

    /// How many descriptors the process may have.
    pub fn most_descriptors() -> usize {
        let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: the structure is live, and filled when the call succeeds.
        let known = unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) } == 0;
        if known { usize::try_from(limit.rlim_cur).unwrap_or(usize::MAX).max(16) } else { 1024 }
    }

    static LISTENING: Mutex<Vec<i32>> = Mutex::new(Vec::new());

    fn let_go() {
        for socket in LISTENING.with(std::mem::take) {
            // SAFETY: the parent's threads, which own the descriptor, do not exist in this process.
            unsafe { libc::close(socket) };
        }
    }

    impl Open {
        pub fn new(listener: &TcpListener) -> Open {
            process::in_each_child(let_go);
            let socket = listener.as_raw_fd();
            LISTENING.with(|listening| listening.push(socket));
            Open(socket)
        }
    }

    impl Drop for Open {
        fn drop(&mut self) {
            LISTENING.with(|listening| listening.retain(|socket| *socket != self.0));
        }
    }
}

#[cfg(not(unix))]
mod open {
    use super::{Open, TcpListener};

    pub fn most_descriptors() -> usize {
        usize::MAX
    }

    impl Open {
        pub fn new(_: &TcpListener) -> Open {
            Open(0)
        }
    }
}

// Writing.

/// Writes what came while the last step was being written, until nobody can send more.
fn write(shared: &Shared, mut waiting: mpsc::Receiver<Job>) {
    while let Some(first) = waiting.blocking_recv() {
        let mut jobs = vec![first];
        while jobs.len() < MOST_AT_ONCE
            && let Ok(job) = waiting.try_recv()
        {
            jobs.push(job);
        }
        let (arrivals, senders): (Vec<_>, Vec<_>) = jobs.into_iter().map(|job| (job.arrival, job.done)).unzip();
        let patience_s = if shared.stopping.load(Ordering::Relaxed) { 0.0 } else { PATIENCE_S };
        let kept = intake::keep(&shared.client, At { clock: &*shared.client.clock, patience_s }, &arrivals);
        let why = match &kept {
            Err(e) => Some(e.message().to_owned()),
            Ok(kept) => kept.iter().flatten().next().map(|refusal| refusal.reason.clone()),
        };
        shared.trouble.with(|trouble| *trouble = why);
        match kept {
            // A sender that has gone away meanwhile tries again; that is a repetition then.
            Ok(kept) => senders.into_iter().zip(kept).for_each(|(sender, kept)| _ = sender.send(Ok(kept))),
            Err(_) => senders.into_iter().for_each(|sender| _ = sender.send(Err(()))),
        }
    }
}

// Speaking HTTP.

/// Serves connections until it is told to stop.
fn speak(shared: &Arc<Shared>, listener: TcpListener, jobs: mpsc::Sender<Job>, stopped: oneshot::Receiver<()>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        shared.trouble.with(|trouble| *trouble = Some("The system gives no event queue for the receiver.".into()));
        return;
    };
    runtime.block_on(async {
        let listener = match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => listener,
            Err(e) => return shared.trouble.with(|trouble| *trouble = Some(format!("The socket cannot be used: {e}."))),
        };
        let mut connections = Connections::default();
        let accept = async {
            loop {
                let accepted = listener.accept().await;
                let Ok((stream, _)) = accepted else {
                    // Out of file descriptors, most likely, which the host needs too.
                    connections.let_one_go();
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                };
                connections.add(shared, stream, jobs.clone());
            }
        };
        tokio::select! { biased; _ = stopped => {}, () = accept => {} }
        drop(listener);
        connections.end().await;
    });
}

#[derive(Default)]
struct Connections {
    tasks: JoinSet<()>,
    /// The oldest first.
    known: VecDeque<(AbortHandle, Arc<AtomicBool>)>,
}

impl Connections {
    fn add(&mut self, shared: &Arc<Shared>, stream: tokio::net::TcpStream, jobs: mpsc::Sender<Job>) {
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

    /// Whoever has sent a whole request is answered; of the others the oldest has had its time.
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
        let _ = tokio::time::timeout(Duration::from_secs_f64(LAST_S), all).await;
    }
}

async fn serve(shared: Arc<Shared>, stream: tokio::net::TcpStream, jobs: mpsc::Sender<Job>, busy: Arc<AtomicBool>) {
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

fn refused(status: u16, reason: &str) -> Refusal {
    Refusal { status, reason: reason.to_owned() }
}

/// Lets a request in, or not.
async fn take(shared: &Shared, request: Request<Body>, jobs: &mpsc::Sender<Job>, busy: &AtomicBool) -> Result<(), Refusal> {
    let (head, body) = request.into_parts();
    let path = head.uri.path().trim_end_matches('/');
    let place = match shared.client.config.inbox.path_secret {
        Some(_) => path.rsplit_once('/').map_or("", |(place, _)| place),
        None => path,
    };
    let length = head.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let body = Taken { shared, bytes: Vec::new() }.read(body, length).await;
    if !shared.settings.paths.iter().any(|known| known == place) {
        return Err(refused(404, "There is nothing at this path."));
    }
    let body = body?;
    busy.store(true, Ordering::Relaxed);
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let incoming =
        Incoming { method: head.method.as_str(), path: Some(head.uri.path()), headers: headers.collect(), body: &body.bytes };
    let (arrival, _) = incoming.arrival(&shared.client)?;
    let (done, written) = oneshot::channel();
    let later = || refused(503, "Too much at once; try again.");
    jobs.try_send(Job { arrival, done }).map_err(|_| later())?;
    match written.await {
        Ok(Ok(None)) => Ok(()),
        Ok(Ok(Some(refusal))) => Err(refusal),
        Ok(Err(())) | Err(_) => Err(refused(503, "The inbox cannot be written to now; try again.")),
    }
}

/// A body, and its share of the memory for all of them.
struct Taken<'a> {
    shared: &'a Shared,
    bytes: Vec<u8>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.shared.bytes.fetch_sub(self.bytes.len(), Ordering::Relaxed);
    }
}

impl Taken<'_> {
    /// Reads it whole. What is too long is read to its end and thrown away, so that its sender hears why.
    async fn read(mut self, mut body: Body, length: Option<u64>) -> Result<Self, Refusal> {
        let most = self.shared.settings.max_body_bytes;
        let mut trouble = (length.unwrap_or(0) > most as u64).then(|| refused(413, "The body is too long."));
        let reading = async {
            while let Some(frame) = body.frame().await {
                let Ok(frame) = frame else { return Some(refused(400, "The body broke off.")) };
                let Some(data) = frame.data_ref().filter(|_| trouble.is_none()) else { continue };
                if self.bytes.len() + data.len() > most {
                    trouble = Some(refused(413, "The body is too long."));
                } else if self.shared.bytes.fetch_add(data.len(), Ordering::Relaxed) + data.len() > MOST_BYTES {
                    self.shared.bytes.fetch_sub(data.len(), Ordering::Relaxed);
                    trouble = Some(refused(503, "Too much at once; try again."));
                } else {
                    self.bytes.extend_from_slice(data);
                }
            }
            trouble
        };
        match tokio::time::timeout(self.shared.settings.request_timeout, reading).await {
            Ok(None) => Ok(self),
            Ok(Some(refusal)) => Err(refusal),
            Err(_) => Err(refused(408, "The body took too long.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_of_the_keys_is_what_an_empty_configuration_has() {
        let settings = Settings::read(&Map::new()).unwrap();
        for key in KEYS {
            let used = match key.name {
                "listen" => json!(settings.listen.to_string()),
                "paths" => json!(settings.paths),
                "max_body_bytes" => json!(settings.max_body_bytes),
                "max_connections" => {
                    let most = key.default.and_then(DefaultValue::value).and_then(|most| most.as_u64()).unwrap() as usize;
                    assert_eq!(settings.max_connections, most.min(open::most_descriptors() / 4));
                    continue;
                }
                "request_timeout_s" => json!(settings.request_timeout.as_secs()),
                other => panic!("say here what {other} becomes"),
            };
            assert_eq!(Some(used), key.default.and_then(DefaultValue::value), "{}", key.name);
        }
    }
}
