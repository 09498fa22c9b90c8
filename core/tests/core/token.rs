//! The token: one for all, renewed in time, and no loop when it is refused.

use std::sync::Arc;
use std::time::Duration;

use finaut_core::client::Client;
use finaut_core::error::Code;
use finaut_core::store::memory::MemoryStore;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::clocks::MovedClock;
use super::stage::{Stage, call, client_of, config_of, stage, with};

#[test]
fn twenty_threads_starting_cold_make_one_token_request() {
    let stage = stage();
    stage.sandbox.fault(Fault::delay_before_acting(300).path("/o/token/"));
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| stage.get("check", json!({})));
        }
    });
    assert_eq!(stage.sandbox.token_requests(), 1);
}

#[test]
fn clients_of_one_account_share_the_token() {
    let stage = stage();
    stage.get("check", json!({}));
    for _ in 0..5 {
        call(&client_of(&stage.sandbox, json!({})), "check", json!({})).unwrap();
    }
    assert_eq!(stage.sandbox.token_requests(), 1);
    let impostor = client_of(&stage.sandbox, json!({"client_secret": "guessed wrongly"}));
    assert_eq!(call(&impostor, "check", json!({})).unwrap_err().code(), Code::Authentication);
}

#[test]
fn a_token_revoked_early_is_renewed_once_and_the_call_succeeds() {
    let stage = stage();
    stage.get("check", json!({}));
    stage.sandbox.revoke_tokens();
    let made = stage.get("users.create_candidate", stage.newcomer(1));
    assert_eq!(stage.sandbox.token_requests(), 2);
    assert_eq!(stage.sandbox.users_with_persnr(made["persnr"].as_str().unwrap()), 1);
    assert_eq!(stage.get("budget", json!({}))["used"], 2, "the refused request's slot was given back");
}

#[test]
fn twenty_threads_with_a_revoked_token_renew_it_once() {
    let stage = stage();
    stage.get("check", json!({}));
    stage.sandbox.revoke_tokens();
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| stage.get("check", json!({})));
        }
    });
    assert_eq!(stage.sandbox.token_requests(), 2);
}

#[test]
fn wrong_credentials_are_one_clear_error_and_no_loop() {
    let stage = with(Sandbox::builder().users(5), json!({"client_secret": "not the right one"}));
    let error = stage.fails(Code::Authentication, "check", json!({}));
    assert!(error.message().contains("client_id") && error.message().contains("client_secret"), "{error}");
    assert!(!error.json().to_string().contains("not the right one"));
    for _ in 0..10 {
        stage.fails(Code::Authentication, "users.list", json!({}));
    }
    assert_eq!(stage.sandbox.token_requests(), 1);
    assert_eq!(stage.spent(), 0);
}

#[test]
fn credentials_that_are_right_are_not_blamed_for_something_else() {
    for (error, words) in [("invalid_scope", "Check \"scope\""), ("unauthorized_client", "client credentials")] {
        let stage = stage();
        stage.sandbox.fault(Fault::status(400).body(&json!({"error": error}).to_string()).path("/o/token/"));
        let error = stage.fails(Code::Authentication, "check", json!({}));
        assert!(error.message().contains(words) && !error.message().contains("client_secret"), "{error}");
    }
}

#[test]
fn a_server_that_refuses_its_own_tokens_ends_after_one_renewal() {
    let stage = stage();
    stage.sandbox.fault(
        Fault::status(401).body("{\"detail\": \"Authentication credentials were not provided.\"}").path("user/").always(),
    );
    stage.fails(Code::Authentication, "users.list", json!({}));
    assert_eq!((stage.sandbox.token_requests(), stage.spent()), (2, 2));
}

#[test]
fn one_caller_renews_in_time_while_the_others_use_the_old_token() {
    let (stage, clock) = moved();
    stage.get("check", json!({}));
    // Between 80 and 90 % of an hour the moment comes.
    forward(&stage, &clock, 2_870.0);
    stage.get("check", json!({}));
    assert_eq!(stage.sandbox.token_requests(), 1, "not before");
    forward(&stage, &clock, 380.0);
    stage.sandbox.fault(Fault::delay_before_acting(5_000).path("/o/token/"));
    std::thread::scope(|scope| {
        let renewing = scope.spawn(|| stage.get("check", json!({})));
        while stage.sandbox.faults_waiting() > 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        for _ in 0..8 {
            stage.get("check", json!({}));
        }
        assert!(!renewing.is_finished(), "the others did not wait for the renewal");
    });
    assert_eq!(stage.sandbox.token_requests(), 2);
    stage.get("check", json!({}));
    assert_eq!(stage.sandbox.token_requests(), 2);
}

#[test]
fn a_failing_renewal_leaves_the_old_token_in_use_but_not_in_its_last_minute() {
    let (stage, clock) = moved();
    stage.get("check", json!({}));
    stage.sandbox.fault(Fault::status(503).path("/o/token/").always());
    forward(&stage, &clock, 3_300.0);
    for _ in 0..5 {
        stage.get("check", json!({}));
    }
    let asked = stage.sandbox.requests().iter().filter(|request| request.path == "/o/token/").count();
    assert_eq!(asked, 2, "a failed renewal is put off");
    forward(&stage, &clock, 245.0);
    let spent = stage.spent();
    stage.fails(Code::Server, "check", json!({"max_wait_s": 0}));
    assert_eq!(stage.spent(), spent);
    stage.sandbox.clear_faults();
    stage.get("check", json!({}));
}

/// A stage whose clock can be moved, and that clock.
fn moved() -> (Stage, Arc<MovedClock>) {
    let sandbox = Sandbox::builder().users(5).start();
    let clock = Arc::new(MovedClock::default());
    let client =
        Client::with_parts(config_of(&sandbox, json!({})), Arc::new(MemoryStore::alone().unwrap()), clock.clone()).unwrap();
    (Stage { sandbox, client }, clock)
}

fn forward(stage: &Stage, clock: &MovedClock, seconds: f64) {
    clock.forward(seconds);
    stage.sandbox.advance(seconds);
}

#[test]
fn a_slot_is_no_older_than_its_request() {
    let (stage, clock) = moved();
    let slow = clock.clone();
    stage.client.observe(Some(Arc::new(move |event: &str| {
        // The token took that long.
        if event.contains("/o/token/") {
            slow.forward(200.0);
        }
        false
    })));
    stage.sandbox.fault(Fault::cut_after_acting().path("companies/"));
    stage.fails(Code::Network, "companies.list", json!({"max_wait_s": 0}));
    // Nobody knows when it was counted: at the latest when it would have timed out and straggled. Free after that and a window.
    clock.forward(3700.0);
    assert_eq!(stage.get("budget", json!({}))["used"], 1);
    clock.forward(100.0);
    assert_eq!(stage.get("budget", json!({}))["used"], 0);
}

#[test]
fn an_interrupt_while_the_token_is_renewed_keeps_a_change_from_being_begun() {
    let (stage, clock) = moved();
    stage.get("check", json!({}));
    forward(&stage, &clock, 3300.0);
    let client = Arc::new(stage.client);
    let interrupted = client.clone();
    client.observe(Some(Arc::new(move |event: &str| {
        if event.contains("/o/token/") {
            interrupted.interrupt();
        }
        false
    })));
    let course = json!({"encrypted_user_id": stage.sandbox.people()[0].encrypted_id, "goal": 1, "passed_date": "2026-01-02"});
    assert_eq!(call(&client, "competency_results.create", course).unwrap_err().code(), Code::Interrupted);
    assert!(stage.sandbox.requests().iter().all(|request| request.method != "POST" || request.path == "/o/token/"));
}

#[test]
fn whoever_waits_for_anothers_token_waits_no_longer_than_it_may() {
    let stage = with(Sandbox::builder().users(5), json!({"timeout_s": 1}));
    let client = stage.client;
    drop(stage.sandbox);
    // Nobody is there, and what never reaches a server is tried for as long as a call may wait: the first one fetches and fetches.
    std::thread::scope(|scope| {
        let patient = scope.spawn(|| call(&client, "check", json!({"max_wait_s": 60})));
        std::thread::sleep(Duration::from_millis(200));
        assert_eq!(call(&client, "check", json!({"max_wait_s": 0.2})).unwrap_err().code(), Code::Network);
        assert!(!patient.is_finished());
        client.interrupt();
        assert_eq!(patient.join().unwrap().unwrap_err().code(), Code::Interrupted);
    });
}

#[test]
fn a_token_of_another_scope_is_another_token() {
    let stage = with(Sandbox::builder().users(5), json!({"scope": "read"}));
    stage.get("check", json!({}));
    let writer = client_of(&stage.sandbox, json!({}));
    call(&writer, "users.update", json!({"id": stage.person(0).id, "changes": {"first_name": "Ny"}})).unwrap();
    assert_eq!(stage.sandbox.token_requests(), 2);
}

#[test]
fn a_passing_trouble_of_the_token_endpoint_is_waited_out() {
    for fault in [Fault::status(503), Fault::cut_before_acting(), Fault::cut_after_acting(), Fault::half_body()] {
        let stage = stage();
        stage.sandbox.fault(fault.path("/o/token/"));
        stage.get("check", json!({}));
        assert_eq!(stage.spent(), 1);
    }
    let stage = stage();
    stage.sandbox.fault(Fault::html(200).path("/o/token/").always());
    stage.fails(Code::Protocol, "check", json!({}));
    let stage = super::stage::stage();
    stage.sandbox.fault(Fault::status(404).path("/o/token/").always());
    stage.fails(Code::Protocol, "check", json!({}));
}
