//! The operation `sync.plan`: what has to change, priced, before anything is written.

use super::keeping;
use super::lease::{self, SyncLease};
use super::making::{self, Source};
use super::naming::{self, Known, ProfileAt};
use super::plan::Plan;
use super::progress::State;
use super::report::{self, Basis};
use super::told::Language;
use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;

/// What is to be planned.
#[derive(Debug)]
pub struct Planned {
    /// The profile.
    pub profile: ProfileAt,
    /// What it is made from besides.
    pub from: Source,
    /// Whether people's names are shown.
    pub names: bool,
}

/// Makes a plan; writes nothing to FinAut, and remembers nothing: a plan is no file seen. The reply: as [`report::json`] makes it; where
/// the next slot is further away than the call may wait, without steps and with the state `waiting`: the next call goes on.
///
/// Errors: `argument`, `validation` for a profile or a file that cannot be used, `config` where the state lives in the process, `busy`
/// where another sync is under way, `not_found` for one person whom neither the file nor FinAut has, those of a listing.
pub fn plan(call: &Call, planned: &Planned) -> Result<Json, Error> {
    keeping::check_store(call)?;
    let known = naming::known(call, &planned.profile, planned.from.file.as_ref())?;
    // Two requests of one person disturb no sync that is under way.
    let lease = match planned.from.only {
        Some(_) => None,
        None => Some(SyncLease::take(call, &known.profile.name, "sync.plan")?),
    };
    let kept = lease.as_ref().map(|lease| lease.kept_by(call));
    let call = kept.as_ref().unwrap_or(call);
    let mut basis = Basis { profile: known.profile.name.clone(), ..Basis::default() };
    match made(call, &known, planned, lease.as_ref(), &mut basis) {
        Ok(reply) => Ok(reply),
        Err(error) => {
            if let Some(lease) = &lease {
                // What went wrong first is what the caller has to know.
                let _ = lease.end(&error);
            }
            // A slot that is too far away ends no sync: it is gone on with.
            let wait_s = error.details().retry_after_s.filter(|_| error.code() == Code::Throttled).ok_or(error)?;
            basis.waits_s = Some(wait_s);
            basis.requests = u64::from(call.sent());
            basis.free_now = call.budget(0)?.free as u64;
            Ok(report::json(&Plan::default(), &basis, Language::English))
        }
    }
}

fn made(call: &Call, known: &Known, planned: &Planned, lease: Option<&SyncLease>, basis: &mut Basis) -> Result<Json, Error> {
    let enter = |state, done, of| match lease {
        Some(lease) => lease.enter(state, done, of),
        None => lease::tell(call, state, done, Some(of)),
    };
    let memory = keeping::memory(call, &known.profile.name)?;
    let made = making::make(call, known, &planned.from, &memory, &enter, basis)?;
    let steps = made.plan.steps.len() as u64;
    let mut kept = making::keep(call, made.plan, basis)?;
    enter(State::Ready, steps, steps)?;
    if !planned.names {
        report::without_names(&mut kept.plan, &mut kept.basis);
    }
    Ok(report::json(&kept.plan, &kept.basis, Language::English))
}
