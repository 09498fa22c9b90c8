//! The API in the hands of a test, without a socket: a request goes in, what the server would answer comes out, and the register is the
//! sandbox's own. For tests that make thousands of small registers.

#![allow(clippy::panic)] // a test that asks for what cannot be should fail there; each function says when it panics

use crate::accounts::Token;
use crate::api;
use crate::ask::{Ask, Links};
use crate::base::{API, Base};
use crate::persnr;
use crate::switches::Switches;
use crate::world::{Beginning, World};
use bytes::Bytes;
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde_json::Value;

/// A register that begins without people, and the API over it. Its clock stands still unless it is moved.
pub struct Model {
    world: World,
    base: Base,
    headers: HeaderMap,
    asked: u64,
}

impl Model {
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
