//! The token endpoint and the life of tokens.

use crate::caller::{Caller, ask, token_reply};
use finaut_sandbox::Sandbox;

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

#[test]
fn credentials_may_stand_in_the_form_or_in_the_header() {
    let sandbox = Sandbox::builder().credentials("kunde æ", "hemmelig: =").start();
    let in_form = "grant_type=client_credentials&client_id=kunde+%C3%A6&client_secret=hemmelig%3A+%3D&scope=read+write";
    let granted = token_reply(&sandbox, in_form);
    assert_eq!(granted.status, 200);
    let body = granted.json();
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["access_token", "token_type", "expires_in", "scope"]);
    assert_eq!((body["token_type"].as_str(), body["expires_in"].as_u64()), (Some("Bearer"), Some(3600)));
    // base64 of `kunde+%C3%A6:hemmelig%3A+%3D`
    let headers = format!("{FORM}Authorization: Basic a3VuZGUrJUMzJUE2OmhlbW1lbGlnJTNBKyUzRA==\r\n");
    assert_eq!(ask(&sandbox, "POST", "/o/token/", &headers, "grant_type=client_credentials").status, 200);
    assert_eq!(sandbox.token_requests(), 2);
}

#[test]
fn wrong_credentials_and_grants_are_refused_as_oauth_says() {
    let sandbox = Sandbox::builder().start();
    let wrong = token_reply(&sandbox, "grant_type=client_credentials&client_id=sandbox-client&client_secret=x");
    assert_eq!((wrong.status, wrong.text()), (401, "{\"error\":\"invalid_client\"}"));
    let wrong = token_reply(&sandbox, "grant_type=password&client_id=sandbox-client&client_secret=sandbox-secret");
    assert_eq!((wrong.status, wrong.text()), (400, "{\"error\":\"unsupported_grant_type\"}"));
    assert_eq!(ask(&sandbox, "GET", "/o/token/", "", "").status, 405);
    assert_eq!(ask(&sandbox, "POST", "/o/token", FORM, "").status, 301);
}

#[test]
fn a_token_lives_as_long_as_it_says() {
    let sandbox = Sandbox::builder().token_life_s(600).start();
    let caller = Caller::new(&sandbox);
    sandbox.advance(599.0);
    assert_eq!(caller.get("user/").status, 200);
    sandbox.advance(1.0);
    let expired = caller.get("user/");
    assert_eq!((expired.status, expired.detail()), (401, "Authentication credentials were not provided.".to_owned()));
    assert_eq!(expired.header("WWW-Authenticate"), Some("Bearer realm=\"api\""));
}
