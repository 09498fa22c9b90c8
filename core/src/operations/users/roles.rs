//! A user's roles: reading them and writing them back with new ones. None is lost, also when other calls do the same at once.

use super::patch::patch;
use crate::client::{self, Call};
use crate::error::{Code, Error};
use crate::json::{Json, JsonRef};
use crate::ledger;
use crate::operations::address::role_url;
use crate::operations::codes::{Role, RoleKind, Scheme};
use crate::operations::known_ids;
use crate::operations::lease::Lease;
use crate::operations::person::Person;
use crate::operations::views::{self, Status, User, role_code};
use crate::operations::warnings::Warnings;
use crate::wire::objects::{field, path, query, word};

/// How often roles are written before it is an error that the answer lacks one, or that the lease was lost.
const TRIES: u32 = 3;

/// Reads the roles, and writes them back with the new ones: whether the server replaces or adds, none is lost. Roles that are all
/// there already cost no second request. The reply: the user.
///
/// Errors: `not_found`, `ambiguous`; `protocol` for roles that are not understood, and where the answer still lacks one after the
/// roles were written again; `throttled` where another call changes the same person and is not through in time.
pub fn add_roles(call: &Call, person: &Person, roles: &[Role]) -> Result<Json, Error> {
    Ok(write(call, person, roles, &nothing(), None)?.user)
}

/// Signs a person up to schemes, as [`add_roles`] with the role of a candidate in each. The reply: the user, with a warning where a
/// person who had all the roles already is still withdrawn or on hold.
pub fn enroll(call: &Call, person: &Person, schemes: &[Scheme]) -> Result<Json, Error> {
    let roles = Role::in_each(schemes, RoleKind::Candidate);
    write(call, person, &roles, &nothing(), None)?.told(call, &roles)
}

/// A user whose roles were to be changed.
pub struct Written {
    /// The user as the server shows it afterwards.
    pub user: Json,
    /// False if all of it was there already, and so nothing was sent.
    pub changed: bool,
}

impl Written {
    /// The reply, with a warning where nothing was sent and the person is withdrawn or on hold in one of the schemes in which it was
    /// to be a candidate. Only then is the latest status looked up: the call saved its PATCH. Errors: `interrupted`, `forked`.
    pub fn told(self, call: &Call, roles: &[Role]) -> Result<Json, Error> {
        let mut warnings = Warnings::default();
        let schemes: Vec<&str> =
            roles.iter().filter_map(|role| role.as_str().strip_suffix(word::CANDIDATE)?.strip_suffix('_')).collect();
        if !self.changed && !schemes.is_empty() {
            match inactive(call, &User::of(&self.user), &schemes) {
                Ok(found) => found.into_iter().for_each(|(code, message)| warnings.add(code, message)),
                Err(e) if matches!(e.code(), Code::Interrupted | Code::Forked) => return Err(e),
                Err(e) => warnings.add(
                    "status_unknown",
                    format!("The roles were there already. Whether they are active could not be looked up: {}", e.words()),
                ),
            }
        }
        Ok(warnings.told_with(self.user))
    }
}

/// A user's latest statuses in these schemes, as far as they are known: the ledger's where it is young, else they are asked for.
fn latest_of(call: &Call, user: &User, schemes: &[&str]) -> Result<Vec<Json>, Error> {
    let Ok(id) = user.number() else { return Ok(Vec::new()) };
    if !call.fresh() && ledger::is_younger(call, ledger::YOUNG_S)? {
        let known = schemes.iter().map(|scheme| ledger::status_of(call, id, scheme)).collect::<Result<Vec<_>, _>>()?;
        return Ok(known.into_iter().flatten().collect());
    }
    // A user whose identity number is not shown is not looked for: the list knows no other name for certain.
    let Some(persnr) = user.persnr() else { return Ok(Vec::new()) };
    let listed = client::list(call, path::LATEST_STATUS, &[(query::PERSNR.into(), persnr.into_owned())], None)?;
    ledger::feed(call, listed.results.iter());
    Ok(listed.objects())
}

/// In which of the schemes the user's latest status says that the user is withdrawn or on hold: codes and sentences.
fn inactive(call: &Call, user: &User, schemes: &[&str]) -> Result<Vec<(&'static str, String)>, Error> {
    let Ok(id) = user.number() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for json in &latest_of(call, user, schemes)? {
        let status = Status::of(json);
        let is_theirs = status.user.and_then(|user| views::number(views::reference(user))) == Some(id);
        let Some(scheme) = schemes.iter().find(|scheme| is_theirs && status.is_of_scheme(scheme)) else { continue };
        let (code, what) = match status.status.and_then(JsonRef::text).as_deref() {
            Some(word::WITHDRAWN) => ("withdrawn", "withdrawn"),
            Some(word::ON_HOLD) => ("on_hold", "on hold"),
            _ => continue,
        };
        found.push((
            code,
            format!(
                "The role {scheme}_{} was there already, and the latest status in {scheme} still says that the person is {what}. \
                 Nothing was changed; make the person active again in the portal.",
                word::CANDIDATE
            ),
        ));
    }
    Ok(found)
}

/// A body without members.
fn nothing() -> Json {
    Json::joined(&["{}"])
}

/// Writes a user's roles with the new ones, and the members of `rest` with them, in one PATCH. Other calls that do the same to this
/// person wait meanwhile. Nothing is sent where the roles are all there and `rest` is empty. `known`: the user as it was just read, and a
/// moment of the call's clock before that; it is read again only if somebody may have written it since.
pub fn write(
    call: &Call,
    person: &Person,
    roles: &[Role],
    rest: &Json,
    mut known: Option<(Json, f64)>,
) -> Result<Written, Error> {
    let mut union: Vec<String> = Vec::new();
    let mut missing = String::new();
    let mut is_written = false;
    for _ in 0..TRIES {
        let (lease, read) = match known.take() {
            Some((read, since)) => alone(call, read, since)?,
            None => read_alone(call, person)?,
        };
        let kept = lease.kept_by(call);
        let user = User::of(&read);
        let has = roles_of(&user, BEFORE)?;
        for role in has.iter().map(String::as_str).chain(roles.iter().map(Role::as_str)) {
            if !union.iter().any(|known| known == role) {
                union.push(role.to_owned());
            }
        }
        // What this call has written already and the server now shows needs no further request.
        if union.len() == has.len() && (is_written || *rest == nothing()) {
            return Ok(Written { user: read, changed: is_written });
        }
        let urls: Vec<String> = union.iter().map(|role| role_url(call, role)).collect();
        let body = rest.clone().with_last(field::USERROLES, &Json::of(&urls));
        let changed = match patch(&lease.writing(&kept), &Person::Id(user.number()?), &body) {
            Ok(changed) => changed,
            Err(_) if lease.is_lost() => continue,
            Err(e) => return Err(e),
        };
        is_written = true;
        // An answer that does not show the roles proves nothing: they are read.
        let shown = User::of(&changed).userroles.is_some();
        let changed = if shown { changed } else { Person::Id(User::of(&read).number()?).user(&kept)? };
        let now = roles_of(&User::of(&changed), AFTER)?;
        match union.iter().find(|role| !now.contains(role)) {
            None => return Ok(Written { user: changed, changed: true }),
            // Another program may have written its own roles over ours just then: they are read and written again.
            Some(lacks) => missing.clone_from(lacks),
        }
    }
    if missing.is_empty() {
        let message = "Other calls changed the same person each time before this one could. Call again.";
        return Err(Error::new(Code::Throttled, message).retry_after_s(1.0));
    }
    let message = format!(
        "The server accepted the roles {TRIES} times, but its answer lacks {missing}. Look at the user's roles with users.get: \
         another program may write them at the same time."
    );
    Err(Error::new(Code::Protocol, message))
}

/// The lease on the person, and the user as it is while nobody else who shares the state writes it.
fn read_alone<'a>(call: &Call<'a>, person: &Person) -> Result<(Lease<'a>, Json), Error> {
    let known = match person {
        Person::Id(id) => Some(*id),
        Person::Persnr(persnr) => known_ids::of(call, persnr.as_str())?,
        Person::Alias(_) | Person::Encrypted(_) => None,
    };
    if let Some(id) = known {
        let lease = Lease::take(call, id)?;
        let read = Person::Id(id).user(&lease.kept_by(call));
        match (person, read) {
            (Person::Persnr(persnr), Err(e)) if e.code() == Code::NotFound => known_ids::forget(call, persnr.as_str())?,
            (_, read) => {
                let read = read?;
                if !person.is_not(&User::of(&read)) {
                    return Ok((lease, read));
                }
                // The number that was remembered for this person is another one's by now.
                person.forget(call)?;
            }
        }
    }
    let since = call.now();
    let read = person.user(call)?;
    alone(call, read, since)
}

/// The lease on a user who was read after `since`, and the user: as it was read, unless somebody may have written it since.
fn alone<'a>(call: &Call<'a>, read: Json, since: f64) -> Result<(Lease<'a>, Json), Error> {
    let id = User::of(&read).number()?;
    let lease = Lease::take(call, id)?;
    if lease.was_waited_for() || lease.was_written(call, since)? {
        let read = Person::Id(id).user(&lease.kept_by(call))?;
        return Ok((lease, read));
    }
    Ok((lease, read))
}

/// Where roles that cannot be read leave the caller, before anything was written and after it.
const BEFORE: &str = "Nothing was changed; add the role in the portal.";
const AFTER: &str = "The roles were written; look at them in the portal.";

/// The codes of a user's roles, which the server may write as URLs or as objects. Errors: `protocol` for one that cannot be
/// told: writing the others back would take it away. `end` is the message's last sentence.
fn roles_of(user: &User, end: &str) -> Result<Vec<String>, Error> {
    let Some(shown) = user.roles() else {
        let message = "The server does not show the user's roles as a list, and writing them anew could lose some.";
        return Err(Error::new(Code::Protocol, format!("{message} {end}")));
    };
    let mut roles: Vec<String> = Vec::new();
    for role in shown {
        let code = role_code(role).ok_or_else(|| {
            let shown = crate::text::excerpt(role.as_str(), 200);
            let message = format!(
                "One of the user's roles is written in a way that is not understood ({shown}), and writing the roles back could lose it."
            );
            Error::new(Code::Protocol, format!("{message} {end}"))
        })?;
        if !roles.contains(&code) {
            roles.push(code);
        }
    }
    Ok(roles)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_role_that_cannot_be_told_is_never_left_out() {
        let roles = |user: Value| roles_of(&User::of(&Json::of(&user)), BEFORE).map_err(|e| e.code());
        let url = "https://x/finautapi/v1/userrole/afr_ka/";
        assert_eq!(roles(json!({"userroles": [url, url]})), Ok(vec!["afr_ka".to_owned()]));
        assert_eq!(roles(json!({"userroles": [url, 5]})), Err(Code::Protocol));
        assert_eq!(roles(json!({"userroles": null})), Err(Code::Protocol));
        assert_eq!(roles(json!({})), Err(Code::Protocol));
    }
}
