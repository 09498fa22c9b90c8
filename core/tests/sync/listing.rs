//! Listing people for a plan: whoever comes and goes between the pages, when a listing serves again, and what it costs.

use std::sync::Arc;

use finaut_core::client::{Call, Client, Options};
use finaut_core::clock::Clock;
use finaut_core::error::Code;
use finaut_core::store::memory::MemoryStore;
use finaut_core::sync::{keeping, reading};
use finaut_sandbox::{Builder, Fault, Person, Sandbox, UserOrder};
use serde_json::{Value, json};

use super::clocks::{MovedClock, Simulated};
use super::stage::{Stage, call, config_of, with};

/// Companies, departments and schemes: what is remembered for a day.
const PLACES: usize = 3;

fn sandbox(people: usize) -> Builder {
    Sandbox::builder().users(people).throttle(100_000, 3600.0)
}

/// A stage whose client keeps its state in the process, under a clock of the test's own: what a plan needs is said to be there.
fn stage_at(builder: Builder, clock: Arc<dyn Clock>, settings: Value) -> Stage {
    let mut stage = with(builder, json!({}));
    let mut all = json!({ "state": "in the test's process", "throttle": {"requests": 100_000} });
    all.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
    let config = config_of(&stage.sandbox, all);
    stage.client = Client::with_parts(config, Arc::new(MemoryStore::alone().unwrap()), clock).unwrap();
    stage
}

fn stage(builder: Builder) -> (Stage, Arc<MovedClock>) {
    let clock = Arc::new(MovedClock::default());
    (stage_at(builder, clock.clone(), json!({})), clock)
}

fn row(person: &Person) -> Value {
    json!({
        "persnr": person.persnr, "first_name": person.first_name, "last_name": person.last_name,
        "company": person.company_id.to_string(), "department": person.department_id.to_string(),
    })
}

/// A plan for these people.
fn wanted(people: &[Person], more: &[Value]) -> Value {
    let rows: Vec<Value> = people.iter().map(row).chain(more.iter().cloned()).collect();
    let mut companies: Vec<u64> = people.iter().map(|person| person.company_id).collect();
    companies.sort_unstable();
    companies.dedup();
    let codes: serde_json::Map<String, Value> = companies.iter().map(|id| (id.to_string(), json!(id))).collect();
    json!({
        "people": rows,
        "profile": {"file": {"companies": codes, "departments": "finaut"}, "scope": {"companies": companies, "schemes": ["afr"]}},
    })
}

fn newcomer(stage: &Stage, n: usize) -> Value {
    let somebody = stage.person(0);
    json!({
        "persnr": stage.sandbox.unused_persnr(n), "first_name": "Ny", "last_name": "Ansatt", "schemes": "afr",
        "company": somebody.company_id.to_string(), "department": somebody.department_id.to_string(),
    })
}

fn asked(stage: &Stage, path: &str) -> usize {
    let ends = format!("/v1/{path}");
    stage.sandbox.requests().iter().filter(|request| request.path.ends_with(&ends)).count()
}

fn creations(plan: &Value) -> Vec<&Value> {
    plan["steps"].as_array().unwrap().iter().filter(|step| step["kind"] == "create").collect()
}

#[test]
fn everybody_is_listed_once_in_whatever_order_and_however_pages_are_linked() {
    use finaut_sandbox::Paging;
    for order in [UserOrder::Id, UserOrder::NewestFirst, UserOrder::Name] {
        for paging in [Paging::PageNumber, Paging::Offset, Paging::Cursor] {
            let (stage, _) = stage(sandbox(250).switches(|switches| (switches.user_order, switches.paging) = (order, paging)));
            let plan = stage.get("sync.plan", wanted(&stage.sandbox.people(), &[]));
            assert_eq!((&plan["basis"]["people"], asked(&stage, "user/")), (&json!(250), 3), "{order:?}, {paging:?}");
            assert!(creations(&plan).is_empty());
        }
    }
}

#[test]
fn whoever_comes_between_two_pages_makes_creations_look_first_and_nothing_is_read_again() {
    let (stage, _) = stage(sandbox(350).switches(|switches| switches.user_order = UserOrder::NewestFirst));
    let args = wanted(&stage.sandbox.people(), &[newcomer(&stage, 0)]);
    stage.sandbox.fault(Fault::change().path("user/").query("page=2").appear(3));
    let plan = stage.get("sync.plan", args.clone());
    assert_eq!(asked(&stage, "user/"), 4, "each page once");
    assert_eq!(plan["basis"]["people"], 350, "those who shifted are one each, and who came is not seen");
    assert_eq!(creations(&plan).iter().map(|step| step["requests"].clone()).collect::<Vec<_>>(), [json!(2)]);
    let mut again = args;
    again["fresh"] = json!(true);
    let plan = stage.get("sync.plan", again);
    assert_eq!((&plan["basis"]["people"], &creations(&plan)[0]["requests"]), (&json!(353), &json!(1)));
}

#[test]
fn whoever_goes_between_two_pages_costs_a_creation_and_no_second_reading() {
    let (stage, _) = stage(sandbox(350));
    let people = stage.sandbox.people();
    stage.sandbox.fault(Fault::change().path("user/").query("page=2").vanish(&[people[3].id, people[4].id]));
    let plan = stage.get("sync.plan", wanted(&people, &[]));
    assert_eq!(asked(&stage, "user/"), 4, "each page once");
    // Two who shifted to a page that was read before are missed: they are not withdrawn, and who is to be created is refused by number.
    let made: Vec<&Value> = creations(&plan);
    assert!(made.len() <= 2 && plan["counts"]["withdraw"] == 0 && plan["counts"]["due_later"] == 0, "{plan}");
    assert_eq!(plan["basis"]["people"].as_u64().unwrap() + 2, 350);
}

#[test]
fn a_list_that_ends_while_it_is_read_is_all_there_is() {
    let (stage, _) = stage(sandbox(210));
    let people = stage.sandbox.people();
    let gone: Vec<u64> = people.iter().take(15).map(|person| person.id).collect();
    stage.sandbox.fault(Fault::change().path("user/").query("page=2").vanish(&gone));
    let plan = stage.get("sync.plan", wanted(&people, &[newcomer(&stage, 0)]));
    assert_eq!(plan["basis"]["people"], 200);
    assert_eq!(creations(&plan)[0]["requests"], 2, "fewer were found than were counted");
}

#[test]
fn pages_that_lead_in_a_circle_have_an_end() {
    let (stage, _) = stage(sandbox(5));
    let person = stage.get("users.get", json!({ "id": stage.person(0).id }));
    for (asked, next) in [("cursor=a", "b"), ("cursor=b", "a"), ("", "a")] {
        let body = json!({ "count": 300, "next": format!("http://x/finautapi/v1/user/?cursor={next}"), "results": [person] });
        stage.sandbox.fault(Fault::status(200).path("user/").query(asked).body(&body.to_string()).always());
    }
    stage.fails(Code::Protocol, "sync.plan", wanted(&stage.sandbox.people(), &[]));
    assert_eq!(asked(&stage, "user/"), 3);
}

#[test]
fn a_listing_serves_for_a_quarter_of_an_hour_unless_something_came_to_the_history() {
    let (stage, clock) = stage(sandbox(250));
    let args = wanted(&stage.sandbox.people(), &[]);
    let cost = |args: &Value| {
        let before = stage.spent();
        let plan = stage.get("sync.plan", args.clone());
        assert_eq!(plan["basis"]["requests"], stage.spent() - before);
        stage.spent() - before
    };
    let statuses = stage.get("userstatus.latest", json!({}))["count"].as_u64().unwrap() as usize;
    assert_eq!(cost(&args), 1 + 3 + PLACES, "the ledger is there");
    assert_eq!(cost(&args), 1, "the history's count");
    clock.forward(800.0);
    assert_eq!(cost(&args), 1);
    stage.sandbox.add_status(stage.person(7).id, "afr", "afrok", None);
    assert_eq!(cost(&args), 1 + 3, "somebody's status changed");
    clock.forward(850.0);
    assert_eq!(cost(&args), 1);
    clock.forward(100.0);
    assert_eq!(cost(&args), 1 + 3, "a quarter of an hour is over");
    let mut fresh = args.clone();
    fresh["fresh"] = json!(true);
    assert_eq!(cost(&fresh), 1 + statuses.div_ceil(100) + 3 + PLACES, "all of it");
    clock.forward(86_401.0);
    assert_eq!(cost(&args), 1 + 3 + PLACES, "companies, departments and schemes are read once a day");
}

#[test]
fn pages_of_people_stay_at_rest_no_longer_than_they_serve() {
    let (stage, clock) = stage(sandbox(150));
    let args = wanted(&stage.sandbox.people(), &[]);
    stage.get("sync.plan", args.clone());
    let kept = || {
        let call = Call::new(&stage.client, "sync.plan", Options::of(&stage.client.config));
        call.store().shelves().all(call.at(), "sync listing").unwrap().len()
    };
    assert_eq!(kept(), 2);
    clock.forward(1000.0);
    stage.sandbox.fault(Fault::status(403).path("user/").always());
    stage.call("sync.plan", args).unwrap_err();
    assert_eq!(kept(), 0, "they are deleted before anything else is asked for");
    let call = Call::new(&stage.client, "sync.plan", Options::of(&stage.client.config));
    reading::forget(&call).unwrap();
}

#[test]
fn a_register_that_became_short_holds_everything() {
    let (stage, _) = stage(sandbox(200));
    let people = stage.sandbox.people();
    {
        let call = Call::new(&stage.client, "sync.plan", Options::of(&stage.client.config));
        let mut memory = keeping::memory(&call, "default").unwrap();
        memory.listed = Some(200);
        keeping::remember(&call, "default", &memory).unwrap();
    }
    let short = |plan: &Value| {
        plan["rails"].as_array().unwrap().iter().any(|rail| rail["rail"] == "register_short" && rail["tripped"] == true)
    };
    assert!(!short(&stage.get("sync.plan", wanted(&people, &[]))));
    let seen: Vec<u64> =
        people.iter().map(|person| person.company_id).filter(|id| *id != people[0].company_id).take(1).collect();
    stage.sandbox.see(stage.sandbox.client_id(), Some(&seen));
    let mut args = wanted(&people, &[]);
    args["fresh"] = json!(true);
    let plan = stage.get("sync.plan", args);
    assert!(short(&plan), "{}", plan["rails"]);
    assert!(plan["steps"].as_array().unwrap().iter().all(|step| !step["held"].is_null()));
}

/// At the default throttle, in simulated time.
#[test]
fn ten_thousand_people_cost_what_the_formula_says_and_take_as_long() {
    const PEOPLE: usize = 10_000;
    let clock = Arc::new(Simulated::default());
    let settings = json!({ "throttle": {"requests": 200, "per_s": 3600}, "max_wait_s": 4000 });
    let stage = stage_at(sandbox(PEOPLE), clock.clone(), settings);
    let args = wanted(&stage.sandbox.people(), &[]);
    let statuses = {
        let page = stage.get("request", json!({ "method": "GET", "path": "latestuserstatus/" }));
        page["count"].as_u64().unwrap() as usize
    };
    clock.sleep(4000.0);
    let night = |wanted: usize| {
        let (before, begun) = (stage.spent(), clock.now());
        let plan = call(&stage.client, "sync.plan", args.clone()).unwrap_or_else(|e| panic!("{}", e.json()));
        assert_eq!((&plan["basis"]["people"], stage.spent() - before), (&json!(PEOPLE), wanted));
        let (took, hours) = (clock.now() - begun, (wanted - 1) / 200);
        assert!(took >= hours as f64 * 3600.0 && took <= hours as f64 * 3600.0 * 1.01 + 60.0, "{took} s for {wanted}");
        println!("{wanted} requests for {PEOPLE} people and {statuses} statuses took {took:.0} s");
    };
    let (p, q) = (PEOPLE.div_ceil(100), statuses.div_ceil(100));
    night(p + 1 + q + PLACES);
    clock.sleep(90_000.0);
    night(p + 1 + PLACES);
}
