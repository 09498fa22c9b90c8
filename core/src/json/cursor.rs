//! Walks over JSON text without building a tree: to one value by its pointer, and from item to item of an array or an object, each
//! in linear time. Building and changing text is in `pointer`.
//!
//! The text is bytes, because an old host's encoding may be no UTF-8; JSON's own signs are ASCII in all of them. Everything but
//! [`check`] relies on text that is known to be JSON. A host may have written into the text since: then an error comes, or another
//! part of the text, but nothing beyond its end is read.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::pointer::{index, no_json, parts};
use super::scan::{self, past_blanks, past_plain};
use crate::encoding::escape;
use crate::error::{Code, Error};
use crate::text::excerpt;

/// Refuses text that is no JSON, and tells whether it is UTF-8. It may be nested to any depth. Errors: `argument`.
pub fn check(text: &[u8]) -> Result<bool, Error> {
    if scan::value(text).is_none() {
        // It is no JSON, or deeper than the quick look goes.
        let _: IgnoredAny = serde_json::from_slice(text).map_err(|e| no_json(&e))?;
    }
    Ok(std::str::from_utf8(text).is_ok())
}

/// The position of the value at `pointer` (RFC 6901). Of names that stand twice in an object the first counts, so that what stands
/// behind it need not be read. Errors: `argument` for what is no pointer, `not_found` where nothing is there.
pub fn find(text: &[u8], pointer: &[u8], is_utf8: bool) -> Result<usize, Error> {
    let mut start = past_blanks(text, 0);
    for part in parts(pointer)? {
        start = step(text, start, &part, is_utf8)?.ok_or_else(|| {
            let pointer = String::from_utf8_lossy(pointer);
            Error::new(Code::NotFound, format!("Nothing is at \"{}\".", excerpt(&pointer, 100)))
        })?;
    }
    Ok(start)
}

/// One part further into the value at `start`.
fn step(text: &[u8], start: usize, part: &[u8], is_utf8: bool) -> Result<Option<usize>, Error> {
    let Ok(mut cursor) = Cursor::over(text, start) else { return Ok(None) };
    let mut left = if cursor.is_object() { 0 } else { index(part).unwrap_or(usize::MAX) };
    while let Some(item) = cursor.advance(text)? {
        let is_it = match item.name {
            Some(name) => says(text.get(name).unwrap_or_default(), part, is_utf8),
            None => left == 0,
        };
        if is_it {
            return Ok(Some(item.start));
        }
        left = left.saturating_sub(1);
        cursor.at = past_value(text, item.start).ok_or_else(garbled)?;
    }
    Ok(None)
}

/// The text of the value at `start`.
pub fn value_at(text: &[u8], start: usize) -> Result<&[u8], Error> {
    past_value(text, start).and_then(|end| text.get(start..end)).ok_or_else(garbled)
}

/// Goes over the items of an array or the members of an object. It holds a position, not the text.
#[derive(Debug, Clone, Copy)]
pub struct Cursor {
    /// The position behind the opening bracket or behind the last value that was given.
    pub at: usize,
    closing: u8,
}

/// Where an item stands.
struct Step {
    name: Option<Range<usize>>,
    start: usize,
}

/// An item of an array or a member of an object.
#[derive(Debug)]
pub struct Item<'t> {
    /// A member's name, with its quotes; `None` for an array's item.
    pub name: Option<&'t [u8]>,
    /// The value's text.
    pub value: &'t [u8],
}

impl Cursor {
    /// A cursor over the value at `start`. Errors: `argument` if that is neither an array nor an object.
    pub fn over(text: &[u8], start: usize) -> Result<Cursor, Error> {
        let what = match text.get(start) {
            Some(b'[') => return Ok(Cursor { at: start + 1, closing: b']' }),
            Some(b'{') => return Ok(Cursor { at: start + 1, closing: b'}' }),
            Some(b'"') => "a string",
            Some(b't' | b'f') => "true or false",
            Some(b'n') => "null",
            _ => "a number",
        };
        Err(Error::new(Code::Argument, format!("There is {what}, neither a list nor an object: it has no items.")))
    }

    /// True for an object's members.
    pub fn is_object(&self) -> bool {
        self.closing == b'}'
    }

    /// The next item; `None` behind the last one, each time that it is asked again. Errors: `argument` if the text is no JSON.
    pub fn next<'t>(&mut self, text: &'t [u8]) -> Result<Option<Item<'t>>, Error> {
        let Some(Step { name, start }) = self.advance(text)? else { return Ok(None) };
        let value = value_at(text, start)?;
        self.at = start + value.len();
        Ok(Some(Item { name: name.and_then(|name| text.get(name)), value }))
    }

    /// Goes to the start of the next value.
    fn advance(&mut self, text: &[u8]) -> Result<Option<Step>, Error> {
        self.look(text).ok_or_else(garbled)
    }

    /// `None` if something else stands there.
    fn look(&mut self, text: &[u8]) -> Option<Option<Step>> {
        let mut start = past_blanks(text, self.at);
        if text.get(start) == Some(&self.closing) {
            return Some(None);
        }
        // The text is JSON: where no comma is, this is the first item.
        start = past_blanks(text, start + usize::from(text.get(start) == Some(&b',')));
        if !self.is_object() {
            return Some(Some(Step { name: None, start }));
        }
        let end = past_string(text, start).filter(|_| text.get(start) == Some(&b'"'))?;
        let colon = past_blanks(text, end);
        let value = (text.get(colon) == Some(&b':')).then(|| past_blanks(text, colon + 1))?;
        Some(Some(Step { name: Some(start..end), start: value }))
    }
}

/// How many items the array at `start` has, or members the object. Errors: `argument` for anything else.
pub fn count(text: &[u8], start: usize) -> Result<i64, Error> {
    let mut cursor = Cursor::over(text, start)?;
    let mut count = 0;
    while cursor.next(text)?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// True if `name`, with its quotes, is written for `part`. Names with escapes are rare, so no other is copied.
pub(super) fn says(name: &[u8], part: &[u8], is_utf8: bool) -> bool {
    if name.contains(&b'\\') {
        return content(name, is_utf8).is_ok_and(|name| name == part);
    }
    name.get(1..name.len().saturating_sub(1)) == Some(part)
}

/// The content of a string, whose text has quotes. In text that is no UTF-8, whatever such an escape stands for that is not ASCII
/// stays an escape: the encoding may lack it. Errors: `argument` for half a surrogate pair, and for a zero character, which no C
/// string can have.
pub fn content(quoted: &[u8], is_utf8: bool) -> Result<Vec<u8>, Error> {
    let mut rest = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    let mut content = Vec::with_capacity(quoted.len());
    while let Some(plain) = rest.iter().position(|byte| *byte == b'\\') {
        let (before, escaped) = rest.split_at(plain);
        content.extend_from_slice(before);
        let (character, length) = unescaped(escaped).ok_or_else(|| {
            Error::new(Code::Argument, "The text is no JSON: a string holds half a surrogate pair (\\ud800 to \\udfff).")
        })?;
        if is_utf8 || character.is_ascii() {
            content.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            escape(character, &mut content);
        }
        rest = escaped.get(length..).unwrap_or_default();
    }
    content.extend_from_slice(rest);
    if content.contains(&0) {
        return Err(Error::new(Code::Argument, "The string there holds a zero character (\\u0000), which a C string cannot."));
    }
    Ok(content)
}

/// What the escape at the beginning stands for, and its length.
fn unescaped(escaped: &[u8]) -> Option<(char, usize)> {
    let unit = |at: usize| u16::from_str_radix(std::str::from_utf8(escaped.get(at..at + 4)?).ok()?, 16).ok();
    let character = match escaped.get(1)? {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let first = unit(2)?;
            let pair = [first, if escaped.get(6..8) == Some(b"\\u") { unit(8)? } else { 0 }];
            let character = char::decode_utf16(pair).next()?.ok()?;
            return Some((character, 6 * character.len_utf16()));
        }
        other => char::from(*other),
    };
    Some((character, 2))
}

/// The position behind the value at `at`; `None` if none ends there.
fn past_value(text: &[u8], mut at: usize) -> Option<usize> {
    let mut levels = 0_usize;
    loop {
        match text.get(at)? {
            b'"' => at = past_string(text, at)?,
            b'[' | b'{' => {
                levels += 1;
                at += 1;
                continue;
            }
            b']' | b'}' => {
                levels = levels.checked_sub(1)?;
                at += 1;
            }
            // Letters of true, false and null, and what numbers are written with.
            b'a'..=b'z' | b'E' | b'0'..=b'9' | b'+' | b'-' | b'.' => {
                let word = text.get(at..)?.iter();
                at += word.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')).count();
            }
            b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' if levels > 0 => {
                at += 1;
                continue;
            }
            _ => return None,
        }
        if levels == 0 {
            return Some(at);
        }
    }
}

/// The position behind the string whose opening quote is at `at`. A host's zero byte ends the text, so it ends no string.
fn past_string(text: &[u8], mut at: usize) -> Option<usize> {
    at += 1;
    loop {
        at = past_plain(text, at);
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' if *text.get(at + 1)? != 0 => at += 2,
            b'\\' | 0 => return None,
            _ => at += 1,
        }
    }
}

fn garbled() -> Error {
    Error::new(Code::Argument, "The text is no JSON: it was changed after the library gave it out.")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// What `finaut_json_get` does of text that is not known.
    fn get(json: &str, pointer: &str) -> Result<String, Code> {
        let text = json.as_bytes();
        let read = || {
            let is_utf8 = check(text)?;
            let value = value_at(text, find(text, pointer.as_bytes(), is_utf8)?)?;
            if value.starts_with(b"\"") { content(value, is_utf8) } else { Ok(value.to_owned()) }
        };
        read().map(|bytes| String::from_utf8(bytes).unwrap()).map_err(|e: Error| e.code())
    }

    /// The names and values that a cursor gives, as they are written.
    fn walked(text: &str, pointer: &str) -> Vec<(Option<String>, String)> {
        let text = text.as_bytes();
        let mut cursor = Cursor::over(text, find(text, pointer.as_bytes(), true).unwrap()).unwrap();
        let mut items = Vec::new();
        while let Some(item) = cursor.next(text).unwrap() {
            let name = item.name.map(|name| String::from_utf8(content(name, true).unwrap()).unwrap());
            items.push((name, String::from_utf8(item.value.to_owned()).unwrap()));
        }
        assert!(cursor.next(text).unwrap().is_none(), "the end stays the end");
        items
    }

    #[test]
    fn strings_come_unquoted_and_everything_else_as_json() {
        let json = r#" {"a": {"b": [1, "to\n", {"c/d": 1.50, "e~f": null}]}, "": 7, "x": [true , false]} "#;
        let got = |pointer: &str| get(json, pointer);
        assert_eq!(got("/a/b/0"), Ok("1".into()));
        assert_eq!(got("/a/b/1"), Ok("to\n".into()));
        assert_eq!(got("/a/b/2/c~1d"), Ok("1.50".into()));
        assert_eq!(got("/a/b/2/e~0f"), Ok("null".into()));
        assert_eq!(got("/a/b/2"), Ok(r#"{"c/d": 1.50, "e~f": null}"#.into()));
        assert_eq!(got("/"), Ok("7".into()));
        assert_eq!((got("/x/0"), got("/x/1")), (Ok("true".into()), Ok("false".into())));
        for nowhere in ["/a/b/3", "/a/b/01", "/a/b/-", "/a/b/x", "/a/b/99999999999999999999", "//0", "/a/b/1/0", "/c"] {
            assert_eq!(got(nowhere), Err(Code::NotFound), "{nowhere}");
        }
        assert_eq!(got("a"), Err(Code::Argument));
        assert_eq!(get(r#"{"a": ["b\u0000c"]}"#, "/a/0"), Err(Code::Argument));
        for broken in ["{", "", "[1,]", "{\"a\":1}x", "01", "[\"\u{1}\"]", "\"\\x\"", "\"\\ud800\""] {
            assert_eq!(get(broken, ""), Err(Code::Argument), "{broken}");
        }
    }

    #[test]
    fn of_a_name_that_stands_twice_the_first_counts_and_nothing_behind_it_is_read() {
        assert_eq!(get(r#"{"a": 1, "a": 2}"#, "/a"), Ok("1".into()));
        assert_eq!(find(br#"{"a": [0, 1 THE REST IS NO JSON"#, b"/a/1", true).unwrap(), 10);
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        assert_eq!(get(r#"{"\u006eavn\/\"": 1}"#, "/navn~1\""), Ok("1".into()));
        assert_eq!(get(r#"{"K\u00e5re": 1}"#, "/Kåre"), Ok("1".into()));
        let latin = b"{\"K\xe5re\": \"\xe5\", \"\xe5\\n\": 2}";
        assert!(!check(latin).unwrap());
        let at = |pointer| find(latin, pointer, false).and_then(|start| value_at(latin, start));
        assert_eq!(at(b"/K\xe5re").unwrap(), b"\"\xe5\"");
        assert_eq!(at(b"/\xe5\n").unwrap(), b"2");
    }

    #[test]
    fn text_of_any_depth_is_read_and_a_pointer_of_any_length_ends() {
        let deep = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
        assert_eq!(get(&deep, "").map(|text| text.len()), Ok(deep.len()));
        assert_eq!(get(&deep, "/0/0/1"), Err(Code::NotFound));
        assert_eq!(get("{}", &"/a".repeat(100_000)), Err(Code::Argument));
    }

    #[test]
    fn a_cursor_gives_items_members_and_then_the_end() {
        let json = r#"{"list": [1, "a,]" , [2,[]],{"b":"}"} ], "none": [ ], "empty": {}}"#;
        let values = |pointer| walked(json, pointer).into_iter().map(|(_, value)| value).collect::<Vec<_>>();
        assert_eq!(values("/list"), ["1", "\"a,]\"", "[2,[]]", "{\"b\":\"}\"}"]);
        assert_eq!((values("/none").len(), values("/empty").len()), (0, 0));
        let names: Vec<_> = walked(json, "").into_iter().filter_map(|(name, _)| name).collect();
        assert_eq!(names, ["list", "none", "empty"]);
        assert_eq!(count(json.as_bytes(), 0).unwrap(), 3);
        for (text, what) in [("\"[]\"", "a string"), ("null", "null"), ("false", "false"), ("-1", "a number"), ("", "")] {
            let error = Cursor::over(text.as_bytes(), 0).unwrap_err();
            assert!(error.code() == Code::Argument && error.to_string().contains(what), "{error}");
        }
    }

    #[test]
    fn what_the_cursor_has_passed_is_not_read_again() {
        let mut text = br#"{"results": [{"id": 1}, "two", [3], 4]} TRAILING"#.to_vec();
        let mut cursor = Cursor::over(&text, find(&text, b"/results", true).unwrap()).unwrap();
        for expected in [&br#"{"id": 1}"#[..], b"\"two\"", b"[3]", b"4"] {
            let item = cursor.next(&text).unwrap().unwrap().value.to_owned();
            assert_eq!(item, expected);
            text[..cursor.at].fill(b'"');
        }
        assert!(cursor.next(&text).unwrap().is_none());
    }

    #[test]
    fn a_string_ends_where_its_quote_is_at_any_place_in_a_word() {
        for length in 0..40 {
            for (at, what) in
                (0..length).flat_map(|at| [(at, "\\\""), (at, "\\\\"), (at, "\u{80}"), (at, "\u{1}"), (at, "!#[]")])
            {
                let inside = format!("{}{what}{}", "x".repeat(at), "y".repeat(length - at));
                let text = format!("  \"{inside}\",\"");
                assert_eq!(past_string(text.as_bytes(), 2), Some(inside.len() + 4), "{text}");
                let cut = format!("\"{inside}\0\"{}", "z".repeat(at));
                assert_eq!(past_string(cut.as_bytes(), 0), None, "{cut}");
                assert_eq!(past_string(&text.as_bytes()[..inside.len() + 3], 2), None, "{text}");
            }
        }
    }

    #[test]
    fn what_a_string_escapes_beyond_ascii_stays_escaped_where_the_encoding_may_lack_it() {
        let json = br#""\u0041\u00e6\u6f22\ud83d\ude00\n\"""#;
        assert_eq!(content(json, true).unwrap(), "Aæ漢😀\n\"".as_bytes());
        assert_eq!(content(json, false).unwrap(), b"A\\u00e6\\u6f22\\ud83d\\ude00\n\"");
        for half in [r#""\ud800""#, r#""\udc00""#, r#""\ud800\u0041""#, r#""\ud800\ud800""#] {
            assert_eq!(content(half.as_bytes(), true).map_err(|e| e.code()), Err(Code::Argument), "{half}");
        }
    }

    /// Any JSON value, with the strings that are hard: quotes, backslashes, brackets, everything beyond ASCII.
    fn any_json() -> impl Strategy<Value = Value> {
        let text = "[a\"\\\\\\[\\]{},:\u{0}\u{1f}/æ漢😀 ]{0,6}";
        let name = "[a0~\"\\\\\\[\\]{},:\u{1f}/æ漢😀 ]{0,6}";
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 60, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((name, inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// The same text with another of JSON's spellings: blanks, and escapes for whatever is not plain.
    fn spelled(json: &Value, pretty: bool, ascii: bool) -> String {
        let text = if pretty { serde_json::to_string_pretty(json) } else { serde_json::to_string(json) }.unwrap();
        let mut bytes = Vec::new();
        for character in text.chars() {
            if character.is_ascii() || !ascii {
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            } else {
                escape(character, &mut bytes);
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    proptest! {
        // No file of past failures: the tree is read-only in some places.
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, ..ProptestConfig::default() })]

        #[test]
        fn walking_finds_what_serde_json_finds(json in any_json(), pretty: bool, ascii: bool) {
            let text = spelled(&json, pretty, ascii);
            prop_assert!(check(text.as_bytes()).unwrap());
            let same = |written: &str, value: &Value| serde_json::from_str::<Value>(written).is_ok_and(|read| read == *value);
            prop_assert!(same(std::str::from_utf8(value_at(text.as_bytes(), 0).unwrap()).unwrap(), &json));
            match &json {
                Value::Array(items) => {
                    let found = walked(&text, "");
                    prop_assert_eq!(found.len(), items.len());
                    for (n, ((_, written), item)) in found.iter().zip(items).enumerate() {
                        prop_assert!(same(written, item));
                        let start = find(text.as_bytes(), format!("/{n}").as_bytes(), true).unwrap();
                        prop_assert_eq!(value_at(text.as_bytes(), start).unwrap(), written.as_bytes());
                    }
                }
                Value::Object(members) => {
                    let found = walked(&text, "");
                    prop_assert_eq!(found.len(), members.len());
                    for ((name, written), (expected, value)) in found.iter().zip(members) {
                        prop_assert_eq!(name.as_ref(), Some(expected));
                        prop_assert!(same(written, value));
                        let pointer = format!("/{}", expected.replace('~', "~0").replace('/', "~1"));
                        let start = find(text.as_bytes(), pointer.as_bytes(), true).unwrap();
                        prop_assert_eq!(value_at(text.as_bytes(), start).unwrap(), written.as_bytes());
                    }
                }
                Value::String(string) => match content(text.as_bytes(), true) {
                    Ok(content) => prop_assert_eq!(content, string.as_bytes()),
                    Err(_) => prop_assert!(string.contains('\0')),
                },
                _ => {}
            }
        }

        /// What a host may have made of a text that it was given: nothing is read beyond its end, and every walk ends.
        #[test]
        fn text_that_was_written_into_ends_in_an_error_or_a_part_of_it(json in any_json(), at: prop::sample::Index, byte: u8) {
            let mut text = spelled(&json, true, false).into_bytes();
            let at = at.index(text.len());
            text[at] = byte;
            let _ = value_at(&text, 0);
            for pointer in ["", "/0", "/a", "/1/a/0"] {
                if let Ok(start) = find(&text, pointer.as_bytes(), true) && let Ok(mut cursor) = Cursor::over(&text, start) {
                    let mut before = start;
                    while let Ok(Some(item)) = cursor.next(&text) {
                        prop_assert!(cursor.at > before && cursor.at <= text.len());
                        before = cursor.at;
                        let _ = content(item.value, true);
                    }
                    let _ = count(&text, start);
                }
            }
        }
    }
}
