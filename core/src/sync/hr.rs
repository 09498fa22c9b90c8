//! A file of the HR system: its bytes in, rows out in which every value is in the form in which values are compared. What FinAut has is
//! not known here.

use decoding::Reading;

use crate::encoding::Encoding;
use crate::error::{Code, Error};
use crate::sync::digest::Digest;

mod cells;
mod columns;
mod damage;
mod decoding;
mod field;
mod file;
mod lines;
mod number;
mod objects;
mod people;
mod row;
mod sample;
mod settings;
mod standing;
mod table;

pub use cells::{NoDay, damaged_sign, day, fits_damaged, identity_number, mobile, text, words};
pub use damage::{Damage, of_contradictions};
pub use field::Field;
pub use file::HrFile;
pub use number::Number;
pub use people::{Conflict, Person, people};
pub use row::{Problem, Row};
pub use sample::{Sample, Seen};
pub use settings::{Codes, Columns, Departments, End, EndDate, Filter, Format, Settings, folded};
pub use standing::Standing;

/// The longest file that is read, in bytes.
pub const MOST_BYTES: usize = 256 << 20;

/// Reads a file. `name` is its name, for messages and for its format. Errors: `validation` where it is longer than [`MOST_BYTES`],
/// cannot be decoded or parsed, or has no column that says who somebody is.
pub fn read(bytes: Vec<u8>, name: &str, settings: &Settings) -> Result<HrFile, Error> {
    if bytes.len() > MOST_BYTES {
        return Err(unreadable(name, &format!("{} bytes are more than the {MOST_BYTES} that are read", bytes.len())));
    }
    let sha256 = Digest::of(&bytes);
    let format = settings.format_of(name);
    let look = |bytes: &[u8], encoding| Reading::of(bytes, encoding, format, settings);
    let rows = decoding::decode(bytes, settings, &look).and_then(|decoded| {
        let rows = match format {
            Format::Csv => table::read(&decoded.bytes, decoded.encoding, settings),
            Format::NdJson | Format::Json if settings.end.is_some() => Err(
                "\"end\" names the last line of a CSV file; leave it out for JSON, where a file that was cut cannot be read"
                    .to_owned(),
            ),
            Format::NdJson | Format::Json => objects::read(&decoded.bytes, decoded.encoding, format, settings),
        };
        Ok(rows?.into_file(sha256, decoded.name))
    });
    rows.map_err(|problem| unreadable(name, &problem))
}

/// Reads the rows that a caller gave as a JSON array. Errors: as [`read`].
pub fn read_people(json: &str, settings: &Settings) -> Result<HrFile, Error> {
    let rows = objects::read(json.as_bytes(), Encoding::UTF_8, Format::Json, settings);
    let rows = rows.map_err(|problem| unreadable("people", &problem))?;
    Ok(rows.into_file(Digest::of(json.as_bytes()), Encoding::UTF_8.name()))
}

/// True if headers differ in case and spaces only: they are one column's.
pub fn is_same_header(one: &str, other: &str) -> bool {
    columns::same(one, other)
}

/// True if a cell says yes or no.
pub fn is_flag(cell: &str) -> bool {
    cells::flag(cell).is_ok()
}

/// True if this header is usual for the field.
pub fn is_usual_header(field: Field, header: &str) -> bool {
    columns::usual(header) == Some(field)
}

/// The error of a file that cannot be used. `problem` is a clause for people.
pub fn unreadable(name: &str, problem: &str) -> Error {
    let shown = crate::text::quoted(name, 200);
    Error::new(Code::Validation, format!("The HR file {shown} cannot be used: {problem}."))
        .field("file", problem)
        .nothing_sent()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::operations::codes::Scheme;
    use crate::sync::told::Language;

    const HEAD: [&str; 8] = ["Fødselsnr.", "Ansattnr", "Fornavn", "Etternavn", "Mobil", "Avdeling", "Ordninger", "Sluttdato"];
    const KARI: [&str; 8] =
        ["01819010192", "E1001", "Kåri Bjørg", "Ærøy", "+47 912 34 567", "Østlandet", "AFR, KRD", "31.12.2026"];
    const OLA: [&str; 8] = ["1819010001", "E1002", "Ola", "Nordmann", "", "Vest", "gos", "00.00.0000"];

    fn table(delimiter: &str, line_end: &str, lines: &[[&str; 8]]) -> String {
        let line = |cells: &[&str; 8]| {
            let cell = |cell: &&str| if cell.contains(delimiter) { format!("\"{cell}\"") } else { (*cell).to_owned() };
            cells.iter().map(cell).collect::<Vec<_>>().join(delimiter) + line_end
        };
        lines.iter().map(line).collect()
    }

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        match label {
            "utf-8" => text.as_bytes().to_vec(),
            "utf-8 with a mark" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            "utf-16" => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            label => {
                let page = crate::encoding::pages::CodePage::named(label).unwrap_or_else(|| panic!("{label}"));
                text.chars().map(|c| page.byte_of(c).unwrap_or_else(|| panic!("{c} in {label}"))).collect()
            }
        }
    }

    fn of(file: Result<HrFile, Error>) -> HrFile {
        file.unwrap_or_else(|e| panic!("{e}"))
    }

    fn says(file: Result<HrFile, Error>) -> String {
        file.err().map(|e| e.message().into_owned()).unwrap_or_default()
    }

    fn check(file: &HrFile, context: &str) {
        assert_eq!(file.damages, [], "{context}");
        let [kari, ola] = file.rows.as_slice() else { panic!("{context}: {} rows", file.rows.len()) };
        let number = |row: &Row| row.number.valid().map(|persnr| persnr.as_str().to_owned());
        assert_eq!((number(kari).as_deref(), number(ola).as_deref()), (Some("01819010192"), Some("01819010001")), "{context}");
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        assert_eq!((text(&kari.first_name), text(&kari.last_name)), ("Kåri Bjørg".into(), "Ærøy".into()), "{context}");
        assert_eq!((text(&kari.department), text(&kari.mobile)), ("Østlandet".into(), "91234567".into()), "{context}");
        let schemes: Vec<&str> = kari.schemes.iter().flatten().map(Scheme::as_str).collect();
        assert_eq!((schemes, kari.end, ola.end), (vec!["afr", "krd"], Some(date(2026, 12, 31)), None), "{context}");
        assert_eq!((kari.place, ola.place, ola.mobile.as_deref()), (2, 3, None), "{context}");
        assert_eq!(kari.problems, [], "{context}");
    }

    #[test]
    fn a_file_is_read_in_every_encoding_with_every_delimiter_and_line_end() {
        for label in ["utf-8", "utf-8 with a mark", "utf-16", "windows-1252", "cp850", "cp865"] {
            for delimiter in [";", ",", "\t", "|"] {
                for line_end in ["\r\n", "\n", "\r"] {
                    let context = format!("{label}, {delimiter:?}, {line_end:?}");
                    let bytes = encoded(&table(delimiter, line_end, &[HEAD, KARI, OLA]), label);
                    check(&of(read(bytes.clone(), "hr.csv", &Settings::default())), &context);
                    let (encoding, byte) = match label {
                        "utf-16" => (None, None),
                        label => {
                            (Encoding::of_label(label.split(' ').next().unwrap_or_default()).ok(), delimiter.bytes().next())
                        }
                    };
                    let told = Settings { encoding, delimiter: byte, ..Settings::default() };
                    check(&of(read(bytes, "hr.csv", &told)), &format!("{context}, told"));
                }
            }
        }
        for label in ["iso-8859-15", "iso-8859-1"] {
            let told = Settings { encoding: Encoding::of_label(label).ok(), ..Settings::default() };
            check(&of(read(encoded(&table(";", "\n", &[HEAD, KARI, OLA]), "windows-1252"), "hr.csv", &told)), label);
        }
    }

    #[test]
    fn an_encoding_that_cannot_be_told_is_asked_for() {
        let file = |name: &[u8]| read([b"ansattnr;etternavn\nE1;", name, b"\n"].concat(), "hr.csv", &Settings::default());
        let name = |bytes: &[u8]| of(file(bytes)).rows[0].last_name.clone().unwrap_or_default();
        assert_eq!(name(b"\xe5s"), "ås", "windows-1252: in cp850 it is Õ, which no neighbour has");
        assert_eq!(name(b"\x92GIR"), "ÆGIR", "cp850: in windows-1252 it is an apostrophe");
        let said = says(file(b"\xe8s"));
        assert!(said.contains("on line 2, ") && said.contains("\"ès\"") && said.contains("\"encoding\""), "{said}");
        assert!(says(file(b"\xd7\xf6\xf7")).contains("in none of windows-1252, cp850, cp865 are all names whole"));
        let told = Settings { encoding: Encoding::of_label("windows-1252").ok(), ..Settings::default() };
        assert!(says(read("ansattnr;etternavn\nE1;Ærøy\n".into(), "hr.csv", &told)).contains("it is UTF-8, but"));
        assert!(says(read(b"\xef\xbb\xbffnr\n\xff\n".to_vec(), "hr.csv", &Settings::default())).contains("mark of UTF-8"));
        assert!(says(read(b"\xff\xfef\x00n".to_vec(), "hr.csv", &Settings::default())).contains("UTF-16"));
    }

    #[test]
    fn a_file_that_is_no_list_of_people_is_refused_with_what_was_expected() {
        let default = Settings::default();
        for (text, name, said) in [
            ("", "hr.csv", "it is empty; the first line must name the columns"),
            ("Navn;Alder\nOla;3\n", "hr.csv", "its columns are \"Navn\", \"Alder\". Say in \"columns\""),
            ("fnr;Fødselsnummer;x\n", "hr.csv", "both \"fnr\" and \"Fødselsnummer\" are the column of persnr"),
            ("[{\"persnr\": 1}", "hr.json", "line 1 column 14 it ends: was it cut?"),
            ("{\"persnr\": \"1\"}", "hr.json", "an array of objects"),
            ("{\"persnr\": \"1\"}\n{\"pers", "hr.ndjson", "an object on each line is expected, and at line 2"),
            ("[{\"fnr\": \"1\"}, 7]", "hr.json", "line 1 column 16 is something else"),
            ("[{\"fornavn\": \"Ola\"}]", "hr.json", "its columns are \"fornavn\""),
            ("[{\"fnr\": \"1\", \"fnr\": \"2\"}]", "hr.json", "line 1 column 19 a member's name stands twice"),
        ] {
            let message = says(read(text.as_bytes().to_vec(), name, &default));
            assert!(message.contains(said) && message.contains(name), "{text}: {message}");
        }
    }

    #[test]
    fn rows_may_be_objects() {
        let object = |row: &[&str; 8]| {
            let members: Vec<String> = HEAD.iter().zip(row).map(|(name, value)| format!("{name:?}: {value:?}")).collect();
            format!("{{{}}}", members.join(", "))
        };
        let lines = format!("\n{}\n{}\n", object(&KARI), object(&OLA));
        check(&of(read(lines.into_bytes(), "hr.ndjson", &Settings::default())), "lines");
        let array = format!("[{}, {}]", object(&KARI), object(&OLA));
        let file = of(read(array.clone().into_bytes(), "hr.json", &Settings::default()));
        assert_eq!((file.rows.len(), file.rows[1].place, file.damages.as_slice()), (2, 2, [].as_slice()));
        let people = r#"[{"persnr": 1819010192, "schemes": ["afr", "krd"], "main": true, "other": {"a": [1]}, "end_date": null},
                        {"employee_alias": 7, "schemes": "afr krd", "status": "leave"}, {"employee_alias": "8", "schemes": {"a": 1}}]"#;
        let file = of(read_people(people, &Settings::default()));
        let [one, two, three] = file.rows.as_slice() else { panic!("{file:?}") };
        assert!(one.number.valid().is_some() && one.is_main && one.schemes == two.schemes && one.end.is_none());
        assert_eq!((two.employee_alias.as_deref(), two.standing), (Some("7"), Standing::Leave));
        assert!(three.is_invalid());
        assert_eq!(of(read_people("[]", &Settings::default())).rows.len(), 0);
    }

    #[test]
    fn a_cut_file_is_damaged_or_has_lost_whole_lines_only() {
        let text = table(";", "\r\n", &[HEAD, KARI, OLA, KARI]).replace("Ola;", "\"Ola\r\nPer\";");
        let header = text.find('\n').unwrap_or(0);
        for at in 0..text.len() {
            let Some(cut) = text.get(..at) else { continue };
            let is_whole = cut.ends_with('\n') && cut.matches('"').count() % 2 == 0;
            match read(cut.as_bytes().to_vec(), "hr.csv", &Settings::default()) {
                Ok(file) => {
                    // The cell with a line end in it is told of whatever is cut.
                    let is_cut =
                        |damage: &Damage| matches!(damage, Damage::CutLine { .. } | Damage::OpenQuote { place: 2 | 4.. });
                    let is_seen = file.damages.iter().any(is_cut) || file.damages.contains(&Damage::OpenQuote { place: 3 });
                    assert!(is_whole || at == header || is_seen, "{at}: {:?}", file.damages);
                    assert!(!is_whole || !file.damages.iter().any(is_cut), "{at}: {:?}", file.damages);
                }
                Err(_) => assert!(at < header, "{at}"),
            }
        }
        let ended = Settings { end: Some(End { marker: "EOF".into(), count: true }), ..Settings::default() };
        let text = format!("{}EOF;2", table(";", "\n", &[HEAD, KARI, OLA]));
        check(&of(read(text.clone().into_bytes(), "hr.csv", &ended)), "with its end");
        let start = text.find('\n').unwrap_or(0) + 1;
        for at in start..text.len() {
            let Some(cut) = text.get(..at) else { continue };
            let file = of(read(cut.as_bytes().to_vec(), "hr.csv", &ended));
            assert!(file.damages.iter().any(|damage| matches!(damage, Damage::NoEnd { .. })), "{at}");
        }
        for (end, said) in
            [("EOF;3\n", "says \"3\" where"), ("EOF\n", "says nothing"), ("EOF;2\nx\n", "lines follow after the end")]
        {
            let text = format!("{}{end}", table(";", "\n", &[HEAD, KARI, OLA]));
            let file = of(read(text.into_bytes(), "hr.csv", &ended));
            assert!(file.damages.iter().any(|damage| damage.to_string().contains(said)), "{end}: {:?}", file.damages);
        }
    }

    #[test]
    fn a_quote_that_swallows_lines_is_seen() {
        let text = table(";", "\n", &[HEAD, KARI, OLA, KARI]);
        for (from, to) in [("Kåri", "\"Kåri"), ("Østlandet", "\"Østlandet")] {
            for text in [text.replacen(from, to, 1), text.replace(from, to)] {
                let file = of(read(text.into_bytes(), "hr.csv", &Settings::default()));
                assert!(file.damages.iter().any(|damage| matches!(damage, Damage::OpenQuote { .. })), "{:?}", file.damages);
            }
        }
    }

    #[test]
    fn columns_are_mapped_and_rows_are_left_out_and_counted() {
        let scheme = |code: &str| Scheme::parse(code).unwrap_or_else(|| panic!("{code}"));
        let settings = Settings {
            columns: BTreeMap::from([
                (Field::Persnr, Columns::One("ID".into())),
                (Field::Schemes, Columns::ForEach(vec![("AFR".into(), scheme("afr")), ("Kreditt".into(), scheme("krd"))])),
                (Field::Mobile, Columns::Nowhere),
            ]),
            schemes_of: BTreeMap::from([("rådgiver".into(), vec![scheme("gos")]), ("kasserer".into(), vec![])]),
            status_values: BTreeMap::from([
                ("3".into(), Standing::Active),
                ("1".into(), Standing::Leave),
                ("0".into(), Standing::Left),
            ]),
            end_date_is: EndDate::FirstDayOut,
            only: vec![Filter { column: "Gruppe".into(), values: vec!["Rådgiver".into(), "Ass*".into()] }],
            not: vec![Filter { column: "Etternavn".into(), values: vec!["Test*".into()] }],
            ..Settings::default()
        };
        let text = "id;afr;KREDITT;Mobil;Stilling;Status;Sluttdato;gruppe;Etternavn;x\n\
                    01819010192;x;nei;912;rådgiver;3;01.01.2027;rådgiver;Berg;\n\
                    01819010273;;;;Kasserer;1;;Assistent;Berg;\n\
                    01819010354;ja;ja;;Sjef;0;;Annet;Berg;\n\
                    01819010435;kanskje;;;;9;31.31.2020;Rådgiver;TESTESEN;\n";
        let file = of(read(text.as_bytes().to_vec(), "x.csv", &settings));
        let [one, two, three, four] = file.rows.as_slice() else { panic!("{file:?}") };
        let schemes =
            |row: &Row| -> Option<Vec<String>> { Some(row.schemes.as_ref()?.iter().map(|s| s.as_str().to_owned()).collect()) };
        assert_eq!(schemes(one), Some(vec!["afr".into(), "gos".into()]));
        assert_eq!((one.end, one.mobile.as_deref(), one.standing), (Some(date(2026, 12, 31)), None, Standing::Active));
        assert_eq!((schemes(two), two.standing), (Some(vec![]), Standing::Leave));
        assert_eq!((schemes(three), three.standing, three.is_left_out), (None, Standing::Left, true), "an unknown position");
        let words: Vec<&str> = four.problems.iter().map(|problem| problem.told.word).collect();
        assert_eq!(words, ["flag_invalid", "status_unknown", "date_invalid"]);
        assert!(four.is_left_out && four.is_invalid() && !one.is_left_out);
        let left_out: Vec<(&str, usize)> = file.left_out.iter().map(|(because, rows)| (because.as_str(), *rows)).collect();
        assert_eq!(left_out, [("Etternavn: Test*", 1), ("Gruppe: Annet", 1)]);
        let missing = of(read(b"id;Mobil\n01819010192;\n".to_vec(), "x.csv", &settings)).damages;
        let headers: Vec<String> = missing.iter().map(ToString::to_string).collect();
        assert_eq!(headers.len(), 4, "AFR, Kreditt, Gruppe, Etternavn: {headers:?}");
    }

    #[test]
    fn what_cannot_be_used_of_a_row_is_said_without_the_number() {
        let text = "fnr;ansattnr;mobil;fornavn\n0181901019X;E1;12;Kari\n;;;Ola\n;01819010192;;Per\n01819010193;;;Bj›rn\n";
        let file = of(read(text.as_bytes().to_vec(), "x.csv", &Settings::default()));
        let said: Vec<String> = file
            .rows
            .iter()
            .flat_map(|row| &row.problems)
            .map(|problem| format!("{}: {}", problem.told.word, problem.told.say(Language::English)))
            .collect();
        let said = said.join("\n");
        for part in [
            "persnr_invalid: ",
            "mobile_invalid: \"12\" is no",
            "unnamed: ",
            "alias_is_persnr: ",
            "name_damaged: first_name \"Bj›rn\" holds \"›\"",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!said.contains("0181901") && !format!("{file:?}").contains("0181901"), "{said}");
        assert!(matches!(file.rows[3].number, Number::Doubtful));
        assert!(
            file.damages.iter().any(|damage| matches!(damage, Damage::InvalidRows { rows: 3, of: 4 })),
            "{:?}",
            file.damages
        );
    }

    #[test]
    fn the_rows_of_one_person_are_brought_together() {
        let today = date(2026, 11, 28);
        let rows = |lines: &[&str]| {
            let text =
                format!("fnr;ansattnr;selskap;avdeling;sluttdato;startdato;main;confidential;email\n{}\n", lines.join("\n"));
            of(read(text.into_bytes(), "x.csv", &Settings::default())).rows
        };
        let outcome = |lines: &[&str]| -> Vec<String> {
            let rows = rows(lines);
            let told = |person: &Person| match &person.conflict {
                Some(conflict) => format!("{conflict:?}"),
                None => person.choice.iter().map(|row| row.place.to_string()).collect::<Vec<_>>().join("+"),
            };
            people(&rows, today).iter().map(told).collect()
        };
        let (a, b) = ("01819010192", "01819010273");
        let row = |rest: &str| format!("{a};E1;{rest}");
        for (lines, wanted) in [
            (vec![row("1;Vest;;;;;"), row("1;Vest;;;;;")], vec!["2"]),
            (vec![row("1;Vest;;;;;A@x.no"), row("1;Vest;;;;;a@x.no")], vec!["2"]),
            (vec![row("1;Vest;01.01.2026;;;;"), row("1;Øst;;;;;")], vec!["3"]),
            (vec![row("1;Vest;31.12.2026;;;;"), row("1;Øst;;01.01.2027;;;")], vec!["2"]),
            (vec![row("1;Vest;01.01.2026;;;;"), row("1;Øst;;01.01.2027;;;")], vec!["3"]),
            (vec![row("1;Vest;01.01.2026;;;;"), row("1;Øst;01.02.2026;;;;")], vec!["3"]),
            (vec![row("1;Vest;;;x;;"), row("1;Øst;;;;;")], vec!["2"]),
            (vec![row("1;Vest;;;;;"), row("1;Øst;;;;;")], vec!["Main"]),
            (vec![row("1;Vest;;;x;;"), row("1;Øst;;;x;;")], vec!["Main"]),
            (vec![row("1;Vest;;;;;a@x.no"), row("1;Vest;;;;;b@x.no")], vec!["Differ([Email])"]),
            (vec![row("1;Vest;;;;;"), row("2;Øst;;;;;")], vec!["2+3"]),
            (vec![row("1;Vest;;;;;"), format!("{b};E1;1;Vest;;;;;")], vec!["AliasOfTwo", "AliasOfTwo"]),
            (vec![row("1;Vest;;;;;"), ";E1;1;Vest;;;;;".to_owned(), ";E2;1;Vest;;;;;".to_owned()], vec!["2", "4"]),
            (vec![row("1;Vest;;;;x;"), row("1;Øst;;;;;")], vec![""]),
        ] {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            assert_eq!(outcome(&lines), wanted, "{lines:?}");
        }
    }
}
