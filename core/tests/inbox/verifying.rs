//! A payload is a hint: what is delivered as verified is what the API says.

use finaut_core::error::Code;
use finaut_sandbox::{Fault, NewResult, ResultChanges};
use serde_json::{Value, json};

use super::stage::{OtherClock, call};
use super::tools::*;

#[test]
fn what_the_api_says_is_delivered_whatever_the_payload_says() {
    let stage = stage();
    let client = stage.client(json!({}));
    let user = stage.sandbox.people()[0].id;
    let id = stage.sandbox.add_result(NewResult::of(user).failed("41.00"));
    let mut forged = invented(id, "100");
    forged["passed"] = json!(true);
    assert_eq!(accept(&client, &forged), 200);
    assert_eq!(spent(&stage), 0, "accepting costs no request");
    let event = next(&client).unwrap();
    assert_eq!(event["verified"], true);
    assert_eq!((&event["object"]["passed"], event["object"]["score"].to_string().as_str()), (&json!(false), "41.00"));
    assert_eq!(spent(&stage), 1);
    acknowledge(&client, &event);
    // Said again, it is looked into again, but is no change.
    accept(&client, &forged);
    assert_eq!(next(&client), None);
    assert_eq!(spent(&stage), 2);
    for (score, passed) in [("90.00", true), ("41.00", false)] {
        let changes = ResultChanges { score: Some(score.into()), passed: Some(passed), ..ResultChanges::default() };
        stage.sandbox.change_result(id, changes);
        accept(&client, &forged);
        assert_eq!(drain(&client)[0]["object"]["score"].to_string(), score);
    }
}

#[test]
fn what_the_api_does_not_know_is_dropped() {
    let stage = stage();
    let client = stage.client(json!({}));
    accept(&client, &invented(999_999, "100"));
    let later = |wall_s: f64| stage.client_at(json!({}), OtherClock { wall_s, ..OtherClock::default() });
    // A webhook can be quicker than the database behind the API: it is not believed at once.
    for (wall_s, asked) in [(0.0, 1), (10.0, 1), (40.0, 2), (100.0, 2), (170.0, 3), (1e6, 3)] {
        assert_eq!(next(&later(wall_s)), None);
        assert_eq!(spent(&stage), asked, "after {wall_s} s");
    }
    assert_eq!(get(&client, "inbox.list", json!({}))["unverified"], 0);
}

#[test]
fn many_hints_cost_one_list() {
    let stage = stage();
    let client = stage.client(json!({}));
    let user = stage.sandbox.people()[0].id;
    for _ in 0..60 {
        let id = stage.sandbox.add_result(NewResult::of(user));
        accept(&client, &invented(id, "100"));
    }
    for _ in 0..20 {
        let id = stage.sandbox.add_status(user, "afr", "hvilende", None);
        let body = json!({ "id": format!("http://x/finautapi/v1/userstatus/{id}/"), "appname": "afr", "status": "utmeldt" });
        accept(&client, &body);
    }
    let events = drain(&client);
    assert_eq!(events.len(), 80);
    assert!(events.iter().all(|event| event["verified"] == true));
    assert!(events.iter().filter(|event| event["kind"] == "userstatus").all(|event| event["object"]["status"] == "hvilende"));
    assert!(spent(&stage) <= 4, "{} requests", spent(&stage));
}

#[test]
fn a_flood_of_forgeries_costs_what_it_may_and_hides_nothing() {
    let stage = stage();
    let settings = json!({ "inbox": { "verify_per_hour": 20, "most": 100_000 } });
    let client = stage.client(settings.clone());
    let at = |ahead_s: f64| stage.client_at(settings.clone(), OtherClock { ahead_s, ..OtherClock::default() });
    for number in 0..500 {
        accept(&client, &invented(1_000_000 + number, "100"));
    }
    let (id, said) = new_result(&stage, &client);
    accept(&client, &invented(id, "1"));
    let before = spent(&stage);
    let mut events = drain(&client);
    while let Some(event) = next(&client) {
        events.push(event);
    }
    assert_eq!(events.len(), 1);
    assert_eq!((&events[0]["object"], &events[0]["verified"]), (&said, &json!(true)));
    assert!(spent(&stage) - before <= 20, "{}", spent(&stage) - before);
    // A true one in the middle of the next wave comes through within the same hour.
    for number in 0..500 {
        accept(&client, &invented(2_000_000 + number, "100"));
    }
    let (id, said) = new_result(&stage, &client);
    accept(&client, &invented(id, "1"));
    for number in 0..500 {
        accept(&client, &invented(3_000_000 + number, "100"));
    }
    let mut events = Vec::new();
    for step in 0..39 {
        events.extend(drain(&at(f64::from(step) * 90.0)));
    }
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["object"], said);
    // The two results that this test read itself aside.
    assert!(spent(&stage) - 2 <= 20, "{}", spent(&stage) - 2);
    assert!(get(&client, "inbox.list", json!({}))["unverified"].as_u64().unwrap() > 1000);
}

#[test]
fn what_cannot_be_asked_now_is_asked_later() {
    let stage = stage();
    let client = stage.client(json!({ "max_wait_s": 0 }));
    let (id, said) = new_result(&stage, &client);
    accept(&client, &invented(id, "1"));
    accept(&client, &json!({ "ping": 1 }));
    stage.sandbox.fault(Fault::status(503).always());
    assert_eq!(next(&client).unwrap()["object"], json!({ "ping": 1 }), "what is there comes first");
    let error = fails(&client, Code::Server, "inbox.next", json!({}));
    assert_eq!(error.details().http_status, Some(503));
    stage.sandbox.clear_faults();
    assert_eq!(next(&client).unwrap()["object"], said);
}

#[test]
fn only_one_caller_asks_and_what_an_overtaken_one_read_is_not_kept() {
    let stage = stage();
    let settings = json!({ "timeout_s": 20 });
    let client = stage.client(settings.clone());
    let user = stage.sandbox.people()[0].id;
    let id = stage.sandbox.add_result(NewResult::of(user).failed("41.00"));
    accept(&client, &invented(id, "1"));
    // The first one's answer is made at once and comes late; the second one takes over, as if the first had died.
    stage.sandbox.fault(Fault::delay_after_acting(3000).path("/finautapi/v1/results/"));
    let (slow, event) = std::thread::scope(|scope| {
        let slow = scope.spawn(|| call(&client, "inbox.next", json!({})));
        while stage.sandbox.requests().is_empty() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let changes = ResultChanges { score: Some("90.00".into()), passed: Some(true), ..ResultChanges::default() };
        std::thread::sleep(std::time::Duration::from_millis(300));
        stage.sandbox.change_result(id, changes);
        accept(&client, &invented(id, "1"));
        let other = stage.client(settings.clone());
        assert_eq!(next(&other), None, "somebody is asking already");
        let later = stage.client_at(settings.clone(), OtherClock { ahead_s: 60.0, ..OtherClock::default() });
        let event = next(&later).unwrap();
        (slow.join().unwrap(), event)
    });
    assert_eq!(event["object"]["score"].to_string(), "90.00");
    assert!(slow.is_err() || slow.as_ref().unwrap().is_null(), "{slow:?}");
    acknowledge(&client, &event);
    assert_eq!(next(&client), None, "the older answer is no change back");
}

#[test]
fn a_signature_does_not_replace_asking() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "hmac_secret": SECRET } }));
    let body = invented(999_999, "100").to_string();
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
    let tag = data_encoding::HEXLOWER.encode(ring::hmac::sign(&key, body.as_bytes()).as_ref());
    let args = json!({ "body": body, "headers": { "X-Hub-Signature": format!("sha256={tag}") } });
    assert_eq!(get(&client, "webhook.accept", args)["http_status"], 200);
    assert_eq!(next(&client), None);
}

#[test]
fn without_asking_only_a_signature_verifies() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    accept(&client, &invented(1, "100"));
    assert_eq!(next(&client).unwrap()["verified"], Value::Bool(false));
}
