//! Randomness of the system: jitter, first numbers, names of holders. What keeps secrets asks the system itself, not here.

use std::cell::Cell;

use ring::rand::SecureRandom;

thread_local! {
    /// Where the numbers of a thread that replays something are; `None`: they come from the system.
    static REPLAYED: Cell<Option<u64>> = const { Cell::new(None) };
}

/// From now on this thread's numbers follow from `seed`, the same ones each time; `None`: they come from the system again. For
/// simulations that must be replayed.
pub fn replay(seed: Option<u64>) {
    REPLAYED.set(seed);
}

/// Fills in random bytes; false where the system gives none.
fn fill(bytes: &mut [u8; 8]) -> bool {
    let Some(state) = REPLAYED.try_with(Cell::get).ok().flatten() else {
        return ring::rand::SystemRandom::new().fill(bytes).is_ok();
    };
    // SplitMix64 (Steele, Lea and Flood, 2014).
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    REPLAYED.set(Some(state));
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    *bytes = (mixed ^ (mixed >> 31)).to_be_bytes();
    true
}

/// A number from 0 to 1.
pub fn random() -> f64 {
    let mut bytes = [0; 8];
    if fill(&mut bytes) { (u64::from_be_bytes(bytes) >> 32) as f64 / f64::from(u32::MAX) } else { 0.5 }
}

/// A number to begin counting at, so that two counts hardly ever meet. It leaves room for as many to follow.
pub fn first_number() -> u64 {
    let mut bytes = [0; 8];
    if fill(&mut bytes) { u64::from_be_bytes(bytes) >> 2 } else { u64::from(std::process::id()) << 32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replayed_comes_again_and_only_in_its_thread() {
        let three = || [random(), first_number() as f64, random()];
        replay(Some(7));
        let first = three();
        assert!(std::thread::spawn(three).join().is_ok_and(|other| other != first));
        replay(Some(7));
        assert_eq!(three(), first);
        assert!((0.0..=1.0).contains(&first[0]) && first[0] != first[2]);
        replay(None);
        assert_ne!(three(), first);
    }
}
