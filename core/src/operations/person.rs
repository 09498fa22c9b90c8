//! Persons: from whatever names one to the user, its number, or a filter of the server's lists.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::known_ids;
use super::views::{self, User};
use crate::client::{self, Call, Request};
use crate::error::{Code, Error};
use crate::json::{Json, JsonRef};
use crate::persnr::Persnr;
use crate::wire::objects::{field, path, query};

/// How a caller named a person.
#[derive(Debug, Clone)]
pub enum Person {
    /// The number of the user in FinAut.
    Id(u64),
    /// The identity number.
    Persnr(Persnr),
    /// The employer's own id, which several people may have.
    Alias(String),
    /// The encrypted user id from the link flow.
    Encrypted(String),
}

impl Person {
    /// The filter of `user/` that finds this person.
    pub fn filter(&self) -> (String, String) {
        let (name, value) = match self {
            Person::Id(id) => (field::ID, id.to_string()),
            Person::Persnr(persnr) => (query::PERSNR, persnr.as_str().to_owned()),
            Person::Alias(alias) => (query::EMPLOYEE_ALIAS, alias.clone()),
            Person::Encrypted(encrypted) => (query::ENCODED_USERID, encrypted.clone()),
        };
        (name.to_owned(), value)
    }

    /// How a message calls the person.
    fn words(&self) -> String {
        match self {
            Person::Id(id) => format!("the id {id}"),
            Person::Persnr(_) => "this persnr".into(),
            Person::Alias(alias) => format!("the employee_alias {}", crate::text::quoted(alias, 60)),
            Person::Encrypted(_) => "this encrypted_user_id".into(),
        }
    }

    /// True for a user who has another number or alias than the one asked for.
    pub fn is_not(&self, user: &User) -> bool {
        let differs = |shown: Option<JsonRef>, wanted: &str| shown.and_then(JsonRef::text).is_some_and(|has| has != wanted);
        match self {
            Person::Persnr(persnr) => differs(user.persnr, persnr.as_str()),
            Person::Alias(alias) => differs(user.employee_alias, alias),
            Person::Id(_) | Person::Encrypted(_) => false,
        }
    }

    /// A call inside `call` which remembers the number that the person has, where an answer shows it.
    pub fn learning<'a>(&self, call: &Call<'a>) -> Call<'a> {
        let person = self.clone();
        // Of these two, a user shows nothing that could differ.
        let is_anybody = matches!(person, Person::Id(_) | Person::Encrypted(_));
        known_ids::learning(call, move |user| is_anybody || !person.is_not(&User::of(user)))
    }

    /// The users that match, as the server lists them; none is no error.
    pub fn matches(&self, call: &Call) -> Result<Vec<Json>, Error> {
        if let Person::Id(id) = self {
            return match client::send(call, &Request::get(format!("{}{id}/", path::USER))).map_err(Error::from) {
                Ok(user) => Ok(vec![user]),
                Err(e) if e.code() == Code::NotFound => Ok(Vec::new()),
                Err(e) => Err(e),
            };
        }
        // A server ignores a filter that it does not know, and lists everybody: nobody may be taken for somebody else.
        let mut users = client::look_up(&self.learning(call), path::USER, &[self.filter()])?.objects();
        users.retain(|user| !self.is_not(&User::of(user)));
        Ok(users)
    }

    /// The one user, as the server shows it. Errors: `not_found`, `ambiguous`.
    pub fn user(&self, call: &Call) -> Result<Json, Error> {
        if let Person::Id(id) = self {
            return Ok(client::send(&self.learning(call), &Request::get(format!("{}{id}/", path::USER)))?);
        }
        let mut users = self.matches(call)?;
        match (users.len(), users.pop()) {
            (1, Some(user)) => Ok(user),
            (0, _) => Err(Error::new(Code::NotFound, format!("The account sees no person with {}.", self.words()))),
            (several, _) => Err(Error::new(
                Code::Ambiguous,
                format!(
                    "{several} persons have {}. Name the person by \"id\" or \"persnr\"; users.list shows them.",
                    self.words()
                ),
            )),
        }
    }

    /// The user's number: remembered, or looked up. Errors: as [`Person::user`]; `protocol` if the server shows no number.
    pub fn id(&self, call: &Call) -> Result<u64, Error> {
        match self {
            Person::Id(id) => Ok(*id),
            Person::Persnr(persnr) => match known_ids::of(call, persnr.as_str())? {
                Some(id) => Ok(id),
                None => User::of(&self.user(call)?).number(),
            },
            Person::Alias(_) | Person::Encrypted(_) => User::of(&self.user(call)?).number(),
        }
    }

    /// Does something with the user's number. A remembered number that no longer exists is forgotten and looked up anew.
    ///
    /// Errors: as [`Person::id`] and those of `work`; `protocol` if the remembered number is now that of another person.
    pub fn with_id(&self, call: &Call, work: &dyn Fn(u64) -> Result<Json, Error>) -> Result<Json, Error> {
        if let Person::Persnr(persnr) = self
            && let Some(id) = known_ids::of(call, persnr.as_str())?
        {
            match work(id) {
                Err(e) if e.code() == Code::NotFound => self.forget(call)?,
                other => {
                    let answer = other?;
                    if self.is_not(&User::of(&answer)) {
                        self.forget(call)?;
                        return Err(changed_somebody_else(id));
                    }
                    return Ok(answer);
                }
            }
        }
        work(self.id(call)?)
    }

    /// Forgets which user has the person's identity number.
    pub fn forget(&self, call: &Call) -> Result<(), Error> {
        match self {
            Person::Persnr(persnr) => known_ids::forget(call, persnr.as_str()),
            Person::Id(id) => known_ids::forget_user(call, *id),
            Person::Alias(_) | Person::Encrypted(_) => known_ids::forget_user(call, self.id(call)?),
        }
    }

    /// The person's identity number: what most lists are filtered by. It is not checked where the server tells it.
    ///
    /// Errors: as [`Person::user`]; `protocol` if the server does not tell it.
    pub fn persnr(&self, call: &Call) -> Result<String, Error> {
        if let Person::Persnr(persnr) = self {
            return Ok(persnr.as_str().to_owned());
        }
        let user = self.user(call)?;
        User::of(&user).persnr().map(Cow::into_owned).ok_or_else(|| {
            Error::new(
                Code::Protocol,
                format!(
                    "The server does not tell the persnr of the person with {}. Name the person by \"persnr\".",
                    self.words()
                ),
            )
        })
    }

    /// The filter for a list that knows `persnr` and `employee_alias`. What it lists is checked with [`Person::owns_all`].
    pub fn list_filter(&self, call: &Call) -> Result<(String, String), Error> {
        match self {
            Person::Alias(alias) => Ok((query::EMPLOYEE_ALIAS.into(), alias.clone())),
            _ => Ok((query::PERSNR.into(), self.persnr(call)?)),
        }
    }

    /// Keeps every object of a list, and refuses the first that is somebody else's, where those of this person were asked for. Errors:
    /// `ambiguous`.
    pub fn owns_all(&self) -> impl Fn(JsonRef) -> Result<bool, Error> {
        let owner = OnceCell::new();
        move |object| {
            let [user] = object.members([field::USER]);
            let Some(user) = user.filter(|user| !user.is_null()) else { return Ok(true) };
            let number = views::number(views::reference(user));
            let user = number.map_or_else(|| user.as_str().to_owned(), |number| number.to_string());
            if *owner.get_or_init(|| user.clone()) == user {
                return Ok(true);
            }
            Err(Error::new(
                Code::Ambiguous,
                format!(
                    "Objects of several persons match {}. Name the person by \"id\" or \"persnr\"; users.list shows them.",
                    self.words()
                ),
            ))
        }
    }
}

fn changed_somebody_else(id: u64) -> Error {
    let message = format!(
        "User {id}, who had this persnr until lately, has another one now, and it is this user that was changed. Look at \
         user {id} and mend the change; from now on the number is looked up anew."
    );
    Error::new(Code::Protocol, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_list_of_one_persons_objects_may_name_the_person_in_several_ways() {
        let person = Person::Alias("E1".into());
        let owns_all = |users: &[serde_json::Value]| {
            let owns = person.owns_all();
            users.iter().try_for_each(|user| {
                let object = Json::of(&json!({"id": 1, "user": user}));
                owns(object.all()).map(|is_theirs| assert!(is_theirs))
            })
        };
        assert_eq!(owns_all(&[json!(7), json!("https://x/user/7/"), json!({"id": "7"}), json!(null)]), Ok(()));
        assert_eq!(owns_all(&[json!(7), json!({"id": 8})]).map_err(|e| e.code()), Err(Code::Ambiguous));
    }

    #[test]
    fn somebody_else_is_told_by_number_or_alias() {
        let user = Json::of(&json!({"id": 1, "persnr": null, "employee_alias": "E2"}));
        let user = User::of(&user);
        assert!(Person::Alias("E1".into()).is_not(&user) && !Person::Alias("E2".into()).is_not(&user));
        assert!(!Person::Persnr(Persnr::parse("01819010001").unwrap()).is_not(&user), "what is not shown does not differ");
    }
}
