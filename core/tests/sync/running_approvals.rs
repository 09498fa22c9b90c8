//! Runs: approvals, the audit, and what is forgotten.

use finaut_core::error::Code;
use finaut_sandbox::Fault;
use serde_json::{Value, json};

use super::running_house::Nights;

#[test]
fn an_audit_that_cannot_be_written_ends_the_run_before_anything_is_sent() {
    let mut nights = Nights::new(10);
    nights.change(0, "last_name", "Prøve-Berg");
    let (memory, before) = (nights.memory(), nights.house.stage.spent());
    let mut args = nights.args();
    args["profile"]["audit"] = json!(nights.house.folder.join("no-such-folder/audit.ndjson"));
    for operation in ["sync.run", "sync.apply"] {
        if operation == "sync.apply" {
            let plan = nights.call("sync.plan", args.clone()).unwrap()["plan"].clone();
            (args["plan"], args["approve"]) = (plan, json!(["update"]));
            (args["by"], args["why"]) = (json!("Kari"), json!("reviewed"));
        }
        let spent = nights.house.stage.spent();
        let refused = nights.call(operation, args.clone()).unwrap_err();
        assert_eq!(refused.code(), Code::State, "{}", refused.json());
        assert!(refused.message().contains("audit"), "{refused}");
        assert_eq!(nights.house.stage.spent(), spent, "{operation}");
    }
    assert_eq!(nights.memory(), memory, "neither a file nor an approval");
    assert!(nights.house.stage.spent() - before <= 2, "the plan's own");
}

#[test]
fn approving_a_plan_approves_the_profile_that_it_was_made_with_and_no_other() {
    let mut nights = Nights::new(20);
    nights.change(0, "last_name", "Prøve-Berg");
    let plan = nights.call("sync.plan", nights.args()).unwrap()["plan"].clone();
    nights.profile["scope"]["schemes"] = json!(["afr", "krd", "gos"]);
    nights.change(1, "last_name", "Prøve-Berg");
    // What was reviewed is carried out; what was not is held by the profile's rail.
    let run = nights.approve(&plan, &["update"]).unwrap();
    assert_eq!((&run["counts"]["done"], &run["counts"]["held"]), (&json!(1), &json!(1)), "{run}");
    let held = nights.fails(Code::Held);
    assert!(held.message().contains("profile_changed"), "{held}");
    let approved = nights.approve(&held.json()["plan"], &["profile_changed"]).unwrap();
    assert_eq!(approved["counts"]["done"], 1, "{approved}");
    // Twice changes nothing.
    let again = nights.approve(&held.json()["plan"], &["profile_changed"]).unwrap();
    assert_eq!((&again["state"], &again["steps"]), (&json!("done"), &json!([])), "{again}");
}

#[test]
fn approving_a_first_plan_approves_nothing_that_another_rail_holds() {
    let mut nights = Nights::unapproved(40);
    let person = nights.somebody(0);
    let people = nights.house.people();
    let other = people.iter().find(|other| other.company_id != person.company_id).unwrap();
    nights.change(0, "company", &other.company_id.to_string());
    nights.change(0, "department", &other.department_id.to_string());
    nights.change(1, "last_name", "Prøve-Berg");
    let held = nights.fails(Code::Held);
    let run = nights.approve(&held.json()["plan"], &["first_run"]).unwrap();
    assert_eq!((&run["counts"]["done"], &run["counts"]["held"]), (&json!(1), &json!(1)), "{run}");
    assert_eq!(run["steps"].as_array().unwrap().iter().find(|step| step["state"] == "held").unwrap()["held"], "transfer");
    let still = nights.fails(Code::Held);
    let moved = nights.approve(&still.json()["plan"], &["transfer"]).unwrap();
    assert_eq!(moved["counts"]["done"], 1, "{moved}");
}

#[test]
fn an_approval_is_about_the_reviewed_set_and_a_later_run_carries_it_out() {
    let mut nights = Nights::new(60);
    let leavers: Vec<u64> = (0..6).map(|n| nights.leaver(n).id).collect();
    let held = nights.fails(Code::Held);
    assert!(held.message().contains("irreversible"), "{held}");
    let plan = held.json()["plan"].clone();
    // The approval is kept although its run cannot do anything.
    nights.house.stage.sandbox.fault(Fault::status(403).path("userstatus/").method("POST").always());
    nights.approve(&plan, &["irreversible"]).unwrap_err();
    nights.house.stage.sandbox.clear_faults();
    let seventh = nights.leaver(6).id;
    let run = nights.run();
    assert!(leavers.iter().all(|id| nights.withdrawn(*id, "afr") == 1), "{run}");
    assert_eq!(nights.withdrawn(seventh, "afr"), 0, "{run}");
    let lines = nights.audit();
    let approved = lines.iter().find(|line| line["audit"] == "approved" && line["what"] == json!(["irreversible"])).unwrap();
    assert_eq!((&approved["by"], &approved["why"], &approved["plan"]), (&json!("Kari"), &json!("reviewed"), &plan));
    let sent = lines.iter().rev().find(|line| line["audit"] == "sent").unwrap();
    assert_eq!((&sent["approval"]["by"], &sent["approval"]["plan"]), (&json!("Kari"), &plan), "{sent}");
    let ended = lines.iter().rev().find(|line| line["audit"] == "ended").unwrap();
    assert!(ended["record"].is_u64() && ended["outcome"] == "done" && ended["http_status"] == 201, "{ended}");
    nights.clock.forward(15.0 * 86_400.0);
    let stale = nights.approve(&plan, &["irreversible"]).unwrap_err();
    assert_eq!(stale.code(), Code::Stale, "{}", stale.json());
}

#[test]
fn the_audit_has_what_a_status_was_and_became_and_a_file_that_is_moved_away_is_gone_on_with() {
    let mut nights = Nights::new(30);
    let leaver = nights.leaver(0);
    nights.run();
    let lines = nights.audit();
    let of = |what: &str| lines.iter().rev().find(|line| line["audit"] == what && line["scheme"] == "afr").unwrap();
    let sent = of("sent");
    assert_eq!(
        (&sent["status_before"], &sent["status_after"], &sent["user"]),
        (&json!("afrok"), &json!("utmeldt"), &json!(leaver.id))
    );
    for member in ["at", "before", "run", "step", "kind", "employee_alias", "row", "file_sha256", "rules", "status_date"] {
        assert!(!sent[member].is_null(), "{member}: {sent}");
    }
    let run = lines.iter().rev().find(|line| line["audit"] == "run").unwrap();
    for member in ["machine", "process", "os_user", "profile_sha256", "file_sha256", "plan", "profile"] {
        assert!(!run[member].is_null(), "{member}: {run}");
    }
    let moved = nights.house.folder.join("moved.ndjson");
    std::fs::rename(nights.house.audit(), &moved).unwrap();
    nights.run();
    assert_eq!(nights.audit()[0]["audit"], "continues");
    let both = [std::fs::read(&moved).unwrap(), std::fs::read(nights.house.audit()).unwrap()].concat();
    assert!(finaut_core::sync::audit::check(&both).is_ok());
    let text = String::from_utf8(both).unwrap();
    assert!(nights.house.people().iter().all(|person| !text.contains(&person.persnr) && !text.contains(&person.last_name)));
}

#[test]
fn somebody_whom_finaut_never_had_can_be_forgotten_by_alias() {
    let mut nights = Nights::new(20);
    let persnr = nights.newcomer(1);
    nights.house.stage.sandbox.fault(Fault::status(422).body("{\"email\": [\"Nei\"]}").method("POST").path("user/").always());
    let run = nights.run();
    assert_eq!(run["counts"]["refused"], 1, "{run}");
    assert_eq!(nights.memory().refused.len(), 1);
    let forgotten = nights.call("sync.forget", json!({ "employee_alias": "NEW1" })).unwrap();
    assert_eq!((&forgotten["id"], &forgotten["was_seen"]), (&Value::Null, &json!(false)), "{forgotten}");
    assert!(forgotten["plans"].as_u64() > Some(0) && forgotten["audit_lines"].as_u64() > Some(0), "{forgotten}");
    assert!(nights.memory().refused.is_empty());
    assert!(!forgotten.to_string().contains(&persnr));
}

#[test]
fn of_somebody_who_becomes_confidential_only_that_is_kept() {
    let mut nights = Nights::new(20);
    nights.change(0, "last_name", "Prøve-Uglesett");
    let person = nights.somebody(0);
    nights.run();
    let place = nights.plain[0];
    nights.rows[place]["confidential"] = json!("x");
    nights.run();
    let seen = nights.memory().people[&person.id].clone();
    assert!(seen.is_confidential && seen.asked.is_empty() && seen.spelled.is_empty() && seen.written.is_empty());
    let call = nights.a_call();
    let plans = call.store().shelves().all(call.at(), "sync plans default").unwrap();
    assert!(plans.len() > 2 && plans.iter().all(|plan| !plan.as_str().contains("Uglesett")));
}
