//! `sync.export`: what goes back to HR and LMS, what it costs, in which encoding, and who is in none of it.

use finaut_core::error::Code;
use serde_json::{Value, json};

use super::house::House;
use super::reports_of_runs::{settled, write};

const WHAT: [&str; 5] = ["authorisations", "statuses", "history", "results", "unknown_to_hr"];

fn args(what: &str) -> Value {
    match what {
        "history" => json!({ "what": what, "since": "2000-01-01" }),
        _ => json!({ "what": what }),
    }
}

/// The reply, and its rows.
fn export(house: &House, args: Value) -> (Value, Vec<Value>) {
    let mut args = args;
    args["format"] = json!("json");
    let reply = house.stage.get("sync.export", args);
    let rows: Vec<Value> = serde_json::from_str(reply["text"].as_str().unwrap()).unwrap();
    assert_eq!(reply["rows"], rows.len());
    (reply, rows)
}

#[test]
fn statuses_cost_nothing_after_a_run_and_are_everybodys() {
    let (house, ..) = settled(30);
    let before = house.stage.spent();
    let (reply, rows) = export(&house, args("statuses"));
    assert_eq!((house.stage.spent(), &reply["requests"]), (before, &json!(0)));
    let latest = house.stage.get("userstatus.latest", json!({}));
    let of_candidates = latest["results"].as_array().unwrap().iter().filter(|record| {
        let status = record["status"].as_str().unwrap();
        !status.starts_with("tl")
    });
    assert_eq!(rows.len(), of_candidates.count());
    for person in house.people() {
        let theirs: Vec<&Value> = rows.iter().filter(|row| row["id"] == person.id).collect();
        let alias = if person.employee_alias.is_empty() { Value::Null } else { json!(person.employee_alias) };
        assert!(theirs.iter().all(|row| row["employee_alias"] == alias), "{theirs:?}");
    }
    for row in &rows {
        let is_ok = row["status"] == format!("{}ok", row["scheme"].as_str().unwrap());
        assert_eq!(row["authorised"], is_ok, "{row}");
    }
}

#[test]
fn the_history_is_read_from_its_end() {
    let (house, ..) = settled(200);
    let (_, before) = export(&house, args("history"));
    // What the sandbox begins with are old days, in the order of its people.
    let today = house.stage.sandbox.today();
    assert!(before.len() > 300 && before.iter().all(|row| row["status_date"].as_str().unwrap() < today.as_str()));
    for person in house.people().iter().take(3) {
        house.stage.sandbox.add_status(person.id, "afr", "afrok", Some(&today));
    }
    // One that was made later for an earlier day is in it: HR and LMS have not seen it.
    house.stage.sandbox.add_status(house.people()[3].id, "afr", "afrok", Some("2001-01-01"));
    let (_, all) = export(&house, args("history"));
    let (reply, few) = export(&house, json!({ "what": "history", "since": today }));
    assert_eq!(few, all[all.len() - 4..]);
    let ids: Vec<u64> = few.iter().map(|row| row["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, house.people().iter().take(4).map(|person| person.id).collect::<Vec<_>>());
    assert!(reply["requests"].as_u64().unwrap() <= 3, "{reply}");
    house.stage.fails(Code::Argument, "sync.export", json!({ "what": "history" }));
}

#[test]
fn results_are_those_since_the_last_export() {
    let (house, ..) = settled(20);
    let (first, all) = export(&house, args("results"));
    assert_eq!(first["since"], Value::Null);
    let listed = house.stage.get("results.list", json!({}));
    assert_eq!(all.len(), listed["results"].as_array().unwrap().len());
    let (second, _) = export(&house, args("results"));
    assert!(second["since"].is_string(), "two days before the first: {second}");
    // What leaves days out is no export that the next one may rely on.
    let (third, _) = export(&house, json!({ "what": "results", "since": "2999-01-01" }));
    assert_eq!(third["since"], "2999-01-01");
    let (fourth, _) = export(&house, args("results"));
    assert_eq!(fourth["since"], second["since"]);
}

#[test]
fn whom_hr_does_not_know_can_be_marked_as_left_and_planned() {
    let house = House::new(30);
    let mut rows = super::reports_of_runs::rows(&house);
    let people = house.people();
    let gone: Vec<u64> = people.iter().take(4).map(|person| person.id).collect();
    rows.drain(..4);
    let path = write(&house, &rows);
    let profile = house.profile(&path);
    house.stage.fails(Code::Held, "sync.run", json!({ "profile": profile }));
    let file = house.folder.join("unknown.csv");
    let reply = house.stage.get("sync.export", json!({ "what": "unknown_to_hr", "path": file }));
    assert_eq!((&reply["rows"], &reply["encoding"]), (&json!(4), &json!("utf-8-bom")), "{reply}");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with('\u{feff}'));
    for person in people.iter().take(4) {
        let is_unique = people.iter().filter(|other| other.employee_alias == person.employee_alias).count() == 1;
        let is_named = is_unique && !person.employee_alias.is_empty();
        assert_eq!(text.contains(&person.persnr), !is_named, "{text}");
    }
    // As it is, it changes nothing.
    let mut clean_up = house.profile(&file);
    clean_up["name"] = json!("clean-up");
    clean_up["leavers"] = json!("report");
    let plan = house.stage.get("sync.plan", json!({ "profile": clean_up }));
    assert_eq!((&plan["steps"], &plan["problems"], &plan["reported"]), (&json!([]), &json!([]), &json!([])), "{plan}");
    std::fs::write(&file, text.replace(";active", ";left")).unwrap();
    let stood = std::fs::File::options().append(true).open(&file).unwrap();
    stood.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(86_400)).unwrap();
    clean_up["leaver_days"] = json!(0);
    let plan = house.stage.get("sync.plan", json!({ "profile": clean_up }));
    let told: Vec<&Value> =
        ["steps", "reported", "due_later", "portal"].iter().flat_map(|name| plan[name].as_array().unwrap()).collect();
    assert!(!told.is_empty(), "{plan}");
    for entry in told {
        let id = entry["person"]["id"].as_u64().or(entry["id"].as_u64()).unwrap();
        assert!(gone.contains(&id), "{plan}");
    }
    assert_eq!(plan["problems"], json!([]), "{plan}");
}

#[test]
fn nobody_who_is_kept_out_is_in_an_export_and_no_number_is() {
    let (house, mut rows, profile) = settled(30);
    let people = house.people();
    for n in [3, 4, 5] {
        rows[n] = format!("{};;ja", rows[n].strip_suffix(";;").unwrap());
    }
    // Somebody is in no file any more.
    rows.truncate(29);
    write(&house, &rows);
    house.stage.get("sync.run", json!({ "profile": profile }));
    for what in WHAT {
        let (_, rows) = export(&house, args(what));
        for n in [3, 4, 5] {
            assert!(rows.iter().all(|row| row["id"] != people[n].id), "{what}");
        }
        let text = json!(rows).to_string();
        for person in people.iter().filter(|_| what != "unknown_to_hr") {
            assert!(!text.contains(&person.persnr), "{what}");
        }
    }
}

#[test]
fn a_file_is_in_the_customers_encoding_or_not_written() {
    let (house, mut rows, profile) = settled(12);
    let people = house.people();
    let path = house.folder.join("out.csv");
    for (label, name) in [
        ("utf-8", "utf-8"),
        ("UTF-8-BOM", "utf-8-bom"),
        ("latin1", "windows-1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("cp850", "cp850"),
        ("cp865", "cp865"),
    ] {
        let reply = house.stage.get("sync.export", json!({ "what": "statuses", "path": path, "encoding": label }));
        assert_eq!((&reply["encoding"], &reply["text"]), (&json!(name), &Value::Null));
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes.starts_with(b"\xef\xbb\xbf"), name == "utf-8-bom", "{name}");
        assert!(bytes.windows(14).any(|part| part == b"employee_alias"));
    }
    // A name that windows-1252 lacks, in the alias of somebody.
    house.stage.get("users.update", json!({ "id": people[2].id, "changes": {"employee_alias": "=Č1"} }));
    house.stage.get("users.update", json!({ "id": people[3].id, "changes": {"employee_alias": "BLÅ-ØÆ"} }));
    rows[2] = rows[2].replace(&format!(";{};", people[2].employee_alias), ";=Č1;");
    rows[3] = rows[3].replace(&format!(";{};", people[3].employee_alias), ";BLÅ-ØÆ;");
    write(&house, &rows);
    let _ = house.stage.get("sync.run", json!({ "profile": profile }));
    std::fs::write(&path, "what was there").unwrap();
    let args = json!({ "what": "statuses", "path": path, "encoding": "windows-1252" });
    let error = house.stage.fails(Code::Validation, "sync.export", args);
    assert!(error.details().fields.contains_key("encoding") && error.message().contains("U+010C"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "what was there");
    house.stage.get("sync.export", json!({ "what": "statuses", "path": path, "encoding": "utf-8" }));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("\"'=Č1\";"), "no cell becomes a formula: {text}");
    house.stage.get("users.update", json!({ "id": people[2].id, "changes": {"employee_alias": "C1"} }));
    rows[2] = rows[2].replace(";=Č1;", ";C1;");
    write(&house, &rows);
    let _ = house.stage.get("sync.run", json!({ "profile": profile }));
    house.stage.get("sync.export", json!({ "what": "statuses", "path": path, "encoding": "cp865" }));
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.windows(6).any(|part| part == b"BL\x8f-\x9d\x92"), "{}", String::from_utf8_lossy(&bytes));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn exports_that_cannot_be_are_refused_before_anything_is_sent() {
    let house = House::new(5);
    house.stage.fails(Code::NotFound, "sync.export", args("statuses"));
    let before = house.stage.spent();
    for (args, code) in [
        (json!({ "what": "everything" }), Code::Validation),
        (json!({ "what": "statuses", "format": "xml" }), Code::Validation),
        (json!({ "what": "statuses", "since": "2026-01-01" }), Code::Argument),
        (json!({ "what": "statuses", "encoding": "cp850" }), Code::Argument),
        (json!({ "what": "statuses", "path": "/x", "encoding": "ebcdic" }), Code::Validation),
        (json!({}), Code::Argument),
    ] {
        house.stage.fails(code, "sync.export", args);
    }
    assert_eq!(house.stage.spent(), before);
}
