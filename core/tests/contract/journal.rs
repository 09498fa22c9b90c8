//! The journal: a line is there before its request goes, and says how that ended. And what is counted of each hour.

use finaut_core::json::Json;
use finaut_core::store::journal::{Closing, Opening, Wanted};
use finaut_core::store::pending::{Begun, Takeover};
use finaut_core::store::{Notes, Store};
use finaut_core::throttle::{Asked, Settlement, Tally};
use serde_json::json;

use super::place::{HOUR, Moved, Place, at, closing, ends, opening, slot};

const DAY_S: f64 = 86_400.0;

/// Mutant: `line-closed-twice`.
pub fn a_line_is_under_way_until_it_is_closed(place: &Place) {
    let store = place.open(json!({}));
    let journal = store.journal();
    for key in ["a", "b"] {
        journal.open(at(), &opening(key)).unwrap();
    }
    assert_eq!(ends(&*store, at()), ["under way", "under way"]);
    journal.close(at(), "a", &closing("done")).unwrap();
    journal.close(at(), "a", &closing("unknown")).unwrap();
    journal.close(at(), "nobody's", &closing("done")).unwrap();
    assert_eq!(ends(&*store, at()), ["under way", "done"]);
    // Opening another one takes over what was noted, and no more.
    journal.open(at(), &opening("c")).unwrap();
    journal.close(at(), "b", &closing("refused")).unwrap();
    assert_eq!(ends(&*place.open(json!({})), at()), ["under way", "refused", "done"]);
}

fn begun(store: &dyn Store, line: &str) -> i64 {
    match store.pending().begin(at(), "key", &Json::null(), &opening(line)).unwrap() {
        Begun::Ours(number) => number,
        Begun::Another(_) => panic!("another's"),
    }
}

/// Mutant: `creation-without-a-line`.
pub fn a_creations_line_goes_with_it(place: &Place) {
    let store = place.open(json!({}));
    let number = begun(&*store, "1");
    assert_eq!(ends(&*store, at()), ["under way"]);
    // One that finds another's opens none.
    assert!(matches!(store.pending().begin(at(), "key", &Json::null(), &opening("2")).unwrap(), Begun::Another(_)));
    assert!(store.pending().restart(at(), number, 0.0, None).unwrap());
    assert_eq!(ends(&*store, at()), ["under way"]);
    // Its call gave up without knowing; somebody else finds out.
    store.journal().close(at(), "1", &closing("unknown")).unwrap();
    assert_eq!(ends(&*store, at()), ["unknown"]);
    store.pending().end(at(), number, &closing("done")).unwrap();
    store.pending().end(at(), number, &closing("refused")).unwrap();
    assert_eq!(ends(&*store, at()), ["done"]);
}

/// Mutant: `takeover-without-a-line`.
pub fn a_creation_that_another_sends_again_has_two_lines(place: &Place) {
    let store = place.open(json!({}));
    let number = begun(&*store, "1");
    let takeover = Takeover { former: &closing("refused"), line: &opening("2") };
    assert!(!store.pending().restart(at(), number, 1000.0, Some(&takeover)).unwrap(), "it is young");
    assert_eq!(ends(&*store, at()), ["under way"]);
    assert!(store.pending().restart(at(), number, 0.0, Some(&takeover)).unwrap());
    assert_eq!(ends(&*store, at()), ["under way", "refused"]);
    store.pending().end(at(), number, &closing("done")).unwrap();
    assert_eq!(ends(&*store, at()), ["done", "refused"]);
}

/// Mutant: `settlement-leaves-the-line-open`.
pub fn a_settlement_closes_the_line(place: &Place) {
    let store = place.open(json!({}));
    store.journal().open(at(), &opening("a")).unwrap();
    let id = slot(&*store, at(), &HOUR);
    let notes = Notes { memos: &[], closed: Some(("a", &closing("done"))) };
    store.with_slots_and_notes(at(), notes, &mut |log, now| log.settle(id, Settlement::GivenBack, now, &HOUR)).unwrap();
    assert_eq!(ends(&*store, at()), ["done"]);
}

/// Mutant: `line-stays-closed`.
pub fn a_line_that_was_closed_and_goes_again_is_under_way(place: &Place) {
    let store = place.open(json!({}));
    let number = begun(&*store, "1");
    store.pending().end(at(), number, &closing("refused")).unwrap();
    assert_eq!(ends(&*store, at()), ["refused"]);
    let number = begun(&*store, "1");
    assert_eq!(ends(&*store, at()), ["under way"], "the same line");
    store.pending().end(at(), number, &closing("done")).unwrap();
    assert_eq!(ends(&*store, at()), ["done"]);
}

/// Mutant: `lines-of-any-job`.
pub fn lines_are_found_by_time_job_and_object(place: &Place) {
    let store = place.open(json!({}));
    let journal = store.journal();
    let now = at().clock.wall();
    let lines: [(&str, f64, Option<&str>, Option<u64>); 4] = [
        ("a", now - 3.0 * DAY_S, Some("night"), Some(7)),
        ("b", now - 2.0 * DAY_S, Some("day"), None),
        ("c", now - DAY_S, None, Some(7)),
        ("d", now, Some("night"), Some(8)),
    ];
    for (key, wall, job, subject) in lines {
        journal.open(at(), &Opening { wall, job: job.map(str::to_owned), subject, ..opening(key) }).unwrap();
    }
    // An object that is known by the answer only.
    journal.close(at(), "b", &Closing { subject: Some(9), ..closing("done") }).unwrap();
    let found = |wanted: Wanted| {
        let found = journal.lines(at(), &Wanted { most: 10, ..wanted }).unwrap();
        assert_eq!((found.count, found.more), (found.lines.len() as u64, false));
        found.lines.iter().map(|line| line.about.view::<String>().unwrap()).collect::<String>()
    };
    let all = Wanted::default;
    assert_eq!(found(all()), "dcba");
    assert_eq!(found(Wanted { job: Some("night".into()), ..all() }), "da");
    assert_eq!(found(Wanted { job: Some("nobody's".into()), ..all() }), "");
    assert_eq!(found(Wanted { subject: Some(7), ..all() }), "ca");
    assert_eq!(found(Wanted { subject: Some(9), ..all() }), "b");
    assert_eq!(found(Wanted { since: Some(now - 2.0 * DAY_S), until: Some(now), ..all() }), "cb");
    assert_eq!(found(Wanted { subject: Some(7), job: Some("night".into()), until: Some(now), ..all() }), "a");
    // Another account's are its own.
    assert!(ends(&*place.open(json!({ "client_id": "another" })), at()).is_empty());
}

/// Mutant: `pages-of-lines-overlap`.
pub fn lines_are_read_page_by_page_the_newest_first(place: &Place) {
    let store = place.open(json!({}));
    let journal = store.journal();
    for key in ["a", "b", "c", "d", "e"] {
        journal.open(at(), &opening(key)).unwrap();
    }
    let (mut said, mut before, mut pages) = (String::new(), None, 0);
    loop {
        let found = journal.lines(at(), &Wanted { before, most: 2, ..Wanted::default() }).unwrap();
        said.extend(found.lines.iter().map(|line| line.about.view::<String>().unwrap()));
        pages += 1;
        if pages == 1 {
            assert_eq!(found.count, 5);
            // What is added meanwhile stands before what was read.
            journal.open(at(), &opening("f")).unwrap();
        }
        before = found.lines.last().map(|line| line.number);
        if !found.more {
            break;
        }
    }
    assert_eq!((said.as_str(), pages), ("edcba", 3));
    let third = journal.lines(at(), &Wanted { skip: 4, most: 2, ..Wanted::default() }).unwrap();
    assert_eq!(third.lines.iter().map(|line| line.about.as_str()).collect::<Vec<_>>(), ["\"b\"", "\"a\""]);
}

/// Mutant: `old-lines-stay`.
pub fn lines_are_deleted_after_the_configured_days(place: &Place) {
    let clock = Moved::default();
    let days = |days: u64| json!({ "journal_days": days });
    let store = super::place::open(&place.config(days(10)), &clock);
    store.journal().open(clock.at(), &opening("a")).unwrap();
    let pass = |days: f64| {
        clock.calendar(days * DAY_S);
        clock.forward(days * DAY_S);
    };
    pass(9.0);
    store.journal().open(clock.at(), &Opening { wall: clock.at().clock.wall(), ..opening("b") }).unwrap();
    assert_eq!(ends(&*store, clock.at()).len(), 2);
    pass(2.0);
    assert_eq!(ends(&*store, clock.at()).len(), 1, "none is shown that is too old");
    store.journal().open(clock.at(), &Opening { wall: clock.at().clock.wall(), ..opening("c") }).unwrap();
    // It is gone, and not only hidden.
    let patient = super::place::open(&place.config(days(1000)), &clock);
    assert_eq!(ends(&*patient, clock.at()).len(), 2);
}

/// Mutant: `a-wrong-calendar-deletes`.
pub fn a_calendar_that_is_set_wrong_deletes_no_line(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    store.journal().open(clock.at(), &opening("a")).unwrap();
    clock.calendar(3650.0 * DAY_S);
    for key in ["b", "c"] {
        // Another client each time, as old lines are looked for once an hour.
        let store = place.open_at(&clock);
        store.journal().open(clock.at(), &Opening { wall: clock.at().clock.wall(), ..opening(key) }).unwrap();
    }
    assert_eq!(ends(&*store, clock.at()).len(), 2, "it is too old to be shown");
    clock.calendar(-3650.0 * DAY_S);
    assert_eq!(ends(&*store, clock.at()).len(), 3, "it is there again");
}

/// Mutant: `lines-of-the-killed-stay-open`.
pub fn a_line_survives_the_kill_of_its_process_and_says_so(place: &Place) {
    let store = place.open(json!({}));
    store.journal().open(at(), &opening("ours")).unwrap();
    for task in ["open a line and die", "begin a creation and die"] {
        place.process(task).wait().unwrap();
    }
    assert_eq!(ends(&*store, at()), ["unnoted", "unnoted", "under way"]);
    // The creation's is settled with the creation.
    let number = store.pending().open(at(), "key").unwrap().unwrap().number;
    store.pending().end(at(), number, &closing("done")).unwrap();
    assert_eq!(ends(&*store, at()), ["done", "unnoted", "under way"]);
}

/// Mutant: `outcome-not-kept`.
pub fn an_outcome_survives_the_kill_of_its_process(place: &Place) {
    place.process("close a line and die").wait().unwrap();
    let store = place.open(json!({}));
    assert_eq!(ends(&*store, at()), ["done"]);
    store.journal().open(at(), &opening("another")).unwrap();
    store.journal().close(at(), "another", &closing("refused")).unwrap();
    assert_eq!(ends(&*store, at()), ["refused", "done"]);
}

/// Mutant: `hours-not-counted`.
pub fn each_hour_is_counted_for_two_days(place: &Place) {
    let clock = Moved::default();
    let store = place.open_at(&clock);
    let settled = |settlement: Settlement| {
        let id = slot(&*store, clock.at(), &HOUR);
        store.with_slots(clock.at(), &mut |log, now| log.settle(id, settlement, now, &HOUR)).unwrap();
    };
    let tallies = || store.hours(clock.at()).unwrap().iter().map(|hour| hour.tally).collect::<Vec<_>>();
    assert_eq!(tallies(), []);
    // So that none of what follows falls into two hours.
    clock.calendar(3600.0 - clock.at().clock.wall().rem_euclid(3600.0) + 60.0);
    settled(Settlement::Counted { age_s: 0.0 });
    settled(Settlement::Unknown);
    settled(Settlement::GivenBack);
    let first = Tally { requests: 2, ..Tally::default() };
    assert_eq!(tallies(), [first]);
    clock.calendar(3600.0);
    settled(Settlement::Counted { age_s: 0.0 });
    store.with_slots(clock.at(), &mut |log, _| log.count_retry()).unwrap();
    settled(Settlement::Refused { age_s: 0.0, asked: Asked::Seconds(5.0) });
    assert!(matches!(super::place::take(&*store, clock.at(), &HOUR), finaut_core::throttle::Taken::Wait { .. }));
    let second = Tally { requests: 2, retries: 1, waits: 1, refused: 1 };
    assert_eq!(tallies(), [first, second]);
    let starts: Vec<_> = place.open_at(&clock).hours(clock.at()).unwrap().iter().map(|hour| hour.start).collect();
    assert!(starts.iter().all(|start| start.rem_euclid(3600.0) == 0.0) && starts[1] - starts[0] == 3600.0, "{starts:?}");
    // Two days later only the last of them is left.
    clock.calendar(46.0 * 3600.0);
    assert_eq!(tallies(), [first, second]);
    clock.calendar(3600.0);
    assert_eq!(tallies(), [second]);
    clock.forward(1000.0);
    settled(Settlement::Counted { age_s: 0.0 });
    assert_eq!(tallies(), [second, Tally { requests: 1, ..Tally::default() }]);
}
