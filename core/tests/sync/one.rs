//! `sync.plan` for one person: what it costs, and that it says what a plan for everybody says of that person.

use finaut_core::error::Code;
use finaut_sandbox::Person;
use serde_json::{Value, json};

use super::house::{House, row};

/// The steps and cases of one person in a plan, without what counts them.
fn about(plan: &Value, id: u64) -> Vec<Value> {
    let lists = ["steps", "problems", "portal", "due_later", "reported"];
    let all = lists.iter().flat_map(|list| plan[*list].as_array().unwrap());
    let is_theirs = |case: &&Value| case["person"]["id"] == id || case["id"] == id;
    let mut found: Vec<Value> = all.filter(is_theirs).cloned().collect();
    found.iter_mut().for_each(|case| _ = case.as_object_mut().unwrap().remove("step"));
    found
}

/// Who differs in name, has a new scheme and is the only one with that alias.
fn changed(house: &House, rows: &mut Vec<String>) -> Person {
    let people = house.people();
    let is_alone = |person: &&Person| {
        !person.persnr.is_empty() && people.iter().filter(|other| other.employee_alias == person.employee_alias).count() == 1
    };
    let person = people.iter().filter(is_alone).nth(3).unwrap().clone();
    *rows = people.iter().map(row).collect();
    let place = people.iter().position(|other| other.id == person.id).unwrap();
    rows[place] = rows[place].replace(&person.last_name, "Prøve-Berg") + "afr,krd";
    person
}

#[test]
fn one_person_costs_two_requests_however_they_are_named_and_is_compared_as_everybody_is() {
    let house = House::new(250);
    let mut rows = Vec::new();
    let person = changed(&house, &mut rows);
    let path = house.write(&rows);
    let profile = house.profile(&path);
    let all = house.stage.get("sync.plan", json!({ "profile": profile }));
    let wanted = about(&all, person.id);
    assert!(!wanted.is_empty(), "{all}");
    let ways =
        [json!({ "id": person.id }), json!({ "persnr": person.persnr }), json!({ "employee_alias": person.employee_alias })];
    for way in ways {
        let before = house.stage.spent();
        let plan = house.stage.get("sync.plan", json!({ "profile": profile, "only": way }));
        assert_eq!(house.stage.spent() - before, 2, "{way}");
        assert_eq!(plan["basis"]["requests"], 2);
        assert_eq!(about(&plan, person.id), wanted, "{way}");
        let steps = plan["steps"].as_array().unwrap();
        assert!(steps.iter().all(|step| step["person"]["id"] == person.id), "nobody else: {plan}");
        assert_eq!((&plan["only"]["id"], &plan["basis"]["people"]), (&json!(person.id), &json!(1)));
    }
}

#[test]
fn somebody_new_costs_a_look_at_the_number_and_one_at_the_alias() {
    let house = House::new(30);
    let people = house.people();
    let mut rows: Vec<String> = people.iter().map(row).collect();
    let new = house.stage.sandbox.unused_persnr(0);
    rows.push(format!("{new};NEW1;Ny;Ansatt;{};{};afr", people[0].company_id, people[0].department_id));
    let path = house.write(&rows);
    let profile = house.profile(&path);
    house.stage.get("sync.plan", json!({ "profile": profile }));
    for way in [json!({ "persnr": new }), json!({ "employee_alias": "NEW1" })] {
        let before = house.stage.spent();
        let plan = house.stage.get("sync.plan", json!({ "profile": profile, "only": way }));
        assert_eq!(house.stage.spent() - before, 2, "{way}");
        assert_eq!((&plan["steps"][0]["kind"], plan["steps"].as_array().unwrap().len()), (&json!("create"), 1), "{plan}");
        assert!(!plan.to_string().contains(&new));
    }
}

/// A creation would make a second user of somebody who got another number.
#[test]
fn somebody_who_is_there_under_another_number_is_found_by_the_alias_and_held() {
    let house = House::new(30);
    let people = house.people();
    let person = people.iter().find(|person| {
        !person.persnr.is_empty() && people.iter().filter(|other| other.employee_alias == person.employee_alias).count() == 1
    });
    let person = person.unwrap();
    let new = house.stage.sandbox.unused_persnr(0);
    let path = house.write(&[row(person).replace(&person.persnr, &new) + "afr"]);
    let profile = house.profile(&path);
    let plan = house.stage.get("sync.plan", json!({ "profile": profile, "only": {"persnr": new} }));
    assert_eq!(plan["counts"]["create"], 0);
    assert_eq!(plan["steps"][0]["changes"]["persnr"], json!(["***", "***"]), "{plan}");
    assert!(plan["rails"].as_array().unwrap().iter().any(|rail| rail["rail"] == "same_person?" && rail["tripped"] == true));
}

#[test]
fn rails_that_compare_everybody_with_everybody_say_nothing_of_one_person() {
    let house = House::new(120);
    let mut rows = Vec::new();
    let person = changed(&house, &mut rows);
    let path = house.write(&rows);
    let plan = house.stage.get("sync.plan", json!({ "profile": house.profile(&path), "only": {"id": person.id} }));
    let names: Vec<&str> = plan["rails"].as_array().unwrap().iter().map(|rail| rail["rail"].as_str().unwrap()).collect();
    for there in ["first_run", "file_short", "file_stale", "irreversible", "administrators", "unnamed_row"] {
        assert!(names.contains(&there), "{names:?}");
    }
    assert!(!names.contains(&"register_short"), "one person is no short register");
    // One row in the call is meant to be one.
    let people = json!([{"persnr": person.persnr, "employee_alias": person.employee_alias, "last_name": "Prøve-Berg"}]);
    let mut profile = house.profile(&path);
    profile.as_object_mut().unwrap().remove("file");
    let plan = house.stage.get("sync.plan", json!({ "profile": profile, "people": people, "only": {"id": person.id} }));
    let names: Vec<&str> = plan["rails"].as_array().unwrap().iter().map(|rail| rail["rail"].as_str().unwrap()).collect();
    assert!(!names.contains(&"file_short") && names.contains(&"file_empty"), "{names:?}");
}

#[test]
fn one_person_must_be_named_in_one_way_and_be_somewhere() {
    let house = House::new(10);
    let path = house.write(&[row(&house.people()[0])]);
    let profile = house.profile(&path);
    let before = house.stage.spent();
    for only in [json!({}), json!({"id": 5, "employee_alias": "E1"})] {
        let error = house.stage.fails(Code::Argument, "sync.plan", json!({ "profile": profile, "only": only }));
        assert!(error.message().contains("only: name the person by one of id, persnr"), "{error}");
    }
    house.stage.fails(Code::Argument, "sync.plan", json!({ "profile": profile, "only": {"alias": "E1"} }));
    house.stage.fails(Code::Validation, "sync.plan", json!({ "profile": profile, "only": {"persnr": "12345678901"} }));
    assert_eq!(house.stage.spent(), before);
    house.stage.fails(Code::NotFound, "sync.plan", json!({ "profile": profile, "only": {"employee_alias": "nobody"} }));
}
