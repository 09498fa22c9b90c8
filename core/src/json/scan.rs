//! A quick look whether text is JSON: one pass, no stack, nothing built. Everything that passes is JSON; what does not pass is left to
//! serde_json, which says what is wrong with it.

use std::ops::Range;

use super::depth::MOST_LEVELS;

/// Where the value stands in a text that is one JSON value, nested no deeper than [`MOST_LEVELS`], and blanks. `None`: it is none, or may
/// be none.
pub fn value(text: &[u8]) -> Option<Range<usize>> {
    let start = past_blanks(text, 0);
    let (mut at, mut levels) = (start, 0);
    // One bit for each level, the innermost one last: set for an object.
    let mut objects = 0_u64;
    loop {
        match text.get(at)? {
            opening @ (b'{' | b'[') => {
                let is_object = *opening == b'{';
                levels += 1;
                if levels > MOST_LEVELS {
                    return None;
                }
                objects = objects << 1 | u64::from(is_object);
                at = past_blanks(text, at + 1);
                if text.get(at) != Some(if is_object { &b'}' } else { &b']' }) {
                    if is_object {
                        at = past_name(text, at)?;
                    }
                    continue;
                }
            }
            b'"' => at = past_string(text, at)?,
            b't' => at = past_word(text, at, b"true")?,
            b'f' => at = past_word(text, at, b"false")?,
            b'n' => at = past_word(text, at, b"null")?,
            _ => at = past_number(text, at)?,
        }
        // Behind a value, or at the end of what was opened and is empty.
        loop {
            if levels == 0 {
                return (past_blanks(text, at) == text.len()).then_some(start..at);
            }
            at = past_blanks(text, at);
            let is_object = objects & 1 == 1;
            match text.get(at)? {
                b',' => {
                    at = past_blanks(text, at + 1);
                    if is_object {
                        at = past_name(text, at)?;
                    }
                    break;
                }
                closing if *closing == if is_object { b'}' } else { b']' } => {
                    objects >>= 1;
                    levels -= 1;
                    at += 1;
                }
                _ => return None,
            }
        }
    }
}

/// The position behind the blanks that begin at `at`.
pub(super) fn past_blanks(text: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = text.get(at) {
        at += 1;
    }
    at
}

/// The position of the value of a member whose name begins at `at`.
fn past_name(text: &[u8], at: usize) -> Option<usize> {
    let end = text.get(at).filter(|byte| **byte == b'"').and_then(|_| past_string(text, at))?;
    let colon = past_blanks(text, end);
    (text.get(colon) == Some(&b':')).then(|| past_blanks(text, colon + 1))
}

fn past_word(text: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    text.get(at..)?.starts_with(word).then_some(at + word.len())
}

/// The position of the next byte from `at` on that means something within a string: a quote, a backslash, or one below the space.
pub(super) fn past_plain(text: &[u8], mut at: usize) -> usize {
    /// One in each byte; and the highest bit of each.
    const ONES: u64 = u64::MAX / 255;
    const HIGHEST: u64 = ONES * 128;
    let below = |eight: u64, limit: u8| eight.wrapping_sub(ONES * u64::from(limit)) & !eight & HIGHEST;
    let equal = |eight: u64, byte: u8| below(eight ^ (ONES * u64::from(byte)), 1);
    // Eight bytes at a time: most of an answer stands in strings.
    while let Some(eight) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        let found = equal(eight, b'"') | equal(eight, b'\\') | below(eight, 0x20);
        if found != 0 {
            // Of several, the first is told rightly.
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while text.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | ..0x20)) {
        at += 1;
    }
    at
}

/// The position behind the string whose opening quote is at `at`.
fn past_string(text: &[u8], mut at: usize) -> Option<usize> {
    at += 1;
    loop {
        at = past_plain(text, at);
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => match text.get(at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at += 2,
                b'u' if text.get(at + 2..at + 6)?.iter().all(u8::is_ascii_hexdigit) => at += 6,
                _ => return None,
            },
            _ => return None,
        }
    }
}

fn past_number(text: &[u8], mut at: usize) -> Option<usize> {
    at += usize::from(text.get(at) == Some(&b'-'));
    at = if text.get(at) == Some(&b'0') { at + 1 } else { past_digits(text, at)? };
    if text.get(at) == Some(&b'.') {
        at = past_digits(text, at + 1)?;
    }
    if let Some(b'e' | b'E') = text.get(at) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        at = past_digits(text, at)?;
    }
    Some(at)
}

/// The position behind one digit or several.
fn past_digits(text: &[u8], at: usize) -> Option<usize> {
    let digits = text.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then_some(at + digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;
    use crate::json::depth;

    /// What serde_json says.
    fn known(text: &[u8]) -> Option<&str> {
        depth::check(text).ok()?;
        serde_json::from_slice::<&RawValue>(text).ok().map(RawValue::get)
    }

    fn agrees(text: &str) {
        let found = value(text.as_bytes()).and_then(|place| text.get(place));
        assert_eq!(found, known(text.as_bytes()), "{text:?}");
    }

    #[test]
    fn it_says_what_serde_json_says() {
        for text in [
            "",
            " ",
            "{",
            "}",
            "[",
            "]",
            "{}",
            "[]",
            "[ ]",
            "{ }",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\" : 1 , \"b\":[{}, []]}",
            "[1}",
            "{\"a\":1]",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\u00e5\"",
            "\"\\ud800\"",
            "\"\n\"",
            "\"å\"",
            "0",
            "-",
            "-0",
            "00",
            "01",
            "1.",
            "1.0",
            ".5",
            "1e5",
            "1E+5",
            "1e",
            "1e-",
            "+1",
            "1 ",
            " 1",
            "1 1",
            "true",
            "tru",
            "truer",
            "nulll",
            "false",
            "True",
            "\t[\r\n1\t]\r\n",
            "1\u{b}",
            "{\"a\":1 \"b\":2}",
            "[[]",
            "[]]",
            "{\"\\\"\":\"\\\\\"}",
            "\u{feff}1",
            "[1\u{0}]",
            "{,}",
            "[:1]",
            "{\"a\":1:2}",
            "--1",
            "1.e5",
            "0e0",
            "-0.0e-0",
            "nan",
        ] {
            agrees(text);
        }
        for levels in [MOST_LEVELS, MOST_LEVELS + 1, 64, 100] {
            agrees(&format!("{}{}", "[".repeat(levels), "]".repeat(levels)));
            agrees(&format!("{}1{}", "{\"a\":[".repeat(levels / 2), "]}".repeat(levels / 2)));
        }
    }

    #[test]
    fn the_next_byte_that_means_something_is_found_wherever_it_stands() {
        for byte in 0..=255_u8 {
            for before in 0..20 {
                for behind in [0, 1, 9] {
                    let text = [vec![b'a'; before], vec![byte], vec![0xff; behind]].concat();
                    let means_something = byte == b'"' || byte == b'\\' || byte < 0x20;
                    assert_eq!(
                        past_plain(&text, 0),
                        if means_something { before } else { text.len() },
                        "{byte} {before} {behind}"
                    );
                }
            }
        }
        assert_eq!((past_plain(b"", 0), past_plain(b"a", 1), past_plain(b"a", 7)), (0, 1, 7));
    }

    proptest! {
        #[test]
        fn it_says_so_of_any_text(parts in proptest::collection::vec(
            prop_oneof![
                Just("{"), Just("}"), Just("["), Just("]"), Just(","), Just(":"), Just("\"a\""), Just("\"\\u00e5\""), Just(" "),
                Just("1"), Just("-"), Just("0"), Just("."), Just("e"), Just("null"), Just("true"), Just("\""), Just("\\"), Just("å"),
            ],
            0..14,
        )) {
            agrees(&parts.concat());
        }

        #[test]
        fn it_says_so_of_json_that_was_damaged(numbers in proptest::collection::vec(any::<f64>(), 0..4), word in ".{0,6}", at in 0_usize..200, with in ".") {
            let value = serde_json::json!({ &word: numbers, "b": [{ "c": word }, null, true] });
            let mut text = value.to_string();
            agrees(&text);
            let place = at % text.len();
            if text.is_char_boundary(place) && text.is_char_boundary(place + 1) {
                text.replace_range(place..=place, &with);
                agrees(&text);
            }
        }
    }
}
