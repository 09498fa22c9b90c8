//! The inbox: polling the API for what is new, finding out what webhooks claimed at, and handing events to the host, each until it
//! is acknowledged. Only one caller of an account asks the API at a time, so that an older answer never overtakes a newer one.

use std::collections::HashSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Map, Value, json};

use super::intake::{self, inbox, key, link_name, link_object, prints};
use super::kind::Kind;
use crate::arguments;
use crate::client::{Call, Request, Wait, pages};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::Args;
use crate::store::inbox::{Claim, Event, Inbox, Link, Observation};
use crate::wire::{PAGE_SIZE, field, path, query};

/// The API filters by date, and its day may not be ours: so many days are read again.
const OVERLAP_DAYS: i64 = 2;
/// How long an event is somebody's before others may have it, unless he says.
const LEASE_S: f64 = 300.0;
/// How often a waiting caller looks for an event.
const LOOK_S: f64 = 0.02;
/// From so many claims on, a list is read rather than each object.
const LIST_FROM: usize = 3;
/// After a request failed, the API is not asked again for so long.
const ASK_AGAIN_S: f64 = 15.0;
/// How often the API may say that there is no such object before that is believed.
const LOOKS: i64 = 3;
/// How many claims are looked at in one go.
const MOST_CLAIMS: usize = 200;
/// How many events `inbox.list` shows unless told otherwise.
const SHOWN: u64 = 100;

/// An hour, by which requests for claims are counted.
const HOUR_S: f64 = 3600.0;

pub fn next(call: &Call, args: &Args) -> Result<Value, Error> {
    let client = call.client;
    let inbox = inbox(client)?;
    let kinds = words(&kinds(args)?);
    let seconds = |name: &str| args.get(name).and_then(Value::as_f64);
    let until = call.now() + seconds("wait_s").unwrap_or(0.0);
    let lease_s = seconds("lease_s").unwrap_or(LEASE_S);
    let (mut trouble, mut not_before) = (None, 0.0);
    let event = call.wait_for(until, Wait::Event, LOOK_S, || {
        loop {
            if let Some(event) = inbox.next(call.at(), &kinds, lease_s, client.config.inbox.limits)? {
                return Ok(Some(event));
            }
            if call.now() < not_before {
                return Ok(None);
            }
            match verify(call, inbox) {
                Ok(Looked::Found) => trouble = None,
                Ok(Looked::Nothing) => {
                    trouble = None;
                    return Ok(None);
                }
                Ok(Looked::Again(seconds)) => {
                    trouble = None;
                    not_before = call.now() + seconds;
                    return Ok(None);
                }
                Err(e) if matches!(e.code(), Code::Interrupted | Code::Forked | Code::State | Code::Internal) => return Err(e),
                // Events may still come by other ways; the host hears of it when none did.
                Err(e) => {
                    trouble = Some(e);
                    not_before = call.now() + ASK_AGAIN_S;
                    return Ok(None);
                }
            }
        }
    })?;
    match (event, trouble) {
        (Some(event), _) => Ok(event_json(&event)),
        (None, Some(trouble)) => Err(trouble),
        (None, None) => Ok(Value::Null),
    }
}

pub fn acknowledge(call: &Call, args: &Args) -> Result<Value, Error> {
    let number = args.get("event").and_then(|event| event.as_i64().or_else(|| event.as_str()?.parse().ok()));
    let number = number.unwrap_or_default();
    if inbox(call.client)?.acknowledge(call.at(), number, call.client.config.inbox.limits)? {
        return Ok(json!({ "event": number }));
    }
    let message =
        format!("There is no event {number} in this account's inbox. Give the number in \"event\" that inbox.next gave.");
    Err(Error::new(Code::NotFound, message))
}

pub fn list(call: &Call, args: &Args) -> Result<Value, Error> {
    let inbox = inbox(call.client)?;
    let kinds = words(&kinds(args)?);
    let whole = |name: &str| args.get(name).and_then(Value::as_u64);
    let most = whole("most").unwrap_or(SHOWN).min(1000) as usize;
    let after = whole("after").unwrap_or(0);
    let events = inbox.events(call.at(), after, &kinds, most)?;
    let counts = inbox.counts(call.at())?;
    let events: Vec<_> = events
        .iter()
        .map(|event| {
            let mut json = event_json(event);
            json["state"] = json!(match (event.acknowledged, event.leased_s) {
                (Some(_), _) => "acknowledged",
                (None, Some(_)) => "leased",
                (None, None) => "waiting",
            });
            json
        })
        .collect();
    Ok(json!({
        "waiting": counts.waiting, "leased": counts.leased, "acknowledged": counts.acknowledged,
        "unverified": counts.unverified, "unreadable": counts.unreadable, "results": events,
    }))
}

fn event_json(event: &Event) -> Value {
    json!({
        "event": event.number, "kind": event.kind, "object": event.object.view::<Value>(), "verified": event.verified,
        "received": moment(event.received), "deliveries": event.deliveries,
    })
}

fn moment(wall: f64) -> String {
    Timestamp::from_second(wall as i64).unwrap_or(Timestamp::MAX).to_string()
}

fn kinds(args: &Args) -> Result<Vec<Kind>, Error> {
    let Some(kind) = args.text("kind") else { return Ok(Kind::ALL.to_vec()) };
    match Kind::from_word(kind) {
        Some(kind) => Ok(vec![kind]),
        None => {
            let words: Vec<_> = Kind::ALL.iter().map(|kind| format!("\"{}\"", kind.word())).collect();
            let shown = crate::text::excerpt(kind, 40);
            Err(Error::invalid("kind", format!("must be one of {}, not \"{shown}\"", words.join(", "))))
        }
    }
}

fn words(kinds: &[Kind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.word()).collect()
}

/// What the API showed.
fn observation(call: &Call, path: &str, kind: Kind, object: Value) -> Observation {
    Observation {
        key: key(call.client, path),
        kind: kind.word().to_owned(),
        prints: prints(call.client, &object),
        object: Json::of(&object),
        verified: true,
        silent: false,
        fleeting: false,
        link: None,
    }
}

/// The same for a listed object; its path is made of its number.
fn listed(call: &Call, kind: Kind, object: Value) -> Option<Observation> {
    let number = object.get(field::ID).and_then(arguments::reference_number)?;
    Some(observation(call, &format!("{}{number}/", collection(kind)), kind, object))
}

fn collection(kind: Kind) -> &'static str {
    if kind == Kind::Userstatus { path::STATUS } else { path::RESULTS }
}

// Asking lease.

/// The right to ask the API about the inbox's contents, of one caller at a time, also of several processes. It ends by itself
/// when its holder was killed.
struct PollLease<'a> {
    call: &'a Call<'a>,
    inbox: &'a dyn Inbox,
    holder: String,
    /// How long it lasts when it is not prolonged, in seconds.
    lasts_s: f64,
}

impl<'a> PollLease<'a> {
    const NAME: &'static str = "asking";

    /// `patience_s`: for how long its requests may wait for slots.
    fn begin(call: &'a Call<'a>, inbox: &'a dyn Inbox, patience_s: f64) -> Result<Option<PollLease<'a>>, Error> {
        let mut bytes = [0; 8];
        let random = ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes);
        random.map_err(|_| Error::new(Code::Internal, "The system gave no random numbers."))?;
        let lease = PollLease {
            call,
            inbox,
            holder: data_encoding::HEXLOWER.encode(&bytes),
            lasts_s: patience_s + call.client.config.timeout_s + 10.0,
        };
        Ok(lease.keep(true)?.then_some(lease))
    }

    /// Keeps the right for as long as the next request can take; `false`: somebody else has it. `anew`: takes it where nobody has.
    fn keep(&self, anew: bool) -> Result<bool, Error> {
        let (store, at) = (self.call.store(), self.call.at());
        if anew {
            return store.take_lease(at, Self::NAME, &self.holder, self.lasts_s);
        }
        store.keep_lease(at, Self::NAME, &self.holder, self.lasts_s)
    }

    /// Before anything that was read is kept: it counts only if nobody else began in the meantime.
    fn still(&self) -> Result<(), Error> {
        if self.keep(false)? {
            return Ok(());
        }
        Err(Error::new(
            Code::Network,
            "Reading took so long that another caller began anew; what was read is not kept. Call again.",
        ))
    }
}

impl Drop for PollLease<'_> {
    fn drop(&mut self) {
        let _ = self.call.store().end_lease(self.call.at(), Self::NAME, &self.holder);
    }
}

// Polling.

pub fn poll(call: &Call, args: &Args) -> Result<Value, Error> {
    let inbox = inbox(call.client)?;
    let kinds: Vec<_> = kinds(args)?.into_iter().filter(|kind| matches!(kind, Kind::Result | Kind::Userstatus)).collect();
    if kinds.is_empty() {
        return Err(Error::invalid("kind", "must be \"result\" or \"userstatus\": the API can be asked about these only"));
    }
    let since = args.text("since").and_then(arguments::date);
    let lease = call.wait_for(call.deadline(), Wait::Inbox, LOOK_S, || {
        PollLease::begin(call, inbox, (call.deadline() - call.now()).max(0.0))
    })?.ok_or_else(|| {
        let message = "Another caller has been asking the server about the inbox for all the time that this call may wait. Nothing was sent.";
        Error::new(Code::Throttled, message).retry_after_s(ASK_AGAIN_S)
    })?;
    let mut reply = Map::new();
    for kind in kinds {
        let new = match kind {
            Kind::Userstatus => poll_statuses(&lease, since)?,
            _ => poll_results(&lease, since)?,
        };
        reply.insert(kind.word().to_owned(), json!(new));
    }
    reply.insert("requests".to_owned(), json!(call.sent()));
    Ok(Value::Object(reply))
}

/// The first day to be read, and today.
fn first_day(call: &Call, since: Option<Date>) -> (Date, Date) {
    let today = call.client.clock.today();
    let since = since.unwrap_or(today).min(today);
    (since.checked_sub(OVERLAP_DAYS.days()).unwrap_or(since), today)
}

/// What is known from the last poll of a kind.
fn watermark(lease: &PollLease, kind: Kind) -> Result<Value, Error> {
    let mut known = Value::Null;
    lease.inbox.with_note(lease.call.at(), kind.word(), &mut |note, _| known = note.view().unwrap_or_default())?;
    Ok(known)
}

fn keep_watermark(lease: &PollLease, kind: Kind, mark: &Value) -> Result<(), Error> {
    lease.inbox.with_note(lease.call.at(), kind.word(), &mut |note, _| *note = Json::of(mark))
}

fn poll_results(lease: &PollLease, since: Option<Date>) -> Result<usize, Error> {
    let call = lease.call;
    let known = watermark(lease, Kind::Result)?.get("date").and_then(Value::as_str).and_then(arguments::date);
    // The earliest of all: a calendar that was ahead once, or a "since" after the last poll, must leave no gap.
    let (from, today) = first_day(call, [since, known].into_iter().flatten().min());
    let until = lease.inbox.claims(call.at(), Kind::Result.word(), 0)?.until;
    let read = read_pages(lease, path::RESULTS, &[(query::FROM_DATE.to_owned(), from.to_string())], 1)?;
    let observations: Vec<_> = read.objects.into_iter().filter_map(|object| listed(call, Kind::Result, object)).collect();
    lease.still()?;
    let new = lease.inbox.record(call.at(), &observations, until)?;
    keep_watermark(lease, Kind::Result, &json!({ "date": today.to_string() }))?;
    Ok(new)
}

/// The history has no filter by date, but only grows: what is new stands after what was last, or before it.
fn poll_statuses(lease: &PollLease, since: Option<Date>) -> Result<usize, Error> {
    let call = lease.call;
    let until = lease.inbox.claims(call.at(), Kind::Userstatus.word(), 0)?.until;
    let known = watermark(lease, Kind::Userstatus)?;
    let whole = |name: &str| known.get(name).and_then(Value::as_u64);
    let (mut read, mut baseline) = (None, None);
    if let (Some(count), Some(last), None) = (whole("count"), whole("last"), since) {
        let falls = known.get("falls").and_then(Value::as_bool).unwrap_or(false);
        read = newer_statuses(lease, count, last, falls)?;
    }
    let (Page { objects: statuses, count, .. }, falls) = match read {
        Some(newer) => newer,
        None => {
            // Read for the first time: what is older than asked for is known from now on, but no event.
            if known.is_null() {
                baseline = Some(first_day(call, since).0);
            }
            let whole = read_pages(lease, path::STATUS, &[], 1)?;
            let falls = whole.is_ordered(true) && whole.objects.len() > 1;
            (whole, falls)
        }
    };
    let last = statuses.iter().filter_map(number).max();
    let mut observations: Vec<_> = statuses
        .into_iter()
        .filter_map(|status| {
            let date = status.get(field::STATUS_DATE).and_then(Value::as_str).and_then(|date| arguments::date(date.get(..10)?));
            let mut observation = listed(call, Kind::Userstatus, status)?;
            observation.silent = baseline.is_some_and(|from| date.is_some_and(|date| date < from));
            Some(observation)
        })
        .collect();
    // What a webhook told of is news, whatever its date.
    let silent: Vec<_> =
        observations.iter().filter(|observation| observation.silent).map(|observation| observation.key.clone()).collect();
    let claimed: HashSet<_> = lease.inbox.claimed(call.at(), &silent, until)?.into_iter().collect();
    observations.iter_mut().for_each(|observation| observation.silent &= !claimed.contains(&observation.key));
    lease.still()?;
    let new = lease.inbox.record(call.at(), &observations, until)?;
    keep_watermark(lease, Kind::Userstatus, &json!({ "count": count, "last": last, "falls": falls }))?;
    Ok(new)
}

fn number(object: &Value) -> Option<u64> {
    object.get(field::ID).and_then(arguments::reference_number)
}

/// What came after the status number `last`, when the list had `count`, and whether it falls. `None`: the list is not ordered by
/// its numbers, so it has to be read whole.
fn newer_statuses(lease: &PollLease, count: u64, last: u64, falls: bool) -> Result<Option<(Page, bool)>, Error> {
    for falls in [falls, !falls] {
        let newer = if falls { newer_from_start(lease, count, last)? } else { newer_from_end(lease, count, last)? };
        if let Some(newer) = newer {
            return Ok(Some((newer, falls)));
        }
    }
    Ok(None)
}

/// The page on which the last one stood, and those after it; if the list rises there, and if as many stand before the last one as
/// stood there: more have come in between, or some have gone.
fn newer_from_end(lease: &PollLease, count: u64, last: u64) -> Result<Option<Page>, Error> {
    let page = count.div_ceil(PAGE_SIZE).max(1);
    match read_pages(lease, path::STATUS, &[], page) {
        // The list became shorter.
        Err(e) if e.code() == Code::NotFound => Ok(None),
        other => {
            let before = (page - 1) * PAGE_SIZE;
            Ok(Some(other?).filter(|newer| {
                newer.is_ordered(false) && newer.place_of(last).is_some_and(|place| before + place + 1 == count)
            }))
        }
    }
}

/// From the first page to the one with the last one; if the list falls so far, and if as many stand after the last one as stood
/// there.
fn newer_from_start(lease: &PollLease, count: u64, last: u64) -> Result<Option<Page>, Error> {
    let mut read = read_page(lease, path::STATUS, &[], 1)?;
    let mut page = 1;
    while read.is_ordered(true) {
        if let Some(place) = read.place_of(last) {
            return Ok(Some(read).filter(|read| read.count.is_some_and(|now| now.checked_sub(place) == Some(count))));
        }
        if !read.more {
            break;
        }
        page += 1;
        let next = read_page(lease, path::STATUS, &[], page)?;
        read.objects.extend(next.objects);
        (read.more, read.count) = (next.more, next.count);
    }
    Ok(None)
}

/// A stretch of a list.
struct Page {
    objects: Vec<Value>,
    more: bool,
    /// How long the whole list is.
    count: Option<u64>,
}

impl Page {
    /// How many stand before the object with this number.
    fn place_of(&self, wanted: u64) -> Option<u64> {
        self.objects.iter().position(|object| number(object) == Some(wanted)).map(|place| place as u64)
    }

    fn is_ordered(&self, falls: bool) -> bool {
        let numbers: Vec<_> = self.objects.iter().filter_map(number).collect();
        numbers.len() == self.objects.len()
            && numbers.windows(2).all(|pair| matches!(pair, [a, b] if (a > b) == falls && a != b))
    }

    fn of(mut listed: Value) -> Page {
        Page {
            more: listed.get("next_page").is_some_and(|next| !next.is_null()),
            count: listed.get("count").and_then(Value::as_u64),
            objects: match listed.get_mut("results").map(Value::take) {
                Some(Value::Array(results)) => results,
                _ => Vec::new(),
            },
        }
    }
}

/// All pages from one on.
fn read_pages(lease: &PollLease, path: &str, filters: &[(String, String)], first: u64) -> Result<Page, Error> {
    // Read as any list where it is read whole: a list that changes meanwhile is read again.
    if first == 1 {
        lease.still()?;
        return pages::list(lease.call, path, filters, None).map(Page::of);
    }
    let mut read = read_page(lease, path, filters, first)?;
    let mut page = first;
    while read.more {
        page += 1;
        let next = read_page(lease, path, filters, page)?;
        read.objects.extend(next.objects);
        (read.more, read.count) = (next.more, next.count);
    }
    Ok(read)
}

fn read_page(lease: &PollLease, path: &str, filters: &[(String, String)], page: u64) -> Result<Page, Error> {
    lease.still()?;
    pages::list(lease.call, path, filters, Some(page)).map(Page::of)
}

// Looking into claims.

/// What came of looking into claims.
enum Looked {
    /// There may be events now.
    Found,
    /// There is nothing to look into.
    Nothing,
    /// To be tried again after so many seconds.
    Again(f64),
}

/// Looks into what waits to be looked into, until something is found out, as far as `verify_per_hour` allows.
fn verify(call: &Call, inbox: &dyn Inbox) -> Result<Looked, Error> {
    // Results and statuses first: of links anybody can invent as many as he likes, and each costs a request of its own.
    let kinds = [Kind::Result, Kind::Userstatus, Kind::Link];
    let waiting = |kind: Kind| inbox.claims(call.at(), kind.word(), 0).map(|claims| claims.count > 0);
    if !(waiting(kinds[0])? || waiting(kinds[1])? || waiting(kinds[2])?) {
        return Ok(Looked::Nothing);
    }
    let Some(lease) = PollLease::begin(call, inbox, 0.0)? else { return Ok(Looked::Again(0.1)) };
    // Whoever waits for an event waits for this, too; what fails now is tried again with the next look.
    call.once.set(true);
    let looked = look_into(&lease, &kinds);
    call.once.set(false);
    // What is left waits for its time, or its share of the hour.
    Ok(if looked? { Looked::Found } else { Looked::Again(1.0) })
}

fn look_into(lease: &PollLease, kinds: &[Kind]) -> Result<bool, Error> {
    for kind in kinds {
        let claims = lease.inbox.claims(lease.call.at(), kind.word(), MOST_CLAIMS)?;
        if *kind != Kind::Link && claims.untried >= LIST_FROM {
            let oldest = claims.some.iter().map(|claim| claim.received).fold(lease.call.client.clock.wall(), f64::min);
            if verify_by_list(lease, *kind, claims.until, oldest)? {
                return Ok(true);
            }
            continue;
        }
        for claim in &claims.some {
            if !may_ask(lease, claim)? {
                break;
            }
            if verify_one(lease, claim)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Takes a request for a claim from the hour's share. Those that were looked into in vain must not use up what new ones need, and
/// links have a quarter for themselves.
fn may_ask(lease: &PollLease, claim: &Claim) -> Result<bool, Error> {
    let most = lease.call.client.config.inbox.verify_per_hour;
    if claim.kind == Kind::Link.word() && !charge(lease, "asked of links", most.div_ceil(4), 1.0)? {
        return Ok(false);
    }
    charge(lease, ASKED, most, if claim.tried == 0 { 1.0 } else { 0.75 })
}

/// The note of when the API was asked.
const ASKED: &str = "asked";

/// Takes one request from an hour's `most`, if less than its `share` is used. When half are used, the rest is spread over the hour.
fn charge(lease: &PollLease, note: &str, most: usize, share: f64) -> Result<bool, Error> {
    let mut allowed = false;
    lease.inbox.with_note(lease.call.at(), note, &mut |note, now| {
        let mut times: Vec<f64> = note.view().unwrap_or_default();
        times.retain(|time| now - time < HOUR_S && *time <= now);
        let rested = times.last().is_none_or(|last| now - last >= HOUR_S / most as f64);
        allowed = (times.len() as f64) < most as f64 * share && (times.len() < most.div_ceil(2) || rested);
        if allowed {
            times.push(now);
        }
        *note = Json::of(&times);
    })?;
    Ok(allowed)
}

/// Runs one charged request. What did not reach the server costs nothing.
fn charged<T>(lease: &PollLease, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let before = lease.call.sent();
    work().inspect_err(|_| {
        if lease.call.sent() == before {
            let _ = lease.inbox.with_note(lease.call.at(), ASKED, &mut |note, _| {
                let mut times: Vec<f64> = note.view().unwrap_or_default();
                times.pop();
                *note = Json::of(&times);
            });
        }
    })
}

/// Asks for one object. Returns whether there is news.
fn verify_one(lease: &PollLease, claim: &Claim) -> Result<bool, Error> {
    let (call, inbox) = (lease.call, lease.inbox);
    let object: Value = claim.object.view().unwrap_or_default();
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    let Some(kind) = Kind::from_word(&claim.kind) else { return Ok(false) };
    lease.still()?;
    if claim.kind == Kind::Link.word() {
        return verify_link(lease, claim, text("ext_user_id"), text("encrypted_user_id"));
    }
    let path = text("path");
    match charged(lease, || Ok(call.client.send(call, &Request::get(path))?)) {
        Ok(object) => {
            lease.still()?;
            // It is what was asked for, or it tells nothing about it.
            if number(&object).is_some_and(|number| path.ends_with(&format!("/{number}/"))) {
                return Ok(inbox.record(call.at(), &[observation(call, path, kind, object)], claim.number)? > 0);
            }
            drop_claim(lease, claim, "another object came")?;
        }
        // Invented or deleted; or not to be seen yet, as a webhook can be quicker than the database behind it.
        Err(e) if e.code() == Code::NotFound && claim.tried + 1 >= LOOKS => drop_claim(lease, claim, e.code().word())?,
        Err(e) if e.code() == Code::NotFound => inbox.tried(call.at(), &claim.kind, claim.number..=claim.number)?,
        Err(e) => {
            // That is about this object; anything else says nothing about it.
            if matches!(e.code(), Code::Permission | Code::Validation | Code::Protocol) {
                inbox.tried(call.at(), &claim.kind, claim.number..=claim.number)?;
            }
            return Err(e);
        }
    }
    Ok(false)
}

fn drop_claim(lease: &PollLease, claim: &Claim, why: &str) -> Result<(), Error> {
    lease.inbox.drop_claims(lease.call.at(), &[claim.number])?;
    lease.call.event("dropped", json!({ "kind": claim.kind, "reason": why }))
}

/// The API knows whether there is such an encrypted id. To whom on the host's side it belongs, only the sender knows; so what is
/// remembered is replaced only on the word of a sender who passed a check.
fn verify_link(lease: &PollLease, claim: &Claim, ext_user_id: &str, encrypted_user_id: &str) -> Result<bool, Error> {
    let call = lease.call;
    let filter = (query::ENCODED_USERID.to_owned(), encrypted_user_id.to_owned());
    let found = charged(lease, || read_page(lease, path::USER, &[filter], 1))?.objects;
    lease.still()?;
    let key = key(call.client, &link_name(ext_user_id));
    let claimed: Value = claim.object.view().unwrap_or_default();
    let may_replace = claimed.get("may_replace").and_then(Value::as_bool).unwrap_or(false);
    let known = lease.inbox.link(call.at(), &key)?;
    // A server that does not know the filter lists everybody: that is no confirmation.
    let verified = found.len() == 1 && (may_replace || known.is_none_or(|known| known == encrypted_user_id));
    let object = link_object(ext_user_id, encrypted_user_id);
    let observation = Observation {
        // A claim that is not verified is no change of what is.
        key: if verified { key.clone() } else { claim.key.clone() },
        kind: Kind::Link.word().to_owned(),
        prints: prints(call.client, &object),
        object: Json::of(&object),
        verified,
        silent: false,
        fleeting: false,
        link: verified.then(|| Link { key, encrypted_user_id: encrypted_user_id.to_owned(), may_replace: true }),
    };
    let new = lease.inbox.record(call.at(), &[observation], claim.number)?;
    lease.inbox.drop_claims(call.at(), &[claim.number])?;
    Ok(new > 0)
}

/// Reads the list in which new objects show, from both ends, as long as it answers claims. All claims up to `until` count as
/// looked into once; those that it did not answer are looked into one by one when there is time.
fn verify_by_list(lease: &PollLease, kind: Kind, until: i64, oldest: f64) -> Result<bool, Error> {
    let (call, inbox) = (lease.call, lease.inbox);
    let received = Timestamp::from_second(oldest as i64).unwrap_or(Timestamp::MIN);
    let day = received.saturating_sub(SignedDuration::from_hours(24 * OVERLAP_DAYS)).unwrap_or(received);
    let filters = match kind {
        Kind::Result => vec![(query::FROM_DATE.to_owned(), day.strftime("%Y-%m-%d").to_string())],
        _ => Vec::new(),
    };
    let mut found = false;
    let (mut page, mut last, mut first_helped) = (Some(1), 1, false);
    while let Some(number) = page {
        if !charge(lease, ASKED, call.client.config.inbox.verify_per_hour, 1.0)? {
            break;
        }
        let Page { objects, count, .. } = charged(lease, || read_page(lease, collection(kind), &filters, number))?;
        if number == 1 {
            last = count.unwrap_or_default().div_ceil(PAGE_SIZE).max(1);
            // What was not new when it was asked for must not be asked for again and again.
            inbox.tried(call.at(), kind.word(), 0..=until)?;
        }
        let observations: Vec<_> = objects.into_iter().filter_map(|object| listed(call, kind, object)).collect();
        let keys: Vec<_> = observations.iter().map(|observation| observation.key.clone()).collect();
        let claimed: HashSet<_> = inbox.claimed(call.at(), &keys, until)?.into_iter().collect();
        let observations: Vec<_> = observations.into_iter().filter(|observation| claimed.contains(&observation.key)).collect();
        lease.still()?;
        found |= inbox.record(call.at(), &observations, until)? > 0;
        let helped = !observations.is_empty();
        first_helped |= helped && number == 1;
        let left = inbox.claims(call.at(), kind.word(), 0)?.count;
        // New ones stand at the end, or, where lists begin with the newest, on the first pages.
        page = match number {
            _ if left == 0 => None,
            1 => (last > 1).then_some(last),
            _ if number == last && !helped => (first_helped && last > 2).then_some(2),
            _ if !helped => None,
            _ if first_helped && number < last => Some(number + 1).filter(|next| *next < last),
            _ => Some(number - 1).filter(|next| *next > 1),
        };
    }
    Ok(found)
}

/// The encrypted user id of a person who has linked himself.
pub fn encrypted_user_id(call: &Call, ext_user_id: &str) -> Result<String, Error> {
    let known = inbox(call.client)?.link(call.at(), &intake::key(call.client, &link_name(ext_user_id)))?;
    known.ok_or_else(|| {
        let shown = crate::text::excerpt(ext_user_id, 60);
        let message = format!(
            "Nobody with the ext_user_id \"{shown}\" is linked, as far as this state file knows. Send the person's browser to what link.url \
             gives, and call inbox.next until its \"link\" event has come. Nothing was sent."
        );
        Error::new(Code::NotFound, message)
    })
}
