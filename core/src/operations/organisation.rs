//! Companies, departments, schemes and employment records: what changes seldom and is remembered.

use std::fmt::Display;

use super::comparison::is_same_name;
use super::list::List;
use super::views;
use crate::client::{self, Call, Deadline, Keep, Listing, PageRef, Request};
use crate::error::{Code, Error};
use crate::items::Items;
use crate::json::{Json, JsonRef};
use crate::store::{Memo, Recalled};
use crate::wire::objects::{SCHEMES, field, path};
use crate::wire::protocol;

/// How long the remembered list of schemes is believed to be complete, in seconds.
const YOUNG_S: f64 = 600.0;
/// How many names an error lists.
const MOST_NAMES: usize = 20;
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

/// The number of the company that a department belongs to. Errors: `validation` where there is no such department; `protocol` if the server does not tell it.
pub fn company_of(call: &Call, department: u64) -> Result<u64, Error> {
    // A list that is remembered tells without a request; else the one department costs as little as can be.
    let listed = remembered(call, path::DEPARTMENTS)?;
    let mut known = listed.as_ref().map(|listed| Listing::results_in(&listed.value)).unwrap_or_default().into_iter();
    let known = match known.find(|known| number_in(*known, field::ID) == Some(department)) {
        Some(known) => known.to_json(),
        // It is the caller's value that is wrong: the person may be there.
        None => one(call, path::DEPARTMENTS, department).map_err(|e| match e.code() {
            Code::NotFound => {
                let problem = format!("there is no department {department}, or the account may not see it");
                e.with_code(Code::Validation, format!("department: {problem}.")).field(field::DEPARTMENT, &problem)
            }
            _ => e,
        })?,
    };
    number_in(known.all(), field::COMPANY).ok_or_else(|| {
        Error::new(Code::Protocol, "The server does not tell the company of this department. Give \"company\" as well.")
    })
}

/// The number of the company that a department belongs to, as far as that can be told without a request. Errors: `validation` where the
/// list that was read within the last [`YOUNG_S`] seconds has no such department; `state`.
pub fn known_company_of(call: &Call, department: u64) -> Result<Option<u64>, Error> {
    let Some(listed) = remembered(call, path::DEPARTMENTS)? else { return Ok(None) };
    let known = Listing::results_in(&listed.value);
    match known.iter().find(|known| number_in(**known, field::ID) == Some(department)) {
        Some(known) => Ok(number_in(*known, field::COMPANY)),
        None if listed.age_s <= YOUNG_S => {
            let problem = format!(
                "there is no department {department}, or the account may not see it; departments.list has those that there are"
            );
            Err(Error::invalid(field::DEPARTMENT, problem))
        }
        None => Ok(None),
    }
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
    let mut listing = listing(call, path, f64::INFINITY)?;
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

/// The whole list at `path`: as it is remembered, if that is not older than `age_s`, else read and remembered.
fn listing(call: &Call, path: &'static str, age_s: f64) -> Result<Listing, Error> {
    let known = remembered(call, path)?.filter(|known| known.age_s <= age_s);
    if let Some(listing) = known.and_then(|known| Listing::read(&known.value)) {
        return Ok(listing);
    }
    let listing = client::list(call, path, &[], None)?;
    // An incomplete list is not remembered.
    if listing.missing == 0 {
        let memo = Memo::new(path, listing.clone().into_json()).unless_younger_than(REFRESH_S);
        call.store().remember(call.at(), &[memo])?;
    }
    Ok(listing)
}

/// The number of the company of this name. `argument` names it in errors. Errors: as [`department_named`].
pub fn company_named(call: &Call, argument: &str, name: &str) -> Result<u64, Error> {
    let named = |company: JsonRef| {
        let [id, shown] = company.members([field::ID, field::COMPANY_NAME]);
        Some(Named { name: shown?.text()?.into_owned(), of: None, reference: views::number(id?)? })
    };
    number_named(call, argument, name, path::COMPANIES, "company", &named)
}

/// The number of the department of this name, in this company, where one is given. It is looked for in the remembered list; where it is
/// not in there, and the list is older than [`YOUNG_S`], the list is read anew. Errors: `validation` where there is none of this name,
/// with those that there are; `ambiguous` where there are several.
pub fn department_named(call: &Call, argument: &str, name: &str, company: Option<u64>) -> Result<u64, Error> {
    let named = |department: JsonRef| {
        let of = number_in(department, field::COMPANY);
        if company.is_some() && of != company {
            return None;
        }
        let [id, shown] = department.members([field::ID, field::DEPARTMENT_NAME]);
        Some(Named { name: shown?.text()?.into_owned(), of, reference: views::number(id?)? })
    };
    number_named(call, argument, name, path::DEPARTMENTS, "department", &named)
}

fn number_named(
    call: &Call,
    argument: &str,
    name: &str,
    path: &'static str,
    kind: &str,
    named: &dyn Fn(JsonRef) -> Option<Named<u64>>,
) -> Result<u64, Error> {
    let known = |age_s| -> Result<Vec<_>, Error> { Ok(listing(call, path, age_s)?.results.iter().filter_map(named).collect()) };
    let is_old = remembered(call, path)?.is_some_and(|known| known.age_s > YOUNG_S);
    match chosen(&known(f64::INFINITY)?, argument, name, kind) {
        // Somebody may have made it meanwhile.
        Err(e) if e.code() == Code::Validation && is_old => chosen(&known(YOUNG_S)?, argument, name, kind),
        found => found,
    }
}

/// The address of the franchise of this name among those of a department, as the server wrote it. Errors: as [`department_named`], and
/// those of reading the department and its franchises.
pub fn franchise_named(call: &Call, argument: &str, name: &str, department: u64) -> Result<String, Error> {
    let department = one(call, path::DEPARTMENTS, department)?;
    let [addresses] = department.members([field::FRANCHISES]);
    let mut known = Vec::new();
    for member in addresses.and_then(JsonRef::items).unwrap_or_default() {
        let Some(address) = views::reference(member).text() else { continue };
        let Some(place) = address.split(protocol::API_ROOT).nth(1) else { continue };
        let franchise = at(call, place.trim_end_matches('/'))?;
        let shown = franchise.members(field::FRANCHISE_NAMES).into_iter().flatten().find_map(JsonRef::text);
        if let Some(shown) = shown {
            known.push(Named { name: shown.into_owned(), of: None, reference: address.into_owned() });
        }
    }
    chosen(&known, argument, name, "franchise of this department")
}

/// Something that has a name.
struct Named<T> {
    name: String,
    /// The company that it belongs to.
    of: Option<u64>,
    reference: T,
}

/// The first of them in words, as `"Rådgivning Øst" (2266 of company 2265), …`.
fn listed<'n, T: Display + 'n>(these: impl Iterator<Item = &'n Named<T>>) -> String {
    let mut words: Vec<String> = these
        .take(MOST_NAMES + 1)
        .map(|one| {
            let of = one.of.map(|company| format!(" of company {company}")).unwrap_or_default();
            format!("{} ({}{of})", crate::text::quoted(&one.name, 60), one.reference)
        })
        .collect();
    if words.len() > MOST_NAMES {
        words.truncate(MOST_NAMES);
        words.push("others".to_owned());
    }
    words.join(", ")
}

/// The one that is named so; where none is written so, the one whose name differs in case, accents and spaces only.
fn chosen<T: Clone + Display>(known: &[Named<T>], argument: &str, name: &str, kind: &str) -> Result<T, Error> {
    let same = |one: &&Named<T>| one.name.split_whitespace().eq(name.split_whitespace());
    let alike = |one: &&Named<T>| is_same_name(&one.name, name);
    let mut found: Vec<&Named<T>> = known.iter().filter(same).collect();
    if found.is_empty() {
        found = known.iter().filter(alike).collect();
    }
    let quoted = crate::text::quoted(name, 60);
    match found.as_slice() {
        [one] => Ok(one.reference.clone()),
        [] if known.is_empty() => Err(Error::invalid(argument, format!("there is no {kind} {quoted}; there is none at all"))),
        [] => {
            let there = listed(known.iter());
            Err(Error::invalid(argument, format!("there is no {kind} {quoted}; there are {there}")))
        }
        several => {
            let there = listed(several.iter().copied());
            let problem = format!("several are called {quoted}: {there}; give the number of one");
            let error = Error::new(Code::Ambiguous, format!("{argument}: {problem}.")).field(argument, &problem);
            Err(error.nothing_sent())
        }
    }
}

fn one(call: &Call, path: &str, id: u64) -> Result<Json, Error> {
    at(call, &format!("{path}{id}"))
}

/// The object at `place` below the API root, given without the slash at its end.
fn at(call: &Call, place: &str) -> Result<Json, Error> {
    let path = format!("{place}/");
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
