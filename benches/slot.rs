//! Measures taking a slot of the in-process store and settling it, alone and with 8 threads at it; the log is as full as it
//! gets in life, 190 of 200. Run: `cargo bench --bench slot`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a measurement that fails stops

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use finaut_core::clock::SystemClock;
use finaut_core::config::Rule;
use finaut_core::store::memory::MemoryStore;
use finaut_core::store::{At, Store};
use finaut_core::throttle::{Origin, Priority, Settlement, SlotLog, Taken};

const RULE: Rule = Rule { requests: 200, per_s: 3600.0, reserve: 0 };
/// Seconds from one slot to the next: 3600 / 19 = 189 slots are held at any time, which leaves room for 8 in flight.
const STEP_S: u64 = 19;
const THREADS: u64 = 8;

/// A store, and the time, which goes on with each slot.
struct Account {
    store: MemoryStore,
    steps: AtomicU64,
}

impl Account {
    fn full() -> Account {
        let account = Account { store: MemoryStore::alone().unwrap(), steps: AtomicU64::new(0) };
        (0..500).for_each(|_| account.take_and_settle());
        let mut used = 0;
        account.log(&mut |log| used = log.budget(account.now(), &RULE, Priority::Bulk, 0).used);
        assert!((185..=192).contains(&used), "{used} slots are held");
        account
    }

    fn now(&self) -> f64 {
        (self.steps.fetch_add(1, Ordering::Relaxed) * STEP_S) as f64
    }

    fn log(&self, work: &mut dyn FnMut(&mut SlotLog)) {
        self.store.with_slots(At { clock: &SystemClock, patience_s: 0.0 }, &mut |log, _| work(log)).unwrap();
    }

    fn take_and_settle(&self) {
        let now = self.now();
        let mut taken = None;
        self.log(&mut |log| taken = Some(log.take(now, &RULE, Priority::Bulk, 30.0, None, &Origin::default())));
        let Some(Taken::Slot(slot)) = taken else { panic!("a measured call would have to wait: {taken:?}") };
        self.log(&mut |log| log.settle(slot, Settlement::Counted { age_s: 0.0 }, now + 0.1, &RULE));
    }
}

/// The time on the wall for `slots` slots that the threads share.
fn shared(account: &Account, slots: u64) -> Duration {
    let (begin, end) = (Barrier::new(THREADS as usize + 1), Barrier::new(THREADS as usize + 1));
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (begin, end) = (&begin, &end);
            scope.spawn(move || {
                let share = slots / THREADS + u64::from(thread < slots % THREADS);
                begin.wait();
                (0..share).for_each(|_| account.take_and_settle());
                end.wait();
            });
        }
        begin.wait();
        let started = Instant::now();
        end.wait();
        started.elapsed()
    })
}

fn slot(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a slot taken and settled");
    let account = Account::full();
    group.bench_function("alone", |bencher| bencher.iter(|| account.take_and_settle()));
    let account = Account::full();
    // The time per slot of all threads together.
    group.bench_function("8 threads", |bencher| bencher.iter_custom(|slots| shared(&account, slots)));
    group.finish();
}

criterion_group!(benches, slot);
criterion_main!(benches);
