//! Companies, departments, schemes and employment records: what changes seldom and is remembered.

use super::list::List;
use super::views;
use crate::client::{self, Call, Deadline, Keep, Listing, PageRef, Request};
use crate::error::{Code, Error};
use crate::items::Items;
use crate::json::{Json, JsonRef};
use crate::store::{Memo, Recalled};
use crate::wire::objects::{SCHEMES, field, path};

/// How long the remembered list of schemes is believed to be complete, in seconds.
const YOUNG_S: f64 = 600.0;
/// What was read anew and is as it was is not written anew before it is so old, in seconds.
const REFRESH_S: f64 = 60.0;

/// The companies that the account may see; where no page is asked for they are read at once, and remembered for `cache_s`.
pub fn companies<'a>(call: &Call, page: Option<&PageRef>) -> Result<List<'a>, Error> {
    list(call, path::COMPANIES, page, None)
}

/// The company of this number, remembered for `cache_s`. Errors: `not_found`.
pub fn company(call: &Call, id: u64) -> Result<Json, Error> {
    one(call, path::COMPANIES, id)
}

/// The departments that the account may see, or those of one company, as [`companies`].
pub fn departments<'a>(call: &Call, company: Option<u64>, page: Option<&PageRef>) -> Result<List<'a>, Error> {
    let of = move |company| {
        Box::new(move |department: JsonRef| Ok(number_in(department, field::COMPANY) == Some(company))) as Box<Keep>
    };
    list(call, path::DEPARTMENTS, page, company.map(of))
}

/// The department of this number, remembered for `cache_s`. Errors: `not_found`.
pub fn department(call: &Call, id: u64) -> Result<Json, Error> {
    one(call, path::DEPARTMENTS, id)
}

/// The authorisation schemes, as [`companies`].
pub fn schemes<'a>(call: &Call) -> Result<List<'a>, Error> {
    list(call, path::SCHEMES, None, None)
}

/// The codes of schemes, as far as they are known without a request.
pub struct KnownSchemes {
    codes: Vec<String>,
    /// They are all that there are: a list that was read within [`YOUNG_S`] has them.
    are_all: bool,
}

impl KnownSchemes {
    /// As of now. Errors: `state`.
    pub fn of(call: &Call) -> Result<KnownSchemes, Error> {
        let remembered = remembered(call, path::SCHEMES)?;
        let is_young = remembered.as_ref().is_some_and(|list| list.age_s <= YOUNG_S);
        let schemes = remembered.as_ref().map(|list| Listing::results_in(&list.value)).unwrap_or_default();
        let code = |scheme: JsonRef| scheme.members([field::APPNAME])[0]?.text().map(std::borrow::Cow::into_owned);
        let mut codes: Vec<String> = schemes.into_iter().filter_map(code).collect();
        let are_all = is_young && !codes.is_empty();
        if !are_all {
            codes.extend(SCHEMES.iter().map(|code| (*code).to_owned()));
        }
        Ok(KnownSchemes { codes, are_all })
    }

    /// What is wrong with a scheme's code, as far as it can be told: it is written otherwise than the scheme's, or it is not among
    /// all that there are.
    pub fn problem_of(&self, code: &str) -> Option<String> {
        let shown = crate::text::quoted(code, 20);
        if self.codes.iter().any(|known| known == code) {
            return None;
        }
        if let Some(meant) = self.codes.iter().find(|known| known.eq_ignore_ascii_case(code)) {
            return Some(format!("{shown} is written \"{meant}\""));
        }
        self.are_all.then(|| format!("{shown} is no scheme; schemes.list has {}", self.codes.join(", ")))
    }
}

/// The employment record of this number. Errors: `not_found`.
pub fn employment(call: &Call, id: u64) -> Result<Json, Error> {
    Ok(client::send(call, &Request::get(format!("{}{id}/", path::EMPLOYMENT)))?)
}

/// The number of the company that a department belongs to. Errors: `not_found`; `protocol` if the server does not tell it.
pub fn company_of(call: &Call, department: u64) -> Result<u64, Error> {
    // A list that is remembered tells without a request; else the one department costs as little as can be.
    let listed = remembered(call, path::DEPARTMENTS)?;
    let mut known = listed.as_ref().map(|listed| Listing::results_in(&listed.value)).unwrap_or_default().into_iter();
    let known = match known.find(|known| number_in(*known, field::ID) == Some(department)) {
        Some(known) => known.to_json(),
        None => one(call, path::DEPARTMENTS, department)?,
    };
    number_in(known.all(), field::COMPANY).ok_or_else(|| {
        Error::new(Code::Protocol, "The server does not tell the company of this department. Give \"company\" as well.")
    })
}

/// The number that a member of an object holds or refers to.
fn number_in(object: JsonRef, name: &str) -> Option<u64> {
    let [member] = object.members([name]);
    views::number(member?)
}

/// The list at `path`, of which `keep` says what is wanted. Without a page it is read at once, unless it is remembered.
fn list<'a>(call: &Call, path: &'static str, page: Option<&PageRef>, keep: Option<Box<Keep<'a>>>) -> Result<List<'a>, Error> {
    if page.is_some() {
        return Ok(List::Served { path, filters: Vec::new(), keep });
    }
    let mut listing = match remembered(call, path)?.and_then(|listed| Listing::read(&listed.value)) {
        Some(listing) => listing,
        None => {
            let listing = client::list(call, path, &[], None)?;
            // An incomplete list is not remembered.
            if listing.missing == 0 {
                let memo = Memo::new(path, listing.clone().into_json()).unless_younger_than(REFRESH_S);
                call.store().remember(call.at(), &[memo])?;
            }
            listing
        }
    };
    if let Some(keep) = keep {
        let mut kept = Items::default();
        for object in listing.results.iter() {
            if keep(object)? {
                kept.push(object);
            }
        }
        listing = Listing { missing: listing.missing, ..Listing::of(kept) };
    }
    Ok(List::Known(listing))
}

fn one(call: &Call, path: &str, id: u64) -> Result<Json, Error> {
    let path = format!("{path}{id}/");
    if let Some(object) = remembered(call, &path)? {
        return Ok(object.value);
    }
    let key = path.clone();
    let memo = move |object: &Json| vec![Memo::new(key.as_str(), object.clone()).unless_younger_than(REFRESH_S)];
    Ok(client::send(&call.child(Deadline::Parents).learning(memo), &Request::get(path))?)
}

/// What is remembered, if it is not older than `cache_s`.
fn remembered(call: &Call, path: &str) -> Result<Option<Recalled>, Error> {
    let age_s = call.config().cache_s;
    if call.fresh() || age_s <= 0.0 {
        return Ok(None);
    }
    call.store().remembered(call.at(), path, age_s)
}
