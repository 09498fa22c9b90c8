//! Companies, departments, schemes and employment records: what changes seldom and is remembered.

use super::selection::keep;
use super::views;
use crate::client::{self, Call, Deadline, Listing, PageRef, Request};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::store::{Memo, Recalled};
use crate::wire::objects::{SCHEMES, field, path};

/// How long the remembered list of schemes is believed to be complete, in seconds.
const YOUNG_S: f64 = 600.0;
/// What was read anew and is as it was is not written anew before it is so old, in seconds.
const REFRESH_S: f64 = 60.0;

/// Lists the companies that the account may see. The reply: `{"count", "next_page", "results"}`; remembered for `cache_s`, unless a
/// page is asked for.
pub fn companies(call: &Call, page: Option<PageRef>) -> Result<Json, Error> {
    Ok(list(call, path::COMPANIES, page)?.json())
}

/// The company of this number, remembered for `cache_s`. Errors: `not_found`.
pub fn company(call: &Call, id: u64) -> Result<Json, Error> {
    one(call, path::COMPANIES, id)
}

/// Lists the departments that the account may see, or those of one company, as [`companies`].
pub fn departments(call: &Call, company: Option<u64>, page: Option<PageRef>) -> Result<Json, Error> {
    let is_page = page.is_some();
    let mut listed = list(call, path::DEPARTMENTS, page)?;
    if let Some(company) = company {
        keep(&mut listed, is_page, |department| number_in(department, field::COMPANY) == Some(company));
    }
    Ok(listed.json())
}

/// The department of this number, remembered for `cache_s`. Errors: `not_found`.
pub fn department(call: &Call, id: u64) -> Result<Json, Error> {
    one(call, path::DEPARTMENTS, id)
}

/// Lists the authorisation schemes, as [`companies`].
pub fn schemes(call: &Call) -> Result<Json, Error> {
    Ok(list(call, path::SCHEMES, None)?.json())
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
        let list = remembered.and_then(|list| list.value.view::<Listing>());
        let codes = list.into_iter().flat_map(|list| list.results).filter_map(|scheme| {
            let [code] = scheme.members([field::APPNAME]);
            code?.text().map(std::borrow::Cow::into_owned)
        });
        let mut codes: Vec<String> = codes.collect();
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
    let listed = remembered(call, path::DEPARTMENTS)?.and_then(|listed| listed.value.view::<Listing>());
    let mut known = listed.into_iter().flat_map(|listed| listed.results);
    let known = match known.find(|known| number_in(known, field::ID) == Some(department)) {
        Some(known) => known,
        None => one(call, path::DEPARTMENTS, department)?,
    };
    number_in(&known, field::COMPANY).ok_or_else(|| {
        Error::new(Code::Protocol, "The server does not tell the company of this department. Give \"company\" as well.")
    })
}

/// The number that a member of an object holds or refers to.
fn number_in(object: &Json, name: &str) -> Option<u64> {
    let [member] = object.members([name]);
    views::number(member?)
}

fn list(call: &Call, path: &str, page: Option<PageRef>) -> Result<Listing, Error> {
    if page.is_some() {
        return client::list(call, path, &[], page.as_ref());
    }
    if let Some(listed) = remembered(call, path)?.and_then(|listed| listed.value.view()) {
        return Ok(listed);
    }
    let listed = client::list(call, path, &[], None)?;
    // An incomplete list is not remembered.
    if listed.missing == 0 {
        let memo = Memo::new(path, listed.json()).unless_younger_than(REFRESH_S);
        call.store().remember(call.at(), &[memo])?;
    }
    Ok(listed)
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
