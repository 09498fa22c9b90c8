//! Processes share token, slots and what is remembered.

use std::time::{Duration, Instant};

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::stage::{Stage, call, succeeded};

/// That no time is wasted is shown in simulated time: in real time, neighbours on the machine would be measured as well.
#[test]
fn eight_processes_are_never_refused() {
    let (requests, window_s) = (20, 4.0);
    let stage = Stage::new(Sandbox::builder().users(5).throttle(requests, window_s));
    let settings = json!({"throttle": {"requests": requests, "per_s": window_s}});
    // The first request starts the time; 8 processes with 4 threads then make three each and thus 97 in all.
    let client = stage.client(settings.clone());
    for _ in 0..4 {
        call(&client, "check", json!({})).unwrap();
    }
    let started = Instant::now();
    let workers: Vec<_> = (0..8).map(|_| stage.worker(settings.clone(), 4, 3)).collect();
    workers.into_iter().for_each(succeeded);
    let took = started.elapsed();
    assert!(took >= Duration::from_secs(16), "five windows' worth in {took:?}");
    let spent = stage.sandbox.requests().iter().filter(|request| request.counted).count();
    assert_eq!((spent, stage.sandbox.count_429(), stage.sandbox.token_requests()), (100, 0, 1));
    // Every slot is accounted for: what the server holds, we hold too.
    let used = call(&client, "budget", json!({})).unwrap()["used"].as_u64().unwrap();
    assert!(used as usize >= requests - stage.sandbox.slots_left(), "{used}");
}

#[test]
fn sixteen_processes_starting_cold_make_one_token_request() {
    let stage = Stage::new(Sandbox::builder().users(5));
    stage.sandbox.fault(Fault::delay_before_acting(1_000).path("/o/token/"));
    let workers: Vec<_> = (0..16).map(|_| stage.worker(json!({}), 1, 1)).collect();
    workers.into_iter().for_each(succeeded);
    assert_eq!(stage.sandbox.token_requests(), 1);
    succeeded(stage.worker(json!({}), 1, 2));
    assert_eq!(stage.sandbox.token_requests(), 1, "a fresh process uses the token that is there");
    let client = stage.client(json!({}));
    assert_eq!(call(&client, "budget", json!({})).unwrap()["used"], 18, "the budget is that of all processes");
}

#[test]
fn a_file_that_many_processes_make_at_once_is_everybodys() {
    let stage = Stage::new(Sandbox::builder().users(1));
    let settings: Vec<_> =
        (0..150).map(|n| stage.folder.0.join(format!("{n}.db"))).map(|file| json!({"state": file})).collect();
    let workers: Vec<_> = (0..6).map(|_| stage.worker_of(&settings, 1, 0)).collect();
    workers.into_iter().for_each(succeeded);
}

#[test]
fn a_process_learns_from_anothers_refusal() {
    let stage = Stage::new(Sandbox::builder().users(5));
    stage.sandbox.use_slots(200);
    let first = stage.client(json!({"max_wait_s": 1}));
    assert_eq!(call(&first, "check", json!({})).unwrap_err().code(), Code::Throttled);
    assert_eq!(stage.sandbox.count_429(), 1);
    let mut second = stage.worker(json!({"max_wait_s": 1}), 1, 1);
    assert!(!second.wait().unwrap().success());
    assert_eq!(stage.sandbox.count_429(), 1, "it did not even ask");
}

#[test]
fn what_one_process_learnt_another_need_not_ask() {
    let stage = Stage::new(Sandbox::builder().users(5));
    let person = stage.sandbox.people()[0].clone();
    // Two stores on one file are as two processes.
    for n in 0..2 {
        let client = stage.client(json!({}));
        call(&client, "departments.list", json!({})).unwrap();
        call(&client, "users.update", json!({"persnr": person.persnr, "changes": {"first_name": format!("A{n}")}})).unwrap();
    }
    let requests: Vec<_> =
        stage.sandbox.requests().iter().filter(|request| request.counted).map(|request| request.method.clone()).collect();
    assert_eq!(requests, ["GET", "GET", "PATCH", "PATCH"]);
}

#[test]
fn accounts_in_one_file_keep_apart_and_a_wrong_secret_means_no_token() {
    let stage = Stage::new(Sandbox::builder().users(5).account("other", "other-secret"));
    let client = stage.client(json!({}));
    call(&client, "schemes.list", json!({})).unwrap();
    let other = stage.client(json!({"client_id": "other", "client_secret": "other-secret"}));
    assert_eq!(call(&other, "budget", json!({})).unwrap()["used"], 0);
    call(&other, "schemes.list", json!({})).unwrap();
    assert_eq!(stage.sandbox.token_requests(), 2);
    let wrong = stage.client(json!({"client_secret": "wrong"}));
    assert_eq!(call(&wrong, "budget", json!({})).unwrap()["used"], 1, "slots are the account's, whatever the secret");
    assert_eq!(call(&wrong, "schemes.list", json!({})).unwrap_err().code(), Code::Authentication);
    call(&client, "check", json!({})).unwrap();
    assert_eq!(stage.sandbox.token_requests(), 3, "the right one's token is untouched");
}

#[test]
fn the_reserve_holds_across_processes() {
    let stage = Stage::new(Sandbox::builder().users(5).throttle(5, 3600.0));
    let settings = json!({"throttle": {"requests": 5, "per_s": 3600, "reserve": 2}, "max_wait_s": 1});
    succeeded(stage.worker(settings.clone(), 1, 3));
    let client = stage.client(settings);
    assert_eq!(call(&client, "check", json!({})).unwrap_err().code(), Code::Throttled);
    call(&client, "check", json!({"priority": "interactive"})).unwrap();
    let budget = call(&client, "budget", json!({"requests": 2})).unwrap();
    assert_eq!((&budget["used"], &budget["free"]), (&json!(4), &json!(1)));
    assert!(budget["through_s"].as_f64().unwrap() > 3500.0);
}
