//! The people in the register, and what time does to them.

use crate::caller::{Caller, id_of};
use finaut_sandbox::Sandbox;
use serde_json::json;

#[test]
fn the_same_seed_makes_the_same_people() {
    let (one, same) = (Sandbox::builder().users(50).start(), Sandbox::builder().users(50).start());
    let other = Sandbox::builder().users(50).seed(2).start();
    assert_eq!(one.people(), same.people());
    assert_ne!(one.people(), other.people());
}

#[test]
fn everybody_has_a_synthetic_number_of_their_own() {
    let sandbox = Sandbox::builder().users(3_000).start();
    sandbox.add_people(500);
    let mut numbers: Vec<String> = sandbox.people().into_iter().map(|person| person.persnr).collect();
    numbers.extend((0..500).map(|n| sandbox.unused_persnr(n)));
    assert!(numbers.iter().all(|number| number.len() == 11 && ('8'..='9').contains(&number.chars().nth(2).unwrap())));
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 4_000);
}

#[test]
fn a_future_status_holds_when_its_day_has_come() {
    let sandbox = Sandbox::builder().start_at(1_750_000_000.0).start();
    let caller = Caller::new(&sandbox);
    let created = caller.post("user/", &caller.newcomer(0)).json();
    let persnr = sandbox.unused_persnr(0);
    let latest = |caller: &Caller| {
        let page = caller.get(&format!("latestuserstatus/?persnr={persnr}")).json();
        assert_eq!(page["count"], 1);
        page["results"][0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(latest(&caller), "afrnew");
    sandbox.add_status(id_of(&created), "afr", "afrok", None);
    assert_eq!(latest(&caller), "afrok");
    let hold = json!({
        "appname": "afr", "user": created["id"], "status": "hvilende", "reason": "hvilende", "status_date": "2025-06-16",
        "status_set_by": created["id"],
    });
    assert_eq!(caller.post("userstatus/", &hold).status, 201);
    assert_eq!((sandbox.today().as_str(), latest(&caller).as_str()), ("2025-06-15", "afrok"));
    sandbox.advance(86_400.0);
    let caller = Caller::new(&sandbox); // the old token is over
    assert_eq!((sandbox.today().as_str(), latest(&caller).as_str()), ("2025-06-16", "hvilende"));
    assert_eq!(caller.get(&format!("userstatus/?persnr={persnr}")).json()["count"], 3);
}

#[test]
fn references_lead_somewhere() {
    let sandbox = Sandbox::builder().users(40).companies(5).start();
    let caller = Caller::new(&sandbox);
    let follow = |url: &serde_json::Value| {
        let url = url.as_str().unwrap();
        let reply = caller.get(url.strip_prefix(sandbox.url()).unwrap());
        assert_eq!((reply.status, reply.json()["id"].as_str()), (200, Some(url)));
        reply.json()
    };
    let person = sandbox.people().into_iter().find(|person| person.franchise_id.is_some()).unwrap();
    let user = caller.get(&format!("user/{}/", person.id)).json();
    for role in user["userroles"].as_array().unwrap() {
        follow(role);
    }
    follow(&user["employment"][0]);
    follow(&user["work_for"]["company"]);
    let department = follow(&user["work_for"]["department"]);
    assert_eq!(department["company"], user["work_for"]["company"]);
    assert!(department["franchises"].as_array().unwrap().contains(&user["work_for"]["franchise"]));
    follow(&user["work_for"]["franchise"]);
    follow(&caller.get("ordninger/").json()["results"][0]["id"]);
    follow(&caller.get("results/").json()["results"][0]["id"]);
    assert_eq!(caller.get("companies/").json()["count"], 5);
    assert_eq!(caller.get("departments/").json()["count"], 20);
}

#[test]
fn nothing_is_left_running_after_the_sandbox_is_dropped() {
    let sandbox = Sandbox::builder().start();
    let port = sandbox.port();
    let idle = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    drop(sandbox);
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    use std::io::Read;
    assert!(matches!((&idle).read(&mut [0; 1]), Ok(0) | Err(_)));
}

/// In time of the processor, of which neighbours on the machine take none; the best of a few, for they share its caches. This is the
/// debug build, with a tenth of the speed of the one that is shipped.
#[test]
#[cfg(target_os = "linux")]
fn ten_thousand_people_take_less_than_a_second() {
    let used_ns = || -> u64 {
        let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        said.split(' ').next().unwrap().parse().unwrap()
    };
    let best = (0..5)
        .map(|_| {
            let before = used_ns();
            let sandbox = Sandbox::builder().users(10_000).start();
            let took = used_ns() - before;
            assert_eq!(sandbox.people().len(), 10_000);
            took
        })
        .min();
    assert!(best < Some(1_000_000_000), "{best:?} ns");
}
