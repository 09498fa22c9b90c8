//! A plan as CSV: a line for each step, each case and each thing that is due later, for spreadsheets.

use super::shown::{Basis, Line, does, why, why_later};
use crate::sync::plan::{Plan, Subject};
use crate::sync::told::Language;

/// What begins a formula in a spreadsheet, blanks before it included.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// What tells a spreadsheet that a file is UTF-8.
pub const MARK: &str = "\u{feff}";

/// True for a text that a spreadsheet would take for a formula.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(FORMULA) || text.trim_start().starts_with(FORMULA)
}

/// The plan, in lines of cells with `;` between them, UTF-8 with a mark, so that spreadsheets read it as it is.
pub fn csv(plan: &Plan, basis: &Basis, language: Language) -> String {
    let places = &basis.places;
    let mut out = String::from(MARK);
    line(
        &mut out,
        &["section", "kind", "employee_alias", "id", "row", "scheme", "date", "held", "what", "why"].map(str::to_owned),
    );
    let mut add = |section: &str, kind: &str, subject: &Subject, rest: [String; 5]| {
        let [scheme, date, held, what, why] = rest;
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let alias = subject.employee_alias.clone().unwrap_or_default();
        line(
            &mut out,
            &[
                section.to_owned(),
                kind.to_owned(),
                alias,
                number(subject.id),
                number(subject.row),
                scheme,
                date,
                held,
                what,
                why,
            ],
        );
    };
    for step in &plan.steps {
        let scheme = step.scheme.as_ref().map(|scheme| scheme.as_str().to_owned()).unwrap_or_default();
        let date = step.date.map(|date| date.to_string()).unwrap_or_default();
        add(
            "step",
            step.kind.word(),
            &step.subject,
            [
                scheme,
                date,
                step.held.unwrap_or_default().to_owned(),
                does(&Line::of(step, language), places, language),
                why(step, places, language),
            ],
        );
    }
    for due in &plan.due_later {
        let scheme = due.scheme.as_ref().map(|scheme| scheme.as_str().to_owned()).unwrap_or_default();
        add(
            "due_later",
            due.kind.word(),
            &due.subject,
            [scheme, due.date.to_string(), String::new(), String::new(), why_later(due, places, language)],
        );
    }
    for (section, cases) in [("portal", &plan.portal), ("problem", &plan.problems), ("reported", &plan.reported)] {
        for case in cases {
            let scheme = case.scheme.as_ref().map(|scheme| scheme.as_str().to_owned()).unwrap_or_default();
            add(
                section,
                case.told.word,
                &case.subject,
                [scheme, case.since.to_string(), String::new(), String::new(), case.told.say_to_people(language, places)],
            );
        }
    }
    for id in &plan.unknown_to_hr {
        add("unknown_to_hr", "", &Subject { id: Some(*id), ..Subject::default() }, Default::default());
    }
    out
}

/// Adds a line of cells, with identity numbers redacted.
pub fn line(out: &mut String, cells: &[String]) {
    put(out, cells, &|cell| crate::persnr::redacted(cell).into_owned());
}

/// Adds a line of cells as they are.
pub fn whole_line(out: &mut String, cells: &[String]) {
    put(out, cells, &str::to_owned);
}

fn put(out: &mut String, cells: &[String], shown: &dyn Fn(&str) -> String) {
    for (n, cell) in cells.iter().enumerate() {
        if n > 0 {
            out.push(';');
        }
        let cell = shown(cell);
        // What somebody named in HR must not become a formula in the reader's spreadsheet.
        let guard = if is_formula(&cell) { "'" } else { "" };
        if cell.contains([';', '"', '\n', '\r']) || !guard.is_empty() {
            out.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}
