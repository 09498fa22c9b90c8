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
    assert!(found.text().contains(&format!("?person={}&amp;search=", person.id)));
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

#[test]
fn an_opened_request_shows_body_answer_and_errors_but_no_number_or_secret_unless_asked() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let persnr = sandbox.people()[0].persnr.clone();
    let mut newcomer = caller.newcomer(0);
    newcomer["persnr"] = serde_json::json!(persnr);
    newcomer["work_for"]["company"] = serde_json::json!("<b>");
    assert_eq!(caller.post("user/", &newcomer).status, 422);
    let shown = page(&sandbox, "?request=2");
    for part in [
        "<li>persnr: user with this persnr already exists.</li>",
        "<li>work_for.company: Invalid hyperlink - No URL match.</li>",
        "&quot;first_name&quot;: &quot;Åse&quot;",
        "took a slot",
        "Bearer ***",
    ] {
        assert!(shown.text().contains(part), "{part}: {}", shown.text());
    }
    assert!(!shown.text().contains(&persnr) && !shown.text().contains("<b>"));
    let token = caller.headers.split_whitespace().nth(2).unwrap();
    assert!(!shown.text().contains(token));
    let granted = page(&sandbox, "?request=1").text().to_owned();
    assert!(!granted.contains(token) && granted.contains("client_secret=***"), "{granted}");
    let raw = page(&sandbox, "?request=2&raw=1");
    assert!(raw.text().contains(&persnr) && raw.text().contains(token));
    assert!(page(&sandbox, "?request=9").text().contains("It is not kept any more"));
    // A fault that cuts says so; what would have been answered is there all the same.
    sandbox.fault(finaut_sandbox::Fault::cut_after_acting());
    assert_eq!(caller.bytes("GET", "companies/", "").0, b"");
    let cut = page(&sandbox, "?request=3").text().to_owned();
    assert!(
        cut.contains("no answer was sent") && cut.contains("cut_after_acting") && cut.contains("&quot;orgnr&quot;"),
        "{cut}"
    );
}

#[test]
fn lists_are_paged_newest_first() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    for n in 0..30 {
        caller.get(&format!("user/?page={n}"));
    }
    let place = |page: &Reply, n: u32| page.text().find(&format!("/finautapi/v1/user/?page={n}</a>"));
    let newest = page(&sandbox, "");
    assert!(place(&newest, 29).unwrap() < place(&newest, 28).unwrap() && place(&newest, 4).is_none());
    let link = |page: &Reply, text: &str| -> Option<String> {
        let end = page.text().find(&format!("\">{text}</a>"))?;
        let begin = page.text()[..end].rfind("href=\"/sandbox/")? + "href=\"/sandbox/".len();
        Some(page.text()[begin..end].split('#').next()?.replace("&amp;", "&"))
    };
    assert_eq!(link(&newest, "Newest requests"), None);
    let older = page(&sandbox, &link(&newest, "Older requests").unwrap());
    assert!(place(&older, 4).is_some() && place(&older, 5).is_none());
    assert_eq!(link(&older, "Older requests"), None);
    assert_eq!(link(&older, "Newest requests").as_deref(), Some("?"));
    // A page of older ones stays as it is while new ones come, and is kept when a person is chosen.
    caller.get("companies/");
    let chosen = page(&sandbox, &format!("{}&person=590005", link(&newest, "Older requests").unwrap()));
    assert!(place(&chosen, 4).is_some() && place(&chosen, 5).is_none() && chosen.text().contains("id=\"person\""));
    // People, too: somebody who was just created stands first.
    let order = |page: &Reply| -> Vec<usize> {
        let people = page.text().split("id=\"people\"").nth(1).unwrap();
        sandbox.people().iter().filter_map(|person| people.find(&format!("person={}", person.id))).collect()
    };
    let people = order(&newest);
    assert!(people.len() == 10 && people.iter().rev().is_sorted(), "{people:?}");
    let older = page(&sandbox, &link(&newest, "Older people").unwrap());
    let last = page(&sandbox, &link(&older, "Older people").unwrap());
    assert_eq!((order(&older).len(), order(&last).len(), link(&last, "Older people")), (10, 5, None));
}

#[test]
fn answers_are_kept_for_the_newest_requests_only() {
    let sandbox = Sandbox::builder().throttle(1_000, 3_600.0).users(1).start();
    let caller = Caller::new(&sandbox);
    for _ in 0..300 {
        caller.get("ordninger/9/");
    }
    let requests = sandbox.requests();
    assert_eq!((requests.len(), requests.iter().filter(|request| request.reply.is_some()).count()), (301, 300));
    assert!(requests[0].reply.is_none() && requests[300].reply.as_ref().unwrap().body.contains("ink"));
    assert!(page(&sandbox, "?request=1").text().contains("only the newest answers are"));
}

#[test]
fn buttons_make_faults_move_the_clock_take_slots_and_revoke_tokens() {
    let sandbox = Sandbox::builder().speed(0.0).start();
    let caller = Caller::new(&sandbox);
    let pressed = |fields: &[(&str, &str)]| -> String {
        let reply = press(&sandbox, fields);
        assert_eq!(reply.status, 303, "{fields:?}: {}", reply.text());
        let to = reply.header("Location").unwrap().to_owned();
        form_urlencoded::parse(to.split_once("said=").unwrap().1.as_bytes()).next().unwrap().0.into_owned()
    };
    assert_eq!(
        pressed(&[("do", "fault"), ("fault", "{\"kind\": \"status\", \"status\": 503}")]),
        "Waiting: status 503 for any request, once."
    );
    assert_eq!((caller.get("companies/").status, caller.get("companies/").status), (503, 200));
    let form = [
        ("kind", "status"),
        ("status", "502"),
        ("delay_after_ms", "0"),
        ("method", "GET"),
        ("path", "user/"),
        ("nth", "2"),
        ("times", "2"),
    ];
    let words = "status 502 for GET user/, 2 times, after letting 1 pass";
    assert_eq!(pressed(&[&[("do", "make_fault")], &form[..]].concat()), format!("Waiting: {words}."));
    assert!(page(&sandbox, "").text().contains(words));
    let seen: Vec<u16> = (0..4).map(|_| caller.get("user/").status).collect();
    assert_eq!(seen, [200, 502, 502, 200]);
    pressed(&[&[("do", "make_fault"), ("always", "yes")], &form[..]].concat());
    let words = "status 502 for GET user/, every time, after letting 1 pass";
    assert_eq!(press(&sandbox, &[("do", "forget_fault"), ("place", "0"), ("words", "another")]).status, 400);
    assert_eq!(sandbox.faults_waiting(), 1);
    assert_eq!(pressed(&[("do", "forget_fault"), ("place", "0"), ("words", words)]), format!("Forgotten: {words}."));
    assert_eq!(sandbox.faults_waiting(), 0);
    sandbox.fault(finaut_sandbox::Fault::garbage());
    pressed(&[("do", "forget_faults")]);
    assert_eq!(sandbox.faults_waiting(), 0);

    let before = sandbox.now();
    pressed(&[("do", "advance"), ("seconds", "3600")]);
    assert_eq!(sandbox.now(), before + 3600.0);
    assert_eq!(pressed(&[("do", "speed"), ("speed", "60")]), "The clock runs 60 times as fast.");
    assert!(page(&sandbox, "").text().contains("60 times as fast"));
    assert_eq!(pressed(&[("do", "speed"), ("speed", "0")]), "The clock stands still.");

    pressed(&[("do", "free_slots")]);
    assert_eq!(pressed(&[("do", "use_slots"), ("count", "150")]), "Took 150 slots; 50 are left.");
    assert_eq!(pressed(&[("do", "use_slots"), ("count", "1000000")]), "Took 50 slots; 0 are left.");
    assert_eq!(pressed(&[("do", "free_slots")]), "All slots are free.");
    assert_eq!(sandbox.slots_left(), 200);
    pressed(&[("do", "throttle"), ("limit", "7"), ("window_s", "1.5")]);
    assert_eq!(sandbox.slots_left(), 7);

    let caller = Caller::new(&sandbox);
    assert_eq!(caller.get("companies/").status, 200);
    pressed(&[("do", "revoke")]);
    assert_eq!(caller.get("companies/").status, 401);

    assert_eq!(pressed(&[("do", "remove_person"), ("user", "590005")]), "User 590005 is gone.");
    assert!(sandbox.people().iter().all(|person| person.id != 590_005));
    for (fields, named) in [
        (&[("do", "advance"), ("seconds", "inf")][..], "inf"),
        (&[("do", "speed"), ("speed", "-1")], "-1"),
        (&[("do", "throttle"), ("limit", "7"), ("window_s", "0")], "more than 0"),
        (&[("do", "fault"), ("fault", "{}")], "no fault"),
        (&[("do", "make_fault"), ("kind", "status"), ("status", "99")], "99"),
        (&[("do", "remove_person"), ("user", "1")], "there is no user 1"),
    ] {
        let refused = press(&sandbox, fields);
        assert!(refused.status == 400 && refused.text().contains(named), "{fields:?}: {}", refused.text());
    }
}

#[test]
fn a_person_is_shown_with_every_field() {
    let sandbox = Sandbox::builder().users(60).start();
    let caller = Caller::new(&sandbox);
    let person = sandbox.people().into_iter().find(|person| person.franchise_id.is_some()).unwrap();
    let path = format!("user/{}/", person.id);
    let employment = caller.get(&path).json()["employment"][0].as_str().unwrap().to_owned();
    let department =
        caller.get(&format!("departments/{}/", person.department_id)).json()["departmentname"].as_str().unwrap().to_owned();
    let course = serde_json::json!({ "user": person.encrypted_id, "goal": 4711, "passed_date": "2025-01-31", "external_system": "LMS-å", "external_id": "K9" });
    assert_eq!(caller.post("competency_result/", &course).status, 201);
    let user = caller.get(&path).json();
    let shown = page(&sandbox, &format!("?person={}", person.id)).text().to_owned();
    for value in [
        person.id.to_string(),
        person.persnr.clone(),
        user["email"].as_str().unwrap().to_owned(),
        user["mobile"].as_str().unwrap().to_owned(),
        person.employee_alias.clone(),
        format!("({})", person.company_id),
        format!("{department} ({})", person.department_id),
        format!("({})", person.franchise_id.unwrap()),
        format!("{}: from", employment.trim_end_matches('/').rsplit('/').next().unwrap()),
        person.roles.join(", "),
        person.encrypted_id.clone(),
        "4711".to_owned(),
        "LMS-å".to_owned(),
    ] {
        assert!(shown.contains(&value), "{value}");
    }
}
