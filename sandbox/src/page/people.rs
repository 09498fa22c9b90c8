//! The part of the page that finds somebody.

use crate::page::address::Address;
use crate::people;
use crate::register::Register;
use maud::{Markup, html};

/// How many people are shown at a time.
const SHOWN: usize = 10;

pub(super) fn section(register: &Register, address: &Address) -> Markup {
    let (found, count) = people::newest(register, &address.search, address.people_before, SHOWN + 1);
    let (shown, more) = (&found[..found.len().min(SHOWN)], found.len() > SHOWN);
    html! {
        section #people aria-labelledby="people-title" {
            h2 #people-title { "People" }
            p.quiet { (count) @if address.search.is_empty() { " people, " } @else { " found, " } "the newest first. Choose somebody to add a result or change a status." }
            form.row method="get" action="/sandbox/" {
                @for (name, value) in address.pairs().iter().filter(|(name, _)| !matches!(*name, "search" | "people_before")) {
                    input type="hidden" name=(name) value=(value);
                }
                label { "Name, user id, alias or identity number " input type="search" name="search" value=(address.search); }
                button { "Search" }
            }
            @if shown.is_empty() {
                p { "Nobody is called so." }
            } @else {
                table.cards {
                    thead { tr { th { "Name" } th { "Id" } th { "Alias" } th { "Company" } } }
                    tbody {
                        @for person in shown {
                            tr {
                                td { a href=(address.link("person", |to| to.person = Some(person.id))) { (person.first_name) " " (person.last_name) } }
                                td.whole { (person.id) }
                                td.whole[person.employee_alias.len() < 16] { @if person.employee_alias.is_empty() { span.quiet { "no alias" } } @else { (person.employee_alias) } }
                                td { (people::company(register, person)) }
                            }
                        }
                    }
                }
                p.pages {
                    @if address.people_before.is_some() {
                        a href=(address.link("people", |to| to.people_before = None)) { "Newest people" }
                    }
                    @if more {
                        a href=(address.link("people", |to| to.people_before = shown.last().map(|last| last.id))) { "Older people" }
                    }
                }
            }
        }
    }
}
