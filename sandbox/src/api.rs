//! The API's front door: which view a path leads to, and the steps before every view in Django REST framework's order
//! (content negotiation 406, authentication 401, permission 403, throttle 429, and only then the view).

mod competency;
mod employment;
mod fields;
mod links;
mod organisation;
mod pages;
mod results;
mod schemes;
mod token;
mod users;
mod userstatus;

pub(crate) use results::show as show_result;
pub(crate) use userstatus::show as show_status;

use crate::reply::Reply;
use crate::world::World;
use bytes::Bytes;
use hyper::HeaderMap;
use serde_json::{Map, Value};

/// Where the API begins.
pub(crate) const ROOT: &str = "/finautapi/v1/";

/// Scheme and host in front of every object's URL, such as `http://127.0.0.1:8700`.
#[derive(Clone, Default)]
pub(crate) struct Base(pub(crate) String);

impl Base {
    /// The absolute URL of an object.
    pub(crate) fn url(&self, collection: &str, id: impl std::fmt::Display) -> String {
        format!("{}{ROOT}{collection}/{id}/", self.0)
    }
}

/// A request as the views see it.
pub(crate) struct Ask {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// As the client has addressed us.
    pub(crate) base: Base,
}

impl Ask {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The last value of a query parameter, unless it is empty: Django's filters ignore empty ones.
    pub(crate) fn filter(&self, name: &str) -> Option<String> {
        let pairs = form_urlencoded::parse(self.query.as_bytes());
        let value = pairs.filter(|(has, _)| has == name).last()?.1;
        (!value.is_empty()).then(|| value.into_owned())
    }

    /// The absolute URL of an object.
    pub(crate) fn url(&self, collection: &str, id: impl std::fmt::Display) -> String {
        self.base.url(collection, id)
    }
}

/// What became of a request.
pub(crate) struct Answer {
    pub(crate) reply: Reply,
    /// Has the throttle recorded it?
    pub(crate) counted: bool,
    /// Whose token it bore, if it was good.
    pub(crate) account: Option<usize>,
}

impl Answer {
    /// One that neither the throttle nor the register has noticed.
    pub(crate) fn untouched(reply: Reply) -> Self {
        Self { reply, counted: false, account: None }
    }
}

/// A view refuses with a reply just as it answers with one.
type View = Result<Reply, Reply>;

/// One entry of the URL table: a collection, and the verbs of its list and of its objects.
struct Collection {
    name: &'static str,
    list: &'static [&'static str],
    object: &'static [&'static str],
}

const fn collection(name: &'static str, list: &'static [&'static str], object: &'static [&'static str]) -> Collection {
    Collection { name, list, object }
}

/// `ordninger/{id}/`, `userrole/…/` as something to GET, and `franchises/{id}/` are guesses: the server hands out such URLs,
/// so they ought to lead somewhere.
const COLLECTIONS: &[Collection] = &[
    collection("user", &["GET", "POST"], &["GET", "PUT", "PATCH"]),
    collection("companies", &["GET"], &["GET"]),
    collection("departments", &["GET"], &["GET"]),
    collection("franchises", &[], &["GET"]),
    collection("ordninger", &["GET"], &["GET"]),
    collection("userrole", &[], &["GET"]),
    collection("userstatus", &["GET", "POST"], &["GET"]),
    collection("latestuserstatus", &["GET"], &[]),
    collection("results", &["GET"], &["GET"]),
    collection("competency_result", &["GET", "POST"], &["GET"]),
    collection("employment", &[], &["GET"]),
];

/// Where a path leads.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Empty for the API root.
    pub(crate) collection: &'static str,
    pub(crate) id: Option<&'a str>,
    verbs: &'static [&'static str],
}

/// The view that a path (with its trailing slash) leads to, if any.
pub(crate) fn place(path: &str) -> Option<Place<'_>> {
    let below = path.strip_prefix(ROOT)?;
    if below.is_empty() {
        return Some(Place { collection: "", id: None, verbs: &["GET"] });
    }
    let (name, rest) = below.split_once('/')?;
    let found = COLLECTIONS.iter().find(|collection| collection.name == name)?;
    let (id, verbs) = match rest.strip_suffix('/') {
        None if rest.is_empty() => (None, found.list),
        // DRF's router takes anything without a slash or a dot as an id.
        Some(id) if !id.is_empty() && !id.contains(['/', '.']) => (Some(id), found.object),
        _ => return None,
    };
    (!verbs.is_empty()).then_some(Place { collection: found.name, id, verbs })
}

/// Answers a request. With `instead`, whatever the view would have answered is replaced by it and nothing is acted on.
pub(crate) fn answer(world: &mut World, ask: &Ask, instead: Option<Reply>) -> Answer {
    if ask.path == token::PATH {
        return match instead {
            Some(reply) => Answer::untouched(reply),
            None => token::answer(world, ask),
        };
    }
    let Some(place) = place(&ask.path) else {
        let with_slash = format!("{}/", ask.path);
        let slash_is_missing = !ask.path.ends_with('/') && (with_slash == token::PATH || self::place(&with_slash).is_some());
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
            None => view(world, ask, place).unwrap_or_else(|refusal| refusal),
        },
    };
    // Every DRF answer carries these.
    answer.reply = reply.with("Vary", "Accept").with("Allow", allow(place));
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

fn view(world: &mut World, ask: &Ask, place: Place<'_>) -> View {
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
        ("user", "POST", _) => users::create(world, ask),
        ("user", "PUT", Some(id)) => users::change(world, ask, id, false),
        ("user", "PATCH", Some(id)) => users::change(world, ask, id, true),
        ("user", _, Some(id)) => users::get(world, ask, id),
        ("user", _, None) => users::list(world, ask),
        ("companies", _, Some(id)) => organisation::company(world, ask, id),
        ("companies", _, None) => organisation::companies(world, ask),
        ("departments", _, Some(id)) => organisation::department(world, ask, id),
        ("departments", _, None) => organisation::departments(world, ask),
        ("franchises", _, Some(id)) => organisation::franchise(world, ask, id),
        ("ordninger", _, Some(id)) => schemes::get(ask, id),
        ("ordninger", _, None) => schemes::list(ask),
        ("userrole", _, Some(role)) => schemes::role(world, ask, role),
        ("userstatus", "POST", _) => userstatus::create(world, ask),
        ("userstatus", _, Some(id)) => userstatus::get(world, ask, id),
        ("userstatus", _, None) => userstatus::list(world, ask),
        ("latestuserstatus", _, None) => userstatus::latest(world, ask),
        ("results", _, Some(id)) => results::get(world, ask, id),
        ("results", _, None) => results::list(world, ask),
        ("competency_result", "POST", _) => competency::create(world, ask),
        ("competency_result", _, Some(id)) => competency::get(world, ask, id),
        ("competency_result", _, None) => competency::list(world, ask),
        ("employment", _, Some(id)) => employment::get(world, ask, id),
        _ => Err(Reply::not_found()),
    }
}

/// DRF's DefaultRouter lists the collections at the root.
fn root(ask: &Ask) -> Reply {
    let listed = COLLECTIONS.iter().filter(|collection| !collection.list.is_empty());
    let url = |collection: &Collection| Value::from(format!("{}{ROOT}{}/", ask.base.0, collection.name));
    let links: Map<String, Value> = listed.map(|collection| (collection.name.to_owned(), url(collection))).collect();
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

/// An object by the id in its path: DRF says two different things of an unknown number and of what is no number.
fn object<'a, T>(records: &'a std::collections::BTreeMap<u64, T>, id: &str, model: &str) -> Result<&'a T, Reply> {
    let id: u64 = id.parse().map_err(|_| Reply::not_found())?;
    records.get(&id).ok_or_else(|| Reply::no_such(model))
}
