//! The sandbox's time: real monotonic time from a wall-clock start, plus what tests have moved it by.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

pub(crate) struct Clock {
    started: Instant,
    /// Unix seconds at `started`, moved forward by `advance`.
    base_s: f64,
}

impl Clock {
    /// Starts now, or at the given Unix time in seconds.
    pub(crate) fn new(start_unix_s: Option<f64>) -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |t| t.as_secs_f64());
        Self { started: Instant::now(), base_s: start_unix_s.unwrap_or(wall) }
    }

    /// Unix seconds.
    pub(crate) fn now(&self) -> f64 {
        self.base_s + self.started.elapsed().as_secs_f64()
    }

    pub(crate) fn advance(&mut self, seconds: f64) {
        self.base_s += seconds;
    }
}
