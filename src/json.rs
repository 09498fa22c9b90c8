//! Reading and writing one value in a JSON text, for hosts without a JSON library. Pointers are those of RFC 6901.

use serde_json::{Map, Value};

use crate::error::{Code, Error, beginning};

/// The value at `pointer`: a string without its quotes, anything else as JSON. Errors: `argument` for what is no JSON or no
/// pointer, `not_found` where nothing is there.
pub fn get(json: &str, pointer: &str) -> Result<String, Error> {
    check(pointer)?;
    let json = parse(json)?;
    match json.pointer(pointer) {
        Some(Value::String(text)) if text.contains('\0') => {
            let message =
                format!("The string at \"{}\" holds a zero character, which a C string cannot.", beginning(pointer, 100));
            Err(Error::new(Code::Argument, message))
        }
        Some(Value::String(text)) => Ok(text.clone()),
        Some(other) => Ok(other.to_string()),
        None => Err(Error::new(Code::NotFound, format!("Nothing is at \"{}\".", beginning(pointer, 100)))),
    }
}

/// The text with `string` at `pointer`. Objects on the way are made; `-` as the last part appends to a list, which is made too.
/// Errors: `argument`.
pub fn set(json: &str, pointer: &str, string: &str) -> Result<String, Error> {
    check(pointer)?;
    let mut json = if json.trim().is_empty() { Value::Object(Map::new()) } else { parse(json)? };
    let mut here = &mut json;
    for part in pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")) {
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
        format!("\"{}\" leads through a value that has no parts, or beyond a list's end.", beginning(pointer, 100)),
    )
}

fn check(pointer: &str) -> Result<(), Error> {
    if pointer.is_empty() || pointer.starts_with('/') {
        return Ok(());
    }
    let message = format!("\"{}\" is no pointer: write \"/results/0/id\", beginning with a slash.", beginning(pointer, 100));
    Err(Error::new(Code::Argument, message))
}

fn parse(json: &str) -> Result<Value, Error> {
    serde_json::from_str(json).map_err(|e| Error::new(Code::Argument, format!("The text is no JSON: {e}.")))
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
