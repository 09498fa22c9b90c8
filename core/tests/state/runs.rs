//! `sync.run`: a process that is killed at any of its requests, on either side of the server's act, and what the next one makes of it.

use finaut_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, call};

const PEOPLE: usize = 12;

fn settings() -> Value {
    json!({
        "throttle": {"requests": 100_000, "per_s": 3600}, "timeout_s": 2, "settle_s": 0.3, "late_s": 2.5, "max_wait_s": 20,
    })
}

/// A night with somebody new, somebody whose name and schemes change, and a leaver.
struct Night {
    stage: Stage,
    args: Value,
    new: String,
    changed: u64,
    left: u64,
}

impl Night {
    fn new() -> Night {
        let stage = Stage::new(Sandbox::builder().users(PEOPLE).throttle(100_000, 3600.0));
        let people = stage.sandbox.people();
        let count = |alias: &str| people.iter().filter(|person| person.employee_alias == alias).count();
        let is_plain = |person: &&finaut_sandbox::Person| {
            count(&person.employee_alias) == 1
                && person.roles.iter().all(|role| role.ends_with("_ka"))
                && !person.roles.is_empty()
        };
        let plain: Vec<_> = people.iter().filter(is_plain).collect();
        let (changed, left) = (plain[0], plain[1]);
        for person in [changed, left] {
            stage.sandbox.add_status(person.id, "afr", "afrok", None);
        }
        let new = stage.sandbox.unused_persnr(3);
        let row = |person: &finaut_sandbox::Person| {
            json!({
                "persnr": person.persnr, "first_name": person.first_name, "last_name": person.last_name,
                "company": person.company_id.to_string(), "department": person.department_id.to_string(), "status": "active",
            })
        };
        let before: Vec<Value> = people.iter().map(row).collect();
        let mut after = before.clone();
        for row in &mut after {
            if row["persnr"] == *changed.persnr {
                row["last_name"] = json!("Prøve-Berg");
                row["schemes"] = json!(["afr", "krd"]);
            }
            if row["persnr"] == *left.persnr {
                row["status"] = json!("left");
            }
        }
        after.push(json!({
            "persnr": new, "employee_alias": "NEW1", "first_name": "Ny", "last_name": "Ansatt", "schemes": ["afr"], "status": "active",
            "company": changed.company_id.to_string(), "department": changed.department_id.to_string(),
        }));
        let mut companies: Vec<u64> = people.iter().map(|person| person.company_id).collect();
        companies.sort_unstable();
        companies.dedup();
        let codes: serde_json::Map<String, Value> = companies.iter().map(|id| (id.to_string(), json!(id))).collect();
        let ba = people.iter().find(|person| person.roles.iter().any(|role| role.ends_with("_ba"))).unwrap().id;
        let profile = json!({
            "file": {"companies": codes, "departments": "finaut"}, "scope": {"companies": companies, "schemes": ["afr", "krd"]},
            "leavers": "withdraw", "leaver_days": 0, "set_by": ba,
        });
        let night =
            Night { args: json!({ "profile": profile, "people": after }), new, changed: changed.id, left: left.id, stage };
        let client = night.stage.client(settings());
        let held = call(&client, "sync.run", json!({ "profile": profile, "people": before })).unwrap_err();
        let approved = json!({
            "profile": profile, "people": before, "plan": held.json()["plan"], "approve": ["first_run"], "by": "Kari", "why": "a test",
        });
        let done = call(&client, "sync.apply", approved).unwrap_or_else(|e| panic!("{}", e.json()));
        assert_eq!(done["state"], "done");
        night
    }

    /// The requests of the night that write, in their order.
    fn wrote(&self) -> Vec<(String, String)> {
        let requests = self.stage.sandbox.requests();
        requests
            .iter()
            .filter(|request| request.method != "GET")
            .map(|request| (request.method.clone(), request.path.clone()))
            .collect()
    }

    /// Runs until nothing is left, as cron does.
    fn settle(&self) {
        for _ in 0..20 {
            match call(&self.stage.client(settings()), "sync.run", self.args.clone()) {
                Ok(run) if run["steps"] == json!([]) => return,
                Ok(_) => {}
                Err(e) if e.code() == finaut_core::error::Code::Busy => {}
                Err(e) => panic!("{}", e.json()),
            }
            std::thread::sleep(std::time::Duration::from_millis(300));
        }
        panic!("it comes to no end");
    }

    /// FinAut is as HR says, and nothing was done twice.
    fn check(&self, context: &str) {
        let people = self.stage.sandbox.people();
        let of = |id: u64| people.iter().find(|person| person.id == id).unwrap();
        assert_eq!(people.iter().filter(|person| person.persnr == self.new).count(), 1, "{context}");
        assert_eq!(of(self.changed).last_name, "Prøve-Berg", "{context}");
        assert!(of(self.changed).roles.iter().any(|role| role == "krd_ka"), "{context}");
        let statuses =
            call(&self.stage.client(settings()), "userstatus.list", json!({ "id": self.left, "fresh": true })).unwrap();
        let withdrawn = statuses["results"].as_array().unwrap().iter();
        let withdrawn: Vec<_> =
            withdrawn.filter(|record| record["status"] == "utmeldt").map(|record| record["appname"].clone()).collect();
        let mut once = withdrawn.clone();
        once.dedup();
        assert!(!withdrawn.is_empty() && once.len() == withdrawn.len(), "{context}: {withdrawn:?}");
    }
}

#[test]
fn a_run_that_is_killed_at_any_request_is_gone_on_with_and_does_nothing_twice() {
    let quiet = Night::new();
    let before = quiet.wrote().len();
    quiet.settle();
    quiet.check("without a kill");
    let writes = quiet.wrote().split_off(before);
    assert!(writes.len() >= 3, "{writes:?}");
    for (method, path) in [("PATCH", "user/"), ("POST", "userstatus/"), ("POST", "user/")] {
        for acts in ["never", "at once", "late"] {
            let context = format!("killed at {method} {path}, where the server acted {acts}");
            let night = Night::new();
            // The process never hears of it; late is after the next run has begun.
            let fault = match acts {
                "never" => Fault::delay_before_acting(600_000),
                "at once" => Fault::delay_after_acting(600_000),
                _ => Fault::delay_before_acting(1_500),
            };
            night.stage.sandbox.fault(fault.method(method).path(path));
            let mut worker = night.stage.worker_that_calls(settings(), &json!([["sync.run", night.args]]));
            while night.stage.sandbox.faults_waiting() > 0 {
                assert!(worker.try_wait().unwrap().is_none(), "{context}: it ended");
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            // It has acted as soon as it waits.
            std::thread::sleep(std::time::Duration::from_millis(200));
            worker.kill().unwrap();
            worker.wait().unwrap();
            night.settle();
            night.check(&context);
        }
    }
}
