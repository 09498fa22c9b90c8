//! What each kind of trouble is called, and what is tried before.

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::stage::{stage, with};

#[test]
fn mistakes_cost_no_request() {
    let stage = stage();
    for (code, operation, args) in [
        (Code::Argument, "users.gte", json!({})),
        (Code::Argument, "users.get", json!({})),
        (Code::Argument, "users.get", json!({"id": 1, "persnr": stage.person(0).persnr})),
        (Code::Argument, "users.get", json!({"id": true})),
        (Code::Argument, "users.get", json!({"id": 1, "extra": 1})),
        (Code::Argument, "users.create_candidate", json!({"first_name": "A"})),
        (Code::Validation, "users.get", json!({"persnr": "12345678901"})),
        (Code::Validation, "users.get", json!({"id": 0})),
        (Code::Validation, "users.get", json!({"id": "http://x/finautapi/v1/companies/5/"})),
        (Code::Validation, "users.update", json!({"id": 1, "changes": {}})),
        (Code::Validation, "users.update", json!({"id": 1, "changes": {"mobile": "+47 91234567"}})),
        (Code::Validation, "users.update", json!({"id": 1, "changes": {"email": "kari at example"}})),
        (Code::Validation, "users.update", json!({"id": 1, "changes": {"first_name": " "}})),
        (Code::Argument, "users.update", json!({"id": 1, "changes": {"e_mail": "a@b.no"}})),
        (Code::Argument, "users.update", json!({"id": 1, "changes": {"email": 1}})),
        (Code::Argument, "users.update", json!({"id": 1, "changes": {"add_roles": "afr_ba"}})),
        (Code::Validation, "users.update", json!({"id": 1, "changes": {"company": 1}})),
        (Code::Validation, "users.update", json!({"id": 1, "changes": {"department": "http://x/finautapi/v1/companies/5/"}})),
        (Code::Validation, "users.update", json!({"id": 1, "changes": {"other": {"userroles": []}}})),
        (Code::Validation, "users.hold", json!({"id": 1, "scheme": "afr", "date": "2026-02-30"})),
        (Code::Validation, "users.hold", json!({"id": 1, "scheme": "much too long a code"})),
        (Code::Validation, "users.add_role", json!({"id": 1, "role": "afr"})),
        (Code::Validation, "results.list", json!({"from_date": "1.2.2026"})),
        (Code::Validation, "users.get", json!({"id": 1, "priority": "high"})),
        (Code::Argument, "users.get", json!({"id": 1, "max_wait_s": "60"})),
    ] {
        stage.fails(code, operation, args);
    }
    let mut args = stage.newcomer(1);
    args["mobile"] = json!("912 34 567");
    let error = stage.fails(Code::Validation, "users.create_candidate", args);
    assert!(error.details().fields.contains_key("mobile"));
    assert_eq!((stage.spent(), stage.sandbox.token_requests()), (0, 0));
    assert_eq!(stage.get("budget", json!({}))["used"], 0);
}

#[test]
fn what_the_server_refuses_has_its_code_fields_and_words() {
    for status in [422, 400] {
        let stage = super::stage::on(Sandbox::builder().users(10).switches(|switches| switches.validation_status = status));
        let mut args = stage.newcomer(1);
        args["department"] = json!(999_999);
        let error = stage.fails(Code::Validation, "users.create_candidate", args);
        assert_eq!(error.details().http_status, Some(status));
        assert!(!error.details().fields.is_empty(), "{}", error.json());
        assert_eq!(error.details().operation.as_deref(), Some("users.create_candidate"));
        assert_eq!(error.details().request.as_deref(), Some("POST /finautapi/v1/user/"));
    }
    let stage = stage();
    for (status, body, code) in [
        (403, "{\"detail\": \"You do not have permission to perform this action.\"}", Code::Permission),
        (404, "{\"detail\": \"Not found.\"}", Code::NotFound),
        (404, "", Code::NotFound),
        (405, "{\"detail\": \"Method \\\"GET\\\" not allowed.\"}", Code::Server),
        (406, "{\"detail\": \"no\"}", Code::Server),
        (422, "[\"wrong\"]", Code::Validation),
        (422, "{\"work_for\": {\"department\": [\"Invalid hyperlink\"]}, \"list\": [{}, {\"x\": [\"y\"]}]}", Code::Validation),
        (400, "\"wrong\"", Code::Validation),
        (404, "<html>no</html>", Code::Protocol),
        (403, "<html>blocked</html>", Code::Protocol),
        (302, "", Code::Protocol),
        (200, "<html>log in</html>", Code::Protocol),
        (200, "{\"id\": ", Code::Protocol),
    ] {
        stage.sandbox.fault(Fault::status(status).body(body).header("X-Correlation-Id", "abc-123").path("results/").always());
        let error = stage.fails(code, "results.get", json!({"id": 1}));
        stage.sandbox.clear_faults();
        assert_eq!(error.details().http_status, Some(status), "{}", error.json());
        assert_eq!(error.details().correlation_id.as_deref(), Some("abc-123"));
    }
    let spent = stage.spent();
    stage.sandbox.fault(Fault::status(422).body("{\"work_for\": {\"department\": [\"Invalid hyperlink\"]}}").path("results/"));
    let error = stage.fails(Code::Validation, "results.get", json!({"id": 1}));
    assert_eq!(
        error.json()["fields"],
        json!({"work_for.department": ["Invalid hyperlink"]}),
        "results.get has no such argument"
    );
    assert_eq!(stage.spent(), spent + 1, "what is refused is not tried again");
}

#[test]
fn the_correlation_id_is_told_of_every_answer() {
    let stage = stage();
    stage.get("check", json!({}));
    let events = stage.events();
    stage.get("check", json!({}));
    stage
        .sandbox
        .fault(Fault::status(404).body("{\"detail\": \"no\"}").header("X-Correlation-Id", "01819010001 c-1").path("results/"));
    stage.fails(Code::NotFound, "results.get", json!({"id": 1}));
    stage.sandbox.fault(Fault::status(200).body("{\"id\": 1}").header("X-Correlation-Id", "c-2").path("results/"));
    stage.get("results.get", json!({"id": 1}));
    let events = events.lock().unwrap();
    let ids: Vec<_> =
        events.iter().filter(|event| event["event"] == "request").map(|event| event["correlation_id"].clone()).collect();
    assert_eq!(ids[1..], [json!("*** c-1"), json!("c-2")]);
}

/// A program that updates, and creates where nobody is found, must not create for want of a department.
#[test]
fn a_department_that_is_not_there_is_the_callers_value_and_not_a_missing_person() {
    let stage = stage();
    let id = stage.plain_person().id;
    for (operation, args) in [
        ("users.move", json!({ "id": id, "department": 999_999 })),
        ("users.update", json!({ "id": id, "changes": {"department": 999_999} })),
    ] {
        let error = stage.fails(Code::Validation, operation, args);
        assert!(error.details().fields.contains_key("department") && error.message().contains("999999"), "{error}");
    }
    let as_text = stage.fails(Code::Validation, "users.move", json!({ "id": id, "department": "{\"name\": \"Vest\"}" }));
    assert!(as_text.message().contains("as a text; give the object itself"), "{as_text}");
    stage.fails(Code::NotFound, "users.move", json!({ "id": 1, "department": stage.plain_person().department_id }));
}

/// For each operation that writes: what the server refuses, and how the caller named it and what was given.
#[test]
fn a_refusal_names_the_callers_arguments_and_their_values() {
    let stage = stage();
    let person = stage.plain_person();
    let (id, persnr, department) = (person.id, person.persnr.clone(), person.department_id);
    stage.get("check", json!({}));
    let mut new = stage.newcomer(1);
    new["department"] = json!(999_999);
    let new_with = |name: &str, value: serde_json::Value| {
        let mut new = new.clone();
        new.as_object_mut().unwrap().remove("schemes");
        new[name] = value;
        new
    };
    let change = |changes: serde_json::Value| json!({"id": id, "changes": changes});
    let work = json!({"work_for": {"department": ["no"]}});
    let roles = json!({"userroles": {"0": ["no"]}});
    for (operation, args, refused, fields, values) in [
        ("users.create_candidate", new.clone(), &work, json!({"department": ["no"]}), json!({"department": 999_999})),
        ("users.create_ba", new.clone(), &roles, json!({"schemes": ["no"]}), json!({"schemes": ["afr"]})),
        ("users.create", new_with("roles", json!(["afr_tl"])), &roles, json!({"roles": ["no"]}), json!({"roles": ["afr_tl"]})),
        (
            "users.create_tl",
            new.clone(),
            &json!({"work_for": {"company": ["a"], "franchise": ["b"]}, "persnr": ["c"], "shoe_size": ["d"]}),
            json!({"company": ["a"], "franchise": ["b"], "persnr": ["c"], "shoe_size": ["d"]}),
            json!({"company": new["company"], "persnr": "***"}),
        ),
        (
            "users.update",
            change(json!({"department": department})),
            &work,
            json!({"department": ["no"]}),
            json!({"department": department}),
        ),
        (
            "users.update",
            change(json!({"add_schemes": ["gos"], "add_roles": ["krd_ba"], "other": {"shoe_size": 44}})),
            &json!({"userroles": ["no"], "shoe_size": ["big"]}),
            json!({"add_roles": ["no"], "add_schemes": ["no"], "shoe_size": ["big"]}),
            json!({"add_roles": ["krd_ba"], "add_schemes": ["gos"], "shoe_size": 44}),
        ),
        ("users.add_role", json!({"id": id, "role": "rob_ba"}), &roles, json!({"role": ["no"]}), json!({"role": "rob_ba"})),
        (
            "users.enroll",
            json!({"id": id, "schemes": ["afr", "rob", "n3"]}),
            &roles,
            json!({"schemes": ["no"]}),
            json!({"schemes": ["afr", "rob", "n3"]}),
        ),
        (
            "users.move",
            json!({"id": id, "department": 7, "company": 8}),
            &work,
            json!({"department": ["no"]}),
            json!({"department": 7}),
        ),
        (
            "users.hold",
            json!({"persnr": persnr, "scheme": "afr", "date": "2026-01-31", "set_by": 7}),
            &json!({"appname": ["a"], "status_set_by": ["b"], "status_date": ["c"], "user": ["d"]}),
            json!({"scheme": ["a"], "set_by": ["b"], "date": ["c"], "persnr": ["d"]}),
            json!({"scheme": "afr", "set_by": 7, "date": "2026-01-31", "persnr": "***"}),
        ),
        (
            "userstatus.create",
            json!({"appname": "afr", "user": id, "status": "utmeldt", "status_set_by": 7}),
            &json!({"appname": ["a"], "status_set_by": ["b"], "user": ["d"]}),
            json!({"appname": ["a"], "status_set_by": ["b"], "user": ["d"]}),
            json!({"appname": "afr", "status_set_by": 7, "user": id}),
        ),
        (
            "competency_results.create",
            json!({"encrypted_user_id": "gAAAAB", "goal": 456, "passed_date": "2026-01-31"}),
            &json!({"user": ["a"], "goal": ["b"]}),
            json!({"encrypted_user_id": ["a"], "goal": ["b"]}),
            json!({"encrypted_user_id": "gAAAAB", "goal": 456}),
        ),
        (
            "request",
            json!({"method": "POST", "path": "user/", "body": {"work_for": {"department": "x"}, "list": [{"x": 1}, {"x": 2}]}}),
            &json!({"work_for": {"department": ["a"]}, "list": [{}, {"x": ["b"]}]}),
            json!({"work_for.department": ["a"], "list.1.x": ["b"]}),
            json!({"work_for.department": "x", "list.1.x": 2}),
        ),
    ] {
        for method in ["POST", "PATCH"] {
            stage.sandbox.fault(Fault::status(422).body(&refused.to_string()).method(method).always());
        }
        let error = stage.fails(Code::Validation, operation, args).json();
        stage.sandbox.clear_faults();
        assert_eq!((&error["fields"], &error["values"]), (&fields, &values), "{operation}: {error}");
        let (name, said) = fields.as_object().unwrap().iter().next().unwrap();
        let told = match &values[name] {
            serde_json::Value::Null => name.clone(),
            value => format!("{name} ({value})"),
        };
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&format!("{told}: {}", said[0].as_str().unwrap())), "{told}: {error}");
        let server_fields = error["server_fields"].as_object().unwrap();
        assert!(
            refused.as_object().unwrap().keys().all(|name| server_fields.keys().any(|path| path.starts_with(name))),
            "{error}"
        );
        assert!(!error.to_string().contains(&persnr), "{error}");
    }
    let error = stage.fails(Code::Validation, "users.get", json!({"persnr": "12345678901"})).json();
    assert_eq!((&error["server_fields"], &error["values"]), (&json!(null), &json!(null)), "the server refused nothing");
}

#[test]
fn passing_trouble_is_tried_again_and_lasting_trouble_ends() {
    for fault in [
        Fault::status(500),
        Fault::status(503).header("Retry-After", "1"),
        Fault::html(502),
        Fault::cut_before_acting(),
        Fault::half_body(),
    ] {
        let stage = stage();
        stage.sandbox.fault(fault.method("GET").path("results/").times(2));
        stage.get("results.list", json!({"page": 1}));
        assert_eq!(stage.spent(), 3);
    }
    let stage = stage();
    stage.sandbox.fault(Fault::html(502).path("results/").always());
    let error = stage.fails(Code::Server, "results.list", json!({}));
    assert_eq!((error.details().http_status, stage.spent()), (Some(502), 4));
    stage.sandbox.clear_faults();
    stage.sandbox.fault(Fault::half_body().path("results/").always());
    stage.fails(Code::Protocol, "results.list", json!({}));
    stage.sandbox.clear_faults();
    stage.sandbox.fault(Fault::cut_before_acting().path("results/").always());
    stage.fails(Code::Network, "results.list", json!({}));
    stage.sandbox.clear_faults();
    stage.sandbox.fault(Fault::status(500).method("PATCH").times(2));
    stage.get("users.update", json!({"id": stage.person(0).id, "changes": {"first_name": "Ny"}}));
}

#[test]
fn too_much_too_slow_and_no_http_are_told_apart() {
    let stage = with(Sandbox::builder().users(10), json!({"max_body_bytes": 100_000, "timeout_s": 1, "max_wait_s": 3}));
    stage.sandbox.fault(Fault::huge_body(1_000_000).path("results/"));
    let error = stage.fails(Code::Protocol, "results.get", json!({"id": 1}));
    assert!(error.message().contains("max_body_bytes"), "{error}");
    stage.sandbox.fault(Fault::delay_before_acting(5_000).path("results/").always());
    let error = stage.fails(Code::Network, "results.get", json!({"id": 1}));
    assert!(error.message().contains("timeout_s"), "{error}");
    stage.sandbox.clear_faults();
    stage.sandbox.fault(Fault::drip(2, 300).path("results/").always());
    stage.fails(Code::Network, "results.get", json!({"id": 1}));
    stage.sandbox.clear_faults();
    stage.sandbox.fault(Fault::garbage().path("results/").always());
    stage.fails(Code::Protocol, "results.get", json!({"id": 1}));
}

#[test]
fn a_host_that_is_not_there_is_said_so() {
    let stage = with(Sandbox::builder().users(5), json!({"max_wait_s": 0.2}));
    let port = stage.sandbox.port();
    drop(stage.sandbox);
    let error = super::stage::call(&stage.client, "check", json!({})).unwrap_err();
    assert_eq!(error.code(), Code::Network);
    assert!(error.message().contains(&format!("127.0.0.1:{port}")), "{error}");
    let nowhere = json!({"host": "https://no-such-host.invalid", "max_wait_s": 0.2});
    let stage = with(Sandbox::builder().users(5), nowhere);
    let error = stage.fails(Code::Network, "check", json!({}));
    assert!(error.message().contains("no-such-host.invalid"), "{error}");
}
