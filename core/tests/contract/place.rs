//! Where a test keeps its state, whose it is, and what time it has.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use finaut_core::clock::{Clock, SystemClock};
use finaut_core::config::{Config, Rule};
use finaut_core::json::Json;
use finaut_core::store::journal::{Closing, End, Line, Opening, Wanted};
use finaut_core::store::{self, At, Store};
use finaut_core::throttle::{Origin, Priority, SlotId, SlotLog, Taken};
use serde_json::{Value, json};

/// A state of a test's own.
pub struct Place {
    /// As the configuration has it; `None`: in memory.
    pub state: Option<String>,
    account: String,
    folder: Option<PathBuf>,
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

impl Place {
    pub fn memory() -> Place {
        Place { state: None, account: fresh_name(), folder: None }
    }

    pub fn files() -> Place {
        let account = fresh_name();
        let folder = std::env::temp_dir().join(format!("finaut-{account}"));
        std::fs::create_dir_all(&folder).unwrap();
        let state = folder.join("state").to_str().unwrap().to_owned();
        Place { state: Some(state), account, folder: Some(folder) }
    }

    /// The configuration of the place's first account, and what is different in it.
    pub fn config(&self, settings: Value) -> Value {
        let mut config = json!({ "client_id": self.account, "client_secret": "a-secret-of-the-contract", "max_wait_s": 60 });
        if let Some(state) = &self.state {
            config["state"] = json!(state);
        }
        for (name, value) in settings.as_object().unwrap() {
            config[name] = value.clone();
        }
        config
    }

    pub fn open(&self, settings: Value) -> Arc<dyn Store> {
        open(&self.config(settings), &SystemClock)
    }

    /// A store whose users have another clock.
    pub fn open_at(&self, clock: &dyn Clock) -> Arc<dyn Store> {
        open(&self.config(json!({})), clock)
    }

    /// Starts a process that runs a task of [`super::processes`] on this place.
    pub fn process(&self, task: &str) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "processes::task", "--nocapture", "--test-threads=1"])
            .env("FINAUT_CONTRACT", json!({ "config": self.config(json!({})), "task": task }).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }
}

impl Place {
    /// Waits until a process says a word. What it says afterwards goes nowhere.
    pub fn wait_for(&self, process: &mut Child, word: &str) {
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        while !said.next().unwrap().unwrap().contains(word) {}
    }
}

fn fresh_name() -> String {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    format!("contract-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst))
}

pub fn open(config: &Value, clock: &dyn Clock) -> Arc<dyn Store> {
    let config = Config::read(config.to_string().as_bytes(), &|_| None).unwrap();
    store::open(&config, clock).unwrap_or_else(|e| panic!("{}", e.json()))
}

/// As a patient caller asks.
pub fn at() -> At<'static> {
    At { clock: &SystemClock, patience_s: 60.0 }
}

/// The machine's clock moved, its calendar moved, and another run of the machine.
#[derive(Debug, Default)]
pub struct Moved {
    pub ahead_s: Mutex<f64>,
    pub wall_s: Mutex<f64>,
    pub boot: Option<&'static str>,
}

impl Moved {
    pub fn at(&self) -> At<'_> {
        At { clock: self, patience_s: 60.0 }
    }
    pub fn forward(&self, seconds: f64) {
        *self.ahead_s.lock().unwrap() += seconds;
    }
    pub fn calendar(&self, seconds: f64) {
        *self.wall_s.lock().unwrap() += seconds;
    }
}

impl Clock for Moved {
    fn now(&self) -> f64 {
        SystemClock.now() + *self.ahead_s.lock().unwrap()
    }
    fn wall(&self) -> f64 {
        SystemClock.wall() + *self.wall_s.lock().unwrap()
    }
    fn boot(&self) -> &str {
        self.boot.unwrap_or(SystemClock.boot())
    }
    fn sleep(&self, seconds: f64) {
        SystemClock.sleep(seconds);
    }
}

/// A line of the journal with this name.
pub fn opening(key: &str) -> Opening {
    Opening { key: key.to_owned(), wall: SystemClock.wall(), job: None, subject: None, about: Json::of(&key) }
}

/// How a line ends that says this word.
pub fn closing(word: &str) -> Closing {
    Closing { subject: None, about: Json::of(&word) }
}

/// How each line ended, the newest first: a word, "under way" or "unnoted".
pub fn ends(store: &dyn Store, at: At) -> Vec<String> {
    let found = store.journal().lines(at, &Wanted { most: 100, ..Wanted::default() }).unwrap();
    assert_eq!(found.count, found.lines.len() as u64);
    let end = |line: &Line| match &line.end {
        End::Not => "under way".to_owned(),
        End::Unnoted => "unnoted".to_owned(),
        End::Closed(word) => word.view().unwrap(),
    };
    found.lines.iter().map(end).collect()
}

pub const HOUR: Rule = Rule { requests: 200, per_s: 3600.0, reserve: 0 };

pub fn by(job: &str) -> Origin {
    Origin { job: Some(job.to_owned()), operation: "users.get".to_owned(), machine: "here".to_owned() }
}

/// Asks for a slot.
pub fn take(store: &dyn Store, at: At, rule: &Rule) -> Taken {
    let mut taken = None;
    store
        .with_slots(at, &mut |log: &mut SlotLog, now| {
            taken = Some(log.take(now, rule, Priority::Bulk, 30.0, None, &by("contract")));
        })
        .unwrap();
    taken.unwrap()
}

/// A slot that must be there.
pub fn slot(store: &dyn Store, at: At, rule: &Rule) -> SlotId {
    match take(store, at, rule) {
        Taken::Slot(id) => id,
        Taken::Wait { seconds, .. } => panic!("the next slot is {seconds} s away"),
    }
}

/// How many slots are used.
pub fn used(store: &dyn Store, at: At, rule: &Rule) -> usize {
    let mut used = 0;
    store.with_slots(at, &mut |log, now| used = log.budget(now, rule, Priority::Bulk, 0).used).unwrap();
    used
}
