//! What the world tells: which webhook a change in the register makes, and what stands in it.

use super::{Credentials, Draft, Subject};
use crate::api;
use crate::switches::WebhookBody;
use crate::world::World;
use serde_json::{Value, json};

impl World {
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

    pub(super) fn send(&mut self, draft: Draft) {
        let now_s = self.clock.now();
        self.outbox.send(draft, now_s);
    }

    pub(super) fn somewhere(&self, subject: Subject) -> Result<(), String> {
        let target = self.outbox.settings().target(subject);
        target.map(drop).ok_or_else(|| format!("no URL is set for a webhook that tells of a {}", subject.name()))
    }

    /// Whom an object is about, and the object as its endpoint shows it.
    fn object(&self, subject: Subject, id: u64) -> Result<(u64, Value), String> {
        let none = || format!("there is no {} {id}", subject.name());
        match subject {
            Subject::Result => {
                let result = self.register.results.get(&id).ok_or_else(none)?;
                Ok((result.user, api::show_result(&self.base, result)))
            }
            Subject::UserStatus => {
                let status = self.register.statuses.get(&id).ok_or_else(none)?;
                Ok((status.user, api::show_status(&self.base, status)))
            }
            Subject::Link => Err("a link callback is sent again as a delivery".to_owned()),
        }
    }

    pub(super) fn webhook_body(&self, subject: Subject, object: Value) -> String {
        let event = subject.name();
        match self.switches.webhook_body {
            WebhookBody::Object => object,
            WebhookBody::List => json!([object]),
            WebhookBody::EventData => json!({ "event": event, "data": object }),
            WebhookBody::EventObject => json!({ "event": event, "object": object }),
        }
        .to_string()
    }
}
