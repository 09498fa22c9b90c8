//! The proxy: the configured one, or the environment's.

use ureq::http::Uri;

use super::no_proxy::is_excluded;
use super::problem::bad;
use super::secret::Secret;
use crate::error::Error;

const FORM: &str = "write it as http://host:port, or http://user:password@host:port";
const ENCODE: &str = "holds a character in its user name or password that must be percent-encoded there: write / as %2F, # as %23, \
                      ? as %3F, @ as %40, % as %25, \\ as %5C, a blank as %20, and any other that is no letter, digit, dot, dash or \
                      underscore likewise, by its bytes in UTF-8";

/// Refuses what is no HTTP proxy. `source` names the setting or the variable in the message. What stands in the address may be a
/// password, also where it is no address at all, so no message quotes any of it. Errors: `config`.
pub fn checked_proxy(source: &str, proxy: &str) -> Result<Secret, Error> {
    let proxy = proxy.trim();
    let (scheme, rest) = proxy.split_once("://").unwrap_or(("http", proxy));
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(bad(
            source,
            "must be an HTTP proxy, as http://host:port; set \"proxy\" in the configuration to one, or to \"none\"",
        ));
    }
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    // At the last one, as curl does: everything before it was meant as user name and password.
    let (credentials, address) = match rest.rsplit_once('@') {
        Some((credentials, address)) => (Some(credentials), address),
        None => (None, rest),
    };
    if !credentials.is_none_or(is_encoded) {
        return Err(bad(source, ENCODE));
    }
    if address.contains(['/', '?', '#']) {
        return Err(bad(source, &format!("must end behind the port, for it is a proxy's address and no page's; {FORM}")));
    }
    if !is_address(address) {
        return Err(bad(source, &format!("is no address; {FORM}")));
    }
    let proxy = Secret::new(format!("{scheme}://{rest}"));
    ureq::Proxy::new(proxy.reveal()).map_err(|_| bad(source, &format!("is no address; {FORM}")))?;
    Ok(proxy)
}

/// True if a user name and password stand in an address as RFC 3986 wants them.
fn is_encoded(credentials: &str) -> bool {
    let mut bytes = credentials.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => [bytes.next(), bytes.next()].iter().all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())),
            other => other.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:".contains(&other),
        };
        if !fits {
            return false;
        }
    }
    percent_encoding::percent_decode_str(credentials).decode_utf8().is_ok()
}

/// True for a host's name or address, with or without a port.
fn is_address(address: &str) -> bool {
    let (name, port) = match address.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (address, None),
    };
    let is_name = match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Some(bare) => bare.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)),
    };
    let is_port =
        port.is_none_or(|port| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0));
    is_name && is_port
}

/// As most programs have it: `HTTPS_PROXY`, else `ALL_PROXY`, in capitals or not, unless `NO_PROXY` names the host.
/// Errors: `config`.
pub fn from_environment(host: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Option<Secret>, Error> {
    let either = |capitals: &str| {
        let named = |name: String| environment(&name).map(|value| (name, value));
        named(capitals.to_owned()).or_else(|| named(capitals.to_lowercase()))
    };
    let Some((source, proxy)) = either("HTTPS_PROXY").or_else(|| either("ALL_PROXY")) else { return Ok(None) };
    let uri = host.parse::<Uri>().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
    if either("NO_PROXY").is_some_and(|(_, excluded)| is_excluded(&excluded, uri.host().unwrap_or_default(), port)) {
        return Ok(None);
    }
    checked_proxy(&source, &proxy).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a proxy, and that nothing of its user name and password is in it.
    fn said(proxy: &str) -> String {
        let Err(error) = checked_proxy("proxy", proxy) else { return String::new() };
        let said = error.json().to_string();
        for part in ["hruser", "2024", "Sommer", "geheim"] {
            assert!(!said.contains(part), "{part} of {proxy} in {said}");
        }
        said
    }

    #[test]
    fn a_password_that_is_not_encoded_is_refused_and_not_shown() {
        for password in [
            "2024/Sommer",
            "2024#Sommer",
            "2024?Sommer",
            "2024@Sommer",
            "2024 Sommer",
            "2024%Sommer",
            "2024%2",
            "2024\\Sommer",
            "2024\u{e6}Sommer",
            "2024[Sommer]",
            "/",
            "#2024",
            "?",
            "2024/Sommer/",
            "2024%E6Sommer",
            "geheim\"",
            "<2024>",
            "2024^Sommer",
            "://2024",
            "2024://Sommer",
        ] {
            for proxy in [
                format!("http://hruser:{password}@proxy.invalid:8080"),
                format!("https://hruser:{password}@proxy.invalid"),
                format!("http://{password}@proxy.invalid:8080/"),
            ] {
                let said = said(&proxy);
                assert!(said.contains("%2F") && said.contains("%23") && said.contains("%3F"), "{proxy}: {said}");
            }
        }
        // Without a scheme the first "://" is not the scheme's.
        assert!(!said("hruser:2024/Sommer@proxy.invalid:8080").is_empty());
        assert!(!said("hruser:2024://Sommer@proxy.invalid:8080").is_empty());
    }

    #[test]
    fn what_is_no_proxys_address_is_refused_and_not_shown() {
        for proxy in [
            "socks5://hruser:geheim@p:1",
            "socks4a://p",
            "ftp://hruser:geheim@p:1",
            "http//hruser:geheim@p:1",
            "http:/hruser:geheim@p",
            "http://hruser:geheim@",
            "http://hruser:geheim@:8080",
            "http://hruser:geheim@p:0",
            "http://hruser:geheim@p:65536",
            "http://hruser:geheim@p:",
            "http://hruser:geheim@p:80a",
            "http://hruser:geheim@p:80/proxy.pac",
            "http://hruser:geheim@p?x",
            "http://hruser:geheim@[fd00::1",
            "http://hruser:geheim@fd00::1",
            "http://hruser:geheim@p q:1",
            "http://",
            "",
            "http=p:80;https=p:80",
            "http://hruser:geheim@p\u{f8}:80",
            "http://p:80@",
            "://p:80",
        ] {
            assert!(!said(proxy).is_empty(), "{proxy}");
        }
    }

    #[test]
    fn proxies_are_taken_with_and_without_what_can_be_left_out() {
        for (proxy, host, port, user, password) in [
            ("http://p:3128", "p", 3128, None, None),
            ("HTTP://p:3128/", "p", 3128, None, None),
            ("p.example:3128", "p.example", 3128, None, None),
            ("hruser@p:1", "p", 1, Some("hruser"), None),
            ("http://hruser:2024%2FSommer%40%C3%A6@p:1", "p", 1, Some("hruser"), Some("2024/Sommer@æ")),
            ("https://hruser:a:b!$&'()*+,;=~@10.0.0.1:8443", "10.0.0.1", 8443, Some("hruser"), Some("a:b!$&'()*+,;=~")),
            ("http://[fd00::1]:3128", "[fd00::1]", 3128, None, None),
            (" http://p_q:80\n", "p_q", 80, None, None),
        ] {
            let secret = checked_proxy("proxy", proxy).unwrap_or_else(|e| panic!("{proxy}: {e}"));
            let read = ureq::Proxy::new(secret.reveal()).unwrap();
            assert_eq!((read.host(), read.port()), (host, port), "{proxy}");
            assert_eq!((read.username(), read.password()), (user, password), "{proxy}");
        }
    }
}
