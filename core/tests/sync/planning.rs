//! `sync.plan`: real files, the sandbox's register, and the requests that it takes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use finaut_core::error::Code;
use finaut_sandbox::{Person, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, with};

/// A stage with a state and a folder for HR files.
struct House {
    stage: Stage,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl House {
    fn new(people: usize) -> House {
        static HOUSES: AtomicUsize = AtomicUsize::new(0);
        let folder =
            std::env::temp_dir().join(format!("finaut-sync-{}-{}", std::process::id(), HOUSES.fetch_add(1, Ordering::SeqCst)));
        std::fs::create_dir_all(&folder).unwrap();
        let settings = json!({ "state": folder.join("state.db"), "throttle": {"requests": 100_000} });
        let stage = with(Sandbox::builder().users(people).throttle(100_000, 3600.0), settings);
        House { stage, folder }
    }

    /// Everybody of the companies, as HR would write them.
    fn people(&self) -> Vec<Person> {
        self.stage.sandbox.people()
    }

    fn write(&self, lines: &[String]) -> PathBuf {
        let path = self.folder.join("hr.csv");
        let text =
            lines.iter().fold("fnr;ansattnr;fornavn;etternavn;selskap;avdeling;ordninger\n".to_owned(), |mut text, line| {
                let _ = writeln!(text, "{line}");
                text
            });
        std::fs::write(&path, text).unwrap();
        // The file has stood still for a day.
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(86_400)).unwrap();
        path
    }

    fn profile(&self, path: &Path) -> Value {
        let companies: Vec<u64> = self.companies();
        let codes: serde_json::Map<String, Value> = companies.iter().map(|id| (id.to_string(), json!(id))).collect();
        json!({
            "file": {"path": path, "companies": codes, "departments": "finaut"},
            "scope": {"companies": companies, "schemes": ["afr", "krd"]},
        })
    }

    fn companies(&self) -> Vec<u64> {
        let mut companies: Vec<u64> = self.people().iter().map(|person| person.company_id).collect();
        companies.sort_unstable();
        companies.dedup();
        companies
    }
}

fn row(person: &Person) -> String {
    format!(
        "{};{};{};{};{};{};",
        person.persnr, person.employee_alias, person.first_name, person.last_name, person.company_id, person.department_id
    )
}

#[test]
fn a_plan_costs_what_its_formula_says_and_a_second_one_nothing_but_a_look() {
    let house = House::new(250);
    let rows: Vec<String> = house.people().iter().map(row).collect();
    let path = house.write(&rows);
    let profile = house.profile(&path);
    let before = house.stage.spent();
    let plan = house.stage.get("sync.plan", json!({ "profile": profile }));
    assert_eq!(plan["basis"]["people"], 250, "{plan}");
    // P pages of people, the history's first page, Q pages of statuses; companies, departments, schemes.
    let statuses: usize = house.stage.get("userstatus.latest", json!({}))["count"].as_u64().unwrap() as usize;
    let wanted = 250_usize.div_ceil(100) + 1 + statuses.div_ceil(100) + 3;
    assert_eq!(house.stage.spent() - before - 1, wanted, "{:?}", plan["basis"]);
    assert_eq!(plan["basis"]["requests"], wanted);
    let before = house.stage.spent();
    house.stage.get("sync.plan", json!({ "profile": profile }));
    assert_eq!(house.stage.spent() - before, 1, "the history is looked at");
    assert_eq!(plan["rails"][0]["rail"], "first_run");
    assert_eq!(plan["counts"]["create"], 0);
}

#[test]
fn what_differs_is_planned_and_no_number_is_shown() {
    let house = House::new(40);
    let people = house.people();
    let mut rows: Vec<String> = people.iter().map(row).collect();
    rows[3] = rows[3].replace(&people[3].last_name, "Prøve-Berg");
    let new = house.stage.sandbox.unused_persnr(0);
    rows.push(format!("{new};NEW1;Ny;Ansatt;{};{};afr", people[0].company_id, people[0].department_id));
    rows.push("".to_owned());
    let path = house.write(&rows);
    let plan = house.stage.get("sync.plan", json!({ "profile": house.profile(&path) }));
    let steps = plan["steps"].as_array().unwrap();
    let of = |kind: &str| steps.iter().filter(|step| step["kind"] == kind).collect::<Vec<_>>();
    assert_eq!((of("create").len(), of("update").len()), (1, 1), "{plan}");
    assert_eq!(of("update")[0]["changes"]["last_name"], json!([people[3].last_name, "Prøve-Berg"]));
    assert_eq!(of("create")[0]["changes"]["persnr"], json!(["***", "***"]));
    assert!(steps.iter().all(|step| step["held"] == "first_run"));
    for person in &people {
        assert!(!plan.to_string().contains(&person.persnr));
    }
    assert!(!plan.to_string().contains(&new));
}

#[test]
fn what_is_wrong_is_told_before_a_request_is_spent() {
    let house = House::new(5);
    let path = house.write(&[row(&house.people()[0])]);
    let mut profile = house.profile(&path);
    let before = house.stage.spent();
    house.stage.fails(Code::Argument, "sync.plan", json!({}));
    profile["leavers"] = json!("withdraw");
    house.stage.fails(Code::Validation, "sync.plan", json!({ "profile": profile }));
    profile["leavers"] = json!("report");
    let gone = house.stage.fails(Code::Validation, "sync.plan", json!({ "profile": profile, "file": "/no/such/hr.csv" }));
    assert!(gone.message().contains("/no/such/hr.csv"), "{gone}");
    house.stage.fails(Code::Validation, "sync.plan", json!({ "profile": {"file": "hr.csv", "scope": {}} }));
    assert_eq!(house.stage.spent(), before);
}
