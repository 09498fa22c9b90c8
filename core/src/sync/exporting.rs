//! The operation `sync.export`: rows back into the HR system or the LMS, by the employer's own ids. Nobody who is kept out is in them, and
//! no identity number but in the file that HR itself has to read again.
//!
//! What was decided: without `encoding` a file is in the configuration's encoding, and `unknown_to_hr`, which a person opens in a
//! spreadsheet, begins with UTF-8's mark. A letter that the encoding lacks is an error and nothing is written: a program on the other side
//! matches by these texts, and must not meet one that somebody made up. A cell that a spreadsheet would take for a formula has a `'` before
//! it; in `unknown_to_hr` it is empty, and the person is named by the number.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::authorising::is_authorised;
use super::keeping;
use super::memory::Memory;
use super::naming::{self, ProfileAt};
use super::plan::Subject;
use super::private;
use super::reading;
use super::report::{MARK, is_formula, whole_line};
use crate::client::{self, Call, Listing, PageRef};
use crate::clock::in_norway;
use crate::encoding::Encoding;
use crate::error::{Code, Error};
use crate::json::{Json, JsonRef};
use crate::ledger::{self, Ledger};
use crate::operations::codes::Scheme;
use crate::operations::results;
use crate::persnr::Persnr;
use crate::text::quoted;
use crate::views::{self, Status};
use crate::wire::objects::{field, path};
use crate::wire::protocol::page;

/// What is to be exported.
#[derive(Debug)]
pub struct Exported {
    /// The profile, or its name.
    pub profile: ProfileAt,
    /// What.
    pub what: String,
    /// `csv` or `json`.
    pub format: String,
    /// Where it is written; `None`: it is in the reply.
    pub path: Option<String>,
    /// From which day on, for what has days.
    pub since: Option<Date>,
    /// The encoding of the file.
    pub encoding: Option<String>,
}

/// For how long, in seconds, what the last run knew of people serves.
const SERVES_S: f64 = 900.0;
/// By so many days exports of results overlap: a result may come late, or be changed.
const OVERLAP_DAYS: i32 = 2;

/// What can be exported, and its columns.
const WHAT: [(&str, &[&str]); 5] = [
    ("authorisations", &["employee_alias", "id", "differs", "scheme", "status", "since"]),
    ("statuses", &["employee_alias", "id", "scheme", "status", "authorised", "since", "record"]),
    ("history", &["employee_alias", "id", "record", "scheme", "status", "status_date"]),
    ("results", &["employee_alias", "id", "result", "exam_name", "exam_date", "score", "passed", "status"]),
    (UNKNOWN, &["persnr", "employee_alias", "first_name", "last_name", "status"]),
];
const UNKNOWN: &str = "unknown_to_hr";

/// Rows, and what is known of them besides.
#[derive(Default)]
struct Rows {
    rows: Vec<Vec<Value>>,
    /// From which day on they are.
    since: Option<Date>,
    /// As of when they are right, in seconds since 1970.
    as_of: f64,
}

/// The reply: `{"profile", "what", "format", "encoding", "rows", "since", "as_of", "requests", "path", "text"}`. Errors: `argument` for
/// `since` and `encoding` where they mean nothing; `validation` for words that are not known, for a path that cannot be written, and for a
/// letter that the encoding lacks; `not_found` before the first run that accepted a file; those of a listing; `config`, `state`.
pub fn export(call: &Call, exported: &Exported) -> Result<Json, Error> {
    keeping::check_store(call)?;
    let (what, columns) = WHAT.into_iter().find(|(what, _)| *what == exported.what).ok_or_else(|| {
        let known: Vec<String> = WHAT.iter().map(|(what, _)| format!("\"{what}\"")).collect();
        Error::invalid("what", format!("must be {}, not {}", known.join(" or "), quoted(&exported.what, 40)))
    })?;
    let is_csv = match exported.format.as_str() {
        "csv" => true,
        "json" => false,
        other => return Err(Error::invalid("format", format!("must be \"csv\" or \"json\", not {}", quoted(other, 40)))),
    };
    if exported.since.is_some() && !["history", "results"].contains(&what) {
        return Err(Error::argument(format!("since is for \"history\" and \"results\"; \"{what}\" is as it is now.")));
    }
    let written = written_in(call, exported, what, is_csv)?;
    let profile = naming::name(&exported.profile)?;
    let exporter = Exporter::new(call, profile)?;
    let before = call.sent();
    let today = call.clock().today();
    let rows = match what {
        "authorisations" => exporter.authorisations()?,
        "statuses" => exporter.statuses()?,
        "history" => exporter.history(exported.since)?,
        "results" => exporter.results(exported.since)?,
        _ => exporter.unknown()?,
    };
    let text = if is_csv { csv(columns, &rows.rows, what) } else { json(columns, &rows.rows) };
    let path = match &exported.path {
        Some(path) => Some(private::write(path, &written.bytes(&text, is_csv)?)?),
        None => None,
    };
    if what == "results" {
        exporter.note_results(exported.since, today)?;
    }
    let text = if path.is_some() { Value::Null } else { text.into() };
    Ok(Json::of_members(vec![
        ("profile", exporter.profile.into()),
        ("what", what.into()),
        ("format", exported.format.as_str().into()),
        ("encoding", path.as_ref().map(|_| written.name()).into()),
        ("rows", rows.rows.len().into()),
        ("since", rows.since.map(|since| since.to_string()).into()),
        ("as_of", in_norway(rows.as_of).into()),
        ("requests", (call.sent() - before).into()),
        ("path", path.map(|path| path.to_string_lossy().into_owned()).into()),
        ("text", text),
    ]))
}

/// In what a file is written.
#[derive(Clone, Copy)]
struct Written {
    encoding: Encoding,
    has_mark: bool,
}

fn written_in(call: &Call, exported: &Exported, what: &str, is_csv: bool) -> Result<Written, Error> {
    let Some(label) = &exported.encoding else {
        let encoding = call.config().encoding;
        let is_for_people = what == UNKNOWN && is_csv && encoding == Encoding::UTF_8;
        return Ok(Written { encoding, has_mark: is_for_people });
    };
    if exported.path.is_none() {
        return Err(Error::argument(
            "encoding is that of a file: give path, too. The text in the reply is in the client's encoding.",
        ));
    }
    let plain: String = label.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    if ["utf8bom", "utf8sig", "utf8withbom", "utf8mark"].contains(&plain.as_str()) {
        return Ok(Written { encoding: Encoding::UTF_8, has_mark: is_csv });
    }
    let encoding = Encoding::of_label(label).map_err(|problem| Error::invalid("encoding", problem))?;
    Ok(Written { encoding, has_mark: false })
}

impl Written {
    fn name(self) -> String {
        let mark = if self.has_mark { "-bom" } else { "" };
        format!("{}{mark}", self.encoding.name().to_ascii_lowercase())
    }

    /// The text in its encoding. JSON escapes what the encoding lacks. Errors: `validation` for a letter that a CSV file cannot have.
    fn bytes(self, text: &str, is_csv: bool) -> Result<Vec<u8>, Error> {
        if !is_csv {
            return Ok(self.encoding.encode_json(text));
        }
        let mut bytes = if self.has_mark { MARK.as_bytes().to_vec() } else { Vec::new() };
        match self.encoding.encode(text) {
            Ok(mut encoded) => bytes.append(&mut encoded),
            Err(at) => {
                let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
                let letter = after.chars().next().unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                let problem = format!(
                    "{} has no letter {} (U+{:04X}), which line {line} needs: use utf-8, or utf-8-bom for a spreadsheet. Nothing was written",
                    self.encoding.name(),
                    quoted(&letter.to_string(), 10),
                    u32::from(letter)
                );
                return Err(Error::invalid("encoding", problem));
            }
        }
        Ok(bytes)
    }
}

fn csv(columns: &[&str], rows: &[Vec<Value>], what: &str) -> String {
    let mut out = String::new();
    whole_line(&mut out, &columns.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    for row in rows {
        let cell = |value: &Value| match value {
            Value::Null => String::new(),
            // What is read again by the sync must be what FinAut has, or nothing.
            Value::String(text) if what == UNKNOWN && is_formula(text) => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        whole_line(&mut out, &row.iter().map(cell).collect::<Vec<_>>());
    }
    out
}

fn json(columns: &[&str], rows: &[Vec<Value>]) -> String {
    let row = |row: &Vec<Value>| -> Map<String, Value> {
        columns.iter().zip(row).map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    };
    Json::of(&rows.iter().map(row).collect::<Vec<_>>()).as_str().to_owned()
}

struct Exporter<'e, 'a> {
    call: &'e Call<'a>,
    profile: String,
    memory: Memory,
    /// The employer's own ids of people, as the last run knew them.
    aliases: BTreeMap<u64, Option<String>>,
    /// When that was, in seconds since 1970.
    known_at: f64,
}

impl<'e, 'a> Exporter<'e, 'a> {
    fn new(call: &'e Call<'a>, profile: String) -> Result<Exporter<'e, 'a>, Error> {
        let memory = keeping::memory(call, &profile)?;
        if memory.files.is_empty() {
            let message = format!(
                "No run of the profile \"{profile}\" has accepted a file yet, so that it is not known who must be kept out of exports; sync.run does."
            );
            return Err(Error::new(Code::NotFound, message).nothing_sent());
        }
        let people = keeping::people(call)?.unwrap_or_default();
        Ok(Exporter { call, profile, memory, aliases: crate::sets::map(people.people), known_at: people.at })
    }

    fn is_kept_out(&self, id: u64) -> bool {
        self.memory.people.get(&id).is_some_and(|seen| seen.is_confidential)
    }

    /// The employer's own id; one that is an identity number is not shown.
    fn alias(alias: Option<&str>) -> Value {
        alias.filter(|alias| Persnr::parse(alias).is_err()).into()
    }

    fn alias_of(&self, id: u64) -> Value {
        Self::alias(self.aliases.get(&id).and_then(Option::as_deref))
    }

    /// As the last run found them: without a request.
    fn authorisations(&self) -> Result<Rows, Error> {
        let runs = keeping::all_runs(self.call, &self.profile)?;
        let known = keeping::last_authorisations(self.call, &self.profile)?;
        let row = |known: &super::record::Authorisation| {
            vec![
                Self::alias(known.subject.employee_alias.as_deref()),
                known.subject.id.into(),
                known.differs.word().into(),
                known.scheme.as_ref().map(Scheme::as_str).into(),
                known.status.as_deref().into(),
                known.since.to_string().into(),
            ]
        };
        let is_shown = |subject: &Subject| subject.id.is_some_and(|id| !self.is_kept_out(id));
        let rows = known.iter().filter(|known| is_shown(&known.subject)).map(row).collect();
        Ok(Rows { rows, as_of: runs.last().map_or(0.0, |run| run.ended), since: None })
    }

    /// Everybody's statuses: right after a run without a request, else after a listing of everybody.
    fn statuses(&self) -> Result<Rows, Error> {
        let is_young = (0.0..SERVES_S).contains(&(self.call.clock().wall() - self.known_at));
        let known = if is_young { ledger::known(self.call)? } else { None };
        let (ledger, aliases): (Ledger, BTreeMap<u64, Option<String>>) = match known {
            Some(ledger) => (ledger, self.aliases.clone()),
            None => {
                let read = reading::read(self.call)?;
                let people = read.world.people.into_values();
                let aliases = crate::sets::map(people.map(|known| (known.id, known.employee_alias)));
                (ledger::known(self.call)?.unwrap_or_default(), aliases)
            }
        };
        let mut rows = Vec::new();
        for record in &ledger.records {
            let status = Status::of(record);
            let Some(id) = user(&status).filter(|id| !self.is_kept_out(*id)) else { continue };
            let Some(alias) = aliases.get(&id).filter(|_| !status.is_leaders()) else { continue };
            let scheme = status.appname.and_then(views::scheme_code).unwrap_or_default();
            let word = status.status.and_then(JsonRef::text).unwrap_or_default();
            let authorised = Scheme::parse(&scheme).is_some_and(|scheme| is_authorised(&word, &scheme));
            rows.push(vec![
                Self::alias(alias.as_deref()),
                id.into(),
                scheme.into(),
                word.as_ref().into(),
                authorised.into(),
                status.day().map(|day| day.to_string()).into(),
                status.id.and_then(views::number).into(),
            ]);
        }
        Ok(Rows { rows, as_of: ledger.as_of, since: None })
    }

    /// The end of the history, from the first record on that has this day or a later one: one that was made later for an earlier day is
    /// among them.
    fn history(&self, since: Option<Date>) -> Result<Rows, Error> {
        let since = since.ok_or_else(|| Error::argument("since is missing: from which day on is the history wanted?"))?;
        let as_of = self.call.clock().wall();
        let mut records: Vec<Json> = self.end_of_history(since)?.iter().flat_map(Listing::objects).collect();
        let number = |record: &Json| Status::of(record).id.and_then(views::number).unwrap_or_default();
        crate::sets::sort_by_key(&mut records, number);
        let first = records.iter().position(|record| Status::of(record).day().is_none_or(|day| day >= since));
        let mut rows = Vec::new();
        let mut last = None;
        for record in first.and_then(|first| records.get(first..)).unwrap_or_default() {
            let (status, record) = (Status::of(record), number(record));
            if last.replace(record) == Some(record) {
                continue;
            }
            let Some(id) = user(&status).filter(|id| !self.is_kept_out(*id)) else { continue };
            rows.push(vec![
                self.alias_of(id),
                id.into(),
                record.into(),
                status.appname.and_then(views::scheme_code).into(),
                status.status.and_then(JsonRef::text).into(),
                status.day().map(|day| day.to_string()).into(),
            ]);
        }
        Ok(Rows { rows, as_of, since: Some(since) })
    }

    /// The pages of the history from its end back to one on which everything is older.
    fn end_of_history(&self, since: Date) -> Result<Vec<Listing>, Error> {
        let is_older = |listing: &Listing| {
            !listing.results.is_empty()
                && listing.results.iter().all(|record| Status::of(record).day().is_some_and(|day| day < since))
        };
        let read = |page: &PageRef| client::list(self.call, path::STATUS, &[], Some(page));
        let Some((count, rises)) = ledger::end_of_history(self.call)? else {
            return Ok(vec![client::list(self.call, path::STATUS, &[], None)?]);
        };
        let mut pages = Vec::new();
        if rises {
            let last = count.div_ceil(page::SIZE).max(1);
            let listing = read(&PageRef::Number(last))?;
            let mut next = listing.next_page.clone();
            let mut oldest = is_older(&listing);
            pages.push(listing);
            while let Some(page) = next.take() {
                let listing = read(&page)?;
                next.clone_from(&listing.next_page);
                pages.push(listing);
            }
            for number in (1..last).rev() {
                if oldest {
                    break;
                }
                let listing = read(&PageRef::Number(number))?;
                oldest = is_older(&listing);
                pages.push(listing);
            }
            return Ok(pages);
        }
        let mut next = Some(PageRef::Number(1));
        while let Some(page) = next {
            let listing = read(&page)?;
            next = listing.next_page.clone().filter(|_| !is_older(&listing));
            pages.push(listing);
        }
        Ok(pages)
    }

    fn mark(&self) -> String {
        format!("results {}", self.profile)
    }

    /// The results since a day: else since the last export, with two days' overlap; the first time all.
    fn results(&self, since: Option<Date>) -> Result<Rows, Error> {
        let as_of = self.call.clock().wall();
        let last = keeping::exported(self.call, &self.mark())?;
        let overlapping = last.and_then(|last| last.checked_sub(jiff::Span::new().days(OVERLAP_DAYS)).ok());
        let since = since.or(overlapping);
        let listing = results::list(self.call, None, since)?.read(self.call, None)?;
        let mut rows = Vec::new();
        for result in Listing::results_in(&listing) {
            let [id, user, name, day, score] = result.members([field::ID, field::USER, "exam_name", "exam_date", "score"]);
            let [passed, status] = result.members(["passed", field::STATUS]);
            let Some(user) = user.map(views::reference).and_then(views::number).filter(|id| !self.is_kept_out(*id)) else {
                continue;
            };
            rows.push(vec![
                self.alias_of(user),
                user.into(),
                id.and_then(views::number).into(),
                plain(name),
                plain(day),
                plain(score),
                plain(passed),
                plain(status),
            ]);
        }
        Ok(Rows { rows, as_of, since })
    }

    /// Notes up to which day results were exported, unless days before were left out.
    fn note_results(&self, since: Option<Date>, today: Date) -> Result<(), Error> {
        let last = keeping::exported(self.call, &self.mark())?;
        let leaves_out = matches!((since, last), (Some(since), Some(last)) if since > last);
        if leaves_out { Ok(()) } else { keeping::keep_exported(self.call, &self.mark(), today) }
    }

    /// Whom no HR file has named, as a file for the sync: a person marks those who have left, and gives it to a profile of its own. Who has
    /// no employer's own id that is theirs alone is named by the identity number, without which the sync could not find them.
    fn unknown(&self) -> Result<Rows, Error> {
        let runs = keeping::all_runs(self.call, &self.profile)?;
        let mut unknown = None;
        for run in runs.iter().rev() {
            match keeping::plan(self.call, &self.profile, Some(&run.plan)) {
                Ok(Some(kept)) if kept.basis.only.is_none() => unknown = Some(kept.plan.unknown_to_hr),
                Ok(_) => continue,
                Err(e) if matches!(e.code(), Code::Stale | Code::NotFound) => {}
                Err(e) => return Err(e),
            }
            break;
        }
        let unknown = unknown.ok_or_else(|| {
            let message =
                format!("The last run of the profile \"{}\" is older than 14 days; sync.run makes a new one.", self.profile);
            Error::new(Code::NotFound, message).nothing_sent()
        })?;
        let read = reading::read(self.call)?;
        let people = &read.world.people;
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for alias in people.values().filter_map(|known| known.employee_alias.as_deref()) {
            *times.entry(alias).or_default() += 1;
        }
        let mut rows = Vec::new();
        for known in unknown.iter().filter(|id| !self.is_kept_out(**id)).filter_map(|id| people.get(id)) {
            let is_named = |alias: &&str| times.get(alias) == Some(&1) && !is_formula(alias) && Persnr::parse(alias).is_err();
            let alias = known.employee_alias.as_deref().filter(is_named);
            let number = known.persnr.as_ref().filter(|_| alias.is_none()).map(Persnr::as_str);
            rows.push(vec![
                number.into(),
                alias.into(),
                known.first_name.as_str().into(),
                known.last_name.as_str().into(),
                "active".into(),
            ]);
        }
        Ok(Rows { rows, as_of: read.at, since: None })
    }
}

fn user(status: &Status) -> Option<u64> {
    status.user.map(views::reference).and_then(views::number)
}

/// A value as it stands: a text without identity numbers, a number, true, false; null for anything else.
fn plain(member: Option<JsonRef>) -> Value {
    let Some(member) = member else { return Value::Null };
    match member.text() {
        Some(text) => crate::persnr::redacted(&text).into_owned().into(),
        None => member.view::<Value>().filter(|value| value.is_number() || value.is_boolean()).unwrap_or_default(),
    }
}
