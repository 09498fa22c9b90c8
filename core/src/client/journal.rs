//! The one writer of the journal's lines: what a line says of a change before it is sent, and how it ended. A creation's line is kept by
//! `settle`, in one unit of work with the creation itself; any other one is opened here. How lines are kept, the store knows.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::iter::once;

use zeroize::Zeroizing;

use super::call::Call;
use super::failed::Failed;
use super::note::{Back, Closes, Note};
use super::outcome::Understood;
use super::request::{Request, Subject};
use crate::arguments::number_in_text;
use crate::error::Error;
use crate::http::Method;
use crate::json::{Json, JsonRef};
use crate::process;
use crate::random::first_number;
use crate::redact::Redactor;
use crate::store::journal::{Closing, Opening};
use crate::wire::protocol::page;

/// How much a line holds of a path, in characters.
const MOST_PATH: usize = 200;
/// How much it holds of the name of a field, of an id and of a correlation id.
const MOST_NAME: usize = 64;
/// What stands for what must not be told.
const LEFT_OUT: &str = "…";
/// How many names of fields it holds.
const MOST_FIELDS: usize = 50;

/// How a change ended.
pub enum Ended<'a> {
    /// It took effect. The server's answer, or the object as it was found; `null` where neither is there.
    Done(&'a Json),
    /// It certainly had no effect: the server refused it, or never got it.
    Refused(&'a Error),
    /// Nobody knows.
    Unknown(&'a Error),
}

/// What of an exchange goes into the line.
#[derive(Default)]
struct Exchanged {
    status: Option<u16>,
    correlation_id: Option<String>,
    /// An exchange before the last one may have taken effect.
    is_doubtful: bool,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unopened,
    Open,
    Closed,
}

/// The line of one change.
pub struct Line<'a> {
    call: &'a Call<'a>,
    subject: Subject,
    opening: Opening,
    redactor: Redactor,
    /// The object's id, where the path says it.
    id: Option<Json>,
    state: Cell<State>,
    last: RefCell<Exchanged>,
}

impl<'a> Line<'a> {
    /// The line of a request that was not sent yet. Nothing is kept.
    pub fn new(call: &'a Call<'a>, request: &Request) -> Line<'a> {
        let redactor = Redactor::new(call.config().secrets());
        let path = without_names(&redactor.excerpt(&request.path, MOST_PATH));
        let id = (request.method != Method::POST && path == request.path).then(|| number_in_text(&path)).flatten();
        let subject = match request.subject {
            Subject::Nobody => None,
            Subject::Number(number) => Some(number),
            Subject::Object => id,
        };
        let fields: BTreeMap<String, JsonRef> = request.body.as_ref().and_then(Json::view).unwrap_or_default();
        let fields: Vec<_> = fields.keys().take(MOST_FIELDS).map(|name| field(&redactor, name)).collect();
        let origin = call.origin();
        let about = Json::of_members(vec![
            ("operation", origin.operation.as_str().into()),
            ("job", origin.job.clone().into()),
            ("method", request.method.as_str().into()),
            ("path", path.as_str().into()),
            ("id", id.into()),
            ("subject", subject.into()),
            ("fields", fields.into()),
            ("machine", redactor.excerpt(&origin.machine, MOST_NAME).into()),
            ("process", std::process::id().into()),
            ("os_user", redactor.excerpt(&process::os_user(), MOST_NAME).into()),
        ]);
        let opening = Opening {
            key: format!("{:016x}{:016x}", first_number(), first_number()),
            wall: call.clock().wall(),
            job: origin.job.clone(),
            subject,
            about,
        };
        Line {
            call,
            subject: request.subject,
            opening,
            redactor,
            id: id.map(|id| Json::of(&id)),
            state: Cell::new(State::Unopened),
            last: RefCell::default(),
        }
    }

    /// The line as it is to be kept before its request goes; it counts as open from now on. Errors: those of the call's own sink, and then
    /// it does not.
    pub fn open(&self) -> Result<&Opening, Error> {
        self.call.sink().map_or(Ok(()), |sink| sink.opened(&self.opening))?;
        self.state.set(State::Open);
        Ok(&self.opening)
    }

    /// It is not kept after all, and nothing goes.
    pub fn unopened(&self, why: &Error) {
        self.state.set(State::Unopened);
        if let Some(sink) = self.call.sink() {
            sink.closed(&self.opening, &self.closing(&Ended::Refused(why)));
        }
    }

    /// Its request was sent, and what became of it is another call's to note.
    pub fn given_over(&self, why: &Error) {
        if self.is_open() {
            self.close(&Ended::Unknown(why));
        }
    }

    /// True if its request may be under way.
    pub fn is_open(&self) -> bool {
        self.state.get() == State::Open
    }

    /// What it says from now on; it counts as closed.
    pub fn close(&self, ended: &Ended) -> Closing {
        let closing = self.closing(ended);
        self.state.set(State::Closed);
        if let Some(sink) = self.call.sink() {
            sink.closed(&self.opening, &closing);
        }
        closing
    }

    /// What another call's line says of the same change, once this call knows how it ended.
    pub fn closing_of_anothers(&self, ended: &Ended) -> Closing {
        self.closing_after(ended, &Exchanged::default())
    }

    /// The same, and it is told to the call's own sink. `line` is the name of the other's line, where it is known.
    pub fn close_anothers(&self, line: Option<&str>, ended: &Ended) -> Closing {
        let closing = self.closing_of_anothers(ended);
        if let (Some(sink), Some(line)) = (self.call.sink(), line) {
            sink.settled(line, &closing);
        }
        closing
    }

    fn closing(&self, ended: &Ended) -> Closing {
        self.closing_after(ended, &self.last.borrow())
    }

    fn closing_after(&self, ended: &Ended, last: &Exchanged) -> Closing {
        let (outcome, code, shown) = match ended {
            Ended::Done(object) => ("done", None, object_id(&self.redactor, object)),
            Ended::Refused(e) => ("refused", Some(e.code().word()), None),
            Ended::Unknown(e) => ("unknown", Some(e.code().word()), None),
        };
        let id = self.id.clone().or(shown);
        let subject = match self.subject {
            Subject::Object if self.opening.subject.is_none() => id.as_ref().and_then(Json::view),
            _ => None,
        };
        let about = Json::of_members(vec![
            ("outcome", outcome.into()),
            ("code", code.into()),
            ("http_status", last.status.into()),
            ("correlation_id", last.correlation_id.clone().into()),
            ("id", id.and_then(|id| id.view()).unwrap_or_default()),
            ("subject", subject.into()),
            ("ended", self.call.clock().wall().into()),
        ]);
        Closing { subject, about }
    }

    /// Keeps in mind what came back.
    pub fn hear(&self, back: &Back) {
        let mut last = self.last.borrow_mut();
        last.status = back.answered.status;
        last.correlation_id = back.answered.correlation_id.as_ref().map(|id| {
            let token = Zeroizing::new(back.token.reveal().to_owned());
            Redactor::new(self.call.config().secrets().into_iter().chain(once(token))).excerpt(id, MOST_NAME)
        });
        last.is_doubtful |= is_doubtful(back.understood);
    }

    /// Closes a line that is still open, in a unit of work of its own. What cannot be kept stays as it is: the line then ends unnoted
    /// together with its process.
    pub fn end(&self, ended: &Ended) {
        // A forked child's copy is its parent's to close.
        if self.is_open() && !self.call.is_forked() {
            let closing = self.close(ended);
            let _ = self.call.store().journal().close(self.call.at(), &self.opening.key, &closing);
        }
    }

    /// As [`end`](Line::end), by what came of sending the request.
    pub fn end_with(&self, result: &Result<Json, Failed>) {
        match result {
            Ok(answer) => self.end(&Ended::Done(answer)),
            Err(failed) if failed.unsettled || self.last.borrow().is_doubtful => self.end(&Ended::Unknown(&failed.error)),
            Err(failed) => self.end(&Ended::Refused(&failed.error)),
        }
    }
}

impl Note for Line<'_> {
    /// It is on the disk when this returns. Errors: `state`.
    fn goes(&self) -> Result<(), Error> {
        if self.is_open() {
            return Ok(());
        }
        let opened = self.call.store().journal().open(self.call.at(), self.open()?);
        opened.inspect_err(|e| self.unopened(e))
    }

    /// It stays open: what waits will be sent again, and a kill meanwhile leaves a line more rather than one too few.
    fn had_no_effect(&self, _: &Error) {}

    fn came_back(&self, back: &Back) -> Option<Closes> {
        let is_doubtful = is_doubtful(back.understood) || self.last.borrow().is_doubtful;
        self.hear(back);
        let ended = match back.understood {
            Understood::Value(answer) => Ended::Done(answer),
            Understood::Failed(_) if !back.is_last => return None,
            Understood::Failed(attempt) if is_doubtful => Ended::Unknown(&attempt.error),
            Understood::Failed(attempt) => Ended::Refused(&attempt.error),
            Understood::Unauthorized(_) | Understood::Refused(_) => return None,
        };
        Some(Closes { closing: self.close(&ended), key: self.opening.key.clone() })
    }
}

impl Drop for Line<'_> {
    /// A call that ends in the middle, by a panic for one.
    fn drop(&mut self) {
        if self.is_open() {
            let error = Error::new(crate::error::Code::Internal, "The call ended in the middle.");
            self.end(&Ended::Unknown(&error));
        }
    }
}

fn is_doubtful(understood: &Understood) -> bool {
    matches!(understood, Understood::Failed(attempt) if attempt.sent && attempt.doubtful)
}

/// A path that names nobody: what is no word of the API and no number is left out, and so is a query.
fn without_names(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let is_plain = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-*".contains(&b));
    path.split('/').map(|part| if is_plain(part) { part } else { LEFT_OUT }).collect::<Vec<_>>().join("/")
}

/// The name of a field; what the API would not call a field may be anything.
fn field(redactor: &Redactor, name: &str) -> String {
    let is_word = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if is_word { redactor.excerpt(name, MOST_NAME) } else { LEFT_OUT.to_owned() }
}

/// The id of an object, as a number where it is one or ends in one; `None` where none is shown, or one that must not be.
pub fn object_id(redactor: &Redactor, object: &Json) -> Option<Json> {
    let [id] = object.members([page::ID]);
    let id = id.filter(|id| !id.is_null())?;
    let text = id.text().map_or_else(|| id.as_str().to_owned(), Cow::into_owned);
    if redactor.excerpt(&text, MOST_PATH) != text {
        return None;
    }
    match number_in_text(&text) {
        Some(number) => Some(Json::of(&number)),
        None if text.len() > MOST_NAME || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b)) => None,
        None => Some(Json::of(&text)),
    }
}

/// Says whether a method changes anything at the server.
pub fn changes(method: &Method) -> bool {
    *method != Method::GET && *method != Method::HEAD
}
