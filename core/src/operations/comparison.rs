//! Whether a text that the server shows is one that was written: servers trim, reflow and capitalise.

use crate::json::JsonRef;

/// From so many letters and digits on, a text that goes on otherwise may have been cut off by the server.
const LONG_TEXT: usize = 40;

/// Whether `shown`, a field as the server shows it, is the text that was written; `None` where that cannot be told. Letters and
/// digits count, for a server may trim, reflow and capitalise.
pub fn is_text(shown: Option<JsonRef>, written: Option<&str>) -> Option<bool> {
    let core = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let shown = shown?;
    let shown = match shown.text() {
        Some(text) => core(&text),
        None if is_number(shown) => core(shown.as_str()),
        None => return None,
    };
    let written = core(written?);
    if shown.is_empty() || written.is_empty() {
        return None;
    }
    Some(shown == written || (shown.chars().count() >= LONG_TEXT && written.starts_with(&shown)))
}

fn is_number(json: JsonRef) -> bool {
    json.as_str().starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// True if `shown` is a string that differs from `written` in case and spaces only.
pub fn is_name(shown: JsonRef, written: &str) -> bool {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    shown.text().is_some_and(|shown| folded(&shown) == folded(written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;

    fn compared(shown: &str, written: &str) -> Option<bool> {
        let shown = Json::read(shown.as_bytes()).unwrap();
        is_text(shown.view(), Some(written))
    }

    #[test]
    fn only_letters_and_digits_tell_one_text_from_another() {
        assert_eq!(compared(r#"" Foreldre-\npermisjon ""#, "foreldrepermisjon"), Some(true));
        assert_eq!(compared("1234", "12-34"), Some(true));
        assert_eq!(compared(r#""Ferie""#, "Sykmeldt"), Some(false));
        let long = "x".repeat(LONG_TEXT);
        assert_eq!(compared(&format!("\"{long}\""), &format!("{long} and more")), Some(true), "it may have been cut off");
        for tells_nothing in ["\"\"", "null", "{\"text\": \"Ferie\"}", "true"] {
            assert_eq!(compared(tells_nothing, "Ferie"), None, "{tells_nothing}");
        }
        assert_eq!(is_text(None, Some("Ferie")), None);
    }
}
