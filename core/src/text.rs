//! Text that somebody else wrote: how it is quoted in a message, what of it the server drops, and whether it was garbled on its way.

use std::fmt::Write;

/// The beginning of `text` for quoting in a message: one line, at most `most` characters. Identity numbers are redacted before
/// it is cut: half of one would tell most of it.
pub fn excerpt(text: &str, most: usize) -> String {
    // Only as much is looked at as can be shown: the text may be a whole body.
    let text: String = text.chars().take(most * 8).collect();
    let text = crate::persnr::redacted(&text);
    let mut line = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        for c in (!line.is_empty()).then_some(' ').into_iter().chain(word.chars()) {
            if chars == most {
                line.push('…');
                return line;
            }
            line.push(if c.is_control() { '\u{fffd}' } else { c });
            chars += 1;
        }
    }
    line
}

/// The beginning of a caller's own value for a message, in quotes and with every blank in it, at most `most` characters. Blanks
/// other than the space and control characters are written as JSON's escapes, so that nothing of it is invisible. Identity numbers
/// are redacted.
pub fn quoted(text: &str, most: usize) -> String {
    format!("\"{}\"", visible(text, most))
}

/// The same without the quotes.
pub fn visible(text: &str, most: usize) -> String {
    let text: String = text.chars().take(most * 8).collect();
    let text = crate::persnr::redacted(&text);
    let mut shown = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == most {
            shown.push('…');
            break;
        }
        if c != ' ' && (c.is_control() || is_blank(c)) {
            let _ = write!(shown, "\\u{:04x}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// `text` without the white space around it that the server drops, too (DRF's CharField: `trim_whitespace`, which is Python's
/// `str.strip`).
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Python counts four separators as white space that Unicode does not.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The first letter that is UTF-8 read as windows-1252, and what it was, as `("Ã¦", 'æ')`: such a text was decoded wrongly before it
/// came here. Only the letters from À to ÿ are looked for. They begin with Ã, which no word has before a sign or a control character.
pub fn garbled(text: &str) -> Option<(String, char)> {
    text.chars().zip(text.chars().skip(1)).find_map(|(lead, next)| {
        let letter = (lead == 'Ã').then(|| byte_of(next))?.filter(|byte| (0x80..0xc0).contains(byte))?;
        Some((format!("{lead}{next}"), char::from(letter + 0x40)))
    })
}

/// The character's byte in windows-1252, or in ISO-8859-1.
fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut text = [0; 4];
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut text));
    bytes.first().copied().filter(|_| !unmappable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_in_a_callers_value_are_seen() {
        assert_eq!(quoted("PAD  1 ", 20), "\"PAD  1 \"");
        assert_eq!(quoted("a\u{a0}\t\u{0}\u{1f}b", 20), "\"a\\u00a0\\u0009\\u0000\\u001fb\"");
        assert_eq!(quoted("01819010001 x", 20), "\"*** x\"");
        assert_eq!(quoted("æøå", 2), "\"æø…\"");
    }

    #[test]
    fn what_the_server_trims_is_trimmed() {
        assert_eq!(trimmed(" \u{a0}\t\u{1c}\u{3000}a  b\r\n\u{85}"), "a  b");
        assert_eq!(trimmed("\u{200b}a\u{feff}"), "\u{200b}a\u{feff}", "these are not");
    }

    #[test]
    fn a_text_that_was_decoded_twice_is_recognised_and_no_other() {
        for (garbled_text, letter) in [
            ("KjÃ¦rsti", 'æ'),
            ("SÃ¸rli", 'ø'),
            ("Ã…se", 'Å'),
            ("Ã˜stby", 'Ø'),
            ("BlÃ¥", 'å'),
            ("RenÃ©", 'é'),
            ("Ã\u{85}se", 'Å'),
        ] {
            assert_eq!(garbled(garbled_text).map(|(_, letter)| letter), Some(letter), "{garbled_text}");
        }
        for fine in ["Kjærsti", "SÃO PAULO", "JOÃO", "Å–B", "Â§ 4", "Ã", "100 €", "Ã Á", "漢字", "naïve – “Å”"]
        {
            assert_eq!(garbled(fine), None, "{fine}");
        }
    }

    #[test]
    fn quoting_takes_the_beginning_on_one_line() {
        assert_eq!(excerpt("<html>\n  <b>no\u{7}</b>", 100), "<html> <b>no\u{fffd}</b>");
        assert_eq!(excerpt("æøå æøå", 4), "æøå …");
        assert_eq!(excerpt("", 4), "");
    }
}
