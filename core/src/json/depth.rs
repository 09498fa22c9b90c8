//! How deep JSON may be nested. What reads nested JSON calls itself for each level, on the host's stack; so somebody else's
//! text that is deeper is refused beforehand, by a look that takes no stack.

use serde::de::Error;
use serde_json::Value;

/// How many levels of arrays and objects may be nested. FinAut's answers have four or five.
pub const MOST_LEVELS: usize = 32;

/// Refuses text with more than [`MOST_LEVELS`]. What is no JSON may pass: the reading refuses that.
pub fn check(text: &[u8]) -> Result<(), serde_json::Error> {
    let mut levels = 0_usize;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => pass_string(&mut bytes),
            b'[' | b'{' => {
                levels += 1;
                if levels > MOST_LEVELS {
                    return Err(serde_json::Error::custom(format!("it is nested more than {MOST_LEVELS} levels deep")));
                }
            }
            b']' | b'}' => levels = levels.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

fn pass_string(bytes: &mut std::slice::Iter<u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
}

/// A value of any shape from somebody else's text. Errors: serde_json's, also for what is nested too deep.
pub fn value(text: &[u8]) -> Result<Value, serde_json::Error> {
    check(text)?;
    serde_json::from_slice(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(open: &str, levels: usize, close: &str) -> String {
        format!("{}1{}", open.repeat(levels), close.repeat(levels))
    }

    #[test]
    fn the_deepest_is_read_and_one_more_is_not() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[ ", "\n]"), ("{\"]}\\\"\":", "}")] {
            assert!(value(nested(open, MOST_LEVELS, close).as_bytes()).is_ok(), "{open}");
            let error = value(nested(open, MOST_LEVELS + 1, close).as_bytes()).unwrap_err();
            assert!(error.to_string().contains("32 levels"), "{error}");
        }
    }

    #[test]
    fn brackets_in_strings_and_beside_each_other_are_no_levels() {
        for text in [
            format!("\"{}\"", "[".repeat(1000)),
            format!("\"\\\\\\\"{}\"", "{".repeat(1000)),
            format!("[{}0]", "[[]],".repeat(1000)),
        ] {
            assert!(value(text.as_bytes()).is_ok(), "{}", &text[..20]);
        }
        for broken in ["\"", "\"\\", "]]]]", "{", ""] {
            assert!(check(broken.as_bytes()).is_ok() && value(broken.as_bytes()).is_err(), "{broken}");
        }
    }
}
