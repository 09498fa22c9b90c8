//! The operation `sync.plan`: what has to change, priced, before anything is written.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::exceptions::Exceptions;
use super::hr::{self, HrFile};
use super::keeping;
use super::plan::draft::Given;
use super::plan::{Kind, Plan, planner};
use super::profile::Profile;
use super::reading;
use super::report::{self, Basis};
use super::taking;
use crate::client::Call;
use crate::clock::in_norway;
use crate::error::Error;
use crate::json::Json;
use crate::operations::codes::Scheme;
use crate::wire::objects::SCHEMES;

/// What is to be planned.
#[derive(Debug, Default)]
pub struct Planned {
    /// The profile as it was given in the call …
    pub profile: Option<Map<String, Value>>,
    /// … or the path of its file.
    pub profile_file: Option<String>,
    /// Replaces the profile's `file`, member by member.
    pub file: Option<Value>,
    /// The rows, as a JSON array, in place of a file.
    pub people: Option<Json>,
}

/// A profile and the folder that its paths are relative to.
struct Known {
    profile: Profile,
    folder: Option<PathBuf>,
}

/// Makes a plan; writes nothing to FinAut. The reply: as [`report::json`] makes it. Errors: `argument`, `validation` for a profile or a
/// file that cannot be used, `config` where the state lives in the process, those of a listing.
pub fn plan(call: &Call, planned: &Planned) -> Result<Json, Error> {
    keeping::check_store(call)?;
    let known = known(call, planned)?;
    let profile = &known.profile;
    let today = call.clock().today();
    let (file, written) = rows(call, &known, planned)?;
    let exceptions = exceptions(&known, today)?;
    let memory = keeping::memory(call, &profile.name)?;
    let read = reading::read(call)?;
    check_schemes(profile, &read.world.schemes, &memory.schemes)?;
    let printer = keeping::printer(call);
    let (plan, _) = planner::plan(&Given {
        world: &read.world,
        file: &file,
        written,
        memory: &memory,
        profile,
        exceptions: &exceptions,
        now: call.clock().wall(),
        today,
        printer: &printer,
        is_loopback: call.config().loopback,
    });
    let id = id_of(call);
    let basis = basis(call, &known, &file, written, &read, &plan, &id)?;
    let reply = report::json(&plan, &basis);
    keeping::keep_plan(call, &profile.name, &id, &plan, &reply)?;
    Ok(reply)
}

fn known(call: &Call, planned: &Planned) -> Result<Known, Error> {
    let (given, folder) = match (&planned.profile, &planned.profile_file) {
        (Some(profile), None) => (profile.clone(), None),
        (None, Some(path)) => {
            let path = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
            let bytes = taking::kept_file("profile_file", &path)?;
            (
                crate::arguments::read(&bytes, crate::encoding::Encoding::UTF_8, "The profile's file")?,
                path.parent().map(Path::to_path_buf),
            )
        }
        (Some(_), Some(_)) => return Err(Error::argument("profile and profile_file are both given; give one of them.")),
        (None, None) => return Err(Error::argument("Give the profile, as \"profile\" or by its path as \"profile_file\".")),
    };
    Ok(Known { profile: Profile::read(given, planned.file.as_ref(), call.config().loopback)?, folder })
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
            let taken = taking::hr_file(call, &place, at.settings.end.is_some())?;
            let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
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

/// As `p-20261127-0412-6f3a`: the minute in Norway, and something that tells apart what was made in it.
fn id_of(call: &Call) -> String {
    let now = in_norway(call.clock().wall());
    let digits: String = now.chars().filter(char::is_ascii_digit).take(12).collect();
    let (day, time) = digits.split_at_checked(8).unwrap_or((&digits, ""));
    format!("p-{day}-{time}-{:04x}", (crate::random::random() * 65_536.0) as u32)
}

fn basis(
    call: &Call,
    known: &Known,
    file: &HrFile,
    written: Option<f64>,
    read: &reading::Read,
    plan: &Plan,
    id: &str,
) -> Result<Basis, Error> {
    let requests: u64 = plan.steps.iter().filter(|step| step.held.is_none()).map(|step| step.requests).sum();
    let budget = call.budget(usize::try_from(requests).unwrap_or(usize::MAX))?;
    let free = plan.steps.iter().filter(|step| step.held.is_none());
    // One for each person who is created or changed, and one for each status.
    let minimum = free.filter(|step| matches!(step.kind, Kind::Create | Kind::Update | Kind::Hold | Kind::Withdraw)).count();
    Ok(Basis {
        id: id.to_owned(),
        profile: known.profile.name.clone(),
        rows: file.rows.len() as u64,
        sha256: file.sha256,
        written: written.map(in_norway),
        read: in_norway(read.at),
        people: read.world.people.len() as u64,
        requests: read.requests,
        minimum: minimum as u64,
        free_now: budget.free as u64,
        through: (requests > 0).then(|| in_norway(call.clock().wall() + budget.through_s)),
        names: std::collections::BTreeMap::new(),
    })
}
