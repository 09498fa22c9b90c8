//! Whether another installation syncs the same people: its runs stand in the comments of statuses, and this state does not know them. What
//! follows from it is decided elsewhere.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;

use crate::client::Call;
use crate::error::Error;
use crate::json::Json;
use crate::store::shelves::Change;

/// The shelf of the ids of plans and runs that were made with this state, each with the moment.
const IDS: &str = "sync ids";
/// For how long, in seconds, they are known …
const KNOWN_S: f64 = 90.0 * 86_400.0;
/// … and how old, in days, a run is that may have been forgotten: nothing is said of it.
const FORGOTTEN_DAYS: i64 = 80;

/// Remembers the id of a plan, whose run may set statuses: on the disk when this returns. Errors: `state`.
pub fn remember(call: &Call, plan: &str) -> Result<(), Error> {
    let shelves = call.store().shelves();
    let now = call.clock().wall();
    let known: Vec<(String, f64)> = shelves.all(call.at(), IDS)?.iter().filter_map(Json::view).collect();
    let old = known.into_iter().filter(|(_, at)| now - at > KNOWN_S).map(|(id, _)| Change::remove(IDS, id));
    let changes: Vec<Change> = old.chain([Change::put(IDS, plan, Json::of(&(plan, now)))]).collect();
    shelves.change(call.at(), &[], &changes)
}

/// How many of these runs are another installation's. Runs and their plans have the same id but for the first letter. Errors: `state`.
pub fn foreign(call: &Call, runs: &BTreeSet<String>) -> Result<u64, Error> {
    let today = call.clock().today();
    let young: Vec<&str> = runs.iter().filter(|run| is_young(run, today)).map(|run| run.trim_start_matches('r')).collect();
    if young.is_empty() {
        return Ok(0);
    }
    let known: Vec<(String, f64)> = call.store().shelves().all(call.at(), IDS)?.iter().filter_map(Json::view).collect();
    let known: BTreeSet<&str> = crate::sets::set(known.iter().map(|(id, _)| id.trim_start_matches('p')));
    Ok(young.into_iter().filter(|run| !known.contains(run)).count() as u64)
}

/// True for a run, as `r-20261127-0412-6f3a`, that a state would still know if it were its own.
fn is_young(run: &str, today: Date) -> bool {
    let day = run.strip_prefix("r-").and_then(|rest| rest.get(..8)).and_then(|day| Date::strptime("%Y%m%d", day).ok());
    let oldest = today.checked_sub(Span::new().days(FORGOTTEN_DAYS)).unwrap_or(Date::MIN);
    day.is_some_and(|day| day >= oldest)
}
