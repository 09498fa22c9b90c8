//! Where somebody works, as a request says it.

use serde_json::{Map, json};

use crate::client::Call;
use crate::error::Error;
use crate::json::Json;
use crate::operations::address::url;
use crate::operations::organisation;
use crate::wire::objects::{field, path};

/// A franchise. Its collection is not known (A): its address is passed on as it stands among a department's `franchises`; a bare
/// number is taken for a company's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Franchise {
    /// The number of a company.
    Number(u64),
    /// The address, as the server gave it.
    Url(String),
    /// The name of one of the department's franchises.
    Named(String),
    /// None: the user leaves the one that it is in.
    Nowhere,
}

/// The member `work_for` of a user that works there; each is the number of the object. Errors: for a franchise that is named, as
/// [`organisation::franchise_named`].
pub fn work_for(call: &Call, company: u64, department: u64, franchise: Option<&Franchise>) -> Result<Json, Error> {
    let mut work_for = Map::new();
    work_for.insert(field::COMPANY.into(), json!(url(call, path::COMPANIES, company)));
    work_for.insert(field::DEPARTMENT.into(), json!(url(call, path::DEPARTMENTS, department)));
    if let Some(franchise) = franchise {
        let url = match franchise {
            Franchise::Number(number) => Some(url(call, path::COMPANIES, *number)),
            Franchise::Url(url) => Some(url.clone()),
            Franchise::Named(name) => Some(organisation::franchise_named(call, field::FRANCHISE, name, department)?),
            Franchise::Nowhere => None,
        };
        work_for.insert(field::FRANCHISE.into(), json!(url));
    }
    Ok(Json::of(&work_for))
}
