//! What people read in their own language: what fields, statuses, schemes, roles and rails are called, and how days, moments and numbers
//! are written. Whole sentences are in [`told`](super::told).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A language of plans and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Norwegian.
    Norwegian,
}

impl Language {
    /// The one of two texts that is in this language.
    pub fn of<'a>(self, english: &'a str, norwegian: &'a str) -> &'a str {
        match self {
            Language::English => english,
            Language::Norwegian => norwegian,
        }
    }
}

/// What FinAut's places are called, as far as somebody has to read of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// Companies, by number.
    pub companies: BTreeMap<u64, String>,
    /// Departments, by number.
    pub departments: BTreeMap<u64, String>,
    /// Franchises, by address.
    pub franchises: BTreeMap<String, String>,
}

impl Places {
    /// A company by its number, as it stands in a text: its name, else the number.
    pub fn company(&self, number: &str) -> String {
        let known = number.parse().ok().and_then(|number: u64| self.companies.get(&number));
        known.cloned().unwrap_or_else(|| number.to_owned())
    }
}

/// A code, and what it is called in English and in Norwegian.
type Called = (&'static str, &'static str, &'static str);

fn called(known: &'static [Called], code: &str, language: Language) -> Option<&'static str> {
    known.iter().find(|(of, ..)| *of == code).map(|(_, english, norwegian)| language.of(english, norwegian))
}

/// The fields of rows, by their names in profiles.
const FIELDS: &[Called] = &[
    ("persnr", "identity number", "fødselsnummer"),
    ("employee_alias", "employee number", "ansattnummer"),
    ("first_name", "first name", "fornavn"),
    ("last_name", "last name", "etternavn"),
    ("email", "e-mail", "e-post"),
    ("mobile", "mobile number", "mobilnummer"),
    ("company", "company", "selskap"),
    ("department", "department", "avdeling"),
    ("franchise", "franchise", "franchise"),
    ("position", "position", "stilling"),
    ("schemes", "schemes", "ordninger"),
    ("roles", "roles", "roller"),
    ("start_date", "start date", "startdato"),
    ("end_date", "end date", "sluttdato"),
    ("status", "employment status", "ansettelsesstatus"),
    ("main", "main position", "hovedstilling"),
    ("confidential", "confidentiality", "skjerming"),
];

/// What a field is called; what is no field's name stays as it is.
pub fn field(name: &str, language: Language) -> &str {
    called(FIELDS, name, language).unwrap_or(name)
}

/// The schemes whose names are publicly known. They are names, and so the same in both languages.
const SCHEMES: &[(&str, &str)] = &[
    ("afr", "Sparing & investering"),
    ("krd", "Kreditt"),
    ("gos", "Skadeforsikring"),
    ("aip", "Personforsikring"),
    ("sfn", "Skadeforsikring Næring"),
    ("pfn", "Personforsikring Næring"),
    ("inf", "Informasjonsgivere"),
    ("ukr", "Usikret kreditt"),
    ("ink", "Inkasso"),
    ("dig", "Digitale løsninger"),
    ("fin", "Generelle brukere"),
    ("rob", "Robotrådgivere"),
    ("n2", "Nivå 2"),
    ("n3", "Nivå 3 (åpne tester)"),
];

/// A scheme's name and its code, as `Kreditt (krd)`; the code alone where the name is not known.
pub fn scheme(code: &str) -> String {
    match SCHEMES.iter().find(|(of, _)| *of == code) {
        Some((_, name)) => format!("{name} ({code})"),
        None => code.to_owned(),
    }
}

/// A role, as `administrator (BA) in Kreditt (krd)`; a candidate's is the scheme alone.
pub fn role(code: &str, language: Language) -> String {
    let Some((of, kind)) = code.rsplit_once('_') else { return code.to_owned() };
    match kind {
        "ba" => format!("{} {}", language.of("administrator (BA) in", "bedriftsansvarlig (BA) i"), scheme(of)),
        "tl" => format!("{} {}", language.of("test leader (TL) in", "testleder (TL) i"), scheme(of)),
        _ => scheme(of),
    }
}

/// What a status is called, whatever scheme it is in; what is not known stays as it is.
pub fn status<'a>(word: &'a str, scheme: &str, language: Language) -> &'a str {
    const KNOWN: &[Called] = &[
        ("new", "not authorised", "ikke autorisert"),
        ("ok", "authorised", "autorisert"),
        ("hvilende", "on hold", "hvilende"),
        ("utmeldt", "withdrawn", "utmeldt"),
        ("reauth", "to be authorised anew", "skal autoriseres på nytt"),
        ("tlnew", "test leader, not approved", "testleder, ikke godkjent"),
        ("tlok", "test leader, approved", "testleder, godkjent"),
        ("paused", "paused", "satt på pause"),
    ];
    let code = word.strip_prefix(scheme).filter(|rest| !scheme.is_empty() && ["new", "ok"].contains(rest)).unwrap_or(word);
    called(KNOWN, code, language).unwrap_or(word)
}

/// What is wrong with an identity number, as the number's own check says it in English: by how that begins. In Norwegian it follows upon
/// `fødselsnummeret`.
pub fn fault(clause: &str, language: Language) -> &str {
    const KNOWN: &[(&str, &str)] = &[
        ("is empty", "er tomt; et fødselsnummer har 11 siffer"),
        ("has ", "har ikke 11 siffer"),
        ("contains ", "inneholder noe annet enn siffer; skriv de 11 sifrene alene"),
        ("the first digit", "er et FH-nummer, som bare brukes i helsetjenesten og ikke godtas"),
        ("the day", "har en dag som ikke finnes (siffer 1 og 2)"),
        ("the month", "har en måned som ikke finnes (siffer 3 og 4)"),
        ("the birth date", "har en fødselsdato som ikke finnes (siffer 1 til 6)"),
        (
            "the first control digit",
            "har feil kontrollsiffer (siffer 10); et siffer er skrevet feil, eller to har byttet plass",
        ),
        (
            "the second control digit",
            "har feil kontrollsiffer (siffer 11); et siffer er skrevet feil, eller to har byttet plass",
        ),
        ("the individual number", "har et individnummer (siffer 7 til 9) som ikke passer til året (siffer 5 og 6)"),
    ];
    match language {
        Language::English => clause,
        Language::Norwegian => {
            let known = KNOWN.iter().find(|(begins, _)| clause.starts_with(begins));
            known.map_or("er ikke gyldig", |(_, norwegian)| *norwegian)
        }
    }
}

/// What kept a step from being done this time, by the error's code.
pub fn failure(code: &str, language: Language) -> &'static str {
    const KNOWN: &[Called] = &[
        ("network", "FinAut could not be reached", "FinAut kunne ikke nås"),
        ("permission", "the account may not do it", "kontoen har ikke rett til det"),
        ("protocol", "FinAut's answer was not understood", "svaret fra FinAut var ikke til å forstå"),
        ("server", "FinAut had an error", "det var en feil hos FinAut"),
    ];
    called(KNOWN, code, language).unwrap_or(language.of("an error", "en feil"))
}

/// A rail in words: its title, and what it is about and what to look at before it is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RailWords {
    /// A few words.
    pub title: &'static str,
    /// One or two sentences.
    pub about: &'static str,
}

/// Name; title and explanation in English; the same in Norwegian.
type RailTexts = (&'static str, [&'static str; 2], [&'static str; 2]);

const RAILS: &[RailTexts] = &[
    (
        "first_run",
        [
            "First plan of this profile",
            "No plan of this profile was approved yet. Everything waits until a person has approved one.",
        ],
        [
            "Første plan for denne profilen",
            "Ingen plan for denne profilen er godkjent ennå. Alt venter til noen har godkjent én.",
        ],
    ),
    (
        "profile_changed",
        [
            "The profile has changed",
            "The settings differ from those that were approved. Everything waits until a person has approved a plan made with the new ones.",
        ],
        [
            "Profilen er endret",
            "Innstillingene er andre enn de som ble godkjent. Alt venter til noen har godkjent en plan laget med de nye.",
        ],
    ),
    (
        "file_empty",
        ["The HR file names nobody", "A file without people is hardly right. Ask HR for a new one."],
        ["HR-filen nevner ingen", "En fil uten personer er neppe riktig. Be HR om en ny."],
    ),
    (
        "file_short",
        [
            "The HR file has an unusual length",
            "It has far fewer or far more rows than the last ones. It may have been cut or doubled. Approving it accepts this file as right.",
        ],
        [
            "HR-filen har uvanlig lengde",
            "Den har langt færre eller langt flere rader enn de siste. Den kan være kuttet eller doblet. Å godkjenne den er å si at filen er riktig.",
        ],
    ),
    (
        "file_broken",
        [
            "The HR file is damaged",
            "Parts of it cannot be used, or its end is missing. Ask HR for a new one. Approving it accepts this file as it is.",
        ],
        [
            "HR-filen er skadet",
            "Deler av den kan ikke brukes, eller slutten mangler. Be HR om en ny. Å godkjenne den er å ta filen som den er.",
        ],
    ),
    (
        "file_stale",
        [
            "The HR file is old",
            "It was not written anew, or its content does not change any more. Is the export still running?",
        ],
        ["HR-filen er gammel", "Den er ikke skrevet på nytt, eller innholdet endrer seg ikke lenger. Går eksporten fortsatt?"],
    ),
    (
        "register_short",
        [
            "FinAut shows far fewer people than before",
            "The account may have lost access to a company. Nobody is judged by such a list.",
        ],
        [
            "FinAut viser langt færre personer enn før",
            "Kontoen kan ha mistet tilgang til et selskap. Ingen bedømmes etter en slik liste.",
        ],
    ),
    (
        "irreversible",
        [
            "Many leave at once",
            "More people than usual would be withdrawn or put on hold within seven days. Only FinAut's portal can undo that, so all of them wait. Check that they have really left.",
        ],
        [
            "Mange går ut på én gang",
            "Flere enn vanlig ville blitt utmeldt eller hvilende i løpet av sju dager. Bare FinAuts portal kan gjøre det om, så alle venter. Undersøk om de virkelig har sluttet.",
        ],
    ),
    (
        "department_gone",
        ["A whole department leaves", "Everybody in a department would leave on the same night. Was it moved or renamed?"],
        ["En hel avdeling går ut", "Alle i en avdeling ville gått ut samme natt. Er den flyttet eller omdøpt?"],
    ),
    (
        "creates",
        ["Many are entered at once", "More people than usual would be created within 24 hours. Is the company number right?"],
        [
            "Mange meldes inn på én gang",
            "Flere enn vanlig ville blitt opprettet i løpet av et døgn. Er selskapsnummeret riktig?",
        ],
    ),
    (
        "enrolments",
        ["Many get a new scheme at once", "More people than usual would be signed up to a further scheme within 24 hours."],
        ["Mange får en ny ordning på én gang", "Flere enn vanlig ville blitt meldt på en ordning til i løpet av et døgn."],
    ),
    (
        "changes",
        [
            "One field changes for many",
            "The same field would change for more people than usual. That is right after a reorganisation, and wrong after a mistake in the export.",
        ],
        [
            "Ett felt endres for mange",
            "Samme felt ville blitt endret for flere enn vanlig. Det er riktig etter en omorganisering, og galt etter en feil i eksporten.",
        ],
    ),
    (
        "aliases",
        [
            "Employee numbers change for many",
            "Employee numbers tell people apart. If they change for many, or begin to look otherwise, the export may have another column.",
        ],
        [
            "Ansattnumre endres for mange",
            "Ansattnumrene skiller folk fra hverandre. Endres de for mange, eller ser de annerledes ut, kan eksporten ha fått en annen kolonne.",
        ],
    ),
    (
        "second_installation",
        [
            "Another installation works on the same people",
            "FinAut's history has statuses that a sync set and that are not known here. Two installations must not share an account's people.",
        ],
        [
            "En annen installasjon arbeider med de samme personene",
            "FinAuts historikk har statuser som en synkronisering har satt, og som ikke er kjent her. To installasjoner må ikke dele samme personer.",
        ],
    ),
    (
        "transfer",
        ["Somebody changes company", "FinAut has the person in another company. A person decides whether they are moved."],
        ["Noen bytter selskap", "FinAut har personen i et annet selskap. Et menneske avgjør om de flyttes."],
    ),
    (
        "same_person?",
        [
            "Perhaps the same person",
            "Somebody in the file looks like somebody in FinAut under another identity. A person decides whether they are one.",
        ],
        ["Kanskje samme person", "Noen i filen ligner noen i FinAut med en annen identitet. Et menneske avgjør om de er én."],
    ),
    (
        "administrators",
        [
            "Administrators and test leaders",
            "These people administer others in FinAut, or would. Make sure that somebody else can before they leave.",
        ],
        [
            "Bedriftsansvarlige og testledere",
            "Disse administrerer andre i FinAut, eller ville gjort det. Sørg for at noen andre kan før de går ut.",
        ],
    ),
    (
        "unnamed_row",
        [
            "Perhaps still in the file",
            "The person is missing from the file, but a row without identity number and employee number has the same last name.",
        ],
        [
            "Kanskje fortsatt i filen",
            "Personen mangler i filen, men en rad uten fødselsnummer og ansattnummer har samme etternavn.",
        ],
    ),
    (
        "scheme_unlisted",
        [
            "A scheme that FinAut does not list",
            "The profile names a scheme that FinAut no longer has. It may have been renamed.",
        ],
        [
            "En ordning som FinAut ikke viser",
            "Profilen nevner en ordning som FinAut ikke lenger har. Den kan ha fått nytt navn.",
        ],
    ),
    (
        "refusals",
        ["FinAut refused the same several times", "The rest of that kind waits: something is wrong with all of them."],
        ["FinAut avviste det samme flere ganger", "Resten av samme slag venter: noe er galt med alle."],
    ),
];

/// A rail in words; one that is not known is called by its name.
pub fn rail(name: &'static str, language: Language) -> RailWords {
    let texts = RAILS.iter().find(|(of, ..)| *of == name).map(|(_, english, norwegian)| match language {
        Language::English => english,
        Language::Norwegian => norwegian,
    });
    match texts {
        Some([title, about]) => RailWords { title, about },
        None => RailWords { title: name, about: "" },
    }
}

const MONTHS: [[&str; 2]; 12] = [
    ["January", "januar"],
    ["February", "februar"],
    ["March", "mars"],
    ["April", "april"],
    ["May", "mai"],
    ["June", "juni"],
    ["July", "juli"],
    ["August", "august"],
    ["September", "september"],
    ["October", "oktober"],
    ["November", "november"],
    ["December", "desember"],
];

/// A day, as `27 November 2026` or `27. november 2026`.
pub fn day(date: Date, language: Language) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    let [english, norwegian] = month;
    match language {
        Language::English => format!("{} {english} {}", date.day(), date.year()),
        Language::Norwegian => format!("{}. {norwegian} {}", date.day(), date.year()),
    }
}

/// A day that stands in a text, as `2026-11-27`; anything else stays as it is.
pub fn day_in(text: &str, language: Language) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |date| day(date, language))
}

/// A moment that stands in a text, as `2026-11-27T04:12:44+01:00`: day and minute, as `27 November 2026 at 04:12`. Anything else
/// stays as it is.
pub fn moment_in(text: &str, language: Language) -> String {
    let parts = text.split_once('T').and_then(|(date, time)| Some((date.parse::<Date>().ok()?, time.get(..5)?)));
    match (parts, language) {
        (Some((date, time)), Language::English) => format!("{} at {time}", day(date, language)),
        (Some((date, time)), Language::Norwegian) => format!("{} kl. {}", day(date, language), time.replace(':', ".")),
        (None, _) => text.to_owned(),
    }
}

/// A number with its thousands apart, as `1,012`, in Norwegian with a space that does not break.
pub fn number(number: u64, language: Language) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 6);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push_str(language.of(",", "\u{a0}"));
        }
        out.push(digit);
    }
    out
}

/// So many of something, as `1 person` or `1,012 rows`; `of` is the plural in English. What is no number stays as it is.
pub fn counted(value: &str, of: &str, language: Language) -> String {
    const NOUNS: &[(&str, [&str; 2], [&str; 2])] = &[
        ("people", ["person", "people"], ["person", "personer"]),
        ("problems", ["problem", "problems"], ["feil", "feil"]),
        ("requests", ["request", "requests"], ["forespørsel", "forespørsler"]),
        ("rows", ["row", "rows"], ["rad", "rader"]),
        ("steps", ["step", "steps"], ["steg", "steg"]),
    ];
    let Ok(count) = value.parse::<u64>() else { return value.to_owned() };
    let noun = NOUNS.iter().find(|(noun, ..)| *noun == of).map(|(_, [one, many], [en, flere])| match count {
        1 => language.of(one, en),
        _ => language.of(many, flere),
    });
    format!("{} {}", number(count, language), noun.unwrap_or(of))
}

/// As `a, b and c`.
pub fn listed(items: &[String], language: Language) -> String {
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} {} {last}", before.join(", "), language.of("and", "og")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const BOTH: [Language; 2] = [Language::English, Language::Norwegian];

    #[test]
    fn every_rail_has_a_name_in_both_languages() {
        // The rails that the sources make, or hold something by.
        let mut found = 0;
        for source in [include_str!("plan/rails.rs"), include_str!("plan/people.rs")] {
            let source = source.split("mod tests").next().unwrap_or_default();
            for name in source.split('"').skip(1).step_by(2).filter(|word| RAILS.iter().any(|(of, ..)| of == word)) {
                found += usize::from(
                    rail(RAILS.iter().find(|(of, ..)| *of == name).map_or("", |(of, ..)| of), Language::Norwegian).title
                        != name,
                );
            }
            let names = source.split("name: \"").skip(1).filter_map(|rest| rest.split('"').next());
            for name in names {
                assert!(RAILS.iter().any(|(of, ..)| *of == name), "{name} has no words");
            }
        }
        assert!(found > 20, "{found}");
        for (name, english, norwegian) in RAILS {
            assert!(english.iter().zip(norwegian).all(|(one, other)| one != other && !other.is_empty()), "{name}");
            assert!(english.iter().chain(norwegian).all(|text| !text.contains('_')), "{name} is told in words");
        }
    }

    #[test]
    fn days_moments_and_numbers_are_written_as_people_write_them() {
        let [english, norwegian] = BOTH;
        assert_eq!(day(date(2026, 11, 27), english), "27 November 2026");
        assert_eq!(day(date(2026, 11, 27), norwegian), "27. november 2026");
        for (n, [one, other]) in (1..).zip(MONTHS) {
            assert_eq!(day_in(&format!("2026-{n:02}-01"), english), format!("1 {one} 2026"));
            assert_eq!(day_in(&format!("2026-{n:02}-01"), norwegian), format!("1. {other} 2026"));
        }
        assert_eq!(day_in("27.11.", english), "27.11.");
        assert_eq!(moment_in("2026-11-27T04:12:44+01:00", english), "27 November 2026 at 04:12");
        assert_eq!(moment_in("2026-11-27T04:12:44+01:00", norwegian), "27. november 2026 kl. 04.12");
        assert_eq!(moment_in("–", norwegian), "–");
        assert_eq!([0, 999, 1012, 1_000_000].map(|n| number(n, english)), ["0", "999", "1,012", "1,000,000"]);
        assert_eq!(number(10_000, norwegian), "10\u{a0}000");
        assert_eq!(
            (counted("1", "people", english).as_str(), counted("1012", "rows", english).as_str()),
            ("1 person", "1,012 rows")
        );
        assert_eq!(
            (counted("2", "requests", norwegian).as_str(), counted("x", "steps", norwegian).as_str()),
            ("2 forespørsler", "x")
        );
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&items, norwegian), "a, b og c");
        assert_eq!((listed(&items[..1], english).as_str(), listed(&[], english).as_str()), ("a", ""));
    }

    #[test]
    fn each_fault_of_an_identity_number_is_told_in_norwegian_by_itself() {
        use crate::persnr::Fault;
        let faults = [
            Fault::Empty,
            Fault::Length { digits: 9 },
            Fault::NotADigit { what: "a letter", after: 3 },
            Fault::FhNumber,
            Fault::Day,
            Fault::Month,
            Fault::Date,
            Fault::FirstControlDigit,
            Fault::SecondControlDigit,
            Fault::IndividualNumber,
        ];
        let told: Vec<String> = faults.iter().map(|of| fault(&of.to_string(), Language::Norwegian).to_owned()).collect();
        assert_eq!(crate::sets::set(&told).len(), faults.len(), "{told:?}");
        for told in told {
            assert!(told != "er ikke gyldig" && !told.contains(" the ") && !told.contains("digit"), "{told}");
        }
    }

    #[test]
    fn codes_are_told_in_words_and_unknown_ones_as_they_are() {
        let [english, norwegian] = BOTH;
        assert_eq!(scheme("krd"), "Kreditt (krd)");
        assert_eq!(scheme("xyz"), "xyz");
        assert_eq!(role("krd_ka", english), "Kreditt (krd)");
        assert_eq!(role("afr_ba", norwegian), "bedriftsansvarlig (BA) i Sparing & investering (afr)");
        assert_eq!((status("afrok", "afr", english), status("afrnew", "afr", norwegian)), ("authorised", "ikke autorisert"));
        assert_eq!((status("utmeldt", "afr", english), status("tlok", "tl", english)), ("withdrawn", "authorised"));
        assert_eq!(status("somethingelse", "afr", norwegian), "somethingelse");
        assert_eq!((field("last_name", norwegian), field("Gruppe", norwegian)), ("etternavn", "Gruppe"));
    }
}
