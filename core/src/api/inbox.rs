//! The arguments of `webhook.*` and `inbox.*`, turned into what the functions of the inbox take.

use super::args::Args;
use crate::client::Call;
use crate::error::Error;
use crate::inbox::incoming::Incoming;
use crate::inbox::kind::Kind;
use crate::inbox::poll::PollOptions;
use crate::inbox::turn::NextOptions;
use crate::inbox::{poll as polling, turn, webhook};
use crate::json::Json;
use crate::text::excerpt;

pub fn accept(call: &Call, args: &Args) -> Result<Json, Error> {
    webhook::accept(call, &incoming(args)?)
}

pub fn parse(call: &Call, args: &Args) -> Result<Json, Error> {
    webhook::parse(call, &incoming(args)?)
}

pub fn next(call: &Call, args: &Args) -> Result<Json, Error> {
    let options = NextOptions {
        wait_s: args.duration("wait_s")?,
        lease_s: args.duration("lease_s")?,
        kinds: Kind::chosen(args.text("kind"))?,
    };
    turn::next(call, &options)
}

pub fn acknowledge(call: &Call, args: &Args) -> Result<Json, Error> {
    turn::acknowledge(call, args.number("event")?)
}

pub fn requeue(call: &Call, args: &Args) -> Result<Json, Error> {
    turn::requeue(call, args.number("event")?, args.text("reason"))
}

pub fn discard(call: &Call, args: &Args) -> Result<Json, Error> {
    turn::discard(call, args.number("event")?, &args.required_text("reason")?)
}

pub fn list(call: &Call, args: &Args) -> Result<Json, Error> {
    let kinds = Kind::chosen(args.text("kind"))?;
    turn::list(call, args.count("after").unwrap_or(0), args.whole("most")?, &kinds)
}

pub fn status(call: &Call, _: &Args) -> Result<Json, Error> {
    turn::status(call)
}

pub fn poll(call: &Call, args: &Args) -> Result<Json, Error> {
    let since = args.optional_date("since");
    polling::poll(call, &PollOptions { since, kinds: Kind::chosen(args.text("kind"))? })
}

/// The request that came in. Errors: `validation`.
fn incoming(args: &Args) -> Result<Incoming, Error> {
    let mut headers = Vec::new();
    for (name, value) in args.members("headers") {
        // A header that came several times may be given as a list.
        let value = value.view::<String>().or_else(|| value.view::<Vec<String>>().map(|lines| lines.join(", ")));
        let value = value.ok_or_else(|| {
            let name = excerpt(name, 60);
            Error::invalid("headers", format!("\"{name}\" must be a string or a list of strings"))
        })?;
        // CGI and its heirs (WSGI, PHP) write X-Hub-Signature as HTTP_X_HUB_SIGNATURE.
        headers.push((name.strip_prefix("HTTP_").unwrap_or(name).replace('_', "-"), value));
    }
    let body = match (args.text("body"), args.text("body_base64")) {
        (Some(_), Some(_)) => return Err(Error::invalid("body", "give it as \"body\" or as \"body_base64\", not as both")),
        (Some(text), None) => text.as_bytes().to_vec(),
        (None, Some(text)) => data_encoding::BASE64
            .decode(text.trim().as_bytes())
            .map_err(|_| Error::invalid("body_base64", "must be the body in base64"))?,
        (None, None) => Vec::new(),
    };
    Ok(Incoming::from_request(args.text("method").unwrap_or_default(), args.text("path").unwrap_or_default(), headers, body))
}
