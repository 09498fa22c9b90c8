//! Picking out of a list what the server has no filter for.

use crate::client::Listing;
use crate::json::Json;

/// Keeps of a list what fits. The count of a whole list is then how many fit; that of a page stays the server's.
pub fn keep(listing: &mut Listing, is_page: bool, fits: impl Fn(&Json) -> bool) {
    listing.results.retain(fits);
    if !is_page {
        listing.count = Json::of(&listing.results.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_stays_as_it_was_written() {
        let listing = Listing {
            count: Json::of(&300),
            is_counted: true,
            next_page: Some(3.into()),
            missing: 0,
            results: [r#"{"id": 1.0, "x": [ ]}"#, "2"].iter().filter_map(|text| Json::read(text.as_bytes()).ok()).collect(),
        };
        let kept = |is_page: bool| {
            let mut listing = listing.clone();
            keep(&mut listing, is_page, |json| json.as_str() != "2");
            listing.json().into_string()
        };
        assert_eq!(kept(true), r#"{"count":300,"next_page":3,"results":[{"id": 1.0, "x": [ ]}]}"#);
        assert_eq!(kept(false), r#"{"count":1,"next_page":3,"results":[{"id": 1.0, "x": [ ]}]}"#);
    }
}
