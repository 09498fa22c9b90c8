//! Whether a text that the server shows is one that was written: servers trim, reflow and capitalise.

use unicode_normalization::char::decompose_canonical;

use crate::arguments;
use crate::json::JsonRef;

/// From so many letters and digits on, a text that goes on otherwise may have been cut off by the server.
const LONG_TEXT: usize = 40;

/// Whether `shown`, a field as the server shows it, is the text that was written; `None` where that cannot be told. Letters and
/// digits count, for a server may trim, reflow and capitalise.
pub fn is_text(shown: Option<JsonRef>, written: Option<&str>) -> Option<bool> {
    let shown = shown?;
    let shown = match shown.text() {
        Some(text) => letters(&text),
        None if is_number(shown) => letters(shown.as_str()),
        None => return None,
    };
    let written = letters(written?);
    if shown.is_empty() || written.is_empty() {
        return None;
    }
    Some(shown == written || (shown.chars().count() >= LONG_TEXT && written.starts_with(&shown)))
}

/// The text without case, accents and the ways of composing them: "Å" is "a", whether it is one character or two, and "ß" is "ss".
fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        decompose_canonical(c, |c| {
            if !is_accent(c) {
                plain.push(c);
            }
        });
    }
    // Lower case first, as "ẞ" has no upper case; then upper case, which spells "ß" and ligatures out.
    plain.to_lowercase().to_uppercase().to_lowercase().replace('æ', "ae").replace('ø', "o")
}

/// True for the marks of Unicode's blocks "Combining Diacritical Marks". The library's own table of all marks would cost 16 KB.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// The letters and digits of a folded text.
fn letters(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// True if all of them are; `None` if none is false, and of one at least it cannot be told.
pub fn all<const N: usize>(these: [Option<bool>; N]) -> Option<bool> {
    if these.contains(&Some(false)) { Some(false) } else { these.into_iter().collect::<Option<Vec<_>>>().map(|_| true) }
}

/// Whether `shown`, a date as the server shows it, is the day that was written, as `2031-05-17`; `None` where that cannot be told:
/// midnight in Norway can be a moment of the day before, in the server's time.
pub fn is_day(shown: Option<JsonRef>, written: &str) -> Option<bool> {
    let shown = shown?.text()?;
    let (day, written) = (arguments::date(shown.get(..10)?)?, arguments::date(written)?);
    let apart = day.since(written).ok()?.get_days().abs();
    match (apart, shown.len()) {
        (0, _) => Some(true),
        (1, 11..) => None,
        _ => Some(false),
    }
}

fn is_number(json: JsonRef) -> bool {
    json.as_str().starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// True if `shown` is a string that differs from `written` in case, accents and spaces only.
pub fn is_alike(shown: JsonRef, written: &str) -> bool {
    shown.text().is_some_and(|shown| is_same_name(&shown, written))
}

/// True if the names differ in case, accents and spaces only.
pub fn is_same_name(one: &str, other: &str) -> bool {
    name_key(one) == name_key(other)
}

/// What names have in common that differ in case, accents and spaces only: for finding one among many.
pub fn name_key(name: &str) -> String {
    words(&folded(name))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a name that the server shows stands to the one that was written, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// The same but for case and spaces.
    Same,
    /// The same letters: composed in another way, with other accents, dashes or apostrophes.
    Spelled,
    /// Cut, added to, or garbled.
    Related,
    /// Another one.
    Another,
}

impl Name {
    /// Compares them. What is no text, or empty, is another name.
    pub fn of(shown: JsonRef, written: &str) -> Name {
        let Some(shown) = shown.text() else { return Name::Another };
        if words(&shown).to_lowercase() == words(written).to_lowercase() {
            return Name::Same;
        }
        // "Aa" and "oe" are how "å" and "ø" are written without them.
        let core = |text: &str| letters(text).replace("aa", "a").replace("oe", "o");
        let (one, other) = (core(&shown), core(written));
        match (one.is_empty(), other.is_empty()) {
            (false, false) if one == other => Name::Spelled,
            (false, false) if is_related(&one, &other) || shares_a_word(&shown, written) => Name::Related,
            // Nothing but question marks, say: which name it was cannot be told.
            (true, false) if !shown.trim().is_empty() => Name::Related,
            _ => Name::Another,
        }
    }
}

/// True if one begins with the other, or if both have half of the longer one in common at their two ends.
fn is_related(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let first = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let last = short.iter().rev().zip(long.iter().rev()).take(short.len() - first).take_while(|(a, b)| a == b).count();
    first == short.len() || 2 * (first + last) >= long.len()
}

/// True if both have a word of two letters or more.
fn shares_a_word(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = folded(text);
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1).map(str::to_owned).collect()
    };
    let other = words(other);
    words(one).iter().any(|word| other.contains(word))
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

    #[test]
    fn a_text_is_the_same_however_its_letters_are_composed() {
        assert_eq!(compared("\"Pa\u{30a} ferie\"", "På ferie"), Some(true));
        assert_eq!(compared("\"GRUSS\"", "gruß"), Some(true));
        assert_eq!(compared("\"Sykmeldt\"", "På ferie"), Some(false));
    }

    #[test]
    fn a_name_is_known_in_the_servers_spelling() {
        let name = |shown: &str, written: &str| {
            let shown = Json::of(&shown);
            Name::of(shown.view().unwrap(), written)
        };
        for (shown, written) in [("kari  ANNE ", "Kari Anne"), ("ÅSE", "åse")] {
            assert_eq!(name(shown, written), Name::Same, "{shown}");
        }
        for (shown, written) in [
            ("A\u{30a}se", "Åse"),
            ("Åse", "A\u{30a}se"),
            ("Ase", "Åse"),
            ("AASE", "Åse"),
            ("Øystein", "Oeystein"),
            ("Groß", "GROSS"),
            ("GROẞ", "Gross"),
            ("Prøve Næss", "Prøve-Næss"),
            ("Prove Naess", "Prøve\u{2011}Næss"),
            ("O\u{2019}Brien", "O'Brien"),
            ("OBrien", "O'Brien"),
            ("Van der Berg", "Vanderberg"),
            ("Jose", "Jos\u{e9}"),
        ] {
            assert_eq!(name(shown, written), Name::Spelled, "{shown} and {written}");
        }
        for (shown, written) in [
            ("Kari Anne", "Kari"),
            ("Kari", "Kari Anne"),
            ("Anne", "Kari Anne"),
            ("K.", "Kari"),
            ("Aleksand", "Aleksander"),
            ("Hansen Nordmann", "Nordmann"),
            ("Nordmann-Hansen", "Hansen"),
            ("KjÃ¦rsti", "Kjærsti"),
            ("Kj?rsti", "Kjærsti"),
            ("????", "Иван"),
        ] {
            assert_eq!(name(shown, written), Name::Related, "{shown} and {written}");
        }
        for (shown, written) in [("Ola", "Kari"), ("", "Kari"), ("Bakke", "Nordmann"), ("Иван", "Пётр")] {
            assert_eq!(name(shown, written), Name::Another, "{shown} and {written}");
        }
        assert_eq!(Name::of(Json::null().view().unwrap(), "Kari"), Name::Another);
    }
}
