//! What an answer means, or that none came: whether it is a success, a refusal or an accident, whether trying again can help,
//! and what is known of its slot. Nothing is done about it here.

use super::call::{Call, forked, interrupted};
use super::context::Context;
use super::fields;
use super::request::Request;
use crate::error::{Code, Error, Fields};
use crate::http::{Answer, Broken, Cause, LONGEST_S, Method, RetryAfter};
use crate::json::{Json, JsonRef};
use crate::text::{LOOKED_AT, printable};
use crate::throttle::{Asked, Settlement};
use crate::wire::protocol::{self, refusal};

/// What came of one try.
pub enum Understood {
    /// The server's answer; `null` where it had no body.
    Value(Json),
    /// The token is not accepted.
    Unauthorized(Error),
    /// The throttle refused.
    Refused(Error),
    /// Anything else.
    Failed(Attempt),
}

/// One try that failed.
pub struct Attempt {
    /// What is told if it is not tried again.
    pub error: Error,
    /// Trying again can help.
    pub transient: bool,
    /// The request may have taken effect.
    pub doubtful: bool,
    /// It may have reached the server.
    pub sent: bool,
}

/// What an answer means, and how its slot is settled. `refusals`: how often this call was refused by the throttle before.
pub fn of_answer(context: &Context, request: &Request, mut answer: Answer, refusals: u32) -> (Settlement, Understood) {
    let age_s = (context.clock.now() - answer.received).max(0.0);
    let status = answer.status;
    let parsed = parsed(&mut answer);
    let is_blank = parsed.is_err() && answer.body.iter().all(u8::is_ascii_whitespace);
    if status == 429 {
        return refused_by_throttle(&answer, parsed.ok().as_ref(), refusals, age_s);
    }
    // Only DRF's own refusals are certain not to be counted; a proxy's page tells nothing about that.
    let settlement = if protocol::is_uncounted(status) && (parsed.is_ok() || is_blank) {
        Settlement::GivenBack
    } else {
        Settlement::Counted { age_s }
    };
    let said = Answered { context, request, answer: &answer };
    let understood = match (status, parsed) {
        (200..=299, Ok(value)) => Understood::Value(value),
        (200..=299, Err(_)) if is_blank && (status == 204 || request.method != Method::GET) => Understood::Value(Json::null()),
        (200..=299, Err(e)) => said.no_json(&e),
        (status, _) if protocol::is_transient(status) => said.server_failed(),
        (300..=399, _) => said.redirect(),
        (_, Ok(body)) => said.refused(&body),
        (_, Err(_)) if is_blank => said.refused(&Json::null()),
        (_, Err(_)) => said.not_finaut(),
    };
    (settlement, understood)
}

/// The answer's JSON. Of a refusal that is longer than any of the server's own no more than the beginning is looked at: it may
/// be as long as any answer, and would be read for nothing. It counts as JSON if it begins so, and says nothing then. The body of a
/// success is taken out of the answer, unless it is no JSON: it may be long, and is what the caller gets.
fn parsed(answer: &mut Answer) -> Result<Json, serde_json::Error> {
    if matches!(answer.status, 200..=299) {
        return Json::take(std::mem::take(&mut answer.body)).map_err(|(e, body)| {
            answer.body = body;
            e
        });
    }
    if answer.body.len() <= LOOKED_AT {
        return Json::read(&answer.body);
    }
    match answer.body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{' | b'[' | b'"') => Ok(Json::null()),
        _ => Json::read(answer.body.get(..LOOKED_AT).unwrap_or_default()),
    }
}

/// For how long a refusal asks to wait: its header says so, else DRF's own words; else the words show at least that it is the
/// server's throttle that refuses.
pub fn asked(answer: &Answer, body: Option<&Json>) -> Asked {
    if let Some(seconds) = answer.retry_after.seconds() {
        return Asked::Seconds(seconds);
    }
    let [detail, message] = body.map_or([None, None], |body| body.members([refusal::DETAIL, refusal::MESSAGE]));
    let words = detail.or(message).and_then(JsonRef::text);
    match words.and_then(|words| refusal::seconds_to_wait(&words)).filter(|seconds| *seconds <= LONGEST_S) {
        Some(seconds) => Asked::Seconds(seconds),
        None if detail.is_some() && answer.retry_after == RetryAfter::Absent => Asked::Window,
        None => Asked::Unclear,
    }
}

fn refused_by_throttle(answer: &Answer, body: Option<&Json>, refusals: u32, age_s: f64) -> (Settlement, Understood) {
    let asked = match asked(answer, body) {
        // Without a least pause, a server that refuses and asks for none would be asked again and again.
        Asked::Seconds(seconds) => Asked::Seconds(seconds.max(f64::from(1 << refusals.min(6)))),
        other => other,
    };
    let error = Error::new(Code::Throttled, "the server's throttle refused the request").http_status(429);
    (Settlement::Refused { age_s, asked }, Understood::Refused(error))
}

/// An answer and what it is the answer to.
struct Answered<'a> {
    context: &'a Context,
    request: &'a Request,
    answer: &'a Answer,
}

impl Answered<'_> {
    fn error(&self, code: Code, message: String) -> Error {
        let error = Error::new(code, message).request(self.request.named()).http_status(self.answer.status);
        error.correlation_id(self.answer.correlation_id.clone())
    }

    fn failed(&self, transient: bool, doubtful: bool, error: Error) -> Understood {
        Understood::Failed(Attempt { error, transient, doubtful, sent: true })
    }

    fn begins(&self) -> String {
        if let Some(packing) = &self.answer.packed {
            let packing = self.context.excerpt(packing, 40);
            return format!("its answer is packed as \"{packing}\", which was not asked for (gzip was)");
        }
        match printable(&self.answer.body).map(|text| self.context.excerpt(&text, 200)) {
            None => format!("its answer is {} bytes that are no text", self.answer.body.len()),
            Some(nothing) if nothing.is_empty() => "its answer is empty".to_owned(),
            Some(quoted) => format!("its answer begins: {quoted}"),
        }
    }

    fn no_json(&self, e: &serde_json::Error) -> Understood {
        let message = format!(
            "The server answered {}, but not in JSON ({e}); {}. Is \"host\" right, or does a proxy answer in the server's place?",
            self.answer.status,
            self.begins()
        );
        // Where nobody says how long the answer is, a cut is only seen by the JSON, which does not end.
        self.failed(e.is_eof(), true, self.error(Code::Protocol, message))
    }

    fn server_failed(&self) -> Understood {
        let failed = if self.answer.status < 500 { "gave the request up" } else { "failed" };
        let message = format!("The server {failed} with status {}; {}.", self.answer.status, self.begins());
        let mut error = self.error(Code::Server, message);
        if let Some(seconds) = self.answer.retry_after.seconds() {
            error = error.retry_after_s(seconds);
        }
        self.failed(true, true, error)
    }

    fn redirect(&self) -> Understood {
        let to = self.answer.location.as_deref().map_or_else(|| "nowhere".to_owned(), protocol::without_query);
        let message = if to.ends_with(&format!("{}{}/", protocol::API_ROOT, self.request.path)) {
            "The path lacks the slash at its end.".to_owned()
        } else {
            let to = self.context.excerpt(&to, 200);
            format!("The server redirects to {to}; the token is not sent after redirects. Is \"host\" right?")
        };
        self.failed(false, false, self.error(Code::Protocol, message))
    }

    fn not_finaut(&self) -> Understood {
        let message = format!(
            "The server answered {}, but not in JSON, so it is hardly FinAut that answers; {}. Are \"host\" and path right, or does \
             a proxy answer in its place?",
            self.answer.status,
            self.begins()
        );
        self.failed(false, false, self.error(Code::Protocol, message))
    }

    fn refused(&self, body: &Json) -> Understood {
        let (said, fields) = said(self.context, body);
        let words = match said.as_str() {
            "" if self.answer.body.len() > LOOKED_AT => format!(" Of {} bytes, {}.", self.answer.body.len(), self.begins()),
            "" => String::new(),
            words => format!(" It says: {words}"),
        };
        let (code, message) = match self.answer.status {
            401 => {
                let message = format!(
                    "The server does not accept a token that it has just given out.{words} Ask Norsk Test whether the account is in order."
                );
                return Understood::Unauthorized(self.error(Code::Authentication, message));
            }
            403 => (Code::Permission, format!("The account may not do this.{words} Ask Norsk Test for the permission.")),
            404 | 410 => (Code::NotFound, format!("There is no such object, or the account may not see it.{words}")),
            status if protocol::is_validation(status) => (Code::Validation, format!("The server refuses the values.{words}")),
            status => (Code::Server, format!("The server refuses the request with status {status}.{words}")),
        };
        self.failed(false, false, self.error(code, message).refused(fields, said))
    }
}

/// A refusal's words and fields: `{"detail": "…"}`, `{"field": ["…"]}`, nested ones with dots between, or a list of words.
fn said(context: &Context, body: &Json) -> (String, Fields) {
    let [detail, message] = body.members([refusal::DETAIL, refusal::MESSAGE]);
    if let Some(words) = detail.or(message).and_then(JsonRef::text) {
        return (context.excerpt(&words, 500), Fields::default());
    }
    let fields = fields::read(body);
    (context.excerpt(&fields.words(), 1000), fields)
}

/// What a broken exchange means, and how its slot is settled.
pub fn of_broken(call: &Call, request: &Request, broken: &Broken) -> (Settlement, Understood) {
    let settlement = match (broken.sent, broken.received) {
        (false, _) => Settlement::GivenBack,
        (true, Some(received)) => Settlement::Counted { age_s: (call.now() - received).max(0.0) },
        (true, None) => Settlement::Unknown,
    };
    let transient = match broken.cause {
        Cause::Connect | Cause::Timeout | Cause::Cut | Cause::Name | Cause::Short | Cause::Garbled => true,
        // A head without a whole body can be an accident of the way.
        Cause::NoHttp => broken.received.is_some(),
        Cause::Trust | Cause::TooLong | Cause::Stopped => false,
    };
    let error = broken_error(call, broken).request(request.named());
    (settlement, Understood::Failed(Attempt { error, transient, doubtful: true, sent: broken.sent }))
}

/// What a broken exchange is called.
pub fn broken_error(call: &Call, broken: &Broken) -> Error {
    let config = call.config();
    let host = &config.host;
    let most = match broken.cause {
        Cause::Trust => 900,
        Cause::Short => 400,
        _ => 200,
    };
    let detail = call.context().excerpt(&broken.detail, most);
    let proxy = config.proxy_name().map(|proxy| format!("the proxy {proxy}"));
    let through = proxy.as_ref().map(|proxy| format!(" through {proxy}")).unwrap_or_default();
    const WHERE: &str = "It is \"proxy\" in the configuration, else HTTPS_PROXY or ALL_PROXY in the environment; \"proxy\": \"none\" goes without.";
    let network = |message: String| Error::new(Code::Network, message);
    match broken.cause {
        Cause::Name if proxy.is_some() => {
            network(format!("No way to {host}{through}, whose name is not known here ({detail}). Is it right? {WHERE}"))
        }
        Cause::Connect if detail.contains("responded 407") => network(format!(
            "No way to {host}{through}: it wants a user's name and password, as http://user:password@host:port. {WHERE}"
        )),
        Cause::Connect if proxy.is_some() => network(format!(
            "No connection to {host}{through} ({detail}). Is the proxy right and up, and does it let this host through? {WHERE}"
        )),
        Cause::Name => network(format!(
            "The name of {host} is not known here ({detail}). Is \"host\" right, and does the name service work?"
        )),
        Cause::Connect => network(format!(
            "No connection to {host} ({detail}). Is the server up, and does a firewall or proxy stand between?"
        )),
        Cause::Trust => {
            let is_proxys = config.proxy.as_ref().is_some_and(|proxy| proxy.reveal().starts_with("https:"));
            let proxys = if is_proxys {
                " (What is said here can be about the proxy itself, to which TLS is spoken as well.)"
            } else {
                ""
            };
            network(format!("No TLS with {host}{through}: {detail}{proxys}"))
        }
        Cause::Timeout => network(format!("{host} did not answer{through} within timeout_s = {} s.", config.timeout_s)),
        Cause::Short => Error::new(Code::State, format!("No connection to {host}{through}: {detail}.")),
        Cause::Cut if broken.received.is_some() => Error::new(
            Code::Protocol,
            format!("The connection to {host}{through} ended in the middle of the answer ({detail})."),
        ),
        Cause::Cut if !broken.sent && host.starts_with("https:") => network(format!(
            "The connection to {host}{through} was closed before TLS was agreed upon ({detail}). Does the server speak TLS 1.2 or 1.3, and does \
             a firewall close it?"
        )),
        Cause::Cut => network(format!("The connection to {host}{through} broke ({detail}).")),
        Cause::NoHttp if proxy.is_some() && !broken.sent => network(format!(
            "No way to {host}{through}, which does not answer as an HTTP proxy does ({detail}). Is its port right? {WHERE}"
        )),
        Cause::NoHttp => Error::new(
            Code::Protocol,
            format!("What answers at {host}{through} does not speak HTTP as it should ({detail}). Is \"host\" right?"),
        ),
        Cause::Garbled => {
            Error::new(Code::Protocol, format!("The answer of {host}{through} is not packed in gzip as it says ({detail})."))
        }
        Cause::TooLong => {
            Error::new(Code::Protocol, format!("The answer is longer than max_body_bytes = {}.", config.max_body_bytes))
        }
        Cause::Stopped if call.is_forked() => forked(),
        Cause::Stopped => interrupted(),
    }
}
