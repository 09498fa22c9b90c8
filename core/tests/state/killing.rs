//! Processes killed at any moment.

use finaut_sandbox::Sandbox;
use serde_json::json;

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
            std::thread::sleep(std::time::Duration::from_millis(dice(40)));
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
