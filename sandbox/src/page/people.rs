//! The part of the page that finds somebody.

use crate::html::not_shown;
use crate::people;
use crate::register::Register;
use maud::{Markup, html};

/// How many people a search shows.
const SHOWN: usize = 8;

pub(super) fn section(register: &Register, search: &str) -> Markup {
    let (found, more) = people::search(register, search, SHOWN);
    html! {
        section #people aria-labelledby="people-title" {
            h2 #people-title { "People" }
            p.quiet { "Choose somebody to add a result or change a status." }
            form.row method="get" action="/sandbox/" {
                label { "Name, user id, alias or identity number " input type="search" name="search" value=(search); }
                button { "Search" }
            }
            table {
                thead { tr { th { "Name" } th { "User id" } th { "Alias" } th { "Company" } } }
                tbody {
                    @for person in &found {
                        tr {
                            td { a href={ "/sandbox/?person=" (person.id) } { (person.first_name) " " (person.last_name) } }
                            td { (person.id) }
                            td { (person.employee_alias) }
                            td { (people::company(register, person)) }
                        }
                    }
                }
            }
            (not_shown(found.len(), more))
        }
    }
}
