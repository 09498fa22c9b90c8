//! The link flow, FinAut's side of it, for a browser: a page to log in at, the callback that tells the customer's system the
//! encrypted user id, and the way back. Guess: everything but that order.

use crate::ask::Ask;
use crate::base;
use crate::html::{not_shown, page};
use crate::people;
use crate::person::Person;
use crate::register::{Register, User};
use crate::reply::{Answer, Reply};
use crate::sender::send_now;
use crate::shared::Shared;
use crate::visitor;
use crate::webhooks::delivery::{Attempt, Draft, Outcome};
use crate::webhooks::forgery::Credentials;
use crate::webhooks::subject::Subject;
use crate::world::World;
use maud::{Markup, html};
use serde_json::json;

const FORGET: &str = "/link/forget/";

/// Who has logged in before, in the browser's cookie.
const COOKIE: &str = "finaut-sandbox-person";

/// Guess: what a column of such a register holds.
const LONGEST_EXT_USER_ID: usize = 255;

/// How many people the page shows at a time.
const SHOWN: usize = 12;

/// A page never counts in the throttle.
pub(crate) async fn answer(shared: &Shared, ask: &Ask) -> Answer {
    Answer::untouched(match visitor::turn_away(ask) {
        Err(problem) => trouble(403, "Not from there", &html! { p { (problem) } }),
        Ok(()) => visit(shared, ask).await,
    })
}

async fn visit(shared: &Shared, ask: &Ask) -> Reply {
    let form: &[u8] = match (ask.method.as_str(), ask.path.as_str()) {
        ("GET" | "HEAD", FORGET) => return forget(),
        ("GET" | "HEAD", base::LINK) => ask.query.as_bytes(),
        ("POST", base::LINK) => &ask.body,
        (_, base::LINK) => return Reply::method_not_allowed(&ask.method).with("Allow", "GET, POST"),
        _ => return Reply::no_such_page(),
    };
    let field = |name: &str| {
        let value = form_urlencoded::parse(form).find(|(has, _)| has == name);
        value.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let ext_user_id = field("ext-user-id");
    if ext_user_id.is_empty() || ext_user_id.chars().count() > LONGEST_EXT_USER_ID {
        let what = html! {
            p {
                "The address must end with " code { "?ext-user-id=…" } ", your own system's id of the person, of at most "
                (LONGEST_EXT_USER_ID) " characters. It is what " code { "link.url" } " makes of the configuration "
                code { "\"link_url\": \"" (ask.base.link_template()) "\"" } "."
            }
        };
        return trouble(400, "Whom shall we link?", &what);
    }
    let (chosen, known) = {
        let world = shared.world();
        if world.outbox.settings().link_callback_url.is_none() {
            let what = html! {
                p {
                    "No callback URL is set, so nobody can be told the encrypted user id. Start the sandbox with "
                    code { "--link-callback URL --link-redirect URL" } ", or set them on "
                    a href="/sandbox/#settings" { "its page" } "."
                }
            };
            return trouble(409, "Where shall the encrypted user id go?", &what);
        }
        let by_id = |id: Option<u64>| id.and_then(|id| world.register.users.get(&id)).map(User::person);
        (by_id(field("person").parse().ok().filter(|_| ask.method == "POST")), by_id(cookie(ask)))
    };
    match (chosen, known) {
        (Some(person), _) => {
            let cookie = format!("{COOKIE}={}; Path={}; HttpOnly; SameSite=Lax", person.id, base::LINK);
            link(shared, &person, &ext_user_id).await.with("Set-Cookie", cookie)
        }
        (None, Some(person)) if ask.method == "GET" => link(shared, &person, &ext_user_id).await,
        _ => login(&shared.world().register, &ext_user_id, &field("search")),
    }
}

/// The person who is logged in already, by the cookie.
fn cookie(ask: &Ask) -> Option<u64> {
    let pairs = ask.header("cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == COOKIE).find_map(|(_, id)| id.parse().ok())
}

fn forget() -> Reply {
    let body = html! {
        main {
            h1 { "Nobody is logged in" }
            p { "The next visit to the link flow asks who you are." }
        }
    };
    let cookie = format!("{COOKIE}=; Path={}; HttpOnly; SameSite=Lax; Max-Age=0", base::LINK);
    page(200, "FinAut sandbox: nobody is logged in", &body).with("Set-Cookie", cookie)
}

fn trouble(status: u16, title: &str, what: &Markup) -> Reply {
    page(status, &format!("FinAut sandbox: {title}"), &html! { main { h1 { (title) } (what) } })
}

fn login(register: &Register, ext_user_id: &str, search: &str) -> Reply {
    let (found, more) = people::search(register, search, SHOWN);
    let body = html! {
        main {
            h1 { "Log in to FinAut" }
            p {
                "Your employer’s system knows you as " code { (ext_user_id) }
                " and would like to know who you are in FinAut. The real FinAut asks you to log in; the sandbox lets you choose."
            }
            form.row method="get" action=(base::LINK) {
                input type="hidden" name="ext-user-id" value=(ext_user_id);
                label { "Name, user id or alias " input type="search" name="search" value=(search); }
                button { "Search" }
            }
            h2 { "Log in as" }
            form method="post" action=(base::LINK) {
                input type="hidden" name="ext-user-id" value=(ext_user_id);
                ul.choose {
                    @for person in &found {
                        li {
                            button name="person" value=(person.id) { (person.first_name) " " (person.last_name) }
                            " " span.quiet { (person.employee_alias) " " (people::company(register, person)) }
                        }
                    }
                }
            }
            (not_shown(found.len(), more))
        }
    };
    page(200, "FinAut sandbox: log in", &body)
}

/// Tells the customer's system, and sends the browser on.
async fn link(shared: &Shared, person: &Person, ext_user_id: &str) -> Reply {
    let draft = callback(&shared.world(), person, ext_user_id);
    let Some(delivery) = send_now(shared, &draft).await else {
        let what = html! { p { "The callback URL has just been taken away." } };
        return trouble(409, "Where shall the encrypted user id go?", &what);
    };
    let name = format!("{} {}", person.first_name, person.last_name);
    if delivery.outcome != Outcome::Delivered {
        let (url, said) = match delivery.attempts.last() {
            Some(Attempt { url, problem: Some(problem), .. }) => (url.as_str(), problem.clone()),
            Some(Attempt { url, status, .. }) => (url.as_str(), format!("it answered {status}, not 2xx")),
            None => ("", "it was not tried".to_owned()),
        };
        let what = html! {
            p {
                "The callback to " code { (url) } " failed: " (said) ". You are logged in as " (name) ", and nothing is linked."
            }
            p {
                a href={ (base::LINK) "?" (query(ext_user_id)) } { "Try again" } ", or "
                a href=(FORGET) { "log in as somebody else" } " next time."
            }
        };
        return trouble(502, "Your employer’s system did not take it", &what);
    }
    let redirect = shared.world().outbox.settings().link_redirect_url.clone();
    match redirect {
        Some(url) => Reply::bytes(303, "text/html; charset=utf-8", Default::default())
            .with("Location", with_query(&url, &query(ext_user_id)))
            .with("Cache-Control", "no-store"),
        None => {
            let what = html! {
                p {
                    code { (ext_user_id) } " is " (name) " now, and your employer’s system has been told. No redirect URL is set, so \
                    this page is the end; set one with " code { "--link-redirect URL" } " or on "
                    a href="/sandbox/#settings" { "the sandbox’s page" } "."
                }
            };
            trouble(200, "You are linked", &what)
        }
    }
}

fn callback(world: &World, person: &Person, ext_user_id: &str) -> Draft {
    let [ext_name, encrypted_name] = &world.switches.link_callback_fields;
    let pairs = [(ext_name.as_str(), ext_user_id), (encrypted_name.as_str(), person.encrypted_id.as_str())];
    let (content_type, body) = if world.switches.link_callback_as_form {
        ("application/x-www-form-urlencoded", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
    } else {
        let object = pairs.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        ("application/json", serde_json::Value::Object(object).to_string())
    };
    let (subject, user, credentials) = (Subject::Link, Some(person.id), Credentials::Right);
    Draft { subject, object: None, user, forged: false, content_type, body, credentials }
}

/// Whatever stands in the id, it ends no header and begins no other parameter.
fn query(ext_user_id: &str) -> String {
    let escaped: String = form_urlencoded::byte_serialize(ext_user_id.as_bytes()).collect();
    format!("ext-user-id={escaped}")
}

fn with_query(url: &str, query: &str) -> String {
    let (url, fragment) = match url.split_once('#') {
        Some((url, fragment)) => (url, format!("#{fragment}")),
        None => (url, String::new()),
    };
    let joint = match url.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    format!("{url}{joint}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::{query, with_query};

    #[test]
    fn the_way_back_keeps_its_own_query_and_fragment() {
        let query = query("Bø & Åsen\r\nX: y");
        assert_eq!(query, "ext-user-id=B%C3%B8+%26+%C3%85sen%0D%0AX%3A+y");
        for (url, whole) in [
            ("https://hr.example", "https://hr.example?q"),
            ("https://hr.example/a?", "https://hr.example/a?q"),
            ("https://hr.example/a?b=c#d", "https://hr.example/a?b=c&q#d"),
        ] {
            assert_eq!(with_query(url, "q"), whole);
        }
    }
}
