//! Pointers (RFC 6901), and writing one value into a JSON text, for hosts without a JSON library. Reading is in `cursor`.

use serde_json::{Map, Value};

use super::depth::{MOST_LEVELS, check as check_depth, value};
use crate::error::{Code, Error};
use crate::text::excerpt;

/// How many parts a pointer may have: JSON that is deeper could not be read again.
const MOST_PARTS: usize = MOST_LEVELS;

/// The text with `string` at `pointer`. Objects on the way are made; `-` as the last part appends to a list, which is made too.
/// Errors: `argument`.
pub fn set(json: &str, pointer: &str, string: &str) -> Result<String, Error> {
    put(json, pointer, Value::String(string.to_owned()))
}

/// The same with any JSON text in the place of the string. Errors: `argument`, also if the result is nested too deep to be read.
pub fn set_json(json: &str, pointer: &str, value_json: &str) -> Result<String, Error> {
    let text = put(json, pointer, value(without_mark(value_json).as_bytes()).map_err(|e| no_json(&e))?)?;
    check_depth(text.as_bytes()).map_err(|e| Error::new(Code::Argument, format!("The result cannot be read again: {e}.")))?;
    Ok(text)
}

fn put(json: &str, pointer: &str, new: Value) -> Result<String, Error> {
    let parts = parts(pointer.as_bytes())?;
    let mut json = match without_mark(json) {
        blank if blank.trim().is_empty() => Value::Object(Map::new()),
        json => value(json.as_bytes()).map_err(|e| no_json(&e))?,
    };
    let mut here = &mut json;
    for part in parts {
        let part = String::from_utf8(part).unwrap_or_default();
        if here.is_null() {
            *here = if part == "-" { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        }
        here = match here {
            Value::Object(object) => object.entry(part).or_insert(Value::Null),
            Value::Array(items) => {
                let index = if part == "-" { Some(items.len()) } else { index(part.as_bytes()) };
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
    *here = new;
    Ok(json.to_string())
}

/// RFC 6901: digits without a leading zero.
pub(super) fn index(part: &[u8]) -> Option<usize> {
    let plain = part == b"0" || (!part.starts_with(b"0") && part.iter().all(u8::is_ascii_digit));
    plain.then(|| std::str::from_utf8(part).ok()?.parse().ok()).flatten()
}

fn nowhere(pointer: &str) -> Error {
    Error::new(
        Code::Argument,
        format!("\"{}\" leads through a value that has no parts, or beyond a list's end.", excerpt(pointer, 100)),
    )
}

/// The parts of a pointer, their escapes undone. Errors: `argument` for what is no pointer, or too long a one.
pub(super) fn parts(pointer: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    if !pointer.is_empty() && !pointer.starts_with(b"/") {
        let pointer = String::from_utf8_lossy(pointer);
        let message = format!("\"{}\" is no pointer: write \"/results/0/id\", beginning with a slash.", excerpt(&pointer, 100));
        return Err(Error::new(Code::Argument, message));
    }
    let parts: Vec<_> = pointer.split(|byte| *byte == b'/').skip(1).take(MOST_PARTS + 1).map(part).collect();
    if parts.len() > MOST_PARTS {
        return Err(Error::new(Code::Argument, format!("The pointer has more than {MOST_PARTS} parts.")));
    }
    Ok(parts)
}

/// A part of a pointer, in which `~1` stands for a slash and `~0` for a tilde.
fn part(escaped: &[u8]) -> Vec<u8> {
    let mut part = Vec::with_capacity(escaped.len());
    let mut bytes = escaped.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let follows = bytes.next_if(|next| byte == b'~' && matches!(next, b'0' | b'1'));
        part.push(match follows {
            Some(b'0') => b'~',
            Some(_) => b'/',
            None => byte,
        });
    }
    part
}

pub(super) fn no_json(e: &serde_json::Error) -> Error {
    Error::new(Code::Argument, format!("The text is no JSON: {e}."))
}

/// A byte order mark, which some editors write, is no part of the JSON.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_of_any_length_ends_in_an_error_not_in_the_stack() {
        let long = "/a".repeat(100_000);
        assert_eq!(set("{}", &long, "x").map_err(|e| e.code()), Err(Code::Argument));
        let deepest = "/a".repeat(MOST_PARTS);
        let json = set("{}", &deepest, "x").unwrap();
        assert_eq!(set(&json, &deepest, "y").map(|json| json.len()), Ok(json.len()));
        let deep = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
        assert!(set(&deep, "/0", "x").is_err());
    }

    #[test]
    fn json_is_put_in_as_it_is_spelled_and_what_is_none_is_refused() {
        let put = |json: &str, pointer: &str, new: &str| set_json(json, pointer, new).map_err(|e| e.code());
        assert_eq!(put("{}", "/query", r#"{"page": 1.50, "b": null}"#), Ok(r#"{"query":{"page":1.50,"b":null}}"#.into()));
        assert_eq!(put(r#"{"a":[1]}"#, "/a/-", "true"), Ok(r#"{"a":[1,true]}"#.into()));
        assert_eq!(put("", "/a/-", "[]"), Ok(r#"{"a":[[]]}"#.into()));
        assert_eq!(put("{}", "", "\u{feff}5"), Ok("5".into()));
        for none in ["", " ", "{", "text", "1 2", "'a'"] {
            assert_eq!(put("{}", "/a", none), Err(Code::Argument), "{none}");
        }
    }

    #[test]
    fn what_could_not_be_read_again_is_not_made() {
        let deep = format!("{}1{}", "[".repeat(20), "]".repeat(20));
        let pointer = "/a".repeat(MOST_LEVELS - 20);
        let json = set_json("{}", &pointer, &deep).unwrap();
        assert!(value(json.as_bytes()).is_ok());
        let error = set_json("{}", &format!("{pointer}/a"), &deep).unwrap_err();
        assert_eq!(error.code(), Code::Argument);
        assert!(error.to_string().contains("32 levels"), "{error}");
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
