//! The ledger against the sandbox: read once, and then kept from the end of the history.

use std::sync::Arc;

use finaut_core::client::{Call, Client, Options};
use finaut_core::clock::Clock;
use finaut_core::error::Code;
use finaut_core::ledger::{self, Ledger};
use finaut_core::store::memory::MemoryStore;
use finaut_sandbox::{Fault, Paging, Sandbox, Switches};
use serde_json::{Value, json};

use super::clocks::MovedClock;
use super::stage::{Stage, config_of, with};

fn stage_with(people: usize, change: impl FnOnce(&mut Switches)) -> Stage {
    let builder = Sandbox::builder().users(people).throttle(100_000, 3600.0);
    with(builder.switches(change), json!({ "throttle": {"requests": 100_000} }))
}

fn stage(newest_first: bool, people: usize) -> Stage {
    stage_with(people, |switches| switches.newest_first = newest_first)
}

fn current_of(client: &Client, fresh: bool) -> Ledger {
    let call = Call::new(client, "userstatus.latest", Options { max_wait_s: 60.0, ..options(client) });
    ledger::current(&call, fresh).unwrap_or_else(|e| panic!("{}", e.json()))
}

fn current(client: &Client) -> Ledger {
    current_of(client, false)
}

fn options(client: &Client) -> Options {
    Options::of(&client.config)
}

fn known(client: &Client) -> Option<Ledger> {
    ledger::known(&Call::new(client, "userstatus.latest", options(client))).unwrap()
}

/// Record and status of each, sorted.
fn shown<'r>(records: impl IntoIterator<Item = &'r Value>) -> Vec<String> {
    let mut texts: Vec<String> =
        records.into_iter().map(|record| record["id"].to_string() + &record["status"].to_string()).collect();
    texts.sort();
    texts
}

/// What the server itself lists as the latest.
fn listed(stage: &Stage) -> Vec<String> {
    let mut all = Vec::new();
    let mut page = json!({ "page": "1" });
    loop {
        let listed = stage.get("request", json!({ "method": "GET", "path": "latestuserstatus/", "query": page }));
        all.extend(listed["results"].as_array().unwrap().clone());
        let Some(next) = listed["next"].as_str() else { return shown(&all) };
        let query = next.split_once('?').unwrap().1.replace("%3D", "=");
        page = query.split('&').map(|pair| pair.split_once('=').unwrap()).map(|(k, v)| (k.to_owned(), json!(v))).collect();
    }
}

fn kept(ledger: &Ledger) -> Vec<String> {
    let records: Vec<Value> = ledger.records.iter().map(|record| record.view().unwrap()).collect();
    shown(&records)
}

/// Demands that both are the same; tells what is in one of them only.
#[track_caller]
fn same(one: &[String], other: &[String], when: &str) {
    let lacks = |of: &[String], among: &[String]| of.iter().filter(|text| !among.contains(text)).cloned().collect::<Vec<_>>();
    assert!(one == other, "{when}: only here {:?}, only there {:?}", lacks(one, other), lacks(other, one));
}

/// How many requests to a collection the sandbox has seen.
fn asked(stage: &Stage, path: &str) -> usize {
    let ends = format!("/v1/{path}");
    stage.sandbox.requests().iter().filter(|request| request.path.ends_with(&ends)).count()
}

/// A client of the stage's account whose clock can be moved, with a store of its own.
fn moved(stage: &Stage, settings: Value) -> (Client, Arc<MovedClock>) {
    let clock = Arc::new(MovedClock::default());
    let config = config_of(&stage.sandbox, settings);
    let client = Client::with_parts(config, Arc::new(MemoryStore::alone().unwrap()), clock.clone()).unwrap();
    (client, clock)
}

#[test]
fn it_is_read_once_and_then_costs_one_request_a_night() {
    for newest_first in [false, true] {
        let stage = stage(newest_first, 120);
        same(&kept(&current(&stage.client)), &listed(&stage), "");
        let before = stage.spent();
        current(&stage.client);
        assert_eq!(stage.spent() - before, 1, "newest first: {newest_first}");
        let people = stage.sandbox.people();
        for person in people.iter().take(130) {
            stage.sandbox.add_status(person.id, "afr", "hvilende", None);
        }
        let before = asked(&stage, "latestuserstatus/");
        for _ in 0..2 {
            same(&kept(&current(&stage.client)), &kept(&current(&stage.client)), &format!("newest first: {newest_first}"));
        }
        assert_eq!(asked(&stage, "latestuserstatus/"), before, "from the end of the history");
        same(&kept(&current(&stage.client)), &listed(&stage), &format!("newest first: {newest_first}"));
    }
}

#[test]
fn it_is_right_after_each_kind_of_change_and_the_history_alone_tells() {
    for newest_first in [false, true] {
        let stage = stage(newest_first, 60);
        current(&stage.client);
        let people = stage.sandbox.people();
        for night in 0..6 {
            for (n, person) in people.iter().enumerate().filter(|(n, _)| (n + night) % 7 < night) {
                for word in ["krdnew", "krdok", "reauth", "paused", "tlnew", "tlok"].iter().take(1 + (n + night) % 6) {
                    stage.sandbox.add_status(person.id, "krd", word, None);
                }
                stage.sandbox.add_status(person.id, "gos", "gosok", Some("2020-01-01"));
            }
            let before = asked(&stage, "latestuserstatus/");
            let ledger = kept(&current(&stage.client));
            assert_eq!(asked(&stage, "latestuserstatus/"), before, "from the history");
            same(&ledger, &listed(&stage), &format!("newest first: {newest_first}, night {night}"));
        }
    }
}

#[test]
fn a_leaders_status_stands_beside_the_candidates() {
    let stage = stage(false, 60);
    let person = stage.sandbox.people().into_iter().find(|person| person.roles.contains(&"afr_tl".to_owned())).unwrap();
    stage.sandbox.add_status(person.id, "afr", "afrok", None);
    let of_person = || {
        let mut words: Vec<String> = current(&stage.client)
            .records
            .iter()
            .map(|record| record.view::<Value>().unwrap())
            .filter(|record| {
                record["user"].as_str().unwrap().ends_with(&format!("/{}/", person.id)) && record["appname"] == "afr"
            })
            .map(|record| record["status"].as_str().unwrap().to_owned())
            .collect();
        words.sort();
        words
    };
    assert_eq!(of_person(), ["afrok", "tlok"]);
    stage.sandbox.add_status(person.id, "afr", "hvilende", None);
    assert_eq!(of_person(), ["hvilende", "tlok"]);
    stage.sandbox.add_status(person.id, "afr", "tlnew", None);
    assert_eq!(of_person(), ["hvilende", "tlnew"]);
    let call = Call::new(&stage.client, "userstatus.latest", options(&stage.client));
    let latest: Value = ledger::status_of(&call, person.id, "AFR").unwrap().unwrap().view().unwrap();
    assert_eq!(latest["status"], "hvilende", "the candidate's");
    let mut world = finaut_core::sync::world::World::default();
    current(&stage.client).records.iter().for_each(|record| world.take_status(record));
    let words: Vec<&str> =
        world.statuses_of(person.id).filter(|(s, _)| s.as_str() == "afr").map(|(_, s)| s.word.as_str()).collect();
    assert_eq!(words, ["hvilende"], "a plan knows candidates only");
}

#[test]
fn a_reading_that_was_cut_goes_on_where_it_stopped() {
    let stage = stage(false, 300);
    let pages = listed(&stage).len().div_ceil(100);
    assert!(pages > 2, "{pages}");
    stage.sandbox.fault(Fault::status(403).path("latestuserstatus/").query("page=3").always());
    let call = Call::new(&stage.client, "userstatus.latest", options(&stage.client));
    assert!(ledger::current(&call, false).is_err());
    assert!(ledger::known(&call).unwrap().is_none(), "half of it is none");
    stage.sandbox.clear_faults();
    // Somebody whose status stands on a page that was read changes meanwhile.
    stage.sandbox.add_status(stage.sandbox.people()[0].id, "afr", "hvilende", None);
    let before = stage.spent();
    let whole = kept(&current(&stage.client));
    assert_eq!(
        stage.spent() - before,
        pages - 2 + 1 + 1,
        "two pages were kept; the second is read again for what has moved to it, and what came meanwhile is looked at"
    );
    same(&whole, &listed(&stage), "");
}

#[test]
fn a_reading_that_is_cut_by_the_throttle_says_so_and_goes_on() {
    let stage =
        with(Sandbox::builder().users(300).throttle(100_000, 3600.0), json!({ "throttle": {"requests": 3, "per_s": 1.0} }));
    let call = |max_wait_s: f64| stage.call("userstatus.latest", json!({ "max_wait_s": max_wait_s }));
    let mut said = Vec::new();
    let reply = loop {
        match call(0.0) {
            Ok(reply) => break reply,
            Err(e) if e.code() == Code::Throttled => said.push(e.message().into_owned()),
            Err(e) => panic!("{}", e.json()),
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    };
    assert!(said.iter().any(|said| said.contains("pages are read and kept; the next call goes on from there")), "{said:?}");
    same(&shown(reply["results"].as_array().unwrap()), &listed(&stage), "");
}

#[test]
fn where_known_records_are_gone_it_is_read_anew() {
    for newest_first in [false, true] {
        for as_many_come in [false, true] {
            let stage = stage(newest_first, 120);
            current(&stage.client);
            current(&stage.client);
            // One company fewer is in sight.
            let people = stage.sandbox.people();
            let (gone, stays) =
                (people[40].company_id, people.iter().find(|person| person.company_id != people[40].company_id));
            let mut companies: Vec<u64> = people.iter().map(|person| person.company_id).filter(|id| *id != gone).collect();
            companies.dedup();
            let of_gone = people.iter().filter(|person| person.company_id == gone);
            let records: usize = of_gone.map(|person| stage.sandbox.statuses_of(person.id).len()).sum();
            stage.sandbox.see(stage.sandbox.client_id(), Some(&companies));
            if as_many_come {
                (0..records).for_each(|_| _ = stage.sandbox.add_status(stays.unwrap().id, "pfn", "pfnok", None));
            }
            let before = asked(&stage, "latestuserstatus/");
            let ledger = current(&stage.client);
            assert!(asked(&stage, "latestuserstatus/") > before, "newest first: {newest_first}, as many: {as_many_come}");
            same(&kept(&ledger), &listed(&stage), &format!("newest first: {newest_first}, as many: {as_many_come}"));
            let before = stage.spent();
            current(&stage.client);
            assert_eq!(stage.spent() - before, 1);
        }
    }
}

#[test]
fn a_history_that_is_rewritten_is_noticed() {
    for newest_first in [false, true] {
        let stage = stage(newest_first, 120);
        stage.sandbox.switches(|switches| switches.userstatus_only_grows = false);
        current(&stage.client);
        current(&stage.client);
        for n in [3, 60, 119] {
            let person = stage.sandbox.people()[n].id;
            stage.get("users.withdraw", json!({ "id": person, "scheme": "afr" }));
            same(&kept(&current(&stage.client)), &listed(&stage), &format!("newest first: {newest_first}"));
        }
    }
}

#[test]
fn a_history_in_no_order_is_believed_by_its_count() {
    let stage = stage(false, 30);
    let record =
        |id: u64| json!({ "id": format!("x/userstatus/{id}/"), "user": "x/user/590001/", "appname": "afr", "status": "afrok" });
    let history = |ids: &[u64]| {
        let results: Vec<Value> = ids.iter().map(|id| record(*id)).collect();
        Fault::status(200)
            .path("userstatus/")
            .body(&json!({ "count": ids.len(), "next": null, "results": results }).to_string())
    };
    stage.sandbox.fault(history(&[5, 9, 7]).always());
    current(&stage.client);
    let before = stage.spent();
    current(&stage.client);
    assert_eq!(stage.spent() - before, 1, "as many as before");
    stage.sandbox.clear_faults();
    stage.sandbox.fault(history(&[5, 9, 10, 7]).always());
    let before = asked(&stage, "latestuserstatus/");
    current(&stage.client);
    assert!(asked(&stage, "latestuserstatus/") > before, "what came cannot be told");
}

#[test]
fn it_is_right_however_pages_are_linked() {
    for paging in [Paging::Offset, Paging::Cursor] {
        for newest_first in [false, true] {
            let stage = stage_with(150, |switches| (switches.paging, switches.newest_first) = (paging, newest_first));
            for _ in 0..2 {
                same(&kept(&current(&stage.client)), &listed(&stage), &format!("{paging:?}, newest first: {newest_first}"));
                stage.sandbox.add_status(stage.sandbox.people()[9].id, "pfn", "pfnok", None);
            }
            same(&kept(&current(&stage.client)), &listed(&stage), &format!("{paging:?}, newest first: {newest_first}"));
        }
    }
}

#[test]
fn a_record_from_a_day_to_come_waits_for_its_day() {
    let stage = stage(false, 30);
    let (client, clock) = moved(&stage, json!({}));
    current(&client);
    let person = stage.sandbox.people()[4].id;
    stage.sandbox.add_status(person, "sfn", "sfnok", None);
    let tomorrow = finaut_core::clock::SystemClock.today().tomorrow().unwrap();
    let args = json!({ "id": person, "scheme": "sfn", "date": tomorrow.to_string() });
    finaut_core::call(&client, "users.withdraw", &args.to_string()).unwrap();
    same(&kept(&current(&client)), &listed(&stage), "it is not in force");
    for seconds in [86_400.0, 86_400.0] {
        clock.forward(seconds);
        stage.sandbox.advance(seconds);
        same(&kept(&current(&client)), &listed(&stage), "");
    }
    assert!(kept(&current(&client)).iter().any(|record| record.contains("utmeldt")));
}

#[test]
fn after_thirty_days_it_is_read_anew_with_slots_that_are_left_over() {
    let stage = stage(false, 300);
    let pages = listed(&stage).len().div_ceil(100);
    let (client, clock) = moved(&stage, json!({ "throttle": {"requests": 12, "per_s": 3600.0}, "max_wait_s": 1_000_000 }));
    let waited = |client: &Client| {
        clock.forward(3700.0);
        kept(&current(client))
    };
    while known(&client).is_none() {
        let call = Call::new(&client, "userstatus.latest", Options { max_wait_s: 0.0, ..options(&client) });
        let _ = ledger::current(&call, false);
        clock.forward(3700.0);
    }
    assert!(pages > 5, "{pages}");
    clock.forward(29.0 * 86_400.0);
    let before = asked(&stage, "latestuserstatus/");
    waited(&client);
    assert_eq!(asked(&stage, "latestuserstatus/"), before, "it is not old");
    clock.forward(2.0 * 86_400.0);
    waited(&client);
    let first = asked(&stage, "latestuserstatus/") - before;
    assert!((1..=6).contains(&first) && first < pages, "half of the slots stay: {first} of {pages}");
    let mut calls = 1;
    while asked(&stage, "latestuserstatus/") - before < pages {
        waited(&client);
        calls += 1;
        assert!(calls < 20);
    }
    same(&waited(&client), &listed(&stage), "");
    let before = asked(&stage, "latestuserstatus/");
    waited(&client);
    assert_eq!(asked(&stage, "latestuserstatus/"), before, "it is new again");
}

#[test]
fn fresh_reads_all_of_it_anew_and_a_cut_leaves_what_was_there() {
    let stage = stage(false, 300);
    let pages = listed(&stage).len().div_ceil(100);
    current(&stage.client);
    let before_it = kept(&known(&stage.client).unwrap());
    let before = asked(&stage, "latestuserstatus/");
    current_of(&stage.client, true);
    assert_eq!(asked(&stage, "latestuserstatus/") - before, pages);
    stage.sandbox.fault(Fault::status(403).path("latestuserstatus/").query("page=3").always());
    let call = Call::new(&stage.client, "userstatus.latest", options(&stage.client));
    assert!(ledger::current(&call, true).is_err());
    same(&kept(&known(&stage.client).unwrap()), &before_it, "as it was");
    // What comes meanwhile is taken up by both.
    let person = stage.sandbox.people()[0].id;
    stage.get("users.hold", json!({ "id": person, "scheme": "pfn" }));
    stage.sandbox.clear_faults();
    let now = listed(&stage);
    same(&kept(&known(&stage.client).unwrap()), &now, "while it is read anew");
    let before = asked(&stage, "latestuserstatus/");
    same(&kept(&current_of(&stage.client, true)), &now, "read anew");
    let again = asked(&stage, "latestuserstatus/") - before;
    assert!((pages - 2..=pages).contains(&again), "it goes on, also where it shall be fresh: {again} of {pages}");
    let before = stage.spent();
    current(&stage.client);
    assert_eq!(stage.spent() - before, 1);
}

#[test]
fn what_any_call_is_shown_feeds_it_and_nothing_older_replaces_what_is_newer() {
    let stage = stage(false, 60);
    let before = asked(&stage, "latestuserstatus/");
    // Before it was read once nothing is kept.
    stage.get("userstatus.list", json!({}));
    assert!(known(&stage.client).is_none());
    current(&stage.client);
    let pages = asked(&stage, "latestuserstatus/") - before;
    let people = stage.sandbox.people();
    let word = |person: u64, scheme: &str| {
        let call = Call::new(&stage.client, "userstatus.latest", options(&stage.client));
        let record = ledger::status_of(&call, person, scheme).unwrap();
        record.map(|record| record.view::<Value>().unwrap()["status"].as_str().unwrap().to_owned())
    };
    stage.get("users.withdraw", json!({ "id": people[1].id, "scheme": "rob" }));
    assert_eq!(word(people[1].id, "rob").as_deref(), Some("utmeldt"), "users.withdraw");
    stage.get("users.hold", json!({ "id": people[2].id, "scheme": "rob" }));
    assert_eq!(word(people[2].id, "rob").as_deref(), Some("hvilende"), "users.hold");
    let status = json!({ "user": people[3].id, "appname": "rob", "status": "hvilende", "status_set_by": people[0].id });
    stage.get("userstatus.create", status);
    assert_eq!(word(people[3].id, "rob").as_deref(), Some("hvilende"), "userstatus.create");
    stage.sandbox.add_status(people[4].id, "rob", "robok", None);
    assert_eq!(word(people[4].id, "rob"), None, "nobody was shown it");
    stage.get("userstatus.latest", json!({ "id": people[4].id }));
    assert_eq!(word(people[4].id, "rob").as_deref(), Some("robok"), "userstatus.latest of a person");
    stage.sandbox.add_status(people[5].id, "rob", "robnew", None);
    stage.sandbox.add_status(people[5].id, "rob", "robok", None);
    stage.get("userstatus.list", json!({ "id": people[5].id }));
    assert_eq!(word(people[5].id, "rob").as_deref(), Some("robok"), "userstatus.list of a person");
    let number = stage.sandbox.add_status(people[6].id, "rob", "robok", None);
    stage.get("userstatus.get", json!({ "id": number }));
    assert_eq!(word(people[6].id, "rob").as_deref(), Some("robok"), "userstatus.get");
    stage.sandbox.add_status(people[7].id, "rob", "robok", None);
    finaut_core::call_pages(&stage.client, "userstatus.list", "{}", &mut |_| false).unwrap();
    assert_eq!(word(people[7].id, "rob").as_deref(), Some("robok"), "a list page by page");
    let first = stage.sandbox.statuses_of(people[5].id)[0].id;
    stage.get("userstatus.get", json!({ "id": first }));
    stage.get("userstatus.list", json!({}));
    same(&kept(&known(&stage.client).unwrap()), &listed(&stage), "nothing older");
    let before = asked(&stage, "latestuserstatus/");
    same(&kept(&current(&stage.client)), &listed(&stage), "");
    assert_eq!(asked(&stage, "latestuserstatus/") - before, pages, "the ledger has not read it anew");
}

#[test]
fn the_inboxs_poll_feeds_it() {
    let folder = std::env::temp_dir().join(format!("finaut-ledger-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let settings = json!({ "state": folder.join("state.db"), "inbox": {}, "throttle": {"requests": 100_000} });
    let stage = with(Sandbox::builder().users(30).throttle(100_000, 3600.0), settings);
    stage.get("inbox.poll", json!({}));
    current(&stage.client);
    let person = stage.sandbox.people()[3].id;
    stage.sandbox.add_status(person, "rob", "robok", None);
    stage.get("inbox.poll", json!({}));
    let known = {
        let call = Call::new(&stage.client, "userstatus.latest", options(&stage.client));
        ledger::status_of(&call, person, "rob").unwrap()
    };
    assert!(known.is_some());
    drop(stage);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn two_that_need_it_at_once_read_it_once() {
    let stage = stage(false, 300);
    let pages = listed(&stage).len().div_ceil(100);
    let before = stage.spent();
    std::thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| kept(&current(&stage.client))));
        let [one, other] = both.map(|read| read.join().unwrap());
        same(&one, &other, "");
    });
    assert_eq!(stage.spent() - before, pages + 1 + 1, "the second one looks at the history");
}

#[test]
fn a_record_that_shifts_while_it_is_read_is_found_again() {
    let stage = stage(false, 1200);
    let people = stage.sandbox.people();
    let first = people.iter().find(|person| !stage.sandbox.statuses_of(person.id).is_empty()).unwrap().id;
    let pages = listed(&stage).len().div_ceil(100);
    let late = format!("page={}", pages - 2);
    stage.sandbox.fault(Fault::change().path("latestuserstatus/").query(&late).vanish(&[first]));
    let before = asked(&stage, "latestuserstatus/");
    let ledger = current(&stage.client);
    assert_eq!(ledger.missing, 0);
    assert_eq!(asked(&stage, "latestuserstatus/") - before, pages + 1, "the page before the gap is read again");
    let (kept, listed) = (kept(&ledger), listed(&stage));
    assert!(listed.iter().all(|record| kept.contains(record)));
}

#[test]
fn what_is_missing_is_told() {
    let stage = stage(false, 1500);
    // The server counts more than it lists.
    let answer = listed(&stage).len() + 7;
    let page = stage.get("request", json!({ "method": "GET", "path": "latestuserstatus/" }));
    let body = json!({ "count": answer, "next": null, "results": page["results"] }).to_string();
    stage.sandbox.fault(Fault::status(200).path("latestuserstatus/").body(&body).always());
    let reply = stage.get("userstatus.latest", json!({}));
    assert_eq!(reply["missing"], answer - 100);
    assert_eq!(reply["count"], 100);
}

#[test]
fn everybodys_latest_statuses_are_answered_from_it() {
    let stage = stage(false, 250);
    let whole = listed(&stage);
    let before = stage.spent();
    let reply = stage.get("userstatus.latest", json!({}));
    assert_eq!(stage.spent() - before, whole.len().div_ceil(100) + 1);
    same(&shown(reply["results"].as_array().unwrap()), &whole, "");
    assert_eq!((&reply["count"], &reply["next_page"]), (&json!(whole.len()), &Value::Null));
    let as_of: finaut_core::clock::Moment = finaut_core::clock::Moment::parse(reply["as_of"].as_str().unwrap()).unwrap();
    assert!((finaut_core::clock::SystemClock.wall() - as_of.begins).abs() < 600.0);
    // Page by page, and in one scheme.
    let before = stage.spent();
    let mut pages = Vec::new();
    let mut page = json!(1);
    while !page.is_null() {
        let listed = stage.get("userstatus.latest", json!({ "page": page }));
        assert_eq!((&listed["count"], listed["as_of"].is_string()), (&json!(whole.len()), true));
        assert!(listed["results"].as_array().unwrap().len() <= 100);
        pages.extend(listed["results"].as_array().unwrap().clone());
        page = listed["next_page"].clone();
    }
    assert_eq!(pages, *reply["results"].as_array().unwrap());
    assert_eq!(stage.spent() - before, 1, "the first page looks at the history");
    assert_eq!(stage.get("userstatus.latest", json!({ "page": 99 }))["results"], json!([]));
    stage.fails(Code::Validation, "userstatus.latest", json!({ "page": "cursor=abc" }));
    let krd = stage.get("userstatus.latest", json!({ "scheme": "krd" }));
    let of_krd: Vec<&Value> = pages.iter().filter(|record| record["appname"] == "krd").collect();
    assert_eq!(krd["results"].as_array().unwrap().iter().collect::<Vec<_>>(), of_krd);
    assert_eq!(krd["count"], of_krd.len());
    let before = asked(&stage, "latestuserstatus/");
    stage.get("userstatus.latest", json!({ "fresh": true }));
    assert_eq!(asked(&stage, "latestuserstatus/") - before, whole.len().div_ceil(100), "fresh reads it anew");
    // A person's are asked for.
    let before = asked(&stage, "latestuserstatus/");
    assert!(stage.get("userstatus.latest", json!({ "id": stage.sandbox.people()[3].id }))["as_of"].is_null());
    assert_eq!(asked(&stage, "latestuserstatus/") - before, 1);
}

#[test]
fn enrolling_somebody_reads_it_for_its_warning() {
    let stage = stage(false, 60);
    let person = stage.sandbox.people().into_iter().find(|person| person.roles.contains(&"afr_ka".to_owned())).unwrap();
    stage.get("users.withdraw", json!({ "id": person.id, "scheme": "afr" }));
    let enroll = |more: Value| {
        let mut args = json!({ "id": person.id, "schemes": ["afr"] });
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let before = stage.spent();
        let reply = stage.get("users.enroll", args);
        (reply["warnings"][0]["code"].as_str().map(str::to_owned), stage.spent() - before)
    };
    let withdrawn = Some("withdrawn".to_owned());
    assert_eq!(enroll(json!({})), (withdrawn.clone(), 2), "without a ledger the status is asked for");
    current(&stage.client);
    assert_eq!(enroll(json!({})), (withdrawn.clone(), 1), "the person alone is read");
    assert_eq!(enroll(json!({ "fresh": true })).1, 2);
    stage.sandbox.add_status(person.id, "afr", "afrnew", None);
    current(&stage.client);
    assert_eq!(enroll(json!({})), (None, 1));
}
