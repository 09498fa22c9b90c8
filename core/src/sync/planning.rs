//! The operation `sync.plan`: what has to change, priced, before anything is written.

use serde_json::Value;

use super::exceptions::Exceptions;
use super::hr::{self, HrFile};
use super::keeping::{self, KeptPlan};
use super::lease::{self, SyncLease};
use super::looking;
use super::naming::{self, Known, ProfileAt};
use super::plan::draft::Given;
use super::plan::{Kind, Plan, Subject, planner};
use super::profile::Profile;
use super::progress::State;
use super::reading::{self, Read};
use super::report::{self, Basis};
use super::taking;
use super::told::Language;
use super::world::World;
use crate::client::Call;
use crate::clock::in_norway;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::codes::{Role, RoleKind, Scheme};
use crate::operations::person::Person;
use crate::wire::objects::SCHEMES;

/// What is to be planned.
#[derive(Debug)]
pub struct Planned {
    /// The profile.
    pub profile: ProfileAt,
    /// Replaces the profile's `file`, member by member.
    pub file: Option<Value>,
    /// The rows, as a JSON array, in place of a file.
    pub people: Option<Json>,
    /// The one person whom it is for; `None`: everybody.
    pub only: Option<Person>,
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
    let known = naming::known(call, &planned.profile, planned.file.as_ref())?;
    // Two requests of one person disturb no sync that is under way.
    let lease = match planned.only {
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
    let profile = &known.profile;
    let today = call.clock().today();
    let (file, written) = rows(call, known, planned)?;
    basis.rows = file.rows.len() as u64;
    basis.sha256 = file.sha256;
    basis.written = written.map(in_norway);
    let exceptions = exceptions(known, today)?;
    let memory = keeping::memory(call, &profile.name)?;
    let (read, meant) = match &planned.only {
        None => (reading::read(call)?, None),
        Some(person) => {
            let (read, meant) = looking::read(call, person, &file, today)?;
            (read, Some(meant))
        }
    };
    // Of one person, nobody else is read who could be the BA; a run of everybody has looked.
    check(profile, &read.world, meant.is_none())?;
    check_schemes(profile, &read.world.schemes, &memory.schemes)?;
    enter(State::Planning, 0, basis.rows)?;
    let given = Given {
        world: &read.world,
        file: &file,
        written,
        memory: &memory,
        profile,
        exceptions: &exceptions,
        now: call.clock().wall(),
        today,
        printer: &keeping::printer(call),
        is_loopback: call.config().loopback,
    };
    let plan = match &meant {
        None => planner::plan(&given).0,
        Some(meant) => planner::plan_for_one(&given, &|person| meant.is(person)),
    };
    basis.id = keeping::new_id(call, &profile.name)?;
    basis.only = meant.is_some().then(|| the_one(&read));
    price(call, &read, &plan, basis)?;
    basis.names = report::names(&plan, basis.only.as_ref(), &read.world, &file);
    basis.places = report::places(&plan, &read.world);
    let steps = plan.steps.len() as u64;
    let names = basis.names.iter().map(|(subject, name)| (subject.clone(), name.clone())).collect();
    let mut kept = KeptPlan { made: call.clock().wall(), plan, basis: basis.clone(), names };
    keeping::keep_plan(call, &kept)?;
    enter(State::Ready, steps, steps)?;
    if !planned.names {
        report::without_names(&mut kept.plan, &mut kept.basis);
    }
    Ok(report::json(&kept.plan, &kept.basis, Language::English))
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
fn rows(call: &Call, known: &Known, planned: &Planned) -> Result<(HrFile, Option<f64>), Error> {
    let at = &known.profile.file;
    match (&planned.people, planned.file.is_some(), &at.path) {
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
