//! Reads what FinAut has, as a plan needs it: people page by page, so that a killed reading goes on where it stopped; companies,
//! departments and schemes as they are remembered; statuses from the ledger.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::world::{Company, Department, Registered, Status, World};
use crate::client::{self, Call, Deadline, Listing, PageRef};
use crate::error::{Code, Error};
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
}

/// Reads everything. Errors: those of a listing; what was read until then is kept.
pub fn read(call: &Call) -> Result<Read, Error> {
    let before = u64::from(call.sent());
    let (pages, mark) = people(call)?;
    let mut world = places(call)?;
    for listing in &pages {
        for user in Listing::results_in(listing) {
            if let Some(known) = Registered::of(user) {
                // Who comes again on a later page may have changed meanwhile.
                world.people.insert(known.id, known);
            }
        }
    }
    world.counted = mark.count.filter(|count| *count != world.people.len() as u64);
    statuses(call, &mut world)?;
    Ok(Read { world, at: mark.begun, requests: u64::from(call.sent()) - before })
}

/// A world without people: companies, departments and schemes, as they are remembered for a day. Errors: those of a listing.
pub fn places(call: &Call) -> Result<World, Error> {
    // The pages before may have taken hours.
    let call = &call.child(Deadline::Own(call.max_wait_s()));
    let mut world = World::default();
    companies(call, &mut world)?;
    departments(call, &mut world)?;
    let schemes = organisation::schemes(call)?.read(call, None)?;
    world.schemes = Listing::results_in(&schemes)
        .into_iter()
        .filter_map(views::scheme_code)
        .filter_map(|code| Scheme::parse(&code))
        .collect();
    Ok(world)
}

/// How far the listing of people is: pages that were read, and how many there are, where that is known. `None` before the first.
pub fn progress(call: &Call) -> Result<Option<(u64, Option<u64>)>, Error> {
    let mark: Option<Mark> = call.store().shelves().get(call.at(), MARKS, MARK)?.and_then(|mark| mark.view());
    Ok(mark.map(|mark| (mark.pages, mark.count.map(|count| count.div_ceil(page::SIZE)))))
}

/// The pages of everybody: those that are kept, if they still serve, else read anew or gone on with.
fn people(call: &Call) -> Result<(Vec<Json>, Mark), Error> {
    let shelves = call.store().shelves();
    let now = call.clock().wall();
    let known: Option<Mark> = shelves.get(call.at(), MARKS, MARK)?.and_then(|mark| mark.view());
    let known = known.filter(|mark| (0.0..GO_ON_S).contains(&(now - mark.begun)));
    let mut mark = match known {
        Some(mark) if mark.next.is_some() => mark,
        Some(mark) if now - mark.begun < SERVES_S && !call.fresh() && ledger::has_grown(call)? == Some(false) => {
            return Ok((shelves.all(call.at(), PAGES)?, mark));
        }
        _ => Mark { begun: now, next: Some(PageRef::Number(1)), pages: 0, count: None },
    };
    while let Some(asked) = mark.next.clone() {
        let listing = match client::list(&call.child(Deadline::Own(call.max_wait_s())), path::USER, &[], Some(&asked)) {
            // Fewer people than before: there is nothing more.
            Err(e) if e.code() == Code::NotFound && mark.pages > 0 => Listing::of(crate::items::Items::default()),
            other => other?,
        };
        mark.count = listing.count.view().filter(|_| listing.is_counted).or(mark.count);
        mark.next.clone_from(&listing.next_page);
        let cleared: &[&str] = if mark.pages == 0 { &[PAGES] } else { &[] };
        mark.pages += 1;
        let changes =
            [Change::put(PAGES, mark.pages.to_string(), listing.into_json()), Change::put(MARKS, MARK, Json::of(&mark))];
        shelves.change(call.at(), cleared, &changes)?;
    }
    Ok((shelves.all(call.at(), PAGES)?, mark))
}

/// Forgets the listing: a run that has changed something reads anew.
pub fn forget(call: &Call) -> Result<(), Error> {
    call.store().shelves().change(call.at(), &[PAGES, MARKS], &[])
}

fn companies(call: &Call, world: &mut World) -> Result<(), Error> {
    let listed = organisation::companies(call, None)?.read(call, None)?;
    for company in Listing::results_in(&listed) {
        let [id, name] = company.members([field::ID, field::COMPANY_NAME]);
        if let Some(id) = id.and_then(views::number) {
            world.companies.insert(id, Company { name: text(name) });
        }
    }
    Ok(())
}

fn departments(call: &Call, world: &mut World) -> Result<(), Error> {
    let listed = organisation::departments(call, None, None)?.read(call, None)?;
    for department in Listing::results_in(&listed) {
        let [id, name, company] = department.members([field::ID, field::DEPARTMENT_NAME, field::COMPANY]);
        if let Some(id) = id.and_then(views::number) {
            let company = company.map(views::reference).and_then(views::number);
            world.departments.insert(id, Department { name: text(name), company, franchises: Vec::new() });
        }
    }
    Ok(())
}

fn statuses(call: &Call, world: &mut World) -> Result<(), Error> {
    let ledger = ledger::current(call, call.fresh())?;
    ledger.records.iter().for_each(|record| add_status(world, record.into()));
    Ok(())
}

/// Takes a status into the world, as the server shows it.
pub fn add_status(world: &mut World, record: JsonRef) {
    let status = views::Status::of(record);
    let user = status.user.map(views::reference).and_then(views::number);
    let scheme = status.appname.and_then(views::scheme_code).and_then(|code| Scheme::parse(&code.to_ascii_lowercase()));
    let word = status.status.and_then(JsonRef::text);
    if let (Some(user), Some(scheme), Some(word)) = (user, scheme, word) {
        let of_user: &mut BTreeMap<Scheme, Status> = world.statuses.entry(user).or_default();
        of_user.insert(scheme, Status { word: word.into_owned(), record: status.id.and_then(views::number) });
    }
}

fn text(member: Option<JsonRef>) -> String {
    member.and_then(JsonRef::text).map(std::borrow::Cow::into_owned).unwrap_or_default()
}
