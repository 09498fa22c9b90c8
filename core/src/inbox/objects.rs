//! How the inbox tells objects apart, and a change from a repetition: the key of an object, and a fingerprint of each of its fields.
//! Neither can be turned back into what it was made from.

use serde_json::{Map, Value, json};

use crate::client::Call;
use crate::json::Json;
use crate::operations::views;
use crate::store::inbox::Prints;
use crate::wire::objects::field;
use crate::wire::protocol;

/// How many digits of a fingerprint tell one field's values apart.
const PRINT_DIGITS: usize = 16;

/// The name under which the store keeps an object, a link or a delivery.
pub fn key(call: &Call, name: &str) -> String {
    call.fingerprint("inbox", name)
}

/// A link as hosts see it: `{"ext_user_id", "encrypted_user_id"}`.
pub fn link_object(ext_user_id: &str, encrypted_user_id: &str) -> Json {
    Json::of(&json!({ "ext_user_id": ext_user_id, "encrypted_user_id": encrypted_user_id }))
}

/// The number in an object's `id`.
pub fn number(object: &Json) -> Option<u64> {
    let [id] = object.members([field::ID]);
    views::number(id?)
}

/// A fingerprint of each field, under a fingerprint of its name: what stands there may be personal. What is no object has one
/// fingerprint under the empty name.
pub fn prints(call: &Call, object: &Json) -> Prints {
    let print = |text: &str| call.fingerprint("field", text).chars().take(PRINT_DIGITS).collect::<String>();
    match object.view::<Map<String, Value>>() {
        Some(fields) => fields
            .iter()
            // Its own address is what it is known by, not what it says.
            .filter(|(name, _)| *name != field::ID)
            .map(|(name, value)| (print(name), print(&canonical_value(value))))
            .collect(),
        None => Prints::from([(String::new(), print(&canonical(object)))]),
    }
}

/// A text that is the same for values that mean the same: the order of keys and the host in addresses do not matter, as a server
/// behind a proxy may write them differently from one answer to the next.
pub fn canonical(value: &Json) -> String {
    // What is nested too deeply to be read stays as it is written.
    value.view::<Value>().map_or_else(|| value.as_str().to_owned(), |value| canonical_value(&value))
}

fn canonical_value(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let mut parts: Vec<_> =
                object.iter().map(|(name, value)| format!("{}:{}", json!(name), canonical_value(value))).collect();
            crate::sets::sort_by(&mut parts, String::cmp);
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical_value).collect::<Vec<_>>().join(",")),
        Value::String(text) => match text.split_once(protocol::API_ROOT) {
            Some((before, rest)) if before.contains("://") && !before.contains(char::is_whitespace) => {
                json!(format!("{}{rest}", protocol::API_ROOT)).to_string()
            }
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}
