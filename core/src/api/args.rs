//! The arguments of one call, read from their JSON and given out in the types that operations take. Whether an operation takes
//! them, and whether they have the right form, is checked against the catalogue before; what is still wrong here is the reference
//! to an object of another collection, and what the catalogue cannot say.

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::arguments::{self, Argument};
use crate::client::PageRef;
use crate::error::Error;
use crate::json::Json;
use crate::operations::address::is_of_collection;
use crate::operations::codes::{Role, RoleKind, Scheme};
use crate::operations::person::Person;
use crate::persnr::Persnr;
use crate::wire::objects::path;

/// The arguments of one call.
pub struct Args(Map<String, Value>);

impl Args {
    /// Reads a JSON object; blank text is an empty one. Errors: `argument`.
    pub fn read(text: &str) -> Result<Args, Error> {
        arguments::parse(text, "args_json").map(Args)
    }

    /// Puts in the defaults of what is not given.
    pub fn fill<'k>(&mut self, known: impl Iterator<Item = &'k Argument>) {
        arguments::fill(known, &mut self.0);
    }

    /// Drops the white space that the server drops, and what may be empty and is.
    pub fn trim<'k>(&mut self, known: impl Iterator<Item = &'k Argument>) {
        arguments::trim(known, &mut self.0);
    }

    /// Checks names, types and forms, those of an object's members too. Errors: `argument`, `validation`.
    pub fn check<'k>(&self, known: impl Iterator<Item = &'k Argument> + Clone) -> Result<(), Error> {
        arguments::check(known.clone(), &self.0, &[])?;
        for argument in known.filter(|argument| !argument.members.is_empty()) {
            let Some(object) = self.0.get(argument.name).and_then(Value::as_object) else { continue };
            arguments::check(argument.members.iter(), object, &[])?;
        }
        Ok(())
    }

    /// The schemes' codes in them: the argument's name, and the code.
    pub fn scheme_codes<'k>(&self, known: impl Iterator<Item = &'k Argument>) -> Vec<(&'k str, String)> {
        arguments::schemes(known, &self.0)
    }

    /// The members of an object, to be read as arguments are; none if it is not given.
    pub fn within(&self, name: &str) -> Args {
        Args(self.0.get(name).and_then(Value::as_object).cloned().unwrap_or_default())
    }

    /// What is given for an argument, or for a member within it: names with dots between.
    pub fn value_at(&self, path: &str) -> Option<Json> {
        let mut names = path.split('.');
        let first = self.0.get(names.next()?)?;
        let value = names.try_fold(first, |value, name| match value {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            value => value.get(name),
        });
        value.map(Json::of)
    }

    /// True if the argument is given.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A string, if it is given.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A string of one's own, if it is given.
    pub fn owned_text(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// A whole number from 1, if it is given.
    pub fn count(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.as_u64()
    }

    /// The page that is asked for; `None`: all of them.
    pub fn page(&self) -> Option<PageRef> {
        match self.0.get("page")? {
            Value::String(text) => PageRef::named(text),
            number => number.as_u64().map(PageRef::Number),
        }
    }

    /// A number of seconds, if it is given.
    pub fn seconds(&self, name: &str) -> Option<f64> {
        self.0.get(name)?.as_f64()
    }

    /// A number of seconds that has a default.
    pub fn duration(&self, name: &str) -> Result<f64, Error> {
        arguments::seconds(&self.0, name)
    }

    /// A whole number that has a default.
    pub fn whole(&self, name: &str) -> Result<u64, Error> {
        arguments::whole(&self.0, name).map(i64::unsigned_abs)
    }

    /// `true` if the argument is.
    pub fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A date, if it is given.
    pub fn optional_date(&self, name: &str) -> Option<Date> {
        self.text(name).and_then(arguments::date)
    }

    /// A scheme's code, if it is given.
    pub fn optional_scheme(&self, name: &str) -> Option<Scheme> {
        self.text(name).and_then(Scheme::parse)
    }

    /// Any JSON, if it is given.
    pub fn json(&self, name: &str) -> Option<Json> {
        self.0.get(name).map(Json::of)
    }

    /// The names and values of an object; none if it is not given.
    pub fn members(&self, name: &str) -> impl Iterator<Item = (&str, Json)> {
        let object = self.0.get(name).and_then(Value::as_object);
        object.into_iter().flatten().map(|(name, value)| (name.as_str(), Json::of(value)))
    }

    /// A string. Errors: `argument` when it is missing, here as for every argument that is required.
    pub fn required_text(&self, name: &str) -> Result<String, Error> {
        self.owned_text(name).ok_or_else(|| missing(name))
    }

    /// A date.
    pub fn date(&self, name: &str) -> Result<Date, Error> {
        self.optional_date(name).ok_or_else(|| missing(name))
    }

    /// An identity number.
    pub fn persnr(&self, name: &str) -> Result<Persnr, Error> {
        self.text(name).and_then(|text| Persnr::parse(text).ok()).ok_or_else(|| missing(name))
    }

    /// A scheme's code.
    pub fn scheme(&self, name: &str) -> Result<Scheme, Error> {
        self.optional_scheme(name).ok_or_else(|| missing(name))
    }

    /// A role's code.
    pub fn role(&self, name: &str) -> Result<Role, Error> {
        self.text(name).and_then(Role::parse).ok_or_else(|| missing(name))
    }

    /// A whole number, given as a number or as its digits.
    pub fn number(&self, name: &str) -> Result<i64, Error> {
        let value = self.0.get(name);
        value.and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok())).ok_or_else(|| missing(name))
    }

    /// A list of roles' codes.
    pub fn roles(&self, name: &str) -> Result<Vec<Role>, Error> {
        self.each(name, Role::parse)
    }

    /// A list of schemes' codes.
    pub fn schemes(&self, name: &str) -> Result<Vec<Scheme>, Error> {
        self.each(name, Scheme::parse)
    }

    /// The role of this kind in each scheme of a list.
    pub fn roles_in(&self, name: &str, kind: RoleKind) -> Result<Vec<Role>, Error> {
        Ok(Role::in_each(&self.each(name, Scheme::parse)?, kind))
    }

    fn each<T>(&self, name: &str, parse: fn(&str) -> Option<T>) -> Result<Vec<T>, Error> {
        let items = self.0.get(name).and_then(Value::as_array).ok_or_else(|| missing(name))?;
        items.iter().map(|item| item.as_str().and_then(parse).ok_or_else(|| missing(name))).collect()
    }

    /// The number of a referenced object. Errors: `validation` when a URL leads to something else than `collection`.
    pub fn reference(&self, name: &str, collection: &str) -> Result<u64, Error> {
        let value = self.0.get(name).ok_or_else(|| missing(name))?;
        let number = arguments::reference_number(value);
        // A server behind a proxy may write its URLs with another host than ours: the path tells what it is.
        let fits = value.as_str().is_none_or(|text| !text.contains('/') || is_of_collection(text, collection));
        number.filter(|_| fits).ok_or_else(|| {
            let shown = crate::text::visible(&value.to_string(), 100);
            Error::invalid(name, format!("must be a number or a URL that ends in \"{collection}NUMBER/\", not {shown}"))
        })
    }

    /// The same, if it is given.
    pub fn optional_reference(&self, name: &str, collection: &str) -> Result<Option<u64>, Error> {
        if self.has(name) { self.reference(name, collection).map(Some) } else { Ok(None) }
    }

    /// The name in `{"name": "…"}`, where the argument is given so.
    pub fn place_name(&self, name: &str) -> Option<&str> {
        arguments::place_name(self.0.get(name)?)
    }

    /// The number in a reference whose collection is not known; `None` for a URL, and where nothing is given.
    pub fn bare_reference(&self, name: &str) -> Option<u64> {
        let value = self.0.get(name)?;
        let is_url = value.as_str().is_some_and(|text| text.contains('/'));
        arguments::reference_number(value).filter(|_| !is_url)
    }

    /// The person that the arguments name, if any.
    pub fn optional_person(&self) -> Result<Option<Person>, Error> {
        Ok(if self.has("id") {
            Some(Person::Id(self.reference("id", path::USER)?))
        } else if self.has("persnr") {
            Some(Person::Persnr(self.persnr("persnr")?))
        } else if let Some(alias) = self.owned_text("employee_alias") {
            Some(Person::Alias(alias))
        } else {
            self.owned_text("encrypted_user_id").map(Person::Encrypted)
        })
    }

    /// The person that the arguments name. Errors: `argument` where none is.
    pub fn person(&self) -> Result<Person, Error> {
        let missing = || Error::argument("The person is not named.");
        self.optional_person()?.ok_or_else(missing)
    }
}

fn missing(name: &str) -> Error {
    Error::argument(format!("\"{name}\" is missing."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    fn args(text: &str) -> Args {
        Args::read(text).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn a_reference_must_lead_to_what_is_asked_for() {
        let args = args(r#"{"a": 7, "b": "http://x/finautapi/v1/companies/7/", "c": "http://x/finautapi/v1/user/7/"}"#);
        assert_eq!((args.reference("a", path::USER), args.reference("c", path::USER)), (Ok(7), Ok(7)));
        let error = args.reference("b", path::USER).unwrap_err();
        assert_eq!(error.code(), Code::Validation);
        assert!(error.message().contains("ends in \"user/NUMBER/\""), "{error}");
        assert_eq!(args.optional_reference("d", path::USER), Ok(None));
        assert_eq!((args.bare_reference("a"), args.bare_reference("b")), (Some(7), None));
    }

    #[test]
    fn what_is_required_and_missing_is_named() {
        let args = args(r#"{"schemes": ["afr", "a_b"], "persnr": "01819010001"}"#);
        for error in [
            args.required_text("scheme").unwrap_err(),
            args.date("scheme").unwrap_err(),
            args.number("scheme").unwrap_err(),
            args.reference("scheme", path::USER).unwrap_err(),
        ] {
            assert_eq!((error.code(), &*error.message()), (Code::Argument, "\"scheme\" is missing. Nothing was sent."));
        }
        assert!(args.roles_in("schemes", RoleKind::Ba).is_err(), "none is left out silently");
        assert!(matches!(args.person(), Ok(Person::Persnr(persnr)) if persnr.as_str() == "01819010001"));
    }
}
