//! The operation `sync.forget`: erases what a profile's syncs keep of a person (GDPR, article 17). That somebody of this number was seen in
//! an HR file stays, so that nobody becomes a newcomer by being forgotten; so do the audit's lines, which the customer has a duty to keep.

use super::auditing;
use super::keeping;
use super::lease::SyncLease;
use super::memory::Seen;
use super::naming::{self, ProfileAt};
use super::plan::Subject;
use super::reading;
use crate::client::Call;
use crate::error::Error;
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

/// The reply: `{"id", "was_seen", "plans", "audit_lines"}`. Errors: those of looking the person's number up, unless it is given; `busy`,
/// `config`, `state`.
pub fn forget(call: &Call, forgotten: &Forgotten) -> Result<Json, Error> {
    keeping::check_store(call)?;
    let profile = naming::name(&forgotten.profile)?;
    let lease = SyncLease::take(call, &profile, "sync.forget")?;
    let call = &lease.kept_by(call);
    let id = forgotten.person.id(call)?;
    let alias = match &forgotten.person {
        Person::Alias(alias) => Some(alias.clone()),
        _ => None,
    };
    let is_theirs = |subject: &Subject| subject.id == Some(id) || (alias.is_some() && subject.employee_alias == alias);
    let mut memory = keeping::memory(call, &profile)?;
    let was_seen = memory.people.contains_key(&id);
    if let Some(seen) = memory.people.get_mut(&id) {
        *seen = Seen { is_confidential: seen.is_confidential, ..Seen::default() };
    }
    memory.refused.retain(|_, refused| alias.is_none() || refused.employee_alias != alias);
    keeping::remember(call, &profile, &memory)?;
    let plans = keeping::forget_in_plans(call, &profile, &is_theirs)?;
    reading::forget(call)?;
    let audit_lines = auditing::lines_about(call, &profile, id, alias.as_deref())?;
    Ok(Json::of_members(vec![
        ("id", id.into()),
        ("was_seen", was_seen.into()),
        ("plans", plans.into()),
        ("audit_lines", audit_lines.into()),
    ]))
}
