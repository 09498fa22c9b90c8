//! The page for people at `/sandbox/`: what has been asked, who is there, what was sent; and buttons that change it. Rendered
//! here; the script only keeps it current.

mod address;
mod deliveries;
mod forms;
mod people;
mod person;
mod requests;
mod settings;
mod trouble;

use crate::ask::Ask;
use crate::calendar;
use crate::html::page;
use crate::reply::Reply;
use crate::world::World;
use address::Address;
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
    let address = Address::of(ask);
    let action = address.action();
    let (slots_left, now_s, speed) = (world.slots_left(0), world.clock.now(), world.clock.speed());
    let body = html! {
        header {
            h1 { "FinAut sandbox" }
            p #slots data-live {
                strong { (slots_left) " of " (world.limit) }
                " slots left · " (world.throttled) " refused by the throttle · "
                (calendar::date(world.today())) " " (calendar::oslo_time(now_s)) " in Norway"
                @if speed != 1.0 { ", " @if speed == 0.0 { "stopped" } @else { (speed) " times as fast" } }
            }
            label { input #live type="checkbox" checked; " Keep this page current" }
            p #gone.problem role="status" hidden { "The sandbox does not answer any more." }
            nav aria-label="Parts of this page" {
                a href="#requests-part" { "Requests" } " "
                a href="#trouble" { "Faults, clock, slots" } " "
                a href="#people" { "People" } " "
                a href="#deliveries-part" { "Sent" } " "
                a href="#settings" { "Settings" }
            }
        }
        main {
            @match (said, status) {
                (None, _) => {}
                (Some(said), 200) => p.said role="status" { (said) },
                (Some(problem), _) => p.said.problem role="alert" { "That did not work: " (problem) "." },
            }
            div {
                @if let Some(id) = address.request {
                    (requests::opened(world, id, &address))
                }
                @if let Some(user) = address.person.and_then(|id| world.register.users.get(&id)) {
                    (person::section(world, user, &action, &address))
                }
                (requests::section(world, &ask.base, &address))
                (deliveries::section(world, &action, &address))
            }
            div {
                (settings::connect(world, &ask.base))
                (trouble::section(world, &action))
                (people::section(&world.register, &address))
                (settings::section(world, &action))
            }
        }
        script src="/sandbox/page.js" {}
    };
    page(status, "FinAut sandbox", &body)
}
