//! References between objects: absolute URLs, read as DRF's HyperlinkedRelatedField reads them.

use crate::rest::route::place;
use serde_json::Value;

/// The id in a URL that should lead to an object of `collection`, or DRF's message. DRF looks at the path alone: scheme
/// and host may be any, or missing.
pub(crate) fn id_in<'a>(url: &'a Value, collection: &str) -> Result<&'a str, String> {
    let Value::String(url) = url else {
        return Err(format!("Incorrect type. Expected URL string, received {}.", python_type(url)));
    };
    let url = url.trim();
    let after_scheme = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let path = match after_scheme {
        Some(rest) => &rest[rest.find('/').unwrap_or(rest.len())..],
        None => url,
    };
    match place(path) {
        None => Err("Invalid hyperlink - No URL match.".to_owned()),
        Some(place) => match place.id {
            Some(id) if place.collection == collection => Ok(id),
            _ => Err("Invalid hyperlink - Incorrect URL match.".to_owned()),
        },
    }
}

/// The numeric id, if `exists` knows it.
pub(crate) fn known_id(url: &Value, collection: &str, exists: impl Fn(u64) -> bool) -> Result<u64, String> {
    let id = id_in(url, collection)?;
    id.parse().ok().filter(|id| exists(*id)).ok_or_else(nowhere)
}

pub(crate) fn nowhere() -> String {
    "Invalid hyperlink - Object does not exist.".to_owned()
}

/// What Python calls the type of a JSON value: DRF's messages name it.
pub(crate) fn python_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_i64() || number.is_u64() => "int",
        Value::Number(_) => "float",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}
