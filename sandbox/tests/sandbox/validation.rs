//! What the server refuses, and in which words.

use crate::caller::{Caller, id_of};
use finaut_sandbox::Sandbox;
use serde_json::{Value, json};

#[test]
fn a_newcomer_is_created_and_can_be_read_back() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let created = caller.post("user/", &caller.newcomer(0));
    assert_eq!(created.status, 201);
    let created = created.json();
    assert_eq!(caller.get(&format!("user/{}/", id_of(&created))).json(), created);
    let keys: Vec<&String> = created.as_object().unwrap().keys().collect();
    let documented =
        ["id", "persnr", "first_name", "last_name", "email", "mobile", "employee_alias", "work_for", "employment", "userroles"];
    assert_eq!(keys[..10], documented);
    let history = sandbox.statuses_of(id_of(&created));
    assert_eq!(history.iter().map(|status| status.status.as_str()).collect::<Vec<_>>(), ["afrnew"]);
}

#[test]
fn what_a_newcomer_needs_is_asked_for_by_name() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let refused = caller.post("user/", &json!({}));
    let required = json!(["This field is required."]);
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.json(),
        json!({ "persnr": required, "first_name": required, "last_name": required, "work_for": required, "userroles": required })
    );
}

#[test]
fn each_wrong_field_is_named() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let right = caller.newcomer(0);
    let refused = |field: &str, value: Value| -> Value {
        let mut body = right.clone();
        body[field] = value;
        let reply = caller.post("user/", &body);
        assert_eq!(reply.status, 422, "{field}: {}", reply.text());
        let problems = reply.json();
        assert_eq!(problems.as_object().unwrap().len(), 1, "{problems}");
        problems[field].clone()
    };
    refused("persnr", json!("12345678901"));
    refused("persnr", json!("1234"));
    let taken = sandbox.people()[0].persnr.clone();
    assert_eq!(refused("persnr", json!(taken)), json!(["user with this persnr already exists."]));
    assert_eq!(refused("first_name", json!(" ")), json!(["This field may not be blank."]));
    assert_eq!(refused("last_name", json!(null)), json!(["This field may not be null."]));
    refused("mobile", json!("+47 40000000"));
    refused("mobile", json!("4000000"));
    refused("email", json!("nobody"));
    assert_eq!(refused("email", json!("kjærsti@bank.example")), json!(["Enter a valid email address."]));
    refused("email", json!("kari nordmann@example.no"));
    let long = format!("{}@example.no", "k".repeat(250));
    assert_eq!(refused("email", json!(long)), json!(["Ensure this field has no more than 254 characters."]));
    for field in ["first_name", "last_name", "employee_alias"] {
        assert_eq!(refused(field, json!("a\0b")), json!(["Null characters are not allowed."]));
    }
    let (company, department) = (caller.url("companies/2201/"), caller.url("departments/3301/"));
    assert_eq!(refused("work_for", json!({ "company": company })), json!({ "department": ["This field is required."] }));
    let elsewhere = caller.url("departments/3305/");
    assert!(refused("work_for", json!({ "company": company, "department": elsewhere }))["department"].is_array());
    let franchise = caller.url("franchises/5501/");
    assert!(
        refused("work_for", json!({ "company": company, "department": department, "franchise": franchise }))["franchise"]
            .is_array()
    );
    let nowhere = caller.url("departments/1/");
    assert_eq!(
        refused("work_for", json!({ "company": company, "department": nowhere })),
        json!({ "department": ["Invalid hyperlink - Object does not exist."] })
    );
    assert_eq!(refused("userroles", json!("afr_ka")), json!(["Expected a list of items but got type \"str\"."]));
    assert_eq!(refused("userroles", json!([])), json!(["This list may not be empty."]));
    assert_eq!(refused("userroles", json!(["afr_ka"])), json!(["Invalid hyperlink - No URL match."]));
    assert_eq!(
        refused("userroles", json!([caller.url("userrole/xyz_ka/")])),
        json!(["Invalid hyperlink - Object does not exist."])
    );
    assert_eq!(sandbox.people().len(), 25, "nobody was created on the way");
}

#[test]
fn a_persnr_that_was_given_up_is_free_again() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let id = id_of(&caller.post("user/", &caller.newcomer(0)).json());
    assert_eq!(caller.patch(&format!("user/{id}/"), &json!({ "persnr": sandbox.unused_persnr(1) })).status, 200);
    assert_eq!(caller.post("user/", &caller.newcomer(1)).status, 422);
    assert_eq!(caller.post("user/", &caller.newcomer(0)).status, 201);
}

#[test]
fn put_needs_everything_and_patch_only_what_changes() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let mut body = caller.newcomer(0);
    let before = caller.post("user/", &body).json();
    let path = format!("user/{}/", id_of(&before));
    assert_eq!(caller.ask("PUT", &path, "{\"last_name\":\"Ærlig\"}").status, 422);
    let after = caller.patch(&path, &json!({ "last_name": "Ærlig", "email": null })).json();
    assert_eq!((after["last_name"].as_str(), after["email"].as_str()), (Some("Ærlig"), Some("")));
    assert_eq!(after["first_name"], before["first_name"]);
    body["mobile"] = json!("40000009");
    let put = caller.ask("PUT", &path, &body.to_string());
    assert_eq!((put.status, put.json()["last_name"].as_str()), (200, Some("Prøvestad")));
}

#[test]
fn who_moves_gets_a_new_employment() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let path = format!("user/{}/", id_of(&caller.post("user/", &caller.newcomer(0)).json()));
    let moved = caller.patch(&path, &json!({ "work_for": { "department": caller.url("departments/3302/") } })).json();
    let employment: Vec<&str> = moved["employment"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(employment.len(), 2);
    let record = |url: &str| caller.get(url.strip_prefix(sandbox.url()).unwrap()).json();
    assert_eq!(record(employment[0])["to_date"].as_str(), Some(sandbox.today().as_str()));
    assert_eq!(record(employment[1])["department"].as_str(), Some(caller.url("departments/3302/").as_str()));
    let body = json!({ "work_for": { "franchise": caller.url("franchises/5501/") } });
    assert_eq!(
        caller.patch(&path, &body).json()["work_for"]["franchise"].as_str(),
        Some(caller.url("franchises/5501/").as_str())
    );
    let body =
        json!({ "work_for": { "company": caller.url("companies/2202/"), "department": caller.url("departments/3305/") } });
    assert_eq!(caller.patch(&path, &body).json()["work_for"]["franchise"], Value::Null);
}

#[test]
fn only_hold_and_withdrawal_can_be_set() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let user = caller.url("user/590005/");
    let right = json!({
        "appname": "afr", "user": user, "status": "hvilende", "reason": "hvilende", "status_date": "2031-01-01", "status_set_by": user,
    });
    let created = caller.post("userstatus/", &right);
    assert_eq!(created.status, 201);
    let created = created.json();
    assert_eq!(caller.get(&format!("userstatus/{}/", id_of(&created))).json(), created);
    let refused = |field: &str, value: Value| {
        let mut body = right.clone();
        body[field] = value;
        let reply = caller.post("userstatus/", &body);
        assert_eq!(reply.status, 422, "{field}");
        reply.json()[field][0].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(refused("status", json!("afrok")), "\"afrok\" is not a valid choice.");
    assert_eq!(refused("appname", json!("altfor_lang_")), "Ensure this field has no more than 10 characters.");
    assert_eq!(refused("appname", json!("xyz")), "\"xyz\" is not a valid choice.");
    assert_eq!(refused("user", json!(caller.url("user/1/"))), "Invalid hyperlink - Object does not exist.");
    assert_eq!(refused("status_set_by", json!(590_005)), "Incorrect type. Expected URL string, received int.");
    assert!(refused("status_date", json!("01.01.2031")).starts_with("Date has wrong format."));
    assert_eq!(refused("reason", json!(null)), "This field may not be null.");
}

#[test]
fn completed_courses_need_a_person_a_goal_and_a_day() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let person = &sandbox.people()[4];
    let before = sandbox.competency_of(&person.encrypted_id).len();
    let right = json!({ "user": person.encrypted_id, "goal": 456, "passed_date": "2025-01-15", "external_system": "LMS", "external_id": "K-1" });
    let created = caller.post("competency_result/", &right);
    assert_eq!(created.status, 201);
    assert_eq!(sandbox.competency_of(&person.encrypted_id).len(), before + 1);
    let created = created.json();
    assert_eq!(caller.get(&format!("competency_result/{}/", id_of(&created))).json(), created);
    let wrong = caller.post("competency_result/", &json!({ "user": "nobody", "goal": "many", "passed_date": "x" }));
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.json().as_object().unwrap().keys().collect::<Vec<_>>(), ["user", "goal", "passed_date"]);
    let escaped: String = form_urlencoded::byte_serialize(person.encrypted_id.as_bytes()).collect();
    let listed = caller.get(&format!("competency_result/?encrypted_userid={escaped}")).json();
    assert_eq!(listed["count"].as_u64().unwrap() as usize, before + 1);
}
