//! The parts of the page that move by themselves: deliveries and requests, newest first.

use super::{action, button};
use crate::blank::without_identity_numbers;
use crate::html::{Html, html};
use crate::request::Request;
use crate::webhooks::{Delivery, Outcome};
use crate::world::World;

/// How many of each are shown.
const SHOWN: usize = 25;

pub(super) fn deliveries(world: &World, chosen: Option<u64>) -> Html {
    let action = action(chosen);
    let rows: Html = world.outbox.deliveries().rev().take(SHOWN).map(|delivery| row(world, delivery, &action)).collect();
    let undelivered = match world.outbox.undelivered() {
        0 => Html::none(),
        waiting => html!("<p>{} not delivered yet.</p>\n", waiting),
    };
    let table = if rows.is_empty() {
        let settings = world.outbox.settings();
        let somewhere = settings.url.is_some() || settings.results_url.is_some() || settings.statuses_url.is_some();
        html!("<p class=\"quiet\">{}</p>\n", if somewhere { "None yet." } else { "None: no webhook URL is set." })
    } else {
        html!(
            "<table>\n<thead><tr><th>Time</th><th>What</th><th>About</th><th>Outcome</th><td></td></tr></thead>\n\
             <tbody>\n{}</tbody>\n</table>\n",
            rows
        )
    };
    html!(
        "<section aria-labelledby=\"deliveries-title\">\n<h2 id=\"deliveries-title\">Sent</h2>\n<div id=\"deliveries\" data-live>\n{}{}</div>\n\
         </section>\n",
        undelivered,
        table,
    )
}

fn row(world: &World, delivery: &Delivery, action: &str) -> Html {
    let id = delivery.id.to_string();
    let about = match delivery.user.and_then(|user| world.register.users.get(&user)) {
        Some(user) => html!("<a href=\"/sandbox/?person={}\">{} {}</a>", user.id, user.first_name, user.last_name),
        None => Html::none(),
    };
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
    html!(
        "<tr><td>{}</td><td>{}{}</td><td>{}</td>\
         <td><details><summary><span class=\"{}\">{}{}</span>{}</summary><p>{}</p><pre>{}</pre></details></td><td class=\"do\">{}</td></tr>\n",
        delivery.norwegian_time(),
        if delivery.forged { "forged " } else { "" },
        delivery.what(),
        about,
        class,
        why,
        outcome,
        tries,
        detail,
        delivery.body,
        button(action, "repeat", &[("delivery", &id)], "Send again", &format!("delivery {id}, {}", delivery.what())),
    )
}

pub(super) fn requests(world: &World, base: &str) -> Html {
    let row = |request: &Request| {
        let question = if request.query.is_empty() { "" } else { "?" };
        let target = without_identity_numbers(&format!("{}{question}{}", request.path, request.query));
        let (class, status) = match request.status {
            0 => ("problem", "cut".to_owned()),
            status if status >= 400 => ("problem", status.to_string()),
            status => ("", status.to_string()),
        };
        let fault = request.fault.map_or_else(Html::none, |fault| html!(" <span class=\"problem\">{}</span>", fault));
        html!(
            "<tr><td>{}</td><td>{}</td><td class=\"target\">{}</td><td class=\"{}\">{}{}</td><td class=\"number\">{}</td></tr>\n",
            request.norwegian_time(),
            request.method,
            target,
            class,
            status,
            fault,
            request.slots_left,
        )
    };
    let rows: Html = world.log.iter().rev().take(SHOWN).map(row).collect();
    let table = if rows.is_empty() {
        html!("<p class=\"quiet\">None yet. Point your program at <code>{}</code>.</p>\n", base)
    } else {
        html!(
            "<table>\n<thead><tr><th>Time</th><th>Method</th><th>Path</th><th>Status</th><th class=\"number\">Slots left</th></tr></thead>\n\
             <tbody>\n{}</tbody>\n</table>\n",
            rows
        )
    };
    html!(
        "<section aria-labelledby=\"requests-title\">\n<h2 id=\"requests-title\">Requests seen</h2>\n<div id=\"requests\" data-live>\n{}</div>\n\
         </section>\n",
        table,
    )
}
