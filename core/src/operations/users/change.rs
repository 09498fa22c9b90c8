//! Changing a user: the particulars, and where the user works.

use serde_json::{Map, Value, json};

use super::work::{Franchise, work_for};
use crate::client::{self, Call, Request};
use crate::error::Error;
use crate::json::Json;
use crate::operations::organisation;
use crate::operations::person::Person;
use crate::persnr::Persnr;
use crate::wire::objects::{field, path};

/// What is to be changed of a user. `None` leaves a field as it is; an empty e-mail address, mobile number or alias clears it.
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

    /// Refuses what the server is known to refuse. Errors: `validation`.
    fn check(&self) -> Result<(), Error> {
        if self.other.is_empty() && self.texts().iter().all(|(_, text)| text.is_none()) {
            return Err(Error::invalid("changes", "is empty; name at least one field to change"));
        }
        if self.other.iter().any(|(name, _)| name == field::ID) {
            return Err(Error::invalid("changes", "\"id\" cannot be changed"));
        }
        for (name, text) in [(field::FIRST_NAME, &self.first_name), (field::LAST_NAME, &self.last_name)] {
            if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
                return Err(Error::invalid(name, "must be a string that is not empty"));
            }
        }
        let filled = |text: &'_ Option<String>| text.clone().filter(|text| !text.is_empty());
        check_contact(filled(&self.email).as_deref(), filled(&self.mobile).as_deref())
    }

    /// The body of the request that makes them.
    fn body(&self) -> Json {
        let mut body: Map<String, Value> =
            self.texts().into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text?)))).collect();
        body.extend(self.other.iter().map(|(name, value)| (name.clone(), json!(value))));
        Json::of(&body)
    }
}

/// Changes a user's particulars. The reply: the changed user, or `null` where the server answers without one and it cannot be read.
///
/// Errors: `validation`, `not_found`, `ambiguous`; `protocol` if the remembered user now has another identity number.
pub fn update(call: &Call, person: &Person, changes: &Changes) -> Result<Json, Error> {
    changes.check()?;
    let body = changes.body();
    if changes.persnr.is_none() {
        return patch(call, person, &body);
    }
    // From now on the former number may become somebody else's.
    let id = person.id(call)?;
    person.forget(call)?;
    Person::Id(id).forget(call)?;
    patch(call, &Person::Id(id), &body)
}

/// Sends one PATCH for a user; the reply is the changed user.
pub fn patch(call: &Call, person: &Person, changes: &Json) -> Result<Json, Error> {
    person.with_id(call, &|id| {
        let request = Request::patch(format!("{}{id}/", path::USER), changes.clone());
        let user = client::send(call, &request)?;
        if !user.is_null() {
            return Ok(user);
        }
        // An answer without a body: the reply is to have the user all the same. The change is made, whether it can be had or not.
        Ok(Person::Id(id).user(call).unwrap_or(user))
    })
}

/// Refuses an e-mail address and a mobile number that the server is known to refuse. Errors: `validation`.
pub fn check_contact(email: Option<&str>, mobile: Option<&str>) -> Result<(), Error> {
    if let Some(mobile) = mobile
        && !(mobile.len() == 8 && mobile.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(Error::invalid(field::MOBILE, "must be 8 digits, without +47 and without spaces, as \"91234567\""));
    }
    if let Some(email) = email {
        let parts = email.rsplit_once('@');
        if parts.is_none_or(|(name, host)| name.is_empty() || !host.contains('.') || email.contains(char::is_whitespace)) {
            return Err(Error::invalid(field::EMAIL, "is no e-mail address, as \"kari.nordmann@example.no\""));
        }
    }
    Ok(())
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
    let work_for = work_for(call, company, to.department, to.franchise.as_ref());
    patch(call, person, &Json::of(&json!({ field::WORK_FOR: work_for })))
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
        assert_eq!(changes.body().as_str(), r#"{"email":"a@b.no","title":1.50}"#);
    }
}
