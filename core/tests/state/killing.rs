//! Processes killed at any moment.

use std::process::Child;
use std::time::Duration;

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::stage::{OtherClock, Stage, call, succeeded};

/// How many processes are killed.
const KILLS: usize = 500;

#[test]
fn processes_killed_at_random_lose_no_slot_for_long_and_break_nothing() {
    let stage = Stage::new(Sandbox::builder().users(5).throttle(8_000, 2.0));
    let settings = json!({"throttle": {"requests": 8_000, "per_s": 2}, "timeout_s": 10});
    let mut random = 12_345_u64;
    let mut dice = move |most: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 33) % most
    };
    // One process that nobody kills works on all the while.
    let survivor = {
        let (client, stop) = (stage.client(settings.clone()), std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)));
        let stopped = stop.clone();
        let thread = std::thread::spawn(move || {
            let mut calls = 0;
            while !stopped.load(std::sync::atomic::Ordering::SeqCst) {
                call(&client, "check", json!({})).unwrap_or_else(|e| panic!("{}", e.json()));
                calls += 1;
            }
            calls
        });
        (thread, stop)
    };
    let threads = 2;
    let mut killed = 0;
    while killed < KILLS {
        let mut workers: Vec<_> = (0..4).map(|_| stage.worker(settings.clone(), threads, 1_000_000)).collect();
        for worker in &mut workers {
            std::thread::sleep(Duration::from_millis(dice(40)));
            worker.kill().unwrap();
            worker.wait().unwrap();
            killed += 1;
        }
    }
    survivor.1.store(true, std::sync::atomic::Ordering::SeqCst);
    assert!(survivor.0.join().unwrap() > 10);
    assert_eq!(stage.sandbox.count_429(), 0);
    let tokens = stage.sandbox.token_requests();
    succeeded(stage.worker(settings.clone(), 2, 5));
    assert_eq!(stage.sandbox.token_requests(), tokens, "the token is whole");
    // What was in flight when its process died is the only thing lost, and frees itself.
    let used = |ahead_s: f64| {
        let client = stage.client_at(settings.clone(), OtherClock { ahead_s, ..OtherClock::default() });
        call(&client, "budget", json!({})).unwrap()["used"].as_u64().unwrap()
    };
    let lost = used(3.0);
    assert!(lost as usize <= KILLS * threads, "{lost}");
    assert_eq!(used(10.0 + 120.0 + 2.0 + 1.0), 0);
}

/// Waits until what the sandbox was told to do has begun: the request is at the server.
fn wait_for_faults(stage: &Stage) {
    while stage.sandbox.faults_waiting() > 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn kill(mut worker: Child) {
    worker.kill().unwrap();
    worker.wait().unwrap();
}

/// Each kind of creation, with the path of its POST.
fn creations(stage: &Stage) -> Vec<(&'static str, Value, &'static str)> {
    let person = stage.sandbox.people()[0].clone();
    let newcomer = json!({
        "persnr": stage.sandbox.unused_persnr(1), "first_name": "Åse", "last_name": "Prøve", "company": person.company_id,
        "department": person.department_id, "schemes": ["afr"],
    });
    vec![
        ("users.create_candidate", newcomer, "user/"),
        ("users.hold", json!({"id": person.id, "set_by": person.id, "scheme": "pfn", "date": "2031-05-17"}), "userstatus/"),
        (
            "competency_results.create",
            json!({"encrypted_user_id": person.encrypted_id, "goal": 98_765, "passed_date": "2026-02-03"}),
            "competency_result/",
        ),
    ]
}

fn posts(stage: &Stage, path: &str) -> usize {
    let ends = format!("/v1/{path}");
    stage.sandbox.requests().iter().filter(|request| request.method == "POST" && request.path.ends_with(&ends)).count()
}

#[test]
fn a_process_killed_in_the_middle_of_a_creation_and_started_again_makes_one() {
    for slow in [Fault::delay_before_acting(2_500), Fault::delay_after_acting(2_500)] {
        let stage = Stage::new(Sandbox::builder().users(5));
        for (operation, args, path) in creations(&stage) {
            stage.sandbox.fault(slow.clone().method("POST").path(path));
            let first = stage.worker_that_calls(json!({}), &json!([[operation, args]]));
            wait_for_faults(&stage);
            kill(first);
            succeeded(stage.worker_that_calls(json!({}), &json!([[operation, args]])));
            assert_eq!(posts(&stage, path), 1, "{operation}");
        }
    }
}

#[test]
fn a_creation_whose_process_was_killed_is_not_sent_again_before_it_cannot_come_late_any_more() {
    let stage = Stage::new(Sandbox::builder().users(5));
    for (operation, args, path) in creations(&stage) {
        // The server never acts on it.
        stage.sandbox.fault(Fault::cut_before_acting().delayed_before(3_600_000).method("POST").path(path));
        let first = stage.worker_that_calls(json!({}), &json!([[operation, args]]));
        wait_for_faults(&stage);
        kill(first);
        let mut again = args.clone();
        again["max_wait_s"] = json!(1);
        for _ in 0..2 {
            let error = call(&stage.client(json!({})), operation, again.clone()).unwrap_err();
            assert_eq!(error.code(), Code::UnknownOutcome, "{operation}: {}", error.json());
        }
        assert_eq!(posts(&stage, path), 0, "{operation}: the first is still on its way, and none was sent after it");
        // Five minutes later it is, once, by one of two.
        let late = || stage.client_at(json!({}), OtherClock { ahead_s: 310.0, ..OtherClock::default() });
        let (one, other) = (late(), late());
        std::thread::scope(|scope| {
            let both = [&one, &other].map(|client| scope.spawn(|| call(client, operation, args.clone())));
            let [one, other] = both.map(|made| made.join().unwrap().unwrap_or_else(|e| panic!("{operation}: {}", e.json())));
            assert_eq!(one["id"], other["id"], "{operation}");
        });
        assert_eq!(posts(&stage, path), 1, "{operation}");
    }
}

#[test]
fn two_processes_that_create_the_same_at_once_make_one() {
    let stage = Stage::new(Sandbox::builder().users(5));
    for (operation, args, path) in creations(&stage) {
        stage.sandbox.fault(Fault::delay_before_acting(6_000).method("POST").path(path));
        let first = stage.worker_that_calls(json!({}), &json!([[operation, args]]));
        wait_for_faults(&stage);
        let others = [(); 3].map(|()| stage.worker_that_calls(json!({}), &json!([[operation, args]])));
        [first].into_iter().chain(others).for_each(succeeded);
        assert_eq!(posts(&stage, path), 1, "{operation}");
    }
}

#[test]
fn a_killed_process_leaves_nobody_waiting_for_its_token() {
    let stage = Stage::new(Sandbox::builder().users(5));
    let settings = json!({"timeout_s": 20});
    stage.sandbox.fault(Fault::delay_before_acting(3_600_000).path("/o/token/"));
    let fetching = stage.worker(settings.clone(), 1, 1);
    wait_for_faults(&stage);
    let client = stage.client(settings.clone());
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| call(&client, "check", json!({"max_wait_s": 5})));
        std::thread::sleep(Duration::from_millis(300));
        assert!(!waiting.is_finished(), "another fetches it");
        kill(fetching);
        waiting.join().unwrap().unwrap();
    });
    // So it is where nothing may be waited for.
    stage.sandbox.revoke_tokens();
    stage.sandbox.fault(Fault::delay_before_acting(3_600_000).path("/o/token/"));
    let fetching = stage.worker(settings.clone(), 1, 1);
    wait_for_faults(&stage);
    kill(fetching);
    call(&client, "check", json!({"max_wait_s": 0})).unwrap();
}

#[test]
fn killed_processes_leave_no_place_in_the_queue() {
    let stage = Stage::new(Sandbox::builder().users(5).throttle(5, 1000.0));
    let settings = json!({"throttle": {"requests": 5, "per_s": 1000}, "max_wait_s": 100_000});
    let client = stage.client(settings.clone());
    for _ in 0..5 {
        call(&client, "check", json!({})).unwrap();
    }
    let next_slot_s = || call(&client, "budget", json!({})).unwrap()["next_slot_s"].as_f64().unwrap();
    assert!(next_slot_s() <= 1000.2);
    for _ in 0..3 {
        let waiting: Vec<_> = (0..5).map(|_| stage.worker(settings.clone(), 1, 1)).collect();
        // Whoever comes sixth waits a window longer.
        while next_slot_s() <= 1500.0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        waiting.into_iter().for_each(kill);
        assert!(next_slot_s() <= 1000.2, "{}", next_slot_s());
    }
}

/// All lines of the journal, the oldest first.
fn lines(stage: &Stage) -> Vec<Value> {
    let listed = call(&stage.client(json!({})), "journal.list", json!({})).unwrap();
    let mut lines = listed["results"].as_array().unwrap().clone();
    lines.reverse();
    lines
}

fn outcomes(stage: &Stage) -> Vec<String> {
    lines(stage).iter().map(|line| line["outcome"].as_str().unwrap().to_owned()).collect()
}

/// Kills a process while its change is at the server, and while it is on its way back.
#[test]
fn a_change_whose_process_is_killed_has_its_line_which_is_settled_later() {
    let stage = Stage::new(Sandbox::builder().users(5));
    let person = stage.sandbox.people()[0].clone();
    for (round, slow) in [Fault::delay_before_acting(3_600_000), Fault::delay_after_acting(3_600_000)].into_iter().enumerate() {
        stage.sandbox.fault(slow.method("PATCH"));
        let change = json!([["users.update", { "id": person.id, "changes": { "first_name": format!("A{round}") } }]]);
        let worker = stage.worker_that_calls(json!({ "timeout_s": 3600 }), &change);
        wait_for_faults(&stage);
        assert_eq!(outcomes(&stage).last().unwrap(), "under_way", "its process is alive");
        let process = worker.id();
        kill(worker);
        let line = lines(&stage).pop().unwrap();
        assert_eq!((&line["outcome"], &line["process"]), (&json!("unknown"), &json!(process)), "{line}");
        assert_eq!((&line["user_id"], &line["fields"]), (&json!(person.id), &json!(["first_name"])));
        assert_eq!(lines(&stage).len(), round + 1);
    }
    // A creation's is settled together with the creation, by whoever finds out.
    for (operation, args, path) in creations(&stage) {
        let before = lines(&stage).len();
        stage.sandbox.fault(Fault::delay_after_acting(3_600_000).method("POST").path(path));
        let worker = stage.worker_that_calls(json!({ "timeout_s": 3600, "job": "killed" }), &json!([[operation, args]]));
        wait_for_faults(&stage);
        kill(worker);
        assert_eq!(outcomes(&stage).last().unwrap(), "unknown", "{operation}");
        succeeded(stage.worker_that_calls(json!({ "job": "later" }), &json!([[operation, args]])));
        let lines = lines(&stage);
        let line = lines.last().unwrap();
        assert_eq!((lines.len(), &line["outcome"], &line["job"]), (before + 1, &json!("done"), &json!("killed")), "{line}");
        assert!(line["object_id"].is_u64(), "{line}");
    }
    // One that never took effect is sent by another call, which has a line of its own.
    let mut newcomer = creations(&stage).remove(0).1;
    newcomer["persnr"] = json!(stage.sandbox.unused_persnr(2));
    stage.sandbox.fault(Fault::cut_before_acting().delayed_before(3_600_000).method("POST").path("user/"));
    let worker = stage.worker_that_calls(json!({ "timeout_s": 3600 }), &json!([["users.create_candidate", newcomer]]));
    wait_for_faults(&stage);
    kill(worker);
    let late = stage.client_at(json!({}), OtherClock { ahead_s: 310.0, ..OtherClock::default() });
    call(&late, "users.create_candidate", newcomer).unwrap_or_else(|e| panic!("{}", e.json()));
    let said = lines(&stage);
    let said: Vec<_> =
        said[said.len() - 2..].iter().map(|line| (line["outcome"].as_str().unwrap(), line["code"].clone())).collect();
    assert_eq!(said, [("refused", json!("not_found")), ("done", Value::Null)]);
}

/// Workers are killed at moments that nobody chose: before the line, between line and request, between answer and outcome, in the middle
/// of each of the files' changes.
#[test]
fn processes_killed_at_random_make_no_change_without_its_line_and_no_line_twice() {
    let stage = Stage::new(Sandbox::builder().users(5).throttle(100_000, 3600.0));
    let settings = json!({ "throttle": { "requests": 100_000, "per_s": 3600 } });
    let people = stage.sandbox.people();
    let mut random = 54_321_u64;
    let mut dice = move |most: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 33) % most
    };
    for round in 0..60 {
        let before = stage.sandbox.requests().len();
        let mut workers: Vec<_> = (0..2)
            .map(|worker| {
                let mut newcomer = creations(&stage).remove(0).1;
                newcomer["persnr"] = json!(stage.sandbox.unused_persnr(10 + 2 * round + worker));
                let person = &people[worker].id;
                let mut calls = vec![json!(["users.create_candidate", newcomer])];
                calls.extend(
                    (0..200).map(|n| json!(["users.update", { "id": person, "changes": { "first_name": format!("A{n}") } }])),
                );
                // By which its requests are told from others', also after its death.
                let mut settings = settings.clone();
                settings["job"] = json!(format!("w{round}-{worker}"));
                stage.worker_that_calls(settings, &json!(calls))
            })
            .collect();
        // In the middle of their work, however slowly it goes on.
        let wanted = before + 1 + dice(10) as usize;
        while stage.sandbox.requests().len() < wanted {
            std::thread::sleep(Duration::from_millis(1));
        }
        for worker in &mut workers {
            std::thread::sleep(Duration::from_micros(dice(4_000)));
            worker.kill().unwrap();
            worker.wait().unwrap();
        }
    }
    let lines = lines(&stage);
    let ids: std::collections::HashSet<_> = lines.iter().map(|line| line["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), lines.len());
    let requests = stage.sandbox.requests();
    let (mut changes, mut created, mut unknown) = (0, 0, 0);
    for (round, worker) in (0..60).flat_map(|round| [(round, 0), (round, 1)]) {
        let job = format!("w{round}-{worker}");
        let of = |method: &str| {
            let agent = format!("(job {job})");
            let sent = requests.iter().filter(|request| {
                request.method == method
                    && request.path.contains("/user/")
                    && request.header("user-agent").is_some_and(|named| named.ends_with(&agent))
            });
            let mine: Vec<_> = lines.iter().filter(|line| line["job"] == job.as_str() && line["method"] == method).collect();
            let done = mine.iter().filter(|line| line["outcome"] == "done").count();
            (sent.count(), mine.len(), done)
        };
        // One after the other, each behind its line: a process that is killed may have opened one line that it did not come to send, and
        // not noted one outcome.
        let ((patched, patches, patches_done), (posted, posts, posts_done)) = (of("PATCH"), of("POST"));
        let (sent, lines, done) = (patched + posted, patches + posts, patches_done + posts_done);
        assert!(patched <= patches && posted <= posts, "{job}: {patched} and {posted} sent, {patches} and {posts} lines");
        assert!(lines <= sent + 1 && done <= sent && sent <= done + 1, "{job}: {sent} sent, {lines} lines, {done} done");
        changes += patched;
        created += posted;
        unknown += lines - done;
    }
    assert!(changes > 60 && created > 50, "{changes} changes and {created} creations were sent before the kills");
    assert!(unknown > 20, "{unknown} were killed in the middle");
    assert!(lines.iter().all(|line| line["outcome"] == "done" || line["outcome"] == "unknown"), "nobody is left under way");
}
