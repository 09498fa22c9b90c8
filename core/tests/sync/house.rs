//! What the tests of the sync play on: a stage with a state and a folder for HR files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use finaut_sandbox::{Builder, Person, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, with};

/// A stage with a state and a folder for HR files.
pub struct House {
    pub stage: Stage,
    pub folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl House {
    pub fn new(people: usize) -> House {
        House::on(Sandbox::builder().users(people).throttle(100_000, 3600.0), json!({}))
    }

    /// With settings of the client's own.
    pub fn on(builder: Builder, settings: Value) -> House {
        static HOUSES: AtomicUsize = AtomicUsize::new(0);
        let folder =
            std::env::temp_dir().join(format!("finaut-sync-{}-{}", std::process::id(), HOUSES.fetch_add(1, Ordering::SeqCst)));
        std::fs::create_dir_all(&folder).unwrap();
        let mut all = json!({ "state": folder.join("state.db"), "throttle": {"requests": 100_000} });
        for (name, value) in settings.as_object().unwrap() {
            all[name] = value.clone();
        }
        House { stage: with(builder, all), folder }
    }

    /// Everybody of the companies, as HR would write them.
    pub fn people(&self) -> Vec<Person> {
        self.stage.sandbox.people()
    }

    pub fn write(&self, lines: &[String]) -> PathBuf {
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

    pub fn profile(&self, path: &Path) -> Value {
        let companies: Vec<u64> = self.companies();
        let codes: serde_json::Map<String, Value> = companies.iter().map(|id| (id.to_string(), json!(id))).collect();
        json!({
            "file": {"path": path, "companies": codes, "departments": "finaut"},
            "scope": {"companies": companies, "schemes": ["afr", "krd"]},
        })
    }

    pub fn companies(&self) -> Vec<u64> {
        let mut companies: Vec<u64> = self.people().iter().map(|person| person.company_id).collect();
        companies.sort_unstable();
        companies.dedup();
        companies
    }
}

/// Somebody as HR has them, without schemes.
pub fn row(person: &Person) -> String {
    format!(
        "{};{};{};{};{};{};",
        person.persnr, person.employee_alias, person.first_name, person.last_name, person.company_id, person.department_id
    )
}
