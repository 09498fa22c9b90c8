//! `NO_PROXY`: which hosts are reached without the environment's proxy. There is no specification; this reads what curl
//! and Go's net/http read, and where they differ, excludes a host that either of them excludes.

use std::net::IpAddr;

/// True if `list` names the host, which is asked for at this port. `host`: a name, or an address, one of IPv6 in brackets or not.
pub fn is_excluded(list: &str, host: &str, port: u16) -> bool {
    let host = bare(host).trim_end_matches('.').to_lowercase();
    let address = host.parse().ok().map(|address: IpAddr| address.to_canonical());
    // curl takes blanks as well as commas.
    let mut entries = list.split(|c: char| c == ',' || c.is_whitespace()).filter(|entry| !entry.is_empty());
    entries.any(|entry| {
        let entry = entry.to_lowercase();
        if entry == "*" {
            return true;
        }
        let (name, only) = split_port(&entry);
        if only.is_some_and(|only| only.parse() != Ok(port)) {
            return false;
        }
        match address {
            Some(address) => holds(name, address),
            None => is_below(name, &host),
        }
    })
}

/// `name:port` in two; an address of IPv6 without brackets is all name.
fn split_port(entry: &str) -> (&str, Option<&str>) {
    match entry.rsplit_once(':') {
        Some((name, port)) if name.ends_with(']') || !name.contains(':') => (name, Some(port).filter(|port| !port.is_empty())),
        _ => (entry, None),
    }
}

fn bare(name: &str) -> &str {
    name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name)
}

/// True if an entry is this address, or a block of addresses (`10.0.0.0/8`) that has it.
fn holds(entry: &str, address: IpAddr) -> bool {
    let (entry, bits) = match entry.split_once('/') {
        Some((entry, bits)) if !bits.is_empty() && bits.bytes().all(|b| b.is_ascii_digit()) => (entry, Some(bits)),
        Some(_) => return false,
        None => (entry, None),
    };
    let Ok(network) = bare(entry).parse::<IpAddr>() else { return false };
    let most = if network.is_ipv4() { 32 } else { 128 };
    let Some(bits) = bits.map_or(Some(most), |bits| bits.parse::<u32>().ok().filter(|bits| *bits <= most)) else {
        return false;
    };
    // As numbers of 128 bits; those of IPv4 as IPv6 writes them.
    let number = |address: IpAddr| match address {
        IpAddr::V4(address) => u128::from(address.to_ipv6_mapped()),
        IpAddr::V6(address) => u128::from(address),
    };
    // The short form of an IPv6 block never means addresses of IPv4.
    if network.to_canonical().is_ipv4() != address.is_ipv4() {
        return false;
    }
    let bits = if network.is_ipv4() { bits + 96 } else { bits };
    let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
    number(network) & mask == number(address) & mask
}

/// True if an entry is this name or a domain above it.
fn is_below(entry: &str, name: &str) -> bool {
    // Go: "*.x" is what is below x, and not x itself. To curl, a dot at the beginning changes nothing.
    let below_only = entry.starts_with("*.");
    let entry = entry.strip_prefix('*').unwrap_or(entry).trim_start_matches('.').trim_end_matches('.');
    let Some(before) = name.strip_suffix(entry) else { return false };
    !entry.is_empty() && (before.ends_with('.') || (before.is_empty() && !below_only))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_excluded_as_curl_and_go_do() {
        let api = "api.norsktest.no";
        for (list, host, port, excluded) in [
            ("api.norsktest.no", api, 443, true),
            ("norsktest.no", api, 443, true),
            (".norsktest.no", api, 443, true),
            (".norsktest.no", "norsktest.no", 443, true),
            ("*.norsktest.no", api, 443, true),
            ("*.norsktest.no", "norsktest.no", 443, false),
            ("NorskTest.NO", api, 443, true),
            ("norsktest.no.", api, 443, true),
            ("api.norsktest.no.", api, 443, true),
            ("norsktest.no", "api.norsktest.no.", 443, true),
            ("no", api, 443, true),
            ("test.no", api, 443, false),
            ("*test.no", api, 443, false),
            ("orsktest.no", api, 443, false),
            ("api", api, 443, false),
            ("x.api.norsktest.no", api, 443, false),
            ("*", api, 443, true),
            ("x, *", api, 443, true),
            ("", api, 443, false),
            (",, ,", api, 443, false),
            (".", api, 443, false),
            ("*.", api, 443, false),
            ("*:443", api, 443, false),
            // Separators.
            ("a b norsktest.no c", api, 443, true),
            ("a,\tnorsktest.no\n", api, 443, true),
            ("a,norsktest.no,", api, 443, true),
            ("a;norsktest.no", api, 443, false),
            // Ports.
            ("norsktest.no:443", api, 443, true),
            ("norsktest.no:8080", api, 443, false),
            ("norsktest.no:8080", api, 8080, true),
            ("norsktest.no:", api, 8080, true),
            ("norsktest.no:http", api, 80, false),
            (":443", api, 443, false),
            // IPv4.
            ("192.0.2.1", "192.0.2.1", 443, true),
            ("192.0.2.1:443", "192.0.2.1", 443, true),
            ("192.0.2.1:8080", "192.0.2.1", 443, false),
            ("1", "192.0.2.1", 443, false),
            (".1", "192.0.2.1", 443, false),
            ("0.2.1", "192.0.2.1", 443, false),
            ("2.0.192.in-addr.arpa", "192.0.2.1", 443, false),
            ("10.0.0.0/8", "10.200.3.4", 443, true),
            ("10.0.0.1/8", "10.200.3.4", 443, true),
            ("10.0.0.0/8", "11.0.0.1", 443, false),
            ("10.0.0.0/8", "10.example.no", 443, false),
            ("192.0.2.128/25", "192.0.2.127", 443, false),
            ("192.0.2.128/25", "192.0.2.129", 443, true),
            ("192.0.2.1/32", "192.0.2.1", 443, true),
            ("192.0.2.1/33", "192.0.2.1", 443, false),
            ("192.0.2.1/", "192.0.2.1", 443, false),
            ("192.0.2.1/+8", "192.0.2.1", 443, false),
            ("0.0.0.0/0", "192.0.2.1", 443, true),
            ("0.0.0.0/0", "fd00::1", 443, false),
            ("0.0.0.0/0", api, 443, false),
            ("::ffff:10.0.0.0/104", "10.1.2.3", 443, true),
            ("10.1.2.3", "::ffff:10.1.2.3", 443, true),
            // IPv6.
            ("fd00::1", "[fd00::1]", 443, true),
            ("fd00::1", "fd00::1", 443, true),
            ("FD00:0::1", "fd00::1", 443, true),
            ("[fd00::1]", "[fd00::1]", 443, true),
            ("[fd00::1]:443", "[fd00::1]", 443, true),
            ("[fd00::1]:8443", "[fd00::1]", 443, false),
            ("fd00::/8", "[fdab::7]", 443, true),
            ("[fd00::]/8", "[fdab::7]", 443, true),
            ("fd00::/8", "[fe80::1]", 443, false),
            ("::/0", "[fe80::1]", 443, true),
            ("::/0", "192.0.2.1", 443, false),
            ("1", "[fd00::1]", 443, false),
            ("fd00::1%eth0", "fd00::1", 443, false),
            // A name in Unicode never matches: hosts are compared as they are sent.
            ("prøve.no", "xn--prve-hra.no", 443, false),
            ("xn--prve-hra.no", "api.xn--prve-hra.no", 443, true),
        ] {
            assert_eq!(is_excluded(list, host, port), excluded, "{list:?} and {host}:{port}");
        }
    }
}
