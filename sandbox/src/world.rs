//! Everything that changes while the sandbox runs, behind one lock: register, accounts, clock, faults, switches, log, outbox.

use crate::accounts::{Accounts, Sight};
use crate::ask::Links;
use crate::base::Base;
use crate::calendar;
use crate::clock::Clock;
use crate::fault::Faults;
use crate::new_result::{NewResult, ResultChanges};
use crate::persnr;
use crate::person::Person;
use crate::register::{ExamResult, Register, Status};
use crate::representation;
use crate::request::Request;
use crate::seed;
use crate::switches::{Switches, WebhookBody};
use crate::webhooks::delivery::Draft;
use crate::webhooks::forgery::Credentials;
use crate::webhooks::outbox::Outbox;
use crate::webhooks::settings::Webhooks;
use crate::webhooks::subject::Subject;
use serde_json::{Value, json};
use std::collections::VecDeque;

pub(crate) struct World {
    pub(crate) register: Register,
    pub(crate) accounts: Accounts,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) outbox: Outbox,
    /// The sandbox's own address, as webhooks write it.
    pub(crate) base: Base,
    pub(crate) switches: Switches,
    pub(crate) limit: usize,
    pub(crate) window_s: f64,
    pub(crate) token_life_s: u64,
    pub(crate) seed: u64,
    /// The newest requests, oldest first.
    pub(crate) log: VecDeque<Request>,
    /// How many there have been.
    requests: u64,
    pub(crate) connections: u64,
    pub(crate) open_connections: u64,
    pub(crate) token_requests: u64,
    pub(crate) throttled: u64,
    /// How many identity numbers were given to those who asked for any.
    pub(crate) numbers_given: u64,
}

/// How many requests the log keeps: enough for any test, and no leak under a benchmark.
const LOG_LENGTH: usize = 50_000;

/// Of how many of these the answers too, which are long.
const REPLIES_KEPT: usize = 300;

/// How a world begins.
pub(crate) struct Beginning {
    pub(crate) users: usize,
    /// With four departments each; at least one.
    pub(crate) companies: usize,
    /// Another seed makes other people and other tokens.
    pub(crate) seed: u64,
    pub(crate) limit: usize,
    pub(crate) window_s: f64,
    pub(crate) token_life_s: u64,
    /// Client id and secret of each account; at least one.
    pub(crate) credentials: Vec<(String, String)>,
    /// Client ids and the companies that they see; who is not named sees all.
    pub(crate) sights: Vec<(String, Vec<u64>)>,
    pub(crate) switches: Switches,
    pub(crate) webhooks: Webhooks,
    /// Unix time in seconds; absent, now.
    pub(crate) start_unix_s: Option<f64>,
    /// Seconds of the sandbox's in one second.
    pub(crate) speed: f64,
}

impl Default for Beginning {
    fn default() -> Self {
        Self {
            users: 25,
            companies: 3,
            seed: 1,
            limit: 200,
            window_s: 3600.0,
            token_life_s: 3600,
            credentials: vec![("sandbox-client".to_owned(), "sandbox-secret".to_owned())],
            sights: Vec::new(),
            switches: Switches::default(),
            webhooks: Webhooks::default(),
            start_unix_s: None,
            speed: 1.0,
        }
    }
}

impl World {
    /// A world as it begins, or why it cannot: more people than identity numbers, or webhook settings that contradict
    /// themselves.
    pub(crate) fn new(beginning: Beginning) -> Result<Self, String> {
        beginning.webhooks.check()?;
        check_speed(beginning.speed)?;
        let mut world = Self {
            register: Register::default(),
            accounts: Accounts::new(beginning.credentials, beginning.seed),
            clock: Clock::new(beginning.start_unix_s, beginning.speed),
            faults: Faults::default(),
            outbox: Outbox::new(beginning.webhooks),
            base: Base::default(),
            switches: beginning.switches,
            limit: beginning.limit,
            window_s: beginning.window_s,
            token_life_s: beginning.token_life_s,
            seed: beginning.seed,
            log: VecDeque::new(),
            requests: 0,
            connections: 0,
            open_connections: 0,
            token_requests: 0,
            throttled: 0,
            numbers_given: 0,
        };
        seed::fill_companies(&mut world.register, beginning.companies);
        for (client_id, companies) in beginning.sights {
            world.see(&client_id, Some(companies))?;
        }
        world.add_people(beginning.users)?;
        Ok(world)
    }

    pub(crate) fn today(&self) -> i64 {
        calendar::oslo_day(self.clock.now())
    }

    pub(crate) fn slots_left(&mut self, account: usize) -> usize {
        let now_s = self.clock.now();
        self.accounts.all[account].throttle.free(now_s, self.limit, self.window_s)
    }

    /// Takes slots as another program on the same account would; returns how many were free to take.
    pub(crate) fn use_slots(&mut self, slots: usize) -> usize {
        let now_s = self.clock.now();
        let throttle = &mut self.accounts.all[0].throttle;
        (0..slots).take_while(|_| throttle.allow(now_s, self.limit, self.window_s).is_ok()).count()
    }

    pub(crate) fn remember(&mut self, request: Request) {
        if self.log.len() == LOG_LENGTH {
            self.log.pop_front();
        }
        self.log.push_back(request);
        if let Some(place) = self.log.len().checked_sub(REPLIES_KEPT + 1) {
            self.log[place].reply = None;
        }
    }

    /// The number of the request that is being dealt with.
    pub(crate) fn next_request(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

    /// The request of this number, if the log still has it.
    pub(crate) fn request(&self, id: u64) -> Option<&Request> {
        let place = self.log.partition_point(|request| request.id < id);
        self.log.get(place).filter(|request| request.id == id)
    }

    pub(crate) fn free_slots(&mut self) {
        self.accounts.all.iter_mut().for_each(|account| account.throttle.clear());
    }

    /// Lets an account see only these companies from now on; None is all. Or says why it cannot.
    pub(crate) fn see(&mut self, client_id: &str, companies: Option<Vec<u64>>) -> Result<(), String> {
        let account = self.accounts.by_client_id(client_id).ok_or_else(|| format!("there is no account `{client_id}`"))?;
        let unknown = companies.iter().flatten().find(|id| !self.register.companies.contains_key(id));
        if let Some(unknown) = unknown {
            let (first, last) = (self.register.companies.keys().next(), self.register.companies.keys().last());
            return Err(format!("there is no company {unknown}; they are {} to {}", first.unwrap_or(&0), last.unwrap_or(&0)));
        }
        self.accounts.all[account].sight = Sight(companies.map(|companies| companies.into_iter().collect()));
        Ok(())
    }

    /// Another speed of the clock, or why it cannot have it.
    pub(crate) fn set_speed(&mut self, speed: f64) -> Result<(), String> {
        check_speed(speed)?;
        self.clock.set_speed(speed);
        Ok(())
    }

    /// How links to other pages are written.
    pub(crate) fn links(&self) -> Links {
        Links { paging: self.switches.paging, base: self.switches.next_host.clone().map(Base) }
    }

    /// Adds people, or says why not.
    pub(crate) fn add_people(&mut self, count: usize) -> Result<Vec<Person>, String> {
        let (room, there) = (persnr::REGISTERED.len() / 2, self.register.users.len());
        if (there + count) as u64 > room {
            return Err(format!("there are identity numbers for {room} people only"));
        }
        let (seed, today) = (self.seed, self.today());
        let ids = seed::add_people(&mut self.register, count, seed, today);
        self.register.take_news(); // their past is no news
        Ok(ids.iter().map(|id| self.register.users[id].person()).collect())
    }

    /// Adds a result, or says why it cannot be one.
    pub(crate) fn add_result(&mut self, new: NewResult) -> Result<u64, String> {
        let NewResult { user, exam_name, exam_date, created_date, score, passed } = new;
        self.known(user)?;
        let (day, created) = (self.day(exam_date.as_deref())?, self.day(created_date.as_deref())?);
        check_score(&score)?;
        let id = self.register.add_result(ExamResult { id: 0, user, exam_name, day, created, score, passed });
        self.announce();
        Ok(id)
    }

    /// Changes a result, or says why it cannot be so.
    pub(crate) fn change_result(&mut self, id: u64, changes: ResultChanges) -> Result<(), String> {
        let mut result = self.register.results.get(&id).cloned().ok_or_else(|| format!("there is no result {id}"))?;
        let ResultChanges { exam_name, exam_date, score, passed } = changes;
        if exam_date.is_some() {
            result.day = self.day(exam_date.as_deref())?;
        }
        if let Some(score) = score {
            check_score(&score)?;
            result.score = score;
        }
        result.exam_name = exam_name.unwrap_or(result.exam_name);
        result.passed = passed.unwrap_or(result.passed);
        self.register.change_result(result);
        self.announce();
        Ok(())
    }

    /// Adds a status as FinAut's own processes set it: any word, at any date (absent: today).
    pub(crate) fn add_status(
        &mut self,
        user: u64,
        appname: &str,
        status: &str,
        status_date: Option<&str>,
    ) -> Result<u64, String> {
        self.known(user)?;
        let day = self.day(status_date)?;
        let company = self.register.users[&user].workplace.company;
        let set_by = self.register.administrator(company, user);
        let (appname, status, reason) = (appname.to_owned(), status.to_owned(), status.to_owned());
        let comment = String::new();
        let status = Status { id: 0, user, appname, status, reason, day, set_by, comment };
        if !self.switches.userstatus_only_grows {
            self.register.forget_statuses(user, &status.appname, status.is_test_leaders());
        }
        let id = self.register.add_status(status);
        self.announce();
        Ok(id)
    }

    pub(crate) fn known(&self, user: u64) -> Result<(), String> {
        if self.register.users.contains_key(&user) { Ok(()) } else { Err(format!("there is no user {user}")) }
    }

    /// Sends what is new in the register, where there is somewhere to send it to.
    pub(crate) fn announce(&mut self) {
        for (subject, id) in self.register.take_news() {
            // Without a URL nobody has asked.
            let _nobody = self.resend(subject, id);
        }
    }

    /// Sends an object as it is now, or says why not.
    pub(crate) fn resend(&mut self, subject: Subject, id: u64) -> Result<(), String> {
        self.somewhere(subject)?;
        let (user, object) = self.object(subject, id)?;
        let body = self.webhook_body(subject, object);
        let (object, user) = (Some(id), Some(user));
        let content_type = "application/json";
        let draft = Draft { subject, object, user, forged: false, content_type, body, credentials: Credentials::Right };
        self.send(draft);
        Ok(())
    }

    /// Sends a delivery's very body again, or says why not.
    pub(crate) fn repeat(&mut self, delivery: u64) -> Result<(), String> {
        let delivery = self.outbox.delivery(delivery).ok_or_else(|| format!("there is no delivery {delivery}"))?;
        let draft = delivery.draft();
        self.somewhere(draft.subject)?;
        self.send(draft);
        Ok(())
    }

    pub(crate) fn send(&mut self, draft: Draft) {
        let now_s = self.clock.now();
        self.outbox.send(draft, now_s);
    }

    pub(crate) fn somewhere(&self, subject: Subject) -> Result<(), String> {
        let target = self.outbox.settings().target(subject);
        target.map(drop).ok_or_else(|| format!("no URL is set for a webhook that tells of a {}", subject.name()))
    }

    /// Whom an object is about, and the object as its endpoint shows it.
    fn object(&self, subject: Subject, id: u64) -> Result<(u64, Value), String> {
        let none = || format!("there is no {} {id}", subject.name());
        match subject {
            Subject::Result => {
                let result = self.register.results.get(&id).ok_or_else(none)?;
                Ok((result.user, representation::result(&self.base, result)))
            }
            Subject::UserStatus => {
                let status = self.register.statuses.get(&id).ok_or_else(none)?;
                Ok((status.user, representation::status(&self.base, status)))
            }
            Subject::Link => Err("a link callback is sent again as a delivery".to_owned()),
        }
    }

    pub(crate) fn webhook_body(&self, subject: Subject, object: Value) -> String {
        let event = subject.name();
        match self.switches.webhook_body {
            WebhookBody::Object => object,
            WebhookBody::List => json!([object]),
            WebhookBody::EventData => json!({ "event": event, "data": object }),
            WebhookBody::EventObject => json!({ "event": event, "object": object }),
        }
        .to_string()
    }

    fn day(&self, date: Option<&str>) -> Result<i64, String> {
        match date {
            None => Ok(self.today()),
            Some(date) => calendar::parse_date(date).ok_or_else(|| format!("`{date}` is no date YYYY-MM-DD")),
        }
    }
}

fn check_speed(speed: f64) -> Result<(), String> {
    if speed >= 0.0 && speed.is_finite() {
        Ok(())
    } else {
        Err(format!("speed {speed} is no number of seconds per second; 0 stops the clock"))
    }
}

fn check_score(score: &str) -> Result<(), String> {
    match serde_json::from_str::<serde_json::Number>(score) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("score `{score}` is no JSON number")),
    }
}
