//! Operations called from Rust: structs go in, and the server's own text comes out.

use finaut_core::client::{Call, Deadline, Listing, Options};
use finaut_core::error::Code;
use finaut_core::json::{Json, JsonRef};
use finaut_core::operations::codes::{Role, RoleKind, Scheme};
use finaut_core::operations::person::Person;
use finaut_core::operations::request::{AnyRequest, request};
use finaut_core::operations::users::{Changes, Destination, NewUser};
use finaut_core::operations::userstatus::{Settable, StatusChange};
use finaut_core::operations::views::{Status, User, number, role_code};
use finaut_core::operations::{organisation, results, users, userstatus};
use finaut_core::persnr::Persnr;
use finaut_sandbox::Fault;

use super::stage::{Stage, stage};

fn call<'a>(stage: &'a Stage, operation: &'static str) -> Call<'a> {
    let options = Options { max_wait_s: 30.0, ..Options::of(&stage.client.config) };
    Call::new(&stage.client, operation, options)
}

pub fn newcomer(stage: &Stage) -> NewUser {
    let somebody = stage.person(0);
    NewUser {
        persnr: Persnr::parse(&stage.sandbox.unused_persnr(1)).unwrap(),
        first_name: "Åse Øygunn".into(),
        last_name: "Prøve-Næss".into(),
        company: somebody.company_id,
        department: somebody.department_id,
        franchise: None,
        email: None,
        mobile: None,
        employee_alias: None,
        roles: Role::in_each(&[Scheme::parse("afr").unwrap()], RoleKind::Candidate),
    }
}

#[test]
fn somebody_is_created_changed_moved_and_set_on_hold() {
    let stage = stage();
    let call = call(&stage, "a test");
    let new = newcomer(&stage);
    let id = User::of(&users::create(&call, &new).unwrap()).number().unwrap();
    let person = Person::Persnr(new.persnr.clone());

    let changed = users::update(&call, &person, &Changes { email: Some("ny@example.no".into()), ..Changes::default() });
    let changed = changed.unwrap();
    assert_eq!(User::of(&changed).email.and_then(JsonRef::text).as_deref(), Some("ny@example.no"));

    let departments = organisation::departments(&call, Some(new.company), None).unwrap();
    let departments = departments.read(&call, None).unwrap();
    let elsewhere = Listing::read(&departments).unwrap().results.iter().find_map(|department| {
        let [id] = department.members(["id"]);
        number(id?).filter(|id| *id != new.department)
    });
    let to = Destination { department: elsewhere.unwrap(), company: None, franchise: None };
    assert_eq!(User::of(&users::relocate(&call, &person, &to).unwrap()).department(), elsewhere);

    let roles = users::add_roles(&call, &person, &[Role::parse("krd_ba").unwrap()]).unwrap();
    let roles: Vec<_> = User::of(&roles).roles().unwrap().into_iter().filter_map(role_code).collect();
    assert!(roles.contains(&"afr_ka".to_owned()) && roles.contains(&"krd_ba".to_owned()), "{roles:?}");

    let change = StatusChange { scheme: Scheme::parse("afr").unwrap(), date: None, comment: None, set_by: None };
    let held = userstatus::hold(&call, &person, &change).unwrap();
    assert_eq!(Status::of(&held).status.and_then(JsonRef::text).as_deref(), Some(Settable::OnHold.word()));
    let somebody = Person::Id(id);
    let statuses = userstatus::list(&call, Some(&somebody), Some(&change.scheme)).unwrap();
    assert!(statuses.read(&call, Some(&1.into())).is_ok());
    let nothing = results::list(&call, Some(&person), Some(finaut_core::arguments::date("2030-01-01").unwrap())).unwrap();
    assert_eq!(nothing.read(&call, None).unwrap().as_str(), r#"{"count":0,"next_page":null,"results":[]}"#);
}

#[test]
fn what_the_server_would_refuse_costs_no_request() {
    let stage = stage();
    let call = call(&stage, "a test");
    let new = NewUser { mobile: Some("+47 912 34 567".into()), ..newcomer(&stage) };
    assert_eq!(users::create(&call, &new).map_err(|e| e.code()), Err(Code::Validation));
    assert_eq!(users::update(&call, &Person::Id(1), &Changes::default()).map_err(|e| e.code()), Err(Code::Validation));
    let elsewhere =
        AnyRequest { method: finaut_core::client::Method::GET, path: "//evil.example/".into(), query: Vec::new(), body: None };
    assert_eq!(request(&call, &elsewhere).map_err(|e| e.code()), Err(Code::Validation));
    assert_eq!(stage.spent(), 0);
}

#[test]
fn a_call_is_interrupted_by_its_name_and_no_other_call_is() {
    let stage = stage();
    users::get(&call(&stage, "a test"), &Person::Id(stage.person(0).id)).unwrap();
    stage.sandbox.fault(Fault::delay_before_acting(3_000).times(2));
    let named = std::sync::Barrier::new(3);
    let ask = |name: &str| {
        let call = call(&stage, "a test").named(name);
        // Also where there is no call, so that the test fails and does not hang.
        named.wait();
        users::get(&call?, &Person::Id(stage.person(0).id))
    };
    std::thread::scope(|scope| {
        let (first, second) = (scope.spawn(|| ask("first")), scope.spawn(|| ask("second")));
        named.wait();
        assert_eq!(stage.client.interrupt_call("first"), Ok(true));
        assert_eq!(first.join().unwrap().map_err(|e| e.code()), Err(Code::Interrupted));
        let taken = call(&stage, "a test").named("second").map(|_| ()).map_err(|e| e.code());
        assert!(second.is_finished() || taken == Err(Code::Argument), "a name is one running call's");
        assert!(second.join().unwrap().is_ok());
    });
    assert_eq!(stage.client.interrupt_call("second"), Ok(false), "it has ended");
}

#[test]
fn a_child_call_is_part_of_its_parent_and_has_a_deadline_of_its_own() {
    let stage = stage();
    let parent = call(&stage, "a test");
    let child = parent.child(Deadline::Own(300.0)).no_retry();
    assert!(child.deadline() > parent.deadline() + 200.0 && !child.retries() && parent.retries());
    assert_eq!(parent.child(Deadline::Parents).deadline(), parent.deadline());
    stage.sandbox.fault(Fault::status(503).path("user/"));
    assert_eq!(users::get(&child, &Person::Id(stage.person(0).id)).map_err(|e| e.code()), Err(Code::Server));
    assert_eq!((stage.spent(), parent.sent()), (1, 1), "it was not tried again, and counts for the parent");
}

#[test]
fn a_reply_is_the_servers_own_text() {
    const USER: &str =
        r#"{"z_new": [1.50,-0, 1e3, "\u00e5"],"id":7,"persnr":null,"first_name":"Åse","score":12345678901234567890.10,"a":{}}"#;
    let stage = stage();
    stage.sandbox.fault(Fault::status(200).body(USER).method("GET").path("user/7/"));
    let call = call(&stage, "a test");
    assert_eq!(users::get(&call, &Person::Id(7)).as_ref().map(Json::as_str), Ok(USER));
    let page = format!(r#"{{"count":1.0,"next":null,"previous":null,"results":[{USER}]}}"#);
    stage.sandbox.fault(Fault::status(200).body(&page).method("GET").path("user/"));
    let listed = users::list(&call, None, None).unwrap().read(&call, None).unwrap();
    assert_eq!(listed.as_str(), format!(r#"{{"count":1.0,"next_page":null,"results":[{USER}]}}"#));
    // Remembered, and given out again as it was.
    stage.sandbox.fault(Fault::status(200).body(USER).method("GET").path("companies/7/"));
    for _ in 0..2 {
        assert_eq!(organisation::company(&call, 7).as_ref().map(Json::as_str), Ok(USER));
    }
}
