//! Users as the server lists and shows them.

use crate::client::{Call, Listing, PageRef};
use crate::error::Error;
use crate::json::Json;
use crate::operations::list::List;
use crate::operations::person::Person;
use crate::wire::objects::path;

/// The users that the account may see, or those that match `person`; these are read at once where no page is asked for.
pub fn list<'a>(call: &Call, person: Option<&Person>, page: Option<&PageRef>) -> Result<List<'a>, Error> {
    match person {
        Some(person) if page.is_none() || matches!(person, Person::Id(_)) => {
            let users = person.matches(call)?;
            Ok(List::Known(Listing::of(users.iter().map(Json::all).collect())))
        }
        person => Ok(List::served(path::USER, person.map(Person::filter).into_iter().collect())),
    }
}

/// The one user. Errors: `not_found`, `ambiguous`.
pub fn get(call: &Call, person: &Person) -> Result<Json, Error> {
    person.user(call)
}
