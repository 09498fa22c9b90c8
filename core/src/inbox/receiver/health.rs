//! The answer to load balancers: whether webhooks are taken now. It needs no secret, gives nothing else away, and is not counted.

use std::time::Duration;

use hyper::Method;
use tokio::sync::{mpsc, oneshot};

use super::shared::{Job, Shared};

/// How long one answer of the writer is used for everybody, in seconds: each costs a write to the disk, and anybody may ask.
const LASTS_S: f64 = 1.0;
/// A writer that has not answered after this long takes nothing now.
const LONGEST: Duration = Duration::from_secs(5);

/// The status for a request at the health path: 200, 405 or 503.
pub async fn status(shared: &Shared, method: &Method, jobs: &mpsc::Sender<Job>) -> u16 {
    if method != Method::GET && method != Method::HEAD {
        return 405;
    }
    if can_keep(shared, jobs).await { 200 } else { 503 }
}

async fn can_keep(shared: &Shared, jobs: &mpsc::Sender<Job>) -> bool {
    let now = shared.client.clock.now();
    let known = shared.health.with(|known| known.filter(|(at, _)| (0.0..LASTS_S).contains(&(now - at))));
    if let Some((_, can_keep)) = known {
        return can_keep;
    }
    let (done, answer) = oneshot::channel();
    // A full queue is an answer too.
    let can_keep = jobs.try_send(Job { delivery: None, done }).is_ok()
        && matches!(tokio::time::timeout(LONGEST, answer).await, Ok(Ok(Ok(None))));
    shared.health.with(|known| *known = Some((now, can_keep)));
    can_keep
}
