//! `users.ensure`: one person as HR has them, the requests that it takes, and what it never does.

use finaut_core::error::Code;
use finaut_sandbox::{Fault, NamesShown, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, client_of, with};

fn stage(companies: usize) -> Stage {
    let sandbox = Sandbox::builder().users(60).companies(companies).throttle(100_000, 3600.0);
    with(sandbox, json!({ "throttle": {"requests": 100_000} }))
}

/// Somebody whose alias is nobody else's, who is a candidate.
fn somebody(stage: &Stage) -> Value {
    let all = stage.sandbox.people();
    let person = all
        .iter()
        .find(|one| {
            let is_single = all.iter().filter(|other| other.employee_alias == one.employee_alias).count() == 1;
            is_single && !one.employee_alias.is_empty() && one.roles.iter().any(|role| role == "afr_ka")
        })
        .unwrap();
    json!({
        "id": person.id, "row": {
            "persnr": person.persnr, "employee_alias": person.employee_alias, "first_name": person.first_name,
            "last_name": person.last_name, "company": person.company_id, "department": person.department_id, "schemes": ["afr"],
        },
    })
}

fn newcomer(stage: &Stage, n: usize) -> Value {
    let mut row = stage.newcomer(n);
    row["start_date"] = json!("01.02.2020");
    row
}

fn changed(row: &Value, name: &str, value: Value) -> Value {
    let mut row = row.clone();
    row[name] = value;
    row
}

/// What was sent since, as `GET`, `POST` and `PATCH`.
fn sent(stage: &Stage) -> Vec<String> {
    let requests = stage.sandbox.requests();
    let sent = requests.iter().filter(|request| request.path.starts_with("/finautapi/")).map(|request| request.method.clone());
    let sent = sent.collect();
    stage.sandbox.clear_requests();
    sent
}

#[test]
fn somebody_new_is_created_once_and_then_costs_one_look() {
    let stage = stage(1);
    let row = newcomer(&stage, 0);
    let dry = stage.get("users.ensure", changed(&row, "dry_run", json!(true)));
    assert_eq!((&dry["did"], &dry["user"]), (&json!("would_create"), &json!(null)), "{dry}");
    assert_eq!(dry["changes"]["roles"], json!({"add": ["afr_ka"]}));
    assert!(!dry.to_string().contains(row["persnr"].as_str().unwrap()), "{dry}");
    sent(&stage);
    let reply = stage.get("users.ensure", row.clone());
    // By number and by alias, for nobody must be created twice.
    assert_eq!(sent(&stage), ["GET", "GET", "POST"]);
    assert_eq!((&reply["did"], &reply["user"]["last_name"]), (&json!("created"), &row["last_name"]), "{reply}");
    for _ in 0..2 {
        let again = stage.get("users.ensure", row.clone());
        assert_eq!((&again["did"], &again["changes"]), (&json!("nothing"), &json!({})), "{again}");
        assert_eq!(sent(&stage), ["GET"]);
        assert_eq!(again["user"], reply["user"]);
    }
    assert_eq!(stage.sandbox.users_with_persnr(row["persnr"].as_str().unwrap()), 1);
    let lines = stage.get("journal.list", json!({ "job": "hire" }));
    assert_eq!(lines["count"], 0);
    stage.get("users.ensure", changed(&changed(&row, "email", json!("ny@example.no")), "job", json!("hire")));
    let lines = stage.get("journal.list", json!({ "job": "hire" }));
    assert_eq!((&lines["results"][0]["operation"], &lines["results"][0]["outcome"]), (&json!("users.ensure"), &json!("done")));
}

#[test]
fn all_that_differs_is_one_patch_and_no_role_is_lost() {
    let stage = stage(1);
    let person = somebody(&stage);
    let (id, row) = (&person["id"], &person["row"]);
    sent(&stage);
    assert_eq!(stage.get("users.ensure", row.clone())["did"], "nothing");
    assert_eq!(sent(&stage), ["GET"]);
    let had = stage.get("users.get", json!({ "id": id }))["userroles"].clone();
    let departments = stage.get("departments.list", json!({}));
    let numbers = departments["results"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned());
    let own = format!("/{}/", row["department"]);
    let other = numbers.into_iter().find(|url| !url.ends_with(&own)).unwrap();
    let mut wanted = changed(row, "last_name", json!("  Prøve-Berg "));
    wanted["department"] = json!(other);
    wanted["schemes"] = json!(["afr", "rob"]);
    wanted["mobile"] = json!("+47 912 34 567");
    sent(&stage);
    let dry = stage.get("users.ensure", changed(&wanted, "dry_run", json!(true)));
    assert_eq!((&dry["did"], sent(&stage)), (&json!("would_update"), vec!["GET".to_owned()]), "{dry}");
    let reply = stage.get("users.ensure", wanted.clone());
    assert_eq!(sent(&stage), ["GET", "PATCH"], "{reply}");
    assert_eq!(reply["did"], "updated");
    assert_eq!(reply["changes"]["last_name"][1], "Prøve-Berg");
    assert_eq!(reply["changes"]["roles"]["add"], json!(["rob_ka"]));
    assert_eq!(reply["user"]["mobile"], "91234567");
    assert_eq!(reply["user"]["work_for"]["department"], other);
    let roles = reply["user"]["userroles"].as_array().unwrap();
    assert!(had.as_array().unwrap().iter().all(|role| roles.contains(role)), "{roles:?}");
    assert_eq!(stage.get("users.ensure", wanted)["did"], "nothing");
    assert_eq!(sent(&stage), ["GET"]);
    // What is not given stays, and no role is taken away.
    let reply = stage.get("users.ensure", json!({ "employee_alias": row["employee_alias"], "last_name": "Prøve-Berg" }));
    assert_eq!((&reply["did"], sent(&stage)), (&json!("nothing"), vec!["GET".to_owned()]), "{reply}");
}

#[test]
fn spelling_makes_no_difference_and_a_servers_own_is_remembered() {
    let stage = stage(1);
    let person = somebody(&stage);
    let row = &person["row"];
    let user = stage.get("users.get", json!({ "id": person["id"] }));
    let number = row["persnr"].as_str().unwrap();
    let text = |name: &str| user[name].as_str().unwrap_or_default().to_owned();
    let spaced = format!("{} {}", &number[..6], &number[6..]);
    let lost = number.strip_prefix('0').unwrap_or(number);
    for (name, value) in [
        ("persnr", spaced),
        ("persnr", lost.to_owned()),
        ("first_name", format!(" {}  ", text("first_name").replace(' ', "  "))),
        ("last_name", text("last_name").replace("Å", "A\u{30a}").replace("å", "a\u{30a}")),
        ("email", text("email").to_uppercase()),
        ("mobile", format!("0047{}", text("mobile"))),
    ] {
        if value.trim().is_empty() || value == "0047" {
            continue;
        }
        let reply = stage.get("users.ensure", changed(row, name, json!(value)));
        assert_eq!(reply["did"], "nothing", "{name}: {}", reply["changes"]);
    }
    // A server that writes names in its own way gets them once.
    stage.sandbox.switches(|switches| switches.names_shown = NamesShown::Capitals);
    let renamed = changed(row, "last_name", json!("Nordås"));
    let reply = stage.get("users.ensure", renamed.clone());
    assert_eq!(reply["did"], "updated", "{reply}");
    sent(&stage);
    let again = stage.get("users.ensure", renamed);
    assert_eq!((&again["did"], sent(&stage)), (&json!("nothing"), vec!["GET".to_owned()]), "{again}");
}

#[test]
fn damaged_names_are_not_written_and_nobody_is_created_with_one() {
    let stage = stage(1);
    let person = somebody(&stage);
    let row = changed(&person["row"], "last_name", json!("Bj›rn"));
    let reply = stage.get("users.ensure", changed(&row, "email", json!("ny@example.no")));
    assert_eq!(reply["changes"].as_object().unwrap().keys().collect::<Vec<_>>(), ["email"], "{reply}");
    assert_eq!(reply["warnings"][0]["code"], "name_damaged");
    let new = changed(&newcomer(&stage, 0), "last_name", json!("?aldo"));
    sent(&stage);
    stage.fails(Code::Validation, "users.ensure", new);
    assert!(!sent(&stage).contains(&"POST".to_owned()));
}

#[test]
fn what_a_person_must_decide_is_refused_and_nothing_is_written() {
    let stage = stage(2);
    let person = somebody(&stage);
    let row = &person["row"];
    let people = stage.sandbox.people();
    let other = people.iter().find(|other| json!(other.company_id) != row["company"]).unwrap();
    let mut transfer = changed(row, "company", json!(other.company_id));
    transfer["department"] = json!(other.department_id);
    let mut by_department = row.clone();
    by_department.as_object_mut().unwrap().remove("company");
    by_department["department"] = json!(other.department_id);
    // Another number under the same alias and name; the alias of somebody else; an alias that several have.
    let renumbered = changed(row, "persnr", json!(stage.sandbox.unused_persnr(3)));
    let mut reused = changed(&renumbered, "first_name", json!("Xantippe"));
    reused["last_name"] = json!("Quist");
    let shared = people
        .iter()
        .find(|one| {
            !one.employee_alias.is_empty()
                && people.iter().filter(|other| other.employee_alias == one.employee_alias).count() > 1
        })
        .map(|one| changed(&renumbered, "employee_alias", json!(one.employee_alias)));
    let foreign =
        json!({ "employee_alias": "NEW9", "first_name": "Jan", "last_name": "Kowalski", "department": row["department"] });
    sent(&stage);
    for (args, code, field) in [
        (transfer.clone(), Code::Validation, "company"),
        (by_department, Code::Validation, "company"),
        (renumbered, Code::Ambiguous, "employee_alias"),
        (foreign, Code::Validation, "persnr"),
    ]
    .into_iter()
    .chain(shared.map(|shared| (shared, Code::Ambiguous, "employee_alias")))
    {
        for dry_run in [false, true] {
            let error = stage.fails(code, "users.ensure", changed(&args, "dry_run", json!(dry_run)));
            assert!(error.details().fields.contains_key(field), "{field}: {}", error.json());
            assert!(!error.json().to_string().contains(args["persnr"].as_str().unwrap_or("none")), "{error}");
        }
    }
    let error = stage.call("users.ensure", reused);
    assert!(error.is_err_and(|e| e.code() == Code::Ambiguous));
    assert!(sent(&stage).iter().all(|method| method == "GET"));
}

#[test]
fn nobody_is_put_on_hold_withdrawn_or_created_out_of_time() {
    let stage = stage(1);
    let person = somebody(&stage);
    let row = changed(&person["row"], "last_name", json!("Annet"));
    let statuses = stage.sandbox.statuses_of(person["id"].as_u64().unwrap()).len();
    let new = newcomer(&stage, 0);
    sent(&stage);
    for (args, warning, looks) in [
        (changed(&row, "end_date", json!("31.01.2020")), "is_over", 1),
        (changed(&row, "status", json!("left")), "is_over", 1),
        (changed(&row, "confidential", json!(true)), "kept_out", 0),
        (changed(&new, "end_date", json!("20200131")), "is_over", 2),
        (changed(&new, "start_date", json!("2199-01-01")), "starts_later", 2),
    ] {
        let reply = stage.get("users.ensure", args);
        assert_eq!((&reply["did"], &reply["warnings"][0]["code"]), (&json!("nothing"), &json!(warning)), "{reply}");
        assert_eq!(sent(&stage).len(), looks, "{warning}");
    }
    assert_eq!(stage.get("users.ensure", changed(&row, "status", json!("leave")))["did"], "updated");
    assert_eq!(stage.sandbox.statuses_of(person["id"].as_u64().unwrap()).len(), statuses);
}

#[test]
fn what_can_be_known_is_refused_before_a_request_is_spent() {
    let stage = stage(2);
    stage.get("departments.list", json!({}));
    stage.get("companies.list", json!({}));
    let row = newcomer(&stage, 0);
    let other = stage.sandbox.people().into_iter().find(|other| json!(other.company_id) != row["company"]).unwrap();
    sent(&stage);
    for (name, value, field) in [
        ("department", json!(999_999), "department"),
        ("department", json!({"name": "Finnes ikke"}), "department"),
        ("department", json!(other.department_id), "department"),
        ("company", json!({"name": "Finnes ikke"}), "company"),
        ("email", json!("kari at example"), "email"),
        ("mobile", json!("12"), "mobile"),
        ("persnr", json!("1234"), "persnr"),
        ("employee_alias", row["persnr"].clone(), "row"),
        ("start_date", json!("1/2/2026"), "row"),
        ("status", json!("ferie"), "row"),
        ("fields", json!({"emial": "never"}), "fields"),
        ("fields", json!({"email": "sometimes"}), "fields"),
        ("schemes", json!(["AFR"]), "schemes"),
    ] {
        let error = stage.fails(Code::Validation, "users.ensure", changed(&row, name, value.clone()));
        assert!(error.details().fields.contains_key(field), "{name} {value}: {}", error.json());
        assert!(!error.json().to_string().contains(row["persnr"].as_str().unwrap()), "{error}");
    }
    stage.fails(Code::Argument, "users.ensure", json!({ "first_name": "Kari" }));
    assert_eq!(sent(&stage), [""; 0]);
    let mut without = row;
    without.as_object_mut().unwrap().remove("department");
    without.as_object_mut().unwrap().remove("company");
    stage.fails(Code::Validation, "users.ensure", without);
    assert!(!sent(&stage).contains(&"POST".to_owned()));
}

#[test]
fn fields_decide_what_is_written_of_whom() {
    let stage = stage(1);
    let person = somebody(&stage);
    let mut row = changed(&person["row"], "email", json!("ny@example.no"));
    row["mobile"] = json!("91234567");
    row["fields"] = json!({"email": "create", "mobile": "never"});
    assert_eq!(stage.get("users.ensure", row)["did"], "nothing");
    let mut new = newcomer(&stage, 0);
    new["fields"] = json!({"email": "create", "mobile": "never"});
    let reply = stage.get("users.ensure", new);
    assert_eq!((&reply["did"], &reply["user"]["email"]), (&json!("created"), &json!("ase@example.no")), "{reply}");
    assert!(reply["changes"]["mobile"].is_null(), "{reply}");
}

#[test]
fn a_number_of_another_company_is_told_in_words() {
    let stage = stage(2);
    let people = stage.sandbox.people();
    let companies: Vec<u64> = people.iter().map(|person| person.company_id).collect();
    let hidden = people.iter().find(|person| person.company_id != companies[0]).unwrap();
    let own = people.iter().find(|person| person.company_id == companies[0]).unwrap();
    stage.sandbox.see(stage.sandbox.client_id(), Some(&[companies[0]]));
    let row = json!({
        "persnr": hidden.persnr, "first_name": "Kari", "last_name": "Nordmann", "department": own.department_id, "schemes": ["afr"],
    });
    let error = stage.fails(Code::Validation, "users.ensure", row);
    assert!(error.message().contains("registered with another company"), "{error}");
    assert!(error.details().fields.contains_key("persnr") && !error.json().to_string().contains(&hidden.persnr), "{error}");
    assert_eq!(stage.sandbox.users_with_persnr(&hidden.persnr), 1);
}

#[test]
fn a_connection_that_breaks_at_any_point_makes_one_person() {
    for fault in [
        Fault::cut_before_acting().method("POST"),
        Fault::cut_after_acting().method("POST"),
        Fault::half_body().method("POST"),
        Fault::cut_after_acting().method("GET"),
        Fault::status(503).method("POST"),
    ] {
        let stage = stage(1);
        let row = newcomer(&stage, 0);
        stage.sandbox.fault(fault.path("/finautapi/v1/user/"));
        // Whatever the first call could tell, the second one knows.
        let _ = stage.call("users.ensure", row.clone());
        let again = stage.get("users.ensure", row.clone());
        assert!(again["did"] == "nothing" || again["did"] == "created", "{again}");
        assert_eq!(stage.sandbox.users_with_persnr(row["persnr"].as_str().unwrap()), 1);
        assert_eq!(stage.get("users.ensure", row)["did"], "nothing");
    }
}

/// In a process of its own: what the test below kills in the middle of it.
#[test]
fn child_of_the_kill() {
    let Ok(given) = std::env::var("FINAUT_ENSURE") else { return };
    let given: Value = serde_json::from_str(&given).unwrap();
    let config = finaut_core::config::Config::read(given["config"].to_string().as_bytes(), &|_| None).unwrap();
    let client = finaut_core::client::Client::new(config).unwrap();
    let _ = finaut_core::call(&client, "users.ensure", &given["row"].to_string());
}

#[test]
fn a_process_killed_in_the_middle_and_called_again_makes_one_person() {
    let folder = std::env::temp_dir().join(format!("finaut-ensure-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for slow in [Fault::delay_before_acting(1500), Fault::delay_after_acting(1500)] {
        let stage = stage(1);
        let row = newcomer(&stage, 0);
        let state = folder.join(format!("{}.db", stage.sandbox.port()));
        let config = json!({
            "host": stage.sandbox.url(), "client_id": stage.sandbox.client_id(), "client_secret": stage.sandbox.client_secret(),
            "settle_s": 0.3, "state": state, "throttle": {"requests": 100_000},
        });
        stage.sandbox.fault(slow.method("POST").path("/finautapi/v1/user/"));
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "ensure::child_of_the_kill"])
            .env("FINAUT_ENSURE", json!({ "config": config, "row": row }).to_string())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        while stage.sandbox.faults_waiting() > 0 {
            assert!(child.try_wait().unwrap().is_none(), "it ended before its request was at the server");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let client = client_of(&stage.sandbox, json!({ "state": state, "throttle": {"requests": 100_000}, "max_wait_s": 30 }));
        let reply = super::stage::call(&client, "users.ensure", row.clone()).unwrap_or_else(|e| panic!("{}", e.json()));
        assert!(reply["did"] == "nothing" || reply["did"] == "created", "{reply}");
        assert_eq!(stage.sandbox.users_with_persnr(row["persnr"].as_str().unwrap()), 1);
        let posts = stage
            .sandbox
            .requests()
            .iter()
            .filter(|request| request.method == "POST" && request.path.ends_with("/user/"))
            .count();
        assert_eq!(posts, 1);
    }
    let _ = std::fs::remove_dir_all(&folder);
}
