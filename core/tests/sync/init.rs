//! `sync.init`: a profile proposed from real files in the encodings and habits of HR systems, and plans made with it as it stands.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use finaut_core::encoding::Encoding;
use finaut_core::error::Code;
use finaut_sandbox::{Person, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, with};

struct Bank {
    stage: Stage,
    folder: PathBuf,
}

impl Drop for Bank {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Bank {
    fn new(people: usize, companies: usize) -> Bank {
        static BANKS: AtomicUsize = AtomicUsize::new(0);
        let folder =
            std::env::temp_dir().join(format!("finaut-init-{}-{}", std::process::id(), BANKS.fetch_add(1, Ordering::SeqCst)));
        std::fs::create_dir_all(&folder).unwrap();
        let settings = json!({ "state": folder.join("state.db"), "throttle": {"requests": 100_000} });
        let sandbox = Sandbox::builder().users(people).companies(companies).throttle(100_000, 3600.0);
        Bank { stage: with(sandbox, settings), folder }
    }

    /// Everybody whose alias is nobody else's.
    fn people(&self) -> Vec<Person> {
        let all = self.stage.sandbox.people();
        let is_single = |one: &&Person| all.iter().filter(|other| other.employee_alias == one.employee_alias).count() == 1;
        all.iter().filter(is_single).cloned().collect()
    }

    /// The names of departments and companies by their numbers.
    fn names(&self, operation: &str, name: &str) -> impl Fn(u64) -> String {
        let listed = self.stage.get(operation, json!({}));
        let number =
            |url: &Value| url.as_str().unwrap().trim_end_matches('/').rsplit('/').next().unwrap().parse::<u64>().unwrap();
        let known: Vec<(u64, String)> = listed["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (number(&one["id"]), one[name].as_str().unwrap().to_owned()))
            .collect();
        move |id| known.iter().find(|(known, _)| *known == id).unwrap().1.clone()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        // The file has stood still for an hour.
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(3600)).unwrap();
        path
    }

    fn plan(&self, profile: &Value) -> Value {
        self.stage.get("sync.plan", json!({ "profile": profile }))
    }

    /// No identity number and no name of a person is in the text.
    fn check_secrecy(&self, reply: &Value) {
        let text = reply.to_string();
        for person in self.stage.sandbox.people() {
            assert!(!text.contains(&person.persnr), "an identity number");
            let whole = format!("{} {}", person.first_name, person.last_name);
            for name in [whole, format!("\"{}\"", person.first_name), format!("\"{}\"", person.last_name)] {
                assert!(!text.contains(&name), "{name}: {text}");
            }
        }
    }
}

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let encoding = match label {
        "utf-8" => return text.as_bytes().to_vec(),
        "utf-8 with a mark" => return [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "utf-16" => return [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        label => Encoding::of_label(label).unwrap(),
    };
    let known: Vec<(char, u8)> =
        (0..=255_u8).filter_map(|byte| Some((encoding.decode(&[byte])?.chars().next()?, byte))).collect();
    let byte = |c: char| known.iter().find(|(known, _)| *known == c).unwrap_or_else(|| panic!("{c} in {label}")).1;
    text.chars().map(byte).collect()
}

const HEAD: [&str; 9] =
    ["Fødselsnr.", "Ansattnr", "Fornavn", "Etternavn", "E-post", "Mobil", "Avdeling", "Ordninger", "Sluttdato"];

impl Bank {
    fn rows(&self) -> Vec<[String; 9]> {
        let department = self.names("departments.list", "departmentname");
        let listed = self.stage.get("users.list", json!({}));
        let shown = |person: &Person, field: &str| -> String {
            let user = listed["results"].as_array().unwrap().iter().find(|user| user["persnr"] == person.persnr).unwrap();
            user[field].as_str().unwrap_or_default().to_owned()
        };
        let row = |person: &Person| {
            let text = |text: &str| text.to_owned();
            [
                text(&person.persnr),
                text(&person.employee_alias),
                text(&person.first_name),
                text(&person.last_name),
                shown(person, "email"),
                shown(person, "mobile"),
                department(person.department_id),
                String::new(),
                String::new(),
            ]
        };
        self.people().iter().map(row).collect()
    }
}

fn csv(head: &[&str], rows: &[Vec<String>], delimiter: &str, line_end: &str) -> String {
    let head = head.join(delimiter) + line_end;
    rows.iter().fold(head, |text, row| text + &row.join(delimiter) + line_end)
}

/// The profile works as it stands: everybody is found, and nothing is to be done but what was not filled in.
fn check_plan(bank: &Bank, reply: &Value, context: &str) -> Value {
    let plan = bank.plan(&reply["profile"]);
    let people = bank.people().len();
    assert_eq!(plan["counts"]["unchanged"], people, "{context}: {plan}\n{}", reply["profile"]);
    assert_eq!(plan["counts"]["problems"], 0, "{context}: {plan}");
    assert_eq!(plan["file"]["rows"], people, "{context}");
    assert_eq!(plan["steps"], json!([]), "{context}");
    for rail in plan["rails"].as_array().unwrap().iter().filter(|rail| rail["rail"] != "first_run") {
        assert_eq!(rail["tripped"], false, "{context}: {rail}");
    }
    plan
}

#[test]
fn a_profile_is_proposed_from_any_encoding_and_works_as_it_stands() {
    let bank = Bank::new(70, 1);
    let rows: Vec<Vec<String>> = bank.rows().iter().map(|row| row.to_vec()).collect();
    for label in ["windows-1252", "utf-8 with a mark", "cp865", "cp850", "utf-8", "utf-16"] {
        for (delimiter, line_end) in [(";", "\r\n"), ("\t", "\n"), (",", "\n"), ("|", "\r")] {
            let context = format!("{label} {delimiter:?}");
            let path = bank.write("hr.csv", &encoded(&csv(&HEAD, &rows, delimiter, line_end), label));
            let reply = bank.stage.get("sync.init", json!({ "file": path, "language": "no" }));
            bank.check_secrecy(&reply);
            let file = &reply["profile"]["file"];
            assert_eq!(file["delimiter"], delimiter, "{context}");
            assert_eq!(reply["counts"]["by_number"], rows.len(), "{context}: {}", reply["counts"]);
            assert_eq!(
                (&reply["counts"]["unknown_to_finaut"], &reply["fill_in"]),
                (&json!(0), &json!([])),
                "{context}: {reply}"
            );
            let columns: Vec<&Value> = reply["columns"].as_array().unwrap().iter().map(|column| &column["field"]).collect();
            let fields =
                ["persnr", "employee_alias", "first_name", "last_name", "email", "mobile", "department", "schemes", "end_date"];
            assert_eq!(columns, fields.map(|field| json!(field)).iter().collect::<Vec<_>>(), "{context}");
            let named = file["encoding"].as_str().and_then(|encoding| Encoding::of_label(encoding).ok());
            // cp850 and cp865 have the letters of names in the same places.
            let label = if label == "cp865" { "cp850" } else { label.split(' ').next().unwrap() };
            let wanted = (label != "utf-16").then(|| Encoding::of_label(label).unwrap());
            assert!(named == wanted, "{context}: {}", file["encoding"]);
            check_plan(&bank, &reply, &context);
        }
    }
}

#[test]
fn it_costs_the_pages_of_people_and_of_places_and_writes_nothing() {
    let bank = Bank::new(250, 3);
    let rows: Vec<Vec<String>> = bank.rows().iter().map(|row| row.to_vec()).collect();
    let path = bank.write("hr.csv", csv(&HEAD, &rows, ";", "\n").as_bytes());
    let client = super::stage::client_of(&bank.stage.sandbox, json!({ "throttle": {"requests": 100_000} }));
    bank.stage.sandbox.clear_requests();
    let reply = super::stage::call(&client, "sync.init", json!({ "file": path })).unwrap_or_else(|e| panic!("{e}"));
    // People, companies, departments, schemes; and at most one more.
    let wanted = 250_usize.div_ceil(100) + 1 + 1 + 1;
    assert!(bank.stage.sandbox.requests().iter().all(|request| request.method == "GET" || request.path.starts_with("/o/")));
    assert_eq!(bank.stage.spent(), wanted);
    assert_eq!(reply["basis"]["requests"], wanted);
}

#[test]
fn saps_habits_are_understood() {
    let bank = Bank::new(50, 1);
    let text: String = bank
        .rows()
        .iter()
        .zip(0..)
        .map(|(row, n)| {
            let [persnr, _, first, last, ..] = row;
            let number = 10_000_000 + n;
            format!("{number:08}   ;{persnr}     ;{first:<40};{last:<40};{:<30};{};20200101;99991231;3\n", row[6], row[5])
        })
        .collect();
    let text = format!("Personnr;PERID;VORNA;NACHN;ORGTX;Telefon;BEGDA;ENDDA;STAT2\n{text}EOF;{}\n", bank.people().len());
    let path = bank.write("pa.txt", &encoded(&text, "windows-1252"));
    let reply = bank.stage.get("sync.init", json!({ "file": path }));
    bank.check_secrecy(&reply);
    let columns = &reply["profile"]["file"]["columns"];
    assert_eq!((&columns["employee_alias"], &columns["persnr"]), (&json!("Personnr"), &json!("PERID")), "{columns}");
    assert_eq!((&columns["first_name"], &columns["last_name"]), (&json!("VORNA"), &json!("NACHN")));
    assert_eq!(
        (&columns["start_date"], &columns["end_date"], &columns["status"]),
        (&json!("BEGDA"), &json!("ENDDA"), &json!("STAT2"))
    );
    assert_eq!(reply["profile"]["file"]["end"], json!({"marker": "EOF", "count": true}));
    assert_eq!(reply["profile"]["file"]["status_values"]["3"], "active");
    assert!(columns["// employee_alias"].as_str().unwrap().contains("\"Personnr\""));
    let plan = bank.plan(&reply["profile"]);
    // SAP's numbers are none that FinAut has: the aliases change, and nothing else.
    assert_eq!((&plan["counts"]["held"], &plan["counts"]["problems"]), (&json!(bank.people().len()), &json!(0)), "{plan}");
    let is_alias = |step: &Value| step["changes"].as_object().unwrap().keys().eq(["employee_alias"]);
    assert!(plan["steps"].as_array().unwrap().iter().all(is_alias), "{plan}");
    assert!(plan["rails"].as_array().unwrap().iter().all(|rail| rail["rail"] != "file_broken" || rail["tripped"] == false));
    // A header that is usual for the identity number, over SAP's numbers and without any other.
    let text = text.replacen("Personnr;PERID", "Personnummer;Fritekst", 1);
    let reply = bank.stage.get("sync.init", json!({ "file": bank.write("pa.txt", &encoded(&text, "windows-1252")) }));
    let columns = &reply["profile"]["file"]["columns"];
    assert_eq!((&columns["employee_alias"], &columns["persnr"]), (&json!("Personnummer"), &json!("Fritekst")), "{columns}");
}

#[test]
fn excels_habits_are_understood() {
    let bank = Bank::new(50, 1);
    let text: String = bank
        .rows()
        .iter()
        .map(|row| {
            let [persnr, alias, first, last, ..] = row;
            let number = persnr.trim_start_matches('0');
            format!("{number};=\"{alias}\";\"{first}\";\"{last}\";\"{}\";01.02.2020;;+47 {};;;\r\n", row[6], row[5])
        })
        .collect();
    let text = format!("sep=;\r\nFødselsnummer;Ansattnr;Fornavn;Etternavn;Avdeling;Startdato;Sluttdato;Mobil;;;\r\n{text}");
    let reply = bank.stage.get("sync.init", json!({ "file": bank.write("liste.csv", &encoded(&text, "windows-1252")) }));
    bank.check_secrecy(&reply);
    check_plan(&bank, &reply, "Excel");
}

#[test]
fn objects_are_understood_whatever_the_file_is_called() {
    let bank = Bank::new(40, 1);
    let objects: Vec<Value> = bank
        .rows()
        .iter()
        .map(|row| {
            json!({ "nin": row[0], "ansattnummer": row[1], "fornavn": row[2], "etternavn": row[3], "kontakt": {"rom": 7},
                    "epost": row[4], "mobil": row[5], "avdeling": row[6], "ordninger": [], "aktiv": true })
        })
        .collect();
    let lines: String = objects.iter().map(|object| format!("{object}\n")).collect();
    for (name, text) in
        [("hr.ndjson", lines.clone()), ("hr.txt", lines.clone()), ("hr.json", json!(objects).to_string()), ("x.json", lines)]
    {
        let reply = bank.stage.get("sync.init", json!({ "file": bank.write(name, text.as_bytes()) }));
        bank.check_secrecy(&reply);
        assert_eq!(reply["counts"]["by_number"], objects.len(), "{name}: {}", reply["columns"]);
        check_plan(&bank, &reply, name);
    }
}

#[test]
fn columns_without_a_telling_header_are_found_by_their_contents_and_by_the_register() {
    let bank = Bank::new(60, 1);
    let rows: Vec<Vec<String>> = bank
        .rows()
        .iter()
        .map(|row| {
            vec![
                row[3].clone(),
                row[1].clone(),
                "1975-03-02".to_owned(),
                row[0].clone(),
                row[6].clone(),
                row[5].clone(),
                row[2].clone(),
                "2019-01-01".to_owned(),
                "9999-12-31".to_owned(),
                row[4].clone(),
            ]
        })
        .collect();
    let head = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];
    let reply = bank.stage.get("sync.init", json!({ "file": bank.write("x.csv", csv(&head, &rows, ";", "\n").as_bytes()) }));
    bank.check_secrecy(&reply);
    let field = |at: usize| reply["columns"][at]["field"].as_str().unwrap_or("-");
    let found: Vec<&str> = (0..10).map(field).collect();
    let wanted =
        ["last_name", "employee_alias", "-", "persnr", "department", "mobile", "first_name", "start_date", "end_date", "email"];
    assert_eq!(found, wanted, "{}", reply["columns"]);
    check_plan(&bank, &reply, "by contents");
}

#[test]
fn what_only_a_person_can_say_is_left_open_and_pointed_to() {
    let bank = Bank::new(60, 1);
    let (department, company) = (bank.names("departments.list", "departmentname"), bank.names("companies.list", "navn"));
    let people = bank.people();
    let rows: Vec<Vec<String>> = people
        .iter()
        .zip(0..)
        .map(|(person, n)| {
            let name = department(person.department_id);
            let unit = if n % 10 == 0 { format!("Ny {name}") } else { name };
            let position = ["Rådgiver", "rådgiver", "Kasserer/Skranke"][n % 3];
            let status = ["Aktiv", "Permisjon", "X9"][usize::from(n == 1) + 2 * usize::from(n == 2)];
            vec![person.persnr.clone(), company(person.company_id), unit, position.to_owned(), status.to_owned()]
        })
        .collect();
    let path = bank.write("hr.csv", csv(&["fnr", "Selskap", "Avdeling", "Stilling", "Status"], &rows, ";", "\n").as_bytes());
    let reply = bank.stage.get("sync.init", json!({ "file": path }));
    bank.check_secrecy(&reply);
    let mut profile = reply["profile"].clone();
    let file = &profile["file"];
    for (code, number) in file["companies"].as_object().unwrap().iter().filter(|(code, _)| !code.starts_with("//")) {
        assert!(
            people.iter().any(|person| json!(person.company_id) == *number && company(person.company_id) == *code),
            "{code}"
        );
    }
    assert_eq!(file["schemes_of"].as_object().unwrap().keys().filter(|name| !name.starts_with("//")).count(), 2, "{file}");
    assert_eq!((&file["status_values"]["Aktiv"], &file["status_values"]["X9"]), (&json!("active"), &json!(null)));
    assert!(file["// status_values"].is_string() && file["status_values"]["// X9"].is_string());
    // A value of the status column that nobody has explained is asked for by name.
    let error = bank.stage.fails(Code::Validation, "sync.plan", json!({ "profile": profile }));
    assert!(error.message().contains("X9"), "{error}");
    let mut open = 0;
    for pointer in reply["fill_in"].as_array().unwrap() {
        let pointer = pointer.as_str().unwrap();
        let value = profile.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} leads nowhere"));
        open += 1;
        *value = match pointer {
            pointer if pointer.starts_with("/file/departments/Ny ") => {
                let row = rows.iter().position(|row| pointer.ends_with(&row[2].replace('~', "~0").replace('/', "~1"))).unwrap();
                json!(people[row].department_id)
            }
            pointer if pointer.starts_with("/file/schemes_of/") => json!([]),
            _ => json!("left"),
        };
    }
    assert!(open >= 4, "{}", reply["fill_in"]);
    let plan = bank.plan(&profile);
    assert_eq!(plan["counts"]["problems"], 0, "{plan}");
    assert_eq!(plan["steps"], json!([]), "{plan}");
}

#[test]
fn companies_are_found_by_their_people_and_departments_within_them() {
    let bank = Bank::new(90, 3);
    let (department, company) = (bank.names("departments.list", "departmentname"), bank.names("companies.list", "navn"));
    let people = bank.people();
    for by_code in [true, false] {
        let rows: Vec<Vec<String>> = people
            .iter()
            .map(|person| {
                let code = if by_code { format!("0{}", person.company_id % 100) } else { company(person.company_id) };
                vec![person.persnr.clone(), person.employee_alias.clone(), code, department(person.department_id)]
            })
            .collect();
        let path = bank.write("hr.csv", csv(&["fnr", "Ansattnr", "Firmakode", "Avd."], &rows, ";", "\n").as_bytes());
        let reply = bank.stage.get("sync.init", json!({ "file": path }));
        bank.check_secrecy(&reply);
        let companies = reply["profile"]["file"]["companies"].as_object().unwrap();
        for (row, person) in rows.iter().zip(&people) {
            assert_eq!(companies[&row[2]], person.company_id);
        }
        assert_eq!(reply["profile"]["scope"]["companies"].as_array().unwrap().len(), 3);
        check_plan(&bank, &reply, &format!("by code: {by_code}"));
    }
}

#[test]
fn a_file_that_cannot_be_used_is_refused_without_showing_anybody() {
    let bank = Bank::new(10, 1);
    let person = &bank.people()[0];
    let without_head = format!("{};{};{}\n{};E2;Berg\n", person.persnr, person.employee_alias, person.last_name, person.persnr);
    for (text, said) in [
        (without_head.as_str(), "first line seems to be a person"),
        ("", "it is empty"),
        ("Navn;Alder\nOla;3\n", "no column holds identity numbers"),
        ("[{\"a\": 1}", "was it cut?"),
    ] {
        let error = bank.stage.fails(Code::Validation, "sync.init", json!({ "file": bank.write("hr.csv", text.as_bytes()) }));
        assert!(error.message().contains(said), "{text}: {error}");
        assert!(!error.json().to_string().contains(&person.persnr) && !error.message().contains(&person.last_name), "{error}");
    }
    let before = bank.stage.spent();
    bank.stage.fails(Code::Validation, "sync.init", json!({ "file": "/no/such/file.csv" }));
    bank.stage.fails(Code::Argument, "sync.init", json!({ "file": {"delimiter": ";"} }));
    bank.stage.fails(Code::Validation, "sync.init", json!({ "file": "/x.csv", "language": "nn" }));
    assert_eq!(bank.stage.spent(), before);
}
