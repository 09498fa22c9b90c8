//! Posting: the background task that works through the outbox, and one POST over HTTP/1.1.

use crate::shared::Shared;
use crate::webhooks::delivery::{Attempt, Delivery, Draft};
use crate::webhooks::outbox::Next;
use crate::webhooks::post::Post;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::http::uri::{Authority, Uri};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// Sends what is due until the future is dropped.
pub(crate) async fn run(shared: Arc<Shared>) {
    let wake = Arc::new(Notify::new());
    let woken = wake.clone();
    shared.world().outbox.on_change(move || woken.notify_one());
    loop {
        let next = shared.world().outbox.next(Instant::now());
        match next {
            Next::Send(id, post) => {
                let shared = shared.clone();
                tokio::spawn(async move { drop(attempt(&shared, id, post, true).await) });
            }
            Next::At(when) => {
                tokio::select! {
                    () = tokio::time::sleep_until(when.into()) => {}
                    () = wake.notified() => {}
                }
            }
            Next::Nothing => wake.notified().await,
        }
    }
}

/// Sends this once, now; none where no URL is set for it.
pub(crate) async fn send_now(shared: &Shared, draft: &Draft) -> Option<Delivery> {
    let (id, post) = {
        let mut world = shared.world();
        let now_s = world.clock.now();
        world.outbox.begin(draft, now_s)?
    };
    attempt(shared, id, post, false).await
}

async fn attempt(shared: &Shared, id: u64, post: Post, in_background: bool) -> Option<Delivery> {
    let began = Instant::now();
    let answer = match tokio::time::timeout(post.timeout, exchange(&post)).await {
        Ok(answer) => answer,
        Err(_) => Err(format!("no answer within {} s", post.timeout.as_secs_f64())),
    };
    let took_ms = began.elapsed().as_millis() as u64;
    let delivery = {
        let mut world = shared.world();
        let (at, url) = (world.clock.now(), post.url);
        let attempt = match answer {
            Ok(status) => Attempt { at, url, status, problem: None, took_ms },
            Err(problem) => Attempt { at, url, status: 0, problem: Some(problem), took_ms },
        };
        world.outbox.ended(id, attempt, in_background);
        world.outbox.delivery(id).cloned()
    };
    if let (Some(observer), Some(delivery)) = (&shared.observers.delivery, &delivery) {
        observer(delivery);
    }
    delivery
}

/// The status that comes back. A connection of its own, as from a program that ends after each; redirects are not followed.
async fn exchange(post: &Post) -> Result<u16, String> {
    let uri: Uri = post.url.parse().map_err(|_| format!("`{}` is no URL", post.url))?;
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let authority = uri.authority().map(Authority::as_str).unwrap_or_default();
    let tcp = TcpStream::connect((host, uri.port_u16().unwrap_or(80))).await;
    let tcp = tcp.map_err(|error| format!("no connection to {authority}: {error}"))?;
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::post(path)
        .header("Host", authority)
        .header("User-Agent", "finaut-sandbox")
        .header("Connection", "close")
        .header("Content-Type", post.content_type);
    for (name, value) in &post.headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(Bytes::from(post.body.clone()))).map_err(|error| error.to_string())?;
    let handshake = hyper::client::conn::http1::Builder::new().title_case_headers(true).handshake(TokioIo::new(tcp)).await;
    let (mut sender, connection) = handshake.map_err(|error| error.to_string())?;
    let talk = async {
        let response = sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = response.status().as_u16();
        // A customer's server may take it ill when its answer is not read.
        let (mut body, mut read) = (response.into_body(), 0);
        while let Some(Ok(frame)) = body.frame().await {
            read += frame.data_ref().map_or(0, Bytes::len);
            if read > MOST_READ {
                break;
            }
        }
        Ok(status)
    };
    let drive = async {
        let _told_by_talk = connection.await;
        std::future::pending::<Infallible>().await
    };
    tokio::select! {
        status = talk => status,
        never = drive => match never {},
    }
}

/// How much of an answer is read, in bytes.
const MOST_READ: usize = 65_536;
