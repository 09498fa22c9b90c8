//! What happens to the two files while they are in use. The host lives, and it goes on or is told; what was acknowledged is not lost
//! without a word.

use std::path::Path;

use finaut_core::client::Client;
use finaut_core::error::{Code, Error};
use finaut_sandbox::Sandbox;
use serde_json::{Value, json};

#[cfg(target_os = "linux")]
use super::processes::{mount, with_own_mounts};
use super::stage::{Stage, call, quota_of};

fn stage() -> Stage {
    Stage::new(Sandbox::builder().users(5))
}

/// Events are delivered as they come: no request is needed for them.
fn client(stage: &Stage) -> Client {
    stage.client(json!({ "inbox": { "verify": "none" }, "max_wait_s": 2 }))
}

fn accept(client: &Client, number: u64) -> Result<u64, Error> {
    let body = json!({ "id": format!("https://x/finautapi/v1/results/{number}/"), "score": "80.00" }).to_string();
    call(client, "webhook.accept", json!({ "body": body })).map(|reply| reply["http_status"].as_u64().unwrap())
}

fn waiting(client: &Client) -> Result<u64, Error> {
    call(client, "inbox.list", json!({})).map(|list| list["waiting"].as_u64().unwrap())
}

fn said(result: Result<u64, Error>) -> String {
    let error = result.unwrap_err();
    assert_eq!(error.code(), Code::State, "{error}");
    error.message().into_owned()
}

#[test]
fn a_main_file_that_is_emptied_is_said_to_be_until_it_is_removed() {
    let stage = stage();
    let one = client(&stage);
    assert_eq!(accept(&one, 1).unwrap(), 200);
    std::fs::write(stage.folder.file(), "").unwrap();
    for _ in 0..3 {
        assert!(said(accept(&one, 2)).contains("emptied"));
    }
    drop(one);
    let config = super::stage::read(&stage.config(json!({})));
    assert!(Client::new(config).unwrap_err().message().contains("emptied"), "a later client is told as well");
    std::fs::remove_file(stage.folder.file()).unwrap();
    let one = client(&stage);
    assert_eq!(accept(&one, 3).unwrap(), 200);
    assert_eq!(waiting(&one).unwrap(), 1);
}

#[test]
fn a_main_file_that_is_cut_short_is_said_to_be_damaged() {
    let stage = stage();
    let one = client(&stage);
    assert_eq!(accept(&one, 1).unwrap(), 200);
    let file = std::fs::OpenOptions::new().write(true).open(stage.folder.file()).unwrap();
    for length in [file.metadata().unwrap().len() / 2, 4096, 100, 10] {
        file.set_len(length).unwrap();
        assert!(said(accept(&one, 2)).contains("damaged"), "{length}");
        assert!(said(waiting(&one)).contains("damaged"), "{length}");
    }
}

#[test]
fn what_is_accepted_after_the_main_file_was_removed_is_there_for_those_who_come_later() {
    let stage = stage();
    let one = client(&stage);
    assert_eq!(accept(&one, 1).unwrap(), 200);
    std::fs::remove_file(stage.folder.file()).unwrap();
    assert_eq!(accept(&one, 2).unwrap(), 200);
    // The new file holds the key to its sealed content, so a second client can read it.
    let two = client(&stage);
    assert_eq!(waiting(&two).unwrap(), 1);
    let event = call(&two, "inbox.next", json!({})).unwrap();
    assert!(event["object"]["id"].as_str().unwrap().ends_with("/2/"), "{event}");
}

#[test]
fn another_states_file_in_its_place_is_used_with_its_own_key() {
    for copied_over in [false, true] {
        let (stage, other) = (stage(), stage());
        let settings = stage.config(json!({}));
        // The same account in another file.
        let theirs = other.client(json!({
            "host": settings["host"], "client_id": settings["client_id"], "client_secret": settings["client_secret"],
            "inbox": { "verify": "none" },
        }));
        for number in 1..=3 {
            assert_eq!(accept(&theirs, number).unwrap(), 200);
        }
        drop(theirs);
        let one = client(&stage);
        assert_eq!(accept(&one, 9).unwrap(), 200);
        if copied_over {
            std::fs::copy(other.folder.file(), stage.folder.file()).unwrap();
        } else {
            std::fs::rename(other.folder.file(), stage.folder.file()).unwrap();
        }
        assert_eq!(waiting(&one).unwrap(), 3, "{copied_over}");
        let event = call(&one, "inbox.next", json!({})).unwrap();
        assert!(event["object"]["id"].as_str().unwrap().ends_with("/1/"), "{event}");
        assert_eq!(accept(&one, 10).unwrap(), 200);
        assert_eq!(waiting(&client(&stage)).unwrap(), 3);
    }
}

#[test]
fn a_quota_file_that_is_lost_in_any_way_is_made_anew() {
    type Mishap = fn(&Path);
    let mishaps: [(&str, Mishap); 5] = [
        ("removed", |file| std::fs::remove_file(file).unwrap()),
        ("emptied", |file| std::fs::write(file, "").unwrap()),
        ("cut", |file| std::fs::OpenOptions::new().write(true).open(file).unwrap().set_len(5000).unwrap()),
        ("overwritten", |file| {
            let length = std::fs::metadata(file).unwrap().len() as usize;
            std::fs::write(file, vec![0xa5; length]).unwrap();
        }),
        ("overwritten but for its first words", |file| {
            let mut bytes = std::fs::read(file).unwrap();
            bytes.iter_mut().skip(16).for_each(|byte| *byte = 0xa5);
            std::fs::write(file, bytes).unwrap();
        }),
    ];
    let stage = stage();
    let one = client(&stage);
    for (name, mishap) in mishaps {
        for _ in 0..3 {
            call(&one, "check", json!({})).unwrap();
        }
        assert_eq!(accept(&one, 1).unwrap(), 200);
        mishap(&quota_of(&stage.folder.file()));
        call(&one, "check", json!({})).unwrap_or_else(|e| panic!("{name}: {}", e.json()));
        assert_eq!(call(&one, "budget", json!({})).unwrap()["used"], 1, "{name}");
        assert_eq!(waiting(&client(&stage)).unwrap(), 1, "{name}: the inbox is not in it");
    }
}

#[test]
fn the_host_lives_and_is_told_while_others_damage_the_files() {
    let stage = stage();
    let one = client(&stage);
    let file = stage.folder.file();
    let backup = {
        assert_eq!(accept(&one, 1).unwrap(), 200);
        std::fs::read(&file).unwrap()
    };
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for thread in 0..2 {
            let (one, stop) = (&one, &stop);
            scope.spawn(move || {
                let mut number = 100 + thread;
                while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                    number += 2;
                    for error in [accept(one, number).err(), call(one, "budget", json!({})).err()].into_iter().flatten() {
                        assert_eq!(error.code(), Code::State, "{error}");
                        assert!(error.message().len() > 40, "{error}");
                    }
                }
            });
        }
        for round in 0..60 {
            let target = if round % 2 == 0 { file.clone() } else { quota_of(&file) };
            match round / 2 % 5 {
                0 => _ = std::fs::write(&target, ""),
                1 => _ = std::fs::remove_file(&target),
                2 => _ = std::fs::write(&target, &backup),
                3 => _ = std::fs::OpenOptions::new().write(true).open(&target).and_then(|file| file.set_len(5000)),
                _ => _ = std::fs::rename(&target, stage.folder.0.join("moved away")),
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    // Once somebody has tidied up, all is well.
    for file in [file.clone(), quota_of(&file)] {
        let _ = std::fs::remove_file(format!("{}-journal", file.display()));
        let _ = std::fs::remove_file(file);
    }
    assert_eq!(accept(&one, 7).unwrap(), 200);
    assert_eq!(waiting(&client(&stage)).unwrap(), 1);
}

#[test]
fn neither_a_wal_nor_shared_memory_is_ever_made() {
    let stage = stage();
    let one = client(&stage);
    call(&one, "check", json!({})).unwrap();
    accept(&one, 1).unwrap();
    let mut names: Vec<_> =
        std::fs::read_dir(&stage.folder.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["finaut.db", "finaut.db-journal", "finaut.db-lives", "finaut.db-quota", "finaut.db-quota-journal"]);
}

#[cfg(unix)]
#[test]
fn a_file_with_two_names_is_refused_and_a_symbolic_link_leads_to_the_same_state() {
    let stage = stage();
    let one = client(&stage);
    call(&one, "check", json!({})).unwrap();
    let link = stage.folder.0.join("link");
    std::os::unix::fs::symlink(stage.folder.file(), &link).unwrap();
    let through = stage.client(json!({ "state": link }));
    assert_eq!(call(&through, "budget", json!({})).unwrap()["used"], 1);
    assert!(!quota_of(&link).exists());
    std::fs::hard_link(stage.folder.file(), stage.folder.0.join("second name")).unwrap();
    assert!(said(accept(&one, 1)).contains("hard links"));
    std::fs::remove_file(stage.folder.0.join("second name")).unwrap();
    assert_eq!(accept(&one, 1).unwrap(), 200);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_mounted_by_itself_is_refused() {
    with_own_mounts("files::a_file_that_is_mounted_by_itself_is_refused", || {
        let stage = stage();
        let one = client(&stage);
        assert_eq!(accept(&one, 1).unwrap(), 200);
        let elsewhere = stage.folder.0.join("elsewhere");
        std::fs::create_dir(&elsewhere).unwrap();
        let mounted = elsewhere.join("finaut.db");
        std::fs::write(&mounted, "").unwrap();
        mount(&["--bind", stage.folder.file().to_str().unwrap(), mounted.to_str().unwrap()]);
        let config = super::stage::read(&stage.config(json!({ "state": mounted })));
        let error = Client::new(config).map(|_| ()).unwrap_err();
        assert_eq!(error.code(), Code::State);
        assert!(error.message().contains("mount point"), "{error}");
        assert_eq!(waiting(&one).unwrap(), 1);
    });
}

#[test]
fn a_file_of_an_unreleased_version_is_refused_and_left_as_it_is() {
    let stage = stage();
    let old = rusqlite::Connection::open(stage.folder.file()).unwrap();
    old.execute_batch("PRAGMA application_id = 1181314625; PRAGMA user_version = 2; CREATE TABLE event (number INTEGER)")
        .unwrap();
    drop(old);
    let before = std::fs::read(stage.folder.file()).unwrap();
    let error = Client::new(super::stage::read(&stage.config(json!({})))).unwrap_err();
    assert_eq!(error.code(), Code::State);
    assert!(error.message().contains("never released"), "{error}");
    assert_eq!(std::fs::read(stage.folder.file()).unwrap(), before);
}

/// The version of the file of a newer library.
const NEWER: i64 = 7;

/// What a newer version of the library leaves: one more table, one more column that may be empty, and from which version on an older
/// one may still write.
fn upgrade(file: &Path, writable_from: i64) {
    let newer = rusqlite::Connection::open(file).unwrap();
    let has_table: i64 =
        newer.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'invented'", [], |row| row.get(0)).unwrap();
    if has_table == 0 {
        newer.execute_batch("CREATE TABLE invented (what TEXT); ALTER TABLE event ADD COLUMN invented TEXT").unwrap();
    }
    newer.execute("INSERT INTO invented VALUES ('by the newer version')", []).unwrap();
    newer.execute("UPDATE event SET invented = 'seen'", []).unwrap();
    newer.execute("UPDATE schema SET writable_from = ?1", [writable_from]).unwrap();
    newer.pragma_update(None, "user_version", NEWER).unwrap();
}

#[test]
fn two_versions_of_the_library_use_one_state_in_turn() {
    let stage = stage();
    let file = stage.folder.file();
    let mut client = client(&stage);
    for turn in 1..=3 {
        assert_eq!(accept(&client, turn).unwrap(), 200);
        upgrade(&file, 3);
        assert_eq!(waiting(&client).unwrap(), turn);
        call(&client, "check", json!({})).unwrap();
        // A client that opens the file again finds it too.
        drop(client);
        client = self::client(&stage);
    }
    let rows = |sql: &str| -> i64 { rusqlite::Connection::open(&file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(rows("SELECT count(*) FROM invented"), 3, "what the newer one keeps stays");
    assert_eq!(rows("SELECT count(*) FROM event WHERE invented = 'seen'"), 3);
    assert_eq!(rows("PRAGMA user_version"), NEWER);
    drop(client);
    upgrade(&file, NEWER);
    let error = Client::new(super::stage::read(&stage.config(json!({})))).unwrap_err();
    assert_eq!(error.code(), Code::State);
    assert!(error.message().contains("newer version"), "{error}");
}

/// The first version had no journal, and counted no hours.
#[test]
fn a_state_of_the_first_version_keeps_what_it_has_and_gets_a_journal() {
    let stage = stage();
    let person = stage.sandbox.people()[0].clone();
    let file = stage.folder.file();
    let first = client(&stage);
    assert_eq!(accept(&first, 1).unwrap(), 200);
    let newcomer = json!({
        "persnr": stage.sandbox.unused_persnr(1), "first_name": "Åse", "last_name": "Prøve", "company": person.company_id,
        "department": person.department_id, "schemes": ["afr"], "max_wait_s": 1,
    });
    // A creation that is under way when the new version comes.
    stage.sandbox.fault(finaut_sandbox::Fault::cut_after_acting().method("POST").path("user/"));
    stage.sandbox.fault(finaut_sandbox::Fault::status(503).method("GET").path("user/").always());
    let error = call(&first, "users.create_candidate", newcomer.clone()).unwrap_err();
    assert_eq!(error.code(), Code::UnknownOutcome);
    stage.sandbox.clear_faults();
    drop(first);
    let main = rusqlite::Connection::open(&file).unwrap();
    main.execute_batch(
        "DROP TABLE document; DROP TABLE journal; ALTER TABLE pending DROP COLUMN line; ALTER TABLE event DROP COLUMN holder; ALTER TABLE event DROP COLUMN said;
         ALTER TABLE event DROP COLUMN dropped; PRAGMA user_version = 3",
    )
    .unwrap();
    let quota = rusqlite::Connection::open(quota_of(&file)).unwrap();
    quota.execute_batch("DROP TABLE hour; DROP TABLE outcome; PRAGMA user_version = 3").unwrap();
    drop((main, quota));
    let now = client(&stage);
    assert_eq!(waiting(&now).unwrap(), 1);
    assert!(call(&now, "budget", json!({})).unwrap()["used"].as_u64().unwrap() >= 1, "slots are kept");
    call(&now, "users.create_candidate", newcomer).unwrap();
    let posts =
        stage.sandbox.requests().iter().filter(|request| request.method == "POST" && request.path.ends_with("/user/")).count();
    assert_eq!(posts, 1, "the creation under way was found");
    call(&now, "users.update", json!({ "id": person.id, "changes": { "first_name": "A" } })).unwrap();
    let listed = call(&now, "journal.list", json!({})).unwrap();
    assert_eq!((&listed["count"], &listed["results"][0]["outcome"]), (&json!(1), &json!("done")), "{listed}");
    assert_eq!(call(&now, "budget", json!({ "history": true })).unwrap()["hours"].as_array().unwrap().len(), 1);
}

/// `journal_days` bounds the journal in time, and this in size.
#[test]
fn the_oldest_lines_go_where_there_are_very_many() {
    let stage = stage();
    let person = stage.sandbox.people()[0].id;
    let update = |name: &str| {
        let changes = json!({ "id": person, "changes": { "first_name": name } });
        // A client of its own each time: old lines are looked for once an hour.
        call(&client(&stage), "users.update", changes).unwrap();
    };
    let count = || call(&client(&stage), "journal.list", json!({})).unwrap()["count"].clone();
    update("A");
    update("B");
    let skip = |to: i64| {
        let file = rusqlite::Connection::open(stage.folder.file()).unwrap();
        file.execute("UPDATE sqlite_sequence SET seq = ?1 WHERE name = 'journal'", [to]).unwrap();
    };
    skip(500_000);
    update("C");
    assert_eq!(count(), 3);
    update("D");
    assert_eq!(count(), 3, "the first one is gone");
}

/// A secret that is replaced, through the whole client: nothing is lost, and the former one has nothing any more.
#[test]
fn a_replaced_secret_keeps_the_inbox_readable() {
    let stage = Stage::new(Sandbox::builder().users(5).credentials("one", "the-former-secret"));
    let inbox = json!({ "verify": "none" });
    assert_eq!(accept(&stage.client(json!({ "inbox": inbox })), 1).unwrap(), 200);
    let unreadable = |client: &Client| call(client, "inbox.list", json!({})).unwrap()["unreadable"].clone();
    let without: Value = json!({ "client_secret": "yet-another-secret", "inbox": inbox });
    assert_eq!(unreadable(&stage.client(without)), 1);
    let replaced = json!({ "client_secret": "the-new-secret", "previous_client_secret": "the-former-secret", "inbox": inbox });
    let now = stage.client(replaced);
    assert_eq!((waiting(&now).unwrap(), unreadable(&now)), (1, json!(0)));
    let former = stage.client(json!({ "inbox": inbox }));
    assert_eq!((waiting(&former).unwrap(), unreadable(&former)), (0, json!(1)));
}
