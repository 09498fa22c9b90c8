//! The protocol, the same for all objects: host, token, pages, refusals, the throttle. What FinAut's objects are stands in
//! `objects`.
//!
//! Sources: D, the vendor's public documentation; C, the vendor's public client; A, our assumption. An assumption that
//! proves wrong is changed here, in one line.

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
/// C. The header that names a request in the server's logs.
pub const CORRELATION_ID: &str = "x-correlation-id";
/// A. What stands for the person in the link flow's address; ours, not the server's.
pub const LINK_PLACEHOLDER: &str = "{ext_user_id}";

/// Lists, page by page. (D, C.)
pub mod page {
    /// How many objects a page holds. (D.)
    pub const SIZE: u64 = 100;
    /// The query's name of a page's number.
    pub const NUMBER: &str = "page";
    /// How many objects there are on all pages.
    pub const COUNT: &str = "count";
    /// The address of the following page, or null.
    pub const NEXT: &str = "next";
    /// The objects.
    pub const RESULTS: &str = "results";
    /// What tells one object from another.
    pub const ID: &str = "id";
}

/// A refusal's body. (C.)
pub mod refusal {
    /// Words about the request as a whole, as DRF has them.
    pub const DETAIL: &str = "detail";
    /// The same, as others have them.
    pub const MESSAGE: &str = "message";
}

/// The status codes that DRF answers before it counts a request in its throttle: content negotiation, authentication and the
/// throttle itself come first (DRF `APIView.initial`). 403 is none of them: the view's own permissions are looked at before, an
/// object's (`get_object`) after, and the answer does not tell which refused.
pub fn is_uncounted(status: u16) -> bool {
    matches!(status, 401 | 406 | 429)
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
