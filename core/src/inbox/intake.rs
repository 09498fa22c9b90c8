//! What senders bring: whether to let them in, what it is about, and keeping it before they are told that it arrived. A payload
//! is a claim only; what the API says about it, `inbox.rs` finds out.

use base64::Engine;

use serde_json::{Map, Value, json};

use super::kind::Kind;
use crate::arguments;
use crate::client::{Call, Client};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::{Args, is_of_collection};
use crate::store::At;
use crate::store::inbox::{Arrival, Claim, Inbox, Kept, Link, Observation, Prints};
use crate::text::excerpt;
use crate::wire::objects::{field, path, webhook as names};
use crate::wire::{objects, protocol};

/// How many objects one request may bring.
const MOST_OBJECTS: usize = 1000;
/// The longest payload that is kept although nobody here knows what it is, where anybody can send.
const LONGEST_UNKNOWN: usize = 16 << 10;
/// How deep an object may hide in wrappers.
const DEEPEST: u32 = 3;

/// A request as it came in.
pub struct Incoming<'a> {
    pub method: &'a str,
    /// With or without its query; `None`: the host does not say.
    pub path: Option<&'a str>,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: &'a [u8],
}

/// Why a request is not let in, and the status to say it with.
#[derive(Debug, PartialEq)]
pub struct Refusal {
    pub status: u16,
    pub reason: String,
}

/// Something that a request is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A result or a user status, with its path below the API root.
    Object(Kind, String, Value),
    Link {
        ext_user_id: String,
        encrypted_user_id: String,
    },
    Unknown(Value),
}

impl Item {
    fn kind(&self) -> Kind {
        match self {
            Item::Object(kind, ..) => *kind,
            Item::Link { .. } => Kind::Link,
            Item::Unknown(_) => Kind::Unknown,
        }
    }

    fn object(&self) -> Value {
        match self {
            Item::Object(_, _, object) | Item::Unknown(object) => object.clone(),
            Item::Link { ext_user_id, encrypted_user_id } => link_object(ext_user_id, encrypted_user_id),
        }
    }
}

/// A link as hosts see it.
pub fn link_object(ext_user_id: &str, encrypted_user_id: &str) -> Value {
    json!({ "ext_user_id": ext_user_id, "encrypted_user_id": encrypted_user_id })
}

/// The name under which the store keeps an object or a link.
pub fn key(client: &Client, name: &str) -> String {
    client.fingerprint("inbox", name)
}

pub fn link_name(ext_user_id: &str) -> String {
    format!("link {ext_user_id}")
}

fn refused(status: u16, reason: impl Into<String>) -> Refusal {
    Refusal { status, reason: reason.into() }
}

impl Incoming<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn correlation_id(&self) -> Option<&str> {
        self.header(protocol::CORRELATION_ID).filter(|id| !id.is_empty())
    }

    /// Whether it may come in, and whether it is signed.
    fn check(&self, client: &Client) -> Result<bool, Refusal> {
        let trust = &client.config.inbox;
        if let Some(secret) = &trust.path_secret {
            let path = self.path.unwrap_or_default().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
            // A stranger learns nothing: that is how any path answers that is not there.
            if !same(path.rsplit('/').next().unwrap_or_default(), secret.reveal()) {
                return Err(refused(404, "The path does not end in the path_secret."));
            }
        }
        if let Some((name, secret)) = &trust.header
            && !self.header(name).is_some_and(|value| same(value, secret.reveal()))
        {
            return Err(refused(401, format!("The header {name} is missing or wrong.")));
        }
        let Some(secret) = &trust.hmac_secret else { return Ok(false) };
        let Some(signature) = self.header(names::SIGNATURE) else {
            return Err(refused(401, format!("The header {} is missing.", names::SIGNATURE)));
        };
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.reveal().as_bytes());
        let signed = signature
            .trim()
            .strip_prefix(names::SIGNATURE_BEGINS)
            .and_then(from_hexadecimal)
            .is_some_and(|tag| ring::hmac::verify(&key, self.body, &tag).is_ok());
        if signed { Ok(true) } else { Err(refused(401, format!("The header {} does not fit the body.", names::SIGNATURE))) }
    }

    /// What it is about.
    fn understand(&self) -> Result<Vec<Item>, Refusal> {
        if !self.method.eq_ignore_ascii_case("POST") {
            return Err(refused(405, "Only POST is understood."));
        }
        let body = self.body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(self.body);
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(refused(400, "The body is empty."));
        }
        let mut items = Vec::new();
        match serde_json::from_slice::<Value>(body) {
            Ok(payload) => collect(&payload, 0, &mut items),
            Err(_) => match form(body).and_then(|form| link(&form)) {
                Some(link) => items.push(link),
                None => return Err(refused(400, "The body is neither JSON nor the form of a link.")),
            },
        }
        if items.len() > MOST_OBJECTS {
            return Err(refused(413, format!("The body holds more than {MOST_OBJECTS} objects.")));
        }
        if items.is_empty() {
            return Err(refused(400, "The body holds nothing."));
        }
        Ok(items)
    }

    /// Both: checks first, so that a stranger cannot even have his payload read.
    pub fn read(&self, client: &Client) -> Result<(Vec<Item>, bool), Refusal> {
        let signed = self.check(client)?;
        Ok((self.understand()?, signed))
    }

    /// What the store is to keep of it.
    pub fn arrival(&self, client: &Client) -> Result<(Arrival, Vec<Kind>), Refusal> {
        let (items, signed) = self.read(client)?;
        let kinds = items.iter().map(Item::kind).collect();
        let trust = &client.config.inbox;
        let mut arrival = Arrival::default();
        // Whoever passed a check may set right what somebody said before.
        let checked = trust.path_secret.is_some() || trust.header.is_some() || trust.hmac_secret.is_some();
        for item in items {
            let claim = |name: &str, kind: Kind, object: Value| Claim {
                number: 0,
                key: key(client, name),
                kind: kind.word().to_owned(),
                object: Json::of(&object),
                received: client.clock.wall(),
                tried: 0,
            };
            let observation = |name: &str, kind: Kind, object: Value, link: Option<Link>| Observation {
                key: key(client, name),
                kind: kind.word().to_owned(),
                prints: prints(client, &object),
                object: Json::of(&object),
                verified: signed,
                silent: false,
                fleeting: kind == Kind::Unknown,
                link,
            };
            match item {
                Item::Object(kind, path, _) if trust.fetch => arrival.claims.push(claim(&path, kind, json!({ "path": path }))),
                Item::Object(kind, path, object) => arrival.observations.push(observation(&path, kind, object, None)),
                Item::Link { ext_user_id, encrypted_user_id } => {
                    let name = link_name(&ext_user_id);
                    let mut object = link_object(&ext_user_id, &encrypted_user_id);
                    if trust.fetch {
                        object["may_replace"] = json!(checked);
                        // Of two claims about one person both are looked into.
                        let name = format!("{name} {encrypted_user_id}");
                        arrival.claims.push(claim(&name, Kind::Link, object));
                    } else {
                        let link = Link { key: key(client, &name), encrypted_user_id, may_replace: checked };
                        arrival.observations.push(observation(&name, Kind::Link, object, Some(link)));
                    }
                }
                Item::Unknown(_) if !checked && self.body.len() > LONGEST_UNKNOWN => {
                    return Err(refused(413, "The body is too long for something that is no result, user status or link."));
                }
                Item::Unknown(object) => {
                    let name = format!("unknown {}", canonical(&object));
                    arrival.observations.push(observation(&name, Kind::Unknown, object, None));
                }
            }
        }
        arrival.delivery = self.correlation_id().map(|id| {
            let body = String::from_utf8_lossy(self.body);
            key(client, &format!("delivery {id} {body}"))
        });
        if trust.fetch {
            // The API is asked again, whatever is delivered again.
            arrival.delivery = None;
        }
        Ok((arrival, kinds))
    }
}

/// Compares without telling by its time where the first difference is.
fn same(given: &str, secret: &str) -> bool {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"finaut comparison");
    ring::hmac::verify(&key, given.as_bytes(), ring::hmac::sign(&key, secret.as_bytes()).as_ref()).is_ok()
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

/// The objects of a payload, wherever they hide.
fn collect(payload: &Value, depth: u32, items: &mut Vec<Item>) {
    match payload {
        Value::Array(parts) if depth < DEEPEST => parts.iter().for_each(|part| collect(part, depth + 1, items)),
        Value::Object(object) => {
            if let Some(item) = known(object).or_else(|| link(object)) {
                items.push(item);
                return;
            }
            let before = items.len();
            if depth < DEEPEST {
                let inner = names::WRAPPERS.iter().filter_map(|name| object.get(*name));
                inner.filter(|inner| inner.is_object() || inner.is_array()).for_each(|inner| collect(inner, depth + 1, items));
            }
            // A wrapper around nothing that is understood is kept whole.
            if items.iter().skip(before).all(|item| matches!(item, Item::Unknown(_))) {
                items.truncate(before);
                items.push(Item::Unknown(payload.clone()));
            }
        }
        other => items.push(Item::Unknown(other.clone())),
    }
}

/// A result or a user status, told by its address, else by its fields.
fn known(object: &Map<String, Value>) -> Option<Item> {
    let id = object.get(field::ID)?;
    let number = arguments::reference_number(id)?;
    let has = |names: &[&str]| names.iter().any(|name| object.contains_key(*name));
    let (kind, collection) = match id.as_str().filter(|id| id.contains('/')) {
        Some(url) if is_of_collection(url, path::RESULTS) => (Kind::Result, path::RESULTS),
        Some(url) if is_of_collection(url, path::STATUS) => (Kind::Userstatus, path::STATUS),
        Some(_) => return None,
        None if has(&names::STATUS_FIELDS) => (Kind::Userstatus, path::STATUS),
        None if has(&names::RESULT_FIELDS) => (Kind::Result, path::RESULTS),
        None => return None,
    };
    Some(Item::Object(kind, format!("{collection}{number}/"), Value::Object(object.clone())))
}

fn link(object: &Map<String, Value>) -> Option<Item> {
    let text = |names: &[&str]| {
        let value = names.iter().find_map(|name| object.get(*name))?;
        let text = value.as_str().map(str::to_owned).or_else(|| value.is_number().then(|| value.to_string()))?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    Some(Item::Link { ext_user_id: text(&names::EXT_USER_ID)?, encrypted_user_id: text(&names::ENCRYPTED_USER_ID)? })
}

/// The fields of a form, as `application/x-www-form-urlencoded` has them.
fn form(body: &[u8]) -> Option<Map<String, Value>> {
    let text = std::str::from_utf8(body).ok()?;
    let decoded = |part: &str| {
        let part = part.replace('+', " ");
        percent_encoding::percent_decode_str(&part).decode_utf8().ok().map(|text| text.into_owned())
    };
    text.trim()
        .split('&')
        .map(|pair| pair.split_once('='))
        .map(|pair| Some((decoded(pair?.0)?, json!(decoded(pair?.1)?))))
        .collect()
}

/// A text that is the same for values that mean the same: the order of keys and the host in addresses do not matter, as a server
/// behind a proxy may write them differently from one answer to the next.
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let mut parts: Vec<_> =
                object.iter().map(|(name, value)| format!("{}:{}", json!(name), canonical(value))).collect();
            parts.sort();
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::String(text) => match text.split_once(protocol::API_ROOT) {
            Some((before, rest)) if before.contains("://") && !before.contains(char::is_whitespace) => {
                json!(format!("{}{rest}", protocol::API_ROOT)).to_string()
            }
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}

/// A short fingerprint of each field, under one of its name: what stands there may be personal, too.
pub fn prints(client: &Client, object: &Value) -> Prints {
    let print = |value: &Value| client.fingerprint("field", &canonical(value)).chars().take(16).collect();
    match object {
        Value::Object(object) => {
            // Its own address is what it is known by, not what it says.
            let named = |name: &String| client.fingerprint("field", name).chars().take(16).collect();
            object.iter().filter(|(name, _)| *name != field::ID).map(|(name, value)| (named(name), print(value))).collect()
        }
        other => Prints::from_iter([(String::new(), print(other))]),
    }
}

/// The account's inbox. Errors: `config` where there is none.
pub fn inbox(client: &Client) -> Result<&dyn Inbox, Error> {
    client.store.inbox().ok_or_else(|| {
        Error::new(
            Code::Config,
            "The inbox needs a place that survives a crash: set \"state\" in the configuration to the path of a file.",
        )
    })
}

/// Keeps what several senders brought; for each the status to answer with, and a reason where it is refused.
pub fn keep(client: &Client, at: At, arrivals: &[Arrival]) -> Result<Vec<Option<Refusal>>, Error> {
    let kept = inbox(client)?.arrive(at, arrivals, client.config.inbox.limits)?;
    let full = || {
        let most = client.config.inbox.limits.most;
        refused(503, format!("The inbox is full: {most} events and unverified webhooks wait. Fetch and acknowledge events."))
    };
    Ok(kept.into_iter().map(|kept| (kept == Kept::Full).then(full)).collect())
}

fn incoming<'a>(args: &Args<'a>, decoded: &'a mut Vec<u8>) -> Result<Incoming<'a>, Error> {
    let mut headers = Vec::new();
    for (name, value) in args.get("headers").and_then(Value::as_object).into_iter().flatten() {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Array(lines) if lines.iter().all(Value::is_string) => {
                lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
            }
            _ => {
                let name = excerpt(name, 60);
                return Err(Error::invalid("headers", format!("\"{name}\" must be a string or a list of strings")));
            }
        };
        // CGI and its heirs (WSGI, PHP) write X-Hub-Signature as HTTP_X_HUB_SIGNATURE.
        let name = name.strip_prefix("HTTP_").unwrap_or(name);
        headers.push((name.to_ascii_lowercase().replace('_', "-"), value));
    }
    let body = match (args.text("body"), args.text("body_base64")) {
        (Some(_), Some(_)) => return Err(Error::invalid("body", "give it as \"body\" or as \"body_base64\", not as both")),
        (Some(text), None) => text.as_bytes(),
        (None, Some(text)) => {
            *decoded = base64::engine::general_purpose::STANDARD
                .decode(text.trim())
                .map_err(|_| Error::invalid("body_base64", "must be the body in base64"))?;
            decoded
        }
        (None, None) => &[],
    };
    Ok(Incoming { method: arguments::text(args.0, "method")?, path: args.text("path"), headers, body })
}

pub fn accept(call: &Call, args: &Args) -> Result<Value, Error> {
    let client = call.client;
    inbox(client)?;
    let mut decoded = Vec::new();
    let incoming = incoming(args, &mut decoded)?;
    let outcome = match incoming.arrival(client) {
        Err(refusal) => Err(refusal),
        Ok((arrival, kinds)) => match keep(client, call.at(), &[arrival])?.into_iter().flatten().next() {
            Some(refusal) => Err(refusal),
            None => Ok(kinds),
        },
    };
    let id = incoming.correlation_id();
    Ok(match outcome {
        Ok(kinds) => {
            let kinds: Vec<_> = kinds.into_iter().map(Kind::word).collect();
            json!({ "http_status": 200, "reason": null, "kinds": kinds, "correlation_id": id })
        }
        Err(Refusal { status, reason }) => {
            json!({ "http_status": status, "reason": reason, "kinds": [], "correlation_id": id })
        }
    })
}

pub fn parse(call: &Call, args: &Args) -> Result<Value, Error> {
    let mut decoded = Vec::new();
    let incoming = incoming(args, &mut decoded)?;
    let id = incoming.correlation_id();
    Ok(match incoming.read(call.client) {
        Ok((items, signed)) => {
            let objects: Vec<_> =
                items.iter().map(|item| json!({ "kind": item.kind().word(), "object": item.object() })).collect();
            json!({ "http_status": 200, "reason": null, "objects": objects, "signed": signed, "correlation_id": id })
        }
        Err(Refusal { status, reason }) => {
            json!({ "http_status": status, "reason": reason, "objects": [], "signed": false, "correlation_id": id })
        }
    })
}
