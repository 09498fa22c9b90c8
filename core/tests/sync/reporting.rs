//! `sync.report`: each form in each language, from what is kept, without a request, and without a secret.

use finaut_core::error::Code;
use serde_json::{Value, json};

use super::house::{House, row};

const FORMS: [&str; 4] = ["json", "text", "html", "csv"];
const LANGUAGES: [&str; 2] = ["no", "en"];

/// A night with a creation, changes, a number where none belongs, and a bad row.
fn night(house: &House) -> (Value, Vec<String>) {
    let people = house.people();
    let mut rows: Vec<String> = people.iter().map(row).collect();
    rows[3] = rows[3].replace(&people[3].last_name, "Prøve-Berg");
    let new = house.stage.sandbox.unused_persnr(0);
    let other = house.stage.sandbox.unused_persnr(1);
    rows.push(format!("{new};NEW1;Ny;Nylund;{};{};afr", people[0].company_id, people[0].department_id));
    // Numbers in cells where none belong: a department, a name, an alias, with and without marks between the digits.
    let marked = format!("{} {}", &other[..6], &other[6..]);
    rows[5] = row(&people[5]).replace(&format!(";{};", people[5].department_id), &format!(";{marked};"));
    rows[6] = row(&people[6]).replace(&people[6].first_name, &other);
    rows.push(format!(
        "{};{other};Alias;Nummer;{};{};afr",
        house.stage.sandbox.unused_persnr(2),
        people[0].company_id,
        people[0].department_id
    ));
    let path = house.write(&rows);
    let mut numbers: Vec<String> =
        people.iter().map(|person| person.persnr.clone()).filter(|persnr| !persnr.is_empty()).collect();
    numbers.extend([new, other.clone(), house.stage.sandbox.unused_persnr(2), marked]);
    (house.profile(&path), numbers)
}

fn shows_none(what: &str, text: &str, numbers: &[String]) {
    for number in numbers {
        assert!(!text.contains(number), "{what} shows {number}");
    }
}

/// Whatever is written or said: the reply, the reports, events, errors, the journal, and each file of the state.
#[test]
fn no_identity_number_is_anywhere() {
    let house = House::new(40);
    let events = house.stage.events();
    let (profile, numbers) = night(&house);
    let plan = house.stage.get("sync.plan", json!({ "profile": profile }));
    assert!(plan["counts"]["problems"].as_u64() > Some(0) && plan["counts"]["held"].as_u64() > Some(1), "{plan}");
    shows_none("the plan", &plan.to_string(), &numbers);
    let one = house.stage.get("sync.plan", json!({ "profile": profile, "only": {"persnr": numbers[0]} }));
    shows_none("a plan for one", &one.to_string(), &numbers);
    for format in FORMS {
        for language in LANGUAGES {
            let args = json!({ "run": plan["plan"], "format": format, "language": language });
            shows_none(format, &house.stage.get("sync.report", args).to_string(), &numbers);
        }
    }
    shows_none("the status", &house.stage.get("sync.status", json!({})).to_string(), &numbers);
    let wrong = house.stage.fails(
        Code::Validation,
        "sync.plan",
        json!({ "profile": profile, "file": format!("/no/{}.csv", numbers[0]) }),
    );
    shows_none("an error", &wrong.json().to_string(), &numbers);
    let unknown = house.stage.fails(Code::NotFound, "sync.report", json!({ "run": numbers[0] }));
    shows_none("an error", &unknown.json().to_string(), &numbers);
    shows_none("the journal", &house.stage.get("journal.list", json!({})).to_string(), &numbers);
    let events = events.lock().unwrap();
    assert!(events.iter().any(|event| event["event"] == "sync"));
    events.iter().for_each(|event| shows_none("an event", &event.to_string(), &numbers));
    for entry in std::fs::read_dir(&house.folder).unwrap().map(Result::unwrap) {
        if entry.file_name() != "hr.csv" {
            let bytes = std::fs::read(entry.path()).unwrap();
            let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            shows_none(&entry.path().to_string_lossy(), &text, &numbers);
            // Nor is anything else in the clear.
            assert!(!text.contains("Nylund") && !text.contains("NEW1"), "{:?}", entry.path());
        }
    }
}

#[test]
fn a_report_is_the_plan_that_was_made_and_costs_no_request() {
    let house = House::new(30);
    let (profile, _) = night(&house);
    let first = house.stage.get("sync.plan", json!({ "profile": profile }));
    let second = house.stage.get("sync.plan", json!({ "profile": profile, "only": {"id": house.people()[3].id} }));
    assert_ne!(first["plan"], second["plan"]);
    let before = house.stage.spent();
    let english = |args: Value| house.stage.get("sync.report", args)["text"].as_str().unwrap().to_owned();
    let again: Value = serde_json::from_str(&english(json!({ "run": first["plan"], "language": "en" }))).unwrap();
    assert_eq!(again, first, "the same, member by member");
    let last: Value = serde_json::from_str(&english(json!({ "language": "en" }))).unwrap();
    assert_eq!(last, second, "without an id it is the last one");
    for (format, language, begins, says) in [
        ("html", "en", "<!doctype html>", "What will change in FinAut"),
        ("html", "no", "<!doctype html>", "<html lang=\"nb\">"),
        ("text", "en", "Plan p-", "Will be entered"),
        ("text", "no", "Plan p-", "Meldes inn"),
        ("csv", "no", "\u{feff}section;", "NEW1"),
    ] {
        let text = english(json!({ "run": first["plan"], "format": format, "language": language }));
        assert!(text.starts_with(begins) && text.contains(says), "{format} {language}: {text}");
    }
    assert_eq!(house.stage.spent(), before);
}

#[test]
fn names_are_shown_unless_they_are_not_wanted() {
    let house = House::new(30);
    let (profile, _) = night(&house);
    let people = house.people();
    let hidden = ["Prøve-Berg", "Nylund", people[3].last_name.as_str()];
    let plan = house.stage.get("sync.plan", json!({ "profile": profile }));
    assert!(plan["steps"].as_array().unwrap().iter().any(|step| step["person"]["name"] == "Ny Nylund"), "{plan}");
    let without = house.stage.get("sync.plan", json!({ "profile": profile, "names": false }));
    for name in hidden {
        assert!(!without.to_string().contains(name), "{name}: {without}");
    }
    for format in FORMS {
        let text = |names: bool| {
            let args = json!({ "run": without["plan"], "format": format, "names": names });
            house.stage.get("sync.report", args)["text"].to_string()
        };
        assert!(text(true).contains("Prøve-Berg"), "{format}");
        for name in hidden {
            assert!(!text(false).contains(name), "{format} shows {name}");
        }
    }
}

#[test]
fn a_file_is_written_whole_and_for_its_owner_only() {
    let house = House::new(20);
    let (profile, _) = night(&house);
    house.stage.get("sync.plan", json!({ "profile": profile }));
    let path = house.folder.join("plan.html");
    std::fs::write(&path, "what was there").unwrap();
    let reply = house.stage.get("sync.report", json!({ "format": "html", "path": path }));
    assert_eq!((reply["path"].as_str(), &reply["text"]), (path.to_str(), &Value::Null));
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.starts_with("<!doctype html>") && written.trim_end().ends_with("</html>"), "{written}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let names = || std::fs::read_dir(&house.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    let before = names();
    for wrong in [house.folder.clone(), house.folder.join("no/such/folder/plan.html"), std::path::PathBuf::from("/")] {
        let error = house.stage.fails(Code::Validation, "sync.report", json!({ "path": wrong }));
        assert!(error.details().fields.contains_key("path"), "{error}");
    }
    assert_eq!(names(), before, "nothing is left beside it");
}

#[test]
fn what_cannot_be_reported_is_told() {
    let house = House::new(10);
    house.stage.fails(Code::NotFound, "sync.report", json!({}));
    let (profile, _) = night(&house);
    let plan = house.stage.get("sync.plan", json!({ "profile": profile }));
    for (args, says) in [
        (json!({ "format": "pdf" }), "must be \"json\" or \"text\" or \"html\" or \"csv\", not \"pdf\""),
        (json!({ "language": "sv" }), "must be \"no\" or \"en\""),
        (json!({ "what": "year" }), "must be \"run\" or \"period\" or \"undo\", not \"year\""),
        (json!({ "profile": "HR sync" }), "name"),
    ] {
        let error = house.stage.fails(Code::Validation, "sync.report", args);
        assert!(error.message().contains(says), "{error}");
    }
    let other = house.stage.fails(Code::NotFound, "sync.report", json!({ "run": "p-29991231-0000-0000" }));
    assert!(other.message().contains("no plan"), "{other}");
    house.stage.fails(Code::Stale, "sync.report", json!({ "run": "p-20200101-0000-0000" }));
    house.stage.fails(Code::NotFound, "sync.report", json!({ "profile": "other", "run": plan["plan"] }));
    house.stage.fails(Code::Argument, "sync.report", json!({ "profile": 7 }));
    for profile in [json!("default"), json!({ "name": "default" }), json!({})] {
        assert_eq!(house.stage.get("sync.report", json!({ "profile": profile }))["run"], plan["plan"]);
    }
}
