//! New roles: none is lost when other calls write the same person's roles at the same time, and the reply warns
//! where a role changes nothing.

use std::collections::BTreeSet;
use std::sync::Barrier;

use finaut_core::client::Client;
use finaut_core::clock::SystemClock;
use finaut_core::error::Code;
use finaut_core::store::At;
use finaut_sandbox::{Builder, Fault, Person, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, call, client_of, on, stage, with};

/// A sandbox on which a test is not held up by the throttle.
fn wide() -> Builder {
    Sandbox::builder().users(40).throttle(20_000, 3600.0)
}

fn wide_stage(settings: Value) -> Stage {
    let mut all = json!({"throttle": {"requests": 20_000, "per_s": 3600}});
    settings.as_object().unwrap().iter().for_each(|(name, value)| all[name] = value.clone());
    with(wide(), all)
}

fn roles(stage: &Stage, user: u64) -> BTreeSet<String> {
    stage.sandbox.people().into_iter().find(|person| person.id == user).unwrap().roles.into_iter().collect()
}

/// The ways in which a caller may name the person.
fn names(person: &Person) -> [Value; 3] {
    [json!({"id": person.id}), json!({"persnr": person.persnr}), json!({"encrypted_user_id": person.encrypted_id})]
}

fn with_args(mut name: Value, more: Value) -> Value {
    more.as_object().unwrap().iter().for_each(|(key, value)| name[key] = value.clone());
    name
}

/// Both clients give each of `people` roles of their own at the same moment, each by another operation.
fn race(stage: &Stage, clients: [&Client; 2], people: &[Person]) {
    let barrier = Barrier::new(2);
    std::thread::scope(|scope| {
        for (which, client) in clients.into_iter().enumerate() {
            let barrier = &barrier;
            scope.spawn(move || {
                for (n, person) in people.iter().enumerate() {
                    let name = names(person)[(n + which) % 3].clone();
                    let (operation, more) = match (which, n % 2) {
                        (0, _) => ("users.enroll", json!({"schemes": ["n2"]})),
                        (_, 0) => ("users.add_role", json!({"role": "n3_ba"})),
                        _ => ("users.update", json!({"changes": {"add_roles": ["n3_ba"], "first_name": "Ny"}})),
                    };
                    barrier.wait();
                    call(client, operation, with_args(name, more)).unwrap_or_else(|e| panic!("{operation}: {}", e.json()));
                }
            });
        }
    });
    for person in people {
        let now = roles(stage, person.id);
        let before: BTreeSet<String> = person.roles.iter().cloned().collect();
        assert!(now.is_superset(&before) && now.contains("n2_ka") && now.contains("n3_ba"), "{}: {now:?}", person.id);
    }
}

#[test]
fn two_threads_that_give_one_person_roles_lose_none() {
    let stage = wide_stage(json!({}));
    let people: Vec<_> = stage.sandbox.people().into_iter().take(30).collect();
    race(&stage, [&stage.client, &stage.client], &people);
}

#[test]
fn two_clients_on_one_state_file_lose_no_role() {
    let folder = std::env::temp_dir().join(format!("finaut-roles-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let state = json!({"state": folder.join("finaut.db")});
    let stage = wide_stage(state.clone());
    let other = client_of(&stage.sandbox, with_args(state, json!({"throttle": {"requests": 20_000, "per_s": 3600}})));
    let people: Vec<_> = stage.sandbox.people().into_iter().take(30).collect();
    race(&stage, [&stage.client, &other], &people);
    let _ = std::fs::remove_dir_all(folder);
}

/// The number of PATCHes that the sandbox saw.
fn patches(stage: &Stage) -> usize {
    stage.sandbox.requests().iter().filter(|request| request.method == "PATCH").count()
}

#[test]
fn roles_that_another_program_wrote_over_are_read_and_written_again() {
    let stage = stage();
    let person = stage.plain_person();
    let user = |roles: &[&str]| {
        let urls: Vec<_> = roles.iter().map(|role| format!("{}/finautapi/v1/userrole/{role}/", stage.sandbox.url())).collect();
        json!({"id": format!("{}/finautapi/v1/user/{}/", stage.sandbox.url(), person.id), "userroles": urls}).to_string()
    };
    // What the portal wrote in between is all that the answer shows.
    stage.sandbox.fault(Fault::status(200).body(&user(&["afr_ka"])).method("PATCH").path("user/"));
    let reply = stage.get("users.add_role", json!({"id": person.id, "role": "n3_ba"}));
    assert!(reply["userroles"].as_array().unwrap().iter().any(|role| role.as_str().unwrap().ends_with("/n3_ba/")), "{reply}");
    assert!(roles(&stage, person.id).contains("n3_ba"));
    assert_eq!(patches(&stage), 2);
    // An answer that shows no roles at all proves nothing: they are read.
    let silent = json!({"id": person.id}).to_string();
    stage.sandbox.fault(Fault::status(200).body(&silent).method("PATCH").path("user/"));
    stage.get("users.enroll", json!({"id": person.id, "schemes": ["n2"]}));
    assert!(roles(&stage, person.id).contains("n2_ka"));
    // A server that never shows one is asked three times and no more.
    let before = patches(&stage);
    stage.sandbox.fault(Fault::status(200).body(&user(&["afr_ka"])).method("PATCH").path("user/").always());
    let error = stage.fails(Code::Protocol, "users.enroll", json!({"id": person.id, "schemes": ["rob"]}));
    assert!(error.message().contains("lacks"), "{error}");
    assert_eq!(patches(&stage), before + 3);
}

#[test]
fn a_role_of_another_call_is_not_lost_by_a_reading_that_came_before_the_lease() {
    // The first reading finds out who it is about, and before its answer comes the second call is through.
    let stage = wide_stage(json!({}));
    let person = stage.plain_person();
    stage.get("check", json!({}));
    let events = stage.events();
    let fault = Fault::delay_after_acting(1_500).method("GET").path("user/").query("encoded_userid");
    stage.sandbox.fault(fault);
    let slow = std::thread::scope(|scope| {
        let args = json!({"encrypted_user_id": person.encrypted_id, "schemes": ["n2"]});
        let slow = scope.spawn(|| stage.call("users.enroll", args));
        while !events.lock().unwrap().iter().any(|event| event["for"] == "answer") {
            std::thread::yield_now();
        }
        stage.get("users.add_role", json!({"id": person.id, "role": "n3_ba"}));
        slow.join().unwrap()
    });
    slow.unwrap();
    let now = roles(&stage, person.id);
    assert!(now.contains("n2_ka") && now.contains("n3_ba"), "{now:?}");
}

#[test]
fn a_call_that_may_not_wait_for_another_says_so_and_sends_nothing() {
    let stage = wide_stage(json!({"max_wait_s": 0}));
    let person = stage.plain_person();
    let at = At { clock: &SystemClock, patience_s: 1.0 };
    let name = format!("roles of {}", person.id);
    assert!(stage.client.store.take_lease(at, &name, "another", 600.0).unwrap());
    let error = stage.fails(Code::Throttled, "users.enroll", json!({"id": person.id, "schemes": ["n2"]}));
    assert!(error.details().retry_after_s.is_some() && error.message().contains("Another call"), "{error}");
    assert_eq!(stage.spent(), 0);
    stage.client.store.end_lease(at, &name, "another").unwrap();
    stage.get("users.enroll", json!({"id": person.id, "schemes": ["n2"], "max_wait_s": 30}));
    assert!(stage.client.store.take_lease(at, &name, "another", 600.0).unwrap(), "the call ended its own");
}

#[test]
fn a_person_who_is_enrolled_already_and_inactive_is_told_so() {
    for (operation, code) in [("users.withdraw", "withdrawn"), ("users.hold", "on_hold")] {
        let stage = stage();
        let made = stage.get("users.create_candidate", stage.newcomer(1));
        stage.get(operation, json!({"id": made["id"], "scheme": "afr"}));
        let reply = stage.get("users.enroll", json!({"id": made["id"], "schemes": ["afr"]}));
        assert_eq!(reply["warnings"][0]["code"], code, "{reply}");
        assert_eq!(reply.as_object().unwrap().keys().next_back().unwrap(), "warnings", "it is the last member");
        assert!(reply["warnings"][0]["message"].as_str().unwrap().contains("afr"));
        let reply = stage.get("users.update", json!({"id": made["id"], "changes": {"add_schemes": ["afr"]}}));
        assert_eq!(reply["warnings"][0]["code"], code, "{reply}");
        // Who is not, is not warned of; and a role that had to be written costs no look.
        let spent = stage.spent();
        let reply = stage.get("users.enroll", json!({"id": made["id"], "schemes": ["afr", "krd"]}));
        assert_eq!((reply.get("warnings"), stage.spent()), (None, spent + 2));
        let reply = stage.get("users.enroll", json!({"id": made["id"], "schemes": ["krd"]}));
        assert_eq!((reply.get("warnings"), stage.spent()), (None, spent + 4));
    }
}

#[test]
fn a_status_that_cannot_be_looked_up_is_no_failure_of_the_enrolment() {
    let stage = on(Sandbox::builder().users(10));
    let made = stage.get("users.create_candidate", stage.newcomer(1));
    stage.sandbox.fault(Fault::status(403).body("{\"detail\": \"no\"}").path("latestuserstatus/"));
    let reply = stage.get("users.enroll", json!({"id": made["id"], "schemes": ["afr"]}));
    assert_eq!(reply["warnings"][0]["code"], "status_unknown", "{reply}");
}
