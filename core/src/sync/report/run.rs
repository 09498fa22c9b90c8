//! The report of a run: what is new, what will be done, what is held, what needs a person, what was done. In the order in which people in HR
//! and compliance ask for it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::paper::{Entry, Key, Next, Paper, Section, Shape};
use super::reply::counted;
use super::shown::{self, Basis, Line};
use crate::clock::in_norway;
use crate::operations::codes::Scheme;
use crate::sync::language;
use crate::sync::plan::{Case, Kind, Plan, Step, Subject};
use crate::sync::progress::State;
use crate::sync::record::{Authorisation, Differs, KeptCame, KeptRun};
use crate::sync::told::{Language, Told};

/// Days after which what was refused is sent again.
const REFUSED_DAYS: i32 = 7;

/// What a run's report is made of.
pub struct Ran<'a> {
    /// The plan that was carried out.
    pub plan: &'a Plan,
    /// What is known of it besides.
    pub basis: &'a Basis,
    /// What came of it.
    pub run: &'a KeptRun,
    /// The report's language.
    pub language: Language,
    /// Since when somebody is away, as far as it is known.
    pub since: &'a dyn Fn(&Subject) -> Option<Date>,
    /// What was open in the run before; `None` where there is none, or none that is still kept.
    pub before: Option<&'a BTreeSet<Key>>,
    /// The nights without a completed run, and of how many.
    pub nights: (&'a [Date], u64),
}

/// The report.
pub fn run(ran: &Ran) -> Paper {
    let language = ran.language;
    let say = |told: Told| told.say_to_people(language, &ran.basis.places);
    let label = |word| say(Told::of(word));
    let mut paper = Paper {
        language,
        title: label("label_ran_headline"),
        names: ran.basis.names.clone(),
        head: ran.head(),
        ..Paper::default()
    };
    paper.lead.push(say(Told::of("label_ran_of")
        .with(&ran.run.id)
        .with(&ran.basis.profile)
        .with(in_norway(ran.run.began))
        .with(in_norway(ran.run.ended))));
    paper.lead.push(say(Told::of("label_ran_basis").with(ran.basis.rows).with(ran.basis.people)));
    let mut sections = Vec::new();
    sections.extend(ran.section("leave", "label_leave", ran.leaving()));
    sections.extend(ran.held());
    sections.extend(ran.section("portal", "label_portal", ran.portal()));
    sections.extend(ran.section("wanted", "label_ran_wanted", ran.wanted()));
    sections.extend(ran.section("not_in_hr", "label_ran_unasked", ran.unasked()));
    paper.sections = sections;
    let mut new = Section { name: "new", title: label("label_ran_new"), ..Section::default() };
    match ran.before {
        None => new.lead.push(label("label_ran_no_earlier")),
        Some(before) => {
            let is_new = |section: &Section, entry: &Entry| !before.contains(&entry.key(section.name));
            new.entries =
                paper.open().filter(|(section, entry)| is_new(section, entry)).map(|(_, entry)| entry.clone()).collect();
            if new.entries.is_empty() {
                new.lead.push(label("label_ran_nothing_new"));
            }
        }
    }
    paper.sections.insert(0, new);
    paper.sections.extend(ran.done());
    paper.sections.push(ran.counts());
    ran.answer(&mut paper);
    paper
}

impl<'a> Ran<'a> {
    fn say(&self, told: Told) -> String {
        told.say_to_people(self.language, &self.basis.places)
    }

    fn label(&self, word: &'static str) -> String {
        self.say(Told::of(word))
    }

    fn day(&self) -> Date {
        shown::day_of(self.run.ended)
    }

    /// The members of the JSON besides the sections.
    fn head(&self) -> Map<String, Value> {
        let (reading, writing, settling) = self.run.requests;
        let mut counts = crate::sets::map(counted(self.plan).map(|(name, count)| (name.to_owned(), count)));
        counts.extend(self.run.counts().map(|(name, count)| (name.to_owned(), count)));
        let (missed, of) = self.nights;
        let missed: Vec<String> = missed.iter().map(Date::to_string).collect();
        let members = json!({
            "report": "run",
            "run": self.run.id,
            "plan": self.run.plan,
            "profile": self.basis.profile,
            "state": self.run.state.word(),
            "began": in_norway(self.run.began),
            "ended": in_norway(self.run.ended),
            "file": {"rows": self.basis.rows, "sha256": self.basis.sha256.to_string(), "written": self.basis.written},
            "counts": counts,
            "requests": {"reading": reading, "writing": writing, "settling": settling},
            "next_slot_s": self.run.waits_s,
            "nights": {"of": of, "without_run": missed},
        });
        match members {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }

    fn section(&self, name: &'static str, title: &'static str, entries: Vec<Entry>) -> Option<Section> {
        (!entries.is_empty()).then(|| Section { name, title: self.label(title), entries, ..Section::default() })
    }

    /// Each step, its place from 1, and what came of it.
    fn steps(&self) -> impl Iterator<Item = (usize, &'a Step, Option<&'a KeptCame>)> {
        let came = &self.run.came;
        (1..).zip(&self.plan.steps).map(|(number, step)| (number, step, came.get(number - 1)))
    }

    fn entry(&self, number: usize, step: &Step) -> Entry {
        let line = Line::of(step, self.language);
        let from = shown::from(&line, &self.basis.places, self.language);
        let what = shown::does(&line, &self.basis.places, self.language);
        // Whoever reads that somebody is on hold must not read why.
        let is_hold = step.kind == Kind::Hold;
        let why =
            if is_hold || shown::is_plain(step) { String::new() } else { shown::why(step, &self.basis.places, self.language) };
        Entry {
            kind: step.kind.word(),
            subject: step.subject.clone(),
            schemes: step.scheme.iter().cloned().collect(),
            what: if from.is_empty() { what } else { format!("{what}, {from}") },
            why,
            date: step.date,
            since: Some(step.since),
            held: step.held,
            step: Some(format!("s{number}")),
            was: step.was.clone(),
            ..Entry::default()
        }
    }

    /// A step that was not held and is not done: why not, and when it is tried again.
    fn undone(&self, number: usize, step: &Step, came: &KeptCame) -> Entry {
        let mut entry = self.entry(number, step);
        let told = match came.state.as_str() {
            "refused" if came.fields.is_empty() => Told::of("label_came_refused"),
            "refused" => Told::of("label_came_refused_for").with(came.fields.join(", ")),
            "failed" => {
                Told::of("label_came_failed").with(language::failure(came.code.as_deref().unwrap_or_default(), self.language))
            }
            "doubtful" => Told::of("label_came_doubtful"),
            "drifted" => Told::of("label_came_drifted"),
            _ => Told::of("label_came_left"),
        };
        let because = self.say(told);
        entry.why = if entry.why.is_empty() { because } else { format!("{because}; {}", entry.why) };
        entry.next = Some(match came.state.as_str() {
            "refused" => Next::On(self.day().checked_add(jiff::Span::new().days(REFUSED_DAYS)).unwrap_or(self.day())),
            _ => Next::InRun,
        });
        entry.failure = came.code.clone().map(|code| (code, came.message.clone().unwrap_or_default()));
        entry
    }

    /// Steps of these kinds that nothing held and that are not done.
    fn left(&self, kinds: &[Kind]) -> Vec<Entry> {
        // Who is registered with another company stands with the work for the portal.
        let is_elsewhere = |step: &Step| {
            let mut elsewhere = self.plan.portal.iter().filter(|case| case.told.word == "registered_elsewhere");
            elsewhere.any(|case| case.subject == step.subject)
        };
        let is_left = |step: &Step, came: &KeptCame| {
            kinds.contains(&step.kind) && step.held.is_none() && came.state != "done" && !is_elsewhere(step)
        };
        self.steps()
            .filter_map(|(number, step, came)| {
                came.filter(|came| is_left(step, came)).map(|came| self.undone(number, step, came))
            })
            .collect()
    }

    /// What is due later, of these kinds, the earliest first.
    fn due(&self, kinds: &[Kind]) -> Vec<Entry> {
        let later = shown::later(self.plan).into_iter().filter(|later| kinds.contains(&later.due.kind));
        later
            .map(|later| {
                let due = later.due;
                let why = due.told.say_to_people(self.language, &self.basis.places);
                let told_day = due.told.values.first().and_then(|value| value.parse().ok());
                Entry {
                    kind: due.kind.word(),
                    subject: due.subject.clone(),
                    schemes: later.schemes.iter().map(|scheme| (*scheme).clone()).collect(),
                    what: format!(
                        "{}: {}",
                        language::day(due.date, self.language),
                        shown::does_later(&later, &self.basis.places, self.language)
                    ),
                    why: if due.kind == Kind::Hold { String::new() } else { why },
                    date: Some(due.date),
                    since: (self.since)(&due.subject).or(told_day).or(Some(self.day())),
                    next: Some(Next::On(due.date)),
                    ..Entry::default()
                }
            })
            .collect()
    }

    fn leaving(&self) -> Vec<Entry> {
        let kinds = [Kind::Withdraw, Kind::Hold];
        let mut all = self.left(&kinds);
        all.extend(self.due(&kinds));
        all
    }

    /// What is held: a part for each rail that trips, with how to approve it.
    fn held(&self) -> Vec<Section> {
        let title = self.label("label_rails");
        let is_held = |step: &Step, rail: &str| step.held == Some(rail);
        let mut parts: Vec<Section> = Vec::new();
        let tripped = self.plan.rails.iter().filter(|rail| rail.tripped);
        let mut rails: Vec<&'static str> = tripped.map(|rail| rail.name).collect();
        for step in &self.plan.steps {
            rails.extend(step.held.filter(|rail| !rails.contains(rail)));
        }
        for name in rails {
            let words = language::rail(name, self.language);
            let rail = self.plan.rails.iter().find(|rail| rail.name == name);
            let found = rail.and_then(|rail| shown::found(rail, &self.basis.places, self.language));
            let entry = |number, step| Entry { next: Some(Next::WhenApproved), ..self.entry(number, step) };
            let entries: Vec<Entry> =
                self.steps().filter(|(_, step, _)| is_held(step, name)).map(|(number, step, _)| entry(number, step)).collect();
            let call = json!({ "plan": self.run.plan, "approve": [name], "by": "…", "why": "…" });
            parts.push(Section {
                name: "held",
                title: title.clone(),
                part: Some(format!("{} ({name})", words.title)),
                lead: [Some(words.about.to_owned()), found].into_iter().flatten().filter(|line| !line.is_empty()).collect(),
                // What was refused again and again is mended in the file, not approved.
                call: (name != "refusals").then(|| call.to_string()),
                entries,
                ..Section::default()
            });
        }
        parts
    }

    fn case(&self, case: &Case, next: Next) -> Entry {
        Entry {
            kind: case.told.word,
            subject: case.subject.clone(),
            schemes: case.scheme.iter().cloned().collect(),
            what: match &case.scheme {
                Some(scheme) => format!(
                    "{}: {}",
                    language::scheme(scheme.as_str()),
                    case.told.say_to_people(self.language, &self.basis.places)
                ),
                None => case.told.say_to_people(self.language, &self.basis.places),
            },
            since: Some(case.since),
            next: Some(next),
            ..Entry::default()
        }
    }

    /// Whoever has left and still has the access of a BA comes first.
    fn portal(&self) -> Vec<Entry> {
        let (first, rest): (Vec<&Case>, Vec<&Case>) =
            self.plan.portal.iter().partition(|case| case.told.word == "administrator_left");
        first.into_iter().chain(rest).map(|case| self.case(case, Next::ByHand)).collect()
    }

    /// What HR wants and is not so: what cannot be done, what was not done, what starts later, and who is not authorised.
    fn wanted(&self) -> Vec<Entry> {
        let again = |case: &Case| {
            let day = case.since.checked_add(jiff::Span::new().days(REFUSED_DAYS));
            if case.told.word == "refused" { day.map_or(Next::InRun, Next::On) } else { Next::InRun }
        };
        let mut all: Vec<Entry> = self.plan.problems.iter().map(|case| self.case(case, again(case))).collect();
        let kinds = [Kind::Create, Kind::Update];
        all.extend(self.left(&kinds));
        all.extend(self.due(&kinds));
        let in_portal: BTreeSet<(Option<u64>, Option<&Scheme>)> =
            crate::sets::set(self.plan.portal.iter().map(|case| (case.subject.id, case.scheme.as_ref())));
        let is_told = |known: &Authorisation| in_portal.contains(&(known.subject.id, known.scheme.as_ref()));
        let wanted = self.basis.authorisations.iter().filter(|known| known.differs == Differs::Wanted && !is_told(known));
        all.extend(wanted.map(|known| {
            let (scheme, code) = (known.scheme.as_ref(), known.scheme.as_ref().map(Scheme::as_str).unwrap_or_default());
            let status = known.status.as_deref().map(|word| language::status(word, code, self.language).to_owned());
            let told = Told::of("label_status_in").with(status.unwrap_or_else(|| self.label("label_no_status"))).with(code);
            Entry {
                kind: "not_authorised",
                subject: known.subject.clone(),
                schemes: scheme.into_iter().cloned().collect(),
                what: self.say(told),
                since: Some(known.since),
                next: Some(Next::ByFinAut),
                status: known.status.clone(),
                ..Entry::default()
            }
        }));
        all
    }

    /// Who is authorised and not in HR, and what HR never asked for.
    fn unasked(&self) -> Vec<Entry> {
        let mut all: Vec<Entry> = self.plan.reported.iter().map(|case| self.case(case, Next::InRun)).collect();
        for known in &self.basis.authorisations {
            let code = known.scheme.as_ref().map(Scheme::as_str).unwrap_or_default();
            let (kind, told) = match (known.differs, code) {
                (Differs::Unknown, "") => ("unknown_to_hr", Told::of("label_unknown_idle")),
                (Differs::Unknown, code) => ("unknown_to_hr", Told::of("label_unknown_in").with(code)),
                (Differs::Extra, code) => ("extra", Told::of("label_extra_in").with(code)),
                (Differs::Wanted | Differs::Left, _) => continue,
            };
            all.push(Entry {
                kind,
                subject: known.subject.clone(),
                schemes: known.scheme.iter().cloned().collect(),
                what: self.say(told),
                since: Some(known.since),
                next: Some(Next::InRun),
                ..Entry::default()
            });
        }
        all
    }

    /// What was done, by kind.
    fn done(&self) -> Vec<Section> {
        let title = self.label("label_ran_did");
        let parts = [
            (Kind::Withdraw, "label_part_withdrawn"),
            (Kind::Hold, "label_part_on_hold"),
            (Kind::Create, "label_part_entered"),
            (Kind::Update, "label_part_changed"),
        ];
        let is_done = |came: Option<&KeptCame>| came.is_some_and(|came| came.state == "done");
        let of = |kind: Kind| {
            let steps = self.steps().filter(move |(_, step, came)| step.kind == kind && is_done(*came));
            steps.map(move |(number, step, _)| {
                let mut entry = Entry { since: None, ..self.entry(number, step) };
                if let Some(scheme) = &step.scheme {
                    entry.what = shown::did(kind, scheme, self.language);
                    let before = step.was.as_deref().map(|was| language::status(was, scheme.as_str(), self.language));
                    if let Some(before) = before {
                        entry.what = format!("{}, {}", entry.what, self.say(Told::of("label_was").with(before)));
                    }
                }
                entry
            })
        };
        let sections = parts.into_iter().map(|(kind, part)| (part, of(kind).collect::<Vec<_>>()));
        let mut all: Vec<Section> = sections
            .filter(|(_, entries)| !entries.is_empty())
            .map(|(part, entries)| Section {
                name: "done",
                title: title.clone(),
                part: Some(self.label(part)),
                entries,
                ..Section::default()
            })
            .collect();
        if all.is_empty() {
            let lead = vec![self.label("label_ran_did_nothing")];
            all.push(Section { name: "done", title, lead, ..Section::default() });
        }
        all
    }

    fn counts(&self) -> Section {
        let (reading, writing, settling) = self.run.requests;
        let mut lead = vec![
            self.say(Told::of("label_ran_people").with(self.plan.matched).with(self.plan.unchanged)),
            self.say(
                Told::of("label_ran_requests").with(reading + writing + settling).with(reading).with(writing).with(settling),
            ),
        ];
        lead.extend(shown::counted(self.plan, self.language).iter().map(|line| shown::sentence(line)));
        lead.push(shown::nights(self.nights, self.language));
        Section { name: "summary", title: self.label("label_ran_counts"), lead, shape: Shape::Sentences, ..Section::default() }
    }

    /// What one wants to know first.
    fn answer(&self, paper: &mut Paper) {
        let (done, held) = (self.run.count("done"), self.run.count("held"));
        let ended = match self.run.state {
            State::Waiting => self.label("label_ran_waiting"),
            State::Stopped => self.label("label_ran_stopped"),
            State::Broken => self.label("label_ran_broken"),
            _ if done == 0 => self.label("label_ran_did_nothing"),
            _ => self.say(Told::of("label_ran_done").with(done)),
        };
        let stopped = self.plan.rails.iter().find(|rail| rail.tripped && rail.holds_everything());
        let held_told = match (held, stopped) {
            (_, Some(rail)) => Some(self.say(Told::of("label_stopped").with(language::rail(rail.name, self.language).title))),
            (0, None) => None,
            (held, None) => Some(self.say(Told::of("label_held").with(held))),
        };
        let is_through = self.run.state == State::Done;
        paper.is_calm = is_through && held_told.is_none();
        paper.verdict = std::iter::once(ended).chain(held_told).collect::<Vec<_>>().join(" ");
        let count = |name: &str| paper.sections.iter().filter(|of| of.name == name).map(|of| of.entries.len()).sum::<usize>();
        let number = |count: usize| language::number(count as u64, self.language);
        let is_done = |step: &Step, came: Option<&KeptCame>, kinds: &[Kind]| {
            kinds.contains(&step.kind) && came.is_some_and(|came| came.state == "done")
        };
        let people = |kinds: &[Kind]| {
            shown::people(self.steps().filter(|(_, step, came)| is_done(step, *came, kinds)).map(|(_, step, _)| step))
        };
        let did = [
            ("label_entered_count", people(&[Kind::Create])),
            ("label_changed_count", people(&[Kind::Update])),
            ("label_left_count", people(&[Kind::Withdraw, Kind::Hold])),
        ];
        let did = did.into_iter().filter(|(_, count)| *count > 0).map(|(word, count)| self.say(Told::of(word).with(count)));
        let open = [
            ("label_in_portal", count("portal")),
            ("label_open_wanted", count("wanted")),
            ("label_open_unasked", count("not_in_hr")),
        ];
        let open = open.into_iter().filter(|(_, count)| *count > 0).map(|(word, count)| self.say(Told::of(word).with(count)));
        paper.facts = vec![
            (self.label("label_ran_did"), number(usize::try_from(done).unwrap_or(usize::MAX)), did.collect()),
            (self.label("label_held_title"), number(count("held")), Vec::new()),
            (self.label("label_ran_open"), number(count("portal") + count("wanted") + count("not_in_hr")), open.collect()),
        ];
    }
}
