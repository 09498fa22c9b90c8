//! Asking for what is new, for hosts that cannot be reached.

use finaut_core::error::Code;
use finaut_sandbox::{NewResult, ResultChanges, Sandbox};
use serde_json::json;

use super::stage::Stage;
use super::tools::*;

/// Whatever order the server lists in, and whether or not its `from_date` means that day too.
#[test]
fn each_new_or_changed_object_is_found_once() {
    for (newest_first, excludes) in [(false, false), (true, false), (false, true), (true, true)] {
        found_once(Stage::new(Sandbox::builder().users(20).switches(|switches| {
            switches.newest_first = newest_first;
            switches.from_date_excludes_its_day = excludes;
        })));
    }
}

fn found_once(stage: Stage) {
    let client = stage.client(json!({}));
    let user = stage.sandbox.people()[0].id;
    let old = get(&client, "userstatus.list", json!({}))["count"].as_u64().unwrap();
    assert!(old > 10);
    get(&client, "inbox.poll", json!({}));
    drain(&client);
    let before = spent(&stage);
    let reply = get(&client, "inbox.poll", json!({}));
    assert_eq!((&reply["result"], &reply["userstatus"]), (&json!(0), &json!(0)));
    let id = stage.sandbox.add_result(NewResult::of(user));
    stage.sandbox.add_status(user, "afr", "utmeldt", None);
    let reply = get(&client, "inbox.poll", json!({}));
    assert_eq!((&reply["result"], &reply["userstatus"]), (&json!(1), &json!(1)));
    let events = drain(&client);
    assert_eq!(events.iter().filter(|event| event["kind"] == "result" && event["verified"] == true).count(), 1);
    assert_eq!(events.iter().filter(|event| event["object"]["status"] == "utmeldt").count(), 1);
    let changes = ResultChanges { score: Some("12.00".into()), ..ResultChanges::default() };
    stage.sandbox.change_result(id, changes);
    assert_eq!(get(&client, "inbox.poll", json!({}))["result"], 1);
    assert_eq!(drain(&client)[0]["object"]["score"].to_string(), "12.00");
    assert_eq!(spent(&stage) - before, 6, "two requests for each poll");
}

#[test]
fn the_first_poll_begins_where_the_host_says() {
    let stage = Stage::new(Sandbox::builder().users(20));
    let client = stage.client(json!({}));
    let user = stage.sandbox.people()[0].id;
    let results = get(&client, "results.list", json!({}))["count"].as_u64().unwrap();
    assert!(results > 0);
    stage.sandbox.add_result(NewResult::of(user).created_on("2020-01-10"));
    stage.sandbox.add_status(user, "afr", "utmeldt", Some("2020-01-10"));
    stage.sandbox.add_status(user, "afr", "hvilende", Some("2020-01-07"));
    get(&client, "inbox.poll", json!({}));
    let dates = |events: &[serde_json::Value]| {
        events.iter().filter_map(|event| event["object"]["status_date"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert!(!dates(&drain(&client)).iter().any(|date| date.starts_with("2020")), "long ago");
    // Statuses that the first poll has seen are known; results of then are read now.
    assert!(get(&client, "inbox.poll", json!({ "since": "2020-01-10" }))["result"].as_u64().unwrap() >= 1);
    drain(&client);
    let fresh = Stage::new(Sandbox::builder().users(20));
    let client = fresh.client(json!({}));
    let user = fresh.sandbox.people()[0].id;
    fresh.sandbox.add_status(user, "afr", "utmeldt", Some("1999-01-10"));
    fresh.sandbox.add_status(user, "afr", "hvilende", Some("1999-01-07"));
    get(&client, "inbox.poll", json!({ "since": "1999-01-10", "kind": "userstatus" }));
    let dates = dates(&drain(&client));
    assert!(dates.contains(&"1999-01-10".to_owned()) && !dates.contains(&"1999-01-07".to_owned()), "{dates:?}");
}

#[test]
fn later_polls_read_the_end_of_a_long_history_only() {
    for newest_first in [false, true] {
        let builder = Sandbox::builder().users(20).throttle(1000, 3600.0);
        end_only(Stage::new(builder.switches(|switches| switches.newest_first = newest_first)));
    }
}

fn end_only(stage: Stage) {
    let client = stage.client(json!({ "throttle": { "requests": 1000 } }));
    let people = stage.sandbox.people();
    for n in 0..650 {
        stage.sandbox.add_status(people[n % people.len()].id, "krd", "hvilende", Some("2020-01-01"));
    }
    assert!(get(&client, "inbox.poll", json!({ "kind": "userstatus" }))["requests"].as_u64().unwrap() >= 7);
    drain(&client);
    for round in 0..5 {
        for n in 0..30 {
            stage.sandbox.add_status(people[n % people.len()].id, "afr", "utmeldt", None);
        }
        let reply = get(&client, "inbox.poll", json!({ "kind": "userstatus" }));
        assert_eq!(reply["userstatus"], 30, "round {round}");
        assert!(reply["requests"].as_u64().unwrap() <= 2, "{reply}");
        assert_eq!(drain(&client).len(), 30);
    }
}

#[test]
fn polling_and_webhooks_at_once_give_each_change_once() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(10_000, 3600.0));
    let settings = json!({ "throttle": { "requests": 10_000 }, "inbox": { "verify_per_hour": 10_000 } });
    let client = stage.client(settings.clone());
    get(&client, "inbox.poll", json!({}));
    drain(&client);
    let user = stage.sandbox.people()[0].id;
    let mut ids: Vec<u64> = Vec::new();
    let events = std::thread::scope(|scope| {
        let pollers: Vec<_> = (0..2)
            .map(|_| {
                let client = stage.client(settings.clone());
                scope.spawn(move || {
                    for _ in 0..8 {
                        get(&client, "inbox.poll", json!({}));
                    }
                })
            })
            .collect();
        let consumer = scope.spawn(|| {
            let (client, mut events) = (stage.client(settings.clone()), Vec::new());
            loop {
                let event = get(&client, "inbox.next", json!({ "wait_s": 120, "kind": "result" }));
                acknowledge(&client, &event);
                events.push(event);
                if events.len() == 60 {
                    return events;
                }
            }
        });
        for _ in 0..60 {
            let id = stage.sandbox.add_result(NewResult::of(user));
            ids.push(id);
            for _ in 0..2 {
                assert_eq!(accept(&client, &invented(id, "1")), 200);
            }
        }
        pollers.into_iter().for_each(|poller| poller.join().unwrap());
        consumer.join().unwrap()
    });
    assert_eq!(next(&client), None);
    let mut delivered: Vec<u64> = events
        .iter()
        .map(|event| event["object"]["id"].as_str().unwrap().trim_end_matches('/').rsplit('/').next().unwrap().parse().unwrap())
        .collect();
    delivered.sort();
    assert_eq!(delivered, ids);
    assert!(events.iter().all(|event| event["verified"] == true));
}

#[test]
fn what_cannot_be_polled_is_refused() {
    let stage = stage();
    let client = stage.client(json!({}));
    fails(&client, Code::Validation, "inbox.poll", json!({ "kind": "link" }));
    fails(&client, Code::Validation, "inbox.poll", json!({ "since": "yesterday" }));
    assert_eq!(spent(&stage), 0);
}
