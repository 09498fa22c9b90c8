//! Reading everybody: processes killed in the middle of it, and several at once.

use finaut_core::client::Client;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::stage::{OtherClock, Stage, call, succeeded};

const PEOPLE: usize = 450;

fn stage() -> Stage {
    Stage::new(Sandbox::builder().users(PEOPLE).throttle(100_000, 3600.0))
}

fn settings() -> Value {
    json!({ "throttle": {"requests": 100_000, "per_s": 3600}, "timeout_s": 30 })
}

/// The same state some minutes later: the lease of a process that was killed is over.
fn later(stage: &Stage) -> Client {
    stage.client_at(settings(), OtherClock { ahead_s: 120.0, wall_s: 120.0, ..OtherClock::default() })
}

fn asked(stage: &Stage, path: &str) -> usize {
    let ends = format!("/v1/{path}");
    stage.sandbox.requests().iter().filter(|request| request.path.ends_with(&ends)).count()
}

fn get(client: &Client, operation: &str, args: Value) -> Value {
    call(client, operation, args).unwrap_or_else(|e| panic!("{operation}: {}", e.json()))
}

/// Starts a process that makes this call, and kills it while the page is at the server.
fn killed_at(stage: &Stage, operation: &str, args: &Value, path: &str, page: usize) {
    stage.sandbox.fault(Fault::delay_before_acting(3_600_000).path(path).query(&format!("page={page}")));
    let mut worker = stage.worker_that_calls(settings(), &json!([[operation, args]]));
    while stage.sandbox.faults_waiting() > 0 {
        assert!(worker.try_wait().unwrap().is_none(), "it ended");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    worker.kill().unwrap();
    worker.wait().unwrap();
}

fn plan(stage: &Stage) -> Value {
    let people = stage.sandbox.people();
    let row = |person: &finaut_sandbox::Person| {
        json!({
            "persnr": person.persnr, "first_name": person.first_name, "last_name": person.last_name,
            "company": person.company_id.to_string(), "department": person.department_id.to_string(),
        })
    };
    let rows: Vec<Value> = people.iter().map(row).collect();
    let mut companies: Vec<u64> = people.iter().map(|person| person.company_id).collect();
    companies.sort_unstable();
    companies.dedup();
    let codes: serde_json::Map<String, Value> = companies.iter().map(|id| (id.to_string(), json!(id))).collect();
    json!({
        "people": rows,
        "profile": {"file": {"companies": codes, "departments": "finaut"}, "scope": {"companies": companies, "schemes": ["afr"]}},
    })
}

#[test]
fn a_process_killed_while_it_reads_the_latest_statuses_is_gone_on_with() {
    let stage = stage();
    for round in 0..2 {
        let args = json!({ "fresh": round == 1 });
        let before = asked(&stage, "latestuserstatus/");
        killed_at(&stage, "userstatus.latest", &args, "latestuserstatus/", 4);
        let first = asked(&stage, "latestuserstatus/") - before;
        let reply = get(&later(&stage), "userstatus.latest", args);
        let pages = reply["count"].as_u64().unwrap().div_ceil(100) as usize;
        assert!(pages > 6 && first == 3, "{pages}, {first}");
        // The sandbox lists no request on which it did not act: the one at which the process was killed.
        assert_eq!(asked(&stage, "latestuserstatus/") - before, pages, "round {round}");
        assert_eq!(reply["missing"], Value::Null);
    }
}

#[test]
fn a_process_killed_while_it_lists_people_is_gone_on_with() {
    let stage = stage();
    let args = plan(&stage);
    killed_at(&stage, "sync.plan", &args, "user/", 3);
    let reply = get(&later(&stage), "sync.plan", args.clone());
    assert_eq!(reply["basis"]["people"], PEOPLE);
    assert_eq!(asked(&stage, "user/"), PEOPLE.div_ceil(100), "no page twice");
    let statuses = get(&later(&stage), "userstatus.latest", json!({}))["count"].as_u64().unwrap();
    assert_eq!(asked(&stage, "latestuserstatus/"), statuses.div_ceil(100) as usize);
    // Four hours later nothing of it counts.
    killed_at(&stage, "sync.plan", &json!({ "people": args["people"], "profile": args["profile"], "fresh": true }), "user/", 3);
    let much_later = stage.client_at(settings(), OtherClock { ahead_s: 15_000.0, wall_s: 15_000.0, ..OtherClock::default() });
    let before = asked(&stage, "user/");
    assert_eq!(get(&much_later, "sync.plan", args)["basis"]["people"], PEOPLE);
    assert_eq!(asked(&stage, "user/") - before, PEOPLE.div_ceil(100));
}

#[test]
fn two_processes_that_read_at_once_list_everything_once() {
    let stage = stage();
    let args = plan(&stage);
    // Two plans at once would be one too many: of those, one is busy.
    let both = [json!([["sync.plan", args]]), json!([["userstatus.latest", {}]])];
    let both = both.map(|calls| stage.worker_that_calls(settings(), &calls));
    both.into_iter().for_each(succeeded);
    assert_eq!(asked(&stage, "user/"), PEOPLE.div_ceil(100));
    let statuses = get(&stage.client(settings()), "userstatus.latest", json!({}))["count"].as_u64().unwrap();
    assert_eq!(asked(&stage, "latestuserstatus/"), statuses.div_ceil(100) as usize);
}

#[test]
fn a_state_that_was_lost_costs_requests_and_nothing_else() {
    let stage = stage();
    let before = get(&stage.client(settings()), "userstatus.latest", json!({}));
    for end in super::stage::ENDS {
        let _ = std::fs::remove_file(format!("{}{end}", stage.folder.file().display()));
    }
    let asked_before = asked(&stage, "latestuserstatus/");
    let after = get(&stage.client(settings()), "userstatus.latest", json!({}));
    assert_eq!(before["results"], after["results"]);
    assert_eq!(asked(&stage, "latestuserstatus/"), 2 * asked_before);
}
