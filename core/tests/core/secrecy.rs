//! No secret and no identity number gets into an error, an event or a debug print.

use std::sync::{Arc, Mutex};

use finaut_core::error::Code;
use finaut_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::stage::{call, named};

#[test]
fn nothing_secret_is_in_any_error_event_or_debug_print() {
    let secret = "planted-secret/+&%41";
    let stage = named(Sandbox::builder().users(10).credentials("sandbox", secret), json!({"max_wait_s": 1}));
    let said = Arc::new(Mutex::new(String::new()));
    let into = said.clone();
    stage.client.observe(Some(Arc::new(move |event: &str| {
        into.lock().unwrap().push_str(event);
        false
    })));
    let hear = |text: String| said.lock().unwrap().push_str(&text);
    let known = stage.person(1).persnr;
    let unknown = stage.sandbox.unused_persnr(1);
    stage.get("check", json!({}));
    // A server that throws back whatever it was sent, the last token among it, in every place that ends in an error.
    let last_token = || {
        let requests = stage.sandbox.requests();
        let header = requests.iter().rev().find_map(|request| request.header("authorization")).unwrap().to_owned();
        header.strip_prefix("Bearer ").unwrap().to_owned()
    };
    let mut tokens = Vec::new();
    for status in [200, 302, 400, 401, 403, 404, 405, 409, 422, 429, 500, 503] {
        for form in 0..3 {
            let token = last_token();
            tokens.push(token.clone());
            let echo = format!(
                "{secret} {token} {known} {unknown} {} {}",
                secret.replace('/', "%2F").replace('+', "%2B").replace('&', "%26").replace("%41", "%2541"),
                &known
            );
            let quoted = serde_json::to_string(&echo).unwrap();
            let body = match form {
                0 => format!("<html>{echo}</html>"),
                1 => format!("{{\"detail\": {quoted}}}"),
                _ => format!("{{{quoted}: [{quoted}, {known}]}}"),
            };
            stage.sandbox.clear_faults();
            stage.sandbox.free_slots();
            let fault = Fault::status(status)
                .body(&body)
                .header("X-Correlation-Id", &known)
                .header("Location", &format!("http://x/{known}/{token}"))
                .header("Retry-After", "9");
            stage.sandbox.fault(fault.path("user/").always());
            // Too short for a second look for a creation: each would renew the token, and of former ones only the last four are known.
            let fresh = super::stage::client_of(&stage.sandbox, json!({"max_wait_s": 0.2}));
            for (operation, args) in [
                ("users.get", json!({"persnr": known})),
                (
                    "users.create_candidate",
                    json!({"persnr": unknown, "first_name": "A", "last_name": "B", "company": 1, "department": 1, "schemes": ["afr"]}),
                ),
                ("request", json!({"method": "GET", "path": format!("user/{known}/")})),
                (known.as_str(), json!({})),
                ("users.get", json!({"id": 1, known.as_str(): known})),
                ("users.get", json!({"id": known.as_str()})),
                ("users.get", json!({"persnr": format!("{known}x")})),
                ("users.update", json!({"persnr": known, "changes": {"email": known}})),
            ] {
                if let Err(e) = call(&fresh, operation, args) {
                    hear(format!("{e} {e:?} {}", e.json()));
                }
            }
        }
    }
    hear(format!("{:?}", stage.client));
    let wrong = super::stage::client_of(&stage.sandbox, json!({"client_secret": "planted-wrong-secret"}));
    let error = call(&wrong, "check", json!({})).unwrap_err();
    assert_eq!(error.code(), Code::Authentication);
    hear(error.json().to_string());
    let said = said.lock().unwrap();
    assert!(said.len() > 20_000, "something was said");
    let others = [secret, "planted-wrong-secret", &known, &unknown];
    for planted in others.into_iter().chain(tokens.iter().map(String::as_str)) {
        if let Some(place) = said.find(planted) {
            panic!("{planted} in …{}…", &said[place.saturating_sub(200)..(place + 40).min(said.len())]);
        }
    }
}

#[test]
fn nothing_secret_and_nobodys_name_is_in_the_journal_or_the_budget() {
    let secret = "planted-secret/+&%41";
    let stage = named(Sandbox::builder().users(10).credentials("journal", secret), json!({}));
    let (person, unknown) = (stage.person(1), stage.sandbox.unused_persnr(1));
    // As a program writes it that takes it for a number.
    let without_zero =
        (0..).map(|n| stage.sandbox.unused_persnr(n)).find(|persnr| persnr.starts_with('0')).unwrap()[1..].to_owned();
    stage.get("check", json!({}));
    let requests = stage.sandbox.requests();
    let token = requests.iter().find_map(|request| request.header("authorization")).unwrap().strip_prefix("Bearer ").unwrap();
    let echo = |status: u16| {
        let id = format!("{token} {} {secret}", person.persnr);
        stage.sandbox.fault(
            Fault::status(status)
                .body(&json!({ "id": person.persnr, "detail": id }).to_string())
                .header("X-Correlation-Id", &id),
        );
    };
    let mut changes = vec![
        ("users.create_candidate", stage.newcomer(1)),
        (
            "users.update",
            json!({ "persnr": person.persnr, "changes": { "first_name": "Planted", "last_name": "Bjørnstjerne" } }),
        ),
        ("users.update", json!({ "id": person.id, "changes": { "persnr": unknown } })),
        ("users.hold", json!({ "persnr": person.persnr, "scheme": "afr", "comment": format!("Planted {unknown}") })),
        ("request", json!({ "method": "PUT", "path": format!("user/{}/", person.persnr), "body": { "a": 1 } })),
        ("request", json!({ "method": "DELETE", "path": format!("user/{without_zero}/") })),
        (
            "request",
            json!({ "method": "PATCH", "path": format!("user/{}/", person.id), "body": { person.persnr.as_str(): 1, secret: 2 } }),
        ),
    ];
    changes.push((
        "request",
        json!({ "method": "POST", "path": "feedback/", "query": { "q": person.persnr }, "body": [person.persnr] }),
    ));
    // Names of people where no name belongs.
    let named = json!({ "Bjørnstjerne": 1, "Planted B": 2, "email": "x@example.no" });
    changes.push(("request", json!({ "method": "PUT", "path": "user/Planted%20Bj%C3%B8rnstjerne/", "body": named })));
    changes.push(("request", json!({ "method": "DELETE", "path": "Planted/" })));
    for (operation, args) in &changes {
        let _ = call(&stage.client, operation, args.clone());
        for status in [200, 422] {
            stage.sandbox.clear_faults();
            echo(status);
            let _ = call(&stage.client, operation, args.clone());
        }
        stage.sandbox.clear_faults();
    }
    let listed = stage.get("journal.list", json!({}));
    assert!(listed["count"].as_u64().unwrap() > 15, "something was said: {listed}");
    let said = format!("{listed}{}", stage.get("budget", json!({ "history": true })));
    let names = ["Planted", "Bjørnstjerne", "Øygunn", "Prøve", &person.first_name, &person.last_name];
    for planted in [secret, token, &person.persnr, &without_zero, &unknown].into_iter().chain(names) {
        if let Some(place) = said.find(planted) {
            panic!("{planted} in …{}…", &said[said.floor_char_boundary(place.saturating_sub(300))..place + planted.len()]);
        }
    }
}

#[test]
fn a_secret_is_recognised_in_every_spelling_and_when_the_quote_is_cut() {
    for secret in [
        "quo\"te\\back\\slash and  two blanks",
        "with 018190\u{20}10001 and 01819010001 inside",
        &"long".repeat(40),
        "a&b<c>d'e/f+g%h",
    ] {
        let stage = named(Sandbox::builder().users(5).credentials("sandbox", secret), json!({"max_wait_s": 0.1}));
        let percent: String = secret.bytes().map(|b| format!("%{b:02X}")).collect();
        let spellings = [
            secret.to_owned(),
            serde_json::to_string(secret).unwrap(),
            secret.split_whitespace().collect::<Vec<_>>().join(" "),
        ];
        for spelling in spellings {
            for before in [0, 60, 120, 160, 190, 195, 480, 495] {
                let echo = format!("{}{spelling} {percent}", "x ".repeat(before / 2));
                for (status, body) in [
                    (500, format!("<p>{echo}")),
                    (200, format!("<p>{echo}")),
                    (422, json!({"detail": echo}).to_string()),
                    (422, json!({"a": [echo]}).to_string()),
                ] {
                    for path in ["/o/token/", "results/"] {
                        stage.sandbox.clear_faults();
                        stage.sandbox.fault(Fault::status(status).body(&body).path(path).always());
                        let client = super::stage::client_of(&stage.sandbox, json!({"max_wait_s": 0}));
                        if path == "/o/token/" {
                            stage.sandbox.revoke_tokens();
                        }
                        let said = call(&client, "results.get", json!({"id": 1}))
                            .map_err(|e| e.json().to_string())
                            .err()
                            .unwrap_or_default();
                        // Any eight characters in a row would tell too much.
                        let letters: Vec<char> = spelling.chars().filter(|c| !c.is_whitespace()).collect();
                        let folded: String = said.chars().filter(|c| !c.is_whitespace()).collect();
                        assert!(!said.contains(&percent[..30]), "{said}");
                        for part in letters.windows(8).map(|part| part.iter().collect::<String>()) {
                            assert!(!folded.contains(&part), "{part} in {said}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_token_is_recognised_long_after_it_was_replaced() {
    let stage = super::stage::stage();
    stage.get("users.list", json!({}));
    let requests = stage.sandbox.requests();
    let first = requests.iter().find_map(|request| request.header("authorization")).unwrap().strip_prefix("Bearer ").unwrap();
    stage.sandbox.fault(Fault::status(401).path("results/").always());
    for _ in 0..10 {
        stage.fails(Code::Authentication, "results.get", json!({"id": 1}));
    }
    stage
        .sandbox
        .fault(Fault::status(422).body(&json!({"detail": format!("it was {first}")}).to_string()).path("user/").always());
    let error = stage.fails(Code::Validation, "users.get", json!({"id": 1}));
    assert!(error.message().contains("it was") && !error.json().to_string().contains(first), "{}", error.json());
}
