//! Reading and writing one value in a JSON text, for hosts without a JSON library. Pointers are those of RFC 6901.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::depth::{MOST_LEVELS, value};
use crate::error::{Code, Error};
use crate::text::excerpt;

/// How many parts a pointer may have: JSON that is deeper could not be read again.
const MOST_PARTS: usize = MOST_LEVELS;

/// The value at `pointer`: a string without its quotes, anything else as JSON. Errors: `argument` for what is no JSON or no
/// pointer, `not_found` where nothing is there.
///
/// Only what lies on the way is looked into, so that picking many values out of a long list costs no memory.
pub fn get(json: &str, pointer: &str) -> Result<String, Error> {
    let mut here: &RawValue = serde_json::from_str(without_mark(json)).map_err(|e| no_json(&e))?;
    for part in parts(pointer)? {
        here = step(here, &part)
            .ok_or_else(|| Error::new(Code::NotFound, format!("Nothing is at \"{}\".", excerpt(pointer, 100))))?;
    }
    if !here.get().starts_with('"') {
        return Ok(here.get().to_owned());
    }
    let text: String = serde_json::from_str(here.get()).map_err(|e| no_json(&e))?;
    if text.contains('\0') {
        let message = format!("The string at \"{}\" holds a zero character, which a C string cannot.", excerpt(pointer, 100));
        return Err(Error::new(Code::Argument, message));
    }
    Ok(text)
}

/// One part further into a value.
fn step<'a>(value: &'a RawValue, part: &str) -> Option<&'a RawValue> {
    struct Part<'p>(&'p str);
    impl<'de> Visitor<'de> for Part<'_> {
        type Value = Option<&'de RawValue>;
        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("an object or a list")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut found = None;
            while let Some(name) = entries.next_key::<Cow<str>>()? {
                let value: &RawValue = entries.next_value()?;
                if name == self.0 {
                    found = Some(value);
                }
            }
            Ok(found)
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let index = index(self.0);
            let (mut found, mut at) = (None, 0);
            while let Some(value) = items.next_element::<&RawValue>()? {
                if Some(at) == index {
                    found = Some(value);
                }
                at += 1;
            }
            Ok(found)
        }
    }
    serde_json::Deserializer::from_str(value.get()).deserialize_any(Part(part)).ok().flatten()
}

/// The text with `string` at `pointer`. Objects on the way are made; `-` as the last part appends to a list, which is made too.
/// Errors: `argument`.
pub fn set(json: &str, pointer: &str, string: &str) -> Result<String, Error> {
    let parts = parts(pointer)?;
    let mut json = match without_mark(json) {
        blank if blank.trim().is_empty() => Value::Object(Map::new()),
        json => value(json.as_bytes()).map_err(|e| no_json(&e))?,
    };
    let mut here = &mut json;
    for part in parts {
        if here.is_null() {
            *here = if part == "-" { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        }
        here = match here {
            Value::Object(object) => object.entry(part).or_insert(Value::Null),
            Value::Array(items) => {
                let index = if part == "-" { Some(items.len()) } else { index(&part) };
                match index.filter(|index| *index <= items.len()) {
                    Some(index) => {
                        if index == items.len() {
                            items.push(Value::Null);
                        }
                        items.get_mut(index).ok_or_else(|| nowhere(pointer))?
                    }
                    None => return Err(nowhere(pointer)),
                }
            }
            _ => return Err(nowhere(pointer)),
        };
    }
    *here = Value::String(string.to_owned());
    Ok(json.to_string())
}

/// RFC 6901: digits without a leading zero.
fn index(part: &str) -> Option<usize> {
    let plain = part == "0" || (!part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit()));
    plain.then(|| part.parse().ok()).flatten()
}

fn nowhere(pointer: &str) -> Error {
    Error::new(
        Code::Argument,
        format!("\"{}\" leads through a value that has no parts, or beyond a list's end.", excerpt(pointer, 100)),
    )
}

/// The parts of a pointer, their escapes undone.
fn parts(pointer: &str) -> Result<Vec<String>, Error> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        let message = format!("\"{}\" is no pointer: write \"/results/0/id\", beginning with a slash.", excerpt(pointer, 100));
        return Err(Error::new(Code::Argument, message));
    }
    let parts: Vec<_> =
        pointer.split('/').skip(1).take(MOST_PARTS + 1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    if parts.len() > MOST_PARTS {
        return Err(Error::new(Code::Argument, format!("The pointer has more than {MOST_PARTS} parts.")));
    }
    Ok(parts)
}

/// A byte order mark, which some editors write, is no part of the JSON.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn no_json(e: &serde_json::Error) -> Error {
    Error::new(Code::Argument, format!("The text is no JSON: {e}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_unquoted_and_everything_else_as_json() {
        let json = r#"{"a": {"b": [1, "to\n", {"c/d": 1.50, "e~f": null}]}, "": 7}"#;
        let got = |pointer: &str| get(json, pointer).map_err(|e| e.code());
        assert_eq!(got("/a/b/1"), Ok("to\n".into()));
        assert_eq!(got("/a/b/2/c~1d"), Ok("1.50".into()));
        assert_eq!(got("/a/b/2/e~0f"), Ok("null".into()));
        assert_eq!(got("/"), Ok("7".into()));
        assert_eq!(got("/a/b/3"), Err(Code::NotFound));
        assert_eq!(got("/a/b/01"), Err(Code::NotFound));
        assert_eq!(got("a"), Err(Code::Argument));
        assert_eq!(get("{", "").map_err(|e| e.code()), Err(Code::Argument));
        assert_eq!(get(r#""a\u0000b""#, "").map_err(|e| e.code()), Err(Code::Argument));
    }

    #[test]
    fn a_pointer_of_any_length_ends_in_an_error_not_in_the_stack() {
        let long = "/a".repeat(100_000);
        assert_eq!(set("{}", &long, "x").map_err(|e| e.code()), Err(Code::Argument));
        assert_eq!(get("{}", &long).map_err(|e| e.code()), Err(Code::Argument));
        let deepest = "/a".repeat(MOST_PARTS);
        let json = set("{}", &deepest, "x").unwrap();
        assert_eq!(get(&json, &deepest).unwrap(), "x");
        assert_eq!(set(&json, &deepest, "y").map(|json| json.len()), Ok(json.len()));
        let deep = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
        assert!(get(&deep, "").is_ok());
        assert_eq!(get(&deep, "/0/0/1").map_err(|e| e.code()), Err(Code::NotFound));
        assert!(set(&deep, "/0", "x").is_err());
        assert_eq!(get("\u{feff}{\"a\": 1}", "/a").unwrap(), "1");
    }

    #[test]
    fn arguments_are_built_without_a_json_library() {
        let build = |json: &str, pointer: &str, string: &str| set(json, pointer, string).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(build("", "/persnr", "x"), r#"{"persnr":"x"}"#);
        assert_eq!(build(r#"{"a":1.10}"#, "/changes/email", "\"ø\""), r#"{"a":1.10,"changes":{"email":"\"ø\""}}"#);
        assert_eq!(build(&build("{}", "/schemes/-", "afr"), "/schemes/-", "krd"), r#"{"schemes":["afr","krd"]}"#);
        assert_eq!(build(r#"["a"]"#, "/0", "b"), r#"["b"]"#);
        assert_eq!(build("1", "", "all"), r#""all""#);
        for (json, pointer) in [(r#"["a"]"#, "/5"), (r#"{"a":1}"#, "/a/b"), ("{}", "a"), ("[", "/a")] {
            assert_eq!(set(json, pointer, "x").map_err(|e| e.code()), Err(Code::Argument), "{json} {pointer}");
        }
    }
}
