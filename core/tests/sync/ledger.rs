//! The ledger against the sandbox: read once, and then kept from the end of the history.

use finaut_core::client::{Call, Client, Options};
use finaut_core::ledger::{self, Ledger};
use finaut_sandbox::Sandbox;
use serde_json::json;

use super::stage::{Stage, with};

fn stage(newest_first: bool, people: usize) -> Stage {
    let builder = Sandbox::builder().users(people).throttle(100_000, 3600.0);
    with(builder.switches(move |switches| switches.newest_first = newest_first), json!({ "throttle": {"requests": 100_000} }))
}

fn current(client: &Client) -> Ledger {
    let call = Call::new(client, "userstatus.latest", Options { max_wait_s: 30.0, ..options(client) });
    ledger::current(&call, false).unwrap_or_else(|e| panic!("{}", e.json()))
}

fn options(client: &Client) -> Options {
    Options::of(&client.config)
}

/// What the server itself lists, and the ledger's records, sorted.
fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}

fn listed(stage: &Stage) -> Vec<String> {
    let mut all = Vec::new();
    let mut page = json!(1);
    while !page.is_null() {
        let listed =
            stage.get("request", json!({ "method": "GET", "path": "latestuserstatus/", "query": {"page": page.to_string()} }));
        page = if listed["next"].is_null() { json!(null) } else { json!(page.as_u64().unwrap() + 1) };
        all.extend(listed["results"].as_array().unwrap().clone());
    }
    sorted(all.iter().map(|record| record["id"].to_string() + &record["status"].to_string()).collect())
}

fn kept(ledger: &Ledger) -> Vec<String> {
    let records = ledger.records.iter().map(|record| record.view::<serde_json::Value>().unwrap());
    sorted(records.map(|record| record["id"].to_string() + &record["status"].to_string()).collect())
}

#[test]
fn it_is_read_once_and_then_costs_one_request_a_night() {
    for newest_first in [false, true] {
        let stage = stage(newest_first, 120);
        assert!(kept(&current(&stage.client)) == listed(&stage));
        let before = stage.spent();
        current(&stage.client);
        assert_eq!(stage.spent() - before, 1, "newest first: {newest_first}");
        let people = stage.sandbox.people();
        for person in people.iter().take(130) {
            stage.sandbox.add_status(person.id, "afr", "hvilende", None);
        }
        for _ in 0..2 {
            assert!(kept(&current(&stage.client)) == listed(&stage), "newest first: {newest_first}");
        }
    }
}

#[test]
fn a_reading_that_was_cut_goes_on_where_it_stopped() {
    let stage = stage(false, 300);
    let pages = listed(&stage).len().div_ceil(100);
    assert!(pages > 2, "{pages}");
    stage.sandbox.fault(finaut_sandbox::Fault::status(403).path("latestuserstatus/").query("page=3").always());
    let call = Call::new(&stage.client, "userstatus.latest", options(&stage.client));
    assert!(ledger::current(&call, false).is_err());
    assert!(ledger::known(&call).unwrap().is_none(), "half of it is none");
    stage.sandbox.clear_faults();
    let before = stage.spent();
    assert_eq!(kept(&current(&stage.client)).len(), listed(&stage).len());
    let listing = pages;
    assert_eq!(stage.spent() - before - listing, pages - 2, "two pages were kept");
}
