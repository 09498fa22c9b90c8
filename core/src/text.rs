//! Excerpts: how somebody else's text is quoted in a message.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_takes_the_beginning_on_one_line() {
        assert_eq!(excerpt("<html>\n  <b>no\u{7}</b>", 100), "<html> <b>no\u{fffd}</b>");
        assert_eq!(excerpt("æøå æøå", 4), "æøå …");
        assert_eq!(excerpt("", 4), "");
    }
}
