//! Lists page by page: everybody once, whatever happens to the list meanwhile, and nothing but ids kept of what was given.

use std::collections::HashSet;

use finaut_core::error::{Code, Error};
use finaut_sandbox::{Fault, Sandbox, UserOrder};
use serde_json::{Value, json};

use super::stage::{Stage, on, stage};

/// Reads a list page by page; `after` pages it is stopped.
fn pages(stage: &Stage, operation: &str, args: Value, after: usize) -> (Vec<Value>, Result<Value, Error>) {
    let mut pages = Vec::new();
    let reply = finaut_core::call_pages(&stage.client, operation, &args.to_string(), &mut |page| {
        pages.push(serde_json::from_str(page).unwrap());
        pages.len() >= after
    });
    (pages, reply.map(|reply| reply.view().unwrap()))
}

fn objects(pages: &[Value]) -> Vec<Value> {
    pages.iter().flat_map(|page| page["results"].as_array().unwrap().clone()).collect()
}

#[test]
fn the_pages_hold_what_the_list_holds() {
    let stage = on(Sandbox::builder().users(250).companies(130));
    for (operation, args) in [
        ("users.list", json!({})),
        ("users.list", json!({"employee_alias": stage.plain_person().employee_alias})),
        ("userstatus.list", json!({})),
        ("userstatus.list", json!({"scheme": "afr"})),
        ("userstatus.latest", json!({"scheme": "krd"})),
        ("results.list", json!({})),
        ("companies.list", json!({})),
        ("departments.list", json!({"company": stage.person(0).company_id})),
        ("schemes.list", json!({})),
        ("competency_results.list", json!({})),
    ] {
        let whole = stage.get(operation, args.clone());
        let (pages, reply) = pages(&stage, operation, args.clone(), usize::MAX);
        assert_eq!(objects(&pages), *whole["results"].as_array().unwrap(), "{operation} {args}");
        let reply = reply.unwrap();
        assert_eq!(reply, json!({"count": whole["count"], "pages": pages.len(), "missing": 0}), "{operation} {args}");
        assert!(pages.iter().all(|page| page["results"].as_array().unwrap().len() <= 100));
        assert!(pages.iter().rev().skip(1).all(|page| !page["next_page"].is_null()), "{operation}");
        assert_eq!(pages.last().map(|page| &page["next_page"]), Some(&Value::Null), "{operation} {args}");
    }
}

#[test]
fn a_page_is_given_before_the_next_one_is_asked_for() {
    let stage = on(Sandbox::builder().users(250));
    let mut spent = Vec::new();
    finaut_core::call_pages(&stage.client, "users.list", "{}", &mut |_| {
        spent.push(stage.spent());
        false
    })
    .unwrap();
    assert_eq!(spent, [1, 2, 3]);
}

#[test]
fn reading_stops_where_the_page_says_so() {
    let stage = on(Sandbox::builder().users(250));
    let (pages, reply) = pages(&stage, "users.list", json!({}), 2);
    assert_eq!((reply.map_err(|e| e.code()), pages.len(), stage.spent()), (Err(Code::Interrupted), 2, 2));
}

#[test]
fn an_object_that_shifts_is_given_once_and_none_is_left_out() {
    for order in [UserOrder::Id, UserOrder::NewestFirst, UserOrder::Name] {
        let stage =
            on(Sandbox::builder().users(1050).throttle(10_000, 3600.0).switches(|switches| switches.user_order = order));
        let before = stage.sandbox.people();
        let first = objects(&[stage.get("users.list", json!({"page": 1}))]);
        let gone =
            before.iter().find(|person| first[7]["id"].as_str().unwrap().ends_with(&format!("/{}/", person.id))).unwrap().id;
        stage.sandbox.fault(Fault::change().path("user/").query("page=4").appear(1));
        stage.sandbox.fault(Fault::change().path("user/").query("page=6").vanish(&[gone]));
        let (pages, reply) = pages(&stage, "users.list", json!({}), usize::MAX);
        let given: Vec<String> = objects(&pages).iter().map(|user| user["id"].to_string()).collect();
        let once: HashSet<&String> = given.iter().collect();
        assert_eq!(once.len(), given.len(), "{order:?}: each once");
        let there = |id: u64| given.iter().any(|given| given.ends_with(&format!("/{id}/\"")));
        assert!(before.iter().all(|person| there(person.id)), "{order:?}: who was there all the time is there");
        let reply = reply.unwrap();
        assert_eq!(reply["pages"], json!(pages.len()));
        assert!(reply["missing"].as_u64().unwrap() <= 1, "{order:?} {reply}");
    }
}

#[test]
fn what_has_no_pages_is_refused_before_anything_is_sent() {
    let stage = stage();
    for (operation, args, words) in [
        ("users.get", json!({"id": 590_001}), "users.list, companies.list"),
        ("users.list", json!({"page": 2}), "page:"),
        ("users.lists", json!({}), "no operation"),
        ("users.list", json!({"nobody": 2}), "nobody"),
    ] {
        let (pages, reply) = pages(&stage, operation, args, usize::MAX);
        let error = reply.unwrap_err();
        assert!(error.code() == Code::Argument && error.message().contains(words), "{}", error.json());
        assert!(pages.is_empty());
    }
    assert_eq!(stage.spent(), 0);
}
