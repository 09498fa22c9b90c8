//! Objects as views give them out: one by its id, or a list of them, a hundred a page (DRF PageNumberPagination).

use crate::ask::Ask;
use crate::reply::{Reply, View};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const PAGE_SIZE: usize = 100;

/// An object by the id in its path: DRF says two different things of an unknown number and of what is no number.
pub(crate) fn object<'a, T>(records: &'a BTreeMap<u64, T>, id: &str, model: &str) -> Result<&'a T, Reply> {
    let id: u64 = id.parse().map_err(|_| Reply::not_found())?;
    records.get(&id).ok_or_else(|| Reply::no_such(model))
}

/// The page that the request asks for, each object of it shown by `show`.
pub(crate) fn page<T>(ask: &Ask, objects: &[T], show: impl Fn(&T) -> Value) -> View {
    let pages = objects.len().div_ceil(PAGE_SIZE).max(1);
    let number = match ask.filter("page").as_deref() {
        None => 1,
        Some("last") => pages,
        Some(number) => number.parse().unwrap_or(0),
    };
    if number == 0 || number > pages {
        return Err(Reply::detail(404, "Invalid page."));
    }
    let start = (number - 1) * PAGE_SIZE;
    let shown: Vec<Value> = objects[start..].iter().take(PAGE_SIZE).map(show).collect();
    let next = (number < pages).then(|| address(ask, number + 1));
    let previous = (number > 1).then(|| address(ask, number - 1));
    Ok(Reply::json(200, &json!({ "count": objects.len(), "next": next, "previous": previous, "results": shown })))
}

/// The request's own URL at another page: parameters sorted, and none for the first page (DRF utils/urls.py).
fn address(ask: &Ask, page: usize) -> String {
    let query = form_urlencoded::parse(ask.query.as_bytes()).into_owned();
    let mut pairs: Vec<(String, String)> = query.filter(|(name, _)| name != "page").collect();
    if page > 1 {
        pairs.push(("page".to_owned(), page.to_string()));
    }
    pairs.sort_by(|one, other| one.0.cmp(&other.0));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let question = if query.is_empty() { "" } else { "?" };
    format!("{}{}{question}{query}", ask.base.0, ask.path)
}
