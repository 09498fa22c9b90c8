//! A stateful FinAut stand-in on loopback, for developers and tests: synthetic people, the real server's manners (Django
//! REST framework's errors, pages and throttle), and faults on request. What nobody outside can know about the real
//! server is marked as a guess where it stands, and can be switched.
//!
//! A file uses only files of layers to the right of its own (a folder's name stands for its files, and those never use the file
//! beside the folder); this file only names what is public:
//!
//! `main → args → builder → server, sandbox, tls, model → exchange, stream → control, link → page, sender, visitor → shared, api, forging, html → world → seed, rest, people, representation → register → webhooks → values`
//!
//! The values are accounts, ask, base, calendar, clock, email, fault, names, new_result, persnr, person, random, redact, reply, request,
//! switches and throttle, which use nothing but each other. From `api` on nothing needs a socket or a runtime: `api::answer` takes
//! a world and a request, and gives the answer.
//!
//! ```
//! use finaut_sandbox::{Fault, Sandbox};
//!
//! let sandbox = Sandbox::builder().users(25).throttle(200, 3600.0).start();
//! sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
//! assert_eq!(sandbox.slots_left(), 200);
//! ```

mod accounts;
mod api;
mod ask;
mod base;
mod builder;
mod calendar;
mod clock;
mod control;
mod email;
mod exchange;
mod fault;
mod forging;
mod html;
mod link;
mod model;
mod names;
mod new_result;
mod packing;
mod page;
mod people;
mod persnr;
mod person;
mod random;
mod redact;
mod register;
mod reply;
mod representation;
mod request;
mod rest;
mod sandbox;
mod seed;
mod sender;
mod server;
mod shared;
mod stream;
mod switches;
mod throttle;
mod tls;
mod visitor;
mod webhooks;
mod world;

pub use builder::Builder;
pub use fault::Fault;
pub use model::{Answered, Model, Sent};
pub use new_result::{NewResult, ResultChanges};
pub use person::Person;
pub use redact::without_identity_numbers;
pub use register::{Competency, ExamResult, Status};
pub use request::{ReplySeen, Request};
pub use sandbox::Sandbox;
pub use switches::{
    EnrollingWithdrawn, Gzip, NamesShown, Paging, PersnrUnique, Switches, UserOrder, WebhookBody, WithdrawnLeaders,
};
pub use tls::ThrowawayCa;
pub use webhooks::delivery::{Attempt, Delivery, Outcome};
pub use webhooks::forgery::{Credentials, Forgery};
pub use webhooks::settings::Webhooks;
pub use webhooks::subject::Subject;

/// What the sandbox takes for granted about the real server, one line each: for the screen and the README.
pub const GUESSES: &[&str] = &[
    "validation errors answer 422 (switch: validation_status)",
    "roles are read as URLs (switch: roles_as_objects)",
    "PATCH of userroles replaces the roles (switch: patching_roles_adds)",
    "latestuserstatus/ honours employee_alias (switch: latest_status_by_alias)",
    "token requests do not count in the throttle (switch: token_requests_count)",
    "the role {appname}_tl exists (switch: tl_role_exists)",
    "e-mail addresses are checked as by Django's EmailValidator (switch: strict_email), with domains beyond ASCII (switch: international_email_domains)",
    "a new ka role starts a status {appname}new, a new tl role a status tlnew",
    "the current status is the newest whose status_date is not in the future",
    "only JSON is rendered and parsed; other Accept headers answer 406, other bodies 415",
    "a token without the scope `write` may only read (403)",
    "lists show the oldest first (switches: newest_first, user_order), linked by page=N (switches: paging, next_host), unpacked (switch: gzip)",
    "names are shown as they were sent (switch: names_shown), without white space around them (switch: names_trimmed)",
    "who is withdrawn from a scheme cannot be enrolled in it again through the API: nothing happens (switch: enrolling_withdrawn)",
    "an identity number is unique across companies (switch: persnr_unique)",
    "userstatus/ only grows (switch: userstatus_only_grows)",
    "utmeldt leaves the roles of a BA or TL (switch: withdrawn_leaders)",
    "from_date includes its day and goes by when a result was created (switch: from_date_excludes_its_day)",
    "a webhook's body is the object as its endpoint shows it (switch: webhook_body)",
    "the link flow's callback is JSON (switch: link_callback_as_form) with two fields (switch: link_callback_fields)",
    "fields of schemes, roles, results and employment beyond those that are documented",
    "franchises have URLs of their own, franchises/{id}/",
];
