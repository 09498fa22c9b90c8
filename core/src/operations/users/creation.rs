//! Creating a user, and recognising it after its creation broke off.

use serde_json::{Map, json};

use super::contact::{check_contact, check_text};
use super::work::{Franchise, work_for};
use crate::client::{self, Call, Creation, Found, Request, Subject};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::address::role_url;
use crate::operations::codes::Role;
use crate::operations::comparison::{Name, is_alike};
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
    /// Refuses what the server is known to refuse. Errors: `validation`.
    pub fn check(&self) -> Result<(), Error> {
        check_text(field::FIRST_NAME, Some(&self.first_name))?;
        check_text(field::LAST_NAME, Some(&self.last_name))?;
        check_text(field::EMPLOYEE_ALIAS, self.employee_alias.as_deref())?;
        check_contact(self.email.as_deref(), self.mobile.as_deref())
    }

    /// The body of the request that creates it. Errors: as [`work_for`].
    fn body(&self, call: &Call) -> Result<Json, Error> {
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
        user.insert(field::WORK_FOR.into(), json!(work_for(call, self.company, self.department, self.franchise.as_ref())?));
        let roles = crate::sets::set(&self.roles);
        user.insert(field::USERROLES.into(), roles.into_iter().map(|role| json!(role_url(call, role.as_str()))).collect());
        Ok(Json::of(&user))
    }
}

/// Creates exactly one user, also when the connection breaks. The reply: the new user.
///
/// Errors: `validation`, before sending for an address or number of wrong form, and for a person who is registered already;
/// `unknown_outcome`.
pub fn create(call: &Call, new: &NewUser) -> Result<Json, Error> {
    new.check()?;
    client::create(
        &Person::Persnr(new.persnr.clone()).learning(call),
        &Creation {
            request: Request::post(path::USER, new.body(call)?).about(Subject::Object),
            key: new.persnr.as_str(),
            is_shown: &|answer| is_user(&User::of(answer)),
            find: &|call| find(call, new),
            check: "look the person up with users.get by \"persnr\": if it is there, the creation succeeded",
        },
    )
}

/// True if another call, or a process that was killed, has sent the creation of a person with this number, and nobody knows yet what became
/// of it. No request is sent. Errors: `state`.
pub fn is_under_way(call: &Call, persnr: &Persnr) -> Result<bool, Error> {
    client::is_under_way(call, path::USER, persnr.as_str())
}

/// True for a user, as opposed to what a proxy may say.
fn is_user(answer: &User) -> bool {
    answer.number().is_ok() && (answer.persnr.is_some() || answer.last_name.is_some() || answer.userroles.is_some())
}

fn find(call: &Call, new: &NewUser) -> Result<Found, Error> {
    let filter = Person::Persnr(new.persnr.clone()).filter();
    Ok(found_among(client::list(call, path::USER, &[filter], None)?.objects(), new))
}

fn found_among(listed: Vec<Json>, new: &NewUser) -> Found {
    let nearness_of = |json: &Json| {
        let user = User::of(json);
        match (has_number(&user, &new.persnr), nearness(new, &user)) {
            // A server ignores a filter that it does not know, and lists everybody.
            (Some(false), _) => None,
            // Whose it is cannot be told where the number is not shown, or only a part of it.
            (None, Nearness::Others) => Some(Nearness::Perhaps),
            (_, nearness) => Some(nearness),
        }
    };
    let mut found: Vec<(Nearness, Json)> = listed.into_iter().filter_map(|json| Some((nearness_of(&json)?, json))).collect();
    crate::sets::sort_by_key(&mut found, |(nearness, _)| *nearness);
    let ours = found.iter().filter(|(nearness, _)| *nearness == Nearness::Ours).count();
    match found.into_iter().next() {
        None => Found::Nothing,
        Some((Nearness::Ours, user)) if ours > 1 => Found::Several(user),
        Some((Nearness::Ours, user)) => Found::Ours(user),
        Some((Nearness::Perhaps, _)) => Found::Unclear,
        Some((Nearness::Others, user)) => Found::Others(somebody_elses(&User::of(&user))),
    }
}

/// Whether the user has this identity number; `None` where it is not shown, or only a part of it. Blanks in it do not count.
fn has_number(user: &User, persnr: &Persnr) -> Option<bool> {
    let shown: String = user.persnr()?.chars().filter(|c| !c.is_whitespace()).collect();
    let is_whole = shown.len() == persnr.as_str().len() && shown.bytes().all(|b| b.is_ascii_digit());
    is_whole.then(|| shown == persnr.as_str())
}

/// How a user with the number that was sent stands to what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The same.
    Ours,
    /// The server may have written it in its own way, or somebody else may have registered the person before.
    Perhaps,
    /// Somebody else registered the person.
    Others,
}

/// The number is ours, so the person is the one that was meant: it is only in doubt who registered it, and a name that is merely
/// written otherwise tells nothing about that. What the server does not show tells nothing either; what it shows as empty does.
fn nearness(sent: &NewUser, found: &User) -> Nearness {
    let name = |shown: Option<_>, sent: &str| shown.map_or(Name::Same, |shown| Name::of(shown, sent));
    let names = [name(found.first_name, &sent.first_name), name(found.last_name, &sent.last_name)];
    let farthest = names.into_iter().max().unwrap_or(Name::Same);
    let is_placed = has_same_place(sent, found);
    match farthest {
        Name::Same | Name::Spelled if is_placed && has_same_contact(sent, found) => Nearness::Ours,
        Name::Same | Name::Spelled | Name::Related if is_placed => Nearness::Perhaps,
        Name::Spelled | Name::Related => Nearness::Perhaps,
        // Half a name, in the same place.
        Name::Another if is_placed && names.iter().any(|name| *name != Name::Another) => Nearness::Perhaps,
        Name::Same | Name::Another => Nearness::Others,
    }
}

/// True unless the user that was found shows another department or fewer roles than were sent.
fn has_same_place(sent: &NewUser, found: &User) -> bool {
    let roles = found.roles().is_none_or(|shown| {
        let shown: Vec<_> = shown.into_iter().map(role_code).collect();
        // Roles that cannot be read tell nothing.
        shown.contains(&None) || sent.roles.iter().all(|role| shown.iter().flatten().any(|code| code == role.as_str()))
    });
    roles && found.department().is_none_or(|department| department == sent.department)
}

/// True unless the user that was found shows another alias, e-mail address or mobile number than was sent, which the server may
/// have normalised.
fn has_same_contact(sent: &NewUser, found: &User) -> bool {
    let fields = [(&sent.employee_alias, found.employee_alias), (&sent.email, found.email), (&sent.mobile, found.mobile)];
    fields.into_iter().all(|(sent, shown)| match (sent, shown) {
        (Some(sent), Some(shown)) => is_alike(shown, sent),
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
        nearness(sent, &User::of(&Json::of(found))) != Nearness::Others
    }

    fn is_wholly(sent: &NewUser, found: &Value) -> bool {
        nearness(sent, &User::of(&Json::of(found))) == Nearness::Ours
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
        assert!(!is_perhaps(&a, &json!({"first_name": "B", "last_name": "Bakke", "employee_alias": null})));
    }

    #[test]
    fn a_number_that_is_shown_in_part_is_never_taken_for_absent() {
        let found = |persnr: Value, first_name: &str| {
            let user = json!({"id": 1, "persnr": persnr, "first_name": first_name, "last_name": "Nordmann"});
            match found_among(vec![Json::of(&user)], &sent("Kari", "Nordmann")) {
                Found::Nothing => "nothing",
                Found::Unclear => "unclear",
                Found::Ours(_) => "ours",
                Found::Several(_) => "several",
                Found::Others(_) => "others",
            }
        };
        for shown in [json!("01819010001"), json!("018190 10001"), json!("018190*****"), json!(null)] {
            assert_eq!(found(shown.clone(), "Kari"), "ours", "{shown}");
        }
        assert_eq!(found(json!("018190*****"), "Ola"), "unclear");
        assert_eq!(found(json!("01819010002"), "Kari"), "nothing");
    }

    #[test]
    fn a_name_in_the_servers_spelling_never_makes_it_somebody_elses() {
        let ase = sent("Åse Groß", "Prøve-Næss");
        let shown = |first: &str, last: &str, department: u32| json!({"first_name": first, "last_name": last, "work_for": {"department": department}});
        let of = |found: Value| nearness(&ase, &User::of(&Json::of(&found)));
        for (first, last) in [("A\u{30a}se GROSS", "PRØVE NÆSS"), ("Aase Gross", "Prove\u{2013}Naess")] {
            assert_eq!(of(shown(first, last, 2)), Nearness::Ours, "{first} {last}");
            assert_eq!(of(shown(first, last, 3)), Nearness::Perhaps, "{first} {last}, elsewhere");
        }
        for (first, last) in
            [("Åse", "Prøve-Næss"), ("Åse Groß Marie", "Prøve-Næss"), ("Åse Groß", "Prøve"), ("Åse Groß", "Hansen")]
        {
            assert_eq!(of(shown(first, last, 2)), Nearness::Perhaps, "{first} {last}");
        }
        assert_eq!(of(shown("Ola", "Bakke", 2)), Nearness::Others);
        assert_eq!(of(shown("Åse Groß", "Hansen", 3)), Nearness::Others);
        // Written as it was sent, but elsewhere: somebody registered the person before.
        assert_eq!(of(shown("ÅSE GROSS".replace("SS", "ß").as_str(), "Prøve-Næss", 3)), Nearness::Others);
    }
}
