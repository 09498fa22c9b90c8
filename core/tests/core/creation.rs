//! Exactly one is created, whenever and however the connection breaks.

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::stage::{call, client_of, object, stage, with};

/// Every way in which the answer to a POST can be lost.
fn losses() -> Vec<(&'static str, Fault)> {
    vec![
        ("cut before acting", Fault::cut_before_acting()),
        ("cut after acting", Fault::cut_after_acting()),
        ("reset after acting", Fault::cut_after_acting().reset()),
        ("half a body", Fault::half_body()),
        ("500 without acting", Fault::status(500)),
        ("502 after acting", Fault::html(502).after_acting()),
        ("an HTML page with 200 after acting", Fault::html(200).after_acting()),
        ("garbage", Fault::garbage()),
        ("slow beyond the time-out, after acting", Fault::delay_after_acting(3_000)),
    ]
}

#[test]
fn exactly_one_person_exists_whatever_happens_to_the_connection() {
    for (n, (name, loss)) in losses().into_iter().enumerate() {
        let stage = with(Sandbox::builder().users(10), json!({"timeout_s": 1}));
        stage.sandbox.fault(loss.method("POST").path("user/"));
        let args = stage.newcomer(n);
        let made = stage.call("users.create_candidate", args.clone()).unwrap_or_else(|e| panic!("{name}: {}", e.json()));
        assert_eq!(made["persnr"], args["persnr"], "{name}");
        assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1, "{name}");
        assert_eq!(stage.sandbox.faults_waiting(), 0, "{name}: the fault struck");
    }
}

#[test]
fn a_creation_that_shows_late_is_not_repeated() {
    let stage = with(Sandbox::builder().users(10), json!({"timeout_s": 0.5, "settle_s": 6}));
    // The server acts one second after the client gave up.
    stage.sandbox.fault(Fault::delay_before_acting(1_200).method("POST").path("user/"));
    let args = stage.newcomer(1);
    stage.get("users.create_candidate", args.clone());
    let posts =
        stage.sandbox.requests().iter().filter(|request| request.method == "POST" && request.path.ends_with("/user/")).count();
    assert_eq!(posts, 1);
    assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1);
}

#[test]
fn exactly_one_status_and_one_course_exist_too() {
    for (n, (name, loss)) in losses().into_iter().enumerate() {
        let stage = with(Sandbox::builder().users(10), json!({"timeout_s": 1}));
        let person = stage.plain_person();
        stage.sandbox.fault(loss.clone().method("POST").path("userstatus/"));
        let named = if n % 2 == 0 { json!({"id": person.id}) } else { json!({"persnr": person.persnr}) };
        let mut args = object(named);
        args.insert("scheme".into(), json!("pfn"));
        args.insert("date".into(), json!("2031-05-17"));
        call(&stage.client, "users.hold", args.into()).unwrap_or_else(|e| panic!("{name}: {}", e.json()));
        let count = stage
            .sandbox
            .statuses_of(person.id)
            .iter()
            .filter(|status| status.appname == "pfn" && status.status == "hvilende")
            .count();
        assert_eq!(count, 1, "{name}");

        let before = stage.sandbox.competency_of(&person.encrypted_id).len();
        stage.sandbox.fault(loss.method("POST").path("competency_result/"));
        let args = json!({"encrypted_user_id": person.encrypted_id, "goal": 98_765, "passed_date": "2026-02-03"});
        stage.call("competency_results.create", args).unwrap_or_else(|e| panic!("{name}: {}", e.json()));
        assert_eq!(stage.sandbox.competency_of(&person.encrypted_id).len(), before + 1, "{name}");
    }
}

#[test]
fn a_number_that_somebody_else_registered_is_refused_and_named() {
    let stage = stage();
    let mut args = stage.newcomer(1);
    args["persnr"] = json!(stage.person(3).persnr);
    let error = stage.fails(Code::Validation, "users.create_candidate", args.clone());
    assert!(error.details().fields.contains_key("persnr"), "{}", error.json());
    assert_eq!(stage.sandbox.users_with_persnr(&stage.person(3).persnr), 1);
    // Also when the connection breaks: the person who is there is not taken for the one we meant.
    stage.sandbox.fault(Fault::cut_before_acting().method("POST").path("user/"));
    let error = stage.fails(Code::Validation, "users.create_candidate", args);
    assert!(error.details().fields.contains_key("persnr"), "{}", error.json());
}

#[test]
fn a_person_who_was_there_without_the_roles_is_not_the_one_we_meant() {
    let stage = stage();
    let mut args = stage.newcomer(1);
    stage.get("users.create_candidate", args.clone());
    args["schemes"] = json!(["n3"]);
    stage.sandbox.fault(Fault::cut_before_acting().method("POST").path("user/"));
    let error = stage.fails(Code::Validation, "users.create_ba", args);
    assert!(error.details().fields.contains_key("persnr"), "{}", error.json());
}

#[test]
fn a_creation_answered_without_a_body_gives_the_object_all_the_same() {
    let stage = stage();
    let args = stage.newcomer(1);
    stage.sandbox.fault(Fault::status(204).body("").after_acting().method("POST").path("user/"));
    assert_eq!(stage.get("users.create_candidate", args.clone())["persnr"], args["persnr"]);
    assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1);
    stage.sandbox.fault(Fault::status(204).body("").after_acting().method("PATCH").path("user/"));
    let changed = stage.get("users.update", json!({"persnr": args["persnr"], "changes": {"first_name": "Ny"}}));
    assert_eq!(changed["first_name"], "Ny");
}

#[test]
fn an_observer_that_calls_the_library_does_not_hide_that_something_was_sent() {
    let sandbox = Sandbox::builder().users(10).with_tls().start();
    let ca = std::env::temp_dir().join(format!("finaut-nested-{}.pem", sandbox.port()));
    std::fs::write(&ca, sandbox.ca_pem().unwrap()).unwrap();
    let client = client_of(&sandbox, json!({"ca_file": ca}));
    let other = stage();
    // Each time the library tells something, another client is used on the same thread.
    client.observe(Some(std::sync::Arc::new(move |_: &str| {
        call(&other.client, "budget", json!({})).unwrap();
        call(&other.client, "check", json!({})).unwrap();
        false
    })));
    let person = &sandbox.people()[0];
    sandbox.fault(Fault::cut_after_acting().delayed_before(700).method("POST").path("userstatus/"));
    call(&client, "users.hold", json!({"id": person.id, "scheme": "pfn", "date": "2031-05-17"})).unwrap();
    let count =
        sandbox.statuses_of(person.id).iter().filter(|status| status.appname == "pfn" && status.status == "hvilende").count();
    assert_eq!(count, 1);
    let _ = std::fs::remove_file(ca);
}

#[test]
fn what_cannot_be_settled_in_time_is_said_with_what_to_check() {
    let stage = with(Sandbox::builder().users(10), json!({"settle_s": 60, "max_wait_s": 5}));
    stage.sandbox.fault(Fault::cut_before_acting().method("POST").path("user/"));
    let error = stage.fails(Code::UnknownOutcome, "users.create_candidate", stage.newcomer(1));
    assert!(error.message().contains("users.get"), "{error}");
    // Nor when the server cannot be asked any more.
    let stage = with(Sandbox::builder().users(10), json!({"max_wait_s": 1}));
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
    stage.sandbox.fault(Fault::status(503).method("GET").always());
    let error = stage.fails(Code::UnknownOutcome, "users.create_candidate", stage.newcomer(1));
    assert_eq!(error.details().operation.as_deref(), Some("users.create_candidate"));
}

#[test]
fn a_creation_outlasts_a_server_that_is_being_restarted() {
    let stage = stage();
    // What stands before the server answers in its place, for longer than the usual tries.
    stage.sandbox.fault(Fault::html(502).method("POST").path("user/"));
    stage.sandbox.fault(Fault::half_body().method("GET"));
    stage.sandbox.fault(Fault::html(502).method("GET").times(3));
    let args = stage.newcomer(1);
    stage.get("users.create_candidate", args.clone());
    assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1);
    assert_eq!(stage.sandbox.faults_waiting(), 0);
}

#[test]
fn a_server_that_fails_each_time_is_told_as_what_it_is() {
    let stage = stage();
    stage.sandbox.fault(Fault::status(500).method("POST").path("user/").always());
    let error = stage.fails(Code::Server, "users.create_candidate", stage.newcomer(1));
    assert!(error.message().contains("nothing had been created"), "{error}");
}

#[test]
fn another_course_of_the_same_day_is_not_taken_for_ours() {
    let stage = stage();
    let person = stage.plain_person();
    let course = |id: &str| json!({"encrypted_user_id": person.encrypted_id, "goal": 98_765, "passed_date": "2026-02-03", "external_id": id});
    let before = stage.sandbox.competency_of(&person.encrypted_id).len();
    stage.get("competency_results.create", course("A-1"));
    stage.sandbox.fault(Fault::cut_before_acting().method("POST").path("competency_result/"));
    assert_eq!(stage.get("competency_results.create", course("A-12"))["external_id"], "A-12");
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("competency_result/"));
    assert_eq!(stage.get("competency_results.create", course("A-2"))["external_id"], "A-2");
    assert_eq!(stage.sandbox.competency_of(&person.encrypted_id).len(), before + 3);
}

#[test]
fn a_hyphen_may_be_all_that_tells_two_courses_apart() {
    let stage = with(Sandbox::builder().users(10), json!({"max_wait_s": 3}));
    let person = stage.plain_person();
    let course = |id: &str| json!({"encrypted_user_id": person.encrypted_id, "goal": 98_765, "passed_date": "2026-02-03", "external_id": id});
    stage.get("competency_results.create", course("2026-1-11"));
    let before = stage.sandbox.competency_of(&person.encrypted_id).len();
    stage.sandbox.fault(Fault::cut_before_acting().method("POST").path("competency_result/"));
    stage.fails(Code::UnknownOutcome, "competency_results.create", course("2026-11-1"));
    assert_eq!(stage.sandbox.competency_of(&person.encrypted_id).len(), before);
}

/// An answer that was cut right after its head, or a proxy's.
fn blank() -> Fault {
    Fault::status(200).body("")
}

#[test]
fn an_answer_without_a_body_says_nothing_of_what_is_there() {
    let stage = stage();
    let args = stage.newcomer(1);
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
    stage.sandbox.fault(blank().method("GET").path("user/").times(2));
    stage.get("users.create_candidate", args.clone());
    assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1);
    // Nor does the server's own silence about a creation, where nobody acted on it.
    let args = stage.newcomer(2);
    stage.sandbox.fault(blank().method("POST").path("user/"));
    assert_eq!(stage.get("users.create_candidate", args.clone())["persnr"], args["persnr"]);
    assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1);
    // A list is asked for again, and never taken for empty.
    stage.sandbox.fault(blank().method("GET").path("user/").times(3));
    assert!(stage.get("users.list", json!({}))["count"].as_u64().unwrap() > 0);
    stage.sandbox.fault(blank().method("GET").path("user/").times(4));
    stage.fails(Code::Protocol, "users.list", json!({}));
}

#[test]
fn a_change_without_an_answer_is_told_as_made_even_if_the_user_cannot_be_read() {
    let stage = stage();
    let person = stage.plain_person();
    stage.sandbox.fault(Fault::status(204).body("").after_acting().method("PATCH").path("user/"));
    stage.sandbox.fault(Fault::status(403).method("GET").path("user/"));
    assert!(stage.get("users.update", json!({"id": person.id, "changes": {"mobile": "98765432"}})).is_null());
}

#[test]
fn settling_outlasts_a_token_endpoint_that_is_down() {
    let stage = with(Sandbox::builder().users(10), json!({"max_wait_s": 60}));
    let args = stage.newcomer(1);
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
    stage.sandbox.fault(Fault::status(401).method("GET").path("user/"));
    stage.sandbox.fault(Fault::status(503).path("/o/token/").nth(2).times(5));
    assert_eq!(stage.get("users.create_candidate", args.clone())["persnr"], args["persnr"]);
    assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1);
}

#[test]
fn where_there_is_no_time_to_be_sure_there_is_one_more_look() {
    let stage = with(Sandbox::builder().users(10), json!({"max_wait_s": 6, "settle_s": 60, "timeout_s": 0.5}));
    let args = stage.newcomer(1);
    stage.sandbox.fault(Fault::delay_before_acting(2_000).method("POST").path("user/"));
    assert_eq!(stage.get("users.create_candidate", args.clone())["persnr"], args["persnr"]);
    assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1);
}

#[test]
fn an_observer_that_wants_to_stop_once_is_heeded() {
    let stage = stage();
    let args = stage.newcomer(1);
    stage.get("check", json!({}));
    stage.sandbox.fault(Fault::cut_before_acting().method("POST").path("user/"));
    let told = std::sync::atomic::AtomicBool::new(false);
    stage.client.observe(Some(std::sync::Arc::new(move |event: &str| {
        event.contains("POST") && !told.swap(true, std::sync::atomic::Ordering::SeqCst)
    })));
    stage.fails(Code::UnknownOutcome, "users.create_candidate", args.clone());
    let posts =
        stage.sandbox.requests().iter().filter(|request| request.method == "POST" && request.path.ends_with("/user/")).count();
    assert_eq!(posts, 1);
}

#[test]
fn a_course_that_the_server_shows_otherwise_is_not_doubled() {
    let stage = stage();
    let person = stage.plain_person();
    let before = stage.sandbox.competency_of(&person.encrypted_id).len();
    for (n, shown) in
        [json!({"external_system": "API"}), json!({"external_system": null, "external_id": "a1 "})].iter().enumerate()
    {
        let mut record = json!({
            "id": 1, "user": person.encrypted_id, "goal": 98_765 + n, "passed_date": "2026-02-03", "external_system": "", "external_id": "",
        });
        shown.as_object().unwrap().iter().for_each(|(name, value)| record[name] = value.clone());
        let list = json!({"count": 1, "next": null, "previous": null, "results": [record]}).to_string();
        stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("competency_result/"));
        stage.sandbox.fault(Fault::status(200).body(&list).method("GET").path("competency_result/"));
        let args = json!({"encrypted_user_id": person.encrypted_id, "goal": 98_765 + n, "passed_date": "2026-02-03", "external_id": "A-1"});
        stage.get("competency_results.create", args);
    }
    assert_eq!(stage.sandbox.competency_of(&person.encrypted_id).len(), before + 2);
}

#[test]
fn an_older_status_of_the_same_day_is_not_taken_for_ours() {
    // What cannot come late any more is told once; the next call is a new one.
    let stage = with(Sandbox::builder().users(10), json!({"late_s": 0.3}));
    let person = stage.plain_person();
    let hold = |comment: &str| json!({"id": person.id, "scheme": "pfn", "date": "2031-05-17", "comment": comment});
    let count = || stage.sandbox.statuses_of(person.id).iter().filter(|status| status.status == "hvilende").count();
    let before = count();
    stage.get("users.hold", hold("Ferie"));
    // Set again in other words, or in the same after a change: it may be ours or the older one, so nothing is claimed, and
    // nothing doubled.
    for words in ["Sykmeldt", "Ferie"] {
        stage.sandbox.fault(Fault::cut_before_acting().method("POST").path("userstatus/"));
        let error = stage.fails(Code::UnknownOutcome, "users.hold", hold(words));
        assert!(error.message().contains("older"), "{error}");
        assert_eq!(count(), before + 1);
        stage.sandbox.add_status(person.id, "pfn", "pfnok", Some("2031-05-17"));
    }
    // It was stored, and is the newest: no doubt.
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("userstatus/"));
    stage.get("users.hold", hold("Ferie"));
    assert_eq!(count(), before + 2);
}

#[test]
fn absent_counts_from_when_the_server_answers_again() {
    let stage = with(Sandbox::builder().users(10), json!({"timeout_s": 0.5, "settle_s": 2}));
    // It hangs, and then takes up what was sent to it: the request that nobody waits for any more acts after the first look.
    stage.sandbox.fault(Fault::delay_before_acting(4_000).method("POST").path("user/"));
    stage.sandbox.fault(Fault::html(504).method("GET").times(3));
    let args = stage.newcomer(1);
    stage.get("users.create_candidate", args.clone());
    let posts =
        stage.sandbox.requests().iter().filter(|request| request.method == "POST" && request.path.ends_with("/user/")).count();
    assert_eq!((posts, stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap())), (1, 1));
}

#[test]
fn looking_for_what_was_created_does_not_spend_the_hours_requests() {
    let stage = with(Sandbox::builder().users(10), json!({"max_wait_s": 8}));
    stage.sandbox.fault(Fault::status(500).path("userstatus/").always());
    let person = stage.plain_person();
    stage.fails(Code::UnknownOutcome, "users.hold", json!({"id": person.id, "scheme": "pfn"}));
    // The POST, whose number he has, and looks after 0, 0.5, 1.5, 3.5 and 7.5 s at the latest.
    assert!((4..=10).contains(&stage.spent()), "{}", stage.spent());
    // What will not get better is not asked again.
    let stage = with(Sandbox::builder().users(10), json!({"max_wait_s": 8}));
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
    stage.sandbox.fault(Fault::status(405).body("{\"detail\": \"no\"}").method("GET").path("user/").always());
    stage.fails(Code::UnknownOutcome, "users.create_candidate", stage.newcomer(1));
    assert_eq!(stage.spent(), 2);
}

#[test]
fn a_creation_without_a_key_is_not_repeated() {
    let stage = stage();
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("userstatus/"));
    stage.fails(Code::UnknownOutcome, "request", json!({"method": "POST", "path": "userstatus/", "body": {}}));
    assert_eq!(
        stage
            .sandbox
            .requests()
            .iter()
            .filter(|request| request.method == "POST" && request.path.ends_with("/userstatus/"))
            .count(),
        1
    );
}

#[test]
fn what_never_reached_the_server_is_sent_again_and_costs_nothing() {
    let stage = stage();
    stage.get("check", json!({}));
    // A port on which nobody listens yet, then the real thing.
    let sandbox = Sandbox::builder().users(5).start();
    let port = sandbox.port();
    let host = sandbox.url().to_owned();
    drop(sandbox);
    let client = {
        let other = Sandbox::builder().users(5).start();
        client_of(&other, json!({"host": host}))
    };
    let later = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(700));
        Sandbox::builder().users(5).port(port).start()
    });
    let made = call(&client, "users.list", json!({})).unwrap();
    let sandbox = later.join().unwrap();
    assert_eq!(made["count"], 5);
    assert_eq!(sandbox.requests().iter().filter(|request| request.counted).count(), 1);
    let budget = call(&client, "budget", json!({})).unwrap();
    assert_eq!(budget["used"], 1, "tries that never reached the server were given back: {budget}");
}

#[test]
fn a_pooled_connection_that_the_server_closed_does_no_harm() {
    let stage = stage();
    stage.sandbox.fault(Fault::close_quietly().always());
    for n in 0..5 {
        let args = stage.newcomer(n);
        stage.get("users.create_candidate", args.clone());
        assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1);
        stage.get("users.get", json!({"persnr": args["persnr"]}));
    }
}
