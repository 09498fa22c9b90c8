//! The part of the page that shows one person, with what can be done to them.

use crate::calendar;
use crate::html::button;
use crate::names;
use crate::people;
use crate::register::{SCHEMES, User};
use crate::world::World;
use maud::{Markup, html};

/// How many results and statuses are shown, newest first.
const SHOWN: usize = 10;

/// What FinAut's own processes set; `new` and `ok` follow the scheme's code.
const STATUSES: &[(&str, &str)] = &[
    ("ok", "authorised (…ok)"),
    ("new", "not authorised (…new)"),
    ("hvilende", "on hold (hvilende)"),
    ("utmeldt", "withdrawn (utmeldt)"),
    ("reauth", "to be authorised again (reauth)"),
    ("paused", "paused"),
    ("tlnew", "test leader, new (tlnew)"),
    ("tlok", "test leader (tlok)"),
];

pub(super) fn section(world: &World, user: &User, action: &str) -> Markup {
    let person = user.person();
    html! {
        section #person aria-labelledby="person-title" {
            h2 #person-title { (person.first_name) " " (person.last_name) }
            dl {
                dt { "User id" }
                dd { (person.id) }
                dt { "Identity number" }
                dd { (person.persnr) " (synthetic)" }
                dt { "Alias" }
                dd { @if person.employee_alias.is_empty() { "none" } @else { (person.employee_alias) } }
                dt { "Company" }
                dd { (people::company(&world.register, &person)) }
                dt { "Roles" }
                dd { (person.roles.join(", ")) }
                dt { "Encrypted id" }
                dd { code { (person.encrypted_id) } }
            }
            (results(world, person.id, action))
            (statuses(world, person.id, action))
        }
    }
}

fn newest<'a, T>(all: impl Iterator<Item = &'a T>) -> Vec<&'a T> {
    let mut all: Vec<&T> = all.collect();
    all.reverse();
    all.truncate(SHOWN);
    all
}

fn results(world: &World, user: u64, action: &str) -> Markup {
    let results = newest(world.register.results_of(user));
    html! {
        h3 { "Results" }
        @if results.is_empty() {
            p.quiet { "No results yet." }
        } @else {
            table {
                (heads(&["Id", "Exam", "Date", "Score", "Verdict"]))
                tbody {
                    @for result in results {
                        @let (id, about) = (result.id.to_string(), format!("result {}", result.id));
                        @let (verdict, other, now) =
                            if result.passed { ("passed", "Mark failed", "no") } else { ("failed", "Mark passed", "yes") };
                        tr {
                            td { (id) }
                            td { (result.exam_name) }
                            td.whole { (calendar::date(result.day)) }
                            td.number { (result.score) }
                            td { (verdict) }
                            td.do {
                                (button(action, "change_result", &[("id", &id), ("passed", now)], other, &about))
                                (button(action, "resend", &[("kind", "result"), ("id", &id)], "Send again", &about))
                            }
                        }
                    }
                }
            }
        }
        form.row method="post" action=(action) {
            input type="hidden" name="user" value=(user);
            label { "Exam " select name="exam_name" { @for exam in names::EXAM { option { (exam) } } } }
            label { "Date " input type="date" name="exam_date" value=(calendar::date(world.today())) required; }
            label { "Score " input name="score" value="87.50" size="6" inputmode="decimal" required; }
            label { input type="checkbox" name="passed" value="yes" checked; " Passed" }
            button name="do" value="add_result" { "Add the result" }
        }
    }
}

fn statuses(world: &World, user: u64, action: &str) -> Markup {
    let statuses = newest(world.register.statuses_of(user));
    html! {
        h3 { "Statuses" }
        @if statuses.is_empty() {
            p.quiet { "No statuses yet." }
        } @else {
            table {
                (heads(&["Id", "Scheme", "Status", "From"]))
                tbody {
                    @for status in statuses {
                        @let (id, about) = (status.id.to_string(), format!("status {}", status.id));
                        tr {
                            td { (id) }
                            td { (status.appname) }
                            td { (status.status) }
                            td { (status.status_date()) }
                            td.do { (button(action, "resend", &[("kind", "userstatus"), ("id", &id)], "Send again", &about)) }
                        }
                    }
                }
            }
        }
        form.row method="post" action=(action) {
            input type="hidden" name="user" value=(user);
            label { "Scheme " select name="appname" { @for (code, name) in SCHEMES { option value=(code) { (code) " " (name) } } } }
            label { "Status " select name="status" { @for (word, text) in STATUSES { option value=(word) { (text) } } } }
            label { "From " input type="date" name="status_date" value=(calendar::date(world.today())) required; }
            button name="do" value="add_status" { "Change the status" }
        }
    }
}

/// With a last column for buttons.
fn heads(columns: &[&str]) -> Markup {
    html! { thead { tr { @for column in columns { th { (column) } } td {} } } }
}
