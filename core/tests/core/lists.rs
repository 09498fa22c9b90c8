//! Lists: all pages or one, and only what is consistent; answers pass through as they are.

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::stage::{on, stage, with};

#[test]
fn a_list_has_everybody_once() {
    let stage = on(Sandbox::builder().users(250));
    let events = stage.events();
    let listed = stage.get("users.list", json!({}));
    assert_eq!(
        (listed["count"].as_u64(), listed["results"].as_array().unwrap().len(), &listed["next_page"]),
        (Some(250), 250, &Value::Null)
    );
    assert_eq!(stage.spent(), 3);
    let pages: Vec<_> = events
        .lock()
        .unwrap()
        .iter()
        .filter(|event| event["event"] == "page")
        .map(|event| event["page"].as_u64().unwrap())
        .collect();
    assert_eq!(pages, [1, 2, 3]);
    let second = stage.get("users.list", json!({"page": 2}));
    assert_eq!(
        (second["results"].as_array().unwrap().len(), &second["next_page"], second["count"].as_u64()),
        (100, &json!(3), Some(250))
    );
    assert_eq!(stage.get("users.list", json!({"page": 3}))["next_page"], Value::Null);
    stage.fails(Code::NotFound, "users.list", json!({"page": 4}));
}

#[test]
fn a_list_that_changes_while_it_is_read_is_read_again() {
    let stage = on(Sandbox::builder().users(150));
    let page = |n: usize, count: usize, next: bool| {
        let people: Vec<_> = stage.sandbox.people()[..n]
            .iter()
            .map(|person| json!({"id": format!("{}/finautapi/v1/user/{}/", stage.sandbox.url(), person.id)}))
            .collect();
        json!({"count": count, "next": next.then_some("http://x/?page=2"), "previous": null, "results": people}).to_string()
    };
    // The first reading's second page repeats people of the first; then the sandbox answers for itself.
    stage.sandbox.fault(Fault::status(200).body(&page(50, 150, false)).path("user/").query("page=2"));
    let listed = stage.get("users.list", json!({}));
    assert_eq!(listed["results"].as_array().unwrap().len(), 150);
    assert_eq!(stage.spent(), 4);
    // It never settles.
    for n in 0..20 {
        stage.sandbox.fault(Fault::status(200).body(&page(40 + n, 150, false)).path("user/").query("page=2"));
    }
    stage.fails(Code::Protocol, "users.list", json!({}));
}

#[test]
fn a_list_that_grows_while_it_is_read_is_read_twice_and_then_believed() {
    let stage = on(Sandbox::builder().users(150));
    let ids: Vec<u64> = stage.sandbox.people().iter().map(|person| person.id).chain([1, 2, 3]).collect();
    // Pages as the server would give them while somebody is added, or goes, between any two requests.
    let page = |number: usize, ids: &[u64]| {
        let results: Vec<_> = ids.chunks(100).nth(number - 1).unwrap().iter().map(|id| json!({"id": id})).collect();
        let next = (number * 100 < ids.len()).then_some("http://x/?page=2");
        let body = json!({"count": ids.len(), "next": next, "previous": null, "results": results}).to_string();
        let fault = Fault::status(200).body(&body).path("user/");
        stage.sandbox.fault(if number == 1 { fault } else { fault.query("page=2") });
    };
    for (reading, grown) in [(1, 151), (2, 153)] {
        page(1, &ids[..149 + reading]);
        page(2, &ids[..grown]);
    }
    let listed = stage.get("users.list", json!({}));
    assert_eq!((listed["results"].as_array().unwrap().len(), stage.spent()), (153, 4));

    // The first reading has everybody, though one is added meanwhile. In the second one goes from the first page and two are added:
    // somebody moves from the second page to the first, where nobody looks any more, and the number fits all the same.
    let spent = stage.spent();
    page(1, &ids[..150]);
    page(2, &ids[..151]);
    page(1, &ids[..151]);
    page(2, &[&ids[1..151], &[7, 8]].concat());
    let listed = stage.get("users.list", json!({}));
    assert_eq!(
        (listed["results"].as_array().unwrap().len(), stage.spent() - spent),
        (150, 6),
        "the sandbox's own answer in the end"
    );
}

#[test]
fn what_looks_odd_but_stays_the_same_is_the_servers_way() {
    let stage = on(Sandbox::builder().users(150));
    // One page is one answer, whatever is on it.
    let body =
        json!({"count": 9, "next": null, "previous": null, "results": [{"id": null}, {"id": null}, {"id": 1}, {"id": 1}]})
            .to_string();
    stage.sandbox.fault(Fault::status(200).body(&body).path("user/"));
    let listed = stage.get("users.list", json!({}));
    assert_eq!((listed["results"].as_array().unwrap().len(), stage.spent()), (4, 1));
    // Several pages whose count never fits are read twice, and then believed.
    let body = json!({"count": 151, "next": null, "previous": null, "results": [{"id": 1}]}).to_string();
    let spent = stage.spent();
    stage.sandbox.fault(Fault::status(200).body(&body).path("user/").query("page=2").always());
    let listed = stage.get("users.list", json!({}));
    assert_eq!((listed["results"].as_array().unwrap().len(), stage.spent() - spent), (101, 4));
}

#[test]
fn pages_without_end_cost_no_more_than_they_must() {
    let stage = stage();
    let body = json!({"count": 100_000, "next": "http://x/?page=9", "previous": null, "results": []}).to_string();
    stage.sandbox.fault(Fault::status(200).body(&body).path("user/").always());
    let _ = stage.call("users.list", json!({}));
    assert!(stage.spent() <= 3, "{}", stage.spent());
}

#[test]
fn an_interactive_list_may_use_the_reserve() {
    let stage = with(
        Sandbox::builder().users(250).throttle(20, 3600.0),
        json!({"throttle": {"requests": 20, "per_s": 3600, "reserve": 10}}),
    );
    for _ in 0..10 {
        stage.get("check", json!({}));
    }
    stage.fails(Code::Throttled, "users.list", json!({}));
    assert_eq!(stage.get("users.list", json!({"priority": "interactive"}))["count"], 250);
}

#[test]
fn an_answer_that_ends_within_its_json_is_asked_for_again() {
    let stage = stage();
    stage.sandbox.fault(Fault::status(200).body("{\"id\": 1, \"score").path("results/"));
    let id = stage.sandbox.people().iter().flat_map(|person| stage.sandbox.results_of(person.id)).next().unwrap().id;
    stage.get("results.get", json!({"id": id}));
    assert_eq!(stage.spent(), 2);
}

#[test]
fn a_byte_order_mark_is_no_part_of_an_answer() {
    let stage = stage();
    stage.sandbox.fault(Fault::status(200).body("\u{feff}{\"id\": 1}").path("results/"));
    assert_eq!(stage.get("results.get", json!({"id": 1}))["id"], 1);
}

#[test]
fn a_list_that_cannot_be_had_in_time_is_not_begun() {
    let stage = with(Sandbox::builder().users(450).throttle(3, 3600.0), json!({"throttle": {"requests": 3, "per_s": 3600}}));
    let error = stage.fails(Code::Throttled, "users.list", json!({}));
    assert!(error.details().retry_after_s.unwrap() > 3500.0);
    assert_eq!(stage.spent(), 1, "the first page told how many there are");
    assert_eq!(stage.sandbox.count_429(), 0);
}

#[test]
fn unknown_fields_big_integers_and_exact_decimals_pass_through() {
    let stage = stage();
    let object = r#"{"id":"http://x/finautapi/v1/results/1/","big":123456789012345678901234567890,"exact":87.500,"tiny":1.0000000000000000000001,"e":1e5,"nested":{"ø":[null,true,"\u0000"]},"zz":0.10,"aa":-0.0}"#;
    stage.sandbox.fault(Fault::status(200).body(object).path("results/"));
    let reply = stage.get("results.get", json!({"id": 1})).to_string();
    for part in
        ["123456789012345678901234567890", "87.500", "1.0000000000000000000001", "0.10", "-0.0", r#""ø":[null,true,"\u0000"]"#]
    {
        assert!(reply.contains(part), "{part} in {reply}");
    }
    let order = ["big", "exact", "tiny", "nested", "zz", "aa"].map(|name| reply.find(&format!("\"{name}\"")).unwrap());
    assert!(order.is_sorted());
}
