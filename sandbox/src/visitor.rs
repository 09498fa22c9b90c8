//! Who asks for pages and controls: other sites in the developer's browser are turned away.

use crate::ask::Ask;
use crate::webhooks::settings::is_this_machine;
use hyper::http::uri::Authority;
use std::net::IpAddr;

/// Says why not, if another site might be behind a request. A site that gives its name this machine's address (DNS
/// rebinding) shows in `Host`, one that posts a form across sites in `Origin`; programs send no `Origin`.
pub(crate) fn turn_away(ask: &Ask) -> Result<(), String> {
    // Browsers always say it.
    let Some(host) = ask.header("host") else { return Ok(()) };
    let name = host.parse::<Authority>().map(|authority| authority.host().to_owned()).unwrap_or_default();
    let is_address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
    if !is_address && !is_this_machine(&name) {
        return Err(format!("The sandbox's own pages are at localhost or an IP address, not at `{host}`."));
    }
    let reads = matches!(ask.method.as_str(), "GET" | "HEAD");
    match ask.header("origin") {
        Some(origin) if !reads && origin.split_once("://").map(|(_, from)| from) != Some(host) => {
            Err(format!("A page of `{origin}` may not change anything here."))
        }
        _ => Ok(()),
    }
}
