//! Lists: all pages or one, and only what is consistent; answers pass through as they are.

use std::collections::HashSet;

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Paging, Sandbox, UserOrder};
use serde_json::{Value, json};

use super::stage::{Stage, on, stage, with};

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

fn ids(listed: &Value) -> Vec<u64> {
    let number = |row: &Value| row["id"].as_str().unwrap().trim_end_matches('/').rsplit('/').next().unwrap().parse().unwrap();
    listed["results"].as_array().unwrap().iter().map(number).collect()
}

/// A stage whose people stand in this order.
fn ordered(users: usize, order: UserOrder) -> Stage {
    on(Sandbox::builder().users(users).throttle(10_000, 3600.0).switches(|switches| switches.user_order = order))
}

#[test]
fn growth_while_a_list_is_read_is_believed_and_costs_next_to_nothing() {
    for (order, again, missing) in [(UserOrder::Id, 0, 0), (UserOrder::NewestFirst, 1, 0)] {
        let stage = ordered(1050, order);
        let before: HashSet<u64> = stage.sandbox.people().iter().map(|person| person.id).collect();
        stage.sandbox.fault(Fault::change().path("user/").query("page=5").appear(1));
        let listed = stage.get("users.list", json!({}));
        let listed_ids = ids(&listed);
        let once: HashSet<u64> = listed_ids.iter().copied().collect();
        assert_eq!((once.len(), listed_ids.len()), (1051, 1051), "everybody once, the new one too");
        assert!(before.is_subset(&once));
        assert_eq!(
            (stage.spent(), listed["count"].as_u64(), listed["missing"].as_u64().unwrap_or(0)),
            (11 + again, Some(1051), missing)
        );
    }
    // Who stands anywhere in the middle may be missed. It costs no more than a tenth, and it is told.
    let stage = ordered(1050, UserOrder::Name);
    let before = stage.sandbox.people();
    stage.sandbox.fault(Fault::change().path("user/").query("page=8").appear(1));
    let listed = stage.get("users.list", json!({}));
    let once: HashSet<u64> = ids(&listed).into_iter().collect();
    assert!(before.iter().all(|person| once.contains(&person.id)), "who was there all the time is there");
    assert_eq!(once.len() as u64 + listed["missing"].as_u64().unwrap_or(0), 1051);
    assert!(stage.spent() <= 11 + 11 / 10 + 2, "{}", stage.spent());
}

#[test]
fn who_shifts_past_us_when_somebody_goes_is_read_all_the_same() {
    for order in [UserOrder::Id, UserOrder::NewestFirst, UserOrder::Name] {
        // Somebody of the first page goes between any two others: all behind move up, one of them to a page that was read.
        for page in [2, 6, 10] {
            let stage = ordered(1050, order);
            let gone = ids(&stage.get("users.list", json!({"page": 1})))[7];
            let spent = stage.spent();
            stage.sandbox.fault(Fault::change().path("user/").query(&format!("page={page}")).vanish(&[gone]));
            let listed = stage.get("users.list", json!({}));
            let once: HashSet<u64> = ids(&listed).into_iter().collect();
            assert!(stage.sandbox.people().iter().all(|person| once.contains(&person.id)), "{order:?} {page}");
            assert_eq!((stage.spent() - spent, &listed["missing"]), (12, &Value::Null));
        }
        // The last page goes with its only person.
        let stage = ordered(201, order);
        let gone = ids(&stage.get("users.list", json!({"page": 1})))[0];
        stage.sandbox.fault(Fault::change().path("user/").query("page=2").vanish(&[gone]));
        let listed = stage.get("users.list", json!({}));
        let once: HashSet<u64> = ids(&listed).into_iter().collect();
        assert!(stage.sandbox.people().iter().all(|person| once.contains(&person.id)), "{order:?}");
        assert_eq!((once.len(), &listed["missing"]), (201, &Value::Null), "who has gone since was there");
    }
}

#[test]
fn what_cannot_be_found_again_is_told_and_costs_no_more_than_a_tenth() {
    // A database that nobody told to sort.
    let stage = ordered(1050, UserOrder::Shuffled);
    let listed = stage.get("users.list", json!({}));
    let once: HashSet<u64> = ids(&listed).into_iter().collect();
    assert_eq!(once.len(), listed["results"].as_array().unwrap().len(), "each once");
    assert_eq!((stage.spent(), listed["missing"].as_u64()), (11 + 11 / 10 + 2, Some(1050 - once.len() as u64)));
    // What is missing is not remembered for a day.
    let stage = on(Sandbox::builder().companies(30));
    let page = |number: usize, next: bool| {
        let next = next.then_some("http://x/finautapi/v1/companies/?page=2");
        json!({"count": 9, "next": next, "results": [{"id": number}]}).to_string()
    };
    stage.sandbox.fault(Fault::status(200).body(&page(2, false)).path("companies/").query("page=2").always());
    stage.sandbox.fault(Fault::status(200).body(&page(1, true)).path("companies/").always());
    assert_eq!(stage.get("companies.list", json!({}))["missing"], 7);
    stage.sandbox.clear_faults();
    assert_eq!(stage.get("companies.list", json!({}))["count"], 30);
}

#[test]
fn one_page_is_one_answer_whatever_is_on_it() {
    let stage = on(Sandbox::builder().users(150));
    let body =
        json!({"count": 9, "next": null, "previous": null, "results": [{"id": null}, {"id": null}, {"id": 1}, {"id": 1}]})
            .to_string();
    stage.sandbox.fault(Fault::status(200).body(&body).path("user/"));
    let listed = stage.get("users.list", json!({}));
    assert_eq!((listed["results"].as_array().unwrap().len(), stage.spent(), &listed["missing"]), (4, 1, &Value::Null));
}

#[test]
fn pages_are_followed_however_they_are_linked_and_whatever_host_the_server_writes() {
    for paging in [Paging::PageNumber, Paging::Offset, Paging::Cursor] {
        for host in [None, Some("http://internal:8000"), Some("https://elsewhere.invalid/behind/a/proxy")] {
            let stage = on(Sandbox::builder().users(250).switches(|switches| {
                switches.paging = paging;
                switches.next_host = host.map(str::to_owned);
            }));
            let listed = stage.get("users.list", json!({}));
            assert_eq!((ids(&listed).len(), &listed["count"], stage.spent()), (250, &json!(250), 3), "{paging:?}");
            // Page by page, as next_page says; and also as text, which is what a host without JSON has.
            let (mut page, mut seen) = (json!(1), Vec::new());
            while !page.is_null() {
                let listed = stage.get("users.list", json!({"page": page}));
                seen.extend(ids(&listed));
                page = match &listed["next_page"] {
                    Value::Number(number) => json!(number.to_string()),
                    next => next.clone(),
                };
            }
            assert_eq!(seen.len(), 250);
            // A filter holds on each page.
            let alias =
                stage.sandbox.people().into_iter().find(|person| !person.employee_alias.is_empty()).unwrap().employee_alias;
            let next = stage.get("users.list", json!({"page": 1}))["next_page"].clone();
            stage.get("users.list", json!({"employee_alias": alias, "page": 1}));
            if paging != Paging::PageNumber {
                let _ = stage.call("users.list", json!({"employee_alias": alias, "page": next}));
                let query = stage.sandbox.requests().last().unwrap().query.clone();
                assert!(query.contains("employee_alias="), "{query}");
            }
        }
    }
    for page in
        [json!(0), json!(""), json!("last"), json!("cursor"), json!("a=b#c"), json!("https://x/?cursor=1"), json!("a=b c")]
    {
        let stage = stage();
        stage.fails(Code::Validation, "users.list", json!({"page": page}));
        assert_eq!(stage.spent(), 0);
    }
    stage().fails(Code::Argument, "users.list", json!({"page": [1]}));
}

#[test]
fn pages_that_lead_in_a_circle_or_away_are_a_clear_error_and_no_loop() {
    let page = |next: &str, ids: &[u64]| {
        let results: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        json!({"count": 9, "next": next, "previous": null, "results": results}).to_string()
    };
    let root = "http://x/finautapi/v1/user/";
    for (next, most) in [
        // The server does not know its own link and shows the first page each time.
        (format!("{root}?cursor=abc"), 2),
        (format!("{root}?page=1"), 1),
        (root.to_owned(), 1),
        (format!("{root}?page=2"), 2),
        ("http://x/finautapi/v1/userstatus/?page=2".to_owned(), 1),
        ("http://x/?page=2".to_owned(), 1),
    ] {
        let stage = stage();
        stage.sandbox.fault(Fault::status(200).body(&page(&next, &[1, 2, 3])).path("user/").always());
        let error = stage.fails(Code::Protocol, "users.list", json!({}));
        assert!(stage.spent() <= most, "{next}: {} requests, {error}", stage.spent());
    }
    // Each page has another name, and is always the same one.
    let stage = stage();
    for n in 1..50 {
        stage.sandbox.fault(Fault::status(200).body(&page(&format!("{root}?cursor={n}"), &[1, 2, 3])).path("user/"));
    }
    stage.fails(Code::Protocol, "users.list", json!({}));
    assert_eq!(stage.spent(), 2);
    // A page alone that leads back to itself, or before.
    for (asked, next) in [(json!(3), "page=3"), (json!(3), "page=2"), (json!("cursor=a"), "cursor=a")] {
        stage.sandbox.clear_faults();
        stage.sandbox.fault(Fault::status(200).body(&page(&format!("{root}?{next}"), &[1])).path("user/"));
        stage.fails(Code::Protocol, "users.list", json!({"page": asked}));
    }
}

#[test]
fn each_page_of_a_long_list_may_wait_for_its_slot_as_long_as_a_call() {
    let builder = Sandbox::builder().users(750).throttle(2, 1.0);
    let stage = with(builder, json!({"throttle": {"requests": 2, "per_s": 1}, "max_wait_s": 2.5}));
    // It takes more than three seconds in all.
    assert_eq!(stage.get("users.list", json!({}))["results"].as_array().unwrap().len(), 750);
    assert_eq!((stage.spent(), stage.sandbox.count_429()), (8, 0));
    // A step of something else has the call's one deadline: here a server that ignores the filter, and lists everybody.
    let everybody = json!({"count": 750, "next": "http://x/finautapi/v1/user/?page=2", "results": [{"id": 1}]}).to_string();
    stage.sandbox.fault(Fault::status(200).body(&everybody).path("user/").query("employee_alias"));
    let update = json!({"employee_alias": "E-none", "changes": {"first_name": "Ny"}, "max_wait_s": 1.5});
    stage.fails(Code::Throttled, "users.update", update);
}

#[test]
fn pages_without_end_cost_no_more_than_they_must() {
    let stage = stage();
    let body =
        json!({"count": 100_000, "next": "http://x/finautapi/v1/user/?page=9", "previous": null, "results": []}).to_string();
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
