//! What is let in, and how it is understood.

use finaut_core::client::Client;
use finaut_core::error::Code;
use serde_json::{Value, json};

use super::stage::{Stage, read};
use super::tools::*;

fn status(client: &Client, args: Value) -> u64 {
    get(client, "webhook.accept", args)["http_status"].as_u64().unwrap()
}

fn of(stage: &Stage, inbox: Value) -> Client {
    stage.client(json!({ "inbox": inbox }))
}

#[test]
fn the_secret_in_the_path_is_demanded() {
    let stage = stage();
    let client = of(&stage, json!({ "path_secret": SECRET }));
    let body = invented(1, "80").to_string();
    for path in ["/finaut/webhook", "/finaut/webhook/", "", &format!("/{SECRET}/x"), &format!("/finaut/{}", &SECRET[1..])] {
        assert_eq!(status(&client, json!({ "path": if path.is_empty() { "/" } else { path }, "body": body })), 404, "{path}");
    }
    assert_eq!(status(&client, json!({ "body": body })), 404);
    assert_eq!(get(&client, "inbox.list", json!({}))["unverified"], 0);
    for path in [format!("/finaut/{SECRET}"), format!("/finaut/{SECRET}/"), format!("/{SECRET}?x=1")] {
        assert_eq!(status(&client, json!({ "path": path, "body": body })), 200, "{path}");
    }
}

#[test]
fn the_header_is_demanded_however_its_name_is_written() {
    let stage = stage();
    let client = of(&stage, json!({ "header": { "name": "X-Inbox-Key", "value": SECRET } }));
    let body = invented(1, "80").to_string();
    for headers in
        [json!({}), json!({ "X-Inbox-Key": "" }), json!({ "X-Inbox-Key": SECRET.to_uppercase() }), json!({ "X-Other": SECRET })]
    {
        assert_eq!(status(&client, json!({ "headers": headers, "body": body })), 401, "{headers}");
    }
    for name in ["X-Inbox-Key", "x-inbox-key", "HTTP_X_INBOX_KEY"] {
        assert_eq!(status(&client, json!({ "headers": { name: SECRET }, "body": body })), 200, "{name}");
    }
    assert_eq!(status(&client, json!({ "headers": { "X-Inbox-Key": [SECRET] }, "body": body })), 200);
}

#[test]
fn a_signature_is_checked_over_the_bytes_of_the_body() {
    let stage = stage();
    let client = of(&stage, json!({ "hmac_secret": "It's a Secret to Everybody" , "verify": "none" }));
    // A published vector: the documentation of GitHub's webhooks.
    let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let reply = get(&client, "webhook.parse", json!({ "headers": { "X-Hub-Signature": signature }, "body": "Hello, World!" }));
    assert_eq!(reply["http_status"], 400, "signed, but no JSON: {reply}");
    for (signature, body) in
        [(signature, "Hello, World?"), (&signature[7..], "Hello, World!"), (&signature[..70], "Hello, World!")]
    {
        assert_eq!(status(&client, json!({ "headers": { "X-Hub-Signature": signature }, "body": body })), 401);
    }
    assert_eq!(status(&client, json!({ "body": "Hello, World!" })), 401);
    // Signed bytes that are no UTF-8 come in base64.
    let body = "{\"æ\": 1}";
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"It's a Secret to Everybody");
    let tag = data_encoding::HEXLOWER.encode(ring::hmac::sign(&key, body.as_bytes()).as_ref());
    let headers = json!({ "X-Hub-Signature": format!("sha256={tag}") });
    assert_eq!(status(&client, json!({ "headers": headers, "body": body })), 200);
    assert_eq!(status(&client, json!({ "headers": headers, "body_base64": "eyLDpiI6IDF9" })), 200);
    let event = next(&client).unwrap();
    assert_eq!((&event["kind"], &event["verified"], &event["object"]), (&json!("unknown"), &json!(true), &json!({ "æ": 1 })));
}

#[test]
fn payloads_are_understood_however_they_are_wrapped() {
    let stage = stage();
    let client = stage.client(json!({}));
    let result = invented(7, "80");
    let status = json!({ "id": "http://x/finautapi/v1/userstatus/9/", "appname": "afr", "status": "hvilende" });
    let plain = |mut object: Value, id: u64| {
        object["id"] = json!(id);
        object
    };
    let link = json!({ "ext_user_id": "E1", "encrypted_user_id": "gAAA" });
    for (body, kinds) in [
        (result.clone(), json!(["result"])),
        (status.clone(), json!(["userstatus"])),
        (plain(result.clone(), 7), json!(["result"])),
        (plain(status.clone(), 9), json!(["userstatus"])),
        (json!([result, status]), json!(["result", "userstatus"])),
        (json!({ "event": "result.created", "data": result }), json!(["result"])),
        (json!({ "results": [result, result] }), json!(["result", "result"])),
        (json!({ "event": "x", "object": { "data": status } }), json!(["userstatus"])),
        (link.clone(), json!(["link"])),
        (json!({ "ext-user-id": 17, "encoded_userid": "gAAA" }), json!(["link"])),
        (json!({ "id": "http://x/finautapi/v1/user/9/", "score": 1 }), json!(["unknown"])),
        (json!({ "id": 5 }), json!(["unknown"])),
        (json!({ "data": { "id": 5 } }), json!(["unknown"])),
        (json!("ping"), json!(["unknown"])),
    ] {
        let reply = get(&client, "webhook.parse", json!({ "body": body.to_string() }));
        let found: Vec<_> = reply["objects"].as_array().unwrap().iter().map(|object| object["kind"].clone()).collect();
        assert_eq!(json!(found), kinds, "{body}");
    }
    let reply = get(&client, "webhook.parse", json!({ "body": "ext-user-id=E+1%2F%C3%A6&encrypted_user_id=gAAA%3D" }));
    assert_eq!(reply["objects"][0]["object"], json!({ "ext_user_id": "E 1/æ", "encrypted_user_id": "gAAA=" }));
    for (args, status) in [
        (json!({ "body": "" }), 400),
        (json!({}), 400),
        (json!({ "body": "<html>" }), 400),
        (json!({ "body": "[]" }), 400),
        (json!({ "body": "{}", "method": "GET" }), 405),
    ] {
        let reply = get(&client, "webhook.parse", args.clone());
        assert_eq!(reply["http_status"], status, "{args}");
        assert!(reply["reason"].as_str().unwrap().len() > 10);
    }
    assert_eq!(get(&client, "inbox.list", json!({}))["unverified"], 0, "nothing is kept");
    assert_eq!(spent(&stage), 0);
}

#[test]
fn without_a_state_file_it_says_what_to_do() {
    let stage = stage();
    let mut config = stage.config(json!({}));
    config.as_object_mut().unwrap().remove("state");
    let client = Client::new(read(&config)).unwrap();
    for operation in ["webhook.accept", "inbox.next", "inbox.list", "inbox.poll"] {
        let error = fails(&client, Code::Config, operation, json!({}));
        assert!(error.message().contains("\"state\""), "{}", error.message());
    }
    get(&client, "webhook.parse", json!({ "body": "{}" }));
}

#[test]
fn a_full_inbox_refuses_what_it_cannot_keep_and_keeps_what_it_took() {
    let stage = stage();
    let client = of(&stage, json!({ "most": 5, "verify": "none" }));
    let statuses: Vec<_> = (1..=8).map(|number| accept(&client, &invented(number, "80"))).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 503, 503, 503]);
    assert_eq!(drain(&client).len(), 5);
    assert_eq!(accept(&client, &invented(6, "80")), 200);
    assert_eq!(drain(&client).len(), 1);
}

#[test]
fn guessable_secrets_are_refused() {
    let stage = stage();
    for inbox in [
        json!({ "path_secret": "secret" }),
        json!({ "path_secret": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }),
        json!({ "path_secret": format!("{SECRET}/x") }),
        json!({ "hmac_secret": "short" }),
        json!({ "header": { "name": "X-Key", "value": "short" } }),
        json!({ "header": { "name": "X Key", "value": SECRET } }),
        json!({ "header": { "name": "X-Key" } }),
        json!({ "verify": "maybe" }),
        json!({ "verify_per_hour": -1 }),
        json!({ "keep_days": 1e9 }),
        json!({ "path_sekret": SECRET }),
    ] {
        let mut config = stage.config(json!({}));
        config["inbox"] = inbox.clone();
        let error = finaut_core::config::Config::read(config.to_string().as_bytes(), &|_| None).expect_err(&inbox.to_string());
        assert_eq!(error.code(), Code::Config);
        assert!(!error.message().contains(SECRET), "{}", error.message());
    }
}
