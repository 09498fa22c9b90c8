//! The inbox: it receives webhooks and the callbacks of the link flow, asks the API about them, polls where no webhook can come,
//! and gives the host one event for each change. How all of this is kept safely is the store's business.
//!
//! A claim is what a sender said about an object. Its states:
//!
//! ```text
//! arrived ──▶ untried ──the API was asked in vain──▶ tried, due again after 30 s × tries² ──▶ … ──▶ dropped
//!                └───────────the API showed the object────────────┴──▶ gone; if the object changed, an event was made
//! ```
//!
//! A claim that arrives again replaces the waiting one and is untried again. Where the configuration says `"verify": "none"`, there
//! are no claims: each payload that shows a change is an event at once.
//!
//! An event is a change that the host is told of. Its states:
//!
//! ```text
//! waiting ──inbox.next──▶ leased ──inbox.acknowledge──▶ acknowledged ──after keep_days──▶ deleted
//!    ▲                       │
//!    └───the lease ended─────┘
//! ```
//!
//! Of one object's events only the first that is not acknowledged is given out. An acknowledgement is accepted in any state.

mod delivery;
mod hour;
pub mod incoming;
mod kept;
pub mod kind;
mod lease;
mod links;
mod listing;
mod objects;
mod payload;
pub mod poll;
#[cfg(feature = "receiver")]
pub mod receiver;
mod refusal;
pub mod turn;
mod verify;
mod walk;
pub mod webhook;
