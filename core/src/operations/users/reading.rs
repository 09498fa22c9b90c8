//! Users as the server lists and shows them.

use crate::client::{self, Call, Listing, PageRef};
use crate::error::Error;
use crate::json::Json;
use crate::operations::person::Person;
use crate::wire::objects::path;

/// Lists the users that the account may see, or those that match `person`. The reply: `{"count", "next_page", "results"}`; all
/// pages, unless one is asked for.
pub fn list(call: &Call, person: Option<&Person>, page: Option<PageRef>) -> Result<Json, Error> {
    match person {
        Some(person) if page.is_none() || matches!(person, Person::Id(_)) => {
            let results = person.matches(call)?;
            Ok(Listing::of(results).json())
        }
        Some(person) => Ok(client::list(call, path::USER, &[person.filter()], page.as_ref())?.json()),
        None => Ok(client::list(call, path::USER, &[], page.as_ref())?.json()),
    }
}

/// The one user. Errors: `not_found`, `ambiguous`.
pub fn get(call: &Call, person: &Person) -> Result<Json, Error> {
    person.user(call)
}
