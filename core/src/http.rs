//! One exchange with the server behind a trait, so that a client can be run without a socket; and the way in which real ones
//! go: ureq, with rules of its own for connections.

mod agent;
mod certificates;
mod connection;
mod exchange;
mod gzip;
mod idle;
mod packing;
mod rehearsal;
mod resolver;
mod retry_after;
mod roots;
mod send;
mod socket;
mod tcp;
mod tls;
mod transport;
mod trust;

pub use exchange::{Answer, Broken, Cause, Exchange, Method, Outcome, Outgoing};
pub use retry_after::{LONGEST_S, RetryAfter};
pub use transport::Transport;
