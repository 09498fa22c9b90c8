//! The part of the page that lists the requests seen, newest first, and the one that shows a request from top to bottom.

use crate::base::Base;
use crate::page::address::Address;
use crate::redact::without_identity_numbers;
use crate::request::{ReplySeen, Request};
use crate::world::World;
use maud::{Markup, html};
use serde_json::Value;

/// How many are shown at a time.
const SHOWN: usize = 25;

/// Where secrets stand in the clear: in what is sent there, and in what it answers.
const TOKEN_PATH: &str = "/o/token/";

pub(super) fn section(world: &World, base: &Base, address: &Address) -> Markup {
    let older = |request: &&Request| address.before.is_none_or(|before| request.id < before);
    let mut listed: Vec<&Request> = world.log.iter().rev().filter(older).take(SHOWN + 1).collect();
    let more = listed.len() > SHOWN;
    listed.truncate(SHOWN);
    html! {
        section #requests-part aria-labelledby="requests-title" {
            h2 #requests-title { "Requests seen" }
            div #requests data-live {
                @if world.log.is_empty() {
                    p.quiet { "None yet. Point your program at " code { (base.0) } "." }
                } @else {
                    table.cards.requests {
                        thead {
                            tr { th { "Time" } th { "Request" } th { "Status" } th.number { "Slots left" } }
                        }
                        tbody { @for request in &listed { (row(request, address)) } }
                    }
                    p.pages {
                        @if address.before.is_some() {
                            a href=(address.link("requests-part", |to| to.before = None)) { "Newest requests" }
                        }
                        @if more {
                            a href=(address.link("requests-part", |to| to.before = listed.last().map(|last| last.id))) { "Older requests" }
                        }
                    }
                }
            }
        }
    }
}

fn row(request: &Request, address: &Address) -> Markup {
    let open = address.request == Some(request.id);
    html! {
        tr.open[open] {
            td.whole { (request.norwegian_time()) }
            td.target {
                a href=(address.link("request", |to| (to.request, to.raw) = (Some(request.id), false))) aria-current=[open.then_some("true")] {
                    strong { (request.method) } " " (target(request, false))
                }
                @if let Some(first) = errors(request, false).first() { div.quiet { (first) } }
            }
            td.whole { (status(request)) }
            td.number data-label="slots left" { (request.slots_left) }
        }
    }
}

fn target(request: &Request, raw: bool) -> String {
    let question = if request.query.is_empty() { "" } else { "?" };
    let target = format!("{}{question}{}", request.path, request.query);
    if raw { target } else { without_identity_numbers(&target) }
}

fn status(request: &Request) -> Markup {
    let (class, status) = match request.status {
        0 => ("problem", "cut".to_owned()),
        status if status >= 400 => ("problem", status.to_string()),
        status => ("fine", status.to_string()),
    };
    html! {
        span class=(class) { (status) }
        @if let Some(fault) = request.fault { " " span.fault { (fault) } }
    }
}

/// A request from top to bottom: what was asked, what was answered, what was wrong.
pub(super) fn opened(world: &World, id: u64, address: &Address) -> Markup {
    let closed = address.link("requests-part", |to| (to.request, to.raw) = (None, false));
    html! {
        section #request aria-labelledby="request-title" {
            h2 #request-title { "Request " (id) }
            p.pages {
                a href=(closed) { "Close" }
                @if world.request(id).is_some() {
                    a href=(address.link("request", |to| to.raw = !address.raw)) {
                        @if address.raw { "Hide identity numbers and secrets" } @else { "Show identity numbers and secrets" }
                    }
                }
            }
            @match world.request(id) {
                None => p { "It is not kept any more: only the newest requests are." },
                Some(request) => (whole(request, address.raw)),
            }
        }
    }
}

fn whole(request: &Request, raw: bool) -> Markup {
    let errors = errors(request, raw);
    html! {
        p.target { strong { (request.method) } " " (target(request, raw)) }
        dl {
            dt { "Answer" }
            dd { (status(request)) @if request.status == 0 { ": no answer was sent" } }
            dt { "Time" }
            dd { (request.norwegian_time()) " in Norway" }
            dt { "Account" }
            dd { @match &request.client_id { Some(id) => (id), None => "none: no valid token" } }
            dt { "Throttle" }
            dd { @if request.counted { "took a slot" } @else { "took no slot" } ", " (request.slots_left) " left" }
            dt { "Connection" }
            dd { "number " (request.connection) }
            @if let Some(fault) = request.fault {
                dt { "Fault" }
                dd { (fault) }
            }
        }
        @if !errors.is_empty() {
            h3 { "Errors" }
            ul.errors { @for error in &errors { li { (error) } } }
        }
        h3 { "Body sent" }
        (body(&request.body, request.body.len(), request.path == TOKEN_PATH, raw))
        h3 { @if request.fault.is_some() { "Answer, without what the fault did to it" } @else { "Answer" } }
        @match &request.reply {
            None => p.quiet { "It is not kept any more: only the newest answers are." },
            Some(ReplySeen { body: text, bytes, .. }) => (body(text, *bytes, request.path == TOKEN_PATH, raw)),
        }
        details {
            summary { "Headers" }
            h4 { "Sent" }
            (headers(&request.headers, raw))
            @if let Some(reply) = &request.reply {
                h4 { "Answered" }
                (headers(&reply.headers, raw))
            }
        }
    }
}

/// A body, indented if it is JSON.
fn body(text: &str, bytes: usize, has_secrets: bool, raw: bool) -> Markup {
    if bytes == 0 {
        return html! { p.quiet { "None." } };
    }
    let mut text = match serde_json::from_str::<Value>(text) {
        Ok(mut value) => {
            if has_secrets && !raw {
                hide(&mut value);
            }
            serde_json::to_string_pretty(&value).unwrap_or_default()
        }
        Err(_) if has_secrets && !raw => form_without_secrets(text),
        Err(_) => text.to_owned(),
    };
    if !raw {
        text = without_identity_numbers(&text);
    }
    html! {
        pre tabindex="0" { (text) }
        p.quiet { (bytes) " bytes" }
    }
}

fn hide(answer: &mut Value) {
    if let Some(token) = answer.get_mut("access_token") {
        *token = Value::from("***");
    }
}

fn form_without_secrets(form: &str) -> String {
    let pair = |pair: &str| match pair.split_once('=') {
        Some(("client_secret", _)) => "client_secret=***".to_owned(),
        _ => pair.to_owned(),
    };
    form.split('&').map(pair).collect::<Vec<String>>().join("&")
}

fn headers(headers: &[(String, String)], raw: bool) -> Markup {
    let shown = |name: &str, value: &str| {
        if raw {
            return value.to_owned();
        }
        let secret = name.eq_ignore_ascii_case("authorization") || name.eq_ignore_ascii_case("cookie");
        match value.split_once(' ') {
            Some((scheme, _)) if secret => format!("{scheme} ***"),
            None if secret => "***".to_owned(),
            _ => without_identity_numbers(value),
        }
    };
    html! {
        dl { @for (name, value) in headers { dt { (name) } dd { (shown(name, value)) } } }
    }
}

/// What the answer says is wrong, one line for each message: `work_for.department: …`.
fn errors(request: &Request, raw: bool) -> Vec<String> {
    let Some(reply) = request.reply.as_ref().filter(|_| request.status >= 400) else { return Vec::new() };
    let mut found = Vec::new();
    if let Ok(body) = serde_json::from_str::<Value>(&reply.body) {
        gather(&body, "", &mut found);
    }
    if !raw {
        found = found.iter().map(|error| without_identity_numbers(error)).collect();
    }
    found
}

fn gather(value: &Value, field: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let below = match field {
                    "" => name.clone(),
                    field => format!("{field}.{name}"),
                };
                gather(value, &below, found);
            }
        }
        Value::Array(messages) => messages.iter().for_each(|message| gather(message, field, found)),
        Value::String(message) if field.is_empty() || field == "detail" => found.push(message.clone()),
        Value::String(message) => found.push(format!("{field}: {message}")),
        other => found.push(format!("{field}: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_is_told_with_the_field_that_it_is_about() {
        let body = serde_json::json!({ "persnr": ["a", "b"], "work_for": { "department": ["c"] }, "detail": "d" });
        let mut found = Vec::new();
        gather(&body, "", &mut found);
        assert_eq!(found, ["persnr: a", "persnr: b", "work_for.department: c", "d"]);
    }

    #[test]
    fn secrets_of_a_token_request_are_hidden() {
        assert_eq!(
            form_without_secrets("grant_type=x&client_secret=s&client_id=i"),
            "grant_type=x&client_secret=***&client_id=i"
        );
        let shown = body("{\"access_token\":\"secret\",\"scope\":\"read\"}", 40, true, false).into_string();
        assert!(!shown.contains("secret\"") && shown.contains("***") && shown.contains("read"), "{shown}");
    }
}
