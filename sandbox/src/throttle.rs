//! Django REST framework's throttle: one account's sliding log of accepted requests (DRF throttling.py,
//! SimpleRateThrottle).

use std::collections::VecDeque;

pub(crate) struct Throttle {
    /// When requests were accepted, newest first.
    accepted_s: VecDeque<f64>,
}

/// A refusal: how long until it is worth trying, or None where DRF cannot say (the limit was lowered meanwhile).
pub(crate) struct Throttled {
    pub(crate) wait_s: Option<f64>,
}

impl Throttle {
    pub(crate) fn new() -> Self {
        Self { accepted_s: VecDeque::new() }
    }

    /// Records the request, or refuses it. A refused one is not recorded.
    pub(crate) fn allow(&mut self, now_s: f64, limit: usize, window_s: f64) -> Result<(), Throttled> {
        self.drop_old(now_s, window_s);
        if self.accepted_s.len() < limit {
            self.accepted_s.push_front(now_s);
            return Ok(());
        }
        let remaining_s = match self.accepted_s.back() {
            Some(oldest_s) => window_s - (now_s - oldest_s),
            None => window_s,
        };
        // DRF spreads the wait over the free slots; at a refusal there is exactly one in its reckoning, unless the limit
        // has been lowered since.
        let wait_s = (self.accepted_s.len() == limit).then_some(remaining_s);
        Err(Throttled { wait_s })
    }

    pub(crate) fn free(&mut self, now_s: f64, limit: usize, window_s: f64) -> usize {
        self.drop_old(now_s, window_s);
        limit.saturating_sub(self.accepted_s.len())
    }

    pub(crate) fn clear(&mut self) {
        self.accepted_s.clear();
    }

    fn drop_old(&mut self, now_s: f64, window_s: f64) {
        while self.accepted_s.back().is_some_and(|oldest_s| *oldest_s <= now_s - window_s) {
            self.accepted_s.pop_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_free_exactly_when_its_window_has_passed() {
        let mut throttle = Throttle::new();
        assert!(throttle.allow(100.0, 2, 10.0).is_ok());
        assert!(throttle.allow(104.0, 2, 10.0).is_ok());
        assert_eq!(throttle.allow(109.0, 2, 10.0).unwrap_err().wait_s, Some(1.0));
        assert_eq!(throttle.allow(109.999, 2, 10.0).unwrap_err().wait_s.map(f64::ceil), Some(1.0));
        assert!(throttle.allow(110.0, 2, 10.0).is_ok(), "DRF drops entries that are <= now - duration");
        assert_eq!(throttle.allow(110.0, 2, 10.0).unwrap_err().wait_s, Some(4.0));
    }

    #[test]
    fn refused_requests_are_not_recorded() {
        let mut throttle = Throttle::new();
        assert!(throttle.allow(0.0, 1, 10.0).is_ok());
        for second in 1..10 {
            assert!(throttle.allow(f64::from(second), 1, 10.0).is_err());
        }
        assert!(throttle.allow(10.0, 1, 10.0).is_ok());
    }

    #[test]
    fn a_lowered_limit_leaves_drf_without_a_wait() {
        let mut throttle = Throttle::new();
        for _ in 0..3 {
            assert!(throttle.allow(0.0, 3, 10.0).is_ok());
        }
        assert_eq!(throttle.allow(1.0, 2, 10.0).unwrap_err().wait_s, None);
        assert_eq!(throttle.free(1.0, 2, 10.0), 0);
    }
}
