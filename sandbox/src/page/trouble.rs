//! The part of the page that makes trouble: faults, the clock, the throttle's slots, tokens.

use crate::html::button;
use crate::world::World;
use maud::{Markup, html};

/// Faults at one click: the button's text, and the fault as `POST /sandbox/faults` takes it.
pub(super) const READY: &[(&str, &str)] = &[
    ("503 once", r#"{"kind": "status", "status": 503}"#),
    ("429 once, Retry-After 30", r#"{"kind": "status", "status": 429, "headers": {"Retry-After": "30"}}"#),
    ("A proxy's 502 page", r#"{"kind": "html", "status": 502}"#),
    ("Cut before acting", r#"{"kind": "cut_before_acting"}"#),
    ("Cut after acting", r#"{"kind": "cut_after_acting"}"#),
    ("Half a body", r#"{"kind": "half_body"}"#),
    ("5 s late", r#"{"kind": "delay", "delay_after_ms": 5000}"#),
    ("Token unknown", r#"{"kind": "token_revoked"}"#),
];

/// What can be chosen in the form: the kind, and what it does.
const KINDS: &[(&str, &str)] = &[
    ("status", "answers with this status"),
    ("html", "answers with a proxy's page"),
    ("delay", "answers late"),
    ("cut_before_acting", "cuts before acting"),
    ("cut_after_acting", "acts, then cuts"),
    ("half_body", "acts, sends half a body"),
    ("huge_body", "acts, sends a huge body"),
    ("drip", "acts, sends a body in drips"),
    ("garbage", "sends what is no HTTP"),
    ("close_quietly", "closes a kept connection"),
    ("token_revoked", "revokes all tokens first"),
];

/// Seconds, and what the button says.
const STEPS: &[(&str, &str)] = &[("60", "+1 minute"), ("3600", "+1 hour"), ("86400", "+1 day")];
const SPEEDS: &[(&str, &str)] = &[("0", "Stop"), ("1", "Real time"), ("60", "60 times"), ("3600", "3600 times")];

pub(super) fn section(world: &World, action: &str) -> Markup {
    html! {
        section #trouble aria-labelledby="trouble-title" {
            h2 #trouble-title { "Faults, clock, slots, token" }
            (faults(world, action))
            h3 { "Clock" }
            p.quiet { "Throttle, tokens and dates go by it." }
            div.buttons {
                @for (seconds, text) in STEPS { (button(action, "advance", &[("seconds", seconds)], text, "move the clock")) }
            }
            div.buttons {
                @for (speed, text) in SPEEDS { (button(action, "speed", &[("speed", speed)], text, "speed of the clock")) }
            }
            h3 { "Slots" }
            p.quiet { "As another program on the same account would take them." }
            div.buttons {
                (button(action, "use_slots", &[("count", "1")], "Take 1", "slots"))
                (button(action, "use_slots", &[("count", "50")], "Take 50", "slots"))
                (button(action, "use_slots", &[("count", "1000000")], "Take all", "slots"))
                (button(action, "free_slots", &[], "Free all", "slots"))
            }
            form.row method="post" action=(action) {
                label { "Requests " input type="number" name="limit" value=(world.limit) min="0" required; }
                label { "in seconds " input type="number" name="window_s" value=(world.window_s) min="1" step="any" required; }
                button name="do" value="throttle" { "Set the throttle" }
            }
            h3 { "Token" }
            div.buttons { (button(action, "revoke", &[], "Revoke all tokens", "the next request gets 401")) }
        }
    }
}

fn faults(world: &World, action: &str) -> Markup {
    html! {
        h3 { "Faults" }
        p.quiet { "Each strikes the next request, once." }
        div.buttons {
            @for (text, fault) in READY { (button(action, "fault", &[("fault", fault)], text, "fault")) }
        }
        details {
            summary { "Another fault" }
            form.row method="post" action=(action) {
                label { "It " select name="kind" { @for (kind, text) in KINDS { option value=(kind) { (text) } } } }
                label { "Status " input type="number" name="status" value="503" min="200" max="599"; }
                label { "Late by ms " input type="number" name="delay_after_ms" value="0" min="0"; }
                label { "Method " select name="method" { @for method in ["any", "GET", "POST", "PUT", "PATCH"] { option { (method) } } } }
                label { "Path begins " input name="path" placeholder="user/" spellcheck="false" autocomplete="off"; }
                label { "From the nth " input type="number" name="nth" value="1" min="1"; }
                label { "Times " input type="number" name="times" value="1" min="1"; }
                label { input type="checkbox" name="always" value="yes"; " every time" }
                button name="do" value="make_fault" { "Set the fault" }
            }
        }
        div #faults data-live {
            @if world.faults.waiting().is_empty() {
                p.quiet { "No fault waits." }
            } @else {
                ul.waiting {
                    @for (place, fault) in world.faults.waiting().iter().enumerate() {
                        @let (place, words) = (place.to_string(), fault.in_words());
                        li {
                            span { (words) }
                            (button(action, "forget_fault", &[("place", &place), ("words", &words)], "Forget", &words))
                        }
                    }
                }
                div.buttons { (button(action, "forget_faults", &[], "Forget all faults", "those that wait")) }
            }
        }
    }
}
