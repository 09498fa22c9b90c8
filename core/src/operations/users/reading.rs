//! Users as the server lists and shows them.

use crate::client::{self, Call, Listing};
use crate::error::Error;
use crate::json::Json;
use crate::operations::person::Person;
use crate::wire::path;

/// Lists the users that the account may see, or those that match `person`. The reply: `{"count", "next_page", "results"}`; all
/// pages, unless one is asked for.
pub fn list(call: &Call, person: Option<&Person>, page: Option<u64>) -> Result<Json, Error> {
    match person {
        Some(person) if page.is_none() || matches!(person, Person::Id(_)) => {
            let results = person.matches(call)?;
            Ok(Listing { count: Json::of(&results.len()), next_page: None, results }.json())
        }
        Some(person) => Ok(client::list(call, path::USER, &[person.filter()], page)?.json()),
        None => Ok(client::list(call, path::USER, &[], page)?.json()),
    }
}

/// The one user. Errors: `not_found`, `ambiguous`.
pub fn get(call: &Call, person: &Person) -> Result<Json, Error> {
    person.user(call)
}
