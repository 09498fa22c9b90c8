//! The redactor: takes a client's secrets, in every spelling in which a server may throw them back, whatever is called a token or a
//! password, and all identity numbers out of a text. The client makes one for each text, since tokens change.

use std::borrow::Cow;
use std::ops::Range;

use data_encoding::{BASE64, BASE64URL};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use zeroize::Zeroizing;

use crate::persnr;
use crate::text::{HALF_NUMBER, LOOKED_AT, SPARSE, beginning, cut, on_one_line};

/// What other programs leave as it is when they percent-encode: RFC 3986's unreserved characters, and Python's `quote`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const QUOTED: &AsciiSet = &UNRESERVED.remove(b'/');
/// A shorter text is no secret worth the name, and redacting it would garble every message. In bytes.
const SHORTEST: usize = 6;

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
            secrets.extend(in_base64(&secret));
            secrets.push(secret);
        }
        crate::sets::sort_by(&mut secrets, |a, b| b.len().cmp(&a.len()).then_with(|| a.as_str().cmp(b.as_str())));
        secrets.dedup();
        Redactor { secrets }
    }

    /// `text` with `***` in place of each secret, of what is called one, and of each identity number.
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        // Secrets first: one that holds eleven digits would not be recognised any more afterwards.
        for secret in &self.secrets {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), "***");
            }
            if let Some(without) = without_loosely(&text, secret) {
                text = without;
            }
        }
        let text = without_credentials(&text);
        persnr::redacted(&text).into_owned()
    }

    /// The beginning of what somebody else wrote, on one line, at most `most` characters. It is redacted before it is cut: half a
    /// secret would not be recognised.
    pub fn excerpt(&self, text: &str, most: usize) -> String {
        // Of a page that is mostly white space less can be shown.
        on_one_line(&self.beginning(text, (SPARSE * most + 2 * self.longest()).min(LOOKED_AT)), most)
    }

    /// The same as it stands, at most `most` bytes.
    pub fn redact_within(&self, text: &str, most: usize) -> String {
        if text.len() <= most {
            return cut(self.redact(text), most);
        }
        cut(format!("{}…", self.beginning(text, LOOKED_AT.min(most + self.longest()))), most)
    }

    fn beginning(&self, text: &str, most: usize) -> String {
        beginning(text, most, self.longest(), &|text| self.redact(text))
    }

    fn longest(&self) -> usize {
        // Loosely written, a secret may be longer than it is.
        self.secrets.first().map_or(0, |secret| 2 * secret.len()).max(HALF_NUMBER)
    }
}

/// What of a secret stands in the base64 of any text that holds it, as of `id:secret`, whatever stands before and after it there.
fn in_base64(secret: &str) -> Vec<Zeroizing<String>> {
    let mut spelt = Vec::new();
    for before in 0..3 {
        let mut text = Zeroizing::new(vec![0; before]);
        text.extend(secret.as_bytes());
        // Characters that also hold bits of what stands before or after it may be others.
        let whole = text.len() * 8 / 6;
        let first = (before * 8).div_ceil(6);
        for encoding in [&BASE64, &BASE64URL] {
            let encoded = Zeroizing::new(encoding.encode(&text));
            spelt.extend(encoded.get(first..whole).filter(|part| part.len() >= 8).map(|part| Zeroizing::new(part.to_owned())));
        }
    }
    spelt
}

/// `text` without `secret`, whatever stands between its letters and digits: escapes within escapes, folded blanks. `None` if it is
/// not there.
fn without_loosely(text: &str, secret: &str) -> Option<String> {
    let wanted: Vec<char> = secret.chars().filter(|c| c.is_alphanumeric()).collect();
    if wanted.len() < SHORTEST {
        return None;
    }
    let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
    let mut without = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(window) = letters.get(at..at + wanted.len()) {
        if !window.iter().map(|(_, c)| c).eq(&wanted) {
            at += 1;
            continue;
        }
        if let (Some((start, _)), Some((last, end))) = (window.first(), window.last()) {
            without.push_str(text.get(kept..*start).unwrap_or_default());
            without.push_str("***");
            kept = last + end.len_utf8();
        }
        at += wanted.len();
    }
    without.push_str(text.get(kept..).filter(|_| kept > 0)?);
    Some(without)
}

/// Words that a secret follows, as `"access_token": "…"`, `client_secret=…`, `Authorization: Bearer …`: a server may show a token
/// that nobody here knows.
const NAMES: [&str; 6] = ["token", "secret", "password", "assertion", "bearer", "basic"];
/// What may stand between such a word and the secret, quotes and escapes of quotes included.
const BETWEEN: [&str; 22] = [
    "\"", "'", "\\", ":", "=", ">", " ", "\t", "\r", "\n", "+", "%22", "%27", "%3A", "%3a", "%3D", "%3d", "%20", "&quot;",
    "&#34;", "&#x27;", "&#39;",
];

/// `text` without what follows a word that a secret follows. Borrows where there is none.
fn without_credentials(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0;
    for place in places_of_credentials(text) {
        out.push_str(text.get(kept..place.start).unwrap_or_default());
        out.push_str("***");
        kept = place.end;
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// What follows a word that a secret follows: whatever of an answer may be a token that nobody here knows.
pub fn credentials(text: &str) -> Vec<Zeroizing<String>> {
    let found = places_of_credentials(text).into_iter().filter_map(|place| text.get(place));
    found.map(|secret| Zeroizing::new(secret.to_owned())).collect()
}

fn places_of_credentials(text: &str) -> Vec<Range<usize>> {
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(rest) = lower.get(at..) {
        let next = NAMES.iter().filter_map(|name| rest.find(name).map(|place| (place, name))).min_by_key(|(place, _)| *place);
        let Some((place, name)) = next else { break };
        at += place + name.len();
        let value = skip_between(text.get(at..).unwrap_or_default());
        let start = text.len() - value.len();
        let between = text.get(at..start).unwrap_or_default();
        let length = value.find(|c: char| c.is_whitespace() || "\"'\\&<>,{}[]();".contains(c)).unwrap_or(value.len());
        let value = value.get(..length).unwrap_or_default();
        if !between.is_empty() && is_credential(name, between, value) {
            at = start + length;
            places.push(start..at);
        }
    }
    places
}

fn skip_between(mut text: &str) -> &str {
    while let Some(rest) = BETWEEN.iter().find_map(|mark| text.strip_prefix(mark)) {
        text = rest;
    }
    text
}

/// Whether what stands after a word is a secret and not the next word of a sentence.
fn is_credential(name: &str, between: &str, value: &str) -> bool {
    let value = value.trim_end_matches(['.', '=', ':']);
    let is_word = value.chars().all(|c| c.is_ascii_lowercase() || (c.is_ascii_alphabetic() && value.len() < 8));
    match name {
        // `Bearer realm="api"` is a challenge, and "basic authentication" two words.
        "bearer" | "basic" => value.len() >= SHORTEST && (value.len() > 24 || !value.chars().all(|c| c.is_ascii_alphabetic())),
        // As a member of JSON or of a form.
        _ if ["\"", "=", "%22", "&quot;", "&#34;", "%3D", "%3d"].iter().any(|mark| between.contains(mark)) => !value.is_empty(),
        _ => between.contains(':') && value.len() >= SHORTEST && !is_word,
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
    fn a_secret_is_redacted_in_base64_whatever_stands_around_it() {
        let redactor = redactor("hush-hush/0123456789");
        for before in ["", "a", "ab", "client-id:"] {
            for after in ["", "b", "bc"] {
                let text = format!("{before}hush-hush/0123456789{after}");
                for encoded in [BASE64.encode(text.as_bytes()), BASE64URL.encode(text.as_bytes())] {
                    let left = redactor.redact(&format!("it was {encoded}"));
                    assert!(left.len() < "it was ".len() + 24 && left.contains("***"), "{left}");
                }
            }
        }
    }

    #[test]
    fn what_is_called_a_token_is_redacted_without_being_known() {
        let redactor = redactor("abc");
        for (text, left) in [
            (r#"{"access_token": "abc.DEF-123", "scope": "read"}"#, r#"{"access_token": "***", "scope": "read"}"#),
            (r#"{"refresh_token":"x","expires_in":1}"#, r#"{"refresh_token":"***","expires_in":1}"#),
            (r#"{\"access_token\":\"abc\"}"#, r#"{\"access_token\":\"***\"}"#),
            ("access_token=abc&scope=read", "access_token=***&scope=read"),
            ("https://x/cb#access_token=abc", "https://x/cb#access_token=***"),
            ("client_secret%3Dabc%26x", "client_secret%3D***"),
            ("Authorization: Bearer abcDEF123456 was sent", "Authorization: Bearer *** was sent"),
            ("<td>authorization</td><td>bearer eyJhbGciOi.eyJz.c2ln</td>", "<td>authorization</td><td>bearer ***</td>"),
            ("Basic aWQ6c2VjcmV0", "Basic ***"),
            ("&quot;access_token&quot;: &quot;abcd&quot;", "&quot;access_token&quot;: &quot;***&quot;"),
            ("token: 8f14e45fceea167a", "token: ***"),
        ] {
            assert_eq!(redactor.redact(text), left);
        }
        for text in [
            r#"Bearer realm="api""#,
            "The server does not accept a token that it has just given out.",
            "basic authentication is needed",
            "Given token not valid for any token type",
            r#"{"password": ["This field is required."]}"#,
            "wants a user's name and password, as http://user:password@host:port",
            "client_secret: must not be empty",
            r#"{"token_type": "Bearer"}"#,
        ] {
            assert_eq!(redactor.redact(text), text);
        }
    }

    #[test]
    fn a_secret_again_and_again_is_redacted_in_one_pass() {
        // Each of them in another way than the redactor knows; one by one, this would take hours.
        let text = "hush_hush0123456789 ".repeat(20_000);
        let left = redactor("hush-hush/0123456789").redact(&text);
        assert_eq!(left, "*** ".repeat(20_000));
    }

    #[test]
    fn what_is_cut_is_redacted_before() {
        let redactor = redactor("topsecret-topsecret");
        for before in 0..120 {
            let shown = redactor.redact_within(&format!("{}topsecret-topsecret 01810199999 end", "x".repeat(before)), 100);
            assert!(shown.len() <= 100 && !shown.contains("tops") && !shown.contains("0181"), "{shown}");
        }
        assert_eq!(redactor.redact_within("short", 100), "short");
    }

    #[test]
    fn identity_numbers_go_without_being_known() {
        assert_eq!(redactor("abc").redact("abc 01810199999!"), "abc ***!");
    }
}
