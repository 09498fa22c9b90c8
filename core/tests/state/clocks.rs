//! Clocks that step, and machines that start anew.

use finaut_sandbox::Sandbox;
use serde_json::{Value, json};

use super::stage::{OtherClock, Stage, call};

fn used(stage: &Stage, clock: OtherClock) -> Value {
    call(&stage.client_at(json!({}), clock), "budget", json!({})).unwrap()["used"].clone()
}

fn with_three_used() -> Stage {
    let stage = Stage::new(Sandbox::builder().users(5));
    let client = stage.client(json!({}));
    for _ in 0..3 {
        call(&client, "check", json!({})).unwrap();
    }
    stage
}

#[test]
fn a_calendar_clock_that_steps_neither_frees_nor_holds_a_slot() {
    let stage = with_three_used();
    for wall_s in [-1e9, -7_200.0, 7_200.0, 1e9] {
        assert_eq!(used(&stage, OtherClock { wall_s, ..OtherClock::default() }), 3, "{wall_s}");
    }
    for wall_s in [-1e9, 0.0, 1e9] {
        assert_eq!(used(&stage, OtherClock { wall_s, ahead_s: 3_602.0, ..OtherClock::default() }), 0, "{wall_s}");
        // That look has tidied the log; fill it again.
        let client = stage.client(json!({}));
        for _ in 0..3 {
            call(&client, "check", json!({})).unwrap();
        }
    }
}

#[test]
fn a_machine_that_started_anew_frees_no_slot_early_and_holds_none_longer_than_a_window() {
    let up = |seconds: f64, boot: &'static str| {
        use finaut_core::clock::{Clock, SystemClock};
        OtherClock { ahead_s: seconds - SystemClock.now(), wall_s: 1e7, boot: Some(boot) }
    };
    let stage = with_three_used();
    assert_eq!(used(&stage, up(20.0, "second boot")), 3);
    assert_eq!(used(&stage, up(3_500.0, "second boot")), 3);
    assert_eq!(used(&stage, up(3_605.0, "second boot")), 0);
    // Also where no boot id can be had: a clock that shows less than it did has begun anew.
    let stage = with_three_used();
    assert_eq!(used(&stage, up(20.0, "")), 3);
    assert_eq!(used(&stage, up(3_605.0, "")), 0);
}

#[test]
fn a_token_of_the_machines_former_life_is_not_used() {
    let stage = with_three_used();
    let client = stage.client_at(json!({}), OtherClock { boot: Some("another"), ..OtherClock::default() });
    call(&client, "check", json!({})).unwrap();
    assert_eq!(stage.sandbox.token_requests(), 2);
}
