//! The part of the page that says how to connect, and where webhooks go.

use super::action;
use crate::html::{Html, html};
use crate::link;
use crate::webhooks::Webhooks;
use crate::world::World;

pub(super) fn section(world: &World, base: &str, chosen: Option<u64>) -> Html {
    let settings = world.outbox.settings();
    let account = &world.accounts.all[0];
    html!(
        "<section id=\"settings\" aria-labelledby=\"settings-title\">\n<h2 id=\"settings-title\">Where it sends to</h2>\n{}\
         <form method=\"post\" action=\"{}\" class=\"stack\">\n{}{}{}{}\
         <p class=\"quiet\">More settings, such as duplicates, reordering and forgeries: <code>POST /sandbox/webhooks</code>, and the README.</p>\n\
         <button name=\"do\" value=\"settings\">Save</button>\n</form>\n\
         <details><summary>How to connect</summary>\n\
         <pre>FINAUT_API_HOST={}\nFINAUT_CLIENT_ID={}\nFINAUT_CLIENT_SECRET={}\n\n\"link_url\": \"{}\"</pre>\n</details>\n</section>\n",
        unusual(settings, chosen),
        action(chosen),
        field("url", "Results and statuses", settings.url.as_deref(), "http://127.0.0.1:9000/webhook"),
        field(
            "link_callback_url",
            "Link flow: callback",
            settings.link_callback_url.as_deref(),
            "http://127.0.0.1:9000/linked"
        ),
        field(
            "link_redirect_url",
            "Link flow: way back",
            settings.link_redirect_url.as_deref(),
            "http://127.0.0.1:9000/welcome"
        ),
        field("secret", "Secret that signs what is sent", settings.secret.as_deref(), "none"),
        base,
        account.client_id,
        account.client_secret,
        link::template(base),
    )
}

fn field(name: &str, label: &str, value: Option<&str>, example: &str) -> Html {
    html!(
        "<label>{} <input name=\"{}\" value=\"{}\" placeholder=\"{}\" spellcheck=\"false\" autocomplete=\"off\"></label>\n",
        label,
        name,
        value.unwrap_or_default(),
        example,
    )
}

/// What somebody who wonders why nothing comes, or all comes twice, must know.
fn unusual(settings: &Webhooks, chosen: Option<u64>) -> Html {
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
    let lines: Html = said.iter().map(|line| html!("<li>{}</li>", *line)).collect();
    let release = match settings.hold || settings.reorder > 1 {
        true => super::button(&action(chosen), "release", &[], "Release", "what is held"),
        false => Html::none(),
    };
    if lines.is_empty() { lines } else { html!("<ul>{}</ul>\n{}\n", lines, release) }
}
