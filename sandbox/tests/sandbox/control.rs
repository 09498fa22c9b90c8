//! `/sandbox/…`: the same things for tests in other languages.

use crate::caller::{Caller, Reply, ask};
use finaut_sandbox::Sandbox;
use serde_json::json;

fn desk(sandbox: &Sandbox, method: &str, errand: &str, body: &str) -> Reply {
    ask(sandbox, method, &format!("/sandbox/{errand}"), "", body)
}

#[test]
fn faults_are_ordered_listed_and_forgotten() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let fault = json!({ "kind": "status", "status": 503, "method": "GET", "path": "user/", "headers": { "Retry-After": "3" }, "times": 2 });
    assert_eq!(desk(&sandbox, "POST", "faults", &fault.to_string()).status, 201);
    assert_eq!(caller.get("user/").header("Retry-After"), Some("3"));
    assert_eq!(desk(&sandbox, "GET", "faults", "").json()[0]["times"], 1);
    assert_eq!(desk(&sandbox, "DELETE", "faults", "").status, 200);
    assert_eq!(caller.get("user/").status, 200);
    let two = "[{\"kind\":\"cut_before_acting\"},{\"kind\":\"html\",\"status\":502,\"times\":null}]";
    assert_eq!(desk(&sandbox, "POST", "faults/", two).status, 201);
    assert_eq!(caller.bytes("GET", "user/", "").0, b"");
    assert_eq!((caller.get("user/").status, caller.get("user/").status), (502, 502));
}

#[test]
fn mistakes_are_named() {
    let sandbox = Sandbox::builder().start();
    for (errand, body, named) in [
        ("faults", "{\"kind\":\"earthquake\"}", "earthquake"),
        ("faults", "{\"kind\":\"status\",\"staus\":503}", "staus"),
        ("faults", "{\"kind\":\"status\",\"status\":99}", "99"),
        ("clock", "{}", "advance_s"),
        ("switches", "{\"valdation_status\":400}", "valdation_status"),
        ("results", "{\"user\":1}", "1"),
        ("statuses", "{\"user\":590001,\"appname\":\"afr\",\"status\":\"afrok\",\"status_date\":\"i dag\"}", "i dag"),
    ] {
        let reply = desk(&sandbox, "POST", errand, body);
        assert_eq!(reply.status, 400, "{errand} {body}");
        assert!(reply.detail().contains(named), "{}", reply.text());
    }
    assert_eq!(desk(&sandbox, "POST", "nothing", "").status, 404);
}

#[test]
fn the_log_blanks_identity_numbers_unless_raw() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let persnr = sandbox.unused_persnr(3);
    caller.get(&format!("user/?persnr={persnr}"));
    let blanked = desk(&sandbox, "GET", "requests", "");
    assert!(!blanked.text().contains(&persnr));
    assert_eq!(blanked.json()[1]["query"], "persnr=***");
    let raw = desk(&sandbox, "GET", "requests?raw=1", "").json();
    assert_eq!(raw[1]["query"].as_str(), Some(format!("persnr={persnr}").as_str()));
    assert_eq!(
        (raw[1]["status"].as_u64(), raw[1]["counted"].as_bool(), raw[1]["connection"].as_u64()),
        (Some(200), Some(true), Some(2))
    );
    assert_eq!(desk(&sandbox, "DELETE", "requests", "").status, 200);
    assert_eq!(desk(&sandbox, "GET", "requests", "").text(), "[]");
}

#[test]
fn everything_else_can_be_asked_for_too() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    assert_eq!(desk(&sandbox, "POST", "slots", "{\"use\":150}").json()["slots_left"], 50);
    assert_eq!(desk(&sandbox, "POST", "throttle", "{\"limit\":160,\"window_s\":3600}").json()["slots_left"], 10);
    assert_eq!(desk(&sandbox, "POST", "clock", "{\"advance_s\":3600}").json()["slots_left"], 160);
    assert_eq!(caller.get("user/").status, 401, "the token's hour is over as well");
    assert_eq!(desk(&sandbox, "POST", "switches", "{\"validation_status\":400}").json()["validation_status"], 400);
    let caller = Caller::new(&sandbox);
    assert_eq!(caller.post("user/", &json!({})).status, 400);
    let people = desk(&sandbox, "POST", "users", "{\"count\":2}").json();
    assert_eq!(people.as_array().map(Vec::len), Some(2));
    assert_eq!(desk(&sandbox, "GET", "state", "").json()["people"], 27);
    let persnr = desk(&sandbox, "GET", "unused_persnr?n=5", "").json()["persnr"].as_str().unwrap().to_owned();
    assert_eq!(persnr, sandbox.unused_persnr(5));
    let given = [(); 3].map(|()| desk(&sandbox, "GET", "unused_persnr", "").json()["persnr"].clone());
    assert!(given[0] != given[1] && given[1] != given[2] && given[0] != given[2], "{given:?}");
    let status = json!({ "user": people[0]["id"], "appname": "n2", "status": "n2ok" });
    assert_eq!(desk(&sandbox, "POST", "statuses", &status.to_string()).status, 201);
    let result = json!({ "user": people[0]["id"], "score": "12.30" });
    let result = desk(&sandbox, "POST", "results", &result.to_string()).json()["id"].as_str().unwrap().to_owned();
    assert!(caller.get(result.strip_prefix(sandbox.url()).unwrap()).text().contains("\"score\":12.30,"));
    assert_eq!(desk(&sandbox, "GET", "people", "").json().as_array().map(Vec::len), Some(27));
    desk(&sandbox, "POST", "tokens/revoke", "");
    assert_eq!(caller.get("user/").status, 401);
    assert!(desk(&sandbox, "GET", "", "").json()["POST faults"].is_string());
}
