//! Runs: in which order steps go, how long each may take, and what becomes of those that fail.

use std::sync::Arc;
use std::sync::mpsc::channel;

use finaut_core::error::Code;
use finaut_core::json::Json;
use finaut_core::store::journal::Opening;
use finaut_sandbox::Fault;
use serde_json::{Value, json};

use super::running_house::Nights;

#[test]
fn a_run_may_take_longer_than_a_call_may_wait() {
    let mut nights = Nights::new(20);
    for n in 0..4 {
        nights.change(n, "last_name", "Prøve-Berg");
    }
    nights.newcomer(1);
    // Each request takes 25 s; a call waits for 30.
    let clock = nights.clock.clone();
    nights.house.stage.client.observe(Some(Arc::new(move |event: &str| {
        let event: Value = serde_json::from_str(event).unwrap();
        if event["event"] == "request" {
            clock.forward(25.0);
        }
        false
    })));
    let run = nights.run();
    assert_eq!(
        (&run["state"], &run["counts"]["done"], &run["counts"]["failed"]),
        (&json!("done"), &json!(5), &json!(0)),
        "{run}"
    );
}

#[test]
fn who_leaves_goes_first_then_new_roles_then_changes_and_then_who_is_new() {
    let mut nights = Nights::new(30);
    nights.newcomer(1);
    nights.change(0, "last_name", "Prøve-Berg");
    let place = nights.plain[1];
    let enrolled = nights.somebody(1);
    let has: Vec<String> = enrolled.roles.iter().map(|role| role.trim_end_matches("_ka").to_owned()).collect();
    let missing = if has.iter().any(|scheme| scheme == "krd") { "afr" } else { "krd" };
    nights.rows[place]["schemes"] = json!([missing]);
    let leaver = nights.leaver(2);
    let (changed, before) = (nights.somebody(0), nights.wrote().len());
    let run = nights.run();
    let wrote = nights.wrote().split_off(before);
    let statuses = wrote.iter().filter(|request| *request == "POST userstatus/").count();
    let mut wanted = vec!["POST userstatus/".to_owned(); statuses];
    if !has.iter().any(|scheme| scheme == missing) {
        wanted.push(format!("PATCH user/{}/", enrolled.id));
    }
    wanted.extend([format!("PATCH user/{}/", changed.id), "POST user/".to_owned()]);
    assert_eq!(wrote, wanted, "{run}");
    assert!(statuses > 0 && nights.withdrawn(leaver.id, "afr") == 1);
}

#[test]
fn after_five_equal_refusals_the_rest_of_the_kind_is_held_and_the_refused_ones_are_told() {
    let mut nights = Nights::new(40);
    for n in 0..8 {
        nights.change(n, "email", &format!("ny{n}@example.no"));
    }
    nights.newcomer(1);
    let refusal = Fault::status(422).body("{\"email\": [\"Nei\"]}").method("PATCH").path("user/").always();
    nights.house.stage.sandbox.fault(refusal);
    let before = nights.wrote().len();
    let run = nights.run();
    let counts = &run["counts"];
    assert_eq!(
        (&counts["refused"], &counts["held"], &counts["done"], &counts["left"]),
        (&json!(5), &json!(3), &json!(1), &json!(0))
    );
    assert_eq!(run["failures"].as_array().unwrap().len(), 5);
    let rail = run["rails"].as_array().unwrap().iter().find(|rail| rail["rail"] == "refusals").unwrap();
    assert_eq!((&rail["tripped"], &rail["found"]), (&json!(true), &json!(3)), "{rail}");
    assert!(run["steps"].as_array().unwrap().iter().any(|step| step["held"] == "refusals" && step["state"] == "held"));
    assert_eq!(nights.wrote().len() - before, 6, "five that were refused, each once, and somebody new");
    // The next run tries the others, and only those.
    nights.house.stage.sandbox.clear_faults();
    let next = nights.run();
    assert_eq!((&next["counts"]["done"], next["problems"].as_array().unwrap().len()), (&json!(3), 5), "{next}");
    assert!(next["problems"][0]["says"].as_str().unwrap().contains("next tried on"), "{next}");
    nights.clock.forward(7.0 * 86_400.0 + 60.0);
    let later = nights.run();
    assert_eq!(later["counts"]["done"], 5, "{later}");
}

#[test]
fn what_was_refused_for_a_value_that_a_later_step_frees_is_sent_once_more() {
    let mut nights = Nights::new(30);
    let (taker, giver) = (nights.somebody(0), nights.somebody(1));
    nights.change(0, "employee_alias", &giver.employee_alias);
    // Of the same width.
    let free = format!("Z{}", giver.employee_alias.chars().skip(1).collect::<String>());
    nights.change(1, "employee_alias", &free);
    let refusal = Fault::status(422)
        .body("{\"employee_alias\": [\"taken\"]}")
        .method("PATCH")
        .path(&format!("user/{}/", taker.id))
        .times(1);
    nights.house.stage.sandbox.fault(refusal);
    let run = nights.run();
    assert_eq!((&run["counts"]["done"], &run["counts"]["refused"]), (&json!(2), &json!(0)), "{run}");
    assert!(nights.memory().refused.is_empty(), "what was done is no longer refused");
    assert_eq!(nights.run()["steps"], json!([]));
}

#[test]
fn a_status_that_somebody_changed_meanwhile_is_left_alone() {
    let mut nights = Nights::new(30);
    let leaver = nights.leaver(0);
    let ((told, waits), (goes, gone)) = (channel(), channel::<()>());
    let gone = std::sync::Mutex::new(gone);
    nights.house.stage.client.observe(Some(Arc::new(move |event: &str| {
        let event: Value = serde_json::from_str(event).unwrap();
        if event["event"] == "sync" && event["state"] == "applying" && event["done"] == 0 && told.send(()).is_ok() {
            let _ = gone.lock().unwrap().recv();
        }
        false
    })));
    let run = std::thread::scope(|scope| {
        let run = scope.spawn(|| nights.run());
        waits.recv().unwrap();
        drop(waits);
        nights.house.stage.sandbox.add_status(leaver.id, "afr", "reauth", None);
        goes.send(()).unwrap();
        run.join().unwrap()
    });
    assert_eq!(run["counts"]["drifted"], 1, "{run}");
    assert_eq!(nights.withdrawn(leaver.id, "afr"), 0);
}

#[test]
fn a_leaver_by_date_who_got_a_status_since_is_withdrawn_once() {
    let mut nights = Nights::new(30);
    let leaver = nights.somebody(0);
    nights.house.stage.sandbox.add_status(leaver.id, "afr", "afrok", None);
    nights.change(0, "end_date", "2020-01-31");
    assert_eq!(nights.run()["state"], "done");
    assert_eq!(nights.withdrawn(leaver.id, "afr"), 1);
    // From the day after the last one on, it would not be the latest, and be set again by each run.
    assert_eq!(nights.run()["steps"], json!([]));
    // What FinAut goes on showing all the same is told, and nothing is repeated.
    nights.house.stage.sandbox.add_status(leaver.id, "afr", "reauth", None);
    for _ in 0..2 {
        let run = nights.run();
        assert_eq!(run["steps"], json!([]), "{run}");
        let told = run["portal"].as_array().unwrap().iter().filter_map(|case| case["says"].as_str());
        assert_eq!(told.filter(|says| says.contains("goes on showing \"reauth\"")).count(), 1, "{run}");
    }
    assert_eq!(nights.withdrawn(leaver.id, "afr"), 1);
}

#[test]
fn what_a_killed_process_sent_is_looked_at_last_and_sent_again_only_when_it_can_no_longer_come() {
    let mut nights = Nights::new(30);
    let leaver = nights.leaver(0);
    for n in 1..4 {
        nights.change(n, "last_name", "Prøve-Berg");
    }
    // As if a process had been killed while it sent the status.
    let call = nights.a_call();
    for scheme in ["afr", "krd"] {
        let key = format!("userstatus/\n{}\n{scheme}\nutmeldt\n{}", leaver.id, call.clock().today());
        let line = Opening {
            key: format!("{:032x}", leaver.id),
            wall: call.clock().wall(),
            job: None,
            subject: None,
            about: Json::null(),
        };
        let pending = call.store().pending();
        pending.begin(call.at(), &call.fingerprint("creation", &key), &Json::null(), &line).unwrap();
    }
    let before = nights.wrote().len();
    let mut args = nights.args();
    args["max_wait_s"] = json!(1);
    let run = nights.call("sync.run", args).unwrap();
    assert_eq!((&run["counts"]["done"], run["counts"]["doubtful"].as_u64() > Some(0)), (&json!(3), true), "{run}");
    assert!(nights.wrote().split_off(before).iter().all(|request| request.starts_with("PATCH")));
    assert!(nights.memory().acts.iter().any(|act| act.user == leaver.id), "it counts for the rail of what cannot be undone");
    nights.clock.forward(400.0);
    let run = nights.run();
    assert_eq!((&run["counts"]["doubtful"], &run["counts"]["left"]), (&json!(0), &json!(0)), "{run}");
    assert_eq!(nights.withdrawn(leaver.id, "afr"), 1);
    assert_eq!(nights.run()["steps"], json!([]));
}

#[test]
fn a_token_that_is_refused_ends_the_run_at_once() {
    let mut nights = Nights::new(30);
    for n in 0..3 {
        nights.change(n, "last_name", "Prøve-Berg");
    }
    nights.house.stage.sandbox.fault(Fault::status(401).method("PATCH").path("user/").always());
    let before = nights.wrote().len();
    let broken = nights.house.stage.call("sync.run", nights.args()).unwrap_err();
    assert_eq!(broken.code(), Code::Authentication, "{}", broken.json());
    assert!(nights.wrote().len() - before <= 2, "once, and once with a new token");
    let lines = nights.audit();
    assert_eq!((&lines.last().unwrap()["state"], &lines.last().unwrap()["code"]), (&json!("broken"), &json!("authentication")));
}
