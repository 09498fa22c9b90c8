//! Asking for what is new, for hosts that cannot be reached.

use std::sync::Arc;

use finaut_core::client::Client;
use finaut_core::error::Code;
use finaut_core::store::sqlite::SqliteStore;
use finaut_sandbox::{Fault, NewResult, Paging, ResultChanges, Sandbox};
use serde_json::json;

use super::clocks::MovedClock;
use super::stage::{Stage, call};
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

/// A client whose clock can be moved, and the sandbox's with it.
fn moved(stage: &Stage, settings: serde_json::Value) -> (Client, Arc<MovedClock>) {
    let config = super::stage::read(&stage.config(settings));
    let clock = Arc::new(MovedClock::default());
    let store = SqliteStore::open(stage.folder.file().to_str().unwrap(), &config, &*clock).unwrap();
    (Client::with_parts(config, Arc::new(store), clock.clone()).unwrap(), clock)
}

/// Polls as a host does that comes again each hour, until it succeeds; the replies' counts added up.
fn poll_each_hour(stage: &Stage, settings: &serde_json::Value, args: &serde_json::Value) -> (u64, u64, usize) {
    let (mut results, mut statuses, mut tries) = (0, 0, 0);
    let mut at = 0.0;
    loop {
        tries += 1;
        assert!(tries < 30, "it never ends");
        // The program comes again, as another process may.
        let (client, clock) = moved(stage, settings.clone());
        clock.set(at);
        match call(&client, "inbox.poll", args.clone()) {
            Ok(reply) => {
                results += reply["result"].as_u64().unwrap_or(0);
                statuses += reply["userstatus"].as_u64().unwrap_or(0);
                return (results, statuses, tries);
            }
            Err(error) => {
                assert_eq!(error.code(), Code::Throttled, "{}", error.json());
                stage.sandbox.advance(3700.0);
                at += 3700.0;
            }
        }
    }
}

/// As with 10,000 people and 200 requests an hour: there are many more pages than an hour has slots.
#[test]
fn the_first_poll_of_a_long_history_goes_on_where_the_last_one_stopped() {
    for (paging, newest_first) in [
        (Paging::PageNumber, false),
        (Paging::PageNumber, true),
        (Paging::Offset, false),
        (Paging::Cursor, false),
        (Paging::Cursor, true),
    ] {
        let stage = Stage::new(Sandbox::builder().users(20).throttle(3, 3600.0).switches(|switches| {
            (switches.paging, switches.newest_first) = (paging, newest_first);
        }));
        let people = stage.sandbox.people();
        for n in 0..950 {
            stage.sandbox.add_status(people[n % people.len()].id, "krd", "hvilende", Some("2020-01-01"));
        }
        let lately = (0..5).map(|n| stage.sandbox.add_status(people[n].id, "afr", "utmeldt", None)).collect::<Vec<_>>();
        let all = people.iter().map(|person| stage.sandbox.statuses_of(person.id).len()).sum::<usize>();
        let settings = json!({ "throttle": { "requests": 3 }, "max_wait_s": 5 });
        let before = spent(&stage);
        let (_, _, tries) = poll_each_hour(&stage, &settings, &json!({ "kind": "userstatus" }));
        let pages = all.div_ceil(100);
        assert!(tries >= pages.div_ceil(3) && tries <= pages.div_ceil(3) + 1, "{paging:?}: {tries} tries for {pages} pages");
        let asked: Vec<_> = stage.sandbox.requests().iter().map(|request| (request.status, request.query.clone())).collect();
        assert_eq!(spent(&stage) - before, pages, "{paging:?} {newest_first}: no page is read twice: {asked:?}");
        stage.sandbox.advance(4000.0);
        let client = stage.client(json!({ "throttle": { "requests": 1000 } }));
        let found: Vec<_> = drain(&client).iter().map(|event| number_of(&event["object"])).collect();
        assert!(lately.iter().all(|id| found.contains(id)), "{paging:?}");
        assert!(found.len() < 60, "what is long past is no event");
        // What comes later is found by the end alone.
        stage.sandbox.set_throttle(1000, 3600.0);
        let new = stage.sandbox.add_status(people[0].id, "afr", "hvilende", None);
        let before = spent(&stage);
        assert_eq!(get(&client, "inbox.poll", json!({ "kind": "userstatus" }))["userstatus"], 1);
        assert!(spent(&stage) - before <= 2, "{paging:?} {newest_first}: {}", spent(&stage) - before);
        assert_eq!(number_of(&drain(&client)[0]["object"]), new);
    }
}

fn number_of(object: &serde_json::Value) -> u64 {
    object["id"].as_str().unwrap().trim_end_matches('/').rsplit('/').next().unwrap().parse().unwrap()
}

#[test]
fn results_from_long_ago_and_many_changes_after_a_long_pause_go_on_too() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(3, 3600.0));
    let people = stage.sandbox.people();
    for n in 0..700 {
        stage.sandbox.add_result(NewResult::of(people[n % people.len()].id).on("2020-01-10").created_on("2020-01-10"));
    }
    let all = people.iter().map(|person| stage.sandbox.results_of(person.id).len()).sum::<usize>();
    let settings = json!({ "throttle": { "requests": 3 }, "max_wait_s": 5 });
    poll_each_hour(&stage, &settings, &json!({ "kind": "result", "since": "2000-01-01" }));
    assert_eq!(spent(&stage), all.div_ceil(100));
    stage.sandbox.advance(4000.0);
    let client = stage.client(json!({ "throttle": { "requests": 1000 } }));
    assert_eq!(drain(&client).len(), all, "each once");
    drop(client);
    // A host that was off for long: the end of the history alone is longer than an hour's slots.
    stage.sandbox.set_throttle(1000, 3600.0);
    get(&stage.client(json!({ "throttle": { "requests": 1000 } })), "inbox.poll", json!({ "kind": "userstatus" }));
    drain(&stage.client(json!({})));
    for n in 0..650 {
        stage.sandbox.add_status(people[n % people.len()].id, "afr", "utmeldt", None);
    }
    stage.sandbox.set_throttle(3, 3600.0);
    stage.sandbox.advance(4000.0);
    let before = spent(&stage);
    poll_each_hour(&stage, &settings, &json!({ "kind": "userstatus" }));
    assert!(spent(&stage) - before <= 8, "{}", spent(&stage) - before);
    stage.sandbox.advance(4000.0);
    assert_eq!(drain(&stage.client(json!({}))).len(), 650);
}

#[test]
fn a_poll_that_cannot_end_says_how_far_it_is() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(3, 3600.0));
    let people = stage.sandbox.people();
    for n in 0..650 {
        stage.sandbox.add_status(people[n % people.len()].id, "krd", "hvilende", Some("2020-01-01"));
    }
    let client = stage.client(json!({ "throttle": { "requests": 3 }, "max_wait_s": 1 }));
    let error = fails(&client, Code::Throttled, "inbox.poll", json!({ "kind": "userstatus" }));
    assert!(error.message().contains("3 of about ") && error.message().contains(" pages are read and kept"), "{error}");
    assert!(error.details().retry_after_s.unwrap() > 3000.0);
    // Without a slot nothing is sent.
    let before = spent(&stage);
    fails(&client, Code::Throttled, "inbox.poll", json!({ "kind": "userstatus" }));
    assert_eq!(spent(&stage), before);
}

#[test]
fn pages_that_lead_in_a_circle_end_a_poll_with_a_clear_error() {
    let stage = Stage::new(Sandbox::builder().users(20));
    let page = |n: u64| {
        let next = format!("http://x/finautapi/v1/userstatus/?cursor={n}");
        let rows: Vec<_> = (0..100)
            .map(|id| json!({ "id": format!("http://x/finautapi/v1/userstatus/{}/", id + 1), "status": "x" }))
            .collect();
        json!({ "next": next, "results": rows }).to_string()
    };
    for n in 1..20 {
        stage.sandbox.fault(Fault::status(200).body(&page(n)).path("userstatus/"));
    }
    let client = stage.client(json!({}));
    fails(&client, Code::Protocol, "inbox.poll", json!({ "kind": "userstatus" }));
    assert_eq!(spent(&stage), 2);
}
