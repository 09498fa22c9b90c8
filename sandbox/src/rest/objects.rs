//! Objects as views give them out: one by its id, or a list of them, a hundred a page (DRF pagination.py).

use crate::ask::Ask;
use crate::reply::{Reply, View};
use crate::switches::Paging;
use data_encoding::BASE64;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const PAGE_SIZE: usize = 100;
/// What names a page in a query, in each way of linking.
const NAMES: [&str; 4] = ["page", "limit", "offset", "cursor"];

/// An object by the id in its path: DRF says two different things of an unknown number and of what is no number.
pub(crate) fn object<'a, T>(records: &'a BTreeMap<u64, T>, id: &str, model: &str) -> Result<&'a T, Reply> {
    let id: u64 = id.parse().map_err(|_| Reply::not_found())?;
    records.get(&id).ok_or_else(|| Reply::no_such(model))
}

/// The same for an account that may not see every one: what it does not see is not there (DRF's filtered querysets).
pub(crate) fn object_in_sight<'a, T>(
    records: &'a BTreeMap<u64, T>,
    id: &str,
    model: &str,
    seen: impl Fn(&T) -> bool,
) -> Result<&'a T, Reply> {
    object(records, id, model).and_then(|record| if seen(record) { Ok(record) } else { Err(Reply::no_such(model)) })
}

/// The page that the request asks for, each object of it shown by `show`.
pub(crate) fn page<T>(ask: &Ask, objects: &[T], show: impl Fn(&T) -> Value) -> View {
    let start = match ask.links.paging {
        Paging::PageNumber => {
            let pages = objects.len().div_ceil(PAGE_SIZE).max(1);
            let number = match ask.filter("page").as_deref() {
                None => 1,
                Some("last") => pages,
                Some(number) => number.parse().unwrap_or(0),
            };
            if number == 0 || number > pages {
                return Err(Reply::detail(404, "Invalid page."));
            }
            (number - 1) * PAGE_SIZE
        }
        Paging::Offset => ask.filter("offset").and_then(|offset| offset.parse().ok()).unwrap_or(0),
        Paging::Cursor => match ask.filter("cursor") {
            None => 0,
            Some(cursor) => start_of(&cursor).ok_or_else(|| Reply::detail(404, "Invalid cursor"))?,
        },
    };
    let shown: Vec<Value> = objects.iter().skip(start).take(PAGE_SIZE).map(show).collect();
    let next = (start + PAGE_SIZE < objects.len()).then(|| address(ask, start + PAGE_SIZE));
    let previous = (start > 0).then(|| address(ask, start.saturating_sub(PAGE_SIZE)));
    Ok(Reply::json(
        200,
        &match ask.links.paging {
            Paging::Cursor => json!({ "next": next, "previous": previous, "results": shown }),
            _ => json!({ "count": objects.len(), "next": next, "previous": previous, "results": shown }),
        },
    ))
}

/// DRF's cursors are opaque base64; what is in ours is no affair of a client's either.
fn cursor_of(start: usize) -> String {
    BASE64.encode(format!("o={start}").as_bytes())
}

fn start_of(cursor: &str) -> Option<usize> {
    let text = String::from_utf8(BASE64.decode(cursor.as_bytes()).ok()?).ok()?;
    text.strip_prefix("o=")?.parse().ok()
}

/// The request's own URL at another page: parameters sorted, and none for the first page (DRF utils/urls.py).
fn address(ask: &Ask, start: usize) -> String {
    let query = form_urlencoded::parse(ask.query.as_bytes()).into_owned();
    let mut pairs: Vec<(String, String)> = query.filter(|(name, _)| !NAMES.contains(&name.as_str())).collect();
    let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
    match ask.links.paging {
        Paging::Offset => put("limit", PAGE_SIZE.to_string()),
        Paging::PageNumber if start > 0 => put("page", (start / PAGE_SIZE + 1).to_string()),
        Paging::Cursor => put("cursor", cursor_of(start)),
        Paging::PageNumber => {}
    }
    if ask.links.paging == Paging::Offset && start > 0 {
        put("offset", start.to_string());
    }
    pairs.sort_by(|one, other| one.0.cmp(&other.0));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let question = if query.is_empty() { "" } else { "?" };
    let base = ask.links.base.as_ref().unwrap_or(&ask.base);
    format!("{}{}{question}{query}", base.0, ask.path)
}
