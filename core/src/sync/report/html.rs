//! A plan as a page for people in HR: one file without script, which prints and fits a telephone.

use std::fmt::Write;

use super::shown::{Basis, Counts, Movement, does, why};
use crate::operations::codes::Scheme;
use crate::sync::plan::{Case, Kind, Plan, Step};
use crate::sync::told::{Language, Told};

/// How many lines of a section are shown; the JSON has all.
const MOST_LINES: usize = 1000;

const STYLE: &str = include_str!("plan.css");

/// The page.
pub fn html(plan: &Plan, basis: &Basis, language: Language) -> String {
    let say = |told: Told| escaped(&told.say(language));
    let label = |word| say(Told::of(word));
    let (counts, movement) = (Counts::of(plan), Movement::of(plan));
    let tag = if language == Language::Norwegian { "nb" } else { "en" };
    let title = say(Told::of("label_plan_of").with(&basis.id).with(&basis.profile));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n<h1>{}</h1>\n<p class=\"quiet\">{title} · {}</p>\n</header>\n",
        label("label_headline"),
        say(Told::of("label_basis").with(basis.rows).with(basis.people).with(&basis.read)),
    );
    let verdict = if counts.held > 0 { say(Told::of("label_held").with(counts.held)) } else { label("label_nothing_held") };
    let class = if counts.held > 0 { "held" } else { "free" };
    let _ = writeln!(out, "<p class=\"verdict {class}\">{verdict}</p>");
    out.push_str(&bar(&movement, language));
    let through = basis.through.as_deref().unwrap_or("–");
    let _ = writeln!(
        out,
        "<p class=\"cost\">{}</p>",
        say(Told::of("label_cost").with(counts.requests).with(basis.free_now).with(through))
    );

    let tripped: Vec<_> = plan.rails.iter().filter(|rail| rail.tripped).collect();
    if !tripped.is_empty() {
        let _ = writeln!(
            out,
            "<section class=\"rails\"><h2>{}</h2><p>{}</p><ul>",
            label("label_rails"),
            say(Told::of("label_approve").with(&basis.id))
        );
        for rail in tripped {
            let limit = rail.limit.map(|limit| say(Told::of("label_limit").with(rail.found).with(limit))).unwrap_or_default();
            let told = rail.told.as_ref().map(|told| escaped(&told.say(language))).unwrap_or_default();
            let _ = writeln!(out, "<li><strong>{}</strong> {told} {limit}</li>", escaped(rail.name));
        }
        out.push_str("</ul></section>\n");
    }
    let step = |step: &Step| {
        let held = step
            .held
            .map(|rail| format!(" <span class=\"tag\">{}</span>", say(Told::of("label_held_by").with(rail))))
            .unwrap_or_default();
        let date = step.date.map(|date| format!("<time>{date}</time> ")).unwrap_or_default();
        (
            escaped(&basis.shown(&step.subject, language)),
            format!("{}{held}", escaped(&does(step, language))),
            format!("{date}{}", escaped(&why(step, language))),
        )
    };
    let steps = |kinds: &[Kind]| plan.steps.iter().filter(|step| kinds.contains(&step.kind)).map(step).collect::<Vec<_>>();
    out.push_str(&section("label_leave", "leave", steps(&[Kind::Withdraw, Kind::Hold]), language));
    out.push_str(&section("label_enter", "enter", steps(&[Kind::Create]), language));
    out.push_str(&section("label_change", "change", steps(&[Kind::Update]), language));
    let later = plan.due_later.iter().map(|due| {
        let scheme = due.scheme.as_ref().map(Scheme::as_str).unwrap_or_default();
        (
            escaped(&basis.shown(&due.subject, language)),
            escaped(scheme),
            format!("<time>{}</time> {}", due.date, escaped(&due.told.say(language))),
        )
    });
    out.push_str(&section("label_later", "later", later.collect(), language));
    let case = |case: &Case| {
        let scheme = case.scheme.as_ref().map(Scheme::as_str).unwrap_or_default();
        let since = say(Told::of("label_since").with(case.since));
        (
            escaped(&basis.shown(&case.subject, language)),
            escaped(scheme),
            format!("{} <span class=\"quiet\">{since}</span>", escaped(&case.told.say(language))),
        )
    };
    out.push_str(&section("label_portal", "portal", plan.portal.iter().map(case).collect(), language));
    out.push_str(&section("label_problems", "problems", plan.problems.iter().map(case).collect(), language));
    out.push_str(&section("label_reported", "reported", plan.reported.iter().map(case).collect(), language));
    let counted = [
        ("label_unknown_to_hr", plan.unknown_to_hr.len() as u64),
        ("label_extra", plan.extra.len() as u64),
        ("label_excepted", plan.excepted),
        ("label_confidential", plan.confidential),
    ];
    out.push_str("<footer>\n");
    for (word, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
        let _ = writeln!(out, "<p>{}</p>", say(Told { word, values: vec![count.to_string()] }));
    }
    let _ = writeln!(out, "<p class=\"quiet\">SHA-256 {}</p>\n</footer>\n</main>\n</body>\n</html>", basis.sha256);
    out
}

/// How many people stay, enter, change and leave: a bar, and the numbers below it.
fn bar(movement: &Movement, language: Language) -> String {
    let parts = [
        ("stay", movement.stay, "label_stay"),
        ("change", movement.change, "label_changing"),
        ("enter", movement.enter, "label_entering"),
        ("leave", movement.leave, "label_leaving"),
    ];
    let all = parts.iter().map(|(_, count, _)| count).sum::<u64>().max(1);
    let said = Told::of("label_movement")
        .with(movement.stay)
        .with(movement.enter)
        .with(movement.change)
        .with(movement.leave)
        .say(language);
    let mut out = format!("<div class=\"bar\" role=\"img\" aria-label=\"{}\">", escaped(&said));
    for (class, count, _) in parts.iter().filter(|(_, count, _)| *count > 0) {
        // A part of one in ten thousand must be seen, too.
        let share = (*count as f64 * 100.0 / all as f64).max(1.0);
        let _ = write!(out, "<span class=\"{class}\" style=\"flex-grow:{share:.2}\"></span>");
    }
    out.push_str("</div>\n<dl class=\"numbers\">\n");
    for (class, count, word) in parts {
        let _ =
            writeln!(out, "<div class=\"{class}\"><dt>{}</dt><dd>{count}</dd></div>", escaped(&Told::of(word).say(language)));
    }
    out.push_str("</dl>\n");
    out
}

fn section(title: &'static str, class: &str, lines: Vec<(String, String, String)>, language: Language) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "<section class=\"{class}\"><h2>{} <span class=\"count\">{}</span></h2>\n<ul>\n",
        escaped(&Told::of(title).say(language)),
        lines.len()
    );
    for (who, what, why) in lines.iter().take(MOST_LINES) {
        let _ = writeln!(out, "<li><b>{who}</b> <span class=\"what\">{what}</span> <span class=\"why\">{why}</span></li>");
    }
    out.push_str("</ul>\n");
    if lines.len() > MOST_LINES {
        let _ = writeln!(out, "<p>{}</p>", escaped(&Told::of("label_more").with(lines.len() - MOST_LINES).say(language)));
    }
    out.push_str("</section>\n");
    out
}

/// Text for HTML, with identity numbers redacted.
fn escaped(text: &str) -> String {
    crate::persnr::redacted(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
