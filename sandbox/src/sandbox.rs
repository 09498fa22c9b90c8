//! A running sandbox in the hands of a Rust test: what to connect to, what it has seen, what shall happen next.

#![allow(clippy::panic)] // a test that asks for what cannot be should fail there; each function says when it panics

use crate::calendar;
use crate::fault::Fault;
use crate::forging;
use crate::new_result::{NewResult, ResultChanges};
use crate::persnr;
use crate::person::Person;
use crate::register::{Competency, ExamResult, Status};
use crate::request::Request;
use crate::shared::Shared;
use crate::switches::Switches;
use crate::webhooks::delivery::Delivery;
use crate::webhooks::forgery::Forgery;
use crate::webhooks::settings::Webhooks;
use crate::webhooks::subject::Subject;
use crate::world::World;
use std::sync::{Arc, MutexGuard};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Runs until it is dropped; then its thread ends and its connections close.
pub struct Sandbox {
    shared: Arc<Shared>,
    url: String,
    client_id: String,
    client_secret: String,
    ca_pem: Option<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    process: u32,
}

impl Sandbox {
    pub(crate) fn new(
        shared: Arc<Shared>,
        client_id: String,
        client_secret: String,
        ca_pem: Option<String>,
        stop: oneshot::Sender<()>,
        thread: JoinHandle<()>,
    ) -> Self {
        let url = shared.world().base.0.clone();
        Self {
            shared,
            url,
            client_id,
            client_secret,
            ca_pem,
            stop: Some(stop),
            thread: Some(thread),
            process: std::process::id(),
        }
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.shared.world()
    }

    /// The host to configure: scheme, name and port, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn port(&self) -> u16 {
        self.shared.address.port()
    }

    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    pub fn client_secret(&self) -> &str {
        &self.client_secret
    }

    /// The throw-away authority's certificate, after `Builder::with_tls`.
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }

    /// The requests seen, oldest first, those to `/sandbox/` aside. The newest 50,000 are kept.
    pub fn requests(&self) -> Vec<Request> {
        self.world().log.iter().cloned().collect()
    }

    pub fn clear_requests(&self) {
        self.world().log.clear();
    }

    /// How many connections have been accepted so far.
    pub fn connections(&self) -> u64 {
        self.world().connections
    }

    /// How many of them are still open on this side.
    pub fn open_connections(&self) -> u64 {
        self.world().open_connections
    }

    /// How many tokens have been asked for, granted or not.
    pub fn token_requests(&self) -> u64 {
        self.world().token_requests
    }

    /// Free slots in the first account's throttle.
    pub fn slots_left(&self) -> usize {
        self.world().slots_left(0)
    }

    /// Free slots of the account with this client id; none if there is no such.
    pub fn slots_left_of(&self, client_id: &str) -> usize {
        let mut world = self.world();
        let account = world.accounts.by_client_id(client_id);
        account.map_or(0, |account| world.slots_left(account))
    }

    /// How many requests the throttle has refused (429s that faults gave are not among them).
    pub fn count_429(&self) -> u64 {
        self.world().throttled
    }

    /// Changes limit and window from now on.
    pub fn set_throttle(&self, limit: usize, window_s: f64) {
        let mut world = self.world();
        (world.limit, world.window_s) = (limit, window_s);
    }

    /// Takes slots of the first account, as another program would that uses the same one; returns how many it got.
    pub fn use_slots(&self, slots: usize) -> usize {
        self.world().use_slots(slots)
    }

    /// Frees all slots of all accounts.
    pub fn free_slots(&self) {
        self.world().free_slots();
    }

    /// Moves the sandbox's clock: throttle, token lives and dates see it.
    pub fn advance(&self, seconds: f64) {
        self.world().clock.advance(seconds);
    }

    /// So many of the sandbox's seconds pass in one second from now on; 0.0 stops its clock.
    ///
    /// # Panics
    /// If that is no speed: negative, or no number.
    pub fn set_speed(&self, speed: f64) {
        self.world().set_speed(speed).unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// Lets an account see only these companies from now on; None is all.
    ///
    /// # Panics
    /// If there is no such account or company.
    pub fn see(&self, client_id: &str, companies: Option<&[u64]>) {
        let companies = companies.map(<[u64]>::to_vec);
        self.world().see(client_id, companies).unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// Takes somebody out of the register, as if the employer had deleted them.
    pub fn remove_person(&self, user: u64) {
        self.world().register.remove_user(user);
    }

    /// The sandbox's time in Unix seconds.
    pub fn now(&self) -> f64 {
        self.world().clock.now()
    }

    /// The sandbox's day in Norway, `YYYY-MM-DD`.
    pub fn today(&self) -> String {
        calendar::date(self.world().today())
    }

    /// Puts a fault behind those that wait already.
    pub fn fault(&self, fault: Fault) {
        self.world().faults.add(fault);
    }

    pub fn clear_faults(&self) {
        self.world().faults.clear();
    }

    /// How many faults have not struck out yet.
    pub fn faults_waiting(&self) -> usize {
        self.world().faults.waiting().len()
    }

    /// From now on every token that has been given out is unknown.
    pub fn revoke_tokens(&self) {
        self.world().accounts.revoke_all();
    }

    /// Changes what is taken for granted about the server, from the next request on.
    pub fn switches(&self, change: impl FnOnce(&mut Switches)) {
        change(&mut self.world().switches);
    }

    /// How many people have this persnr: counted, not looked up, so that a person created twice is seen.
    pub fn users_with_persnr(&self, persnr: &str) -> usize {
        self.world().register.users.values().filter(|user| user.persnr == persnr).count()
    }

    /// Everybody, by id.
    pub fn people(&self) -> Vec<Person> {
        self.world().register.people()
    }

    /// More people; returns them.
    ///
    /// # Panics
    /// If there are no identity numbers for so many.
    pub fn add_people(&self, count: usize) -> Vec<Person> {
        self.world().add_people(count).unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Adds an exam result; returns its id.
    ///
    /// # Panics
    /// If there is no such person, or date or score is none.
    pub fn add_result(&self, result: NewResult) -> u64 {
        self.world().add_result(result).unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Adds a status as FinAut's own processes do, such as `("afr", "afrok")`, today unless a date is given; returns its id.
    ///
    /// # Panics
    /// If there is no such person, or the date is none.
    pub fn add_status(&self, user: u64, appname: &str, status: &str, status_date: Option<&str>) -> u64 {
        self.world().add_status(user, appname, status, status_date).unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Changes an exam result.
    ///
    /// # Panics
    /// If there is no such result, or date or score is none.
    pub fn change_result(&self, id: u64, changes: ResultChanges) {
        self.world().change_result(id, changes).unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// Changes how webhooks and the link flow's callback are sent; what waits goes by the new settings.
    ///
    /// # Panics
    /// If they cannot be so.
    pub fn webhooks(&self, change: impl FnOnce(&mut Webhooks)) {
        let mut world = self.world();
        let mut settings = world.outbox.settings().clone();
        change(&mut settings);
        world.outbox.set(settings).unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// What has been sent or waits to be, oldest first. Of what is done, the newest 20,000 are kept.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.world().outbox.deliveries().cloned().collect()
    }

    /// How many deliveries are neither answered with 2xx nor given up.
    pub fn undelivered(&self) -> usize {
        self.world().outbox.undelivered()
    }

    /// Forgets the deliveries that are done.
    pub fn clear_deliveries(&self) {
        self.world().outbox.clear();
    }

    /// Sends what is held (`hold`) and what is held back (`reorder`), the latter last first.
    pub fn release(&self) {
        self.world().outbox.release();
    }

    /// Sends a result or a status again, as it is now.
    ///
    /// # Panics
    /// If there is no such object, or no URL to send it to.
    pub fn resend(&self, subject: Subject, id: u64) {
        self.world().resend(subject, id).unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// Sends webhooks that lie.
    ///
    /// # Panics
    /// If there is no such object, or no URL to send it to.
    pub fn forge(&self, forgery: &Forgery) {
        forging::forge(&mut self.world(), forgery).unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// What to configure as `link_url`: where a person's browser is sent to be linked.
    pub fn link_url(&self) -> String {
        self.world().base.link_template()
    }

    /// A person's status history, oldest record first.
    pub fn statuses_of(&self, user: u64) -> Vec<Status> {
        self.world().register.statuses_of(user).cloned().collect()
    }

    /// A person's exam results, oldest record first.
    pub fn results_of(&self, user: u64) -> Vec<ExamResult> {
        self.world().register.results_of(user).cloned().collect()
    }

    /// The courses reported for an encrypted user id.
    pub fn competency_of(&self, encrypted_id: &str) -> Vec<Competency> {
        let world = self.world();
        world.register.competency.values().filter(|course| course.user == encrypted_id).cloned().collect()
    }

    /// A valid synthetic identity number that nobody has had at the start; another for each `n`, always the same for one.
    pub fn unused_persnr(&self, n: usize) -> String {
        persnr::UNUSED.number(n as u64)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if self.process != std::process::id() {
            // A forked child has this value but not the thread, and must not wait for it.
            std::mem::forget((self.stop.take(), self.thread.take()));
            return;
        }
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}
