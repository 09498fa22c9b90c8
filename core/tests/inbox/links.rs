//! People who link themselves, and courses reported for them.

use finaut_core::error::Code;
use serde_json::json;

use super::tools::*;

fn link(ext: &str, encrypted: &str) -> serde_json::Value {
    json!({ "ext_user_id": ext, "encrypted_user_id": encrypted })
}

#[test]
fn a_linked_persons_course_is_reported_by_the_hosts_own_id() {
    let stage = stage();
    let client = stage.client(json!({}));
    let person = &stage.sandbox.people()[3];
    let reported = || stage.sandbox.competency_of(&person.encrypted_id).len();
    let before = reported();
    let course = json!({ "ext_user_id": "E1001", "goal": 456, "passed_date": "2026-11-20" });
    let error = fails(&client, Code::NotFound, "competency_results.create", course.clone());
    assert!(error.message().contains("E1001") && error.message().contains("link.url"), "{}", error.message());
    assert_eq!(spent(&stage), 0);
    accept(&client, &link("E1001", &person.encrypted_id));
    let event = next(&client).unwrap();
    assert_eq!((&event["kind"], &event["verified"]), (&json!("link"), &json!(true)));
    assert_eq!(event["object"], link("E1001", &person.encrypted_id));
    acknowledge(&client, &event);
    get(&client, "competency_results.create", course.clone());
    assert_eq!(reported(), before + 1);
    // Linked again, nothing is new; and it is known in another process.
    accept(&client, &link("E1001", &person.encrypted_id));
    assert_eq!(next(&client), None);
    let other = stage.client(json!({}));
    let mut course = course;
    course["passed_date"] = json!("2026-11-21");
    get(&other, "competency_results.create", course);
    for args in [
        json!({ "goal": 456, "passed_date": "2026-11-20" }),
        json!({ "ext_user_id": "E1001", "encrypted_user_id": "x", "goal": 456, "passed_date": "2026-11-20" }),
    ] {
        fails(&client, Code::Argument, "competency_results.create", args);
    }
}

#[test]
fn an_encrypted_id_that_the_api_does_not_know_is_not_remembered() {
    let stage = stage();
    let client = stage.client(json!({}));
    accept(&client, &link("E1001", "gAAAA-invented"));
    let event = next(&client).unwrap();
    assert_eq!(event["verified"], false);
    let course = json!({ "ext_user_id": "E1001", "goal": 456, "passed_date": "2026-11-20" });
    fails(&client, Code::NotFound, "competency_results.create", course);
}

#[test]
fn a_stranger_cannot_put_himself_in_another_persons_place() {
    let stage = stage();
    let people = stage.sandbox.people();
    let (client, checked) = (stage.client(json!({})), stage.client(json!({ "inbox": { "path_secret": SECRET } })));
    accept(&client, &link("E1001", &people[3].encrypted_id));
    drain(&client);
    accept(&client, &link("E1001", &people[4].encrypted_id));
    assert_eq!(drain(&client)[0]["verified"], false);
    let reported = || stage.sandbox.competency_of(&people[4].encrypted_id).len();
    let before = reported();
    let course = |date: &str| json!({ "ext_user_id": "E1001", "goal": 456, "passed_date": date });
    get(&client, "competency_results.create", course("2026-11-20"));
    assert_eq!(reported(), before);
    // One who knows the secret of the path may: people make mistakes with their log-ins.
    let body = link("E1001", &people[4].encrypted_id).to_string();
    get(&checked, "webhook.accept", json!({ "path": format!("/{SECRET}"), "body": body }));
    assert_eq!(drain(&checked)[0]["verified"], true);
    get(&client, "competency_results.create", course("2026-11-21"));
    assert_eq!(reported(), before + 1);
}
