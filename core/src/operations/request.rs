//! Any request: for what the server offers and the catalogue lacks.

use super::views;
use crate::client::{self, Call, Method, Request, Subject, unknown_outcome};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::wire::objects::{field, path as known};
use crate::wire::protocol;

/// A request of the caller's own making.
#[derive(Debug, Clone)]
pub struct AnyRequest {
    /// GET, POST, PUT, PATCH or DELETE.
    pub method: Method,
    /// Below the API root, as `user/590496/`; or a whole address of this API.
    pub path: String,
    /// Names and values, in the order in which they are sent.
    pub query: Vec<(String, String)>,
    /// Sent as it is.
    pub body: Option<Json>,
}

/// Sends any request, with token, throttle and retries. The reply: the answer's body; `null` when it is empty.
///
/// Errors: `validation` before sending for a path that leads elsewhere and for a body where there is none; `not_found`;
/// `unknown_outcome` for a POST or DELETE whose connection broke.
pub fn request(call: &Call, request: &AnyRequest) -> Result<Json, Error> {
    let AnyRequest { method, query, body, .. } = request.clone();
    if body.is_some() && (method == Method::GET || method == Method::DELETE) {
        return Err(Error::invalid("body", format!("{method} has none; leave it out")));
    }
    let path = below_root(&call.config().host, &request.path)?;
    let subject = subject_of(&path, body.as_ref());
    client::send(call, &Request { method, path, query, raw_query: None, body, subject }).map_err(|failed| {
        if failed.unsettled {
            let no_key = Error::new(Code::Internal, "a request of this kind has no key to find its effect by");
            unknown_outcome(&failed.error, Some(&no_key), "look in FinAut whether it took effect")
        } else {
            failed.error
        }
    })
}

/// Whom a change is about: the user that is made or changed, or the one that the body names.
fn subject_of(path: &str, body: Option<&Json>) -> Subject {
    if path.starts_with(known::USER) {
        return Subject::Object;
    }
    let named = body.and_then(|body| {
        let [user] = body.members([field::USER]);
        views::number(views::reference(user?))
    });
    named.map_or(Subject::Nobody, Subject::Number)
}

/// The path below the API root. A whole URL of this API is welcome too; one that leads elsewhere is not: the token would go
/// there.
fn below_root(host: &str, given: &str) -> Result<String, Error> {
    let root = format!("{host}{}", protocol::API_ROOT);
    // A path that begins with two slashes would name a host.
    let path = given.strip_prefix(&root).or_else(|| given.strip_prefix(protocol::API_ROOT)).unwrap_or(given);
    let path = path.trim_start_matches('/');
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%@:+=,".contains(&b);
    if path.contains('?') || path.contains('#') {
        return Err(Error::invalid("path", "must hold no \"?\" and no \"#\"; give names and values as \"query\""));
    }
    if given.starts_with("//") || path.contains("//") || path.split('/').any(|part| part == "..") || !path.bytes().all(plain) {
        return Err(Error::invalid("path", format!("must be a path below {root}, as \"user/590496/\"")));
    }
    Ok(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_away_from_the_api() {
        let below = |given: &str| below_root("https://api.norsktest.no", given).ok();
        for given in ["user/5/", "/user/5/", "/finautapi/v1/user/5/", "https://api.norsktest.no/finautapi/v1/user/5/"] {
            assert_eq!(below(given).as_deref(), Some("user/5/"), "{given}");
        }
        for given in ["https://evil.example/", "//evil.example/", "../../o/token/", "user/?page=2", "user/ 1", "user//1"] {
            assert_eq!(below(given), None, "{given}");
        }
    }
}
