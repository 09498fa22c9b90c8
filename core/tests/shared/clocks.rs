//! Clocks of tests: the machine's, moved forward; and one that only goes when somebody sleeps.

use std::sync::Mutex;

use finaut_core::clock::{Clock, SystemClock};

/// The machine's clock, moved forward.
#[derive(Debug, Default)]
pub struct MovedClock(Mutex<f64>);

impl MovedClock {
    pub fn forward(&self, seconds: f64) {
        *self.0.lock().unwrap() += seconds;
    }
    /// `ahead_s`: by how much it is ahead of the machine's from now on.
    pub fn set(&self, ahead_s: f64) {
        *self.0.lock().unwrap() = ahead_s;
    }
}

impl Clock for MovedClock {
    fn now(&self) -> f64 {
        SystemClock.now() + *self.0.lock().unwrap()
    }
    fn wall(&self) -> f64 {
        SystemClock.wall() + *self.0.lock().unwrap()
    }
    fn sleep(&self, seconds: f64) {
        SystemClock.sleep(seconds);
    }
}

/// A clock that only goes when somebody sleeps.
#[derive(Debug, Default)]
pub struct Simulated(Mutex<f64>);

impl Clock for Simulated {
    fn now(&self) -> f64 {
        *self.0.lock().unwrap()
    }
    fn wall(&self) -> f64 {
        1_769_900_000.0 + self.now()
    }
    fn sleep(&self, seconds: f64) {
        *self.0.lock().unwrap() += seconds.max(1e-6);
    }
}
