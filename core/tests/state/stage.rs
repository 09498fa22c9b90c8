//! A sandbox, a state file, and worker processes that share both.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use finaut_core::client::Client;
use finaut_core::clock::{Clock, SystemClock};
use finaut_core::config::Config;
use finaut_core::error::Error;
use finaut_core::store::sqlite::SqliteStore;
use finaut_sandbox::{Builder, Sandbox};
use serde_json::{Value, json};

pub struct Stage {
    pub sandbox: Sandbox,
    pub folder: Folder,
}

/// A folder that goes with its owner.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let name = format!("finaut-state-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }
    pub fn file(&self) -> PathBuf {
        self.0.join("finaut.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Stage {
    pub fn new(builder: Builder) -> Stage {
        Stage { sandbox: builder.start(), folder: Folder::new() }
    }

    pub fn config(&self, settings: Value) -> Value {
        let mut config = json!({
            "host": self.sandbox.url(), "client_id": self.sandbox.client_id(), "client_secret": self.sandbox.client_secret(),
            "state": self.folder.file(), "settle_s": 0.3, "max_wait_s": 120, "set_by": 590_001,
        });
        for (name, value) in settings.as_object().unwrap() {
            config[name] = value.clone();
        }
        config
    }

    pub fn client(&self, settings: Value) -> Client {
        Client::new(read(&self.config(settings))).unwrap()
    }

    /// A client whose clock shows another time.
    pub fn client_at(&self, settings: Value, clock: OtherClock) -> Client {
        let config = read(&self.config(settings));
        let clock = Arc::new(clock);
        let store = SqliteStore::open(self.folder.file().to_str().unwrap(), &config, &*clock).unwrap();
        Client::with_parts(config, Arc::new(store), clock).unwrap()
    }

    /// Starts a worker that makes `calls` calls of `check` from each of `threads` threads.
    pub fn worker(&self, settings: Value, threads: usize, calls: usize) -> Child {
        self.worker_of(&[settings], threads, calls)
    }

    /// Starts a worker that makes them with several clients, one after the other.
    pub fn worker_of(&self, settings: &[Value], threads: usize, calls: usize) -> Child {
        let configs: Vec<_> = settings.iter().map(|settings| self.config(settings.clone())).collect();
        worker_with(json!({ "configs": configs, "threads": threads, "calls": calls }))
    }

    /// Starts a worker that makes these calls, each an operation and its arguments, one after the other.
    pub fn worker_that_calls(&self, settings: Value, calls: &Value) -> Child {
        worker_with(json!({ "configs": [self.config(settings)], "threads": 1, "calls": 0, "these": calls }))
    }
}

fn worker_with(task: Value) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "stage::worker", "--nocapture", "--test-threads=1"])
        .env("FINAUT_WORKER", task.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub fn read(config: &Value) -> Config {
    Config::read(config.to_string().as_bytes(), &|_| None).unwrap()
}

pub fn call(client: &Client, operation: &str, args: Value) -> Result<Value, Error> {
    finaut_core::call(client, operation, &args.to_string()).map(|reply| reply.view().unwrap())
}

/// Waits for a worker and demands that all its calls succeeded.
pub fn succeeded(worker: Child) {
    let output = worker.wait_with_output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("worker is done"), "{said}");
}

/// Not a test of its own: what a worker process runs.
#[test]
fn worker() {
    let Ok(task) = std::env::var("FINAUT_WORKER") else { return };
    let task: Value = serde_json::from_str(&task).unwrap();
    for config in task["configs"].as_array().unwrap() {
        let client = Client::new(read(config)).unwrap_or_else(|e| panic!("{}", e.json()));
        for these in task["these"].as_array().into_iter().flatten() {
            let operation = these[0].as_str().unwrap();
            call(&client, operation, these[1].clone()).unwrap_or_else(|e| panic!("{operation}: {}", e.json()));
        }
        std::thread::scope(|scope| {
            for _ in 0..task["threads"].as_u64().unwrap() {
                scope.spawn(|| {
                    for _ in 0..task["calls"].as_u64().unwrap() {
                        call(&client, "check", json!({})).unwrap_or_else(|e| panic!("{}", e.json()));
                    }
                });
            }
        });
    }
    println!("worker is done");
}

/// A machine whose clock is `ahead_s` ahead of ours, and whose calendar is off by `wall_s`; with its own boot id if it has one.
#[derive(Debug, Default, Clone)]
pub struct OtherClock {
    pub ahead_s: f64,
    pub wall_s: f64,
    pub boot: Option<&'static str>,
}

impl Clock for OtherClock {
    fn now(&self) -> f64 {
        SystemClock.now() + self.ahead_s
    }
    fn wall(&self) -> f64 {
        SystemClock.wall() + self.wall_s
    }
    fn boot(&self) -> &str {
        self.boot.unwrap_or(SystemClock.boot())
    }
    fn sleep(&self, seconds: f64) {
        SystemClock.sleep(seconds);
    }
}

/// What stands after the file's name in those of its companions.
pub const ENDS: [&str; 4] = ["", "-journal", "-quota", "-quota-journal"];

/// The file that a power cut may take, of the pair at this path.
pub fn quota_of(file: &Path) -> PathBuf {
    PathBuf::from(format!("{}-quota", file.display()))
}

/// The file and its companions, as bytes.
pub fn bytes_of(file: &Path) -> Vec<u8> {
    ENDS.iter().flat_map(|end| std::fs::read(format!("{}{end}", file.display())).unwrap_or_default()).collect()
}
