//! Addresses in the configuration: the server's and the link flow's.

use std::net::IpAddr;

use ureq::http::Uri;

use super::problem::bad;
use crate::error::Error;
use crate::wire::protocol;

const FORM: &str = "write it as https://api.norsktest.no";

/// The server's address without a slash at its end, and whether it is this machine. Errors: `config`.
pub fn checked_host(host: &str) -> Result<(String, bool), Error> {
    let bad = |problem: String| bad("host", &problem);
    let host = host.trim_end_matches('/');
    // What stands before an @ or behind a ? may be a password, so the address is not quoted then.
    if host.contains('@') {
        return Err(bad(format!("must hold no user name and no password; {FORM}")));
    }
    if host.contains(['?', '#']) {
        return Err(bad(format!("must hold no query and no fragment (? or #); {FORM}")));
    }
    let shown = crate::text::excerpt(host, 100);
    if !host.is_ascii() {
        return Err(bad(format!(
            "\"{shown}\" has letters that no address on the wire has; write such a name as it is registered, beginning with xn--"
        )));
    }
    let uri: Uri = host.parse().map_err(|_| bad(format!("\"{shown}\" is no address; {FORM}")))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(bad(format!("\"{shown}\" lacks its beginning; {FORM}")));
    };
    // A dot at its end names the same host.
    let name = authority.host().trim_end_matches('.').to_ascii_lowercase();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let is_name = bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    if bare.is_empty() || !(is_name || bare.parse::<IpAddr>().is_ok()) {
        return Err(bad(format!("\"{shown}\" names no host; {FORM}")));
    }
    let loopback = bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match scheme {
        "https" => {}
        "http" if loopback => {}
        "http" => {
            return Err(bad(format!(
                "\"{shown}\" is not encrypted; write https:// (http is for this machine alone, as http://127.0.0.1:8700)"
            )));
        }
        _ => return Err(bad(format!("\"{shown}\" must begin with https://"))),
    }
    let has_port = authority.as_str().len() > authority.host().len();
    // The normalised form: this string is the throttle account's key.
    let port = match (authority.port_u16(), scheme) {
        (Some(0), _) => return Err(bad(format!("\"{shown}\" has a port that cannot be; ports go from 1 to 65535"))),
        (None, _) if has_port => return Err(bad(format!("\"{shown}\" has a port that cannot be; ports go from 1 to 65535"))),
        (None, _) | (Some(443), "https") | (Some(80), "http") => String::new(),
        (Some(port), _) => format!(":{port}"),
    };
    let checked = format!("{scheme}://{name}{port}");
    if !matches!(uri.path(), "" | "/") {
        return Err(bad(format!(
            "\"{shown}\" goes on behind the host's name; write it as {checked} (the library adds {} itself)",
            protocol::API_ROOT
        )));
    }
    Ok((checked, loopback))
}

/// Refuses what cannot be filled with a person's id. Errors: `config`.
pub fn checked_link_url(url: &str) -> Result<(), Error> {
    if url.matches(protocol::LINK_PLACEHOLDER).count() != 1 {
        return Err(bad("link_url", "must hold {ext_user_id} once, where the person's id on your side goes"));
    }
    let filled = url.replace(protocol::LINK_PLACEHOLDER, "1");
    match filled.parse::<Uri>() {
        Ok(uri) if matches!(uri.scheme_str(), Some("https" | "http")) && uri.authority().is_some() => Ok(()),
        _ => Err(bad("link_url", "is no address; write it as https://…?ext-user-id={ext_user_id}")),
    }
}
