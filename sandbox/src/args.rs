//! The command line of the sandbox.

use finaut_sandbox::{Builder, Sandbox, WebhookBody, Webhooks};
use lexopt::prelude::*;
use std::path::PathBuf;
use std::str::FromStr;

pub(crate) const HELP: &str = "\
A FinAut stand-in on 127.0.0.1, with synthetic people.

Usage: finaut-sandbox [options]

  --port N                 port to listen on; 0 picks a free one (8700)
  --users N                people in the register (250)
  --companies N            companies, with four departments each (3)
  --seed N                 another number makes other people (1)
  --throttle N/S           N requests per S seconds (200/3600)
  --token-life S           seconds that a token is good for (3600)
  --client-id TEXT         (sandbox-client)
  --client-secret TEXT     (sandbox-secret)
  --account ID:SECRET      one more account with a throttle of its own; may be repeated
  --tls                    https, with a certificate from a throw-away authority
  --ca-file PATH           with --tls: writes that authority's certificate there
  --ready-file PATH        writes the base URL there once the sandbox listens

Webhooks and the link flow (the rest of their settings: POST /sandbox/webhooks):
  --webhook URL            posts new and changed results and statuses there
  --results-webhook URL    posts results there instead
  --statuses-webhook URL   posts statuses there instead
  --webhook-header 'NAME: VALUE'
                           adds a header; may be repeated
  --webhook-secret TEXT    signs each: X-Hub-Signature
  --link-callback URL      where the link flow posts the encrypted user id
  --link-redirect URL      where it sends the browser afterwards
  --send-anywhere          lets these be other machines than this one

What is uncertain about the real server:
  --validation-status N    422 or 400 for validation errors (422)
  --roles-as-objects       userroles are read as objects instead of URLs
  --patching-roles-adds    PATCH of userroles adds instead of replacing
  --latest-status-ignores-alias
                           latestuserstatus/ does not honour employee_alias
  --token-requests-count   token requests count in the throttle
  --no-tl-role             the role {appname}_tl does not exist
  --newest-first           results and userstatus are listed newest first
  --from-date-excludes-its-day
                           from_date lists what was created after that day
  --webhook-body FORM      object, list, event_data or event_object (object)
  --link-callback-as-form  the callback is form encoded instead of JSON
  --link-callback-fields A,B
                           its fields' names (ext_user_id,encrypted_user_id)

  --quiet                  prints nothing
  --help                   this
";

pub(crate) struct Args {
    pub(crate) builder: Builder,
    pub(crate) limit: usize,
    pub(crate) window_s: f64,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) ready_file: Option<PathBuf>,
    pub(crate) quiet: bool,
}

/// None means that help is wanted.
pub(crate) fn read() -> Result<Option<Args>, String> {
    parse(lexopt::Parser::from_env())
}

fn parse(mut parser: lexopt::Parser) -> Result<Option<Args>, String> {
    let mut builder = Sandbox::builder().port(8700).users(250);
    let (mut limit, mut window_s) = (200, 3600.0);
    let (mut client_id, mut client_secret) = ("sandbox-client".to_owned(), "sandbox-secret".to_owned());
    let mut webhooks = Webhooks::default();
    let (mut tls, mut quiet, mut ca_file, mut ready_file) = (false, false, None, None);
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Long("help") | Short('h') => return Ok(None),
            Long("port") => builder = builder.port(number(&mut parser, "--port")?),
            Long("users") => builder = builder.users(number(&mut parser, "--users")?),
            Long("companies") => builder = builder.companies(number(&mut parser, "--companies")?),
            Long("seed") => builder = builder.seed(number(&mut parser, "--seed")?),
            Long("throttle") => (limit, window_s) = throttle(&text(&mut parser, "--throttle")?)?,
            Long("token-life") => builder = builder.token_life_s(number(&mut parser, "--token-life")?),
            Long("client-id") => client_id = text(&mut parser, "--client-id")?,
            Long("client-secret") => client_secret = text(&mut parser, "--client-secret")?,
            Long("account") => {
                let account = text(&mut parser, "--account")?;
                let (id, secret) = account.split_once(':').ok_or("--account wants ID:SECRET")?;
                builder = builder.account(id, secret);
            }
            Long("tls") => tls = true,
            Long("quiet") => quiet = true,
            Long("ca-file") => ca_file = Some(PathBuf::from(text(&mut parser, "--ca-file")?)),
            Long("ready-file") => ready_file = Some(PathBuf::from(text(&mut parser, "--ready-file")?)),
            Long("validation-status") => {
                let status: u16 = number(&mut parser, "--validation-status")?;
                if !matches!(status, 400 | 422) {
                    return Err(format!("--validation-status is 422 or 400, not {status}"));
                }
                builder = builder.switches(|switches| switches.validation_status = status);
            }
            Long("roles-as-objects") => builder = builder.switches(|switches| switches.roles_as_objects = true),
            Long("patching-roles-adds") => builder = builder.switches(|switches| switches.patching_roles_adds = true),
            Long("latest-status-ignores-alias") => {
                builder = builder.switches(|switches| switches.latest_status_by_alias = false);
            }
            Long("token-requests-count") => builder = builder.switches(|switches| switches.token_requests_count = true),
            Long("no-tl-role") => builder = builder.switches(|switches| switches.tl_role_exists = false),
            Long("newest-first") => builder = builder.switches(|switches| switches.newest_first = true),
            Long("from-date-excludes-its-day") => {
                builder = builder.switches(|switches| switches.from_date_excludes_its_day = true);
            }
            Long("webhook-body") => {
                let form = text(&mut parser, "--webhook-body")?;
                let form = webhook_body(&form)?;
                builder = builder.switches(|switches| switches.webhook_body = form);
            }
            Long("link-callback-as-form") => builder = builder.switches(|switches| switches.link_callback_as_form = true),
            Long("link-callback-fields") => {
                let names = text(&mut parser, "--link-callback-fields")?;
                let names = names.split_once(',').filter(|(one, other)| !one.is_empty() && !other.is_empty() && one != other);
                let (ext, encrypted) =
                    names.ok_or("--link-callback-fields wants two names, such as ext-user-id,encoded_userid")?;
                builder = builder.switches(|switches| switches.link_callback_fields = [ext.to_owned(), encrypted.to_owned()]);
            }
            Long("webhook") => webhooks.url = Some(text(&mut parser, "--webhook")?),
            Long("results-webhook") => webhooks.results_url = Some(text(&mut parser, "--results-webhook")?),
            Long("statuses-webhook") => webhooks.statuses_url = Some(text(&mut parser, "--statuses-webhook")?),
            Long("webhook-header") => {
                let header = text(&mut parser, "--webhook-header")?;
                let (name, value) = header.split_once(':').ok_or("--webhook-header wants 'NAME: VALUE'")?;
                webhooks.headers.insert(name.trim().to_owned(), value.trim().to_owned());
            }
            Long("webhook-secret") => webhooks.secret = Some(text(&mut parser, "--webhook-secret")?),
            Long("link-callback") => webhooks.link_callback_url = Some(text(&mut parser, "--link-callback")?),
            Long("link-redirect") => webhooks.link_redirect_url = Some(text(&mut parser, "--link-redirect")?),
            Long("send-anywhere") => webhooks.anywhere = true,
            other => return Err(other.unexpected().to_string()),
        }
    }
    if ca_file.is_some() && !tls {
        return Err("--ca-file goes with --tls".to_owned());
    }
    if tls {
        builder = builder.with_tls();
    }
    webhooks.check()?;
    let builder =
        builder.webhooks(|settings| *settings = webhooks).throttle(limit, window_s).credentials(&client_id, &client_secret);
    Ok(Some(Args { builder, limit, window_s, ca_file, ready_file, quiet }))
}

fn text(parser: &mut lexopt::Parser, option: &str) -> Result<String, String> {
    let value = parser.value().map_err(|error| error.to_string())?;
    value.into_string().map_err(|_| format!("{option}: the value is no UTF-8"))
}

fn number<T: FromStr>(parser: &mut lexopt::Parser, option: &str) -> Result<T, String> {
    let value = text(parser, option)?;
    value.parse().map_err(|_| format!("{option} wants a number that fits, not `{value}`"))
}

fn webhook_body(form: &str) -> Result<WebhookBody, String> {
    match form {
        "object" => Ok(WebhookBody::Object),
        "list" => Ok(WebhookBody::List),
        "event_data" => Ok(WebhookBody::EventData),
        "event_object" => Ok(WebhookBody::EventObject),
        other => Err(format!("--webhook-body is object, list, event_data or event_object, not `{other}`")),
    }
}

/// `200/3600`: requests per seconds.
fn throttle(rate: &str) -> Result<(usize, f64), String> {
    let parts = rate.split_once('/').and_then(|(limit, window)| limit.parse().ok().zip(window.parse().ok()));
    match parts {
        Some((limit, window_s)) if window_s > 0.0 && f64::is_finite(window_s) => Ok((limit, window_s)),
        _ => Err(format!("--throttle wants REQUESTS/SECONDS, such as 200/3600, not `{rate}`")),
    }
}
