//! The throttle, to the letter of DRF's throttling.py.

use crate::caller::{Caller, ask, token};
use finaut_sandbox::{Fault, Sandbox};

#[test]
fn the_request_after_the_last_slot_is_refused_with_the_wait_in_whole_seconds() {
    let sandbox = Sandbox::builder().throttle(3, 3600.0).start();
    let caller = Caller::new(&sandbox);
    assert_eq!(caller.get("user/").status, 200);
    sandbox.advance(600.0);
    assert_eq!(caller.get("user/").status, 200);
    assert_eq!(caller.get("user/").status, 200);
    let refused = caller.get("user/");
    assert_eq!(refused.status, 429);
    // 600 s and a little have passed, so 2999.9… s are left, rounded up; less on a very slow machine.
    let wait_s: u32 = refused.header("Retry-After").unwrap().parse().unwrap();
    assert!((2_980..=3_000).contains(&wait_s), "{wait_s}");
    assert_eq!(refused.detail(), format!("Request was throttled. Expected available in {wait_s} seconds."));
    assert_eq!((sandbox.count_429(), sandbox.slots_left()), (1, 0));
}

#[test]
fn a_slot_comes_free_when_its_window_has_passed_and_refusals_do_not_prolong_it() {
    let sandbox = Sandbox::builder().throttle(1, 100.0).start();
    let caller = Caller::new(&sandbox);
    assert_eq!(caller.get("user/").status, 200);
    for _ in 0..3 {
        sandbox.advance(20.0);
        assert_eq!(caller.get("user/").status, 429);
    }
    sandbox.advance(40.0);
    assert_eq!(caller.get("user/").status, 200);
}

#[test]
fn what_drf_refuses_before_it_counts_is_not_counted_and_everything_else_is() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let reader = {
        let form = "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret&scope=read";
        let token = crate::caller::token_reply(&sandbox, form).json()["access_token"].as_str().unwrap().to_owned();
        Caller::with_token(&sandbox, &token)
    };
    let xml = format!("{}Accept: application/xml\r\n", caller.headers);
    let uncounted = [
        ask(&sandbox, "GET", "/finautapi/v1/user/", "", "").status,
        ask(&sandbox, "GET", "/finautapi/v1/user/", "Authorization: Bearer nobody\r\n", "").status,
        ask(&sandbox, "GET", "/finautapi/v1/user/", &xml, "").status,
        reader.post("user/", &caller.newcomer(0)).status,
        caller.get("nothing/").status,
        caller.get("user").status,
    ];
    assert_eq!(uncounted, [401, 401, 406, 403, 404, 301]);
    assert_eq!(sandbox.slots_left(), 200);
    let counted = [
        caller.get("user/1/").status,
        caller.ask("DELETE", "user/", "").status,
        caller.ask("POST", "user/", "{").status,
        caller.ask("POST", "user/", "{}").status,
        caller.get("user/?page=99").status,
    ];
    assert_eq!(counted, [404, 405, 400, 422, 404]);
    assert_eq!(sandbox.slots_left(), 195);
    let seen: Vec<bool> = sandbox.requests().iter().map(|request| request.counted).collect();
    assert_eq!(seen, [vec![false; 8], vec![true; 5]].concat());
}

#[test]
fn content_negotiation_comes_before_authentication_and_both_before_the_throttle() {
    let sandbox = Sandbox::builder().throttle(1, 3600.0).start();
    let caller = Caller::new(&sandbox);
    assert_eq!(ask(&sandbox, "GET", "/finautapi/v1/user/", "Accept: text/csv\r\n", "").status, 406);
    assert_eq!(caller.get("user/").status, 200);
    assert_eq!(ask(&sandbox, "GET", "/finautapi/v1/user/", "", "").status, 401, "no 429 for a stranger");
    assert_eq!(caller.ask("DELETE", "user/1/", "").status, 429, "no 405, no 404 while throttled");
}

#[test]
fn every_account_has_a_throttle_of_its_own() {
    let sandbox = Sandbox::builder().throttle(1, 3600.0).account("other", "secret").start();
    let (one, other) = (Caller::new(&sandbox), Caller::with_token(&sandbox, &token(&sandbox, "other", "secret")));
    assert_eq!((one.get("user/").status, one.get("user/").status), (200, 429));
    assert_eq!(other.get("user/").status, 200);
    assert_eq!((sandbox.slots_left(), sandbox.slots_left_of("other")), (0, 0));
    assert_eq!(sandbox.requests().last().and_then(|request| request.client_id.clone()).as_deref(), Some("other"));
}

#[test]
fn slots_that_another_program_has_used_are_gone() {
    let sandbox = Sandbox::builder().throttle(5, 3600.0).start();
    let caller = Caller::new(&sandbox);
    assert_eq!(sandbox.use_slots(9), 5);
    assert_eq!(caller.get("user/").status, 429);
    sandbox.free_slots();
    assert_eq!(caller.get("user/").status, 200);
}

#[test]
fn a_lowered_limit_gives_a_429_without_a_wait() {
    let sandbox = Sandbox::builder().throttle(3, 3600.0).start();
    let caller = Caller::new(&sandbox);
    sandbox.use_slots(3);
    sandbox.set_throttle(2, 3600.0);
    let refused = caller.get("user/");
    assert_eq!((refused.status, refused.header("Retry-After")), (429, None));
    assert_eq!(refused.detail(), "Request was throttled.");
}

#[test]
fn a_scaled_window_works_in_real_time() {
    let sandbox = Sandbox::builder().throttle(20, 1.0).start();
    let caller = Caller::new(&sandbox);
    sandbox.use_slots(20);
    assert_eq!(caller.get("user/").status, 429);
    std::thread::sleep(std::time::Duration::from_millis(1_010));
    assert_eq!(caller.get("user/").status, 200);
}

#[test]
fn an_error_inside_the_server_is_counted_and_one_of_a_proxy_is_not() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::status(500));
    sandbox.fault(Fault::html(502));
    sandbox.fault(Fault::status(503).counted(false));
    sandbox.fault(Fault::status(429).header("Retry-After", "7"));
    let seen: Vec<(u16, usize)> = (0..4).map(|_| (caller.get("user/").status, sandbox.slots_left())).collect();
    assert_eq!(seen, [(500, 199), (502, 199), (503, 199), (429, 199)]);
    assert_eq!(sandbox.count_429(), 0, "that one was a fault");
}
