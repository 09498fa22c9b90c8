//! From the arguments of a call to the structs that operations take: which argument goes into which field.

use serde_json::Value;

use super::args::Args;
use crate::client::Method;
use crate::clock::Moment;
use crate::error::Error;
use crate::json::Json;
use crate::operations::codes::{Role, RoleKind};
use crate::operations::competency::{Linked, NewResult};
use crate::operations::journal::Lines;
use crate::operations::request::AnyRequest;
use crate::operations::users::{Changes, Destination, Franchise, NewUser};
use crate::operations::userstatus::{NewStatus, Settable, StatusChange};
use crate::text::quoted;
use crate::wire::objects::{field, path};

/// The user to be created with these roles.
pub fn new_user(args: &Args, roles: Vec<Role>) -> Result<NewUser, Error> {
    Ok(NewUser {
        persnr: args.persnr("persnr")?,
        first_name: args.required_text("first_name")?,
        last_name: args.required_text("last_name")?,
        company: args.reference("company", path::COMPANIES)?,
        department: args.reference("department", path::DEPARTMENTS)?,
        franchise: franchise(args),
        email: args.owned_text("email"),
        mobile: args.owned_text("mobile"),
        employee_alias: args.owned_text("employee_alias"),
        roles,
    })
}

fn franchise(args: &Args) -> Option<Franchise> {
    match args.bare_reference("franchise") {
        Some(number) => Some(Franchise::Number(number)),
        None => args.owned_text("franchise").map(Franchise::Url),
    }
}

/// Where a user is moved to.
pub fn destination(args: &Args) -> Result<Destination, Error> {
    Ok(Destination {
        department: args.reference("department", path::DEPARTMENTS)?,
        company: args.optional_reference("company", path::COMPANIES)?,
        franchise: franchise(args),
    })
}

/// The members of `changes`. Errors: `validation` for a reference to something else.
pub fn changes(args: &Args) -> Result<Changes, Error> {
    let args = args.within("changes");
    let persnr = if args.has(field::PERSNR) { Some(args.persnr(field::PERSNR)?) } else { None };
    let franchise = if args.text(field::FRANCHISE) == Some("") { Some(Franchise::Nowhere) } else { franchise(&args) };
    let mut add_roles = if args.has("add_roles") { args.roles("add_roles")? } else { Vec::new() };
    if args.has("add_schemes") {
        add_roles.extend(args.roles_in("add_schemes", RoleKind::Candidate)?);
    }
    Ok(Changes {
        first_name: args.owned_text(field::FIRST_NAME),
        last_name: args.owned_text(field::LAST_NAME),
        persnr,
        email: args.owned_text(field::EMAIL),
        mobile: args.owned_text(field::MOBILE),
        employee_alias: args.owned_text(field::EMPLOYEE_ALIAS),
        company: args.optional_reference(field::COMPANY, path::COMPANIES)?,
        department: args.optional_reference(field::DEPARTMENT, path::DEPARTMENTS)?,
        franchise,
        add_roles,
        other: args.members("other").map(|(name, value)| (name.to_owned(), value)).collect(),
    })
}

/// How somebody is set on hold or withdrawn.
pub fn status_change(args: &Args) -> Result<StatusChange, Error> {
    Ok(StatusChange {
        scheme: args.scheme("scheme")?,
        date: args.optional_date("date"),
        comment: args.owned_text("comment"),
        set_by: args.optional_reference("set_by", path::USER)?,
    })
}

/// Which lines of the journal are wanted.
pub fn lines(args: &Args) -> Result<Lines, Error> {
    let moment = |name: &str| args.text(name).and_then(Moment::parse);
    Ok(Lines {
        since: moment("since").map(|moment| moment.begins),
        until: moment("until").map(|moment| moment.ends),
        job: args.owned_text("job"),
        person: args.optional_person()?,
    })
}

/// The user status to be created.
pub fn new_status(args: &Args) -> Result<NewStatus, Error> {
    Ok(NewStatus {
        status: Settable::from_word(args.text("status").unwrap_or_default())?,
        scheme: args.scheme("appname")?,
        user: args.reference("user", path::USER)?,
        reason: args.owned_text("reason"),
        set_by: args.optional_reference("status_set_by", path::USER)?,
        date: args.optional_date("status_date"),
        comment: args.owned_text("comment"),
    })
}

/// The completed course to be reported. Errors: `argument` unless the person is named in exactly one way.
pub fn new_result(args: &Args) -> Result<NewResult, Error> {
    let person = match (args.owned_text("encrypted_user_id"), args.owned_text("ext_user_id")) {
        (Some(encrypted), None) => Linked::Encrypted(encrypted),
        (None, Some(external)) => Linked::External(external),
        _ => {
            return Err(Error::argument("Name the person by one of encrypted_user_id, ext_user_id."));
        }
    };
    Ok(NewResult {
        person,
        goal: args.number("goal")?,
        passed_date: args.date("passed_date")?,
        external_system: args.owned_text("external_system"),
        external_id: args.owned_text("external_id"),
    })
}

/// A request of the caller's own making. Errors: `validation` for a method or a query that cannot be sent.
pub fn any_request(args: &Args) -> Result<AnyRequest, Error> {
    let method = match args.text("method").unwrap_or_default().to_ascii_uppercase().as_str() {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "PATCH" => Method::PATCH,
        "DELETE" => Method::DELETE,
        other => {
            let problem = format!("must be GET, POST, PUT, PATCH or DELETE, not {}", quoted(other, 20));
            return Err(Error::invalid("method", problem));
        }
    };
    let mut query = Vec::new();
    for (name, value) in args.members("query") {
        query_values(name, &value, &mut query)?;
    }
    Ok(AnyRequest { method, path: args.required_text("path")?, query, body: args.json("body") })
}

/// Adds a name once for its value, or once for each value of a list.
fn query_values(name: &str, value: &Json, query: &mut Vec<(String, String)>) -> Result<(), Error> {
    let values = match value.view() {
        Some(Value::Array(values)) => values,
        other => other.into_iter().collect(),
    };
    for value in values {
        match value {
            Value::String(text) => query.push((name.to_owned(), text)),
            Value::Number(_) | Value::Bool(_) => query.push((name.to_owned(), value.to_string())),
            _ => {
                let name = quoted(name, 60);
                let problem = format!("{name} must be a string, a number, true, false or a list of them");
                return Err(Error::invalid("query", problem));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Args {
        Args::read(text).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn changes_are_read_from_their_names_and_others_go_through_as_they_are() {
        let args = args(
            r#"{"changes": {"email": "", "first_name": "Åse", "department": "7", "franchise": "", "add_roles": ["krd_ba"],
                "add_schemes": ["afr"], "other": {"nickname": null, "title": 1.50}}}"#,
        );
        let changes = changes(&args).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((changes.email.as_deref(), changes.first_name.as_deref()), (Some(""), Some("Åse")));
        assert_eq!((changes.department, changes.franchise), (Some(7), Some(Franchise::Nowhere)));
        assert_eq!(changes.add_roles.iter().map(Role::as_str).collect::<Vec<_>>(), ["krd_ba", "afr_ka"]);
        let other: Vec<_> = changes.other.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(other, [("nickname", "null"), ("title", "1.50")]);
    }

    #[test]
    fn a_query_may_give_a_name_several_values() {
        let args =
            args(r#"{"method": "get", "path": "user/", "query": {"page": 1.0, "role": ["a", true]}, "body": {"x": 1.10}}"#);
        let request = any_request(&args).unwrap_or_else(|e| panic!("{e}"));
        let query: Vec<_> = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(query, [("page", "1.0"), ("role", "a"), ("role", "true")]);
        assert_eq!(request.body.as_ref().map(Json::as_str), Some(r#"{"x":1.10}"#));
        assert!(any_request(&self::args(r#"{"method": "GET", "path": "user/", "query": {"a": [null]}}"#)).is_err());
        assert!(any_request(&self::args(r#"{"method": "TRACE", "path": "user/"}"#)).is_err());
    }

    #[test]
    fn a_franchise_is_a_companys_number_or_an_address_as_it_stands() {
        let franchise = |text: &str| franchise(&args(text));
        assert_eq!(franchise(r#"{"franchise": 3}"#), Some(Franchise::Number(3)));
        assert_eq!(franchise(r#"{"franchise": "3"}"#), Some(Franchise::Number(3)));
        assert_eq!(franchise(r#"{"franchise": "https://x/f/3/"}"#), Some(Franchise::Url("https://x/f/3/".into())));
        assert_eq!(franchise("{}"), None);
    }
}
