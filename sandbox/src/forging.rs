//! Webhooks that lie: makes them of what is in the world, and sends them.

use crate::new_result::NewResult;
use crate::register::{ExamResult, Status};
use crate::representation;
use crate::webhooks::delivery::Draft;
use crate::webhooks::forgery::Forgery;
use crate::webhooks::subject::Subject;
use crate::world::World;
use serde_json::Value;

/// How many may be sent at a time.
const MOST: usize = 100_000;

/// Ids far beyond those that are given out.
const INVENTED: u64 = 90_000_000;

/// Sends webhooks that lie, or says why not.
pub(crate) fn forge(world: &mut World, forgery: &Forgery) -> Result<(), String> {
    world.somewhere(forgery.subject)?;
    if forgery.count > MOST {
        return Err(format!("count: at most {MOST}"));
    }
    let users: Vec<u64> = world.register.users.keys().copied().collect();
    for number in 0..forgery.count {
        let (id, user, mut lie) = lie(world, forgery, &users, number as u64)?;
        for (field, value) in &forgery.changes {
            lie[field.as_str()] = value.clone();
        }
        let body = forgery.body.clone().unwrap_or_else(|| world.webhook_body(forgery.subject, lie));
        let (subject, credentials, content_type) = (forgery.subject, forgery.credentials, "application/json");
        let (object, user) = (Some(id), Some(user));
        world.send(Draft { subject, object, user, forged: true, content_type, body, credentials });
    }
    Ok(())
}

/// Its id, whom it is about, and what is said of it.
fn lie(world: &World, forgery: &Forgery, users: &[u64], number: u64) -> Result<(u64, u64, Value), String> {
    let (register, today) = (&world.register, world.today());
    let invented = INVENTED + number;
    let user = users.get(number as usize % users.len().max(1)).copied().ok_or("there is nobody to lie about")?;
    match (forgery.subject, forgery.id) {
        (Subject::Link, _) => Err("only results and statuses can be forged".to_owned()),
        (Subject::Result, id) => {
            let NewResult { exam_name, score, passed, .. } = NewResult::of(user);
            let lie = match id {
                None => ExamResult { id: invented, user, exam_name, day: today, created: today, score, passed },
                Some(id) => {
                    let truth = register.results.get(&id).ok_or_else(|| format!("there is no result {id}"))?;
                    let score = if truth.passed { "0.00" } else { "100.00" };
                    ExamResult { passed: !truth.passed, score: score.to_owned(), ..truth.clone() }
                }
            };
            Ok((lie.id, lie.user, representation::result(&world.base, &lie)))
        }
        (Subject::UserStatus, id) => {
            let lie = match id {
                None => {
                    let (appname, status, comment) = ("afr".to_owned(), "afrok".to_owned(), String::new());
                    let reason = status.clone();
                    Status { id: invented, user, appname, status, reason, day: today, set_by: user, comment }
                }
                Some(id) => {
                    let truth = register.statuses.get(&id).ok_or_else(|| format!("there is no status {id}"))?;
                    let authorised = format!("{}ok", truth.appname);
                    let status = if truth.status == authorised { "utmeldt".to_owned() } else { authorised };
                    Status { reason: status.clone(), status, ..truth.clone() }
                }
            };
            Ok((lie.id, lie.user, representation::status(&world.base, &lie)))
        }
    }
}
