//! The catalogue of the operations: names, summaries and arguments, and what each runs. It is the only list of them. How one is
//! called stands in `call`, how its arguments become what the operations take in `args` and `structs`.

use crate::arguments::{Argument, DefaultValue, Shape};
use crate::client::Call;
use crate::described::Gives;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::codes::RoleKind;
use crate::operations::list::List;
use crate::operations::{account, competency, journal, link, organisation, request, results, users, userstatus};
use crate::sync::{applying, ensuring, exporting, forgetting, planning, proposing, reporting, running, status};
use crate::wire::objects::path;

pub mod args;
pub mod call;
mod inbox;
mod missing;
mod refused;
pub mod replies;
mod structs;

use args::Args;

/// One thing that can be called.
pub struct Operation {
    /// As `users.get`.
    pub name: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// More sentences: what it costs, what to look out for; may be empty.
    pub about: &'static str,
    /// Whether it is about a person.
    pub person: Named,
    /// Its own arguments.
    pub arguments: &'static [Argument],
    /// What the reply is.
    pub reply: &'static str,
    /// The same as a type: which object of [`replies`] it is.
    pub gives: Gives,
    /// Arguments as a caller might write them.
    pub example: &'static str,
    /// The error codes that it can end with besides those that any call can.
    pub codes: &'static [Code],
    /// Turns the arguments, which have been checked, into what the operation takes, and calls it.
    run: Run,
}

/// How an operation is called.
enum Run {
    /// Its reply is there at once.
    Once(fn(&Call, &Args) -> Result<Json, Error>),
    /// It gives a list, which the last argument reads: whole, one page, or page by page.
    List(fn(&Call, &Args, &mut Read) -> Result<Json, Error>),
}

type Read<'r> = dyn FnMut(List) -> Result<Json, Error> + 'r;

/// Whether an operation is about a person, named by exactly one of [`PERSON`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// It is not.
    Not,
    /// The person may be left out.
    Optional,
    /// A person must be named.
    Required,
}

const fn need(name: &'static str, shape: Shape, about: &'static str) -> Argument {
    Argument::required(name, shape, about)
}

const fn may(name: &'static str, shape: Shape, about: &'static str) -> Argument {
    Argument::optional(name, shape, about)
}

/// The ways to name a person.
pub const PERSON: &[Argument] = &[
    may("id", Shape::Reference, "FinAut's user id"),
    may("persnr", Shape::Persnr, "identity number"),
    may("employee_alias", Shape::Text, "the employer's own id of the person"),
    may("encrypted_user_id", Shape::Text, "the encrypted user id from the link flow"),
];

/// What any call takes.
pub const ANY: &[Argument] = &[
    may(
        "max_wait_s",
        Shape::Seconds,
        "longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for each page",
    )
    .or(DefaultValue::Words("the configuration's")),
    may("priority", Shape::Priority, "\"interactive\" may use the slots that \"bulk\" must leave")
        .or(DefaultValue::Text("bulk")),
    may("fresh", Shape::Flag, "true: ask the server even where the answer is remembered").or(DefaultValue::Flag(false)),
    may("job", Shape::Job, "what the call is part of, as \"nightly\": stands in events, in the journal and in budget's \"by\"")
        .or(DefaultValue::Words("the configuration's")),
    may("call_id", Shape::CallId, "names this call, as no other that runs, for finaut_client_interrupt_call"),
];

const PAGE: Argument = may("page", Shape::Page, "one page only: its number, or what \"next_page\" says of the page before")
    .or(DefaultValue::Words("all pages"));
const ID: Argument = need("id", Shape::Reference, "the object's own id");

/// The path of a profile's file.
const PROFILE_FILE: Argument = may("profile_file", Shape::Text, "path of the profile's file, in place of \"profile\"");
/// A profile of which only the name counts.
const NAMED_PROFILE: Argument = may("profile", Shape::Json, "the profile's name, or the profile itself")
    .or(DefaultValue::Words("\"default\", the name of a profile without one"));
/// Whether people's names are shown.
const NAMES: Argument = may(
    "names",
    Shape::Flag,
    "false: people's names are left out, and those among the values that change; identity numbers always are",
)
.or(DefaultValue::Flag(true));

/// A profile …
const PROFILE: Argument = may("profile", Shape::Object, "the profile");
/// … where its rows come from …
const HR_FILE: Argument =
    may("file", Shape::Json, "the HR file: a path, or an object whose members replace those of the profile's \"file\"");
const PEOPLE: Argument = may("people", Shape::Json, "the rows as a list of objects, in place of a file");
/// … and whom it is for.
const ONLY: Argument = may("only", Shape::Object, "one person, named by one of these: nobody else is compared")
    .or(DefaultValue::Words("everybody"))
    .with(PERSON);
/// When a run ends.
const UNTIL: Argument = may(
    "until",
    Shape::Text,
    "when no further step begins: a time of day in Norway as \"06:30\", or a moment as \"2026-11-28T06:30:00+01:00\"",
)
.or(DefaultValue::Words("the profile's"));

const PLANNED: &[Argument] = &[PROFILE, PROFILE_FILE, HR_FILE, PEOPLE, ONLY, NAMES];

/// What a user is created with, besides its roles.
macro_rules! new_user {
    ($last:expr) => {
        &[
            need("persnr", Shape::Persnr, "identity number"),
            need("first_name", Shape::Text, "first name"),
            need("last_name", Shape::Text, "last name"),
            need("company", Shape::Place, "the company"),
            need("department", Shape::Place, "the department"),
            may("franchise", Shape::Place, "the franchise").or_empty(),
            may("email", Shape::Text, "e-mail address").or_empty(),
            may("mobile", Shape::Text, "8 digits, without +47 and spaces").or_empty(),
            may("employee_alias", Shape::Text, "the employer's own id of the person").or_empty(),
            $last,
        ]
    };
}

const KIND: Argument = may("kind", Shape::Text, "\"result\", \"userstatus\", \"link\" or \"unknown\" only");

/// A request that came in.
const INCOMING: &[Argument] = &[
    may("body", Shape::Raw, "the body as it came"),
    may("body_base64", Shape::Text, "or in base64, where it may be no text in your encoding"),
    may("headers", Shape::Object, "names and values; how the names are spelt does not matter"),
    may("path", Shape::Text, "the path, needed if a \"path_secret\" is configured"),
    may("method", Shape::Text, "the method that it came by").or(DefaultValue::Text("POST")),
];

const SET_STATUS: &[Argument] = &[
    need("scheme", Shape::Scheme, "the scheme's code, as \"afr\""),
    may("date", Shape::Date, "from when").or(DefaultValue::Words("today in Norway")),
    may("comment", Shape::Text, "for people to read").or_empty(),
    may("set_by", Shape::Reference, "the user who sets it").or(DefaultValue::Words(
        "the configuration's; without either the call is refused, as the register must not say that the person did it",
    )),
];

/// What can be changed of a user.
const CHANGES: &[Argument] = &[
    may("first_name", Shape::Text, "first name"),
    may("last_name", Shape::Text, "last name"),
    may("email", Shape::Text, "e-mail address").clearing(),
    may("mobile", Shape::Text, "8 digits, without +47 and spaces").clearing(),
    may("employee_alias", Shape::Text, "the employer's own id of the person").clearing(),
    may("persnr", Shape::Persnr, "identity number"),
    may("company", Shape::Place, "the company, with \"department\" only").or(DefaultValue::Words("the department's own")),
    may("department", Shape::Place, "the department"),
    may("franchise", Shape::Place, "the franchise").clearing(),
    may("add_roles", Shape::Roles, "new roles, as [\"afr_ba\"]; those that the user has stay"),
    may("add_schemes", Shape::Schemes, "schemes to sign up to as a candidate, as [\"krd\"]"),
    may("other", Shape::Object, "names and values of fields that this library does not know, passed on as they are"),
];

/// Every operation.
pub const CATALOGUE: &[Operation] = &[
    Operation {
        name: "users.list",
        summary: "Lists the users that the account may see, or those that match.",
        about: "A list of all costs one request for each 100 users. If users are added or removed while the list is read, the pages that shifted may be read again (at most a tenth of them and 2), and \"missing\" in the reply says how many users may still be missing.",
        person: Named::Optional,
        arguments: &[PAGE],
        reply: "{\"count\", \"next_page\", \"results\": [user, …]}",
        gives: Gives::List("User"),
        example: "{\"employee_alias\": \"E1001\"}",
        codes: &[],
        run: Run::List(|call, args, read| read(users::list(call, args.optional_person()?.as_ref(), args.page().as_ref())?)),
    },
    Operation {
        name: "users.get",
        summary: "Retrieves one user.",
        about: "",
        person: Named::Required,
        arguments: &[],
        reply: "the user",
        gives: Gives::One("User"),
        example: "{\"id\": 590496}",
        codes: &[Code::NotFound, Code::Ambiguous],
        run: Run::Once(|call, args| users::get(call, &args.person()?)),
    },
    Operation {
        name: "users.create",
        summary: "Creates a user with any roles.",
        about: "Exactly one is created, also when the connection breaks. A number that is registered already is refused, with \"persnr\" in \"fields\". A company, department or franchise that is named is looked up in the remembered lists before anything is sent; a name that is not there, or that several have, is refused with those that there are.",
        person: Named::Not,
        arguments: new_user!(need("roles", Shape::Roles, "scheme, underscore, kind (ka candidate, ba, tl), as [\"afr_ka\"]")),
        reply: "the new user",
        gives: Gives::One("User"),
        example: "{\"persnr\": \"01819010001\", \"first_name\": \"Kari\", \"last_name\": \"Nordmann\", \"company\": 1, \"department\": 2, \"roles\": [\"afr_ka\", \"afr_ba\"]}",
        codes: &[Code::Ambiguous, Code::UnknownOutcome],
        run: Run::Once(|call, args| users::create(call, &structs::new_user(call, args, args.roles("roles")?)?)),
    },
    Operation {
        name: "users.create_candidate",
        summary: "Creates a candidate, signed up to one or more schemes.",
        about: "As users.create, with the role ka in each scheme.",
        person: Named::Not,
        arguments: new_user!(need("schemes", Shape::Schemes, "codes of the schemes, as [\"afr\", \"krd\"]")),
        reply: "the new user",
        gives: Gives::One("User"),
        example: "{\"persnr\": \"01819010001\", \"first_name\": \"Kari\", \"last_name\": \"Nordmann\", \"company\": 1, \"department\": 2, \"schemes\": [\"afr\"]}",
        codes: &[Code::Ambiguous, Code::UnknownOutcome],
        run: Run::Once(|call, args| {
            users::create(call, &structs::new_user(call, args, args.roles_in("schemes", RoleKind::Candidate)?)?)
        }),
    },
    Operation {
        name: "users.create_ba",
        summary: "Creates a BA (bedriftsansvarlig), who administers candidates.",
        about: "As users.create, with the role ba in each scheme.",
        person: Named::Not,
        arguments: new_user!(need("schemes", Shape::Schemes, "codes of the schemes, as [\"afr\", \"krd\"]")),
        reply: "the new user",
        gives: Gives::One("User"),
        example: "{\"persnr\": \"01819010001\", \"first_name\": \"Kari\", \"last_name\": \"Nordmann\", \"company\": 1, \"department\": 2, \"schemes\": [\"afr\"]}",
        codes: &[Code::Ambiguous, Code::UnknownOutcome],
        run: Run::Once(|call, args| {
            users::create(call, &structs::new_user(call, args, args.roles_in("schemes", RoleKind::Ba)?)?)
        }),
    },
    Operation {
        name: "users.create_tl",
        summary: "Creates a TL (testleder), who gives candidates access to an exam.",
        about: "As users.create, with the role tl in each scheme.",
        person: Named::Not,
        arguments: new_user!(need("schemes", Shape::Schemes, "codes of the schemes, as [\"afr\", \"krd\"]")),
        reply: "the new user",
        gives: Gives::One("User"),
        example: "{\"persnr\": \"01819010001\", \"first_name\": \"Kari\", \"last_name\": \"Nordmann\", \"company\": 1, \"department\": 2, \"schemes\": [\"afr\"]}",
        codes: &[Code::Ambiguous, Code::UnknownOutcome],
        run: Run::Once(|call, args| {
            users::create(call, &structs::new_user(call, args, args.roles_in("schemes", RoleKind::Tl)?)?)
        }),
    },
    Operation {
        name: "users.update",
        summary: "Changes a user's demographic data.",
        about: "One request for a person whose user id is known or remembered, two otherwise; new roles cost one more, as they are read before they are written. An unknown name in \"changes\" is refused. The reply's \"warnings\" tell what the server does not show as it was sent.",
        person: Named::Required,
        arguments: &[need("changes", Shape::Object, "what to change, all of it at once").with(CHANGES)],
        reply: "the changed user",
        gives: Gives::One("User"),
        example: "{\"id\": 590496, \"changes\": {\"email\": \"kari@example.no\"}}",
        codes: &[Code::NotFound, Code::Ambiguous],
        run: Run::Once(|call, args| users::update(call, &args.person()?, &structs::changes(call, args)?)),
    },
    Operation {
        name: "users.add_role",
        summary: "Gives a user an additional role.",
        about: "Reads the user's roles and writes them back with the new one; a role that is there already costs no second request. Calls for one person wait for each other, in all processes that share the state.",
        person: Named::Required,
        arguments: &[need("role", Shape::Role, "scheme, underscore, kind (ka candidate, ba, tl), as \"afr_ba\"")],
        reply: "the user",
        gives: Gives::One("User"),
        example: "{\"id\": 590496, \"role\": \"afr_ba\"}",
        codes: &[Code::NotFound, Code::Ambiguous],
        run: Run::Once(|call, args| users::add_roles(call, &args.person()?, &[args.role("role")?])),
    },
    Operation {
        name: "users.enroll",
        summary: "Signs a candidate up to one or more schemes.",
        about: "As users.add_role, with the role ka in each scheme. Where the roles are all there already, the latest status is looked up instead, without a request where everybody's were read within 15 minutes: if the person is withdrawn or on hold, the reply's last member \"warnings\", a list of {\"code\", \"message\"}, says so.",
        person: Named::Required,
        arguments: &[need("schemes", Shape::Schemes, "codes of the schemes, as [\"krd\"]")],
        reply: "the user",
        gives: Gives::One("User"),
        example: "{\"id\": 590496, \"schemes\": [\"krd\", \"gos\"]}",
        codes: &[Code::NotFound, Code::Ambiguous],
        run: Run::Once(|call, args| users::enroll(call, &args.person()?, &args.schemes("schemes")?)),
    },
    Operation {
        name: "users.move",
        summary: "Moves a user to another department.",
        about: "Without \"company\", the department's own company is looked up (and remembered).",
        person: Named::Required,
        arguments: &[
            need("department", Shape::Place, "the department"),
            may("company", Shape::Place, "the company").or(DefaultValue::Words("the department's own")),
            may("franchise", Shape::Place, "the franchise"),
        ],
        reply: "the user",
        gives: Gives::One("User"),
        example: "{\"id\": 590496, \"department\": 2266}",
        codes: &[Code::NotFound, Code::Ambiguous],
        run: Run::Once(|call, args| users::relocate(call, &args.person()?, &structs::destination(call, args)?)),
    },
    Operation {
        name: "users.ensure",
        summary: "Sees to it that FinAut has one person as HR has them: creates, changes, or does nothing.",
        about: "Compares as the nightly sync does: spaces, composition, the case of e-mail addresses, +47 and a lost first zero make no difference, and what is not given stays as it is. The person is looked up by persnr, and only where nobody has that by employee_alias; a change is one request more, and so is a creation. It never puts anybody on hold, withdraws them, takes a role away, or moves them between companies. Where it is not certain who the person is, or another user has the alias, it is refused and nothing is written. Calling it twice changes nothing the second time. Whether somebody who has a role is withdrawn is not looked up; users.enroll tells.",
        person: Named::Not,
        arguments: &[
            may("persnr", Shape::Text, "identity number, as HR writes it").or_empty(),
            may("employee_alias", Shape::Text, "the employer's own id of the person").or_empty(),
            may("first_name", Shape::Text, "first name").or_empty(),
            may("last_name", Shape::Text, "last name").or_empty(),
            may("email", Shape::Text, "e-mail address").or_empty(),
            may("mobile", Shape::Text, "mobile number").or_empty(),
            may("company", Shape::Place, "the company").or(DefaultValue::Words("the department's own")).or_empty(),
            may("department", Shape::Place, "the department; needed to create somebody").or_empty(),
            may("franchise", Shape::Place, "the franchise").or_empty(),
            may("schemes", Shape::Schemes, "schemes to be a candidate in, as [\"afr\"]"),
            may("roles", Shape::Roles, "roles besides, as [\"afr_ba\"]"),
            may("start_date", Shape::Text, "the first day, as \"2026-01-31\" or \"31.01.2026\"; nobody is created before it").or_empty(),
            may("end_date", Shape::Text, "the last day; after it nothing is written").or_empty(),
            may("status", Shape::Text, "\"active\", \"leave\" or \"left\"; of who has left nothing is written").or_empty(),
            may("confidential", Shape::Flag, "true: the person is kept out; nothing is looked up or written").or(DefaultValue::Flag(false)),
            may("fields", Shape::Object, "what is written of each field, as {\"email\": \"create\"}: \"always\", \"create\" (only for somebody new) or \"never\"")
                .or(DefaultValue::Words("\"always\" for each field that is given")),
            may("dry_run", Shape::Flag, "true: nothing is written; the reply says what would be").or(DefaultValue::Flag(false)),
        ],
        reply: "{\"did\": nothing, created, updated, would_create or would_update, \"changes\": {field: [before, after], …, \"roles\": {\"add\": […]}}, \"user\": the user, or null}",
        gives: Gives::One("EnsuredUser"),
        example: "{\"persnr\": \"01819010001\", \"employee_alias\": \"E1015\", \"first_name\": \"Kari\", \"last_name\": \"Nordmann\", \"department\": {\"name\": \"Rådgivning Øst\"}, \"schemes\": [\"afr\"]}",
        codes: &[Code::Ambiguous, Code::UnknownOutcome],
        run: Run::Once(|call, args| ensuring::ensure(call, &structs::ensured(call, args)?)),
    },
    Operation {
        name: "users.hold",
        summary: "Sets a user on hold in a scheme.",
        about: "Active statuses are set by FinAut's own processes and cannot be set here.",
        person: Named::Required,
        arguments: SET_STATUS,
        reply: "the new user status",
        gives: Gives::One("UserStatus"),
        example: "{\"id\": 590496, \"scheme\": \"afr\", \"comment\": \"parental leave\"}",
        codes: &[Code::NotFound, Code::Ambiguous, Code::UnknownOutcome],
        run: Run::Once(|call, args| userstatus::hold(call, &args.person()?, &structs::status_change(args)?)),
    },
    Operation {
        name: "users.withdraw",
        summary: "Withdraws a user from a scheme.",
        about: "",
        person: Named::Required,
        arguments: SET_STATUS,
        reply: "the new user status",
        gives: Gives::One("UserStatus"),
        example: "{\"id\": 590496, \"scheme\": \"afr\", \"date\": \"2026-12-31\"}",
        codes: &[Code::NotFound, Code::Ambiguous, Code::UnknownOutcome],
        run: Run::Once(|call, args| userstatus::withdraw(call, &args.person()?, &structs::status_change(args)?)),
    },
    Operation {
        name: "companies.list",
        summary: "Lists the companies that the account may see.",
        about: "Remembered for the configuration's cache_s unless \"page\" or \"fresh\" is given.",
        person: Named::Not,
        arguments: &[PAGE],
        reply: "{\"count\", \"next_page\", \"results\": [company, …]}",
        gives: Gives::List("Company"),
        example: "{}",
        codes: &[],
        run: Run::List(|call, args, read| read(organisation::companies(call, args.page().as_ref())?)),
    },
    Operation {
        name: "companies.get",
        summary: "Retrieves one company.",
        about: "Remembered for the configuration's cache_s unless \"fresh\" is given.",
        person: Named::Not,
        arguments: &[ID],
        reply: "the company",
        gives: Gives::One("Company"),
        example: "{\"id\": 2265}",
        codes: &[Code::NotFound],
        run: Run::Once(|call, args| organisation::company(call, args.reference("id", path::COMPANIES)?)),
    },
    Operation {
        name: "departments.list",
        summary: "Lists the departments that the account may see, or those of one company.",
        about: "Remembered for the configuration's cache_s unless \"page\" or \"fresh\" is given.",
        person: Named::Not,
        arguments: &[may("company", Shape::Place, "only this company's"), PAGE],
        reply: "{\"count\", \"next_page\", \"results\": [department, …]}",
        gives: Gives::List("Department"),
        example: "{\"company\": 2265}",
        codes: &[],
        run: Run::List(|call, args, read| {
            read(organisation::departments(call, structs::company(call, args)?, args.page().as_ref())?)
        }),
    },
    Operation {
        name: "departments.get",
        summary: "Retrieves one department.",
        about: "Remembered for the configuration's cache_s unless \"fresh\" is given.",
        person: Named::Not,
        arguments: &[ID],
        reply: "the department",
        gives: Gives::One("Department"),
        example: "{\"id\": 2266}",
        codes: &[Code::NotFound],
        run: Run::Once(|call, args| organisation::department(call, args.reference("id", path::DEPARTMENTS)?)),
    },
    Operation {
        name: "schemes.list",
        summary: "Lists the authorisation schemes.",
        about: "Remembered for the configuration's cache_s unless \"fresh\" is given.",
        person: Named::Not,
        arguments: &[],
        reply: "{\"count\", \"next_page\", \"results\": [scheme, …]}",
        gives: Gives::List("Scheme"),
        example: "{}",
        codes: &[],
        run: Run::List(|call, _, read| read(organisation::schemes(call)?)),
    },
    Operation {
        name: "userstatus.list",
        summary: "Lists the status history: every change is a record of its own.",
        about: "",
        person: Named::Optional,
        arguments: &[may("scheme", Shape::Scheme, "only this scheme's, picked out here; the server has no such filter"), PAGE],
        reply: "{\"count\", \"next_page\", \"results\": [user status, …]}",
        gives: Gives::List("UserStatus"),
        example: "{\"id\": 590496, \"scheme\": \"afr\"}",
        codes: &[Code::NotFound, Code::Ambiguous],
        run: Run::List(|call, args, read| {
            read(userstatus::list(call, args.optional_person()?.as_ref(), args.optional_scheme("scheme").as_ref())?)
        }),
    },
    Operation {
        name: "userstatus.latest",
        summary: "Lists the current status in each scheme.",
        about: "That of everybody is kept here: it is read once, and then brought up to date with the end of the history, by one request on a day without changes; \"as_of\" says when. A reading that ends early, by an error or with its process, is gone on with by the next call. With \"fresh\" it is read anew.",
        person: Named::Optional,
        arguments: &[may("scheme", Shape::Scheme, "only this scheme's, picked out here; the server has no such filter"), PAGE],
        reply: "{\"count\", \"next_page\", \"results\": [user status, …]}; of everybody also \"as_of\"",
        gives: Gives::List("UserStatus"),
        example: "{\"id\": 590496, \"scheme\": \"afr\"}",
        codes: &[Code::NotFound, Code::Ambiguous],
        run: Run::List(|call, args, read| {
            let (person, scheme) = (args.optional_person()?, args.optional_scheme("scheme"));
            read(userstatus::latest(call, person.as_ref(), scheme.as_ref(), args.page().as_ref())?)
        }),
    },
    Operation {
        name: "userstatus.get",
        summary: "Retrieves one user status.",
        about: "",
        person: Named::Not,
        arguments: &[ID],
        reply: "the user status",
        gives: Gives::One("UserStatus"),
        example: "{\"id\": 77}",
        codes: &[Code::NotFound],
        run: Run::Once(|call, args| userstatus::get(call, args.reference("id", path::STATUS)?)),
    },
    Operation {
        name: "userstatus.create",
        summary: "Creates a user status from the server's own fields.",
        about: "users.hold and users.withdraw do the same for a person named in any way.",
        person: Named::Not,
        arguments: &[
            need("appname", Shape::Scheme, "the scheme's code, as \"afr\""),
            need("user", Shape::Reference, "the user"),
            need("status", Shape::Text, "\"hvilende\" (on hold) or \"utmeldt\" (withdrawn)"),
            may("reason", Shape::Text, "the reason").or_empty().or(DefaultValue::Words("the same word as in \"status\"")),
            may("status_set_by", Shape::Reference, "the user who sets it")
                .or(DefaultValue::Words("the configuration's set_by; without either the call is refused")),
            may("status_date", Shape::Date, "from when").or(DefaultValue::Words("today in Norway")),
            may("comment", Shape::Text, "for people to read").or_empty(),
        ],
        reply: "the new user status",
        gives: Gives::One("UserStatus"),
        example: "{\"appname\": \"afr\", \"user\": 590496, \"status\": \"hvilende\"}",
        codes: &[Code::NotFound, Code::UnknownOutcome],
        run: Run::Once(|call, args| userstatus::create(call, &structs::new_status(args)?)),
    },
    Operation {
        name: "results.list",
        summary: "Lists exam results: all, one person's, or those created from a date on.",
        about: "",
        person: Named::Optional,
        arguments: &[may("from_date", Shape::Date, "created on this date or later"), PAGE],
        reply: "{\"count\", \"next_page\", \"results\": [result, …]}",
        gives: Gives::List("Result"),
        example: "{\"from_date\": \"2026-11-01\"}",
        codes: &[Code::NotFound, Code::Ambiguous],
        run: Run::List(|call, args, read| {
            read(results::list(call, args.optional_person()?.as_ref(), args.optional_date("from_date"))?)
        }),
    },
    Operation {
        name: "results.get",
        summary: "Retrieves one exam result.",
        about: "",
        person: Named::Not,
        arguments: &[ID],
        reply: "the result",
        gives: Gives::One("Result"),
        example: "{\"id\": 999}",
        codes: &[Code::NotFound],
        run: Run::Once(|call, args| results::get(call, args.reference("id", path::RESULTS)?)),
    },
    Operation {
        name: "competency_results.list",
        summary: "Lists completed courses: all, or one linked person's.",
        about: "",
        person: Named::Not,
        arguments: &[may("encrypted_user_id", Shape::Text, "the encrypted user id from the link flow"), PAGE],
        reply: "{\"count\", \"next_page\", \"results\": [competency result, …]}",
        gives: Gives::List("CompetencyResult"),
        example: "{\"encrypted_user_id\": \"gAAAAB…\"}",
        codes: &[],
        run: Run::List(|_, args, read| read(competency::list(args.text("encrypted_user_id")))),
    },
    Operation {
        name: "competency_results.get",
        summary: "Retrieves one completed course.",
        about: "",
        person: Named::Not,
        arguments: &[ID],
        reply: "the competency result",
        gives: Gives::One("CompetencyResult"),
        example: "{\"id\": 31}",
        codes: &[Code::NotFound],
        run: Run::Once(|call, args| competency::get(call, args.reference("id", path::COMPETENCY_RESULT)?)),
    },
    Operation {
        name: "competency_results.create",
        summary: "Reports a completed course of a linked person.",
        about: "Exactly one is created, also when the connection breaks.",
        person: Named::Not,
        arguments: &[
            may("encrypted_user_id", Shape::Text, "the encrypted user id from the link flow"),
            may("ext_user_id", Shape::Text, "or the person's id on your side, where the link's event came through the inbox"),
            need("goal", Shape::Number, "number of the goal that was reached"),
            need("passed_date", Shape::Date, "when"),
            may("external_system", Shape::Text, "name of the reporting system").or_empty(),
            may("external_id", Shape::Text, "its own id of the course").or_empty(),
        ],
        reply: "the new competency result",
        gives: Gives::One("CompetencyResult"),
        example: "{\"ext_user_id\": \"E1001\", \"goal\": 456, \"passed_date\": \"2026-11-20\"}",
        codes: &[Code::NotFound, Code::UnknownOutcome],
        run: Run::Once(|call, args| competency::create(call, &structs::new_result(args)?)),
    },
    Operation {
        name: "employment.get",
        summary: "Retrieves one employment record.",
        about: "",
        person: Named::Not,
        arguments: &[ID],
        reply: "the employment record",
        gives: Gives::One("EmploymentRecord"),
        example: "{\"id\": 555}",
        codes: &[Code::NotFound],
        run: Run::Once(|call, args| organisation::employment(call, args.reference("id", path::EMPLOYMENT)?)),
    },
    Operation {
        name: "link.url",
        summary: "Makes the address to which a person's browser is sent to be linked.",
        about: "No request is sent. The configuration's \"link_url\" must be set.",
        person: Named::Not,
        arguments: &[need("ext_user_id", Shape::Text, "the person's id on your side")],
        reply: "{\"url\"}",
        gives: Gives::One("LinkUrl"),
        example: "{\"ext_user_id\": \"E1001\"}",
        codes: &[Code::Config],
        run: Run::Once(|call, args| link::url(call, &args.required_text("ext_user_id")?)),
    },
    Operation {
        name: "webhook.accept",
        summary: "Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own.",
        about: "No request is sent. Needs \"state\" in the configuration. Answer the sender with the reply's \"http_status\", and with 503 if this fails: then it comes again. What arrived is on the disk when this returns; fetch it with inbox.next.",
        person: Named::Not,
        arguments: INCOMING,
        reply: "{\"http_status\", \"reason\", \"kinds\", \"correlation_id\"}; \"reason\" says why it was not let in, for your log",
        gives: Gives::One("WebhookAccepted"),
        example: "{\"path\": \"/finaut/0f3b…\", \"headers\": {\"X-Correlation-Id\": \"7f1c\"}, \"body\": \"{\\\"id\\\": …}\"}",
        codes: &[Code::Config],
        run: Run::Once(inbox::accept),
    },
    Operation {
        name: "webhook.parse",
        summary: "Tells what a webhook brought, and keeps nothing.",
        about: "No request is sent. What it says is the sender's word alone.",
        person: Named::Not,
        arguments: INCOMING,
        reply: "{\"http_status\", \"reason\", \"objects\": [{\"kind\", \"object\"}, …], \"signed\", \"correlation_id\"}",
        gives: Gives::One("WebhookParsed"),
        example: "{\"headers\": {}, \"body\": \"{\\\"id\\\": …}\"}",
        codes: &[],
        run: Run::Once(inbox::parse),
    },
    Operation {
        name: "inbox.next",
        summary: "Gives the next event of the inbox: a new or changed result or user status, or a person who was linked.",
        about: "Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said is asked of the API first (configuration \"inbox\", \"verify\"), within this call. Events of one object come one after the other.",
        person: Named::Not,
        arguments: &[
            may("wait_s", Shape::Seconds, "how long to wait for one").or(DefaultValue::Seconds(0.0)),
            may("lease_s", Shape::Seconds, "how long it is kept from other callers").or(DefaultValue::Seconds(300.0)),
            KIND,
        ],
        reply: "{\"event\": number, \"kind\", \"object\", \"verified\", \"received\", \"deliveries\"}, or null when there is none; \"verified\" is true if the API or a signature vouches for it; \"kind\" is result, userstatus, link or unknown",
        gives: Gives::OneOrNull("InboxEvent"),
        example: "{\"wait_s\": 30}",
        codes: &[Code::Config],
        run: Run::Once(inbox::next),
    },
    Operation {
        name: "inbox.acknowledge",
        summary: "Says that an event is done with; it does not come again.",
        about: "No request is sent. Acknowledging twice does no harm.",
        person: Named::Not,
        arguments: &[need("event", Shape::Number, "the event's number")],
        reply: "{\"event\"}",
        gives: Gives::One("SettledEvent"),
        example: "{\"event\": 17}",
        codes: &[Code::Config, Code::NotFound],
        run: Run::Once(inbox::acknowledge),
    },
    Operation {
        name: "inbox.list",
        summary: "Shows what is in the inbox and how much of it waits, without taking anything.",
        about: "No request is sent.",
        person: Named::Not,
        arguments: &[
            may("after", Shape::Count, "only events with higher numbers"),
            may("most", Shape::Count, "how many events, at most 1000").or(DefaultValue::Count(100)),
            KIND,
        ],
        reply: "{\"waiting\", \"leased\", \"acknowledged\", \"unverified\", \"unreadable\", \"results\": [event with \"state\", \"holder\", \"lease_ends_in_s\" and \"last_error\", …]}; \"unverified\" webhooks wait to be asked about; \"unreadable\" events were kept under another client_secret; \"state\" is waiting, leased, acknowledged or dropped",
        gives: Gives::One("InboxList"),
        example: "{}",
        codes: &[Code::Config],
        run: Run::Once(inbox::list),
    },
    Operation {
        name: "inbox.requeue",
        summary: "Gives an event back: it comes again at once, to whom asks next.",
        about: "No request is sent. For an event whose handling failed, or whose holder is gone; also for one that was acknowledged or dropped and is still kept.",
        person: Named::Not,
        arguments: &[
            need("event", Shape::Number, "the event's number"),
            may(
                "reason",
                Shape::Text,
                "why, in at most 1000 characters; inbox.list and inbox.status tell it as \"last_error\"",
            )
            .or_empty(),
        ],
        reply: "{\"event\"}",
        gives: Gives::One("SettledEvent"),
        example: "{\"event\": 17, \"reason\": \"the LMS does not answer\"}",
        codes: &[Code::Config, Code::NotFound],
        run: Run::Once(inbox::requeue),
    },
    Operation {
        name: "inbox.drop",
        summary: "Says that an event that cannot be handled is done with, and why; it does not come again.",
        about: "No request is sent. The event and the reason are kept as long as acknowledged events are; inbox.requeue brings it back until then.",
        person: Named::Not,
        arguments: &[
            need("event", Shape::Number, "the event's number"),
            need("reason", Shape::Text, "why, in at most 1000 characters; inbox.list tells it as \"last_error\""),
        ],
        reply: "{\"event\"}",
        gives: Gives::One("SettledEvent"),
        example: "{\"event\": 17, \"reason\": \"the person has left\"}",
        codes: &[Code::Config, Code::NotFound],
        run: Run::Once(inbox::discard),
    },
    Operation {
        name: "inbox.status",
        summary: "Tells how the inbox fares: how long the oldest event has waited, and who has which event.",
        about: "No request is sent, and no object is told: for monitoring.",
        person: Named::Not,
        arguments: &[],
        reply: "{\"waiting\", \"leased\", \"acknowledged\", \"unverified\", \"unreadable\", \"oldest_s\", \"oldest_unverified_s\", \"taken\": [{\"event\", \"kind\", \"received\", \"deliveries\", \"state\", \"holder\", \"lease_ends_in_s\", \"last_error\"}, …]}; \"taken\" are the first 100 events that were given out and are not acknowledged",
        gives: Gives::One("InboxStatus"),
        example: "{}",
        codes: &[Code::Config],
        run: Run::Once(inbox::status),
    },
    Operation {
        name: "inbox.poll",
        summary: "Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks.",
        about: "Reads from two days before the last poll on; the first time, from two days ago or before \"since\". Results are found when they were created, or changed within two days of that: the API cannot be asked for later changes, which only webhooks tell of. The first poll of user statuses reads their whole history, one request for each 100; later ones read its end. What is read is kept page by page: a poll that ends with throttled is gone on with by the next call.",
        person: Named::Not,
        arguments: &[
            may("since", Shape::Date, "results and statuses from this date on")
                .or(DefaultValue::Words("those since the last poll")),
            may("kind", Shape::Text, "\"result\" or \"userstatus\" only"),
        ],
        reply: "{\"result\", \"userstatus\", \"requests\"}: how many new events of each, and the requests that it took",
        gives: Gives::One("PollCounts"),
        example: "{}",
        codes: &[Code::Config],
        run: Run::Once(inbox::poll),
    },
    Operation {
        name: "sync.init",
        summary: "Proposes a profile for the nightly sync from a file of the HR system and from what FinAut has; nothing is written.",
        about: "Which column is which is found by headers, by what stands in them, and by what FinAut has of the same people. What only a person can say is null or an empty list, and \"fill_in\" points to it. Comments are members whose names begin with \"//\"; sync.plan leaves them out. Costs one request for each 100 people, companies and departments, and one for the schemes. A relative path is that of the process. No identity number and no name of a person is in the reply.",
        person: Named::Not,
        arguments: &[
            need(
                "file",
                Shape::Json,
                "the HR file: its path, or an object as the profile's \"file\" with what is known already, as {\"path\": \"…\", \"encoding\": \"cp865\"}",
            ),
            may("language", Shape::Text, "the language of the comments: \"no\" or \"en\"").or(DefaultValue::Text("en")),
        ],
        reply: "{\"profile\": the profile, with comments, \"fill_in\": pointers into it, \"file\", \"columns\": [{\"header\", \"field\", \"by\", \"filled\"}, …], \"basis\", \"counts\", \"problems\": [{\"problem\", \"says\", \"rows\"}, …]}",
        gives: Gives::One("SyncProposal"),
        example: "{\"file\": \"/hr/out/finaut.csv\", \"language\": \"no\"}",
        codes: &[],
        run: Run::Once(|call, args| proposing::propose(call, &structs::proposed(args)?)),
    },
    Operation {
        name: "sync.plan",
        summary: "Plans what has to change in FinAut so that it follows a file of the HR system, and what that costs; nothing is written.",
        about: "The profile says whom it is about, how the file is read, and what may be done; docs/sync.md describes it. FinAut is read: one request for each 100 people, and few more; again within 15 minutes, nothing is listed. For \"only\" one person, it takes two requests. What a rail holds is in the plan with the rail's name. Where the next free request is further away than max_wait_s, the reply's \"state\" is \"waiting\" and \"next_slot_s\" says when to call again: what was read is kept. The configuration needs \"state\".",
        person: Named::Not,
        arguments: PLANNED,
        reply: "{\"plan\": its id, \"state\", \"profile\", \"only\", \"file\", \"basis\", \"counts\", \"cost\", \"rails\", \"steps\", \"problems\", \"portal\", \"due_later\", \"reported\", \"unknown_to_hr\", \"extra\", \"next_slot_s\"}",
        gives: Gives::One("SyncPlan"),
        example: "{\"profile\": {\"file\": \"/hr/out/finaut.csv\", \"scope\": {\"schemes\": [\"afr\"]}}}",
        codes: &[Code::Config, Code::NotFound, Code::Busy],
        run: Run::Once(|call, args| planning::plan(call, &structs::planned(args)?)),
    },
    Operation {
        name: "sync.run",
        summary: "Makes FinAut follow a file of the HR system: plans, and carries out what no rail holds.",
        about: "What cron calls each hour of the night: it reads, compares and writes, one merged request for a person who changes. A run that was killed, or that waits for free requests (\"state\": \"waiting\"), is gone on with by calling it again. The first run of a profile, and of a changed one, only plans: sync.apply approves. One row that cannot be applied never stops the others; what the server refuses is not sent again for seven days, or until the row changes. The configuration needs \"state\".",
        person: Named::Not,
        arguments: &[
            PROFILE,
            PROFILE_FILE,
            HR_FILE,
            PEOPLE,
            ONLY,
            may(
                "retry",
                Shape::Json,
                "what was refused before is sent again: true for everybody's, or a list of employee aliases",
            ),
            may("dry_run", Shape::Flag, "true: only plan").or(DefaultValue::Flag(false)),
            UNTIL,
            NAMES,
        ],
        reply: "the plan's members, besides \"run\": its id, \"requests\", \"failures\", and in \"counts\" how many steps are done, refused, failed, doubtful, drifted and left",
        gives: Gives::One("SyncRun"),
        example: "{\"profile_file\": \"/hr/finaut.json\"}",
        codes: &[Code::Config, Code::NotFound, Code::Busy, Code::Held],
        run: Run::Once(|call, args| running::run(call, &structs::wished(args)?)),
    },
    Operation {
        name: "sync.apply",
        summary: "Approves of a plan what a person has reviewed, and carries it out.",
        about: "An approval belongs to the steps that were reviewed, not to their number: it counts for this run and any later one, for 14 days after the plan was made. \"approve\" names kinds (\"create\", \"update\", \"hold\", \"withdraw\"), rails, fields, or steps (\"s3\"). Who approved and why stands in the audit.",
        person: Named::Not,
        arguments: &[
            PROFILE,
            PROFILE_FILE,
            HR_FILE,
            PEOPLE,
            ONLY,
            need("plan", Shape::Text, "the id of the plan that was reviewed"),
            need("approve", Shape::Json, "what of it: a list of kinds, rails, fields or steps"),
            need("by", Shape::Text, "who approves"),
            need("why", Shape::Text, "why"),
            UNTIL,
            NAMES,
        ],
        reply: "as sync.run's",
        gives: Gives::One("SyncRun"),
        example: "{\"profile_file\": \"/hr/finaut.json\", \"plan\": \"p-20261127-0412-6f3a\", \"approve\": [\"create\"], \"by\": \"Kari Nordmann\", \"why\": \"first night\"}",
        codes: &[Code::Config, Code::NotFound, Code::Stale, Code::Busy, Code::Held],
        run: Run::Once(|call, args| applying::apply(call, structs::applied(args)?)),
    },
    Operation {
        name: "sync.status",
        summary: "Tells how the sync of a profile stands: for monitoring.",
        about: "No request is sent. Needs the profile's name only. With \"max_age_h\" it fails with stale where no run was completed in so many hours.",
        person: Named::Not,
        arguments: &[
            NAMED_PROFILE,
            PROFILE_FILE,
            may("run", Shape::Text, "id of a run or of a plan").or(DefaultValue::Words("the last one")),
            may("max_age_h", Shape::Count, "how many hours ago the last completed run may have ended"),
        ],
        reply: "{\"profile\", \"run\", \"state\", \"counts\", \"progress\", \"budget\", \"through\", \"next_slot_s\", \"last_done\", \"last_accepted_file\", \"oldest_open\", \"error\"}; null is what there was none of",
        gives: Gives::One("SyncStatus"),
        example: "{\"profile\": \"hr\"}",
        codes: &[Code::Config, Code::NotFound, Code::Stale],
        run: Run::Once(|call, args| status::status(call, &structs::asked(args))),
    },
    Operation {
        name: "sync.report",
        summary: "Tells what a run did and what is open, what happened over a time, what can be taken back, or what a plan wants: as text, a page, CSV or JSON.",
        about: "No request is sent. Needs the profile's name only. \"run\" is the report of a run; for the id of a plan, the plan itself, which is what to look at before approving it. \"period\" is about the days from \"from\" to \"to\": who was entered, who left and by which rule, who approved what, what has been open for more than 30 days. \"undo\" lists each withdrawal and hold of a run or of such days, with what Norsk Test needs to put people back. A plan is kept, sealed, for 14 days, what runs did for 90. Why somebody is on hold is in no report. A file is written so that only its owner may read it: whole or not at all.",
        person: Named::Not,
        arguments: &[
            NAMED_PROFILE,
            PROFILE_FILE,
            may("run", Shape::Text, "id of a run or of a plan").or(DefaultValue::Words("the last one")),
            may("from", Shape::Date, "first day of \"period\" or \"undo\"").or(DefaultValue::Words("30 days before \"to\"")),
            may("to", Shape::Date, "last day of them").or(DefaultValue::Words("today in Norway")),
            may("what", Shape::Text, "what it is about: \"run\", \"period\" or \"undo\"").or(DefaultValue::Text("run")),
            may("format", Shape::Text, "\"json\", \"text\", \"html\" or \"csv\"").or(DefaultValue::Text("json")),
            may("language", Shape::Text, "\"no\" or \"en\"").or(DefaultValue::Text("no")),
            may("path", Shape::Text, "where to write it").or(DefaultValue::Words("nowhere: it is in the reply")),
            NAMES,
        ],
        reply: "{\"run\", \"profile\", \"what\", \"from\", \"to\", \"format\", \"language\", \"path\", \"text\"}; \"text\" is null where it was written to \"path\"",
        gives: Gives::One("SyncReport"),
        example: "{\"profile\": \"hr\", \"format\": \"html\", \"path\": \"/hr/night.html\"}",
        codes: &[Code::Config, Code::NotFound, Code::Stale],
        run: Run::Once(|call, args| reporting::report(call, &structs::wanted(args))),
    },
    Operation {
        name: "sync.export",
        summary: "Gives statuses, results or people back to the HR system or the LMS, as CSV or JSON.",
        about: "Rows name people by the employer's own id and FinAut's number; people who are confidential in the HR file are left out. \"authorisations\": where they differ from what HR wants, as the last run found, without a request. \"statuses\": everybody's as a candidate; without a request within 15 minutes after a run, else one for each 100 people and one more. \"history\": the records since a day, one request and one for each 100 of them. \"results\": those since the last export and two days before, the first time all; a \"since\" that leaves days out does not count as an export. \"unknown_to_hr\": a file for the sync itself, in which a person marks as \"left\" those who have left; only who has no employee_alias of their own is named in it by the identity number. A letter that the encoding lacks is an error, and nothing is written. A CSV cell that a spreadsheet would take for a formula begins with an apostrophe.",
        person: Named::Not,
        arguments: &[
            NAMED_PROFILE,
            PROFILE_FILE,
            need("what", Shape::Text, "\"authorisations\", \"statuses\", \"history\", \"results\" or \"unknown_to_hr\""),
            may("format", Shape::Text, "\"csv\" or \"json\"").or(DefaultValue::Text("csv")),
            may("path", Shape::Text, "where to write it").or(DefaultValue::Words("nowhere: it is in the reply")),
            may("since", Shape::Date, "\"history\" and \"results\" from this day on; \"history\" needs it"),
            may("encoding", Shape::Text, "the file's encoding: \"utf-8\", \"utf-8-bom\", \"windows-1252\", \"iso-8859-15\", \"cp850\", \"cp865\" or another of one byte for each character")
                .or(DefaultValue::Words("the configuration's; for \"unknown_to_hr\" utf-8-bom where that is UTF-8")),
        ],
        reply: "{\"profile\", \"what\", \"format\", \"encoding\", \"rows\", \"since\", \"as_of\", \"requests\", \"path\", \"text\"}; \"text\" is null where it was written to \"path\"",
        gives: Gives::One("SyncExport"),
        example: "{\"profile\": \"hr\", \"what\": \"statuses\", \"path\": \"/lms/in/statuses.csv\", \"encoding\": \"windows-1252\"}",
        codes: &[Code::Config, Code::NotFound],
        run: Run::Once(|call, args| exporting::export(call, &structs::exported(args))),
    },
    Operation {
        name: "sync.forget",
        summary: "Erases what the syncs of a profile keep of a person.",
        about: "For a person who asks for it (GDPR, article 17). That FinAut's user of this number was seen in an HR file is kept; the lines of the audit stay, and are counted. No request is sent where the person is named by \"id\".",
        person: Named::Required,
        arguments: &[NAMED_PROFILE, PROFILE_FILE],
        reply: "{\"id\", \"was_seen\", \"plans\": how many kept plans named the person, \"audit_lines\": how many lines stay}",
        gives: Gives::One("SyncForgotten"),
        example: "{\"id\": 590496, \"profile\": \"hr\"}",
        codes: &[Code::Config, Code::Busy],
        run: Run::Once(|call, args| forgetting::forget(call, &structs::forgotten(args)?)),
    },
    Operation {
        name: "journal.list",
        summary: "Lists the changes that were sent to the server: by whom, when, and with what outcome.",
        about: "The newest first, 100 on a page. No request is sent, but one where the person is named otherwise than by \"id\" and is not remembered. A line is on the disk before its request is sent, where the configuration has \"state\"; it holds no identity number, no name and no value. Of a process that was killed, the outcome is \"unknown\" until it is settled. Reports of completed courses are found by job and time, not by person: they name nobody by number.",
        person: Named::Optional,
        arguments: &[
            may("since", Shape::Moment, "changes from then on; a date is its beginning in Norway"),
            may("until", Shape::Moment, "changes before then; a date is its end in Norway"),
            // In the place of what any call takes under this name.
            may("job", Shape::Job, "changes of this job only").or(DefaultValue::Words("those of any job")),
            PAGE,
        ],
        reply: "{\"count\", \"next_page\", \"results\": [{\"id\": the line's number, \"at\": time, \"operation\", \"job\", \"method\", \"path\", \"object_id\", \"user_id\", \"fields\": names, \"outcome\", \"code\", \"http_status\", \"ended_at\", \"machine\", \"process\", \"os_user\", \"correlation_id\"}, …]}; \"outcome\" is done, refused (it had no effect; \"code\" says why), unknown or under_way",
        gives: Gives::List("JournalLine"),
        example: "{\"since\": \"2026-11-26\", \"until\": \"2026-11-26\"}",
        codes: &[Code::NotFound, Code::Ambiguous],
        run: Run::List(|call, args, read| read(journal::list(call, &structs::lines(args)?)?)),
    },
    Operation {
        name: "budget",
        summary: "Tells how many requests are left, who used the others, and when more will be.",
        about: "No request is sent. What other programs use on the same account is not known here before the server refuses something.",
        person: Named::Not,
        arguments: &[
            may("requests", Shape::Count, "when would so many more be through?"),
            may("history", Shape::Flag, "true: what became of each hour's requests, of the last 48")
                .or(DefaultValue::Flag(false)),
        ],
        reply: "{\"limit\", \"per_s\", \"reserve\", \"used\", \"free\", \"next_slot_s\", \"paused_s\", \"state\", \"by\": [{\"job\", \"operation\", \"machine\", \"used\"}, …]}; with \"requests\", {\"requests\", \"through_s\", \"through_at\"}; with \"history\", {\"hours\": [{\"start\", \"requests\", \"retries\", \"waits\", \"refused\"}, …]}",
        gives: Gives::One("Budget"),
        example: "{\"requests\": 500}",
        codes: &[],
        run: Run::Once(|call, args| account::budget(call, args.count("requests"), args.flag("history"))),
    },
    Operation {
        name: "check",
        summary: "Tries whether host and credentials are right.",
        about: "Costs one request.",
        person: Named::Not,
        arguments: &[],
        reply: "{\"host\", \"client_id\", \"token_expires_in_s\", \"state\"}; \"state\" is the state file's absolute path, or null",
        gives: Gives::One("AccountCheck"),
        example: "{}",
        codes: &[],
        run: Run::Once(|call, _| account::check(call)),
    },
    Operation {
        name: "request",
        summary: "Sends any request to the API, with token, throttle and retries.",
        about: "For what has no operation of its own. A POST or DELETE whose connection breaks ends with unknown_outcome: nothing is known by which to settle it.",
        person: Named::Not,
        arguments: &[
            need("method", Shape::Text, "GET, POST, PUT, PATCH or DELETE"),
            need("path", Shape::Text, "below the API root, as \"user/590496/\""),
            may("query", Shape::Object, "names and values; a list gives a name several times"),
            may("body", Shape::Json, "sent as it is"),
        ],
        reply: "the answer's body; null when it is empty, which only a change or status 204 may be",
        gives: Gives::Any,
        example: "{\"method\": \"GET\", \"path\": \"userrole/afr_ka/\"}",
        codes: &[Code::NotFound, Code::UnknownOutcome],
        run: Run::Once(|call, args| request::request(call, &structs::any_request(args)?)),
    },
];
