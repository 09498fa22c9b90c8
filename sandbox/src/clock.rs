//! The sandbox's time: real monotonic time from a wall-clock start, faster or slower if so wished, plus what tests have moved it by.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

pub(crate) struct Clock {
    /// When `base_s` was the time.
    since: Instant,
    /// Unix seconds at `since`.
    base_s: f64,
    /// Seconds of the sandbox's in one second; 0 stands still.
    speed: f64,
}

impl Clock {
    /// Starts now, or at the given Unix time in seconds.
    pub(crate) fn new(start_unix_s: Option<f64>, speed: f64) -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |t| t.as_secs_f64());
        Self { since: Instant::now(), base_s: start_unix_s.unwrap_or(wall), speed }
    }

    /// Unix seconds.
    pub(crate) fn now(&self) -> f64 {
        self.base_s + self.since.elapsed().as_secs_f64() * self.speed
    }

    /// Moves the time; back, if the number is negative, as an administrator may do to a server.
    pub(crate) fn advance(&mut self, seconds: f64) {
        self.base_s += seconds;
    }

    pub(crate) fn speed(&self) -> f64 {
        self.speed
    }

    /// Another speed from now on; the time does not jump.
    pub(crate) fn set_speed(&mut self, speed: f64) {
        (self.base_s, self.since, self.speed) = (self.now(), Instant::now(), speed);
    }
}
