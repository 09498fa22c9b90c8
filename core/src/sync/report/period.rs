//! The reports over a time: who was entered, who left and by which rule, who approved what, and what has been open for long; and the undo
//! list, with which Norsk Test puts people back.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::paper::{Entry, Paper, Section, Shape};
use super::shown::{did, nights};
use crate::clock::in_norway;
use crate::sync::language::{self, Places};
use crate::sync::plan::Kind;
use crate::sync::progress::State;
use crate::sync::record::{Consent, Deed, KeptRun};
use crate::sync::told::{Language, Told};

/// What has been open for more days than this is told apart.
pub const LONG_DAYS: i32 = 30;

/// The rules by which people are withdrawn, and the titles of their parts.
const RULES: [(&str, &str); 4] = [
    ("has_ended", "label_rule_ended"),
    ("has_left", "label_rule_left"),
    ("is_absent", "label_rule_absent"),
    ("dropped", "label_rule_dropped"),
];

/// What the report of a period is made of.
pub struct Period<'a> {
    /// The profile's name.
    pub profile: &'a str,
    /// Its first and its last day.
    pub from: Date,
    /// The last one.
    pub to: Date,
    /// The report's language.
    pub language: Language,
    /// The runs in it.
    pub runs: &'a [&'a KeptRun],
    /// What they did.
    pub deeds: &'a [&'a Deed],
    /// Who approved what.
    pub consents: &'a [&'a Consent],
    /// The report of the last run whose plan is kept, and the day of that run.
    pub last: Option<(&'a Paper, Date)>,
    /// The nights without a completed run, and of how many.
    pub nights: (&'a [Date], u64),
}

/// The report of a period.
pub fn period(period: &Period) -> Paper {
    let language = period.language;
    let places = Places::default();
    let say = |told: Told| told.say_to_people(language, &places);
    let label = |word| say(Told::of(word));
    let (missed, of) = period.nights;
    let missed: Vec<String> = missed.iter().map(Date::to_string).collect();
    let done = period.runs.iter().filter(|run| run.state == State::Done).count();
    let (mut reading, mut writing, mut settling) = (0, 0, 0);
    for run in period.runs {
        let (read, wrote, settled) = run.requests;
        (reading, writing, settling) = (reading + read, writing + wrote, settling + settled);
    }
    let head = json!({
        "report": "period",
        "profile": period.profile,
        "from": period.from.to_string(),
        "to": period.to.to_string(),
        "runs": {"begun": period.runs.len(), "done": done},
        "requests": {"reading": reading, "writing": writing, "settling": settling},
        "nights": {"of": of, "without_run": missed},
    });
    let title = say(Told::of("label_period_headline").with(period.from).with(period.to));
    let mut paper = Paper { language, title, head: object(head), ..Paper::default() };
    paper.lead.push(say(Told::of("label_profile").with(period.profile)));
    if let Some((last, _)) = period.last {
        paper.names.clone_from(&last.names);
    }
    let of_deed = |deed: &Deed| Entry {
        kind: deed.kind.word(),
        subject: crate::sync::plan::Subject { row: None, ..deed.subject.clone() },
        schemes: deed.scheme.iter().cloned().collect(),
        what: format!(
            "{}: {}",
            language::moment_in(&in_norway(deed.at), language),
            deed.scheme.as_ref().map_or_else(|| label("label_new"), |scheme| did(deed.kind, scheme, language))
        ),
        why: deed.reason.iter().map(|told| told.say_to_people(language, &places)).collect::<Vec<_>>().join("; "),
        date: deed.date,
        at: Some(deed.at),
        ..Entry::default()
    };
    let created: Vec<Entry> =
        deeds(period, &|deed| deed.kind == Kind::Create).map(|deed| Entry { why: String::new(), ..of_deed(deed) }).collect();
    let entered = created.len();
    paper.sections.push(section("entered", label("label_part_entered"), None, created, &label("label_nobody")));
    let title = label("label_period_left");
    let is_rule = |deed: &Deed, rule: &str| deed.kind == Kind::Withdraw && deed.reason.iter().any(|told| told.word == rule);
    let mut left = 0;
    let mut parts: Vec<(String, Vec<Entry>)> = RULES
        .iter()
        .map(|(rule, part)| (label(part), deeds(period, &|deed| is_rule(deed, rule)).map(of_deed).collect()))
        .collect();
    let is_other = |deed: &Deed| {
        deed.kind == Kind::Withdraw && !deed.reason.iter().any(|told| RULES.iter().any(|(rule, _)| *rule == told.word))
    };
    parts.push((label("label_rule_other"), deeds(period, &is_other).map(of_deed).collect()));
    parts.push((label("label_part_on_hold"), deeds(period, &|deed| deed.kind == Kind::Hold).map(of_deed).collect()));
    for (part, entries) in parts.into_iter().filter(|(_, entries)| !entries.is_empty()) {
        left += entries.len();
        paper.sections.push(section("left", title.clone(), Some(part), entries, ""));
    }
    if left == 0 {
        paper.sections.push(section("left", title, None, Vec::new(), &label("label_nobody")));
    }
    let approvals: Vec<Entry> = period.consents.iter().map(|consent| approval(consent)).collect();
    let approved = approvals.len();
    let mut of_approvals = section("approvals", label("label_period_approvals"), None, approvals, &label("label_none"));
    of_approvals.shape = Shape::Approvals;
    paper.sections.push(of_approvals);
    let mut long = Vec::new();
    let mut open = section("open", label("label_period_open"), None, Vec::new(), "");
    match period.last {
        None => open.lead.push(label("label_period_open_unknown")),
        Some((last, day)) => {
            open.lead.push(say(Told::of("label_period_as_of").with(day)));
            let limit = day.min(period.to).checked_sub(jiff::Span::new().days(LONG_DAYS)).unwrap_or(Date::MIN);
            long.extend(
                last.open().map(|(_, entry)| entry).filter(|entry| entry.since.is_some_and(|since| since < limit)).cloned(),
            );
            if long.is_empty() {
                open.lead.push(label("label_none"));
            }
        }
    }
    let waiting = long.len();
    open.entries = long;
    paper.sections.push(open);
    paper.sections.push(Section {
        name: "summary",
        title: label("label_ran_counts"),
        lead: vec![
            say(Told::of("label_period_runs").with(period.runs.len()).with(done)),
            say(Told::of("label_ran_requests").with(reading + writing + settling).with(reading).with(writing).with(settling)),
            nights(period.nights, language),
        ],
        shape: Shape::Sentences,
        ..Section::default()
    });
    let number = |count: usize| language::number(count as u64, language);
    paper.facts = vec![
        (label("label_part_entered"), number(entered), Vec::new()),
        (title_of_left(language), number(left), Vec::new()),
        (label("label_period_approvals"), number(approved), Vec::new()),
        (label("label_period_open"), number(waiting), Vec::new()),
    ];
    paper
}

fn title_of_left(language: Language) -> String {
    Told::of("label_period_left").say(language)
}

fn deeds<'a>(period: &'a Period, is: &'a dyn Fn(&Deed) -> bool) -> impl Iterator<Item = &'a Deed> {
    period.deeds.iter().copied().filter(move |deed| deed.is_sure && is(deed))
}

fn section(name: &'static str, title: String, part: Option<String>, entries: Vec<Entry>, without: &str) -> Section {
    let lead = if entries.is_empty() && !without.is_empty() { vec![without.to_owned()] } else { Vec::new() };
    Section { name, title, part, entries, lead, ..Section::default() }
}

fn approval(consent: &Consent) -> Entry {
    Entry {
        kind: "approval",
        what: consent.what.join(", "),
        why: consent.why.clone(),
        by: Some(consent.by.clone()),
        at: Some(consent.at),
        run: Some(consent.plan.clone()),
        ..Entry::default()
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// The undo list of a run, or of a period. `head`: the members of its JSON that say which.
pub fn undo(deeds: &[&Deed], of: Told, head: Value, language: Language) -> Paper {
    let say = |told: Told| told.say_to_people(language, &Places::default());
    let label = |word| say(Told::of(word));
    let mut paper = Paper { language, title: label("label_undo_headline"), head: object(head), ..Paper::default() };
    paper.lead.push(say(of));
    paper.lead.push(label("label_undo_about"));
    let entry = |deed: &Deed| Entry {
        kind: deed.kind.word(),
        subject: crate::sync::plan::Subject { row: None, ..deed.subject.clone() },
        schemes: deed.scheme.iter().cloned().collect(),
        why: deed.reason.iter().map(|told| told.say(language)).collect::<Vec<_>>().join("; "),
        date: deed.date,
        run: Some(deed.run.clone()),
        was: deed.was.clone(),
        status: deed.status().map(str::to_owned),
        record: deed.record,
        at: Some(deed.at),
        ..Entry::default()
    };
    let of =
        |is_sure: bool| deeds.iter().filter(move |deed| deed.is_sure == is_sure).map(|deed| entry(deed)).collect::<Vec<_>>();
    let mut list = section("undo", label("label_undo_list"), None, of(true), &label("label_undo_nothing"));
    list.shape = Shape::Statuses;
    let count = list.entries.len();
    paper.sections.push(list);
    let mut doubtful = section("doubtful", label("label_undo_doubtful"), None, of(false), "");
    doubtful.shape = Shape::Statuses;
    if !doubtful.entries.is_empty() {
        doubtful.lead.push(label("label_undo_doubtful_about"));
        paper.sections.push(doubtful);
    }
    paper.verdict = say(Told::of("label_undo_count").with(count));
    paper.is_calm = count == 0;
    paper
}
