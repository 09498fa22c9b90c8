//! Simulates the throttle: 1,000 requests at 200 an hour, 8 in flight, through the library's own arithmetic (core/src/throttle.rs) and an
//! exact server log, in simulated time. Prints how many were refused (goal: none) and how long all took over the bound of 4 hours (goal:
//! at most 1.003). Beside it stands the least that the same answers allow: each request goes at the very moment at which a slot is free
//! that is held for one window from when the server counted, which no client can know.
//!
//! Run: `rustc --edition 2024 -O -o throttle benches/throttle.rs && ./throttle` (a few seconds), or `cargo bench --bench throttle`.

#![allow(clippy::panic)] // a simulation that gets stuck stops

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// The arithmetic needs nothing else of the library; so this program is built in two seconds.
mod config {
    /// The server's limit, as in core/src/config/throttle.rs.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Rule {
        pub requests: usize,
        pub per_s: f64,
        pub reserve: usize,
    }
}
#[path = "../core/src/throttle.rs"]
#[allow(dead_code)]
mod throttle;

use config::Rule;
use throttle::{ASK_AGAIN_S, Origin, Priority, Settlement, SlotId, SlotLog, Taken, WaiterId};

const RULE: Rule = Rule { requests: 200, per_s: 3600.0, reserve: 0 };
const REQUESTS: usize = 1_000;
const IN_FLIGHT: usize = 8;
const SEEDS: u64 = 20;

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// How long the answers take.
struct Answers {
    name: &'static str,
    takes_s: fn(&mut Dice) -> f64,
}

const ANSWERS: [Answers; 3] = [
    Answers { name: "10 to 500 ms", takes_s: |dice| 0.01 + 0.49 * dice.roll() },
    Answers { name: "10 ms to 2 s", takes_s: |dice| 0.01 + 1.99 * dice.roll() },
    Answers { name: "up to 1 s, one in fifty 20 s", takes_s: |dice| if dice.roll() < 0.02 { 20.0 } else { dice.roll() } },
];

/// How long a request's answer takes, and how long after its sending the server counts it: at any moment between.
fn request(answers: &Answers, dice: &mut Dice) -> (f64, f64) {
    let takes_s = (answers.takes_s)(dice);
    (takes_s, takes_s * dice.roll())
}

fn micros(seconds: f64) -> u64 {
    (seconds * 1e6).round() as u64
}

/// The server's log, as DRF keeps it (`SimpleRateThrottle`: refused requests are not recorded).
#[derive(Default)]
struct Server {
    log: VecDeque<f64>,
    refused: usize,
}

impl Server {
    fn arrive(&mut self, now: f64) {
        self.log.retain(|at| *at > now - RULE.per_s);
        if self.log.len() < RULE.requests {
            self.log.push_back(now);
        } else {
            self.refused += 1;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Ask(Option<WaiterId>),
    Arrive,
    Answer(SlotId),
}

/// The moment of the last answer, in seconds, and how many requests were refused. Whoever waits asks again as client/slot.rs does.
fn with_the_log(answers: &Answers, seed: u64) -> (f64, usize) {
    let (mut dice, mut log, mut server) = (Dice(seed), SlotLog::new(0), Server::default());
    let mut steps = BinaryHeap::new();
    (0..IN_FLIGHT).for_each(|worker| steps.push(Reverse((0, worker, Step::Ask(None)))));
    let (mut sent, mut answered, mut last) = (0, 0, 0.0);
    while answered < REQUESTS {
        let Some(Reverse((at_us, worker, step))) = steps.pop() else { panic!("everybody waits for nothing") };
        let now = at_us as f64 / 1e6;
        match step {
            Step::Ask(waiter) if sent >= REQUESTS => waiter.iter().for_each(|waiter| log.leave(*waiter)),
            Step::Ask(waiter) => match log.take(now, &RULE, Priority::Bulk, 30.0, waiter, &Origin::default()) {
                Taken::Slot(slot) => {
                    sent += 1;
                    let (takes_s, counted_s) = request(answers, &mut dice);
                    steps.push(Reverse((at_us + micros(counted_s), worker, Step::Arrive)));
                    steps.push(Reverse((at_us + micros(takes_s) + 1, worker, Step::Answer(slot))));
                }
                Taken::Wait { seconds, waiter, .. } => {
                    let again_us = micros(seconds.min(ASK_AGAIN_S)).max(1);
                    steps.push(Reverse((at_us + again_us, worker, Step::Ask(Some(waiter)))));
                }
            },
            Step::Arrive => server.arrive(now),
            Step::Answer(slot) => {
                log.settle(slot, Settlement::Counted { age_s: 0.0 }, now, &RULE);
                (answered, last) = (answered + 1, now);
                steps.push(Reverse((at_us, worker, Step::Ask(None))));
            }
        }
    }
    (last, server.refused)
}

/// The moment of the last answer, in seconds, where each slot is free one window after the server counted its last request.
fn at_least(answers: &Answers, seed: u64) -> f64 {
    let mut dice = Dice(seed);
    let mut slots: BinaryHeap<_> = (0..RULE.requests).map(|_| Reverse(0)).collect();
    let mut workers: BinaryHeap<_> = (0..IN_FLIGHT).map(|_| Reverse(0)).collect();
    let mut last = 0;
    for _ in 0..REQUESTS {
        let (Some(Reverse(free)), Some(Reverse(ready))) = (slots.pop(), workers.pop()) else { panic!("nobody is left") };
        let at_us = free.max(ready);
        let (takes_s, counted_s) = request(answers, &mut dice);
        slots.push(Reverse(at_us + micros(counted_s + RULE.per_s)));
        workers.push(Reverse(at_us + micros(takes_s)));
        last = last.max(at_us + micros(takes_s));
    }
    last as f64 / 1e6
}

/// The middle and the worst of some times, in hours.
fn hours(mut times_s: Vec<f64>) -> (f64, f64) {
    times_s.sort_by(f64::total_cmp);
    let at = |place: usize| times_s.get(place).copied().unwrap_or_default() / 3600.0;
    (at(times_s.len() / 2), at(times_s.len() - 1))
}

fn main() {
    let bound_h = ((REQUESTS - 1) / RULE.requests) as f64 * RULE.per_s / 3600.0;
    println!(
        "{REQUESTS} requests, {} in {} s, {IN_FLIGHT} in flight; {SEEDS} runs for each kind of answers.\n",
        RULE.requests, RULE.per_s
    );
    println!("| answers take | refused | hours, middle and worst | worst over the bound of {bound_h} h | at least, worst |");
    println!("|---|---|---|---|---|");
    for answers in &ANSWERS {
        let runs: Vec<_> = (0..SEEDS).map(|seed| with_the_log(answers, seed)).collect();
        let refused: usize = runs.iter().map(|(_, refused)| refused).sum();
        let (middle, worst) = hours(runs.iter().map(|(last, _)| *last).collect());
        let (_, least) = hours((0..SEEDS).map(|seed| at_least(answers, seed)).collect());
        println!("| {} | {refused} | {middle:.4}, {worst:.4} | {:.4} | {least:.4} h |", answers.name, worst / bound_h);
    }
}
