//! `sync.report` of runs and periods, the undo list, and what a run tells meanwhile: to its observer, and by `sync.status`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Person};
use serde_json::{Value, json};

use super::house::{House, row};

/// Everybody's row, and whether they have left; an alias that several have stands in none.
pub fn rows(house: &House) -> Vec<String> {
    let people = house.people();
    let times = |alias: &str| people.iter().filter(|person| person.employee_alias == alias).count();
    let of = |person: &Person| match times(&person.employee_alias) {
        1 => format!("{};;", row(person)),
        _ => format!("{};;", row(person).replace(&format!(";{};", person.employee_alias), ";;")),
    };
    people.iter().map(of).collect()
}

pub fn write(house: &House, lines: &[String]) -> PathBuf {
    let path = house.write(lines);
    let text = std::fs::read_to_string(&path).unwrap().replacen("ordninger", "ordninger;status;fortrolig", 1);
    std::fs::write(&path, text).unwrap();
    let file = std::fs::File::options().append(true).open(&path).unwrap();
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(86_400)).unwrap();
    path
}

/// The same row of somebody who has left.
pub fn left(row: &str) -> String {
    format!("{};left;", row.strip_suffix(";;").unwrap())
}

/// A house of a profile that withdraws at once, whose first plan Kari approved.
pub fn settled(people: usize) -> (House, Vec<String>, Value) {
    let house = House::new(people);
    let rows = rows(&house);
    let path = write(&house, &rows);
    let profile = withdrawing(&house, &path);
    let held = house.stage.fails(Code::Held, "sync.run", json!({ "profile": profile }));
    let plan = held.json()["plan"].clone();
    let approved = json!({ "profile": profile, "plan": plan, "approve": ["first_run"], "by": "Kari", "why": "first night" });
    let done = house.stage.get("sync.apply", approved);
    assert_eq!(done["state"], "done", "{done}");
    (house, rows, profile)
}

fn withdrawing(house: &House, path: &Path) -> Value {
    let mut profile = house.profile(path);
    profile["leavers"] = json!("withdraw");
    profile["leaver_days"] = json!(0);
    let is_ba = |person: &&Person| person.roles.iter().any(|role| role.ends_with("_ba"));
    profile["set_by"] = json!(house.people().iter().find(is_ba).unwrap().id);
    profile
}

/// Those whom a run may withdraw: candidates who are authorised in a scheme of the profile and administer nobody.
fn who_can_leave(house: &House) -> Vec<usize> {
    let latest = house.stage.get("userstatus.latest", json!({}));
    let ok = |id: u64| {
        latest["results"].as_array().unwrap().iter().any(|record| {
            let is_theirs = record["user"].as_str().is_some_and(|user| user.ends_with(&format!("/{id}/")));
            is_theirs && ["afrok", "krdok"].contains(&record["status"].as_str().unwrap())
        })
    };
    let administers = |person: &Person| person.roles.iter().any(|role| !role.ends_with("_ka"));
    let people = house.people();
    (0..people.len()).filter(|n| ok(people[*n].id) && !administers(&people[*n])).collect()
}

fn report(house: &House, args: Value) -> String {
    let before = house.stage.spent();
    let reply = house.stage.get("sync.report", args);
    assert_eq!(house.stage.spent(), before, "a report takes no request");
    reply["text"].as_str().unwrap().to_owned()
}

fn as_json(house: &House, mut args: Value) -> Value {
    args["format"] = json!("json");
    serde_json::from_str(&report(house, args)).unwrap()
}

/// A night with a leaver, a new person, a change, a refused row and somebody who waits for a department.
fn night(house: &House, rows: &mut Vec<String>, profile: &Value) -> (Value, usize) {
    let people = house.people();
    let leaver = who_can_leave(house)[0];
    rows[leaver] = left(&rows[leaver]);
    let others: Vec<usize> = (0..people.len()).filter(|n| *n != leaver).take(3).collect();
    rows[others[0]] = rows[others[0]].replace(&people[others[0]].last_name, "Prøve-Berg");
    rows[others[1]] = rows[others[1]].replace(&people[others[1]].last_name, "Prøve-Nei");
    rows[others[2]] = rows[others[2]].replace(&format!(";{};;;", people[others[2]].department_id), ";999999;;;");
    let new = house.stage.sandbox.unused_persnr(0);
    rows.push(format!("{new};NEW1;Ny;Nylund;{};{};afr;;", people[0].company_id, people[0].department_id));
    write(house, rows);
    let refused = format!("user/{}/", people[others[1]].id);
    house.stage.sandbox.fault(Fault::status(422).body("{\"last_name\": [\"Nei\"]}").method("PATCH").path(&refused).always());
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    house.stage.sandbox.clear_faults();
    assert_eq!((&run["counts"]["refused"], &run["state"]), (&json!(1), &json!("done")), "{run}");
    (run, leaver)
}

/// The titles of a page's sections, in their order.
fn titles(page: &str) -> Vec<String> {
    page.split("<h2>").skip(1).map(|rest| rest.split(['<', '\n']).next().unwrap().trim().to_owned()).collect()
}

#[test]
fn a_runs_report_has_its_sections_in_order_in_every_form_and_language() {
    let (house, mut rows, profile) = settled(30);
    let (run, leaver) = night(&house, &mut rows, &profile);
    let person = &house.people()[leaver];
    let page = report(&house, json!({ "run": run["run"], "format": "html", "language": "en" }));
    let wanted = ["New since the last run", "Wanted by HR, but not authorised or not in place", "Done", "In numbers"];
    let found = titles(&page);
    let places: Vec<Option<usize>> = wanted.iter().map(|title| found.iter().position(|known| known == title)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{found:?}");
    assert_eq!(found.last().unwrap(), "In numbers");
    assert!(!page.contains("<script") && page.contains("Content-Security-Policy"));
    for (format, language, says) in [
        ("html", "no", "Nytt siden forrige kjøring"),
        ("text", "no", "Netter uten fullført kjøring"),
        ("text", "en", "Nights without a completed run"),
        ("csv", "en", "wanted;"),
    ] {
        let text = report(&house, json!({ "run": run["run"], "format": format, "language": language }));
        assert!(text.contains(says) && text.contains("Nylund") && text.contains("NEW1"), "{format} {language}: {text}");
        let without = report(&house, json!({ "run": run["run"], "format": format, "language": language, "names": false }));
        assert!(!without.contains("Nylund") && !without.contains("Prøve-Berg") && without.contains("NEW1"), "{without}");
        for person in house.people() {
            assert!(!text.contains(&person.persnr), "{format} shows an identity number");
        }
    }
    let told = as_json(&house, json!({ "run": run["run"] }));
    assert_eq!((&told["run"], &told["counts"]["done"]), (&run["run"], &run["counts"]["done"]), "{told}");
    let done = told["done"].as_array().unwrap();
    assert!(done.iter().any(|entry| entry["kind"] == "withdraw" && entry["id"] == person.id), "{told}");
    let wanted = told["wanted"].as_array().unwrap();
    let refused = wanted.iter().find(|entry| entry["kind"] == "update").unwrap();
    assert!(refused["since"].is_string() && refused["next_try"].is_string() && refused["code"] == "validation", "{refused}");
    assert!(wanted.iter().any(|entry| entry["kind"] == "department_gone" || entry["kind"] == "department_unknown"), "{told}");
    for name in ["leave", "held", "portal", "wanted", "not_in_hr"] {
        for entry in told[name].as_array().into_iter().flatten() {
            assert!(entry["since"].is_string() && entry["next_try"].is_string(), "{name}: {entry}");
        }
    }
    assert!(told["new"].as_array().is_some_and(|new| !new.is_empty()), "{told}");
    // The same night once more: nothing of it is new, and the refused row stands in it all the same.
    let again = house.stage.get("sync.run", json!({ "profile": profile }));
    let told = as_json(&house, json!({}));
    assert_eq!(told["run"], again["run"], "without an id it is the last run's");
    let wanted = told["wanted"].as_array().unwrap();
    assert!(wanted.iter().any(|entry| entry["kind"] == "refused" && entry["since"].is_string()), "{told}");
    let kinds: Vec<&Value> = told["new"].as_array().unwrap().iter().map(|entry| &entry["kind"]).collect();
    assert!(!kinds.contains(&&json!("department_gone")) && !kinds.contains(&&json!("department_unknown")), "{told}");
}

#[test]
fn the_plan_of_a_run_is_still_what_is_looked_at_before_approving() {
    let house = House::new(12);
    let path = write(&house, &rows(&house));
    let profile = withdrawing(&house, &path);
    let held = house.stage.fails(Code::Held, "sync.run", json!({ "profile": profile }));
    let of = |run: &Value| report(&house, json!({ "run": run, "format": "text", "language": "en" }));
    let (plan, run) = (held.json()["plan"].clone(), held.json()["run"].clone());
    assert!(of(&plan).starts_with("Plan p-"), "{}", of(&plan));
    let text = of(&run);
    assert!(text.starts_with("What was changed in FinAut") && text.contains("\"approve\":[\"first_run\"]"), "{text}");
}

#[test]
fn the_undo_list_has_what_puts_people_back_of_a_run_and_of_days() {
    let (house, mut rows, profile) = settled(30);
    let (run, leaver) = night(&house, &mut rows, &profile);
    let person = &house.people()[leaver];
    let records = house.stage.get("userstatus.list", json!({ "id": person.id }));
    let of_run = format!("finaut sync {}", run["run"].as_str().unwrap());
    let made: Vec<&Value> =
        records["results"].as_array().unwrap().iter().filter(|record| record["comment"] == of_run.as_str()).collect();
    assert!(!made.is_empty());
    let today = run["basis"]["read"].as_str().unwrap()[..10].to_owned();
    for args in [
        json!({ "what": "undo", "run": run["run"] }),
        json!({ "what": "undo" }),
        json!({ "what": "undo", "from": today, "to": today }),
    ] {
        let told = as_json(&house, args);
        let list = told["undo"].as_array().unwrap();
        assert_eq!(list.len(), made.len(), "{told}");
        for entry in list {
            let record = made.iter().find(|record| record["id"].as_str().unwrap().ends_with(&format!("/{}/", entry["record"])));
            let scheme = record.unwrap()["appname"].as_str().unwrap();
            assert_eq!(
                (&entry["id"], &entry["schemes"], &entry["status"]),
                (&json!(person.id), &json!(scheme), &json!("utmeldt"))
            );
            assert!(entry["was"].is_string() && entry["at"].is_string() && entry["run"] == run["run"], "{entry}");
        }
    }
    let yesterday = json!({ "what": "undo", "from": "2020-01-01", "to": "2020-01-31" });
    assert_eq!(as_json(&house, yesterday)["undo"], json!([]));
    for (format, language) in [("html", "no"), ("html", "en"), ("text", "no"), ("csv", "no")] {
        let text = report(&house, json!({ "what": "undo", "format": format, "language": language }));
        assert!(text.contains(&person.id.to_string()) && text.contains("utmeldt"), "{format}: {text}");
        assert!(!text.contains(&person.persnr) && !text.contains(&person.last_name), "{format}: {text}");
    }
}

#[test]
fn a_status_that_was_set_though_its_answer_was_an_error_stands_in_the_undo_list_with_its_record() {
    let (house, mut rows, profile) = settled(30);
    let leaver = who_can_leave(&house)[0];
    rows[leaver] = left(&rows[leaver]);
    write(&house, &rows);
    house.stage.sandbox.fault(Fault::status(500).after_acting().method("POST").path("userstatus/").always());
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    house.stage.sandbox.clear_faults();
    // Whatever is thought of it now: once the history was read again, its record is known.
    house.stage.get("userstatus.latest", json!({ "fresh": true }));
    let told = as_json(&house, json!({ "what": "undo", "run": run["run"] }));
    let id = house.people()[leaver].id;
    let entry = told["undo"].as_array().unwrap().iter().find(|entry| entry["id"] == id).unwrap_or_else(|| panic!("{told}"));
    assert!(entry["record"].is_u64(), "{told}");
}

#[test]
fn a_period_tells_who_came_who_left_by_which_rule_and_who_approved() {
    let (house, mut rows, profile) = settled(30);
    let (_, leaver) = night(&house, &mut rows, &profile);
    let told = as_json(&house, json!({ "what": "period" }));
    let entered = told["entered"].as_array().unwrap();
    assert!(entered.iter().any(|entry| entry["employee_alias"] == "NEW1" && entry["id"].is_u64()), "{told}");
    let out = told["left"].as_array().unwrap();
    assert!(out.iter().any(|entry| entry["id"] == house.people()[leaver].id && entry["why"].is_string()), "{told}");
    let approvals = told["approvals"].as_array().unwrap();
    assert_eq!((&approvals[0]["by"], &approvals[0]["why"]), (&json!("Kari"), &json!("first night")), "{told}");
    assert!(told["runs"]["done"].as_u64() > Some(1) && told["open"].is_array(), "{told}");
    for (language, says) in
        [("no", "Utmeldt: HR sier at personen har sluttet"), ("en", "Withdrawn: HR says that the person has left")]
    {
        for format in ["text", "html"] {
            let text = report(&house, json!({ "what": "period", "format": format, "language": language }));
            assert!(text.contains(says) && text.contains("Kari"), "{format}: {text}");
        }
    }
    let nothing = as_json(&house, json!({ "what": "period", "from": "2020-01-01", "to": "2020-01-31" }));
    assert_eq!((&nothing["entered"], &nothing["left"], &nothing["approvals"]), (&json!([]), &json!([]), &json!([])));
}

#[test]
fn reports_that_cannot_be_are_refused() {
    let (house, _, _) = settled(5);
    for args in [
        json!({ "what": "run", "from": "2026-01-01" }),
        json!({ "what": "period", "run": "r-20261127-0412-6f3a" }),
        json!({ "what": "undo", "run": "r-20261127-0412-6f3a", "to": "2026-01-01" }),
    ] {
        house.stage.fails(Code::Argument, "sync.report", args);
    }
    let back = json!({ "what": "period", "from": "2026-02-01", "to": "2026-01-01" });
    house.stage.fails(Code::Validation, "sync.report", back);
    house.stage.fails(Code::NotFound, "sync.report", json!({ "what": "undo", "run": "r-29991231-0000-0000" }));
}

#[test]
fn nobody_who_became_confidential_is_in_any_report() {
    let (house, mut rows, profile) = settled(30);
    let (_, leaver) = night(&house, &mut rows, &profile);
    let person = house.people()[leaver].clone();
    rows[leaver] = format!("{};;ja", rows[leaver].strip_suffix(";left;").unwrap());
    write(&house, &rows);
    house.stage.get("sync.run", json!({ "profile": profile }));
    for what in ["run", "period", "undo"] {
        for format in ["json", "text", "html", "csv"] {
            let text = report(&house, json!({ "what": what, "format": format }));
            assert!(!text.contains(&person.id.to_string()) && !text.contains(&person.last_name), "{what} {format}: {text}");
        }
    }
    let of_plans = house.stage.get("sync.report", json!({ "what": "undo", "from": "2020-01-01" }));
    assert!(!of_plans.to_string().contains(&person.id.to_string()), "{of_plans}");
}

#[test]
fn the_observer_is_told_how_many_steps_are_through_and_a_stop_is_gone_on_with() {
    let (house, mut rows, profile) = settled(12);
    let people = house.people();
    for (n, person) in people.iter().enumerate().take(4) {
        rows[n] = rows[n].replace(&person.last_name, "Prøve-Berg");
    }
    write(&house, &rows);
    let events = house.stage.events();
    house.stage.get("sync.run", json!({ "profile": profile, "dry_run": true }));
    let told: Vec<Value> = events.lock().unwrap().clone();
    assert!(told.iter().any(|event| event["event"] == "sync" && event["state"] == "planning"));
    // Ctrl-C while the second step is under way.
    let seen = Arc::new(std::sync::Mutex::new(Vec::<Value>::new()));
    let kept = seen.clone();
    house.stage.client.observe(Some(Arc::new(move |event: &str| {
        let event: Value = serde_json::from_str(event).unwrap();
        let stops = event["event"] == "sync" && event["state"] == "applying" && event["done"] == 1;
        kept.lock().unwrap().push(event);
        stops
    })));
    house.stage.fails(Code::Interrupted, "sync.run", json!({ "profile": profile }));
    house.stage.client.observe(None);
    let seen = seen.lock().unwrap();
    let applying: Vec<&Value> = seen.iter().filter(|event| event["event"] == "sync" && event["state"] == "applying").collect();
    assert!(!applying.is_empty(), "{seen:?}");
    for event in &applying {
        assert_eq!(event["of"], 4, "steps are counted, not pages: {event}");
        assert!(event["requests"].is_u64() && event["through"].is_string(), "{event}");
    }
    assert_eq!(applying[0]["done"], 0, "{applying:?}");
    let status = house.stage.get("sync.status", json!({}));
    assert_eq!(status["state"], "stopped", "{status}");
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!(run["state"], "done", "{run}");
    assert!(run["counts"]["done"].as_u64() < Some(4), "the steps that were through are not done again: {run}");
    assert_eq!(house.people().iter().filter(|person| person.last_name == "Prøve-Berg").count(), 4);
    let status = house.stage.get("sync.status", json!({ "max_age_h": 1 }));
    assert_eq!((&status["state"], &status["run"]), (&json!("done"), &run["run"]), "{status}");
    assert_eq!(status["counts"]["done"], run["counts"]["done"], "{status}");
    assert!(status["last_done"].is_string() && status["last_accepted_file"]["rows"].is_u64(), "{status}");
    let of_plan = house.stage.get("sync.status", json!({ "run": run["plan"] }));
    assert_eq!((&of_plan["state"], &of_plan["run"]), (&json!("ready"), &run["plan"]), "{of_plan}");
}
