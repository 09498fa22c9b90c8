//! The command line of the sandbox: its options, and the builder that they make.

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use finaut_sandbox::{
    Builder, EnrollingWithdrawn, Gzip, NamesShown, Paging, PersnrUnique, Sandbox, UserOrder, WebhookBody, Webhooks,
    WithdrawnLeaders,
};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use std::path::PathBuf;

const WEBHOOKS: &str = "Webhooks and the link flow (the rest of their settings: POST /sandbox/webhooks)";
const SWITCHES: &str = "What is uncertain about the real server";

/// A FinAut stand-in on 127.0.0.1, with synthetic people.
#[derive(Parser)]
#[command(name = "finaut-sandbox", version, args_override_self = true)]
pub(crate) struct Args {
    /// Port to listen on; 0 picks a free one
    #[arg(long, value_name = "N", default_value_t = 8700)]
    port: u16,

    /// People in the register
    #[arg(long, value_name = "N", default_value_t = 250)]
    users: usize,

    /// Companies, with four departments each
    #[arg(long, value_name = "N", default_value_t = 3)]
    companies: usize,

    /// Another number makes other people
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// N requests per S seconds
    #[arg(long, value_name = "N/S", default_value = "200/3600", value_parser = throttle)]
    pub(crate) throttle: Throttle,

    /// Seconds that a token is good for
    #[arg(long, value_name = "S", default_value_t = 3600)]
    token_life: u64,

    /// Client id of the first account
    #[arg(long, value_name = "TEXT", default_value = "sandbox-client", allow_hyphen_values = true)]
    client_id: String,

    /// Client secret of the first account
    #[arg(long, value_name = "TEXT", default_value = "sandbox-secret", allow_hyphen_values = true)]
    client_secret: String,

    /// One more account with a throttle of its own; may be repeated
    #[arg(long, value_name = "ID:SECRET", value_parser = account, allow_hyphen_values = true)]
    account: Vec<(String, String)>,

    /// Lets an account see these companies only (2201, 2202, …) instead of all; may be repeated
    #[arg(long, value_name = "ID=COMPANY,COMPANY", value_parser = sees, allow_hyphen_values = true)]
    sees: Vec<(String, Vec<u64>)>,

    /// Starts the sandbox's clock at this time instead of now, as 2026-12-24T08:00:00Z
    #[arg(long, value_name = "TIME", value_parser = moment)]
    start_at: Option<f64>,

    /// So many of the sandbox's seconds pass in one second; 0 stops its clock
    #[arg(long, value_name = "N", default_value = "1", value_parser = speed)]
    speed: f64,

    /// HTTPS, with a certificate from a throw-away authority
    #[arg(long)]
    tls: bool,

    /// With --tls: writes that authority's certificate there
    #[arg(long, value_name = "PATH", requires = "tls", allow_hyphen_values = true)]
    pub(crate) ca_file: Option<PathBuf>,

    /// Writes the base URL there once the sandbox listens
    #[arg(long, value_name = "PATH", allow_hyphen_values = true)]
    pub(crate) ready_file: Option<PathBuf>,

    /// Ends when its standard input does: a program that holds the other end takes the sandbox with it, however it dies
    #[arg(long)]
    pub(crate) until_stdin_closes: bool,

    /// Prints nothing
    #[arg(long)]
    pub(crate) quiet: bool,

    /// Posts new and changed results and statuses there
    #[arg(long, value_name = "URL", help_heading = WEBHOOKS)]
    webhook: Option<String>,

    /// Posts results there instead
    #[arg(long, value_name = "URL", help_heading = WEBHOOKS)]
    results_webhook: Option<String>,

    /// Posts statuses there instead
    #[arg(long, value_name = "URL", help_heading = WEBHOOKS)]
    statuses_webhook: Option<String>,

    /// Adds a header; may be repeated
    #[arg(long, value_name = "NAME: VALUE", value_parser = header, allow_hyphen_values = true, help_heading = WEBHOOKS)]
    webhook_header: Vec<(String, String)>,

    /// Signs each: X-Hub-Signature
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, help_heading = WEBHOOKS)]
    webhook_secret: Option<String>,

    /// Where the link flow posts the encrypted user id
    #[arg(long, value_name = "URL", help_heading = WEBHOOKS)]
    link_callback: Option<String>,

    /// Where it sends the browser afterwards
    #[arg(long, value_name = "URL", help_heading = WEBHOOKS)]
    link_redirect: Option<String>,

    /// Lets these be other machines than this one
    #[arg(long, help_heading = WEBHOOKS)]
    send_anywhere: bool,

    /// 422 or 400 for validation errors
    #[arg(long, value_name = "N", default_value = "422", value_parser = validation_status, help_heading = SWITCHES)]
    validation_status: u16,

    /// Userroles are read as objects instead of URLs
    #[arg(long, help_heading = SWITCHES)]
    roles_as_objects: bool,

    /// PATCH of userroles adds instead of replacing
    #[arg(long, help_heading = SWITCHES)]
    patching_roles_adds: bool,

    /// The list latestuserstatus/ does not honour employee_alias
    #[arg(long, help_heading = SWITCHES)]
    latest_status_ignores_alias: bool,

    /// Token requests count in the throttle
    #[arg(long, help_heading = SWITCHES)]
    token_requests_count: bool,

    /// The role {appname}_tl does not exist
    #[arg(long, help_heading = SWITCHES)]
    no_tl_role: bool,

    /// E-mail addresses need only an @ and a dot
    #[arg(long, help_heading = SWITCHES)]
    lenient_email: bool,

    /// Domains of e-mail addresses must be ASCII
    #[arg(long, help_heading = SWITCHES)]
    ascii_email_domains: bool,

    /// Results and userstatus are listed newest first
    #[arg(long, help_heading = SWITCHES)]
    newest_first: bool,

    /// A candidate's role written again after withdrawal: nothing, begins_anew or refused
    #[arg(long, value_name = "WHAT", default_value = "nothing", value_parser = word::<EnrollingWithdrawn>, help_heading = SWITCHES)]
    enrolling_withdrawn: EnrollingWithdrawn,

    /// Among whom an identity number is unique: everywhere or in_company
    #[arg(long, value_name = "WHERE", default_value = "everywhere", value_parser = word::<PersnrUnique>, help_heading = SWITCHES)]
    persnr_unique: PersnrUnique,

    /// A change of status replaces the person's former records in the scheme
    #[arg(long, help_heading = SWITCHES)]
    userstatus_replaces: bool,

    /// What utmeldt does to a BA or TL of the scheme: keep_roles, lose_roles or refused
    #[arg(long, value_name = "WHAT", default_value = "keep_roles", value_parser = word::<WithdrawnLeaders>, help_heading = SWITCHES)]
    withdrawn_leaders: WithdrawnLeaders,

    /// White space around names is kept
    #[arg(long, help_heading = SWITCHES)]
    names_untrimmed: bool,

    /// Order of the list user/: id, newest_first, name or shuffled
    #[arg(long, value_name = "ORDER", default_value = "id", value_parser = word::<UserOrder>, help_heading = SWITCHES)]
    user_order: UserOrder,

    /// How pages are linked: page_number, offset or cursor
    #[arg(long, value_name = "WAY", default_value = "page_number", value_parser = word::<Paging>, help_heading = SWITCHES)]
    paging: Paging,

    /// What stands before the path in `next`, as http://internal:8000
    #[arg(long, value_name = "URL", help_heading = SWITCHES)]
    next_host: Option<String>,

    /// Packs answers in gzip: never, asked or always
    #[arg(long, value_name = "WHEN", default_value = "never", value_parser = word::<Gzip>, help_heading = SWITCHES)]
    gzip: Gzip,

    /// The parameter from_date lists what was created after that day
    #[arg(long, help_heading = SWITCHES)]
    from_date_excludes_its_day: bool,

    /// How names are shown: as_sent, decomposed, composed, capitals, ascii, cut or added_to
    #[arg(long, value_name = "HOW", default_value = "as_sent", value_parser = word::<NamesShown>, help_heading = SWITCHES)]
    names_shown: NamesShown,

    /// Form of a webhook's body: object, list, event_data or event_object
    #[arg(long, value_name = "FORM", default_value = "object", value_parser = word::<WebhookBody>, help_heading = SWITCHES)]
    webhook_body: WebhookBody,

    /// The callback is form encoded instead of JSON
    #[arg(long, help_heading = SWITCHES)]
    link_callback_as_form: bool,

    /// The names of the callback's two fields
    #[arg(
        long,
        value_name = "A,B",
        default_value = "ext_user_id,encrypted_user_id",
        value_parser = field_names,
        allow_hyphen_values = true,
        help_heading = SWITCHES
    )]
    link_callback_fields: [String; 2],
}

/// So many requests per so many seconds.
#[derive(Clone, Copy)]
pub(crate) struct Throttle {
    pub(crate) limit: usize,
    pub(crate) window_s: f64,
}

/// Ends the program where help is wanted, or where the command line is wrong.
pub(crate) fn read() -> (Args, Builder) {
    let args = Args::parse();
    let webhooks = args.webhooks();
    if let Err(problem) = webhooks.check() {
        Args::command().error(ErrorKind::ValueValidation, problem).exit();
    }
    let builder = args.builder(webhooks);
    (args, builder)
}

impl Args {
    fn webhooks(&self) -> Webhooks {
        Webhooks {
            url: self.webhook.clone(),
            results_url: self.results_webhook.clone(),
            statuses_url: self.statuses_webhook.clone(),
            link_callback_url: self.link_callback.clone(),
            link_redirect_url: self.link_redirect.clone(),
            headers: self.webhook_header.iter().cloned().collect(),
            secret: self.webhook_secret.clone(),
            anywhere: self.send_anywhere,
            ..Webhooks::default()
        }
    }

    fn builder(&self, webhooks: Webhooks) -> Builder {
        let mut builder = Sandbox::builder()
            .port(self.port)
            .users(self.users)
            .companies(self.companies)
            .seed(self.seed)
            .throttle(self.throttle.limit, self.throttle.window_s)
            .token_life_s(self.token_life)
            .speed(self.speed)
            .credentials(&self.client_id, &self.client_secret)
            .webhooks(|settings| *settings = webhooks)
            .switches(|switches| {
                switches.validation_status = self.validation_status;
                switches.roles_as_objects = self.roles_as_objects;
                switches.patching_roles_adds = self.patching_roles_adds;
                switches.latest_status_by_alias = !self.latest_status_ignores_alias;
                switches.token_requests_count = self.token_requests_count;
                switches.tl_role_exists = !self.no_tl_role;
                switches.strict_email = !self.lenient_email;
                switches.international_email_domains = !self.ascii_email_domains;
                switches.newest_first = self.newest_first;
                switches.names_shown = self.names_shown;
                switches.enrolling_withdrawn = self.enrolling_withdrawn;
                switches.persnr_unique = self.persnr_unique;
                switches.userstatus_only_grows = !self.userstatus_replaces;
                switches.withdrawn_leaders = self.withdrawn_leaders;
                switches.names_trimmed = !self.names_untrimmed;
                switches.user_order = self.user_order;
                switches.paging = self.paging;
                switches.next_host = self.next_host.clone();
                switches.gzip = self.gzip;
                switches.from_date_excludes_its_day = self.from_date_excludes_its_day;
                switches.webhook_body = self.webhook_body;
                switches.link_callback_as_form = self.link_callback_as_form;
                switches.link_callback_fields = self.link_callback_fields.clone();
            });
        for (id, secret) in &self.account {
            builder = builder.account(id, secret);
        }
        for (id, companies) in &self.sees {
            builder = builder.sees(id, companies);
        }
        if let Some(unix_s) = self.start_at {
            builder = builder.start_at(unix_s);
        }
        if self.tls { builder.with_tls() } else { builder }
    }
}

/// `200/3600`: requests per seconds.
fn throttle(rate: &str) -> Result<Throttle, String> {
    let parts = rate.split_once('/').and_then(|(limit, window)| limit.parse().ok().zip(window.parse().ok()));
    match parts {
        Some((limit, window_s)) if window_s > 0.0 && f64::is_finite(window_s) => Ok(Throttle { limit, window_s }),
        _ => Err("REQUESTS/SECONDS are expected, such as 200/3600".to_owned()),
    }
}

fn account(text: &str) -> Result<(String, String), String> {
    let (id, secret) = text.split_once(':').ok_or("ID:SECRET is expected")?;
    Ok((id.to_owned(), secret.to_owned()))
}

fn sees(text: &str) -> Result<(String, Vec<u64>), String> {
    let parts = text.rsplit_once('=').and_then(|(id, companies)| {
        let companies: Option<Vec<u64>> = companies.split(',').map(|company| company.parse().ok()).collect();
        Some((id.to_owned(), companies?))
    });
    parts.ok_or_else(|| "ID=COMPANY,COMPANY is expected, such as sandbox-client=2201,2202".to_owned())
}

fn moment(text: &str) -> Result<f64, String> {
    text.parse()
        .map(|at: jiff::Timestamp| at.as_second() as f64)
        .map_err(|_| "a time is expected, such as 2026-12-24T08:00:00Z".to_owned())
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok().filter(|speed: &f64| *speed >= 0.0 && speed.is_finite());
    speed.ok_or_else(|| "a number is expected, 0 or more".to_owned())
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("'NAME: VALUE' is expected")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn validation_status(text: &str) -> Result<u16, String> {
    match text {
        "422" => Ok(422),
        "400" => Ok(400),
        _ => Err("422 or 400 is expected".to_owned()),
    }
}

/// A word as it stands in JSON.
fn word<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Error> {
    T::deserialize(text.into_deserializer())
}

fn field_names(text: &str) -> Result<[String; 2], String> {
    let names = text.split_once(',').filter(|(one, other)| !one.is_empty() && !other.is_empty() && one != other);
    let (ext, encrypted) = names.ok_or("two names are expected, such as ext-user-id,encoded_userid")?;
    Ok([ext.to_owned(), encrypted.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_two_counts_and_accounts_add_up() {
        let args =
            Args::parse_from(["", "--port", "1", "--account", "a:b", "--quiet", "--account", "-c:d:e", "--port=2", "--quiet"]);
        assert_eq!((args.port, args.quiet), (2, true));
        let pair = |id: &str, secret: &str| (id.to_owned(), secret.to_owned());
        assert_eq!(args.account, [pair("a", "b"), pair("-c", "d:e")]);
    }

    #[test]
    fn without_options_it_takes_for_granted_what_the_library_does() {
        let args = Args::parse_from([""]);
        let mut switches = finaut_sandbox::Switches::default();
        let expected = switches.clone();
        let _builder = args.builder(args.webhooks()).switches(|set| switches = set.clone());
        assert_eq!((switches, args.webhooks()), (expected, Webhooks::default()));
    }

    #[test]
    fn clap_finds_the_options_consistent() {
        Args::command().debug_assert();
    }
}
