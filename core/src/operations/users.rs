//! Users: finding, creating and changing them, and their roles.

use serde_json::{Map, Value, json};

use super::person::{self, Person};
use super::{Args, organisation, url};
use crate::arguments;
use crate::client::retry::{Creation, Found, create as create_one};
use crate::client::{Call, Client, Request, pages};
use crate::error::{Code, Error};
use crate::wire::{self, field, path, word};

pub fn list(call: &Call, args: &Args) -> Result<Value, Error> {
    match Person::named(args)? {
        Some(person) if args.page().is_none() || matches!(person, Person::Id(_)) => {
            let users = person.matches(call)?;
            Ok(json!({ "count": users.len(), "next_page": null, "results": users }))
        }
        Some(person) => {
            let filter = match person {
                Person::Encrypted(encrypted) => (wire::query::ENCODED_USERID.to_owned(), encrypted.to_owned()),
                _ => person.list_filter(call)?,
            };
            pages::list(call, path::USER, &[filter], args.page())
        }
        None => pages::list(call, path::USER, &[], args.page()),
    }
}

pub fn get(call: &Call, args: &Args) -> Result<Value, Error> {
    Person::required(args)?.user(call)
}

pub fn create(call: &Call, args: &Args) -> Result<Value, Error> {
    create_with(call, args, args.list("roles").into_iter().map(str::to_owned).collect())
}

pub fn create_candidate(call: &Call, args: &Args) -> Result<Value, Error> {
    create_with(call, args, roles_in(args, word::CANDIDATE))
}

pub fn create_ba(call: &Call, args: &Args) -> Result<Value, Error> {
    create_with(call, args, roles_in(args, word::BA))
}

pub fn create_tl(call: &Call, args: &Args) -> Result<Value, Error> {
    create_with(call, args, roles_in(args, word::TL))
}

fn roles_in(args: &Args, kind: &str) -> Vec<String> {
    args.list("schemes").into_iter().map(|scheme| format!("{scheme}_{kind}")).collect()
}

fn create_with(call: &Call, args: &Args, mut roles: Vec<String>) -> Result<Value, Error> {
    let client = call.client;
    let mut user = Map::new();
    for name in [field::PERSNR, field::FIRST_NAME, field::LAST_NAME, field::EMAIL, field::MOBILE, field::EMPLOYEE_ALIAS] {
        if let Some(value) = args.text(name) {
            user.insert(name.into(), json!(value));
        }
    }
    check_contact(&user, false)?;
    let company = args.reference("company", path::COMPANIES)?;
    let department = args.reference("department", path::DEPARTMENTS)?;
    user.insert(field::WORK_FOR.into(), work_for(client, company, department, args.get("franchise")));
    roles.sort();
    roles.dedup();
    user.insert(field::USERROLES.into(), roles.iter().map(|role| json!(role_url(client, role))).collect());

    let persnr = args.text("persnr").unwrap_or_default();
    let find = || match Person::Persnr(persnr).matches(call)?.into_iter().next() {
        None => Ok(Found::Nothing),
        Some(found) if is_same(&user, &found, true) => Ok(Found::Ours(found)),
        // The same person, and perhaps the server writes an address in its own way.
        Some(found) if is_same(&user, &found, false) => Ok(Found::Unclear),
        Some(found) => Ok(Found::Others(somebody_elses(&found))),
    };
    let created = create_one(
        call,
        &Creation {
            request: Request::post(path::USER, Value::Object(user.clone())),
            find: &find,
            check: "look the person up with users.get by \"persnr\": if it is there, the creation succeeded",
        },
    )?;
    // Forgetting the new number costs a request later; failing now would make a creation that went through look as if it had not.
    let _ = person::remember(call, &created);
    Ok(created)
}

/// Whether a user found after a broken creation is the one that we sent: the server may write names its own way, so case and
/// spaces do not count. `wholly`: with what may be another than what was sent without being another person's.
fn is_same(sent: &Map<String, Value>, found: &Value, wholly: bool) -> bool {
    let folded =
        |value: &Value| value.as_str().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
    // A field that the server does not show tells nothing; one that it shows as empty tells that it is not ours.
    let names = [field::FIRST_NAME, field::LAST_NAME, field::EMPLOYEE_ALIAS, field::EMAIL, field::MOBILE];
    let fields = names.into_iter().take(if wholly { 5 } else { 2 }).all(|name| {
        match (sent.get(name).and_then(folded), found.get(name)) {
            (Some(sent), Some(shown)) => folded(shown) == Some(sent),
            _ => true,
        }
    });
    let roles = match (sent.get(field::USERROLES), found.get(field::USERROLES)) {
        (Some(Value::Array(sent)), Some(Value::Array(shown))) => {
            let shown: Vec<_> = shown.iter().map(role_code).collect();
            // Roles that cannot be read tell nothing.
            shown.contains(&None) || sent.iter().all(|role| shown.contains(&role_code(role)))
        }
        _ => true,
    };
    let department = |user: Option<&Value>| user?.get(field::DEPARTMENT).and_then(arguments::reference_number);
    let departments = match (department(sent.get(field::WORK_FOR)), department(found.get(field::WORK_FOR))) {
        (Some(sent), Some(found)) => sent == found,
        _ => true,
    };
    fields && roles && departments
}

fn somebody_elses(found: &Value) -> Error {
    let id = person::id_of(found).map(|id| format!(" (user {id})")).unwrap_or_default();
    let problem = format!("a person with this number is registered already{id}, with other particulars");
    Error::new(Code::Validation, format!("persnr: {problem}. This call created nobody; use users.update or users.add_role."))
        .field(field::PERSNR, &problem)
}

pub fn update(call: &Call, args: &Args) -> Result<Value, Error> {
    let empty = Map::new();
    let changes = args.get("changes").and_then(Value::as_object).unwrap_or(&empty);
    if changes.is_empty() {
        return Err(Error::invalid("changes", "is empty; name at least one field to change"));
    }
    if changes.contains_key(field::ID) {
        return Err(Error::invalid("changes", "\"id\" cannot be changed"));
    }
    for name in [field::FIRST_NAME, field::LAST_NAME] {
        if changes.get(name).is_some_and(|value| value.as_str().is_none_or(|text| text.trim().is_empty())) {
            return Err(Error::invalid(name, "must be a string that is not empty"));
        }
    }
    if let Some(value) = changes.get(field::PERSNR) {
        let persnr = value.as_str().ok_or_else(|| Error::invalid(field::PERSNR, "must be a string of 11 digits"))?;
        crate::persnr::Persnr::parse(persnr).map_err(|fault| Error::invalid(field::PERSNR, fault.to_string()))?;
    }
    check_contact(changes, true)?;
    let person = Person::required(args)?;
    if !changes.contains_key(field::PERSNR) {
        return patch(call, person, &Value::Object(changes.clone()));
    }
    // From now on the former number may become somebody else's.
    let id = person.id(call)?;
    person.forget(call)?;
    Person::Id(id).forget(call)?;
    patch(call, Person::Id(id), &Value::Object(changes.clone()))
}

fn patch(call: &Call, person: Person, changes: &Value) -> Result<Value, Error> {
    person.with_id(call, &|id| {
        let request = Request::patch(format!("{}{id}/", path::USER), changes.clone());
        match call.client.send(call, &request)? {
            // An answer without a body: the reply is to have the user all the same. The change is made, whether it can be had or not.
            Value::Null => Ok(Person::Id(id).user(call).unwrap_or_default()),
            user => Ok(user),
        }
    })
}

/// What the server is known to refuse.
fn check_contact(user: &Map<String, Value>, may_clear: bool) -> Result<(), Error> {
    let text = |name: &str| match user.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() && may_clear => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err(Error::invalid(name, "must be a string")),
    };
    if let Some(mobile) = text(field::MOBILE)?
        && !(mobile.len() == 8 && mobile.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(Error::invalid(field::MOBILE, "must be 8 digits, without +47 and without spaces, as \"91234567\""));
    }
    if let Some(email) = text(field::EMAIL)? {
        let parts = email.rsplit_once('@');
        if parts.is_none_or(|(name, host)| name.is_empty() || !host.contains('.') || email.contains(char::is_whitespace)) {
            return Err(Error::invalid(field::EMAIL, "is no e-mail address, as \"kari.nordmann@example.no\""));
        }
    }
    text(field::EMPLOYEE_ALIAS).map(|_| ())
}

pub fn add_role(call: &Call, args: &Args) -> Result<Value, Error> {
    add_roles(call, Person::required(args)?, args.text("role").into_iter().map(str::to_owned).collect())
}

pub fn enroll(call: &Call, args: &Args) -> Result<Value, Error> {
    add_roles(call, Person::required(args)?, roles_in(args, word::CANDIDATE))
}

/// Reads the roles, and writes them back with the new ones: whether the server replaces or adds, none is lost.
fn add_roles(call: &Call, person: Person, roles: Vec<String>) -> Result<Value, Error> {
    let user = person.user(call)?;
    let id = person::id_of(&user)?;
    let has = roles_of(&user)?;
    let mut union = has.clone();
    for role in &roles {
        if !union.contains(role) {
            union.push(role.clone());
        }
    }
    if union.len() == has.len() {
        return Ok(user);
    }
    let urls: Vec<Value> = union.iter().map(|role| json!(role_url(call.client, role))).collect();
    let changed = patch(call, Person::Id(id), &json!({ field::USERROLES: urls }))?;
    // Only an answer that shows the roles can show that one is missing.
    if changed.get(field::USERROLES).is_some() {
        let now = roles_of(&changed)?;
        if let Some(missing) = union.iter().find(|role| !now.contains(role)) {
            let message = format!(
                "The server accepted the roles, but its answer lacks {missing}. Look at the user's roles with users.get."
            );
            return Err(Error::new(Code::Protocol, message));
        }
    }
    Ok(changed)
}

/// The codes of a user's roles, which the server may write as URLs or as objects. Errors: `protocol` for one that cannot be
/// told: writing the others back would take it away.
fn roles_of(user: &Value) -> Result<Vec<String>, Error> {
    let mut roles: Vec<String> = Vec::new();
    let Some(Value::Array(shown)) = user.get(field::USERROLES) else {
        let message = "The server does not show the user's roles as a list, and writing them anew could lose some. Nothing was changed; add the role in the portal.";
        return Err(Error::new(Code::Protocol, message));
    };
    for role in shown {
        let code = role_code(role).ok_or_else(|| {
            let shown = crate::text::excerpt(&role.to_string(), 200);
            let message = format!("One of the user's roles is written in a way that is not understood ({shown}), and writing the roles back could lose it. Nothing was changed; add the role in the portal.");
            Error::new(Code::Protocol, message)
        })?;
        if !roles.contains(&code) {
            roles.push(code);
        }
    }
    Ok(roles)
}

fn role_code(role: &Value) -> Option<String> {
    let from_url = |text: &str| {
        let (before, code) = text.trim_end_matches('/').rsplit_once('/')?;
        format!("{before}/").ends_with(&format!("/{}", path::ROLE)).then(|| code.to_owned())
    };
    match role {
        Value::String(text) => from_url(text),
        Value::Object(parts) => {
            let text = |name: &&str| parts.get(*name).and_then(Value::as_str);
            if let Some(code) = field::ROLE_URLS.iter().filter_map(text).find_map(from_url) {
                return Some(code);
            }
            let kind = text(&field::USERTYPE)?;
            // `usertype` may be the kind alone or already the whole code.
            if kind.rsplit_once('_').is_some_and(|(_, kind)| matches!(kind, word::CANDIDATE | word::BA | word::TL)) {
                return Some(kind.to_owned());
            }
            let scheme = field::ROLE_SCHEMES.iter().find_map(text)?;
            let scheme = scheme.trim_end_matches('/').rsplit('/').next()?;
            matches!(kind, word::CANDIDATE | word::BA | word::TL).then(|| format!("{scheme}_{kind}"))
        }
        _ => None,
    }
}

fn role_url(client: &Client, role: &str) -> String {
    format!("{}{}{}", client.config.host, wire::API_ROOT, wire::role_path(role))
}

pub fn move_(call: &Call, args: &Args) -> Result<Value, Error> {
    let department = args.reference("department", path::DEPARTMENTS)?;
    let company = match args.optional_reference("company", path::COMPANIES)? {
        Some(company) => company,
        None => organisation::company_of(call, department)?,
    };
    let work_for = work_for(call.client, company, department, args.get("franchise"));
    patch(call, Person::required(args)?, &json!({ field::WORK_FOR: work_for }))
}

/// Where somebody works. A franchise's collection is not known (A): its URL is passed on as the caller has it from a
/// department's `franchises`; a bare number is taken for a company.
fn work_for(client: &Client, company: u64, department: u64, franchise: Option<&Value>) -> Value {
    let mut work_for = Map::new();
    work_for.insert(field::COMPANY.into(), json!(url(client, path::COMPANIES, company)));
    work_for.insert(field::DEPARTMENT.into(), json!(url(client, path::DEPARTMENTS, department)));
    if let Some(franchise) = franchise {
        let is_url = franchise.as_str().is_some_and(|text| text.contains('/'));
        let number = arguments::reference_number(franchise).filter(|_| !is_url);
        work_for.insert(
            field::FRANCHISE.into(),
            number.map_or_else(|| franchise.clone(), |number| json!(url(client, path::COMPANIES, number))),
        );
    }
    Value::Object(work_for)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_wholly(sent: &Map<String, Value>, found: &Value) -> bool {
        is_same(sent, found, true)
    }

    #[test]
    fn a_role_is_understood_however_it_is_written() {
        let code = |role: Value| role_code(&role);
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
    fn the_person_that_we_sent_is_told_from_somebody_elses() {
        let Value::Object(sent) = json!({"persnr": "x", "first_name": "Kari  Anne", "last_name": "NORDMANN", "work_for": {"department": "https://a/departments/2/"}})
        else {
            panic!()
        };
        assert!(is_wholly(
            &sent,
            &json!({"first_name": "kari anne", "last_name": "Nordmann", "work_for": {"department": "http://b/departments/2/"}})
        ));
        assert!(is_wholly(&sent, &json!({"first_name": "Kari Anne", "last_name": "Nordmann"})));
        assert!(!is_wholly(&sent, &json!({"first_name": "Ola", "last_name": "Nordmann"})));
        let Value::Object(sent) =
            json!({"first_name": "A", "employee_alias": "E1", "userroles": ["https://a/userrole/n3_ba/"]})
        else {
            panic!()
        };
        assert!(is_wholly(
            &sent,
            &json!({"first_name": "A", "userroles": ["http://b/userrole/afr_ka/", "http://b/userrole/n3_ba/"]})
        ));
        assert!(!is_wholly(&sent, &json!({"first_name": "A", "userroles": ["http://b/userrole/afr_ka/"]})));
        assert!(!is_wholly(&sent, &json!({"first_name": "A", "employee_alias": null})));
        // But perhaps ours.
        assert!(is_same(&sent, &json!({"first_name": "A", "employee_alias": null}), false));
        assert!(!is_same(&sent, &json!({"first_name": "B", "employee_alias": null}), false));
        assert!(!is_wholly(
            &sent,
            &json!({"first_name": "Kari Anne", "last_name": "Nordmann", "work_for": {"department": "http://b/departments/3/"}})
        ));
    }
}
