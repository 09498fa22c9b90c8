//! Creating a user, and recognising it after its creation broke off.

use serde_json::{Map, json};

use super::contact::{check_contact, check_text};
use super::work::{Franchise, work_for};
use crate::client::{self, Call, Creation, Found, Request};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::address::role_url;
use crate::operations::codes::Role;
use crate::operations::comparison::is_name;
use crate::operations::known_ids;
use crate::operations::person::Person;
use crate::operations::views::{User, role_code};
use crate::persnr::Persnr;
use crate::wire::objects::{field, path};

/// A user to be created.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Identity number.
    pub persnr: Persnr,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The company's number.
    pub company: u64,
    /// The department's number.
    pub department: u64,
    /// The franchise, where there is one.
    pub franchise: Option<Franchise>,
    /// E-mail address.
    pub email: Option<String>,
    /// 8 digits, without +47 and without spaces.
    pub mobile: Option<String>,
    /// The employer's own id of the person.
    pub employee_alias: Option<String>,
    /// The roles; their order does not matter, nor that one stands twice.
    pub roles: Vec<Role>,
}

impl NewUser {
    /// The body of the request that creates it.
    fn body(&self, call: &Call) -> Json {
        let mut user = Map::new();
        let texts = [
            (field::PERSNR, Some(self.persnr.as_str())),
            (field::FIRST_NAME, Some(self.first_name.as_str())),
            (field::LAST_NAME, Some(self.last_name.as_str())),
            (field::EMAIL, self.email.as_deref()),
            (field::MOBILE, self.mobile.as_deref()),
            (field::EMPLOYEE_ALIAS, self.employee_alias.as_deref()),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                user.insert(name.into(), json!(text));
            }
        }
        user.insert(field::WORK_FOR.into(), json!(work_for(call, self.company, self.department, self.franchise.as_ref())));
        let mut roles: Vec<&Role> = self.roles.iter().collect();
        roles.sort();
        roles.dedup();
        user.insert(field::USERROLES.into(), roles.into_iter().map(|role| json!(role_url(call, role.as_str()))).collect());
        Json::of(&user)
    }
}

/// Creates exactly one user, also when the connection breaks. The reply: the new user.
///
/// Errors: `validation`, before sending for an address or number of wrong form, and for a person who is registered already;
/// `unknown_outcome`.
pub fn create(call: &Call, new: &NewUser) -> Result<Json, Error> {
    check_text(field::FIRST_NAME, Some(&new.first_name))?;
    check_text(field::LAST_NAME, Some(&new.last_name))?;
    check_text(field::EMPLOYEE_ALIAS, new.employee_alias.as_deref())?;
    check_contact(new.email.as_deref(), new.mobile.as_deref())?;
    let person = Person::Persnr(new.persnr.clone());
    let created = client::create(
        call,
        &Creation {
            request: Request::post(path::USER, new.body(call)),
            find: &|call| find(call, &person, new),
            check: "look the person up with users.get by \"persnr\": if it is there, the creation succeeded",
        },
    )?;
    // Forgetting the new number costs a request later; failing now would make a creation that went through look as if it had not.
    let _ = known_ids::remember(call, &User::of(&created));
    Ok(created)
}

fn find(call: &Call, person: &Person, new: &NewUser) -> Result<Found, Error> {
    let Some(found) = person.matches(call)?.into_iter().next() else { return Ok(Found::Nothing) };
    let user = User::of(&found);
    if !is_same_person(new, &user) {
        return Ok(Found::Others(somebody_elses(&user)));
    }
    // The same person, but perhaps the server writes an address in its own way.
    Ok(if has_same_contact(new, &user) { Found::Ours(found) } else { Found::Unclear })
}

/// True unless the user that was found shows another name, department or fewer roles than were sent. The server may write names
/// its own way, so case and spaces do not count.
fn is_same_person(sent: &NewUser, found: &User) -> bool {
    // A field that the server does not show tells nothing; one that it shows as empty tells that it is not ours.
    let is_named = |shown: Option<_>, sent: &str| shown.is_none_or(|shown| is_name(shown, sent));
    let names = is_named(found.first_name, &sent.first_name) && is_named(found.last_name, &sent.last_name);
    let roles = found.roles().is_none_or(|shown| {
        let shown: Vec<_> = shown.into_iter().map(role_code).collect();
        // Roles that cannot be read tell nothing.
        shown.contains(&None) || sent.roles.iter().all(|role| shown.iter().flatten().any(|code| code == role.as_str()))
    });
    names && roles && found.department().is_none_or(|department| department == sent.department)
}

/// True unless the user that was found shows another alias, e-mail address or mobile number than was sent, which the server may
/// have normalised.
fn has_same_contact(sent: &NewUser, found: &User) -> bool {
    let fields = [(&sent.employee_alias, found.employee_alias), (&sent.email, found.email), (&sent.mobile, found.mobile)];
    fields.into_iter().all(|(sent, shown)| match (sent, shown) {
        (Some(sent), Some(shown)) => is_name(shown, sent),
        _ => true,
    })
}

fn somebody_elses(found: &User) -> Error {
    let id = found.number().map(|id| format!(" (user {id})")).unwrap_or_default();
    let problem = format!("a person with this number is registered already{id}, with other particulars");
    Error::new(Code::Validation, format!("persnr: {problem}. This call created nobody; use users.update or users.add_role."))
        .field(field::PERSNR, &problem)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn sent(first_name: &str, last_name: &str) -> NewUser {
        NewUser {
            persnr: Persnr::parse("01819010001").unwrap(),
            first_name: first_name.into(),
            last_name: last_name.into(),
            company: 1,
            department: 2,
            franchise: None,
            email: None,
            mobile: None,
            employee_alias: None,
            roles: Vec::new(),
        }
    }

    fn is_perhaps(sent: &NewUser, found: &Value) -> bool {
        is_same_person(sent, &User::of(&Json::of(found)))
    }

    fn is_wholly(sent: &NewUser, found: &Value) -> bool {
        is_perhaps(sent, found) && has_same_contact(sent, &User::of(&Json::of(found)))
    }

    #[test]
    fn the_person_that_we_sent_is_told_from_somebody_elses() {
        let kari = sent("Kari  Anne", "NORDMANN");
        assert!(is_wholly(
            &kari,
            &json!({"first_name": "kari anne", "last_name": "Nordmann", "work_for": {"department": "http://b/departments/2/"}})
        ));
        assert!(is_wholly(&kari, &json!({"first_name": "Kari Anne", "last_name": "Nordmann"})));
        assert!(!is_wholly(&kari, &json!({"first_name": "Ola", "last_name": "Nordmann"})));
        assert!(!is_wholly(
            &kari,
            &json!({"first_name": "Kari Anne", "last_name": "Nordmann", "work_for": {"department": "http://b/departments/3/"}})
        ));
        let a = NewUser {
            employee_alias: Some("E1".into()),
            roles: Role::parse("n3_ba").into_iter().collect(),
            ..sent("A", "Nordmann")
        };
        assert!(is_wholly(
            &a,
            &json!({"first_name": "A", "userroles": ["http://b/userrole/afr_ka/", "http://b/userrole/n3_ba/"]})
        ));
        assert!(!is_wholly(&a, &json!({"first_name": "A", "userroles": ["http://b/userrole/afr_ka/"]})));
        let both = NewUser { roles: ["n3_ba", "afr_tl"].into_iter().filter_map(Role::parse).collect(), ..a.clone() };
        assert!(!is_wholly(&both, &json!({"first_name": "A", "userroles": ["http://b/userrole/n3_ba/"]})));
        assert!(!is_wholly(&a, &json!({"first_name": "A", "employee_alias": null})));
        // But perhaps ours.
        assert!(is_perhaps(&a, &json!({"first_name": "A", "employee_alias": null})));
        assert!(!is_perhaps(&a, &json!({"first_name": "B", "employee_alias": null})));
    }
}
