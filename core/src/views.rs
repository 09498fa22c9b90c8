//! Views of the server's objects: the members that operations look at, found in one pass over the text, which itself stays as it
//! is. A member is `None` where the server does not show it; one of another type than expected is there and reads as nothing.

use std::borrow::Cow;

use crate::arguments;
use crate::error::{Code, Error};
use crate::json::JsonRef;
use crate::wire::objects::{field, path, word};

/// A user.
#[derive(Debug, Clone, Copy)]
pub struct User<'a> {
    /// A number, or the address of the user.
    pub id: Option<JsonRef<'a>>,
    /// The identity number.
    pub persnr: Option<JsonRef<'a>>,
    /// First name.
    pub first_name: Option<JsonRef<'a>>,
    /// Last name.
    pub last_name: Option<JsonRef<'a>>,
    /// The employer's own id of the person.
    pub employee_alias: Option<JsonRef<'a>>,
    /// E-mail address.
    pub email: Option<JsonRef<'a>>,
    /// Telephone number.
    pub mobile: Option<JsonRef<'a>>,
    /// An object with company, department and perhaps franchise.
    pub work_for: Option<JsonRef<'a>>,
    /// An array of roles, each an address or an object.
    pub userroles: Option<JsonRef<'a>>,
}

impl<'a> User<'a> {
    /// A view of the object; of anything else a view in which nothing is shown.
    pub fn of(json: impl Into<JsonRef<'a>>) -> User<'a> {
        let [id, persnr, first_name, last_name, employee_alias, email, mobile, work_for, userroles] = json.into().members([
            field::ID,
            field::PERSNR,
            field::FIRST_NAME,
            field::LAST_NAME,
            field::EMPLOYEE_ALIAS,
            field::EMAIL,
            field::MOBILE,
            field::WORK_FOR,
            field::USERROLES,
        ]);
        User { id, persnr, first_name, last_name, employee_alias, email, mobile, work_for, userroles }
    }

    /// The user's number. Errors: `protocol` where there is none.
    pub fn number(&self) -> Result<u64, Error> {
        let number = self.id.and_then(number);
        number.ok_or_else(|| Error::new(Code::Protocol, "The server sent a user whose \"id\" holds no number."))
    }

    /// The identity number, where it is shown and not empty.
    pub fn persnr(&self) -> Option<Cow<'a, str>> {
        self.persnr?.text().filter(|persnr| !persnr.is_empty())
    }

    /// The number of the department that the user works for.
    pub fn department(&self) -> Option<u64> {
        let [department] = self.work_for?.members([field::DEPARTMENT]);
        number(reference(department?))
    }

    /// The number of the company that the user works for.
    pub fn company(&self) -> Option<u64> {
        let [company] = self.work_for?.members([field::COMPANY]);
        number(reference(company?))
    }

    /// The roles, in the order in which they are shown; `None` where they are not shown as an array.
    pub fn roles(&self) -> Option<Vec<JsonRef<'a>>> {
        self.userroles?.items()
    }
}

/// A user status.
#[derive(Debug, Clone, Copy)]
pub struct Status<'a> {
    /// Its number, or the address of the status.
    pub id: Option<JsonRef<'a>>,
    /// Whose it is: a number, an address, or an object with `id`.
    pub user: Option<JsonRef<'a>>,
    /// The code of the scheme.
    pub appname: Option<JsonRef<'a>>,
    /// The status, as `hvilende`.
    pub status: Option<JsonRef<'a>>,
    /// From when it holds: a date, perhaps with a time.
    pub status_date: Option<JsonRef<'a>>,
    /// For people to read.
    pub comment: Option<JsonRef<'a>>,
}

impl<'a> Status<'a> {
    /// A view of the object; of anything else a view in which nothing is shown.
    pub fn of(json: impl Into<JsonRef<'a>>) -> Status<'a> {
        let [id, user, appname, status, status_date, comment] =
            json.into().members([field::ID, field::USER, field::APPNAME, field::STATUS, field::STATUS_DATE, field::COMMENT]);
        Status { id, user, appname, status, status_date, comment }
    }

    /// True if it is the status of a TL in the scheme, which a person has beside that of the candidate. What stops a TL
    /// (withdrawn, on hold) is written as for a candidate, and counts as a candidate's.
    pub fn is_leaders(&self) -> bool {
        let Some(word) = self.status.and_then(JsonRef::text) else { return false };
        is_leaders_word(&word, &self.appname.and_then(scheme_code).unwrap_or_default())
    }

    /// The day from which it holds; `None` where that is not shown as a date.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        arguments::date(self.status_date?.text()?.get(..10)?)
    }

    /// True if it is of this scheme; case does not count.
    pub fn is_of_scheme(&self, scheme: &str) -> bool {
        self.appname.and_then(JsonRef::text).is_some_and(|appname| appname.eq_ignore_ascii_case(scheme))
    }
}

/// True if a status of this word in this scheme is a TL's.
pub fn is_leaders_word(word: &str, scheme: &str) -> bool {
    // A scheme may be called "tl", and its candidates have "tlnew" and "tlok".
    let end = word.strip_prefix(&scheme.to_ascii_lowercase()).filter(|_| !scheme.is_empty());
    word.starts_with(word::TL) && !end.is_some_and(|end| word::OF_SCHEME.contains(&end))
}

/// The number in `590496`, `"590496"` or `"https://…/user/590496/"`.
pub fn number(reference: JsonRef) -> Option<u64> {
    match reference.text() {
        Some(text) => arguments::number_in_text(&text),
        None => reference.as_str().parse().ok().filter(|number| *number > 0),
    }
}

/// The member of the object that refers to another one: itself, or its `id` where it is an object.
pub fn reference(member: JsonRef) -> JsonRef {
    let [id] = member.members([field::ID]);
    id.unwrap_or(member)
}

/// The code of a scheme, which the server may write as such, as an address or as an object; `None` where it cannot be told.
pub fn scheme_code(scheme: JsonRef) -> Option<String> {
    if let Some(text) = scheme.text() {
        let last = text.trim_end_matches('/').rsplit('/').next()?;
        return arguments::is_scheme(last).then(|| last.to_owned());
    }
    let members = scheme.members([field::APPNAME, field::ID]);
    members.into_iter().flatten().find_map(|member| member.text().is_some().then(|| scheme_code(member)).flatten())
}

/// The code of a role, which the server may write as an address or as an object; `None` where it cannot be told.
pub fn role_code(role: JsonRef) -> Option<String> {
    if let Some(text) = role.text() {
        return role_of_url(&text);
    }
    let text = |member: &Option<JsonRef>| member.and_then(JsonRef::text).map(Cow::into_owned);
    let urls = role.members(field::ROLE_URLS);
    if let Some(code) = urls.iter().filter_map(text).find_map(|url| role_of_url(&url)) {
        return Some(code);
    }
    let [kind] = role.members([field::USERTYPE]);
    let kind = text(&kind)?;
    let is_kind = |kind: &str| matches!(kind, word::CANDIDATE | word::BA | word::TL);
    // `usertype` may be the kind alone or already the whole code.
    if kind.rsplit_once('_').is_some_and(|(_, kind)| is_kind(kind)) {
        return Some(kind);
    }
    let scheme = role.members(field::ROLE_SCHEMES).iter().find_map(text)?;
    let scheme = scheme.trim_end_matches('/').rsplit('/').next()?;
    is_kind(&kind).then(|| format!("{scheme}_{kind}"))
}

fn role_of_url(url: &str) -> Option<String> {
    let (before, code) = url.trim_end_matches('/').rsplit_once('/')?;
    format!("{before}/").ends_with(&format!("/{}", path::ROLE)).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::json::Json;

    #[test]
    fn a_role_is_understood_however_it_is_written() {
        let code = |role: Value| role_code(Json::of(&role).view().unwrap());
        assert_eq!(code(json!("https://api.norsktest.no/finautapi/v1/userrole/afr_ka/")).as_deref(), Some("afr_ka"));
        assert_eq!(code(json!({"id": "http://x/finautapi/v1/userrole/krd_ba/", "usertype": "ba"})).as_deref(), Some("krd_ba"));
        assert_eq!(
            code(json!({"usertype": "ka", "appname": "afr", "company": "http://x/companies/1/"})).as_deref(),
            Some("afr_ka")
        );
        assert_eq!(code(json!({"usertype": "afr_ka", "company": "http://x/companies/1/"})).as_deref(), Some("afr_ka"));
        assert_eq!(code(json!({"usertype": "kandidat", "company": 1})), None);
        assert_eq!(code(json!("https://x/user/5/")), None);
        assert_eq!(code(json!(5)), None);
    }

    #[test]
    fn a_user_is_read_however_its_members_are_written() {
        let json = Json::of(&json!({
            "id": "https://x/finautapi/v1/user/590496/", "persnr": "", "work_for": {"department": "http://b/departments/3/"},
            "userroles": ["https://x/finautapi/v1/userrole/afr_ka/", 5], "first_name": "Åse",
        }));
        let user = User::of(&json);
        assert_eq!(user.number(), Ok(590496));
        assert_eq!((user.persnr(), user.department(), user.last_name.is_none()), (None, Some(3), true));
        assert_eq!(user.first_name.and_then(JsonRef::text).as_deref(), Some("Åse"));
        let roles: Vec<_> = user.roles().unwrap_or_default().into_iter().map(role_code).collect();
        assert_eq!(roles, [Some("afr_ka".to_owned()), None]);
        for other in [json!(null), json!([1]), json!({"userroles": {}, "work_for": "x"})] {
            let json = Json::of(&other);
            let user = User::of(&json);
            assert!(user.number().is_err() && user.roles().is_none() && user.department().is_none(), "{other}");
        }
    }

    #[test]
    fn a_reference_may_be_an_object() {
        let number_of = |value: Value| number(reference(Json::of(&value).view().unwrap()));
        assert_eq!(number_of(json!({"id": 7, "name": "x"})), Some(7));
        assert_eq!(number_of(json!("http://x/user/7/")), Some(7));
        assert_eq!((number_of(json!({"name": "x"})), number_of(json!([7]))), (None, None));
    }
}
