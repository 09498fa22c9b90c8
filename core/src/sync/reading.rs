//! Reads what FinAut has, as a plan needs it: people page by page, so that a killed reading goes on where it stopped; companies,
//! departments and schemes as they are remembered; statuses from the ledger.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::world::{Company, Department, Registered, World};
use crate::client::{self, Call, Deadline, Lease, Leased, Listing, PageRef, Wait};
use crate::error::{Code, Error};
use crate::items::Items;
use crate::json::{Json, JsonRef};
use crate::ledger;
use crate::operations::codes::Scheme;
use crate::operations::{organisation, views};
use crate::store::shelves::Change;
use crate::wire::objects::{field, path};
use crate::wire::protocol::page;

/// The shelf of the pages of a listing of people, each under its place.
const PAGES: &str = "sync listing";
const MARKS: &str = "sync listing mark";
const MARK: &str = "mark";

/// A listing that was not finished is gone on with if it is younger than this, in seconds.
const GO_ON_S: f64 = 4.0 * 3600.0;
/// A listing that is younger than this, in seconds, serves as it is, if nothing has come to the history since: a plan and its apply list once.
const SERVES_S: f64 = 900.0;

/// What was read, and when.
#[derive(Debug)]
pub struct Read {
    /// What FinAut has.
    pub world: World,
    /// When its people were listed, in seconds since 1970.
    pub at: f64,
    /// How many requests it took.
    pub requests: u64,
}

/// How far a listing is.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Mark {
    /// When it began, in seconds since 1970.
    begun: f64,
    /// The page that comes next; `None` after the last.
    next: Option<PageRef>,
    /// How many pages are kept.
    pages: u64,
    /// How many people the server said that there are.
    count: Option<u64>,
    /// How many records the history of statuses had before.
    history: Option<u64>,
    /// A run that did not come to its end goes on with it: what that run wrote is in its pages.
    #[serde(default)]
    is_gone_on_with: bool,
}

/// Reads everything. Errors: those of a listing; what was read until then is kept.
pub fn read(call: &Call) -> Result<Read, Error> {
    let before = u64::from(call.sent());
    let mut world = places(call)?;
    // A listing that was not finished is gone on with first: if slots come one by one, each brings a page, not a look at the history.
    let before_listing = if is_begun(call)? { None } else { Some(ledger::current(call, call.fresh())?) };
    let at = listed(call, &mut world, before_listing.as_ref().and_then(|ledger| ledger.history))?;
    let ledger = before_listing.map_or_else(|| ledger::current(call, call.fresh()), Ok)?;
    ledger.records.iter().for_each(|record| world.take_status(record));
    Ok(Read { world, at, requests: u64::from(call.sent()) - before })
}

/// Reads everything but the statuses. Errors: as [`read`].
pub fn register(call: &Call) -> Result<Read, Error> {
    let before = u64::from(call.sent());
    let mut world = places(call)?;
    let at = listed(call, &mut world, None)?;
    Ok(Read { world, at, requests: u64::from(call.sent()) - before })
}

/// Puts everybody into the world, and tells when they were listed. `history`: how many records the history of statuses has now.
fn listed(call: &Call, world: &mut World, history: Option<u64>) -> Result<f64, Error> {
    let (pages, mark) = people(call, history)?;
    pages.iter().for_each(|listing| put_people(world, listing));
    world.counted = mark.count.filter(|count| *count != world.people.len() as u64);
    Ok(mark.begun)
}

/// A world without people: companies, departments and schemes, as they are remembered for a day. Errors: those of a listing.
pub fn places(call: &Call) -> Result<World, Error> {
    let mut world = World::default();
    companies(call, &mut world)?;
    departments(call, &mut world)?;
    let schemes = organisation::schemes(call)?.read(call, None)?;
    put_schemes(&mut world, &schemes);
    Ok(world)
}

/// True if there is a listing that was not finished and is gone on with.
fn is_begun(call: &Call) -> Result<bool, Error> {
    let known = kept_mark(call)?;
    let age_s = |mark: &Mark| call.clock().wall() - mark.begun;
    Ok(known.is_some_and(|mark| mark.next.is_some() && (0.0..GO_ON_S).contains(&age_s(&mark))))
}

/// How far the listing of people is: pages that were read, and how many there are, where that is known. `None` before the first.
pub fn progress(call: &Call) -> Result<Option<(u64, Option<u64>)>, Error> {
    let mark = kept_mark(call)?;
    Ok(mark.map(|mark| (mark.pages, mark.count.map(|count| count.div_ceil(page::SIZE)))))
}

/// The pages of everybody: those that are kept, if they still serve, else read anew or gone on with. `history`: how many records the
/// history of statuses has now. The union of the pages is what counts: nothing is read again, as whoever was missed because the list
/// shifted is found when something is to be done for them (SYNC.md section 4).
fn people(call: &Call, history: Option<u64>) -> Result<(Vec<Json>, Mark), Error> {
    let leased = Leased {
        name: "sync listing".to_owned(),
        wait: Wait::Reading,
        busy: "Another call is listing everybody, in this process or in one that shares its state, and was not through in the time that \
               this call may wait."
            .to_owned(),
        lost: "The process stood still for so long that another call took over the listing of everybody. Call again.",
        writes: false,
    };
    let lease = Lease::take(call, leased)?;
    let call = &lease.kept_by(call);
    let shelves = call.store().shelves();
    let now = call.clock().wall();
    let known = kept_mark(call)?;
    let is_younger = |mark: &Mark, age_s: f64| (0.0..age_s).contains(&(now - mark.begun));
    let serves = |mark: &Mark| is_younger(mark, SERVES_S) && !call.fresh() && mark.history.is_some() && mark.history == history;
    let mut mark = match known {
        Some(mark) if mark.next.is_some() && is_younger(&mark, GO_ON_S) => mark,
        Some(mark) if mark.next.is_none() && serves(&mark) => return pages(call, mark),
        Some(mark) if mark.is_gone_on_with && is_younger(&mark, GO_ON_S) && !call.fresh() => return pages(call, mark),
        _ => {
            // Everybody's data stays at rest no longer than it serves.
            lease.keep(call.at())?;
            forget(call)?;
            Mark { begun: now, next: Some(PageRef::Number(1)), pages: 0, count: None, history, is_gone_on_with: false }
        }
    };
    let mut seen = HashSet::new();
    while let Some(asked) = mark.next.clone() {
        if !seen.insert(asked.clone()) {
            return Err(client::led_back(path::USER));
        }
        let listing = match client::list(&call.child(Deadline::Own(call.max_wait_s())), path::USER, &[], Some(&asked)) {
            // Fewer people than before: there is nothing more.
            Err(e) if e.code() == Code::NotFound && mark.pages > 0 => Listing::of(Items::default()),
            other => other.map_err(|e| ledger::told(e, mark.pages, mark.count))?,
        };
        mark.count = listing.count.view().filter(|_| listing.is_counted).or(mark.count);
        mark.next.clone_from(&listing.next_page);
        mark.pages += 1;
        let event = json!({
            "path": path::USER, "page": mark.pages, "count": mark.count,
            "read": (mark.pages - 1) * page::SIZE + listing.results.len() as u64,
        });
        let changes =
            [Change::put(PAGES, mark.pages.to_string(), listing.into_json()), Change::put(MARKS, MARK, Json::of(&mark))];
        lease.keep(call.at())?;
        shelves.change(call.at(), &[], &changes)?;
        call.event("page", &event)?;
    }
    pages(call, mark)
}

/// The pages that are kept, in their order.
fn pages(call: &Call, mark: Mark) -> Result<(Vec<Json>, Mark), Error> {
    let shelves = call.store().shelves();
    let page = |number: u64| shelves.get(call.at(), PAGES, &number.to_string());
    let pages: Vec<Json> = (1..=mark.pages).filter_map(|number| page(number).transpose()).collect::<Result<_, _>>()?;
    Ok((pages, mark))
}

/// The listing is about to be no longer true: should this process be killed, it serves nobody. Errors: `state`.
pub fn outdate(call: &Call) -> Result<(), Error> {
    match kept_mark(call)? {
        Some(mark) if mark.history.is_some() || mark.is_gone_on_with => {
            let mark = Mark { history: None, is_gone_on_with: false, ..mark };
            call.store().shelves().change(call.at(), &[], &[Change::put(MARKS, MARK, Json::of(&mark))])
        }
        _ => Ok(()),
    }
}

/// Keeps the listing for the next call, which goes on with what this one began. `answers`: the people who were written, as the server showed
/// them afterwards; so many of them are new. Errors: `state`.
pub fn keep_for_the_next(call: &Call, answers: &[Json], new: u64) -> Result<(), Error> {
    let Some(mark) = kept_mark(call)?.filter(|mark| mark.next.is_none()) else { return Ok(()) };
    let page = Listing::of(answers.iter().map(JsonRef::from).collect()).into_json();
    let mark = Mark { is_gone_on_with: true, pages: mark.pages + 1, count: mark.count.map(|count| count + new), ..mark };
    let changes = [Change::put(PAGES, mark.pages.to_string(), page), Change::put(MARKS, MARK, Json::of(&mark))];
    call.store().shelves().change(call.at(), &[], &changes)
}

fn kept_mark(call: &Call) -> Result<Option<Mark>, Error> {
    Ok(call.store().shelves().get(call.at(), MARKS, MARK)?.and_then(|mark| mark.view()))
}

/// Forgets the listing: a run that has changed something reads anew.
pub fn forget(call: &Call) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[PAGES, MARKS], &[])
}

fn companies(call: &Call, world: &mut World) -> Result<(), Error> {
    put_companies(world, &organisation::companies(call, None)?.read(call, None)?);
    Ok(())
}

/// Puts the people of a page into the world. Whoever comes again on a later page may have changed meanwhile.
pub fn put_people(world: &mut World, listing: &Json) {
    for known in Listing::results_in(listing).into_iter().filter_map(Registered::of) {
        world.people.insert(known.id, known);
    }
}

/// Puts listed schemes into the world.
pub fn put_schemes(world: &mut World, listing: &Json) {
    let codes = Listing::results_in(listing).into_iter().filter_map(views::scheme_code);
    world.schemes = codes.filter_map(|code| Scheme::parse(&code)).collect();
}

/// Puts listed companies into the world.
pub fn put_companies(world: &mut World, listing: &Json) {
    for company in Listing::results_in(listing) {
        let [id, name] = company.members([field::ID, field::COMPANY_NAME]);
        if let Some(id) = id.and_then(views::number) {
            world.companies.insert(id, Company { name: text(name) });
        }
    }
}

fn departments(call: &Call, world: &mut World) -> Result<(), Error> {
    put_departments(world, &organisation::departments(call, None, None)?.read(call, None)?);
    Ok(())
}

/// Puts listed departments into the world.
pub fn put_departments(world: &mut World, listing: &Json) {
    for department in Listing::results_in(listing) {
        let [id, name, company] = department.members([field::ID, field::DEPARTMENT_NAME, field::COMPANY]);
        if let Some(id) = id.and_then(views::number) {
            let company = company.map(views::reference).and_then(views::number);
            world.departments.insert(id, Department { name: text(name), company, franchises: Vec::new() });
        }
    }
}

fn text(member: Option<JsonRef>) -> String {
    member.and_then(JsonRef::text).map(std::borrow::Cow::into_owned).unwrap_or_default()
}
