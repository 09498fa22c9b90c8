//! `sync.plan`: real files, the sandbox's register, and the requests that it takes.

use finaut_core::error::Code;
use serde_json::json;

use super::house::{House, row};

#[test]
fn a_plan_costs_what_its_formula_says_and_a_second_one_nothing_but_a_look() {
    let house = House::new(250);
    let rows: Vec<String> = house.people().iter().map(row).collect();
    let path = house.write(&rows);
    let profile = house.profile(&path);
    let before = house.stage.spent();
    let plan = house.stage.get("sync.plan", json!({ "profile": profile }));
    assert_eq!(plan["basis"]["people"], 250, "{plan}");
    // P pages of people, the history's first page, Q pages of statuses; companies, departments, schemes.
    let statuses: usize = house.stage.get("userstatus.latest", json!({}))["count"].as_u64().unwrap() as usize;
    let wanted = 250_usize.div_ceil(100) + 1 + statuses.div_ceil(100) + 3;
    assert_eq!(house.stage.spent() - before - 1, wanted, "{:?}", plan["basis"]);
    assert_eq!(plan["basis"]["requests"], wanted);
    let before = house.stage.spent();
    house.stage.get("sync.plan", json!({ "profile": profile }));
    assert_eq!(house.stage.spent() - before, 1, "the history is looked at");
    assert_eq!(plan["rails"][0]["rail"], "first_run");
    assert_eq!(plan["counts"]["create"], 0);
}

#[test]
fn what_differs_is_planned_and_no_number_is_shown() {
    let house = House::new(40);
    let people = house.people();
    let mut rows: Vec<String> = people.iter().map(row).collect();
    rows[3] = rows[3].replace(&people[3].last_name, "Prøve-Berg");
    let new = house.stage.sandbox.unused_persnr(0);
    rows.push(format!("{new};NEW1;Ny;Ansatt;{};{};afr", people[0].company_id, people[0].department_id));
    rows.push("".to_owned());
    let path = house.write(&rows);
    let plan = house.stage.get("sync.plan", json!({ "profile": house.profile(&path) }));
    let steps = plan["steps"].as_array().unwrap();
    let of = |kind: &str| steps.iter().filter(|step| step["kind"] == kind).collect::<Vec<_>>();
    assert_eq!((of("create").len(), of("update").len()), (1, 1), "{plan}");
    assert_eq!(of("update")[0]["changes"]["last_name"], json!([people[3].last_name, "Prøve-Berg"]));
    assert_eq!(of("create")[0]["changes"]["persnr"], json!(["***", "***"]));
    // Two pairs of the sandbox's people share an employee number: more than a file that is to be believed may have of 40.
    assert!(steps.iter().all(|step| step["held"] == "file_broken"), "{plan}");
    for person in &people {
        assert!(!plan.to_string().contains(&person.persnr));
    }
    assert!(!plan.to_string().contains(&new));
}

#[test]
fn what_is_wrong_is_told_before_a_request_is_spent() {
    let house = House::new(5);
    let path = house.write(&[row(&house.people()[0])]);
    let mut profile = house.profile(&path);
    let before = house.stage.spent();
    house.stage.fails(Code::Argument, "sync.plan", json!({}));
    profile["leavers"] = json!("withdraw");
    house.stage.fails(Code::Validation, "sync.plan", json!({ "profile": profile }));
    profile["leavers"] = json!("report");
    let gone = house.stage.fails(Code::Validation, "sync.plan", json!({ "profile": profile, "file": "/no/such/hr.csv" }));
    assert!(gone.message().contains("/no/such/hr.csv"), "{gone}");
    house.stage.fails(Code::Validation, "sync.plan", json!({ "profile": {"file": "hr.csv", "scope": {}} }));
    assert_eq!(house.stage.spent(), before);
}
