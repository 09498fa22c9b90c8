//! What all forms of a plan show alike: who somebody is, what a step does and why, and how many there are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use jiff::civil::Date;

use crate::clock::in_norway;
use crate::operations::codes::Scheme;
use crate::sync::digest::Digest;
use crate::sync::hr::Field;
use crate::sync::language::{self, Places};
use crate::sync::memory::Approved;
use crate::sync::plan::{Case, Change, Due, Kind, Plan, Rail, Step, Subject, What};
use crate::sync::record::Authorisation;
use crate::sync::told::{Language, Told};

/// What stands in the place of what is not shown.
pub const BLANK: &str = "***";

/// What is known about a plan besides the plan.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Basis {
    /// The plan's id, as `p-20261127-0412-6f3a`.
    pub id: String,
    /// The profile's name.
    pub profile: String,
    /// How many rows the file has.
    pub rows: u64,
    /// SHA-256 of the file.
    pub sha256: Digest,
    /// When the file was written, as `2026-11-27T01:55:10+01:00`; `None` for rows that were given in the call.
    pub written: Option<String>,
    /// When FinAut was read.
    pub read: String,
    /// How many people FinAut listed.
    pub people: u64,
    /// How many requests the reading took.
    pub requests: u64,
    /// The fewest requests that could do the same: one for each person who changes, and one for each status.
    pub minimum: u64,
    /// How many requests can be sent at once.
    pub free_now: u64,
    /// When the last request of the plan can be through.
    pub through: Option<String>,
    /// The profile that it was made with: approving anything of the plan approves it.
    #[serde(default)]
    pub approvable: Option<Approved>,
    /// The one person whom it is for; `None`: everybody.
    #[serde(default)]
    pub only: Option<Subject>,
    /// Whose authorisations are not as HR wants them, of a run's plan.
    #[serde(default)]
    pub authorisations: Vec<Authorisation>,
    /// In how many seconds it can be gone on with, where the plan is not made yet.
    #[serde(skip)]
    pub waits_s: Option<f64>,
    /// The names of people, by their subject; empty where they must not be shown.
    #[serde(skip)]
    pub names: BTreeMap<Subject, String>,
    /// What the places are called that the plan is about.
    #[serde(default)]
    pub places: Places,
}

impl Basis {
    /// Somebody in a line: the name where it may be shown, and the employer's own id, else FinAut's number, else the row.
    pub fn shown(&self, subject: &Subject, language: Language) -> String {
        let id = id_of(subject, language);
        match self.names.get(subject) {
            Some(name) => format!("{} ({id})", crate::text::visible(name, 120)),
            None => id,
        }
    }
}

/// The employer's own id of somebody, else FinAut's number, else the row.
pub fn id_of(subject: &Subject, language: Language) -> String {
    match (&subject.employee_alias, subject.id, subject.row) {
        (Some(alias), ..) => crate::text::visible(alias, 60),
        (None, Some(id), _) => format!("FinAut {id}"),
        (None, None, Some(row)) => Told::of("label_row").with(row).say(language),
        (None, None, None) => String::new(),
    }
}

/// How many steps there are of each kind; what is held is counted apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub create: u64,
    pub update: u64,
    pub withdraw: u64,
    pub hold: u64,
    pub held: u64,
    /// What is not held costs so many.
    pub requests: u64,
    /// What is held costs so many.
    pub held_requests: u64,
}

impl Counts {
    pub fn of(plan: &Plan) -> Counts {
        let mut counts = Counts::default();
        for step in &plan.steps {
            if step.held.is_some() {
                counts.held += 1;
                counts.held_requests += step.requests;
                continue;
            }
            counts.requests += step.requests;
            match step.kind {
                Kind::Create => counts.create += 1,
                Kind::Update => counts.update += 1,
                Kind::Withdraw => counts.withdraw += 1,
                Kind::Hold => counts.hold += 1,
            }
        }
        counts
    }
}

/// How many people a plan's steps of these are about.
pub fn people<'a>(steps: impl Iterator<Item = &'a Step>) -> u64 {
    crate::sets::set(steps.map(|step| &step.subject)).len() as u64
}

/// How many people stay as they are, enter, change and leave, whatever is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Movement {
    pub stay: u64,
    pub enter: u64,
    pub change: u64,
    pub leave: u64,
}

impl Movement {
    pub fn of(plan: &Plan) -> Movement {
        let count = |is: fn(&Step) -> bool| people(plan.steps.iter().filter(|step| is(step)));
        Movement {
            stay: plan.unchanged,
            enter: count(|step| step.kind == Kind::Create),
            change: count(|step| step.kind == Kind::Update),
            leave: count(|step| matches!(step.kind, Kind::Withdraw | Kind::Hold)),
        }
    }
}

/// What becomes of somebody: a step, or several that set the same status in several schemes.
#[derive(Debug)]
pub struct Line<'a> {
    /// The step; the first of several.
    pub step: &'a Step,
    /// The schemes of statuses.
    pub schemes: Vec<&'a Scheme>,
    /// What the statuses before are called, each once.
    pub before: Vec<&'a str>,
}

impl<'a> Line<'a> {
    /// Of one step alone.
    pub fn of(step: &'a Step, language: Language) -> Line<'a> {
        let scheme = step.scheme.as_ref().map(Scheme::as_str).unwrap_or_default();
        let before = step.was.as_deref().map(|was| language::status(was, scheme, language));
        Line { step, schemes: step.scheme.iter().collect(), before: before.into_iter().collect() }
    }
}

/// The steps of these kinds, in their order.
pub fn lines<'a>(plan: &'a Plan, kinds: &[Kind], language: Language) -> Vec<Line<'a>> {
    let mut lines: Vec<Line> = Vec::new();
    // Where the status steps of somebody stand.
    let mut places: BTreeMap<(&Subject, Kind, Option<&str>), usize> = BTreeMap::new();
    for step in plan.steps.iter().filter(|step| kinds.contains(&step.kind)) {
        let key = (&step.subject, step.kind, step.held);
        let is_same = |line: &Line| step.scheme.is_some() && line.step.date == step.date && line.step.reason == step.reason;
        let place = places.get(&key).copied().filter(|place| lines.get(*place).is_some_and(is_same)).unwrap_or(lines.len());
        let of_step = Line::of(step, language);
        match lines.get_mut(place) {
            Some(line) => {
                line.schemes.extend(of_step.schemes);
                line.before
                    .extend(of_step.before.into_iter().filter(|before| !line.before.contains(before)).collect::<Vec<_>>());
            }
            None => {
                places.insert(key, place);
                lines.push(of_step);
            }
        }
    }
    lines
}

/// Names of schemes, as `Kreditt (krd) and Inkasso (ink)`.
pub fn schemes<'a>(schemes: impl IntoIterator<Item = &'a Scheme>, language: Language) -> String {
    let names: Vec<String> = schemes.into_iter().map(|scheme| language::scheme(scheme.as_str())).collect();
    language::listed(&names, language)
}

/// What a line does, in a few words: the status and its schemes, or the values that change.
pub fn does(line: &Line, places: &Places, language: Language) -> String {
    let of_schemes = || schemes(line.schemes.iter().copied(), language);
    let say = |told: Told| told.say_to_people(language, places);
    let status = |word: &'static str| say(Told::of(word).with(of_schemes()));
    match line.step.kind {
        Kind::Withdraw => status("label_does_withdraw"),
        Kind::Hold => status("label_does_hold"),
        Kind::Create => {
            let role = |change: &Change| match &change.what {
                What::AddRole(role) => Some(language::role(role.as_str(), language)),
                _ => None,
            };
            let roles: Vec<String> = line.step.changes.iter().filter_map(role).collect();
            say(Told::of("label_does_create").with(language::listed(&roles, language)))
        }
        Kind::Update => {
            let changes: Vec<String> = line.step.changes.iter().map(|change| changed(change, places, language)).collect();
            changes.join("; ")
        }
    }
}

/// From when what a line does holds, and what was before, as `from 27 November 2026, until now authorised`; empty where neither is known.
pub fn from(line: &Line, places: &Places, language: Language) -> String {
    let date = line.step.date.map(|date| Told::of("label_from").with(date).say_to_people(language, places));
    let before = Some(line.before.join(", ")).filter(|before| !before.is_empty());
    let before = before.map(|before| Told::of("label_before").with(before).say_to_people(language, places));
    date.into_iter().chain(before).collect::<Vec<_>>().join(", ")
}

/// A change, as `last name: Hansen → Berg`. The identity number is not shown.
fn changed(change: &Change, places: &Places, language: Language) -> String {
    let name = language::field(change.what.name(), language);
    let visible = |text: &str| match text {
        "" => "–".to_owned(),
        text => crate::text::visible(text, 80),
    };
    let place = |field: &Field, number: u64| {
        let known = if *field == Field::Company { &places.companies } else { &places.departments };
        known.get(&number).map_or_else(|| number.to_string(), |name| crate::text::visible(name, 80))
    };
    match &change.what {
        What::Text(Field::Franchise, before, after) => {
            let franchise = |address: &str| visible(places.franchises.get(address).map_or(address, String::as_str));
            format!("{name}: {} → {}", franchise(before), franchise(after))
        }
        What::Text(_, before, after) => format!("{name}: {} → {}", visible(before), visible(after)),
        What::Number(field, before, after) => {
            let before = before.map_or_else(|| visible(""), |before| place(field, before));
            format!("{name}: {before} → {}", place(field, *after))
        }
        What::Persnr => format!("{name}: *** → ***"),
        What::AddRole(role) => format!("+ {}", language::role(role.as_str(), language)),
    }
}

/// Why a step is done, in one line; of a hold nothing, as its cause may be an illness.
pub fn why(step: &Step, places: &Places, language: Language) -> String {
    if step.kind == Kind::Hold {
        return String::new();
    }
    step.reason.iter().map(|told| told.say_to_people(language, places)).collect::<Vec<_>>().join("; ")
}

/// Why something is done later, as [`why`].
pub fn why_later(due: &Due, places: &Places, language: Language) -> String {
    if due.kind == Kind::Hold { String::new() } else { due.told.say_to_people(language, places) }
}

/// True if what changes says all that the reason does.
pub fn is_plain(step: &Step) -> bool {
    step.kind == Kind::Hold || step.reason.iter().all(|told| ["hr_changed", "moved", "new_role"].contains(&told.word))
}

/// Creations or updates that do the same, under one title.
#[derive(Debug)]
pub struct Group<'a> {
    /// The fields, or where one value changes alike, from what to what.
    pub title: String,
    /// True if the title says all.
    pub is_alike: bool,
    /// What holds all of them.
    pub held: Option<&'static str>,
    /// They, in the plan's order.
    pub lines: Vec<Line<'a>>,
}

/// Those who get the same roles; updates that change the same fields; moves between the same two departments, and the same new role,
/// apart. The largest first.
pub fn groups<'a>(lines: Vec<Line<'a>>, places: &Places, language: Language) -> Vec<Group<'a>> {
    let title = |line: &Line| match line.step.changes.as_slice() {
        _ if line.step.kind == Kind::Create => (does(line, places, language), line.step.date.is_none()),
        [change] if matches!(change.what, What::Number(..) | What::AddRole(_)) && is_plain(line.step) => {
            (changed(change, places, language), true)
        }
        changes => {
            let mut names: Vec<String> = Vec::new();
            for change in changes {
                let name = language::field(change.what.name(), language).to_owned();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            (language::listed(&names, language), false)
        }
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut known: BTreeMap<(String, Option<&str>), usize> = BTreeMap::new();
    for line in lines {
        let (title, is_alike) = title(&line);
        let held = line.step.held;
        let place = *known.entry((title.clone(), held)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group { title, is_alike, held, lines: vec![line] }),
        }
    }
    crate::sets::sort_by_key(&mut groups, |group| std::cmp::Reverse(group.lines.len()));
    groups
}

/// What is told of several people alike: a case of the file, the register or the portal.
#[derive(Debug)]
pub struct Alike<'a> {
    /// What.
    pub told: &'a Told,
    /// In which schemes.
    pub schemes: Vec<&'a Scheme>,
    /// Of whom.
    pub subjects: Vec<&'a Subject>,
    /// Since when, of the one who waits longest.
    pub since: Date,
}

/// The cases, those of one person in one, and then those that say the same.
pub fn alike(cases: &[Case]) -> Vec<Alike<'_>> {
    let mut of_people: Vec<Alike> = Vec::new();
    let mut known: BTreeMap<(&Subject, &str, &[String]), usize> = BTreeMap::new();
    for case in cases {
        let key = (&case.subject, case.told.word, case.told.values.as_slice());
        let place = *known.entry(key).or_insert(of_people.len());
        if place == of_people.len() {
            of_people.push(Alike { told: &case.told, schemes: Vec::new(), subjects: vec![&case.subject], since: case.since });
        }
        if let Some(one) = of_people.get_mut(place) {
            one.schemes.extend(&case.scheme);
            one.since = one.since.min(case.since);
        }
    }
    let mut all: Vec<Alike> = Vec::new();
    let mut known: BTreeMap<(&str, &[String], Vec<&Scheme>), usize> = BTreeMap::new();
    for one in of_people {
        let key = (one.told.word, one.told.values.as_slice(), one.schemes.clone());
        let place = *known.entry(key).or_insert(all.len());
        match all.get_mut(place) {
            Some(same) => {
                same.subjects.extend(one.subjects);
                same.since = same.since.min(one.since);
            }
            None => all.push(one),
        }
    }
    all
}

/// What becomes of somebody later, in one line for all schemes.
#[derive(Debug)]
pub struct Later<'a> {
    /// The first of them.
    pub due: &'a Due,
    /// In which schemes.
    pub schemes: Vec<&'a Scheme>,
}

/// What is due later, the earliest first.
pub fn later(plan: &Plan) -> Vec<Later<'_>> {
    let mut all: Vec<Later> = Vec::new();
    let mut known: BTreeMap<(&Subject, Kind, Date, &str), usize> = BTreeMap::new();
    for due in &plan.due_later {
        let place = *known.entry((&due.subject, due.kind, due.date, due.told.word)).or_insert(all.len());
        if place == all.len() {
            all.push(Later { due, schemes: Vec::new() });
        }
        if let Some(later) = all.get_mut(place) {
            later.schemes.extend(&due.scheme);
        }
    }
    crate::sets::sort_by_key(&mut all, |later| later.due.date);
    all
}

/// What will be done later, in a few words.
pub fn does_later(later: &Later, places: &Places, language: Language) -> String {
    let schemes = schemes(later.schemes.iter().copied(), language);
    let word = match later.due.kind {
        Kind::Withdraw => "label_does_withdraw",
        Kind::Hold => "label_does_hold",
        Kind::Create if schemes.is_empty() => return Told::of("label_new").say(language),
        Kind::Create => "label_does_create",
        Kind::Update => return format!("+ {schemes}"),
    };
    Told::of(word).with(schemes).say_to_people(language, places)
}

/// Whether anything is held, in a sentence.
pub fn verdict(plan: &Plan, counts: &Counts, language: Language) -> String {
    let places = Places::default();
    let say = |told: Told| told.say_to_people(language, &places);
    let first = plan.rails.iter().find(|rail| rail.tripped);
    match (counts.held, first) {
        (0, Some(rail)) => say(Told::of("label_stopped").with(language::rail(rail.name, language).title)),
        (0, None) if plan.steps.is_empty() => say(Told::of("label_nothing_changes")),
        (0, None) => say(Told::of("label_nothing_held")),
        (held, Some(rail)) if held == plan.steps.len() as u64 => {
            say(Told::of("label_everything_held").with(language::rail(rail.name, language).title).with(held))
        }
        (held, _) => say(Told::of("label_held").with(held)),
    }
}

/// What it costs, in sentences.
pub fn cost(counts: &Counts, basis: &Basis, language: Language) -> String {
    let say = |told: Told| told.say_to_people(language, &basis.places);
    let through = basis.through.as_deref().unwrap_or("–");
    let mut said = match counts.requests {
        0 => format!("{}: {}.", say(Told::of("label_cost_title")), say(Told::of("label_none_to_send"))),
        requests => say(Told::of("label_cost").with(requests).with(basis.free_now).with(through)),
    };
    if counts.held_requests > 0 {
        said.push_str(&format!(" {}", sentence(&say(Told::of("label_cost_held").with(counts.held_requests)))));
    }
    said
}

/// What a rail that trips found, where it says more than its title does.
pub fn found(rail: &Rail, places: &Places, language: Language) -> Option<String> {
    let say = |told: Told| told.say_to_people(language, places);
    // Those that are told by their title alone.
    let told = rail.told.as_ref().filter(|told| told.word != rail.name || !told.parts.is_empty() || !told.values.is_empty());
    let told = told.map(|told| sentence(&say(told.clone())));
    let limit = rail.limit.filter(|_| told.is_none()).map(|limit| say(Told::of("label_limit").with(rail.found).with(limit)));
    told.or(limit)
}

/// A clause as a sentence.
pub fn sentence(clause: &str) -> String {
    let end = if clause.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{end}", capitalised(clause))
}

/// The same with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    first + chars.as_str()
}

/// What is only counted, each with its number.
pub fn counted(plan: &Plan, language: Language) -> Vec<String> {
    let counts = [("label_excepted", plan.excepted), ("label_confidential", plan.confidential)];
    let places = Places::default();
    let said = |(word, count): &(&'static str, u64)| Told::of(word).with(count).say_to_people(language, &places);
    let left_out = plan.left_out.iter().map(|(value, rows)| {
        let value = crate::persnr::redacted(value).into_owned();
        Told::of("label_left_out").with(rows).with(value).say_to_people(language, &places)
    });
    counts.iter().filter(|(_, count)| *count > 0).map(said).chain(left_out).collect()
}

/// People whom one thing is told of, by a title: who is unknown to HR, and who has a scheme that HR never asked for.
pub fn unasked(plan: &Plan, language: Language) -> Vec<(&'static str, String, Vec<Subject>)> {
    let subject = |id: &u64| Subject { id: Some(*id), ..Subject::default() };
    let mut all = Vec::new();
    if !plan.unknown_to_hr.is_empty() {
        let title = Told::of("label_unknown_to_hr").say(language);
        all.push(("unknown", title, plan.unknown_to_hr.iter().map(subject).collect()));
    }
    let mut of_schemes: BTreeMap<&Scheme, Vec<Subject>> = BTreeMap::new();
    for (id, scheme) in &plan.extra {
        of_schemes.entry(scheme).or_default().push(subject(id));
    }
    for (scheme, subjects) in of_schemes {
        let title = format!("{}: {}", Told::of("label_extra").say(language), language::scheme(scheme.as_str()));
        all.push(("extra", title, subjects));
    }
    all
}

/// The day in Norway of a moment.
pub fn day_of(at: f64) -> Date {
    in_norway(at).get(..10).and_then(|day| day.parse().ok()).unwrap_or(Date::MIN)
}

/// A status that was set, in a few words.
pub fn did(kind: Kind, scheme: &Scheme, language: Language) -> String {
    let word = if kind == Kind::Hold { "label_did_hold" } else { "label_did_withdraw" };
    let places = Places::default();
    Told::of(word).with(scheme.as_str()).say_to_people(language, &places)
}

/// The nights without a completed run, in a sentence.
pub fn nights((missed, of): (&[Date], u64), language: Language) -> String {
    let days: Vec<String> = missed.iter().map(|day| language::day(*day, language)).collect();
    let places = Places::default();
    match days.is_empty() {
        true => Told::of("label_nights_all").with(of).say_to_people(language, &places),
        false => {
            let days = language::listed(&days, language);
            Told::of("label_nights").with(of).with(missed.len()).with(days).say_to_people(language, &places)
        }
    }
}
