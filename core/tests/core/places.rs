//! Companies, departments and franchises by their names.

use std::sync::Arc;

use finaut_core::client::Client;
use finaut_core::error::Code;
use finaut_core::store::memory::MemoryStore;
use finaut_sandbox::Sandbox;
use serde_json::{Value, json};

use super::clocks::MovedClock;
use super::stage::{Stage, call, config_of, on, stage};

fn number(reference: &Value) -> u64 {
    reference.as_str().unwrap().trim_end_matches('/').rsplit('/').next().unwrap().parse().unwrap()
}

/// The departments' objects, and the names of their companies.
fn departments(stage: &Stage) -> Vec<(Value, String)> {
    let companies = stage.get("companies.list", json!({}))["results"].as_array().unwrap().clone();
    let name = |url: &Value| {
        let company = companies.iter().find(|company| &company["id"] == url).unwrap();
        company["navn"].as_str().unwrap().to_owned()
    };
    let listed = stage.get("departments.list", json!({}));
    listed["results"].as_array().unwrap().iter().map(|one| (one.clone(), name(&one["company"]))).collect()
}

#[test]
fn a_person_is_created_moved_and_changed_in_a_department_by_its_name() {
    let stage = stage();
    let all = departments(&stage);
    let (department, company) = &all[1];
    let name = department["departmentname"].as_str().unwrap();
    let mut new = stage.newcomer(1);
    (new["company"], new["department"]) = (json!({ "name": company }), json!({"name": format!("  {}", name.to_uppercase())}));
    let spent = stage.spent();
    let made = stage.get("users.create_candidate", new);
    assert_eq!(made["work_for"]["department"], department["id"]);
    assert_eq!(stage.spent(), spent + 1, "the lists are remembered: one request");
    let (other, other_company) = &all[2];
    let to = json!({"name": other["departmentname"]});
    let moved = stage.get("users.move", json!({"id": made["id"], "department": to, "company": {"name": other_company}}));
    assert_eq!(moved["work_for"]["department"], other["id"]);
    let back = json!({"department": {"name": name}, "company": {"name": company}});
    let changed = stage.get("users.update", json!({"id": made["id"], "changes": back}));
    assert_eq!(changed["work_for"]["department"], department["id"]);
    let of_one = stage.get("departments.list", json!({"company": {"name": company}}));
    assert!(of_one["results"].as_array().unwrap().iter().all(|one| one["company"] == department["company"]), "{of_one}");
}

#[test]
fn a_name_that_is_not_there_or_that_several_have_is_refused_with_those_that_there_are() {
    let stage = stage();
    let (id, all) = (stage.person(0).id, departments(&stage));
    let (department, company) = &all[0];
    let name = department["departmentname"].as_str().unwrap();
    let changes = |stage: &Stage| stage.sandbox.requests().iter().filter(|request| request.method != "GET").count();
    let before = changes(&stage);
    let error = stage.fails(Code::Validation, "users.move", json!({"id": id, "department": {"name": "Ingen sted"}}));
    assert!(error.details().fields.contains_key("department"), "{}", error.json());
    assert!(error.message().contains("\"Ingen sted\"") && error.message().contains(&format!("\"{name}\" (")), "{error}");
    assert!(error.message().len() < 3_000, "{error}");
    for (operation, args, field) in [
        ("users.update", json!({"id": id, "changes": {"company": {"name": "Ingen"}, "department": 7}}), "company"),
        ("departments.list", json!({"company": {"name": "Ingen"}}), "company"),
        ("users.move", json!({"id": id, "department": number(&department["id"]), "franchise": {"name": "Ingen"}}), "franchise"),
        ("users.move", json!({"id": id, "department": {"name": " "}}), "department"),
        ("users.move", json!({"id": id, "department": {"navn": name}}), "department"),
    ] {
        let error = stage.fails(Code::Validation, operation, args);
        assert!(error.details().fields.contains_key(field), "{}", error.json());
    }
    // In the sandbox, each company has departments of the same names.
    let same: Vec<_> = all.iter().filter(|(one, _)| one["departmentname"] == name).collect();
    if same.len() > 1 {
        let error = stage.fails(Code::Ambiguous, "users.move", json!({"id": id, "department": {"name": name}}));
        assert!(error.details().fields.contains_key("department"), "{}", error.json());
        for (one, _) in &same {
            assert!(error.message().contains(&format!("({} of company", number(&one["id"]))), "{error}");
        }
    }
    assert_eq!(changes(&stage), before, "nothing was changed");
    let to = json!({"id": id, "department": {"name": name}, "company": {"name": company}});
    assert_eq!(stage.get("users.move", to)["work_for"]["department"], department["id"]);
}

#[test]
fn a_wrong_value_is_refused_before_a_name_is_looked_up() {
    let stage = stage();
    let mut new = stage.newcomer(1);
    (new["department"], new["mobile"]) = (json!({"name": "Ingen sted"}), json!("912 34 567"));
    assert!(stage.fails(Code::Validation, "users.create_candidate", new).details().fields.contains_key("mobile"));
    let changes = json!({"department": {"name": "Ingen sted"}, "email": "kari at example"});
    stage.fails(Code::Validation, "users.update", json!({"id": stage.person(0).id, "changes": changes}));
    assert_eq!(stage.spent(), 0);
}

#[test]
fn a_franchise_is_found_among_those_of_its_department() {
    let stage = stage();
    let all = departments(&stage);
    let has_franchises = |one: &Value| one["franchises"].as_array().is_some_and(|all| !all.is_empty());
    let (department, _) = all.iter().find(|(one, _)| has_franchises(one)).unwrap();
    let franchise = &department["franchises"][1];
    let path = format!("franchises/{}/", number(franchise));
    let name = stage.get("request", json!({"method": "GET", "path": path}))["navn"].clone();
    let id = stage.person(0).id;
    let to = json!({"id": id, "department": department["id"], "company": department["company"], "franchise": {"name": name}});
    assert_eq!(stage.get("users.move", to)["work_for"]["franchise"], *franchise);
    // Where the person works already.
    let other =
        stage.get("request", json!({"method": "GET", "path": format!("franchises/{}/", number(&department["franchises"][0]))}));
    let changed = stage.get("users.update", json!({"id": id, "changes": {"franchise": {"name": other["navn"]}}}));
    assert_eq!(changed["work_for"]["franchise"], department["franchises"][0]);
}

#[test]
fn a_department_that_is_new_is_found_once_the_remembered_list_is_old() {
    let stage = on(Sandbox::builder().users(5));
    let clock = Arc::new(MovedClock::default());
    let config = config_of(&stage.sandbox, json!({}));
    let client = Client::with_parts(config, Arc::new(MemoryStore::alone().unwrap()), clock.clone()).unwrap();
    let ask = || call(&client, "users.move", json!({"id": stage.person(0).id, "department": {"name": "Ingen sted"}}));
    let spent_on = |ask: &dyn Fn()| {
        let before = stage.spent();
        ask();
        stage.spent() - before
    };
    let refused = || assert_eq!(ask().unwrap_err().code(), Code::Validation);
    let list = spent_on(&refused);
    assert!(list >= 1);
    assert_eq!(spent_on(&refused), 0, "the list is remembered, and young");
    clock.forward(700.0);
    assert_eq!(spent_on(&refused), list, "somebody may have made it meanwhile");
    assert_eq!(spent_on(&refused), 0);
}
