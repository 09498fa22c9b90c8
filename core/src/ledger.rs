//! The ledger: everybody's latest status in each scheme, each as the server wrote it. It is read once from the list of latest statuses and
//! then kept from the end of the history, which only grows: one request on a quiet night. Setting a status is not known here.

use serde::{Deserialize, Serialize};

use crate::client::{self, Call, Deadline, Listing, PageRef};
use crate::error::{Code, Error};
use crate::json::{Json, JsonRef};
use crate::store::shelves::Change;
use crate::views::{self, Status};
use crate::wire::objects::path;
use crate::wire::protocol::page;

/// The shelf of the statuses: one document for each person and scheme.
const STATUSES: &str = "ledger";
/// The shelf of the mark.
const MARKS: &str = "ledger mark";
const MARK: &str = "mark";

/// After so long, in seconds, all of it is read anew where there are slots left over: what the history does not tell would stay wrong.
const ANEW_S: f64 = 30.0 * 86_400.0;

/// Everybody's latest statuses.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The records, as the server wrote them.
    pub records: Vec<Json>,
    /// As of when, in seconds since 1970.
    pub as_of: f64,
}

/// How far the ledger is kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Mark {
    /// How many records the history had.
    count: u64,
    /// The highest number in it, where it was seen.
    last: Option<u64>,
    order: Order,
    /// When all of it was read, in seconds since 1970.
    read: f64,
    /// As of when it is right.
    as_of: f64,
    /// A reading of all of it that was not finished: the page that comes next.
    next: Option<PageRef>,
}

/// In which order the history is listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Order {
    /// The oldest first.
    Rises,
    /// The newest first.
    Falls,
    /// Neither, or it cannot be told.
    #[default]
    Unknown,
}

/// The ledger, brought up to date. `fresh`: all of it is read anew. Errors: those of a listing; what was read until then is kept, and the
/// next call goes on from there.
pub fn current(call: &Call, fresh: bool) -> Result<Ledger, Error> {
    let mut mark = mark(call)?;
    let is_whole = mark.as_ref().is_some_and(|mark| mark.next.is_none());
    let mut is_kept = false;
    if let Some(known) = mark.as_mut().filter(|_| is_whole && !fresh) {
        is_kept = keep_up(call, known)? && !(is_old(call, known) && has_slots_left(call, known)?);
    }
    if !is_kept {
        read_all(call, mark.filter(|mark| mark.next.is_some() && !fresh))?;
    }
    known(call)?.ok_or_else(|| Error::new(Code::Internal, "The ledger was read and is not there. Please report this message."))
}

/// The ledger as it is kept, without a request; `None` where it was not read yet.
pub fn known(call: &Call) -> Result<Option<Ledger>, Error> {
    let Some(mark) = mark(call)?.filter(|mark| mark.next.is_none()) else { return Ok(None) };
    let records = call.store().shelves().all(call.at(), STATUSES)?;
    Ok(Some(Ledger { records, as_of: mark.as_of }))
}

/// The latest status of somebody in a scheme, as it is kept, without a request.
pub fn status_of(call: &Call, user: u64, scheme: &str) -> Result<Option<Json>, Error> {
    if mark(call)?.is_none_or(|mark| mark.next.is_some()) {
        return Ok(None);
    }
    call.store().shelves().get(call.at(), STATUSES, &key(user, scheme))
}

/// Takes in records that another call was shown. What is older than what is known changes nothing. Does nothing before the ledger was
/// read once.
pub fn feed<'j>(call: &Call, records: impl Iterator<Item = JsonRef<'j>>) -> Result<(), Error> {
    let changes: Vec<Change> = records.filter_map(change).collect();
    if changes.is_empty() || mark(call)?.is_none() {
        return Ok(());
    }
    call.store().shelves().change(call.at(), &[], &changes)
}

/// Whether the history has more records than when the ledger was last brought up to date: one request. `None` where that cannot be told.
pub fn has_grown(call: &Call) -> Result<Option<bool>, Error> {
    let Some(mark) = mark(call)?.filter(|mark| mark.next.is_none()) else { return Ok(None) };
    let listing = read(call, path::STATUS, &PageRef::Number(1))?;
    Ok(count(&listing).map(|counted| counted != mark.count))
}

fn mark(call: &Call) -> Result<Option<Mark>, Error> {
    Ok(call.store().shelves().get(call.at(), MARKS, MARK)?.and_then(|mark| mark.view()))
}

fn key(user: u64, scheme: &str) -> String {
    format!("{user} {}", scheme.to_ascii_lowercase())
}

/// The document of a record; `None` where it does not say whose, in which scheme, or which record it is.
fn change(record: JsonRef) -> Option<Change<'static>> {
    let status = Status::of(record);
    let user = views::number(views::reference(status.user?))?;
    let scheme = views::scheme_code(status.appname?)?;
    let number = status.id.and_then(views::number)?;
    Some(Change::put(STATUSES, key(user, &scheme), record.to_json()).ranked(i64::try_from(number).ok()?))
}

fn put_mark(mark: &Mark) -> Change<'static> {
    Change::put(MARKS, MARK, Json::of(mark))
}

/// Keeps a page's records, and how far that is.
fn keep(call: &Call, cleared: &[&str], listing: &Listing, mark: &Mark) -> Result<(), Error> {
    let mut changes: Vec<Change> = listing.results.iter().filter_map(change).collect();
    changes.push(put_mark(mark));
    call.store().shelves().change(call.at(), cleared, &changes)
}

/// A page, whose slot may be waited for as long as the call may wait in all.
fn read(call: &Call, path: &str, page: &PageRef) -> Result<Listing, Error> {
    client::list(&call.child(Deadline::Own(call.max_wait_s())), path, &[], Some(page))
}

fn numbers(listing: &Listing) -> Vec<u64> {
    listing.results.iter().filter_map(|record| Status::of(record).id.and_then(views::number)).collect()
}

fn count(listing: &Listing) -> Option<u64> {
    listing.count.view().filter(|_| listing.is_counted)
}

fn order(numbers: &[u64]) -> Order {
    let all = |is: fn(u64, u64) -> bool| numbers.windows(2).all(|pair| matches!(pair, [a, b] if is(*a, *b)));
    match numbers.len() {
        0 | 1 => Order::Unknown,
        _ if all(|a, b| a < b) => Order::Rises,
        _ if all(|a, b| a > b) => Order::Falls,
        _ => Order::Unknown,
    }
}

/// Reads the history's growing end. False where it does not go on from what is known: records are gone, or the order cannot be told.
fn keep_up(call: &Call, mark: &mut Mark) -> Result<bool, Error> {
    let begun = call.clock().wall();
    let mut page = match mark.order {
        // The page that has the last known record, and whatever came after it.
        Order::Rises => Some(PageRef::Number(mark.count.div_ceil(page::SIZE).max(1))),
        Order::Falls | Order::Unknown => Some(PageRef::Number(1)),
    };
    let mut is_first = true;
    let mut pages: Vec<Listing> = Vec::new();
    let mut found = mark.last.is_none();
    let mut now_counted = mark.count;
    while let Some(asked) = page.take() {
        let listing = match read(call, path::STATUS, &asked) {
            Err(e) if e.code() == Code::NotFound => return Ok(false),
            other => other?,
        };
        if is_first {
            is_first = false;
            match count(&listing) {
                Some(counted) if counted < mark.count => return Ok(false),
                // Nothing came.
                Some(counted) if counted == mark.count && (mark.order == Order::Unknown || is_end_known(mark, &listing)) => {
                    mark.as_of = begun;
                    call.store().shelves().change(call.at(), &[], &[put_mark(mark)])?;
                    return Ok(true);
                }
                _ if mark.order == Order::Unknown => return Ok(false),
                Some(counted) => now_counted = counted,
                None => {}
            }
        }
        let shown = numbers(&listing);
        found |= mark.last.is_some_and(|last| shown.contains(&last));
        page = match mark.order {
            Order::Falls if found => None,
            _ => listing.next_page.clone(),
        };
        pages.push(listing);
    }
    if !found && mark.count > 0 {
        return Ok(false);
    }
    let top = pages.iter().flat_map(numbers_of).max();
    let known = Mark { count: now_counted, last: top.max(mark.last), as_of: begun, ..mark.clone() };
    let mut changes: Vec<Change> = pages.iter().flat_map(|listing| listing.results.iter().filter_map(change)).collect();
    changes.push(put_mark(&known));
    call.store().shelves().change(call.at(), &[], &changes)?;
    *mark = known;
    Ok(true)
}

fn numbers_of(listing: &Listing) -> Vec<u64> {
    numbers(listing)
}

/// True if the page shows the record that was the last one.
fn is_end_known(mark: &Mark, listing: &Listing) -> bool {
    mark.last.is_none_or(|last| numbers(listing).contains(&last))
}

/// Reads all latest statuses, or goes on with a reading that was not finished.
fn read_all(call: &Call, unfinished: Option<Mark>) -> Result<(), Error> {
    let (mut mark, mut is_new) = match unfinished {
        Some(mark) => (mark, false),
        None => {
            // What comes while the latest statuses are read is read from here on afterwards.
            let begun = call.clock().wall();
            let history = read(call, path::STATUS, &PageRef::Number(1))?;
            let (shown, order) = (numbers(&history), order(&numbers(&history)));
            let all_are_shown = history.next_page.is_none();
            let last = if order == Order::Falls || all_are_shown { shown.iter().max().copied() } else { None };
            let count = count(&history).unwrap_or(shown.len() as u64);
            (Mark { count, last, order, read: begun, as_of: begun, next: Some(PageRef::Number(1)) }, true)
        }
    };
    while let Some(asked) = mark.next.clone() {
        let listing = match read(call, path::LATEST_STATUS, &asked) {
            // The list became shorter meanwhile: there is nothing more.
            Err(e) if e.code() == Code::NotFound && asked != PageRef::Number(1) => Listing::of(crate::items::Items::default()),
            other => other?,
        };
        mark.next.clone_from(&listing.next_page);
        let cleared: &[&str] = if is_new { &[STATUSES] } else { &[] };
        keep(call, cleared, &listing, &mark)?;
        is_new = false;
    }
    Ok(())
}

fn is_old(call: &Call, mark: &Mark) -> bool {
    call.clock().wall() - mark.read > ANEW_S
}

/// True if reading all of it anew leaves half of the slots.
fn has_slots_left(call: &Call, mark: &Mark) -> Result<bool, Error> {
    let pages = usize::try_from(mark.count.div_ceil(page::SIZE)).unwrap_or(usize::MAX);
    let budget = call.budget(0)?;
    Ok(budget.free / 2 > pages)
}
