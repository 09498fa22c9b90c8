//! Text that somebody else wrote: how it is quoted in a message, and cut so that nothing secret is left half; what of it the server
//! drops, and whether it was garbled on its way.

use std::fmt::Write;

use crate::encoding::pages::CodePage;

/// How many bytes of a text are read at most for an excerpt: the text may be a whole body.
pub const LOOKED_AT: usize = 64 << 10;
/// How many bytes of a text are read for each character that is shown: pages are indented.
pub const SPARSE: usize = 16;
/// What may be half an identity number, with all that can stand between its parts, in bytes.
pub const HALF_NUMBER: usize = 64;

/// The beginning of `text` for quoting in a message: one line, at most `most` characters. Identity numbers are redacted before
/// it is cut: half of one would tell most of it.
pub fn excerpt(text: &str, most: usize) -> String {
    on_one_line(
        &beginning(text, (SPARSE * most + 2 * HALF_NUMBER).min(LOOKED_AT), HALF_NUMBER, &|text| {
            crate::persnr::redacted(text).into_owned()
        }),
        most,
    )
}

/// The redacted beginning of `text`, of which no more is looked at than about `most` bytes. Where more follows, the last `half`
/// bytes are left out: they may be half of what should have been redacted.
pub fn beginning(text: &str, most: usize, half: usize, redact: &dyn Fn(&str) -> String) -> String {
    if text.len() <= most {
        return redact(text);
    }
    let mut head = redact(text.get(..text.floor_char_boundary(most)).unwrap_or_default());
    head.truncate(head.floor_char_boundary(head.len().saturating_sub(half)));
    head
}

/// At most `most` characters on one line, without what cannot be printed; an ellipsis stands for what follows.
pub fn on_one_line(text: &str, most: usize) -> String {
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
/// other than the space, control characters and signs of no width, as those that turn the direction around, are written as JSON's
/// escapes, so that nothing of it is invisible. Identity numbers are redacted.
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
        if c != ' ' && (c.is_control() || is_blank(c) || is_hidden(c)) {
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

/// Signs that are not seen themselves, and turn around, join or part what is.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Python counts four separators as white space that Unicode does not.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The first letter that is UTF-8 read as windows-1252, and what it was, as `("Ã¦", 'æ')`: such a text was decoded wrongly
/// before it came here. Only the letters from À to ÿ are looked for. They begin with Ã, which no word has before a sign or a
/// control character.
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
    CodePage::named("windows-1252")?.byte_of(c)
}

/// At most `most` bytes; an ellipsis stands for what was cut off.
pub fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most.saturating_sub('…'.len_utf8())));
        text.push_str(if most < '…'.len_utf8() { "" } else { "…" });
    }
    text
}

/// The text that bytes are, where they are text: of the beginning of an answer, so that a picture or something packed is not
/// quoted. Other encodings than UTF-8 are text, too, though not all of it can be shown.
pub fn printable(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes.get(..LOOKED_AT.min(bytes.len())).unwrap_or_default()).into_owned();
    let odd = |c: &char| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace());
    let (all, odd) = text.chars().take(500).fold((0, 0), |(all, count), c| (all + 1, count + usize::from(odd(&c))));
    (odd * 10 <= all).then_some(text)
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

    #[test]
    fn half_an_identity_number_is_never_shown() {
        // 01818012345 at every place where what is looked at can end, after blanks that are folded away.
        let looked_at = SPARSE * 100 + 2 * HALF_NUMBER;
        for before in looked_at - 12..=looked_at {
            let shown = excerpt(&format!("{}01818012345 and more", " ".repeat(before)), 100);
            assert!(!shown.contains("0181"), "{before}: {shown}");
        }
    }

    #[test]
    fn what_is_no_text_is_not_quoted() {
        assert_eq!(printable(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcbH\xcd\xc9"), None);
        assert_eq!(printable(b"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00"), None);
        // A page in ISO-8859-1.
        assert!(printable(b"<html>Tjenesten er ikke tilgjengelig for \xf8yeblikket</html>").is_some());
        assert_eq!(printable("æøå\r\n".as_bytes()).as_deref(), Some("æøå\r\n"));
        assert_eq!(printable(b"").as_deref(), Some(""));
    }
}
