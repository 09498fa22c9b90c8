//! One exchange over the wire, and the rules of connections.

mod rehearsal;
mod ureq;

pub use self::ureq::{Answer, Broken, Cause, Exchange, Outcome, Transport};
