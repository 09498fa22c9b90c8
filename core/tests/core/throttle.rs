//! The throttle over real connections: no refusal, and no call that waits longer than it may.

use std::sync::Arc;
use std::time::{Duration, Instant};

use finaut_core::client::Client;
use finaut_core::error::Code;
use finaut_core::store::memory::MemoryStore;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::stage::{Stage, call, on, with};

/// That no time is wasted is shown in simulated time (throttle.rs, simulated.rs): in real time, neighbours on the machine would be
/// measured as well.
#[test]
fn five_windows_from_eight_threads_are_never_refused() {
    let (requests, window_s) = (20, 4.0);
    let stage = with(
        Sandbox::builder().users(20).throttle(requests, window_s),
        json!({"throttle": {"requests": requests, "per_s": window_s}, "max_wait_s": 1200}),
    );
    let started = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let stage = &stage;
            scope.spawn(move || {
                for _ in 0..(5 * requests - thread).div_ceil(8) {
                    stage.get("results.list", json!({"page": 1}));
                }
            });
        }
    });
    let took = started.elapsed();
    assert!(took >= Duration::from_secs(16), "five windows' worth in {took:?}");
    assert_eq!(stage.sandbox.count_429(), 0);
    assert_eq!(stage.spent(), 5 * requests);
}

#[test]
fn a_wait_beyond_the_deadline_fails_at_once_and_says_when() {
    let stage = with(Sandbox::builder().users(5).throttle(2, 3600.0), json!({"throttle": {"requests": 2, "per_s": 3600}}));
    stage.get("check", json!({}));
    stage.get("check", json!({}));
    let events = stage.events();
    let error = stage.fails(Code::Throttled, "check", json!({}));
    let retry = error.details().retry_after_s.unwrap();
    assert!((3500.0..3610.0).contains(&retry), "{retry}");
    assert!(events.lock().unwrap().is_empty(), "it did not wait first");
    assert_eq!((stage.spent(), stage.sandbox.count_429()), (2, 0));
    let budget = stage.get("budget", json!({"requests": 3}));
    assert_eq!((&budget["used"], &budget["free"], &budget["limit"]), (&json!(2), &json!(0), &json!(2)));
    assert!(
        budget["through_s"].as_f64().unwrap() > 7000.0 && budget["through_at"].as_str().unwrap().ends_with('Z'),
        "{budget}"
    );
}

#[test]
fn those_who_cannot_all_be_served_in_time_are_told_at_once() {
    let stage =
        with(Sandbox::builder().users(5).throttle(1, 8.0), json!({"throttle": {"requests": 1, "per_s": 8}, "max_wait_s": 10}));
    stage.get("check", json!({}));
    // Of four callers one can go within ten seconds; the others' turn is later, and none waits for nothing.
    let results: Vec<_> = std::thread::scope(|scope| {
        let callers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let started = Instant::now();
                    (call(&stage.client, "check", json!({})), started.elapsed())
                })
            })
            .collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).collect()
    });
    let served = results.iter().filter(|(result, _)| result.is_ok()).count();
    assert_eq!(served, 1, "{results:?}");
    let shortest_wait_of_the_served = results.iter().filter(|(result, _)| result.is_ok()).map(|(_, took)| *took).min().unwrap();
    assert!(
        results.iter().filter(|(result, _)| result.is_err()).all(|(_, took)| *took < shortest_wait_of_the_served),
        "{results:?}"
    );
    assert_eq!(stage.sandbox.count_429(), 0);
}

/// Interrupts again and again: a call that has not begun to wait is not affected by one.
fn interrupt_until(stage: &Stage, done: impl Fn() -> bool) {
    while !done() {
        stage.client.interrupt();
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn an_interrupt_ends_a_wait() {
    let stage = with(
        Sandbox::builder().users(5).throttle(1, 3600.0),
        json!({"throttle": {"requests": 1, "per_s": 3600}, "max_wait_s": 4000}),
    );
    stage.get("check", json!({}));
    let waiting = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| call(&stage.client, "check", json!({})));
        interrupt_until(&stage, || waiting.is_finished());
        waiting.join().unwrap()
    });
    assert_eq!(waiting.unwrap_err().code(), Code::Interrupted);
    // The place in the queue is left, and later calls are not affected.
    assert_eq!(
        stage.fails(Code::Throttled, "check", json!({"max_wait_s": 1})).details().retry_after_s.map(|retry| retry < 3700.0),
        Some(true)
    );
}

#[test]
fn an_observer_that_says_no_ends_a_wait_and_hears_of_it_before() {
    let stage = with(
        Sandbox::builder().users(5).throttle(1, 3600.0),
        json!({"throttle": {"requests": 1, "per_s": 3600}, "max_wait_s": 4000}),
    );
    stage.get("check", json!({}));
    let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
    let into = heard.clone();
    stage.client.observe(Some(Arc::new(move |event: &str| {
        into.lock().unwrap().push(event.to_owned());
        into.lock().unwrap().len() >= 3
    })));
    stage.fails(Code::Interrupted, "check", json!({}));
    let heard = heard.lock().unwrap();
    assert_eq!(heard.len(), 3);
    assert!(heard.iter().all(|event| event.contains("\"wait\"") && event.contains("\"slot\"")), "{heard:?}");
}

#[test]
fn an_interrupt_ends_the_wait_for_a_silent_server_but_not_a_change_under_way() {
    let stage = super::stage::stage();
    stage.get("check", json!({}));
    stage.sandbox.fault(Fault::delay_before_acting(20_000).method("GET").path("results/"));
    stage.sandbox.fault(Fault::delay_before_acting(1_500).method("PATCH"));
    let id = stage.person(0).id;
    let (read, change) = std::thread::scope(|scope| {
        let read = scope.spawn(|| call(&stage.client, "results.list", json!({"page": 1})));
        let change = scope.spawn(|| call(&stage.client, "users.update", json!({"id": id, "changes": {"first_name": "Ny"}})));
        // Both are at the server.
        while stage.sandbox.faults_waiting() > 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        interrupt_until(&stage, || read.is_finished());
        (read.join().unwrap(), change.join().unwrap())
    });
    assert_eq!(read.unwrap_err().code(), Code::Interrupted);
    assert_eq!(change.unwrap()["first_name"], "Ny");
}

#[test]
fn what_another_program_uses_is_learnt_from_one_refusal() {
    let stage = with(Sandbox::builder().users(5).throttle(10, 3.0), json!({"throttle": {"requests": 10, "per_s": 3}}));
    stage.get("check", json!({}));
    assert_eq!(stage.sandbox.use_slots(9), 9);
    // The server is full now and we do not know; eight callers find out.
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| stage.get("check", json!({})));
        }
    });
    let refused = stage.sandbox.count_429();
    assert!((1..=8).contains(&refused), "those under way at that moment and no more: {refused}");
    // Fewer where so much time has passed that some are free again.
    let used = stage.get("budget", json!({}))["used"].as_u64().unwrap();
    assert!(used <= 8, "{used}: refused requests gave their slots back");
}

#[test]
fn nothing_is_sent_before_retry_after_has_passed() {
    for fault in [Fault::status(429).header("Retry-After", "2"), Fault::status(429).retry_after_date(2.0)] {
        let stage = super::stage::stage();
        stage.sandbox.fault(fault.path("results/"));
        stage.get("results.list", json!({"page": 1}));
        let times: Vec<f64> = stage
            .sandbox
            .requests()
            .iter()
            .filter(|request| request.path.ends_with("results/"))
            .map(|request| request.at)
            .collect();
        assert_eq!(times.len(), 2);
        assert!(times[1] - times[0] >= 1.0, "{times:?}");
        let error = {
            stage.sandbox.fault(Fault::status(429).header("Retry-After", "500").path("results/"));
            stage.fails(Code::Throttled, "results.list", json!({"page": 1}))
        };
        assert!(error.details().retry_after_s.unwrap() > 490.0);
        // Known now: the next call does not even ask.
        let spent = stage.spent();
        stage.fails(Code::Throttled, "results.list", json!({}));
        assert_eq!(stage.spent(), spent);
    }
    // Without the header, the window's rest.
    let stage = super::stage::stage();
    stage.sandbox.fault(Fault::status(429).path("results/"));
    assert!(stage.fails(Code::Throttled, "results.list", json!({})).details().retry_after_s.unwrap() > 3000.0);
}

#[test]
fn refused_by_authentication_gives_its_slot_back() {
    let stage = super::stage::stage();
    stage.get("check", json!({}));
    for (status, code) in [(401, Code::Authentication), (406, Code::Server)] {
        stage.sandbox.fault(Fault::status(status).body("{\"detail\": \"no\"}").path("results/").times(2));
        stage.fails(code, "results.get", json!({"id": 1}));
        stage.sandbox.clear_faults();
        assert_eq!(stage.get("budget", json!({}))["used"], 1, "{status}");
    }
    for status in [404, 422, 405] {
        stage.sandbox.fault(Fault::status(status).body("{\"detail\": \"no\"}").path("results/"));
        let _ = stage.call("results.get", json!({"id": 1}));
    }
    assert_eq!(stage.get("budget", json!({}))["used"], 4);
}

#[test]
fn refused_by_permission_keeps_its_slot_for_it_may_have_been_counted() {
    // A view's own permissions are looked at before DRF counts, an object's after.
    for counted in [true, false] {
        let stage = with(Sandbox::builder().users(5).throttle(4, 3600.0), json!({"throttle": {"requests": 4, "per_s": 3600}}));
        stage.sandbox.fault(Fault::status(403).counted(counted).body("{\"detail\": \"no\"}").path("results/").times(4));
        for _ in 0..4 {
            stage.fails(Code::Permission, "results.get", json!({"id": 1}));
        }
        stage.fails(Code::Throttled, "check", json!({}));
        assert_eq!(stage.sandbox.count_429(), 0);
    }
}

#[test]
fn a_proxys_own_limit_does_not_silence_the_account_for_an_hour() {
    let stage = super::stage::stage();
    stage.sandbox.fault(Fault::html(429).path("results/"));
    let error = stage.call("results.list", json!({"max_wait_s": 5})).unwrap_err();
    assert_eq!(error.code(), Code::Throttled);
    let wait = error.details().retry_after_s.unwrap();
    assert!((20.0..60.0).contains(&wait), "{wait}");
}

#[test]
fn the_reserve_is_kept_for_interactive_calls() {
    let stage = with(
        Sandbox::builder().users(5).throttle(5, 3600.0),
        json!({"throttle": {"requests": 5, "per_s": 3600, "reserve": 2}}),
    );
    for _ in 0..3 {
        stage.get("check", json!({}));
    }
    let error = stage.fails(Code::Throttled, "check", json!({}));
    assert!(error.message().contains("interactive"), "{error}");
    for _ in 0..2 {
        stage.get("check", json!({"priority": "interactive"}));
    }
    stage.fails(Code::Throttled, "check", json!({"priority": "interactive"}));
    assert_eq!(stage.sandbox.count_429(), 0);
}

#[test]
fn one_connection_serves_a_thousand_calls() {
    let stage =
        with(Sandbox::builder().users(5).throttle(2000, 3600.0), json!({"throttle": {"requests": 2000, "per_s": 3600}}));
    let id = stage.person(0).id;
    let before = stage.sandbox.connections();
    for _ in 0..1000 {
        stage.get("users.get", json!({"id": id}));
    }
    assert_eq!(stage.sandbox.connections() - before, 1);
}

#[test]
fn clients_of_one_account_share_the_slots() {
    let stage = on(Sandbox::builder().users(5));
    for _ in 0..4 {
        let client = super::stage::client_of(&stage.sandbox, json!({}));
        call(&client, "check", json!({})).unwrap();
    }
    assert_eq!(stage.get("budget", json!({}))["used"], 4);
}

#[test]
fn a_server_that_refuses_without_asking_for_a_pause_is_not_asked_in_a_circle() {
    for retry_after in ["0", "Sun, 06 Nov 1994 08:49:37 GMT"] {
        let stage = with(Sandbox::builder().users(5), json!({"max_wait_s": 4}));
        stage.sandbox.fault(Fault::status(429).header("Retry-After", retry_after).path("results/").always());
        stage.fails(Code::Throttled, "results.list", json!({}));
        assert!(stage.spent() <= 3, "{}", stage.spent());
    }
}

#[test]
fn an_observer_stops_its_own_call_only_and_slots_are_settled_first() {
    let stage = super::stage::stage();
    stage.get("check", json!({}));
    stage.client.observe(Some(Arc::new(|event: &str| event.contains("results.list"))));
    stage.sandbox.fault(Fault::delay_before_acting(1_500).path("results/"));
    std::thread::scope(|scope| {
        let stopped = scope.spawn(|| call(&stage.client, "results.list", json!({"page": 1})));
        std::thread::sleep(Duration::from_millis(100));
        stage.sandbox.fault(Fault::delay_before_acting(1_500).path("companies/"));
        call(&stage.client, "companies.list", json!({"page": 1})).unwrap();
        assert_eq!(stopped.join().unwrap().unwrap_err().code(), Code::Interrupted);
    });
    // What the server answered before the observer said no is settled by the answer.
    let used = stage.get("budget", json!({}))["used"].as_u64().unwrap();
    stage.sandbox.fault(Fault::status(406).body("{\"detail\": \"no\"}").path("results/"));
    let _ = stage.call("results.list", json!({"page": 1}));
    assert_eq!(stage.get("budget", json!({}))["used"].as_u64().unwrap(), used);
}

#[test]
fn an_observers_own_call_does_not_wait_for_the_call_that_it_hears_of() {
    let stage = super::stage::stage();
    stage.sandbox.fault(Fault::status(429).header("Retry-After", "0").path_ends("/v1/"));
    stage.get("check", json!({}));
    // For a window after a refusal requests go one at a time.
    let other = Arc::new(super::stage::client_of(&stage.sandbox, json!({"max_wait_s": 0})));
    let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
    let into = heard.clone();
    stage.client.observe(Some(Arc::new(move |event: &str| {
        if event.contains("\"request\"") {
            into.lock().unwrap().push(call(&other, "check", json!({})));
        }
        false
    })));
    stage.get("companies.list", json!({"page": 1}));
    let heard = heard.lock().unwrap();
    assert!(!heard.is_empty());
    heard.iter().for_each(|made| assert!(made.is_ok(), "{made:?}"));
}

#[test]
fn an_interrupt_ends_the_reading_of_an_endless_answer() {
    let stage = super::stage::stage();
    stage.get("check", json!({}));
    stage.sandbox.fault(Fault::drip(1, 20).path("user/"));
    let result = std::thread::scope(|scope| {
        let reading = scope.spawn(|| call(&stage.client, "users.list", json!({"page": 1})));
        while stage.sandbox.faults_waiting() > 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        interrupt_until(&stage, || reading.is_finished());
        reading.join().unwrap()
    });
    assert_eq!(result.unwrap_err().code(), Code::Interrupted);
}

/// A client whose one slot is used up, and which waits for the next one for as long as it takes.
fn waiting_stage() -> Stage {
    let stage = with(
        Sandbox::builder().users(5).throttle(1, 3600.0),
        json!({"throttle": {"requests": 1, "per_s": 3600}, "max_wait_s": 10_000}),
    );
    stage.get("check", json!({}));
    stage
}

#[test]
fn a_call_is_ended_by_its_call_id_and_its_neighbours_go_on() {
    let stage = waiting_stage();
    let events = stage.events();
    std::thread::scope(|scope| {
        let ask = |call_id: &'static str| call(&stage.client, "check", json!({ "call_id": call_id }));
        let neighbour = scope.spawn(move || ask("neighbour"));
        while events.lock().unwrap().iter().all(|event| event["event"] != "wait") {
            assert!(!neighbour.is_finished());
            std::thread::yield_now();
        }
        let error = stage.fails(Code::Argument, "budget", json!({"call_id": "neighbour"}));
        assert!(error.message().contains("\"neighbour\" runs already"), "{error}");
        assert!(error.details().fields.contains_key("call_id"), "{}", error.json());
        let ended = scope.spawn(move || ask("ended"));
        while !stage.client.interrupt_call("ended").unwrap() && !ended.is_finished() {
            std::thread::yield_now();
        }
        assert_eq!(ended.join().unwrap().unwrap_err().code(), Code::Interrupted);
        assert_eq!(stage.client.interrupt_call("neighbour"), Ok(true), "it waits on");
        assert_eq!(neighbour.join().unwrap().unwrap_err().code(), Code::Interrupted);
    });
    stage.get("budget", json!({"call_id": "neighbour"}));
}

#[test]
fn a_call_that_was_ended_before_it_began_ends_at_once_and_only_that_one() {
    let stage = super::stage::stage();
    assert_eq!(stage.client.interrupt_call("early"), Ok(false));
    stage.get("check", json!({"call_id": "another"}));
    let spent = stage.spent();
    stage.fails(Code::Interrupted, "check", json!({"call_id": "early"}));
    assert_eq!(stage.spent(), spent, "nothing was sent");
    stage.get("check", json!({"call_id": "early"}));
    for (call_id, code) in [("", Code::Validation), ("x".repeat(65).as_str(), Code::Validation)] {
        assert_eq!(stage.client.interrupt_call(call_id).map_err(|e| e.code()), Err(Code::Argument));
        stage.fails(code, "check", json!({ "call_id": call_id }));
    }
    stage.get("check", json!({"call_id": "x".repeat(64)}));
}

#[test]
fn a_name_that_was_ended_early_is_remembered_for_a_minute() {
    let stage = super::stage::stage();
    let clock = Arc::new(super::clocks::MovedClock::default());
    let config = super::stage::config_of(&stage.sandbox, json!({}));
    let client = Client::with_parts(config, Arc::new(MemoryStore::alone().unwrap()), clock.clone()).unwrap();
    for (after_s, ended) in [(0.0, true), (30.0, true), (61.0, false)] {
        assert_eq!(client.interrupt_call("early"), Ok(false));
        clock.forward(after_s);
        let ends = call(&client, "budget", json!({"call_id": "early"})).map_err(|e| e.code());
        assert_eq!(ends.err(), ended.then_some(Code::Interrupted), "{after_s}");
    }
    // However many there are, little is kept.
    for n in 0..5_000 {
        client.interrupt_call(&format!("early {n}")).unwrap();
    }
    assert!(call(&client, "budget", json!({"call_id": "early 1"})).is_ok());
    assert!(call(&client, "budget", json!({"call_id": "early 4999"})).is_err());
}
