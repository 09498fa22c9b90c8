//! The configuration: JSON and environment in, checked values out. Each part that has rules of its own has a file below.

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::arguments::{self, Argument, DefaultValue, Shape};
use crate::encoding::Encoding;
use crate::error::{Code, Error};
use crate::process;
use crate::redact::Redactor;
use crate::wire::protocol;

mod address;
mod encoding;
mod inbox;
mod kept_secret;
mod no_proxy;
mod place;
mod problem;
mod proxy;
mod secret;
mod throttle;
mod tidy;

pub use inbox::{Inbox, Limits};
use problem::{bad, seconds};
pub use secret::Secret;
pub use throttle::Rule;

/// A checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// OAuth client id.
    pub client_id: String,
    /// OAuth client secret.
    pub client_secret: Secret,
    /// The secret before this one: what the state keeps under it is taken over.
    pub previous_client_secret: Option<Secret>,
    /// Scheme and authority, without a slash at its end.
    pub host: String,
    /// True if `host` is this machine.
    pub loopback: bool,
    /// Absolute path of the state file; `None`: state lives in the process.
    pub state: Option<String>,
    /// Longest time for one request, connecting included.
    pub timeout_s: f64,
    /// Longest time for connecting.
    pub connect_timeout_s: f64,
    /// Longest time that a call waits for slots and retries, unless it says otherwise itself.
    pub max_wait_s: f64,
    /// How long an object must stay absent before a broken creation is sent again.
    pub settle_s: f64,
    /// How long after a request was sent a slow server can still act on it.
    pub late_s: f64,
    /// The server's throttle.
    pub rule: Rule,
    /// OAuth scope.
    pub scope: String,
    /// HTTP proxy with its credentials; `None`: none is used.
    pub proxy: Option<Secret>,
    /// Path of a PEM file with certificate authorities trusted besides the system's.
    pub ca_file: Option<String>,
    /// Encoding of all text in and out.
    pub encoding: Encoding,
    /// How long schemes, companies and departments are remembered.
    pub cache_s: f64,
    /// Address that starts the link flow, with `{ext_user_id}` in it.
    pub link_url: Option<String>,
    /// Whom the inbox believes and how much it keeps.
    pub inbox: Inbox,
    /// Longest answer that is read.
    pub max_body_bytes: u64,
    /// Value of the User-Agent header.
    pub user_agent: String,
    /// The user who sets statuses where a call names nobody: a number or an address. Whether the address is a user's is not checked here.
    pub set_by: Option<String>,
    /// The job that calls belong to which name none.
    pub job: Option<String>,
    /// How long lines of the journal are kept, in seconds.
    pub journal_s: f64,
    /// How often a waiting call tells its observer of it, in seconds.
    pub observe_s: f64,
    /// What this machine is called beside the slots that it takes: its host's name, or the environment's `FINAUT_MACHINE`.
    pub machine: String,
}

/// Every key of the configuration.
pub const KEYS: &[Argument] = &[
    key("client_id", Shape::Text, "OAuth client id").or(DefaultValue::Words("the environment's FINAUT_CLIENT_ID")),
    key("client_secret", Shape::Text, "OAuth client secret").or(DefaultValue::Words("the environment's FINAUT_CLIENT_SECRET")),
    key(
        "client_secret_file",
        Shape::Text,
        "path of a file that holds the client secret and nothing else, in place of \"client_secret\"; it is read when the client is made",
    ),
    key(
        "previous_client_secret",
        Shape::Text,
        "the client secret before this one, after a change: what the state keeps under it is taken over at first use, and the old secret no longer opens it",
    ),
    key("host", Shape::Text, "address of the server, without a path, else the environment's FINAUT_API_HOST")
        .or(DefaultValue::Text(protocol::DEFAULT_HOST)),
    key(
        "state",
        Shape::Text,
        "path of a file that all processes of this machine share: token, used requests, what is remembered; a relative one is made absolute, as check and budget tell it; null: none, whatever the environment says",
    )
    .or(DefaultValue::Words("the environment's FINAUT_STATE, else the process's own memory")),
    key("timeout_s", Shape::Seconds, "longest time for one request, connecting included").or(DefaultValue::Seconds(30.0)),
    key("connect_timeout_s", Shape::Seconds, "longest time for connecting").or(DefaultValue::Seconds(10.0)),
    key("max_wait_s", Shape::Seconds, "longest time that a call waits for slots and retries").or(DefaultValue::Seconds(60.0)),
    key("settle_s", Shape::Seconds, "how long an object must stay absent before a broken creation is sent again")
        .or(DefaultValue::Seconds(10.0)),
    key(
        "late_s",
        Shape::Seconds,
        "how long after it was sent a slow server can still act on a creation: after a time-out, or if its process was killed, it is not sent again before",
    )
    .or(DefaultValue::Seconds(300.0)),
    key("throttle", Shape::Object, "the server's limit, and how many requests bulk calls leave to interactive ones")
        .with(throttle::KEYS),
    key("scope", Shape::Text, "OAuth scope").or(DefaultValue::Text(protocol::DEFAULT_SCOPE)),
    key("proxy", Shape::Text, "HTTP proxy as http://user:password@host:port, or \"none\"").or(DefaultValue::Words(
        "the environment's HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the host (this machine itself is reached without)",
    )),
    key("ca_file", Shape::Text, "PEM file of certificate authorities trusted besides the system's"),
    key(
        "encoding",
        Shape::Text,
        "encoding of all text in and out: UTF-8; any of one byte for each character in the WHATWG Encoding Standard, as \"windows-1252\"; or \"cp437\", \"cp850\", \"cp858\", \"cp865\"",
    )
    .or(DefaultValue::Text("UTF-8")),
    key("cache_s", Shape::Seconds, "how long schemes, companies and departments are remembered")
        .or(DefaultValue::Seconds(86_400.0)),
    key("link_url", Shape::Text, "address that starts the link flow, with {ext_user_id} in it"),
    key(
        "set_by",
        Shape::Reference,
        "the user who sets statuses (users.hold, users.withdraw, userstatus.create) where a call names nobody",
    ),
    key(
        "job",
        Shape::Job,
        "what the calls of this client are part of, as \"nightly\": stands in events, in the journal, in budget's \"by\" and in the User-Agent header",
    ),
    key("journal_days", Shape::Count, "how long lines of the journal are kept; of several programs that share a state, the fewest days count")
        .or(DefaultValue::Count(90)),
    key(
        "observe_s",
        Shape::Seconds,
        "how often the observer is called while a call waits; by that call the C# and Python wrappers notice cancellation and signals",
    )
    .or(DefaultValue::Seconds(0.5)),
    key("inbox", Shape::Object, "whom the inbox believes and what it keeps").with(inbox::KEYS),
    key("max_body_bytes", Shape::Count, "longest answer that is read, in bytes").or(DefaultValue::Count(8 << 20)),
    key("user_agent", Shape::Text, "User-Agent header").or(DefaultValue::Text(concat!("finaut/", env!("CARGO_PKG_VERSION")))),
];

const fn key(name: &'static str, shape: Shape, about: &'static str) -> Argument {
    Argument::optional(name, shape, about)
}

/// Keys whose values no message quotes: secrets, and what holds one or is easily taken for the place of one.
const SECRET_KEYS: &[&str] = &[
    "client_secret",
    "client_secret_file",
    "previous_client_secret",
    "proxy",
    "inbox",
    "host",
    "state",
    "ca_file",
    "link_url",
];
/// Keys that name a file.
const PATHS: &[&str] = &["client_secret_file", "state", "ca_file"];
/// Keys that the environment may give, and the variables.
const VARIABLES: &[(&str, &str)] = &[
    ("client_id", "FINAUT_CLIENT_ID"),
    ("client_secret", "FINAUT_CLIENT_SECRET"),
    ("host", "FINAUT_API_HOST"),
    ("state", "FINAUT_STATE"),
];

/// The user who sets statuses, as a number or an address with one. Errors: `config`.
fn set_by(given: Option<&Value>) -> Result<Option<String>, Error> {
    let Some(given) = given else { return Ok(None) };
    if arguments::reference_number(given).is_none() {
        return Err(bad("set_by", "must be a user's number, or the URL in its \"id\""));
    }
    Ok(Some(given.as_str().map_or_else(|| given.to_string(), str::to_owned)))
}

/// How long lines of the journal are kept, in seconds. Errors: `config`.
fn journal_s(given: &Map<String, Value>) -> Result<f64, Error> {
    match arguments::whole(given, "journal_days")? {
        days @ 1..=36_500 => Ok(days as f64 * 86_400.0),
        days => Err(bad("journal_days", &format!("must be from 1 to 36500, not {days}"))),
    }
}

impl Config {
    /// Reads and checks. `environment` looks up a variable; it is a parameter so that tests need not change the process's own.
    ///
    /// Errors: `argument` for what is no JSON object, `config` for everything else.
    pub fn read(bytes: &[u8], environment: &dyn Fn(&str) -> Option<String>) -> Result<Config, Error> {
        arguments::check_length(bytes, "the configuration")?;
        let mut defaults = Map::new();
        arguments::fill(KEYS.iter(), &mut defaults);
        let encoding = encoding::declared(bytes, arguments::text(&defaults, "encoding")?)?;
        let given = arguments::read(bytes, encoding, "the configuration")?;
        Config::from_object(given, encoding, environment).map_err(|e| {
            let message = e.words().to_owned();
            e.with_code(Code::Config, message)
        })
    }

    fn from_object(
        mut given: Map<String, Value>,
        encoding: Encoding,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Config, Error> {
        // The one key that may be null: there is no other way to say that the environment's is not meant.
        let no_state = given.get("state").is_some_and(Value::is_null);
        if no_state {
            given.shift_remove("state");
        }
        arguments::check(KEYS.iter(), &given, SECRET_KEYS)?;
        let from_environment =
            |name: &str| environment(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        tidy::tidy(KEYS, &mut given, PATHS)?;
        let file = given.get("client_secret_file").and_then(Value::as_str).map(str::to_owned);
        if let Some(file) = file {
            let secret = kept_secret::read(&file, given.contains_key("client_secret"))?;
            given.insert("client_secret".to_owned(), Value::String(secret));
        }
        for (name, variable) in VARIABLES {
            if let Some(value) = from_environment(variable)
                && !given.contains_key(*name)
                && !(no_state && *name == "state")
            {
                let tidy = tidy::tidied(&value).map_err(|problem| bad(variable, problem))?;
                given.insert((*name).to_owned(), Value::String(tidy.to_owned()));
            }
        }
        arguments::fill(KEYS.iter(), &mut given);
        let text = |name: &str| given.get(name).and_then(Value::as_str).map(str::to_owned);
        let credential = |name: &str, variable: &str| {
            text(name).ok_or_else(|| {
                let file = if name == "client_secret" { ", \"client_secret_file\"" } else { "" };
                bad(name, &format!("is missing: give \"{name}\"{file} in the configuration or {variable} in the environment"))
            })
        };
        let client_id = credential("client_id", "FINAUT_CLIENT_ID")?;
        let client_secret = Secret::new(credential("client_secret", "FINAUT_CLIENT_SECRET")?);
        let (host, loopback) = address::checked_host(arguments::text(&given, "host")?)?;
        let user_agent = arguments::text(&given, "user_agent")?.to_owned();
        if !user_agent.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            return Err(bad("user_agent", "may hold printable ASCII characters only"));
        }
        let job = text("job").map(|job| crate::text::trimmed(&job).to_owned());
        let link_url = text("link_url");
        link_url.as_deref().map(address::checked_link_url).transpose()?;
        let state = text("state").map(|path| place::checked_state(&path)).transpose()?;
        let ca_file = text("ca_file");
        ca_file.as_deref().map(|path| place::checked_path("ca_file", path)).transpose()?;
        let proxy = match text("proxy") {
            Some(none) if none.eq_ignore_ascii_case("none") => None,
            Some(proxy) => Some(proxy::checked_proxy("proxy", &proxy)?),
            // No proxy stands between us and this machine itself.
            None if loopback => None,
            None => proxy::from_environment(&host, &from_environment)?,
        };
        let config = Config {
            client_id,
            client_secret,
            previous_client_secret: text("previous_client_secret").map(Secret::new),
            host,
            loopback,
            state,
            timeout_s: seconds(&given, "timeout_s", 0.001..=3600.0)?,
            connect_timeout_s: seconds(&given, "connect_timeout_s", 0.001..=3600.0)?,
            max_wait_s: seconds(&given, "max_wait_s", 0.0..=1e9)?,
            settle_s: seconds(&given, "settle_s", 0.0..=3600.0)?,
            late_s: seconds(&given, "late_s", 0.0..=86_400.0)?,
            rule: Rule::read(given.get("throttle"))?,
            scope: arguments::text(&given, "scope")?.to_owned(),
            proxy,
            ca_file,
            encoding,
            cache_s: seconds(&given, "cache_s", 0.0..=1e9)?,
            link_url,
            inbox: Inbox::read(given.get("inbox"))?,
            max_body_bytes: arguments::whole(&given, "max_body_bytes")?.unsigned_abs(),
            user_agent,
            set_by: set_by(given.get("set_by"))?,
            job,
            journal_s: journal_s(&given)?,
            observe_s: seconds(&given, "observe_s", 0.05..=3600.0)?,
            machine: from_environment("FINAUT_MACHINE").unwrap_or_else(process::machine),
        };
        match config.job.as_deref().map(|job| config.check_job(job)) {
            Some(Err(problem)) => Err(bad("job", problem)),
            _ => Ok(config),
        }
    }

    /// Refuses a job's name that would show a secret, as it stands in many places. Errors: what is wrong with it, to follow its name in
    /// a sentence.
    pub fn check_job(&self, job: &str) -> Result<(), &'static str> {
        if Redactor::new(self.secrets()).redact(job) == job { Ok(()) } else { Err("must hold no secret and no password") }
    }

    /// Everything that must not be shown, as it was configured.
    pub fn secrets(&self) -> Vec<Zeroizing<String>> {
        let plain = |text: &str| Zeroizing::new(text.to_owned());
        let mut secrets = vec![plain(self.client_secret.reveal())];
        secrets.extend(self.previous_client_secret.iter().map(|secret| plain(secret.reveal())));
        if let Some((before, _)) = self.proxy.as_ref().and_then(|proxy| proxy.reveal().rsplit_once('@')) {
            let credentials = before.rsplit_once("//").map_or(before, |(_, credentials)| credentials);
            secrets.push(plain(credentials));
            let password = credentials.split_once(':').map(|(_, password)| password).unwrap_or_default();
            secrets.push(plain(password));
            secrets.push(plain(&percent_encoding::percent_decode_str(password).decode_utf8_lossy()));
        }
        let inbox = &self.inbox;
        let inbox = [inbox.path_secret.as_ref(), inbox.hmac_secret.as_ref(), inbox.header.as_ref().map(|(_, value)| value)];
        secrets.extend(inbox.into_iter().flatten().map(|secret| plain(secret.reveal())));
        secrets
    }

    /// The proxy as `host:port`, where there is one.
    pub fn proxy_name(&self) -> Option<String> {
        let proxy = ureq::Proxy::new(self.proxy.as_ref()?.reveal()).ok()?;
        Some(format!("{}:{}", proxy.host(), proxy.port()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn none(_: &str) -> Option<String> {
        None
    }

    fn read(json: &str) -> Result<Config, Error> {
        Config::read(json.as_bytes(), &none)
    }

    fn problem(json: &str) -> String {
        match read(json) {
            Ok(_) => "none".into(),
            Err(e) => {
                assert_eq!(e.code(), Code::Config, "{e}");
                e.message().into_owned()
            }
        }
    }

    #[test]
    fn what_is_absent_comes_from_the_environment_then_from_the_defaults() {
        let environment = |name: &str| match name {
            "FINAUT_CLIENT_ID" => Some("id".to_owned()),
            "FINAUT_CLIENT_SECRET" => Some("s".to_owned()),
            _ => None,
        };
        let config = Config::read(b"", &environment).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(
            (config.client_id.as_str(), config.client_secret.reveal(), config.host.as_str()),
            ("id", "s", "https://api.norsktest.no")
        );
        assert_eq!(config.rule, Rule { requests: 200, per_s: 3600.0, reserve: 0 });
        let config = Config::read(br#"{"client_id": "other", "host": "http://localhost:8700/"}"#, &environment)
            .unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(
            (config.client_id.as_str(), config.host.as_str(), config.loopback),
            ("other", "http://localhost:8700", true)
        );
    }

    #[test]
    fn bad_settings_never_become_defaults() {
        assert!(problem("{}").contains("FINAUT_CLIENT_ID"));
        let with = |more: &str| problem(&format!(r#"{{"client_id": "a", "client_secret": "topsecret", {more}}}"#));
        assert!(with(r#""timeout": 5"#).contains("is \"timeout_s\" meant?"));
        assert!(with(r#""timeout_s": "5""#).contains("must be a number of seconds"));
        assert!(with(r#""timeout_s": 0"#).contains("from 0.001"));
        assert!(with(r#""timeout_s": 1e999"#).contains("timeout_s"));
        assert!(with(r#""throttle": {"requests": 0}"#).contains("requests"));
        assert!(with(r#""throttle": {"reserve": 200}"#).contains("reserve"));
        assert!(with(r#""throttle": {"per": 1}"#).contains("per_s"));
        assert!(with(r#""throttle": {"per_s": 0}"#).starts_with("throttle: per_s"));
        let secret = |name: &str, value: &str| with(&format!(r#""inbox": {{"{name}": "{value}"}}"#));
        assert!(secret("path_secret", "0123456789").contains("at least 22"));
        assert!(secret("path_secret", &"0f3b".repeat(8)).contains("repeats"));
        assert!(secret("path_secret", "0123456789/0123456789ab").contains("part of an address"));
        assert!(!secret("hmac_secret", &"0f3b".repeat(8)).contains("0f3b"));
        assert!(with(r#""host": "http://api.norsktest.no""#).contains("not encrypted"));
        assert!(with(r#""host": "api.norsktest.no""#).contains("write it as https://"));
        assert!(with(r#""host": "https://user:topsecret@x.no""#).contains("user name"));
        assert!(with(r#""link_url": "https://x.no/link""#).contains("{ext_user_id}"));
        assert!(with(r#""set_by": "kari""#).contains("set_by"));
        assert!(with(r#""set_by": "https://x.no/user/kari/""#).contains("a user's number"));
        assert!(with(r#""encoding": "utf-16le""#).contains("not supported"));
        assert!(with(r#""encoding": "klingon""#).contains("unknown"));
        assert!(with(r#""encoding": "latin-1""#).contains("is \"windows-1252\" meant?"));
        assert!(with(r#""encoding": "cp277""#).contains("EBCDIC"));
        assert!(with(r#""proxy": "socks5://x:1""#).contains("HTTP proxy"));
        assert!(!problem(r#"{"client_id": "a", "client_secret": 991199}"#).contains("991199"));
    }

    #[test]
    fn a_host_that_says_more_than_the_host_is_refused_and_no_password_in_it_shown() {
        let host = |host: &str| problem(&json!({"client_id": "a", "client_secret": "b", "host": host}).to_string());
        for (given, said) in [
            ("https://api.norsktest.no/finautapi/v1/", "write it as https://api.norsktest.no "),
            ("https://API.norsktest.no:443/finautapi/v1", "write it as https://api.norsktest.no "),
            ("https://api.norsktest.no/o/token/", "goes on behind the host's name"),
            ("http://127.0.0.1:8700/finautapi", "write it as http://127.0.0.1:8700 "),
            ("https://api.norsktest.no?token=topsecret", "no query"),
            ("https://api.norsktest.no/?token=topsecret", "no query"),
            ("https://api.norsktest.no#topsecret", "no fragment"),
            ("https://user:topsecret@api.norsktest.no", "no password"),
            ("http://user:topsecret/x@api.norsktest.no", "no password"),
            ("https://user:topsecret x@api.norsktest.no", "no password"),
            ("topsecret@api.norsktest.no", "no password"),
            ("https://api.norsktest.no:99999", "ports go from"),
            ("https://api.norsktest.no:0", "ports go from"),
            ("https://api.norsktest.no:", "ports go from"),
            ("https://:443", "no"),
            ("https://", "lacks its beginning"),
            ("https://api norsktest.no", "no address"),
            ("https://prøve.no", "xn--"),
            ("https://api.norsktest.no\\finautapi", "no address"),
            ("https://api%2Enorsktest.no", "no"),
            ("\"https://api.norsktest.no\"", "stands in quotes"),
        ] {
            let message = host(given);
            assert!(
                message.starts_with("host: ") && message.contains(said) && !message.contains("topsecret"),
                "{given}: {message}"
            );
        }
        for (given, read_as) in [
            (" https://Api.Norsktest.NO./ \n", "https://api.norsktest.no"),
            ("https://api.norsktest.no:443", "https://api.norsktest.no"),
            ("https://[FD00::1]:8443/", "https://[fd00::1]:8443"),
            ("\u{feff}https://api.norsktest.no", "https://api.norsktest.no"),
        ] {
            let json = json!({"client_id": "a", "client_secret": "b", "host": given}).to_string();
            assert_eq!(read(&json).map(|config| config.host), Ok(read_as.to_owned()), "{given}");
        }
    }

    #[test]
    fn a_state_that_is_no_files_path_is_refused_and_no_password_in_it_shown() {
        for (given, said) in [
            (":memory:", "leave \"state\" out"),
            (":MEMORY:", "leave \"state\" out"),
            ("file:finaut.db?mode=memory", "not a URI"),
            ("FILE:///var/lib/finaut.db", "not a URI"),
            ("postgres://user:topsecret@db/hr", "in this version"),
            ("postgresql://user:topsecret@db/hr", "in this version"),
            ("mysql://user:topsecret@db/hr", "not an address"),
            ("", "must not be empty"),
            (" ", "must not be empty"),
            ("/var/lib/finaut.db\n", "line end"),
            (" /var/lib/finaut.db", "begins or ends with a blank"),
            ("/var/lib\n/finaut.db", "line end"),
            ("\"/var/lib/finaut.db\"", "stands in quotes"),
        ] {
            let message = problem(&json!({"client_id": "a", "client_secret": "b", "state": given}).to_string());
            assert!(
                message.starts_with("state: ") && message.contains(said) && !message.contains("topsecret"),
                "{given}: {message}"
            );
        }
        for (given, said) in [
            ("https://user:topsecret@x.no/ca.pem", "not an address"),
            ("-----BEGIN CERTIFICATE-----\ntopsecret", "belongs into a file"),
            ("/etc/ca.pem\n", "line end"),
        ] {
            let message = problem(&json!({"client_id": "a", "client_secret": "b", "ca_file": given}).to_string());
            assert!(
                message.starts_with("ca_file: ") && message.contains(said) && !message.contains("topsecret"),
                "{given}: {message}"
            );
        }
    }

    #[test]
    fn the_environments_state_is_used_unless_the_configuration_says_another_or_none() {
        let of = |variable: &'static str, json: &str| {
            let environment = move |name: &str| (name == "FINAUT_STATE").then(|| variable.to_owned());
            Config::read(json.as_bytes(), &environment).map(|config| config.state)
        };
        let base = r#""client_id": "a", "client_secret": "b""#;
        assert_eq!(of("/var/lib/hr/finaut.db\r\n", &format!("{{{base}}}")), Ok(Some("/var/lib/hr/finaut.db".to_owned())));
        assert_eq!(of("/one.db", &format!(r#"{{{base}, "state": "/two.db"}}"#)), Ok(Some("/two.db".to_owned())));
        assert_eq!(of("/one.db", &format!(r#"{{{base}, "state": null}}"#)), Ok(None));
        assert_eq!(of(" ", &format!("{{{base}}}")), Ok(None));
        let error = of("\"/one.db\"", &format!("{{{base}}}")).unwrap_err();
        assert!(error.message().starts_with("FINAUT_STATE: "), "{error}");
        assert!(of(":memory:", &format!("{{{base}}}")).is_err_and(|e| e.message().starts_with("state: ")));
        assert!(problem(&format!(r#"{{{base}, "ca_file": null}}"#)).contains("leave it out"), "no other key may be null");
    }

    #[test]
    fn a_relative_state_is_made_absolute() {
        let here = std::env::current_dir().unwrap();
        let config = read(r#"{"client_id": "a", "client_secret": "b", "state": "hr/finaut.db"}"#).unwrap();
        assert_eq!(config.state.as_deref(), here.join("hr/finaut.db").to_str());
    }

    #[test]
    fn the_secret_comes_from_its_file_before_it_comes_from_the_environment() {
        let file = std::env::temp_dir().join(format!("finaut-test-config-secret-{}", std::process::id()));
        std::fs::write(&file, "from-the-file\n").unwrap();
        let environment = |name: &str| (name == "FINAUT_CLIENT_SECRET").then(|| "from-the-environment".to_owned());
        let config = json!({"client_id": "a", "client_secret_file": file});
        let read_with = |config: &Value| Config::read(config.to_string().as_bytes(), &environment);
        assert_eq!(read_with(&config).map(|config| config.client_secret), Ok(Secret::new("from-the-file")));
        std::fs::remove_file(&file).unwrap();
        let error = read_with(&config).unwrap_err();
        assert!(error.code() == Code::Config && error.message().starts_with("client_secret_file: "), "{error}");
        let both = json!({"client_id": "a", "client_secret": "b", "client_secret_file": "/run/secrets/finaut"});
        assert!(problem(&both.to_string()).contains("leave one of them out"));
    }

    /// One rule for every text, in the configuration and in the environment.
    #[test]
    fn what_copying_brings_along_is_taken_off_every_text_or_the_key_is_named() {
        let base = json!({"client_id": "a", "client_secret": "b"});
        let with = |name: &str, value: Value| {
            let mut given = base.clone();
            given[name] = value;
            given.to_string()
        };
        let path_secret = "5f2c81d90ab34e67f1c8a2b4";
        for around in [" \n", "\r\n", "\u{feff}", "\t\u{a0}"] {
            let put = |text: &str| json!(format!("{around}{text}{around}"));
            let read = |name: &str, value: Value| read(&with(name, value)).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(read("client_id", put("id")).client_id, "id");
            assert_eq!(read("client_secret", put("topsecret")).client_secret.reveal(), "topsecret");
            assert_eq!(read("previous_client_secret", put("old")).previous_client_secret, Some(Secret::new("old")));
            assert_eq!(read("scope", put("read")).scope, "read");
            assert_eq!(read("user_agent", put("hr/1")).user_agent, "hr/1");
            assert_eq!(read("proxy", put("http://p:1")).proxy, Some(Secret::new("http://p:1")));
            let inbox = json!({"path_secret": put(path_secret), "header": {"name": put("X-Key"), "value": put(path_secret)}});
            let inbox = read("inbox", inbox).inbox;
            assert_eq!(inbox.path_secret, Some(Secret::new(path_secret)));
            assert_eq!(inbox.header, Some(("x-key".to_owned(), Secret::new(path_secret))));
        }
        for value in
            ["\"topsecret-1\"", "'topsecret-1'", "topsecret-1\ntopsecret-2", "topsecret-1\u{200b}topsecret-2", "“topsecret-1”"]
        {
            for name in
                ["client_id", "client_secret", "previous_client_secret", "scope", "user_agent", "proxy", "link_url", "host"]
            {
                let message = problem(&with(name, json!(value)));
                assert!(message.starts_with(&format!("{name}: ")) && !message.contains("topsecret"), "{message}");
            }
            for inbox in
                [json!({"path_secret": value}), json!({"hmac_secret": value}), json!({"header": {"name": "x", "value": value}})]
            {
                let message = problem(&with("inbox", inbox));
                assert!(message.starts_with("inbox: \"") && !message.contains("topsecret"), "{message}");
            }
            let environment = |name: &str| match name {
                "FINAUT_CLIENT_ID" => Some(" \u{feff}id\r\n".to_owned()),
                "FINAUT_CLIENT_SECRET" => Some(value.to_owned()),
                _ => None,
            };
            let error = Config::read(b"{}", &environment).unwrap_err();
            assert_eq!(error.code(), Code::Config);
            assert!(error.message().starts_with("FINAUT_CLIENT_SECRET: ") && !error.message().contains("topsecret"), "{error}");
            let config = Config::read(br#"{"client_secret": "other"}"#, &environment).unwrap();
            assert_eq!((config.client_id.as_str(), config.client_secret.reveal()), ("id", "other"));
        }
    }

    /// A value of the wrong type is not quoted where it may hold a secret.
    #[test]
    fn a_setting_of_the_wrong_type_is_not_quoted_where_it_may_hold_a_secret() {
        let names = [
            "client_secret",
            "client_secret_file",
            "previous_client_secret",
            "proxy",
            "inbox",
            "host",
            "state",
            "ca_file",
            "link_url",
        ];
        for name in names {
            for value in [json!(["topsecret"]), json!({"topsecret": 1}), json!("topsecret")] {
                let mut given = json!({"client_id": "a", "client_secret": "b"});
                given[name] = value;
                if let Err(e) = read(&given.to_string()) {
                    let said = e.json().to_string();
                    let own_key = name == "inbox" && said.contains("\\\"topsecret\\\" is unknown");
                    assert!(own_key || name == "host" || !said.contains("topsecret"), "{said}");
                }
            }
        }
    }

    #[test]
    fn the_environments_proxy_with_a_bare_password_is_refused_by_the_variables_name() {
        for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            let environment =
                |name: &str| (name == variable).then(|| "http://hruser:2024/Sommer@proxy.invalid:8080".to_owned());
            let error = Config::read(br#"{"client_id": "a", "client_secret": "b"}"#, &environment).unwrap_err();
            assert_eq!(error.code(), Code::Config);
            let said = error.json().to_string();
            assert!(said.contains(&format!("{variable}: ")) && said.contains("%2F"), "{said}");
            assert!(!said.contains("2024") && !said.contains("hruser"), "{said}");
        }
    }

    #[test]
    fn the_configuration_is_read_in_the_encoding_it_declares() {
        let bytes = b"{\"client_id\": \"\xe6\", \"client_secret\": \"s\", \"encoding\": \"windows-1252\"}";
        assert_eq!(Config::read(bytes, &none).map(|config| config.client_id), Ok("æ".to_owned()));
        let bytes = b"{\"client_id\": \"\x91\", \"client_secret\": \"s\", \"encoding\": \"cp865\"}";
        assert_eq!(Config::read(bytes, &none).map(|config| config.client_id), Ok("æ".to_owned()));
        let mistaken = "{\"client_id\": \"a\", \"client_secret\": \"tøpsecret\", \"encoding\": \"windows-1252\"}";
        let error = Config::read(mistaken.as_bytes(), &none).expect_err("it is UTF-8");
        assert!(error.message().contains("UTF-8") && !error.message().contains("secret"), "{error}");
        assert_eq!(Config::read(b"{\"client_id\": \"\xe6\"}", &none).map_err(|e| e.code()).err(), Some(Code::Argument));
    }

    #[test]
    fn the_environments_proxy_is_used_where_it_should_be() {
        let proxy = |host: &str, set: &[(&str, &str)]| {
            let set: Vec<_> = set.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
            let environment = move |name: &str| set.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            let json = format!(r#"{{"client_id": "a", "client_secret": "b", "host": "{host}"}}"#);
            Config::read(json.as_bytes(), &environment)
                .map(|config| config.proxy.map(|proxy| proxy.reveal().to_owned()))
                .map_err(|e| e.code())
        };
        let far = "https://api.norsktest.no";
        assert_eq!(proxy(far, &[("HTTPS_PROXY", "http://p:1")]), Ok(Some("http://p:1".into())));
        assert_eq!(proxy(far, &[("https_proxy", "http://p:1"), ("ALL_PROXY", "http://q:1")]), Ok(Some("http://p:1".into())));
        assert_eq!(proxy(far, &[("all_proxy", "http://q:1")]), Ok(Some("http://q:1".into())));
        assert_eq!(proxy(far, &[("HTTP_PROXY", "http://p:1")]), Ok(None));
        assert_eq!(proxy("http://127.0.0.1:8700", &[("HTTPS_PROXY", "http://p:1")]), Ok(None));
        for excluded in ["*", "api.norsktest.no", "x, .norsktest.no", "*.norsktest.no", "NORSKTEST.no"] {
            assert_eq!(proxy(far, &[("HTTPS_PROXY", "http://p:1"), ("NO_PROXY", excluded)]), Ok(None), "{excluded}");
        }
        assert_eq!(
            proxy(far, &[("HTTPS_PROXY", "http://p:1"), ("NO_PROXY", "test.no,localhost")]),
            Ok(Some("http://p:1".into()))
        );
        assert_eq!(proxy(far, &[("ALL_PROXY", "socks5://p:1")]), Err(Code::Config));
    }

    #[test]
    fn a_secret_is_not_shown() {
        let config = read(r#"{"client_id": "a", "client_secret": "topsecret", "proxy": "http://u:topsecret@x:1"}"#)
            .unwrap_or_else(|e| panic!("{e}"));
        assert!(!format!("{config:?}").contains("topsecret"));
    }

    /// What an empty configuration (but for its credentials) is read as, for each key with a constant default.
    #[test]
    fn every_default_of_the_keys_is_what_an_empty_configuration_has() {
        let config = read(r#"{"client_id": "a", "client_secret": "b"}"#).unwrap();
        let used = |name: &str| match name {
            "host" => json!(config.host),
            "timeout_s" => json!(config.timeout_s),
            "connect_timeout_s" => json!(config.connect_timeout_s),
            "max_wait_s" => json!(config.max_wait_s),
            "settle_s" => json!(config.settle_s),
            "late_s" => json!(config.late_s),
            "scope" => json!(config.scope),
            "encoding" => json!(config.encoding.name()),
            "cache_s" => json!(config.cache_s),
            "max_body_bytes" => json!(config.max_body_bytes),
            "user_agent" => json!(config.user_agent),
            "journal_days" => json!(config.journal_s / 86_400.0),
            "observe_s" => json!(config.observe_s),
            "throttle.requests" => json!(config.rule.requests),
            "throttle.per_s" => json!(config.rule.per_s),
            "throttle.reserve" => json!(config.rule.reserve),
            "inbox.verify" => json!(if config.inbox.fetch { "fetch" } else { "none" }),
            "inbox.verify_per_hour" => json!(config.inbox.verify_per_hour),
            "inbox.keep_days" => json!(config.inbox.limits.keep_s / 86_400.0),
            "inbox.most" => json!(config.inbox.limits.most),
            other => panic!("say here what {other} becomes"),
        };
        let mut compared = 0;
        for key in KEYS {
            let own = (key.name.to_owned(), key);
            let members = key.members.iter().map(|member| (format!("{}.{}", key.name, member.name), member));
            for (path, key) in members.chain([own]) {
                let Some(default) = key.default.and_then(DefaultValue::value) else { continue };
                let used = used(&path);
                let same = match default.as_f64() {
                    Some(number) => used.as_f64() == Some(number),
                    None => used == default,
                };
                assert!(same, "{path} is {used}, and its default {default}");
                compared += 1;
            }
        }
        assert_eq!(compared, 20);
    }

    #[test]
    fn a_key_that_stands_twice_in_a_part_is_refused() {
        for part in [r#""throttle": {"requests": 5, "requests": 6}"#, r#""inbox": {"header": {"name": "a", "name": "b"}}"#] {
            let e = read(&format!(r#"{{"client_id": "a", "client_secret": "b", {part}}}"#)).expect_err(part);
            assert!(e.code() == Code::Argument && e.message().contains("stands twice"), "{e}");
        }
    }
}
