//! Events: each change once, in order, until it is acknowledged.

use finaut_core::error::Code;
use serde_json::{Value, json};

use super::stage::{OtherClock, bytes_of, call};
use super::tools::*;

#[test]
fn a_change_there_and_back_is_two_changes_and_a_repetition_none() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    for score in ["80", "80", "75", "75", "80", "80"] {
        assert_eq!(accept(&client, &invented(5, score)), 200);
    }
    let scores: Vec<_> = drain(&client).iter().map(|event| event["object"]["score"].clone()).collect();
    assert_eq!(scores, ["80", "75", "80"]);
    assert_eq!(accept(&client, &invented(5, "80")), 200);
    assert_eq!(next(&client), None, "acknowledged, and unchanged since");
    assert_eq!(accept(&client, &invented(5, "70")), 200);
    assert_eq!(next(&client).unwrap()["object"]["score"], "70");
}

#[test]
fn what_differs_only_in_host_or_order_is_the_same() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    accept(&client, &invented(5, "80"));
    assert_eq!(drain(&client).len(), 1);
    let text = invented(5, "80").to_string().replace("https://api.norsktest.no", "http://10.0.0.7:8000");
    let other: Value = serde_json::from_str(&text).unwrap();
    let turned: serde_json::Map<_, _> = other.as_object().unwrap().iter().rev().map(|(k, v)| (k.clone(), v.clone())).collect();
    accept(&client, &json!(turned));
    assert_eq!(next(&client), None);
    // A field that the server has learnt meanwhile is no change of what is known; from then on it counts.
    let mut more = invented(5, "80");
    more["grade"] = json!("B");
    accept(&client, &more);
    assert_eq!(next(&client), None);
    more["grade"] = json!("C");
    accept(&client, &more);
    assert_eq!(next(&client).unwrap()["object"]["grade"], "C");
}

#[test]
fn a_delivery_that_comes_late_again_is_known_by_its_correlation_id() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    let send = |score: &str, id: &str| {
        let args = json!({ "body": invented(5, score).to_string(), "headers": { "X-Correlation-Id": id } });
        assert_eq!(get(&client, "webhook.accept", args)["http_status"], 200);
    };
    send("80", "one");
    send("75", "two");
    send("80", "one");
    let scores: Vec<_> = drain(&client).iter().map(|event| event["object"]["score"].clone()).collect();
    assert_eq!(scores, ["80", "75"], "the second \"one\" is the first, not a change back");
}

#[test]
fn events_of_one_object_come_one_after_the_other_and_others_beside() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    for (number, score) in [(1, "10"), (1, "20"), (2, "30")] {
        accept(&client, &invented(number, score));
    }
    let (first, other) = (next(&client).unwrap(), next(&client).unwrap());
    assert_eq!((&first["object"]["score"], &other["object"]["score"]), (&json!("10"), &json!("30")));
    assert_eq!(next(&client), None, "the second change of an object waits for the first");
    acknowledge(&client, &first);
    assert_eq!(next(&client).unwrap()["object"]["score"], "20");
}

#[test]
fn an_event_that_is_not_acknowledged_comes_again_when_its_lease_ends() {
    let stage = stage();
    let settings = json!({ "inbox": { "verify": "none" } });
    let client = stage.client(settings.clone());
    accept(&client, &invented(1, "80"));
    let first = get(&client, "inbox.next", json!({ "lease_s": 60 }));
    assert_eq!(first["deliveries"], 1);
    assert_eq!(next(&client), None);
    let later = |ahead_s: f64| stage.client_at(settings.clone(), OtherClock { ahead_s, ..OtherClock::default() });
    assert_eq!(next(&later(50.0)), None);
    let again = next(&later(70.0)).unwrap();
    assert_eq!((&again["event"], &again["deliveries"]), (&first["event"], &json!(2)));
    // The clocks of another run of the machine say nothing about this one's leases.
    let rebooted = stage.client_at(settings.clone(), OtherClock { boot: Some("another"), ..OtherClock::default() });
    assert_eq!(next(&rebooted).unwrap()["deliveries"], 3);
    acknowledge(&client, &first);
    acknowledge(&client, &first);
    assert_eq!(next(&later(1e6)), None);
    let error = fails(&client, Code::NotFound, "inbox.acknowledge", json!({ "event": 999 }));
    assert!(error.message().contains("999"));
}

#[test]
fn each_event_is_one_consumers_at_a_time() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    for number in 1..=200 {
        accept(&client, &invented(number, "80"));
    }
    let mut taken: Vec<u64> = std::thread::scope(|scope| {
        let consumers: Vec<_> = (0..8)
            .map(|_| {
                let client = stage.client(json!({ "inbox": { "verify": "none" } }));
                scope.spawn(move || drain(&client).iter().map(|event| event["event"].as_u64().unwrap()).collect::<Vec<_>>())
            })
            .collect();
        consumers.into_iter().flat_map(|consumer| consumer.join().unwrap()).collect()
    });
    taken.sort();
    assert_eq!(taken, (1..=200).collect::<Vec<_>>());
}

#[test]
fn acknowledged_events_are_deleted_when_their_time_is_over() {
    let stage = stage();
    let settings = json!({ "inbox": { "verify": "none", "keep_days": 3 } });
    let client = stage.client(settings.clone());
    accept(&client, &invented(1, "80"));
    accept(&client, &invented(2, "80"));
    let first = next(&client).unwrap();
    acknowledge(&client, &first);
    let list = |wall_s: f64| {
        let client = stage.client_at(settings.clone(), OtherClock { wall_s, ..OtherClock::default() });
        accept(&client, &invented(3, "80"));
        get(&client, "inbox.list", json!({}))
    };
    let kept = list(2.0 * 86_400.0);
    assert_eq!((&kept["acknowledged"], &kept["results"][0]["state"]), (&json!(1), &json!("acknowledged")));
    let kept = list(4.0 * 86_400.0);
    assert_eq!((&kept["acknowledged"], &kept["waiting"]), (&json!(0), &json!(2)), "what was not acknowledged is never deleted");
    acknowledge(&client, &first);
    accept(&client, &invented(1, "80"));
    assert_eq!(drain(&client).len(), 2, "the first one is still known");
}

#[test]
fn waiting_ends_when_an_event_comes_or_the_host_wants_to_stop() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    let other = stage.client(json!({ "inbox": { "verify": "none" } }));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| get(&client, "inbox.next", json!({ "wait_s": 300 })));
        accept(&other, &invented(1, "80"));
        assert_eq!(waiting.join().unwrap()["kind"], "result");
        let waiting = scope.spawn(|| call(&client, "inbox.next", json!({ "wait_s": 300 })));
        while !waiting.is_finished() {
            client.interrupt();
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert_eq!(waiting.join().unwrap().unwrap_err().code(), Code::Interrupted);
    });
    assert_eq!(get(&client, "inbox.next", json!({ "wait_s": 0.1 })), Value::Null);
    assert_eq!(spent(&stage), 0);
}

#[test]
fn kinds_can_be_taken_apart() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    accept(&client, &invented(1, "80"));
    accept(&client, &json!({ "ping": 1 }));
    assert_eq!(get(&client, "inbox.next", json!({ "kind": "link" })), Value::Null);
    assert_eq!(get(&client, "inbox.next", json!({ "kind": "unknown" }))["object"], json!({ "ping": 1 }));
    assert_eq!(get(&client, "inbox.list", json!({ "kind": "result" }))["results"].as_array().unwrap().len(), 1);
    fails(&client, Code::Validation, "inbox.next", json!({ "kind": "results" }));
}

#[test]
fn nothing_comes_after_a_number_that_no_event_can_have() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    accept(&client, &invented(1, "80"));
    accept(&client, &invented(2, "80"));
    let after = |number: u64| get(&client, "inbox.list", json!({ "after": number }));
    let numbers = |listed: &Value| {
        listed["results"].as_array().unwrap().iter().map(|event| event["event"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&after(1)), [2]);
    for number in [2, i64::MAX as u64, i64::MAX as u64 + 1, u64::MAX] {
        let listed = after(number);
        assert_eq!((numbers(&listed), &listed["waiting"]), (vec![], &json!(2)), "after {number}");
    }
}

#[test]
fn nothing_personal_is_in_the_file_in_clear() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none", "path_secret": SECRET } }));
    let mut object = invented(4_242_424_242, "83.25");
    object["persnr"] = json!("01810050019");
    let link = json!({ "ext_user_id": "EXT-GEHEIM-1", "encrypted_user_id": "gAAA-GEHEIM-2" });
    for body in [object, link, json!({ "note": "GEHEIM-3" })] {
        let args =
            json!({ "body": body.to_string(), "path": format!("/{SECRET}"), "headers": { "X-Correlation-Id": "GEHEIM-4" } });
        assert_eq!(get(&client, "webhook.accept", args)["http_status"], 200);
    }
    assert_eq!(drain(&client).len(), 3);
    let bytes = bytes_of(&stage.folder.file());
    for planted in ["01810050019", "83.25", "GEHEIM", "4242424242", SECRET, "norsktest"] {
        assert!(!bytes.windows(planted.len()).any(|window| window == planted.as_bytes()), "{planted}");
    }
}

#[test]
fn another_secret_cannot_read_the_events_but_is_told_of_them() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    accept(&client, &invented(1, "80"));
    let other = stage.client(json!({ "client_secret": "another-secret" }));
    assert_eq!(next(&other), None);
    let listed = get(&other, "inbox.list", json!({}));
    assert_eq!((&listed["unreadable"], &listed["waiting"]), (&json!(1), &json!(0)));
    fails(&other, Code::NotFound, "inbox.acknowledge", json!({ "event": 1 }));
    assert_eq!(drain(&client).len(), 1);
}

#[test]
fn an_operator_sees_who_has_which_event_and_why_it_came_back() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    for number in 1..=3 {
        accept(&client, &invented(number, "80"));
    }
    let first = get(&client, "inbox.next", json!({ "lease_s": 60 }));
    let status = get(&client, "inbox.status", json!({}));
    assert_eq!((&status["waiting"], &status["leased"], &status["unverified"]), (&json!(2), &json!(1), &json!(0)));
    assert!(status["oldest_s"].as_f64().unwrap() >= 0.0 && status["oldest_unverified_s"].is_null(), "{status}");
    let taken = &status["taken"][0];
    assert_eq!((&taken["event"], &taken["state"], &taken["deliveries"]), (&first["event"], &json!("leased"), &json!(1)));
    assert!(taken["holder"].as_str().unwrap().ends_with(&format!("(process {})", std::process::id())), "{taken}");
    assert!(taken["lease_ends_in_s"].as_f64().is_some_and(|left| left <= 60.0) && taken["last_error"].is_null(), "{taken}");
    assert!(taken.get("object").is_none(), "no object is told");
    get(&client, "inbox.requeue", json!({ "event": first["event"], "reason": "the LMS does not know 01819010001" }));
    let listed = get(&client, "inbox.list", json!({}));
    let one = &listed["results"][0];
    assert_eq!(
        (&one["state"], &one["holder"], &one["last_error"]),
        (&json!("waiting"), &json!(null), &json!("the LMS does not know ***"))
    );
    let again = get(&client, "inbox.next", json!({ "lease_s": 60 }));
    assert_eq!((&again["event"], &again["deliveries"]), (&first["event"], &json!(2)));
    assert!(again.get("state").is_none() && again.get("holder").is_none(), "{again}");
    // Whoever took it is gone.
    let later =
        stage.client_at(json!({ "inbox": { "verify": "none" } }), OtherClock { ahead_s: 70.0, ..OtherClock::default() });
    let lost = get(&later, "inbox.status", json!({}))["taken"][0].clone();
    assert_eq!(lost["state"], "waiting");
    assert!(lost["last_error"].as_str().unwrap().contains(&format!("(process {}) ended", std::process::id())), "{lost}");
    get(&client, "inbox.drop", json!({ "event": first["event"], "reason": "a test" }));
    let dropped = get(&client, "inbox.list", json!({}))["results"][0].clone();
    assert_eq!((&dropped["state"], &dropped["last_error"]), (&json!("dropped"), &json!("a test")));
    assert_eq!(drain(&client).len(), 2);
    get(&client, "inbox.requeue", json!({ "event": first["event"] }));
    assert_eq!(next(&client).unwrap()["event"], first["event"]);
    for (operation, args) in [("inbox.requeue", json!({"event": 999})), ("inbox.drop", json!({"event": 999, "reason": "x"}))] {
        assert!(fails(&client, Code::NotFound, operation, args).message().contains("999"));
    }
    fails(&client, Code::Argument, "inbox.drop", json!({ "event": 1 }));
    fails(&client, Code::Validation, "inbox.requeue", json!({ "event": 1, "reason": "x".repeat(1001) }));
    let elsewhere = get(&stage.client(json!({ "client_id": "another" })), "inbox.status", json!({}));
    assert_eq!((&elsewhere["taken"], &elsewhere["oldest_s"]), (&json!([]), &json!(null)), "another account's");
}
