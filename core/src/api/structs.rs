//! From the arguments of a call to the structs that operations take: which argument goes into which field.

use serde_json::Value;

use super::args::Args;
use crate::client::{Call, Method};
use crate::clock::Moment;
use crate::error::Error;
use crate::json::Json;
use crate::operations::codes::{Role, RoleKind};
use crate::operations::competency::{Linked, NewResult};
use crate::operations::journal::Lines;
use crate::operations::organisation;
use crate::operations::request::AnyRequest;
use crate::operations::users::{Changes, Destination, Franchise, NewUser};
use crate::operations::userstatus::{NewStatus, Settable, StatusChange};
use crate::sync::applying::Applied;
use crate::sync::ensuring::{Ensured, Place};
use crate::sync::exporting::Exported;
use crate::sync::forgetting::Forgotten;
use crate::sync::making::Source;
use crate::sync::naming::ProfileAt;
use crate::sync::planning::Planned;
use crate::sync::proposing::Proposed;
use crate::sync::reporting::Wanted;
use crate::sync::running::{Retry, Wished};
use crate::sync::status::Asked;
use crate::sync::told::Language;
use crate::text::quoted;
use crate::wire::objects::{field, path};

/// The user to be created with these roles. What is known to be refused is refused before a name is looked up.
pub fn new_user(call: &Call, args: &Args, roles: Vec<Role>) -> Result<NewUser, Error> {
    let new = NewUser {
        persnr: args.persnr("persnr")?,
        first_name: args.required_text("first_name")?,
        last_name: args.required_text("last_name")?,
        company: number_or_0(args, "company", path::COMPANIES)?,
        department: number_or_0(args, "department", path::DEPARTMENTS)?,
        franchise: franchise(args),
        email: args.owned_text("email"),
        mobile: args.owned_text("mobile"),
        employee_alias: args.owned_text("employee_alias"),
        roles,
    };
    new.check()?;
    let company = company(call, args)?.unwrap_or(new.company);
    Ok(NewUser { company, department: department(call, args, Some(company))?.unwrap_or(new.department), ..new })
}

/// The number of an object that is not named; 0 for one that is.
fn number_or_0(args: &Args, name: &str, collection: &str) -> Result<u64, Error> {
    if args.place_name(name).is_some() { Ok(0) } else { args.reference(name, collection) }
}

/// The number of the company that is given, if any is. Errors: as [`organisation::company_named`].
pub fn company(call: &Call, args: &Args) -> Result<Option<u64>, Error> {
    match args.place_name(field::COMPANY) {
        Some(name) => organisation::company_named(call, field::COMPANY, name).map(Some),
        None => args.optional_reference(field::COMPANY, path::COMPANIES),
    }
}

/// The number of the department that is given, if any is: in this company, where it is named. Errors: as
/// [`organisation::department_named`].
fn department(call: &Call, args: &Args, company: Option<u64>) -> Result<Option<u64>, Error> {
    match args.place_name(field::DEPARTMENT) {
        Some(name) => organisation::department_named(call, field::DEPARTMENT, name, company).map(Some),
        None => args.optional_reference(field::DEPARTMENT, path::DEPARTMENTS),
    }
}

fn franchise(args: &Args) -> Option<Franchise> {
    if let Some(name) = args.place_name("franchise") {
        return Some(Franchise::Named(name.to_owned()));
    }
    match args.bare_reference("franchise") {
        Some(number) => Some(Franchise::Number(number)),
        None => args.owned_text("franchise").map(Franchise::Url),
    }
}

/// Where a user is moved to.
pub fn destination(call: &Call, args: &Args) -> Result<Destination, Error> {
    number_or_0(args, "department", path::DEPARTMENTS)?;
    let company = company(call, args)?;
    let department = department(call, args, company)?.ok_or_else(|| Error::argument("\"department\" is missing."))?;
    Ok(Destination { department, company, franchise: franchise(args) })
}

/// The members of `changes`. What is known to be refused is refused before a name is looked up. Errors: `validation` for a reference to
/// something else.
pub fn changes(call: &Call, args: &Args) -> Result<Changes, Error> {
    let changes = unresolved_changes(args)?;
    changes.check()?;
    let args = args.within("changes");
    let company = company(call, &args)?;
    Ok(Changes { company, department: department(call, &args, company)?, ..changes })
}

/// The same; a company or department that is named has the number 0.
fn unresolved_changes(args: &Args) -> Result<Changes, Error> {
    let args = args.within("changes");
    let persnr = if args.has(field::PERSNR) { Some(args.persnr(field::PERSNR)?) } else { None };
    let franchise = if args.text(field::FRANCHISE) == Some("") { Some(Franchise::Nowhere) } else { franchise(&args) };
    let mut add_roles = if args.has("add_roles") { args.roles("add_roles")? } else { Vec::new() };
    if args.has("add_schemes") {
        add_roles.extend(args.roles_in("add_schemes", RoleKind::Candidate)?);
    }
    let number = |name: &str, collection| {
        if args.has(name) { number_or_0(&args, name, collection).map(Some) } else { Ok(None) }
    };
    Ok(Changes {
        first_name: args.owned_text(field::FIRST_NAME),
        last_name: args.owned_text(field::LAST_NAME),
        persnr,
        email: args.owned_text(field::EMAIL),
        mobile: args.owned_text(field::MOBILE),
        employee_alias: args.owned_text(field::EMPLOYEE_ALIAS),
        company: number(field::COMPANY, path::COMPANIES)?,
        department: number(field::DEPARTMENT, path::DEPARTMENTS)?,
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

/// The ways to name one person within an object.
const WAYS: [&str; 4] = ["id", "persnr", "employee_alias", "encrypted_user_id"];

/// The profile that a call is about.
fn profile_at(args: &Args) -> ProfileAt {
    ProfileAt { profile: args.json("profile").and_then(|profile| profile.view()), file: args.owned_text("profile_file") }
}

/// What is to be planned. Errors: `argument` for an "only" that names the person in no way or in several.
pub fn planned(args: &Args) -> Result<Planned, Error> {
    let only = args.within("only");
    if args.has("only") && WAYS.iter().filter(|way| only.has(way)).count() != 1 {
        return Err(Error::argument(format!("only: name the person by one of {}.", WAYS.join(", "))));
    }
    Ok(Planned {
        profile: profile_at(args),
        from: Source {
            file: args.json("file").and_then(|file| file.view()),
            people: args.json("people"),
            only: only.optional_person()?,
        },
        names: args.flag("names"),
    })
}

/// What is to be run. Errors: `argument`.
pub fn wished(args: &Args) -> Result<Wished, Error> {
    let Planned { profile, from, names } = planned(args)?;
    let retry = match args.json("retry").and_then(|retry| retry.view::<Value>()) {
        None | Some(Value::Bool(false)) => Retry::Nobodys,
        Some(Value::Bool(true)) => Retry::Everybodys,
        Some(given) => serde_json::from_value(given)
            .map(Retry::Of)
            .map_err(|_| Error::argument("retry must be true, or a list of employee aliases as texts."))?,
    };
    Ok(Wished { profile, from, names, retry, dry_run: args.flag("dry_run"), until: args.owned_text("until") })
}

/// What is approved of a plan. Errors: `argument`.
pub fn applied(args: &Args) -> Result<Applied, Error> {
    let Planned { profile, from, names } = planned(args)?;
    let text = |name: &str| args.owned_text(name).unwrap_or_default();
    let approve = args
        .json("approve")
        .and_then(|words| words.view())
        .ok_or_else(|| Error::argument("approve must be a list of texts."))?;
    Ok(Applied {
        profile,
        from,
        plan: text("plan"),
        approve,
        by: text("by"),
        why: text("why"),
        names,
        until: args.owned_text("until"),
    })
}

/// Who is to be forgotten. Errors: `argument`.
pub fn forgotten(args: &Args) -> Result<Forgotten, Error> {
    Ok(Forgotten { profile: profile_at(args), person: args.person()? })
}

/// Whose sync's status is wanted.
pub fn asked(args: &Args) -> Asked {
    Asked { profile: profile_at(args), run: args.owned_text("run"), max_age_h: args.count("max_age_h") }
}

/// Which report of a sync is wanted.
pub fn wanted(args: &Args) -> Wanted {
    let word = |name: &str| args.owned_text(name).unwrap_or_default();
    Wanted {
        profile: profile_at(args),
        run: args.owned_text("run"),
        from: args.optional_date("from"),
        to: args.optional_date("to"),
        what: word("what"),
        format: word("format"),
        language: word("language"),
        path: args.owned_text("path"),
        names: args.flag("names"),
    }
}

/// What of a sync is to be exported.
pub fn exported(args: &Args) -> Exported {
    let word = |name: &str| args.owned_text(name).unwrap_or_default();
    Exported {
        profile: profile_at(args),
        what: word("what"),
        format: word("format"),
        path: args.owned_text("path"),
        since: args.optional_date("since"),
        encoding: args.owned_text("encoding"),
    }
}

/// One person as HR has them. What cannot be used is refused before a name is looked up.
pub fn ensured(call: &Call, args: &Args) -> Result<Ensured, Error> {
    const ROW: [&str; 12] = [
        field::PERSNR,
        field::EMPLOYEE_ALIAS,
        field::FIRST_NAME,
        field::LAST_NAME,
        field::EMAIL,
        field::MOBILE,
        "schemes",
        "roles",
        "start_date",
        "end_date",
        "status",
        "confidential",
    ];
    let row = ROW.into_iter().filter_map(|name| Some((name.to_owned(), args.json(name)?.view()?))).collect();
    let mut ensured = Ensured {
        row,
        place: Place::default(),
        franchise: franchise(args),
        fields: args.json("fields").and_then(|fields| fields.view()),
        is_dry_run: args.flag("dry_run"),
    };
    ensured.check()?;
    let company = company(call, args)?;
    ensured.place = Place { company, department: department(call, args, company)? };
    Ok(ensured)
}

/// What a profile is to be proposed from. Errors: `validation` for a language that there is none of.
pub fn proposed(args: &Args) -> Result<Proposed, Error> {
    let language = match args.text("language") {
        None | Some("en") => Language::English,
        Some("no") => Language::Norwegian,
        Some(other) => {
            return Err(Error::invalid("language", format!("must be \"no\" or \"en\", not {}", quoted(other, 20))));
        }
    };
    Ok(Proposed { file: args.json("file").and_then(|file| file.view()), language })
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
        let changes = unresolved_changes(&args).unwrap_or_else(|e| panic!("{e}"));
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
        assert_eq!(franchise(r#"{"franchise": {"name": "Avtale Øst"}}"#), Some(Franchise::Named("Avtale Øst".into())));
        assert_eq!(franchise("{}"), None);
    }
}
