//! The link flow as a browser goes through it: log in, callback, way back.

use crate::caller::{Caller, Reply, ask};
use crate::customer::{Customer, post_form};
use finaut_sandbox::{Outcome, Sandbox, Subject};
use serde_json::json;

fn linked_to(customer: &Customer) -> Sandbox {
    Sandbox::builder()
        .webhooks(|webhooks| {
            webhooks.link_callback_url = Some(customer.url("/linked"));
            webhooks.link_redirect_url = Some("https://hr.example/welcome?from=finaut#top".to_owned());
        })
        .start()
}

/// A visit to what `link.url` would make, with these headers.
fn visit(sandbox: &Sandbox, ext_user_id: &str, headers: &str) -> Reply {
    let escaped: String = form_urlencoded::byte_serialize(ext_user_id.as_bytes()).collect();
    let url = sandbox.link_url().replace("{ext_user_id}", &escaped);
    ask(sandbox, "GET", url.strip_prefix(sandbox.url()).unwrap(), headers, "")
}

fn log_in(sandbox: &Sandbox, ext_user_id: &str, person: u64) -> Reply {
    post_form(sandbox, "/link/", "", &[("ext-user-id", ext_user_id), ("person", &person.to_string())])
}

#[test]
fn the_first_visit_asks_who_it_is_and_later_ones_do_not() {
    let customer = Customer::new();
    let sandbox = linked_to(&customer);
    let person = &sandbox.people()[4];
    let page = visit(&sandbox, "HR-17", "");
    assert_eq!((page.status, page.header("Content-Type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.text().contains(&format!("<button name=\"person\" value=\"{}\">", person.id)), "{}", page.text());
    let back = log_in(&sandbox, "HR-17", person.id);
    assert_eq!(
        (back.status, back.header("Location")),
        (303, Some("https://hr.example/welcome?from=finaut&ext-user-id=HR-17#top"))
    );
    let callback = customer.hooks(1).remove(0);
    assert_eq!(callback.line, "POST /linked HTTP/1.1");
    assert_eq!(callback.json(), json!({ "ext_user_id": "HR-17", "encrypted_user_id": person.encrypted_id }));
    assert!(callback.header("x-correlation-id").is_some());
    let cookie = back.header("Set-Cookie").unwrap().split(';').next().unwrap().to_owned();
    let again = visit(&sandbox, "HR-17", &format!("Cookie: other=1; {cookie}\r\n"));
    assert_eq!(again.status, 303);
    assert_eq!(customer.hooks(2)[1].json(), callback.json(), "the encrypted id is stable");
    let forgotten = ask(&sandbox, "GET", "/link/forget/", "", "");
    assert!(forgotten.header("Set-Cookie").unwrap().contains("Max-Age=0"));
    let stale = visit(&sandbox, "HR-17", "Cookie: finaut-sandbox-person=1\r\n");
    assert_eq!(stale.status, 200, "nobody has that id: asked again");
    let kinds: Vec<(Subject, Option<u64>)> = sandbox.deliveries().iter().map(|one| (one.subject, one.user)).collect();
    assert_eq!(kinds, [(Subject::Link, Some(person.id)); 2]);
}

#[test]
fn what_the_flow_gives_is_what_the_api_knows() {
    let customer = Customer::new();
    let sandbox = linked_to(&customer);
    let caller = Caller::new(&sandbox);
    log_in(&sandbox, "HR-17", 590_007);
    let encrypted = customer.hooks(1)[0].json()["encrypted_user_id"].as_str().unwrap().to_owned();
    let course = json!({ "user": encrypted, "goal": 456, "passed_date": "2025-01-15" });
    assert_eq!(caller.post("competency_result/", &course).status, 201);
    let escaped: String = form_urlencoded::byte_serialize(encrypted.as_bytes()).collect();
    let found = caller.get(&format!("user/?encoded_userid={escaped}")).json();
    assert_eq!((&found["count"], &found["results"][0]["id"]), (&json!(1), &json!(caller.url("user/590007/"))));
}

#[test]
fn the_callback_may_be_a_form_with_other_names() {
    let customer = Customer::new();
    let sandbox = linked_to(&customer);
    sandbox.switches(|switches| {
        switches.link_callback_as_form = true;
        switches.link_callback_fields = ["ext-user-id".to_owned(), "encoded_userid".to_owned()];
    });
    log_in(&sandbox, "Bø & Åsen", 590_007);
    let callback = customer.hooks(1).remove(0);
    assert_eq!(callback.header("content-type"), Some("application/x-www-form-urlencoded"));
    let fields: Vec<(String, String)> = form_urlencoded::parse(callback.body.as_bytes()).into_owned().collect();
    let encrypted = sandbox.people()[6].encrypted_id.clone();
    assert_eq!(fields, [("ext-user-id".to_owned(), "Bø & Åsen".to_owned()), ("encoded_userid".to_owned(), encrypted)]);
}

#[test]
fn an_id_with_markup_or_line_breaks_does_no_harm() {
    let customer = Customer::new();
    let sandbox = linked_to(&customer);
    let nasty = "\"><script>alert(1)</script>\r\nSet-Cookie: a=b";
    let page = visit(&sandbox, nasty, "");
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("<script>"), "{}", page.text());
    assert!(page.text().contains("value=\"&quot;&gt;&lt;script&gt;"));
    assert!(page.header("Content-Security-Policy").unwrap().contains("default-src 'none'"));
    let back = log_in(&sandbox, nasty, 590_007);
    assert_eq!(back.status, 303);
    assert_eq!(back.head.matches("Set-Cookie").count(), 2, "ours, and the one that is escaped in Location: {}", back.head);
    assert!(back.header("Location").unwrap().contains("%0D%0ASet-Cookie%3A+a%3Db"));
    assert_eq!(customer.hooks(1)[0].json()["ext_user_id"], nasty);
    let searched = ask(&sandbox, "GET", "/link/?ext-user-id=1&search=%22%3E%3Cb%3E", "", "");
    assert!(!searched.text().contains("<b>") && searched.text().contains("Nobody is called so"));
}

#[test]
fn what_is_missing_or_fails_is_said_on_the_page() {
    let customer = Customer::new();
    let sandbox = linked_to(&customer);
    assert_eq!(ask(&sandbox, "GET", "/link/", "", "").status, 400);
    assert_eq!(visit(&sandbox, &"x".repeat(256), "").status, 400);
    customer.answers(&[500]);
    let failed = log_in(&sandbox, "HR-17", 590_007);
    assert_eq!(failed.status, 502);
    assert!(failed.text().contains("it answered 500"), "{}", failed.text());
    assert_eq!((sandbox.deliveries()[0].outcome, sandbox.deliveries()[0].tries), (Outcome::GivenUp, 1));
    sandbox.webhooks(|webhooks| webhooks.link_redirect_url = None);
    let end = log_in(&sandbox, "HR-17", 590_007);
    assert!(end.status == 200 && end.text().contains("--link-redirect"), "{}", end.text());
    sandbox.webhooks(|webhooks| webhooks.link_callback_url = None);
    for page in [visit(&sandbox, "HR-17", ""), log_in(&sandbox, "HR-17", 590_007)] {
        assert!(page.status == 409 && page.text().contains("--link-callback"), "{}", page.text());
    }
    assert_eq!(log_in(&sandbox, "HR-17", 1).status, 409);
    assert_eq!(ask(&sandbox, "PUT", "/link/", "", "").status, 405);
    assert_eq!(ask(&sandbox, "GET", "/link/else/", "", "").status, 404);
}

#[test]
fn visits_are_seen_and_cost_no_slot() {
    let customer = Customer::new();
    let sandbox = linked_to(&customer);
    visit(&sandbox, "HR-17", "");
    assert_eq!(
        (sandbox.requests()[0].summary(), sandbox.slots_left()),
        ("GET /link/?ext-user-id=HR-17 -> 200".to_owned(), 200)
    );
}

#[test]
fn another_site_cannot_log_somebody_in() {
    let customer = Customer::new();
    let sandbox = linked_to(&customer);
    let foreign = "Origin: https://evil.example\r\n";
    let refused = post_form(&sandbox, "/link/", foreign, &[("ext-user-id", "1"), ("person", "590007")]);
    assert_eq!((refused.status, sandbox.deliveries().len()), (403, 0));
}
