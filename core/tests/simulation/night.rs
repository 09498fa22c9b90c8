//! A night: the very `sync.run` of the library is called until it is done, as cron does, whatever goes wrong and however often it is
//! killed meanwhile; then FinAut is compared with what HR wished.

use std::any::Any;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use finaut_core::client::Client;
use finaut_core::config::Config;
use finaut_core::error::{Code, Error};
use finaut_core::http::{Exchange, Method, Outcome, Outgoing, Transport};
use finaut_core::store::memory::{Medium, MemoryStore};
use finaut_sandbox::{NamesShown, Sandbox, Sent, Status, Switches, UserOrder};
use serde_json::{Value, json};

use super::chance::Chance;
use super::company::{BANK, Company, INSURER, Registered, Row, Storm, Wish, department};
use super::counts::Counts;
use super::process::{Alone, Killed, Process};
use super::stage::{CLIENT, HOST, JUDGE, LOST, Meddling, Seen, Server, Stage, Trouble};

/// 2026-03-02 at three in the morning.
const FIRST_NIGHT: f64 = 1_772_416_800.0;
const DAY_S: f64 = 86_400.0;
/// A night that is not done after so many runs comes to no end.
const MOST_RUNS: u32 = 40;

/// What a failed night says.
pub type Failure = String;

/// How one call of the library ended.
enum Ended {
    Replied(Value),
    Failed(Error),
    Killed,
}

/// What FinAut has of somebody.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    user: Value,
    statuses: Vec<Status>,
}

/// Where a thread's nights keep their files.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        // What is synchronised here waits for no disk.
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
        let folder = base.join(format!("finaut-simulation-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// How a night is played.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// Over HTTP, against the sandbox behind a socket.
    pub is_behind: bool,
    /// Nothing goes wrong that takes real time.
    pub is_timeless: bool,
}

pub struct Night<'f> {
    pub stage: Arc<Stage>,
    pub company: Company,
    pub medium: Medium,
    folder: &'f Path,
    pub host: String,
    requests: u32,
    pub config: Value,
    chance: Chance,
    how: How,
    numbers: HashSet<String>,
    /// How often a process was killed, or its machine lost its power.
    kills: u64,
    power_cuts: u64,
    waits: u64,
    /// Everything that the library said.
    said: Arc<Mutex<String>>,
    pub runs: u32,
    profile_of: Cell<u32>,
    /// Everybody before the night that is begun.
    began: BTreeMap<u64, Shown>,
    pub counts: Counts,
}

fn switches(chance: &mut Chance) -> Switches {
    Switches {
        names_shown: chance.pick(&[NamesShown::AsSent, NamesShown::AsSent, NamesShown::Decomposed, NamesShown::Capitals]),
        roles_as_objects: chance.is(50.0),
        user_order: chance.pick(&[UserOrder::Id, UserOrder::NewestFirst, UserOrder::Name]),
        patching_roles_adds: chance.is(30.0),
        newest_first: chance.is(50.0),
        ..Switches::default()
    }
}

impl<'f> Night<'f> {
    /// The night of a seed, at its beginning.
    pub fn new(seed: u64, how: How, host: Option<&str>, folder: &'f Path) -> Night<'f> {
        finaut_core::random::replay(Some(seed));
        let mut chance = Chance::of(seed, "company");
        let company = Company::of(&mut chance);
        let mut chance = Chance::of(seed, "night");
        let requests = if chance.is(12.0) { 14 + chance.below(20) as u32 } else { 200 };
        let timeout_s = chance.pick(&[1.0, 5.0, 30.0]);
        let settle_s = chance.pick(&[0.5, 2.0, 10.0]);
        let late_s = chance.pick(&[20.0, 60.0, 300.0]);
        let timeout_s = f64::min(timeout_s, late_s / 4.0);
        let is_calm = chance.is(15.0);
        let trouble = Trouble {
            strikes: if is_calm { 0 } else { chance.below(6) as u32 },
            kills: if is_calm { 0 } else { chance.below(4) as u32 },
            chance: Chance::of(seed, "trouble"),
            is_on: false,
            is_timeless: how.is_timeless,
            timeout_s,
            settle_s,
            late_s,
        };
        let switches = switches(&mut chance);
        let builder = Sandbox::builder()
            .users(0)
            .companies(3)
            .seed(seed)
            .throttle(requests as usize, 3600.0)
            .credentials(CLIENT.0, CLIENT.1)
            .account(JUDGE.0, JUDGE.1)
            .start_at(FIRST_NIGHT)
            .speed(0.0)
            .switches(|known| *known = switches);
        let server = if how.is_behind { Server::Behind(builder.start()) } else { Server::Inside(Box::new(builder.model())) };
        let host = match (&server, host) {
            (Server::Behind(sandbox), _) => sandbox.url().to_owned(),
            (_, Some(host)) => host.to_owned(),
            _ => HOST.to_owned(),
        };
        let config = json!({
            "host": host, "client_id": CLIENT.0, "client_secret": CLIENT.1, "state": folder.join("state.db"),
            "throttle": {"requests": requests}, "timeout_s": timeout_s, "settle_s": settle_s, "late_s": late_s,
            "max_wait_s": chance.pick(&[20.0, 60.0, 400.0]),
        });
        let numbers = company.numbers().filter(|number| !number.is_empty()).map(str::to_owned).collect();
        let night = Night {
            stage: Arc::new(Stage::new(FIRST_NIGHT, server, trouble)),
            company,
            medium: Medium::new().unwrap(),
            folder,
            host,
            requests,
            config,
            chance,
            how,
            numbers,
            kills: 0,
            power_cuts: 0,
            waits: 0,
            said: Arc::default(),
            runs: 0,
            profile_of: Cell::new(0),
            began: BTreeMap::new(),
            counts: Counts::default(),
        };
        let _ = std::fs::remove_file(folder.join("state.db-audit-default.ndjson"));
        night.enter();
        night
    }

    fn transport(&self, client: (&str, &str)) -> Option<Transport> {
        let config = json!({ "host": self.host, "client_id": client.0, "client_secret": client.1 });
        let config = Config::read(config.to_string().as_bytes(), &|_| None).unwrap();
        self.how.is_behind.then(|| Transport::new(&config).unwrap())
    }

    /// Asks the server as the judge.
    fn ask(&self, method: Method, path: &str, bearer: Option<&str>, kind: &'static str, body: &[u8]) -> (u16, Value) {
        let authorization = bearer.map(|bearer| format!("Bearer {bearer}"));
        let (status, body) = if let Some(transport) = self.transport(JUDGE) {
            let outgoing = Outgoing {
                method,
                url: &format!("{}{path}", self.host),
                authorization: authorization.as_deref(),
                content_type: kind,
                body: (!body.is_empty()).then_some(body),
                job: None,
                timeout_s: 30.0,
                stop: std::rc::Rc::new(|| false),
            };
            match transport.exchange(&finaut_core::clock::SystemClock, &outgoing).unwrap() {
                Outcome::Answered(answer) => (answer.status, answer.body),
                Outcome::Broken(broken) => panic!("{broken:?}"),
            }
        } else {
            let (path, query) = path.split_once('?').unwrap_or((path, ""));
            let mut headers = vec![("content-type", kind.to_owned())];
            headers.extend(authorization.map(|value| ("authorization", value)));
            let sent = Sent {
                host: self.host.clone(),
                method: method.as_str().to_owned(),
                path: path.to_owned(),
                query: query.to_owned(),
                headers,
                body: body.to_vec(),
            };
            let mut inside = self.stage.inside();
            let Server::Inside(model) = &mut inside.server else { unreachable!() };
            let answered = model.exchange(&sent, None);
            (answered.status, answered.body)
        };
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    fn token(&self) -> String {
        let form = format!("grant_type=client_credentials&client_id={}&client_secret={}", JUDGE.0, JUDGE.1);
        let (_, granted) = self.ask(Method::POST, "/o/token/", None, "application/x-www-form-urlencoded", form.as_bytes());
        granted["access_token"].as_str().unwrap().to_owned()
    }

    /// Enters everybody into the register.
    fn enter(&self) {
        let bearer = self.token();
        let url = |collection: &str, id: String| format!("{}/finautapi/v1/{collection}/{id}/", self.host);
        for registered in self.company.people.iter().filter_map(|person| person.registered.as_ref()) {
            let Registered { row, company, roles, statuses } = registered;
            let roles: Vec<String> = roles.iter().map(|role| url("userrole", (*role).to_owned())).collect();
            let place = department(*company, row.department.unwrap_or(0));
            let body = json!({
                "persnr": row.persnr, "first_name": row.first, "last_name": row.last, "email": row.email, "mobile": row.mobile,
                "employee_alias": row.alias, "userroles": roles,
                "work_for": {"company": url("companies", company.to_string()), "department": url("departments", place.to_string())},
            });
            self.stage.inside().server.free_slots();
            let (status, made) =
                self.ask(Method::POST, "/finautapi/v1/user/", Some(&bearer), "application/json", body.to_string().as_bytes());
            assert_eq!(status, 201, "{made}");
            for (scheme, word) in statuses {
                self.stage.inside().server.add_status(number(&made), scheme, word);
            }
        }
        let mut inside = self.stage.inside();
        inside.server.free_slots();
        inside.server.see(CLIENT.0, &[BANK, INSURER]);
        if let Server::Behind(sandbox) = &inside.server {
            sandbox.clear_requests();
        }
    }

    /// Everybody as FinAut shows them, by number.
    fn everybody(&self) -> BTreeMap<u64, Shown> {
        if self.how.is_timeless {
            return BTreeMap::new();
        }
        let bearer = self.token();
        self.stage.inside().server.free_slots();
        let mut everybody = BTreeMap::new();
        let mut page = 1;
        loop {
            let (status, listed) =
                self.ask(Method::GET, &format!("/finautapi/v1/user/?page={page}"), Some(&bearer), "application/json", &[]);
            assert_eq!(status, 200, "{listed}");
            for user in listed["results"].as_array().unwrap() {
                let id = number(user);
                let statuses = self.stage.inside().server.statuses_of(id);
                everybody.insert(id, Shown { user: user.clone(), statuses });
            }
            if listed["next"].is_null() {
                return everybody;
            }
            page += 1;
        }
    }

    /// Calls the library in a process of its own.
    fn call(&mut self, operation: &str, args: &Value) -> Ended {
        self.stage.inside().run = self.runs;
        let store = self.medium.begin();
        let config = Config::read(self.config.to_string().as_bytes(), &|_| None).unwrap();
        let process = Process::new(&self.stage, Arc::new(store.clone()), Arc::new(Alone), self.transport(CLIENT));
        let client = Client::over(process.clone(), config, process.clone(), process);
        let said = self.said.clone();
        client.observe(Some(Arc::new(move |event: &str| {
            said.lock().unwrap().push_str(event);
            false
        })));
        let called = catch_unwind(AssertUnwindSafe(|| finaut_core::call(&client, operation, &args.to_string())));
        drop(client);
        let ended = match called {
            Ok(Ok(reply)) => {
                self.said.lock().unwrap().push_str(reply.as_str());
                Ended::Replied(reply.view().unwrap())
            }
            Ok(Err(e)) => {
                self.said.lock().unwrap().push_str(&e.json().to_string());
                Ended::Failed(e)
            }
            Err(thrown) => {
                let thrown: Box<dyn Any + Send> = thrown;
                if !thrown.is::<Killed>() {
                    std::panic::resume_unwind(thrown);
                }
                Ended::Killed
            }
        };
        self.ends(&store, matches!(ended, Ended::Killed));
        ended
    }

    /// A process has ended.
    fn ends(&mut self, store: &MemoryStore, is_killed: bool) {
        self.medium.end(store);
        if self.chance.is(30.0) {
            self.medium.settle();
        }
        if is_killed {
            self.kills += 1;
            // Where slots are scarce, losing them would let the server refuse.
            if self.requests == 200 && self.chance.is(25.0) {
                self.power_cuts += 1;
                self.medium.cut_power();
            }
        }
    }

    pub fn args(&self) -> Value {
        let path = self.folder.join("hr.csv");
        json!({ "profile": self.company.profile(self.profile_of.get(), path.to_str().unwrap()) })
    }

    fn write_file(&self, night: u32) {
        let path = self.folder.join("hr.csv");
        std::fs::write(&path, self.company.file(night)).unwrap();
        let is_old = self.company.storm == Storm::FileOld && night > 0;
        let age_s = if is_old { 50.0 * 3600.0 } else { 7200.0 };
        let written = SystemTime::UNIX_EPOCH + Duration::from_secs_f64(self.stage.now() - age_s);
        std::fs::File::options().append(true).open(&path).unwrap().set_modified(written).unwrap();
    }

    /// The first night, in which nothing goes wrong, settles what a person has to approve.
    fn first(&mut self) -> Result<(), Failure> {
        self.write_file(0);
        let before = self.everybody();
        let plan = match self.call("sync.run", &self.args()) {
            Ended::Failed(e) if e.code() == Code::Held => e.json()["plan"].clone(),
            Ended::Failed(e) => return Err(format!("the first run failed: {}", e.json())),
            Ended::Replied(run) => return Err(format!("the first run was not held: {run}")),
            Ended::Killed => unreachable!(),
        };
        if self.everybody() != before {
            return Err("the first run wrote something".into());
        }
        let mut args = self.args();
        for (name, value) in
            [("plan", plan), ("approve", json!(["first_run"])), ("by", json!("Kari")), ("why", json!("the first night"))]
        {
            args[name] = value;
        }
        let mut operation = "sync.apply";
        for _ in 0..MOST_RUNS {
            match self.call(operation, &args) {
                Ended::Replied(run) if run["state"] == "done" => return Ok(()),
                Ended::Replied(run) if run["state"] == "waiting" => self.stage.pass(3600.0),
                Ended::Replied(run) => return Err(format!("the first night is {}: {run}", run["state"])),
                // A server that writes names in capitals differs from the file in everybody's.
                Ended::Failed(e) if e.code() == Code::Held && operation == "sync.apply" && e.json()["rail"] == "changes" => {
                    args["approve"] = json!(["first_run", "changes"]);
                    continue;
                }
                Ended::Failed(e) => return Err(format!("the first night failed: {}", e.json())),
                Ended::Killed => unreachable!(),
            }
            operation = "sync.run";
            args = self.args();
        }
        Err("the first night comes to no end".into())
    }

    /// Plays it up to the moment at which the second night's run would begin, in which nothing goes wrong.
    pub fn begin(&mut self) -> Result<(), Failure> {
        self.first()?;
        self.stage.pass(FIRST_NIGHT + DAY_S - self.stage.now());
        self.profile_of.set(1);
        self.comes_before();
        self.write_file(1);
        self.began = self.everybody();
        let mut inside = self.stage.inside();
        (inside.trouble.strikes, inside.trouble.kills) = (0, 0);
        Ok(())
    }

    /// Runs what others have left of that night, and judges it.
    pub fn end(&mut self) -> Result<(), Failure> {
        self.until_done()?;
        let (before, after) = (self.began.clone(), self.everybody());
        let seen: Vec<Seen> = self.stage.inside().seen.clone();
        if self.company.nights == 1 { self.judge(1, &before, &after, &seen) } else { Ok(()) }
    }

    /// Plays the whole of it. `Err` says which promise was broken.
    pub fn play(&mut self) -> Result<(), Failure> {
        self.first()?;
        for night in 1..=self.company.nights {
            let next = FIRST_NIGHT + f64::from(night) * DAY_S;
            self.stage.pass(next - self.stage.now());
            self.profile_of.set(night);
            if night == 1 {
                self.comes_before();
            }
            self.write_file(night);
            let before = self.everybody();
            let began = self.stage.inside().seen.len();
            let (kills, waits) = (self.kills, self.waits);
            self.meddle(night, &before);
            self.until_done()?;
            if self.is_meddled() {
                // What somebody did between the look and the status is put right by the next run.
                self.until_done()?;
            }
            let seen: Vec<Seen> = self.stage.inside().seen[began..].to_vec();
            let after = self.everybody();
            self.judge(night, &before, &after, &seen)?;
            self.judge_cost(&before, &seen, self.kills - kills, self.waits - waits)?;
        }
        self.judge_throttle()?;
        self.judge_secrecy()
    }

    /// What a storm brings besides another file.
    fn comes_before(&self) {
        match self.company.storm {
            Storm::RegisterShort => self.stage.inside().server.see(CLIENT.0, &[BANK]),
            Storm::SecondInstallation => self.another_installation(),
            _ => {}
        }
    }

    /// Another installation, which this one knows nothing of, has put somebody on hold whom HR does not know.
    fn another_installation(&self) {
        let stranger = self.company.people.iter().rfind(|person| person.rows.is_empty());
        let number = &stranger.and_then(|person| person.registered.as_ref()).unwrap().row.persnr;
        let everybody = self.stage.inside().server.people();
        let id = everybody.iter().find(|person| person.persnr == *number).unwrap().id;
        let url = |user: u64| format!("{}/finautapi/v1/user/{user}/", self.host);
        let body = json!({
            "appname": "afr", "user": url(id), "status": "hvilende", "reason": "hvilende", "status_set_by": url(id),
            "status_date": "2026-03-02", "comment": "finaut sync r-20260302-0300-0f0f",
        });
        let bearer = self.token();
        self.stage.inside().server.free_slots();
        let (status, made) =
            self.ask(Method::POST, "/finautapi/v1/userstatus/", Some(&bearer), "application/json", body.to_string().as_bytes());
        assert_eq!(status, 201, "{made}");
        self.stage.inside().server.free_slots();
    }

    /// Somebody may set the status of a leaver in FinAut's portal meanwhile.
    fn meddle(&mut self, night: u32, before: &BTreeMap<u64, Shown>) {
        if self.how.is_behind || night > 1 || self.company.storm != Storm::None || !self.chance.is(30.0) {
            return;
        }
        let leavers: Vec<String> = self
            .company
            .people
            .iter()
            .filter(|person| matches!(person.wish, Wish::Status(_)))
            .filter_map(|person| Some(person.registered.as_ref()?.row.persnr.clone()))
            .collect();
        if leavers.is_empty() {
            return;
        }
        let number = self.chance.pick(&leavers);
        let user = before.iter().find(|(_, shown)| shown.user["persnr"] == *number).map(|(id, _)| *id).unwrap();
        let mut inside = self.stage.inside();
        let before = inside.seen.len() + 1 + self.chance.below(7);
        inside.meddling = vec![Meddling { user, scheme: "afr", word: "afrkurs", before }];
    }

    /// True if somebody has set a status meanwhile.
    fn is_meddled(&self) -> bool {
        !self.stage.inside().meddled.is_empty()
    }

    /// Runs until it is done, as cron does each hour of the night and a supervisor at once.
    fn until_done(&mut self) -> Result<(), Failure> {
        self.stage.inside().trouble.is_on = true;
        let mut last = String::new();
        for attempt in 0..MOST_RUNS {
            if attempt == 15 {
                self.stage.inside().trouble.is_on = false;
            }
            self.runs += 1;
            self.counts.runs += 1;
            let ended = self.call("sync.run", &self.args());
            let pause_s = match ended {
                Ended::Killed => {
                    last = "killed".into();
                    self.chance.pick(&[1.0, 5.0, 30.0, 400.0, 3600.0])
                }
                Ended::Failed(e) if e.code() == Code::Held && !self.stage.inside().is_behind() => {
                    self.stage.inside().trouble.is_on = false;
                    return Ok(());
                }
                Ended::Failed(e) => {
                    last = e.json().to_string();
                    3600.0
                }
                Ended::Replied(run) => {
                    let open = ["left", "failed", "doubtful", "drifted"].iter().any(|count| run["counts"][*count] != 0);
                    if run["state"] == "done" && !open && !self.stage.inside().is_behind() {
                        self.counts.count_run(&run);
                        self.stage.inside().trouble.is_on = false;
                        return Ok(());
                    }
                    self.waits += u64::from(run["state"] == "waiting");
                    last = run.to_string();
                    3600.0
                }
            };
            self.stage.pass(pause_s);
        }
        Err(format!("it comes to no end: {last}"))
    }

    /// FinAut is as HR wishes it, and as it was where HR has nothing to say.
    fn judge(
        &mut self,
        night: u32,
        before: &BTreeMap<u64, Shown>,
        after: &BTreeMap<u64, Shown>,
        seen: &[Seen],
    ) -> Result<(), Failure> {
        if night == self.company.nights {
            for person in &self.company.people {
                self.judge_person(person, before, after)?;
            }
        }
        let known: BTreeSet<&str> = after.values().filter_map(|shown| shown.user["persnr"].as_str()).collect();
        if known.len() != after.len() {
            return Err("an identity number is in the register twice".into());
        }
        self.counts.creations += (after.len() - before.len()) as u64;
        let mut harmed = 0;
        for (id, shown) in after {
            let ours = |status: &&Status| status.comment.starts_with("finaut sync ");
            let had = before.get(id).map_or(0, |shown| shown.statuses.len());
            let new: Vec<&Status> = shown.statuses.iter().skip(had).filter(ours).collect();
            let made = new.len();
            let schemes: BTreeSet<&str> = new.iter().map(|status| status.appname.as_str()).collect();
            let meddled = self.stage.inside().meddled.iter().filter(|(user, _)| user == id).count();
            if made > schemes.len() + meddled {
                return Err(format!("{id} got more than one new status in a scheme: {:?}", shown.statuses));
            }
            self.counts.statuses += made as u64;
            harmed += u64::from(shown.statuses.iter().any(|status| ours(&status)));
        }
        if harmed > 5 {
            return Err(format!("{harmed} people were put on hold or withdrawn in a week"));
        }
        self.judge_looks(seen)?;
        self.judge_refusals(seen)?;
        let plan = match self.call("sync.plan", &self.args()) {
            Ended::Replied(plan) => plan,
            Ended::Failed(e) => return Err(format!("the plan afterwards failed: {}", e.json())),
            Ended::Killed => unreachable!(),
        };
        let steps = plan["steps"].as_array().unwrap();
        // What a run did not try after five refusals, the next one tries.
        let is_untried = |step: &Value| self.company.storm == Storm::Refusals && step["kind"] == "create";
        let is_free = |step: &&Value| step.get("held").is_none_or(Value::is_null) && !is_untried(step);
        let free: Vec<&Value> = steps.iter().filter(is_free).collect();
        self.counts.held += (steps.len() - free.len()) as u64;
        if !free.is_empty() {
            return Err(format!("something is left to do: {free:?}"));
        }
        Ok(())
    }

    fn judge_person(
        &self,
        person: &super::company::Person,
        before: &BTreeMap<u64, Shown>,
        after: &BTreeMap<u64, Shown>,
    ) -> Result<(), Failure> {
        let number = match (&person.registered, person.rows.last().and_then(|rows| rows.first())) {
            (Some(registered), _) => &registered.row.persnr,
            (None, Some(row)) => &row.persnr,
            (None, None) => return Ok(()),
        };
        let of = |everybody: &'_ BTreeMap<u64, Shown>| -> Vec<Shown> {
            everybody.values().filter(|shown| shown.user["persnr"] == *number.as_str()).cloned().collect()
        };
        let (then, now) = (of(before), of(after));
        let told = |what: &str| Err(format!("{what} ({:?}): {person:?}\nbefore {then:?}\nafter {now:?}", self.company.storm));
        if now.len() > 1 {
            return told("somebody is there twice");
        }
        match (&person.wish, now.first()) {
            (Wish::Untouched, _) => {
                // Of a row that names somebody else's number nobody comes.
                let others: Vec<&str> = person.rows.iter().flatten().map(|row| row.persnr.as_str()).collect();
                let is_new = |shown: &&Shown| others.contains(&shown.user["persnr"].as_str().unwrap_or_default());
                let came =
                    after.iter().filter(|(id, _)| !before.contains_key(id)).map(|(_, shown)| shown).any(|shown| is_new(&shown));
                if then != now || came { told("somebody was to be left alone") } else { Ok(()) }
            }
            (_, None) => told("somebody is missing"),
            (Wish::Like(row), Some(shown)) => {
                if is_like(shown, row) {
                    Ok(())
                } else {
                    told("somebody is not as HR says")
                }
            }
            (Wish::Status(word), Some(shown)) => {
                let schemes: BTreeSet<&str> = shown.statuses.iter().map(|status| status.appname.as_str()).collect();
                let is_so = schemes.iter().all(|scheme| {
                    let statuses = shown.statuses.iter().filter(|status| status.appname == *scheme);
                    let latest = statuses.max_by_key(|status| (status.day, status.id));
                    latest.is_some_and(|status| status.status == *word)
                });
                let same = then.first().is_some_and(|then| then.user == shown.user);
                if is_so && same { Ok(()) } else { told("a status is not as HR says") }
            }
        }
    }

    /// No status is written but after a look at the person, and over nobody's who set one before that look.
    fn judge_looks(&self, seen: &[Seen]) -> Result<(), Failure> {
        let everybody = self.stage.inside().server.people();
        let meddled = self.stage.inside().meddled.clone();
        for (place, status) in
            seen.iter().enumerate().filter(|(_, one)| one.method == "POST" && one.target.ends_with("/userstatus/"))
        {
            let body: Value = serde_json::from_str(&status.body).unwrap_or_default();
            let Some(id) =
                body["user"].as_str().and_then(|url| url.trim_end_matches('/').rsplit('/').next()?.parse::<u64>().ok())
            else {
                continue;
            };
            let Some(person) = everybody.iter().find(|person| person.id == id) else { continue };
            let look = format!("persnr={}", person.persnr);
            let is_look =
                |one: &&Seen| one.run == status.run && one.method == "GET" && one.status == 200 && one.target.contains(&look);
            let Some(look) = seen[..place].iter().rfind(is_look) else {
                return Err(format!("a status was set without a look at the person: {status:?}"));
            };
            // A look before the change could not show it; one after it does.
            if let Some((_, at)) = meddled.iter().find(|(user, at)| *user == id && *at < look.at) {
                let other = body["status"].as_str().unwrap_or_default();
                let is_planned_anew =
                    seen.iter().any(|one| one.run == status.run && one.at > *at && one.target.contains("/latestuserstatus/"));
                if !is_planned_anew {
                    return Err(format!("\"{other}\" was set over another's status: {status:?}"));
                }
            }
        }
        Ok(())
    }

    /// Five refusals of a kind in a row are enough.
    fn judge_refusals(&self, seen: &[Seen]) -> Result<(), Failure> {
        let mut in_a_row: BTreeMap<u32, u32> = BTreeMap::new();
        for one in seen.iter().filter(|one| one.method == "POST" && one.target.ends_with("/user/") && one.status != 0) {
            let count = in_a_row.entry(one.run).or_default();
            *count = if one.status == 422 { *count + 1 } else { 0 };
            if *count > 5 {
                return Err("more than five creations were refused in a row".into());
            }
        }
        Ok(())
    }

    /// SYNC.md, section 13: at most R + k(P + 1) + 4f.
    fn judge_cost(&mut self, before: &BTreeMap<u64, Shown>, seen: &[Seen], kills: u64, waits: u64) -> Result<(), Failure> {
        let spent = seen.iter().filter(|one| !one.is_token()).count() as u64;
        let mut wrote: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
        let mut looked_at: BTreeSet<&str> = BTreeSet::new();
        let mut bodies: Vec<Value> = Vec::new();
        for one in seen.iter().filter(|one| one.is_write()) {
            let body: Value = serde_json::from_str(&one.body).unwrap_or_default();
            bodies.push(body);
        }
        for (one, body) in seen.iter().filter(|one| one.is_write()).zip(&bodies) {
            if one.target.ends_with("/userstatus/") {
                let user = body["user"].as_str().unwrap_or_default();
                wrote.insert((&one.target, user, body["appname"].as_str().unwrap_or_default()));
                looked_at.insert(user);
            } else if one.method == "POST" {
                wrote.insert((&one.target, body["persnr"].as_str().unwrap_or_default(), ""));
                if one.status == 422 {
                    looked_at.insert(&one.body);
                }
            } else {
                wrote.insert((&one.target, "", ""));
                if body.get("userroles").is_some() {
                    looked_at.insert(&one.target);
                }
            }
        }
        let pages = (before.len() as u64).div_ceil(100);
        let late_s = self.stage.inside().trouble.late_s;
        let is_odd = |one: &&Seen| one.strike != "nothing" || one.status == 0;
        let faults = seen.iter().filter(is_odd).count() as u64 + self.stage.inside().meddled.len() as u64;
        let strict = pages + 1 + 3 + wrote.len() as u64 + looked_at.len() as u64 + (kills + waits) * (pages + 1) + 4 * faults;
        // Whoever does not know whether a creation took effect looks ever more seldom, until it can no longer do so;
        // a run that met the doubt looks once more when its other steps are done.
        let doubts = seen.iter().filter(is_odd).filter(|one| one.method == "POST" && !one.is_token()).count() as u64;
        let settling = doubts * (kills + 2) * (2 + late_s.log2().ceil() as u64);
        // A power cut takes what is remembered for a day.
        // Where somebody meddled, one run more was called, which may set a status anew.
        let again = u64::from(self.is_meddled()) * (pages + 1 + 2);
        let bound = strict + settling + again + 3 * self.power_cuts;
        self.counts.beyond += u64::from(spent > strict);
        self.counts.count_cost(spent, bound, seen);
        if spent > bound {
            let told: Vec<String> = seen
                .iter()
                .map(|one| {
                    format!(
                        "{} {:.1} {} {} -> {} ({})",
                        one.run,
                        one.at - FIRST_NIGHT,
                        one.method,
                        one.target,
                        one.status,
                        one.strike
                    )
                })
                .collect();
            return Err(format!(
                "{spent} requests, and {bound} are enough ({kills} kills, {faults} faults):\n{}",
                told.join("\n")
            ));
        }
        Ok(())
    }

    fn judge_throttle(&mut self) -> Result<(), Failure> {
        self.counts.kills += self.kills;
        self.counts.power_cuts += self.power_cuts;
        let inside = self.stage.inside();
        for (name, count) in &inside.struck {
            *self.counts.struck.entry(name).or_default() += count;
        }
        match inside.server.count_429() {
            0 => Ok(()),
            refused => Err(format!("the throttle refused {refused} requests")),
        }
    }

    /// No identity number in what was said, nor in the audit.
    fn judge_secrecy(&self) -> Result<(), Failure> {
        let audit = self.folder.join("state.db-audit-default.ndjson");
        let audit = std::fs::read_to_string(audit).unwrap();
        finaut_core::sync::audit::check(audit.as_bytes())
            .map_err(|line| format!("the audit's line {line} is not as it was written"))?;
        for text in [audit.as_str(), self.said.lock().unwrap().as_str()] {
            if let Some(number) = number_in(text, &self.numbers) {
                return Err(format!("the identity number {number} was said or written"));
            }
        }
        Ok(())
    }

    /// Plays it for its requests alone, tokens included: method, path, query, authorization and body of each.
    pub fn requests(&mut self) -> Result<Vec<String>, Failure> {
        self.first()?;
        for night in 1..=self.company.nights {
            let next = FIRST_NIGHT + f64::from(night) * DAY_S;
            self.stage.pass(next - self.stage.now());
            self.profile_of.set(night);
            self.write_file(night);
            self.until_done()?;
        }
        let inside = self.stage.inside();
        let told =
            |target: &str, method: &str, body: &str, authorization: &str| format!("{method} {target} {authorization} {body}");
        Ok(match &inside.server {
            Server::Inside(_) => {
                let went = inside.seen.iter().filter(|one| one.strike != LOST);
                went.map(|one| told(&one.target, &one.method, &one.body, &one.authorization)).collect()
            }
            Server::Behind(sandbox) => {
                let target =
                    |path: &str, query: &str| if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
                let of = |one: &finaut_sandbox::Request| {
                    let authorization = one.header("authorization").unwrap_or_default();
                    told(&target(&one.path, &one.query), &one.method, &one.body, authorization)
                };
                sandbox.requests().iter().map(of).collect()
            }
        })
    }
}

fn number(user: &Value) -> u64 {
    let url = user["id"].as_str().unwrap();
    url.trim_end_matches('/').rsplit('/').next().unwrap().parse().unwrap()
}

/// The first of these identity numbers that stands in a text.
fn number_in(text: &str, numbers: &HashSet<String>) -> Option<String> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 11);
    digits.into_iter().find(|digits| numbers.contains(*digits)).map(str::to_owned)
}

fn is_like(shown: &Shown, row: &Row) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let text = |name: &str| shown.user[name].as_str().unwrap_or_default().nfc().collect::<String>().to_lowercase();
    let mobile = row.mobile.trim_start_matches("+47").replace(' ', "");
    let place = department(BANK, row.department.unwrap_or(0));
    let is_there = shown.user["work_for"].to_string().contains(&format!("/departments/{place}/"));
    let roles = shown.user["userroles"].to_string();
    let has_krd = roles.contains("krd_ka") || roles.contains("/krd_ka/");
    text("first_name") == row.first.to_lowercase()
        && text("last_name") == row.last.to_lowercase()
        && text("email") == row.email.to_lowercase()
        && shown.user["mobile"].as_str().is_some_and(|shown| shown.trim_start_matches("+47").replace(' ', "") == mobile)
        && shown.user["employee_alias"] == *row.alias
        && is_there
        && (has_krd || !row.krd)
}
