//! What the server's "not found" is about, in words: which user, department or page. That an answer means it is read in the client, which
//! knows no objects.

use super::Operation;
use super::args::Args;
use crate::error::{Code, Error};
use crate::text::quoted;
use crate::wire::objects::path;
use crate::wire::protocol;

/// What an object of each collection is called.
const NOUNS: &[(&str, &str)] = &[
    (path::USER, "user"),
    (path::COMPANIES, "company"),
    (path::DEPARTMENTS, "department"),
    (path::SCHEMES, "scheme"),
    (path::ROLE, "role"),
    (path::STATUS, "user status"),
    (path::RESULTS, "exam result"),
    (path::COMPETENCY_RESULT, "competency result"),
    (path::EMPLOYMENT, "employment record"),
];
/// How much of a path a message quotes, in characters.
const MOST_PATH: usize = 100;

/// The error with what was not found. An error that is not the server's stays as it is.
pub fn named(error: Error, operation: &Operation, args: &Args) -> Error {
    let details = error.details();
    let asked = details.request.as_ref().and_then(|request| request.split_once(protocol::API_ROOT));
    let (Code::NotFound, Some(_), Some((_, path))) = (details.code, details.http_status, asked) else { return error };
    let page = args.value_at("page").filter(|_| operation.is_list() && !path.trim_end_matches('/').contains('/'));
    let what = match (object(path), page) {
        (Some(object), _) => format!("There is no {object}"),
        (None, Some(page)) => format!("{} has no page {}", operation.name, page.as_str()),
        (None, None) => format!("There is nothing at {}", quoted(path, MOST_PATH)),
    };
    let message = error.words().replacen(NO_SUCH, &what, 1);
    error.with_code(Code::NotFound, message)
}

/// How the client's message begins.
const NO_SUCH: &str = "There is no such object";

/// What stands at a path, as `department 4711`; `None` for what is no object of a collection that is known.
fn object(path: &str) -> Option<String> {
    NOUNS.iter().find_map(|(collection, noun)| {
        let id = path.strip_prefix(collection)?.trim_end_matches('/');
        let is_plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_plain.then(|| format!("{noun} {id}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_called_by_its_collection_and_number() {
        assert_eq!(object("departments/4711/").as_deref(), Some("department 4711"));
        assert_eq!(object("userrole/afr_ba/").as_deref(), Some("role afr_ba"));
        assert_eq!(object("competency_result/7/").as_deref(), Some("competency result 7"));
        for other in ["user/", "user/1/more/", "franchises/1/", "", "user/%31/"] {
            assert_eq!(object(other), None, "{other}");
        }
    }
}
