//! A plan that is under way, waits, was stopped or is broken, and what `sync.status` says of it.

use std::sync::{Arc, Condvar, Mutex};

use finaut_core::client::Client;
use finaut_core::config::Config;
use finaut_core::error::Code;
use finaut_sandbox::Fault;
use serde_json::{Value, json};

use super::house::{House, row};
use super::stage::{call, client_of};

fn profile(house: &House) -> Value {
    let rows: Vec<String> = house.people().iter().map(row).collect();
    house.profile(&house.write(&rows))
}

/// The members of a status, each of which is always there.
const MEMBERS: [&str; 12] = [
    "profile",
    "run",
    "state",
    "counts",
    "progress",
    "budget",
    "through",
    "next_slot_s",
    "last_done",
    "last_accepted_file",
    "oldest_open",
    "error",
];

fn status(house: &House) -> Value {
    let before = house.stage.spent();
    let status = house.stage.get("sync.status", json!({}));
    assert_eq!(house.stage.spent(), before, "no request");
    let names: Vec<&String> = status.as_object().unwrap().keys().collect();
    assert_eq!(names, MEMBERS);
    status
}

#[test]
fn a_status_tells_the_last_plan_and_null_where_there_was_none() {
    let house = House::new(30);
    let none = status(&house);
    for member in ["run", "state", "counts", "progress", "through", "last_done", "last_accepted_file", "oldest_open", "error"] {
        assert_eq!(none[member], Value::Null, "{member}");
    }
    assert_eq!(none["budget"]["limit"], 100_000);
    let mut rows: Vec<String> = house.people().iter().map(row).collect();
    rows[2] = rows[2].replace(&house.people()[2].last_name, "Prøve-Berg");
    let path = house.write(&rows);
    let plan = house.stage.get("sync.plan", json!({ "profile": house.profile(&path) }));
    let after = status(&house);
    assert_eq!((&after["run"], &after["state"], &after["counts"]), (&plan["plan"], &json!("ready"), &plan["counts"]));
    // Four of the 30 rows contradict each other.
    assert_eq!(after["oldest_open"]["what"], "file_broken", "{after}");
    assert_eq!(after["last_accepted_file"], Value::Null, "a plan is no file seen");
    let of_it = house.stage.get("sync.status", json!({ "run": plan["plan"] }));
    assert_eq!(of_it["counts"], plan["counts"]);
    house.stage.fails(Code::NotFound, "sync.status", json!({ "run": "p-29991231-0000-0000" }));
    let stale = house.stage.fails(Code::Stale, "sync.status", json!({ "max_age_h": 26 }));
    assert!(stale.message().contains("none ever was") && stale.message().contains("sync.plan"), "{stale}");
}

/// Lets the observer of a client wait in an event until the test says so.
#[derive(Default)]
struct Gate {
    /// Whether somebody waits in it, and whether it is open.
    state: Mutex<(bool, bool)>,
    changed: Condvar,
}

impl Gate {
    fn pass(&self) {
        let mut state = self.state.lock().unwrap();
        state.0 = true;
        self.changed.notify_all();
        while !state.1 {
            state = self.changed.wait(state).unwrap();
        }
    }

    fn wait_for_somebody(&self) {
        let mut state = self.state.lock().unwrap();
        while !state.0 {
            state = self.changed.wait(state).unwrap();
        }
    }

    fn open(&self) {
        self.state.lock().unwrap().1 = true;
        self.changed.notify_all();
    }
}

#[test]
fn one_sync_of_an_account_runs_at_a_time_and_the_other_is_told_when_to_call_again() {
    let house = House::new(120);
    let profile = profile(&house);
    let other = client_of(&house.stage.sandbox, json!({ "state": house.folder.join("state.db") }));
    let gate = Arc::new(Gate::default());
    let passed = gate.clone();
    house.stage.client.observe(Some(Arc::new(move |event: &str| {
        let event: Value = serde_json::from_str(event).unwrap();
        if event["event"] == "page" {
            passed.pass();
        }
        false
    })));
    std::thread::scope(|scope| {
        let first = scope.spawn(|| house.stage.get("sync.plan", json!({ "profile": profile })));
        gate.wait_for_somebody();
        let before = house.stage.spent();
        let busy = call(&other, "sync.plan", json!({ "profile": profile })).unwrap_err();
        assert_eq!((busy.code(), busy.details().retry_after_s), (Code::Busy, Some(10.0)), "{}", busy.json());
        assert!(busy.message().contains("\"default\" by process"), "{busy}");
        assert_eq!(house.stage.spent(), before);
        let seen = call(&other, "sync.status", json!({})).unwrap();
        assert_eq!((&seen["state"], &seen["progress"]["operation"]), (&json!("reading"), &json!("sync.plan")), "{seen}");
        // One person disturbs nobody.
        let one = json!({ "profile": profile, "only": {"id": house.people()[0].id} });
        assert_eq!(call(&other, "sync.plan", one).unwrap()["state"], "ready");
        gate.open();
        assert_eq!(first.join().unwrap()["state"], "ready");
    });
    // As soon as it is done, the next one runs.
    assert_eq!(call(&other, "sync.plan", json!({ "profile": profile })).unwrap()["state"], "ready");
}

/// What a first plan for everybody costs before the people are listed: three lists for a day, the history's first page, and the pages of
/// the statuses.
fn before_people(house: &House) -> usize {
    let listed = house.stage.get("request", json!({ "method": "GET", "path": "latestuserstatus/" }));
    3 + 1 + (listed["count"].as_u64().unwrap() as usize).div_ceil(100)
}

/// What all of it costs.
fn price(house: &House) -> usize {
    before_people(house) + house.people().len().div_ceil(100)
}

#[test]
fn a_slot_too_far_away_is_no_error_and_the_next_call_goes_on() {
    let house = House::new(450);
    let profile = profile(&house);
    let wanted = price(&house);
    let state = json!({ "state": house.folder.join("state.db") });
    let with = |requests: usize| {
        let mut settings = state.clone();
        settings["throttle"] = json!({ "requests": requests });
        client_of(&house.stage.sandbox, settings)
    };
    let used = call(&with(100_000), "budget", json!({})).unwrap()["used"].as_u64().unwrap() as usize;
    let first = before_people(&house) + 3;
    let few = with(used + first + 1);
    let begun = house.stage.spent();
    let args = json!({ "profile": profile, "max_wait_s": 0 });
    let waiting = call(&few, "sync.plan", args.clone()).unwrap();
    assert_eq!((&waiting["state"], &waiting["plan"]), (&json!("waiting"), &Value::Null), "{waiting}");
    assert!(waiting["next_slot_s"].as_f64().unwrap() > 60.0 && waiting["basis"]["requests"] == first, "{waiting}");
    assert_eq!((&waiting["counts"]["create"], &waiting["steps"]), (&json!(0), &json!([])), "each member is there");
    let seen = status(&house);
    assert_eq!((&seen["state"], &seen["progress"]["done"], &seen["progress"]["of"]), (&json!("waiting"), &json!(3), &json!(5)));
    assert!(seen["next_slot_s"].as_f64().unwrap() > 60.0 && seen["run"] == Value::Null, "{seen}");
    // Again and again, with a few slots more each time: no page is read twice.
    let mut more = used + first + 1;
    let plan = loop {
        more += 1;
        let plan = call(&with(more), "sync.plan", args.clone()).unwrap();
        if plan["state"] == "ready" {
            break plan;
        }
        assert!(more < used + first + 10, "it comes to no end: {plan}");
    };
    assert_eq!(plan["basis"]["people"], 450);
    // The history is looked at once more at the end.
    assert_eq!(house.stage.spent() - begun, wanted + 1);
    assert_eq!((&status(&house)["state"], &status(&house)["next_slot_s"]), (&json!("ready"), &Value::Null));
}

#[test]
fn a_plan_that_was_stopped_or_broke_goes_on_where_it_was() {
    let house = House::new(450);
    let profile = profile(&house);
    let wanted = price(&house);
    let begun = house.stage.spent();
    house.stage.client.observe(Some(Arc::new(|event: &str| {
        let event: Value = serde_json::from_str(event).unwrap();
        event["event"] == "sync" && event["state"] == "reading" && event["done"] == 2
    })));
    house.stage.fails(Code::Interrupted, "sync.plan", json!({ "profile": profile }));
    house.stage.client.observe(None);
    assert_eq!(status(&house)["state"], "stopped");
    house.stage.sandbox.fault(Fault::status(403).path("user/").query("page=4").always());
    house.stage.fails(Code::Permission, "sync.plan", json!({ "profile": profile }));
    let broken = status(&house);
    assert_eq!((&broken["state"], &broken["error"]["code"]), (&json!("broken"), &json!("permission")), "{broken}");
    house.stage.sandbox.clear_faults();
    let plan = house.stage.get("sync.plan", json!({ "profile": profile }));
    assert_eq!(plan["basis"]["people"], 450);
    // The page that was refused, and a look at the history at the end.
    assert_eq!(house.stage.spent() - begun, wanted + 2, "no page was read twice");
    assert_eq!((&status(&house)["state"], &status(&house)["error"]), (&json!("ready"), &Value::Null));
}

#[test]
fn the_observer_is_told_how_far_it_is() {
    let house = House::new(250);
    let profile = profile(&house);
    let events = house.stage.events();
    house.stage.get("sync.plan", json!({ "profile": profile, "job": "nightly" }));
    house.stage.client.observe(None);
    let events = events.lock().unwrap();
    let told: Vec<&Value> = events.iter().filter(|event| event["event"] == "sync").collect();
    let states: Vec<&str> = told.iter().map(|event| event["state"].as_str().unwrap()).collect();
    let mut in_order = states.clone();
    in_order.dedup();
    assert_eq!(in_order, ["reading", "planning", "ready"]);
    assert!(told.iter().any(|event| event["done"] == 2 && event["of"] == 3), "{told:?}");
    assert!(told.iter().any(|event| event["through"].is_string()), "{told:?}");
    for event in told {
        assert_eq!((&event["operation"], &event["job"]), (&json!("sync.plan"), &json!("nightly")));
        assert!(event["requests"].is_u64() && event["done"].is_u64(), "{event}");
    }
}

/// Run by another process, which is killed meanwhile.
#[test]
#[ignore = "only a process of its own runs it"]
fn a_process_that_plans() {
    let given: Value = serde_json::from_str(&std::env::var("FINAUT_TEST_PLAN").unwrap()).unwrap();
    let client = Client::new(Config::read(given["config"].to_string().as_bytes(), &|_| None).unwrap()).unwrap();
    let _ = call(&client, "sync.plan", json!({ "profile": given["profile"] }));
}

#[test]
fn the_next_plan_does_not_wait_for_a_process_that_was_killed() {
    let house = House::new(450);
    let profile = profile(&house);
    let wanted = price(&house);
    let begun = house.stage.spent();
    let sandbox = &house.stage.sandbox;
    sandbox.fault(Fault::delay_before_acting(600_000).path("user/").query("page=3"));
    let config = json!({
        "host": sandbox.url(), "client_id": sandbox.client_id(), "client_secret": sandbox.client_secret(),
        "state": house.folder.join("state.db"), "throttle": {"requests": 100_000}, "timeout_s": 600,
    });
    let mut process = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "under_way::a_process_that_plans", "--ignored", "-q"])
        .env("FINAUT_TEST_PLAN", json!({ "config": config, "profile": profile }).to_string())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while sandbox.faults_waiting() > 0 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let busy = house.stage.fails(Code::Busy, "sync.plan", json!({ "profile": profile }));
    assert!(busy.message().contains(&format!("process {}", process.id())), "{busy}");
    assert_eq!(status(&house)["state"], "reading");
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(status(&house)["state"], "stopped");
    let plan = house.stage.get("sync.plan", json!({ "profile": profile }));
    assert_eq!((&plan["state"], &plan["basis"]["people"]), (&json!("ready"), &json!(450)));
    // The page that was lost, and a look at the history at the end.
    assert!(house.stage.spent() - begun <= wanted + 2, "pages that were read are kept");
}
