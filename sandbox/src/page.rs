//! The page for people at `/sandbox/`: what has been asked, who is there, what was sent; and buttons that change it. Rendered
//! here; the script only keeps it current.

mod forms;
mod people;
mod person;
mod settings;
mod tables;

use crate::ask::Ask;
use crate::calendar;
use crate::html::page;
use crate::reply::Reply;
use crate::world::World;
use maud::html;

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
    let action = action(chosen);
    let search = ask.filter("search").unwrap_or_default();
    let (slots_left, now_s) = (world.slots_left(0), world.clock.now());
    let body = html! {
        header {
            h1 { "FinAut sandbox" }
            p #slots data-live {
                strong { (slots_left) " of " (world.limit) }
                " slots left · " (world.throttled) " refused by the throttle · "
                (calendar::date(world.today())) " " (calendar::oslo_time(now_s))
            }
            label { input #live type="checkbox" checked; " Keep this page current" }
            p #gone.problem role="status" hidden { "The sandbox does not answer any more." }
        }
        main {
            @match (said, status) {
                (None, _) => {}
                (Some(said), 200) => p.said role="status" { (said) },
                (Some(problem), _) => p.said.problem role="alert" { "That did not work: " (problem) "." },
            }
            div {
                @if let Some(user) = chosen.and_then(|id| world.register.users.get(&id)) {
                    (person::section(world, user, &action))
                }
                (people::section(&world.register, &search))
                (settings::section(world, &ask.base, &action))
            }
            div {
                (tables::deliveries(world, &action))
                (tables::requests(world, &ask.base))
            }
        }
        script src="/sandbox/page.js" {}
    };
    page(status, "FinAut sandbox", &body)
}

/// Where the page's forms go: the person that is shown stays so.
fn action(chosen: Option<u64>) -> String {
    chosen.map_or_else(|| "/sandbox/page".to_owned(), |id| format!("/sandbox/page?person={id}"))
}
