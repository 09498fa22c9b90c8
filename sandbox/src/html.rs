//! The frame of the pages for people, and the parts that more than one of them shows.

use crate::reply::Reply;
use maud::{DOCTYPE, Markup, html};

/// A whole page. Nothing is loaded from elsewhere, and no script runs but the sandbox's own file.
pub(crate) fn page(status: u16, title: &str, body: &Markup) -> Reply {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/sandbox/page.css";
            }
            body { (body) }
        }
    };
    // maud leaves apostrophes, which are harmless in its double quotes; escaped, a text is safe wherever it is pasted.
    let page = page.into_string().replace('\'', "&#39;");
    Reply::bytes(status, "text/html; charset=utf-8", page.into())
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
        )
        .with("Referrer-Policy", "same-origin")
        .with("X-Content-Type-Options", "nosniff")
        .with("Cache-Control", "no-store")
}

/// A button that does one thing with one object; `about` tells what with, to those who do not see the row.
pub(crate) fn button(action: &str, errand: &str, fields: &[(&str, &str)], text: &str, about: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button name="do" value=(errand) aria-label={ (text) ": " (about) } { (text) }
        }
    }
}

/// What stands below a search's results: nobody was found, or more than are shown.
pub(crate) fn not_shown(found: usize, more: usize) -> Markup {
    html! {
        @if found == 0 {
            p { "Nobody is called so." }
        } @else if more > 0 {
            p.quiet { (more) " more: search for them." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_once_and_html_not_again() {
        let inner = html! { i title=("\"'") { ("<&>") } };
        let shown = page(200, "", &html! { p { (inner) (3_u64) } }).body;
        let expected = "<p><i title=\"&quot;&#39;\">&lt;&amp;&gt;</i>3</p>";
        assert!(String::from_utf8_lossy(&shown).contains(expected), "{shown:?}");
    }
}
