//! The API's front door: which view a path leads to, and the steps before every view in Django REST framework's order
//! (content negotiation 406, authentication 401, permission 403, throttle 429, and only then the view). A request in, a reply
//! out: nothing here reads or writes any socket.

mod competency;
mod employment;
mod organisation;
mod results;
mod schemes;
mod token;
mod users;
mod userstatus;

use crate::accounts::Sight;
use crate::ask::Ask;
use crate::base;
use crate::reply::{Answer, Reply, View};
use crate::rest::route::{Place, listed, place};
use crate::world::World;
use bytes::Bytes;
use serde_json::{Map, Value};

/// Answers a request, and does to the world what it asks for.
pub(crate) fn answer(world: &mut World, ask: &Ask) -> Answer {
    answer_or(world, ask, None)
}

/// Takes a request as far as a view, which answers with `reply` instead of acting on it.
pub(crate) fn answer_with(world: &mut World, ask: &Ask, reply: Reply) -> Answer {
    answer_or(world, ask, Some(reply))
}

fn answer_or(world: &mut World, ask: &Ask, instead: Option<Reply>) -> Answer {
    if ask.path == token::PATH {
        return match instead {
            Some(reply) => Answer::untouched(reply),
            None => token::answer(world, ask),
        };
    }
    let Some(found) = place(&ask.path) else {
        let with_slash = format!("{}/", ask.path);
        let slash_is_missing = !ask.path.ends_with('/') && (with_slash == token::PATH || place(&with_slash).is_some());
        return Answer::untouched(match instead {
            Some(reply) => reply,
            // Django's APPEND_SLASH; in production it does so for every method, and clients lose their body on the way.
            None if slash_is_missing => {
                let question = if ask.query.is_empty() { "" } else { "?" };
                Reply::bytes(301, "text/html; charset=utf-8", Bytes::new())
                    .with("Location", format!("{with_slash}{question}{}", ask.query))
            }
            None => Reply::no_such_page(),
        });
    };
    let mut answer = Answer::untouched(Reply::not_found());
    let reply = match admit(world, ask, &mut answer) {
        Err(refusal) => refusal,
        Ok(()) => match instead {
            Some(reply) => reply,
            None => {
                let sight = answer.account.map(|account| world.accounts.all[account].sight.clone()).unwrap_or_default();
                view(world, ask, &sight, found).unwrap_or_else(|refusal| refusal)
            }
        },
    };
    // Every DRF answer carries these.
    answer.reply = reply.with("Vary", "Accept").with("Allow", allow(found));
    world.announce();
    answer
}

fn allow(place: Place<'_>) -> String {
    format!("{}, HEAD, OPTIONS", place.verbs.join(", "))
}

/// DRF's `initial`: may this request reach a view at all?
fn admit(world: &mut World, ask: &Ask, answer: &mut Answer) -> Result<(), Reply> {
    // DRF negotiation.py: an unknown ?format= is a 404, an Accept without a renderer a 406. Guess: JSON is all it renders.
    if ask.filter("format").is_some_and(|format| format != "json") {
        return Err(Reply::not_found());
    }
    let accepts = |accept: &str| {
        let kind = accept.split(';').next().unwrap_or_default().trim();
        matches!(kind, "*/*" | "application/*" | "application/json")
    };
    if !ask.header("accept").is_none_or(|accept| accept.split(',').any(accepts)) {
        return Err(Reply::not_acceptable());
    }
    let now_s = world.clock.now();
    let bearer = ask.header("authorization").and_then(|value| value.split_once(' '));
    let holder = bearer
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .and_then(|(_, token)| world.accounts.holder(token.trim(), now_s));
    let Some(holder) = holder else { return Err(Reply::not_authenticated()) };
    let account = holder.account;
    answer.account = Some(account);
    // Guess: scopes matter as in django-oauth-toolkit's TokenHasReadWriteScope.
    if !holder.may_write && !matches!(ask.method.as_str(), "GET" | "HEAD" | "OPTIONS") {
        return Err(Reply::not_permitted());
    }
    let (limit, window_s) = (world.limit, world.window_s);
    let throttle = &mut world.accounts.all[account].throttle;
    if let Err(throttled) = throttle.allow(now_s, limit, window_s) {
        world.throttled += 1;
        return Err(Reply::throttled(throttled.wait_s));
    }
    answer.counted = true;
    Ok(())
}

fn view(world: &mut World, ask: &Ask, sight: &Sight, place: Place<'_>) -> View {
    let method = match ask.method.as_str() {
        "HEAD" => "GET",
        "OPTIONS" => return Ok(options(place)),
        method => method,
    };
    if !place.verbs.contains(&method) {
        return Err(Reply::method_not_allowed(method));
    }
    match (place.collection, method, place.id) {
        ("", _, _) => Ok(root(ask)),
        ("user", "POST", _) => users::create(world, ask, sight),
        ("user", "PUT", Some(id)) => users::change(world, ask, sight, id, false),
        ("user", "PATCH", Some(id)) => users::change(world, ask, sight, id, true),
        ("user", _, Some(id)) => users::get(world, ask, sight, id),
        ("user", _, None) => users::list(world, ask, sight),
        ("companies", _, Some(id)) => organisation::company(world, ask, sight, id),
        ("companies", _, None) => organisation::companies(world, ask, sight),
        ("departments", _, Some(id)) => organisation::department(world, ask, sight, id),
        ("departments", _, None) => organisation::departments(world, ask, sight),
        ("franchises", _, Some(id)) => organisation::franchise(world, ask, sight, id),
        ("ordninger", _, Some(id)) => schemes::get(ask, id),
        ("ordninger", _, None) => schemes::list(ask),
        ("userrole", _, Some(role)) => schemes::role(world, ask, role),
        ("userstatus", "POST", _) => userstatus::create(world, ask, sight),
        ("userstatus", _, Some(id)) => userstatus::get(world, ask, sight, id),
        ("userstatus", _, None) => userstatus::list(world, ask, sight),
        ("latestuserstatus", _, None) => userstatus::latest(world, ask, sight),
        ("results", _, Some(id)) => results::get(world, ask, sight, id),
        ("results", _, None) => results::list(world, ask, sight),
        ("competency_result", "POST", _) => competency::create(world, ask, sight),
        ("competency_result", _, Some(id)) => competency::get(world, ask, sight, id),
        ("competency_result", _, None) => competency::list(world, ask, sight),
        ("employment", _, Some(id)) => employment::get(world, ask, sight, id),
        _ => Err(Reply::not_found()),
    }
}

/// DRF's DefaultRouter lists the collections at the root.
fn root(ask: &Ask) -> Reply {
    let url = |name: &str| Value::from(format!("{}{}{name}/", ask.base.0, base::API));
    let links: Map<String, Value> = listed().map(|name| (name.to_owned(), url(name))).collect();
    Reply::json(200, &Value::Object(links))
}

fn options(place: Place<'_>) -> Reply {
    let name = if place.id.is_some() { "Instance" } else { "List" };
    let metadata = serde_json::json!({
        "name": format!("{} {name}", place.collection),
        "description": "",
        "renders": ["application/json"],
        "parses": ["application/json"],
    });
    Reply::json(200, &metadata)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Beginning;
    use hyper::HeaderMap;
    use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};

    fn ask(method: &str, path: &str, header: (HeaderName, &str), body: &'static str) -> Ask {
        Ask {
            method: method.to_owned(),
            path: path.to_owned(),
            query: String::new(),
            headers: HeaderMap::from_iter([(header.0, HeaderValue::from_str(header.1).unwrap())]),
            body: Bytes::from_static(body.as_bytes()),
            base: base::Base("http://127.0.0.1:8700".to_owned()),
            links: crate::ask::Links::default(),
        }
    }

    fn json(answer: &Answer) -> Value {
        serde_json::from_slice(&answer.reply.body).unwrap()
    }

    #[test]
    fn a_world_answers_without_a_server() {
        let mut world = World::new(Beginning { users: 3, ..Beginning::default() }).unwrap();
        let form = "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret";
        let granted = answer(&mut world, &ask("POST", token::PATH, (CONTENT_TYPE, "application/x-www-form-urlencoded"), form));
        let bearer = format!("Bearer {}", json(&granted)["access_token"].as_str().unwrap());
        let listed = answer(&mut world, &ask("GET", "/finautapi/v1/user/", (AUTHORIZATION, &bearer), ""));
        assert_eq!((listed.reply.status, listed.counted, listed.account), (200, true, Some(0)));
        assert_eq!(json(&listed)["count"], 3);
        assert_eq!(world.slots_left(0), 199);
        let stood_in = answer_with(
            &mut world,
            &ask("POST", "/finautapi/v1/user/", (AUTHORIZATION, &bearer), "{}"),
            Reply::detail(500, "Error 500"),
        );
        assert_eq!((stood_in.reply.status, stood_in.counted, world.register.users.len()), (500, true, 3));
    }
}
