//! What goes wrong around the inbox: strangers who flood it, servers that are slow to know, clocks that were wrong, calls that meet.
//! Nothing that was let in is lost by it, and nobody waits for it longer than he must.

use finaut_core::error::{Code, Error};
use finaut_sandbox::{Fault, NewResult, Sandbox};
use serde_json::{Value, json};

use super::stage::{OtherClock, Stage, bytes_of, call};
use super::tools::*;

fn status_hint(id: u64) -> Value {
    json!({ "id": format!("http://x/finautapi/v1/userstatus/{id}/"), "appname": "afr", "status": "utmeldt" })
}

#[test]
fn the_first_poll_leaves_a_webhooks_status_dated_back_an_event() {
    let stage = stage();
    let client = stage.client(json!({}));
    let user = stage.sandbox.people()[0].id;
    let id = stage.sandbox.add_status(user, "afr", "utmeldt", Some("2026-01-01"));
    assert_eq!(accept(&client, &status_hint(id)), 200);
    get(&client, "inbox.poll", json!({}));
    let events = drain(&client);
    assert!(events.iter().any(|e| e["object"]["id"].to_string().contains(&id.to_string())), "LOST; {} events", events.len());
}

#[test]
fn a_new_status_dated_back_is_found_by_a_poll_since_later() {
    let stage = stage();
    let client = stage.client(json!({}));
    let user = stage.sandbox.people()[0].id;
    get(&client, "inbox.poll", json!({}));
    drain(&client);
    let id = stage.sandbox.add_status(user, "afr", "utmeldt", Some("2026-01-01"));
    get(&client, "inbox.poll", json!({ "since": "2026-11-22" }));
    get(&client, "inbox.poll", json!({}));
    let events = drain(&client);
    assert!(events.iter().any(|e| e["object"]["id"].to_string().contains(&id.to_string())), "LOST; {} events", events.len());
}

#[test]
fn a_webhook_that_is_quicker_than_the_api_is_not_lost() {
    let stage = stage();
    let client = stage.client(json!({}));
    let (id, _) = new_result(&stage, &client);
    accept(&client, &invented(id, "1"));
    stage.sandbox.fault(Fault::status(404).path("results/"));
    assert_eq!(next(&client), None);
    let later = stage.client_at(json!({}), OtherClock { wall_s: 120.0, ..OtherClock::default() });
    assert!(next(&later).is_some(), "LOST");
}

#[test]
fn a_permission_that_is_missing_for_a_while_loses_nothing() {
    let stage = stage();
    let client = stage.client(json!({}));
    let (id, _) = new_result(&stage, &client);
    accept(&client, &invented(id, "1"));
    stage.sandbox.fault(Fault::status(403).path("results/"));
    fails(&client, Code::Permission, "inbox.next", json!({}));
    let later = stage.client_at(json!({}), OtherClock { wall_s: 120.0, ..OtherClock::default() });
    assert!(next(&later).is_some(), "LOST");
}

#[test]
fn forged_links_do_not_hold_up_results() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(100_000, 3600.0));
    let settings = json!({ "throttle": { "requests": 100_000 } });
    let client = stage.client(settings.clone());
    for n in 0..1000 {
        accept(&client, &json!({ "ext_user_id": format!("X{n}"), "encrypted_user_id": format!("gAAA{n}") }));
    }
    let (id, _) = new_result(&stage, &client);
    accept(&client, &invented(id, "1"));
    let mut found = None;
    let mut events = 0;
    for hour in 0..12 {
        for step in 0..40 {
            let c = stage.client_at(
                settings.clone(),
                OtherClock { ahead_s: f64::from(hour) * 3600.0 + f64::from(step) * 91.0, ..OtherClock::default() },
            );
            for event in drain(&c) {
                events += 1;
                if event["kind"] == "result" {
                    found = Some((hour, step));
                }
            }
            if found.is_some() {
                break;
            }
        }
        if found.is_some() {
            break;
        }
    }
    assert!(found.is_some_and(|(hour, _)| hour == 0), "{found:?}, {events} unverified link events");
}

#[test]
fn after_a_flood_there_is_room_as_soon_as_it_was_looked_into() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(100_000, 3600.0));
    // A fiftieth of the default, so 10,000 hints take fifty times as long.
    let settings = json!({ "inbox": { "most": 200 }, "throttle": { "requests": 100_000 } });
    let client = stage.client(settings.clone());
    for n in 0..200 {
        accept(&client, &invented(1_000_000 + n, "100"));
    }
    let mut hours = 0;
    let mut refused = 0;
    loop {
        let (id, _) = new_result(&stage, &client);
        let c = stage.client_at(settings.clone(), OtherClock { ahead_s: f64::from(hours) * 3600.0, ..OtherClock::default() });
        if accept(&c, &invented(id, "1")) == 503 {
            refused += 1;
        }
        for step in 0..40 {
            let c = stage.client_at(
                settings.clone(),
                OtherClock { ahead_s: f64::from(hours) * 3600.0 + f64::from(step) * 90.0, ..OtherClock::default() },
            );
            drain(&c);
        }
        hours += 1;
        let left = get(&client, "inbox.list", json!({}))["unverified"].as_u64().unwrap();
        if left < 5 || hours > 10 {
            break;
        }
    }
    // Before anybody has looked, what is full is full: true senders come again.
    assert_eq!(refused, 1);
}

#[test]
fn errors_cost_no_more_than_verify_per_hour() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(100_000, 3600.0));
    let settings = json!({ "inbox": { "verify_per_hour": 10 }, "throttle": { "requests": 100_000 } });
    let client = stage.client(settings.clone());
    stage.sandbox.fault(Fault::status(503).path("results/").always());
    accept(&client, &invented(5, "1"));
    for _ in 0..10 {
        let _ = call(&client, "inbox.next", json!({ "max_wait_s": 30 }));
    }
    println!("{} requests for a burst of 5 charges", spent(&stage));
    assert!(spent(&stage) <= 10, "{} requests, verify_per_hour 10", spent(&stage));
}

#[test]
fn asking_in_vain_does_not_use_up_the_share() {
    let stage = stage();
    let settings = json!({ "max_wait_s": 0 });
    let client = stage.client(settings.clone());
    let (id, _) = new_result(&stage, &client);
    accept(&client, &invented(id, "1"));
    stage.sandbox.fault(Fault::cut_before_acting().path("results/").always());
    for step in 0..60 {
        let c = stage.client_at(settings.clone(), OtherClock { ahead_s: f64::from(step) * 91.0, ..OtherClock::default() });
        let _ = call(&c, "inbox.next", json!({}));
        if step >= 45 {
            break;
        }
    }
    stage.sandbox.clear_faults();
    let c = stage.client_at(settings.clone(), OtherClock { ahead_s: 46.0 * 91.0, ..OtherClock::default() });
    let found = next(&c);
    let mut waited = 0.0;
    let mut found = found;
    while found.is_none() && waited < 7200.0 {
        waited += 60.0;
        let c = stage.client_at(settings.clone(), OtherClock { ahead_s: 46.0 * 91.0 + waited, ..OtherClock::default() });
        found = next(&c);
    }
    assert_eq!(waited, 0.0, "the server works again; the event came {waited} s later");
}

#[test]
fn hints_looked_into_before_do_not_use_what_new_ones_need() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(100_000, 3600.0));
    let settings = json!({ "throttle": { "requests": 100_000 } });
    let client = stage.client(settings.clone());
    for n in 0..500 {
        accept(&client, &invented(1_000_000 + n, "100"));
    }
    for n in 0..25 {
        let at = f64::from(n) * 91.0;
        let c = stage.client_at(settings.clone(), OtherClock { ahead_s: at, ..OtherClock::default() });
        // One forged one at a time: "untried" is never 0.
        accept(&c, &invented(2_000_000 + u64::from(n as u32), "100"));
        drain(&c);
    }
    let (id, _) = new_result(&stage, &client);
    accept(&client, &invented(id, "1"));
    let mut waited = 0.0;
    loop {
        let c = stage.client_at(settings.clone(), OtherClock { ahead_s: 25.0 * 91.0 + waited, ..OtherClock::default() });
        if !drain(&c).is_empty() || waited > 7200.0 {
            break;
        }
        waited += 30.0;
    }
    assert!(waited <= 120.0, "a true one waited {waited} s");
}

#[test]
fn a_calendar_that_was_ahead_once_does_not_blind_polling() {
    let stage = stage();
    let client = stage.client(json!({}));
    let ahead = stage.client_at(json!({}), OtherClock { wall_s: 86_400.0 * 30.0, ..OtherClock::default() });
    get(&ahead, "inbox.poll", json!({ "kind": "result" }));
    drain(&client);
    stage.sandbox.add_result(NewResult::of(stage.sandbox.people()[0].id));
    assert_eq!(
        get(&client, "inbox.poll", json!({ "kind": "result" }))["result"].as_u64().unwrap().min(1),
        1,
        "LOST for 30 days"
    );
}

#[test]
fn a_since_later_than_the_last_poll_leaves_no_gap() {
    let stage = stage();
    let client = stage.client(json!({}));
    get(&client, "inbox.poll", json!({ "kind": "result" }));
    drain(&client);
    let long_ago = stage.client_at(json!({}), OtherClock { wall_s: -86_400.0 * 10.0, ..OtherClock::default() });
    get(&long_ago, "inbox.poll", json!({ "kind": "result" }));
    drain(&client);
    let day =
        jiff::Timestamp::now().checked_sub(jiff::SignedDuration::from_hours(24 * 6)).unwrap().strftime("%Y-%m-%d").to_string();
    stage.sandbox.add_result(NewResult::of(stage.sandbox.people()[0].id).created_on(&day));
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    get(&client, "inbox.poll", json!({ "kind": "result", "since": today }));
    get(&client, "inbox.poll", json!({ "kind": "result" }));
    assert_eq!(drain(&client).len(), 1, "LOST");
}

#[test]
fn what_never_was_cannot_be_acknowledged() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    accept(&client, &invented(1, "80"));
    for event in [json!(0), json!(-5), json!("-9223372036854775808")] {
        let reply = call(&client, "inbox.acknowledge", json!({ "event": event }));
        assert_eq!(reply.as_ref().map_err(Error::code), Err(Code::NotFound), "{event}");
    }
}

#[test]
fn a_field_learnt_from_a_shorter_object_counts_from_then_on() {
    let stage = stage();
    let client = stage.client(json!({ "inbox": { "verify": "none" } }));
    accept(&client, &invented(5, "80"));
    drain(&client);
    let url = invented(5, "80")["id"].clone();
    accept(&client, &json!({ "id": url, "score": "80", "grade": "B" }));
    drain(&client);
    accept(&client, &json!({ "id": url, "score": "80", "grade": "C" }));
    assert!(next(&client).is_some(), "grade B -> C was no event");
}

#[test]
fn an_identity_number_as_a_fields_name_is_not_in_clear() {
    let stage = stage();
    let client = stage.client(json!({}));
    accept(&client, &json!({ "01810050019": { "status": "ok" } }));
    drain(&client);
    let bytes = bytes_of(&stage.folder.file());
    assert!(!bytes.windows(11).any(|window| window == b"01810050019"), "in clear");
}

#[test]
fn two_wrapped_objects_are_two() {
    let stage = stage();
    let client = stage.client(json!({}));
    let body = json!({ "result": invented(7, "80"), "userstatus": status_hint(9) });
    let reply = get(&client, "webhook.parse", json!({ "body": body.to_string() }));
    assert_eq!(reply["objects"].as_array().unwrap().len(), 2, "{reply}");
}

#[test]
fn a_result_that_names_the_person_both_ways_is_a_result() {
    let stage = stage();
    let client = stage.client(json!({}));
    let mut body = invented(7, "80");
    body["external_user_id"] = json!("E1");
    body["encoded_userid"] = json!("gAAA");
    let reply = get(&client, "webhook.parse", json!({ "body": body.to_string() }));
    assert_eq!(reply["objects"][0]["kind"], "result");
}

#[test]
fn acknowledged_events_go_though_nothing_new_comes() {
    let stage = stage();
    let settings = json!({ "inbox": { "verify": "none", "keep_days": 3 } });
    let client = stage.client(settings.clone());
    accept(&client, &invented(1, "80"));
    drain(&client);
    let later = stage.client_at(settings, OtherClock { wall_s: 86_400.0 * 40.0, ..OtherClock::default() });
    assert_eq!(next(&later), None);
    get(&later, "inbox.poll", json!({ "kind": "userstatus", "since": "2026-11-22" }));
    assert_eq!(get(&later, "inbox.list", json!({}))["acknowledged"], 0, "personal data 37 days too long");
}

#[test]
fn a_long_poll_survives_a_webhook() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(100_000, 3600.0));
    let settings = json!({ "timeout_s": 1, "throttle": { "requests": 100_000 } });
    let client = stage.client(settings.clone());
    let people = stage.sandbox.people();
    for n in 0..2600 {
        stage.sandbox.add_status(people[n % people.len()].id, "krd", "hvilende", Some("2020-01-01"));
    }
    stage.sandbox.fault(Fault::delay_before_acting(600).path("userstatus/").always());
    let (id, _) = new_result(&stage, &client);
    let reply = std::thread::scope(|scope| {
        let poll = scope.spawn(|| call(&client, "inbox.poll", json!({ "kind": "userstatus", "max_wait_s": 300 })));
        let consumer = scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_secs(13));
            let other = stage.client(settings.clone());
            accept(&other, &invented(id, "1"));
            get(&other, "inbox.next", json!({ "wait_s": 60 }))
        });
        let event = consumer.join().unwrap();
        println!("{}", event["kind"]);
        poll.join().unwrap()
    });
    let n = spent(&stage);
    assert!(reply.is_ok(), "{} after {n} requests", reply.unwrap_err().json());
}

#[test]
fn a_trouble_that_is_over_is_not_told() {
    let stage = stage();
    let client = stage.client(json!({ "max_wait_s": 0 }));
    stage.sandbox.fault(Fault::status(404).path("results/").nth(2));
    accept(&client, &invented(999_999, "1"));
    stage.sandbox.fault(Fault::status(503).path("results/"));
    let reply = call(&client, "inbox.next", json!({ "wait_s": 18 }));
    let left = get(&client, "inbox.list", json!({}))["unverified"].clone();
    assert!(reply.is_ok(), "unverified now {left}: {:?}", reply.map_err(|e| e.json().to_string()));
}

#[test]
fn stopping_while_the_file_is_locked_takes_no_longer_than_promised() {
    let stage = stage();
    let client = std::sync::Arc::new(stage.client(json!({ "inbox": { "verify": "none" } })));
    let receiver = start_receiver(&client, &json!({ "listen": "127.0.0.1:0", "open": true })).unwrap();
    let address: std::net::SocketAddr = status_of_receiver(&receiver)["address"].as_str().unwrap().parse().unwrap();
    let lock = rusqlite::Connection::open(stage.folder.file()).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    use std::io::Write;
    let mut streams = Vec::new();
    for n in 0..250 {
        let body = invented(n + 1, "80").to_string();
        let mut s = std::net::TcpStream::connect(address).unwrap();
        for _ in 0..4 {
            write!(s, "POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        }
        streams.push(s);
    }
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let begun = std::time::Instant::now();
    receiver.stop();
    let took = begun.elapsed();
    // 5 s are promised; what waited to be written would have taken longer.
    assert!(took.as_secs_f64() < 7.0, "{took:?}");
}

#[test]
fn many_new_ones_are_found_in_lists_that_begin_with_the_newest() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(100_000, 3600.0).switches(|s| s.newest_first = true));
    let settings = json!({ "throttle": { "requests": 100_000 } });
    let client = stage.client(settings.clone());
    let people = stage.sandbox.people();
    for n in 0..900 {
        stage.sandbox.add_status(people[n % people.len()].id, "krd", "hvilende", Some("2020-01-01"));
    }
    for n in 0..350 {
        let id = stage.sandbox.add_status(people[n % people.len()].id, "afr", "utmeldt", None);
        accept(&client, &status_hint(id));
    }
    let before = spent(&stage);
    let events = drain(&client).len();
    assert_eq!(events, 350, "with {} requests", spent(&stage) - before);
}

#[test]
fn who_does_not_wait_is_not_kept_for_all_hints() {
    let stage = stage();
    let client = stage.client(json!({}));
    let user = stage.sandbox.people()[0].id;
    for _ in 0..60 {
        let id = stage.sandbox.add_result(NewResult::of(user).created_on("2020-01-01"));
        accept(&client, &invented(id, "1"));
    }
    assert_eq!(next(&client), None, "they are no news of these days, and looked into one by one later");
    assert!(spent(&stage) <= 2, "{} requests", spent(&stage));
}

#[test]
fn an_outage_does_not_use_up_what_comes_after_it() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(100_000, 3600.0));
    let settings = json!({ "max_wait_s": 0, "throttle": { "requests": 100_000 } });
    let client = stage.client(settings.clone());
    let (id, _) = new_result(&stage, &client);
    accept(&client, &invented(id, "1"));
    stage.sandbox.fault(Fault::cut_before_acting().path("results/").always());
    let at = |ahead_s: f64| stage.client_at(settings.clone(), OtherClock { ahead_s, ..OtherClock::default() });
    let mut now = 0.0;
    while now < 1860.0 {
        let _ = call(&at(now), "inbox.next", json!({}));
        now += 15.0;
    }
    stage.sandbox.clear_faults();
    let up = now;
    while next(&at(now)).is_none() && now < 10_000.0 {
        now += 15.0;
    }
    assert!(now - up <= 100.0, "the server is back; the event came {} s later", now - up);
}

#[test]
fn what_an_old_secret_kept_goes_too() {
    let stage = stage();
    let settings = json!({ "inbox": { "verify": "none", "keep_days": 3 } });
    let client = stage.client(settings.clone());
    accept(&client, &invented(1, "80"));
    drain(&client);
    let mut other = settings.clone();
    other["client_secret"] = json!("another-secret-of-the-account");
    let later = stage.client_at(other, OtherClock { wall_s: 86_400.0 * 400.0, ..OtherClock::default() });
    accept(&later, &invented(2, "80"));
    drain(&later);
    let rows: i64 = rusqlite::Connection::open(stage.folder.file())
        .unwrap()
        .query_row("SELECT count(*) FROM event WHERE received < (SELECT max(received) FROM event)", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 0, "still there 400 days later");
}

#[test]
fn who_does_not_wait_is_soon_back() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(100_000, 3600.0));
    let settings = json!({ "throttle": { "requests": 100_000 } });
    let client = stage.client(settings.clone());
    let user = stage.sandbox.people()[0].id;
    for _ in 0..60 {
        let id = stage.sandbox.add_result(NewResult::of(user).created_on("2020-01-01"));
        accept(&client, &invented(id, "1"));
    }
    assert_eq!(next(&client), None);
    let before = spent(&stage);
    let later = stage.client_at(settings, OtherClock { wall_s: 60.0, ..OtherClock::default() });
    assert!(next(&later).is_some());
    assert_eq!(spent(&stage) - before, 1, "the first answer made an event");
}

#[test]
fn nobody_hears_before_it_is_written() {
    let stage = stage();
    let client = std::sync::Arc::new(stage.client(json!({ "inbox": { "verify": "none" } })));
    let receiver = start_receiver(&client, &json!({ "listen": "127.0.0.1:0", "open": true })).unwrap();
    let address: std::net::SocketAddr = status_of_receiver(&receiver)["address"].as_str().unwrap().parse().unwrap();
    let lock = rusqlite::Connection::open(stage.folder.file()).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    use std::io::{Read, Write};
    let body = invented(1, "80").to_string();
    let mut s = std::net::TcpStream::connect(address).unwrap();
    write!(s, "POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        .unwrap();
    let mut answer = String::new();
    s.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(status_of_receiver(&receiver)["trouble"].is_string());
}

#[test]
fn a_forger_does_not_keep_the_inbox_full() {
    let stage = Stage::new(Sandbox::builder().users(20).throttle(100_000, 3600.0));
    let settings = json!({ "inbox": { "most": 200 }, "throttle": { "requests": 100_000 } });
    let client = stage.client(settings.clone());
    let mut forged = 1_000_000;
    let mut forge = |client: &_| {
        forged += 1;
        accept(client, &invented(forged, "100"))
    };
    while forge(&client) == 200 {}
    let (mut refused, mut taken) = (0, 0);
    let ids: Vec<u64> = (0..180).map(|_| stage.sandbox.add_result(NewResult::of(stage.sandbox.people()[0].id))).collect();
    for minute in 0..180 {
        let c = stage
            .client_at(settings.clone(), OtherClock { ahead_s: 4000.0 + f64::from(minute) * 60.0, ..OtherClock::default() });
        drain(&c);
        forge(&c);
        while minute < 1 && forge(&c) == 200 {}
        if accept(&c, &invented(ids[minute as usize], "1")) == 200 { taken += 1 } else { refused += 1 }
    }
    assert!(refused <= 1, "three hours, a true webhook a minute: {refused} refused, {taken} taken");
}
