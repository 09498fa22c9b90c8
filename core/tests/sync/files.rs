//! HR files as they come: every encoding and form, files that were cut at any byte, and files that nobody should have made.

use std::sync::atomic::{AtomicUsize, Ordering};

use finaut_core::encoding::Encoding;
use finaut_core::encoding::pages::CodePage;
use finaut_core::error::{Code, Error};
use finaut_core::sync::hr::{self, HrFile, Row, Settings};
use finaut_core::sync::plan::{Kind, Step};
use serde_json::{Map, Value, json};

use super::register::{HEAD, Register, head, table};

fn read(bytes: &[u8], name: &str, settings: &Settings) -> Result<HrFile, Error> {
    hr::read(bytes.to_vec(), name, settings)
}

fn of(file: Result<HrFile, Error>) -> HrFile {
    file.unwrap_or_else(|e| panic!("{e}"))
}

/// What a file that cannot be used is refused with.
fn says(bytes: &[u8], name: &str) -> String {
    says_with(bytes, name, &Settings::default())
}

fn says_with(bytes: &[u8], name: &str, settings: &Settings) -> String {
    let e = read(bytes, name, settings).expect_err("it cannot be read");
    assert_eq!(e.code(), Code::Validation, "{e}");
    assert!(e.message().contains(name), "{e}");
    e.message().into_owned()
}

/// The text in an encoding; `None` where it lacks a character.
fn encoded(text: &str, label: &str) -> Option<Vec<u8>> {
    Some(match label {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-8 with a mark" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "utf-16le" => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
        label => {
            let page = CodePage::named(Encoding::of_label(label).ok()?.name())?;
            text.chars().map(|c| page.byte_of(c)).collect::<Option<_>>()?
        }
    })
}

const ENCODINGS: [&str; 9] =
    ["utf-8", "utf-8 with a mark", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "iso-8859-15", "cp850", "cp865"];

/// The encoding as a profile says it; `None` for one that a file tells of itself.
fn told(label: &str) -> Option<Encoding> {
    match label {
        "utf-8 with a mark" | "utf-16le" | "utf-16be" => None,
        label => Encoding::of_label(label).ok(),
    }
}

/// Rows in a form that can be compared.
fn shown(rows: &[Row]) -> Vec<String> {
    let number = |row: &Row| row.number.valid().map(|number| number.as_str().to_owned());
    rows.iter().map(|row| format!("{:?} {:?}", number(row), Row { place: 0, ..row.clone() })).collect()
}

fn rows_of(register: &Register, people: usize) -> Vec<Vec<String>> {
    std::iter::once(head()).chain((0..people).map(|n| register.row(n))).collect()
}

/// The same rows as JSON objects.
fn objects(rows: &[Vec<String>]) -> Vec<String> {
    let object = |row: &Vec<String>| {
        let members = HEAD.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell)));
        Value::Object(members.collect::<Map<_, _>>()).to_string()
    };
    rows.iter().skip(1).map(object).collect()
}

#[test]
fn every_form_of_a_table_gives_the_same_rows() {
    let register = Register::new(4, 2, json!("hr.csv"));
    let mut rows = rows_of(&register, 4);
    rows[2][6] = "Øst; Vest, \"Nord\" | Sør".into();
    let wanted = shown(&of(read(table(";", "\n", &rows).as_bytes(), "hr.csv", &Settings::default())).rows);
    assert!(
        wanted.len() == 4 && wanted[0].contains("Kåre Bjørn") && wanted[1].contains("Øst; Vest, \\\"Nord\\\" | Sør"),
        "{wanted:?}"
    );
    let blanks = |rows: &[Vec<String>]| -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| format!("{cell:<30}")).collect()).collect()
    };
    let mut forms = 0;
    for label in ENCODINGS {
        for delimiter in [";", ",", "\t", "|"] {
            for line_end in ["\r\n", "\n", "\r"] {
                let plain = table(delimiter, line_end, &rows);
                let padded = table(delimiter, line_end, &blanks(&rows));
                let hinted = format!("sep={delimiter}{line_end}{plain}");
                let spaced = plain.replacen(line_end, &line_end.repeat(3), 2) + line_end;
                let longer = plain.replace(line_end, &format!("{delimiter}{line_end}"));
                for (form, text) in
                    [("plain", &plain), ("padded", &padded), ("hinted", &hinted), ("spaced", &spaced), ("longer", &longer)]
                {
                    let context = format!("{label}, {delimiter:?}, {line_end:?}, {form}");
                    let bytes = encoded(text, label).unwrap_or_else(|| panic!("{context}"));
                    let said = Settings { encoding: told(label), delimiter: delimiter.bytes().next(), ..Settings::default() };
                    // ISO-8859-15 is read as windows-1252, which has the same letters of Norwegian.
                    for settings in [Settings::default(), said] {
                        let file = of(read(&bytes, "hr.csv", &settings));
                        assert_eq!(shown(&file.rows), wanted, "{context}");
                        assert_eq!(file.damages, [], "{context}");
                        forms += 1;
                    }
                }
            }
        }
    }
    assert_eq!(forms, 9 * 4 * 3 * 5 * 2);
}

#[test]
fn every_form_of_objects_gives_the_same_rows() {
    let register = Register::new(4, 2, json!("hr.csv"));
    let rows = rows_of(&register, 4);
    let wanted = shown(&of(read(table(";", "\n", &rows).as_bytes(), "hr.csv", &Settings::default())).rows);
    for label in ENCODINGS {
        for line_end in ["\r\n", "\n", "\r"] {
            let lines: String = objects(&rows).iter().map(|object| format!("{object}{line_end}{line_end}")).collect();
            let array = format!("[{}]{line_end}", objects(&rows).join(&format!(",{line_end}")));
            for (name, text) in [("hr.ndjson", lines), ("hr.json", array)] {
                let bytes = encoded(&text, label).unwrap_or_else(|| panic!("{label}"));
                for encoding in [None, told(label)] {
                    let file = of(read(&bytes, name, &Settings { encoding, ..Settings::default() }));
                    assert_eq!((shown(&file.rows), file.damages.len()), (wanted.clone(), 0), "{label}, {line_end:?}, {name}");
                }
            }
        }
    }
}

#[test]
fn what_spreadsheets_do_to_values_is_mended_or_refused_by_name() {
    let register = Register::new(2, 1, json!("hr.csv"));
    let (mut first, second) = (register.row(0), register.row(1));
    assert!(first[0].starts_with('0'), "its first zero gets lost: {}", first[0]);
    let cell = |place: usize, cell: &str| {
        let mut row = first.clone();
        row[place] = cell.to_owned();
        of(read(table(";", "\r\n", &[head(), row, second.clone()]).as_bytes(), "hr.csv", &Settings::default()))
    };
    let whole = first[0].clone();
    let short = whole.trim_start_matches('0').to_owned();
    for number in [
        format!("=\"{whole}\""),
        short.clone(),
        format!("{short}.0"),
        format!("{short},00"),
        format!("{whole}-"),
        format!(" {whole}  "),
    ] {
        let file = cell(0, &number);
        assert_eq!(file.rows[0].number.valid().map(finaut_core::persnr::Persnr::as_str), Some(whole.as_str()), "{number}");
        assert_eq!(file.damages, [], "{number}");
    }
    for (place, value, word) in [
        (0, "1,23457E+10", "excel_number"),
        (0, "1.23457E+10", "excel_number"),
        (1, "1,00E+06", "excel_number"),
        (6, "4,71E+11", "excel_number"),
        (3, "#N/A", "excel_error"),
        (6, "#VERDI!", "excel_error"),
        (9, "46053", "date_invalid"),
        (9, "1.2.2026", "date_invalid"),
        (3, "Berg\u{7}", "cell_control"),
    ] {
        let file = cell(place, value);
        let row = &file.rows[0];
        let words: Vec<&str> = row.problems.iter().map(|problem| problem.told.word).collect();
        assert!(words.contains(&word) && row.is_invalid(), "{value}: {words:?}");
        let says = row.problems[0].told.say(finaut_core::sync::told::Language::English);
        assert!(says.contains(value) || says.contains("\\u0007"), "{says}");
        assert!(word != "excel_number" || says.contains("Excel"), "{says}");
    }
    first[9] = "01.02.2027".into();
    first[7] = "AFR; KRD".into();
    let file = of(read(table(";", "\r\n", &[head(), first]).as_bytes(), "hr.csv", &Settings::default()));
    assert_eq!(file.rows[0].end, Some(jiff::civil::date(2027, 2, 1)));
    assert_eq!(file.rows[0].schemes.as_ref().map(Vec::len), Some(2));
}

/// Plans of a cut file, night after night: none withdraws anybody or puts anybody on hold.
fn nobody_leaves(register: &mut Register, cut: &[u8], name: &str, context: &str) -> bool {
    let settings = register.profile.file.settings.clone();
    let Ok(file) = read(cut, name, &settings) else { return true };
    for night in 0..30 {
        let (plan, memory) = register.plan(&file);
        let leavers = plan.steps.iter().filter(|step| matches!(step.kind, Kind::Withdraw | Kind::Hold)).count();
        assert_eq!(leavers, 0, "{context}, night {night}: {:?}", plan.steps);
        if !plan.is_accepted {
            // The file is held, and nothing of it is remembered: the next night is the same.
            assert!(plan.steps.iter().all(|step| step.held.is_some()), "{context}: {:?}", plan.steps);
            assert!(memory.files == register.memory.files && memory.people == register.memory.people, "{context}");
            return false;
        }
        register.next(memory);
    }
    panic!("{context}: a file that is the same for thirty nights is believed");
}

#[test]
fn no_cut_of_a_file_makes_a_leaver_however_often_it_comes() {
    let ends = json!({"path": "hr.csv", "end": {"marker": "SLUTT", "count": true}});
    let (mut cuts, mut refused) = (0, 0);
    for label in ENCODINGS {
        for (name, profile) in [
            ("hr.csv", json!("hr.csv")),
            ("hr.csv", ends.clone()),
            ("hr.ndjson", json!("hr.ndjson")),
            ("hr.json", json!("hr.json")),
        ] {
            if !name.ends_with("csv") && !["utf-8", "utf-16le", "windows-1252"].contains(&label) {
                continue;
            }
            let has_end = profile.is_object();
            let mut register = Register::new(3, 2, profile);
            let mut rows = rows_of(&register, 3);
            rows[3][6] = "Avdeling; \"Øst\"\r\nlandet".into();
            let text = match name {
                "hr.csv" if has_end => table(";", "\r\n", &rows) + "SLUTT;3\r\n",
                "hr.csv" => table(";", "\r\n", &rows),
                "hr.ndjson" => objects(&rows).join("\n") + "\n",
                _ => format!("[{}]\n", objects(&rows).join(",\n")),
            };
            let bytes = encoded(&text, label).unwrap_or_else(|| panic!("{label}"));
            for night in 0..4 {
                let settings = register.profile.file.settings.clone();
                let mut file = of(read(&bytes, name, &settings));
                // The cell with a line end in it is told of, and a person has approved that.
                file.damages.retain(|damage| !matches!(damage, hr::Damage::OpenQuote { place: 4 }));
                file.sha256 = finaut_core::sync::digest::Digest::of(&[night]);
                let (plan, memory) = register.plan(&file);
                assert!(plan.is_accepted, "{label}, {name}: {:?}", plan.rails);
                register.next(memory);
            }
            assert_eq!(register.memory.people.len(), 3);
            let before = (register.memory.clone(), register.today);
            for at in 0..bytes.len() {
                let context = format!("{label}, {name}, end: {has_end}, byte {at}");
                refused += usize::from(nobody_leaves(&mut register, &bytes[..at], name, &context));
                (register.memory, register.today) = before.clone();
                cuts += 1;
            }
        }
    }
    assert!(cuts > 10_000 && refused > 3_000, "{refused} of {cuts}");
}

/// The next number of a fixed row of numbers (splitmix64).
fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) as usize
}

/// Some damage to a file, of the kinds that disks, networks, editors and exports do.
fn mutated(bytes: &mut Vec<u8>, seed: &mut u64) {
    const PIECES: [&[u8]; 16] = [
        b"\"",
        b";",
        b"\n",
        b"\r\n",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xc3",
        b"{",
        b"[",
        b"\\",
        b"1,23E+10",
        b"left",
        b"31.12.2020",
        b"x;x;x",
        b",",
    ];
    for _ in 0..=next(seed) % 3 {
        let at = next(seed) % (bytes.len() + 1);
        let to = (at + next(seed) % 40).min(bytes.len());
        match next(seed) % 6 {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..to)),
            2 => {
                let piece = bytes[at..to].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => drop(bytes.splice(at..at, PIECES[next(seed) % PIECES.len()].iter().copied())),
            4 => bytes[at..to].reverse(),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = next(seed) as u8;
                }
            }
        }
    }
}

#[test]
fn damaged_files_are_refused_with_a_reason_or_planned_and_never_crash() {
    let mut register = Register::new(2, 1, json!("hr.csv"));
    let rows = rows_of(&register, 2);
    let forms = [
        ("hr.csv", table(";", "\r\n", &rows)),
        ("hr.csv", table(",", "\n", &rows)),
        ("hr.ndjson", objects(&rows).join("\n") + "\n"),
        ("hr.json", format!("[{}]", objects(&rows).join(","))),
    ];
    let files: Vec<(&str, Vec<u8>)> = forms
        .iter()
        .flat_map(|(name, text)| {
            ["utf-8", "utf-16le", "windows-1252", "cp850"].map(|label| (*name, encoded(text, label).unwrap_or_default()))
        })
        .collect();
    for _ in 0..4 {
        let file = of(read(table(";", "\r\n", &rows).as_bytes(), "hr.csv", &Settings::default()));
        let (_, memory) = register.plan(&file);
        register.next(memory);
    }
    let (planned, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    // A build without optimisation takes a millisecond for each: FINAUT_TEST_CASES asks for more.
    let all: usize = std::env::var("FINAUT_TEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000);
    let cases = |first: usize| {
        let mut seed = first as u64;
        for n in (first..all).step_by(2) {
            let (name, whole) = &files[n % files.len()];
            let mut bytes = whole.clone();
            mutated(&mut bytes, &mut seed);
            match hr::read(bytes, name, &Settings::default()) {
                // Planning takes longer than reading.
                Ok(file) if planned.fetch_add(1, Ordering::Relaxed) % 8 == 0 => {
                    let (plan, _) = register.plan(&file);
                    let leaves = |step: &Step| matches!(step.kind, Kind::Withdraw | Kind::Hold) && step.held.is_none();
                    assert!(!plan.steps.iter().any(leaves), "case {n}: {:?}", plan.steps);
                }
                Ok(_) => {}
                Err(e) => {
                    refused.fetch_add(1, Ordering::Relaxed);
                    assert!(e.code() == Code::Validation && e.message().contains(name), "case {n}: {e}");
                }
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| cases(1));
        cases(0);
    });
    let (planned, refused) = (planned.into_inner(), refused.into_inner());
    println!("{planned} read, {refused} refused");
    assert!(planned > all / 5 && refused > all / 5, "{planned} read, {refused} refused");
}

#[test]
fn a_refusal_says_where_and_what_was_expected() {
    let good = "fnr;ansattnr;etternavn\n";
    for (bytes, name, said) in [
        (b"fnr;x\n1;\0\n".to_vec(), "hr.csv", "byte 3 of line 2 is zero"),
        (b"f\0n\0r\0;\0x\0".to_vec(), "hr.csv", "UTF-16 without its mark"),
        (b"\xef\xbb\xbffnr\n1\n\xff\n".to_vec(), "hr.csv", "byte 1 of line 3 is not UTF-8"),
        ("fnr;etternavn\n1;Bjørn\n2;Kåre".as_bytes()[..27].to_vec(), "hr.csv", "ends in the middle of a character (line 3)"),
        (b"{\"fnr\": \"1\"}\n{\"fnr\": 2,}\n".to_vec(), "hr.ndjson", "line 2 column 11 is something else"),
        (b"[{\"fnr\": 1}, {\"fnr\": {\"a\": [".to_vec(), "hr.json", "was it cut?"),
        (
            format!("{good}\"{}", "x".repeat(2 << 20)).into_bytes(),
            "hr.csv",
            "line 2 does not end within 1048576 bytes; was a quotation mark",
        ),
    ] {
        let message = says(&bytes, name);
        assert!(message.contains(said), "{message}");
    }
    let thai = Settings { encoding: Encoding::of_label("windows-874").ok(), ..Settings::default() };
    assert!(
        says_with(b"fnr\n1\n2\xdb\n", "hr.csv", &thai)
            .contains("byte 2 of line 3 is 0xdb, which is no character of windows-874")
    );
    let utf_8 = Settings { encoding: Some(Encoding::UTF_8), ..Settings::default() };
    assert!(
        says_with(b"fnr\n1\n2\xdb1\n", "hr.csv", &utf_8).contains("\"encoding\" says UTF-8, but byte 2 of line 3 is not UTF-8")
    );
    let end = Settings { end: Some(hr::End { marker: "SLUTT".into(), count: true }), ..Settings::default() };
    assert!(says_with(b"[]", "hr.json", &end).contains("\"end\" names the last line of a CSV file"));
}

#[test]
fn an_apostrophe_is_not_taken_for_a_letter_of_another_code_page() {
    let said = says(b"ansattnr;etternavn\nE1;O\x92Brien\n", "hr.csv");
    assert!(said.contains("O’Brien") && said.contains("OÆBrien"), "{said}");
    // One name that was damaged before tells nothing about the others' encoding.
    let file = of(read(b"ansattnr;etternavn\nE1;?\xe5v\xf8\n", "hr.csv", &Settings::default()));
    assert_eq!((file.rows[0].last_name.as_deref(), file.encoding), (Some("?åvø"), "windows-1252"));
}

#[test]
fn a_file_twice_in_one_is_the_same_people_once() {
    let register = Register::new(5, 2, json!("hr.csv"));
    let text = table(";", "\n", &rows_of(&register, 5));
    let twice = format!("{text}\u{feff}{text}");
    let file = of(read(twice.as_bytes(), "hr.csv", &Settings::default()));
    let again: Vec<&Row> =
        file.rows.iter().filter(|row| row.problems.iter().any(|problem| problem.told.word == "headers_again")).collect();
    assert!(again.len() == 1 && again[0].is_invalid() && again[0].place == 7, "{again:?}");
    let people = hr::people(&file.rows, register.today);
    assert!(people.len() == 5 && people.iter().all(|person| person.conflict.is_none() && person.choice.len() == 1));
    let (plan, _) = register.plan(&file);
    assert!(plan.steps.is_empty() && plan.portal.is_empty(), "{:?}", plan.steps);
    let problems: Vec<_> = plan.problems.iter().map(|case| (case.subject.row, case.told.word)).collect();
    assert_eq!(problems, [(Some(7), "headers_again")], "a row that names nobody is told of");
}

#[test]
fn a_shifted_column_or_emptied_cells_make_no_leaver() {
    for shift in 0..HEAD.len() {
        for is_emptied in [false, true] {
            let mut register = Register::new(40, 2, json!("hr.csv"));
            let rows = rows_of(&register, 40);
            let whole = of(read(table(";", "\n", &rows).as_bytes(), "hr.csv", &Settings::default()));
            let (_, memory) = register.plan(&whole);
            register.next(memory);
            for night in 0..13 {
                let mut damaged = rows.clone();
                for row in &mut damaged[1..] {
                    match is_emptied {
                        true => row[shift].clear(),
                        false => row[shift..].rotate_right(1),
                    }
                }
                damaged[0].push(format!("natt {night}"));
                damaged[1..].iter_mut().for_each(|row| row.push(String::new()));
                let file = of(read(table(";", "\n", &damaged).as_bytes(), "hr.csv", &Settings::default()));
                let (plan, memory) = register.plan(&file);
                let leavers =
                    plan.steps.iter().filter(|step| matches!(step.kind, Kind::Withdraw | Kind::Hold) && step.held.is_none());
                assert_eq!(leavers.count(), 0, "column {shift}, emptied: {is_emptied}, night {night}");
                register.next(memory);
            }
        }
    }
}

#[test]
fn what_nobody_should_have_made_is_refused_soon() {
    let line = "E1;Berg\n";
    let head = "ansattnr;etternavn\n";
    // A quotation mark that is never closed, in 200 MB.
    let open = format!("{head}\"{}", line.repeat(200 << 20 >> 3)).into_bytes();
    assert!(says_owned(open, "hr.csv").contains("line 2 does not end"));
    // A line of 100 MB.
    let long = format!("{head}E1;{}\n", "x".repeat(100 << 20)).into_bytes();
    assert!(says_owned(long, "hr.csv").contains("line 2 does not end"));
    // A million columns.
    assert!(
        says_owned(format!("ansattnr{}\n", ";x".repeat(400_000)).into_bytes(), "hr.csv")
            .contains("400001 columns, more than the 10000")
    );
    let columns = format!("ansattnr;{}\nE1\n", (0..9_000).map(|n| n.to_string()).collect::<Vec<_>>().join(";"));
    assert_eq!(of(read(columns.as_bytes(), "hr.csv", &Settings::default())).rows.len(), 1);
    let members: Vec<String> = (0..20_000).map(|n| format!("\"m{n}\":1")).collect();
    assert!(says_owned(format!("[{{{}}}]", members.join(",")).into_bytes(), "hr.json").contains("more members than the 10000"));
    let objects: Vec<String> = (0..20_000).map(|n| format!("{{\"ansattnr\":\"E{n}\",\"m{n}\":1}}")).collect();
    assert!(says_owned(objects.join("\n").into_bytes(), "hr.ndjson").contains("columns, more than the 10000"));
    // Nested deeply.
    for levels in [32, 100_000] {
        let deep = format!("[{{\"ansattnr\": \"E1\", \"x\": {}1{}}}]", "[".repeat(levels), "]".repeat(levels));
        assert!(says_owned(deep.into_bytes(), "hr.json").contains("32 levels deep"));
    }
    let list = format!("[{{\"ansattnr\": \"E1\", \"schemes\": [{}\"afr\"]}}]", "\"afr\",".repeat(200_000));
    assert!(of(read(list.as_bytes(), "hr.json", &Settings::default())).rows[0].is_invalid());
    // A cell that is no value of anybody.
    let cell = format!("{head}E1;{}\nE2;Berg\n", "x".repeat(5000));
    let file = of(read(cell.as_bytes(), "hr.csv", &Settings::default()));
    assert!(file.rows[0].is_invalid() && file.rows[0].last_name.is_none() && !file.rows[1].is_invalid());
    // More than is read at all.
    let e = hr::read(vec![b'x'; (256 << 20) + 1], "hr.csv", &Settings::default()).expect_err("too long");
    assert!(e.message().contains("268435457 bytes are more than"), "{e}");
}

/// Reads a file of a hundred thousand people in a process of its own, and says how much memory that process had at most.
#[cfg(target_os = "linux")]
#[test]
fn a_hundred_thousand_rows_are_read_in_less_than_200_mb() {
    const FILE: &str = "FINAUT_TEST_LONG_FILE";
    if let Some(path) = std::env::var_os(FILE) {
        let file = of(hr::read(std::fs::read(path).unwrap(), "hr.csv", &Settings::default()));
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let most: u64 =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok()).unwrap();
        println!("\nread: {} rows, {} damages, {most} kB", file.rows.len(), file.damages.len());
        return;
    }
    let register = Register::new(1, 20, json!("hr.csv"));
    let row = |n: usize| {
        let mut row = register.row(n);
        row[0] = register.row(0)[0].clone();
        row
    };
    let rows: Vec<Vec<String>> = std::iter::once(head()).chain((0..100_000).map(row)).collect();
    let path = std::env::temp_dir().join(format!("finaut-long-{}.csv", std::process::id()));
    std::fs::write(&path, encoded(&table(";", "\r\n", &rows), "windows-1252").unwrap()).unwrap();
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "files::a_hundred_thousand_rows_are_read_in_less_than_200_mb", "--nocapture"])
        .env(FILE, &path)
        .output()
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    let line = said.lines().find(|line| line.starts_with("read: ")).unwrap_or_else(|| panic!("{said}"));
    println!("{line}");
    assert!(line.starts_with("read: 100000 rows, 0 damages"), "{line}");
    let most: u64 = line.split_whitespace().rev().nth(1).and_then(|number| number.parse().ok()).unwrap();
    assert!(most < 200_000, "{line}");
}

#[test]
fn nothing_takes_time_that_grows_with_the_square_of_the_rows() {
    let many: usize = std::env::var("FINAUT_TEST_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(6_000);
    let mut register = Register::new(1_000, 300, json!("hr.csv"));
    // Nobody shows a number, so whoever is new is looked for by name.
    register.world.people.values_mut().for_each(|known| known.persnr = None);
    let rows = (0..many).map(|n| {
        let mut row = register.row(n % 1_100);
        match n % 3 {
            // Each is somebody new, with a problem of its own.
            0 => (row[0], row[1], row[6]) = (String::new(), format!("N{n}"), format!("Ukjent {n}")),
            // All are one person's, and each is different.
            1 => row[4] = format!("other{n}@bank.example"),
            // Nobody is named.
            _ => (row[0], row[1]) = (String::new(), String::new()),
        }
        if n % 3 == 1 {
            row[0] = register.row(0)[0].clone();
            row[1] = "E0".into();
        }
        row
    });
    let rows: Vec<Vec<String>> = std::iter::once(head()).chain(rows).collect();
    let file = of(read(table(";", "\n", &rows).as_bytes(), "hr.csv", &Settings::default()));
    let (plan, _) = register.plan(&file);
    let told = plan.problems.len() + plan.portal.len();
    assert!(
        told + plan.steps.len() > many / 2 && plan.steps.iter().all(|step| step.held.is_some()),
        "{told}, {} steps",
        plan.steps.len()
    );
    let longest = plan.problems.iter().map(|case| case.told.values.concat().len()).max().unwrap_or_default();
    assert!(longest < 1_000, "no sentence lists all rows: {longest}");
}

fn says_owned(bytes: Vec<u8>, name: &str) -> String {
    let e = hr::read(bytes, name, &Settings::default()).expect_err("it cannot be read");
    assert_eq!(e.code(), Code::Validation, "{e}");
    assert!(e.message().len() < 1500, "a message of {} bytes", e.message().len());
    e.message().into_owned()
}
