//! How an HR file is taken from the disk, in simulated time: one that still grows, is replaced, is cut, or is no file.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use finaut_core::client::{Call, Client, Options};
use finaut_core::clock::Clock;
use finaut_core::config::Config;
use finaut_core::error::{Code, Error};
use finaut_core::sync::taking::{Taken, hr_file, kept_file};
use serde_json::json;

/// What the clock said when it began, in seconds since 1970.
const BEGUN: f64 = 1_769_900_000.0;

/// A deed, and the time at which it is done.
type Deed = (f64, Box<dyn FnMut(f64) + Send>);

/// A clock that only goes when somebody sleeps, and that does things at their times.
#[derive(Default)]
struct Busy(Mutex<f64>, Mutex<Vec<Deed>>);

impl std::fmt::Debug for Busy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Busy")
    }
}

impl Clock for Busy {
    fn now(&self) -> f64 {
        *self.0.lock().unwrap()
    }
    fn wall(&self) -> f64 {
        BEGUN + self.now()
    }
    fn sleep(&self, seconds: f64) {
        let now = {
            let mut now = self.0.lock().unwrap();
            *now += seconds.max(1e-6);
            *now
        };
        let mut deeds = std::mem::take(&mut *self.1.lock().unwrap());
        for (_, deed) in deeds.iter_mut().filter(|(at, _)| *at <= now) {
            deed(now);
        }
        deeds.retain(|(at, _)| *at > now);
        self.1.lock().unwrap().append(&mut deeds);
    }
}

/// A folder, a client and its clock.
struct Desk {
    folder: PathBuf,
    clock: Arc<Busy>,
    client: Client,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Desk {
    fn new() -> Desk {
        static DESKS: AtomicUsize = AtomicUsize::new(0);
        let n = DESKS.fetch_add(1, Ordering::SeqCst);
        let folder = std::env::temp_dir().join(format!("finaut-taking-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let clock = Arc::new(Busy::default());
        let config =
            json!({ "host": "http://127.0.0.1:1", "client_id": format!("desk-{n}"), "client_secret": "sandbox-secret" });
        let config = Config::read(config.to_string().as_bytes(), &|_| None).unwrap();
        let store = Arc::new(finaut_core::store::memory::MemoryStore::alone().unwrap());
        let exchange = Arc::new(Nobody);
        Desk { folder, client: Client::over(exchange, config, store, clock.clone()), clock }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file that was changed at this time of the clock.
    fn write(&self, name: &str, text: &str, changed: f64) -> PathBuf {
        let path = self.at(name);
        write(&path, text, changed);
        path
    }

    fn take(&self, path: &Path, has_end: bool) -> Result<Taken, Error> {
        let call = Call::new(&self.client, "sync.plan", Options::of(&self.client.config));
        hr_file(&call, path, has_end)
    }

    fn text(&self, path: &Path) -> String {
        String::from_utf8(self.take(path, false).unwrap_or_else(|e| panic!("{e}")).bytes).unwrap()
    }

    fn says(&self, path: &Path) -> String {
        let e = self.take(path, false).expect_err("it cannot be taken");
        assert_eq!(e.code(), Code::Validation, "{e}");
        assert!(e.message().contains(&*path.file_name().unwrap().to_string_lossy()), "{e}");
        e.message().into_owned()
    }

    /// Does something at a time of the clock.
    fn at_time(&self, at: f64, deed: impl FnMut(f64) + Send + 'static) {
        self.clock.1.lock().unwrap().push((at, Box::new(deed)));
    }
}

#[derive(Debug)]
struct Nobody;

impl finaut_core::http::Exchange for Nobody {
    fn exchange(&self, _: &dyn Clock, _: &finaut_core::http::Outgoing) -> Result<finaut_core::http::Outcome, Error> {
        panic!("no request is sent for a file")
    }
}

fn write(path: &Path, text: &str, changed: f64) {
    std::fs::write(path, text).unwrap();
    let time = UNIX_EPOCH + Duration::from_secs_f64(BEGUN + changed);
    std::fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn a_file_that_stands_still_is_taken_at_once_and_a_young_one_after_ten_seconds() {
    let desk = Desk::new();
    assert_eq!((desk.text(&desk.write("old.csv", "a", -10.5)), desk.clock.now()), ("a".to_owned(), 0.0));
    assert_eq!(desk.text(&desk.write("young.csv", "b", -3.0)), "b");
    assert!((9.9..12.0).contains(&desk.clock.now()), "{}", desk.clock.now());
    let before = desk.clock.now();
    let taken = desk.take(&desk.write("end.csv", "c", before - 1.0), true).unwrap();
    assert_eq!(
        (taken.bytes.as_slice(), desk.clock.now()),
        (&b"c"[..], before),
        "what says itself that it is whole is not waited for"
    );
    assert!((taken.written - (BEGUN + before - 1.0)).abs() < 1e-3);
    let ahead = desk.write("ahead.csv", "d", before + 3600.0);
    assert_eq!(desk.text(&ahead), "d", "of a machine whose clock is ahead");
    assert!((9.9..12.0).contains(&(desk.clock.now() - before)), "{}", desk.clock.now());
}

#[test]
fn a_file_that_grows_is_waited_for_until_it_stands_still_and_for_a_minute_at_most() {
    let desk = Desk::new();
    let path = desk.write("hr.csv", "1;", 0.0);
    for n in 1..6 {
        let path = path.clone();
        desk.at_time(f64::from(n) * 7.0, move |now| write(&path, &"1;".repeat(n as usize + 1), now));
    }
    assert_eq!(desk.text(&path), "1;".repeat(6));
    assert!((44.0..48.0).contains(&desk.clock.now()), "{}", desk.clock.now());

    let desk = Desk::new();
    let path = desk.write("hr.csv", "1;", 0.0);
    for n in 1..20 {
        let path = path.clone();
        desk.at_time(f64::from(n) * 7.0, move |now| write(&path, &"1;".repeat(n as usize + 1), now));
    }
    let said = desk.says(&path);
    assert!(said.contains("is still being written after 60 s") && (59.9..63.0).contains(&desk.clock.now()), "{said}");
}

#[test]
fn the_same_length_at_another_time_is_another_file() {
    let desk = Desk::new();
    let path = desk.write("hr.csv", "old", -1.0);
    let new = path.clone();
    desk.at_time(8.0, move |now| write(&new, "new", now));
    assert_eq!(desk.text(&path), "new");
    assert!(desk.clock.now() > 17.9, "{}", desk.clock.now());
}

#[test]
fn a_file_that_is_removed_and_written_anew_is_waited_for() {
    let desk = Desk::new();
    let path = desk.write("hr.csv", "old", -1.0);
    let (gone, new) = (path.clone(), path.clone());
    desk.at_time(3.0, move |_| std::fs::remove_file(&gone).unwrap());
    desk.at_time(9.0, move |now| write(&new, "new", now));
    assert_eq!(desk.text(&path), "new");
    let gone = desk.write("gone.csv", "x", desk.clock.now());
    let removed = gone.clone();
    desk.at_time(desk.clock.now() + 2.0, move |_| std::fs::remove_file(&removed).unwrap());
    assert!(desk.says(&gone).contains("cannot be read"));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_and_never_waited_for() {
    let desk = Desk::new();
    let pipe = desk.at("pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let dangling = desk.at("dangling.csv");
    std::os::unix::fs::symlink(desk.at("nowhere"), &dangling).unwrap();
    let circle = desk.at("circle.csv");
    std::os::unix::fs::symlink(&circle, &circle).unwrap();
    std::fs::create_dir(desk.at("folder.csv")).unwrap();
    for (path, said) in [
        (pipe, "and no file"),
        (desk.at("folder.csv"), "and no file"),
        (PathBuf::from("/dev/null"), "and no file"),
        (dangling, "cannot be read"),
        (circle, "cannot be read"),
        (desk.at("missing.csv"), "cannot be read"),
    ] {
        let message = desk.says(&path);
        assert!(message.contains(said), "{message}");
    }
    // What was a file when it was looked at, and is a pipe when it is opened.
    let path = desk.write("hr.csv", "1;", 0.0);
    let pipe = path.clone();
    desk.at_time(5.0, move |_| {
        std::fs::remove_file(&pipe).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    });
    assert!(desk.says(&path).contains("cannot be read") || desk.says(&path).contains("no file"));
    assert!(kept_file("exceptions", &path).is_err());
}

#[cfg(unix)]
#[test]
fn a_file_without_rights_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let path = desk.write("hr.csv", "1;", -100.0);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Root may read whatever its rights are.
    if std::fs::File::open(&path).is_err() {
        assert!(desk.says(&path).contains("cannot be read"));
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_moves_is_followed_to_where_it_stays() {
    let desk = Desk::new();
    let (one, two) = (desk.write("one.csv", "one", -2.0), desk.write("two.csv", "second", -500.0));
    let link = desk.at("hr.csv");
    std::os::unix::fs::symlink(&one, &link).unwrap();
    let moved = link.clone();
    desk.at_time(4.0, move |_| {
        std::fs::remove_file(&moved).unwrap();
        std::os::unix::fs::symlink(&two, &moved).unwrap();
    });
    assert_eq!(desk.text(&link), "second");
}

#[test]
fn a_file_that_is_replaced_again_and_again_is_taken_whole() {
    let desk = Desk::new();
    let path = desk.at("hr.csv");
    let whole: Vec<String> = ["a", "b"].iter().map(|letter| letter.repeat(300_000)).collect();
    write(&path, &whole[0], -100.0);
    let is_over = Arc::new(AtomicBool::new(false));
    let (over, place, texts) = (is_over.clone(), path.clone(), whole.clone());
    let writer = std::thread::spawn(move || {
        let next = place.with_extension("next");
        while !over.load(Ordering::SeqCst) {
            for text in &texts {
                write(&next, text, -100.0);
                std::fs::rename(&next, &place).unwrap();
            }
        }
    });
    for _ in 0..50 {
        let taken = desk.take(&path, true).unwrap_or_else(|e| panic!("{e}"));
        assert!(whole.iter().any(|text| text.as_bytes() == taken.bytes), "{} bytes", taken.bytes.len());
    }
    is_over.store(true, Ordering::SeqCst);
    writer.join().unwrap();
}

#[test]
fn a_file_that_is_too_long_is_refused_before_it_is_read() {
    let desk = Desk::new();
    let path = desk.write("hr.csv", "1;", -100.0);
    // A hole takes no room.
    std::fs::File::options().append(true).open(&path).unwrap().set_len((256 << 20) + 1).unwrap();
    let said = desk.says(&path);
    assert!(said.contains("268435457 bytes, more than the 268435456"), "{said}");
}
