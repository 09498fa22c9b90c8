//! Webhooks: what is sent, when, how often, in which order, and what lies.

use crate::caller::{Caller, Reply, ask, id_of};
use crate::customer::{Customer, Hook, settled, until};
use finaut_sandbox::{Credentials, Forgery, NewResult, Outcome, ResultChanges, Sandbox, Subject, WebhookBody, Webhooks};
use serde_json::{Value, json};
use std::collections::HashSet;

fn with_hooks(customer: &Customer, change: impl FnOnce(&mut Webhooks)) -> Sandbox {
    let quick = |settings: &mut Webhooks| (settings.back_off_ms, settings.longest_back_off_ms) = (1, 5);
    Sandbox::builder().webhook(&customer.url("/hook")).webhooks(quick).webhooks(change).start()
}

fn desk(sandbox: &Sandbox, method: &str, errand: &str, body: &Value) -> Reply {
    ask(sandbox, method, &format!("/sandbox/{errand}"), "", &body.to_string())
}

fn outcomes(sandbox: &Sandbox) -> Vec<(Outcome, u32)> {
    sandbox.deliveries().iter().map(|delivery| (delivery.outcome, delivery.tries)).collect()
}

/// What the API says of the object that a webhook tells of.
fn truth(caller: &Caller, hook: &Hook) -> Reply {
    let url = hook.json()["id"].as_str().unwrap().to_owned();
    caller.get(url.strip_prefix(caller.sandbox.url()).expect("the sandbox's own address"))
}

#[test]
fn new_and_changed_results_are_sent_as_the_endpoint_shows_them() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |_| {});
    let caller = Caller::new(&sandbox);
    let id = sandbox.add_result(NewResult::of(590_005).failed("69.50"));
    let hook = customer.hooks(1).remove(0);
    assert_eq!(hook.line, "POST /hook HTTP/1.1");
    assert_eq!(hook.header("content-type"), Some("application/json"));
    assert!(hook.body.contains("\"score\":69.50,"), "{}", hook.body);
    assert_eq!(hook.body, truth(&caller, &hook).text());
    // A, B, A: three changes. The same again is none.
    for passed in [true, true, false] {
        sandbox.change_result(id, ResultChanges { passed: Some(passed), ..ResultChanges::default() });
    }
    settled(&sandbox);
    let verdicts: Vec<Value> = customer.hooks(3).iter().map(|hook| hook.json()["passed"].clone()).collect();
    assert_eq!(verdicts, [false, true, false]);
    assert_eq!(desk(&sandbox, "PATCH", &format!("results/{id}"), &json!({ "score": "71.00" })).status, 200);
    assert!(customer.hooks(4)[3].body.contains("\"score\":71.00,"));
    assert_eq!(desk(&sandbox, "PATCH", "results/1", &json!({})).status, 400);
    assert_eq!(desk(&sandbox, "PATCH", &format!("results/{id}"), &json!({ "score": "much" })).status, 400);
}

#[test]
fn statuses_are_sent_whoever_sets_them() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |_| {});
    let caller = Caller::new(&sandbox);
    sandbox.add_status(590_005, "n2", "n2ok", None);
    let user = caller.url("user/590005/");
    let hold = json!({
        "appname": "n2", "user": user, "status": "hvilende", "reason": "hvilende", "status_date": "2031-01-01", "status_set_by": user,
    });
    let held = caller.post("userstatus/", &hold);
    let newcomer = caller.post("user/", &caller.newcomer(0)).json();
    let hooks = customer.hooks(3);
    let told: Vec<&str> = ["n2ok", "hvilende", "afrnew"].to_vec();
    assert_eq!(hooks.iter().map(|hook| hook.json()["status"].clone()).collect::<Vec<_>>(), told);
    assert_eq!(hooks[1].body, held.text());
    assert_eq!(hooks[2].json()["user"], newcomer["id"]);
    let refused = caller.post("userstatus/", &json!({ "appname": "n2" }));
    assert_eq!(refused.status, 422);
    sandbox.add_people(3);
    settled(&sandbox);
    assert_eq!(sandbox.deliveries().len(), 3, "neither what was refused nor anybody's past");
}

#[test]
fn each_kind_may_have_a_url_of_its_own_and_none_is_none() {
    let customer = Customer::new();
    let sandbox = Sandbox::builder().start();
    sandbox.add_status(590_005, "n2", "n2ok", None);
    assert_eq!(sandbox.deliveries().len(), 0);
    sandbox.webhooks(|webhooks| {
        webhooks.results_url = Some(customer.url("/results?key=1"));
        webhooks.statuses_url = Some(customer.url("/statuses"));
    });
    sandbox.add_status(590_005, "n2", "reauth", None);
    sandbox.add_result(NewResult::of(590_005));
    let lines: Vec<String> = customer.hooks(2).into_iter().map(|hook| hook.line).collect();
    assert_eq!(lines, ["POST /statuses HTTP/1.1", "POST /results?key=1 HTTP/1.1"]);
}

#[test]
fn each_is_tried_until_it_is_answered_with_2xx() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |_| {});
    customer.answers(&[500, 302, 404, 202]);
    sandbox.add_result(NewResult::of(590_005));
    settled(&sandbox);
    assert_eq!(outcomes(&sandbox), [(Outcome::Delivered, 4)]);
    let hooks = customer.hooks(4);
    let ids: HashSet<Option<&str>> = hooks.iter().map(|hook| hook.header("x-correlation-id")).collect();
    assert_eq!((ids.len(), ids.contains(&None)), (1, false), "all attempts bear the same correlation id");
    let statuses: Vec<u16> = sandbox.deliveries()[0].attempts.iter().map(|attempt| attempt.status).collect();
    assert_eq!(statuses, [500, 302, 404, 202]);
}

#[test]
fn what_nobody_takes_is_given_up_and_does_not_hold_up_the_others() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |webhooks| webhooks.attempts = 3);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    sandbox.webhooks(|webhooks| webhooks.results_url = Some(format!("http://{nobody}/")));
    sandbox.add_result(NewResult::of(590_005));
    sandbox.add_status(590_005, "n2", "n2ok", None);
    settled(&sandbox);
    assert_eq!(outcomes(&sandbox), [(Outcome::GivenUp, 3), (Outcome::Delivered, 1)]);
    let attempts = &sandbox.deliveries()[0].attempts;
    assert!(attempts[2].status == 0 && attempts[2].problem.as_ref().unwrap().contains("no connection"), "{attempts:?}");
    // A silent customer, then a new address for what waits.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    sandbox.webhooks(|webhooks| {
        webhooks.results_url = Some(format!("http://{}/", silent.local_addr().unwrap()));
        (webhooks.timeout_ms, webhooks.attempts) = (20, 1_000_000);
    });
    sandbox.add_result(NewResult::of(590_006));
    until("it has been tried", || sandbox.deliveries()[2].tries > 0);
    assert!(sandbox.deliveries()[2].attempts[0].problem.as_ref().unwrap().contains("no answer within 0.02 s"));
    sandbox.webhooks(|webhooks| (webhooks.results_url, webhooks.timeout_ms) = (None, 10_000));
    settled(&sandbox);
    assert_eq!(sandbox.deliveries()[2].outcome, Outcome::Delivered);
    assert!(sandbox.deliveries()[2].attempts.len() <= 20);
}

#[test]
fn duplicates_are_whole_deliveries() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |webhooks| webhooks.duplicates = 2);
    sandbox.add_result(NewResult::of(590_005));
    let hooks = customer.hooks(3);
    settled(&sandbox);
    assert_eq!(sandbox.deliveries().len(), 3);
    assert!(hooks.iter().all(|hook| hook.body == hooks[0].body));
    let ids: HashSet<Option<&str>> = hooks.iter().map(|hook| hook.header("x-correlation-id")).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn reordered_ones_come_last_first() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |webhooks| (webhooks.reorder, webhooks.reorder_within_ms) = (3, 86_400_000));
    for status in ["n2new", "n2ok", "reauth", "paused"] {
        sandbox.add_status(590_005, "n2", status, None);
    }
    let told = |count| customer.hooks(count).iter().map(|hook| hook.json()["status"].clone()).collect::<Vec<_>>();
    assert_eq!(told(3), ["reauth", "n2ok", "n2new"]);
    until("the fourth waits for two more", || sandbox.undelivered() == 1);
    sandbox.release();
    assert_eq!(told(4)[3], "paused");
    // Nothing is held back for ever.
    sandbox.webhooks(|webhooks| webhooks.reorder_within_ms = 1);
    sandbox.add_status(590_005, "n2", "utmeldt", None);
    assert_eq!(told(5)[4], "utmeldt");
}

#[test]
fn what_is_held_waits_for_its_release() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |webhooks| webhooks.hold = true);
    for _ in 0..3 {
        sandbox.add_result(NewResult::of(590_005));
    }
    assert_eq!(outcomes(&sandbox), [(Outcome::Waiting, 0); 3]);
    assert_eq!(desk(&sandbox, "GET", "state", &json!({})).json()["undelivered"], 3);
    desk(&sandbox, "POST", "webhooks/release", &json!({}));
    settled(&sandbox);
    let ids: Vec<u64> = customer.hooks(3).iter().map(|hook| id_of(&hook.json())).collect();
    assert!(ids.is_sorted(), "{ids:?}");
}

#[test]
fn headers_and_a_signature_are_added_when_configured() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |webhooks| {
        webhooks.secret = Some("hemmelig æ".to_owned());
        webhooks.headers.insert("X-Gateway".to_owned(), "sesame".to_owned());
    });
    sandbox.add_result(NewResult::of(590_005));
    let hook = customer.hooks(1).remove(0);
    assert_eq!(hook.header("x-gateway"), Some("sesame"));
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, "hemmelig æ".as_bytes());
    let genuine = |hook: &Hook| {
        let tag = hook.header("x-hub-signature").unwrap().strip_prefix("sha256=").unwrap();
        let tag = data_encoding::HEXLOWER.decode(tag.as_bytes()).unwrap();
        ring::hmac::verify(&key, hook.body.as_bytes(), &tag).is_ok()
    };
    assert!(genuine(&hook));
    // Forgers know the URL; some more than that.
    for credentials in [Credentials::None, Credentials::Wrong, Credentials::Right] {
        sandbox.forge(&Forgery::results().credentials(credentials));
    }
    let hooks = customer.hooks(4);
    assert_eq!((hooks[1].header("x-hub-signature"), hooks[1].header("x-gateway")), (None, None));
    assert_eq!((genuine(&hooks[2]), hooks[2].header("x-gateway")), (false, Some("forged")));
    assert_eq!((genuine(&hooks[3]), hooks[3].header("x-gateway")), (true, Some("sesame")));
}

#[test]
fn forgeries_are_of_objects_that_are_not_there_or_say_something_else() {
    let customer = Customer::new();
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let failed = sandbox.add_result(NewResult::of(590_005).failed("12.30"));
    let status = sandbox.add_status(590_005, "n2", "utmeldt", None);
    sandbox.webhooks(|webhooks| {
        webhooks.url = Some(customer.url("/hook"));
        (webhooks.duplicates, webhooks.reorder) = (3, 100);
    });
    customer.answers(&[500]);
    sandbox.forge(&Forgery::results().count(3));
    sandbox.forge(&Forgery::statuses());
    sandbox.forge(&Forgery::of_result(failed));
    sandbox.forge(&Forgery::of_status(status).with("comment", json!("<b>")));
    let forged = desk(&sandbox, "POST", "webhooks/forge", &json!({ "kind": "result", "id": failed, "body": "not \"JSON" }));
    assert_eq!(forged.status, 201);
    settled(&sandbox);
    let hooks = customer.hooks(7);
    assert_eq!(sandbox.deliveries().len(), 7, "neither doubled nor held back");
    assert_eq!(outcomes(&sandbox)[0], (Outcome::GivenUp, 1), "nor sent again");
    assert!(sandbox.deliveries().iter().all(|delivery| delivery.forged));
    let invented: HashSet<u64> = hooks[..4].iter().map(|hook| id_of(&hook.json())).collect();
    assert_eq!(invented.len(), 3, "three results, and a status with the first one's number");
    for hook in &hooks[..4] {
        assert_eq!(truth(&caller, hook).status, 404);
    }
    assert_eq!(hooks[4].json()["passed"], true);
    assert_eq!(truth(&caller, &hooks[4]).json()["passed"], false);
    assert_eq!((hooks[5].json()["status"].as_str(), hooks[5].json()["comment"].as_str()), (Some("n2ok"), Some("<b>")));
    assert_eq!(truth(&caller, &hooks[5]).json()["status"], "utmeldt");
    assert_eq!(hooks[6].body, "not \"JSON");
}

#[test]
fn an_object_or_a_delivery_can_be_sent_again() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |_| {});
    let id = sandbox.add_result(NewResult::of(590_005).failed("12.30"));
    customer.hooks(1);
    sandbox.change_result(id, ResultChanges { score: Some("99.00".to_owned()), ..ResultChanges::default() });
    customer.hooks(2);
    sandbox.resend(Subject::Result, id);
    assert_eq!(desk(&sandbox, "POST", "webhooks/resend", &json!({ "delivery": 1 })).status, 201);
    let hooks = customer.hooks(4);
    assert_eq!((&hooks[2].body, &hooks[3].body), (&hooks[1].body, &hooks[0].body));
    for (wrong, named) in [
        (json!({ "kind": "result", "id": 1 }), "result 1"),
        (json!({ "kind": "userstatus", "id": id }), "userstatus"),
        (json!({ "delivery": 77 }), "77"),
        (json!({ "kind": "result" }), "id"),
        (json!({ "kind": "link", "id": 1 }), "link"),
    ] {
        let refused = desk(&sandbox, "POST", "webhooks/resend", &wrong);
        assert_eq!(refused.status, 400, "{wrong}");
        assert!(refused.detail().contains(named), "{}", refused.detail());
    }
}

#[test]
fn bodies_come_in_each_form_that_the_real_ones_may_have() {
    let customer = Customer::new();
    let sandbox = with_hooks(&customer, |_| {});
    let id = sandbox.add_result(NewResult::of(590_005));
    let forms = [WebhookBody::List, WebhookBody::EventData, WebhookBody::EventObject];
    for form in forms {
        sandbox.switches(|switches| switches.webhook_body = form);
        sandbox.resend(Subject::Result, id);
    }
    let hooks = customer.hooks(4);
    let object = hooks[0].json();
    assert_eq!(hooks[1].json(), json!([object]));
    assert_eq!(hooks[2].json(), json!({ "event": "result", "data": object }));
    assert_eq!(hooks[3].json(), json!({ "event": "result", "object": object }));
}

#[test]
fn settings_and_deliveries_are_told_over_http() {
    let customer = Customer::new();
    let sandbox = Sandbox::builder().start();
    let set = desk(&sandbox, "POST", "webhooks", &json!({ "url": customer.url("/hook"), "duplicates": 1 }));
    assert_eq!((set.status, &set.json()["duplicates"]), (200, &json!(1)));
    sandbox.add_status(590_005, "n2", "n2ok", None);
    settled(&sandbox);
    let told = desk(&sandbox, "GET", "webhooks?n=1&outcome=delivered", &json!({})).json();
    assert_eq!(told["settings"]["url"], json!(customer.url("/hook")));
    assert_eq!(told["counts"], json!({ "waiting": 0, "sending": 0, "delivered": 2, "given_up": 0 }));
    let deliveries = told["deliveries"].as_array().unwrap();
    assert_eq!(deliveries.len(), 1);
    let delivery = &deliveries[0];
    assert_eq!(
        (&delivery["id"], &delivery["kind"], &delivery["outcome"]),
        (&json!(2), &json!("userstatus"), &json!("delivered"))
    );
    assert_eq!(delivery["attempts"][0]["status"], 200);
    assert!(delivery["attempts"][0]["at"].as_f64().unwrap() > 1e9);
    assert_eq!(delivery["body"].as_str().unwrap(), customer.hooks(2)[1].body);
    desk(&sandbox, "POST", "webhooks", &json!({ "url": null }));
    sandbox.add_status(590_005, "n2", "reauth", None);
    assert_eq!(sandbox.deliveries().len(), 2);
    desk(&sandbox, "DELETE", "webhooks", &json!({}));
    assert_eq!(sandbox.deliveries().len(), 0);
    for (wrong, named) in [
        (json!({ "url": "http://hr.example/" }), "hr.example"),
        (json!({ "ulr": null }), "ulr"),
        (json!({ "attempts": "many" }), "many"),
    ] {
        let refused = desk(&sandbox, "POST", "webhooks", &wrong);
        assert_eq!(refused.status, 400, "{wrong}");
        assert!(refused.detail().contains(named), "{}", refused.detail());
    }
    assert_eq!(desk(&sandbox, "GET", "webhooks?outcome=lost", &json!({})).status, 400);
    assert_eq!(desk(&sandbox, "POST", "webhooks/forge", &json!({ "kind": "result" })).status, 400, "no URL is set");
    assert!(Sandbox::builder().webhook("http://hr.example/").try_start().is_err());
}
