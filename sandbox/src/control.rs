//! `/sandbox/…`: what tests in any language ask of the sandbox itself, and its page for people. No token, no throttle, not in
//! the log.

mod webhooks;

use crate::ask::Ask;
use crate::base;
use crate::calendar;
use crate::fault::Fault;
use crate::page;
use crate::persnr;
use crate::reply::Reply;
use crate::visitor;
use crate::world::World;
use serde::Deserialize;
use serde_json::{Value, json};

/// Everything that can be asked here, as `GET /sandbox/` tells it to programs; browsers get the page.
const DESK: &[(&str, &str)] = &[
    ("GET state", "counts, slots left, time"),
    ("GET people", "everybody, with persnr, encrypted id and the rest"),
    (
        "GET unused_persnr",
        "a synthetic number that nobody had at the start, another each time; ?n=0 and up: another for each n",
    ),
    ("GET requests", "requests seen; ?raw=1 shows identity numbers, bodies and headers"),
    ("DELETE requests", "forgets them"),
    ("GET faults", "faults in waiting"),
    (
        "POST faults",
        "{\"kind\": \"status\", \"status\": 503, \"method\": \"GET\", \"path\": \"user/\", \"nth\": 1, \"times\": 1} or a list",
    ),
    ("DELETE faults", "forgets them"),
    (
        "POST clock",
        "{\"advance_s\": 3600}, {\"to\": \"2026-12-24T08:00:00Z\"}, {\"speed\": 60}: seconds of the sandbox's in one second, 0 stops it",
    ),
    ("GET switches", "what is taken for granted"),
    ("POST switches", "{\"validation_status\": 400}: any of them"),
    ("POST throttle", "{\"limit\": 200, \"window_s\": 3600}"),
    ("POST slots", "{\"use\": 50} as another program would, or {\"free\": true}"),
    ("POST tokens/revoke", "every token is unknown from now on"),
    (
        "POST results",
        "{\"user\": 590001, \"exam_name\", \"exam_date\", \"created_date\", \"score\": \"87.50\", \"passed\"}: all but user optional",
    ),
    ("PATCH results/880001", "{\"passed\": false, \"score\": \"69.50\", \"exam_name\", \"exam_date\"}: all optional"),
    ("POST statuses", "{\"user\": 590001, \"appname\": \"afr\", \"status\": \"afrok\", \"status_date\": optional}"),
    ("POST users", "{\"count\": 10}: more people"),
    ("DELETE users/590001", "takes somebody out of the register; what is known of them otherwise stays"),
    ("GET accounts", "client ids, with the companies that each sees (null: all) and the slots left"),
    ("POST accounts", "{\"client_id\": \"sandbox-client\", \"companies\": [2201, 2202]}: sees only these; null is all"),
];

pub(crate) fn answer(world: &mut World, ask: &Ask) -> Reply {
    if let Err(problem) = visitor::turn_away(ask) {
        return Reply::detail(403, &problem);
    }
    let errand = format!("{} {}", ask.method, ask.path[base::CONTROL.len()..].trim_end_matches('/'));
    if let Some(reply) = page::answer(world, ask, &errand) {
        return reply;
    }
    let answered = webhooks::run(world, ask, &errand).unwrap_or_else(|| run(world, ask, &errand));
    answered.unwrap_or_else(|problem| Reply::detail(400, &problem))
}

/// The numbers from here on are for those who ask for any; who names one by its place in the series takes lower ones.
const GIVEN_FROM: u64 = 110_000;

fn run(world: &mut World, ask: &Ask, errand: &str) -> Result<Reply, String> {
    let done = || Ok(Reply::json(200, &json!({})));
    match errand {
        "GET " => {
            let desk =
                DESK.iter().chain(webhooks::DESK).map(|(errand, what)| ((*errand).to_owned(), Value::from(*what))).collect();
            Ok(Reply::json(200, &Value::Object(desk)))
        }
        "GET state" => Ok(Reply::json(200, &state(world))),
        "GET people" => Ok(Reply::json(200, &json!(world.register.people()))),
        "GET unused_persnr" => {
            let n = match ask.filter("n").unwrap_or_default() {
                n if n.is_empty() => {
                    world.numbers_given += 1;
                    GIVEN_FROM + world.numbers_given
                }
                n => n.parse().map_err(|_| format!("n={n} is no number"))?,
            };
            Ok(Reply::json(200, &json!({ "persnr": persnr::UNUSED.number(n) })))
        }
        "GET requests" => {
            let raw = ask.filter("raw").is_some_and(|raw| raw == "1");
            Ok(Reply::json(200, &world.log.iter().map(|request| request.json(raw)).collect()))
        }
        "DELETE requests" => {
            world.log.clear();
            done()
        }
        "GET faults" => Ok(Reply::json(200, &json!(world.faults.waiting()))),
        "POST faults" => {
            let sent: Value = ask.json()?;
            let faults = if sent.is_array() { sent } else { json!([sent]) };
            let faults: Vec<Fault> = serde_json::from_value(faults).map_err(|error| error.to_string())?;
            if let Some(status) = faults.iter().map(|fault| fault.status).find(|status| !Fault::may_end_with(*status)) {
                return Err(format!("status {status} is no HTTP status that a server may end with"));
            }
            faults.into_iter().for_each(|fault| world.faults.add(fault));
            Ok(Reply::json(201, &json!(world.faults.waiting())))
        }
        "DELETE faults" => {
            world.faults.clear();
            done()
        }
        "POST clock" => {
            let Clock { advance_s, to, speed } = ask.json()?;
            if advance_s.is_none() && to.is_none() && speed.is_none() {
                return Err("advance_s, to or speed is expected".to_owned());
            }
            let to_s =
                to.map(|to| calendar::parse_moment(&to).ok_or_else(|| format!("`{to}` is no time as 2026-12-24T08:00:00Z")));
            if let Some(to_s) = to_s.transpose()? {
                let now_s = world.clock.now();
                world.clock.advance(to_s - now_s);
            }
            if let Some(speed) = speed {
                world.set_speed(speed)?;
            }
            world.clock.advance(advance_s.unwrap_or(0.0));
            Ok(Reply::json(200, &state(world)))
        }
        "GET switches" => Ok(Reply::json(200, &json!(world.switches))),
        "POST switches" => {
            world.switches = ask.json_over(&world.switches, "switch")?;
            Ok(Reply::json(200, &json!(world.switches)))
        }
        "POST throttle" => {
            let Throttle { limit, window_s } = ask.json()?;
            (world.limit, world.window_s) = (limit, window_s);
            Ok(Reply::json(200, &state(world)))
        }
        "POST slots" => {
            let slots: Slots = ask.json()?;
            if slots.free {
                world.free_slots();
            }
            world.use_slots(slots.r#use);
            Ok(Reply::json(200, &state(world)))
        }
        "POST tokens/revoke" => {
            world.accounts.revoke_all();
            done()
        }
        "POST results" => {
            let id = world.add_result(ask.json()?)?;
            Ok(Reply::json(201, &json!({ "id": ask.url("results", id) })))
        }
        "POST statuses" => {
            let new: NewStatus = ask.json()?;
            let id = world.add_status(new.user, &new.appname, &new.status, new.status_date.as_deref())?;
            Ok(Reply::json(201, &json!({ "id": ask.url("userstatus", id) })))
        }
        "POST users" => {
            let Users { count } = ask.json()?;
            let people = world.add_people(count)?;
            Ok(Reply::json(201, &json!(people)))
        }
        "GET accounts" => Ok(Reply::json(200, &accounts(world))),
        "POST accounts" => {
            let Sees { client_id, companies } = ask.json()?;
            world.see(&client_id, companies)?;
            Ok(Reply::json(200, &accounts(world)))
        }
        _ if errand.starts_with("DELETE users/") => {
            let id = errand["DELETE users/".len()..].parse().map_err(|_| "the id of a user is a number".to_owned())?;
            world.known(id)?;
            world.register.remove_user(id);
            done()
        }
        _ if errand.starts_with("PATCH results/") => {
            let id = errand["PATCH results/".len()..].parse().map_err(|_| "the id of a result is a number".to_owned())?;
            world.change_result(id, ask.json()?)?;
            Ok(Reply::json(200, &json!({ "id": ask.url("results", id) })))
        }
        _ => Ok(Reply::detail(404, &format!("There is no `{errand}` here; GET {} lists what there is.", base::CONTROL))),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    advance_s: Option<f64>,
    to: Option<String>,
    speed: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sees {
    client_id: String,
    companies: Option<Vec<u64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Throttle {
    limit: usize,
    window_s: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Slots {
    #[serde(default)]
    r#use: usize,
    #[serde(default)]
    free: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewStatus {
    user: u64,
    appname: String,
    status: String,
    status_date: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Users {
    count: usize,
}

fn accounts(world: &mut World) -> Value {
    (0..world.accounts.all.len())
        .map(|place| {
            let slots_left = world.slots_left(place);
            let account = &world.accounts.all[place];
            json!({ "client_id": account.client_id, "companies": account.sight.0, "slots_left": slots_left })
        })
        .collect()
}

fn state(world: &mut World) -> Value {
    let now_s = world.clock.now();
    json!({
        "people": world.register.users.len(),
        "companies": world.register.companies.len(),
        "departments": world.register.departments.len(),
        "statuses": world.register.statuses.len(),
        "results": world.register.results.len(),
        "competency_results": world.register.competency.len(),
        "connections": world.connections,
        "open_connections": world.open_connections,
        "token_requests": world.token_requests,
        "requests": world.log.len(),
        "throttled": world.throttled,
        "slots_left": world.slots_left(0),
        "limit": world.limit,
        "window_s": world.window_s,
        "faults": world.faults.waiting().len(),
        "undelivered": world.outbox.undelivered(),
        "now": now_s,
        "speed": world.clock.speed(),
        "today": calendar::date(calendar::oslo_day(now_s)),
    })
}
