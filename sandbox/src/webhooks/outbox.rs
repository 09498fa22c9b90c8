//! What waits to be sent, in which order and by when, and what has been sent: a part of the world, without any network.

use crate::webhooks::delivery::{Attempt, Delivery, Draft, Outcome};
use crate::webhooks::forgery::Credentials;
use crate::webhooks::post::{Post, signature};
use crate::webhooks::settings::Webhooks;
use data_encoding::HEXLOWER;
use ring::rand::{SecureRandom, SystemRandom};
use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

/// How many deliveries that are done are kept.
const KEPT: usize = 20_000;

#[derive(Default)]
pub(crate) struct Outbox {
    settings: Webhooks,
    /// By id, so oldest first.
    deliveries: BTreeMap<u64, Delivery>,
    /// Ids of what is to be sent, by time and turn.
    due: BTreeMap<(Instant, u64), u64>,
    /// Ids of what is held back to go in another order, and since when.
    back: Vec<(Instant, u64)>,
    /// Ids of what is done, in the order in which it was.
    done: VecDeque<u64>,
    under_way: usize,
    made: u64,
    turns: u64,
    /// Is called when there may be something to do.
    wake: Option<Box<dyn Fn() + Send>>,
}

/// What the sender shall do next.
pub(crate) enum Next {
    Send(u64, Post),
    /// Nothing before this.
    At(Instant),
    /// Nothing until it is woken.
    Nothing,
}

impl Outbox {
    pub(crate) fn new(settings: Webhooks) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Has the sender told, from now on, that there may be something to do.
    pub(crate) fn on_change(&mut self, wake: impl Fn() + Send + 'static) {
        self.wake = Some(Box::new(wake));
    }

    fn wake(&self) {
        if let Some(wake) = &self.wake {
            wake();
        }
    }

    pub(crate) fn settings(&self) -> &Webhooks {
        &self.settings
    }

    /// Changes the settings, or says why they cannot be so. What waits already goes by the new ones.
    pub(crate) fn set(&mut self, settings: Webhooks) -> Result<(), String> {
        settings.check()?;
        self.settings = settings;
        self.let_go_if_full();
        self.wake();
        Ok(())
    }

    /// By id, oldest first.
    pub(crate) fn deliveries(&self) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.deliveries.values()
    }

    pub(crate) fn delivery(&self, id: u64) -> Option<&Delivery> {
        self.deliveries.get(&id)
    }

    /// How many are neither delivered nor given up.
    pub(crate) fn undelivered(&self) -> usize {
        self.deliveries.len() - self.done.len()
    }

    /// Forgets what is done.
    pub(crate) fn clear(&mut self) {
        for id in self.done.drain(..) {
            self.deliveries.remove(&id);
        }
    }

    /// Makes a delivery, and its duplicates, to be sent in the background. Forgeries are neither doubled nor reordered.
    pub(crate) fn send(&mut self, draft: Draft, at: f64) {
        let copies = if draft.forged { 1 } else { 1 + self.settings.duplicates };
        for _ in 0..copies {
            let id = self.make(&draft, at, Outcome::Waiting);
            if self.settings.reorder > 1 && !draft.forged {
                self.back.push((Instant::now(), id));
                self.let_go_if_full(); // here, so that a batch is never larger
            } else {
                self.line_up(id, Instant::now());
            }
        }
        self.wake();
    }

    /// Makes a delivery that the caller sends by itself, and then tells `ended`. It takes no background attempt's place.
    pub(crate) fn begin(&mut self, draft: &Draft, at: f64) -> Option<(u64, Post)> {
        self.settings.target(draft.subject)?;
        let id = self.make(draft, at, Outcome::Sending);
        self.post(id).map(|post| (id, post))
    }

    fn make(&mut self, draft: &Draft, at: f64, outcome: Outcome) -> u64 {
        self.made += 1;
        let id = self.made;
        let delivery = Delivery {
            id,
            subject: draft.subject,
            object: draft.object,
            user: draft.user,
            forged: draft.forged,
            correlation_id: uuid(),
            content_type: draft.content_type,
            body: draft.body.clone(),
            made: at,
            outcome,
            tries: 0,
            attempts: Vec::new(),
            credentials: draft.credentials,
        };
        self.deliveries.insert(id, delivery);
        id
    }

    fn line_up(&mut self, id: u64, when: Instant) {
        self.turns += 1;
        self.due.insert((when, self.turns), id);
    }

    /// Lets go of what is held back, last first, and of everything where all was held.
    pub(crate) fn release(&mut self) {
        self.settings.hold = false;
        self.let_go();
        self.wake();
    }

    fn let_go_if_full(&mut self) {
        if self.back.len() >= self.settings.reorder {
            self.let_go();
        }
    }

    fn let_go(&mut self) {
        for (_, id) in std::mem::take(&mut self.back).into_iter().rev() {
            self.line_up(id, Instant::now());
        }
    }

    pub(crate) fn next(&mut self, now: Instant) -> Next {
        if self.settings.hold {
            return Next::Nothing;
        }
        let within = Duration::from_millis(self.settings.reorder_within_ms);
        let back_until = self.back.first().map(|(since, _)| *since + within);
        if back_until.is_some_and(|until| until <= now) {
            self.let_go();
        }
        if self.under_way >= self.settings.at_once {
            return Next::Nothing; // the next delivery that ends wakes the sender
        }
        while let Some(((when, turn), id)) = self.due.pop_first() {
            if when > now {
                self.due.insert((when, turn), id);
                break;
            }
            match self.post(id) {
                Some(post) => {
                    self.under_way += 1;
                    self.mark(id, Outcome::Sending);
                    return Next::Send(id, post);
                }
                None => self.finish(id, Outcome::GivenUp), // the URL has been taken away
            }
        }
        let first_due = self.due.keys().next().map(|(when, _)| *when);
        let held = self.back.first().map(|(since, _)| *since + within);
        first_due.into_iter().chain(held).min().map_or(Next::Nothing, Next::At)
    }

    fn post(&self, id: u64) -> Option<Post> {
        let (settings, delivery) = (&self.settings, self.deliveries.get(&id)?);
        let mut headers = vec![("X-Correlation-Id".to_owned(), delivery.correlation_id.clone())];
        let shown = |value: &str| match delivery.credentials {
            Credentials::Wrong => "forged".to_owned(),
            _ => value.to_owned(),
        };
        if delivery.credentials != Credentials::None {
            if let Some(secret) = &settings.secret {
                let secret = if delivery.credentials == Credentials::Wrong { format!("not {secret}") } else { secret.clone() };
                headers.push(("X-Hub-Signature".to_owned(), signature(&secret, &delivery.body)));
            }
            headers.extend(settings.headers.iter().map(|(name, value)| (name.clone(), shown(value))));
        }
        Some(Post {
            url: settings.target(delivery.subject)?.to_owned(),
            headers,
            content_type: delivery.content_type,
            body: delivery.body.clone(),
            timeout: Duration::from_millis(settings.timeout_ms),
        })
    }

    /// Notes an attempt that `next` (in the background, where it may be repeated) or `begin` had called for.
    pub(crate) fn ended(&mut self, id: u64, attempt: Attempt, in_background: bool) {
        self.under_way -= usize::from(in_background);
        let Some(delivery) = self.deliveries.get_mut(&id) else { return };
        let taken = (200..300).contains(&attempt.status);
        delivery.tried(attempt);
        let (tries, forged) = (delivery.tries, delivery.forged);
        if taken {
            self.finish(id, Outcome::Delivered);
        } else if in_background && !forged && tries < self.settings.attempts {
            self.mark(id, Outcome::Waiting);
            self.line_up(id, Instant::now() + self.settings.pause(tries));
        } else {
            self.finish(id, Outcome::GivenUp);
        }
        self.wake();
    }

    fn mark(&mut self, id: u64, outcome: Outcome) {
        if let Some(delivery) = self.deliveries.get_mut(&id) {
            delivery.outcome = outcome;
        }
    }

    fn finish(&mut self, id: u64, outcome: Outcome) {
        self.mark(id, outcome);
        self.done.push_back(id);
        if self.done.len() > KEPT
            && let Some(oldest) = self.done.pop_front()
        {
            self.deliveries.remove(&oldest);
        }
    }
}

/// RFC 9562, version 4.
fn uuid() -> String {
    let mut bytes = [0; 16];
    let _zeros_will_do = SystemRandom::new().fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = HEXLOWER.encode(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
