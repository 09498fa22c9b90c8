//! Several processes on one state, interleaved by a seed: each is a thread, one of which runs at a time, and at each step of its store, its
//! clock or its way to the server any other may go on.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex};

use finaut_core::client::Client;
use finaut_core::clock::Clock;
use finaut_core::config::Config;
use finaut_core::error::{Code, Error};
use finaut_core::store::Store;
use finaut_core::store::memory::Medium;
use finaut_core::store::sqlite::SqliteStore;
use finaut_sandbox::{Sandbox, Switches};
use serde_json::{Value, json};

use super::chance::Chance;
use super::night::{Folder, How, Night};
use super::process::{Process, Turns};
use super::stage::{CLIENT, HOST, JUDGE, Seen, Server, Stage, Trouble};

const NIGHT: f64 = 1_772_416_800.0;

/// Who may go on.
struct Baton {
    state: Mutex<Turn>,
    changed: Condvar,
}

struct Turn {
    chance: Chance,
    /// Who runs.
    at: usize,
    /// Who has not ended.
    running: Vec<bool>,
}

impl Turn {
    /// Hands over to anybody.
    fn next(&mut self) {
        let running: Vec<usize> = (0..self.running.len()).filter(|place| self.running[*place]).collect();
        if !running.is_empty() {
            self.at = self.chance.pick(&running);
        }
    }
}

impl Baton {
    fn new(seed: u64, processes: usize) -> Arc<Baton> {
        let turn = Turn { chance: Chance::of(seed, "turns"), at: 0, running: vec![true; processes] };
        Arc::new(Baton { state: Mutex::new(turn), changed: Condvar::new() })
    }
}

/// A process's place among the others.
struct Seat {
    baton: Arc<Baton>,
    place: usize,
}

impl Seat {
    fn wait(&self) {
        let mut turn = self.baton.state.lock().unwrap();
        while turn.at != self.place {
            turn = self.baton.changed.wait(turn).unwrap();
        }
    }

    fn leave(&self) {
        let mut turn = self.baton.state.lock().unwrap();
        turn.running[self.place] = false;
        turn.next();
        self.baton.changed.notify_all();
    }
}

impl Turns for Seat {
    fn pass(&self) {
        {
            let mut turn = self.baton.state.lock().unwrap();
            // Most steps are followed by the process's own next one.
            if turn.chance.is(60.0) {
                return;
            }
            turn.next();
            self.baton.changed.notify_all();
        }
        self.wait();
    }

    fn place(&self) -> usize {
        self.place
    }
}

/// Runs `work` in so many processes, interleaved by the seed. `store` gives each its own.
pub fn run(
    seed: u64,
    stage: &Arc<Stage>,
    config: &Value,
    stores: Vec<Arc<dyn Store>>,
    work: impl Fn(usize, &Client, &Process) + Sync,
) {
    let baton = Baton::new(seed, stores.len());
    std::thread::scope(|scope| {
        for (place, store) in stores.into_iter().enumerate() {
            let seat = Arc::new(Seat { baton: baton.clone(), place });
            let (work, stage) = (&work, stage.clone());
            scope.spawn(move || {
                finaut_core::random::replay(Some(seed * 1000 + place as u64));
                seat.wait();
                let process = Process::new(&stage, store, seat.clone(), None);
                let config = Config::read(config.to_string().as_bytes(), &|_| None).unwrap();
                let client = Client::over(process.clone(), config, process.clone(), process.clone());
                let done = catch_unwind(AssertUnwindSafe(|| work(place, &client, &process)));
                drop(client);
                seat.leave();
                if let Err(thrown) = done {
                    std::panic::resume_unwind(thrown);
                }
            });
        }
    });
}

pub fn call(client: &Client, operation: &str, args: Value) -> Result<Value, Error> {
    finaut_core::call(client, operation, &args.to_string()).map(|reply| reply.view().unwrap())
}

fn quiet(seed: u64) -> Trouble {
    let chance = Chance::of(seed, "trouble");
    Trouble { chance, is_on: false, strikes: 0, kills: 0, is_timeless: false, timeout_s: 30.0, settle_s: 1.0, late_s: 60.0 }
}

fn stage(seed: u64, users: usize, requests: usize, per_s: f64) -> Arc<Stage> {
    let builder = Sandbox::builder()
        .users(users)
        .seed(seed)
        .throttle(requests, per_s)
        .credentials(CLIENT.0, CLIENT.1)
        .account(JUDGE.0, JUDGE.1)
        .start_at(NIGHT)
        .speed(0.0)
        .switches(|switches| *switches = Switches::default());
    Arc::new(Stage::new(NIGHT, Server::Inside(Box::new(builder.model())), quiet(seed)))
}

/// Two token requests lie so far apart: nobody fetches what another has.
fn check_tokens(seen: &[Seen]) {
    let fetched: Vec<f64> = seen.iter().filter(|one| one.is_token()).map(|one| one.at).collect();
    assert!(!fetched.is_empty());
    assert!(fetched.windows(2).all(|pair| pair[1] - pair[0] > 2800.0), "{fetched:?}");
}

#[test]
fn processes_share_their_slots_and_fetch_each_token_once() {
    for seed in 0..10 {
        let stage = stage(seed, 3, 9, 60.0);
        let medium = Medium::new().unwrap();
        let config = json!({
            "host": HOST, "client_id": CLIENT.0, "client_secret": CLIENT.1, "throttle": {"requests": 9, "per_s": 60}, "max_wait_s": 3000,
        });
        let stores = (0..3).map(|_| Arc::new(medium.begin()) as Arc<dyn Store>).collect();
        run(seed, &stage, &config, stores, |_, client, _| {
            for _ in 0..9 {
                call(client, "users.get", json!({ "id": 590_001, "fresh": true })).unwrap_or_else(|e| panic!("{}", e.json()));
            }
        });
        let inside = stage.inside();
        assert_eq!(inside.server.count_429(), 0, "seed {seed}");
        let asked: Vec<f64> = inside.seen.iter().filter(|one| !one.is_token()).map(|one| one.at).collect();
        assert_eq!(asked.len(), 27, "seed {seed}");
        assert!(asked.windows(10).all(|some| some[9] - some[0] >= 60.0), "seed {seed}: {asked:?}");
        let who: std::collections::BTreeSet<usize> = inside.seen.iter().map(|one| one.who).collect();
        assert_eq!(who.len(), 3, "seed {seed}");
        check_tokens(&inside.seen);
    }
}

#[test]
fn one_sync_runs_at_a_time_however_processes_interleave() {
    let folder = Folder::new("together");
    let (mut busy, mut done) = (0, 0);
    for seed in 0..12 {
        let mut night = Night::new(seed, How::default(), None, &folder.0);
        night.begin().unwrap_or_else(|failure| panic!("seed {seed}: {failure}"));
        let before = night.stage.inside().seen.len();
        let ended = Mutex::new(Vec::new());
        let stores = (0..3).map(|_| Arc::new(night.medium.begin()) as Arc<dyn Store>).collect();
        let (config, args) = (night.config.clone(), night.args());
        run(seed, &night.stage, &config, stores, |_, client, _| {
            let ran = call(client, "sync.run", args.clone());
            ended.lock().unwrap().push(match ran {
                Ok(_) => "done",
                Err(e) if e.code() == Code::Busy => "busy",
                Err(e) if e.code() == Code::Held => "held",
                Err(e) => panic!("seed {seed}: {}", e.json()),
            });
        });
        let ended = ended.into_inner().unwrap();
        busy += ended.iter().filter(|end| **end == "busy").count();
        done += ended.iter().filter(|end| **end != "busy").count();
        // One's requests come after the other's: nobody begins before another has ended.
        let seen: Vec<Seen> = night.stage.inside().seen[before..].to_vec();
        let mut who: Vec<usize> = seen.iter().filter(|one| !one.is_token()).map(|one| one.who).collect();
        who.dedup();
        let mut each = who.clone();
        each.sort_unstable();
        each.dedup();
        assert_eq!(who.len(), each.len(), "seed {seed}: {who:?}");
        check_tokens(&night.stage.inside().seen);
        night.end().unwrap_or_else(|failure| panic!("seed {seed}: {failure}"));
    }
    assert!(busy > 2 && done >= 12, "{busy} were told to wait, {done} ran");
}

#[test]
fn each_event_is_delivered_and_acknowledged_once_however_processes_interleave() {
    let folder = Folder::new("inbox");
    for seed in 0..6 {
        let stage = stage(seed, 6, 200, 3600.0);
        let state = folder.0.join(format!("{seed}.db"));
        let config = json!({
            "host": HOST, "client_id": CLIENT.0, "client_secret": CLIENT.1, "state": state, "max_wait_s": 60,
        });
        let read = Config::read(config.to_string().as_bytes(), &|_| None).unwrap();
        let open =
            |clock: &dyn Clock| Arc::new(SqliteStore::open(state.to_str().unwrap(), &read, clock).unwrap()) as Arc<dyn Store>;
        let clock = Process::new(&stage, Arc::new(Medium::new().unwrap().begin()), Arc::new(super::process::Alone), None);
        let first = Process::new(&stage, open(&*clock), Arc::new(super::process::Alone), None);
        let client =
            Client::over(first.clone(), Config::read(config.to_string().as_bytes(), &|_| None).unwrap(), first.clone(), first);
        call(&client, "inbox.poll", json!({})).unwrap_or_else(|e| panic!("{}", e.json()));
        while let Some(event) = call(&client, "inbox.next", json!({})).ok().filter(|event| !event.is_null()) {
            call(&client, "inbox.acknowledge", json!({ "event": event["event"] })).unwrap();
        }
        stage.pass(3600.0);
        for user in 590_001..590_006 {
            stage.inside().server.add_status(user, "afr", "afrkurs");
        }
        let handled: Mutex<BTreeMap<u64, Vec<usize>>> = Mutex::default();
        let stores = (0..3).map(|_| open(&*clock)).collect();
        run(seed, &stage, &config, stores, |place, client, process| {
            for _ in 0..6 {
                match call(client, "inbox.poll", json!({})) {
                    Ok(_) => {}
                    Err(e) if matches!(e.code(), Code::Busy | Code::Throttled) => {}
                    Err(e) => panic!("seed {seed}: {}", e.json()),
                }
                while let Some(event) = call(client, "inbox.next", json!({})).ok().filter(|event| !event.is_null()) {
                    let number = event["event"].as_u64().unwrap();
                    handled.lock().unwrap().entry(number).or_default().push(place);
                    call(client, "inbox.acknowledge", json!({ "event": number })).unwrap();
                }
                process.sleep(1.0);
            }
        });
        let handled = handled.into_inner().unwrap();
        assert_eq!(handled.len(), 5, "seed {seed}: {handled:?}");
        assert!(handled.values().all(|by| by.len() == 1), "seed {seed}: {handled:?}");
        let status = call(&client, "inbox.list", json!({})).unwrap();
        assert_eq!((&status["waiting"], &status["leased"]), (&json!(0), &json!(0)), "seed {seed}: {status}");
    }
}
