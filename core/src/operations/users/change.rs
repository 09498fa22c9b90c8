//! Changing a user: the particulars, where the user works, and new roles with them.

use serde_json::{Map, Value, json};

use super::contact::{check_contact, check_text};
use super::patch::{KNOWN, differences, patch};
use super::roles;
use super::work::{Franchise, work_for};
use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::codes::Role;
use crate::operations::organisation;
use crate::operations::person::Person;
use crate::operations::views::User;
use crate::operations::warnings::Warnings;
use crate::persnr::Persnr;
use crate::wire::objects::field;

/// What is to be changed of a user. `None` leaves a field as it is; an empty e-mail address, mobile number or alias removes it.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Identity number.
    pub persnr: Option<Persnr>,
    /// E-mail address.
    pub email: Option<String>,
    /// 8 digits, without +47 and without spaces.
    pub mobile: Option<String>,
    /// The employer's own id of the person.
    pub employee_alias: Option<String>,
    /// The company's number; only with a department.
    pub company: Option<u64>,
    /// The department's number. Its company is looked up, unless it is given.
    pub department: Option<u64>,
    /// The franchise. Without a department, that of the department that the user is in.
    pub franchise: Option<Franchise>,
    /// New roles; those that the user has stay.
    pub add_roles: Vec<Role>,
    /// Names and values of fields that are not known here; they are sent as they are.
    pub other: Vec<(String, Json)>,
}

impl Changes {
    fn texts(&self) -> [(&'static str, Option<&str>); 6] {
        [
            (field::PERSNR, self.persnr.as_ref().map(Persnr::as_str)),
            (field::FIRST_NAME, self.first_name.as_deref()),
            (field::LAST_NAME, self.last_name.as_deref()),
            (field::EMAIL, self.email.as_deref()),
            (field::MOBILE, self.mobile.as_deref()),
            (field::EMPLOYEE_ALIAS, self.employee_alias.as_deref()),
        ]
    }

    /// True if the user's place of work is changed.
    fn moves(&self) -> bool {
        self.company.is_some() || self.department.is_some() || self.franchise.is_some()
    }

    /// Refuses what the server is known to refuse, and what it would take and do nothing about. Errors: `validation`.
    pub fn check(&self) -> Result<(), Error> {
        let says_nothing = self.texts().iter().all(|(_, text)| text.is_none()) && !self.moves();
        if says_nothing && self.other.is_empty() && self.add_roles.is_empty() {
            return Err(Error::invalid("changes", "is empty; name at least one field to change"));
        }
        if self.company.is_some() && self.department.is_none() {
            return Err(Error::invalid(field::COMPANY, "does not say where in it; give \"department\" as well"));
        }
        for (name, _) in &self.other {
            let instead = match name.as_str() {
                field::ID => return Err(Error::invalid("other", "\"id\" cannot be changed")),
                field::USERROLES => "\"add_roles\" or \"add_schemes\", which lose no role,",
                field::WORK_FOR => "\"department\", \"company\" and \"franchise\"",
                known if KNOWN.contains(&known) => "it",
                _ => continue,
            };
            let name = crate::text::quoted(name, 60);
            return Err(Error::invalid("other", format!("{name} is known here; give {instead} beside \"other\"")));
        }
        for (name, text) in [(field::FIRST_NAME, &self.first_name), (field::LAST_NAME, &self.last_name)] {
            if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
                return Err(Error::invalid(name, "must be a string that is not empty"));
            }
        }
        for name in [field::FIRST_NAME, field::LAST_NAME, field::EMPLOYEE_ALIAS] {
            check_text(name, self.texts().into_iter().find(|(known, _)| *known == name).and_then(|(_, text)| text))?;
        }
        let filled = |text: &'_ Option<String>| text.clone().filter(|text| !text.is_empty());
        check_contact(filled(&self.email).as_deref(), filled(&self.mobile).as_deref())
    }

    /// The request's body, all but the roles.
    fn body(&self, work_for: Option<&Json>) -> Json {
        let mut body: Map<String, Value> =
            self.texts().into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text?)))).collect();
        if let Some(work_for) = work_for {
            body.insert(field::WORK_FOR.into(), json!(work_for));
        }
        body.extend(self.other.iter().map(|(name, value)| (name.clone(), json!(value))));
        Json::of(&body)
    }

    /// Where the user is to work, whole: the server is not known to fill in what is missing. Errors: as
    /// [`organisation::company_of`] and [`Person::user`]; `protocol` if the server does not show where the user works now.
    fn work_for(&self, call: &Call, person: &Person) -> Result<Option<Json>, Error> {
        if let Some(department) = self.department {
            let company = match self.company {
                Some(company) => company,
                None => organisation::company_of(call, department)?,
            };
            return work_for(call, company, department, self.franchise.as_ref()).map(Some);
        }
        let Some(franchise) = &self.franchise else { return Ok(None) };
        let user = person.user(call)?;
        let user = User::of(&user);
        let (Some(company), Some(department)) = (user.company(), user.department()) else {
            let message = "The server does not show where the person works. Give \"department\" and \"company\" as well.";
            return Err(Error::new(Code::Protocol, message));
        };
        work_for(call, company, department, Some(franchise)).map(Some)
    }
}

/// Changes a user, all of it in one PATCH. The reply: the changed user, or `null` where the server answers without one and it cannot
/// be read. `warnings` tell which field the server shows otherwise than it was sent, or not at all.
///
/// Errors: `validation`, `not_found`, `ambiguous`; `protocol` if the remembered user now has another identity number; with new roles
/// those of [`super::add_roles`].
pub fn update(call: &Call, person: &Person, changes: &Changes) -> Result<Json, Error> {
    changes.check()?;
    let body = changes.body(changes.work_for(call, person)?.as_ref());
    let of_the_id;
    let person = if changes.persnr.is_none() {
        person
    } else {
        // From now on the former number may become somebody else's.
        let id = person.id(call)?;
        person.forget(call)?;
        Person::Id(id).forget(call)?;
        of_the_id = Person::Id(id);
        &of_the_id
    };
    let user = if changes.add_roles.is_empty() {
        patch(call, person, &body)?
    } else {
        roles::write(call, person, &changes.add_roles, &body, None)?.told(call, &changes.add_roles)?
    };
    Ok(differences(&body, &user).told_with(user))
}

/// The same of a user who was just read: new roles cost no further reading, unless somebody may have written the user since. `since`: a
/// moment of the call's clock before the reading. With a department or franchise, the company and the department must be given. The
/// reply: the changed user, and what to know of it. Errors: as [`update`].
pub fn update_read(call: &Call, read: Json, since: f64, changes: &Changes) -> Result<(Json, Warnings), Error> {
    changes.check()?;
    let person = Person::Id(User::of(&read).number()?);
    let body = changes.body(changes.work_for(call, &person)?.as_ref());
    let user = if changes.add_roles.is_empty() {
        patch(call, &person, &body)?
    } else {
        roles::write(call, &person, &changes.add_roles, &body, Some((read, since)))?.user
    };
    let warnings = differences(&body, &user);
    Ok((user, warnings))
}

/// Where somebody is moved to.
#[derive(Debug, Clone)]
pub struct Destination {
    /// The department's number.
    pub department: u64,
    /// The company's number; `None`: the department's own.
    pub company: Option<u64>,
    /// The franchise, where there is one.
    pub franchise: Option<Franchise>,
}

/// Moves a user to another department. The reply: the user.
///
/// Errors: `not_found`, `ambiguous`; `protocol` if the server does not tell the department's company.
pub fn relocate(call: &Call, person: &Person, to: &Destination) -> Result<Json, Error> {
    let company = match to.company {
        Some(company) => company,
        None => organisation::company_of(call, to.department)?,
    };
    let work_for = work_for(call, company, to.department, to.franchise.as_ref())?;
    let body = Json::of(&json!({ field::WORK_FOR: work_for }));
    let user = patch(call, person, &body)?;
    Ok(differences(&body, &user).told_with(user))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(changes: Changes) -> Option<String> {
        changes.check().err().map(|e| e.message().into_owned())
    }

    #[test]
    fn what_the_server_would_refuse_is_refused_here() {
        let some = |text: &str| Some(text.to_owned());
        assert!(refused(Changes::default()).is_some_and(|said| said.contains("is empty")));
        assert!(
            refused(Changes { other: vec![("id".into(), Json::of(&5))], ..Changes::default() })
                .is_some_and(|said| said.contains("cannot be changed"))
        );
        for bad in [
            Changes { first_name: some(" "), ..Changes::default() },
            Changes { mobile: some("+4791234567"), ..Changes::default() },
            Changes { email: some("kari@localhost"), ..Changes::default() },
        ] {
            assert!(refused(bad.clone()).is_some(), "{bad:?}");
        }
        assert_eq!(refused(Changes { mobile: some(""), email: some(""), ..Changes::default() }), None, "clears them");
    }

    #[test]
    fn fields_that_are_not_known_are_sent_as_they_are() {
        let title = Json::read(b"1.50").unwrap();
        let changes = Changes { email: Some("a@b.no".into()), other: vec![("title".into(), title)], ..Changes::default() };
        assert_eq!(changes.body(None).as_str(), r#"{"email":"a@b.no","title":1.50}"#);
        for known in KNOWN.iter().chain(&["id", "userroles", "work_for"]) {
            let other = vec![((*known).to_owned(), Json::null())];
            assert!(refused(Changes { other, ..Changes::default() }).is_some(), "{known}");
        }
    }
}
