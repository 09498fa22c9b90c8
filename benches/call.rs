//! Measures what a `users.get` through the C ABI costs on a kept-alive loopback connection, against a bare ureq GET of the
//! same URL whose JSON is parsed; the goal is at most 10 % more. Run: `cargo bench --bench call`.
//!
//! Both are called in turn, so that they share the machine's moods; criterion is told the time of one of them. The last line
//! is the verdict: medians of all single calls.
//!
//! The log of slots is kept at the size that it has in life, up to 200 (its cost grows with the size), without ever making a
//! call wait: the window is the shortest that the configuration takes, its limit far away, and the calls go round several
//! accounts. With one account the log would hold all calls of 150 ms, that is a thousand and more.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a measurement that fails stops

use std::ffi::{CStr, CString, c_char};
use std::ptr::null_mut;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use finaut_sandbox::Sandbox;
use serde_json::{Value, json};

/// The package is no Rust library that could be linked, so its source is compiled in: the same functions, built the same way.
#[path = "../src/lib.rs"]
#[allow(dead_code, unused_imports)]
mod ffi;

use ffi::operation::{finaut_budget, finaut_users_get};
use ffi::{FINAUT_OK, finaut_client, finaut_client_free, finaut_client_new, finaut_string_free};

const ACCOUNTS: usize = 10;
/// So many calls go to one account before the next one's turn.
const BLOCK: usize = 25;

type Operation = unsafe extern "C" fn(*mut finaut_client, *const c_char, *mut *mut c_char) -> i32;

/// An account: a client of ours, and what a bare caller has in its place.
struct Account {
    client: *mut finaut_client,
    args: CString,
    agent: ureq::Agent,
    url: String,
    authorization: String,
}

impl Account {
    fn new(sandbox: &Sandbox, client_id: &str, user: u64) -> Account {
        let config = json!({
            "host": sandbox.url(), "client_id": client_id, "client_secret": "sandbox-secret",
            "throttle": {"requests": 100_000, "per_s": 0.1},
        });
        let config = CString::new(config.to_string()).unwrap();
        let mut client = null_mut();
        // SAFETY: the strings end with a zero byte and the pointers are to live variables, here and below.
        assert_eq!(unsafe { finaut_client_new(config.as_ptr(), &mut client, null_mut()) }, FINAUT_OK);
        let args = CString::new(json!({"id": user}).to_string()).unwrap();
        // The first call fetches the token; the bare caller is given the same one.
        let reply = text(client, finaut_users_get, &args);
        assert!(reply.contains(&format!("/user/{user}/")), "{reply}");
        let seen = sandbox.requests().pop().unwrap();
        let (_, authorization) = seen.headers.into_iter().find(|(name, _)| name == "authorization").unwrap();
        let url = format!("{}{}", sandbox.url(), seen.path);
        let agent = ureq::Agent::new_with_defaults();
        Account { client, args, agent, url, authorization }
    }

    fn through_the_c_abi(&self) {
        let mut reply = null_mut();
        // SAFETY: as above.
        assert_eq!(unsafe { finaut_users_get(self.client, self.args.as_ptr(), &mut reply) }, FINAUT_OK);
        finaut_string_free(reply);
    }

    fn through_bare_ureq(&self) {
        let request =
            self.agent.get(&self.url).header("authorization", &self.authorization).header("accept", "application/json");
        let body = request.call().unwrap().into_body().read_to_vec().unwrap();
        assert!(serde_json::from_slice::<Value>(&body).unwrap().is_object());
    }

    fn slots_used(&self) -> u64 {
        let budget: Value = serde_json::from_str(&text(self.client, finaut_budget, c"{}")).unwrap();
        budget["used"].as_u64().unwrap()
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        finaut_client_free(self.client);
    }
}

fn text(client: *mut finaut_client, operation: Operation, args: &CStr) -> String {
    let mut reply = null_mut();
    // SAFETY: as above; the reply ends with a zero byte.
    let (code, text) = unsafe {
        let code = operation(client, args.as_ptr(), &mut reply);
        (code, CStr::from_ptr(reply).to_string_lossy().into_owned())
    };
    finaut_string_free(reply);
    assert_eq!(code, FINAUT_OK, "{text}");
    text
}

/// What each call took, of pairs made right after each other, and how many slots the fullest log held.
#[derive(Default)]
struct Pairs {
    ours: Vec<Duration>,
    bare: Vec<Duration>,
    slots_used: u64,
}

/// Calls both in turn; returns the sums of their times.
fn in_turn(accounts: &[Account], iterations: u64, pairs: &mut Pairs) -> (Duration, Duration) {
    let timed = |call: fn(&Account), account: &Account| {
        let started = Instant::now();
        call(account);
        started.elapsed()
    };
    let mut sums = (Duration::ZERO, Duration::ZERO);
    for _ in 0..iterations {
        let account = &accounts[pairs.ours.len() / BLOCK % accounts.len()];
        let ours = timed(Account::through_the_c_abi, account);
        let bare = timed(Account::through_bare_ureq, account);
        pairs.ours.push(ours);
        pairs.bare.push(bare);
        sums = (sums.0 + ours, sums.1 + bare);
    }
    let used = accounts.iter().map(Account::slots_used).max().unwrap_or_default();
    pairs.slots_used = pairs.slots_used.max(used);
    sums
}

fn median_us(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e6
}

fn users_get(criterion: &mut Criterion) {
    let ids: Vec<String> = (0..ACCOUNTS).map(|n| format!("bench-{n}")).collect();
    let builder = Sandbox::builder().throttle(100_000, 0.1);
    let sandbox = ids.iter().fold(builder, |builder, id| builder.account(id, "sandbox-secret")).start();
    let user = sandbox.people()[0].id;
    let accounts: Vec<Account> = ids.iter().map(|id| Account::new(&sandbox, id, user)).collect();

    let mut pairs = Pairs::default();
    let mut group = criterion.benchmark_group("users.get");
    group.warm_up_time(Duration::from_secs(2)).measurement_time(Duration::from_secs(10));
    group.bench_function("through the C ABI", |bencher| bencher.iter_custom(|n| in_turn(&accounts, n, &mut pairs).0));
    group.bench_function("through bare ureq", |bencher| bencher.iter_custom(|n| in_turn(&accounts, n, &mut pairs).1));
    group.finish();

    // Without a measurement (a filter, or `cargo test --benches`) there is nothing to compare.
    if pairs.ours.len() > 1000 {
        let (ours, bare) = (median_us(&mut pairs.ours), median_us(&mut pairs.bare));
        println!(
            "users.get: {ours:.1} us through the C ABI, {bare:.1} us through bare ureq: {:+.1} % (goal: at most +10 %). \
             Slots in the fullest log: {}; connections: {} of {} agents",
            (ours / bare - 1.0) * 100.0,
            pairs.slots_used,
            sandbox.connections(),
            2 * ACCOUNTS
        );
    }
}

criterion_group!(benches, users_get);
criterion_main!(benches);
