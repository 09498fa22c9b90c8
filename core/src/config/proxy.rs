//! The proxy: the configured one, or the environment's.

use ureq::http::Uri;

use super::problem::bad;
use super::secret::Secret;
use crate::error::Error;

/// Refuses what is no HTTP proxy. `source` names the setting or the variable in the message. Errors: `config`.
pub fn checked_proxy(source: &str, proxy: String) -> Result<Secret, Error> {
    // What stands in it may be a password: the message does not quote it.
    let parsed = ureq::Proxy::new(&proxy).map_err(|_| bad(source, "is no address; write it as http://host:port"))?;
    match parsed.protocol() {
        ureq::ProxyProtocol::Http | ureq::ProxyProtocol::Https => Ok(Secret::new(proxy)),
        _ => Err(bad(
            source,
            "must be an HTTP proxy, as http://host:port; set \"proxy\" in the configuration to one, or to \"none\"",
        )),
    }
}

/// As most programs have it: `HTTPS_PROXY`, else `ALL_PROXY`, in capitals or not, unless `NO_PROXY` names the host.
/// Errors: `config`.
pub fn from_environment(host: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Option<Secret>, Error> {
    let either =
        |name: &'static str| environment(name).or_else(|| environment(&name.to_lowercase())).map(|value| (name, value));
    let Some((source, proxy)) = either("HTTPS_PROXY").or_else(|| either("ALL_PROXY")) else { return Ok(None) };
    let name = host.parse::<Uri>().ok().and_then(|uri| Some(uri.host()?.to_lowercase())).unwrap_or_default();
    let excluded = either("NO_PROXY").map(|(_, names)| names.to_lowercase()).unwrap_or_default();
    let excludes = |entry: &str| {
        let entry = entry.trim().split(':').next().unwrap_or_default().trim_start_matches('*').trim_start_matches('.');
        !entry.is_empty() && (name == entry || name.ends_with(&format!(".{entry}")))
    };
    if excluded.split(',').any(|entry| entry.trim() == "*" || excludes(entry)) {
        return Ok(None);
    }
    checked_proxy(source, proxy).map(Some)
}
