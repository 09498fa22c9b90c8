//! What a call costs of the two files, counted and not timed: how many units of work each sees, how many of them change it, by the
//! counter in its header, and how often the disk is waited for.
#![cfg(target_os = "linux")]

use std::cell::Cell;
use std::ffi::CStr;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Once;

use finaut_core::client::Client;
use finaut_core::config::Limits;
use finaut_core::json::Json;
use finaut_core::store::inbox::{Arrival, Link, Observation, Prints};
use finaut_core::store::journal::{Closing, Wanted};
use finaut_core::store::{At, Memo, Notes};
use finaut_sandbox::Sandbox;
use serde_json::{Value, json};

use super::stage::{Stage, call, quota_of};

thread_local! {
    /// How often this thread waited for the disk.
    static SYNCS: Cell<usize> = const { Cell::new(0) };
    /// How many units of work on each kind of file this thread has begun: main files, quota files.
    static UNITS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// Counts units of work: at the beginning of each, SQLite looks whether the file has a write-ahead log.
fn count_units() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: SQLite's own structure of static lifetime; "stat" has this type (os_unix.c, aSyscall).
        unsafe {
            let vfs = rusqlite::ffi::sqlite3_vfs_find(std::ptr::null());
            let set = (*vfs).xSetSystemCall.unwrap();
            let call = std::mem::transmute::<Stat, unsafe extern "C" fn()>(counting_stat);
            assert_eq!(set(vfs, c"stat".as_ptr(), Some(call)), rusqlite::ffi::SQLITE_OK);
        }
    });
}

type Stat = unsafe extern "C" fn(*const libc::c_char, *mut libc::stat) -> libc::c_int;

unsafe extern "C" fn counting_stat(path: *const libc::c_char, known: *mut libc::stat) -> libc::c_int {
    // SAFETY: SQLite gives a text that ends with a zero byte, and a structure to be filled.
    let (name, done) = unsafe { (CStr::from_ptr(path), libc::stat(path, known)) };
    let (main, quota) = UNITS.get();
    if name.to_bytes().ends_with(b"-quota-wal") {
        UNITS.set((main, quota + 1));
    } else if name.to_bytes().ends_with(b"-wal") {
        UNITS.set((main + 1, quota));
    }
    done
}

/// SQLite's call in this program: the linker takes a program's own function before the system's.
#[unsafe(no_mangle)]
extern "C" fn fdatasync(descriptor: libc::c_int) -> libc::c_int {
    SYNCS.set(SYNCS.get() + 1);
    // SAFETY: as the system's own function does.
    unsafe { libc::syscall(libc::SYS_fdatasync, descriptor) as libc::c_int }
}

/// As above.
#[unsafe(no_mangle)]
extern "C" fn fsync(descriptor: libc::c_int) -> libc::c_int {
    SYNCS.set(SYNCS.get() + 1);
    // SAFETY: as above.
    unsafe { libc::syscall(libc::SYS_fsync, descriptor) as libc::c_int }
}

/// What was done so far: changes of the main file, changes of the quota file, waits of this thread for the disk, and looks at the two
/// files, which are units of work that changed nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Done {
    main: u32,
    quota: u32,
    syncs: usize,
    looks: usize,
}

impl Done {
    fn at(stage: &Stage) -> Done {
        let file = stage.folder.file();
        let (main, quota) = UNITS.get();
        Done { main: changes_of(&file), quota: changes_of(&quota_of(&file)), syncs: SYNCS.get(), looks: main + quota }
    }
}

/// "File change counter", a big-endian number at offset 24 (sqlite.org/fileformat2.html): each transaction that changed something adds one.
fn changes_of(file: &Path) -> u32 {
    let mut header = [0; 28];
    File::open(file).unwrap().read_exact(&mut header).unwrap();
    u32::from_be_bytes([header[24], header[25], header[26], header[27]])
}

/// What `work` does of it.
fn cost(stage: &Stage, work: impl FnOnce()) -> Done {
    count_units();
    let before = Done::at(stage);
    work();
    let now = Done::at(stage);
    let (main, quota) = (now.main - before.main, now.quota - before.quota);
    let looks = now.looks - before.looks - (main + quota) as usize;
    Done { main, quota, syncs: now.syncs - before.syncs, looks }
}

/// One unit of work before a request and one after it, of what a power cut may take.
const ONE_REQUEST: Done = Done { main: 0, quota: 2, syncs: 0, looks: 0 };
const NOTHING: Done = Done { main: 0, quota: 0, syncs: 0, looks: 0 };

impl Done {
    /// The same, and so many looks.
    fn and_looks(self, looks: usize) -> Done {
        Done { looks, ..self }
    }
}

/// A change's line of the journal is on the disk before it is sent, after a look for outcomes to take over; its own outcome goes with the
/// slot's settlement.
#[track_caller]
fn assert_is_one_change(done: Done) {
    assert_eq!((done.main, done.quota, done.looks), (1, 2, 2));
    assert!(done.syncs > 0, "it is on the disk before it is sent");
}

fn of_requests(requests: u32) -> Done {
    Done { quota: requests * ONE_REQUEST.quota, ..ONE_REQUEST }
}

/// A client that has its token.
fn warm(stage: &Stage) -> Client {
    let client = stage.client(json!({}));
    call(&client, "check", json!({})).unwrap();
    client
}

fn stage() -> Stage {
    Stage::new(Sandbox::builder().users(5))
}

#[test]
fn a_request_costs_one_change_before_it_and_one_after_it() {
    let stage = stage();
    let client = warm(&stage);
    let person = stage.sandbox.people()[0].clone();
    let persnr = || json!({ "persnr": person.persnr });
    let cost_of = |operation: &str, args: Value| {
        cost(&stage, || _ = call(&client, operation, args).unwrap_or_else(|e| panic!("{operation}: {}", e.json())))
    };
    assert_eq!(cost_of("check", json!({})), ONE_REQUEST.and_looks(1), "it tells how long the token lives");
    for round in 0..2 {
        assert_eq!(cost_of("users.get", persnr()), ONE_REQUEST, "{round}: what is learnt goes with the settlement");
        assert_eq!(cost_of("users.get", json!({ "id": person.id })), ONE_REQUEST, "{round}");
        let changes = json!({ "persnr": person.persnr, "changes": { "first_name": format!("A{round}") } });
        assert_is_one_change(cost_of("users.update", changes));
    }
    assert_eq!(cost_of("companies.get", json!({ "id": person.company_id })), ONE_REQUEST.and_looks(1));
    assert_eq!(cost_of("companies.get", json!({ "id": person.company_id })), NOTHING.and_looks(1), "it is remembered");
    assert_eq!(cost_of("budget", json!({ "requests": 500 })), NOTHING.and_looks(1));
    // The list itself is remembered once it is whole.
    let listed = cost_of("schemes.list", json!({}));
    assert_eq!(listed, Done { quota: 3, looks: 1, ..ONE_REQUEST });
    assert_eq!(cost_of("schemes.list", json!({ "fresh": true })), ONE_REQUEST.and_looks(1), "it is as it was");
}

#[test]
fn everybody_in_a_list_is_remembered_at_once() {
    let stage = Stage::new(Sandbox::builder().users(30));
    let client = warm(&stage);
    let people = stage.sandbox.people();
    for person in &people {
        call(&client, "users.update", json!({ "id": person.id, "changes": { "employee_alias": "E-1" } })).unwrap();
    }
    let users = cost(&stage, || {
        let listed = call(&client, "users.list", json!({ "employee_alias": "E-1" })).unwrap();
        assert_eq!(listed["count"], people.len());
    });
    let requests = users.quota / ONE_REQUEST.quota;
    assert_eq!(users, of_requests(requests));
    assert!(requests < 3, "{requests} pages of {} people", people.len());
    let before = stage.sandbox.requests().len();
    for person in &people[..5] {
        call(&client, "users.update", json!({ "persnr": person.persnr, "changes": { "first_name": "A" } })).unwrap();
    }
    assert_eq!(stage.sandbox.requests().len() - before, 5, "they are known");
}

/// Each of the two files is looked at once to see whose it is, and once for what is in it.
const OPENING: usize = 4;

#[test]
fn a_short_process_waits_for_no_disk_and_changes_nothing_by_opening() {
    let stage = stage();
    drop(warm(&stage));
    let person = stage.sandbox.people()[0].clone();
    let opened = cost(&stage, || drop(stage.client(json!({}))));
    assert_eq!(opened, NOTHING.and_looks(OPENING));
    let three = cost(&stage, || {
        let client = stage.client(json!({}));
        for (operation, args) in [
            ("check", json!({})),
            ("users.get", json!({ "persnr": person.persnr })),
            ("departments.get", json!({ "id": person.department_id })),
        ] {
            call(&client, operation, args).unwrap();
        }
    });
    assert_eq!(three, of_requests(3).and_looks(OPENING + 2), "check looks at the token, and a department may be remembered");
}

/// The fetch is a request, too: who fetches is written down before it, the token after it.
#[test]
fn a_token_costs_two_changes() {
    let stage = stage();
    let client = stage.client(json!({}));
    assert_eq!(cost(&stage, || _ = call(&client, "check", json!({})).unwrap()), of_requests(2).and_looks(1));
    stage.sandbox.revoke_tokens();
    // The refused request's slot is taken and given back, and its token dropped; the tokens are looked up, for no word of the refusal
    // may show one.
    let renewed = cost(&stage, || _ = call(&client, "check", json!({})).unwrap());
    assert_eq!(renewed, Done { quota: 3 * ONE_REQUEST.quota + 1, looks: 2, ..ONE_REQUEST });
}

#[test]
fn a_creation_changes_each_file_once_before_it_is_sent_and_once_after() {
    let stage = stage();
    let client = warm(&stage);
    let person = stage.sandbox.people()[0].clone();
    let newcomer = json!({
        "persnr": stage.sandbox.unused_persnr(1), "first_name": "Åse", "last_name": "Prøve", "company": person.company_id,
        "department": person.department_id, "schemes": ["afr"],
    });
    let created = cost(&stage, || _ = call(&client, "users.create_candidate", newcomer.clone()).unwrap());
    assert_eq!((created.main, created.quota, created.looks), (2, 2, 1), "the look is for the codes of schemes");
    assert!(created.syncs > 0, "it is on the disk before it is sent");
    let change = json!({ "persnr": newcomer["persnr"], "changes": { "first_name": "Åsa" } });
    assert_is_one_change(cost(&stage, || _ = call(&client, "users.update", change).unwrap()));
}

#[test]
fn what_changes_nothing_writes_nothing() {
    let stage = stage();
    let client = warm(&stage);
    let at = || At { clock: &*client.clock, patience_s: 60.0 };
    let store = &*client.store;
    let memo = |value: u32| Memo::new("key", Json::of(&value)).unless_younger_than(1000.0);
    store.remember(at(), &[memo(1)]).unwrap();
    assert!(store.take_lease(at(), "name", "holder", 1000.0).unwrap());
    let inbox = store.inbox().unwrap();
    let noted = || inbox.with_note(at(), "note", &mut |note, _| *note = Json::of(&"noted")).unwrap();
    let link = Link { key: "host's id".to_owned(), encrypted_user_id: "encrypted".to_owned(), may_replace: true };
    let observation = Observation {
        key: "object".to_owned(),
        kind: "result".to_owned(),
        object: Json::of(&"as it is"),
        prints: Prints::from([("field".to_owned(), "as it is".to_owned())]),
        verified: true,
        silent: false,
        fleeting: false,
        link: Some(link),
    };
    let arrived = || {
        let arrival = Arrival { observations: vec![observation.clone()], ..Arrival::default() };
        inbox.arrive(at(), &[arrival], Limits { most: 1000, keep_s: 86_400.0 }).unwrap();
    };
    noted();
    arrived();
    let nothing_said = || Closing { subject: None, about: Json::null() };
    let nothing: [(&str, &dyn Fn()); 15] = [
        ("slots", &|| store.with_slots(at(), &mut |_, _| {}).unwrap()),
        ("slots and token", &|| store.with_slots_and_token(at(), &mut |_, _, _| {}).unwrap()),
        ("slots and memos", &|| {
            store.with_slots_and_notes(at(), Notes { memos: &[memo(1)], closed: None }, &mut |_, _| {}).unwrap();
        }),
        ("token", &|| store.with_token(at(), &mut |_, _| {}).unwrap()),
        ("remember", &|| store.remember(at(), &[memo(1), memo(1)]).unwrap()),
        ("forget", &|| store.forget(at(), "nothing").unwrap()),
        ("another's lease", &|| assert!(!store.take_lease(at(), "name", "another", 1.0).unwrap())),
        ("no lease", &|| assert!(!store.keep_lease(at(), "nothing", "holder", 1.0).unwrap())),
        ("no lease's end", &|| store.end_lease(at(), "name", "another").unwrap()),
        ("no creation's end", &|| store.pending().end(at(), 12_345, &nothing_said()).unwrap()),
        ("hours that are read", &|| _ = store.hours(at()).unwrap()),
        ("a note that is read", &|| inbox.with_note(at(), "another", &mut |_, _| {}).unwrap()),
        ("a note as it was", &noted),
        ("what has arrived before", &arrived),
        ("no claim", &|| inbox.drop_claims(at(), &[12_345]).unwrap()),
    ];
    for (name, work) in nothing {
        assert_eq!(cost(&stage, work), NOTHING.and_looks(1), "{name}");
    }
    let lines = || _ = store.journal().lines(at(), &Wanted { most: 100, ..Wanted::default() }).unwrap();
    assert_eq!(cost(&stage, lines), NOTHING.and_looks(2), "into either file");
    let one = Done { quota: 1, ..NOTHING };
    assert_eq!(cost(&stage, || store.remember(at(), &[memo(2)]).unwrap()), one, "another value");
    assert_eq!(cost(&stage, || store.remember(at(), &[Memo::new("key", Json::of(&2))]).unwrap()), one, "its age counts");
    assert_eq!(cost(&stage, || store.forget(at(), "key").unwrap()), one.and_looks(1));
}

#[test]
fn roles_cost_one_change_for_the_lease_and_one_for_its_end_besides_their_requests() {
    let stage = stage();
    let client = warm(&stage);
    let person = stage.sandbox.people()[0].clone();
    let added = cost(&stage, || {
        // A scheme in which the person has no role yet.
        let role = ["afr_tl", "krd_tl", "pfn_tl"].into_iter().find(|role| !person.roles.iter().any(|has| has == role)).unwrap();
        _ = call(&client, "users.add_role", json!({ "id": person.id, "role": role })).unwrap();
    });
    assert_eq!(
        (added.main, added.quota, added.looks),
        (1, 2 * ONE_REQUEST.quota + 2, 2),
        "the line in the journal; a look for the codes of schemes, and one for outcomes"
    );
    // Who waited for the lease must find that the person was written meanwhile: what is read before would lose a role.
    let noted =
        client.store.remembered(At { clock: &*client.clock, patience_s: 60.0 }, &format!("roles of {}", person.id), 3600.0);
    assert!(noted.unwrap().is_some(), "the note goes with the settlement");
}
