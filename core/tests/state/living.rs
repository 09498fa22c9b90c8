//! What is done to the files and their folder while a receiver lives on them: it lives on, and either goes on or refuses. What it has
//! acknowledged is there afterwards, unless somebody took it away together with the file.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use finaut_core::client::Client;
use finaut_core::error::Code;
use finaut_core::inbox::receiver::Receiver;
use finaut_core::json::Json;
use finaut_sandbox::Sandbox;
use serde_json::{Value, json};

use super::processes::{alone, as_nobody, mount, skip, with_own_mounts};
use super::stage::{ENDS, Stage, call};

/// A receiver, and what it has said yes to.
struct Living {
    stage: Stage,
    client: Arc<Client>,
    receiver: Receiver,
    address: String,
    number: u64,
    acknowledged: BTreeSet<u64>,
    /// How often it was said that the last change is lost.
    losses_told: usize,
}

fn settings() -> Value {
    json!({ "inbox": { "verify": "none" }, "max_wait_s": 2 })
}

impl Living {
    fn new() -> Living {
        Living::at(Stage::new(Sandbox::builder().users(5)), settings())
    }

    fn at(stage: Stage, settings: Value) -> Living {
        let client = Arc::new(stage.client(settings));
        let receiver = Receiver::start(client.clone(), &Json::of(&json!({ "listen": "127.0.0.1:0", "open": true }))).unwrap();
        let address = receiver.status().view::<Value>().unwrap()["address"].as_str().unwrap().to_owned();
        Living { stage, client, receiver, address, number: 0, acknowledged: BTreeSet::new(), losses_told: 0 }
    }

    /// Sends a webhook; the status of the answer.
    fn post(&mut self) -> u16 {
        self.number += 1;
        let body = json!({ "id": format!("https://x/finautapi/v1/results/{}/", self.number), "score": "80.00" }).to_string();
        let mut sender = TcpStream::connect(&self.address).unwrap();
        let head =
            format!("POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
        sender.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut answer = String::new();
        sender.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        if status == 200 {
            self.acknowledged.insert(self.number);
        }
        status
    }

    /// Sends until so many were let in; every other answer is that it cannot be done now.
    fn let_in(&mut self, count: usize) {
        let wanted = self.acknowledged.len() + count;
        while self.acknowledged.len() < wanted {
            let status = self.post();
            assert!([200, 503].contains(&status), "{status}");
            self.losses_told += usize::from(status == 503 && self.trouble().contains("earlier state"));
        }
    }

    fn trouble(&self) -> String {
        self.receiver.status().view::<Value>().unwrap()["trouble"].as_str().unwrap_or_default().to_owned()
    }

    /// Sends a few, all of which must be refused with what is said of the state.
    fn refused(&mut self, words: &str) {
        for _ in 0..3 {
            assert_eq!(self.post(), 503, "{words}");
            assert!(self.trouble().contains(words), "{words}: {}", self.trouble());
        }
    }

    /// As [`refused`](Living::refused), but the next one is let in.
    fn refused_once(&mut self, words: &str) {
        assert_eq!(self.post(), 503, "{words}");
        assert!(self.trouble().contains(words), "{words}: {}", self.trouble());
        assert_eq!(self.post(), 200);
    }

    /// The numbers of all events, as another client finds them.
    fn found(&self, settings: Value) -> BTreeSet<u64> {
        let other = self.stage.client(settings);
        let mut found = BTreeSet::new();
        loop {
            let event = call(&other, "inbox.next", json!({})).unwrap();
            let Some(id) = event["object"]["id"].as_str() else { return found };
            let number = id.trim_end_matches('/').rsplit('/').next().unwrap().parse().unwrap();
            assert!(found.insert(number), "{number} comes twice");
            call(&other, "inbox.acknowledge", json!({ "event": event["event"] })).unwrap();
        }
    }

    fn nothing_is_lost(&self) {
        let found = self.found(settings());
        let lost: Vec<_> = self.acknowledged.difference(&found).collect();
        let told = self.losses_told;
        assert!(lost.len() <= told, "{lost:?} of {} are lost, and {told} losses were told", self.acknowledged.len());
    }

    fn file(&self, end: &str) -> PathBuf {
        PathBuf::from(format!("{}{end}", self.stage.folder.file().display()))
    }

    /// A copy of all files that are there, in a folder beside.
    fn backup(&self) -> PathBuf {
        let backup = self.stage.folder.0.join("backup");
        std::fs::create_dir_all(&backup).unwrap();
        for end in ENDS {
            let _ = std::fs::copy(self.file(end), backup.join(format!("finaut.db{end}")));
        }
        backup
    }
}

type Mishap = (&'static str, fn(&Path));

/// What can be done to one file without knowing what is in it.
const MISHAPS: [Mishap; 7] = [
    ("removed", |file| drop(std::fs::remove_file(file))),
    ("emptied", |file| drop(std::fs::write(file, ""))),
    ("cut", |file| {
        let open = std::fs::OpenOptions::new().write(true).open(file);
        let _ = open.and_then(|file| file.set_len(file.metadata()?.len() / 2));
    }),
    ("overwritten", |file| {
        let length = std::fs::metadata(file).map_or(0, |known| known.len());
        let _ = std::fs::write(file, vec![0xa5; length as usize]);
    }),
    ("copied over with itself", |file| {
        let bytes = std::fs::read(file).unwrap_or_default();
        let _ = std::fs::write(file, bytes);
    }),
    ("replaced by a copy", |file| {
        let copy = file.with_extension("copy");
        let _ = std::fs::copy(file, &copy).and_then(|_| std::fs::rename(&copy, file));
    }),
    ("moved away", |file| drop(std::fs::rename(file, file.with_extension("away")))),
];

/// A copy of a journal that was taken in the middle of a change, and put back after it, undoes that change: SQLite cannot tell it from one
/// that a killed process left. That is told, once for each time.
#[test]
fn nothing_is_lost_whatever_is_done_to_the_journals_and_the_quota_file() {
    let mut living = Living::new();
    living.let_in(3);
    let files = ["-journal", "-quota", "-quota-journal"].map(|end| living.file(end));
    let stop = AtomicBool::new(false);
    let sent = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (stop, sent, living) = (&stop, &sent, &mut living);
        scope.spawn(move || {
            while !stop.load(Ordering::SeqCst) {
                living.let_in(1);
                // The quota file and its journal are written, too.
                let _ = call(&living.client, "check", json!({ "max_wait_s": 0 }));
                sent.fetch_add(1, Ordering::SeqCst);
            }
        });
        for (_, mishap) in MISHAPS {
            for file in &files {
                for _ in 0..3 {
                    let before = sent.load(Ordering::SeqCst);
                    mishap(file);
                    // It goes on with each of them.
                    while sent.load(Ordering::SeqCst) < before + 2 {
                        std::thread::yield_now();
                    }
                }
            }
        }
        stop.store(true, Ordering::SeqCst);
    });
    living.nothing_is_lost();
}

#[test]
fn what_is_acknowledged_after_the_main_file_met_something_is_there_or_it_is_refused() {
    for (name, mishap) in MISHAPS {
        let mut living = Living::new();
        living.let_in(5);
        mishap(&living.file(""));
        match name {
            "removed" | "moved away" => {
                // What was in it is gone with it.
                living.acknowledged.clear();
                living.let_in(5);
            }
            "copied over with itself" | "replaced by a copy" => living.let_in(5),
            "emptied" => living.refused("emptied"),
            _ => living.refused("damaged"),
        }
        if ["emptied", "cut", "overwritten"].contains(&name) {
            // As the message says.
            for end in ["", "-journal"] {
                let _ = std::fs::remove_file(living.file(end));
            }
            living.acknowledged.clear();
            living.let_in(5);
        }
        living.nothing_is_lost();
    }
}

#[test]
fn a_backup_that_is_put_back_in_any_way_is_used_from_then_on() {
    for by_renaming in [false, true] {
        let mut living = Living::new();
        living.let_in(5);
        let backup = living.backup();
        let kept = living.acknowledged.clone();
        living.let_in(5);
        for end in ENDS {
            let from = backup.join(format!("finaut.db{end}"));
            if !from.exists() {
                continue;
            }
            if by_renaming {
                std::fs::rename(from, living.file(end)).unwrap();
            } else {
                std::fs::copy(from, living.file(end)).unwrap();
            }
        }
        living.acknowledged = kept;
        living.let_in(5);
        living.nothing_is_lost();
    }
}

#[test]
fn a_folder_that_is_moved_away_is_refused_and_goes_on_when_it_is_back() {
    let mut living = Living::new();
    living.let_in(3);
    let folder = living.stage.folder.0.clone();
    let away = folder.with_extension("away");
    std::fs::rename(&folder, &away).unwrap();
    living.refused("does not exist");
    std::fs::rename(&away, &folder).unwrap();
    living.let_in(3);
    // A copy in its place, as of a move to another disk.
    std::fs::rename(&folder, &away).unwrap();
    std::fs::create_dir(&folder).unwrap();
    for entry in std::fs::read_dir(&away).unwrap().flatten() {
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    living.let_in(3);
    std::fs::remove_dir_all(&away).unwrap();
    living.nothing_is_lost();
}

#[test]
fn links_are_refused_as_soon_as_they_could_part_programs() {
    let stage = Stage::new(Sandbox::builder().users(5));
    let real = stage.folder.0.join("first");
    let other = stage.folder.0.join("second");
    let current = stage.folder.0.join("current");
    for folder in [&real, &other] {
        std::fs::create_dir(folder).unwrap();
    }
    let lead_to = |folder: &Path| {
        let fresh = stage.folder.0.join("fresh");
        std::os::unix::fs::symlink(folder, &fresh).unwrap();
        std::fs::rename(fresh, &current).unwrap();
    };
    lead_to(&real);
    let mut with_link = settings();
    with_link["state"] = json!(current.join("finaut.db"));
    let folder = stage.folder.0.clone();
    let mut living = Living::at(stage, with_link.clone());
    living.let_in(3);
    // The link leads elsewhere: other programs, started later, keep their state there.
    let fresh = folder.join("fresh");
    std::os::unix::fs::symlink(&other, &fresh).unwrap();
    std::fs::rename(&fresh, &current).unwrap();
    living.refused("leads to");
    std::os::unix::fs::symlink(&real, &fresh).unwrap();
    std::fs::rename(&fresh, &current).unwrap();
    living.let_in(3);
    // The file itself becomes a link.
    let file = real.join("finaut.db");
    std::fs::rename(&file, other.join("finaut.db")).unwrap();
    std::os::unix::fs::symlink(other.join("finaut.db"), &file).unwrap();
    living.refused("leads to");
    std::fs::remove_file(&file).unwrap();
    std::fs::rename(other.join("finaut.db"), &file).unwrap();
    living.let_in(3);
    // A second name for any of the two.
    for end in ["", "-quota"] {
        let file = PathBuf::from(format!("{}{end}", file.display()));
        std::fs::hard_link(&file, other.join("second name")).unwrap();
        if end.is_empty() {
            living.refused("hard links");
        } else {
            let error = call(&living.client, "check", json!({})).unwrap_err();
            assert!(error.message().contains("hard links"), "{error}");
        }
        std::fs::remove_file(other.join("second name")).unwrap();
        living.let_in(3);
        call(&living.client, "check", json!({})).unwrap();
    }
    let found = living.found(with_link);
    assert!(living.acknowledged.is_subset(&found), "{found:?}");
}

/// The same without a link in the configured path.
#[test]
fn a_file_that_becomes_a_symbolic_link_is_refused() {
    let mut living = Living::new();
    living.let_in(3);
    let (file, elsewhere) = (living.file(""), living.stage.folder.0.join("elsewhere"));
    std::fs::rename(&file, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    living.refused("symbolic link");
    std::fs::remove_file(&file).unwrap();
    std::fs::rename(&elsewhere, &file).unwrap();
    living.let_in(3);
    living.nothing_is_lost();
}

#[test]
fn mounts_over_the_files_and_the_folder_are_noticed_while_they_are_in_use() {
    const NAME: &str = "living::mounts_over_the_files_and_the_folder_are_noticed_while_they_are_in_use";
    with_own_mounts(NAME, || {
        let mut living = Living::new();
        living.let_in(3);
        let folder = living.stage.folder.0.clone();
        let elsewhere = folder.with_extension("elsewhere");
        std::fs::create_dir_all(&elsewhere).unwrap();
        let unmount = |path: &Path| {
            let done = std::process::Command::new("umount").arg("-l").arg(path).status().unwrap();
            assert!(done.success());
        };
        // Another file is mounted over one of the two, as by `docker -v f.db:/x/f.db`.
        for end in ["", "-quota"] {
            let (file, other) = (living.file(end), elsewhere.join("other"));
            std::fs::copy(&file, &other).unwrap();
            mount(&["--bind", other.to_str().unwrap(), file.to_str().unwrap()]);
            if end.is_empty() {
                living.refused("mount point");
            } else {
                let error = call(&living.client, "check", json!({})).unwrap_err();
                assert!(error.message().contains("mount point"), "{error}");
            }
            unmount(&file);
            living.let_in(3);
            call(&living.client, "check", json!({})).unwrap();
        }
        // The file itself is mounted over itself: it is the same one, but its journal is not on this mount.
        let file = living.file("");
        mount(&["--bind", file.to_str().unwrap(), file.to_str().unwrap()]);
        living.refused("mount point");
        unmount(&file);
        living.let_in(3);
        // The folder, under a second path, is the same state.
        mount(&["--bind", folder.to_str().unwrap(), elsewhere.to_str().unwrap()]);
        let mut there = settings();
        there["state"] = json!(elsewhere.join("finaut.db"));
        let there = living.stage.client(there);
        assert_eq!(call(&there, "inbox.list", json!({})).unwrap()["waiting"], living.acknowledged.len());
        living.let_in(3);
        assert_eq!(call(&there, "inbox.list", json!({})).unwrap()["waiting"], living.acknowledged.len());
        drop(there);
        unmount(&elsewhere);
        // The disk becomes read-only, and is mended.
        let path = folder.to_str().unwrap();
        mount(&["--bind", path, path]);
        mount(&["-o", "remount,bind,ro", path]);
        living.refused("read-only");
        mount(&["-o", "remount,bind,rw", path]);
        living.let_in(3);
        unmount(&folder);
        living.let_in(3);
        // Another disk in its place is another state; what was let in before is back with the first one.
        let kept = living.acknowledged.clone();
        mount(&["-t", "tmpfs", "none", path]);
        living.let_in(3);
        unmount(&folder);
        living.acknowledged = kept;
        living.let_in(3);
        living.nothing_is_lost();
        std::fs::remove_dir_all(&elsewhere).unwrap();
    });
}

#[test]
fn a_disk_that_fills_up_is_said_to_senders_and_nothing_is_lost() {
    const NAME: &str = "living::a_disk_that_fills_up_is_said_to_senders_and_nothing_is_lost";
    with_own_mounts(NAME, || {
        let stage = Stage::new(Sandbox::builder().users(5));
        let path = stage.folder.0.to_str().unwrap().to_owned();
        mount(&["-t", "tmpfs", "-o", "size=512k", "none", &path]);
        let mut living = Living::at(stage, settings());
        living.let_in(3);
        let filler = living.stage.folder.0.join("filler");
        let _ = std::fs::write(&filler, vec![0; 1 << 20]);
        let mut refused = 0;
        while refused < 3 {
            match living.post() {
                200 => {}
                503 => refused += 1,
                other => panic!("{other}"),
            }
        }
        living.refused("the disk is full");
        std::fs::remove_file(&filler).unwrap();
        living.let_in(3);
        living.nothing_is_lost();
        drop(living);
        let done = std::process::Command::new("umount").args(["-l", &path]).status().unwrap();
        assert!(done.success());
    });
}

#[test]
fn powers_that_are_taken_away_are_said_and_given_back_go_on() {
    const NAME: &str = "living::powers_that_are_taken_away_are_said_and_given_back_go_on";
    alone(NAME, || {
        // SAFETY: asks only.
        if unsafe { libc::getuid() } != 0 {
            return skip(NAME, "taking powers away needs root");
        }
        powers_are_taken_away();
    });
}

fn powers_are_taken_away() {
    use std::os::unix::fs::PermissionsExt;
    let stage = Stage::new(Sandbox::builder().users(5));
    let folder = stage.folder.0.clone();
    let allow = |path: &Path, mode: u32| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    allow(&folder, 0o777);
    // The child has its own receiver and asks the parent, by a file's being there, to change permissions.
    let told = as_nobody(|| {
        let mut living = Living::at(Stage { sandbox: stage.sandbox, folder: stage.folder }, settings());
        living.let_in(3);
        for (file, mode) in [("", 0o000), ("-journal", 0o000), ("-quota", 0o400), ("-quota-journal", 0o000)] {
            let file = living.file(file);
            allow(&file, mode);
            // What is open goes on; what has to be opened does not.
            living.post();
            if let Err(error) = Client::new(super::stage::read(&living.stage.config(settings()))) {
                assert!(error.code() == Code::State && error.message().contains("Permission denied"), "{error}");
            }
            allow(&file, 0o600);
            living.let_in(3);
        }
        living.nothing_is_lost();
        std::mem::forget(living);
        0
    });
    assert_eq!(told, 0);
}

#[test]
fn a_file_that_is_put_back_to_an_earlier_state_is_told_once() {
    let mut living = Living::new();
    living.let_in(3);
    let before = std::fs::read(living.file("")).unwrap();
    living.let_in(3);
    std::fs::write(living.file(""), before).unwrap();
    living.refused_once("earlier state");
    living.let_in(3);
    // Those who only read are told, too.
    let before = std::fs::read(living.file("")).unwrap();
    living.let_in(3);
    std::fs::write(living.file(""), before).unwrap();
    let error = call(&living.client, "inbox.list", json!({})).unwrap_err();
    assert!(error.code() == Code::State && error.message().contains("earlier state"), "{error}");
    call(&living.client, "inbox.list", json!({})).unwrap();
}
