//! How far a profile's sync is: kept, so that any process can tell it. What it does is not known here.

use serde::{Deserialize, Serialize};

use crate::client::Call;
use crate::error::Error;
use crate::json::Json;
use crate::store::shelves::Change;

/// The shelf of the progress of each profile.
const PROGRESS: &str = "sync progress";

/// How much longer than one request may take a process is believed to be at work that says nothing, in seconds.
const MARGIN_S: f64 = 10.0;
/// For how long at least.
const LEAST_S: f64 = 30.0;

/// After how long, in seconds, a process that says nothing is believed to have ended, where the system cannot tell.
pub fn lost_s(call: &Call) -> f64 {
    LEAST_S.max(call.config().timeout_s + MARGIN_S)
}

/// Where a plan is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// FinAut and the file are read.
    #[default]
    Reading,
    /// They are compared.
    Planning,
    /// The plan is there.
    Ready,
    /// It is carried out.
    Applying,
    /// It was carried out, as far as nothing holds it.
    Done,
    /// The next free request is too far away; the next call goes on.
    Waiting,
    /// The host ended it, or its process was killed; the next call goes on.
    Stopped,
    /// An error ended it.
    Broken,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            State::Reading => "reading",
            State::Planning => "planning",
            State::Ready => "ready",
            State::Applying => "applying",
            State::Done => "done",
            State::Waiting => "waiting",
            State::Stopped => "stopped",
            State::Broken => "broken",
        }
    }

    /// True while a process is at work on it.
    pub fn is_under_way(self) -> bool {
        matches!(self, State::Reading | State::Planning | State::Applying)
    }
}

/// How far a profile's sync is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Progress {
    /// The profile's name.
    pub profile: String,
    /// The operation, as `sync.plan`.
    pub operation: String,
    /// Where it is.
    pub state: State,
    /// When it began, in seconds since 1970.
    pub begun: f64,
    /// When this was kept, in seconds since 1970.
    pub at: f64,
    /// How much of it is done: pages read, or steps that are through.
    pub done: u64,
    /// How much there is, where that is known.
    pub of: Option<u64>,
    /// How many requests it has taken.
    pub requests: u64,
    /// How many the steps take that are not through, while a plan is carried out.
    #[serde(default)]
    pub ahead: Option<u64>,
    /// When it can go on, in seconds since 1970, while it waits.
    pub next_at: Option<f64>,
    /// The code of what ended it …
    pub code: Option<String>,
    /// … and what that said, redacted.
    pub message: Option<String>,
    /// The machine.
    pub machine: String,
    /// The process's number there.
    pub process: u32,
    /// The process, as the store tells processes apart.
    pub life: u32,
    /// The holder of the lease.
    pub holder: String,
}

impl Progress {
    /// Keeps it: on the disk when this returns. Errors: `state`.
    pub fn keep(&self, call: &Call) -> Result<(), Error> {
        call.store().shelves().change(call.at(), &[], &[Change::put(PROGRESS, self.profile.as_str(), Json::of(self))])
    }

    /// That of a profile. A plan whose process has ended is stopped. Errors: `state`.
    pub fn of(call: &Call, profile: &str) -> Result<Option<Progress>, Error> {
        let kept = call.store().shelves().get(call.at(), PROGRESS, profile)?;
        Ok(kept.and_then(|kept| kept.view::<Progress>()).map(|progress| progress.seen_from(call)))
    }

    /// The syncs of the account that are under way, of whatever profile. Errors: `state`.
    pub fn under_way(call: &Call) -> Result<Vec<Progress>, Error> {
        let all = call.store().shelves().all(call.at(), PROGRESS)?;
        let all = all.iter().filter_map(Json::view::<Progress>).map(|progress| progress.seen_from(call));
        Ok(all.filter(|progress| progress.state.is_under_way()).collect())
    }

    /// The same, but what a process left that has ended, or that has said nothing for too long, is stopped.
    fn seen_from(mut self, call: &Call) -> Progress {
        let is_silent = call.clock().wall() - self.at > 2.0 * lost_s(call);
        if self.state.is_under_way() && (is_silent || !call.store().is_alive(self.life)) {
            self.state = State::Stopped;
        }
        self
    }
}
