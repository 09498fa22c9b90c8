//! Parent and child go on after a fork, both through the file.
#![cfg(unix)]

use finaut_sandbox::Sandbox;
use serde_json::json;

use super::processes::alone;
use super::stage::{Stage, call};

#[test]
fn parent_and_child_go_on_through_the_file() {
    alone("forks::parent_and_child_go_on_through_the_file", both_go_on);
}

fn both_go_on() {
    let stage = Stage::new(Sandbox::builder().users(5));
    let client = stage.client(json!({}));
    call(&client, "check", json!({})).unwrap();
    let mut children = Vec::new();
    for _ in 0..10 {
        // SAFETY: the child calls the library and leaves; an alarm ends it should it hang.
        unsafe {
            let child = libc::fork();
            if child == 0 {
                libc::alarm(600);
                let fine = (0..3).all(|_| call(&client, "check", json!({})).is_ok());
                libc::_exit(i32::from(!fine));
            }
            children.push(child);
        }
        call(&client, "check", json!({})).unwrap();
    }
    for child in children {
        let mut status = 0;
        // SAFETY: a child of ours, and a live integer.
        assert_eq!(unsafe { libc::waitpid(child, &mut status, 0) }, child);
        assert!(libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0, "{status:x}");
    }
    assert_eq!(stage.sandbox.token_requests(), 1);
    assert_eq!(call(&client, "budget", json!({})).unwrap()["used"], 41);
    assert_eq!(stage.sandbox.count_429(), 0);
}

#[test]
fn a_fork_while_other_threads_are_busy_with_the_file_breaks_nothing() {
    alone("forks::a_fork_while_other_threads_are_busy_with_the_file_breaks_nothing", fork_while_busy);
}

fn fork_while_busy() {
    let stage = Stage::new(Sandbox::builder().users(5).throttle(50_000, 2.0));
    let client = stage.client(json!({"throttle": {"requests": 50_000, "per_s": 2}}));
    let stop = std::sync::atomic::AtomicBool::new(false);
    let mut failures = Vec::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                    call(&client, "check", json!({})).unwrap_or_else(|e| panic!("{}", e.json()));
                }
            });
        }
        for _ in 0..60 {
            // SAFETY: as above.
            unsafe {
                let child = libc::fork();
                if child == 0 {
                    libc::alarm(600);
                    libc::_exit(call(&client, "check", json!({})).err().map_or(0, |e| e.code().number()));
                }
                let mut status = 0;
                assert_eq!(libc::waitpid(child, &mut status, 0), child);
                // Told when the threads have stopped: the scope waits for them.
                if status != 0 {
                    failures.push(status);
                }
            }
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    assert!(
        failures.is_empty(),
        "children ended with {failures:x?} (the error's code in the second byte, a signal in the first)"
    );
    assert_eq!(stage.sandbox.token_requests(), 1);
    let intact: String = rusqlite::Connection::open(stage.folder.file())
        .unwrap()
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(intact, "ok");
}

/// The last client of a file closes it, and nobody may fork in the middle of that.
#[test]
fn a_fork_while_other_threads_close_the_file_leaves_no_child_hanging() {
    alone("forks::a_fork_while_other_threads_close_the_file_leaves_no_child_hanging", fork_while_closing);
}

fn fork_while_closing() {
    let stages: Vec<_> = (0..4).map(|_| Stage::new(Sandbox::builder().users(1))).collect();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let mut failures = Vec::new();
    std::thread::scope(|scope| {
        for stage in &stages {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                    drop(stage.client(json!({})));
                }
            });
        }
        let own = Stage::new(Sandbox::builder().users(1));
        for _ in 0..1500 {
            // SAFETY: as above.
            unsafe {
                let child = libc::fork();
                if child == 0 {
                    libc::alarm(600);
                    libc::_exit(call(&own.client(json!({})), "budget", json!({})).err().map_or(0, |e| e.code().number()));
                }
                let mut status = 0;
                assert_eq!(libc::waitpid(child, &mut status, 0), child);
                if status != 0 {
                    failures.push(status);
                    break;
                }
            }
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    assert!(failures.is_empty(), "a child ended with {failures:x?}");
}
