//! A plan as people and programs read it: JSON, text, CSV and a page. What is in the plan is decided elsewhere.

mod form;
mod naming;
mod page;
mod paper;
mod period;
mod reply;
mod run;
mod shown;
mod table;
mod text;
mod unnamed;

pub use form::Form;
pub use naming::{names, places};
pub use page::html;
pub use paper::{Key, Paper};
pub use period::{Period, period, undo};
pub use reply::{changes, counted, json};
pub use run::{Ran, run};
pub use shown::{BLANK, Basis, day_of};
pub use table::{MARK, csv, is_formula, whole_line};
pub use text::text;
pub use unnamed::{without, without_names};

use super::plan::Plan;
use super::told::Language;

/// The plan in one of the forms.
pub fn rendered(form: Form, plan: &Plan, basis: &Basis, language: Language) -> String {
    match form {
        Form::Json => json(plan, basis, language).as_str().to_owned(),
        Form::Text => text(plan, basis, language),
        Form::Html => html(plan, basis, language),
        Form::Csv => csv(plan, basis, language),
    }
}

#[cfg(test)]
mod nights;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::operations::codes::{Role, Scheme};
    use crate::sync::digest::Digest;
    use crate::sync::hr::Field;
    use crate::sync::memory::Print;
    use crate::sync::plan::{Case, Change, Due, Kind, Plan, Rail, Step, Subject, What};
    use crate::sync::told::{Language, Told};

    fn subject(id: u64, alias: &str, row: u64) -> Subject {
        Subject { id: Some(id).filter(|id| *id > 0), employee_alias: Some(alias.into()), row: Some(row).filter(|row| *row > 0) }
    }

    fn step(kind: Kind, subject: Subject, reason: Told, held: Option<&'static str>) -> Step {
        Step {
            kind,
            subject,
            changes: Vec::new(),
            scheme: None,
            was: None,
            date: None,
            reason: vec![reason],
            held,
            requests: 2,
            print: Print(Digest::default()),
            since: date(2026, 11, 20),
            is_new: true,
        }
    }

    fn change(what: What) -> Change {
        Change { what, print: Print(Digest::default()) }
    }

    /// A night with something of everything, and an identity number and a formula where none belong.
    fn sample() -> (Plan, Basis) {
        let today = date(2026, 11, 28);
        let afr = Scheme::parse("afr");
        let case = |subject: Subject, told: Told| Case {
            subject,
            scheme: afr.clone(),
            told,
            since: date(2026, 11, 20),
            is_new: true,
            print: Print(Digest::default()),
        };
        let mut leave = step(Kind::Withdraw, subject(590_511, "E0333", 402), Told::of("has_ended").with("2026-11-26"), None);
        (leave.scheme, leave.was, leave.date) = (afr.clone(), Some("afrok".into()), Some(date(2026, 11, 27)));
        let mut gone = leave.clone();
        (gone.subject, gone.held) = (subject(590_512, "E0334", 0), Some("administrators"));
        let mut new = step(Kind::Create, subject(0, "=HYPERLINK(\"x\")", 88), Told::of("is_new"), None);
        new.changes =
            ["afr_ka", "krd_ka"].iter().filter_map(|code| Role::parse(code)).map(|role| change(What::AddRole(role))).collect();
        new.changes.push(change(What::Persnr));
        let mut moved = step(Kind::Update, subject(590_496, "E1001", 17), Told::of("moved"), None);
        moved.changes = vec![
            change(What::Text(Field::LastName, "Hansen".into(), "<b>Berg & 01819010192".into())),
            change(What::Number(Field::Department, Some(2266), 2267)),
        ];
        let rail = |name, tripped| Rail { name, limit: Some(11), found: 3, tripped, told: None };
        let plan = Plan {
            steps: vec![leave, gone, moved, new],
            rails: vec![rail("irreversible", false), rail("administrators", true)],
            problems: vec![case(subject(0, "E0771", 88), Told::of("department_unknown").with("\"Lån Nord\"").with(2265))],
            portal: vec![case(subject(590_602, "E0212", 9), Told::of("withdrawn_and_employed"))],
            due_later: vec![Due {
                subject: subject(590_700, "E0900", 0),
                kind: Kind::Withdraw,
                scheme: afr,
                date: today,
                told: Told::of("is_absent").with(today),
            }],
            unknown_to_hr: vec![590_800, 590_801],
            confidential: 3,
            matched: 1009,
            unchanged: 988,
            is_accepted: true,
            ..Plan::default()
        };
        let basis = Basis {
            id: "p-20261128-0412-6f3a".into(),
            profile: "hr".into(),
            rows: 1012,
            read: "2026-11-28T04:12:44+01:00".into(),
            people: 1009,
            requests: 12,
            minimum: 6,
            free_now: 169,
            through: Some("2026-11-28T04:13:20+01:00".into()),
            names: BTreeMap::from([(subject(590_511, "E0333", 402), "Kari Nordmann".into())]),
            ..Basis::default()
        };
        (plan, basis)
    }

    #[test]
    fn every_field_has_a_name_in_both_languages() {
        for name in Field::ALL.map(Field::name) {
            let [english, norwegian] =
                [Language::English, Language::Norwegian].map(|language| crate::sync::language::field(name, language));
            assert!(![english, norwegian].iter().any(|word| word.is_empty() || word.contains('_')), "{name}");
        }
    }

    #[test]
    fn no_form_of_a_plan_shows_an_identity_number_and_each_says_what_matters() {
        let (plan, basis) = sample();
        for language in [Language::English, Language::Norwegian] {
            let forms = [
                json(&plan, &basis, language).as_str().to_owned(),
                text(&plan, &basis, language),
                csv(&plan, &basis, language),
                html(&plan, &basis, language),
            ];
            for form in &forms {
                assert!(!form.contains("01819010192") && form.contains("***"), "{form}");
                for said in ["E0333", "590496", "administrators", "E0771", "E0212", "E0900"] {
                    assert!(form.contains(said) || (said == "590496" && form.contains("E1001")), "{said}: {form}");
                }
            }
            let [_, text, _, page] = forms;
            assert!(text.contains("Kari Nordmann (E0333)"), "{text}");
            for said in ["Kari Nordmann", "E0333", "169"] {
                assert!(text.contains(said) && page.contains(said), "{said}: {text}");
            }
            assert!(page.contains("&lt;b&gt;Berg") && !page.contains("<b>Berg") && !page.contains("<script"), "{page}");
        }
    }

    #[test]
    fn a_plans_json_has_the_members_that_are_promised() {
        let (plan, basis) = sample();
        let json: serde_json::Value = serde_json::from_str(json(&plan, &basis, Language::English).as_str()).unwrap();
        assert_eq!(json["counts"]["create"], 1);
        assert_eq!(
            (&json["counts"]["withdraw"], &json["counts"]["held"], &json["counts"]["held_new"]),
            (&1.into(), &1.into(), &1.into())
        );
        assert_eq!((&json["cost"]["requests"], &json["cost"]["free_now"]), (&6.into(), &169.into()));
        let update = &json["steps"][2];
        assert_eq!((&update["kind"], &update["changes"]["department"]), (&"update".into(), &serde_json::json!([2266, 2267])));
        assert_eq!(json["steps"][3]["changes"]["roles"]["add"], serde_json::json!(["afr_ka", "krd_ka"]));
        assert_eq!((&json["steps"][0]["was"], &json["steps"][0]["scheme"]), (&"afrok".into(), &"afr".into()));
        assert_eq!(json["problems"][0]["problem"], "department_unknown");
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_take_for_a_formula_is_guarded() {
        let (plan, basis) = sample();
        let csv = csv(&plan, &basis, Language::English);
        assert!(csv.starts_with('\u{feff}') && csv.contains(";\"'=HYPERLINK(\"\"x\"\")\";"), "{csv}");
        assert!(csv.lines().all(|line| !line.contains(";=") && !line.contains(";+ ")), "{csv}");
    }

    #[test]
    fn a_plan_of_nothing_is_short() {
        let page = html(&Plan::default(), &Basis::default(), Language::English);
        assert!(page.contains("Nothing has to change in FinAut.") && page.matches("<section").count() == 1, "{page}");
        assert!(text(&Plan::default(), &Basis::default(), Language::Norwegian).lines().count() < 7);
    }
}
