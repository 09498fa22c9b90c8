//! Looking into what a callback of the link flow claimed: that a person on the host's side is a certain user of FinAut's. Finding
//! the user later, and the address that a browser is sent to, are operations.

use serde::Deserialize;

use super::hour::charged;
use super::kind::Kind;
use super::lease::PollLease;
use super::listing::read_page;
use super::objects::{key, link_object, prints};
use crate::client::PageRef;
use crate::error::Error;
use crate::operations::link::link_name;
use crate::store::inbox::{Claim, Link, Observation};
use crate::wire::objects::{path, query};

/// The claim of a link, as `delivery` makes it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Claimed {
    ext_user_id: String,
    encrypted_user_id: String,
    /// Whether the sender passed a check.
    may_replace: bool,
}

/// Asks whether there is such an encrypted id; `true`: there is an event now. The API knows whether an id exists. To whom on the
/// host's side it belongs, only the sender knows; so a known link is replaced only on the word of a sender who passed a check.
/// Errors: those of a request, `state`.
pub fn verify(lease: &PollLease, claim: &Claim) -> Result<bool, Error> {
    let (call, inbox) = (lease.call(), lease.inbox());
    let Claimed { ext_user_id, encrypted_user_id, may_replace } = claim.object.view().unwrap_or_default();
    let filter = (query::ENCODED_USERID.to_owned(), encrypted_user_id.clone());
    let found = charged(lease, || read_page(lease, path::USER, &[filter], &PageRef::Number(1)))?.objects;
    lease.keep()?;
    let key = key(call, &link_name(&ext_user_id));
    let known = inbox.link(call.at(), &key)?;
    // A server that does not know the filter lists everybody: that is no confirmation.
    let verified = found.len() == 1 && (may_replace || known.is_none_or(|known| known == encrypted_user_id));
    let object = link_object(&ext_user_id, &encrypted_user_id);
    let observation = Observation {
        // A claim that is not verified is no change of what is.
        key: if verified { key.clone() } else { claim.key.clone() },
        kind: Kind::Link.word().to_owned(),
        prints: prints(call, &object),
        object,
        verified,
        silent: false,
        fleeting: false,
        link: verified.then_some(Link { key, encrypted_user_id, may_replace: true }),
    };
    let new = inbox.record(call.at(), &[observation], claim.number)?;
    inbox.drop_claims(call.at(), &[claim.number])?;
    Ok(new > 0)
}
