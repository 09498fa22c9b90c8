//! The sandbox's time: moved, set, made faster, stopped.

use crate::caller::{Caller, ask};
use finaut_sandbox::Sandbox;

fn clock(sandbox: &Sandbox, body: &str) -> (u16, serde_json::Value) {
    let reply = ask(sandbox, "POST", "/sandbox/clock", "", body);
    (reply.status, reply.json())
}

#[test]
fn a_clock_that_stands_still_is_moved_by_hand_alone() {
    let sandbox = Sandbox::builder().start_at(1_750_000_000.0).speed(0.0).throttle(1, 3600.0).start();
    let caller = Caller::new(&sandbox);
    assert_eq!((caller.get("companies/").status, sandbox.now()), (200, 1_750_000_000.0));
    assert_eq!(caller.get("companies/").header("Retry-After"), Some("3600"), "not a moment has passed");
    let moved = clock(&sandbox, "{\"advance_s\": 3599.5}").1;
    assert_eq!((moved["now"].as_f64(), moved["speed"].as_f64()), (Some(1_750_003_599.5), Some(0.0)));
    assert_eq!(caller.get("companies/").header("Retry-After"), Some("1"));
}

#[test]
fn a_fast_clock_lets_hours_pass_in_moments() {
    let sandbox = Sandbox::builder().throttle(1, 3600.0).start();
    assert!(sandbox.use_slots(2) == 1 && sandbox.slots_left() == 0);
    let (status, state) = clock(&sandbox, "{\"speed\": 36000000}");
    assert_eq!((status, state["speed"].as_f64()), (200, Some(36_000_000.0)));
    while sandbox.slots_left() == 0 {
        std::thread::yield_now();
    }
    // It goes on from where it is, and does not jump back.
    let now = sandbox.now();
    sandbox.set_speed(0.0);
    let stopped = sandbox.now();
    assert!(stopped >= now && sandbox.now() == stopped);
}

#[test]
fn a_clock_is_set_to_a_time_and_what_is_none_is_refused() {
    let sandbox = Sandbox::builder().speed(0.0).start();
    assert_eq!(clock(&sandbox, "{\"to\": \"2030-12-31T23:30:00Z\"}").1["today"], "2031-01-01", "Norway's day");
    assert_eq!(sandbox.now(), 1_924_990_200.0);
    for (body, named) in
        [("{\"to\": \"tomorrow\"}", "tomorrow"), ("{\"speed\": -1}", "-1"), ("{\"advance\": 1}", "advance"), ("{}", "speed")]
    {
        let (status, told) = clock(&sandbox, body);
        assert!(status == 400 && told["detail"].as_str().unwrap().contains(named), "{body}: {told}");
    }
    assert_eq!(sandbox.now(), 1_924_990_200.0, "what is refused changes nothing");
}
