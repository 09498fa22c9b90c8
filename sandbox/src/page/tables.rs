//! The parts of the page that move by themselves: deliveries and requests, newest first.

use crate::base::Base;
use crate::blank::without_identity_numbers;
use crate::html::button;
use crate::request::Request;
use crate::webhooks::delivery::{Delivery, Outcome};
use crate::world::World;
use maud::{Markup, html};

/// How many of each are shown.
const SHOWN: usize = 25;

pub(super) fn deliveries(world: &World, action: &str) -> Markup {
    let undelivered = world.outbox.undelivered();
    let mut newest = world.outbox.deliveries().rev().take(SHOWN).peekable();
    let settings = world.outbox.settings();
    let somewhere = settings.url.is_some() || settings.results_url.is_some() || settings.statuses_url.is_some();
    html! {
        section aria-labelledby="deliveries-title" {
            h2 #deliveries-title { "Sent" }
            div #deliveries data-live {
                @if undelivered > 0 {
                    p { (undelivered) " not delivered yet." }
                }
                @if newest.peek().is_none() {
                    p.quiet { @if somewhere { "None yet." } @else { "None: no webhook URL is set." } }
                } @else {
                    table {
                        thead { tr { th { "Time" } th { "What" } th { "About" } th { "Outcome" } td {} } }
                        tbody { @for delivery in newest { (delivered(world, delivery, action)) } }
                    }
                }
            }
        }
    }
}

fn delivered(world: &World, delivery: &Delivery, action: &str) -> Markup {
    let id = delivery.id.to_string();
    let about = delivery.user.and_then(|user| world.register.users.get(&user));
    let (why, detail) = match delivery.attempts.last() {
        None => (String::new(), "Not tried yet.".to_owned()),
        Some(attempt) => {
            let answer = attempt.problem.clone().unwrap_or_else(|| attempt.status.to_string());
            let why = if delivery.outcome == Outcome::Delivered { String::new() } else { format!("{answer}, ") };
            (why, format!("{answer} from {} in {} ms.", attempt.url, attempt.took_ms))
        }
    };
    let (class, outcome) = match delivery.outcome {
        Outcome::Waiting if delivery.tries == 0 => ("quiet", "waiting"),
        Outcome::Waiting => ("problem", "will be tried again"),
        Outcome::Sending => ("quiet", "being sent"),
        Outcome::Delivered => ("fine", "delivered"),
        Outcome::GivenUp => ("problem", "given up"),
    };
    let tries = match delivery.tries {
        0 | 1 => String::new(),
        tries => format!(" ({tries} tries)"),
    };
    html! {
        tr {
            td { (delivery.norwegian_time()) }
            td { @if delivery.forged { "forged " } (delivery.what()) }
            td {
                @if let Some(user) = about {
                    a href={ "/sandbox/?person=" (user.id) } { (user.first_name) " " (user.last_name) }
                }
            }
            td {
                details {
                    summary { span class=(class) { (why) (outcome) } (tries) }
                    p { (detail) }
                    pre { (delivery.body) }
                }
            }
            td.do {
                (button(action, "repeat", &[("delivery", &id)], "Send again", &format!("delivery {id}, {}", delivery.what())))
            }
        }
    }
}

pub(super) fn requests(world: &World, base: &Base) -> Markup {
    html! {
        section aria-labelledby="requests-title" {
            h2 #requests-title { "Requests seen" }
            div #requests data-live {
                @if world.log.is_empty() {
                    p.quiet { "None yet. Point your program at " code { (base.0) } "." }
                } @else {
                    table {
                        thead {
                            tr { th { "Time" } th { "Method" } th { "Path" } th { "Status" } th.number { "Slots left" } }
                        }
                        tbody { @for request in world.log.iter().rev().take(SHOWN) { (seen(request)) } }
                    }
                }
            }
        }
    }
}

fn seen(request: &Request) -> Markup {
    let question = if request.query.is_empty() { "" } else { "?" };
    let target = without_identity_numbers(&format!("{}{question}{}", request.path, request.query));
    let (class, status) = match request.status {
        0 => ("problem", "cut".to_owned()),
        status if status >= 400 => ("problem", status.to_string()),
        status => ("", status.to_string()),
    };
    html! {
        tr {
            td { (request.norwegian_time()) }
            td { (request.method) }
            td.target { (target) }
            td class=(class) {
                (status)
                @if let Some(fault) = request.fault { " " span.problem { (fault) } }
            }
            td.number { (request.slots_left) }
        }
    }
}
