//! The thread that keeps what senders brought.

use tokio::sync::mpsc;

use super::shared::{Job, Shared};
use crate::inbox::delivery;

/// How many requests are kept in one step.
const MOST_AT_ONCE: usize = 256;

/// Keeps what came while the last step was being kept, until nobody can send more. Those that only ask whether something could be kept
/// are answered after a step of their own.
pub fn write(shared: &Shared, mut waiting: mpsc::Receiver<Job>) {
    while let Some(first) = waiting.blocking_recv() {
        let mut jobs = vec![first];
        while jobs.len() < MOST_AT_ONCE
            && let Ok(job) = waiting.try_recv()
        {
            jobs.push(job);
        }
        let (mut deliveries, mut senders, mut asking) = (Vec::new(), Vec::new(), Vec::new());
        for Job { delivery, done } in jobs {
            match delivery {
                Some(delivery) => {
                    deliveries.push(delivery);
                    senders.push(done);
                }
                None => asking.push(done),
            }
        }
        let call = shared.call();
        if !senders.is_empty() {
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
        if !asking.is_empty() {
            let looked = delivery::look(&call, shared.at(&call));
            let why = match &looked {
                Err(e) => Some(e.message().into_owned()),
                Ok(refusal) => refusal.as_ref().map(|refusal| refusal.reason.clone()),
            };
            shared.trouble.with(|trouble| *trouble = why);
            let is_free = matches!(looked, Ok(None));
            asking.into_iter().for_each(|asking| _ = asking.send(if is_free { Ok(None) } else { Err(()) }));
        }
    }
}
