//! Addresses of the server's objects: made for those that a request refers to, and told apart where a caller or the server gives
//! one.

use crate::client::Call;
use crate::wire;

/// The server's address of the object `id` of a `collection` as `user/`.
pub fn url(call: &Call, collection: &str, id: u64) -> String {
    format!("{}{}{collection}{id}/", call.config().host, wire::API_ROOT)
}

/// The server's address of the role with this code.
pub fn role_url(call: &Call, role: &str) -> String {
    format!("{}{}{}", call.config().host, wire::API_ROOT, wire::role_path(role))
}

/// True if the address is that of an object of `collection`. The host does not matter: a server behind a proxy may write its
/// addresses with another one than ours.
pub fn is_of_collection(url: &str, collection: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit_once('/').is_some_and(|(before, _)| format!("{before}/").ends_with(&format!("/{collection}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_must_lead_to_what_is_asked_for() {
        assert!(is_of_collection("https://api.norsktest.no/finautapi/v1/user/5/", "user/"));
        assert!(is_of_collection("http://other:8000/finautapi/v1/user/5", "user/"));
        assert!(!is_of_collection("https://api.norsktest.no/finautapi/v1/superuser/5/", "user/"));
        assert!(!is_of_collection("https://api.norsktest.no/finautapi/v1/departments/5/", "companies/"));
    }
}
