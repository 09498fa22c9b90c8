//! The part of the page that shows one person, with what can be done to them.

use crate::calendar;
use crate::html::button;
use crate::names;
use crate::page::address::Address;
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

pub(super) fn section(world: &World, user: &User, action: &str, address: &Address) -> Markup {
    let person = user.person();
    let id = person.id.to_string();
    let (department, franchise) = (&world.register.departments[&person.department_id], person.franchise_id);
    html! {
        section #person aria-labelledby="person-title" {
            h2 #person-title { (person.first_name) " " (person.last_name) }
            p.pages { a href=(address.link("people", |to| to.person = None)) { "Close" } }
            dl {
                dt { "User id" }
                dd { (person.id) }
                dt { "Identity number" }
                dd { (person.persnr) " (synthetic)" }
                dt { "First name" }
                dd { (person.first_name) }
                dt { "Last name" }
                dd { (person.last_name) }
                dt { "E-mail" }
                dd { (or_none(&user.email)) }
                dt { "Mobile" }
                dd { (or_none(&user.mobile)) }
                dt { "Alias" }
                dd { (or_none(&person.employee_alias)) }
                dt { "Company" }
                dd { (people::company(&world.register, &person)) " (" (person.company_id) ")" }
                dt { "Department" }
                dd { (department.name) " (" (department.id) ")" }
                dt { "Franchise" }
                dd {
                    @match franchise.and_then(|id| world.register.franchises.get(&id)) {
                        Some(franchise) => { (franchise.name) " (" (franchise.id) ")" },
                        None => span.quiet { "none" },
                    }
                }
                dt { "Employment" }
                dd { @for employment in user.employment.iter().filter_map(|id| world.register.employment.get(id)) {
                    div {
                        (employment.id) ": from " (calendar::date(employment.from))
                        @if let Some(to) = employment.to { " to " (calendar::date(to)) }
                        @if let Some(old) = world.register.departments.get(&employment.workplace.department) { ", " (old.name) }
                    }
                } }
                dt { "Roles" }
                dd { (or_none(&person.roles.join(", "))) }
                dt { "Encrypted id" }
                dd { code { (person.encrypted_id) } }
            }
            (results(world, person.id, action))
            (statuses(world, person.id, action))
            (courses(world, &person.encrypted_id))
            h3 { "Remove" }
            p.quiet { "As if the employer had deleted the person: what is listed page by page shifts." }
            (button(action, "remove_person", &[("user", &id)], "Remove this person", &id))
        }
    }
}

fn or_none(text: &str) -> Markup {
    html! { @if text.is_empty() { span.quiet { "none" } } @else { (text) } }
}

fn courses(world: &World, encrypted_id: &str) -> Markup {
    let courses = newest(world.register.competency.values().filter(|course| course.user == encrypted_id));
    html! {
        h3 { "Courses" }
        @if courses.is_empty() {
            p.quiet { "None reported yet." }
        } @else {
            table.cards {
                thead { tr { th { "Id" } th { "Goal" } th { "Passed" } th { "Reported by" } th { "Its id" } } }
                tbody {
                    @for course in courses {
                        tr {
                            td.whole { (course.id) }
                            td data-label="goal" { (course.goal) }
                            td.whole { (course.passed_date) }
                            td { (or_none(&course.external_system)) }
                            td { (or_none(&course.external_id)) }
                        }
                    }
                }
            }
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
            table.cards {
                (heads(&["Id", "Exam", "Date", "Score", "Verdict"]))
                tbody {
                    @for result in results {
                        @let (id, about) = (result.id.to_string(), format!("result {}", result.id));
                        @let (verdict, other, now) =
                            if result.passed { ("passed", "Mark failed", "no") } else { ("failed", "Mark passed", "yes") };
                        tr {
                            td.whole { (id) }
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
            table.cards {
                (heads(&["Id", "Scheme", "Status", "From"]))
                tbody {
                    @for status in statuses {
                        @let (id, about) = (status.id.to_string(), format!("status {}", status.id));
                        tr {
                            td.whole { (id) }
                            td { (status.appname) }
                            td { (status.status) }
                            td.whole { (status.status_date()) }
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
