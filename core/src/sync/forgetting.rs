//! The operation `sync.forget`: erases what a profile's syncs keep of a person (GDPR, article 17). That somebody of this number was seen in
//! an HR file stays, so that nobody becomes a newcomer by being forgotten; so do the audit's lines, which the customer has a duty to keep.

use std::collections::BTreeSet;

use super::auditing;
use super::keeping;
use super::lease::SyncLease;
use super::memory::Seen;
use super::naming::{self, ProfileAt};
use super::plan::Subject;
use super::reading;
use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::person::Person;

/// Who is to be forgotten, and by which profile.
#[derive(Debug)]
pub struct Forgotten {
    /// The profile, or its name.
    pub profile: ProfileAt,
    /// The person.
    pub person: Person,
}

/// The reply: `{"id", "was_seen", "plans", "audit_lines"}`; the id is null for somebody whom FinAut does not have, named by alias. Errors:
/// those of looking the person's number up, unless it is given; `busy`, `config`, `state`.
pub fn forget(call: &Call, forgotten: &Forgotten) -> Result<Json, Error> {
    keeping::check_store(call)?;
    let profile = naming::name(&forgotten.profile)?;
    let lease = SyncLease::take(call, &profile, "sync.forget")?;
    let call = &lease.kept_by(call);
    let mut aliases = BTreeSet::new();
    let id = match (&forgotten.person, forgotten.person.id(call)) {
        (_, Ok(id)) => Some(id),
        // Somebody whom FinAut refused, or never was sent: rows name them all the same.
        (Person::Alias(_), Err(e)) if e.code() == Code::NotFound => None,
        (_, Err(e)) => return Err(e),
    };
    if let Person::Alias(alias) = &forgotten.person {
        aliases.insert(alias.clone());
    }
    if let Some(id) = id {
        aliases.extend(keeping::aliases_of(call, &profile, id)?);
    }
    let is_theirs = |subject: &Subject| match (id, subject.id) {
        (Some(id), Some(known)) => known == id,
        _ => subject.employee_alias.as_ref().is_some_and(|alias| aliases.contains(alias)),
    };
    let mut memory = keeping::memory(call, &profile)?;
    let was_seen = id.is_some_and(|id| memory.people.contains_key(&id));
    if let Some(seen) = id.and_then(|id| memory.people.get_mut(&id)) {
        *seen = Seen { is_confidential: seen.is_confidential, ..Seen::default() };
    }
    memory.refused.retain(|_, refused| !refused.employee_alias.as_ref().is_some_and(|alias| aliases.contains(alias)));
    lease.hold()?;
    keeping::remember(call, &profile, &memory)?;
    let plans = keeping::forget_in_plans(call, &profile, &is_theirs)?;
    reading::forget(call)?;
    let audit_lines = auditing::lines_about(call, &profile, id, &aliases)?;
    Ok(Json::of_members(vec![
        ("id", id.into()),
        ("was_seen", was_seen.into()),
        ("plans", plans.into()),
        ("audit_lines", audit_lines.into()),
    ]))
}
