//! The configuration: JSON and environment in, checked values out.

use std::fmt;

use encoding_rs::Encoding;
use serde_json::{Map, Value};
use ureq::http::Uri;
use zeroize::Zeroizing;

use crate::arguments::{self, Argument, Shape};
use crate::error::{Code, Error};
use crate::wire;

/// A text that shows itself to nobody and is wiped when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Secret(Zeroizing::new(text.into()))
    }
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("***")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// The server's throttle as we keep to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// How many requests the server accepts …
    pub requests: usize,
    /// … within so many seconds.
    pub per_s: f64,
    /// How many of them bulk calls leave to interactive ones.
    pub reserve: usize,
}

/// How much the inbox holds, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many events and claims may wait.
    pub most: usize,
    /// How long acknowledged events are kept, in seconds.
    pub keep_s: f64,
}

/// Whom the inbox believes, and how much it keeps.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// The last segment of the path that webhooks come in by.
    pub path_secret: Option<Secret>,
    /// A header that they must carry: name in lower case, and value.
    pub header: Option<(String, Secret)>,
    /// What the sender signs with.
    pub hmac_secret: Option<Secret>,
    /// What a webhook says is asked of the API before it is delivered.
    pub fetch: bool,
    /// How many requests an hour that may take.
    pub verify_per_hour: usize,
    pub limits: Limits,
}

/// A checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    pub client_id: String,
    pub client_secret: Secret,
    /// The secret before this one: what the state keeps under it is taken over.
    pub previous_client_secret: Option<Secret>,
    /// Scheme, authority and path prefix, without a slash at its end.
    pub host: String,
    pub loopback: bool,
    /// Path of the state file; `None`: state lives in the process.
    pub state: Option<String>,
    pub timeout_s: f64,
    pub connect_timeout_s: f64,
    pub max_wait_s: f64,
    pub settle_s: f64,
    pub rule: Rule,
    pub scope: String,
    pub proxy: Option<Secret>,
    pub ca_file: Option<String>,
    pub encoding: &'static Encoding,
    pub cache_s: f64,
    pub link_url: Option<String>,
    pub inbox: Inbox,
    pub max_body_bytes: u64,
    pub user_agent: String,
    /// What this machine is called where several share a state: FINAUT_MACHINE, else the host's name.
    pub machine: String,
}

const fn key(name: &'static str, shape: Shape, about: &'static str) -> Argument {
    Argument { name, shape, required: false, about }
}

/// Every key of the configuration.
pub const KEYS: &[Argument] = &[
    key("client_id", Shape::Text, "OAuth client id; else the environment's FINAUT_CLIENT_ID"),
    key("client_secret", Shape::Text, "OAuth client secret; else the environment's FINAUT_CLIENT_SECRET"),
    key(
        "previous_client_secret",
        Shape::Text,
        "the client secret before this one, after a change: what the state keeps under it is taken over at first use, and the old secret no longer opens it",
    ),
    key("host", Shape::Text, "base address of the server; else FINAUT_API_HOST, else https://api.norsktest.no"),
    key(
        "state",
        Shape::Text,
        "path of a file that all processes of this machine share: token, used requests, what is remembered; absent: the process's own memory",
    ),
    key("timeout_s", Shape::Seconds, "longest time for one request, connecting included; 30"),
    key("connect_timeout_s", Shape::Seconds, "longest time for connecting; 10"),
    key("max_wait_s", Shape::Seconds, "longest time that a call waits for slots and retries; 60"),
    key("settle_s", Shape::Seconds, "how long an object must stay absent before a broken creation is sent again; 10"),
    key(
        "throttle",
        Shape::Object,
        "{\"requests\": 200, \"per_s\": 3600, \"reserve\": 0}: the server's limit, and how many requests bulk calls leave to interactive ones",
    ),
    key("scope", Shape::Text, "OAuth scope; \"read write\""),
    key(
        "proxy",
        Shape::Text,
        "HTTP proxy as http://user:password@host:port, or \"none\"; else the environment's HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the host (this machine itself is reached without)",
    ),
    key("ca_file", Shape::Text, "PEM file of certificate authorities trusted besides the system's"),
    key(
        "encoding",
        Shape::Text,
        "encoding of all text in and out: UTF-8, or one of one byte for each character, as \"windows-1252\"; UTF-8",
    ),
    key("cache_s", Shape::Seconds, "how long schemes, companies and departments are remembered; 86400"),
    key("link_url", Shape::Text, "address that starts the link flow, with {ext_user_id} in it"),
    key(
        "inbox",
        Shape::Object,
        "whom the inbox believes and what it keeps: {\"path_secret\", \"header\": {\"name\", \"value\"}, \"hmac_secret\", \"verify\": \"fetch\", \"verify_per_hour\": 40, \"keep_days\": 30, \"most\": 10000}",
    ),
    key("max_body_bytes", Shape::Count, "longest answer that is read, in bytes; 8388608"),
    key("user_agent", Shape::Text, "User-Agent header; finaut/VERSION"),
];

const THROTTLE_KEYS: &[Argument] = &[
    key("requests", Shape::Count, "how many requests the server accepts"),
    key("per_s", Shape::Seconds, "in how many seconds"),
    key("reserve", Shape::Number, "how many of them bulk calls leave to interactive ones"),
];

const INBOX_KEYS: &[Argument] = &[
    key("path_secret", Shape::Text, "last segment of the path of webhooks"),
    key("header", Shape::Object, "header that webhooks carry"),
    key("hmac_secret", Shape::Text, "what webhooks are signed with"),
    key(
        "verify",
        Shape::Text,
        "\"fetch\": what a webhook says is asked of the API first; \"none\": it is delivered as it came",
    ),
    key("verify_per_hour", Shape::Count, "how many requests an hour that may take"),
    key("keep_days", Shape::Number, "how long acknowledged events are kept"),
    key("most", Shape::Count, "how many events and unverified webhooks may wait"),
];

const HEADER_KEYS: &[Argument] = &[
    Argument { name: "name", shape: Shape::Text, required: true, about: "the header's name" },
    Argument { name: "value", shape: Shape::Text, required: true, about: "its secret value" },
];

const SECRET_KEYS: &[&str] = &["client_secret", "previous_client_secret", "proxy"];
/// 128 bits in letters and digits.
const SHORTEST_SECRET: usize = 22;

impl Config {
    /// Reads and checks. `environment` looks up a variable; it is a parameter so that tests need not change the process's own.
    ///
    /// Errors: `argument` for what is no JSON object, `config` for everything else.
    pub fn read(bytes: &[u8], environment: &dyn Fn(&str) -> Option<String>) -> Result<Config, Error> {
        arguments::check_length(bytes, "the configuration")?;
        let encoding = declared_encoding(bytes)?;
        let given = arguments::read(bytes, encoding, "the configuration")?;
        Config::from_object(&given, encoding, environment).map_err(|e| {
            let message = e.message().trim_end_matches(" Nothing was sent.").to_owned();
            e.with_code(Code::Config, message)
        })
    }

    fn from_object(
        given: &Map<String, Value>,
        encoding: &'static Encoding,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Config, Error> {
        arguments::check(KEYS.iter(), given, SECRET_KEYS)?;
        let text = |name: &str| given.get(name).and_then(Value::as_str).map(str::to_owned);
        let from_environment =
            |name: &str| environment(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let credential = |name: &str, variable: &str| {
            text(name).or_else(|| from_environment(variable)).ok_or_else(|| {
                bad(name, &format!("is missing: give \"{name}\" in the configuration or {variable} in the environment"))
            })
        };
        let client_id = credential("client_id", "FINAUT_CLIENT_ID")?;
        let client_secret = Secret::new(credential("client_secret", "FINAUT_CLIENT_SECRET")?);
        let host = text("host").or_else(|| from_environment("FINAUT_API_HOST")).unwrap_or_else(|| wire::DEFAULT_HOST.into());
        let (host, loopback) = checked_host(&host)?;
        let user_agent = text("user_agent").unwrap_or_else(|| concat!("finaut/", env!("CARGO_PKG_VERSION")).into());
        if !user_agent.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            return Err(bad("user_agent", "may hold printable ASCII characters only"));
        }
        let link_url = text("link_url");
        if let Some(url) = &link_url {
            checked_link_url(url)?;
        }
        let proxy = match text("proxy") {
            Some(none) if none == "none" => None,
            Some(proxy) => Some(checked_proxy("proxy", proxy)?),
            // No proxy stands between us and this machine itself.
            None if loopback => None,
            None => proxy_from_environment(&host, &from_environment)?,
        };
        Ok(Config {
            client_id,
            client_secret,
            previous_client_secret: text("previous_client_secret").map(Secret::new),
            machine: from_environment("FINAUT_MACHINE").unwrap_or_else(|| host_name(&from_environment)),
            host,
            loopback,
            state: text("state"),
            timeout_s: seconds(given, "timeout_s", 30.0, 0.001..=3600.0)?,
            connect_timeout_s: seconds(given, "connect_timeout_s", 10.0, 0.001..=3600.0)?,
            max_wait_s: seconds(given, "max_wait_s", 60.0, 0.0..=1e9)?,
            settle_s: seconds(given, "settle_s", 10.0, 0.0..=3600.0)?,
            rule: rule(given.get("throttle"))?,
            scope: text("scope").unwrap_or_else(|| wire::DEFAULT_SCOPE.into()),
            proxy,
            ca_file: text("ca_file"),
            encoding,
            cache_s: seconds(given, "cache_s", 86_400.0, 0.0..=1e9)?,
            link_url,
            inbox: inbox(given.get("inbox"))?,
            max_body_bytes: given.get("max_body_bytes").and_then(Value::as_u64).unwrap_or(8 << 20),
            user_agent,
        })
    }
}

/// What the system calls this machine; empty where it does not say.
#[cfg(unix)]
fn host_name(_: &dyn Fn(&str) -> Option<String>) -> String {
    let mut name = [0_u8; 256];
    // SAFETY: the buffer is live and as long as is said. A name that does not fit may lack its zero byte; it is cut then.
    let named = unsafe { libc::gethostname(name.as_mut_ptr().cast(), name.len()) } == 0;
    let name = name.split(|b| *b == 0).next().filter(|_| named).unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

#[cfg(not(unix))]
fn host_name(environment: &dyn Fn(&str) -> Option<String>) -> String {
    environment("COMPUTERNAME").unwrap_or_default()
}

fn bad(key: &str, problem: &str) -> Error {
    Error::new(Code::Config, format!("{key}: {problem}.")).field(key, problem)
}

fn seconds(given: &Map<String, Value>, name: &str, default: f64, range: std::ops::RangeInclusive<f64>) -> Result<f64, Error> {
    let value = given.get(name).and_then(Value::as_f64).unwrap_or(default);
    if range.contains(&value) {
        return Ok(value);
    }
    Err(bad(name, &format!("must be from {} to {} seconds, not {value}", range.start(), range.end())))
}

fn rule(given: Option<&Value>) -> Result<Rule, Error> {
    let empty = Map::new();
    let given = given.and_then(Value::as_object).unwrap_or(&empty);
    arguments::check(THROTTLE_KEYS.iter(), given, &[])
        .map_err(|e| bad("throttle", e.message().trim_end_matches(". Nothing was sent.")))?;
    let whole = |name: &str, default: i64| {
        let value =
            given.get(name).and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok())).unwrap_or(default);
        usize::try_from(value).map_err(|_| bad("throttle", &format!("\"{name}\" must not be negative")))
    };
    let rule = Rule {
        requests: whole("requests", 200)?,
        per_s: seconds(given, "per_s", 3600.0, 0.1..=86_400.0)
            .map_err(|e| bad("throttle", e.message().trim_end_matches('.')))?,
        reserve: whole("reserve", 0)?,
    };
    if rule.requests > 100_000 {
        return Err(bad("throttle", "\"requests\" must be at most 100000"));
    }
    if rule.reserve >= rule.requests {
        return Err(bad("throttle", "\"reserve\" must be smaller than \"requests\", or bulk calls could never run"));
    }
    Ok(rule)
}

fn inbox(given: Option<&Value>) -> Result<Inbox, Error> {
    let empty = Map::new();
    let given = given.and_then(Value::as_object).unwrap_or(&empty);
    let checked = |keys: &[Argument], name: &str, given: &Map<String, Value>, secret: &[&str]| {
        arguments::check(keys.iter(), given, secret).map_err(|e| bad(name, e.message().trim_end_matches(". Nothing was sent.")))
    };
    checked(INBOX_KEYS, "inbox", given, &["path_secret", "hmac_secret", "header"])?;
    let text = |name: &str| given.get(name).and_then(Value::as_str);
    // Whoever can guess it can send events.
    let secret = |name: &str, value: &str, in_path: bool| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        let different = value.bytes().collect::<std::collections::BTreeSet<_>>().len();
        let problem = if value.len() < SHORTEST_SECRET {
            format!("must have at least {SHORTEST_SECRET} characters")
        } else if different < 8 {
            "is too easy to guess: it repeats a few characters".to_owned()
        } else if in_path && !value.bytes().all(plain) {
            "must be of letters and digits, as it is part of an address".to_owned()
        } else {
            return Ok(Secret::new(value));
        };
        Err(bad("inbox", &format!("\"{name}\" {problem}; make a random one with: openssl rand -hex 16")))
    };
    let header = match given.get("header").and_then(Value::as_object) {
        None => None,
        Some(header) => {
            checked(HEADER_KEYS, "inbox", header, &["value"])?;
            let part = |name: &str| header.get(name).and_then(Value::as_str).unwrap_or_default();
            let name = part("name").to_ascii_lowercase();
            if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)) {
                return Err(bad("inbox", "the \"name\" of \"header\" must be a header's name, as X-Inbox-Key"));
            }
            Some((name, secret("header", part("value"), false)?))
        }
    };
    let fetch = match text("verify") {
        None | Some("fetch") => true,
        Some("none") => false,
        Some(other) => {
            let other = crate::text::excerpt(other, 40);
            return Err(bad("inbox", &format!("\"verify\" must be \"fetch\" or \"none\", not \"{other}\"")));
        }
    };
    let whole = |name: &str, default: u64, most: u64| match given.get(name) {
        None => Ok(default),
        Some(value) => value
            .as_u64()
            .or_else(|| value.as_str()?.parse().ok())
            .filter(|value| *value <= most)
            .ok_or_else(|| bad("inbox", &format!("\"{name}\" must be a whole number up to {most}"))),
    };
    Ok(Inbox {
        path_secret: text("path_secret").map(|value| secret("path_secret", value, true)).transpose()?,
        header,
        hmac_secret: text("hmac_secret").map(|value| secret("hmac_secret", value, false)).transpose()?,
        fetch,
        verify_per_hour: whole("verify_per_hour", 40, 100_000)? as usize,
        limits: Limits {
            most: whole("most", 10_000, 1_000_000)? as usize,
            keep_s: whole("keep_days", 30, 36_500)? as f64 * 86_400.0,
        },
    })
}

/// The address without a slash at its end, and whether it is this machine.
fn checked_host(host: &str) -> Result<(String, bool), Error> {
    let host = host.trim().trim_end_matches('/');
    let shown = crate::text::excerpt(host, 100);
    let uri: Uri =
        host.parse().map_err(|_| bad("host", &format!("\"{shown}\" is no address; write it as https://api.norsktest.no")))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(bad("host", &format!("\"{shown}\" lacks its beginning; write it as https://api.norsktest.no")));
    };
    if authority.as_str().contains('@') || uri.query().is_some() {
        return Err(bad("host", "must hold no user name, password or query; write it as https://api.norsktest.no"));
    }
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    let loopback = name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match scheme {
        "https" => {}
        "http" if loopback => {}
        "http" => {
            return Err(bad(
                "host",
                &format!(
                    "\"{shown}\" is not encrypted; write https:// (http is for this machine alone, as http://127.0.0.1:8700)"
                ),
            ));
        }
        _ => return Err(bad("host", &format!("\"{shown}\" must begin with https://"))),
    }
    // One spelling for one server: those who count together are told by it.
    let port = match (authority.port_u16(), scheme) {
        (None, _) | (Some(443), "https") | (Some(80), "http") => String::new(),
        (Some(port), _) => format!(":{port}"),
    };
    let path = uri.path().trim_end_matches('/');
    Ok((format!("{scheme}://{}{port}{path}", authority.host().to_ascii_lowercase()), loopback))
}

fn checked_link_url(url: &str) -> Result<(), Error> {
    if url.matches(wire::LINK_PLACEHOLDER).count() != 1 {
        return Err(bad("link_url", "must hold {ext_user_id} once, where the person's id on your side goes"));
    }
    let filled = url.replace(wire::LINK_PLACEHOLDER, "1");
    match filled.parse::<Uri>() {
        Ok(uri) if matches!(uri.scheme_str(), Some("https" | "http")) && uri.authority().is_some() => Ok(()),
        _ => Err(bad("link_url", "is no address; write it as https://…?ext-user-id={ext_user_id}")),
    }
}

fn checked_proxy(source: &str, proxy: String) -> Result<Secret, Error> {
    // What stands in it may be a password: the message does not quote it.
    let parsed = ureq::Proxy::new(&proxy).map_err(|_| bad(source, "is no address; write it as http://host:port"))?;
    match parsed.protocol() {
        ureq::ProxyProtocol::Http | ureq::ProxyProtocol::Https => Ok(Secret::new(proxy)),
        _ => Err(bad(
            source,
            "must be an HTTP proxy, as http://host:port; set \"proxy\" in the configuration to one, or to \"none\"",
        )),
    }
}

/// As most programs have it: `HTTPS_PROXY`, else `ALL_PROXY`, in capitals or not, unless `NO_PROXY` names the host.
fn proxy_from_environment(host: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Option<Secret>, Error> {
    let either =
        |name: &'static str| environment(name).or_else(|| environment(&name.to_lowercase())).map(|value| (name, value));
    let Some((source, proxy)) = either("HTTPS_PROXY").or_else(|| either("ALL_PROXY")) else { return Ok(None) };
    let name = host.parse::<Uri>().ok().and_then(|uri| Some(uri.host()?.to_lowercase())).unwrap_or_default();
    let excluded = either("NO_PROXY").map(|(_, names)| names.to_lowercase()).unwrap_or_default();
    let excludes = |entry: &str| {
        let entry = entry.trim().split(':').next().unwrap_or_default().trim_start_matches('*').trim_start_matches('.');
        !entry.is_empty() && (name == entry || name.ends_with(&format!(".{entry}")))
    };
    if excluded.split(',').any(|entry| entry.trim() == "*" || excludes(entry)) {
        return Ok(None);
    }
    checked_proxy(source, proxy).map(Some)
}

/// The encoding that the configuration itself declares and is therefore written in. Bytes beyond ASCII are looked past: the
/// label and its key are ASCII in every encoding that can be declared.
fn declared_encoding(bytes: &[u8]) -> Result<&'static Encoding, Error> {
    let ascii: String = bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect();
    let Some(label) = serde_json::from_str::<Value>(ascii.trim_start_matches('?'))
        .ok()
        .and_then(|given| given.get("encoding")?.as_str().map(str::to_owned))
    else {
        return Ok(encoding_rs::UTF_8);
    };
    match Encoding::for_label_no_replacement(label.as_bytes()) {
        // Where a character takes several bytes, some of them look like JSON's own backslash or quote.
        Some(encoding)
            if encoding == encoding_rs::UTF_8 || (encoding.is_single_byte() && encoding != encoding_rs::X_USER_DEFINED) =>
        {
            Ok(encoding)
        }
        Some(_) => Err(bad(
            "encoding",
            &format!(
                "\"{}\" is not supported; use UTF-8, or an encoding of one byte for each character, as windows-1252",
                crate::text::excerpt(&label, 40)
            ),
        )),
        None => Err(bad(
            "encoding",
            &format!(
                "\"{}\" is unknown; use a label of the WHATWG Encoding Standard, as utf-8 or windows-1252",
                crate::text::excerpt(&label, 40)
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                e.message().to_owned()
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
        assert!(with(r#""encoding": "utf-16le""#).contains("not supported"));
        assert!(with(r#""encoding": "klingon""#).contains("unknown"));
        assert!(with(r#""proxy": "socks5://x:1""#).contains("HTTP proxy"));
        assert!(!problem(r#"{"client_id": "a", "client_secret": 991199}"#).contains("991199"));
    }

    #[test]
    fn the_configuration_is_read_in_the_encoding_it_declares() {
        let bytes = b"{\"client_id\": \"\xe6\", \"client_secret\": \"s\", \"encoding\": \"windows-1252\"}";
        assert_eq!(Config::read(bytes, &none).map(|config| config.client_id), Ok("æ".to_owned()));
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
}
