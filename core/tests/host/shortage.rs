//! What the system gives a host too little of is said, and the host lives and goes on when there is enough again.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use finaut_core::error::{Code, Error};
use finaut_core::inbox::receiver::Receiver;
use finaut_core::json::Json;
use serde_json::{Value, json};

use super::processes::as_nobody;
use super::stage::call;
use super::task::{Place, accept, check, client, given};

/// Sets a limit of this process; the former one.
fn set_limit(resource: libc::__rlimit_resource_t, most: u64) -> u64 {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the structure is live.
    unsafe {
        assert_eq!(libc::getrlimit(resource, &mut limit), 0);
        let former = std::mem::replace(&mut limit.rlim_cur, most);
        assert_eq!(libc::setrlimit(resource, &limit), 0);
        former
    }
}

/// Takes all descriptors that are left, but for `left`.
fn take_descriptors(left: usize) -> Vec<OwnedFd> {
    let mut taken: Vec<OwnedFd> = Vec::new();
    while let Ok(file) = std::fs::File::open("/") {
        taken.push(file.into());
    }
    taken.truncate(taken.len().checked_sub(left).unwrap());
    taken
}

fn says(error: &Error, word: &str) {
    assert_eq!(error.code(), Code::State, "{}", error.json());
    assert!(error.message().contains(word), "{error}");
}

const DESCRIPTORS: &str = "64 open file descriptors";

#[test]
fn a_lack_of_descriptors_is_said_with_its_limit() {
    Place::new().run("shortage::without_descriptors");
}

/// Not a test of its own, as the others that look for what was given.
#[test]
fn without_descriptors() {
    let Some(given) = given() else { return };
    set_limit(libc::RLIMIT_NOFILE, 64);
    let (plain, tls, file) = ["memory", "tls", "file"].map(|name| client(&given[name]).unwrap()).into();
    // One that trusts the system's authorities only.
    let mut systems = given["tls"].clone();
    systems.as_object_mut().unwrap().remove("ca_file");
    let systems = client(&systems).unwrap();
    let file = Arc::new(file);
    let config = Json::of(&json!({ "listen": "127.0.0.1:0", "open": true }));
    // The sandbox, which this program is built with, has tokio want descriptors of its own once, and panic without.
    Receiver::start(file.clone(), &config).unwrap().stop();
    // Nothing is left for a connection, nor for a look at the system's authorities and at the name service's files.
    let taken = take_descriptors(0);
    for client in [&plain, &tls, &systems] {
        says(&check(client).unwrap_err(), DESCRIPTORS);
    }
    says(&client(&given["tls"]).map(|_| ()).unwrap_err(), DESCRIPTORS);
    says(&client(&given["file"]).and_then(|client| check(&client)).unwrap_err(), DESCRIPTORS);
    drop(taken);
    for client in [&plain, &tls, &*file] {
        check(client).unwrap();
    }
    // With a few, some step on the way fails each time.
    let mut failed = 0;
    for left in 0..12 {
        let taken = take_descriptors(left);
        let fresh = client(&given["file"]);
        let fresh_tls = client(&given["tls"]);
        let results = [
            fresh.as_ref().map_err(Clone::clone).and_then(check),
            fresh_tls.as_ref().map_err(Clone::clone).and_then(check),
            accept(&file, 10 + left as u64).map(|_| ()),
            Receiver::start(file.clone(), &config).map(|_| ()),
        ];
        drop(taken);
        for error in results.into_iter().filter_map(Result::err) {
            failed += 1;
            says(&error, DESCRIPTORS);
        }
    }
    assert!(failed > 4, "{failed}");
    check(&file).unwrap();
    assert_eq!(accept(&file, 1).unwrap(), 200);
}

#[test]
fn a_receiver_that_gets_no_thread_says_so() {
    let place = Place::new();
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(&place.folder().0, std::fs::Permissions::from_mode(0o777)).unwrap();
    place.run("shortage::without_threads");
}

#[test]
fn without_threads() {
    let Some(given) = given() else { return };
    let told = as_nobody(|| {
        let client = Arc::new(client(&given["file"]).unwrap());
        check(&client).unwrap();
        let former = set_limit(libc::RLIMIT_NPROC, 1);
        let config = Json::of(&json!({ "listen": "127.0.0.1:0", "open": true }));
        let error = Receiver::start(client.clone(), &config).map(|_| ()).unwrap_err();
        says(&error, "no further thread");
        set_limit(libc::RLIMIT_NPROC, former);
        Receiver::start(client, &config).unwrap().stop();
        0
    });
    assert_eq!(told, 0);
}

#[test]
fn a_limit_of_file_sizes_is_said_and_does_not_kill_the_host() {
    Place::new().run("shortage::with_small_files");
}

#[test]
fn with_small_files() {
    let Some(given) = given() else { return };
    let file = Arc::new(client(&given["file"]).unwrap());
    let receiver = Receiver::start(file.clone(), &Json::of(&json!({ "listen": "127.0.0.1:0", "open": true }))).unwrap();
    let status: Value = receiver.status().view().unwrap();
    let address = status["address"].as_str().unwrap().to_owned();
    let post = |number: u64| {
        let body = json!({ "id": format!("https://x/finautapi/v1/results/{number}/"), "note": "x".repeat(5000) }).to_string();
        let head =
            format!("POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
        let mut sender = TcpStream::connect(&address).unwrap();
        sender.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut answer = String::new();
        sender.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().parse::<u64>().unwrap()
    };
    let path = std::path::PathBuf::from(given["file"]["state"].as_str().unwrap());
    let size = std::fs::metadata(&path).unwrap().len();
    let former = set_limit(libc::RLIMIT_FSIZE, size + 60_000);
    let mut kept = 0;
    let refused = loop {
        match post(1000 + kept) {
            200 => kept += 1,
            refused => break refused,
        }
        assert!(kept < 1000);
    };
    assert_eq!(refused, 503, "after {kept}");
    let said = receiver.status().view::<Value>().unwrap()["trouble"].as_str().unwrap().to_owned();
    assert!(said.contains("may not become larger than") && said.contains("ulimit -f"), "{said}");
    let error = loop {
        match accept(&file, 5000 + kept) {
            Ok(200) => kept += 1,
            Ok(other) => panic!("{other}"),
            Err(error) => break error,
        }
    };
    says(&error, "may not become larger than");
    assert!(std::fs::metadata(&path).unwrap().len() <= size + 60_000);
    // A new state does not fit either, nor does the other file of the pair.
    set_limit(libc::RLIMIT_FSIZE, 1000);
    let mut other = given["file"].clone();
    other["state"] = json!(path.with_file_name("other.db"));
    says(&client(&other).map(|_| ()).unwrap_err(), "may not become larger than its limit of 1000 bytes");
    set_limit(libc::RLIMIT_FSIZE, former);
    assert_eq!(
        call(&file, "inbox.list", json!({})).unwrap()["waiting"],
        kept,
        "what was acknowledged is there, and nothing else"
    );
    assert_eq!(post(9000), 200);
    client(&other).unwrap();
}
