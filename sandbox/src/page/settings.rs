//! The parts of the page that say how to connect, and where webhooks go.

use crate::base::Base;
use crate::html::button;
use crate::webhooks::settings::Webhooks;
use crate::world::World;
use maud::{Markup, html};

pub(super) fn connect(world: &World, base: &Base) -> Markup {
    let account = &world.accounts.all[0];
    html! {
        section #connect aria-labelledby="connect-title" {
            h2 #connect-title { "How to connect" }
            pre tabindex="0" {
                "FINAUT_API_HOST=" (base.0) "\nFINAUT_CLIENT_ID=" (account.client_id) "\nFINAUT_CLIENT_SECRET="
                (account.client_secret)
            }
            p.quiet { "The link flow's " code { "link_url" } ": " code { (base.link_template()) } }
        }
    }
}

pub(super) fn section(world: &World, action: &str) -> Markup {
    let settings = world.outbox.settings();
    let (callback, back) = (settings.link_callback_url.as_deref(), settings.link_redirect_url.as_deref());
    html! {
        section #settings aria-labelledby="settings-title" {
            h2 #settings-title { "Settings" }
            h3 { "Where it sends to" }
            (unusual(settings, action))
            form.stack method="post" action=(action) {
                (field("url", "Results and statuses", settings.url.as_deref(), "http://127.0.0.1:9000/webhook"))
                (field("link_callback_url", "Link flow: callback", callback, "http://127.0.0.1:9000/linked"))
                (field("link_redirect_url", "Link flow: way back", back, "http://127.0.0.1:9000/welcome"))
                (field("secret", "Secret that signs what is sent", settings.secret.as_deref(), "none"))
                p.quiet {
                    "More settings, such as duplicates, reordering and forgeries: "
                    code { "POST /sandbox/webhooks" } ", and the README."
                }
                button name="do" value="settings" { "Save" }
            }
            details {
                summary { "What it takes for granted about the real server" }
                pre tabindex="0" { (serde_json::to_string_pretty(&world.switches).unwrap_or_default()) }
                p.quiet { "Each is a switch: " code { "POST /sandbox/switches" } ", or an option of the program." }
            }
        }
    }
}

fn field(name: &str, label: &str, value: Option<&str>, example: &str) -> Markup {
    let value = value.unwrap_or_default();
    html! {
        label { (label) " " input name=(name) value=(value) placeholder=(example) spellcheck="false" autocomplete="off"; }
    }
}

/// What somebody who wonders why nothing comes, or all comes twice, must know.
fn unusual(settings: &Webhooks, action: &str) -> Markup {
    let mut said = Vec::new();
    if settings.results_url.is_some() || settings.statuses_url.is_some() {
        let url = |url: &Option<String>| url.clone().unwrap_or_else(|| "the URL below".to_owned());
        said.push(format!("Results go to {}, statuses to {}.", url(&settings.results_url), url(&settings.statuses_url)));
    }
    if settings.duplicates > 0 {
        said.push(format!("Each is sent {} times.", settings.duplicates + 1));
    }
    if settings.reorder > 1 {
        said.push(format!("Held back until {} are there, then sent in reverse order.", settings.reorder));
    }
    if settings.hold {
        said.push("All are held.".to_owned());
    }
    html! {
        @if !said.is_empty() {
            ul { @for line in &said { li { (line) } } }
            @if settings.hold || settings.reorder > 1 {
                (button(action, "release", &[], "Release", "what is held"))
            }
        }
    }
}
