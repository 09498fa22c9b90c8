//! The API in the hands of a test, without a socket: a request goes in, what the server would answer comes out, and the register is the
//! sandbox's own. For tests that make thousands of small registers.

#![allow(clippy::panic)] // a test that asks for what cannot be should fail there; each function says when it panics

use crate::accounts::Token;
use crate::api;
use crate::ask::{Ask, Links};
use crate::base::{API, Base};
use crate::exchange;
use crate::fault::Fault;
use crate::persnr;
use crate::person::Person;
use crate::register::Status;
use crate::switches::Switches;
use crate::world::{Beginning, World};
use bytes::Bytes;
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::Value;

/// A register that begins without people, and the API over it. Its clock stands still unless it is moved.
pub struct Model {
    world: World,
    base: Base,
    headers: HeaderMap,
    asked: u64,
}

/// A request as a client would write it.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Scheme, host and port, as the client addresses the server.
    pub host: String,
    pub method: String,
    /// With the leading slash.
    pub path: String,
    /// Without the question mark.
    pub query: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// An answer, before it is written to a connection.
#[derive(Clone, Debug)]
pub struct Answered {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Model {
    /// A register as a builder says. What is about connections does not matter.
    pub(crate) fn of(beginning: Beginning) -> Result<Self, String> {
        let world = World::new(beginning)?;
        Ok(Self { world, base: Base("http://model.invalid".to_owned()), headers: HeaderMap::new(), asked: 0 })
    }

    /// Answers a request as the sandbox's server does, its throttle and its tokens included, and struck by this fault, if any. A fault that
    /// ends a connection has its effect on the register, and its answer goes nowhere; delays are the caller's affair.
    pub fn exchange(&mut self, sent: &Sent, fault: Option<&Fault>) -> Answered {
        self.asked += 1;
        let pair =
            |(name, value): &(&'static str, String)| Some((HeaderName::from_static(name), HeaderValue::from_str(value).ok()?));
        let ask = Ask {
            method: sent.method.clone(),
            path: sent.path.clone(),
            query: sent.query.clone(),
            headers: sent.headers.iter().filter_map(pair).collect(),
            body: sent.body.clone().into(),
            base: Base(sent.host.clone()),
            links: self.world.links(),
        };
        let reply = match fault {
            Some(fault) => exchange::act_struck(&mut self.world, &ask, fault),
            None => api::answer(&mut self.world, &ask),
        }
        .reply;
        Answered { status: reply.status, headers: reply.headers, body: reply.body.to_vec() }
    }

    /// How many requests the throttle has refused (429s that faults gave are not among them).
    pub fn count_429(&self) -> u64 {
        self.world.throttled
    }

    /// Frees all slots of all accounts.
    pub fn free_slots(&mut self) {
        self.world.free_slots();
    }

    /// Lets an account see only these companies from now on; None is all.
    ///
    /// # Panics
    /// If there is no such account or company.
    pub fn see(&mut self, client_id: &str, companies: Option<&[u64]>) {
        let companies = companies.map(<[u64]>::to_vec);
        self.world.see(client_id, companies).unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// Everybody, by id.
    pub fn people(&self) -> Vec<Person> {
        self.world.register.people()
    }

    /// A person's status history, oldest record first.
    pub fn statuses_of(&self, user: u64) -> Vec<Status> {
        self.world.register.statuses_of(user).cloned().collect()
    }

    /// With so many companies (2201, 2202, …) of four departments each (3301, 3302, …), at this Unix time in seconds.
    ///
    /// # Panics
    /// Never: without people and webhooks a register can always begin.
    pub fn new(companies: usize, start_unix_s: f64, switches: Switches) -> Self {
        let beginning = Beginning {
            users: 0,
            companies,
            limit: usize::MAX,
            start_unix_s: Some(start_unix_s),
            speed: 0.0,
            switches,
            ..Beginning::default()
        };
        let mut world = World::new(beginning).unwrap_or_else(|problem| panic!("{problem}"));
        let token = world.accounts.issue(Token { account: 0, expires_s: f64::INFINITY, may_write: true });
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Ok(bearer) = HeaderValue::from_str(&format!("Bearer {token}")) {
            headers.insert(AUTHORIZATION, bearer);
        }
        Self { world, base: Base("http://model.invalid".to_owned()), headers, asked: 0 }
    }

    /// Answers a request: status and body. `path` is what follows the API's root, as `user/?page=2`; null is no body.
    pub fn ask(&mut self, method: &str, path: &str, body: &Value) -> (u16, String) {
        self.asked += 1;
        // The throttle is not what is tested here, and would remember each request.
        self.world.free_slots();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let ask = Ask {
            method: method.to_owned(),
            path: format!("{API}{path}"),
            query: query.to_owned(),
            headers: self.headers.clone(),
            body: if body.is_null() { Bytes::new() } else { body.to_string().into() },
            base: self.base.clone(),
            links: Links::default(),
        };
        let reply = api::answer(&mut self.world, &ask).reply;
        (reply.status, String::from_utf8_lossy(&reply.body).into_owned())
    }

    /// How many requests there were.
    pub fn asked(&self) -> u64 {
        self.asked
    }

    /// The absolute URL of an object, as `url("user", 590001)`.
    pub fn url(&self, collection: &str, id: impl std::fmt::Display) -> String {
        self.base.url(collection, id)
    }

    /// Moves the clock.
    pub fn advance(&mut self, seconds: f64) {
        self.world.clock.advance(seconds);
    }

    /// Changes what is taken for granted about the server, from the next request on.
    pub fn switches(&mut self, change: impl FnOnce(&mut Switches)) {
        change(&mut self.world.switches);
    }

    /// Adds a status as FinAut's own processes do, such as `("afr", "afrok")`, today; returns its id.
    ///
    /// # Panics
    /// If there is no such person.
    pub fn add_status(&mut self, user: u64, appname: &str, status: &str) -> u64 {
        self.world.add_status(user, appname, status, None).unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Gives a person a number that the API would refuse, as people from abroad have in the portal.
    pub fn set_persnr(&mut self, user: u64, persnr: &str) {
        self.world.register.change_persnr(user, persnr.to_owned());
    }

    /// Lists a person's roles the other way round from now on.
    pub fn reverse_roles(&mut self, user: u64) {
        if let Some(user) = self.world.register.users.get_mut(&user) {
            user.roles.reverse();
        }
    }

    /// Takes somebody out of the register.
    pub fn remove_person(&mut self, user: u64) {
        self.world.register.remove_user(user);
    }

    /// A valid synthetic identity number that nobody has at the start; another for each `n`, always the same for one.
    pub fn unused_persnr(n: usize) -> String {
        persnr::UNUSED.number(n as u64)
    }
}
