//! What is written is what was meant: nothing succeeds without a change, blanks do not matter, and who did it is said.

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, on, stage, with};

fn made(stage: &Stage, n: usize) -> Value {
    stage.get("users.create_candidate", stage.newcomer(n))
}

/// The bodies of the requests with this method, in order.
fn bodies(stage: &Stage, method: &str) -> Vec<Value> {
    let requests = stage.sandbox.requests();
    let of_the_method = requests.iter().filter(|request| request.method == method && request.path.contains("/finautapi/"));
    of_the_method.map(|request| serde_json::from_str(&request.body).unwrap()).collect()
}

#[test]
fn everything_that_is_named_is_changed_in_one_patch() {
    for adds in [false, true] {
        let stage = on(Sandbox::builder().users(30).switches(|switches| switches.patching_roles_adds = adds));
        let user = made(&stage, 1);
        let departments = stage.get("departments.list", json!({}));
        let company = &user["work_for"]["company"];
        let elsewhere = departments["results"].as_array().unwrap().iter().find(|other| other["company"] != *company).unwrap();
        let changes = json!({
            "first_name": "Ny", "last_name": "Næss", "email": "", "mobile": "98765432", "employee_alias": "NY1",
            "persnr": stage.sandbox.unused_persnr(9), "department": elsewhere["id"], "add_roles": ["krd_ba"], "add_schemes": ["gos", "n2"],
        });
        let changed = stage.get("users.update", json!({"persnr": user["persnr"], "changes": changes}));
        assert_eq!(bodies(&stage, "PATCH").len(), 1);
        for name in ["first_name", "last_name", "email", "mobile", "employee_alias", "persnr"] {
            assert_eq!(changed[name], changes[name], "{name}");
        }
        assert_eq!(changed["work_for"]["department"], elsewhere["id"]);
        assert_eq!(changed["work_for"]["company"], elsewhere["company"], "the department's own");
        for role in ["afr_ka", "krd_ba", "gos_ka", "n2_ka"] {
            let ends = |shown: &Value| shown.as_str().unwrap().ends_with(&format!("/{role}/"));
            assert!(changed["userroles"].as_array().unwrap().iter().any(ends), "{role}: {changed}");
        }
        assert_eq!(changed.get("warnings"), None, "{changed}");
    }
}

#[test]
fn a_franchise_is_changed_and_left_where_the_person_works() {
    let stage = stage();
    let with_franchises = stage.get("departments.list", json!({}))["results"].as_array().unwrap().clone();
    let department = with_franchises.iter().find(|one| !one["franchises"].as_array().unwrap().is_empty()).unwrap();
    let franchise = &department["franchises"][0];
    let user = made(&stage, 1);
    stage.get("users.move", json!({"id": user["id"], "department": department["id"]}));
    let changed = stage.get("users.update", json!({"id": user["id"], "changes": {"franchise": franchise}}));
    assert_eq!((&changed["work_for"]["franchise"], &changed["work_for"]["department"]), (franchise, &department["id"]));
    let changed = stage.get("users.update", json!({"id": user["id"], "changes": {"franchise": ""}}));
    assert_eq!((&changed["work_for"]["franchise"], &changed["work_for"]["department"]), (&Value::Null, &department["id"]));
}

#[test]
fn an_unknown_name_in_changes_is_refused_with_what_was_meant() {
    let stage = stage();
    for (name, meant) in [
        ("e_mail", "email"),
        ("lastname", "last_name"),
        ("LASTNAME", "last_name"),
        ("firstName", "first_name"),
        ("alias", "employee_alias"),
        ("department_id", "department"),
        ("roles", "add_roles"),
        ("schemes", "add_schemes"),
        ("mobile_phone", "mobile"),
    ] {
        let error = stage.fails(Code::Argument, "users.update", json!({"id": 1, "changes": {name: "x"}}));
        assert!(error.message().contains(&format!("is \"{meant}\" meant?")), "{error}");
        assert!(error.details().fields.contains_key(name));
    }
    let error = stage.fails(Code::Argument, "users.update", json!({"id": 1, "changes": {"work_for": {}}}));
    assert!(error.message().contains("known are first_name") && error.message().contains("other"), "{error}");
    assert_eq!(stage.spent(), 0);
}

#[test]
fn a_change_that_the_server_does_not_show_is_told() {
    let stage = stage();
    let user = made(&stage, 1);
    let changes = json!({"first_name": "Ny", "other": {"e_mail": "ny@example.no"}});
    let reply = stage.get("users.update", json!({"id": user["id"], "changes": changes}));
    assert_eq!(bodies(&stage, "PATCH"), [json!({"first_name": "Ny", "e_mail": "ny@example.no"})]);
    assert_eq!(reply["warnings"][0]["code"], "not_shown", "{reply}");
    assert_eq!(reply["warnings"].as_array().unwrap().len(), 1);
    // A server, or what stands before it, that changes nothing.
    stage.sandbox.fault(Fault::status(200).body(&user.to_string()).method("PATCH"));
    let reply = stage.get("users.update", json!({"id": user["id"], "changes": {"last_name": "Annen"}}));
    assert_eq!(reply["warnings"][0]["code"], "shown_otherwise", "{reply}");
    // Without a body, the user is read; what is not there is sent again.
    stage.sandbox.fault(Fault::status(200).body("").method("PATCH"));
    let reply = stage.get("users.update", json!({"id": user["id"], "changes": {"last_name": "Tredje"}}));
    assert_eq!((&reply["last_name"], reply.get("warnings")), (&json!("Tredje"), None));
}

#[test]
fn nobody_is_said_to_have_withdrawn_themselves() {
    let stage = with(Sandbox::builder().users(10), json!({}));
    let mut config = stage.client.config.clone();
    config.set_by = None;
    let client = finaut_core::client::Client::new(config).unwrap();
    let person = stage.plain_person();
    for (operation, args, argument) in [
        ("users.hold", json!({"persnr": person.persnr, "scheme": "afr"}), "set_by"),
        ("users.withdraw", json!({"employee_alias": person.employee_alias, "scheme": "afr"}), "set_by"),
        ("userstatus.create", json!({"user": person.id, "appname": "afr", "status": "utmeldt"}), "status_set_by"),
    ] {
        let error = super::stage::call(&client, operation, args.clone()).unwrap_err();
        assert_eq!(error.code(), Code::Argument, "{operation}");
        assert!(error.details().fields.contains_key(argument) && error.message().contains("the person did it"), "{error}");
        assert_eq!((stage.spent(), stage.sandbox.token_requests()), (0, 0), "{operation}");
    }
    // The configuration's, by number or address; and the argument's before it.
    let setter = stage.person(3);
    let url = format!("{}/finautapi/v1/user/{}/", stage.sandbox.url(), setter.id);
    for configured in [json!(setter.id), json!(setter.id.to_string()), json!(url)] {
        let config = super::stage::config_of(&stage.sandbox, json!({"set_by": configured}));
        let client = finaut_core::client::Client::new(config).unwrap();
        for (operation, mut args, argument) in [
            ("users.hold", json!({"id": person.id, "scheme": "afr"}), "set_by"),
            ("users.withdraw", json!({"id": person.id, "scheme": "afr"}), "set_by"),
            ("userstatus.create", json!({"user": person.id, "appname": "afr", "status": "utmeldt"}), "status_set_by"),
        ] {
            let status = super::stage::call(&client, operation, args.clone()).unwrap();
            assert_eq!(status["status_set_by"], url, "{operation}");
            args[argument] = json!(person.id);
            let status = super::stage::call(&client, operation, args).unwrap();
            assert_eq!(status["status_set_by"], status["user"], "{operation}: it is what the caller says");
        }
    }
    let config = super::stage::config_of(&stage.sandbox, json!({"set_by": "http://x/finautapi/v1/companies/5/"}));
    let client = finaut_core::client::Client::new(config).unwrap();
    let spent = stage.spent();
    let error = super::stage::call(&client, "users.hold", json!({"id": person.id, "scheme": "afr"})).unwrap_err();
    assert_eq!((error.code(), stage.spent()), (Code::Config, spent), "{error}");
}

#[test]
fn fields_of_fixed_length_find_what_they_created() {
    let stage = stage();
    for (n, (alias, stored)) in
        [("PAD1   ", "PAD1"), ("\u{a0}PAD2\t", "PAD2"), ("PAD  3\r\n", "PAD  3")].into_iter().enumerate()
    {
        let mut args = stage.newcomer(n);
        args["employee_alias"] = json!(alias);
        args["persnr"] = json!(format!("{}  ", args["persnr"].as_str().unwrap()));
        args["schemes"] = json!(["afr       "]);
        args["first_name"] = json!("Kari      ");
        args["email"] = json!("kari@example.no          ");
        args["mobile"] = json!("91234567 ");
        let made = stage.get("users.create_candidate", args);
        assert_eq!((&made["employee_alias"], &made["first_name"]), (&json!(stored), &json!("Kari")));
        let name = json!({"employee_alias": alias});
        assert_eq!(stage.get("users.get", name.clone())["id"], made["id"]);
        for operation in ["users.list", "userstatus.list", "userstatus.latest", "results.list"] {
            let listed = stage.get(operation, name.clone());
            assert!(operation == "results.list" || listed["count"].as_u64() > Some(0), "{operation}: {listed}");
        }
        let padded = json!({"id": format!(" {} ", made["id"].as_str().unwrap()), "scheme": "afr  ", "date": "2031-05-17  ", "comment": "Ferie   "});
        assert_eq!(stage.get("users.hold", padded)["comment"], "Ferie");
        stage.get(
            "users.update",
            json!({"employee_alias": alias, "changes": {"last_name": "Næss  ", "add_roles": ["krd_ba "]}}),
        );
    }
    let error = stage.fails(Code::NotFound, "users.get", json!({"employee_alias": " A  B "}));
    assert!(error.message().contains("\"A  B\""), "its blanks are seen: {error}");
    let error = stage.fails(Code::NotFound, "users.get", json!({"employee_alias": "A\u{a0}\u{1}B"}));
    assert!(error.message().contains("\"A\\u00a0\\u0001B\""), "{error}");
}

#[test]
fn a_zero_byte_is_refused_before_anything_is_sent() {
    let stage = stage();
    let mut args = stage.newcomer(1);
    args["employee_alias"] = json!("PAD1\u{0}\u{0}");
    let error = stage.fails(Code::Validation, "users.create_candidate", args);
    assert!(error.details().fields.contains_key("employee_alias") && error.message().contains("NUL"), "{error}");
    stage.fails(Code::Validation, "users.get", json!({"employee_alias": "PAD1\u{0}"}));
    stage.fails(Code::Validation, "users.get", json!({"persnr": format!("{}\u{0}", stage.person(0).persnr)}));
    stage.fails(Code::Validation, "users.update", json!({"id": 1, "changes": {"first_name": "Kari\u{0}"}}));
    assert_eq!(stage.spent(), 0);
}

#[test]
fn empty_cells_mean_that_nothing_is_given() {
    let stage = stage();
    let mut args = stage.newcomer(1);
    for name in ["email", "mobile", "employee_alias", "franchise"] {
        args[name] = json!(if name == "mobile" { "   " } else { "" });
    }
    stage.get("users.create_candidate", args);
    let body = &bodies(&stage, "POST")[0];
    for name in ["email", "mobile", "employee_alias"] {
        assert_eq!(body.get(name), None, "{name}");
    }
    assert_eq!(body["work_for"].get("franchise"), None);
    let person = stage.plain_person();
    let status = stage.get("users.hold", json!({"id": person.id, "scheme": "afr", "comment": ""}));
    assert_eq!(status["comment"], "");
    // But an empty cell never widens what is asked for, nor chooses a day.
    for (operation, args) in [
        ("users.list", json!({"employee_alias": ""})),
        ("users.get", json!({"persnr": ""})),
        ("users.hold", json!({"id": person.id, "scheme": "afr", "date": ""})),
        ("users.hold", json!({"id": person.id, "scheme": "afr", "set_by": ""})),
        ("departments.list", json!({"company": ""})),
        ("users.update", json!({"id": person.id, "changes": {"first_name": ""}})),
    ] {
        stage.fails(Code::Validation, operation, args);
    }
}

#[test]
fn a_scheme_that_is_known_otherwise_costs_no_request() {
    let stage = stage();
    let person = stage.plain_person();
    for (operation, args, argument) in [
        ("users.enroll", json!({"schemes": ["krd", "AFR"]}), "schemes"),
        ("users.add_role", json!({"role": "Afr_ba"}), "role"),
        ("users.hold", json!({"scheme": "AFR"}), "scheme"),
        ("users.update", json!({"changes": {"add_schemes": ["AFR"]}}), "add_schemes"),
        ("users.update", json!({"changes": {"add_roles": ["AFR_ba"]}}), "add_roles"),
        ("userstatus.list", json!({"scheme": "AFR"}), "scheme"),
    ] {
        let mut args = args;
        args["id"] = json!(person.id);
        let error = stage.fails(Code::Validation, operation, args);
        assert!(error.details().fields.contains_key(argument) && error.message().contains("\"afr\""), "{error}");
    }
    let mut args = stage.newcomer(1);
    args["schemes"] = json!(["N2"]);
    assert!(stage.fails(Code::Validation, "users.create_tl", args).message().contains("\"n2\""));
    assert_eq!(stage.spent(), 0, "nothing is fetched for that either");
    // An unknown one is the server's to judge, unless we have just seen its list.
    let unknown = json!({"id": person.id, "scheme": "xyz"});
    let error = stage.fails(Code::Validation, "users.hold", unknown.clone());
    assert_eq!((error.details().http_status, stage.spent()), (Some(422), 1));
    stage.get("schemes.list", json!({}));
    let error = stage.fails(Code::Validation, "users.hold", unknown.clone());
    assert_eq!((error.details().http_status, stage.spent()), (None, 2));
    assert!(error.message().contains("afr") && error.message().contains("xyz"), "{error}");
    let error = stage.fails(Code::Validation, "users.hold", {
        let mut fresh = unknown;
        fresh["fresh"] = json!(true);
        fresh
    });
    assert_eq!(error.details().http_status, Some(422), "fresh: what is remembered does not count");
}

#[test]
fn an_address_or_a_name_that_cannot_be_right_is_refused_with_the_reason() {
    let stage = stage();
    let mut args = stage.newcomer(1);
    args["email"] = json!("kjærsti@bank.example");
    let error = stage.fails(Code::Validation, "users.create_candidate", args);
    assert!(error.message().contains("\"æ\" is not allowed"), "{error}");
    let mut args = stage.newcomer(1);
    args["first_name"] = json!("KjÃ¦rsti");
    let error = stage.fails(Code::Validation, "users.create_candidate", args);
    assert!(error.details().fields.contains_key("first_name"), "{error}");
    stage.fails(Code::Validation, "users.update", json!({"id": 1, "changes": {"last_name": "SÃ¸rli"}}));
    assert_eq!(stage.spent(), 0);
}
