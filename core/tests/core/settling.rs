//! Creations whose outcome is in doubt: slow servers, answers without an object, names in the server's way, others who create the same.
//! The servers of the first half are simulated, so that minutes take no time.

use std::sync::{Arc, Mutex};

use finaut_core::client::Client;
use finaut_core::clock::Clock;
use finaut_core::config::Config;
use finaut_core::error::{Code, Error};
use finaut_core::http::{Answer, Broken, Cause, Exchange, Method, Outcome, Outgoing, RetryAfter};
use finaut_core::store::Store;
use finaut_core::store::memory::MemoryStore;
use finaut_sandbox::{Fault, NamesShown, Sandbox};
use serde_json::{Value, json};

use super::clocks::Simulated;
use super::stage::{Stage, call, config_of, stage, with};

/// What becomes of a POST.
#[derive(Debug, Clone)]
struct Post {
    /// When its object is there, in seconds after it was sent.
    acts_after_s: Option<f64>,
    ends: End,
}

#[derive(Debug, Clone)]
enum End {
    /// With its object, after so many seconds.
    Answered(f64),
    /// Never: the client gives up.
    Silent,
    /// The connection breaks after so many seconds.
    Cut(f64),
    /// A proxy says that it waited for so many seconds.
    GatewayTimeout(f64),
}

/// A server of user statuses that answers as it is told.
#[derive(Debug, Default)]
struct Server {
    /// What becomes of the next POSTs; those beyond are answered.
    posts: Mutex<Vec<Post>>,
    /// What becomes of the next readings; those beyond are answered. 0 is silence.
    readings: Mutex<Vec<u16>>,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    posts: usize,
    readings: usize,
    /// When each object is there.
    objects: Vec<f64>,
}

fn status(id: usize) -> Value {
    json!({"id": id, "user": 5, "appname": "pfn", "status": "hvilende", "status_date": "2031-05-17"})
}

impl Exchange for Server {
    fn exchange(&self, clock: &dyn Clock, outgoing: &Outgoing) -> Result<Outcome, Error> {
        let answer = |status: u16, body: Value| {
            clock.sleep(0.1);
            let body = body.to_string().into_bytes();
            let received = clock.now();
            Ok(Outcome::Answered(Answer {
                status,
                body,
                retry_after: RetryAfter::Absent,
                packed: None,
                location: None,
                correlation_id: None,
                received,
            }))
        };
        let broken =
            |cause: Cause| Ok(Outcome::Broken(Broken { cause, sent: true, received: None, detail: "on purpose".into() }));
        assert!(outgoing.timeout_s > 0.0);
        if outgoing.url.ends_with("/o/token/") {
            return answer(200, json!({ "access_token": "t", "expires_in": 3600 }));
        }
        if outgoing.method == Method::POST {
            let mut posts = self.posts.lock().unwrap();
            let answered = Post { acts_after_s: Some(0.0), ends: End::Answered(0.0) };
            let post = if posts.is_empty() { answered } else { posts.remove(0) };
            let number = {
                let mut seen = self.seen.lock().unwrap();
                seen.posts += 1;
                seen.objects.extend(post.acts_after_s.map(|after_s| clock.now() + after_s));
                seen.objects.len()
            };
            return match post.ends {
                End::Answered(after_s) => {
                    clock.sleep(after_s);
                    answer(201, status(number))
                }
                End::Silent => {
                    clock.sleep(outgoing.timeout_s);
                    broken(Cause::Timeout)
                }
                End::Cut(after_s) => {
                    clock.sleep(after_s);
                    broken(Cause::Cut)
                }
                End::GatewayTimeout(after_s) => {
                    clock.sleep(after_s);
                    answer(504, json!({"detail": "upstream timed out"}))
                }
            };
        }
        self.seen.lock().unwrap().readings += 1;
        let reading = {
            let mut readings = self.readings.lock().unwrap();
            if readings.is_empty() { 200 } else { readings.remove(0) }
        };
        match reading {
            200 if outgoing.url.contains("/user/5/") => {
                answer(200, json!({"id": "http://127.0.0.1:1/finautapi/v1/user/5/", "persnr": "01819010001"}))
            }
            200 => {
                let now = clock.now();
                let there = self.seen.lock().unwrap().objects.iter().filter(|at| **at <= now).count();
                let results: Vec<Value> = (1..=there).map(status).collect();
                answer(200, json!({"count": there, "next": null, "previous": null, "results": results}))
            }
            0 => {
                clock.sleep(outgoing.timeout_s);
                broken(Cause::Timeout)
            }
            refused => answer(refused, json!({"detail": "no"})),
        }
    }
}

/// A server, and what the clients of one state do with it.
struct Rehearsal {
    server: Arc<Server>,
    clock: Arc<Simulated>,
    store: Arc<dyn Store>,
}

impl Rehearsal {
    fn of(posts: &[(Option<f64>, End)], readings: &[u16]) -> Rehearsal {
        let posts = posts.iter().map(|(acts_after_s, ends)| Post { acts_after_s: *acts_after_s, ends: ends.clone() });
        let (posts, readings) = (Mutex::new(posts.collect()), Mutex::new(readings.to_vec()));
        let server = Server { posts, readings, seen: Mutex::default() };
        let store = Arc::new(MemoryStore::alone().unwrap());
        Rehearsal { server: Arc::new(server), clock: Arc::default(), store }
    }

    /// Sets somebody on hold, and says how long that took.
    fn hold(&self, max_wait_s: f64) -> (Result<Value, Error>, f64) {
        let config = json!({"host": "http://127.0.0.1:1", "client_id": "simulated", "client_secret": "sandbox-secret"});
        let config = Config::read(config.to_string().as_bytes(), &|_| None).unwrap();
        let client = Client::over(self.server.clone(), config, self.store.clone(), self.clock.clone());
        let before = self.clock.now();
        let args = json!({"id": 5, "set_by": 6, "scheme": "pfn", "date": "2031-05-17", "max_wait_s": max_wait_s});
        (call(&client, "users.hold", args), self.clock.now() - before)
    }

    fn posts(&self) -> usize {
        self.server.seen.lock().unwrap().posts
    }

    /// How many objects there are in the end.
    fn made(&self) -> usize {
        self.server.seen.lock().unwrap().objects.len()
    }
}

fn code(result: &Result<Value, Error>) -> Code {
    match result {
        Ok(reply) => panic!("did not fail: {reply}"),
        Err(e) => e.code(),
    }
}

#[test]
fn a_server_that_takes_longer_than_time_out_and_settling_makes_one() {
    // Time-out after 30 s, and the object comes 45, 59 and 70 s after the sending.
    for (end, acts_after_s) in [
        (End::Silent, 45.0),
        (End::Silent, 59.0),
        (End::GatewayTimeout(20.0), 45.0),
        // What stands before the server gives up without a word.
        (End::Cut(20.0), 45.0),
    ] {
        let rehearsal = Rehearsal::of(&[(Some(acts_after_s), end.clone())], &[]);
        let (made, took_s) = rehearsal.hold(60.0);
        assert_eq!(made.unwrap()["id"], 1, "{end:?}");
        assert!(took_s <= 62.0, "{took_s}");
        assert_eq!((rehearsal.posts(), rehearsal.made()), (1, 1), "{end:?}");
    }
}

#[test]
fn after_a_time_out_absence_proves_nothing_until_it_cannot_come_late_any_more() {
    let rehearsal = Rehearsal::of(&[(Some(250.0), End::Silent)], &[]);
    // Called again and again, the hold is looked for and never sent again.
    for _ in 0..3 {
        let (result, took_s) = rehearsal.hold(60.0);
        assert_eq!(code(&result), Code::UnknownOutcome);
        assert!(result.unwrap_err().message().contains("userstatus.list"));
        assert!(took_s <= 90.0, "{took_s}");
    }
    let readings = rehearsal.server.seen.lock().unwrap().readings;
    assert!(readings <= 30, "{readings} readings in three minutes");
    let (made, _) = rehearsal.hold(120.0);
    assert_eq!(made.unwrap()["id"], 1);
    assert_eq!((rehearsal.posts(), rehearsal.made()), (1, 1));
    // Its outcome is known: the next one is another hold.
    assert_eq!(rehearsal.hold(60.0).0.unwrap()["id"], 2);
    assert_eq!(rehearsal.posts(), 2);
}

#[test]
fn what_a_slow_server_never_did_is_sent_again_once_it_cannot_come_late_any_more() {
    let rehearsal = Rehearsal::of(&[(None, End::Silent)], &[]);
    let (made, took_s) = rehearsal.hold(1000.0);
    assert_eq!(made.unwrap()["id"], 1);
    assert!((300.0..330.0).contains(&took_s), "{took_s}");
    assert_eq!((rehearsal.posts(), rehearsal.made()), (2, 1));
    // So it is by another call, when the first one has ended without knowing.
    let rehearsal = Rehearsal::of(&[(None, End::Silent)], &[]);
    assert_eq!(code(&rehearsal.hold(10.0).0), Code::UnknownOutcome);
    rehearsal.clock.sleep(301.0);
    assert_eq!(rehearsal.hold(10.0).0.unwrap()["id"], 1);
    assert_eq!((rehearsal.posts(), rehearsal.made()), (2, 1));
}

#[test]
fn two_that_exist_in_the_end_are_told_and_no_third_is_made() {
    // Cut, absent for as long as settle_s, and there all the same when the second one is, whose answer comes or is lost.
    for second in [End::Answered(2.0), End::Cut(2.0)] {
        let rehearsal = Rehearsal::of(&[(Some(11.0), End::Cut(0.1)), (Some(0.0), second)], &[]);
        let (result, _) = rehearsal.hold(60.0);
        assert_eq!(code(&result), Code::UnknownOutcome);
        let said = result.unwrap_err();
        assert!(said.message().contains("two are there") && said.message().contains("userstatus.list"), "{said}");
        assert_eq!((rehearsal.posts(), rehearsal.made()), (2, 2));
        rehearsal.hold(60.0).0.unwrap();
        assert_eq!((rehearsal.posts(), rehearsal.made()), (2, 2));
    }
}

#[test]
fn a_cut_connection_is_settled_within_settle_s() {
    let rehearsal = Rehearsal::of(&[(None, End::Cut(0.1))], &[]);
    let (made, took_s) = rehearsal.hold(60.0);
    assert_eq!(made.unwrap()["id"], 1);
    assert!(took_s < 15.0, "{took_s}");
    assert_eq!((rehearsal.posts(), rehearsal.made()), (2, 1));
}

#[test]
fn waiting_and_settling_end_one_time_out_after_the_deadline() {
    for (end, max_wait_s) in [
        (End::Silent, 0.0),
        (End::Cut(1.0), 0.0),
        (End::Cut(29.0), 0.0),
        (End::Silent, 5.0),
        (End::Silent, 40.0),
        (End::Cut(1.0), 30.0),
    ] {
        // No reading is answered either.
        let rehearsal = Rehearsal::of(&[(Some(0.0), end.clone())], &[0; 100]);
        let (result, took_s) = rehearsal.hold(max_wait_s);
        assert_eq!(code(&result), Code::UnknownOutcome, "{end:?}");
        assert!(took_s <= max_wait_s + 30.0 + 0.5, "{end:?}, {max_wait_s}: {took_s} s");
        assert_eq!(rehearsal.posts(), 1);
        // With a healthy server it is found, in the time of a look.
        rehearsal.server.readings.lock().unwrap().clear();
        assert_eq!(rehearsal.hold(0.0).0.unwrap()["id"], 1);
        assert_eq!(rehearsal.posts(), 1);
    }
}

#[test]
fn looking_goes_on_until_the_deadline_whatever_the_look_meets() {
    // Two refusals of the token end one reading; pages of a proxy and errors of the server as well.
    for readings in [vec![401; 2], vec![401; 6], vec![401, 401, 502, 500, 401, 401], vec![500; 3]] {
        let rehearsal = Rehearsal::of(&[(Some(0.0), End::Cut(0.1))], &readings);
        let (made, took_s) = rehearsal.hold(25.0);
        assert_eq!(made.unwrap_or_else(|e| panic!("{readings:?}: {}", e.json()))["id"], 1);
        assert!(took_s < 26.0, "{took_s}");
        assert_eq!(rehearsal.posts(), 1);
    }
    let rehearsal = Rehearsal::of(&[(Some(0.0), End::Cut(0.1))], &[401; 1000]);
    let (result, took_s) = rehearsal.hold(25.0);
    assert_eq!(code(&result), Code::UnknownOutcome);
    assert!((24.0..56.0).contains(&took_s), "{took_s}: until the deadline");
}

fn posts(stage: &Stage, path: &str) -> usize {
    stage.sandbox.requests().iter().filter(|request| request.method == "POST" && request.path.ends_with(path)).count()
}

fn hold(person: &finaut_sandbox::Person) -> Value {
    json!({"id": person.id, "set_by": person.id, "scheme": "pfn", "date": "2031-05-17"})
}

/// A success without the object that was asked for.
fn empty_successes() -> Vec<(&'static str, Fault)> {
    vec![
        ("nothing", Fault::status(200).body("")),
        ("nothing, as 204", Fault::status(204).body("")),
        ("null", Fault::status(201).body("null")),
        ("{}", Fault::status(201).body("{}")),
        ("another JSON", Fault::status(200).body(r#"{"status": "ok", "id": "7f3a"}"#)),
        ("another with a number", Fault::status(200).body(r#"{"id": 17, "message": "queued"}"#)),
        ("a list", Fault::status(200).body("[]")),
        ("a list of one", Fault::status(200).body(r#"[{"id": 1}]"#)),
        ("text", Fault::status(200).body(r#""created""#)),
        ("true", Fault::status(200).body("true")),
    ]
}

#[test]
fn a_success_without_the_object_is_an_unknown_outcome() {
    for (name, answer) in empty_successes() {
        for blocked in [Fault::status(500), Fault::cut_before_acting(), Fault::status(403)] {
            // Nobody acted, and nobody can look.
            let stage = with(Sandbox::builder().users(10), json!({"max_wait_s": 0.7}));
            let person = stage.plain_person();
            stage.sandbox.fault(answer.clone().method("POST").path("user"));
            stage.sandbox.fault(answer.clone().method("POST").path("competency_result/"));
            stage.sandbox.fault(answer.clone().method("POST").path("userstatus/"));
            stage.get("check", json!({}));
            stage.sandbox.fault(blocked.method("GET").always());
            let course = json!({"encrypted_user_id": person.encrypted_id, "goal": 98_765, "passed_date": "2026-02-03"});
            for (operation, args) in [
                ("users.create_candidate", stage.newcomer(1)),
                ("users.hold", hold(&person)),
                ("competency_results.create", course),
            ] {
                let error = stage.call(operation, args).err().unwrap_or_else(|| panic!("{operation}, {name}"));
                assert_eq!(error.code(), Code::UnknownOutcome, "{operation}, {name}: {}", error.json());
            }
        }
    }
}

#[test]
fn a_success_without_the_object_is_looked_for() {
    for (name, answer) in empty_successes() {
        for acts in [true, false] {
            let stage = stage();
            let args = stage.newcomer(1);
            let answer = if acts { answer.clone().after_acting() } else { answer.clone() };
            stage.sandbox.fault(answer.clone().method("POST").path("user/"));
            assert_eq!(stage.get("users.create_candidate", args.clone())["persnr"], args["persnr"], "{name}");
            assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1, "{name}");
            let person = stage.plain_person();
            stage.sandbox.fault(answer.method("POST").path("userstatus/"));
            assert_eq!(stage.get("users.hold", hold(&person))["status"], "hvilende", "{name}");
            let held = stage.sandbox.statuses_of(person.id).iter().filter(|status| status.status == "hvilende").count();
            assert_eq!(held, 1, "{name}");
        }
    }
}

#[test]
fn a_person_whose_name_the_server_shows_in_its_own_way_is_never_somebody_elses() {
    for (names, is_ours) in [
        (NamesShown::Decomposed, true),
        (NamesShown::Capitals, true),
        (NamesShown::Ascii, true),
        (NamesShown::Cut, false),
        (NamesShown::AddedTo, false),
    ] {
        let stage = with(Sandbox::builder().users(10), json!({"max_wait_s": 1.5}));
        stage.sandbox.switches(|switches| switches.names_shown = names);
        let mut args = stage.newcomer(1);
        args["first_name"] = json!("Åse Groß");
        stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
        match stage.call("users.create_candidate", args.clone()) {
            Ok(made) => assert!(is_ours && made["persnr"] == args["persnr"], "{names:?}"),
            Err(e) => assert!(!is_ours && e.code() == Code::UnknownOutcome, "{names:?}: {}", e.json()),
        }
        assert_eq!(posts(&stage, "/user/"), 1, "{names:?}");
        // Nor is it sent again by the next call.
        let again = stage.call("users.create_candidate", args.clone());
        assert!(again.is_err_and(|e| matches!(e.code(), Code::UnknownOutcome | Code::Validation)), "{names:?}");
        assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1, "{names:?}");
    }
    // A client that writes in form D.
    let stage = stage();
    let mut args = stage.newcomer(2);
    args["first_name"] = json!("A\u{30a}se");
    stage.sandbox.fault(Fault::cut_after_acting().method("POST").path("user/"));
    stage.get("users.create_candidate", args);
}

/// Two calls that create the same at the same time; the second begins when the first one's POST is at the server.
fn both(stage: &Stage, operation: &str, args: &Value, path: &str) -> [Result<Value, Error>; 2] {
    stage.get("check", json!({}));
    stage.sandbox.fault(Fault::delay_before_acting(3_000).method("POST").path(path));
    std::thread::scope(|scope| {
        let first = scope.spawn(|| stage.call(operation, args.clone()));
        while stage.sandbox.faults_waiting() > 0 {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let second = stage.call(operation, args.clone());
        [first.join().unwrap(), second]
    })
}

#[test]
fn two_threads_that_create_the_same_at_once_make_one() {
    let stage = stage();
    let person = stage.plain_person();
    let course = json!({"encrypted_user_id": person.encrypted_id, "goal": 98_765, "passed_date": "2026-02-03"});
    for (operation, args, path) in [
        ("users.create_candidate", stage.newcomer(1), "user/"),
        ("users.hold", hold(&person), "userstatus/"),
        ("competency_results.create", course, "competency_result/"),
    ] {
        let [first, second] = both(&stage, operation, &args, path);
        assert_eq!(first.unwrap()["id"], second.unwrap()["id"], "{operation}");
        assert_eq!(posts(&stage, &format!("/{path}")), 1, "{operation}");
    }
    // What has ended is over: the same status again is another one.
    stage.get("users.hold", hold(&person));
    assert_eq!(posts(&stage, "/userstatus/"), 2);
    // Where the first one is refused, the second one hears the same.
    let mut args = stage.newcomer(2);
    args["schemes"] = json!(["zzz"]);
    let [first, second] = both(&stage, "users.create_candidate", &args, "user/");
    assert_eq!((first.unwrap_err().code(), second.unwrap_err().code()), (Code::Validation, Code::Validation));
}

#[test]
fn a_call_that_meets_anothers_creation_sends_none_of_its_own_at_its_deadline() {
    let stage = stage();
    let person = stage.plain_person();
    stage.get("check", json!({}));
    stage.sandbox.fault(Fault::delay_before_acting(3_000).method("POST").path("userstatus/"));
    std::thread::scope(|scope| {
        let first = scope.spawn(|| stage.call("users.hold", hold(&person)));
        while stage.sandbox.faults_waiting() > 0 {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let mut args = hold(&person);
        args["max_wait_s"] = json!(0.2);
        let error = stage.fails(Code::UnknownOutcome, "users.hold", args);
        assert!(error.message().contains("another call"), "{error}");
        first.join().unwrap().unwrap();
    });
    assert_eq!(posts(&stage, "/userstatus/"), 1);
}

#[test]
fn a_call_that_waits_for_a_slot_keeps_nobody_else_from_creating() {
    let sandbox = Sandbox::builder().users(5).start();
    let settings = json!({"throttle": {"requests": 1, "per_s": 3600}});
    let store: Arc<dyn Store> = Arc::new(MemoryStore::alone().unwrap());
    let clock = Arc::new(finaut_core::clock::SystemClock);
    let client = |settings: Value| Client::with_parts(config_of(&sandbox, settings), store.clone(), clock.clone()).unwrap();
    call(&client(settings.clone()), "check", json!({})).unwrap();
    let person = &sandbox.people()[0];
    let mut args = hold(person);
    args["max_wait_s"] = json!(0);
    assert_eq!(call(&client(settings), "users.hold", args).unwrap_err().code(), Code::Throttled);
    // Nothing is under way: a call that has a slot creates it at once.
    call(&client(json!({})), "users.hold", hold(person)).unwrap();
    let held = sandbox.statuses_of(person.id).iter().filter(|status| status.status == "hvilende").count();
    assert_eq!(held, 1);
}

#[test]
fn a_creation_that_the_throttle_refused_is_not_under_way_while_it_waits() {
    let stage = stage();
    stage.get("check", json!({}));
    let person = stage.plain_person();
    stage.sandbox.fault(Fault::status(429).header("Retry-After", "600").method("POST").path("userstatus/"));
    let events = stage.events();
    let mut args = hold(&person);
    args["max_wait_s"] = json!(1000);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| stage.call("users.hold", args));
        while !events.lock().unwrap().iter().any(|event| event["event"] == "retry") {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        // Another call hears of the refusal itself, and not of a creation that is under way.
        let mut args = hold(&person);
        args["max_wait_s"] = json!(0);
        let error = stage.call("users.hold", args).unwrap_err();
        assert_eq!(error.code(), Code::Throttled, "{}", error.json());
        stage.client.interrupt();
        assert_eq!(first.join().unwrap().unwrap_err().code(), Code::Interrupted);
    });
}
