//! JSON text that was validated and is kept as it was written: owned ([`Json`]) or borrowed from such a text ([`JsonRef`]). Reading
//! for hosts without a JSON library is in `cursor`, writing in `pointer`.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

pub mod cursor;
mod depth;
mod pointer;
mod scan;

use cursor::Cursor;
pub use depth::{MOST_LEVELS, check as check_depth, value};
pub use pointer::{set, set_json, without_mark};

/// Validated JSON text, owned: what a server or an operation answered. It goes through as it was written, its numbers' spelling
/// and the order of its members included.
#[derive(Clone, PartialEq, Eq)]
pub struct Json(String);

impl Json {
    /// The JSON `null`.
    pub fn null() -> Json {
        Json("null".to_owned())
    }

    /// Text that a server or a store gave. Errors: serde_json's, for what is no JSON or no UTF-8, or is nested too deep to be read on a
    /// small stack.
    pub fn read(bytes: &[u8]) -> Result<Json, serde_json::Error> {
        raw(bytes).map(|text| Json(text.to_owned()))
    }

    /// The same text itself, not a copy. Errors: as [`Json::read`]; the bytes are given back with them.
    pub fn take(bytes: Vec<u8>) -> Result<Json, (serde_json::Error, Vec<u8>)> {
        let mut text = String::from_utf8(bytes).map_err(|e| {
            let bytes = e.into_bytes();
            (raw(&bytes).err().unwrap_or_else(|| serde::de::Error::custom("it is no UTF-8")), bytes)
        })?;
        let (start, length) = match raw_in(&text) {
            Ok(value) => (value.as_ptr().addr() - text.as_ptr().addr(), value.len()),
            Err(e) => return Err((e, text.into_bytes())),
        };
        text.truncate(start + length);
        if start > 0 {
            text.drain(..start);
        }
        Ok(Json(text))
    }

    /// What a value is written as. A value whose keys are no strings, which JSON cannot express, becomes `null`.
    pub fn of(value: &impl Serialize) -> Json {
        serde_json::to_string(value).map_or_else(|_| Json::null(), Json)
    }

    /// An object of these members. One body for all: where an object has many, `json!` takes kilobytes of code for each.
    #[inline(never)]
    pub fn of_members(members: Vec<(&str, serde_json::Value)>) -> Json {
        Json::of(&members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<serde_json::Map<_, _>>())
    }

    /// Text that was put together from validated parts and marks between them, itself.
    pub(crate) fn assembled(text: String) -> Json {
        Json(text)
    }

    /// JSON text put together from validated parts and marks between them.
    pub fn joined(parts: &[&str]) -> Json {
        Json(parts.concat())
    }

    /// The same object with one more member, which becomes its last; the text of the others stays as it is. What is no object stays as
    /// it is, too.
    pub fn with_last(mut self, name: &str, value: &Json) -> Json {
        let Some(end) = self.0.rfind('}').filter(|_| self.0.starts_with('{')) else { return self };
        self.0.truncate(end);
        let is_empty = self.0.get(1..).is_none_or(|inside| inside.trim().is_empty());
        self.0.push_str(if is_empty { "" } else { "," });
        self.0.push_str(&Json::of(&name).0);
        self.0.push(':');
        self.0.push_str(&value.0);
        self.0.push('}');
        self
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text itself.
    pub fn into_string(self) -> String {
        self.0
    }

    /// True for `null`.
    pub fn is_null(&self) -> bool {
        self.0 == "null"
    }

    /// The members of these names, found in one pass, in the order of `names`; `None` for each that is missing, and for all if this is
    /// no object. Of a name that stands twice the last one counts.
    pub fn members<const N: usize>(&self, names: [&str; N]) -> [Option<JsonRef<'_>>; N] {
        members(&self.0, &names)
    }

    /// The whole as a value.
    pub fn all(&self) -> JsonRef<'_> {
        JsonRef(&self.0)
    }

    /// Where the items of an array stand that is a part of this text; `None` for anything else.
    pub fn spans(&self, array: JsonRef) -> Option<Vec<Range<usize>>> {
        let offset = |part: JsonRef| part.0.as_ptr().addr().checked_sub(self.0.as_ptr().addr());
        let mut spans = Vec::new();
        if !array.0.starts_with('[') {
            return None;
        }
        walk(array.0, |_, item| {
            spans.extend(offset(item).map(|start| start..start + item.0.len()));
            true
        });
        Some(spans)
    }

    /// The value that stands there; `null` where none does.
    pub fn part(&self, span: &Range<usize>) -> JsonRef<'_> {
        JsonRef(self.0.get(span.clone()).unwrap_or("null"))
    }

    /// Reads what is wanted of it, in one pass; `None` if it has another shape.
    pub fn view<'a, T: Deserialize<'a>>(&'a self) -> Option<T> {
        serde_json::from_str(&self.0).ok()
    }
}

/// The value in somebody else's text, without what may stand around it.
fn raw(bytes: &[u8]) -> Result<&str, serde_json::Error> {
    match std::str::from_utf8(bytes) {
        Ok(text) => raw_in(text),
        Err(_) => check_depth(bytes).and_then(|()| serde_json::from_slice(bytes).map(RawValue::get)),
    }
}

fn raw_in(text: &str) -> Result<&str, serde_json::Error> {
    let text = without_mark(text);
    if let Some(value) = scan::value(text.as_bytes()).and_then(|place| text.get(place)) {
        return Ok(value);
    }
    check_depth(text.as_bytes())?;
    serde_json::from_str(text).map(RawValue::get)
}

/// A value inside a [`Json`]: validated, and not read yet.
#[derive(Clone, Copy)]
pub struct JsonRef<'a>(&'a str);

impl<'a> JsonRef<'a> {
    /// A part of a validated text that is a value by itself.
    pub(crate) fn within(text: &'a str) -> JsonRef<'a> {
        JsonRef(text)
    }

    /// The text, as it was written.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// A copy that is owned.
    pub fn to_json(self) -> Json {
        Json(self.as_str().to_owned())
    }

    /// True for `null`.
    pub fn is_null(self) -> bool {
        self.as_str() == "null"
    }

    /// True for an object or an array.
    pub fn is_composite(self) -> bool {
        self.as_str().starts_with(['{', '['])
    }

    /// The content of a string, its escapes undone; `None` for anything else.
    pub fn text(self) -> Option<Cow<'a, str>> {
        let content = self.0.strip_prefix('"')?.strip_suffix('"')?;
        if !content.contains('\\') {
            return Some(Cow::Borrowed(content));
        }
        let content = cursor::content(self.0.as_bytes(), true).ok()?;
        String::from_utf8(content).ok().map(Cow::Owned)
    }

    /// The items of an array; `None` for anything else.
    pub fn items(self) -> Option<Vec<JsonRef<'a>>> {
        if !self.0.starts_with('[') {
            return None;
        }
        let mut items = Vec::new();
        walk(self.0, |_, value| {
            items.push(value);
            true
        });
        Some(items)
    }

    /// The members of an object, in the order in which they were written; `None` for anything else.
    pub fn entries(self) -> Option<Vec<(Cow<'a, str>, JsonRef<'a>)>> {
        if !self.0.starts_with('{') {
            return None;
        }
        let mut entries = Vec::new();
        walk(self.0, |name, value| {
            let name = name.and_then(|name| std::str::from_utf8(name).ok()).and_then(|name| JsonRef(name).text());
            entries.extend(name.map(|name| (name, value)));
            true
        });
        Some(entries)
    }

    /// The first member of this name; what stands behind it is not read.
    pub fn first(self, name: &str) -> Option<JsonRef<'a>> {
        let mut found = None;
        walk(self.0, |named, value| {
            found = named.is_some_and(|named| cursor::says(named, name.as_bytes(), true)).then_some(value);
            found.is_none()
        });
        found
    }

    /// As [`Json::members`].
    pub fn members<const N: usize>(self, names: [&str; N]) -> [Option<JsonRef<'a>>; N] {
        members(self.as_str(), &names)
    }

    /// Reads what is wanted of it, in one pass; `None` if it has another shape.
    pub fn view<T: Deserialize<'a>>(self) -> Option<T> {
        serde_json::from_str(self.as_str()).ok()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for JsonRef<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<JsonRef<'a>, D::Error> {
        <&'a RawValue>::deserialize(deserializer).map(|raw| JsonRef(raw.get()))
    }
}

impl<'a> From<&'a Json> for JsonRef<'a> {
    fn from(json: &'a Json) -> JsonRef<'a> {
        json.all()
    }
}

/// The length only, as for [`Json`].
impl fmt::Debug for JsonRef<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "JsonRef({} bytes)", self.as_str().len())
    }
}

/// The members of an object that have one of `names`.
fn members<'a, const N: usize>(text: &'a str, names: &[&str; N]) -> [Option<JsonRef<'a>>; N] {
    let mut found = [None; N];
    if text.starts_with('{') {
        walk(text, |name, value| {
            pick(name, value, names, &mut found);
            true
        });
    }
    found
}

/// Notes a member's value in the places of its name. Not a part of [`members`], which is made once for each number of names.
fn pick<'a>(name: Option<&[u8]>, value: JsonRef<'a>, names: &[&str], found: &mut [Option<JsonRef<'a>>]) {
    let Some(name) = name else { return };
    let plain = name.get(1..name.len().saturating_sub(1)).filter(|name| !name.contains(&b'\\'));
    for (found, wanted) in found.iter_mut().zip(names) {
        if plain.map_or_else(|| cursor::says(name, wanted.as_bytes(), true), |plain| plain == wanted.as_bytes()) {
            *found = Some(value);
        }
    }
}

/// Shows the items of an array, or the members of an object with their names, quotes included, one after the other, as
/// long as `show` says to go on.
fn walk<'a>(text: &'a str, mut show: impl FnMut(Option<&'a [u8]>, JsonRef<'a>) -> bool) {
    let bytes = text.as_bytes();
    let Ok(mut cursor) = Cursor::over(bytes, 0) else { return };
    // The text is JSON, so that no step fails.
    while let Ok(Some(item)) = cursor.next(bytes) {
        let Some(value) = text.get(cursor.at - item.value.len()..cursor.at) else { return };
        if !show(item.name, JsonRef(value)) {
            return;
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Validated already, so it is not looked at again.
        match serde_json::from_str::<&RawValue>(&self.0) {
            Ok(raw) => raw.serialize(serializer),
            Err(e) => Err(serde::ser::Error::custom(e)),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|raw| Json(String::from(Box::<str>::from(raw))))
    }
}

impl fmt::Display for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The length only: what is in it may be somebody's.
impl fmt::Debug for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Json({} bytes)", self.0.len())
    }
}

impl From<Json> for String {
    fn from(json: Json) -> String {
        json.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_as_they_were_written() {
        let json =
            Json::read(br#"{"id": 1.50, "n\u0061me": "K\u00e5re", "id": 7, "list": [1, {"a": null}], "none": null}"#).unwrap();
        let [id, name, list, none, missing] = json.members(["id", "name", "list", "none", "missing"]);
        assert_eq!(id.map(JsonRef::as_str), Some("7"));
        assert_eq!(name.and_then(JsonRef::text).as_deref(), Some("Kåre"));
        let items = list.and_then(JsonRef::items).unwrap_or_default();
        assert_eq!(items.iter().map(|item| item.as_str()).collect::<Vec<_>>(), ["1", "{\"a\": null}"]);
        assert!(none.is_some_and(JsonRef::is_null) && missing.is_none());
        assert!(id.is_some_and(|id| id.text().is_none()), "a number is no string");
    }

    #[test]
    fn a_member_is_added_at_the_end_and_the_rest_stays_as_it_was() {
        let with = |text: &str| Json::read(text.as_bytes()).unwrap().with_last("a", &Json::of(&[1])).into_string();
        assert_eq!(with(r#"{"id": 1.50, "x": {} }"#), r#"{"id": 1.50, "x": {} ,"a":[1]}"#);
        assert_eq!((with("{ }").as_str(), with("[{}]").as_str(), with("null").as_str()), (r#"{ "a":[1]}"#, "[{}]", "null"));
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for text in ["[1]", "null", "\"id\"", "5"] {
            assert!(matches!(Json::read(text.as_bytes()).unwrap().members(["id"]), [None]), "{text}");
        }
    }
}
