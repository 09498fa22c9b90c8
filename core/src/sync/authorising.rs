//! Whose authorisations are not as HR wants them: found when a run compares, from FinAut's statuses and from what HR asks for. How it is
//! shown or exported is not known here.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::memory::Memory;
use super::plan::{Plan, Subject};
use super::record::{Authorisation, Differs};
use super::world::World;
use crate::client::Call;
use crate::error::Error;
use crate::ledger;
use crate::operations::codes::Scheme;
use crate::views::{self, Status};

/// Since when each status holds, by person and scheme; without a request. Errors: `state`.
fn days(call: &Call) -> Result<BTreeMap<(u64, Scheme), Date>, Error> {
    let ledger = ledger::known(call)?.unwrap_or_default();
    let day = |record: &crate::json::Json| {
        let status = Status::of(record);
        let user = status.user.map(views::reference).and_then(views::number)?;
        let scheme = Scheme::parse(&status.appname.and_then(views::scheme_code)?.to_ascii_lowercase())?;
        (!status.is_leaders()).then_some(((user, scheme), status.day()?))
    };
    Ok(crate::sets::map(ledger.records.iter().filter_map(day)))
}

/// Those that differ from what HR wants, in the schemes of the profile; nobody who is kept out is among them. `before`: those of the run
/// before, which know since when. Errors: `state`.
pub fn authorisations(
    call: &Call,
    world: &World,
    memory: &Memory,
    plan: &Plan,
    schemes: &[Scheme],
    before: &[Authorisation],
) -> Result<Vec<Authorisation>, Error> {
    let (days, today) = (days(call)?, call.clock().today());
    let known: BTreeMap<(Differs, Option<u64>, Option<&Scheme>), Date> =
        crate::sets::map(before.iter().map(|known| ((known.differs, known.subject.id, known.scheme.as_ref()), known.since)));
    let mut all = Vec::new();
    let mut add = |differs: Differs, id: u64, scheme: Option<&Scheme>| {
        let Some(person) = world.people.get(&id) else { return };
        let day = scheme.and_then(|scheme| days.get(&(id, scheme.clone())).copied());
        let since = day.or_else(|| known.get(&(differs, Some(id), scheme)).copied()).unwrap_or(today);
        let status = scheme.and_then(|scheme| world.candidate_status(id, scheme)).map(|status| status.word.clone());
        let subject = Subject { id: Some(id), employee_alias: person.employee_alias.clone(), row: None };
        all.push(Authorisation { differs, subject, scheme: scheme.cloned(), status, since });
    };
    let is_authorised = |id: u64, scheme: &Scheme| {
        let status = world.candidate_status(id, scheme);
        status.is_some_and(|status| is_authorised(&status.word, scheme))
    };
    for (id, seen) in memory.people.iter().filter(|(_, seen)| !seen.is_confidential) {
        let has_left = seen.absent.is_some() || seen.over_since.is_some();
        for scheme in schemes {
            let is_wanted = !has_left && seen.leave_since.is_none() && seen.asked.get(scheme).is_some_and(Option::is_none);
            match (is_authorised(*id, scheme), is_wanted) {
                (false, true) => add(Differs::Wanted, *id, Some(scheme)),
                (true, false) if has_left => add(Differs::Left, *id, Some(scheme)),
                _ => {}
            }
        }
    }
    let is_kept_out = |id: &u64| memory.people.get(id).is_some_and(|seen| seen.is_confidential);
    for id in plan.unknown_to_hr.iter().filter(|id| !is_kept_out(id)) {
        let authorised: Vec<&Scheme> = schemes.iter().filter(|scheme| is_authorised(*id, scheme)).collect();
        match authorised.is_empty() {
            true => add(Differs::Unknown, *id, None),
            false => authorised.into_iter().for_each(|scheme| add(Differs::Unknown, *id, Some(scheme))),
        }
    }
    for (id, scheme) in plan.extra.iter().filter(|(id, _)| !is_kept_out(id)) {
        add(Differs::Extra, *id, Some(scheme));
    }
    Ok(all)
}

/// True for the status of somebody who is authorised in a scheme.
pub fn is_authorised(word: &str, scheme: &Scheme) -> bool {
    let (word, scheme) = (word.to_ascii_lowercase(), scheme.as_str().to_ascii_lowercase());
    word.strip_prefix(&scheme) == Some("ok")
}
