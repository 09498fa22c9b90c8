//! Each of the things that a client can do works end to end, with either setting of what is uncertain about the server.

use std::collections::BTreeSet;

use finaut_core::error::Code;
use finaut_sandbox::{Sandbox, Switches};
use serde_json::{Value, json};

use super::stage::{Stage, on, stage, with};

/// Runs `play` with the sandbox's default guesses and with each of them the other way round.
fn either_way(play: impl Fn(Stage)) {
    let turns: [fn(&mut Switches); 7] = [
        |_| {},
        |switches| switches.validation_status = 400,
        |switches| switches.roles_as_objects = true,
        |switches| switches.patching_roles_adds = true,
        |switches| (switches.roles_as_objects, switches.patching_roles_adds) = (true, true),
        |switches| switches.latest_status_by_alias = false,
        |switches| switches.token_requests_count = true,
    ];
    for turn in turns {
        play(on(Sandbox::builder().users(30).switches(turn)));
    }
}

fn id(object: &Value) -> u64 {
    finaut_core::arguments::reference_number(&object["id"]).unwrap()
}

fn roles(stage: &Stage, user: u64) -> BTreeSet<String> {
    stage.sandbox.people().into_iter().find(|person| person.id == user).unwrap().roles.into_iter().collect()
}

#[test]
fn a_ba_a_candidate_and_a_tl_are_created_with_their_roles() {
    either_way(|stage| {
        for (n, (operation, kind)) in
            [("users.create_candidate", "ka"), ("users.create_ba", "ba"), ("users.create_tl", "tl")].into_iter().enumerate()
        {
            let mut args = stage.newcomer(n);
            args["schemes"] = json!(["afr", "krd"]);
            let made = stage.get(operation, args.clone());
            assert_eq!(made["first_name"], args["first_name"]);
            assert_eq!(made["persnr"], args["persnr"]);
            assert_eq!(roles(&stage, id(&made)), BTreeSet::from([format!("afr_{kind}"), format!("krd_{kind}")]));
        }
        let mut args = stage.newcomer(7);
        args.as_object_mut().unwrap().remove("schemes");
        args["roles"] = json!(["afr_ka", "afr_ba"]);
        let made = stage.get("users.create", args);
        assert_eq!(roles(&stage, id(&made)), BTreeSet::from(["afr_ka".to_owned(), "afr_ba".to_owned()]));
    });
}

#[test]
fn a_role_is_added_and_none_is_lost() {
    either_way(|stage| {
        let made = stage.get("users.create_candidate", stage.newcomer(1));
        let before = roles(&stage, id(&made));
        stage.get("users.add_role", json!({"id": made["id"], "role": "afr_ba"}));
        let after = roles(&stage, id(&made));
        assert!(after.is_superset(&before) && after.contains("afr_ba"), "{after:?}");
        stage.get("users.enroll", json!({"persnr": made["persnr"], "schemes": ["krd", "gos"]}));
        let after = roles(&stage, id(&made));
        assert!(
            after.is_superset(&before) && after.contains("krd_ka") && after.contains("gos_ka") && after.contains("afr_ba"),
            "{after:?}"
        );
        // What is there already costs one request, not two.
        let spent = stage.spent();
        stage.get("users.add_role", json!({"id": made["id"], "role": "krd_ka"}));
        assert_eq!(stage.spent(), spent + 1);
    });
}

#[test]
fn data_and_department_are_changed_at_the_price_of_one_request() {
    either_way(|stage| {
        let made = stage.get("users.create_candidate", stage.newcomer(1));
        let spent = stage.spent();
        let changed = stage.get(
            "users.update",
            json!({"persnr": made["persnr"], "changes": {"email": "ny@example.no", "last_name": "Ødegård"}}),
        );
        assert_eq!((&changed["email"], &changed["last_name"]), (&json!("ny@example.no"), &json!("Ødegård")));
        assert_eq!(stage.spent(), spent + 1, "the user id was remembered");
        let departments = stage.get("departments.list", json!({"company": made["work_for"]["company"]}));
        let other = departments["results"]
            .as_array()
            .unwrap()
            .iter()
            .find(|department| department["id"] != made["work_for"]["department"])
            .unwrap();
        let spent = stage.spent();
        let moved = stage.get("users.move", json!({"id": made["id"], "department": other["id"]}));
        assert_eq!(moved["work_for"]["department"], other["id"]);
        assert_eq!(moved["work_for"]["company"], made["work_for"]["company"]);
        assert_eq!(stage.spent(), spent + 1, "the company of the department was remembered");
    });
}

#[test]
fn somebody_is_set_on_hold_and_withdrawn_and_the_history_tells() {
    either_way(|stage| {
        let made = stage.get("users.create_candidate", stage.newcomer(1));
        let held = stage.get("users.hold", json!({"persnr": made["persnr"], "scheme": "afr", "comment": "permisjon æøå"}));
        assert_eq!(
            (&held["status"], &held["comment"], &held["appname"]),
            (&json!("hvilende"), &json!("permisjon æøå"), &json!("afr"))
        );
        assert_eq!(held["user"], made["id"]);
        let gone = stage.get(
            "users.withdraw",
            json!({"id": made["id"], "scheme": "afr", "date": stage.sandbox.today(), "set_by": stage.person(0).id}),
        );
        assert_eq!(gone["status"], "utmeldt");
        assert_eq!(id(&json!({"id": gone["status_set_by"]})), stage.person(0).id);
        let history = stage.get("userstatus.list", json!({"id": made["id"], "scheme": "afr"}));
        let words: BTreeSet<_> =
            history["results"].as_array().unwrap().iter().map(|status| status["status"].as_str().unwrap().to_owned()).collect();
        assert_eq!(words, BTreeSet::from(["afrnew".to_owned(), "hvilende".to_owned(), "utmeldt".to_owned()]));
        assert_eq!(history["count"], 3);
        for person in
            [json!({"id": made["id"]}), json!({"persnr": made["persnr"]}), json!({"employee_alias": made["employee_alias"]})]
        {
            let latest = stage.get("userstatus.latest", person);
            assert_eq!(latest["results"].as_array().unwrap().len(), 1, "{latest}");
            assert_eq!(latest["results"][0]["status"], "utmeldt");
        }
        assert_eq!(stage.get("userstatus.get", json!({"id": held["id"]})), held);
        let created = stage.get(
            "userstatus.create",
            json!({"appname": "afr", "user": made["id"], "status": "hvilende", "status_date": "2030-01-31"}),
        );
        assert_eq!((&created["status_date"], &created["reason"]), (&json!("2030-01-31"), &json!("hvilende")));
        stage.fails(Code::Validation, "userstatus.create", json!({"appname": "afr", "user": made["id"], "status": "afrok"}));
    });
}

#[test]
fn people_are_found_by_every_name_they_have() {
    either_way(|stage| {
        let person = stage.plain_person();
        let names = [
            json!({"id": person.id}),
            json!({"id": person.id.to_string()}),
            json!({"id": format!("http://elsewhere/finautapi/v1/user/{}/", person.id)}),
            json!({"persnr": person.persnr}),
            json!({"employee_alias": person.employee_alias}),
            json!({"encrypted_user_id": person.encrypted_id}),
        ];
        for name in names {
            assert_eq!(id(&stage.get("users.get", name.clone())), person.id, "{name}");
            let listed = stage.get("users.list", name.clone());
            assert_eq!((listed["count"].as_u64(), id(&listed["results"][0])), (Some(1), person.id), "{name}");
        }
        assert_eq!(stage.get("users.list", json!({}))["results"].as_array().unwrap().len(), stage.sandbox.people().len());
        stage.fails(Code::NotFound, "users.get", json!({"persnr": stage.sandbox.unused_persnr(3)}));
        stage.fails(Code::NotFound, "users.get", json!({"employee_alias": "nobody has this"}));
        stage.fails(Code::NotFound, "users.get", json!({"id": 4_000_000_000_u64}));
        assert_eq!(stage.get("users.list", json!({"persnr": stage.sandbox.unused_persnr(3)}))["count"], 0);
    });
}

#[test]
fn an_alias_of_several_people_is_ambiguous() {
    let stage = stage();
    let people = stage.sandbox.people();
    let shared =
        people.iter().find(|one| people.iter().filter(|other| other.employee_alias == one.employee_alias).count() > 1).unwrap();
    let alias = json!({"employee_alias": shared.employee_alias});
    for operation in ["users.get", "userstatus.latest", "userstatus.list"] {
        stage.fails(Code::Ambiguous, operation, alias.clone());
    }
    stage.fails(Code::Ambiguous, "users.hold", json!({"employee_alias": shared.employee_alias, "scheme": "afr"}));
    assert!(stage.get("users.list", alias)["results"].as_array().unwrap().len() > 1);
}

#[test]
fn a_filter_that_the_server_ignores_never_gives_somebody_elses_data() {
    let stage = stage();
    let person = stage.plain_person();
    // As if the parameter were unknown to the server: everybody is listed.
    let everybody = stage.get("request", json!({"method": "GET", "path": "user/"}));
    stage.sandbox.fault(
        finaut_sandbox::Fault::status(200)
            .body(&everybody.to_string())
            .method("GET")
            .path("user/")
            .query("employee_alias")
            .always(),
    );
    stage.sandbox.fault(
        finaut_sandbox::Fault::status(200).body(&everybody.to_string()).method("GET").path("user/").query("persnr").always(),
    );
    stage.sandbox.fault(
        finaut_sandbox::Fault::status(200)
            .body(&everybody.to_string())
            .method("GET")
            .path("user/")
            .query("encoded_userid")
            .always(),
    );
    assert_eq!(id(&stage.get("users.get", json!({"employee_alias": person.employee_alias}))), person.id);
    assert_eq!(id(&stage.get("users.get", json!({"persnr": person.persnr}))), person.id);
    stage.fails(Code::NotFound, "users.get", json!({"persnr": stage.sandbox.unused_persnr(3)}));
    stage.fails(Code::Ambiguous, "users.get", json!({"encrypted_user_id": person.encrypted_id}));
}

#[test]
fn companies_departments_and_schemes_are_asked_for_once() {
    let stage = stage();
    let schemes = stage.get("schemes.list", json!({}));
    assert!(schemes["results"].as_array().unwrap().len() >= 14);
    let companies = stage.get("companies.list", json!({}));
    let company = &companies["results"][0];
    let departments = stage.get("departments.list", json!({"company": company["id"]}));
    assert_eq!(departments["count"].as_u64().unwrap() as usize, company["departments"].as_array().unwrap().len());
    let department = &departments["results"][0];
    assert_eq!(stage.get("companies.get", json!({"id": company["id"]}))["navn"], company["navn"]);
    assert_eq!(stage.get("departments.get", json!({"id": department["id"]}))["id"], department["id"]);
    let spent = stage.spent();
    for (operation, args) in [
        ("schemes.list", json!({})),
        ("companies.list", json!({})),
        ("departments.list", json!({})),
        ("companies.get", json!({"id": company["id"]})),
        ("departments.get", json!({"id": department["id"]})),
    ] {
        stage.get(operation, args);
    }
    assert_eq!(stage.spent(), spent, "all of it was remembered");
    stage.get("schemes.list", json!({"fresh": true}));
    assert_eq!(stage.spent(), spent + 1);
    let forgetful = with(Sandbox::builder().users(5), json!({"cache_s": 0}));
    forgetful.get("schemes.list", json!({}));
    forgetful.get("schemes.list", json!({}));
    assert_eq!(forgetful.spent(), 2);
}

#[test]
fn results_are_read_by_person_and_by_date() {
    either_way(|stage| {
        let person = stage.plain_person();
        let before = stage.get("results.list", json!({"persnr": person.persnr}))["count"].as_u64().unwrap();
        let added = stage.sandbox.add_result(finaut_sandbox::NewResult::of(person.id));
        for name in
            [json!({"persnr": person.persnr}), json!({"employee_alias": person.employee_alias}), json!({"id": person.id})]
        {
            let mut args = name.clone();
            assert_eq!(stage.get("results.list", name)["count"].as_u64().unwrap(), before + 1);
            args["from_date"] = json!(stage.sandbox.today());
            let recent = stage.get("results.list", args);
            assert!(recent["results"].as_array().unwrap().iter().any(|result| id(result) == added), "{recent}");
        }
        assert_eq!(id(&stage.get("results.get", json!({"id": added}))), added);
        let all = stage.get("results.list", json!({"from_date": "2000-01-01"}));
        assert!(all["count"].as_u64().unwrap() > before);
    });
}

#[test]
fn a_linked_person_reports_a_course() {
    let stage =
        with(Sandbox::builder().users(10), json!({"link_url": "https://finaut.example/link?ext-user-id={ext_user_id}"}));
    assert_eq!(
        stage.get("link.url", json!({"ext_user_id": "E 1/æ"}))["url"],
        "https://finaut.example/link?ext-user-id=E%201%2F%C3%A6"
    );
    assert_eq!(stage.spent(), 0);
    let person = stage.person(2);
    let args = json!({"encrypted_user_id": person.encrypted_id, "goal": 456, "passed_date": "2026-01-15", "external_system": "LMS", "external_id": "C-7"});
    let made = stage.get("competency_results.create", args);
    assert_eq!(stage.get("competency_results.get", json!({"id": made["id"]}))["goal"], made["goal"]);
    assert_eq!(
        stage.get("competency_results.list", json!({"encrypted_user_id": person.encrypted_id}))["count"].as_u64().unwrap()
            as usize,
        stage.sandbox.competency_of(&person.encrypted_id).len()
    );
    super::stage::stage().fails(Code::Config, "link.url", json!({"ext_user_id": "1"}));
}

#[test]
fn employment_check_and_any_request_work() {
    let stage = stage();
    let user = stage.get("users.get", json!({"id": stage.person(0).id}));
    let employment = &user["employment"][0];
    assert_eq!(stage.get("employment.get", json!({"id": employment}))["id"], *employment);
    assert_eq!(stage.get("check", json!({}))["host"], stage.sandbox.url());
    let role = stage.get("request", json!({"method": "GET", "path": "userrole/afr_ka/"}));
    assert!(role.is_object());
    let path = user["id"].as_str().unwrap().to_owned();
    assert_eq!(
        stage.get("request", json!({"method": "PATCH", "path": path, "body": {"first_name": "Ny"}}))["first_name"],
        "Ny"
    );
    let filtered =
        stage.get("request", json!({"method": "GET", "path": "user/", "query": {"employee_alias": "x & y=z", "page": 1}}));
    assert_eq!(filtered["count"], 0);
    for path in ["https://evil.example/", "../../o/token/", "user/?page=2", "//evil.example/", "user/ 1"] {
        stage.fails(Code::Validation, "request", json!({"method": "GET", "path": path}));
    }
}

#[test]
fn a_remembered_id_that_is_gone_is_forgotten() {
    let stage = stage();
    let person = stage.plain_person();
    stage.get("users.get", json!({"persnr": person.persnr}));
    stage.sandbox.fault(finaut_sandbox::Fault::status(404).body("{\"detail\": \"Not found.\"}").method("PATCH"));
    let changed = stage.get("users.update", json!({"persnr": person.persnr, "changes": {"first_name": "Ny"}}));
    assert_eq!(changed["first_name"], "Ny");
}

#[test]
fn roles_that_are_not_shown_are_not_written_over() {
    let stage = stage();
    let person = stage.plain_person();
    let before = roles(&stage, person.id);
    for shown in [
        json!({}),
        json!({"userroles": null}),
        json!({"userroles": {}}),
        json!({"userroles": "x"}),
        json!({"userroles": [{"usertype": "kandidat"}]}),
    ] {
        let mut user = shown;
        user["id"] = json!(format!("{}/finautapi/v1/user/{}/", stage.sandbox.url(), person.id));
        stage.sandbox.fault(finaut_sandbox::Fault::status(200).body(&user.to_string()).method("GET").path("user/"));
        stage.fails(Code::Protocol, "users.add_role", json!({"id": person.id, "role": "n2_ba"}));
    }
    assert_eq!(roles(&stage, person.id), before);
    assert!(stage.sandbox.requests().iter().all(|request| request.method != "PATCH"));
}

#[test]
fn a_number_that_was_changed_no_longer_leads_to_its_former_owner() {
    let stage = stage();
    let person = stage.plain_person();
    let new = stage.sandbox.unused_persnr(5);
    for named in [json!({"id": person.id}), json!({"persnr": person.persnr})] {
        let mut args = named;
        stage.get("users.get", json!({"persnr": person.persnr}));
        args["changes"] = json!({"persnr": new});
        let changed = stage.get("users.update", args);
        assert_eq!(changed["persnr"], new);
        stage.fails(Code::NotFound, "users.update", json!({"persnr": person.persnr, "changes": {"first_name": "Ny"}}));
        stage.get("users.update", json!({"persnr": new, "changes": {"persnr": person.persnr}}));
    }
    stage.fails(Code::Argument, "users.update", json!({"id": person.id, "changes": {"persnr": 5}}));
    // Changed behind our back: found out by the answer.
    stage.get("users.get", json!({"persnr": person.persnr}));
    let body = json!({"id": person.id, "persnr": new}).to_string();
    stage.sandbox.fault(finaut_sandbox::Fault::status(200).body(&body).method("PATCH"));
    stage.fails(Code::Protocol, "users.update", json!({"persnr": person.persnr, "changes": {"first_name": "Ny"}}));
}
