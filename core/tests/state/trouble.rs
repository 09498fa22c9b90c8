//! What can be wrong with a file, and that it is said rather than worked around.

use finaut_core::client::Client;
use finaut_core::clock::SystemClock;
use finaut_core::error::{Code, Error};
use finaut_core::json::Json;
use finaut_core::store::At;
use finaut_core::store::shelves::Change;
use finaut_sandbox::Sandbox;
use serde_json::{Value, json};

#[cfg(unix)]
use super::processes::{alone, as_nobody};
#[cfg(target_os = "linux")]
use super::processes::{mount, with_own_mounts};
use super::stage::{ENDS, Stage, call, quota_of, read};

fn open(stage: &Stage, state: Value) -> Result<Client, Error> {
    Client::new(read(&stage.config(json!({"state": state, "max_wait_s": 1}))))
}

fn problem(stage: &Stage, state: Value) -> String {
    match open(stage, state) {
        Ok(_) => panic!("it opened"),
        Err(e) => {
            assert_eq!(e.code(), Code::State, "{e}");
            e.message().into_owned()
        }
    }
}

fn stage() -> Stage {
    Stage::new(Sandbox::builder().users(5))
}

#[test]
fn a_missing_folder_a_folder_and_foreign_files_are_named() {
    let stage = stage();
    let folder = &stage.folder.0;
    assert!(problem(&stage, json!(folder.join("missing/finaut.db"))).contains("does not exist"));
    assert!(problem(&stage, json!(folder)).contains("is a folder"));
    std::fs::write(
        folder.join("text"),
        "This is some text and certainly no database at all, whatever one may think.".repeat(20),
    )
    .unwrap();
    assert!(problem(&stage, json!(folder.join("text"))).contains("damaged"));
    let other = rusqlite::Connection::open(folder.join("other.db")).unwrap();
    other.execute_batch("CREATE TABLE theirs (a)").unwrap();
    assert!(problem(&stage, json!(folder.join("other.db"))).contains("another program"));
    other.execute_batch("DROP TABLE theirs; PRAGMA user_version = 3").unwrap();
    assert!(problem(&stage, json!(folder.join("other.db"))).contains("another program"));
}

#[test]
fn a_newer_schema_is_left_alone() {
    let stage = stage();
    call(&stage.client(json!({})), "check", json!({})).unwrap();
    let file = rusqlite::Connection::open(stage.folder.file()).unwrap();
    file.execute_batch("PRAGMA user_version = 99; UPDATE schema SET writable_from = 99").unwrap();
    drop(file);
    assert!(problem(&stage, json!(stage.folder.file())).contains("newer version"));
}

#[test]
fn a_damaged_file_is_said_to_be_and_never_silently_replaced() {
    let stage = stage();
    let client = stage.client(json!({}));
    call(&client, "check", json!({})).unwrap();
    drop(client);
    let mut bytes = std::fs::read(stage.folder.file()).unwrap();
    for byte in bytes.iter_mut().skip(100) {
        *byte = 0xa5;
    }
    std::fs::write(stage.folder.file(), bytes).unwrap();
    let said = match open(&stage, json!(stage.folder.file())) {
        Err(e) => e,
        Ok(client) => call(&client, "check", json!({})).unwrap_err(),
    };
    assert_eq!(said.code(), Code::State, "{said}");
    assert!(said.message().contains("damaged") && said.message().contains("Move it away"), "{said}");
}

#[test]
fn a_lock_held_too_long_is_said_and_a_short_one_waited_for() {
    let stage = stage();
    let client = stage.client(json!({"max_wait_s": 1}));
    call(&client, "check", json!({})).unwrap();
    let mut holder = rusqlite::Connection::open(quota_of(&stage.folder.file())).unwrap();
    let held = holder.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let error = call(&client, "check", json!({})).unwrap_err();
    assert_eq!(error.code(), Code::State, "{error}");
    assert!(error.message().contains("locked"), "{error}");
    drop(held);
    call(&client, "check", json!({})).unwrap();
    let patient = stage.client(json!({"max_wait_s": 60}));
    std::thread::scope(|scope| {
        let held = holder.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
        let waiting = scope.spawn(|| call(&patient, "check", json!({})));
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(!waiting.is_finished());
        drop(held);
        waiting.join().unwrap().unwrap();
    });
}

#[test]
fn a_file_moved_away_is_made_anew_and_not_written_to_in_hiding() {
    let stage = stage();
    let client = stage.client(json!({}));
    call(&client, "check", json!({})).unwrap();
    for end in ENDS {
        let _ = std::fs::remove_file(format!("{}{end}", stage.folder.file().display()));
    }
    call(&client, "check", json!({})).unwrap();
    let other = stage.client(json!({}));
    assert_eq!(call(&other, "budget", json!({})).unwrap()["used"], 1);
}

#[cfg(unix)]
#[test]
fn missing_permission_and_a_read_only_folder_are_said() {
    alone("trouble::missing_permission_and_a_read_only_folder_are_said", without_permission);
}

#[cfg(unix)]
fn without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let stage = stage();
    let says_so = |state: Value| match open(&stage, state) {
        Err(e) if e.code() == Code::State && e.message().contains("must be able to write") => 0,
        Err(_) => 1,
        Ok(client) => match call(&client, "check", json!({})) {
            Err(e) if e.code() == Code::State && e.message().contains("must be able to write") => 0,
            _ => 2,
        },
    };
    std::fs::set_permissions(&stage.folder.0, std::fs::Permissions::from_mode(0o555)).unwrap();
    assert_eq!(as_nobody(|| says_so(json!(stage.folder.file()))), 0, "a folder in which nothing can be made");
    std::fs::set_permissions(&stage.folder.0, std::fs::Permissions::from_mode(0o755)).unwrap();
    drop(stage.client(json!({})));
    std::fs::set_permissions(stage.folder.file(), std::fs::Permissions::from_mode(0o000)).unwrap();
    assert_eq!(as_nobody(|| says_so(json!(stage.folder.file()))), 0, "a file that may not be read");
    std::fs::set_permissions(stage.folder.file(), std::fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(as_nobody(|| says_so(json!(stage.folder.file()))), 0, "a file that may not be written");
}

/// A small file system of its own.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_room_mends_it() {
    with_own_mounts("trouble::a_full_disk_is_said_and_room_mends_it", || {
        let stage = stage();
        mount(&["-t", "tmpfs", "-o", "size=256k", "none", stage.folder.0.to_str().unwrap()]);
        let client = stage.client(json!({"max_wait_s": 1}));
        call(&client, "check", json!({})).unwrap();
        let filler = stage.folder.0.join("filler");
        std::fs::write(&filler, vec![0; 10]).unwrap();
        let _ = std::fs::write(&filler, vec![0; 1 << 20]);
        let mut said = None;
        for _ in 0..300 {
            if let Err(e) = call(&client, "check", json!({})) {
                said = Some(e);
                break;
            }
        }
        let said = said.unwrap();
        assert_eq!(said.code(), Code::State, "{said}");
        assert!(said.message().contains("full"), "{said}");
        std::fs::remove_file(&filler).unwrap();
        call(&client, "check", json!({})).unwrap();
    });
}

/// Documents that cannot be written are told of; those that were there stay as they were, and room mends it.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_no_document() {
    with_own_mounts("trouble::a_full_disk_loses_no_document", || {
        let stage = stage();
        mount(&["-t", "tmpfs", "-o", "size=600k", "none", stage.folder.0.to_str().unwrap()]);
        let config = read(&stage.config(json!({"max_wait_s": 1})));
        let store = finaut_core::store::open(&config, &SystemClock).unwrap();
        let at = || At { clock: &SystemClock, patience_s: 1.0 };
        let big = |n: u64| Json::of(&format!("{n}{}", "x".repeat(2_000)));
        let all = || store.shelves().all(at(), "shelf").unwrap().len();
        store.shelves().change(at(), &[], &[Change::put("shelf", "first", big(0))]).unwrap();
        let mut kept = 1;
        let said = loop {
            // Two in one change: both or neither.
            let two = [2 * kept, 2 * kept + 1].map(|n| Change::put("shelf", n.to_string(), big(n)));
            match store.shelves().change(at(), &[], &two) {
                Ok(()) => kept += 1,
                Err(e) => break e,
            }
        };
        assert_eq!(said.code(), Code::State, "{said}");
        assert!(said.message().contains("full"), "{said}");
        assert_eq!(all() as u64, 1 + 2 * (kept - 1), "both or neither");
        store.shelves().get(at(), "shelf", "first").unwrap().unwrap();
        let taken: Vec<Change> = (2..2 * kept).map(|n| Change::remove("shelf", n.to_string())).collect();
        mount(&["-o", "remount,size=4m", "none", stage.folder.0.to_str().unwrap()]);
        store.shelves().change(at(), &[], &taken).unwrap();
        store.shelves().change(at(), &[], &[Change::put("shelf", "last", big(1))]).unwrap();
        assert_eq!(all(), 2);
    });
}

/// A document that was changed in the file is no document: it is said, and nothing is made of it.
#[test]
fn a_damaged_document_is_said_to_be() {
    let stage = stage();
    let config = read(&stage.config(json!({})));
    let store = finaut_core::store::open(&config, &SystemClock).unwrap();
    let at = || At { clock: &SystemClock, patience_s: 10.0 };
    let two = ["one", "other"].map(|key| Change::put("shelf", key, Json::of(&key)));
    store.shelves().change(at(), &[], &two).unwrap();
    let file = rusqlite::Connection::open(stage.folder.file()).unwrap();
    // The one in the other's place.
    file.execute_batch("UPDATE document SET sealed = (SELECT sealed FROM document ORDER BY name LIMIT 1)").unwrap();
    let said = store.shelves().all(at(), "shelf").unwrap_err();
    assert_eq!(said.code(), Code::State, "{said}");
    let read = ["one", "other"].map(|key| store.shelves().get(at(), "shelf", key).is_ok());
    assert_eq!(read.iter().filter(|is_ok| **is_ok).count(), 1, "the one that lies in its own place");
}

/// A change whose line cannot be written is not sent: what happened must be in the journal, and the next call can send it.
#[cfg(target_os = "linux")]
#[test]
fn a_change_is_sent_only_if_its_line_is_on_the_disk() {
    with_own_mounts("trouble::a_change_is_sent_only_if_its_line_is_on_the_disk", || {
        let stage = stage();
        mount(&["-t", "tmpfs", "-o", "size=400k", "none", stage.folder.0.to_str().unwrap()]);
        let client = stage.client(json!({"max_wait_s": 1}));
        let person = stage.sandbox.people()[0].id;
        let mut names = 0;
        let mut change = || {
            names += 1;
            let args = json!({"id": person, "changes": {"first_name": format!("A{names}")}});
            call(&client, "users.update", args)
        };
        change().unwrap();
        let filler = stage.folder.0.join("filler");
        let _ = std::fs::write(&filler, vec![0; 1 << 20]);
        let (mut done, mut refused) = (1, 0);
        while refused < 3 {
            match change() {
                Ok(_) => done += 1,
                Err(e) => {
                    assert_eq!(e.code(), Code::State, "{e}");
                    refused += 1;
                }
            }
            assert!(done < 1000);
        }
        let sent = || stage.sandbox.requests().iter().filter(|request| request.method == "PATCH").count();
        assert_eq!(sent(), done, "what was refused here was not sent");
        std::fs::remove_file(&filler).unwrap();
        change().unwrap();
        let listed = call(&client, "journal.list", json!({})).unwrap();
        let lines = listed["results"].as_array().unwrap();
        let ended = |outcome: &str| lines.iter().filter(|line| line["outcome"] == outcome).count();
        // An outcome that could not be noted was kept until there was room; a line that was not written is not there.
        assert_eq!((ended("done"), lines.len()), (done + 1, done + 1), "{listed}");
        assert_eq!(sent(), done + 1);
    });
}

#[cfg(unix)]
#[test]
fn nothing_is_changed_with_a_state_that_became_read_only() {
    alone("trouble::nothing_is_changed_with_a_state_that_became_read_only", || {
        use std::os::unix::fs::PermissionsExt;

        let stage = stage();
        let person = stage.sandbox.people()[0].id;
        let update = json!({"id": person, "changes": {"first_name": "A"}});
        call(&stage.client(json!({"max_wait_s": 1})), "users.update", update.clone()).unwrap();
        let mode = |mode: u32| {
            for file in [stage.folder.file(), quota_of(&stage.folder.file())] {
                std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
            }
        };
        mode(0o444);
        let code = as_nobody(|| match Client::new(read(&stage.config(json!({"max_wait_s": 1})))) {
            Err(e) => i32::from(e.code() != Code::State),
            Ok(client) => match call(&client, "users.update", update.clone()) {
                Err(e) if e.code() == Code::State => 0,
                _ => 2,
            },
        });
        assert_eq!(code, 0);
        assert_eq!(stage.sandbox.requests().iter().filter(|request| request.method == "PATCH").count(), 1);
    });
}

/// What is told of a state that was cut to `length` bytes; `None` if it works.
fn told_when_cut(stage: &Stage, state: Value) -> Option<Error> {
    match open(stage, state) {
        Err(e) => Some(e),
        Ok(client) => call(&client, "check", json!({})).err(),
    }
}

#[test]
fn a_file_that_was_cut_is_said_to_be_damaged_and_not_locked() {
    let stage = stage();
    let file = stage.folder.file();
    let client = stage.client(json!({}));
    call(&client, "check", json!({})).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let (page, all) = (4096, whole.len());
    let lengths = [1, 15, 16, 99, 100, 511, 512, page - 1, page, page + 1, 2 * page, all / 2, all - page, all - 100, all - 1];
    for in_use in [true, false] {
        for length in lengths {
            std::fs::write(&file, &whole).unwrap();
            if in_use {
                call(&client, "check", json!({})).unwrap();
            }
            std::fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(length as u64).unwrap();
            let error = match in_use {
                // Writing what must not be lost: a key of the inbox.
                true => call(&client, "inbox.list", json!({})).err(),
                false => told_when_cut(&stage, json!(file)),
            };
            let error = error.unwrap_or_else(|| panic!("cut to {length} of {all} it works, in use: {in_use}"));
            assert_eq!(error.code(), Code::State, "{error}");
            let said = error.message();
            let empty = length == 1 && said.contains("is empty, though it was in use");
            assert!(empty || (said.contains("is damaged") && !said.contains("locked")), "{length}: {said}");
        }
    }
    std::fs::write(&file, &whole).unwrap();
    // The other file is made anew.
    let quota = quota_of(&file);
    let length = std::fs::metadata(&quota).unwrap().len();
    for length in [1, 100, 4096, length / 2, length - 1] {
        std::fs::OpenOptions::new().write(true).open(&quota).unwrap().set_len(length).unwrap();
        assert_eq!(told_when_cut(&stage, json!(file)), None, "the other file cut to {length}");
    }
}
