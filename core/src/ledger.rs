//! The ledger: everybody's latest status in each scheme, each as the server wrote it. It is read once from the list of latest statuses and
//! then kept from the end of the history, which only grows: one request on a quiet night. Setting a status is not known here.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::client::{self, Call, Deadline, Lease, Leased, Listing, PageRef, Wait};
use crate::error::{Code, Error};
use crate::items::Items;
use crate::json::{Json, JsonRef};
use crate::store::shelves::Change;
use crate::views::{self, Status};
use crate::wire::objects::path;
use crate::wire::protocol::page;

/// The shelves of the statuses, one document for each person, scheme and kind (a candidate's, a TL's). One of them is the ledger; while
/// it is read anew, the reading fills the other, so that a reading that is cut takes nothing away.
const SIDES: [&str; 2] = ["ledger", "ledger, the other"];
/// The shelf of the records whose day has not come, each under its number: the status before still holds.
const UPCOMING: &str = "ledger upcoming";
/// The shelf of the mark.
const MARKS: &str = "ledger mark";
const MARK: &str = "mark";

/// After so long, in seconds, all of it is read anew with slots that are left over: what the history does not tell would stay wrong.
const ANEW_S: f64 = 30.0 * DAY_S;
/// The same where records were missing.
const DAY_S: f64 = 86_400.0;
/// A reading of all of it that was not finished is gone on with if it is younger than this, in seconds.
const GO_ON_S: f64 = 7.0 * DAY_S;
/// The same where the caller wants it fresh.
const GO_ON_FRESH_S: f64 = 4.0 * 3600.0;
/// A reading that took longer than this, in seconds, is followed by a look at what came meanwhile.
const LONG_S: f64 = 900.0;
/// Where so many seconds passed between two pages, the list may well have shifted there.
const PAUSE_S: f64 = 60.0;
/// What is younger than this, in seconds, serves where a call does not need the very latest.
pub const YOUNG_S: f64 = 900.0;
/// Of a list from which records are missing, so many pages are read again, and one more for each ten that it has.
const PAGES_AGAIN: u64 = 2;

/// Everybody's latest statuses.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The records as the server wrote them, by the number of the person and the scheme; a TL's after the candidate's.
    pub records: Vec<Json>,
    /// As of when, in seconds since 1970.
    pub as_of: f64,
    /// How many records the history had then; `None` where the server does not count.
    pub history: Option<u64>,
    /// How many records may be missing, because the list shifted while it was read.
    pub missing: u64,
}

/// What is known of the ledger besides its records.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Mark {
    /// The ledger, where it was read to its end.
    whole: Option<Whole>,
    /// A reading of all of it that was not finished.
    reading: Option<Reading>,
}

/// A ledger that was read to its end.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Whole {
    side: Side,
    end: End,
    /// When all of it was read, in seconds since 1970.
    read: f64,
    /// As of when it is right.
    as_of: f64,
    /// How many pages that took.
    pages: u64,
    /// How many records were counted and not found.
    missing: u64,
}

/// A reading of all latest statuses, and how far it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Reading {
    side: Side,
    /// The history's end when it began.
    end: End,
    begun: f64,
    /// The page that comes next; `None` after the last.
    next: Option<PageRef>,
    /// How many pages were read.
    pages: u64,
    /// How many records the server counted last.
    counted: Option<u64>,
    /// When the last page was read, in seconds since 1970.
    at: f64,
    /// The pages after which time passed before the next one was read: there the list is most likely to have shifted.
    pauses: Vec<u64>,
    /// The pages to whose end records have moved, because the list became shorter.
    shrunk: Vec<u64>,
}

/// Which of the two shelves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Side {
    One,
    Other,
}

impl Side {
    fn shelf(self) -> &'static str {
        let [one, other] = SIDES;
        if self == Side::One { one } else { other }
    }

    fn opposite(self) -> Side {
        if self == Side::One { Side::Other } else { Side::One }
    }
}

/// The end of the history, as far as it is known.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct End {
    /// How many records it had.
    count: Option<u64>,
    /// The highest number in it, where it was seen.
    last: Option<u64>,
    order: Order,
}

/// In which order the history is listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Order {
    /// The oldest first, on pages that have numbers.
    Rises,
    /// The newest first.
    Falls,
    /// Neither, or its end cannot be asked for.
    #[default]
    Unknown,
}

/// The ledger, brought up to date. `fresh`: all of it is read anew. Calls of one account wait for each other, so that none reads what
/// another one reads. Errors: those of a listing; what was read until then is kept, and the next call goes on from there.
pub fn current(call: &Call, fresh: bool) -> Result<Ledger, Error> {
    let leased = Leased {
        name: "ledger".to_owned(),
        wait: Wait::Reading,
        busy: "Another call is reading everybody's statuses, in this process or in one that shares its state, and was not through in the \
               time that this call may wait."
            .to_owned(),
        lost: "The process stood still for so long that another call took over the reading of everybody's statuses. Call again.",
        writes: false,
    };
    let lease = Lease::take(call, leased)?;
    let call = &lease.kept_by(call);
    let mut mark = mark(call)?;
    if !fresh && let Some(known) = mark.whole.take() {
        mark.whole = keep_up(call, &lease, &known)?;
        match &mark.whole {
            Some(_) => put(call, &lease, &mark, &[])?,
            // The history does not say any more what it said; what it said of days to come does not count, either.
            None => {
                mark.reading = None;
                lease.keep(call.at())?;
                call.store().shelves().change(call.at(), &[known.side.shelf(), UPCOMING], &[put_mark(&mark)])?;
            }
        }
    }
    match &mark.whole {
        Some(whole) if !fresh => {
            let age_s = call.clock().wall() - whole.read;
            if age_s > ANEW_S || (whole.missing > 0 && age_s > DAY_S) || mark.reading.is_some() {
                read_all(call, &lease, &mut mark, &Wish { leaves_slots: true, ..Wish::default() })?;
            }
        }
        _ => read_all(call, &lease, &mut mark, &Wish { is_fresh: fresh, ..Wish::default() })?,
    }
    ledger(call, mark.whole.as_ref())?
        .ok_or_else(|| Error::new(Code::Internal, "The ledger was read and is not there. Please report this message."))
}

/// The ledger as it is kept, without a request; `None` where it was not read to its end yet. Errors: `state`.
pub fn known(call: &Call) -> Result<Option<Ledger>, Error> {
    ledger(call, mark(call)?.whole.as_ref())
}

/// How many records the history has, as far as it is known without a request, and whether the oldest come first; `None` where the order, or
/// their number, is not known. Errors: `state`.
pub fn end_of_history(call: &Call) -> Result<Option<(u64, bool)>, Error> {
    let end = mark(call)?.whole.map(|whole| whole.end);
    Ok(end.and_then(|end| match end.order {
        Order::Rises => Some((end.count?, true)),
        Order::Falls => Some((end.count?, false)),
        Order::Unknown => None,
    }))
}

/// True if the ledger was brought up to date at most so many seconds ago. Errors: `state`.
pub fn is_younger(call: &Call, age_s: f64) -> Result<bool, Error> {
    let whole = mark(call)?.whole;
    Ok(whole.is_some_and(|whole| (0.0..age_s).contains(&(call.clock().wall() - whole.as_of)) && whole.missing == 0))
}

/// The latest status of a candidate in a scheme, as it is kept, without a request; `None` where none is, or where the ledger was not
/// read yet. Errors: `state`.
pub fn status_of(call: &Call, user: u64, scheme: &str) -> Result<Option<Json>, Error> {
    let Some(whole) = mark(call)?.whole else { return Ok(None) };
    take_up_due(call, &whole)?;
    call.store().shelves().get(call.at(), whole.side.shelf(), &key(user, scheme, false))
}

/// Takes in records that another call was shown. What is older than what is known changes nothing. Does nothing before the ledger was
/// begun. What cannot be kept is forgotten without a word, as what was asked for went well; the history will tell it again.
pub fn feed<'j>(call: &Call, records: impl IntoIterator<Item = JsonRef<'j>>) {
    let records: Vec<Record> = records.into_iter().filter_map(Record::of).collect();
    if records.is_empty() {
        return;
    }
    let _ = mark(call).and_then(|mark| {
        let whole = mark.whole.map(|whole| whole.side);
        let sides = whole.into_iter().chain(mark.reading.map(|reading| reading.side));
        let changes: Vec<Change> = sides.flat_map(|side| changes(call, side, &records)).collect();
        if changes.is_empty() { Ok(()) } else { call.store().shelves().change(call.at(), &[], &changes) }
    });
}

fn mark(call: &Call) -> Result<Mark, Error> {
    let mark = call.store().shelves().get(call.at(), MARKS, MARK)?;
    // One that a newer version of the library wrote otherwise: the ledger is read anew.
    Ok(mark.and_then(|mark| mark.view()).unwrap_or_default())
}

fn put_mark(mark: &Mark) -> Change<'static> {
    Change::put(MARKS, MARK, Json::of(mark))
}

/// Keeps changes and the mark, if the lease still is ours.
fn put(call: &Call, lease: &Lease, mark: &Mark, changes: &[Change]) -> Result<(), Error> {
    lease.keep(call.at())?;
    let all: Vec<Change> = changes.iter().cloned().chain([put_mark(mark)]).collect();
    call.store().shelves().change(call.at(), &[], &all)
}

fn ledger(call: &Call, whole: Option<&Whole>) -> Result<Option<Ledger>, Error> {
    let Some(whole) = whole else { return Ok(None) };
    take_up_due(call, whole)?;
    let records = call.store().shelves().all(call.at(), whole.side.shelf())?;
    let key = |record: &Json| Record::of(record.all()).map(|record| (record.user, record.scheme, record.is_leaders));
    let mut keyed: Vec<_> = records.into_iter().map(|record| (key(&record), record)).collect();
    crate::sets::sort_by(&mut keyed, |(one, _), (other, _)| one.cmp(other));
    let records = keyed.into_iter().map(|(_, record)| record).collect();
    Ok(Some(Ledger { records, as_of: whole.as_of, history: whole.end.count, missing: whole.missing }))
}

/// What has to be known of a record.
struct Record<'a> {
    user: u64,
    scheme: String,
    is_leaders: bool,
    number: u64,
    day: Option<Date>,
    json: JsonRef<'a>,
}

impl<'a> Record<'a> {
    /// `None` for a record that does not say whose it is, in which scheme, or which one it is.
    fn of(json: JsonRef<'a>) -> Option<Record<'a>> {
        let status = Status::of(json);
        Some(Record {
            user: views::number(views::reference(status.user?))?,
            scheme: views::scheme_code(status.appname?)?.to_ascii_lowercase(),
            is_leaders: status.is_leaders(),
            number: status.id.and_then(views::number)?,
            day: status.day(),
            json,
        })
    }

    fn key(&self) -> String {
        key(self.user, &self.scheme, self.is_leaders)
    }

    /// Of two statuses the one from the later day is the latest, and of two from one day the one that was made later. What FinAut lists as
    /// the latest holds already, whatever its day.
    fn rank(&self, today: Date) -> i64 {
        let day = self.day.map_or(0, |day| {
            let day = day.min(today);
            (i64::from(day.year()) * 12 + i64::from(day.month())) * 31 + i64::from(day.day())
        });
        let number = i64::try_from(self.number).unwrap_or(i64::MAX).min(HIGHEST_NUMBER);
        day * (HIGHEST_NUMBER + 1) + number
    }
}

/// The highest number of a record that can be told from others: beyond, statuses of one day are all the same age.
const HIGHEST_NUMBER: i64 = (1 << 40) - 1;

fn key(user: u64, scheme: &str, is_leaders: bool) -> String {
    let kind = if is_leaders { " leader" } else { "" };
    format!("{user} {}{kind}", scheme.to_ascii_lowercase())
}

/// What records of the history change on this side: of several of one person the latest is kept, and those from days to come wait.
fn changes(call: &Call, side: Side, records: &[Record]) -> Vec<Change<'static>> {
    let today = call.clock().today();
    let (coming, here): (Vec<&Record>, Vec<&Record>) =
        records.iter().partition(|record| record.day.is_some_and(|day| day > today));
    let coming = coming.into_iter().map(|record| Change::put(UPCOMING, record.number.to_string(), record.json.to_json()));
    coming.chain(latest(side, here.into_iter(), today)).collect()
}

fn latest<'r, 'a: 'r>(side: Side, records: impl Iterator<Item = &'r Record<'a>>, today: Date) -> Vec<Change<'static>> {
    let mut best: BTreeMap<String, &Record> = BTreeMap::new();
    for record in records {
        let known = best.entry(record.key()).or_insert(record);
        if record.rank(today) > known.rank(today) {
            *known = record;
        }
    }
    let change =
        |(key, record): (String, &Record)| Change::put(side.shelf(), key, record.json.to_json()).ranked(record.rank(today));
    best.into_iter().map(change).collect()
}

/// Takes up the records whose day has come.
fn take_up_due(call: &Call, whole: &Whole) -> Result<(), Error> {
    let waiting = call.store().shelves().all(call.at(), UPCOMING)?;
    let today = call.clock().today();
    let records = waiting.iter().filter_map(|record| Record::of(record.all()));
    let due: Vec<Record> = records.filter(|record| record.day.is_none_or(|day| day <= today)).collect();
    if due.is_empty() {
        return Ok(());
    }
    let mut changes = latest(whole.side, due.iter(), today);
    changes.extend(due.iter().map(|record| Change::remove(UPCOMING, record.number.to_string())));
    call.store().shelves().change(call.at(), &[], &changes)
}

/// A page, whose slot may be waited for as long as the call may wait in all.
fn read(call: &Call, path: &str, page: &PageRef) -> Result<Listing, Error> {
    client::list(&call.child(Deadline::Own(call.max_wait_s())), path, &[], Some(page))
}

fn records(listing: &Listing) -> impl Iterator<Item = Record<'_>> {
    listing.results.iter().filter_map(Record::of)
}

fn numbers(listing: &Listing) -> Vec<u64> {
    listing.results.iter().filter_map(|record| Status::of(record).id.and_then(views::number)).collect()
}

fn count(listing: &Listing) -> Option<u64> {
    listing.count.view().filter(|_| listing.is_counted)
}

fn falls(numbers: &[u64]) -> bool {
    numbers.windows(2).all(|pair| matches!(pair, [a, b] if a > b))
}

fn rises(numbers: &[u64]) -> bool {
    numbers.windows(2).all(|pair| matches!(pair, [a, b] if a < b))
}

impl End {
    /// What the history's first page tells.
    fn of(first: &Listing) -> End {
        let shown = numbers(first);
        let is_all = first.next_page.is_none();
        let order = match &first.next_page {
            _ if shown.len() < 2 || shown.len() < first.results.len() => Order::Unknown,
            _ if falls(&shown) => Order::Falls,
            // Where pages have no numbers, the last one cannot be asked for.
            None | Some(PageRef::Number(_)) if rises(&shown) => Order::Rises,
            _ => Order::Unknown,
        };
        let last = if order == Order::Falls || is_all { shown.iter().max().copied() } else { None };
        End { count: count(first).or(is_all.then_some(shown.len() as u64)), last, order }
    }
}

/// Brings the ledger up to date from the history's growing end. `None` where the history does not go on from what is known: it became
/// shorter, known records are gone, or others came in between; where its order cannot be told and it has grown; and where reading
/// everybody's latest statuses anew costs less.
fn keep_up(call: &Call, lease: &Lease, whole: &Whole) -> Result<Option<Whole>, Error> {
    let begun = call.clock().wall();
    let end = &whole.end;
    let (asked, before) = match (end.order, end.count) {
        // The page that has the last known record, and whatever came after it.
        (Order::Rises, Some(count)) => (count.div_ceil(page::SIZE).max(1), count.saturating_sub(1) % page::SIZE),
        _ => (1, 0),
    };
    let first = match read(call, path::STATUS, &PageRef::Number(asked)) {
        Err(e) if e.code() == Code::NotFound => return Ok(None),
        other => other?,
    };
    let counted = count(&first);
    let is_shorter = matches!((counted, end.count), (Some(now), Some(known)) if now < known);
    let grown = counted.unwrap_or_default().saturating_sub(end.count.unwrap_or_default());
    if is_shorter || grown.div_ceil(page::SIZE) > whole.pages + 1 {
        return Ok(None);
    }
    let kept = |end: End| Ok(Some(Whole { end, as_of: begun, ..whole.clone() }));
    match end.order {
        Order::Unknown => {
            if counted.is_some() && counted == end.count {
                kept(end.clone())
            } else {
                Ok(None)
            }
        }
        Order::Rises => match rest_of_rising(call, first, asked, before, end)? {
            Some((pages, end)) => take_in(call, lease, whole, &pages).and_then(|()| kept(end)),
            None => Ok(None),
        },
        Order::Falls => match rest_of_falling(call, first, whole, end)? {
            Some((pages, end)) => take_in(call, lease, whole, &pages).and_then(|()| kept(end)),
            None => Ok(None),
        },
    }
}

fn take_in(call: &Call, lease: &Lease, whole: &Whole, pages: &[Listing]) -> Result<(), Error> {
    let records: Vec<Record> = pages.iter().flat_map(records).collect();
    let changes = changes(call, whole.side, &records);
    lease.keep(call.at())?;
    call.store().shelves().change(call.at(), &[], &changes)
}

/// The pages of a history that rises, from the one on which the last known record stands at the place `before`, and its new end.
fn rest_of_rising(
    call: &Call,
    first: Listing,
    asked: u64,
    before: u64,
    end: &End,
) -> Result<Option<(Vec<Listing>, End)>, Error> {
    let place = usize::try_from(before).unwrap_or(usize::MAX);
    let shown = numbers(&first);
    // Whoever stands there must be the one that stood there.
    if end.count.is_some_and(|count| count > 0)
        && (shown.len() <= place || end.last.is_some_and(|last| shown.get(place) != Some(&last)))
    {
        return Ok(None);
    }
    let (mut counted, mut next, mut pages, mut all) = (count(&first), first.next_page.clone(), vec![first], shown);
    while let Some(page) = next {
        let listing = read(call, path::STATUS, &page)?;
        all.extend(numbers(&listing));
        counted = count(&listing).or(counted);
        next = listing.next_page.clone();
        pages.push(listing);
    }
    let seen = (asked - 1) * page::SIZE + all.len() as u64;
    if !rises(&all) || counted != Some(seen) {
        return Ok(None);
    }
    let last = all.last().copied().or(end.last);
    Ok(Some((pages, End { count: counted, last, order: Order::Rises })))
}

/// The pages of a history that falls, down to the last known record, and its new end.
fn rest_of_falling(call: &Call, first: Listing, whole: &Whole, end: &End) -> Result<Option<(Vec<Listing>, End)>, Error> {
    let Some(last) = end.last else { return Ok(None) };
    let counted = count(&first);
    let (mut next, mut pages, mut all) = (first.next_page.clone(), vec![], Vec::new());
    let (mut listing, mut seen) = (first, HashSet::new());
    let found = loop {
        let shown = numbers(&listing);
        let place = shown.iter().position(|number| *number == last);
        // What came meanwhile moved the end of the page before to this one.
        all.extend(shown.into_iter().filter(|number| seen.insert(*number)));
        pages.push(listing);
        if place.is_some() {
            break all.iter().position(|number| *number == last);
        }
        match next.take().filter(|_| pages.len() as u64 <= whole.pages + 1) {
            Some(page) => listing = read(call, path::STATUS, &page)?,
            None => break None,
        }
        next.clone_from(&listing.next_page);
    };
    let Some(newer) = found else { return Ok(None) };
    // As many stand from the last known record on as stood there; else others have gone, or have come in between.
    let fits = match (counted, end.count) {
        (Some(now), Some(known)) => now.checked_sub(newer as u64) == Some(known),
        _ => true,
    };
    if !fits || !falls(&all) {
        return Ok(None);
    }
    let top = all.first().copied().or(end.last);
    Ok(Some((pages, End { count: counted.or(end.count), last: top, order: Order::Falls })))
}

/// How all of it is to be read.
#[derive(Debug, Default)]
struct Wish {
    /// With slots that are left over only: half of them stay. It is gone on with by the next call.
    leaves_slots: bool,
    /// What was read before is too old sooner.
    is_fresh: bool,
}

/// Reads all latest statuses, or goes on with a reading that was not finished.
fn read_all(call: &Call, lease: &Lease, mark: &mut Mark, wish: &Wish) -> Result<(), Error> {
    let now = call.clock().wall();
    let oldest = if wish.is_fresh { GO_ON_FRESH_S } else { GO_ON_S };
    let unfinished = mark.reading.take().filter(|reading| (0.0..oldest).contains(&(now - reading.begun)));
    let was_cut = unfinished.is_some();
    if wish.leaves_slots && !has_slots_left(call)? {
        mark.reading = unfinished;
        return Ok(());
    }
    let mut reading = match unfinished {
        Some(mut reading) => {
            reading.pauses.extend((reading.pages > 0).then_some(reading.pages));
            reading
        }
        None => {
            // What comes while the latest statuses are read is read from here on afterwards.
            let end = End::of(&read(call, path::STATUS, &PageRef::Number(1))?);
            let side = mark.whole.as_ref().map_or(Side::One, |whole| whole.side.opposite());
            let next = Some(PageRef::Number(1));
            let reading = Reading {
                side,
                end,
                begun: now,
                next,
                pages: 0,
                counted: None,
                at: now,
                pauses: Vec::new(),
                shrunk: Vec::new(),
            };
            mark.reading = Some(reading.clone());
            lease.keep(call.at())?;
            call.store().shelves().change(call.at(), &[side.shelf()], &[put_mark(mark)])?;
            reading
        }
    };
    let mut asked = HashSet::new();
    while let Some(page) = reading.next.clone() {
        if wish.leaves_slots && !has_slots_left(call)? {
            mark.reading = Some(reading);
            return Ok(());
        }
        if !asked.insert(page.clone()) {
            return Err(client::led_back(path::LATEST_STATUS));
        }
        let listing = match read(call, path::LATEST_STATUS, &page) {
            // The list became shorter meanwhile: there is nothing more.
            Err(e) if e.code() == Code::NotFound && reading.pages > 0 => Listing::of(Items::default()),
            other => other.map_err(|e| told(e, reading.pages, reading.counted))?,
        };
        let before = std::mem::replace(&mut reading.at, call.clock().wall());
        reading.pauses.extend((reading.pages > 0 && reading.at - before > PAUSE_S).then_some(reading.pages));
        if let (Some(known), Some(now)) = (reading.counted, count(&listing))
            && now < known
        {
            let pages = (known - now).div_ceil(page::SIZE).min(PAGES_AGAIN + reading.pages / 10);
            reading.shrunk.extend(reading.pages.saturating_sub(pages) + 1..=reading.pages);
        }
        reading.next.clone_from(&listing.next_page);
        reading.counted = count(&listing).or(reading.counted);
        reading.pages += 1;
        mark.reading = Some(reading.clone());
        keep_page(call, lease, mark, &reading, &listing)?;
    }
    let missing = look_for_missing(call, lease, mark, &reading)?;
    let Reading { side, end, begun, pages, .. } = reading;
    let mut whole = Whole { side, end, read: begun, as_of: begun, pages, missing };
    mark.reading = None;
    if was_cut || call.clock().wall() - begun > LONG_S {
        // Where the history does not go on from there, the next call reads anew.
        whole = keep_up(call, lease, &whole)?.unwrap_or(whole);
    }
    mark.whole = Some(whole);
    lease.keep(call.at())?;
    call.store().shelves().change(call.at(), &[side.opposite().shelf()], &[put_mark(mark)])
}

fn keep_page(call: &Call, lease: &Lease, mark: &Mark, reading: &Reading, listing: &Listing) -> Result<(), Error> {
    let shown: Vec<Record> = records(listing).collect();
    put(call, lease, mark, &latest(reading.side, shown.iter(), call.clock().today()))?;
    let read = listing.results.len() as u64;
    call.event(
        "page",
        &json!({ "path": path::LATEST_STATUS, "page": reading.pages, "read": (reading.pages - 1) * page::SIZE + read, "count": reading.counted }),
    )
}

/// Where fewer records were found than were counted, the list shifted while it was read: one that stood at the beginning of a page has
/// moved to the one before. The pages before pauses and the last ones are read again. Returns how many are still missing.
fn look_for_missing(call: &Call, lease: &Lease, mark: &Mark, reading: &Reading) -> Result<u64, Error> {
    let Some(mut counted) = reading.counted else { return Ok(0) };
    let missing = |counted: u64| -> Result<u64, Error> {
        let found = call.store().shelves().all(call.at(), reading.side.shelf())?.len() as u64;
        Ok(counted.saturating_sub(found))
    };
    let mut left = missing(counted)?;
    let all = counted.div_ceil(page::SIZE);
    let most = usize::try_from(PAGES_AGAIN + all / 10).unwrap_or(usize::MAX);
    let likely = || reading.shrunk.iter().rev().chain(reading.pauses.iter().rev()).copied();
    let last = (1..=all).rev().filter(|page| !likely().any(|likely| likely == *page));
    let mut again: Vec<u64> = Vec::new();
    for page in likely().chain(last) {
        if !again.contains(&page) && again.len() < most.max(reading.shrunk.len()) {
            again.push(page);
        }
    }
    for again in again {
        if left == 0 && !reading.shrunk.contains(&again) {
            break;
        }
        let listing = match read(call, path::LATEST_STATUS, &PageRef::Number(again)) {
            Err(e) if e.code() == Code::NotFound => continue,
            other => other?,
        };
        counted = count(&listing).unwrap_or(counted);
        keep_page(call, lease, mark, reading, &listing)?;
        left = missing(counted)?;
    }
    Ok(left)
}

/// An error that says how far the reading is, where it can be gone on with.
pub fn told(error: Error, pages: u64, counted: Option<u64>) -> Error {
    if error.code() != Code::Throttled || pages == 0 {
        return error;
    }
    let of = counted.map(|counted| format!(" of about {}", counted.div_ceil(page::SIZE).max(1))).unwrap_or_default();
    let message = format!("{} {pages}{of} pages are read and kept; the next call goes on from there.", error.words());
    let code = error.code();
    error.with_code(code, message)
}

/// True if half of the slots are free.
fn has_slots_left(call: &Call) -> Result<bool, Error> {
    Ok(call.budget(0)?.free * 2 > call.config().rule.requests)
}
