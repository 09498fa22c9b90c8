//! Django's and DRF's manners outside the views.

use crate::caller::{Caller, ask};
use finaut_sandbox::Sandbox;

#[test]
fn unknown_things_are_unknown_in_their_own_ways() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let no_view = caller.get("nothing/");
    assert_eq!((no_view.status, no_view.header("Content-Type")), (404, Some("text/html; charset=utf-8")));
    let no_object = caller.get("user/1/");
    assert_eq!((no_object.status, no_object.text()), (404, "{\"detail\":\"No User matches the given query.\"}"));
    assert_eq!(caller.get("user/x/").text(), "{\"detail\":\"Not found.\"}");
    assert_eq!(caller.get("latestuserstatus/1/").header("Content-Type"), Some("text/html; charset=utf-8"));
}

#[test]
fn a_missing_slash_is_a_redirect_that_keeps_the_query() {
    let sandbox = Sandbox::builder().start();
    let moved = Caller::new(&sandbox).get("user?page=2");
    assert_eq!((moved.status, moved.header("Location")), (301, Some("/finautapi/v1/user/?page=2")));
}

#[test]
fn a_wrong_verb_is_told_which_are_right() {
    let sandbox = Sandbox::builder().start();
    let wrong = Caller::new(&sandbox).ask("DELETE", "user/590001/", "");
    assert_eq!((wrong.status, wrong.detail()), (405, "Method \"DELETE\" not allowed.".to_owned()));
    assert_eq!(wrong.header("Allow"), Some("GET, PUT, PATCH, HEAD, OPTIONS"));
}

#[test]
fn bodies_must_be_json() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let broken = caller.ask("POST", "user/", "{\"persnr\":");
    assert_eq!(broken.status, 400);
    assert!(broken.detail().starts_with("JSON parse error - "));
    let authorization = caller.headers.lines().next().unwrap();
    let headers = format!("{authorization}\r\nContent-Type: text/plain\r\n");
    assert_eq!(ask(&sandbox, "POST", "/finautapi/v1/user/", &headers, "x").status, 415);
    assert_eq!(
        caller.ask("POST", "user/", "[]").text(),
        "{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got list.\"]}"
    );
}

#[test]
fn urls_are_built_from_the_host_that_the_client_named() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    // The helper names 127.0.0.1; a second Host header would be bad HTTP, so this one is written by hand.
    use std::io::{Read, Write};
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    let head = format!(
        "GET /finautapi/v1/user/?page=1 HTTP/1.1\r\nHost: finaut.example:81\r\nConnection: close\r\n{}\r\n",
        caller.headers
    );
    socket.write_all(head.as_bytes()).unwrap();
    let mut text = String::new();
    socket.read_to_string(&mut text).unwrap();
    assert!(text.contains("\"id\":\"http://finaut.example:81/finautapi/v1/user/590001/\""));
    assert_eq!(caller.get("").json()["user"].as_str(), Some(caller.url("user/").as_str()));
}

#[test]
fn head_and_options_answer_as_drf_does() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let head = caller.ask("HEAD", "user/590001/", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_ne!(head.header("Content-Length"), Some("0"));
    assert_eq!(caller.ask("OPTIONS", "user/", "").json()["parses"][0], "application/json");
}
