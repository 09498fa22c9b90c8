//! What a body is about: results, user statuses and links, however they are wrapped, and what nobody here understands. Whether it
//! is true is not looked at here.

use serde_json::{Map, Value};

use super::kind::Kind;
use super::objects::link_object;
use super::refusal::Refusal;
use crate::arguments;
use crate::json::{self, Json};
use crate::operations::address::is_of_collection;
use crate::wire::objects::{field, path, webhook as names};

/// How many objects one request may bring.
const MOST_OBJECTS: usize = 1000;
/// How many wrappers an object may be nested in.
const DEEPEST: u32 = 3;

/// Something that a request is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A result or a user status.
    Object {
        /// Which of the two.
        kind: Kind,
        /// Its path below the API root, as `results/999/`.
        path: String,
        /// The object as the sender wrote it.
        object: Json,
    },
    /// Somebody has linked an account on the host's side.
    Link {
        /// The person's id on the host's side.
        ext_user_id: String,
        /// FinAut's id of the person.
        encrypted_user_id: String,
    },
    /// Anything else, as the sender wrote it.
    Unknown(Json),
}

impl Item {
    /// What kind of event it would be.
    pub fn kind(&self) -> Kind {
        match self {
            Item::Object { kind, .. } => *kind,
            Item::Link { .. } => Kind::Link,
            Item::Unknown(_) => Kind::Unknown,
        }
    }

    /// The object as a host sees it.
    pub fn object(&self) -> Json {
        match self {
            Item::Object { object, .. } | Item::Unknown(object) => object.clone(),
            Item::Link { ext_user_id, encrypted_user_id } => link_object(ext_user_id, encrypted_user_id),
        }
    }
}

/// The items of a body, which is JSON or, for a link, a form: at least one, at most 1,000. Refused with 400 if it is empty or
/// neither, with 413 if it holds more.
pub fn items(body: &[u8]) -> Result<Vec<Item>, Refusal> {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::new(400, "The body is empty."));
    }
    let mut items = Vec::new();
    match json::value(body) {
        Ok(payload) => collect(&payload, 0, &mut items),
        Err(_) => match form(body).and_then(|form| link(&form)) {
            Some(link) => items.push(link),
            None => return Err(Refusal::new(400, "The body is neither JSON nor the form of a link.")),
        },
    }
    if items.len() > MOST_OBJECTS {
        return Err(Refusal::new(413, format!("The body holds more than {MOST_OBJECTS} objects.")));
    }
    if items.is_empty() {
        return Err(Refusal::new(400, "The body holds nothing."));
    }
    Ok(items)
}

/// Adds the objects of a payload, wherever they are nested.
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
                items.push(Item::Unknown(Json::of(payload)));
            }
        }
        other => items.push(Item::Unknown(Json::of(other))),
    }
}

/// A result or a user status: told by its address, else by its fields.
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
    Some(Item::Object { kind, path: format!("{collection}{number}/"), object: Json::of(object) })
}

fn link(object: &Map<String, Value>) -> Option<Item> {
    let text = |names: &[&str]| {
        let value = names.iter().find_map(|name| object.get(*name))?;
        let text = value.as_str().map(str::to_owned).or_else(|| value.is_number().then(|| value.to_string()))?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    Some(Item::Link { ext_user_id: text(&names::EXT_USER_ID)?, encrypted_user_id: text(&names::ENCRYPTED_USER_ID)? })
}

/// The fields of a form; `None` if its text is no UTF-8.
fn form(body: &[u8]) -> Option<Map<String, Value>> {
    let fields: Map<_, _> = form_urlencoded::parse(body.trim_ascii())
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect();
    // The parser writes this character where the text is no UTF-8: an id with a hole in it would be another person's.
    let broken = |text: &str| text.contains(char::REPLACEMENT_CHARACTER);
    (!fields.iter().any(|(name, value)| broken(name) || value.as_str().is_some_and(broken))).then_some(fields)
}
