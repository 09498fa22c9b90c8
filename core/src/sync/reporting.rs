//! The operation `sync.report`: a plan that was made, what came of it, what happened over a time, and what can be taken back, in a form for
//! people or programs. No request is sent.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::keeping::{self, KeptPlan};
use super::memory::Memory;
use super::naming::{self, ProfileAt};
use super::plan::Subject;
use super::private;
use super::progress::State;
use super::record::{Deed, KeptRun};
use super::report::{self, Form, Key, Paper, Period, Ran};
use super::told::{Language, Told};
use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::ledger;
use crate::text::quoted;
use crate::views::{self, Status};

/// Which report is wanted.
#[derive(Debug)]
pub struct Wanted {
    /// The profile, or its name.
    pub profile: ProfileAt,
    /// The id of a run or of a plan; `None`: the last one.
    pub run: Option<String>,
    /// The first day of a time.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Option<Date>,
    /// What it is about.
    pub what: String,
    /// Its form.
    pub format: String,
    /// Its language.
    pub language: String,
    /// Where it is written; `None`: it is in the reply.
    pub path: Option<String>,
    /// Whether people's names are shown.
    pub names: bool,
}

/// The languages and their words.
const LANGUAGES: [(&str, Language); 2] = [("no", Language::Norwegian), ("en", Language::English)];

/// What a report can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Run,
    Period,
    Undo,
}

const ABOUT: [(&str, About); 3] = [("run", About::Run), ("period", About::Period), ("undo", About::Undo)];

/// How many days a period has that only its end or nothing is said of.
const USUAL_DAYS: i32 = 30;

/// The reply: `{"run", "profile", "what", "from", "to", "format", "language", "path", "text"}`. Errors: `validation` for a word that is none
/// of those known, and for a path that cannot be written; `argument` for a run and a time together; `not_found` where there is no such run
/// or plan, or none yet; `stale`, `config`, `state`.
pub fn report(call: &Call, wanted: &Wanted) -> Result<Json, Error> {
    keeping::check_store(call)?;
    let about = one_of("what", &wanted.what, &ABOUT)?;
    let form = one_of("format", &wanted.format, &Form::ALL)?;
    let language = one_of("language", &wanted.language, &LANGUAGES)?;
    let has_time = wanted.from.is_some() || wanted.to.is_some();
    match about {
        About::Run if has_time => return Err(Error::argument("from and to are of the reports \"period\" and \"undo\".")),
        About::Period if wanted.run.is_some() => {
            return Err(Error::argument("run is of the reports \"run\" and \"undo\"; a period has from and to."));
        }
        About::Undo if wanted.run.is_some() && has_time => {
            return Err(Error::argument("Give either run, or from and to."));
        }
        _ => {}
    }
    let profile = naming::name(&wanted.profile)?;
    let reporter = Reporter::new(call, profile, language, wanted.names)?;
    let (run, time, text) = match about {
        About::Run => {
            let (id, text) = reporter.run(wanted.run.as_deref(), form)?;
            (Some(id), None, text)
        }
        About::Period => {
            let time = time(call, wanted)?;
            (None, Some(time), reporter.shown(reporter.period(time)?, form))
        }
        About::Undo => {
            let (run, time) = match has_time {
                true => (None, Some(time(call, wanted)?)),
                false => (Some(reporter.run_id(wanted.run.as_deref())?), None),
            };
            let paper = reporter.undo(run.as_deref(), time)?;
            (run, time, reporter.shown(paper, form))
        }
    };
    let path = wanted.path.as_deref().map(|path| private::write(path, text.as_bytes())).transpose()?;
    let text = if path.is_some() { Value::Null } else { text.into() };
    let day = |day: fn((Date, Date)) -> Date| Value::from(time.map(|time| day(time).to_string()));
    Ok(Json::of_members(vec![
        ("run", run.into()),
        ("profile", reporter.profile.into()),
        ("what", wanted.what.as_str().into()),
        ("from", day(|(from, _)| from)),
        ("to", day(|(_, to)| to)),
        ("format", wanted.format.as_str().into()),
        ("language", wanted.language.as_str().into()),
        ("path", path.map(|path| path.to_string_lossy().into_owned()).into()),
        ("text", text),
    ]))
}

/// The first and the last day that are wanted. Errors: `validation`.
fn time(call: &Call, wanted: &Wanted) -> Result<(Date, Date), Error> {
    let to = wanted.to.unwrap_or_else(|| call.clock().today());
    let from = wanted.from.or_else(|| to.checked_sub(jiff::Span::new().days(USUAL_DAYS)).ok()).unwrap_or(to);
    if from > to {
        return Err(Error::invalid("from", format!("{from} is after {to}, which is its end")));
    }
    Ok((from, to))
}

/// Makes reports of a profile from what is kept.
struct Reporter<'r, 'a> {
    call: &'r Call<'a>,
    profile: String,
    language: Language,
    names: bool,
    memory: Memory,
    runs: Vec<KeptRun>,
    /// Who is kept out: their numbers, and the employer's own ids of theirs that are known.
    hidden: (BTreeSet<u64>, BTreeSet<String>),
}

impl<'r, 'a> Reporter<'r, 'a> {
    fn new(call: &'r Call<'a>, profile: String, language: Language, names: bool) -> Result<Reporter<'r, 'a>, Error> {
        let memory = keeping::memory(call, &profile)?;
        let runs = keeping::all_runs(call, &profile)?;
        let kept_out = memory.people.iter().filter(|(_, seen)| seen.is_confidential).map(|(id, _)| *id);
        let numbers = crate::sets::set(kept_out);
        let mut aliases = BTreeSet::new();
        if !numbers.is_empty() {
            let deeds = keeping::deeds(call, &profile)?;
            let theirs = deeds.iter().filter(|deed| deed.subject.id.is_some_and(|id| numbers.contains(&id)));
            aliases = crate::sets::set(theirs.filter_map(|deed| deed.subject.employee_alias.clone()));
        }
        Ok(Reporter { call, profile, language, names, memory, runs, hidden: (numbers, aliases) })
    }

    fn is_hidden(&self, subject: &Subject) -> bool {
        let (numbers, aliases) = &self.hidden;
        subject.id.is_some_and(|id| numbers.contains(&id))
            || subject.employee_alias.as_ref().is_some_and(|alias| aliases.contains(alias))
    }

    fn shown(&self, mut paper: Paper, form: Form) -> String {
        paper.without(&|subject| self.is_hidden(subject));
        paper.rendered(form)
    }

    /// A plan as it is to be shown: without names where they are not wanted, and without anything of those who are kept out.
    fn opened(&self, mut kept: KeptPlan) -> KeptPlan {
        kept.basis.names = crate::sets::map(std::mem::take(&mut kept.names));
        if !self.names {
            report::without_names(&mut kept.plan, &mut kept.basis);
        }
        report::without(&mut kept.plan, &mut kept.basis, &|subject| self.is_hidden(subject));
        kept
    }

    /// The id that the report has, and the report: of a run what came of it, of a plan what it wants.
    fn run(&self, asked: Option<&str>, form: Form) -> Result<(String, String), Error> {
        let kept = keeping::plan(self.call, &self.profile, asked)?.ok_or_else(|| self.nothing())?;
        let id = kept.basis.id.clone();
        let is_plan_asked = asked.is_some_and(|asked| !asked.starts_with("r-"));
        match self.runs.iter().find(|run| run.plan == id).filter(|_| !is_plan_asked) {
            Some(run) => Ok((run.id.clone(), self.shown(self.paper(self.opened(kept), run, true)?, form))),
            None => {
                let kept = self.opened(kept);
                Ok((id, report::rendered(form, &kept.plan, &kept.basis, self.language)))
            }
        }
    }

    fn nothing(&self) -> Error {
        let message = format!("The profile \"{}\" has no plan yet; sync.plan makes one.", self.profile);
        Error::new(Code::NotFound, message).nothing_sent()
    }

    /// The run that is asked for, or the last one.
    fn run_id(&self, asked: Option<&str>) -> Result<String, Error> {
        let Some(asked) = asked else {
            let last = self.runs.last().map(|run| run.id.clone());
            return last.ok_or_else(|| {
                let message = format!("The profile \"{}\" has no run yet; sync.run makes one.", self.profile);
                Error::new(Code::NotFound, message).nothing_sent()
            });
        };
        let id = asked.strip_prefix("p-").map_or_else(|| asked.to_owned(), |rest| format!("r-{rest}"));
        let is_run = |id: &str| self.runs.iter().any(|run| run.id == id);
        // One that was killed has left no more than its deeds.
        if is_run(&id) || keeping::deeds(self.call, &self.profile)?.iter().any(|deed| deed.run == id) {
            return Ok(id);
        }
        let message = format!(
            "The profile \"{}\" has no run {}; runs are kept for 90 days. sync.status tells the last one.",
            self.profile,
            quoted(asked, 60)
        );
        Err(Error::new(Code::NotFound, message).nothing_sent())
    }

    /// The report of a run. `compares`: with the run before.
    fn paper(&self, kept: KeptPlan, run: &KeptRun, compares: bool) -> Result<Paper, Error> {
        let before = if compares { self.open_before(run)? } else { None };
        let (missed, of) = self.nights(
            report::day_of(run.ended).checked_sub(jiff::Span::new().days(USUAL_DAYS - 1)).unwrap_or(Date::MIN),
            report::day_of(run.ended),
        );
        let since = |subject: &Subject| {
            let seen = self.memory.people.get(&subject.id?)?;
            let absent = seen.absent.as_ref().map(|absent| absent.since);
            absent.or(seen.over_since.map(report::day_of)).or(seen.leave_since)
        };
        Ok(report::run(&Ran {
            plan: &kept.plan,
            basis: &kept.basis,
            run,
            language: self.language,
            since: &since,
            before: before.as_ref(),
            nights: (&missed, of),
        }))
    }

    /// What was open in the last run before this one whose plan is kept, and which looked at everybody.
    fn open_before(&self, run: &KeptRun) -> Result<Option<BTreeSet<Key>>, Error> {
        for earlier in self.runs.iter().rev().filter(|earlier| earlier.began < run.began && earlier.id != run.id) {
            let Some(kept) = self.kept_plan(earlier)?.filter(|kept| kept.basis.only.is_none()) else { continue };
            return Ok(Some(self.paper(kept, earlier, false)?.open_keys()));
        }
        Ok(None)
    }

    /// The plan of a run; `None` where it is not kept any more.
    fn kept_plan(&self, run: &KeptRun) -> Result<Option<KeptPlan>, Error> {
        match keeping::plan(self.call, &self.profile, Some(&run.plan)) {
            Ok(kept) => Ok(kept.map(|kept| self.opened(kept))),
            Err(e) if matches!(e.code(), Code::Stale | Code::NotFound) => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// The nights of these days without a completed run, from the first run on, and how many nights that are.
    fn nights(&self, from: Date, to: Date) -> (Vec<Date>, u64) {
        let Some(first) = self.runs.first().map(|run| report::day_of(run.began)) else { return (Vec::new(), 0) };
        let done = self.runs.iter().filter(|run| run.state == State::Done).map(|run| report::day_of(run.ended));
        let (done, to): (BTreeSet<Date>, Date) = (crate::sets::set(done), to.min(self.call.clock().today()));
        let days: Vec<Date> =
            from.max(first).series(jiff::Span::new().days(1)).take_while(|day| *day <= to).take(3660).collect();
        (days.iter().filter(|day| !done.contains(day)).copied().collect(), days.len() as u64)
    }

    /// What was done in a time, that of which nobody knew included; what turned out not to have been done is left out.
    fn deeds(&self, is: &dyn Fn(&Deed) -> bool) -> Result<Vec<Deed>, Error> {
        let mut deeds = keeping::deeds(self.call, &self.profile)?;
        deeds.retain(|deed| is(deed) && !self.is_hidden(&deed.subject));
        if deeds.iter().any(|deed| !deed.is_sure) {
            settle(self.call, &mut deeds)?;
        }
        Ok(deeds)
    }

    fn period(&self, (from, to): (Date, Date)) -> Result<Paper, Error> {
        let is_in = |at: f64| (from..=to).contains(&report::day_of(at));
        let deeds = self.deeds(&|deed| is_in(deed.at))?;
        let consents = keeping::consents(self.call, &self.profile)?;
        let runs: Vec<&KeptRun> = self.runs.iter().filter(|run| is_in(run.began)).collect();
        let (missed, of) = self.nights(from, to);
        let mut last = None;
        for run in runs.iter().rev() {
            if let Some(kept) = self.kept_plan(run)?.filter(|kept| kept.basis.only.is_none()) {
                let mut paper = self.paper(kept, run, false)?;
                paper.without(&|subject| self.is_hidden(subject));
                last = Some((paper, report::day_of(run.ended)));
                break;
            }
        }
        Ok(report::period(&Period {
            profile: &self.profile,
            from,
            to,
            language: self.language,
            runs: &runs,
            deeds: &deeds.iter().collect::<Vec<_>>(),
            consents: &consents.iter().filter(|consent| is_in(consent.at)).collect::<Vec<_>>(),
            last: last.as_ref().map(|(paper, day)| (paper, *day)),
            nights: (&missed, of),
        }))
    }

    fn undo(&self, run: Option<&str>, time: Option<(Date, Date)>) -> Result<Paper, Error> {
        let is_in = |deed: &Deed| match (run, time) {
            (Some(run), _) => deed.run == run,
            (None, Some((from, to))) => (from..=to).contains(&report::day_of(deed.at)),
            (None, None) => false,
        };
        let deeds = self.deeds(&|deed| deed.scheme.is_some() && is_in(deed))?;
        let (told, head) = match (run, time) {
            (_, Some((from, to))) => (
                Told::of("label_undo_of_period").with(&self.profile).with(from).with(to),
                json!({ "report": "undo", "profile": self.profile, "from": from.to_string(), "to": to.to_string() }),
            ),
            (run, None) => (
                Told::of("label_undo_of_run").with(&self.profile).with(run.unwrap_or_default()),
                json!({ "report": "undo", "profile": self.profile, "run": run }),
            ),
        };
        Ok(report::undo(&deeds.iter().collect::<Vec<_>>(), told, head, self.language))
    }
}

/// Settles what was sent and never answered, by the ledger as it is kept: a record that names the run is its own. What the ledger, read late
/// enough, does not show, did not happen.
fn settle(call: &Call, deeds: &mut Vec<Deed>) -> Result<(), Error> {
    let Some(ledger) = ledger::known(call)? else { return Ok(()) };
    let mut found: BTreeMap<(u64, String), (Option<u64>, String, String)> = BTreeMap::new();
    for record in &ledger.records {
        let status = Status::of(record);
        let text = |member: Option<crate::json::JsonRef>| {
            member.and_then(crate::json::JsonRef::text).map(std::borrow::Cow::into_owned).unwrap_or_default()
        };
        let user = status.user.map(views::reference).and_then(views::number);
        let scheme = status.appname.and_then(views::scheme_code);
        if let (Some(user), Some(scheme), false) = (user, scheme, status.is_leaders()) {
            let (word, comment) = (text(status.status), text(status.comment));
            found.insert((user, scheme.to_ascii_lowercase()), (status.id.and_then(views::number), word, comment));
        }
    }
    let known: BTreeSet<u64> = crate::sets::set(deeds.iter().filter_map(|deed| deed.record));
    let late_s = call.config().late_s;
    deeds.retain_mut(|deed| {
        if deed.is_sure {
            return true;
        }
        let place = deed.subject.id.zip(deed.scheme.as_ref().map(|scheme| scheme.as_str().to_ascii_lowercase()));
        let record = place.and_then(|place| found.get(&place));
        let theirs = record.filter(|(_, word, comment)| Some(word.as_str()) == deed.status() && comment.contains(&deed.run));
        match theirs {
            Some((number, ..)) if number.is_some_and(|number| known.contains(&number)) => false,
            Some((number, ..)) => {
                (deed.is_sure, deed.record) = (true, *number);
                true
            }
            None => ledger.as_of < deed.at + late_s,
        }
    });
    Ok(())
}

fn one_of<T: Copy>(argument: &str, given: &str, known: &[(&str, T)]) -> Result<T, Error> {
    known.iter().find(|(word, _)| *word == given).map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<String> = known.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        Error::invalid(argument, format!("must be {}, not {}", words.join(" or "), quoted(given, 40)))
    })
}
