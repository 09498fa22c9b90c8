//! Reading a request's body, within the memory that all bodies together may take.

use std::sync::atomic::Ordering;

use http_body_util::BodyExt;
use hyper::body::Incoming as Body;

use super::shared::Shared;
use crate::inbox::refusal::Refusal;

/// How much of all bodies together may be in memory. Read JSON takes many times its length.
const MOST_BYTES: usize = 4 << 20;

/// A body, and its share of the memory for all of them. The share is given back when this is dropped.
pub struct Taken<'a> {
    shared: &'a Shared,
    bytes: Vec<u8>,
    counted: usize,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.shared.bytes.fetch_sub(self.counted, Ordering::Relaxed);
    }
}

impl<'a> Taken<'a> {
    /// Reads a body whole; `length`: what its sender says. What is too long is read to its end and thrown away, so that its sender
    /// hears why. Refused with 400, 408, 413 or 503.
    pub async fn read(shared: &'a Shared, mut body: Body, length: Option<u64>) -> Result<Taken<'a>, Refusal> {
        let mut taken = Taken { shared, bytes: Vec::new(), counted: 0 };
        let most = shared.settings.max_body_bytes;
        let too_long = || Refusal::new(413, "The body is too long.");
        let mut trouble = (length.unwrap_or(0) > most as u64).then(too_long);
        let reading = async {
            while let Some(frame) = body.frame().await {
                let Ok(frame) = frame else { return Some(Refusal::new(400, "The body broke off.")) };
                let Some(data) = frame.data_ref().filter(|_| trouble.is_none()) else { continue };
                if taken.bytes.len() + data.len() > most {
                    trouble = Some(too_long());
                } else if shared.bytes.fetch_add(data.len(), Ordering::Relaxed) + data.len() > MOST_BYTES {
                    shared.bytes.fetch_sub(data.len(), Ordering::Relaxed);
                    trouble = Some(Refusal::new(503, "Too much at once; try again."));
                } else {
                    taken.counted += data.len();
                    taken.bytes.extend_from_slice(data);
                }
            }
            trouble
        };
        match tokio::time::timeout(shared.settings.request_timeout, reading).await {
            Ok(None) => Ok(taken),
            Ok(Some(refusal)) => Err(refusal),
            Err(_) => Err(Refusal::new(408, "The body took too long.")),
        }
    }

    /// The bytes. Their share of the memory stays taken.
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}
