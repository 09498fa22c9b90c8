//! Reading the API's lists under the lease, and what the store is to know of what they show.

use super::kind::Kind;
use super::lease::PollLease;
use super::objects::{key, number, prints};
use crate::client::{self, Call, Deadline, Listing, PageRef};
use crate::error::Error;
use crate::json::Json;
use crate::ledger;
use crate::store::inbox::Observation;

/// A part of a list: one page, or several that follow each other.
pub struct Page {
    /// The objects in the list's order.
    pub objects: Vec<Json>,
    /// The page that follows.
    pub next: Option<PageRef>,
    /// How many objects the whole list has, where the server says so.
    pub count: Option<u64>,
}

impl Page {
    fn of(listing: Listing) -> Page {
        let count = listing.count.view().filter(|_| listing.is_counted);
        Page { objects: listing.objects(), next: listing.next_page, count }
    }

    /// How many objects stand before the one with this number.
    pub fn place_of(&self, wanted: u64) -> Option<u64> {
        self.objects.iter().position(|object| number(object) == Some(wanted)).map(|place| place as u64)
    }

    /// The numbers of the objects that have one.
    pub fn numbers(&self) -> Vec<u64> {
        self.objects.iter().filter_map(number).collect()
    }
}

/// Reads one page, within the deadline of the lease's call.
pub fn read_page(lease: &PollLease, path: &str, filters: &[(String, String)], page: &PageRef) -> Result<Page, Error> {
    lease.keep()?;
    client::list(lease.call(), path, filters, Some(page)).map(Page::of)
}

/// Reads one page, whose slot may be waited for as long as the call may wait in all.
pub fn read_patiently(lease: &PollLease, path: &str, filters: &[(String, String)], page: &PageRef) -> Result<Page, Error> {
    lease.keep()?;
    let own = lease.call().child(Deadline::Own(lease.call().max_wait_s()));
    client::list(&own, path, filters, Some(page)).map(Page::of)
}

/// Lets the ledger take in the user statuses that the API showed.
pub fn feed(call: &Call, kind: Kind, objects: &[Json]) {
    if kind == Kind::Userstatus {
        ledger::feed(call, objects.iter().map(Json::all));
    }
}

/// An object that the API showed, by its path below the API root.
pub fn shown(call: &Call, path: &str, kind: Kind, object: Json) -> Observation {
    Observation {
        key: key(call, path),
        kind: kind.word().to_owned(),
        prints: prints(call, &object),
        object,
        verified: true,
        silent: false,
        fleeting: false,
        link: None,
    }
}

/// The same for an object of a list, whose path is made from its number. `None`: it has no number.
pub fn listed(call: &Call, kind: Kind, object: Json) -> Option<Observation> {
    let path = format!("{}{}/", kind.collection()?, number(&object)?);
    Some(shown(call, &path, kind, object))
}
