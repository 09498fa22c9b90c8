//! What the tests of runs play on: a profile whose first plan was approved, rows that are given in the call, and a clock that can be moved.

use std::sync::Arc;

use finaut_core::client::{Call, Client, Options};
use finaut_core::error::{Code, Error};
use finaut_core::store::memory::MemoryStore;
use finaut_core::sync::keeping;
use finaut_core::sync::memory::Memory;
use finaut_sandbox::{Person, Sandbox};
use serde_json::{Value, json};

use super::clocks::MovedClock;
use super::house::House;
use super::stage::{call, config_of};

/// A profile that withdraws whoever has left, and its rows.
pub struct Nights {
    pub house: House,
    pub clock: Arc<MovedClock>,
    pub profile: Value,
    pub rows: Vec<Value>,
    /// Where in the rows people stand who are candidates only, and whose alias nobody shares.
    pub plain: Vec<usize>,
}

impl Nights {
    /// With a first plan that was approved; FinAut is as the rows say.
    pub fn new(people: usize) -> Nights {
        let nights = Nights::unapproved(people);
        let held = nights.fails(Code::Held);
        let approved = nights.approve(&held.json()["plan"], &["first_run"]).unwrap_or_else(|e| panic!("{}", e.json()));
        assert_eq!(approved["state"], "done", "{approved}");
        nights
    }

    pub fn unapproved(people: usize) -> Nights {
        let mut house = House::on(Sandbox::builder().users(people).throttle(100_000, 3600.0), json!({}));
        let clock = Arc::new(MovedClock::default());
        let settings = json!({ "state": house.folder.join("state.db"), "throttle": {"requests": 100_000} });
        let config = config_of(&house.stage.sandbox, settings);
        house.stage.client = Client::with_parts(config, Arc::new(MemoryStore::alone().unwrap()), clock.clone()).unwrap();
        let all = house.people();
        let count = |alias: &str| all.iter().filter(|person| person.employee_alias == alias).count();
        let plain = all
            .iter()
            .enumerate()
            .filter(|(_, person)| count(&person.employee_alias) == 1 && !person.roles.is_empty())
            .filter(|(_, person)| person.roles.iter().all(|role| role.ends_with("_ka")))
            .map(|(place, _)| place)
            .collect();
        let rows = all.iter().map(|person| row_of(person, count(&person.employee_alias) == 1)).collect();
        let companies = house.companies();
        let codes: serde_json::Map<String, Value> = companies.iter().map(|id| (id.to_string(), json!(id))).collect();
        let ba = all.iter().find(|person| person.roles.iter().any(|role| role.ends_with("_ba"))).unwrap().id;
        let profile = json!({
            "file": {"companies": codes, "departments": "finaut"}, "scope": {"companies": companies, "schemes": ["afr", "krd"]},
            "leavers": "withdraw", "leaver_days": 0, "set_by": ba,
        });
        Nights { house, clock, profile, rows, plain }
    }

    pub fn args(&self) -> Value {
        json!({ "profile": self.profile, "people": self.rows })
    }

    pub fn call(&self, operation: &str, args: Value) -> Result<Value, Error> {
        call(&self.house.stage.client, operation, args)
    }

    pub fn run(&self) -> Value {
        self.call("sync.run", self.args()).unwrap_or_else(|e| panic!("{}", e.json()))
    }

    pub fn fails(&self, code: Code) -> Error {
        self.house.stage.fails(code, "sync.run", self.args())
    }

    pub fn approve(&self, plan: &Value, what: &[&str]) -> Result<Value, Error> {
        let mut args = self.args();
        for (name, value) in
            [("plan", plan.clone()), ("approve", json!(what)), ("by", json!("Kari")), ("why", json!("reviewed"))]
        {
            args[name] = value;
        }
        self.call("sync.apply", args)
    }

    pub fn memory(&self) -> Memory {
        keeping::memory(&self.a_call(), "default").unwrap()
    }

    pub fn a_call(&self) -> Call<'_> {
        Call::new(&self.house.stage.client, "sync.run", Options::of(&self.house.stage.client.config))
    }

    /// Somebody of the plain ones.
    pub fn somebody(&self, n: usize) -> Person {
        self.house.people()[self.plain[n]].clone()
    }

    /// The row of one of the plain ones says something else.
    pub fn change(&mut self, n: usize, field: &str, value: &str) {
        let place = self.plain[n];
        self.rows[place][field] = json!(value);
    }

    /// Somebody who has left, and is authorised.
    pub fn leaver(&mut self, n: usize) -> Person {
        let person = self.somebody(n);
        self.house.stage.sandbox.add_status(person.id, "afr", "afrok", None);
        self.change(n, "status", "left");
        person
    }

    /// Somebody new.
    pub fn newcomer(&mut self, n: usize) -> String {
        let persnr = self.house.stage.sandbox.unused_persnr(n);
        let place = self.somebody(0);
        self.rows.push(json!({
            "persnr": persnr, "employee_alias": format!("NEW{n}"), "first_name": "Ny", "last_name": "Ansatt", "schemes": ["afr"],
            "company": place.company_id.to_string(), "department": place.department_id.to_string(), "status": "active",
        }));
        persnr
    }

    /// The requests that write, in their order.
    pub fn wrote(&self) -> Vec<String> {
        let requests = self.house.stage.sandbox.requests();
        let writes = requests.iter().filter(|request| request.path.starts_with("/finautapi/") && request.method != "GET");
        writes.map(|request| format!("{} {}", request.method, request.path.trim_start_matches("/finautapi/v1/"))).collect()
    }

    /// What the audit says, line by line.
    pub fn audit(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.house.audit()).unwrap();
        assert!(finaut_core::sync::audit::check(text.as_bytes()).is_ok());
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// How often somebody was withdrawn from a scheme.
    pub fn withdrawn(&self, id: u64, scheme: &str) -> usize {
        let all = self.call("userstatus.list", json!({ "id": id })).unwrap();
        let is = |record: &&Value| record["status"] == "utmeldt" && record["appname"] == scheme;
        all["results"].as_array().unwrap().iter().filter(is).count()
    }
}

fn row_of(person: &Person, has_alias: bool) -> Value {
    let mut row = json!({
        "persnr": person.persnr, "first_name": person.first_name, "last_name": person.last_name,
        "company": person.company_id.to_string(), "department": person.department_id.to_string(), "status": "active",
    });
    if has_alias {
        row["employee_alias"] = json!(person.employee_alias);
    }
    row
}
