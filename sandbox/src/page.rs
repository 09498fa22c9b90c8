//! The page for people at `/sandbox/`: what has been asked, who is there, what was sent; and buttons that change it. Rendered
//! here; the script only keeps it current.

mod forms;
mod people;
mod person;
mod settings;
mod tables;

use crate::api::Ask;
use crate::calendar;
use crate::html::{Html, html, page};
use crate::reply::Reply;
use crate::world::World;

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// The page and its files; none for errands of programs.
pub(crate) fn answer(world: &mut World, ask: &Ask, errand: &str) -> Option<Reply> {
    let asked_for = ask.header("accept").is_some_and(|accept| accept.contains("text/html"));
    match errand {
        "GET " | "GET page" if asked_for => Some(show(world, ask, 200, ask.filter("said").as_deref())),
        "GET page.css" => Some(Reply::bytes(200, "text/css; charset=utf-8", STYLE.into())),
        "GET page.js" => Some(Reply::bytes(200, "text/javascript; charset=utf-8", SCRIPT.into())),
        "POST page" => Some(match forms::act(world, ask) {
            Ok(next) => Reply::bytes(303, "text/html; charset=utf-8", Default::default()).with("Location", next),
            Err(problem) => show(world, ask, 400, Some(&problem)),
        }),
        _ => None,
    }
}

fn show(world: &mut World, ask: &Ask, status: u16, said: Option<&str>) -> Reply {
    let chosen = ask.filter("person").and_then(|id| id.parse().ok()).filter(|id| world.known(*id).is_ok());
    let search = ask.filter("search").unwrap_or_default();
    let (slots_left, now_s) = (world.slots_left(0), world.clock.now());
    let said = match (said, status) {
        (None, _) => Html::none(),
        (Some(said), 200) => html!("<p class=\"said\" role=\"status\">{}</p>\n", said),
        (Some(problem), _) => html!("<p class=\"said problem\" role=\"alert\">That did not work: {}.</p>\n", problem),
    };
    let body = html!(
        "<header>\n<h1>FinAut sandbox</h1>\n\
         <p id=\"slots\" data-live><strong>{} of {}</strong> slots left · {} refused by the throttle · {} {}</p>\n\
         <label><input type=\"checkbox\" id=\"live\" checked> Keep this page current</label>\n\
         <p id=\"gone\" class=\"problem\" role=\"status\" hidden>The sandbox does not answer any more.</p>\n</header>\n\
         <main>\n{}\
         <div>\n{}{}{}</div>\n<div>\n{}{}</div>\n</main>\n<script src=\"/sandbox/page.js\"></script>",
        slots_left,
        world.limit,
        world.throttled,
        calendar::date(world.today()),
        calendar::oslo_time(now_s),
        said,
        chosen.map_or_else(Html::none, |id| person::section(world, id)),
        people::section(world, &search),
        settings::section(world, &ask.base.0, chosen),
        tables::deliveries(world, chosen),
        tables::requests(world, &ask.base.0),
    );
    page(status, "FinAut sandbox", &body)
}

/// Where the page's forms go: the person that is shown stays so.
fn action(chosen: Option<u64>) -> String {
    chosen.map_or_else(|| "/sandbox/page".to_owned(), |id| format!("/sandbox/page?person={id}"))
}

/// A button that does one thing with one object; `about` tells what with, to those who do not see the row.
fn button(action: &str, errand: &str, fields: &[(&str, &str)], text: &str, about: &str) -> Html {
    let hidden: Html =
        fields.iter().map(|(name, value)| html!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value)).collect();
    html!(
        "<form method=\"post\" action=\"{}\">{}<button name=\"do\" value=\"{}\" aria-label=\"{}: {}\">{}</button></form>",
        action,
        hidden,
        errand,
        text,
        about,
        text,
    )
}
