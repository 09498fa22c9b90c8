//! What a plan says to people: a stable word, and the sentence for it in English and in Norwegian.

use serde::{Deserialize, Deserializer, Serialize};

pub use super::language::Language;
use super::language::{self, Places};
use super::words::{self, Word};

/// Something to say: a word that programs look at, and the values in its sentence. None of them holds an identity number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The stable word, as `date_invalid`.
    #[serde(deserialize_with = "read_word")]
    pub word: Word,
    /// What stands in the sentence in the place of `{0}`, `{1}`, ….
    pub values: Vec<String>,
    /// What is told in its place `{parts}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Told>,
}

impl Told {
    /// Without values.
    pub fn of(word: &'static str) -> Told {
        Told { word, values: Vec::new(), parts: Vec::new() }
    }

    /// The same with one value more.
    pub fn with(mut self, value: impl ToString) -> Told {
        self.values.push(value.to_string());
        self
    }

    /// The same with one part more.
    pub fn with_part(mut self, part: Told) -> Told {
        self.parts.push(part);
        self
    }

    /// The sentence with its values as they stand, codes and all; the word itself where none is known.
    pub fn say(&self, language: Language) -> String {
        self.said(language, &|kind, value| match kind {
            "people" | "problems" | "requests" | "rows" | "steps" => language::counted(value, kind, language),
            "fault" => language::fault(value, language).to_owned(),
            _ => value.to_owned(),
        })
    }

    /// The sentence for people: fields, schemes, roles and places by their names, days as people write them.
    pub fn say_to_people(&self, language: Language, places: &Places) -> String {
        let list = |value: &str, one: &dyn Fn(&str) -> String| {
            language::listed(&value.split(", ").map(one).collect::<Vec<_>>(), language)
        };
        self.said(language, &|kind, value| match kind {
            "company" => places.company(value),
            "count" => value.parse().map_or_else(|_| value.to_owned(), |count| language::number(count, language)),
            "people" | "problems" | "requests" | "rows" | "steps" => language::counted(value, kind, language),
            "day" => language::day_in(value, language),
            "field" => language::field(value, language).to_owned(),
            "fields" => list(value, &|name| language::field(name, language).to_owned()),
            "fault" => language::fault(value, language).to_owned(),
            "moment" => language::moment_in(value, language),
            "role" => language::role(value, language),
            "roles" => list(value, &|code| language::role(code, language)),
            "scheme" => language::scheme(value),
            "schemes" => list(value, &language::scheme),
            _ => value.to_owned(),
        })
    }

    /// `show` is given what kind of value stands in a place, as `day` in `{0:day}`, and the value.
    fn said(&self, language: Language, show: &dyn Fn(&str, &str) -> String) -> String {
        let Some(text) = TEXTS.iter().find(|text| text.word == self.word) else { return self.word.to_owned() };
        let sentence = language.of(text.english, text.norwegian);
        let mut said = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let Some((place, after)) = after.split_once('}') else { break };
            let (place, kind) = place.split_once(':').unwrap_or((place, ""));
            if place == "parts" {
                said.push_str(&self.parts.iter().map(|part| part.said(language, show)).collect::<Vec<_>>().join("; "));
            }
            if let Some(value) = place.parse::<usize>().ok().and_then(|place| self.values.get(place)) {
                said.push_str(&show(kind, value));
            }
            rest = after;
        }
        said.push_str(rest);
        said
    }
}

fn read_word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    let known = |word: &str| TEXTS.iter().find(|text| text.word == word).map(|text| text.word);
    words::read::<D>(&String::deserialize(deserializer)?, known)
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
        "the employee number (employee_alias) holds an identity number, which must not be shown; map another column",
        "ansattnummeret (employee_alias) inneholder et fødselsnummer, som ikke må vises; bruk en annen kolonne",
    ),
    text(
        "cell_invalid",
        "{0} holds an object or a list of something else than texts",
        "{0} inneholder et objekt, eller en liste av noe annet enn tekster",
    ),
    text(
        "cell_control",
        "{0}: {1} holds a control character, which no value has",
        "{0}: {1} inneholder et kontrolltegn, som ikke finnes i noen verdi",
    ),
    text(
        "cell_long",
        "{0}: the cell has {1} characters; was a quotation mark not closed?",
        "{0}: feltet har {1} tegn; er et anførselstegn ikke lukket?",
    ),
    text(
        "cells_missing",
        "the line has {0} cells where the first line has {1}",
        "linjen har {0} felter der første linje har {1}",
    ),
    text(
        "date_invalid",
        "{0:field}: {1} is no day as \"31.01.2026\", \"20260131\" or \"2026-01-31\"",
        "{0:field}: {1} er ingen dato som \"31.01.2026\", \"20260131\" eller \"2026-01-31\"",
    ),
    text(
        "excel_error",
        "{0:field}: {1} is a spreadsheet's word for a formula that went wrong",
        "{0:field}: {1} er regnearkets melding om en formel som er feil",
    ),
    text(
        "excel_number",
        "{0:field}: {1} is a number that Excel has rounded, so its last digits are lost; make the column text in Excel, and export it again",
        "{0:field}: {1} er et tall som Excel har rundet av, så de siste sifrene er tapt; gjør kolonnen til tekst i Excel, og eksporter på nytt",
    ),
    text("flag_invalid", "{0:field}: {1} is neither yes nor no", "{0:field}: {1} er verken ja eller nei"),
    text(
        "headers_again",
        "the line names the columns once more: were two exports put one after the other?",
        "linjen har kolonnenavnene en gang til: er to eksporter satt etter hverandre?",
    ),
    text("mobile_invalid", "{0} is no Norwegian mobile number of 8 digits", "{0} er ikke et norsk mobilnummer med 8 siffer"),
    text(
        "name_damaged",
        "{0:field} {1} holds {2}, which no name has: it was damaged on its way here",
        "{0:field} {1} inneholder {2}, som ikke finnes i navn: navnet er blitt ødelagt på veien hit",
    ),
    text("persnr_invalid", "the identity number {0:fault}", "fødselsnummeret {0:fault}"),
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
        "the row has neither a valid identity number nor an employee number, so nobody can be looked for",
        "raden har verken gyldig fødselsnummer eller ansattnummer, så personen kan ikke finnes",
    ),
    // What contradicts itself.
    text(
        "alias_of_several",
        "the employee number is that of {0} people in FinAut; give the identity number",
        "{0} personer i FinAut har dette ansattnummeret; oppgi fødselsnummer",
    ),
    text(
        "alias_of_two",
        "the employee number of row {0} stands in another row, too, beside a different identity number",
        "ansattnummeret på rad {0} står også på en annen rad, ved et annet fødselsnummer",
    ),
    text(
        "alias_reused",
        "the employee number is that of somebody else in FinAut, of number {0}: neither number, birth date nor name agree",
        "ansattnummeret tilhører en annen i FinAut, nummer {0}: verken fødselsnummer, fødselsdato eller navn stemmer",
    ),
    text(
        "rows_differ",
        "the rows {0} are one person's and differ in {1:fields}",
        "radene {0} gjelder én person og har forskjellig {1:fields}",
    ),
    text(
        "several_companies",
        "the rows {0} are one person's in different companies; FinAut has the person in none of them, and not exactly one is marked as main",
        "radene {0} gjelder én person i forskjellige selskaper; FinAut har personen i ingen av dem, og ikke nøyaktig én er merket som hovedstilling",
    ),
    text(
        "several_departments",
        "the rows {0} are one person's in different departments, and not exactly one is marked as main",
        "radene {0} gjelder én person i forskjellige avdelinger, og ikke nøyaktig én er merket som hovedstilling",
    ),
    // What FinAut does not have.
    text(
        "company_unknown",
        "{0} is no company of the profile's \"companies\"",
        "{0} er ikke et selskap i profilens \"companies\"",
    ),
    text(
        "department_ambiguous",
        "{0} departments of company {2:company} are called {1}; map them in \"departments\" (people who wait for it: {3})",
        "{0} avdelinger i selskapet {2:company} heter {1}; sett dem opp i \"departments\" (personer som venter på det: {3})",
    ),
    text(
        "department_gone",
        "the department {0} is FinAut's number {1}, which is not there any more (people who wait for it: {2})",
        "avdelingen {0} er nummer {1} i FinAut, som ikke finnes lenger (personer som venter på den: {2})",
    ),
    text(
        "department_missing",
        "the row has no department, which somebody new needs",
        "raden har ingen avdeling, og den trengs for en ny person",
    ),
    text(
        "department_of_another",
        "the department {0} is FinAut's number {1}, which is none of company {2:company} (people who wait for it: {3})",
        "avdelingen {0} er nummer {1} i FinAut, som ikke hører til selskapet {2:company} (personer som venter på den: {3})",
    ),
    text(
        "department_unknown",
        "{0} is no department of company {1:company} (people who wait for it: {2})",
        "{0} er ingen avdeling i selskapet {1:company} (personer som venter på den: {2})",
    ),
    text(
        "department_unmapped",
        "{0} is no department of the profile's \"departments\" (people who wait for it: {1})",
        "{0} er ingen avdeling i profilens \"departments\" (personer som venter på den: {1})",
    ),
    text(
        "franchise_unknown",
        "{0} is the name of {1} franchises of the company, not of one",
        "{1} franchiser i selskapet heter {0}, ikke én",
    ),
    // What keeps somebody from being written.
    text(
        "creation_waits_for_name",
        "the person is not created before the name is whole",
        "personen opprettes ikke før navnet er helt",
    ),
    text(
        "flapping",
        "{0:field} was put back three times in a row; it is left alone until HR changes it",
        "{0:field} er blitt satt tilbake tre ganger på rad; feltet får være i fred til HR endrer det",
    ),
    text(
        "name_missing",
        "the row has no first or no last name, which somebody new needs",
        "raden mangler fornavn eller etternavn, som trengs for en ny person",
    ),
    text(
        "no_scheme_known",
        "no scheme of the profile is known for this person, so nobody is created",
        "ingen av profilens ordninger er kjent for personen, så ingen blir opprettet",
    ),
    text(
        "number_doubtful",
        "the check digits of the identity number are wrong; if the number is right, it follows a newer rule: update finaut",
        "kontrollsifrene i fødselsnummeret stemmer ikke; er nummeret riktig, følger det en nyere regel: oppdater finaut",
    ),
    text(
        "refused",
        "FinAut refused it, and it is next tried on {1:day}, or as soon as the row changes: {0}",
        "FinAut avviste det, og neste forsøk er {1:day}, eller så snart raden endres: {0}",
    ),
    text(
        "refusals",
        "FinAut refused the same of {0} in a row, so {1} more of the kind were not tried in this run; look at the file and at the account's rights",
        "FinAut avviste det samme for {0} på rad, så {1} til av samme slag ble ikke forsøkt i denne kjøringen; se på filen og kontoens rettigheter",
    ),
    text(
        "registered_elsewhere",
        "FinAut has this identity number, and this account does not see the person: registered with another company; only FinAut's portal can move the person; next tried on {0:day}, or as soon as the row changes",
        "FinAut har dette fødselsnummeret, men denne kontoen ser ikke personen: registrert hos et annet selskap; bare FinAuts portal kan flytte personen; neste forsøk er {0:day}, eller så snart raden endres",
    ),
    text(
        "roles_unknown",
        "FinAut shows the person's roles in a form that is not understood; none is added",
        "FinAut viser personens roller på en måte som ikke forstås; ingen legges til",
    ),
    text(
        "same_person_not_written",
        "the person may be FinAut's number {0}, and the profile never writes {1}; change it in FinAut's portal, or enter an exception",
        "personen kan være nummer {0} i FinAut, og profilen skriver aldri {1}; endre det i FinAuts portal, eller før opp et unntak",
    ),
    text(
        "same_person_without_alias",
        "the person has the names of FinAut's number {0}, who has no Norwegian number, and the row has no employee number to write",
        "personen heter det samme som nummer {0} i FinAut, som ikke har norsk fødselsnummer, og raden har ikke noe ansattnummer å skrive",
    ),
    text(
        "synthetic",
        "the identity number is a test person's; say \"synthetic\": true in the profile if that is meant",
        "fødselsnummeret er en testpersons; si \"synthetic\": true i profilen om det er meningen",
    ),
    // What only the portal can do.
    text(
        "administrator_left",
        "has left and still has the access of {0:roles}; only FinAut's portal can take it away",
        "har sluttet og har fortsatt tilgangen som {0:roles}; bare FinAuts portal kan fjerne den",
    ),
    text(
        "set_and_not_shown",
        "was set to \"{0}\" from {1} on, but FinAut goes on showing \"{2}\"; only FinAut's portal can change that",
        "ble satt til «{0}» fra {1}, men FinAut viser fortsatt «{2}»; bare FinAuts portal kan endre det",
    ),
    text(
        "no_norwegian_number",
        "has no Norwegian identity number; create the person by hand in FinAut's portal",
        "har ikke norsk fødselsnummer; opprett personen for hånd i FinAuts portal",
    ),
    text(
        "on_hold_and_employed",
        "works again, but is on hold; only FinAut's portal can make this active",
        "er i arbeid igjen, men står som hvilende; bare FinAuts portal kan gjøre det aktivt",
    ),
    text(
        "withdrawn_and_employed",
        "is employed, but withdrawn; only FinAut's portal can make this active",
        "er ansatt, men utmeldt; bare FinAuts portal kan gjøre det aktivt",
    ),
    // What is told.
    text(
        "employed_elsewhere",
        "is in the file of another profile, so is no leaver here",
        "står i filen til en annen profil, og har derfor ikke sluttet her",
    ),
    text(
        "employed_in_several",
        "is employed in several companies; FinAut knows one",
        "er ansatt i flere selskaper; FinAut kjenner ett",
    ),
    text(
        "scheme_new",
        "FinAut lists a scheme that was not there before: {0}",
        "FinAut viser en ordning som ikke var der før: {0}",
    ),
    // Why something is done.
    text("dropped", "HR no longer asks for {0:scheme}", "HR ber ikke lenger om {0:scheme}"),
    text("has_ended", "the employment ended on {0:day}", "ansettelsen tok slutt {0:day}"),
    text("has_left", "HR says that the person has left", "HR sier at personen har sluttet"),
    text("hr_changed", "HR changed {0:field}", "HR har endret {0:field}"),
    text("is_absent", "in no file since {0:day}", "ikke i noen fil siden {0:day}"),
    text("is_away", "is away for a longer time", "er borte over lengre tid"),
    text("is_new", "is in the file and not in FinAut", "står i filen og ikke i FinAut"),
    text("moved", "works in another department", "arbeider i en annen avdeling"),
    text("new_role", "new role {0:role}", "ny rolle: {0:role}"),
    text(
        "other_company",
        "works for company {1:company} as the file says, and for {0:company} in FinAut",
        "arbeider i {1:company} ifølge filen, og i {0:company} i FinAut",
    ),
    text(
        "same_alias",
        "has the employee number of FinAut's number {0}, and the same birth date or name, but another identity number",
        "har ansattnummeret til nummer {0} i FinAut og samme fødselsdato eller navn, men et annet fødselsnummer",
    ),
    text(
        "same_birth_date",
        "has birth date and a name of FinAut's number {0}",
        "har fødselsdato og et navn felles med nummer {0} i FinAut",
    ),
    text(
        "same_names",
        "has the names of FinAut's number {0}, who has no Norwegian number",
        "heter det samme som nummer {0} i FinAut, som ikke har norsk fødselsnummer",
    ),
    text("starts_later", "starts on a later day", "begynner en senere dag"),
    // Rails.
    text("file_broken", "the file is not whole: {parts}", "filen er ikke hel: {parts}"),
    text(
        "file_cut",
        "line {0}, the last one, ends in the middle: the file was cut, or is still being written",
        "linje {0}, den siste, slutter midt i: filen er kuttet, eller blir fortsatt skrevet",
    ),
    text(
        "file_end_missing",
        "the last line is not the end {0}: the file was cut, or is still being written",
        "siste linje er ikke slutten {0}: filen er kuttet, eller blir fortsatt skrevet",
    ),
    text("file_end_not_last", "lines follow after the end {0} on line {1}", "det står linjer etter slutten {0} på linje {1}"),
    text(
        "file_end_uncounted",
        "the end {0} says nothing where the number of rows should be",
        "slutten {0} sier ikke hvor mange rader filen har",
    ),
    text(
        "file_end_count",
        "the end {0} says {1} where the number of rows should be, and {2:count} rows were read",
        "slutten {0} har {1} der antallet rader skal stå, og {2:count} rader ble lest",
    ),
    text(
        "file_open_quote",
        "a quotation mark that is opened on line {0} is never closed",
        "et anførselstegn som åpnes på linje {0}, lukkes aldri",
    ),
    text("file_column_missing", "the column \"{0:field}\" is missing", "kolonnen \"{0:field}\" mangler"),
    text("file_rows_invalid", "{0:count} of {1:rows} cannot be used", "{0:count} av {1:rows} kan ikke brukes"),
    text(
        "file_contradictions",
        "{0:count} of {1:people} have rows that contradict each other",
        "{0:count} av {1:people} har rader som motsier hverandre",
    ),
    text(
        "file_names_damaged",
        "the names in {0:rows} were damaged on their way; {1:count} are let pass",
        "navnene i {0:rows} ble ødelagt på veien; {1:count} slipper gjennom",
    ),
    text("file_empty", "the file names nobody", "filen nevner ingen"),
    text(
        "file_length",
        "the file has {0:count} rows, and the last ones had {1:count}",
        "filen har {0:count} rader, og de siste hadde {1:count}",
    ),
    text("file_old", "the file is {0} hours old", "filen er {0} timer gammel"),
    text("file_same", "the file has had the same content for {0} hours", "filen har hatt samme innhold i {0} timer"),
    text("first_run", "no plan of this profile was approved yet", "ingen plan for denne profilen er godkjent ennå"),
    text("many_change", "many people change in the same field: {0:fields}", "mange personer endres i samme felt: {0:fields}"),
    text(
        "profile_changed",
        "the profile has changed since a plan was approved",
        "profilen er endret siden en plan ble godkjent",
    ),
    text(
        "register_short",
        "FinAut lists {0:people}, and {1:count} the last time: have the account's rights changed?",
        "FinAut viser {0:people}, og {1:count} sist: er kontoens rettigheter endret?",
    ),
    text("scheme_unlisted", "FinAut does not list the schemes {0:schemes}", "FinAut viser ikke ordningene {0:schemes}"),
    // What users.ensure tells besides.
    text(
        "ensure_confidential",
        "the person is kept out: nothing was looked up or written",
        "personen holdes utenfor: ingenting ble slått opp eller skrevet",
    ),
    text(
        "ensure_is_over",
        "the employment is over; users.ensure never puts anybody on hold or withdraws them",
        "arbeidsforholdet er over; users.ensure setter aldri noen hvilende, og melder aldri noen ut",
    ),
    text(
        "ensure_same_person",
        "user {0} may be the same person under another identity; look at both, and change user {0} with users.update if it is",
        "bruker {0} kan være samme person med en annen identitet; se på begge, og endre bruker {0} med users.update hvis det stemmer",
    ),
    text(
        "ensure_transfer",
        "user {0} works for company {1:company}, not for {2:company}; users.ensure never moves anybody between companies, users.move does",
        "bruker {0} arbeider i selskapet {1:company}, ikke i {2:company}; users.ensure flytter aldri noen mellom selskaper, det gjør users.move",
    ),
    // The comments of a proposed profile.
    text(
        "init_by_contents",
        "{0} was found by what stands in it, not by its header: look whether it is right",
        "{0} ble funnet ved det som står i den, ikke ved overskriften: se etter om det stemmer",
    ),
    text(
        "init_by_register",
        "{0} was found by what FinAut has of the same people: look whether it is right",
        "{0} ble funnet ved det FinAut har om de samme personene: se etter om det stemmer",
    ),
    text(
        "init_columns",
        "On the left what FinAut calls it, on the right the header of the column. Every column is read.",
        "Til venstre det FinAut kaller det, til høyre kolonnens overskrift. Alle kolonner leses.",
    ),
    text(
        "init_columns_unread",
        "On the left what FinAut calls it, on the right the header of the column. These columns are not read: {0}",
        "Til venstre det FinAut kaller det, til høyre kolonnens overskrift. Disse kolonnene leses ikke: {0}",
    ),
    text(
        "init_companies",
        "HR's codes of companies, and FinAut's numbers. People of a company that is null are not written.",
        "HRs koder for selskaper, og FinAuts numre. Personer i et selskap som er null, skrives ikke.",
    ),
    text("init_company", "{0} in FinAut", "{0} i FinAut"),
    text(
        "init_department_hint",
        "of {0} people with it whom FinAut knows, {1} are in {2}",
        "av {0} personer med den som FinAut kjenner, er {1} i {2}",
    ),
    text(
        "init_departments",
        "HR's departments, and FinAut's numbers: all {0} were found by their names. One that is not here has to be added before its people can be written.",
        "HRs avdelinger, og FinAuts numre: alle {0} ble funnet ved navnet. En som ikke står her, må føres opp før personene i den kan skrives.",
    ),
    text(
        "init_departments_by_name",
        "Left out, as companies have departments of the same name: each is looked up by its name in the company of the row.",
        "Utelatt, fordi selskaper har avdelinger med samme navn: hver slås opp ved navnet i radens selskap.",
    ),
    text(
        "init_departments_by_name_but",
        "Left out, as companies have departments of the same name: each is looked up by its name in the company of the row. FinAut has none of these names: {0}",
        "Utelatt, fordi selskaper har avdelinger med samme navn: hver slås opp ved navnet i radens selskap. Disse navnene finnes ikke i FinAut: {0}",
    ),
    text(
        "init_departments_open",
        "HR's departments, and FinAut's numbers. {0} of {1} were not found by their names: put FinAut's number in the place of null, or the people in them keep their departments and nobody is created there.",
        "HRs avdelinger, og FinAuts numre. {0} av {1} ble ikke funnet ved navnet: sett FinAuts nummer i stedet for null, ellers beholder personene i dem avdelingen de har, og ingen opprettes der.",
    ),
    text(
        "init_departments_open_of",
        "HR's departments, and FinAut's numbers. {0} of {1} were not found by their names: put FinAut's number in the place of null, or the people in them keep their departments and nobody is created there. FinAut has besides: {2}",
        "HRs avdelinger, og FinAuts numre. {0} av {1} ble ikke funnet ved navnet: sett FinAuts nummer i stedet for null, ellers beholder personene i dem avdelingen de har, og ingen opprettes der. FinAut har dessuten: {2}",
    ),
    text(
        "init_dropped",
        "What becomes of a scheme that HR asked for before and no longer does: \"report\", \"hold\" or \"withdraw\".",
        "Hva som skjer med en ordning HR har bedt om før, og ikke lenger ber om: \"report\" (meldes), \"hold\" (hvilende) eller \"withdraw\" (utmeldes).",
    ),
    text(
        "init_encoding",
        "The file was read as {0}: look at a name with æ, ø or å in the plan.",
        "Filen ble lest som {0}: se på et navn med æ, ø eller å i planen.",
    ),
    text(
        "init_encoding_open",
        "Left out: nothing in this file tells it, and it is found out each time.",
        "Utelatt: ingenting i denne filen viser tegnsettet, og det finnes ut hver gang.",
    ),
    text(
        "init_end",
        "The last line looks like the end of a complete file. A file without it is held, as it was cut.",
        "Siste linje ser ut som slutten på en hel fil. En fil uten den holdes tilbake, for den er kuttet.",
    ),
    text(
        "init_end_date_is",
        "\"last_day\": the end date is the last day of the employment; \"first_day_out\": the day after it.",
        "\"last_day\": sluttdatoen er siste dag i arbeidsforholdet; \"first_day_out\": dagen etter.",
    ),
    text(
        "init_head",
        "Proposed on {0} from {1} rows and {2} people in FinAut. Look at each line. Members whose names begin with // are comments. A new profile only plans, until somebody has approved a plan made with it.",
        "Foreslått {0} ut fra {1} rader og {2} personer i FinAut. Se på hver linje. Felter som begynner med //, er kommentarer. En ny profil bare planlegger, til noen har godkjent en plan som er laget med den.",
    ),
    text(
        "init_lacks_alias",
        "no column is known as the employer's number (employee_alias): people without an identity number are not found",
        "ingen kolonne er kjent som ansattnummer (employee_alias): personer uten fødselsnummer finnes ikke igjen",
    ),
    text(
        "init_lacks_department",
        "no column is known as the department: nobody can be created",
        "ingen kolonne er kjent som avdeling: ingen kan opprettes",
    ),
    text(
        "init_lacks_names",
        "first and last name were not both found: nobody can be created",
        "fornavn og etternavn ble ikke funnet begge to: ingen kan opprettes",
    ),
    text(
        "init_lacks_persnr",
        "no column holds identity numbers: nobody can be created",
        "ingen kolonne inneholder fødselsnumre: ingen kan opprettes",
    ),
    text(
        "init_lacks_schemes",
        "no column says which schemes people should have, and none is known as their position: nobody can be created",
        "ingen kolonne viser hvilke ordninger personene skal ha, og ingen er kjent som stilling: ingen kan opprettes",
    ),
    text(
        "init_leave",
        "What becomes of those who are on leave: \"report\" or \"hold\".",
        "Hva som skjer med dem som har permisjon: \"report\" (meldes) eller \"hold\" (hvilende).",
    ),
    text(
        "init_leavers",
        "What becomes of those who have left: \"report\", \"hold\" or \"withdraw\". The last two cannot be undone through the API, and need \"set_by\": the user id of the BA in whose name they are done.",
        "Hva som skjer med dem som har sluttet: \"report\" (meldes), \"hold\" (hvilende) eller \"withdraw\" (utmeldes). De to siste kan ikke gjøres om gjennom API-et, og krever \"set_by\": bruker-id til den BA-en det gjøres i navnet til.",
    ),
    text(
        "init_no_persnr",
        "{0} holds the employer's number, not identity numbers",
        "{0} inneholder ansattnummer, ikke fødselsnummer",
    ),
    text(
        "init_position_hint",
        "{0} people in it are known to FinAut; of them are candidates: {1}",
        "{0} personer i den er kjent i FinAut; av dem er kandidater: {1}",
    ),
    text("init_rows", "in {0} rows; sync.plan says which", "i {0} rader; sync.plan sier hvilke"),
    text(
        "init_schemes_of",
        "The schemes that follow from each position: fill in as [\"afr\", \"krd\"]; [] is for a position that needs none.",
        "Ordningene som følger av hver stilling: fyll ut som [\"afr\", \"krd\"]; [] er for en stilling som ikke krever noen.",
    ),
    text(
        "init_scope_companies",
        "FinAut's numbers of the companies that the sync is about. The account sees: {0}",
        "FinAuts numre på selskapene synkroniseringen gjelder. Kontoen ser: {0}",
    ),
    text(
        "init_scope_schemes",
        "Nothing of another scheme is ever written.",
        "Ingenting i andre ordninger blir noen gang skrevet.",
    ),
    text(
        "init_scope_schemes_others",
        "Nothing of another scheme is ever written. FinAut has these, too: {0}",
        "Ingenting i andre ordninger blir noen gang skrevet. FinAut har også disse: {0}",
    ),
    text(
        "init_status_open",
        "what this means is not known; {0} rows have it",
        "hva dette betyr, er ikke kjent; {0} rader har det",
    ),
    text(
        "init_status_values",
        "What the values of the status column mean: \"active\", \"leave\" or \"left\". A value that is not here makes its row invalid.",
        "Hva verdiene i statuskolonnen betyr: \"active\" (i arbeid), \"leave\" (permisjon) eller \"left\" (sluttet). En verdi som ikke står her, gjør raden ugyldig.",
    ),
    text(
        "init_unfit",
        "null, so that {0} is not read: its cells are something else than its header says",
        "null, så {0} leses ikke: cellene er noe annet enn overskriften sier",
    ),
    // Labels of plans.
    text("label_and_more", "and {0:count} more", "og {0:count} til"),
    text("label_answers", "In short", "Kort fortalt"),
    text(
        "label_approve",
        "Whoever may decide this looks at the people below and approves the rails, kinds or single steps that are right, with sync.apply and the plan {0}:",
        "Den som kan avgjøre dette, ser på personene nedenfor og godkjenner de sperrene, slagene eller enkeltstegene som er riktige, med sync.apply og plan {0}:",
    ),
    text(
        "label_approve_after",
        "What is approved is carried out by the next run, as long as it still holds, for 14 days. What is not approved stays as it is.",
        "Det som er godkjent, utføres av neste kjøring så lenge det fortsatt stemmer, i 14 dager. Det som ikke er godkjent, blir som det er.",
    ),
    text("label_approve_this", "Approve it with", "Godkjennes med"),
    text(
        "label_basis",
        "Nothing is written yet. FinAut was read {2:moment}: {0:rows} in the HR file, {1:people} in FinAut.",
        "Ingenting er skrevet ennå. FinAut ble lest {2:moment}: {0:rows} i HR-filen, {1:people} i FinAut.",
    ),
    text("label_before", "until now {0}", "hittil {0}"),
    text("label_change", "Will change", "Endres"),
    text("label_changing", "change", "endres"),
    text("label_confidential", "kept out: {0:people}", "holdes utenfor: {0:people}"),
    text(
        "label_cost",
        "Cost: {0:requests}, done by {2:moment}; {1:count} can be sent at once.",
        "Kostnad: {0:requests}, ferdig {2:moment}; {1:count} kan sendes med en gang.",
    ),
    text("label_cost_held", "what is held costs {0:requests} more", "det som holdes tilbake, koster {0:requests} til"),
    text("label_cost_title", "Cost", "Kostnad"),
    text("label_does_create", "new, with {0}", "ny, med {0}"),
    text("label_does_hold", "put on hold in {0}", "settes hvilende i {0}"),
    text("label_does_withdraw", "withdrawn from {0}", "meldes ut av {0}"),
    text("label_done_by", "done by {0:moment}", "ferdig {0:moment}"),
    text("label_enter", "Will be entered", "Meldes inn"),
    text("label_entering", "enter", "meldes inn"),
    text(
        "label_everything_held",
        "Everything waits for approval: {0}. {1:steps}.",
        "Alt venter på godkjenning: {0}. {1:steps}.",
    ),
    text("label_excepted", "left out by exceptions: {0:steps}", "utelatt av unntak: {0:steps}"),
    text("label_extra", "Schemes in FinAut that HR never asked for", "Ordninger i FinAut som HR aldri har bedt om"),
    text("label_file", "HR file", "HR-fil"),
    text("label_for_people", "{0:steps} for {1:people}", "{0:steps} gjelder {1:people}"),
    text("label_free", "{0:count} can be sent at once", "{0:count} kan sendes med en gang"),
    text("label_from", "from {0:day}", "fra {0:day}"),
    text("label_headline", "What will change in FinAut", "Dette endres i FinAut"),
    text("label_held", "Held until somebody approves them: {0:steps}.", "Holdes tilbake til noen godkjenner: {0:steps}."),
    text("label_held_by", "held: {0}", "holdes tilbake: {0}"),
    text(
        "label_held_elsewhere",
        "What it is about is held by another reason above.",
        "Det den gjelder, holdes tilbake av en annen grunn ovenfor.",
    ),
    text("label_held_title", "Held for approval", "Venter på godkjenning"),
    text("label_in_portal", "{0:count} in FinAut's portal", "{0:count} i FinAuts portal"),
    text("label_leave", "Will be withdrawn or put on hold", "Meldes ut eller settes hvilende"),
    text("label_leaving", "leave", "går ut"),
    text("label_left_out", "left out by the profile ({1}): {0:rows}", "utelatt av profilen ({1}): {0:rows}"),
    text(
        "label_limit",
        "{0:count} found; up to {1:count} pass without approval.",
        "{0:count} funnet; inntil {1:count} slipper gjennom uten godkjenning.",
    ),
    text(
        "label_limit_least",
        "{0:count} found; at least {1:count} are expected.",
        "{0:count} funnet; minst {1:count} er ventet.",
    ),
    text("label_later", "On a later day", "En senere dag"),
    text("label_more", "{0:count} more; the plan's JSON has them all", "{0:count} til; planens JSON har alle"),
    text(
        "label_movement",
        "People: {0:count} stay as they are, {1:count} enter, {2:count} change, {3:count} leave.",
        "Personer: {0:count} er uendret, {1:count} meldes inn, {2:count} endres, {3:count} går ut.",
    ),
    text("label_needs_nobody", "nothing", "ingenting"),
    text("label_needs_title", "Needs a person", "Trenger et menneske"),
    text("label_new", "new", "ny"),
    text("label_none_to_send", "nothing is sent now", "ingenting sendes nå"),
    text("label_nothing_changes", "Nothing has to change in FinAut.", "Ingenting må endres i FinAut."),
    text("label_nothing_held", "Nothing is held.", "Ingenting holdes tilbake."),
    text("label_on_hold", "{0:count} on hold", "{0:count} hvilende"),
    text("label_people", "People", "Personer"),
    text("label_plan_of", "Plan {0} of {1}", "Plan {0} for {1}"),
    text("label_portal", "Work for FinAut's portal", "Arbeid i FinAuts portal"),
    text("label_problems", "Problems in the file and the register", "Feil i filen og registeret"),
    text("label_problems_count", "{0:problems} in file or register", "{0:problems} i fil eller register"),
    text("label_profile", "profile {0}", "profil {0}"),
    text("label_rails", "What is held, and how to approve it", "Hva som holdes tilbake, og hvordan det godkjennes"),
    text("label_rails_tripped", "Held because of", "Holdes tilbake på grunn av"),
    text("label_reported", "For information", "Til orientering"),
    text("label_reported_more", "What HR does not know of", "Det HR ikke vet om"),
    text("label_requests", "{0:requests} now", "{0:requests} nå"),
    text("label_row", "row {0}", "rad {0}"),
    text("label_since", "since {0:day}", "siden {0:day}"),
    text("label_stay", "stay", "uendret"),
    text("label_stopped", "A person has to look at this first: {0}.", "Et menneske må se på dette først: {0}."),
    text("label_these_held", "{0:count} of them held", "{0:count} av dem holdes tilbake"),
    text("label_unknown_to_hr", "In FinAut, and never in an HR file", "I FinAut, men aldri i en HR-fil"),
    text("label_what", "What", "Hva"),
    text("label_when", "When", "Når"),
    text("label_who", "Who", "Hvem"),
    text("label_why", "Why", "Hvorfor"),
    text("label_withdrawn", "{0:count} withdrawn", "{0:count} utmeldt"),
    text("label_written", "written {0:moment}", "skrevet {0:moment}"),
    // Labels of the reports of runs and of periods.
    text("label_alias", "Employee number", "Ansattnummer"),
    text(
        "label_approve_with",
        "After looking at it, approve what is right:",
        "Se på det først, og godkjenn det som er riktig:",
    ),
    text("label_by", "By", "Av"),
    text("label_came_doubtful", "it is not known yet whether it took effect", "det er ennå ikke kjent om det virket"),
    text("label_came_drifted", "the person was not as planned any more", "personen var ikke lenger slik planen sa"),
    text("label_came_failed", "it did not work this time: {0}", "det gikk ikke denne gangen: {0}"),
    text("label_came_left", "there was no time left for it", "det ble ikke tid til det"),
    text("label_came_refused", "FinAut refused it", "FinAut avviste det"),
    text("label_came_refused_for", "FinAut refused it because of {0:fields}", "FinAut avviste det på grunn av {0:fields}"),
    text("label_changed_count", "{0:count} changed", "{0:count} endret"),
    text("label_did_hold", "put on hold in {0:scheme}", "satt hvilende i {0:scheme}"),
    text("label_did_withdraw", "withdrawn from {0:scheme}", "meldt ut av {0:scheme}"),
    text("label_entered_count", "{0:count} entered", "{0:count} meldt inn"),
    text("label_extra_in", "has {0:scheme}, which HR never asked for", "har {0:scheme}, som HR aldri har bedt om"),
    text("label_left_count", "{0:count} withdrawn or put on hold", "{0:count} utmeldt eller satt hvilende"),
    text(
        "label_more_of_report",
        "{0:count} more; the report's JSON and CSV have them all",
        "{0:count} til; rapporten som JSON og CSV har alle",
    ),
    text("label_next_approved", "as soon as it is approved", "så snart det er godkjent"),
    text(
        "label_next_by_finaut",
        "none, FinAut sets it; each run looks again",
        "ingen, FinAut setter det selv; hver kjøring ser etter på nytt",
    ),
    text(
        "label_next_by_hand",
        "none, it is done by hand; each run looks again",
        "ingen, det gjøres for hånd; hver kjøring ser etter på nytt",
    ),
    text("label_next_on", "{0:day}", "den {0:day}"),
    text("label_next_run", "in the next run", "i neste kjøring"),
    text("label_next_try", "next try:", "neste forsøk:"),
    text(
        "label_nights",
        "Nights without a completed run, of the last {0:count}: {1:count} ({2}).",
        "Netter uten fullført kjøring, av de siste {0:count}: {1:count} ({2}).",
    ),
    text(
        "label_nights_all",
        "Nights without a completed run, of the last {0:count}: none.",
        "Netter uten fullført kjøring, av de siste {0:count}: ingen.",
    ),
    text("label_no_status", "no status", "ingen status"),
    text("label_nobody", "Nobody.", "Ingen."),
    text("label_none", "None.", "Ingen."),
    text("label_open_unasked", "{0:count} authorised that HR does not ask for", "{0:count} autorisert som HR ikke ber om"),
    text("label_open_wanted", "{0:count} wanted by HR", "{0:count} ønsket av HR"),
    text("label_part_changed", "Changed", "Endret"),
    text("label_part_entered", "Entered", "Meldt inn"),
    text("label_part_on_hold", "Put on hold", "Satt hvilende"),
    text("label_part_withdrawn", "Withdrawn", "Utmeldt"),
    text("label_period_approvals", "Approvals", "Godkjenninger"),
    text("label_period_as_of", "As of the run of {0:day}.", "Per kjøringen {0:day}."),
    text("label_period_headline", "FinAut and HR, {0:day} to {1:day}", "FinAut og HR, {0:day} til {1:day}"),
    text("label_period_left", "Withdrawn or put on hold", "Utmeldt eller satt hvilende"),
    text("label_period_open", "Open for more than 30 days", "Åpent i mer enn 30 dager"),
    text(
        "label_period_open_unknown",
        "What was open then is not kept any more: a run's plan is kept for 14 days.",
        "Hva som var åpent da, er ikke lenger lagret: planen til en kjøring lagres i 14 dager.",
    ),
    text(
        "label_period_runs",
        "Runs: {0:count}, of which {1:count} were completed.",
        "Kjøringer: {0:count}, hvorav {1:count} ble fullført.",
    ),
    text("label_ran_basis", "{0:rows} in the HR file, {1:people} in FinAut.", "{0:rows} i HR-filen, {1:people} i FinAut."),
    text(
        "label_ran_broken",
        "Not finished: an error ended it, and the next run goes on.",
        "Ikke ferdig: en feil stanset den, og neste kjøring fortsetter.",
    ),
    text("label_ran_counts", "In numbers", "I tall"),
    text("label_ran_did", "Done", "Utført"),
    text("label_ran_did_nothing", "Nothing was changed in FinAut.", "Ingenting ble endret i FinAut."),
    text("label_ran_done", "Done in FinAut: {0:steps}.", "Utført i FinAut: {0:steps}."),
    text("label_ran_headline", "What was changed in FinAut, and what is open", "Dette er endret i FinAut, og dette står åpent"),
    text(
        "label_ran_no_earlier",
        "There is no earlier run to compare with.",
        "Det finnes ingen tidligere kjøring å sammenligne med.",
    ),
    text("label_ran_nothing_new", "Nothing.", "Ingenting."),
    text("label_ran_new", "New since the last run", "Nytt siden forrige kjøring"),
    text(
        "label_ran_of",
        "Run {0} of the profile {1}, {2:moment} to {3:moment}.",
        "Kjøring {0} for profilen {1}, {2:moment} til {3:moment}.",
    ),
    text("label_ran_open", "Open", "Åpent"),
    text(
        "label_ran_people",
        "People in both HR and FinAut: {0:count}; of them as HR has them: {1:count}.",
        "Personer både i HR og i FinAut: {0:count}; av dem er {1:count} slik HR har dem.",
    ),
    text(
        "label_ran_requests",
        "Requests to FinAut: {0:count} ({1:count} to read, {2:count} to write, {3:count} to settle).",
        "Forespørsler til FinAut: {0:count} ({1:count} for å lese, {2:count} for å skrive, {3:count} for å avklare).",
    ),
    text(
        "label_ran_stopped",
        "Not finished: it was stopped, and the next run goes on.",
        "Ikke ferdig: den ble stanset, og neste kjøring fortsetter.",
    ),
    text(
        "label_ran_unasked",
        "Authorised, but not in HR, or more than HR asks for",
        "Autorisert, men ikke i HR, eller mer enn HR ber om",
    ),
    text(
        "label_ran_waiting",
        "Not finished: it waits for free requests, and the next run goes on.",
        "Ikke ferdig: den venter på ledige forespørsler, og neste kjøring fortsetter.",
    ),
    text(
        "label_ran_wanted",
        "Wanted by HR, but not authorised or not in place",
        "Ønsket av HR, men ikke autorisert eller ikke på plass",
    ),
    text("label_record", "Record", "Post"),
    text("label_rule_absent", "Withdrawn: in no HR file any more", "Utmeldt: ikke lenger i HR-filen"),
    text("label_rule_dropped", "Withdrawn: HR no longer asks for the scheme", "Utmeldt: HR ber ikke lenger om ordningen"),
    text("label_rule_ended", "Withdrawn: the employment has ended", "Utmeldt: ansettelsen er over"),
    text("label_rule_left", "Withdrawn: HR says that the person has left", "Utmeldt: HR sier at personen har sluttet"),
    text("label_rule_other", "Withdrawn: other reasons", "Utmeldt: andre grunner"),
    text("label_scheme", "Scheme", "Ordning"),
    text("label_status", "Status before and after", "Status før og etter"),
    text("label_status_in", "{0} in {1:scheme}", "{0} i {1:scheme}"),
    text(
        "label_undo_about",
        "Only FinAut's portal can make these statuses active again. This is what Norsk Test needs for it: the user id, the employee number, the scheme, the status before and after, the record's number, and when it was set.",
        "Bare FinAuts portal kan gjøre disse statusene aktive igjen. Dette trenger Norsk Test til det: bruker-id, ansattnummer, ordning, status før og etter, postens nummer, og når den ble satt.",
    ),
    text("label_undo_count", "Statuses that were set: {0:count}.", "Statuser som ble satt: {0:count}."),
    text("label_undo_doubtful", "Not known whether it took effect", "Ikke kjent om det virket"),
    text(
        "label_undo_doubtful_about",
        "The request was sent, and no answer is known yet. The next run looks.",
        "Forespørselen ble sendt, og svaret er ennå ikke kjent. Neste kjøring ser etter.",
    ),
    text(
        "label_undo_headline",
        "Undo list: who was withdrawn or put on hold",
        "Angreliste: hvem som ble utmeldt eller satt hvilende",
    ),
    text("label_undo_list", "Statuses that were set", "Statuser som ble satt"),
    text("label_undo_nothing", "Nobody was withdrawn or put on hold.", "Ingen ble utmeldt eller satt hvilende."),
    text("label_undo_of_period", "Profile {0}, {1:day} to {2:day}.", "Profil {0}, {1:day} til {2:day}."),
    text("label_undo_of_run", "Profile {0}, run {1}.", "Profil {0}, kjøring {1}."),
    text(
        "label_unknown_idle",
        "was never in an HR file, and is authorised in no scheme of the profile",
        "har aldri stått i en HR-fil, og er ikke autorisert i noen av profilens ordninger",
    ),
    text(
        "label_unknown_in",
        "was never in an HR file, and is authorised in {0:scheme}",
        "har aldri stått i en HR-fil, og er autorisert i {0:scheme}",
    ),
    text("label_user_id", "User id", "Bruker-id"),
    text("label_was", "until then {0}", "inntil da {0}"),
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

    /// The words that the sources of this layer say.
    fn said(folder: &std::path::Path, words: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                said(&entry.path(), words);
            } else {
                let source = std::fs::read_to_string(entry.path()).unwrap();
                let called = source.split("Told::of(\"").skip(1).filter_map(|rest| rest.split('"').next());
                words.extend(called.map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_word_that_is_said_has_its_sentences_and_no_other_has() {
        let mut words = vec!["first_run".to_owned(), "profile_changed".to_owned()];
        said(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sync"), &mut words);
        // Those that are chosen among, and those of the tests of this file.
        words.extend(["same_alias", "same_birth_date", "same_names"].map(str::to_owned));
        words.extend(TEXTS.iter().map(|text| text.word.to_owned()).filter(|word| word.starts_with("label_")));
        words.retain(|word| word != "no_such_word");
        words.sort();
        words.dedup();
        let mut known: Vec<&str> = TEXTS.iter().map(|text| text.word).collect();
        known.sort_unstable();
        assert_eq!(words, known);
    }

    #[test]
    fn values_stand_in_their_places() {
        let told = Told::of("cells_missing").with(3).with(4);
        assert_eq!(told.say(Language::English), "the line has 3 cells where the first line has 4");
        assert_eq!(told.say(Language::Norwegian), "linjen har 3 felter der første linje har 4");
        assert_eq!(Told::of("no_such_word").say(Language::English), "no_such_word");
    }
}
