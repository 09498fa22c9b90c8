//! Lists: pages of a hundred, links between them, filters.

use crate::caller::{Caller, id_of};
use finaut_sandbox::{NewResult, ResultChanges, Sandbox};
use serde_json::Value;

fn ids(page: &Value) -> Vec<u64> {
    page["results"].as_array().unwrap().iter().map(id_of).collect()
}

#[test]
fn pages_follow_one_another_without_gap_or_repetition() {
    let sandbox = Sandbox::builder().users(250).start();
    let caller = Caller::new(&sandbox);
    let mut seen = Vec::new();
    let mut next = Some(caller.url("user/"));
    while let Some(url) = next {
        let page = caller.get(url.strip_prefix(sandbox.url()).unwrap()).json();
        let keys: Vec<&String> = page.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["count", "next", "previous", "results"]);
        assert_eq!(page["count"], 250);
        seen.extend(ids(&page));
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(seen, (590_001..590_251).collect::<Vec<u64>>());
}

#[test]
fn links_keep_the_other_parameters_sorted_and_the_first_page_has_no_number() {
    let sandbox = Sandbox::builder().users(250).start();
    let caller = Caller::new(&sandbox);
    let page = caller.get("user/?x=%C3%A5+b&page=2&a=").json();
    assert_eq!(page["next"].as_str(), Some(caller.url("user/?a=&page=3&x=%C3%A5+b").as_str()));
    assert_eq!(page["previous"].as_str(), Some(caller.url("user/?a=&x=%C3%A5+b").as_str()));
    let last = caller.get("user/?page=last").json();
    assert_eq!((last["next"].as_str(), ids(&last).len()), (None, 50));
}

#[test]
fn pages_that_are_none_are_404() {
    let sandbox = Sandbox::builder().users(250).start();
    let caller = Caller::new(&sandbox);
    for page in ["4", "0", "-1", "x", "1.5"] {
        let reply = caller.get(&format!("user/?page={page}"));
        assert_eq!((reply.status, reply.text()), (404, "{\"detail\":\"Invalid page.\"}"), "page {page}");
    }
    let nobody = caller.get("user/?employee_alias=nobody").json();
    assert_eq!((nobody["count"].as_u64(), nobody["results"].as_array().map(Vec::len)), (Some(0), Some(0)));
}

#[test]
fn people_are_found_by_persnr_alias_and_encrypted_id() {
    let sandbox = Sandbox::builder().users(60).start();
    let caller = Caller::new(&sandbox);
    let people = sandbox.people();
    let escaped = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    for person in people.iter().take(20) {
        assert_eq!(ids(&caller.get(&format!("user/?persnr={}", person.persnr)).json()), [person.id]);
        let by_encrypted = caller.get(&format!("user/?encoded_userid={}", escaped(&person.encrypted_id))).json();
        assert_eq!(ids(&by_encrypted), [person.id]);
    }
    let shared = people.iter().find(|person| {
        people.iter().any(|other| {
            other.id != person.id && !person.employee_alias.is_empty() && other.employee_alias == person.employee_alias
        })
    });
    let shared = escaped(&shared.expect("an alias that two people share").employee_alias);
    assert_eq!(ids(&caller.get(&format!("user/?employee_alias={shared}")).json()).len(), 2);
    let odd = people.iter().find(|person| person.employee_alias.contains("Å")).expect("an alias to escape");
    let alias = escaped(&odd.employee_alias);
    assert_eq!(ids(&caller.get(&format!("user/?employee_alias={alias}")).json()), [odd.id]);
    let nobody = sandbox.unused_persnr(0);
    assert_eq!(caller.get(&format!("user/?persnr={nobody}")).json()["count"], 0);
    assert_eq!(caller.get("user/?persnr=").json()["count"], 60, "Django ignores an empty filter");
}

#[test]
fn results_are_found_by_day_and_person() {
    let sandbox = Sandbox::builder().users(30).start_at(1_750_000_000.0).start();
    let person = &sandbox.people()[3];
    sandbox.advance(10.0 * 86_400.0);
    let caller = Caller::new(&sandbox);
    let id = sandbox.add_result(NewResult::of(person.id));
    let earlier = sandbox.add_result(NewResult::of(person.id).on("2025-01-31").failed("69.50"));
    let entered_late = NewResult::of(person.id).on("2025-06-25").created_on("2025-06-26");
    let entered_late = sandbox.add_result(entered_late);
    let today = sandbox.today();
    assert_eq!(today, "2025-06-25");
    let since = |caller: &Caller, date: &str| ids(&caller.get(&format!("results/?from_date={date}")).json());
    assert_eq!(since(&caller, &today), [id, earlier, entered_late], "by the day of the record, not of the exam");
    assert_eq!(since(&caller, "2025-06-26"), [entered_late]);
    sandbox.change_result(id, ResultChanges { passed: Some(false), ..ResultChanges::default() });
    sandbox.advance(86_400.0);
    let caller = Caller::new(&sandbox);
    assert_eq!(since(&caller, "2025-06-26"), [entered_late], "a change makes nothing new");
    sandbox.switches(|switches| switches.from_date_excludes_its_day = true);
    assert_eq!(since(&caller, &today), [entered_late]);
    let of_person = caller.get(&format!("results/?persnr={}", person.persnr)).json();
    assert_eq!(of_person["count"].as_u64().unwrap() as usize, sandbox.results_of(person.id).len());
    assert!(ids(&of_person).ends_with(&[id, earlier, entered_late]));
    sandbox.switches(|switches| switches.newest_first = true);
    assert!(ids(&caller.get("results/").json()).starts_with(&[entered_late, earlier, id]));
    assert_eq!(caller.get("results/?from_date=31.01.2025").status, 422);
}

#[test]
fn numbers_stand_on_the_wire_digit_for_digit() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let person = &sandbox.people()[0];
    let id = sandbox.add_result(NewResult::of(person.id).failed("87.50"));
    let text = caller.get(&format!("results/{id}/")).text().to_owned();
    assert!(text.contains("\"score\":87.50,"), "{text}");
    assert!(text.contains("\"weight\":0.1000000000000000055511151231257827021181583404541015625001}"), "{text}");
    let text = caller.get("user/590001/").text().to_owned();
    assert!(text.contains("\"revision\":340282366920938463463374607431590001}"), "{text}");
}
