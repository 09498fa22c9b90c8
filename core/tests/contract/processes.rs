//! Several processes at one state: waiting for each other, dying in the middle, forking. What a process does for the other tests
//! stands here too.

use std::io::Write;
use std::sync::Mutex;

use finaut_core::clock::{Clock, SystemClock};
use finaut_core::config::Rule;
use finaut_core::error::Code;
use finaut_core::json::Json;
use finaut_core::store::pending::Begun;
use finaut_core::store::shelves::Change;
use finaut_core::store::{At, Store};
use finaut_core::throttle::Taken;
use finaut_core::token::Decision;
use serde_json::{Value, json};

#[cfg(unix)]
use super::alone::alone;
use super::inbox::{LIMITS, arrival};
use super::place::{HOUR, Place, at, closing, open, opening, slot, take, used};
use super::shelves;

/// Not a test of its own: what a worker process does.
#[test]
fn task() {
    let Ok(task) = std::env::var("FINAUT_CONTRACT") else { return };
    let task: Value = serde_json::from_str(&task).unwrap();
    let store = open(&task["config"], &SystemClock);
    match task["task"].as_str().unwrap() {
        "take 20 slots" => (0..20).for_each(|_| println!("slot:{}", slot(&*store, at(), &HOUR))),
        "ask for the token until told" => {
            store
                .with_token(at(), &mut |state, now| match state.decide(now, 0.0, false, 3000.0) {
                    Decision::Lead { .. } => println!("lead"),
                    Decision::Follow => println!("follow"),
                    other => println!("{other:?}"),
                })
                .unwrap();
            stay();
        }
        "wait for a slot and die" => {
            wait(&*store);
            die();
        }
        "wait for a slot until told" => {
            wait(&*store);
            println!("waiting");
            stay();
        }
        "take a lease and die" => {
            assert!(store.take_lease(at(), "name", "killed", 100.0).unwrap());
            die();
        }
        "begin a creation and die" => {
            assert!(matches!(
                store.pending().begin(at(), "key", &Json::of(&"somebody"), &opening("1")).unwrap(),
                Begun::Ours(_)
            ));
            die();
        }
        "open a line and die" => {
            store.journal().open(at(), &opening("killed")).unwrap();
            die();
        }
        "close a line and die" => {
            store.journal().open(at(), &opening("killed")).unwrap();
            store.journal().close(at(), "killed", &closing("done")).unwrap();
            die();
        }
        "put a document and die" => {
            store.shelves().change(at(), &[], &[Change::put("shelf", "key", Json::of(&"killed"))]).unwrap();
            die();
        }
        "put documents among others" => shelves::put_among_others(&*store),
        "put pairs until killed" => shelves::put_pairs_without_end(&*store),
        "begin a creation" => match store.pending().begin(at(), "key", &Json::null(), &opening("1")).unwrap() {
            Begun::Ours(_) => println!("ours"),
            Begun::Another(_) => println!("another's"),
        },
        "keep an arrival and die" => {
            let key = std::process::id().to_string();
            store.inbox().unwrap().arrive(at(), &[arrival(&key, "new")], LIMITS).unwrap();
            die();
        }
        "hold the slots until told" => store
            .with_slots(at(), &mut |_, _| {
                println!("held");
                stay();
            })
            .unwrap(),
        other => panic!("{other}"),
    }
}

/// Waits for a slot where all are taken.
fn wait(store: &dyn Store) {
    let rule = Rule { requests: 1, ..HOUR };
    assert!(matches!(take(store, at(), &rule), Taken::Wait { .. }));
}

/// Waits until told to go on.
fn stay() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
}

/// Ends this process as `kill -9` does.
fn die() {
    #[cfg(unix)]
    // SAFETY: a signal to this very process.
    unsafe {
        libc::kill(libc::getpid(), libc::SIGKILL);
    }
    std::process::abort();
}

/// A clock on which sleeping is all the time that passes.
#[derive(Debug, Default)]
struct Sleeper(Mutex<f64>);

impl Clock for Sleeper {
    fn now(&self) -> f64 {
        *self.0.lock().unwrap()
    }
    fn wall(&self) -> f64 {
        SystemClock.wall()
    }
    fn boot(&self) -> &str {
        SystemClock.boot()
    }
    fn sleep(&self, seconds: f64) {
        *self.0.lock().unwrap() += seconds;
        SystemClock.sleep(seconds.min(0.001));
    }
}

/// Mutant: `patience-ignored`.
pub fn a_store_that_others_hold_is_waited_for_as_long_as_was_said(place: &Place) {
    let store = place.open(json!({}));
    slot(&*store, at(), &HOUR);
    let mut holder = place.process("hold the slots until told");
    place.wait_for(&mut holder, "held");
    let clock = Sleeper(Mutex::new(SystemClock.now()));
    let began = clock.now();
    let error = store.with_slots(At { clock: &clock, patience_s: 1.5 }, &mut |_, _| {}).unwrap_err();
    assert_eq!(error.code(), Code::State);
    assert!((1.5..1.6).contains(&(clock.now() - began)), "{} s", clock.now() - began);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| used(&*store, at(), &HOUR));
        holder.stdin.take().unwrap().write_all(b"go on\n").unwrap();
        assert_eq!(waiting.join().unwrap(), 1);
    });
    holder.wait().unwrap();
}

/// Mutant: `connection-kept-over-a-fork`.
#[cfg(unix)]
pub fn parent_and_child_hold_their_own_after_a_fork(place: &Place) {
    alone("sqlite::parent_and_child_hold_their_own_after_a_fork", || fork_again_and_again(place));
}

#[cfg(unix)]
fn fork_again_and_again(place: &Place) {
    finaut_core::process::prepare();
    let store = place.open(json!({}));
    slot(&*store, at(), &HOUR);
    for round in 1..=20 {
        let descriptors = |of: &str| {
            std::fs::read_dir(format!("/proc/{of}/fd")).map_or(0, |fds| {
                fds.flatten()
                    .filter(|fd| std::fs::read_link(fd.path()).is_ok_and(|to| to.to_string_lossy().contains("/state")))
                    .count()
            })
        };
        // SAFETY: the child takes a slot and leaves; an alarm ends it should it hang.
        unsafe {
            let child = libc::fork();
            if child == 0 {
                libc::alarm(600);
                let inherited = descriptors("self");
                slot(&*store, at(), &HOUR);
                libc::_exit(i32::from(inherited > 0));
            }
            slot(&*store, at(), &HOUR);
            let mut status = 0;
            assert_eq!(libc::waitpid(child, &mut status, 0), child);
            assert!(libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0, "{status:x}: a descriptor was inherited");
        }
        assert_eq!(used(&*store, at(), &HOUR), 1 + 2 * round);
    }
}

/// Nothing forks here.
#[cfg(not(unix))]
pub fn parent_and_child_hold_their_own_after_a_fork(_: &Place) {}
