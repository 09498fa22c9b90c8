//! Reading the API's lists under the lease, and what the store is to know of what they show.

use super::kind::Kind;
use super::lease::PollLease;
use super::objects::{key, number, prints};
use crate::client::{self, Call, Listing};
use crate::error::Error;
use crate::json::Json;
use crate::store::inbox::Observation;

/// A part of a list: one page, or several that follow each other.
pub struct Page {
    /// The objects in the list's order.
    pub objects: Vec<Json>,
    /// Whether another page follows.
    pub more: bool,
    /// How many objects the whole list has, where the server says so.
    pub count: Option<u64>,
}

impl Page {
    fn of(listing: Listing) -> Page {
        Page { more: listing.next_page.is_some(), count: listing.count.view(), objects: listing.results }
    }

    fn extend(&mut self, next: Page) {
        self.objects.extend(next.objects);
        (self.more, self.count) = (next.more, next.count);
    }

    /// How many objects stand before the one with this number.
    pub fn place_of(&self, wanted: u64) -> Option<u64> {
        self.objects.iter().position(|object| number(object) == Some(wanted)).map(|place| place as u64)
    }

    /// Whether the objects stand in the order of their numbers: falling, or else rising.
    pub fn is_ordered(&self, falling: bool) -> bool {
        let numbers: Vec<_> = self.objects.iter().filter_map(number).collect();
        numbers.len() == self.objects.len()
            && numbers.windows(2).all(|pair| matches!(pair, [a, b] if (a > b) == falling && a != b))
    }
}

/// Reads one page, counted from 1.
pub fn read_page(lease: &PollLease, path: &str, filters: &[(String, String)], page: u64) -> Result<Page, Error> {
    lease.keep()?;
    client::list(lease.call(), path, filters, Some(page)).map(Page::of)
}

/// Reads all pages from one on, counted from 1.
pub fn read_pages(lease: &PollLease, path: &str, filters: &[(String, String)], first: u64) -> Result<Page, Error> {
    // A whole list is read as any list is: one that changes meanwhile is read again.
    if first == 1 {
        lease.keep()?;
        return client::list(lease.call(), path, filters, None).map(Page::of);
    }
    let mut read = read_page(lease, path, filters, first)?;
    let mut page = first;
    while read.more {
        page += 1;
        read.extend(read_page(lease, path, filters, page)?);
    }
    Ok(read)
}

/// Reads pages from the first one on, as long as they fall and until the object with number `last` has come. `None`: the list does
/// not fall, or has no such object.
pub fn read_until(lease: &PollLease, path: &str, last: u64) -> Result<Option<(Page, u64)>, Error> {
    let mut read = read_page(lease, path, &[], 1)?;
    let mut page = 1;
    while read.is_ordered(true) {
        if let Some(place) = read.place_of(last) {
            return Ok(Some((read, place)));
        }
        if !read.more {
            break;
        }
        page += 1;
        read.extend(read_page(lease, path, &[], page)?);
    }
    Ok(None)
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
