//! The journal, the job and the budget: who did what, when, and how it ended.

use std::cell::RefCell;
use std::rc::Rc;

use finaut_core::client::{Call, Options, Sink};
use finaut_core::error::{Code, Error};
use finaut_core::operations::person::Person;
use finaut_core::operations::users::{self, Changes};
use finaut_core::store::journal::{Closing, Opening};
use finaut_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, call, client_of, named, on, stage, with};

/// All lines, the oldest first.
fn lines(stage: &Stage) -> Vec<Value> {
    let listed = stage.get("journal.list", json!({}));
    let mut lines = listed["results"].as_array().unwrap().clone();
    assert_eq!((&listed["count"], &listed["next_page"]), (&json!(lines.len()), &Value::Null));
    lines.reverse();
    lines
}

fn only_line(stage: &Stage) -> Value {
    let lines = lines(stage);
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.into_iter().next().unwrap()
}

#[test]
fn each_change_has_one_line_with_who_what_when_and_how_it_ended() {
    let stage = with(Sandbox::builder().users(10), json!({ "job": "nightly" }));
    let person = stage.plain_person();
    let created = stage.get("users.create_candidate", stage.newcomer(1));
    let changes = json!({ "first_name": "Åsa", "mobile": "91234567" });
    stage.get("users.update", json!({ "persnr": person.persnr, "changes": changes, "job": "by hand" }));
    stage.get("users.add_role", json!({ "id": person.id, "role": "krd_ba" }));
    let status = stage.get("users.hold", json!({ "id": person.id, "scheme": "afr", "date": "2031-05-17" }));
    let new = json!({ "encrypted_user_id": person.encrypted_id, "goal": 98_765, "passed_date": "2026-02-03" });
    let result = stage.get("competency_results.create", new);
    let raw = json!({ "method": "PATCH", "path": format!("user/{}/", person.id), "body": { "email": "a@example.no" } });
    stage.get("request", raw);
    // Nothing of this changes anything.
    for (operation, args) in [("users.get", json!({ "id": person.id })), ("check", json!({})), ("users.list", json!({}))] {
        stage.get(operation, args);
    }
    let lines = lines(&stage);
    let number = |url: &Value| {
        url.as_str().map_or_else(
            || url.clone(),
            |url| json!(url.trim_end_matches('/').rsplit('/').next().unwrap().parse::<u64>().unwrap()),
        )
    };
    let (new, status, result) = (number(&created["id"]), number(&status["id"]), number(&result["id"]));
    let who = json!(person.id);
    let said: Vec<_> = lines
        .iter()
        .map(|line| ["operation", "job", "method", "object_id", "user_id", "http_status"].map(|name| line[name].clone()))
        .collect();
    let wanted = [
        [json!("users.create_candidate"), json!("nightly"), json!("POST"), new.clone(), new, json!(201)],
        [json!("users.update"), json!("by hand"), json!("PATCH"), who.clone(), who.clone(), json!(200)],
        [json!("users.add_role"), json!("nightly"), json!("PATCH"), who.clone(), who.clone(), json!(200)],
        [json!("users.hold"), json!("nightly"), json!("POST"), status, who.clone(), json!(201)],
        [json!("competency_results.create"), json!("nightly"), json!("POST"), result, Value::Null, json!(201)],
        [json!("request"), json!("nightly"), json!("PATCH"), who.clone(), who.clone(), json!(200)],
    ];
    assert_eq!(said, wanted);
    for line in &lines {
        assert_eq!((&line["outcome"], &line["code"]), (&json!("done"), &Value::Null), "{line}");
        assert_eq!(line["process"], json!(std::process::id()));
        assert!(!line["machine"].as_str().unwrap().is_empty() && !line["os_user"].as_str().unwrap().is_empty(), "{line}");
        for time in ["at", "ended_at"] {
            let time = line[time].as_str().unwrap();
            assert!(time.len() == 25 && (time.ends_with("+01:00") || time.ends_with("+02:00")), "{line}");
        }
        assert_eq!(line.as_object().unwrap().len(), 17, "{line}");
    }
    assert_eq!(lines[1]["fields"], json!(["first_name", "mobile"]));
    assert_eq!(lines[1]["path"], json!(format!("user/{}/", person.id)));
    let ids: std::collections::HashSet<_> = lines.iter().map(|line| line["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), lines.len());
}

#[test]
fn a_line_says_how_a_change_failed() {
    let stage = on(Sandbox::builder().users(10));
    let person = stage.plain_person();
    let update = || json!({ "id": person.id, "changes": { "first_name": "A" }, "max_wait_s": 0.3 });
    let outcome = |stage: &Stage| {
        let line = lines(stage).pop().unwrap();
        ["outcome", "code", "http_status"].map(|name| line[name].clone())
    };
    stage.sandbox.fault(Fault::status(422).body(r#"{"first_name": ["no"]}"#).method("PATCH").header("X-Correlation-Id", "c-1"));
    stage.fails(Code::Validation, "users.update", update());
    assert_eq!(outcome(&stage), [json!("refused"), json!("validation"), json!(422)]);
    assert_eq!(lines(&stage).pop().unwrap()["correlation_id"], "c-1");
    stage.fails(Code::NotFound, "users.update", json!({ "id": 1, "changes": { "first_name": "A" } }));
    assert_eq!(outcome(&stage), [json!("refused"), json!("not_found"), json!(404)]);
    // A change may be sent twice, so its call may end without knowing.
    stage.sandbox.fault(Fault::status(500).method("PATCH").always());
    stage.fails(Code::Server, "users.update", update());
    assert_eq!(outcome(&stage), [json!("unknown"), json!("server"), json!(500)]);
    stage.sandbox.clear_faults();
    // What was in doubt once and was refused then is in doubt still.
    stage.sandbox.fault(Fault::status(503).method("PATCH"));
    stage.sandbox.fault(Fault::status(422).body(r#"{"first_name": ["no"]}"#).method("PATCH"));
    stage.fails(Code::Validation, "users.update", json!({ "id": person.id, "changes": { "first_name": "A" } }));
    assert_eq!(outcome(&stage), [json!("unknown"), json!("validation"), json!(422)]);
    stage.sandbox.clear_faults();
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("feedback/"));
    stage.fails(Code::UnknownOutcome, "request", json!({ "method": "POST", "path": "feedback/", "body": {} }));
    assert_eq!(outcome(&stage), [json!("unknown"), json!("network"), Value::Null]);
    // Each call made one line, however often it sent its request.
    assert_eq!(lines(&stage).len(), 5);
    // What the server never got.
    let nobody = named(Sandbox::builder().users(1).credentials("nobody", "sandbox-secret"), json!({}));
    nobody.get("check", json!({}));
    let unreachable = client_of(&nobody.sandbox, json!({ "host": nobody.sandbox.url() }));
    let Stage { sandbox, .. } = nobody;
    drop(sandbox);
    call(&unreachable, "users.update", update()).unwrap_err();
    let listed = call(&unreachable, "journal.list", json!({})).unwrap();
    let line = &listed["results"][0];
    assert_eq!((&line["outcome"], &line["code"]), (&json!("refused"), &json!("network")), "{line}");
}

#[test]
fn a_refused_token_and_a_full_throttle_make_no_second_line() {
    let stage = stage();
    let person = stage.plain_person();
    stage.get("check", json!({}));
    stage.sandbox.revoke_tokens();
    stage.sandbox.fault(Fault::status(429).body(r#"{"detail": "x"}"#).header("Retry-After", "1").method("PATCH"));
    stage.get("users.update", json!({ "id": person.id, "changes": { "first_name": "A" } }));
    let line = only_line(&stage);
    assert_eq!((&line["outcome"], &line["http_status"]), (&json!("done"), &json!(200)));
    stage.sandbox.revoke_tokens();
    stage.get("users.create_candidate", stage.newcomer(1));
    let line = lines(&stage).pop().unwrap();
    assert_eq!((&line["outcome"], &line["http_status"]), (&json!("done"), &json!(201)));
    assert_eq!(lines(&stage).len(), 2);
    // A call that finds no slot has sent nothing, and changed nothing.
    let full = with(Sandbox::builder().users(5).throttle(1, 3600.0), json!({ "throttle": { "requests": 1, "per_s": 3600 } }));
    full.get("check", json!({}));
    full.fails(Code::Throttled, "users.create_candidate", full.newcomer(1));
    full.fails(Code::Throttled, "users.update", json!({ "id": 590_001, "changes": { "first_name": "A" } }));
    assert!(lines(&full).is_empty());
}

#[test]
fn a_creation_that_was_settled_has_one_line_with_its_object() {
    let stage = stage();
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
    let created = stage.get("users.create_candidate", stage.newcomer(1));
    let line = only_line(&stage);
    assert_eq!((&line["outcome"], &line["http_status"]), (&json!("done"), &Value::Null), "nobody saw its answer");
    let id = created["id"].as_str().map(|url| url.trim_end_matches('/').rsplit('/').next().unwrap().to_owned());
    assert_eq!(line["object_id"].to_string(), id.unwrap_or_else(|| created["id"].to_string()));
    assert_eq!(line["user_id"], line["object_id"]);
    // One that did not take effect is sent again, by the same call and in the same line.
    stage.sandbox.fault(Fault::cut_before_acting().method("POST").path("user/"));
    stage.get("users.create_candidate", stage.newcomer(2));
    let line = lines(&stage).pop().unwrap();
    assert_eq!((lines(&stage).len(), &line["outcome"], &line["http_status"]), (2, &json!("done"), &json!(201)));
    // One that is given up is unknown until somebody finds it.
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
    stage.sandbox.fault(Fault::status(503).method("GET").path("user/").always());
    let third = stage.newcomer(3);
    let mut hasty = third.clone();
    hasty["max_wait_s"] = json!(1);
    stage.fails(Code::UnknownOutcome, "users.create_candidate", hasty);
    assert_eq!(lines(&stage).pop().unwrap()["outcome"], "unknown");
    stage.sandbox.clear_faults();
    stage.get("users.create_candidate", third);
    let line = lines(&stage).pop().unwrap();
    assert_eq!((lines(&stage).len(), &line["outcome"]), (3, &json!("done")), "{line}");
    assert!(line["user_id"].is_u64());
    assert_eq!(
        stage.sandbox.requests().iter().filter(|request| request.method == "POST" && request.path.ends_with("/user/")).count(),
        4
    );
}

#[test]
fn lines_are_found_by_job_person_and_time_and_read_page_by_page() {
    let stage = with(Sandbox::builder().users(10).throttle(1000, 1.0), json!({ "throttle": { "requests": 1000, "per_s": 1 } }));
    let (one, other) = (stage.person(1), stage.person(2));
    for n in 0..205 {
        let (person, job) = if n % 2 == 0 { (&one, "even") } else { (&other, "odd") };
        stage.get("users.update", json!({ "id": person.id, "changes": { "first_name": format!("A{n}") }, "job": job }));
    }
    let list = |args: Value| stage.get("journal.list", args);
    assert_eq!(
        (list(json!({ "job": "even" }))["count"].clone(), list(json!({ "job": "odd" }))["count"].clone()),
        (json!(103), json!(102))
    );
    assert_eq!(list(json!({ "job": "nobody's" }))["count"], 0);
    stage.get("users.get", json!({ "persnr": one.persnr }));
    let spent = stage.spent();
    assert_eq!(list(json!({ "id": one.id }))["count"], 103);
    assert_eq!(list(json!({ "persnr": one.persnr }))["count"], 103, "the number is remembered");
    assert_eq!(stage.spent(), spent);
    assert_eq!(list(json!({ "id": other.id, "job": "even" }))["count"], 0);
    stage.fails(Code::NotFound, "journal.list", json!({ "persnr": stage.sandbox.unused_persnr(9) }));
    for (since, until, count) in [
        ("2020-01-01", "2020-01-02", 0),
        ("2020-01-01", "2100-01-01", 205),
        ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00+01:00", 0),
        ("2100-01-01", "2101-01-01", 0),
    ] {
        assert_eq!(list(json!({ "since": since, "until": until }))["count"], count, "{since} {until}");
    }
    let today = list(json!({}))["results"][0]["at"].as_str().unwrap()[..10].to_owned();
    let of_today = list(json!({ "since": today, "until": today }))["count"].as_u64().unwrap();
    assert!(of_today >= 1, "a day lasts until its end");
    stage.fails(Code::Validation, "journal.list", json!({ "since": "yesterday" }));
    stage.fails(Code::Validation, "journal.list", json!({ "page": "cursor=7" }));
    // All at once, one page, the pages that follow each other, and page by page: the same lines, the newest first.
    let all = list(json!({}));
    let of = |reply: &Value| reply["results"].as_array().unwrap().clone();
    let ids: Vec<_> = of(&all).iter().map(|line| line["id"].as_u64().unwrap()).collect();
    assert!(ids.len() == 205 && ids.windows(2).all(|pair| pair[0] > pair[1]));
    assert_eq!(of(&list(json!({ "page": 2 }))), of(&all)[100..200]);
    let (mut page, mut followed) = (json!(1), Vec::new());
    while !page.is_null() {
        let reply = list(json!({ "page": page }));
        followed.extend(of(&reply));
        page = reply["next_page"].clone();
    }
    assert_eq!(followed, of(&all));
    let mut given = Vec::new();
    let walked = finaut_core::call_pages(&stage.client, "journal.list", "{}", &mut |page| {
        given.extend(of(&serde_json::from_str(page).unwrap()));
        false
    });
    assert_eq!(given, of(&all));
    assert_eq!(walked.unwrap().view::<Value>().unwrap(), json!({ "count": 205, "pages": 3, "missing": 0 }));
}

/// What an audit file of a caller's own is given.
#[derive(Default)]
struct Heard {
    said: RefCell<Vec<String>>,
    refuses: bool,
}

impl Sink for Heard {
    fn opened(&self, line: &Opening) -> Result<(), Error> {
        self.said.borrow_mut().push(format!("opened {}", line.key));
        if self.refuses { Err(Error::new(Code::State, "The audit file cannot be written.")) } else { Ok(()) }
    }
    fn closed(&self, line: &Opening, closing: &Closing) {
        let [outcome] = closing.about.members(["outcome"]);
        self.said.borrow_mut().push(format!("{} {}", outcome.unwrap().text().unwrap(), line.key));
    }
    fn settled(&self, line: &str, closing: &Closing) {
        let [outcome] = closing.about.members(["outcome"]);
        self.said.borrow_mut().push(format!("settled-{} {line}", outcome.unwrap().text().unwrap()));
    }
}

#[test]
fn a_second_sink_is_given_each_line_before_its_request_and_after_it() {
    let stage = stage();
    let person = stage.plain_person();
    let heard = Rc::new(Heard::default());
    let sinking = |heard: &Rc<Heard>| sinking(&stage, heard, 30.0);
    let changes = Changes { first_name: Some("A".into()), ..Changes::default() };
    users::update(&sinking(&heard), &Person::Id(person.id), &changes).unwrap();
    stage.sandbox.fault(Fault::status(422).body("{}").method("PATCH"));
    users::update(&sinking(&heard), &Person::Id(person.id), &changes).unwrap_err();
    let said = heard.said.borrow().clone();
    let words: Vec<_> = said.iter().map(|said| said.split(' ').next().unwrap()).collect();
    assert_eq!(words, ["opened", "done", "opened", "refused"]);
    assert_eq!(said[0].split(' ').nth(1), said[1].split(' ').nth(1));
    assert_ne!(said[0], said[2]);
    // What cannot be audited is not sent.
    let (spent, refusing) = (stage.spent(), Rc::new(Heard { refuses: true, ..Heard::default() }));
    let error = users::update(&sinking(&refusing), &Person::Id(person.id), &changes).unwrap_err();
    assert_eq!((error.code(), stage.spent()), (Code::State, spent));
    assert_eq!(lines(&stage).len(), 2);
}

fn sinking<'a>(stage: &'a Stage, heard: &Rc<Heard>, max_wait_s: f64) -> Call<'a> {
    Call::new(&stage.client, "a test", Options { max_wait_s, ..Options::of(&stage.client.config) }).noting(heard.clone())
}

#[test]
fn a_second_sink_is_told_how_a_line_ended_that_another_call_left_open() {
    let stage = with(Sandbox::builder().users(10), json!({ "late_s": 2, "timeout_s": 1 }));
    let of = |heard: &Rc<Heard>| -> Vec<(String, String)> {
        let said = heard.said.borrow();
        said.iter().map(|said| said.split_once(' ').unwrap()).map(|(word, key)| (word.to_owned(), key.to_owned())).collect()
    };
    let new = super::typed::newcomer(&stage);
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
    stage.sandbox.fault(Fault::status(503).method("GET").path("user/").always());
    let (first, second, third) = (Rc::<Heard>::default(), Rc::<Heard>::default(), Rc::<Heard>::default());
    let error = users::create(&sinking(&stage, &first, 1.0), &new).unwrap_err();
    assert_eq!(error.code(), Code::UnknownOutcome);
    let left = of(&first);
    assert_eq!(left.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>(), ["opened", "unknown"]);
    // Its object is there.
    stage.sandbox.clear_faults();
    users::create(&sinking(&stage, &second, 30.0), &new).unwrap();
    let said = of(&second);
    let words: Vec<_> = said.iter().map(|(word, _)| word.as_str()).collect();
    assert_eq!(words, ["opened", "refused", "settled-done"], "its own line was not needed");
    assert_eq!(said[2].1, left[0].1, "the other's line");
    // One that never took effect is sent again, in a line of this call's own.
    let absent = finaut_core::persnr::Persnr::parse(&stage.sandbox.unused_persnr(5)).unwrap();
    let new = users::NewUser { persnr: absent, ..super::typed::newcomer(&stage) };
    stage.sandbox.fault(Fault::cut_before_acting().method("POST").path("user/"));
    stage.sandbox.fault(Fault::status(503).method("GET").path("user/").always());
    users::create(&sinking(&stage, &first, 1.0), &new).unwrap_err();
    let left = of(&first);
    stage.sandbox.clear_faults();
    users::create(&sinking(&stage, &third, 30.0), &new).unwrap();
    let said = of(&third);
    let words: Vec<_> = said.iter().map(|(word, _)| word.as_str()).collect();
    assert_eq!(words, ["opened", "refused", "opened", "settled-refused", "done"]);
    assert_eq!((&said[3].1, &said[4].1), (&left[2].1, &said[0].1));
}

#[test]
fn the_job_stands_in_events_slots_journal_and_user_agent() {
    let stage = with(Sandbox::builder().users(10), json!({ "job": "natt (kjøring)", "user_agent": "hr/2" }));
    let person = stage.plain_person();
    let events = stage.events();
    stage.sandbox.fault(Fault::delay_before_acting(700).method("PATCH"));
    stage.get("users.update", json!({ "id": person.id, "changes": { "first_name": "A" } }));
    stage.sandbox.fault(Fault::status(503).header("X-Correlation-Id", "c-1"));
    stage.get("check", json!({ "job": "by hand" }));
    let created = stage.get("users.create_candidate", stage.newcomer(1));
    let events = events.lock().unwrap().clone();
    assert!(events.iter().all(|event| event["job"] == "natt (kjøring)" || event["job"] == "by hand"), "{events:?}");
    assert!(events.iter().any(|event| event["for"] == "answer"), "{events:?}");
    assert!(events.iter().any(|event| event["http_status"] == 503 && event["correlation_id"] == "c-1"), "{events:?}");
    let made = events.iter().find(|event| event["http_status"] == 201).unwrap();
    assert!(created["id"].to_string().contains(&made["object_id"].to_string()), "{made} {created}");
    let agents: Vec<_> =
        stage.sandbox.requests().iter().map(|request| request.header("user-agent").unwrap().to_owned()).collect();
    assert!(agents.iter().any(|agent| agent == "hr/2 (job natt %28kj%C3%B8ring%29)"), "{agents:?}");
    assert!(agents.iter().any(|agent| agent == "hr/2 (job by hand)"), "{agents:?}");
    let by = stage.get("budget", json!({}))["by"].clone();
    let mut by: Vec<_> =
        by.as_array().unwrap().iter().map(|by| (by["job"].clone(), by["operation"].clone(), by["used"].clone())).collect();
    by.sort_by_key(|by| by.1.to_string());
    assert_eq!(
        by,
        [
            (json!("by hand"), json!("check"), json!(2)),
            (json!("natt (kjøring)"), json!("users.create_candidate"), json!(1)),
            (json!("natt (kjøring)"), json!("users.update"), json!(1)),
        ]
    );
    assert_eq!(stage.get("journal.list", json!({ "job": "natt (kjøring)" }))["count"], 2);
}

#[test]
fn a_job_that_tells_too_much_is_refused_and_not_quoted() {
    let stage = named(Sandbox::builder().users(5).credentials("jobs", "planted-secret"), json!({}));
    let persnr = stage.person(1).persnr;
    for job in [
        "",
        " ",
        "a\nb",
        "a\u{200b}b",
        "a\u{202e}b",
        "a\u{61c}b",
        "a\u{e0041}b",
        &"å".repeat(65),
        &persnr,
        &format!("of {persnr}"),
        "x planted-secret",
    ] {
        let error = stage.fails(Code::Validation, "check", json!({ "job": job }));
        let said = error.json().to_string();
        assert!(said.contains("job") && !said.contains(&persnr) && !said.contains("planted"), "{said}");
        let config = json!({ "client_id": "a", "client_secret": "planted-secret", "job": job }).to_string();
        let error = finaut_core::config::Config::read(config.as_bytes(), &|_| None).unwrap_err();
        let said = error.json().to_string();
        assert!(error.code() == Code::Config && !said.contains(&persnr) && !said.contains("planted"), "{said}");
    }
    stage.get("check", json!({ "job": "å".repeat(64) }));
    assert_eq!(stage.get("budget", json!({}))["by"][0]["job"], "å".repeat(64));
    stage.fails(Code::Argument, "check", json!({ "job": 5 }));
}

#[test]
fn a_full_throttle_says_who_has_the_slots_and_when_the_next_is_free() {
    let rule = json!({ "throttle": { "requests": 3, "per_s": 3600 }, "job": "nightly" });
    let stage = with(Sandbox::builder().users(5).throttle(3, 3600.0), rule);
    stage.get("check", json!({}));
    stage.get("users.get", json!({ "id": stage.person(0).id }));
    stage.get("check", json!({ "job": "by hand" }));
    let machine = stage.client.config.machine.clone();
    let error = stage.fails(Code::Throttled, "check", json!({}));
    let wanted = format!(
        "They are used: 2 by the job \"nightly\" on {machine}, 1 by the job \"by hand\" on {machine}. The next one can go in 36"
    );
    assert!(error.message().contains(&wanted), "{error}");
    // So it is where a list would need more than there are.
    let list = with(Sandbox::builder().users(500).throttle(3, 3600.0), json!({ "throttle": { "requests": 3, "per_s": 3600 } }));
    let error = list.fails(Code::Throttled, "users.list", json!({}));
    assert!(error.message().contains(&format!("They are used: 1 by users.list on {machine}.")), "{error}");
}

#[test]
fn the_budget_tells_what_became_of_each_hours_requests() {
    let stage = stage();
    stage.get("check", json!({}));
    stage.sandbox.fault(Fault::status(503).path("results/"));
    stage.get("results.list", json!({ "page": 1 }));
    stage.sandbox.fault(Fault::status(429).body(r#"{"detail": "x"}"#).header("Retry-After", "1").path("results/"));
    stage.get("results.list", json!({ "page": 1 }));
    let budget = stage.get("budget", json!({ "history": true }));
    let hours = budget["hours"].as_array().unwrap();
    let sum = |name: &str| hours.iter().map(|hour| hour[name].as_u64().unwrap()).sum::<u64>();
    // Of the five, one was refused; the pause after it was waited for.
    assert_eq!((sum("requests"), sum("retries"), sum("waits"), sum("refused")), (5, 2, 1, 1), "{budget}");
    assert!(hours.len() <= 2 && hours.iter().all(|hour| hour["start"].as_str().unwrap().contains(":00:00+0")), "{budget}");
    assert!(stage.get("budget", json!({})).get("hours").is_none());
}
