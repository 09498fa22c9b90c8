//! What is made of answers that are not as they should be: too long, secret, late, packed, or none of FinAut's.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use finaut_core::client::Client;
use finaut_core::config::Config;
use finaut_core::error::{Code, Error, MOST_BYTES};
use finaut_sandbox::{Fault, Gzip, Sandbox};
use serde_json::{Value, json};

use super::raw::{self, Does, answer};
use super::stage::{Stage, call, client_of, named, on, stage, with};

/// A client of a server that is no sandbox.
fn client_at(url: &str, settings: Value) -> Client {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let id = format!("raw-{}", MADE.fetch_add(1, Ordering::SeqCst));
    let mut config = json!({"host": url, "client_id": id, "client_secret": "raw-secret", "settle_s": 0.3, "max_wait_s": 10});
    for (name, value) in settings.as_object().unwrap() {
        config[name] = value.clone();
    }
    Client::new(Config::read(config.to_string().as_bytes(), &|_| None).unwrap()).unwrap()
}

/// Everything that the host gets of an error.
fn said(error: &Error) -> String {
    format!("{error} {error:?} {}", error.json())
}

#[test]
fn an_error_is_short_whatever_the_answer_is() {
    let numbers = json!((0..400_000).collect::<Vec<_>>()).to_string();
    let names: serde_json::Map<String, Value> = (0..20_000).map(|n| (format!("field{n}"), json!(["wrong"]))).collect();
    let long_name = "n".repeat(1_000_000);
    let stage = with(Sandbox::builder().users(3), json!({"max_wait_s": 0}));
    for body in [
        numbers,
        Value::Object(names).to_string(),
        json!({ &long_name: ["wrong"], "detail": null }).to_string(),
        json!({ "persnr": ["wrong ".repeat(500_000)] }).to_string(),
        json!({ "detail": "w".repeat(2_000_000) }).to_string(),
        json!({ "persnr": vec!["wrong"; 3000], "b": ["\u{1}".repeat(30_000)] }).to_string(),
        format!("{}{}", "{\"a\":".repeat(100), "}".repeat(100)),
        "[".repeat(500_000),
        format!("<html>{}", "x".repeat(2_000_000)),
        "\u{1}".repeat(1_000_000),
    ] {
        for status in [200, 302, 400, 401, 418, 500] {
            stage.sandbox.clear_faults();
            for path in ["results/", "/o/token/"] {
                let fault = Fault::status(status).body(&body).header("X-Correlation-Id", &"c".repeat(5000));
                stage.sandbox.fault(fault.header("Location", &format!("/{}", "l".repeat(5000))).path(path).times(3));
                if path == "/o/token/" {
                    stage.sandbox.revoke_tokens();
                }
                let client = client_of(&stage.sandbox, json!({"max_wait_s": 0}));
                let Err(error) = call(&client, "results.get", json!({"id": 1})) else { continue };
                let written = error.json().to_string().len();
                assert!(written <= MOST_BYTES, "{written} bytes of {status} {path}: {}", &body[..60]);
                stage.sandbox.clear_faults();
            }
        }
    }
}

/// That it takes no time either is shown by what is not looked at: the end of a long refusal is no JSON, and nobody notices.
#[test]
fn the_end_of_a_long_refusal_is_not_even_looked_at() {
    let stage = stage();
    for (body, words) in [
        (format!("{{\"persnr\": [{}", "1,".repeat(500_000)), "its answer begins: {\"persnr\": [1,1,"),
        (format!("[{}", "1,".repeat(500_000)), "its answer begins: [1,1,"),
    ] {
        for (status, code) in [(418, Code::Server), (422, Code::Validation), (404, Code::NotFound)] {
            stage.sandbox.fault(Fault::status(status).body(&body).path("results/"));
            let error = stage.fails(code, "results.get", json!({"id": 1}));
            assert!(error.message().contains(words), "{error}");
        }
    }
    stage.sandbox.fault(Fault::status(404).body(&format!("<html>{}", "x".repeat(500_000))).path("results/"));
    stage.fails(Code::Protocol, "results.get", json!({"id": 1}));
}

#[test]
fn events_are_short_whatever_a_list_says_of_itself() {
    let stage = stage();
    let events = stage.events();
    let body = json!({"count": "9".repeat(500_000), "next": null, "results": []}).to_string();
    stage.sandbox.fault(Fault::status(200).body(&body).path("user/"));
    let _ = stage.call("users.list", json!({}));
    let _ = stage.call("request", json!({"method": "GET", "path": format!("{}/", "p".repeat(100_000))}));
    let events = events.lock().unwrap();
    assert!(events.len() > 1);
    for event in events.iter() {
        assert!(event.to_string().len() <= MOST_BYTES, "{} bytes", event.to_string().len());
    }
}

#[test]
fn a_token_is_never_shown_whatever_status_it_came_with() {
    let token = "PLANTED-token.0123456789_abcdef";
    let other = "PLANTEDrefresh0123456789";
    let stage = stage();
    for status in [200, 302, 307, 400, 401, 403, 404, 408, 418, 421, 425, 429, 500, 502, 503] {
        for body in [
            json!({"access_token": token, "token_type": "Bearer", "expires_in": 3600, "refresh_token": other}).to_string(),
            json!({"access_token": token, "error": "invalid_client", "error_description": format!("no good: {token}")})
                .to_string(),
            json!({"access_token": token, "detail": format!("x {token} y")}).to_string(),
            format!("access_token={token}&expires_in=3600"),
            format!("<html>{{\"access_token\": \"{token}\"}}</html>"),
            format!("<html>Authorization: Bearer {token}</html>"),
            format!("{{\"access_token\": \"{token}\", \"padding\": \"{}\"}}", "x".repeat(200_000)),
            json!({"result": {"access_token": token}}).to_string(),
        ] {
            stage.sandbox.clear_faults();
            let client = client_of(&stage.sandbox, json!({"max_wait_s": 0, "client_id": format!("{status} {}", body.len())}));
            let told = Arc::new(Mutex::new(String::new()));
            let into = told.clone();
            client.observe(Some(Arc::new(move |event: &str| {
                into.lock().unwrap().push_str(event);
                false
            })));
            let fault = Fault::status(status).body(&body).header("X-Correlation-Id", &format!("id {token}"));
            stage.sandbox.fault(fault.header("Location", &format!("/x#access_token={token}")).path("/o/token/").always());
            if let Err(error) = call(&client, "check", json!({})) {
                let said = said(&error) + &told.lock().unwrap();
                // As it stands beside a token that is known. What is 2xx and is none of our business is used as one.
                assert!(
                    !said.contains("PLANTED") || (status == 200 && error.code() == Code::Authentication),
                    "{status} {body}: {said}"
                );
            }
        }
    }
}

#[test]
fn a_credential_that_is_thrown_back_is_never_shown() {
    let secret = "PLANTED-secret/with+0123456789";
    let stage = named(Sandbox::builder().users(3).credentials("planted-client", secret), json!({"max_wait_s": 0}));
    stage.get("check", json!({}));
    let requests = stage.sandbox.requests();
    let bearer = requests.iter().rev().find_map(|request| request.header("authorization")).unwrap().to_owned();
    let pair = data_encoding::BASE64.encode(format!("planted-client:{secret}").as_bytes());
    let form = form_urlencoded::Serializer::new(String::new()).append_pair("client_secret", secret).finish();
    let echoes = [
        bearer.clone(),
        format!("Basic {pair}"),
        pair.clone(),
        form.clone(),
        "Bearer eyJQTEFOVEVE.eyJQTEFOVEVE.0123456789".into(),
    ];
    for echo in &echoes {
        for status in [200, 302, 403, 408, 422, 502] {
            for body in [
                format!("<html>{echo}</html>"),
                json!({"detail": echo}).to_string(),
                json!({"headers": {"authorization": echo}, echo: [echo]}).to_string(),
            ] {
                stage.sandbox.clear_faults();
                let fault =
                    Fault::status(status).body(&body).header("Location", &format!("http://u:{secret}@x/{echo}?{form}#{echo}"));
                stage.sandbox.fault(fault.path("results/").always());
                let client = client_of(&stage.sandbox, json!({"max_wait_s": 0}));
                if let Err(error) = call(&client, "results.get", json!({"id": 1})) {
                    let said = said(&error);
                    for part in [&bearer[7..], &pair[24..44], "PLANTED", "eyJQTEFOVEVE"] {
                        assert!(!said.contains(part), "{part} of {echo} in {said}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_identity_number_is_never_shown_however_json_writes_it() {
    let stage = with(Sandbox::builder().users(3), json!({"max_wait_s": 0}));
    // Of the synthetic series; the first one begins with 0, which JSON's numbers lose.
    for (body, digits) in [
        (r#"{"persnr": [1818012345]}"#, "1818012345"),
        (r#"{"persnr": 1818012345}"#, "1818012345"),
        (r#"{"persnr": [21818012345]}"#, "21818012345"),
        (r#"{"persnr": [1818012345.0, 2.1818012345e10]}"#, "1818012345"),
        (r#"{"1818012345": ["taken"]}"#, "1818012345"),
        (r#"{"a": {"21818012345": {"1818012345": [1818012345]}}}"#, "1818012345"),
        (r#"[1818012345, {"x": 1818012345}]"#, "1818012345"),
        ("1818012345", "1818012345"),
        (r#"{"detail": "01.81.80 12345 and 018180-12345 and 1818012345"}"#, "12345"),
        (r#"{"detail": 1818012345}"#, "1818012345"),
        (r#"<html>018180&nbsp;12345</html>"#, "12345"),
    ] {
        for status in [200, 400, 404, 408, 418, 422, 500] {
            stage.sandbox.clear_faults();
            stage
                .sandbox
                .fault(Fault::status(status).body(body).header("X-Correlation-Id", "1818012345").path("results/").always());
            let Err(error) = stage.call("results.get", json!({"id": 1})) else { continue };
            assert!(!said(&error).contains(digits), "{status} {body}: {}", said(&error));
            assert!(!said(&error).contains("1818012345"), "{status} {body}: {}", said(&error));
        }
    }
}

/// How long a client waits after a 429 like this.
fn asked_to_wait(fault: Fault) -> f64 {
    let stage = with(Sandbox::builder().users(3), json!({"max_wait_s": 0}));
    // So that there is a window whose rest is known.
    stage.get("check", json!({}));
    stage.sandbox.fault(fault.path("results/").always());
    let error = stage.fails(Code::Throttled, "results.get", json!({"id": 1}));
    assert_eq!(stage.spent(), 2, "it is not asked again before its time");
    error.details().retry_after_s.unwrap()
}

#[test]
fn a_refusals_wait_is_read_from_its_header_then_its_words_then_our_own_log() {
    let drf = |rest: &str| json!({"detail": format!("Request was throttled.{rest}")}).to_string();
    let in_words = drf(" Expected available in 170 seconds.");
    let page = "<html>slow down</html>".to_owned();
    let refused = |header: Option<&str>, body: &str| {
        let fault = Fault::status(429).body(body);
        asked_to_wait(header.iter().fold(fault, |fault, value| fault.header("Retry-After", value)))
    };
    let near = |seconds: f64, expected: f64| (seconds - expected).abs() < 10.0;
    for (header, body, expected) in [
        (Some("170"), &page, 170.0),
        (Some("170"), &in_words, 170.0),
        (Some("-1"), &in_words, 1.0),
        (Some("0"), &page, 1.0),
        (Some("Sunday, 06-Nov-94 08:49:37 GMT"), &page, 1.0),
        (None, &in_words, 170.0),
        (Some(""), &in_words, 170.0),
        (Some("1, 1"), &in_words, 170.0),
        (None, &json!({"message": "Try again in 170 seconds"}).to_string(), 170.0),
        (None, &drf(""), 3600.0),
        (Some(""), &drf(""), 30.0),
        (Some("1, 1"), &drf(""), 30.0),
        (Some("abc"), &drf(""), 30.0),
        (Some("1732723200"), &drf(""), 30.0),
        (Some("abc"), &page, 30.0),
        (None, &page, 30.0),
        (None, &json!({"message": "API rate limit exceeded"}).to_string(), 30.0),
        (None, &"[]".to_owned(), 30.0),
        (None, &String::new(), 30.0),
    ] {
        let seconds = refused(header, body);
        assert!(near(seconds, expected), "{header:?} {body}: {seconds}");
    }
    for form in ["imf", "rfc850", "asctime"] {
        // The sandbox's clock is ours; its answers' own date is what counts.
        let date = date_in(170.0, form);
        let seconds = refused(Some(&date), &page);
        assert!(near(seconds, 170.0), "{date}: {seconds}");
    }
}

/// The moment in so many seconds, in one of the forms of RFC 9110.
fn date_in(seconds: f64, form: &str) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs_f64();
    let moment = jiff::Timestamp::from_second((now + seconds) as i64).unwrap().to_zoned(jiff::tz::TimeZone::UTC);
    let form = match form {
        "imf" => "%a, %d %b %Y %H:%M:%S GMT",
        "rfc850" => "%A, %d-%b-%y %H:%M:%S GMT",
        _ => "%a %b %e %H:%M:%S %Y",
    };
    moment.strftime(form).to_string()
}

#[test]
fn the_token_endpoint_and_a_failing_server_are_read_alike() {
    let waits = |path: &str, status: u16, header: Option<&str>, body: &str| {
        let stage = with(Sandbox::builder().users(3), json!({"max_wait_s": 0}));
        let fault = header.iter().fold(Fault::status(status).body(body), |fault, value| fault.header("Retry-After", value));
        stage.sandbox.fault(fault.path(path).always());
        stage.call("results.get", json!({"id": 1})).unwrap_err().details().retry_after_s
    };
    let words = r#"{"detail": "Request was throttled. Expected available in 17 seconds."}"#;
    for (status, header, body, expected) in [
        (429, Some("17"), "", Some(17.0)),
        (429, Some("Sunday, 06-Nov-94 08:49:37 GMT"), "", Some(0.0)),
        (429, Some("-1"), "", Some(0.0)),
        (429, None, words, Some(17.0)),
        (429, Some("1, 1"), "", Some(30.0)),
        (429, Some("abc"), "<html>", Some(30.0)),
        (429, None, "<html>", Some(30.0)),
        (503, Some("17"), "", Some(17.0)),
        (503, Some("-1"), "", Some(0.0)),
        (503, Some("1, 1"), "", None),
        (503, Some("999999999"), "", None),
    ] {
        assert_eq!(waits("/o/token/", status, header, body), expected, "{status} {header:?} {body}");
        if status == 503 {
            assert_eq!(waits("results/", status, header, body), expected, "{status} {header:?} {body}");
        }
    }
}

#[test]
fn a_request_that_the_server_gave_up_is_sent_again_on_a_new_connection() {
    for status in [408, 421, 425, 503] {
        for fault in [Fault::status(status).body(""), Fault::html(status)] {
            let stage = stage();
            let person = stage.person(0).id;
            stage.get("check", json!({}));
            for (path, operation, args) in [
                ("results/", "results.list", json!({"page": 1})),
                ("user/", "users.update", json!({"id": person, "changes": {"first_name": "Ny"}})),
                ("user/", "request", json!({"method": "PUT", "path": format!("user/{person}/"), "body": {}})),
            ] {
                let seen = stage.sandbox.requests().len();
                stage.sandbox.fault(fault.clone().path(path));
                let reply = stage.call(operation, args);
                // The PUT of nothing is refused in the end, by the server itself.
                assert!(reply.as_ref().err().is_none_or(|e| e.code() == Code::Validation), "{status} {operation} {reply:?}");
                let connections: Vec<_> = stage.sandbox.requests()[seen..].iter().map(|request| request.connection).collect();
                assert!(connections.len() == 2 && connections[0] != connections[1], "{status} {operation} {connections:?}");
            }
        }
    }
    // The token endpoint, too.
    let stage = stage();
    stage.sandbox.fault(Fault::status(408).body("").path("/o/token/"));
    stage.get("check", json!({}));
}

#[test]
fn a_creation_that_the_server_gave_up_is_looked_for_and_not_sent_again_at_once() {
    for status in [408, 421, 425] {
        let stage = stage();
        stage.sandbox.fault(Fault::status(status).body("").after_acting().method("POST").path("user/"));
        let args = stage.newcomer(1);
        stage.get("users.create_candidate", args.clone());
        assert_eq!(stage.sandbox.users_with_persnr(args["persnr"].as_str().unwrap()), 1);
        stage.sandbox.fault(Fault::status(status).body("").method("POST").path("userstatus/"));
        let body = json!({"method": "POST", "path": "userstatus/", "body": {}});
        assert_eq!(stage.fails(Code::UnknownOutcome, "request", body).details().http_status, Some(status));
    }
}

#[test]
fn an_end_of_a_kept_connection_that_is_announced_by_408_is_no_answer() {
    let unasked = answer("408 Request Time-out", "Connection: close\r\n", b"<html>408</html>");
    let raw = raw::server(move |number, _| match number % 2 {
        1 => Does::AnswersAndThen(answer("200 OK", "", br#"{"id": 1}"#), unasked.clone()),
        _ => Does::Answers(answer("200 OK", "", br#"{"id": 2}"#)),
    });
    let client = client_at(&raw.url, json!({}));
    for _ in 0..4 {
        call(&client, "results.get", json!({"id": 1})).unwrap();
        let body = json!({"method": "POST", "path": "userstatus/", "body": {}});
        call(&client, "request", body).unwrap();
    }
    assert_eq!(raw.requests.lock().unwrap().len(), 8, "none was sent twice");
}

#[test]
fn gzip_is_asked_for_and_taken_unasked() {
    for gzip in [Gzip::Asked, Gzip::Always] {
        let stage = on(Sandbox::builder().users(250).switches(|switches| switches.gzip = gzip));
        assert_eq!(stage.get("users.list", json!({}))["results"].as_array().unwrap().len(), 250);
        let connections: Vec<_> = stage.sandbox.requests().iter().map(|request| request.connection).collect();
        assert!(connections.iter().all(|connection| *connection == connections[0]), "kept alive: {connections:?}");
        assert!(stage.sandbox.requests().iter().all(|request| request.header("accept-encoding") == Some("gzip")));
        stage.fails(Code::NotFound, "users.get", json!({"id": 1}));
    }
    let stage = stage();
    for name in ["gzip", "x-gzip", "GZIP"] {
        stage.sandbox.fault(Fault::change().packed(name).path("results/"));
        stage.get("results.list", json!({"page": 1}));
    }
    // Of an answer without a body there is nothing to unpack.
    stage.sandbox.fault(Fault::status(204).body("").header("Content-Encoding", "gzip").path("results/"));
    assert_eq!(stage.get("request", json!({"method": "GET", "path": "results/1/"})), Value::Null);
}

#[test]
fn what_is_packed_and_broken_is_asked_for_again_and_never_quoted() {
    let packed = || Fault::half_body().packed("gzip").path("results/");
    let stage = stage();
    stage.sandbox.fault(packed());
    stage.get("results.list", json!({"page": 1}));
    assert_eq!(stage.spent(), 2);
    stage.sandbox.fault(packed().always());
    stage.fails(Code::Protocol, "results.list", json!({"page": 1, "max_wait_s": 0}));

    // Its length is as promised, and it ends in the middle, or holds something else.
    for body in [
        &b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab"[..],
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xff\xff\xff",
        b"{\"id\": 1}",
    ] {
        let raw = raw::server(move |number, _| match number {
            1 => Does::Answers(answer("200 OK", "Content-Encoding: gzip\r\n", body)),
            _ => Does::Answers(answer("200 OK", "", br#"{"id": 7}"#)),
        });
        let client = client_at(&raw.url, json!({}));
        assert_eq!(call(&client, "results.get", json!({"id": 1})).unwrap()["id"], 7);
        assert_eq!(raw.requests.lock().unwrap().len(), 2);
        let raw = raw::server(move |_, _| Does::Answers(answer("200 OK", "Content-Encoding: gzip\r\n", body)));
        let error = call(&client_at(&raw.url, json!({"max_wait_s": 0})), "results.get", json!({"id": 1})).unwrap_err();
        assert_eq!(error.code(), Code::Protocol);
        assert!(error.message().contains("gzip") && error.message().is_ascii(), "{error}");
        // Nobody knows what became of a change.
        let raw = raw::server(move |_, _| Does::Answers(answer("201 Created", "Content-Encoding: gzip\r\n", body)));
        let change = json!({"method": "POST", "path": "userstatus/", "body": {}});
        let error = call(&client_at(&raw.url, json!({})), "request", change).unwrap_err();
        assert_eq!((error.code(), raw.requests.lock().unwrap().len()), (Code::UnknownOutcome, 1));
    }
}

#[test]
fn what_unpacks_to_too_much_is_left_off() {
    let stage = with(Sandbox::builder().users(3), json!({"max_body_bytes": 100_000}));
    stage.sandbox.fault(Fault::huge_body(20_000_000).packed("gzip").path("results/"));
    let error = stage.fails(Code::Protocol, "results.get", json!({"id": 1}));
    assert!(error.message().contains("max_body_bytes"), "{error}");
    stage.sandbox.fault(Fault::huge_body(99_000).packed("gzip").path("results/"));
    stage.get("request", json!({"method": "GET", "path": "results/"}));
}

#[test]
fn what_is_packed_in_another_way_is_named_and_not_quoted() {
    let stage: Stage = stage();
    for (status, code) in [(200, Code::Protocol), (404, Code::Protocol), (500, Code::Server)] {
        for packing in ["br", "deflate", "zstd"] {
            let fault = Fault::status(status).packed(packing).path("results/").always();
            stage.sandbox.fault(fault);
            let error = stage.fails(code, "results.get", json!({"id": 1, "max_wait_s": 0}));
            stage.sandbox.clear_faults();
            assert!(error.message().contains(&format!("packed as \"{packing}\"")), "{error}");
        }
    }
    // A picture, and a page in UTF-16.
    for body in [&b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"[..], b"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00"] {
        let raw = raw::server(move |_, _| Does::Answers(answer("200 OK", "", body)));
        let error = call(&client_at(&raw.url, json!({})), "results.get", json!({"id": 1})).unwrap_err();
        assert!(error.message().contains("bytes that are no text") && error.message().is_ascii(), "{error}");
    }
}
