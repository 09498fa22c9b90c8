//! The redactor: takes a client's secrets, in every spelling in which a server may throw them back, and all identity numbers
//! out of a text. The client makes one for each text, since tokens change.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use zeroize::Zeroizing;

use crate::persnr;
use crate::text::excerpt;

/// What other programs leave as it is when they percent-encode: RFC 3986's unreserved characters, and Python's `quote`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const QUOTED: &AsciiSet = &UNRESERVED.remove(b'/');
/// A shorter text is no secret worth the name, and redacting it would garble every message. In bytes.
const SHORTEST: usize = 6;
/// How much of a long text is looked at for an excerpt. In characters.
const LOOKED_AT: usize = 16 << 10;

/// Knows what must not be shown. It shows itself to nobody, and what it knows is wiped when it is dropped.
pub struct Redactor {
    /// The longest first, so that none is left half.
    secrets: Vec<Zeroizing<String>>,
}

impl Redactor {
    /// A redactor of these secrets, given as plain text. Those of fewer than 6 bytes are left out.
    pub fn new(plain: impl IntoIterator<Item = Zeroizing<String>>) -> Redactor {
        let mut secrets = Vec::new();
        for secret in plain.into_iter().filter(|secret| secret.len() >= SHORTEST) {
            for set in [NON_ALPHANUMERIC, UNRESERVED, QUOTED] {
                let encoded = utf8_percent_encode(&secret, set).to_string();
                secrets.push(Zeroizing::new(encoded.replace("%20", "+")));
                secrets.push(Zeroizing::new(encoded));
            }
            secrets.push(Zeroizing::new(json!(secret.as_str()).to_string().trim_matches('"').to_owned()));
            let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            secrets.push(Zeroizing::new(html.replace('\'', "&#x27;")));
            secrets.push(Zeroizing::new(html.replace('\'', "&#39;")));
            secrets.push(Zeroizing::new(secret.bytes().map(|b| format!("%{b:02X}")).collect()));
            secrets.push(Zeroizing::new(secret.bytes().map(|b| format!("%{b:02x}")).collect()));
            secrets.push(secret);
        }
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.dedup();
        Redactor { secrets }
    }

    /// `text` with `***` in place of each secret and each identity number.
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        // Secrets first: one that holds eleven digits would not be recognised any more afterwards.
        for secret in &self.secrets {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), "***");
            }
            text = without_loosely(text, secret);
        }
        persnr::redacted(&text).into_owned()
    }

    /// The beginning of what somebody else wrote, on one line, at most `most` characters. It is redacted before it is cut: half a
    /// secret would not be recognised.
    pub fn excerpt(&self, text: &str, most: usize) -> String {
        if text.len() <= LOOKED_AT {
            return excerpt(&self.redact(text), most);
        }
        let head: String = text.chars().take(LOOKED_AT).collect();
        let head = self.redact(&head);
        // The end of what was looked at may be half a secret.
        let longest = self.secrets.first().map_or(0, |secret| secret.len()).max(16);
        let complete: String = head.chars().take(head.chars().count().saturating_sub(longest)).collect();
        excerpt(&complete, most)
    }
}

/// `text` without `secret`, whatever stands between its letters and digits: escapes within escapes, folded blanks.
fn without_loosely(mut text: String, secret: &str) -> String {
    let wanted: Vec<char> = secret.chars().filter(|c| c.is_alphanumeric()).collect();
    if wanted.len() < SHORTEST {
        return text;
    }
    loop {
        let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
        let found = letters.windows(wanted.len()).find(|window| window.iter().map(|(_, c)| c).eq(&wanted));
        let Some(((start, _), (last, end))) = found.and_then(|window| window.first().copied().zip(window.last().copied()))
        else {
            return text;
        };
        text.replace_range(start..last + end.len_utf8(), "***");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor(secret: &str) -> Redactor {
        Redactor::new([Zeroizing::new(secret.to_owned())])
    }

    #[test]
    fn a_secret_is_redacted_in_each_spelling() {
        let redactor = redactor("tøp \"secret\"/1");
        for shown in [
            "tøp \"secret\"/1",
            "t%C3%B8p%20%22secret%22%2F1",
            "t%C3%B8p+%22secret%22/1",
            "tøp \\\"secret\\\"/1",
            "tøp &quot;secret&quot;/1",
            "tøp\n\\\\\"secret\\\\\"\\/1",
        ] {
            let left = redactor.redact(&format!("before {shown} after"));
            assert!(left.starts_with("before ***") && left.ends_with("after") && !left.contains("secret"), "{left}");
        }
        assert_eq!(redactor.redact("nothing of it"), "nothing of it");
    }

    #[test]
    fn half_a_secret_at_the_end_of_what_is_looked_at_is_not_shown() {
        let text = format!("{}topsecret-topsecret", " ".repeat(LOOKED_AT - 10));
        assert_eq!(redactor("topsecret-topsecret").excerpt(&text, 100), "");
    }

    #[test]
    fn identity_numbers_go_without_being_known() {
        assert_eq!(redactor("abc").redact("abc 01810199999!"), "abc ***!");
    }
}
