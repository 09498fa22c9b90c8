//! A user's roles: reading them and writing them back with new ones, so that none is lost.

use serde_json::json;

use super::update::patch;
use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::address::role_url;
use crate::operations::codes::Role;
use crate::operations::person::Person;
use crate::operations::views::{User, role_code};
use crate::wire::field;

/// Reads the roles, and writes them back with the new ones: whether the server replaces or adds, none is lost. Roles that are all
/// there already cost no second request. The reply: the user.
///
/// Errors: `not_found`, `ambiguous`; `protocol` for roles that are not understood, and where the answer lacks one.
pub fn add_roles(call: &Call, person: &Person, roles: &[Role]) -> Result<Json, Error> {
    let read = person.user(call)?;
    let user = User::of(&read);
    let id = user.number()?;
    let has = roles_of(&user)?;
    let mut union = has.clone();
    for role in roles {
        if !union.iter().any(|known| known == role.as_str()) {
            union.push(role.as_str().to_owned());
        }
    }
    if union.len() == has.len() {
        return Ok(read);
    }
    let urls: Vec<String> = union.iter().map(|role| role_url(call, role)).collect();
    let changed = patch(call, &Person::Id(id), &Json::of(&json!({ field::USERROLES: urls })))?;
    let user = User::of(&changed);
    // Only an answer that shows the roles can show that one is missing.
    if user.userroles.is_some() {
        let now = roles_of(&user)?;
        if let Some(missing) = union.iter().find(|role| !now.contains(role)) {
            let message = format!(
                "The server accepted the roles, but its answer lacks {missing}. Look at the user's roles with users.get."
            );
            return Err(Error::new(Code::Protocol, message));
        }
    }
    Ok(changed)
}

/// The codes of a user's roles, which the server may write as URLs or as objects. Errors: `protocol` for one that cannot be
/// told: writing the others back would take it away.
fn roles_of(user: &User) -> Result<Vec<String>, Error> {
    let Some(shown) = user.roles() else {
        let message = "The server does not show the user's roles as a list, and writing them anew could lose some. Nothing was changed; add the role in the portal.";
        return Err(Error::new(Code::Protocol, message));
    };
    let mut roles: Vec<String> = Vec::new();
    for role in shown {
        let code = role_code(role).ok_or_else(|| {
            let shown = crate::text::excerpt(role.as_str(), 200);
            let message = format!("One of the user's roles is written in a way that is not understood ({shown}), and writing the roles back could lose it. Nothing was changed; add the role in the portal.");
            Error::new(Code::Protocol, message)
        })?;
        if !roles.contains(&code) {
            roles.push(code);
        }
    }
    Ok(roles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_cannot_be_told_is_never_left_out() {
        let roles = |user: serde_json::Value| roles_of(&User::of(&Json::of(&user))).map_err(|e| e.code());
        let url = "https://x/finautapi/v1/userrole/afr_ka/";
        assert_eq!(roles(json!({"userroles": [url, url]})), Ok(vec!["afr_ka".to_owned()]));
        assert_eq!(roles(json!({"userroles": [url, 5]})), Err(Code::Protocol));
        assert_eq!(roles(json!({"userroles": null})), Err(Code::Protocol));
        assert_eq!(roles(json!({})), Err(Code::Protocol));
    }
}
