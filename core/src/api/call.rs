//! Calling an operation by its name: its arguments are checked against the catalogue, then its row is run.

use std::cell::RefCell;

use serde_json::json;

use super::args::Args;
use super::{ANY, CATALOGUE, Named, Operation, PERSON, Run};
use super::{missing, refused};
use crate::arguments::{self, Argument};
use crate::client::{Call, Client, OnPage, Options};
use crate::config::Config;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::organisation::KnownSchemes;
use crate::text::quoted;
use crate::throttle::Priority;

/// Finds an operation by its name, as `users.get`.
pub fn find(name: &str) -> Option<&'static Operation> {
    CATALOGUE.iter().find(|operation| operation.name == name)
}

/// Calls an operation. `args` is the text of a JSON object, in which no key may stand twice; blank text is an empty one. It is
/// checked first; a mistake in it costs no request. The reply is the operation's, objects in it as the server wrote them.
///
/// Errors: any code but `handle`; whatever the text, no identity number and no secret is in it.
pub fn call(client: &Client, name: &str, args: &str) -> Result<Json, Error> {
    run(client, name, args, &|operation, call, args| match operation.run {
        Run::Once(run) => run(call, args),
        Run::List(run) => run(call, args, &mut |list| list.read(call, args.page().as_ref())),
    })
}

/// Calls an operation whose reply is a list, and gives each page of it to `on_page` as soon as it is there; only the ids of what was
/// given are kept. `on_page` gets `{"count", "next_page", "results"}` and returns `true` to stop. The reply: `{"count", "pages",
/// "missing"}`.
///
/// Errors: as [`call`]; `argument` for an operation that gives no list, and for a "page"; `interrupted` where `on_page` stops it.
pub fn call_pages(client: &Client, name: &str, args: &str, on_page: &mut OnPage) -> Result<Json, Error> {
    let on_page = RefCell::new(on_page);
    run(client, name, args, &|operation, call, args| match operation.run {
        Run::Once(_) => Err(no_list(operation.name)),
        Run::List(_) if args.has("page") => Err(Error::argument(
            "page: all pages are given, one after the other; leave it out, or call the operation itself for one page.",
        )),
        Run::List(run) => run(call, args, &mut |list| Ok(list.walk(call, &mut |page| (on_page.borrow_mut())(page))?.json())),
    })
}

fn no_list(name: &str) -> Error {
    let lists: Vec<_> = CATALOGUE.iter().filter(|operation| operation.is_list()).map(|operation| operation.name).collect();
    Error::argument(format!("{name} gives no list; these do: {}.", lists.join(", ")))
}

fn run(
    client: &Client,
    name: &str,
    args: &str,
    work: &dyn Fn(&Operation, &Call, &Args) -> Result<Json, Error>,
) -> Result<Json, Error> {
    let operation = find(name);
    let reply = Args::read(args).and_then(|args| operation.ok_or_else(|| unknown(name))?.call(client, args, work));
    reply.map_err(|error| {
        // A name that is none of ours may be anything.
        let error = operation.iter().fold(error, |error, operation| error.operation(operation.name));
        client.redacted_error(error)
    })
}

fn unknown(name: &str) -> Error {
    Error::new(Code::Argument, format!("There is no operation {}; finaut_operations lists them.", quoted(name, 60)))
}

/// What a call was given besides the arguments of its operation.
fn options(args: &Args, config: &Config) -> Options {
    let mut options = Options::of(config);
    if let Some(max_wait_s) = args.seconds("max_wait_s") {
        options.max_wait_s = max_wait_s;
    }
    if args.text("priority") == Some("interactive") {
        options.priority = Priority::Interactive;
    }
    options.fresh = args.flag("fresh");
    options
}

/// The job that a call belongs to: the one that it names, unless the operation takes that for itself. Errors: `validation` for a name
/// that shows a secret.
fn job(operation: &Operation, args: &Args, config: &Config) -> Result<Option<String>, Error> {
    let Some(job) = args.text("job").filter(|_| !operation.takes_itself("job")) else { return Ok(config.job.clone()) };
    config.check_job(job).map_err(|problem| Error::invalid("job", problem))?;
    Ok(Some(job.to_owned()))
}

impl Operation {
    /// Every argument that it takes: the person's names, its own, and those of any call.
    pub fn all_arguments(&self) -> impl Iterator<Item = &'static Argument> + Clone {
        let person: &'static [Argument] = if self.person == Named::Not { &[] } else { PERSON };
        person.iter().chain(self.arguments).chain(ANY.iter().filter(|any| !self.takes_itself(any.name)))
    }

    /// How long the text of its arguments may be, in bytes.
    pub fn most_bytes(&self) -> usize {
        if self.takes_itself("people") { arguments::MAX_BYTES_WITH_ROWS } else { arguments::MAX_BYTES }
    }

    /// True if an argument of any call means something of its own here.
    fn takes_itself(&self, name: &str) -> bool {
        self.arguments.iter().any(|own| own.name == name)
    }

    /// Whether its reply is a list, which can be had page by page.
    pub fn is_list(&self) -> bool {
        matches!(self.run, Run::List(_))
    }

    fn call(
        &self,
        client: &Client,
        mut args: Args,
        work: &dyn Fn(&Operation, &Call, &Args) -> Result<Json, Error>,
    ) -> Result<Json, Error> {
        args.trim(self.all_arguments());
        args.check(self.all_arguments())?;
        self.check_person(&args)?;
        args.fill(self.all_arguments());
        let job = job(self, &args, &client.config)?;
        let mut call = Call::new(client, self.name, Options { job, ..options(&args, &client.config) });
        if let Some(call_id) = args.text("call_id") {
            call = call.named(call_id)?;
        }
        let mut known = None;
        for (argument, code) in args.scheme_codes(self.all_arguments()) {
            let known = match &known {
                Some(known) => known,
                None => known.insert(KnownSchemes::of(&call)?),
            };
            if let Some(problem) = known.problem_of(&code) {
                return Err(Error::invalid(argument, problem));
            }
        }
        work(self, &call, &args).map_err(|e| missing::named(refused::named(e, self, &args, client), self, &args))
    }

    /// Refuses a person named in two ways, or not at all where one is needed.
    fn check_person(&self, args: &Args) -> Result<(), Error> {
        let named = PERSON.iter().filter(|way| args.has(way.name)).count();
        let how = match (self.person, named) {
            (Named::Not, _) | (Named::Optional, 0) | (_, 1) => return Ok(()),
            (Named::Required, 0) => "one of",
            _ => "only one of",
        };
        let ways: Vec<_> = PERSON.iter().map(|way| way.name).collect();
        Err(Error::argument(format!("Name the person by {how} {}.", ways.join(", "))))
    }

    /// The row as JSON, for callers that build themselves after the catalogue.
    fn json(&self) -> Json {
        let person = match self.person {
            Named::Not => None,
            Named::Optional => Some("optional"),
            Named::Required => Some("required"),
        };
        Json::of(&json!({
            "name": self.name,
            "summary": self.summary,
            "about": self.about,
            "person": person,
            "arguments": self.arguments.iter().map(Argument::json).collect::<Vec<_>>(),
            "reply": self.reply,
            "reply_type": self.gives.type_name(),
            "example": self.example,
            "errors": self.codes.iter().map(|code| code.word()).collect::<Vec<_>>(),
        }))
    }
}

/// The catalogue as JSON: `{"operations": […], "person": […], "any": […]}`; `person` are the ways to name a person, `any` the
/// arguments of every operation.
pub fn catalogue() -> Json {
    Json::of(&json!({
        "operations": CATALOGUE.iter().map(Operation::json).collect::<Vec<_>>(),
        "person": PERSON.iter().map(Argument::json).collect::<Vec<_>>(),
        "any": ANY.iter().map(Argument::json).collect::<Vec<_>>(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::{self, DefaultValue};

    #[test]
    fn the_catalogues_examples_keep_to_it() {
        for operation in CATALOGUE {
            let args = Args::read(operation.example);
            let Ok(args) = args else { panic!("{}", operation.name) };
            assert_eq!(args.check(operation.all_arguments()), Ok(()), "{}", operation.name);
            assert_eq!(operation.check_person(&args), Ok(()), "{}", operation.name);
        }
    }

    /// A default that its own argument would refuse could be neither given nor documented.
    #[test]
    fn every_default_has_its_arguments_shape() {
        let rows = CATALOGUE.iter().flat_map(|operation| operation.arguments).chain(PERSON).chain(ANY);
        let mut checked = 0;
        for argument in rows.chain(crate::config::KEYS) {
            let Some(default) = argument.default.and_then(DefaultValue::value) else { continue };
            let given = [(argument.name.to_owned(), default)].into_iter().collect();
            assert_eq!(arguments::check([argument].into_iter(), &given, &[]), Ok(()), "{}", argument.name);
            checked += 1;
        }
        assert!(checked > 12, "{checked}");
    }
}
