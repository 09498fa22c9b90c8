//! `sync.run` and `sync.apply`: what is planned is carried out, within the rails, once.

use finaut_core::error::Code;
use finaut_sandbox::Fault;
use serde_json::{Value, json};

use super::house::{House, row};

/// Everybody's row; an alias that several have stands in none.
pub fn rows(house: &House) -> Vec<String> {
    let people = house.people();
    let has_alias = |alias: &str| people.iter().filter(|person| person.employee_alias == alias).count();
    let of = |person: &finaut_sandbox::Person| match has_alias(&person.employee_alias) {
        1 => row(person),
        _ => row(person).replace(&format!(";{};", person.employee_alias), ";;"),
    };
    people.iter().map(of).collect()
}

/// A house whose first plan was approved, and its profile.
fn settled(people: usize) -> (House, Vec<String>, Value) {
    let house = House::new(people);
    let rows = rows(&house);
    let path = house.write(&rows);
    let profile = house.profile(&path);
    let held = house.stage.fails(Code::Held, "sync.run", json!({ "profile": profile }));
    assert!(held.message().contains("first_run"), "{held}");
    let plan = held.json()["plan"].as_str().unwrap().to_owned();
    let approved = json!({ "profile": profile, "plan": plan, "approve": ["first_run"], "by": "Kari", "why": "first night" });
    let done = house.stage.get("sync.apply", approved);
    assert_eq!(done["state"], "done", "{done}");
    (house, rows, profile)
}

#[test]
fn the_first_run_only_plans_and_what_is_approved_is_carried_out() {
    let (house, mut rows, profile) = settled(20);
    let quiet = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!((&quiet["state"], &quiet["steps"]), (&json!("done"), &json!([])), "{quiet}");
    let people = house.people();
    rows[3] = rows[3].replace(&people[3].last_name, "Prøve-Berg");
    let new = house.stage.sandbox.unused_persnr(0);
    rows.push(format!("{new};NEW1;Ny;Ansatt;{};{};afr", people[0].company_id, people[0].department_id));
    house.write(&rows);
    let before = house.stage.spent();
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!(
        (&run["state"], &run["counts"]["done"], &run["counts"]["left"]),
        (&json!("done"), &json!(2), &json!(0)),
        "{run}"
    );
    assert_eq!(
        house.stage.spent() - before,
        4,
        "the history's end, a page, a PATCH and a POST; the listing went with the run that applied it: {run}"
    );
    let now = house.people();
    assert_eq!(now[3].last_name, "Prøve-Berg");
    assert!(now.iter().any(|person| person.persnr == new));
    assert!(!run.to_string().contains(&new));
    let quiet = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!(quiet["steps"], json!([]), "{quiet}");
}

#[test]
fn one_bad_row_never_stops_the_rest_and_is_not_sent_again() {
    let (house, mut rows, profile) = settled(12);
    let people = house.people();
    for (n, person) in people.iter().enumerate().take(3) {
        rows[n] = rows[n].replace(&person.last_name, "Prøve-Berg");
    }
    house.write(&rows);
    let path = format!("user/{}/", people[1].id);
    house.stage.sandbox.fault(Fault::status(422).body("{\"last_name\": [\"Nei\"]}").method("PATCH").path(&path).always());
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!((&run["counts"]["done"], &run["counts"]["refused"]), (&json!(2), &json!(1)), "{run}");
    assert_eq!((&run["failures"][0]["code"], &run["counts"]["refused_new"]), (&json!("validation"), &json!(1)), "{run}");
    let status = house.stage.get("sync.status", json!({}));
    assert_eq!(status["counts"], run["counts"], "{status}");
    let again = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!((&again["steps"], &again["problems"][0]["problem"]), (&json!([]), &json!("refused")), "{again}");
    assert_eq!(again["counts"]["refused_new"], 0, "the run before told it: {again}");
    // Refused once more is no news, either.
    let again = house.stage.get("sync.run", json!({ "profile": profile, "retry": true }));
    assert_eq!((&again["counts"]["refused"], &again["counts"]["refused_new"]), (&json!(1), &json!(0)), "{again}");
    house.stage.sandbox.clear_faults();
    let again = house.stage.get("sync.run", json!({ "profile": profile, "retry": true }));
    assert_eq!(again["counts"]["done"], 1, "{again}");
}

#[test]
fn a_number_of_somebody_who_is_not_visible_is_work_for_the_portal_and_news_once() {
    let (house, mut rows, profile) = settled(12);
    let people = house.people();
    let new = house.stage.sandbox.unused_persnr(0);
    rows.push(format!("{new};NEW1;Ny;Ansatt;{};{};afr", people[0].company_id, people[0].department_id));
    house.write(&rows);
    let before = house.stage.get("sync.run", json!({ "profile": profile, "dry_run": true }));
    let others = before["counts"]["portal"].as_u64().unwrap();
    let has_it = Fault::status(422).body("{\"persnr\": [\"Finnes allerede\"]}").method("POST").path("user/").always();
    house.stage.sandbox.fault(has_it);
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    let counts = &run["counts"];
    assert_eq!((&counts["refused"], &counts["refused_new"]), (&json!(1), &json!(1)), "{run}");
    assert_eq!((&counts["portal"], &counts["portal_new"]), (&json!(others + 1), &json!(1)), "{run}");
    let theirs = |run: &Value| {
        let all = run["portal"].as_array().unwrap().clone();
        all.into_iter().find(|work| work["employee_alias"] == "NEW1").unwrap_or_else(|| panic!("{run}"))
    };
    assert!(theirs(&run)["says"].as_str().unwrap().contains("registered with another company"), "{run}");
    let report = house.stage.get("sync.report", json!({ "run": run["run"], "format": "json" }));
    let report: Value = serde_json::from_str(report["text"].as_str().unwrap()).unwrap();
    let is_in =
        |section: &str| report[section].as_array().is_some_and(|of| of.iter().any(|one| one["employee_alias"] == "NEW1"));
    assert!(is_in("portal") && !is_in("wanted"), "{report}");
    // It is not sent again, is listed all the same, and is no news.
    let before = house.stage.spent();
    let again = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!((&again["steps"], &again["problems"]), (&json!([]), &json!([])), "{again}");
    assert_eq!((&again["counts"]["portal"], &again["counts"]["portal_new"]), (&json!(others + 1), &json!(0)), "{again}");
    assert_eq!((&again["counts"]["refused_new"], &theirs(&again)["since"]), (&json!(0), &theirs(&run)["since"]), "{again}");
    assert!(house.stage.spent() - before <= 2);
    assert!(!again.to_string().contains(&new) && !run.to_string().contains(&new));
    house.stage.sandbox.clear_faults();
    let moved = house.stage.get("sync.run", json!({ "profile": profile, "retry": ["NEW1"] }));
    assert_eq!((&moved["counts"]["done"], &moved["counts"]["portal"]), (&json!(1), &json!(others)), "{moved}");
}

#[test]
fn what_was_carried_out_stands_in_the_audit() {
    let (house, mut rows, profile) = settled(5);
    let people = house.people();
    rows[2] = rows[2].replace(&people[2].last_name, "Prøve-Berg");
    house.write(&rows);
    house.stage.get("sync.run", json!({ "profile": profile }));
    let audit = std::fs::read(house.audit()).unwrap();
    assert!(finaut_core::sync::audit::check(&audit).is_ok_and(|lines| lines > 3));
    let text = String::from_utf8(audit).unwrap();
    for person in &people {
        assert!(!text.contains(&person.persnr) && !text.contains(&person.last_name), "{text}");
    }
    for said in ["\"by\":\"Kari\"", "\"why\":\"first night\"", "\"fields\":[\"last_name\"]", "\"outcome\":\"done\""] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

/// Everybody's row, with some who have left.
fn with_left(house: &House, left: std::ops::Range<usize>) -> Vec<String> {
    rows(house)
        .into_iter()
        .enumerate()
        .map(|(n, row)| if left.contains(&n) { format!("{row};left") } else { format!("{row};") })
        .collect()
}

fn write_with_status(house: &House, lines: &[String]) -> std::path::PathBuf {
    let path = house.write(lines);
    let text = std::fs::read_to_string(&path).unwrap().replacen("ordninger", "ordninger;status", 1);
    std::fs::write(&path, text).unwrap();
    let file = std::fs::File::options().append(true).open(&path).unwrap();
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(86_400)).unwrap();
    path
}

/// A night of the profile that withdraws at once, as only tests may.
fn leavers(house: &House, path: &std::path::Path) -> Value {
    let mut profile = house.profile(path);
    profile["leavers"] = json!("withdraw");
    profile["leaver_days"] = json!(0);
    let ba = house.people().iter().find(|person| person.roles.iter().any(|role| role.ends_with("_ba"))).unwrap().id;
    profile["set_by"] = json!(ba);
    profile
}

#[test]
fn leavers_are_withdrawn_once_and_more_than_the_limit_only_as_they_were_approved() {
    let house = House::new(40);
    let path = write_with_status(&house, &with_left(&house, 0..0));
    let profile = leavers(&house, &path);
    let plan = house.stage.fails(Code::Held, "sync.run", json!({ "profile": profile })).json()["plan"].clone();
    let approved = json!({ "profile": profile, "plan": plan, "approve": ["first_run"], "by": "Kari", "why": "first night" });
    house.stage.get("sync.apply", approved);
    let candidates = |word: &str| {
        let statuses = house.stage.get("userstatus.latest", json!({ "fresh": true }));
        statuses["results"].as_array().unwrap().iter().filter(|record| record["status"] == word).count()
    };
    let before = candidates("utmeldt");
    write_with_status(&house, &with_left(&house, 10..13));
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    let withdrawn = run["counts"]["withdraw"].as_u64().unwrap() as usize;
    assert!(withdrawn > 0 && run["counts"]["done"] == withdrawn, "{run}");
    assert_eq!(candidates("utmeldt"), before + withdrawn);
    let again = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!(again["steps"], json!([]), "{again}");
    // Too many: all of them are held, and an approval is about those that were reviewed.
    write_with_status(&house, &with_left(&house, 10..30));
    let held = house.stage.fails(Code::Held, "sync.run", json!({ "profile": profile }));
    assert!(held.message().contains("irreversible"), "{held}");
    assert_eq!(candidates("utmeldt"), before + withdrawn);
    let plan = held.json()["plan"].clone();
    let one = json!({ "profile": profile, "plan": plan, "approve": ["s1"], "by": "Kari", "why": "she has left" });
    let run = house.stage.get("sync.apply", one);
    assert_eq!((&run["counts"]["done"], run["counts"]["held"].as_u64() > Some(5)), (&json!(1), true), "{run}");
    let unknown = json!({ "profile": profile, "plan": plan, "approve": ["everything"], "by": "Kari", "why": "x" });
    let said = house.stage.fails(Code::Validation, "sync.apply", unknown);
    assert!(said.message().contains("irreversible, withdraw"), "{said}");
}

#[test]
fn a_run_stops_at_its_time_and_is_gone_on_with() {
    let (house, mut rows, profile) = settled(10);
    let people = house.people();
    for (n, person) in people.iter().enumerate().take(4) {
        rows[n] = rows[n].replace(&person.last_name, "Prøve-Berg");
    }
    house.write(&rows);
    let run = house.stage.get("sync.run", json!({ "profile": profile, "until": "2026-01-01T00:00:00+01:00" }));
    assert_eq!((&run["state"], &run["counts"]["left"]), (&json!("stopped"), &json!(4)), "{run}");
    let status = house.stage.get("sync.status", json!({}));
    assert_eq!(status["state"], "stopped", "{status}");
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!((&run["state"], &run["counts"]["done"]), (&json!("done"), &json!(4)), "{run}");
    let status = house.stage.get("sync.status", json!({ "max_age_h": 1 }));
    assert!(status["last_done"].is_string(), "{status}");
}

#[test]
fn five_equal_failures_in_a_row_end_the_run_and_nothing_is_lost() {
    let (house, mut rows, profile) = settled(12);
    let people = house.people();
    for (n, person) in people.iter().enumerate().take(8) {
        rows[n] = rows[n].replace(&person.last_name, "Prøve-Berg");
    }
    house.write(&rows);
    house.stage.sandbox.fault(Fault::status(403).method("PATCH").path("user/").always());
    house.stage.fails(Code::Permission, "sync.run", json!({ "profile": profile }));
    house.stage.sandbox.clear_faults();
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!((&run["state"], &run["counts"]["done"]), (&json!("done"), &json!(8)), "{run}");
}

#[test]
fn who_is_forgotten_is_in_nothing_that_is_kept_but_the_audit() {
    let (house, mut rows, profile) = settled(8);
    let people = house.people();
    rows[2] = rows[2].replace(&people[2].last_name, "Prøve-Uglesett");
    house.write(&rows);
    let planned = house.stage.get("sync.plan", json!({ "profile": profile }));
    let told = |format: &str| house.stage.get("sync.report", json!({ "format": format }))["text"].as_str().unwrap().to_owned();
    assert!(told("csv").contains("Uglesett") && told("html").contains("Uglesett"));
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    assert!(run["steps"][0]["changes"].to_string().contains("Uglesett"), "{run}");
    for plan in [&run["plan"], &planned["plan"]] {
        let report = house.stage.get("sync.report", json!({ "format": "json", "run": plan }));
        let report: Value = serde_json::from_str(report["text"].as_str().unwrap()).unwrap();
        assert_eq!(
            report["steps"][0]["changes"]["last_name"],
            json!(["***", "***"]),
            "values go when a step is done: {report}"
        );
    }
    let forgotten = house.stage.get("sync.forget", json!({ "id": people[2].id }));
    assert_eq!((&forgotten["id"], &forgotten["was_seen"]), (&json!(people[2].id), &json!(true)), "{forgotten}");
    assert!(forgotten["plans"].as_u64() > Some(0) && forgotten["audit_lines"].as_u64() > Some(1), "{forgotten}");
    for format in ["csv", "html", "text", "json"] {
        let text = told(format);
        assert!(!text.contains("Uglesett") && !text.contains(&people[2].last_name), "{format}: {text}");
    }
    let run = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!((&run["steps"], &run["unknown_to_hr"]), (&json!([]), &json!([])), "{run}");
}
