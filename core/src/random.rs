//! Randomness of the system: jitter, first numbers, names of holders.

use ring::rand::SecureRandom;

/// A number from 0 to 1.
pub fn random() -> f64 {
    let mut bytes = [0; 4];
    match ring::rand::SystemRandom::new().fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_be_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.5,
    }
}

/// A number to begin counting at, so that two counts hardly ever meet. It leaves room for as many to follow.
pub fn first_number() -> u64 {
    let mut bytes = [0; 8];
    match ring::rand::SystemRandom::new().fill(&mut bytes) {
        Ok(()) => u64::from_be_bytes(bytes) >> 2,
        Err(_) => u64::from(std::process::id()) << 32,
    }
}
