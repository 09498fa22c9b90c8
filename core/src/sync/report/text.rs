//! A plan as text, for a terminal or a mail.

use std::fmt::Write;

use super::shown::{self, Alike, Basis, Counts, Line, Movement};
use crate::sync::language;
use crate::sync::plan::{Case, Kind, Plan, Subject};
use crate::sync::told::{Language, Told};

/// How many lines of a section are shown; the JSON has all.
const MOST_LINES: usize = 200;
/// How many people of a line are named.
const MOST_NAMED: usize = 10;

/// The plan, in lines.
pub fn text(plan: &Plan, basis: &Basis, language: Language) -> String {
    let places = &basis.places;
    let say = |told: Told| told.say_to_people(language, places);
    let label = |word| say(Told::of(word));
    let (counts, movement) = (Counts::of(plan), Movement::of(plan));
    let mut out = String::new();
    let _ = writeln!(out, "{}", say(Told::of("label_plan_of").with(&basis.id).with(&basis.profile)));
    let _ = writeln!(out, "{}\n", say(Told::of("label_basis").with(basis.rows).with(basis.people).with(&basis.read)));
    let people = Told::of("label_movement").with(movement.stay).with(movement.enter).with(movement.change).with(movement.leave);
    let _ = writeln!(out, "{}", say(people));
    let _ = writeln!(out, "{}", shown::cost(&counts, basis, language));
    let _ = writeln!(out, "{}", shown::verdict(plan, &counts, language));
    let mut section = |title: &'static str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n{}", label(title));
        for line in lines.iter().take(MOST_LINES) {
            let _ = writeln!(out, "  {}", crate::persnr::redacted(line));
        }
        if lines.len() > MOST_LINES {
            let _ = writeln!(out, "  … {}", say(Told::of("label_more").with(lines.len() - MOST_LINES)));
        }
    };
    let rails = plan.rails.iter().filter(|rail| rail.tripped).map(|rail| {
        let holds = plan.steps.iter().filter(|step| step.held == Some(rail.name));
        let (steps, people) = (holds.clone().count(), shown::people(holds));
        let found: Vec<String> = shown::found(rail, places, language).into_iter().collect();
        let held = match steps {
            0 => String::new(),
            steps => format!(": {}", say(Told::of("label_for_people").with(steps).with(people))),
        };
        format!("{} ({}){held}. {}", language::rail(rail.name, language).title, rail.name, found.join(" "))
    });
    section("label_rails", rails.map(|line| line.trim_end().to_owned()).collect());
    let line = |line: &Line| {
        let step = line.step;
        let from = Some(shown::from(line, places, language)).filter(|from| !from.is_empty());
        let from = from.map(|from| format!(" {from}")).unwrap_or_default();
        let held = step.held.map(|rail| format!("  [{}]", say(Told::of("label_held_by").with(rail)))).unwrap_or_default();
        let why = if shown::is_plain(step) { String::new() } else { format!("  {}", shown::why(step, places, language)) };
        format!("{}  {}{from}{why}{held}", basis.shown(&step.subject, language), shown::does(line, places, language))
    };
    let lines = |kinds: &[Kind]| shown::lines(plan, kinds, language).iter().map(line).collect();
    let named = |subjects: &[&Subject]| {
        let mut named: Vec<String> = subjects.iter().take(MOST_NAMED).map(|subject| basis.shown(subject, language)).collect();
        if subjects.len() > MOST_NAMED {
            named.push(say(Told::of("label_and_more").with(subjects.len() - MOST_NAMED)));
        }
        named.join(", ")
    };
    section("label_leave", lines(&[Kind::Withdraw, Kind::Hold]));
    let grouped = |kind: Kind| {
        let mut changes = Vec::new();
        for group in shown::groups(shown::lines(plan, &[kind], language), places, language) {
            if !group.is_alike || group.lines.len() < 2 {
                changes.extend(group.lines.iter().map(line));
                continue;
            }
            let subjects: Vec<&Subject> = group.lines.iter().map(|line| &line.step.subject).collect();
            let held = group.held.map(|rail| format!("  [{}]", say(Told::of("label_held_by").with(rail)))).unwrap_or_default();
            let people = language::counted(&subjects.len().to_string(), "people", language);
            changes.push(format!("{}  {people}: {}{held}", shown::capitalised(&group.title), named(&subjects)));
        }
        changes
    };
    section("label_enter", grouped(Kind::Create));
    section("label_change", grouped(Kind::Update));
    let later = shown::later(plan).into_iter().map(|later| {
        let (day, who) = (language::day(later.due.date, language), basis.shown(&later.due.subject, language));
        let why = shown::why_later(later.due, places, language);
        format!("{day}  {who}  {}  {why}", shown::does_later(&later, places, language)).trim_end().to_owned()
    });
    section("label_later", later.collect());
    let alike = |alike: Alike| {
        let since = say(Told::of("label_since").with(alike.since));
        let schemes = shown::schemes(alike.schemes.iter().copied(), language);
        let who = named(&alike.subjects);
        let schemes = if schemes.is_empty() { schemes } else { format!("{schemes}: ") };
        format!("{}  {schemes}{}  ({since})", who, say(alike.told.clone()))
    };
    let cases = |cases: &[Case]| shown::alike(cases).into_iter().map(alike).collect();
    section("label_portal", cases(&plan.portal));
    section("label_problems", cases(&plan.problems));
    section("label_reported", cases(&plan.reported));
    let unasked = shown::unasked(plan, language)
        .into_iter()
        .map(|(_, title, subjects)| format!("{title} ({}): {}", subjects.len(), named(&subjects.iter().collect::<Vec<_>>())));
    section("label_reported_more", unasked.collect());
    let counted = shown::counted(plan, language);
    if !counted.is_empty() {
        let _ = writeln!(out);
    }
    for line in counted {
        let _ = writeln!(out, "{}", shown::sentence(&line));
    }
    out
}
