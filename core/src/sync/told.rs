//! What a plan says to people: a stable word, and the sentence for it in English and in Norwegian.

/// A language of plans and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Norwegian.
    Norwegian,
}

/// Something to say: a word that programs look at, and the values in its sentence. None of them holds an identity number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The stable word, as `date_invalid`.
    pub word: &'static str,
    /// What stands in the sentence in the place of `{0}`, `{1}`, ….
    pub values: Vec<String>,
}

impl Told {
    /// Without values.
    pub fn of(word: &'static str) -> Told {
        Told { word, values: Vec::new() }
    }

    /// The same with one value more.
    pub fn with(mut self, value: impl ToString) -> Told {
        self.values.push(value.to_string());
        self
    }

    /// The sentence; the word itself where none is known.
    pub fn say(&self, language: Language) -> String {
        let Some(text) = TEXTS.iter().find(|text| text.word == self.word) else { return self.word.to_owned() };
        let sentence = match language {
            Language::English => text.english,
            Language::Norwegian => text.norwegian,
        };
        let mut said = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let Some((place, after)) = after.split_once('}') else { break };
            let value = place.parse::<usize>().ok().and_then(|place| self.values.get(place));
            said.push_str(value.map(String::as_str).unwrap_or_default());
            rest = after;
        }
        said.push_str(rest);
        said
    }
}

struct Text {
    word: &'static str,
    english: &'static str,
    norwegian: &'static str,
}

const fn text(word: &'static str, english: &'static str, norwegian: &'static str) -> Text {
    Text { word, english, norwegian }
}

/// Every word and its sentences.
const TEXTS: &[Text] = &[
    // What of a row cannot be used.
    text(
        "alias_is_persnr",
        "employee_alias holds an identity number, which must not be shown; map another column",
        "employee_alias inneholder et fødselsnummer, som ikke må vises; bruk en annen kolonne",
    ),
    text(
        "cell_invalid",
        "{0} holds an object or a list of something else than texts",
        "{0} inneholder et objekt, eller en liste av noe annet enn tekster",
    ),
    text(
        "cells_missing",
        "the line has {0} cells where the first line has {1}",
        "linjen har {0} felter der første linje har {1}",
    ),
    text(
        "date_invalid",
        "{0}: {1} is no day as \"31.01.2026\", \"20260131\" or \"2026-01-31\"",
        "{0}: {1} er ingen dato som \"31.01.2026\", \"20260131\" eller \"2026-01-31\"",
    ),
    text("flag_invalid", "{0}: {1} is neither yes nor no", "{0}: {1} er verken ja eller nei"),
    text("mobile_invalid", "{0} is no Norwegian mobile number of 8 digits", "{0} er ikke et norsk mobilnummer med 8 siffer"),
    text(
        "name_damaged",
        "{0} {1} holds {2}, which no name has: it was damaged on its way here",
        "{0} {1} inneholder {2}, som ikke finnes i navn: navnet er blitt ødelagt på veien hit",
    ),
    text("persnr_invalid", "the identity number {0}", "fødselsnummeret er ikke gyldig ({0})"),
    text(
        "position_unknown",
        "{0} is no position of \"schemes_of\"; which schemes it needs is not known",
        "stillingen {0} står ikke i \"schemes_of\"; hvilke ordninger den trenger, er ikke kjent",
    ),
    text("role_invalid", "{0} is no role's code, as \"afr_ba\"", "{0} er ikke koden til en rolle, som \"afr_ba\""),
    text("scheme_invalid", "{0} is no scheme's code, as \"afr\"", "{0} er ikke koden til en ordning, som \"afr\""),
    text(
        "status_unknown",
        "status: {0} is none of {1}; say in \"status_values\" what it means",
        "status: {0} er ikke blant {1}; si i \"status_values\" hva det betyr",
    ),
    text(
        "unnamed",
        "the row has neither a valid identity number nor an employee_alias, so nobody can be looked for",
        "raden har verken gyldig fødselsnummer eller employee_alias, så ingen kan letes opp",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_there_in_both_languages_with_the_same_values() {
        let places = |sentence: &str| {
            let mut places: Vec<String> =
                sentence.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            places.sort();
            places
        };
        let mut words: Vec<&str> = TEXTS.iter().map(|text| text.word).collect();
        for text in TEXTS {
            assert_eq!(places(text.english), places(text.norwegian), "{}", text.word);
            assert_ne!(text.english, text.norwegian, "{}", text.word);
        }
        words.sort_unstable();
        let all = words.len();
        words.dedup();
        assert_eq!(words.len(), all);
    }

    #[test]
    fn values_stand_in_their_places() {
        let told = Told::of("cells_missing").with(3).with(4);
        assert_eq!(told.say(Language::English), "the line has 3 cells where the first line has 4");
        assert_eq!(told.say(Language::Norwegian), "linjen har 3 felter der første linje har 4");
        assert_eq!(Told::of("no_such_word").say(Language::English), "no_such_word");
    }
}
