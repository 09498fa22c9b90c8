//! The one rule for what comes along when a text is copied out of a mail, a file or a shell: line ends, blanks, byte order marks
//! and quotes. It holds for every text of the configuration, from whatever place the text comes. The other files
//! know what the texts mean.

use serde_json::{Map, Value};

use super::problem::bad;
use crate::arguments::{Argument, Shape};
use crate::error::Error;

/// A byte order mark that was read as windows-1252.
const MARK_MISREAD: &str = "\u{ef}\u{bb}\u{bf}";

/// A text without the blanks, line ends and byte order marks around it. Errors: what is wrong with it, to follow its name in a
/// sentence; nothing of the text is quoted, for it may be a secret.
pub fn tidied(text: &str) -> Result<&str, &'static str> {
    let around = |c: char| c.is_whitespace() || is_invisible(c);
    let text = text.strip_prefix(MARK_MISREAD).unwrap_or(text).trim_matches(around);
    if text.is_empty() {
        return Err("must not be empty");
    }
    if text.contains('\u{fffd}') {
        return Err("holds characters that could not be read; write it in UTF-8");
    }
    if text.chars().any(|c| c.is_control() || is_invisible(c) || (c.is_whitespace() && c != ' ')) {
        return Err("holds a line end or another invisible character in its middle; write it in one line and without that");
    }
    let (first, last) = (text.chars().next(), text.chars().next_back());
    let is_pair = text.len() > 1 && first == last && matches!(first, Some('"' | '\'' | '`'));
    // Word processors make these of a plain quote.
    if is_pair || matches!(first, Some('“' | '”' | '„' | '‘' | '’' | '«' | '»')) {
        return Err("stands in quotes; leave them out");
    }
    Ok(text)
}

/// A path. Its blanks belong to it, so one that is not tidy is refused: with a line end at its end it would name another file.
/// Errors: as [`tidied`].
fn tidy_path(text: &str) -> Result<(), &'static str> {
    if text.contains("-----BEGIN ") {
        return Err("holds what belongs into a file; write it there, and give the file's path");
    }
    // A blank of another kind may be part of a folder's name.
    let plain: String = text.chars().map(|c| if c == '\u{a0}' { '_' } else { c }).collect();
    match tidied(&plain)? {
        tidy if tidy == plain => Ok(()),
        _ => Err("begins or ends with a blank, a line end or a byte order mark; leave it out"),
    }
}

/// Tidies every text in `given`, also in the objects within it. `paths` names those that are paths. Errors: `config`, naming
/// the key.
pub fn tidy(known: &[Argument], given: &mut Map<String, Value>, paths: &[&str]) -> Result<(), Error> {
    for key in known {
        let Some(value) = given.get_mut(key.name) else { continue };
        if let Value::Object(members) = value {
            tidy_members(key.members, members).map_err(|problem| bad(key.name, &problem))?;
        }
        if !matches!(key.shape, Shape::Text | Shape::Job) {
            continue;
        }
        let Value::String(text) = value else { continue };
        if paths.contains(&key.name) {
            tidy_path(text).map_err(|problem| bad(key.name, problem))?;
        } else {
            *text = tidied(text).map_err(|problem| bad(key.name, problem))?.to_owned();
        }
    }
    Ok(())
}

fn tidy_members(known: &[Argument], given: &mut Map<String, Value>) -> Result<(), String> {
    for key in known {
        let named = |problem: &str| format!("\"{}\" {problem}", key.name);
        match given.get_mut(key.name) {
            Some(Value::Object(members)) => {
                tidy_members(key.members, members).map_err(|problem| format!("\"{}\": {problem}", key.name))?;
            }
            Some(Value::String(text)) if key.shape == Shape::Text => *text = tidied(text).map_err(named)?.to_owned(),
            _ => {}
        }
    }
    Ok(())
}

/// True for characters that take no room where they are shown, and yet count.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_copying_brings_along_is_taken_off_or_refused() {
        for around in
            ["secret-1", " secret-1\r\n", "\u{feff}secret-1", "\u{ef}\u{bb}\u{bf}secret-1\n", "\u{a0}\u{200b}secret-1\t"]
        {
            assert_eq!(tidied(around), Ok("secret-1"), "{around:?}");
        }
        for kept in ["with a blank", "quo\"te'", "\"half", "pæss", "a:b/c%"] {
            assert_eq!(tidied(kept), Ok(kept));
        }
        for refused in [
            "",
            " \n",
            "\u{feff}",
            "two\nlines",
            "two\r\nlines",
            "tab\there",
            "nul\0",
            "soft\u{ad}hyphen",
            "no\u{a0}break",
            "zero\u{200b}width",
            "mark\u{feff}inside",
            "\u{2028}a\u{2028}b",
            "\"quoted\"",
            "'quoted'",
            " \"quoted\" \n",
            "`quoted`",
            "“quoted”",
            "„quoted“",
            "«quoted»",
            "half read \u{fffd}",
        ] {
            assert!(tidied(refused).is_err(), "{refused:?}");
        }
    }

    #[test]
    fn a_path_is_taken_as_it_is_or_refused() {
        for kept in ["/var/lib/hr system/finaut.db", "C:\\Lønn\\finaut.db", "/a\u{a0}b/c"] {
            assert_eq!(tidy_path(kept), Ok(()), "{kept:?}");
        }
        for refused in ["/a/b\n", " /a/b", "/a/b ", "\u{feff}/a/b", "/a\nb", "\"/a/b\"", "/a\0b", "-----BEGIN CERTIFICATE-----"]
        {
            assert!(tidy_path(refused).is_err(), "{refused:?}");
        }
    }
}
