//! The page for people: what it shows, what its forms do, and whom it does not serve. (tests/browser clicks through it.)

use crate::caller::{Caller, Reply, ask, send};
use crate::customer::{Customer, post_form, settled};
use finaut_sandbox::Sandbox;

const BROWSER: &str = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";

fn page(sandbox: &Sandbox, query: &str) -> Reply {
    ask(sandbox, "GET", &format!("/sandbox/{query}"), BROWSER, "")
}

fn press(sandbox: &Sandbox, fields: &[(&str, &str)]) -> Reply {
    post_form(sandbox, "/sandbox/page?person=590005", BROWSER, fields)
}

#[test]
fn browsers_get_a_page_and_programs_the_list() {
    let sandbox = Sandbox::builder().start();
    let shown = page(&sandbox, "");
    assert_eq!((shown.status, shown.header("Content-Type")), (200, Some("text/html; charset=utf-8")));
    assert!(shown.text().contains("<strong>200 of 200</strong> slots left"));
    assert!(ask(&sandbox, "GET", "/sandbox/", "", "").json()["POST webhooks"].is_string());
    for (file, kind) in [("page.css", "text/css; charset=utf-8"), ("page.js", "text/javascript; charset=utf-8")] {
        assert_eq!(page(&sandbox, file).header("Content-Type"), Some(kind));
    }
    assert_eq!(sandbox.requests().len(), 0, "the page is not in its own list");
}

#[test]
fn requests_and_people_are_shown_without_identity_numbers_in_addresses() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let persnr = sandbox.unused_persnr(1);
    caller.get(&format!("user/?persnr={persnr}&employee_alias='b'"));
    let shown = page(&sandbox, "");
    assert!(!shown.text().contains(&persnr));
    assert!(shown.text().contains("/finautapi/v1/user/?persnr=***&amp;employee_alias=&#39;b&#39;"), "{}", shown.text());
    let person = &sandbox.people()[4];
    let found = page(&sandbox, &format!("?search={}", person.id));
    assert!(found.text().contains(&format!("?person={}\"", person.id)));
    assert!(page(&sandbox, "?search=%3Cb%3E").text().contains("Nobody is called so"));
    assert!(page(&sandbox, "?said=%3Cb%3E").text().contains("&lt;b&gt;"));
    assert!(page(&sandbox, "?person=590005").text().contains(&person.encrypted_id));
    assert_eq!(page(&sandbox, "?person=1").status, 200);
}

#[test]
fn buttons_add_change_and_send_again() {
    let customer = Customer::new();
    let sandbox = Sandbox::builder().start();
    let url = customer.url("/hook");
    assert_eq!(press(&sandbox, &[("do", "settings"), ("url", &url), ("secret", "")]).status, 303);
    let exam = [("user", "590005"), ("exam_name", "Å <prøve>"), ("exam_date", "2025-01-31"), ("score", "69.50")];
    let added = press(&sandbox, &[&[("do", "add_result")], &exam[..]].concat());
    assert_eq!(added.status, 303);
    assert!(added.header("Location").unwrap().starts_with("/sandbox/?person=590005&said=Result+"), "{}", added.head);
    let result = sandbox.results_of(590_005).pop().unwrap();
    assert_eq!((result.exam_name.as_str(), result.passed), ("Å <prøve>", false));
    let id = result.id.to_string();
    press(&sandbox, &[("do", "change_result"), ("id", &id), ("passed", "yes")]);
    press(&sandbox, &[("do", "resend"), ("kind", "result"), ("id", &id)]);
    let status = [("do", "add_status"), ("user", "590005"), ("appname", "n2"), ("status", "ok"), ("status_date", "2025-01-31")];
    assert_eq!(press(&sandbox, &status).status, 303);
    press(&sandbox, &[("do", "repeat"), ("delivery", "1")]);
    settled(&sandbox);
    let told: Vec<String> = sandbox.deliveries().iter().map(|delivery| delivery.subject.name().to_owned()).collect();
    assert_eq!(told, ["result", "result", "result", "userstatus", "result"]);
    let hooks = customer.hooks(5);
    assert_eq!((hooks[1].json()["passed"].as_bool(), hooks[3].json()["status"].as_str()), (Some(true), Some("n2ok")));
    assert_eq!(hooks[4].body, hooks[0].body);
    let shown = page(&sandbox, "?person=590005");
    assert!(shown.text().contains("Å &lt;prøve&gt;") && !shown.text().contains("<prøve>"));
    assert!(shown.text().contains("200 from"), "{}", shown.text());
    assert_eq!(sandbox.deliveries()[0].norwegian_time().len(), 8);
}

#[test]
fn mistakes_are_told_on_the_page() {
    let sandbox = Sandbox::builder().start();
    for (fields, named) in [
        (&[("do", "add_result"), ("user", "590005"), ("exam_date", "i dag"), ("score", "1")][..], "i dag"),
        (&[("do", "add_result"), ("user", "590005"), ("exam_date", "2025-01-31"), ("score", "<b>")], "&lt;b&gt;"),
        (&[("do", "resend"), ("kind", "result"), ("id", "1")], "no URL is set"),
        (&[("do", "settings"), ("url", "http://hr.example/")], "not this machine"),
        (&[("do", "dance")], "dance"),
    ] {
        let refused = press(&sandbox, fields);
        assert_eq!(refused.status, 400, "{fields:?}");
        assert!(refused.text().contains("role=\"alert\"") && refused.text().contains(named), "{}", refused.text());
    }
}

#[test]
fn other_sites_are_turned_away() {
    let sandbox = Sandbox::builder().start();
    let release = |headers: &str| ask(&sandbox, "POST", "/sandbox/webhooks/release", headers, "").status;
    assert_eq!(release(""), 200);
    assert_eq!(release(&format!("Origin: {}\r\n", sandbox.url())), 200);
    assert_eq!(release("Origin: https://evil.example\r\n"), 403);
    assert_eq!(release("Origin: null\r\n"), 403);
    assert_eq!(release(&format!("Origin: http://127.0.0.1:{}\r\n", sandbox.port() ^ 1)), 403);
    // A name that has been made to lead here.
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    let request = "GET /sandbox/people HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    std::io::Write::write_all(&mut socket, request.as_bytes()).unwrap();
    let mut reply = Vec::new();
    std::io::Read::read_to_end(&mut socket, &mut reply).unwrap();
    assert_eq!(Reply::of(&reply).status, 403);
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    send(&mut socket, "GET", "/sandbox/state", "Connection: close\r\n", "");
    let mut reply = Vec::new();
    std::io::Read::read_to_end(&mut socket, &mut reply).unwrap();
    assert_eq!(Reply::of(&reply).status, 200);
}
