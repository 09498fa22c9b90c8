//! The link flow: the address that a person's browser is sent to, and the encrypted user ids of people who have linked themselves.

use serde_json::json;

use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::store::Store;
use crate::store::inbox::Inbox;
use crate::wire::protocol;

/// Makes the address to which a person's browser is sent to be linked. No request is sent. The reply: `{"url"}`.
///
/// `ext_user_id`: the person's id on the customer's side. Errors: `config` without `link_url`.
pub fn url(call: &Call, ext_user_id: &str) -> Result<Json, Error> {
    let Some(template) = &call.config().link_url else {
        let message = "The configuration has no \"link_url\". Set it to the address that Norsk Test gave you, with {ext_user_id} where the person's id goes.";
        return Err(Error::new(Code::Config, message));
    };
    let id = percent_encoding::utf8_percent_encode(ext_user_id, percent_encoding::NON_ALPHANUMERIC);
    Ok(Json::of(&json!({ "url": template.replace(protocol::LINK_PLACEHOLDER, &id.to_string()) })))
}

/// What a link is called, before the vault makes the store's key of it.
pub fn link_name(ext_user_id: &str) -> String {
    format!("link {ext_user_id}")
}

/// The account's inbox, where links are kept. Errors: `config` where the state has none.
pub fn inbox_of(store: &dyn Store) -> Result<&dyn Inbox, Error> {
    store.inbox().ok_or_else(|| {
        Error::new(
            Code::Config,
            "The inbox needs a place that survives a crash: set \"state\" in the configuration to the path of a file.",
        )
    })
}

/// The encrypted user id of a person who has linked themselves. Errors: `config` without a state file; `not_found` for who is not
/// linked, as far as the state file knows.
pub fn encrypted_user_id(call: &Call, ext_user_id: &str) -> Result<String, Error> {
    let key = call.fingerprint("inbox", &link_name(ext_user_id));
    inbox_of(call.store())?.link(call.at(), &key)?.ok_or_else(|| {
        let shown = crate::text::quoted(ext_user_id, 60);
        let message = format!(
            "Nobody with the ext_user_id {shown} is linked, as far as this state file knows. Send the person's browser to what link.url \
             gives, and call inbox.next until its \"link\" event has come."
        );
        Error::new(Code::NotFound, message).nothing_sent()
    })
}
