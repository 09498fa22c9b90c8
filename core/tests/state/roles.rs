//! Roles that several processes write, and what a killed one leaves behind.

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::stage::{OtherClock, Stage, call, succeeded};

fn wide() -> Stage {
    Stage::new(Sandbox::builder().users(20).throttle(20_000, 3600.0))
}

#[test]
fn processes_that_give_the_same_people_roles_lose_none() {
    let stage = wide();
    let people = stage.sandbox.people();
    let settings = json!({"throttle": {"requests": 20_000, "per_s": 3600}});
    let workers: Vec<_> = ["n2", "n3", "rob"]
        .iter()
        .map(|scheme| {
            let calls: Vec<_> =
                people.iter().map(|person| json!(["users.enroll", {"id": person.id, "schemes": [scheme]}])).collect();
            stage.worker_that_calls(settings.clone(), &json!(calls))
        })
        .collect();
    workers.into_iter().for_each(succeeded);
    for (before, now) in people.iter().zip(stage.sandbox.people()) {
        for role in before.roles.iter().map(String::as_str).chain(["n2_ka", "n3_ka", "rob_ka"]) {
            assert!(now.roles.iter().any(|has| has == role), "{} lacks {role}: {:?}", now.id, now.roles);
        }
    }
}

#[test]
fn a_killed_process_is_waited_for_no_longer_than_its_request_could_take() {
    let stage = wide();
    let person = stage.sandbox.people()[1].clone();
    let enroll = |scheme: &str| json!({"id": person.id, "schemes": [scheme]});
    stage.sandbox.fault(Fault::delay_before_acting(600_000).method("PATCH"));
    let mut worker = stage.worker_that_calls(json!({"timeout_s": 20}), &json!([["users.enroll", enroll("n2")]]));
    // Its reading is answered, so its PATCH is on its way.
    while !stage.sandbox.requests().iter().any(|request| request.path.ends_with(&format!("/user/{}/", person.id))) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    while stage.sandbox.faults_waiting() > 0 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    worker.kill().unwrap();
    worker.wait().unwrap();
    let settings = json!({"timeout_s": 20, "max_wait_s": 0.2});
    let error = call(&stage.client(settings.clone()), "users.enroll", enroll("n3")).unwrap_err();
    assert_eq!(error.code(), Code::Throttled, "{}", error.json());
    // Its time-out, the time between two beats, and a margin.
    let later = stage.client_at(settings, OtherClock { ahead_s: 20.0 + 1.0 + 10.0 + 1.0, ..OtherClock::default() });
    call(&later, "users.enroll", enroll("n3")).unwrap_or_else(|e| panic!("{}", e.json()));
}
