//! Measures taking a slot through the state file and settling it, on the folder's own disk: alone, and with 8 processes at it;
//! and keeping one webhook so that it is on the disk. The log is as full as it gets in life, 190 of 200. Run:
//! `cargo bench --bench file`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a measurement that fails stops

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use finaut_core::clock::SystemClock;
use finaut_core::config::{Config, Rule};
use finaut_core::json::Json;
use finaut_core::store::inbox::{Arrival, Limits, Observation, Prints};
use finaut_core::store::sqlite::SqliteStore;
use finaut_core::store::{At, Store};
use finaut_core::throttle::{Origin, Priority, Settlement, SlotLog, Taken};

/// 190 slots are always held, and there is room for more: what is measured is the file, not waiting.
const RULE: Rule = Rule { requests: 100_000, per_s: 3600.0, reserve: 0 };
const HELD: usize = 190;
const ROUNDS: usize = 3_000;
const PROCESSES: usize = 8;

fn open(path: &str) -> SqliteStore {
    let config = Config::read(br#"{"client_id": "bench", "client_secret": "bench-secret"}"#, &|_| None).unwrap();
    SqliteStore::open(path, &config, &SystemClock).unwrap()
}

fn at() -> At<'static> {
    At { clock: &SystemClock, patience_s: 60.0 }
}

fn take(store: &SqliteStore) -> u64 {
    let mut taken = None;
    store
        .with_slots(at(), &mut |log: &mut SlotLog, now| {
            taken = Some(log.take(now, &RULE, Priority::Bulk, 30.0, None, &Origin::default()));
        })
        .unwrap();
    match taken {
        Some(Taken::Slot(slot)) => slot,
        other => panic!("a measured call would have to wait: {other:?}"),
    }
}

/// One slot taken and given back: two transactions, as each request has.
fn round(store: &SqliteStore) -> f64 {
    let started = Instant::now();
    let slot = take(store);
    store.with_slots(at(), &mut |log: &mut SlotLog, now| log.settle(slot, Settlement::GivenBack, now, &RULE)).unwrap();
    started.elapsed().as_secs_f64() * 1e6
}

/// One webhook kept durably, as the receiver keeps one that comes alone.
fn webhook(store: &SqliteStore, number: usize) -> f64 {
    let observation = Observation {
        key: format!("{number:064}"),
        kind: "result".to_owned(),
        object: Json::of(&"x".repeat(400)),
        prints: (0..8).map(|n| (format!("{n:016}"), format!("{number:016}"))).collect::<Prints>(),
        verified: true,
        silent: false,
        fleeting: false,
        link: None,
    };
    let arrival = Arrival { observations: vec![observation], ..Arrival::default() };
    let started = Instant::now();
    store.inbox().unwrap().arrive(at(), &[arrival], Limits { most: 1_000_000, keep_s: 1e9 }).unwrap();
    started.elapsed().as_secs_f64() * 1e6
}

fn report(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what}: p50 {:.0} µs, p99 {:.0} µs, of {} times", at(0.5), at(0.99), times.len());
}

fn main() {
    if let Ok(path) = std::env::var("FINAUT_BENCH_FILE") {
        let store = open(&path);
        (0..ROUNDS / PROCESSES).for_each(|_| println!("{}", round(&store)));
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("bench-{}.db", std::process::id()));
    let path = path.to_str().unwrap();
    let store = open(path);
    for _ in 0..HELD {
        let slot = take(&store);
        store
            .with_slots(at(), &mut |log: &mut SlotLog, now| log.settle(slot, Settlement::Counted { age_s: 0.0 }, now, &RULE))
            .unwrap();
    }
    (0..200).for_each(|_| _ = round(&store));
    report("slot taken and settled, alone", (0..ROUNDS).map(|_| round(&store)).collect());
    let workers: Vec<_> = (0..PROCESSES)
        .map(|_| {
            Command::new(std::env::current_exe().unwrap())
                .env("FINAUT_BENCH_FILE", path)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let outputs: Vec<_> = workers.into_iter().map(|worker| worker.wait_with_output().unwrap()).collect();
    let times = outputs.iter().flat_map(|output| {
        String::from_utf8_lossy(&output.stdout).lines().map(|line| line.parse().unwrap()).collect::<Vec<f64>>()
    });
    report("slot taken and settled, 8 processes", times.collect());
    report("webhook kept durably", (0..ROUNDS / 3).map(|n| webhook(&store, n)).collect());
    drop(store);
    for end in ["", "-journal", "-quota", "-quota-journal"] {
        let _ = std::fs::remove_file(format!("{path}{end}"));
    }
}
