//! Addresses in the configuration: the server's and the link flow's.

use ureq::http::Uri;

use super::problem::bad;
use crate::error::Error;
use crate::wire::protocol;

/// The server's address without a slash at its end, and whether it is this machine. Errors: `config`.
pub fn checked_host(host: &str) -> Result<(String, bool), Error> {
    let host = host.trim().trim_end_matches('/');
    let shown = crate::text::excerpt(host, 100);
    let uri: Uri =
        host.parse().map_err(|_| bad("host", &format!("\"{shown}\" is no address; write it as https://api.norsktest.no")))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(bad("host", &format!("\"{shown}\" lacks its beginning; write it as https://api.norsktest.no")));
    };
    if authority.as_str().contains('@') || uri.query().is_some() {
        return Err(bad("host", "must hold no user name, password or query; write it as https://api.norsktest.no"));
    }
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    let loopback = name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match scheme {
        "https" => {}
        "http" if loopback => {}
        "http" => {
            return Err(bad(
                "host",
                &format!(
                    "\"{shown}\" is not encrypted; write https:// (http is for this machine alone, as http://127.0.0.1:8700)"
                ),
            ));
        }
        _ => return Err(bad("host", &format!("\"{shown}\" must begin with https://"))),
    }
    // The normalised form: this string is the throttle account's key.
    let port = match (authority.port_u16(), scheme) {
        (None, _) | (Some(443), "https") | (Some(80), "http") => String::new(),
        (Some(port), _) => format!(":{port}"),
    };
    let path = uri.path().trim_end_matches('/');
    Ok((format!("{scheme}://{}{port}{path}", authority.host().to_ascii_lowercase()), loopback))
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
