//! The protocol, the same for all objects: host, token, pages, refusals, the throttle. What FinAut's objects are stands in
//! `objects`.
//!
//! Sources: D, the vendor's public documentation; C, the vendor's public client; A, our assumption. An assumption that
//! proves wrong is changed here, in one line.

pub mod page;

/// C.
pub const DEFAULT_HOST: &str = "https://api.norsktest.no";
/// C. The path of the API below the host.
pub const API_ROOT: &str = "/finautapi/v1/";
/// D. The path of the token endpoint below the host.
pub const TOKEN: &str = "/o/token/";
/// C.
pub const DEFAULT_SCOPE: &str = "read write";
/// D. What a token lives when its answer does not say, in seconds.
pub const TOKEN_LIFE_S: f64 = 3600.0;
/// The token endpoint's answer (RFC 6749, 5.1 and 5.2).
pub const ACCESS_TOKEN: &str = "access_token";
/// For how many seconds it lives.
pub const EXPIRES_IN: &str = "expires_in";
/// Why there is none, as a word …
pub const TOKEN_REFUSED: &str = "error";
/// … and for people.
pub const TOKEN_REFUSED_WORDS: &str = "error_description";
/// C. The header that names a request in the server's logs.
pub const CORRELATION_ID: &str = "x-correlation-id";
/// A. What stands for the person in the link flow's address; ours, not the server's.
pub const LINK_PLACEHOLDER: &str = "{ext_user_id}";

/// A refusal's body. (C.)
pub mod refusal {
    /// Words about the request as a whole, as DRF has them.
    pub const DETAIL: &str = "detail";
    /// The same, as others have them.
    pub const MESSAGE: &str = "message";

    /// The seconds in DRF's own words, as "Request was throttled. Expected available in 17 seconds.", also as it is translated: a
    /// number before a word that begins as seconds do in the languages around.
    pub fn seconds_to_wait(words: &str) -> Option<f64> {
        let mut number = None;
        for word in words.split_whitespace() {
            let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            if let Some(seconds) = number.filter(|_| plain.starts_with("sec") || plain.starts_with("sek")) {
                return Some(seconds);
            }
            number = plain.parse::<u32>().ok().map(f64::from);
        }
        None
    }
}

/// The status codes that DRF answers before it counts a request in its throttle: content negotiation, authentication and the
/// throttle itself come first (DRF `APIView.initial`). 403 is none of them: the view's own permissions are looked at before, an
/// object's (`get_object`) after, and the answer does not tell which refused.
pub fn is_uncounted(status: u16) -> bool {
    matches!(status, 401 | 406 | 429)
}

/// The status codes after which the same request can succeed a moment later: 408 (the server waited for it in vain, as on a connection
/// that was kept for too long), 421 (the connection led to the wrong server), 425 (too early), and whatever failed within.
pub fn is_transient(status: u16) -> bool {
    matches!(status, 408 | 421 | 425 | 500..=599)
}

/// What a proxy or balancer answers while the server behind it is down, or being restarted.
pub fn is_outage(status: Option<u16>) -> bool {
    matches!(status, Some(502..=504))
}

/// What a proxy or balancer answers when the server behind it takes too long: it may still be at work. (504 RFC 9110; 524 Cloudflare,
/// 598 several proxies.)
pub fn is_timeout(status: u16) -> bool {
    matches!(status, 504 | 524 | 598)
}

/// The status codes of a refused value. (422 C; 400 is DRF's default; 409 is for a value that another object has.)
pub fn is_validation(status: u16) -> bool {
    matches!(status, 400 | 409 | 422)
}

/// An address without what may be secret in it: user name and password, query and fragment.
pub fn without_query(address: &str) -> String {
    let plain = address.split(['?', '#']).next().unwrap_or_default();
    match plain.split_once("//") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            format!("{scheme}//{}{path}", authority.rsplit('@').next().unwrap_or_default())
        }
        None => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_from_drfs_words() {
        use refusal::seconds_to_wait;
        for (words, seconds) in [
            ("Request was throttled. Expected available in 17 seconds.", Some(17.0)),
            ("Request was throttled. Expected available in 1 second.", Some(1.0)),
            ("Forespørselen ble strupet. Forventet tilgjengelig om 2600 sekunder.", Some(2600.0)),
            ("Rate limit is exceeded. Try again in 15 seconds.", Some(15.0)),
            ("Request was throttled.", None),
            ("Error 429", None),
            ("At most 200 requests in each hour", None),
            ("in -5 seconds", Some(5.0)),
            ("99999999999999 seconds", None),
        ] {
            assert_eq!(seconds_to_wait(words), seconds, "{words}");
        }
    }

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        for (address, shown) in [
            ("https://user:pass@x.no:80/a/b?token=1#t", "https://x.no:80/a/b"),
            ("https://x.no#access_token=1", "https://x.no"),
            ("//u@x.no/a@b", "//x.no/a@b"),
            ("/finautapi/v1/user/?persnr=1", "/finautapi/v1/user/"),
            ("", ""),
        ] {
            assert_eq!(without_query(address), shown);
        }
    }
}
