//! Makes the plan of a profile: takes the file, reads FinAut, compares, and prices what has to change. What becomes of the plan is not
//! known here.

use serde_json::Value;

use super::exceptions::Exceptions;
use super::hr::{self, HrFile};
use super::installations;
use super::keeping::{self, KeptPlan};
use super::looking;
use super::memory::{Approved, Memory};
use super::naming::Known;
use super::plan::draft::Given;
use super::plan::{Kind, Plan, Subject, planner};
use super::profile::Profile;
use super::progress::State;
use super::reading::{self, Read};
use super::report::{self, Basis};
use super::taking;
use super::world::World;
use crate::client::Call;
use crate::clock::in_norway;
use crate::error::Error;
use crate::json::Json;
use crate::operations::codes::{Role, RoleKind, Scheme};
use crate::operations::person::Person;
use crate::wire::objects::SCHEMES;

/// Where the rows come from, and whom they are for.
#[derive(Debug)]
pub struct Source {
    /// Replaces the profile's `file`, member by member.
    pub file: Option<Value>,
    /// The rows, as a JSON array, in place of a file.
    pub people: Option<Json>,
    /// The one person whom it is for; `None`: everybody.
    pub only: Option<Person>,
}

/// A plan, and what it was made from.
#[derive(Debug)]
pub struct Made {
    /// The plan.
    pub plan: Plan,
    /// What FinAut has.
    pub read: Read,
    /// The file.
    pub file: HrFile,
    /// When the file was written, in seconds since 1970.
    pub written: Option<f64>,
    /// What is to be left as it is.
    pub exceptions: Exceptions,
    /// What a run that makes this plan remembers; `None` for one person: that is no look at a file.
    pub memory_after: Option<Memory>,
}

/// Makes a plan. `enter` is told where it is. Errors: `validation` for a file that cannot be used, `not_found` for one person whom neither
/// the file nor FinAut has, those of a listing.
pub fn make(
    call: &Call,
    known: &Known,
    from: &Source,
    memory: &Memory,
    enter: &dyn Fn(State, u64, u64) -> Result<(), Error>,
    basis: &mut Basis,
) -> Result<Made, Error> {
    let profile = &known.profile;
    let today = call.clock().today();
    let (file, written) = rows(call, known, from)?;
    basis.approvable = Some(Approved { print: profile.print, rails: profile.rails });
    basis.rows = file.rows.len() as u64;
    basis.sha256 = file.sha256;
    basis.written = written.map(in_norway);
    let exceptions = exceptions(known, today)?;
    let (mut read, meant) = match &from.only {
        None => (reading::read(call)?, None),
        Some(person) => {
            let (read, meant) = looking::read(call, person, &file, today)?;
            (read, Some(meant))
        }
    };
    // Of one person, nobody else is read who could be the BA; a run of everybody has looked.
    check(profile, &read.world, meant.is_none())?;
    check_schemes(profile, &read.world.schemes, &memory.schemes)?;
    read.world.foreign_runs = installations::foreign(call, &read.world.runs)?;
    enter(State::Planning, 0, basis.rows)?;
    let given = Given {
        world: &read.world,
        file: &file,
        written,
        memory,
        profile,
        exceptions: &exceptions,
        now: call.clock().wall(),
        today,
        printer: &keeping::printer(call),
        is_loopback: call.config().loopback,
    };
    let (plan, memory_after) = match &meant {
        None => {
            let (plan, memory) = planner::plan(&given);
            (plan, Some(memory))
        }
        Some(meant) => (planner::plan_for_one(&given, &|person| meant.is(person)), None),
    };
    basis.id = keeping::new_id(call, &profile.name)?;
    installations::remember(call, &basis.id)?;
    basis.only = meant.is_some().then(|| the_one(&read));
    price(call, &read, &plan, basis)?;
    basis.names = report::names(&plan, basis.only.as_ref(), &read.world, &file);
    basis.places = report::places(&plan, &read.world);
    Ok(Made { plan, read, file, written, exceptions, memory_after })
}

/// Keeps the plan under its id, with what its reports show. Errors: `state`.
pub fn keep(call: &Call, plan: Plan, basis: &Basis) -> Result<KeptPlan, Error> {
    let names = basis.names.iter().map(|(subject, name)| (subject.clone(), name.clone())).collect();
    let kept = KeptPlan { made: call.clock().wall(), plan, basis: basis.clone(), names };
    keeping::keep_plan(call, &kept)?;
    Ok(kept)
}

/// Refuses a profile that does not fit what FinAut has. `is_everybody`: all people that the account sees are in the world. Errors:
/// `validation`.
fn check(profile: &Profile, world: &World, is_everybody: bool) -> Result<(), Error> {
    if profile.scope.companies.is_empty() && world.companies.len() != 1 {
        let numbers: Vec<String> = world.companies.keys().take(20).map(u64::to_string).collect();
        let problem =
            format!("is missing, and the account sees the companies {}: name those that the sync is about", numbers.join(", "));
        return Err(Error::invalid("scope.companies", problem));
    }
    if let Some(id) = profile.set_by.filter(|_| is_everybody && profile.writes_statuses()) {
        let Some(known) = world.people.get(&id) else {
            return Err(Error::invalid("set_by", format!("{id} is nobody whom the account sees")));
        };
        let is_ba = |role: &Role| role.as_str().rsplit_once('_').is_some_and(|(_, kind)| kind == RoleKind::Ba.word());
        if known.roles.as_ref().is_some_and(|roles| !roles.iter().any(is_ba)) {
            return Err(Error::invalid("set_by", format!("{id} is no BA, who alone sets statuses")));
        }
    }
    Ok(())
}

/// Refuses a scheme that never was one: a slip. One that was, and is not listed any more, is told by its rail. Errors: `validation`.
fn check_schemes(profile: &Profile, listed: &[Scheme], before: &[Scheme]) -> Result<(), Error> {
    let is_one = |scheme: &&Scheme| listed.contains(scheme) || before.contains(scheme) || SCHEMES.contains(&scheme.as_str());
    match profile.scope.schemes.iter().find(|scheme| !is_one(scheme)) {
        Some(scheme) if !listed.is_empty() => Err(super::profile::unknown_scheme(scheme, listed)),
        _ => Ok(()),
    }
}

/// The rows, and when their file was written.
fn rows(call: &Call, known: &Known, from: &Source) -> Result<(HrFile, Option<f64>), Error> {
    let at = &known.profile.file;
    match (&from.people, from.file.is_some(), &at.path) {
        (Some(_), true, _) => Err(Error::argument("Give the rows by one of file, people.")),
        (Some(people), false, _) => Ok((hr::read_people(people.as_str(), &at.settings)?, None)),
        (None, _, Some(path)) => {
            let place = taking::place("file", path, known.folder.as_deref())?;
            let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let taken = taking::hr_file(call, &place, at.settings.shows_its_end(&name))?;
            Ok((hr::read(taken.bytes, &name, &at.settings)?, Some(taken.written)))
        }
        (None, _, None) => {
            Err(Error::argument("Name the HR file by file, in the call or in the profile, or give its rows by people."))
        }
    }
}

fn exceptions(known: &Known, today: jiff::civil::Date) -> Result<Exceptions, Error> {
    let Some(path) = &known.profile.exceptions else { return Ok(Exceptions::default()) };
    let place = taking::place("exceptions", path, known.folder.as_deref())?;
    let bytes = taking::kept_file("exceptions", &place)?;
    Exceptions::read(bytes, today).map_err(|problem| Error::invalid("exceptions", problem))
}

/// The one person whom a plan is for, as FinAut has the person; without anything where FinAut has nobody, or several.
fn the_one(read: &Read) -> Subject {
    let mut people = read.world.people.values();
    match (people.next(), people.next()) {
        (Some(known), None) => Subject { id: Some(known.id), employee_alias: known.employee_alias.clone(), row: None },
        _ => Subject::default(),
    }
}

/// Adds what the plan costs, and what it was made from.
fn price(call: &Call, read: &Read, plan: &Plan, basis: &mut Basis) -> Result<(), Error> {
    let free = || plan.steps.iter().filter(|step| step.held.is_none());
    let requests: u64 = free().map(|step| step.requests).sum();
    let budget = call.budget(usize::try_from(requests).unwrap_or(usize::MAX))?;
    basis.read = in_norway(read.at);
    basis.people = read.world.people.len() as u64;
    basis.requests = read.requests;
    // One for each person who is created or changed, and one for each status.
    basis.minimum =
        free().filter(|step| matches!(step.kind, Kind::Create | Kind::Update | Kind::Hold | Kind::Withdraw)).count() as u64;
    basis.free_now = budget.free as u64;
    basis.through = (requests > 0).then(|| in_norway(call.clock().wall() + budget.through_s));
    Ok(())
}
