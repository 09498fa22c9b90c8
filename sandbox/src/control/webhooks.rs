//! `/sandbox/webhooks…`: settings, deliveries, and what is to be sent on request.

use crate::ask::Ask;
use crate::forging::forge;
use crate::reply::Reply;
use crate::webhooks::delivery::{Delivery, Outcome};
use crate::webhooks::subject::Subject;
use crate::world::World;
use serde::Deserialize;
use serde_json::{Value, json};

/// How many deliveries are shown unless `n` says otherwise.
const SHOWN: usize = 100;

pub(super) const DESK: &[(&str, &str)] = &[
    (
        "GET webhooks",
        "settings, counts, and the newest deliveries with their attempts, oldest first; ?n=100, ?outcome=given_up",
    ),
    (
        "POST webhooks",
        "{\"url\": \"http://127.0.0.1:9000/hook\", \"secret\": …}: any of the settings; null takes a URL or the secret away",
    ),
    ("DELETE webhooks", "forgets the deliveries that are done"),
    ("POST webhooks/release", "sends what is held, and what is held back to be reordered"),
    (
        "POST webhooks/resend",
        "{\"kind\": \"result\" or \"userstatus\", \"id\": 880001} as it is now, or {\"delivery\": 1}: the same body again",
    ),
    (
        "POST webhooks/forge",
        "{\"kind\": \"result\" or \"userstatus\", \"count\": 1, \"id\": of a real object that is lied about, \"changes\": {…}, \
         \"body\": text sent instead, \"credentials\": \"none\", \"wrong\" or \"right\"}: all but kind optional",
    ),
];

pub(super) fn run(world: &mut World, ask: &Ask, errand: &str) -> Option<Result<Reply, String>> {
    Some(match errand {
        "GET webhooks" => show(world, ask),
        "POST webhooks" => set(world, ask),
        "DELETE webhooks" => {
            world.outbox.clear();
            Ok(Reply::json(200, &json!({})))
        }
        "POST webhooks/release" => {
            world.outbox.release();
            Ok(Reply::json(200, &counts(world)))
        }
        "POST webhooks/resend" => resend(world, ask),
        "POST webhooks/forge" => {
            ask.json().and_then(|forgery| forge(world, &forgery)).map(|()| Reply::json(201, &counts(world)))
        }
        _ => return None,
    })
}

fn show(world: &World, ask: &Ask) -> Result<Reply, String> {
    let most = match ask.filter("n") {
        None => SHOWN,
        Some(n) => n.parse().map_err(|_| format!("n={n} is no number"))?,
    };
    let outcome = ask.filter("outcome").map(Value::String);
    if outcome.as_ref().is_some_and(|wanted| OUTCOMES.iter().all(|outcome| json!(outcome) != *wanted)) {
        return Err(format!("outcome is one of {}", json!(OUTCOMES)));
    }
    let fits = |delivery: &&Delivery| outcome.as_ref().is_none_or(|wanted| json!(delivery.outcome) == *wanted);
    let mut deliveries: Vec<&Delivery> = world.outbox.deliveries().rev().filter(fits).take(most).collect();
    deliveries.reverse();
    let shown = json!({ "settings": world.outbox.settings(), "counts": counts(world), "deliveries": deliveries });
    Ok(Reply::json(200, &shown))
}

const OUTCOMES: [Outcome; 4] = [Outcome::Waiting, Outcome::Sending, Outcome::Delivered, Outcome::GivenUp];

fn counts(world: &World) -> Value {
    let mut counts = json!({ "waiting": 0, "sending": 0, "delivered": 0, "given_up": 0 });
    for outcome in OUTCOMES {
        let name = json!(outcome);
        let count = world.outbox.deliveries().filter(|delivery| delivery.outcome == outcome).count();
        counts[name.as_str().unwrap_or_default()] = json!(count);
    }
    counts
}

fn set(world: &mut World, ask: &Ask) -> Result<Reply, String> {
    let settings = ask.json_over(world.outbox.settings(), "setting")?;
    world.outbox.set(settings)?;
    Ok(Reply::json(200, &json!(world.outbox.settings())))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Again {
    kind: Option<Subject>,
    id: Option<u64>,
    delivery: Option<u64>,
}

fn resend(world: &mut World, ask: &Ask) -> Result<Reply, String> {
    match ask.json()? {
        Again { kind: Some(kind), id: Some(id), delivery: None } => world.resend(kind, id)?,
        Again { kind: None, id: None, delivery: Some(delivery) } => world.repeat(delivery)?,
        _ => return Err("either kind and id, or delivery".to_owned()),
    }
    Ok(Reply::json(201, &counts(world)))
}
