//! Nights in simulated time at 200 requests an hour: what the sync asks and how long it takes, for companies of several sizes and several
//! numbers of changes, beside a job that goes person by person. Everything is the released client and sync; clock and server are in this
//! process. Prints a table for docs/performance.md, and with a folder's name writes it there as sync-hours.csv, of which
//! benches/sync_hours.py draws the picture.
//!
//! Run: `cargo bench -p finaut-core --bench sync_hours [-- --csv docs/pictures/sync-hours.csv] [-- --least 1000 --most 10000]`

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // a bench that cannot go on stops
#![allow(clippy::print_stdout, dead_code)]

use std::fmt::Write as _;

#[path = "../core/tests/shared/clocks.rs"]
mod clocks;
#[path = "../core/tests/shared/hours.rs"]
mod hours;
#[path = "../core/tests/shared/in_process.rs"]
mod in_process;

use hours::{Company, Night};

const PEOPLE: [usize; 4] = [100, 1_000, 10_000, 50_000];
const CHANGES: [usize; 4] = [0, 50, 500, 2_000];

fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let cut = digits.len().saturating_sub(3);
    if cut == 0 { digits } else { format!("{} {}", spaced(number / 1000), &digits[cut..]) }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |name: &str, without: usize| after(name).map_or(without, |number| number.parse().unwrap());
    let sizes = number("--least", 0)..=number("--most", usize::MAX);
    let mut csv = "people,changes,requests,least,bound,hours,by_person_requests,by_person_hours\n".to_owned();
    println!(
        "| people | changes | requests | at least `P + W` | bound | hours | whole hours that the bound must wait | person by person: requests | hours |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for people in PEOPLE.into_iter().filter(|people| sizes.contains(people)) {
        let (mut company, mut by_person) = (Company::new(people, "sync"), Company::new(people, "by-person"));
        company.settle();
        // More people cannot change than there are.
        for changes in CHANGES.into_iter().filter(|changes| changes * 2 <= people || *changes == 50) {
            let night = company.sync(changes);
            assert!(night.requests <= night.bound, "{night:?}");
            let should_s = night.should_take_s();
            assert!(night.took_s <= should_s * 1.01 + 10.0 && night.took_s >= should_s * 0.99 - 1.0, "{should_s} s: {night:?}");
            let other = by_person.person_by_person(changes);
            println!(
                "| {} | {} | {} | {} | {} | {:.2} | {} | {} | {:.2} |",
                spaced(night.people),
                spaced(changes as u64),
                spaced(night.requests),
                spaced(night.least),
                spaced(night.bound),
                night.took_s / 3600.0,
                Night::hours(night.bound),
                spaced(other.requests),
                other.took_s / 3600.0
            );
            let _ = writeln!(
                csv,
                "{},{changes},{},{},{},{:.4},{},{:.4}",
                people,
                night.requests,
                night.least,
                night.bound,
                night.took_s / 3600.0,
                other.requests,
                other.took_s / 3600.0
            );
        }
    }
    if let Some(path) = after("--csv") {
        std::fs::write(path, csv).unwrap();
    }
}
