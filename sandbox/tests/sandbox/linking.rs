//! How pages are linked and people ordered, who comes and goes between pages, and answers in gzip.

use crate::caller::{Caller, id_of};
use finaut_sandbox::{Fault, Gzip, Paging, Sandbox, UserOrder};
use serde_json::Value;

fn ids(page: &Value) -> Vec<u64> {
    page["results"].as_array().unwrap().iter().map(id_of).collect()
}

/// All ids by way of `next`, and the links themselves.
fn walk(caller: &Caller, sandbox: &Sandbox) -> (Vec<u64>, Vec<String>) {
    let (mut seen, mut links) = (Vec::new(), Vec::new());
    let mut next = Some(caller.url("user/?x=1"));
    while let Some(url) = next {
        let page = caller.get(url.strip_prefix(sandbox.url()).unwrap()).json();
        seen.extend(ids(&page));
        next = page["next"].as_str().map(str::to_owned);
        links.extend(next.clone());
    }
    (seen, links)
}

#[test]
fn each_way_of_linking_leads_to_everybody() {
    let sandbox = Sandbox::builder().users(250).start();
    let caller = Caller::new(&sandbox);
    for (paging, query) in [
        (Paging::PageNumber, "?page=2&x=1"),
        (Paging::Offset, "?limit=100&offset=100&x=1"),
        (Paging::Cursor, "?cursor=bz0xMDA%3D&x=1"),
    ] {
        sandbox.switches(|switches| switches.paging = paging);
        let (seen, links) = walk(&caller, &sandbox);
        assert_eq!(seen, (590_001..590_251).collect::<Vec<u64>>());
        assert_eq!(links[0], caller.url(&format!("user/{query}")));
    }
    assert_eq!(caller.get("user/").json().get("count"), None, "cursors come without a count");
    assert_eq!(caller.get("user/?cursor=x").status, 404);
    sandbox.switches(|switches| switches.next_host = Some("http://internal:8000".to_owned()));
    assert!(
        caller.get("user/").json()["next"].as_str().unwrap().starts_with("http://internal:8000/finautapi/v1/user/?cursor=")
    );
}

#[test]
fn people_stand_in_the_order_that_is_switched_on() {
    let sandbox = Sandbox::builder().users(50).start();
    let caller = Caller::new(&sandbox);
    let listed = |order| {
        sandbox.switches(|switches| switches.user_order = order);
        ids(&caller.get("user/").json())
    };
    let (by_id, newest_first, by_name) = (listed(UserOrder::Id), listed(UserOrder::NewestFirst), listed(UserOrder::Name));
    assert!(by_id.is_sorted() && newest_first.iter().rev().is_sorted() && !by_name.is_sorted());
    let (one, mut other) = (listed(UserOrder::Shuffled), listed(UserOrder::Shuffled));
    assert_ne!(one, other);
    other.sort_unstable();
    assert_eq!(other, by_id);
}

#[test]
fn people_come_and_go_once_a_request_was_acted_on() {
    let sandbox = Sandbox::builder().users(150).start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::change().path("user/").appear(2).vanish(&[590_001]));
    assert_eq!(ids(&caller.get("user/").json())[0], 590_001, "still there");
    let page = caller.get("user/?page=2").json();
    assert_eq!((page["count"].as_u64(), ids(&page)[0]), (Some(151), 590_102));
}

#[test]
fn answers_are_packed_where_that_is_switched_on_or_a_fault_says_so() {
    let sandbox = Sandbox::builder().users(5).start();
    let caller = Caller::new(&sandbox);
    let encoding = |path: &str| caller.get(path).header("content-encoding").map(str::to_owned);
    sandbox.switches(|switches| switches.gzip = Gzip::Asked);
    assert_eq!(encoding("user/"), None, "this caller does not ask");
    sandbox.switches(|switches| switches.gzip = Gzip::Always);
    assert_eq!(encoding("user/").as_deref(), Some("gzip"));
    sandbox.switches(|switches| switches.gzip = Gzip::Never);
    sandbox.fault(Fault::change().packed("br"));
    assert_eq!(encoding("user/").as_deref(), Some("br"));
}

#[test]
fn who_vanishes_between_two_pages_shifts_the_others_and_is_gone() {
    let sandbox = Sandbox::builder().users(250).start();
    let caller = Caller::new(&sandbox);
    let first = ids(&caller.get("user/").json());
    let gone = crate::caller::ask(&sandbox, "DELETE", "/sandbox/users/590050", "", "");
    assert_eq!(gone.status, 200);
    let second = caller.get("user/?page=2").json();
    assert_eq!((second["count"].as_u64(), ids(&second)[0]), (Some(249), 590_102), "590101 stands on the first page now");
    assert!(first.contains(&590_050) && !first.contains(&590_101));
    assert_eq!(caller.get("user/590050/").status, 404);
    assert_eq!(crate::caller::ask(&sandbox, "DELETE", "/sandbox/users/590050", "", "").status, 400);
    // Nobody gets the number of the last one who went.
    sandbox.remove_person(590_250);
    assert_eq!(sandbox.add_people(1)[0].id, 590_251);
}
