//! The profiles and HR files of examples/sync are read by the real reader and planned against the sandbox, and do what their comments say.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::house::House;

/// A copy of the folder, of which each file has stood still for a day, and whose days lie as they did when it was written.
fn copied(house: &House) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/sync");
    let today = finaut_core::clock::Clock::today(&finaut_core::clock::SystemClock);
    let day = |days: i64| today.checked_add(jiff::Span::new().days(days)).unwrap().strftime("%d.%m.%Y").to_string();
    let moved = [("30.11.2026", day(2)), ("31.01.2027", day(60)), ("31.12.2026", day(30))];
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let mut bytes = std::fs::read(entry.path()).unwrap();
        if entry.path().extension().is_some_and(|ending| ending == "csv") {
            for (day, moved) in &moved {
                let places = bytes.windows(day.len()).enumerate().filter(|(_, part)| *part == day.as_bytes()).map(|(at, _)| at);
                for at in places.collect::<Vec<_>>() {
                    bytes[at..at + day.len()].copy_from_slice(moved.as_bytes());
                }
            }
        }
        let path = house.folder.join(entry.file_name());
        std::fs::write(&path, bytes).unwrap();
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(43_200)).unwrap();
    }
    house.folder.clone()
}

fn plan(house: &House, profile: &str) -> Value {
    house.stage.get("sync.plan", json!({ "profile_file": copied(house).join(profile) }))
}

fn tripped(plan: &Value) -> Vec<&str> {
    let rails = plan["rails"].as_array().unwrap().iter();
    rails.filter(|rail| rail["tripped"] == true).map(|rail| rail["rail"].as_str().unwrap()).collect()
}

#[test]
fn the_banks_profile_plans_what_its_comments_say() {
    let house = House::new(30);
    let plan = plan(&house, "bank.json");
    assert_eq!(tripped(&plan), ["first_run"], "{plan}");
    assert_eq!(plan["problems"], json!([]));
    let steps = plan["steps"].as_array().unwrap();
    let created: Vec<&Value> = steps.iter().filter(|step| step["kind"] == "create").collect();
    assert_eq!(created.len(), 1, "{plan}");
    assert_eq!(created[0]["changes"]["department"], json!([null, 3304]));
    assert_eq!(created[0]["changes"]["roles"]["add"], json!(["afr_ka"]));
    // Whose name is not to be changed has an exception; nobody's mobile number is written but the new one's.
    assert!(plan["counts"]["excepted"].as_u64().unwrap() > 0);
    assert!(steps.iter().all(
        |step| step["kind"] == "create" || (step["changes"]["last_name"].is_null() && step["changes"]["mobile"].is_null())
    ));
    assert!(steps.iter().all(|step| step["person"]["employee_alias"] != "ANS-20002"), "the caretaker is left out");
}

#[test]
fn the_insurers_profile_plans_what_its_comments_say() {
    let house = House::new(30);
    let plan = plan(&house, "insurer.json");
    assert_eq!(tripped(&plan), ["first_run"], "{plan}");
    assert_eq!((&plan["file"]["rows"], &plan["counts"]["confidential"]), (&json!(14), &json!(1)), "{plan}");
    assert_eq!(plan["problems"], json!([]), "{plan}");
    assert_eq!(
        plan["counts"]["create"].as_u64().unwrap()
            + plan["steps"].as_array().unwrap().iter().filter(|step| step["kind"] == "create").count() as u64,
        1
    );
    let later: Vec<(&str, &str)> = plan["due_later"]
        .as_array()
        .unwrap()
        .iter()
        .map(|due| (due["kind"].as_str().unwrap(), due["employee_alias"].as_str().unwrap()))
        .collect();
    assert!(later.contains(&("withdraw", "ANS-00023")), "one file is not enough: {plan}");
    assert!(later.iter().all(|(kind, alias)| *kind == "withdraw" || *alias == "ANS-00017"), "{later:?}");
    assert!(!plan.to_string().contains("ANS-39999"), "the test customer is left out");
}

#[test]
fn an_insurers_file_that_lost_its_last_line_is_held() {
    let house = House::new(30);
    let folder = copied(&house);
    let bytes = std::fs::read(folder.join("insurer.csv")).unwrap();
    let end = bytes.windows(4).position(|part| part == b"EOF|").unwrap();
    std::fs::write(folder.join("insurer.csv"), &bytes[..end]).unwrap();
    let file = std::fs::File::options().append(true).open(folder.join("insurer.csv")).unwrap();
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(43_200)).unwrap();
    let plan = house.stage.get("sync.plan", json!({ "profile_file": folder.join("insurer.json") }));
    assert!(tripped(&plan).contains(&"file_broken"), "{plan}");
}

#[test]
fn the_files_are_windows_1252_as_hr_systems_write_them() {
    for name in ["bank.csv", "insurer.csv", "exceptions.csv"] {
        let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/sync").join(name)).unwrap();
        assert!(std::str::from_utf8(&bytes).is_err(), "{name} is UTF-8: git or an editor has changed it");
        assert!(bytes.windows(2).any(|pair| pair == b"\r\n"), "{name} has lost its line ends");
    }
}
