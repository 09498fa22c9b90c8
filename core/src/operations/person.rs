//! Persons: from whatever names one to the user, its number, or a filter of the server's lists.

use serde_json::Value;

use super::Args;
use crate::arguments;
use crate::client::{Call, Request, pages};
use crate::error::{Code, Error};
use crate::wire::{field, path, query};

/// How a caller named a person.
#[derive(Debug, Clone, Copy)]
pub enum Person<'a> {
    Id(u64),
    Persnr(&'a str),
    Alias(&'a str),
    Encrypted(&'a str),
}

impl<'a> Person<'a> {
    /// The one that the arguments name.
    pub fn named(args: &Args<'a>) -> Result<Option<Person<'a>>, Error> {
        Ok(if args.get("id").is_some() {
            Some(Person::Id(args.reference("id", path::USER)?))
        } else if let Some(persnr) = args.text("persnr") {
            Some(Person::Persnr(persnr))
        } else if let Some(alias) = args.text("employee_alias") {
            Some(Person::Alias(alias))
        } else {
            args.text("encrypted_user_id").map(Person::Encrypted)
        })
    }

    /// As above, where the catalogue has it required.
    pub fn required(args: &Args<'a>) -> Result<Person<'a>, Error> {
        Person::named(args)?.ok_or_else(|| Error::new(Code::Argument, "The person is not named. Nothing was sent."))
    }

    /// The filter of `user/` that finds this person.
    fn filter(self) -> (&'static str, String) {
        match self {
            Person::Id(id) => (field::ID, id.to_string()),
            Person::Persnr(persnr) => (query::PERSNR, persnr.to_owned()),
            Person::Alias(alias) => (query::EMPLOYEE_ALIAS, alias.to_owned()),
            Person::Encrypted(encrypted) => (query::ENCODED_USERID, encrypted.to_owned()),
        }
    }

    fn words(self) -> String {
        match self {
            Person::Id(id) => format!("the id {id}"),
            Person::Persnr(_) => "this persnr".into(),
            Person::Alias(alias) => format!("the employee_alias \"{}\"", crate::text::excerpt(alias, 60)),
            Person::Encrypted(_) => "this encrypted_user_id".into(),
        }
    }

    /// The users that match, as the server lists them.
    pub fn matches(self, call: &Call) -> Result<Vec<Value>, Error> {
        if let Person::Id(id) = self {
            return match call.client.send(call, &Request::get(format!("{}{id}/", path::USER))).map_err(Error::from) {
                Ok(user) => Ok(vec![user]),
                Err(e) if e.code() == Code::NotFound => Ok(Vec::new()),
                Err(e) => Err(e),
            };
        }
        let (name, value) = self.filter();
        let listed = pages::list(call, path::USER, &[(name.to_owned(), value)], None)?;
        let mut users = match listed.get(field::RESULTS) {
            Some(Value::Array(users)) => users.clone(),
            _ => Vec::new(),
        };
        // A filter that a server does not know is ignored, and everybody listed: nobody may be taken for somebody else.
        let differs =
            |user: &Value, name: &str, wanted: &str| user.get(name).and_then(Value::as_str).is_some_and(|has| has != wanted);
        match self {
            Person::Persnr(persnr) => users.retain(|user| !differs(user, field::PERSNR, persnr)),
            Person::Alias(alias) => users.retain(|user| !differs(user, field::EMPLOYEE_ALIAS, alias)),
            Person::Id(_) | Person::Encrypted(_) => {}
        }
        for user in &users {
            remember(call, user)?;
        }
        Ok(users)
    }

    /// The one user. Errors: `not_found`, `ambiguous`.
    pub fn user(self, call: &Call) -> Result<Value, Error> {
        if let Person::Id(id) = self {
            let user = call.client.send(call, &Request::get(format!("{}{id}/", path::USER)))?;
            remember(call, &user)?;
            return Ok(user);
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

    /// The user's number: remembered, or looked up.
    pub fn id(self, call: &Call) -> Result<u64, Error> {
        match self {
            Person::Id(id) => Ok(id),
            Person::Persnr(persnr) => match remembered_id(call, persnr)? {
                Some(id) => Ok(id),
                None => id_of(&self.user(call)?),
            },
            _ => id_of(&self.user(call)?),
        }
    }

    /// Does something with the user's number. A remembered number that no longer exists is forgotten and looked up anew.
    pub fn with_id(self, call: &Call, work: &dyn Fn(u64) -> Result<Value, Error>) -> Result<Value, Error> {
        if let Person::Persnr(persnr) = self
            && let Some(id) = remembered_id(call, persnr)?
        {
            match work(id) {
                Err(e) if e.code() == Code::NotFound => self.forget(call)?,
                other => {
                    let answer = other?;
                    if answer.get(field::PERSNR).and_then(Value::as_str).is_some_and(|has| has != persnr) {
                        self.forget(call)?;
                        let message = format!(
                            "User {id}, who had this persnr until lately, has another one now, and it is this user that was changed. Look at \
                             user {id} and mend the change; from now on the number is looked up anew."
                        );
                        return Err(Error::new(Code::Protocol, message));
                    }
                    return Ok(answer);
                }
            }
        }
        work(self.id(call)?)
    }

    /// Forgets what is remembered of the person.
    pub fn forget(self, call: &Call) -> Result<(), Error> {
        let store = &call.client.store;
        match self {
            Person::Persnr(persnr) => store.forget(call.at(), &key(call, persnr)),
            Person::Id(id) => {
                match store.remembered(call.at(), &reverse(id), f64::INFINITY)?.and_then(|json| json.view::<String>()) {
                    Some(key) => store.forget(call.at(), &key),
                    None => Ok(()),
                }
            }
            _ => Person::Id(self.id(call)?).forget(call),
        }
    }

    /// The person's identity number: what most lists are filtered by.
    pub fn persnr(self, call: &Call) -> Result<String, Error> {
        if let Person::Persnr(persnr) = self {
            return Ok(persnr.to_owned());
        }
        let user = self.user(call)?;
        let persnr = user.get(field::PERSNR).and_then(Value::as_str).filter(|persnr| !persnr.is_empty());
        persnr.map(str::to_owned).ok_or_else(|| {
            Error::new(
                Code::Protocol,
                format!(
                    "The server does not tell the persnr of the person with {}. Name the person by \"persnr\".",
                    self.words()
                ),
            )
        })
    }

    /// The filter for a list that knows `persnr` and `employee_alias`. What it lists is checked with [`only_one_persons`].
    pub fn list_filter(self, call: &Call) -> Result<(String, String), Error> {
        match self {
            Person::Alias(alias) => Ok((query::EMPLOYEE_ALIAS.into(), alias.to_owned())),
            _ => Ok((query::PERSNR.into(), self.persnr(call)?)),
        }
    }
}

/// Refuses a list of several people's objects where one person was meant.
pub fn only_one_persons(person: Person, listed: &Value) -> Result<(), Error> {
    let mut users: Vec<String> = Vec::new();
    for object in listed.get(field::RESULTS).and_then(Value::as_array).into_iter().flatten() {
        if let Some(user) = object.get(field::USER).filter(|user| !user.is_null()) {
            let user = arguments::reference_number(user.get(field::ID).unwrap_or(user))
                .map_or_else(|| user.to_string(), |id| id.to_string());
            if !users.contains(&user) {
                users.push(user);
            }
        }
    }
    if users.len() < 2 {
        return Ok(());
    }
    Err(Error::new(
        Code::Ambiguous,
        format!(
            "{} persons' objects match {}. Name the person by \"id\" or \"persnr\"; users.list shows them.",
            users.len(),
            person.words()
        ),
    ))
}

/// The number in a user's `id`.
pub fn id_of(user: &Value) -> Result<u64, Error> {
    user.get(field::ID)
        .and_then(arguments::reference_number)
        .ok_or_else(|| Error::new(Code::Protocol, "The server sent a user whose \"id\" holds no number."))
}

fn key(call: &Call, persnr: &str) -> String {
    // Never the number itself: state may be written to a file.
    format!("user {}", call.client.fingerprint("persnr", persnr))
}

/// Where the way back from a user to its key is remembered.
fn reverse(id: u64) -> String {
    format!("number {id}")
}

fn remembered_id(call: &Call, persnr: &str) -> Result<Option<u64>, Error> {
    let age_s = call.client.config.cache_s;
    if call.fresh || age_s <= 0.0 {
        return Ok(None);
    }
    // Not for ever: a number may be corrected in the portal, and then be somebody else's.
    Ok(call.client.store.remembered(call.at(), &key(call, persnr), age_s)?.and_then(|id| id.view()))
}

/// Remembers which number a person has.
pub fn remember(call: &Call, user: &Value) -> Result<(), Error> {
    let persnr = user.get(field::PERSNR).and_then(Value::as_str).filter(|persnr| !persnr.is_empty());
    match (persnr, id_of(user)) {
        (Some(persnr), Ok(id)) if call.client.config.cache_s > 0.0 => {
            let key = key(call, persnr);
            if call
                .client
                .store
                .remembered(call.at(), &key, call.client.config.cache_s)?
                .is_some_and(|known| known.view() == Some(id))
            {
                return Ok(());
            }
            call.client.store.remember(call.at(), &key, &crate::json::Json::of(&id))?;
            call.client.store.remember(call.at(), &reverse(id), &crate::json::Json::of(&key))
        }
        _ => Ok(()),
    }
}
