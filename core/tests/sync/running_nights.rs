//! Runs: nights, their ends, and what a run that waits or was stopped leaves to the next call.

use std::sync::Arc;

use finaut_core::clock::next_time_of_day;
use finaut_core::error::Code;
use finaut_sandbox::Fault;
use serde_json::{Value, json};

use super::house::House;
use super::running::rows;
use super::running_house::Nights;
use super::stage::{call, client_of};

const DAY_S: f64 = 86_400.0;

#[test]
fn nobody_leaves_on_a_night_after_one_that_broke_while_it_read() {
    let mut nights = Nights::new(30);
    nights.clock.forward(DAY_S);
    nights.house.stage.sandbox.fault(Fault::status(403).path("user/").always());
    nights.fails(Code::Permission);
    nights.house.stage.sandbox.clear_faults();
    assert!(nights.memory().night.is_some_and(|night| !night.is_done && night.was_last_done));
    nights.clock.forward(DAY_S);
    let leaver = nights.leaver(0);
    // A look at one person is no night.
    let mut one = nights.args();
    one["only"] = json!({ "id": nights.somebody(1).id });
    nights.call("sync.run", one).unwrap();
    assert!(nights.memory().night.is_some_and(|night| !night.is_done));
    let run = nights.run();
    assert_eq!((&run["counts"]["withdraw"], run["due_later"].as_array().unwrap().is_empty()), (&json!(0), false), "{run}");
    nights.clock.forward(DAY_S);
    nights.run();
    assert_eq!(nights.withdrawn(leaver.id, "afr"), 1);
}

#[test]
fn a_run_for_one_person_is_not_the_night_that_monitoring_waits_for() {
    let nights = Nights::new(20);
    nights.clock.forward(DAY_S);
    let before = nights.call("sync.status", json!({})).unwrap()["last_done"].clone();
    let mut one = nights.args();
    one["only"] = json!({ "id": nights.somebody(1).id });
    assert_eq!(nights.call("sync.run", one).unwrap()["state"], "done");
    assert_eq!(nights.call("sync.status", json!({})).unwrap()["last_done"], before);
    nights.run();
    assert_ne!(nights.call("sync.status", json!({})).unwrap()["last_done"], before);
}

#[test]
fn a_run_that_waits_has_every_member_and_is_gone_on_with_without_reading_anew() {
    let house = House::new(250);
    let mut rows = rows(&house);
    let profile = house.profile(&house.write(&rows));
    let held = house.stage.fails(Code::Held, "sync.run", json!({ "profile": profile }));
    let plan = held.json()["plan"].clone();
    let approved = json!({ "profile": profile, "plan": plan, "approve": ["first_run"], "by": "Kari", "why": "first night" });
    house.stage.get("sync.apply", approved);
    let people = house.people();
    for n in 0..6 {
        rows[n] = rows[n].replace(&people[n].last_name, "Prøve-Berg");
    }
    let new = house.stage.sandbox.unused_persnr(0);
    rows.push(format!("{new};NEW1;Ny;Ansatt;{};{};afr", people[0].company_id, people[0].department_id));
    house.write(&rows);
    let with = |more: usize| {
        let used = house.stage.get("budget", json!({}))["used"].as_u64().unwrap() as usize;
        client_of(
            &house.stage.sandbox,
            json!({ "state": house.folder.join("state.db"), "throttle": {"requests": used + more} }),
        )
    };
    let args = json!({ "profile": profile, "max_wait_s": 0 });
    let reading = call(&with(2), "sync.run", args.clone()).unwrap();
    assert_eq!(
        (&reading["state"], &reading["run"], &reading["plan"]),
        (&json!("waiting"), &Value::Null, &Value::Null),
        "{reading}"
    );
    for member in [
        "done",
        "refused",
        "refused_new",
        "portal",
        "portal_new",
        "failed",
        "doubtful",
        "drifted",
        "left",
        "held",
        "held_new",
        "create",
    ] {
        assert_eq!(reading["counts"][member], 0, "{member}: {reading}");
    }
    assert!(reading["next_slot_s"].as_f64() > Some(1.0) && reading["failures"] == json!([]));
    assert_eq!(reading["requests"], json!({ "reading": 2, "writing": 0, "settling": 0 }));
    // The rest of the listing, the history, three changes.
    let begun = house.stage.spent();
    let applying = call(&with(6), "sync.run", args.clone()).unwrap();
    assert_eq!(applying["state"], "waiting", "{applying}");
    let done = applying["counts"]["done"].as_u64().unwrap();
    assert!(done > 0 && applying["counts"]["left"] == 7 - done, "{applying}");
    assert_eq!(house.stage.spent() - begun, 6);
    let status = house.stage.get("sync.status", json!({}));
    assert!(status["state"] == "waiting" && status["next_slot_s"].as_f64() > Some(1.0), "{status}");
    let begun = house.stage.spent();
    let rest = call(&with(100), "sync.run", args).unwrap();
    assert_eq!((&rest["state"], &rest["counts"]["done"]), (&json!("done"), &json!(7 - done)), "{rest}");
    assert_eq!(house.stage.spent() - begun, 1 + (7 - done as usize), "the history's end, and what was left");
    assert_eq!(house.people().iter().filter(|person| person.last_name == "Prøve-Berg").count(), 6);
    assert_eq!(house.stage.get("sync.run", json!({ "profile": profile }))["steps"], json!([]));
}

#[test]
fn a_slot_that_comes_after_the_time_of_the_end_is_not_waited_for() {
    let mut nights = Nights::new(30);
    nights.change(0, "last_name", "Prøve-Berg");
    let used = nights.call("budget", json!({})).unwrap()["used"].as_u64().unwrap();
    assert!(used > 0);
    let refused = Fault::status(429).header("Retry-After", "3000").method("PATCH").always();
    nights.house.stage.sandbox.fault(refused);
    let until = finaut_core::clock::in_norway(nights.a_call().clock().wall() + 600.0);
    let mut args = nights.args();
    (args["until"], args["max_wait_s"]) = (json!(until), json!(36_000));
    let begun = nights.a_call().now();
    let run = nights.call("sync.run", args).unwrap();
    assert_eq!((&run["state"], &run["counts"]["left"]), (&json!("stopped"), &json!(1)), "{run}");
    assert!(nights.a_call().now() - begun < 600.0);
}

#[test]
fn the_time_of_the_end_is_norways_on_both_days_of_summer_time() {
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second() as f64;
    let next = |now: &str, time: &str| next_time_of_day(at(now), time.parse().unwrap());
    // Clocks are put forward at 02:00, and back at 03:00.
    assert_eq!(next("2026-03-29T01:30:00+01:00", "07:00:00"), at("2026-03-29T07:00:00+02:00"));
    assert_eq!(next("2026-03-29T01:30:00+01:00", "02:30:00"), at("2026-03-29T03:30:00+02:00"));
    assert_eq!(next("2026-10-25T01:30:00+02:00", "07:00:00"), at("2026-10-25T07:00:00+01:00"));
    assert_eq!(next("2026-10-25T07:00:00+01:00", "07:00:00"), at("2026-10-26T07:00:00+01:00"));
}

#[test]
fn a_dry_run_writes_nothing_and_remembers_nothing() {
    let mut nights = Nights::new(20);
    nights.change(0, "last_name", "Prøve-Berg");
    nights.clock.forward(DAY_S);
    let (memory, wrote, audit) = (nights.memory(), nights.wrote(), nights.audit());
    let mut args = nights.args();
    args["dry_run"] = json!(true);
    let run = nights.call("sync.run", args).unwrap();
    assert_eq!(
        (&run["state"], &run["counts"]["update"], &run["counts"]["failed"]),
        (&json!("ready"), &json!(1), &json!(0)),
        "{run}"
    );
    assert_eq!((nights.memory(), nights.wrote(), nights.audit()), (memory, wrote, audit));
}

#[test]
fn a_run_whose_lease_another_one_took_keeps_nothing() {
    let mut nights = Nights::new(20);
    nights.change(0, "last_name", "Prøve-Berg");
    let clock = nights.clock.clone();
    let once = std::sync::atomic::AtomicBool::new(false);
    let (told, waits) = std::sync::mpsc::channel();
    let (goes, gone) = std::sync::mpsc::channel::<()>();
    let gone = std::sync::Mutex::new(gone);
    nights.house.stage.client.observe(Some(Arc::new(move |event: &str| {
        let event: Value = serde_json::from_str(event).unwrap();
        let is_it = event["event"] == "sync" && event["state"] == "applying";
        if is_it && !once.swap(true, std::sync::atomic::Ordering::SeqCst) {
            // It stands still for long.
            clock.forward(1000.0);
            told.send(()).unwrap();
            let _ = gone.lock().unwrap().recv();
        }
        false
    })));
    let mut other = nights.args();
    other["profile"]["audit"] = json!(nights.house.folder.join("other.ndjson"));
    std::thread::scope(|scope| {
        let first = scope.spawn(|| nights.call("sync.run", nights.args()));
        waits.recv().unwrap();
        // Another profile, whose run is through meanwhile.
        let second = nights.call("sync.run", other.clone());
        let held = second.unwrap_err();
        assert_eq!(held.code(), Code::Held, "the profile is another one: {}", held.json());
        let kept = nights.memory();
        goes.send(()).unwrap();
        assert_eq!(first.join().unwrap().unwrap_err().code(), Code::Busy);
        assert_eq!(nights.memory(), kept);
    });
}
