//! The part of the page that lists what was sent, newest first.

use crate::html::button;
use crate::page::address::Address;
use crate::webhooks::delivery::{Delivery, Outcome};
use crate::world::World;
use maud::{Markup, html};

/// How many are shown at a time.
const SHOWN: usize = 25;

pub(super) fn section(world: &World, action: &str, address: &Address) -> Markup {
    let undelivered = world.outbox.undelivered();
    let older = |delivery: &&Delivery| address.sent_before.is_none_or(|before| delivery.id < before);
    let mut listed: Vec<&Delivery> = world.outbox.deliveries().rev().filter(older).take(SHOWN + 1).collect();
    let more = listed.len() > SHOWN;
    listed.truncate(SHOWN);
    let settings = world.outbox.settings();
    let somewhere = settings.url.is_some() || settings.results_url.is_some() || settings.statuses_url.is_some();
    html! {
        section #deliveries-part aria-labelledby="deliveries-title" {
            h2 #deliveries-title { "Sent" }
            div #deliveries data-live {
                @if undelivered > 0 {
                    p { (undelivered) " not delivered yet." }
                }
                @if listed.is_empty() {
                    p.quiet { @if somewhere { "None yet." } @else { "None: no webhook URL is set." } }
                } @else {
                    table.cards {
                        thead { tr { th { "Time" } th { "What" } th { "About" } th { "Outcome" } td {} } }
                        tbody { @for delivery in &listed { (delivered(world, delivery, action, address)) } }
                    }
                    p.pages {
                        @if address.sent_before.is_some() {
                            a href=(address.link("deliveries-part", |to| to.sent_before = None)) { "Newest deliveries" }
                        }
                        @if more {
                            a href=(address.link("deliveries-part", |to| to.sent_before = listed.last().map(|last| last.id))) {
                                "Older deliveries"
                            }
                        }
                    }
                }
            }
        }
    }
}

fn delivered(world: &World, delivery: &Delivery, action: &str, address: &Address) -> Markup {
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
            td.whole { (delivery.norwegian_time()) }
            td.whole { @if delivery.forged { "forged " } (delivery.what()) }
            td.name {
                @if let Some(user) = about {
                    a href=(address.link("person", |to| to.person = Some(user.id))) { (user.first_name) " " (user.last_name) }
                }
            }
            td {
                details {
                    summary { span class=(class) { (why) (outcome) } (tries) }
                    p { (detail) }
                    pre tabindex="0" { (delivery.body) }
                }
            }
            td.do {
                (button(action, "repeat", &[("delivery", &id)], "Send again", &format!("delivery {id}, {}", delivery.what())))
            }
        }
    }
}
