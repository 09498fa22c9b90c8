//! The link flow's beginning: the address that a person's browser is sent to.

use serde_json::{Value, json};

use super::Args;
use crate::client::Call;
use crate::error::{Code, Error};
use crate::wire;

pub fn url(call: &Call, args: &Args) -> Result<Value, Error> {
    let Some(template) = &call.client.config.link_url else {
        let message = "The configuration has no \"link_url\". Set it to the address that Norsk Test gave you, with {ext_user_id} where the person's id goes.";
        return Err(Error::new(Code::Config, message));
    };
    let id =
        percent_encoding::utf8_percent_encode(args.text("ext_user_id").unwrap_or_default(), percent_encoding::NON_ALPHANUMERIC);
    Ok(json!({ "url": template.replace(wire::LINK_PLACEHOLDER, &id.to_string()) }))
}
