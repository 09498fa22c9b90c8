//! What the file does not tell to those who can read it.

use finaut_sandbox::Sandbox;
use serde_json::json;

use super::stage::{Stage, bytes_of, call};

#[test]
fn no_secret_token_or_identity_number_is_in_the_file_in_clear() {
    let stage = Stage::new(Sandbox::builder().users(20).credentials("planted-client-id", "planted-client-secret"));
    let client = stage.client(json!({"job": "planted-job"}));
    let person = stage.sandbox.people()[3].clone();
    call(&client, "users.get", json!({"persnr": person.persnr})).unwrap();
    call(&client, "users.list", json!({})).unwrap();
    call(&client, "departments.list", json!({})).unwrap();
    call(&client, "users.hold", json!({"persnr": person.persnr, "scheme": "afr"})).unwrap();
    call(&client, "users.update", json!({"persnr": person.persnr, "changes": {"first_name": "Planted"}})).unwrap();
    let listed = call(&client, "journal.list", json!({"persnr": person.persnr, "job": "planted-job"})).unwrap();
    assert_eq!(listed["count"], 2);
    let requests = stage.sandbox.requests();
    let token = requests
        .iter()
        .find_map(|request| request.header("authorization"))
        .unwrap()
        .strip_prefix("Bearer ")
        .unwrap()
        .to_owned();
    let bytes = bytes_of(&stage.folder.file());
    assert!(bytes.len() > 20_000);
    let contains = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(contains("CREATE TABLE"), "the search works");
    // Slots tell their job to everybody who can read the file; the journal's lines are sealed.
    for planted in ["first_name", "os_user", "Planted"] {
        assert!(!contains(planted), "{planted}");
    }
    for planted in ["planted-client-id", "planted-client-secret", &token, &person.persnr, &person.last_name, "127.0.0.1"] {
        assert!(!contains(planted), "{planted}");
    }
    for person in stage.sandbox.people() {
        assert!(!contains(&person.persnr));
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_open_the_file_and_its_companions() {
    use std::os::unix::fs::PermissionsExt;
    let stage = Stage::new(Sandbox::builder().users(5));
    // Made beforehand by somebody careless.
    std::fs::write(stage.folder.file(), "").unwrap();
    std::fs::set_permissions(stage.folder.file(), std::fs::Permissions::from_mode(0o666)).unwrap();
    let client = stage.client(json!({}));
    call(&client, "check", json!({})).unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(&stage.folder.0).unwrap().flatten() {
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.path());
        seen += 1;
    }
    assert_eq!(seen, 5);
}
