//! Nights of the sync in simulated time, as FoundationDB and TigerBeetle test: the client, the planner and `sync.run` of the release,
//! against the sandbox's register in the same process, without a socket and without a sleep. From one seed come the company, its files,
//! the latencies, every fault, and the points at which processes die.
//!
//! `FINAUT_SIMULATION_SEED` plays one seed again, exactly; `FINAUT_SIMULATION_NIGHTS` says how many nights there are (thousands take an
//! optimised build: `cargo test --config tests/thorough.toml -p finaut-core -p xtask --test simulation`).

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)] // a test fails by panicking, and tells what it did

mod chance;
mod company;
mod counts;
mod night;
mod process;
mod stage;
mod together;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use counts::Counts;
use night::{Failure, Folder, How, Night};

/// How many nights there are where the environment names no number: what a debug build does in seconds.
const NIGHTS: u64 = 200;
/// After so many failing seeds nothing more is learnt.
const MOST_FAILURES: usize = 5;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// Plays one night. `Err`: what was broken.
fn play(seed: u64, folder: &Folder) -> Result<Counts, Failure> {
    let mut night = Night::new(seed, How::default(), None, &folder.0);
    night.play()?;
    night.counts.nights += 1;
    *night.counts.storms.entry(night.company.storm).or_default() += 1;
    Ok(night.counts)
}

/// Plays nights on all cores, and adds them up.
fn play_all(first: u64, nights: u64) -> (Counts, Vec<(u64, Failure)>) {
    let (all, failures, next) = (Mutex::new(Counts::default()), Mutex::new(Vec::new()), AtomicU64::new(first));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (all, failures, next) = (&all, &failures, &next);
            std::thread::Builder::new()
                .name(format!("nights {thread}"))
                .stack_size(8 << 20)
                .spawn_scoped(scope, move || {
                    let folder = Folder::new(&format!("{first}-{thread}"));
                    let mut counts = Counts::default();
                    loop {
                        let seed = next.fetch_add(1, Ordering::SeqCst);
                        if seed >= first + nights || failures.lock().unwrap().len() >= MOST_FAILURES {
                            break;
                        }
                        match play(seed, &folder) {
                            Ok(played) => counts.add(&played),
                            Err(failure) => failures.lock().unwrap().push((seed, failure)),
                        }
                    }
                    all.lock().unwrap().add(&counts);
                })
                .unwrap();
        }
    });
    (all.into_inner().unwrap(), failures.into_inner().unwrap())
}

#[test]
fn whatever_goes_wrong_the_end_is_what_was_wished() {
    if let Some(seed) = number("FINAUT_SIMULATION_SEED") {
        let folder = Folder::new("one");
        let played = play(seed, &folder);
        println!("seed {seed}: {}", played.as_ref().map_or_else(Clone::clone, Counts::to_string));
        assert!(played.is_ok(), "the seed fails");
        return;
    }
    let (counts, failures) = play_all(0, number("FINAUT_SIMULATION_NIGHTS").unwrap_or(NIGHTS));
    println!("{counts}");
    let told: Vec<String> = failures
        .iter()
        .map(|(seed, failure)| {
            format!("FINAUT_SIMULATION_SEED={seed} plays it again: {}", failure.chars().take(6000).collect::<String>())
        })
        .collect();
    assert!(failures.is_empty(), "{}", told.join("\n\n"));
}

/// Plays the nights of ten seeds in process and over HTTP, against the sandbox behind a socket.
#[test]
fn the_requests_are_the_same_over_http_byte_for_byte() {
    let folder = Folder::new("http");
    let (mut requests, mut struck) = (0, 0);
    for seed in 0..10 {
        let mut over = Night::new(seed, How { is_behind: true, is_timeless: true }, None, &folder.0);
        let host = over.host.clone();
        let wire = over.requests().unwrap_or_else(|failure| panic!("seed {seed} over HTTP: {failure}"));
        struck += over.stage.inside().struck.values().sum::<u64>();
        drop(over);
        let mut inside = Night::new(seed, How { is_behind: false, is_timeless: true }, Some(&host), &folder.0);
        let here = inside.requests().unwrap_or_else(|failure| panic!("seed {seed}: {failure}"));
        for (place, (one, other)) in here.iter().zip(&wire).enumerate() {
            assert_eq!(one, other, "seed {seed}, request {place}");
        }
        assert_eq!(here.len(), wire.len(), "seed {seed}");
        requests += wire.len();
    }
    println!("{requests} requests, {struck} of them struck");
    assert!(requests > 100 && struck > 5);
}

#[test]
fn a_seed_plays_the_same_night_each_time() {
    let folder = Folder::new("again");
    for seed in 100..106 {
        let play = || {
            let mut night = Night::new(seed, How::default(), None, &folder.0);
            night.play().unwrap_or_else(|failure| panic!("seed {seed}: {failure}"));
            let inside = night.stage.inside();
            (inside.now, inside.seen.clone())
        };
        let (one, other) = (play(), play());
        assert_eq!(one, other, "seed {seed}");
        assert!(one.1.len() > 5);
    }
}
