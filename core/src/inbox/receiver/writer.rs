//! The thread that keeps what senders brought.

use tokio::sync::mpsc;

use super::shared::{Job, Shared};
use crate::inbox::delivery;

/// How many requests are kept in one step.
const MOST_AT_ONCE: usize = 256;

/// Keeps what came while the last step was being kept, until nobody can send more.
pub fn write(shared: &Shared, mut waiting: mpsc::Receiver<Job>) {
    while let Some(first) = waiting.blocking_recv() {
        let mut jobs = vec![first];
        while jobs.len() < MOST_AT_ONCE
            && let Ok(job) = waiting.try_recv()
        {
            jobs.push(job);
        }
        let (deliveries, senders): (Vec<_>, Vec<_>) = jobs.into_iter().map(|job| (job.delivery, job.done)).unzip();
        let call = shared.call();
        let kept = delivery::keep(&call, shared.at(&call), deliveries);
        let why = match &kept {
            Err(e) => Some(e.message().into_owned()),
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
