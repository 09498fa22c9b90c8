//! `sync.run` and `sync.apply`: what is planned is carried out, within the rails, once.

use finaut_core::error::Code;
use finaut_sandbox::Fault;
use serde_json::{Value, json};

use super::house::{House, row};

/// Everybody's row; an alias that several have stands in none.
fn rows(house: &House) -> Vec<String> {
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
        3,
        "the history's end, a PATCH and a POST; the listing is not 15 minutes old: {run}"
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
    assert_eq!(run["failures"][0]["code"], "validation");
    house.stage.sandbox.clear_faults();
    let again = house.stage.get("sync.run", json!({ "profile": profile }));
    assert_eq!((&again["steps"], &again["problems"][0]["problem"]), (&json!([]), &json!("refused")), "{again}");
    let again = house.stage.get("sync.run", json!({ "profile": profile, "retry": true }));
    assert_eq!(again["counts"]["done"], 1, "{again}");
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
