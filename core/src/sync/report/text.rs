//! A plan as text, for a terminal or a mail.

use std::fmt::Write;

use super::shown::{Basis, Counts, Movement, does, why};
use crate::sync::plan::{Case, Kind, Plan, Step};
use crate::sync::told::{Language, Told};

/// How many lines of a section are shown; the JSON has all.
const MOST_LINES: usize = 200;

/// The plan, in lines.
pub fn text(plan: &Plan, basis: &Basis, language: Language) -> String {
    let label = |word| Told::of(word).say(language);
    let (counts, movement) = (Counts::of(plan), Movement::of(plan));
    let mut out = String::new();
    let heading = Told::of("label_plan_of").with(&basis.id).with(&basis.profile).say(language);
    let _ = writeln!(out, "{heading}\n");
    let people = Told::of("label_movement").with(movement.stay).with(movement.enter).with(movement.change).with(movement.leave);
    let _ = writeln!(out, "{}", people.say(language));
    let cost = Told::of("label_cost").with(counts.requests).with(basis.free_now).with(basis.through.as_deref().unwrap_or("-"));
    let _ = writeln!(out, "{}", cost.say(language));
    if counts.held > 0 {
        let _ = writeln!(out, "{}", Told::of("label_held").with(counts.held).say(language));
    }
    let mut section = |title: &'static str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n{} ({})", label(title), lines.len());
        for line in lines.iter().take(MOST_LINES) {
            let _ = writeln!(out, "  {}", crate::persnr::redacted(line));
        }
        if lines.len() > MOST_LINES {
            let _ = writeln!(out, "  … {}", Told::of("label_more").with(lines.len() - MOST_LINES).say(language));
        }
    };
    let rails = plan.rails.iter().filter(|rail| rail.tripped);
    let rails = rails.map(|rail| {
        let told = rail.told.as_ref().map(|told| format!(": {}", told.say(language))).unwrap_or_default();
        let limit = rail.limit.map(|limit| format!(" ({} > {limit})", rail.found)).unwrap_or_default();
        format!("{}{limit}{told}", rail.name)
    });
    section("label_rails", rails.collect());
    let step = |step: &Step| {
        let held = step.held.map(|rail| format!("  [{rail}]")).unwrap_or_default();
        format!("{}  {}  {}{held}", basis.shown(&step.subject, language), does(step, language), why(step, language))
    };
    let steps = |kinds: &[Kind]| plan.steps.iter().filter(|step| kinds.contains(&step.kind)).map(step).collect();
    section("label_leave", steps(&[Kind::Withdraw, Kind::Hold]));
    section("label_enter", steps(&[Kind::Create]));
    section("label_change", steps(&[Kind::Update]));
    let later = plan.due_later.iter().map(|due| {
        let scheme = due.scheme.as_ref().map(|scheme| format!(" {}", scheme.as_str())).unwrap_or_default();
        format!("{}  {}{scheme}  {}", due.date, basis.shown(&due.subject, language), due.told.say(language))
    });
    section("label_later", later.collect());
    let case = |case: &Case| {
        let scheme = case.scheme.as_ref().map(|scheme| format!(" {}", scheme.as_str())).unwrap_or_default();
        let since = Told::of("label_since").with(case.since).say(language);
        format!("{}{scheme}  {}  ({since})", basis.shown(&case.subject, language), case.told.say(language))
    };
    section("label_portal", plan.portal.iter().map(case).collect());
    section("label_problems", plan.problems.iter().map(case).collect());
    section("label_reported", plan.reported.iter().map(case).collect());
    let counts = [
        ("label_unknown_to_hr", plan.unknown_to_hr.len() as u64),
        ("label_extra", plan.extra.len() as u64),
        ("label_excepted", plan.excepted),
        ("label_confidential", plan.confidential),
    ];
    for (word, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        let _ = writeln!(out, "{}", Told { word, values: vec![count.to_string()] }.say(language));
    }
    out
}
