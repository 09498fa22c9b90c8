//! Processes killed at any moment.

use std::process::Child;
use std::time::Duration;

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::stage::{OtherClock, Stage, call, succeeded};

/// How many processes are killed.
const KILLS: usize = 500;

#[test]
fn processes_killed_at_random_lose_no_slot_for_long_and_break_nothing() {
    let stage = Stage::new(Sandbox::builder().users(5).throttle(8_000, 2.0));
    let settings = json!({"throttle": {"requests": 8_000, "per_s": 2}, "timeout_s": 10});
    let mut random = 12_345_u64;
    let mut dice = move |most: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 33) % most
    };
    // One process that nobody kills works on all the while.
    let survivor = {
        let (client, stop) = (stage.client(settings.clone()), std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)));
        let stopped = stop.clone();
        let thread = std::thread::spawn(move || {
            let mut calls = 0;
            while !stopped.load(std::sync::atomic::Ordering::SeqCst) {
                call(&client, "check", json!({})).unwrap_or_else(|e| panic!("{}", e.json()));
                calls += 1;
            }
            calls
        });
        (thread, stop)
    };
    let threads = 2;
    let mut killed = 0;
    while killed < KILLS {
        let mut workers: Vec<_> = (0..4).map(|_| stage.worker(settings.clone(), threads, 1_000_000)).collect();
        for worker in &mut workers {
            std::thread::sleep(Duration::from_millis(dice(40)));
            worker.kill().unwrap();
            worker.wait().unwrap();
            killed += 1;
        }
    }
    survivor.1.store(true, std::sync::atomic::Ordering::SeqCst);
    assert!(survivor.0.join().unwrap() > 10);
    assert_eq!(stage.sandbox.count_429(), 0);
    let tokens = stage.sandbox.token_requests();
    succeeded(stage.worker(settings.clone(), 2, 5));
    assert_eq!(stage.sandbox.token_requests(), tokens, "the token is whole");
    // What was in flight when its process died is the only thing lost, and frees itself.
    let used = |ahead_s: f64| {
        let client = stage.client_at(settings.clone(), OtherClock { ahead_s, ..OtherClock::default() });
        call(&client, "budget", json!({})).unwrap()["used"].as_u64().unwrap()
    };
    let lost = used(3.0);
    assert!(lost as usize <= KILLS * threads, "{lost}");
    assert_eq!(used(10.0 + 120.0 + 2.0 + 1.0), 0);
}

/// Waits until what the sandbox was told to do has begun: the request is at the server.
fn wait_for_faults(stage: &Stage) {
    while stage.sandbox.faults_waiting() > 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn kill(mut worker: Child) {
    worker.kill().unwrap();
    worker.wait().unwrap();
}

/// Each kind of creation, with the path of its POST.
fn creations(stage: &Stage) -> Vec<(&'static str, Value, &'static str)> {
    let person = stage.sandbox.people()[0].clone();
    let newcomer = json!({
        "persnr": stage.sandbox.unused_persnr(1), "first_name": "Åse", "last_name": "Prøve", "company": person.company_id,
        "department": person.department_id, "schemes": ["afr"],
    });
    vec![
        ("users.create_candidate", newcomer, "user/"),
        ("users.hold", json!({"id": person.id, "set_by": person.id, "scheme": "pfn", "date": "2031-05-17"}), "userstatus/"),
        (
            "competency_results.create",
            json!({"encrypted_user_id": person.encrypted_id, "goal": 98_765, "passed_date": "2026-02-03"}),
            "competency_result/",
        ),
    ]
}

fn posts(stage: &Stage, path: &str) -> usize {
    let ends = format!("/v1/{path}");
    stage.sandbox.requests().iter().filter(|request| request.method == "POST" && request.path.ends_with(&ends)).count()
}

#[test]
fn a_process_killed_in_the_middle_of_a_creation_and_started_again_makes_one() {
    for slow in [Fault::delay_before_acting(2_500), Fault::delay_after_acting(2_500)] {
        let stage = Stage::new(Sandbox::builder().users(5));
        for (operation, args, path) in creations(&stage) {
            stage.sandbox.fault(slow.clone().method("POST").path(path));
            let first = stage.worker_that_calls(json!({}), &json!([[operation, args]]));
            wait_for_faults(&stage);
            kill(first);
            succeeded(stage.worker_that_calls(json!({}), &json!([[operation, args]])));
            assert_eq!(posts(&stage, path), 1, "{operation}");
        }
    }
}

#[test]
fn a_creation_whose_process_was_killed_is_not_sent_again_before_it_cannot_come_late_any_more() {
    let stage = Stage::new(Sandbox::builder().users(5));
    for (operation, args, path) in creations(&stage) {
        // The server never acts on it.
        stage.sandbox.fault(Fault::cut_before_acting().delayed_before(3_600_000).method("POST").path(path));
        let first = stage.worker_that_calls(json!({}), &json!([[operation, args]]));
        wait_for_faults(&stage);
        kill(first);
        let mut again = args.clone();
        again["max_wait_s"] = json!(1);
        for _ in 0..2 {
            let error = call(&stage.client(json!({})), operation, again.clone()).unwrap_err();
            assert_eq!(error.code(), Code::UnknownOutcome, "{operation}: {}", error.json());
        }
        assert_eq!(posts(&stage, path), 0, "{operation}: the first is still on its way, and none was sent after it");
        // Five minutes later it is, once, by one of two.
        let late = || stage.client_at(json!({}), OtherClock { ahead_s: 310.0, ..OtherClock::default() });
        let (one, other) = (late(), late());
        std::thread::scope(|scope| {
            let both = [&one, &other].map(|client| scope.spawn(|| call(client, operation, args.clone())));
            let [one, other] = both.map(|made| made.join().unwrap().unwrap_or_else(|e| panic!("{operation}: {}", e.json())));
            assert_eq!(one["id"], other["id"], "{operation}");
        });
        assert_eq!(posts(&stage, path), 1, "{operation}");
    }
}

#[test]
fn two_processes_that_create_the_same_at_once_make_one() {
    let stage = Stage::new(Sandbox::builder().users(5));
    for (operation, args, path) in creations(&stage) {
        stage.sandbox.fault(Fault::delay_before_acting(6_000).method("POST").path(path));
        let first = stage.worker_that_calls(json!({}), &json!([[operation, args]]));
        wait_for_faults(&stage);
        let others = [(); 3].map(|()| stage.worker_that_calls(json!({}), &json!([[operation, args]])));
        [first].into_iter().chain(others).for_each(succeeded);
        assert_eq!(posts(&stage, path), 1, "{operation}");
    }
}

#[test]
fn a_killed_process_leaves_nobody_waiting_for_its_token() {
    let stage = Stage::new(Sandbox::builder().users(5));
    let settings = json!({"timeout_s": 20});
    stage.sandbox.fault(Fault::delay_before_acting(3_600_000).path("/o/token/"));
    let fetching = stage.worker(settings.clone(), 1, 1);
    wait_for_faults(&stage);
    let client = stage.client(settings.clone());
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| call(&client, "check", json!({"max_wait_s": 5})));
        std::thread::sleep(Duration::from_millis(300));
        assert!(!waiting.is_finished(), "another fetches it");
        kill(fetching);
        waiting.join().unwrap().unwrap();
    });
    // So it is where nothing may be waited for.
    stage.sandbox.revoke_tokens();
    stage.sandbox.fault(Fault::delay_before_acting(3_600_000).path("/o/token/"));
    let fetching = stage.worker(settings.clone(), 1, 1);
    wait_for_faults(&stage);
    kill(fetching);
    call(&client, "check", json!({"max_wait_s": 0})).unwrap();
}

#[test]
fn killed_processes_leave_no_place_in_the_queue() {
    let stage = Stage::new(Sandbox::builder().users(5).throttle(5, 1000.0));
    let settings = json!({"throttle": {"requests": 5, "per_s": 1000}, "max_wait_s": 100_000});
    let client = stage.client(settings.clone());
    for _ in 0..5 {
        call(&client, "check", json!({})).unwrap();
    }
    let next_slot_s = || call(&client, "budget", json!({})).unwrap()["next_slot_s"].as_f64().unwrap();
    assert!(next_slot_s() <= 1000.2);
    for _ in 0..3 {
        let waiting: Vec<_> = (0..5).map(|_| stage.worker(settings.clone(), 1, 1)).collect();
        // Whoever comes sixth waits a window longer.
        while next_slot_s() <= 1500.0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        waiting.into_iter().for_each(kill);
        assert!(next_slot_s() <= 1000.2, "{}", next_slot_s());
    }
}
