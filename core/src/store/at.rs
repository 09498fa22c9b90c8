//! When, and how patiently, a store is asked.

use crate::clock::Clock;

/// When, and how patiently, a store is asked.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// The calendar, the machine's uptime, and how to sleep. Only the store turns an uptime into the time that its users share.
    pub clock: &'a dyn Clock,
    /// How long to wait for others who hold the store, in seconds.
    pub patience_s: f64,
}
