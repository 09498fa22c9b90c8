//! Nights of a company of any size in simulated time, at a server in this process: what the sync asks and how long it takes, beside a job
//! that goes person by person. How the figures are shown is not known here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use finaut_core::client::Client;
use finaut_core::clock::Clock;
use finaut_core::error::Error;
use finaut_sandbox::{Model, Person};
use serde_json::{Map, Value, json};

use super::clocks::Simulated;
use super::in_process::{Asked, InProcess, WAY_S, call};

/// The real server's throttle.
pub const THROTTLE: (usize, f64) = (200, 3600.0);
/// The schemes that the profile is about: all that the sandbox's people have.
const SCHEMES: [&str; 8] = ["afr", "krd", "gos", "aip", "sfn", "pfn", "inf", "ukr"];
/// Older readings are looked at again before something is written.
const OLD_S: f64 = 4.0 * 3600.0;

/// What one night took.
#[derive(Debug, Clone)]
pub struct Night {
    pub people: u64,
    #[allow(dead_code)] // shown where it fails
    pub changes: usize,
    /// Requests, without those for tokens.
    pub requests: u64,
    /// How long it took on the wall, in seconds of the simulated clock.
    pub took_s: f64,
    /// Pages of people, and what had to be written: what nobody can do without.
    pub least: u64,
    /// The bound of the sync's requests.
    pub bound: u64,
    /// How many requests there were of each kind: what a test that fails shows.
    #[allow(dead_code)]
    pub kinds: BTreeMap<String, usize>,
}

impl Night {
    /// The hours that so many requests take at the throttle, from an empty window.
    pub fn hours(requests: u64) -> u64 {
        requests.saturating_sub(1) / THROTTLE.0 as u64
    }

    /// The time that the night should take: whole windows, and the way of the requests in the last one.
    pub fn should_take_s(&self) -> f64 {
        let hours = Night::hours(self.requests);
        hours as f64 * THROTTLE.1 + (self.requests - hours * THROTTLE.0 as u64) as f64 * 2.0 * WAY_S
    }
}

/// What happens to people between two nights.
pub struct Changes {
    /// Rows of the file.
    pub rows: Vec<Map<String, Value>>,
    new: Vec<String>,
    /// Number and new last name.
    renamed: Vec<(String, String)>,
    /// Number and the role that is new.
    enrolled: Vec<(String, String)>,
    left: Vec<String>,
}

/// A company whose people change from night to night: 40 of 100 changes are new people, 40 a new last name, a quarter of these with a further
/// scheme, and 20 leave.
pub struct Company {
    pub server: Arc<InProcess>,
    pub clock: Arc<Simulated>,
    client: Client,
    rows: BTreeMap<String, Map<String, Value>>,
    /// The people whom nothing happened to yet, and their roles.
    settled: Vec<(String, Vec<String>)>,
    born: usize,
    /// How many records the history had when the sync read its end last.
    known: usize,
    audit: PathBuf,
}

impl Drop for Company {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.audit);
    }
}

impl Company {
    /// With so many people. `name` tells companies of one process apart.
    pub fn new(people: usize, name: &str) -> Company {
        let clock = Arc::new(Simulated::default());
        let server = InProcess::new(people, THROTTLE, &*clock);
        let client = server.client(&clock, THROTTLE, json!({ "max_wait_s": 4000 }));
        let everybody = server.model().people();
        let mut aliases: BTreeMap<&str, usize> = BTreeMap::new();
        everybody.iter().for_each(|person| *aliases.entry(&person.employee_alias).or_default() += 1);
        let rows =
            everybody.iter().map(|person| (person.persnr.clone(), row(person, aliases[person.employee_alias.as_str()] == 1)));
        let is_candidate = |person: &&Person| person.roles.iter().all(|role| role.ends_with("_ka"));
        let settled = everybody.iter().filter(is_candidate).map(|person| (person.persnr.clone(), person.roles.clone()));
        let audit = std::env::temp_dir().join(format!("finaut-hours-{}-{people}-{name}.ndjson", std::process::id()));
        Company { rows: rows.collect(), settled: settled.collect(), born: 0, known: 0, audit, server, clock, client }
    }

    /// Changes people, so many; at most half of the company's.
    pub fn change(&mut self, changes: usize) -> Changes {
        let (new, renamed, left) = (changes * 2 / 5, changes * 2 / 5, changes / 5);
        let mut all =
            Changes { rows: Vec::new(), new: Vec::new(), renamed: Vec::new(), enrolled: Vec::new(), left: Vec::new() };
        for n in 0..renamed {
            let (number, roles) = self.settled.pop().expect("there are people enough");
            let row = self.rows.get_mut(&number).expect("a row");
            let name = format!("Nygård{}", letters(self.born + n));
            row.insert("last_name".into(), json!(name));
            all.renamed.push((number.clone(), name));
            let further = SCHEMES.iter().find(|code| !roles.contains(&format!("{code}_ka"))).filter(|_| n % 4 == 0);
            if let Some(code) = further {
                if let Some(Value::Array(schemes)) = row.get_mut("schemes") {
                    schemes.push(json!(code));
                }
                all.enrolled.push((number, format!("{code}_ka")));
            }
        }
        for _ in 0..left {
            let (number, _) = self.settled.pop().expect("there are people enough");
            self.rows.get_mut(&number).expect("a row").insert("status".into(), json!("left"));
            all.left.push(number);
        }
        let department = self.server.model().people()[0].department_id;
        for _ in 0..new {
            let number = Model::unused_persnr(self.born);
            let row = json!({
                "persnr": number, "employee_alias": format!("NY-{:06}", self.born), "first_name": "Nils", "last_name": format!("Nyansatt{}", letters(self.born)),
                "department": department.to_string(), "schemes": ["afr"], "status": "active",
            });
            self.born += 1;
            self.rows.insert(number.clone(), row.as_object().cloned().unwrap_or_default());
            all.new.push(number);
        }
        all.rows = self.rows.values().cloned().collect();
        all
    }

    /// Calls an operation with the file's rows: what it gave, and how many requests it took.
    pub fn ask(&self, operation: &str, wished: &Changes, more: Value) -> (Result<Map<String, Value>, Error>, usize) {
        self.server.take_asked();
        let given = call(&self.client, operation, self.args(&wished.rows, more));
        (given, self.server.take_asked().len())
    }

    /// How many statuses are listed as the latest: one in each scheme, and a test leader's beside it.
    pub fn latest(&self) -> usize {
        let model = self.server.model();
        let of = |id: u64| -> BTreeSet<(String, bool)> {
            model.statuses_of(id).into_iter().map(|status| (status.appname, status.status.starts_with("tl"))).collect()
        };
        model.people().iter().map(|person| of(person.id).len()).sum()
    }

    /// What has to be written, and what is read again right before.
    pub fn writes(&self, wished: &Changes) -> (usize, usize) {
        let model = self.server.model();
        let ids: BTreeMap<String, u64> = model.people().into_iter().map(|person| (person.persnr, person.id)).collect();
        let left: Vec<usize> =
            wished.left.iter().map(|number| open_schemes(&model, ids[number]).len()).filter(|open| *open > 0).collect();
        (wished.new.len() + wished.renamed.len() + left.iter().sum::<usize>(), wished.enrolled.len() + left.len())
    }

    /// FinAut's own processes add statuses that change nothing.
    pub fn add_statuses(&mut self, count: usize) {
        let mut model = self.server.model();
        let ids: BTreeMap<String, u64> = model.people().into_iter().map(|person| (person.persnr, person.id)).collect();
        let (number, roles) = self.settled.first().expect("somebody");
        let code = roles[0].trim_end_matches("_ka").to_owned();
        (0..count).for_each(|_| _ = model.add_status(ids[number], &code, &format!("{code}ok")));
    }

    /// The number of somebody with a new last name; of the first, a further scheme is wished as well.
    pub fn renamed(&self, wished: &Changes, place: usize) -> String {
        wished.renamed[place].0.clone()
    }

    fn profile(&self) -> Value {
        let many = 99_999;
        json!({
            "file": {"departments": "finaut"}, "scope": {"schemes": SCHEMES}, "leavers": "withdraw", "leaver_days": 0, "set_by": 590_001,
            "audit": self.audit, "rails": {"irreversible": many, "creates": many, "changes": many},
        })
    }

    fn args(&self, rows: &[Map<String, Value>], more: Value) -> Value {
        let mut args = json!({ "people": rows, "profile": self.profile(), "names": false });
        if let (Value::Object(args), Value::Object(more)) = (&mut args, more) {
            args.extend(more);
        }
        args
    }

    /// The first night: a person approves that nothing has to change.
    pub fn settle(&mut self) {
        let nothing = self.change(0);
        self.known = self.statuses();
        let held = call(&self.client, "sync.run", self.args(&nothing.rows, json!({}))).expect_err("the first run is held");
        let plan = self.plan_of(&held);
        let approved = json!({ "plan": plan, "approve": ["first_run"], "by": "Kari", "why": "first night" });
        self.done("sync.apply", self.args(&nothing.rows, approved));
    }

    fn plan_of(&self, held: &Error) -> Value {
        let plan = held.json()["plan"].clone();
        assert!(plan.is_string(), "{held}");
        plan
    }

    fn done(&self, operation: &str, args: Value) -> Map<String, Value> {
        let reply = call(&self.client, operation, args).unwrap_or_else(|e| panic!("{operation}: {}", e.json()));
        assert_eq!((&reply["state"], &reply["counts"]["held"]), (&json!("done"), &json!(0)), "{:?}", reply["rails"]);
        assert_eq!(
            (&reply["counts"]["left"], &reply["counts"]["failed"], &reply["counts"]["refused"]),
            (&json!(0), &json!(0), &json!(0))
        );
        reply
    }

    /// A day later, from an empty window: one night's `sync.run`. Everything must have become as it was wished.
    pub fn sync(&mut self, changes: usize) -> Night {
        let wished = self.change(changes);
        let schemes_left = self.schemes_to_leave(&wished);
        let history = self.statuses();
        self.clock.sleep(90_000.0);
        self.server.take_asked();
        let people = self.server.model().people().len() as u64;
        let (begun, throttled) = (self.clock.now(), self.server.model().count_429());
        // More roles than a rail lets pass: a person looks at the plan and approves it, which takes one more look at the history's end.
        let is_reviewed = wished.enrolled.len() > 10.max(self.rows.len() * 2 / 100);
        if is_reviewed {
            let plan =
                call(&self.client, "sync.plan", self.args(&wished.rows, json!({}))).unwrap_or_else(|e| panic!("{}", e.json()));
            let approved = json!({ "plan": plan["plan"], "approve": ["enrolments"], "by": "Kari", "why": "a reorganisation" });
            self.done("sync.apply", self.args(&wished.rows, approved));
        } else {
            self.done("sync.run", self.args(&wished.rows, json!({})));
        }
        let took_s = self.clock.now() - begun;
        let asked = self.server.take_asked();
        assert_eq!(self.server.model().count_429(), throttled, "nothing is refused by the throttle");
        self.check(&wished);
        assert_eq!(self.statuses() - history, schemes_left + wished.enrolled_records(), "each scheme is left once");
        let least = people.div_ceil(100) + (wished.new.len() + wished.renamed.len() + schemes_left) as u64;
        let again = (wished.enrolled.len() + self.leaving(&wished, schemes_left)) as u64;
        // The history's end, three lists once a day; and what is looked at again before it is written.
        let read = (pages_of_end(self.known, history) + 3) as u64 + u64::from(is_reviewed);
        let bound = least + read + again + looked_at_for_age(&asked, begun);
        self.known = history;
        Night { people, changes, requests: asked.len() as u64, took_s, least, bound, kinds: kinds(&asked) }
    }

    /// The same night by a job that goes person by person: it looks each row's person up and writes what differs. It reads the statuses of
    /// leavers alone; one that reads everybody's takes twice as long.
    pub fn person_by_person(&mut self, changes: usize) -> Night {
        let wished = self.change(changes);
        self.clock.sleep(90_000.0);
        self.server.take_asked();
        let people = self.server.model().people().len() as u64;
        let begun = self.clock.now();
        for row in &wished.rows {
            self.ensure(row);
        }
        let took_s = self.clock.now() - begun;
        let asked = self.server.take_asked();
        self.check(&wished);
        Night { people, changes, requests: asked.len() as u64, took_s, least: 0, bound: 0, kinds: kinds(&asked) }
    }

    fn ensure(&self, row: &Map<String, Value>) {
        let ask = |operation: &str, args: Value| call(&self.client, operation, args);
        let number = &row["persnr"];
        let Ok(found) = ask("users.get", json!({ "persnr": number, "fresh": true })) else {
            let mut new = row.clone();
            new.remove("status");
            new.insert("company".into(), json!(self.server.model().people()[0].company_id));
            new.insert("department".into(), json!(row["department"].as_str().and_then(|id| id.parse::<u64>().ok())));
            ask("users.create_candidate", Value::Object(new)).unwrap_or_else(|e| panic!("{}", e.json()));
            return;
        };
        let id = found["id"]
            .as_str()
            .and_then(|url| url.trim_end_matches('/').rsplit('/').next()?.parse::<u64>().ok())
            .expect("an id");
        if row["status"] == "left" {
            let listed =
                ask("userstatus.latest", json!({ "persnr": number, "fresh": true })).unwrap_or_else(|e| panic!("{}", e.json()));
            for record in listed["results"].as_array().into_iter().flatten() {
                let word = record["status"].as_str().unwrap_or_default();
                if word != "utmeldt" && !word.starts_with("tl") {
                    let args = json!({ "id": id, "scheme": record["appname"], "set_by": 590_001 });
                    ask("users.withdraw", args).unwrap_or_else(|e| panic!("{}", e.json()));
                }
            }
            return;
        }
        let held: BTreeSet<String> = found["userroles"].as_array().into_iter().flatten().filter_map(role_code).collect();
        let wished = row["schemes"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let further: Vec<&str> = wished.filter(|code| !held.contains(&format!("{code}_ka"))).collect();
        if !further.is_empty() {
            ask("users.enroll", json!({ "id": id, "schemes": further })).unwrap_or_else(|e| panic!("{}", e.json()));
        }
        if found["last_name"] != row["last_name"] {
            ask("users.update", json!({ "id": id, "changes": {"last_name": row["last_name"]} }))
                .unwrap_or_else(|e| panic!("{}", e.json()));
        }
    }

    /// How many records the history has.
    pub fn statuses(&self) -> usize {
        let model = self.server.model();
        model.people().iter().map(|person| model.statuses_of(person.id).len()).sum()
    }

    /// How many statuses leavers need: one for each scheme in which they are not withdrawn.
    fn schemes_to_leave(&self, wished: &Changes) -> usize {
        let model = self.server.model();
        let ids: BTreeMap<String, u64> = model.people().into_iter().map(|person| (person.persnr, person.id)).collect();
        wished.left.iter().map(|number| open_schemes(&model, ids[number]).len()).sum()
    }

    /// How many leavers have any scheme to leave.
    fn leaving(&self, wished: &Changes, schemes_left: usize) -> usize {
        let model = self.server.model();
        let ids: BTreeMap<String, u64> = model.people().into_iter().map(|person| (person.persnr, person.id)).collect();
        let of_tonight =
            |id: u64| model.statuses_of(id).iter().filter(|status| status.comment.starts_with("finaut sync")).count();
        let left: Vec<usize> = wished.left.iter().map(|number| of_tonight(ids[number])).filter(|made| *made > 0).collect();
        assert_eq!(left.iter().sum::<usize>(), schemes_left, "whoever leaves leaves every scheme");
        left.len()
    }

    /// FinAut is as HR wished.
    pub fn check(&self, wished: &Changes) {
        let model = self.server.model();
        let people: BTreeMap<String, Person> =
            model.people().into_iter().map(|person| (person.persnr.clone(), person)).collect();
        assert_eq!(people.len(), self.rows.len(), "nobody twice, and nobody lost");
        assert!(wished.new.iter().all(|number| people[number].last_name.starts_with("Nyansatt")));
        assert!(wished.renamed.iter().all(|(number, name)| people[number].last_name == *name));
        assert!(wished.enrolled.iter().all(|(number, role)| people[number].roles.contains(role)));
        assert!(wished.left.iter().all(|number| open_schemes(&model, people[number].id).is_empty()));
    }
}

impl Changes {
    /// FinAut itself adds a status for each role.
    fn enrolled_records(&self) -> usize {
        self.enrolled.len() + self.new.len()
    }
}

/// How many pages the end of the history takes that had so many records and has so many now. The oldest come first, so it begins with the page
/// that has the last known one; of few new records, some may stand on the next page already.
pub fn pages_of_end(known: usize, now: usize) -> usize {
    1 + now.div_ceil(100) - known.div_ceil(100)
}

/// Requests by their method and the list that they are about; each page and each person of it is the same kind.
fn kinds(asked: &[Asked]) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for request in asked {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let list = path.split('/').next().unwrap_or_default();
        let of = if query.contains("persnr") || path.trim_end_matches('/').contains('/') { " of one" } else { "" };
        *kinds.entry(format!("{} {list}{of}", request.method)).or_default() += 1;
    }
    kinds
}

/// How many were looked at again only because their reading was old: people with a number or alias in the address, before a PATCH or a POST.
fn looked_at_for_age(asked: &[Asked], begun: f64) -> u64 {
    let is_old = |request: &&Asked| request.at - begun > OLD_S;
    let writes = asked.iter().filter(is_old).filter(|request| request.path.starts_with("user/") && request.method != "GET");
    writes.filter(|request| !request.body.contains("userroles") || request.method == "POST").count() as u64
}

/// Schemes in which somebody's latest status as a candidate is not withdrawn.
fn open_schemes(model: &Model, id: u64) -> Vec<String> {
    let mut latest: BTreeMap<String, String> = BTreeMap::new();
    for status in model.statuses_of(id).into_iter().filter(|status| !status.status.starts_with("tl")) {
        latest.insert(status.appname, status.status);
    }
    latest
        .into_iter()
        .filter(|(code, word)| word != "utmeldt" && SCHEMES.contains(&code.as_str()))
        .map(|(code, _)| code)
        .collect()
}

/// Somebody's row, as they are. `has_alias`: nobody else has the alias.
fn row(person: &Person, has_alias: bool) -> Map<String, Value> {
    let schemes: Vec<&str> = person.roles.iter().filter_map(|role| role.strip_suffix("_ka")).collect();
    let mut row = json!({
        "persnr": person.persnr, "first_name": person.first_name, "last_name": person.last_name,
        "department": person.department_id.to_string(), "schemes": schemes, "status": "active",
    });
    if has_alias && !person.employee_alias.is_empty() {
        row["employee_alias"] = json!(person.employee_alias);
    }
    row.as_object().cloned().unwrap_or_default()
}

fn role_code(role: &Value) -> Option<String> {
    role.as_str()?.trim_end_matches('/').rsplit('/').next().map(str::to_owned)
}

/// Letters, others for each number: names have no digits.
fn letters(n: usize) -> String {
    (0..4).rev().map(|place| char::from(b'a' + (n / 26_usize.pow(place) % 26) as u8)).collect()
}
